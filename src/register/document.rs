//! What a register has of the travellers of documents, as a document like any other.

use super::{Register, Row, Unread};
use crate::gazetteer::{Entry as Known, Gazetteer};
use crate::itinerary::{
    ArticleInfo, CountryCode, Edtf, Extra, Itinerary, Official, OfficialId, Place, PlaceId, PlaceKind, Status, Trip,
    TripId, TripKind, Visit, VisitId, slug,
};
use crate::network::{Acquaintance, name_words, same_person, sound};
use chrono::{Duration, NaiveDate};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Days between two stops of one journey; more lie between journeys, with days at home.
const GAP: i64 = 3;
/// Days before and after what articles tell of in which a register's stops are asked for.
const AROUND: i64 = 60;
/// Days before and after what articles tell of somebody in which a register must know a person of that name, to be the same.
const A_CAREER: i64 = 1500;

/// First and last day that documents tell of a traveller.
pub type Span = (NaiveDate, NaiveDate);

/// What the register has of the travellers of documents around the time that these tell of; none where it has nothing.
pub fn document(register: &Register, documents: &[Itinerary]) -> Option<Itinerary> {
    let mut made = Making::default();
    for traveller in People::of(register).travellers(documents) {
        let near = |j: &Vec<&Row>| {
            let days = |r: &Row| (r.start - Duration::days(AROUND), r.end + Duration::days(AROUND));
            j.iter().any(|r| days(r).0 <= traveller.span.1 && days(r).1 >= traveller.span.0)
        };
        let unread = register.unread.iter().filter(|u| traveller.is(&u.name)).collect::<Vec<_>>();
        for journey in journeys(traveller.rows).into_iter().filter(near) {
            made.journey(&traveller, &journey, &unread);
        }
    }
    (!made.visits.is_empty()).then(|| made.finish(register))
}

/// The officials of a document who travel.
pub fn travelling(document: &Itinerary) -> impl Iterator<Item = &Official> {
    let who: HashSet<&OfficialId> = document.visits.iter().map(|v| &v.traveller).collect();
    document.officials.iter().filter(move |o| who.contains(&o.id))
}

/// First and last day of which rows can matter to some documents.
pub fn days_that_matter(documents: &[Itinerary]) -> Option<Span> {
    let spans = || documents.iter().flat_map(|d| travelling(d).filter_map(|o| span(d, o)));
    let (first, last) = (spans().map(|s| s.0).min()?, spans().map(|s| s.1).max()?);
    let career = Duration::days(A_CAREER);
    first.checked_sub_signed(career).zip(last.checked_add_signed(career))
}

/// Somebody of the register who travels in the documents.
struct Traveller<'a> {
    /// Their name in the register.
    name: &'a str,
    /// Their rows, sorted by day.
    rows: &'a [Row],
    /// As a document knows them.
    official: &'a Official,
    span: Span,
}

impl Traveller<'_> {
    /// Whether a name of the register is theirs too.
    fn is(&self, name: &str) -> bool {
        name == self.name || is_called(self.official, None, name)
    }
}

/// The rows of a register by the people that they are about.
struct People<'a> {
    rows: Vec<&'a [Row]>,
    /// Indices into `rows`, by the sound of each word of the name.
    by_sound: HashMap<String, Vec<usize>>,
}

impl<'a> People<'a> {
    fn of(register: &'a Register) -> People<'a> {
        let rows: Vec<&[Row]> = register.rows.chunk_by(|a, b| a.name == b.name).collect();
        let mut by_sound: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, own) in rows.iter().enumerate() {
            for sound in own.iter().take(1).flat_map(|r| sounds(&r.name)) {
                by_sound.entry(sound).or_default().push(i);
            }
        }
        People { rows, by_sound }
    }

    /// Those who travel in the documents, with the official that a document knows them as, and when.
    fn travellers(&self, documents: &'a [Itinerary]) -> Vec<Traveller<'a>> {
        let mut found: Vec<Traveller<'a>> = Vec::new();
        let mut known: HashMap<usize, usize> = HashMap::new();
        for document in documents {
            for official in travelling(document) {
                let Some(span) = span(document, official) else { continue };
                let Some(person) = self.only(document, official, span) else { continue };
                let at = *known.entry(person).or_insert(found.len());
                match (found.get_mut(at), self.rows.get(person).copied()) {
                    (Some(own), _) => own.span = (own.span.0.min(span.0), own.span.1.max(span.1)),
                    (None, Some(rows @ [first, ..])) => {
                        found.push(Traveller { name: &first.name, rows, official, span });
                    }
                    _ => {}
                }
            }
        }
        found
    }

    /// The only person of the register who can be an official of a document.
    fn only(&self, document: &Itinerary, official: &Official, span: Span) -> Option<usize> {
        let near: BTreeSet<usize> =
            sounds(&official.name).iter().filter_map(|s| self.by_sound.get(s)).flatten().copied().collect();
        let fits = |i: &usize| {
            let Some(rows @ [first, ..]) = self.rows.get(*i) else { return false };
            let at_the_time =
                |r: &Row| (r.start - span.1).num_days() <= A_CAREER && (span.0 - r.end).num_days() <= A_CAREER;
            rows.iter().any(at_the_time) && is_called(official, document.article.published.as_ref(), &first.name)
        };
        let mut fitting = near.into_iter().filter(fits);
        let only = fitting.next()?;
        fitting.next().is_none().then_some(only)
    }
}

fn sounds(name: &str) -> BTreeSet<String> {
    name_words(name).iter().map(|w| sound(w)).collect()
}

/// Whether a name of a register can be an official's.
fn is_called(official: &Official, published: Option<&Edtf>, name: &str) -> bool {
    // A register names its people in full; the country is the article's word, since a register is of one country.
    let other = Official { name: name.to_string(), aliases: Vec::new(), extra: Extra::new(), ..official.clone() };
    same_person(Acquaintance { official, published }, Acquaintance { official: &other, published: None }).is_some()
}

/// Whether somebody who travels in a document may be called by a name of a register.
pub fn tells_of(document: &Itinerary, name: &str) -> bool {
    travelling(document).any(|o| is_called(o, document.article.published.as_ref(), name))
}

/// Days that a document tells of a traveller: of their dated visits, and its publication.
fn span(document: &Itinerary, official: &Official) -> Option<Span> {
    let own = document.visits.iter().filter(|v| v.traveller == official.id);
    let dates = own.flat_map(|v| [v.start.as_ref(), v.end.as_ref()]).chain([document.article.published.as_ref()]);
    let days: Vec<NaiveDate> = dates.flatten().flat_map(|d| [d.earliest(), d.latest()]).flatten().collect();
    Some((days.iter().min().copied()?, days.iter().max().copied()?))
}

/// Rows of one person, sorted by day, in journeys.
pub fn journeys(rows: &[Row]) -> Vec<Vec<&Row>> {
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
    fn journey(&mut self, traveller: &Traveller<'_>, rows: &[&Row], unread: &[&Unread]) {
        let (official, name) = (traveller.official, traveller.name);
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
            let place = self.place(row);
            let visit = VisitId(format!("v{}", self.visits.len() + 1));
            let mut extra = Extra::new();
            extra.insert("remarks".into(), row.remarks.clone().into());
            extra.insert("line".into(), row.line.into());
            visits.push(visit.clone());
            self.visits.push(Visit {
                id: visit,
                traveller: id.clone(),
                place,
                country: Some(row.country.clone()),
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
        let mut extra = Extra::new();
        if let (false, Ok(unread)) = (unread.is_empty(), serde_json::to_value(unread)) {
            extra.insert("unread".into(), unread);
        }
        self.trips.push(Trip { id: trip, traveller: id, kind: TripKind::Main, visits, extra });
    }

    /// The place of a row: its locale where it names one that lies in the country, else the country.
    fn place(&mut self, row: &Row) -> PlaceId {
        let key = format!("{}|{}", row.country, row.locale);
        if let Some(known) = self.by_name.get(&key) {
            return known.clone();
        }
        let code = row.country.as_str();
        let entry = city(&row.locale, code).or_else(|| Gazetteer::embedded().country(code));
        let made = entry.map_or_else(|| unknown(&row.country), |e| known(&e));
        if self.places.iter().all(|p| p.id != made.id) {
            self.places.push(made.clone());
        }
        self.by_name.insert(key, made.id.clone());
        made.id
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

/// A country that the gazetteer does not have, by its code.
fn unknown(country: &CountryCode) -> Place {
    Place {
        id: PlaceId(slug(country.as_str())),
        name: country.0.clone(),
        kind: PlaceKind::Country,
        country: Some(country.clone()),
        geonames: None,
        lat: None,
        lon: None,
        aliases: Vec::new(),
        extra: Extra::new(),
    }
}
