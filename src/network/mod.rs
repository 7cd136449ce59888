//! Several documents as one graph of visits: people and places that are the same in them are one node, and every id is used once.
//! Exports see only this; what one document says goes through unchanged, so that it can be read back.

mod offices;
mod people;
mod places;
mod spelling;

use crate::itinerary::{
    ArticleInfo, Extra, Itinerary, Meeting, MeetingId, Official, OfficialId, Place, PlaceId, Precedence, SCHEMA, Trip,
    TripId, Visit, VisitId,
};
pub use offices::single_office;
pub use people::{Acquaintance, same_person};
pub use places::{same_place, within};
pub use spelling::{skeleton as sound, words as name_words};
use std::collections::{HashMap, HashSet};

/// Documents as one graph. Ids are unique within each list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    pub articles: Vec<Told>,
    pub officials: Vec<Shared<Official>>,
    pub places: Vec<Shared<Place>>,
    pub trips: Vec<Fact<Trip>>,
    /// Document by document, each in trip order.
    pub visits: Vec<Fact<Visit>>,
    pub meetings: Vec<Fact<Meeting>>,
    pub sequence: Vec<Fact<Precedence>>,
    index: Index,
}

/// Where in the lists each id stands.
#[derive(Clone, Debug, Default, PartialEq)]
struct Index {
    officials: HashMap<OfficialId, usize>,
    places: HashMap<PlaceId, usize>,
    trips: HashMap<TripId, usize>,
    visits: HashMap<VisitId, usize>,
}

/// What one document says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    pub info: ArticleInfo,
    pub warnings: Vec<String>,
    pub extra: Extra,
}

/// A person or place, and the articles that have it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared<T> {
    pub what: T,
    /// Indices into `articles`, ascending.
    pub articles: Vec<usize>,
}

/// A fact of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact<T> {
    pub what: T,
    /// Index into `articles`.
    pub article: usize,
}

impl<T> std::ops::Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.what
    }
}

impl<T> std::ops::Deref for Fact<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.what
    }
}

impl Network {
    /// The graph of documents. One document keeps its ids; of several, trips, visits and meetings get their article's id in front,
    /// as in `blinken-iraq.v5`, and articles with the same id a number behind it.
    pub fn of(documents: &[Itinerary]) -> Network {
        let mut network = Network::default();
        let names = article_names(documents);
        let mut people = people::Register::new(documents);
        let mut places = places::Register::default();
        for (article, (document, name)) in documents.iter().zip(&names).enumerate() {
            let prefix = if documents.len() > 1 { format!("{name}.") } else { String::new() };
            let officials = people.enter(article, document, &mut network.officials);
            let places = places.enter(article, document, &mut network.places);
            network.add(article, document, &Renaming { prefix, officials, places });
            let mut info = document.article.clone();
            if info.id != *name {
                let own = std::mem::replace(&mut info.id, name.clone());
                info.extra.entry("original_id").or_insert(own.into());
            }
            network.articles.push(Told { info, warnings: document.warnings.clone(), extra: document.extra.clone() });
        }
        network.index = Index {
            officials: first_of(network.officials.iter().map(|o| &o.id)),
            places: first_of(network.places.iter().map(|p| &p.id)),
            trips: first_of(network.trips.iter().map(|t| &t.id)),
            visits: first_of(network.visits.iter().map(|v| &v.id)),
        };
        network
    }

    fn add(&mut self, article: usize, document: &Itinerary, new: &Renaming) {
        self.trips.extend(document.trips.iter().map(|t| Fact { what: new.trip(t), article }));
        self.visits.extend(document.visits.iter().map(|v| Fact { what: new.visit(v), article }));
        self.meetings.extend(document.meetings.iter().map(|m| Fact { what: new.meeting(m), article }));
        self.sequence.extend(document.sequence.iter().map(|p| Fact { what: new.precedence(p), article }));
    }

    /// The documents again, each with the people and places that it has. Of one document this is what [`Network::of`] was given.
    pub fn documents(&self) -> Vec<Itinerary> {
        (0..self.articles.len()).map(|i| self.document(i)).collect()
    }

    fn document(&self, article: usize) -> Itinerary {
        let told = &self.articles[article];
        Itinerary {
            schema: SCHEMA.into(),
            article: told.info.clone(),
            officials: having(&self.officials, article),
            places: having(&self.places, article),
            trips: of(&self.trips, article),
            visits: of(&self.visits, article),
            meetings: of(&self.meetings, article),
            sequence: of(&self.sequence, article),
            warnings: told.warnings.clone(),
            extra: told.extra.clone(),
        }
    }

    /// An id of one of an article's trips, visits or meetings as its own document has it.
    pub fn local_id<'a>(&self, article: usize, id: &'a str) -> &'a str {
        // One document keeps its ids.
        let told = self.articles.get(article).filter(|_| self.articles.len() > 1);
        let own = told.and_then(|told| id.strip_prefix(told.info.id.as_str())?.strip_prefix('.'));
        own.unwrap_or(id)
    }

    /// The official with an id.
    pub fn official(&self, id: &OfficialId) -> Option<&Official> {
        self.index.officials.get(id).and_then(|i| self.officials.get(*i)).map(|o| &o.what)
    }

    /// The place with an id.
    pub fn place(&self, id: &PlaceId) -> Option<&Place> {
        self.index.places.get(id).and_then(|i| self.places.get(*i)).map(|p| &p.what)
    }

    /// Where the visit with an id stands in `visits`.
    pub fn visit_at(&self, id: &VisitId) -> Option<usize> {
        self.index.visits.get(id).copied()
    }

    /// The visit with an id.
    pub fn visit(&self, id: &VisitId) -> Option<&Fact<Visit>> {
        self.visit_at(id).and_then(|i| self.visits.get(i))
    }

    /// The trip with an id.
    pub fn trip(&self, id: &TripId) -> Option<&Fact<Trip>> {
        self.index.trips.get(id).and_then(|i| self.trips.get(*i))
    }
}

/// The first place of each id.
fn first_of<'a, T: Clone + Eq + std::hash::Hash + 'a>(ids: impl Iterator<Item = &'a T>) -> HashMap<T, usize> {
    let mut found = HashMap::new();
    ids.enumerate().for_each(|(i, id)| {
        found.entry(id.clone()).or_insert(i);
    });
    found
}

fn having<T: Clone>(all: &[Shared<T>], article: usize) -> Vec<T> {
    all.iter().filter(|s| s.articles.contains(&article)).map(|s| s.what.clone()).collect()
}

fn of<T: Clone>(all: &[Fact<T>], article: usize) -> Vec<T> {
    all.iter().filter(|f| f.article == article).map(|f| f.what.clone()).collect()
}

/// A name for each article: its id, and a number behind one that another has already.
fn article_names(documents: &[Itinerary]) -> Vec<String> {
    let mut taken = HashSet::new();
    documents.iter().map(|d| free_id(&d.article.id, &mut taken)).collect()
}

/// An id that nothing has yet: the one given, or with a number behind it.
fn free_id(id: &str, taken: &mut HashSet<String>) -> String {
    let mut free = id.to_string();
    let mut n = 2;
    while !taken.insert(free.clone()) {
        free = format!("{id}-{n}");
        n += 1;
    }
    free
}

/// The ids of a document in the network.
struct Renaming {
    prefix: String,
    officials: HashMap<OfficialId, OfficialId>,
    places: HashMap<PlaceId, PlaceId>,
}

impl Renaming {
    fn id(&self, id: &str) -> String {
        format!("{}{id}", self.prefix)
    }

    fn official(&self, id: &OfficialId) -> OfficialId {
        self.officials.get(id).unwrap_or(id).clone()
    }

    fn place(&self, id: &PlaceId) -> PlaceId {
        self.places.get(id).unwrap_or(id).clone()
    }

    fn visit_id(&self, id: &VisitId) -> VisitId {
        VisitId(self.id(&id.0))
    }

    fn trip(&self, trip: &Trip) -> Trip {
        let visits = trip.visits.iter().map(|v| self.visit_id(v)).collect();
        Trip { id: TripId(self.id(&trip.id.0)), traveller: self.official(&trip.traveller), visits, ..trip.clone() }
    }

    fn visit(&self, visit: &Visit) -> Visit {
        let mut extra = visit.extra.clone();
        // Ids of the sites seen there are ids of places too.
        let sites = extra.get_mut("sites").and_then(|s| s.as_array_mut());
        for site in sites.into_iter().flatten() {
            if let Some(id) = site.as_str().map(|s| self.place(&PlaceId(s.into()))) {
                *site = id.0.into();
            }
        }
        Visit {
            extra,
            id: self.visit_id(&visit.id),
            traveller: self.official(&visit.traveller),
            place: self.place(&visit.place),
            trip: TripId(self.id(&visit.trip.0)),
            ..visit.clone()
        }
    }

    fn meeting(&self, meeting: &Meeting) -> Meeting {
        Meeting {
            id: MeetingId(self.id(&meeting.id.0)),
            participants: meeting.participants.iter().map(|p| self.official(p)).collect(),
            visit: meeting.visit.as_ref().map(|v| self.visit_id(v)),
            place: meeting.place.as_ref().map(|p| self.place(p)),
            ..meeting.clone()
        }
    }

    fn precedence(&self, edge: &Precedence) -> Precedence {
        Precedence { before: self.visit_id(&edge.before), after: self.visit_id(&edge.after), ..edge.clone() }
    }
}
