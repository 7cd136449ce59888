//! Packing zones into rows: how wide each must be, and what fits side by side. Knows widths, no positions.

use super::card::Card;
use super::facts::Facts;
use super::plan::RADIUS;
use super::zones::Zone;
use crate::chart::label::{broken, text_width};
use crate::chart::theme::Role;
use crate::chart::words::Phrase;
use std::collections::BTreeMap;

/// Space inside a zone, at both sides of its heading.
pub const PAD: f64 = 14.0;
/// Space from a zone's edge to its first stop: there is room for a bracket.
pub const EDGE: f64 = 24.0;
/// Space after a stop's text.
pub const SPACE: f64 = 24.0;
/// Gap over which the axis is broken.
pub const GAP_BREAK: f64 = 26.0;
/// Widest text of a stop.
const WIDEST: f64 = 186.0;
/// Least width to which headings are set.
const HEADING: f64 = 150.0;

/// A stop's share of a lane.
#[derive(Clone, Debug)]
pub struct Slot {
    pub card: Card,
    pub width: f64,
}

/// A zone, or the part of it that fits one row.
#[derive(Clone, Debug, Default)]
pub struct Block {
    pub zone: usize,
    pub continued: bool,
    /// Whether the zone ends with it.
    pub last: bool,
    pub heading: Vec<String>,
    pub note: Vec<String>,
    pub lanes: BTreeMap<usize, Vec<Slot>>,
    pub width: f64,
}

/// Blocks side by side.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub blocks: Vec<Block>,
    /// Width of the blocks and of the gaps between them.
    pub used: f64,
}

/// The gap between two zones: days that follow each other touch, other days are broken apart.
pub fn gap(a: &Zone, b: &Zone, same: bool) -> f64 {
    match (a.day, b.day) {
        (Some(a), Some(b)) if same || (b - a).num_days() == 1 => 3.0,
        (Some(_), Some(_)) => GAP_BREAK,
        _ => 10.0,
    }
}

/// Distributes zones over rows of at most `room` pixels.
pub fn rows(facts: &Facts<'_>, zones: &[Zone], room: f64) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (z, zone) in zones.iter().enumerate() {
        for block in blocks(facts, z, zone, room) {
            let gap = |last: &Block| gap(&zones[last.zone], zone, last.zone == z);
            let beside = rows.last_mut().filter(|r| {
                let gap = r.blocks.last().map_or(0.0, gap);
                !block.continued && r.used + gap + block.width <= room
            });
            match beside {
                Some(row) => {
                    row.used += row.blocks.last().map_or(0.0, gap) + block.width;
                    row.blocks.push(block);
                }
                None => rows.push(Row { used: block.width, blocks: vec![block] }),
            }
        }
    }
    rows
}

/// The parts of a zone; more than one where a lane of it is wider than a row.
fn blocks(facts: &Facts<'_>, z: usize, zone: &Zone, room: f64) -> Vec<Block> {
    let mut blocks = vec![Block { zone: z, ..Block::default() }];
    // Each lane fills the parts from the first on, so that companions stay side by side.
    let mut reached: BTreeMap<usize, usize> = BTreeMap::new();
    for &visit in &zone.visits {
        let lane = facts.lane(visit);
        let slot = slot(facts, visit, room);
        let at = reached.entry(lane).or_insert(0);
        let used: f64 = blocks[*at].lanes.get(&lane).into_iter().flatten().map(|s| s.width).sum();
        if used > 0.0 && used + slot.width + EDGE + 4.0 > room {
            *at += 1;
            if blocks.len() == *at {
                blocks.push(Block { zone: z, continued: true, ..Block::default() });
            }
        }
        blocks[*at].lanes.entry(lane).or_default().push(slot);
    }
    blocks.iter_mut().for_each(|b| size(facts, b, zone, room));
    blocks.last_mut().into_iter().for_each(|b| b.last = true);
    blocks
}

fn slot(facts: &Facts<'_>, visit: usize, room: f64) -> Slot {
    let card = Card::new(facts, visit, WIDEST.min(room - EDGE - SPACE - 10.0));
    let names = facts.names;
    let mut width = card.width().max(2.0 * RADIUS + 26.0) + 6.0 + SPACE;
    if names.is_open(facts.visit(visit)) {
        width = width.max(text_width(names.words.of(Phrase::OrderOpen), Role::Body) + 30.0 + SPACE);
    }
    Slot { card, width }
}

/// Sets a block's heading and width.
fn size(facts: &Facts<'_>, block: &mut Block, zone: &Zone, room: f64) {
    let lane = |slots: &Vec<Slot>| slots.iter().map(|s| s.width).sum::<f64>() + EDGE + 4.0;
    let content = block.lanes.values().map(lane).fold(0.0, f64::max).min(room);
    let limit = (content - 2.0 * PAD).max(HEADING).min(room - 2.0 * PAD);
    let heading = match block.continued {
        true => facts.names.words.say(Phrase::ZoneContinued, &[&zone.heading]),
        false => zone.heading.clone(),
    };
    block.heading = broken(&heading, limit, Role::Heading);
    block.note = broken(&zone.note, limit, Role::Body);
    let widest = block.heading.iter().map(|l| text_width(l, Role::Heading));
    let widest = widest.chain(block.note.iter().map(|l| text_width(l, Role::Body))).fold(0.0, f64::max);
    block.width = content.max(widest + 2.0 * PAD).min(room);
}
