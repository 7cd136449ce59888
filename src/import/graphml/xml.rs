//! GraphML as plain values: nodes and edges with their attributes by name, still as texts. Knows no documents.

use super::super::ImportError;
use super::line_at;
use crate::export::graph_xml::{EXACT, held};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;

/// A node or an edge.
#[derive(Clone, Debug, Default)]
pub struct Element {
    /// Empty where an edge has none.
    pub id: String,
    /// Where it begins, from 1.
    pub line: usize,
    /// Ids of the nodes at the ends of an edge.
    pub ends: Option<(String, String)>,
    /// Attributes by name.
    pub values: HashMap<String, String>,
}

/// The nodes and edges of a file, in its order.
#[derive(Clone, Debug, Default)]
pub struct Elements {
    pub nodes: Vec<Element>,
    pub edges: Vec<Element>,
}

/// Reads a file.
pub fn read(text: &str) -> Result<Elements, ImportError> {
    let mut reading = Reading::new(text);
    while reading.step()? {}
    Ok(reading.found)
}

/// A file half read.
struct Reading<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Names of attributes by the ids of their keys.
    names: HashMap<String, String>,
    found: Elements,
    /// The node or edge that is open.
    element: Option<Element>,
    /// The name of the `data` that is open, and its text so far.
    data: Option<(String, String)>,
    /// How many elements are open.
    depth: usize,
    /// A byte, and the line that it stands in.
    counted: (usize, usize),
}

impl<'a> Reading<'a> {
    fn new(text: &'a str) -> Reading<'a> {
        let (names, found) = (HashMap::new(), Elements::default());
        Reading {
            text,
            reader: Reader::from_str(text),
            names,
            found,
            element: None,
            data: None,
            depth: 0,
            counted: (0, 1),
        }
    }

    /// The next piece; false at the end.
    fn step(&mut self) -> Result<bool, ImportError> {
        let event = self.reader.read_event().map_err(|e| self.error(e.to_string()))?;
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                self.open(&tag)?;
            }
            Event::Empty(tag) => {
                self.open(&tag)?;
                self.close(tag.local_name().as_ref());
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                self.close(tag.local_name().as_ref());
            }
            Event::Text(text) => self.add(&text.xml10_content()),
            Event::CData(text) => self.add(&text.xml10_content()),
            Event::GeneralRef(sign) => self.add_sign(&sign)?,
            Event::Eof => return self.end(),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        Ok(true)
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), ImportError> {
        match tag.local_name().as_ref() {
            "key" => {
                if let (Some(id), Some(name)) = (self.attribute(tag, "id")?, self.attribute(tag, "attr.name")?) {
                    self.names.insert(id, name);
                }
            }
            "node" => {
                let id = self.attribute(tag, "id")?.unwrap_or_default();
                self.element = Some(Element { id, line: self.next_line(), ..Element::default() });
            }
            "edge" => {
                let id = self.attribute(tag, "id")?.unwrap_or_default();
                let ends = (self.end_of(tag, "source")?, self.end_of(tag, "target")?);
                self.element = Some(Element { id, line: self.next_line(), ends: Some(ends), ..Element::default() });
            }
            "data" => {
                let key = self.attribute(tag, "key")?.unwrap_or_default();
                let name = self.names.get(&key).cloned().unwrap_or(key);
                self.data = Some((name, String::new()));
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, tag: &str) {
        match tag {
            "data" => {
                if let (Some((name, text)), Some(element)) = (self.data.take(), &mut self.element) {
                    element.values.insert(name, text);
                }
            }
            "node" => self.found.nodes.extend(self.element.take().map(as_they_were)),
            "edge" => self.found.edges.extend(self.element.take().map(as_they_were)),
            _ => {}
        }
    }

    fn add(&mut self, more: &str) {
        if let Some((_, text)) = &mut self.data {
            text.push_str(more);
        }
    }

    /// A character or entity that is written as `&…;`.
    fn add_sign(&mut self, sign: &BytesRef<'_>) -> Result<(), ImportError> {
        match sign.resolve_char_ref() {
            Ok(Some(c)) => self.add(c.encode_utf8(&mut [0; 4])),
            Ok(None) => match resolve_predefined_entity(sign) {
                Some(text) => self.add(text),
                None => return Err(self.error(format!("`&{};` is no sign that XML knows", &**sign))),
            },
            Err(e) => return Err(self.error(e.to_string())),
        }
        Ok(())
    }

    /// An element that is still open at the end was cut off; quick-xml itself lets that pass.
    fn end(&self) -> Result<bool, ImportError> {
        if self.depth == 0 { Ok(false) } else { Err(self.error("the file ends before its last element".into())) }
    }

    fn end_of(&self, tag: &BytesStart<'_>, name: &str) -> Result<String, ImportError> {
        self.attribute(tag, name)?.ok_or_else(|| self.error(format!("an edge has no {name}")))
    }

    fn attribute(&self, tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, ImportError> {
        let attribute = tag.try_get_attribute(name).map_err(|e| self.error(e.to_string()))?;
        let value = attribute.map(|a| a.normalized_value(quick_xml::XmlVersion::Implicit1_0).map(|v| v.into_owned()));
        value.transpose().map_err(|e| self.error(e.to_string()))
    }

    fn offset(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The line that reading has come to, counted on from where it was asked last.
    fn next_line(&mut self) -> usize {
        let (from, line) = self.counted;
        let passed = self.text.as_bytes().get(from..self.offset()).unwrap_or_default();
        self.counted = (from + passed.len(), line + passed.iter().filter(|b| **b == b'\n').count());
        self.counted.1
    }

    fn error(&self, what: String) -> ImportError {
        let remedy = "write the file anew with `portolan export --to graphml`, or mend this line".into();
        ImportError { line: Some(line_at(self.text.as_bytes(), self.offset())), what, remedy }
    }
}

/// Texts with characters that XML cannot hold, out of `exact`; a text that was changed since stays as it is.
fn as_they_were(mut element: Element) -> Element {
    let exact = element.values.remove(EXACT).and_then(|text| serde_json::from_str(&text).ok());
    for (name, text) in exact.into_iter().flat_map(|exact: Map<String, Json>| exact) {
        if let (Some(shown), Some(text)) = (element.values.get_mut(&name), text.as_str())
            && *shown == held(text)
        {
            *shown = text.to_string();
        }
    }
    element
}
