//! Documents read back from the forms of other tools, as `export` writes them: for each form a file here that gives the documents that
//! it was written from. Knows no files.

#[cfg(test)]
pub(crate) mod arbitrary;
mod csv;
mod graphml;
mod jsonld;

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

/// Reads documents back: from the contents of one file, or of the CSV files of a folder by name.
///
/// # Errors
///
/// When the contents are not what `export` writes in that form.
pub fn import(format: Format, files: &[(String, Vec<u8>)]) -> Imported {
    let first = files.first().map_or(&[][..], |(_, bytes)| bytes.as_slice());
    match format {
        Format::GraphMl => graphml::read(first),
        Format::JsonLd => {
            let text = std::str::from_utf8(first).map_err(|e| ImportError {
                line: None,
                what: format!("it is not UTF-8 after byte {}", e.valid_up_to()),
                remedy: "Save it as UTF-8.".into(),
            })?;
            jsonld::read(text)
        }
        Format::Csv => csv::read(files),
    }
}
