//! One line of the plain form: a line of the top, a heading, a stop with its meetings, or further meetings of the stop
//! above.

use super::super::{resolve, shape};
use super::slips;
use super::words::*;
use crate::gazetteer::Gazetteer;
use crate::itinerary::{CountryCode, Extra};
use crate::itinerary::{Edtf, Group, Mode, PlaceKind, Status};
use chrono::Days;

/// The keys of the lines above the first heading.
pub const TOP: [&str; 5] = ["title", "published", "source", "url", "id"];

/// A line that was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    Heading(Heading),
    Stop(StopLine),
    /// Meetings of the stop above.
    Meetings(Vec<Met>),
}

/// The head of a trip of one or several people, or of meetings outside of trips.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heading {
    /// Nobody heads meetings outside of trips.
    pub people: Vec<Person>,
    pub background: bool,
}

/// A person as a line names them.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub name: String,
    pub title: Option<String>,
    pub country: Option<String>,
    pub column: usize,
}

/// A place as a line names it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceName {
    pub name: String,
    pub kind: Option<PlaceKind>,
    /// `Some(None)`: in no country.
    pub country: Option<Option<String>>,
    pub column: usize,
}

/// A stop, or several whose order is open; without place, only meetings.
#[derive(Clone, Debug, PartialEq)]
pub struct StopLine {
    pub head: Head,
    pub places: Vec<PlaceName>,
    pub met: Vec<Met>,
}

/// When, how certain, and where in the order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    pub number: Option<u32>,
    /// After the line above.
    pub then: bool,
    pub status: Option<Status>,
    pub start: Option<Edtf>,
    pub end: Option<Edtf>,
    pub undated: bool,
    /// Several places in an order that is open.
    pub any: bool,
}

/// A meeting, with what it says besides what its stop says.
#[derive(Clone, Debug, PartialEq)]
pub struct Met {
    pub people: Vec<Person>,
    pub groups: Vec<Group>,
    pub mode: Mode,
    /// `Some(None)`: no date, even though the stop has one.
    pub date: Option<Option<Edtf>>,
    pub status: Option<Status>,
    pub duration: Option<String>,
    /// `Some(None)`: no place, even though the stop has one.
    pub place: Option<Option<PlaceName>>,
}

/// The key and the value of a line of the top, as they stand there.
pub fn top(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    TOP.contains(&key.trim()).then(|| (key.trim(), value.trim()))
}

/// Whether a line begins as stops and meetings do.
pub fn is_begun(line: &str) -> bool {
    let words: Vec<&str> = line.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    let first = words.iter().find(|w| !is_numbering(w)).copied().unwrap_or("");
    is_date(first) || status(first).is_some() || OPENERS.contains(&first) || MEETING.contains(&first)
}

/// Reads a line below the top; `None` where nothing is on it.
pub fn read(line: &str) -> Result<Option<Line>, Wrong> {
    if let Some(heading) = line.trim_start().strip_prefix('#') {
        let indent = line.chars().count() - heading.chars().count();
        let shifted = |w: Wrong| Wrong { column: w.column + indent, ..w };
        return read_heading(heading).map(|h| Some(Line::Heading(h))).map_err(shifted);
    }
    let found = pieces(line)?;
    let Some(first) = found.first() else { return Ok(None) };
    if first.word().is_some_and(|w| MEETING.contains(&w)) {
        return meetings(&found).map(|m| Some(Line::Meetings(m)));
    }
    let (head, rest) = head(&found)?;
    let end = line.chars().count() + 1;
    stop(head, rest, end).map(|s| Some(Line::Stop(s)))
}

fn read_heading(text: &str) -> Result<Heading, Wrong> {
    let found = pieces(text)?;
    let mut people: Vec<&[Piece]> = found.split(|p| p.token == Token::Semicolon).collect();
    let background = matches!(people.last(), Some([one]) if one.is("background"));
    if background {
        people.pop();
    }
    if let [[one]] = people[..]
        && (one.is("meetings") || one.is("Meetings"))
    {
        return Ok(Heading::default());
    }
    let people: Result<Vec<Person>, Wrong> = people.into_iter().map(|p| person(p, text.chars().count() + 1)).collect();
    Ok(Heading { people: people?, background })
}

/// `Name`, `Name, Title`, `Name, CC` or `Name, Title, CC`.
fn person(pieces: &[Piece], column: usize) -> Result<Person, Wrong> {
    let found = parts(pieces, column)?;
    let is_code = |p: &Part| !p.quoted && shape::is_served(&p.text);
    let make = |name: &Part, title: Option<&Part>, country: Option<&Part>| Person {
        name: name.text.clone(),
        title: title.map(|t| t.text.clone()).filter(|t| !t.is_empty()),
        country: country.map(|c| c.text.clone()),
        column: name.column,
    };
    let slip = found.first().filter(|name| !name.quoted).and_then(|name| Some((name, slips::person(&name.text)?)));
    if let Some((name, (what, remedy))) = slip {
        return Err(Wrong::new(name.column, what, remedy));
    }
    match &found[..] {
        [name] => Ok(make(name, None, None)),
        [name, code] if is_code(code) => Ok(make(name, None, Some(code))),
        [name, title] => Ok(make(name, Some(title), None)),
        [name, title, code] if is_code(code) => Ok(make(name, Some(title), Some(code))),
        [name, code, title] if is_code(code) => Err(Wrong::new(
            code.column,
            "the country stands before the title",
            format!("Write `{}, {}, {}`.", name.text, title.text, code.text),
        )),
        [_, _, code] => Err(no_code(code)),
        [_, _, _, more, ..] => Err(Wrong::new(
            more.column,
            "more follows after name, title and country",
            "Part people by semicolons, and put a name or title with a comma in quotation marks.",
        )),
        [] => Err(Wrong::new(column, "a name is missing here", "Write it.")),
    }
}

fn no_code(part: &Part) -> Wrong {
    let code = part.text.split(' ').next().filter(|c| shape::is_served(c));
    if let Some((what, remedy)) = code.and_then(|_| slips::behind(&part.text)) {
        return Wrong::new(part.column, what, remedy);
    }
    let meant =
        Gazetteer::embedded().lookup(&part.text).places.first().map(|e| format!("Did you mean `{}`? ", e.country));
    let codes =
        "Write ISO 3166-1 alpha-2 such as IQ, or EU, UN, NATO; a name or title with a comma goes in quotation marks.";
    let message = format!("`{}` is no code of a country", part.text);
    Wrong::new(part.column, message, meant.unwrap_or_default() + codes)
}

fn is_capitals(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// What stands before the place, and the rest.
fn head(pieces: &[Piece]) -> Result<(Head, &[Piece]), Wrong> {
    let (mut head, mut rest) = (Head::default(), pieces);
    while let Some(taken) = step(&mut head, rest)? {
        rest = rest.get(taken..).unwrap_or(&[]);
    }
    if rest.len() == pieces.len() {
        return Err(slips::beginning(pieces));
    }
    Ok((head, rest))
}

/// Takes one thing of a head, and says how many pieces it is; `None` where the head is over.
fn step(head: &mut Head, rest: &[Piece]) -> Result<Option<usize>, Wrong> {
    let Some(first) = rest.first() else { return Ok(None) };
    if first.token == Token::Comma && rest.get(1).is_some_and(|p| p.is("any")) {
        return Ok(Some(1));
    }
    let Some(word) = first.word() else { return Ok(None) };
    let twice = |already: bool| match already {
        true => Err(Wrong::new(first.column, format!("`{word}` is one too many here"), "Keep one of the two.")),
        false => Ok(()),
    };
    if word == "any" && rest.get(1).is_some_and(|p| p.is("order:")) {
        twice(head.any)?;
        head.any = true;
        return Ok(Some(2));
    }
    if head.any {
        return Ok(None);
    }
    if let Some(found) = status(word) {
        twice(head.status.is_some())?;
        head.status = Some(found);
    } else if is_numbering(word) && *head == Head::default() {
        let number = word.trim_end_matches('.').parse().ok();
        let remedy = "Stops of a trip are numbered from 1.";
        head.number = Some(number.ok_or_else(|| Wrong::new(first.column, format!("`{word}` is too large"), remedy))?);
    } else if word == "then" {
        twice(head.then)?;
        head.then = true;
    } else if word == "undated" || is_date(word) || OPENERS.contains(&word) {
        twice(head.undated || head.start.is_some() || head.end.is_some())?;
        return dates(head, rest).map(Some);
    } else {
        return Ok(None);
    }
    Ok(Some(1))
}

fn dates(head: &mut Head, rest: &[Piece]) -> Result<usize, Wrong> {
    let at = |i: usize| date(rest.get(i..).unwrap_or(&[]), rest.first().map_or(1, |p| p.column));
    let from = if rest.first().is_some_and(|p| p.is("from")) { rest.get(1..).unwrap_or(&[]) } else { rest };
    if let Some(wrong) = slips::stay(from) {
        return Err(wrong);
    }
    let first = rest.first().and_then(Piece::word).unwrap_or("");
    match first {
        "undated" => {
            head.undated = true;
            return Ok(1);
        }
        "from" if rest.get(2).is_some_and(|p| p.is("to")) => {
            let remedy = "Leave `from` out: write `2023-11-05 to 2023-11-07`.";
            return Err(Wrong::new(rest.get(2).map_or(1, |p| p.column), "`to` stands in a line with `from`", remedy));
        }
        "from" => head.start = Some(at(1)?),
        "until" => head.end = Some(at(1)?),
        "before" => head.start = Some(beyond(&at(1)?, true, rest)?),
        "after" => head.start = Some(beyond(&at(1)?, false, rest)?),
        _ if rest.get(1).is_some_and(|p| p.is("to")) => {
            let (start, end) = (at(0)?, at(2)?);
            if end.surely_before(&start) {
                let column = rest.get(2).map_or(1, |p| p.column);
                return Err(Wrong::new(column, "the stop ends before it starts", "Exchange the dates or correct one."));
            }
            (head.start, head.end) = (Some(start), Some(end));
            return Ok(3);
        }
        _ => {
            let date = at(0)?;
            head.end = Some(date.clone()).filter(Edtf::is_day);
            head.start = Some(date);
            return Ok(1);
        }
    }
    Ok(2)
}

/// The date at the beginning of some pieces.
fn date(pieces: &[Piece], column: usize) -> Result<Edtf, Wrong> {
    let piece = pieces.first();
    let column = piece.map_or(column, |p| p.column);
    let Some(word) = piece.and_then(Piece::word) else {
        return Err(Wrong::new(column, "a date is missing here", "Write one, such as 2023-11-05."));
    };
    word.parse().map_err(|e: crate::itinerary::EdtfError| {
        if let Some((what, remedy)) = slips::date(pieces) {
            return Wrong::new(column, what, remedy);
        }
        let message = e.to_string();
        let (what, remedy) = message.split_once("; ").unwrap_or((&message, "correct the date"));
        let (what, remedy) = shape::split(&format!("{what}: {remedy}"));
        Wrong::new(column, what, remedy)
    })
}

/// All days before a date, or after it.
fn beyond(date: &Edtf, before: bool, rest: &[Piece]) -> Result<Edtf, Wrong> {
    let day = match before {
        true => date.earliest().and_then(|d| d.checked_sub_days(Days::new(1))).map(Edtf::on_or_before),
        false => date.latest().and_then(|d| d.checked_add_days(Days::new(1))).map(Edtf::on_or_after),
    };
    let column = rest.get(1).map_or(1, |p| p.column);
    day.ok_or_else(|| Wrong::new(column, format!("`{date}` is open on this side"), "Write a day, month or year."))
}

fn stop(head: Head, rest: &[Piece], end: usize) -> Result<StopLine, Wrong> {
    let is_met = |p: &Piece| p.word().is_some_and(|w| MEETING.contains(&w));
    let split = rest.iter().position(is_met).unwrap_or(rest.len());
    let (place, met) = rest.split_at(split);
    let met = meetings(met)?;
    let places = if place.is_empty() { Vec::new() } else { places(place, end)? };
    let second = places.get(1).map_or(end, |p| p.column);
    let remedy = || {
        slips::several(&places).unwrap_or_else(|| {
            "Write `any order:` before them, or a line for each; a name with a comma goes in quotation marks.".into()
        })
    };
    match (places.len(), head.any) {
        (0, true) => Err(Wrong::new(end, "the places are missing", "Name them, parted by commas.")),
        (0, _) if met.is_empty() => Err(Wrong::new(end, "the place is missing", "Name it after the date.")),
        (n, false) if n > 1 => Err(Wrong::new(second, "several places stand in one line", remedy())),
        (n, true) if n > 0 && !met.is_empty() => {
            let message = "a meeting stands in a line of several places";
            Err(Wrong::new(second, message, "Give its place a line of its own."))
        }
        _ => Ok(StopLine { head, places, met }),
    }
}

/// Places parted by commas, each with its kind and country behind it where they are given.
pub fn places(pieces: &[Piece], end: usize) -> Result<Vec<PlaceName>, Wrong> {
    if let Some(p) = pieces.iter().find(|p| p.token == Token::Semicolon) {
        return Err(Wrong::new(p.column, "a semicolon stands among places", "Part places by commas."));
    }
    let mut places: Vec<PlaceName> = Vec::new();
    for part in parts(pieces, end)? {
        if let Some((what, remedy)) = slips::place(&part.text).filter(|_| !part.quoted) {
            return Err(Wrong::new(part.column, what, remedy));
        }
        let country = match part.text.as_str() {
            "-" => Some(None),
            code if resolve::is_code(code) => Some(Some(code.to_string())),
            code if is_capitals(code) && !part.quoted && !places.is_empty() => return Err(no_code(&part)),
            _ => None,
        };
        match (places.last_mut(), kind(&part.text)) {
            (Some(last), Some(kind)) if !part.quoted && last.kind.is_none() => last.kind = Some(kind),
            (Some(last), None) if !part.quoted && country.is_some() && last.country.is_none() => last.country = country,
            _ => places.push(PlaceName { name: part.text, kind: None, country: None, column: part.column }),
        }
    }
    Ok(places)
}

/// Meetings, each beginning with `met` or `called`.
fn meetings(pieces: &[Piece]) -> Result<Vec<Met>, Wrong> {
    let mut found = Vec::new();
    let mut rest = pieces;
    while let Some((verb, after)) = rest.split_first() {
        let is_met = |p: &Piece| p.word().is_some_and(|w| MEETING.contains(&w));
        let (own, next) = after.split_at(after.iter().position(is_met).unwrap_or(after.len()));
        found.push(meeting(verb, own)?);
        rest = next;
    }
    Ok(found)
}

fn meeting(verb: &Piece, pieces: &[Piece]) -> Result<Met, Wrong> {
    let mode = if verb.is("called") { Mode::Phone } else { Mode::InPerson };
    let (people, groups) = (Vec::new(), Vec::new());
    let mut met = Met { people, groups, mode, date: None, status: None, duration: None, place: None };
    let mut rest = pieces;
    if let Some(last) = rest.last().filter(|p| matches!(p.token, Token::Comma | Token::Semicolon)) {
        return Err(Wrong::new(
            last.column,
            "nothing follows the comma or semicolon here",
            "Remove it, or name somebody.",
        ));
    }
    while let Some(taken) = ending(&mut met, rest)? {
        rest = rest.get(..rest.len().saturating_sub(taken)).unwrap_or(&[]);
    }
    for one in rest.split(|p| p.token == Token::Semicolon) {
        match one.split_first() {
            Some((first, group)) if first.is("group") => met.groups.push(a_group(group, first.column)?),
            _ => met.people.push(person(one, verb.column)?),
        }
    }
    Ok(met)
}

/// Takes one thing that ends a meeting (`by phone`, `on DATE`, `for PT1H`, `in "PLACE"`, a status, `undated`), and says
/// how many pieces it is; `None` where only parties are left.
fn ending(met: &mut Met, pieces: &[Piece]) -> Result<Option<usize>, Wrong> {
    let Some((last, before)) = pieces.split_last() else { return Ok(None) };
    let after = before.last().and_then(Piece::word).unwrap_or("");
    if let Token::Quoted(text) = &last.token {
        if after != "in" {
            return Ok(None);
        }
        met.place = Some(place_in(text, last.column)?);
        return Ok(Some(2));
    }
    let word = last.word().unwrap_or("");
    match (after, word) {
        ("by", "phone") => met.mode = Mode::Phone,
        ("by", "video") => met.mode = Mode::Video,
        ("on", _) if is_date(word) => met.date = Some(Some(date(std::slice::from_ref(last), last.column)?)),
        ("for", _) if is_duration(word) => met.duration = Some(word.to_string()),
        (_, "undated") => {
            met.date = Some(None);
            return Ok(Some(1));
        }
        _ => {
            let Some(found) = status(word) else { return Ok(None) };
            met.status = Some(found);
            return Ok(Some(1));
        }
    }
    Ok(Some(2))
}

/// The place in quotation marks after `in`; nothing in them is no place.
fn place_in(text: &str, column: usize) -> Result<Option<PlaceName>, Wrong> {
    let wrong = |w: Wrong| Wrong { column, ..w };
    let found = pieces(text).map_err(wrong)?;
    if found.is_empty() {
        return Ok(None);
    }
    let mut found = places(&found, column).map_err(wrong)?;
    match (found.pop(), found.is_empty()) {
        (Some(place), true) => Ok(Some(PlaceName { column, ..place })),
        _ => Err(Wrong::new(column, "a meeting has one place", "Name one.")),
    }
}

/// `group LABEL` or `group LABEL, CC`.
fn a_group(pieces: &[Piece], column: usize) -> Result<Group, Wrong> {
    let (label, country) = match &parts(pieces, column)?[..] {
        [label] => (label.text.clone(), None),
        [label, code] if shape::is_served(&code.text) => (label.text.clone(), Some(CountryCode(code.text.clone()))),
        [_, code] => return Err(no_code(code)),
        _ => return Err(Wrong::new(column, "a group is `group LABEL, CC`", "Quote a label with a comma.")),
    };
    Ok(Group { country, label, extra: Extra::new() })
}
