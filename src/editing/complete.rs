//! Completing a document in which names stand for ids and lists are not there: officials and places from the names,
//! countries and coordinates from the gazetteer, trips from the travellers, the order from dates and reasons. What is
//! given is not touched.

use super::filling::free_id;
use super::finding::{Finding, did_you_mean};
use super::sequence;
use super::source::Source;
use super::{resolve, shape};
use crate::itinerary::order::Reason;
use crate::itinerary::*;
use std::collections::HashSet;

/// Fills in what is not in `source` and follows. References to nothing are told as errors, and names that are not
/// found, or that several places have, as warnings, in the document too.
pub fn complete(document: &mut Itinerary, source: &Source, findings: &mut Vec<Finding>) {
    let mut completion = Completion { source, findings, warnings: Vec::new() };
    completion.place_details(document);
    completion.officials(document);
    completion.places(document);
    completion.countries(document);
    completion.trips(document);
    completion.meetings(document);
    completion.order(document);
    document.warnings.append(&mut completion.warnings);
}

/// Whether a word is a name rather than an id: ids are small letters, digits and hyphens.
fn is_name(word: &str) -> bool {
    word.chars().any(|c| c.is_uppercase() || c.is_whitespace() || !c.is_ascii())
}

struct Completion<'a> {
    source: &'a Source,
    findings: &'a mut Vec<Finding>,
    warnings: Vec<String>,
}

impl Completion<'_> {
    fn doubt(&mut self, path: &str, message: String, remedy: String) {
        self.warnings.push(message.clone());
        self.findings.push(self.source.warning(path, message, remedy));
    }

    /// What the gazetteer knows of the places that are listed without it.
    fn place_details(&mut self, document: &mut Itinerary) {
        for (i, place) in document.places.iter_mut().enumerate() {
            let path = format!("places[{i}]");
            let missing = |field: &str| !self.source.has(&format!("{path}.{field}"));
            let (country, position) = (missing("country"), missing("lat") && missing("lon"));
            if !position && !country {
                continue;
            }
            let kind = (!missing("kind")).then_some(place.kind);
            let (known, found) = resolve::place(&place.name, kind, place.country.as_ref().map(|c| c.as_str()));
            if country {
                place.country = known.country;
            }
            if position {
                (place.lat, place.lon) = (known.lat, known.lon);
                if missing("geonames") {
                    place.geonames = known.geonames;
                }
                match resolve::doubt(&place.name, &found) {
                    // Nothing was filled in, so the document has nothing to be warned of.
                    Some((message, remedy)) if found.entry.is_none() => {
                        self.findings.push(self.source.warning(&path, message, remedy));
                    }
                    Some((message, remedy)) => self.doubt(&path, message, remedy),
                    None => {}
                }
            }
        }
    }

    fn officials(&mut self, document: &mut Itinerary) {
        let Itinerary { officials, visits, trips, meetings, .. } = document;
        let visits = visits.iter_mut().enumerate().map(|(i, v)| (format!("visits[{i}].traveller"), &mut v.traveller));
        let trips = trips.iter_mut().enumerate().map(|(i, t)| (format!("trips[{i}].traveller"), &mut t.traveller));
        let met = meetings.iter_mut().enumerate().flat_map(|(i, m)| {
            m.participants.iter_mut().enumerate().map(move |(j, p)| (format!("meetings[{i}].participants[{j}]"), p))
        });
        for (path, id) in visits.chain(trips).chain(met) {
            if let Some(meant) = self.official(officials, &path, id) {
                *id = meant;
            }
        }
    }

    /// The official that a reference means, entered where it is a new name; `None` where it is an id of nobody.
    fn official(&mut self, officials: &mut Vec<Official>, path: &str, given: &OfficialId) -> Option<OfficialId> {
        if officials.iter().any(|o| o.id == *given) {
            return Some(given.clone());
        }
        let wanted = slug(&given.0);
        let named = |o: &&Official| std::iter::once(&o.name).chain(&o.aliases).any(|n| slug(n) == wanted);
        if let Some(known) = officials.iter().find(named) {
            return Some(known.id.clone());
        }
        if !is_name(&given.0) {
            let known: Vec<&str> = officials.iter().map(|o| o.id.0.as_str()).collect();
            self.dangling(path, &given.0, "officials", &known, "the name in full, such as \"Antony Blinken\"");
            return None;
        }
        let known: Vec<&str> = officials.iter().map(|o| o.name.as_str()).collect();
        let near = did_you_mean(&given.0, known);
        if !near.is_empty() {
            let message = format!("`{}` is taken for another person than somebody with nearly that name", given.0);
            self.findings.push(self.source.warning(path, message, near.trim_end()));
        }
        let mut taken: HashSet<String> = officials.iter().map(|o| o.id.0.clone()).collect();
        let id = OfficialId(free_id(wanted, &mut taken));
        officials.push(official(id.clone(), &given.0));
        Some(id)
    }

    fn dangling(&mut self, path: &str, id: &str, list: &str, known: &[&str], instead: &str) {
        let near = did_you_mean(id, known.iter().copied());
        let remedy = format!("{near}Add it there, name one that is there, or write {instead}.");
        self.findings.push(self.source.error(path, format!("`{id}` is not the id of anything in `{list}`"), remedy));
    }

    fn places(&mut self, document: &mut Itinerary) {
        let Itinerary { places, visits, meetings, .. } = document;
        let visits = visits.iter_mut().enumerate().map(|(i, v)| (format!("visits[{i}].place"), &mut v.place));
        let met = meetings.iter_mut().enumerate();
        let met = met.filter_map(|(i, m)| m.place.as_mut().map(|p| (format!("meetings[{i}].place"), p)));
        for (path, id) in visits.chain(met) {
            if let Some(meant) = self.place(places, &path, id) {
                *id = meant;
            }
        }
    }

    fn place(&mut self, places: &mut Vec<Place>, path: &str, given: &PlaceId) -> Option<PlaceId> {
        if places.iter().any(|p| p.id == *given) {
            return Some(given.clone());
        }
        let (name, country) = resolve::parts(&given.0);
        let fits = |p: &Place| country.is_none_or(|c| p.country.as_ref().is_some_and(|own| own.as_str() == c));
        let named = |p: &Place| std::iter::once(&p.name).chain(&p.aliases).any(|n| slug(n) == slug(name));
        if let Some(known) = places.iter().find(|p| fits(p) && named(p)) {
            return Some(known.id.clone());
        }
        if !is_name(&given.0) {
            let known: Vec<&str> = places.iter().map(|p| p.id.0.as_str()).collect();
            self.dangling(path, &given.0, "places", &known, "its name, such as \"Baghdad\"");
            return None;
        }
        let (mut place, found) = resolve::place(name, None, country);
        let same = |p: &&Place| p.geonames.is_some() && p.geonames == place.geonames;
        if let Some(known) = places.iter().find(same) {
            return Some(known.id.clone());
        }
        if let Some((message, remedy)) = resolve::doubt(name, &found) {
            self.doubt(path, message, remedy);
        }
        let mut taken: HashSet<String> = places.iter().map(|p| p.id.0.clone()).collect();
        place.id = PlaceId(free_id(place.id.0, &mut taken));
        places.push(place);
        places.last().map(|p| p.id.clone())
    }

    fn countries(&self, document: &mut Itinerary) {
        let Itinerary { places, visits, .. } = document;
        for (i, visit) in visits.iter_mut().enumerate() {
            if !self.source.has(&format!("visits[{i}].country")) {
                visit.country = country_of(places, &visit.place);
            }
        }
    }

    /// Trips for visits that name none, and the visits of trips that list none.
    fn trips(&mut self, document: &mut Itinerary) {
        let open: Vec<usize> =
            document.trips.iter().enumerate().filter(|(i, _)| self.lists_none(*i)).map(|(i, _)| i).collect();
        let given = document.trips.len();
        for i in 0..document.visits.len() {
            if !self.source.has(&format!("visits[{i}].trip")) {
                self.trip_of(document, i, &open, given);
            }
        }
        let Itinerary { trips, visits, .. } = document;
        let unlisted = trips.iter_mut().enumerate().filter(|(i, _)| *i >= given || open.contains(i));
        for (_, trip) in unlisted {
            trip.visits = visits.iter().filter(|v| v.trip == trip.id).map(|v| v.id.clone()).collect();
        }
    }

    fn lists_none(&self, trip: usize) -> bool {
        !self.source.has(&format!("trips[{trip}].visits"))
    }

    /// The trip of a visit that names none: one that lists it, else the only one of the traveller, else a new one.
    fn trip_of(&mut self, document: &mut Itinerary, visit: usize, open: &[usize], given: usize) {
        let Itinerary { trips, visits, .. } = document;
        let Some(visit_) = visits.get_mut(visit) else { return };
        if let Some(trip) = trips.iter().find(|t| t.visits.contains(&visit_.id)) {
            visit_.trip = trip.id.clone();
            return;
        }
        let own: Vec<usize> = (0..trips.len()).filter(|t| trips[*t].traveller == visit_.traveller).collect();
        match own[..] {
            [] => {
                let mut taken: HashSet<String> = trips.iter().map(|t| t.id.0.clone()).collect();
                let id = (trips.len() + 1..).map(|n| format!("t{n}")).find(|id| !taken.contains(id));
                let id = TripId(free_id(id.unwrap_or_default(), &mut taken));
                visit_.trip = id.clone();
                let traveller = visit_.traveller.clone();
                trips.push(Trip { id, traveller, kind: TripKind::Main, visits: Vec::new(), extra: Extra::new() });
            }
            [only] if only >= given || open.contains(&only) => visit_.trip = trips[only].id.clone(),
            _ => {
                let known: Vec<String> = own.iter().map(|t| format!("`{}`", trips[*t].id)).collect();
                let remedy =
                    format!("Name the trip that it belongs to ({}), and the visit in that trip.", known.join(", "));
                self.findings.push(self.source.error(&format!("visits[{visit}].trip"), "`trip` is missing", remedy));
            }
        }
    }

    /// Where and when a meeting was, by its visit; and its visit, where only one is in that place.
    fn meetings(&self, document: &mut Itinerary) {
        let Itinerary { places, visits, meetings, .. } = document;
        for (i, meeting) in meetings.iter_mut().enumerate() {
            let missing = |field: &str| !self.source.has(&format!("meetings[{i}].{field}"));
            if missing("visit") && meeting.mode == Mode::InPerson {
                meeting.visit = only_visit(visits, meeting);
            }
            if let Some(visit) = visits.iter().find(|v| Some(&v.id) == meeting.visit.as_ref()) {
                settle(meeting, visit, &missing);
            }
            if missing("country") {
                meeting.country = meeting.place.as_ref().and_then(|p| country_of(places, p));
            }
        }
    }

    /// Order numbers for the trips that have none, and reasons where the document has no list of them.
    fn order(&mut self, document: &mut Itinerary) {
        let unordered: Vec<usize> =
            (0..document.visits.len()).filter(|i| !self.source.has(&format!("visits[{i}].order"))).collect();
        let reasons_given = self.source.has("sequence");
        if unordered.is_empty() && reasons_given {
            return;
        }
        let mut told = sequence::told(document);
        if !reasons_given {
            told.extend((1..document.visits.len()).filter_map(|i| sequence::as_told(&document.visits, i - 1, i)));
        }
        let Some(solved) = sequence::solved(document, &told) else {
            let message = format!("the order of more than {} stops is not solved", sequence::MOST_STOPS);
            self.findings.push(self.source.warning("visits", message, "Give the stops order numbers."));
            return;
        };
        let open = sequence::positions(document, &solved);
        for trip in document.trips.iter().map(|t| t.id.clone()) {
            let of_trip: Vec<usize> = (0..document.visits.len()).filter(|i| document.visits[*i].trip == trip).collect();
            if of_trip.iter().all(|i| unordered.contains(i)) {
                of_trip.iter().for_each(|i| document.visits[*i].order = open.get(*i).copied());
            } else if let Some(i) = of_trip.iter().find(|i| unordered.contains(i)) {
                let message = format!("some visits of trip `{trip}` have an order number and others not");
                let path = format!("visits[{i}].order");
                self.findings.push(self.source.warning(&path, message, "Number all of them, or none."));
            }
        }
        if !reasons_given {
            let kept = solved.kept.iter().filter(|r| agrees(&document.visits, r));
            document.sequence = kept.filter_map(|r| sequence::precedence(document, r)).collect();
        }
    }
}

/// Whether a reason agrees with the order numbers.
fn agrees(visits: &[Visit], reason: &Reason) -> bool {
    let order = |i: usize| visits.get(i).and_then(|v| v.order);
    order(reason.before).zip(order(reason.after)).is_none_or(|(before, after)| before < after)
}

/// A person of whom only the name is known.
pub fn official(id: OfficialId, name: &str) -> Official {
    let (title, country) = (None, None);
    Official { id, name: name.into(), title, country, aliases: Vec::new(), mentions: 0, extra: Extra::new() }
}

fn country_of(places: &[Place], id: &PlaceId) -> Option<CountryCode> {
    // What lies in several countries, or serves none, has none.
    places.iter().find(|p| p.id == *id)?.country.clone().filter(|c| shape::is_served(c.as_str()))
}

/// The only visit of a participant in the meeting's place on days that fit.
fn only_visit(visits: &[Visit], meeting: &Meeting) -> Option<VisitId> {
    let here = |v: &&Visit| {
        let stay = v.start.as_ref().zip(v.end.as_ref()).and_then(|(s, e)| Edtf::interval(s, e).ok());
        let days = stay.as_ref().or(v.start.as_ref()).zip(meeting.date.as_ref());
        let fits = days.is_none_or(|(stay, day)| stay.intersect(day).is_some());
        Some(&v.place) == meeting.place.as_ref() && meeting.participants.contains(&v.traveller) && fits
    };
    let mut found = visits.iter().filter(here);
    let only = found.next()?;
    found.next().is_none().then(|| only.id.clone())
}

/// What follows for a meeting from the visit that it was part of, where the meeting does not say it.
fn settle(meeting: &mut Meeting, visit: &Visit, missing: &impl Fn(&str) -> bool) {
    if missing("place") {
        meeting.place = Some(visit.place.clone());
        if missing("country") {
            meeting.country = visit.country.clone();
        }
    }
    if missing("date") && one_day(visit) {
        meeting.date = visit.start.clone();
    }
}

/// Whether a visit lasted a single day that is known.
pub fn one_day(visit: &Visit) -> bool {
    visit.start.as_ref().is_some_and(Edtf::is_day) && visit.start == visit.end
}
