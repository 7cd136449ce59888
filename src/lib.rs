//! Portolan reads where an official went out of a news article, and draws it.
//!
//! One document flows through the rooms of this crate, each a pure function of what comes before:
//!
//! ```
//! use portolan::{Article, extract};
//!
//! let article = Article {
//!     text: "Norwegian Foreign Minister Anna Berg arrived in Nairobi on Monday. She will travel to Kampala on Wednesday.".into(),
//!     published: "2024-05-07".parse().ok(),
//!     ..Article::default()
//! };
//! let itinerary = extract(&article);
//! assert_eq!(itinerary.visits.len(), 2);
//! ```

pub mod article;
pub mod chart;
pub mod cli;
pub mod compare;
pub mod confidence;
pub mod editing;
pub mod evaluation;
pub mod export;
mod extract;
pub mod gazetteer;
pub mod import;
pub mod itinerary;
pub mod language;
pub mod network;
pub mod register;
pub mod report;
mod span;

pub use article::Article;
pub use extract::mentions::{Mention, MentionKind};
pub use itinerary::Itinerary;
pub use span::Span;

use confidence::Calibration;
use gazetteer::Gazetteer;
use itinerary::{ArticleInfo, Edtf, Extra, PublishedFrom};

pub use chart::{route, timeline};

/// Most bytes of one article that are read: a hundred times a long one. What comes after is left out, with a warning.
pub const LONGEST_ARTICLE: usize = 1_000_000;

/// Reads an article: who went where, whom they met, and in which order, as far as the text says. Reads no clock.
pub fn extract(article: &Article) -> Itinerary {
    extract_with(article, &Reading::default())
}

/// What reading marks in an article: people, places and dates, whether a visit comes of them or not. No more is marked than is read.
pub fn mentions(article: &Article) -> Vec<Mention> {
    let text = beginning(&article.text);
    let (published, _) = dated(article);
    let day = published.as_ref().and_then(|d| d.as_day());
    let article = Article { text: text.to_string(), ..article.clone() };
    extract::mentions::mentions(&article, Gazetteer::embedded(), day)
}

/// How an article is read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Tables that turn raw scores into probabilities.
    pub calibration: Calibration,
    /// What is less likely right than this is left out; in [0, 1].
    pub min_confidence: f64,
}

impl Default for Reading {
    /// The program's own tables, and nothing left out.
    fn default() -> Self {
        Reading { calibration: Calibration::embedded().clone(), min_confidence: 0.0 }
    }
}

/// As [`extract`], with tables of confidence and a least confidence of one's own.
pub fn extract_with(article: &Article, reading: &Reading) -> Itinerary {
    if article.text.len() > LONGEST_ARTICLE {
        return extract_beginning(article, reading);
    }
    let (published, published_from) = dated(article);
    let day = published.as_ref().and_then(|d| d.as_day());
    let mut draft = extract::read(article, Gazetteer::embedded(), day);
    if published.is_none() {
        draft.warnings.push("no publication date: relative dates stay open".into());
    }
    draft.stops.iter_mut().for_each(|s| s.confidence = reading.calibration.visit(s.confidence));
    draft.meetings.iter_mut().for_each(|m| m.confidence = reading.calibration.meeting(m.confidence));
    let draft = draft.likely(reading.min_confidence);
    let info = ArticleInfo {
        id: article.id.clone(),
        title: article.title.clone(),
        source: article.source.clone(),
        url: article.url.clone(),
        published,
        published_from,
        words: article.text.split_whitespace().count(),
        extra: Extra::new(),
    };
    itinerary::arrange(info, draft, &article.text)
}

/// Reads as much of an overlong text as is allowed, up to the end of a character.
fn extract_beginning(article: &Article, reading: &Reading) -> Itinerary {
    let read = beginning(&article.text);
    let mut document = extract_with(&Article { text: read.to_string(), ..article.clone() }, reading);
    let (all, end) = (article.text.len(), read.len());
    document.warnings.push(format!("the article has {all} bytes: only the first {end} were read"));
    document
}

/// As much of a text as is read: all of it, or what ends with the last whole character that is allowed.
fn beginning(text: &str) -> &str {
    let end = (0..=LONGEST_ARTICLE.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    &text[..end]
}

/// The publication date: the one that came with the article, else one in its dateline or text.
fn dated(article: &Article) -> (Option<Edtf>, Option<PublishedFrom>) {
    match &article.published {
        Some(date) => (Some(date.clone()), article.published_from.or(Some(PublishedFrom::Metadata))),
        None => extract::times::publication_hint(&article.text)
            .map_or((None, None), |(day, from)| (Some(Edtf::day(day)), Some(from))),
    }
}
