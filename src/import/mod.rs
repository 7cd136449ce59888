//! Documents read back from the forms of other tools, as `export` writes them: for each form a file here that gives the documents that
//! it was written from. Knows no files.

pub mod csv;

use crate::Itinerary;

/// What is wrong with something that is read back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{what}", .line.map(|l| format!("line {l}: ")).unwrap_or_default())]
pub struct ImportError {
    /// Line in the file, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong there.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

/// A form that can be read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    GraphMl,
    Csv,
    JsonLd,
}

/// Documents, or why there are none.
pub type Imported = Result<Vec<Itinerary>, ImportError>;
