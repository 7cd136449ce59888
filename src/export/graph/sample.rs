//! Documents for the tests of exports and imports: a small one and an odd one; for any, see [`crate::import`].

use crate::itinerary::{Itinerary, SCHEMA};
use serde_json::{Value, json};

fn read(document: Value) -> Itinerary {
    serde_json::from_value(document).unwrap()
}

/// Two visits with two reasons for their order, a meeting, markup in what was quoted.
pub fn document() -> Itinerary {
    let quote = |text: &str| json!({"start": 3, "end": 3 + text.len(), "quote": text, "page": 2});
    read(json!({
        "schema": SCHEMA,
        "article": {"id": "a", "title": "Two <b>stops</b> & \"more\"", "published": "2023-11-06",
            "published_from": "dateline",
            "words": 12, "kind": "wire"},
        "officials": [
            {"id": "ada", "name": "Ada Lovelace", "title": "Minister", "country": "GB", "aliases": ["Ada"],
                "mentions": 2},
            {"id": "omar", "name": "Omar", "title": "", "aliases": []}],
        "places": [
            {"id": "baghdad", "name": "Baghdad", "kind": "city", "country": "IQ", "geonames": 98182, "lat": 33.341,
                "lon": 44.401},
            {"id": "iraq", "name": "Iraq", "kind": "country", "country": "IQ"}],
        "trips": [{"id": "t1", "traveller": "ada", "kind": "main", "visits": ["v1", "v2"], "note": null}],
        "visits": [
            {"id": "v1", "traveller": "ada", "place": "baghdad", "country": "IQ", "status": "completed",
                "start": "2023-11-05", "end": "2023-11-05", "trip": "t1", "order": 1, "confidence": 0.97,
                "evidence": [quote("in Baghdad"), quote("there")]},
            {"id": "v2", "traveller": "ada", "place": "iraq", "status": "planned", "trip": "t1", "order": 2}],
        "meetings": [{"id": "m1", "participants": ["ada", "omar"], "groups": [{"label": "officials"}], "visit": "v1",
            "place": "baghdad", "date": "2023-11-05", "status": "completed", "mode": "in_person",
                "duration": "PT1H/.."}],
        "sequence": [
            {"before": "v1", "after": "v2", "because": "date"},
            {"before": "v1", "after": "v2", "because": "phrase", "evidence": quote("then <on> to \"Basra\" & home")}],
        "warnings": ["one"],
        "edited": true
    }))
}

/// References to what is not there, ids that no form holds, a traveller who is not the visit's, characters that XML
/// cannot hold.
pub fn odd_document() -> Itinerary {
    read(json!({
        "schema": SCHEMA,
        "article": {"id": "b\u{1} ]]>", "title": "\u{0}nul \u{fffe} \r\n\t tab \u{202e}bidi \\ \\\" %%{init: {}}%%"},
        "officials": [{"id": "a:1", "name": "A\u{8}"}, {"id": "a_1", "name": "`#quot; [x] \u{10ffff}"}],
        "places": [{"id": "p", "name": " ", "kind": "site", "country": "", "lat": -0.1, "lon": 179.99999999999997}],
        "trips": [
            {"id": "t1", "traveller": "a:1", "kind": "main", "visits": ["v1", "gone", "v1"]},
            {"id": "t2", "traveller": "nobody", "kind": "background", "visits": []}],
        "visits": [
            {"id": "v1", "traveller": "a_1", "place": "nowhere", "status": "possible", "start": "../2023-11-05",
                "trip": "t1"},
            {"id": "v2", "traveller": "nobody", "place": "p", "status": "cancelled", "end": "2023~", "trip": "no trip",
                "order": 7, "evidence": [{"start": 0, "end": 1, "quote": "\u{b}\u{ffff}"}]}],
        "meetings": [
            {"id": "m", "participants": ["a_1", "nobody", "a_1"], "visit": "none", "place": "none", "status": "planned",
                "mode": "phone", "\u{0}key": "\u{0}"},
            {"id": "", "participants": ["a_1", "a_1"], "status": "planned", "mode": "video"}],
        "sequence": [{"before": "v1", "after": "v2", "because": "list"}, {"before": "v9", "after": "v1",
            "because": "tense"}]
    }))
}
