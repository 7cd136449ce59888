//! Stops, meetings and legs as flat lists of names and values, for forms that hang attributes on what they draw: the
//! same names in each. Knows no form; says everything that the document says of a thing.

use super::days::Days;
use super::legs::Leg;
use crate::itinerary::{
    ArticleInfo, Evidence, Extra, Meeting, Official, OfficialId, Place, PlaceId, Status, Trip, TripId, Visit, VisitId,
};
use crate::network::{Fact, Network};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Names and values in a fixed order; what is not known is null.
pub type Attributes = Map<String, Value>;

/// The network by id.
pub struct Index<'a> {
    pub network: &'a Network,
    officials: HashMap<&'a OfficialId, &'a Official>,
    places: HashMap<&'a PlaceId, &'a Place>,
    trips: HashMap<&'a TripId, &'a Trip>,
    visits: HashMap<&'a VisitId, &'a Fact<Visit>>,
    /// Meetings during each stop.
    meetings: HashMap<&'a VisitId, Vec<&'a Fact<Meeting>>>,
    /// How many stops of a trip share a position.
    sharing: HashMap<(&'a TripId, u32), usize>,
}

impl<'a> Index<'a> {
    /// The index of a network.
    pub fn of(network: &'a Network) -> Index<'a> {
        let mut meetings: HashMap<&VisitId, Vec<&Fact<Meeting>>> = HashMap::new();
        for meeting in &network.meetings {
            meeting.visit.iter().for_each(|v| meetings.entry(v).or_default().push(meeting));
        }
        let mut sharing = HashMap::new();
        for visit in &network.visits {
            visit.order.iter().for_each(|order| *sharing.entry((&visit.trip, *order)).or_insert(0) += 1);
        }
        Index {
            network,
            officials: network.officials.iter().map(|o| (&o.id, &o.what)).collect(),
            places: network.places.iter().map(|p| (&p.id, &p.what)).collect(),
            trips: network.trips.iter().map(|t| (&t.id, &t.what)).collect(),
            visits: network.visits.iter().map(|v| (&v.id, v)).collect(),
            meetings,
            sharing,
        }
    }

    /// The place with an id.
    pub fn place(&self, id: &PlaceId) -> Option<&'a Place> {
        self.places.get(id).copied()
    }

    /// The visit with an id.
    pub fn visit(&self, id: &VisitId) -> Option<&'a Fact<Visit>> {
        self.visits.get(id).copied()
    }

    /// The name of an official, or the id where nobody has it.
    pub fn name(&self, id: &'a OfficialId) -> &'a str {
        self.officials.get(id).map_or(&id.0, |o| &o.name)
    }

    /// The name of a place, or the id where none has it.
    pub fn place_name(&self, id: &'a PlaceId) -> &'a str {
        self.places.get(id).map_or(&id.0, |p| &p.name)
    }

    /// Where a meeting was: its own place, or that of its stop.
    pub fn place_of(&self, meeting: &'a Meeting) -> Option<&'a PlaceId> {
        let stop = || meeting.visit.as_ref().and_then(|v| self.visit(v)).map(|v| &v.what.place);
        meeting.place.as_ref().or_else(stop)
    }

    /// Meetings that belong to no stop of the network, such as telephone calls.
    pub fn meetings_apart(&self) -> impl Iterator<Item = &'a Fact<Meeting>> {
        let apart = |m: &&Fact<Meeting>| m.visit.as_ref().is_none_or(|v| !self.visits.contains_key(v));
        self.network.meetings.iter().filter(apart)
    }

    /// Who took part in a meeting besides one of them, by name, unnamed parties last.
    pub fn company(&self, meeting: &'a Meeting, besides: Option<&OfficialId>) -> Vec<&'a str> {
        let named = meeting.participants.iter().filter(|p| Some(*p) != besides).map(|p| self.name(p));
        named.chain(meeting.groups.iter().map(|g| g.label.as_str())).collect()
    }

    /// The meetings during a stop.
    pub fn meetings_during(&self, visit: &VisitId) -> &[&'a Fact<Meeting>] {
        self.meetings.get(visit).map_or(&[], Vec::as_slice)
    }

    /// Whether the text leaves the order of this stop and another of its trip open.
    pub fn order_is_open(&self, visit: &'a Visit) -> bool {
        visit.order.is_some_and(|order| self.sharing.get(&(&visit.trip, order)).is_some_and(|n| *n > 1))
    }

    /// Everything about a stop.
    pub fn stop(&self, visit: &'a Fact<Visit>) -> Attributes {
        let mut all = Writer::of("stop", self.place_name(&visit.what.place));
        all.put("visit", &visit.id);
        self.traveller(&mut all, &visit.traveller);
        self.place_attributes(&mut all, Some(&visit.place), visit.country.as_ref());
        all.status(visit.status);
        all.put("start_edtf", &visit.start);
        all.put("end_edtf", &visit.end);
        all.days(Days::of_visit(visit));
        all.put("trip", &visit.trip);
        all.put("trip_kind", &self.trips.get(&visit.trip).map(|t| t.kind));
        all.put("order", &visit.order);
        all.put("order_open", &self.order_is_open(visit));
        all.put("confidence", &visit.confidence);
        let meetings = self.meetings_during(&visit.id);
        let met: Vec<&str> = meetings.iter().flat_map(|m| self.company(m, Some(&visit.traveller))).collect();
        all.put("met", &met.join("; "));
        all.put("meetings", &meetings.iter().map(|m| &m.what).collect::<Vec<_>>());
        all.evidence(&visit.evidence);
        all.article(self.article(visit.article));
        all.extra(&visit.extra);
        all.0
    }

    /// Everything about a meeting that belongs to no stop.
    pub fn meeting(&self, meeting: &'a Fact<Meeting>) -> Attributes {
        let mut all = Writer::of("meeting", &self.company(meeting, None).join(", "));
        all.put("meeting", &meeting.id);
        all.put("participants", &meeting.participants);
        all.put("groups", &meeting.groups);
        self.place_attributes(&mut all, meeting.place.as_ref(), meeting.country.as_ref());
        all.status(meeting.status);
        all.put("mode", &meeting.mode);
        all.put("date_edtf", &meeting.date);
        all.put("duration", &meeting.duration);
        all.days(Days::of_meeting(meeting));
        all.put("visit", &meeting.visit);
        all.put("confidence", &meeting.confidence);
        all.evidence(&meeting.evidence);
        all.article(self.article(meeting.article));
        all.extra(&meeting.extra);
        all.0
    }

    /// Everything about a leg.
    pub fn leg(&self, leg: &'a Leg) -> Attributes {
        let (from, to) = (self.visit(&leg.from), self.visit(&leg.to));
        let name = |v: Option<&'a Fact<Visit>>| v.map_or("", |v| self.place_name(&v.what.place));
        let mut all = Writer::of("leg", &format!("{} – {}", name(from), name(to)));
        all.put("from", &leg.from);
        all.put("to", &leg.to);
        from.iter().for_each(|v| self.traveller(&mut all, &v.what.traveller));
        all.status(leg.status);
        all.put("trip", &leg.trip);
        all.put("because", &leg.because);
        all.put("km", &leg.km.map(f64::round));
        all.put("article", &self.article(leg.article).map(|a| &a.id));
        all.0
    }

    /// What stops, meetings and legs do not say: articles, people, places, trips, and the reasons of the order.
    pub fn rest(&self) -> Attributes {
        let network = self.network;
        let told = |t: &crate::network::Told| {
            let mut all = Writer(Map::new());
            all.put("article", &t.info);
            all.put("warnings", &t.warnings);
            all.extra(&t.extra);
            Value::Object(all.0)
        };
        let mut all = Writer(Map::new());
        all.put("schema", &crate::itinerary::SCHEMA);
        all.put("articles", &network.articles.iter().map(told).collect::<Vec<_>>());
        all.put("officials", &network.officials.iter().map(|o| &o.what).collect::<Vec<_>>());
        all.put("places", &network.places.iter().map(|p| &p.what).collect::<Vec<_>>());
        all.put("trips", &network.trips.iter().map(|t| &t.what).collect::<Vec<_>>());
        all.put("sequence", &network.sequence.iter().map(|p| &p.what).collect::<Vec<_>>());
        all.0
    }

    /// What an article says of itself.
    pub fn article(&self, article: usize) -> Option<&'a ArticleInfo> {
        self.network.articles.get(article).map(|t| &t.info)
    }

    fn traveller(&self, all: &mut Writer, id: &'a OfficialId) {
        let official = self.officials.get(id);
        all.put("traveller", &self.name(id));
        all.put("traveller_id", id);
        all.put("office", &official.and_then(|o| o.title.as_ref()));
        all.put("serves", &official.and_then(|o| o.country.as_ref()));
    }

    fn place_attributes(
        &self,
        all: &mut Writer,
        id: Option<&'a PlaceId>,
        country: Option<&crate::itinerary::CountryCode>,
    ) {
        let place = id.and_then(|id| self.place(id));
        all.put("place", &id.map(|id| self.place_name(id)));
        all.put("place_id", &id);
        all.put("place_kind", &place.map(|p| p.kind));
        all.put("country", &country);
        all.put("geonames", &place.and_then(|p| p.geonames));
    }
}

/// The id of a fact in its own article. Of several articles ids have the article's in front; names that say the
/// article anyway leave it out, so that they are the same whether an article is written alone or with others.
pub fn own_id<'a>(network: &Network, article: usize, id: &'a str) -> &'a str {
    let name = network.articles.get(article).map_or("", |t| &t.info.id);
    match network.articles.len() {
        0 | 1 => id,
        _ => id.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')).unwrap_or(id),
    }
}

/// The word that the document has for a value, such as `in_person`.
pub fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

struct Writer(Attributes);

impl Writer {
    fn of(kind: &str, name: &str) -> Writer {
        let mut all = Writer(Map::new());
        all.put("kind", &kind);
        all.put("name", &name);
        all
    }

    fn put(&mut self, name: &str, value: &impl Serialize) {
        self.0.insert(name.into(), serde_json::to_value(value).unwrap_or(Value::Null));
    }

    fn status(&mut self, status: Status) {
        self.put("status", &status);
        self.put("planned", &(status == Status::Planned));
    }

    fn days(&mut self, days: Days) {
        self.put("earliest", &days.earliest.map(|d| d.to_string()));
        self.put("latest", &days.latest.map(|d| d.to_string()));
        self.put("day_exact", &days.exact);
    }

    fn evidence(&mut self, evidence: &[Evidence]) {
        self.put("evidence", &evidence);
    }

    fn article(&mut self, article: Option<&ArticleInfo>) {
        self.put("article", &article.map(|a| &a.id));
        self.put("article_title", &article.and_then(|a| a.title.as_ref()));
        self.put("published", &article.and_then(|a| a.published.as_ref()));
    }

    fn extra(&mut self, extra: &Extra) {
        if !extra.is_empty() {
            self.put("extra", extra);
        }
    }
}
