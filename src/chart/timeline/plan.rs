//! What a timeline's layout is made of: plain values with positions in pixels. No colour, no SVG.

use super::card::Met;
use crate::chart::sheet::Legend;
use crate::chart::{Label, Rect};

/// Radius of a stop's disc in pixels.
pub const RADIUS: f64 = 14.0;
/// Radius of the disc of a stop that is only recalled.
pub const SMALL: f64 = 5.5;

/// A stop with everything that belongs to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stop {
    /// Index into the visits that are drawn.
    pub visit: usize,
    pub hue: usize,
    pub background: bool,
    pub x: f64,
    pub y: f64,
    pub labels: Vec<Label>,
    pub meetings: Vec<Met>,
    /// Its stay, or how far its day is not sure; one for each row that it runs through.
    pub bars: Vec<Bar>,
}

impl Stop {
    /// The box around its disc.
    pub fn disc(&self) -> Rect {
        Rect::around((self.x, self.y), if self.background { SMALL } else { RADIUS })
    }
}

/// A bar along the time that it covers; an end that is not known fades.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Its ends along the time, and where it lies across it. In a list, which runs downwards, these are two y and an x.
    pub x0: f64,
    pub x1: f64,
    pub y: f64,
    pub upright: bool,
    /// Whether each end fades.
    pub soft: (bool, bool),
    pub hue: usize,
}

/// A line between stops that follow each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    /// Pieces of it: it is interrupted at stops that it passes, and at the ends of rows.
    pub pieces: Vec<((f64, f64), (f64, f64))>,
    pub hue: usize,
    pub background: bool,
    /// Whether the document gives a reason for the order.
    pub known: bool,
    /// Whether it leads to a stop that has not taken place.
    pub ahead: bool,
}

/// A bracket around stops whose order is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bracket {
    pub x0: f64,
    pub x1: f64,
    pub y0: f64,
    pub y1: f64,
    pub hue: usize,
    /// Whether it only stands at the left, as in a list.
    pub one_sided: bool,
}

/// Where everything goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimelineLayout {
    pub width: f64,
    pub height: f64,
    /// Bands of zones.
    pub zones: Vec<Rect>,
    /// The axis over days that follow each other: x of both ends, and y.
    pub axis: Vec<(f64, f64, f64)>,
    /// Ticks where a day begins.
    pub ticks: Vec<(f64, f64)>,
    /// Breaks of the axis: the middle of each.
    pub breaks: Vec<(f64, f64)>,
    /// Hairlines of publication, in pieces that leave text out.
    pub published: Vec<((f64, f64), (f64, f64))>,
    pub stops: Vec<Stop>,
    /// Ranges of days within which the stops on them lie.
    pub ranges: Vec<Bar>,
    pub joins: Vec<Join>,
    pub brackets: Vec<Bracket>,
    pub labels: Vec<Label>,
    /// Names of travellers with their hue.
    pub travellers: Vec<(Label, usize)>,
    /// Meetings that belong to no stop.
    pub meetings: Vec<Met>,
    pub legend: Legend,
    /// Stops of the document that are not drawn.
    pub left_out: usize,
}

impl TimelineLayout {
    /// All lines of text.
    pub fn texts(&self) -> impl Iterator<Item = &Label> {
        let stops = self.stops.iter().flat_map(|s| s.labels.iter().chain(s.meetings.iter().flat_map(|m| &m.labels)));
        let own = self.labels.iter().chain(self.travellers.iter().map(|t| &t.0)).chain(&self.legend.labels);
        own.chain(stops).chain(self.meetings.iter().flat_map(|m| &m.labels))
    }

    /// The hairline of publication down a line, where it meets no text.
    pub fn publish(&mut self, x: f64, y0: f64, y1: f64) {
        let mut free = vec![(y0, y1)];
        let crossed: Vec<Rect> = self.texts().map(|l| l.rect().grown(2.0)).collect();
        for r in crossed.iter().filter(|r| r.x < x && x < r.x + r.w && r.y < y1 && y0 < r.y + r.h) {
            free = free.into_iter().flat_map(|(a, b)| [(a, b.min(r.y)), (a.max(r.y + r.h), b)]).collect();
            free.retain(|(a, b)| b - a > 1.0);
        }
        self.published.extend(free.into_iter().map(|(a, b)| ((x, a), (x, b))));
    }
}
