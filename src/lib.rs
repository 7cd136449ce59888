pub mod article;
pub mod chart;
pub mod cli;
pub mod extract;
pub mod gazetteer;
pub mod itinerary;
pub mod language;
mod span;

pub use span::Span;
