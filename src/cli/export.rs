//! `portolan export`: the graph of visits of all inputs, in the form of another tool.

use super::inputs::{self, How};
use super::{Failure, output};
use crate::export::{Format, Output};
use crate::network::Network;
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

/// What is exported, in which form, and where to.
#[derive(Debug, Args)]
pub struct Exporting {
    /// Itinerary documents or articles: .json, .jsonl or .txt; - is standard input
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// Form to write
    #[arg(long, value_name = "FORMAT", value_parser = clap::builder::PossibleValuesParser::new(Format::ALL.iter().map(|f| f.1)))]
    to: String,
    /// File to write to, instead of standard output; a folder for forms of several files
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Publication date for all articles, before any that they carry
    #[arg(long, value_name = "DATE", value_parser = super::published)]
    published: Option<crate::itinerary::Edtf>,
    /// Leave out what is less likely right than this, from 0 to 1, when an article is read
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = super::probability)]
    min_confidence: f64,
}

/// Exports all inputs that can be read; gives the number of those that cannot.
pub fn run(exporting: &Exporting) -> Result<usize, Failure> {
    let how = How::new(exporting.published.clone(), exporting.min_confidence);
    let (documents, bad) = inputs::all(&exporting.inputs, &how);
    if documents.is_empty() {
        return Ok(bad);
    }
    let format = Format::of(&exporting.to).unwrap_or(Format::JsonGraph);
    let shown = exporting.output.as_ref().map_or("<stdout>".into(), |p| p.display().to_string());
    let made = crate::export::export(&Network::of(&documents), format)
        .map_err(|e| Failure::Output(format!("{shown}: {e}"), "Choose another form with --to.".into()))?;
    match (made, &exporting.output) {
        (Output::One(bytes), Some(file)) => {
            output::write(file, bytes)?;
            output::say(&format!("Written: {}", file.display()));
        }
        (Output::One(bytes), None) => to_stdout(&bytes)?,
        (Output::Many(files), Some(folder)) => {
            output::folder(folder)?;
            for (name, bytes) in files {
                output::write(&folder.join(name), bytes)?;
                output::say(&format!("Written: {}", folder.join(name).display()));
            }
        }
        (Output::Many(_), None) => {
            let remedy = "Name a folder for them with -o DIR.".to_string();
            return Err(Failure::Usage(format!("{} is written as several files", exporting.to), remedy));
        }
    }
    Ok(bad)
}

fn to_stdout(bytes: &[u8]) -> Result<(), Failure> {
    std::io::stdout().write_all(bytes).map_err(|e| {
        Failure::Output(format!("standard output cannot be written: {e}"), "Write to a file with -o FILE.".into())
    })
}
