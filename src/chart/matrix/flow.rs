//! The matrix on a narrow page: row after row, each with its countries one after another.

use super::super::label::{Label, broken, text_width};
use super::super::sheet::MARGIN;
use super::super::theme::Role;
use super::super::words::Phrase;
use super::grid;
use super::layout::{LINE, MatrixLayout, Spot};
use super::mark::{self, Mark, Scale};
use super::say::Say;
use super::table::{Counts, Row};

/// Space between a disc and its country's name, and from there to the next disc.
const NEAR: f64 = 5.0;
const APART: f64 = 14.0;

/// Places rows from a y on; gives the y below.
pub fn place(plan: &mut MatrixLayout, say: &Say<'_>, rows: &[usize], mut y: f64) -> f64 {
    let scale = grid::scale(say, rows);
    let right = plan.width - MARGIN;
    for row in rows {
        plan.rules.push([(MARGIN, y + 2.0), (right, y + 2.0)]);
        y = head(plan, say, *row, y + LINE + 4.0);
        y = items(plan, say, (*row, scale), right, y) + 6.0;
    }
    y
}

/// Name of a row, and under it its country and sums; gives the y below.
fn head(plan: &mut MatrixLayout, say: &Say<'_>, row: usize, mut y: f64) -> f64 {
    let room = plan.width - 2.0 * MARGIN;
    let own = &say.table.rows[row];
    for (words, role) in [(say.row_name(own), Role::Strong), (facts(say, own), Role::Body)] {
        for line in broken(&words, room, role).into_iter().filter(|l| !l.is_empty()) {
            let label = Label::new(line, (MARGIN, y), role);
            plan.labels.push(if role == Role::Body { label.quiet() } else { label });
            y += LINE;
        }
    }
    y - LINE + 6.0
}

/// "United States · 14 took place · 17 are planned or possible".
fn facts(say: &Say<'_>, row: &Row) -> String {
    let w = say.names.words;
    let some = |n: usize, phrase: Phrase| if n == 0 { String::new() } else { w.say(phrase, &[&w.digits(n)]) };
    let ahead = row.counts.ahead();
    let phrase = if ahead == 1 { Phrase::TallyAheadOne } else { Phrase::TallyAheadMany };
    w.parts(&[say.row_note(row), some(row.counts.completed, Phrase::TallyTook), some(ahead, phrase)])
}

/// A country in a line: its discs, the lines of its name, and how wide and high all that is.
struct Item {
    column: usize,
    marks: Vec<Mark>,
    lines: Vec<String>,
    discs: f64,
    wide: f64,
    high: f64,
}

/// The countries of a row, the biggest first, in lines; gives the y below.
fn items(plan: &mut MatrixLayout, say: &Say<'_>, (index, scale): (usize, Scale), right: f64, mut y: f64) -> f64 {
    let row = &say.table.rows[index];
    let mut cells: Vec<&(usize, Counts)> =
        row.cells.iter().filter(|(c, n)| *c < say.table.columns.len() && n.total() > 0).collect();
    cells.sort_by_key(|(column, counts)| (counts.rank(), *column));
    let mut line: Vec<Item> = Vec::new();
    for (column, counts) in cells {
        let item = item(say, *column, mark::marks(counts, scale), right - MARGIN);
        let used: f64 = line.iter().map(|i| i.wide + APART).sum();
        if !line.is_empty() && MARGIN + used + item.wide > right {
            y = set(plan, index, std::mem::take(&mut line), y);
        }
        line.push(item);
    }
    set(plan, index, line, y)
}

fn item(say: &Say<'_>, column: usize, marks: Vec<Mark>, room: f64) -> Item {
    let discs = mark::width(&marks) + NEAR;
    let lines = broken(&say.column_name(&say.table.columns[column]), room - discs, Role::Body);
    let text = lines.iter().map(|l| text_width(l, Role::Body)).fold(0.0, f64::max);
    let high = mark::height(&marks).max(LINE * lines.len() as f64) + 6.0;
    Item { column, marks, lines, discs, wide: discs + text, high }
}

/// Sets a line of countries from a y on; gives the y below.
fn set(plan: &mut MatrixLayout, row: usize, line: Vec<Item>, y: f64) -> f64 {
    let high = line.iter().map(|i| i.high).fold(0.0, f64::max);
    let (mut x, middle) = (MARGIN, y + high / 2.0);
    for item in line {
        let spot = |mark| Spot { row, column: item.column, mark };
        plan.marks.extend(mark::in_row(item.marks, x, middle).into_iter().map(spot));
        let first = middle + 4.3 - LINE * (item.lines.len() as f64 - 1.0) / 2.0;
        let label = |(i, words)| Label::new(words, (x + item.discs, first + LINE * i as f64), Role::Body);
        plan.labels.extend(item.lines.into_iter().enumerate().map(label));
        x += item.wide + APART;
    }
    y + high
}
