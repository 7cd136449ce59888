//! Countries of a row that have no column of their own, by name.

use super::super::label::broken;
use super::super::theme::{Role, Tone};
use super::super::words::Phrase;
use super::grid::Column;
use super::say::Say;
use super::table::Counts;

/// Lines at most for what took place, and for what may still.
const MOST_LINES: usize = 2;

type Line = (String, Role, Tone);

/// Names of the countries without a column, the biggest first: those where stops took place, then, slanted, those
/// where they may still.
pub fn lines(say: &Say<'_>, row: usize, columns: &[Column], room: f64) -> Vec<Line> {
    let shown = |c: usize| columns.iter().any(|own| own.index == c);
    let mut cells: Vec<&(usize, Counts)> = say.table.rows[row].cells.iter().filter(|(c, _)| !shown(*c)).collect();
    cells.sort_by_key(|(column, counts)| (counts.rank(), *column));
    let names = |of: fn(&Counts) -> usize| -> Vec<String> {
        let there = cells.iter().filter(|(_, n)| of(n) > 0).filter_map(|(c, _)| say.table.columns.get(*c));
        there.map(|c| say.column_name(c)).collect()
    };
    let took = fitted(say, &names(|n| n.completed), room, Role::Body).into_iter().map(|l| (l, Role::Body, Tone::Ink));
    let ahead = fitted(say, &names(|n| n.ahead()), room, Role::Note).into_iter().map(|l| (l, Role::Note, Tone::Quiet));
    took.chain(ahead).collect()
}

/// As many names as fit, and how many others.
fn fitted(say: &Say<'_>, names: &[String], room: f64, role: Role) -> Vec<String> {
    let w = say.names.words;
    let all = broken(&names.join(w.of(Phrase::ListComma)), room, role);
    if all.len() <= MOST_LINES {
        return all;
    }
    // "And one other" would be no shorter than its name.
    let some = (1..names.len().saturating_sub(1)).rev().map(|n| {
        let first = names[..n].join(w.of(Phrase::ListComma));
        broken(&w.say(Phrase::OthersMany, &[&first, &w.number(names.len() - n)]), room, role)
    });
    some.into_iter()
        .find(|lines| lines.len() <= MOST_LINES)
        .unwrap_or_else(|| broken(&say.countries(names.len()), room, role))
}
