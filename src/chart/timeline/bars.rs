//! Bars in the lanes: stays from their first day to their last, days that are only about known, and ranges of days.

use super::facts::Facts;
use super::joins::Spot;
use super::lanes::Lanes;
use super::plan::{Bar, RADIUS, TimelineLayout};
use super::rows::Row;
use super::when::{Kind, When};
use super::zones::Zone;
use std::collections::BTreeSet;

/// How far a bar that fades reaches past the disc.
const STUB: f64 = 14.0;

/// Lanes that bars run through in each row, whether or not a stop stands there.
pub fn passing(facts: &Facts<'_>, zones: &[Zone], rows: &[Row]) -> Vec<BTreeSet<usize>> {
    let mut passing = vec![BTreeSet::new(); rows.len()];
    let visits = zones.iter().flat_map(|z| &z.visits);
    for &visit in visits {
        let of = |r: &Row| r.blocks.iter().any(|b| b.lanes.values().flatten().any(|s| s.card.visit == visit));
        let Some(end) = end_zone(facts, zones, visit) else { continue };
        let last = rows.iter().position(|r| r.blocks.iter().any(|b| b.zone == end));
        if let Some((first, last)) = rows.iter().position(of).zip(last) {
            (first..=last).for_each(|row| {
                passing[row].insert(facts.lane(visit));
            });
        }
    }
    passing
}

/// The zone of the day on which a stay ends.
fn end_zone(facts: &Facts<'_>, zones: &[Zone], visit: usize) -> Option<usize> {
    let end = facts.when(visit)?.end_day(facts.visit(visit))?;
    zones.iter().position(|z| z.day == Some(end))
}

/// Places all bars of the lanes.
pub fn place(plan: &mut TimelineLayout, lanes: &Lanes<'_, '_>) {
    for (row, placed) in lanes.rows.iter().enumerate() {
        for (_, x0, x1) in placed.blocks.iter().filter(|b| lanes.zones[b.0].range) {
            for (lane, y) in &placed.lanes {
                if lanes.spots.iter().any(|s| s.row == row && s.lane == *lane && *x0 < s.x && s.x < *x1) {
                    plan.ranges.push(Bar { soft: (true, true), ..level((x0 + 6.0, x1 - 6.0), *y, *lane) });
                }
            }
        }
    }
    for i in 0..plan.stops.len() {
        let Some(spot) = lanes.spots.iter().find(|s| s.visit == plan.stops[i].visit) else { continue };
        plan.stops[i].bars = of(lanes, spot);
    }
}

fn level((x0, x1): (f64, f64), y: f64, hue: usize) -> Bar {
    Bar { x0, x1, y, upright: false, soft: (false, false), hue }
}

/// The bar of a stop of a list, whose disc is at `y` and whose text ends at `bottom`.
pub fn upright(when: When, (x, y): (f64, f64), bottom: f64, hue: usize) -> Option<Bar> {
    let (above, below) = (y - RADIUS - STUB / 2.0, (y + RADIUS + STUB).min(bottom + 8.0));
    let bar = |x0, x1, soft| Some(Bar { x0, x1, y: x, upright: true, soft, hue });
    match when.kind {
        Kind::Day | Kind::Within => None,
        Kind::About => bar(above, below, (true, true)),
        Kind::Stay { soft_start, soft_end } => {
            // A stay of which only the end is known ends at its disc.
            let end = if soft_end || when.last > when.first { bottom.max(below) } else { y };
            bar(if soft_start { above } else { y }, end, (soft_start, soft_end))
        }
    }
}

/// The bars of one stop, one for each row that it runs through.
fn of(lanes: &Lanes<'_, '_>, spot: &Spot) -> Vec<Bar> {
    let Some(when) = lanes.facts.when(spot.visit) else { return Vec::new() };
    let bar = |x0, x1, y, soft| Bar { soft, ..level((x0, x1), y, spot.lane) };
    let (left, right) = (spot.x - RADIUS - STUB, spot.x + RADIUS + STUB);
    match when.kind {
        Kind::Day | Kind::Within => Vec::new(),
        Kind::About => vec![bar(left, right, spot.y, (true, true))],
        Kind::Stay { soft_start, soft_end } => {
            let x0 = if soft_start { left } else { spot.x };
            stay(lanes, spot, (x0, soft_start), soft_end)
        }
    }
}

/// A stay from its disc to the day on which it ends, or as far as there is room where that is no day.
fn stay(lanes: &Lanes<'_, '_>, spot: &Spot, (x0, soft_start): (f64, bool), soft_end: bool) -> Vec<Bar> {
    let end = end_zone(lanes.facts, &lanes.zones, spot.visit);
    let (row, x1) = match end {
        Some(zone) => end_of(lanes, spot, zone),
        None if soft_end => (spot.row, reach(lanes, spot)),
        None => (spot.row, spot.x),
    };
    (spot.row..=row.max(spot.row))
        .filter_map(|r| {
            let placed = lanes.rows.get(r)?;
            let y = *placed.lanes.get(&spot.lane)?;
            let x0 = if r == spot.row { x0 } else { placed.left };
            let x1 = if r == row { x1 } else { placed.right };
            let soft = (soft_start && r == spot.row, soft_end && r == row);
            Some(Bar { soft, ..level((x0, x1.max(x0)), y, spot.lane) })
        })
        .collect()
}

/// The row and x at which a stay ends in the zone of its last day: before what its traveller did there, if anything.
fn end_of(lanes: &Lanes<'_, '_>, spot: &Spot, zone: usize) -> (usize, f64) {
    for (row, placed) in lanes.rows.iter().enumerate() {
        let Some((_, x0, x1)) = placed.blocks.iter().find(|b| b.0 == zone) else { continue };
        let next = lanes.spots.iter().filter(|s| s.row == row && s.lane == spot.lane && *x0 < s.x && s.x < *x1);
        let next = next.filter(|s| s.visit != spot.visit).map(|s| s.left - 16.0).fold(x1 - 10.0, f64::min);
        return (row, next.max(x0 + 4.0));
    }
    (spot.row, spot.x)
}

/// How far a stay without a known end reaches: to the end of its zone, or to the next stop there.
fn reach(lanes: &Lanes<'_, '_>, spot: &Spot) -> f64 {
    let blocks = &lanes.rows[spot.row].blocks;
    let edge = blocks.iter().find(|(_, x0, x1)| *x0 <= spot.x && spot.x <= *x1).map_or(spot.x, |b| b.2 - 8.0);
    let next = lanes.spots.iter().filter(|s| s.row == spot.row && s.lane == spot.lane && s.x > spot.x);
    next.map(|s| s.left - 16.0).fold(edge, f64::min).max(spot.x + RADIUS + STUB)
}
