//! What people write where the plain form has something else: told with its cause, and with what to write. Nothing is read by it.

use super::super::finding::did_you_mean;
use super::super::{resolve, shape};
use super::line::{PlaceName, TOP};
use super::words::{MEETING, OPENERS, Piece, Token, Wrong, is_date, status};
use crate::gazetteer::Gazetteer;
use crate::itinerary::{Edtf, read_day};
use chrono::{Month, Weekday};

const TABLE: &str = include_str!("../../../data/editing/slips.tsv");
/// Offices that a title may begin with, in small letters.
const OFFICES: &str = include_str!("../../../data/lexicon/offices.tsv");
const DASHES: [&str; 4] = ["-", "–", "—", "*"];
const A_NAME: &str = "If it belongs to the name, put the whole name in quotation marks.";

/// What is wrong, and what to do.
pub type Told = (String, String);

/// What a word is taken for, and what to write for it.
fn meant(word: &str) -> Option<(&'static str, &'static str)> {
    let word = word.to_lowercase();
    let rows = TABLE.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(|l| l.split_once('\t'));
    { rows }.find(|(w, _)| *w == word.trim_end_matches(':')).and_then(|(_, rest)| rest.split_once('\t'))
}

fn told(message: impl Into<String>, remedy: impl Into<String>) -> Option<Told> {
    Some((message.into(), remedy.into()))
}

/// A line that does not begin as stops do.
pub fn beginning(pieces: &[Piece]) -> Wrong {
    let first = pieces.first();
    let word = first.and_then(Piece::word).unwrap_or("");
    let found = bullet(word)
        .or_else(|| in_words(pieces))
        .or_else(|| numbering(word, pieces))
        .or_else(|| key(word))
        .or_else(|| other_word(word, pieces))
        .or_else(|| date_behind(pieces))
        .or_else(|| no_heading(pieces))
        .or_else(|| place_alone(pieces));
    let (message, remedy) = found.unwrap_or_else(|| anything(word));
    Wrong::new(first.map_or(1, |p| p.column), message, remedy)
}

fn anything(word: &str) -> Told {
    let known = OPENERS.into_iter().chain(MEETING).chain(["completed", "planned", "possible", "cancelled"]);
    let message = match word {
        "" => "the line does not begin as a stop does".to_string(),
        _ => format!("`{word}` is neither a date nor a status"),
    };
    let remedy = "Begin with a date such as 2023-11-05, a status such as `planned`, `undated`, `before`, `after`, `from`, `until` \
        or `then`.";
    (message, did_you_mean(word, known) + remedy)
}

fn bullet(word: &str) -> Option<Told> {
    let is_bullet = DASHES.contains(&word) || word.starts_with('•');
    is_bullet.then(|| told(format!("`{word}` stands before the line"), "Leave it out: each line is a stop.")).flatten()
}

/// `1)` or `1` for `1.`.
fn numbering(word: &str, pieces: &[Piece]) -> Option<Told> {
    let number = word.trim_matches(['(', ')', ':', '#']);
    let is_number = !number.is_empty() && number.len() < 4 && number.bytes().all(|b| b.is_ascii_digit());
    (is_number && pieces.len() > 1)
        .then(|| told(format!("`{word}` is no number of a stop"), format!("Write `{number}.`, or leave it out.")))
        .flatten()
}

/// A key that the top does not have, or has otherwise.
fn key(word: &str) -> Option<Told> {
    let name = word.strip_suffix(':').filter(|n| n.chars().all(char::is_alphabetic))?;
    let near = did_you_mean(name, TOP);
    let known = !near.is_empty() || Gazetteer::embedded().lookup(name).places.is_empty();
    let keys = TOP.map(|k| format!("`{k}:`")).join(", ");
    known
        .then(|| {
            told(format!("`{word}` is no line of the top"), format!("{near}Above the first heading may stand {keys}."))
        })
        .flatten()
}

fn other_word(word: &str, pieces: &[Piece]) -> Option<Told> {
    let lower = word.to_lowercase();
    let known = |w: &str| status(w).is_some() || OPENERS.contains(&w) || MEETING.contains(&w);
    if lower != word && known(&lower) {
        return told(format!("`{word}` is written in small letters"), format!("Write `{lower}`."));
    }
    if word.len() > 2 && word.trim_end_matches('.').parse::<Weekday>().is_ok() {
        return told(format!("`{word}` is no date"), "Write the day as 2023-11-05, or `undated`.");
    }
    let (kind, write) = meant(word)?;
    let dates: Vec<&str> = pieces.iter().filter_map(Piece::word).filter(|w| is_date(w)).collect();
    match (kind, &dates[..]) {
        ("status", _) => told(format!("`{word}` is no status of this form"), format!("Write `{write}`.")),
        ("meeting", _) => told(format!("`{word}` begins no meeting"), format!("Write `{write}`.")),
        ("day", _) => told(format!("`{word}` is no date"), "Write the day as 2023-11-05, or `undated`."),
        ("about", [date, ..]) => {
            told(format!("`{word}` is no word of this form"), format!("Write `{date}~` for about then."))
        }
        ("about", []) => {
            told(format!("`{word}` is no date"), "Write about when as 2023-11~ or 2023-11-05~, or `undated`.")
        }
        ("between", [from, to, ..]) => told(
            format!("`{word}` is no word of this form"),
            format!("Write `{from}/{to}` for some day between, `{from} to {to}` for all of them."),
        ),
        (_, [date, ..]) => {
            told(format!("`{word}` stands before the date"), format!("Leave it out: begin with `{date}`."))
        }
        _ => None,
    }
}

/// `Baghdad 2023-11-05`, `Baghdad, 5 November 2023`.
fn date_behind(pieces: &[Piece]) -> Option<Told> {
    let (at, written) = (1..pieces.len()).find_map(|i| {
        let rest = pieces.get(i..)?;
        let word = rest.first()?.word()?;
        match is_date(word) {
            true => Some((i, Some(word))),
            false => in_words(rest).map(|_| (i, None)),
        }
    })?;
    let before = joined(pieces.get(..at)?);
    let remedy = match written {
        Some(date) => format!("Begin the line with it: `{date}  {before}`."),
        None => format!("Begin the line with it: {}", in_words(pieces.get(at..)?)?.1),
    };
    told(format!("the date stands behind `{before}`"), remedy)
}

/// `Antony Blinken, Secretary of State, US` without its `#`.
fn no_heading(pieces: &[Piece]) -> Option<Told> {
    let parts: Vec<String> = pieces.split(|p| p.token == Token::Comma).map(joined).collect();
    let is_person = parts.len() > 1
        && parts.last().is_some_and(|code| shape::is_served(code))
        && parts.first().is_some_and(|name| name.contains(' ') && !is_place(name));
    is_person
        .then(|| {
            told(
                "this looks like the head of a trip, which begins with `#`",
                format!("Write `# {}`.", parts.join(", ")),
            )
        })
        .flatten()
}

fn place_alone(pieces: &[Piece]) -> Option<Told> {
    let name = joined(pieces.split(|p| p.token == Token::Comma || p.is("met") || p.is("called")).next()?);
    let name = name.trim_end_matches(':');
    if let Some(told) = in_brackets(name) {
        return Some(told);
    }
    let bare = name.split(" (").next().unwrap_or(name);
    is_place(bare)
        .then(|| {
            let message = format!("the line begins with the place `{bare}`, and does not say when or whether");
            told(message, format!("Put a date or a status before it, as in `2023-11-05  {bare}`, `planned  {bare}`, `undated  {bare}`."))
        })
        .flatten()
}

fn is_place(name: &str) -> bool {
    !Gazetteer::embedded().lookup(name).places.is_empty()
}

fn joined(pieces: &[Piece]) -> String {
    pieces.iter().filter_map(Piece::word).collect::<Vec<_>>().join(" ")
}

/// A date in words or in another form than ours, at the beginning of some pieces.
pub fn in_words(pieces: &[Piece]) -> Option<Told> {
    let leading = pieces.iter().take_while(|p| p.word().is_some() || p.token == Token::Comma);
    let words: Vec<&str> = leading.filter_map(Piece::word).take(5).collect();
    for n in (1..=words.len()).rev() {
        let text = words.get(..n).unwrap_or_default().join(" ");
        let text = text.trim_end_matches([':', '.']);
        if text.bytes().all(|b| b.is_ascii_digit()) && text.len() != 8 {
            continue;
        }
        match read_day(text) {
            Ok(day) => {
                return told(format!("`{text}` is not how this form writes a day"), format!("Write the day as {day}."));
            }
            Err(wrong) if !wrong.starts_with("is no day:") => {
                let (what, remedy) = shape::split(&wrong);
                return told(format!("`{text}` {what}"), remedy);
            }
            Err(_) => {}
        }
    }
    without_year(&words)
}

/// `5 November`, `November 5`, `November`.
fn without_year(words: &[&str]) -> Option<Told> {
    let number = |w: &str| {
        let digits = w.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h', ':', '.']);
        !digits.is_empty() && digits.len() < 3 && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let month = |w: &str| w.trim_end_matches(['.', ':']).parse::<Month>().is_ok();
    let length = match words {
        [a, b, ..] if (number(a) && month(b)) || (month(a) && number(b)) => 2,
        [a, ..] if month(a) && a.len() > 4 => 1,
        _ => return None,
    };
    let said = words.get(..length).unwrap_or_default().join(" ");
    told(
        format!("`{said}` is a date in words, and has no year"),
        "Write it with its year, in numbers: 2023-11-05 for a day, 2023-11 for a month.",
    )
}

/// A date that is none, and what follows it.
pub fn date(pieces: &[Piece]) -> Option<Told> {
    let word = pieces.first()?.word()?;
    let bare = word.trim_end_matches([':', '.', ')', '-', '–', '—']);
    if bare != word && bare.parse::<Edtf>().is_ok() {
        return told(format!("`{word}` ends in what is no part of a date"), format!("Write `{bare}`."));
    }
    if let Some((from, rest)) = word.split_at_checked(10).filter(|(from, _)| from.parse::<Edtf>().is_ok()) {
        let to = rest.trim_start_matches(['-', '–', '—', '.']);
        let to = if to.len() == 2 {
            completed(from, to)
        } else {
            Some(to.to_string()).filter(|t| t.parse::<Edtf>().is_ok())
        };
        if let Some(to) = to {
            return told(format!("`{word}` is not how this form writes a stay"), format!("Write `{from} to {to}`."));
        }
    }
    in_words(pieces)
}

/// `7` after `2023-11-05 to`, as a day.
fn completed(from: &str, day: &str) -> Option<String> {
    let day: u32 = day.trim_end_matches([':', '.']).parse().ok()?;
    let to = format!("{}-{day:02}", from.get(..7)?);
    to.parse::<Edtf>().is_ok().then_some(to)
}

/// What stands behind a date at the beginning of some pieces, where it was meant to be a stay.
pub fn stay(pieces: &[Piece]) -> Option<Wrong> {
    let [first, link, last, ..] = pieces else { return None };
    let (from, link, last) = (first.word()?, link.word()?, last.word()?);
    let to = if is_date(last) { Some(last.to_string()) } else { completed(from, last) }?;
    let joins = ["to", "until", "till", "through", "thru"].contains(&link) || DASHES.contains(&link);
    let right = link == "to" && is_date(last);
    (joins && !right).then(|| {
        let column = pieces.get(1).map_or(1, |p| p.column);
        Wrong::new(
            column,
            format!("`{from} {link} {last}` is not how this form writes a stay"),
            format!("Write `{from} to {to}`."),
        )
    })
}

/// A place without quotation marks that is meant otherwise.
pub fn place(name: &str) -> Option<Told> {
    let words: Vec<&str> = name.split(' ').collect();
    let (first, last) = (words.first()?, words.last()?);
    let rest = || words.get(1..).unwrap_or_default().join(" ");
    if words.len() > 1 && DASHES.contains(first) {
        return told(
            format!("`{first}` stands before the place"),
            format!("Leave it out: write `{}`. {A_NAME}", rest()),
        );
    }
    if let Some(rest) = name.strip_prefix("any order ") {
        return told(
            "a colon is missing behind `any order`",
            format!("Write `any order: {rest}`, with all of the places."),
        );
    }
    if let Some(bare) = name.strip_suffix(':').filter(|b| !b.is_empty()) {
        return told("a colon stands behind the place", format!("Leave it out: write `{bare}`."));
    }
    let behind_first = words.iter().skip(1);
    if let Some((word, write)) = { behind_first }.find_map(|w| Some((w, meeting(w)?))) {
        return told(format!("`{word}` begins no meeting"), format!("Write `{write}`. {A_NAME}"));
    }
    if is_place(name) {
        return None;
    }
    match meant(first) {
        Some(("preposition", _)) if words.len() > 1 && first.chars().all(char::is_lowercase) => {
            return told(format!("`{first}` stands before the place"), format!("Leave it out: write `{}`.", rest()));
        }
        Some(("status", write)) if words.len() > 1 => {
            return told(format!("`{first}` is no status of this form"), format!("Write `{write}`. {A_NAME}"));
        }
        _ => {}
    }
    let lower = first.to_lowercase();
    if words.len() > 1 && status(&lower).is_some() {
        return told(format!("`{first}` is written in small letters"), format!("Write `{lower}`. {A_NAME}"));
    }
    let before = words.get(..words.len() - 1).unwrap_or_default().join(" ");
    if words.len() > 1 && resolve::is_code(last) {
        return told(
            format!("`{last}` stands behind the place without a comma"),
            format!("Write `{before}, {last}`. {A_NAME}"),
        );
    }
    in_brackets(name).or_else(|| two_places(name))
}

/// The word for one that is meant to begin a meeting.
fn meeting(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let known = MEETING.contains(&lower.as_str()).then_some(lower);
    let other = || meant(word).filter(|(kind, _)| *kind == "meeting" && word.starts_with(char::is_lowercase));
    known.or_else(|| other().map(|(_, write)| write.to_string()))
}

/// `Turkey (planned)`, `Baghdad (Iraq)`.
fn in_brackets(name: &str) -> Option<Told> {
    let (before, inner) = name.strip_suffix(')')?.rsplit_once(" (")?;
    let said = status(inner).map(|_| inner).or_else(|| Some(meant(inner)?.1).filter(|w| status(w).is_some()));
    if let Some(said) = said {
        return told(format!("`({inner})` stands behind the place"), format!("Write `{said}  {before}`."));
    }
    let code = if resolve::is_code(inner) { Some(inner) } else { country(inner) };
    code.and_then(|code| {
        told(format!("`({inner})` stands behind the place"), format!("Write `{before}, {code}`. {A_NAME}"))
    })
}

fn country(name: &str) -> Option<&'static str> {
    let states = resolve::find(name, Some(crate::itinerary::PlaceKind::Country), None);
    states.entry.map(|e| e.country).filter(|c| !c.is_empty())
}

fn two_places(name: &str) -> Option<Told> {
    let (one, other) =
        name.split_once(" and ").or_else(|| name.split_once(" & ")).or_else(|| name.split_once(" / "))?;
    (is_place(one) && is_place(other))
        .then(|| {
            let remedy = format!("Give each a line, or write `any order: {one}, {other}` behind the date.");
            told(format!("`{name}` are two places"), remedy)
        })
        .flatten()
}

/// What to do about several places in one line.
pub fn several(places: &[PlaceName]) -> Option<String> {
    let [one, other] = places else { return None };
    let whole = format!("{}, {}", one.name, other.name);
    if is_place(&whole) {
        return Some(format!("Write \"{whole}\" in quotation marks."));
    }
    let code = country(&other.name)?;
    resolve::find(&one.name, None, Some(code)).entry?;
    Some(format!("For {} in {}, write `{}, {code}`.", one.name, other.name, one.name))
}

/// The name of a person without quotation marks that is meant otherwise.
pub fn person(name: &str) -> Option<Told> {
    if name.starts_with('#') {
        return told("a heading begins with one `#`", format!("Write `# {}`.", name.trim_start_matches(['#', ' '])));
    }
    if shape::is_served(name) {
        let remedy = format!("Part name, title and country by commas, and people by semicolons. {A_NAME}");
        return told(format!("`{name}` stands where a name should, and is a code"), remedy);
    }
    if let Some(rest) = name.strip_prefix("with ") {
        return told("`with` stands before the name", format!("Leave it out: write `met {rest}`."));
    }
    if let Some((one, other)) = name.split_once(" and ").or_else(|| name.split_once(" & ")) {
        return told("two people are in one name", format!("Part them by a semicolon: `{one}; {other}`. {A_NAME}"));
    }
    let code = name.strip_suffix(')').and_then(|n| n.rsplit_once(" (")).filter(|(_, code)| shape::is_served(code));
    if let Some((before, code)) = code {
        return told(format!("`({code})` stands behind the name"), format!("Write `{before}, {code}`. {A_NAME}"));
    }
    behind(name).or_else(|| without_commas(name))
}

/// `Daniel Otieno President KE`: a name, perhaps a title, and a code that no commas part.
fn without_commas(name: &str) -> Option<Told> {
    let (before, code) = name.rsplit_once(' ').filter(|(_, code)| shape::is_served(code))?;
    let parted = match title(before) {
        Some((name, title)) => format!("{name}, {title}, {code}"),
        None => format!("{before}, {code}"),
    };
    told(format!("`{code}` stands behind the name without a comma"), format!("Write `{parted}`. {A_NAME}"))
}

/// A name and the title behind it, which begins as an office does.
fn title(text: &str) -> Option<(&str, &str)> {
    let lower = text.to_lowercase();
    let begins = |title: &str| {
        let offices = OFFICES.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(|l| l.split('\t').next());
        { offices }.any(|o| title.strip_prefix(o).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
    };
    // Two words at least are a name; small letters may be longer or shorter in bytes.
    let spaces = text.match_indices(' ').map(|(i, _)| i).zip(lower.match_indices(' ').map(|(i, _)| i));
    let (at, _) = spaces.skip(1).find(|(_, l)| lower.get(l + 1..).is_some_and(begins))?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// What follows a person and is no part of them: `in Cairo`, `on 5 November`, `by telephone`.
pub fn behind(text: &str) -> Option<Told> {
    let words: Vec<&str> = text.split(' ').collect();
    let at = words.iter().skip(1).position(|w| ["in", "at", "on", "by", "via"].contains(w))? + 1;
    let (link, rest) = (words.get(at)?, words.get(at + 1..)?.join(" "));
    let remedy = match *link {
        "on" => match read_day(&rest) {
            Ok(day) => format!("Write `on {day}`."),
            Err(_) => "Write `on` with a date such as 2023-11-05.".to_string(),
        },
        "by" | "via" => "A meeting is `by phone` or `by video`, or `called` in place of `met`.".to_string(),
        _ => format!("Write `in \"{rest}\"` where the meeting was in another place than the stop."),
    };
    told(format!("`{link} {rest}` is not understood here"), format!("{remedy} {A_NAME}"))
}
