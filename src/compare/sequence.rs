//! How the stops of a journey stand to each other: the reasons of all sources together, what they contradict each other in, and
//! positions. Of two orders the one that more sources state holds; where as many state the one as the other, it stays open, and so does
//! all that follows from either.

use super::{Comparison, Kind, Source, align::Same};
use crate::itinerary::order::{self, Reach, Reason, Stop};
use crate::itinerary::{Because, Edtf, Evidence, Extra, Recency, Status, TripId, Visit, VisitId};
use crate::network::{Fact, Network};
use chrono::NaiveDate;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeSet, HashMap};

/// The order of the stops of a journey, which are meant by their number there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sequence {
    /// Positions from 1; neighbours between which nothing is known share one.
    pub order: Vec<u32>,
    /// The reasons that hold and do not follow from others.
    pub kept: Vec<Known>,
    /// Pairs that some sources have in one order and others in the other.
    pub reversed: Vec<Pair>,
    /// Stops that all sources together put in a circle, though no two of them contradict each other.
    pub circle: Vec<usize>,
    /// Reasons that the dates of all sources together speak against.
    pub dropped: Vec<(usize, usize)>,
    reach: Reach,
    open: Vec<bool>,
}

/// Two stops, the sources that have the first before the second, and those that have the second before the first.
pub type Pair = (usize, usize, Vec<usize>, Vec<usize>);

/// A reason, and who states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub reason: Reason,
    /// Sources that have the stops in this order; none where only their dates together give it.
    pub sources: Vec<usize>,
    /// Further fields of the first edge that says so.
    pub extra: Extra,
}

impl Sequence {
    /// The order of some stops of one journey.
    pub fn of(comparison: &Comparison, stops: &[&super::Stop]) -> Sequence {
        let visits =
            |s: &&super::Stop| -> Same { s.told.iter().filter_map(|t| comparison.network.visit_at(&t.node)).collect() };
        let same: Vec<Same> = stops.iter().map(visits).collect();
        let ordered = |(i, s): (usize, &&super::Stop)| stop(s.status, s.start.clone(), s.end.clone(), i);
        let ordered: Vec<Stop> = stops.iter().enumerate().map(ordered).collect();
        let contested: Vec<bool> = stops.iter().map(|s| s.contested).collect();
        sequence(&comparison.network, &comparison.sources, &same, &ordered, &contested)
    }

    /// Whether nothing orders two stops.
    pub fn leaves_open(&self, a: usize, b: usize) -> bool {
        !self.reach.has(a, b) && !self.reach.has(b, a)
    }

    /// Whether a stop floats among the others: nothing orders it against some of them.
    pub fn is_open(&self, stop: usize) -> bool {
        self.open.get(stop).copied().unwrap_or(false)
    }
}

/// A stop of one journey as the order sees it.
pub fn stop(status: Status, start: Option<Edtf>, end: Option<Edtf>, told_at: usize) -> Stop {
    let has_day = start.as_ref().is_some_and(|d| d.earliest().is_some() && d.latest().is_some());
    let recency = match status {
        Status::Completed if has_day => Recency::Now,
        Status::Completed => Recency::Before,
        _ => Recency::After,
    };
    Stop { trip: 0, status, start, end, recency, told_at, list: None }
}

/// Orders stops, which are visits each. `contested` says of which the sources have dates that exclude each other.
pub fn sequence(network: &Network, sources: &[Source], same: &[Same], stops: &[Stop], contested: &[bool]) -> Sequence {
    let steps = steps(network, same);
    let stated = Stated::of(network, sources, same, &steps);
    let reversed = stated.reversed();
    let told: Vec<Told> = stated.told.iter().filter(|t| holds(t, stops, contested)).cloned().collect();
    let (hard, part) = undisputed(told, &stated, &reversed);
    let tangled = |s: &usize| part.iter().filter(|p| **p == part[*s]).count() > 1;
    let circle = if reversed.is_empty() { (0..same.len()).filter(tangled).collect() } else { Vec::new() };
    let stops = &stale(network, same, stops);
    // What only the dates of different sources together give, and a source states otherwise, is not known.
    let against = |a: usize, b: usize| stated.states(b, a) && !stated.states(a, b);
    let solved = order::solve_but(stops, &hard, against);
    let soft = numbered(&steps, same.len())
        .into_iter()
        .filter(|(a, b)| part[*a] != part[*b] && !order::dated_before(&stops[*b], &stops[*a]));
    let reach = Reach::of(stops.len(), solved.kept.iter().map(|r| (r.before, r.after)).chain(soft));
    let kept = solved.kept.into_iter().map(|r| stated.known(r)).collect();
    let mut dropped: Vec<(usize, usize)> = stated.told.iter().map(|t| (t.reason.before, t.reason.after)).collect();
    dropped.retain(|(a, b)| order::dated_before(&stops[*b], &stops[*a]) && against(*b, *a));
    dropped.sort_unstable();
    dropped.dedup();
    let open = left_open(&reach, stops.len());
    Sequence { order: positions(&reach, stops), kept, reversed, circle, dropped, reach, open }
}

/// A reason of one source.
#[derive(Clone, Debug)]
struct Told {
    reason: Reason,
    extra: Extra,
}

/// What each source states of the order of the stops.
struct Stated {
    told: Vec<Told>,
    /// Of each source that tells of the journey, which stops it puts before which, directly or by way of others. What it tells as called
    /// off stands nowhere.
    by_source: Vec<(usize, Reach)>,
    stops: usize,
}

impl Stated {
    fn of(network: &Network, sources: &[Source], same: &[Same], steps: &[Step]) -> Stated {
        let all = told(network, sources, same, steps);
        let visits = || same.iter().enumerate().flat_map(|(s, own)| own.iter().map(move |v| (s, &network.visits[*v])));
        let off: BTreeSet<(usize, usize)> =
            visits().filter(|(_, v)| v.status == Status::Cancelled).map(|(s, v)| (v.article, s)).collect();
        let telling: BTreeSet<usize> = visits().map(|(_, v)| v.article).collect();
        let reach = |source: usize| {
            let own = all.iter().filter(|(article, _)| *article == source);
            let pairs = own.map(|(_, t)| (t.reason.before, t.reason.after));
            let stand = pairs.filter(|(a, b)| !off.contains(&(source, *a)) && !off.contains(&(source, *b)));
            (source, Reach::of(same.len(), stand))
        };
        let by_source = telling.into_iter().map(reach).collect();
        Stated { by_source, told: all.into_iter().map(|(_, t)| t).collect(), stops: same.len() }
    }

    fn states(&self, before: usize, after: usize) -> bool {
        self.by_source.iter().any(|(_, r)| r.has(before, after))
    }

    /// Sources that put one stop before another.
    fn stating(&self, before: usize, after: usize) -> Vec<usize> {
        self.by_source.iter().filter(|(_, r)| r.has(before, after)).map(|(s, _)| *s).collect()
    }

    fn reversed(&self) -> Vec<Pair> {
        let mut pairs = BTreeSet::new();
        for (i, (_, one)) in self.by_source.iter().enumerate() {
            for (a, b) in (0..self.stops).flat_map(|a| one.after(a).map(move |b| (a, b))) {
                if self.by_source[i + 1..].iter().any(|(_, other)| other.has(b, a)) {
                    pairs.insert((a.min(b), a.max(b)));
                }
            }
        }
        pairs.into_iter().map(|(a, b)| (a, b, self.stating(a, b), self.stating(b, a))).collect()
    }

    fn known(&self, reason: Reason) -> Known {
        let sources = self.stating(reason.before, reason.after);
        let same = |t: &&Told| (t.reason.before, t.reason.after) == (reason.before, reason.after);
        let extra = self.told.iter().find(same).map(|t| t.extra.clone()).unwrap_or_default();
        Known { reason, sources, extra }
    }
}

/// Whether the dates of all sources together leave a source's reason: any gives way where they say otherwise, and one from dates where
/// these are in dispute.
fn holds(told: &Told, stops: &[Stop], contested: &[bool]) -> bool {
    let Reason { before, after, because, .. } = told.reason;
    let disputed = because == Because::Date && (contested[before] || contested[after]);
    !disputed && !order::dated_before(&stops[after], &stops[before])
}

/// Which stops float among the others: those that most others are not ordered with, until no two are left that nothing orders.
fn left_open(reach: &Reach, stops: usize) -> Vec<bool> {
    let mut open = vec![false; stops];
    loop {
        let apart = |a: usize, b: usize| a != b && !open[b] && !reach.has(a, b) && !reach.has(b, a);
        let degree = |a: usize| if open[a] { 0 } else { (0..stops).filter(|b| apart(a, *b)).count() };
        let degrees: Vec<usize> = (0..stops).map(degree).collect();
        let most = degrees.iter().copied().max().unwrap_or(0);
        if most == 0 {
            return open;
        }
        (0..stops).filter(|s| degrees[*s] == most).for_each(|s| open[s] = true);
    }
}

/// The reasons without those that fewer sources state than state the opposite, and without any that are part of a contradiction between
/// as many on both sides; with the contradiction that each stop is part of, one of its own where there is none.
fn undisputed(mut told: Vec<Told>, stated: &Stated, reversed: &[Pair]) -> (Vec<Reason>, Vec<usize>) {
    let mut even: Vec<(usize, usize)> = Vec::new();
    for (a, b, one, other) in reversed {
        let fewer = match one.len().cmp(&other.len()) {
            std::cmp::Ordering::Less => (*a, *b),
            std::cmp::Ordering::Greater => (*b, *a),
            std::cmp::Ordering::Equal => {
                even.push((*a, *b));
                continue;
            }
        };
        told.retain(|t| (t.reason.before, t.reason.after) != fewer);
    }
    let mut graph: DiGraph<(), ()> = DiGraph::new();
    (0..stated.stops).for_each(|_| {
        graph.add_node(());
    });
    let both = even.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]);
    for (a, b) in told.iter().map(|t| (t.reason.before, t.reason.after)).chain(both) {
        graph.update_edge(NodeIndex::new(a), NodeIndex::new(b), ());
    }
    let mut part = vec![0usize; stated.stops];
    for (i, nodes) in tarjan_scc(&graph).iter().enumerate() {
        nodes.iter().for_each(|n| part[n.index()] = i);
    }
    told.retain(|t| part[t.reason.before] != part[t.reason.after]);
    (told.into_iter().map(|t| t.reason).collect(), part)
}

/// The reasons of all sources, each with its source: those that a document gives, and the numbers of one that gives none.
fn told(network: &Network, sources: &[Source], same: &[Same], steps: &[Step]) -> Vec<(usize, Told)> {
    let stop_of: HashMap<&VisitId, usize> = same
        .iter()
        .enumerate()
        .flat_map(|(s, own)| own.iter().map(move |v| (s, *v)))
        .map(|(s, v)| (&network.visits[v].id, s))
        .collect();
    let between = |a: &VisitId, b: &VisitId| Some((*stop_of.get(a)?, *stop_of.get(b)?)).filter(|(a, b)| a != b);
    let mut found = Vec::new();
    for edge in &network.sequence {
        found.extend(between(&edge.before, &edge.after).map(|(before, after)| {
            let evidence = edge.evidence.clone().map(|e| tagged(network, edge.article, e));
            let reason = Reason { before, after, because: edge.because, evidence };
            (edge.article, Told { reason, extra: edge.extra.clone() })
        }));
    }
    // What a program numbered is no statement: only who wrote a document by hand says something by numbers alone.
    let mut read: BTreeSet<usize> = network.sequence.iter().map(|e| e.article).collect();
    read.extend(network.visits.iter().filter(|v| !v.evidence.is_empty()).map(|v| v.article));
    read.extend((0..network.articles.len()).filter(|a| !network.articles[*a].info.merged_from().is_empty()));
    for (article, before, after) in steps.iter().copied().filter(|(a, ..)| !read.contains(a)) {
        let register = sources[article].kind == Kind::Register;
        let because = if register { Because::Date } else { Because::Narrative };
        let reason = Reason { before, after, because, evidence: None };
        found.push((article, Told { reason, extra: Extra::new() }));
    }
    found
}

/// An article, and two stops of one trip of it of which the second has the next number.
type Step = (usize, usize, usize);

/// All pairs of stops that the numbers of an article put right after one another.
fn steps(network: &Network, same: &[Same]) -> Vec<Step> {
    let mut own: Vec<(&Fact<Visit>, u32, usize)> = same
        .iter()
        .enumerate()
        .flat_map(|(s, visits)| visits.iter().map(move |v| (s, &network.visits[*v])))
        .filter_map(|(s, v)| Some((v, v.order?, s)))
        .collect();
    own.sort_by(|(v, n, s), (w, m, t)| (v.article, &v.trip, n, s).cmp(&(w.article, &w.trip, m, t)));
    let classes: Vec<&[(&Fact<Visit>, u32, usize)]> =
        own.chunk_by(|(v, n, _), (w, m, _)| (v.article, &v.trip, n) == (w.article, &w.trip, m)).collect();
    let mut found = Vec::new();
    let against = against_dates(&own);
    for pair in classes.windows(2) {
        let ((v, ..), (w, ..)) = (pair[0][0], pair[1][0]);
        if (v.article, &v.trip) == (w.article, &w.trip) && !against.contains(&(v.article, &v.trip)) {
            let pairs = pair[0].iter().flat_map(|(_, _, s)| pair[1].iter().map(|(_, _, t)| (*s, *t)));
            found.extend(pairs.filter(|(s, t)| s != t).map(|(s, t)| (v.article, s, t)));
        }
    }
    found
}

/// Trips whose own dates say otherwise than their numbers, which then say nothing. The visits are sorted by trip and number.
fn against_dates<'a>(own: &[(&'a Fact<Visit>, u32, usize)]) -> BTreeSet<(usize, &'a TripId)> {
    let mut found = BTreeSet::new();
    for trip in own.chunk_by(|(v, ..), (w, ..)| (v.article, &v.trip) == (w.article, &w.trip)) {
        let mut latest: Option<(NaiveDate, u32)> = None;
        for (v, number, _) in trip {
            let days = v.start.as_ref().map(|d| (d.earliest(), d.latest()));
            let Some((Some(first), Some(last))) = days else { continue };
            if latest.is_some_and(|(day, n)| last < day && n < *number) {
                found.insert((v.article, &v.trip));
            }
            latest = latest.max(Some((first, *number)));
        }
    }
    found
}

/// The numbers of all sources as pairs of stops, without those that contradict others.
fn numbered(steps: &[Step], stops: usize) -> Vec<(usize, usize)> {
    let articles: BTreeSet<usize> = steps.iter().map(|(article, ..)| *article).collect();
    let own = |of: usize| steps.iter().filter(move |(article, ..)| *article == of).map(|(_, a, b)| (*a, *b));
    let by_source: Vec<Reach> = articles.into_iter().map(|of| Reach::of(stops, own(of))).collect();
    let undisputed = |a: usize, b: usize| by_source.iter().all(|r| !r.has(b, a));
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for reach in &by_source {
        let own = (0..stops).flat_map(|a| reach.after(a).map(move |b| (a, b)));
        pairs.extend(own.filter(|(a, b)| undisputed(*a, *b)));
    }
    pairs.into_iter().collect()
}

/// The stops with plans that may be of no account any more: what took place was told later than they were, so that nobody knows whether
/// they come after it.
fn stale(network: &Network, same: &[Same], stops: &[Stop]) -> Vec<Stop> {
    let told_on = |own: &Same, status: Status| {
        let told = own.iter().map(|v| &network.visits[*v]).filter(move |v| v.status == status);
        told.map(|v| network.articles.get(v.article).and_then(|a| a.info.published.as_ref()?.latest())).collect()
    };
    let deeds: Vec<Option<NaiveDate>> =
        same.iter().flat_map(|own| -> Vec<_> { told_on(own, Status::Completed) }).collect();
    let last = deeds.iter().max().copied().flatten();
    let plan = |(stop, own): (&Stop, &Same)| {
        let told: Vec<Option<NaiveDate>> = told_on(own, Status::Planned);
        let stale = stop.status == Status::Planned && told.iter().max().copied().flatten() < last;
        Stop { status: if stale { Status::Possible } else { stop.status }, ..stop.clone() }
    };
    stops.iter().zip(same).map(plan).collect()
}

/// Positions: stops sorted as a reader would tell them, and a new number only where something puts a stop after one of the last.
fn positions(reach: &Reach, stops: &[Stop]) -> Vec<u32> {
    // As strong as dates, so that nothing that tense suggests speaks against it.
    let reason = |before: usize, after: usize| Reason { before, after, because: Because::Date, evidence: None };
    let told: Vec<Reason> = (0..stops.len()).flat_map(|a| reach.after(a).map(move |b| reason(a, b))).collect();
    order::shared(stops, &order::solve(stops, &told).order, reach)
}

/// Evidence with the article that it points into, where there are several.
fn tagged(network: &Network, article: usize, mut evidence: Evidence) -> Evidence {
    if let Some(told) = network.articles.get(article).filter(|_| network.articles.len() > 1) {
        evidence.extra.entry("article").or_insert_with(|| told.info.id.clone().into());
    }
    evidence
}
