//! Discs on their countries: those that would cover each other are parted, and parts of the map where that takes them
//! far are shown larger under it.

use super::super::label::Rect;
use super::super::map::{Fit, Point, fit};
use super::super::matrix::mark::{self, Mark};
use super::super::route::furniture;
use super::super::route::sites::{self, Disc, Site};
use super::layout::{Country, CountsLayout, Work};
use crate::gazetteer::Gazetteer;

/// Kilometres that the main map and a larger part show at least.
const LEAST_KM: (f64, f64) = (2600.0, 1200.0);
/// Crowds of fewer countries are parted on the main map; at most so many parts are shown larger.
const CROWD: usize = 8;
const MOST_PARTS: usize = 2;
/// Pages narrower than this have the larger parts below each other.
const STACKED: f64 = 900.0;
/// Space around the countries of a part on the main map, and between maps.
const AROUND: f64 = 7.0;
const BETWEEN: f64 = 14.0;
/// Space between parts on the main map.
const APART: f64 = 4.0;

/// What became of countries that are not simply on the map, by column.
#[derive(Debug, Default)]
pub struct Found {
    /// Where no coordinates are known.
    pub unlocated: Vec<usize>,
    /// Whose discs found no room.
    pub crowded_out: Vec<usize>,
    /// Whether some discs stand off their countries.
    pub moved: bool,
}

/// A country on its way to the map.
struct Located {
    column: usize,
    place: Point,
    marks: Vec<Mark>,
}

/// Draws the maps from a y on and places all discs.
pub fn place(plan: &mut CountsLayout, work: &Work<'_>, y: f64) -> Found {
    let mut found = Found::default();
    let mut all: Vec<Located> = Vec::new();
    for column in work.say.table.columns_by_size() {
        match position(work, column) {
            Some(place) => all.push(Located { column, place, marks: centred(work.marks(column)) }),
            None => found.unlocated.push(column),
        }
    }
    if all.is_empty() {
        return found;
    }
    let places: Vec<Point> = all.iter().map(|l| l.place).collect();
    let (map, frame) = fit(&places, &wanted(work.page, y));
    plan.views.push(furniture::view(map, frame));
    let homes: Vec<Site> = all.iter().map(|l| site(l, map.place(l.place), 0)).collect();
    let mut parts = crowded(&homes, &frame);
    parts.sort_by(|a, b| a.area.x.total_cmp(&b.area.x));
    let mut members: Vec<Vec<usize>> =
        vec![(0..all.len()).filter(|i| !parts.iter().any(|p| p.sites.contains(i))).collect()];
    plan.areas = parts.iter().map(|p| p.area).collect();
    enlarge(plan, &all, &parts, work.page);
    members.extend(parts.into_iter().map(|p| p.sites));
    for (view, own) in members.iter().enumerate() {
        let own: Vec<&Located> = own.iter().filter_map(|i| all.get(*i)).collect();
        on_view(plan, &own, view, &mut found);
    }
    found
}

/// Where a country lies, as longitude and latitude.
fn position(work: &Work<'_>, column: usize) -> Option<Point> {
    let code = &work.say.table.columns.get(column)?.code;
    Gazetteer::embedded().country(code).map(|c| (c.lon, c.lat)).filter(|p| p.0.is_finite() && p.1.is_finite())
}

/// What the main map is asked for.
fn wanted(page: f64, y: f64) -> Fit {
    Fit {
        corner: (0.0, y),
        width: page,
        heights: ((page * 0.42).max(300.0), (page * 0.6).clamp(400.0, 820.0)),
        room: ((page * 0.11).clamp(60.0, 150.0), 70.0),
        least_km: LEAST_KM.0,
    }
}

/// Marks side by side around the middle of a country.
fn centred(marks: Vec<Mark>) -> Vec<Mark> {
    let wide = mark::width(&marks);
    mark::in_row(marks, -wide / 2.0, 0.0)
}

fn site(located: &Located, home: Point, view: usize) -> Site {
    let disc = |(i, m): (usize, &Mark)| Disc { stop: i, offset: m.at, radius: m.radius };
    let discs = located.marks.iter().enumerate().map(disc).collect();
    Site { place: located.place, view, home, at: home, discs }
}

/// A part of the main map with too many countries for it.
struct Part {
    area: Rect,
    sites: Vec<usize>,
}

/// The largest crowds, each with all countries inside its box.
fn crowded(homes: &[Site], frame: &Rect) -> Vec<Part> {
    let mut crowds = sites::crowds(homes, frame);
    crowds.sort_by_key(|c| std::cmp::Reverse(c.len()));
    let mut parts: Vec<Part> = Vec::new();
    for crowd in crowds {
        let Some((area, cut)) = beside(homes, &crowd, &parts) else { continue };
        // What is nearly the whole map is not made clearer by a second one.
        let small = area.w < 0.5 * frame.w && area.h < 0.7 * frame.h;
        if small && parts.len() < MOST_PARTS {
            parts.iter_mut().zip(cut).for_each(|(part, area)| part.area = area);
            let inside = |s: &Site| Rect::around(s.home, 0.5).overlap(&area) > 0.0;
            parts.push(Part { sites: (0..homes.len()).filter(|i| inside(&homes[*i])).collect(), area });
        }
    }
    parts
}

/// The box of a crowd beside the parts that there are, and the boxes of these: where two would overlap, both end between their
/// countries. None where too few countries are left.
fn beside(homes: &[Site], crowd: &[usize], parts: &[Part]) -> Option<(Rect, Vec<Rect>)> {
    let home = |i: &usize| homes.get(*i).map(|s| s.home);
    let bounds =
        |own: &[usize]| own.iter().filter_map(home).map(|p| Rect::around(p, AROUND)).reduce(|a, b| a.union(&b));
    let mut left: Vec<usize> = crowd.iter().copied().filter(|i| !parts.iter().any(|p| p.sites.contains(i))).collect();
    let mut cuts: Vec<(usize, Side, f64)> = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        if part.area.overlap(&bounds(&left)?) > -APART {
            let beyond = |side: Side| {
                let edge = part.sites.iter().filter_map(home).map(|p| side.along(p)).fold(f64::NEG_INFINITY, f64::max);
                let far = |i: &usize| home(i).is_some_and(|p| side.along(p) > edge + APART + 1.0);
                (side, edge, left.iter().copied().filter(far).collect::<Vec<_>>())
            };
            let (side, edge, kept) = Side::ALL.into_iter().map(beyond).max_by_key(|(_, _, kept)| kept.len())?;
            cuts.push((i, side, edge));
            left = kept;
        }
    }
    let mut area = bounds(&left)?;
    let mut others: Vec<Rect> = parts.iter().map(|p| p.area).collect();
    for (i, side, edge) in cuts {
        let near = left.iter().filter_map(home).map(|p| side.along(p)).fold(f64::INFINITY, f64::min);
        let middle = (edge + near) / 2.0;
        others[i] = side.up_to(&others[i], middle - APART / 2.0);
        area = side.opposite().up_to(&area, -(middle + APART / 2.0));
    }
    (left.len() >= CROWD).then_some((area, others))
}

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Side {
    Right,
    Below,
    Left,
    Above,
}

impl Side {
    const ALL: [Side; 4] = [Side::Right, Side::Below, Side::Left, Side::Above];

    /// How far a point lies to this side.
    fn along(self, (x, y): Point) -> f64 {
        match self {
            Side::Right => x,
            Side::Below => y,
            Side::Left => -x,
            Side::Above => -y,
        }
    }

    fn opposite(self) -> Side {
        match self {
            Side::Right => Side::Left,
            Side::Below => Side::Above,
            Side::Left => Side::Right,
            Side::Above => Side::Below,
        }
    }

    /// A box cut where it goes further to this side than a limit.
    fn up_to(self, area: &Rect, limit: f64) -> Rect {
        let (right, low) = (area.x + area.w, area.y + area.h);
        let (x, y) = match self {
            Side::Left => (area.x.max(-limit), area.y),
            Side::Above => (area.x, area.y.max(-limit)),
            _ => (area.x, area.y),
        };
        let right = if self == Side::Right { right.min(limit) } else { right };
        let low = if self == Side::Below { low.min(limit) } else { low };
        Rect { x, y, w: right - x, h: low - y }
    }
}

/// Maps of the parts under the main one: side by side, or below each other on a narrow page.
fn enlarge(plan: &mut CountsLayout, all: &[Located], parts: &[Part], page: f64) {
    let Some(low) = plan.views.first().map(|v| v.frame.y + v.frame.h) else { return };
    let stacked = page < STACKED;
    let room = page - BETWEEN * if stacked { 2.0 } else { parts.len() as f64 + 1.0 };
    let members = parts.iter().map(|p| p.sites.len()).sum::<usize>().max(1) as f64;
    let (mut x, mut y) = (BETWEEN, low + BETWEEN);
    for part in parts {
        // The more countries, the more room; but none so little that its names have none.
        let share = (part.sites.len() as f64 / members).clamp(0.34, 0.66);
        let wide = if stacked || parts.len() == 1 { room } else { room * share };
        let places: Vec<Point> = part.sites.iter().filter_map(|s| all.get(*s)).map(|l| l.place).collect();
        let high = (page * if stacked { 0.72 } else { 0.42 }).clamp(320.0, 560.0);
        let asked = Fit {
            corner: (x, y),
            width: wide,
            heights: (high, high),
            room: ((wide * 0.13).clamp(46.0, 110.0), 44.0),
            least_km: LEAST_KM.1,
        };
        let (map, frame) = fit(&places, &asked);
        plan.views.push(furniture::view(map, frame));
        if stacked {
            y = frame.y + frame.h + BETWEEN;
        } else {
            x += wide + BETWEEN;
        }
    }
}

/// Parts the discs of a view and adds its countries; those that still find no room are handed back.
fn on_view(plan: &mut CountsLayout, own: &[&Located], view: usize, found: &mut Found) {
    let Some(shown) = plan.views.get(view) else { return };
    let fixed: Vec<Rect> = if view == 0 { plan.areas.iter().map(|a| a.grown(3.0)).collect() } else { Vec::new() };
    let mut all: Vec<Site> = own.iter().map(|l| site(l, shown.map.place(l.place), view)).collect();
    sites::settle(&mut all, &fixed, &shown.frame);
    let frame = shown.frame;
    let mut kept: Vec<usize> = Vec::new();
    for (i, located) in own.iter().enumerate() {
        let r = all[i].rect();
        let free = fixed.iter().all(|f| f.overlap(&r) <= 0.5) && kept.iter().all(|k| !covers(&all[*k], &all[i]));
        if !free || !within(&r, &frame) {
            found.crowded_out.push(located.column);
            continue;
        }
        kept.push(i);
        let at = all[i].at;
        let place = |m: &Mark| Mark { at: (at.0 + m.at.0, at.1 + m.at.1), ..m.clone() };
        let marks = located.marks.iter().map(place).collect();
        if let Some(leader) = leader(&all[i]) {
            plan.leaders.push(leader);
            found.moved = true;
        }
        plan.countries.push(Country { column: located.column, view: Some(view), marks });
    }
}

/// A line from discs that were moved to their country, where none of them covers it.
fn leader(site: &Site) -> Option<(Point, Point)> {
    let discs = site.discs.iter().map(|d| ((site.at.0 + d.offset.0, site.at.1 + d.offset.1), d.radius));
    let far = |(at, radius): &(Point, f64)| (at.0 - site.home.0).hypot(at.1 - site.home.1) - radius;
    let nearest = discs.min_by(|a, b| far(a).total_cmp(&far(b)))?;
    (site.moved() > sites::NEAR && far(&nearest) > 0.0).then_some((nearest.0, site.home))
}

/// Whether discs of two sites cover each other.
fn covers(a: &Site, b: &Site) -> bool {
    let at = |s: &Site, d: &Disc| (s.at.0 + d.offset.0, s.at.1 + d.offset.1);
    let near = |p: Point, q: Point, least: f64| (p.0 - q.0).hypot(p.1 - q.1) < least;
    a.discs.iter().any(|d| b.discs.iter().any(|e| near(at(a, d), at(b, e), d.radius + e.radius + 2.0)))
}

fn within(inner: &Rect, outer: &Rect) -> bool {
    let (right, low) = (outer.x + outer.w, outer.y + outer.h);
    inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= right && inner.y + inner.h <= low
}
