//! Ink: an SVG backend for `plotters` that also says what plotters cannot: groups with ids and classes, titles, and text that
//! stays text. Coordinates of the backend are tenths of a pixel, since plotters counts in whole numbers.
//!
//! It knows marks, not visits. The same calls give the same bytes.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon};
use plotters::style::{RGBColor, ShapeStyle};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt::Write;
use std::rc::Rc;

/// Backend units in a pixel.
pub const UNITS: f64 = 10.0;

/// How a shape is drawn: classes of the stylesheet carry colour, width and dashes.
pub type Class<'a> = &'a str;

/// How text is set against its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
}

#[derive(Default)]
struct Buffer {
    svg: String,
    class: String,
    ids: BTreeSet<String>,
}

struct Backend {
    buffer: Rc<RefCell<Buffer>>,
    size: (u32, u32),
}

/// A chart being drawn.
pub struct Ink {
    area: DrawingArea<Backend, Shift>,
    buffer: Rc<RefCell<Buffer>>,
}

/// What stands at the head of a chart.
pub struct Head<'a> {
    pub width: f64,
    pub height: f64,
    pub title: &'a str,
    pub description: &'a str,
    pub style: &'a str,
}

impl Ink {
    /// An empty chart with its head.
    pub fn new(head: &Head<'_>) -> Ink {
        let mut svg = String::new();
        let (w, h) = (px(head.width), px(head.height));
        let _ = write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"chart-title chart-desc\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\">\n<title id=\"chart-title\">{}</title>\n<desc id=\"chart-desc\">{}</desc>\n<style>{}</style>\n",
            escape(head.title),
            escape(head.description),
            head.style
        );
        let ids = ["chart-title", "chart-desc"].map(str::to_string).into_iter().collect();
        let buffer = Rc::new(RefCell::new(Buffer { svg, class: String::new(), ids }));
        let size = ((head.width * UNITS).ceil() as u32, (head.height * UNITS).ceil() as u32);
        Ink { area: Backend { buffer: Rc::clone(&buffer), size }.into_drawing_area(), buffer }
    }

    /// Draws `inside` in a group with an id and classes of the document, and a title that says what it is.
    pub fn group(&self, id: &str, classes: &str, title: &str, inside: impl FnOnce(&Ink)) {
        {
            let mut b = self.buffer.borrow_mut();
            let mut unique = xml_id(id);
            while !unique.is_empty() && !b.ids.insert(unique.clone()) {
                unique.push('_');
            }
            let id = if unique.is_empty() { String::new() } else { format!(" id=\"{unique}\"") };
            let _ = writeln!(b.svg, "<g{id} class=\"{}\">", escape(classes));
            if !title.is_empty() {
                let _ = writeln!(b.svg, "<title>{}</title>", escape(title));
            }
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

    /// One line of text with its baseline at a point.
    pub fn text(&self, class: Class<'_>, at: (f64, f64), anchor: Anchor, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
        };
        let _ = writeln!(
            self.buffer.borrow_mut().svg,
            "<text class=\"{class}\" x=\"{}\" y=\"{}\"{anchor}>{}</text>",
            px(at.0),
            px(at.1),
            escape(words)
        );
    }

    /// The finished chart.
    pub fn finish(self) -> String {
        let _ = self.area.present();
        let mut svg = std::mem::take(&mut self.buffer.borrow_mut().svg);
        svg.push_str("</svg>\n");
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

/// Path data with relative steps.
fn path(points: &[BackendCoord]) -> String {
    let tenth = |n: i32| px(f64::from(n) / UNITS);
    let mut data = String::new();
    let mut last = (0, 0);
    for (i, (x, y)) in points.iter().enumerate() {
        if i == 0 {
            let _ = write!(data, "M{} {}", tenth(*x), tenth(*y));
        } else if (*x, *y) != last {
            let _ = write!(data, "l{} {}", tenth(x - last.0), tenth(y - last.1));
        }
        last = (*x, *y);
    }
    data
}

/// Text as XML allows it: markup escaped, control characters and overrides of direction dropped.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
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
