//! Where everything in the matrix goes: plain values, in pixels. No colour, no SVG.
//!
//! Columns are as wide as their discs and names need; those that find no room are not drawn, the smallest first, and a remark says what they
//! come to. Pages too narrow for a matrix get one row's countries after another, which is `flow`.

use super::super::Options;
use super::super::comparison::no_document;
use super::super::label::{Label, Rect, broken, text_width};
use super::super::sheet::{self, Key, Legend, MARGIN};
use super::super::theme::{Role, Tone};
use super::super::words::{Names, Phrase};
use super::flow;
use super::mark::{self, Mark, Scale};
use super::say::{Say, statuses};
use super::table::{Counts, Table};

/// Least width of the chart.
const LEAST: f64 = 320.0;
/// Pages narrower than this are no room for a matrix.
const NARROW: f64 = 640.0;
/// Rows that are drawn at most.
const MOST_ROWS: usize = 24;
/// Greatest radius of a disc, and of the disc for one.
pub const LARGEST: f64 = 30.0;
pub const ONE: f64 = 9.0;
/// Width of a column: at least, and when there is room.
const NARROWEST: f64 = 40.0;
const WIDEST: f64 = 96.0;
/// Width of a column of sums.
const SUM: f64 = 74.0;
/// From one line to the next.
pub const LINE: f64 = 16.0;

/// Where everything goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MatrixLayout {
    pub width: f64,
    pub height: f64,
    pub labels: Vec<Label>,
    /// Lines between rows.
    pub rules: Vec<[(f64, f64); 2]>,
    /// Grounds of the sums.
    pub bands: Vec<Rect>,
    pub marks: Vec<Spot>,
    pub legend: Legend,
}

/// A disc of a row and a column, both by their index in the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub row: usize,
    pub column: usize,
    pub mark: Mark,
}

impl MatrixLayout {
    /// All lines of text but the numbers inside discs.
    pub fn texts(&self) -> impl Iterator<Item = &Label> {
        self.labels.iter().chain(self.marks.iter().filter_map(|s| s.mark.beside.as_ref())).chain(&self.legend.labels)
    }
}

/// Lays counts out.
pub fn layout(table: &Table, options: &Options) -> MatrixLayout {
    let nothing = no_document();
    let names = Names::new(&nothing, options.language);
    let say = Say { table, names: &names };
    let width = options.width.max(LEAST);
    let title = options.title.clone().unwrap_or_else(|| say.title(Phrase::TallyTitle));
    let (labels, y) = sheet::head(&title, &say.subtitle(), width);
    let mut plan = MatrixLayout { width, labels, ..MatrixLayout::default() };
    let rows: Vec<usize> =
        table.rows_by_size().into_iter().filter(|r| table.rows[*r].counts.total() > 0).take(MOST_ROWS).collect();
    let (columns, y) = match rows.is_empty() {
        true => (Vec::new(), y),
        false if width < NARROW => (table.columns_by_size(), flow::place(&mut plan, &say, &rows, y + 8.0)),
        false => matrix(&mut plan, &say, &rows, y + 14.0),
    };
    let keys: Vec<Key> = statuses(&table.sum()).into_iter().map(Key::Status).collect();
    let (legend, y) = sheet::legend(&names, &keys, width - MARGIN, y + 22.0);
    plan.legend = legend;
    let (foot, y) = sheet::foot(&say.remarks(&rows, &columns), width, y + 8.0);
    plan.labels.extend(foot);
    plan.height = y + 4.0;
    plan
}

/// A column that is drawn.
#[derive(Clone, Copy, Debug)]
struct Column {
    index: usize,
    left: f64,
    width: f64,
}

/// Columns and what stands left and right of them.
struct Grid {
    head: f64,
    columns: Vec<Column>,
    /// Right ends of the sums: what took place, and what may still where there is such.
    sums: Vec<(f64, fn(&Counts) -> usize, Phrase)>,
    right: f64,
    scale: Scale,
}

fn completed(counts: &Counts) -> usize {
    counts.completed
}

fn ahead(counts: &Counts) -> usize {
    counts.ahead()
}

/// Places the matrix; gives the columns that are drawn and the y below.
fn matrix(plan: &mut MatrixLayout, say: &Say<'_>, rows: &[usize], y: f64) -> (Vec<usize>, f64) {
    let grid = grid(say, rows, plan.width);
    let first = plan.labels.len();
    let mut y = heads(plan, say, &grid, y);
    let top = y;
    plan.rules.push([(MARGIN, y), (grid.right, y)]);
    for row in rows {
        y = place_row(plan, say, &grid, *row, y);
        plan.rules.push([(MARGIN, y), (grid.right, y)]);
    }
    let low = y;
    y = sums(plan, say, &grid, rows.len(), y);
    let head_top = plan.labels[first..].iter().map(|l| l.rect().y).fold(top, f64::min) - 6.0;
    let left = grid.sums.first().map_or(grid.right, |s| s.0 - SUM + 8.0);
    plan.bands.push(Rect { x: left, y: head_top, w: grid.right - left, h: y - head_top });
    plan.bands.push(Rect { x: MARGIN, y: low, w: left - MARGIN, h: y - low });
    (grid.columns.iter().map(|c| c.index).collect(), y)
}

fn grid(say: &Say<'_>, rows: &[usize], width: f64) -> Grid {
    let table = say.table;
    let cells = || rows.iter().flat_map(|r| &table.rows[*r].cells);
    let greatest = cells().map(|(_, c)| c.completed.max(c.planned).max(c.possible)).max().unwrap_or(1);
    let scale = Scale::of(greatest, LARGEST, ONE);
    let room = width - 2.0 * MARGIN;
    let named = |r: &usize| {
        let row = &table.rows[*r];
        text_width(&say.row_name(row), Role::Strong).max(text_width(&say.row_note(row), Role::Body))
    };
    let natural = rows.iter().map(named).fold(0.0, f64::max) + 14.0;
    let mut head = natural.clamp(110.0, (room * 0.26).max(130.0));
    let forms: Vec<(fn(&Counts) -> usize, Phrase)> =
        vec![(completed, Phrase::TallySumTook), (ahead, Phrase::TallySumAhead)];
    let sum = table.sum();
    let forms: Vec<_> = forms.into_iter().filter(|(of, _)| of(&sum) > 0).collect();
    let free = room - head - SUM * forms.len() as f64 - 8.0;
    let mut widths: Vec<(usize, f64)> = Vec::new();
    for index in table.columns_by_size() {
        let here: Vec<&Counts> = cells().filter(|(c, _)| *c == index).map(|(_, counts)| counts).collect();
        let own = column_width(say, index, &here, scale);
        // A column that nobody shown went to would be empty.
        if !here.is_empty() && widths.iter().map(|w| w.1).sum::<f64>() + own <= free {
            widths.push((index, own));
        }
    }
    let left_over = free - widths.iter().map(|w| w.1).sum::<f64>();
    let each = left_over / widths.len().max(1) as f64;
    widths.iter_mut().for_each(|w| w.1 = (w.1 + each).min(WIDEST.max(w.1)));
    let used: f64 = widths.iter().map(|w| w.1).sum();
    head += (free - used).clamp(0.0, 90.0);
    let mut x = MARGIN + head;
    let mut place = |(index, width): (usize, f64)| {
        let column = Column { index, left: x, width };
        x += width;
        column
    };
    let columns: Vec<Column> = widths.into_iter().map(&mut place).collect();
    let right = x + 8.0 + SUM * forms.len() as f64;
    let sums =
        forms.into_iter().enumerate().map(|(i, (of, phrase))| (x + 8.0 + SUM * (i + 1) as f64 - 10.0, of, phrase));
    Grid { head, columns, sums: sums.collect(), right, scale }
}

/// What a column needs for its name and its discs.
fn column_width(say: &Say<'_>, index: usize, here: &[&Counts], scale: Scale) -> f64 {
    let name = say.column_name(&say.table.columns[index]);
    let word = name.split_whitespace().map(|w| text_width(w, Role::Strong)).fold(0.0, f64::max).min(110.0);
    let discs = here.iter().map(|c| mark::width(&mark::marks(c, scale))).fold(0.0, f64::max);
    (word + 8.0).max(discs + 10.0).max(NARROWEST)
}

/// Heads of the columns, standing on one line; gives its y.
fn heads(plan: &mut MatrixLayout, say: &Say<'_>, grid: &Grid, y: f64) -> f64 {
    let hidden = grid.columns.len() < say.table.columns_by_size().len();
    let all = hidden.then(|| say.countries(say.table.columns_by_size().len()));
    let columns = grid.columns.iter().map(|c| {
        let name = say.column_name(&say.table.columns[c.index]);
        (c.left + c.width / 2.0, broken(&name, c.width - 4.0, Role::Strong), Role::Strong, false)
    });
    let sums = grid.sums.iter().map(|(right, _, phrase)| {
        (*right, broken(&say.sum(*phrase, all.clone()), SUM - 12.0, Role::Body), Role::Body, true)
    });
    let heads: Vec<_> = columns.chain(sums).collect();
    let most = heads.iter().map(|h| h.1.len()).max().unwrap_or(1);
    let base = y + LINE * most as f64;
    for (x, lines, role, at_end) in heads {
        let first = base - LINE * (lines.len() - 1) as f64;
        for (i, line) in lines.into_iter().enumerate() {
            let at = (x, first + LINE * i as f64);
            let label = if at_end { Label::ending(line, at, role).quiet() } else { Label::centred(line, at, role) };
            plan.labels.push(label);
        }
    }
    base + 9.0
}

/// A row between two lines; gives the y of the lower one.
fn place_row(plan: &mut MatrixLayout, say: &Say<'_>, grid: &Grid, index: usize, y: f64) -> f64 {
    let row = &say.table.rows[index];
    let lines = row_lines(say, index, grid.head - 12.0);
    let marks: Vec<(&Column, Vec<Mark>)> = grid
        .columns
        .iter()
        .filter_map(|c| Some((c, mark::marks(&row.cells.iter().find(|(i, _)| *i == c.index)?.1, grid.scale))))
        .collect();
    let discs = marks.iter().map(|(_, m)| mark::height(m)).fold(0.0, f64::max);
    let high = (LINE * lines.len() as f64 + 8.0).max(discs + 8.0).max(28.0);
    let middle = y + high / 2.0;
    let first = middle - LINE * (lines.len() - 1) as f64 / 2.0 + 4.3;
    for (i, (words, role, tone)) in lines.into_iter().enumerate() {
        plan.labels.push(Label::new(words, (MARGIN, first + LINE * i as f64), role).tone(tone));
    }
    for (column, own) in marks {
        let left = column.left + (column.width - mark::width(&own)) / 2.0;
        let spot = |mark| Spot { row: index, column: column.index, mark };
        plan.marks.extend(mark::in_row(own, left, middle).into_iter().map(spot));
    }
    for (right, of, _) in &grid.sums {
        let words = say.digits(of(&row.counts));
        plan.labels.push(Label::ending(words, (*right, middle + 4.3), Role::Strong));
    }
    plan.labels.retain(|l| !l.words.is_empty());
    y + high
}

/// Name of a row and the country under it.
pub fn row_lines(say: &Say<'_>, index: usize, room: f64) -> Vec<(String, Role, Tone)> {
    let row = &say.table.rows[index];
    let name = broken(&say.row_name(row), room, Role::Strong).into_iter().map(|l| (l, Role::Strong, Tone::Ink));
    let note = broken(&say.row_note(row), room, Role::Body).into_iter().map(|l| (l, Role::Body, Tone::Quiet));
    name.chain(note).filter(|(l, ..)| !l.is_empty()).collect()
}

/// Sums of the columns; gives the y below.
fn sums(plan: &mut MatrixLayout, say: &Say<'_>, grid: &Grid, shown: usize, mut y: f64) -> f64 {
    let table = say.table;
    let all = (shown < table.rows.len()).then(|| say.rows(table.rows.len()));
    let of_columns = table.columns_sums();
    for (right, of, phrase) in &grid.sums {
        let words = broken(&say.sum(*phrase, all.clone()), grid.head - 12.0, Role::Body);
        let high = LINE * words.len() as f64 + 8.0;
        let middle = y + high / 2.0 + 4.3;
        let first = middle - LINE * (words.len() - 1) as f64 / 2.0;
        for (i, line) in words.into_iter().enumerate() {
            plan.labels.push(Label::new(line, (MARGIN + 6.0, first + LINE * i as f64), Role::Body).quiet());
        }
        for c in &grid.columns {
            let words = say.digits(of(&of_columns[c.index]));
            plan.labels.push(Label::centred(words, (c.left + c.width / 2.0, middle), Role::Strong));
        }
        plan.labels.push(Label::ending(say.digits(of(&table.sum())), (*right, middle), Role::Strong));
        y += high;
    }
    plan.labels.retain(|l| !l.words.is_empty());
    y
}
