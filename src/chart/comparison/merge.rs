//! One order for the stops of several sources: topological over the numbers that each source gives, by date and then as told
//! where they leave it open. Where sources contradict each other, of the stops in question the one that the fewest of them put
//! later comes first.

use super::table::{Cell, Column};
use crate::itinerary::Edtf;
use chrono::NaiveDate;
use petgraph::Direction;
use petgraph::algo::tarjan_scc;
use petgraph::graph::NodeIndex;
use petgraph::stable_graph::StableDiGraph;
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;

/// Pairs of columns of which at least one source puts the first before the second, with how many do. Only neighbours in a source's
/// numbers are listed; the rest follows.
pub fn stated(columns: &[Column]) -> Vec<(usize, usize, usize)> {
    let sources = columns.first().map_or(0, |c| c.cells.len());
    let mut found: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for pair in (0..sources).flat_map(|s| neighbours(columns, s)) {
        *found.entry(pair).or_default() += 1;
    }
    found.into_iter().map(|((a, b), n)| (a, b, n)).collect()
}

/// Pairs of columns that follow each other in the numbers of one source.
fn neighbours(columns: &[Column], source: usize) -> Vec<(usize, usize)> {
    let cells: Vec<_> = columns.iter().enumerate().filter_map(|(i, c)| Some((i, c.cell(source)?))).collect();
    let mut found = Vec::new();
    for (i, a) in &cells {
        let later = cells.iter().filter(|(_, b)| a.precedes(b));
        let next = later.clone().filter_map(|(_, b)| b.order).min();
        found.extend(later.filter(|(_, b)| b.order == next).map(|(j, _)| (*i, *j)));
    }
    found
}

/// The columns in merged order.
pub fn in_order(columns: Vec<Column>) -> Vec<Column> {
    let edges = stated(&columns);
    let keys: Vec<(NaiveDate, u32)> = (0..columns.len()).map(|i| key(&columns, i)).collect();
    let mut graph: StableDiGraph<usize, usize> = StableDiGraph::new();
    let nodes: Vec<NodeIndex> = (0..columns.len()).map(|i| graph.add_node(i)).collect();
    edges.iter().for_each(|(a, b, n)| {
        graph.add_edge(nodes[*a], nodes[*b], *n);
    });
    let mut placed: Vec<usize> = Vec::new();
    while let Some(next) = candidates(&graph, &keys).into_iter().min_by_key(|i| (keys[*i], *i)) {
        graph.remove_node(nodes[next]);
        placed.push(next);
    }
    let mut columns: Vec<Option<Column>> = columns.into_iter().map(Some).collect();
    placed.into_iter().filter_map(|i| columns[i].take()).collect()
}

/// Columns that may come next: those that nothing unplaced comes before, and of each circle that nothing outside comes before the
/// one that the fewest sources put later.
fn candidates(graph: &StableDiGraph<usize, usize>, keys: &[(NaiveDate, u32)]) -> Vec<usize> {
    let before = |node: NodeIndex| graph.edges_directed(node, Direction::Incoming);
    let first = |circle: &Vec<NodeIndex>| circle.iter().all(|n| before(*n).all(|e| circle.contains(&e.source())));
    let least = |circle: Vec<NodeIndex>| {
        circle
            .into_iter()
            .map(|n| (before(n).map(|e| *e.weight()).sum::<usize>(), graph[n]))
            .min_by_key(|(n, i)| (*n, keys[*i], *i))
            .map(|(_, i)| i)
    };
    tarjan_scc(graph).into_iter().filter(first).filter_map(least).collect()
}

/// The first day that any source gives, else the last one that a source gives for a stop before it; and the lowest number.
fn key(columns: &[Column], column: usize) -> (NaiveDate, u32) {
    let first = |c: &Cell| c.start.as_ref().filter(|_| c.is_dated()).and_then(Edtf::earliest);
    let own = columns[column].filled().filter_map(|(_, c)| first(c)).min();
    let number = columns[column].filled().filter_map(|(_, c)| c.order).min();
    let earlier = |(source, cell): (usize, &Cell)| {
        let before = |c: &&Cell| c.trip == cell.trip && c.order.zip(cell.order).is_some_and(|(a, b)| a < b);
        columns.iter().filter_map(|c| c.cell(source)).filter(before).filter_map(first).max()
    };
    let borrowed = || columns[column].filled().filter_map(earlier).max();
    let without = if number.is_some() { NaiveDate::MIN } else { NaiveDate::MAX };
    (own.or_else(borrowed).unwrap_or(without), number.unwrap_or(u32::MAX))
}
