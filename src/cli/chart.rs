//! `portolan chart`: document, timeline and route chart for each article, and its itinerary on the terminal.

use super::output::{FileNames, folder, write};
use super::{Failure, articles, dated, report, table};
use crate::chart::{Options, route, timeline};
use crate::itinerary::Edtf;
use crate::{Itinerary, Reading};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Charts all articles; gives the number of inputs that could not be read.
pub fn run(inputs: &[PathBuf], published: Option<Edtf>, min_confidence: f64, output: &Path) -> Result<usize, Failure> {
    let reading = Reading { min_confidence, ..Reading::default() };
    let mut names = FileNames::default();
    let mut bad = 0;
    folder(output)?;
    for article in articles(inputs) {
        match article {
            Ok(article) => {
                let document = crate::extract_with(&dated(article, &published), &reading);
                let name = names.of(&document.article.id);
                let written = files(&document, output, &name)?;
                show(&document, min_confidence, &written);
            }
            Err(failure) => {
                bad += 1;
                report(failure);
            }
        }
    }
    Ok(bad)
}

fn files(document: &Itinerary, output: &Path, name: &str) -> Result<[PathBuf; 3], Failure> {
    let options = Options::default();
    let path = |ending: &str| output.join(format!("{name}.{ending}"));
    let paths = [path("itinerary.json"), path("timeline.svg"), path("route.svg")];
    write(&paths[0], super::extract::pretty(document))?;
    write(&paths[1], timeline(document, &options))?;
    write(&paths[2], route(document, &options))?;
    Ok(paths)
}

fn show(document: &Itinerary, least: f64, written: &[PathBuf; 3]) {
    let paths: Vec<String> = written.iter().map(|p| p.display().to_string()).collect();
    // A closed pipe ends the reader's interest, not the work.
    let _ = writeln!(std::io::stdout(), "{}\nWritten: {}\n", table::of(document, least), paths.join("\n         "));
}
