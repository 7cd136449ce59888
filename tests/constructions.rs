//! Several hundred sentences, one construction each, with what a careful reader takes from them: `tests/constructions.tsv`. A
//! row that is misread names itself and its phenomenon.

use portolan::itinerary::{Itinerary, Mode, OfficialId, Status};
use portolan::{Article, extract};
use std::collections::{BTreeMap, BTreeSet};

/// A sentence or two of Wednesday, 10 April 2024, and what they tell.
struct Row {
    phenomenon: &'static str,
    text: String,
    /// "Berg UG completed", or with a beginning: "Berg UG completed 2024-04-08".
    visits: Vec<&'static str>,
    /// Two who met: "Berg Okot"; "Berg Krag phone" if not in person. Groups are left out.
    meetings: Vec<&'static str>,
    /// "UG<RW": one before the other; "UG=RW": the text leaves it open.
    order: Vec<&'static str>,
}

fn cells(cell: Option<&'static str>) -> Vec<&'static str> {
    cell.unwrap_or_default().split(';').map(str::trim).filter(|c| !c.is_empty() && *c != "-").collect()
}

fn rows() -> Vec<Row> {
    let mut phenomenon = "";
    let mut rows = Vec::new();
    for line in include_str!("constructions.tsv").lines().filter(|l| !l.is_empty()) {
        if let Some(heading) = line.strip_prefix("# ") {
            phenomenon = heading;
            continue;
        }
        let mut columns = line.split('\t');
        let text = columns.next().unwrap_or_default().replace("\\n", "\n");
        rows.push(Row {
            phenomenon,
            text,
            visits: cells(columns.next()),
            meetings: cells(columns.next()),
            order: cells(columns.next()),
        });
    }
    rows
}

fn surname<'d>(document: &'d Itinerary, id: &OfficialId) -> &'d str {
    let official = document.officials.iter().find(|o| o.id == *id).expect("an official");
    official.name.split(' ').next_back().unwrap_or_default()
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Completed => "completed",
        Status::Planned => "planned",
        Status::Possible => "possible",
        Status::Cancelled => "cancelled",
    }
}

/// What is read otherwise than the row has it.
fn mistakes(row: &Row) -> Vec<String> {
    let article = Article { text: row.text.clone(), published: "2024-04-10".parse().ok(), ..Article::default() };
    let document = extract(&article);
    let mut wrong = Vec::new();
    let mut read: BTreeMap<String, String> = BTreeMap::new();
    let mut places: BTreeMap<String, Option<u32>> = BTreeMap::new();
    for v in &document.visits {
        let country = v.country.as_ref().map(|c| c.as_str()).unwrap_or_default();
        let line = format!("{} {country} {}", surname(&document, &v.traveller), status(v.status));
        read.insert(line, v.start.as_ref().map(ToString::to_string).unwrap_or_default());
        places.insert(country.to_string(), v.order);
    }
    let mut expected = BTreeSet::new();
    for visit in &row.visits {
        let words: Vec<&str> = visit.split(' ').collect();
        let key = words[..3].join(" ");
        match read.get(&key) {
            None => wrong.push(format!("missed {visit}")),
            Some(start) if words.len() > 3 && !start.starts_with(words[3]) => {
                wrong.push(format!("{visit} begins {start:?}"));
            }
            Some(_) => {}
        }
        expected.insert(key);
    }
    if wrong.is_empty() && document.visits.len() != row.visits.len() {
        wrong.push(format!("{} visits, not {}", document.visits.len(), row.visits.len()));
    }
    wrong.extend(read.keys().filter(|k| !expected.contains(*k)).map(|k| format!("not said: {k}")));
    wrong.extend(meeting_mistakes(row, &document));
    wrong.extend(row.order.iter().filter(|o| !holds(o, &places)).map(|o| format!("not {o}: {places:?}")));
    wrong
}

/// Whether "UG<RW" or "UG=RW" holds of the positions.
fn holds(relation: &str, order: &BTreeMap<String, Option<u32>>) -> bool {
    let at = |country: &str| order.get(country).copied().flatten();
    match relation.split_once('<').or(relation.split_once('=')) {
        Some((a, b)) if relation.contains('<') => at(a) < at(b) && at(a).is_some(),
        Some((a, b)) => at(a) == at(b) && at(a).is_some(),
        None => false,
    }
}

fn mode(meeting: &portolan::itinerary::Meeting) -> &'static str {
    match meeting.mode {
        Mode::Phone => " phone",
        Mode::Video => " video",
        _ => "",
    }
}

fn meeting_mistakes(row: &Row, document: &Itinerary) -> Vec<String> {
    let pair = |a: &str, b: &str, mode: &str| if a < b { format!("{a} {b}{mode}") } else { format!("{b} {a}{mode}") };
    let told = |meeting: &&str| {
        let words: Vec<&str> = meeting.split(' ').collect();
        pair(words[0], words[1], &words.get(2).map(|m| format!(" {m}")).unwrap_or_default())
    };
    let expected: BTreeSet<String> = row.meetings.iter().map(told).collect();
    let mut read = BTreeSet::new();
    for meeting in &document.meetings {
        let people: Vec<&str> = meeting.participants.iter().map(|p| surname(document, p)).collect();
        read.extend(people.iter().skip(1).map(|other| pair(people[0], other, mode(meeting))));
    }
    let missed = expected.difference(&read).map(|m| format!("missed the meeting {m}"));
    let invented = read.difference(&expected).map(|m| format!("no such meeting: {m}"));
    missed.chain(invented).collect()
}

#[test]
fn each_construction_is_read() {
    let rows = rows();
    assert!(rows.len() > 300, "{} rows", rows.len());
    let mut report = String::new();
    for row in &rows {
        let wrong = mistakes(row);
        if !wrong.is_empty() {
            report.push_str(&format!("[{}] {}\n    {}\n", row.phenomenon, row.text, wrong.join("; ")));
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn every_phenomenon_has_texts_that_must_give_nothing() {
    let mut silent: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows() {
        *silent.entry(row.phenomenon).or_default() += usize::from(row.visits.is_empty());
    }
    let none: Vec<_> = silent.iter().filter(|(_, n)| **n == 0).map(|(p, _)| *p).collect();
    assert!(none.is_empty(), "no text that gives no visit under {none:?}");
}
