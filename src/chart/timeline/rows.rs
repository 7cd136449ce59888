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

/// Distributes zones over rows of at most `room` pixels: over no more rows than needed, and evenly.
pub fn rows(facts: &Facts<'_>, zones: &[Zone], room: f64) -> Vec<Row> {
    let blocks: Vec<Block> = zones.iter().enumerate().flat_map(|(z, zone)| blocks(facts, z, zone, room)).collect();
    let counts = |limit: f64| pack(zones, &blocks, limit).len();
    let fewest = counts(room);
    // The narrowest limit that still needs no more rows leaves none with a single zone beside full ones.
    let (mut narrow, mut wide) = (0.0, room);
    for _ in 0..10 {
        let middle = (narrow + wide) / 2.0;
        if counts(middle) <= fewest { wide = middle } else { narrow = middle }
    }
    let packed = pack(zones, &blocks, wide);
    let mut blocks = blocks.into_iter();
    packed.into_iter().map(|(n, used)| Row { blocks: blocks.by_ref().take(n).collect(), used }).collect()
}

/// How many blocks each row takes, and their width with gaps, where no row is wider than `limit` but for a single block.
fn pack(zones: &[Zone], blocks: &[Block], limit: f64) -> Vec<(usize, f64)> {
    let mut rows: Vec<(usize, f64)> = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        let last = i.checked_sub(1).map(|j| blocks[j].zone);
        let gap = last.map_or(0.0, |z| gap(&zones[z], &zones[block.zone], z == block.zone));
        match rows.last_mut().filter(|r| !block.continued && r.1 + gap + block.width <= limit) {
            Some(row) => *row = (row.0 + 1, row.1 + gap + block.width),
            None => rows.push((1, block.width)),
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
