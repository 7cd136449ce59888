//! Solving the order of stops: a partial order for each trip, from four kinds of reasons.
//!
//! Reasons are edges of a graph. Dates give some ("this ended before that began"), the text's phrases others, tense puts what
//! took place before what is planned, and a list of stops to come is in its order. Reasons are taken from the strongest kind
//! to the weakest, and as told within a kind; one that would close a cycle is dropped and handed back. What follows from
//! other reasons is left out (transitive reduction), so that the kept reasons are just what the text supports.
//!
//! `order` numbers are looser than the partial order, since a reader needs positions: stop by stop, of those that nothing
//! unplaced comes before, the ones with the earliest key are placed together and share a number. The key is first whether a
//! stop is over and undated, of the present, or to come, and then its first possible day. Stops that share a number are
//! open among themselves; stops that do not share one need not be ordered by the text (see `sequence` for that).

use super::{Because, Edtf, Evidence, Recency, Status};
use chrono::NaiveDate;
use fixedbitset::FixedBitSet;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::cmp::Reverse;

/// A stop as the order sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Stops of different trips are not ordered.
    pub trip: usize,
    pub status: Status,
    pub start: Option<Edtf>,
    pub end: Option<Edtf>,
    pub recency: Recency,
    /// Reading position.
    pub told_at: usize,
    /// List in which it was told, and its place there.
    pub list: Option<(usize, usize)>,
}

/// One stop comes before another; both are indices into the stops.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    pub before: usize,
    pub after: usize,
    pub because: Because,
    pub evidence: Option<Evidence>,
}

/// An order of stops.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Solved {
    /// Position of each stop within its trip, from 1.
    pub order: Vec<u32>,
    /// Reasons that hold and do not follow from others.
    pub kept: Vec<Reason>,
    /// Reasons that contradict stronger ones.
    pub dropped: Vec<Reason>,
}

/// Orders the stops of each trip; `told` are the reasons that the text gives in words.
pub fn solve(stops: &[Stop], told: &[Reason]) -> Solved {
    solve_but(stops, told, |_, _| false)
}

/// Orders the stops as [`solve`] does, without what dates, tense and lists would give for pairs that are left out.
pub fn solve_but(stops: &[Stop], told: &[Reason], left_out: impl Fn(usize, usize) -> bool) -> Solved {
    let mut reasons = told.to_vec();
    reasons.retain(|r| stops.get(r.before).zip(stops.get(r.after)).is_some_and(|(a, b)| a.trip == b.trip));
    reasons.extend(derived(stops).into_iter().filter(|r| !left_out(r.before, r.after)));
    // Of reasons without words those between late stops first: then most of the others follow, and need no work.
    reasons.sort_by_key(|r| match &r.evidence {
        Some(words) => (r.because, words.start, (Reverse(0), r.before), r.after),
        None => (r.because, 0, (Reverse(r.before), 0), r.after),
    });
    let mut graph: DiGraph<usize, usize> = DiGraph::new();
    let nodes: Vec<NodeIndex> = (0..stops.len()).map(|i| graph.add_node(i)).collect();
    let mut reach = Reach::new(stops.len());
    let mut dropped = Vec::new();
    for (i, reason) in reasons.iter().enumerate() {
        if reason.before == reason.after || reach.has(reason.after, reason.before) {
            dropped.push(reason.clone());
        } else if !reach.has(reason.before, reason.after) {
            // What follows from stronger reasons already is no reason of its own.
            reach.add(reason.before, reason.after);
            graph.add_edge(nodes[reason.before], nodes[reason.after], i);
        }
    }
    // What tense and lists suggest gives way without a word; a contradiction in what the text says is worth a warning.
    dropped.retain(|r| matches!(r.because, Because::Date | Because::Phrase) && r.before != r.after);
    Solved { order: positions(stops, &graph), kept: reduced(&graph, &reach, &reasons), dropped }
}

/// Which stops surely come after which, kept up as reasons are added, so that each question is one look: journeys of a thousand stops
/// have a million reasons.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reach {
    after: Vec<FixedBitSet>,
    before: Vec<FixedBitSet>,
}

impl Reach {
    /// Of so many stops, none ordered.
    pub fn new(stops: usize) -> Reach {
        let none = vec![FixedBitSet::with_capacity(stops); stops];
        Reach { after: none.clone(), before: none }
    }

    /// Whether one stop comes before another, directly or by way of others.
    pub fn has(&self, before: usize, after: usize) -> bool {
        self.after[before].contains(after)
    }

    /// What some reasons say together; one that contradicts those before it is left out.
    pub fn of(stops: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Reach {
        let mut reach = Reach::new(stops);
        for (a, b) in pairs {
            if a != b && !reach.has(b, a) && !reach.has(a, b) {
                reach.add(a, b);
            }
        }
        reach
    }

    /// The stops that come after one.
    pub fn after(&self, stop: usize) -> impl Iterator<Item = usize> + '_ {
        self.after[stop].ones()
    }

    /// Puts a stop before another, which must not come before it already.
    pub fn add(&mut self, before: usize, after: usize) {
        let earlier: Vec<usize> = self.before[before].ones().chain([before]).filter(|e| !self.has(*e, after)).collect();
        let later: Vec<usize> = self.after[after].ones().chain([after]).collect();
        for e in &earlier {
            later.iter().for_each(|l| self.after[*e].insert(*l));
        }
        for l in &later {
            earlier.iter().for_each(|e| self.before[*l].insert(*e));
        }
    }
}

/// Reasons that dates, tense and lists give.
fn derived(stops: &[Stop]) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for (i, a) in stops.iter().enumerate() {
        for (j, b) in stops.iter().enumerate().filter(|(j, b)| *j != i && b.trip == a.trip) {
            let because = if dated_before(a, b) {
                Because::Date
            } else if a.status == Status::Completed && b.status == Status::Planned {
                Because::Tense
            } else if listed_before(a, b) {
                Because::List
            } else {
                continue;
            };
            reasons.push(Reason { before: i, after: j, because, evidence: None });
        }
    }
    reasons
}

/// Whether the dates exclude that `b` began before `a` did.
pub fn dated_before(a: &Stop, b: &Stop) -> bool {
    let last = a.start.as_ref().or(a.end.as_ref());
    last.zip(b.start.as_ref()).is_some_and(|(x, y)| x.surely_before(y))
}

/// Whether a list of stops to come names `a` before `b`; a list of past stops leaves their order open.
fn listed_before(a: &Stop, b: &Stop) -> bool {
    let coming = |s: &Stop| s.status == Status::Planned;
    coming(a) && coming(b) && a.list.zip(b.list).is_some_and(|((l, i), (m, j))| l == m && i < j)
}

/// The transitive reduction: the edges that no way over another stop makes needless.
fn reduced(graph: &DiGraph<usize, usize>, reach: &Reach, reasons: &[Reason]) -> Vec<Reason> {
    let mut kept: Vec<Reason> = Vec::new();
    for node in graph.node_indices() {
        let mut beyond = FixedBitSet::with_capacity(graph.node_count());
        graph.neighbors(node).for_each(|next| beyond.union_with(&reach.after[next.index()]));
        let direct = graph.edges(node).filter(|e| !beyond.contains(e.target().index()));
        kept.extend(direct.map(|e| reasons[*e.weight()].clone()));
    }
    kept.sort_by_key(|r| (r.before, r.after));
    kept
}

/// Numbers by repeatedly placing, of the stops that are free to come next, those with the earliest key.
fn positions(stops: &[Stop], graph: &DiGraph<usize, usize>) -> Vec<u32> {
    let mut order = vec![0u32; stops.len()];
    let mut trips: Vec<usize> = stops.iter().map(|s| s.trip).collect();
    trips.sort_unstable();
    trips.dedup();
    for trip in trips {
        let mut open: Vec<usize> = (0..stops.len()).filter(|i| stops[*i].trip == trip).collect();
        let mut number = 0;
        while !open.is_empty() {
            number += 1;
            let free = |i: &usize| {
                graph.neighbors_directed(NodeIndex::new(*i), petgraph::Incoming).all(|p| order[graph[p]] != 0)
            };
            let free: Vec<usize> = open.iter().copied().filter(free).collect();
            let Some(first) = free.iter().map(|i| key(&stops[*i])).min() else { break };
            for i in free.into_iter().filter(|i| key(&stops[*i]) == first) {
                order[i] = number;
            }
            open.retain(|i| order[*i] == 0);
        }
    }
    order
}

/// Positions in which neighbours share a number wherever nothing puts a stop of the one before or after a stop of the other: what a reader's
/// numbers only suggest is open again.
pub fn shared(stops: &[Stop], order: &[u32], reach: &Reach) -> Vec<u32> {
    let mut by_place: Vec<usize> = (0..stops.len()).collect();
    by_place.sort_by_key(|i| (stops[*i].trip, order[*i]));
    let mut found = vec![0u32; stops.len()];
    let (mut number, mut level): (u32, Vec<usize>) = (1, Vec::new());
    for class in by_place.chunk_by(|a, b| (stops[*a].trip, order[*a]) == (stops[*b].trip, order[*b])) {
        let known = |a: usize, b: usize| reach.has(a, b) || reach.has(b, a);
        let new_trip = level.first().is_some_and(|l| stops[*l].trip != stops[class[0]].trip);
        if new_trip {
            number = 1;
            level.clear();
        } else if level.iter().any(|a| class.iter().any(|b| known(*a, *b))) {
            number += 1;
            level.clear();
        }
        class.iter().for_each(|i| found[*i] = number);
        level.extend(class);
    }
    found
}

fn key(stop: &Stop) -> (Recency, Option<NaiveDate>) {
    let first = stop.start.as_ref().and_then(|d| d.earliest());
    match stop.recency {
        // Dates of plans sort them; "on or after publication" is no date of theirs.
        Recency::After => (
            Recency::After,
            stop.start.as_ref().filter(|d| d.latest().is_some()).and_then(|d| d.earliest()).or(Some(NaiveDate::MAX)),
        ),
        Recency::Before if first.is_some() => (Recency::Now, first),
        recency => (recency, first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stop(status: Status, start: Option<&str>, recency: Recency, told_at: usize) -> Stop {
        Stop { trip: 0, status, start: start.and_then(|s| s.parse().ok()), end: None, recency, told_at, list: None }
    }

    fn because(before: usize, after: usize) -> Reason {
        Reason { before, after, because: Because::Phrase, evidence: None }
    }

    fn listed(mut s: Stop, i: usize) -> Stop {
        s.list = Some((1, i));
        s
    }

    /// Three undated past stops, two of one day joined by "ahead of", and one to come: with and without a publication date.
    fn tour(dated: bool) -> (Vec<Stop>, Vec<Reason>) {
        let when = |d: &'static str| dated.then_some(d);
        let past = |i| listed(stop(Status::Completed, when("../2023-11-05"), Recency::Before, 50 + i), i);
        let today = |at| stop(Status::Completed, when("2023-11-05"), Recency::Now, at);
        let stops = vec![
            today(1),
            past(0),
            past(1),
            past(2),
            today(40),
            stop(Status::Planned, when("2023-11-05/.."), Recency::After, 90),
        ];
        (stops, vec![because(4, 0), because(0, 5)])
    }

    #[test]
    fn open_order_stays_open_and_the_rest_is_in_order() {
        for dated in [true, false] {
            let (stops, told) = tour(dated);
            let solved = solve(&stops, &told);
            assert_eq!(solved.order, [3, 1, 1, 1, 2, 4], "dated: {dated}");
            assert!(solved.dropped.is_empty());
            let between_open =
                solved.kept.iter().any(|r| (1..=3).contains(&r.before) && (r.after == 4 || (1..=3).contains(&r.after)));
            assert!(!between_open, "{:?}", solved.kept);
        }
    }

    #[test]
    fn a_list_to_come_is_in_its_order_and_a_past_one_is_open() {
        for (status, expected) in [(Status::Planned, [1, 2]), (Status::Completed, [1, 1])] {
            let stops = [0, 1].map(|i| listed(stop(status, None, Recency::After, i), i));
            assert_eq!(solve(&stops, &[]).order, expected);
        }
    }

    #[test]
    fn the_weaker_reason_of_a_contradiction_is_dropped_and_reported() {
        let stops = [
            stop(Status::Completed, Some("2024-05-03"), Recency::Now, 0),
            stop(Status::Completed, Some("2024-05-01"), Recency::Now, 1),
        ];
        let solved = solve(&stops, &[because(0, 1)]);
        assert_eq!(solved.order, [2, 1]);
        assert_eq!(solved.dropped, [because(0, 1)]);
    }

    #[test]
    fn what_follows_from_other_reasons_is_left_out() {
        let stops =
            ["2024-05-01", "2024-05-02", "2024-05-03"].map(|d| stop(Status::Completed, Some(d), Recency::Now, 0));
        let kept: Vec<(usize, usize)> = solve(&stops, &[]).kept.iter().map(|r| (r.before, r.after)).collect();
        assert_eq!(kept, [(0, 1), (1, 2)]);
    }

    fn any_stop() -> impl Strategy<Value = Stop> {
        let status = prop_oneof![Just(Status::Completed), Just(Status::Planned), Just(Status::Possible)];
        let date = proptest::option::of((1u32..28).prop_map(|d| format!("2024-05-{d:02}")));
        (status, date, 0usize..2, 0usize..500).prop_map(|(status, date, trip, told_at)| {
            let recency = if status == Status::Completed { Recency::Now } else { Recency::After };
            Stop { trip, ..stop(status, date.as_deref(), recency, told_at) }
        })
    }

    proptest! {
        #[test]
        fn numbers_respect_every_kept_reason_and_have_no_gaps(
            stops in proptest::collection::vec(any_stop(), 0..12),
            pairs in proptest::collection::vec((0usize..12, 0usize..12), 0..8),
        ) {
            let told: Vec<Reason> = pairs.into_iter().map(|(a, b)| because(a, b)).collect();
            let solved = solve(&stops, &told);
            for r in &solved.kept {
                prop_assert!(solved.order[r.before] < solved.order[r.after]);
            }
            for trip in 0..2 {
                let mut numbers: Vec<u32> = stops.iter().zip(&solved.order).filter(|(s, _)| s.trip == trip).map(|(_, n)| *n).collect();
                numbers.sort_unstable();
                numbers.dedup();
                prop_assert_eq!(&numbers, &(1..=numbers.len() as u32).collect::<Vec<_>>());
            }
        }

        #[test]
        fn the_order_of_input_does_not_matter(stops in proptest::collection::vec(any_stop(), 0..10)) {
            let reversed: Vec<Stop> = stops.iter().rev().cloned().collect();
            let mut back = solve(&reversed, &[]).order;
            back.reverse();
            prop_assert_eq!(solve(&stops, &[]).order, back);
        }
    }
}
