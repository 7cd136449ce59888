//! Sites: the discs of all stops at one place, packed side by side, and how they keep apart from those of other places.

use super::super::label::Rect;
use super::super::map::{Point, Projection, distance_km};
use super::layout::{Leader, RouteLayout, Stop};

/// Places closer than this are one place on any map that is drawn here.
const SAME_KM: f64 = 4.0;
/// Space between discs of two sites, in pixels.
const APART: f64 = 4.0;
/// How far a disc may stand from its place without a line to it.
pub const NEAR: f64 = 12.0;

/// The stops of one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Longitude and latitude.
    pub place: Point,
    pub view: usize,
    /// Where the place lies on the page, and where its discs are centred.
    pub home: Point,
    pub at: Point,
    pub discs: Vec<Disc>,
}

/// A disc of a site.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disc {
    /// Index into the layout's stops.
    pub stop: usize,
    pub offset: Point,
    pub radius: f64,
}

impl Site {
    /// The box around its discs.
    pub fn rect(&self) -> Rect {
        let disc = |d: &Disc| Rect::around((self.at.0 + d.offset.0, self.at.1 + d.offset.1), d.radius + 1.5);
        self.discs.iter().map(disc).reduce(|a, b| a.union(&b)).unwrap_or_default()
    }

    /// How far its discs reach from its middle.
    fn reach(&self) -> f64 {
        self.discs.iter().map(|d| d.offset.0.hypot(d.offset.1) + d.radius).fold(0.0, f64::max)
    }

    /// How far it was moved.
    pub fn moved(&self) -> f64 {
        (self.at.0 - self.home.0).hypot(self.at.1 - self.home.1)
    }
}

/// Whether two places are one on a map.
pub fn near(a: Point, b: Point) -> bool {
    distance_km(a, b) < SAME_KM
}

/// Stops gathered by place, in the order of their first stop, each at home on the map.
pub fn gathered(stops: &[Stop], places: &[Point], map: &Projection) -> Vec<Site> {
    let mut groups: Vec<(Point, Vec<usize>)> = Vec::new();
    for (i, place) in places.iter().enumerate() {
        match groups.iter_mut().find(|(p, _)| near(*p, *place)) {
            Some((_, members)) => members.push(i),
            None => groups.push((*place, vec![i])),
        }
    }
    let site = |(place, mut members): (Point, Vec<usize>)| {
        members.sort_by_key(|i| (stops[*i].recalled, stops[*i].hue, stops[*i].visit));
        let home = map.place(place);
        let discs = packed(&members.iter().map(|i| (*i, stops[*i].radius())).collect::<Vec<_>>());
        Site { place, view: 0, home, at: home, discs }
    };
    groups.into_iter().map(site).collect()
}

/// Discs in rows around a middle: up to three side by side, more in rows of much the same length.
fn packed(discs: &[(usize, f64)]) -> Vec<Disc> {
    let n = discs.len();
    let in_row = match n {
        0..=3 => n.max(1),
        4 => 2,
        5..=6 => 3,
        7..=8 => 4,
        _ => ((n as f64 * 1.4).sqrt().ceil()) as usize,
    };
    let rows: Vec<&[(usize, f64)]> = discs.chunks(in_row).collect();
    let high = |row: &[(usize, f64)]| row.iter().map(|d| 2.0 * d.1 + APART).fold(0.0, f64::max);
    let mut y = -rows.iter().map(|r| high(r)).sum::<f64>() / 2.0;
    let mut found = Vec::new();
    for row in rows {
        let mut x = -row.iter().map(|d| 2.0 * d.1 + APART).sum::<f64>() / 2.0;
        for (stop, radius) in row {
            x += radius + APART / 2.0;
            found.push(Disc { stop: *stop, offset: (x, y + high(row) / 2.0), radius: *radius });
            x += radius + APART / 2.0;
        }
        y += high(row);
    }
    found
}

/// By how much and in which direction the second of two sites must go so that no disc of the one covers one of the other.
fn push(a: &Site, b: &Site, turn: usize) -> Option<Point> {
    let (dx, dy) = (b.at.0 - a.at.0, b.at.1 - a.at.1);
    if dx.hypot(dy) >= a.reach() + b.reach() + APART {
        return None;
    }
    let mut worst: Option<(f64, Point)> = None;
    for p in &a.discs {
        for q in &b.discs {
            let (x, y) = (dx + q.offset.0 - p.offset.0, dy + q.offset.1 - p.offset.1);
            let d = x.hypot(y);
            let deep = p.radius + q.radius + APART - d;
            if deep > 0.01 && worst.is_none_or(|w| deep > w.0) {
                // Discs on one spot part each in its own direction.
                let angle = if d < 0.5 { 0.4 + 0.9 * turn as f64 } else { y.atan2(x) };
                worst = Some((deep, (angle.cos(), angle.sin())));
            }
        }
    }
    worst.map(|(deep, (x, y))| (deep * x, deep * y))
}

/// Whether discs of two sites cover each other.
pub fn touch(a: &Site, b: &Site) -> bool {
    push(a, b, 0).is_some()
}

/// Moves sites apart until no disc covers another or one of some fixed boxes, and keeps them in a frame.
pub fn settle(sites: &mut [Site], fixed: &[Rect], frame: &Rect) {
    for _ in 0..240 {
        let mut moved = false;
        for i in 0..sites.len() {
            for j in i + 1..sites.len() {
                let Some((x, y)) = push(&sites[i], &sites[j], j - i) else { continue };
                // All but half: a step too many is harder to mend than one more round.
                (sites[i].at, sites[j].at) =
                    (shifted(sites[i].at, -0.5 * x, -0.5 * y), shifted(sites[j].at, 0.5 * x, 0.5 * y));
                moved = true;
            }
            for rect in fixed {
                let own = sites[i].rect().grown(1.0);
                if own.overlap(rect) > 0.01 {
                    let (x, y) = out_of(&own, rect);
                    sites[i].at = shifted(sites[i].at, x, y);
                    moved = true;
                }
            }
            keep_in(&mut sites[i], frame);
        }
        if !moved {
            return;
        }
    }
}

fn shifted(p: Point, x: f64, y: f64) -> Point {
    (p.0 + x, p.1 + y)
}

/// The shortest way out of a box.
fn out_of(own: &Rect, rect: &Rect) -> Point {
    let (left, right) = (rect.x - own.x - own.w, rect.x + rect.w - own.x);
    let (up, down) = (rect.y - own.y - own.h, rect.y + rect.h - own.y);
    let x = if left.abs() < right.abs() { left } else { right };
    let y = if up.abs() < down.abs() { up } else { down };
    if x.abs() < y.abs() { (x, 0.0) } else { (0.0, y) }
}

fn keep_in(site: &mut Site, frame: &Rect) {
    let r = site.rect().grown(5.0);
    let x = (frame.x - r.x).max(0.0) - (r.x + r.w - frame.x - frame.w).max(0.0);
    let y = (frame.y - r.y).max(0.0) - (r.y + r.h - frame.y - frame.h).max(0.0);
    site.at = shifted(site.at, x, y);
}

/// Settles the sites of the main map and sets their stops.
pub fn settle_main(plan: &mut RouteLayout, all: &mut [Site]) {
    let fixed: Vec<Rect> = plan.insets.iter().map(|i| i.area.grown(3.0)).collect();
    let Some(frame) = plan.views.first().map(|v| v.frame) else { return };
    let mut own: Vec<Site> = all.iter().filter(|s| s.view == 0).cloned().collect();
    settle(&mut own, &fixed, &frame);
    all.iter_mut().filter(|s| s.view == 0).zip(own).for_each(|(s, o)| *s = o);
    set(plan, all, 0);
}

/// Puts the stops of a view where their sites are, with lines to the places of those that were moved.
pub fn set(plan: &mut RouteLayout, all: &[Site], view: usize) {
    for site in all.iter().filter(|s| s.view == view) {
        for disc in &site.discs {
            let stop = &mut plan.stops[disc.stop];
            (stop.view, stop.true_at) = (view, site.home);
            stop.at = shifted(site.at, disc.offset.0, disc.offset.1);
        }
        let covered = Rect::around(site.home, 1.0).overlap(&site.rect()) > 0.0;
        if site.moved() > NEAR && !covered {
            plan.leaders.push(Leader { view, from: site.at, to: site.home });
        }
    }
}

/// Groups of sites too close to be moved apart a little: what an inset is for.
pub fn crowds(sites: &[Site], frame: &Rect) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..sites.len()).collect();
    let join = |group: &mut Vec<usize>, i: usize, j: usize| {
        let (a, b) = (group[i], group[j]);
        group.iter_mut().filter(|g| **g == a.max(b)).for_each(|g| *g = a.min(b));
    };
    for i in 0..sites.len() {
        for j in i + 1..sites.len() {
            if touch(&sites[i], &sites[j]) {
                join(&mut group, i, j);
            }
        }
    }
    let members = |group: &[usize], g: usize| (0..sites.len()).filter(|i| group[*i] == g).collect::<Vec<_>>();
    let mut crowded: Vec<Vec<usize>> = (0..sites.len()).map(|g| members(&group, g)).filter(|m| m.len() > 1).collect();
    crowded.retain(|m| {
        let mut own: Vec<Site> = m.iter().map(|i| sites[*i].clone()).collect();
        settle(&mut own, &[], frame);
        own.iter().any(|s| s.moved() > NEAR)
    });
    crowded
}
