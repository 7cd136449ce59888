//! Annotated articles: one JSON object a line, as the annotation guidelines describe it.

use super::matching::Person;
use crate::itinerary::Status;
use serde::Deserialize;

/// The annotations of one article.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Gold {
    pub id: String,
    #[serde(default)]
    pub officials: Vec<GoldOfficial>,
    #[serde(default)]
    pub visits: Vec<GoldVisit>,
    #[serde(default)]
    pub meetings: Vec<GoldMeeting>,
}

/// A person of the annotations.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldOfficial {
    pub key: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// An annotated visit.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldVisit {
    /// Key of an official.
    pub traveller: String,
    pub country: String,
    #[serde(default)]
    pub places: Vec<String>,
    pub status: Status,
    /// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    #[serde(default)]
    pub start: Option<String>,
    /// `main` or `background`.
    #[serde(default)]
    pub trip: String,
    #[serde(default)]
    pub rank: Option<i64>,
    #[serde(default)]
    pub evidence: String,
}

/// An annotated meeting.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldMeeting {
    /// Keys of officials, the main actor first.
    pub participants: Vec<String>,
    pub status: Status,
    /// `in_person`, `phone` or `video`.
    #[serde(default)]
    pub mode: String,
    #[serde(default)]
    pub evidence: String,
}

impl Gold {
    /// The names of the official with this key; the key itself where there is no such official.
    pub fn person(&self, key: &str) -> Person {
        let names = self.officials.iter().find(|o| o.key == key).map(|o| {
            let own = o.name.iter().chain(std::iter::once(&o.key)).chain(&o.aliases);
            own.filter(|n| !n.is_empty()).cloned().collect()
        });
        Person(names.unwrap_or_else(|| vec![key.to_string()]))
    }
}

/// Reads annotations from JSON lines; an error names the line.
///
/// # Errors
/// The number of the first line that is no annotation, from 1, and what is wrong with it.
pub fn read(text: &str) -> Result<Vec<Gold>, (usize, String)> {
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    lines.map(|(i, l)| serde_json::from_str(l).map_err(|e| (i + 1, e.to_string()))).collect()
}
