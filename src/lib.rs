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
mod extract;
pub mod gazetteer;
pub mod itinerary;
pub mod language;
mod span;

pub use article::Article;
pub use itinerary::Itinerary;
pub use span::Span;

use gazetteer::Gazetteer;
use itinerary::{ArticleInfo, Edtf, Extra, PublishedFrom};

pub use chart::{route, timeline};

/// Most bytes of one article that are read: a hundred times a long one. What comes after is left out, with a warning.
pub const LONGEST_ARTICLE: usize = 1_000_000;

/// Reads an article: who went where, whom they met, and in which order, as far as the text says. Reads no clock.
pub fn extract(article: &Article) -> Itinerary {
    if article.text.len() > LONGEST_ARTICLE {
        return extract_beginning(article);
    }
    let (published, published_from) = dated(article);
    let day = published.as_ref().and_then(|d| d.as_day());
    let mut draft = extract::read(article, Gazetteer::embedded(), day);
    if published.is_none() {
        draft.warnings.push("no publication date: relative dates stay open".into());
    }
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
fn extract_beginning(article: &Article) -> Itinerary {
    let end = (0..=LONGEST_ARTICLE).rev().find(|i| article.text.is_char_boundary(*i)).unwrap_or(0);
    let mut document = extract(&Article { text: article.text[..end].to_string(), ..article.clone() });
    let all = article.text.len();
    document.warnings.push(format!("the article has {all} bytes: only the first {end} were read"));
    document
}

/// The publication date: the one that came with the article, else one in its dateline or text.
fn dated(article: &Article) -> (Option<Edtf>, Option<PublishedFrom>) {
    match &article.published {
        Some(date) => (Some(date.clone()), article.published_from.or(Some(PublishedFrom::Metadata))),
        None => extract::times::publication_hint(&article.text)
            .map_or((None, None), |(day, from)| (Some(Edtf::day(day)), Some(from))),
    }
}
