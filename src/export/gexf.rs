//! GEXF 1.3 (<https://gexf.net/schema.html>), the form of Gephi: a dynamic graph whose visits, meetings, trips and
//! articles, and the edges that tell of them, have a time span (`spell`) of whole days, open where the text leaves it
//! open. Colours by type; lists are JSON in a string.

use super::colours::colour;
use super::graph::{Attributes, Edge, Graph, Node};
use super::graph_xml::{Sheet, all_held, columns, failed};
use super::{ExportError, Output};
use crate::network::Network;
use std::io;

const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns", "http://gexf.net/1.3"),
    ("xmlns:viz", "http://gexf.net/1.3/viz"),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ("xsi:schemaLocation", "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd"),
    ("version", "1.3"),
];

/// The names and types of nodes or edges; the number of an attribute is its place among them.
type Columns = Vec<(&'static str, &'static str)>;

/// A network as GEXF.
///
/// # Errors
///
/// When the writer fails.
pub fn write(network: &Network) -> Result<Output, ExportError> {
    sheet(&Graph::of(network)).map(Output::One).map_err(failed("GEXF"))
}

fn sheet(graph: &Graph) -> io::Result<Vec<u8>> {
    let mut sheet = Sheet::new()?;
    sheet.open("gexf", NAMESPACES)?;
    sheet.open("meta", &[])?;
    sheet.text("creator", &[], "portolan")?;
    sheet.close("meta")?;
    let time = [("timeformat", "date"), ("timerepresentation", "interval")];
    sheet.open("graph", &[("mode", "dynamic"), ("defaultedgetype", "directed"), time[0], time[1]])?;
    let of_nodes = declare(&mut sheet, "node", graph.nodes.iter().map(|n| &n.attributes))?;
    let of_edges = declare(&mut sheet, "edge", graph.edges.iter().map(|e| &e.attributes))?;
    sheet.open("nodes", &[("count", &graph.nodes.len().to_string())])?;
    graph.nodes.iter().try_for_each(|n| node(&mut sheet, n, &of_nodes))?;
    sheet.close("nodes")?;
    sheet.open("edges", &[("count", &graph.edges.len().to_string())])?;
    graph.edges.iter().try_for_each(|e| edge(&mut sheet, graph, e, &of_edges))?;
    sheet.close("edges")?;
    sheet.close("graph")?;
    sheet.close("gexf")?;
    Ok(sheet.finish())
}

/// `label` is GEXF's own and no column.
fn declare<'a>(sheet: &mut Sheet, class: &str, all: impl Iterator<Item = &'a Attributes>) -> io::Result<Columns> {
    let columns: Columns = columns(all).into_iter().filter(|(name, _)| *name != "label").collect();
    sheet.open("attributes", &[("class", class), ("mode", "static")])?;
    for (number, (name, kind)) in columns.iter().enumerate() {
        sheet.empty("attribute", &[("id", &number.to_string()), ("title", name), ("type", kind)])?;
    }
    sheet.close("attributes")?;
    Ok(columns)
}

fn node(sheet: &mut Sheet, node: &Node, columns: &Columns) -> io::Result<()> {
    sheet.open("node", &[("id", &node.id), ("label", node.label())])?;
    values(sheet, &node.attributes, columns)?;
    spell(sheet, node.days())?;
    let [r, g, b] = colour(node.kind).map(|part| part.to_string());
    sheet.empty("viz:color", &[("r", &r), ("g", &g), ("b", &b)])?;
    sheet.close("node")
}

/// `kind` keeps parallel edges apart (GEXF 1.3).
fn edge(sheet: &mut Sheet, graph: &Graph, edge: &Edge, columns: &Columns) -> io::Result<()> {
    let (Some(source), Some(target)) = (graph.source(edge), graph.target(edge)) else { return Ok(()) };
    let ends = [("id", edge.id.as_str()), ("source", &source.id), ("target", &target.id), ("kind", edge.kind.name())];
    sheet.open("edge", &ends)?;
    values(sheet, &edge.attributes, columns)?;
    spell(sheet, graph.days_of_edge(edge))?;
    sheet.close("edge")
}

fn values(sheet: &mut Sheet, attributes: &Attributes, columns: &Columns) -> io::Result<()> {
    sheet.open("attvalues", &[])?;
    for held in all_held(attributes) {
        if let Some(number) = columns.iter().position(|(name, _)| *name == held.name) {
            sheet.empty("attvalue", &[("for", &number.to_string()), ("value", &held.text)])?;
        }
    }
    sheet.close("attvalues")
}

/// As a `spell`, since `start` and `end` of an element would hide the attributes of these names in Gephi and NetworkX.
fn spell(sheet: &mut Sheet, (first, last): (Option<&str>, Option<&str>)) -> io::Result<()> {
    let ends: Vec<(&str, &str)> =
        first.map(|day| ("start", day)).into_iter().chain(last.map(|day| ("end", day))).collect();
    if ends.is_empty() {
        return Ok(());
    }
    sheet.open("spells", &[])?;
    sheet.empty("spell", &ends)?;
    sheet.close("spells")
}
