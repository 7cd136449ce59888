//! Time expressions: "on Sunday", "last month", "from Feb. 24 to March 6", "the next day" become EDTF dates.
//!
//! A weekday or a month without a year points to the past or to the future with the tense of its clause; the mention keeps
//! both readings and [`resolve`] picks one. Words of time are in `data/times/words.tsv`. It knows nothing of travel.
//!
//! | room | reads |
//! |---|---|
//! | [`calendar`] | "Nov. 3, 2023", "24-26 June", "in March", "in 2009" |
//! | [`relative`] | "Sunday", "today", "last week", "two days later" |
//! | [`lengths`] | "four-day", "for three days" |
//! | [`publication`] | the day of an article that comes without one |
//! | [`words`] | the table of words of time |

mod calendar;
mod lengths;
mod publication;
mod relative;
mod words;

use super::scene::View;
use crate::itinerary::Edtf;
use chrono::NaiveDate;
pub use publication::publication_hint;
use std::ops::Range;
use words::value;

/// A time expression of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMention {
    pub tokens: Range<usize>,
    when: When,
    /// Whether it gives days of the calendar ("Nov. 10-11", "from Feb. 24 to March 6").
    calendar: bool,
    /// Whether it names a month, a season or a year, or one before this one.
    coarse: bool,
    /// Where the clause begins that it dates by another ("two days after meeting him"): it holds for that clause alone.
    dates: Option<usize>,
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

    /// The token at which the clause begins that alone has this time ("two days after meeting him"), where it has one.
    pub fn dated_clause(&self) -> Option<usize> {
        self.dates
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
    let mut told = Told::on(published);
    for view in views.iter_mut() {
        let mut found = Vec::new();
        let mut i = 0;
        while i < view.tokens().len() {
            match read_at(view, i, published, told) {
                Some(time) => {
                    told = Told::by(&time).unwrap_or(told);
                    i = time.tokens.end;
                    found.push(time);
                }
                None => i += 1,
            }
        }
        view.times = join_ranges(view, found);
        let offsets = relative::offsets(view, &view.times);
        view.times.extend(offsets);
        view.times.sort_by_key(|t| t.tokens.start);
    }
}

/// The day told of last, from which "the next day" counts: one if it lies in the past and one if it is to come ("May 14").
#[derive(Clone, Copy, Debug)]
struct Told {
    past: Option<NaiveDate>,
    future: Option<NaiveDate>,
}

impl Told {
    /// One and the same day.
    fn on(day: Option<NaiveDate>) -> Told {
        Told { past: day, future: day }
    }

    /// The day that a time names, if it names one.
    fn by(time: &TimeMention) -> Option<Told> {
        let day = |direction| resolve(time, direction).and_then(|d| d.as_day());
        let told = Told { past: day(Direction::Past), future: day(Direction::Future) };
        (told.past.is_some() || told.future.is_some()).then_some(told)
    }
}

/// The time expression that begins at token `i`; `told` is the day told of last, at first that of publication.
fn read_at(view: &View<'_>, i: usize, published: Option<NaiveDate>, told: Told) -> Option<TimeMention> {
    let anchored = |when: Option<When>| when.unwrap_or(When::Unanchored);
    let (length, when) = lengths::length_at(view, i)
        .or_else(|| calendar::calendar_at(view, i, published))
        .or_else(|| relative::weekday_at(view, i, published).map(|(n, w)| (n, anchored(w))))
        .or_else(|| relative::near_at(view, i, published).map(|(n, w)| (n, anchored(w))))
        .or_else(|| relative::period_at(view, i, published).map(|(n, w)| (n, anchored(w))))
        .or_else(|| relative::shift_at(view, i, published, told).map(|(n, w)| (n, anchored(w))))
        .or_else(|| calendar::year_at(view, i))?;
    let calendar = calendar::calendar_at(view, i, published).is_some();
    let word = |k: usize| view.lower(i + k);
    let month_alone =
        value(word(0), "month").is_some() && (length == 1 || word(1).parse::<i32>().is_ok_and(|n| n > 31));
    let period = matches!(word(0), "last" | "next") && matches!(word(1), "month" | "year");
    let coarse = month_alone || period || (length == 1 && word(0).len() == 4 && word(0).parse::<i32>().is_ok());
    Some(TimeMention { tokens: i..i + length, when, calendar, coarse, dates: None })
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
                    let tokens = last.tokens.start..time.tokens.end;
                    *last = TimeMention { tokens, when, calendar: true, coarse: false, dates: None };
                }
            }
            None => joined.push(time),
        }
    }
    joined
}

/// From the beginning of one time to the end of the other, in each direction that both have.
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

/// Sentences from the start that say of what day an article tells.
const LEAD: usize = 3;

/// The day that a dispatch tells of: the first one named in its lead that is at most a few days back, else that of
/// publication.
pub fn news_day(views: &[View<'_>], published: NaiveDate) -> NaiveDate {
    let named = views.iter().take(LEAD).flat_map(|v| &v.times).filter_map(|t| resolve(t, Direction::Past)?.as_day());
    named.into_iter().find(|d| *d <= published && (published - *d).num_days() <= FRESH_DAYS).unwrap_or(published)
}
