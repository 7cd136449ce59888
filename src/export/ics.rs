//! iCalendar (RFC 5545): dated stops and meetings as events of whole days; what has no day that it surely lies on or
//! after and before stands as a journal entry without a date. What else is known goes into properties `X-PORTOLAN-…`.
//! Reads no clock: the time stamp of an entry is the day of publication.

use super::ExportError;
use super::attributes::{Attributes, Index, own_id, word};
use super::days::Days;
use super::triples::segment;
use crate::itinerary::{ArticleInfo, Edtf, Evidence, Meeting, Mode, PlaceId, Status, Visit};
use crate::network::{Fact, Network};
use chrono::{Datelike, Days as Count, NaiveDate};
use icalendar::{Calendar, Component, Event, EventLike, Property};
use serde_json::Value;

/// The time stamp of what has no date at all.
const NO_DAY: &str = "19700101T000000Z";

/// A network as a calendar.
///
/// # Errors
///
/// When the writing of texts fails, which it does not in memory.
pub fn write(network: &Network) -> Result<Vec<u8>, ExportError> {
    let failed = |_| ExportError { format: "ics", reason: "the calendar could not be written".into() };
    let index = Index::of(network);
    let stops = network.visits.iter().map(|v| stop(&index, v));
    let meetings = network.meetings.iter().map(|m| meeting(&index, m));
    let (dated, undated): (Vec<Entry>, Vec<Entry>) = stops.chain(meetings).partition(|e| e.dated);
    let mut calendar = head(&index);
    calendar.extend(dated.into_iter().map(|e| e.event));
    // The crate's calendar holds no journals: they go before its last line.
    let mut text = calendar.to_string();
    let end = "END:VCALENDAR\r\n";
    text.truncate(text.len() - if text.ends_with(end) { end.len() } else { 0 });
    for entry in undated {
        text.push_str(&journal(&entry.event).map_err(failed)?);
    }
    text.push_str(end);
    Ok(folded(&text).into_bytes())
}

/// An event, or what will be a journal entry.
struct Entry {
    event: Event,
    dated: bool,
}

/// What events and journal entries are made of.
struct Told<'a> {
    uid: String,
    summary: String,
    notes: Vec<String>,
    status: Status,
    days: Days,
    /// The dates as the document has them.
    dates: Vec<&'a Edtf>,
    place: Option<&'a PlaceId>,
    article: Option<&'a ArticleInfo>,
    attributes: Attributes,
}

fn head(index: &Index<'_>) -> Calendar {
    let mut calendar = Calendar::empty();
    let articles = &index.network.articles;
    let titles: Vec<&str> = articles.iter().map(|a| a.info.title.as_deref().unwrap_or(&a.info.id)).collect();
    for (name, value) in [("VERSION", "2.0"), ("PRODID", "-//portolan//itinerary 1//EN"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(name, value));
    }
    calendar.append_property(Property::new("X-WR-CALNAME", clean(&titles.join("; "))));
    for (name, value) in index.rest() {
        // One line each, so that no line is as long as the whole document.
        let items = value.as_array().cloned().unwrap_or_else(|| vec![value]);
        for item in &items {
            calendar.append_property(own(&name, item));
        }
    }
    calendar
}

fn stop<'a>(index: &Index<'a>, visit: &'a Fact<Visit>) -> Entry {
    let mut attributes = index.stop(visit);
    let met = attributes.get("met").and_then(Value::as_str).unwrap_or_default();
    let notes = if met.is_empty() { Vec::new() } else { vec![format!("Met: {met}")] };
    // They are entries of their own.
    attributes.shift_remove("meetings");
    entry(
        index,
        Told {
            uid: uid(index, visit.article, "visit", &visit.id.0),
            summary: format!("{} in {}", index.name(&visit.what.traveller), index.place_name(&visit.what.place)),
            notes: notes.into_iter().chain(quotes(&visit.evidence)).collect(),
            status: visit.status,
            days: Days::of_visit(visit),
            dates: visit.what.start.iter().chain(&visit.what.end).collect(),
            place: Some(&visit.what.place),
            article: index.article(visit.article),
            attributes,
        },
    )
}

fn meeting<'a>(index: &Index<'a>, meeting: &'a Fact<Meeting>) -> Entry {
    let how = match meeting.mode {
        Mode::InPerson => "meeting",
        Mode::Phone => "telephone call",
        Mode::Video => "video call",
    };
    let mut entry = entry(
        index,
        Told {
            uid: uid(index, meeting.article, "meeting", &meeting.id.0),
            summary: format!("{}: {how}", index.company(&meeting.what, None).join(", ")),
            notes: quotes(&meeting.evidence),
            status: meeting.status,
            days: Days::of_meeting(meeting),
            dates: meeting.what.date.iter().collect(),
            place: index.place_of(&meeting.what),
            article: index.article(meeting.article),
            attributes: index.meeting(meeting),
        },
    );
    if let Some(visit) = &meeting.what.visit {
        entry.event.add_property("RELATED-TO", uid(index, meeting.article, "visit", &visit.0));
    }
    entry
}

/// An id that is the same whenever and with whatever an article is written.
fn uid(index: &Index<'_>, article: usize, kind: &str, id: &str) -> String {
    let name = index.article(article).map_or("", |a| &a.id);
    format!("{}.{kind}.{}@portolan", segment(name), segment(own_id(index.network, article, id)))
}

fn quotes(evidence: &[Evidence]) -> Vec<String> {
    evidence.iter().map(|e| format!("“{}”", e.quote)).collect()
}

fn entry(index: &Index<'_>, told: Told<'_>) -> Entry {
    let span = told.days.earliest.zip(told.days.latest);
    let mut event = Event::new();
    event.uid(&told.uid);
    event.add_property("DTSTAMP", stamp(&told));
    event.summary(&clean(&summary(&told)));
    let source = told.article.map(|a| a.title.as_deref().unwrap_or(&a.id));
    let notes: Vec<&str> = told.notes.iter().map(String::as_str).chain(source).collect();
    event.description(&clean(&notes.join("\n")));
    let marks = (!told.days.exact).then_some("DATE UNCERTAIN");
    event.categories(["PORTOLAN"].into_iter().chain(marks));
    if let Some(url) = told.article.and_then(|a| a.url.as_deref()).filter(|u| is_address(u)) {
        event.url(url);
    }
    event.add_property("STATUS", status(told.status, span.is_some()));
    if let Some((first, last)) = span {
        days(&mut event, first, last);
        location(&mut event, index, told.place);
    }
    for (name, value) in told.attributes.iter().filter(|(_, value)| !value.is_null()) {
        event.append_property(own(name, value));
    }
    Entry { event, dated: span.is_some() }
}

fn days(event: &mut Event, first: NaiveDate, last: NaiveDate) {
    event.starts(first);
    // The end of an event is the day after its last; without one it ends on the day that it begins on.
    if let Some(after) = last.checked_add_days(Count::new(1)).filter(|d| d.year() <= 9999) {
        event.ends(after);
    }
    event.add_property("TRANSP", "TRANSPARENT");
}

fn location(event: &mut Event, index: &Index<'_>, place: Option<&PlaceId>) {
    let Some(place) = place.and_then(|id| index.place(id)) else { return };
    event.location(&clean(&place.name));
    if let Some((lon, lat)) = super::legs::position(place) {
        event.add_property("GEO", format!("{lat};{lon}"));
    }
}

/// What a calendar shows first; what is not certain says so there.
fn summary(told: &Told<'_>) -> String {
    let mut marks = Vec::new();
    if told.status != Status::Completed {
        marks.push(word(&told.status));
    }
    if !told.days.exact {
        let dates: Vec<String> = told.dates.iter().map(|d| d.to_string()).collect();
        let distinct = if dates.first() == dates.last() { dates.first().cloned() } else { Some(dates.join(" to ")) };
        marks.push(distinct.map_or("no date".into(), |d| format!("date uncertain: {d}")));
    }
    if marks.is_empty() { told.summary.clone() } else { format!("{} ({})", told.summary, marks.join("; ")) }
}

fn status(status: Status, dated: bool) -> &'static str {
    match (status, dated) {
        (Status::Completed, true) => "CONFIRMED",
        (Status::Planned | Status::Possible, true) => "TENTATIVE",
        (Status::Cancelled, _) => "CANCELLED",
        (Status::Completed, false) => "FINAL",
        (Status::Planned | Status::Possible, false) => "DRAFT",
    }
}

/// Midnight of the day of publication; where it is not known, of the first day of the entry itself.
fn stamp(told: &Told<'_>) -> String {
    let published = told.article.and_then(|a| a.published.as_ref());
    let published = published.and_then(|d| d.earliest().or(d.latest()));
    let day = published.or(told.days.earliest).or(told.days.latest);
    day.map_or(NO_DAY.into(), |d| format!("{:04}{:02}{:02}T000000Z", d.year(), d.month(), d.day()))
}

/// A property of our own; the crate escapes it as TEXT.
fn own(name: &str, value: &Value) -> Property {
    let text = value.as_str().map_or_else(|| value.to_string(), String::from);
    let mut property = Property::new(format!("X-PORTOLAN-{}", name.to_uppercase().replace('_', "-")), clean(&text));
    // TEXT is what it is anyway; said so, readers take the escapes out.
    property.add_parameter("VALUE", "TEXT").done()
}

/// Lines of at most 75 bytes (RFC 5545, section 3.1). The crate forgets to count the space that begins a line that
/// goes on.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 60);
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > 75 {
                out.push_str("\r\n ");
                length = 1;
            }
            out.push(c);
            length += c.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

/// A text without control characters but line breaks and tabs, which is what TEXT can hold.
fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.chars().map(|c| if c.is_ascii_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }).collect()
}

/// Whether a text can stand as an address without breaking its line.
fn is_address(text: &str) -> bool {
    let web = text.starts_with("https://") || text.starts_with("http://");
    web && text.bytes().all(|b| b.is_ascii_graphic())
}

/// A journal entry (RFC 5545, section 3.6.3), which the crate does not have: the properties of an event under another
/// name.
fn journal(event: &Event) -> Result<String, std::fmt::Error> {
    let text = event.try_into_string()?;
    let inside = text.strip_prefix("BEGIN:VEVENT\r\n").and_then(|t| t.strip_suffix("END:VEVENT\r\n"));
    Ok(format!("BEGIN:VJOURNAL\r\n{}END:VJOURNAL\r\n", inside.ok_or(std::fmt::Error)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::arbitrary::document as any_document;
    use crate::itinerary::{Itinerary, SCHEMA};
    use proptest::prelude::*;
    use serde_json::json;

    fn document() -> Value {
        let visit = |id: &str, status: &str, day: Value| {
            json!({ "id": id, "traveller": "o", "place": "p", "trip": "t", "status": status,
                    "start": day, "end": day })
        };
        json!({
            "schema": SCHEMA,
            "article": { "id": "a", "title": "A; title, with\r\nBEGIN:VEVENT", "published": "2023-11-05",
                         "url": "http://x\r\ny" },
            "officials": [{ "id": "o", "name": "Anna\u{0} Berg" }],
            "places": [{ "id": "p", "name": "Oslo", "kind": "city", "lat": 59.9, "lon": 10.7 }],
            "trips": [{ "id": "t", "traveller": "o", "kind": "main", "visits": ["v1", "v2", "v3", "v4", "v5"] }],
            "visits": [visit("v1", "completed", json!("2023-11-04")), visit("v2", "planned", json!("2023-11-06~")),
                       visit("v3", "cancelled", json!("2023-11-07")), visit("v4", "possible", json!(null)),
                       visit("v5", "completed", json!("../2023-11-05"))],
            "meetings": [{ "id": "m", "participants": ["o"], "groups": [{ "label": "ministers" }], "visit": "v1",
                           "date": "2023-11-04", "status": "completed", "mode": "phone" }]
        })
    }

    /// Its lines, unfolded.
    fn lines(document: Value) -> Vec<String> {
        let document: Itinerary = serde_json::from_value(document).unwrap();
        let text = String::from_utf8(write(&Network::of(&[document])).unwrap()).unwrap();
        text.replace("\r\n ", "").split_terminator("\r\n").map(String::from).collect()
    }

    fn count(lines: &[String], line: &str) -> usize {
        lines.iter().filter(|l| *l == line).count()
    }

    #[test]
    fn dated_things_are_events_and_the_others_journal_entries() {
        let lines = lines(document());
        assert_eq!(count(&lines, "BEGIN:VEVENT"), 4);
        assert_eq!(count(&lines, "BEGIN:VJOURNAL"), 2);
        assert_eq!(lines.first().map(String::as_str), Some("BEGIN:VCALENDAR"));
        assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"));
        assert_eq!(count(&lines, "DTSTART;VALUE=DATE:20231104"), 2);
        assert_eq!(count(&lines, "DTEND;VALUE=DATE:20231105"), 2);
        assert!(lines.iter().any(|l| l.contains("no date")) && lines.iter().any(|l| l.contains("../2023-11-05")));
    }

    #[test]
    fn statuses_and_doubt_are_marked() {
        let lines = lines(document());
        let statuses = ["CONFIRMED", "TENTATIVE", "CANCELLED", "DRAFT", "FINAL"];
        assert_eq!(statuses.map(|s| count(&lines, &format!("STATUS:{s}"))), [2, 1, 1, 1, 1]);
        assert_eq!(count(&lines, "SUMMARY:Anna\u{fffd} Berg in Oslo (planned\\; date uncertain: 2023-11-06~)"), 1);
        assert_eq!(count(&lines, "CATEGORIES:PORTOLAN,DATE UNCERTAIN"), 3);
        assert_eq!(count(&lines, "X-PORTOLAN-STATUS;VALUE=TEXT:possible"), 1);
    }

    #[test]
    fn stamps_come_from_publication_or_the_entry_itself() {
        assert_eq!(count(&lines(document()), "DTSTAMP:20231105T000000Z"), 6);
        let mut unpublished = document();
        unpublished["article"]["published"] = Value::Null;
        let lines = lines(unpublished);
        assert_eq!(count(&lines, "DTSTAMP:20231104T000000Z"), 2);
        assert_eq!(count(&lines, &format!("DTSTAMP:{NO_DAY}")), 1);
    }

    #[test]
    fn what_an_article_says_cannot_break_a_line() {
        let lines = lines(document());
        assert_eq!(count(&lines, "X-WR-CALNAME:A\\; title\\, with\\nBEGIN:VEVENT"), 1);
        assert!(lines.iter().all(|l| !l.starts_with("URL") && !l.starts_with('y')));
        assert!(lines.iter().all(|l| !l.contains(|c: char| c.is_ascii_control())));
    }

    #[test]
    fn lines_have_at_most_75_bytes_and_lose_nothing() {
        for text in ["x".repeat(300), "ä 老 🕴".repeat(60)] {
            let folded = folded(&format!("{text}\r\n"));
            assert!(folded.split("\r\n").all(|line| line.len() <= 75));
            assert_eq!(folded.replace("\r\n ", ""), format!("{text}\r\n"));
        }
    }

    #[test]
    fn ids_are_the_same_alone_and_among_others() {
        let one: Itinerary = serde_json::from_value(document()).unwrap();
        let mut two = one.clone();
        two.article.id = "b".into();
        let text = String::from_utf8(write(&Network::of(&[one, two])).unwrap()).unwrap();
        assert!(text.contains("UID:a.visit.v1@portolan") && text.contains("UID:b.meeting.m@portolan"));
    }

    #[test]
    fn the_last_day_of_the_calendar_has_no_day_after() {
        let mut late = document();
        late["visits"][0]["start"] = json!("9999-12-31");
        late["visits"][0]["end"] = json!("9999-12-31");
        let lines = lines(late);
        assert_eq!(count(&lines, "DTSTART;VALUE=DATE:99991231"), 1);
        assert!(!lines.iter().any(|l| l.contains("10000")));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_document_has_an_entry_for_each_thing_and_whole_lines(document in any_document()) {
            let things = document.visits.len() + document.meetings.len();
            let text = String::from_utf8(write(&Network::of(&[document])).unwrap()).unwrap();
            let lines: Vec<&str> = text.split("\r\n").collect();
            prop_assert_eq!(lines.iter().filter(|l| l.starts_with("BEGIN:V")).count(), things + 1);
            prop_assert!(lines.iter().all(|l| l.len() <= 75 && !l.contains(['\r', '\n', '\0'])));
            let mut properties = lines.iter().filter(|l| !l.is_empty() && !l.starts_with(' '));
            prop_assert!(properties.all(|l| l.starts_with(|c: char| c.is_ascii_uppercase()) && l.contains(':')));
        }
    }
}
