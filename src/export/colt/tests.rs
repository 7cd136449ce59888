//! Which stops are one stay, and what its row says.

use super::*;
use crate::Itinerary;
use serde_json::{Value, json};

/// Visits of one trip of a Norwegian minister: place, country, order, start, end, status.
type Stop<'a> = (&'a str, &'a str, u32, &'a str, &'a str, &'a str);

fn document(id: &str, stops: &[Stop]) -> Itinerary {
    let date = |d: &str| if d.is_empty() { Value::Null } else { json!(d) };
    let visit = |(i, (place, country, order, start, end, status)): (usize, &Stop)| {
        json!({"id": format!("v{i}"), "traveller": "berg", "place": place, "country": country, "status": status,
               "trip": "t1",
               "order": order, "start": date(start), "end": date(end)})
    };
    let place = |(name, country, ..): &Stop| json!({"id": name, "name": name, "kind": "city", "country": country});
    let visits: Vec<Value> = stops.iter().enumerate().map(visit).collect();
    let ids: Vec<&Value> = visits.iter().map(|v| &v["id"]).collect();
    serde_json::from_value(json!({
        "schema": "portolan/itinerary/1", "article": {"id": id},
        "officials": [{"id": "berg", "name": "Anna Berg", "title": "Foreign Minister", "country": "NO"}],
        "places": stops.iter().map(place).collect::<Vec<_>>(),
        "trips": [{"id": "t1", "traveller": "berg", "kind": "main", "visits": ids}], "visits": visits
    }))
    .expect("a document")
}

/// Country, first day, last day, days, status and places of each row; `-` for null.
fn rows(documents: &[Itinerary]) -> Vec<String> {
    let table = table(&Network::of(documents));
    let columns = ["CountryVisitedISO", "TripStartDate", "TripEndDate", "TripDuration", "status", "places"];
    let at: Vec<usize> =
        columns.iter().map(|c| table.columns.iter().position(|k| k.name == *c).expect("a column")).collect();
    let text = |cell: &Cell| match cell {
        Cell::Null => "-".to_string(),
        Cell::Text(t) => t.clone(),
        Cell::Date(d) => d.to_string(),
        Cell::Integer(n) => n.to_string(),
        Cell::Real(n) => n.to_string(),
    };
    table.rows.iter().map(|row| at.iter().map(|i| text(&row[*i])).collect::<Vec<_>>().join(" ")).collect()
}

const DONE: &str = "completed";

#[test]
fn stops_in_one_country_that_touch_or_overlap_are_one_row() {
    let stops = [
        ("Nairobi", "KE", 1, "2024-05-06", "2024-05-07", DONE),
        ("Mombasa", "KE", 2, "2024-05-08", "2024-05-09", DONE),
        ("Kampala", "UG", 3, "2024-05-10", "2024-05-10", DONE),
        ("Kisumu", "KE", 4, "2024-05-11", "2024-05-11", DONE),
    ];
    let expected = [
        "KEN 2024-05-06 2024-05-09 4 completed Nairobi; Mombasa",
        "UGA 2024-05-10 2024-05-10 1 completed Kampala",
        "KEN 2024-05-11 2024-05-11 1 completed Kisumu",
    ];
    assert_eq!(rows(&[document("a", &stops)]), expected);
}

#[test]
fn without_days_the_order_says_what_is_one_stay() {
    let stops = [
        ("Nairobi", "KE", 1, "2024-05-06", "", DONE),
        ("Mombasa", "KE", 2, "2024-05", "", DONE),
        ("Kampala", "UG", 3, "", "", DONE),
        ("Kisumu", "KE", 4, "", "", DONE),
    ];
    // An end that is not told is not made up.
    let rows = rows(&[document("a", &stops)]);
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().any(|r| r.ends_with("Nairobi; Mombasa") || r.ends_with("Mombasa; Nairobi")), "{rows:?}");
    assert!(rows.iter().all(|r| r.contains(" - - completed")), "{rows:?}");
}

#[test]
fn a_gap_of_days_parts_two_stays_and_a_stop_between_joins_them() {
    let nairobi = ("Nairobi", "KE", 1, "2024-05-06", "2024-05-07", DONE);
    let kisumu = ("Kisumu", "KE", 2, "2024-05-09", "2024-05-10", DONE);
    let mombasa = ("Mombasa", "KE", 3, "2024-05-08", "2024-05-08", DONE);
    assert_eq!(rows(&[document("a", &[nairobi, kisumu])]).len(), 2);
    let all = rows(&[document("a", &[nairobi, kisumu, mombasa])]);
    assert_eq!(all, ["KEN 2024-05-06 2024-05-10 5 completed Nairobi; Mombasa; Kisumu"]);
}

#[test]
fn articles_that_tell_of_the_same_days_give_one_row_and_statuses_stay_apart() {
    let told = document("a", &[("Nairobi", "KE", 1, "2024-05-06", "2024-05-07", DONE)]);
    let again =
        document("b", &[("Kenya", "KE", 1, "2024-05-07", "2024-05-08", DONE), ("Oslo", "NO", 2, "", "", "planned")]);
    let plan = document("c", &[("Nairobi", "KE", 1, "2024-05-06", "2024-05-07", "planned")]);
    let rows = rows(&[told, again, plan]);
    assert_eq!(rows[0], "KEN 2024-05-06 2024-05-08 3 completed Nairobi; Kenya");
    assert!(rows.iter().any(|r| r.starts_with("KEN") && r.contains(" planned ")), "{rows:?}");
    assert_eq!(rows.len(), 3);
}

#[test]
fn what_lies_in_no_country_is_no_row() {
    assert!(rows(&[document("a", &[("Atlantis", "XX", 1, "", "", DONE)])]).is_empty());
}

#[test]
fn what_only_a_register_has_is_named() {
    let mut document = document(
        "merged",
        &[
            ("Nairobi", "KE", 1, "2024-05-06", "2024-05-07", DONE),
            ("Mombasa", "KE", 2, "2024-05-08", "2024-05-09", DONE),
            ("Kampala", "UG", 3, "2024-05-20", "2024-05-20", DONE),
        ],
    );
    document.article.extra.insert("merged_from".into(), json!([{"id": "a"}, {"id": "state", "register": true}]));
    document.visits[0].extra.insert("from_register".into(), json!(["start"]));
    document.visits[1].extra.insert("from_register".into(), json!(["start", "end"]));
    let table = table(&Network::of(&[document]));
    let names: Vec<&str> = table.columns.iter().rev().take(2).map(|c| c.name).collect();
    assert_eq!(names, ["register", "from_register"]);
    let last = |i: usize| table.rows[i].iter().rev().take(2).cloned().collect::<Vec<Cell>>();
    assert_eq!(last(0), [Cell::Text("state".into()), Cell::Text("start end".into())]);
    assert_eq!(last(1), [Cell::Null, Cell::Null]);
}
