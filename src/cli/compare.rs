//! `portolan compare`: trips across documents and articles, and with a register.

use super::inputs::{self, How};
use super::{Failure, output};
use crate::chart::words::{Detail, Names};
use crate::chart::{Form, Language, Options, comparison as draw, press};
use crate::compare::{Comparison, Finding, Journey, Kind, Stop, compare, merged, table};
use crate::itinerary::{Itinerary, Status, Visit};
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
    let merged = merged(compared);
    let names = Names::new(&merged, Language::default());
    for journey in &compared.journeys {
        let sources = told_by(journey).len();
        let _ = writeln!(out, "\n{}: {} stops, told by {sources} sources", journey.name, journey.stops.len());
        out.push_str(&rows(compared, journey, &names));
        for r in &journey.reversed {
            let (one, other) = (&journey.stops[r.one].name, &journey.stops[r.other].name);
            let (a, b) = (letters(&r.one_first), letters(&r.other_first));
            let _ = writeln!(out, "  Order contradicts: {a} has {one} before {other}, {b} the other way round");
        }
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

/// Sources by letter, then by number: A to Z, S27, S28 …
fn letter(source: usize) -> String {
    let letter = u8::try_from(source).ok().filter(|s| *s < 26).map(|s| char::from(b'A' + s));
    letter.map_or_else(|| format!("S{}", source + 1), String::from)
}

fn letters(sources: &[usize]) -> String {
    sources.iter().map(|s| letter(*s)).collect::<Vec<_>>().join(" and ")
}

fn told_by(journey: &Journey) -> std::collections::BTreeSet<usize> {
    journey.stops.iter().flat_map(|s| &s.told).map(|t| t.source).collect()
}

fn rows(compared: &Comparison, journey: &Journey, names: &Names<'_>) -> String {
    let sources: Vec<usize> = told_by(journey).into_iter().collect();
    let mut head = vec!["order".to_string(), "date".into(), "place".into(), "status".into()];
    head.extend(sources.iter().map(|s| letter(*s)));
    head.push("what the sources say".into());
    let mut table = vec![head];
    table.extend(journey.stops.iter().map(|s| row(compared, s, &sources, names)));
    let columns = table[0].len();
    let widths: Vec<usize> = (0..columns).map(|c| table.iter().map(|r| r[c].width()).max().unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, w)| format!("{cell}{}", " ".repeat(w - cell.width())));
        format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_string() + "\n"
    };
    table.iter().map(line).collect()
}

fn row(compared: &Comparison, stop: &Stop, sources: &[usize], names: &Names<'_>) -> Vec<String> {
    let visit = stop.told.first().and_then(|t| compared.network.visit(&t.node)).map(|v| v.what.clone());
    let whole = visit.map(|v| Visit { start: stop.start.clone(), end: stop.end.clone(), status: stop.status, ..v });
    let date = |v: &Visit| names.dates.table(v, Detail::Short);
    let mut cells = vec![
        if stop.open { format!("{} (open)", stop.order) } else { stop.order.to_string() },
        whole.as_ref().map(date).unwrap_or_default(),
        stop.name.clone(),
        names.status(stop.status).to_string(),
    ];
    for source in sources {
        let told = stop.told.iter().find(|t| t.source == *source);
        let said = told.and_then(|t| compared.network.visit(&t.node)).map(|v| {
            let status = if v.status == Status::Completed { "" } else { names.status(v.status) };
            [date(v), status.to_string()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", ")
        });
        cells.push(said.unwrap_or_else(|| "-".into()));
    }
    cells.push(findings(stop).join("; "));
    cells
}

/// What the sources say of a stop, in words, with those together that say the same.
fn findings(stop: &Stop) -> Vec<String> {
    let place = |source: usize| stop.told.iter().find(|t| t.source == source).map_or("", |t| t.place.as_str());
    let mut pairs: Vec<(String, usize, String)> = Vec::new();
    let mut said = Vec::new();
    for f in &stop.findings {
        match f {
            Finding::Refined { coarse, fine } => {
                pairs.push((format!("{} says {}", letter(*coarse), place(*coarse)), *fine, place(*fine).into()));
            }
            Finding::Fulfilled { planned, completed } => {
                pairs.push((format!("planned in {}", letter(*planned)), *completed, "took place".into()));
            }
            Finding::Withdrawn { planned, cancelled } => {
                pairs.push((format!("planned in {}", letter(*planned)), *cancelled, "called off".into()));
            }
            f => said.extend(finding(f)),
        }
    }
    let mut joined: Vec<(String, Vec<usize>, String)> = Vec::new();
    for (first, source, what) in pairs {
        match joined.iter_mut().find(|(f, _, w)| *f == first && *w == what) {
            Some((_, sources, _)) => sources.push(source),
            None => joined.push((first, vec![source], what)),
        }
    }
    let joined = joined.into_iter().map(|(first, sources, what)| format!("{first}, in {} {what}", letters(&sources)));
    joined.chain(said).collect()
}

/// A finding in words; none for what the cells beside it show already, or what is said of several together.
fn finding(finding: &Finding) -> Option<String> {
    Some(match finding {
        Finding::Common { .. } | Finding::Dated { .. } | Finding::Refined { .. } => return None,
        Finding::Fulfilled { .. } | Finding::Withdrawn { .. } => return None,
        Finding::Only { source, .. } => format!("only in {}", letter(*source)),
        Finding::DatesContradict { sources } => format!("DATES CONTRADICT: {}", letters(sources)),
        Finding::StatusContradicts { sources } => format!("STATUS CONTRADICTS: {}", letters(sources)),
        Finding::PersonContradicts { office, names, sources } => {
            format!("PERSON CONTRADICTS: {} as {office} in {}", names.join(" or "), letters(sources))
        }
        Finding::Confirmed { source } => format!("confirmed by {}", letter(*source)),
        Finding::NotInRegister { source } => format!("not in the register {}", letter(*source)),
        Finding::LeftOut { source } => format!("only in the register {}", letter(*source)),
        Finding::Beyond { source } => format!("in the register {}, beyond what the articles tell of", letter(*source)),
    })
}
