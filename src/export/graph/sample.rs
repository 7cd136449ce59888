//! Documents for the tests of exports and imports: a small one, an odd one, and any.

use crate::itinerary::{Itinerary, SCHEMA};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

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

/// Text of any characters, those that XML cannot hold among them.
fn text() -> impl Strategy<Value = String> {
    let odd =
        prop::sample::select(vec!["", " ", "\u{0}", "\u{1b}\u{fffe}", "\r\n", "]]>", "<a b='c'>&amp;", "null", "{}"]);
    prop_oneof![3 => any::<String>(), 1 => odd.prop_map(String::from), 2 => "[A-Z][a-z]{1,8}"]
}

fn date() -> impl Strategy<Value = Value> {
    let dates = vec![
        json!(null),
        json!("2023-11-05"),
        json!("2023-11"),
        json!("2023~"),
        json!("../2023-11-05"),
        json!("2023-11-05/.."),
        json!("2023-11-01/2023-11-05?"),
        json!("2023-22%"),
    ];
    prop::sample::select(dates)
}

fn maybe(some: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    prop::option::of(some).prop_map(|v| v.unwrap_or(Value::Null))
}

fn maybe_text() -> impl Strategy<Value = Value> {
    maybe(text().prop_map(Value::from))
}

fn texts() -> impl Strategy<Value = Value> {
    prop::collection::vec(text(), 0..3).prop_map(Value::from)
}

/// Fields that this version does not know; their names begin so that they never are those that it knows.
fn extra() -> impl Strategy<Value = Map<String, Value>> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e300..1e300f64).prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((text(), inner), 0..3).prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    });
    prop::collection::vec((text().prop_map(|name| format!("x{name}")), value), 0..2)
        .prop_map(|pairs| pairs.into_iter().collect())
}

fn object(fields: Value, extra: Map<String, Value>) -> Value {
    let mut object = fields.as_object().cloned().unwrap_or_default();
    object.extend(extra);
    Value::Object(object)
}

fn evidence() -> impl Strategy<Value = Value> {
    (any::<usize>(), any::<usize>(), text(), extra())
        .prop_map(|(start, end, quote, extra)| object(json!({"start": start, "end": end, "quote": quote}), extra))
}

fn proof() -> impl Strategy<Value = Value> {
    prop::collection::vec(evidence(), 0..3).prop_map(Value::from)
}

fn one_of(names: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(names)
}

const STATUS: &[&str] = &["completed", "planned", "possible", "cancelled"];

/// An id of a list of things, or now and then of none of them.
fn id_in(prefix: &'static str) -> impl Strategy<Value = String> {
    (0usize..7).prop_map(move |n| format!("{prefix}{n}"))
}

fn ids_in(prefix: &'static str) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(id_in(prefix), 0..4)
}

/// A list of up to six things with ids of their own.
fn list<S: Strategy<Value = (Value, Map<String, Value>)>>(
    prefix: &'static str,
    item: impl Fn() -> S,
) -> impl Strategy<Value = Value> {
    prop::collection::vec(item(), 0..6).prop_map(move |items| {
        let with_id = |(n, (fields, extra)): (usize, (Value, Map<String, Value>))| {
            let mut fields = fields;
            fields["id"] = json!(format!("{prefix}{n}"));
            object(fields, extra)
        };
        Value::from(items.into_iter().enumerate().map(with_id).collect::<Vec<_>>())
    })
}

fn official() -> impl Strategy<Value = (Value, Map<String, Value>)> {
    (text(), maybe_text(), maybe_text(), texts(), any::<usize>(), extra()).prop_map(
        |(name, title, country, aliases, mentions, extra)| {
            (json!({"name": name, "title": title, "country": country, "aliases": aliases, "mentions": mentions}), extra)
        },
    )
}

fn place() -> impl Strategy<Value = (Value, Map<String, Value>)> {
    let kind = one_of(&["country", "territory", "city", "site", "region"]);
    let degrees = || prop::option::of(-180.0..180.0f64);
    let where_it_is = (prop::option::of(any::<u32>()), degrees(), degrees());
    let fields =
        (text(), kind, maybe(prop::sample::select(vec![json!("IQ"), json!("")])), where_it_is, texts(), extra());
    fields.prop_map(|(name, kind, country, (geonames, lat, lon), aliases, extra)| {
        let fields = json!({"name": name, "kind": kind, "country": country, "geonames": geonames, "lat": lat,
            "lon": lon,
            "aliases": aliases});
        (fields, extra)
    })
}

fn trip() -> impl Strategy<Value = (Value, Map<String, Value>)> {
    (id_in("o"), one_of(&["main", "background"]), ids_in("v"), extra()).prop_map(|(traveller, kind, visits, extra)| {
        (json!({"traveller": traveller, "kind": kind, "visits": visits}), extra)
    })
}

fn visit() -> impl Strategy<Value = (Value, Map<String, Value>)> {
    let refers = (id_in("o"), id_in("p"), id_in("t"));
    let order = prop::option::of(0u32..4);
    let sure = prop::option::of(0.0..1.0f64);
    let fields = (refers, maybe_text(), one_of(STATUS), date(), date(), order, sure, proof(), extra());
    fields.prop_map(|((traveller, place, trip), country, status, start, end, order, sure, evidence, extra)| {
        let fields = json!({"traveller": traveller, "place": place, "trip": trip, "country": country, "status": status,
            "start": start, "end": end, "order": order, "confidence": sure, "evidence": evidence});
        (fields, extra)
    })
}

fn meeting() -> impl Strategy<Value = (Value, Map<String, Value>)> {
    let refers = (ids_in("o"), prop::option::of(id_in("v")), prop::option::of(id_in("p")));
    let group = (maybe_text(), text(), extra())
        .prop_map(|(country, label, extra)| object(json!({"country": country, "label": label}), extra));
    let how = (one_of(STATUS), one_of(&["in_person", "phone", "video"]), maybe_text());
    let sure = prop::option::of(0.0..1.0f64);
    let fields = (refers, prop::collection::vec(group, 0..2), maybe_text(), date(), how, sure, proof(), extra());
    fields.prop_map(
        |((people, visit, place), groups, country, date, (status, mode, duration), sure, evidence, extra)| {
            let fields = json!({"participants": people, "visit": visit, "place": place, "groups": groups,
            "country": country,
            "date": date, "status": status, "mode": mode, "duration": duration, "confidence": sure,
                "evidence": evidence});
            (fields, extra)
        },
    )
}

fn reason() -> impl Strategy<Value = Value> {
    let because = one_of(&["date", "phrase", "tense", "list", "narrative"]);
    (id_in("v"), id_in("v"), because, maybe(evidence()), extra()).prop_map(
        |(before, after, because, evidence, extra)| {
            object(json!({"before": before, "after": after, "because": because, "evidence": evidence}), extra)
        },
    )
}

fn article() -> impl Strategy<Value = Value> {
    let from = maybe(one_of(&["argument", "metadata", "dateline", "text"]).prop_map(Value::from));
    (text(), maybe_text(), maybe_text(), maybe_text(), date(), from, any::<usize>(), extra()).prop_map(
        |(id, title, source, url, published, from, words, extra)| {
            let fields = json!({"id": id, "title": title, "source": source, "url": url, "published": published,
                "published_from": from, "words": words});
            object(fields, extra)
        },
    )
}

/// Any document: ids are unique in each list, and refer to what is there or not.
pub fn any_document() -> impl Strategy<Value = Itinerary> {
    let things = (list("o", official), list("p", place), list("t", trip), list("v", visit), list("m", meeting));
    let order = prop::collection::vec(reason(), 0..5).prop_map(Value::from);
    (article(), things, order, texts(), extra()).prop_map(|(article, things, sequence, warnings, extra)| {
        let (officials, places, trips, visits, meetings) = things;
        let fields = json!({"schema": SCHEMA, "article": article, "officials": officials, "places": places,
            "trips": trips,
            "visits": visits, "meetings": meetings, "sequence": sequence, "warnings": warnings});
        read(object(fields, extra))
    })
}
