//! Cutting areas of the globe to what a projection shows: a cap around its centre or, for the whole world, a strip of longitudes.
//!
//! Rings have their inside on the right. Where one leaves the window, the cut-off area goes on clockwise along the window's edge to
//! where a ring next comes in (Weiler and Atherton 1977), so that an area never turns inside out.

use super::sphere::{Cap, Point, Vector, between, cross, dot, fold, lonlat, unit, vector};

/// The part of the globe that a projection shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Window {
    Cap(Cap),
    /// All longitudes, cut opposite to this one. Longitudes of what is cut count from it without folding.
    Strip(f64),
}

/// A piece of a ring inside the window, with where on the edge it comes in and goes out.
struct Piece {
    points: Vec<Point>,
    enters: f64,
    leaves: f64,
}

/// The rings of one area, cut to a window.
pub fn cut(rings: &[Vec<Point>], window: Window) -> Vec<Vec<Point>> {
    let mut whole = Vec::new();
    let mut pieces = Vec::new();
    for ring in rings.iter().filter(|r| r.len() > 2) {
        match window {
            Window::Cap(cap) => in_cap(ring, cap, &mut whole, &mut pieces),
            Window::Strip(lon0) => in_strip(ring, lon0, &mut whole, &mut pieces),
        }
    }
    if pieces.is_empty() {
        // Nothing crosses the edge: either all of it lies in the area, or none.
        if window.edge_inside(rings) {
            whole.push(window.along(0.0, window.length()));
        }
        return whole;
    }
    whole.extend(linked(pieces, window));
    whole
}

/// Pieces joined along the window's edge to closed rings.
fn linked(pieces: Vec<Piece>, window: Window) -> Vec<Vec<Point>> {
    let mut rings = Vec::new();
    let mut used = vec![false; pieces.len()];
    let ahead = |from: f64, to: f64| (to - from).rem_euclid(window.length());
    for first in 0..pieces.len() {
        if used[first] {
            continue;
        }
        let (mut ring, mut at) = (Vec::new(), first);
        loop {
            used[at] = true;
            ring.extend(&pieces[at].points);
            let leaves = pieces[at].leaves;
            let open = (0..pieces.len()).filter(|i| !used[*i] || *i == first);
            let next =
                open.min_by(|a, b| ahead(leaves, pieces[*a].enters).total_cmp(&ahead(leaves, pieces[*b].enters)));
            let next = next.unwrap_or(first);
            ring.extend(window.along(leaves, ahead(leaves, pieces[next].enters)));
            if next == first {
                break;
            }
            at = next;
        }
        rings.push(ring);
    }
    rings
}

fn in_cap(ring: &[Point], cap: Cap, whole: &mut Vec<Vec<Point>>, pieces: &mut Vec<Piece>) {
    let least = cap.radius.cos();
    let (ring, directions) = touched(ring, cap);
    let inside: Vec<bool> = directions.iter().map(|v| dot(*v, cap.centre) >= least).collect();
    let Some(start) = inside.iter().position(|i| !i) else {
        whole.push(ring);
        return;
    };
    let crossing = |a: Vector, b: Vector| {
        let (da, db) = (dot(a, cap.centre) - least, dot(b, cap.centre) - least);
        lonlat(unit(between(a, b, da / (da - db))))
    };
    let azimuth = |p: Point| Window::Cap(cap).position(p);
    let mut open: Option<Piece> = None;
    for k in 0..ring.len() {
        let (i, j) = ((start + k) % ring.len(), (start + k + 1) % ring.len());
        if inside[i] != inside[j] {
            let edge = crossing(directions[i], directions[j]);
            match open.take() {
                None => open = Some(Piece { points: vec![edge], enters: azimuth(edge), leaves: 0.0 }),
                Some(mut piece) => {
                    piece.points.push(edge);
                    piece.leaves = azimuth(edge);
                    pieces.push(piece);
                }
            }
        }
        if let (Some(piece), true) = (&mut open, inside[j]) {
            piece.points.push(ring[j]);
        }
    }
}

/// A ring and its directions, with a point inside the cap on each edge that runs through it from outside to outside.
fn touched(ring: &[Point], cap: Cap) -> (Vec<Point>, Vec<Vector>) {
    let least = cap.radius.cos();
    let directions: Vec<Vector> = ring.iter().copied().map(vector).collect();
    let (mut found, mut towards) = (Vec::with_capacity(ring.len()), Vec::with_capacity(ring.len()));
    for (i, p) in ring.iter().enumerate() {
        let (a, b) = (directions[i], directions[(i + 1) % ring.len()]);
        found.push(*p);
        towards.push(a);
        if dot(a, cap.centre) >= least || dot(b, cap.centre) >= least {
            continue;
        }
        let normal = cross(a, b);
        if dot(normal, normal) < 1e-18 {
            continue;
        }
        let normal = unit(normal);
        let off = dot(cap.centre, normal);
        let nearest = unit([0, 1, 2].map(|k| cap.centre[k] - off * normal[k]));
        let on_edge = dot(cross(a, nearest), normal) > 0.0 && dot(cross(nearest, b), normal) > 0.0;
        if on_edge && dot(nearest, cap.centre) > least {
            found.push(lonlat(nearest));
            towards.push(nearest);
        }
    }
    (found, towards)
}

fn in_strip(ring: &[Point], lon0: f64, whole: &mut Vec<Vec<Point>>, pieces: &mut Vec<Piece>) {
    let turned: Vec<Point> = ring.iter().map(|p| (fold(p.0 - lon0), p.1)).collect();
    let crosses = |a: Point, b: Point| (a.0 - b.0).abs() > 180.0;
    let n = turned.len();
    let Some(start) = (0..n).find(|i| crosses(turned[*i], turned[(i + 1) % n])) else {
        whole.push(turned.iter().map(|p| (p.0 + lon0, p.1)).collect());
        return;
    };
    let mut open: Option<Piece> = None;
    // The first crossing is walked twice: it opens the first piece and closes the last.
    for k in 0..=n {
        let (a, b) = (turned[(start + k) % n], turned[(start + k + 1) % n]);
        if crosses(a, b) {
            let side = 180f64.copysign(a.0);
            let (out, back) = (side - a.0, b.0 + side);
            let t = if (out + back).abs() < 1e-12 { 0.5 } else { out / (out + back) };
            let lat = a.1 + t * (b.1 - a.1);
            if let Some(mut piece) = open.take() {
                piece.points.push((lon0 + side, lat));
                piece.leaves = around((side, lat));
                pieces.push(piece);
            }
            if k < n {
                open = Some(Piece { points: vec![(lon0 - side, lat)], enters: around((-side, lat)), leaves: 0.0 });
            }
        }
        if let Some(piece) = &mut open {
            piece.points.push((b.0 + lon0, b.1));
        }
    }
}

/// How far along the edge of the strip a point of it lies, clockwise from its south-western corner, in degrees.
fn around((lon, lat): Point) -> f64 {
    if lon < 0.0 { lat + 90.0 } else { 540.0 + 90.0 - lat }
}

/// Degrees between the points of an edge.
const PITCH: f64 = 2.0;

impl Window {
    /// Length of its edge in degrees of its own measure.
    fn length(&self) -> f64 {
        match self {
            Window::Cap(_) => 360.0,
            Window::Strip(_) => 1080.0,
        }
    }

    /// How far along the edge a point of it lies, clockwise.
    fn position(&self, place: Point) -> f64 {
        match self {
            Window::Strip(lon0) => around((place.0 - lon0, place.1)),
            Window::Cap(cap) => {
                let (v, (north, east)) = (vector(place), axes(cap.centre));
                dot(v, east).atan2(dot(v, north)).to_degrees().rem_euclid(360.0)
            }
        }
    }

    /// Points of the edge over a length from a position on.
    fn along(&self, from: f64, length: f64) -> Vec<Point> {
        let steps = (length / PITCH).ceil().max(1.0) as usize;
        let corners =
            [180.0, 540.0, 720.0, 1080.0, 1260.0].map(|c| c - from).into_iter().filter(|d| *d > 0.0 && *d < length);
        let mut at: Vec<f64> = (1..steps).map(|i| length * i as f64 / steps as f64).collect();
        if matches!(self, Window::Strip(_)) {
            at.extend(corners);
            at.sort_by(f64::total_cmp);
        }
        at.into_iter().map(|d| self.edge(from + d)).collect()
    }

    fn edge(&self, position: f64) -> Point {
        match self {
            Window::Cap(cap) => {
                let (north, east) = axes(cap.centre);
                let (azimuth, r) = (position.to_radians(), cap.radius);
                let ahead = [0, 1, 2].map(|k| azimuth.cos() * north[k] + azimuth.sin() * east[k]);
                lonlat([0, 1, 2].map(|k| r.cos() * cap.centre[k] + r.sin() * ahead[k]))
            }
            Window::Strip(lon0) => {
                let at = position.rem_euclid(1080.0);
                let (lon, lat) = match at {
                    _ if at < 180.0 => (-180.0, at - 90.0),
                    _ if at < 540.0 => (at - 360.0, 90.0),
                    _ if at < 720.0 => (180.0, 630.0 - at),
                    _ => (900.0 - at, -90.0),
                };
                (lon0 + lon, lat)
            }
        }
    }

    /// Whether an edge that no ring crosses lies inside the area: by the crossings of the meridian north of one of its points, since
    /// no area holds the North Pole.
    fn edge_inside(&self, rings: &[Vec<Point>]) -> bool {
        let Window::Cap(_) = self else { return false };
        let (lon, lat) = self.edge(180.0);
        let crossings = rings.iter().map(|ring| {
            let edges = ring.iter().zip(ring.iter().cycle().skip(1));
            edges
                .filter(|(a, b)| {
                    let (da, db) = (fold(a.0 - lon), fold(b.0 - lon));
                    let over = (da < 0.0) != (db < 0.0) && (da - db).abs() < 180.0;
                    over && a.1 + da / (da - db) * (b.1 - a.1) > lat
                })
                .count()
        });
        crossings.sum::<usize>() % 2 == 1
    }
}

/// The directions to the north and to the east from a place.
fn axes(centre: Vector) -> (Vector, Vector) {
    let east = if centre[0].hypot(centre[1]) < 1e-9 { [0.0, 1.0, 0.0] } else { unit([-centre[1], centre[0], 0.0]) };
    let north = cross(centre, east);
    (north, east)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(w: f64, s: f64, e: f64, n: f64) -> Vec<Point> {
        vec![(w, s), (w, n), (e, n), (e, s)]
    }

    fn cap(lon: f64, lat: f64, degrees: f64) -> Window {
        Window::Cap(Cap { centre: vector((lon, lat)), radius: degrees.to_radians() })
    }

    #[test]
    fn an_area_is_kept_cut_dropped_or_fills_the_window() {
        let area = [square(0.0, 0.0, 20.0, 20.0)];
        assert_eq!(cut(&area, cap(10.0, 10.0, 40.0)), area.to_vec());
        assert!(cut(&area, cap(-60.0, 10.0, 10.0)).is_empty());
        let filled = cut(&area, cap(10.0, 10.0, 2.0));
        assert!(filled.len() == 1 && filled[0].iter().all(|p| (p.0 - 10.0).hypot(p.1 - 10.0) < 2.1), "{filled:?}");
        let part = cut(&area, cap(0.0, 10.0, 5.0));
        assert!(part.len() == 1 && part[0].iter().all(|p| p.0 > -0.1 && p.0 < 5.1), "{part:?}");
    }

    #[test]
    fn a_hole_that_leaves_the_window_stays_a_hole() {
        let hole: Vec<Point> = square(5.0, 5.0, 15.0, 15.0).into_iter().rev().collect();
        let part = cut(&[square(0.0, 0.0, 20.0, 20.0), hole], cap(5.0, 10.0, 3.0));
        assert!(part.len() == 1 && part[0].iter().all(|p| p.0 < 5.1), "{part:?}");
    }

    #[test]
    fn the_world_is_cut_at_its_edge() {
        let parts = cut(&[square(170.0, 0.0, -170.0, 10.0)], Window::Strip(0.0));
        assert_eq!(parts.len(), 2);
        let pole = [vec![(-120.0, -70.0), (0.0, -70.0), (120.0, -70.0)]];
        let whole = cut(&pole, Window::Strip(0.0));
        assert!(
            whole.len() == 1 && whole[0].iter().any(|p| p.1 < -89.0),
            "a ring around the pole reaches it: {whole:?}"
        );
    }
}
