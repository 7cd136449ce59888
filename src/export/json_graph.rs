//! Node-link JSON, as NetworkX (`node_link_graph(data, edges="links")`) and D3 (`forceLink().id(d => d.id)`) read it.
//! Lists and objects are JSON of their own here, not texts.

use super::graph::{Attributes, Graph};
use super::{ExportError, Output};
use crate::network::Network;
use serde_json::{Map, Value as Json, json};

/// A network as node-link JSON.
///
/// # Errors
///
/// When the writer fails.
pub fn write(network: &Network) -> Result<Output, ExportError> {
    let graph = Graph::of(network);
    let nodes = graph.nodes.iter().map(|n| object(&[("id", &n.id)], &n.attributes)).collect::<Vec<_>>();
    let links = graph.edges.iter().filter_map(|e| {
        let (source, target) = (graph.source(e)?, graph.target(e)?);
        Some(object(&[("source", &source.id), ("target", &target.id), ("key", &e.id)], &e.attributes))
    });
    let links = links.collect::<Vec<_>>();
    let whole = json!({"directed": true, "multigraph": true, "graph": {}, "nodes": nodes, "links": links});
    let failed = |e: serde_json::Error| ExportError { format: "node-link JSON", reason: e.to_string() };
    let mut bytes = serde_json::to_vec_pretty(&whole).map_err(failed)?;
    bytes.push(b'\n');
    Ok(Output::One(bytes))
}

fn object(first: &[(&str, &str)], attributes: &Attributes) -> Json {
    let first = first.iter().map(|(name, value)| (name.to_string(), Json::from(*value)));
    let rest = attributes.iter().map(|(name, value)| (name.to_string(), value.to_json()));
    Json::Object(first.chain(rest).collect::<Map<_, _>>())
}
