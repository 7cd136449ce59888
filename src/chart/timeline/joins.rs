//! Lines between stops that follow each other. What shares a number is never joined among itself; what the document only numbers,
//! without a reason, is joined by a dotted line.

use super::facts::Facts;
use super::lanes::Lanes;
use super::plan::{Join, RADIUS, TimelineLayout};
use crate::itinerary::Status;
use std::collections::{BTreeMap, BTreeSet};

/// Where a stop of the lanes has come to stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    pub visit: usize,
    pub row: usize,
    pub lane: usize,
    pub x: f64,
    pub y: f64,
    /// Left and right end of its text.
    pub left: f64,
    pub right: f64,
    /// Height of the names over the discs of its lane and row.
    pub above: f64,
}

/// Stops that stand side by side in one lane and row and share their number with another stop, wherever that is.
pub fn spot_groups<'s>(facts: &Facts<'_>, spots: &'s [Spot]) -> Vec<Vec<&'s Spot>> {
    let mut sorted: Vec<&Spot> = spots.iter().collect();
    sorted.sort_by(|a, b| (a.row, a.lane).cmp(&(b.row, b.lane)).then(a.x.total_cmp(&b.x)));
    let beside = |a: &&Spot, b: &&Spot| (a.row, a.lane) == (b.row, b.lane) && facts.shares_number(a.visit, b.visit);
    let runs = sorted.chunk_by(beside);
    runs.filter(|r| facts.names.is_open(facts.visit(r[0].visit))).map(<[&Spot]>::to_vec).collect()
}

/// Of visits with their brackets, those whose bracket holds all that share their number.
pub fn whole(facts: &Facts<'_>, mut of: BTreeMap<usize, usize>) -> BTreeMap<usize, usize> {
    for group in facts.groups().into_iter().flatten() {
        let brackets: BTreeSet<Option<&usize>> = group.iter().map(|i| of.get(i)).collect();
        if brackets.len() > 1 {
            group.iter().for_each(|i| {
                of.remove(i);
            });
        }
    }
    of
}

/// One end of a join.
#[derive(Clone, Copy)]
struct End {
    row: usize,
    lane: usize,
    x: f64,
    y: f64,
}

/// Joins the stops of each trip in the order of their numbers.
pub fn join(plan: &mut TimelineLayout, facts: &Facts<'_>, lanes: &Lanes<'_, '_>, brackets: &BTreeMap<usize, usize>) {
    let spots: BTreeMap<usize, &Spot> = lanes.spots.iter().map(|s| (s.visit, s)).collect();
    let mut joins = Vec::new();
    for trip in facts.groups() {
        for pair in trip.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            let split = |g: &[usize]| g.len() > 1 && !brackets.contains_key(&g[0]);
            if split(a) || split(b) {
                continue;
            }
            let ends = end(plan, lanes, &spots, a, brackets, true).zip(end(plan, lanes, &spots, b, brackets, false));
            let Some((from, to)) = ends else { continue };
            let pieces = pieces(lanes, from, to);
            if !pieces.is_empty() {
                let (known, ahead) = nature(facts, a, b);
                joins.push(Join { pieces, hue: from.lane, background: false, known, ahead });
            }
        }
    }
    plan.joins = joins;
}

/// Whether the document gives reasons for the order of two groups, and whether the later has not taken place.
pub fn nature(facts: &Facts<'_>, a: &[usize], b: &[usize]) -> (bool, bool) {
    let known = a.iter().all(|i| b.iter().all(|j| facts.graph.comparable(*i, *j)));
    (known, b.iter().any(|j| facts.visit(*j).status != Status::Completed))
}

/// Where a join leaves a group, or reaches it: at its bracket, at the end of a stay, or at its disc.
fn end(
    plan: &TimelineLayout,
    lanes: &Lanes<'_, '_>,
    spots: &BTreeMap<usize, &Spot>,
    group: &[usize],
    brackets: &BTreeMap<usize, usize>,
    leaving: bool,
) -> Option<End> {
    let spot = spots.get(&group[0])?;
    let at = |x: f64| End { row: spot.row, lane: spot.lane, x, y: spot.y };
    if let Some(b) = brackets.get(&group[0]).map(|b| plan.brackets[*b]) {
        return Some(at(if leaving { b.x1 } else { b.x0 }));
    }
    let stop = plan.stops.iter().find(|s| s.visit == group[0])?;
    match (leaving, stop.bars.first(), stop.bars.last()) {
        (true, _, Some(bar)) => {
            let row = spot.row + stop.bars.len() - 1;
            let y = *lanes.rows.get(row)?.lanes.get(&spot.lane)?;
            Some(End {
                row,
                lane: spot.lane,
                x: bar.x1.max(if row == spot.row { spot.x + RADIUS } else { 0.0 }) + 2.0,
                y,
            })
        }
        (false, Some(bar), _) => Some(at(bar.x0.min(spot.x - RADIUS) - 2.0)),
        (true, ..) => Some(at(spot.x + RADIUS + 2.0)),
        (false, ..) => Some(at(spot.x - RADIUS - 2.0)),
    }
}

/// The pieces of a line from one end to another: straight in one row, to the end of a row and from the beginning of a later one.
/// A line that would run backwards is not drawn.
fn pieces(lanes: &Lanes<'_, '_>, a: End, b: End) -> Vec<((f64, f64), (f64, f64))> {
    if a.lane != b.lane || a.row > b.row {
        return Vec::new();
    }
    let runs = match a.row == b.row {
        true => vec![(a.row, a.x, b.x, a.y)],
        false => vec![(a.row, a.x, lanes.rows[a.row].right, a.y), (b.row, lanes.rows[b.row].left, b.x, b.y)],
    };
    let cut = |(row, x0, x1, y): (usize, f64, f64, f64)| {
        let passed = lanes.spots.iter().filter(move |s| s.row == row && s.lane == a.lane && x0 < s.x && s.x < x1);
        let mut free = vec![(x0, x1)];
        for s in passed {
            let (left, right) = (s.x - RADIUS - 4.0, s.x + RADIUS + 4.0);
            free = free.into_iter().flat_map(|(p, q)| [(p, q.min(left)), (p.max(right), q)]).collect();
        }
        free.retain(|(p, q)| q - p > 1.0);
        free.into_iter().map(move |(p, q)| ((p, y), (q, y)))
    };
    runs.into_iter().flat_map(cut).collect()
}
