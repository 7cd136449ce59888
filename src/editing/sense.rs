//! Whether a document holds together: ids, references, values, and what its parts say of each other.

use super::finding::{Finding, did_you_mean, within};
use super::shape;
use super::source::Source;
use crate::itinerary::{Edtf, Evidence, Extra, Itinerary, TripId, Visit, VisitId, check as check_whole};
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{HashMap, HashSet};

/// Tells what does not hold together in a document; errors that were told of its parts before are not told again by
/// their path.
pub fn check(document: &Itinerary, source: &Source, findings: &mut Vec<Finding>) {
    let mut sense = Sense { document, source, findings };
    sense.references();
    sense.whole();
    sense.trips();
    sense.sequence();
    sense.numbers();
    sense.countries();
    sense.quotes();
}

struct Sense<'a> {
    document: &'a Itinerary,
    source: &'a Source,
    findings: &'a mut Vec<Finding>,
}

impl Sense<'_> {
    fn error(&mut self, path: &str, message: String, remedy: String) {
        self.findings.push(self.source.error(path, message, remedy));
    }

    fn warning(&mut self, path: &str, message: String, remedy: &str) {
        self.findings.push(self.source.warning(path, message, remedy));
    }

    /// References to trips and visits that are not there; officials and places were looked up when names were
    /// understood.
    fn references(&mut self) {
        let d = self.document;
        let trips: Vec<&str> = d.trips.iter().map(|t| t.id.0.as_str()).collect();
        let visits: Vec<&str> = d.visits.iter().map(|v| v.id.0.as_str()).collect();
        for (i, visit) in d.visits.iter().enumerate() {
            self.known(&format!("visits[{i}].trip"), &visit.trip.0, "trips", &trips);
        }
        for (i, trip) in d.trips.iter().enumerate() {
            for (j, id) in trip.visits.iter().enumerate() {
                self.known(&format!("trips[{i}].visits[{j}]"), &id.0, "visits", &visits);
            }
        }
        for (i, meeting) in d.meetings.iter().enumerate() {
            if let Some(id) = &meeting.visit {
                self.known(&format!("meetings[{i}].visit"), &id.0, "visits", &visits);
            }
        }
        for (i, reason) in d.sequence.iter().enumerate() {
            self.known(&format!("sequence[{i}].before"), &reason.before.0, "visits", &visits);
            self.known(&format!("sequence[{i}].after"), &reason.after.0, "visits", &visits);
        }
        self.sites();
    }

    fn known(&mut self, path: &str, id: &str, list: &str, ids: &[&str]) {
        if !ids.contains(&id) {
            let near = did_you_mean(id, ids.iter().copied());
            let message = format!("`{id}` is not the id of anything in `{list}`");
            self.error(path, message, format!("{near}Add it there, or name one that is there."));
        }
    }

    /// The places in the field `sites` of visits, which is an addition to version 1.
    fn sites(&mut self) {
        let d = self.document;
        let places: Vec<&str> = d.places.iter().map(|p| p.id.0.as_str()).collect();
        let sites = |extra: &Extra| extra.get("sites").and_then(|s| s.as_array()).cloned().unwrap_or_default();
        for (i, visit) in d.visits.iter().enumerate() {
            for (j, site) in sites(&visit.extra).iter().enumerate() {
                self.known(&format!("visits[{i}].sites[{j}]"), site.as_str().unwrap_or(""), "places", &places);
            }
        }
    }

    fn whole(&mut self) {
        for problem in check_whole(self.document) {
            let (message, remedy) = shape::split(&problem.message);
            let path = self.as_written(&problem.path);
            self.error(&path, message, remedy);
        }
    }

    /// A path that whoever wrote the text knows: a trip that was made for visits is theirs.
    fn as_written(&self, path: &str) -> String {
        let parts = path.strip_prefix("trips[").and_then(|p| p.split_once("]."));
        let made = parts.filter(|(trip, _)| !self.source.has(&format!("trips[{trip}]")));
        let visit = made.and_then(|(trip, field)| {
            let trip = self.document.trips.get(trip.parse::<usize>().ok()?)?;
            Some((self.document.visits.iter().position(|v| v.trip == trip.id)?, field))
        });
        visit.map_or_else(|| path.to_string(), |(i, field)| format!("visits[{i}].{field}"))
    }

    /// Whether an error was told at a path, at a part of it, or of something that it is part of: what follows from that is not worth a
    /// word.
    fn is_told(&self, path: &str) -> bool {
        let errors = self.findings.iter().chain(&self.source.findings).filter(|f| f.is_error() && !f.path.is_empty());
        { errors }.any(|f| within(&f.path, path) || within(path, &f.path))
    }

    fn is_told_of(&self, visit: &Visit, fields: &[&str]) -> bool {
        let at = self.document.visits.iter().position(|v| v.id == visit.id);
        at.is_some_and(|i| fields.iter().any(|field| self.is_told(&format!("visits[{i}].{field}"))))
    }

    /// Trips and visits that do not name each other, and travellers that differ.
    fn trips(&mut self) {
        let d = self.document;
        for (i, visit) in d.visits.iter().enumerate() {
            let Some(j) = d.trips.iter().position(|t| t.id == visit.trip) else { continue };
            let Some(trip) = d.trips.get(j) else { continue };
            let told = |s: &Self, field: &str, other: &str| {
                s.is_told(&format!("visits[{i}].{field}")) || s.is_told(&format!("trips[{j}].{other}"))
            };
            if !trip.visits.contains(&visit.id) && !told(self, "trip", "visits") && !told(self, "id", "id") {
                let message = format!("trip `{}` does not list visit `{}`, which names it", trip.id, visit.id);
                self.warning(&format!("visits[{i}].trip"), message, "Add the visit to the trip, or name another trip.");
            }
            if trip.traveller != visit.traveller && !told(self, "traveller", "traveller") {
                let (who, whose) = (&visit.traveller, &trip.traveller);
                let message = format!("the visit is of `{who}` and its trip `{}` of `{whose}`", trip.id);
                self.warning(&format!("visits[{i}].traveller"), message, "Correct one of them.");
            }
        }
        for (i, trip) in d.trips.iter().enumerate() {
            for (j, id) in trip.visits.iter().enumerate() {
                self.listed(&format!("trips[{i}].visits[{j}]"), &trip.id, id);
            }
        }
    }

    fn listed(&mut self, path: &str, trip: &TripId, id: &VisitId) {
        let visit = self.document.visits.iter().position(|v| v.id == *id);
        let told = visit.is_some_and(|i| self.is_told(&format!("visits[{i}].trip")));
        let other = self.visit(id).map(|v| v.trip.clone()).filter(|t| t != trip && !told);
        if let Some(other) = other {
            let message = format!("trip `{trip}` lists visit `{id}`, which names trip `{other}`");
            self.warning(path, message, "Take the visit out of the list, or let it name this trip.");
        }
    }

    fn visit(&self, id: &VisitId) -> Option<&Visit> {
        self.document.visits.iter().find(|v| v.id == *id)
    }

    /// Reasons that contradict the order numbers, and reasons in a circle.
    fn sequence(&mut self) {
        let d = self.document;
        for (i, reason) in d.sequence.iter().enumerate() {
            let pair = self.visit(&reason.before).zip(self.visit(&reason.after));
            let sound = |v: &Visit| !self.is_told_of(v, &["order", "trip"]);
            let of_one_trip = pair.filter(|(a, b)| a.trip == b.trip && sound(a) && sound(b));
            let Some((before, after)) = of_one_trip else { continue };
            if let Some((a, b)) = before.order.zip(after.order).filter(|(a, b)| a >= b) {
                let (before, after) = (&before.id, &after.id);
                let message =
                    format!("`{before}` comes before `{after}` here, and their order numbers are {a} and {b}");
                self.warning(&format!("sequence[{i}]"), message, "Correct the numbers, or take the reason out.");
            }
        }
        for circle in self.circles() {
            let names: Vec<String> =
                circle.iter().filter_map(|i| d.visits.get(*i)).map(|v| format!("`{}`", v.id)).collect();
            let inside = |id: &VisitId| circle.iter().any(|i| d.visits.get(*i).is_some_and(|v| v.id == *id));
            let at = d.sequence.iter().position(|r| inside(&r.before) && inside(&r.after)).unwrap_or(0);
            let message = format!("the reasons go in a circle between {}", names.join(", "));
            self.warning(&format!("sequence[{at}]"), message, "Take one of them out.");
        }
    }

    /// Groups of visits (indices) that reasons lead around in a circle.
    fn circles(&self) -> Vec<Vec<usize>> {
        let visits = &self.document.visits;
        let index: HashMap<&VisitId, usize> = visits.iter().enumerate().map(|(i, v)| (&v.id, i)).collect();
        let mut graph: DiGraph<usize, ()> = DiGraph::new();
        let nodes: Vec<NodeIndex> = (0..visits.len()).map(|i| graph.add_node(i)).collect();
        let edges = self.document.sequence.iter();
        for (a, b) in edges.filter_map(|r| Some((*index.get(&r.before)?, *index.get(&r.after)?))) {
            graph.add_edge(nodes[a], nodes[b], ());
        }
        let itself = |c: &Vec<NodeIndex>| c.first().is_some_and(|n| graph.contains_edge(*n, *n));
        let circles = tarjan_scc(&graph).into_iter().filter(|c| c.len() > 1 || itself(c));
        let mut circles: Vec<Vec<usize>> = circles.map(|c| c.into_iter().map(NodeIndex::index).collect()).collect();
        circles.iter_mut().for_each(|c| c.sort_unstable());
        circles.sort();
        circles
    }

    /// Order numbers of a trip that leave one out, or that go against the dates.
    fn numbers(&mut self) {
        let fields = ["order", "start", "end", "trip"];
        let spoilt: HashSet<&TripId> =
            self.document.visits.iter().filter(|v| self.is_told_of(v, &fields)).map(|v| &v.trip).collect();
        for trip in self.document.trips.iter().filter(|t| !spoilt.contains(&t.id)) {
            let visits = self.document.visits.iter().enumerate().filter(|(_, v)| v.trip == trip.id);
            let mut numbered: Vec<(u32, usize, &Visit)> = visits.filter_map(|(i, v)| Some((v.order?, i, v))).collect();
            numbered.sort_by_key(|(n, i, _)| (*n, *i));
            let mut last: u32 = 0;
            for (n, i, _) in &numbered {
                if *n > last.saturating_add(1) {
                    let message = format!("the order numbers of trip `{}` go from {last} to {n}", trip.id);
                    self.warning(&format!("visits[{i}].order"), message, "Number its stops from 1 without gaps.");
                }
                last = *n;
            }
            for pair in numbered.windows(2) {
                if let [(m, _, before), (n, i, after)] = pair
                    && m < n
                    && over_before(after, before)
                {
                    let message =
                        format!("visit `{}` is numbered before `{}`, and its dates come after", before.id, after.id);
                    self.warning(&format!("visits[{i}].order"), message, "Correct the numbers or the dates.");
                }
            }
        }
    }

    fn countries(&mut self) {
        let d = self.document;
        for (i, visit) in d.visits.iter().enumerate() {
            let place = d.places.iter().find(|p| p.id == visit.place);
            let countries = place.and_then(|p| p.country.as_ref()).zip(visit.country.as_ref());
            if let Some((of_place, of_visit)) = countries.filter(|(p, v)| p != v) {
                let message =
                    format!("the visit's country is {of_visit}, and its place `{}` lies in {of_place}", visit.place);
                self.warning(&format!("visits[{i}].country"), message, "Correct one of them.");
            }
        }
    }

    fn quotes(&mut self) {
        let d = self.document;
        let visits =
            d.visits.iter().enumerate().flat_map(|(i, v)| quoted(format!("visits[{i}].evidence"), &v.evidence));
        let met = d.meetings.iter().enumerate();
        let met = met.flat_map(|(i, m)| quoted(format!("meetings[{i}].evidence"), &m.evidence));
        let reasons = d.sequence.iter().enumerate();
        let reasons = reasons.filter_map(|(i, r)| r.evidence.as_ref().map(|e| (format!("sequence[{i}].evidence"), e)));
        let wrong = |e: &Evidence| e.start.checked_add(e.quote.len()) != Some(e.end);
        for (path, e) in visits.chain(met).chain(reasons).filter(|(_, e)| wrong(e)).collect::<Vec<_>>() {
            let (length, start, end) = (e.quote.len(), e.start, e.end);
            let message = format!("the quote has {length} bytes, and its offsets are {start} to {end}");
            self.warning(&path, message, "Correct the offsets (bytes of UTF-8), or remove the evidence.");
        }
    }
}

fn quoted(path: String, evidence: &[Evidence]) -> impl Iterator<Item = (String, &Evidence)> {
    evidence.iter().enumerate().map(move |(i, e)| (format!("{path}[{i}]"), e))
}

/// Whether the dates of `a` all lie before those of `b`.
fn over_before(a: &Visit, b: &Visit) -> bool {
    let last: Option<&Edtf> = a.end.as_ref().or(a.start.as_ref());
    last.zip(b.start.as_ref()).is_some_and(|(a, b)| a.surely_before(b))
}
