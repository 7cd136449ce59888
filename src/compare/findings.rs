//! What the sources say of a journey: its stops in merged order, and for each what they agree and disagree in.

use super::align::{Aligned, Same, own_id};
use super::{Finding, Journey, Kind, Reversed, Source, Stop, Telling, resolve, when};
use crate::itinerary::order::{self, Reason};
use crate::itinerary::{Because, Edtf, Meeting, Mode, OfficialId, Place, Precision, Recency, Status, Visit, VisitId};
use crate::network::{Fact, Network, same_place, within};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A journey with all findings.
pub fn journey(network: &Network, sources: &[Source], aligned: Aligned) -> Journey {
    let Aligned { traveller, stops } = aligned;
    let solved = solved(network, sources, &stops);
    let mut order: Vec<usize> = (0..stops.len()).collect();
    let first_day = |s: usize| solved.stops[s].start.as_ref().and_then(Edtf::earliest);
    order.sort_by_key(|s| (solved.order[*s], first_day(*s).is_none(), first_day(*s), stops[*s].iter().min().copied()));
    let reversed = reversed(network, &stops, &order);
    let place = |s: &usize| Position { order: solved.order[*s], open: solved.is_open(*s) };
    let mut found: Vec<Stop> = order.iter().map(|s| stop(network, sources, &stops[*s], place(s))).collect();
    let extent = extent(&found, sources);
    for i in 0..found.len() {
        let findings = findings(network, sources, &found, i, extent);
        found[i].findings = findings;
    }
    let name = network.official(&traveller).map(|o| o.name.clone()).unwrap_or_default();
    Journey { traveller, name, stops: found, reversed }
}

/// The stops as the order sees them, with their positions.
struct SolvedStops {
    stops: Vec<order::Stop>,
    order: Vec<u32>,
    /// Of each stop, those that surely come after it.
    after: Vec<BTreeSet<usize>>,
}

impl SolvedStops {
    /// Whether nothing orders a stop against some other one.
    fn is_open(&self, stop: usize) -> bool {
        (0..self.stops.len())
            .any(|other| other != stop && !self.after[stop].contains(&other) && !self.after[other].contains(&stop))
    }
}

/// Where a stop stands in its journey.
struct Position {
    order: u32,
    open: bool,
}

fn solved(network: &Network, sources: &[Source], same: &[Same]) -> SolvedStops {
    let stops: Vec<order::Stop> = same.iter().map(|s| as_ordered(network, sources, s)).collect();
    let solved = order::solve(&stops, &reasons(network, sources, same));
    let mut after: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); stops.len()];
    // From the last stops back, so that what comes after the next one is known already.
    let mut edges: Vec<(usize, usize)> = solved.kept.iter().map(|r| (r.before, r.after)).collect();
    edges.sort_by_key(|(before, _)| std::cmp::Reverse(solved.order[*before]));
    for (before, next) in edges {
        let beyond = after[next].clone();
        after[before].insert(next);
        after[before].extend(beyond);
    }
    SolvedStops { stops, order: solved.order, after }
}

fn as_ordered(network: &Network, sources: &[Source], same: &Same) -> order::Stop {
    let told = told(network, same);
    let status = resolve::status(&told);
    let dated = resolve::dates(&told, status, sources);
    let has_day = dated.start.as_ref().is_some_and(|d| d.earliest().is_some() && d.latest().is_some());
    let recency = match status {
        Status::Completed if has_day => Recency::Now,
        Status::Completed => Recency::Before,
        _ => Recency::After,
    };
    let told_at = same.iter().copied().min().unwrap_or(0);
    order::Stop { trip: 0, status, start: dated.start, end: dated.end, recency, told_at, list: None }
}

/// The reasons of all sources, between stops: those that a document gives, and the numbers of one that gives none.
pub fn reasons(network: &Network, sources: &[Source], same: &[Same]) -> Vec<Reason> {
    let stop_of: HashMap<&VisitId, usize> = same
        .iter()
        .enumerate()
        .flat_map(|(s, own)| own.iter().map(move |v| (s, *v)))
        .map(|(s, v)| (&network.visits[v].id, s))
        .collect();
    let between = |a: &VisitId, b: &VisitId| Some((*stop_of.get(a)?, *stop_of.get(b)?)).filter(|(a, b)| a != b);
    let mut found = Vec::new();
    for edge in &network.sequence {
        found.extend(between(&edge.before, &edge.after).map(|(before, after)| Reason {
            before,
            after,
            because: edge.because,
            evidence: edge.evidence.clone(),
        }));
    }
    let silent: BTreeSet<usize> =
        (0..network.articles.len()).filter(|a| network.sequence.iter().all(|e| e.article != *a)).collect();
    let own: Vec<(usize, &Fact<Visit>)> = same
        .iter()
        .enumerate()
        .flat_map(|(s, visits)| visits.iter().map(move |v| (s, *v)))
        .filter(|(_, v)| silent.contains(&network.visits[*v].article))
        .map(|(s, v)| (s, &network.visits[v]))
        .collect();
    for (a, x) in &own {
        for (b, y) in own.iter().filter(|(b, y)| a != b && x.trip == y.trip) {
            if x.order.zip(y.order).is_some_and(|(p, q)| p < q) {
                let register = sources[x.article].kind == Kind::Register;
                let because = if register { Because::Date } else { Because::Narrative };
                found.push(Reason { before: *a, after: *b, because, evidence: None });
            }
        }
    }
    found
}

/// The tellings of a stop.
pub fn told<'a>(network: &'a Network, same: &Same) -> Vec<resolve::Told<'a>> {
    let told = |i: &usize| {
        let v = &network.visits[*i];
        resolve::Told { source: v.article, status: v.status, start: v.start.as_ref(), end: v.end.as_ref() }
    };
    same.iter().map(told).collect()
}

fn stop(network: &Network, sources: &[Source], same: &Same, position: Position) -> Stop {
    let told_so = told(network, same);
    let status = resolve::status(&told_so);
    let dated = resolve::dates(&told_so, status, sources);
    let place = finest(network, same);
    let telling = |i: &usize| {
        let v = &network.visits[*i];
        Telling {
            source: v.article,
            visit: own_id(network, *i),
            node: v.id.clone(),
            place: network.place(&v.place).map(|p| p.name.clone()).unwrap_or_default(),
            status: v.status,
            start: v.start.clone(),
            end: v.end.clone(),
            order: v.order,
            quote: v.evidence.first().map(|e| e.quote.clone()),
        }
    };
    let mut tellings: Vec<Telling> = same.iter().map(telling).collect();
    tellings.sort_by_key(|t| t.source);
    let country = same.iter().find_map(|i| network.visits[*i].country.clone());
    Stop {
        place: place.map(|p| p.id.clone()).unwrap_or_else(|| network.visits[same[0]].place.clone()),
        name: place.map(|p| p.name.clone()).unwrap_or_default(),
        country,
        status,
        start: dated.start,
        end: dated.end,
        dated_by: dated.by,
        order: position.order,
        open: position.open,
        told: tellings,
        findings: Vec::new(),
    }
}

/// The place that lies in all others.
fn finest<'a>(network: &'a Network, same: &Same) -> Option<&'a Place> {
    let places: Vec<&Place> = same.iter().filter_map(|i| network.place(&network.visits[*i].place)).collect();
    let inner = |p: &&Place| places.iter().all(|other| same_place(p, other) || within(p, other));
    places.iter().copied().find(inner).or(places.first().copied())
}

/// Days between which the articles have stops.
type Extent = Option<(NaiveDate, NaiveDate)>;

fn extent(stops: &[Stop], sources: &[Source]) -> Extent {
    let by_article = |s: &&Stop| s.told.iter().any(|t| sources[t.source].kind == Kind::Article);
    let own: Vec<&Stop> = stops.iter().filter(by_article).collect();
    let first = own.iter().filter_map(|s| s.start.as_ref()?.earliest()).min()?;
    let last = own.iter().filter_map(|s| s.end.as_ref().or(s.start.as_ref())?.latest()).max()?;
    Some((first, last))
}

fn findings(network: &Network, sources: &[Source], stops: &[Stop], at: usize, extent: Extent) -> Vec<Finding> {
    let stop = &stops[at];
    let mut found = Vec::new();
    places(network, stop, &mut found);
    dates(stop, sources, &mut found);
    statuses(stop, sources, &mut found);
    people(network, stop, &mut found);
    registers(stops, at, sources, extent, &mut found);
    let against = |f: &Finding| {
        matches!(
            f,
            Finding::DatesContradict { .. } | Finding::StatusContradicts { .. } | Finding::PersonContradicts { .. }
        )
    };
    let told: Vec<usize> = stop.told.iter().map(|t| t.source).collect();
    match told[..] {
        [source] if sources[source].kind == Kind::Article => {
            found.insert(0, Finding::Only { source, within: whole(network, stops, at) });
        }
        [_] => {}
        _ if found.iter().any(against) => {}
        _ => found.insert(0, Finding::Common { sources: told }),
    }
    found
}

/// The stop of other sources that is the country of this one at that time.
fn whole(network: &Network, stops: &[Stop], at: usize) -> Option<usize> {
    let place = network.place(&stops[at].place)?;
    let days = |s: &Stop| when::window((s.start.as_ref(), s.end.as_ref()));
    let source = stops[at].told.first()?.source;
    (0..stops.len()).find(|i| {
        let other = &stops[*i];
        let told_of = other.told.iter().filter(|t| t.source != source);
        let country = told_of.filter_map(|t| network.visit(&t.node)).filter_map(|v| network.place(&v.place));
        *i != at && country.into_iter().any(|p| within(place, p)) && days(other).meets(&days(&stops[at]), 1)
    })
}

fn places(network: &Network, stop: &Stop, found: &mut Vec<Finding>) {
    let place = |t: &Telling| network.visit(&t.node).and_then(|v| network.place(&v.place));
    for a in &stop.told {
        for b in &stop.told {
            if place(a).zip(place(b)).is_some_and(|(p, q)| within(q, p)) {
                found.push(Finding::Refined { coarse: a.source, fine: b.source });
            }
        }
    }
}

fn days(t: &Telling) -> when::Told<'_> {
    (t.start.as_ref(), t.end.as_ref())
}

fn dates(stop: &Stop, sources: &[Source], found: &mut Vec<Finding>) {
    let mut apart: BTreeSet<usize> = BTreeSet::new();
    for a in &stop.told {
        for b in &stop.told {
            let finer = match (&a.start, &b.start) {
                (None, Some(_)) => true,
                (Some(x), Some(y)) => x.covers(y) && !y.covers(x) && y.precision() <= Precision::Month,
                _ => false,
            };
            if finer && a.status != Status::Cancelled {
                found.push(Finding::Dated { coarse: a.source, fine: b.source });
            }
            // A plan that slipped is fulfilled on another day; a register's day may be off by one.
            let slack = i64::from([a, b].iter().any(|t| sources[t.source].kind == Kind::Register));
            let same = a.status == b.status || slack > 0;
            let spanned = || stop.told.iter().any(|t| when::spans(days(t), days(a), days(b)));
            if same && a.status != Status::Cancelled && when::apart(days(a), days(b), slack) && !spanned() {
                apart.extend([a.source, b.source]);
            }
        }
    }
    if !apart.is_empty() {
        found.push(Finding::DatesContradict { sources: apart.into_iter().collect() });
    }
}

/// Whether `b` was surely published after `a`; registers are made afterwards.
fn follows(sources: &[Source], a: usize, b: usize) -> bool {
    match (&sources[a].published, &sources[b].published) {
        (Some(x), Some(y)) => x.surely_before(y),
        _ => sources[a].kind == Kind::Article && sources[b].kind == Kind::Register,
    }
}

fn statuses(stop: &Stop, sources: &[Source], found: &mut Vec<Finding>) {
    let mut apart: BTreeSet<usize> = BTreeSet::new();
    let ahead = |t: &Telling| matches!(t.status, Status::Planned | Status::Possible);
    for a in &stop.told {
        for b in stop.told.iter().filter(|b| b.source != a.source) {
            let (planned, completed, cancelled) = (a.source, b.source, b.source);
            match (a.status, b.status) {
                (_, Status::Completed) if ahead(a) => {
                    // Of one day, who knows what was first; but a plan told after the deed is a contradiction.
                    if follows(sources, completed, planned) {
                        apart.extend([planned, completed]);
                    } else {
                        found.push(Finding::Fulfilled { planned, completed });
                    }
                }
                (_, Status::Cancelled) if ahead(a) && follows(sources, planned, cancelled) => {
                    found.push(Finding::Withdrawn { planned, cancelled });
                }
                (Status::Planned, Status::Cancelled) | (Status::Completed, Status::Cancelled) => {
                    apart.extend([a.source, b.source]);
                }
                _ => {}
            }
        }
    }
    if !apart.is_empty() {
        found.push(Finding::StatusContradicts { sources: apart.into_iter().collect() });
    }
}

/// Different people in one office of one country, met there in person on days that go together.
fn people(network: &Network, stop: &Stop, found: &mut Vec<Finding>) {
    let mut met: BTreeMap<(String, String), BTreeMap<&OfficialId, BTreeSet<usize>>> = BTreeMap::new();
    for t in &stop.told {
        for m in meetings(network, &t.node) {
            for who in m.participants.iter().filter(|p| network.visit(&t.node).is_some_and(|v| v.traveller != **p)) {
                let Some(o) = network.official(who) else { continue };
                if let (Some(title), Some(country)) = (&o.title, &o.country) {
                    let office = (title.to_lowercase(), country.0.clone());
                    met.entry(office).or_default().entry(&o.id).or_default().insert(t.source);
                }
            }
        }
    }
    for ((office, _), people) in met {
        let several = people.values().flatten().collect::<BTreeSet<_>>().len() > 1;
        // One source that has both tells of two people; then there is no contradiction.
        let both = people.values().any(|a| people.values().filter(|b| !a.is_disjoint(b)).count() > 1);
        if people.len() > 1 && several && !both && single_holder(&office) {
            let names = people.keys().filter_map(|id| network.official(id)).map(|o| o.name.clone()).collect();
            let sources = people.values().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
            found.push(Finding::PersonContradicts { office, names, sources });
        }
    }
}

/// Offices of which a country has one.
const SINGLE: &str = include_str!("../../data/names/single_offices.tsv");

fn single_holder(office: &str) -> bool {
    SINGLE.lines().filter(|l| !l.starts_with('#')).skip(1).any(|o| o == office)
}

/// Meetings in person that took place or will during a visit.
fn meetings<'a>(network: &'a Network, visit: &'a VisitId) -> impl Iterator<Item = &'a Meeting> {
    let during = move |m: &&Fact<Meeting>| {
        m.visit.as_ref() == Some(visit) && m.mode == Mode::InPerson && m.status != Status::Cancelled
    };
    network.meetings.iter().filter(during).map(|m| &m.what)
}

fn registers(stops: &[Stop], at: usize, sources: &[Source], extent: Extent, found: &mut Vec<Finding>) {
    let stop = &stops[at];
    let is_register = |s: &usize| sources[*s].kind == Kind::Register;
    let articles = stop.told.iter().any(|t| !is_register(&t.source));
    for source in (0..sources.len()).filter(is_register) {
        let own = stop.told.iter().find(|t| t.source == source);
        match (own, articles) {
            (Some(_), true) => found.push(Finding::Confirmed { source }),
            (Some(t), false) => {
                let days = when::window(days(t));
                let inside =
                    extent.zip(days.from.zip(days.to)).is_some_and(|((a, b), (from, to))| from <= b && to >= a);
                found.push(if inside { Finding::LeftOut { source } } else { Finding::Beyond { source } });
            }
            // A plan that a register lacks did not take place; of a stop that did, it is a finding.
            (None, true) if stop.status != Status::Cancelled && has(stops, source) => {
                found.push(Finding::NotInRegister { source });
            }
            _ => {}
        }
    }
}

fn has(stops: &[Stop], source: usize) -> bool {
    stops.iter().any(|s| s.told.iter().any(|t| t.source == source))
}

/// Pairs of stops that some sources have in one order and others in the other, by what each of them states.
fn reversed(network: &Network, same: &[Same], order: &[usize]) -> Vec<Reversed> {
    let place: HashMap<usize, usize> = order.iter().enumerate().map(|(at, s)| (*s, at)).collect();
    let before = |a: &Same, b: &Same| -> Vec<usize> {
        let told = a.iter().flat_map(|x| b.iter().map(move |y| (&network.visits[*x], &network.visits[*y])));
        let stated = |(x, y): &(&Fact<Visit>, &Fact<Visit>)| {
            let off = [x, y].iter().any(|v| v.status == Status::Cancelled);
            x.article == y.article && x.trip == y.trip && !off && x.order.zip(y.order).is_some_and(|(p, q)| p < q)
        };
        told.filter(stated).map(|(x, _)| x.article).collect()
    };
    let mut found = Vec::new();
    for a in 0..same.len() {
        for b in a + 1..same.len() {
            let (first, second) = (before(&same[a], &same[b]), before(&same[b], &same[a]));
            if !first.is_empty() && !second.is_empty() {
                let (one, other) = (place[&a], place[&b]);
                found.push(Reversed { one, other, one_first: first, other_first: second });
            }
        }
    }
    found
}
