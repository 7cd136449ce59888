//! Documents written by hand: each kind of finding on a small text, completion from names, and the plain form both
//! ways.

use portolan::Itinerary;
use portolan::editing::{Finding, Form, Severity, check, document, plain};
use portolan::itinerary::*;
use proptest::prelude::*;

/// A document of one trip of two visits and a meeting, in which `from` is replaced by `to`.
fn whole(from: &str, to: &str) -> String {
    let text = r#"{
  "schema": "portolan/itinerary/1",
  "article": {"id": "a", "published": "2023-11-06"},
  "officials": [
    {"id": "antony-blinken", "name": "Antony Blinken", "title": "Secretary of State", "country": "US"},
    {"id": "mahmoud-abbas", "name": "Mahmoud Abbas", "country": "PS"}
  ],
  "places": [
    {"id": "ramallah-ps", "name": "Ramallah", "kind": "city", "country": "PS", "lat": 31.9, "lon": 35.2},
    {"id": "baghdad-iq", "name": "Baghdad", "kind": "city", "country": "IQ", "lat": 33.3, "lon": 44.4}
  ],
  "trips": [{"id": "t1", "traveller": "antony-blinken", "kind": "main", "visits": ["v1", "v2"]}],
  "visits": [
    {"id": "v1", "traveller": "antony-blinken", "place": "ramallah-ps", "country": "PS", "status": "completed",
     "start": "2023-11-04", "end": "2023-11-04", "trip": "t1", "order": 1,
     "evidence": [{"start": 3, "end": 9, "quote": "called"}]},
    {"id": "v2", "traveller": "antony-blinken", "place": "baghdad-iq", "country": "IQ", "status": "completed",
     "start": "2023-11-05", "end": "2023-11-05", "trip": "t1", "order": 2}
  ],
  "meetings": [
    {"id": "m1", "participants": ["antony-blinken", "mahmoud-abbas"], "visit": "v1", "place": "ramallah-ps",
     "country": "PS", "date": "2023-11-04", "status": "completed", "mode": "in_person", "confidence": 0.9}
  ],
  "sequence": [{"before": "v1", "after": "v2", "because": "date"}]
}"#;
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

fn findings(text: &str) -> Vec<Finding> {
    match check(text) {
        Ok(checked) => checked.findings,
        Err(findings) => {
            assert!(findings.iter().any(Finding::is_error), "{findings:?}");
            findings
        }
    }
}

/// The only finding of a text, as path, line, severity, and all it says.
fn only(text: &str) -> (String, usize, Severity, String) {
    let found = findings(text);
    assert_eq!(found.len(), 1, "{found:#?}\n{text}");
    let said = format!("{} | {}", found[0].message, found[0].remedy);
    (found[0].path.clone(), found[0].line.unwrap_or(0), found[0].severity, said)
}

#[test]
fn a_sound_document_has_no_findings_and_stays_as_it_is() {
    let text = whole("", "");
    let checked = check(&text).expect("sound");
    assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    assert_eq!(checked.document, serde_json::from_str::<Itinerary>(&text).expect("typed"));
    assert_eq!(Form::of(&text), Some(Form::Json));
}

#[test]
fn each_error_is_told_with_its_path_its_line_and_a_remedy() {
    let cases = [
        // JSON
        ("\"2023-11-06\"},", "\"2023-11-06\",},", "article", 3, "comma stands before the closing | Remove the comma"),
        ("\"title\": \"Sec", "\"title\": \"x\", \"title\": \"Sec", "officials[0].title", 5, "`title` is given twice"),
        ("\"order\": 2}", "\"order\": 2,, \"x\": 0}", "visits[1]", 18, "a comma too many"),
        // Kind and version
        ("itinerary/1\"", "itinerary/2\"", "schema", 2, "this is version `portolan/itinerary/2`"),
        ("portolan/itinerary/1\"", "geojson\"", "schema", 2, "no itinerary document"),
        // Types
        ("\"order\": 2", "\"order\": \"two\"", "visits[1].order", 18, "the text `two` where a whole number belongs"),
        ("\"order\": 2", "\"order\": -2", "visits[1].order", 18, "`-2` where a whole number belongs"),
        (
            "[{\"before\": \"v1\", \"after\": \"v2\", \"because\": \"date\"}]",
            "{}",
            "sequence",
            24,
            "an object where a list",
        ),
        (
            "\"name\": \"Ramallah\"",
            "\"name\": null",
            "places[0].name",
            9,
            "`null` where text in quotation marks belongs",
        ),
        // Values
        (
            "\"status\": \"completed\",\n     \"start\": \"2023-11-05",
            "\"status\": \"canceled\",\n     \"start\": \"2023-11-05",
            "visits[1].status",
            17,
            "Did you mean `cancelled`?",
        ),
        ("in_person", "in person", "meetings[0].mode", 22, "Did you mean `in_person`?"),
        ("\"2023-11-05\", \"end\"", "\"2023-11-31\", \"end\"", "visits[1].start", 18, "`2023-11-31` does not exist"),
        ("\"2023-11-06\"", "\"6 November\"", "article.published", 3, "`6 November` is no EDTF date | Write 2023-11-05"),
        ("\"country\": \"US\"", "\"country\": \"USA\"", "officials[0].country", 5, "Did you mean `US`?"),
        ("\"country\": \"US\"", "\"country\": \"us\"", "officials[0].country", 5, "Did you mean `US`?"),
        ("\"lat\": 31.9", "\"lat\": 131.9", "places[0].lat", 9, "a latitude lies between"),
        ("\"confidence\": 0.9", "\"confidence\": 9", "meetings[0].confidence", 22, "between 0 and 1"),
        ("\"order\": 1", "\"order\": 0", "visits[0].order", 15, "positions count from 1"),
        (
            "\"end\": \"2023-11-05\"",
            "\"end\": \"2023-11-01\"",
            "visits[1].end",
            18,
            "ends before it starts | Exchange the dates",
        ),
        // Ids
        ("\"id\": \"v2\", ", "", "visits[1].id", 17, "the id is missing"),
        ("\"id\": \"baghdad-iq\"", "\"id\": \"ramallah-ps\"", "places[1].id", 10, "`ramallah-ps` is used twice"),
        (
            "\"place\": \"ramallah-ps\"",
            "\"place\": \"ramalla-ps\"",
            "visits[0].place",
            14,
            "Did you mean `ramallah-ps`?",
        ),
        (
            "\"traveller\": \"antony-blinken\", \"kind\"",
            "\"traveller\": \"antony-blinkn\", \"kind\"",
            "trips[0].traveller",
            12,
            "Did you mean `antony-blinken`?",
        ),
        (
            "\"mahmoud-abbas\"],",
            "\"mahmud-abbas\"],",
            "meetings[0].participants[1]",
            21,
            "Did you mean `mahmoud-abbas`?",
        ),
        (
            "\"after\": \"v2\"",
            "\"after\": \"v22\"",
            "sequence[0].after",
            24,
            "`v22` is not the id of anything in `visits`",
        ),
        (
            "\"visit\": \"v1\"",
            "\"visit\": \"x9\"",
            "meetings[0].visit",
            21,
            "`x9` is not the id of anything in `visits`",
        ),
    ];
    for (from, to, path, line, said) in cases {
        let text = whole(from, to);
        let found = findings(&text);
        let fits = |f: &Finding| {
            let all = format!("{} | {}", f.message, f.remedy);
            (f.path.as_str(), f.line, f.severity) == (path, Some(line), Severity::Error)
                && said.split(" | ").all(|part| all.contains(part))
                && !f.remedy.is_empty()
        };
        assert!(found.iter().any(fits), "{to}: {found:#?}");
    }
}

#[test]
fn each_warning_leaves_the_document_usable() {
    let second = "\"trip\": \"t1\", \"order\": 2";
    let cases = [
        ("\"order\": 2", "\"order\": 2, \"ordr\": 3", "visits[1].ordr", "Did you mean `order`?"),
        ("[\"v1\", \"v2\"]", "[\"v1\"]", "visits[1].trip", "trip `t1` does not list visit `v2`"),
        ("[\"v1\", \"v2\"]", "[\"v2\", \"v1\", \"v1\"]", "", ""),
        (second, "\"trip\": \"t1\", \"order\": 1", "sequence[0]", "their order numbers are 1 and 1"),
        (second, "\"trip\": \"t1\", \"order\": 4", "visits[1].order", "go from 1 to 4"),
        (
            "\"because\": \"date\"}",
            "\"because\": \"date\"}, {\"before\": \"v1\", \"after\": \"v1\", \"because\": \"list\"}",
            "sequence[1]",
            "",
        ),
        (
            "\"country\": \"IQ\", \"status\"",
            "\"country\": \"IR\", \"status\"",
            "visits[1].country",
            "its place `baghdad-iq` lies in IQ",
        ),
        ("\"end\": 9", "\"end\": 12", "visits[0].evidence[0]", "the quote has 6 bytes, and its offsets are 3 to 12"),
        ("\"country\": \"US\"", "\"country\": \"ASEAN\"", "officials[0].country", "no code of a country"),
        (
            "\"traveller\": \"antony-blinken\", \"place\": \"b",
            "\"traveller\": \"mahmoud-abbas\", \"place\": \"b",
            "visits[1].traveller",
            "the visit is of `mahmoud-abbas`",
        ),
    ];
    for (from, to, path, said) in cases {
        let checked = check(&whole(from, to)).expect("usable");
        let fits = |f: &Finding| f.path == path && f.message.contains(said) || f.remedy.contains(said);
        assert!(path.is_empty() || checked.findings.iter().any(fits), "{to}: {:#?}", checked.findings);
    }
    let kept = check(&whole("\"order\": 2", "\"order\": 2, \"ordr\": 3")).expect("usable").document;
    assert_eq!(kept.visits[1].extra["ordr"], 3);
}

#[test]
fn reasons_in_a_circle_and_numbers_against_dates_are_told() {
    let circle = "\"because\": \"date\"}, {\"before\": \"v2\", \"after\": \"v1\", \"because\": \"phrase\"}";
    let found = findings(&whole("\"because\": \"date\"}", circle));
    assert!(found.iter().any(|f| f.message == "the reasons go in a circle between `v1`, `v2`"), "{found:#?}");
    let late = whole(
        "\"start\": \"2023-11-04\", \"end\": \"2023-11-04\"",
        "\"start\": \"2023-11-08\", \"end\": \"2023-11-08\"",
    );
    assert_eq!(only(&late).0, "visits[1].order");
}

#[test]
fn all_findings_come_at_once_in_the_order_of_the_text() {
    let mut text = whole("\"US\"", "\"us\"");
    text = text.replace("\"in_person\"", "\"inperson\",").replace("\"id\": \"baghdad-iq\"", "\"id\": \"baghdad\"");
    text = text.replace("2023-11-06", "2023-11-6");
    let found = findings(&text);
    let lines: Vec<usize> = found.iter().filter_map(|f| f.line).collect();
    let mut sorted = lines.clone();
    sorted.sort_unstable();
    assert_eq!(lines, sorted);
    for path in ["article.published", "officials[0].country", "visits[1].place", "meetings[0].mode", "meetings[0]"] {
        assert!(found.iter().any(|f| f.path == path), "{path}: {found:#?}");
    }
}

#[test]
fn what_is_no_document_is_refused() {
    for text in [
        "{}",
        "[]",
        "[1, 2]",
        "{\"text\": \"An article.\"}",
        "{",
        "{\"visits\": 3}",
        "",
        "   ",
        "An article about Blinken.",
    ] {
        assert!(findings(text).iter().any(Finding::is_error), "{text}");
    }
    for text in ["{}", "[]", "{\"text\": \"x\", \"visits\": 3}", "", "An article.", "{\"a\": ["] {
        assert_eq!(Form::of(text), None, "{text}");
    }
    assert_eq!(Form::of("{\"schema\": \"portolan/itinerary/1\", "), Some(Form::Json));
}

#[test]
fn names_alone_become_a_whole_document() {
    let text = r#"{"article": {"published": "2023-11-06"}, "visits": [
        {"traveller": "Antony Blinken", "place": "Ramallah", "start": "2023-11-05", "end": "2023-11-05"},
        {"traveller": "Antony Blinken", "place": "Baghdad", "start": "2023-11-05"},
        {"traveller": "Antony Blinken", "place": "Turkey", "start": "2023-11-07"},
        {"traveller": "antony  blinken", "place": "Türkiye", "status": "possible"}],
      "meetings": [{"participants": ["Antony Blinken", "Mahmoud Abbas"], "place": "Ramallah"}]}"#;
    let (d, findings) = document("trip", text).expect("completed");
    assert!(findings.is_empty(), "{findings:?}");
    assert!(itinerary_check(&d).is_empty());
    assert_eq!((d.schema.as_str(), d.article.id.as_str()), (SCHEMA, "trip"));
    let ids = |n: &[&str]| n.iter().map(|s| s.to_string()).collect::<Vec<_>>();
    assert_eq!(
        d.officials.iter().map(|o| o.id.0.clone()).collect::<Vec<_>>(),
        ids(&["antony-blinken", "mahmoud-abbas"])
    );
    assert_eq!(
        d.places.iter().map(|p| p.id.0.clone()).collect::<Vec<_>>(),
        ids(&["ramallah-ps", "baghdad-iq", "turkey"])
    );
    assert!(d.places.iter().all(|p| p.lat.is_some() && p.lon.is_some() && p.geonames.is_some()));
    assert_eq!(d.trips.len(), 1);
    assert_eq!(d.trips[0].visits.len(), 4);
    assert_eq!(d.visits.iter().map(|v| v.order).collect::<Vec<_>>(), [Some(1), Some(2), Some(3), Some(3)]);
    assert_eq!(d.visits[2].status, Status::Planned);
    assert_eq!(d.visits[1].country, Some(CountryCode("IQ".into())));
    let m = &d.meetings[0];
    assert_eq!((m.visit.as_ref(), m.mode, m.status), (Some(&d.visits[0].id), Mode::InPerson, Status::Completed));
    assert_eq!(m.date.as_ref().map(Edtf::to_string).as_deref(), Some("2023-11-05"));
    let again = serde_json::to_string(&d).expect("json");
    assert_eq!(check(&again).expect("sound").document, d, "completing a completed document changes nothing");
}

fn itinerary_check(d: &Itinerary) -> Vec<Problem> {
    portolan::itinerary::check(d)
}

#[test]
fn undated_stops_stay_open() {
    let text = r#"{"visits": [{"traveller": "A B", "place": "Israel"}, {"traveller": "A B", "place": "Jordan"},
        {"traveller": "C D", "place": "Israel"}]}"#;
    let d = check(text).expect("completed").document;
    assert_eq!(d.visits.iter().map(|v| v.order).collect::<Vec<_>>(), [Some(1); 3]);
    assert!(d.sequence.is_empty());
    assert_eq!(d.trips.len(), 2);
}

#[test]
fn doubtful_places_are_told_and_one_is_taken() {
    let visit = |place: &str| format!("{{\"visits\": [{{\"traveller\": \"A B\", \"place\": \"{place}\"}}]}}");
    let (path, _, severity, said) = only(&visit("Tripoli"));
    assert_eq!((path.as_str(), severity), ("visits[0].place", Severity::Warning));
    assert!(said.contains("the one in Libya") && said.contains("`Tripoli, LB`"), "{said}");
    let lebanon = check(&visit("Tripoli, LB")).expect("completed");
    assert!(lebanon.findings.is_empty());
    assert_eq!(lebanon.document.places[0].country, Some(CountryCode("LB".into())));
    let plain = document("x", "# A B\n2023-11-05  Springfield\n2023-11-06  Paris\n").expect("usable").1;
    let said: Vec<String> = plain.iter().map(Finding::to_string).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("2:13: warning: `Springfield` is taken for the largest of"), "{said:?}");
    assert!(said[0].contains("in United States, at 37.2° N 93.3° W") && said[0].contains("coordinates"), "{said:?}");
    let nowhere = check(&visit("Nowhereville")).expect("completed");
    assert!(nowhere.findings[0].message.contains("not in the gazetteer"));
    assert_eq!(nowhere.document.warnings, [nowhere.findings[0].message.clone()]);
    assert!(findings(&visit("baghdad"))[0].is_error(), "small letters are an id");
}

#[test]
fn a_name_that_is_nearly_another_is_told() {
    let visit = |name: &str| format!("{{\"traveller\": \"{name}\", \"place\": \"Israel\"}}");
    let text = &format!("{{\"visits\": [{}, {}]}}", visit("Antony Blinken"), visit("Anthony Blinken"));
    let (path, line, severity, said) = only(text);
    assert_eq!((path.as_str(), line, severity), ("visits[1].traveller", 1, Severity::Warning));
    assert!(said.contains("Did you mean `Antony Blinken`?"));
}

#[test]
fn what_is_missing_is_told_at_the_path_that_the_writer_knows() {
    let missing = findings(r#"{"visits": [{"place": "Baghdad", "start": "2023-11-05"}]}"#);
    assert_eq!(missing.iter().map(|f| f.path.as_str()).collect::<Vec<_>>(), ["visits[0].traveller"], "{missing:?}");
    let nobody = findings(r#"{"visits": [{"traveller": "", "place": "Baghdad"}]}"#);
    assert!(nobody.iter().all(|f| f.path.starts_with("visits[0]")), "{nobody:?}");
    let number = findings(r#"{"schema": 1, "visits": []}"#);
    let said: Vec<String> = number.iter().map(Finding::to_string).collect();
    assert!(said.len() == 1 && said[0].contains("schema: the schema is no text"), "{said:?}");
    assert!(said[0].contains("Write \"schema\": \"portolan/itinerary/1\""), "{said:?}");
}

#[test]
fn a_visit_without_a_trip_must_name_one_where_trips_are_given() {
    let (path, _, severity, said) = only(
        &whole("\"end\": \"2023-11-05\", \"trip\": \"t1\"", "\"end\": \"2023-11-05\"")
            .replace("[\"v1\", \"v2\"]", "[\"v1\"]"),
    );
    assert_eq!((path.as_str(), severity), ("visits[1].trip", Severity::Error));
    assert!(said.contains("`t1`"));
    let listed = check(&whole("\"end\": \"2023-11-05\", \"trip\": \"t1\"", "\"end\": \"2023-11-05\""))
        .expect("its trip lists it");
    assert_eq!(listed.document.visits[1].trip.0, "t1");
}

const EXAMPLE: &str = "\
# Antony Blinken, Secretary of State, US
2023-11-05  Ramallah        met Mahmoud Abbas, President, PS
2023-11-05  Baghdad         met Mohammed Shia al-Sudani, Prime Minister, IQ
planned     Turkey
before 2023-11-05, any order: Israel, Jordan, Cyprus
";

#[test]
fn the_plain_form_reads_as_it_looks() {
    assert_eq!(Form::of(EXAMPLE), Some(Form::Plain));
    let (d, findings) = document("blinken", EXAMPLE).expect("read");
    assert!(findings.is_empty(), "{findings:?}");
    let stops: Vec<String> = d.visits.iter().map(shown).collect();
    let expected = [
        "1 israel Completed ../2023-11-04 -",
        "1 jordan Completed ../2023-11-04 -",
        "1 cyprus Completed ../2023-11-04 -",
        "2 ramallah-ps Completed 2023-11-05 2023-11-05",
        "3 baghdad-iq Completed 2023-11-05 2023-11-05",
        "4 turkey Planned - -",
    ];
    assert_eq!(stops, expected);
    assert_eq!(d.officials[2].title.as_deref(), Some("Prime Minister"));
    assert_eq!(d.meetings[1].visit, Some(VisitId("v5".into())));
    let open = |a: &str, b: &str| !d.sequence.iter().any(|p| p.before.0 == a && p.after.0 == b);
    assert!(open("v1", "v2") && open("v2", "v3") && !open("v3", "v4") && !open("v4", "v5"));
    assert_eq!(document("blinken", &plain::write(&d)).expect("written").0, d);
}

fn shown(v: &Visit) -> String {
    let date = |d: &Option<Edtf>| d.as_ref().map_or("-".into(), Edtf::to_string);
    format!("{} {} {:?} {} {}", v.order.unwrap_or(0), v.place, v.status, date(&v.start), date(&v.end))
}

#[test]
fn every_construction_of_the_plain_form_is_read() {
    let text = r#"
// a file by hand
title: "Talks // and more"   // quoted
published: 2024-05-10
source: Wire
url: https://example.org/a  // a comment

# Anna Berg, Minister for Trade, NO; Ola Dahl
2024-05-01 to 2024-05-03  Nairobi, KE  met Peter Kamau, "President, acting", KE; group "Arab ministers", EG for PT1H
                          met Grace Wanjiru by video on 2024-05-02 planned
then undated       "Addis Ababa"
cancelled 2024-05  Kampala
2024-05-04         called Peter Kamau
from 2024-05-06    Entebbe Base, site, UG   // not in the gazetteer

# Ola Dahl; background
2019-21~    Georgia, country
2. planned  Chad
"#;
    let found = findings(text);
    assert_eq!(
        found.iter().map(|f| (f.line.unwrap_or(0), f.severity)).collect::<Vec<_>>(),
        [(14, Severity::Warning), (17, Severity::Error),]
    );
    let (d, _) = document("x", &text.replace("2. planned", "planned")).expect("read");
    assert_eq!(d.article.title.as_deref(), Some("Talks // and more"));
    assert_eq!(d.article.url.as_deref(), Some("https://example.org/a"));
    let trips: Vec<(String, TripKind, usize)> =
        d.trips.iter().map(|t| (t.traveller.0.clone(), t.kind, t.visits.len())).collect();
    assert_eq!(
        trips,
        [
            ("anna-berg".into(), TripKind::Main, 4),
            ("ola-dahl".into(), TripKind::Main, 4),
            ("ola-dahl".into(), TripKind::Background, 2)
        ]
    );
    let m = &d.meetings[0];
    assert_eq!(
        m.participants.iter().map(|p| p.0.as_str()).collect::<Vec<_>>(),
        ["anna-berg", "ola-dahl", "peter-kamau"]
    );
    assert_eq!((m.groups[0].label.as_str(), m.duration.as_deref()), ("Arab ministers", Some("PT1H")));
    assert_eq!((d.meetings[1].mode, d.meetings[1].status), (Mode::Video, Status::Planned));
    assert_eq!((d.meetings[2].mode, d.meetings[2].visit.as_ref()), (Mode::Phone, None));
    assert_eq!(d.officials[2].title.as_deref(), Some("President, acting"));
    assert!(itinerary_check(&d).is_empty());
}

#[test]
fn every_error_of_the_plain_form_names_its_line() {
    let cases = [
        ("2023-11-05 Ramallah", 1, "no heading stands above"),
        ("# A B\nRamallah  met C D", 2, "begins with the place `Ramallah`"),
        ("# A B\nplaned Turkey", 2, "Did you mean `planned`?"),
        ("# A B\n2023-13-05 Ramallah", 2, "`2023-13-05` does not exist"),
        ("# A B\n2023-11-5 Ramallah", 2, "Write the day as 2023-11-05."),
        ("# A B\n2023-11-05", 2, "the place is missing"),
        ("# A B\nplanned, any order:", 2, "the places are missing"),
        ("# A B\nplanned Israel, Jordan", 2, "several places stand in one line"),
        ("# A B\nplanned, any order: Israel, Jordan met C D", 2, "meeting stands in a line of several places"),
        ("# A B\nplanned planned Israel", 2, "one too many"),
        ("# A B\n2023-11-05 2023-11-06 Israel", 2, "one too many"),
        ("# A B\n2023-11-06 to 2023-11-05 Israel", 2, "ends before it starts"),
        ("# A B\nthen Israel", 2, "no stop is above"),
        ("# A B\n2023-11-06 Israel\nthen 2023-11-05 Jordan", 3, "cannot come before"),
        ("# A B\nmet C D", 2, "no single stop above"),
        ("# A B, Minister, XX", 1, "`XX` is no code of a country"),
        ("# Keir Starmer, Prime Minister, UK", 1, "Did you mean `GB`?"),
        ("# A B, Minister, of, IQ", 1, "more follows after"),
        ("# A B;", 1, "a name is missing"),
        ("#", 1, "a name is missing"),
        ("# A B\nplanned \"Israel", 2, "does not end"),
        ("# A B\nplanned Isr\"ael", 2, "inside a word"),
        ("# A B\nplanned London, UK", 2, "Did you mean `GB`?"),
        ("# A B\n1. planned Israel\nplanned Jordan", 3, "this one has none"),
        ("# A B\n0. planned Israel", 2, "numbered from 1"),
        ("published: May\n# A B\nplanned Israel", 1, "no EDTF date"),
        ("title: x\ntitle: y\n# A B\nplanned Israel", 2, "a second time"),
        ("title:\n# A B\nplanned Israel", 1, "nothing stands after the colon"),
        ("# A B\nplanned Israel\ntitle: x", 3, "belongs to the top"),
        ("# meetings\n2023-11-05 Israel", 2, "no meeting stands in this line"),
        ("# A B\nplanned Israel met C D in \"\\\"\"", 2, "does not end"),
        ("nothing of the kind", 1, "`nothing` is neither a date nor a status"),
    ];
    for (text, line, said) in cases {
        let found = document("x", text).expect_err(text);
        let fits =
            |f: &Finding| f.line == Some(line) && format!("{} {}", f.message, f.remedy).contains(said) && f.is_error();
        assert!(found.iter().any(fits), "{text}: {found:#?}");
        assert!(found.iter().all(|f| !f.remedy.is_empty() && f.column.is_some()));
    }
}

#[test]
fn what_is_written_otherwise_than_the_plain_form_has_it_is_told_with_what_to_write() {
    let cases = [
        // Statuses
        ("done Turkey", "`done` is no status of this form | Write `completed`."),
        ("canceled Turkey", "Write `cancelled`."),
        ("Planned Turkey", "`Planned` is written in small letters | Write `planned`."),
        ("2023-11-05 Planned Turkey", "Write `planned`."),
        ("2023-11-05 visited Turkey", "Write `completed`."),
        ("2023-11-05 Turkey (planned)", "Write `planned  Turkey`."),
        // Dates
        (
            "5 November 2023 Baghdad",
            "`5 November 2023` is not how this form writes a day | Write the day as 2023-11-05.",
        ),
        ("Nov 5, 2023: Baghdad", "Write the day as 2023-11-05."),
        ("Sunday, November 5, 2023 Baghdad", "Write the day as 2023-11-05."),
        ("2023/11/05 Baghdad", "Write the day as 2023-11-05."),
        ("05/11/2023 Baghdad", "may be 5 November or 11 May | Write 2023-11-05 or 2023-05-11."),
        ("5-Nov-23 Baghdad", "leaves the century open"),
        ("5 November Baghdad", "`5 November` is a date in words, and has no year"),
        ("before November 5 Baghdad", "has no year"),
        ("Sunday Baghdad", "`Sunday` is no date"),
        ("tomorrow Baghdad", "`tomorrow` is no date"),
        ("c. 2023-11-05 Turkey", "Write `2023-11-05~`"),
        ("on 2023-11-05 Turkey", "begin with `2023-11-05`"),
        ("2023-11-05: Baghdad", "Write `2023-11-05`."),
        ("2023-11-05 to 7 Baghdad", "Write `2023-11-05 to 2023-11-07`."),
        ("2023-11-05-07 Baghdad", "Write `2023-11-05 to 2023-11-07`."),
        ("2023-11-05–2023-11-07 Baghdad", "Write `2023-11-05 to 2023-11-07`."),
        ("2023-11-05 until 2023-11-07 Baghdad", "Write `2023-11-05 to 2023-11-07`."),
        ("2023-11-05 - 2023-11-07 Baghdad", "Write `2023-11-05 to 2023-11-07`."),
        ("from 2023-11-05 to 2023-11-07 Baghdad", "Leave `from` out"),
        ("between 2023-11-05 and 2023-11-07 Baghdad", "Write `2023-11-05/2023-11-07`"),
        ("Baghdad 2023-11-05", "behind `Baghdad` | Begin the line with it: `2023-11-05  Baghdad`."),
        ("Baghdad, 5 November 2023", "behind `Baghdad` | Write the day as 2023-11-05."),
        // Places
        ("Baghdad", "begins with the place `Baghdad` | `planned  Baghdad`"),
        ("- 2023-11-05 Baghdad", "`-` stands before the line"),
        ("1) 2023-11-05 Baghdad", "Write `1.`"),
        ("2023-11-05 - Baghdad", "`-` stands before the place"),
        ("2023-11-05 in Baghdad", "`in` stands before the place"),
        ("2023-11-05 Baghdad: met C D", "a colon stands behind the place"),
        ("2023-11-05 Baghdad IQ", "Write `Baghdad, IQ`."),
        ("2023-11-05 Baghdad (Iraq)", "Write `Baghdad, IQ`."),
        ("2023-11-05 Baghdad, Iraq", "write `Baghdad, IQ`."),
        ("2023-11-05 Baghdad and Cairo", "`Baghdad and Cairo` are two places"),
        ("2023-11-05 “Washington, D.C.”", "`“` is no quotation mark of this form"),
        // People
        ("2023-11-05 Baghdad met with C D", "`with` stands before the name"),
        ("2023-11-05 Baghdad met C D and E F", "Part them by a semicolon: `C D; E F`."),
        ("2023-11-05 Baghdad meets C D", "Write `met`."),
        ("2023-11-05 Baghdad phoned C D", "Write `called`."),
        ("2023-11-05 Baghdad met C D by telephone", "`by telephone` is not understood here | `by phone`"),
        ("2023-11-05 Baghdad met C D on 5 November 2023", "Write `on 2023-11-05`."),
        ("2023-11-05 Baghdad met C D by phone;", "nothing follows the comma or semicolon"),
        ("2023-11-05 any order Israel, Jordan", "a colon is missing behind `any order`"),
        ("Turkey (planned)", "Write `planned  Turkey`."),
        (
            "2023-11-05 Nairobi met Daniel Otieno President KE",
            "`KE` stands behind the name without a comma | Write `Daniel Otieno, President, KE`.",
        ),
        ("2023-11-05 Nairobi met Daniel Otieno KE", "Write `Daniel Otieno, KE`."),
        ("# Daniel Otieno Deputy Foreign Minister KE", "Write `Daniel Otieno, Deputy Foreign Minister, KE`."),
        ("2023-11-05 met C D in Cairo", "Write `in \"Cairo\"`"),
        ("2023-11-05 met C D, President, EG in Cairo", "Write `in \"Cairo\"`"),
        ("# C D; Secretary of State; US", "`US` stands where a name should, and is a code"),
        ("# C D, US, Secretary of State", "Write `C D, Secretary of State, US`."),
        ("# C D (US)", "Write `C D, US`."),
        ("## C D", "Write `# C D`."),
        ("Antony Blinken, Secretary of State, US", "Write `# Antony Blinken, Secretary of State, US`."),
        ("status: planned", "`status:` is no line of the top"),
        ("publishd: 2023-11-05", "Did you mean `published`?"),
    ];
    for (line, said) in cases {
        let found = document("x", &format!("# A B\n2023-11-04  Ramallah\n{line}")).expect_err(line);
        let fits = |f: &Finding| {
            let all = format!("{} | {}", f.message, f.remedy);
            f.line == Some(3) && f.is_error() && said.split(" | ").all(|part| all.contains(part))
        };
        assert!(found.iter().any(fits), "{line}: {found:#?}");
    }
    // What only looks like a slip.
    let sound = "# A B\n2023-11-05  Trinidad and Tobago\n2023-11-06  \"in Baghdad\"\n2023-11-07  Marchena  met \"C and D\", Minister for Trade in \
        Services, IQ\n2023-11-08/2023-11-09  May Pen\n";
    assert_eq!(document("x", sound).expect("sound").0.visits.len(), 4);
}

#[test]
fn an_article_is_told_from_a_document_with_slips() {
    let prose = "Blinken in Iraq\n\nSecretary of State Antony Blinken arrived in Baghdad on Sunday for talks with the prime minister.\n\n\
        He left for Ankara in the evening, where he is to meet the foreign minister on Monday.\n";
    let article = serde_json::json!({"id": "a", "text": prose}).to_string();
    for text in [prose, &format!("published: 2023-11-05\n\n{prose}"), &article, &format!("{article}\n{article}\n")] {
        let (_, line, _, said) = only(text);
        assert!(
            line == 1 && said.contains("this is an article") && said.contains("portolan extract"),
            "{text}: {said}"
        );
    }
    let slips = "# A B, Minister, IQ\ndone Turkey\non Monday 5 November he was in Jordan with the king and the crown prince, and\n";
    assert!(findings(slips).iter().all(|f| !f.message.contains("article")));
}

#[test]
fn an_error_brings_none_that_only_follows_from_it() {
    let two = |old: &str, new: &str| {
        let text = r#"{"visits": [
            {"id": "v1", "traveller": "Antony Blinken", "place": "Baghdad", "start": "2023-11-05", "trip": "t1", "order": 1},
            {"id": "v2", "traveller": "Mahmoud Abbas", "place": "Cairo", "start": "2023-11-05", "trip": "t2", "order": 1},
            {"id": "v3", "traveller": "Mahmoud Abbas", "place": "Amman", "start": "2023-11-06", "trip": "t2", "order": 2}],
            "trips": [{"id": "t1", "traveller": "Antony Blinken", "visits": ["v1"]},
            {"id": "t2", "traveller": "Mahmoud Abbas", "visits": ["v2", "v3"]}]}"#;
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    };
    assert!(findings(&two("", "")).is_empty());
    let cases = [
        ("\"t2\", \"traveller\": \"Mahmoud Abbas\"", "\"t2\", \"traveller\": 5", "trips[1].traveller"),
        ("\"t2\", \"traveller\": \"Mahmoud Abbas\"", "\"t2\", \"traveller\": \"mahmud\"", "trips[1].traveller"),
        ("\"t2\", \"traveller\"", "\"t2\", \"travelr\"", "trips[1].traveller"),
        ("\"v2\", \"traveller\": \"Mahmoud Abbas\"", "\"v2\", \"traveller\": null", "visits[1].traveller"),
        ("\"trip\": \"t1\"", "\"trip\": \"t9\"", "visits[0].trip"),
        ("[\"v1\"]", "[\"v9\"]", "trips[0].visits[0]"),
        ("\"order\": 2", "\"order\": \"two\"", "visits[2].order"),
        ("\"2023-11-06\"", "\"6 November\"", "visits[2].start"),
    ];
    for (old, new, path) in cases {
        assert_eq!(only(&two(old, new)).0, path, "{new}");
    }
}

#[test]
fn what_comes_then_is_kept_and_what_does_not_stays_open() {
    let text = "# A B\nundated, any order: Israel, Jordan\nthen undated  Cyprus\nplanned  Egypt\nthen planned  Chad\nplanned  Mali\n";
    let (d, _) = document("x", text).expect("read");
    let edge = |p: &Precedence| (place(&d, &p.before), place(&d, &p.after), p.because);
    let mut edges: Vec<_> = d.sequence.iter().map(edge).collect();
    edges.sort();
    let expected = [
        ("Cyprus", "Egypt", Because::Tense),
        ("Cyprus", "Mali", Because::Tense),
        ("Egypt", "Chad", Because::Phrase),
        ("Israel", "Cyprus", Because::Phrase),
        ("Jordan", "Cyprus", Because::Phrase),
    ];
    assert_eq!(edges, expected);
    // Egypt and Mali are written in one line, so that "then" cannot say that Chad comes after Egypt alone.
    assert!(plain::write(&d).ends_with("// not said above: Egypt comes before Chad\n"), "{}", plain::write(&d));
    let (d, _) = document("x", &text.replace("planned  Mali\n", "")).expect("read");
    assert!(!plain::write(&d).contains("//"));
    assert_eq!(document("x", &plain::write(&d)).expect("written").0, d);
}

fn place<'a>(d: &'a Itinerary, id: &VisitId) -> &'a str {
    let place = d.visits.iter().find(|v| v.id == *id).map(|v| &v.place);
    d.places.iter().find(|p| Some(&p.id) == place).map_or("", |p| &p.name)
}

#[test]
fn a_finding_is_one_line_to_print() {
    let found = findings(&whole("in_person", "inperson"));
    let said = found[0].to_string();
    assert!(said.contains("meetings[0].mode: `inperson` is not known here. Did you mean `in_person`?"), "{said}");
    assert!(said.split(':').take(2).all(|n| n.parse::<usize>().is_ok()), "{said}");
}

#[test]
fn thousands_of_stops_are_not_ordered_and_that_is_told() {
    let visit = "{\"traveller\": \"A B\", \"place\": \"Israel\"}";
    let text = format!("{{\"visits\": [{}]}}", vec![visit; 5000].join(","));
    let (path, _, severity, said) = only(&text);
    assert_eq!((path.as_str(), severity), ("visits", Severity::Warning));
    assert!(said.contains("order numbers"), "{said}");
    let plain = format!("# A B\n{}", "planned Israel\n".repeat(1500));
    assert!(document("x", &plain).expect_err("too many")[0].message.contains("more than 1000 stops"));
}

#[test]
fn a_broken_heading_does_not_spoil_the_lines_below() {
    let found =
        document("x", "# A B, C, D, E\nplanned Israel\nplaned Jordan\n\n# C D\nplanned Israel").expect_err("broken");
    assert_eq!(found.iter().filter_map(|f| f.line).collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn the_samples_stay_as_they_are() {
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/output")).into_iter().flatten().flatten() {
        let path = entry.path();
        if !path.to_string_lossy().ends_with(".itinerary.json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a sample");
        let checked = check(&text).expect("sound");
        assert!(checked.findings.is_empty(), "{}: {:?}", path.display(), checked.findings);
        assert_eq!(checked.document, serde_json::from_str::<Itinerary>(&text).expect("typed"));
        let written = plain::write(&checked.document);
        let again = document("x", &written).unwrap_or_else(|e| panic!("{}: {e:?}\n{written}", path.display())).0;
        assert_eq!(said(&again), said(&checked.document), "{written}");
    }
}

/// What the plain form says of a document, with names for ids.
fn said(d: &Itinerary) -> Vec<String> {
    let person = |id: &OfficialId| d.officials.iter().find(|o| o.id == *id).map(|o| (&o.name, &o.title, &o.country));
    let place = |id: &PlaceId| d.places.iter().find(|p| p.id == *id).map(|p| (&p.name, p.kind, &p.country));
    let stop = |v: &Visit| format!("{:?} {:?} {:?} {:?} {:?}", place(&v.place), v.status, v.start, v.end, v.order);
    let a = &d.article;
    let mut said = vec![format!("{:?} {:?} {:?} {:?} {:?}", a.id, a.title, a.source, a.url, a.published)];
    for trip in &d.trips {
        let mut stops: Vec<String> = d.visits.iter().filter(|v| v.trip == trip.id).map(stop).collect();
        stops.sort();
        said.push(format!("{:?} {:?} {stops:#?}", person(&trip.traveller), trip.kind));
    }
    let mut meetings: Vec<String> = d
        .meetings
        .iter()
        .map(|m| {
            let mut people: Vec<String> = m.participants.iter().map(|p| format!("{:?}", person(p))).collect();
            people.sort();
            let at = m.visit.as_ref().and_then(|id| d.visits.iter().find(|v| v.id == *id)).map(stop);
            let groups: Vec<_> = m.groups.iter().map(|g| (&g.label, &g.country)).collect();
            let place = m.place.as_ref().and_then(place);
            format!("{people:?} {groups:?} {at:?} {place:?} {:?} {:?} {:?} {:?}", m.date, m.status, m.mode, m.duration)
        })
        .collect();
    meetings.sort();
    said.extend(meetings);
    said
}

fn name() -> impl Strategy<Value = String> {
    let hard = vec![
        "Washington, D.C.",
        "met planned",
        "a  b",
        "//",
        "\"x\"",
        "2023-11-05",
        "N. \\ O",
        "UN",
        "any order:",
        "- x",
        "3. y",
        "before",
        "group x",
        "background",
        "meetings",
        "#1",
        "PT1H",
        "by phone",
        "x\ny",
        "title: z",
        "é;è",
        "مسقط",
        "site",
        "undated",
    ];
    let hard = proptest::sample::select(hard).prop_map(String::from);
    prop_oneof![3 => "[A-Z][a-zé'-]{1,8}( [A-Z][a-z]{1,8}){0,2}", 1 => hard, 1 => "\\PC{1,12}"]
}

fn date() -> impl Strategy<Value = Edtf> {
    let texts = vec![
        "2023-11-05",
        "2023-11-06",
        "2023-11-05~",
        "2023-11",
        "2023",
        "2023-21",
        "../2023-11-04",
        "2023-11-07/..",
        "2023-11-01/2023-11-05",
    ];
    proptest::sample::select(texts).prop_map(|t| t.parse().expect("a date"))
}

fn stay() -> impl Strategy<Value = (Option<Edtf>, Option<Edtf>)> {
    (proptest::option::of(date()), proptest::option::of(date())).prop_map(|(start, end)| {
        let wrong = start.as_ref().zip(end.as_ref()).is_some_and(|(s, e)| e.surely_before(s));
        if wrong { (end, start) } else { (start, end) }
    })
}

fn status() -> impl Strategy<Value = Status> {
    proptest::sample::select(&[Status::Completed, Status::Planned, Status::Possible, Status::Cancelled][..])
}

fn country() -> impl Strategy<Value = Option<CountryCode>> {
    proptest::sample::select(&[None, Some("IQ"), Some("US"), Some("GE")][..])
        .prop_map(|c| c.map(|c| CountryCode(c.into())))
}

fn kind() -> impl Strategy<Value = PlaceKind> {
    use PlaceKind::*;
    proptest::sample::select(&[Country, Territory, City, Site, Region][..])
}

type Stop = (usize, usize, Status, (Option<Edtf>, Option<Edtf>), u32);
type Talk = (Vec<usize>, Option<usize>, Option<usize>, Option<Edtf>, Status, usize, Option<Group>);

fn stop() -> impl Strategy<Value = Stop> {
    (0usize..3, 0usize..5, status(), stay(), 1u32..4)
}

fn talk() -> impl Strategy<Value = Talk> {
    let group = (name(), country()).prop_map(|(label, country)| Group { label, country, extra: Extra::new() });
    let people = proptest::collection::vec(0usize..4, 1..4);
    let place = proptest::option::of(0usize..5);
    (
        people,
        proptest::option::of(0usize..6),
        place,
        proptest::option::of(date()),
        status(),
        0usize..3,
        proptest::option::of(group),
    )
}

fn any_document() -> impl Strategy<Value = Itinerary> {
    let people = proptest::collection::vec((name(), proptest::option::of(name()), country()), 4);
    let places = proptest::collection::vec(
        (prop_oneof![name(), Just("Georgia".into()), Just("Tripoli".into())], kind(), country()),
        5,
    );
    let stops = proptest::collection::vec(stop(), 0..6);
    let talks = proptest::collection::vec(talk(), 0..4);
    let top = (proptest::option::of(name()), proptest::option::of(name()), proptest::option::of(date()), name());
    (people, places, stops, talks, top).prop_map(made)
}

type Parts = (
    Vec<(String, Option<String>, Option<CountryCode>)>,
    Vec<(String, PlaceKind, Option<CountryCode>)>,
    Vec<Stop>,
    Vec<Talk>,
    (Option<String>, Option<String>, Option<Edtf>, String),
);

/// A document of three trips, the last one recalled, out of random parts that the plain form can say.
fn made((people, places, stops, talks, (title, source, published, id)): Parts) -> Itinerary {
    let official = |(i, (name, title, country)): (usize, (String, Option<String>, Option<CountryCode>))| Official {
        id: OfficialId(format!("o{i}")),
        name: format!("{name}{i}"),
        title,
        country,
        aliases: Vec::new(),
        mentions: 0,
        extra: Extra::new(),
    };
    let place = |(i, (name, kind, country)): (usize, (String, PlaceKind, Option<CountryCode>))| Place {
        id: PlaceId(format!("p{i}")),
        name: if i == 0 { name } else { format!("{name} {i}") },
        kind,
        country,
        geonames: None,
        lat: None,
        lon: None,
        aliases: Vec::new(),
        extra: Extra::new(),
    };
    let officials: Vec<Official> = people.into_iter().enumerate().map(official).collect();
    let places: Vec<Place> = places.into_iter().enumerate().map(place).collect();
    let visits: Vec<Visit> = stops
        .into_iter()
        .enumerate()
        .map(|(i, (trip, place, status, (start, end), order))| Visit {
            id: VisitId(format!("v{i}")),
            traveller: OfficialId(format!("o{}", trip % 2)),
            place: PlaceId(format!("p{place}")),
            country: places[place].country.clone(),
            status,
            start,
            end,
            trip: TripId(format!("t{trip}")),
            order: Some(order),
            confidence: None,
            evidence: Vec::new(),
            extra: Extra::new(),
        })
        .collect();
    let meetings = talks.into_iter().enumerate().map(|(i, talk)| talked(i, talk, &places, &visits)).collect();
    let trip = |i: usize| Trip {
        id: TripId(format!("t{i}")),
        traveller: OfficialId(format!("o{}", i % 2)),
        kind: if i == 2 { TripKind::Background } else { TripKind::Main },
        visits: visits.iter().filter(|v| v.trip.0 == format!("t{i}")).map(|v| v.id.clone()).collect(),
        extra: Extra::new(),
    };
    let article = ArticleInfo { id, title, source, published, ..ArticleInfo::default() };
    let trips = (0..3).map(trip).collect();
    let (sequence, warnings, extra) = Default::default();
    Itinerary { schema: SCHEMA.into(), article, officials, places, trips, visits, meetings, sequence, warnings, extra }
}

fn talked(
    i: usize,
    (people, visit, place, date, status, mode, group): Talk,
    places: &[Place],
    visits: &[Visit],
) -> Meeting {
    let visit = visit.and_then(|v| visits.get(v));
    let mut participants: Vec<OfficialId> = visit.map(|v| v.traveller.clone()).into_iter().collect();
    for person in people.into_iter().map(|p| OfficialId(format!("o{p}"))) {
        if !participants.contains(&person) {
            participants.push(person);
        }
    }
    // A visit's meeting has somebody besides the traveller.
    let met = participants.len() > 1 || group.is_some();
    let place = place.and_then(|p| places.get(p));
    Meeting {
        id: MeetingId(format!("m{i}")),
        participants,
        groups: group.into_iter().collect(),
        visit: visit.filter(|_| met).map(|v| v.id.clone()),
        place: place.map(|p| p.id.clone()),
        country: place.and_then(|p| p.country.clone()),
        date,
        status,
        mode: [Mode::InPerson, Mode::Phone, Mode::Video][mode],
        duration: (mode == 1).then(|| "PT1H/..".to_string()),
        confidence: None,
        evidence: Vec::new(),
        extra: Extra::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_document_written_in_the_plain_form_is_read_again(d in any_document()) {
        let written = plain::write(&d);
        let read = document("x", &written);
        prop_assert!(read.is_ok(), "{:?}\n{}", read, written);
        let again = read.expect("checked").0;
        prop_assert_eq!(said(&again), said(&d), "{}", written);
        prop_assert!(itinerary_check(&again).is_empty());
        let invented = again.sequence.iter().filter(|p| !matches!(p.because, Because::Date | Because::Tense)).count();
        prop_assert_eq!(invented, 0, "{}", written);
        prop_assert_eq!(&plain::write(&again), &plain::write(&document("x", &plain::write(&again)).expect("stable").0));
    }

    #[test]
    fn anything_is_read_without_a_panic(text in "\\PC{0,60}", json in "[\\[\\]{},:\"'a-z0-9. \\n\\\\/-]{0,60}") {
        for text in [text.clone(), format!("# A B\n{text}"), format!("{{{json}"), format!("{{\"visits\": [{json}")] {
            let _ = (check(&text), Form::of(&text));
        }
    }

    #[test]
    fn a_document_in_json_is_left_as_it_is(d in any_document()) {
        let text = serde_json::to_string_pretty(&d).expect("json");
        match check(&text) {
            Ok(checked) => prop_assert_eq!(checked.document, d),
            Err(found) => {
                // Random names may give two people one id.
                let expected = |f: &Finding| !f.is_error() || f.message.contains("used twice");
                prop_assert!(found.iter().all(expected), "{:?}", found);
            }
        }
    }
}
