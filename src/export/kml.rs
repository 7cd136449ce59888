//! KML 2.2 (OGC 07-147r2) for Google Earth: a folder for each journey with its stops and legs, time spans, a style for
//! each status, and the words that a stop came from as its balloon. All other attributes go into `ExtendedData`.
//! Written with `quick-xml`, since the crate `kml` knows no time spans.

use super::ExportError;
use super::attributes::{Attributes, Index, word};
use super::days::Days;
use super::legs::{Leg, legs, position};
use crate::chart::map::Point;
use crate::itinerary::{Evidence, Meeting, PlaceId, Status, TripId, Visit};
use crate::network::{Fact, Network};
use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde_json::Value;
use std::io::Result;

/// Colours of the statuses as alpha, blue, green, red, and how wide the legs to such stops are: what has not taken
/// place is paler and thinner.
const STYLES: [(Status, &str, &str); 4] = [
    (Status::Completed, "ff9a5b1f", "4"),
    (Status::Planned, "c000a5ff", "2"),
    (Status::Possible, "90a0a0a0", "2"),
    (Status::Cancelled, "ff3030d0", "1"),
];

type Xml = Writer<Vec<u8>>;

/// A network as KML.
///
/// # Errors
///
/// Never on what a network holds; writing passes on what its stream may say.
pub fn write(network: &Network) -> std::result::Result<Vec<u8>, ExportError> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    document(&mut xml, &Index::of(network)).map_err(|e| ExportError { format: "kml", reason: e.to_string() })?;
    let mut text = xml.into_inner();
    text.push(b'\n');
    Ok(text)
}

fn document(xml: &mut Xml, index: &Index<'_>) -> Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let kml = xml.create_element("kml").with_attribute(("xmlns", "http://www.opengis.net/kml/2.2"));
    kml.write_inner_content(|xml| inside(xml, "Document", |xml| content(xml, index)))?;
    Ok(())
}

fn content(xml: &mut Xml, index: &Index<'_>) -> Result<()> {
    let titles: Vec<&str> =
        index.network.articles.iter().map(|a| a.info.title.as_deref().unwrap_or(&a.info.id)).collect();
    text(xml, "name", &titles.join("; "))?;
    text(xml, "open", "1")?;
    STYLES.iter().try_for_each(|(status, colour, width)| style(xml, *status, colour, width))?;
    extended(xml, &index.rest())?;
    let legs = legs(index.network);
    trips(index).into_iter().try_for_each(|trip| folder(xml, index, trip, &legs))?;
    let apart: Vec<_> = index.meetings_apart().collect();
    if apart.is_empty() {
        return Ok(());
    }
    inside(xml, "Folder", |xml| {
        text(xml, "name", "Meetings without a stop")?;
        apart.into_iter().try_for_each(|m| meeting(xml, index, m))
    })
}

/// The journeys in the order of their first stops.
fn trips<'a>(index: &Index<'a>) -> Vec<&'a TripId> {
    let mut seen = std::collections::HashSet::new();
    index.network.visits.iter().map(|v| &v.what.trip).filter(|t| seen.insert(*t)).collect()
}

fn folder(xml: &mut Xml, index: &Index<'_>, trip: &TripId, legs: &[Leg]) -> Result<()> {
    let stops: Vec<&Fact<Visit>> = index.network.visits.iter().filter(|v| v.trip == *trip).collect();
    let who = stops.first().map_or("", |v| index.name(&v.what.traveller));
    let kind = index.network.trip(trip).map(|t| word(&t.kind)).unwrap_or_default();
    inside(xml, "Folder", |xml| {
        text(xml, "name", &format!("{who} ({trip}, {kind})"))?;
        stops.into_iter().try_for_each(|v| stop(xml, index, v))?;
        legs.iter().filter(|l| l.trip == *trip).try_for_each(|l| leg(xml, index, l))
    })
}

fn stop(xml: &mut Xml, index: &Index<'_>, visit: &Fact<Visit>) -> Result<()> {
    let all = index.stop(visit);
    let told = dates(visit.start.as_ref(), visit.end.as_ref());
    placemark(xml, &all, &balloon(&all, &told, &visit.evidence), Days::of_visit(visit), "stop", visit.status, |xml| {
        point(xml, index, Some(&visit.place))
    })
}

fn meeting(xml: &mut Xml, index: &Index<'_>, meeting: &Fact<Meeting>) -> Result<()> {
    let all = index.meeting(meeting);
    let notes = balloon(&all, &dates(meeting.date.as_ref(), None), &meeting.evidence);
    placemark(xml, &all, &notes, Days::of_meeting(meeting), "stop", meeting.status, |xml| {
        point(xml, index, meeting.place.as_ref())
    })
}

fn leg(xml: &mut Xml, index: &Index<'_>, leg: &Leg) -> Result<()> {
    let days = |id| index.visit(id).map(|v| Days::of_visit(v)).unwrap_or_default();
    let (earliest, latest) = (days(&leg.from).earliest, days(&leg.to).latest);
    let in_order = earliest.zip(latest).is_none_or(|(a, b)| a <= b);
    let span = if in_order { Days { earliest, latest, exact: false } } else { Days::default() };
    placemark(xml, &index.leg(leg), "", span, "leg", leg.status, |xml| lines(xml, &leg.parts))
}

fn placemark(
    xml: &mut Xml,
    all: &Attributes,
    notes: &str,
    days: Days,
    kind: &str,
    status: Status,
    geometry: impl FnOnce(&mut Xml) -> Result<()>,
) -> Result<()> {
    inside(xml, "Placemark", |xml| {
        text(xml, "name", all.get("name").and_then(Value::as_str).unwrap_or_default())?;
        if !notes.is_empty() {
            text(xml, "description", notes)?;
        }
        span(xml, days)?;
        text(xml, "styleUrl", &format!("#{kind}-{}", word(&status)))?;
        extended(xml, all)?;
        geometry(xml)
    })
}

fn span(xml: &mut Xml, days: Days) -> Result<()> {
    if days.earliest.is_none() && days.latest.is_none() {
        return Ok(());
    }
    inside(xml, "TimeSpan", |xml| {
        days.earliest.iter().try_for_each(|d| text(xml, "begin", &d.to_string()))?;
        days.latest.iter().try_for_each(|d| text(xml, "end", &d.to_string()))
    })
}

fn style(xml: &mut Xml, status: Status, colour: &str, width: &str) -> Result<()> {
    let named = |kind: &str| format!("{kind}-{}", word(&status));
    let stop = xml.create_element("Style").with_attribute(("id", named("stop").as_str()));
    stop.write_inner_content(|xml| inside(xml, "IconStyle", |xml| text(xml, "color", colour)))?;
    let leg = xml.create_element("Style").with_attribute(("id", named("leg").as_str()));
    leg.write_inner_content(|xml| {
        inside(xml, "LineStyle", |xml| {
            text(xml, "color", colour)?;
            text(xml, "width", width)
        })
    })?;
    Ok(())
}

fn extended(xml: &mut Xml, all: &Attributes) -> Result<()> {
    inside(xml, "ExtendedData", |xml| {
        // The name is an element already, and readers make one list of both.
        let told = all.iter().filter(|(name, value)| !value.is_null() && *name != "name");
        told.into_iter().try_for_each(|(name, value)| {
            let data = xml.create_element("Data").with_attribute(("name", name.as_str()));
            data.write_inner_content(|xml| text(xml, "value", &written(value)))?;
            Ok(())
        })
    })
}

/// A value as text: lists and objects as JSON.
fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), String::from)
}

/// The balloon of a stop, in HTML: status and dates, who was met, and the words of the article.
fn balloon(all: &Attributes, told: &str, evidence: &[Evidence]) -> String {
    let said = |name: &str| all.get(name).and_then(Value::as_str).unwrap_or_default();
    let line = |text: String| if text.is_empty() { text } else { format!("<p>{}</p>", escape(text.as_str())) };
    let head: Vec<&str> = [said("traveller"), said("status"), told].into_iter().filter(|t| !t.is_empty()).collect();
    let met = if said("met").is_empty() { String::new() } else { format!("Met: {}", said("met")) };
    let quotes: String = evidence.iter().map(|e| format!("<blockquote>{}</blockquote>", escape(&e.quote))).collect();
    let source = if said("article_title").is_empty() { said("article") } else { said("article_title") };
    [line(head.join(", ")), line(met), quotes, line(source.into())].concat()
}

fn dates(start: Option<&crate::itinerary::Edtf>, end: Option<&crate::itinerary::Edtf>) -> String {
    match (start, end.filter(|e| Some(*e) != start)) {
        (None, None) => String::new(),
        (Some(start), None) => start.to_string(),
        (None, Some(end)) => format!("until {end}"),
        (Some(start), Some(end)) => format!("{start} to {end}"),
    }
}

fn point(xml: &mut Xml, index: &Index<'_>, place: Option<&PlaceId>) -> Result<()> {
    let at = place.and_then(|id| index.place(id)).and_then(position);
    at.iter().try_for_each(|at| inside(xml, "Point", |xml| coordinates(xml, &[*at])))
}

fn lines(xml: &mut Xml, parts: &[Vec<Point>]) -> Result<()> {
    match parts {
        [] => Ok(()),
        [one] => line(xml, one),
        several => inside(xml, "MultiGeometry", |xml| several.iter().try_for_each(|part| line(xml, part))),
    }
}

fn line(xml: &mut Xml, part: &[Point]) -> Result<()> {
    inside(xml, "LineString", |xml| {
        text(xml, "tessellate", "1")?;
        coordinates(xml, part)
    })
}

fn coordinates(xml: &mut Xml, points: &[Point]) -> Result<()> {
    let pairs: Vec<String> = points.iter().map(|(lon, lat)| format!("{lon},{lat}")).collect();
    text(xml, "coordinates", &pairs.join(" "))
}

fn inside(xml: &mut Xml, name: &str, content: impl FnOnce(&mut Xml) -> Result<()>) -> Result<()> {
    xml.create_element(name).write_inner_content(content)?;
    Ok(())
}

fn text(xml: &mut Xml, name: &str, content: &str) -> Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&legible(content)))?;
    Ok(())
}

/// A text with U+FFFD in the place of each character that XML 1.0 cannot hold (section 2.2), even as a reference.
fn legible(text: &str) -> String {
    let held = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if held(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::arbitrary::document;
    use crate::itinerary::{Itinerary, SCHEMA};
    use proptest::prelude::*;
    use quick_xml::Reader;
    use serde_json::json;

    fn written_of(quote: &str) -> String {
        let document: Itinerary = serde_json::from_value(json!({
            "schema": SCHEMA,
            "article": { "id": "a", "title": quote },
            "officials": [{ "id": "o", "name": "Anna Berg" }],
            "places": [{ "id": "p", "name": "Suva", "kind": "city", "lat": -18.1, "lon": 178.4 },
                       { "id": "q", "name": "Apia", "kind": "city", "lat": -13.8, "lon": -171.7 },
                       { "id": "r", "name": "at sea", "kind": "region" }],
            "trips": [{ "id": "t", "traveller": "o", "kind": "main", "visits": ["v1", "v2", "v3"] }],
            "visits": [
                { "id": "v1", "traveller": "o", "place": "p", "trip": "t", "status": "completed", "order": 1,
                  "start": "../2023-11-05", "evidence": [{ "start": 0, "end": 1, "quote": quote }] },
                { "id": "v2", "traveller": "o", "place": "q", "trip": "t", "status": "planned", "order": 2 },
                { "id": "v3", "traveller": "o", "place": "r", "trip": "t", "status": "cancelled", "order": 3 }],
            "sequence": [{ "before": "v1", "after": "v2", "because": "phrase" }]
        }))
        .unwrap();
        String::from_utf8(write(&Network::of(&[document])).unwrap()).unwrap()
    }

    #[test]
    fn markup_and_control_characters_of_an_article_stay_text() {
        let text = written_of("<script>]]>&amp;\u{0}\u{b}\u{ffff}</Placemark>");
        assert!(!text.contains("<script") && !text.contains("\u{0}") && !text.contains("\u{ffff}"));
        assert!(text.contains("&amp;lt;script&amp;gt;"), "HTML in the balloon, inside of XML");
        let mut reader = Reader::from_str(&text);
        while reader.read_event().unwrap() != Event::Eof {}
    }

    #[test]
    fn stops_have_styles_of_their_status_and_open_spans() {
        let text = written_of("x");
        for style in ["#stop-completed", "#stop-planned", "#stop-cancelled", "#leg-planned"] {
            assert!(text.contains(&format!("<styleUrl>{style}</styleUrl>")), "{style}");
        }
        assert!(text.contains("<end>2023-11-05</end>") && !text.contains("<begin>"));
        assert_eq!(text.matches("<Point>").count(), 2);
        assert_eq!(text.matches("<LineString>").count(), 2, "cut at the antimeridian");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_document_is_well_formed_and_has_all_its_stops(document in document()) {
            let text = String::from_utf8(write(&Network::of(std::slice::from_ref(&document))).unwrap()).unwrap();
            let (mut reader, mut stops) = (Reader::from_str(&text), 0);
            loop {
                match reader.read_event().unwrap() {
                    Event::Eof => break,
                    Event::Text(text) if text.as_ref() == "stop" => stops += 1,
                    _ => {}
                }
            }
            prop_assert_eq!(stops, document.visits.len());
        }
    }
}
