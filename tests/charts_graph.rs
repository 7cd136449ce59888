//! The graph of visits as a picture: what it shows, and what it promises for any document.

use portolan::chart::{GraphLayout, Options, Rect, Theme, graph, graph_layout};
use portolan::itinerary::Itinerary;
use proptest::prelude::*;
use serde_json::{Value, json};

const PLACES: [(&str, &str); 7] = [
    ("Oslo", "NO"),
    ("Ulan Bator", "MN"),
    ("Llanfairpwllgwyngyll", "GB"),
    ("بغداد", "IQ"),
    ("联合国总部大楼", "CN"),
    ("A Place Whose Name Runs to Eighty Characters So That It Must Be Wrapped Somewhere!", "XX"),
    ("Turkey", "TR"),
];
const STATUS: [&str; 4] = ["completed", "planned", "possible", "cancelled"];

/// Place, status, day of May 2024 (0 for none), number and traveller.
type Stop = (usize, usize, u32, u32, usize);

fn document(stops: &[Stop]) -> Value {
    let visit = |(i, s): (usize, &Stop)| {
        let day = (s.2 > 0).then(|| format!("2024-05-{:02}", s.2));
        json!({"id": format!("v{i}"), "traveller": format!("o{}", s.4), "place": format!("p{}", s.0), "country": PLACES[s.0].1,
            "status": STATUS[s.1], "start": day, "end": day, "trip": format!("t{}", s.4), "order": (s.3 > 0).then_some(s.3)})
    };
    let official = |i: usize| json!({"id": format!("o{i}"), "name": format!("Official {}", PLACES[i % 7].0), "title": "Minister of Foreign Affairs", "country": PLACES[i % 7].1});
    let used: Vec<usize> = (0..8).filter(|t| stops.iter().any(|s| s.4 == *t)).collect();
    json!({
        "schema": "portolan/itinerary/1",
        "article": {"id": "x", "title": "A <title> & \"more\"", "published": "2024-05-15"},
        "officials": used.iter().copied().chain(8..12).map(official).collect::<Vec<_>>(),
        "places": PLACES.iter().enumerate().map(|(i, (name, country))| json!({"id": format!("p{i}"), "name": name,
            "kind": if i == 6 { "country" } else { "city" }, "country": country})).collect::<Vec<_>>(),
        "trips": used.iter().map(|t| json!({"id": format!("t{t}"), "traveller": format!("o{t}"), "kind": if *t == 7 { "background" } else { "main" }, "visits": []})).collect::<Vec<_>>(),
        "visits": stops.iter().enumerate().map(visit).collect::<Vec<_>>(),
        "meetings": [], "sequence": []
    })
}

/// A document with meetings at every second stop, some without a stop, and reasons between stops.
fn rich(stops: &[Stop], loose: usize, reasons: &[(usize, usize, usize)]) -> Value {
    let mut d = document(stops);
    let mode = |i: usize| ["in_person", "phone", "video"][i % 3];
    let at = stops.iter().enumerate().filter(|(i, _)| i % 2 == 0).map(|(i, s)| {
        json!({"id": format!("m{i}"), "participants": [format!("o{}", s.4), format!("o{}", 8 + i % 4), format!("o{}", stops[0].4)], "visit": format!("v{i}"),
            "place": format!("p{}", s.0), "status": "completed", "mode": mode(i), "groups": [{"label": "ministers of several states and their advisers"}]})
    });
    let loose = (0..loose).map(|i| {
        json!({"id": format!("l{i}"), "participants": [format!("o{}", i % 12), "o9"], "place": format!("p{}", i % 7), "status": "planned", "mode": mode(i)})
    });
    d["meetings"] = at.chain(loose).collect::<Vec<_>>().into();
    let kinds = ["date", "phrase", "tense", "list", "narrative"];
    let n = stops.len().max(1);
    let reason = |(a, b, k): &(usize, usize, usize)| json!({"before": format!("v{}", a % n), "after": format!("v{}", b % n), "because": kinds[k % 5]});
    d["sequence"] = reasons.iter().map(reason).collect::<Vec<_>>().into();
    d
}

fn read(document: Value) -> Itinerary {
    serde_json::from_value(document).expect("a document")
}

fn plan(document: &Itinerary) -> GraphLayout {
    graph_layout(document, &Options::default())
}

fn words(plan: &GraphLayout) -> Vec<&str> {
    plan.texts().map(|l| l.words.as_str()).collect()
}

#[test]
fn travellers_stops_and_places_stand_in_columns_that_use_the_whole_width() {
    let mut d = document(&[(0, 0, 3, 1, 0), (1, 1, 5, 2, 0)]);
    d["meetings"] = json!([{"id": "m", "participants": ["o0", "o9"], "visit": "v1", "place": "p1", "status": "planned", "mode": "in_person"}]);
    let plan = plan(&read(d));
    let traveller = plan.travellers[0].at.0;
    assert!(plan.stops.iter().all(|s| s.at.0 > traveller));
    let items: Vec<_> = plan.countries.iter().flat_map(|c| &c.items).collect();
    assert_eq!(items.len(), 3, "two places and the person met");
    assert!(items.iter().all(|i| i.at.0 > plan.stops[0].at.0));
    let right = plan.texts().map(|l| l.x + l.width()).fold(0.0, f64::max);
    assert!(right > plan.width * 0.9, "{right}");
}

#[test]
fn stops_are_joined_by_the_reasons_that_do_not_follow_from_others() {
    let mut d = document(&[(0, 0, 3, 1, 0), (1, 0, 5, 2, 0), (2, 0, 7, 3, 0)]);
    d["sequence"] = json!([
        {"before": "v0", "after": "v1", "because": "date"},
        {"before": "v1", "after": "v2", "because": "phrase", "evidence": {"start": 0, "end": 5, "quote": "then on"}},
        {"before": "v0", "after": "v2", "because": "date"}
    ]);
    let document = read(d);
    let arrows = plan(&document).wires.iter().filter(|w| w.arrow.is_some()).count();
    assert_eq!(arrows, 2);
    let svg = graph(&document, &Options::default());
    assert!(
        svg.contains("Ulan Bator before Llanfairpwllgwyngyll: order from the words of the text. “then on”"),
        "{svg}"
    );
    assert!(svg.contains("because-date") && svg.contains("because-phrase"));
}

#[test]
fn lines_to_what_has_not_taken_place_are_dashed() {
    let plan = plan(&read(document(&[(0, 0, 3, 1, 0), (1, 1, 5, 2, 0)])));
    assert_eq!(plan.wires.iter().map(|w| w.ahead).collect::<Vec<_>>(), [false, true, false, true]);
    assert!(words(&plan).contains(&"to what has not taken place"));
}

#[test]
fn open_order_is_bracketed() {
    let plan = plan(&read(document(&[(0, 0, 0, 1, 0), (1, 0, 0, 1, 0), (2, 0, 7, 2, 0)])));
    assert_eq!(plan.brackets.len(), 1);
    assert!(words(&plan).contains(&"order not stated"));
}

#[test]
fn meetings_without_a_stop_are_drawn_and_said_to_be_so() {
    let mut d = document(&[(0, 0, 3, 1, 0)]);
    d["meetings"] = json!([
        {"id": "a", "participants": ["o0", "o9"], "status": "completed", "mode": "phone"},
        {"id": "b", "participants": ["o9", "o10"], "place": "p2", "status": "completed", "mode": "in_person"}
    ]);
    let plan = plan(&read(d));
    assert!(plan.meetings.iter().all(|m| m.stop.is_none()));
    assert_eq!(words(&plan).iter().filter(|w| **w == "Belongs to no stop").count(), 2);
    let people = plan.countries.iter().flat_map(|c| &c.items).count();
    assert_eq!(people, 4, "two places and two people");
}

#[test]
fn what_has_no_line_is_named() {
    let plan = plan(&read(document(&[(0, 0, 3, 1, 0)])));
    assert!(words(&plan).join(" ").contains("without a visit or meeting, and not drawn: Official Ulan Bator"));
}

#[test]
fn recalled_trips_are_grey_and_come_after_the_others() {
    let plan = plan(&read(document(&[(0, 0, 3, 1, 7), (1, 0, 5, 1, 0)])));
    assert_eq!(plan.stops.iter().map(|s| s.recalled).collect::<Vec<_>>(), [false, true]);
    assert!(words(&plan).contains(&"Recalled"));
}

#[test]
fn an_empty_document_says_so_and_a_long_one_what_it_leaves_out() {
    let svg = graph(&read(document(&[])), &Options::default());
    assert!(svg.contains("No visit is reported") && svg.contains("The document has no visit and no meeting."));
    let many: Vec<Stop> = (0..5000).map(|i| (i % 7, 0, 0, i as u32 + 1, i % 8)).collect();
    assert!(graph(&read(document(&many)), &Options::default()).contains("4,800 more stops"));
}

#[test]
fn references_to_nothing_do_no_harm() {
    let mut d = document(&[(0, 0, 3, 1, 0)]);
    d["visits"][0]["place"] = json!("nowhere");
    d["visits"][0]["traveller"] = json!("nobody");
    d["sequence"] =
        json!([{"before": "v0", "after": "v0", "because": "date"}, {"before": "v0", "after": "v9", "because": "date"}]);
    sound(&read(d), 1200.0, Theme::Light).expect("a sound chart");
}

fn sound(document: &Itinerary, width: f64, theme: Theme) -> Result<(), TestCaseError> {
    let options = Options { width, theme, ..Options::default() };
    let svg = graph(document, &options);
    let parsed = roxmltree::Document::parse(&svg).map_err(|e| TestCaseError::fail(e.to_string()))?;
    let ids: Vec<&str> = parsed.descendants().filter_map(|n| n.attribute("id")).collect();
    prop_assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
    prop_assert_eq!(&svg, &graph(document, &options));
    let plan = graph_layout(document, &options);
    let labels: Vec<(&str, Rect)> = plan.texts().map(|l| (l.words.as_str(), l.rect())).collect();
    for (i, (words, a)) in labels.iter().enumerate() {
        prop_assert!(a.inside(plan.width, plan.height), "{words} leaves the frame: {a:?}");
        for (other, b) in &labels[i + 1..] {
            prop_assert!(a.overlap(b) <= 1.0, "{words} over {other}: {a:?} {b:?}");
        }
    }
    let points = plan.wires.iter().flat_map(|w| &w.points);
    prop_assert!(points.into_iter().all(|(x, y)| x.is_finite() && y.is_finite() && *x > 0.0 && *x < plan.width));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_document_gives_a_sound_graph(
        stops in proptest::collection::vec((0usize..7, 0usize..4, 0u32..29, 0u32..9, 0usize..8), 0..40),
        loose in 0usize..8,
        reasons in proptest::collection::vec((0usize..40, 0usize..40, 0usize..5), 0..30),
        width in 360.0f64..1600.0,
        theme in 0usize..3,
    ) {
        sound(&read(rich(&stops, if stops.is_empty() { 0 } else { loose }, &reasons)), width, Theme::ALL[theme].0)?;
    }
}
