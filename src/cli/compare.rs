//! `portolan compare`: trips across documents and articles, and with a register.

use super::inputs::{self, How};
use super::table::columns;
use super::{Failure, output};
use crate::chart::words::{Dates, Detail, Phrase, Words};
use crate::chart::{self, Form, Language, Options, PressError, comparison as draw, matrix, press};
use crate::compare::{By, Comparison, Kind, Said, Shared, Tally, Year, compare, letter, merged, said, table, tally};
use crate::itinerary::{Itinerary, Status};
use crate::register::{Interest, Register};
use clap::Args;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What is compared, and where the results go.
#[derive(Debug, Args)]
pub struct Comparing {
    /// Itinerary documents or articles: .json, .jsonl or .txt; - is standard input
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// Travel register: CSV with the columns name, start, end, country and, if there, locale and remarks; not with --by
    #[arg(long, value_name = "CSV")]
    register: Option<PathBuf>,
    /// Count the visits of all inputs instead: by traveller, or by the country that travellers serve
    #[arg(long, value_name = "WHAT", value_parser = ["traveller", "country"])]
    by: Option<String>,
    /// Folder for comparison.json, merged.itinerary.json and the chart as SVG, PNG and PDF; with --by for tally.json, matrix and map
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Publication date for all articles, before any that they carry
    #[arg(long, value_name = "DATE", value_parser = super::published)]
    published: Option<crate::itinerary::Edtf>,
    /// Leave out what is less likely right than this, from 0 to 1, when an article is read
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = super::probability)]
    min_confidence: f64,
}

/// Compares all inputs that can be read; gives the number of those, and of rows of the register, that cannot.
pub fn run(comparing: &Comparing) -> Result<usize, Failure> {
    if comparing.by.is_some() && comparing.register.is_some() {
        let remedy = "Leave --register out to count, or --by to compare with the register.".to_string();
        return Err(Failure::Usage(
            "--by counts what the inputs tell of, and has no use for --register".into(),
            remedy,
        ));
    }
    let how = How::new(comparing.published.clone(), comparing.min_confidence);
    let (documents, bad) = inputs::all(&comparing.inputs, &how);
    if documents.is_empty() {
        return Ok(bad);
    }
    let register = comparing.register.as_ref().map(|path| register(path, &documents)).transpose()?;
    let compared = compare(&documents, register.as_ref());
    // A closed pipe ends the reader's interest, not the work.
    let show = |text: String| std::io::stdout().write_all(text.as_bytes()).unwrap_or_default();
    let files = match comparing.by.as_deref() {
        Some(by) => {
            let counted = tally(&compared, if by == "country" { By::Country } else { By::Traveller });
            show(counts(&counted));
            comparing.output.as_ref().map(|_| counted_files(&counted))
        }
        None => {
            let merged = merged(&compared);
            show(told(&compared, &merged));
            comparing.output.as_ref().map(|_| files(&compared, &merged))
        }
    };
    if let (Some(folder), Some(files)) = (&comparing.output, files) {
        save(folder, files?)?;
    }
    Ok(bad + register.map_or(0, |r| r.unread.len()))
}

/// Writes results to a folder, all of them or, where one cannot be made, none.
fn save(folder: &Path, files: Vec<(&'static str, Vec<u8>)>) -> Result<(), Failure> {
    output::folder(folder)?;
    for (name, bytes) in files {
        output::write(&folder.join(name), bytes)?;
        output::say(&format!("Written: {}", folder.join(name).display()));
    }
    Ok(())
}

/// A chart in three forms.
fn pressed(svg: String, names: [&'static str; 3]) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
    let forms = names.into_iter().zip([Form::Svg, Form::Png, Form::Pdf]);
    let made = forms.map(|(name, form)| {
        fitted(&svg, form).map(|bytes| (name, bytes)).map_err(|e| {
            let remedy = "Compare fewer documents: a picture of so many is too large.".to_string();
            Failure::Output(format!("{name}: {e}"), remedy)
        })
    });
    made.collect()
}

/// A chart in a form; a PNG with two pixels for each of the chart, or with fewer where it would be too large.
fn fitted(svg: &str, form: Form) -> Result<Vec<u8>, PressError> {
    let mut made = press(svg.to_string(), form, 2.0);
    for scale in [1.0, 0.5, 0.25] {
        if let Err(PressError::TooLarge { .. }) = made {
            made = press(svg.to_string(), form, scale);
        }
    }
    made
}

fn counted_files(counted: &Tally) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
    let (table, options) = (counted.table(), Options::default());
    let mut files =
        vec![("tally.json", (serde_json::to_string_pretty(counted).unwrap_or_default() + "\n").into_bytes())];
    files.extend(pressed(matrix(&table, &options), ["matrix.svg", "matrix.png", "matrix.pdf"])?);
    files.extend(pressed(chart::counts(&table, &options), ["visits.svg", "visits.png", "visits.pdf"])?);
    Ok(files)
}

/// The tally as text: rows with the countries visited, then countries by year, then stops that travellers shared.
fn counts(counted: &Tally) -> String {
    if counted.rows.is_empty() {
        return "Nothing to count.\n".into();
    }
    let mut rows = vec![["", "took place", "ahead", "where"].map(String::from).to_vec()];
    for row in &counted.rows {
        let visited = row.visits.iter().map(|c| format!("{} {}", c.country, c.counts.total()));
        let ahead = row.counts.planned + row.counts.possible;
        rows.push(vec![
            name(&row.name),
            row.counts.completed.to_string(),
            ahead.to_string(),
            visited.collect::<Vec<_>>().join(", "),
        ]);
    }
    let mut out = columns(&rows);
    let mut rows = vec![["country", "took place", "ahead", "by year"].map(String::from).to_vec()];
    for country in &counted.countries {
        let year = |y: &Year| {
            let year = y.year.map_or("no year".into(), |y| y.to_string());
            format!("{year} {}", y.counts.total())
        };
        let ahead = country.counts.planned + country.counts.possible;
        let years: Vec<String> = country.years.iter().map(year).collect();
        rows.push(vec![
            country.name.clone(),
            country.counts.completed.to_string(),
            ahead.to_string(),
            years.join(", "),
        ]);
    }
    if !counted.countries.is_empty() {
        out.push('\n');
        out.push_str(&columns(&rows));
    }
    out.push_str(&hosts(counted));
    out.push_str(&together(counted));
    out
}

/// Lines of a list that are shown on the terminal.
const MOST_LINES: usize = 20;

/// Whom visitors met of those who serve the country that they were in.
fn hosts(counted: &Tally) -> String {
    let mut rows = Vec::new();
    for row in &counted.rows {
        for cell in row.visits.iter().filter(|c| !c.met.is_empty()) {
            rows.push(vec![name(&row.name), w().country(cell.country.as_str()), cell.met.join("; ")]);
        }
    }
    let head = ["visitor", "country", "met there, of those who serve it"];
    list("Who visited whom", head.map(String::from).to_vec(), rows)
}

/// Stops that several travellers shared.
fn together(counted: &Tally) -> String {
    let dates = Dates { words: w(), year: None };
    let row = |s: &Shared| {
        let days = dates.stay(Some(&s.from), Some(&s.to), Detail::Short);
        let who: Vec<String> = s.travellers.iter().map(|t| t.name.clone()).collect();
        let country = s.country.as_ref().map(|c| w().country(c.as_str())).unwrap_or_default();
        let ahead = if s.status == Status::Completed { "" } else { "planned" };
        vec![w().parts(&[days, ahead.to_string()]), s.name.clone(), country, who.join("; ")]
    };
    let head = ["day", "place", "country", "travellers"].map(String::from).to_vec();
    list("Stops that travellers shared", head, counted.shared.iter().map(row).collect())
}

fn w() -> Words {
    Words(Language::default())
}

/// A name in the words of the charts, also where there is none.
fn name(name: &str) -> String {
    if name.is_empty() { w().of(Phrase::GraphNoCountry).to_string() } else { name.to_string() }
}

/// A list under a heading that says how long it is: its first lines, and how many more there are.
fn list(heading: &str, head: Vec<String>, mut rows: Vec<Vec<String>>) -> String {
    let mut out = format!("\n{heading}: {}\n", rows.len());
    let more = rows.len().saturating_sub(MOST_LINES);
    rows.truncate(MOST_LINES);
    if !rows.is_empty() {
        rows.insert(0, head);
        out.push_str(&columns(&rows));
    }
    if more > 0 {
        let _ = writeln!(out, "  and {more} more (all are in tally.json, which -o writes)");
    }
    out
}

/// Reads a register for the people of some documents.
pub fn register(path: &Path, documents: &[Itinerary]) -> Result<Register, Failure> {
    let shown = path.display();
    let file = std::fs::File::open(path).map_err(|e| {
        Failure::Input(format!("{shown}: cannot be read: {e}"), "Name a CSV file with --register.".into())
    })?;
    let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Register::read(&name, file, &Interest::of(documents))
        .map_err(|e| Failure::Input(format!("{shown}: {e}"), e.remedy()))
}

fn files(compared: &Comparison, merged: &Itinerary) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
    let json = serde_json::to_string_pretty(compared).unwrap_or_default() + "\n";
    let mut written = vec![("comparison.json", json.into_bytes())];
    written.push(("merged.itinerary.json", super::extract::pretty(merged).into_bytes()));
    if !compared.journeys.is_empty() {
        let svg = draw(&table(compared), &Options::default());
        written.extend(pressed(svg, ["comparison.svg", "comparison.png", "comparison.pdf"])?);
    }
    Ok(written)
}

/// The whole comparison as text.
fn told(compared: &Comparison, merged: &Itinerary) -> String {
    let mut out = String::new();
    for (i, source) in compared.sources.iter().enumerate() {
        let published = source.published.as_ref().map(|d| format!(", {d}")).unwrap_or_default();
        let kind = if source.kind == Kind::Register { " (register)" } else { "" };
        let _ = writeln!(out, "{}  {}{published}{kind}", letter(i), source.id);
    }
    let language = Language::default();
    for journey in said(compared, merged, language) {
        let sources = journey.letters.len();
        let stops = if journey.rows.len() == 1 { "1 stop".into() } else { format!("{} stops", journey.rows.len()) };
        let _ = writeln!(out, "\n{}: {stops}, told by {sources} sources", journey.traveller);
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
    compared.warnings.iter().for_each(|w| {
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
    columns(&table)
}
