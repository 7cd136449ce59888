//! The itinerary: the document that everything else draws, exports or compares; the graph of visits it is made from;
//! dates with the precision that a text has; and the solving of the order. It does not know how a text is read.

pub mod document;
pub mod edtf;

pub use document::*;
pub use edtf::Edtf;
