//! `portolan compare`: trips across documents and articles, and with a register.

use super::inputs::{self, How};
use super::{Failure, output};
use crate::chart::words::{Phrase, Words};
use crate::chart::{Form, Language, Options, comparison as draw, press};
use crate::compare::{Comparison, Kind, Said, compare, letter, merged, said, table};
use crate::itinerary::Itinerary;
use crate::register::{COLUMNS, Interest, Register, RegisterError};
use clap::Args;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use unicode_width::UnicodeWidthStr;

/// What is compared, and where the results go.
#[derive(Debug, Args)]
pub struct Comparing {
    /// Itinerary documents or articles: .json, .jsonl or .txt; - is standard input
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// Travel register: CSV with the columns name, start, end, country and, if there, locale and remarks
    #[arg(long, value_name = "CSV")]
    register: Option<PathBuf>,
    /// Folder for comparison.json, merged.itinerary.json and the chart as SVG, PNG and PDF
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Publication date for all articles, before any that they carry
    #[arg(long, value_name = "DATE", value_parser = super::published)]
    published: Option<crate::itinerary::Edtf>,
    /// Leave out what is less likely right than this, from 0 to 1, when an article is read
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = super::probability)]
    min_confidence: f64,
}

/// Compares all inputs that can be read; gives the number of those that cannot.
pub fn run(comparing: &Comparing) -> Result<usize, Failure> {
    let how = How::new(comparing.published.clone(), comparing.min_confidence);
    let (documents, bad) = inputs::all(&comparing.inputs, &how);
    if documents.is_empty() {
        return Ok(bad);
    }
    let register = comparing.register.as_ref().map(|path| register(path, &documents)).transpose()?;
    let compared = compare(&documents, register.as_ref());
    let told = told(&compared, register.as_ref());
    // A closed pipe ends the reader's interest, not the work.
    let _ = std::io::stdout().write_all(told.as_bytes());
    if let Some(folder) = &comparing.output {
        files(&compared, folder)?;
    }
    Ok(bad)
}

/// Reads a register for the people of some documents.
pub fn register(path: &Path, documents: &[Itinerary]) -> Result<Register, Failure> {
    let shown = path.display();
    let file = std::fs::File::open(path).map_err(|e| {
        Failure::Input(format!("{shown}: cannot be read: {e}"), "Name a CSV file with --register.".into())
    })?;
    let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Register::read(&name, std::io::BufReader::new(file), &Interest::of(documents)).map_err(|e| {
        let remedy = match e {
            RegisterError::Column(_) => format!("Its first line must name the columns {}.", COLUMNS.join(", ")),
            RegisterError::Csv(_) => {
                "Save it as CSV with commas, and quotation marks around fields that hold commas.".into()
            }
        };
        Failure::Input(format!("{shown}: {e}"), remedy)
    })
}

fn files(compared: &Comparison, folder: &Path) -> Result<(), Failure> {
    output::folder(folder)?;
    let json = serde_json::to_string_pretty(compared).unwrap_or_default() + "\n";
    let mut written = vec![("comparison.json", json.into_bytes())];
    written.push(("merged.itinerary.json", super::extract::pretty(&merged(compared)).into_bytes()));
    if !compared.journeys.is_empty() {
        let svg = draw(&table(compared), &Options::default());
        for (name, form) in
            [("comparison.svg", Form::Svg), ("comparison.png", Form::Png), ("comparison.pdf", Form::Pdf)]
        {
            let bytes = press(svg.clone(), form, 2.0).map_err(|e| {
                let remedy =
                    "Compare fewer documents, or draw the chart as SVG with `portolan draw --comparison`.".into();
                Failure::Output(format!("{}: {e}", folder.join(name).display()), remedy)
            })?;
            written.push((name, bytes));
        }
    }
    for (name, bytes) in written {
        output::write(&folder.join(name), bytes)?;
        println!("Written: {}", folder.join(name).display());
    }
    Ok(())
}

/// The whole comparison as text.
fn told(compared: &Comparison, register: Option<&Register>) -> String {
    let mut out = String::new();
    for (i, source) in compared.sources.iter().enumerate() {
        let published = source.published.as_ref().map(|d| format!(", {d}")).unwrap_or_default();
        let kind = if source.kind == Kind::Register { " (register)" } else { "" };
        let _ = writeln!(out, "{}  {}{published}{kind}", letter(i), source.id);
    }
    let language = Language::default();
    for journey in said(compared, &merged(compared), language) {
        let sources = journey.letters.len();
        let _ = writeln!(out, "\n{}: {} stops, told by {sources} sources", journey.traveller, journey.rows.len());
        out.push_str(&rows(&journey, Words(language)));
        journey.reversed.iter().for_each(|r| {
            let _ = writeln!(out, "  {r}");
        });
    }
    if compared.journeys.is_empty() {
        out.push_str("\nNothing in common: no two sources tell of the same journey.\n");
    }
    if !compared.single.is_empty() {
        let n = compared.single.len();
        let _ = writeln!(out, "\nTold by one source only: {n} {}", if n == 1 { "journey" } else { "journeys" });
    }
    let warnings = compared.warnings.iter().chain(register.iter().flat_map(|r| &r.warnings));
    warnings.for_each(|w| {
        let _ = writeln!(out, "Note: {w}");
    });
    out
}

fn rows(journey: &Said, w: Words) -> String {
    let head = ["order", "date", "place", "status"].map(String::from);
    let says = w.of(Phrase::ReportComparedSays).to_string();
    let mut table: Vec<Vec<String>> =
        vec![head.into_iter().chain(journey.letters.iter().cloned()).chain([says]).collect()];
    for row in &journey.rows {
        let cells = row.cells.iter().map(|c| if c.is_empty() { "-".into() } else { c.clone() });
        let first = [row.order.clone(), row.date.clone(), row.place.clone(), row.outcome.clone()];
        table.push(first.into_iter().chain(cells).chain([row.says.join("; ")]).collect());
    }
    aligned(&table)
}

/// Lines of columns with two spaces between.
fn aligned(table: &[Vec<String>]) -> String {
    let columns = table.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns).map(|c| table.iter().map(|r| r[c].width()).max().unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, w)| format!("{cell}{}", " ".repeat(w - cell.width())));
        format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_string() + "\n"
    };
    table.iter().map(line).collect()
}
