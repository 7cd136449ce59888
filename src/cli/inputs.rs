//! Inputs that hold documents or articles, whichever: documents are checked, articles are read.

use super::{Failure, dated, documents, report};
use crate::editing::Form;
use crate::itinerary::Edtf;
use crate::{Article, Itinerary, Reading};
use std::io::Read;
use std::path::{Path, PathBuf};

/// A document, and the article that it was read from where one was given.
pub struct Input {
    pub document: Itinerary,
    pub article: Option<Article>,
}

/// How articles among the inputs are read.
pub struct How {
    pub published: Option<Edtf>,
    pub reading: Reading,
}

impl How {
    /// With a publication date for all articles, and what is less likely right than this left out.
    pub fn new(published: Option<Edtf>, min_confidence: f64) -> How {
        How { published, reading: Reading { min_confidence, ..Reading::default() } }
    }
}

/// The documents of all inputs; bad ones are told on standard error and counted.
pub fn all(paths: &[PathBuf], how: &How) -> (Vec<Itinerary>, usize) {
    let (mut documents, mut bad) = (Vec::new(), 0);
    for found in paths.iter().flat_map(|path| read(path, how)) {
        match found {
            Ok(input) => documents.push(input.document),
            Err(failure) => {
                bad += 1;
                report(failure);
            }
        }
    }
    (documents, bad)
}

/// The documents or articles of one input, a bad one as a failure among them.
pub fn read(path: &Path, how: &How) -> Vec<Result<Input, Failure>> {
    let name = path.to_string_lossy();
    let articles: Vec<_> = match bytes(path) {
        Ok(bytes) => {
            let shown = if name == "-" { "<stdin>" } else { &name };
            let text = crate::article::decoded(&bytes).ok();
            if let Some(documents) = text.and_then(|text| listed(shown, &stem(path), &text)) {
                return documents.into_iter().map(|d| d.map(|document| Input { document, article: None })).collect();
            }
            crate::article::read_bytes(&name, &bytes)
        }
        // What cannot be opened is told in the words that other commands have for it.
        Err(_) => crate::article::read_path(path).collect(),
    };
    let input = |article| {
        let article = dated(article, &how.published);
        Input { document: crate::extract_with(&article, &how.reading), article: Some(article) }
    };
    let failure = |e: crate::article::ReadError| Failure::Input(e.to_string(), e.problem.remedy().to_string());
    articles.into_iter().map(|a| a.map(input).map_err(failure)).collect()
}

/// What stands in a file, or in standard input where it is called `-`.
pub fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    if path.as_os_str() != "-" {
        return std::fs::read(path);
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The documents in a text, where it holds documents: one in any form, or one in JSON a line.
fn listed(shown: &str, name: &str, text: &str) -> Option<Vec<Result<Itinerary, Failure>>> {
    let document = |(line, text): (usize, &str)| documents::parse(&format!("{shown}:{line}"), name, text);
    match lines(text) {
        Some(lines) => Form::of(lines.first()?.1).map(|_| lines.into_iter().map(document).collect()),
        None => Form::of(text).map(|_| vec![documents::parse(shown, name, text)]),
    }
}

/// The lines of a text that holds one JSON object a line, with their numbers.
pub fn lines(text: &str) -> Option<Vec<(usize, &str)>> {
    let all = || text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let in_lines = all().take(2).filter(|(_, line)| line.starts_with('{')).count() == 2;
    in_lines.then(|| all().map(|(i, line)| (i + 1, line)).collect())
}

/// The name of a file without its endings, for a document that has no id of its own.
pub fn stem(path: &Path) -> String {
    let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    name.trim_end_matches(".itinerary").to_string()
}
