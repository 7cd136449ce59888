//! The program around the library: arguments, files, messages, exit codes. One file per command.

mod chart;
mod check;
mod compare;
mod documents;
mod draw;
mod eval;
mod export;
mod extract;
mod import;
mod inputs;
mod output;
mod reference;
mod report;
mod table;

use clap::{CommandFactory, Parser, Subcommand};
use miette::Diagnostic;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

const EXIT_CODES: &str = "Exit codes:
  0  everything was done
  1  some input could not be read; the others were done
  2  the command line is wrong
  3  an output could not be written";

/// Reads where an official went out of news articles, and draws it.
#[derive(Debug, Parser)]
#[command(name = "portolan", version, about, after_help = EXIT_CODES)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Reads articles, prints each itinerary, and writes its document, timeline and route chart
    #[command(after_help = "Examples:
  portolan chart data/articles/gulf-of-guinea.txt
  portolan chart article.txt --published 2023-11-05 -o charts")]
    Chart {
        /// Articles: .txt, .json or .jsonl; - is standard input
        #[arg(required = true)]
        articles: Vec<PathBuf>,
        /// Publication date for all of them, before any that they carry
        #[arg(long, value_name = "DATE", value_parser = published)]
        published: Option<crate::itinerary::Edtf>,
        /// Leave out visits and meetings that are less likely right than this, from 0 to 1
        #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = probability)]
        min_confidence: f64,
        /// Folder to write to; made if it is not there
        #[arg(short, long, value_name = "DIR", default_value = "output")]
        output: PathBuf,
    },
    /// Reads articles and writes itinerary documents, one JSON object a line
    #[command(after_help = "Examples:
  portolan extract articles.jsonl -o itineraries.jsonl
  cat article.txt | portolan extract - --published 2023-11-05")]
    Extract {
        /// Articles: .txt, .json or .jsonl; - is standard input
        #[arg(required = true)]
        inputs: Vec<PathBuf>,
        /// Publication date for all of them, before any that they carry
        #[arg(long, value_name = "DATE", value_parser = published)]
        published: Option<crate::itinerary::Edtf>,
        /// Leave out visits and meetings that are less likely right than this, from 0 to 1
        #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = probability)]
        min_confidence: f64,
        /// File to write to, instead of standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Draws a document again, also one that was edited by hand, as SVG, PNG or PDF
    #[command(after_help = "Examples:
  portolan draw output/gulf-of-guinea.itinerary.json
  portolan draw trip.json --route trip.pdf --theme print
  portolan draw trip.json --timeline phone.png --layout list --width 360 --scale 3")]
    Draw(draw::Drawing),
    /// Makes a page to check a reading by: the text with its marks, charts and tables, in one HTML file
    #[command(after_help = "Examples:
  portolan report article.txt -o article.html
  portolan report monday.itinerary.json tuesday.txt -o week.html")]
    Report {
        /// Itinerary documents or articles: .json, .jsonl or .txt; - is standard input
        #[arg(required = true)]
        inputs: Vec<PathBuf>,
        /// File to write the page to
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// Travel register to compare with: CSV with the columns name, start, end, country and, if there, locale and remarks
        #[arg(long, value_name = "CSV")]
        register: Option<PathBuf>,
        /// Publication date for all articles, before any that they carry
        #[arg(long, value_name = "DATE", value_parser = published)]
        published: Option<crate::itinerary::Edtf>,
        /// Leave out what is less likely right than this, from 0 to 1, when an article is read
        #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = probability)]
        min_confidence: f64,
    },
    /// Compares trips across articles and documents, and with an official register
    #[command(after_help = "Examples:
  portolan compare monday.txt tuesday.txt
  portolan compare monday.txt tuesday.json --register us-travels.csv -o compared
  portolan compare archive.jsonl --by country -o counted")]
    Compare(compare::Comparing),
    /// Writes the graph of visits in the form of another tool
    #[command(after_help = "Examples:
  portolan export --to graphml trip.json -o trip.graphml
  portolan export --to csv monday.txt tuesday.json -o tables")]
    Export(export::Exporting),
    /// Reads documents back from what `export` wrote as GraphML, CSV or JSON-LD
    #[command(after_help = "Examples:
  portolan import trip.graphml -o trip.json
  portolan import tables -o trip.json")]
    Import(import::Importing),
    /// Says what is wrong with documents, also ones that were written by hand, and completes them
    #[command(after_help = "Examples:
  portolan check trip.json
  portolan check trip.itinerary --complete trip.json
  portolan check trip.json --plain trip.itinerary")]
    Check(check::Checking),
    /// Measures the reading on annotated articles: precision, recall, breakdowns, and what it got wrong
    #[command(after_help = "Examples:
  portolan eval gold.jsonl articles.jsonl
  portolan eval gold.jsonl articles.jsonl --errors 20")]
    Eval {
        /// Annotations, one JSON object a line
        gold: PathBuf,
        /// The annotated articles: .json or .jsonl, or .txt named after their id
        #[arg(required = true)]
        articles: Vec<PathBuf>,
        /// How many misses and how many false alarms to show with their sentences
        #[arg(long, value_name = "N", default_value_t = 0)]
        errors: usize,
        /// All figures and all mistakes as JSON
        #[arg(long)]
        json: bool,
    },
    /// Prints the JSON Schema of the document
    #[command(after_help = "Example:
  portolan schema > itinerary.schema.json")]
    Schema {
        /// That of `comparison.json`, which `portolan compare` writes
        #[arg(long)]
        comparison: bool,
    },
    /// Prints completions for a shell
    #[command(after_help = "Example:
  portolan completions bash > /etc/bash_completion.d/portolan")]
    Completions {
        /// Shell to complete in
        shell: clap_complete::Shell,
    },
    /// Prints the manual page
    #[command(after_help = "Example:
  portolan man > portolan.1")]
    Man,
}

/// What stops a command, or one input of it.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum Failure {
    #[error("{0}")]
    Input(String, #[help] String),
    /// Arguments that do not go together.
    #[error("{0}")]
    Usage(String, #[help] String),
    #[error("{0}")]
    Output(String, #[help] String),
}

/// Runs the command that the arguments name; messages go to standard error.
pub fn run(arguments: Arguments) -> ExitCode {
    // Paths and versions stay in one piece; in a pipe, where nobody wraps, a message is one line.
    let wide = !std::io::stderr().is_terminal();
    let _ = miette::set_hook(Box::new(move |_| {
        let options = miette::MietteHandlerOpts::new().break_words(false);
        Box::new(if wide { options.width(2000).build() } else { options.build() })
    }));
    let done = match arguments.command {
        Command::Chart { articles, published, min_confidence, output } => {
            chart::run(&articles, published, min_confidence, &output)
        }
        Command::Extract { inputs, published, min_confidence, output } => {
            extract::run(&inputs, published, min_confidence, output.as_deref())
        }
        Command::Draw(drawing) => draw::run(&drawing),
        Command::Report { inputs, output, register, published, min_confidence } => {
            report::run(&inputs, &output, register.as_deref(), &inputs::How::new(published, min_confidence))
        }
        Command::Compare(comparing) => compare::run(&comparing),
        Command::Export(exporting) => export::run(&exporting),
        Command::Import(importing) => import::run(&importing),
        Command::Check(checking) => check::run(&checking),
        Command::Eval { gold, articles, errors, json } => eval::run(&gold, &articles, errors, json),
        Command::Schema { comparison } => reference::schema(comparison),
        Command::Completions { shell } => reference::completions(shell, &mut Arguments::command()),
        Command::Man => reference::man(Arguments::command()),
    };
    let code = match &done {
        Ok(0) => 0,
        Ok(_) => 1,
        Err(Failure::Input(..)) => 1,
        Err(Failure::Usage(..)) => 2,
        Err(Failure::Output(..)) => 3,
    };
    if let Err(failure) = done {
        report(failure);
    }
    ExitCode::from(code)
}

/// Shows a failure with its remedy.
fn report(failure: Failure) {
    eprintln!("{:?}", miette::Report::new(failure));
}

fn published(value: &str) -> Result<crate::itinerary::Edtf, String> {
    crate::article::parse_published(value).map_err(|e| format!("{e}. {}", crate::article::PublishedError::REMEDY))
}

fn probability(value: &str) -> Result<f64, String> {
    let number = value.parse::<f64>().ok().filter(|p| (0.0..=1.0).contains(p));
    number.ok_or_else(|| "a probability lies between 0 and 1. Write, for example, 0.8".into())
}

/// Articles of all inputs in order; a bad one becomes a failure among them.
fn articles(inputs: &[PathBuf]) -> impl Iterator<Item = Result<crate::Article, Failure>> + '_ {
    inputs.iter().flat_map(|path| {
        let found = if path.as_os_str() == "-" {
            crate::article::read_stream("-", std::io::BufReader::new(std::io::stdin()))
        } else {
            crate::article::read_path(path)
        };
        found.map(|a| a.map_err(|e| Failure::Input(e.to_string(), e.problem.remedy().to_string())))
    })
}

/// The article with the date that the user gave, if any.
fn dated(mut article: crate::Article, published: &Option<crate::itinerary::Edtf>) -> crate::Article {
    if let Some(date) = published {
        article.published = Some(date.clone());
        article.published_from = Some(crate::itinerary::PublishedFrom::Argument);
    }
    article
}
