//! Nouns of travel: "his visit to Turkey", "the visit of Pope Francis to Iraq", "made stops in Israel and Jordan".
//!
//! Says whose journey a noun tells of, where it leads, and which end of the stay is meant. Which nouns these are, and which
//! prepositions they take, is in `data/lexicon/travel_nouns.tsv`.

use super::by_verb::is_under_way;
use super::links::link_of;
use super::places::{attached, places, with_preposition};
use super::telling::{Telling, emit};
use super::{Link, Phase, Sighting};
use crate::extract::classes::Class;
use crate::extract::lexicon::Frame;
use crate::extract::names::PersonMention;
use crate::extract::scene::View;
use crate::extract::toponyms::PlaceMention;
use crate::extract::{Reader, clause, occasions};
use crate::itinerary::Status;
use crate::language::{self, Upos};

/// What the noun of travel at token `n` tells.
pub(super) fn read(reader: &Reader<'_>, view: &View<'_>, n: usize, found: &mut Vec<Sighting>) {
    let lemma = view.lemma(n);
    let Some(prepositions) = reader.lexicon.travel_nouns.get(lemma) else { return };
    let carrier = carrier(reader, view, n);
    let link = link_of(view, n);
    let telling = Telling {
        link,
        reference: matches!(link, Link::After(_) | Link::Before(_)) && carrier.is_none(),
        status: (leaves_for(reader, view, n, carrier) || ahead_of_saying(view, link)).then_some(Status::Planned),
        ..Telling::new(
            n,
            reader.group_or(view, n, owners_or_told(reader, view, n)),
            phase(view, n),
            if view.is(n, Class::FaintJourney) { 0.5 } else { 0.85 },
        )
    };
    emit(reader, view, &places_of(reader, view, n, carrier, prepositions), telling, found);
}

/// Whose journey it is. "The Lisbon visit has been postponed": that of the traveller who is told of.
fn owners_or_told(reader: &Reader<'_>, view: &View<'_>, n: usize) -> Vec<usize> {
    let owners = owners(reader, view, n);
    let called_off = || is_called_off(reader, view, n);
    let owned =
        view.children(n).iter().any(|c| view.tokens()[*c].deprel == "nmod:poss" && view.tokens()[*c].xpos != "PRP$");
    if !owners.is_empty() || owned || !called_off() {
        return owners;
    }
    let mut here: Vec<usize> = view.people.iter().filter_map(|p| p.official).collect();
    here.dedup();
    match here[..] {
        [] => reader.told.traveller.into_iter().collect(),
        [one] => vec![one],
        _ => Vec::new(),
    }
}

/// "The visit was postponed", "his trip has been cancelled".
fn is_called_off(reader: &Reader<'_>, view: &View<'_>, n: usize) -> bool {
    clause::certainty(view, n, reader.lexicon).status == Status::Cancelled
}

/// "was due in Lima on Monday, but the trip was postponed": the place told of last, in the sentence or before it.
fn told_before(reader: &Reader<'_>, view: &View<'_>, n: usize) -> Option<PlaceMention> {
    let definite = n.checked_sub(1).is_some_and(|d| matches!(view.lower(d), "the" | "his" | "her" | "their" | "this"));
    let here =
        view.places.iter().rfind(|p| p.tokens.end <= n && !p.qualifies && p.preposition.as_deref() != Some("from"));
    let before = || Some(PlaceMention::told(n, reader.told.place.clone()?));
    if definite { here.cloned().or_else(before) } else { None }
}

/// Where the journey leads.
fn places_of(
    reader: &Reader<'_>,
    view: &View<'_>,
    n: usize,
    carrier: Option<usize>,
    prepositions: &[String],
) -> Vec<PlaceMention> {
    // Not "his visit came ahead of a meeting in Hong Kong".
    let elsewhere = |p: &PlaceMention, v: usize| {
        let mut path = view.ancestors(p.head).skip(1).take_while(|a| *a != v);
        path.any(|a| occasions::is_gathering(view, a, reader.lexicon))
    };
    let of_carrier = |p: &PlaceMention| carrier.is_some_and(|v| attached(reader, view, p, v) && !elsewhere(p, v));
    let mut chosen = places(view, |p| {
        let governed = with_preposition(p, prepositions) && (attached(reader, view, p, n) || of_carrier(p));
        // "the Moscow trip", but not "the Moscow delegation", which comes from there.
        governed || (p.qualifies && p.tokens.end == n && view.lemma(n) != "delegation")
    });
    if chosen.is_empty() {
        chosen.extend(reader.here(view, n));
    }
    // "shook the country while Morita was there on a visit": where the dispatch comes from.
    let by = view.lower(n + 1) == "by" && view.places.iter().all(|p| !with_preposition(p, prepositions));
    if chosen.is_empty() && by && view.lemma(n) == "visit" {
        chosen.extend(reader.scene_of(view, n));
    }
    if chosen.is_empty() && is_called_off(reader, view, n) {
        chosen.extend(told_before(reader, view, n));
    }
    chosen
}

/// Which part of the stay is told of: "his arrival in", "his departure for", "wraps up a four-day visit", "begins a visit".
fn phase(view: &View<'_>, n: usize) -> Phase {
    if view.is(n, Class::Arriving) {
        return Phase::Arrival;
    }
    if view.lemma(n) == "departure" {
        return Phase::Departure;
    }
    match view.tokens()[n].head.filter(|_| matches!(view.relation(n), "obj" | "nsubj")) {
        Some(verb) if view.is(verb, Class::Ending) => Phase::Departure,
        Some(verb) if view.is(verb, Class::Beginning) => Phase::Arrival,
        _ => Phase::Stay,
    }
}

/// The verb that carries the noun: "made stops", "left on a visit".
fn carrier(reader: &Reader<'_>, view: &View<'_>, n: usize) -> Option<usize> {
    let head = view.tokens()[n].head.filter(|_| matches!(view.relation(n), "obj" | "obl" | "nsubj" | "conj"))?;
    let verb = reader.lexicon.travel_verbs.get(view.lemma(head))?;
    (verb.is(Frame::Make) || verb.is(Frame::Go) || verb.is(Frame::Leave)).then_some(head)
}

/// "said ahead of a visit to Baku on Friday": what is said now comes before it.
fn ahead_of_saying(view: &View<'_>, link: Link) -> bool {
    matches!(link, Link::After(main) if view.get(main).is_some_and(language::is_saying))
}

/// "left on Friday for a visit to China": under way there.
fn leaves_for(reader: &Reader<'_>, view: &View<'_>, n: usize, carrier: Option<usize>) -> bool {
    // Hung from the day, it is still the verb's.
    let above = view.tokens()[n].head.map(|h| if view.is_circumstance(h) { view.clause_head(h) } else { h });
    let Some(verb) = carrier.or(above) else { return false };
    let leaves = reader.lexicon.travel_verbs.get(view.lemma(verb)).is_some_and(|v| v.is(Frame::Leave));
    leaves && view.marker(n) == "for" && is_under_way(reader, view, verb)
}

/// Whose journey it is: a possessor, an "of" or "by", those of the delegation, else the subject of the clause.
pub(super) fn owners(reader: &Reader<'_>, view: &View<'_>, n: usize) -> Vec<usize> {
    if let Some(people) = owners_below(view, n) {
        return people;
    }
    if let Some(owner) = owner_by_surface(view, n) {
        return clause::people_of(view, owner);
    }
    // "the designation of a delegation to Tokyo": its members go, not who announces it.
    if view.is(n, Class::Party) {
        return members(reader, view, n);
    }
    owners_above(reader, view, n)
}

/// "Berg's visit", "the visit of Berg", "the Berg visit": those that the tree hangs from the noun; none of ours if it is
/// somebody else's.
fn owners_below(view: &View<'_>, n: usize) -> Option<Vec<usize>> {
    for child in view.children(n) {
        let relation = view.tokens()[*child].deprel;
        let by = view.relation(*child) == "nmod" && matches!(view.marker(*child).as_str(), "of" | "by");
        if relation == "nmod:poss" || by || relation == "compound" {
            let people = clause::people_of(view, *child);
            // Whosever else it is, it is not the subject's ("discuss the President's visit").
            let place = view.places.iter().any(|p| p.tokens.contains(child));
            let other = by && !place && view.lower(n) == "visit" && view.tokens()[*child].upos == Upos::Noun;
            let named = relation == "nmod:poss" && !view.tokens()[*child].xpos.starts_with("PRP") || other;
            if !people.is_empty() || named {
                return Some(people);
            }
        }
    }
    None
}

/// "Hayes’ upcoming visit to", "the visit to Washington by Moses Okot": a person of whom the tree says nothing.
fn owner_by_surface(view: &View<'_>, n: usize) -> Option<usize> {
    let possessor = |m: &&PersonMention| {
        let apostrophe = matches!(view.lower(m.tokens.end), "'s" | "’s" | "'" | "’");
        let modifiers = (m.tokens.end + 1..n).all(|i| {
            let timed = view.times.iter().any(|t| t.tokens.contains(&i));
            timed || matches!(view.tokens()[i].xpos, "JJ" | "CD" | "VBN" | "VBG" | "NN" | "HYPH")
        });
        apostrophe && m.tokens.end < n && n - m.tokens.end <= 4 && modifiers
    };
    let agent = |m: &&PersonMention| {
        let by = m.tokens.start.checked_sub(1).filter(|i| view.lower(*i) == "by");
        by.is_some_and(|by| by > n && by - n <= 8 && (n..by).all(|i| !view.is_predicate(i)))
    };
    // "was accompanied on the trip by": the agent is the verb's.
    let passive = view.relation(n) != "nsubj"
        && view.tokens()[n]
            .head
            .is_some_and(|h| view.children(h).iter().any(|c| view.tokens()[*c].deprel == "aux:pass"));
    let agents = || view.people.iter().find(agent).filter(|_| !passive);
    view.people.iter().rfind(possessor).or_else(agents).map(|m| m.tokens.start)
}

/// Who goes in the party at `n`: its leaders, who leads or sends it, or else those whom the article calls the delegation.
fn members(reader: &Reader<'_>, view: &View<'_>, n: usize) -> Vec<usize> {
    let led = clause::led_by(view, n);
    if !led.is_empty() {
        return led;
    }
    let leads = |h: &usize| view.is(*h, Class::Leading) || view.lemma(*h) == "send";
    match view.tokens()[n].head.filter(leads) {
        Some(verb) => clause::subjects(view, verb),
        None => reader.delegation.members.clone(),
    }
}

/// "is on a visit to Kenya", "Berg's tour will include a stop in": the subject of the clause, or who makes the journey that is it.
fn owners_above(reader: &Reader<'_>, view: &View<'_>, n: usize) -> Vec<usize> {
    let Some(predicate) = view.ancestors(n).find(|a| view.is_predicate(*a)) else { return Vec::new() };
    // "leaders condemned the Moscow trip" is not about a trip of theirs.
    let object = view.relation(n) == "obj" && view.tokens()[n].head == Some(predicate);
    if object && reader.lexicon.attitudes.contains(view.lemma(predicate)) {
        return Vec::new();
    }
    let subjects = clause::subjects(view, predicate);
    if !subjects.is_empty() {
        return subjects;
    }
    let is_journey = |i: &usize| *i != n && reader.lexicon.travel_nouns.contains_key(view.lemma(*i));
    let subject = view.dependents(predicate, &["nsubj"]).find(is_journey);
    // "leaves on a trip that will begin with a visit to": the owner of the trip.
    let trip = || {
        let described = view.tokens()[predicate].head.filter(|h| view.relation(predicate) == "acl" && *h < n)?;
        Some(described).filter(is_journey)
    };
    subject.or_else(trip).map(|journey| owners(reader, view, journey)).unwrap_or_default()
}
