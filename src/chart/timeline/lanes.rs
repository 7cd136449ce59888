//! Time from left to right, a lane for each traveller: zones are packed into rows, and stops placed in the zones. What does not
//! fit a row continues in the next; nothing shrinks.

use super::card::Card;
use super::facts::Facts;
use super::joins::{Spot, join, spot_groups};
use super::plan::{Bracket, RADIUS, Stop, TimelineLayout};
use super::rows::{Block, EDGE, GAP_BREAK, PAD, Row, SPACE, gap, rows};
use super::zones::{Published, Zone, published, zones};
use super::{bars, card};
use crate::chart::label::{broken, lines, text_width};
use crate::chart::sheet::MARGIN;
use crate::chart::theme::{Role, Tone};
use crate::chart::words::Phrase;
use crate::chart::{Label, Rect};
use crate::itinerary::TripKind;
use std::collections::{BTreeMap, BTreeSet};

/// Height of a line of a stop's name, and of a heading.
pub const NAME_LINE: f64 = 17.0;

/// Most by which a zone is widened to fill a row.
const STRETCH: f64 = 160.0;

/// A row that has been placed.
#[derive(Clone, Debug, Default)]
pub struct Placed {
    /// Left and right end of each block, with its zone.
    pub blocks: Vec<(usize, f64, f64)>,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    /// The y of each lane's discs.
    pub lanes: BTreeMap<usize, f64>,
}

/// What placing goes through: the plan so far, and where stops have come to stand.
pub struct Lanes<'f, 'a> {
    pub facts: &'f Facts<'a>,
    pub zones: Vec<Zone>,
    pub rows: Vec<Placed>,
    pub spots: Vec<Spot>,
}

/// Sets the lanes from a y on; gives the y below them.
pub fn place(plan: &mut TimelineLayout, facts: &Facts<'_>, mut y: f64) -> f64 {
    let zones = zones(facts, &facts.names.indices(TripKind::Main));
    let rows = rows(facts, &zones, plan.width - 2.0 * MARGIN);
    let passing = bars::passing(facts, &zones, &rows);
    let published = published(facts, &zones);
    let mut lanes = Lanes { facts, zones, rows: Vec::new(), spots: Vec::new() };
    for (i, row) in rows.iter().enumerate() {
        let widths = stretched(row, plan.width - 2.0 * MARGIN, rows.len() > 1);
        lanes.row(plan, row, &widths, &passing[i], y);
        let bottom = lanes.rows[i].bottom;
        y = bottom + 20.0;
        if let Some(p) = published.as_ref().filter(|p| lanes.is_here(p, row)) {
            y = lanes.publish(plan, p, i) + 16.0;
        }
    }
    bars::place(plan, &lanes);
    let one_run = bracket(plan, &lanes);
    join(plan, facts, &lanes, &one_run);
    y
}

impl Lanes<'_, '_> {
    /// Places one row from its top.
    fn row(&mut self, plan: &mut TimelineLayout, row: &Row, widths: &[f64], passing: &BTreeSet<usize>, top: f64) {
        let mut x = MARGIN;
        let mut placed = Placed { top, left: MARGIN, ..Placed::default() };
        for (i, (block, w)) in row.blocks.iter().zip(widths).enumerate() {
            let before = i.checked_sub(1).map(|j| &row.blocks[j]);
            x += before.map_or(0.0, |b| gap(&self.zones[b.zone], &self.zones[block.zone], b.zone == block.zone));
            placed.blocks.push((block.zone, x, x + w));
            x += w;
        }
        placed.right = x;
        let heads = row.blocks.iter().map(|b| b.heading.len() as f64 * NAME_LINE + b.note.len() as f64 * card::LINE);
        let mut y = top + heads.fold(0.0, f64::max) + 16.0;
        let present: BTreeSet<usize> = row.blocks.iter().flat_map(|b| b.lanes.keys()).chain(passing).copied().collect();
        for lane in present {
            y = self.lane(plan, row, &mut placed, lane, y);
        }
        placed.bottom = y + 2.0;
        self.bands(plan, row, &placed);
        self.rows.push(placed);
    }

    /// Places the stops of one lane in a row from a y on; gives the y below them.
    fn lane(&mut self, plan: &mut TimelineLayout, row: &Row, placed: &mut Placed, lane: usize, mut y: f64) -> f64 {
        let cards = || row.blocks.iter().filter_map(|b| b.lanes.get(&lane)).flatten().map(|s| &s.card);
        let above = cards().map(|c| c.name.len()).max().unwrap_or(1) as f64 * NAME_LINE;
        let open = cards().any(|c| self.facts.names.is_open(self.facts.visit(c.visit)));
        let over = if open { 18.0 } else { 0.0 } + above;
        if self.facts.travellers.len() > 1 {
            let first = row.blocks.iter().zip(&placed.blocks).find(|(b, _)| b.lanes.contains_key(&lane));
            let free = first.map_or(placed.right, |(_, b)| b.1) - MARGIN - PAD;
            let right = placed.right.max(MARGIN + 280.0).min(plan.width - MARGIN);
            let named = self.name_lane(plan, lane, right, y);
            // Where the lane begins empty, its name stands beside the names of the first stops.
            let beside = self.lane_name_width(lane) < free && named - y < over + 8.0;
            y = if beside { y + 4.0 } else { named };
        }
        let disc = y + over + 3.0 + RADIUS;
        placed.lanes.insert(lane, disc);
        let rows = self.rows.len();
        for (block, (_, x0, x1)) in row.blocks.iter().zip(&placed.blocks) {
            let slots = block.lanes.get(&lane).map(Vec::as_slice).unwrap_or_default();
            let used: f64 = slots.iter().map(|s| s.width).sum();
            let slack = ((x1 - x0 - EDGE - 4.0 - used).max(0.0) / slots.len().max(1) as f64).min(60.0);
            let mut at = x0 + EDGE;
            for slot in slots {
                let x = at + 6.0 + RADIUS;
                let visit = slot.card.visit;
                plan.stops.push(stop(&slot.card, (x, disc), lane));
                let right = at + 6.0 + slot.card.width().max(2.0 * RADIUS);
                self.spots.push(Spot { visit, row: rows, lane, x, y: disc, left: at, right, above });
                at += slot.width + slack;
            }
        }
        let below = cards().map(Card::below).fold(0.0, f64::max);
        disc + RADIUS + 6.0 + below + 16.0
    }

    /// A traveller's name with the office beside it, or under it where there is no room.
    fn name_lane(&self, plan: &mut TimelineLayout, lane: usize, right: f64, mut y: f64) -> f64 {
        let Some(id) = self.facts.travellers.get(lane) else { return y };
        let (x, room) = (MARGIN + PAD, right - MARGIN - 2.0 * PAD);
        let names = self.facts.names;
        let mut end = x;
        for line in lines(&names.name(id), (x, y + 12.0), room, NAME_LINE, Role::Heading) {
            y += NAME_LINE;
            end = line.x + line.width() + 10.0;
            plan.travellers.push((line.tone(Tone::Hue), lane));
        }
        let office = names.office_of(id);
        if end + text_width(&office, Role::Body) <= x + room {
            plan.labels.push(Label::new(office, (end, y - NAME_LINE + 12.0), Role::Body).quiet());
        } else {
            for line in lines(&office, (x, y + 11.0), room, card::LINE, Role::Body) {
                y += card::LINE;
                plan.labels.push(line.quiet());
            }
        }
        y + 4.0
    }

    /// Width of a traveller's name with the office beside it.
    fn lane_name_width(&self, lane: usize) -> f64 {
        let names = self.facts.names;
        self.facts.travellers.get(lane).map_or(0.0, |id| {
            text_width(&names.name(id), Role::Heading) + 10.0 + text_width(&names.office_of(id), Role::Body) + PAD
        })
    }

    /// Bands, headings, and the axis over days.
    fn bands(&self, plan: &mut TimelineLayout, row: &Row, placed: &Placed) {
        let top = placed.top;
        for (i, (block, (z, x0, x1))) in row.blocks.iter().zip(&placed.blocks).enumerate() {
            plan.zones.push(Rect { x: *x0, y: top, w: x1 - x0, h: placed.bottom - top });
            let mut y = top + 20.0;
            for line in &block.heading {
                plan.labels.push(Label::new(line.clone(), (x0 + PAD, y), Role::Heading));
                y += NAME_LINE;
            }
            for line in &block.note {
                plan.labels.push(Label::new(line.clone(), (x0 + PAD, y - 1.0), Role::Body).quiet());
                y += card::LINE;
            }
            let zone = &self.zones[*z];
            if zone.day.is_none() {
                continue;
            }
            plan.ticks.push((*x0, top));
            let next = placed.blocks.get(i + 1).filter(|(n, ..)| self.zones[*n].day.is_some());
            let beside = next.filter(|(n, ..)| gap(zone, &self.zones[*n], n == z) < GAP_BREAK);
            plan.axis.push((*x0, beside.map_or(*x1, |(_, x, _)| *x), top));
            if let Some((_, x, _)) = next.filter(|_| beside.is_none()) {
                plan.breaks.push(((x1 + x) / 2.0, top));
            }
            if i == 0 && self.is_apart_from_last(zone) {
                plan.breaks.push((x0 - 8.0, top));
            }
        }
    }

    /// Whether days without stops lie between the last row and a zone.
    fn is_apart_from_last(&self, zone: &Zone) -> bool {
        let last = self.rows.last().and_then(|r| r.blocks.last()).map(|(z, ..)| &self.zones[*z]);
        last.is_some_and(|l| l.day.is_some() && l.day != zone.day && gap(l, zone, false) >= GAP_BREAK)
    }

    /// Whether publication falls into this row: after the zone that it follows, or before the first.
    fn is_here(&self, published: &Published, row: &Row) -> bool {
        let follows = published.before.saturating_sub(1);
        let last_here = row.blocks.iter().rev().find(|b| b.zone == follows).is_some_and(|b| b.last);
        if published.before == 0 { row.blocks.first().is_some_and(|b| b.zone == 0 && !b.continued) } else { last_here }
    }

    /// The hairline of publication in a row, and its words under it; gives the y below them.
    fn publish(&self, plan: &mut TimelineLayout, published: &Published, row: usize) -> f64 {
        let placed = &self.rows[row];
        let at = placed.blocks.iter().rposition(|(z, ..)| published.before > 0 && *z == published.before - 1);
        let x = match at {
            None => MARGIN - 6.0,
            Some(i) => {
                let right = placed.blocks[i].2;
                let next = placed.blocks.get(i + 1).map_or(right + 8.0, |b| b.1);
                let edge = right + ((next - right) / 2.0).min(5.0);
                if published.inside { self.parting(placed.blocks[i].0, row).unwrap_or(edge) } else { edge }
            }
        };
        let mut y = placed.bottom;
        let room = plan.width - 2.0 * MARGIN;
        for line in broken(&published.words, room, Role::Body) {
            y += card::LINE;
            let w = text_width(&line, Role::Body);
            let left = if x - 5.0 - w >= MARGIN { x - 5.0 - w } else { (x + 5.0).min(plan.width - MARGIN - w) };
            plan.labels.push(Label::new(line, (left, y), Role::Body).quiet());
        }
        plan.publish(x, placed.top - 6.0, y + 3.0);
        y
    }

    /// The x between what took place and what did not in a zone, where such a line parts them in every lane.
    fn parting(&self, zone: usize, row: usize) -> Option<f64> {
        let here = |over: bool| {
            let inside = move |s: &&Spot| s.row == row && self.facts.is_over(s.visit) == over;
            self.spots.iter().filter(move |s| inside(s) && self.zones[zone].visits.contains(&s.visit))
        };
        let over = here(true).map(|s| s.right).fold(0.0, f64::max);
        let ahead = here(false).map(|s| s.left).fold(f64::MAX, f64::min);
        (over > 0.0 && over < ahead).then_some((over + ahead.min(over + SPACE)) / 2.0)
    }
}

/// Widths of a row's blocks: spread over the page where they nearly fill it, and where there are several rows.
fn stretched(row: &Row, room: f64, several: bool) -> Vec<f64> {
    let spare = (room - row.used).max(0.0);
    let full = row.blocks.iter().filter(|b| !b.lanes.is_empty()).count().max(1) as f64;
    let each = if several || row.used > room * 0.62 { (spare / full).min(STRETCH) } else { 0.0 };
    row.blocks.iter().map(|b: &Block| b.width + if b.lanes.is_empty() { 0.0 } else { each }).collect()
}

/// A stop with its text around a disc.
fn stop(card: &Card, (x, y): (f64, f64), hue: usize) -> Stop {
    let left = x - RADIUS;
    let (mut labels, meetings) = card.set(left, y + RADIUS + 18.0);
    for (i, line) in card.name.iter().rev().enumerate() {
        labels.push(Label::new(line.clone(), (left, y - RADIUS - 7.0 - NAME_LINE * i as f64), Role::Name));
    }
    Stop { visit: card.visit, hue, x, y, labels, meetings, ..Stop::default() }
}

/// Brackets stops of a lane and row that stand side by side and share a number. Gives, for each visit that is bracketed with all
/// that share its number, the bracket.
fn bracket(plan: &mut TimelineLayout, lanes: &Lanes<'_, '_>) -> BTreeMap<usize, usize> {
    let words = lanes.facts.names.words.of(Phrase::OrderOpen);
    let mut of: BTreeMap<usize, usize> = BTreeMap::new();
    for run in spot_groups(lanes.facts, &lanes.spots) {
        let (first, last) = (run[0], run[run.len() - 1]);
        let y0 = first.y - RADIUS - 15.0 - first.above;
        let x1 = last.right.max(first.left + text_width(words, Role::Body) + 8.0) + 12.0;
        of.extend(run.iter().map(|s| (s.visit, plan.brackets.len())));
        let (x0, y1) = (first.left - 10.0, first.y + RADIUS + 6.0);
        plan.brackets.push(Bracket { x0, x1, y0, y1, hue: first.lane, one_sided: false });
        plan.labels.push(Label::new(words, (x0 + 15.0, y0 + 4.0), Role::Body).quiet());
    }
    super::joins::whole(lanes.facts, of)
}
