//! Portolan reads where an official went out of a news article, and draws it.
//!
//! One document flows through four rooms, each a pure function of the one before:
//!
//! ```
//! use portolan::{Article, chart, extract, timeline};
//!
//! let article = Article {
//!     text: "Foreign Minister Anna Berg of Norway arrived in Nairobi on Monday. She will travel to Kampala on Wednesday.".into(),
//!     published: "2024-05-07".parse().ok(),
//!     ..Article::default()
//! };
//! let itinerary = extract(&article);
//! assert_eq!(itinerary.visits.len(), 2);
//! assert!(timeline(&itinerary, &chart::Options::default()).starts_with("<svg"));
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
