//! Projections of the sphere onto a page, behind one [`Projection::place`]. Formulas: J. P. Snyder, Map Projections: A Working Manual
//! (USGS Professional Paper 1395, 1987): Lambert's conformal conic (p. 104), his azimuthal equal-area one (p. 185), the orthographic
//! one (p. 149) for the locator globe; and the Equal Earth projection for the whole world (B. Šavrič, T. Patterson and B. Jenny, International
//! Journal of Geographical Information Science 33, 2019).

use super::sphere::{Point, fold};
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

/// A way to lay the globe on a page; `origin` and `scale` say where and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    pub form: Form,
    /// Where the projection's own origin comes to lie on the page.
    pub origin: Point,
    /// Pixels per Earth radius.
    pub scale: f64,
}

/// The forms of projection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// Lambert's conformal conic, with Snyder's n, F and ρ₀.
    Conic { lon0: f64, n: f64, f: f64, rho0: f64 },
    /// Lambert's azimuthal equal-area around a centre.
    EqualArea { centre: Point },
    /// The whole world, cut at the meridian opposite to this one.
    World { lon0: f64 },
    /// The globe as seen from afar.
    Globe { centre: Point },
}

/// Coefficients of the Equal Earth projection.
const A: [f64; 4] = [1.340264, -0.081106, 0.000893, 0.003796];

/// Farthest angle from the centre that the equal-area form shows, in radians.
pub const REACH: f64 = 2.6;

impl Projection {
    fn of(form: Form) -> Projection {
        Projection { form, origin: (0.0, 0.0), scale: 1.0 }
    }

    /// Lambert's conformal conic around a centre with two standard parallels on one side of the equator.
    pub fn conic(centre: Point, (south, north): (f64, f64)) -> Projection {
        let (s, t) = (south.to_radians(), north.to_radians());
        let up = |lat: f64| (FRAC_PI_4 + lat / 2.0).tan();
        let n = if (s - t).abs() < 1e-6 { s.sin() } else { (s.cos() / t.cos()).ln() / (up(t) / up(s)).ln() };
        let f = s.cos() * up(s).powf(n) / n;
        let rho0 = f / up(centre.1.to_radians()).powf(n);
        Projection::of(Form::Conic { lon0: centre.0, n, f, rho0 })
    }

    /// Lambert's azimuthal equal-area projection around a centre.
    pub fn equal_area(centre: Point) -> Projection {
        Projection::of(Form::EqualArea { centre })
    }

    /// The whole world around a meridian.
    pub fn world(lon0: f64) -> Projection {
        Projection::of(Form::World { lon0 })
    }

    /// The globe from afar.
    pub fn globe(centre: Point, origin: Point, radius: f64) -> Projection {
        Projection { form: Form::Globe { centre }, origin, scale: radius }
    }

    /// The same projection elsewhere on the page or in another size.
    pub fn at(self, origin: Point, scale: f64) -> Projection {
        Projection { origin, scale, ..self }
    }

    /// Whether it shows the whole world.
    pub fn is_world(&self) -> bool {
        matches!(self.form, Form::World { .. })
    }

    /// Where a place lies on the page. Places behind the globe come to lie on its rim.
    pub fn place(&self, place: Point) -> Point {
        let (x, y) = self.plane(place);
        (self.origin.0 + self.scale * x, self.origin.1 - self.scale * y)
    }

    /// The place at a point of the page, where there is one; none for the whole world, which nothing asks for.
    pub fn unplace(&self, page: Point) -> Option<Point> {
        let (x, y) = ((page.0 - self.origin.0) / self.scale, (self.origin.1 - page.1) / self.scale);
        match self.form {
            Form::Conic { lon0, n, f, rho0 } => {
                let rho = x.hypot(rho0 - y).copysign(n);
                let theta = (x * n.signum()).atan2((rho0 - y) * n.signum());
                let lat = 2.0 * (f / rho).powf(1.0 / n).atan() - FRAC_PI_2;
                let turn = theta / n;
                (turn.abs() <= PI && lat.is_finite()).then(|| (fold(lon0 + turn.to_degrees()), lat.to_degrees()))
            }
            Form::EqualArea { centre } => {
                let rho = x.hypot(y);
                (rho <= 2.0 * (REACH / 2.0).sin()).then(|| unturned(centre, (x, y), 2.0 * (rho / 2.0).asin()))
            }
            Form::Globe { centre } => {
                let rho = x.hypot(y);
                (rho <= 1.0).then(|| unturned(centre, (x, y), rho.asin()))
            }
            Form::World { .. } => None,
        }
    }

    /// In Earth radii, y upwards.
    fn plane(&self, (lon, lat): Point) -> Point {
        match self.form {
            Form::Conic { lon0, n, f, rho0 } => {
                let lat = lat.clamp(-89.9, 89.9).to_radians();
                let rho = f / (FRAC_PI_4 + lat / 2.0).tan().powf(n);
                let theta = n * fold(lon - lon0).to_radians();
                (rho * theta.sin(), rho0 - rho * theta.cos())
            }
            Form::EqualArea { centre } => {
                let (direction, angle) = turned(centre, (lon, lat));
                let k = 2.0 * (angle / 2.0).sin();
                (k * direction.0, k * direction.1)
            }
            Form::Globe { centre } => {
                let (direction, angle) = turned(centre, (lon, lat));
                let k = angle.min(FRAC_PI_2).sin();
                (k * direction.0, k * direction.1)
            }
            Form::World { lon0 } => equal_earth(fold(lon - lon0).to_radians(), lat.to_radians()),
        }
    }
}

/// Direction on the page and angle of a place as seen from a centre.
fn turned(centre: Point, (lon, lat): Point) -> (Point, f64) {
    let (lat0, lat, dlon) = (centre.1.to_radians(), lat.to_radians(), (lon - centre.0).to_radians());
    let (sin0, cos0, sin, cos) = (lat0.sin(), lat0.cos(), lat.sin(), lat.cos());
    let (x, y) = (cos * dlon.sin(), cos0 * sin - sin0 * cos * dlon.cos());
    let cosine = sin0 * sin + cos0 * cos * dlon.cos();
    let length = x.hypot(y);
    let direction = if length < 1e-12 { (0.0, 1.0) } else { (x / length, y / length) };
    (direction, length.atan2(cosine))
}

/// The place in a direction of the page at an angle from a centre (Snyder's eq. 20-14 and 20-15).
fn unturned(centre: Point, (x, y): Point, angle: f64) -> Point {
    let rho = x.hypot(y);
    if rho < 1e-12 {
        return centre;
    }
    let (lat0, sin, cos) = (centre.1.to_radians(), angle.sin(), angle.cos());
    let lat = (cos * lat0.sin() + y * sin * lat0.cos() / rho).clamp(-1.0, 1.0).asin();
    let dlon = (x * sin).atan2(rho * lat0.cos() * cos - y * lat0.sin() * sin);
    (fold(centre.0 + dlon.to_degrees()), lat.to_degrees())
}

fn equal_earth(dlon: f64, lat: f64) -> Point {
    let root = 3f64.sqrt();
    let t = (root / 2.0 * lat.sin()).asin();
    let (t2, t6) = (t * t, t.powi(6));
    let x = 2.0 * root * dlon * t.cos() / (3.0 * (9.0 * A[3] * t6 * t2 + 7.0 * A[2] * t6 + 3.0 * A[1] * t2 + A[0]));
    (x, t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: Point, b: Point) -> bool {
        (a.0 - b.0).abs() < 2e-7 && (a.1 - b.1).abs() < 2e-7
    }

    #[test]
    fn values_are_those_of_snyder() {
        // The numerical examples on pages 295, 332 and 311.
        let conic = Projection::conic((-96.0, 23.0), (33.0, 45.0));
        assert!(close(conic.plane((-75.0, 35.0)), (0.2966785, 0.2462112)), "{:?}", conic.plane((-75.0, 35.0)));
        let area = Projection::equal_area((-100.0, 40.0));
        let (x, y) = area.plane((100.0, -20.0));
        assert!(close((3.0 * x, 3.0 * y), (-4.2339303, 4.0257775)), "{x} {y}");
        let globe = Projection::globe((-100.0, 40.0), (0.0, 0.0), 1.0);
        assert!(close(globe.plane((-110.0, 30.0)), (-0.1503837, -0.1651911)));
    }

    #[test]
    fn the_world_is_that_of_its_authors() {
        // PROJ's test of eqearth on WGS 84, by its authalic radius; and the aspect ratio that the paper gives.
        let world = Projection::world(0.0);
        let ((x, _), (_, y)) = (world.plane((180.0, 0.0)), world.plane((0.0, 90.0)));
        assert!((x * 6371007.18 - 17243959.06).abs() < 1.0 && (y * 6371007.18 - 8392927.60).abs() < 1.0, "{x} {y}");
        assert!((x / y - 2.05458).abs() < 1e-4);
    }

    #[test]
    fn areas_are_kept() {
        for at in [Projection::equal_area((-100.0, 40.0)), Projection::world(11.0)] {
            for (lon, lat) in [(-100.0, 40.0), (-60.0, 10.0), (10.0, 50.0), (150.0, -20.0)] {
                let (o, e, n) = (at.place((lon, lat)), at.place((lon + 0.01, lat)), at.place((lon, lat + 0.01)));
                let page = ((e.0 - o.0) * (n.1 - o.1) - (e.1 - o.1) * (n.0 - o.0)).abs();
                let globe = 0.01f64.to_radians().powi(2) * lat.to_radians().cos();
                assert!((page / globe - 1.0).abs() < 1e-3, "{at:?} {lon} {lat}");
            }
        }
    }

    #[test]
    fn there_and_back_again() {
        let forms = [
            Projection::conic((20.0, 45.0), (40.0, 52.0)),
            Projection::conic((140.0, -30.0), (-40.0, -22.0)),
            Projection::equal_area((179.0, -5.0)),
            Projection::globe((20.0, 60.0), (0.0, 0.0), 1.0),
        ];
        for form in forms.map(|f| f.at((300.0, 200.0), 700.0)) {
            let Some(centre) = form.unplace((300.0, 200.0)) else { panic!("{form:?}") };
            for d in [(0.0, 0.0), (12.0, 7.0), (-9.0, -14.0)] {
                let place = (fold(centre.0 + d.0), centre.1 + d.1);
                let again = form.unplace(form.place(place)).expect("on the page");
                assert!(
                    (fold(again.0 - place.0)).abs() < 1e-6 && (again.1 - place.1).abs() < 1e-6,
                    "{form:?} {place:?} {again:?}"
                );
            }
        }
    }

    #[test]
    fn a_pacific_crossing_has_no_seam() {
        let at = Projection::equal_area((180.0, 0.0));
        assert!((at.place((179.9, 0.0)).0 - at.place((-179.9, 0.0)).0).abs() < 0.01);
    }
}
