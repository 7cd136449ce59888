//! Mermaid (<https://mermaid.js.org/syntax/flowchart.html>), for notes and READMEs: a flowchart with a box for each
//! trip, visits from left to right, meetings beside them. What has not taken place is dashed; visits in open order are
//! not joined. Mermaid has no attributes, so that those of the graph stand in comments at the end, `%% node {json}` and
//! `%% edge {json}`.

use super::graph::{Attributes, EdgeKind, Graph, Journey, Node, NodeKind, journeys};
use super::graph_xml::held;
use super::{ExportError, Output};
use crate::network::Network;
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, HashSet};

/// A network as a flowchart.
///
/// # Errors
///
/// None; the type is that of all exports.
pub fn write(network: &Network) -> Result<Output, ExportError> {
    let graph = Graph::of(network);
    let mut lines = vec!["flowchart LR".to_string()];
    let journeys = journeys(&graph);
    let people = drawn_people(&graph, &journeys);
    lines.extend(nodes(&graph).filter(|(i, _)| people.contains(i)).map(|(i, n)| format!("  {}", shape(i, n))));
    journeys.iter().for_each(|journey| lines.extend(trip(&graph, journey)));
    let boxed: HashSet<usize> = journeys.iter().flat_map(|j| j.steps.iter().flatten().copied()).collect();
    let loose =
        |(i, n): &(usize, &Node)| n.kind == NodeKind::Meeting || n.kind == NodeKind::Visit && !boxed.contains(i);
    lines.extend(nodes(&graph).filter(loose).map(|(i, n)| format!("  {}", shape(i, n))));
    lines.extend(links(&graph, &journeys));
    lines.push("  classDef planned stroke-dasharray: 5 4".into());
    let tentative: Vec<String> = nodes(&graph).filter(|(_, n)| n.tentative()).map(|(i, _)| format!("n{i}")).collect();
    if !tentative.is_empty() {
        lines.push(format!("  class {} planned", tentative.join(",")));
    }
    lines.extend(remarks(&graph));
    lines.push(String::new());
    Ok(Output::One(lines.join("\n").into_bytes()))
}

fn nodes(graph: &Graph) -> impl Iterator<Item = (usize, &Node)> {
    graph.nodes.iter().enumerate()
}

/// Travellers, and those whom they meet.
fn drawn_people(graph: &Graph, journeys: &[Journey]) -> HashSet<usize> {
    let begun: HashSet<usize> = journeys.iter().flat_map(|j| j.first().iter().copied()).collect();
    let drawn = graph.edges.iter().filter(|e| match e.kind {
        EdgeKind::Travels => begun.contains(&e.target),
        EdgeKind::TakesPart => !graph.at_own_meeting(e.source, e.target),
        _ => false,
    });
    drawn.map(|e| e.source).collect()
}

fn shape(index: usize, node: &Node) -> String {
    let text = node.lines().iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br/>");
    match node.kind {
        NodeKind::Official => format!("n{index}([\"{text}\"])"),
        NodeKind::Meeting => format!("n{index}{{{{\"{text}\"}}}}"),
        _ => format!("n{index}[\"{text}\"]"),
    }
}

fn trip(graph: &Graph, journey: &Journey) -> Vec<String> {
    let Some(trip) = graph.nodes.get(journey.trip) else { return Vec::new() };
    let mut lines = vec![format!("  subgraph n{}[\"{}\"]", journey.trip, escaped(trip.label()))];
    let visits = journey.steps.iter().flatten().filter_map(|i| graph.nodes.get(*i).map(|n| (*i, n)));
    lines.extend(visits.map(|(i, n)| format!("    {}", shape(i, n))));
    lines.push("  end".into());
    lines
}

fn links(graph: &Graph, journeys: &[Journey]) -> Vec<String> {
    let begun: HashSet<usize> = journeys.iter().flat_map(|j| j.first().iter().copied()).collect();
    let mut lines = Vec::new();
    for edge in &graph.edges {
        let (a, b) = (edge.source, edge.target);
        match edge.kind {
            EdgeKind::Travels if begun.contains(&b) => lines.push(format!("  n{a} --- n{b}")),
            EdgeKind::TakesPart if !graph.at_own_meeting(a, b) => lines.push(format!("  n{a} --- n{b}")),
            EdgeKind::During => lines.push(format!("  n{a} -.- n{b}")),
            _ => {}
        }
    }
    for ((a, b), reasons) in reasons(graph) {
        let arrow = if graph.tentative(b) { "-.->" } else { "-->" };
        lines.push(format!("  n{a} {arrow}|\"{}\"| n{b}", escaped(&reasons.join(", "))));
    }
    // Invisible, so that what comes later stands at the right though no reason is told.
    lines.extend(journeys.iter().flat_map(|j| j.unjoined(graph)).map(|(a, b)| format!("  n{a} ~~~ n{b}")));
    lines
}

/// The reasons for each pair of visits, each once.
fn reasons(graph: &Graph) -> BTreeMap<(usize, usize), Vec<&str>> {
    let mut reasons: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    for edge in graph.edges.iter().filter(|e| e.kind == EdgeKind::Before) {
        let told = reasons.entry((edge.source, edge.target)).or_default();
        let because = edge.attributes.text("because");
        if !told.contains(&because) {
            told.push(because);
        }
    }
    reasons
}

/// All attributes of all nodes and edges, as comments.
fn remarks(graph: &Graph) -> Vec<String> {
    let nodes = graph.nodes.iter().map(|n| remark("node", &[("id", &n.id)], &n.attributes));
    let edges = graph.edges.iter().filter_map(|e| {
        let (source, target) = (graph.source(e)?, graph.target(e)?);
        Some(remark("edge", &[("source", &source.id), ("target", &target.id)], &e.attributes))
    });
    nodes.chain(edges).collect()
}

/// `%%{…}%%` is a directive wherever it stands, so that JSON's own sign stands for `%`.
fn remark(what: &str, first: &[(&str, &str)], attributes: &Attributes) -> String {
    let first = first.iter().map(|(name, value)| (name.to_string(), Json::from(*value)));
    let rest = attributes.iter().map(|(name, value)| (name.to_string(), value.to_json()));
    let json = Json::Object(first.chain(rest).collect::<Map<_, _>>());
    format!("  %% {what} {}", json.to_string().replace('%', "\\u0025").replace('<', "\\u003c"))
}

/// A text between quotation marks, where `#35;` stands for a character: all signs of ASCII but commas, and hyphens and
/// full stops inside words, so that nothing is read as markup or as a list of Markdown.
fn escaped(text: &str) -> String {
    let text = held(text);
    let characters: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    let letter = |i: Option<usize>| i.and_then(|i| characters.get(i)).is_some_and(|c| c.is_alphabetic());
    let mut escaped = String::new();
    for (i, c) in characters.iter().enumerate() {
        let inside = "-.".contains(*c) && letter(i.checked_sub(1)) && letter(Some(i + 1));
        if c.is_ascii_alphanumeric() || !c.is_ascii() || " ,".contains(*c) || inside {
            escaped.push(*c);
        } else {
            escaped.push_str(&format!("#{};", u32::from(*c)));
        }
    }
    // A box needs something in it.
    if escaped.is_empty() { "#32;".into() } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::graph::sample;

    fn chart(document: crate::Itinerary) -> String {
        match write(&Network::of(&[document])) {
            Ok(Output::One(bytes)) => String::from_utf8(bytes).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_flowchart_says_who_where_and_why_in_this_order() {
        let chart = chart(sample::document());
        assert!(chart.contains(r#"n6["Baghdad<br/>5 Nov 2023"]"#), "{chart}");
        assert!(chart.contains(r#"n6 -.->|"date, phrase"| n7"#), "{chart}");
        assert!(chart.contains("class n7 planned"), "{chart}");
    }

    #[test]
    fn signs_are_no_markup() {
        assert_eq!(escaped("al-Sudani \"x\" #1"), "al-Sudani #34;x#34; #35;1");
        assert_eq!(escaped("1. <b>%%{init}"), "1#46; #60;b#62;#37;#37;#123;init#125;");
        let chart = chart(sample::odd_document());
        assert!(chart.lines().all(|l| l.matches("%%").count() <= 1), "{chart}");
    }
}
