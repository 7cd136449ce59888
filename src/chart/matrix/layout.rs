//! Where everything in the matrix goes: plain values, in pixels. No colour, no SVG.
//!
//! `grid` settles which columns are drawn and how wide; what finds no room is named in `others`, and a remark says what it comes to. Pages too narrow for a matrix get one row's countries after another, which is `flow`.

use super::super::Options;
use super::super::comparison::no_document;
use super::super::label::{Label, Rect, broken, text_width};
use super::super::sheet::{self, Key, Legend, MARGIN};
use super::super::theme::{Role, Tone};
use super::super::words::{Names, Phrase};
use super::grid::{Column, Grid, SUM, grid};
use super::mark::{self, Mark};
use super::say::{Say, statuses};
use super::table::Table;
use super::{flow, others};

/// Least width of the chart.
const LEAST: f64 = 320.0;
/// Pages with room for fewer columns than this, where there are more, are too narrow for a matrix.
const FEWEST_COLUMNS: usize = 6;
/// Rows that are drawn at most.
const MOST_ROWS: usize = 24;
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
    let grid = grid(&say, &rows, width);
    let narrow = grid.others.is_some() && grid.columns.len() < FEWEST_COLUMNS || grid.right > width - MARGIN + 0.5;
    let (columns, y) = match rows.is_empty() {
        true => (Vec::new(), y),
        false if narrow => (table.columns_by_size(), flow::place(&mut plan, &say, &rows, y + 8.0)),
        false => matrix(&mut plan, &say, &grid, &rows, y + 14.0),
    };
    let keys: Vec<Key> = statuses(&table.sum()).into_iter().map(Key::Status).collect();
    let (legend, y) = sheet::legend(&names, &keys, width - MARGIN, y + 22.0);
    plan.legend = legend;
    let (foot, y) = sheet::foot(&say.remarks(&rows, &columns), width, y + 8.0);
    plan.labels.extend(foot);
    plan.height = y + 4.0;
    plan
}

/// Places the matrix; gives the columns that are drawn and the y below.
fn matrix(plan: &mut MatrixLayout, say: &Say<'_>, grid: &Grid, rows: &[usize], y: f64) -> (Vec<usize>, f64) {
    let first = plan.labels.len();
    let mut y = heads(plan, say, grid, y);
    let top = y;
    plan.rules.push([(MARGIN, y), (grid.right, y)]);
    for row in rows {
        y = place_row(plan, say, grid, *row, y);
        plan.rules.push([(MARGIN, y), (grid.right, y)]);
    }
    let low = y;
    y = sums(plan, say, grid, rows.len(), y);
    let head_top = plan.labels[first..].iter().map(|l| l.rect().y).fold(top, f64::min) - 6.0;
    let left = grid.sums.first().map_or(grid.right, |s| s.0 - SUM + 8.0);
    plan.bands.push(Rect { x: left, y: head_top, w: grid.right - left, h: y - head_top });
    plan.bands.push(Rect { x: MARGIN, y: low, w: left - MARGIN, h: y - low });
    (grid.columns.iter().map(|c| c.index).collect(), y)
}

/// The head of a column: lines that stand on one line with those of all others.
struct Head {
    x: f64,
    /// 0 where lines begin at `x`, 0.5 where it is their middle, 1 where they end there.
    align: f64,
    lines: Vec<(String, Role, Tone)>,
}

/// Heads of the columns; gives the y below.
fn heads(plan: &mut MatrixLayout, say: &Say<'_>, grid: &Grid, y: f64) -> f64 {
    let heads = all_heads(say, grid);
    let most = heads.iter().map(|h| h.lines.len()).max().unwrap_or(1);
    let base = y + LINE * most as f64;
    for head in heads {
        let first = base - LINE * head.lines.len().saturating_sub(1) as f64;
        for (i, (words, role, tone)) in head.lines.into_iter().enumerate() {
            let x = head.x - head.align * text_width(&words, role);
            plan.labels.push(Label::new(words, (x, first + LINE * i as f64), role).tone(tone));
        }
    }
    base + 9.0
}

fn all_heads(say: &Say<'_>, grid: &Grid) -> Vec<Head> {
    let w = say.names.words;
    let countries = say.table.columns_by_size().len();
    let all = (grid.columns.len() < countries).then(|| say.countries(countries));
    let set = |words: &str, room: f64, role: Role, tone: Tone| -> Vec<(String, Role, Tone)> {
        broken(words, room, role).into_iter().map(|l| (l, role, tone)).collect()
    };
    let mut heads: Vec<Head> = Vec::new();
    for c in &grid.columns {
        let name = say.column_name(&say.table.columns[c.index]);
        let lines = set(&name, c.width - 4.0, Role::Strong, Tone::Ink);
        heads.push(Head { x: c.left + c.width / 2.0, align: 0.5, lines });
    }
    if let Some((x, width)) = grid.others {
        let mut lines = set(w.of(Phrase::TallyOthers), width, Role::Strong, Tone::Ink);
        if say.table.sum().ahead() > 0 {
            lines.extend(set(w.of(Phrase::TallySumAhead), width, Role::Note, Tone::Quiet));
        }
        heads.push(Head { x, align: 0.0, lines });
    }
    for (x, _, phrase) in &grid.sums {
        let lines = set(&say.sum(*phrase, all.clone()), SUM - 12.0, Role::Body, Tone::Quiet);
        heads.push(Head { x: *x, align: 1.0, lines });
    }
    heads
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
    let others = grid.others.map(|o| others::lines(say, index, &grid.columns, o.1)).unwrap_or_default();
    let discs = marks.iter().map(|(_, m)| mark::height(m)).fold(0.0, f64::max);
    let high = (LINE * lines.len().max(others.len()) as f64 + 8.0).max(discs + 8.0).max(28.0);
    let middle = y + high / 2.0;
    for (x, lines) in [(MARGIN, lines), (grid.others.map_or(0.0, |o| o.0), others)] {
        let first = middle - LINE * (lines.len() as f64 - 1.0) / 2.0 + 4.3;
        for (i, (words, role, tone)) in lines.into_iter().enumerate() {
            plan.labels.push(Label::new(words, (x, first + LINE * i as f64), role).tone(tone));
        }
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
