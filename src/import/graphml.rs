//! GraphML read back into documents: as `export` writes it, or as NetworkX, igraph or Gephi write it again. Attributes
//! are known by name, not by the id of their key, and nodes and edges by their attribute `type`. What was worked out
//! for readers (`label`, `earliest`, `quote`, `lies_in` …) is not read; edges say who and where, and `unresolved` only
//! what no edge can. Knows no files.

mod documents;
mod xml;

use super::{ImportError, Imported};

/// Documents out of GraphML.
///
/// # Errors
///
/// When it is no XML, has no node of type `article`, a node or edge has no type that is known, or a value is none that
/// a document can hold.
pub fn read(bytes: &[u8]) -> Imported {
    let text = std::str::from_utf8(bytes).map_err(|e| ImportError {
        line: Some(line_at(bytes, e.valid_up_to())),
        what: "this is not UTF-8".into(),
        remedy: "save the file as UTF-8".into(),
    })?;
    documents::of(xml::read(text.trim_start_matches('\u{feff}'))?)
}

/// The line, from 1, of a byte.
fn line_at(bytes: &[u8], offset: usize) -> usize {
    bytes.iter().take(offset).filter(|b| **b == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Itinerary;
    use crate::export::graph::sample;
    use crate::export::{Format, Output, export};
    use crate::network::Network;
    use proptest::prelude::*;

    fn written(documents: &[Itinerary]) -> String {
        match export(&Network::of(documents), Format::GraphMl) {
            Ok(Output::One(bytes)) => String::from_utf8(bytes).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    fn error(text: &str) -> ImportError {
        read(text.as_bytes()).unwrap_err()
    }

    #[test]
    fn documents_come_back_as_they_were() {
        for document in [sample::document(), sample::odd_document()] {
            let text = written(std::slice::from_ref(&document));
            assert_eq!(read(text.as_bytes()), Ok(vec![document]));
        }
    }

    #[test]
    fn several_documents_come_back_as_the_network_has_them() {
        let documents = [sample::document(), sample::odd_document(), sample::document()];
        let network = Network::of(&documents);
        assert_eq!(read(written(&documents).as_bytes()), Ok(network.documents()));
    }

    #[test]
    fn null_and_empty_stay_apart() {
        let document = sample::document();
        assert_eq!(document.officials[1].title.as_deref(), Some(""));
        let back = read(written(&[document]).as_bytes()).unwrap();
        assert_eq!(back[0].officials[1].title.as_deref(), Some(""));
        assert_eq!(back[0].officials[1].country, None);
        assert_eq!(back[0].trips[0].extra.get("note"), Some(&serde_json::Value::Null));
    }

    #[test]
    fn what_was_changed_in_another_tool_is_read() {
        let text = written(&[sample::document()]).replace(">Ada Lovelace</data>", ">Ada King</data>");
        let moved =
            text.replace(r#"source="visit:v1" target="place:baghdad""#, r#"source="visit:v1" target="place:iraq""#);
        let back = read(moved.as_bytes()).unwrap();
        assert_eq!(back[0].officials[0].name, "Ada King");
        assert_eq!(back[0].visits[0].place.0, "iraq");
    }

    #[test]
    fn a_changed_text_outweighs_the_exact_one() {
        let text = written(&[sample::odd_document()]).replace(">A\u{fffd}</data>", ">Adam</data>");
        assert_eq!(read(text.as_bytes()).unwrap()[0].officials[0].name, "Adam");
    }

    #[test]
    fn what_igraph_writes_for_missing_values_is_missing() {
        let text = written(&[sample::document()]);
        let place = r#"<node id="place:iraq">"#;
        let filled = format!(r#"{place}<data key="node_lat">nan</data><data key="node_aliases"></data>"#);
        let visit = r#"<node id="visit:v2">"#;
        let text = text.replace(place, &filled).replace(visit, &format!(r#"{visit}<data key="node_start"></data>"#));
        assert_eq!(read(text.as_bytes()), Ok(vec![sample::document()]));
    }

    #[test]
    fn nodes_in_another_order_are_sorted_again() {
        let document = sample::document();
        let text = written(std::slice::from_ref(&document));
        let nodes: Vec<&str> = text.split_inclusive("</node>\n").collect();
        let (head, first) = nodes[0].split_at(nodes[0].find("    <node").unwrap());
        let (tail, others) = nodes[1..].split_last().unwrap();
        let turned: String = [head].into_iter().chain(others.iter().rev().copied()).chain([first, *tail]).collect();
        assert_ne!(turned, text);
        assert_eq!(read(turned.as_bytes()), Ok(vec![document]));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        assert_eq!(error("<graphml>\n<graph>").line, Some(2));
        assert!(error("").what.contains("article"));
        assert!(error("a: b").what.contains("article"));
        let text = written(&[sample::document()]);
        let no_date = error(&text.replace(">2023-11-05<", ">5 November<"));
        assert!(no_date.what.contains("5 November") && no_date.line.is_some(), "{no_date}");
        let no_type = error(&text.replace(r#"<data key="node_type">visit</data>"#, ""));
        assert!(no_type.what.contains("visit:v1") && no_type.what.contains("type"), "{no_type}");
        let no_end = error(&text.replace(r#"target="visit:v1""#, r#"target="visit:v99""#));
        assert!(no_end.what.contains("visit:v99"), "{no_end}");
        let version = error(&text.replace("portolan/itinerary/1", "portolan/itinerary/2"));
        assert!(version.what.contains("portolan/itinerary/2"), "{version}");
        let half = &text[..text.len() / 2];
        assert!(read(half.as_bytes()).is_err());
        assert_eq!(read(b"<graphml>\n\xff").unwrap_err().line, Some(2));
    }

    proptest! {
        #[test]
        fn any_document_comes_back_equal(document in super::super::arbitrary::document()) {
            let text = written(std::slice::from_ref(&document));
            prop_assert!(roxmltree::Document::parse(&text).is_ok());
            prop_assert_eq!(read(text.as_bytes()), Ok(vec![document]));
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), cut in any::<prop::sample::Index>()) {
            let _ = read(text.as_bytes());
            let whole = written(&[sample::odd_document()]);
            let bytes = whole.as_bytes();
            let _ = read(&bytes[..cut.index(bytes.len())]);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn any_documents_come_back_as_the_network_has_them(
            documents in prop::collection::vec(super::super::arbitrary::document(), 2..4)
        ) {
            let network = Network::of(&documents);
            prop_assert_eq!(read(written(&documents).as_bytes()), Ok(network.documents()));
        }
    }
}
