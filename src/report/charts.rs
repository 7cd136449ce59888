//! The charts of a document as they stand in a page: without a stylesheet and ids of their own, drawn for the width of a column.

use crate::Itinerary;
use crate::chart::table::Comparison;
use crate::chart::words::{Language, Phrase};
use crate::chart::{Arrangement, Options, route, timeline};

/// A chart of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub id: String,
    pub heading: Phrase,
    /// Says where it is shown: always, or in its place in narrow windows only.
    pub class: &'static str,
    /// The `<svg>` element, which is markup; its stylesheet is in `styles`.
    pub svg: String,
    pub styles: String,
    /// Width that it was drawn at, in pixels.
    pub width: f64,
}

/// Width of the column of charts, in pixels.
const COLUMN: f64 = 800.0;
/// Width of a phone's screen without the page's margins.
const PHONE: f64 = 336.0;

/// A row of the table of charts.
type Chart = (&'static str, Phrase, f64, Arrangement, fn(&Itinerary, &Options) -> String);

const CHARTS: [Chart; 3] = [
    ("lanes", Phrase::ReportTimeline, COLUMN, Arrangement::Lanes, timeline),
    ("list", Phrase::ReportList, PHONE, Arrangement::List, timeline),
    ("map", Phrase::ReportRoute, COLUMN, Arrangement::Lanes, route),
];

/// All charts of a document; ids in them begin with `prefix` and the chart's name.
pub fn figures(document: &Itinerary, language: Language, prefix: &str) -> Vec<Figure> {
    let draw = |(class, heading, width, arrangement, chart): Chart| {
        let id = format!("{prefix}{class}");
        let inline = Some(format!("{id}-"));
        let svg = chart(document, &Options { width, language, arrangement, inline, ..Options::default() });
        let (svg, styles) = apart(&svg);
        Figure { width: drawn_width(&svg).unwrap_or(width), id, heading, class, svg, styles }
    };
    CHARTS.into_iter().map(draw).collect()
}

/// The comparison of a page's sources.
pub fn comparison(table: &Comparison, language: Language) -> Figure {
    let id = "compared".to_string();
    let options = Options { width: 1100.0, language, inline: Some(format!("{id}-")), ..Options::default() };
    let (svg, styles) = apart(&crate::chart::comparison(table, &options));
    let width = drawn_width(&svg).unwrap_or(options.width);
    Figure { width, id, heading: Phrase::ReportCompared, class: "sources", svg, styles }
}

/// The chart without its stylesheet, and the stylesheet. Text of a document never has a tag: ink escapes it.
fn apart(svg: &str) -> (String, String) {
    let (open, close) = ("<style>", "</style>");
    let parts = svg.split_once(open).and_then(|(head, rest)| Some((head, rest.split_once(close)?)));
    match parts {
        Some((head, (styles, rest))) => (format!("{head}{}", rest.trim_start()), styles.to_string()),
        None => (svg.to_string(), String::new()),
    }
}

/// The width in a chart's `viewBox`.
fn drawn_width(svg: &str) -> Option<f64> {
    let (_, rest) = svg.split_once(" viewBox=\"")?;
    rest.split(['"', ' ']).nth(2)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_taken_out() {
        let svg = "<svg viewBox=\"0 0 812.5 40\">\n<style>.a{b:c}</style>\n<g/></svg>";
        let (rest, styles) = apart(svg);
        assert_eq!((rest.as_str(), styles.as_str()), ("<svg viewBox=\"0 0 812.5 40\">\n<g/></svg>", ".a{b:c}"));
        assert_eq!(drawn_width(&rest), Some(812.5));
    }
}
