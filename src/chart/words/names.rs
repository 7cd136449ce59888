//! Looking a document up: names by id, who was met where, which stops stand open.

use super::{Dates, Language, Phrase, Words};
use crate::gazetteer::Gazetteer;
use crate::itinerary::{
    Edtf, Itinerary, Meeting, Mode, Official, OfficialId, Place, PlaceId, Status, TripKind, Visit, VisitId,
};
use chrono::Datelike;
use std::collections::{HashMap, HashSet};

impl Words {
    /// Name of a country or organisation by its code, or the code.
    pub fn country(self, code: &str) -> String {
        match code {
            "EU" => self.of(Phrase::BodyEu).into(),
            "UN" => self.of(Phrase::BodyUn).into(),
            "NATO" => self.of(Phrase::BodyNato).into(),
            "PS" => self.of(Phrase::BodyPs).into(),
            _ => Gazetteer::embedded().country(code).map_or(code.to_string(), |c| c.name.to_string()),
        }
    }
}

/// A document with its words: looks things up by id and names them.
pub struct Names<'a> {
    pub document: &'a Itinerary,
    pub words: Words,
    pub dates: Dates,
    officials: HashMap<&'a OfficialId, &'a Official>,
    places: HashMap<&'a PlaceId, &'a Place>,
    background: HashSet<&'a crate::itinerary::TripId>,
    /// Visits that share their number with another of their trip.
    open: HashSet<&'a VisitId>,
    visits: HashMap<&'a VisitId, &'a Visit>,
    by_visit: HashMap<&'a VisitId, Vec<&'a Meeting>>,
    by_place: HashMap<&'a PlaceId, Vec<&'a Meeting>>,
}

impl<'a> Names<'a> {
    /// Names of a document in a language.
    pub fn new(document: &'a Itinerary, language: Language) -> Self {
        let words = Words(language);
        let background = document.trips.iter().filter(|t| t.kind == TripKind::Background).map(|t| &t.id).collect();
        let mut by_visit: HashMap<_, Vec<&Meeting>> = HashMap::new();
        let mut by_place: HashMap<_, Vec<&Meeting>> = HashMap::new();
        for m in &document.meetings {
            m.visit.iter().for_each(|v| by_visit.entry(v).or_default().push(m));
            m.place.iter().for_each(|p| by_place.entry(p).or_default().push(m));
        }
        let mut names = Names {
            document,
            words,
            dates: Dates { words, year: None },
            officials: document.officials.iter().map(|o| (&o.id, o)).collect(),
            places: document.places.iter().map(|p| (&p.id, p)).collect(),
            background,
            open: open(document),
            visits: document.visits.iter().map(|v| (&v.id, v)).collect(),
            by_visit,
            by_place,
        };
        names.dates.year = names.year();
        names
    }

    /// The year that the chart is about: that of publication, else of the first dated stop.
    fn year(&self) -> Option<i32> {
        let published = self.document.article.published.as_ref().and_then(Edtf::earliest);
        let first = || self.visits(TripKind::Main).iter().filter_map(|v| v.start.as_ref()?.earliest()).min();
        published.or_else(first).map(|d| d.year())
    }

    /// The official with this id.
    pub fn official(&self, id: &OfficialId) -> Option<&'a Official> {
        self.officials.get(id).copied()
    }

    /// Name of an official, or the id.
    pub fn name(&self, id: &OfficialId) -> String {
        self.official(id).map_or(id.0.clone(), |o| o.name.clone())
    }

    /// The place with this id.
    pub fn place_of(&self, id: &PlaceId) -> Option<&'a Place> {
        self.places.get(id).copied()
    }

    /// Place of a visit.
    pub fn place(&self, visit: &Visit) -> Option<&'a Place> {
        self.place_of(&visit.place)
    }

    /// Name of a visit's place, or its id.
    pub fn place_name(&self, visit: &Visit) -> String {
        self.place(visit).map_or(visit.place.0.clone(), |p| p.name.clone())
    }

    /// Country of a visit where its place is not itself a country.
    pub fn country_of(&self, visit: &Visit) -> String {
        let named = visit.country.as_ref().map(|c| self.country(c.as_str())).unwrap_or_default();
        if named == self.place_name(visit) { String::new() } else { named }
    }

    /// Name of a country or organisation by its code, or the code.
    pub fn country(&self, code: &str) -> String {
        self.words.country(code)
    }

    /// "Secretary of State, United States", as much of it as is known.
    pub fn office(&self, official: &Official) -> String {
        let title = official.title.clone().unwrap_or_default();
        let country = official.country.as_ref().map(|c| self.country(c.as_str())).unwrap_or_default();
        let palestinian = title.contains("Palestinian") && country.starts_with("Palestinian");
        let named = !country.is_empty() && !title.contains(&country) && !palestinian;
        let title = self.words.capitalised(&title);
        match (title.is_empty(), named) {
            (false, true) => format!("{title}{}{country}", self.words.of(Phrase::ListComma)),
            (false, false) => title,
            (true, _) => country,
        }
    }

    /// Office of an official by id; empty where none is known.
    pub fn office_of(&self, id: &OfficialId) -> String {
        self.official(id).map(|o| self.office(o)).unwrap_or_default()
    }

    /// Travellers of main trips in order of their trips.
    pub fn travellers(&self) -> Vec<&'a OfficialId> {
        let mut found: Vec<&OfficialId> = Vec::new();
        for trip in self.document.trips.iter().filter(|t| t.kind == TripKind::Main) {
            if !found.contains(&&trip.traveller) {
                found.push(&trip.traveller);
            }
        }
        found
    }

    /// Whether a visit belongs to a journey that the article only recalls.
    pub fn is_recalled(&self, visit: &Visit) -> bool {
        self.background.contains(&visit.trip)
    }

    /// Indices of the visits of main trips, or of background ones.
    pub fn indices(&self, kind: TripKind) -> Vec<usize> {
        let wanted = kind == TripKind::Background;
        (0..self.document.visits.len()).filter(|i| self.is_recalled(&self.document.visits[*i]) == wanted).collect()
    }

    /// Visits of main trips, or of background ones.
    pub fn visits(&self, kind: TripKind) -> Vec<&'a Visit> {
        self.indices(kind).into_iter().map(|i| &self.document.visits[i]).collect()
    }

    /// Meetings at a visit that its traveller took part in, in the order of the document.
    pub fn meetings(&self, visit: &Visit) -> Vec<&'a Meeting> {
        let linked = self.by_visit.get(&visit.id).into_iter().flatten().copied();
        let mut found: Vec<&Meeting> = linked.collect();
        let there = self.by_place.get(&visit.place).into_iter().flatten().copied();
        found.extend(there.filter(|m| m.visit.as_ref() != Some(&visit.id) && self.is_shared(m, visit)));
        found.sort_by_key(|m| std::ptr::from_ref(*m));
        found
    }

    /// Whether a meeting that is not linked to this visit belongs to it all the same: to the stop of a companion there.
    fn is_shared(&self, m: &Meeting, visit: &Visit) -> bool {
        let same_stop = m.participants.contains(&visit.traveller) && m.status == visit.status;
        let of_another = |v: &VisitId| self.visits.get(v).is_some_and(|o| o.traveller != visit.traveller);
        same_stop && m.visit.as_ref().is_none_or(of_another)
    }

    /// Meetings and calls that belong to no stop.
    pub fn meetings_elsewhere(&self) -> Vec<&'a Meeting> {
        let at: HashSet<*const Meeting> =
            self.document.visits.iter().flat_map(|v| self.meetings(v)).map(std::ptr::from_ref).collect();
        self.document.meetings.iter().filter(|m| !at.contains(&std::ptr::from_ref(*m))).collect()
    }

    /// The others of a meeting as (name, office) for one of those who took part.
    pub fn others(&self, meeting: &Meeting, traveller: &OfficialId) -> Vec<(String, String)> {
        let people = meeting.participants.iter().filter(|p| *p != traveller);
        let named = people.map(|p| (self.name(p), self.office_of(p)));
        let groups = meeting.groups.iter().map(|g| {
            let country = g.country.as_ref().map(|c| self.country(c.as_str())).unwrap_or_default();
            (g.label.clone(), country)
        });
        named.chain(groups).collect()
    }

    /// Everybody in a meeting by name, and the groups.
    pub fn parties(&self, meeting: &Meeting) -> Vec<String> {
        let people = meeting.participants.iter().map(|p| self.name(p));
        people.chain(meeting.groups.iter().map(|g| g.label.clone())).collect()
    }

    /// Whether another visit of the trip shares its number; one that was cancelled has no place in the order, and one without
    /// a number none that could be shared.
    pub fn is_open(&self, visit: &Visit) -> bool {
        self.open.contains(&visit.id)
    }

    /// Names of sites seen during a visit.
    pub fn sites(&self, visit: &Visit) -> Vec<String> {
        let ids = visit.extra.get("sites").and_then(|s| s.as_array()).cloned().unwrap_or_default();
        let name = |id: &str| self.document.places.iter().find(|p| p.id.0 == id).map(|p| p.name.clone());
        ids.iter().filter_map(|id| id.as_str()).filter_map(name).collect()
    }

    /// "took place", "planned" …
    pub fn status(&self, status: Status) -> &'static str {
        self.words.of(match status {
            Status::Completed => Phrase::Completed,
            Status::Planned => Phrase::Planned,
            Status::Possible => Phrase::Possible,
            Status::Cancelled => Phrase::Cancelled,
        })
    }

    /// "by phone", "by video"; empty for a meeting in person.
    pub fn mode(&self, mode: Mode) -> &'static str {
        match mode {
            Mode::InPerson => "",
            Mode::Phone => self.words.of(Phrase::ByPhone),
            Mode::Video => self.words.of(Phrase::ByVideo),
        }
    }
}

fn open(document: &Itinerary) -> HashSet<&VisitId> {
    let mut groups: HashMap<_, Vec<&VisitId>> = HashMap::new();
    for v in document.visits.iter().filter(|v| v.status != Status::Cancelled) {
        v.order.iter().for_each(|n| groups.entry((&v.trip, *n)).or_default().push(&v.id));
    }
    groups.into_values().filter(|g| g.len() > 1).flatten().collect()
}
