//! GraphML 1.0 (<http://graphml.graphdrawing.org/>): nodes, edges with ids, and a `<key>` with its type for each
//! attribute. Lists and objects are JSON in a string. `import::graphml` reads it back into equal documents.

use super::graph::{Attributes, Graph};
use super::graph_xml::{Sheet, all_held, columns, failed};
use super::{ExportError, Output};
use crate::network::Network;
use std::io;

const NAMESPACE: &str = "http://graphml.graphdrawing.org/xmlns";
const SCHEMA: &str = "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd";

/// A network as GraphML.
///
/// # Errors
///
/// When the writer fails.
pub fn write(network: &Network) -> Result<Output, ExportError> {
    sheet(&Graph::of(network)).map(Output::One).map_err(failed("GraphML"))
}

fn sheet(graph: &Graph) -> io::Result<Vec<u8>> {
    let mut sheet = Sheet::new()?;
    let instance = ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    sheet.open("graphml", &[("xmlns", NAMESPACE), instance, ("xsi:schemaLocation", SCHEMA)])?;
    keys(&mut sheet, "node", graph.nodes.iter().map(|n| &n.attributes))?;
    keys(&mut sheet, "edge", graph.edges.iter().map(|e| &e.attributes))?;
    sheet.open("graph", &[("id", "itineraries"), ("edgedefault", "directed")])?;
    for node in &graph.nodes {
        sheet.open("node", &[("id", &node.id)])?;
        data(&mut sheet, "node", &node.attributes)?;
        sheet.close("node")?;
    }
    for edge in &graph.edges {
        if let (Some(source), Some(target)) = (graph.source(edge), graph.target(edge)) {
            sheet.open("edge", &[("id", &edge.id), ("source", &source.id), ("target", &target.id)])?;
            data(&mut sheet, "edge", &edge.attributes)?;
            sheet.close("edge")?;
        }
    }
    sheet.close("graph")?;
    sheet.close("graphml")?;
    Ok(sheet.finish())
}

/// The keys of nodes or of edges: one name may have another type in each.
fn keys<'a>(sheet: &mut Sheet, of: &str, all: impl Iterator<Item = &'a Attributes>) -> io::Result<()> {
    for (name, kind) in columns(all) {
        sheet.empty("key", &[("id", &key(of, name)), ("for", of), ("attr.name", name), ("attr.type", kind)])?;
    }
    Ok(())
}

fn data(sheet: &mut Sheet, of: &str, attributes: &Attributes) -> io::Result<()> {
    all_held(attributes).iter().try_for_each(|held| sheet.text("data", &[("key", &key(of, held.name))], &held.text))
}

fn key(of: &str, name: &str) -> String {
    format!("{of}_{name}")
}
