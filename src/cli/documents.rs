//! Documents given to the program, in any form: read whole, checked, completed, and refused with the places and remedies.

use super::Failure;
use crate::Itinerary;
use crate::editing::{self, Finding};
use std::path::Path;

/// Reads and checks a document.
pub fn read(path: &Path) -> Result<Itinerary, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| {
        let remedy = "Name an itinerary document, such as `portolan chart` writes.".into();
        Failure::Input(format!("{}: cannot be read: {e}", path.display()), remedy)
    })?;
    parse(&path.display().to_string(), &super::inputs::stem(path), &text)
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
