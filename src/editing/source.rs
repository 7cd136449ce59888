//! JSON as it stands in a text: its value, where each part of it is, and every slip in its writing.
//!
//! A reader of our own: `serde_json` stops at the first slip and knows no positions of values, and a person who edits a
//! file wants all of them. Slips that have one reading (a comma too many or too few, a comment, a key without quotation
//! marks) are told and read over; what has none ends the reading. The grammar is that of RFC 8259. Knows nothing of
//! documents.

use super::finding::{Finding, Severity};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Deepest nesting that is read, as in `serde_json`.
const DEEPEST: usize = 127;
/// After so many slips the rest is noise.
const MOST_SLIPS: usize = 50;

/// A text read as JSON.
pub struct Source {
    pub value: Value,
    /// Slips in the writing, as errors.
    pub findings: Vec<Finding>,
    /// Offset of each value by its path.
    offsets: HashMap<String, usize>,
    /// Offset of the first byte of each line.
    lines: Vec<usize>,
    text: String,
}

impl Source {
    /// Whether something stands at a path.
    pub fn has(&self, path: &str) -> bool {
        self.offsets.contains_key(path)
    }

    /// Whether it looks like an itinerary document rather than an article or other JSON.
    pub fn is_document(&self) -> bool {
        let has = |key: &str| self.value.get(key).is_some();
        has("schema") || ((has("visits") || has("trips")) && !has("text"))
    }

    /// Whether it looks like an article.
    pub fn is_article(&self) -> bool {
        !self.is_document() && self.value.get("text").is_some_and(Value::is_string)
    }

    /// An error at a path, or at the nearest part around it that is in the text.
    pub fn error(&self, path: &str, message: impl Into<String>, remedy: impl Into<String>) -> Finding {
        self.finding(Severity::Error, path, message.into(), remedy.into())
    }

    /// A warning at a path, or at the nearest part around it that is in the text.
    pub fn warning(&self, path: &str, message: impl Into<String>, remedy: impl Into<String>) -> Finding {
        self.finding(Severity::Warning, path, message.into(), remedy.into())
    }

    fn finding(&self, severity: Severity, path: &str, message: String, remedy: String) -> Finding {
        let (line, column) = self.position(self.offset(path));
        Finding { severity, path: path.to_string(), line: Some(line), column: Some(column), message, remedy }
    }

    fn offset(&self, path: &str) -> usize {
        let mut part = path;
        loop {
            if let Some(offset) = self.offsets.get(part) {
                return *offset;
            }
            match part.rfind(['.', '[']) {
                Some(end) => part = &part[..end],
                None => return self.offsets.get("").copied().unwrap_or(0),
            }
        }
    }

    /// Line and column, both from 1, the column in characters.
    fn position(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        (line, self.text.get(start..offset).map_or(1, |t| t.chars().count() + 1))
    }
}

/// Reads a text as JSON, as far as it can be read.
pub fn read(text: &str) -> Source {
    let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
    let mut reader = Reader { text, at: 0, depth: 0, slips: Vec::new(), offsets: HashMap::new() };
    let value = reader.document();
    let (slips, offsets) = (reader.slips, reader.offsets);
    let mut source = Source { value, findings: Vec::new(), offsets, lines, text: text.to_string() };
    source.findings = slips.into_iter().map(|s| source.told(s)).collect();
    source
}

impl Source {
    fn told(&self, slip: Slip) -> Finding {
        let (line, column) = self.position(slip.at);
        Finding {
            severity: Severity::Error,
            path: slip.path,
            line: Some(line),
            column: Some(column),
            message: slip.message,
            remedy: slip.remedy.to_string(),
        }
    }
}

/// One thing that is not JSON.
struct Slip {
    at: usize,
    path: String,
    message: String,
    remedy: &'static str,
}

/// What follows cannot be read; the slip has been told.
struct Lost;

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    slips: Vec<Slip>,
    offsets: HashMap<String, usize>,
}

impl Reader<'_> {
    fn document(&mut self) -> Value {
        let mut value = Value::Null;
        if self.value("", &mut value).is_ok() {
            self.blank();
            if self.at < self.text.len() {
                self.slip(
                    self.at,
                    "",
                    "something follows after the end of the document",
                    "Remove it, or the bracket too many.",
                );
            }
        }
        value
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn slip(&mut self, at: usize, path: &str, message: impl Into<String>, remedy: &'static str) {
        self.slips.push(Slip { at, path: path.to_string(), message: message.into(), remedy });
    }

    fn lost<T>(&mut self, path: &str, message: impl Into<String>, remedy: &'static str) -> Result<T, Lost> {
        self.slip(self.at, path, message, remedy);
        Err(Lost)
    }

    /// Past white space, and past comments, which are told.
    fn blank(&mut self) {
        loop {
            let rest = self.rest();
            let white = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            self.at += white;
            let comment = match self.rest() {
                r if r.starts_with("//") || r.starts_with('#') => r.find('\n').unwrap_or(r.len()),
                r if r.starts_with("/*") => r.find("*/").map_or(r.len(), |i| i + 2),
                _ => return,
            };
            self.slip(self.at, "", "JSON has no comments", "Remove the comment.");
            self.at += comment;
        }
    }

    /// Reads a value into `into`, which keeps what was read where the rest is lost.
    fn value(&mut self, path: &str, into: &mut Value) -> Result<(), Lost> {
        self.blank();
        if self.slips.len() >= MOST_SLIPS {
            return Err(Lost);
        }
        self.offsets.insert(path.to_string(), self.at);
        match self.peek() {
            Some('{') => self.nested(path, into, Self::object),
            Some('[') => self.nested(path, into, Self::array),
            Some('"' | '\'' | '“' | '”') => self.string(path).map(|s| *into = Value::String(s)),
            Some('-' | '+' | '.' | '0'..='9') => self.number(path).map(|n| *into = n),
            Some(c) if c.is_alphabetic() => self.word(path).map(|w| *into = w),
            Some(c) => self.lost(path, format!("a value is missing before `{c}`"), "Write one, or `null`."),
            None => {
                self.lost(path, "the text ends where a value should stand", "Complete it; perhaps the file was cut.")
            }
        }
    }

    fn nested(
        &mut self,
        path: &str,
        into: &mut Value,
        read: fn(&mut Self, &str, &mut Value) -> Result<(), Lost>,
    ) -> Result<(), Lost> {
        if self.depth >= DEEPEST {
            return self.lost(path, "it is nested too deeply", "A document is nested six deep at most.");
        }
        self.depth += 1;
        self.at += 1;
        let end = read(self, path, into);
        self.depth -= 1;
        end
    }

    fn object(&mut self, path: &str, into: &mut Value) -> Result<(), Lost> {
        *into = Value::Object(Map::new());
        let open = self.at - 1;
        while self.goes_on(path, '}', open)? {
            let at = self.at;
            let key = self.key(path)?;
            let inner = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            self.colon(&inner)?;
            let mut value = Value::Null;
            let end = self.value(&inner, &mut value);
            if let Value::Object(map) = into
                && map.insert(key.clone(), value).is_some()
            {
                self.slip(at, &inner, format!("`{key}` is given twice"), "Keep one of the two.");
            }
            end?;
        }
        Ok(())
    }

    fn array(&mut self, path: &str, into: &mut Value) -> Result<(), Lost> {
        *into = Value::Array(Vec::new());
        let open = self.at - 1;
        let mut index = 0;
        while self.goes_on(path, ']', open)? {
            let mut value = Value::Null;
            let end = self.value(&format!("{path}[{index}]"), &mut value);
            if let Value::Array(list) = into {
                list.push(value);
            }
            end?;
            index += 1;
        }
        Ok(())
    }

    /// Whether another member follows, past the comma before it; at the closing bracket, goes past that.
    fn goes_on(&mut self, path: &str, close: char, open: usize) -> Result<bool, Lost> {
        let first = self.at == open + 1;
        let before = self.at;
        self.blank();
        let comma = self.at;
        let mut commas = 0;
        while self.peek() == Some(',') {
            self.at += 1;
            commas += 1;
            self.blank();
        }
        match self.peek() {
            None => {
                let (line, _) = position_of(self.text, open);
                let message = format!("the text ends before the `{close}` of the bracket in line {line}");
                self.lost(path, message, "Close it; perhaps the file was cut.")
            }
            Some(c) if c == close => {
                if commas > 0 {
                    self.slip(comma, path, "a comma stands before the closing bracket", "Remove the comma.");
                }
                self.at += 1;
                Ok(false)
            }
            Some(c @ ('}' | ']')) => {
                let (line, _) = position_of(self.text, open);
                let message = format!("`{c}` where the `{close}` of the bracket in line {line} should stand");
                self.lost(path, message, "Correct the bracket, or add the one that is missing.")
            }
            Some(_) => {
                match (first, commas) {
                    (true, 0) | (false, 1) => {}
                    (false, 0) => self.slip(before, path, "a comma is missing here", "Write a comma between the two."),
                    _ => self.slip(comma, path, "a comma too many", "Remove it."),
                }
                Ok(true)
            }
        }
    }

    fn key(&mut self, path: &str) -> Result<String, Lost> {
        match self.peek() {
            Some('"' | '\'' | '“' | '”') => self.string(path),
            Some(c) if c.is_alphanumeric() || c == '_' => {
                let word = self.bare();
                let message = format!("the key `{word}` stands without quotation marks");
                self.slip(self.at - word.len(), path, message, "Write it in double quotation marks.");
                Ok(word)
            }
            _ => self.lost(path, "the name of a field is missing", "Write \"name\": value."),
        }
    }

    fn colon(&mut self, path: &str) -> Result<(), Lost> {
        self.blank();
        if self.peek() == Some(':') {
            self.at += 1;
            return Ok(());
        }
        self.lost(path, "a colon is missing after the name of the field", "Write \"name\": value.")
    }

    fn bare(&mut self) -> String {
        let of_word = |c: char| c.is_alphanumeric() || "_-+.".contains(c);
        let word: String = self.rest().chars().take_while(|c| of_word(*c)).collect();
        self.at += word.len();
        word
    }

    fn word(&mut self, path: &str) -> Result<Value, Lost> {
        let at = self.at;
        let word = self.bare();
        let value = match word.to_lowercase().as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" | "none" | "nil" | "undefined" => Value::Null,
            _ => Value::String(word.clone()),
        };
        if !["true", "false", "null"].contains(&word.as_str()) {
            let remedy = if value.is_string() {
                "Write text in double quotation marks."
            } else {
                "JSON says `null`, `true`, `false`."
            };
            self.slip(at, path, format!("`{word}` is no JSON"), remedy);
        }
        Ok(value)
    }

    fn number(&mut self, path: &str) -> Result<Value, Lost> {
        let at = self.at;
        let word = self.bare();
        Ok(serde_json::from_str(&word).unwrap_or_else(|_| {
            self.slip(
                at,
                path,
                format!("`{word}` is no JSON number"),
                "Write dates and other text in double quotation marks.",
            );
            Value::String(word)
        }))
    }

    /// A string in double quotation marks; in others it is told and read.
    fn string(&mut self, path: &str) -> Result<String, Lost> {
        let open = self.peek().unwrap_or('"');
        let start = self.at;
        let close: &[char] = match open {
            '"' => &['"'],
            '\'' => &['\''],
            _ => &['”', '“', '"'],
        };
        if open != '"' {
            self.slip(start, path, format!("`{open}` is no quotation mark of JSON"), "Write text in \"…\".");
        }
        self.at += open.len_utf8();
        let mut text = String::new();
        loop {
            match self.peek() {
                Some(c) if close.contains(&c) => {
                    self.at += c.len_utf8();
                    return Ok(text);
                }
                Some('\n') | None => {
                    self.at = start;
                    return self.lost(
                        path,
                        "this text has no closing quotation mark in its line",
                        "Add it; a line break is written \\n.",
                    );
                }
                Some('\\') => self.escape(path, &mut text),
                Some(c) => {
                    if c < ' ' {
                        self.slip(
                            self.at,
                            path,
                            "a control character stands in the text",
                            "Remove it, or write it as \\t or \\u0000.",
                        );
                    }
                    text.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
    }

    fn escape(&mut self, path: &str, text: &mut String) {
        let rest = self.rest();
        // A pair of surrogates is one character.
        let lengths = [12, 6, 2];
        let parsed = lengths.iter().find_map(|n| {
            let escape = rest.get(..*n)?;
            let read: String = serde_json::from_str(&format!("\"{escape}\"")).ok()?;
            (read.chars().count() == 1).then_some((*n, read))
        });
        match parsed {
            Some((length, read)) => {
                self.at += length;
                text.push_str(&read);
            }
            None => {
                let message = "this is no escape of JSON";
                self.slip(self.at, path, message, "A backslash itself is written \\\\.");
                text.push('\\');
                self.at += 1;
            }
        }
    }
}

fn position_of(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or("");
    let line = before.matches('\n').count() + 1;
    (line, before.rsplit('\n').next().map_or(1, |l| l.chars().count() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slips(text: &str) -> Vec<(usize, usize, String)> {
        let found = read(text).findings;
        found.into_iter().map(|f| (f.line.unwrap_or(0), f.column.unwrap_or(0), f.message)).collect()
    }

    #[test]
    fn all_slips_are_told_with_their_lines() {
        let text = "{\n  'a': 1,\n  b: 2 // why\n  \"c\": [1,],\n  \"d\": None,,\n  \"e\": 2023-11-05,\n  \"a\": 3\n}";
        let lines: Vec<usize> = slips(text).iter().map(|s| s.0).collect();
        assert_eq!(lines, [2, 3, 3, 3, 4, 5, 5, 6, 7]);
    }

    #[test]
    fn a_cut_text_says_where_the_bracket_was_opened() {
        assert_eq!(slips("{\n\"a\": [1, 2"), [(2, 11, "the text ends before the `]` of the bracket in line 2".into())]);
        assert!(slips("{\"a\": \"b").first().is_some_and(|s| s.1 == 7));
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(slips(&"[".repeat(100_000)).iter().any(|s| s.2.contains("nested")));
    }

    #[test]
    fn columns_count_characters() {
        let source = read("{\"é\": \"ü\", \"x\": [1, {\"y\": 2}]}");
        let finding = source.error("x[1].y", "", "");
        assert_eq!((finding.line, finding.column), (Some(1), Some(27)));
        assert_eq!(source.error("x[1].z.q", "", "").column, Some(21));
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1e6f64..1e6).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|m| Value::Object(m.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_serde_writes_is_read_alike(value in json(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let text = text.unwrap();
            let source = read(&text);
            prop_assert!(source.findings.is_empty(), "{:?}", source.findings);
            prop_assert_eq!(source.value, serde_json::from_str::<Value>(&text).unwrap());
        }

        #[test]
        fn nothing_that_serde_refuses_goes_through(text in "[\\[\\]{},:\"'a1e. \\\\/-]{0,30}") {
            if serde_json::from_str::<Value>(&text).is_err() {
                prop_assert!(!read(&text).findings.is_empty());
            }
        }
    }
}
