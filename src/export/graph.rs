//! The graph as other tools see it: typed nodes, typed directed edges, each with a list of typed attributes. `graphml`,
//! `gexf`, `dot` and `json-graph` are written from this one value, so that they say the same. It knows no form and no
//! file.
//!
//! | edge | from | to |
//! |---|---|---|
//! | `travels` | official | visit |
//! | `at` | visit, meeting | place |
//! | `part_of` | visit | trip |
//! | `takes_part` | official | meeting |
//! | `during` | meeting | visit |
//! | `before` | visit | visit, with the reason and its evidence |
//! | `lies_in` | place | the country or territory that it lies in, where that is a node |
//!
//! What a document refers to but does not have can be no edge; it stands in the attribute `unresolved` of the node that
//! refers to it.

mod edges;
mod journeys;
mod labels;
mod nodes;
#[cfg(test)]
pub(crate) mod sample;

pub use journeys::{Journey, journeys};
pub use labels::{date_in_words, visit_time};

use crate::itinerary::Edtf;
use crate::network::Network;
use chrono::NaiveDate;
use serde_json::Value as Json;

/// A network as nodes and edges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// By kind, in the order of [`NodeKind`], and within a kind as in the network.
    pub nodes: Vec<Node>,
    /// By kind, in the order of [`EdgeKind`].
    pub edges: Vec<Edge>,
}

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Used once in the graph: kind and id of the document, such as `visit:v5`; letters, digits and `._:-` of ASCII
    /// only.
    pub id: String,
    pub kind: NodeKind,
    pub attributes: Attributes,
}

/// A directed edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Used once in the graph.
    pub id: String,
    pub kind: EdgeKind,
    /// Index into the nodes.
    pub source: usize,
    /// Index into the nodes.
    pub target: usize,
    pub attributes: Attributes,
}

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    Article,
    Official,
    Place,
    Trip,
    Visit,
    Meeting,
}

/// What an edge says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    Travels,
    At,
    PartOf,
    TakesPart,
    During,
    Before,
    LiesIn,
}

/// Attributes with their names, in the order in which they are written. A name has one type in all nodes, and one in
/// all edges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes(Vec<(&'static str, Value)>);

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    Number(f64),
    Integer(u64),
    Boolean(bool),
    /// A list or an object; forms without such values write it as JSON in a text.
    Json(Json),
}

impl NodeKind {
    /// The name in the attribute `type`.
    pub fn name(self) -> &'static str {
        match self {
            NodeKind::Article => "article",
            NodeKind::Official => "official",
            NodeKind::Place => "place",
            NodeKind::Trip => "trip",
            NodeKind::Visit => "visit",
            NodeKind::Meeting => "meeting",
        }
    }
}

impl EdgeKind {
    /// The name in the attribute `type`.
    pub fn name(self) -> &'static str {
        match self {
            EdgeKind::Travels => "travels",
            EdgeKind::At => "at",
            EdgeKind::PartOf => "part_of",
            EdgeKind::TakesPart => "takes_part",
            EdgeKind::During => "during",
            EdgeKind::Before => "before",
            EdgeKind::LiesIn => "lies_in",
        }
    }
}

impl Value {
    /// The value as a tool without types writes it: numbers in decimal, lists and objects as JSON.
    pub fn to_text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Integer(integer) => integer.to_string(),
            Value::Boolean(boolean) => boolean.to_string(),
            Value::Json(json) => json.to_string(),
        }
    }

    /// The value as JSON.
    pub fn to_json(&self) -> Json {
        match self {
            Value::Text(text) => Json::from(text.as_str()),
            Value::Number(number) => Json::from(*number),
            Value::Integer(integer) => Json::from(*integer),
            Value::Boolean(boolean) => Json::from(*boolean),
            Value::Json(json) => json.clone(),
        }
    }
}

impl Attributes {
    /// Names and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    /// The attribute with a name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.iter().find(|(n, _)| *n == name).map(|(_, value)| value)
    }

    /// The text with a name; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        match self.get(name) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    fn add(&mut self, name: &'static str, value: impl Into<Value>) -> &mut Self {
        self.0.push((name, value.into()));
        self
    }

    fn add_if(&mut self, name: &'static str, value: Option<impl Into<Value>>) -> &mut Self {
        if let Some(value) = value {
            self.add(name, value);
        }
        self
    }

    /// A list or an object, where it has anything in it.
    fn add_json(&mut self, name: &'static str, json: Json) -> &mut Self {
        let empty = match &json {
            Json::Array(list) => list.is_empty(),
            Json::Object(map) => map.is_empty(),
            other => other.is_null(),
        };
        if !empty {
            self.add(name, Value::Json(json));
        }
        self
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_string())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Value::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<&Edtf> for Value {
    fn from(date: &Edtf) -> Self {
        Value::Text(date.to_string())
    }
}

impl From<NaiveDate> for Value {
    fn from(day: NaiveDate) -> Self {
        Value::Text(day.to_string())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Value::Number(number)
    }
}

impl From<usize> for Value {
    fn from(integer: usize) -> Self {
        Value::Integer(integer as u64)
    }
}

impl From<u32> for Value {
    fn from(integer: u32) -> Self {
        Value::Integer(u64::from(integer))
    }
}

impl From<bool> for Value {
    fn from(boolean: bool) -> Self {
        Value::Boolean(boolean)
    }
}

impl Graph {
    /// The graph of a network.
    pub fn of(network: &Network) -> Graph {
        let nodes = nodes::all(network);
        let edges = edges::all(network, &nodes);
        Graph { nodes, edges }
    }

    /// The node that an edge comes from.
    pub fn source(&self, edge: &Edge) -> Option<&Node> {
        self.nodes.get(edge.source)
    }

    /// The node that an edge goes to.
    pub fn target(&self, edge: &Edge) -> Option<&Node> {
        self.nodes.get(edge.target)
    }

    /// First and last day (ISO 8601) of what an edge tells of: the visit or meeting at its end; of `before` and
    /// `lies_in` nothing.
    pub fn days_of_edge(&self, edge: &Edge) -> (Option<&str>, Option<&str>) {
        let fact = match edge.kind {
            EdgeKind::Travels | EdgeKind::TakesPart => self.target(edge),
            EdgeKind::At | EdgeKind::PartOf | EdgeKind::During => self.source(edge),
            EdgeKind::Before | EdgeKind::LiesIn => None,
        };
        fact.map_or((None, None), Node::days)
    }
}

impl Node {
    /// First and last day (ISO 8601) of what it stands for, where they are known.
    pub fn days(&self) -> (Option<&str>, Option<&str>) {
        let day = |name| Some(self.attributes.text(name)).filter(|day| !day.is_empty());
        (day("earliest"), day("latest"))
    }

    /// What a person reads of it.
    pub fn label(&self) -> &str {
        self.attributes.text("label")
    }
}

#[cfg(test)]
mod tests {
    use super::sample;
    use super::*;
    use std::collections::{HashMap, HashSet};

    fn graph() -> Graph {
        Graph::of(&Network::of(&[sample::document()]))
    }

    fn edges(graph: &Graph, kind: EdgeKind) -> Vec<(String, String)> {
        let id = |node: Option<&Node>| node.map(|n| n.id.clone()).unwrap_or_default();
        let of_kind = graph.edges.iter().filter(|e| e.kind == kind);
        of_kind.map(|e| (id(graph.source(e)), id(graph.target(e)))).collect()
    }

    #[test]
    fn every_reference_of_a_document_is_an_edge() {
        let graph = graph();
        let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
        let travels = edges(&graph, EdgeKind::Travels);
        assert_eq!(travels, [pair("official:ada", "visit:v1"), pair("official:ada", "visit:v2")]);
        let at = edges(&graph, EdgeKind::At);
        assert!(at.contains(&pair("visit:v1", "place:baghdad")) && at.contains(&pair("meeting:m1", "place:baghdad")));
        assert_eq!(edges(&graph, EdgeKind::PartOf).len(), 2);
        assert_eq!(edges(&graph, EdgeKind::TakesPart).len(), 2);
        assert_eq!(edges(&graph, EdgeKind::During), [pair("meeting:m1", "visit:v1")]);
        assert_eq!(edges(&graph, EdgeKind::LiesIn), [pair("place:baghdad", "place:iraq")]);
    }

    #[test]
    fn parallel_edges_keep_their_own_ids_and_reasons() {
        let graph = graph();
        let before: Vec<&Edge> = graph.edges.iter().filter(|e| e.kind == EdgeKind::Before).collect();
        assert_eq!(before.len(), 2);
        assert_eq!((before[0].source, before[0].target), (before[1].source, before[1].target));
        assert_ne!(before[0].id, before[1].id);
        assert_eq!([before[0].attributes.text("because"), before[1].attributes.text("because")], ["date", "phrase"]);
        assert_eq!(before[1].attributes.text("quote"), "then <on> to \"Basra\" & home");
    }

    #[test]
    fn labels_are_what_a_person_would_say() {
        let graph = graph();
        let label = |id: &str| graph.nodes.iter().find(|n| n.id == id).map(|n| n.label().to_string());
        assert_eq!(label("official:ada").as_deref(), Some("Ada Lovelace"));
        assert_eq!(label("visit:v1").as_deref(), Some("Baghdad, 5 Nov 2023"));
        assert_eq!(label("visit:v2").as_deref(), Some("Iraq"));
        assert_eq!(label("meeting:m1").as_deref(), Some("Ada Lovelace, Omar and officials, 5 Nov 2023"));
    }

    #[test]
    fn a_name_has_one_type_and_an_id_one_node() {
        let graph = Graph::of(&Network::of(&[sample::document(), sample::odd_document()]));
        let ids: HashSet<&str> = graph.nodes.iter().map(|n| n.id.as_str()).collect();
        assert_eq!(ids.len(), graph.nodes.len());
        let mut types = HashMap::new();
        for (name, value) in graph.nodes.iter().flat_map(|n| n.attributes.iter()) {
            let kind = std::mem::discriminant(value);
            assert_eq!(*types.entry(name).or_insert(kind), kind, "{name}");
        }
    }
}
