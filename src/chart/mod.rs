//! Charts: a document becomes pictures. Knows the document, not the text that it was read from.
//!
//! Each chart is laid out first (a plain value: where things go) and inked after that (how they look), so that tests can
//! look at the layout. `words` writes titles and dates, `text` measures, `theme` colours, `ink` emits SVG over `plotters`.

mod ink;
mod map;
mod route;
mod text;
mod theme;
mod timeline;
pub mod words;

pub use route::{RouteLayout, layout as route_layout, route};
pub use timeline::{TimelineLayout, layout as timeline_layout, timeline};

/// How a chart is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Width in pixels; at least 480.
    pub width: f64,
}

impl Default for Options {
    fn default() -> Self {
        Options { width: 1200.0 }
    }
}

/// A box on a chart, in pixels from its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
}

impl Rect {
    /// By how much two boxes overlap, in pixels of the smaller direction; 0 or less where they do not.
    pub fn overlap(&self, other: &Rect) -> f64 {
        let x = (self.x + self.w).min(other.x + other.w) - self.x.max(other.x);
        let y = (self.y + self.h).min(other.y + other.h) - self.y.max(other.y);
        x.min(y)
    }

    /// Whether the box lies inside a frame of this size.
    pub fn inside(&self, width: f64, height: f64) -> bool {
        self.x >= -0.5 && self.y >= -0.5 && self.x + self.w <= width + 0.5 && self.y + self.h <= height + 0.5
    }
}

/// A line of text on a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub words: String,
    /// Left end of the baseline.
    pub x: f64,
    pub y: f64,
    /// Pixels per em.
    pub size: f64,
    pub bold: bool,
    pub class: &'static str,
}

impl Label {
    /// The box around the text.
    pub fn rect(&self) -> Rect {
        let weight = if self.bold { text::Weight::Bold } else { text::Weight::Regular };
        Rect { x: self.x, y: self.y - self.size * 0.8, w: text::width(&self.words, self.size, weight), h: self.size }
    }

    fn ink(&self, ink: &ink::Ink) {
        ink.text(self.class, (self.x, self.y), ink::Anchor::Start, &self.words);
    }
}

/// The head and foot that all charts share: title and subtitle above, what is open and the source below.
fn heading(names: &words::Names<'_>, width: f64) -> (Vec<Label>, f64) {
    let mut labels = Vec::new();
    let mut y = 38.0;
    for line in text::wrap(&names.title(), width - 40.0, theme::TITLE, text::Weight::Bold) {
        labels.push(Label { words: line, x: 20.0, y, size: theme::TITLE, bold: true, class: "title" });
        y += 29.0;
    }
    y -= 3.0;
    for line in text::wrap(&names.subtitle(), width - 40.0, theme::NAME, text::Weight::Regular) {
        labels.push(Label { words: line, x: 20.0, y, size: theme::NAME, bold: false, class: "subtitle quiet" });
        y += 19.0;
    }
    (labels, y)
}

fn footing(names: &words::Names<'_>, extra: &str, width: f64, mut y: f64) -> (Vec<Label>, f64) {
    let mut labels = Vec::new();
    for words in [names.open_line(), format!("{}{extra}", names.source_line())] {
        for line in text::wrap(&words, width - 40.0, theme::SMALL, text::Weight::Regular) {
            labels.push(Label { words: line, x: 20.0, y, size: theme::SMALL, bold: false, class: "quiet" });
            y += 18.0;
        }
    }
    (labels, y)
}

/// The classes of a visit's group: its status, its traveller's hue, and whether it is recalled.
fn visit_classes(visit: &crate::itinerary::Visit, hue: usize, background: bool) -> String {
    let status = match visit.status {
        crate::itinerary::Status::Completed => "completed",
        crate::itinerary::Status::Planned => "planned",
        crate::itinerary::Status::Possible => "possible",
        crate::itinerary::Status::Cancelled => "cancelled",
    };
    format!("visit {status} {}{}", theme::hue_class(hue), if background { " background" } else { "" })
}

/// A numbered disc in the encoding of its status; a cancelled one is struck through.
fn disc(ink: &ink::Ink, visit: &crate::itinerary::Visit, at: (f64, f64), radius: f64) {
    ink.disc("disc", at, radius);
    if let Some(order) = visit.order {
        ink.text("number", (at.0, at.1 + 4.3), ink::Anchor::Middle, &order.to_string());
    }
    if visit.status == crate::itinerary::Status::Cancelled {
        let d = radius * 1.25;
        ink.line("stroke", &[(at.0 - d, at.1 + d), (at.0 + d, at.1 - d)]);
    }
}

/// Entries of a legend: a class for the mark and the words, only for what occurs.
fn legend(names: &words::Names<'_>) -> Vec<(&'static str, &'static str)> {
    use crate::itinerary::{Mode, Status};
    let d = names.0;
    let has = |s: Status| d.visits.iter().any(|v| v.status == s);
    let mut found = Vec::new();
    for (status, class) in [
        (Status::Completed, "completed"),
        (Status::Planned, "planned"),
        (Status::Possible, "possible"),
        (Status::Cancelled, "cancelled"),
    ] {
        if has(status) {
            found.push((class, words::status(status)));
        }
    }
    if d.meetings.iter().any(|m| m.mode == Mode::InPerson && m.visit.is_some()) {
        found.push(("met", words::mode(Mode::InPerson)));
    }
    if d.meetings.iter().any(|m| m.mode != Mode::InPerson) {
        found.push(("call", words::mode(Mode::Phone)));
    }
    found
}

/// Draws a legend in rows from (20, y); gives the height used.
fn ink_legend(ink: &ink::Ink, entries: &[(&'static str, &'static str)], width: f64, y: f64) -> f64 {
    let (mut x, mut row) = (28.0, y);
    ink.group("legend", "legend t0", "", |ink| {
        for (class, words) in entries {
            let w = 34.0 + text::width(words, theme::SMALL, text::Weight::Regular) + 24.0;
            if x + w > width {
                x = 28.0;
                row += 22.0;
            }
            ink.group("", class, "", |ink| mark(ink, class, (x, row)));
            ink.text("", (x + 20.0, row + 4.0), ink::Anchor::Start, words);
            x += w;
        }
    });
    row - y + 22.0
}

fn mark(ink: &ink::Ink, class: &str, at: (f64, f64)) {
    match class {
        "leg" | "leg dashed" | "dotted" => ink.line(class, &[(at.0 - 12.0, at.1), (at.0 + 12.0, at.1)]),
        "bracket" => {
            for (x, d) in [(at.0 - 8.0, 4.0), (at.0 + 8.0, -4.0)] {
                ink.line("bracket", &[(x + d, at.1 - 7.0), (x, at.1 - 7.0), (x, at.1 + 7.0), (x + d, at.1 + 7.0)]);
            }
        }
        "met" => ink.disc("met", at, 3.5),
        "call" => ink.disc("call", at, 3.5),
        _ => {
            ink.disc("disc", at, 6.5);
            if class == "cancelled" {
                ink.line("stroke", &[(at.0 - 8.0, at.1 + 8.0), (at.0 + 8.0, at.1 - 8.0)]);
            }
        }
    }
}
