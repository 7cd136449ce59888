//! What comes in: text and JSON(L) files become [`Article`]s. It knows file formats, not their contents.
//!
//! [`read_bytes`] is pure; [`read_path`] and [`read_stream`] are the thin layer over files and standard input. All three
//! give articles one by one, so that a bad one is an [`ReadError`] among good ones and a large JSONL file is never held whole.
//!
//! **Offsets.** All evidence counts bytes in [`Article::text`], which is the input's text as UTF-8 and is otherwise left
//! alone: line ends stay as they are (`\r\n` too), nothing is trimmed. Only a byte order mark is dropped, since it is no part of the text.

mod decode;
mod error;
mod json;
mod published;
mod source;
mod text;

pub use error::{ReadError, ReadProblem};
pub use published::{PublishedError, parse_published};
pub use source::{Articles, read_bytes, read_path, read_stream};

use crate::itinerary::{Edtf, PublishedFrom};
use std::borrow::Cow;

/// The text in `bytes`, in whichever encoding articles are read, without a byte order mark.
///
/// # Errors
///
/// When they are no text, or in another encoding.
pub fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, ReadProblem> {
    decode::decode(bytes).map_err(|(problem, _)| problem)
}

/// One news article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// From the input's `id`, else the file's stem (with the line number in a JSONL file: `stem:3`).
    pub id: String,
    pub title: Option<String>,
    /// The text that all evidence points into: for `.txt` everything after the header, the title line included;
    /// for JSON the `text` field as it is.
    pub text: String,
    /// The day that relative words are resolved against, where something outside the running text gives it.
    pub published: Option<Edtf>,
    pub published_from: Option<PublishedFrom>,
    pub source: Option<String>,
    pub url: Option<String>,
}
