//! The JSON of Knight Lab's TimelineJS 3 (<https://timeline.knightlab.com/docs/json-format.html>): a slide for each
//! dated visit and meeting, in a row for each traveller, and one for each dated article. TimelineJS has no event
//! without a date: what has none stands in a list on the title slide. An end date draws a bar, so that only stays have
//! one: some day between two stands at the first of them, and `display_date` says "between". Only documented fields are written; what they
//! cannot say (EDTF dates, status, order, confidence, evidence) stands in the text of the slide. All texts are HTML
//! there, so that the article's own are escaped.

use super::graph::{Graph, Node, NodeKind, Value};
use super::graph_xml::held;
use super::{ExportError, Output};
use crate::itinerary::{Edtf, OfficialId, Precision};
use crate::network::Network;
use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value as Json, json};

/// Attributes that a slide tells in its text, in this order.
const TOLD: &[&str] = &["status", "mode", "start", "end", "date", "duration", "order", "confidence", "article"];

/// Something that becomes a slide, or a line of the title slide.
struct Item<'a> {
    node: &'a Node,
    /// The row that it stands in.
    row: String,
    start: Option<&'a Edtf>,
    end: Option<&'a Edtf>,
}

/// A network as a timeline.
///
/// # Errors
///
/// When nothing in it has a date: TimelineJS shows no timeline without an event.
pub fn write(network: &Network) -> Result<Output, ExportError> {
    let failed = |reason: String| ExportError { format: "TimelineJS", reason };
    let graph = Graph::of(network);
    let items = items(network, &graph);
    let events: Vec<Json> = items.iter().filter_map(slide).collect();
    if events.is_empty() {
        return Err(failed("no visit, meeting or article has a date, and a timeline needs one".into()));
    }
    let whole = json!({"scale": "human", "title": title(&graph, &items), "events": events});
    let mut bytes = serde_json::to_vec_pretty(&whole).map_err(|e| failed(e.to_string()))?;
    bytes.push(b'\n');
    Ok(Output::One(bytes))
}

/// Visits, meetings, and articles with a date; those without one are in the title already.
fn items<'a>(network: &'a Network, graph: &'a Graph) -> Vec<Item<'a>> {
    let of_kind = |kind| graph.nodes.iter().filter(move |n| n.kind == kind);
    let visits = network.visits.iter().zip(of_kind(NodeKind::Visit)).map(|(visit, node)| Item {
        node,
        row: name(network, &visit.traveller),
        start: visit.start.as_ref(),
        end: visit.end.as_ref(),
    });
    let meetings = network.meetings.iter().zip(of_kind(NodeKind::Meeting)).map(|(meeting, node)| {
        let host = meeting.visit.as_ref().and_then(|id| network.visit(id)).map(|visit| &visit.traveller);
        let row = host.or(meeting.participants.first()).map_or_else(String::new, |id| name(network, id));
        Item { node, row, start: meeting.date.as_ref(), end: None }
    });
    let articles = network.articles.iter().zip(of_kind(NodeKind::Article)).map(|(told, node)| Item {
        node,
        row: "Articles".into(),
        start: told.info.published.as_ref(),
        end: None,
    });
    visits.chain(meetings).chain(articles.filter(|a| a.start.is_some())).collect()
}

fn name(network: &Network, id: &OfficialId) -> String {
    network.official(id).map_or_else(|| id.0.clone(), |official| official.name.clone())
}

/// A slide, where there is a date.
fn slide(item: &Item<'_>) -> Option<Json> {
    let first = item.start.or(item.end)?;
    let start = first.ends().0.or(first.ends().1)?;
    let last = item.end.filter(|end| Some(*end) != item.start).and_then(surely_until);
    let last = last.filter(|last| is_later(last, &start));
    let when = item.node.attributes.text("when");
    let mut slide = Map::new();
    slide.insert("unique_id".into(), json!(item.node.id));
    slide.insert("start_date".into(), date(&start, Edtf::earliest)?);
    if let Some(end) = last.and_then(|last| date(&last, Edtf::latest)) {
        slide.insert("end_date".into(), end);
    }
    if !when.is_empty() {
        slide.insert("display_date".into(), json!(html(when)));
    }
    if !item.row.trim().is_empty() {
        slide.insert("group".into(), json!(html(&item.row)));
    }
    slide.insert("text".into(), json!({"headline": headline(item), "text": told(item.node)}));
    slide.insert("autolink".into(), json!(false));
    Some(Json::Object(slide))
}

/// Until when a stay went at least: where its end is some day between two, the first of them.
fn surely_until(end: &Edtf) -> Option<Edtf> {
    let (first, last) = end.ends();
    first.or(last)
}

/// TimelineJS refuses an end before the start.
fn is_later(last: &Edtf, start: &Edtf) -> bool {
    last.latest() > start.latest() && last.latest() > start.earliest()
}

/// A date object, as precise as the date; a season by its month.
fn date(date: &Edtf, day: fn(&Edtf) -> Option<NaiveDate>) -> Option<Json> {
    let day = day(date)?;
    Some(match date.precision() {
        Precision::Day => json!({"year": day.year(), "month": day.month(), "day": day.day()}),
        Precision::Month | Precision::Season => json!({"year": day.year(), "month": day.month()}),
        Precision::Year => json!({"year": day.year()}),
    })
}

/// The lines of the box without the time, which has its own field.
fn headline(item: &Item<'_>) -> String {
    let when = item.node.attributes.text("when");
    let lines = item.node.lines();
    let name = lines.first().map_or("", String::as_str);
    let kind = match item.node.kind {
        NodeKind::Meeting => "Meeting: ",
        NodeKind::Article => "Published: ",
        _ => "",
    };
    let status = lines.iter().skip(1).find(|line| *line != when).map(|status| format!(" ({status})"));
    html(&format!("{kind}{name}{}", status.unwrap_or_default()))
}

/// What no field says, and the words that it came from.
fn told(node: &Node) -> String {
    let known = TOLD.iter().filter_map(|name| Some((*name, node.attributes.get(name)?)));
    let lines: Vec<String> = known.map(|(name, value)| format!("{name}: {}", html(&value.to_text()))).collect();
    let mut text = format!("<p>{}</p>", lines.join("<br>"));
    if node.attributes.get("open_order") == Some(&Value::Boolean(true)) {
        text.push_str("<p>The text leaves open in which order this stop and others came.</p>");
    }
    if let Some(Value::Json(Json::Array(evidence))) = node.attributes.get("evidence") {
        for quote in evidence.iter().filter_map(|e| e.get("quote")?.as_str()) {
            text.push_str(&format!("<blockquote>{}</blockquote>", html(quote)));
        }
    }
    text
}

/// The title slide: the articles, and what has no date.
fn title(graph: &Graph, items: &[Item<'_>]) -> Json {
    let articles: Vec<String> =
        graph.nodes.iter().filter(|n| n.kind == NodeKind::Article).map(|n| html(n.label())).collect();
    let undated: Vec<String> = items.iter().filter(|item| slide(item).is_none()).map(line).collect();
    let mut text = String::new();
    if !undated.is_empty() {
        let list = undated.join("</li><li>");
        text = format!("<p>Without a date, and so not on the timeline:</p><ul><li>{list}</li></ul>");
    }
    json!({"text": {"headline": articles.join("<br>"), "text": text}, "autolink": false})
}

fn line(item: &Item<'_>) -> String {
    let row = if item.row.trim().is_empty() { String::new() } else { format!("{}: ", html(&item.row)) };
    format!("{row}{}{}", headline(item), told(item.node))
}

/// A text as HTML.
fn html(text: &str) -> String {
    let text = held(text);
    let mut html = String::new();
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::graph::sample;

    fn timeline(document: crate::Itinerary) -> Json {
        match write(&Network::of(&[document])) {
            Ok(Output::One(bytes)) => serde_json::from_slice(&bytes).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn dated_stops_are_events_and_undated_ones_stand_in_the_title() {
        let timeline = timeline(sample::document());
        let events = timeline["events"].as_array().unwrap();
        assert_eq!(events.len(), 3);
        assert_eq!(events[0]["start_date"], json!({"year": 2023, "month": 11, "day": 5}));
        assert_eq!(events[0]["group"], "Ada Lovelace");
        assert!(events[0]["text"]["text"].as_str().unwrap().contains("<blockquote>in Baghdad</blockquote>"));
        let title = timeline["title"]["text"]["text"].as_str().unwrap();
        assert!(title.contains("Iraq (planned)"), "{title}");
        assert!(!timeline.to_string().contains("<b>stops"));
    }

    #[test]
    fn open_ends_begin_where_they_are_known() {
        let mut document = sample::document();
        document.visits[0].start = Some("../2023-11-05".parse().unwrap());
        document.visits[0].end = None;
        document.visits[1].start = Some("2023-11/2023-12".parse().unwrap());
        let timeline = timeline(document);
        assert_eq!(timeline["events"][0]["start_date"]["day"], 5);
        assert_eq!(timeline["events"][0]["display_date"], "by 5 Nov 2023");
        assert_eq!(timeline["events"][1]["start_date"], json!({"year": 2023, "month": 11}));
    }

    #[test]
    fn only_a_stay_has_a_bar() {
        let mut document = sample::document();
        let event = |document: &crate::Itinerary| timeline(document.clone())["events"][0].clone();
        document.visits[0].start = Some("2024-02-24/2024-03-06".parse().unwrap());
        document.visits[0].end = None;
        let between = event(&document);
        assert_eq!(between["start_date"], json!({"year": 2024, "month": 2, "day": 24}));
        assert_eq!(
            (between.get("end_date"), &between["display_date"]),
            (None, &json!("between 24 Feb and 6 Mar 2024"))
        );
        document.visits[0].start = Some("2024-03-05".parse().unwrap());
        document.visits[0].end = Some("2024-03-06".parse().unwrap());
        let stay = event(&document);
        assert_eq!(stay["end_date"], json!({"year": 2024, "month": 3, "day": 6}));
        assert_eq!(stay["display_date"], "5–6 Mar 2024");
        document.visits[0].end = Some("2024-03-06/2024-03-09".parse().unwrap());
        assert_eq!(event(&document)["end_date"], json!({"year": 2024, "month": 3, "day": 6}));
    }

    #[test]
    fn a_timeline_without_any_date_is_refused() {
        let mut document = sample::document();
        document.article.published = None;
        document.visits.clear();
        document.meetings.clear();
        assert!(write(&Network::of(&[document])).is_err());
    }
}
