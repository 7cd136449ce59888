//! `portolan report`: one page for documents and articles, whichever the inputs hold.

use super::{Failure, dated, documents, output, report};
use crate::chart::Language;
use crate::itinerary::Edtf;
use crate::report::Source;
use crate::{Itinerary, Reading};
use serde_json::Value;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Writes the page about all inputs that can be read; gives the number of those that cannot.
pub fn run(inputs: &[PathBuf], file: &Path, published: Option<Edtf>, min_confidence: f64) -> Result<usize, Failure> {
    let reading = Reading { min_confidence, ..Reading::default() };
    let (mut sources, mut bad) = (Vec::new(), 0);
    for found in inputs.iter().flat_map(|path| sources_in(path, &published, &reading)) {
        match found {
            Ok(source) => sources.push(source),
            Err(failure) => {
                bad += 1;
                report(failure);
            }
        }
    }
    if !sources.is_empty() {
        output::write(file, crate::report::report(&sources, Language::default()))?;
        println!("Written: {}", file.display());
    }
    Ok(bad)
}

/// The documents or articles of one input, a bad one as a failure among them.
fn sources_in(path: &Path, published: &Option<Edtf>, reading: &Reading) -> Vec<Result<Source, Failure>> {
    let name = path.to_string_lossy();
    let articles: Vec<_> = match read(path) {
        Ok(bytes) => {
            let shown = if name == "-" { "<stdin>" } else { &name };
            if let Some(documents) = std::str::from_utf8(&bytes).ok().and_then(|text| listed(shown, text)) {
                return documents.into_iter().map(|d| d.map(Source::document)).collect();
            }
            crate::article::read_bytes(&name, &bytes)
        }
        // What cannot be opened is told in the words that other commands have for it.
        Err(_) => crate::article::read_path(path).collect(),
    };
    let source = |article| {
        let article = dated(article, published);
        let document = crate::extract_with(&article, reading);
        Source::article(&article, document)
    };
    let failure = |e: crate::article::ReadError| Failure::Input(e.to_string(), e.problem.remedy().to_string());
    articles.into_iter().map(|a| a.map(source).map_err(failure)).collect()
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    if path.as_os_str() != "-" {
        return std::fs::read(path);
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The documents in a text, where it holds documents: one object, or one a line.
fn listed(shown: &str, text: &str) -> Option<Vec<Result<Itinerary, Failure>>> {
    let is_document = |json: &str| {
        let value = serde_json::from_str::<Value>(json);
        value.is_ok_and(|v| v.get("schema").is_some_and(Value::is_string))
    };
    if is_document(text) {
        return Some(vec![documents::parse(shown, text)]);
    }
    let lines = || text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let in_lines = lines().next().is_some_and(|(_, line)| is_document(line));
    in_lines.then(|| lines().map(|(i, line)| documents::parse(&format!("{shown}:{}", i + 1), line)).collect())
}
