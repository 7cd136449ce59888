//! The dateline: "BAGHDAD (AFP) -- …", "LEGASPI, Philippines, Dec. 5 (Xinhua) — …". It says where the article was filed, and so
//! what "here" means; it is no visit of anybody by itself.

use super::toponyms::place_of;
use crate::Span;
use crate::gazetteer::{Gazetteer, Lookup};
use crate::itinerary::DraftPlace;

/// Where an article was filed.
#[derive(Clone, Debug, PartialEq)]
pub struct Dateline {
    /// From the place to the dash.
    pub span: Span,
    pub place: DraftPlace,
}

/// The text with the dateline turned to blanks of the same length, so that it does not stand in the first sentence's way.
pub fn blanked<'t>(text: &'t str, dateline: Option<&Dateline>) -> std::borrow::Cow<'t, str> {
    let Some(span) = dateline.map(|d| d.span) else { return text.into() };
    match (text.get(..span.start), text.get(span.end..)) {
        (Some(before), Some(after)) => {
            let dash = after.find(|c: char| c.is_alphanumeric() || matches!(c, '"' | '“')).unwrap_or(0);
            format!("{before}{}{}", " ".repeat(span.len() + dash), &after[dash..]).into()
        }
        _ => text.into(),
    }
}

/// Longest dateline in bytes.
const LONGEST: usize = 120;

/// Finds the dateline at the start of one of the first paragraphs.
pub fn find(text: &str, gazetteer: &Gazetteer) -> Option<Dateline> {
    let mut start = 0;
    for line in text.split_inclusive('\n').take(8) {
        if let Some(found) = at_start_of(line, start, gazetteer) {
            return Some(found);
        }
        start += line.len();
    }
    None
}

fn at_start_of(line: &str, offset: usize, gazetteer: &Gazetteer) -> Option<Dateline> {
    let dash = ["--", "—", "–", " - "].iter().filter_map(|d| line.find(d)).min().filter(|at| *at <= LONGEST)?;
    let head = &line[..dash];
    let city_end = head.find([',', '(']).unwrap_or(head.len());
    let city = head[..city_end].trim();
    if city.is_empty() || city.chars().any(char::is_lowercase) || city.chars().filter(|c| c.is_alphabetic()).count() < 3
    {
        return None;
    }
    let country = head[city_end..]
        .split([',', '('])
        .map(str::trim)
        .find_map(|w| gazetteer.lookup(w).places.first().map(|p| p.country));
    let Lookup { places, .. } = gazetteer.lookup(&title_case(city));
    let entry = country.and_then(|c| places.iter().find(|p| p.country == c)).or(places.first())?;
    Some(Dateline { span: Span::new(offset, offset + dash), place: place_of(entry, None) })
}

fn title_case(words: &str) -> String {
    let cased = |w: &str| {
        let mut chars = w.chars();
        chars
            .next()
            .map(|c| c.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect::<String>())
            .unwrap_or_default()
    };
    words.split_whitespace().map(cased).collect::<Vec<_>>().join(" ")
}
