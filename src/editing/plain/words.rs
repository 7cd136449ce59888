//! Words of a line in the plain form: how it is cut into them, and when a name needs quotation marks.

use crate::itinerary::{Edtf, PlaceKind, Status};
use std::fmt;

/// One piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    Word(String),
    /// Text that stood in quotation marks, without them.
    Quoted(String),
    Comma,
    Semicolon,
}

/// A token, and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub token: Token,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Piece {
    /// Whether it is this word, outside quotation marks.
    pub fn is(&self, word: &str) -> bool {
        matches!(&self.token, Token::Word(w) if w == word)
    }

    /// The word outside quotation marks, if it is one.
    pub fn word(&self) -> Option<&str> {
        match &self.token {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Column in characters, from 1.
    pub column: usize,
    pub message: String,
    pub remedy: String,
}

impl Wrong {
    /// Something wrong at a column.
    pub fn new(column: usize, message: impl Into<String>, remedy: impl Into<String>) -> Wrong {
        Wrong { column, message: message.into(), remedy: remedy.into() }
    }
}

/// Cuts a line into its pieces, without what follows `//` at the beginning of a word. Text in quotation marks is a JSON
/// string.
pub fn pieces(line: &str) -> Result<Vec<Piece>, Wrong> {
    let mut pieces = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_start();
        let column = line.chars().count() - rest.chars().count() + 1;
        let Some(first) = rest.chars().next().filter(|_| !rest.starts_with("//")) else { return Ok(pieces) };
        let (token, length) = match first {
            ',' => (Token::Comma, 1),
            ';' => (Token::Semicolon, 1),
            '"' => quoted(rest).ok_or_else(|| {
                let remedy = "Close it; inside, \\\" stands for a quotation mark and \\\\ for a backslash.";
                Wrong::new(column, "this quotation mark begins a text that does not end", remedy)
            })?,
            mark if CURLY.contains(&mark) && is_curly(rest) => {
                let message = format!("`{first}` is no quotation mark of this form");
                return Err(Wrong::new(column, message, "Write the straight one, as in \"Washington, D.C.\"."));
            }
            _ => word(rest, column)?,
        };
        pieces.push(Piece { token, column });
        rest = rest.get(length..).unwrap_or("");
    }
}

/// Quotation marks that shelter nothing.
const CURLY: [char; 4] = ['“', '„', '”', '«'];

/// Whether a text begins with something in such marks that has a comma or semicolon in it.
fn is_curly(rest: &str) -> bool {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let inner = rest.get(first..).and_then(|inner| Some(inner.split_at(inner.find(['”', '“', '»'])?).0));
    inner.is_some_and(|inner| inner.contains([',', ';']))
}

fn quoted(rest: &str) -> Option<(Token, usize)> {
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, c)| {
        let closes = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    });
    let length = end?.0 + 1;
    let text = serde_json::from_str(rest.get(..length)?).ok()?;
    Some((Token::Quoted(text), length))
}

fn word(rest: &str, column: usize) -> Result<(Token, usize), Wrong> {
    let end = rest.find(|c: char| c.is_whitespace() || c == ',' || c == ';').unwrap_or(rest.len());
    let word = rest.get(..end).unwrap_or(rest);
    match word.contains('"') {
        true => {
            Err(Wrong::new(column, "a quotation mark stands inside a word", "Put the whole name in quotation marks."))
        }
        false => Ok((Token::Word(word.to_string()), end)),
    }
}

/// A part between commas: words joined by spaces, or one quoted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub text: String,
    pub quoted: bool,
    pub column: usize,
}

/// The parts of pieces, between commas. `column` is where something is missing, if it is.
pub fn parts(pieces: &[Piece], column: usize) -> Result<Vec<Part>, Wrong> {
    pieces.split(|p| p.token == Token::Comma).map(|part| one_part(part, column)).collect()
}

fn one_part(pieces: &[Piece], column: usize) -> Result<Part, Wrong> {
    let column = pieces.first().map_or(column, |p| p.column);
    if let [Piece { token: Token::Quoted(text), .. }] = pieces {
        return Ok(Part { text: text.clone(), quoted: true, column });
    }
    let words: Vec<&str> = pieces.iter().filter_map(Piece::word).collect();
    if words.is_empty() {
        return Err(Wrong::new(column, "a name is missing here", "Write it, or remove the comma or semicolon."));
    }
    if words.len() < pieces.len() {
        return Err(Wrong::new(column, "something stands beside a text in quotation marks", "Quote the whole name."));
    }
    Ok(Part { text: words.join(" "), quoted: false, column })
}

/// The status that a word stands for.
pub fn status(word: &str) -> Option<Status> {
    match word {
        "completed" => Some(Status::Completed),
        "planned" => Some(Status::Planned),
        "possible" => Some(Status::Possible),
        "cancelled" => Some(Status::Cancelled),
        _ => None,
    }
}

/// The word for a status.
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::Completed => "completed",
        Status::Planned => "planned",
        Status::Possible => "possible",
        Status::Cancelled => "cancelled",
    }
}

/// The kind of place that a word stands for.
pub fn kind(word: &str) -> Option<PlaceKind> {
    match word {
        "country" => Some(PlaceKind::Country),
        "territory" => Some(PlaceKind::Territory),
        "city" => Some(PlaceKind::City),
        "site" => Some(PlaceKind::Site),
        "region" => Some(PlaceKind::Region),
        _ => None,
    }
}

/// The word for a kind of place.
pub fn kind_word(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Country => "country",
        PlaceKind::Territory => "territory",
        PlaceKind::City => "city",
        PlaceKind::Site => "site",
        PlaceKind::Region => "region",
    }
}

/// Whether a word is meant as a date: it begins with four digits or with `..`.
pub fn is_date(word: &str) -> bool {
    let digits = word.chars().take(4).filter(char::is_ascii_digit).count();
    digits == 4 || word.starts_with("../")
}

/// Words that a line can begin with besides dates and statuses.
pub const OPENERS: [&str; 6] = ["undated", "before", "after", "from", "until", "then"];

/// Words that begin a meeting.
pub const MEETING: [&str; 2] = ["met", "called"];

/// Whether a word is an ISO 8601 duration, or an interval of two.
pub fn is_duration(word: &str) -> bool {
    let one = |d: &str| {
        d == ".."
            || d.strip_prefix('P')
                .is_some_and(|r| r.contains(|c: char| c.is_ascii_digit()) && r.chars().all(of_duration))
    };
    match word.split_once('/') {
        Some((from, to)) => one(from) && one(to) && word != "../..",
        None => word != ".." && one(word),
    }
}

fn of_duration(c: char) -> bool {
    c.is_ascii_digit() || "YMWDTHS.".contains(c)
}

/// A name as it is written: in quotation marks where it would be read otherwise without them.
pub struct Name<'a>(pub &'a str);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match is_plain(self.0) {
            true => f.write_str(self.0),
            false => f.write_str(&json(self.0)),
        }
    }
}

/// A text as a JSON string.
pub fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether a name is read as it is without quotation marks, wherever names stand.
fn is_plain(name: &str) -> bool {
    let as_it_is = pieces(name).is_ok_and(|found| {
        let words: Vec<&str> = found.iter().filter_map(Piece::word).collect();
        words.len() == found.len() && !words.is_empty() && words.join(" ") == name
    });
    let words: Vec<&str> = name.split(' ').collect();
    let first = words.first().copied().unwrap_or("");
    let opens = OPENERS.contains(&first) || ["group", "any", "meetings"].contains(&first.to_lowercase().as_str());
    let code = super::super::shape::is_served(name);
    as_it_is
        && !opens
        && !code
        && !is_numbering(first)
        && !first.starts_with(['#', '-'])
        && !words.iter().any(|w| w.starts_with(CURLY))
        && !words.iter().any(|w| is_read(w))
}

/// Whether a word is a number with a full stop, as at the beginning of a line.
pub fn is_numbering(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a word has a meaning of its own somewhere in a line.
fn is_read(word: &str) -> bool {
    let known = MEETING.contains(&word) || status(word).is_some() || kind(word).is_some() || is_date(word);
    let ends = ["phone", "video", "undated", "background"].contains(&word) || is_duration(word);
    known || ends || word.parse::<Edtf>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_where_they_must_be() {
        for plain in
            ["Mahmoud Abbas", "Minister for Trade", "al-Sudani", "São Tomé", "O'Neill", "#x".trim_start_matches('#')]
        {
            assert_eq!(Name(plain).to_string(), plain);
        }
        for (name, written) in [
            ("Washington, D.C.", "\"Washington, D.C.\""),
            ("He met her", "\"He met her\""),
            ("a  b", "\"a  b\""),
            ("2023 Group", "\"2023 Group\""),
            ("line\nbreak", "\"line\\nbreak\""),
            ("// x", "\"// x\""),
            ("", "\"\""),
        ] {
            assert_eq!(Name(name).to_string(), written);
        }
    }

    #[test]
    fn durations_are_told_from_words() {
        for yes in ["PT1H", "P3D", "PT1H/..", "PT1H/PT2H"] {
            assert!(is_duration(yes), "{yes}");
        }
        for no in ["PM", "P", "..", "../..", "Peru", "PS"] {
            assert!(!is_duration(no), "{no}");
        }
    }
}
