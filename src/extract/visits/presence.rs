//! Presence: what puts somebody in a place without a verb or noun of travel.
//!
//! "who is in Brussels", "Berg, currently in Kenya,", "on her way to Kigali", "visiting President Bush".

use super::by_noun::owners;
use super::links::link_of;
use super::places::{is_inside, list_of};
use super::telling::{Telling, emit};
use super::{Link, Phase, Sighting};
use crate::extract::classes::Class;
use crate::extract::lexicon::Where;
use crate::extract::scene::View;
use crate::extract::toponyms::PlaceMention;
use crate::extract::{Reader, clause, toponyms};
use crate::itinerary::Status;
use crate::language::Upos;

/// "who is in Brussels", "the President will be in Bali", "is due in Tbilisi", "Her next stop will be Kampala."
pub(super) fn by_copula(reader: &Reader<'_>, view: &View<'_>, e: usize, found: &mut Vec<Sighting>) {
    let scheduled = reader.lexicon.modality(view.lemma(e), Where::Governor) == Some(Status::Planned);
    if !scheduled && view.dependents(e, &["cop"]).next().is_none() {
        return;
    }
    if let Some(place) = in_the_country(reader, view, e) {
        let telling = Telling::new(e, clause::subjects(view, e), Phase::Presence, 0.75);
        return emit(reader, view, &[place], telling, found);
    }
    let adjective = view.tokens()[e].upos == Upos::Adj || scheduled;
    let below = |p: &&PlaceMention| adjective && p.preposition_at.is_some_and(|at| at > e && at <= e + 2);
    let at = view.places.iter().find(|p| p.tokens.contains(&e)).or_else(|| view.places.iter().find(below));
    let Some(place) = at.filter(|p| !p.qualifies) else { return };
    let next = place.preposition.is_none().then(|| next_stop(view, e)).flatten();
    if !is_inside(place) && next.is_none() {
        return;
    }
    let travellers = match next {
        Some(stop) => reader.group_or(view, stop, owners(reader, view, stop)),
        None => clause::subjects(view, e),
    };
    let telling = Telling { link: link_of(view, e), ..Telling::new(e, travellers, Phase::Presence, 0.85) };
    emit(reader, view, &list_of(view, place), telling, found);
}

/// "was in the country last week": the state where the dispatch comes from.
fn in_the_country(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Option<PlaceMention> {
    let before = |back: usize| view.lower(e.saturating_sub(back));
    if view.lemma(e) != "country" || before(1) != "the" || before(2) != "in" {
        return None;
    }
    let mut scene = reader.scene_of(view, e)?;
    if let Some(state) = scene.place.country.as_ref().and_then(|c| reader.gazetteer.country(c.as_str())) {
        scene.place = toponyms::place_of(&state, None);
    }
    Some(scene)
}

/// "Her next stop will be Kampala": the stop that the predicate at `e` names.
fn next_stop(view: &View<'_>, e: usize) -> Option<usize> {
    view.dependents(e, &["nsubj"]).find(|s| view.is(*s, Class::JourneyPart))
}

/// "visiting US President George W. Bush": the guest is where the article or the host is.
pub(super) fn visiting_guests(reader: &Reader<'_>, view: &View<'_>, found: &mut Vec<Sighting>) {
    for guest in view.people.iter().filter(|m| m.title.as_ref().is_some_and(|t| t.visiting)) {
        let at = guest.tokens.start;
        let (Some(traveller), Some(place)) = (guest.official, reader.scene_of(view, at)) else { continue };
        let telling = Telling::new(at, vec![traveller], Phase::Presence, 0.8);
        emit(reader, view, &[place], Telling { status: Some(Status::Completed), ..telling }, found);
    }
}

/// "Berg, currently in Kenya, said": a place set off right after a person.
pub(super) fn set_off_places(reader: &Reader<'_>, view: &View<'_>, found: &mut Vec<Sighting>) {
    for person in view.people.iter().filter(|p| view.lower(p.tokens.end) == "," && !p.name.is_empty()) {
        let adverb = |i: &usize| view.tokens()[*i].upos == Upos::Adv;
        let at = (person.tokens.end + 1..view.tokens().len()).find(|i| !adverb(i)).unwrap_or(0);
        let set_off =
            |p: &&PlaceMention| p.preposition_at == Some(at) && p.preposition.as_deref() == Some("in") && !p.qualifies;
        let Some(place) = view.places.iter().find(set_off) else { continue };
        let closed = matches!(view.lower(place.tokens.end), "," | "for" | "on" | "at" | "to");
        if let (Some(traveller), true) = (person.official, closed) {
            let telling = Telling::new(at, vec![traveller], Phase::Presence, 0.75);
            let telling = Telling { status: Some(Status::Completed), ..telling };
            emit(reader, view, &list_of(view, place), telling, found);
        }
    }
}

/// "on her way to Kigali", "en route to Kigali", "bound for Kigali".
pub(super) fn under_way(reader: &Reader<'_>, view: &View<'_>, found: &mut Vec<Sighting>) {
    for i in (1..view.tokens().len()).filter(|i| says_under_way(view, *i)) {
        let back = usize::from(view.lower(i + 1) == "back");
        let to = Some(i + 1 + back);
        let ahead = |p: &&PlaceMention| {
            p.preposition_at == to && matches!(p.preposition.as_deref(), Some("to" | "for")) && !p.qualifies
        };
        let Some(place) = view.places.iter().find(ahead) else { continue };
        let telling = Telling {
            link: Link::Next,
            reference: true,
            status: Some(Status::Planned),
            ..Telling::new(i, bound_travellers(view, i), Phase::Arrival, 0.7)
        };
        emit(reader, view, &list_of(view, place), telling, found);
    }
}

/// Whether the word at `i` ends "on her way", "en route", or begins "bound for".
fn says_under_way(view: &View<'_>, i: usize) -> bool {
    let before = |k: usize| i.checked_sub(k).map(|j| view.lower(j)).unwrap_or_default();
    match view.lower(i) {
        "way" => matches!(before(1), "his" | "her" | "their" | "the") && before(2) == "on",
        "route" => before(1) == "en",
        "bound" => view.lower(i + 1) == "for",
        _ => false,
    }
}

/// Who is on the way that the word at `i` tells of: the subject of its verb, else the last person before it.
fn bound_travellers(view: &View<'_>, i: usize) -> Vec<usize> {
    let verb = view.ancestors(i).find(|a| view.is_predicate(*a));
    let subjects = verb.map(|v| clause::subjects(view, v)).unwrap_or_default();
    if !subjects.is_empty() {
        return subjects;
    }
    let left = view.people.iter().rfind(|p| p.tokens.end < i);
    left.and_then(|p| p.official).into_iter().collect()
}
