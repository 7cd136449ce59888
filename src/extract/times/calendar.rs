//! Days and months of the calendar: "October 7", "Nov. 3, 2023", "24-26 June", "in March", "in 2009".
//!
//! A date without a year keeps the nearest one on either side of publication.

use super::When;
use super::words::value;
use crate::extract::scene::View;
use crate::itinerary::Edtf;
use crate::language::Upos;
use chrono::{Datelike, NaiveDate};

/// The date that begins at token `i`, and how many tokens it has.
pub fn calendar_at(view: &View<'_>, i: usize, published: Option<NaiveDate>) -> Option<(usize, When)> {
    match month(view, i) {
        Some(month) => Some(from_month(view, i, month, published)),
        None => from_day(view, i, published),
    }
}

/// The month that token `i` names, if it is one there: "March", "mid-March".
fn month(view: &View<'_>, i: usize) -> Option<u32> {
    let word = view.lower(i);
    let month = word.strip_prefix("mid-").unwrap_or(word);
    value(month, "month").filter(|_| month_like(view, i)).map(|m| m as u32)
}

/// The day of a month that token `i` gives: "7", "3rd".
fn day(view: &View<'_>, i: usize) -> Option<u32> {
    let word = view.lower(i);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ending = &word[digits.len()..];
    digits.parse::<u32>().ok().filter(|d| (1..=31).contains(d) && matches!(ending, "" | "st" | "nd" | "rd" | "th"))
}

/// "October 7", "Feb 24-26", "Nov. 3, 2023", "last March".
fn from_month(view: &View<'_>, i: usize, month_of_year: u32, published: Option<NaiveDate>) -> (usize, When) {
    if let Some((first, last)) = day_range(view.lower(i + 1)) {
        let (year, n) = year_after(view, i + 2);
        return (2 + n, dates(month_of_year, first, Some(last), year, published));
    }
    if let Some(d) = day(view, i + 1) {
        let joint = matches!(view.lower(i + 2), "-" | "–" | "to" | "through" | "and" | "until");
        let last = day(view, i + 3).filter(|_| joint && month(view, i + 4).is_none());
        let n = if last.is_some() { 4 } else { 2 };
        let (year, extra) = year_after(view, i + n);
        return (n + extra, dates(month_of_year, d, last, year, published));
    }
    let (year, n) = year_after(view, i + 1);
    // "last March", "next March"
    let led = i.checked_sub(1).map(|j| view.lower(j)).unwrap_or_default();
    let side = match (led, whole_month(month_of_year, year, published)) {
        ("last", When::Either { past: Some(past), .. }) => When::Fixed(past),
        ("next", When::Either { future: Some(future), .. }) => When::Fixed(future),
        (_, either) => either,
    };
    (1 + n, side)
}

/// "24-25 June", "8 to 10 June", "7 October", "7 of October".
fn from_day(view: &View<'_>, i: usize, published: Option<NaiveDate>) -> Option<(usize, When)> {
    if let Some((first, last)) = day_range(view.lower(i)) {
        let month = month(view, i + 1)?;
        let (year, n) = year_after(view, i + 2);
        return Some((2 + n, dates(month, first, Some(last), year, published)));
    }
    let d = day(view, i)?;
    let joint = matches!(view.lower(i + 1), "-" | "–" | "to" | "and" | "until");
    if let (true, Some(last), Some(month)) = (joint, day(view, i + 2), month(view, i + 3)) {
        let (year, n) = year_after(view, i + 4);
        return Some((4 + n, dates(month, d, Some(last), year, published)));
    }
    let of = usize::from(view.lower(i + 1) == "of");
    let month = month(view, i + 1 + of)?;
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

/// The year at token `i`, over a comma, and how many tokens it takes.
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

/// A month, in the year given or in the nearest ones.
fn whole_month(month: u32, year: Option<i32>, published: Option<NaiveDate>) -> When {
    in_year(|y| Edtf::month(y, month).ok(), year, published)
}

/// What `at` says of a year: of the one given, else of the nearest ones on either side of publication.
fn in_year(at: impl Fn(i32) -> Option<Edtf>, year: Option<i32>, published: Option<NaiveDate>) -> When {
    if let Some(date) = year.and_then(&at) {
        return When::Fixed(date);
    }
    let Some(p) = published else { return When::Unanchored };
    let past = [p.year(), p.year() - 1].into_iter().filter_map(&at).find(|d| d.earliest().is_some_and(|e| e <= p));
    let future = [p.year(), p.year() + 1].into_iter().filter_map(&at).find(|d| d.latest().is_some_and(|l| l >= p));
    When::Either { past, future }
}

/// "in 2009", "since 2009".
pub fn year_at(view: &View<'_>, i: usize) -> Option<(usize, When)> {
    let year = view.lower(i).parse::<i32>().ok().filter(|y| (1900..=2100).contains(y))?;
    let led = i.checked_sub(1).is_some_and(|j| {
        matches!(view.lower(j), "in" | "since" | "of" | "during" | "by" | "until" | "early" | "late" | "and")
    });
    let counted = view.get(i + 1).is_some_and(|t| t.upos == Upos::Noun);
    (led && !counted).then(|| Edtf::year(year).ok()).flatten().map(|y| (1, When::Fixed(y)))
}
