//! Visits: verbs and nouns of travel with their traveller, their places and their certainty become sightings.
//!
//! A [`Sighting`] is one telling of one person in one place. Several sightings of one stop are joined in
//! [`super::stops`]. This module reads one sentence at a time and decides nothing about order or trips.

use super::Reader;
use super::classes::Class;
use super::clause::{self, Certainty};
use super::lexicon::{Frame, TravelVerb};
use super::occasions;
use super::scene::View;
use super::times::TimeMention;
use super::toponyms::PlaceMention;
use crate::Span;
use crate::itinerary::{DraftPlace, PlaceKind, Status};

/// One telling of one person in one place.
#[derive(Clone, Debug)]
pub struct Sighting {
    pub traveller: usize,
    pub place: DraftPlace,
    pub certainty: Certainty,
    pub times: Vec<TimeMention>,
    pub phase: Phase,
    /// Sentence and clause head, to link what one clause tells.
    pub sentence: usize,
    pub clause: usize,
    pub list: Option<(usize, usize)>,
    pub link: Link,
    /// Whether it only refers to a stop that is told elsewhere ("ahead of his stop in Iraq").
    pub reference: bool,
    pub told_at: usize,
    pub evidence: Span,
    /// A named site that the words are about, where it lies in `place`.
    pub site: Option<DraftPlace>,
    /// Words by which the article sets the stop apart as an earlier journey ("last visited").
    pub recalled: bool,
    /// In [0, 1]; how telling this construction is.
    pub weight: f64,
    /// The gathering that it takes part in, by its index among the article's.
    pub occasion: Option<usize>,
    /// At home there: no visit, but present at the gathering.
    pub at_home: bool,
}

/// Which part of a stay the words tell of; it says whether a date is its beginning or its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Stay,
    Arrival,
    Departure,
    /// Seen there at some event.
    Presence,
}

/// How a sighting stands in order to the others of its clause, or to the one told before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    None,
    /// It comes after what the clause at this token tells ("ahead of his stop in Iraq, he met …").
    After(usize),
    /// It comes before what the clause at this token tells ("after a visit to Jordan, he flew …").
    Before(usize),
    /// It is the origin of a movement told in the clause at this token ("from Iraq he will travel to …").
    Origin(usize),
    /// It follows the sighting told just before ("then").
    Next,
    /// It comes before the sighting told just before ("had earlier visited").
    Earlier,
}

/// What a construction contributes, before it is spread over travellers and places.
struct Telling {
    travellers: Vec<usize>,
    phase: Phase,
    link: Link,
    reference: bool,
    weight: f64,
    trigger: usize,
    occasion: Option<usize>,
}

/// All sightings that a sentence tells by verbs and nouns of travel.
pub fn read(reader: &Reader<'_>, view: &View<'_>) -> Vec<Sighting> {
    let mut found = Vec::new();
    for e in 0..view.tokens().len() {
        if view.person_at(e).is_some_and(|p| !p.name.is_empty()) {
            continue;
        }
        let lemma = view.lemma(e);
        let adjective = view.tokens()[e].upos == crate::language::Upos::Adj;
        // Whatever the tree makes of it: "who is due in Lisbon".
        if lemma == "due" && (adjective || view.lower(e.saturating_sub(1)) == "is") {
            by_copula(reader, view, e, &mut found);
        }
        if adjective && let Some(verb) = reader.lexicon.travel_verbs.get(&format!("be {lemma}")) {
            by_verb(reader, view, e, verb, &mut found);
        }
        if view.is_predicate(e) || matches!(view.tokens()[e].xpos, "VBG" | "VBN" | "VB") {
            // "take part in", "set off for": a verb with its particle comes before the verb alone.
            let phrase = format!("{lemma} {}", view.lower(e + 1));
            if let Some(verb) =
                reader.lexicon.travel_verbs.get(&phrase).or_else(|| reader.lexicon.travel_verbs.get(lemma))
            {
                by_verb(reader, view, e, verb, &mut found);
            }
            if reader.lexicon.gathering_verbs.contains(lemma) {
                gathered(reader, view, e, &mut found);
            }
            by_copula(reader, view, e, &mut found);
        }
        if view.tokens()[e].xpos.starts_with("NN") && reader.lexicon.travel_nouns.contains_key(lemma) {
            by_noun(reader, view, e, &mut found);
        }
    }
    visiting_guests(reader, view, &mut found);
    set_off_places(reader, view, &mut found);
    under_way(reader, view, &mut found);
    expected_at(reader, view, &mut found);
    found
}

/// "Berg, currently in Kenya, said": a place set off right after a person.
fn set_off_places(reader: &Reader<'_>, view: &View<'_>, found: &mut Vec<Sighting>) {
    for person in view.people.iter().filter(|p| view.lower(p.tokens.end) == "," && !p.name.is_empty()) {
        let adverb = |i: &usize| view.tokens()[*i].upos == crate::language::Upos::Adv;
        let at = (person.tokens.end + 1..view.tokens().len()).find(|i| !adverb(i)).unwrap_or(0);
        let governed =
            |p: &&PlaceMention| p.preposition_at == Some(at) && p.preposition.as_deref() == Some("in") && !p.qualifies;
        let Some(place) = view.places.iter().find(governed) else { continue };
        let closed = matches!(view.lower(place.tokens.end), "," | "for" | "on" | "at" | "to");
        if let (Some(traveller), true) = (person.official, closed) {
            let telling = Telling {
                travellers: vec![traveller],
                phase: Phase::Presence,
                link: Link::None,
                reference: false,
                weight: 0.75,
                trigger: at,
                occasion: None,
            };
            emit_as(reader, view, &list_of(view, place), telling, Some(Status::Completed), found);
        }
    }
}

/// "on her way to Kigali", "en route to Kigali": where the one told of is bound for.
fn under_way(reader: &Reader<'_>, view: &View<'_>, found: &mut Vec<Sighting>) {
    for i in 1..view.tokens().len() {
        let before = |k: usize| i.checked_sub(k).map(|j| view.lower(j)).unwrap_or_default();
        let way = view.lower(i) == "way" && matches!(before(1), "his" | "her" | "their" | "the") && before(2) == "on";
        let route = view.lower(i) == "route" && before(1) == "en";
        let bound = view.lower(i) == "bound" && view.lower(i + 1) == "for";
        if !(way || route || bound) {
            continue;
        }
        let back = usize::from(view.lower(i + 1) == "back");
        let to = i + 1 + back;
        let governed = |p: &&PlaceMention| {
            p.preposition_at == Some(to) && matches!(p.preposition.as_deref(), Some("to" | "for")) && !p.qualifies
        };
        let Some(place) = view.places.iter().find(governed) else { continue };
        let verb = view.ancestors(i).find(|a| view.is_predicate(*a));
        let mut travellers = verb.map(|v| clause::subjects(view, v)).unwrap_or_default();
        if travellers.is_empty() {
            let left = view.people.iter().rfind(|p| p.tokens.end < i);
            travellers.extend(left.and_then(|p| p.official));
        }
        let telling = Telling {
            travellers,
            phase: Phase::Arrival,
            link: Link::Next,
            reference: true,
            weight: 0.7,
            trigger: i,
            occasion: None,
        };
        emit_as(reader, view, &list_of(view, place), telling, Some(Status::Planned), found);
    }
}

/// "Leaders expected at the summit include X and Y", "X is among the ministers attending": who takes part in a gathering.
fn expected_at(reader: &Reader<'_>, view: &View<'_>, found: &mut Vec<Sighting>) {
    for e in 0..view.tokens().len() {
        let token = &view.tokens()[e];
        let taking_part =
            matches!(token.xpos, "VBN" | "VBG" | "JJ") && view.relation(e) == "acl" && view.is(e, Class::TakingPart);
        let Some(group) = token.head.filter(|h| taking_part && reader.lexicon.groups.contains(view.lemma(*h))) else {
            continue;
        };
        let Some((index, place)) = (e + 1..view.tokens().len().min(e + 12)).find_map(|n| reader.occasion_at(view, n))
        else {
            continue;
        };
        let mut travellers = clause::people_of(view, group);
        if view.dependents(group, &["cop"]).next().is_some() {
            travellers.extend(clause::subjects(view, group));
        }
        let include =
            view.tokens()[group].head.filter(|h| view.lemma(*h) == "include" && view.relation(group) == "nsubj");
        if let Some(include) = include {
            travellers.extend(view.dependents(include, &["obj"]).flat_map(|o| clause::people_of(view, o)));
        }
        let planned =
            reader.lexicon.modality(view.lemma(e), super::lexicon::Where::Governor).filter(|s| *s == Status::Planned);
        let telling = Telling {
            travellers,
            phase: Phase::Presence,
            link: Link::None,
            reference: false,
            weight: 0.7,
            trigger: e,
            occasion: Some(index),
        };
        let mut telling = telling;
        let mut seen: Vec<usize> = Vec::new();
        telling.travellers.retain(|t| {
            !seen.contains(t) && {
                seen.push(*t);
                true
            }
        });
        emit_as(reader, view, &[place], telling, planned, found);
    }
}

fn by_verb(reader: &Reader<'_>, view: &View<'_>, e: usize, verb: &TravelVerb, found: &mut Vec<Sighting>) {
    let travellers = || reader.group_or(view, e, clause::subjects(view, e));
    let link = link_of(view, e);
    let told = |travellers, phase, weight| Telling {
        travellers,
        phase,
        link,
        reference: false,
        weight,
        trigger: e,
        occasion: None,
    };
    for frame in &verb.frames {
        match frame {
            Frame::Go => {
                let arrival = view.is(e, Class::Arriving);
                let phase = if arrival { Phase::Arrival } else { Phase::Stay };
                movement(reader, view, e, verb, told(travellers(), phase, 0.9), found);
            }
            Frame::Return => movement(reader, view, e, verb, told(travellers(), Phase::Stay, 0.8), found),
            Frame::Visit => {
                let object =
                    |p: &&PlaceMention| p.preposition_at.is_none_or(|at| at < e) && attached(reader, view, p, e, true);
                let within = |p: &&PlaceMention| {
                    p.preposition.as_deref().is_some_and(|q| matches!(q, "in" | "at" | "near" | "of"))
                        && !p.qualifies
                        && (inside_object(view, p.head, e) || right_after_object(view, p, e))
                };
                let mut visited = reader.located(places(view, object));
                visited.extend(places(view, within));
                if visited.is_empty() {
                    // "will visit Pope John Paul": where he is at home.
                    let hosts = clause::objects(view, e);
                    visited.extend(hosts.first().and_then(|h| reader.home_of(*h, view, e)));
                }
                emit(reader, view, &visited, told(travellers(), Phase::Stay, 0.95), found);
            }
            Frame::Leave => leaving(reader, view, e, verb, told(travellers(), Phase::Departure, 0.85), found),
            Frame::Stay => {
                let before = found.len();
                governed(reader, view, e, &verb.to, told(travellers(), Phase::Presence, 0.85), found);
                if found.len() == before {
                    let place = reader.here(view, e);
                    emit(reader, view, place.as_slice(), told(travellers(), Phase::Presence, 0.85), found);
                }
            }
            // "addressed the crisis in Kenya" tells of no audience.
            Frame::Convene if !before_audience(reader, view, e) => {}
            Frame::Attend | Frame::Convene
                if view.children(e).iter().any(|c| view.tokens()[*c].deprel == "nsubj:pass") =>
            {
                // "The summit was attended by X and Y."
                let hosted = view.dependents(e, &["nsubj"]).find_map(|n| {
                    let at = view
                        .places
                        .iter()
                        .find(|p| view.under(p.head, n) && matches!(p.preposition.as_deref(), Some("in" | "at")));
                    reader.occasion_at(view, n).map(|(i, p)| (Some(i), p)).or_else(|| at.map(|p| (None, p.clone())))
                });
                let gathering = |n: &usize| occasions::is_gathering(view, *n, reader.lexicon);
                let unplaced = || {
                    let n = view.dependents(e, &["nsubj"]).find(gathering)?;
                    reader.scene_of(view, n).map(|p| (None, p))
                };
                if let Some((occasion, place)) = hosted.or_else(unplaced) {
                    let there = Telling { occasion, ..told(super::delegation::agents(view, e), Phase::Presence, 0.75) };
                    emit(reader, view, &[place], there, found);
                }
            }
            Frame::Attend | Frame::Convene => {
                let before = found.len();
                let attended = attended(reader, view, e);
                let occasion = attended.as_ref().map(|(index, _)| *index);
                let telling = || Telling { occasion, ..told(travellers(), Phase::Presence, 0.75) };
                governed(reader, view, e, &verb.to, telling(), found);
                if found.len() == before {
                    let place = reader.here(view, e).or(attended.map(|(_, place)| place));
                    emit(reader, view, place.as_slice(), telling(), found);
                }
            }
            Frame::BeAt => {
                let direct = |p: &&PlaceMention| {
                    let head = view.tokens()[p.head].head;
                    // "told reporters in Kampala", "told a news conference in Lima"
                    let heard = |a: &usize| {
                        let lemma = view.lemma(*a);
                        reader.lexicon.audiences.contains(lemma)
                            || reader.lexicon.occasions.contains(lemma)
                            || reader.lexicon.sites.contains(lemma)
                    };
                    let path: Vec<usize> = view.ancestors(p.head).skip(1).take_while(|a| *a != e).collect();
                    let audience =
                        !path.is_empty() && path.len() <= 3 && view.under(p.head, e) && path.iter().all(heard);
                    with_preposition(p, &verb.to) && !p.qualifies && (head == Some(e) || audience)
                };
                let mut at = places(view, direct);
                at.extend(reader.here(view, e));
                // "officials said here" means no delegation.
                let mut speakers = clause::subjects(view, e);
                speakers.retain(|s| reader.reading.officials[*s].country.is_some());
                emit(reader, view, &at, told(speakers.clone(), Phase::Presence, 0.6), found);
                if let Some((index, place)) = attended(reader, view, e) {
                    let there = Telling { occasion: Some(index), ..told(speakers, Phase::Presence, 0.6) };
                    emit(reader, view, &[place], there, found);
                }
            }
            Frame::Carry => {
                let mut carried = clause::objects(view, e);
                if view.children(e).iter().any(|c| view.tokens()[*c].deprel == "nsubj:pass") {
                    carried.extend(travellers());
                }
                governed(reader, view, e, &verb.to, told(carried, Phase::Stay, 0.85), found);
            }
            Frame::Lead => {
                let delegation = view.dependents(e, &["obj"]).any(|o| view.is(o, Class::Party));
                if delegation {
                    let before = found.len();
                    governed(reader, view, e, &verb.to, told(travellers(), Phase::Stay, 0.85), found);
                    if found.len() == before {
                        sent_to(reader, view, told(travellers(), Phase::Stay, 0.75), found);
                    }
                }
            }
            Frame::Host => hosted(reader, view, e, &verb.to, found),
            Frame::Act => {
                let scene = |p: &&PlaceMention| {
                    with_preposition(p, &verb.to) && !p.qualifies && p.tokens.start > e && done_at(view, p.head, e)
                };
                let at = places(view, scene);
                emit(reader, view, &at, told(travellers(), Phase::Presence, 0.6), found);
            }
            Frame::Include => included(reader, view, e, found),
            Frame::Make | Frame::Be => {}
        }
    }
}

/// A verb of movement: its destinations, and its origins before them.
fn movement(
    reader: &Reader<'_>,
    view: &View<'_>,
    e: usize,
    verb: &TravelVerb,
    telling: Telling,
    found: &mut Vec<Sighting>,
) {
    let origins = places(view, |p| with_preposition(p, &verb.from) && attached(reader, view, p, e, false));
    let destinations = places(view, |p| with_preposition(p, &verb.to) && attached(reader, view, p, e, false));
    let clause = view.clause_head(e);
    if !origins.is_empty() {
        let origin = Telling {
            travellers: telling.travellers.clone(),
            phase: Phase::Departure,
            // "arrived in Britain after flying from Washington": before what the main clause tells.
            link: match link_of(view, e) {
                Link::Before(main) if destinations.is_empty() && main != clause => Link::Before(main),
                _ => Link::Origin(clause),
            },
            // "returned from Tokyo last month": of that journey the words are the only news.
            reference: !(verb.is(Frame::Return) && destinations.is_empty()),
            ..telling
        };
        emit(reader, view, &origins, origin, found);
    }
    let here = reader.here(view, e);
    governed(reader, view, e, &verb.to, telling_of(&telling), found);
    if let Some(place) = here {
        emit(reader, view, &[place], telling, found);
    }
}

fn telling_of(t: &Telling) -> Telling {
    Telling {
        travellers: t.travellers.clone(),
        phase: t.phase,
        link: t.link,
        reference: t.reference,
        weight: t.weight,
        trigger: t.trigger,
        occasion: t.occasion,
    }
}

/// "left Zimbabwe for Lesotho": the object was visited, unless it is home; the place after "for" comes next.
fn leaving(
    reader: &Reader<'_>,
    view: &View<'_>,
    e: usize,
    verb: &TravelVerb,
    telling: Telling,
    found: &mut Vec<Sighting>,
) {
    let clause = view.clause_head(e);
    let left = places(view, |p| {
        let bare = p.preposition_at.is_none_or(|at| at < e) && p.tokens.start > e;
        (bare || with_preposition(p, &verb.from)) && attached(reader, view, p, e, true)
    });
    let origin = Telling { link: Link::Origin(clause), ..telling_of(&telling) };
    emit(reader, view, &left, origin, found);
    // No noun of travel takes "for", whatever the tree says: "will leave Peru after a visit for Chile".
    let onward = |p: &PlaceMention| p.preposition.as_deref() == Some("for") && !p.qualifies && view.under(p.head, e);
    let bound = places(view, |p| (with_preposition(p, &verb.to) && attached(reader, view, p, e, false)) || onward(p));
    // "left for Kiev on Monday": by the guidelines, under way is planned until an arrival is told of.
    let status = is_under_way(reader, view, e).then_some(Status::Planned);
    emit_as(reader, view, &bound, Telling { phase: Phase::Arrival, ..telling }, status, found);
}

/// Whether who leaves by the verb at `e` has left just now.
fn is_under_way(reader: &Reader<'_>, view: &View<'_>, e: usize) -> bool {
    let fresh = clause::times_of(view, e).iter().all(|t| t.is_today(reader.published));
    let certainty = clause::certainty(view, e, reader.lexicon);
    fresh && !certainty.pluperfect && certainty.status == Status::Completed
}

/// Places that a preposition of the verb puts in its clause.
fn governed(
    reader: &Reader<'_>,
    view: &View<'_>,
    e: usize,
    prepositions: &[String],
    telling: Telling,
    found: &mut Vec<Sighting>,
) {
    let chosen = places(view, |p| with_preposition(p, prepositions) && attached(reader, view, p, e, false));
    emit(reader, view, &chosen, telling, found);
}

/// "will attend the summit", "chaired the meeting", "told reporters at the forum": that gathering, and where it is held.
fn attended(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Option<(usize, PlaceMention)> {
    let near = |n: &usize| {
        view.relation(*n) == "obj" || matches!(view.marker(*n).as_str(), "at" | "in" | "to" | "for" | "during" | "on")
    };
    view.dependents(e, &["obj", "obl", "nmod"]).filter(near).find_map(|n| {
        // "the opening of the summit", "a first round of talks at the summit"
        let inner = view.dependents(n, &["nmod"]).find_map(|m| reader.occasion_at(view, m));
        reader.occasion_at(view, n).or(inner)
    })
}

/// Whether a verb that needs an audience has one: "addressed parliament".
fn before_audience(reader: &Reader<'_>, view: &View<'_>, e: usize) -> bool {
    let heard = |o: usize| {
        let lemma = view.lemma(o);
        reader.lexicon.audiences.contains(lemma)
            || reader.lexicon.occasions.contains(lemma)
            || reader.lexicon.meeting_nouns.contains_key(lemma)
    };
    let inner = |o: usize| heard(o) || view.dependents(o, &["nmod"]).any(heard);
    view.dependents(e, &["obj", "nsubj"]).any(inner) || attended(reader, view, e).is_some()
}

/// Whether the place hangs from the act at `e` by nouns only: "inspected troops in Mali".
fn done_at(view: &View<'_>, place: usize, e: usize) -> bool {
    let path: Vec<usize> = view.ancestors(place).take_while(|a| *a != e).collect();
    let thing = |a: &usize| matches!(view.relation(*a), "obj" | "obl" | "nmod" | "flat" | "conj" | "compound");
    view.under(place, e) && path.len() <= 2 && path.iter().all(|a| thing(a) && !view.is_predicate(*a))
}

/// "Her tour includes stops in Uganda and Rwanda", "a tour that includes Kenya": whose journey it is, and where it leads.
fn included(reader: &Reader<'_>, view: &View<'_>, e: usize, found: &mut Vec<Sighting>) {
    let journey = |n: &usize| {
        view.tokens()[*n].xpos.starts_with("NN")
            && (reader.lexicon.travel_nouns.contains_key(view.lemma(*n)) || view.is(*n, Class::Journey))
    };
    let Some(noun) = (e.saturating_sub(14)..e).rev().find(journey) else { return };
    if (noun + 1..e).any(|i| view.is_predicate(i) && view.is_finite(i) && view.lemma(i) != "be") {
        return;
    }
    let listed = places(view, |p| {
        p.tokens.start > e
            && p.tokens.start <= e + 6
            && !p.qualifies
            && (e + 1..p.tokens.start).all(|i| !view.is_predicate(i))
    });
    let telling = Telling {
        travellers: reader.group_or(view, noun, owners(reader, view, noun)),
        phase: Phase::Stay,
        link: Link::None,
        reference: false,
        weight: 0.8,
        trigger: e,
        occasion: None,
    };
    let to_come = matches!(view.tokens()[e].xpos, "VBZ" | "VBP").then_some(Status::Planned);
    emit_as(reader, view, &listed, telling, to_come, found);
}

/// "will lead the delegation": to the gathering that this sentence or one before names.
fn sent_to(reader: &Reader<'_>, view: &View<'_>, telling: Telling, found: &mut Vec<Sighting>) {
    let here = (0..view.tokens().len()).find_map(|n| reader.occasion_at(view, n));
    let before = || reader.occasions.iter().enumerate().rfind(|(_, o)| o.sentence < view.index);
    let place = here.or_else(|| before().map(|(i, o)| (i, reader.at_place(o.place.clone(), telling.trigger))));
    if let Some((index, place)) = place {
        emit(reader, view, &[place], Telling { occasion: Some(index), ..telling }, found);
    }
}

/// "The summit will bring together leaders, including X and Y."
fn gathered(reader: &Reader<'_>, view: &View<'_>, e: usize, found: &mut Vec<Sighting>) {
    let Some((index, place)) = view.dependents(e, &["nsubj"]).find_map(|n| reader.occasion_at(view, n)) else { return };
    let clause = view.clause_range(e);
    let people =
        view.people.iter().filter(|p| p.tokens.start > e && clause.contains(&p.tokens.start) && !p.name.is_empty());
    let travellers: Vec<usize> = people.filter_map(|p| p.official).collect();
    let telling = Telling {
        travellers,
        phase: Phase::Presence,
        link: Link::None,
        reference: false,
        weight: 0.8,
        trigger: e,
        occasion: Some(index),
    };
    emit(reader, view, &[place], telling, found);
}

/// "who is in Brussels", "the President will be in Bali", "is due in Tbilisi".
fn by_copula(reader: &Reader<'_>, view: &View<'_>, e: usize, found: &mut Vec<Sighting>) {
    let scheduled = reader.lexicon.modality(view.lemma(e), super::lexicon::Where::Governor) == Some(Status::Planned);
    let adjective = view.tokens()[e].upos == crate::language::Upos::Adj || scheduled;
    if !scheduled && view.dependents(e, &["cop"]).next().is_none() {
        return;
    }
    // "was in the country last week": where the dispatch comes from.
    let country = view.lemma(e) == "country"
        && view.lower(e.saturating_sub(1)) == "the"
        && view.lower(e.saturating_sub(2)) == "in";
    if country && let Some(mut place) = reader.scene_of(view, e) {
        if let Some(state) = place.place.country.as_ref().and_then(|c| reader.gazetteer.country(c.as_str())) {
            place.place = super::toponyms::place_of(&state, None);
        }
        let telling = Telling {
            travellers: clause::subjects(view, e),
            phase: Phase::Presence,
            link: Link::None,
            reference: false,
            weight: 0.75,
            trigger: e,
            occasion: None,
        };
        return emit(reader, view, &[place], telling, found);
    }
    let below = |p: &&PlaceMention| adjective && p.preposition_at.is_some_and(|at| at > e && at <= e + 2);
    let Some(place) = view.places.iter().find(|p| p.tokens.contains(&e)).or_else(|| view.places.iter().find(below))
    else {
        return;
    };
    let inside = place.preposition.as_deref().is_some_and(|p| matches!(p, "in" | "at"));
    // "Her next stop will be Kampala."
    let stop = |s: &usize| view.is(*s, Class::JourneyPart);
    let next = view.dependents(e, &["nsubj"]).find(stop).filter(|_| place.preposition.is_none());
    if (inside || next.is_some()) && !place.qualifies {
        let travellers = match next {
            Some(stop) => reader.group_or(view, stop, owners(reader, view, stop)),
            None => clause::subjects(view, e),
        };
        let telling = Telling {
            travellers,
            phase: Phase::Presence,
            link: link_of(view, e),
            reference: false,
            weight: 0.85,
            trigger: e,
            occasion: None,
        };
        emit(reader, view, &list_of(view, place), telling, found);
    }
}

/// "his visit to Turkey", "the visit of Pope Francis to Iraq", "made stops in Israel and Jordan".
fn by_noun(reader: &Reader<'_>, view: &View<'_>, n: usize, found: &mut Vec<Sighting>) {
    let lemma = view.lemma(n);
    let Some(prepositions) = reader.lexicon.travel_nouns.get(lemma) else { return };
    let travellers = reader.group_or(view, n, owners(reader, view, n));
    let lightly_governed = light_governor(reader, view, n);
    let mut chosen = places(view, |p| {
        let direct = with_preposition(p, prepositions) && attached(reader, view, p, n, false);
        // Not "his visit came ahead of a meeting in Hong Kong".
        let elsewhere = |v: usize| {
            view.ancestors(p.head)
                .skip(1)
                .take_while(|a| *a != v)
                .any(|a| occasions::is_gathering(view, a, reader.lexicon))
        };
        let shared = lightly_governed
            .is_some_and(|v| with_preposition(p, prepositions) && attached(reader, view, p, v, false) && !elsewhere(v));
        direct || shared || (p.qualifies && p.tokens.end == n && lemma != "delegation")
    });
    if chosen.is_empty() {
        chosen.extend(reader.here(view, n));
    }
    // "shook the country during a visit by Hashimoto": where the dispatch comes from.
    let by = view.lower(n + 1) == "by" && view.places.iter().all(|p| !with_preposition(p, prepositions));
    if chosen.is_empty() && by && lemma == "visit" {
        chosen.extend(reader.scene_of(view, n));
    }
    let link = link_of(view, n);
    let reference = matches!(link, Link::After(_) | Link::Before(_)) && lightly_governed.is_none();
    let phase = match (lemma, governor_phase(view, n)) {
        _ if view.is(n, Class::Arriving) => Phase::Arrival,
        ("departure", _) => Phase::Departure,
        (_, Some(phase)) => phase,
        _ => Phase::Stay,
    };
    // "left on Friday for a visit to China": under way is planned.
    let leaving = lightly_governed.or(view.tokens()[n].head).filter(|v| {
        let verb = reader.lexicon.travel_verbs.get(view.lemma(*v));
        view.marker(n) == "for" && verb.is_some_and(|v| v.is(Frame::Leave))
    });
    let under_way = leaving.is_some_and(|v| is_under_way(reader, view, v)).then_some(Status::Planned);
    let weight = if view.is(n, Class::FaintJourney) { 0.5 } else { 0.85 };
    emit_as(
        reader,
        view,
        &chosen,
        Telling { travellers, phase, link, reference, weight, trigger: n, occasion: None },
        under_way,
        found,
    );
}

/// "wraps up a four-day visit", "begins a visit": which end of the stay the verb tells of.
fn governor_phase(view: &View<'_>, n: usize) -> Option<Phase> {
    let head = view.tokens()[n].head.filter(|_| matches!(view.relation(n), "obj" | "nsubj"))?;
    match head {
        v if view.is(v, Class::Ending) => Some(Phase::Departure),
        v if view.is(v, Class::Beginning) => Some(Phase::Arrival),
        _ => None,
    }
}

/// The verb that carries the noun: "made stops", "wrapped up his visit".
fn light_governor(reader: &Reader<'_>, view: &View<'_>, n: usize) -> Option<usize> {
    let head = view.tokens()[n].head.filter(|_| matches!(view.relation(n), "obj" | "obl" | "nsubj" | "conj"))?;
    let verb = reader.lexicon.travel_verbs.get(view.lemma(head))?;
    (verb.is(Frame::Make) || verb.is(Frame::Go) || verb.is(Frame::Leave)).then_some(head)
}

/// Whose visit it is: a possessor, an "of" or "by", else the subject of the clause.
fn owners(reader: &Reader<'_>, view: &View<'_>, n: usize) -> Vec<usize> {
    for child in view.children(n) {
        let relation = view.tokens()[*child].deprel;
        let by = view.relation(*child) == "nmod" && matches!(view.marker(*child).as_str(), "of" | "by");
        if relation == "nmod:poss" || by || relation == "compound" {
            let people = clause::people_of(view, *child);
            // Whosever else it is, it is not the subject's ("discuss the President's visit").
            let named = relation == "nmod:poss" && !is_pronoun(view, *child);
            if !people.is_empty() || named {
                return people;
            }
        }
    }
    if let Some(owner) = owner_by_surface(view, n) {
        return clause::people_of(view, owner);
    }
    // "the designation of a delegation to Tokyo": its members go, not who announces it.
    if view.is(n, Class::Party) {
        let led = clause::led_by(view, n);
        let leader = view.tokens()[n].head.filter(|h| view.is(*h, Class::Leading) || view.lemma(*h) == "send");
        return match leader {
            Some(verb) if led.is_empty() => clause::subjects(view, verb),
            _ if led.is_empty() => reader.delegation.members.clone(),
            _ => led,
        };
    }
    // "is on a visit to Kenya"
    let predicate = view.ancestors(n).find(|a| view.is_predicate(*a));
    let subjects = predicate.map(|p| clause::subjects(view, p)).unwrap_or_default();
    // "Berg's tour will include a stop in": the owner of the subject.
    let journey = |s: &usize| *s != n && reader.lexicon.travel_nouns.contains_key(view.lemma(*s));
    // "leaders condemned the Moscow trip" is not about a trip of theirs.
    let verb = predicate.filter(|p| view.relation(n) == "obj" && view.tokens()[n].head == Some(*p));
    if verb.is_some_and(|v| reader.lexicon.attitudes.contains(view.lemma(v))) {
        return Vec::new();
    }
    let subject = predicate.and_then(|p| view.dependents(p, &["nsubj"]).find(journey));
    // "leaves on a trip that will begin with a visit to": the owner of the trip.
    let trip = || {
        let clause = predicate.filter(|p| view.relation(*p) == "acl")?;
        view.tokens()[clause].head.filter(|h| *h < n && reader.lexicon.travel_nouns.contains_key(view.lemma(*h)))
    };
    match subject.or_else(trip) {
        Some(journey) if subjects.is_empty() => owners(reader, view, journey),
        _ => subjects,
    }
}

fn is_pronoun(view: &View<'_>, i: usize) -> bool {
    view.tokens()[i].xpos.starts_with("PRP")
}

/// "Harris’ upcoming visit to", "the visit to Washington by Salva Kiir": a person of whom the tree says nothing.
fn owner_by_surface(view: &View<'_>, n: usize) -> Option<usize> {
    let possessor = |m: &&super::names::PersonMention| {
        let apostrophe = matches!(view.lower(m.tokens.end), "'s" | "’s" | "'" | "’");
        let modifiers = (m.tokens.end + 1..n).all(|i| {
            let timed = view.times.iter().any(|t| t.tokens.contains(&i));
            timed || matches!(view.tokens()[i].xpos, "JJ" | "CD" | "VBN" | "VBG" | "NN" | "HYPH")
        });
        apostrophe && m.tokens.end < n && n - m.tokens.end <= 4 && modifiers
    };
    let agent = |m: &&super::names::PersonMention| {
        let by = m.tokens.start.checked_sub(1).filter(|i| view.lower(*i) == "by");
        by.is_some_and(|by| by > n && by - n <= 8 && (n..by).all(|i| !view.is_predicate(i)))
    };
    // "was accompanied on the trip by": the agent is the verb's.
    let passive =
        view.tokens()[n].head.is_some_and(|h| view.children(h).iter().any(|c| view.tokens()[*c].deprel == "aux:pass"));
    let agents = || view.people.iter().find(agent).filter(|_| !passive);
    view.people.iter().rfind(possessor).or_else(agents).map(|m| m.tokens.start)
}

/// "Biden hosted Kishida at the White House": the guest is seen at the place, or in the host's country.
fn hosted(reader: &Reader<'_>, view: &View<'_>, e: usize, prepositions: &[String], found: &mut Vec<Sighting>) {
    let subjects = clause::subjects(view, e);
    let passive = view.children(e).iter().any(|c| view.tokens()[*c].deprel.ends_with(":pass"));
    let agents: Vec<usize> = view
        .dependents(e, &["obl"])
        .filter(|o| view.marker(*o) == "by")
        .flat_map(|o| clause::people_of(view, o))
        .collect();
    let objects = clause::objects(view, e);
    let (hosts, guests) = if passive { (agents, subjects) } else { (subjects, objects) };
    // "Kenya hosted Berg": the state is the place.
    let host_state = || {
        view.places
            .iter()
            .find(|p| !passive && view.relation(p.head) == "nsubj" && view.tokens()[p.head].head == Some(e))
    };
    if hosts.is_empty()
        && let Some(place) = host_state().filter(|p| !p.qualifies).cloned()
    {
        let telling = Telling {
            travellers: guests,
            phase: Phase::Presence,
            link: link_of(view, e),
            reference: false,
            weight: 0.7,
            trigger: e,
            occasion: None,
        };
        return emit(reader, view, &[place], telling, found);
    }
    if guests.is_empty() || hosts.is_empty() {
        return;
    }
    let mut chosen = places(view, |p| with_preposition(p, prepositions) && attached(reader, view, p, e, false));
    chosen.extend(reader.here(view, e));
    if chosen.is_empty() && reader.reading.officials.get(hosts[0]).is_some_and(|h| h.is_official()) {
        chosen.extend(reader.home_of(hosts[0], view, e));
    }
    let telling = Telling {
        travellers: guests,
        phase: Phase::Presence,
        link: link_of(view, e),
        reference: false,
        weight: 0.8,
        trigger: e,
        occasion: None,
    };
    emit(reader, view, &chosen, telling, found);
}

/// "visiting US President George W. Bush": the guest is where the article or the host is.
fn visiting_guests(reader: &Reader<'_>, view: &View<'_>, found: &mut Vec<Sighting>) {
    for mention in view.people.iter().filter(|m| m.title.as_ref().is_some_and(|t| t.visiting)) {
        let (Some(traveller), Some(place)) = (mention.official, reader.scene_of(view, mention.tokens.start)) else {
            continue;
        };
        let telling = Telling {
            travellers: vec![traveller],
            phase: Phase::Presence,
            link: Link::None,
            reference: false,
            weight: 0.8,
            trigger: mention.tokens.start,
            occasion: None,
        };
        emit_as(reader, view, &[place], telling, Some(Status::Completed), found);
    }
}

/// "visited a hospital in East Jerusalem": the place stands inside the object of the verb at `e`.
fn inside_object(view: &View<'_>, place: usize, e: usize) -> bool {
    let path: Vec<usize> = view.ancestors(place).take_while(|a| *a != e).collect();
    let top = path.last().copied();
    view.under(place, e)
        && path.len() > 1
        && path.iter().skip(1).all(|a| !view.is_predicate(*a))
        && top.is_some_and(|t| view.relation(t) == "obj" && view.person_at(t).is_none())
}

/// "visited a hospital in East Jerusalem", whichever the tree hangs the place from.
fn right_after_object(view: &View<'_>, place: &PlaceMention, e: usize) -> bool {
    let end = place.preposition_at.unwrap_or(place.tokens.start);
    let object = view.dependents(e, &["obj"]).find(|o| *o + 1 == end && view.person_at(*o).is_none());
    object.is_some_and(|o| !view.places.iter().any(|p| p.tokens.contains(&o)))
}

fn with_preposition(p: &PlaceMention, prepositions: &[String]) -> bool {
    p.preposition.as_ref().is_some_and(|q| prepositions.iter().any(|w| w == q))
}

/// Places of a sentence that `chosen` accepts and that do not merely qualify another word, with the rest of their lists.
fn places(view: &View<'_>, chosen: impl Fn(&&PlaceMention) -> bool) -> Vec<PlaceMention> {
    let mut found: Vec<PlaceMention> = Vec::new();
    for place in view.places.iter().filter(chosen) {
        for member in list_of(view, place) {
            if !found.iter().any(|f| f.tokens == member.tokens) {
                found.push(member);
            }
        }
    }
    found
}

/// `place` and the later members of its list.
fn list_of(view: &View<'_>, place: &PlaceMention) -> Vec<PlaceMention> {
    let Some((list, index)) = place.list else { return vec![place.clone()] };
    view.places.iter().filter(|p| p.list.is_some_and(|(l, i)| l == list && i >= index)).cloned().collect()
}

/// Whether `p` hangs from the trigger `e`: upwards in the tree with no other verb or trigger between; where the tree
/// is silent, right after it.
fn attached(reader: &Reader<'_>, view: &View<'_>, p: &PlaceMention, e: usize, as_object: bool) -> bool {
    let first = p
        .list
        .map_or(p.head, |(list, _)| view.places.iter().find(|q| q.list == Some((list, 0))).map_or(p.head, |q| q.head));
    if p.qualifies && !(as_object && view.under(first, e) && view.ancestors(first).nth(1) == Some(e)) {
        return false;
    }
    let by_tree = view
        .ancestors(first)
        .skip(1)
        .find(|a| *a == e || view.is_predicate(*a) || reader.lexicon.travel_nouns.contains_key(view.lemma(*a)));
    let at = p.preposition_at.unwrap_or(p.tokens.start);
    // "will visit the Republic of Korea": right after the verb, whatever the tree says.
    let light = |i: usize| matches!(view.tokens()[i].xpos, "DT" | "JJ" | "PRP$" | "VBG");
    if as_object && p.tokens.start > e && p.tokens.start - e <= 3 && (e + 1..p.tokens.start).all(light) && !p.qualifies
    {
        return true;
    }
    // "considering a visit to Kenya": right after a noun of travel the preposition is the noun's.
    if !as_object && at == e + 1 && view.tokens()[e].xpos.starts_with("NN") && !p.qualifies {
        return true;
    }
    if by_tree == Some(e) {
        let object = !as_object
            || view.ancestors(first).take_while(|a| *a != e).all(|a| {
                matches!(view.relation(a), "obj" | "conj" | "appos" | "flat" | "compound" | "nsubj" | "nmod" | "dep")
            });
        return object;
    }
    let near = at > e
        && at - e <= 4
        && (e + 1..at)
            .all(|i| !view.is_predicate(i) && !view.tokens()[i].xpos.starts_with("NN") && view.tokens()[i].form != ",");
    near && by_tree.is_none_or(|a| a > e || !view.is_predicate(a))
}

/// How the clause or phrase at `e` is joined to what governs it.
fn link_of(view: &View<'_>, e: usize) -> Link {
    let then = view.dependents(e, &["advmod"]).any(|c| view.reads(c, Class::Sequel));
    let earlier = view.dependents(e, &["advmod"]).any(|c| view.reads(c, Class::Prequel));
    if earlier && !view.times.iter().any(|t| view.under(t.tokens.start, e)) {
        return Link::Earlier;
    }
    // "After meeting Milosevic, he flew to": after what was told before.
    let following = view.dependents(e, &["advcl"]).any(|c| {
        view.marker(c) == "after"
            && view.tokens()[c].xpos == "VBG"
            && !view.places.iter().any(|p| view.under(p.head, c))
    });
    if following {
        return Link::Next;
    }
    for a in view.ancestors(e).take(4) {
        let Some(head) = view.tokens()[a].head else { break };
        let main = view.clause_head(head);
        match view.marker(a).as_str() {
            "ahead of" | "before" | "prior to" | "ahead" => return Link::After(main),
            "after" | "following" | "since" => return Link::Before(main),
            _ if then => return Link::Next,
            "" => {}
            _ if a != e => break,
            _ => {}
        }
        if view.is_predicate(a) && a != e {
            break;
        }
    }
    by_surface(view, e).unwrap_or(if then { Link::Next } else { Link::None })
}

/// "Ahead of his stop": the words before a noun of travel, for where the tree hangs them elsewhere.
fn by_surface(view: &View<'_>, e: usize) -> Option<Link> {
    let noun = view.tokens()[e].xpos.starts_with("NN");
    let modifies = |i: &usize| {
        matches!(view.tokens()[*i].xpos, "DT" | "PRP$" | "JJ" | "NN" | "NNP" | "POS" | "CD" | "VBN" | "VBG")
    };
    let start = (0..e).rev().take(6).take_while(modifies).last().unwrap_or(e);
    let word = |back: usize| start.checked_sub(back).map(|i| view.lower(i)).unwrap_or_default();
    let main = view.clause_head(e);
    match (word(2), word(1)) {
        _ if !noun => None,
        ("ahead", "of") | ("prior", "to") | (_, "before") => Some(Link::After(main)),
        (_, "after" | "following") => Some(Link::Before(main)),
        _ => None,
    }
}

fn emit(reader: &Reader<'_>, view: &View<'_>, places: &[PlaceMention], telling: Telling, found: &mut Vec<Sighting>) {
    emit_as(reader, view, places, telling, None, found);
}

/// Spreads a telling over its travellers and places; homes, regions and people who only speak are left out.
fn emit_as(
    reader: &Reader<'_>,
    view: &View<'_>,
    places: &[PlaceMention],
    telling: Telling,
    status: Option<Status>,
    found: &mut Vec<Sighting>,
) {
    let mut certainty = clause::certainty(view, telling.trigger, reader.lexicon);
    // "before flying to Rabat": still to come, if the rest is news.
    let ahead = view.tokens()[telling.trigger].xpos == "VBG"
        && matches!(view.marker(telling.trigger).as_str(), "before" | "ahead of" | "prior to");
    if ahead && certainty.status == Status::Completed && !certainty.pluperfect {
        certainty.status = Status::Planned;
    }
    // Under way since that day.
    let left = status == Some(Status::Planned) && certainty.status == Status::Completed && !certainty.present;
    if let Some(status) = status {
        certainty.status = status;
    }
    // "From Rome he flies to Glasgow on Monday" says nothing of when he was in Rome.
    let origin = matches!(telling.link, Link::Origin(_)) && telling.reference;
    let mut times: Vec<TimeMention> = Vec::new();
    if !origin {
        times.extend(clause::times_of(view, telling.trigger).into_iter().cloned());
    }
    let comes_from = matches!(telling.link, Link::Origin(_));
    if (goes_home(view, telling.trigger) && !comes_from) || uncounted(reader, view, telling.trigger) {
        return;
    }
    if left {
        times = times.iter().map(TimeMention::as_past).collect();
    }
    if let Some(occasion) = telling.occasion.filter(|_| times.is_empty()) {
        times.extend(reader.occasions[occasion].times.iter().cloned());
    }
    let clause_head = view.clause_head(telling.trigger);
    for traveller in &telling.travellers {
        for place in places {
            let by_the_way = telling.phase == Phase::Presence && telling.weight < 0.8;
            let at_home = telling.occasion.is_some() && reader.is_home(*traveller, &place.place);
            if (!at_home && !reader.is_abroad(*traveller, &place.place))
                || (by_the_way && reader.may_be_home(*traveller, &place.place))
                || (matches!(telling.link, Link::Origin(_)) && reader.may_be_home(*traveller, &place.place))
                || (telling.weight <= 0.6 && reader.at_seat(*traveller, &place.place))
                || (place.place.kind == PlaceKind::Region && place.place.country.is_none())
            {
                continue;
            }
            found.push(Sighting {
                traveller: *traveller,
                place: place.place.clone(),
                certainty,
                times: own_times(view, place, places, &times),
                phase: telling.phase,
                sentence: view.index,
                clause: clause_head,
                list: place.list.filter(|_| places.len() > 1),
                link: telling.link,
                reference: telling.reference,
                told_at: view.span(&place.tokens).start,
                evidence: evidence(view, telling.trigger, place),
                site: place.site.clone(),
                recalled: recalled(view, telling.trigger),
                weight: telling.weight,
                occasion: telling.occasion,
                at_home,
            });
        }
    }
}

/// "Brussels on Tuesday, Vienna on Thursday": each place of a list has the day right after it, if every place or this one has.
fn own_times(
    view: &View<'_>,
    place: &PlaceMention,
    places: &[PlaceMention],
    shared: &[TimeMention],
) -> Vec<TimeMention> {
    let after = |p: &PlaceMention| {
        let end = p.tokens.end;
        let start = end + usize::from(matches!(view.lower(end), "on" | "in" | "from"));
        view.times.iter().find(|t| t.tokens.start == start && t.duration().is_none())
    };
    // A day after the last place only is that of the whole list.
    let own = places.iter().rev().skip(1).any(|p| after(p).is_some());
    // "will visit Israel from September 2 to 4, the ministry said", hung from the saying.
    let lost = shared.is_empty() && places.len() == 1;
    match after(place).filter(|_| own || lost) {
        Some(time) => vec![time.clone()],
        None => shared.to_vec(),
    }
}

/// "has twice visited", "a private visit": counted but not told apart, or not in office.
fn uncounted(reader: &Reader<'_>, view: &View<'_>, e: usize) -> bool {
    let often = view.dependents(e, &["advmod", "obl"]).any(|c| {
        // "four times", not "for the first time"
        let counts = |m: usize| view.relation(m) == "nummod" || view.reads(m, Class::Many);
        let times = view.lower(c) == "times" && view.children(c).iter().any(|m| counts(*m));
        times || view.reads(c, Class::Often)
    });
    let private =
        view.dependents(e, &["amod", "compound", "conj"]).any(|c| reader.lexicon.private.contains(view.lemma(c)));
    let away = view.dependents(e, &["obl", "obj", "nmod"]).any(|c| reader.lexicon.private.contains(view.lemma(c)));
    // "in previous visits to Washington": how many, and when, is not said.
    let plural = view.tokens()[e].xpos == "NNS"
        && view
            .dependents(e, &["amod", "nummod"])
            .any(|c| view.reads(c, Class::Many) || view.reads(c, Class::Recurring) || view.tokens()[c].xpos == "CD");
    often || private || away || plural
}

/// "arrived safely home in Gaza", "returned home to".
fn goes_home(view: &View<'_>, trigger: usize) -> bool {
    view.is_predicate(trigger) && (trigger + 1..trigger + 4).any(|i| view.lower(i) == "home")
}

/// From the subject or the trigger to the place: as short as shows the fact.
fn evidence(view: &View<'_>, trigger: usize, place: &PlaceMention) -> Span {
    let subject = view.dependents(trigger, &["nsubj"]).next().filter(|s| trigger.abs_diff(*s) <= 8);
    let person = |i: usize| view.person_at(i).map_or(i, |p| p.tokens.start);
    let mut start = trigger.min(place.tokens.start);
    let mut end = (trigger + 1).max(place.tokens.end);
    if let Some(subject) = subject {
        start = start.min(person(subject));
        end = end.max(subject + 1);
    }
    view.span(&(start..end))
}

/// "his last visit", "first visited": words that look back to another journey.
fn recalled(view: &View<'_>, e: usize) -> bool {
    // "their last stop" is one of this journey.
    let part = view.is(e, Class::JourneyPart);
    let marks = view.dependents(e, &["amod", "advmod"]).filter(|_| !part).any(|c| view.reads(c, Class::Bygone));
    marks
}
