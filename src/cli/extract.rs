//! `portolan extract`: itinerary documents as JSONL, in the order of the input, read on all cores.

use super::{Failure, articles, dated, output, report};
use crate::itinerary::Edtf;
use crate::{Itinerary, Reading};
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Articles that are held at once.
const BATCH: usize = 256;

/// Extracts from all inputs; gives the number of those that could not be read.
pub fn run(
    inputs: &[PathBuf],
    published: Option<Edtf>,
    min_confidence: f64,
    file: Option<&Path>,
) -> Result<usize, Failure> {
    let reading = Reading { min_confidence, ..Reading::default() };
    match file {
        Some(path) => {
            let mut bytes = Vec::new();
            let bad = all(inputs, &published, &reading, &mut bytes)?;
            output::write(path, &String::from_utf8_lossy(&bytes))?;
            Ok(bad)
        }
        None => all(inputs, &published, &reading, &mut BufWriter::new(std::io::stdout().lock())),
    }
}

fn all(inputs: &[PathBuf], published: &Option<Edtf>, reading: &Reading, out: &mut dyn Write) -> Result<usize, Failure> {
    let progress = std::io::stderr().is_terminal();
    let (mut bad, mut done) = (0, 0);
    let mut batch = Vec::with_capacity(BATCH);
    let mut source = articles(inputs);
    loop {
        batch.clear();
        for article in source.by_ref().take(BATCH) {
            match article {
                Ok(article) => batch.push(dated(article, published)),
                Err(failure) => {
                    bad += 1;
                    report(failure);
                    batch.push(crate::Article::default());
                }
            }
        }
        if batch.is_empty() {
            break;
        }
        done += batch.len();
        let good: Vec<crate::Article> = batch.drain(..).filter(|a| !a.text.is_empty()).collect();
        for document in in_parallel(&good, reading) {
            let line = serde_json::to_string(&document).map_err(|e| unwritable(&e.to_string()))?;
            match writeln!(out, "{line}") {
                Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => return Ok(bad),
                other => other.map_err(|e| unwritable(&e.to_string()))?,
            }
        }
        if progress {
            eprint!("\r{done} articles");
        }
    }
    if progress {
        eprintln!();
    }
    match out.flush() {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(unwritable(&e.to_string())),
        _ => Ok(bad),
    }
}

/// Documents of the articles in their order, however many cores there are.
pub fn in_parallel(articles: &[crate::Article], reading: &Reading) -> Vec<Itinerary> {
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let share = articles.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = articles
            .chunks(share)
            .map(|part| scope.spawn(|| part.iter().map(|a| crate::extract_with(a, reading)).collect::<Vec<_>>()))
            .collect();
        parts.into_iter().flat_map(|p| p.join().unwrap_or_default()).collect()
    })
}

fn unwritable(why: &str) -> Failure {
    Failure::Output(
        format!("the documents cannot be written: {why}"),
        "Name another file with -o FILE, or free room on the disk.".into(),
    )
}

/// A document as a person reads it.
pub fn pretty(document: &Itinerary) -> String {
    serde_json::to_string_pretty(document).unwrap_or_default() + "\n"
}
