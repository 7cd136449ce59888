//! Turtle (W3C 2014): the triples of a network. Knows nothing of what they mean.

use super::ExportError;
use super::terms::Vocabulary;
use super::triples::{nodes, triples};
use crate::network::Network;
use oxttl::TurtleSerializer;

/// A network as Turtle.
///
/// # Errors
///
/// When two things of a kind have the same id.
pub fn write(network: &Network) -> Result<Vec<u8>, ExportError> {
    let failed = |reason: String| ExportError { format: "turtle", reason };
    let vocabulary = Vocabulary::new();
    let mut serializer = TurtleSerializer::new();
    for (name, iri) in &vocabulary.prefixes {
        serializer = serializer.with_prefix(*name, *iri).map_err(|e| failed(e.to_string()))?;
    }
    let mut writer = serializer.for_writer(Vec::new());
    for triple in &triples(&nodes(network, "turtle")?, &vocabulary) {
        writer.serialize_triple(triple).map_err(|e| failed(e.to_string()))?;
    }
    writer.finish().map_err(|e| failed(e.to_string()))
}
