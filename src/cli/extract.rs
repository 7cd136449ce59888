//! `portolan extract`: itinerary documents as JSONL, in the order of the input, read on all cores.

use super::{Failure, articles, dated, output, report};
use crate::itinerary::Edtf;
use crate::{Itinerary, Reading};
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Articles that are held at once.
const BATCH: usize = 256;

/// Articles that a thread takes at once.
const SHARE: usize = 4;

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
            output::write(path, bytes)?;
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
        for line in in_parallel(&good, |a| serde_json::to_string(&crate::extract_with(a, reading))) {
            let line = line.map_err(|e| unwritable(&e.to_string()))?;
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

/// What `work` makes of the articles, in their order, however many cores there are.
pub fn in_parallel<T: Send>(articles: &[crate::Article], work: impl Fn(&crate::Article) -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    // Articles differ in length: whoever is done takes the next few.
    let next = AtomicUsize::new(0);
    let worker = || {
        let take = || articles.chunks(SHARE).enumerate().nth(next.fetch_add(1, Ordering::Relaxed));
        let done = |(i, part): (usize, &[crate::Article])| (i, part.iter().map(&work).collect::<Vec<T>>());
        std::iter::from_fn(take).map(done).collect::<Vec<_>>()
    };
    let mut parts: Vec<(usize, Vec<T>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores.min(articles.len().div_ceil(SHARE))).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|w| w.join().unwrap_or_default()).collect()
    });
    parts.sort_unstable_by_key(|(i, _)| *i);
    parts.into_iter().flat_map(|(_, part)| part).collect()
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
