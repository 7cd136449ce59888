//! Dates in the reader's form: "Sun 5 Nov", "about 5 Nov", "March 2023", never `2023-11-05`.
//!
//! A year is written where it is not the one that the chart is about.

use super::{Phrase, Words};
use crate::itinerary::{Edtf, Precision, Qualifier, Visit};
use chrono::{Datelike, NaiveDate};

/// How much of a day is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// "5 Nov".
    Bare,
    /// "Sun 5 Nov".
    Short,
    /// "Sunday 5 November".
    Heading,
    /// "5 November 2023", always with its year.
    Long,
}

/// Writes dates for a chart that is mostly about one year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    pub words: Words,
    /// The year that goes without saying.
    pub year: Option<i32>,
}

impl Dates {
    /// One day.
    pub fn day(self, day: NaiveDate, detail: Detail) -> String {
        let same = self.year == Some(day.year());
        let phrase = match (detail, same) {
            (Detail::Bare, true) => Phrase::DayBare,
            (Detail::Bare, false) => Phrase::DayBareYear,
            (Detail::Short, true) => Phrase::DayShort,
            (Detail::Short, false) => Phrase::DayShortYear,
            (Detail::Heading, true) => Phrase::DayHeading,
            (Detail::Heading, false) => Phrase::DayHeadingYear,
            (Detail::Long, _) => Phrase::DayLong,
        };
        let w = self.words;
        let (weekday, month) = (day.weekday().num_days_from_monday() as usize, day.month0() as usize);
        w.fill(
            phrase,
            &[
                ("weekday", w.nth(Phrase::WeekdayNames, weekday)),
                ("wd", w.nth(Phrase::WeekdayShortNames, weekday)),
                ("d", &day.day().to_string()),
                ("month", w.nth(Phrase::MonthNames, month)),
                ("mon", w.nth(Phrase::MonthShortNames, month)),
                ("y", &day.year().to_string()),
            ],
        )
    }

    /// A range of days as tight as can be: "3–5 Nov", "30 Oct–2 Nov 2023", in the bare or long form.
    pub fn days(self, first: NaiveDate, last: NaiveDate, detail: Detail) -> String {
        if first == last {
            return self.day(first, detail);
        }
        let w = self.words;
        if (first.year(), first.month()) == (last.year(), last.month()) {
            return w.say(Phrase::RangeTight, &[&first.day().to_string(), &self.day(last, detail)]);
        }
        let bare = Dates { year: Some(first.year()), ..self };
        let start = match detail {
            Detail::Long if first.year() == last.year() => w.fill(
                Phrase::DayLong,
                &[("d", &first.day().to_string()), ("month", w.nth(Phrase::MonthNames, first.month0() as usize))],
            ),
            _ if first.year() == last.year() => bare.day(first, detail),
            _ => self.day(first, detail),
        };
        w.say(Phrase::Range, &[start.trim(), &self.day(last, detail)])
    }

    /// A date of any precision: "Sun 5 Nov", "about Sun 5 Nov", "March 2023", "2023", "on or before Sun 5 Nov".
    pub fn date(self, edtf: &Edtf, detail: Detail) -> String {
        let w = self.words;
        match edtf.ends() {
            (Some(a), Some(b)) if a == b => self.one(&a, detail),
            (Some(a), Some(b)) => w.say(Phrase::Between, &[&self.one(&a, detail), &self.one(&b, detail)]),
            (Some(a), None) => w.say(Phrase::OnOrAfter, &[&self.one(&a, detail)]),
            (None, Some(b)) => w.say(Phrase::OnOrBefore, &[&self.one(&b, detail)]),
            (None, None) => String::new(),
        }
    }

    /// A date without ends, with the mark of how sure it is put in words.
    fn one(self, date: &Edtf, detail: Detail) -> String {
        let w = self.words;
        let plain = match (date.precision(), date.earliest()) {
            (Precision::Day, Some(day)) => self.day(day, detail),
            (Precision::Month, Some(first)) => w.fill(
                Phrase::MonthLong,
                &[("month", w.nth(Phrase::MonthNames, first.month0() as usize)), ("y", &first.year().to_string())],
            ),
            (Precision::Season, _) => date.as_season().map_or(String::new(), |(season, year)| {
                w.say(Phrase::Season, &[w.nth(Phrase::SeasonNames, season as usize), &year.to_string()])
            }),
            (_, Some(first)) => first.year().to_string(),
            (_, None) => String::new(),
        };
        match date.qualifier() {
            Qualifier::Plain => plain,
            Qualifier::Approximate => w.say(Phrase::About, &[&plain]),
            Qualifier::Uncertain => w.say(Phrase::Perhaps, &[&plain]),
            Qualifier::Both => w.say(Phrase::PerhapsAbout, &[&plain]),
        }
    }

    /// When a visit takes place, for a label; empty where nothing but a bound is said.
    ///
    /// A stay from one day to another is a range of both ends as they are known: "Sun 5 Nov to about Sun 12 Nov".
    pub fn visit(self, visit: &Visit, detail: Detail) -> String {
        self.stay(visit.start.as_ref(), visit.end.as_ref(), detail)
    }

    /// As [`Dates::visit`], of a first and a last date.
    pub fn stay(self, start: Option<&Edtf>, end: Option<&Edtf>, detail: Detail) -> String {
        let bounded = |e: &&Edtf| e.earliest().is_some() && e.latest().is_some();
        let w = self.words;
        match (start.filter(bounded), end.filter(bounded)) {
            (Some(a), Some(b)) if a == b => self.date(a, detail),
            (Some(a), Some(b)) => match (plain_day(a), plain_day(b)) {
                (Some(a), Some(b)) if detail != Detail::Short => self.days(a, b, detail),
                _ => w.say(Phrase::Range, &[&self.date(a, detail), &self.date(b, detail)]),
            },
            (Some(a), None) if end.is_some_and(|e| e.latest().is_none() && e.earliest().is_some()) => {
                w.say(Phrase::StayFrom, &[&self.date(a, detail)])
            }
            (Some(a), None) => self.date(a, detail),
            (None, Some(b)) => w.say(Phrase::StayUntil, &[&self.date(b, detail)]),
            (None, None) => String::new(),
        }
    }

    /// A visit's date for a table: also what is only bounded, and "not stated".
    pub fn table(self, visit: &Visit, detail: Detail) -> String {
        let known = self.visit(visit, detail);
        match (&visit.start, known.is_empty()) {
            (_, false) => known,
            (Some(start), true) => self.words.say(Phrase::NotStatedBut, &[&self.date(start, detail)]),
            (None, true) => self.words.of(Phrase::NotStated).into(),
        }
    }
}

fn plain_day(date: &Edtf) -> Option<NaiveDate> {
    date.as_day().filter(|_| date.qualifier() == Qualifier::Plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str, detail: Detail) -> String {
        let dates = Dates { year: Some(2023), ..Dates::default() };
        dates.date(&text.parse().expect("a date"), detail)
    }

    #[test]
    fn dates_are_in_the_readers_form() {
        for (edtf, short, bare) in [
            ("2023-11-05", "Sun 5 Nov", "5 Nov"),
            ("2022-11-05", "Sat 5 Nov 2022", "5 Nov 2022"),
            ("2023-11-05~", "about Sun 5 Nov", "about 5 Nov"),
            ("2023-11-05?", "perhaps Sun 5 Nov", "perhaps 5 Nov"),
            ("2023-11", "November 2023", "November 2023"),
            ("2023", "2023", "2023"),
            ("2023-21", "spring 2023", "spring 2023"),
            ("2023-11-03/2023-11-05", "between Fri 3 Nov and Sun 5 Nov", "between 3 Nov and 5 Nov"),
            ("2023-11-05/2023-11-12~", "between Sun 5 Nov and about Sun 12 Nov", "between 5 Nov and about 12 Nov"),
            ("../2023-11-05", "on or before Sun 5 Nov", "on or before 5 Nov"),
            ("2023-11-05/..", "on or after Sun 5 Nov", "on or after 5 Nov"),
        ] {
            assert_eq!((date(edtf, Detail::Short), date(edtf, Detail::Bare)), (short.into(), bare.into()), "{edtf}");
        }
        let days = |a: &str, b: &str, detail| {
            let day = |t: &str| t.parse().expect("a day");
            Dates { year: Some(2023), ..Dates::default() }.days(day(a), day(b), detail)
        };
        assert_eq!(days("2023-10-30", "2023-11-02", Detail::Long), "30 October to 2 November 2023");
        assert_eq!(days("2023-10-30", "2023-11-02", Detail::Bare), "30 Oct to 2 Nov");
        assert_eq!(days("2023-11-03", "2023-11-05", Detail::Long), "3–5 November 2023");
        assert_eq!(days("2022-12-30", "2023-01-02", Detail::Bare), "30 Dec 2022 to 2 Jan");
    }
}
