//! Documents given to the program, in any form: read whole, checked, completed, and refused with the places and remedies.

use super::Failure;
use crate::Itinerary;
use crate::editing::{self, Finding};
use std::path::Path;

/// Reads and checks a document.
pub fn read(path: &Path) -> Result<Itinerary, Failure> {
    parse(&path.display().to_string(), &super::inputs::stem(path), &text(path)?)
}

/// The text of a document's file, or of standard input where it is called `-`, in whichever encoding articles are read.
pub fn text(path: &Path) -> Result<String, Failure> {
    let shown = path.display();
    let bytes = super::inputs::bytes(path).map_err(|e| {
        let remedy = "Name an itinerary document in JSON, such as `portolan chart` writes, or in the plain form.";
        Failure::Input(format!("{shown}: cannot be read: {e}"), remedy.into())
    })?;
    crate::article::decoded(&bytes).map(|text| text.into_owned()).map_err(|e| {
        let remedy = "Save the document as text in UTF-8; UTF-16 with a byte order mark and Windows-1252 are read too.";
        Failure::Input(format!("{shown}: {e}"), remedy.into())
    })
}

/// The document in a text; `shown` is what its file is called, `name` what an article without an id is called.
pub fn parse(shown: &str, name: &str, text: &str) -> Result<Itinerary, Failure> {
    editing::document(name, text).map(|(document, _)| document).map_err(|findings| refused(shown, &findings))
}

/// What is wrong, in one message with one remedy.
fn refused(shown: &str, findings: &[Finding]) -> Failure {
    let errors: Vec<&Finding> = findings.iter().filter(|f| f.is_error()).collect();
    if let [one] = errors[..] {
        let at = one.line.map(|l| format!(":{l}")).unwrap_or_default();
        let path = if one.path.is_empty() { String::new() } else { format!("{}: ", one.path) };
        return Failure::Input(format!("{shown}{at}: {path}{}", one.message), one.remedy.clone());
    }
    let list: Vec<String> = errors.iter().take(MOST_TOLD).map(|f| format!("  {f}")).collect();
    let more = errors.len().saturating_sub(MOST_TOLD);
    let rest = if more > 0 { format!("\n  and {more} more") } else { String::new() };
    Failure::Input(
        format!("{shown}: the document does not hold together:\n{}{rest}", list.join("\n")),
        format!("Correct these places and try again; `portolan check {shown}` tells of all."),
    )
}

/// Errors of one document that are told one by one.
const MOST_TOLD: usize = 12;
