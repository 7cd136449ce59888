//! `portolan draw`: charts from documents, also from ones edited by hand, as SVG, PNG or PDF.

use super::{Failure, documents, output};
use crate::Itinerary;
use crate::chart::{Arrangement, Form, Language, Options, Theme, comparison, graph, press, route, timeline};
use crate::compare::{compare, table};
use clap::Args;
use std::path::{Path, PathBuf};

/// What is drawn, where to, and how.
#[derive(Debug, Args)]
pub struct Drawing {
    /// Itinerary documents (.json); several only for --comparison
    #[arg(required = true)]
    documents: Vec<PathBuf>,
    /// File for the timeline; its ending says what it becomes: .svg, .png or .pdf, as for all charts
    #[arg(long, value_name = "FILE")]
    timeline: Option<PathBuf>,
    /// File for the route chart; without any file, timeline and route are written as SVG beside the document
    #[arg(long, value_name = "FILE")]
    route: Option<PathBuf>,
    /// File for the graph of visits: officials, stops and meetings, places
    #[arg(long, value_name = "FILE")]
    graph: Option<PathBuf>,
    /// File for a comparison of several documents: the journeys that they share, as `compare` finds them
    #[arg(long, value_name = "FILE")]
    comparison: Option<PathBuf>,
    #[command(flatten)]
    look: Look,
}

/// How charts look.
#[derive(Debug, Args)]
pub struct Look {
    /// How the timeline is set: lanes from left to right, or a list for a phone or a column of print
    #[arg(long, value_name = "LAYOUT", default_value = "lanes", value_parser = ["lanes", "list"])]
    layout: String,
    /// Width in pixels, from 320 to 4000; a chart takes at least the width that it needs
    #[arg(long, value_name = "PX", default_value_t = 1200, value_parser = clap::value_parser!(u32).range(320..=4000))]
    width: u32,
    /// Colours
    #[arg(long, value_name = "THEME", default_value = "light", value_parser = ["light", "dark", "print"])]
    theme: String,
    /// Language of words and dates
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = ["en"])]
    lang: String,
    /// Title instead of the one made from the facts
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
    /// Carry the letters used in the SVG as a font, so that it looks the same everywhere
    #[arg(long)]
    embed_font: bool,
    /// Pixels of a PNG for each pixel of the chart, from 0.1 to 10
    #[arg(long, value_name = "N", default_value_t = 2.0, value_parser = scale)]
    scale: f64,
}

fn scale(value: &str) -> Result<f64, String> {
    let number = value.parse::<f64>().ok().filter(|n| (0.1..=10.0).contains(n));
    number.ok_or_else(|| "a scale lies between 0.1 and 10. Write, for example, 2".into())
}

impl Look {
    fn options(&self) -> Options {
        let theme = Theme::ALL.iter().find(|(_, name)| *name == self.theme).map(|(theme, _)| *theme);
        Options {
            width: f64::from(self.width),
            theme: theme.unwrap_or_default(),
            language: Language::of(&self.lang).unwrap_or_default(),
            title: self.title.clone(),
            embed_font: self.embed_font,
            arrangement: if self.layout == "list" { Arrangement::List } else { Arrangement::Lanes },
            inline: None,
        }
    }
}

/// A chart that is asked for: its file, the form that the file's ending names, and what draws it.
struct Target<'a> {
    path: PathBuf,
    form: Form,
    draw: Box<dyn Fn(&Options) -> String + 'a>,
}

/// Draws what is asked for. Everything is drawn before anything is written.
pub fn run(drawing: &Drawing) -> Result<usize, Failure> {
    let documents: Vec<Itinerary> = drawing.documents.iter().map(|p| documents::read(p)).collect::<Result<_, _>>()?;
    let options = drawing.look.options();
    let targets = targets(drawing, &documents)?;
    let mut written = Vec::new();
    for target in &targets {
        let pressed = press((target.draw)(&options), target.form, drawing.look.scale);
        let bytes = pressed.map_err(|e| {
            let remedy = "Draw it smaller with --scale or --width, or as SVG.".into();
            Failure::Output(format!("{}: {e}", target.path.display()), remedy)
        })?;
        written.push((&target.path, bytes));
    }
    for (path, bytes) in written {
        output::write(path, bytes)?;
        output::say(&format!("Written: {}", path.display()));
    }
    Ok(0)
}

fn targets<'a>(drawing: &Drawing, documents: &'a [Itinerary]) -> Result<Vec<Target<'a>>, Failure> {
    let first = &documents[0];
    let files = [&drawing.timeline, &drawing.route, &drawing.graph, &drawing.comparison];
    if documents.len() > 1 && (files[..3].iter().any(|f| f.is_some()) || drawing.comparison.is_none()) {
        let remedy = "Name one document, or draw several into one picture with --comparison FILE.".into();
        return Err(Failure::Usage("timeline, route and graph are drawn of one document".into(), remedy));
    }
    let none = files.iter().all(|f| f.is_none());
    let default = |ending: &str| none.then(|| beside(&drawing.documents[0], ending));
    let mut targets = Targets::default();
    targets.add(drawing.timeline.clone().or_else(|| default("timeline.svg")), |o| timeline(first, o))?;
    targets.add(drawing.route.clone().or_else(|| default("route.svg")), |o| route(first, o))?;
    targets.add(drawing.graph.clone(), |o| graph(first, o))?;
    targets.add(drawing.comparison.clone(), |o| comparison(&table(&compare(documents, None)), o))?;
    Ok(targets.0)
}

/// The charts asked for so far, each with a file of its own.
#[derive(Default)]
struct Targets<'a>(Vec<Target<'a>>);

impl<'a> Targets<'a> {
    fn add(&mut self, path: Option<PathBuf>, draw: impl Fn(&Options) -> String + 'a) -> Result<(), Failure> {
        let Some(path) = path else { return Ok(()) };
        if self.0.iter().any(|t| t.path == path) {
            let remedy = "Give each chart a file of its own.".into();
            return Err(Failure::Usage(format!("{}: two charts name the same file", path.display()), remedy));
        }
        self.0.push(Target { form: form(&path)?, path, draw: Box::new(draw) });
        Ok(())
    }
}

fn form(path: &Path) -> Result<Form, Failure> {
    let ending = path.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default();
    Form::of_ending(&ending).ok_or_else(|| {
        let remedy = "Name a file that ends in .svg, .png or .pdf.".into();
        Failure::Usage(format!("{}: its ending does not say what to write", path.display()), remedy)
    })
}

/// A file beside the document, named after it.
fn beside(document: &Path, ending: &str) -> PathBuf {
    let name = document.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = name.trim_end_matches(".json").trim_end_matches(".itinerary").to_string();
    document.with_file_name(format!("{stem}.{ending}"))
}
