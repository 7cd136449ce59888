//! Which codes visits and meetings get.

use super::*;
use crate::Itinerary;
use serde_json::{Value, json};

/// Officials 0 of the US, 1 of Iraq, 2 of the UN, 3 of nobody known; a visit of 0 to Baghdad; the given meetings.
fn document(visit: Value, meetings: Value) -> Itinerary {
    type Person<'a> = (usize, (&'a str, &'a str, Option<&'a str>));
    let official = |(i, (name, title, country)): Person| {
        let id = format!("o{i}");
        json!({"id": id, "name": name, "title": title, "country": country})
    };
    let people = [
        ("Ann", "Secretary of State", Some("US")),
        ("Ali", "Prime Minister", Some("IQ")),
        ("Ulla", "Envoy", Some("UN")),
        ("Nemo", "Minister", None),
    ];
    let officials: Vec<Value> = people.into_iter().enumerate().map(official).collect();
    let mut first = json!({"id": "v1", "traveller": "o0", "place": "baghdad", "country": "IQ", "status": "completed",
        "trip": "t1",
        "start": "2023-11-05", "end": "2023-11-06", "evidence": [{"start": 0, "end": 4, "quote": "=Ann"}]});
    first.as_object_mut().expect("an object").extend(visit.as_object().expect("an object").clone());
    serde_json::from_value(json!({
        "schema": "portolan/itinerary/1", "article": {"id": "a", "published": "2023-11-04"}, "officials": officials,
        "places": [{"id": "baghdad", "name": "Baghdad", "kind": "city", "country": "IQ", "lat": 33.3, "lon": 44.4},
                   {"id": "geneva", "name": "Geneva", "kind": "city", "country": "CH"}],
        "trips": [{"id": "t1", "traveller": "o0", "kind": "main", "visits": ["v1"]}], "visits": [first],
        "meetings": meetings
    }))
    .expect("a document")
}

fn meeting(changes: Value) -> Value {
    let mut meeting = json!({"id": "m1", "participants": ["o0", "o1"], "status": "completed", "mode": "in_person",
        "place": "baghdad", "visit": "v1", "evidence": [{"start": 0, "end": 3, "quote": "they met"}]});
    meeting.as_object_mut().expect("an object").extend(changes.as_object().expect("an object").clone());
    json!([meeting])
}

/// The named columns of all rows, `-` for null.
fn read(document: &Itinerary, columns: &[&str]) -> Vec<String> {
    let table = table(&Network::of(std::slice::from_ref(document)));
    let at: Vec<usize> =
        columns.iter().map(|c| table.columns.iter().position(|k| k.name == *c).expect("a column")).collect();
    let text = |cell: &Cell| match cell {
        Cell::Null => "-".to_string(),
        Cell::Text(t) => t.clone(),
        Cell::Date(d) => d.to_string(),
        other => format!("{other:?}"),
    };
    table.rows.iter().map(|row| at.iter().map(|i| text(&row[*i])).collect::<Vec<_>>().join(" ")).collect()
}

const WHO: &[&str] = &["source", "target", "cameo"];

#[test]
fn both_sides_of_a_visit_are_rows() {
    let document = document(json!({}), json!([]));
    assert_eq!(read(&document, WHO), ["USAGOV IRQGOV 042", "IRQGOV USAGOV 043"]);
    let how = ["date", "enddate", "plover_event", "plover_mode", "plover_context"];
    assert_eq!(read(&document, &how)[0], "2023-11-05 2023-11-06 CONSULT visit -");
}

#[test]
fn what_is_to_come_is_an_intent_on_the_day_of_the_article() {
    let columns = ["cameo", "plover_event", "plover_context", "date", "enddate", "start"];
    let planned = document(json!({"status": "planned"}), json!([]));
    assert_eq!(read(&planned, &columns), ["036 AGREE diplomatic 2023-11-04 - 2023-11-05"; 2]);
    let possible = document(json!({"status": "possible"}), json!([]));
    assert_eq!(read(&possible, &["plover_context"]), ["diplomatic;hypothetical"; 2]);
    assert!(read(&document(json!({"status": "cancelled"}), json!([])), WHO).is_empty());
    let meets = document(json!({"status": "cancelled"}), meeting(json!({"status": "planned"})));
    assert_eq!(read(&meets, WHO), ["USAGOV IRQGOV 036", "IRQGOV USAGOV 036"]);
}

#[test]
fn a_stop_at_home_is_no_event_and_an_unknown_host_no_row() {
    assert!(read(&document(json!({"traveller": "o1"}), json!([])), WHO).is_empty());
    let nowhere = document(json!({"country": "XX"}), json!([]));
    assert_eq!(read(&nowhere, WHO), ["USAGOV - 042"]);
}

#[test]
fn meetings_are_coded_by_how_where_and_in_which_words() {
    let code = |changes: Value| {
        let rows = read(&document(json!({"status": "cancelled"}), meeting(changes)), &["cameo", "plover_mode"]);
        assert_eq!(rows.len(), 2, "both directions");
        rows[0].clone()
    };
    assert_eq!(code(json!({})), "040 -");
    assert_eq!(code(json!({"mode": "phone"})), "041 phone");
    assert_eq!(code(json!({"mode": "video"})), "041 phone");
    assert_eq!(code(json!({"place": "geneva"})), "044 third-party");
    assert_eq!(code(json!({"evidence": [{"start": 0, "end": 3, "quote": "Talks: they negotiated"}]})), "046 -");
}

#[test]
fn parties_of_one_country_are_one_actor_and_groups_are_parties() {
    let groups = json!([{"label": "lawmakers", "country": "IQ"}]);
    let document = document(
        json!({"status": "cancelled"}),
        meeting(json!({"participants": ["o0", "o1", "o2", "o3"], "groups": groups})),
    );
    let rows = read(&document, &["source", "target"]);
    // Of 5 parties 20 ordered pairs, less those of Ali and the lawmakers.
    assert_eq!(rows.len(), 18);
    assert!(rows.contains(&"USAGOV IRQLEG".to_string()) && rows.contains(&"UNOIGO GOV".to_string()));
    assert!(!rows.contains(&"IRQGOV IRQLEG".to_string()));
}

#[test]
fn a_meeting_without_a_day_has_the_day_of_its_visit() {
    let own = document(json!({}), meeting(json!({"date": "2023-11-06"})));
    let visit = document(json!({}), meeting(json!({})));
    let of_meeting = |d: &Itinerary| read(d, &["meeting", "date", "sentence"])[2].clone();
    assert_eq!(of_meeting(&own), "m1 2023-11-06 they met");
    assert_eq!(of_meeting(&visit), "m1 2023-11-05 they met");
}

#[test]
fn a_fellow_traveller_of_no_known_country_is_no_other_party() {
    let together = |place: &str, day: &str| {
        let talk = meeting(json!({"participants": ["o0", "o1", "o3"]}));
        let mut document = document(json!({"status": "completed"}), talk);
        let visit =
            json!({"id": "v2", "traveller": "o3", "place": place, "status": "completed", "start": day, "trip": "t2"});
        document.visits.push(serde_json::from_value(visit).expect("a visit"));
        let rows = read(&document, &["meeting", "source_name", "target_name"]);
        rows.into_iter().filter(|r| r.starts_with("m1")).collect::<Vec<_>>()
    };
    let pairs = together("baghdad", "2023-11-05");
    assert_eq!(pairs, ["m1 Ann Ali", "m1 Ali Ann", "m1 Ali Nemo", "m1 Nemo Ali"]);
    assert_eq!(together("baghdad", "2023-11-05/2023-11-09"), pairs, "some day between");
    assert!(together("geneva", "2023-11-05").contains(&"m1 Ann Nemo".to_string()));
    assert!(together("baghdad", "2023-12-01").contains(&"m1 Ann Nemo".to_string()));
}

#[test]
fn what_only_a_register_has_is_named_beside_the_sentence() {
    let filled = json!({"from_register": ["status", "start", "end"],
        "sources": [{"article": "a"}, {"article": "state"}]});
    let mut document = document(filled, meeting(json!({})));
    let parts = json!([{"id": "a"}, {"id": "state", "register": true}, {"id": "other", "register": true}]);
    document.article.extra.insert("merged_from".into(), parts);
    let columns = ["cameo", "from_register", "register"];
    let of_visit = "status start end state";
    let of_meeting = "040 start end state";
    let expected = [format!("042 {of_visit}"), format!("043 {of_visit}"), of_meeting.into(), of_meeting.into()];
    assert_eq!(read(&document, &columns), expected);
    document.meetings[0].date = Some("2023-11-05".parse().expect("a date"));
    assert_eq!(read(&document, &columns)[2], "040 - -", "it has its own day");
    let table = table(&Network::of(&[document]));
    let last: Vec<&str> = table.columns.iter().rev().take(2).map(|c| c.name).collect();
    assert_eq!(last, ["register", "from_register"]);
}
