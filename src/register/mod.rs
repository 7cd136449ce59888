//! Official travel registers: tables of who was in which country from when to when, as CSV with the columns of the register of the U.S.
//! Department of State. Read row by row, so that a million rows need no memory; what a comparison does not ask for is not kept.
//! Knows tables and places, no articles.

mod countries;
pub use countries::code;

use crate::gazetteer::{Entry as Known, Gazetteer};
use crate::itinerary::{
    ArticleInfo, CountryCode, Edtf, Extra, Itinerary, Official, OfficialId, Place, PlaceId, PlaceKind, Status, Trip,
    TripId, TripKind, Visit, VisitId, slug,
};
use crate::network::{Acquaintance, name_words, same_person, sound};
use chrono::{Datelike, NaiveDate};
use std::collections::{HashMap, HashSet};
use std::io::Read;

/// Columns that a register must have; `locale`, `remarks`, `role` and `id` may be missing.
pub const COLUMNS: [&str; 4] = ["name", "start", "end", "country"];
/// Days between two stops of one journey; more lie between journeys, with days at home.
const GAP: i64 = 3;
/// Days before and after what articles tell of in which a register's stops are asked for.
const AROUND: i64 = 60;
/// Years that a register may tell of.
const FIRST_YEAR: i32 = 1800;
const LAST_YEAR: i32 = 2100;
/// Bad rows that are told one by one.
const MOST_TOLD: usize = 5;

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Line in the file, from 1.
    pub line: u64,
    pub name: String,
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub country: String,
    pub locale: String,
    pub remarks: String,
}

/// The rows that are asked for, and what was wrong with others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// What it is called: the name of its file.
    pub name: String,
    pub rows: Vec<Row>,
    /// Sentences about rows that could not be read.
    pub warnings: Vec<String>,
}

/// What makes a register unreadable as a whole.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    #[error("line 1: the register has no column `{0}`")]
    Column(&'static str),
    #[error("the register cannot be read: {0}")]
    Csv(#[from] csv::Error),
}

/// Whom a register is read for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interest {
    sounds: HashSet<String>,
}

impl Interest {
    /// The officials of documents.
    pub fn of(documents: &[Itinerary]) -> Interest {
        let names = documents.iter().flat_map(|d| &d.officials).map(|o| &o.name);
        Interest { sounds: names.flat_map(|n| name_words(n)).map(|w| sound(&w)).collect() }
    }

    fn covers(&self, name: &str) -> bool {
        name_words(name).iter().any(|w| self.sounds.contains(&sound(w)))
    }
}

impl Register {
    /// Reads a register, and keeps the rows about people of these names. Fields that are not UTF-8 are read as Windows-1252.
    ///
    /// # Errors
    ///
    /// When a column is missing, or the file is no CSV. A bad row is left out with a warning.
    pub fn read(name: &str, from: impl Read, interest: &Interest) -> Result<Register, RegisterError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(from);
        let headers: Vec<String> =
            reader.byte_headers()?.iter().map(|h| text(h).trim_start_matches('\u{feff}').to_lowercase()).collect();
        let column = |name: &str| headers.iter().position(|h| h == name);
        if let Some(missing) = COLUMNS.into_iter().find(|c| column(c).is_none()) {
            return Err(RegisterError::Column(missing));
        }
        let mut register = Register { name: name.into(), ..Register::default() };
        let mut bad = 0usize;
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record)? {
            let cell = |name: &str| column(name).and_then(|i| record.get(i)).map(text).unwrap_or_default();
            if !interest.covers(&cell("name")) {
                continue;
            }
            match row(record.position().map_or(0, |p| p.line()), cell) {
                Ok(row) => register.rows.push(row),
                Err(what) => {
                    bad += 1;
                    register.warnings.extend((bad <= MOST_TOLD).then_some(what));
                }
            }
        }
        let more = bad.saturating_sub(MOST_TOLD);
        register.warnings.extend((more > 0).then(|| format!("{more} more rows of the register could not be read")));
        register.rows.sort_by(|a, b| (&a.name, a.start, a.end, a.line).cmp(&(&b.name, b.start, b.end, b.line)));
        Ok(register)
    }

    /// What the register has of the travellers of documents around the time that these tell of, as a document whose article has
    /// `"kind": "register"`; none where it has nothing.
    pub fn document(&self, documents: &[Itinerary]) -> Option<Itinerary> {
        let mut made = Making::default();
        for (name, official, span) in travellers(self, documents) {
            let rows: Vec<&Row> = self.rows.iter().filter(|r| r.name == name).collect();
            let near = |j: &Vec<&Row>| {
                let days = |r: &Row| (r.start - chrono::Duration::days(AROUND), r.end + chrono::Duration::days(AROUND));
                j.iter().any(|r| days(r).0 <= span.1 && days(r).1 >= span.0)
            };
            for journey in journeys(&rows).into_iter().filter(near) {
                made.journey(official, &name, &journey);
            }
        }
        (!made.visits.is_empty()).then(|| made.finish(self))
    }
}

fn text(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(), String::from)
}

fn row(line: u64, cell: impl Fn(&str) -> String) -> Result<Row, String> {
    let day = |name: &str| {
        let value = cell(name);
        value.parse::<NaiveDate>().map_err(|_| {
            format!("line {line} of the register: `{value}` in the column `{name}` is no day: write it as 2023-11-05")
        })
    };
    let (start, end) = (day("start")?, day("end")?);
    if let Some(day) = [start, end].into_iter().find(|d| !(FIRST_YEAR..=LAST_YEAR).contains(&d.year())) {
        return Err(format!("line {line} of the register: {day} lies outside the years {FIRST_YEAR} to {LAST_YEAR}"));
    }
    if end < start {
        return Err(format!("line {line} of the register: the stop ends on {end}, before it starts on {start}"));
    }
    let [name, country, locale, remarks] = ["name", "country", "locale", "remarks"].map(&cell);
    Ok(Row { line, name, start, end, country, locale, remarks })
}

/// First and last day that documents tell of a traveller.
type Span = (NaiveDate, NaiveDate);

/// People of the register who travel in the documents, with the official that a document knows them as, and when.
fn travellers<'a>(register: &Register, documents: &'a [Itinerary]) -> Vec<(String, &'a Official, Span)> {
    let mut names: Vec<&String> = register.rows.iter().map(|r| &r.name).collect();
    names.dedup();
    let mut found: Vec<(String, &Official, Span)> = Vec::new();
    for document in documents {
        let published = document.article.published.as_ref();
        for official in document.officials.iter().filter(|o| document.visits.iter().any(|v| v.traveller == o.id)) {
            let Some(span) = span(document, official) else { continue };
            let known = |name: &&&String| {
                // A register names its people in full; the country is the article's word, since a register is of one country.
                let other = Official { name: (**name).clone(), ..official.clone() };
                let at_the_time = register.rows.iter().any(|r| {
                    r.name == ***name && (r.start - span.1).num_days() <= 1500 && (span.0 - r.end).num_days() <= 1500
                });
                let who = Acquaintance { official, published };
                at_the_time && same_person(who, Acquaintance { official: &other, published: None }).is_some()
            };
            let mut fitting = names.iter().filter(known);
            if let (Some(name), None) = (fitting.next(), fitting.next()) {
                match found.iter_mut().find(|(n, ..)| n == *name) {
                    Some((_, _, own)) => *own = (own.0.min(span.0), own.1.max(span.1)),
                    None => found.push(((*name).clone(), official, span)),
                }
            }
        }
    }
    found
}

/// Days that a document tells of a traveller: of their dated visits, and its publication.
fn span(document: &Itinerary, official: &Official) -> Option<Span> {
    let own = document.visits.iter().filter(|v| v.traveller == official.id);
    let dates = own.flat_map(|v| [v.start.as_ref(), v.end.as_ref()]).chain([document.article.published.as_ref()]);
    let days: Vec<NaiveDate> = dates.flatten().flat_map(|d| [d.earliest(), d.latest()]).flatten().collect();
    Some((days.iter().min().copied()?, days.iter().max().copied()?))
}

/// Rows of one person, sorted by day, in journeys.
fn journeys<'a>(rows: &[&'a Row]) -> Vec<Vec<&'a Row>> {
    let mut found: Vec<Vec<&Row>> = Vec::new();
    let mut last = NaiveDate::MIN;
    for row in rows {
        match found.last_mut() {
            Some(journey) if row.start.signed_duration_since(last).num_days() <= GAP => journey.push(row),
            _ => found.push(vec![row]),
        }
        last = last.max(row.end);
    }
    found
}

/// A document in the making.
#[derive(Default)]
struct Making {
    officials: Vec<Official>,
    places: Vec<Place>,
    trips: Vec<Trip>,
    visits: Vec<Visit>,
    by_name: HashMap<String, PlaceId>,
}

impl Making {
    fn journey(&mut self, official: &Official, name: &str, rows: &[&Row]) {
        let id = OfficialId(slug(name));
        if self.officials.iter().all(|o| o.id != id) {
            // The article's name is the one that readers know, unless it is a surname alone.
            let full = name_words(&official.name).len() > 1;
            let (name, alias) = if full { (official.name.as_str(), name) } else { (name, official.name.as_str()) };
            let aliases = vec![alias.to_string()];
            self.officials.push(Official {
                id: id.clone(),
                name: name.into(),
                aliases,
                mentions: 0,
                ..official.clone()
            });
        }
        let trip = TripId(format!("t{}", self.trips.len() + 1));
        let mut visits = Vec::new();
        for (row, position) in rows.iter().zip(positions(rows)) {
            let (place, country) = self.place(row);
            let visit = VisitId(format!("v{}", self.visits.len() + 1));
            let mut extra = Extra::new();
            extra.insert("remarks".into(), row.remarks.clone().into());
            extra.insert("line".into(), row.line.into());
            visits.push(visit.clone());
            self.visits.push(Visit {
                id: visit,
                traveller: id.clone(),
                place,
                country,
                status: Status::Completed,
                start: Some(Edtf::day(row.start)),
                end: Some(Edtf::day(row.end)),
                trip: trip.clone(),
                order: Some(position),
                confidence: None,
                evidence: Vec::new(),
                extra,
            });
        }
        self.trips.push(Trip { id: trip, traveller: id, kind: TripKind::Main, visits, extra: Extra::new() });
    }

    /// The place of a row: its locale where it names one that lies in the country, else the country.
    fn place(&mut self, row: &Row) -> (PlaceId, Option<CountryCode>) {
        let country = countries::code(&row.country);
        let code = country.as_ref().map(|c| CountryCode(c.clone()));
        let key = format!("{}|{}", row.country, row.locale);
        if let Some(known) = self.by_name.get(&key) {
            return (known.clone(), code);
        }
        let entry = country.as_ref().and_then(|c| city(&row.locale, c).or_else(|| Gazetteer::embedded().country(c)));
        let made = entry.map_or_else(|| unknown(&row.country), |e| known(&e));
        if self.places.iter().all(|p| p.id != made.id) {
            self.places.push(made.clone());
        }
        self.by_name.insert(key, made.id.clone());
        (made.id, code)
    }

    fn finish(self, register: &Register) -> Itinerary {
        let mut extra = Extra::new();
        extra.insert("kind".into(), "register".into());
        let article = ArticleInfo {
            id: register.name.clone(),
            title: Some(register.name.clone()),
            extra,
            ..ArticleInfo::default()
        };
        Itinerary {
            officials: self.officials,
            places: self.places,
            trips: self.trips,
            visits: self.visits,
            warnings: register.warnings.clone(),
            ..Itinerary::new(article)
        }
    }
}

/// Positions of the rows of a journey, which are sorted by their days; rows of the same days share one.
fn positions(rows: &[&Row]) -> Vec<u32> {
    let mut position = 0;
    let mut last = None;
    let place = |row: &&Row| {
        let days = Some((row.start, row.end));
        position += u32::from(days != last);
        last = days;
        position
    };
    rows.iter().map(place).collect()
}

/// The city that a locale names, in a country; none where it names several, or none that is known.
fn city(locale: &str, country: &str) -> Option<Known> {
    let one = locale.split('(').next().unwrap_or_default().trim();
    let found = Gazetteer::embedded()
        .lookup(one)
        .places
        .into_iter()
        .find(|p| p.country == country && p.kind != PlaceKind::Country);
    found.filter(|_| !one.contains([',', ';']))
}

fn known(e: &Known) -> Place {
    let suffix = if e.kind == PlaceKind::Country { String::new() } else { format!("-{}", e.country.to_lowercase()) };
    Place {
        id: PlaceId(slug(e.name) + &suffix),
        name: e.name.into(),
        kind: e.kind,
        country: Some(CountryCode(e.country.into())),
        geonames: e.geonames,
        lat: Some(e.lat),
        lon: Some(e.lon),
        aliases: Vec::new(),
        extra: Extra::new(),
    }
}

fn unknown(country: &str) -> Place {
    Place {
        id: PlaceId(slug(country)),
        name: country.into(),
        kind: PlaceKind::Country,
        country: None,
        geonames: None,
        lat: None,
        lon: None,
        aliases: Vec::new(),
        extra: Extra::new(),
    }
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
        Interest { sounds: ["berg"].map(sound).into() }
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
    fn a_missing_column_is_named_and_other_encodings_are_read() {
        let missing = Register::read("r", "name,start,country\n".as_bytes(), &interest());
        assert!(matches!(missing, Err(RegisterError::Column("end"))));
        let latin = b"name,start,end,country\nBerg \xc5se,2031-03-01,2031-03-02,Kenya\n";
        let register = Register::read("r", &latin[..], &interest()).expect("a register");
        assert_eq!(register.rows[0].name, "Berg \u{c5}se");
    }

    #[test]
    fn journeys_are_parted_by_days_at_home() {
        let register = Register::read("r", TABLE.as_bytes(), &interest()).expect("a register");
        let rows: Vec<&Row> = register.rows.iter().collect();
        assert_eq!(journeys(&rows).iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    }
}
