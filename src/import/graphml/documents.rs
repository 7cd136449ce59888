//! Documents out of the nodes and edges of a graph, the reverse of `export::graph`. Knows no XML.

use super::super::{ImportError, Imported};
use super::xml::{Element, Elements};
use crate::itinerary::{Itinerary, check_version};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;

/// How the value of an attribute is read.
#[derive(Clone, Copy)]
enum As {
    Text,
    /// A text that is never empty: a date, or one of a few names.
    Name,
    Number,
    Whole,
    Parsed,
}

use As::{Name, Number, Parsed, Text, Whole};

/// The fields of a document that are attributes, by type of node.
const ARTICLE: &[(&str, As)] = &[
    ("title", Text),
    ("source", Text),
    ("url", Text),
    ("published", Name),
    ("published_from", Name),
    ("words", Whole),
];
const OFFICIAL: &[(&str, As)] =
    &[("name", Text), ("title", Text), ("country", Text), ("aliases", Parsed), ("mentions", Whole)];
const PLACE: &[(&str, As)] = &[
    ("name", Text),
    ("kind", Name),
    ("country", Text),
    ("geonames", Whole),
    ("lat", Number),
    ("lon", Number),
    ("aliases", Parsed),
];
const TRIP: &[(&str, As)] = &[("kind", Name)];
const VISIT: &[(&str, As)] = &[
    ("country", Text),
    ("status", Name),
    ("start", Name),
    ("end", Name),
    ("order", Whole),
    ("confidence", Number),
    ("evidence", Parsed),
];
const MEETING: &[(&str, As)] = &[
    ("groups", Parsed),
    ("country", Text),
    ("date", Name),
    ("status", Name),
    ("mode", Name),
    ("duration", Text),
    ("confidence", Number),
    ("evidence", Parsed),
];
const BEFORE: &[(&str, As)] = &[("because", Name)];

/// The documents of a graph, one for each article.
pub fn of(elements: Elements) -> Imported {
    let graph = Graph::of(&elements)?;
    let articles = graph.of_type("article");
    if articles.is_empty() {
        return Err(ImportError {
            line: None,
            what: "there is no node of type `article`".into(),
            remedy: "give a GraphML file that `portolan export --to graphml` wrote; each document has one such node"
                .into(),
        });
    }
    articles.iter().map(|article| graph.document(article, articles.len() == 1)).collect()
}

/// Nodes and edges by what is asked of them.
struct Graph<'a> {
    nodes: Vec<&'a Element>,
    by_id: HashMap<&'a str, &'a Element>,
    /// Edges by type and the node that they come from, sorted by `position`.
    from: HashMap<(&'a str, &'a str), Vec<&'a Element>>,
    /// Edges by type and the node that they go to, sorted by `position`.
    to: HashMap<(&'a str, &'a str), Vec<&'a Element>>,
    before: Vec<&'a Element>,
}

const NODE_TYPES: &[&str] = &["article", "official", "place", "trip", "visit", "meeting"];
const EDGE_TYPES: &[&str] = &["travels", "at", "part_of", "takes_part", "during", "before", "lies_in"];

impl<'a> Graph<'a> {
    fn of(elements: &'a Elements) -> Result<Graph<'a>, ImportError> {
        let by_id = elements.nodes.iter().map(|n| (n.id.as_str(), n)).collect();
        let (nodes, before) = (sorted(&elements.nodes), Vec::new());
        let mut graph = Graph { nodes, by_id, from: HashMap::new(), to: HashMap::new(), before };
        for node in &graph.nodes {
            known_type(node, "node", NODE_TYPES)?;
        }
        for edge in sorted(&elements.edges) {
            let kind = known_type(edge, "edge", EDGE_TYPES)?;
            let (source, target) = graph.ends(edge)?;
            graph.from.entry((kind, &source.id)).or_default().push(edge);
            graph.to.entry((kind, &target.id)).or_default().push(edge);
            if kind == "before" {
                graph.before.push(edge);
            }
        }
        Ok(graph)
    }

    fn ends(&self, edge: &'a Element) -> Result<(&'a Element, &'a Element), ImportError> {
        let (source, target) = edge.ends.as_ref().map_or(("", ""), |(s, t)| (s, t));
        let find = |id: &str| {
            self.by_id.get(id).copied().ok_or_else(|| {
                let remedy = "add that node, or take the edge out".to_string();
                ImportError {
                    line: Some(edge.line),
                    what: format!("an edge goes to or from `{id}`, and there is no such node"),
                    remedy,
                }
            })
        };
        Ok((find(source)?, find(target)?))
    }

    fn of_type(&self, kind: &str) -> Vec<&'a Element> {
        self.nodes.iter().copied().filter(|n| text(n, "type") == kind).collect()
    }

    fn document(&self, article: &Element, only: bool) -> Result<Itinerary, ImportError> {
        let schema = json!({ "schema": article.values.get("schema") });
        check_version(&schema).map_err(|problem| wrong(article, "schema", problem.message))?;
        let facts =
            |kind| self.of_type(kind).into_iter().filter(move |n| only || text(n, "article") == reference(article));
        let unresolved = parsed(article, "unresolved")?;
        let sequence = match unresolved.get("sequence") {
            Some(whole) => from_json(article, whole.clone())?,
            None => self.reasons(article, only)?,
        };
        Ok(Itinerary {
            schema: text(article, "schema").into(),
            article: from_json(article, self.plain(article, ARTICLE)?)?,
            officials: self.shared("official", OFFICIAL, article, only)?,
            places: self.shared("place", PLACE, article, only)?,
            trips: facts("trip").map(|n| self.trip(n)).collect::<Result<_, _>>()?,
            visits: facts("visit").map(|n| self.visit(n)).collect::<Result<_, _>>()?,
            meetings: facts("meeting").map(|n| self.meeting(n)).collect::<Result<_, _>>()?,
            sequence,
            warnings: match parsed(article, "warnings")? {
                Json::Null => Vec::new(),
                list => from_json(article, list)?,
            },
            extra: match parsed(article, "document_extra")? {
                Json::Object(extra) => extra,
                _ => Map::new(),
            },
        })
    }

    /// The officials or places of an article.
    fn shared<T: DeserializeOwned>(
        &self,
        kind: &str,
        fields: &[(&str, As)],
        article: &Element,
        only: bool,
    ) -> Result<Vec<T>, ImportError> {
        let mut all = Vec::new();
        for node in self.of_type(kind) {
            let articles = parsed(node, "articles")?;
            let named = articles.as_array().is_some_and(|list| list.iter().any(|id| id == reference(article)));
            if only || named {
                all.push(from_json(node, self.plain(node, fields)?)?);
            }
        }
        Ok(all)
    }

    fn trip<T: DeserializeOwned>(&self, node: &Element) -> Result<T, ImportError> {
        let mut trip = self.plain(node, TRIP)?;
        let parts = self.to.get(&("part_of", node.id.as_str())).map(Vec::as_slice).unwrap_or_default();
        let visits: Vec<&Element> = parts.iter().filter_map(|e| self.source(e)).collect();
        let travels = visits.first().and_then(|v| self.to.get(&("travels", v.id.as_str()))).and_then(|t| t.first());
        set(&mut trip, "traveller", travels.and_then(|e| self.source(e)));
        let listed = parts.iter().filter(|e| position(e).is_some()).filter_map(|e| self.source(e));
        trip["visits"] = listed.map(reference).collect();
        complete(node, trip)
    }

    fn visit<T: DeserializeOwned>(&self, node: &Element) -> Result<T, ImportError> {
        let mut visit = self.plain(node, VISIT)?;
        let traveller = self.to.get(&("travels", node.id.as_str())).and_then(|t| t.first());
        set(&mut visit, "traveller", traveller.and_then(|e| self.source(e)));
        set(&mut visit, "place", self.first_target("at", node));
        set(&mut visit, "trip", self.first_target("part_of", node));
        complete(node, visit)
    }

    fn meeting<T: DeserializeOwned>(&self, node: &Element) -> Result<T, ImportError> {
        let mut meeting = self.plain(node, MEETING)?;
        let parts = self.to.get(&("takes_part", node.id.as_str())).map(Vec::as_slice).unwrap_or_default();
        meeting["participants"] = parts.iter().filter_map(|e| self.source(e)).map(reference).collect();
        set(&mut meeting, "visit", self.first_target("during", node));
        set(&mut meeting, "place", self.first_target("at", node));
        complete(node, meeting)
    }

    /// The reasons of order between visits of an article.
    fn reasons<T: DeserializeOwned>(&self, article: &Element, only: bool) -> Result<Vec<T>, ImportError> {
        let mut reasons = Vec::new();
        for edge in &self.before {
            let (before, after) = self.ends(edge)?;
            if only || text(before, "article") == reference(article) {
                let mut reason = self.plain(edge, BEFORE)?;
                reason["before"] = reference(before).into();
                reason["after"] = reference(after).into();
                reason["evidence"] = parsed(edge, "evidence")?.get(0).cloned().unwrap_or_default();
                reasons.push(from_json(edge, reason)?);
            }
        }
        Ok(reasons)
    }

    /// The fields of a node or edge that are its own attributes, and those that this version does not know.
    fn plain(&self, element: &Element, fields: &[(&str, As)]) -> Result<Json, ImportError> {
        let mut object = Map::new();
        if element.ends.is_none() {
            object.insert("id".into(), reference(element).into());
        }
        for (name, how) in fields {
            if let Some(text) = element.values.get(*name).filter(|text| !is_missing(text, *how)) {
                let value =
                    value(text, *how).ok_or_else(|| wrong(element, name, format!("`{text}` is no such value")))?;
                object.insert(name.to_string(), value);
            }
        }
        if let Json::Object(extra) = parsed(element, "extra")? {
            object.extend(extra);
        }
        Ok(Json::Object(object))
    }

    fn source(&self, edge: &Element) -> Option<&'a Element> {
        edge.ends.as_ref().and_then(|(source, _)| self.by_id.get(source.as_str())).copied()
    }

    fn first_target(&self, kind: &str, node: &Element) -> Option<&'a Element> {
        let edge = self.from.get(&(kind, node.id.as_str())).and_then(|edges| edges.first())?;
        edge.ends.as_ref().and_then(|(_, target)| self.by_id.get(target.as_str())).copied()
    }
}

/// As in the lists that they come from; what has no position keeps its place in the file, after the others.
fn sorted(elements: &[Element]) -> Vec<&Element> {
    let mut sorted: Vec<&Element> = elements.iter().collect();
    sorted.sort_by_key(|e| position(e).unwrap_or(u64::MAX));
    sorted
}

fn position(element: &Element) -> Option<u64> {
    element.values.get("position").and_then(|p| whole(p))
}

fn known_type<'a>(element: &'a Element, what: &str, known: &[&'static str]) -> Result<&'a str, ImportError> {
    let kind = text(element, "type");
    if known.contains(&kind) {
        return Ok(kind);
    }
    let name = if kind.is_empty() { "no type".to_string() } else { format!("the type `{kind}`") };
    Err(ImportError {
        line: Some(element.line),
        what: format!("the {what} `{}` has {name}", element.id),
        remedy: format!("give it an attribute `type`, one of {}", known.join(", ")),
    })
}

fn text<'a>(element: &'a Element, name: &str) -> &'a str {
    element.values.get(name).map_or("", String::as_str)
}

/// The id in the document; of a node that was added by hand and has none, that of the node.
fn reference(element: &Element) -> &str {
    element.values.get("ref").unwrap_or(&element.id)
}

/// Whether a tool wrote this for a value that is not there, as igraph does: an empty text or `nan`.
fn is_missing(text: &str, how: As) -> bool {
    match how {
        Text => false,
        Name | Parsed => text.is_empty(),
        Number | Whole => text.is_empty() || text.eq_ignore_ascii_case("nan"),
    }
}

fn value(text: &str, how: As) -> Option<Json> {
    match how {
        Text | Name => Some(text.into()),
        Number => text.trim().parse::<f64>().ok().filter(|n| n.is_finite()).map(Json::from),
        Whole => whole(text).map(Json::from),
        Parsed => serde_json::from_str(text).ok(),
    }
}

/// A whole number, also as tools write it that know only fractions (`3.0`, `98182.0`).
fn whole(text: &str) -> Option<u64> {
    let text = text.trim();
    let fraction = || text.parse::<f64>().ok().filter(|n| n.fract() == 0.0 && (0.0..1e15).contains(n));
    text.parse().ok().or_else(|| fraction().map(|n| n as u64))
}

/// An attribute that is JSON; null where there is none.
fn parsed(element: &Element, name: &str) -> Result<Json, ImportError> {
    match element.values.get(name).filter(|text| !text.is_empty()) {
        None => Ok(Json::Null),
        Some(text) => serde_json::from_str(text).map_err(|e| wrong(element, name, format!("this is no JSON: {e}"))),
    }
}

fn set(object: &mut Json, name: &str, node: Option<&Element>) {
    if let Some(node) = node {
        object[name] = reference(node).into();
    }
}

/// Adds what no edge can say, and makes the value.
fn complete<T: DeserializeOwned>(node: &Element, mut object: Json) -> Result<T, ImportError> {
    if let (Json::Object(object), Json::Object(unresolved)) = (&mut object, parsed(node, "unresolved")?) {
        object.extend(unresolved);
    }
    from_json(node, object)
}

fn from_json<T: DeserializeOwned>(element: &Element, json: Json) -> Result<T, ImportError> {
    serde_json::from_value(json).map_err(|e| ImportError {
        line: Some(element.line),
        what: format!("`{}`: {e}", element.id),
        remedy: "correct the attribute or add the edge that is missing".into(),
    })
}

fn wrong(element: &Element, name: &str, what: String) -> ImportError {
    ImportError {
        line: Some(element.line),
        what: format!("attribute `{name}` of `{}`: {what}", element.id),
        remedy: format!("correct `{name}`"),
    }
}
