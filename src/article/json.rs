//! One JSON object as an article: `{"id", "title", "text", "published", "source", "url"}`, all but `text` optional.

use super::{Article, ReadError, ReadProblem, parse_published};
use crate::itinerary::PublishedFrom;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::error::Category;

/// The object as it stands in the file; other fields are allowed and not used.
#[derive(Deserialize)]
struct Fields {
    /// Text or a number.
    id: Option<Value>,
    title: Option<String>,
    text: Option<String>,
    published: Option<String>,
    source: Option<String>,
    url: Option<String>,
}

/// The article in `json`; `id` is what it is called where it does not say so itself, `line` where it stands in a JSONL file.
pub(super) fn read(file: &str, id: &str, line: Option<usize>, json: &str) -> Result<Article, ReadError> {
    let fields = parse(json).map_err(|(problem, at)| problem.at(file, line.or(at)))?;
    let fail = |problem: ReadProblem| problem.at(file, line);
    let given_id = match fields.id {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => filled(Some(text)),
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(_) => return Err(fail(ReadProblem::Shape("`id` is neither text nor a number".to_string()))),
    };
    let text = fields.text.filter(|text| !text.trim().is_empty()).ok_or_else(|| fail(ReadProblem::NoText))?;
    let published = filled(fields.published).map(|value| parse_published(&value)).transpose();
    let published = published.map_err(|e| fail(ReadProblem::Published(e)))?;
    Ok(Article {
        id: given_id.unwrap_or_else(|| id.to_string()),
        title: filled(fields.title),
        text,
        published_from: published.is_some().then_some(PublishedFrom::Metadata),
        published,
        source: filled(fields.source),
        url: filled(fields.url),
    })
}

/// The fields, or what is wrong and in which line of `json`.
fn parse(json: &str) -> Result<Fields, (ReadProblem, Option<usize>)> {
    let refused = |error: serde_json::Error| {
        let (what, line) = (message(&error), Some(error.line()));
        match error.classify() {
            Category::Data => (ReadProblem::Shape(what), line),
            _ => (ReadProblem::Json(what), line),
        }
    };
    if !json.trim_start().starts_with('{') {
        // serde would also take a list as an object's fields in their order.
        serde_json::from_str::<IgnoredAny>(json).map_err(refused)?;
        return Err((ReadProblem::Shape("it is JSON, but not an object in `{` and `}`".to_string()), None));
    }
    serde_json::from_str(json).map_err(refused)
}

/// The error's message with the column only: the line is named apart, and in a JSONL file serde does not know it.
fn message(error: &serde_json::Error) -> String {
    let full = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match full.strip_suffix(&place) {
        Some(what) => format!("{what}, at column {}", error.column()),
        None => full,
    }
}

fn filled(value: Option<String>) -> Option<String> {
    value.map(|v| v.trim().to_string()).filter(|v| !v.is_empty())
}

/// Whether `line`, the first of an input, is a whole JSON object by itself, as in JSONL; `None` where it is the beginning of
/// a longer object.
pub(super) fn is_whole(line: &str) -> Option<bool> {
    match serde_json::from_str::<IgnoredAny>(line) {
        Ok(_) => Some(true),
        Err(error) if error.is_eof() => None,
        Err(_) => Some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(json: &str) -> String {
        read("a.json", "a", None, json).expect_err("a bad article").to_string()
    }

    #[test]
    fn fields_are_taken_and_others_ignored() {
        let json = r#"{"id": 7, "text": " Words. ", "published": "2023-11-05T10:00:00Z", "title": null, "source": "", "lang": ["en"]}"#;
        let article = read("a.json", "a", None, json).expect("good");
        assert_eq!((article.id.as_str(), article.text.as_str()), ("7", " Words. "));
        assert_eq!(article.published.map(|d| d.to_string()).as_deref(), Some("2023-11-05"));
        assert_eq!((article.title, article.source), (None, None));
    }

    #[test]
    fn errors_say_where_and_what() {
        assert_eq!(
            error("{\n  \"text\": \"x\",,\n}"),
            "a.json:2: is not valid JSON: key must be a string, at column 15"
        );
        assert!(error(r#"{"text": 5}"#).starts_with("a.json:1: is not an article object: invalid type: integer `5`"));
        assert!(error(r#"[{"text": "x"}]"#).contains("not an object"));
        assert!(error(r#"{"title": "x"}"#).contains("no `text`"));
        assert!(error(r#"{"text": " "}"#).contains("no `text`"));
        assert!(error(r#"{"text": "x", "id": {}}"#).contains("`id`"));
        assert!(error(r#"{"text": "x", "published": "May"}"#).contains("`May` is not a publication date"));
    }
}
