//! Dates as precise as a text: EDTF level 1 (ISO 8601-2:2019) over `chrono`.
//!
//! An [`Edtf`] is a day, month, season or year, or an interval of two of them of which one end may be open. It can only
//! be made valid: every date exists, years lie in 1–9999, and an interval never ends before it starts.

use chrono::{Datelike, Days, Months, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A date or interval with the precision that a text has.
///
/// ```
/// use portolan::itinerary::Edtf;
/// let until: Edtf = "../2023-11-05".parse()?;
/// let november: Edtf = "2023-11".parse()?;
/// assert_eq!(until.earliest(), None);
/// assert_eq!(until.intersect(&november).map(|d| d.to_string()).as_deref(), Some("2023-11-01/2023-11-05"));
/// # Ok::<(), portolan::itinerary::EdtfError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edtf(Shape);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Shape {
    One(Point),
    Between(Point, Point),
    Until(Point),
    From(Point),
}

/// A single date with its qualifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Point {
    unit: Unit,
    sure: Qualifier,
}

/// A calendar unit that exists, in years 1–9999; only the constructors below make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Unit {
    Day(NaiveDate),
    /// First day of the month.
    Month(NaiveDate),
    /// First day of the year, and the season.
    Season(NaiveDate, Season),
    /// First day of the year.
    Year(NaiveDate),
}

/// How sure a date is, as its mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// No mark.
    Plain,
    /// `~`: about then.
    Approximate,
    /// `?`: perhaps then.
    Uncertain,
    /// `%`: perhaps, and about then.
    Both,
}

/// A season, with the meteorological months of the northern hemisphere; winter runs into the next year's February.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// How fine a date is; of an interval, the coarser of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    Day,
    Month,
    Season,
    Year,
}

/// Why something is no date that a document may hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EdtfError {
    #[error(
        "`{0}` is no EDTF date; write 2023-11-05, 2023-11, 2023, 2023-11-01/2023-11-05, ../2023-11-05 or 2023-11-05/.."
    )]
    Syntax(String),
    #[error("`{0}` does not exist in the calendar")]
    NoSuchDate(String),
    #[error("`{0}` lies outside the years 1 to 9999")]
    Year(String),
    #[error("the interval `{0}` ends before it starts")]
    Reversed(String),
    #[error("the interval `{0}` is open at both ends, so it says nothing")]
    Unbounded(String),
}

impl Edtf {
    /// One day. A day outside the years 1–9999 becomes the nearest one inside.
    pub fn day(day: NaiveDate) -> Self {
        Unit::day(day).into()
    }

    /// One month (`month` from 1).
    pub fn month(year: i32, month: u32) -> Result<Self, EdtfError> {
        Ok(Unit::Month(first_day(year, month)?).into())
    }

    /// One season of the year it starts in.
    pub fn season(year: i32, season: Season) -> Result<Self, EdtfError> {
        Ok(Unit::Season(first_day(year, 1)?, season).into())
    }

    /// One year.
    pub fn year(year: i32) -> Result<Self, EdtfError> {
        Ok(Unit::Year(first_day(year, 1)?).into())
    }

    /// From the start of `from` to the end of `to`, with an open end where they have one. Two equal dates give that date.
    pub fn interval(from: &Edtf, to: &Edtf) -> Result<Self, EdtfError> {
        match (from.first_point(), to.last_point()) {
            (Some(a), Some(b)) if a == b => Ok(Edtf(Shape::One(a))),
            (Some(a), Some(b)) => between(a, b),
            (Some(a), None) => Ok(Edtf(Shape::From(a))),
            (None, Some(b)) => Ok(Edtf(Shape::Until(b))),
            (None, None) => Err(EdtfError::Unbounded("../..".to_string())),
        }
    }

    /// On `day` or before: `../2023-11-05`.
    pub fn on_or_before(day: NaiveDate) -> Self {
        Edtf(Shape::Until(Unit::day(day).into()))
    }

    /// On `day` or after: `2023-11-05/..`.
    pub fn on_or_after(day: NaiveDate) -> Self {
        Edtf(Shape::From(Unit::day(day).into()))
    }

    /// The same date marked as "about" (`~`).
    pub fn approximate(&self) -> Self {
        self.map(|p| {
            let sure = match p.sure {
                Qualifier::Plain | Qualifier::Approximate => Qualifier::Approximate,
                Qualifier::Uncertain | Qualifier::Both => Qualifier::Both,
            };
            Point { sure, ..p }
        })
    }

    /// The first day that it may be; `None` where the start is open.
    pub fn earliest(&self) -> Option<NaiveDate> {
        self.first_point().map(|p| p.unit.first())
    }

    /// The last day that it may be; `None` where the end is open.
    pub fn latest(&self) -> Option<NaiveDate> {
        self.last_point().map(|p| p.unit.last())
    }

    /// Whether it is exactly one day, however sure.
    pub fn is_day(&self) -> bool {
        self.as_day().is_some()
    }

    /// The day, where it is exactly one.
    pub fn as_day(&self) -> Option<NaiveDate> {
        match self.0 {
            Shape::One(Point { unit: Unit::Day(day), .. }) => Some(day),
            _ => None,
        }
    }

    /// Whether it is written with two ends, one of which may be open.
    pub fn is_interval(&self) -> bool {
        !matches!(self.0, Shape::One(_))
    }

    /// Whether it, or an end of it, is marked as approximate (`~`, `%`) or uncertain (`?`, `%`).
    pub fn is_qualified(&self) -> bool {
        [self.first_point(), self.last_point()].into_iter().flatten().any(|p| p.sure != Qualifier::Plain)
    }

    /// Its two ends, each as a date of its own; `None` where that end is open. A single date is both ends of itself.
    pub fn ends(&self) -> (Option<Edtf>, Option<Edtf>) {
        (self.first_point().map(|p| Edtf(Shape::One(p))), self.last_point().map(|p| Edtf(Shape::One(p))))
    }

    /// How sure it is; of an interval, its first end that is not open.
    pub fn qualifier(&self) -> Qualifier {
        self.first_point().or(self.last_point()).map_or(Qualifier::Plain, |p| p.sure)
    }

    /// The season and the year that it starts in, where it is one.
    pub fn as_season(&self) -> Option<(Season, i32)> {
        match self.0 {
            Shape::One(Point { unit: Unit::Season(first, season), .. }) => Some((season, first.year())),
            _ => None,
        }
    }

    /// How fine it is; of an interval, the coarser of its ends.
    pub fn precision(&self) -> Precision {
        let fine = |p: Option<Point>| p.map_or(Precision::Day, |p| p.unit.precision());
        fine(self.first_point()).max(fine(self.last_point()))
    }

    /// Whether `day` lies within the range.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.earliest().is_none_or(|first| first <= day) && self.latest().is_none_or(|last| day <= last)
    }

    /// Whether every day of this range lies before every day of `other`. "About" gives way by one of its own length
    /// (a day, a month, a year), so "about 2023-11-05" is not surely before 2023-11-06.
    pub fn surely_before(&self, other: &Edtf) -> bool {
        let (Some(last), Some(first)) = (self.last_point(), other.first_point()) else { return false };
        match (last.slack_end(), first.slack_start()) {
            (Some(last), Some(first)) => last < first,
            _ => false,
        }
    }

    /// The days that both allow, as precise as the finer of the two; `None` where they contradict each other.
    pub fn intersect(&self, other: &Edtf) -> Option<Edtf> {
        if self.covers(other) {
            return Some(other.clone());
        }
        if other.covers(self) {
            return Some(self.clone());
        }
        let first = self.earliest().max(other.earliest());
        let last = match (self.latest(), other.latest()) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        match (first, last) {
            (Some(a), Some(b)) if a > b => None,
            (Some(a), Some(b)) if a == b => Some(Edtf::day(a)),
            (Some(a), Some(b)) => between(Unit::day(a).into(), Unit::day(b).into()).ok(),
            (Some(a), None) => Some(Edtf::on_or_after(a)),
            (None, Some(b)) => Some(Edtf::on_or_before(b)),
            (None, None) => None,
        }
    }

    /// Whether the range of `other` lies wholly inside this one.
    pub fn covers(&self, other: &Edtf) -> bool {
        let starts = match (self.earliest(), other.earliest()) {
            (None, _) => true,
            (Some(a), b) => b.is_some_and(|b| a <= b),
        };
        let ends = match (self.latest(), other.latest()) {
            (None, _) => true,
            (Some(a), b) => b.is_some_and(|b| b <= a),
        };
        starts && ends
    }

    fn first_point(&self) -> Option<Point> {
        match self.0 {
            Shape::One(p) | Shape::Between(p, _) | Shape::From(p) => Some(p),
            Shape::Until(_) => None,
        }
    }

    fn last_point(&self) -> Option<Point> {
        match self.0 {
            Shape::One(p) | Shape::Between(_, p) | Shape::Until(p) => Some(p),
            Shape::From(_) => None,
        }
    }

    fn map(&self, change: impl Fn(Point) -> Point) -> Edtf {
        Edtf(match self.0 {
            Shape::One(p) => Shape::One(change(p)),
            Shape::Between(a, b) => Shape::Between(change(a), change(b)),
            Shape::Until(p) => Shape::Until(change(p)),
            Shape::From(p) => Shape::From(change(p)),
        })
    }
}

impl Point {
    /// The last day, later by one own length where it is qualified; `None` past the calendar.
    fn slack_end(self) -> Option<NaiveDate> {
        match self.sure {
            Qualifier::Plain => Some(self.unit.last()),
            _ => self.unit.last().checked_add_days(self.unit.length()),
        }
    }

    fn slack_start(self) -> Option<NaiveDate> {
        match self.sure {
            Qualifier::Plain => Some(self.unit.first()),
            _ => self.unit.first().checked_sub_days(self.unit.length()),
        }
    }
}

impl Unit {
    fn day(day: NaiveDate) -> Unit {
        let edge = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MAX);
        Unit::Day(day.clamp(edge(1, 1, 1), edge(9999, 12, 31)))
    }

    fn first(self) -> NaiveDate {
        match self {
            Unit::Day(day) | Unit::Month(day) | Unit::Year(day) => day,
            Unit::Season(year, season) => year + Months::new(season.first_month() - 1),
        }
    }

    fn last(self) -> NaiveDate {
        let months = match self {
            Unit::Day(day) => return day,
            Unit::Month(_) => 1,
            Unit::Season(..) => 3,
            Unit::Year(_) => 12,
        };
        self.first() + Months::new(months) - Days::new(1)
    }

    fn length(self) -> Days {
        Days::new((self.last() - self.first()).num_days().unsigned_abs() + 1)
    }

    fn precision(self) -> Precision {
        match self {
            Unit::Day(_) => Precision::Day,
            Unit::Month(_) => Precision::Month,
            Unit::Season(..) => Precision::Season,
            Unit::Year(_) => Precision::Year,
        }
    }
}

impl Season {
    const ALL: [Season; 4] = [Season::Spring, Season::Summer, Season::Autumn, Season::Winter];

    fn first_month(self) -> u32 {
        3 + 3 * self as u32
    }

    /// The two digits that stand for it in EDTF in the place of a month.
    fn code(self) -> u32 {
        21 + self as u32
    }
}

impl From<Unit> for Point {
    fn from(unit: Unit) -> Self {
        Point { unit, sure: Qualifier::Plain }
    }
}

impl From<Unit> for Edtf {
    fn from(unit: Unit) -> Self {
        Edtf(Shape::One(unit.into()))
    }
}

fn first_day(year: i32, month: u32) -> Result<NaiveDate, EdtfError> {
    if !(1..=9999).contains(&year) {
        return Err(EdtfError::Year(year.to_string()));
    }
    NaiveDate::from_ymd_opt(year, month, 1).ok_or_else(|| EdtfError::NoSuchDate(format!("{year:04}-{month:02}")))
}

fn between(from: Point, to: Point) -> Result<Edtf, EdtfError> {
    let interval = Edtf(Shape::Between(from, to));
    if from.unit.first() > to.unit.last() {
        return Err(EdtfError::Reversed(interval.to_string()));
    }
    Ok(interval)
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, EdtfError> {
        match text.split_once('/') {
            None => Ok(Edtf(Shape::One(point(text)?))),
            Some(("..", "..")) => Err(EdtfError::Unbounded(text.to_string())),
            Some(("..", to)) => Ok(Edtf(Shape::Until(point(to)?))),
            Some((from, "..")) => Ok(Edtf(Shape::From(point(from)?))),
            Some((from, to)) => between(point(from)?, point(to)?),
        }
    }
}

fn point(text: &str) -> Result<Point, EdtfError> {
    let (date, sure) = match text.as_bytes().last() {
        Some(b'~') => (&text[..text.len() - 1], Qualifier::Approximate),
        Some(b'?') => (&text[..text.len() - 1], Qualifier::Uncertain),
        Some(b'%') => (&text[..text.len() - 1], Qualifier::Both),
        _ => (text, Qualifier::Plain),
    };
    let parts: Vec<&str> = date.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
    let digits = parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    let known = [&[4][..], &[4, 2], &[4, 2, 2]].contains(&&lengths[..]);
    if !digits || !known {
        return Err(EdtfError::Syntax(text.to_string()));
    }
    let number = |i: usize| parts.get(i).and_then(|p| p.parse::<u32>().ok());
    unit(date, number(0), number(1), number(2)).map(|unit| Point { unit, sure })
}

fn unit(text: &str, year: Option<u32>, month: Option<u32>, day: Option<u32>) -> Result<Unit, EdtfError> {
    let missing = || EdtfError::NoSuchDate(text.to_string());
    let year = year.and_then(|y| i32::try_from(y).ok()).ok_or_else(missing)?;
    let january = first_day(year, 1).map_err(|_| EdtfError::Year(text.to_string()))?;
    let season = |code| Season::ALL.into_iter().find(|s| s.code() == code);
    match (month, day) {
        (None, _) => Ok(Unit::Year(january)),
        (Some(month), None) => match season(month) {
            Some(season) => Ok(Unit::Season(january, season)),
            None => first_day(year, month).map(Unit::Month),
        },
        (Some(month), Some(day)) => NaiveDate::from_ymd_opt(year, month, day).map(Unit::Day).ok_or_else(missing),
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Shape::One(p) => write!(f, "{p}"),
            Shape::Between(a, b) => write!(f, "{a}/{b}"),
            Shape::Until(p) => write!(f, "../{p}"),
            Shape::From(p) => write!(f, "{p}/.."),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unit {
            Unit::Day(d) => write!(f, "{:04}-{:02}-{:02}", d.year(), d.month(), d.day())?,
            Unit::Month(d) => write!(f, "{:04}-{:02}", d.year(), d.month())?,
            Unit::Season(d, season) => write!(f, "{:04}-{}", d.year(), season.code())?,
            Unit::Year(d) => write!(f, "{:04}", d.year())?,
        }
        f.write_str(match self.sure {
            Qualifier::Plain => "",
            Qualifier::Approximate => "~",
            Qualifier::Uncertain => "?",
            Qualifier::Both => "%",
        })
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// One date as the JSON Schema sees it: year, then month or season, then day, then a qualifier.
const POINT: &str = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-2[1-4])?[~?%]?";

impl JsonSchema for Edtf {
    fn schema_name() -> Cow<'static, str> {
        "Edtf".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "EDTF level 1: a day, month, season, year or interval as precise as the text, with ~ for about.",
            "pattern": format!(r"^({POINT}|{POINT}/{POINT}|\.\./{POINT}|{POINT}/\.\.)$"),
            "examples": ["2023-11-05", "2023-11", "2023-11-01/2023-11-05", "../2023-11-05", "2023-11-05/.."]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edtf(text: &str) -> Edtf {
        text.parse().unwrap()
    }

    fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn bounds_follow_the_precision() {
        let bounds = |text| (edtf(text).earliest(), edtf(text).latest());
        assert_eq!(bounds("2023-11-05"), (Some(ymd(2023, 11, 5)), Some(ymd(2023, 11, 5))));
        assert_eq!(bounds("2024-02"), (Some(ymd(2024, 2, 1)), Some(ymd(2024, 2, 29))));
        assert_eq!(bounds("2023"), (Some(ymd(2023, 1, 1)), Some(ymd(2023, 12, 31))));
        assert_eq!(bounds("2023-24"), (Some(ymd(2023, 12, 1)), Some(ymd(2024, 2, 29))));
        assert_eq!(bounds("../2023-11-05"), (None, Some(ymd(2023, 11, 5))));
        assert_eq!(bounds("2023-11-05/.."), (Some(ymd(2023, 11, 5)), None));
    }

    #[test]
    fn what_is_no_date_is_refused_with_its_reason() {
        let error = |text: &str| text.parse::<Edtf>().unwrap_err();
        assert!(matches!(error("2023-02-30"), EdtfError::NoSuchDate(_)));
        assert!(matches!(error("2023-13"), EdtfError::NoSuchDate(_)));
        assert!(matches!(error("0000-01-01"), EdtfError::Year(_)));
        assert!(matches!(error("2023-11-05/2023-11-01"), EdtfError::Reversed(_)));
        assert!(matches!(error("../.."), EdtfError::Unbounded(_)));
        for text in
            ["", "5 Nov 2023", "23-11-05", "2023-11-5", "2023-11-05T10:00", "+023", "2023/", "/2023", "~", "2023-é1"]
        {
            assert!(matches!(error(text), EdtfError::Syntax(_)), "{text}");
        }
        assert!(Edtf::year(10_000).is_err());
        assert!(Edtf::month(2023, 0).is_err());
    }

    #[test]
    fn before_holds_only_where_it_is_sure() {
        assert!(edtf("2023-10").surely_before(&edtf("2023-11-05")));
        assert!(edtf("../2023-11-04").surely_before(&edtf("2023-11-05/..")));
        assert!(!edtf("../2023-11-05").surely_before(&edtf("2023-11-05")));
        assert!(!edtf("2023-11").surely_before(&edtf("2023-11-05")));
        assert!(!edtf("2023-11-05~").surely_before(&edtf("2023-11-06")));
        assert!(edtf("2023-11-05~").surely_before(&edtf("2023-11-07")));
    }

    #[test]
    fn intersection_keeps_the_finer_date() {
        let both = |a: &str, b: &str| edtf(a).intersect(&edtf(b)).map(|d| d.to_string());
        assert_eq!(both("2023-11", "2023-11-05~").as_deref(), Some("2023-11-05~"));
        assert_eq!(both("../2023-11-05", "2023-11-01/..").as_deref(), Some("2023-11-01/2023-11-05"));
        assert_eq!(both("../2023-11-05", "2023-11-05/..").as_deref(), Some("2023-11-05"));
        assert_eq!(both("2023-10", "2023-11"), None);
    }

    #[test]
    fn it_is_a_string_in_json() {
        let read: Edtf = serde_json::from_str("\"2023-11\"").unwrap();
        assert_eq!(read, Edtf::month(2023, 11).unwrap());
        assert_eq!(serde_json::to_string(&read).unwrap(), "\"2023-11\"");
        assert!(serde_json::from_str::<Edtf>("\"2023-31\"").is_err());
    }

    fn any_point() -> impl Strategy<Value = Edtf> {
        let date = (1i32..=9999, 1u32..=12, 0u32..=28, 0u8..5).prop_map(|(y, m, d, kind)| match (kind, d) {
            (0, _) => Edtf::year(y).unwrap(),
            (1, _) => Edtf::season(y, Season::ALL[(m % 4) as usize]).unwrap(),
            (2, _) | (_, 0) => Edtf::month(y, m).unwrap(),
            _ => Edtf::day(ymd(y, m, d)),
        });
        (date, any::<bool>()).prop_map(|(date, about)| if about { date.approximate() } else { date })
    }

    fn any_edtf() -> impl Strategy<Value = Edtf> {
        (any_point(), any_point(), 0u8..4).prop_map(|(a, b, kind)| match kind {
            0 => a,
            1 => Edtf::on_or_after(a.earliest().unwrap()),
            2 => Edtf::on_or_before(a.earliest().unwrap()),
            _ => Edtf::interval(&a, &b).or_else(|_| Edtf::interval(&b, &a)).unwrap(),
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(date in any_edtf()) {
            prop_assert_eq!(date.to_string().parse::<Edtf>(), Ok(date));
        }

        #[test]
        fn a_range_never_ends_before_it_starts(date in any_edtf()) {
            if let (Some(first), Some(last)) = (date.earliest(), date.latest()) {
                prop_assert!(first <= last);
                prop_assert!(date.contains(first) && date.contains(last));
            }
        }

        #[test]
        fn any_text_is_a_date_or_an_error(text in "[-0-9./~?%é]{0,24}") {
            if let Ok(date) = text.parse::<Edtf>() {
                prop_assert_eq!(date.to_string(), text);
            }
        }

        #[test]
        fn both_allow_the_intersection(a in any_edtf(), b in any_edtf()) {
            match a.intersect(&b) {
                Some(both) => prop_assert!(a.covers(&both) && b.covers(&both)),
                None => prop_assert!(a.latest() < b.earliest() || b.latest() < a.earliest()),
            }
            prop_assert!(!(a.surely_before(&b) && b.surely_before(&a)));
        }
    }
}
