//! Azimuthal projections of the sphere (J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395,
//! 1987): Lambert's equal-area one (p. 185) for charts, and the orthographic one (p. 149) for the locator globe.
//!
//! Both have no seam at the antimeridian, so that a Pacific crossing is drawn in one piece.

/// Longitude and latitude in degrees, or x and y on the page.
pub type Point = (f64, f64);

/// Mean radius of the Earth in kilometres.
pub const EARTH_KM: f64 = 6371.0;

/// An azimuthal projection centred on a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Azimuthal {
    /// Longitude and latitude of the centre, degrees.
    pub centre: Point,
    /// Where the centre comes to lie on the page.
    pub origin: Point,
    /// Pixels per Earth radius.
    pub scale: f64,
    /// Orthographic instead of equal-area.
    pub globe: bool,
}

/// Farthest angle from the centre that is drawn, in radians: a hemisphere of the globe, nearly all of the equal-area map.
const REACH: f64 = 2.6;

impl Azimuthal {
    /// Where a place lies on the page, and whether it is within reach; what is not comes to lie on the rim.
    pub fn place(&self, (lon, lat): Point) -> (Point, bool) {
        let (lat0, lat, dlon) = (self.centre.1.to_radians(), lat.to_radians(), (lon - self.centre.0).to_radians());
        let (sin0, cos0, sin, cos) = (lat0.sin(), lat0.cos(), lat.sin(), lat.cos());
        let x = cos * dlon.sin();
        let y = cos0 * sin - sin0 * cos * dlon.cos();
        let cosc = (sin0 * sin + cos0 * cos * dlon.cos()).clamp(-1.0, 1.0);
        let angle = cosc.acos();
        let reach = if self.globe { std::f64::consts::FRAC_PI_2 } else { REACH };
        let seen = angle <= reach;
        let bounded = angle.min(reach);
        let radius = if self.globe { bounded.sin() } else { 2.0 * (bounded / 2.0).sin() };
        let length = x.hypot(y).max(1e-12);
        let k = radius * self.scale / length;
        ((self.origin.0 + k * x, self.origin.1 - k * y), seen)
    }

    /// A ring on the page with its long edges subdivided. None where it would enclose the far side of the Earth, or lies
    /// wholly beyond reach.
    pub fn ring(&self, ring: &[Point]) -> Option<Vec<Point>> {
        let mut page: Vec<Point> = Vec::with_capacity(ring.len());
        let mut any = false;
        for pair in ring.windows(2) {
            // Outlines that are cut at the antimeridian go on along the short way.
            let east = (pair[1].0 - pair[0].0 + 540.0).rem_euclid(360.0) - 180.0;
            let north = pair[1].1 - pair[0].1;
            let steps = (east.hypot(north) / 2.0).ceil().clamp(1.0, 90.0) as usize;
            for i in 0..steps {
                let t = i as f64 / steps as f64;
                let (p, seen) = self.place((pair[0].0 + t * east, pair[0].1 + t * north));
                any |= seen;
                if page.last().is_none_or(|l| (l.0 - p.0).abs().max((l.1 - p.1).abs()) > 0.45) {
                    page.push(p);
                }
            }
        }
        (any && page.len() > 2 && !self.inside_out(&page)).then_some(page)
    }

    /// Whether a ring runs around the centre the wrong way, as one does that holds the antipode.
    fn inside_out(&self, page: &[Point]) -> bool {
        let around = |a: Point, b: Point| {
            let turn =
                (b.1 - self.origin.1).atan2(b.0 - self.origin.0) - (a.1 - self.origin.1).atan2(a.0 - self.origin.0);
            (turn + 3.0 * std::f64::consts::PI).rem_euclid(2.0 * std::f64::consts::PI) - std::f64::consts::PI
        };
        let winding: f64 = page.iter().zip(page.iter().cycle().skip(1)).map(|(a, b)| around(*a, *b)).sum();
        // Outer rings of Natural Earth run clockwise on the globe, which is positive on a page whose y points down.
        winding < -6.0
    }
}

/// Distance along the great circle in kilometres.
pub fn distance_km(a: Point, b: Point) -> f64 {
    let (lat1, lat2, dlon) = (a.1.to_radians(), b.1.to_radians(), (b.0 - a.0).to_radians());
    let h = ((lat2 - lat1) / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
}

/// Points along the great circle from `a` to `b`, both included.
pub fn great_circle(a: Point, b: Point, steps: usize) -> Vec<Point> {
    let vector = |p: Point| {
        let (lon, lat) = (p.0.to_radians(), p.1.to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    };
    let (u, v) = (vector(a), vector(b));
    let angle = (distance_km(a, b) / EARTH_KM).max(1e-9);
    (0..=steps)
        .map(|i| {
            let t = i as f64 / steps.max(1) as f64;
            let (p, q) = (((1.0 - t) * angle).sin() / angle.sin(), (t * angle).sin() / angle.sin());
            let w: Vec<f64> = (0..3).map(|k| p * u[k] + q * v[k]).collect();
            (w[1].atan2(w[0]).to_degrees(), w[2].atan2(w[0].hypot(w[1])).to_degrees())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Azimuthal = Azimuthal { centre: (-100.0, 40.0), origin: (0.0, 0.0), scale: 1.0, globe: false };

    /// Area on the page of a small cell of the globe, by the area that it has there.
    fn stretch(at: &Azimuthal, lon: f64, lat: f64) -> f64 {
        let (o, e, n) = (at.place((lon, lat)).0, at.place((lon + 0.01, lat)).0, at.place((lon, lat + 0.01)).0);
        let page = ((e.0 - o.0) * (n.1 - o.1) - (e.1 - o.1) * (n.0 - o.0)).abs();
        page / (0.01f64.to_radians().powi(2) * lat.to_radians().cos())
    }

    #[test]
    fn areas_are_kept_from_the_centre_to_the_far_side() {
        for (lon, lat) in [(-100.0, 40.0), (-60.0, 10.0), (10.0, 50.0), (150.0, -20.0)] {
            assert!((stretch(&AT, lon, lat) - 1.0).abs() < 1e-3, "{lon} {lat}: {}", stretch(&AT, lon, lat));
        }
    }

    #[test]
    fn the_distance_from_the_centre_is_snyders() {
        // Snyder 1987, eq. 24-1: radius 2 sin(c/2) at an angle c from the centre, here 30 degrees due north.
        let ((x, y), seen) = AT.place((-100.0, 70.0));
        assert!(seen && x.abs() < 1e-9 && (-y - 2.0 * 15f64.to_radians().sin()).abs() < 1e-9);
    }

    #[test]
    fn a_pacific_crossing_has_no_seam() {
        let at = Azimuthal { centre: (180.0, 0.0), ..AT };
        let ((west, _), _) = at.place((179.9, 0.0));
        let ((east, _), _) = at.place((-179.9, 0.0));
        assert!((east - west).abs() < 0.01);
    }

    #[test]
    fn distances_are_those_of_the_globe() {
        assert!((distance_km((2.35, 48.86), (-74.0, 40.7)) - 5837.0).abs() < 15.0);
        let path = great_circle((170.0, 0.0), (-170.0, 0.0), 2);
        assert!((path[1].0.abs() - 180.0).abs() < 1e-6);
    }
}
