//! Which projection suits some places, and how large: the choice follows Snyder (1987, pp. 33 to 35).
//!
//! - Places that a cap of 65° does not hold go around the world: the whole world in the Equal Earth projection, cut in the largest
//!   gap between their longitudes.
//! - A frame in middle latitudes that spans a region: Lambert's conformal conic, whose standard parallels lie a sixth of the
//!   frame's latitudes inside its edges (Snyder, p. 99).
//! - Anything else, near the equator or a pole or as wide as a continent or an ocean: Lambert's azimuthal equal-area projection,
//!   which has no seam.

use super::super::Rect;
use super::projection::Projection;
use super::sphere::{Cap, EARTH_KM, Point, fold, lonlat, vector};

/// What a map is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Left and upper edge, width, and least and greatest height of the frame.
    pub corner: Point,
    pub width: f64,
    pub heights: (f64, f64),
    /// Room around the places, sideways and above and below.
    pub room: Point,
    /// Kilometres that it shows at least from side to side.
    pub least_km: f64,
}

/// Radius of a cap beyond which places go around the world, in degrees.
const WORLD_BEYOND: f64 = 65.0;
/// A conic map shows at most so many degrees from its middle to a corner, and no latitude beyond these.
const REGION: f64 = 32.0;
const REGION_LATITUDES: (f64, f64) = (12.0, 76.0);
/// Latitudes between which a map of the world is cut, unless a place lies beyond.
const WORLD_LATITUDES: (f64, f64) = (-57.0, 83.0);

/// The projection for some places, and its frame.
pub fn fit(places: &[Point], wanted: &Fit) -> (Projection, Rect) {
    let cap = Cap::around(&places.iter().copied().map(vector).collect::<Vec<_>>());
    if cap.radius.to_degrees() > WORLD_BEYOND {
        return world(places, wanted);
    }
    let centre = lonlat(cap.centre);
    let (area, frame) = framed(Projection::equal_area(centre), places, wanted);
    let half = (frame.w.hypot(frame.h) / 2.0 / area.scale).to_degrees();
    let high = (frame.h / 2.0 / area.scale).to_degrees();
    let (south, north) = (centre.1 - high, centre.1 + high);
    let middle = south.abs().min(north.abs()) >= REGION_LATITUDES.0
        && south.signum() == north.signum()
        && south.abs().max(north.abs()) <= REGION_LATITUDES.1;
    if half > REGION || !middle {
        return (area, frame);
    }
    let sixth = (north - south) / 6.0;
    framed(Projection::conic(centre, (south + sixth, north - sixth)), places, wanted)
}

/// A projection scaled and moved so that the places fill the frame and leave the room that is asked for.
fn framed(form: Projection, places: &[Point], wanted: &Fit) -> (Projection, Rect) {
    let b = bounds(places.iter().map(|p| form.place(*p)));
    let across = (wanted.width - 2.0 * wanted.room.0).max(60.0);
    let down = (wanted.heights.1 - 2.0 * wanted.room.1).max(60.0);
    let scale = (across / b.w.max(1e-9)).min(down / b.h.max(1e-9)).min(wanted.width * EARTH_KM / wanted.least_km);
    let h = (b.h * scale + 2.0 * wanted.room.1).clamp(wanted.heights.0, wanted.heights.1);
    let frame = Rect { x: wanted.corner.0, y: wanted.corner.1, w: wanted.width, h };
    let origin = (frame.x + frame.w / 2.0 - scale * (b.x + b.w / 2.0), frame.y + h / 2.0 - scale * (b.y + b.h / 2.0));
    (form.at(origin, scale), frame)
}

/// The smallest box around points.
pub fn bounds(points: impl Iterator<Item = Point>) -> Rect {
    let none = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
    let b = points.fold(none, |b, p| (b.0.min(p.0), b.1.min(p.1), b.2.max(p.0), b.3.max(p.1)));
    if b.0 > b.2 { Rect::default() } else { Rect { x: b.0, y: b.1, w: b.2 - b.0, h: b.3 - b.1 } }
}

/// The whole world, its cut in the largest gap between the places.
fn world(places: &[Point], wanted: &Fit) -> (Projection, Rect) {
    let form = Projection::world(central_meridian(places));
    let scale = (wanted.width - 16.0) / 2.0 / form.place((form_edge(&form), 0.0)).0;
    let lat = |wanted: f64, pick: fn(f64, f64) -> f64, by: f64| {
        places.iter().map(|p| p.1 + by).fold(wanted, pick).clamp(-90.0, 90.0)
    };
    let (south, north) = (lat(WORLD_LATITUDES.0, f64::min, -12.0), lat(WORLD_LATITUDES.1, f64::max, 8.0));
    let y = |lat: f64| form.place((0.0, lat)).1 * scale;
    let frame = Rect { x: wanted.corner.0, y: wanted.corner.1, w: wanted.width, h: y(south) - y(north) + 8.0 };
    (form.at((frame.x + frame.w / 2.0, frame.y + 4.0 - y(north)), scale), frame)
}

/// The longitude just inside the eastern edge of a map of the world.
fn form_edge(form: &Projection) -> f64 {
    match form.form {
        super::projection::Form::World { lon0 } => lon0 + 180.0,
        _ => 180.0,
    }
}

/// The meridian opposite to the middle of the largest gap between longitudes; where the gaps are much alike, that of Greenwich
/// side maps.
fn central_meridian(places: &[Point]) -> f64 {
    let mut lons: Vec<f64> = places.iter().map(|p| fold(p.0)).collect();
    lons.sort_by(f64::total_cmp);
    let gaps = lons.iter().zip(lons.iter().cycle().skip(1)).enumerate().map(|(i, (a, b))| {
        let gap = if i + 1 == lons.len() { b + 360.0 - a } else { b - a };
        (*a, gap)
    });
    let widest = gaps.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((180.0, 0.0));
    // Whole degrees keep the pictures of like routes alike.
    fold((widest.0 + widest.1 / 2.0 + 180.0).round())
}

#[cfg(test)]
mod tests {
    use super::super::projection::Form;
    use super::*;

    const PAGE: Fit =
        Fit { corner: (0.0, 80.0), width: 1200.0, heights: (520.0, 800.0), room: (200.0, 80.0), least_km: 1400.0 };

    fn form(places: &[Point]) -> Form {
        fit(places, &PAGE).0.form
    }

    #[test]
    fn the_projection_follows_extent_and_latitude() {
        assert!(matches!(form(&[(35.2, 31.9), (44.4, 33.3), (32.9, 39.9)]), Form::Conic { .. }));
        assert!(matches!(form(&[(3.4, 6.5), (-0.2, 5.6)]), Form::EqualArea { .. }), "near the equator");
        assert!(matches!(form(&[(15.6, 78.2)]), Form::EqualArea { .. }), "near a pole");
        assert!(matches!(form(&[(139.7, 35.7), (-157.9, 21.3), (178.4, -18.1)]), Form::EqualArea { .. }), "an ocean");
        assert!(matches!(form(&[(-77.0, 38.9), (2.3, 48.9), (103.8, 1.3), (174.8, -41.3)]), Form::World { .. }));
    }

    #[test]
    fn the_world_is_cut_where_nobody_goes() {
        assert!((central_meridian(&[(139.0, 35.0), (-77.0, 39.0), (149.0, -35.0)]) - -149.0).abs() < 1.0);
        assert!((central_meridian(&[(0.0, 50.0), (100.0, 10.0), (-70.0, 0.0)]) - 15.0).abs() < 1.0);
    }

    #[test]
    fn all_places_lie_inside_the_frame() {
        for places in
            [vec![(35.2, 31.9), (44.4, 33.3)], vec![(179.0, 60.0), (-179.0, -50.0)], vec![(0.0, 90.0), (90.0, -90.0)]]
        {
            let (map, frame) = fit(&places, &PAGE);
            for p in places {
                let at = map.place(p);
                assert!(Rect::around(at, 1.0).overlap(&frame) > 0.0, "{p:?} {at:?} {frame:?}");
            }
        }
    }

    #[test]
    fn conic_parallels_lie_inside_the_frame() {
        let (map, frame) = fit(&[(35.2, 31.9), (44.4, 33.3)], &PAGE);
        let middle = map.unplace((frame.x + frame.w / 2.0, frame.y + frame.h / 2.0)).expect("the middle");
        assert!((middle.1 - 32.6).abs() < 1.0, "{middle:?}");
    }
}
