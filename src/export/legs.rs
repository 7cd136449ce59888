//! The legs of journeys as lines on the globe: between stops whose order the document gives, along great circles, cut
//! where they cross the antimeridian (RFC 7946, section 3.1.9). Knows no form.

use crate::chart::map::{Point, distance_km, great_circle};
use crate::itinerary::{Because, Itinerary, Place, Status, TripId, VisitGraph, VisitId};
use crate::network::Network;

/// A leg has a point each so many kilometres, so that straight pieces between them lie on the great circle as one sees
/// it.
const STEP_KM: f64 = 100.0;

/// From one stop to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    pub from: VisitId,
    pub to: VisitId,
    pub trip: TripId,
    /// Index into the network's articles.
    pub article: usize,
    /// The status of the stop that it leads to.
    pub status: Status,
    /// The reasons that the document gives for just these two; empty where the order follows over other stops.
    pub because: Vec<Because>,
    /// Length along the great circle; `None` where a place has no coordinates.
    pub km: Option<f64>,
    /// Its line as longitude and latitude in degrees, cut at the antimeridian; none where it leads nowhere or
    /// coordinates are missing.
    pub parts: Vec<Vec<Point>>,
}

/// All legs of a network, article by article and trip by trip.
pub fn legs(network: &Network) -> Vec<Leg> {
    let documents = network.documents();
    documents.iter().enumerate().flat_map(|(article, document)| of_document(document, article)).collect()
}

fn of_document(document: &Itinerary, article: usize) -> Vec<Leg> {
    let graph = VisitGraph::of(document);
    let mut legs = Vec::new();
    for trip in &document.trips {
        legs.extend(graph.legs(&trip.id).into_iter().filter_map(|(a, b)| leg(document, &trip.id, article, a, b)));
    }
    legs
}

fn leg(document: &Itinerary, trip: &TripId, article: usize, from: usize, to: usize) -> Option<Leg> {
    let (a, b) = (document.visits.get(from)?, document.visits.get(to)?);
    let place = |visit: &crate::itinerary::Visit| document.places.iter().find(|p| p.id == visit.place);
    let ends = place(a).and_then(position).zip(place(b).and_then(position));
    let told = document.sequence.iter().filter(|p| p.before == a.id && p.after == b.id);
    Some(Leg {
        from: a.id.clone(),
        to: b.id.clone(),
        trip: trip.clone(),
        article,
        status: b.status,
        because: told.map(|p| p.because).collect(),
        km: ends.map(|(a, b)| distance_km(a, b)),
        parts: ends.map(|(a, b)| line(a, b)).unwrap_or_default(),
    })
}

/// Longitude and latitude of a place in degrees, where it has both and they lie on the globe.
pub fn position(place: &Place) -> Option<Point> {
    let (lon, lat) = place.lon.zip(place.lat)?;
    (lon.abs() <= 180.0 && lat.abs() <= 90.0).then_some((lon, lat))
}

/// The great circle between two places, cut at the antimeridian; nothing where they are one place.
fn line(from: Point, to: Point) -> Vec<Vec<Point>> {
    if from == to {
        return Vec::new();
    }
    let steps = (distance_km(from, to) / STEP_KM).ceil().clamp(1.0, 400.0) as usize;
    let mut path: Vec<Point> = great_circle(from, to, steps).into_iter().map(rounded).collect();
    // The ends are the places themselves, without what rounding and sines do to them.
    if let [first, .., last] = path.as_mut_slice() {
        (*first, *last) = (from, to);
    }
    cut(&path)
}

/// To about a metre, so that the last bits of sines do not show.
fn rounded((lon, lat): Point) -> Point {
    let round = |x: f64| (x * 1e5).round() / 1e5;
    (round(lon), round(lat))
}

/// A path in pieces that do not cross the antimeridian; both pieces have a point on it.
fn cut(path: &[Point]) -> Vec<Vec<Point>> {
    let mut parts = vec![Vec::new()];
    let mut before: Option<Point> = None;
    for point in path.iter().copied() {
        if let Some(last) = before.filter(|last| (point.0 - last.0).abs() > 180.0) {
            let (side, lat) = crossing(last, point);
            append(&mut parts, (side, lat));
            parts.push(vec![(-side, lat)]);
        }
        append(&mut parts, point);
        before = Some(point);
    }
    parts.retain(|part| part.len() > 1);
    parts
}

fn append(parts: &mut [Vec<Point>], point: Point) {
    if let Some(part) = parts.last_mut().filter(|part| part.last() != Some(&point)) {
        part.push(point);
    }
}

/// On which side (180 or -180) and at which latitude the step from `a` to `b` leaves the map.
fn crossing(a: Point, b: Point) -> (f64, f64) {
    let side = 180_f64.copysign(a.0);
    let (to_edge, from_edge) = ((side - a.0).abs(), (b.0 + side).abs());
    let whole = to_edge + from_edge;
    let share = if whole > 0.0 { to_edge / whole } else { 0.0 };
    (side, rounded((0.0, a.1 + share * (b.1 - a.1))).1)
}

/// The smallest box that holds all points, as west, south, east, north; west is greater than east where it crosses the
/// antimeridian (RFC 7946, section 5.2). `None` of no points.
pub fn bounds(points: &[Point]) -> Option<[f64; 4]> {
    let south = points.iter().map(|p| p.1).reduce(f64::min)?;
    let north = points.iter().map(|p| p.1).reduce(f64::max)?;
    let mut longitudes: Vec<f64> = points.iter().map(|p| if p.0 == -180.0 { 180.0 } else { p.0 }).collect();
    longitudes.sort_by(f64::total_cmp);
    longitudes.dedup();
    let (first, last) = (*longitudes.first()?, *longitudes.last()?);
    // The box leaves out the widest stretch without points; of several as wide, the one over the antimeridian.
    let mut widest = (first + 360.0 - last, first, last);
    for pair in longitudes.windows(2) {
        if let [west, east] = pair
            && east - west > widest.0
        {
            widest = (east - west, *east, *west);
        }
    }
    let (_, west, east) = widest;
    // A box that begins at the antimeridian begins in the west.
    Some([if west == 180.0 && east != 180.0 { -180.0 } else { west }, south, east, north])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_pacific_crossing_is_cut_at_the_antimeridian() {
        let parts = line((139.69, 35.69), (-157.86, 21.31));
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].last().map(|p| p.0), Some(180.0));
        assert_eq!(parts[1].first().map(|p| p.0), Some(-180.0));
        assert_eq!(parts[0].last().map(|p| p.1), parts[1].first().map(|p| p.1));
    }

    #[test]
    fn a_leg_that_touches_the_antimeridian_only_is_whole() {
        assert_eq!(line((170.0, 0.0), (180.0, 0.0)).len(), 1);
        assert_eq!(line((170.0, 0.0), (-180.0, 0.0)).len(), 1);
        assert_eq!(line((-180.0, 10.0), (170.0, 0.0)).len(), 1);
    }

    #[test]
    fn a_stay_in_one_place_is_no_line() {
        assert!(line((10.0, 10.0), (10.0, 10.0)).is_empty());
    }

    #[test]
    fn a_box_over_the_antimeridian_has_its_west_in_the_east() {
        assert_eq!(bounds(&[(178.0, -18.0), (-171.0, -13.0)]), Some([178.0, -18.0, -171.0, -13.0]));
        assert_eq!(bounds(&[(10.0, 5.0), (20.0, -5.0)]), Some([10.0, -5.0, 20.0, 5.0]));
        assert_eq!(bounds(&[(-180.0, 0.0), (-170.0, 1.0)]), Some([-180.0, 0.0, -170.0, 1.0]));
        assert_eq!(bounds(&[(3.0, 4.0)]), Some([3.0, 4.0, 3.0, 4.0]));
        assert_eq!(bounds(&[]), None);
    }

    fn anywhere() -> impl Strategy<Value = Point> {
        (-180.0..=180.0, -90.0..=90.0)
    }

    proptest! {
        #[test]
        fn no_piece_of_a_leg_crosses_the_antimeridian(a in anywhere(), b in anywhere()) {
            let parts = line(a, b);
            for part in &parts {
                prop_assert!(part.len() > 1);
                for pair in part.windows(2) {
                    prop_assert!((pair[0].0 - pair[1].0).abs() <= 180.0);
                }
            }
            for point in parts.iter().flatten() {
                prop_assert!(point.0.abs() <= 180.0 && point.1.abs() <= 90.0);
            }
        }

        #[test]
        fn the_box_holds_every_point(points in prop::collection::vec(anywhere(), 1..12)) {
            let [west, south, east, north] = bounds(&points).unwrap();
            for (lon, lat) in points {
                let inside = if west <= east { west <= lon && lon <= east } else { lon >= west || lon <= east };
                prop_assert!((inside || lon.abs() == 180.0) && south <= lat && lat <= north);
            }
        }
    }
}
