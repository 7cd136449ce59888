//! What holds for any comparison: a document agrees with itself, the order of the inputs changes nothing, and merging again changes
//! nothing.

use portolan::compare::{Comparison, Finding, compare, merged};
use portolan::itinerary::{Itinerary, Status, check};
use proptest::prelude::*;
use serde_json::{Value, json};

const PLACES: [(&str, &str, &str, &str); 7] = [
    ("kenya", "Kenya", "country", "KE"),
    ("nairobi-ke", "Nairobi", "city", "KE"),
    ("mombasa-ke", "Mombasa", "city", "KE"),
    ("uganda", "Uganda", "country", "UG"),
    ("kampala-ug", "Kampala", "city", "UG"),
    ("rwanda", "Rwanda", "country", "RW"),
    ("paris-fr", "Paris", "city", "FR"),
];
const PEOPLE: [(&str, &str); 3] = [("anna-berg", "Anna Berg"), ("berg", "Berg"), ("ole-dahl", "Ole Dahl")];
const STATUSES: [&str; 4] = ["completed", "planned", "possible", "cancelled"];

/// A stop: traveller, place, status, first day, days (none for no end), order.
type Stop = (usize, usize, usize, Option<u32>, Option<u32>, Option<u32>);

fn stop() -> impl Strategy<Value = Stop> {
    let date = proptest::option::weighted(0.7, 1..20u32);
    let days = proptest::option::of(0..3u32);
    (0..2usize, 0..PLACES.len(), 0..4usize, date, days, proptest::option::of(1..5u32))
}

fn documents(most: usize) -> impl Strategy<Value = Vec<Itinerary>> {
    let one = (1..25u32, proptest::collection::vec(stop(), 0..6), any::<bool>());
    proptest::collection::vec(one, 1..most).prop_map(|all| {
        all.iter().enumerate().map(|(i, (day, stops, full))| document(&format!("a{i}"), *day, stops, *full)).collect()
    })
}

/// A document of a day in March 2031; the first traveller is told with the full name or the surname alone.
fn document(id: &str, day: u32, stops: &[Stop], full: bool) -> Itinerary {
    let people = [if full { PEOPLE[0] } else { PEOPLE[1] }, PEOPLE[2]];
    let official = |(id, name): (&str, &str)| json!({"id": id, "name": name, "title": "Minister", "country": "NO"});
    let place = |(id, name, kind, country): (&str, &str, &str, &str)| json!({"id": id, "name": name, "kind": kind, "country": country});
    let date = |day: u32| format!("2031-03-{day:02}");
    let visit = |(i, s): (usize, &Stop)| {
        json!({"id": format!("v{i}"), "traveller": people[s.0].0, "place": PLACES[s.1].0, "country": PLACES[s.1].3,
            "status": STATUSES[s.2], "start": s.3.map(date), "end": s.3.zip(s.4).map(|(d, n)| date(d + n)),
            "trip": format!("t{}", s.0), "order": s.5})
    };
    let trips: Vec<Value> = (0..2)
        .map(|t| {
            let own: Vec<String> =
                stops.iter().enumerate().filter(|(_, s)| s.0 == t).map(|(i, _)| format!("v{i}")).collect();
            json!({"id": format!("t{t}"), "traveller": people[t].0, "kind": "main", "visits": own})
        })
        .collect();
    let json = json!({"schema": "portolan/itinerary/1", "article": {"id": id, "published": date(day)},
        "officials": people.map(official), "places": PLACES.map(place), "trips": trips,
        "visits": stops.iter().enumerate().map(visit).collect::<Vec<_>>()});
    serde_json::from_value(json).expect("a document")
}

fn said(compared: &Comparison) -> String {
    serde_json::to_string(compared).expect("JSON")
}

/// Stops of a document, in any order: traveller, place, status, dates, position.
fn stops(document: &Itinerary) -> Vec<String> {
    let date = |d: &Option<portolan::itinerary::Edtf>| d.as_ref().map_or("-".into(), |d| d.to_string());
    let stop = |v: &portolan::itinerary::Visit| {
        format!("{} {} {:?} {} {} {:?}", v.traveller, v.place, v.status, date(&v.start), date(&v.end), v.order)
    };
    let mut all: Vec<String> = document.visits.iter().map(stop).collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_document_agrees_with_itself(all in documents(2)) {
        let compared = compare(&[all[0].clone(), all[0].clone()], None);
        prop_assert!(compared.single.is_empty());
        for journey in &compared.journeys {
            for stop in &journey.stops {
                prop_assert_eq!(&stop.findings, &vec![Finding::Common { sources: vec![0, 1] }]);
            }
        }
    }

    #[test]
    fn the_order_of_the_inputs_changes_nothing(all in documents(5), turn in 0..4usize) {
        let first = compare(&all, None);
        let mut turned = all.clone();
        let n = turned.len();
        turned.rotate_left(turn % n);
        turned.reverse();
        prop_assert_eq!(said(&compare(&turned, None)), said(&first));
        prop_assert_eq!(merged(&compare(&turned, None)), merged(&first));
    }

    #[test]
    fn each_visit_is_told_once_and_merged_documents_hold_together(all in documents(5)) {
        let compared = compare(&all, None);
        let told = compared.journeys.iter().chain(&compared.single).flat_map(|j| &j.stops).map(|s| s.told.len()).sum::<usize>();
        prop_assert_eq!(told, all.iter().map(|d| d.visits.len()).sum::<usize>());
        let document = merged(&compared);
        prop_assert_eq!(check(&document), vec![]);
        // A plan never becomes a fact.
        for visit in document.visits.iter().filter(|v| v.status == Status::Completed) {
            let sources = visit.extra["sources"].as_array().cloned().unwrap_or_default();
            prop_assert!(sources.iter().any(|s| s["status"] == "completed"));
        }
    }

    #[test]
    fn merging_again_changes_nothing(all in documents(5)) {
        let once = merged(&compare(&all, None));
        let again = merged(&compare(std::slice::from_ref(&once), None));
        prop_assert_eq!(stops(&again), stops(&once));
        let twice = merged(&compare(&[once.clone(), once.clone()], None));
        prop_assert_eq!(stops(&twice), stops(&once));
    }

    #[test]
    fn merging_with_a_part_of_itself_changes_nothing(all in documents(4), part in any::<prop::sample::Index>()) {
        let once = merged(&compare(&all, None));
        prop_assume!(all.len() > 1);
        let part = all[part.index(all.len())].clone();
        let again = merged(&compare(&[once.clone(), part], None));
        // The source itself may call a person by another id than the merged document does.
        let nameless = |d: &Itinerary| {
            let mut told: Vec<String> =
                stops(d).iter().filter_map(|s| s.split_once(' ')).map(|(_, rest)| rest.to_string()).collect();
            told.sort();
            told
        };
        prop_assert_eq!(nameless(&again), nameless(&once));
        prop_assert_eq!(again.sequence.len(), once.sequence.len());
        prop_assert_eq!(&again.warnings, &once.warnings);
    }
}
