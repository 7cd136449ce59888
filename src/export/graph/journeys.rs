//! What those who draw the graph ask of it: the visits of each trip in steps, where visits whose order the text leaves
//! open share a step. Knows no form.

use super::{EdgeKind, Graph, Node, NodeKind, Value};
use std::collections::{BTreeMap, HashSet};

/// The visits of one trip.
#[derive(Clone, Debug, PartialEq)]
pub struct Journey {
    /// Index of the trip's node.
    pub trip: usize,
    /// Indices of visits by `order`; those that have none come last, together.
    pub steps: Vec<Vec<usize>>,
}

/// All trips that have visits, in the order of the graph.
pub fn journeys(graph: &Graph) -> Vec<Journey> {
    let mut trips: BTreeMap<usize, BTreeMap<u64, Vec<usize>>> = BTreeMap::new();
    for edge in graph.edges.iter().filter(|e| e.kind == EdgeKind::PartOf) {
        let order = graph.source(edge).map_or(u64::MAX, order);
        trips.entry(edge.target).or_default().entry(order).or_default().push(edge.source);
    }
    let steps = |by_order: BTreeMap<u64, Vec<usize>>| by_order.into_values().collect();
    trips.into_iter().map(|(trip, by_order)| Journey { trip, steps: steps(by_order) }).collect()
}

fn order(visit: &Node) -> u64 {
    match visit.attributes.get("order") {
        Some(Value::Integer(order)) => *order,
        _ => u64::MAX,
    }
}

impl Journey {
    /// Pairs of visits of neighbouring steps that nothing joins yet: what has to be held apart where it is drawn.
    pub fn unjoined(&self, graph: &Graph) -> Vec<(usize, usize)> {
        let before = graph.edges.iter().filter(|e| e.kind == EdgeKind::Before);
        let joined: HashSet<(usize, usize)> = before.map(|e| (e.source, e.target)).collect();
        let pairs = self.steps.windows(2).flat_map(|w| match w {
            [one, next] => one.iter().flat_map(|a| next.iter().map(move |b| (*a, *b))).collect(),
            _ => Vec::new(),
        });
        pairs.filter(|pair| !joined.contains(pair)).collect()
    }

    /// The visits that it begins with.
    pub fn first(&self) -> &[usize] {
        self.steps.first().map_or(&[], Vec::as_slice)
    }
}

impl Graph {
    /// Whether an edge leads to or from something that is only planned or possible, or was called off.
    pub fn tentative(&self, visit: usize) -> bool {
        self.nodes.get(visit).is_some_and(|n| n.kind != NodeKind::Article && n.tentative())
    }

    /// Whether someone at a meeting is the traveller of the visit during which it took place, so that a line between
    /// them says nothing new.
    pub fn at_own_meeting(&self, official: usize, meeting: usize) -> bool {
        let during = self.edges.iter().filter(|e| e.kind == EdgeKind::During && e.source == meeting);
        during.map(|e| e.target).any(|visit| {
            let travels = |e: &&super::Edge| e.kind == EdgeKind::Travels && e.target == visit;
            self.edges.iter().filter(travels).any(|e| e.source == official)
        })
    }
}

impl Node {
    /// Whether it has not taken place.
    pub fn tentative(&self) -> bool {
        !matches!(self.attributes.text("status"), "" | "completed")
    }

    /// Its label without the time, the time in words, and its status where it has not taken place: the lines of a box.
    pub fn lines(&self) -> Vec<String> {
        let when = self.attributes.text("when");
        let name = self.label().strip_suffix(&format!(", {when}")).filter(|_| !when.is_empty()).unwrap_or(self.label());
        let mut lines = vec![name.to_string()];
        lines.extend(Some(when).filter(|w| !w.is_empty()).map(String::from));
        if self.tentative() {
            lines.push(self.attributes.text("status").to_string());
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Network;

    #[test]
    fn open_order_shares_a_step_and_is_not_joined() {
        let mut document = super::super::sample::document();
        let mut third = document.visits[1].clone();
        third.id.0 = "v3".into();
        document.visits.push(third);
        let graph = Graph::of(&Network::of(&[document]));
        let journeys = journeys(&graph);
        let ids = |step: &Vec<usize>| step.iter().map(|i| graph.nodes[*i].id.clone()).collect::<Vec<_>>();
        let steps: Vec<_> = journeys[0].steps.iter().map(ids).collect();
        assert_eq!(steps, [vec!["visit:v1"], vec!["visit:v2", "visit:v3"]]);
        let unjoined = journeys[0].unjoined(&graph);
        assert_eq!(unjoined, [(journeys[0].steps[0][0], journeys[0].steps[1][1])]);
    }

    #[test]
    fn the_lines_of_a_box() {
        let graph = Graph::of(&Network::of(&[super::super::sample::document()]));
        let lines: Vec<_> = graph.nodes.iter().filter(|n| n.kind == NodeKind::Visit).map(Node::lines).collect();
        assert_eq!(lines, [vec!["Baghdad", "5 Nov 2023"], vec!["Iraq", "planned"]]);
    }
}
