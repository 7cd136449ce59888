//! The words of charts, tables and report pages, all from one table (`data/chart/words.tsv`), so that another language is another
//! column. `dates` puts dates in the reader's form, `names` looks up a document, `sentences` writes titles and remarks.
//!
//! Every sentence is made from facts of the document; it never says more than they do. Knows no geometry and no colour.

mod dates;
mod names;
mod sentences;
mod table;

pub use dates::{Dates, Detail};
pub use names::Names;
pub use table::{Language, Phrase, Words};
