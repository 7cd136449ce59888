//! The itinerary: the document that everything else draws, exports or compares; the graph of visits it is made from;
//! dates with the precision that a text has; and the solving of the order. It does not know how a text is read.

mod arrange;
mod bounds;
pub mod check;
mod days;
pub mod document;
pub mod draft;
pub mod edtf;
pub mod graph;
pub mod order;

pub use arrange::{arrange, slug};
pub use check::{Problem, check, check_version};
pub use days::read_day;
pub use document::*;
pub use draft::*;
pub use edtf::{Edtf, EdtfError, Precision, Qualifier, Season};
pub use graph::VisitGraph;
