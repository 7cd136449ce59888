//! Trips compared: four short articles of our own about one journey that agree, add, contradict and report earlier and later; what
//! holds for any comparison; and, where `../shared` is there, a real article with the real register.

mod order;
mod program;
mod properties;

use portolan::compare::{Comparison, Finding, Kind, Stop, compare, merged};
use portolan::itinerary::{Itinerary, Status, check};
use portolan::register::{Interest, Register};
use portolan::{Article, extract};
use std::path::Path;

fn read(name: &str, published: &str) -> Itinerary {
    let path = format!("tests/comparing/{name}.txt");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    extract(&Article { id: name.into(), text, published: published.parse().ok(), ..Article::default() })
}

fn four() -> Vec<Itinerary> {
    vec![
        read("1-announced", "2031-03-03"),
        read("2-under-way", "2031-03-05"),
        read("3-afterwards", "2031-03-10"),
        read("4-another-agency", "2031-03-11"),
    ]
}

fn stop<'a>(compared: &'a Comparison, place: &str) -> &'a Stop {
    let found = compared.journeys.iter().flat_map(|j| &j.stops).find(|s| s.name == place);
    found.unwrap_or_else(|| panic!("no stop {place}"))
}

fn has(compared: &Comparison, place: &str, finding: Finding) {
    let found = &stop(compared, place).findings;
    assert!(found.contains(&finding), "{place}: {finding:?} is not among {found:?}");
}

#[test]
fn each_kind_of_finding_is_made() {
    let compared = compare(&four()[..3], None);
    assert_eq!(compared.journeys.len(), 1, "{:?}", compared.journeys);
    has(&compared, "Nairobi", Finding::Common { sources: vec![0, 1, 2] });
    has(&compared, "Nairobi", Finding::Refined { coarse: 0, fine: 1 });
    has(&compared, "Nairobi", Finding::Fulfilled { planned: 0, completed: 1 });
    has(&compared, "Kampala", Finding::Fulfilled { planned: 1, completed: 2 });
    has(&compared, "Addis Ababa", Finding::Only { source: 2, within: None });
    has(&compared, "Rwanda", Finding::Withdrawn { planned: 0, cancelled: 2 });
    let contradicts = |f: &Finding| serde_json::to_string(f).is_ok_and(|j| j.contains("contradict"));
    assert!(!compared.journeys[0].stops.iter().flat_map(|s| &s.findings).any(contradicts), "{:?}", compared.journeys);
}

#[test]
fn contradictions_are_of_date_order_and_person() {
    let compared = compare(&four(), None);
    has(&compared, "Kampala", Finding::DatesContradict { sources: vec![2, 3] });
    let person = |f: &Finding| matches!(f, Finding::PersonContradicts { office, names, .. } if office == "prime minister" && names.len() == 2);
    assert!(stop(&compared, "Kampala").findings.iter().any(person), "{:?}", stop(&compared, "Kampala").findings);
    let reversed = &compared.journeys[0].reversed;
    assert_eq!(reversed.len(), 1, "{reversed:?}");
    assert_eq!((&reversed[0].one_first, &reversed[0].other_first), (&vec![0, 1, 2], &vec![3]));
    // What is contradicted is told as what both leave possible, and said in the merged document.
    let document = merged(&compared);
    assert!(
        document.warnings.iter().any(|w| w.contains("Kampala") && w.contains("exclude")),
        "{:?}",
        document.warnings
    );
    let kampala = stop(&compared, "Kampala").start.as_ref().map(|d| d.to_string());
    assert_eq!(kampala.as_deref(), Some("2031-03-05/2031-03-06"));
}

#[test]
fn a_stop_that_took_place_and_was_called_off_is_no_fact() {
    let mut documents = four()[1..3].to_vec();
    for visit in documents[1].visits.iter_mut().filter(|v| v.place.0.starts_with("nairobi")) {
        visit.status = Status::Cancelled;
    }
    let compared = compare(&documents, None);
    has(&compared, "Nairobi", Finding::StatusContradicts { sources: vec![0, 1] });
    assert_eq!(stop(&compared, "Nairobi").status, Status::Possible);
}

#[test]
fn the_merged_document_has_each_stop_once_with_its_sources() {
    let compared = compare(&four()[..3], None);
    let document = merged(&compared);
    assert_eq!(check(&document), []);
    let of = |place: &str| document.visits.iter().filter(|v| v.place.0.starts_with(place)).collect::<Vec<_>>();
    assert_eq!(of("nairobi").len(), 1);
    let nairobi = of("nairobi")[0];
    assert_eq!(nairobi.status, Status::Completed);
    assert_eq!(nairobi.extra["support"], 3);
    assert_eq!(nairobi.extra["sources"].as_array().map(Vec::len), Some(3));
    let articles: Vec<&str> = nairobi.evidence.iter().filter_map(|e| e.extra["article"].as_str()).collect();
    assert!(articles.contains(&"1-announced") && articles.contains(&"3-afterwards"), "{articles:?}");
    assert_eq!(of("rwanda")[0].status, Status::Cancelled);
    // The president whom two articles name was met once.
    let otieno = document.meetings.iter().filter(|m| m.participants.iter().any(|p| p.0.contains("otieno"))).count();
    assert_eq!(otieno, 1, "{:?}", document.meetings);
    // Who went first to Nairobi goes there before Kampala.
    assert!(nairobi.order < of("kampala")[0].order);
}

/// What a comparison says, without the sources' own order.
fn said(compared: &Comparison) -> String {
    serde_json::to_string(compared).unwrap_or_default()
}

#[test]
fn the_order_of_the_inputs_changes_nothing() {
    let (four, mut turned) = (four(), four());
    let first = compare(&four, None);
    for _ in 0..4 {
        turned.rotate_left(1);
        assert_eq!(said(&compare(&turned, None)), said(&first));
        assert_eq!(merged(&compare(&turned, None)), merged(&first));
    }
    turned.reverse();
    assert_eq!(said(&compare(&turned, None)), said(&first));
}

#[test]
fn a_document_compared_with_itself_agrees_in_everything() {
    for document in four() {
        let compared = compare(&[document.clone(), document.clone()], None);
        assert_eq!(compared.single.len(), 0, "{:?}", compared.single);
        assert!(compared.warnings[0].contains("two inputs have the article id"), "{:?}", compared.warnings);
        for journey in &compared.journeys {
            assert_eq!(journey.reversed, []);
            for stop in &journey.stops {
                assert_eq!(stop.findings, [Finding::Common { sources: vec![0, 1] }], "{}", stop.name);
            }
        }
    }
}

/// Stops of a merged document: place, status, dates, position.
fn stops(document: &Itinerary) -> Vec<String> {
    let date = |d: &Option<portolan::itinerary::Edtf>| d.as_ref().map_or("-".into(), |d| d.to_string());
    let stop = |v: &portolan::itinerary::Visit| {
        format!("{} {:?} {} {} {:?}", v.place, v.status, date(&v.start), date(&v.end), v.order)
    };
    document.visits.iter().map(stop).collect()
}

#[test]
fn merging_again_changes_nothing() {
    let once = merged(&compare(&four(), None));
    let again = merged(&compare(std::slice::from_ref(&once), None));
    assert_eq!(stops(&again), stops(&once));
    assert_eq!(again.meetings.len(), once.meetings.len());
    let twice = merged(&compare(&[once.clone(), once.clone()], None));
    assert_eq!(stops(&twice), stops(&once));
    assert_eq!(twice.visits[0].extra["sources"], once.visits[0].extra["sources"]);
}

#[test]
fn nothing_in_common_is_no_error() {
    let mut other = read("2-under-way", "2031-03-05");
    other.officials[0].name = "Someone Else".into();
    let compared = compare(&[four()[0].clone(), other], None);
    assert!(compared.journeys.is_empty() && compared.single.len() >= 2);
    assert_eq!(check(&merged(&compared)), []);
}

const REGISTER: &str = "name,start,end,country,locale\n\
    Anna Kristine Berg,2031-03-04,2031-03-05,Kenya,Nairobi\n\
    Anna Kristine Berg,2031-03-05,2031-03-06,Uganda,Kampala\n\
    Anna Kristine Berg,2031-03-07,2031-03-07,Tanzania,Dodoma\n\
    Anna Kristine Berg,2031-03-09,2031-03-10,Sweden,Stockholm\n\
    Anna Kristine Berg,2030-06-09,2030-06-10,Kenya,Nairobi\n";

#[test]
fn a_register_confirms_lacks_and_adds() {
    let documents = &four()[1..3];
    let register = Register::read("travels", REGISTER.as_bytes(), &Interest::of(documents)).expect("a register");
    let compared = compare(documents, Some(&register));
    assert_eq!(compared.sources[2].kind, Kind::Register);
    has(&compared, "Nairobi", Finding::Confirmed { source: 2 });
    has(&compared, "Kampala", Finding::Confirmed { source: 2 });
    has(&compared, "Addis Ababa", Finding::NotInRegister { source: 2 });
    has(&compared, "Dodoma", Finding::LeftOut { source: 2 });
    has(&compared, "Stockholm", Finding::Beyond { source: 2 });
    let year_before = compared.journeys.iter().flat_map(|j| &j.stops).filter(|s| s.name == "Nairobi").count();
    assert_eq!(year_before, 1);
    let document = merged(&compared);
    assert!(document.visits.iter().all(|v| !v.place.0.starts_with("dodoma")), "a register adds no stop of its own");
}

#[test]
fn the_register_dates_what_the_real_article_leaves_open() {
    let (article, table) = ("../shared/articles/blinken-iraq.txt", "../shared/registers/us-travels.csv");
    if !Path::new(article).exists() {
        eprintln!("skipped: {article} is not there");
        return;
    }
    let text = std::fs::read_to_string(article).expect("the article");
    let article =
        Article { id: "blinken-iraq".into(), text, published: "2023-11-05".parse().ok(), ..Article::default() };
    let documents = [extract(&article)];
    let file = std::fs::File::open(table).expect("the register");
    let register = Register::read("us-travels", file, &Interest::of(&documents)).expect("a register");
    let compared = compare(&documents, Some(&register));
    let days: Vec<(&str, String, bool)> = compared.journeys[0]
        .stops
        .iter()
        .map(|s| {
            let date = |d: &Option<portolan::itinerary::Edtf>| d.as_ref().map(|d| d.to_string()).unwrap_or_default();
            let country = s.country.as_ref().map_or("", |c| c.as_str());
            (
                country,
                format!("{} {}", date(&s.start), date(&s.end)),
                s.findings.contains(&Finding::Confirmed { source: 1 }),
            )
        })
        .collect();
    let expected = [
        ("IL", "2023-11-03 2023-11-03", true),
        ("CY", "../2023-11-05 ", false),
        ("JO", "2023-11-03 2023-11-04", true),
        ("PS", "2023-11-05 2023-11-05", true),
        ("IQ", "2023-11-05 2023-11-05", true),
        ("TR", "2023-11-05 2023-11-06", true),
        ("JP", "2023-11-07 2023-11-08", false),
        ("KR", "2023-11-08 2023-11-09", false),
        ("IN", "2023-11-09 2023-11-10", false),
    ];
    let expected: Vec<(&str, String, bool)> = expected.iter().map(|(c, d, k)| (*c, d.to_string(), *k)).collect();
    assert_eq!(days, expected);
    has(&compared, "Cyprus", Finding::NotInRegister { source: 1 });
    has(&compared, "Tokyo", Finding::Beyond { source: 1 });
    let document = merged(&compared);
    let israel =
        document.visits.iter().find(|v| v.country.as_ref().is_some_and(|c| c.as_str() == "IL")).expect("Israel");
    assert_eq!(israel.extra["dated_by"], "us-travels");
    assert!(israel.extra["from_register"].as_array().is_some_and(|f| f.contains(&"start".into())));
}

/// A document of one trip of Anna Berg: place, country, status, first and last day of each stop.
fn trip(id: &str, published: &str, stops: &[(&str, &str, &str, &str, &str)]) -> Itinerary {
    let visit = |(place, country, status, start, end): &(&str, &str, &str, &str, &str)| {
        let date = |d: &str| (!d.is_empty()).then(|| d.to_string());
        serde_json::json!({"traveller": "Anna Berg", "place": format!("{place}, {country}"), "status": status,
            "start": date(start), "end": date(end)})
    };
    let visits: Vec<serde_json::Value> = stops.iter().map(visit).collect();
    let article = serde_json::json!({"id": id, "published": published});
    let text = serde_json::json!({"article": article, "visits": visits}).to_string();
    portolan::editing::document(id, &text).unwrap_or_else(|e| panic!("{e:?}")).0
}

#[test]
fn a_plan_told_after_a_visit_is_of_another_one() {
    let planned = trip("a", "2031-03-05", &[("Nairobi", "KE", "planned", "2031-03-07", "")]);
    let done = trip("b", "2031-03-06", &[("Nairobi", "KE", "completed", "2031-03-04", "2031-03-04")]);
    let compared = compare(&[planned, done], None);
    assert!(compared.journeys.is_empty(), "{:?}", compared.journeys);
    assert!(merged(&compared).visits.iter().any(|v| v.status == Status::Planned));
}

#[test]
fn a_visit_called_off_and_made_later_took_place() {
    let off = trip("a", "2031-03-01", &[("Nairobi", "KE", "cancelled", "2031-03-09", "")]);
    let done = trip("b", "2031-03-10", &[("Nairobi", "KE", "completed", "2031-03-09", "2031-03-09")]);
    let compared = compare(&[off, done], None);
    assert_eq!(stop(&compared, "Nairobi").status, Status::Completed);
    let contradicts = |f: &Finding| matches!(f, Finding::StatusContradicts { .. });
    assert!(!stop(&compared, "Nairobi").findings.iter().any(contradicts));
}

#[test]
fn a_row_of_a_register_confirms_all_stops_of_its_country_and_days() {
    let table = "name,start,end,country,locale\n\
        Anna Berg,2031-03-04,2031-03-06,Kenya,\"Nairobi, Mombasa\"\n\
        Anna Berg,2031-03-07,2031-03-07,Uganda,Kampala\n\
        Anna Berg,2031-03-10,2031-03-10,Rwanda,Kigali\n\
        Anna Berg,+262142-12-30,+262142-12-31,Kenya,Nairobi\n";
    let day = |d: &'static str| (d, d);
    let (a, b, c, d) = (day("2031-03-04"), day("2031-03-05"), day("2031-03-07"), day("2031-03-13"));
    let document = trip(
        "a",
        "2031-03-14",
        &[
            ("Nairobi", "KE", "completed", a.0, a.1),
            ("Mombasa", "KE", "completed", b.0, b.1),
            ("Entebbe", "UG", "completed", c.0, c.1),
            ("Addis Ababa", "ET", "completed", "2031-03-08", "2031-03-08"),
            ("Dodoma", "TZ", "planned", d.0, ""),
        ],
    );
    let documents = [document];
    let register = Register::read("travels", table.as_bytes(), &Interest::of(&documents)).expect("a register");
    assert!(register.warnings[0].contains("lies outside the years"), "{:?}", register.warnings);
    let compared = compare(&documents, Some(&register));
    for place in ["Nairobi", "Mombasa", "Entebbe"] {
        has(&compared, place, Finding::Confirmed { source: 1 });
    }
    has(&compared, "Addis Ababa", Finding::NotInRegister { source: 1 });
    let lacking = |f: &Finding| matches!(f, Finding::NotInRegister { .. });
    assert!(!stop(&compared, "Dodoma").findings.iter().any(lacking), "after the register's last day");
}

#[test]
fn an_office_without_a_name_is_whoever_holds_it() {
    let mut named = trip("a", "2031-03-05", &[("Nairobi", "KE", "completed", "2031-03-04", "2031-03-04")]);
    named.officials[0].title = Some("Foreign Minister".into());
    named.officials[0].country = Some(portolan::itinerary::CountryCode("NO".into()));
    let mut office = trip("b", "2031-03-06", &[("Nairobi", "KE", "completed", "2031-03-04", "2031-03-04")]);
    office.officials[0].name = "the Norwegian foreign minister".into();
    let compared = compare(&[named, office], None);
    assert_eq!(compared.journeys.len(), 1);
    assert_eq!(compared.journeys[0].name, "Anna Berg");
}

#[test]
fn merging_again_supports_nothing_twice() {
    let once = merged(&compare(&four(), None));
    let twice = merged(&compare(&[once.clone(), once.clone()], None));
    assert_eq!(
        twice.visits.iter().map(|v| &v.extra["support"]).collect::<Vec<_>>(),
        once.visits.iter().map(|v| &v.extra["support"]).collect::<Vec<_>>()
    );
    assert_eq!(
        twice.meetings.iter().map(|m| &m.extra["sources"]).collect::<Vec<_>>(),
        once.meetings.iter().map(|m| &m.extra["sources"]).collect::<Vec<_>>()
    );
    assert_eq!(twice.article.extra["merged_from"], once.article.extra["merged_from"]);
}
