//! Rings of the page: outlines of countries and lakes simplified to the pixel, cut to what is shown, projected, and clipped.

use super::super::Rect;
use super::land::{Layer, Ring, Scale, atlas, index};
use super::projection::{Form, Projection, REACH};
use super::sphere::{Cap, Point, angle, fold, vector};
use super::window::{Window, cut};
use std::collections::BTreeMap;
use std::f64::consts::FRAC_PI_2;

/// An area on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// Its place in its layer; lakes are sorted by size.
    pub index: usize,
    /// ISO 3166-1 alpha-2, or "--".
    pub iso: &'static str,
    pub rings: Vec<Vec<Point>>,
}

/// How far a simplified outline may be off, in pixels.
const TOLERANCE: f64 = 0.4;
/// Islands and lakes smaller than this many pixels across are left out.
const LEAST: f64 = 1.6;
/// Degrees after which an edge gets another point, since a straight edge of the globe is none on the page.
const LONG: f64 = 2.0;
/// Pixels by which areas go on beyond the frame, so that no outline is drawn along its edge.
const BLEED: f64 = 4.0;

/// The areas of a layer inside a frame.
pub fn outlines(layer: Layer, scale: Scale, map: &Projection, frame: &Rect) -> Vec<Outline> {
    let window = window(map, frame);
    drawn(layer, scale, map, window, |ring| clip(ring, &frame.grown(BLEED)))
}

/// The countries on a small globe.
pub fn hemisphere(globe: &Projection) -> Vec<Outline> {
    let Form::Globe { centre } = globe.form else { return Vec::new() };
    let window = Window::Cap(Cap { centre: vector(centre), radius: FRAC_PI_2 - 1e-6 });
    drawn(Layer::Countries, Scale::Coarse, globe, window, |ring| ring.to_vec())
}

fn drawn(
    layer: Layer,
    scale: Scale,
    map: &Projection,
    window: Window,
    clip: impl Fn(&[Point]) -> Vec<Point>,
) -> Vec<Outline> {
    let atlas = atlas(layer, scale);
    let tolerance = (TOLERANCE / map.scale).to_degrees();
    let mut thin: BTreeMap<usize, Vec<Point>> = BTreeMap::new();
    let mut found = Vec::new();
    for (i, area) in atlas.areas.iter().enumerate() {
        let seen = |r: &&Ring| r.cap.radius * map.scale * 2.0 >= LEAST && window.meets(&r.cap);
        let mut rings = Vec::new();
        for ring in area.rings.iter().filter(seen) {
            for n in &ring.arcs {
                thin.entry(index(*n)).or_insert_with(|| simplified(&atlas.arcs[index(*n)], tolerance));
            }
            rings.push(joined(&ring.arcs, &thin));
        }
        let page = |ring: Vec<Point>| clip(&ring.into_iter().map(|p| map.place(p)).collect::<Vec<_>>());
        let rings: Vec<Vec<Point>> = cut(&rings, window).into_iter().map(page).filter(|r| r.len() > 2).collect();
        if !rings.is_empty() {
            found.push(Outline { index: i, iso: &area.iso, rings });
        }
    }
    found
}

impl Window {
    fn meets(&self, cap: &Cap) -> bool {
        match self {
            Window::Cap(own) => own.meets(cap),
            Window::Strip(_) => true,
        }
    }
}

/// What a projection shows in a frame.
fn window(map: &Projection, frame: &Rect) -> Window {
    if let Form::World { lon0 } = map.form {
        return Window::Strip(lon0);
    }
    let middle = (frame.x + frame.w / 2.0, frame.y + frame.h / 2.0);
    let most = match map.form {
        Form::Conic { .. } => 1.3,
        _ => REACH,
    };
    let own = match map.form {
        Form::EqualArea { centre } => Some(centre),
        _ => map.unplace(middle),
    };
    let centre = vector(own.unwrap_or((0.0, 0.0)));
    let outer = frame.grown(3.0 * BLEED);
    let at = |k: usize| {
        let (t, side) = ((k % 8) as f64 / 8.0, k / 8);
        let (x, y) = [(t, 0.0), (1.0, t), (1.0 - t, 1.0), (0.0, 1.0 - t)][side];
        (outer.x + x * outer.w, outer.y + y * outer.h)
    };
    let far = |k: usize| map.unplace(at(k)).map_or(most, |p| angle(vector(p), centre));
    // A little more, since the edge of the cap must lie outside the frame between its points too.
    let radius = (0..32).map(far).fold(0.0, f64::max) * 1.04;
    Window::Cap(Cap { centre, radius: radius.clamp(1e-4, most) })
}

/// A line without the points that it hardly needs (Douglas and Peucker 1973); its ends stay.
fn simplified(arc: &[Point], tolerance: f64) -> Vec<Point> {
    if arc.len() < 3 {
        return arc.to_vec();
    }
    let mut keep = vec![false; arc.len()];
    (keep[0], keep[arc.len() - 1]) = (true, true);
    let mut open = vec![(0, arc.len() - 1)];
    // A closed arc is halved first: its ends are one point, from which nothing can be measured.
    if arc[0] == arc[arc.len() - 1] {
        let far = (0..arc.len()).max_by(|a, b| apart(arc[0], arc[*a]).total_cmp(&apart(arc[0], arc[*b]))).unwrap_or(0);
        keep[far] = true;
        open = vec![(0, far), (far, arc.len() - 1)];
    }
    while let Some((a, b)) = open.pop() {
        let off = off_line(arc[a], arc[b]);
        let offs = (a + 1..b).map(|i| (i, off(arc[i])));
        let Some((far, most)) = offs.max_by(|i, j| i.1.total_cmp(&j.1)) else { continue };
        if most > tolerance * tolerance {
            keep[far] = true;
            open.extend([(a, far), (far, b)]);
        }
    }
    arc.iter().zip(keep).filter(|(_, k)| *k).map(|(p, _)| *p).collect()
}

fn apart(a: Point, b: Point) -> f64 {
    (fold(b.0 - a.0) * a.1.to_radians().cos()).hypot(b.1 - a.1)
}

/// Square of the distance of points from a stretch, in degrees of latitude.
fn off_line(a: Point, b: Point) -> impl Fn(Point) -> f64 {
    let narrow = a.1.to_radians().cos();
    let flat = move |q: Point| (fold(q.0 - a.0) * narrow, q.1 - a.1);
    let (bx, by) = flat(b);
    let length2 = (bx * bx + by * by).max(1e-18);
    move |p| {
        let (px, py) = flat(p);
        let t = ((px * bx + py * by) / length2).clamp(0.0, 1.0);
        let (dx, dy) = (px - t * bx, py - t * by);
        dx * dx + dy * dy
    }
}

/// Arcs joined to one ring whose first point is not repeated, with points on long edges.
fn joined(arcs: &[i64], thin: &BTreeMap<usize, Vec<Point>>) -> Vec<Point> {
    let mut ring: Vec<Point> = Vec::new();
    let mut add = |p: Point| {
        let Some(last) = ring.last().copied() else {
            ring.push(p);
            return;
        };
        let (east, north) = (fold(p.0 - last.0), p.1 - last.1);
        let steps = (east.hypot(north) / LONG).ceil().clamp(1.0, 90.0);
        ring.extend((1..=steps as usize).map(|i| {
            let t = i as f64 / steps;
            (fold(last.0 + t * east), last.1 + t * north)
        }));
    };
    for n in arcs {
        let Some(points) = thin.get(&index(*n)) else { continue };
        if *n < 0 {
            points.iter().rev().for_each(|p| add(*p));
        } else {
            points.iter().for_each(|p| add(*p));
        }
    }
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring.dedup();
    ring
}

/// The edge of a map of the whole world on the page.
pub fn world_edge(map: &Projection, frame: &Rect) -> Vec<Point> {
    let Form::World { lon0 } = map.form else { return Vec::new() };
    let side = |lon: f64, sign: f64| (-45..=45).map(move |i| map.place((lon, sign * f64::from(i) * 2.0)));
    let edge: Vec<Point> = side(lon0 - 180.0, 1.0).chain(side(lon0 + 180.0, -1.0)).collect();
    clip(&edge, &frame.grown(BLEED))
}

impl Projection {
    /// A line of the globe on the page, in pieces where the edge of a map of the world cuts it.
    pub fn line(&self, globe: &[Point]) -> Vec<Vec<Point>> {
        let Form::World { lon0 } = self.form else { return vec![globe.iter().map(|p| self.place(*p)).collect()] };
        let mut parts: Vec<Vec<Point>> = vec![Vec::new()];
        let turned: Vec<Point> = globe.iter().map(|p| (fold(p.0 - lon0), p.1)).collect();
        let add = |parts: &mut Vec<Vec<Point>>, p: Point| {
            let page = self.place((p.0 + lon0, p.1));
            parts.last_mut().into_iter().for_each(|part| part.push(page));
        };
        for (i, p) in turned.iter().enumerate() {
            if let Some(last) = i.checked_sub(1).map(|i| turned[i]).filter(|last| (last.0 - p.0).abs() > 180.0) {
                let side = 180f64.copysign(last.0);
                let (out, back) = (side - last.0, p.0 + side);
                let t = if (out + back).abs() < 1e-12 { 0.5 } else { out / (out + back) };
                let lat = last.1 + t * (p.1 - last.1);
                add(&mut parts, (side, lat));
                parts.push(Vec::new());
                add(&mut parts, (-side, lat));
            }
            add(&mut parts, *p);
        }
        parts
    }
}

/// How far a point lies inside one side of the frame.
type Side = fn(Point, f64) -> f64;

/// Cuts a ring to a frame (Sutherland and Hodgman 1974).
pub fn clip(ring: &[Point], frame: &Rect) -> Vec<Point> {
    let (x0, y0, x1, y1) = (frame.x, frame.y, frame.x + frame.w, frame.y + frame.h);
    let sides: [(Side, f64); 4] =
        [(|p, v| p.0 - v, x0), (|p, v| v - p.0, x1), (|p, v| p.1 - v, y0), (|p, v| v - p.1, y1)];
    let mut points = ring.to_vec();
    for (side, value) in sides {
        if points.iter().all(|p| side(*p, value) >= 0.0) {
            continue;
        }
        let mut kept = Vec::with_capacity(points.len());
        for (a, b) in points.iter().zip(points.iter().cycle().skip(1)) {
            let (da, db) = (side(*a, value), side(*b, value));
            if da >= 0.0 {
                kept.push(*a);
            }
            if (da >= 0.0) != (db >= 0.0) {
                let t = da / (da - db);
                kept.push((a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)));
            }
        }
        points = kept;
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(ring: &[Point]) -> f64 {
        ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>() / 2.0
    }

    fn share(iso: &str, map: &Projection, frame: &Rect) -> f64 {
        let found = outlines(Layer::Countries, Scale::Fine, map, frame);
        found.iter().filter(|o| o.iso == iso).flat_map(|o| &o.rings).map(|r| area(r)).sum::<f64>() / (frame.w * frame.h)
    }

    #[test]
    fn areas_on_the_page_are_those_of_the_globe() {
        let frame = Rect { x: 0.0, y: 0.0, w: 1000.0, h: 1000.0 };
        for centre in [(-54.0, -10.0), (-30.0, 20.0)] {
            let map = Projection::equal_area(centre).at((500.0, 500.0), 400.0);
            let km2 = share("BR", &map, &frame) * 1e6 * (6371.0f64 / 400.0).powi(2);
            assert!((km2 / 8.5e6 - 1.0).abs() < 0.03, "{km2}");
        }
        let world = Projection::world(-150.0).at((500.0, 500.0), 180.0);
        let km2 = share("RU", &world, &frame) * 1e6 * (6371.0f64 / 180.0).powi(2);
        assert!((km2 / 17.0e6 - 1.0).abs() < 0.03, "{km2}");
    }

    #[test]
    fn a_frame_inside_a_country_is_all_land() {
        let frame = Rect { x: 0.0, y: 0.0, w: 300.0, h: 200.0 };
        let map = Projection::equal_area((100.0, 62.0)).at((150.0, 100.0), 20000.0);
        assert!(share("RU", &map, &frame) >= 1.0);
    }
}
