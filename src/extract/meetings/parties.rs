//! The parties of a meeting: people and unnamed groups in a phrase, and those whom a list goes on to name.
//!
//! It knows where names and groups stand, and does not ask whether there is a meeting.

use crate::extract::Reader;
use crate::extract::classes::Class;
use crate::extract::clause;
use crate::extract::names::PersonMention;
use crate::extract::scene::View;
use crate::extract::toponyms::PlaceMention;
use crate::itinerary::{Extra, Group, Mode, Status};
use crate::language::Upos;
use std::ops::Range;

/// The parties of a meeting as one phrase names them.
#[derive(Default)]
pub(super) struct Parties {
    pub(super) people: Vec<usize>,
    pub(super) groups: Vec<Group>,
    pub(super) end: usize,
    /// Where the first party ends.
    pub(super) first: Option<usize>,
}

impl Parties {
    /// Nobody yet, in a phrase that has been read up to token `end`.
    pub(super) fn up_to(end: usize) -> Parties {
        Parties { end, ..Parties::default() }
    }

    /// Whether it names nobody.
    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty() && self.groups.is_empty()
    }
}

/// Adds the people and unnamed groups of the noun phrase at `t`, and of those coordinated to it.
pub(super) fn add(reader: &Reader<'_>, view: &View<'_>, t: usize, parties: &mut Parties) {
    let mut people = clause::people_of(view, t);
    if people.is_empty() && view.is(t, Class::Party) {
        // "met a delegation from Skane": those whom the article names as its members.
        people = reader.delegation.members.clone();
    }
    let named = !people.is_empty();
    for person in people {
        if !parties.people.contains(&person) {
            parties.people.push(person);
        }
    }
    let end = view.person_at(t).map_or(t + 1, |p| p.tokens.end);
    parties.first.get_or_insert(end);
    parties.end = parties.end.max(end);
    if !named {
        parties.groups.extend(group_at(reader, view, t));
    }
    for c in view.dependents(t, &["conj", "appos"]).collect::<Vec<_>>() {
        if view.person_at(c).is_some_and(|p| p.official.is_some_and(|o| parties.people.contains(&o))) {
            continue;
        }
        add(reader, view, c, parties);
    }
}

/// "with" and a party right after the trigger or later in its clause, where the tree did not show it.
pub(super) fn after_with(
    reader: &Reader<'_>,
    view: &View<'_>,
    e: usize,
    with: &[String],
    object: bool,
    others: &mut Parties,
) {
    for i in e + 1..view.tokens().len().min(e + 10) {
        // Past the noun's own verb: "a meeting can be arranged between".
        let own = view.tokens()[e].head == Some(i)
            && view.relation(e) == "nsubj"
            && with.iter().any(|w| w == view.lower(i + 1));
        if view.is_predicate(i) && view.is_finite(i) && !own || matches!(view.lower(i), ";" | "." | "--") {
            return;
        }
        let starts = with.iter().any(|w| w == view.lower(i)) || (object && i == e + 1 && view.person_at(i).is_some());
        if starts {
            let at = if with.iter().any(|w| w == view.lower(i)) { i + 1 } else { i };
            // A pronoun there is an owner: "with his counterpart".
            let owner = |p: &&PersonMention| {
                let pronoun = p.tokens.len() == 1 && view.tokens()[p.tokens.start].xpos == "PRP$";
                pronoun || matches!(view.lower(p.tokens.end), "'s" | "’s" | "'" | "’")
            };
            let person =
                view.people.iter().filter(|p| !owner(p)).find(|p| p.tokens.start >= at && p.tokens.start <= at + 3);
            if let Some(person) = person {
                others.people.extend(clause::people_of(view, person.tokens.start));
                others.end = others.end.max(person.tokens.end);
            } else if let Some(noun) =
                (at..view.tokens().len().min(at + 6)).find(|j| reader.lexicon.groups.contains(view.lemma(*j)))
            {
                others.groups.extend(group_at(reader, view, noun));
                others.end = others.end.max(noun + 1);
            }
            return;
        }
    }
}

/// "met A in Quito, B in Lima and with C": those whom the phrase goes on to name, wherever the tree hangs them.
pub(super) fn listed_on(view: &View<'_>, others: &mut Parties) {
    if others.is_empty() {
        return;
    }
    let mut at = others.end;
    if others.people.is_empty() {
        at = over_group(view, others.first.unwrap_or(at));
    }
    loop {
        let start = at;
        let joined;
        (at, joined) = over_links(view, at);
        let Some(person) = view.people.iter().find(|p| p.tokens.start == at && !p.name.is_empty() && at > start) else {
            return;
        };
        let people = clause::people_of(view, at);
        let end =
            view.people.iter().filter(|p| p.official.is_some_and(|o| people.contains(&o)) && p.tokens.start >= at);
        let end = end.map(|p| p.tokens.end).max().unwrap_or(person.tokens.end);
        // "…, Y said" begins another statement.
        let speaks =
            (end..view.tokens().len().min(end + 2)).any(|i| view.is_finite(i) || view.tokens()[i].upos == Upos::Aux);
        if speaks || (!joined && !matches!(view.lower(end), "," | "and" | "in")) {
            return;
        }
        others.people.extend(people.into_iter().filter(|p| !others.people.contains(p)).collect::<Vec<_>>());
        others.end = others.end.max(end);
        at = end;
    }
}

/// "members of his cabinet, Director Deese": from the end of a group over what it is of.
fn over_group(view: &View<'_>, at: usize) -> usize {
    if view.lower(at) != "of" {
        return at;
    }
    let within = |i: &usize| {
        let token = &view.tokens()[*i];
        let noun = token.xpos.starts_with("NN") || matches!(token.xpos, "IN" | "DT" | "PRP$" | "JJ");
        noun && view.person_at(*i).is_none_or(|p| p.name.is_empty())
    };
    (at..view.tokens().len()).take_while(within).last().map_or(at, |i| i + 1)
}

/// From `at` over places, times and words that let a list go on; and whether one of these joins ("and", "later").
fn over_links(view: &View<'_>, mut at: usize) -> (usize, bool) {
    let mut joined = false;
    loop {
        let place = view.places.iter().find(|p| p.preposition_at == Some(at) && p.preposition.as_deref() == Some("in"));
        let time = view.times.iter().find(|t| t.tokens.start == at);
        match (place, time, view.lower(at)) {
            (Some(place), _, _) => at = place.tokens.end,
            (_, Some(time), _) => at = time.tokens.end,
            (_, _, "," | ";" | "the" | "also" | "on") => at += 1,
            (_, _, "and" | "with") => (at, joined) = (at + 1, true),
            _ if view.reads(at, Class::Onward) => (at, joined) = (at + 1, true),
            _ => return (at, joined),
        }
    }
}

/// "senior Turkish officials": an unnamed party at the noun `t`.
pub(super) fn group_at(reader: &Reader<'_>, view: &View<'_>, t: usize) -> Option<Group> {
    if !reader.lexicon.groups.contains(view.lemma(t)) || view.person_at(t).is_some() {
        return None;
    }
    let range = group_range(view, t);
    let label = view.span(&range).of(reader.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let country = range.clone().find_map(|i| reader.nationality(view.index, i));
    Some(Group { country, label, extra: Extra::new() })
}

/// The noun at `t` with the adjectives and nouns before it.
fn group_range(view: &View<'_>, t: usize) -> Range<usize> {
    let mut start = t;
    while start > 0 {
        let token = &view.tokens()[start - 1];
        let modifies = matches!(token.upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num) || token.xpos == "HYPH";
        if !modifies || view.person_at(start - 1).is_some() {
            break;
        }
        start -= 1;
    }
    start..t + 1
}

/// The actors, and those who travel with the first of them where the meeting is not at home.
pub(super) fn with_companions(
    reader: &Reader<'_>,
    actors: Vec<usize>,
    mode: Mode,
    status: Status,
    place: Option<&PlaceMention>,
) -> Vec<usize> {
    let mut all = actors;
    let Some(leader) = all.first().copied().filter(|_| mode == Mode::InPerson) else { return all };
    if place.is_none_or(|p| reader.is_abroad(leader, &p.place)) {
        all.extend(reader.delegation.of(leader, status));
    }
    all
}

/// Each once, in the order given.
pub(super) fn distinct(people: Vec<usize>) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for person in people {
        if !kept.contains(&person) {
            kept.push(person);
        }
    }
    kept
}
