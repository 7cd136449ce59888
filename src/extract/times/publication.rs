//! The day of publication, for an article that comes without one.

use super::words::value;
use crate::itinerary::PublishedFrom;
use chrono::NaiveDate;

/// A full date in a dateline or near the article's beginning, for an article that comes without a date.
pub fn publication_hint(text: &str) -> Option<(NaiveDate, PublishedFrom)> {
    let end = text.char_indices().map(|(i, _)| i).take_while(|i| *i <= 1200).last().unwrap_or(0);
    let words: Vec<&str> = text[..end]
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')'))
        .filter(|w| !w.is_empty())
        .collect();
    for i in 0..words.len().saturating_sub(2) {
        let (a, b, c) = (words[i].to_lowercase(), words[i + 1], words[i + 2]);
        let year = c.trim_end_matches(['.', ';', ':']).parse::<i32>().ok().filter(|y| (1900..=2100).contains(y));
        let day = |w: &str| w.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u32>().ok();
        let (month, day) = match (value(&a, "month"), value(&b.to_lowercase(), "month")) {
            (Some(m), _) => (m, day(b)),
            (_, Some(m)) => (m, day(&a)),
            _ => continue,
        };
        if let Some(date) = year.zip(day).and_then(|(y, d)| NaiveDate::from_ymd_opt(y, month as u32, d)) {
            let in_dateline = text.find(words[i + 2]).is_some_and(|at| {
                text[at..].chars().take(30).any(|c| matches!(c, '—' | '–'))
                    || text[at..].chars().take(30).collect::<String>().contains("--")
            });
            return Some((date, if in_dateline { PublishedFrom::Dateline } else { PublishedFrom::Text }));
        }
    }
    None
}
