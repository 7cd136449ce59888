//! Times that count from another day: "Sunday", "today", "last week", "the next day", "two days later".
//!
//! They count from publication, or from the day that the text told of last.

use super::words::{count, value};
use super::{Direction, TimeMention, Told, When, resolve};
use crate::extract::scene::View;
use crate::itinerary::Edtf;
use crate::language::Upos;
use chrono::{Datelike, Days, Months, NaiveDate};

/// "Sunday", "last Friday", "next Monday morning".
pub fn weekday_at(view: &View<'_>, i: usize, published: Option<NaiveDate>) -> Option<(usize, Option<When>)> {
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
pub fn near_at(view: &View<'_>, i: usize, published: Option<NaiveDate>) -> Option<(usize, Option<When>)> {
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

/// So many days later, or earlier.
fn shifted(day: NaiveDate, by: i64) -> Option<NaiveDate> {
    let days = Days::new(by.unsigned_abs());
    if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
}

/// "last month", "this week", "next year", "earlier this year".
pub fn period_at(view: &View<'_>, i: usize, published: Option<NaiveDate>) -> Option<(usize, Option<When>)> {
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

/// The week, weekend, month or year that lies `step` from that of publication; `elapsed` is "earlier this year".
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
pub fn shift_at(view: &View<'_>, i: usize, published: Option<NaiveDate>, told: Told) -> Option<(usize, Option<When>)> {
    match day_beside(view, i) {
        Some((length, by)) => Some((length, from_told(told, |d| shifted(d, by).map(Edtf::day)))),
        None => counted_at(view, i, published, told),
    }
}

/// What lies so far from the day told of, whichever year it was in.
fn from_told(told: Told, date: impl Fn(NaiveDate) -> Option<Edtf>) -> Option<When> {
    let (past, future) = (told.past.and_then(&date), told.future.and_then(&date));
    match (past, future) {
        (Some(a), Some(b)) if a == b => Some(When::Fixed(a)),
        (None, None) => None,
        (past, future) => Some(When::Either { past, future }),
    }
}

/// "the next day", "the previous day", "the night before", "later that day": how many tokens, and days from the one told of.
fn day_beside(view: &View<'_>, i: usize) -> Option<(usize, i64)> {
    let words = [view.lower(i), view.lower(i + 1), view.lower(i + 2), view.lower(i + 3)];
    match words {
        ["the", "next" | "following", "day", _] => Some((3, 1)),
        ["the", "same", "day", _] => Some((3, 0)),
        ["the", "previous", "day", _] | ["the", "day" | "night", "before", _] => Some((3, -1)),
        ["later" | "earlier", "that", "day", _] => Some((3, 0)),
        ["later" | "earlier", "in", "the", "day"] => Some((4, 0)),
        _ => None,
    }
}

/// "two days later", "three weeks ago", "in two weeks".
fn counted_at(view: &View<'_>, i: usize, published: Option<NaiveDate>, told: Told) -> Option<(usize, Option<When>)> {
    let lead = usize::from(view.lower(i) == "in");
    let n = count(view.lower(i + lead))?;
    let days = n * value(view.lower(i + lead + 1), "unit")?;
    // "the first visit in five years" looks back.
    let superlative = (i.saturating_sub(8)..i).any(|j| matches!(view.lower(j), "first" | "only" | "highest"));
    if lead == 1 && superlative {
        return None;
    }
    let exact = view.lower(i + lead + 1).starts_with("day");
    let from = |anchor: Told, by: i64| {
        let date = |day: NaiveDate| {
            let day = shifted(day, by)?;
            if exact { Some(Edtf::day(day)) } else { Edtf::month(day.year(), day.month()).ok() }
        };
        Some((3, from_told(anchor, date)))
    };
    let published = Told::on(published);
    match (lead, view.lower(i + lead + 2)) {
        // "three days after kicking off a tour" dates the tour; see [`offsets`].
        (0, "after" | "before") if conjoins(view, i + 3) => None,
        (0, "ago") => from(published, -days),
        (0, "later" | "after") => from(told, days),
        (0, "earlier" | "before") => from(told, -days),
        (1, _) => from(published, days),
        _ => None,
    }
}

/// Whether a clause or a noun follows at token `k`.
fn conjoins(view: &View<'_>, k: usize) -> bool {
    view.get(k).is_some_and(|t| !matches!(t.upos, Upos::Punct | Upos::Cconj | Upos::Adp))
}

/// "arrived on Thursday, a day after she met him in Baghdad": what follows is dated from the nearest other time of the sentence. Without
/// one, and by weeks or months, it has no day; that of the other clause it has not either.
pub fn offsets(view: &View<'_>, times: &[TimeMention]) -> Vec<TimeMention> {
    let found = (0..view.tokens().len()).filter_map(|i| offset_at(view, i, times));
    found.filter(|o| times.iter().all(|t| t.tokens.end <= o.tokens.start || t.tokens.start >= o.tokens.end)).collect()
}

fn offset_at(view: &View<'_>, i: usize, times: &[TimeMention]) -> Option<TimeMention> {
    let (n, unit) = match (view.lower(i), view.lower(i + 1)) {
        ("the", "day") => (1, "day"),
        (number, unit) => (count(number)?, unit),
    };
    let days = n * value(unit, "unit")?;
    let by = match view.lower(i + 2) {
        // What comes before is so much earlier than the clause it stands with.
        "after" => -days,
        "before" => days,
        _ => return None,
    };
    let start = i + 3;
    if !conjoins(view, start) {
        return None;
    }
    let end = (start..view.tokens().len()).find(|k| view.lower(*k) == ",").unwrap_or(view.tokens().len());
    let outside = |t: &&TimeMention| (t.tokens.end <= i || t.tokens.start >= end) && t.duration().is_none();
    let anchor = times.iter().filter(outside).min_by_key(|t| t.tokens.start.abs_diff(i));
    let exact = unit.starts_with("day");
    // "met him on Sunday, three days before he travels": the Sunday is that of the other clause, which is past.
    let past = (0..i).chain(end..view.tokens().len()).any(|k| view.tokens()[k].xpos == "VBD");
    let direction = if past { Direction::Past } else { Direction::Future };
    let day = anchor.filter(|_| exact).and_then(|anchor| resolve(anchor, direction)?.as_day());
    let when = day.and_then(|d| shifted(d, by)).map(|d| When::Fixed(Edtf::day(d)));
    let when = when.unwrap_or(When::Unanchored);
    Some(TimeMention { tokens: i..start, when, calendar: false, coarse: false, dates: Some(start) })
}
