//! The columns of the matrix: as wide as their discs and names need. Those that find no room, the smallest, are not
//! drawn.

use super::super::label::text_width;
use super::super::sheet::MARGIN;
use super::super::theme::Role;
use super::super::words::Phrase;
use super::mark::{self, Scale};
use super::say::Say;
use super::table::Counts;

/// Greatest radius of a disc, and of the disc for one.
const LARGEST: f64 = 30.0;
const ONE: f64 = 9.0;
/// Width of a column: at least, and when there is room.
const NARROWEST: f64 = 40.0;
const WIDEST: f64 = 96.0;
/// Width of a column of sums.
pub const SUM: f64 = 74.0;
/// Width of the column that names countries without one of their own: at least, and in share of the page.
const OTHERS: (f64, f64) = (128.0, 0.15);

/// A column that is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub index: usize,
    pub left: f64,
    pub width: f64,
}

/// Columns and what stands left and right of them.
pub struct Grid {
    pub head: f64,
    pub columns: Vec<Column>,
    /// Left end and width of the column that names all other countries, where there are such.
    pub others: Option<(f64, f64)>,
    /// Right ends of the sums: what took place, and what may still where there is such.
    pub sums: Vec<Sum>,
    pub right: f64,
    pub scale: Scale,
}

/// A column of sums: its right end, what it counts, and its name.
pub type Sum = (f64, fn(&Counts) -> usize, Phrase);

/// What a sum counts, and its name.
type Form = (fn(&Counts) -> usize, Phrase);

fn completed(counts: &Counts) -> usize {
    counts.completed
}

fn ahead(counts: &Counts) -> usize {
    counts.ahead()
}

/// Which columns are drawn for some rows, and how wide everything is.
pub fn grid(say: &Say<'_>, rows: &[usize], width: f64) -> Grid {
    let room = width - 2.0 * MARGIN;
    let scale = scale(say, rows);
    let forms = forms(&say.table.sum());
    let mut head = head_width(say, rows, room);
    let free = room - head - SUM * forms.len() as f64 - 8.0;
    let mut widths = chosen(say, rows, scale, free);
    let told = |widths: &[(usize, f64)]| {
        let mut cells = rows.iter().flat_map(|r| &say.table.rows[*r].cells);
        cells.all(|(c, n)| n.total() == 0 || widths.iter().any(|w| w.0 == *c))
    };
    let others = if told(&widths) { 0.0 } else { OTHERS.0.max(room * OTHERS.1) };
    let free = free - others;
    if others > 0.0 {
        widths = chosen(say, rows, scale, free);
    }
    let left_over = free - widths.iter().map(|w| w.1).sum::<f64>();
    let each = left_over / widths.len().max(1) as f64;
    widths.iter_mut().for_each(|w| w.1 = (w.1 + each).min(WIDEST.max(w.1)));
    head += (free - widths.iter().map(|w| w.1).sum::<f64>()).clamp(0.0, 90.0);
    let mut x = MARGIN + head;
    let mut place = |(index, width): (usize, f64)| {
        let column = Column { index, left: x, width };
        x += width;
        column
    };
    let columns: Vec<Column> = widths.into_iter().map(&mut place).collect();
    let others = (others > 0.0).then_some((x + 8.0, others - 8.0));
    x += others.map_or(0.0, |o| o.1 + 8.0) + 8.0;
    let right = x + SUM * forms.len() as f64;
    let sums = forms.into_iter().enumerate().map(|(i, (of, phrase))| (x + SUM * (i + 1) as f64 - 10.0, of, phrase));
    Grid { head, columns, others, sums: sums.collect(), right, scale }
}

/// How large discs are, by the greatest count that is drawn.
pub fn scale(say: &Say<'_>, rows: &[usize]) -> Scale {
    let cells = rows.iter().flat_map(|r| &say.table.rows[*r].cells);
    let greatest = cells.map(|(_, c)| c.completed.max(c.planned).max(c.possible)).max().unwrap_or(1);
    Scale::of(greatest, LARGEST, ONE)
}

/// The sums that are not all nought.
fn forms(sum: &Counts) -> Vec<Form> {
    let all: [Form; 2] = [(completed, Phrase::TallySumTook), (ahead, Phrase::TallySumAhead)];
    all.into_iter().filter(|(of, _)| of(sum) > 0).collect()
}

fn head_width(say: &Say<'_>, rows: &[usize], room: f64) -> f64 {
    let named = |r: &usize| {
        let row = &say.table.rows[*r];
        text_width(&say.row_name(row), Role::Strong).max(text_width(&say.row_note(row), Role::Body))
    };
    let natural = rows.iter().map(named).fold(0.0, f64::max) + 14.0;
    natural.clamp(110.0, (room * 0.26).max(130.0))
}

/// The biggest columns that fit, with their widths. One that nobody shown went to would be empty.
fn chosen(say: &Say<'_>, rows: &[usize], scale: Scale, free: f64) -> Vec<(usize, f64)> {
    let cells = || rows.iter().flat_map(|r| &say.table.rows[*r].cells);
    let mut widths: Vec<(usize, f64)> = Vec::new();
    let mut used = 0.0;
    for index in say.table.columns_by_size() {
        let here: Vec<&Counts> =
            cells().filter(|(c, n)| *c == index && n.total() > 0).map(|(_, counts)| counts).collect();
        let own = column_width(say, index, &here, scale);
        if here.is_empty() {
            continue;
        }
        if used + own > free {
            break;
        }
        used += own;
        widths.push((index, own));
    }
    widths
}

/// What a column needs for its name and its discs.
fn column_width(say: &Say<'_>, index: usize, here: &[&Counts], scale: Scale) -> f64 {
    let name = say.column_name(&say.table.columns[index]);
    let word = name.split_whitespace().map(|w| text_width(w, Role::Strong)).fold(0.0, f64::max).min(110.0);
    let discs = here.iter().map(|c| mark::width(&mark::marks(c, scale))).fold(0.0, f64::max);
    (word + 8.0).max(discs + 10.0).max(NARROWEST)
}
