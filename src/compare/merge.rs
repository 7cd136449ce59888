//! One itinerary out of a comparison: each fact once, with the sources that have it, and the order from the reasons of all of them.
//!
//! Fields beyond version 1 of the document: of visits and meetings `sources` (article, id there, status, dates, place) and `support` (how
//! many articles have it), of visits `dated_by` (the source that alone has the day) and `from_register` (fields that no article has); of
//! evidence `article`, whose text it points into; of edges `sources` (the articles that have the stops in this order); of the article
//! `merged_from` (id, title, source, url, date, warnings and own `sequence` of each article, and registers with `register: true`). By
//! these a merged document can be taken apart again ([`super::unfold`]).

use super::findings::told;
use super::resolve;
use super::sequence::{Known, Pair, Sequence};
use super::unfold::{Had, HadMeeting};
use super::{Comparison, Finding, Journey, Kind, Stop};
use crate::itinerary::{
    ArticleInfo, Edtf, Evidence, Extra, Itinerary, Meeting, MeetingId, OfficialId, Part, PlaceId, Precedence, SCHEMA,
    Status, Trip, TripId, TripKind, Visit, VisitId,
};
use crate::network::{Fact, Network};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

/// The merged itinerary: journeys that several sources share, then those of one alone. A register only fills what articles leave open: it
/// adds no stop of its own.
pub fn merged(comparison: &Comparison) -> Itinerary {
    let mut made = Making {
        comparison,
        visits: Vec::new(),
        trips: Vec::new(),
        sequence: Vec::new(),
        warnings: Vec::new(),
        of: HashMap::new(),
    };
    comparison.journeys.iter().chain(&comparison.single).for_each(|j| made.journey(j));
    let meetings = meetings(comparison, &made.of);
    made.finish(meetings)
}

struct Making<'a> {
    comparison: &'a Comparison,
    visits: Vec<Visit>,
    trips: Vec<Trip>,
    sequence: Vec<Precedence>,
    warnings: Vec<String>,
    /// Visit of the result by visit of the network.
    of: HashMap<VisitId, VisitId>,
}

impl Making<'_> {
    fn network(&self) -> &Network {
        &self.comparison.network
    }

    fn journey(&mut self, journey: &Journey) {
        let told = |s: &&Stop| s.told.iter().any(|t| self.comparison.sources[t.source].kind == Kind::Article);
        let stops: Vec<&Stop> = journey.stops.iter().filter(told).collect();
        let same: Vec<Vec<usize>> = stops.iter().map(|s| self.indices(s)).collect();
        let known = Sequence::of(self.comparison, &stops);
        let trip = TripId(format!("t{}", self.trips.len() + 1));
        let first = self.visits.len();
        for (i, stop) in stops.iter().enumerate() {
            let visit = self.visit(stop, &same[i], &trip, known.order[i]);
            stop.told.iter().for_each(|t| {
                self.of.insert(t.node.clone(), visit.id.clone());
            });
            self.visits.push(visit);
        }
        let ids: Vec<VisitId> = self.visits[first..].iter().map(|v| v.id.clone()).collect();
        let edges: Vec<Precedence> = known.kept.iter().map(|k| self.precedence(k, &ids)).collect();
        self.sequence.extend(edges);
        let disorder = self.disorder(&known, &stops);
        self.warnings.extend(disorder);
        self.warnings.extend(stops.iter().flat_map(|s| contradictions(s, &self.comparison.sources)));
        let main = same
            .iter()
            .flatten()
            .any(|i| self.network().trip(&self.network().visits[*i].trip).is_some_and(|t| t.kind == TripKind::Main));
        let kind = if main { TripKind::Main } else { TripKind::Background };
        let extra = same
            .iter()
            .flatten()
            .filter_map(|i| self.network().trip(&self.network().visits[*i].trip))
            // A register's trips carry the rows that it could not read.
            .filter(|t| self.comparison.sources[t.article].kind == Kind::Article)
            .fold(Extra::new(), |known, t| added(known, &t.extra));
        self.trips.push(Trip { id: trip, traveller: journey.traveller.clone(), kind, visits: ids, extra });
    }

    /// Sentences for orders that the sources contradict each other in.
    fn disorder(&self, known: &Sequence, stops: &[&Stop]) -> Vec<String> {
        let ids = |of: &[usize]| ids(&self.comparison.sources, of);
        let pair = |(a, b, one, other): &Pair| {
            let (a, b) = (&stops[*a].name, &stops[*b].name);
            format!("contradictory order: {} put {a} before {b}, {} put {b} before {a}", ids(one), ids(other))
        };
        let against = |(a, b): &(usize, usize)| {
            let (a, b) = (&stops[*a].name, &stops[*b].name);
            format!("contradictory order: a source puts {a} before {b}, which the dates of all together exclude")
        };
        let circle = (!known.circle.is_empty()).then(|| {
            let names: Vec<&str> = known.circle.iter().map(|s| stops[*s].name.as_str()).collect();
            format!("contradictory order: what the sources say together puts {} in a circle", names.join(", "))
        });
        known.reversed.iter().map(pair).chain(known.dropped.iter().map(against)).chain(circle).collect()
    }

    fn precedence(&self, known: &Known, ids: &[VisitId]) -> Precedence {
        let reason = &known.reason;
        let mut extra: Extra = known.extra.clone().into_iter().filter(|(k, _)| !OWN.contains(&k.as_str())).collect();
        let mut sources: Vec<Value> = known.extra.get("sources").and_then(Value::as_array).cloned().unwrap_or_default();
        let own = known.sources.iter().filter(|s| !merged_before(&self.network().articles[**s].info));
        for id in own.map(|s| Value::from(self.comparison.sources[*s].id.clone())) {
            if !sources.contains(&id) {
                sources.push(id);
            }
        }
        if !sources.is_empty() {
            extra.insert("sources".into(), sources.into());
        }
        Precedence {
            before: ids[reason.before].clone(),
            after: ids[reason.after].clone(),
            because: reason.because,
            evidence: reason.evidence.clone(),
            extra,
        }
    }

    /// The visits of articles in a stop.
    fn indices(&self, stop: &Stop) -> Vec<usize> {
        stop.told.iter().filter_map(|t| self.network().visit_at(&t.node)).collect()
    }

    fn visit(&self, stop: &Stop, same: &[usize], trip: &TripId, order: u32) -> Visit {
        let told: Vec<&Fact<Visit>> = same.iter().map(|i| &self.network().visits[*i]).collect();
        let mut extra: Extra =
            told.iter().flat_map(|v| v.extra.clone()).filter(|(k, _)| !OWN.contains(&k.as_str())).collect();
        let sites = united(&told, "sites");
        if !sites.is_empty() {
            extra.insert("sites".into(), sites.into());
        }
        let sources = self.sources(&told, &stop.place);
        extra.insert("support".into(), support(self.comparison, &sources).into());
        extra.insert("sources".into(), sources.into());
        let filled = filled(self.network(), same, &self.comparison.sources, stop);
        if !filled.is_empty() {
            extra.insert("from_register".into(), filled.into());
        }
        if let Some(source) = stop.dated_by {
            extra.insert("dated_by".into(), self.comparison.sources[source].id.clone().into());
        }
        Visit {
            id: VisitId(format!("v{}", self.visits.len() + 1)),
            traveller: told[0].traveller.clone(),
            place: stop.place.clone(),
            country: stop.country.clone(),
            status: stop.status,
            start: stop.start.clone(),
            end: stop.end.clone(),
            trip: trip.clone(),
            order: Some(order),
            confidence: told.iter().filter_map(|v| v.confidence).max_by(f64::total_cmp),
            evidence: self.evidence(&told, stop),
            extra,
        }
    }

    /// The words of all tellings, those first that say what the stop came to: a plan's are no evidence of the deed.
    fn evidence(&self, told: &[&Fact<Visit>], stop: &Stop) -> Vec<Evidence> {
        let mut told = told.to_vec();
        told.sort_by_key(|v| (v.status != stop.status, v.place != stop.place));
        told.iter().flat_map(|v| quotes(self.network(), v.article, &v.evidence)).collect()
    }

    /// What each source has of a visit; of one that was merged before and changed since, its sources.
    fn sources(&self, told: &[&Fact<Visit>], place: &PlaceId) -> Vec<Value> {
        let mut all: Vec<Value> = Vec::new();
        for v in told {
            let before = v.extra.get("sources").and_then(Value::as_array).cloned();
            let new = before.unwrap_or_else(|| vec![json!(self.had(v, place))]);
            new.into_iter().for_each(|source| {
                if !all.contains(&source) {
                    all.push(source);
                }
            });
        }
        all
    }

    fn had(&self, v: &Fact<Visit>, merged: &PlaceId) -> Had {
        let network = self.network();
        let place = network.place(&v.place);
        let trip = network.trip(&v.trip);
        Had {
            article: self.comparison.sources[v.article].id.clone(),
            visit: VisitId(network.local_id(v.article, &v.id.0).into()),
            status: v.status,
            start: v.start.clone(),
            end: v.end.clone(),
            place: place.map(|p| p.name.clone()),
            trip: TripId(network.local_id(v.article, &v.trip.0).into()),
            told: network
                .visit_at(&v.id)
                .map_or(0, |at| at - network.visits.partition_point(|o| o.article < v.article)),
            order: v.order,
            recalled: trip.is_some_and(|t| t.kind == TripKind::Background),
            at: place.filter(|p| p.id != *merged).cloned(),
        }
    }

    fn finish(self, meetings: Vec<Meeting>) -> Itinerary {
        let network = &self.comparison.network;
        let by_article = |(i, _): &(usize, _)| self.comparison.sources[*i].kind == Kind::Article;
        let documents = || network.articles.iter().enumerate().filter(by_article).map(|(_, a)| a);
        let told = network.articles.iter().flat_map(|a| a.warnings.clone());
        let mut warnings = self.warnings;
        warnings.extend(told);
        let mut seen = BTreeSet::new();
        warnings.retain(|w| seen.insert(w.clone()));
        let extra = documents().fold(Extra::new(), |known, a| added(known, &a.extra));
        let mut made = Itinerary {
            schema: SCHEMA.into(),
            article: article(self.comparison),
            officials: network.officials.iter().map(|o| o.what.clone()).collect(),
            places: network.places.iter().map(|p| p.what.clone()).collect(),
            trips: self.trips,
            visits: self.visits,
            meetings,
            sequence: self.sequence,
            warnings,
            extra,
        };
        keep_used(&mut made);
        made
    }
}

/// Leaves only the people and places that the document's visits and meetings are about.
pub fn keep_used(document: &mut Itinerary) {
    let Itinerary { visits, meetings, officials, places, .. } = document;
    let people: BTreeSet<&OfficialId> =
        visits.iter().map(|v| &v.traveller).chain(meetings.iter().flat_map(|m| &m.participants)).collect();
    officials.retain(|o| people.contains(&o.id));
    let sites = visits.iter().filter_map(|v| v.extra.get("sites")?.as_array()).flatten().filter_map(Value::as_str);
    let used = visits.iter().map(|v| &v.place).chain(meetings.iter().filter_map(|m| m.place.as_ref()));
    let used: BTreeSet<&str> = used.map(|p| p.0.as_str()).chain(sites).collect();
    places.retain(|p| used.contains(p.id.0.as_str()));
}

/// Fields that merging itself adds.
pub const OWN: [&str; 6] = ["sources", "support", "dated_by", "from_register", "remarks", "line"];

/// Fields with those of another one that are not there yet.
fn added(mut known: Extra, other: &Extra) -> Extra {
    for (key, value) in other {
        known.entry(key.clone()).or_insert_with(|| value.clone());
    }
    known
}

/// Whether a document was made by merging, so that its facts have their sources with them.
fn merged_before(article: &ArticleInfo) -> bool {
    article.extra.contains_key("merged_from")
}

/// What of a stop the articles alone would not say.
fn filled(network: &Network, same: &[usize], sources: &[super::Source], stop: &Stop) -> Vec<&'static str> {
    let by_article = |i: &usize| sources[network.visits[*i].article].kind == Kind::Article;
    let articles: Vec<usize> = same.iter().copied().filter(by_article).collect();
    if articles.len() == same.len() {
        return Vec::new();
    }
    let alone = told(network, &articles);
    let status = resolve::status(&alone, |a, b| resolve::later(sources, a, b));
    let dated = resolve::dates(&alone, status, sources);
    let place = articles.iter().all(|i| network.visits[*i].place != stop.place);
    let fields = [
        ("place", place),
        ("status", status != stop.status),
        ("start", dated.start != stop.start),
        ("end", dated.end != stop.end),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

/// How many different articles are among some sources; registers support nothing.
fn support(comparison: &Comparison, sources: &[Value]) -> usize {
    let register = |id: &str| comparison.sources.iter().any(|s| s.id == id && s.kind == Kind::Register);
    let ids = sources.iter().filter_map(|s| s.get("article")?.as_str()).filter(|id| !register(id));
    ids.collect::<BTreeSet<&str>>().len()
}

/// All items of a list that several visits have among their unknown fields, each once.
fn united(told: &[&Fact<Visit>], field: &str) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for item in told.iter().filter_map(|v| v.extra.get(field)?.as_array()).flatten() {
        if !all.contains(item) {
            all.push(item.clone());
        }
    }
    all
}

/// The ids of some sources, in a sentence.
fn ids(sources: &[super::Source], of: &[usize]) -> String {
    of.iter().map(|s| sources[*s].id.as_str()).collect::<Vec<_>>().join(", ")
}

/// Sentences for what the sources contradict each other in.
fn contradictions(stop: &Stop, sources: &[super::Source]) -> Vec<String> {
    let ids = |of: &[usize]| ids(sources, of);
    let said = |f: &Finding| match f {
        Finding::DatesContradict { sources } => {
            Some(format!("{}: the dates of {} exclude each other", stop.name, ids(sources)))
        }
        Finding::StatusContradicts { sources } => {
            Some(format!("{}: {} disagree whether it took place", stop.name, ids(sources)))
        }
        Finding::PersonContradicts { office, names, sources } => {
            Some(format!("{}: {} name different people as {office}: {}", stop.name, ids(sources), names.join(", ")))
        }
        _ => None,
    };
    stop.findings.iter().filter_map(said).collect()
}

/// Evidence with the article that it points into.
fn quotes(network: &Network, article: usize, evidence: &[Evidence]) -> Vec<Evidence> {
    let id = &network.articles[article].info.id;
    let with = |e: &Evidence| {
        let mut e = e.clone();
        e.extra.entry("article").or_insert_with(|| id.clone().into());
        e
    };
    evidence.iter().map(with).collect()
}

/// The article of the merged document, which stands for all of them: each is named in `merged_from` with what is known of it.
fn article(comparison: &Comparison) -> ArticleInfo {
    let all = || comparison.network.articles.iter().zip(&comparison.sources);
    let infos: Vec<&ArticleInfo> = all().filter(|(_, s)| s.kind == Kind::Article).map(|(a, _)| &a.info).collect();
    let mut parts: Vec<Part> = Vec::new();
    for (at, (told, source)) in all().enumerate() {
        let before = told.info.merged_from();
        let own = if before.is_empty() { vec![part(&comparison.network, at, source.kind)] } else { before };
        let new: Vec<Part> = own.into_iter().filter(|p| parts.iter().all(|known| known.id != p.id)).collect();
        parts.extend(new);
    }
    let mut info = infos.first().map(|a| (*a).clone()).unwrap_or_default();
    // One article stays what it is.
    if infos.len() > 1 {
        let ids: Vec<&str> = parts.iter().filter(|p| !p.register).map(|p| p.id.as_str()).collect();
        info = ArticleInfo {
            id: ids.join("+"),
            published: comparison.sources.iter().filter_map(|s| s.published.clone()).max_by_key(Edtf::latest),
            words: infos.iter().map(|a| a.words).sum(),
            extra: infos.iter().fold(Extra::new(), |known, a| added(known, &a.extra)),
            ..ArticleInfo::default()
        };
        info.extra.remove("original_id");
    }
    if parts.len() > 1 {
        info.extra.insert("merged_from".into(), json!(parts));
    }
    info
}

/// An article among those that were merged.
fn part(network: &Network, article: usize, kind: Kind) -> Part {
    let told = &network.articles[article];
    let info = &told.info;
    let local = |id: &VisitId| VisitId(network.local_id(article, &id.0).into());
    let own = network.sequence.iter().filter(|e| e.article == article);
    let sequence = own.map(|e| Precedence { before: local(&e.before), after: local(&e.after), ..e.what.clone() });
    Part {
        id: info.id.clone(),
        register: kind == Kind::Register,
        title: info.title.clone().filter(|_| kind == Kind::Article),
        source: info.source.clone(),
        url: info.url.clone(),
        published: info.published.clone(),
        warnings: told.warnings.clone(),
        sequence: sequence.collect(),
    }
}

/// The meetings of all articles, each once: with the same people, in the same way, at one stop or on one day.
fn meetings(comparison: &Comparison, of: &HashMap<VisitId, VisitId>) -> Vec<Meeting> {
    let network = &comparison.network;
    let mut found: Vec<(Meeting, Vec<&Fact<Meeting>>)> = Vec::new();
    for m in &network.meetings {
        let visit = m.visit.as_ref().and_then(|v| of.get(v)).cloned();
        let own = Meeting { visit, ..m.what.clone() };
        let same = |(known, told): &(Meeting, Vec<&Fact<Meeting>>)| {
            told.iter().all(|t| t.article != m.article) && same_meeting(known, &own)
        };
        match found.iter().position(same) {
            Some(at) => {
                let (known, told) = &mut found[at];
                told.push(m);
                join(known, &own);
            }
            None => found.push((own, vec![m])),
        }
    }
    let finished = |(i, (meeting, told)): (usize, (Meeting, Vec<&Fact<Meeting>>))| {
        let mut extra: Extra = meeting.extra.into_iter().filter(|(k, _)| !OWN.contains(&k.as_str())).collect();
        let sources = meeting_sources(comparison, &told);
        extra.insert("support".into(), support(comparison, &sources).into());
        extra.insert("sources".into(), sources.into());
        let mut by_status = told.clone();
        by_status.sort_by_key(|m| m.status != meeting.status);
        let evidence = by_status.iter().flat_map(|m| quotes(network, m.article, &m.evidence)).collect();
        Meeting { id: MeetingId(format!("m{}", i + 1)), evidence, extra, ..meeting }
    };
    found.into_iter().enumerate().map(finished).collect()
}

/// What each source has of a meeting; of one that was merged before, its sources.
fn meeting_sources(comparison: &Comparison, told: &[&Fact<Meeting>]) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for m in told {
        let id = comparison.network.local_id(m.article, &m.id.0);
        let own = json!(HadMeeting {
            article: comparison.sources[m.article].id.clone(),
            meeting: MeetingId(id.into()),
            status: m.status,
            date: m.date.clone(),
        });
        let before = m.extra.get("sources").and_then(Value::as_array).cloned();
        for source in before.unwrap_or_else(|| vec![own]) {
            if !all.contains(&source) {
                all.push(source);
            }
        }
    }
    all
}

fn same_meeting(a: &Meeting, b: &Meeting) -> bool {
    let people = |m: &Meeting| m.participants.iter().cloned().collect::<BTreeSet<OfficialId>>();
    let (p, q) = (people(a), people(b));
    // A meeting that was planned for another day of the same stop is the one that took place.
    let slipped = a.visit.is_some()
        && a.visit == b.visit
        && [a, b].iter().any(|m| matches!(m.status, Status::Planned | Status::Possible));
    let days = slipped || a.date.as_ref().zip(b.date.as_ref()).is_none_or(|(x, y)| x.intersect(y).is_some());
    let at = if a.visit.is_some() || b.visit.is_some() {
        a.visit == b.visit
    } else {
        a.country == b.country && a.date == b.date
    };
    let alone = |m: &Meeting, own: &BTreeSet<OfficialId>| own.len() < 2 && m.groups.is_empty();
    // Whoever is named alone, with nobody to meet, may have met anybody.
    let together =
        if p.len() < 2 || q.len() < 2 { p == q && a.groups == b.groups } else { p.is_subset(&q) || q.is_subset(&p) };
    a.mode == b.mode && days && at && together && !alone(a, &p) && !alone(b, &q)
}

/// Adds what another article says of a meeting.
fn join(own: &mut Meeting, other: &Meeting) {
    let settled =
        matches!(other.status, Status::Completed | Status::Cancelled) && !matches!(own.status, Status::Completed);
    if settled {
        own.status = other.status;
        own.date = other.date.clone().or(own.date.take());
    }
    for p in &other.participants {
        if !own.participants.contains(p) {
            own.participants.push(p.clone());
        }
    }
    for g in &other.groups {
        if !own.groups.contains(g) {
            own.groups.push(g.clone());
        }
    }
    own.date = match (own.date.take(), &other.date) {
        (Some(a), Some(b)) => Some(a.intersect(b).unwrap_or(a)),
        (a, b) => a.or(b.clone()),
    };
    own.place = own.place.take().or(other.place.clone());
    own.country = own.country.take().or(other.country.clone());
    own.duration = own.duration.take().or(other.duration.clone());
    own.confidence = [own.confidence, other.confidence].into_iter().flatten().max_by(f64::total_cmp);
}
