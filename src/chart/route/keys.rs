//! Stops listed under the map: those whose label found no room on it, and those whose place has no coordinates.

use super::super::label::{Label, broken};
use super::super::sheet::MARGIN;
use super::super::theme::Role;
use super::super::words::Phrase;
use super::blocks::{Block, PITCH};
use super::layout::{Listed, RouteLayout, Work};

/// Least width of a column, and how many there are at most.
const COLUMN: f64 = 270.0;
const MOST_COLUMNS: usize = 4;
/// Discs beside one entry; further ones stand in the next row.
const IN_ROW: usize = 3;
/// Room for a disc.
const DISC: f64 = 30.0;

/// Lists blocks in columns under a heading; gives the y below.
pub fn list(plan: &mut RouteLayout, work: &Work<'_>, blocks: Vec<Block>, heading: Phrase, y: f64) -> f64 {
    if blocks.is_empty() {
        return y;
    }
    let room = work.page - 2.0 * MARGIN;
    let columns = ((room / COLUMN) as usize).clamp(1, MOST_COLUMNS).min(blocks.len().max(2));
    let wide = room / columns as f64;
    let mut y = y + 14.0;
    for line in broken(work.names.words.of(heading), room, Role::Heading) {
        plan.headings.push(Label::new(line, (MARGIN, y), Role::Heading));
        y += 19.0;
    }
    for row in blocks.chunks(columns) {
        let mut high: f64 = 0.0;
        for (i, block) in row.iter().enumerate() {
            high = high.max(entry(plan, block, (MARGIN + wide * i as f64, y), wide - 14.0));
        }
        y += high + 10.0;
    }
    y
}

/// One entry at its upper left corner; gives its height.
fn entry(plan: &mut RouteLayout, block: &Block, (x, y): (f64, f64), wide: f64) -> f64 {
    let mut stops = block.stops.clone();
    for (i, stop) in stops.iter_mut().enumerate() {
        let (column, row) = (i % IN_ROW, i / IN_ROW);
        stop.at = (x + DISC / 2.0 + DISC * column as f64, y + DISC / 2.0 + DISC * row as f64);
    }
    let text = x + DISC * stops.len().clamp(1, IN_ROW) as f64 + 6.0;
    let mut labels = Vec::new();
    for (words, role) in &block.lines {
        for line in broken(words, x + wide - text, *role) {
            let label = Label::new(line, (text, y + 16.0 + PITCH * labels.len() as f64), *role);
            labels.push(if *role == Role::Body { label.quiet() } else { label });
        }
    }
    let high = (labels.len() as f64 * PITCH + 6.0).max(DISC * stops.len().div_ceil(IN_ROW) as f64);
    plan.keys.push(Listed { stops, labels });
    high
}
