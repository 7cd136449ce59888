//! The comparison of sources: each kind of finding, and what the chart promises for any table.

use portolan::chart::table::{Comparison, Contradiction, Dispute, Finding, Ground};
use portolan::chart::{Options, Rect, Theme, comparison, comparison_layout};
use portolan::compare::table;
use portolan::itinerary::Itinerary;
use proptest::prelude::*;
use serde_json::{Value, json};

const PEOPLE: [&str; 8] = [
    "Ana Alba",
    "Bo Berg",
    "محمد شياع السوداني",
    "王毅",
    "Cy Calm",
    "Llanfair Pwllgwyngyllgogerychwyrndrobwll",
    "Dag Dahl",
    "Eva Ek & <Sons>",
];
const PLACES: [&str; 7] = [
    "Oslo",
    "Ulan Bator",
    "Llanfairpwllgwyngyll",
    "بغداد",
    "联合国总部大楼",
    "A Place Whose Name Runs to Eighty Characters So That It Must Be Wrapped Somewhere!",
    "São Tomé",
];
/// Where the places are.
const COUNTRIES: [&str; 7] = ["NO", "MN", "GB", "IQ", "CN", "US", "ST"];
const STATUS: [&str; 4] = ["completed", "planned", "possible", "cancelled"];

/// Place, status, date, number and traveller of a stop.
#[derive(Clone, Debug)]
struct Stop {
    place: usize,
    status: &'static str,
    date: Option<String>,
    order: Option<u32>,
    traveller: usize,
}

fn stop(place: usize, status: &'static str, date: &str, order: u32) -> Stop {
    let date = (!date.is_empty()).then(|| format!("2031-03-{date}"));
    Stop { place, status, date, order: (order > 0).then_some(order), traveller: 0 }
}

/// A document of a source that was published on a day of March 2031.
fn source(name: &str, published: &str, stops: &[Stop]) -> Value {
    let visit = |(i, s): (usize, &Stop)| {
        json!({"id": format!("v{i}"), "traveller": format!("o{}", s.traveller), "place": format!("p{}", s.place),
            "country": COUNTRIES[s.place], "status": s.status, "start": s.date, "end": s.date, "trip": format!("t{}", s.traveller), "order": s.order})
    };
    json!({
        "schema": "portolan/itinerary/1",
        "article": {"id": name, "title": format!("The journey, as <{name}> & others tell it"), "source": name,
            "published": format!("2031-03-{published}")},
        "officials": (0..8).map(|t| json!({"id": format!("o{t}"), "name": PEOPLE[t], "title": "Minister"})).collect::<Vec<_>>(),
        "places": PLACES.iter().enumerate().map(|(i, n)| json!({"id": format!("p{i}"), "name": n, "kind": "city", "country": COUNTRIES[i]})).collect::<Vec<_>>(),
        "trips": (0..8).map(|t| json!({"id": format!("t{t}"), "traveller": format!("o{t}"), "kind": "main", "visits": []})).collect::<Vec<_>>(),
        "visits": stops.iter().enumerate().map(visit).collect::<Vec<_>>(),
    })
}

fn compare(sources: &[Value]) -> Comparison {
    let documents: Vec<Itinerary> =
        sources.iter().map(|s| serde_json::from_value(s.clone()).expect("a document")).collect();
    table(&portolan::compare::compare(&documents, None))
}

fn places(table: &Comparison) -> Vec<&str> {
    table.journeys[0].columns.iter().map(|c| c.place.as_str()).collect()
}

fn finding(table: &Comparison, column: usize, source: usize) -> Finding {
    table.journeys[0].columns[column].cell(source).expect("a cell").finding
}

fn disputes(table: &Comparison) -> Vec<&Contradiction> {
    table.journeys[0].disputes.iter().map(|d| &d.kind).collect()
}

#[test]
fn a_source_agrees_with_itself() {
    let one = source("A", "09", &[stop(0, "completed", "03", 1), stop(1, "planned", "", 2)]);
    let table = compare(&[one.clone(), one]);
    assert_eq!(places(&table), ["Oslo", "Ulan Bator"]);
    assert!(disputes(&table).is_empty() && table.journeys[0].brackets.is_empty());
    let all = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(c, s)| finding(&table, c, s));
    assert_eq!(all, [Finding::Agrees; 4]);
}

#[test]
fn rows_are_in_the_order_of_publication_whatever_that_of_the_input() {
    let late = source("Late", "20", &[stop(0, "completed", "03", 1)]);
    let early = source("Early", "02", &[stop(0, "planned", "03", 1)]);
    let table = compare(&[late.clone(), early.clone()]);
    assert_eq!(table, compare(&[early, late]));
    assert_eq!(table.sources[0].publisher.as_deref(), Some("Early"));
}

#[test]
fn planned_and_then_past_is_no_contradiction_and_is_said_once() {
    let table = compare(&[
        source("A", "02", &[stop(0, "planned", "03", 1), stop(1, "planned", "", 2)]),
        source("B", "09", &[stop(0, "completed", "03", 1), stop(1, "completed", "04", 2)]),
    ]);
    assert!(disputes(&table).is_empty());
    assert_eq!((finding(&table, 0, 0), finding(&table, 0, 1)), (Finding::Fulfilled, Finding::Agrees));
    let svg = comparison(&table, &Options::default());
    assert_eq!(svg.matches("no contradiction: Oslo and Ulan Bator").count(), 2, "in the chart and in its description");
    // A plan that is told after the deed is of another visit.
    let table = compare(&[
        source("A", "09", &[stop(0, "planned", "03", 1)]),
        source("B", "02", &[stop(0, "completed", "03", 1)]),
    ]);
    assert!(table.apart, "{table:?}");
}

#[test]
fn what_was_called_off_since_is_no_contradiction() {
    let table = compare(&[
        source("A", "02", &[stop(0, "planned", "03", 1)]),
        source("B", "09", &[stop(0, "cancelled", "", 0)]),
    ]);
    assert!(disputes(&table).is_empty());
    assert_eq!(finding(&table, 0, 0), Finding::Withdrawn);
}

#[test]
fn dates_that_exclude_each_other_are_boxed_and_explained() {
    let table = compare(&[
        source("A", "09", &[stop(0, "completed", "03", 1), stop(1, "completed", "04", 2)]),
        source("B", "09", &[stop(0, "completed", "03", 1), stop(1, "completed", "06", 2)]),
    ]);
    assert_eq!(table.journeys[0].disputes, [Dispute { kind: Contradiction::Dates, cells: vec![(1, 0), (1, 1)] }]);
    assert!(table.journeys[0].is_disputed(1, 0));
    let svg = comparison(&table, &Options::default());
    assert_eq!(svg.matches("class=\"alert-box\"").count(), 3, "two cells and the legend");
    assert!(svg.contains("¹ Ulan Bator: 4 Mar in A, 6 Mar in B. The dates exclude each other."));
    assert!(svg.contains("6 Mar ¹"));
}

#[test]
fn completed_here_and_cancelled_there_is_a_contradiction() {
    let table = compare(&[
        source("A", "09", &[stop(0, "completed", "03", 1)]),
        source("B", "12", &[stop(0, "cancelled", "03", 0)]),
    ]);
    assert_eq!(disputes(&table), [&Contradiction::Status]);
    assert!(comparison(&table, &Options::default()).contains("Oslo: took place in A, cancelled in B."));
}

#[test]
fn an_order_that_is_reversed_is_explained() {
    let table = compare(&[
        source("A", "09", &[stop(0, "completed", "", 1), stop(1, "completed", "", 2), stop(6, "completed", "", 3)]),
        source("B", "10", &[stop(1, "completed", "", 1), stop(0, "completed", "", 2), stop(6, "completed", "", 3)]),
    ]);
    assert_eq!(disputes(&table), [&Contradiction::Order]);
    assert_eq!(places(&table).last(), Some(&"São Tomé"));
    let svg = comparison(&table, &Options::default());
    assert!(svg.contains("A has Oslo, then Ulan Bator; B has Ulan Bator, then Oslo."), "{svg}");
    let plan = comparison_layout(&table, &Options::default());
    assert_eq!(plan.slopes[0].wires.iter().map(|w| w.turned).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn orders_that_close_a_circle_only_together_are_remarked() {
    let pair = |a, b| [stop(a, "completed", "", 1), stop(b, "completed", "", 2)];
    let table =
        compare(&[source("A", "09", &pair(0, 1)), source("B", "10", &pair(1, 6)), source("C", "11", &pair(6, 0))]);
    assert_eq!(disputes(&table), [&Contradiction::Circle]);
}

#[test]
fn what_only_one_source_has_stands_out_and_is_said() {
    let table = compare(&[
        source("A", "09", &[stop(0, "completed", "03", 1)]),
        source("B", "12", &[stop(0, "completed", "03", 1), stop(1, "completed", "05", 2)]),
    ]);
    assert_eq!(finding(&table, 1, 1), Finding::Only);
    let svg = comparison(&table, &Options::default());
    assert!(svg.contains("Only in B: Ulan Bator.") && svg.contains(">only here</text>"));
}

#[test]
fn a_register_that_lacks_a_stop_within_its_time_is_marked() {
    let stops = [stop(0, "completed", "03", 1), stop(1, "completed", "04", 2), stop(6, "completed", "20", 3)];
    let mut register = source("R", "31", &[stop(0, "completed", "03", 1), stop(2, "completed", "06", 2)]);
    register["article"]["kind"] = json!("register");
    let table = compare(&[source("A", "21", &stops), register.clone()]);
    assert_eq!(table.journeys[0].disputes, [Dispute { kind: Contradiction::NotListed, cells: vec![(1, 0), (1, 1)] }]);
    assert!(comparison(&table, &Options::default()).contains("Ulan Bator: in A, not listed in the register."));
    register["article"]["kind"] = Value::Null;
    assert!(disputes(&compare(&[source("A", "21", &stops), register])).is_empty(), "an article claims no such thing");
}

#[test]
fn brackets_say_what_the_order_rests_on() {
    let open = [stop(0, "completed", "", 1), stop(1, "completed", "", 1), stop(6, "completed", "05", 2)];
    let table = compare(&[source("A", "09", &open), source("B", "10", &open)]);
    let brackets = &table.journeys[0].brackets;
    assert_eq!(brackets.iter().map(|b| (b.first, b.last, b.why)).collect::<Vec<_>>(), [(0, 1, Ground::Open)]);
    let known = [stop(1, "completed", "03", 1), stop(0, "completed", "04", 2), stop(6, "completed", "05", 3)];
    let table = compare(&[source("A", "09", &open), source("B", "10", &known)]);
    assert_eq!(places(&table), ["Ulan Bator", "Oslo", "São Tomé"]);
    assert_eq!(table.journeys[0].brackets[0].why, Ground::Only(1));
    assert!(comparison(&table, &Options::default()).contains("order from B only"));
}

#[test]
fn a_second_visit_to_a_place_is_a_second_column() {
    let twice = [stop(0, "completed", "03", 1), stop(1, "completed", "05", 2), stop(0, "completed", "09", 3)];
    let table = compare(&[source("A", "12", &[stop(0, "completed", "09", 1)]), source("B", "12", &twice)]);
    assert_eq!(places(&table), ["Oslo", "Ulan Bator", "Oslo"]);
    assert!(table.journeys[0].columns[0].cell(0).is_none() && table.journeys[0].columns[2].cell(0).is_some());
    assert!(disputes(&table).is_empty());
    assert!(comparison(&table, &Options::default()).contains("visit 2"));
}

#[test]
fn each_traveller_has_bands_and_two_sources_a_slope_chart() {
    let mut stops = vec![stop(0, "completed", "03", 1), stop(1, "completed", "05", 2)];
    stops.extend([stop(0, "completed", "03", 1), stop(6, "planned", "", 2)].map(|s| Stop { traveller: 3, ..s }));
    let table = compare(&[source("A", "12", &stops), source("B", "12", &stops)]);
    assert_eq!(table.journeys.len(), 2);
    let plan = comparison_layout(&table, &Options::default());
    assert_eq!(plan.slopes.len(), 2);
    let three = compare(&[source("A", "12", &stops), source("B", "12", &stops), source("C", "12", &stops)]);
    assert!(comparison_layout(&three, &Options::default()).slopes.is_empty());
}

#[test]
fn the_year_is_written_where_it_is_not_the_rows_own() {
    let mut late = source("B", "12", &[stop(0, "completed", "03", 1)]);
    late["article"]["published"] = json!("2032-01-10");
    let svg = comparison(&compare(&[source("A", "12", &[stop(0, "completed", "03", 1)]), late]), &Options::default());
    assert!(svg.contains(">3 Mar</text>") && svg.contains(">3 Mar 2031</text>"));
}

#[test]
fn nothing_to_compare_is_said() {
    for sources in [vec![], vec![source("A", "12", &[])], vec![source("A", "12", &[]), source("B", "12", &[])]] {
        let table = compare(&sources);
        assert!(comparison(&table, &Options::default()).contains("No visit is reported"));
        sound(&table, 1200.0, Theme::Light).expect("a sound chart");
    }
}

#[test]
fn more_stops_than_one_chart_draws_are_counted() {
    let many: Vec<Stop> = (0..600).map(|i| stop(i % 7, "completed", "", i as u32 + 1)).collect();
    let table = compare(&[source("A", "12", &many), source("B", "13", &many[..10])]);
    assert_eq!(table.journeys[0].columns.len(), 600);
    assert!(comparison(&table, &Options::default()).contains("400 more stops"));
}

#[test]
fn the_sample_of_the_readme_shows_what_sources_can_disagree_in() {
    let read = |name: &str| {
        let path = format!("{}/tests/comparison/{name}.json", env!("CARGO_MANIFEST_DIR"));
        serde_json::from_str::<Value>(&std::fs::read_to_string(path).expect("a file")).expect("JSON")
    };
    let table = compare(&[read("plan"), read("report"), read("register")]);
    for kind in [Contradiction::Dates, Contradiction::NotListed] {
        assert!(disputes(&table).contains(&&kind), "{kind:?}");
    }
    sound(&table, 1200.0, Theme::Light).expect("a sound chart");
}

#[test]
fn a_source_without_the_journey_has_no_row_and_is_named() {
    let own = [stop(0, "completed", "03", 1)];
    let other = [Stop { traveller: 1, ..stop(1, "completed", "03", 1) }];
    let table = compare(&[source("A", "09", &own), source("B", "10", &other), source("C", "11", &own)]);
    let plan = comparison_layout(&table, &Options::default());
    let rows: Vec<usize> = plan.bands.iter().flat_map(|b| &b.spots).map(|s| s.source).collect();
    assert_eq!(rows, [0, 2]);
    let words: Vec<&str> = plan.texts().map(|l| l.words.as_str()).collect();
    assert!(!words.iter().any(|w| w.contains("as <B>")), "{words:?}");
    for said in ["None of these stops is in B.", "Journeys told by one source only: one."] {
        assert!(words.contains(&said), "{said}: {words:?}");
    }
    assert!(words.iter().any(|w| w.contains("in two sources")), "{words:?}");
}

#[test]
fn what_no_source_shares_is_drawn_and_said() {
    let other = [Stop { traveller: 1, ..stop(1, "completed", "03", 1) }];
    let table = compare(&[source("A", "09", &[stop(0, "completed", "03", 1)]), source("B", "10", &other)]);
    assert_eq!((table.apart, table.journeys.len()), (true, 2));
    let svg = comparison(&table, &Options::default());
    assert!(svg.contains("No two sources tell of the same journey.") && !svg.contains("only here"));
    let one = compare(&[source("A", "09", &[stop(0, "completed", "03", 1)])]);
    assert_eq!((one.apart, places(&one)), (false, vec!["Oslo"]));
}

#[test]
fn of_many_journeys_those_are_drawn_that_most_sources_tell_of() {
    // Each traveller goes to Oslo once a year, in a document of that year's; in one year three sources tell of it.
    let mut sources: Vec<Value> = Vec::new();
    for year in 0..24 {
        for copy in 0..if year == 23 { 3 } else { 2 } {
            let mut one = source(&format!("{year}-{copy}"), "09", &[stop(0, "completed", "03", 1)]);
            one["article"]["published"] = json!(format!("{}-03-09", 2000 + year));
            let day = format!("{}-03-03", 2000 + year);
            (one["visits"][0]["start"], one["visits"][0]["end"]) = (json!(day), json!(day));
            sources.push(one);
        }
    }
    let table = compare(&sources);
    assert_eq!(table.journeys.len(), 24);
    let plan = comparison_layout(&table, &Options::default());
    assert!(plan.bands.iter().flat_map(|b| &b.spots).filter(|s| s.source > 45).count() == 3);
    let words: Vec<&str> = plan.texts().map(|l| l.words.as_str()).collect();
    let said = "Four more journeys, with fewer sources and disagreements, are not drawn.";
    assert!(words.contains(&said), "{words:?}");
}

#[test]
fn an_article_without_a_title_is_named_by_its_id() {
    let mut one = source("first-report", "09", &[stop(0, "completed", "03", 1)]);
    one["article"]["title"] =
        json!("OSLO, March 9, 2031 (Fjord News) - The minister, who is on a journey, said so on Monday.");
    one["article"]["source"] = Value::Null;
    let two = source("B", "10", &[stop(0, "completed", "03", 1), stop(1, "completed", "05", 2)]);
    let svg = comparison(&compare(&[one, two]), &Options::default());
    assert!(svg.contains(">first-report</text>") && !svg.contains("Fjord News"), "{svg}");
}

#[test]
fn marks_are_what_the_comparison_says_in_words() {
    // A register confirms all stops of its country and days, and has others before what the articles tell of.
    let mut register = source(
        "R",
        "31",
        &[stop(2, "completed", "01", 1), stop(0, "completed", "09", 2), stop(0, "completed", "10", 3)],
    );
    register["article"]["kind"] = json!("register");
    let table = compare(&[source("A", "21", &[stop(0, "completed", "09", 1)]), register]);
    let own: Vec<Finding> = (0..3).map(|c| finding(&table, c, 1)).collect();
    assert_eq!(own, [Finding::Beyond, Finding::Agrees, Finding::Agrees]);
    let svg = comparison(&table, &Options::default());
    assert!(svg.contains("In the register, beyond what the articles tell of: Llanfairpwllgwyngyll."), "{svg}");
    assert!(!svg.contains("only here"));
}

fn sound(table: &Comparison, width: f64, theme: Theme) -> Result<(), TestCaseError> {
    let options = Options { width, theme, ..Options::default() };
    let svg = comparison(table, &options);
    let parsed = roxmltree::Document::parse(&svg).map_err(|e| TestCaseError::fail(e.to_string()))?;
    let ids: Vec<&str> = parsed.descendants().filter_map(|n| n.attribute("id")).collect();
    prop_assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
    prop_assert_eq!(&svg, &comparison(table, &options));
    let plan = comparison_layout(table, &options);
    let labels: Vec<(&str, Rect)> = plan.texts().map(|l| (l.words.as_str(), l.rect())).collect();
    for (i, (words, a)) in labels.iter().enumerate() {
        prop_assert!(a.inside(plan.width, plan.height), "{words} leaves the frame: {a:?}");
        for (other, b) in &labels[i + 1..] {
            prop_assert!(a.overlap(b) <= 1.0, "{words} over {other}: {a:?} {b:?}");
        }
    }
    Ok(())
}

fn any_stop() -> impl Strategy<Value = Stop> {
    (0usize..7, 0usize..4, 0u32..29, 0u32..9, 0usize..8).prop_map(|(place, status, day, order, traveller)| Stop {
        traveller,
        ..stop(place, STATUS[status], &if day > 0 { format!("{day:02}") } else { String::new() }, order)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn any_sources_give_a_sound_chart(
        sources in proptest::collection::vec((1u32..28, proptest::collection::vec(any_stop(), 0..40)), 2..6),
        travellers in 1usize..9,
        width in 360.0f64..1600.0,
        theme in 0usize..3,
    ) {
        let documents: Vec<Value> = sources
            .into_iter()
            .enumerate()
            .map(|(i, (day, mut stops))| {
                stops.iter_mut().for_each(|s| s.traveller %= travellers);
                source(&format!("Source {i}"), &format!("{day:02}"), &stops)
            })
            .collect();
        sound(&compare(&documents), width, Theme::ALL[theme].0)?;
    }
}
