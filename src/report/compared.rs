//! The section of a page that compares its sources: their letters, the chart, and a table for each journey that several tell of.

use super::charts::Figure;
use super::plain;
use crate::Itinerary;
use crate::chart::status_class;
use crate::chart::words::{Language, Phrase, Words};
use crate::compare::{Comparison, Row, Said, letter, merged, said, table};

/// The values of the section.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Letter, title and publication of each source.
    pub sources: Vec<(String, String)>,
    pub figure: Option<Figure>,
    pub journeys: Vec<Said>,
    /// How many journeys one source alone tells of; empty for none.
    pub single: String,
    pub notes: Vec<String>,
}

/// What a page about several sources says of them together.
pub fn compared(comparison: &Comparison, language: Language) -> Compared {
    let w = Words(language);
    let document: Itinerary = plain::document(&merged(comparison), "");
    let source = |(i, s): (usize, &crate::compare::Source)| {
        let published = s.published.as_ref().map(|d| d.to_string()).unwrap_or_default();
        (letter(i), w.parts(&[plain::shown(s.title.as_deref().unwrap_or(&s.id)), published]))
    };
    let shared = !comparison.journeys.is_empty();
    let single = comparison.single.len();
    Compared {
        sources: comparison.sources.iter().enumerate().map(source).collect(),
        figure: shared.then(|| super::charts::comparison(&table(comparison), language)),
        journeys: said(comparison, &document, language).into_iter().map(harmless).collect(),
        single: if single == 0 { String::new() } else { w.say(Phrase::ReportComparedSingle, &[&w.number(single)]) },
        notes: comparison.warnings.iter().map(|n| plain::shown(n)).collect(),
    }
}

/// The table without what could harm a page.
fn harmless(journey: Said) -> Said {
    let all = |words: Vec<String>| words.iter().map(|w| plain::shown(w)).collect();
    let row = |r: Row| Row { place: plain::shown(&r.place), cells: all(r.cells), says: all(r.says), ..r };
    Said {
        traveller: plain::shown(&journey.traveller),
        rows: journey.rows.into_iter().map(row).collect(),
        reversed: all(journey.reversed),
        ..journey
    }
}

/// The class of a status's dot.
pub fn dot(row: &Row) -> &'static str {
    status_class(row.status)
}
