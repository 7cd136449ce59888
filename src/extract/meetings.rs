//! Meetings: verbs and nouns of meeting with their parties, place, mode and certainty become encounters.
//!
//! An [`Encounter`] is one telling of one meeting; tellings are joined in [`super::stops`]. One sentence at a time.

use super::Reader;
use super::classes::{Class, Classes};
use super::clause::{self, Certainty};
use super::names::singular;
use super::scene::View;
use super::times::TimeMention;
use super::toponyms::PlaceMention;
use crate::Span;
use crate::itinerary::{CountryCode, DraftPlace, Extra, Group, Mode};
use crate::language::Upos;
use std::ops::Range;

/// One telling of one meeting.
#[derive(Clone, Debug)]
pub struct Encounter {
    /// The main actor first.
    pub participants: Vec<usize>,
    pub groups: Vec<Group>,
    pub place: Option<DraftPlace>,
    pub certainty: Certainty,
    pub mode: Mode,
    pub times: Vec<TimeMention>,
    pub duration: Option<String>,
    pub sentence: usize,
    pub clause: usize,
    pub told_at: usize,
    pub evidence: Span,
    /// In [0, 1]; how telling this construction is.
    pub weight: f64,
    /// The other party is not said: it only shows where the first was.
    pub alone: bool,
}

/// The parties of a meeting as one phrase names them.
#[derive(Default)]
struct Parties {
    people: Vec<usize>,
    groups: Vec<Group>,
    end: usize,
    /// Where the first party ends.
    first: Option<usize>,
}

/// All meetings that a sentence tells.
pub fn read(reader: &Reader<'_>, view: &View<'_>) -> Vec<Encounter> {
    let mut found: Vec<Encounter> = Vec::new();
    for e in 0..view.tokens().len() {
        if view.person_at(e).is_some_and(|p| !p.name.is_empty()) {
            continue;
        }
        let lemma = view.lemma(e);
        let verbal = view.tokens()[e].upos == Upos::Verb;
        let encounter = if verbal && lemma == "attend" {
            attended_by(reader, view, e)
        } else if verbal && view.lemma(e) == "tell" {
            told(reader, view, e)
        } else if verbal && reader.lexicon.meeting_verbs.contains_key(lemma) {
            by_verb(reader, view, e)
        } else if view.tokens()[e].xpos.starts_with("NN") && reader.lexicon.meeting_nouns.contains_key(lemma) {
            by_noun(reader, view, e)
        } else {
            None
        };
        let parties = |m: &Encounter| m.participants.len() + m.groups.len();
        let encounters = encounter.map(|m| by_place(view, m)).unwrap_or_default();
        found.extend(encounters.into_iter().filter(|m| !m.participants.is_empty() && (parties(m) > 1 || m.alone)));
    }
    found
}

fn by_verb(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Option<Encounter> {
    let verb = reader.lexicon.meeting_verbs.get(view.lemma(e))?;
    let joint = reader.lexicon.joint_verbs.get(view.lemma(e));
    if joint == Some(&true) && !of_gathering(reader, view, e) {
        return None;
    }
    let passive = view.children(e).iter().any(|c| view.tokens()[*c].deprel.ends_with(":pass"));
    // "called Trump a …" names him something.
    let named_so = view.lemma(e) == "call"
        && view.people.iter().any(|p| {
            p.tokens.start == e + 1
                && view.get(p.tokens.end).is_some_and(|t| matches!(t.xpos, "DT" | "``" | "JJ" | "NN" | "NNS" | "JJR"))
        });
    if named_so {
        return None;
    }
    let mut actors = clause::subjects(view, e);
    if joint.is_none() {
        actors = reader.group_or(view, e, actors);
    }
    let mut others = Parties { end: e, ..Parties::default() };
    for child in view.children(e).to_vec() {
        let marker = view.marker(child);
        let object = verb.takes_object && matches!(view.relation(child), "obj" | "iobj");
        let oblique = view.relation(child) == "obl"
            && (verb.with.contains(&marker) || (passive && marker == "by") || marker == "alongside");
        if object || oblique {
            add_party(reader, view, child, &mut others);
        }
    }
    if others.people.is_empty() && others.groups.is_empty() {
        after_with(reader, view, e, &verb.with, verb.takes_object, &mut others);
    }
    if passive && others.people.is_empty() && others.groups.is_empty() {
        // "is to be received at the Vatican by the Pope"
        others.people = super::delegation::agents(view, e);
    }
    listed_on(view, &mut others);
    // "Hale and Dunn visited Lisbon" tells of no meeting of theirs.
    let each_other = view.dependents(e, &["obj"]).any(|o| view.lower(o) == "other" || view.lower(o) == "each");
    let mutual = each_other || verb.with.iter().any(|w| w == "with") && view.lemma(e) != "visit";
    if !mutual && others.people.is_empty() && others.groups.is_empty() {
        return None;
    }
    if actors.is_empty() && !others.people.is_empty() {
        actors = group_subject(reader, view, e, &mut others);
    }
    others.people.retain(|p| !actors.contains(p));
    build(reader, view, e, actors, others, verb.mode, 0.9)
}

/// "The meeting was attended by X and Y."
fn attended_by(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Option<Encounter> {
    let passive = view.children(e).iter().any(|c| view.tokens()[*c].deprel == "nsubj:pass");
    let ceremony = view.dependents(e, &["nsubj"]).any(|n| reader.lexicon.ceremonies.contains(view.lemma(n)));
    let people = super::delegation::agents(view, e);
    let others = Parties { end: e + 1, ..Parties::default() };
    (passive && !ceremony && people.len() > 1)
        .then(|| build(reader, view, e, people, others, Mode::InPerson, 0.7))
        .flatten()
}

/// "The king told President Norbu that": what one office holder tells another to his face.
fn told(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Option<Encounter> {
    let actors = clause::subjects(view, e);
    let mut others = Parties { end: e + 1, ..Parties::default() };
    for object in view.dependents(e, &["obj", "iobj"]).collect::<Vec<_>>() {
        add_party(reader, view, object, &mut others);
    }
    let office = |p: &usize| reader.reading.officials[*p].is_official();
    let named =
        view.people.iter().any(|m| !m.name.is_empty() && m.official.is_some_and(|o| others.people.contains(&o)));
    let apart = others.people.iter().all(|p| !actors.contains(p));
    let both = actors.len() == 1
        && others.people.len() == 1
        && apart
        && named
        && actors.iter().chain(&others.people).all(office);
    both.then(|| build(reader, view, e, actors, others, Mode::InPerson, 0.6)).flatten()
}

/// "will meet Silva in Lisbon and Haddou in Rabat": as many meetings as there are places right after those met.
fn by_place(view: &View<'_>, met: Encounter) -> Vec<Encounter> {
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

/// Whether the object of a verb of chairing is a gathering: "led the dialogue", not "led the attack".
fn of_gathering(reader: &Reader<'_>, view: &View<'_>, e: usize) -> bool {
    let gathering = |o: usize| {
        let lemma = view.lemma(o);
        reader.lexicon.occasions.contains(lemma) || reader.lexicon.meeting_nouns.contains_key(lemma)
    };
    view.dependents(e, &["obj"]).any(gathering)
}

/// "met A in Quito, B in Lima and with C": those whom the phrase goes on to name, wherever the tree hangs them.
fn listed_on(view: &View<'_>, others: &mut Parties) {
    if others.people.is_empty() && others.groups.is_empty() {
        return;
    }
    // "members of his cabinet, Director Deese": over what the group is of.
    let mut at = others.end;
    if others.people.is_empty() {
        at = others.first.unwrap_or(at);
    }
    if others.people.is_empty() && view.lower(at) == "of" {
        let within = |i: &usize| {
            let token = &view.tokens()[*i];
            let noun = token.xpos.starts_with("NN") || matches!(token.xpos, "IN" | "DT" | "PRP$" | "JJ");
            noun && view.person_at(*i).is_none_or(|p| p.name.is_empty())
        };
        at = (at..view.tokens().len()).take_while(within).last().map_or(at, |i| i + 1);
    }
    loop {
        let start = at;
        let mut joined = false;
        loop {
            let place =
                view.places.iter().find(|p| p.preposition_at == Some(at) && p.preposition.as_deref() == Some("in"));
            let time = view.times.iter().find(|t| t.tokens.start == at);
            match (place, time, view.lower(at)) {
                (Some(place), _, _) => at = place.tokens.end,
                (_, Some(time), _) => at = time.tokens.end,
                (_, _, "," | ";" | "the" | "also" | "on") => at += 1,
                (_, _, "and" | "with") => (at, joined) = (at + 1, true),
                _ if view.reads(at, Class::Onward) => (at, joined) = (at + 1, true),
                _ => break,
            }
        }
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
        if speaks || (!joined && view.lower(end) != "," && view.lower(end) != "and" && view.lower(end) != "in") {
            return;
        }
        others.people.extend(people.into_iter().filter(|p| !others.people.contains(p)).collect::<Vec<_>>());
        others.end = others.end.max(end);
        at = end;
    }
}

/// Where an unnamed group met somebody ("Gazprom executives met with Dmitry Kazakov").
fn group_subject(_reader: &Reader<'_>, view: &View<'_>, e: usize, others: &mut Parties) -> Vec<usize> {
    if let Some(subject) = view.dependents(e, &["nsubj"]).next() {
        others.groups.extend(group_at(_reader, view, subject));
    }
    std::mem::take(&mut others.people)
}

fn by_noun(reader: &Reader<'_>, view: &View<'_>, n: usize) -> Option<Encounter> {
    let mode = *reader.lexicon.meeting_nouns.get(view.lemma(n))?;
    // A joint appearance before the press is no meeting; it only shows who is there.
    let press = view.lemma(n) == "conference" && view.reads(n.saturating_sub(1), Class::Press);
    let mut actors = Vec::new();
    let mut others = Parties { end: n, ..Parties::default() };
    for child in view.children(n).to_vec() {
        let marker = view.marker(child);
        match (view.relation(child), marker.as_str()) {
            ("nmod", "with" | "between" | "among") => add_party(reader, view, child, &mut others),
            ("nmod", "of") => add_party(reader, view, child, &mut others),
            // "a call from the premier", "a courtesy call on the king"
            ("nmod", "from" | "on") if view.lemma(n) == "call" => add_party(reader, view, child, &mut others),
            ("nmod", "") => actors.extend(clause::people_of(view, child)),
            // "a summit hosted by the premier"
            ("acl", _) if view.is(child, Class::Presiding) => {
                others.people.extend(super::delegation::agents(view, child));
            }
            _ => {}
        }
    }
    if others.people.is_empty() && others.groups.is_empty() {
        after_with(reader, view, n, &["with".into(), "between".into()], false, &mut others);
    }
    // "after meeting President X": taken for a noun by the tagger.
    if let Some(person) = view.people.iter().find(|p| p.tokens.start == n + 1 && view.lower(n).ends_with("ing")) {
        others.people.extend(clause::people_of(view, person.tokens.start));
        others.end = person.tokens.end;
    }
    if others.people.is_empty() && others.groups.is_empty() {
        return between_them(reader, view, n, mode)
            .or_else(|| together(reader, view, n, mode))
            .or_else(|| placed_later(reader, view, n, mode))
            .or_else(|| attended_alone(reader, view, n, mode));
    }
    listed_on(view, &mut others);
    if actors.is_empty() {
        actors = owners(reader, view, n);
    }
    if actors.is_empty() {
        let predicate = view.ancestors(n).skip(1).find(|a| view.is_predicate(*a));
        let subjects = predicate.map(|p| clause::subjects(view, p)).unwrap_or_default();
        actors = predicate.map(|p| reader.group_or(view, p, subjects.clone())).unwrap_or(subjects);
    }
    // "A meeting with Olmert was scheduled for Monday": of whom the article tells.
    let alone = view.people.iter().all(|p| p.official.is_some_and(|o| others.people.contains(&o)));
    if actors.is_empty() && !others.people.is_empty() && alone && view.relation(n) == "nsubj" {
        // Not of two who met each other.
        let between = matches!(view.lower(n + 1), "between" | "of" | "among");
        actors.extend(reader.latest.filter(|l| !others.people.contains(l) && !between));
    }
    // "In a call with Netanyahu, Biden called for": the subject after the phrase, where the tree lost it.
    if actors.is_empty() && !others.people.is_empty() {
        let fronted = view.people.iter().find(|p| {
            let verb = p.tokens.end;
            p.tokens.start > others.end
                && !p.name.is_empty()
                && view.is_finite(verb)
                && view.lower(p.tokens.start - 1) == ","
        });
        let early = (0..n).all(|i| !(view.is_predicate(i) && view.is_finite(i)));
        actors.extend(fronted.filter(|_| early).map(|p| clause::people_of(view, p.tokens.start)).unwrap_or_default());
    }
    if others.people.len() >= 2 && view.tokens().get(n + 1).is_some_and(|t| t.form == "between") {
        actors.clear();
    }
    others.people.retain(|p| !actors.contains(p));
    build(reader, view, n, actors, others, mode, 0.8).map(|m| Encounter { alone: m.alone || press, ..m })
}

/// "A and B held talks", "A joined B for talks", "at a meeting A told B": a meeting whose parties are subject and object of its verb.
fn together(reader: &Reader<'_>, view: &View<'_>, n: usize, mode: Mode) -> Option<Encounter> {
    let predicate = view.ancestors(n).skip(1).find(|a| view.is_predicate(*a))?;
    let carried = reader.lexicon.carriers.contains(view.lemma(predicate));
    let marker = view.marker(n);
    let during = matches!(marker.as_str(), "at" | "during" | "in");
    let told =
        during && (crate::language::is_saying(&view.tokens()[predicate]) || view.is(predicate, Class::Addressing));
    // "sought to break the deadlock during talks in Abidjan"
    let placed = during && matches!(view.lower(n + 1), "in" | "at" | "here");
    // "held two hours of talks"
    let counted = marker == "of" && view.tokens()[n].head.is_some_and(|h| view.is(h, Class::Stretch));
    let apart = matches!(marker.as_str(), "after" | "before" | "since" | "of" | "on" | "about") && !counted;
    if !(carried || told || placed) || apart {
        return None;
    }
    let mut actors = clause::subjects(view, predicate);
    if carried {
        actors = reader.group_or(view, predicate, actors);
    }
    let mut others = Parties { end: n, ..Parties::default() };
    if told || marker == "for" {
        for object in view.dependents(predicate, &["obj", "iobj"]).collect::<Vec<_>>() {
            add_party(reader, view, object, &mut others);
        }
    }
    others.people.retain(|p| !actors.contains(p));
    // The object may stand before the noun: the words of the meeting go from one to the other.
    others.end = others.end.max(n + 1);
    let alone = actors.len() == 1 && others.people.is_empty();
    let found = (!actors.is_empty() && (!alone || (placed && (carried || told))))
        .then(|| build(reader, view, n, actors, others, mode, 0.75));
    found.flatten().map(|m| Encounter { alone, ..m })
}

/// "during their joint meeting with": the two or more that the sentence names together just before, else those told of last.
fn owners(reader: &Reader<'_>, view: &View<'_>, n: usize) -> Vec<usize> {
    let Some(owner) = view.children(n).iter().find(|c| view.tokens()[**c].deprel == "nmod:poss") else {
        return Vec::new();
    };
    if view.lower(*owner) != "their" {
        return clause::people_of(view, *owner);
    }
    let two = |n: usize| {
        let mut last: Vec<usize> = Vec::new();
        let named = view.people.iter().rev().filter(|p| p.tokens.end <= n && !p.name.is_empty());
        for official in named.filter_map(|p| p.official) {
            if !last.contains(&official) && last.len() < 2 {
                last.push(official);
            }
        }
        last.reverse();
        last
    };
    let before = view.people.iter().rfind(|p| p.tokens.end <= *owner && !p.name.is_empty());
    let together = before.map(|p| clause::people_of(view, p.tokens.start)).unwrap_or_default();
    // "Reagan's invitation to Gorbachev, made at their first summit"
    let pair = two(*owner);
    match together.len() {
        2.. => together,
        _ if pair.len() == 2 => pair,
        _ => reader.group.clone(),
    }
}

/// "told a joint news conference with Sezer after their meeting": the two whom the sentence names before.
fn between_them(reader: &Reader<'_>, view: &View<'_>, n: usize, mode: Mode) -> Option<Encounter> {
    let their = view.children(n).iter().any(|c| view.lower(*c) == "their" && view.tokens()[*c].deprel == "nmod:poss");
    let pair = if their { owners(reader, view, n) } else { Vec::new() };
    let here = pair.iter().all(|p| view.people.iter().any(|m| m.official == Some(*p) && !m.name.is_empty()));
    (pair.len() == 2 && here)
        .then(|| build(reader, view, n, pair, Parties { end: n + 1, ..Parties::default() }, mode, 0.7))
        .flatten()
}

/// "his talks in Washington": with whom is not said, but he was there.
fn attended_alone(reader: &Reader<'_>, view: &View<'_>, n: usize, mode: Mode) -> Option<Encounter> {
    let owners = owners(reader, view, n);
    let placed = view.lower(n + 1) == "in" || view.lower(n + 1) == "at";
    (owners.len() == 1 && placed && view.lemma(n) != "conference")
        .then(|| build(reader, view, n, owners, Parties { end: n + 1, ..Parties::default() }, mode, 0.7))
        .flatten()
        .map(|m| Encounter { alone: true, ..m })
}

/// "The meeting took place here": more on the meeting told of just before.
fn placed_later(reader: &Reader<'_>, view: &View<'_>, n: usize, mode: Mode) -> Option<Encounter> {
    let head = view.tokens()[n].head.filter(|_| view.relation(n) == "nsubj")?;
    let happens = view.is(head, Class::Happening);
    let definite = n.checked_sub(1).is_some_and(|d| matches!(view.lower(d), "the" | "their"));
    if !happens || !definite || reader.last_met.len() < 2 {
        return None;
    }
    build(reader, view, n, reader.last_met.clone(), Parties { end: n, ..Parties::default() }, mode, 0.7)
}

/// "with" and a party right after the trigger or later in its clause, where the tree did not show it.
fn after_with(reader: &Reader<'_>, view: &View<'_>, e: usize, with: &[String], object: bool, others: &mut Parties) {
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
            let owner = |p: &&super::names::PersonMention| {
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

/// Adds the people and unnamed groups of the noun phrase at `t`, and of those coordinated to it.
fn add_party(reader: &Reader<'_>, view: &View<'_>, t: usize, parties: &mut Parties) {
    let mut people = clause::people_of(view, t);
    if people.is_empty() && view.is(t, Class::Party) {
        // "met a delegation from Kansai": those whom the article names as its members.
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
        add_party(reader, view, c, parties);
    }
}

/// "senior Turkish officials": an unnamed party at the noun `t`.
fn group_at(reader: &Reader<'_>, view: &View<'_>, t: usize) -> Option<Group> {
    if !reader.lexicon.groups.contains(view.lemma(t)) || view.person_at(t).is_some() {
        return None;
    }
    let range = group_range(view, t);
    let label = view.span(&range).of(reader.text).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Group { country: group_country(reader, view, &range), label, extra: Extra::new() })
}

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

fn group_country(reader: &Reader<'_>, view: &View<'_>, range: &Range<usize>) -> Option<CountryCode> {
    range.clone().find_map(|i| reader.nationality(view.index, i))
}

fn build(
    reader: &Reader<'_>,
    view: &View<'_>,
    e: usize,
    actors: Vec<usize>,
    others: Parties,
    mode: Mode,
    weight: f64,
) -> Option<Encounter> {
    let place = meeting_place(reader, view, e, others.end);
    let clause_head = view.clause_head(e);
    // "Xi and Trump both held talks with officials": each by himself.
    let apart = view.children(clause_head).iter().any(|c| matches!(view.lower(*c), "both" | "each" | "separately"));
    let mut actors = actors;
    if apart && actors.len() > 1 && others.people.is_empty() && !others.groups.is_empty() {
        actors.truncate(1);
    }
    let certainty = clause::certainty(view, e, reader.lexicon);
    // "would discuss the summit": alone, whoever comes along.
    let mut participants = if others.people.is_empty() && others.groups.is_empty() {
        actors
    } else {
        with_companions(reader, actors, mode, certainty.status, place.as_ref())
    };
    participants.extend(others.people);
    participants = distinct(participants);
    participants.retain(|p| !reader.reading.officials[*p].only_speaks());
    let times: Vec<TimeMention> = clause::times_of(view, e).into_iter().cloned().collect();
    let place = place.or_else(|| at_hosts(reader, view, &participants, &others.groups, certainty, &times));
    let start =
        participants.first().and_then(|p| view.people.iter().rfind(|m| m.official == Some(*p) && m.tokens.start < e));
    let start = start.map_or(e, |m| m.tokens.start).min(e);
    let mode = mode_of(view, e, mode, place.is_some());
    let placed_to = place.as_ref().map_or(0, |p| p.tokens.end).min(others.end + 8);
    Some(Encounter {
        certainty,
        duration: times.iter().find_map(|t| t.duration().map(str::to_string)),
        groups: others.groups,
        place: place.filter(|_| mode == Mode::InPerson).map(|p| p.place),
        sentence: view.index,
        clause: view.clause_head(e),
        told_at: view.tokens()[e].span.start,
        evidence: view.span(&(start..others.end.max(e + 1).max(placed_to))),
        participants,
        times,
        mode,
        weight,
        alone: false,
    })
}

/// Where a visitor meets those at home in the state that the article was filed from, and no other place is named.
fn at_hosts(
    reader: &Reader<'_>,
    view: &View<'_>,
    people: &[usize],
    groups: &[Group],
    certainty: Certainty,
    times: &[TimeMention],
) -> Option<PlaceMention> {
    let dateline = super::dateline::of(&reader.datelines, view)?;
    let here = dateline.place.country.as_ref()?;
    let country = |p: &usize| reader.reading.officials[*p].country.as_ref();
    let visitor = people.iter().any(|p| country(p).is_some_and(|c| c != here));
    let host =
        people.iter().any(|p| country(p) == Some(here)) || groups.iter().any(|g| g.country.as_ref() == Some(here));
    // "met several top government officials": nobody from elsewhere is named.
    let unnamed =
        people.len() == 1 && !groups.is_empty() && groups.iter().all(|g| g.country.is_none() && g.label.contains(' '));
    let host = host
        || (unnamed
            && groups
                .iter()
                .any(|g| g.label.split(' ').any(|w| Classes::embedded().has(&singular(w), Class::VagueOffice))));
    let fresh = !certainty.pluperfect && times.iter().all(|t| t.is_fresh(reader.published));
    let took_place = certainty.status == crate::itinerary::Status::Completed;
    (visitor && host && fresh && took_place).then(|| reader.at_place(dateline.place.clone(), 0))
}

/// The actors, and those who travel with the first of them where the meeting is not at home.
fn with_companions(
    reader: &Reader<'_>,
    actors: Vec<usize>,
    mode: Mode,
    status: crate::itinerary::Status,
    place: Option<&PlaceMention>,
) -> Vec<usize> {
    let mut all = actors;
    let Some(leader) = all.first().copied().filter(|_| mode == Mode::InPerson) else { return all };
    if place.is_none_or(|p| reader.is_abroad(leader, &p.place)) {
        all.extend(reader.delegation.of(leader, status));
    }
    all
}

fn distinct(people: Vec<usize>) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for person in people {
        if !kept.contains(&person) {
            kept.push(person);
        }
    }
    kept
}

/// A place in the meeting's clause, or "here".
fn meeting_place(reader: &Reader<'_>, view: &View<'_>, e: usize, end: usize) -> Option<PlaceMention> {
    let clause_head = view.clause_head(e);
    let local = |p: &&PlaceMention| p.preposition.as_deref().is_some_and(|q| matches!(q, "in" | "at")) && !p.qualifies;
    // Not "ahead of his stop in Iraq, he met …", nor "met to discuss the war in Ukraine".
    let of_something_else = |p: &&PlaceMention| {
        let between = view.ancestors(p.head).skip(1).take_while(|a| *a != e && *a != clause_head);
        let allowed = |a: usize| {
            view.tokens()[a].upos != Upos::Noun
                || view.person_at(a).is_some()
                || p.tokens.contains(&a)
                || (reader.lexicon.groups.contains(view.lemma(a)) && view.tokens()[a].head == Some(e))
                || reader.lexicon.gatherings.contains(view.lemma(a))
                || reader.lexicon.meeting_nouns.contains_key(view.lemma(a))
                || view.places.iter().any(|q| q.tokens.contains(&a))
                || (view.is(e, Class::Signing) && view.tokens()[a].head == Some(e))
        };
        let journey = |a: usize| reader.lexicon.travel_nouns.contains_key(view.lemma(a)) && p.tokens.start < e;
        between.into_iter().any(|a| !allowed(a) || journey(a))
    };
    // A noun in a phrase of its own ("since a conference between …") has no share in the place of the clause.
    let apart = view.tokens()[e].upos == Upos::Noun
        && matches!(
            view.marker(e).as_str(),
            "since" | "of" | "on" | "about" | "for" | "to" | "from" | "before" | "ahead of"
        );
    // "discussed plans for the meeting in Berlin", "ahead of the summit in Lisbon": the place of another gathering.
    let elsewhere = |p: &&PlaceMention| {
        let noun = p
            .preposition_at
            .and_then(|at| at.checked_sub(1))
            .filter(|g| *g != e && super::occasions::is_gathering(view, *g, reader.lexicon));
        noun.is_some_and(|g| {
            let left = (0..g).rev().find(|i| matches!(view.tokens()[*i].xpos, "IN" | "TO") || view.is_predicate(*i));
            let aside = |i: usize| i.checked_sub(1).is_some_and(|b| view.is(b, Class::Sideline));
            left.is_some_and(|i| {
                // "met for talks in London", but "plans for the meeting in Berlin"
                let purpose = view.lower(i) == "for"
                    && !i.checked_sub(1).is_some_and(|b| view.tokens()[b].xpos.starts_with("NN"));
                matches!(view.lower(i), "for" | "of" | "about" | "before" | "to" | "after" | "since")
                    && !aside(i)
                    && !purpose
            })
        })
    };
    let in_clause = view.places.iter().filter(local).filter(|p| !of_something_else(p) && !elsewhere(p)).filter(|p| {
        view.under(p.head, e) && !crosses_clause(view, p.head, e)
            || (!apart && view.clause_head(view.tokens()[p.head].head.unwrap_or(p.head)) == clause_head)
    });
    // "discussed the crisis with Harrow in London": right after the other party, over days and adverbs.
    let follows = |p: &&PlaceMention| {
        let at = p.preposition_at.unwrap_or(p.tokens.start);
        let light = |i: usize| {
            view.times.iter().any(|t| t.tokens.contains(&i))
                || matches!(view.lower(i), "on" | "," | "here" | "late" | "early")
        };
        end > e + 1 && at >= end && at - end <= 5 && (end..at).all(light)
    };
    let after = view.places.iter().filter(local).find(follows);
    // "his Moscow talks", "the Geneva summit"
    let before = view.places.iter().find(|p| p.qualifies && p.tokens.end == e && p.place.country.is_some());
    let after = after.or(before.filter(|_| view.tokens()[e].upos == Upos::Noun));
    let named = after.or_else(|| in_clause.min_by_key(|p| p.tokens.start.abs_diff(e))).cloned();
    named
        .or_else(|| reader.here(view, e))
        .or_else(|| at_occasion(reader, view, e))
        .or_else(|| where_antecedent(view, e))
        .or_else(|| at_subject(reader, view, e))
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
        let index = super::occasions::named(&reader.occasions, view.lower(n)).filter(|_| capital)?;
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

/// "returned from Kyiv, where he met": the place that "where" refers to.
fn where_antecedent(view: &View<'_>, e: usize) -> Option<PlaceMention> {
    let near = |i: &usize| view.lower(*i) == "where";
    let at = (e.saturating_sub(8)..e).rev().find(near)?;
    let clear = (at + 1..e).all(|i| !(view.is_predicate(i) && view.is_finite(i)));
    let comma = usize::from(at > 0 && view.lower(at - 1) == ",");
    view.places.iter().find(|p| clear && p.tokens.end + comma == at && !p.qualifies).cloned()
}

fn crosses_clause(view: &View<'_>, from: usize, to: usize) -> bool {
    view.ancestors(from).take_while(|a| *a != to).any(|a| view.is_predicate(a) && view.is_finite(a))
}

/// Phone and video calls are told apart by the words around them; "spoke in person" at a place is a meeting.
fn mode_of(view: &View<'_>, e: usize, mode: Mode, placed: bool) -> Mode {
    let near = view.clause_range(view.clause_head(e));
    if view.lemma(e) == "call" && e > 0 && view.lower(e - 1) == "courtesy" {
        return Mode::InPerson;
    }
    let has = |class: Class| near.clone().any(|i| view.reads(i, class));
    let in_person = || near.clone().any(|i| view.lower(i) == "person" || view.is(i, Class::Sideline));
    if has(Class::Video) {
        Mode::Video
    } else if has(Class::Telephone) && mode != Mode::Video {
        Mode::Phone
    } else if mode == Mode::Phone && (placed || in_person()) {
        Mode::InPerson
    } else {
        mode
    }
}
