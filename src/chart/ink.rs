//! Ink: an SVG backend for `plotters` that also says what plotters cannot: groups with ids and classes, titles, and text that
//! stays text. Coordinates of the backend are tenths of a pixel, since plotters counts in whole numbers.
//!
//! It knows marks, not visits. The same calls give the same bytes.

use super::font::{Cut, families_of};
use super::{Label, Options, Rect, embed, theme};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon};
use plotters::style::{RGBColor, ShapeStyle};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fmt::Write;
use std::rc::Rc;

/// Backend units in a pixel.
pub const UNITS: f64 = 10.0;

/// How a shape is drawn: classes of the stylesheet carry colour, width and dashes.
pub type Class<'a> = &'a str;

#[derive(Default)]
struct Buffer {
    svg: String,
    class: String,
    ids: BTreeSet<String>,
    /// Characters written so far, by the cut of their font.
    letters: BTreeMap<Cut, BTreeSet<char>>,
    /// Where the stylesheet ends.
    style_end: usize,
}

struct Backend {
    buffer: Rc<RefCell<Buffer>>,
    size: (u32, u32),
}

/// A chart being drawn.
pub struct Ink {
    area: DrawingArea<Backend, Shift>,
    buffer: Rc<RefCell<Buffer>>,
    inline: Option<String>,
    embed_font: bool,
}

/// What stands at the head of a chart.
pub struct Head<'a> {
    /// What chart it is: a class of its root.
    pub kind: &'static str,
    pub width: f64,
    pub height: f64,
    pub title: &'a str,
    pub description: &'a str,
    pub options: &'a Options,
}

/// The group of a visit, meeting or other item of the document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Item<'a> {
    /// Id in the document, which becomes the group's.
    pub id: &'a str,
    pub classes: &'a str,
    pub title: &'a str,
    /// A data attribute that names what the group stands for, such as ("visit", "v5").
    pub data: Option<(&'static str, &'a str)>,
}

impl Ink {
    /// An empty chart with its head. One that stands alone is an image; one in a page is a group whose items take the focus.
    pub fn new(head: &Head<'_>) -> Ink {
        let mut svg = String::new();
        let (w, h) = (px(head.width), px(head.height));
        let inline = head.options.inline.clone();
        let prefix = inline.as_deref().map(xml_id).unwrap_or_default();
        let (role, size) = match inline {
            Some(_) => ("group", String::new()),
            None => ("img", format!(" width=\"{w}\" height=\"{h}\"")),
        };
        let lang = head.options.language.code();
        let _ = write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"portolan {}\" role=\"{role}\" lang=\"{lang}\" aria-labelledby=\"{prefix}chart-title {prefix}chart-desc\"{size} viewBox=\"0 0 {w} {h}\">\n<title id=\"{prefix}chart-title\">{}</title>\n<desc id=\"{prefix}chart-desc\">{}</desc>\n<style>{}",
            head.kind,
            escape(head.title),
            escape(head.description),
            theme::stylesheet(head.options.theme)
        );
        let style_end = svg.len();
        svg.push_str("</style>\n");
        let ids = ["chart-title", "chart-desc"].map(|id| format!("{prefix}{id}")).into_iter().collect();
        let buffer = Rc::new(RefCell::new(Buffer { svg, ids, style_end, ..Buffer::default() }));
        let size = ((head.width * UNITS).ceil() as u32, (head.height * UNITS).ceil() as u32);
        let area = Backend { buffer: Rc::clone(&buffer), size }.into_drawing_area();
        Ink { area, buffer, inline, embed_font: head.options.embed_font }
    }

    /// Draws `inside` in a group with an id, classes, and a title that says what it is; empty ones are left out.
    pub fn group(&self, id: &str, classes: &str, title: &str, inside: impl FnOnce(&Ink)) {
        self.item(Item { id, classes, title, data: None }, inside);
    }

    /// Draws `inside` in the group of an item of the document.
    pub fn item(&self, item: Item<'_>, inside: impl FnOnce(&Ink)) {
        {
            let mut b = self.buffer.borrow_mut();
            let mut open = String::from("<g");
            if !item.id.is_empty() {
                let mut unique = xml_id(&format!("{}{}", self.inline.as_deref().unwrap_or_default(), item.id));
                while !b.ids.insert(unique.clone()) {
                    unique.push('_');
                }
                let _ = write!(open, " id=\"{unique}\"");
            }
            if !item.classes.is_empty() {
                let _ = write!(open, " class=\"{}\"", escape(item.classes));
            }
            if let Some((name, value)) = item.data {
                let _ = write!(open, " data-{name}=\"{}\"", escape(value));
                if self.inline.is_some() {
                    open.push_str(" tabindex=\"0\" role=\"img\"");
                }
            }
            let _ = writeln!(b.svg, "{open}>");
            if !item.title.is_empty() {
                let _ = writeln!(b.svg, "<title>{}</title>", escape(item.title));
            }
        }
        inside(self);
        self.buffer.borrow_mut().svg.push_str("</g>\n");
    }

    /// Draws `inside` cut to a box.
    pub fn clipped(&self, frame: &Rect, inside: impl FnOnce(&Ink)) {
        {
            let mut b = self.buffer.borrow_mut();
            let mut id = xml_id(&format!("{}clip", self.inline.as_deref().unwrap_or_default()));
            while !b.ids.insert(id.clone()) {
                id.push('_');
            }
            let (x, y, w, h) = (px(frame.x), px(frame.y), px(frame.w), px(frame.h));
            let _ = writeln!(
                b.svg,
                "<clipPath id=\"{id}\"><rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/></clipPath>\n<g clip-path=\"url(#{id})\">"
            );
        }
        inside(self);
        self.buffer.borrow_mut().svg.push_str("</g>\n");
    }

    /// An open line.
    pub fn line(&self, class: Class<'_>, points: &[(f64, f64)]) {
        self.with(class, |area| area.draw(&PathElement::new(units(points), style(false))).ok());
    }

    /// A filled shape.
    pub fn shape(&self, class: Class<'_>, points: &[(f64, f64)]) {
        self.with(class, |area| area.draw(&Polygon::new(units(points), style(true))).ok());
    }

    /// Several rings as one shape, holes where they overlap; plotters has no such thing.
    pub fn rings(&self, class: Class<'_>, rings: &[Vec<(f64, f64)>]) {
        let data: String = rings.iter().filter(|r| r.len() > 2).map(|r| path(&units(r)) + "Z").collect();
        if !data.is_empty() {
            let _ = writeln!(self.buffer.borrow_mut().svg, "<path class=\"{class}\" d=\"{data}\"/>");
        }
    }

    /// A disc or ring; the class says which.
    pub fn disc(&self, class: Class<'_>, centre: (f64, f64), radius: f64) {
        let at = units(&[centre])[0];
        self.with(class, |area| area.draw(&Circle::new(at, (radius * UNITS).round() as u32, style(true))).ok());
    }

    /// A rectangle from its corner and size.
    pub fn rect(&self, class: Class<'_>, x: f64, y: f64, w: f64, h: f64) {
        let _ = writeln!(
            self.buffer.borrow_mut().svg,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            px(x),
            px(y),
            px(w),
            px(h)
        );
    }

    /// A line of text as it was laid out. Its length is written with it, so that its box holds in any font; but not where several
    /// scripts share the line, since programs such as resvg give that length to each of them.
    pub fn label(&self, label: &Label) {
        let runs = families_of(&label.words, label.role.cut());
        // Spaced letters stay as they are; only the space between them gives way.
        let adjust = if label.role.tracking() > 0.0 { "spacing" } else { "spacingAndGlyphs" };
        let length = match runs.len() {
            0 | 1 => format!(" textLength=\"{}\" lengthAdjust=\"{adjust}\"", px(label.width())),
            _ => String::new(),
        };
        let words: String = runs.into_iter().map(run).collect();
        let classes = [label.role.class(), label.tone.class(), if label.halo { "halo" } else { "" }];
        let classes: Vec<&str> = classes.into_iter().filter(|c| !c.is_empty()).collect();
        let mut b = self.buffer.borrow_mut();
        b.letters.entry(label.role.cut()).or_default().extend(label.words.chars());
        let _ = writeln!(
            b.svg,
            "<text class=\"{}\" x=\"{}\" y=\"{}\"{length}>{words}</text>",
            classes.join(" "),
            px(label.x),
            px(label.y),
        );
    }

    /// A stop's number in its disc.
    pub fn number(&self, at: (f64, f64), words: &str) {
        self.centred("number", at, words);
    }

    /// A stop's number in a disc that a line runs through, with a rim of paper.
    pub fn number_on_line(&self, at: (f64, f64), words: &str) {
        self.centred("number halo", at, words);
    }

    fn centred(&self, class: &str, at: (f64, f64), words: &str) {
        let mut b = self.buffer.borrow_mut();
        b.letters.entry(Cut::Bold).or_default().extend(words.chars());
        let (x, y) = (px(at.0), px(at.1 + 4.3));
        let _ = writeln!(
            b.svg,
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{}</text>",
            escape(words)
        );
    }

    /// The finished chart.
    pub fn finish(self) -> String {
        let _ = self.area.present();
        let mut buffer = self.buffer.borrow_mut();
        let mut svg = std::mem::take(&mut buffer.svg);
        svg.push_str("</svg>\n");
        if self.embed_font {
            svg.insert_str(buffer.style_end, &embed::font_faces(&buffer.letters));
        }
        svg
    }

    fn with(&self, class: &str, draw: impl FnOnce(&DrawingArea<Backend, Shift>) -> Option<()>) {
        self.buffer.borrow_mut().class = class.to_string();
        // The backend writes to memory and cannot fail.
        let _ = draw(&self.area);
    }
}

fn style(filled: bool) -> ShapeStyle {
    ShapeStyle { color: RGBColor(0, 0, 0).into(), filled, stroke_width: 1 }
}

fn units(points: &[(f64, f64)]) -> Vec<(i32, i32)> {
    points.iter().map(|(x, y)| ((x * UNITS).round() as i32, (y * UNITS).round() as i32)).collect()
}

/// A length in pixels with at most two decimals.
pub fn px(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    let text = format!("{rounded:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

/// Writes units of the backend in pixels.
fn step(data: &mut String, units: i32) {
    let per_pixel = UNITS as u32;
    let (whole, rest) = (units.unsigned_abs() / per_pixel, units.unsigned_abs() % per_pixel);
    let sign = if units < 0 { "-" } else { "" };
    let _ = if rest == 0 { write!(data, "{sign}{whole}") } else { write!(data, "{sign}{whole}.{rest}") };
}

/// Path data with relative steps.
fn path(points: &[BackendCoord]) -> String {
    let mut data = String::new();
    let mut last = (0, 0);
    for (i, (x, y)) in points.iter().enumerate() {
        if i == 0 {
            data.push('M');
            step(&mut data, *x);
            data.push(' ');
            step(&mut data, *y);
        } else if (*x, *y) != last {
            data.push('l');
            step(&mut data, x - last.0);
            data.push(' ');
            step(&mut data, y - last.1);
        }
        last = (*x, *y);
    }
    data
}

/// Words of one script. Those of another than the main font's name their own, since not every reader's program looks for one by
/// itself, letter by letter.
fn run((family, words): (Option<&str>, &str)) -> String {
    match family {
        Some(family) => format!("<tspan font-family=\"'{family}',sans-serif\">{}</tspan>", escape(words)),
        None => escape(words),
    }
}

/// Text as XML allows it: markup escaped, and what cannot be shown dropped.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter_map(shown) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// A character as a chart shows it: control characters are spaces, overrides of direction and what is no character nothing.
pub fn shown(c: char) -> Option<char> {
    match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => None,
        c if c.is_control() => Some(' '),
        c => Some(c),
    }
}

/// An id that XML accepts.
fn xml_id(id: &str) -> String {
    let clean: String =
        id.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect();
    if clean.starts_with(|c: char| c.is_alphabetic() || c == '_') || clean.is_empty() {
        clean
    } else {
        format!("id-{clean}")
    }
}

impl Backend {
    fn write(&self, element: std::fmt::Arguments<'_>) -> Result<(), DrawingErrorKind<Infallible>> {
        let mut b = self.buffer.borrow_mut();
        let _ = b.svg.write_fmt(element);
        Ok(())
    }

    fn class(&self) -> String {
        self.buffer.borrow().class.clone()
    }
}

impl DrawingBackend for Backend {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, _: BackendColor) -> Result<(), DrawingErrorKind<Infallible>> {
        self.draw_circle(at, 1, &style(true), true)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        _: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let points: Vec<BackendCoord> = points.into_iter().collect();
        self.write(format_args!("<path class=\"{}\" d=\"{}\"/>\n", self.class(), path(&points)))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        _: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let points: Vec<BackendCoord> = points.into_iter().collect();
        self.write(format_args!("<path class=\"{}\" d=\"{}Z\"/>\n", self.class(), path(&points)))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        at: BackendCoord,
        radius: u32,
        _: &S,
        _: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let tenth = |n: i32| px(f64::from(n) / UNITS);
        self.write(format_args!(
            "<circle class=\"{}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>\n",
            self.class(),
            tenth(at.0),
            tenth(at.1),
            px(f64::from(radius) / UNITS)
        ))
    }
}
