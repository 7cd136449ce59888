//! A comparison in words: sources by letter, a row for each stop, and what the sources say of it. For the terminal and the page alike.

use super::{Comparison, Finding, Journey, Stop};
use crate::chart::words::{Detail, Language, Names, Phrase, Words};
use crate::itinerary::{Itinerary, Status, Visit};
use std::collections::BTreeSet;

/// The table of a journey.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub traveller: String,
    /// Sources that tell of it, as letters.
    pub letters: Vec<String>,
    pub rows: Vec<Row>,
    /// Orders that contradict each other, a sentence each.
    pub reversed: Vec<String>,
}

/// A stop in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub order: String,
    pub date: String,
    pub place: String,
    pub status: Status,
    /// The status in words.
    pub outcome: String,
    /// What each source has, in the order of the letters; empty where it has nothing.
    pub cells: Vec<String>,
    pub says: Vec<String>,
}

/// The letter of a source: A to Z, then S27, S28 …
pub fn letter(source: usize) -> String {
    let letter = u8::try_from(source).ok().filter(|s| *s < 26).map(|s| char::from(b'A' + s));
    letter.map_or_else(|| format!("S{}", source + 1), String::from)
}

/// The journeys that several sources share, in words. `merged` is the merged document, which knows which year goes without saying.
pub fn said(compared: &Comparison, merged: &Itinerary, language: Language) -> Vec<Said> {
    let names = Names::new(merged, language);
    compared.journeys.iter().map(|j| journey(compared, j, &names)).collect()
}

fn journey(compared: &Comparison, journey: &Journey, names: &Names<'_>) -> Said {
    let sources: BTreeSet<usize> = journey.stops.iter().flat_map(|s| &s.told).map(|t| t.source).collect();
    let w = names.words;
    let reversed = |r: &super::Reversed| {
        let (one, other) = (&journey.stops[r.one].name, &journey.stops[r.other].name);
        w.say(Phrase::FoundReversed, &[&letters(w, &r.one_first), one, other, &letters(w, &r.other_first)])
    };
    let round: Vec<String> = journey.circle.iter().map(|s| journey.stops[*s].name.clone()).collect();
    let circle = (!round.is_empty()).then(|| w.say(Phrase::FoundCircle, &[&w.and(&round)]));
    Said {
        traveller: journey.name.clone(),
        letters: sources.iter().map(|s| letter(*s)).collect(),
        rows: journey.stops.iter().map(|s| row(compared, s, &sources, names)).collect(),
        reversed: journey.reversed.iter().map(reversed).chain(circle).collect(),
    }
}

fn letters(w: Words, sources: &[usize]) -> String {
    w.and(&sources.iter().map(|s| letter(*s)).collect::<Vec<_>>())
}

fn row(compared: &Comparison, stop: &Stop, sources: &BTreeSet<usize>, names: &Names<'_>) -> Row {
    let visit = |id| compared.network.visit(id).map(|v| &v.what);
    let date = |v: &Visit| names.dates.table(v, Detail::Short);
    let whole = stop.told.first().and_then(|t| visit(&t.node)).map(|v| Visit {
        start: stop.start.clone(),
        end: stop.end.clone(),
        status: stop.status,
        ..v.clone()
    });
    let cell = |source: &usize| {
        let told = stop.told.iter().find(|t| t.source == *source).and_then(|t| visit(&t.node));
        let said = told.map(|v| {
            let status = if v.status == Status::Completed { "" } else { names.status(v.status) };
            names.words.parts(&[date(v), status.to_string()])
        });
        said.unwrap_or_default()
    };
    let open = || names.words.say(Phrase::FoundOpen, &[&stop.order.to_string()]);
    Row {
        order: if stop.open { open() } else { stop.order.to_string() },
        date: whole.as_ref().map(date).unwrap_or_default(),
        place: stop.name.clone(),
        status: stop.status,
        outcome: names.status(stop.status).into(),
        cells: sources.iter().map(cell).collect(),
        says: findings(names.words, stop),
    }
}

/// What the sources say of a stop, those together that say the same.
fn findings(w: Words, stop: &Stop) -> Vec<String> {
    let place = |source: usize| stop.told.iter().find(|t| t.source == source).map_or("", |t| t.place.as_str());
    let mut pairs: Vec<(Phrase, Vec<String>, Vec<usize>)> = Vec::new();
    let mut add = |phrase: Phrase, words: Vec<String>, source: usize| match pairs
        .iter_mut()
        .find(|(p, known, _)| *p == phrase && *known == words)
    {
        Some((_, _, sources)) => sources.push(source),
        None => pairs.push((phrase, words, vec![source])),
    };
    let mut said = Vec::new();
    for f in &stop.findings {
        match f {
            Finding::Refined { coarse, fine } => {
                add(Phrase::FoundRefined, vec![letter(*coarse), place(*coarse).into(), place(*fine).into()], *fine);
            }
            Finding::Fulfilled { planned, completed } => {
                add(Phrase::FoundFulfilled, vec![letter(*planned)], *completed)
            }
            Finding::Withdrawn { planned, cancelled } => {
                add(Phrase::FoundWithdrawn, vec![letter(*planned)], *cancelled)
            }
            Finding::Revived { cancelled, later } => add(Phrase::FoundRevived, vec![letter(*cancelled)], *later),
            Finding::Moved { earlier, later } => add(Phrase::FoundMoved, vec![letter(*earlier)], *later),
            f => said.extend(finding(w, f)),
        }
    }
    let pair = |(phrase, words, sources): (Phrase, Vec<String>, Vec<usize>)| {
        let sources = letters(w, &sources);
        let parts: Vec<&str> = words.iter().map(String::as_str).chain([sources.as_str()]).collect();
        w.say(phrase, &parts)
    };
    pairs.into_iter().map(pair).chain(said).collect()
}

/// A finding that stands for itself; none for what the cells show already.
fn finding(w: Words, finding: &Finding) -> Option<String> {
    Some(match finding {
        Finding::Common { .. } | Finding::Dated { .. } => return None,
        Finding::Refined { .. } | Finding::Fulfilled { .. } => return None,
        Finding::Withdrawn { .. } | Finding::Moved { .. } | Finding::Revived { .. } => return None,
        Finding::Only { source, .. } => w.say(Phrase::FoundOnly, &[&letter(*source)]),
        Finding::DatesContradict { sources } => w.say(Phrase::FoundDates, &[&letters(w, sources)]),
        Finding::StatusContradicts { sources } => w.say(Phrase::FoundStatus, &[&letters(w, sources)]),
        Finding::PersonContradicts { office, names, sources } => {
            w.say(Phrase::FoundPerson, &[&letters(w, sources), office, &w.and(names)])
        }
        Finding::Confirmed { source } => w.say(Phrase::FoundConfirmed, &[&letter(*source)]),
        Finding::NotInRegister { source } => w.say(Phrase::FoundNotListed, &[&letter(*source)]),
        Finding::LeftOut { source } => w.say(Phrase::FoundLeftOut, &[&letter(*source)]),
        Finding::Beyond { source } => w.say(Phrase::FoundBeyond, &[&letter(*source)]),
    })
}
