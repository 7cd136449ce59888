//! Boxes and lines of text on a chart: what layouts are made of.

use super::font::{width, wrap};
use super::ink::shown;
use super::theme::{Role, Tone};

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

    /// The box with this much room around it.
    pub fn grown(&self, by: f64) -> Rect {
        Rect { x: self.x - by, y: self.y - by, w: self.w + 2.0 * by, h: self.h + 2.0 * by }
    }

    /// The box around a disc.
    pub fn around(at: (f64, f64), radius: f64) -> Rect {
        Rect { x: at.0 - radius, y: at.1 - radius, w: 2.0 * radius, h: 2.0 * radius }
    }

    /// The smallest box that holds both.
    pub fn union(&self, other: &Rect) -> Rect {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, low) = ((self.x + self.w).max(other.x + other.w), (self.y + self.h).max(other.y + other.h));
        Rect { x, y, w: right - x, h: low - y }
    }
}

/// A line of text on a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub words: String,
    /// Left end of the baseline.
    pub x: f64,
    pub y: f64,
    pub role: Role,
    pub tone: Tone,
    /// Whether it has a rim of paper, to be read over a map.
    pub halo: bool,
    width: f64,
}

impl Label {
    /// A line whose baseline begins at a point.
    pub fn new(words: impl Into<String>, (x, y): (f64, f64), role: Role) -> Label {
        let words = clean(&words.into());
        let width = text_width(&words, role);
        Label { words, x, y, role, tone: Tone::Ink, halo: false, width }
    }

    /// A line around the middle of a point.
    pub fn centred(words: impl Into<String>, (x, y): (f64, f64), role: Role) -> Label {
        let mut label = Label::new(words, (x, y), role);
        label.x -= label.width / 2.0;
        label
    }

    /// A line that ends at a point.
    pub fn ending(words: impl Into<String>, (x, y): (f64, f64), role: Role) -> Label {
        let mut label = Label::new(words, (x, y), role);
        label.x -= label.width;
        label
    }

    /// The line with its baseline beginning elsewhere.
    pub fn moved(self, x: f64, y: f64) -> Label {
        Label { x, y, ..self }
    }

    /// The line in another tone.
    pub fn tone(self, tone: Tone) -> Label {
        Label { tone, ..self }
    }

    /// The line in the quiet tone.
    pub fn quiet(self) -> Label {
        self.tone(Tone::Quiet)
    }

    /// The line with a rim of paper.
    pub fn halo(self) -> Label {
        Label { halo: true, ..self }
    }

    /// Its width in pixels.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// The box around the letters: 0.8 em above the baseline and 0.2 em below it.
    pub fn rect(&self) -> Rect {
        let size = self.role.size();
        Rect { x: self.x, y: self.y - size * 0.8, w: self.width, h: size }
    }
}

/// Width of a line in pixels in a role.
pub fn text_width(words: &str, role: Role) -> f64 {
    width(words, role.size(), role.cut()) + role.tracking() * words.chars().count() as f64
}

/// Lines of at most `limit` pixels, with baselines `pitch` apart from the first at a point.
pub fn lines(words: &str, (x, y): (f64, f64), limit: f64, pitch: f64, role: Role) -> Vec<Label> {
    let set = |(i, line): (usize, String)| Label::new(line, (x, y + pitch * i as f64), role);
    broken(words, limit, role).into_iter().enumerate().map(set).collect()
}

/// Text broken into lines of at most `limit` pixels in a role.
pub fn broken(words: &str, limit: f64, role: Role) -> Vec<String> {
    wrap(&clean(words), limit, role.size(), role.cut())
}

/// Words as they will be shown, so that they are measured so: without control characters and overrides of direction, with single spaces.
fn clean(words: &str) -> String {
    let shown: String = words.chars().filter_map(shown).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}
