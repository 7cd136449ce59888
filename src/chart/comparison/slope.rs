//! The slope chart of two sources: their orders side by side, with a line between the two places of each stop. Stops whose order
//! a source leaves open stand in a bracket, and their lines leave it at one height. No colour, no SVG.

use super::super::Label;
use super::super::label::{broken, lines};
use super::super::sheet::MARGIN;
use super::super::theme::{Role, Tone};
use super::super::words::Phrase;
use super::say::Say;
use super::table::{Cell, Journey};
use crate::itinerary::Status;

/// Radius of a stop's disc.
pub const RADIUS: f64 = 10.0;
const PITCH: f64 = 26.0;
const LINE: f64 = 17.0;

/// The slope chart of one journey.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slope {
    pub journey: usize,
    pub labels: Vec<Label>,
    pub ends: Vec<End>,
    pub brackets: Vec<Vec<(f64, f64)>>,
    pub wires: Vec<Wire>,
    /// Short lines of stops that only one source has.
    pub stubs: Vec<[(f64, f64); 2]>,
}

/// A stop on one side.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    pub column: usize,
    pub source: usize,
    pub status: Status,
    pub order: Option<u32>,
    pub at: (f64, f64),
    /// Height at which its line leaves: its own, or that of its bracket; `None` where it has no place in the order.
    pub leaves: Option<f64>,
}

/// A line between the two places of one stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    pub column: usize,
    pub from: (f64, f64),
    pub to: (f64, f64),
    /// Whether another stop is on its other side in the other source.
    pub turned: bool,
}

/// Left and right end of the lines, and the room for names beside them.
#[derive(Clone, Copy)]
struct Sides {
    left: f64,
    right: f64,
    room: f64,
}

/// Lays out the slope charts of all journeys that both sources tell of; gives the y below them.
pub fn place_all(slopes: &mut Vec<Slope>, say: &Say<'_>, width: f64, mut y: f64) -> f64 {
    let room = (width - 2.0 * MARGIN) * 0.3;
    let sides = Sides { left: MARGIN + room + 26.0, right: width - MARGIN - room - 26.0, room };
    let shared = |j: &Journey| j.columns.iter().filter(|c| c.cells.iter().all(Option::is_some)).count();
    for (i, journey) in say.table.journeys.iter().enumerate().filter(|(_, j)| shared(j) > 0 && j.columns.len() > 1) {
        let mut slope = Slope { journey: i, ..Slope::default() };
        y = heads(&mut slope, say, journey, sides, y + 16.0);
        let low = (0..2).map(|source| place_side(&mut slope, say, journey, source, sides, y)).fold(y, f64::max);
        join(&mut slope, journey, sides);
        slopes.push(slope);
        y = low + 8.0;
    }
    y
}

/// The chart's heading, and each source's name over its side.
fn heads(slope: &mut Slope, say: &Say<'_>, journey: &Journey, sides: Sides, y: f64) -> f64 {
    let title = match say.table.journeys.len() {
        1 => say.words.of(Phrase::SlopeTitle).to_string(),
        _ => say.words.say(Phrase::SlopeTitleOf, &[&journey.traveller.name]),
    };
    let title = lines(&title, (MARGIN, y), sides.room + sides.right - MARGIN, LINE, Role::Heading);
    let y = y + LINE * title.len() as f64 + 10.0;
    slope.labels.extend(title);
    let mut low = y;
    for source in 0..2 {
        for (i, part) in broken(&say.short(source), sides.room, Role::Strong).into_iter().enumerate() {
            let line = y + LINE * i as f64;
            low = low.max(line + LINE);
            slope.labels.push(beside(part, source, sides, line, Role::Strong));
        }
    }
    low + 12.0
}

/// A label at the outer side of a source's discs.
fn beside(words: String, source: usize, sides: Sides, y: f64, role: Role) -> Label {
    match source {
        0 => Label::ending(words, (sides.left - 20.0, y), role),
        _ => Label::new(words, (sides.right + 20.0, y), role),
    }
}

fn place_side(slope: &mut Slope, say: &Say<'_>, journey: &Journey, source: usize, sides: Sides, mut y: f64) -> f64 {
    let mut stops: Vec<(usize, &Cell)> =
        journey.columns.iter().enumerate().filter_map(|(i, c)| Some((i, c.cell(source)?))).collect();
    let step = |c: &Cell| (!counts(c), c.trip, c.order);
    stops.sort_by_key(|(i, c)| (step(c), *i));
    let x = if source == 0 { sides.left } else { sides.right };
    for block in stops.chunk_by(|a, b| step(a.1) == step(b.1)) {
        let first = slope.ends.len();
        let loose = !counts(block[0].1);
        for (column, cell) in block {
            let name = broken(&journey.columns[*column].place, sides.room, Role::Name);
            let middle = y + 7.0 + LINE * (name.len().max(1) - 1) as f64 / 2.0;
            for (i, part) in name.iter().enumerate() {
                let line = y + 12.0 + LINE * i as f64;
                slope.labels.push(beside(part.clone(), source, sides, line, Role::Name));
            }
            y += PITCH + LINE * (name.len().max(1) - 1) as f64;
            let (status, order) = (cell.status, cell.order);
            slope.ends.push(End { column: *column, source, status, order, at: (x, middle), leaves: None });
        }
        if loose {
            y = say_loose(slope, say, block, source, sides, y);
        } else {
            close_block(slope, first, source);
        }
        y += 8.0;
    }
    y
}

/// Whether a stop has a place in its source's order.
fn counts(cell: &Cell) -> bool {
    cell.order.is_some() && cell.status != Status::Cancelled
}

/// Under stops without a number, that they have none.
fn say_loose(slope: &mut Slope, say: &Say<'_>, block: &[(usize, &Cell)], source: usize, sides: Sides, y: f64) -> f64 {
    if block.iter().all(|(_, c)| c.status == Status::Cancelled) {
        return y;
    }
    let words = broken(say.words.of(Phrase::OrderMissing), sides.room, Role::Note);
    let count = words.len() as f64;
    for (i, part) in words.into_iter().enumerate() {
        let label = beside(part, source, sides, y + 6.0 + LINE * i as f64, Role::Note);
        slope.labels.push(label.tone(Tone::Quiet));
    }
    y + LINE * count
}

/// One height for all lines of a block, and a bracket where there are several.
fn close_block(slope: &mut Slope, first: usize, source: usize) {
    let block = &mut slope.ends[first..];
    let (Some(top), Some(low)) = (block.first().map(|e| e.at), block.last().map(|e| e.at.1)) else { return };
    let middle = (top.1 + low) / 2.0;
    block.iter_mut().for_each(|e| e.leaves = Some(middle));
    if block.len() > 1 {
        let (x, d) = if source == 0 { (top.0 + 20.0, -6.0) } else { (top.0 - 20.0, 6.0) };
        let (high, low) = (top.1 - RADIUS, low + RADIUS);
        slope.brackets.push(vec![(x + d, high), (x, high), (x, low), (x + d, low)]);
    }
}

/// Lines between the stops of both sides, and stubs for those of one.
fn join(slope: &mut Slope, journey: &Journey, sides: Sides) {
    let height = |column: usize, source: usize| {
        slope.ends.iter().find(|e| e.column == column && e.source == source).and_then(|e| e.leaves)
    };
    let both: Vec<(usize, f64, f64)> =
        (0..journey.columns.len()).filter_map(|c| Some((c, height(c, 0)?, height(c, 1)?))).collect();
    let precedes = |source: usize, a: usize, b: usize| {
        let cells = journey.columns[a].cell(source).zip(journey.columns[b].cell(source));
        cells.is_some_and(|(a, b)| a.precedes(b))
    };
    let turned = |a: usize| {
        both.iter()
            .any(|(b, _, _)| (precedes(0, a, *b) && precedes(1, *b, a)) || (precedes(0, *b, a) && precedes(1, a, *b)))
    };
    let (left, right) = (sides.left + 24.0, sides.right - 24.0);
    let wire = |(column, a, b): &(usize, f64, f64)| Wire {
        column: *column,
        from: (left, *a),
        to: (right, *b),
        turned: turned(*column),
    };
    slope.wires = both.iter().map(wire).collect();
    let alone = |e: &&End| !both.iter().any(|(c, _, _)| *c == e.column);
    let stub = |e: &End| {
        let (from, to) = if e.source == 0 { (left, left + 44.0) } else { (right, right - 44.0) };
        e.leaves.map(|_| [(from, e.at.1), (to, e.at.1)])
    };
    slope.stubs = slope.ends.iter().filter(alone).filter_map(stub).collect();
}
