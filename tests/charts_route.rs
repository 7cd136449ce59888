//! What the route map promises for any document: valid XML, no label over another or over a disc, nothing outside the frame, legs only
//! where the document orders stops, nothing dropped, the same bytes again.

use portolan::chart::{Label, Options, Rect, RouteLayout, route, route_layout};
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

/// Stops that are shown or listed, each once.
fn shown(plan: &RouteLayout) -> Vec<usize> {
    let mut found: Vec<usize> =
        plan.stops.iter().chain(plan.keys.iter().flat_map(|k| &k.stops)).map(|s| s.visit).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn sound(document: &Itinerary, width: f64) -> Result<(), TestCaseError> {
    let options = Options { width, ..Options::default() };
    let svg = route(document, &options);
    let parsed = roxmltree::Document::parse(&svg).map_err(|e| TestCaseError::fail(e.to_string()))?;
    let ids: Vec<&str> = parsed.descendants().filter_map(|n| n.attribute("id")).collect();
    let unique: std::collections::HashSet<&&str> = ids.iter().collect();
    prop_assert_eq!(unique.len(), ids.len());
    prop_assert!(!svg.contains("<script") && !svg.contains("NaN"));
    prop_assert_eq!(&svg, &route(document, &options), "other bytes the second time");
    let plan = route_layout(document, &options);
    let labels: Vec<Rect> = plan.texts().map(Label::rect).collect();
    prop_assert!(overlaps(&labels).is_empty(), "{:?}", overlaps(&labels));
    prop_assert!(labels.iter().all(|r| r.inside(plan.width, plan.height)), "a label leaves the chart");
    prop_assert!(plan.texts().all(|l| l.role.size() >= 12.0));
    for stop in &plan.stops {
        let disc = Rect::around(stop.at, stop.radius());
        prop_assert!(disc.inside(plan.width, plan.height), "{stop:?}");
        let over: Vec<&str> =
            plan.texts().filter(|l| l.rect().overlap(&disc) > 1.0).map(|l| l.words.as_str()).collect();
        prop_assert!(over.is_empty(), "{over:?} over {stop:?}");
    }
    prop_assert_eq!(shown(&plan).len(), document.visits.len().min(60), "a stop was dropped");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_document_gives_a_sound_map(
        stops in proptest::collection::vec((0usize..7, 0usize..4, 0u32..29, 1u32..9, 0usize..8, -185.0f64..185.0, -90.0f64..=90.0), 0..40),
        width in 480.0f64..1600.0,
    ) {
        sound(&document(&stops), width)?;
    }

    #[test]
    fn a_crowded_region_gives_a_sound_map(
        stops in proptest::collection::vec((0usize..7, 0usize..4, 0u32..29, 1u32..9, 0usize..8, 33.0f64..37.0, 30.0f64..34.0), 2..24),
        width in 480.0f64..1600.0,
    ) {
        sound(&document(&stops), width)?;
    }
}

/// A stop for a test: traveller 0, by order, on a day.
fn at(order: u32, lon: f64, lat: f64) -> Stop {
    (order as usize, 0, order, order, 0, lon, lat)
}

fn chain(document: &mut Itinerary) {
    let edges: Vec<_> = (1..document.visits.len())
        .map(|i| json!({"before": format!("v{}", i - 1), "after": format!("v{i}"), "because": "date"}))
        .collect();
    document.sequence = serde_json::from_value(json!(edges)).expect("reasons");
}

fn route_of(stops: &[Stop]) -> RouteLayout {
    let mut document = document(stops);
    chain(&mut document);
    sound(&document, 1200.0).expect("a sound map");
    route_layout(&document, &Options::default())
}

/// The longest step of a line.
fn jump(plan: &RouteLayout) -> f64 {
    let steps = plan.legs.iter().flat_map(|l| l.parts.iter().flat_map(|p| p.windows(2)));
    steps.map(|w| (w[1].0 - w[0].0).hypot(w[1].1 - w[0].1)).fold(0.0, f64::max)
}

#[test]
fn open_order_is_ringed_and_never_joined() {
    let document = document(&[(0, 0, 0, 1, 0, 10.0, 60.0), (1, 0, 0, 1, 0, 12.0, 48.0), (6, 0, 3, 2, 0, 6.0, 30.0)]);
    let plan = route_layout(&document, &Options::default());
    assert!(plan.legs.is_empty() && plan.open.len() == 1);
    assert!(plan.open[0].bracket.is_some() && plan.labels.iter().any(|l| l.words == "order not stated"));
}

#[test]
fn a_pacific_crossing_is_drawn_in_one_piece() {
    let plan = route_of(&[at(1, 139.7, 35.7), at(2, -157.9, 21.3), at(3, 178.4, -18.1)]);
    assert_eq!(plan.legs.len(), 2);
    assert!(plan.legs.iter().all(|l| l.parts.len() == 1) && jump(&plan) < 30.0, "{}", jump(&plan));
    assert!((6000.0..6400.0).contains(&plan.legs[0].km), "{}", plan.legs[0].km);
}

#[test]
fn a_journey_around_the_world_is_cut_at_the_edge() {
    let around: Vec<Stop> =
        (0..6).map(|i| at(i + 1, f64::from(i) * 60.0 - 180.0, if i % 2 == 0 { 40.0 } else { -20.0 })).collect();
    let plan = route_of(&[around, vec![at(7, -179.0, 40.5)]].concat());
    assert!(plan.views[0].map.is_world() && plan.globe.is_none() && plan.views[0].bar.is_none());
    assert_eq!(plan.legs.iter().filter(|l| l.parts.len() == 2).count(), 1);
    assert!(jump(&plan) < 30.0, "{}", jump(&plan));
}

#[test]
fn there_and_back_are_bowed_apart_but_gently() {
    let plan = route_of(&[at(1, 10.0, 50.0), at(2, 20.0, 50.0), (1, 0, 3, 3, 0, 10.0, 50.0)]);
    assert_eq!(plan.legs.len(), 2);
    let middle = |k: usize| plan.legs[k].parts[0][plan.legs[k].parts[0].len() / 2];
    let apart = (middle(0).0 - middle(1).0).hypot(middle(0).1 - middle(1).1);
    assert!((6.0..80.0).contains(&apart), "{apart}");
}

#[test]
fn companions_stand_side_by_side() {
    let together: Vec<Stop> = (0..8).map(|t| (0, 0, 3, 1, t, 10.0, 60.0)).collect();
    let mut document = document(&together);
    document.visits.iter_mut().for_each(|v| v.place = document.places[0].id.clone());
    sound(&document, 1200.0).expect("a sound map");
    let plan = route_layout(&document, &Options::default());
    for (i, a) in plan.stops.iter().enumerate() {
        let nearest = plan.stops.iter().enumerate().filter(|(j, _)| *j != i);
        let nearest = nearest.map(|(_, b)| (a.at.0 - b.at.0).hypot(a.at.1 - b.at.1)).fold(f64::MAX, f64::min);
        assert!((26.0..36.0).contains(&nearest), "{nearest}");
    }
    assert_eq!(plan.labels.iter().filter(|l| l.words == "Oslo").count(), 1, "one label names all");
}

#[test]
fn a_crowded_city_opens_into_an_inset() {
    let city = [at(1, 35.21, 31.77), at(2, 35.20, 31.90), at(3, 35.20, 31.70), at(4, 44.4, 33.3), at(5, 32.9, 39.9)];
    for width in [1200.0, 480.0] {
        let document = document(&city);
        sound(&document, width).expect("a sound map");
        let plan = route_layout(&document, &Options { width, ..Options::default() });
        assert_eq!((plan.insets.len(), plan.views.len()), (1, 2));
        assert!(plan.stops.iter().filter(|s| s.view == 1).count() >= 3);
        let (main, inset) = (plan.views[0].frame, plan.views[1].frame);
        assert_eq!(inset.overlap(&main) > 0.0, width > 1000.0, "on the map where there is room, else under it");
        assert!(plan.stops.iter().filter(|s| s.view == 0).all(|s| s.rect().overlap(&inset) <= 0.0));
    }
}

#[test]
fn one_stop_has_its_surroundings_and_a_locator() {
    let plan = route_of(&[at(1, 15.6, 78.2)]);
    assert!(plan.globe.is_some() && plan.views[0].land.len() + plan.names.len() > 0);
    let frame = plan.views[0].frame;
    assert!((0.3..0.7).contains(&(frame.h / frame.w)));
}

#[test]
fn stops_without_coordinates_are_listed() {
    let plan = route_of(&[at(1, 10.0, 60.0), at(2, 999.0, 0.0)]);
    let listed = &plan.keys[0];
    assert!(listed.stops[0].visit == 1 && listed.labels[0].words.starts_with("Llanfair"));
    let nowhere = route_of(&[at(1, 999.0, 0.0), at(2, 999.0, 0.0)]);
    assert!(nowhere.views.is_empty() && nowhere.keys.len() == 2, "a chart of words, and no empty map");
    assert!(route_of(&[]).keys.is_empty());
}

#[test]
fn too_many_stops_are_left_out_and_the_chart_says_so() {
    let many: Vec<Stop> =
        (0..230).map(|i| at(i % 28 + 1, f64::from(i % 40) * 4.0 - 80.0, f64::from(i / 40) * 8.0)).collect();
    let document = document(&many);
    sound(&document, 1200.0).expect("a sound map");
    let plan = route_layout(&document, &Options::default());
    assert_eq!(shown(&plan).len(), 60);
    assert!(plan.labels.iter().any(|l| l.words.contains("170 more stops")));
}

#[test]
fn a_regional_map_is_no_larger_than_150_kilobytes() {
    for stops in [
        vec![at(1, 35.2, 31.9), at(2, 44.4, 33.3)],
        vec![at(1, 10.7, 59.9), at(2, 24.9, 60.2)],
        vec![at(1, 23.7, 38.0)],
    ] {
        let size = route(&document(&stops), &Options::default()).len();
        assert!(size < 150_000, "{size}");
    }
}

#[test]
fn markup_and_control_characters_do_no_harm() {
    let mut document = document(&[at(1, 10.0, 60.0)]);
    document.officials[0].name = "</text><script>alert(1)</script>\u{0}\u{202e}]]>".into();
    document.places[0].name = "]]><&\"'".into();
    sound(&document, 1200.0).expect("a sound map");
}

/// Run with `cargo test --release --test charts_route -- --ignored --nocapture`.
#[test]
#[ignore = "prints how long maps take"]
fn how_long_maps_take() {
    let mut seed = 1u64;
    let mut share = || {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as f64 / (1u64 << 31) as f64
    };
    for (name, span) in [("world", (360.0, 140.0)), ("continent", (40.0, 30.0)), ("region", (8.0, 6.0))] {
        let mut times: Vec<f64> = (0..15)
            .map(|_| {
                let stop =
                    |i: u32, x: f64, y: f64| (i as usize, (i % 4) as usize, i % 28, i / 2 + 1, (i % 5) as usize, x, y);
                let stops: Vec<Stop> =
                    (0..40).map(|i| stop(i, (share() - 0.5) * span.0, 20.0 + (share() - 0.5) * span.1)).collect();
                let document = document(&stops);
                let start = std::time::Instant::now();
                route(&document, &Options::default());
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{name}: median {:.1} ms, slowest {:.1} ms", times[7], times[14]);
    }
}
