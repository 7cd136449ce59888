//! JSON-LD 1.1 (W3C 2020): the nodes of a network under a context that stands in the file, so that nothing has to be
//! fetched. Knows nothing of what they mean.

use super::ExportError;
use super::terms::{Kind, Vocabulary};
use super::triples::{Node, Value, nodes};
use crate::network::Network;
use serde_json::{Map, Value as Json, json};

/// A network as JSON-LD.
///
/// # Errors
///
/// When two things of a kind have the same id.
pub fn write(network: &Network) -> Result<Vec<u8>, ExportError> {
    let nodes = nodes(network, "jsonld")?;
    let whole = json!({
        "@context": context(&Vocabulary::new()),
        "@graph": nodes.iter().map(object).collect::<Vec<_>>(),
    });
    let mut text =
        serde_json::to_vec_pretty(&whole).map_err(|e| ExportError { format: "jsonld", reason: e.to_string() })?;
    text.push(b'\n');
    Ok(text)
}

fn context(vocabulary: &Vocabulary) -> Json {
    let mut context = Map::new();
    for (name, iri) in &vocabulary.prefixes {
        context.insert((*name).into(), json!(iri));
    }
    for term in &vocabulary.terms {
        let meaning = match term.kind {
            Kind::Class | Kind::Text => json!(term.short),
            Kind::Link => json!({ "@id": term.short, "@type": "@id" }),
            Kind::Links => json!({ "@id": term.short, "@type": "@id", "@container": "@list" }),
            Kind::Texts => json!({ "@id": term.short, "@container": "@list" }),
            Kind::Typed(datatype) => json!({ "@id": term.short, "@type": datatype }),
        };
        context.insert(term.key.into(), meaning);
    }
    Json::Object(context)
}

fn object(node: &Node) -> Json {
    let mut object = Map::new();
    object.insert("@id".into(), json!(node.iri));
    match node.types[..] {
        [] => {}
        [one] => drop(object.insert("@type".into(), json!(one))),
        _ => drop(object.insert("@type".into(), json!(node.types))),
    }
    for (key, value) in &node.values {
        let said = plain(value);
        match object.get_mut(*key) {
            None => drop(object.insert((*key).into(), said)),
            Some(Json::Array(several)) => several.push(said),
            Some(one) => *one = json!([one.take(), said]),
        }
    }
    Json::Object(object)
}

fn plain(value: &Value) -> Json {
    match value {
        Value::Link(text) | Value::Text(text) => json!(text),
        Value::List(items) => items.iter().map(plain).collect(),
    }
}
