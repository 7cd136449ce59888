//! Meetings: verbs and nouns of meeting with their parties, place, mode and certainty become encounters.
//!
//! An [`Encounter`] is one telling of one meeting; tellings are joined in [`super::stops`]. One sentence at a time.
//!
//! | room | reads |
//! |---|---|
//! | [`by_verb`] | "met", "was attended by", "told the premier" |
//! | [`by_noun`] | "talks with", "their meeting", "the summit took place" |
//! | [`parties`] | who the phrase of a meeting names, by name or as a group |
//! | [`places`] | where it is held |

mod by_noun;
mod by_verb;
mod parties;
mod places;

use super::Reader;
use super::classes::Class;
use super::clause::{self, Certainty};
use super::scene::View;
use super::times::TimeMention;
use crate::Span;
use crate::itinerary::{DraftPlace, Group, Mode};
use crate::language::Upos;
use parties::Parties;

/// One telling of one meeting.
#[derive(Clone, Debug)]
pub struct Encounter {
    /// The main actor first.
    pub participants: Vec<usize>,
    pub groups: Vec<Group>,
    pub place: Option<DraftPlace>,
    /// The other places of a list: "will meet officials in Rome, Tunis and Cairo".
    pub further: Vec<DraftPlace>,
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

/// All meetings that a sentence tells.
pub fn read(reader: &Reader<'_>, view: &View<'_>) -> Vec<Encounter> {
    let mut found: Vec<Encounter> = Vec::new();
    for e in 0..view.tokens().len() {
        if view.person_at(e).is_some_and(|p| !p.name.is_empty()) {
            continue;
        }
        let encounters = told_at(reader, view, e).map(|m| places::each_in_its_place(view, m)).unwrap_or_default();
        let parties = |m: &Encounter| m.participants.len() + m.groups.len();
        found.extend(encounters.into_iter().filter(|m| !m.participants.is_empty() && (parties(m) > 1 || m.alone)));
    }
    found
}

/// The meeting that the word at `e` tells of.
fn told_at(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Option<Encounter> {
    let (token, lemma) = (&view.tokens()[e], view.lemma(e));
    let verbal = token.upos == Upos::Verb;
    if verbal && lemma == "attend" {
        by_verb::attended_by(reader, view, e)
    } else if verbal && lemma == "tell" {
        by_verb::told(reader, view, e)
    } else if verbal && reader.lexicon.meeting_verbs.contains_key(lemma) {
        by_verb::read(reader, view, e)
    } else if token.xpos.starts_with("NN") && reader.lexicon.meeting_nouns.contains_key(lemma) {
        by_noun::read(reader, view, e)
    } else {
        None
    }
}

/// The encounter of these parties at the trigger `e`, with its place, times and certainty.
fn build(
    reader: &Reader<'_>,
    view: &View<'_>,
    e: usize,
    actors: Vec<usize>,
    others: Parties,
    mode: Mode,
    weight: f64,
) -> Option<Encounter> {
    let place = places::of(reader, view, e, others.end);
    let certainty = clause::certainty(view, e, reader.lexicon);
    let mut participants = each_by_himself(view, e, actors, &others);
    // "would discuss the summit": alone, whoever comes along.
    if !others.is_empty() {
        participants = parties::with_companions(reader, participants, mode, certainty.status, place.as_ref());
    }
    participants.extend(others.people);
    participants = parties::distinct(participants);
    participants.retain(|p| !reader.officials[*p].only_speaks());
    let times: Vec<TimeMention> = clause::times_of(view, e).into_iter().cloned().collect();
    let place = place.or_else(|| places::at_hosts(reader, view, e, &participants, &others.groups, certainty, &times));
    let mode = mode_of(view, e, mode, place.is_some());
    // The words of the meeting: from its actor, over the other party, to a place close by.
    let first = participants.first();
    let actor = first.and_then(|p| view.people.iter().rfind(|m| m.official == Some(*p) && m.tokens.start < e));
    let start = actor.map_or(e, |m| m.tokens.start).min(e);
    let alone = participants.len() == 1;
    let further = place.as_ref().filter(|_| alone).map(|p| places::listed_after(view, p)).unwrap_or_default();
    let placed_to = place.as_ref().map_or(0, |p| p.tokens.end).min(others.end + 8);
    Some(Encounter {
        certainty,
        duration: times.iter().find_map(|t| t.duration().map(str::to_string)),
        groups: others.groups,
        further,
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

/// "Wu and Dunn both held talks with officials": of actors who did so separately, the first.
fn each_by_himself(view: &View<'_>, e: usize, mut actors: Vec<usize>, others: &Parties) -> Vec<usize> {
    let clause = view.clause_head(e);
    let apart = view.children(clause).iter().any(|c| matches!(view.lower(*c), "both" | "each" | "separately"));
    if apart && actors.len() > 1 && others.people.is_empty() && !others.groups.is_empty() {
        actors.truncate(1);
    }
    actors
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
