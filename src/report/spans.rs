//! Where a text tells what a document says: evidence by its offsets, and names of officials and places, dates.
//!
//! Offsets are only believed where the words there are the quoted ones; a quote that has moved is looked for. It gives spans,
//! not marks: what overlaps is settled by [`super::text`].

use crate::itinerary::{Evidence, Itinerary};
use crate::{Mention, MentionKind, Span};
use std::collections::{BTreeMap, HashMap};

/// What a stretch of text tells of, by its index in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    Visit(usize),
    Meeting(usize),
    Reason(usize),
}

/// A piece of evidence, and where the text has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    pub told: Told,
    pub span: Option<Span>,
    pub quote: String,
}

/// All evidence of a document in a text, in the document's order.
pub fn tellings(document: &Itinerary, text: &str) -> Vec<Telling> {
    let at = |told: Told, e: &Evidence| Telling { told, span: place(e, text), quote: e.quote.clone() };
    evidence(document).map(|(told, e)| at(told, e)).collect()
}

fn evidence(document: &Itinerary) -> impl Iterator<Item = (Told, &Evidence)> {
    let visits =
        document.visits.iter().enumerate().flat_map(|(i, v)| v.evidence.iter().map(move |e| (Told::Visit(i), e)));
    let meetings =
        document.meetings.iter().enumerate().flat_map(|(i, m)| m.evidence.iter().map(move |e| (Told::Meeting(i), e)));
    let reasons =
        document.sequence.iter().enumerate().flat_map(|(i, p)| p.evidence.iter().map(move |e| (Told::Reason(i), e)));
    visits.chain(meetings).chain(reasons)
}

/// Where the quoted words stand: at their offsets, else nearest to them.
fn place(e: &Evidence, text: &str) -> Option<Span> {
    if e.quote.trim().is_empty() {
        return None;
    }
    let stated = Span::new(e.start, e.end);
    if stated.of(text) == e.quote {
        return Some(stated);
    }
    let found = text.match_indices(e.quote.as_str()).map(|(at, _)| at);
    found.min_by_key(|at| at.abs_diff(e.start)).map(|at| Span::new(at, at + e.quote.len()))
}

/// A text made of a document's quotes, for one that comes without its article: each once, in the article's order, and none that
/// stands inside another. With it, the evidence that these quotes are found at.
pub fn quoted(document: &Itinerary) -> (String, Vec<Telling>) {
    let all: Vec<(Told, &Evidence)> = evidence(document).filter(|(_, e)| !e.quote.trim().is_empty()).collect();
    let mut quotes: Vec<&Evidence> = all.iter().map(|(_, e)| *e).collect();
    quotes.sort_by(|a, b| (a.start, usize::MAX - a.end, &a.quote).cmp(&(b.start, usize::MAX - b.end, &b.quote)));
    let mut text = String::new();
    let mut offsets: HashMap<&str, usize> = HashMap::new();
    let mut last: Option<&Evidence> = None;
    for e in quotes {
        let inside = last.is_some_and(|l| l.start <= e.start && e.end <= l.end && l.quote.contains(&e.quote));
        if inside || offsets.contains_key(e.quote.as_str()) {
            continue;
        }
        if !text.is_empty() {
            text.push_str(BETWEEN);
        }
        offsets.insert(&e.quote, text.len());
        text.push_str(&e.quote);
        last = Some(e);
    }
    let at = |e: &Evidence| {
        let start = offsets.get(e.quote.as_str()).copied().or_else(|| text.find(e.quote.as_str()))?;
        Some(Span::new(start, start + e.quote.len()))
    };
    let tellings = all.iter().map(|(told, e)| Telling { told: *told, span: at(e), quote: e.quote.clone() }).collect();
    (text, tellings)
}

/// What parts the quotes of such a text: an empty line, as between paragraphs.
const BETWEEN: &str = "\n\n";

/// What a name in the text stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Name {
    /// An official of the document, or somebody who is none.
    Person(Option<usize>),
    /// A place of the document, or one that is none, with its name and country.
    Place {
        known: Option<usize>,
        name: String,
        country: Option<String>,
    },
    Date,
}

/// The names and dates of a text by where they begin, none of which overlap: those that reading has marked, and the names and
/// aliases of the document's officials and places as whole words.
pub fn names(document: &Itinerary, text: &str, mentions: &[Mention]) -> BTreeMap<usize, (Span, Name)> {
    let mut found = BTreeMap::new();
    for m in mentions {
        add(&mut found, m.span, meaning(document, &m.kind));
    }
    let officials = document.officials.iter().enumerate().flat_map(|(i, o)| {
        std::iter::once(&o.name).chain(&o.aliases).map(move |n| (n.as_str(), Name::Person(Some(i))))
    });
    let places = document.places.iter().enumerate().flat_map(|(i, p)| {
        let name = move || Name::Place {
            known: Some(i),
            name: p.name.clone(),
            country: p.country.as_ref().map(|c| c.0.clone()),
        };
        std::iter::once(&p.name).chain(&p.aliases).map(move |n| (n.as_str(), name()))
    });
    let mut wanted: Vec<(&str, Name)> = officials.chain(places).filter(|(n, _)| n.chars().count() > 1).collect();
    wanted.sort_by_key(|(n, _)| std::cmp::Reverse(n.len()));
    for (words, name) in wanted {
        for (at, _) in text.match_indices(words).filter(|(at, _)| is_whole(text, *at, at + words.len())) {
            add(&mut found, Span::new(at, at + words.len()), name.clone());
        }
    }
    found
}

fn add(found: &mut BTreeMap<usize, (Span, Name)>, span: Span, name: Name) {
    let before = found.range(..span.end).next_back();
    if before.is_none_or(|(_, (taken, _))| taken.end <= span.start) && !span.is_empty() {
        found.insert(span.start, (span, name));
    }
}

fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
    let after = text[end..].chars().next().is_some_and(char::is_alphanumeric);
    !before && !after
}

fn meaning(document: &Itinerary, kind: &MentionKind) -> Name {
    match kind {
        MentionKind::Person { names } => Name::Person(
            document
                .officials
                .iter()
                .position(|o| names.contains(&o.name) || o.aliases.iter().any(|a| names.contains(a))),
        ),
        MentionKind::Place { name, country } => {
            let same = |p: &crate::itinerary::Place| p.name == *name && (p.country == *country || country.is_none());
            let country = country.as_ref().map(|c| c.0.clone());
            Name::Place { known: document.places.iter().position(same), name: name.clone(), country }
        }
        MentionKind::Date => Name::Date,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moved_quotes_are_found_and_lost_ones_are_not() {
        let e = |start: usize, quote: &str| Evidence {
            start,
            end: start + quote.len(),
            quote: quote.into(),
            extra: Default::default(),
        };
        let text = "He went to Oslo. é He went to Oslo.";
        assert_eq!(place(&e(3, "went"), text), Some(Span::new(3, 7)));
        assert_eq!(place(&e(30, "went"), text), Some(Span::new(23, 27)));
        assert_eq!(place(&e(18, "xx"), text), None);
        assert_eq!(place(&e(usize::MAX - 9, "Oslo"), text), Some(Span::new(31, 35)));
    }
}
