//! The shape of a document in JSON: every value is held against the JSON Schema that is generated from the document's
//! types, so that a new field needs nothing here. What does not fit is told and mended, so that the rest can be read.

use super::finding::{Finding, did_you_mean, nearest};
use super::source::Source;
use crate::gazetteer::Gazetteer;
use crate::itinerary::{Edtf, Itinerary, check_version};
use serde_json::{Map, Value, json};

/// Required fields that are filled in where they are not there, as type and field.
const FILLED_IN: [(&str, &str); 15] = [
    ("", "schema"),
    ("", "article"),
    ("ArticleInfo", "id"),
    ("Official", "id"),
    ("Place", "id"),
    ("Place", "kind"),
    ("Trip", "id"),
    ("Trip", "kind"),
    ("Trip", "visits"),
    ("Visit", "id"),
    ("Visit", "status"),
    ("Visit", "trip"),
    ("Meeting", "id"),
    ("Meeting", "status"),
    ("Meeting", "mode"),
];

/// Additions to version 1 that the program itself writes, as type and field: README says what they mean.
const ADDITIONS: [(&str, &str); 12] = [
    ("ArticleInfo", "kind"),
    ("ArticleInfo", "merged_from"),
    ("ArticleInfo", "original_id"),
    ("Visit", "sites"),
    ("Visit", "sources"),
    ("Visit", "support"),
    ("Visit", "dated_by"),
    ("Visit", "from_register"),
    ("Meeting", "sources"),
    ("Meeting", "support"),
    ("Evidence", "article"),
    ("Precedence", "sources"),
];

/// What an official may serve besides a state.
const BODIES: [&str; 3] = ["EU", "UN", "NATO"];

/// Whether a code stands for a state, a territory or a body that an official can serve.
pub fn is_served(code: &str) -> bool {
    BODIES.contains(&code) || Gazetteer::embedded().country(code).is_some()
}

/// The value of a document of this version; `None` where it is something else, which is told.
pub fn version(source: &Source, findings: &mut Vec<Finding>) -> Option<Value> {
    let value = &source.value;
    if value.is_object() && source.is_document() {
        return match check_version(value) {
            Err(problem) if source.has("schema") => {
                let (message, remedy) = split(&problem.message);
                findings.push(source.error("schema", message, remedy));
                None
            }
            _ => Some(value.clone()),
        };
    }
    if source.findings.is_empty() || !value.is_null() {
        let message = "this is not an itinerary document: it has neither `schema` nor `visits` nor `trips`";
        let remedy =
            "A document is one JSON object; the least is {\"visits\": [{\"traveller\": \"…\", \"place\": \"…\"}]}.";
        findings.push(source.error("", message, remedy));
    }
    None
}

/// What is wrong, and what to do, of a message that joins them by a colon.
pub fn split(message: &str) -> (String, String) {
    let (what, remedy) = message.split_once(": ").unwrap_or((message, "Correct it"));
    let mut letters = remedy.chars();
    let remedy: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    (what.to_string(), format!("{remedy}."))
}

/// Tells what does not fit the types of a document, and puts something that does in its place.
pub fn mend(value: &mut Value, source: &Source, findings: &mut Vec<Finding>) {
    let schema = schemars::schema_for!(Itinerary).to_value();
    let mut fitter = Fitter { schema: &schema, source, findings };
    fitter.fit(&schema, value, "");
}

struct Fitter<'a> {
    schema: &'a Value,
    source: &'a Source,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Fitter<'a> {
    fn fit(&mut self, node: &'a Value, value: &mut Value, path: &str) {
        let (node, name, nullable) = resolved(self.schema, node);
        if nullable && value.is_null() {
            return;
        }
        let wrong = match kind(node) {
            "object" if value.is_object() => return self.object(node, name, value, path),
            "array" if value.is_array() => return self.array(node, value, path),
            "string" => value.as_str().map(|text| self.text(node, name, text, path)),
            "integer" => value.as_f64().map(|_| self.integer(node, value, path)),
            "number" => value.as_f64().map(|_| None),
            _ => None,
        };
        let finding = match wrong {
            Some(None) => return,
            Some(Some(finding)) => finding,
            None => self.source.error(
                path,
                format!("{} where {} belongs", shown(value), wanted(node, name)),
                remedy(node, name),
            ),
        };
        let keep = !finding.is_error();
        self.findings.push(finding);
        if !keep {
            *value = if nullable { Value::Null } else { self.blank(node) };
        }
    }

    fn array(&mut self, node: &'a Value, value: &mut Value, path: &str) {
        let items = value.as_array_mut().into_iter().flatten();
        for (i, item) in items.enumerate() {
            self.fit(&node["items"], item, &format!("{path}[{i}]"));
        }
        self.slipped_ids(value, path);
    }

    /// Items without id beside others that have one; a list without any id gets ids later.
    fn slipped_ids(&mut self, list: &Value, path: &str) {
        let objects = || list.as_array().into_iter().flatten().enumerate().filter(|(_, item)| item.is_object());
        if objects().any(|(_, item)| !item["id"].is_null()) {
            for (i, _) in objects().filter(|(_, item)| item.get("id").is_none()) {
                let at = format!("{path}[{i}].id");
                let remedy = "Give it one that nothing else in the list has.";
                self.findings.push(self.source.error(&at, "the id is missing", remedy));
            }
        }
    }

    fn object(&mut self, node: &'a Value, name: &str, value: &mut Value, path: &str) {
        let (Some(fields), Some(map)) = (node["properties"].as_object(), value.as_object_mut()) else { return };
        let slips = misspelt(node, name, map, fields);
        for (field, inner) in map.iter_mut() {
            let at = joined(path, field);
            match fields.get(field) {
                Some(node) => self.fit(node, inner, &at),
                None if slips.iter().any(|(slip, _)| slip == field) => {}
                None if ADDITIONS.contains(&(name, field)) => {}
                None => self.findings.push(unknown(self.source, &at, field, fields)),
            }
        }
        for field in node["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !map.contains_key(field) && !FILLED_IN.contains(&(name, field)) {
                let message = format!("`{field}` is missing");
                let (inner, name, _) = resolved(self.schema, &fields[field]);
                let finding = match slips.iter().find(|(_, meant)| meant == field) {
                    Some((slip, _)) => {
                        let message = format!("{message}, and the field `{slip}` is not known");
                        let at = self.source.error(&joined(path, slip), message, format!("Write `{field}` for it."));
                        // What follows from it is said of the field that is meant.
                        Finding { path: joined(path, field), ..at }
                    }
                    None => {
                        let remedy = format!("Add it: {}.", wanted(inner, name));
                        self.source.error(&joined(path, field), message, remedy)
                    }
                };
                self.findings.push(finding);
                map.insert(field.to_string(), self.blank(&fields[field]));
            }
        }
    }

    /// What is wrong with a text, if anything is.
    fn text(&self, node: &Value, name: &str, text: &str, path: &str) -> Option<Finding> {
        let allowed = choices(node);
        if !allowed.is_empty() {
            let remedy = format!("{}It is one of {}.", did_you_mean(text, allowed.iter().copied()), listed(&allowed));
            return (!allowed.contains(&text))
                .then(|| self.source.error(path, format!("`{text}` is not known here"), remedy));
        }
        match name {
            "Edtf" => text.parse::<Edtf>().err().map(|e| {
                let (what, remedy) = match e.to_string().split_once("; ") {
                    Some((what, remedy)) => (what.to_string(), format!("{}.", capitalised(remedy))),
                    None => (e.to_string(), "Correct the date, or write null.".to_string()),
                };
                self.source.error(path, what, remedy)
            }),
            "CountryCode" => self.country(text, path),
            _ => None,
        }
    }

    fn country(&self, text: &str, path: &str) -> Option<Finding> {
        if is_served(text) {
            return None;
        }
        let places = Gazetteer::embedded().lookup(text).places;
        let upper = text.to_uppercase();
        let meant = if is_served(&upper) { Some(upper) } else { places.first().map(|p| p.country.to_string()) };
        let message = format!("`{text}` is no code of a country");
        Some(match meant {
            Some(code) => {
                self.source.error(path, message, format!("Did you mean `{code}`? Codes are ISO 3166-1 alpha-2."))
            }
            None if text.len() >= 2 && text.bytes().all(|b| b.is_ascii_uppercase()) => {
                self.source.warning(path, message, "It is kept; codes are ISO 3166-1 alpha-2, or EU, UN, NATO.")
            }
            None => self.source.error(path, message, "Write the ISO 3166-1 alpha-2 code in capitals, such as IQ."),
        })
    }

    fn integer(&self, node: &Value, value: &Value, path: &str) -> Option<Finding> {
        let most = if node["format"] == "uint32" { u64::from(u32::MAX) } else { u64::MAX };
        let fits = value.as_u64().is_some_and(|n| n <= most);
        (!fits)
            .then(|| self.source.error(path, format!("`{value}` where a whole number belongs"), "Write one from 0 up."))
    }

    /// The least that fits a node, for what was wrong or missing.
    fn blank(&self, node: &Value) -> Value {
        let (node, _, nullable) = resolved(self.schema, node);
        match kind(node) {
            _ if nullable => Value::Null,
            "object" => {
                let required = node["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
                let fields = required.map(|f| (f.to_string(), self.blank(&node["properties"][f])));
                Value::Object(fields.collect())
            }
            "array" => json!([]),
            "integer" | "number" => json!(0),
            _ => json!(choices(node).first().copied().unwrap_or("")),
        }
    }
}

/// A node of the schema past references: with the name of its type, and whether null may stand for it.
fn resolved<'s>(schema: &'s Value, node: &'s Value) -> (&'s Value, &'s str, bool) {
    if let Some(target) = node["$ref"].as_str().and_then(|r| r.strip_prefix("#/$defs/")) {
        return (&schema["$defs"][target], target, false);
    }
    if let Some(options) = node["anyOf"].as_array()
        && let Some(option) = options.iter().find(|o| o["type"] != "null")
    {
        let (inner, name, _) = resolved(schema, option);
        return (inner, name, options.len() > 1);
    }
    (node, "", node["type"].as_array().is_some_and(|types| types.iter().any(|t| t == "null")))
}

/// The JSON type that a resolved node asks for, besides null.
fn kind(node: &Value) -> &str {
    if !choices(node).is_empty() {
        return "string";
    }
    match &node["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).find(|t| *t != "null").unwrap_or(""),
        one => one.as_str().unwrap_or(""),
    }
}

/// The words that a node allows; none where it is no choice of words.
fn choices(node: &Value) -> Vec<&str> {
    let one_of = node["oneOf"].as_array().into_iter().flatten();
    let constants = one_of.flat_map(|o| o["const"].as_str().into_iter().chain(words(&o["enum"])));
    constants.chain(words(&node["enum"])).collect()
}

/// Fields that are not known and are nearly those that are missing: as they are written, and as they are meant.
fn misspelt(node: &Value, name: &str, map: &Map<String, Value>, fields: &Map<String, Value>) -> Vec<(String, String)> {
    let missing = words(&node["required"]).filter(|f| !map.contains_key(*f) && !FILLED_IN.contains(&(name, *f)));
    let slip = |field: &str| {
        let unknown = map.keys().map(String::as_str).filter(|k| !fields.contains_key(*k));
        nearest(field, unknown).map(|slip| (slip.to_string(), field.to_string()))
    };
    missing.filter_map(slip).collect()
}

fn words(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn unknown(source: &Source, path: &str, field: &str, fields: &Map<String, Value>) -> Finding {
    let known: Vec<&str> = fields.keys().map(String::as_str).collect();
    let remedy = format!("{}The fields here are {}.", did_you_mean(field, known.iter().copied()), listed(&known));
    source.warning(path, format!("the field `{field}` is not known: it is kept and not used"), remedy)
}

fn wanted(node: &Value, name: &str) -> String {
    match (kind(node), name) {
        (_, "Edtf") => "a date such as \"2023-11-05\"".into(),
        (_, "CountryCode") => "a country's code such as \"IQ\"".into(),
        (_, "OfficialId") => "an official's id or name as text".into(),
        (_, "PlaceId") => "a place's id or name as text".into(),
        (_, "TripId" | "VisitId" | "MeetingId") => "an id as text".into(),
        _ if !choices(node).is_empty() => format!("one of {}", listed(&choices(node))),
        ("string", _) => "text in quotation marks".into(),
        ("array", _) => "a list in [ and ]".into(),
        ("object", _) => "an object in { and }".into(),
        ("integer", _) => "a whole number".into(),
        (kind, _) => format!("a {kind}"),
    }
}

fn remedy(node: &Value, name: &str) -> String {
    format!("Write {}.", wanted(node, name))
}

/// A value in few words.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "`null`".into(),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
        Value::String(text) => format!("the text `{}`", text.chars().take(40).collect::<String>()),
        other => format!("`{other}`"),
    }
}

fn joined(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_string() } else { format!("{path}.{field}") }
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
