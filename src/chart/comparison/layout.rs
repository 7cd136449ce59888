//! Geometry of the comparison: where heads, cells and brackets go. Columns that do not fit beside each other go on in a further band
//! with the rows' heads again. No colour, no SVG.

use super::super::label::{broken, text_width};
use super::super::sheet::{self, Key, Legend, MARGIN, MOST_STOPS};
use super::super::theme::{Role, Tone};
use super::super::words::{Names, Phrase};
use super::super::{Label, Options, Rect};
use super::say::{Line, Say};
use super::slope::{self, Slope};
use super::table::{Bracket, Comparison, Finding, Journey};
use crate::itinerary::Status;

/// Least width of the chart.
const LEAST: f64 = 480.0;
/// Width of a column.
const NARROWEST: f64 = 92.0;
const WIDEST: f64 = 220.0;
/// Radius of a mark.
pub const RADIUS: f64 = 8.0;
const LINE: f64 = 16.0;
/// Journeys that are drawn at most.
const MOST_JOURNEYS: usize = 20;

/// Where everything goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComparisonLayout {
    pub width: f64,
    pub height: f64,
    pub labels: Vec<Label>,
    pub bands: Vec<Band>,
    pub slopes: Vec<Slope>,
    pub legend: Legend,
}

/// Columns beside each other with the heads of their rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    /// Index of the journey.
    pub journey: usize,
    pub labels: Vec<Label>,
    /// Lines between rows.
    pub rules: Vec<[(f64, f64); 2]>,
    pub brackets: Vec<Vec<(f64, f64)>>,
    pub spots: Vec<Spot>,
}

/// A cell, or one that is missing from a register.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub column: usize,
    pub source: usize,
    /// `None` where the source should have the stop and does not.
    pub status: Option<Status>,
    pub at: (f64, f64),
    pub frame: Rect,
    pub disputed: bool,
    pub finding: Finding,
    pub labels: Vec<Label>,
}

impl ComparisonLayout {
    /// All lines of text.
    pub fn texts(&self) -> impl Iterator<Item = &Label> {
        let bands = self.bands.iter().flat_map(|b| b.labels.iter().chain(b.spots.iter().flat_map(|s| &s.labels)));
        self.labels.iter().chain(bands).chain(self.slopes.iter().flat_map(|s| &s.labels)).chain(&self.legend.labels)
    }
}

/// Widths of a band: of the rows' heads and of each column.
#[derive(Clone, Copy)]
struct Grid {
    head: f64,
    column: f64,
    /// Where the table ends at the right.
    right: f64,
}

impl Grid {
    fn left(self, i: usize) -> f64 {
        MARGIN + self.head + self.column * i as f64
    }

    fn centre(self, i: usize) -> f64 {
        self.left(i) + self.column / 2.0
    }
}

/// Lays a table out.
pub fn layout(table: &Comparison, options: &Options) -> ComparisonLayout {
    let table = &drawn(table);
    let nothing = super::no_document();
    let names = Names::new(&nothing, options.language);
    let say = Say::new(table, &names);
    let width = options.width.max(LEAST);
    let title = options.title.clone().unwrap_or_else(|| say.title());
    let (labels, y) = sheet::head(&title, &say.subtitle(), width);
    let mut plan = ComparisonLayout { width, labels, ..ComparisonLayout::default() };
    let mut y = y + 16.0;
    for (i, journey) in table.journeys.iter().enumerate() {
        y = place_journey(&mut plan, &say, i, journey, y) + 14.0;
    }
    y = remarks(&mut plan, &say, y + 8.0);
    if table.sources.len() == 2 {
        y = slope::place_all(&mut plan.slopes, &say, width, y + 10.0);
    }
    let (legend, y) = sheet::legend(&names, &keys(table, &plan), width - MARGIN, y + 12.0);
    plan.legend = legend;
    plan.height = y + 4.0;
    plan
}

/// The part of a table that is drawn.
pub fn drawn(table: &Comparison) -> Comparison {
    let kept = weightiest(&table.journeys);
    let mut part = Comparison { journeys: kept.into_iter().cloned().collect(), ..table.clone() };
    part.left_out.journeys += table.journeys.len() - part.journeys.len();
    let mut room = MOST_STOPS;
    for journey in &mut part.journeys {
        let keep = journey.columns.len().min(room);
        room -= keep;
        part.left_out.stops += journey.columns.len() - keep;
        journey.columns.truncate(keep);
        journey.disputes.iter_mut().for_each(|d| d.cells.retain(|(c, _)| *c < keep));
        journey.disputes.retain(|d| !d.cells.is_empty());
        journey.brackets.retain(|b| b.last < keep && b.first < b.last);
    }
    part.journeys.retain(|j| !j.columns.is_empty());
    part
}

/// As many journeys as one picture holds, in their order: those that most sources tell of, or that are most disputed.
fn weightiest(journeys: &[Journey]) -> Vec<&Journey> {
    let weight = |j: &Journey| {
        let sources = j.columns.iter().map(|c| c.cells.len()).max().unwrap_or(0);
        j.disputes.len() + (0..sources).filter(|s| j.is_told_by(*s)).count()
    };
    let mut order: Vec<usize> = (0..journeys.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(weight(&journeys[*i])));
    order.truncate(MOST_JOURNEYS);
    order.sort_unstable();
    order.into_iter().map(|i| &journeys[i]).collect()
}

fn remarks(plan: &mut ComparisonLayout, say: &Say<'_>, mut y: f64) -> f64 {
    for (words, tone) in say.remarks() {
        let lines = super::super::label::lines(&words, (MARGIN, y), plan.width - 2.0 * MARGIN, 18.0, Role::Body);
        y += 18.0 * lines.len() as f64;
        plan.labels.extend(lines.into_iter().map(|l| l.tone(tone)));
    }
    y
}

fn keys(table: &Comparison, plan: &ComparisonLayout) -> Vec<Key> {
    let spots = || plan.bands.iter().flat_map(|b| &b.spots);
    let statuses = [Status::Completed, Status::Planned, Status::Possible, Status::Cancelled];
    let mut keys: Vec<Key> =
        statuses.into_iter().filter(|s| spots().any(|c| c.status == Some(*s))).map(Key::Status).collect();
    let disputed = spots().any(|s| s.disputed);
    keys.extend(disputed.then_some(Key::Square("alert-box", Phrase::KeyDispute)));
    let only = spots().any(|s| s.finding == Finding::Only && !s.disputed);
    keys.extend(only.then_some(Key::Square("band", Phrase::KeyOnly)));
    if plan.slopes.iter().any(|s| s.wires.iter().any(|w| w.turned)) {
        keys.push(Key::Line("alert-mark", Phrase::KeyTurned));
    }
    let stubs = plan.slopes.iter().any(|s| !s.stubs.is_empty());
    keys.extend(stubs.then_some(Key::Line("dotted", Phrase::KeyStub)));
    let open = !table.journeys.iter().all(|j| j.brackets.is_empty());
    keys.extend((open && !plan.slopes.is_empty()).then_some(Key::Bracket));
    keys
}

fn place_journey(plan: &mut ComparisonLayout, say: &Say<'_>, index: usize, journey: &Journey, mut y: f64) -> f64 {
    if say.table.journeys.len() > 1 {
        y = heading(&mut plan.bands, say, (index, journey), plan.width, y + 12.0);
    }
    // A source that does not have the journey says nothing about it.
    let rows: Vec<usize> = (0..say.table.sources.len()).filter(|s| journey.is_told_by(*s)).collect();
    let (grid, per_band) = grid(say, journey, plan.width);
    let all: Vec<usize> = (0..journey.columns.len()).collect();
    for columns in all.chunks(per_band) {
        let mut band = Band { journey: index, ..Band::default() };
        y = column_heads(&mut band, say, journey, columns, grid, y);
        // In a further band, a source that has none of its stops needs no row: each cell says that it stands alone.
        let tells = |row: &&usize| {
            columns.iter().any(|c| journey.columns[*c].cell(**row).is_some() || journey.is_disputed(*c, **row))
        };
        for row in rows.iter().filter(|row| columns.len() == all.len() || tells(row)) {
            y = place_row(&mut band, say, journey, (*row, columns), grid, y);
        }
        plan.bands.push(band);
        y += 22.0;
    }
    y - 8.0
}

/// The traveller's name and office over the first band; a band of its own, so that it has the traveller's hue.
fn heading(bands: &mut Vec<Band>, say: &Say<'_>, (index, journey): (usize, &Journey), width: f64, y: f64) -> f64 {
    let room = width - 2.0 * MARGIN;
    let name = super::super::label::lines(&journey.traveller.name, (MARGIN, y), room, 18.0, Role::Heading);
    let y = y + 18.0 * name.len() as f64;
    let office = super::super::label::lines(&say.names.office(&journey.traveller), (MARGIN, y), room, LINE, Role::Body);
    let y = y + LINE * office.len() as f64;
    let labels = name.into_iter().map(|l| l.tone(Tone::Hue)).chain(office.into_iter().map(Label::quiet)).collect();
    bands.push(Band { journey: index, labels, ..Band::default() });
    y + 4.0
}

/// Widths, and how many columns one band holds.
fn grid(say: &Say<'_>, journey: &Journey, width: f64) -> (Grid, usize) {
    let room = width - 2.0 * MARGIN;
    let least_head = (room * 0.21).clamp(130.0, 260.0);
    let mut natural: f64 = NARROWEST;
    for (i, column) in journey.columns.iter().enumerate() {
        natural = natural.max((text_width(&column.place, Role::Name) + 14.0).min(130.0));
        for (source, _) in column.filled() {
            let lines = say.cell(journey, i, source);
            let widest = lines.iter().map(|(words, role, _)| text_width(words, *role)).fold(0.0, f64::max);
            natural = natural.max((widest + 18.0).min(130.0));
        }
    }
    let fitting = (((room - least_head) / natural).floor() as usize).max(1);
    let all = journey.columns.len().max(1);
    let per_band = all.div_ceil(all.div_ceil(fitting));
    let column = ((room - least_head) / per_band as f64).min(WIDEST);
    let head = (room - column * per_band as f64).min(440.0);
    (Grid { head, column, right: width - MARGIN }, per_band)
}

/// Brackets, names of the stops and the rule below them.
fn column_heads(band: &mut Band, say: &Say<'_>, journey: &Journey, columns: &[usize], grid: Grid, y: f64) -> f64 {
    let y = place_brackets(band, say, journey, columns, grid, y);
    let mut low = y;
    for (i, column) in columns.iter().enumerate() {
        let mut line = y + 14.0;
        let mut set = |words: &str, role: Role, tone: Tone| {
            for part in broken(words, grid.column - 10.0, role) {
                band.labels.push(Label::centred(part, (grid.centre(i), line), role).tone(tone));
                line += if role == Role::Name { 17.0 } else { LINE };
            }
        };
        set(&journey.columns[*column].place, Role::Name, Tone::Ink);
        say.under(journey, *column).iter().for_each(|words| set(words, Role::Body, Tone::Quiet));
        low = low.max(line);
    }
    band.rules.push([(MARGIN, low - 2.0), (grid.right, low - 2.0)]);
    low - 2.0
}

/// Brackets over the columns of a band, in as many storeys as they need so that none covers another.
fn place_brackets(band: &mut Band, say: &Say<'_>, journey: &Journey, columns: &[usize], grid: Grid, y: f64) -> f64 {
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return y };
    let mut storeys: Vec<Vec<Bracket>> = Vec::new();
    for bracket in journey.brackets.iter().filter(|b| b.first <= *last && b.last >= *first) {
        let free = |s: &&mut Vec<Bracket>| s.iter().all(|b| b.last < bracket.first || bracket.last < b.first);
        match storeys.iter_mut().find(free) {
            Some(storey) => storey.push(*bracket),
            None => storeys.push(vec![*bracket]),
        }
    }
    let mut y = y;
    for storey in storeys.iter().rev() {
        let ends = |b: &Bracket| {
            let left = grid.left(b.first.max(*first) - first) + 8.0;
            (left, grid.left(b.last.min(*last) - first + 1) - 8.0)
        };
        let words = |b: &Bracket| broken(&say.ground(b.why), ends(b).1 - ends(b).0 - 4.0, Role::Body);
        let most = storey.iter().map(|b| words(b).len()).max().unwrap_or(0) as f64;
        let line = y + LINE * most + 4.0;
        for bracket in storey {
            let (left, right) = ends(bracket);
            // A bracket that goes on in another band has no end here.
            let mut points = vec![(left, line), (right, line)];
            if bracket.first >= *first {
                points.insert(0, (left, line + 7.0));
            }
            if bracket.last <= *last {
                points.push((right, line + 7.0));
            }
            band.brackets.push(points);
            let words = words(bracket);
            let top = line - 6.0 - LINE * (words.len() - words.len().min(1)) as f64;
            for (i, part) in words.into_iter().enumerate() {
                let at = ((left + right) / 2.0, top + LINE * i as f64);
                band.labels.push(Label::centred(part, at, Role::Body).quiet());
            }
        }
        y = line + 10.0;
    }
    y + 4.0
}

fn place_row(
    band: &mut Band,
    say: &Say<'_>,
    journey: &Journey,
    (source, columns): (usize, &[usize]),
    grid: Grid,
    y: f64,
) -> f64 {
    let (title, facts) = say.source(source);
    let mut line = y + 24.0;
    for (words, role, tone) in [(title, Role::Strong, Tone::Ink), (facts, Role::Body, Tone::Quiet)] {
        for part in broken(&words, grid.head - 18.0, role) {
            band.labels.push(Label::new(part, (MARGIN, line), role).tone(tone));
            line += LINE;
        }
    }
    let mut low = (line - LINE + 18.0).max(y + 70.0);
    let first = band.spots.len();
    for (i, column) in columns.iter().enumerate() {
        let disputed = journey.is_disputed(*column, source);
        let cell = journey.columns[*column].cell(source);
        if cell.is_none() && !disputed {
            continue;
        }
        let lines = set_cell(say.cell(journey, *column, source), grid.column - 18.0);
        low = low.max(y + 54.0 + LINE * lines.len() as f64 - 4.0);
        let at = (grid.centre(i), y + 30.0);
        let label = |(n, (words, role, tone)): (usize, Line)| {
            Label::centred(words, (at.0, y + 56.0 + LINE * n as f64), role).tone(tone)
        };
        band.spots.push(Spot {
            column: *column,
            source,
            status: cell.map(|c| c.status),
            at,
            frame: Rect { x: grid.left(i) + 4.0, y: y + 8.0, w: grid.column - 8.0, h: 0.0 },
            disputed,
            finding: cell.map_or(Finding::Agrees, |c| c.finding),
            labels: lines.into_iter().enumerate().map(label).collect(),
        });
    }
    let low = low + 4.0;
    band.spots[first..].iter_mut().for_each(|s| s.frame.h = low - 8.0 - s.frame.y);
    band.rules.push([(MARGIN, low), (grid.right, low)]);
    low
}

/// The lines of a cell, broken to its width.
fn set_cell(lines: Vec<Line>, room: f64) -> Vec<Line> {
    let set = |(words, role, tone): Line| broken(&words, room, role).into_iter().map(move |part| (part, role, tone));
    lines.into_iter().flat_map(set).collect()
}
