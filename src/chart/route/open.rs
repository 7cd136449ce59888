//! Stops whose order is open: a dotted ring through them, with the bracket "order not stated". Never an arrow.

use super::super::label::Rect;
use super::super::map::Point;
use super::layout::{Open, RouteLayout, Stop, Work};
use super::legs::CLEAR;

/// A point of a ring, and how far the line keeps from it.
type Knot = (Point, f64);

/// Rings on the main map; the part that an inset shows is one point of them.
pub fn rings(plan: &RouteLayout, work: &Work<'_>) -> Vec<Open> {
    let knot = |s: &Stop| match plan.insets.iter().find(|i| i.view == s.view) {
        Some(inset) => (middle(&inset.area), inset.area.w.hypot(inset.area.h) / 2.0 + 2.0),
        None => (s.at, CLEAR),
    };
    merged(groups(plan, work).iter().map(|g| (g[0].hue, g.iter().map(|s| knot(s)).collect())), 0)
}

/// Rings inside an inset, of the stops that it shows.
pub fn within(plan: &RouteLayout, work: &Work<'_>, view: usize) -> Vec<Open> {
    let mut found = groups(plan, work);
    found.iter_mut().for_each(|g| g.retain(|s| s.view == view));
    found.retain(|g| g.len() > 1);
    merged(found.iter().map(|g| (g[0].hue, g.iter().map(|s| (s.at, CLEAR)).collect())), view)
}

/// Stops on one route that share a number.
fn groups<'a>(plan: &'a RouteLayout, work: &Work<'_>) -> Vec<Vec<&'a Stop>> {
    let key = |s: &Stop| (&work.visit(s).trip, work.visit(s).order);
    let counts = |s: &&Stop| work.on_route(s) && work.visit(s).order.is_some();
    let mut found: Vec<Vec<&Stop>> = Vec::new();
    for stop in plan.stops.iter().filter(counts) {
        match found.iter_mut().find(|g| key(g[0]) == key(stop)) {
            Some(group) => group.push(stop),
            None => found.push(vec![stop]),
        }
    }
    found.retain(|g| g.len() > 1);
    found
}

/// Rings of groups; those of several travellers through the same places are one.
fn merged(groups: impl Iterator<Item = (usize, Vec<Knot>)>, view: usize) -> Vec<Open> {
    let mut rings: Vec<(Vec<Knot>, Option<usize>)> = Vec::new();
    for (hue, knots) in groups {
        let mut own: Vec<Knot> = Vec::new();
        knots.into_iter().for_each(|k| {
            if own.iter().all(|o| apart(o.0, k.0) > 1.0) {
                own.push(k)
            }
        });
        let same = |other: &Vec<Knot>| {
            other.len() == own.len() && own.iter().all(|k| other.iter().any(|o| apart(o.0, k.0) < 70.0))
        };
        match rings.iter_mut().find(|(other, _)| same(other)) {
            Some((_, owner)) => *owner = owner.filter(|o| *o == hue),
            None => rings.push((own, Some(hue))),
        }
    }
    let ring = |(knots, hue): (Vec<Knot>, Option<usize>)| Open { hue, view, lines: around(knots), bracket: None };
    rings.into_iter().filter(|(knots, _)| knots.len() > 1).map(ring).filter(|o| !o.lines.is_empty()).collect()
}

fn apart(a: Point, b: Point) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

fn middle(r: &Rect) -> Point {
    (r.x + r.w / 2.0, r.y + r.h / 2.0)
}

/// Lines between neighbours of points in their order around their middle, closed where there are three or more.
fn around(mut knots: Vec<Knot>) -> Vec<Vec<Point>> {
    let n = knots.len() as f64;
    let centre = (knots.iter().map(|k| k.0.0).sum::<f64>() / n, knots.iter().map(|k| k.0.1).sum::<f64>() / n);
    let turn = |p: Point| (p.1 - centre.1).atan2(p.0 - centre.0);
    knots.sort_by(|a, b| turn(a.0).total_cmp(&turn(b.0)));
    if knots.len() > 2 {
        knots.push(knots[0]);
    }
    knots.windows(2).filter_map(|w| arc(w[0], w[1], centre)).collect()
}

/// A line from rim to rim, bent a little away from the middle of the ring.
fn arc((a, ra): Knot, (b, rb): Knot, centre: Point) -> Option<Vec<Point>> {
    let d = apart(a, b);
    if d < ra + rb + 6.0 {
        return None;
    }
    let middle = ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0);
    let out = apart(middle, centre);
    let normal = if out < 1.0 {
        (-(b.1 - a.1) / d, (b.0 - a.0) / d)
    } else {
        ((middle.0 - centre.0) / out, (middle.1 - centre.1) / out)
    };
    let bend = (0.1 * d).min(40.0);
    let points = (0..=24).map(|i| {
        let t = f64::from(i) / 24.0;
        let by = bend * 4.0 * t * (1.0 - t);
        (a.0 + t * (b.0 - a.0) + by * normal.0, a.1 + t * (b.1 - a.1) + by * normal.1)
    });
    let points: Vec<Point> = points.filter(|p| apart(*p, a) > ra && apart(*p, b) > rb).collect();
    (points.len() > 1).then_some(points)
}
