//! Official travel registers: tables of who was in which country from when to when, as CSV with the columns of the register of the U.S.
//! Department of State. Read row by row, so that a million rows need no memory; what a comparison does not ask for is not kept.
//! Knows tables and places, no articles.

mod countries;
mod document;
mod names;
mod table;

use crate::itinerary::{CountryCode, Edtf, Itinerary, Trip, read_day};
use crate::network::{name_words, sound};
use chrono::{Datelike, Duration, NaiveDate};
pub use countries::code;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::Read;
use table::Table;

/// Columns that a register must have; `locale`, `remarks`, `role` and `id` may be missing.
pub const COLUMNS: [&str; 4] = ["name", "start", "end", "country"];
/// Years that a register may tell of.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2100;
/// Bad rows that are told one by one.
const MOST_TOLD: usize = 5;
/// Days that a stop may have lasted of which one day cannot be read.
const LONGEST: i64 = 60;
/// Names and countries that are remembered while a register is read.
const MOST_REMEMBERED: usize = 10_000;

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Line in the file, from 1.
    pub line: u64,
    pub name: String,
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub country: CountryCode,
    pub locale: String,
    pub remarks: String,
}

/// A row that could not be read, or only in part: it may be about any stop that does not contradict what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unread {
    /// Line in the file, from 1.
    pub line: u64,
    #[serde(skip)]
    pub name: String,
    pub country: Option<CountryCode>,
    /// The days on which it can have been, where anything is known of them.
    pub days: Option<Edtf>,
}

impl Unread {
    /// Whether it may be about a stop in a country within some days, which are open where they are not known.
    pub fn may_be(&self, country: Option<&CountryCode>, from: Option<NaiveDate>, to: Option<NaiveDate>) -> bool {
        let other = self.country.as_ref().zip(country).is_some_and(|(own, other)| own != other);
        let days = self.days.as_ref();
        let (first, last) = (days.and_then(Edtf::earliest), days.and_then(Edtf::latest));
        // As rows that are read, at most a day apart.
        let before = |a: Option<NaiveDate>, b: Option<NaiveDate>| a.zip(b).is_some_and(|(a, b)| (b - a).num_days() > 1);
        let apart = before(last, from) || before(to, first);
        !other && !apart
    }
}

/// The rows about the traveller that a register could not read, of a trip of its document.
pub fn unread(trip: &Trip) -> Vec<Unread> {
    trip.extra.get("unread").and_then(|u| Vec::deserialize(u).ok()).unwrap_or_default()
}

/// The rows that are asked for, and what was wrong with others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// What it is called: the name of its file.
    pub name: String,
    /// By name and day.
    pub rows: Vec<Row>,
    /// Rows that could not be read, those whose country alone is not known among them.
    pub unread: Vec<Unread>,
    /// Sentences about rows that could not be read.
    pub warnings: Vec<String>,
    /// Names of people asked for who have rows that were not kept, since they lie years away from the documents.
    at_other_times: BTreeSet<String>,
}

/// What makes a register unreadable as a whole.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    #[error("line 1: the register has no {}", columns(.0))]
    Columns(Vec<&'static str>),
    #[error("line {0}: a quotation mark is opened in this row and not closed")]
    Quote(u64),
    #[error("this is a spreadsheet's own file, not CSV")]
    Workbook,
    #[error("this is not text in UTF-8, Windows-1252 or UTF-16 with a byte order mark")]
    NotText,
    #[error("the register cannot be read: {0}")]
    Csv(#[from] csv::Error),
    #[error("the register cannot be read: {0}")]
    Io(#[from] std::io::Error),
}

impl RegisterError {
    /// What the user can do about it.
    pub fn remedy(&self) -> String {
        match self {
            Self::Columns(_) => format!(
                "Its first line must name the columns {}, parted by commas, semicolons or tabs.",
                COLUMNS.join(", ")
            ),
            Self::Quote(_) => "Close it, or take it out; inside a field, two of them stand for one.".into(),
            Self::Workbook => "Open it in the spreadsheet, and save it as CSV in UTF-8.".into(),
            Self::NotText => "Save it as CSV in UTF-8.".into(),
            Self::Csv(_) | Self::Io(_) => "Check that the file can be read by you, and that the disk is there.".into(),
        }
    }
}

fn columns(missing: &[&str]) -> String {
    let names: Vec<String> = missing.iter().map(|c| format!("`{c}`")).collect();
    match names.split_last() {
        Some((last, [])) => format!("column {last}"),
        Some((last, others)) => format!("columns {} and {last}", others.join(", ")),
        None => "columns".into(),
    }
}

/// Whom a register is read for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interest {
    sounds: HashSet<String>,
    /// First and last day that can matter, where the documents have days.
    days: Option<(NaiveDate, NaiveDate)>,
}

impl Interest {
    /// The travellers of documents.
    pub fn of(documents: &[Itinerary]) -> Interest {
        let names = documents.iter().flat_map(document::travelling).map(|o| &o.name);
        let sounds = names.flat_map(|n| name_words(n)).map(|w| sound(&w)).collect();
        Interest { sounds, days: document::days_that_matter(documents) }
    }

    fn covers(&self, name: &str) -> bool {
        name_words(name).iter().any(|w| self.sounds.contains(&sound(w)))
    }

    fn is_in_time(&self, start: NaiveDate, end: NaiveDate) -> bool {
        self.days.is_none_or(|(first, last)| start <= last && end >= first)
    }
}

impl Register {
    /// Reads a register, and keeps the rows about people of these names.
    ///
    /// # Errors
    ///
    /// When a column is missing, or the file is no CSV. A bad row is left out with a warning.
    pub fn read(name: &str, from: impl Read, interest: &Interest) -> Result<Register, RegisterError> {
        let mut table = Table::open(from, &COLUMNS)?;
        let mut register = Register { name: name.into(), ..Register::default() };
        let (mut names, mut codes) = (Remembered::default(), Remembered::default());
        while let Some(line) = table.next()? {
            let named = |bytes: &[u8]| Some(names::in_order(&table::text(bytes))).filter(|n| interest.covers(n));
            if let Some(name) = names.of(table.bytes("name"), named) {
                let code = codes.of(table.bytes("country"), |c| code(&table::text(c)).map(CountryCode));
                register.take(&table, line, name, code, interest);
            }
        }
        let more = register.unread.len().saturating_sub(MOST_TOLD);
        register.warnings.extend((more > 0).then(|| format!("{more} more rows of the register could not be read")));
        register.rows.sort_by(|a, b| (&a.name, a.start, a.end, a.line).cmp(&(&b.name, b.start, b.end, b.line)));
        Ok(register)
    }

    /// Keeps the row that the table is at, or what can be read of it.
    fn take(&mut self, table: &Table<'_>, line: u64, name: String, code: Option<CountryCode>, interest: &Interest) {
        let row = match (stay(table), code.clone()) {
            (Ok((start, end)), _) if !interest.is_in_time(start, end) => {
                // Of as many people as rows it need not be known.
                if self.at_other_times.len() < MOST_REMEMBERED {
                    self.at_other_times.insert(name);
                }
                return;
            }
            (Ok((start, end)), Some(country)) => Ok((start, end, country)),
            (Ok(_), None) => Err(unknown(&table.cell("country"))),
            (Err(wrong), _) => Err(wrong),
        };
        match row {
            Ok((start, end, country)) => {
                let [locale, remarks] = ["locale", "remarks"].map(|c| table.cell(c));
                self.rows.push(Row { line, name, start, end, country, locale, remarks });
            }
            Err(wrong) => {
                if self.unread.len() < MOST_TOLD {
                    self.warnings.push(format!("line {line} of the register: {wrong}"));
                }
                self.unread.push(Unread { line, name, country: code, days: possible(table) });
            }
        }
    }

    /// Whether it has a row of any traveller of documents, at whatever time, and even one that could not be read: where it knows them
    /// and still has no [`document`](Self::document), it has nothing of them at the time that the documents tell of.
    pub fn knows(&self, documents: &[Itinerary]) -> bool {
        let read = self.rows.iter().map(|r| &r.name);
        let names: BTreeSet<&String> =
            read.chain(self.unread.iter().map(|u| &u.name)).chain(&self.at_other_times).collect();
        documents.iter().any(|d| names.iter().any(|name| document::tells_of(d, name)))
    }

    /// What the register has of the travellers of documents around the time that these tell of, as a document whose article has
    /// `"kind": "register"`; none where it has nothing. Its trips have the rows that could not be read in their field `unread`.
    pub fn document(&self, documents: &[Itinerary]) -> Option<Itinerary> {
        document::document(self, documents)
    }
}

/// What was made of fields that come again and again, such as names.
struct Remembered<T>(HashMap<Vec<u8>, Option<T>>);

impl<T> Default for Remembered<T> {
    fn default() -> Remembered<T> {
        Remembered(HashMap::new())
    }
}

impl<T: Clone> Remembered<T> {
    fn of(&mut self, field: &[u8], make: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
        if let Some(known) = self.0.get(field) {
            return known.clone();
        }
        // A register of as many people as rows needs no memory either.
        if self.0.len() >= MOST_REMEMBERED {
            self.0.clear();
        }
        let made = make(field);
        self.0.insert(field.to_vec(), made.clone());
        made
    }
}

/// First and last day of the row that a table is at.
fn stay(table: &Table<'_>) -> Result<(NaiveDate, NaiveDate), String> {
    let day = |column: &str| {
        let value = table.cell(column);
        let more = table.fields_too_many();
        read_day(&value).map_err(|wrong| match (value.is_empty(), more) {
            (true, _) => format!("the column `{column}` is empty: write a day in it, such as 2023-11-05"),
            (false, 0) => format!("`{value}` in the column `{column}` {wrong}"),
            _ => format!(
                "`{value}` in the column `{column}` is no day, and the row has more fields than the first line: put \
                 quotation marks around fields that hold a comma or whatever else parts them"
            ),
        })
    };
    let (start, end) = (day("start")?, day("end")?);
    if let Some(day) = [start, end].into_iter().find(|d| !YEARS.contains(&d.year())) {
        let (first, last) = (YEARS.start(), YEARS.end());
        return Err(format!("{day} lies outside the years {first} to {last}: correct it"));
    }
    if end < start {
        return Err(format!("the stop ends on {end}, before it starts on {start}: correct one of them"));
    }
    Ok((start, end))
}

fn unknown(country: &str) -> String {
    match country {
        "" => "the column `country` is empty: write the country in it".into(),
        _ => format!("the country `{country}` is not known: write its usual English name, or its code such as IQ"),
    }
}

/// First and last day on which the row that a table is at can have been, by what can be read of it.
fn possible(table: &Table<'_>) -> Option<Edtf> {
    let [start, end] = ["start", "end"].map(|c| table.cell(c));
    let day = |text: &str| read_day(text).ok().filter(|d| YEARS.contains(&d.year()));
    let (first, last) = match (day(&start), day(&end)) {
        (Some(start), Some(end)) => (start.min(end), start.max(end)),
        (Some(start), None) => (start, start + Duration::days(LONGEST)),
        (None, Some(end)) => (end - Duration::days(LONGEST), end),
        (None, None) => {
            let years: Vec<i32> = years(&start).chain(years(&end)).collect();
            let (first, last) = (years.iter().min()?, years.iter().max()?);
            NaiveDate::from_ymd_opt(*first, 1, 1).zip(NaiveDate::from_ymd_opt(*last, 12, 31))?
        }
    };
    Edtf::interval(&Edtf::day(first), &Edtf::day(last)).ok()
}

/// The years that a text names, for a day that cannot be read.
fn years(text: &str) -> impl Iterator<Item = i32> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|n| n.len() == 4);
    numbers.filter_map(|n| n.parse().ok()).filter(|y| YEARS.contains(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "id,role,who,name,start,end,country,locale,remarks\n\
        1,secretary,x,Anna Maria Berg,2031-03-01,2031-03-02,Kenya,Nairobi,Met with officials.\n\
        2,secretary,x,Anna Maria Berg,2031-03-02,2031-03-03,\"Korea, Republic of\",Seoul,\n\
        3,secretary,x,Anna Maria Berg,2031-05-20,2031-05-21,Uganda,\"Kampala, Entebbe\",\n\
        4,secretary,x,Anna Maria Berg,20 March,2031-05-21,Uganda,Kampala,\n";

    fn interest() -> Interest {
        Interest { sounds: ["berg"].map(sound).into(), days: None }
    }

    #[test]
    fn rows_are_read_and_bad_ones_told_with_their_line() {
        let register = Register::read("r", TABLE.as_bytes(), &interest()).expect("a register");
        assert_eq!(register.rows.len(), 3);
        assert!(
            register.warnings[0].contains("line 5") && register.warnings[0].contains("20 March"),
            "{:?}",
            register.warnings
        );
        assert_eq!(Register::read("r", TABLE.as_bytes(), &Interest::default()).expect("a register").rows.len(), 0);
    }

    #[test]
    fn of_what_cannot_be_read_the_rest_is_kept() {
        let table = "name;start;end;country\nBerg, Anna;05/03/2031;6 March 2031;Kenya\nBerg, Anna;7 March 2031;soon;Nowhere\n\
            \nBerg, Anna;March 8, 2031;2031-03-09T00:00:00;Kenia\nBerg, Anna;9/3/2031;10/3/31;UG\n";
        let register = Register::read("r", table.as_bytes(), &interest()).expect("a register");
        assert!(register.rows.is_empty(), "{:?}", register.rows);
        let days = |u: &Unread| u.days.as_ref().map(Edtf::to_string).unwrap_or_default();
        let code = |u: &Unread| u.country.as_ref().map(|c| c.0.clone()).unwrap_or_default();
        let unread: Vec<String> =
            register.unread.iter().map(|u| format!("{} {} {} {}", u.line, u.name, code(u), days(u))).collect();
        let expected = [
            "2 Anna Berg KE 2031-01-05/2031-03-06",
            "3 Anna Berg  2031-03-07/2031-05-06",
            "5 Anna Berg  2031-03-08/2031-03-09",
            "6 Anna Berg UG 2031-01-01/2031-12-31",
        ];
        assert_eq!(unread, expected);
        for (warning, said) in register.warnings.iter().zip([
            "line 2 of the register: `05/03/2031` in the column `start` may be 5 March or 3 May",
            "line 3 of the register: `soon` in the column `end`",
            "line 5 of the register: the country `Kenia` is not known",
            "line 6 of the register: `9/3/2031`",
        ]) {
            assert!(warning.contains(said), "{warning}");
        }
    }

    #[test]
    fn a_field_with_a_comma_outside_of_quotation_marks_is_told() {
        let table = "name,start,end,country\nBerg, Anna,2031-03-05,2031-03-06,Kenya\n";
        let register = Register::read("r", table.as_bytes(), &interest()).expect("a register");
        assert!(register.warnings[0].contains("put quotation marks around fields"), "{:?}", register.warnings);
    }

    #[test]
    fn what_is_not_understood_may_be_any_stop_that_does_not_contradict_it() {
        let day = |d: &str| d.parse::<NaiveDate>().ok();
        let unread = |country: Option<&str>, days: Option<&str>| Unread {
            line: 2,
            name: String::new(),
            country: country.map(|c| CountryCode(c.into())),
            days: days.and_then(|d| d.parse().ok()),
        };
        let kenya = CountryCode("KE".into());
        let may_be = |u: Unread| u.may_be(Some(&kenya), day("2031-03-05"), day("2031-03-06"));
        assert!(may_be(unread(None, None)) && may_be(unread(Some("KE"), Some("2031-03-07"))));
        assert!(!may_be(unread(Some("UG"), None)) && !may_be(unread(Some("KE"), Some("2031-03-08"))));
        assert!(unread(Some("UG"), Some("2031-03-08")).may_be(None, None, None));
    }

    #[test]
    fn a_missing_column_is_named_and_other_encodings_are_read() {
        let missing = Register::read("r", "name,start,country\n".as_bytes(), &interest());
        let said = missing.map_err(|e| e.to_string());
        assert_eq!(said, Err("line 1: the register has no column `end`".into()));
        let missing = Register::read("r", "name,start\n".as_bytes(), &interest()).map_err(|e| e.to_string());
        assert_eq!(missing, Err("line 1: the register has no columns `end` and `country`".into()));
        let latin = b"name,start,end,country\nBerg \xc5se,2031-03-01,2031-03-02,Kenya\n";
        let register = Register::read("r", &latin[..], &interest()).expect("a register");
        assert_eq!(register.rows[0].name, "Berg \u{c5}se");
    }

    /// A document in which Anna Maria Berg was in Nairobi on a day.
    fn travelled(day: &str) -> Itinerary {
        serde_json::from_value(serde_json::json!({
            "schema": "portolan/itinerary/1", "article": {"id": "a", "published": day},
            "officials": [{"id": "berg", "name": "Anna Maria Berg"}],
            "places": [{"id": "nairobi", "name": "Nairobi", "kind": "city", "country": "KE"}],
            "trips": [{"id": "t1", "traveller": "berg", "kind": "main", "visits": ["v1"]}],
            "visits": [{"id": "v1", "traveller": "berg", "place": "nairobi", "country": "KE", "status": "completed",
                "start": day, "end": day, "trip": "t1", "order": 1}]
        }))
        .expect("a document")
    }

    #[test]
    fn rows_of_no_known_country_are_no_stops() {
        let table = "name,start,end,country,locale\nAnna Maria Berg,2031-03-01,2031-03-02,Kenya,Nairobi\n\
            Anna Maria Berg,2031-03-03,2031-03-04,Atlantis,Atlantis\nAnna Maria Berg,2031-03-05,2031-03-06\n";
        let documents = [travelled("2031-03-01")];
        let register = Register::read("r", table.as_bytes(), &Interest::of(&documents)).expect("a register");
        assert_eq!(register.unread.iter().map(|u| u.line).collect::<Vec<_>>(), [3, 4]);
        let document = register.document(&documents).expect("a document");
        let places: Vec<&str> = document.places.iter().map(|p| p.name.as_str()).collect();
        assert_eq!((places, document.visits.len()), (vec!["Nairobi"], 1));
        assert_eq!(unread(&document.trips[0]).len(), 2, "they may be about other stops");
    }

    #[test]
    fn a_register_knows_people_of_whom_it_has_rows_at_any_time() {
        let knows = |table: &str, day: &str| {
            let documents = [travelled(day)];
            let register = Register::read("r", table.as_bytes(), &Interest::of(&documents)).expect("a register");
            (register.knows(&documents), register.document(&documents).is_some())
        };
        assert_eq!(knows(TABLE, "2031-03-01"), (true, true));
        assert_eq!(knows(TABLE, "2032-06-01"), (true, false));
        assert_eq!(knows(TABLE, "2060-01-01"), (true, false));
        let unreadable = "name,start,end,country\nAnna Maria Berg,soon,later,Kenya\n";
        assert_eq!(knows(unreadable, "2031-03-01"), (true, false));
        let other = "name,start,end,country\nOlaf Berg,2031-03-01,2031-03-02,Kenya\n";
        assert_eq!(knows(other, "2031-03-01"), (false, false));
    }

    #[test]
    fn journeys_are_parted_by_days_at_home() {
        let register = Register::read("r", TABLE.as_bytes(), &interest()).expect("a register");
        assert_eq!(document::journeys(&register.rows).iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    }
}
