//! Gatherings: whoever takes part in one is where it is held.
//!
//! Which gatherings there are and where they are held is settled before ([`crate::extract::occasions`]); this module finds the
//! words by which somebody takes part.

use super::telling::{Telling, emit};
use super::{Phase, Sighting};
use crate::extract::classes::Class;
use crate::extract::lexicon::Where;
use crate::extract::scene::View;
use crate::extract::toponyms::PlaceMention;
use crate::extract::{Reader, clause};
use crate::itinerary::Status;

/// The gathering that the verb at `e` has as its object or scene, and its place: "will attend the summit", "chaired the meeting",
/// "told reporters at the forum".
pub(super) fn attended(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Option<(usize, PlaceMention)> {
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
pub(super) fn has_audience(reader: &Reader<'_>, view: &View<'_>, e: usize) -> bool {
    let heard = |o: usize| {
        let lemma = view.lemma(o);
        reader.lexicon.audiences.contains(lemma)
            || reader.lexicon.occasions.contains(lemma)
            || reader.lexicon.meeting_nouns.contains_key(lemma)
    };
    let inner = |o: usize| heard(o) || view.dependents(o, &["nmod"]).any(heard);
    view.dependents(e, &["obj", "nsubj"]).any(inner) || attended(reader, view, e).is_some()
}

/// "will lead the delegation": the gathering that this sentence or one before names, as a place at the verb at `e`.
pub(super) fn sent_to(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Option<(usize, PlaceMention)> {
    let here = (0..view.tokens().len()).find_map(|n| reader.occasion_at(view, n));
    let before = || reader.occasions.iter().enumerate().rfind(|(_, o)| o.sentence < view.index);
    here.or_else(|| before().map(|(i, o)| (i, reader.at_place(o.place.clone(), e))))
}

/// "The summit will bring together leaders, including X and Y."
pub(super) fn brought_together(reader: &Reader<'_>, view: &View<'_>, e: usize, found: &mut Vec<Sighting>) {
    let Some((index, place)) = view.dependents(e, &["nsubj"]).find_map(|n| reader.occasion_at(view, n)) else { return };
    let clause = view.clause_range(e);
    let people =
        view.people.iter().filter(|p| p.tokens.start > e && clause.contains(&p.tokens.start) && !p.name.is_empty());
    let travellers = people.filter_map(|p| p.official).collect();
    let telling = Telling { occasion: Some(index), ..Telling::new(e, travellers, Phase::Presence, 0.8) };
    emit(reader, view, &[place], telling, found);
}

/// "Leaders expected at the summit include X and Y", "X is among the ministers attending".
pub(super) fn expected_at(reader: &Reader<'_>, view: &View<'_>, found: &mut Vec<Sighting>) {
    for e in 0..view.tokens().len() {
        let Some(group) = group_taking_part(reader, view, e) else { continue };
        let after = e + 1..view.tokens().len().min(e + 12);
        let Some((index, place)) = after.into_iter().find_map(|n| reader.occasion_at(view, n)) else { continue };
        let telling = Telling {
            occasion: Some(index),
            status: reader.lexicon.modality(view.lemma(e), Where::Governor).filter(|s| *s == Status::Planned),
            ..Telling::new(e, members(view, group), Phase::Presence, 0.7)
        };
        emit(reader, view, &[place], telling, found);
    }
}

/// The noun for a group of people, "leaders", that the word at `e` says to come: "expected", "attending". Right after the noun it
/// is that, whatever the tree has made of it.
fn group_taking_part(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Option<usize> {
    let token = &view.tokens()[e];
    let participle = matches!(token.xpos, "VBN" | "VBG" | "JJ") && view.relation(e) == "acl";
    let beside = e.checked_sub(1).filter(|_| matches!(token.xpos, "VBN" | "VBD" | "VBG"));
    let group = |i: &usize| reader.lexicon.groups.contains(view.lemma(*i)) && view.tokens()[*i].xpos == "NNS";
    let comes = view.is(e, Class::TakingPart);
    let by_tree = token.head.filter(|h| comes && participle && reader.lexicon.groups.contains(view.lemma(*h)));
    by_tree.or(beside.filter(|i| comes && group(i)))
}

/// Who is named of the group at `group`: in apposition, as the subject of "is among the leaders", or by "the leaders include".
fn members(view: &View<'_>, group: usize) -> Vec<usize> {
    let mut people = clause::people_of(view, group);
    let is = |i: usize| matches!(view.lemma(i), "be");
    let among = (0..group).rev().take(4).find(|i| view.lower(*i) == "among");
    if view.dependents(group, &["cop"]).next().is_some() {
        people.extend(clause::subjects(view, group));
    } else if let Some(be) = among.and_then(|a| a.checked_sub(1)).filter(|b| is(*b)) {
        let named = view.people.iter().find(|p| p.tokens.end == be && !p.name.is_empty());
        people.extend(named.map(|p| clause::people_of(view, p.tokens.start)).unwrap_or_default());
    }
    let later = (group + 1..view.tokens().len()).find(|i| view.is(*i, Class::Comprising) && view.is_finite(*i));
    let only = |verb: usize| (group + 1..verb).all(|i| view.person_at(i).is_none());
    if let Some(include) = later.filter(|verb| only(*verb)) {
        let named = view.people.iter().find(|p| p.tokens.start > include && !p.name.is_empty());
        people.extend(named.map(|p| clause::people_of(view, p.tokens.start)).unwrap_or_default());
    }
    clause::each_once(people)
}
