//! The dateline: "BAGHDAD (AFP) -- …", "LEGASPI, Philippines, Dec. 5 (Xinhua) — …". It says where the article was filed, and so
//! what "here" means; it is no visit of anybody by itself.

use super::scene::View;
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

/// The text with the datelines turned to blanks of the same length, so that they do not stand in a sentence's way.
pub fn blanked<'t>(text: &'t str, datelines: &[Dateline]) -> std::borrow::Cow<'t, str> {
    let mut blanked = std::borrow::Cow::Borrowed(text);
    for span in datelines.iter().map(|d| d.span) {
        let Some(after) = text.get(span.end..) else { continue };
        let dash = after.find(|c: char| c.is_alphanumeric() || matches!(c, '"' | '“')).unwrap_or(0);
        let end = span.end + dash;
        if text.is_char_boundary(span.start) && text.is_char_boundary(end) {
            blanked.to_mut().replace_range(span.start..end, &" ".repeat(end - span.start));
        }
    }
    blanked
}

/// The dateline that holds for a sentence: the last one before it.
pub fn of<'d>(datelines: &'d [Dateline], view: &View<'_>) -> Option<&'d Dateline> {
    datelines.iter().rfind(|d| d.span.start <= view.sentence.span.start).or(datelines.first())
}

/// Longest dateline in bytes.
const LONGEST: usize = 120;

/// Lines from the start among which the first dateline is looked for.
const FIRST_LINES: usize = 8;

/// All datelines, in reading order: that of the article, and those of the items of a news summary.
pub fn find(text: &str, gazetteer: &Gazetteer) -> Vec<Dateline> {
    let mut found: Vec<Dateline> = Vec::new();
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if number < FIRST_LINES || !found.is_empty() {
            let mut at = start;
            // "RAMALLAH (Xinhua) -- LUANDA, Nov. 28 (Xinhua) - …": the second one says where.
            while let Some(dateline) = at_start_of(&text[at..start + line.len()], at, gazetteer) {
                at = dateline.span.end + text[dateline.span.end..].find(char::is_alphanumeric).unwrap_or(0);
                found.push(dateline);
                if at >= start + line.len() {
                    break;
                }
            }
        }
        start += line.len();
    }
    found
}

/// The dateline that a line begins with: a place in capitals, and a dash not far off.
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

/// "PHNOM PENH" as "Phnom Penh".
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
