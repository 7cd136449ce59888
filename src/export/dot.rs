//! DOT, the language of Graphviz: officials at the left, their visits from left to right in order, each trip in a box
//! of its own. What has not taken place is dashed; visits in open order stand under each other and are not joined. All
//! attributes stand on nodes and edges too (Graphviz passes over names that it does not know); a trip is a cluster, an
//! article an entry of the graph's attribute `articles`. In all values a backslash is doubled, since the language has
//! no other way to say one before a quotation mark.

use super::colours::hex;
use super::graph::{Attributes, Edge, EdgeKind, Graph, Journey, Node, NodeKind, journeys};
use super::graph_xml::held;
use super::{ExportError, Output};
use crate::network::Network;
use serde_json::{Map, Value as Json};
use std::collections::{HashMap, HashSet};

/// Characters of a line in a box before it is broken.
const WIDTH: usize = 30;

/// The look of the whole; later lines of the file override it.
const LOOK: &str = r##"  graph [rankdir=LR, nodesep=0.25, ranksep=0.55]
  graph [fontname="Helvetica,Arial,sans-serif", fontsize=14, labelloc=t]
  node [fontname="Helvetica,Arial,sans-serif", fontsize=12]
  node [shape=box, style="rounded,filled", fillcolor=white, margin="0.14,0.08"]
  edge [fontname="Helvetica,Arial,sans-serif", fontsize=10]
  edge [color="#6c7178", fontcolor="#555d68", arrowsize=0.7]
"##;

/// A network in DOT.
///
/// # Errors
///
/// None; the type is that of all exports.
pub fn write(network: &Network) -> Result<Output, ExportError> {
    let graph = Graph::of(network);
    let picture = Picture::of(&graph);
    let mut dot = format!("digraph itineraries {{\n{LOOK}");
    dot.push_str(&head(&graph));
    picture.journeys.iter().for_each(|journey| dot.push_str(&picture.cluster(journey)));
    for (index, node) in graph.nodes.iter().enumerate() {
        if node.kind != NodeKind::Article && !picture.boxed.contains(&index) {
            dot.push_str(&format!("  {}\n", picture.node(index, node)));
        }
    }
    for edge in graph.edges.iter().filter(|e| e.kind != EdgeKind::PartOf) {
        dot.push_str(&picture.edge(edge));
    }
    dot.push_str("}\n");
    Ok(Output::One(dot.into_bytes()))
}

/// The title, and the articles with all that they say of themselves.
fn head(graph: &Graph) -> String {
    let articles: Vec<&Node> = graph.nodes.iter().filter(|n| n.kind == NodeKind::Article).collect();
    let title = articles.iter().map(|n| n.label()).collect::<Vec<_>>().join(" · ");
    let told = articles.iter().map(|n| object(&n.attributes)).collect::<Vec<_>>();
    format!("  graph [label={}, articles={}]\n", escaped_lines(&title), quoted(&Json::Array(told).to_string()))
}

fn object(attributes: &Attributes) -> Json {
    Json::Object(attributes.iter().map(|(name, value)| (name.to_string(), value.to_json())).collect::<Map<_, _>>())
}

/// What is drawn where.
struct Picture<'a> {
    graph: &'a Graph,
    journeys: Vec<Journey>,
    /// The visits that journeys begin with.
    first: HashSet<usize>,
    /// Trips that are boxes, and all that is in them.
    boxed: HashSet<usize>,
    /// The meetings during each visit.
    meetings: HashMap<usize, Vec<usize>>,
    /// Places that are seen: those that several visits share, and where people met whom no visit brings there. A visit
    /// says its own.
    shared: HashSet<usize>,
}

impl<'a> Picture<'a> {
    fn of(graph: &'a Graph) -> Picture<'a> {
        let journeys = journeys(graph);
        let mut meetings: HashMap<usize, Vec<usize>> = HashMap::new();
        for edge in graph.edges.iter().filter(|e| e.kind == EdgeKind::During) {
            meetings.entry(edge.target).or_default().push(edge.source);
        }
        let first = journeys.iter().flat_map(|j| j.first().iter().copied()).collect();
        let mut boxed: HashSet<usize> = journeys.iter().map(|j| j.trip).collect();
        for visit in journeys.iter().flat_map(|j| j.steps.iter().flatten()) {
            boxed.insert(*visit);
            boxed.extend(meetings.get(visit).into_iter().flatten());
        }
        Picture { graph, first, boxed, meetings, shared: shared_places(graph), journeys }
    }

    /// The box of a trip; meetings stand in the column of the visit during which they took place.
    fn cluster(&self, journey: &Journey) -> String {
        let Some(trip) = self.graph.nodes.get(journey.trip) else { return String::new() };
        let mut lines = vec![format!("subgraph {} {{", quoted(&format!("cluster_{}", trip.id)))];
        let look = format!(r##"style="rounded", color="#c9c5bc", fontcolor={:?}"##, hex(NodeKind::Trip));
        lines.push(format!(
            "  graph [label={}, {look}, {}]",
            label(&[trip.label().to_string()]),
            said(&trip.attributes)
        ));
        for visit in journey.steps.iter().flatten() {
            let column: Vec<usize> =
                [*visit].into_iter().chain(self.meetings.get(visit).into_iter().flatten().copied()).collect();
            lines.extend(column.iter().filter_map(|i| Some(format!("  {}", self.node(*i, self.graph.nodes.get(*i)?)))));
            if column.len() > 1 {
                let ids: Vec<String> = column.iter().map(|i| self.id(*i)).collect();
                lines.push(format!("  {{ rank=same {} }}", ids.join(" ")));
            }
        }
        let apart = journey.unjoined(self.graph).into_iter();
        lines.extend(apart.map(|(a, b)| format!("  {} -> {} [style=invis]", self.id(a), self.id(b))));
        lines.push("}".into());
        lines.iter().map(|line| format!("  {line}\n")).collect()
    }

    fn id(&self, index: usize) -> String {
        quoted(self.graph.nodes.get(index).map_or("", |node| &node.id))
    }

    fn node(&self, index: usize, node: &Node) -> String {
        if node.kind == NodeKind::Place && !self.shared.contains(&index) {
            return format!(
                "{} [label={}, shape=point, width=0.01, style=invis, {}]",
                quoted(&node.id),
                label(&node.lines()),
                said(&node.attributes)
            );
        }
        let look = match node.kind {
            NodeKind::Official => r##"shape=box, style="filled", fillcolor="#e8eef6""##,
            NodeKind::Place => r##"shape=plaintext, style="", fontsize=11"##,
            NodeKind::Meeting if node.tentative() => r##"shape=octagon, style="dashed""##,
            NodeKind::Meeting => r##"shape=octagon, style="filled", fillcolor="#f4ecf1""##,
            NodeKind::Visit if node.attributes.text("status") == "cancelled" => r##"style="rounded,dotted""##,
            NodeKind::Visit if node.tentative() => r##"style="rounded,dashed""##,
            _ => r##"style="rounded,filled""##,
        };
        let colour = hex(node.kind);
        let tip = match node.attributes.text("quote") {
            "" => node.label(),
            quote => quote,
        };
        let look = format!("{look}, color={colour:?}, fontcolor={colour:?}, tooltip={}", label(&[tip.to_string()]));
        format!("{} [label={}, {look}, {}]", quoted(&node.id), label(&node.lines()), said(&node.attributes))
    }

    fn edge(&self, edge: &Edge) -> String {
        let said = said(&edge.attributes);
        let (source, target) = (self.id(edge.source), self.id(edge.target));
        format!("  {source} -> {target} [id={}, {}, {said}]\n", quoted(&edge.id), self.line(edge))
    }

    /// The look of an edge. Only what gives the order takes part in the ranks; a traveller is led to the first visits
    /// of a trip.
    fn line(&self, edge: &Edge) -> String {
        let hidden = "style=invis, constraint=false";
        let line = match edge.kind {
            EdgeKind::Before => {
                let style = if self.graph.tentative(edge.target) { "dashed" } else { "solid" };
                let because = quoted(edge.attributes.text("because"));
                return format!(r##"label={because}, color="#1d2430", style={style}, weight=4"##);
            }
            EdgeKind::Travels if self.first.contains(&edge.target) => r##"arrowhead=none, color="#0b5fa5""##,
            EdgeKind::TakesPart if self.graph.at_own_meeting(edge.source, edge.target) => hidden,
            EdgeKind::TakesPart => r##"arrowhead=none, color="#882255", weight=0"##,
            EdgeKind::During => r##"arrowhead=none, color="#882255""##,
            // A meeting in a box has its visit beside it, which says where.
            EdgeKind::At if self.met_on_visit(edge.source) => hidden,
            EdgeKind::At | EdgeKind::LiesIn if self.shared.contains(&edge.target) => {
                r##"arrowhead=none, style=dotted, color="#1b7037", weight=0"##
            }
            EdgeKind::Travels | EdgeKind::At | EdgeKind::LiesIn | EdgeKind::PartOf => hidden,
        };
        line.into()
    }

    fn met_on_visit(&self, node: usize) -> bool {
        self.meetings.values().flatten().any(|meeting| *meeting == node)
    }
}

fn shared_places(graph: &Graph) -> HashSet<usize> {
    let mut visits: HashMap<usize, usize> = HashMap::new();
    let at = || graph.edges.iter().filter(|e| e.kind == EdgeKind::At);
    let from = |e: &Edge, kind| graph.source(e).is_some_and(|n| n.kind == kind);
    at().filter(|e| from(e, NodeKind::Visit)).for_each(|e| *visits.entry(e.target).or_default() += 1);
    let met = at().filter(|e| from(e, NodeKind::Meeting) && !visits.contains_key(&e.target)).map(|e| e.target);
    visits.iter().filter(|(_, n)| **n > 1).map(|(place, _)| *place).chain(met).collect()
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

/// Lines of a label, each broken where it is long.
fn label(lines: &[String]) -> String {
    escaped_lines(&lines.iter().flat_map(|line| broken(line)).collect::<Vec<_>>().join("\n"))
}

/// A label. Graphviz reads `&lt;` and the like in it as signs, and `\n` as a new line.
fn escaped_lines(text: &str) -> String {
    quoted(&text.replace('&', "&amp;")).replace('\n', "\\n")
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
