//! Insets: crowded parts of the main map, shown larger in a frame of their own on the map where nothing stands, or under it.

use super::super::label::{Label, Rect};
use super::super::map::{Fit, Point, fit};
use super::super::sheet::MARGIN;
use super::super::theme::Role;
use super::super::words::Phrase;
use super::layout::{Inset, RouteLayout, Work};
use super::sites::{self, Site};
use super::{furniture, legs, open};

/// Most insets of a map; discs of other crowded parts are spread with lines to their places.
const MOST: usize = 3;
/// Room around the places of a crowded part on the main map.
const AROUND: f64 = 8.0;
/// A page narrower than this has its insets under the map.
const NARROW: f64 = 760.0;
/// Kilometres that an inset shows at least from side to side.
const LEAST_KM: f64 = 24.0;
/// A part larger than this share of the map is no part.
const LARGEST: f64 = 0.34;
/// Points of legs, some twelve pixels apart, that an inset may cover at most; where it would cover more it goes under the map.
const MOST_COVERED: usize = 4;
/// Space between insets under the map.
const GAP: f64 = 14.0;
/// Room for the title at the head of an inset.
pub const TITLE: f64 = 24.0;

/// Takes crowded sites out of the main map, each group into an inset that has no frame yet.
pub fn open(plan: &mut RouteLayout, work: &Work<'_>, all: &mut [Site]) {
    let frame = plan.views[0].frame;
    let mut crowds = sites::crowds(all, &frame);
    crowds.sort_by_key(|c| std::cmp::Reverse(c.iter().map(|i| all[*i].discs.len()).sum::<usize>()));
    let mut parts: Vec<(Vec<usize>, Rect)> = Vec::new();
    for crowd in crowds {
        let (members, area) = grown(crowd, all, &parts);
        let small = area.w < frame.w * LARGEST && area.h < frame.h * LARGEST;
        if small && parts.len() < MOST && parts.iter().all(|(_, other)| area.overlap(other) < -4.0) {
            parts.push((members, area));
        }
    }
    for (members, area) in parts {
        let view = plan.views.len();
        let (w, h) = size(members.len(), members.iter().map(|i| all[*i].discs.len()).sum(), work.page);
        let places: Vec<Point> = members.iter().map(|i| all[*i].place).collect();
        let (map, frame) = fit(&places, &wanted((0.0, 0.0), w, h));
        for i in members {
            all[i].view = view;
            all[i].discs.iter().for_each(|d| plan.stops[d.stop].view = view);
        }
        plan.views.push(super::layout::View { frame, map, land: Vec::new(), lakes: Vec::new(), bar: None });
        plan.insets.push(Inset { view, area, links: Vec::new() });
    }
}

/// A crowd with all sites whose discs would cover its part of the map, and that part.
fn grown(mut crowd: Vec<usize>, all: &[Site], parts: &[(Vec<usize>, Rect)]) -> (Vec<usize>, Rect) {
    let free = |i: &usize| parts.iter().all(|(members, _)| !members.contains(i));
    loop {
        let homes = crowd.iter().map(|i| Rect::around(all[*i].home, AROUND));
        let area = homes.reduce(|a, b| a.union(&b)).unwrap_or_default();
        let near = |i: &usize| !crowd.contains(i) && free(i) && all[*i].rect().overlap(&area) > -2.0;
        let more: Vec<usize> = (0..all.len()).filter(near).collect();
        if more.is_empty() {
            return (crowd, area);
        }
        crowd.extend(more);
        crowd.sort_unstable();
    }
}

/// Size of an inset by how many sites and discs it shows.
fn size(sites: usize, discs: usize, page: f64) -> (f64, f64) {
    let (w, h) = match sites.max(discs / 2) {
        0..=2 => (330.0, 220.0),
        3..=5 => (390.0, 290.0),
        6..=9 => (460.0, 360.0),
        _ => (560.0, 440.0),
    };
    (f64::min(w, page - 2.0 * MARGIN), h)
}

fn wanted(corner: Point, w: f64, h: f64) -> Fit {
    Fit { corner, width: w, heights: (h, h), room: (w * 0.26, 56.0), least_km: LEAST_KM }
}

/// Gives each inset its place, its own land, discs, legs and title.
pub fn arrange(plan: &mut RouteLayout, work: &Work<'_>, all: &mut [Site]) {
    let mut below = (MARGIN, plan.views.first().map_or(0.0, |v| v.frame.y + v.frame.h + 18.0), 0.0f64);
    for k in 0..plan.insets.len() {
        let Inset { view, area, .. } = plan.insets[k].clone();
        let size = plan.views[view].frame;
        let free = if work.page < NARROW { None } else { free_spot(plan, k, &size, &area) };
        let on_map = free.is_some();
        let corner = free.unwrap_or_else(|| next_below(&mut below, &size, work.page));
        let mut own: Vec<Site> = all.iter().filter(|s| s.view == view).cloned().collect();
        let places: Vec<Point> = own.iter().map(|s| s.place).collect();
        let (map, frame) = fit(&places, &wanted(corner, size.w, size.h));
        plan.views[view] = furniture::view(map, frame);
        own.iter_mut().for_each(|s| s.home = map.place(s.place));
        own.iter_mut().for_each(|s| s.at = s.home);
        let head = Rect { h: TITLE, ..frame };
        sites::settle(&mut own, &[head, foot(&frame)], &frame);
        all.iter_mut().filter(|s| s.view == view).zip(own).for_each(|(s, o)| *s = o);
        sites::set(plan, all, view);
        if on_map {
            plan.insets[k].links = links(&area, &frame);
        }
        title(plan, work, &frame, all, view);
    }
    let extra: Vec<_> = (1..plan.views.len()).flat_map(|v| legs::within(plan, work, all, v)).collect();
    plan.legs.extend(extra);
    let extra: Vec<_> = (1..plan.views.len()).flat_map(|v| open::within(plan, work, v)).collect();
    plan.open.extend(extra);
}

/// Where an inset's scale bar stands.
pub fn foot(frame: &Rect) -> Rect {
    Rect { x: frame.x + frame.w - 130.0, y: frame.y + frame.h - 28.0, w: 130.0, h: 28.0 }
}

fn title(plan: &mut RouteLayout, work: &Work<'_>, frame: &Rect, all: &[Site], view: usize) {
    let stops = all.iter().filter(|s| s.view == view).flat_map(|s| &s.discs).map(|d| &plan.stops[d.stop]);
    let first = stops.min_by_key(|s| (s.recalled, s.visit));
    let Some(name) = first.map(|s| work.names.place_name(work.visit(s))) else { return };
    let words = work.names.words.say(Phrase::InsetTitle, &[&name]);
    let line = super::super::label::broken(&words, frame.w - 16.0, Role::Strong).into_iter().next().unwrap_or_default();
    plan.labels.push(Label::new(line, (frame.x + 8.0, frame.y + 16.0), Role::Strong).halo());
}

/// The next place in rows under the map.
fn next_below((x, y, row): &mut (f64, f64, f64), size: &Rect, page: f64) -> Point {
    if *x + size.w > page - MARGIN + 0.5 && *x > MARGIN {
        (*x, *y, *row) = (MARGIN, *y + *row + GAP, 0.0);
    }
    let at = (*x, *y);
    *x += size.w + GAP;
    *row = row.max(size.h);
    at
}

/// The cheapest place on the main map for an inset, where it covers no stop, no other inset and no part that is shown larger.
fn free_spot(plan: &RouteLayout, k: usize, size: &Rect, area: &Rect) -> Option<Point> {
    let frame = plan.views[0].frame;
    let placed = plan.insets[..k].iter().map(|i| plan.views[i.view].frame).filter(|f| f.overlap(&frame) > 0.0);
    let mut firm: Vec<Rect> = plan.stops.iter().filter(|s| s.view == 0).map(|s| s.rect().grown(16.0)).collect();
    firm.extend(placed.map(|r| r.grown(10.0)));
    firm.extend(plan.insets.iter().map(|i| i.area.grown(14.0)));
    let lines: Vec<Point> =
        plan.legs.iter().filter(|l| l.view == 0).flat_map(|l| l.parts.iter().flatten()).copied().collect();
    let edge = 10.0;
    let (wide, high) = (frame.w - size.w - 2.0 * edge, frame.h - size.h - 2.0 * edge);
    if wide < 0.0 || high < 0.0 {
        return None;
    }
    let mut best: Option<(f64, Point)> = None;
    for (i, j) in (0..9).flat_map(|i| (0..6).map(move |j| (i, j))) {
        let (tx, ty) = (f64::from(i) / 8.0, f64::from(j) / 5.0);
        let spot = Rect { x: frame.x + edge + tx * wide, y: frame.y + edge + ty * high, ..*size };
        if firm.iter().any(|r| spot.overlap(r) > 0.0) {
            continue;
        }
        let stops = plan.stops.iter().filter(|s| s.view == 0 && spot.grown(110.0).overlap(&s.rect()) > 0.0).count();
        let covered = lines.iter().filter(|p| inside(**p, &spot)).count();
        if covered > MOST_COVERED {
            continue;
        }
        let far = (spot.x + spot.w / 2.0 - area.x).hypot(spot.y + spot.h / 2.0 - area.y);
        let middle = (0.5 - (tx - 0.5).abs()) + (0.5 - (ty - 0.5).abs());
        let cost = 90.0 * stops as f64 + 60.0 * covered as f64 + 0.15 * far + 60.0 * middle;
        if best.is_none_or(|b| cost < b.0) {
            best = Some((cost, (spot.x, spot.y)));
        }
    }
    best.map(|b| b.1)
}

fn inside(p: Point, r: &Rect) -> bool {
    p.0 > r.x && p.0 < r.x + r.w && p.1 > r.y && p.1 < r.y + r.h
}

/// The two lines between facing corners of a part and its inset that cross neither.
fn links(area: &Rect, frame: &Rect) -> Vec<(Point, Point)> {
    let corners = |r: &Rect| [(r.x, r.y), (r.x + r.w, r.y), (r.x + r.w, r.y + r.h), (r.x, r.y + r.h)];
    let pairs = corners(area).into_iter().zip(corners(frame));
    let crosses = |(a, b): &(Point, Point), r: &Rect| {
        (1..20).map(|i| f64::from(i) / 20.0).any(|t| inside((a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)), r))
    };
    pairs.filter(|p| !crosses(p, area) && !crosses(p, frame)).take(2).collect()
}
