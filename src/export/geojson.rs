//! GeoJSON (RFC 7946): stops as points, legs as great circles. Meetings lie in the attributes of their stop; those
//! without a stop are features of their own. What is not on the map stands in the foreign member `portolan`.

use super::attributes::Index;
use super::legs::{Leg, bounds, legs, position};
use crate::chart::map::Point;
use crate::itinerary::PlaceId;
use crate::network::Network;
use geojson::feature::Id;
use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, JsonObject, JsonValue};

/// A network as a feature collection. Longitudes and latitudes in degrees, WGS 84.
pub fn write(network: &Network) -> Vec<u8> {
    let index = Index::of(network);
    let legs = legs(network);
    let stops = network.visits.iter().map(|v| feature(&v.id.0, point(&index, Some(&v.place)), index.stop(v)));
    let apart = index.meetings_apart().map(|m| feature(&m.id.0, point(&index, m.place.as_ref()), index.meeting(m)));
    let lines = legs.iter().map(|l| feature(&format!("{}–{}", l.from, l.to), line(l), index.leg(l)));
    let features: Vec<Feature> = stops.chain(apart).chain(lines).collect();
    let bbox = bounds(&features.iter().flat_map(points).collect::<Vec<_>>()).map(|b| b.to_vec());
    let foreign = JsonObject::from_iter([("portolan".into(), JsonValue::Object(index.rest()))]);
    let mut text = FeatureCollection { bbox, features, foreign_members: Some(foreign) }.to_string();
    text.push('\n');
    text.into_bytes()
}

fn feature(id: &str, geometry: Option<Geometry>, properties: JsonObject) -> Feature {
    Feature { id: Some(Id::String(id.into())), geometry, properties: Some(properties), ..Feature::default() }
}

fn point(index: &Index<'_>, place: Option<&PlaceId>) -> Option<Geometry> {
    place.and_then(|id| index.place(id)).and_then(position).map(Geometry::new_point)
}

fn line(leg: &Leg) -> Option<Geometry> {
    match leg.parts.as_slice() {
        [] => None,
        [one] => Some(Geometry::new_line_string(one.iter().copied())),
        several => Some(Geometry::new_multi_line_string(several.iter().map(|part| part.iter().copied()))),
    }
}

fn points(feature: &Feature) -> Vec<Point> {
    let pair = |p: &geojson::Position| p.as_slice().first().copied().zip(p.as_slice().get(1).copied());
    match feature.geometry.as_ref().map(|g| &g.value) {
        Some(GeometryValue::Point { coordinates }) => pair(coordinates).into_iter().collect(),
        Some(GeometryValue::LineString { coordinates }) => coordinates.iter().filter_map(pair).collect(),
        Some(GeometryValue::MultiLineString { coordinates }) => coordinates.iter().flatten().filter_map(pair).collect(),
        _ => Vec::new(),
    }
}
