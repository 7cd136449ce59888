//! The order of a merged journey: what sources leave open stays open, what they contradict each other in too, and where more of them say
//! the one it holds. Dates that contradict each other, and days in a country.

use crate::{has, stop, trip};
use portolan::compare::{Comparison, Finding, compare, merged};
use portolan::itinerary::{Because, Itinerary, Precedence, Status, VisitId, check};
use portolan::register::{Interest, Register};

const UNDATED: [(&str, &str, &str, &str, &str); 3] = [
    ("Nairobi", "KE", "completed", "", ""),
    ("Kampala", "UG", "completed", "", ""),
    ("Kigali", "RW", "completed", "", ""),
];

fn register(table: &str, documents: &[Itinerary]) -> Register {
    Register::read("travels", table.as_bytes(), &Interest::of(documents)).expect("a register")
}

/// A document of stops without dates, with these pairs of places in order by its words.
fn ordered(id: &str, pairs: &[(&str, &str)]) -> Itinerary {
    let mut document = trip(id, "2031-03-12", &UNDATED);
    document.visits.iter_mut().for_each(|v| v.order = Some(1));
    let id = |name: &str| -> VisitId {
        let place = &document.places.iter().find(|p| p.name == name).expect("a place").id;
        document.visits.iter().find(|v| v.place == *place).expect("a visit").id.clone()
    };
    let edge = |(a, b): &(&str, &str)| Precedence {
        before: id(a),
        after: id(b),
        because: Because::Phrase,
        evidence: None,
        extra: Default::default(),
    };
    document.sequence = pairs.iter().map(edge).collect();
    document
}

/// An edge: the places before and after, and its sources.
type Edge = (String, String, String);

/// Places of a merged document with their positions, and its edges.
fn merged_order(compared: &Comparison) -> (Vec<(String, u32)>, Vec<Edge>) {
    let document = merged(compared);
    assert_eq!(check(&document), []);
    let place = |v: &VisitId| {
        let visit = document.visits.iter().find(|w| w.id == *v).expect("a visit");
        document.places.iter().find(|p| p.id == visit.place).expect("a place").name.clone()
    };
    let mut positions: Vec<(String, u32)> =
        document.visits.iter().map(|v| (place(&v.id), v.order.expect("a position"))).collect();
    positions.sort();
    let sources = |e: &Precedence| e.extra.get("sources").map(ToString::to_string).unwrap_or_default();
    let edges = document.sequence.iter().map(|e| (place(&e.before), place(&e.after), sources(e))).collect();
    (positions, edges)
}

fn positions(nairobi: u32, kampala: u32, kigali: u32) -> Vec<(String, u32)> {
    [("Kampala", kampala), ("Kigali", kigali), ("Nairobi", nairobi)].map(|(n, p)| (n.to_string(), p)).to_vec()
}

#[test]
fn reasons_of_all_sources_make_one_order_and_name_who_states_them() {
    let all = [
        ordered("a", &[("Nairobi", "Kampala")]),
        ordered("b", &[("Kampala", "Kigali")]),
        ordered("c", &[("Nairobi", "Kampala")]),
    ];
    let (order, edges) = merged_order(&compare(&all, None));
    assert_eq!(order, positions(1, 2, 3));
    let edge = |a: &str, b: &str, sources: &str| (a.to_string(), b.to_string(), sources.to_string());
    assert_eq!(edges, [edge("Nairobi", "Kampala", "[\"a\",\"c\"]"), edge("Kampala", "Kigali", "[\"b\"]")]);
}

#[test]
fn what_nobody_orders_shares_a_position_also_with_dated_stops() {
    let dated = trip("b", "2031-03-12", &[("Kampala", "UG", "completed", "2031-03-09", "2031-03-09")]);
    let (order, edges) = merged_order(&compare(&[ordered("a", &[]), dated], None));
    assert_eq!(order, positions(1, 1, 1));
    assert_eq!(edges, []);
}

#[test]
fn an_order_that_as_many_contradict_stays_open_and_is_listed() {
    let all = [ordered("a", &[("Nairobi", "Kampala"), ("Kampala", "Kigali")]), ordered("b", &[("Kigali", "Nairobi")])];
    let compared = compare(&all, None);
    assert_eq!(compared.journeys[0].reversed.len(), 1, "{:?}", compared.journeys[0].reversed);
    let (order, edges) = merged_order(&compared);
    assert_eq!(order, positions(1, 1, 1));
    assert_eq!(edges, []);
    let warnings = merged(&compared).warnings;
    assert!(warnings.iter().any(|w| w.contains("contradictory order") && w.contains("Kigali")), "{warnings:?}");
}

#[test]
fn an_order_that_more_sources_state_holds() {
    let (one, other) = (("Nairobi", "Kampala"), ("Kampala", "Nairobi"));
    let all = [ordered("a", &[one]), ordered("b", &[other]), ordered("c", &[one])];
    let compared = compare(&all, None);
    let (order, _) = merged_order(&compared);
    assert!(order[0].1 > order[2].1, "{order:?}");
    assert_eq!(compared.journeys[0].reversed.len(), 1);
}

#[test]
fn an_order_by_days_that_are_in_dispute_is_none() {
    let day = |place, country, d| (place, country, "completed", d, d);
    let one = trip("a", "2031-03-12", &[day("Nairobi", "KE", "2031-03-04"), day("Kampala", "UG", "2031-03-05")]);
    let other = trip("b", "2031-03-12", &[day("Kampala", "UG", "2031-03-04"), day("Nairobi", "KE", "2031-03-05")]);
    let compared = compare(&[one, other], None);
    has(&compared, "Nairobi", Finding::DatesContradict { sources: vec![0, 1] });
    let document = merged(&compared);
    assert_eq!(document.sequence, []);
    assert!(document.visits.iter().all(|v| v.order == Some(1)), "{:?}", document.visits);
}

#[test]
fn days_further_apart_in_one_journey_contradict_each_other() {
    let day = |place, country, d| (place, country, "completed", d, d);
    let with = |id, kampala| {
        trip(
            id,
            "2031-03-20",
            &[day("Nairobi", "KE", "2031-03-04"), day("Kampala", "UG", kampala), day("Kigali", "RW", "2031-03-15")],
        )
    };
    let compared = compare(&[with("a", "2031-03-06"), with("b", "2031-03-11")], None);
    assert_eq!(compared.journeys[0].stops.len(), 3);
    has(&compared, "Kampala", Finding::DatesContradict { sources: vec![0, 1] });
    // Whoever was elsewhere between the two days was there twice.
    let between = trip(
        "c",
        "2031-03-20",
        &[day("Nairobi", "KE", "2031-03-04"), day("Kigali", "RW", "2031-03-08"), day("Kampala", "UG", "2031-03-11")],
    );
    let twice = compare(&[with("a", "2031-03-06"), between], None);
    let kampala = twice.journeys.iter().chain(&twice.single).flat_map(|j| &j.stops).filter(|s| s.name == "Kampala");
    assert_eq!(kampala.count(), 2);
}

#[test]
fn days_in_a_country_are_no_days_in_its_capital() {
    let country = trip("a", "2031-03-12", &[("Kenya", "KE", "completed", "2031-03-03", "2031-03-07")]);
    let city = trip("b", "2031-03-12", &[("Nairobi", "KE", "completed", "2031-03-05", "2031-03-05")]);
    let compared = compare(&[country, city], None);
    let nairobi = stop(&compared, "Nairobi");
    let days = [&nairobi.start, &nairobi.end].map(|d| d.as_ref().map(ToString::to_string));
    assert_eq!(days, [Some("2031-03-05".into()), Some("2031-03-05".into())]);
    let contradicts = |f: &Finding| matches!(f, Finding::DatesContradict { .. });
    assert!(!nairobi.findings.iter().any(contradicts), "{:?}", nairobi.findings);
}

#[test]
fn the_day_of_a_plan_keeps_nobody_out_who_tells_of_the_deed() {
    let told = |id, published, status, day| trip(id, published, &[("Nairobi", "KE", status, day, "")]);
    let all = [
        told("a", "2031-03-01", "planned", "2031-03-04"),
        told("b", "2031-03-07", "completed", "2031-03-06"),
        told("c", "2031-03-08", "completed", "2031-03-07"),
    ];
    let compared = compare(&all, None);
    assert_eq!(stop(&compared, "Nairobi").told.len(), 3, "{:?}", compared.journeys);
    assert_eq!(stop(&compared, "Nairobi").status, Status::Completed);
}

#[test]
fn a_surname_alone_is_who_was_there_at_that_time() {
    let full = trip("a", "2031-03-05", &[("Nairobi", "KE", "completed", "2031-03-04", "2031-03-04")]);
    let mut surname = trip("b", "2031-03-06", &[("Nairobi", "KE", "completed", "2031-03-04", "2031-03-04")]);
    surname.officials[0].name = "Berg".into();
    surname.officials[0].country = None;
    assert_eq!(compare(&[full.clone(), surname.clone()], None).journeys.len(), 1);
    let mut elsewhere = surname.clone();
    elsewhere.visits[0].country = None;
    assert_eq!(compare(&[full.clone(), elsewhere], None).journeys.len(), 0);
    // Of two who bear it, it is neither.
    let mut other = full.clone();
    other.article.id = "c".into();
    other.officials[0].name = "Ole Berg".into();
    assert_eq!(compare(&[full, other, surname], None).journeys.len(), 0);
}

#[test]
fn a_merged_document_names_all_articles_and_keeps_what_they_add() {
    let document = |id, source: &str| {
        let mut document = trip(id, "2031-03-05", &[("Nairobi", "KE", "completed", "2031-03-04", "2031-03-04")]);
        document.article.source = Some(source.into());
        document.extra.insert("desk".into(), "foreign".into());
        document.trips[0].extra.insert("purpose".into(), "trade".into());
        document
    };
    let merged = merged(&compare(&[document("a", "Fjord News"), document("b", "Nyhet")], None));
    assert_eq!((&merged.article.title, &merged.article.source), (&None, &None));
    let parts: Vec<(String, Option<String>)> =
        merged.article.merged_from().into_iter().map(|p| (p.id, p.source)).collect();
    assert_eq!(parts, [("a".to_string(), Some("Fjord News".to_string())), ("b".into(), Some("Nyhet".into()))]);
    assert_eq!(merged.extra["desk"], "foreign");
    assert_eq!(merged.trips[0].extra["purpose"], "trade");
    let drawn = portolan::chart::timeline(&merged, &portolan::chart::Options::default());
    assert!(drawn.contains("two articles (Fjord News and Nyhet)"), "{drawn}");
}

#[test]
fn an_order_that_goes_round_in_a_circle_is_open_and_stays_so_when_merged_again() {
    let all = [
        ordered("a", &[("Nairobi", "Kampala")]),
        ordered("b", &[("Kampala", "Kigali")]),
        ordered("c", &[("Kigali", "Nairobi")]),
    ];
    let compared = compare(&all, None);
    assert!(compared.journeys[0].stops.iter().all(|s| s.open && s.order == 1), "{:?}", compared.journeys[0].stops);
    assert_eq!(compared.journeys[0].circle, [0, 1, 2]);
    let once = merged(&compared);
    assert!(once.warnings.iter().any(|w| w.contains("circle")), "{:?}", once.warnings);
    let again = merged(&compare(std::slice::from_ref(&once), None));
    assert_eq!((&again.sequence, &again.warnings), (&once.sequence, &once.warnings));
}

#[test]
fn a_majority_is_still_one_when_a_source_is_compared_again() {
    let day = |id, d| trip(id, "2031-03-12", &[("Nairobi", "KE", "completed", d, d)]);
    let all = [day("a", "2031-03-05"), day("b", "2031-03-06"), day("c", "2031-03-06")];
    let start = |d: &Itinerary| d.visits[0].start.as_ref().map(ToString::to_string);
    let once = merged(&compare(&all, None));
    assert_eq!(start(&once).as_deref(), Some("2031-03-06"));
    let again = merged(&compare(&[once.clone(), all[0].clone()], None));
    assert_eq!((start(&again), &again.visits[0].extra), (start(&once), &once.visits[0].extra));
    // A new source counts beside all of these.
    let more = merged(&compare(&[once, day("d", "2031-03-05")], None));
    assert_eq!(more.visits[0].extra["support"], 4);
    assert_eq!(start(&more).as_deref(), Some("2031-03-05/2031-03-06"));
    // A document that a person has changed since is what it says.
    let mut changed = more.clone();
    changed.visits[0].start = "2031-03-07".parse().ok();
    assert_eq!(start(&merged(&compare(&[changed], None))).as_deref(), Some("2031-03-07"));
}

#[test]
fn what_is_called_off_is_not_confirmed_by_a_register() {
    let off = trip("a", "2031-03-04", &[("Nairobi", "KE", "cancelled", "2031-03-05", "")]);
    let table = "name,start,end,country,locale\nAnna Berg,2031-03-05,2031-03-05,Kenya,Nairobi\n";
    let compared = compare(std::slice::from_ref(&off), Some(&register(table, std::slice::from_ref(&off))));
    has(&compared, "Nairobi", Finding::StatusContradicts { sources: vec![0, 1] });
    assert_eq!(stop(&compared, "Nairobi").status, Status::Possible);
    let confirmed = |f: &Finding| matches!(f, Finding::Confirmed { .. });
    assert!(!stop(&compared, "Nairobi").findings.iter().any(confirmed));
}

#[test]
fn a_register_that_has_the_traveller_elsewhere_lacks_the_journey() {
    let one = trip("a", "2031-03-06", &[("Nairobi", "KE", "completed", "2031-03-05", "2031-03-05")]);
    let table = "name,start,end,country,locale\nAnna Berg,2031-03-05,2031-03-05,Peru,Lima\n\
        Anna Berg,2031-03-09,2031-03-09,Chile,Santiago\n";
    let compared = compare(std::slice::from_ref(&one), Some(&register(table, std::slice::from_ref(&one))));
    has(&compared, "Nairobi", Finding::NotInRegister { source: 1 });
}

#[test]
fn a_plan_that_a_later_report_moves_is_for_the_later_day() {
    let plan = |id, published, day| {
        trip(id, published, &[("Nairobi", "KE", "planned", day, ""), ("Kigali", "RW", "planned", "2031-03-10", "")])
    };
    let compared = compare(&[plan("a", "2031-03-01", "2031-03-05"), plan("b", "2031-03-03", "2031-03-08")], None);
    has(&compared, "Nairobi", Finding::Moved { earlier: 0, later: 1 });
    let start = stop(&compared, "Nairobi").start.as_ref().map(ToString::to_string);
    assert_eq!(start.as_deref(), Some("2031-03-08"));
}

#[test]
fn a_plan_told_before_the_deeds_does_not_come_after_them() {
    let plan =
        trip("a", "2031-03-01", &[("Nairobi", "KE", "planned", "2031-03-04", ""), ("Kigali", "RW", "planned", "", "")]);
    let deed = trip(
        "b",
        "2031-03-20",
        &[
            ("Nairobi", "KE", "completed", "2031-03-04", "2031-03-04"),
            ("Lima", "PE", "completed", "2031-03-07", "2031-03-07"),
        ],
    );
    let document = merged(&compare(&[plan, deed], None));
    let id = |place: &str| document.visits.iter().find(|v| v.place.0.starts_with(place)).expect("a visit").id.clone();
    let (lima, kigali) = (id("lima"), id("kigali"));
    assert!(!document.sequence.iter().any(|e| e.before == lima && e.after == kigali), "{:?}", document.sequence);
}

#[test]
fn arrivals_on_two_days_contradict_each_other() {
    let arrival = |id, d| trip(id, "2031-03-12", &[("Nairobi", "KE", "completed", d, "")]);
    let compared = compare(&[arrival("a", "2031-03-04"), arrival("b", "2031-03-05")], None);
    has(&compared, "Nairobi", Finding::DatesContradict { sources: vec![0, 1] });
}

#[test]
fn an_office_is_the_holder_who_was_there() {
    let named = |id, published: &str, name: &str, place, country, day| {
        let mut document = trip(id, published, &[(place, country, "completed", day, day)]);
        document.officials[0].name = name.into();
        document.officials[0].title = Some("Foreign Minister".into());
        document.officials[0].country = Some(portolan::itinerary::CountryCode("GB".into()));
        document
    };
    let earlier = named("a", "2031-01-10", "James Adler", "Oslo", "NO", "2031-01-09");
    let holder = named("b", "2031-03-10", "Yvette Cole", "Nairobi", "KE", "2031-03-09");
    let office = named("c", "2031-03-10", "British foreign minister", "Nairobi", "KE", "2031-03-09");
    let compared = compare(&[earlier, holder, office], None);
    assert_eq!(compared.journeys.len(), 1);
    assert_eq!(compared.journeys[0].name, "Yvette Cole");
}

#[test]
fn a_surname_with_another_title_is_somebody_else() {
    let with = |id, name: &str, title: &str| {
        let mut document = trip(id, "2031-03-10", &[("Nairobi", "KE", "completed", "2031-03-09", "2031-03-09")]);
        document.officials[0].name = name.into();
        document.officials[0].title = Some(title.into());
        document.officials[0].country = Some(portolan::itinerary::CountryCode("NO".into()));
        document
    };
    let compared = compare(&[with("a", "Ida Berg", "First Lady"), with("b", "Berg", "President")], None);
    assert!(compared.journeys.is_empty(), "{:?}", compared.journeys);
}
