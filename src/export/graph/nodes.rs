//! The nodes of the graph with their attributes: the document's fields under the document's names, what is worked out
//! from them (`label`, `earliest`, `latest`, `open_order`, `quote`), and in `unresolved` the references that no edge
//! can say. Knows no form.

use super::{Attributes, Node, NodeKind, labels};
use crate::itinerary::{ArticleInfo, Edtf, Evidence, Extra, Meeting, Official, Place, Precedence, SCHEMA, Trip, Visit};
use crate::network::{Fact, Network, Told};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use std::collections::{HashMap, HashSet};

/// All nodes: articles, officials, places, trips, visits, meetings, each in the order of the network.
pub fn all(network: &Network) -> Vec<Node> {
    let mut nodes = Nodes { known: Known::of(network), taken: HashSet::new(), all: Vec::new() };
    nodes.list(NodeKind::Article, &network.articles, |t| &t.info.id, article);
    nodes.list(NodeKind::Official, &network.officials, |o| &o.id.0, |n, o, to| official(n, o, &o.articles, to));
    nodes.list(NodeKind::Place, &network.places, |p| &p.id.0, |n, p, to| place(n, p, &p.articles, to));
    nodes.list(NodeKind::Trip, &network.trips, |t| &t.id.0, trip);
    nodes.list(NodeKind::Visit, &network.visits, |v| &v.id.0, visit);
    nodes.list(NodeKind::Meeting, &network.meetings, |m| &m.id.0, meeting);
    nodes.all
}

/// The list being made.
struct Nodes<'a> {
    known: Known<'a>,
    taken: HashSet<String>,
    all: Vec<Node>,
}

/// What is asked of every node.
struct Known<'a> {
    network: &'a Network,
    ids: HashSet<(NodeKind, &'a str)>,
    /// Visits of each trip, by the trip that the visits name.
    visits: HashMap<&'a str, Vec<&'a Visit>>,
    /// How many visits share a trip and a number in it.
    sharing: HashMap<(&'a str, u32), usize>,
    /// Reasons of order, by article.
    reasons: HashMap<usize, Vec<&'a Precedence>>,
}

impl<'a> Nodes<'a> {
    fn list<T>(
        &mut self,
        kind: NodeKind,
        list: &'a [T],
        id: impl Fn(&T) -> &String,
        fill: impl Fn(&Known<'a>, &'a T, &mut Attributes),
    ) {
        for (position, item) in list.iter().enumerate() {
            let mut attributes = Attributes::default();
            attributes.add("type", kind.name()).add("ref", id(item)).add("position", position + 1);
            fill(&self.known, item, &mut attributes);
            let id = self.free_id(kind, id(item));
            self.all.push(Node { id, kind, attributes });
        }
    }

    /// An id of letters that every form can hold, with a number behind one that another node has.
    fn free_id(&mut self, kind: NodeKind, id: &str) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
        let wanted = format!("{}:{}", kind.name(), id.chars().map(plain).collect::<String>());
        let mut free = wanted.clone();
        let mut n = 2;
        while !self.taken.insert(free.clone()) {
            free = format!("{wanted}:{n}");
            n += 1;
        }
        free
    }
}

impl<'a> Known<'a> {
    fn of(network: &'a Network) -> Known<'a> {
        let officials = network.officials.iter().map(|o| (NodeKind::Official, o.id.0.as_str()));
        let places = network.places.iter().map(|p| (NodeKind::Place, p.id.0.as_str()));
        let trips = network.trips.iter().map(|t| (NodeKind::Trip, t.id.0.as_str()));
        let visits = network.visits.iter().map(|v| (NodeKind::Visit, v.id.0.as_str()));
        let mut known = Known {
            network,
            ids: officials.chain(places).chain(trips).chain(visits).collect(),
            visits: HashMap::new(),
            sharing: HashMap::new(),
            reasons: HashMap::new(),
        };
        for visit in &network.visits {
            known.visits.entry(&visit.trip.0).or_default().push(visit);
            if let Some(order) = visit.order {
                *known.sharing.entry((&visit.trip.0, order)).or_default() += 1;
            }
        }
        for reason in &network.sequence {
            known.reasons.entry(reason.article).or_default().push(reason);
        }
        known
    }

    fn has(&self, kind: NodeKind, id: &str) -> bool {
        self.ids.contains(&(kind, id))
    }

    /// The id of an article by its index.
    fn article(&self, index: usize) -> &str {
        self.network.articles.get(index).map_or("", |told| told.info.id.as_str())
    }
}

fn article(known: &Known<'_>, told: &Told, to: &mut Attributes) {
    let ArticleInfo { id, title, source, url, published, published_from, words, extra } = &told.info;
    to.add("label", title.as_ref().unwrap_or(id)).add("schema", SCHEMA);
    to.add_if("title", title.as_ref()).add_if("source", source.as_ref()).add_if("url", url.as_ref());
    to.add_if("published", published.as_ref()).add_if("published_from", published_from.map(name_of));
    to.add("words", *words);
    days(published.as_ref(), published.as_ref(), to);
    to.add_json("warnings", json!(told.warnings));
    to.add_json("extra", Json::Object(extra.clone())).add_json("document_extra", Json::Object(told.extra.clone()));
    to.add_json("unresolved", unresolved_order(known, told));
}

fn official(known: &Known<'_>, official: &Official, articles: &[usize], to: &mut Attributes) {
    let Official { id: _, name, title, country, aliases, mentions, extra } = official;
    to.add("label", labels::official(official)).add("name", name).add_if("title", title.as_ref());
    to.add_if("country", country.as_ref().map(|c| c.as_str())).add_json("aliases", json!(aliases));
    to.add("mentions", *mentions);
    shared(known, articles, extra, to);
}

fn place(known: &Known<'_>, place: &Place, articles: &[usize], to: &mut Attributes) {
    let Place { id: _, name, kind, country, geonames, lat, lon, aliases, extra } = place;
    to.add("label", name).add("name", name).add("kind", name_of(*kind));
    to.add_if("country", country.as_ref().map(|c| c.as_str())).add_if("geonames", *geonames);
    to.add_if("lat", *lat).add_if("lon", *lon).add_json("aliases", json!(aliases));
    shared(known, articles, extra, to);
}

fn shared(known: &Known<'_>, articles: &[usize], extra: &Extra, to: &mut Attributes) {
    let articles: Vec<&str> = articles.iter().map(|i| known.article(*i)).collect();
    to.add_json("articles", json!(articles)).add_json("extra", Json::Object(extra.clone()));
}

fn trip(known: &Known<'_>, trip: &Fact<Trip>, to: &mut Attributes) {
    let Trip { id, traveller, kind, visits: _, extra } = &trip.what;
    to.add("label", labels::trip(known.network, trip)).add("kind", name_of(*kind));
    let own = known.visits.get(id.0.as_str()).map(Vec::as_slice).unwrap_or_default();
    let ends = own.iter().map(|v| visit_days(v));
    let (firsts, lasts): (Vec<_>, Vec<_>) = ends.unzip();
    to.add_if("earliest", firsts.into_iter().flatten().min()).add_if("latest", lasts.into_iter().flatten().max());
    fact(known, trip.article, extra, to);
    let mut open = Map::new();
    // A trip has no edge of its own to its traveller; where its visits do not say who that is, or someone else, it is
    // said here.
    if own.is_empty() || own.iter().any(|v| v.traveller != *traveller) || !known.has(NodeKind::Official, &traveller.0) {
        open.insert("traveller".into(), json!(traveller));
    }
    if !said_by_edges(trip, own) {
        open.insert("visits".into(), json!(trip.visits));
    }
    to.add_json("unresolved", Json::Object(open));
}

/// Whether the visits that name a trip, by their places in its list, are just its list.
fn said_by_edges(trip: &Trip, own: &[&Visit]) -> bool {
    let mut listed: Vec<_> = own.iter().filter_map(|v| trip.visits.iter().position(|id| *id == v.id)).collect();
    listed.sort_unstable();
    listed.into_iter().eq(0..trip.visits.len())
}

fn visit(known: &Known<'_>, visit: &Fact<Visit>, to: &mut Attributes) {
    let Visit { id: _, traveller, place, country, status, start, end, trip, order, confidence, evidence, extra } =
        &visit.what;
    to.add("label", labels::visit(known.network, visit)).add_if("country", country.as_ref().map(|c| c.as_str()));
    to.add_if("when", said(labels::visit_time(visit)));
    to.add("status", name_of(*status)).add_if("start", start.as_ref()).add_if("end", end.as_ref());
    to.add_if("order", *order);
    let sharing = order.and_then(|order| known.sharing.get(&(trip.0.as_str(), order)));
    to.add("open_order", sharing.is_some_and(|n| *n > 1));
    days(start.as_ref().or(end.as_ref()), end.as_ref().or(start.as_ref()), to);
    to.add_if("confidence", *confidence);
    proof(evidence, to);
    fact(known, visit.article, extra, to);
    let mut open = Map::new();
    let mut refers = |kind, name: &str, id: &str| {
        if !known.has(kind, id) {
            open.insert(name.into(), json!(id));
        }
    };
    refers(NodeKind::Official, "traveller", &traveller.0);
    refers(NodeKind::Place, "place", &place.0);
    refers(NodeKind::Trip, "trip", &trip.0);
    to.add_json("unresolved", Json::Object(open));
}

fn meeting(known: &Known<'_>, meeting: &Fact<Meeting>, to: &mut Attributes) {
    let Meeting { id: _, participants, groups, visit, place, .. } = &meeting.what;
    let Meeting { country, date, status, mode, duration, confidence, evidence, extra, .. } = &meeting.what;
    to.add("label", labels::meeting(known.network, meeting)).add_json("groups", json!(groups));
    to.add_if("country", country.as_ref().map(|c| c.as_str())).add_if("date", date.as_ref());
    to.add_if("when", date.as_ref().map(labels::date_in_words));
    to.add("status", name_of(*status)).add("mode", name_of(*mode)).add_if("duration", duration.as_ref());
    days(date.as_ref(), date.as_ref(), to);
    to.add_if("confidence", *confidence);
    proof(evidence, to);
    fact(known, meeting.article, extra, to);
    let mut open = Map::new();
    if participants.iter().any(|p| !known.has(NodeKind::Official, &p.0)) {
        open.insert("participants".into(), json!(participants));
    }
    if let Some(id) = visit.as_ref().filter(|v| !known.has(NodeKind::Visit, &v.0)) {
        open.insert("visit".into(), json!(id));
    }
    if let Some(id) = place.as_ref().filter(|p| !known.has(NodeKind::Place, &p.0)) {
        open.insert("place".into(), json!(id));
    }
    to.add_json("unresolved", Json::Object(open));
}

fn fact(known: &Known<'_>, article: usize, extra: &Extra, to: &mut Attributes) {
    to.add("article", known.article(article)).add_json("extra", Json::Object(extra.clone()));
}

/// The evidence with its offsets, and its words for a reader.
pub fn proof(evidence: &[Evidence], to: &mut Attributes) {
    if !evidence.is_empty() {
        let quotes: Vec<&str> = evidence.iter().map(|e| e.quote.as_str()).collect();
        to.add("quote", quotes.join(" … ")).add_json("evidence", json!(evidence));
    }
}

/// The whole order of an article, where a reason of it names a visit that is not there.
fn unresolved_order(known: &Known<'_>, told: &Told) -> Json {
    let index = known.network.articles.iter().position(|t| std::ptr::eq(t, told));
    let reasons = index.and_then(|i| known.reasons.get(&i)).map(Vec::as_slice).unwrap_or_default();
    let there = |r: &Precedence| known.has(NodeKind::Visit, &r.before.0) && known.has(NodeKind::Visit, &r.after.0);
    if reasons.iter().all(|r| there(r)) { Json::Null } else { json!({ "sequence": reasons }) }
}

/// First and last day that a visit may have.
fn visit_days(visit: &Visit) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let first = visit.start.as_ref().or(visit.end.as_ref()).and_then(Edtf::earliest);
    let last = visit.end.as_ref().or(visit.start.as_ref()).and_then(Edtf::latest);
    (first, last)
}

fn said(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn days(start: Option<&Edtf>, end: Option<&Edtf>, to: &mut Attributes) {
    to.add_if("earliest", start.and_then(Edtf::earliest)).add_if("latest", end.and_then(Edtf::latest));
}

/// The name that a unit of an enumeration has in a document.
pub fn name_of(unit: impl Serialize) -> String {
    match serde_json::to_value(unit) {
        Ok(Json::String(name)) => name,
        _ => String::new(),
    }
}
