//! A network as linked data: nodes with the terms of `data/linked/terms.tsv`, made once, from which Turtle and JSON-LD
//! are written, so that both hold the same graph. schema.org says who, where and what, OWL-Time when and in which
//! order, PROV-O from which words. Knows neither form.

use super::ExportError;
use super::attributes::{own_id, word};
use super::days::Days;
use super::terms::{Kind, Vocabulary};
use crate::gazetteer::Gazetteer;
use crate::itinerary::{Part, 
    CountryCode, Edtf, Evidence, Extra, Group, Meeting, Mode, Official, OfficialId, Place, PlaceId, PlaceKind,
    Precedence, Precision, SCHEMA, Status, Trip, TripId, Visit, VisitId,
};
use crate::network::{Fact, Network, Shared, Told};
use oxrdf::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term, Triple, vocab::rdf};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What every IRI of a thing begins with.
const THINGS: &str = "urn:portolan:id";

/// Something with types and values, each under a term's name.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub iri: String,
    pub types: Vec<&'static str>,
    /// Values in the order in which they were said; a name may come several times.
    pub values: Vec<(&'static str, Value)>,
}

/// What a node says.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Another thing, by IRI.
    Link(String),
    /// A text, or a value of the term's datatype in its written form.
    Text(String),
    /// A list, whose order counts.
    List(Vec<Value>),
}

/// The nodes of a network.
///
/// # Errors
///
/// When two things of a kind have the same id: they would become one.
pub fn nodes(network: &Network, format: &'static str) -> Result<Vec<Node>, ExportError> {
    let mut writer = Writer::of(network);
    writer.articles();
    writer.officials();
    writer.places();
    writer.trips();
    writer.visits();
    writer.meetings();
    writer.precedences();
    writer.countries();
    writer.missing();
    let mut seen = HashSet::new();
    match writer.nodes.iter().find(|n| !seen.insert(n.iri.as_str())) {
        Some(twice) => Err(ExportError { format, reason: format!("two things have the id of <{}>", twice.iri) }),
        None => Ok(writer.nodes),
    }
}

/// The nodes as triples; lists as chains of blank nodes.
pub fn triples(nodes: &[Node], vocabulary: &Vocabulary) -> Vec<Triple> {
    let mut all = Triples { vocabulary, lists: 0, triples: Vec::new() };
    nodes.iter().for_each(|node| all.node(node));
    all.triples
}

struct Triples<'a> {
    vocabulary: &'a Vocabulary,
    /// How many cells of lists there are.
    lists: usize,
    triples: Vec<Triple>,
}

impl Triples<'_> {
    fn node(&mut self, node: &Node) {
        let subject: NamedOrBlankNode = NamedNode::new_unchecked(node.iri.clone()).into();
        for class in &node.types {
            let class = NamedNode::new_unchecked(self.vocabulary.of(class));
            self.triples.push(Triple::new(subject.clone(), rdf::TYPE, class));
        }
        // The cells of lists come after the node, so that a node stands in one piece.
        let mut lists = Vec::new();
        for (key, value) in &node.values {
            let term = self.vocabulary.term(key);
            let predicate = NamedNode::new_unchecked(self.vocabulary.of(key));
            let object = match value {
                Value::List(items) => self.list(items, &mut lists),
                single => self.term(single, term.map(|t| t.kind)),
            };
            self.triples.push(Triple::new(subject.clone(), predicate, object));
        }
        self.triples.append(&mut lists);
    }

    fn term(&self, value: &Value, kind: Option<Kind>) -> Term {
        match (value, kind) {
            (Value::Link(iri), _) => NamedNode::new_unchecked(self.vocabulary.iri(iri)).into(),
            (Value::Text(text), Some(Kind::Typed(datatype))) => {
                let datatype = NamedNode::new_unchecked(self.vocabulary.iri(datatype));
                Literal::new_typed_literal(text.clone(), datatype).into()
            }
            (Value::Text(text), _) => Literal::new_simple_literal(text.clone()).into(),
            // Lists hold no lists.
            (Value::List(_), _) => rdf::NIL.into_owned().into(),
        }
    }

    fn list(&mut self, items: &[Value], cells: &mut Vec<Triple>) -> Term {
        let first = self.lists;
        self.lists += items.len();
        let cell = |n: usize| BlankNode::new_unchecked(format!("list{n}"));
        for (i, item) in items.iter().enumerate() {
            let rest: Term =
                if i + 1 < items.len() { cell(first + i + 1).into() } else { rdf::NIL.into_owned().into() };
            cells.push(Triple::new(cell(first + i), rdf::FIRST, self.term(item, None)));
            cells.push(Triple::new(cell(first + i), rdf::REST, rest));
        }
        if items.is_empty() { rdf::NIL.into_owned().into() } else { cell(first).into() }
    }
}

/// A segment of an IRI: what is not a letter, digit, `-`, `.`, `_` or `~` as the bytes of its UTF-8 in hexadecimal
/// (RFC 3986).
pub fn segment(id: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    id.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

impl Node {
    fn new(iri: String, types: &[&'static str]) -> Node {
        Node { iri, types: types.to_vec(), values: Vec::new() }
    }

    fn link(&mut self, key: &'static str, iri: impl Into<String>) {
        self.values.push((key, Value::Link(iri.into())));
    }

    fn put(&mut self, key: &'static str, value: impl ToString) {
        self.values.push((key, Value::Text(value.to_string())));
    }

    fn maybe<T: ToString>(&mut self, key: &'static str, value: Option<T>) {
        value.into_iter().for_each(|v| self.put(key, v));
    }

    /// A word of the document as a value of our own, such as `portolan:status-planned`.
    fn word(&mut self, key: &'static str, value: &impl Serialize) {
        self.link(key, format!("portolan:{key}-{}", word(value)));
    }

    fn list(&mut self, key: &'static str, items: Vec<Value>) {
        if !items.is_empty() {
            self.values.push((key, Value::List(items)));
        }
    }

    fn extra(&mut self, key: &'static str, extra: &Extra) {
        if !extra.is_empty() {
            self.put(key, serde_json::to_string(extra).unwrap_or_default());
        }
    }

    fn aliases(&mut self, aliases: &[String]) {
        aliases.iter().collect::<BTreeSet<_>>().iter().for_each(|a| self.put("alternateName", a));
        self.list("aliases", aliases.iter().cloned().map(Value::Text).collect());
    }
}

struct Writer<'a> {
    network: &'a Network,
    officials: HashMap<&'a OfficialId, String>,
    places: HashMap<&'a PlaceId, String>,
    /// The article of each visit and trip.
    visits: HashMap<&'a VisitId, usize>,
    trips: HashMap<&'a TripId, usize>,
    countries: BTreeSet<&'a str>,
    nodes: Vec<Node>,
}

impl<'a> Writer<'a> {
    fn of(network: &'a Network) -> Writer<'a> {
        let mut writer = Writer {
            network,
            officials: HashMap::new(),
            places: HashMap::new(),
            visits: network.visits.iter().map(|v| (&v.what.id, v.article)).collect(),
            trips: network.trips.iter().map(|t| (&t.what.id, t.article)).collect(),
            countries: BTreeSet::new(),
            nodes: Vec::new(),
        };
        writer.officials =
            network.officials.iter().map(|o| (&o.what.id, writer.shared(o, "official", &o.id.0))).collect();
        writer.places = network.places.iter().map(|p| (&p.what.id, writer.shared(p, "place", &p.id.0))).collect();
        writer
    }

    fn article(&self, article: usize) -> String {
        named(self.network.articles.get(article).map_or("", |t| &t.info.id))
    }

    /// A person or place, named after the first article that has it.
    fn shared<T>(&self, thing: &Shared<T>, kind: &str, id: &str) -> String {
        self.thing(thing.articles.first().copied().unwrap_or_default(), kind, id)
    }

    /// A thing of an article.
    fn thing(&self, article: usize, kind: &str, id: &str) -> String {
        format!("{}:{kind}:{}", self.article(article), segment(own_id(self.network, article, id)))
    }

    fn official(&self, id: &OfficialId, article: usize) -> String {
        self.officials.get(id).cloned().unwrap_or_else(|| self.thing(article, "official", &id.0))
    }

    fn place(&self, id: &PlaceId, article: usize) -> String {
        self.places.get(id).cloned().unwrap_or_else(|| self.thing(article, "place", &id.0))
    }

    fn visit(&self, id: &VisitId, article: usize) -> String {
        self.thing(self.visits.get(id).copied().unwrap_or(article), "visit", &id.0)
    }

    fn trip(&self, id: &TripId, article: usize) -> String {
        self.thing(self.trips.get(id).copied().unwrap_or(article), "trip", &id.0)
    }

    fn country(&mut self, node: &mut Node, key: &'static str, code: Option<&'a CountryCode>) {
        if let Some(code) = code {
            self.countries.insert(code.as_str());
            node.link(key, country(code.as_str()));
        }
    }

    fn articles(&mut self) {
        for (i, told) in self.network.articles.iter().enumerate() {
            let mut node = self.told(i, told);
            let officials = self.network.officials.iter().filter(|o| o.articles.contains(&i));
            officials.for_each(|o| node.link("mentions", self.official(&o.id, i)));
            let places = self.network.places.iter().filter(|p| p.articles.contains(&i));
            places.for_each(|p| node.link("mentions", self.place(&p.id, i)));
            let parts = told.info.merged_from();
            parts.iter().for_each(|p| node.link("wasDerivedFrom", named(&p.id)));
            self.nodes.push(node);
            parts.iter().for_each(|p| self.part(p));
        }
    }

    /// An article or register that a merged document was made from, unless it is a document here itself.
    fn part(&mut self, part: &Part) {
        let iri = named(&part.id);
        if self.nodes.iter().any(|n| n.iri == iri) || self.network.articles.iter().any(|a| a.info.id == part.id) {
            return;
        }
        let classes: &[&str] = if part.register { &["Entity"] } else { &["NewsArticle", "Entity"] };
        let mut node = Node::new(iri, classes);
        node.put("identifier", &part.id);
        node.maybe("headline", part.title.as_ref());
        node.maybe("source", part.source.as_ref());
        node.maybe("url", part.url.as_ref());
        node.maybe("published", part.published.as_ref());
        self.nodes.push(node);
    }

    fn told(&self, article: usize, told: &Told) -> Node {
        let info = &told.info;
        let mut node = Node::new(self.article(article), &["NewsArticle", "Entity"]);
        node.put("documentVersion", SCHEMA);
        node.put("identifier", &info.id);
        node.put("position", article + 1);
        node.maybe("headline", info.title.as_ref());
        node.maybe("source", info.source.as_ref());
        node.maybe("url", info.url.as_ref());
        node.maybe("published", info.published.as_ref());
        node.maybe("datePublished", info.published.as_ref().filter(|d| !d.is_qualified()).and_then(Edtf::as_day));
        info.published_from.iter().for_each(|from| node.word("publishedFrom", from));
        node.put("wordCount", info.words);
        node.list("warnings", told.warnings.iter().cloned().map(Value::Text).collect());
        node.extra("extra", &info.extra);
        node.extra("documentExtra", &told.extra);
        node
    }

    fn officials(&mut self) {
        for (i, official) in self.network.officials.iter().enumerate() {
            let node = self.person(i, &official.what);
            self.nodes.push(node);
        }
    }

    fn person(&mut self, i: usize, official: &'a Official) -> Node {
        let mut node = Node::new(self.official(&official.id, 0), &["Person"]);
        node.put("identifier", &official.id);
        node.put("position", i + 1);
        node.put("name", &official.name);
        node.maybe("jobTitle", official.title.as_ref());
        self.country(&mut node, "serves", official.country.as_ref());
        node.aliases(&official.aliases);
        node.put("mentionCount", official.mentions);
        node.extra("extra", &official.extra);
        node
    }

    fn places(&mut self) {
        for (i, place) in self.network.places.iter().enumerate() {
            let node = self.location(i, &place.what);
            self.nodes.push(node);
        }
    }

    fn location(&mut self, i: usize, place: &'a Place) -> Node {
        let class = match place.kind {
            PlaceKind::Country => "Country",
            PlaceKind::Territory | PlaceKind::Region => "AdministrativeArea",
            PlaceKind::City => "City",
            PlaceKind::Site => "Place",
        };
        let mut node = Node::new(self.place(&place.id, 0), &[class]);
        node.types.extend((class != "Place").then_some("Place"));
        node.put("identifier", &place.id);
        node.put("position", i + 1);
        node.put("name", &place.name);
        node.word("kind", &place.kind);
        self.country(&mut node, "containedInPlace", place.country.as_ref());
        node.maybe("geonames", place.geonames);
        place.geonames.iter().for_each(|id| node.link("sameAs", format!("https://sws.geonames.org/{id}/")));
        node.maybe("latitude", place.lat);
        node.maybe("longitude", place.lon);
        node.aliases(&place.aliases);
        node.extra("extra", &place.extra);
        node
    }

    fn trips(&mut self) {
        for (i, trip) in self.network.trips.iter().enumerate() {
            let node = self.journey(i, trip);
            self.nodes.push(node);
        }
    }

    fn journey(&self, i: usize, trip: &Fact<Trip>) -> Node {
        let mut node = Node::new(self.thing(trip.article, "trip", &trip.id.0), &["Trip"]);
        node.put("identifier", &trip.id);
        node.put("position", i + 1);
        node.link("traveller", self.official(&trip.traveller, trip.article));
        node.word("kind", &trip.kind);
        let visits = trip.visits.iter().map(|v| Value::Link(self.visit(v, trip.article)));
        node.list("visits", visits.collect());
        node.link("hadPrimarySource", self.article(trip.article));
        node.extra("extra", &trip.extra);
        node
    }

    fn visits(&mut self) {
        for (i, visit) in self.network.visits.iter().enumerate() {
            let mut node = self.stop(i, visit);
            self.open_order(&mut node, visit);
            let time = format!("{}:time", node.iri);
            node.link("hasTime", &time);
            self.facts(&mut node, visit.article, &visit.what.evidence, &visit.what.extra);
            let mut interval = interval(time, Days::of_visit(visit));
            let mut said = HashSet::new();
            for later in self.network.sequence.iter().filter(|p| p.before == visit.id && said.insert(&p.after)) {
                interval.link("intervalBefore", format!("{}:time", self.visit(&later.after, later.article)));
            }
            self.time(interval, visit.start.as_ref(), visit.end.as_ref());
        }
    }

    fn stop(&mut self, i: usize, visit: &'a Fact<Visit>) -> Node {
        let (visit, article) = (&visit.what, visit.article);
        let mut node = Node::new(self.thing(article, "visit", &visit.id.0), &["TravelAction"]);
        node.put("identifier", &visit.id);
        node.put("position", i + 1);
        node.link("agent", self.official(&visit.traveller, article));
        node.link("toLocation", self.place(&visit.place, article));
        self.country(&mut node, "country", visit.country.as_ref());
        node.link("actionStatus", format!("schema:{}", action_status(visit.status)));
        node.word("status", &visit.status);
        node.maybe("start", visit.start.as_ref());
        node.maybe("end", visit.end.as_ref());
        node.link("trip", self.trip(&visit.trip, article));
        node.maybe("order", visit.order);
        node.maybe("confidence", visit.confidence);
        node
    }

    fn open_order(&self, node: &mut Node, visit: &Fact<Visit>) {
        let same = |v: &&Fact<Visit>| v.trip == visit.trip && v.order == visit.order && v.id != visit.id;
        if visit.order.is_some() {
            let others = self.network.visits.iter().filter(same);
            others.for_each(|v| node.link("orderOpenWith", self.visit(&v.id, v.article)));
        }
    }

    /// Writes an interval with its beginning and end.
    fn time(&mut self, mut interval: Node, start: Option<&Edtf>, end: Option<&Edtf>) {
        let mut instants = Vec::new();
        for (key, name, date) in [("hasBeginning", "begin", start), ("hasEnd", "end", end)] {
            if let Some(date) = date {
                let instant = instant(format!("{}:{name}", interval.iri), date);
                interval.link(key, &instant.iri);
                instants.push(instant);
            }
        }
        self.nodes.push(interval);
        self.nodes.extend(instants);
    }

    fn meetings(&mut self) {
        for (i, meeting) in self.network.meetings.iter().enumerate() {
            let mut node = self.occasion(i, meeting);
            let groups = self.groups(&mut node, &meeting.what.groups);
            let time = format!("{}:time", node.iri);
            node.link("hasTime", &time);
            self.facts(&mut node, meeting.article, &meeting.what.evidence, &meeting.what.extra);
            self.nodes.extend(groups);
            self.time(interval(time, Days::of_meeting(meeting)), meeting.date.as_ref(), meeting.date.as_ref());
        }
    }

    fn occasion(&mut self, i: usize, meeting: &'a Fact<Meeting>) -> Node {
        let (meeting, article) = (&meeting.what, meeting.article);
        let mut node = Node::new(self.thing(article, "meeting", &meeting.id.0), &["Event"]);
        node.put("identifier", &meeting.id);
        node.put("position", i + 1);
        let people: Vec<String> = meeting.participants.iter().map(|p| self.official(p, article)).collect();
        let mut said = HashSet::new();
        people.iter().filter(|p| said.insert(*p)).for_each(|p| node.link("attendee", p));
        node.list("participants", people.iter().cloned().map(Value::Link).collect());
        meeting.place.iter().for_each(|p| node.link("location", self.place(p, article)));
        self.country(&mut node, "country", meeting.country.as_ref());
        meeting.visit.iter().for_each(|v| node.link("during", self.visit(v, article)));
        node.maybe("date", meeting.date.as_ref());
        node.link("eventStatus", format!("schema:{}", event_status(meeting.status)));
        node.word("status", &meeting.status);
        node.link("eventAttendanceMode", format!("schema:{}", attendance(meeting.mode)));
        node.word("mode", &meeting.mode);
        node.maybe("duration", meeting.duration.as_ref());
        node.maybe("confidence", meeting.confidence);
        node
    }

    fn groups(&mut self, node: &mut Node, groups: &'a [Group]) -> Vec<Node> {
        let mut nodes = Vec::new();
        for (i, group) in groups.iter().enumerate() {
            let mut party = Node::new(format!("{}:group:{}", node.iri, i + 1), &["Group"]);
            party.put("position", i + 1);
            party.put("name", &group.label);
            self.country(&mut party, "country", group.country.as_ref());
            party.extra("extra", &group.extra);
            node.link("groups", &party.iri);
            nodes.push(party);
        }
        nodes
    }

    fn precedences(&mut self) {
        for (i, edge) in self.network.sequence.iter().enumerate() {
            let mut node = self.precedence(i, edge);
            let evidence: Vec<Evidence> = edge.evidence.iter().cloned().collect();
            self.facts(&mut node, edge.article, &evidence, &edge.extra);
        }
    }

    fn precedence(&self, i: usize, edge: &Fact<Precedence>) -> Node {
        // Numbered within its article, so that its name does not depend on the others.
        let before = self.network.sequence.iter().take(i).filter(|p| p.article == edge.article).count();
        let iri = format!("{}:precedence:{}", self.article(edge.article), before + 1);
        let mut node = Node::new(iri, &["Precedence"]);
        node.put("position", i + 1);
        node.link("before", self.visit(&edge.before, edge.article));
        node.link("after", self.visit(&edge.after, edge.article));
        node.word("because", &edge.because);
        node
    }

    /// Ends a fact: which article it is of, the words that it came from, and what else stands there. Writes it and its
    /// words.
    fn facts(&mut self, node: &mut Node, article: usize, evidence: &[Evidence], extra: &Extra) {
        let source = self.article(article);
        node.link("hadPrimarySource", &source);
        node.extra("extra", extra);
        let quotes: Vec<Node> =
            evidence.iter().enumerate().map(|(i, words)| quote(&node.iri, i + 1, words, &source)).collect();
        quotes.iter().for_each(|q| node.link("wasDerivedFrom", &q.iri));
        self.nodes.push(node.clone());
        self.nodes.extend(quotes);
    }

    /// Ids that the document refers to and has nothing for: their nodes say the id and nothing else.
    fn missing(&mut self) {
        let known: HashSet<String> = self.nodes.iter().map(|n| n.iri.clone()).collect();
        let missing: BTreeMap<String, &str> =
            self.referred().into_iter().filter(|(iri, _)| !known.contains(iri)).collect();
        for (iri, id) in missing {
            let mut node = Node::new(iri, &[]);
            node.put("identifier", id);
            self.nodes.push(node);
        }
    }

    /// All references, as IRI and id.
    fn referred(&self) -> Vec<(String, &'a str)> {
        let official = |id: &'a OfficialId, article| (self.official(id, article), id.0.as_str());
        let place = |id: &'a PlaceId, article| (self.place(id, article), id.0.as_str());
        let visit = |id: &'a VisitId, article| (self.visit(id, article), id.0.as_str());
        let mut all = Vec::new();
        for trip in &self.network.trips {
            all.push(official(&trip.what.traveller, trip.article));
            all.extend(trip.what.visits.iter().map(|v| visit(v, trip.article)));
        }
        for stop in &self.network.visits {
            all.push(official(&stop.what.traveller, stop.article));
            all.push(place(&stop.what.place, stop.article));
            all.push((self.trip(&stop.what.trip, stop.article), &stop.what.trip.0));
        }
        for meeting in &self.network.meetings {
            all.extend(meeting.what.participants.iter().map(|p| official(p, meeting.article)));
            all.extend(meeting.what.visit.iter().map(|v| visit(v, meeting.article)));
            all.extend(meeting.what.place.iter().map(|p| place(p, meeting.article)));
        }
        for edge in &self.network.sequence {
            all.extend([&edge.what.before, &edge.what.after].map(|v| visit(v, edge.article)));
        }
        all
    }

    fn countries(&mut self) {
        for code in &self.countries {
            let known = Gazetteer::embedded().country(code);
            let class = if known.is_some() { "Country" } else { "Organization" };
            let mut node = Node::new(country(code), &[class]);
            node.put("identifier", code);
            node.maybe("name", known.map(|k| k.name));
            self.nodes.push(node);
        }
    }
}

/// The IRI of a state or organisation.
fn country(code: &str) -> String {
    format!("urn:portolan:country:{}", segment(code))
}

/// The IRI of an article.
fn named(id: &str) -> String {
    format!("{THINGS}:{}", segment(id))
}

fn quote(of: &str, number: usize, words: &Evidence, article: &str) -> Node {
    let mut node = Node::new(format!("{of}:evidence:{number}"), &["Quotation", "Entity"]);
    node.put("position", number);
    node.put("text", &words.quote);
    node.put("startByte", words.start);
    node.put("endByte", words.end);
    // A merged document says of each quote in which article it stands.
    let own = words.extra.get("article").and_then(|a| a.as_str()).map(named);
    node.link("wasQuotedFrom", own.as_deref().unwrap_or(article));
    node.extra("extra", &words.extra);
    node
}

fn interval(iri: String, days: Days) -> Node {
    let mut node = Node::new(iri, &["ProperInterval"]);
    node.maybe("earliest", days.earliest);
    node.maybe("latest", days.latest);
    node
}

/// A point in time; what is not marked as doubtful also in the words of OWL-Time.
fn instant(iri: String, date: &Edtf) -> Node {
    let mut node = Node::new(iri, &["Instant"]);
    if !date.is_interval() && !date.is_qualified() && date.as_season().is_none() {
        let key = match date.precision() {
            Precision::Day => "inXSDDate",
            Precision::Month => "inXSDgYearMonth",
            _ => "inXSDgYear",
        };
        node.put(key, date);
    }
    node.maybe("notBefore", date.earliest());
    node.maybe("notAfter", date.latest());
    node
}

fn action_status(status: Status) -> &'static str {
    match status {
        Status::Completed => "CompletedActionStatus",
        Status::Planned | Status::Possible => "PotentialActionStatus",
        Status::Cancelled => "FailedActionStatus",
    }
}

fn event_status(status: Status) -> &'static str {
    if status == Status::Cancelled { "EventCancelled" } else { "EventScheduled" }
}

fn attendance(mode: Mode) -> &'static str {
    if mode == Mode::InPerson { "OfflineEventAttendanceMode" } else { "OnlineEventAttendanceMode" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::itinerary::Itinerary;
    use serde_json::json;

    fn document() -> Itinerary {
        let visit = |id: &str, order: u32, start: &str| {
            json!({ "id": id, "traveller": "o", "place": "p", "country": "IQ", "trip": "t", "status": "planned",
                    "order": order, "start": start })
        };
        serde_json::from_value(json!({
            "schema": SCHEMA,
            "article": { "id": "a b" },
            "officials": [{ "id": "o", "name": "Anna Berg", "country": "EU" }],
            "places": [{ "id": "p", "name": "Baghdad", "kind": "city", "country": "IQ", "geonames": 98182 }],
            "trips": [{ "id": "t", "traveller": "o", "kind": "main", "visits": ["v1", "v2", "v3"] }],
            "visits": [visit("v1", 1, "2023-11-05"), visit("v2", 2, "2023-11"), visit("v3", 2, "2023-11-06~")],
            "sequence": [{ "before": "v1", "after": "v2", "because": "date" },
                         { "before": "v1", "after": "v2", "because": "phrase" }]
        }))
        .unwrap()
    }

    fn said<'a>(nodes: &'a [Node], iri: &str, key: &str) -> Vec<&'a str> {
        let node = nodes.iter().find(|n| n.iri == iri).unwrap_or_else(|| panic!("<{iri}>"));
        let plain = |value: &'a Value| match value {
            Value::Link(text) | Value::Text(text) => text.as_str(),
            Value::List(_) => "list",
        };
        node.values.iter().filter(|(k, _)| *k == key).map(|(_, v)| plain(v)).collect()
    }

    #[test]
    fn every_name_that_is_used_is_in_the_table() {
        let vocabulary = Vocabulary::new();
        for node in nodes(&Network::of(&[document()]), "turtle").unwrap() {
            let keys = node.values.iter().map(|(key, _)| *key).chain(node.types.iter().copied());
            keys.for_each(|key| assert!(vocabulary.term(key).is_some(), "{key}"));
        }
    }

    #[test]
    fn an_order_is_said_once_and_an_open_one_both_ways() {
        let nodes = nodes(&Network::of(&[document()]), "turtle").unwrap();
        let visit = |n: u32| format!("urn:portolan:id:a%20b:visit:v{n}");
        let time = format!("{}:time", visit(1));
        assert_eq!(said(&nodes, &time, "intervalBefore"), [format!("{}:time", visit(2))]);
        assert_eq!(said(&nodes, &visit(2), "orderOpenWith"), [visit(3)]);
        assert_eq!(said(&nodes, &visit(3), "orderOpenWith"), [visit(2)]);
        assert!(said(&nodes, &visit(1), "orderOpenWith").is_empty());
    }

    #[test]
    fn times_say_no_more_than_the_text() {
        let nodes = nodes(&Network::of(&[document()]), "turtle").unwrap();
        let begin = |n: u32| format!("urn:portolan:id:a%20b:visit:v{n}:time:begin");
        assert_eq!(said(&nodes, &begin(1), "inXSDDate"), ["2023-11-05"]);
        assert_eq!(said(&nodes, &begin(2), "inXSDgYearMonth"), ["2023-11"]);
        assert!(said(&nodes, &begin(3), "inXSDDate").is_empty());
        assert_eq!(said(&nodes, &begin(3), "notBefore"), ["2023-11-06"]);
    }

    #[test]
    fn an_article_has_the_same_names_alone_and_among_others() {
        let alone = nodes(&Network::of(&[document()]), "turtle").unwrap();
        let other =
            Itinerary { article: crate::itinerary::ArticleInfo { id: "z".into(), ..Default::default() }, ..document() };
        let both = nodes(&Network::of(&[document(), other]), "turtle").unwrap();
        let names: HashSet<&str> = both.iter().map(|n| n.iri.as_str()).collect();
        alone.iter().for_each(|n| assert!(names.contains(n.iri.as_str()), "{}", n.iri));
    }

    #[test]
    fn states_and_bodies_are_told_apart() {
        let nodes = nodes(&Network::of(&[document()]), "turtle").unwrap();
        let types = |iri: &str| nodes.iter().find(|n| n.iri == iri).map(|n| n.types.clone());
        assert_eq!(types("urn:portolan:country:IQ"), Some(vec!["Country"]));
        assert_eq!(types("urn:portolan:country:EU"), Some(vec!["Organization"]));
        assert_eq!(said(&nodes, "urn:portolan:country:IQ", "name"), ["Iraq"]);
    }
}
