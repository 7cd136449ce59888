//! Time expressions: "on Sunday", "last month", "from Feb. 24 to March 6", "the next day" become EDTF dates.
//!
//! A weekday or a month without a year points to the past or to the future with the tense of its clause; the mention keeps
//! both readings and [`resolve`] picks one. Words of time are in `data/times/words.tsv`. It knows nothing of travel.

use super::scene::View;
use crate::itinerary::{Edtf, PublishedFrom};
use crate::language::Upos;
use chrono::{Datelike, Days, Months, NaiveDate};
use foldhash::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// A time expression of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMention {
    pub tokens: Range<usize>,
    when: When,
    /// Whether it gives days of the calendar ("Nov. 10-11", "from Feb. 24 to March 6").
    calendar: bool,
    /// Whether it names a month, a season or a year, or one before this one.
    coarse: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum When {
    /// One date, whatever the tense.
    Fixed(Edtf),
    /// A weekday, or a day or month without a year.
    Either { past: Option<Edtf>, future: Option<Edtf> },
    /// Relative to a day that the article does not give.
    Unanchored,
    /// How long: ISO 8601.
    Length(String),
}

/// What lies this many days from publication is still the article's news.
const FRESH_DAYS: i64 = 4;

/// Which way a time without a year or week points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Past,
    Future,
}

impl TimeMention {
    /// The length that it states, ISO 8601 (`P4D`, `PT1H/..` for more than an hour).
    pub fn duration(&self) -> Option<&str> {
        match &self.when {
            When::Length(length) => Some(length),
            _ => None,
        }
    }

    /// Whether it is a month or year as a whole ("in March", "last year"), of which no day follows.
    pub fn is_coarse(&self) -> bool {
        self.coarse
    }

    /// The same expression, told to point to the past whatever the tense.
    pub fn as_past(&self) -> TimeMention {
        match &self.when {
            When::Either { past: Some(past), .. } => TimeMention { when: When::Fixed(past.clone()), ..self.clone() },
            _ => self.clone(),
        }
    }

    /// Whether it can mean the day of publication, or the one before.
    pub fn is_today(&self, published: Option<NaiveDate>) -> bool {
        let today = |d: &Edtf| {
            published.is_some_and(|p| {
                d.earliest().is_some_and(|e| e <= p)
                    && d.latest().is_some_and(|l| p.pred_opt().is_none_or(|before| before <= l))
            })
        };
        match &self.when {
            When::Fixed(date) => today(date),
            When::Either { past, future } => past.iter().chain(future).any(today),
            When::Unanchored => false,
            When::Length(_) => true,
        }
    }

    /// Whether it lies within some days of publication, or says nothing of when.
    pub fn is_fresh(&self, published: Option<NaiveDate>) -> bool {
        let Some(published) = published else { return !self.coarse };
        let near = |d: &Edtf| {
            let days = d.earliest().map(|e| (e - published).num_days());
            days.is_some_and(|n| n.abs() <= FRESH_DAYS)
        };
        match &self.when {
            When::Fixed(date) => near(date),
            When::Either { past, future } => past.iter().chain(future).any(near),
            When::Unanchored | When::Length(_) => true,
        }
    }

    /// Whether it names days, rather than a month, a year, or "last week".
    pub fn names_days(&self) -> bool {
        self.calendar
    }
}

/// The date that a mention stands for when its clause points that way; none for a length, or without an anchor.
pub fn resolve(time: &TimeMention, direction: Direction) -> Option<Edtf> {
    match (&time.when, direction) {
        (When::Fixed(date), _) => Some(date.clone()),
        (When::Either { past, .. }, Direction::Past) => past.clone(),
        (When::Either { future, .. }, Direction::Future) => future.clone(),
        _ => None,
    }
}

/// Marks the times of all sentences. `published` is the day that relative words count from.
pub fn mark(views: &mut [View<'_>], published: Option<NaiveDate>) {
    let mut told = None;
    for view in views.iter_mut() {
        let mut found = Vec::new();
        let mut i = 0;
        while i < view.tokens().len() {
            match read_at(view, i, published, told) {
                Some(time) => {
                    told = resolve(&time, Direction::Past).and_then(|d| d.as_day()).or(told);
                    i = time.tokens.end;
                    found.push(time);
                }
                None => i += 1,
            }
        }
        view.times = join_ranges(view, found);
    }
}

/// Sentences from the start that say of what day an article tells.
const LEAD: usize = 3;

/// The day that a dispatch tells of: the first one named in its lead that is at most a few days back, else that of publication.
pub fn news_day(views: &[View<'_>], published: NaiveDate) -> NaiveDate {
    let named = views.iter().take(LEAD).flat_map(|v| &v.times).filter_map(|t| resolve(t, Direction::Past)?.as_day());
    named.into_iter().find(|d| *d <= published && (published - *d).num_days() <= FRESH_DAYS).unwrap_or(published)
}

/// A full date in a dateline or near the article's beginning, for an article that comes without a date.
pub fn publication_hint(text: &str) -> Option<(NaiveDate, PublishedFrom)> {
    let end = text.char_indices().map(|(i, _)| i).take_while(|i| *i <= 1200).last().unwrap_or(0);
    let words: Vec<&str> = text[..end]
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')'))
        .filter(|w| !w.is_empty())
        .collect();
    for i in 0..words.len().saturating_sub(2) {
        let (a, b, c) = (words[i].to_lowercase(), words[i + 1], words[i + 2]);
        let year = c.trim_end_matches(['.', ';', ':']).parse::<i32>().ok().filter(|y| (1900..=2100).contains(y));
        let day = |w: &str| w.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u32>().ok();
        let (month, day) = match (value(&a, "month"), value(&b.to_lowercase(), "month")) {
            (Some(m), _) => (m, day(b)),
            (_, Some(m)) => (m, day(&a)),
            _ => continue,
        };
        if let Some(date) = year.zip(day).and_then(|(y, d)| NaiveDate::from_ymd_opt(y, month as u32, d)) {
            let in_dateline = text.find(words[i + 2]).is_some_and(|at| {
                text[at..].chars().take(30).any(|c| matches!(c, '—' | '–'))
                    || text[at..].chars().take(30).collect::<String>().contains("--")
            });
            return Some((date, if in_dateline { PublishedFrom::Dateline } else { PublishedFrom::Text }));
        }
    }
    None
}

fn value(word: &str, kind: &str) -> Option<i64> {
    static WORDS: OnceLock<HashMap<&'static str, Vec<(&'static str, i64)>>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let table = include_str!("../../data/times/words.tsv");
        let mut words: HashMap<&str, Vec<(&str, i64)>> = HashMap::default();
        for line in table.lines().filter(|l| !l.starts_with('#')).skip(1) {
            if let [word, kind, value] = line.split('\t').collect::<Vec<_>>()[..]
                && let Ok(value) = value.parse()
            {
                words.entry(word).or_default().push((kind, value));
            }
        }
        words
    });
    words.get(word)?.iter().find(|(k, _)| *k == kind).map(|(_, v)| *v)
}

fn read_at(view: &View<'_>, i: usize, published: Option<NaiveDate>, told: Option<NaiveDate>) -> Option<TimeMention> {
    let anchored = |when: Option<When>| when.unwrap_or(When::Unanchored);
    let (length, when) = length_at(view, i)
        .or_else(|| calendar_at(view, i, published))
        .or_else(|| weekday_at(view, i, published).map(|(n, w)| (n, anchored(w))))
        .or_else(|| near_at(view, i, published).map(|(n, w)| (n, anchored(w))))
        .or_else(|| period_at(view, i, published).map(|(n, w)| (n, anchored(w))))
        .or_else(|| shift_at(view, i, published, told).map(|(n, w)| (n, anchored(w))))
        .or_else(|| year_at(view, i))?;
    let calendar = calendar_at(view, i, published).is_some();
    let word = |k: usize| view.lower(i + k);
    let month_alone =
        value(word(0), "month").is_some() && (length == 1 || word(1).parse::<i32>().is_ok_and(|n| n > 31));
    let period = matches!(word(0), "last" | "next") && matches!(word(1), "month" | "year");
    let coarse = month_alone || period || (length == 1 && word(0).len() == 4 && word(0).parse::<i32>().is_ok());
    Some(TimeMention { tokens: i..i + length, when, calendar, coarse })
}

/// A number in digits or words.
fn count(word: &str) -> Option<i64> {
    word.parse().ok().or_else(|| value(word, "number"))
}

/// "four-day", "for three days", "more than an hour", "two hours".
fn length_at(view: &View<'_>, i: usize) -> Option<(usize, When)> {
    let word = view.lower(i);
    if let Some((n, unit)) = word.split_once('-') {
        let unit = unit.split('-').next().unwrap_or(unit);
        return iso_length(count(n)?, unit).map(|l| (1, When::Length(l)));
    }
    let (skip, open) = match (word, view.lower(i + 1)) {
        ("more", "than") | ("over", _) | ("nearly", _) | ("less", "than") | ("about", _) => {
            (1 + usize::from(view.lower(i + 1) == "than"), word)
        }
        _ => (0, ""),
    };
    let n = count(view.lower(i + skip)).filter(|n| *n > 0)?;
    let unit = view.lower(i + skip + 1);
    let after = view.lower(i + skip + 2);
    let clock = value(unit, "clock").is_some();
    let lasting = i > 0 && matches!(view.lower(i - 1), "for" | "lasting" | "lasted");
    if matches!(after, "ago" | "later" | "earlier" | "before" | "after") || !(clock || lasting) {
        return None;
    }
    let length = iso_length(n, unit)?;
    let length = match open {
        "more" | "over" => format!("{length}/.."),
        "less" | "nearly" => format!("../{length}"),
        _ => length,
    };
    Some((skip + 2, When::Length(length)))
}

fn iso_length(n: i64, unit: &str) -> Option<String> {
    Some(match unit {
        "day" | "days" => format!("P{n}D"),
        "week" | "weeks" => format!("P{}D", 7 * n),
        "hour" | "hours" => format!("PT{n}H"),
        "minute" | "minutes" => format!("PT{n}M"),
        _ => return None,
    })
}

/// "October 7", "Nov. 3, 2023", "7 October", "in March", "early January", "Feb 24-26".
fn calendar_at(view: &View<'_>, i: usize, published: Option<NaiveDate>) -> Option<(usize, When)> {
    let named = |j: usize| {
        let word = view.lower(j);
        let month = word.strip_prefix("mid-").unwrap_or(word);
        value(month, "month").filter(|_| month_like(view, j)).map(|m| m as u32)
    };
    let day = |j: usize| {
        let word = view.lower(j);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let ending = &word[digits.len()..];
        digits.parse::<u32>().ok().filter(|d| (1..=31).contains(d) && matches!(ending, "" | "st" | "nd" | "rd" | "th"))
    };
    if let Some(month) = named(i) {
        if let Some((first, last)) = day_range(view.lower(i + 1)) {
            let (year, n) = year_after(view, i + 2);
            return Some((2 + n, dates(month, first, Some(last), year, published)));
        }
        if let Some(d) = day(i + 1) {
            let joint = matches!(view.lower(i + 2), "-" | "–" | "to" | "through" | "and" | "until");
            let last = day(i + 3).filter(|_| joint && named(i + 4).is_none());
            let n = if last.is_some() { 4 } else { 2 };
            let (year, extra) = year_after(view, i + n);
            return Some((n + extra, dates(month, d, last, year, published)));
        }
        let (year, n) = year_after(view, i + 1);
        // "last March", "next March"
        let led = i.checked_sub(1).map(|j| view.lower(j)).unwrap_or_default();
        let side = match (led, whole_month(month, year, published)) {
            ("last", When::Either { past: Some(past), .. }) => When::Fixed(past),
            ("next", When::Either { future: Some(future), .. }) => When::Fixed(future),
            (_, either) => either,
        };
        return Some((1 + n, side));
    }
    // "24-25 June", "from 8 to 10 June"
    if let Some((first, last)) = day_range(view.lower(i)) {
        let month = named(i + 1)?;
        let (year, n) = year_after(view, i + 2);
        return Some((2 + n, dates(month, first, Some(last), year, published)));
    }
    let d = day(i)?;
    let joint = matches!(view.lower(i + 1), "-" | "–" | "to" | "and" | "until");
    if let (true, Some(last), Some(month)) = (joint, day(i + 2), named(i + 3)) {
        let (year, n) = year_after(view, i + 4);
        return Some((4 + n, dates(month, d, Some(last), year, published)));
    }
    let of = usize::from(view.lower(i + 1) == "of");
    let month = named(i + 1 + of)?;
    let (year, n) = year_after(view, i + 2 + of);
    Some((2 + of + n, dates(month, d, None, year, published)))
}

/// "24-26" as one token.
fn day_range(word: &str) -> Option<(u32, u32)> {
    let (a, b) = word.split_once(['-', '–'])?;
    let day = |w: &str| {
        w.trim_end_matches(|c: char| c.is_ascii_lowercase()).parse::<u32>().ok().filter(|d| (1..=31).contains(d))
    };
    day(a).zip(day(b)).filter(|(a, b)| a < b)
}

/// "March" and "May" are months only where they look like names and are not somebody's.
fn month_like(view: &View<'_>, i: usize) -> bool {
    let Some(token) = view.get(i) else { return false };
    let capital = token.form.chars().next().is_some_and(char::is_uppercase);
    let ambiguous = matches!(token.form.as_str(), "May" | "March" | "Mar." | "August");
    let before = i.checked_sub(1).map(|j| view.lower(j)).unwrap_or_default();
    let after = view.lower(i + 1);
    let dated = after.parse::<u32>().is_ok() || day_range(after).is_some() || before.parse::<u32>().is_ok();
    let led = matches!(
        before,
        "in" | "of"
            | "since"
            | "last"
            | "next"
            | "early"
            | "late"
            | "mid"
            | "this"
            | "until"
            | "by"
            | "from"
            | "to"
            | "and"
            | "on"
            | "through"
            | "before"
            | "after"
    );
    capital
        && view.person_at(i).is_none_or(|p| p.title.is_none() && p.name.len() < 2)
        && (!ambiguous || dated || (led && token.upos != Upos::Aux))
}

fn year_after(view: &View<'_>, i: usize) -> (Option<i32>, usize) {
    let year = |j: usize| view.lower(j).parse::<i32>().ok().filter(|y| (1900..=2100).contains(y));
    match year(i) {
        Some(y) => (Some(y), 1),
        None if view.lower(i) == "," => year(i + 1).map_or((None, 0), |y| (Some(y), 2)),
        None => (None, 0),
    }
}

/// A day or run of days, in the year given or in the nearest one that fits each direction.
fn dates(month: u32, first: u32, last: Option<u32>, year: Option<i32>, published: Option<NaiveDate>) -> When {
    let at = |y: i32| {
        let a = Edtf::day(NaiveDate::from_ymd_opt(y, month, first)?);
        match last {
            Some(last) => Edtf::interval(&a, &Edtf::day(NaiveDate::from_ymd_opt(y, month, last)?)).ok(),
            None => Some(a),
        }
    };
    in_year(at, year, published)
}

fn whole_month(month: u32, year: Option<i32>, published: Option<NaiveDate>) -> When {
    in_year(|y| Edtf::month(y, month).ok(), year, published)
}

fn in_year(at: impl Fn(i32) -> Option<Edtf>, year: Option<i32>, published: Option<NaiveDate>) -> When {
    if let Some(date) = year.and_then(&at) {
        return When::Fixed(date);
    }
    let Some(p) = published else { return When::Unanchored };
    let past = [p.year(), p.year() - 1].into_iter().filter_map(&at).find(|d| d.earliest().is_some_and(|e| e <= p));
    let future = [p.year(), p.year() + 1].into_iter().filter_map(&at).find(|d| d.latest().is_some_and(|l| l >= p));
    When::Either { past, future }
}

/// "Sunday", "last Friday", "next Monday morning".
fn weekday_at(view: &View<'_>, i: usize, published: Option<NaiveDate>) -> Option<(usize, Option<When>)> {
    let qualifier = view.lower(i);
    let qualified = matches!(qualifier, "last" | "next" | "this") && value(view.lower(i + 1), "weekday").is_some();
    let at = i + usize::from(qualified);
    let day = value(view.lower(at), "weekday")
        .filter(|_| view.get(at).is_some_and(|t| t.form.starts_with(char::is_uppercase)))?;
    let part = usize::from(value(view.lower(at + 1), "part").is_some());
    let when = published.map(|p| {
        let since = (i64::from(p.weekday().num_days_from_monday()) - day).rem_euclid(7) as u64;
        let strict = |n: u64| if n == 0 { 7 } else { n };
        let past = p
            .checked_sub_days(Days::new(if qualified && qualifier == "last" { strict(since) } else { since }))
            .map(Edtf::day);
        let ahead = (7 - since) % 7;
        let future = p
            .checked_add_days(Days::new(if qualified && qualifier == "next" { strict(ahead) } else { ahead }))
            .map(Edtf::day);
        match (qualified, qualifier) {
            (true, "last") => past.map_or(When::Unanchored, When::Fixed),
            (true, "next") => future.map_or(When::Unanchored, When::Fixed),
            _ => When::Either { past, future },
        }
    });
    Some((at - i + 1 + part, when))
}

/// "today", "yesterday evening", "this morning".
fn near_at(view: &View<'_>, i: usize, published: Option<NaiveDate>) -> Option<(usize, Option<When>)> {
    let word = view.lower(i);
    let part = |j: usize| value(view.lower(j), "part").is_some();
    let (shift, n) = match value(word, "near") {
        Some(shift) => (shift, 1 + usize::from(part(i + 1))),
        None if word == "this" && part(i + 1) => (0, 2),
        None if word == "last" && view.lower(i + 1) == "night" => (-1, 2),
        None => return None,
    };
    Some((n, published.and_then(|p| shifted(p, shift)).map(|d| When::Fixed(Edtf::day(d)))))
}

fn shifted(day: NaiveDate, by: i64) -> Option<NaiveDate> {
    let days = Days::new(by.unsigned_abs());
    if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
}

/// "last month", "this week", "next year", "earlier this year".
fn period_at(view: &View<'_>, i: usize, published: Option<NaiveDate>) -> Option<(usize, Option<When>)> {
    // "over the weekend": the last one, or the one to come.
    let weekend = view.lower(i) == "the" && view.lower(i + 1) == "weekend";
    if weekend && i > 0 && matches!(view.lower(i - 1), "over" | "at" | "during") {
        let of = |step| match published.and_then(|p| period(p, step, "weekend", false)) {
            Some(When::Fixed(date)) => Some(date),
            _ => None,
        };
        return Some((2, published.map(|_| When::Either { past: of(-1), future: of(0) })));
    }
    let lead = usize::from(
        matches!(view.lower(i), "earlier" | "later" | "early" | "late")
            && matches!(view.lower(i + 1), "this" | "last" | "next"),
    );
    let step = match view.lower(i + lead) {
        "last" | "past" => -1,
        "this" => 0,
        "next" | "coming" => 1,
        _ => return None,
    };
    let unit = view.lower(i + lead + 1);
    if !matches!(unit, "week" | "weekend" | "month" | "year") && value(unit, "season").is_none() {
        return None;
    }
    let when = published.and_then(|p| period(p, step, unit, view.lower(i) == "earlier" && lead == 1));
    Some((2 + lead, when))
}

fn period(p: NaiveDate, step: i64, unit: &str, elapsed: bool) -> Option<When> {
    let span = |a: NaiveDate, b: NaiveDate| Edtf::interval(&Edtf::day(a), &Edtf::day(b)).ok();
    let monday = shifted(p, 7 * step - i64::from(p.weekday().num_days_from_monday()))?;
    let date = match unit {
        "week" if step == 0 => {
            let sunday = shifted(monday, 6)?;
            return Some(When::Either { past: span(monday, p), future: span(p, sunday) });
        }
        "week" => span(monday, shifted(monday, 6)?)?,
        "weekend" => span(shifted(monday, 5)?, shifted(monday, 6)?)?,
        "month" => {
            let months = Months::new(step.unsigned_abs() as u32);
            let day = if step < 0 { p.checked_sub_months(months)? } else { p.checked_add_months(months)? };
            Edtf::month(day.year(), day.month()).ok()?
        }
        "year" if elapsed => Edtf::year(p.year()).ok()?,
        "year" => Edtf::year(p.year() + step as i32).ok()?,
        _ => return None,
    };
    Some(When::Fixed(date))
}

/// "the next day", "two days later", "a day earlier", "three weeks ago", "in two weeks".
fn shift_at(
    view: &View<'_>,
    i: usize,
    published: Option<NaiveDate>,
    told: Option<NaiveDate>,
) -> Option<(usize, Option<When>)> {
    let word = view.lower(i);
    let next = |k: usize| view.lower(i + k);
    let fixed = |d: Option<NaiveDate>| d.map(|d| When::Fixed(Edtf::day(d)));
    let from_told = |n: i64| fixed(told.or(published).and_then(|d| shifted(d, n)));
    if word == "the" && matches!(next(1), "next" | "following") && next(2) == "day" {
        return Some((3, from_told(1)));
    }
    if word == "the" && matches!(next(1), "previous" | "same") && next(2) == "day" {
        return Some((3, from_told(if next(1) == "same" { 0 } else { -1 })));
    }
    if word == "the" && matches!(next(1), "day" | "night") && next(2) == "before" {
        return Some((3, from_told(-1)));
    }
    // "later in the day", "earlier that day"
    let same_day = matches!(word, "later" | "earlier")
        && (next(1) == "that" && next(2) == "day" || next(1) == "in" && next(2) == "the" && next(3) == "day");
    if same_day {
        return Some((if next(1) == "in" { 4 } else { 3 }, from_told(0)));
    }
    let lead = usize::from(word == "in");
    let n = count(view.lower(i + lead))?;
    let days = n * value(view.lower(i + lead + 1), "unit")?;
    // "the first visit in five years" looks back.
    let superlative = (i.saturating_sub(8)..i).any(|j| matches!(view.lower(j), "first" | "only" | "highest"));
    if lead == 1 && superlative {
        return None;
    }
    let exact = view.lower(i + lead + 1).starts_with("day");
    let rough = |d: Option<NaiveDate>| {
        if exact { fixed(d) } else { d.and_then(|d| Edtf::month(d.year(), d.month()).ok()).map(When::Fixed) }
    };
    // "three days after kicking off a tour" dates the tour, by a day that is not said.
    let conjoins = |k: usize| view.get(k).is_some_and(|t| !matches!(t.upos, Upos::Punct | Upos::Cconj | Upos::Adp));
    match (lead, view.lower(i + lead + 2)) {
        (0, "after" | "before") if conjoins(i + 3) => None,
        (0, "ago") => Some((3, rough(published.and_then(|p| shifted(p, -days))))),
        (0, "later" | "after") => Some((3, rough(told.or(published).and_then(|p| shifted(p, days))))),
        (0, "earlier" | "before") => Some((3, rough(told.or(published).and_then(|p| shifted(p, -days))))),
        (1, _) => Some((3, rough(published.and_then(|p| shifted(p, days))))),
        _ => None,
    }
}

/// "in 2009", "since 2009".
fn year_at(view: &View<'_>, i: usize) -> Option<(usize, When)> {
    let year = view.lower(i).parse::<i32>().ok().filter(|y| (1900..=2100).contains(y))?;
    let led = i.checked_sub(1).is_some_and(|j| {
        matches!(view.lower(j), "in" | "since" | "of" | "during" | "by" | "until" | "early" | "late" | "and")
    });
    let counted = view.get(i + 1).is_some_and(|t| t.upos == Upos::Noun);
    (led && !counted).then(|| Edtf::year(year).ok()).flatten().map(|y| (1, When::Fixed(y)))
}

/// "from Feb. 24 to March 6", "between 3 May and 5 May": two dates become an interval.
fn join_ranges(view: &View<'_>, times: Vec<TimeMention>) -> Vec<TimeMention> {
    let mut joined: Vec<TimeMention> = Vec::new();
    for time in times {
        let range = joined.last().and_then(|last| {
            let between: Vec<&str> = (last.tokens.end..time.tokens.start).map(|i| view.lower(i)).collect();
            let led = last.tokens.start.checked_sub(1).map(|i| view.lower(i)).unwrap_or_default();
            let joint = matches!(between[..], ["to" | "until" | "through" | "-" | "–" | "till"])
                || (led == "between" && between == ["and"]);
            joint.then(|| span_of(last, &time)).flatten()
        });
        match range {
            Some(when) => {
                if let Some(last) = joined.last_mut() {
                    *last =
                        TimeMention { tokens: last.tokens.start..time.tokens.end, when, calendar: true, coarse: false };
                }
            }
            None => joined.push(time),
        }
    }
    joined
}

fn span_of(a: &TimeMention, b: &TimeMention) -> Option<When> {
    let both = |direction| {
        let (a, b) = (resolve(a, direction)?, resolve(b, direction)?);
        Edtf::interval(&Edtf::day(a.earliest()?), &Edtf::day(b.latest()?)).ok()
    };
    let (past, future) = (both(Direction::Past), both(Direction::Future));
    match (past, future) {
        (None, None) => None,
        (Some(p), Some(f)) if p == f => Some(When::Fixed(p)),
        (past, future) => Some(When::Either { past, future }),
    }
}
