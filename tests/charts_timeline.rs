//! What the timeline promises: every line of the encoding, for lanes and lists, and for any document no label over another or over
//! a disc, nothing outside the frame, the same bytes again.

use portolan::chart::{Arrangement, Label, Options, Rect, Theme, TimelineLayout, timeline, timeline_layout};
use portolan::itinerary::Itinerary;
use proptest::prelude::*;
use serde_json::{Value, json};

const STATUS: [&str; 4] = ["completed", "planned", "possible", "cancelled"];

/// A stop: place, traveller, status, date, order.
#[derive(Clone, Debug)]
struct Stop {
    place: String,
    traveller: usize,
    status: &'static str,
    start: Option<String>,
    end: Option<String>,
    order: Option<u32>,
    background: bool,
}

fn stop(place: &str, start: Option<&str>, order: impl Into<Option<u32>>) -> Stop {
    let start = start.map(str::to_string);
    Stop {
        place: place.into(),
        traveller: 0,
        status: "completed",
        end: start.clone(),
        start,
        order: order.into(),
        background: false,
    }
}

fn of(status: &'static str, s: Stop) -> Stop {
    Stop { status, ..s }
}

fn until(end: &str, s: Stop) -> Stop {
    Stop { end: Some(end.into()), ..s }
}

/// A document of stops with the travellers' names; published on 15 May 2024.
fn document(stops: &[Stop], names: &[&str]) -> Itinerary {
    let trip = |s: &Stop| format!("{}{}", if s.background { "b" } else { "t" }, s.traveller);
    let mut trips: Vec<(String, usize, bool)> = stops.iter().map(|s| (trip(s), s.traveller, s.background)).collect();
    trips.sort();
    trips.dedup();
    let visits: Vec<Value> = stops
        .iter()
        .enumerate()
        .map(|(i, s)| {
            json!({"id": format!("v{i}"), "traveller": format!("o{}", s.traveller), "place": format!("p{i}"), "country": "NO",
                   "status": s.status, "start": s.start, "end": s.end, "trip": trip(s), "order": s.order,
                   "evidence": [{"start": 0, "end": 9, "quote": format!("went to {} in the words of the article", s.place)}]})
        })
        .collect();
    let of_trip = |t: &str| -> Vec<String> {
        stops.iter().enumerate().filter(|(_, s)| trip(s) == t).map(|(i, _)| format!("v{i}")).collect()
    };
    serde_json::from_value(json!({
        "schema": "portolan/itinerary/1",
        "article": {"id": "x", "title": "A title", "published": "2024-05-15", "words": 3},
        "officials": (0..8).map(|i| json!({"id": format!("o{i}"), "name": names[i % names.len()], "title": "Minister of Trade",
            "country": "NO"})).chain([json!({"id": "host", "name": "Ann Host", "title": "Queen", "country": "DK"})]).collect::<Vec<_>>(),
        "places": stops.iter().enumerate().map(|(i, s)| json!({"id": format!("p{i}"), "name": s.place, "kind": "city", "country": "NO"}))
            .collect::<Vec<_>>(),
        "trips": trips.iter().map(|(id, t, b)| json!({"id": id, "traveller": format!("o{t}"),
            "kind": if *b { "background" } else { "main" }, "visits": of_trip(id)})).collect::<Vec<_>>(),
        "visits": visits, "meetings": [], "sequence": [], "warnings": []
    }))
    .expect("a document")
}

fn one(stops: &[Stop]) -> Itinerary {
    document(stops, &["Erna Tveit"])
}

fn meeting(id: &str, visit: Option<&str>, people: &[&str], mode: &str) -> Value {
    json!({"id": id, "participants": people, "visit": visit, "status": "completed", "mode": mode,
           "evidence": [{"start": 0, "end": 4, "quote": "they talked"}]})
}

fn reasons(pairs: &[(&str, &str)]) -> Vec<portolan::itinerary::Precedence> {
    let edges: Vec<Value> = pairs.iter().map(|(a, b)| json!({"before": a, "after": b, "because": "phrase"})).collect();
    serde_json::from_value(json!(edges)).expect("reasons")
}

fn lanes(document: &Itinerary) -> TimelineLayout {
    timeline_layout(document, &Options::default())
}

fn list(document: &Itinerary, width: f64) -> TimelineLayout {
    timeline_layout(document, &options(Arrangement::List, width))
}

fn options(arrangement: Arrangement, width: f64) -> Options {
    Options { width, arrangement, ..Options::default() }
}

fn label<'p>(plan: &'p TimelineLayout, words: &str) -> Option<&'p Label> {
    plan.texts().find(|l| l.words == words)
}

fn at(plan: &TimelineLayout, words: &str) -> Rect {
    label(plan, words)
        .unwrap_or_else(|| panic!("no {words:?}: {:?}", plan.texts().map(|l| &l.words).collect::<Vec<_>>()))
        .rect()
}

fn says(plan: &TimelineLayout, part: &str) -> bool {
    plan.texts().any(|l| l.words.contains(part))
}

/// No label over a label or a disc, nothing outside the frame.
fn sound(plan: &TimelineLayout) -> Result<(), TestCaseError> {
    let labels: Vec<&Label> = plan.texts().collect();
    for (i, a) in labels.iter().enumerate() {
        let r = a.rect();
        prop_assert!(r.inside(plan.width, plan.height), "{:?} leaves {} by {}", a, plan.width, plan.height);
        prop_assert!(a.role.size() >= 12.0);
        for b in &labels[i + 1..] {
            prop_assert!(r.overlap(&b.rect()) <= 1.0, "{:?} over {:?}", a, b);
        }
        for s in &plan.stops {
            prop_assert!(r.overlap(&s.disc()) <= 1.0, "{:?} over the disc of {}", a, s.visit);
        }
    }
    for (i, a) in plan.stops.iter().enumerate() {
        prop_assert!(a.disc().inside(plan.width, plan.height));
        for b in &plan.stops[i + 1..] {
            prop_assert!(a.disc().overlap(&b.disc()) <= 0.0, "discs of {} and {}", a.visit, b.visit);
        }
    }
    Ok(())
}

fn sound_in_all_forms(document: &Itinerary, width: f64) -> Result<(), TestCaseError> {
    for arrangement in [Arrangement::Lanes, Arrangement::List] {
        let options = options(arrangement, width);
        let svg = timeline(document, &options);
        roxmltree::Document::parse(&svg).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert!(svg == timeline(document, &options), "other bytes");
        let plan = timeline_layout(document, &options);
        sound(&plan)?;
        let drawn: std::collections::BTreeSet<usize> = plan.stops.iter().map(|s| s.visit).collect();
        prop_assert_eq!(drawn.len(), document.visits.len().min(200), "every stop is drawn once");
        prop_assert_eq!(plan.stops.len(), drawn.len());
    }
    Ok(())
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Oslo".to_string()),
        Just("بغداد الكبرى".to_string()),
        Just("联合国总部大楼".to_string()),
        Just("Санкт-Петербург".to_string()),
        Just("กรุงเทพมหานคร".to_string()),
        Just("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch".to_string()),
        Just("A Place Whose Name Runs to Eighty Characters So That It Must Be Wrapped Somewhere".to_string()),
        "[A-Za-zÀ-ž]{1,12}( [A-Za-z'-]{1,12}){0,5}",
    ]
}

fn any_date() -> impl Strategy<Value = Option<String>> {
    let day = (4u32..7, 1u32..29).prop_map(|(m, d)| format!("2024-{m:02}-{d:02}"));
    let form = (day.clone(), 0usize..9, 1u32..20).prop_map(|(day, form, n)| match form {
        0 => format!("{day}~"),
        1 => day[..7].to_string(),
        2 => "2024-22".into(),
        3 => format!("../{day}"),
        4 => format!("{day}/.."),
        5 => format!("2024-05-01/2024-05-{:02}", n + 1),
        6 => format!("{}", 2020 + n % 6),
        7 => format!("{day}?"),
        _ => day,
    });
    prop_oneof![1 => Just(None), 3 => form.prop_map(Some), 2 => day.prop_map(Some)]
}

fn any_stop() -> impl Strategy<Value = Stop> {
    let order = proptest::option::weighted(0.8, 1u32..12);
    let background = proptest::bool::weighted(0.1);
    (any_name(), 0usize..8, 0usize..4, any_date(), any_date(), 0usize..4, order, background).prop_map(
        |(place, traveller, status, start, other, ends, order, background)| {
            // Most stops are on one date; some have another end, and it may make no sense.
            let end = if ends == 0 { other } else { start.clone() };
            Stop { place, traveller, status: STATUS[status], start, end, order, background }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_document_gives_a_sound_timeline(
        stops in proptest::collection::vec(any_stop(), 0..40),
        travellers in 1usize..9,
        names in proptest::collection::vec(any_name(), 8),
        meetings in proptest::collection::vec((0usize..40, 0usize..9, 0usize..3), 0..30),
        width in 320.0f64..1600.0,
    ) {
        let stops: Vec<Stop> = stops.into_iter().map(|s| Stop { traveller: s.traveller % travellers, ..s }).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut document = document(&stops, &names);
        let mode = ["in_person", "phone", "video"];
        document.meetings = meetings.iter().enumerate().map(|(i, (v, o, m))| {
            let visit = format!("v{v}");
            let other = if *o == 8 { "host".to_string() } else { format!("o{o}") };
            let known = stops.get(*v);
            let traveller = format!("o{}", known.map_or(0, |s| s.traveller));
            serde_json::from_value(meeting(&format!("m{i}"), known.map(|_| visit.as_str()), &[&traveller, &other], mode[*m])).expect("a meeting")
        }).collect();
        sound_in_all_forms(&document, width)?;
    }
}

#[test]
fn days_stand_side_by_side_and_empty_stretches_are_broken() {
    let plan = lanes(&one(&[
        stop("Bergen", Some("2024-05-03"), 1),
        stop("Oslo", Some("2024-05-04"), 2),
        stop("Bonn", Some("2024-05-13"), 3),
    ]));
    let (a, b, c) = (at(&plan, "Fri 3 May"), at(&plan, "Sat 4 May"), at(&plan, "Mon 13 May"));
    assert!(a.x < b.x && b.x < c.x);
    assert_eq!((plan.ticks.len(), plan.breaks.len(), plan.axis.len()), (3, 1, 3));
    assert!((plan.axis[0].1 - plan.ticks[1].0).abs() < 0.01, "days that follow each other share one axis");
    assert!(plan.axis[1].1 < plan.breaks[0].0 && plan.breaks[0].0 < plan.axis[2].0);
}

#[test]
fn a_year_that_is_not_the_charts_is_written() {
    assert!(label(&lanes(&one(&[stop("Oslo", Some("2021-05-04"), 1)])), "Tue 4 May 2021").is_some());
}

#[test]
fn a_stay_is_a_bar_to_its_last_day_and_fades_where_the_end_is_not_sure() {
    let plan = lanes(&one(&[until("2024-05-08", stop("Oslo", Some("2024-05-03"), 1))]));
    let bar = plan.stops[0].bars[0];
    assert_eq!(bar.soft, (false, false));
    assert!(bar.x0 <= plan.stops[0].x && bar.x1 > at(&plan, "Wed 8 May").x, "{bar:?}");
    let plan = lanes(&one(&[until("2024-05-08~", stop("Oslo", Some("2024-05-03"), 1))]));
    assert_eq!(plan.stops[0].bars[0].soft, (false, true));
}

#[test]
fn a_date_partly_known_is_a_range_that_fades_and_has_no_tick() {
    for (date, heading) in [("2024-03", "In March 2024"), ("2024-22", "In summer 2024"), ("2023", "In 2023")] {
        let plan = lanes(&one(&[stop("Oslo", Some(date), 1)]));
        assert!(label(&plan, heading).is_some() && label(&plan, "day not stated").is_some(), "{heading}");
        assert_eq!((plan.ranges.len(), plan.ranges[0].soft, plan.ticks.len()), (1, (true, true), 0));
    }
    let plan = lanes(&one(&[stop("Oslo", Some("2024-05-03/2024-05-07"), 1)]));
    assert!(says(&plan, "Between Fri 3 May") && plan.ranges.len() == 1);
    let plan = lanes(&one(&[stop("Oslo", Some("2024-05-03~"), 1)]));
    assert_eq!(plan.stops[0].bars[0].soft, (true, true));
    assert!(says(&plan, "about 3 May"));
}

#[test]
fn a_range_stands_after_the_stops_that_it_follows() {
    let plan = lanes(&one(&[stop("Bergen", Some("2024-05-03"), 1), stop("Oslo", Some("2024-05"), 2)]));
    assert!(at(&plan, "Fri 3 May").x < at(&plan, "In May 2024").x);
}

#[test]
fn what_has_no_date_is_earlier_only_where_the_document_says_so() {
    let plan = lanes(&one(&[stop("Bergen", None, 1), stop("Oslo", Some("2024-05-04"), 2)]));
    assert!(at(&plan, "Earlier on the trip").x < at(&plan, "Sat 4 May").x);
    let plan = lanes(&one(&[stop("Bergen", None, None), stop("Oslo", Some("2024-05-04"), 2)]));
    assert!(!says(&plan, "Earlier"));
    assert!(at(&plan, "Date not stated").x > at(&plan, "Sat 4 May").x, "never set as first");
    let plan = lanes(&one(&[stop("Bergen", None, 1), stop("Oslo", None, 2)]));
    assert!(says(&plan, "Date not stated") && !says(&plan, "Earlier"));
    let bounded = lanes(&one(&[stop("Bergen", Some("../2024-05-03"), None), stop("Oslo", Some("2024-05-04"), None)]));
    assert!(says(&bounded, "Earlier on the trip") && says(&bounded, "on or before 3 May"));
}

#[test]
fn a_bound_that_only_repeats_publication_is_not_written() {
    let plan = lanes(&one(&[stop("Bergen", Some("../2024-05-15"), 1)]));
    assert!(!says(&plan, "on or before"));
}

#[test]
fn what_lies_between_dated_stops_stands_between_them() {
    let plan = lanes(&one(&[
        stop("Bergen", Some("2024-05-03"), 1),
        stop("Oslo", None, 2),
        stop("Bonn", Some("2024-05-07"), 3),
    ]));
    let between = at(&plan, "Later");
    assert!(at(&plan, "Fri 3 May").x < between.x && between.x < at(&plan, "Tue 7 May").x);
}

#[test]
fn plans_without_a_date_come_afterwards_or_are_just_planned() {
    let plan = lanes(&one(&[stop("Bergen", Some("2024-05-03"), 1), of("planned", stop("Oslo", None, 2))]));
    assert!(at(&plan, "Afterwards").x > at(&plan, "Fri 3 May").x);
    assert!(says(&lanes(&one(&[of("planned", stop("Oslo", None, 1))])), "Planned"));
}

#[test]
fn open_order_is_bracketed_and_joined_only_to_what_comes_next() {
    for joined in [false, true] {
        let mut document =
            one(&[stop("Bergen", None, 1), stop("Oslo", None, 1), of("planned", stop("Bonn", Some("2024-05-20"), 2))]);
        if joined {
            document.sequence = reasons(&[("v0", "v2"), ("v1", "v2")]);
        }
        for plan in [lanes(&document), list(&document, 400.0)] {
            assert_eq!((plan.brackets.len(), plan.joins.len()), (1, 1));
            assert_eq!((plan.joins[0].known, plan.joins[0].ahead), (joined, true));
            assert!(says(&plan, "order not stated"));
        }
    }
}

#[test]
fn stops_without_a_number_have_no_joins_and_no_bracket() {
    let document = one(&[stop("Bergen", Some("2024-05-03"), None), stop("Oslo", Some("2024-05-03"), None)]);
    let plan = lanes(&document);
    assert!(plan.joins.is_empty() && plan.brackets.is_empty());
    assert!(says(&plan, "No order is given for Bergen and Oslo"));
    let document = one(&[stop("Bergen", Some("2024-05-03"), None), stop("Oslo", Some("2024-05-03"), 1)]);
    let plan = lanes(&document);
    let x = |i: usize| plan.stops.iter().find(|s| s.visit == i).map(|s| s.x);
    assert!(x(0) > x(1), "what has no number is not set as first");
}

#[test]
fn numbers_against_dates_are_remarked_on() {
    let document = one(&[stop("Bergen", Some("2024-05-07"), 1), stop("Oslo", Some("2024-05-03"), 2)]);
    assert!(says(&lanes(&document), "Bergen and Oslo is not that of their dates"));
}

#[test]
fn recalled_trips_are_apart_with_their_date_and_traveller() {
    let recalled = |place: &str, date: &str, order: u32| Stop { background: true, ..stop(place, Some(date), order) };
    let document =
        one(&[stop("Oslo", Some("2024-05-04"), 1), recalled("Bonn", "2023-03", 1), recalled("Kyiv", "2023-04", 2)]);
    for plan in [lanes(&document), list(&document, 600.0)] {
        let heading = at(&plan, "Recalled in the article");
        let small: Vec<_> = plan.stops.iter().filter(|s| s.background).collect();
        assert!(small.len() == 2 && small.iter().all(|s| s.y > heading.y));
        assert!(says(&plan, "March 2023") && plan.joins.iter().any(|j| j.background));
    }
}

#[test]
fn meetings_stand_at_their_stops_and_calls_say_so() {
    let mut document = one(&[stop("Oslo", Some("2024-05-04"), 1)]);
    document.meetings = serde_json::from_value(json!([
        meeting("m0", Some("v0"), &["o0", "host"], "in_person"),
        meeting("m1", Some("v0"), &["o0", "o1"], "phone"),
        meeting("m2", None, &["o2", "host"], "video"),
    ]))
    .expect("meetings");
    let plan = lanes(&document);
    assert_eq!(plan.stops[0].meetings.len(), 2);
    assert!(label(&plan, "Ann Host").is_some() && label(&plan, "Queen, Denmark").is_some());
    assert!(says(&plan, "by phone") && says(&plan, "Other meetings and calls") && says(&plan, "by video"));
    let svg = timeline(&document, &Options::default());
    let parsed = roxmltree::Document::parse(&svg).expect("XML");
    for id in ["m0", "m1", "m2"] {
        let group = parsed.descendants().find(|n| n.attribute("data-meeting") == Some(id)).expect(id);
        let title = group.children().find(|n| n.has_tag_name("title")).and_then(|t| t.text()).unwrap_or_default();
        assert!(title.contains("they talked"), "{title}");
    }
}

#[test]
fn very_many_people_at_a_stop_are_counted() {
    let mut document = one(&[stop("Oslo", Some("2024-05-04"), 1)]);
    let people = |i: usize| json!({"id": format!("x{i}"), "name": format!("Guest {i}"), "country": "SE"});
    document.officials.extend((0..20).map(|i| serde_json::from_value(people(i)).expect("an official")));
    let guests: Vec<String> = (0..20).map(|i| format!("x{i}")).collect();
    let all: Vec<&str> = ["o0"].into_iter().chain(guests.iter().map(String::as_str)).collect();
    document.meetings = vec![serde_json::from_value(meeting("m0", Some("v0"), &all, "in_person")).expect("a meeting")];
    let plan = lanes(&document);
    assert!(says(&plan, "Guest 7") && !says(&plan, "Guest 8") && says(&plan, "and twelve others"));
}

#[test]
fn a_large_meeting_of_companions_is_told_in_full_once() {
    let together: Vec<Stop> = (0..5).map(|t| Stop { traveller: t, ..stop("Oslo", Some("2024-05-04"), 1) }).collect();
    let mut document = document(&together, &["A Tveit", "B Vik", "C Moe", "D Lie", "E Dahl"]);
    let all = ["o0", "o1", "o2", "o3", "o4"];
    let mut meeting = meeting("m0", Some("v0"), &all, "in_person");
    meeting["place"] = json!("p0");
    document.visits.iter_mut().for_each(|v| v.place = document.places[0].id.clone());
    document.meetings = vec![serde_json::from_value(meeting).expect("a meeting")];
    let plan = lanes(&document);
    assert_eq!(plan.stops[0].meetings.len(), 4);
    assert!(plan.stops[1..].iter().all(|s| s.meetings.len() == 1));
    assert!(says(&plan, "A Tveit and three others"));
}

#[test]
fn markup_and_control_characters_do_no_harm() {
    let document = document(&[stop("</text><script>", Some("2024-05-04"), 1)], &["<b>\u{0}\u{202e}]]>"]);
    sound_in_all_forms(&document, 600.0).expect("sound");
    assert!(!timeline(&document, &Options::default()).contains("<script"));
}

#[test]
fn publication_stands_after_what_took_place_and_before_what_is_to_come() {
    let document = one(&[stop("Oslo", Some("2024-05-14"), 1), of("planned", stop("Bonn", Some("2024-05-17"), 2))]);
    let plan = lanes(&document);
    let ((x, _), _) = plan.published[0];
    assert!(plan.stops[0].x < x && x < plan.stops[1].x && says(&plan, "article published 15 May 2024"));
    let ahead = lanes(&one(&[of("planned", stop("Bonn", Some("2024-05-17"), 1))]));
    assert!(ahead.published[0].0.0 < ahead.stops[0].x);
    let over = lanes(&one(&[stop("Bonn", None, 1)]));
    assert!(over.published[0].0.0 > over.stops[0].x, "also when nothing is dated");
    let today = one(&[stop("Oslo", Some("2024-05-15"), 1), of("planned", stop("Bonn", Some("2024-05-15"), 2))]);
    let plan = lanes(&today);
    assert!(plan.stops[0].x < plan.published[0].0.0 && plan.published[0].0.0 < plan.stops[1].x, "inside a day");
    let plan = list(&document, 600.0);
    let ((_, y), _) = plan.published[0];
    assert!(plan.stops[0].y < y && y < plan.stops[1].y);
}

#[test]
fn long_lists_wrap_to_rows_and_empty_lanes_are_not_drawn() {
    let stops: Vec<Stop> = (0..24)
        .map(|i| Stop {
            traveller: i / 12,
            ..stop("Llandudno", Some(&format!("2024-05-{:02}", i + 1)), i as u32 % 12 + 1)
        })
        .collect();
    let plan = lanes(&document(&stops, &["Erna Tveit", "Ola Vik"]));
    let rows: std::collections::BTreeSet<i64> = plan.zones.iter().map(|z| z.y as i64).collect();
    assert!(rows.len() > 1);
    let named = |name: &str| plan.travellers.iter().filter(|(l, _)| l.words == name).count();
    assert!(named("Erna Tveit") < rows.len() && named("Ola Vik") < rows.len());
    assert!(plan.joins.iter().any(|j| j.pieces.len() > 1), "a row that continues is joined to the next");
}

#[test]
fn one_stop_takes_no_more_room_than_it_needs() {
    let plan = lanes(&one(&[stop("Oslo", Some("2024-05-04"), 1)]));
    assert!(plan.width == 1200.0 && plan.zones[0].w < 300.0 && plan.height < 400.0, "{:?} {}", plan.zones, plan.height);
}

#[test]
fn companions_have_lanes_of_their_own_hue() {
    let together: Vec<Stop> = (0..3).map(|t| Stop { traveller: t, ..stop("Oslo", Some("2024-05-04"), 1) }).collect();
    let plan = lanes(&document(&together, &["A Tveit", "B Vik", "C Moe"]));
    assert_eq!(plan.travellers.iter().map(|t| t.1).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(plan.stops.iter().map(|s| s.hue).collect::<Vec<_>>(), [0, 1, 2]);
    assert!(plan.stops.windows(2).all(|w| w[0].y < w[1].y && w[0].x == w[1].x));
}

#[test]
fn a_list_reads_downwards_with_the_words_of_the_article() {
    let stops = [stop("Bergen", Some("2024-05-03"), 1), stop("Oslo", Some("2024-05-04"), 2)];
    for width in [320.0, 500.0, 800.0] {
        let plan = list(&one(&stops), width);
        assert!(plan.width == width && plan.stops[0].y < plan.stops[1].y && plan.stops[0].x == plan.stops[1].x);
        assert!(at(&plan, "Bergen").x > plan.stops[0].x && says(&plan, "“went to Bergen"));
        sound(&plan).expect("sound");
    }
}

#[test]
fn a_stay_of_which_only_the_end_is_known_ends_at_its_disc() {
    let plan = list(&one(&[Stop { start: None, ..stop("Oslo", Some("2024-05-04"), 1) }]), 500.0);
    let bar = plan.stops[0].bars[0];
    assert_eq!((bar.soft, bar.x1), ((true, false), plan.stops[0].y));
    assert!(says(&plan, "until 4 May"));
}

#[test]
fn what_is_left_out_is_said() {
    let stops: Vec<Stop> = (0..5000).map(|i| stop("Oslo", Some("2024-05-04"), i + 1)).collect();
    let document = one(&stops);
    for arrangement in [Arrangement::Lanes, Arrangement::List] {
        let plan = timeline_layout(&document, &options(arrangement, 1200.0));
        assert_eq!((plan.stops.len(), plan.left_out), (200, 4800));
        assert!(says(&plan, "4,800 more stops"));
    }
}

#[test]
fn no_stop_one_stop_and_all_on_one_day_are_sound() {
    let day = |n: u32| (0..n).map(|i| stop("Oslo", Some("2024-05-04"), i + 1)).collect::<Vec<_>>();
    for stops in [vec![], day(1), day(12)] {
        for width in [320.0, 1200.0] {
            sound_in_all_forms(&one(&stops), width).expect("sound");
        }
    }
}

#[test]
fn themes_only_change_the_colours() {
    let document = one(&[stop("Oslo", Some("2024-05-04"), 1)]);
    let drawn = |theme: Theme| timeline(&document, &Options { theme, ..Options::default() });
    let body = |svg: &str| svg.split("</style>").nth(1).unwrap_or_default().to_string();
    assert_eq!(body(&drawn(Theme::Light)), body(&drawn(Theme::Dark)));
}
