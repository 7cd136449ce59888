//! Units: what the parser reads as one word.
//!
//! Takes names, places, bodies and dates as they were found, and decides only how far each goes.

use super::PersonMention;
use super::kinds::{Kind, Kinds};
use crate::language::{Token, Unit, Upos};
use std::ops::Range;

/// What the parser reads as one word: a person with title and apposition, a place with what it lies in, a body, a date.
pub fn units(tokens: &[Token], people: &[PersonMention], kinds: &Kinds, times: &[Range<usize>]) -> Vec<Unit> {
    let mut found: Vec<Unit> = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let person = people.iter().find(|p| p.tokens.start == i);
        let until = people.iter().map(|p| p.tokens.start).find(|s| *s > i).unwrap_or(tokens.len());
        // "Nov. 3, 2005" is one word; "next week" parses well as it is.
        let time = times.iter().find(|t| t.start == i && t.end <= until && tokens[i].upos == Upos::Propn);
        let unit = match (person, time) {
            (Some(p), _) => Unit { tokens: p.tokens.start..closed(tokens, people, p), word: p.name.end - 1 },
            (None, Some(time)) => Unit { tokens: time.clone(), word: time_word(tokens, time) },
            (None, None) => named_unit(tokens, kinds, i, until),
        };
        i = unit.tokens.end.max(i + 1);
        if unit.tokens.len() > 1 {
            found.push(unit);
        }
    }
    found
}

/// The month or weekday of a date, else its last word.
fn time_word(tokens: &[Token], time: &Range<usize>) -> usize {
    time.clone().find(|i| tokens[*i].xpos.starts_with("NN")).unwrap_or(time.end - 1)
}

/// A place or body of several words; "Honiara, Solomon Islands" is one.
fn named_unit(tokens: &[Token], kinds: &Kinds, i: usize, until: usize) -> Unit {
    let whole = matches!(kinds.of[i], Kind::Place(_) | Kind::Organisation(_) | Kind::Demonym(_));
    let end = if whole { kinds.unit[i].end.min(until) } else { i + 1 };
    let word = end - 1;
    let same = |j: usize| match (&kinds.of[i], kinds.of.get(j)) {
        (Kind::Place(Some(a)), Some(Kind::Place(Some(b)))) => a == b,
        _ => false,
    };
    if tokens.get(end).is_some_and(|t| t.form == ",") && same(end + 1) && kinds.unit[end + 1].end <= until {
        let outer = kinds.unit[end + 1].end;
        let comma = usize::from(tokens.get(outer).is_some_and(|t| t.form == ",") && !same(outer + 1));
        let listed = tokens.get(outer + 1).is_some_and(|t| t.form == "and")
            || matches!(kinds.of.get(outer + 1), Some(Kind::Place(_)));
        return Unit { tokens: i..outer + if listed { 0 } else { comma }, word };
    }
    Unit { tokens: i..end, word }
}

/// End of a person's words with the comma that closes an apposition, unless it parts them from the next person.
fn closed(tokens: &[Token], people: &[PersonMention], person: &PersonMention) -> usize {
    let end = person.tokens.end;
    let apposed = end > person.name.end && tokens[person.name.end].form == ",";
    let comma = tokens.get(end).is_some_and(|t| t.form == ",");
    let listed = people.iter().any(|p| p.tokens.start == end + 1)
        || tokens.get(end + 1).is_some_and(|t| matches!(t.form.as_str(), "and" | "as"));
    if apposed && comma && !listed { end + 1 } else { end }
}
