//! A table of sources from documents that already share the ids of travellers and places: which visits are one stop, and in which
//! order the stops come. What the sources disagree in is found by `judge`.

use super::super::sheet::{MOST_STOPS, abridged};
use super::table::{Cell, Column, Comparison, Journey, Source, SourceKind};
use super::{judge, merge};
use crate::itinerary::{Edtf, Extra, Itinerary, Official, OfficialId, PlaceId, PlaceKind, TripKind, Visit};

/// Days that stand for the distance of stops of which one has no date.
const UNDATED: i64 = 30;

/// A visit of a main trip in one of the documents.
struct Told<'a> {
    source: usize,
    visit: &'a Visit,
    trip: usize,
}

impl Comparison {
    /// A table from documents that share ids of travellers and places: the stops of main trips. A document whose article has
    /// `"kind": "register"` counts as a register.
    pub fn of(documents: &[Itinerary]) -> Comparison {
        let mut left_out = 0;
        let mut drawn: Vec<Itinerary> = Vec::new();
        for document in documents {
            let (part, rest) = abridged(document, MOST_STOPS);
            left_out += rest;
            drawn.push(part.into_owned());
        }
        drawn.sort_by_key(|d| {
            let published = d.article.published.as_ref().and_then(Edtf::earliest);
            (published.is_none(), published)
        });
        let sources = drawn.iter().map(source).collect();
        let journeys = travellers(&drawn).into_iter().map(|t| journey(&drawn, t)).collect();
        Comparison { sources, journeys, left_out, ..Comparison::default() }.judged()
    }

    /// The table with findings, brackets and disputes as its cells give them; what was there of them is replaced.
    pub fn judged(mut self) -> Comparison {
        let Comparison { sources, journeys, .. } = &mut self;
        journeys.iter_mut().for_each(|j| judge::judge(j, sources));
        self
    }
}

fn source(document: &Itinerary) -> Source {
    let a = &document.article;
    let register = a.extra.get("kind").and_then(|k| k.as_str()) == Some("register");
    Source {
        title: a.title.clone(),
        publisher: a.source.clone(),
        published: a.published.clone(),
        kind: if register { SourceKind::Register } else { SourceKind::Article },
    }
}

/// Main visits of a document with the number of their trip.
fn main_visits(document: &Itinerary) -> Vec<(usize, &Visit)> {
    let trip = |v: &Visit| document.trips.iter().position(|t| t.id == v.trip);
    let recalled = |t: usize| document.trips[t].kind == TripKind::Background;
    document.visits.iter().map(|v| (trip(v), v)).filter_map(|(t, v)| Some((t.filter(|t| !recalled(*t))?, v))).collect()
}

/// Travellers of main trips, as they come.
fn travellers(documents: &[Itinerary]) -> Vec<&OfficialId> {
    let mut found: Vec<&OfficialId> = Vec::new();
    for (_, visit) in documents.iter().flat_map(main_visits) {
        if !found.contains(&&visit.traveller) {
            found.push(&visit.traveller);
        }
    }
    found
}

fn journey(documents: &[Itinerary], id: &OfficialId) -> Journey {
    let mut told: Vec<Told> = Vec::new();
    for (source, document) in documents.iter().enumerate() {
        let own = main_visits(document).into_iter().filter(|(_, v)| v.traveller == *id);
        told.extend(own.map(|(trip, visit)| Told { source, visit, trip }));
    }
    let mut places: Vec<&PlaceId> = Vec::new();
    for t in &told {
        if !places.contains(&&t.visit.place) {
            places.push(&t.visit.place);
        }
    }
    let stops = places.into_iter().flat_map(|p| stops_at(told.iter().filter(|t| t.visit.place == *p).collect()));
    let columns = stops.map(|stop| column(documents, &stop)).collect();
    Journey {
        traveller: official(documents, id),
        columns: merge::in_order(columns),
        brackets: Vec::new(),
        disputes: Vec::new(),
    }
}

/// The traveller as the last document to know an office has it.
fn official(documents: &[Itinerary], id: &OfficialId) -> Official {
    let known = documents.iter().rev().flat_map(|d| &d.officials).filter(|o| o.id == *id);
    let best = known.clone().find(|o| o.title.is_some()).or(known.clone().next());
    best.cloned().unwrap_or_else(|| Official {
        id: id.clone(),
        name: id.0.clone(),
        title: None,
        country: None,
        aliases: Vec::new(),
        mentions: 0,
        extra: Extra::new(),
    })
}

/// Visits to one place as stops: of each source at most one, matched by the nearest date, then by the nearest number. The
/// source that has most of them comes first.
fn stops_at<'a>(told: Vec<&'a Told<'a>>) -> Vec<Vec<&'a Told<'a>>> {
    let mut sources: Vec<usize> = told.iter().map(|t| t.source).collect();
    sources.dedup();
    let count = |s: usize| told.iter().filter(|t| t.source == s).count();
    sources.sort_by_key(|s| std::cmp::Reverse(count(*s)));
    let mut stops: Vec<Vec<&Told>> = Vec::new();
    for source in sources {
        let own: Vec<&Told> = told.iter().copied().filter(|t| t.source == source).collect();
        let mut pairs: Vec<(i64, u32, usize, usize)> = Vec::new();
        for (i, visit) in own.iter().enumerate() {
            for (j, stop) in stops.iter().enumerate() {
                let near = stop.iter().map(|other| distance(visit.visit, other.visit)).min();
                pairs.extend(near.map(|(days, numbers)| (days, numbers, i, j)));
            }
        }
        pairs.sort_unstable();
        let (mut placed, mut taken) = (vec![false; own.len()], vec![false; stops.len()]);
        for (_, _, i, j) in pairs {
            if !placed[i] && !taken[j] {
                (placed[i], taken[j]) = (true, true);
                stops[j].push(own[i]);
            }
        }
        stops.extend(own.iter().zip(&placed).filter(|(_, placed)| !**placed).map(|(visit, _)| vec![*visit]));
    }
    stops
}

/// How far two visits lie apart: in days, and in their numbers.
fn distance(a: &Visit, b: &Visit) -> (i64, u32) {
    let days = |v: &Visit| {
        let first = v.start.as_ref().or(v.end.as_ref())?;
        let last = v.end.as_ref().or(v.start.as_ref())?;
        Some((first.earliest().or(last.earliest())?, last.latest().or(first.latest())?))
    };
    let apart = match (days(a), days(b)) {
        (Some(a), Some(b)) => (b.0 - a.1).num_days().max((a.0 - b.1).num_days()).max(0),
        _ => UNDATED,
    };
    (apart, a.order.unwrap_or(0).abs_diff(b.order.unwrap_or(0)))
}

fn column(documents: &[Itinerary], stop: &[&Told]) -> Column {
    let place = |t: &&&Told| documents[t.source].places.iter().find(|p| p.id == t.visit.place);
    let known = stop.iter().find_map(|t| place(&t));
    let country = stop.iter().find_map(|t| t.visit.country.clone()).or(known.and_then(|p| p.country.clone()));
    let name =
        known.map_or_else(|| stop.first().map_or(String::new(), |t| t.visit.place.0.clone()), |p| p.name.clone());
    let mut cells: Vec<Option<Cell>> = vec![None; documents.len()];
    for told in stop {
        let named = place(&told).map(|p| p.name.clone()).filter(|n| *n != name);
        cells[told.source] = Some(cell(told, named));
    }
    let itself = known.is_some_and(|p| p.kind == PlaceKind::Country);
    Column { place: name, country: country.filter(|_| !itself), note: None, cells }
}

fn cell(told: &Told, place: Option<String>) -> Cell {
    let v = told.visit;
    Cell {
        id: v.id.0.clone(),
        status: v.status,
        start: v.start.clone(),
        end: v.end.clone(),
        place,
        trip: told.trip,
        order: v.order,
        quote: v.evidence.first().map(|e| e.quote.clone()),
        finding: super::table::Finding::Agrees,
    }
}
