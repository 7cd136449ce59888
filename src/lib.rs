pub mod itinerary;
pub mod language;
mod span;
pub use span::Span;
