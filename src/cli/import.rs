//! `portolan import`: documents read back from what `portolan export` wrote and another tool may have edited.

use super::{Failure, output};
use crate::import::{Format, import};
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What is read back, and where the documents go.
#[derive(Debug, Args)]
pub struct Importing {
    /// A .graphml or .jsonld file, or a folder of .csv files
    input: PathBuf,
    /// Form of the input, where its name does not say it
    #[arg(long, value_name = "FORMAT", value_parser = ["graphml", "csv", "jsonld"])]
    from: Option<String>,
    /// File to write to, instead of standard output: a document, or one a line for several
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Reads documents back.
pub fn run(importing: &Importing) -> Result<usize, Failure> {
    let path = &importing.input;
    let format = format(importing).ok_or_else(|| {
        let remedy = "Name its form with --from graphml, csv or jsonld.".to_string();
        Failure::Usage(format!("{}: its name does not say what it is", path.display()), remedy)
    })?;
    let files = files(path, format)?;
    let documents = import(format, &files).map_err(|e| Failure::Input(format!("{}: {e}", path.display()), e.remedy))?;
    let text = match &documents[..] {
        [one] => super::extract::pretty(one),
        many => many.iter().filter_map(|d| serde_json::to_string(d).ok()).map(|l| l + "\n").collect(),
    };
    match &importing.output {
        Some(file) => {
            output::write(file, text)?;
            output::say(&format!("Written: {}", file.display()));
        }
        None => {
            let _ = std::io::stdout().write_all(text.as_bytes());
        }
    }
    Ok(0)
}

fn format(importing: &Importing) -> Option<Format> {
    let ending = importing.input.extension().map(|e| e.to_string_lossy().to_lowercase());
    let folder = importing.input.is_dir().then(|| "csv".to_string());
    match importing.from.clone().or(folder).or(ending)?.as_str() {
        "graphml" => Some(Format::GraphMl),
        "csv" => Some(Format::Csv),
        "jsonld" | "json" => Some(Format::JsonLd),
        _ => None,
    }
}

/// The file, or the CSV files of the folder that it is or lies in, by name.
fn files(path: &Path, format: Format) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let failed = |p: &Path, e: std::io::Error| {
        let remedy = "Name what `portolan export` wrote: a file, or a folder of CSV files.".to_string();
        Failure::Input(format!("{}: cannot be read: {e}", p.display()), remedy)
    };
    if format != Format::Csv {
        let bytes = std::fs::read(path).map_err(|e| failed(path, e))?;
        return Ok(vec![(path.to_string_lossy().into_owned(), bytes)]);
    }
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).map_err(|e| failed(folder, e))?.flatten().map(|f| f.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv")));
    paths.sort();
    let read = |p: &PathBuf| {
        let name = p.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        std::fs::read(p).map(|bytes| (name, bytes)).map_err(|e| failed(p, e))
    };
    paths.iter().map(read).collect()
}
