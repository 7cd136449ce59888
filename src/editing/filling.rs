//! What every document has and a hand-written one may leave out: ids, statuses, kinds. Only what is not there is filled
//! in; what needs names understood or an order solved comes later, in [`super::complete`].

use super::resolve;
use crate::itinerary::{Edtf, PlaceKind, SCHEMA, Status, slug};
use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// Fills in a document that fits the types, apart from what may be missing; `name` is the id of an article without one.
pub fn fill(name: &str, mut document: Value) -> Value {
    let published = document["article"]["published"].as_str().and_then(|d| d.parse::<Edtf>().ok());
    if let Some(map) = document.as_object_mut() {
        map.entry("schema").or_insert_with(|| json!(SCHEMA));
        let article = map.entry("article").or_insert_with(|| json!({}));
        set(article, "id", || json!(name));
    }
    each(&mut document, "officials", named_id, |_| {});
    each(&mut document, "places", place_id, |place| {
        let kind = kind_of(place);
        set(place, "kind", || json!(kind));
    });
    each(&mut document, "trips", numbered("t"), |trip| {
        set(trip, "kind", || json!("main"));
        set(trip, "visits", || json!([]));
    });
    each(&mut document, "visits", numbered("v"), |visit| {
        let status = status_of(date(visit, "start").as_ref(), published.as_ref());
        set(visit, "status", || json!(status));
        set(visit, "trip", || json!(""));
    });
    let statuses = statuses(&document);
    each(&mut document, "meetings", numbered("m"), |meeting| {
        let during = meeting["visit"].as_str().and_then(|id| statuses.iter().find(|(v, _)| v == id));
        let status = during.map(|(_, s)| s.clone());
        let status = status.unwrap_or_else(|| json!(status_of(date(meeting, "date").as_ref(), published.as_ref())));
        set(meeting, "status", || status);
        set(meeting, "mode", || json!("in_person"));
    });
    document
}

/// The status of what is written without one: planned where it begins after the publication, else completed.
pub fn status_of(start: Option<&Edtf>, published: Option<&Edtf>) -> Status {
    let first = start.and_then(Edtf::earliest);
    let ahead = first.zip(published.and_then(Edtf::latest)).is_some_and(|(first, published)| first > published);
    if ahead { Status::Planned } else { Status::Completed }
}

fn date(object: &Value, field: &str) -> Option<Edtf> {
    object[field].as_str()?.parse().ok()
}

fn set(object: &mut Value, field: &str, value: impl FnOnce() -> Value) {
    if let Some(map) = object.as_object_mut() {
        map.entry(field).or_insert_with(value);
    }
}

/// Fills in each object of a list: an id that is free where it has none, and what else `fill` does.
fn each(
    document: &mut Value,
    list: &str,
    id: impl Fn(&Map<String, Value>, usize) -> String,
    fill: impl Fn(&mut Value),
) {
    let items = document.get_mut(list).and_then(Value::as_array_mut).map(std::mem::take).unwrap_or_default();
    let given = items.iter().filter_map(|item| item["id"].as_str());
    let mut taken: HashSet<String> = given.map(String::from).collect();
    let filled: Vec<Value> = items
        .into_iter()
        .enumerate()
        .map(|(i, mut item)| {
            if let Some(map) = item.as_object_mut()
                && !map.contains_key("id")
            {
                let free = free_id(id(map, i), &mut taken);
                map.insert("id".into(), json!(free));
            }
            fill(&mut item);
            item
        })
        .collect();
    if let Some(map) = document.as_object_mut()
        && !filled.is_empty()
    {
        map.insert(list.into(), Value::Array(filled));
    }
}

/// An id that nothing has yet: the one wanted, or with a number behind it.
pub fn free_id(wanted: String, taken: &mut HashSet<String>) -> String {
    let mut id = wanted.clone();
    let mut n = 2;
    while !taken.insert(id.clone()) {
        id = format!("{wanted}-{n}");
        n += 1;
    }
    id
}

fn named_id(object: &Map<String, Value>, _: usize) -> String {
    slug(object.get("name").and_then(Value::as_str).unwrap_or(""))
}

fn place_id(object: &Map<String, Value>, _: usize) -> String {
    let text = |field: &str| object.get(field).and_then(Value::as_str);
    resolve::id(text("name").unwrap_or(""), text("kind") == Some("country"), text("country"))
}

fn numbered(letter: &'static str) -> impl Fn(&Map<String, Value>, usize) -> String {
    move |_, i| format!("{letter}{}", i + 1)
}

fn kind_of(place: &Value) -> PlaceKind {
    let country = place["country"].as_str();
    let found = resolve::find(place["name"].as_str().unwrap_or(""), None, country);
    found.entry.map_or(PlaceKind::City, |e| e.kind)
}

fn statuses(document: &Value) -> Vec<(String, Value)> {
    let visits = document["visits"].as_array().into_iter().flatten();
    visits.filter_map(|v| Some((v["id"].as_str()?.to_string(), v["status"].clone()))).collect()
}
