//! DOT, the language of Graphviz: officials at the left, their visits from left to right in order, each trip in a box of its own. What has
//! not taken place is dashed; visits in open order stand under each other and are not joined. All attributes stand on nodes and edges too
//! (Graphviz passes over names that it does not know); a trip is a cluster, an article an entry of the graph's attribute `articles`.
//! In all values a backslash is doubled, since the language has no other way to say one before a quotation mark.

use super::colours::hex;
use super::graph::{Attributes, Edge, EdgeKind, Graph, Journey, Node, NodeKind, journeys};
use super::graph_xml::held;
use super::{ExportError, Output};
use crate::network::Network;
use serde_json::{Map, Value as Json};
use std::collections::HashSet;

/// Characters of a line in a box before it is broken.
const WIDTH: usize = 28;

/// The look of the whole; later lines of the file override it.
const LOOK: &str = r##"  graph [rankdir=LR, nodesep=0.25, ranksep=0.55, fontname="Helvetica,Arial,sans-serif", fontsize=14, labelloc=t]
  node [fontname="Helvetica,Arial,sans-serif", fontsize=12, shape=box, style="rounded,filled", fillcolor=white, margin="0.14,0.08"]
  edge [fontname="Helvetica,Arial,sans-serif", fontsize=10, color="#6c7178", fontcolor="#555d68", arrowsize=0.7]
"##;

/// A network in DOT.
///
/// # Errors
///
/// None; the type is that of all exports.
pub fn write(network: &Network) -> Result<Output, ExportError> {
    let graph = Graph::of(network);
    let journeys = journeys(&graph);
    let mut dot = format!("digraph itineraries {{\n{LOOK}");
    dot.push_str(&head(&graph));
    let mut boxed: HashSet<usize> = HashSet::new();
    for journey in &journeys {
        boxed.extend(journey.steps.iter().flatten());
        dot.push_str(&cluster(&graph, journey));
    }
    for (index, node) in graph.nodes.iter().enumerate() {
        let own = !matches!(node.kind, NodeKind::Article) && !boxed.contains(&index);
        if own && !(node.kind == NodeKind::Trip && journeys.iter().any(|j| j.trip == index)) {
            dot.push_str(&format!("  {}\n", drawn(node)));
        }
    }
    let first: HashSet<usize> = journeys.iter().flat_map(|j| j.first().iter().copied()).collect();
    for edge in graph.edges.iter().filter(|e| e.kind != EdgeKind::PartOf) {
        dot.push_str(&joined(&graph, edge, &first));
    }
    dot.push_str("}\n");
    Ok(Output::One(dot.into_bytes()))
}

/// The title, and the articles with all that they say of themselves.
fn head(graph: &Graph) -> String {
    let articles: Vec<&Node> = graph.nodes.iter().filter(|n| n.kind == NodeKind::Article).collect();
    let title = articles.iter().map(|n| n.label()).collect::<Vec<_>>().join("\n");
    let told = articles.iter().map(|n| object(&n.attributes)).collect::<Vec<_>>();
    format!("  graph [label={}, articles={}]\n", label(&[title]), quoted(&Json::Array(told).to_string()))
}

fn object(attributes: &Attributes) -> Json {
    Json::Object(attributes.iter().map(|(name, value)| (name.to_string(), value.to_json())).collect::<Map<_, _>>())
}

fn cluster(graph: &Graph, journey: &Journey) -> String {
    let Some(trip) = graph.nodes.get(journey.trip) else { return String::new() };
    let mut lines = vec![format!("subgraph {} {{", quoted(&format!("cluster_{}", trip.id)))];
    let look = format!(r##"style="rounded", color="{}", fontcolor="{}""##, "#c9c5bc", hex(NodeKind::Trip));
    lines.push(format!("  graph [label={}, {look}, {}]", label(&[trip.label().to_string()]), said(&trip.attributes)));
    let visits = journey.steps.iter().flatten().filter_map(|index| graph.nodes.get(*index));
    lines.extend(visits.map(|visit| format!("  {}", drawn(visit))));
    for (a, b) in journey.unjoined(graph) {
        if let (Some(a), Some(b)) = (graph.nodes.get(a), graph.nodes.get(b)) {
            lines.push(format!("  {} -> {} [style=invis]", quoted(&a.id), quoted(&b.id)));
        }
    }
    lines.push("}".into());
    lines.iter().map(|line| format!("  {line}\n")).collect()
}

fn drawn(node: &Node) -> String {
    let look = match node.kind {
        NodeKind::Official => r##"shape=box, style="filled", fillcolor="#e8eef6""##,
        NodeKind::Place => r##"shape=plaintext, style="", fontsize=11"##,
        NodeKind::Meeting if node.tentative() => r##"shape=hexagon, style="dashed", margin="0.05,0.04""##,
        NodeKind::Meeting => r##"shape=hexagon, style="filled", fillcolor="#f4ecf1", margin="0.05,0.04""##,
        NodeKind::Visit if node.attributes.text("status") == "cancelled" => r##"style="rounded,dotted""##,
        NodeKind::Visit if node.tentative() => r##"style="rounded,dashed""##,
        _ => r##"style="rounded,filled""##,
    };
    let colour = hex(node.kind);
    let box_ = format!("label={}, {look}, color={colour:?}, fontcolor={colour:?}", label(&node.lines()));
    let tip = match node.attributes.text("quote") {
        "" => node.label(),
        quote => quote,
    };
    format!("{} [{box_}, tooltip={}, {}]", quoted(&node.id), label(&[tip.to_string()]), said(&node.attributes))
}

/// An edge with its look. Only what gives the order takes part in the ranks; a traveller is led to the first visits of a trip.
fn joined(graph: &Graph, edge: &Edge, first: &HashSet<usize>) -> String {
    let (Some(source), Some(target)) = (graph.source(edge), graph.target(edge)) else { return String::new() };
    let look = match edge.kind {
        EdgeKind::Before => {
            let style = if graph.tentative(edge.target) { "dashed" } else { "solid" };
            format!(r##"label={}, color="#1d2430", style={style}, weight=4"##, quoted(edge.attributes.text("because")))
        }
        EdgeKind::Travels if first.contains(&edge.target) => r##"arrowhead=none, color="#0b5fa5""##.into(),
        EdgeKind::Travels => "style=invis, constraint=false".into(),
        EdgeKind::TakesPart if graph.at_own_meeting(edge.source, edge.target) => "style=invis, constraint=false".into(),
        EdgeKind::TakesPart => r##"arrowhead=none, color="#882255", weight=0"##.into(),
        EdgeKind::During => r##"arrowhead=none, color="#882255", constraint=false"##.into(),
        // Visits say their place themselves; lines to it are there for places that several share.
        EdgeKind::At if source.kind == NodeKind::Meeting => "style=invis, constraint=false".into(),
        _ => r##"arrowhead=none, style=dotted, color="#1b7037", weight=0"##.into(),
    };
    let said = said(&edge.attributes);
    format!("  {} -> {} [id={}, {look}, {said}]\n", quoted(&source.id), quoted(&target.id), quoted(&edge.id))
}

/// The attributes; `label` is the box's.
fn said(attributes: &Attributes) -> String {
    let said = attributes.iter().filter(|(name, _)| *name != "label");
    said.map(|(name, value)| format!("{name}={}", quoted(&value.to_text()))).collect::<Vec<_>>().join(", ")
}

/// A quoted string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", held(text).replace('\\', "\\\\").replace('"', "\\\""))
}

/// Lines of a label, where Graphviz reads `&lt;` and the like as signs, and newlines are written.
fn label(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().flat_map(|line| broken(line)).collect();
    quoted(&lines.join("\n").replace('&', "&amp;")).replace('\n', "\\n")
}

/// A text in lines of about [`WIDTH`] characters, broken at spaces.
fn broken(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::graph::sample;

    fn dot() -> String {
        match write(&Network::of(&[sample::document()])) {
            Ok(Output::One(bytes)) => String::from_utf8(bytes).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn text_stays_in_its_quotation_marks() {
        assert_eq!(quoted(r#"a "b" \"#), r#""a \"b\" \\""#);
        assert_eq!(label(&["R&D <b> \\N".to_string()]), r#""R&amp;D <b> \\N""#);
        assert_eq!(quoted("\u{0}"), "\"\u{fffd}\"");
    }

    #[test]
    fn what_is_planned_is_dashed_and_reasons_are_said() {
        let dot = dot();
        let line = |start: &str| dot.lines().find(|l| l.trim_start().starts_with(start)).unwrap().to_string();
        assert!(line(r#""visit:v2" ["#).contains(r#"style="rounded,dashed""#));
        assert!(line(r#""visit:v1" ["#).contains(r#"confidence="0.97""#));
        let reasons: Vec<&str> = dot.lines().filter(|l| l.contains(r#""visit:v1" -> "visit:v2""#)).collect();
        assert_eq!(reasons.len(), 2);
        assert!(reasons.iter().all(|r| r.contains("style=dashed")));
    }
}
