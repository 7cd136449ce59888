//! The graph of visits as tables: what their columns are called, hold and mean, and their rows, as plain values. CSV,
//! Parquet and SQLite are written from these, and CSV is read back by them. Knows no file format.

use super::codes::Countries;
use crate::itinerary::{Edtf, Evidence, Extra, Meeting, OfficialId, PlaceId, Precedence, Trip, TripId, Visit};
use crate::network::{Fact, Network, Shared, Told};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::HashMap;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    Real,
    /// A day of the proleptic Gregorian calendar.
    Date,
}

/// Where the value of a column comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The document says it; reading back needs it.
    Told,
    /// Worked out from other columns or tables, for whoever reads the table; ignored when the table is read back.
    Derived,
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub origin: Origin,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is said; not the same as an empty text.
    Null,
    Text(String),
    Integer(i64),
    Real(f64),
    Date(NaiveDate),
}

/// A table and the names of the files that hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    pub table: &'static str,
    pub csv: &'static str,
    pub parquet: &'static str,
}

/// A table; every row has one cell for each column.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub name: Name,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

macro_rules! name {
    ($name:literal) => {
        Name { table: $name, csv: concat!($name, ".csv"), parquet: concat!($name, ".parquet") }
    };
}
pub(super) use name;

/// A column and how its cell is got from an item.
pub(super) type Field<'a, T> = (Column, Box<dyn Fn(&T) -> Cell + 'a>);

/// A column that the document tells.
pub(super) fn told<'a, T>(name: &'static str, kind: Kind, of: impl Fn(&T) -> Cell + 'a) -> Field<'a, T> {
    (Column { name, kind, origin: Origin::Told }, Box::new(of))
}

/// A column that is worked out.
pub(super) fn derived<'a, T>(name: &'static str, kind: Kind, of: impl Fn(&T) -> Cell + 'a) -> Field<'a, T> {
    (Column { name, kind, origin: Origin::Derived }, Box::new(of))
}

impl Table {
    /// A table with a row for each item.
    pub(super) fn of<'i, T: 'i>(
        name: Name,
        items: impl IntoIterator<Item = &'i T>,
        fields: Vec<Field<'_, T>>,
    ) -> Table {
        let rows = items.into_iter().map(|item| fields.iter().map(|(_, of)| of(item)).collect()).collect();
        Table { name, columns: fields.into_iter().map(|(column, _)| column).collect(), rows }
    }
}

/// All tables of a network, each after those that it refers to.
pub fn tables(network: &Network) -> Vec<Table> {
    let facts = Facts::of(network);
    vec![
        articles(network),
        officials(&facts),
        places(&facts),
        trips(&facts),
        visits(&facts),
        meetings(&facts),
        sequence(&facts),
    ]
}

/// Who took part in which meeting, a row for each; in the other forms this is a column of `meetings`.
pub(super) fn participants(network: &Network) -> Table {
    let all: Vec<(&str, &str)> =
        network.meetings.iter().flat_map(|m| m.participants.iter().map(|p| (m.id.0.as_str(), p.0.as_str()))).collect();
    let fields = vec![
        told("meeting", Kind::Text, |p: &(&str, &str)| p.0.into()),
        told("official", Kind::Text, |p: &(&str, &str)| p.1.into()),
    ];
    Table::of(name!("participants"), &all, fields)
}

fn articles(network: &Network) -> Table {
    let fields: Vec<Field<Told>> = vec![
        told("id", Kind::Text, |a: &Told| a.info.id.as_str().into()),
        told("title", Kind::Text, |a: &Told| a.info.title.as_deref().into()),
        told("source", Kind::Text, |a: &Told| a.info.source.as_deref().into()),
        told("url", Kind::Text, |a: &Told| a.info.url.as_deref().into()),
        told("published", Kind::Text, |a: &Told| edtf(a.info.published.as_ref())),
        derived("published_earliest", Kind::Date, |a: &Told| earliest(a.info.published.as_ref())),
        derived("published_latest", Kind::Date, |a: &Told| latest(a.info.published.as_ref())),
        told("published_from", Kind::Text, |a: &Told| a.info.published_from.map_or(Cell::Null, |p| word(&p))),
        told("words", Kind::Integer, |a: &Told| count(a.info.words)),
        told("warnings", Kind::Text, |a: &Told| list(&a.warnings)),
        told("extra", Kind::Text, |a: &Told| extra(&a.info.extra)),
        told("document_extra", Kind::Text, |a: &Told| extra(&a.extra)),
    ];
    Table::of(name!("articles"), &network.articles, fields)
}

type Official = Shared<crate::itinerary::Official>;

fn officials(facts: &Facts) -> Table {
    let fields: Vec<Field<Official>> = vec![
        told("id", Kind::Text, |o: &Official| o.id.0.as_str().into()),
        told("name", Kind::Text, |o: &Official| o.name.as_str().into()),
        told("title", Kind::Text, |o: &Official| o.title.as_deref().into()),
        told("country", Kind::Text, |o: &Official| o.country.as_ref().map(|c| c.as_str()).into()),
        derived("country_iso3", Kind::Text, |o: &Official| facts.iso3(o.country.as_ref().map(|c| c.as_str()))),
        told("aliases", Kind::Text, |o: &Official| list(&o.aliases)),
        told("mentions", Kind::Integer, |o: &Official| count(o.mentions)),
        told("articles", Kind::Text, |o: &Official| facts.article_ids(&o.articles)),
        told("extra", Kind::Text, |o: &Official| extra(&o.extra)),
    ];
    Table::of(name!("officials"), &facts.network.officials, fields)
}

type Place = Shared<crate::itinerary::Place>;

fn places(facts: &Facts) -> Table {
    let fields: Vec<Field<Place>> = vec![
        told("id", Kind::Text, |p: &Place| p.id.0.as_str().into()),
        told("name", Kind::Text, |p: &Place| p.name.as_str().into()),
        told("kind", Kind::Text, |p: &Place| word(&p.kind)),
        told("country", Kind::Text, |p: &Place| p.country.as_ref().map(|c| c.as_str()).into()),
        derived("country_iso3", Kind::Text, |p: &Place| facts.iso3(p.country.as_ref().map(|c| c.as_str()))),
        told("geonames", Kind::Integer, |p: &Place| p.geonames.map(i64::from).into()),
        told("lat", Kind::Real, |p: &Place| p.lat.into()),
        told("lon", Kind::Real, |p: &Place| p.lon.into()),
        told("aliases", Kind::Text, |p: &Place| list(&p.aliases)),
        told("articles", Kind::Text, |p: &Place| facts.article_ids(&p.articles)),
        told("extra", Kind::Text, |p: &Place| extra(&p.extra)),
    ];
    Table::of(name!("places"), &facts.network.places, fields)
}

fn trips(facts: &Facts) -> Table {
    let fields: Vec<Field<Fact<Trip>>> = vec![
        told("id", Kind::Text, |t: &Fact<Trip>| t.id.0.as_str().into()),
        told("article", Kind::Text, |t: &Fact<Trip>| facts.article(t.article)),
        told("traveller", Kind::Text, |t: &Fact<Trip>| t.traveller.0.as_str().into()),
        derived("traveller_name", Kind::Text, |t: &Fact<Trip>| facts.official_name(&t.traveller)),
        told("kind", Kind::Text, |t: &Fact<Trip>| word(&t.kind)),
        told("visits", Kind::Text, |t: &Fact<Trip>| list(&t.visits)),
        told("extra", Kind::Text, |t: &Fact<Trip>| extra(&t.extra)),
    ];
    Table::of(name!("trips"), &facts.network.trips, fields)
}

fn visits(facts: &Facts) -> Table {
    let fields = [whose_visit(facts), where_visited(facts), when_visited(), why_visit()];
    Table::of(name!("visits"), &facts.network.visits, fields.into_iter().flatten().collect())
}

fn whose_visit<'a>(facts: &'a Facts) -> Vec<Field<'a, Fact<Visit>>> {
    vec![
        told("id", Kind::Text, |v: &Fact<Visit>| v.id.0.as_str().into()),
        told("article", Kind::Text, |v: &Fact<Visit>| facts.article(v.article)),
        told("trip", Kind::Text, |v: &Fact<Visit>| v.trip.0.as_str().into()),
        derived("trip_kind", Kind::Text, |v: &Fact<Visit>| facts.trip_kind(&v.trip)),
        told("order", Kind::Integer, |v: &Fact<Visit>| v.order.map(i64::from).into()),
        told("traveller", Kind::Text, |v: &Fact<Visit>| v.traveller.0.as_str().into()),
        derived("traveller_name", Kind::Text, |v: &Fact<Visit>| facts.official_name(&v.traveller)),
        derived("traveller_country", Kind::Text, |v: &Fact<Visit>| facts.serves(&v.traveller)),
    ]
}

fn where_visited<'a>(facts: &'a Facts) -> Vec<Field<'a, Fact<Visit>>> {
    vec![
        told("place", Kind::Text, |v: &Fact<Visit>| v.place.0.as_str().into()),
        derived("place_name", Kind::Text, |v: &Fact<Visit>| facts.place_name(&v.place)),
        derived("place_kind", Kind::Text, |v: &Fact<Visit>| facts.place_kind(&v.place)),
        told("country", Kind::Text, |v: &Fact<Visit>| v.country.as_ref().map(|c| c.as_str()).into()),
        derived("country_iso3", Kind::Text, |v: &Fact<Visit>| facts.iso3(v.country.as_ref().map(|c| c.as_str()))),
        derived("lat", Kind::Real, |v: &Fact<Visit>| facts.lat(&v.place)),
        derived("lon", Kind::Real, |v: &Fact<Visit>| facts.lon(&v.place)),
    ]
}

fn when_visited() -> Vec<Field<'static, Fact<Visit>>> {
    vec![
        told("status", Kind::Text, |v: &Fact<Visit>| word(&v.status)),
        told("start", Kind::Text, |v: &Fact<Visit>| edtf(v.start.as_ref())),
        derived("start_earliest", Kind::Date, |v: &Fact<Visit>| earliest(v.start.as_ref())),
        derived("start_latest", Kind::Date, |v: &Fact<Visit>| latest(v.start.as_ref())),
        told("end", Kind::Text, |v: &Fact<Visit>| edtf(v.end.as_ref())),
        derived("end_earliest", Kind::Date, |v: &Fact<Visit>| earliest(v.end.as_ref())),
        derived("end_latest", Kind::Date, |v: &Fact<Visit>| latest(v.end.as_ref())),
    ]
}

fn why_visit() -> Vec<Field<'static, Fact<Visit>>> {
    vec![
        told("confidence", Kind::Real, |v: &Fact<Visit>| v.confidence.into()),
        derived("quote", Kind::Text, |v: &Fact<Visit>| quote(&v.evidence)),
        told("evidence", Kind::Text, |v: &Fact<Visit>| list(&v.evidence)),
        told("extra", Kind::Text, |v: &Fact<Visit>| extra(&v.extra)),
    ]
}

fn meetings(facts: &Facts) -> Table {
    let fields = [who_met(facts), where_met(facts), how_met()];
    Table::of(name!("meetings"), &facts.network.meetings, fields.into_iter().flatten().collect())
}

fn who_met<'a>(facts: &'a Facts) -> Vec<Field<'a, Fact<Meeting>>> {
    vec![
        told("id", Kind::Text, |m: &Fact<Meeting>| m.id.0.as_str().into()),
        told("article", Kind::Text, |m: &Fact<Meeting>| facts.article(m.article)),
        told("participants", Kind::Text, |m: &Fact<Meeting>| list(&m.participants)),
        derived("participant_names", Kind::Text, |m: &Fact<Meeting>| facts.names(&m.participants)),
        told("groups", Kind::Text, |m: &Fact<Meeting>| list(&m.groups)),
    ]
}

fn where_met<'a>(facts: &'a Facts) -> Vec<Field<'a, Fact<Meeting>>> {
    vec![
        told("visit", Kind::Text, |m: &Fact<Meeting>| m.visit.as_ref().map(|v| v.0.as_str()).into()),
        told("place", Kind::Text, |m: &Fact<Meeting>| m.place.as_ref().map(|p| p.0.as_str()).into()),
        derived("place_name", Kind::Text, |m: &Fact<Meeting>| or_null(m.place.as_ref(), |p| facts.place_name(p))),
        told("country", Kind::Text, |m: &Fact<Meeting>| m.country.as_ref().map(|c| c.as_str()).into()),
        derived("country_iso3", Kind::Text, |m: &Fact<Meeting>| facts.iso3(m.country.as_ref().map(|c| c.as_str()))),
        derived("lat", Kind::Real, |m: &Fact<Meeting>| or_null(m.place.as_ref(), |p| facts.lat(p))),
        derived("lon", Kind::Real, |m: &Fact<Meeting>| or_null(m.place.as_ref(), |p| facts.lon(p))),
    ]
}

fn how_met() -> Vec<Field<'static, Fact<Meeting>>> {
    vec![
        told("date", Kind::Text, |m: &Fact<Meeting>| edtf(m.date.as_ref())),
        derived("date_earliest", Kind::Date, |m: &Fact<Meeting>| earliest(m.date.as_ref())),
        derived("date_latest", Kind::Date, |m: &Fact<Meeting>| latest(m.date.as_ref())),
        told("status", Kind::Text, |m: &Fact<Meeting>| word(&m.status)),
        told("mode", Kind::Text, |m: &Fact<Meeting>| word(&m.mode)),
        told("duration", Kind::Text, |m: &Fact<Meeting>| m.duration.as_deref().into()),
        told("confidence", Kind::Real, |m: &Fact<Meeting>| m.confidence.into()),
        derived("quote", Kind::Text, |m: &Fact<Meeting>| quote(&m.evidence)),
        told("evidence", Kind::Text, |m: &Fact<Meeting>| list(&m.evidence)),
        told("extra", Kind::Text, |m: &Fact<Meeting>| extra(&m.extra)),
    ]
}

fn sequence(facts: &Facts) -> Table {
    let fields: Vec<Field<Fact<Precedence>>> = vec![
        told("article", Kind::Text, |p: &Fact<Precedence>| facts.article(p.article)),
        told("before", Kind::Text, |p: &Fact<Precedence>| p.before.0.as_str().into()),
        told("after", Kind::Text, |p: &Fact<Precedence>| p.after.0.as_str().into()),
        told("because", Kind::Text, |p: &Fact<Precedence>| word(&p.because)),
        derived("quote", Kind::Text, |p: &Fact<Precedence>| p.evidence.as_ref().map(|e| e.quote.as_str()).into()),
        told("evidence", Kind::Text, |p: &Fact<Precedence>| or_null(p.evidence.as_ref(), json)),
        told("extra", Kind::Text, |p: &Fact<Precedence>| extra(&p.extra)),
    ];
    Table::of(name!("sequence"), &facts.network.sequence, fields)
}

/// What the tables look up beside the item of a row.
struct Facts<'a> {
    network: &'a Network,
    countries: Countries,
    officials: HashMap<&'a OfficialId, &'a Official>,
    places: HashMap<&'a PlaceId, &'a Place>,
    trips: HashMap<&'a TripId, &'a Fact<Trip>>,
}

impl<'a> Facts<'a> {
    fn of(network: &'a Network) -> Facts<'a> {
        Facts {
            network,
            countries: Countries::embedded(),
            officials: network.officials.iter().map(|o| (&o.id, o)).collect(),
            places: network.places.iter().map(|p| (&p.id, p)).collect(),
            trips: network.trips.iter().map(|t| (&t.id, t)).collect(),
        }
    }

    fn article(&self, index: usize) -> Cell {
        self.network.articles.get(index).map(|a| a.info.id.as_str()).into()
    }

    fn article_ids(&self, indices: &[usize]) -> Cell {
        let ids: Vec<&str> =
            indices.iter().filter_map(|i| self.network.articles.get(*i)).map(|a| a.info.id.as_str()).collect();
        list(&ids)
    }

    fn iso3(&self, iso2: Option<&str>) -> Cell {
        iso2.and_then(|c| self.countries.iso3(c)).into()
    }

    fn official_name(&self, id: &OfficialId) -> Cell {
        self.officials.get(id).map(|o| o.name.as_str()).into()
    }

    fn names(&self, ids: &[OfficialId]) -> Cell {
        let names: Vec<&str> =
            ids.iter().map(|id| self.officials.get(id).map_or(id.0.as_str(), |o| o.name.as_str())).collect();
        if names.is_empty() { Cell::Null } else { Cell::Text(names.join("; ")) }
    }

    fn serves(&self, id: &OfficialId) -> Cell {
        self.officials.get(id).and_then(|o| o.country.as_ref()).map(|c| c.as_str()).into()
    }

    fn place_name(&self, id: &PlaceId) -> Cell {
        self.places.get(id).map(|p| p.name.as_str()).into()
    }

    fn place_kind(&self, id: &PlaceId) -> Cell {
        or_null(self.places.get(id), |p| word(&p.kind))
    }

    fn lat(&self, id: &PlaceId) -> Cell {
        self.places.get(id).and_then(|p| p.lat).into()
    }

    fn lon(&self, id: &PlaceId) -> Cell {
        self.places.get(id).and_then(|p| p.lon).into()
    }

    fn trip_kind(&self, id: &TripId) -> Cell {
        or_null(self.trips.get(id), |t| word(&t.kind))
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_string())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Cell {
        Cell::Integer(number)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Real(number)
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Cell {
        Cell::Date(day)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Null, Into::into)
    }
}

fn or_null<T>(value: Option<T>, cell: impl FnOnce(T) -> Cell) -> Cell {
    value.map_or(Cell::Null, cell)
}

/// A count; no article has 2⁶³ words.
fn count(n: usize) -> Cell {
    Cell::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}

/// The word that stands for an item of an enumeration in documents.
pub(super) fn word<T: Serialize>(item: &T) -> Cell {
    serde_json::to_value(item).ok().and_then(|v| v.as_str().map(str::to_string)).map_or(Cell::Null, Cell::Text)
}

/// A list as a JSON array; an empty one is null.
fn list<T: Serialize>(items: &[T]) -> Cell {
    if items.is_empty() { Cell::Null } else { json(items) }
}

fn json<T: Serialize + ?Sized>(value: &T) -> Cell {
    serde_json::to_string(value).map_or(Cell::Null, Cell::Text)
}

/// Fields that this version does not know as a JSON object; null where there are none.
fn extra(extra: &Extra) -> Cell {
    if extra.is_empty() { Cell::Null } else { json(extra) }
}

pub(super) fn edtf(date: Option<&Edtf>) -> Cell {
    or_null(date, |d| Cell::Text(d.to_string()))
}

pub(super) fn earliest(date: Option<&Edtf>) -> Cell {
    date.and_then(Edtf::earliest).into()
}

pub(super) fn latest(date: Option<&Edtf>) -> Cell {
    date.and_then(Edtf::latest).into()
}

/// The words of all evidence in one cell.
fn quote(evidence: &[Evidence]) -> Cell {
    let quotes: Vec<&str> = evidence.iter().map(|e| e.quote.as_str()).collect();
    if quotes.is_empty() { Cell::Null } else { Cell::Text(quotes.join(" … ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Itinerary;
    use crate::export::{Format, Output, export};

    fn samples() -> Vec<Itinerary> {
        let texts = [
            include_str!("../../output/gulf-of-guinea.itinerary.json"),
            include_str!("../../output/lakeside-talks.itinerary.json"),
            include_str!("../../output/budget-night.itinerary.json"),
        ];
        texts.into_iter().map(|t| serde_json::from_str(t).expect("a sample is a document")).collect()
    }

    #[test]
    fn every_row_has_a_cell_of_its_kind_for_each_column() {
        for table in tables(&Network::of(&samples())) {
            for row in &table.rows {
                assert_eq!(row.len(), table.columns.len(), "{}", table.name.table);
                for (column, cell) in table.columns.iter().zip(row) {
                    let kind = match cell {
                        Cell::Null => continue,
                        Cell::Text(_) => Kind::Text,
                        Cell::Integer(_) => Kind::Integer,
                        Cell::Real(_) => Kind::Real,
                        Cell::Date(_) => Kind::Date,
                    };
                    assert_eq!(kind, column.kind, "{}.{}", table.name.table, column.name);
                }
            }
        }
    }

    #[test]
    fn one_row_for_each_item() {
        let network = Network::of(&samples());
        let rows: Vec<usize> = tables(&network).iter().map(|t| t.rows.len()).collect();
        let (n, visits) = (&network, network.visits.len());
        let [officials, places] = [n.officials.len(), n.places.len()];
        assert_eq!(rows, [3, officials, places, n.trips.len(), visits, n.meetings.len(), n.sequence.len()]);
    }

    #[test]
    fn the_same_network_gives_the_same_bytes() {
        let network = Network::of(&samples());
        for format in [Format::Csv, Format::Parquet, Format::Sqlite, Format::Colt, Format::Events] {
            let bytes = || export(&network, format).expect("it can be written");
            assert_eq!(bytes(), bytes(), "{format:?}");
            assert!(export(&Network::default(), format).is_ok(), "{format:?} of nothing");
        }
    }

    #[test]
    fn a_database_of_a_document_that_is_not_whole_is_refused() {
        let mut document = samples().remove(0);
        document.places.clear();
        let written = export(&Network::of(&[document]), Format::Sqlite);
        assert!(written.is_err_and(|e| e.to_string().contains("FOREIGN KEY")));
    }

    #[test]
    fn texts_of_every_kind_are_written() {
        let mut document = samples().remove(0);
        document.officials[0].name = "=HYPERLINK(\"x\")\u{0}\u{202e}\r\n;".into();
        for format in [Format::Csv, Format::Parquet, Format::Sqlite, Format::Colt, Format::Events] {
            let written = export(&Network::of(&[document.clone()]), format).expect("it can be written");
            if let (Output::One(bytes), Format::Colt | Format::Events) = (written, format) {
                let text = String::from_utf8(bytes).expect("text");
                assert!(text.contains("'=HYPERLINK") && !text.contains(",=HYPER") && !text.contains(",\"=HYPER"));
            }
        }
    }
}
