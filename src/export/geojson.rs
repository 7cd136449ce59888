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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::arbitrary::document;
    use crate::itinerary::{Itinerary, SCHEMA};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn collection(document: &Itinerary) -> Value {
        serde_json::from_slice(&write(&Network::of(std::slice::from_ref(document)))).unwrap()
    }

    #[test]
    fn open_order_has_no_leg_and_missing_coordinates_no_geometry() {
        let visit = |id: &str, place: &str, order: u32| json!({ "id": id, "traveller": "o", "place": place, "trip": "t", "status": "completed", "order": order });
        let document: Itinerary = serde_json::from_value(json!({
            "schema": SCHEMA,
            "article": { "id": "a" },
            "officials": [{ "id": "o", "name": "Anna Berg" }],
            "places": [{ "id": "p", "name": "Oslo", "kind": "city", "lat": 59.9, "lon": 10.7 },
                       { "id": "q", "name": "Bergen", "kind": "city", "lat": 60.4, "lon": 5.3 },
                       { "id": "r", "name": "a camp", "kind": "site" }],
            "trips": [{ "id": "t", "traveller": "o", "kind": "main", "visits": ["v1", "v2", "v3", "v4"] }],
            "visits": [visit("v1", "p", 1), visit("v2", "r", 2), visit("v3", "q", 3), visit("v4", "p", 3)],
            "sequence": [{ "before": "v1", "after": "v2", "because": "phrase" },
                         { "before": "v2", "after": "v3", "because": "phrase" }]
        }))
        .unwrap();
        let features = collection(&document)["features"].as_array().unwrap().clone();
        let ids: Vec<&str> = features.iter().filter_map(|f| f["id"].as_str()).collect();
        assert_eq!(ids, ["v1", "v2", "v3", "v4", "v1–v2"]);
        let open: Vec<bool> = features.iter().filter_map(|f| f["properties"]["order_open"].as_bool()).collect();
        assert_eq!(open, [false, false, true, true]);
        assert!(features[1]["geometry"].is_null() && features[4]["geometry"].is_null());
        assert_eq!(features[4]["properties"]["because"], json!(["phrase"]));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_document_keeps_its_stops_and_what_is_unknown(document in document()) {
            let whole = collection(&document);
            let features = whole["features"].as_array().unwrap();
            let stops: Vec<_> = features.iter().filter(|f| f["properties"]["kind"] == "stop").collect();
            prop_assert_eq!(stops.len(), document.visits.len());
            for (stop, visit) in stops.iter().zip(&document.visits) {
                prop_assert_eq!(stop["id"].as_str(), Some(visit.id.0.as_str()));
                prop_assert_eq!(&stop["properties"]["evidence"], &serde_json::to_value(&visit.evidence).unwrap());
                let extra = serde_json::to_value(&visit.extra).unwrap();
                prop_assert!(visit.extra.is_empty() || stop["properties"]["extra"] == extra);
            }
        }
    }
}
