//! Meetings told by a noun: "talks with the premier", "their meeting", "a summit hosted by".
//!
//! Finds the parties in the phrase of the noun, else in what the noun hangs from, else among those told of before. It
//! leaves place, time and certainty to [`super::build`].

use super::parties::{self, Parties};
use super::{Encounter, build};
use crate::extract::Reader;
use crate::extract::classes::Class;
use crate::extract::clause;
use crate::extract::delegation;
use crate::extract::scene::View;
use crate::itinerary::Mode;
use crate::language;

/// The meeting that the noun at `n` tells of.
pub(super) fn read(reader: &Reader<'_>, view: &View<'_>, n: usize) -> Option<Encounter> {
    let mode = *reader.lexicon.meeting_nouns.get(view.lemma(n))?;
    // A joint appearance before the press is no meeting; it only shows who is there.
    let press = view.lemma(n) == "conference" && view.reads(n.saturating_sub(1), Class::Press);
    let (owners, mut others) = named_in_phrase(reader, view, n);
    if others.is_empty() {
        return between_them(reader, view, n, mode)
            .or_else(|| together(reader, view, n, mode))
            .or_else(|| placed_later(reader, view, n, mode))
            .or_else(|| attended_alone(reader, view, n, mode));
    }
    parties::listed_on(view, &mut others);
    let mut actors = actors(reader, view, n, owners, &others);
    if others.people.len() >= 2 && view.tokens().get(n + 1).is_some_and(|t| t.form == "between") {
        actors.clear();
    }
    others.people.retain(|p| !actors.contains(p));
    build(reader, view, n, actors, others, mode, 0.8).map(|m| Encounter { alone: m.alone || press, ..m })
}

/// Those whom the noun's own phrase names: "Hale's talks with Dunn" (the owners, and the others).
fn named_in_phrase(reader: &Reader<'_>, view: &View<'_>, n: usize) -> (Vec<usize>, Parties) {
    let mut owners = Vec::new();
    let mut others = Parties::up_to(n);
    for child in view.children(n).to_vec() {
        let marker = view.marker(child);
        match (view.relation(child), marker.as_str()) {
            ("nmod", "with" | "between" | "among" | "of") => parties::add(reader, view, child, &mut others),
            // "a call from the premier", "a courtesy call on the king"
            ("nmod", "from" | "on") if view.lemma(n) == "call" => parties::add(reader, view, child, &mut others),
            ("nmod", "") => owners.extend(clause::people_of(view, child)),
            // "a summit hosted by the premier"
            ("acl", _) if view.is(child, Class::Presiding) => {
                others.people.extend(delegation::agents(view, child));
            }
            _ => {}
        }
    }
    if others.is_empty() {
        parties::after_with(reader, view, n, &["with".into(), "between".into()], false, &mut others);
    }
    // "after meeting President X": taken for a noun by the tagger.
    if let Some(person) = view.people.iter().find(|p| p.tokens.start == n + 1 && view.lower(n).ends_with("ing")) {
        others.people.extend(clause::people_of(view, person.tokens.start));
        others.end = person.tokens.end;
    }
    (owners, others)
}

/// Who has the meeting with the others: its owners, the subject of its verb, whom the article tells of, or the subject
/// after the phrase.
fn actors(reader: &Reader<'_>, view: &View<'_>, n: usize, mut actors: Vec<usize>, others: &Parties) -> Vec<usize> {
    if actors.is_empty() {
        actors = owners(reader, view, n);
    }
    if actors.is_empty() {
        actors = sent_for(view, n);
    }
    if actors.is_empty() {
        let predicate = view.ancestors(n).skip(1).find(|a| view.is_predicate(*a));
        let subjects = predicate.map(|p| clause::subjects(view, p)).unwrap_or_default();
        actors = predicate.map(|p| reader.group_or(view, p, subjects.clone())).unwrap_or(subjects);
    }
    // "A meeting with Harel was scheduled for Monday": of whom the article tells.
    let alone = view.people.iter().all(|p| p.official.is_some_and(|o| others.people.contains(&o)));
    if actors.is_empty() && !others.people.is_empty() && alone && view.relation(n) == "nsubj" {
        // Not of two who met each other.
        let between = matches!(view.lower(n + 1), "between" | "of" | "among");
        actors.extend(reader.told.traveller.filter(|l| !others.people.contains(l) && !between));
    }
    if actors.is_empty() && !others.people.is_empty() {
        actors = fronted(view, n, others.end);
    }
    actors
}

/// "sent the minister to Lima for talks with": who is sent has the talks.
fn sent_for(view: &View<'_>, n: usize) -> Vec<usize> {
    let verb = view.tokens()[n].head.filter(|v| view.is(*v, Class::ObjectControl) && view.marker(n) == "for");
    let objects = |v: usize| view.dependents(v, &["obj"]).flat_map(|o| clause::people_of(view, o)).collect();
    verb.map(objects).unwrap_or_default()
}

/// "In a call with Hale, Dunn called for": the subject after the phrase, where the tree lost it.
fn fronted(view: &View<'_>, n: usize, end: usize) -> Vec<usize> {
    let subject = view.people.iter().find(|p| {
        let after_comma = p.tokens.start > end && view.lower(p.tokens.start - 1) == ",";
        after_comma && !p.name.is_empty() && view.is_finite(p.tokens.end)
    });
    let early = (0..n).all(|i| !(view.is_predicate(i) && view.is_finite(i)));
    subject.filter(|_| early).map(|p| clause::people_of(view, p.tokens.start)).unwrap_or_default()
}

/// "A and B held talks", "A joined B for talks", "at a meeting A told B": a meeting whose parties are subject and object
/// of its verb.
fn together(reader: &Reader<'_>, view: &View<'_>, n: usize, mode: Mode) -> Option<Encounter> {
    let predicate = view.ancestors(n).skip(1).find(|a| view.is_predicate(*a))?;
    let carried = reader.lexicon.carriers.contains(view.lemma(predicate));
    let marker = view.marker(n);
    let during = matches!(marker.as_str(), "at" | "during" | "in");
    let told = during && (language::is_saying(&view.tokens()[predicate]) || view.is(predicate, Class::Addressing));
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
    let mut others = Parties::up_to(n);
    if told || marker == "for" {
        for object in view.dependents(predicate, &["obj", "iobj"]).collect::<Vec<_>>() {
            parties::add(reader, view, object, &mut others);
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
    // "Hale's letter to Petrov, agreed at their first summit"
    let pair = two(*owner);
    match together.len() {
        2.. => together,
        _ if pair.len() == 2 => pair,
        _ => reader.told.group.clone(),
    }
}

/// "spoke to the press beside Aydin after their meeting": the two whom the sentence names before.
fn between_them(reader: &Reader<'_>, view: &View<'_>, n: usize, mode: Mode) -> Option<Encounter> {
    let their = view.children(n).iter().any(|c| view.lower(*c) == "their" && view.tokens()[*c].deprel == "nmod:poss");
    let pair = if their { owners(reader, view, n) } else { Vec::new() };
    let here = pair.iter().all(|p| view.people.iter().any(|m| m.official == Some(*p) && !m.name.is_empty()));
    (pair.len() == 2 && here).then(|| build(reader, view, n, pair, Parties::up_to(n + 1), mode, 0.7)).flatten()
}

/// "his talks in Washington": with whom is not said, but he was there.
fn attended_alone(reader: &Reader<'_>, view: &View<'_>, n: usize, mode: Mode) -> Option<Encounter> {
    let owners = owners(reader, view, n);
    let placed = view.lower(n + 1) == "in" || view.lower(n + 1) == "at";
    (owners.len() == 1 && placed && view.lemma(n) != "conference")
        .then(|| build(reader, view, n, owners, Parties::up_to(n + 1), mode, 0.7))
        .flatten()
        .map(|m| Encounter { alone: true, ..m })
}

/// "The meeting took place here": more on the meeting told of just before.
fn placed_later(reader: &Reader<'_>, view: &View<'_>, n: usize, mode: Mode) -> Option<Encounter> {
    let head = view.tokens()[n].head.filter(|_| view.relation(n) == "nsubj")?;
    let happens = view.is(head, Class::Happening);
    let definite = n.checked_sub(1).is_some_and(|d| matches!(view.lower(d), "the" | "their"));
    if !happens || !definite || reader.told.met.len() < 2 {
        return None;
    }
    build(reader, view, n, reader.told.met.clone(), Parties::up_to(n), mode, 0.7)
}
