//! `portolan draw`: charts from a document, also one edited by hand.

use super::{Failure, output};
use crate::Itinerary;
use crate::chart::{Options, route, timeline};
use crate::itinerary::{check, check_version};
use std::path::{Path, PathBuf};

/// Draws a document to the files named, or beside it.
pub fn run(path: &Path, timeline_to: Option<PathBuf>, route_to: Option<PathBuf>) -> Result<usize, Failure> {
    if timeline_to.is_some() && timeline_to == route_to {
        let remedy = "Give the timeline and the route chart a file each.".into();
        return Err(Failure::Input("--timeline and --route name the same file".into(), remedy));
    }
    let document = read(path)?;
    let options = Options::default();
    let beside = |ending: &str| {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let stem = name.trim_end_matches(".json").trim_end_matches(".itinerary").to_string();
        path.with_file_name(format!("{stem}.{ending}"))
    };
    let neither = timeline_to.is_none() && route_to.is_none();
    let targets = [
        (timeline_to.or_else(|| neither.then(|| beside("timeline.svg"))), timeline(&document, &options)),
        (route_to.or_else(|| neither.then(|| beside("route.svg"))), route(&document, &options)),
    ];
    for (target, svg) in targets {
        if let Some(target) = target {
            output::write(&target, &svg)?;
            println!("Written: {}", target.display());
        }
    }
    Ok(0)
}

/// Reads and checks a document.
fn read(path: &Path) -> Result<Itinerary, Failure> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| {
        Failure::Input(
            format!("{shown}: cannot be read: {e}"),
            "Name an itinerary document, such as `portolan chart` writes.".into(),
        )
    })?;
    parse(&shown.to_string(), &text)
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
