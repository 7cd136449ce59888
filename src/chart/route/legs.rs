//! Legs: great circles from disc to disc. Where two run together, or one runs through the disc of another stop, they are bowed apart.

use super::super::label::{Label, Rect};
use super::super::map::{Point, Projection, distance_km, great_circle};
use super::super::theme::Role;
use super::super::words::Phrase;
use super::layout::{Leg, RADIUS, RouteLayout, Work};
use super::sites::{Disc, Site};
use crate::itinerary::{Status, VisitGraph};

/// Length and half the width of an arrow's head.
const HEAD: (f64, f64) = (12.0, 5.0);
/// A leg shorter than this between the rims of its discs is left out: the discs stand side by side.
const SHORTEST: f64 = 16.0;
/// Farthest that a leg is bowed from its great circle, as a share of its length.
const MOST_BOW: f64 = 0.12;
/// Space between legs that run together, in pixels at their middle.
const BETWEEN: f64 = 13.0;
/// A leg this long has a number beside it.
const NUMBERED: f64 = 150.0;

/// An end of a leg: a site, or the part of the main map that an inset shows.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Site(usize),
    Part(usize),
}

/// A leg before it is drawn.
struct Wanted {
    from: usize,
    to: usize,
    /// Sites of both ends.
    sites: (usize, usize),
    ends: (End, End),
}

/// Legs of the main map. Those between two stops of one inset are the inset's.
pub fn legs(plan: &RouteLayout, work: &Work<'_>, all: &[Site]) -> Vec<Leg> {
    let found = wanted(plan, work, all).into_iter().filter(|w| {
        let (a, b) = (all[w.sites.0].view, all[w.sites.1].view);
        a == 0 || a != b
    });
    drawn(plan, work, all, found.collect(), 0)
}

/// Legs inside an inset.
pub fn within(plan: &RouteLayout, work: &Work<'_>, all: &[Site], view: usize) -> Vec<Leg> {
    let mut found = wanted(plan, work, all);
    found.retain(|w| all[w.sites.0].view == view && all[w.sites.1].view == view);
    found.iter_mut().for_each(|w| w.ends = (End::Site(w.sites.0), End::Site(w.sites.1)));
    drawn(plan, work, all, found, view)
}

fn wanted(plan: &RouteLayout, work: &Work<'_>, all: &[Site]) -> Vec<Wanted> {
    let graph = VisitGraph::of(work.document);
    let off = |i: usize| work.document.visits[i].status == Status::Cancelled;
    let stop = |visit: usize| plan.stops.iter().position(|s| s.visit == visit && !s.recalled);
    let site = |stop: usize| all.iter().position(|s| s.discs.iter().any(|d| d.stop == stop));
    let end = |site: usize| match plan.insets.iter().position(|i| i.view == all[site].view) {
        Some(part) => End::Part(part),
        None => End::Site(site),
    };
    let mut found = Vec::new();
    for (a, b) in work.document.trips.iter().flat_map(|t| graph.legs(&t.id)).filter(|(a, b)| !off(*a) && !off(*b)) {
        let Some((from, to)) = stop(a).zip(stop(b)) else { continue };
        let Some(sites) = site(from).zip(site(to)).filter(|(p, q)| p != q) else { continue };
        found.push(Wanted { from, to, sites, ends: (end(sites.0), end(sites.1)) });
    }
    found
}

fn drawn(plan: &RouteLayout, work: &Work<'_>, all: &[Site], wanted: Vec<Wanted>, view: usize) -> Vec<Leg> {
    let map = plan.views[view].map;
    let pair = |w: &Wanted| {
        let key = |e: End| match e {
            End::Site(i) => i,
            End::Part(i) => i + all.len(),
        };
        let (a, b) = (key(w.ends.0), key(w.ends.1));
        (a.min(b), a.max(b), a < b)
    };
    let mut legs = Vec::new();
    for (i, w) in wanted.iter().enumerate() {
        let together: Vec<usize> = (0..wanted.len())
            .filter(|j| {
                let (a, b) = (pair(&wanted[*j]), pair(w));
                (a.0, a.1) == (b.0, b.1)
            })
            .collect();
        let rank = together.iter().position(|j| *j == i).unwrap_or(0) as f64 - (together.len() - 1) as f64 / 2.0;
        // The side is that of the pair, not of the direction, so that the way there and the way back do not fall together.
        let side = if pair(w).2 { 1.0 } else { -1.0 };
        let path = path(plan, all, w, &map, view);
        let bow = if together.len() > 1 { rank * side * BETWEEN } else { clear_bow(&path, w, all, view) };
        let blocks = (covers(plan, all, w.ends.0), covers(plan, all, w.ends.1));
        let parts: Vec<Vec<Point>> = path.iter().map(|p| bowed(p, bow, path.len() > 1)).collect();
        let Some((parts, arrow)) = headed(parts, &blocks.0, &blocks.1) else { continue };
        legs.push(Leg {
            from: plan.stops[w.from].visit,
            to: plan.stops[w.to].visit,
            hue: plan.stops[w.from].hue,
            ahead: work.visit(&plan.stops[w.to]).status != Status::Completed,
            km: distance_km(all[w.sites.0].place, all[w.sites.1].place),
            view,
            parts,
            arrow,
            number: None,
        });
    }
    legs
}

/// Discs or the box that a leg ends at.
fn covers(plan: &RouteLayout, all: &[Site], end: End) -> Vec<Cover> {
    match end {
        End::Part(i) => vec![Cover::Box(plan.insets[i].area)],
        End::Site(i) => all[i]
            .discs
            .iter()
            .map(|d| Cover::Disc((all[i].at.0 + d.offset.0, all[i].at.1 + d.offset.1), d.radius + 2.5))
            .collect(),
    }
}

enum Cover {
    Disc(Point, f64),
    Box(Rect),
}

impl Cover {
    fn holds(&self, p: Point) -> bool {
        match self {
            Cover::Disc(at, r) => (p.0 - at.0).hypot(p.1 - at.1) < *r,
            Cover::Box(r) => p.0 > r.x && p.0 < r.x + r.w && p.1 > r.y && p.1 < r.y + r.h,
        }
    }
}

/// Where a leg begins or ends on the page.
fn anchor(plan: &RouteLayout, all: &[Site], stop: usize, end: End) -> Point {
    match end {
        End::Part(i) => middle(&plan.insets[i].area),
        End::Site(i) => {
            let disc = all[i].discs.iter().find(|d| d.stop == stop);
            let (x, y) = disc.map_or((0.0, 0.0), |d| d.offset);
            (all[i].at.0 + x, all[i].at.1 + y)
        }
    }
}

fn middle(r: &Rect) -> Point {
    (r.x + r.w / 2.0, r.y + r.h / 2.0)
}

/// The great circle on the page, in pieces where the edge of the world cuts it, from anchor to anchor.
fn path(plan: &RouteLayout, all: &[Site], w: &Wanted, map: &Projection, view: usize) -> Vec<Vec<Point>> {
    let (a, b) = (all[w.sites.0].place, all[w.sites.1].place);
    let globe = great_circle(a, b, 96);
    let mut parts = map.line(&globe);
    let ends = if view == 0 { w.ends } else { (End::Site(w.sites.0), End::Site(w.sites.1)) };
    let (from, to) = (anchor(plan, all, w.from, ends.0), anchor(plan, all, w.to, ends.1));
    pull(parts.first_mut(), from, true);
    pull(parts.last_mut(), to, false);
    parts.into_iter().filter(|p| p.len() > 1).map(|p| dense(&p)).collect()
}

/// Bends a line so that one end comes to lie on an anchor; its other end stays.
fn pull(part: Option<&mut Vec<Point>>, anchor: Point, first: bool) {
    let Some(part) = part.filter(|p| p.len() > 1) else { return };
    let last = part.len() - 1;
    let end = if first { part[0] } else { part[last] };
    let (dx, dy) = (anchor.0 - end.0, anchor.1 - end.1);
    for (i, p) in part.iter_mut().enumerate() {
        let t = i as f64 / last as f64;
        let share = if first { 1.0 - t } else { t };
        *p = (p.0 + share * dx, p.1 + share * dy);
    }
}

/// A line with a point at least every three pixels.
fn dense(points: &[Point]) -> Vec<Point> {
    let mut found = vec![points[0]];
    for w in points.windows(2) {
        let steps = ((w[1].0 - w[0].0).hypot(w[1].1 - w[0].1) / 3.0).ceil().clamp(1.0, 4000.0) as usize;
        found.extend((1..=steps).map(|i| {
            let t = i as f64 / steps as f64;
            (w[0].0 + t * (w[1].0 - w[0].0), w[0].1 + t * (w[1].1 - w[0].1))
        }));
    }
    found
}

/// A line moved sideways, most at its middle; by no more than its length allows.
fn bowed(path: &[Point], bow: f64, cut: bool) -> Vec<Point> {
    let (Some(a), Some(b)) = (path.first(), path.last()) else { return Vec::new() };
    let length = (b.0 - a.0).hypot(b.1 - a.1).max(1e-9);
    let bow = if cut { 0.0 } else { bow.clamp(-MOST_BOW * length, MOST_BOW * length) };
    let normal = ((b.1 - a.1) / length, -(b.0 - a.0) / length);
    let last = (path.len() - 1).max(1) as f64;
    let moved = path.iter().enumerate().map(|(i, p)| {
        let t = i as f64 / last;
        let by = bow * 4.0 * t * (1.0 - t);
        (p.0 + by * normal.0, p.1 + by * normal.1)
    });
    moved.collect()
}

/// The least bow that keeps a leg off the discs of other stops; none where none does.
fn clear_bow(path: &[Vec<Point>], w: &Wanted, all: &[Site], view: usize) -> f64 {
    let [path] = path else { return 0.0 };
    let (a, b) = (path[0], path[path.len() - 1]);
    let length = (b.0 - a.0).hypot(b.1 - a.1);
    let others = all.iter().enumerate().filter(|(i, s)| s.view == view && ![w.sites.0, w.sites.1].contains(i));
    let disc = |s: &Site, d: &Disc| Cover::Disc((s.at.0 + d.offset.0, s.at.1 + d.offset.1), d.radius + 3.5);
    let others: Vec<Cover> = others.flat_map(|(_, s)| s.discs.iter().map(|d| disc(s, d))).collect();
    let covered = |bow: f64| bowed(path, bow, false).iter().filter(|p| others.iter().any(|c| c.holds(**p))).count();
    let bows = [0.0, 0.04, -0.04, 0.08, -0.08, MOST_BOW, -MOST_BOW].map(|k| k * length);
    bows.into_iter().map(|b| (covered(b), b)).min_by_key(|(n, _)| *n).map_or(0.0, |(_, b)| b)
}

/// The line from rim to rim, and its arrow's head; none where too little is left between the rims.
fn headed(mut parts: Vec<Vec<Point>>, from: &[Cover], to: &[Cover]) -> Option<(Vec<Vec<Point>>, Vec<Point>)> {
    let held = |covers: &[Cover], p: &Point| covers.iter().any(|c| c.holds(*p));
    let first = parts.first_mut()?;
    let out = first.iter().position(|p| !held(from, p))?;
    first.drain(..out);
    let last = parts.last_mut()?;
    let into = last.iter().position(|p| held(to, p)).unwrap_or(last.len());
    last.truncate(into);
    if length(last) < SHORTEST {
        return None;
    }
    let tip = *last.last()?;
    let keep = last.iter().position(|p| (p.0 - tip.0).hypot(p.1 - tip.1) < HEAD.0)?;
    let base = last[keep];
    last.truncate(keep + 1);
    let parts: Vec<Vec<Point>> = parts.into_iter().map(|p| thinned(&p)).filter(|p| p.len() > 1).collect();
    (!parts.is_empty()).then(|| (parts, head(base, tip)))
}

fn head(base: Point, tip: Point) -> Vec<Point> {
    let d = (tip.0 - base.0).hypot(tip.1 - base.1).max(1e-9);
    let (ux, uy) = ((tip.0 - base.0) / d, (tip.1 - base.1) / d);
    let side = |k: f64| (tip.0 - HEAD.0 * ux - k * HEAD.1 * uy, tip.1 - HEAD.0 * uy + k * HEAD.1 * ux);
    vec![tip, side(1.0), side(-1.0)]
}

fn length(points: &[Point]) -> f64 {
    points.windows(2).map(|w| (w[1].0 - w[0].0).hypot(w[1].1 - w[0].1)).sum()
}

/// Every fourth point, and both ends: enough for a smooth line.
fn thinned(points: &[Point]) -> Vec<Point> {
    let last = points.len().saturating_sub(1);
    points.iter().enumerate().filter(|(i, _)| i % 4 == 0 || *i == last).map(|(_, p)| *p).collect()
}

/// Writes "2–3" beside the middle of long legs, where nothing stands.
pub fn number(plan: &mut RouteLayout, work: &Work<'_>) {
    for i in 0..plan.legs.len() {
        let leg = &plan.legs[i];
        let orders = (work.document.visits[leg.from].order, work.document.visits[leg.to].order);
        let (Some((a, b)), Some(longest)) =
            (orders.0.zip(orders.1), leg.parts.iter().max_by(|p, q| length(p).total_cmp(&length(q))))
        else {
            continue;
        };
        if length(longest) < NUMBERED {
            continue;
        }
        let words = work.names.words.say(Phrase::LegNumber, &[&a.to_string(), &b.to_string()]);
        let mut taken = plan.taken(leg.view);
        taken.extend(plan.texts().map(Label::rect));
        let lines: Vec<Point> =
            plan.legs.iter().filter(|l| l.view == leg.view).flat_map(|l| l.parts.iter().flatten()).copied().collect();
        let frame = plan.views[leg.view].frame;
        let spots = [0.5, 0.42, 0.58, 0.34, 0.66].into_iter().flat_map(|t| [(t, 1.0), (t, -1.0)]);
        let label = spots.map(|(t, side)| beside(longest, t, side, &words)).find(|label| {
            let r = label.rect().grown(2.0);
            let in_frame =
                r.x > frame.x && r.y > frame.y && r.x + r.w < frame.x + frame.w && r.y + r.h < frame.y + frame.h;
            in_frame && taken.iter().all(|t| t.overlap(&r) <= 0.0) && !lines.iter().any(|p| Cover::Box(r).holds(*p))
        });
        plan.legs[i].number = label;
    }
}

/// A label at a share of a line, on one side of it.
fn beside(line: &[Point], t: f64, side: f64, words: &str) -> Label {
    let i = ((line.len() - 1) as f64 * t) as usize;
    let (a, b) = (line[i.saturating_sub(1)], line[(i + 1).min(line.len() - 1)]);
    let d = (b.0 - a.0).hypot(b.1 - a.1).max(1e-9);
    let label = Label::new(words, (0.0, 0.0), Role::Body).halo();
    let normal = (side * (b.1 - a.1) / d, -side * (b.0 - a.0) / d);
    let out = 5.0 + label.width() / 2.0 * normal.0.abs() + 6.0 * normal.1.abs();
    let at = (line[i].0 + out * normal.0, line[i].1 + out * normal.1);
    let x = at.0 - label.width() / 2.0;
    label.moved(x, at.1 + 4.0)
}

/// The clearance that open rings keep from the middle of a disc.
pub const CLEAR: f64 = RADIUS + 3.0;
