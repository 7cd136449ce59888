//! Discs whose area is a count, with the number in them or, where they are too small for it, beside them.

use super::super::ink::Ink;
use super::super::label::{Label, Rect, text_width};
use super::super::sheet::status_class;
use super::super::theme::{Role, Tone};
use super::table::Counts;
use crate::itinerary::Status;

/// Space between the marks of one cell or country.
pub const GAP: f64 = 4.0;
/// Half the height of a digit, and the space between a number and the rim of its disc.
const HALF_DIGIT: f64 = 4.4;
const RIM: f64 = 1.6;
/// Half the stroke of a disc.
const STROKE: f64 = 1.1;

/// How large discs are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Radius of the disc for one, in pixels.
    pub unit: f64,
}

impl Scale {
    /// The largest scale at which the disc of the greatest count has at most a radius, and that of one at most another.
    pub fn of(greatest: usize, largest: f64, one: f64) -> Scale {
        Scale { unit: (largest / (greatest.max(1) as f64).sqrt()).min(one) }
    }

    /// Radius for a count: its area is in proportion.
    pub fn radius(self, count: usize) -> f64 {
        self.unit * (count as f64).sqrt()
    }
}

/// A disc with its number.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub status: Status,
    pub count: usize,
    pub at: (f64, f64),
    pub radius: f64,
    /// Whether the number stands in the disc.
    pub inside: bool,
    /// The number where it stands beside the disc.
    pub beside: Option<Label>,
}

impl Mark {
    fn new(status: Status, count: usize, radius: f64) -> Mark {
        let number = count.to_string();
        let half = text_width(&number, Role::Strong) / 2.0;
        let inside = half.hypot(HALF_DIGIT) + RIM <= radius;
        let beside = (!inside).then(|| Label::new(number, (radius + 3.0, HALF_DIGIT), Role::Strong).tone(Tone::Hue));
        Mark { status, count, at: (0.0, 0.0), radius, inside, beside }
    }

    /// The mark without a number beside it.
    pub fn bare(self) -> Mark {
        Mark { beside: None, ..self }
    }

    /// Its width with a number beside it.
    pub fn width(&self) -> f64 {
        2.0 * (self.radius + STROKE) + self.beside.as_ref().map_or(0.0, |l| 3.0 + l.width())
    }

    /// The mark with the left end of its width and its middle at a point.
    pub fn moved(mut self, left: f64, middle: f64) -> Mark {
        self.at = (left + self.radius + STROKE, middle);
        let (x, y) = (self.at.0 + self.radius + STROKE + 3.0, middle + HALF_DIGIT);
        self.beside = self.beside.map(|l| l.moved(x, y));
        self
    }

    /// The box around the disc.
    pub fn disc(&self) -> Rect {
        Rect::around(self.at, self.radius + STROKE)
    }

    /// The box around disc and number.
    pub fn rect(&self) -> Rect {
        self.beside.iter().fold(self.disc(), |all, l| all.union(&l.rect()))
    }

    /// Draws it in the hue of the group around it; `title` is what it says when it is pointed at.
    pub fn ink(&self, ink: &Ink, title: &str) {
        ink.group("", &format!("count {}", status_class(self.status)), title, |ink| {
            ink.disc("disc", self.at, self.radius);
            if self.inside {
                ink.number(self.at, &self.count.to_string());
            }
            self.beside.iter().for_each(|l| ink.label(l));
        });
    }
}

/// The marks of counts side by side, those that took place first; none is moved to its place yet.
pub fn marks(counts: &Counts, scale: Scale) -> Vec<Mark> {
    let all =
        [(Status::Completed, counts.completed), (Status::Planned, counts.planned), (Status::Possible, counts.possible)];
    all.into_iter().filter(|(_, n)| *n > 0).map(|(s, n)| Mark::new(s, n, scale.radius(n))).collect()
}

/// Width of marks side by side.
pub fn width(marks: &[Mark]) -> f64 {
    marks.iter().map(Mark::width).sum::<f64>() + GAP * marks.len().saturating_sub(1) as f64
}

/// Height of marks side by side.
pub fn height(marks: &[Mark]) -> f64 {
    marks.iter().map(|m| m.disc().h).fold(0.0, f64::max)
}

/// Marks side by side from a left end on, around a middle line.
pub fn in_row(marks: Vec<Mark>, mut left: f64, middle: f64) -> Vec<Mark> {
    let mut set = |m: Mark| {
        let own = left;
        left += m.width() + GAP;
        m.moved(own, middle)
    };
    marks.into_iter().map(&mut set).collect()
}
