//! Names of countries, seas and lakes, where there is room: the map is rastered into cells that say what lies there and what is taken,
//! and a name fits where enough cells in a row are free and its own.

use super::super::label::{Label, Rect, text_width};
use super::super::map::{EARTH_KM, Outline, Point, big_lakes, distance_km};
use super::super::theme::Role;
use super::layout::{RouteLayout, Work};
use crate::gazetteer::Gazetteer;
use crate::itinerary::PlaceKind;

/// Side of a cell in pixels.
const CELL: f64 = 6.0;
/// Rows of cells that a line of text takes, and those between the lines of a name.
const HIGH: usize = 3;
/// What lies in a cell: nothing but water, something that no name may cover, or an area from [`FIRST`] on.
const WATER: u16 = 0;
const TAKEN: u16 = 1;
const FIRST: u16 = 2;
/// Names of countries on one map; further ones are left out, the smallest first.
const MOST_COUNTRIES: usize = 26;

/// Names what can be named on all maps.
pub fn write(plan: &mut RouteLayout, work: &Work<'_>) {
    for view in 0..plan.views.len() {
        let mut raster = Raster::of(plan, view);
        countries(plan, work, view, &mut raster);
        seas(plan, view, &mut raster);
        lakes(plan, view, &mut raster);
    }
}

struct Raster {
    frame: Rect,
    columns: usize,
    rows: usize,
    cells: Vec<u16>,
}

impl Raster {
    fn of(plan: &RouteLayout, view: usize) -> Raster {
        let shown = &plan.views[view];
        let frame = shown.frame;
        let (columns, rows) = ((frame.w / CELL) as usize, (frame.h / CELL) as usize);
        let mut raster = Raster { frame, columns, rows, cells: vec![WATER; columns * rows] };
        for (i, area) in shown.land.iter().enumerate() {
            raster.fill(area, FIRST + i as u16);
        }
        for (i, area) in shown.lakes.iter().enumerate() {
            raster.fill(area, FIRST + (shown.land.len() + i) as u16);
        }
        let texts: Vec<Rect> = plan.texts().map(Label::rect).collect();
        let brackets = plan.open.iter().filter_map(|o| o.bracket);
        let areas = plan.insets.iter().filter(|_| view == 0).map(|i| i.area.grown(6.0));
        plan.taken(view).into_iter().chain(areas).chain(texts).chain(brackets).for_each(|r| raster.take(&r.grown(3.0)));
        let lines = plan.legs.iter().filter(|l| l.view == view).flat_map(|l| &l.parts);
        let lines = lines.chain(plan.open.iter().filter(|o| o.view == view).flat_map(|o| &o.lines));
        let mut points: Vec<Point> = lines.flatten().copied().collect();
        let straight = plan.leaders.iter().filter(|l| l.view == view).map(|l| (l.from, l.to));
        let straight = straight.chain(plan.insets.iter().filter(|_| view == 0).flat_map(|i| i.links.iter().copied()));
        for (a, b) in straight {
            points
                .extend((0..=40).map(|i| f64::from(i) / 40.0).map(|t| (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1))));
        }
        points.iter().for_each(|p| raster.take(&Rect::around(*p, 4.0)));
        if shown.map.is_world() {
            raster.edge(plan, view);
        }
        raster
    }

    /// Takes what lies beyond the edge of the world.
    fn edge(&mut self, plan: &RouteLayout, view: usize) {
        let edge = super::super::map::world_edge(&plan.views[view].map, &self.frame);
        for row in 0..self.rows {
            let spans = crossings(std::slice::from_ref(&edge), self.frame.y + (row as f64 + 0.5) * CELL);
            for column in 0..self.columns {
                let x = self.frame.x + (column as f64 + 0.5) * CELL;
                if !spans.chunks_exact(2).any(|s| x > s[0] + CELL && x < s[1] - CELL) {
                    self.cells[row * self.columns + column] = TAKEN;
                }
            }
        }
    }

    fn fill(&mut self, area: &Outline, value: u16) {
        for (row, spans) in self.spans(&area.rings).into_iter().enumerate() {
            for span in spans.chunks_exact(2) {
                let from = ((span[0] - self.frame.x) / CELL - 0.5).ceil().max(0.0) as usize;
                let to = ((span[1] - self.frame.x) / CELL - 0.5).ceil().clamp(0.0, self.columns as f64) as usize;
                (from..to).for_each(|column| self.cells[row * self.columns + column] = value);
            }
        }
    }

    /// Where the middle line of each row crosses rings, from left to right.
    fn spans(&self, rings: &[Vec<Point>]) -> Vec<Vec<f64>> {
        let mut found = vec![Vec::new(); self.rows];
        let row = |y: f64| ((y - self.frame.y) / CELL - 0.5).clamp(-1.0, self.rows as f64);
        for (a, b) in rings.iter().flat_map(|r| r.iter().zip(r.iter().cycle().skip(1))) {
            let (low, high) = (row(a.1.min(b.1)), row(a.1.max(b.1)));
            let first = low.floor().max(0.0) as usize;
            let rows = found.iter_mut().enumerate().take(high.ceil().max(0.0) as usize + 1).skip(first);
            for (i, crossings) in rows {
                let y = self.frame.y + (i as f64 + 0.5) * CELL;
                if (a.1 <= y) != (b.1 <= y) {
                    crossings.push(a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0));
                }
            }
        }
        found.iter_mut().for_each(|s| s.sort_by(f64::total_cmp));
        found
    }

    fn take(&mut self, r: &Rect) {
        let span = |from: f64, length: f64, most: usize| {
            let first = (from / CELL).floor().clamp(0.0, most as f64) as usize;
            (first, ((from + length) / CELL).ceil().clamp(0.0, most as f64) as usize)
        };
        let (left, right) = span(r.x - self.frame.x, r.w, self.columns);
        let (top, low) = span(r.y - self.frame.y, r.h, self.rows);
        for row in top..low {
            (left..right).for_each(|column| self.cells[row * self.columns + column] = TAKEN);
        }
    }

    /// The upper left corner nearest to another, both in cells, at which so many columns and rows of cells have one value; no farther
    /// than `reach` cells, and with a margin from the frame.
    fn nearest(&self, value: u16, (wide, high): (usize, usize), near: Point, reach: f64) -> Option<(usize, usize)> {
        let span = |at: f64, most: usize| {
            let first = (at - reach).ceil().clamp(1.0, most.max(1) as f64) as usize;
            first..((at + reach).floor() + 1.0).clamp(1.0, most.max(1) as f64) as usize
        };
        let columns = span(near.0, self.columns.saturating_sub(wide));
        let mut best: Option<(f64, (usize, usize))> = None;
        // Of each column, how many rows upwards begin a run of cells that is wide enough.
        let mut tall = vec![0usize; self.columns];
        let rows = span(near.1, self.rows.saturating_sub(high));
        for low in rows.start..(rows.end + high - 1).min(self.rows) {
            let cells = &self.cells[low * self.columns..(low + 1) * self.columns];
            let mut length = 0;
            for column in (columns.start..(columns.end + wide - 1).min(self.columns)).rev() {
                length = if cells[column] == value { length + 1 } else { 0 };
                tall[column] = if length >= wide { tall[column] + 1 } else { 0 };
                if tall[column] >= high && column < columns.end {
                    let row = low + 1 - high;
                    let far2 = (column as f64 - near.0).powi(2) + (row as f64 - near.1).powi(2);
                    let better = |b: &(f64, (usize, usize))| (far2, row, column) < (b.0, b.1.1, b.1.0);
                    if far2 <= reach * reach && best.as_ref().is_none_or(better) {
                        best = Some((far2, (column, row)));
                    }
                }
            }
        }
        best.map(|b| b.1)
    }

    /// Of each of the first areas, the number of its cells and their middle on the page.
    fn middles(&self, areas: usize) -> Vec<(usize, Point)> {
        let mut sums = vec![(0usize, 0.0, 0.0); areas];
        for (row, cells) in self.cells.chunks_exact(self.columns.max(1)).enumerate() {
            for (column, value) in cells.iter().enumerate() {
                if let Some(sum) = value.checked_sub(FIRST).and_then(|v| sums.get_mut(usize::from(v))) {
                    *sum = (sum.0 + 1, sum.1 + column as f64, sum.2 + row as f64);
                }
            }
        }
        let middle = |(count, x, y): (usize, f64, f64)| {
            let n = count.max(1) as f64;
            (count, (self.frame.x + (x / n + 0.5) * CELL, self.frame.y + (y / n + 0.5) * CELL))
        };
        sums.into_iter().map(middle).collect()
    }

    /// Sets a name of one or two lines on cells of a value, as near to a point as it fits and no farther than `reach`.
    fn set(&mut self, name: &str, role: Role, value: u16, near: Point, reach: f64) -> Option<Vec<Label>> {
        for lines in [vec![name.to_string()], halves(name)].into_iter().filter(|l| !l.is_empty()) {
            let w = lines.iter().map(|l| text_width(l, role)).fold(0.0, f64::max);
            let (wide, high) = (((w + 8.0) / CELL).ceil() as usize, HIGH + (HIGH - 1) * (lines.len() - 1));
            let middle = |(column, row): &(usize, usize)| {
                let (x, y) = (*column as f64 + wide as f64 / 2.0, *row as f64 + high as f64 / 2.0);
                (self.frame.x + x * CELL, self.frame.y + y * CELL)
            };
            let zero = middle(&(0, 0));
            let near = ((near.0 - zero.0) / CELL, (near.1 - zero.1) / CELL);
            let Some(best) = self.nearest(value, (wide, high), near, reach / CELL) else { continue };
            let (x, y) = middle(&best);
            let own = Rect { x: x - w / 2.0 - 3.0, y: y - high as f64 * CELL / 2.0, w: w + 6.0, h: high as f64 * CELL };
            self.take(&own.grown(if role == Role::Water { 10.0 } else { 1.0 }));
            let first = y + 4.0 - 7.0 * (lines.len() - 1) as f64;
            let label = |(i, line): (usize, String)| {
                Label::centred(line, (x + role.tracking() / 2.0, first + 14.0 * i as f64), role)
            };
            return Some(lines.into_iter().enumerate().map(label).collect());
        }
        None
    }
}

/// Where a horizontal line crosses rings, from left to right.
fn crossings(rings: &[Vec<Point>], y: f64) -> Vec<f64> {
    let mut found = Vec::new();
    for ring in rings {
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            if (a.1 <= y) != (b.1 <= y) {
                found.push(a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0));
            }
        }
    }
    found.sort_by(f64::total_cmp);
    found
}

/// A name of several words in two lines of much the same length; empty for one word.
fn halves(name: &str) -> Vec<String> {
    let spaces = name.match_indices(' ').map(|(i, _)| i);
    let middle = spaces.min_by_key(|i| i.abs_diff(name.len() / 2));
    middle.map_or(Vec::new(), |i| vec![name[..i].to_string(), name[i + 1..].to_string()])
}

/// Countries in spaced capitals, visited ones first and then the biggest.
fn countries(plan: &mut RouteLayout, work: &Work<'_>, view: usize, raster: &mut Raster) {
    let said: Vec<String> =
        work.document.places.iter().filter(|p| p.kind == PlaceKind::Country).map(|p| p.name.to_uppercase()).collect();
    let visited = visited(work);
    let mut found: Vec<(bool, usize, Point, u16, String)> = Vec::new();
    let land = &plan.views[view].land;
    for (i, (area, (cells, middle))) in land.iter().zip(raster.middles(land.len())).enumerate() {
        if cells <= 20 || Gazetteer::embedded().country(area.iso).is_none() {
            continue;
        }
        let name = work.names.country(area.iso).to_uppercase();
        if !said.contains(&name) {
            found.push((visited.contains(&area.iso), cells, middle, FIRST + i as u16, name));
        }
    }
    found.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then_with(|| a.4.cmp(&b.4)));
    for (_, cells, middle, value, name) in found.into_iter().take(MOST_COUNTRIES) {
        let reach = (cells as f64).sqrt() * CELL * 1.2;
        let set = raster.set(&name, Role::Country, value, middle, reach);
        plan.names.extend(set.into_iter().flatten().map(|l| (view, l)));
    }
}

/// Codes of the countries with a stop.
pub fn visited<'a>(work: &Work<'a>) -> Vec<&'a str> {
    let own = |v: &'a crate::itinerary::Visit| v.country.as_ref().map(|c| c.as_str());
    work.document.visits.iter().filter_map(own).collect()
}

/// Seas in italics near where they are known to lie, oceans first.
fn seas(plan: &mut RouteLayout, view: usize, raster: &mut Raster) {
    let (map, frame) = (plan.views[view].map, plan.views[view].frame);
    let mut done: Vec<&str> = Vec::new();
    for sea in Gazetteer::embedded().seas() {
        let at = map.place((sea.lon, sea.lat));
        // The Arctic Ocean is the narrowest.
        let km = [1800.0, 450.0, 160.0][usize::from(sea.rank.clamp(1, 3)) - 1] * sea.lat.to_radians().cos().max(0.4);
        let reach = (km / EARTH_KM * map.scale).min(420.0);
        let near = Rect::around(at, reach).overlap(&frame) > 0.0;
        let there = map.is_world() || map.unplace(at).is_some_and(|p| distance_km(p, (sea.lon, sea.lat)) < 50.0);
        if near
            && there
            && !done.contains(&sea.name)
            && let Some(set) = raster.set(sea.name, Role::Water, WATER, at, reach)
        {
            plan.names.extend(set.into_iter().map(|l| (view, l)));
            done.push(sea.name);
        }
    }
}

/// Big lakes in italics, inside their shores.
fn lakes(plan: &mut RouteLayout, view: usize, raster: &mut Raster) {
    let map = plan.views[view].map;
    for (name, place) in big_lakes() {
        let at = map.place(*place);
        let lies = |o: &Outline| {
            o.rings
                .iter()
                .any(|r| crossings(std::slice::from_ref(r), at.1).chunks_exact(2).any(|s| s[0] < at.0 && at.0 < s[1]))
        };
        let lakes = &plan.views[view].lakes;
        let Some(i) = lakes.iter().position(lies) else { continue };
        let value = FIRST + (plan.views[view].land.len() + i) as u16;
        let set = raster.set(name, Role::Water, value, at, 120.0);
        plan.names.extend(set.into_iter().flatten().map(|l| (view, l)));
    }
}
