//! Checking a document that somebody gave us: that it is of this version and whole.

use super::{Edtf, Itinerary, SCHEMA};
use serde_json::Value;
use std::collections::HashSet;

/// Highest position of a stop in its trip: no journey has more stops, and discs have room for four digits.
const LAST_POSITION: u32 = 9999;

/// What is wrong with a document, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct Problem {
    /// Path in the JSON, such as `visits[3].traveller`.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// Refuses documents of another kind or major version, before their fields are read.
pub fn check_version(document: &Value) -> Result<(), Problem> {
    let problem = |message: String| Err(Problem { path: "schema".into(), message });
    let schema = document.get("schema");
    match schema.and_then(Value::as_str) {
        Some(SCHEMA) => Ok(()),
        Some(other) if other.starts_with("portolan/itinerary/") => problem(format!(
            "this is version `{other}`, and this program reads `{SCHEMA}`: use a portolan of that version, or make the document anew from its article"
        )),
        Some(other) => problem(format!("`{other}` is no itinerary document: expected `{SCHEMA}`")),
        None if schema.is_some() => {
            problem(format!("the schema is no text: write \"schema\": \"{SCHEMA}\", with the quotation marks"))
        }
        None => problem(format!("missing: an itinerary document begins with \"schema\": \"{SCHEMA}\"")),
    }
}

/// Everything that is wrong with a document of this version; an empty list means that it can be drawn.
pub fn check(document: &Itinerary) -> Vec<Problem> {
    let mut problems = Vec::new();
    ids(document, &mut problems);
    references(document, &mut problems);
    values(document, &mut problems);
    problems
}

fn ids(d: &Itinerary, problems: &mut Vec<Problem>) {
    let mut seen = HashSet::new();
    let officials = d.officials.iter().enumerate().map(|(i, o)| (format!("officials[{i}].id"), &o.id.0));
    let places = d.places.iter().enumerate().map(|(i, p)| (format!("places[{i}].id"), &p.id.0));
    let trips = d.trips.iter().enumerate().map(|(i, t)| (format!("trips[{i}].id"), &t.id.0));
    let visits = d.visits.iter().enumerate().map(|(i, v)| (format!("visits[{i}].id"), &v.id.0));
    let meetings = d.meetings.iter().enumerate().map(|(i, m)| (format!("meetings[{i}].id"), &m.id.0));
    for (path, id) in officials.chain(places).chain(trips).chain(visits).chain(meetings) {
        let list = path.split('[').next().unwrap_or_default().to_string();
        if !seen.insert((list, id)) {
            problems
                .push(Problem { message: format!("`{id}` is used twice: ids must differ within their list"), path });
        }
    }
}

fn references(d: &Itinerary, problems: &mut Vec<Problem>) {
    let officials: HashSet<&String> = d.officials.iter().map(|o| &o.id.0).collect();
    let places: HashSet<&String> = d.places.iter().map(|p| &p.id.0).collect();
    let trips: HashSet<&String> = d.trips.iter().map(|t| &t.id.0).collect();
    let visits: HashSet<&String> = d.visits.iter().map(|v| &v.id.0).collect();
    let mut known = |path: String, id: &String, list: &str, ids: &HashSet<&String>| {
        if !ids.contains(id) {
            problems.push(Problem {
                message: format!("`{id}` is not the id of anything in `{list}`: add it there, or name one that is"),
                path,
            });
        }
    };
    for (i, v) in d.visits.iter().enumerate() {
        known(format!("visits[{i}].traveller"), &v.traveller.0, "officials", &officials);
        known(format!("visits[{i}].place"), &v.place.0, "places", &places);
        known(format!("visits[{i}].trip"), &v.trip.0, "trips", &trips);
    }
    for (i, t) in d.trips.iter().enumerate() {
        known(format!("trips[{i}].traveller"), &t.traveller.0, "officials", &officials);
        for (j, v) in t.visits.iter().enumerate() {
            known(format!("trips[{i}].visits[{j}]"), &v.0, "visits", &visits);
        }
    }
    for (i, m) in d.meetings.iter().enumerate() {
        for (j, p) in m.participants.iter().enumerate() {
            known(format!("meetings[{i}].participants[{j}]"), &p.0, "officials", &officials);
        }
        if let Some(p) = &m.place {
            known(format!("meetings[{i}].place"), &p.0, "places", &places);
        }
        if let Some(v) = &m.visit {
            known(format!("meetings[{i}].visit"), &v.0, "visits", &visits);
        }
    }
    for (i, p) in d.sequence.iter().enumerate() {
        known(format!("sequence[{i}].before"), &p.before.0, "visits", &visits);
        known(format!("sequence[{i}].after"), &p.after.0, "visits", &visits);
    }
}

fn values(d: &Itinerary, problems: &mut Vec<Problem>) {
    let mut refuse = |path: String, message: &str| problems.push(Problem { path, message: message.into() });
    for (i, p) in d.places.iter().enumerate() {
        if p.lat.is_some_and(|x| !(-90.0..=90.0).contains(&x)) {
            refuse(format!("places[{i}].lat"), "a latitude lies between -90 and 90 degrees");
        }
        if p.lon.is_some_and(|x| !(-180.0..=180.0).contains(&x)) {
            refuse(format!("places[{i}].lon"), "a longitude lies between -180 and 180 degrees");
        }
    }
    let outside = |c: Option<f64>| c.is_some_and(|c| !(0.0..=1.0).contains(&c));
    for (i, v) in d.visits.iter().enumerate() {
        if v.order.is_some_and(|n| !(1..=LAST_POSITION).contains(&n)) {
            refuse(format!("visits[{i}].order"), "positions count from 1 to 9999: number the stops of each trip anew");
        }
        if outside(v.confidence) {
            refuse(format!("visits[{i}].confidence"), "a probability lies between 0 and 1");
        }
        if ends_before_start(v.start.as_ref(), v.end.as_ref()) {
            refuse(format!("visits[{i}].end"), "the visit ends before it starts: exchange the dates or correct one");
        }
    }
    for (i, _) in d.meetings.iter().enumerate().filter(|(_, m)| outside(m.confidence)) {
        refuse(format!("meetings[{i}].confidence"), "a probability lies between 0 and 1");
    }
}

fn ends_before_start(start: Option<&Edtf>, end: Option<&Edtf>) -> bool {
    start.zip(end).is_some_and(|(s, e)| e.surely_before(s))
}
