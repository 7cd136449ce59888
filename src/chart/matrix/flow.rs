//! The matrix on a narrow page: row after row, each with its countries one after another.

use super::super::label::{Label, broken, text_width};
use super::super::sheet::MARGIN;
use super::super::theme::Role;
use super::super::words::Phrase;
use super::layout::{LARGEST, LINE, MatrixLayout, ONE, Spot, row_lines};
use super::mark::{self, Scale};
use super::say::Say;
use super::table::Counts;

/// Space between a disc and its country's name, and from there to the next disc.
const NEAR: f64 = 5.0;
const APART: f64 = 14.0;

/// Places rows from a y on; gives the y below.
pub fn place(plan: &mut MatrixLayout, say: &Say<'_>, rows: &[usize], mut y: f64) -> f64 {
    let cells = rows.iter().flat_map(|r| &say.table.rows[*r].cells);
    let greatest = cells.map(|(_, c)| c.completed.max(c.planned).max(c.possible)).max().unwrap_or(1);
    let scale = Scale::of(greatest, LARGEST, ONE);
    let right = plan.width - MARGIN;
    for row in rows {
        plan.rules.push([(MARGIN, y + 2.0), (right, y + 2.0)]);
        y = head(plan, say, *row, y + LINE + 4.0);
        y = items(plan, say, (*row, scale), right, y) + 6.0;
    }
    y
}

/// Name, country and sums of a row; gives the y below.
fn head(plan: &mut MatrixLayout, say: &Say<'_>, row: usize, mut y: f64) -> f64 {
    let room = plan.width - 2.0 * MARGIN;
    for (words, role, tone) in row_lines(say, row, room) {
        plan.labels.push(Label::new(words, (MARGIN, y), role).tone(tone));
        y += LINE;
    }
    for line in broken(&sums(say, &say.table.rows[row].counts), room, Role::Body) {
        plan.labels.push(Label::new(line, (MARGIN, y), Role::Body).quiet());
        y += LINE;
    }
    y - LINE + 6.0
}

/// "14 took place · 17 are planned or possible".
fn sums(say: &Say<'_>, counts: &Counts) -> String {
    let w = say.names.words;
    let some = |n: usize, words: String| if n == 0 { String::new() } else { words };
    let took = some(counts.completed, w.say(Phrase::TallyTook, &[&w.digits(counts.completed)]));
    let ahead = some(counts.ahead(), w.count(Phrase::TallyAheadOne, Phrase::TallyAheadMany, counts.ahead()));
    w.parts(&[took, ahead])
}

/// The countries of a row, the biggest first, in lines; gives the y below.
fn items(plan: &mut MatrixLayout, say: &Say<'_>, (index, scale): (usize, Scale), right: f64, mut y: f64) -> f64 {
    let row = &say.table.rows[index];
    let mut cells: Vec<&(usize, Counts)> =
        row.cells.iter().filter(|(c, n)| *c < say.table.columns.len() && n.total() > 0).collect();
    cells.sort_by_key(|(column, counts)| (counts.rank(), *column));
    let high = cells.iter().map(|(_, c)| mark::height(&mark::marks(c, scale))).fold(20.0, f64::max) + 4.0;
    let mut x = MARGIN;
    let mut deep = high;
    for (column, counts) in cells {
        let marks = mark::marks(counts, scale);
        let wide = mark::width(&marks) + NEAR;
        let lines = broken(&say.column_name(&say.table.columns[*column]), right - MARGIN - wide, Role::Body);
        let text = lines.iter().map(|l| text_width(l, Role::Body)).fold(0.0, f64::max);
        if x > MARGIN && x + wide + text > right {
            (x, y, deep) = (MARGIN, y + deep, high);
        }
        deep = deep.max(LINE * lines.len() as f64 + high - LINE);
        let middle = y + high / 2.0;
        let spot = |mark| Spot { row: index, column: *column, mark };
        plan.marks.extend(mark::in_row(marks, x, middle).into_iter().map(spot));
        let label = |(i, line)| Label::new(line, (x + wide, middle + 4.3 + LINE * i as f64), Role::Body);
        plan.labels.extend(lines.into_iter().enumerate().map(label));
        x += wide + text + APART;
    }
    y + deep
}
