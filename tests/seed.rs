//! The article to get right first, field by field. It lies beside the project, and not inside it.

use portolan::itinerary::{Because, Itinerary, Mode, Status, TripKind};
use portolan::{Article, extract};
use std::io::Write;

/// The article with or without its date; none, and a word about it, where `../shared` is not there.
fn seed(published: Option<&str>) -> Option<Itinerary> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/articles/blinken-iraq.txt");
    let Ok(text) = std::fs::read_to_string(path) else {
        // Written past the test runner, which would hide it.
        let _ = writeln!(std::io::stderr(), "skipped: {path} is not there");
        return None;
    };
    let published = published.map(|d| d.parse().expect("a date"));
    Some(extract(&Article { id: "blinken-iraq".into(), text, published, ..Article::default() }))
}

fn stops(document: &Itinerary) -> Vec<(String, String, Status, String, u32)> {
    let main =
        |v: &&portolan::itinerary::Visit| document.trips.iter().any(|t| t.id == v.trip && t.kind == TripKind::Main);
    let place = |id: &portolan::itinerary::PlaceId| {
        document.places.iter().find(|p| p.id == *id).expect("the place").name.clone()
    };
    let date = |d: &Option<portolan::itinerary::Edtf>| d.as_ref().map(|d| d.to_string()).unwrap_or_default();
    let visits = document.visits.iter().filter(main);
    visits
        .map(|v| {
            (place(&v.place), v.country.clone().expect("a country").0, v.status, date(&v.start), v.order.unwrap_or(0))
        })
        .collect()
}

#[test]
fn the_stops_are_those_of_a_careful_reader() {
    let Some(document) = seed(Some("2023-11-05")) else { return };
    let expected = [
        ("Israel", "IL", Status::Completed, "../2023-11-05", 1),
        ("Jordan", "JO", Status::Completed, "../2023-11-05", 1),
        ("Cyprus", "CY", Status::Completed, "../2023-11-05", 1),
        ("Ramallah", "PS", Status::Completed, "2023-11-05", 2),
        ("Baghdad", "IQ", Status::Completed, "2023-11-05", 3),
        ("Turkey", "TR", Status::Planned, "2023-11-05/..", 4),
    ]
    .map(|(p, c, s, d, o)| (p.to_string(), c.to_string(), s, d.to_string(), o));
    assert_eq!(stops(&document), expected);
    assert!(document.visits.iter().take(6).all(|v| v.traveller.0 == "antony-blinken"));
}

#[test]
fn the_people_are_who_they_are() {
    let Some(document) = seed(Some("2023-11-05")) else { return };
    let official = |id: &str| {
        let o = document.officials.iter().find(|o| o.id.0 == id).expect(id);
        (o.name.as_str(), o.title.as_deref().unwrap_or(""), o.country.as_ref().map_or("", |c| c.as_str()))
    };
    assert_eq!(official("antony-blinken"), ("Antony Blinken", "Secretary of State", "US"));
    assert_eq!(official("mahmoud-abbas"), ("Mahmoud Abbas", "Palestinian Authority President", "PS"));
    assert_eq!(official("mohammed-shia-al-sudani"), ("Mohammed Shia al-Sudani", "Prime Minister", "IQ"));
    assert_eq!(official("lloyd-austin"), ("Lloyd Austin", "Secretary of Defense", "US"));
    // The spokesman, the bylines and "the region" give nothing.
    assert_eq!(document.officials.len(), 4);
}

#[test]
fn the_meetings_are_at_their_stops() {
    let Some(document) = seed(Some("2023-11-05")) else { return };
    let meetings: Vec<_> = document
        .meetings
        .iter()
        .map(|m| (m.participants[1].0.as_str(), m.place.as_ref().map_or("", |p| &p.0), m.mode, m.duration.as_deref()))
        .collect();
    assert_eq!(
        meetings,
        [
            ("mohammed-shia-al-sudani", "baghdad-iq", Mode::InPerson, Some("PT1H/..")),
            ("mahmoud-abbas", "ramallah-ps", Mode::InPerson, None)
        ]
    );
    assert!(
        document
            .meetings
            .iter()
            .all(|m| m.visit.is_some() && m.date.as_ref().is_some_and(|d| d.to_string() == "2023-11-05"))
    );
}

#[test]
fn the_embassy_is_a_site_in_baghdad() {
    let Some(document) = seed(Some("2023-11-05")) else { return };
    let embassy = document.places.iter().find(|p| p.name == "US Embassy").expect("the embassy");
    assert_eq!(embassy.country.as_ref().map(|c| c.as_str()), Some("IQ"));
    let baghdad = document.visits.iter().find(|v| v.place.0 == "baghdad-iq").expect("Baghdad");
    assert_eq!(baghdad.extra["sites"][0], embassy.id.0);
}

#[test]
fn the_other_journey_is_recalled_and_apart() {
    let Some(document) = seed(Some("2023-11-05")) else { return };
    let recalled: Vec<_> = document.trips.iter().filter(|t| t.kind == TripKind::Background).collect();
    assert_eq!(recalled.len(), 1);
    let visit = document.visits.iter().find(|v| v.trip == recalled[0].id).expect("its visit");
    assert_eq!((visit.traveller.0.as_str(), visit.place.0.as_str()), ("lloyd-austin", "baghdad-iq"));
    assert_eq!(visit.start.as_ref().map(|d| d.to_string()).as_deref(), Some("2023-03"));
}

#[test]
fn the_order_has_its_reasons_and_what_is_open_stays_open() {
    let Some(document) = seed(Some("2023-11-05")) else { return };
    let place = |id: &portolan::itinerary::VisitId| {
        document.visits.iter().find(|v| v.id == *id).map_or("", |v| v.place.0.as_str())
    };
    let reasons: Vec<_> = document.sequence.iter().map(|r| (place(&r.before), place(&r.after), r.because)).collect();
    assert!(reasons.contains(&("ramallah-ps", "baghdad-iq", Because::Phrase)));
    assert!(reasons.contains(&("baghdad-iq", "turkey", Because::Phrase)));
    let open = ["israel", "jordan", "cyprus"];
    assert!(
        reasons.iter().all(|(a, b, _)| !(open.contains(b) || open.contains(a) && *b == "ramallah-ps")),
        "{reasons:?}"
    );
}

#[test]
fn without_a_date_the_order_is_the_same_and_the_document_says_so() {
    let (Some(dated), Some(undated)) = (seed(Some("2023-11-05")), seed(None)) else { return };
    let order = |d: &Itinerary| stops(d).into_iter().map(|s| (s.0, s.2, s.4)).collect::<Vec<_>>();
    assert_eq!(order(&undated), order(&dated));
    assert!(undated.warnings.iter().any(|w| w.contains("publication date")));
    assert!(stops(&undated).iter().all(|s| s.3.is_empty()));
}

#[test]
fn every_fact_carries_its_words() {
    let Some(document) = seed(Some("2023-11-05")) else { return };
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/articles/blinken-iraq.txt");
    let text = std::fs::read_to_string(path).expect("read before");
    let visits = document.visits.iter().flat_map(|v| &v.evidence);
    for e in visits.chain(document.meetings.iter().flat_map(|m| &m.evidence)) {
        assert_eq!(text.get(e.start..e.end), Some(e.quote.as_str()));
    }
    assert!(document.visits.iter().all(|v| !v.evidence.is_empty()));
}
