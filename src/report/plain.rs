//! Text from articles is data: what could turn, hide or break the words around it is taken out before it comes near a page.
//!
//! Markup is not its business: the template escapes that, and ink does in charts. It knows documents, not pages.

use crate::Itinerary;
use crate::itinerary::{MeetingId, VisitId};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// What stands for a control character in a text that is shown as it is written.
const REPLACEMENT: char = '\u{fffd}';

/// Marks that override or isolate the direction of writing: unclosed, they would turn what follows them.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that no page may have.
fn is_none(c: char) -> bool {
    (c as u32) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

/// How many marks that turn the writing a text has.
pub fn turned(text: &str) -> usize {
    text.chars().filter(|c| turns(*c)).count()
}

fn cleaned(text: &str, control: char) -> String {
    let kept = text.chars().filter(|c| !turns(*c) && !is_none(*c));
    kept.map(|c| if c.is_control() && !matches!(c, '\n' | '\t' | '\r' | '\u{85}') { control } else { c }).collect()
}

/// A stretch of an article as it is shown: control characters leave a mark.
pub fn shown(text: &str) -> String {
    cleaned(text, REPLACEMENT)
}

/// The document with clean text, and ids of visits and meetings that can stand in a list of ids and begin with `prefix`, so that
/// those of two documents on one page differ.
pub fn document(document: &Itinerary, prefix: &str) -> Itinerary {
    let mut copy = document.clone();
    rename(&mut copy, prefix);
    let clean = serde_json::to_value(&copy).ok().map(clean_value).and_then(|v| serde_json::from_value(v).ok());
    clean.unwrap_or(copy)
}

fn clean_value(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(cleaned(&text, ' ')),
        Value::Array(items) => Value::Array(items.into_iter().map(clean_value).collect()),
        Value::Object(fields) => Value::Object(fields.into_iter().map(|(k, v)| (k, clean_value(v))).collect()),
        other => other,
    }
}

fn rename(document: &mut Itinerary, prefix: &str) {
    let visits = new_ids(document.visits.iter().map(|v| v.id.0.as_str()), prefix, "v");
    let new = |id: &mut VisitId| {
        if let Some(new) = visits.get(&id.0) {
            id.0.clone_from(new);
        }
    };
    document.visits.iter_mut().for_each(|v| new(&mut v.id));
    document.trips.iter_mut().flat_map(|t| &mut t.visits).for_each(new);
    document.meetings.iter_mut().filter_map(|m| m.visit.as_mut()).for_each(new);
    document.sequence.iter_mut().for_each(|p| {
        new(&mut p.before);
        new(&mut p.after);
    });
    let meetings = new_ids(document.meetings.iter().map(|m| m.id.0.as_str()), prefix, "m");
    document.meetings.iter_mut().for_each(|m| {
        if let Some(new) = meetings.get(&m.id.0) {
            m.id = MeetingId(new.clone());
        }
    });
}

/// Ids as they are where they are plain, and numbered ones for the others.
fn new_ids<'a>(ids: impl Iterator<Item = &'a str>, prefix: &str, letter: &str) -> HashMap<String, String> {
    let plain = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let ids: Vec<&str> = ids.collect();
    let mut taken: BTreeSet<String> = ids.iter().filter(|id| plain(id)).map(|id| id.to_string()).collect();
    let mut number = 0;
    let mut new = |id: &str| {
        if plain(id) {
            return format!("{prefix}{id}");
        }
        loop {
            number += 1;
            let made = format!("{letter}{number}");
            if taken.insert(made.clone()) {
                return format!("{prefix}{made}");
            }
        }
    };
    ids.iter().map(|id| (id.to_string(), new(id))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_or_breaks_text_is_taken_out() {
        assert_eq!(shown("a\u{202e}b\u{2066}c\u{7}d\ne\u{fffe}"), "abc\u{fffd}d\ne");
        assert_eq!(turned("a\u{202e}b\u{2066}c"), 2);
    }

    #[test]
    fn odd_ids_become_numbers_that_no_other_has() {
        let ids = new_ids(["v1", "a b", "v3", ""].into_iter(), "d2-", "v");
        assert_eq!([&ids["v1"], &ids["a b"], &ids["v3"], &ids[""]], ["d2-v1", "d2-v2", "d2-v3", "d2-v4"]);
    }
}
