//! Documents given to the program: read whole, checked, and refused with the place and a remedy.

use super::Failure;
use crate::Itinerary;
use crate::itinerary::{check, check_version};
use std::path::Path;

/// Reads and checks a document.
pub fn read(path: &Path) -> Result<Itinerary, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| {
        let remedy = "Name an itinerary document, such as `portolan chart` writes.".into();
        Failure::Input(format!("{}: cannot be read: {e}", path.display()), remedy)
    })?;
    parse(&path.display().to_string(), &text)
}

/// The document in a text; `shown` is what its file is called.
pub fn parse(shown: &str, text: &str) -> Result<Itinerary, Failure> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|e| {
        Failure::Input(
            format!("{shown}:{}: is not valid JSON: {e}", e.line()),
            "Correct the JSON there; a document is one JSON object.".into(),
        )
    })?;
    check_version(&value).map_err(|p| {
        Failure::Input(format!("{shown}: {p}"), "`portolan schema` prints what a document looks like.".into())
    })?;
    let document: Itinerary = serde_json::from_str(text).map_err(|e| {
        Failure::Input(
            format!("{shown}:{}: {e}", e.line()),
            "`portolan schema` prints the fields and their forms.".into(),
        )
    })?;
    let problems = check(&document);
    if problems.is_empty() {
        return Ok(document);
    }
    let list: Vec<String> = problems.iter().map(|p| format!("  {p}")).collect();
    Err(Failure::Input(
        format!("{shown}: the document does not hold together:\n{}", list.join("\n")),
        "Correct these places and draw again.".into(),
    ))
}
