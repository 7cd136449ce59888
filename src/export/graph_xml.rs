//! What GraphML and GEXF share: elements written with `quick-xml`, and values of attributes as texts that XML 1.0 can
//! hold. A character that it cannot hold is shown as U+FFFD, and the text as it was stands, as JSON, in the attribute
//! `exact`. Knows no document.

use super::ExportError;
use super::graph::{Attributes, Value};
use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;
use std::io;

/// The attribute with the texts as they were, by name.
pub const EXACT: &str = "exact";

/// An attribute as XML holds it.
pub struct Held {
    pub name: &'static str,
    /// `string`, `double`, `long` or `boolean`: the types that GraphML and GEXF have in common.
    pub kind: &'static str,
    pub text: String,
}

/// Whether XML 1.0 can hold a character (production `Char`; Rust's characters exclude surrogates).
fn legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// A text with U+FFFD for each character that XML 1.0 cannot hold.
pub fn held(text: &str) -> Cow<'_, str> {
    if text.chars().all(legal) {
        return text.into();
    }
    text.chars().map(|c| if legal(c) { c } else { char::REPLACEMENT_CHARACTER }).collect::<String>().into()
}

/// JSON without characters that XML cannot hold: they can only stand in strings, where JSON has a sign for them.
pub fn json_text(json: &Json) -> String {
    let mut text = String::new();
    for c in json.to_string().chars() {
        if legal(c) {
            text.push(c);
        } else {
            text.push_str(&format!("\\u{:04x}", u32::from(c)));
        }
    }
    text
}

/// Attributes as XML holds them, with [`EXACT`] where that is not all.
pub fn all_held(attributes: &Attributes) -> Vec<Held> {
    let mut exact = Map::new();
    let mut all = Vec::new();
    for (name, value) in attributes.iter() {
        if let Value::Text(text) = value
            && !text.chars().all(legal)
        {
            exact.insert(name.into(), Json::from(text.as_str()));
        }
        all.push(Held { name, kind: kind(value), text: text_of(value) });
    }
    if !exact.is_empty() {
        all.push(Held { name: EXACT, kind: "string", text: json_text(&Json::Object(exact)) });
    }
    all
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Text(_) | Value::Json(_) => "string",
        Value::Number(_) => "double",
        Value::Integer(_) => "long",
        Value::Boolean(_) => "boolean",
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Json(json) => json_text(json),
        other => held(&other.to_text()).into_owned(),
    }
}

/// Names and types of all attributes, each once, in the order in which they come.
pub fn columns<'a>(all: impl Iterator<Item = &'a Attributes>) -> Vec<(&'static str, &'static str)> {
    let mut columns: Vec<(&'static str, &'static str)> = Vec::new();
    for held in all.flat_map(all_held) {
        if columns.iter().all(|(name, _)| *name != held.name) {
            columns.push((held.name, held.kind));
        }
    }
    columns
}

/// An XML file being written, indented by two spaces.
pub struct Sheet(Writer<Vec<u8>>);

impl Sheet {
    /// A file with its declaration.
    pub fn new() -> io::Result<Sheet> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Sheet(writer))
    }

    /// Begins an element.
    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Start(start(name, attributes)))
    }

    /// Ends an element.
    pub fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element with a text in it; readers would make a newline of a bare carriage return.
    pub fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        let text = held(text);
        let escaped = escape(text.as_ref()).replace('\r', "&#13;");
        self.0.write_event(Event::Text(BytesText::from_escaped(escaped)))?;
        self.close(name)
    }

    /// The bytes of the file.
    pub fn finish(self) -> Vec<u8> {
        let mut bytes = self.0.into_inner();
        bytes.push(b'\n');
        bytes
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, held(value).as_ref()));
    }
    start
}

/// The error of a form that could not be written.
pub fn failed(format: &'static str) -> impl FnOnce(io::Error) -> ExportError {
    move |error| ExportError { format, reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_xml_cannot_hold_is_shown_and_kept() {
        assert_eq!(held("a\u{0}b\u{ffff}\t"), "a\u{fffd}b\u{fffd}\t");
        let json = json!({"\u{1}": "\u{fffe}\u{7f}"});
        let text = json_text(&json);
        assert!(text.chars().all(legal), "{text}");
        assert_eq!(serde_json::from_str::<Json>(&text).unwrap(), json);
    }
}
