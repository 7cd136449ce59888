//! Where a meeting is held: a place of its clause, "here", its gathering's place, or the home of a host.
//!
//! It chooses among places that are marked already and does not ask who meets.

use super::Encounter;
use crate::extract::Reader;
use crate::extract::classes::{Class, Classes};
use crate::extract::clause::Certainty;
use crate::extract::dateline;
use crate::extract::names::singular;
use crate::extract::occasions;
use crate::extract::scene::View;
use crate::extract::times::TimeMention;
use crate::extract::toponyms::PlaceMention;
use crate::itinerary::{CountryCode, DraftPlace, Group, Mode, Status};
use crate::language::Upos;

/// Where the meeting told at `e` is held, whose parties are named up to `end`.
pub(super) fn of(reader: &Reader<'_>, view: &View<'_>, e: usize, end: usize) -> Option<PlaceMention> {
    right_after(view, e, end)
        .or_else(|| before_noun(view, e))
        .or_else(|| in_clause(reader, view, e))
        .cloned()
        .or_else(|| reader.here(view, e))
        .or_else(|| at_occasion(reader, view, e))
        .or_else(|| where_antecedent(view, e))
        .or_else(|| at_subject(reader, view, e))
}

/// Whether the place is one where something is: "in" or "at" it, and no part of a name.
fn is_local(place: &PlaceMention) -> bool {
    place.preposition.as_deref().is_some_and(|q| matches!(q, "in" | "at")) && !place.qualifies
}

/// "discussed the crisis with Harrow in London": right after the other party, over days and adverbs.
fn right_after<'v>(view: &'v View<'_>, e: usize, end: usize) -> Option<&'v PlaceMention> {
    let light = |i: usize| {
        view.times.iter().any(|t| t.tokens.contains(&i))
            || matches!(view.lower(i), "on" | "," | "here" | "late" | "early")
    };
    let follows = |p: &&PlaceMention| {
        let at = p.preposition_at.unwrap_or(p.tokens.start);
        end > e + 1 && at >= end && at - end <= 5 && (end..at).all(light)
    };
    view.places.iter().filter(|p| is_local(p)).find(follows)
}

/// "his Moscow talks", "the Geneva summit".
fn before_noun<'v>(view: &'v View<'_>, e: usize) -> Option<&'v PlaceMention> {
    let noun = view.tokens()[e].upos == Upos::Noun;
    view.places.iter().find(|p| noun && p.qualifies && p.tokens.end == e && p.place.country.is_some())
}

/// The nearest place in the meeting's clause: "met on Monday in Lisbon".
fn in_clause<'v>(reader: &Reader<'_>, view: &'v View<'_>, e: usize) -> Option<&'v PlaceMention> {
    let clause = view.clause_head(e);
    // A noun in a phrase of its own ("since a conference between …") has no share in the place of the clause.
    let apart = view.tokens()[e].upos == Upos::Noun
        && matches!(
            view.marker(e).as_str(),
            "since" | "of" | "on" | "about" | "for" | "to" | "from" | "before" | "ahead of"
        );
    let near = |p: &&PlaceMention| {
        view.under(p.head, e) && !crosses_clause(view, p.head, e)
            || (!apart && view.clause_head(view.tokens()[p.head].head.unwrap_or(p.head)) == clause)
    };
    let others = |p: &PlaceMention| of_something_else(reader, view, e, p) || of_another_gathering(reader, view, e, p);
    let own = view.places.iter().filter(|p| is_local(p) && !others(p)).filter(near);
    own.min_by_key(|p| p.tokens.start.abs_diff(e))
}

/// "ahead of his stop in Iraq, he met", "met to discuss the war in Ukraine": the place hangs from another noun.
fn of_something_else(reader: &Reader<'_>, view: &View<'_>, e: usize, p: &PlaceMention) -> bool {
    let (clause, lexicon) = (view.clause_head(e), reader.lexicon);
    let allowed = |a: usize| {
        let hung_from_it = view.tokens()[a].head == Some(e);
        view.tokens()[a].upos != Upos::Noun
            || view.person_at(a).is_some()
            || p.tokens.contains(&a)
            || (lexicon.groups.contains(view.lemma(a)) && hung_from_it)
            || view.places.iter().any(|q| q.tokens.contains(&a))
            || (view.is(e, Class::Signing) && hung_from_it)
    };
    let journey = |a: usize| lexicon.travel_nouns.contains_key(view.lemma(a)) && p.tokens.start < e;
    // "discussed the crisis over lunch in London": the gathering settles it, whatever it hangs from.
    let gathers =
        |a: usize| lexicon.gatherings.contains(view.lemma(a)) || lexicon.meeting_nouns.contains_key(view.lemma(a));
    let above = view.ancestors(p.head).skip(1).take_while(|a| *a != e && *a != clause);
    let mut between = above.take_while(|a| !gathers(*a));
    between.any(|a| !allowed(a) || journey(a))
}

/// "discussed plans for the meeting in Berlin", "ahead of the summit in Lisbon": the place of a gathering that is not
/// the one told of.
fn of_another_gathering(reader: &Reader<'_>, view: &View<'_>, e: usize, p: &PlaceMention) -> bool {
    let noun = p.preposition_at.and_then(|at| at.checked_sub(1));
    let Some(g) = noun.filter(|g| *g != e && occasions::is_gathering(view, *g, reader.lexicon)) else { return false };
    let left = (0..g).rev().find(|i| matches!(view.tokens()[*i].xpos, "IN" | "TO") || view.is_predicate(*i));
    left.is_some_and(|i| {
        let before = i.checked_sub(1);
        // "met for talks in London", but "plans for the meeting in Berlin"
        let purpose = view.lower(i) == "for" && !before.is_some_and(|b| view.tokens()[b].xpos.starts_with("NN"));
        matches!(view.lower(i), "for" | "of" | "about" | "before" | "to" | "after" | "since")
            && !before.is_some_and(|b| view.is(b, Class::Sideline))
            && !purpose
    })
}

/// "met on the sidelines of the summit", "at the forum": where a known gathering is held.
fn at_occasion(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Option<PlaceMention> {
    let clause = view.clause_head(e);
    let told_at = |n: &usize| {
        let marker = view.marker(*n);
        let aside = view.tokens()[*n].head.is_some_and(|h| view.is(h, Class::Sideline));
        *n != e
            && (aside || matches!(marker.as_str(), "at" | "during" | "in"))
            && (view.under(*n, e) || view.clause_head(*n) == clause)
    };
    let by_name = |n: usize| {
        let capital = view.tokens()[n].form.chars().next().is_some_and(char::is_uppercase);
        let index = occasions::named(&reader.occasions, view.lower(n)).filter(|_| capital)?;
        Some(reader.at_place(reader.occasions[index].place.clone(), n))
    };
    let told: Vec<usize> = (0..view.tokens().len()).filter(told_at).collect();
    let noun = told.iter().find_map(|n| reader.occasion_at(view, *n)).map(|(_, place)| place);
    noun.or_else(|| told.into_iter().find_map(by_name))
}

/// "The summit in Ankara will be a chance for him to meet": where the gathering that the sentence is about is held.
fn at_subject(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Option<PlaceMention> {
    let verbs = view.ancestors(e).filter(|a| view.is(*a, Class::Opportunity));
    let subject = verbs.flat_map(|v| view.dependents(v, &["nsubj"]).collect::<Vec<_>>()).filter(|s| *s != e);
    subject.into_iter().find_map(|n| reader.occasion_at(view, n)).map(|(_, place)| place)
}

/// "returned from Kyiv, where he met", "travelled to Kyiv on Monday, where he met": the place that "where" refers to.
fn where_antecedent(view: &View<'_>, e: usize) -> Option<PlaceMention> {
    let near = |i: &usize| view.lower(*i) == "where";
    let at = (e.saturating_sub(8)..e).rev().find(near)?;
    let clear = (at + 1..e).all(|i| !(view.is_predicate(i) && view.is_finite(i)));
    let day = |i: usize| {
        view.times.iter().any(|t| t.tokens.contains(&i)) || matches!(view.lower(i), "on" | "," | "late" | "early")
    };
    let meant = |p: &&PlaceMention| clear && p.tokens.end <= at && (p.tokens.end..at).all(day) && !p.qualifies;
    view.places.iter().filter(meant).max_by_key(|p| p.tokens.end).cloned()
}

/// Whether a statement of its own lies between a token and one that it hangs from.
fn crosses_clause(view: &View<'_>, from: usize, to: usize) -> bool {
    view.ancestors(from).take_while(|a| *a != to).any(|a| view.is_predicate(a) && view.is_finite(a))
}

/// "visited Vienna on Thursday and met": whether somebody goes elsewhere before the meeting at `e`, in its own sentence.
fn goes_elsewhere(reader: &Reader<'_>, view: &View<'_>, e: usize, here: &CountryCode) -> bool {
    let abroad = |p: &PlaceMention| p.place.country.as_ref().is_some_and(|c| c != here);
    let leads =
        |i: usize| view.places.iter().any(|p| (i + 1..e).contains(&p.tokens.start) && abroad(p) && !p.qualifies);
    (0..e).any(|i| view.is_predicate(i) && reader.lexicon.travel_verbs.contains_key(view.lemma(i)) && leads(i))
}

/// Where a visitor meets those at home in the state that the article was filed from, and no other place is named.
pub(super) fn at_hosts(
    reader: &Reader<'_>,
    view: &View<'_>,
    e: usize,
    people: &[usize],
    groups: &[Group],
    certainty: Certainty,
    times: &[TimeMention],
) -> Option<PlaceMention> {
    let dateline = dateline::of(&reader.datelines, view)?;
    let here = dateline.place.country.as_ref().filter(|here| !goes_elsewhere(reader, view, e, here))?;
    let country = |p: &usize| reader.officials[*p].country.as_ref();
    let visitor = people.iter().any(|p| country(p).is_some_and(|c| c != here));
    let host = people.iter().any(|p| country(p) == Some(here))
        || groups.iter().any(|g| g.country.as_ref() == Some(here))
        || are_of_the_land(people, groups);
    let fresh = !certainty.pluperfect && times.iter().all(|t| t.is_fresh(reader.published));
    let took_place = certainty.status == Status::Completed;
    (visitor && host && fresh && took_place).then(|| reader.at_place(dateline.place.clone(), 0))
}

/// "met several top government officials": where nobody from elsewhere is named, those of the land.
fn are_of_the_land(people: &[usize], groups: &[Group]) -> bool {
    let unnamed = |g: &Group| g.country.is_none() && g.label.contains(' ');
    let official = |w: &str| Classes::embedded().has(&singular(w), Class::VagueOffice);
    people.len() == 1 && groups.iter().all(unnamed) && groups.iter().any(|g| g.label.split(' ').any(official))
}

/// "will meet officials in Rome, Tunis and Cairo": the places after one in its list.
pub(super) fn listed_after(view: &View<'_>, place: &PlaceMention) -> Vec<DraftPlace> {
    let Some((list, index)) = place.list else { return Vec::new() };
    let later = view.places.iter().filter(|o| o.list.is_some_and(|(l, i)| l == list && i > index));
    later.map(|o| o.place.clone()).collect()
}

/// "will meet Silva in Lisbon and Haddou in Rabat": as many meetings as there are places right after those met.
pub(super) fn each_in_its_place(view: &View<'_>, met: Encounter) -> Vec<Encounter> {
    let own = |official: usize| {
        let mention = view.people.iter().find(|p| p.official == Some(official) && !p.name.is_empty())?;
        let end = mention.tokens.end + usize::from(view.lower(mention.tokens.end) == ",");
        view.places
            .iter()
            .find(|p| p.preposition_at == Some(end) && p.preposition.as_deref() == Some("in") && !p.qualifies)
    };
    let others: Vec<(usize, &PlaceMention)> =
        met.participants.iter().skip(1).filter_map(|p| Some((*p, own(*p)?))).collect();
    let distinct = others.windows(2).any(|w| w[0].1.place.name != w[1].1.place.name);
    if !distinct || met.mode != Mode::InPerson || others.len() + 1 < met.participants.len() {
        return vec![met];
    }
    let one = |(person, place): &(usize, &PlaceMention)| Encounter {
        participants: vec![met.participants[0], *person],
        place: Some(place.place.clone()),
        ..met.clone()
    };
    others.iter().map(one).collect()
}
