//! Documents that a person wrote or corrected: read with everything that is wrong told at once, completed from the
//! gazetteer, and written in a short plain form.
//!
//! Three forms are read: the whole JSON document, JSON with names in place of ids and lists, and the plain form of
//! [`plain`]. What is given is kept as it is; only what is not there is filled in. Knows no files, articles or charts.
//!
#![doc = include_str!("FORMS.md")]

mod complete;
mod filling;
mod finding;
pub mod plain;
mod resolve;
mod sense;
mod sequence;
mod shape;
mod source;

use crate::itinerary::Itinerary;
pub use finding::{Finding, Severity};
use source::Source;

/// A document that can be used, and what a reader should know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub document: Itinerary,
    /// Warnings only, in the order of the text.
    pub findings: Vec<Finding>,
}

/// The forms in which a document can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Json,
    Plain,
}

impl Form {
    /// The form of a text, where it holds a document; `None` for articles and everything else. A JSON document is an
    /// object with `schema`, or with `visits` or `trips` and without `text`; broken JSON counts where those words stand
    /// in it as keys.
    pub fn of(text: &str) -> Option<Form> {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        match start.chars().next()? {
            '{' => source::read(text).is_document().then_some(Form::Json),
            '[' => None,
            _ => plain::detected(start).then_some(Form::Plain),
        }
    }
}

/// Checks a document in any form. Gives the document, completed, with warnings; or all findings, of which at least one
/// is an error. It is called `document` where it does not say its id.
pub fn check(text: &str) -> Result<Checked, Vec<Finding>> {
    document("document", text).map(|(document, findings)| Checked { document, findings })
}

/// Reads a document in any form: JSON where the text begins with `{` or `[`, else the plain form. `name` becomes the
/// article's id where the text gives none. The warnings are also added to the document's own, where they are about what
/// was filled in.
pub fn document(name: &str, text: &str) -> Result<(Itinerary, Vec<Finding>), Vec<Finding>> {
    let text = text.trim_start_matches('\u{feff}');
    let (document, mut findings) = match text.trim_start().chars().next() {
        Some('{' | '[') => json(name, &source::read(text)),
        _ if plain::is_prose(text) => return Err(vec![article(Some(1))]),
        _ => plain::read(name, text),
    };
    findings.sort_by_key(|f| (f.line, f.column));
    match document {
        Some(document) if !findings.iter().any(Finding::is_error) => Ok((document, findings)),
        _ => Err(findings),
    }
}

/// What to say of an article where a document should be.
fn article(line: Option<usize>) -> Finding {
    Finding {
        severity: Severity::Error,
        path: String::new(),
        line,
        column: line,
        message: "this is an article, and not an itinerary document".into(),
        remedy: "`portolan extract` reads articles and writes their documents: run it first, and give what it wrote."
            .into(),
    }
}

/// A document in JSON, whole or with names only.
fn json(name: &str, source: &Source) -> (Option<Itinerary>, Vec<Finding>) {
    if source.is_article() {
        return (None, vec![article(Some(1))]);
    }
    let mut findings = Vec::new();
    let document = sound(name, source, &mut findings);
    let slips = source.findings.iter().cloned();
    (document, slips.chain(finding::without_consequences(findings)).collect())
}

fn sound(name: &str, source: &Source, findings: &mut Vec<Finding>) -> Option<Itinerary> {
    let mut value = shape::version(source, findings)?;
    shape::mend(&mut value, source, findings);
    match serde_json::from_value::<Itinerary>(filling::fill(name, value)) {
        Ok(mut document) => {
            complete::complete(&mut document, source, findings);
            sense::check(&document, source, findings);
            Some(document)
        }
        Err(error) => {
            let message = format!("this is not an itinerary document: {error}");
            findings.push(source.error("", message, "`portolan schema` prints its fields."));
            None
        }
    }
}
