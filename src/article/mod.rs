//! What comes in: text and JSON(L) files become [`Article`]s. It knows file formats, not their contents.

use crate::itinerary::{Edtf, PublishedFrom};

/// One news article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// From the input's `id`, else the file's stem (with the line number in a JSONL file).
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
