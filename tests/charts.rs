//! What charts promise for any document: valid XML, no label over another, nothing outside the frame, the same bytes again.

use portolan::chart::{Options, Rect, timeline, timeline_layout};
use portolan::itinerary::Itinerary;
use proptest::prelude::*;
use serde_json::json;

const NAMES: [&str; 7] = [
    "Oslo",
    "Ulan Bator",
    "Llanfairpwllgwyngyll",
    "بغداد",
    "联合国总部大楼",
    "A Place Whose Name Runs to Eighty Characters So That It Must Be Wrapped Somewhere!",
    "São Tomé",
];
const STATUS: [&str; 4] = ["completed", "planned", "possible", "cancelled"];

/// Name, status, day of May (0 for none), order, traveller, longitude, latitude.
type Stop = (usize, usize, u32, u32, usize, f64, f64);

/// A document with the given stops: name, status, day of May (0 for none), order, traveller, longitude, latitude.
fn document(stops: &[Stop]) -> Itinerary {
    let travellers: Vec<usize> = (0..8).filter(|t| stops.iter().any(|s| s.4 == *t)).collect();
    let official = |t: &usize| json!({"id": format!("o{t}"), "name": format!("Official {} Number {t}", NAMES[t % 7]), "title": "Minister of Foreign Affairs", "country": "NO"});
    let place = |(i, s): (usize, &Stop)| {
        let located = s.5.abs() <= 180.0;
        json!({"id": format!("p{i}"), "name": NAMES[s.0 % 7], "kind": "city", "country": "NO", "lon": located.then_some(s.5), "lat": located.then_some(s.6)})
    };
    let visit = |(i, s): (usize, &Stop)| {
        let day = (s.2 > 0).then(|| format!("2024-05-{:02}", s.2));
        json!({"id": format!("v{i}"), "traveller": format!("o{}", s.4), "place": format!("p{i}"), "country": "NO", "status": STATUS[s.1 % 4],
               "start": day, "end": day, "trip": format!("t{}", s.4), "order": s.3})
    };
    let meeting = |(i, s): (usize, &Stop)| json!({"id": format!("m{i}"), "participants": [format!("o{}", s.4), "host"], "visit": format!("v{i}"), "place": format!("p{i}"), "status": "completed", "mode": if i % 3 == 0 { "phone" } else { "in_person" }});
    let mut officials: Vec<_> = travellers.iter().map(official).collect();
    officials.push(json!({"id": "host", "name": "Hostess of the Realm", "title": "Queen", "country": "DK"}));
    serde_json::from_value(json!({
        "schema": "portolan/itinerary/1",
        "article": {"id": "x", "title": "A <title> & \"more\"", "published": "2024-05-15", "words": 3},
        "officials": officials,
        "places": stops.iter().enumerate().map(place).collect::<Vec<_>>(),
        "trips": travellers.iter().map(|t| json!({"id": format!("t{t}"), "traveller": format!("o{t}"), "kind": "main",
            "visits": stops.iter().enumerate().filter(|(_, s)| s.4 == *t).map(|(i, _)| format!("v{i}")).collect::<Vec<_>>()})).collect::<Vec<_>>(),
        "visits": stops.iter().enumerate().map(visit).collect::<Vec<_>>(),
        "meetings": stops.iter().enumerate().filter(|(i, _)| i % 2 == 0).map(meeting).collect::<Vec<_>>(),
        "sequence": [], "warnings": []
    }))
    .expect("a document")
}

fn overlaps(rects: &[Rect]) -> Vec<(Rect, Rect)> {
    let pairs = rects.iter().enumerate().flat_map(|(i, a)| rects[i + 1..].iter().map(move |b| (*a, *b)));
    pairs.filter(|(a, b)| a.overlap(b) > 1.0).collect()
}

fn sound(document: &Itinerary, width: f64) -> Result<(), TestCaseError> {
    let options = Options { width, ..Options::default() };
    let svg = timeline(document, &options);
    let parsed = roxmltree::Document::parse(&svg).map_err(|e| TestCaseError::fail(e.to_string()))?;
    let ids: Vec<&str> = parsed.descendants().filter_map(|n| n.attribute("id")).collect();
    let unique: std::collections::HashSet<&&str> = ids.iter().collect();
    prop_assert_eq!(unique.len(), ids.len());
    prop_assert!(!svg.contains("<script"));
    prop_assert_eq!(timeline(document, &options), timeline(document, &options));
    let plan = timeline_layout(document, &options);
    let labels: Vec<Rect> = plan.texts().map(|l| l.rect()).collect();
    prop_assert!(overlaps(&labels).is_empty(), "timeline: {:?}", overlaps(&labels));
    prop_assert!(labels.iter().all(|r| r.inside(plan.width, plan.height)), "timeline leaves its frame");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_document_gives_sound_charts(
        stops in proptest::collection::vec((0usize..7, 0usize..4, 0u32..29, 1u32..9, 0usize..6, -200.0f64..200.0, -75.0f64..75.0), 0..30),
        width in 480.0f64..1600.0,
    ) {
        sound(&document(&stops), width)?;
    }
}

#[test]
fn no_stop_one_stop_and_all_on_one_day() {
    let day = |n: u32| (0..n).map(|i| (i as usize, 0, 15, i + 1, 0, 10.0 + f64::from(i), 60.0)).collect::<Vec<_>>();
    for stops in [vec![], day(1), day(12)] {
        sound(&document(&stops), 1200.0).expect("sound charts");
    }
    assert!(timeline(&document(&[]), &Options::default()).contains("No visit is reported"));
}

#[test]
fn open_order_is_bracketed_and_never_joined() {
    let document = document(&[(0, 0, 0, 1, 0, 10.0, 60.0), (1, 0, 0, 1, 0, 12.0, 58.0), (6, 0, 3, 2, 0, 6.0, 0.0)]);
    let plan = timeline_layout(&document, &Options::default());
    assert_eq!(plan.brackets.len(), 1);
    assert_eq!(plan.joins.len(), 1, "one line, from the bracket to the next stop");
    assert!(!plan.joins[0].known, "the document gives no reason for it");
}

#[test]
fn markup_and_control_characters_do_no_harm() {
    let mut document = document(&[(0, 0, 1, 1, 0, 10.0, 60.0)]);
    document.officials[0].name = "</text><script>alert(1)</script>\u{0}\u{202e}]]>".into();
    sound(&document, 1200.0).expect("sound charts");
}
