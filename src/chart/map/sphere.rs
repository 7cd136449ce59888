//! The sphere: directions, angles, great circles, and caps around places.

/// Longitude and latitude in degrees, or x and y on the page.
pub type Point = (f64, f64);

/// A direction from the middle of the Earth, of length 1.
pub type Vector = [f64; 3];

/// Mean radius of the Earth in kilometres.
pub const EARTH_KM: f64 = 6371.0;

/// The direction of a place.
pub fn vector((lon, lat): Point) -> Vector {
    let ((sin_lon, cos_lon), (sin, cos)) = (lon.to_radians().sin_cos(), lat.to_radians().sin_cos());
    [cos * cos_lon, cos * sin_lon, sin]
}

/// The place in a direction.
pub fn lonlat(v: Vector) -> Point {
    (v[1].atan2(v[0]).to_degrees(), v[2].atan2(v[0].hypot(v[1])).to_degrees())
}

pub fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub fn cross(a: Vector, b: Vector) -> Vector {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// The vector at length 1; a zero vector points to the equator.
pub fn unit(v: Vector) -> Vector {
    let length = dot(v, v).sqrt();
    if length < 1e-12 { [1.0, 0.0, 0.0] } else { v.map(|c| c / length) }
}

/// The point at `t` of the straight line between two vectors.
pub fn between(a: Vector, b: Vector, t: f64) -> Vector {
    [0, 1, 2].map(|k| a[k] + t * (b[k] - a[k]))
}

/// Angle between two directions in radians.
pub fn angle(a: Vector, b: Vector) -> f64 {
    let sum = [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
    2.0 * chord2(a, b).sqrt().atan2(dot(sum, sum).sqrt())
}

/// Square of the straight distance between two directions; it grows with their angle, and costs less.
pub fn chord2(a: Vector, b: Vector) -> f64 {
    let d = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    dot(d, d)
}

/// Difference of longitudes in (-180, 180].
pub fn fold(degrees: f64) -> f64 {
    if degrees.abs() <= 180.0 { degrees } else { (degrees + 540.0).rem_euclid(360.0) - 180.0 }
}

/// Distance along the great circle in kilometres.
pub fn distance_km(a: Point, b: Point) -> f64 {
    angle(vector(a), vector(b)) * EARTH_KM
}

/// Points along the great circle from `a` to `b`, both included. Between antipodes it runs over the pole.
pub fn great_circle(a: Point, b: Point, steps: usize) -> Vec<Point> {
    let (u, v) = (vector(a), vector(b));
    let whole = angle(u, v);
    // The direction at right angles to the start in the plane of the circle.
    let aside = [v, [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]].map(|w| [0, 1, 2].map(|k| w[k] - dot(u, w) * u[k]));
    let aside = aside.into_iter().find(|w| dot(*w, *w) > 1e-18).map_or(u, unit);
    let at = |i: usize| {
        let t = whole * i as f64 / steps.max(1) as f64;
        lonlat([0, 1, 2].map(|k| t.cos() * u[k] + t.sin() * aside[k]))
    };
    (0..=steps).map(at).collect()
}

/// All places within an angle of a direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cap {
    pub centre: Vector,
    /// Radians.
    pub radius: f64,
}

impl Cap {
    /// A small cap around places, by walking towards the farthest one in ever smaller steps (Bădoiu and Clarkson 2003).
    pub fn around(places: &[Vector]) -> Cap {
        let mut sum = [0.0; 3];
        places.iter().for_each(|p| sum = [0, 1, 2].map(|k| sum[k] + p[k] / places.len().max(1) as f64));
        for step in 1..=80 {
            let far = places.iter().min_by(|a, b| dot(**a, unit(sum)).total_cmp(&dot(**b, unit(sum))));
            let Some(far) = far else { break };
            sum = between(sum, *far, 1.0 / (f64::from(step) + 2.0));
        }
        let centre = unit(sum);
        Cap::holding(centre, places.iter().copied())
    }

    /// The cap around a centre that reaches to the farthest place.
    pub fn holding(centre: Vector, places: impl Iterator<Item = Vector>) -> Cap {
        let chord = places.map(|p| chord2(p, centre)).fold(0.0, f64::max).sqrt();
        Cap { centre, radius: 2.0 * (chord / 2.0).min(1.0).asin() }
    }

    /// Whether two caps have a place in common.
    pub fn meets(&self, other: &Cap) -> bool {
        angle(self.centre, other.centre) <= self.radius + other.radius
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        assert!((distance_km((2.35, 48.86), (-74.0, 40.7)) - 5837.0).abs() < 15.0);
        assert!((distance_km((0.0, 0.0), (180.0, 0.0)) - 20015.0).abs() < 1.0);
        let path = great_circle((170.0, 0.0), (-170.0, 0.0), 2);
        assert!((path[1].0.abs() - 180.0).abs() < 1e-6);
    }

    #[test]
    fn great_circles_end_where_they_should_even_between_antipodes() {
        for (a, b) in [((10.0, 20.0), (-170.0, -20.0)), ((0.0, 90.0), (0.0, -90.0)), ((5.0, 5.0), (5.0, 5.0))] {
            let path = great_circle(a, b, 8);
            assert!(angle(vector(path[8]), vector(b)) < 1e-6, "{a:?} {b:?} {path:?}");
        }
    }

    #[test]
    fn a_cap_is_little_larger_than_it_must_be() {
        let cap = Cap::around(&[(170.0, 0.0), (-170.0, 0.0), (180.0, 5.0)].map(vector));
        assert!((cap.radius.to_degrees() - 10.0).abs() < 0.5, "{}", cap.radius.to_degrees());
    }
}
