//! The graph of visits: officials, places, visits and meetings as nodes, and as edges who travelled, where, who took part, and
//! what came before what and why. Made from a document, so that one edited by hand gives the same graph.

use super::{Because, Itinerary, Status, TripId, VisitId};
use petgraph::algo::has_path_connecting;
use petgraph::graph::{Graph, NodeIndex};
use std::collections::HashMap;

/// A node; the number is the index in the document's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    Official(usize),
    Place(usize),
    Visit(usize),
    Meeting(usize),
}

/// An edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Official to visit.
    Travelled,
    /// Visit or meeting to place.
    In,
    /// Official to meeting.
    TookPart,
    /// Meeting to the visit during which it took place.
    During,
    /// Visit to a later visit.
    Before(Because),
}

/// The graph of one document.
#[derive(Clone, Debug)]
pub struct VisitGraph<'a> {
    document: &'a Itinerary,
    pub graph: Graph<Node, Edge>,
    nodes: HashMap<Node, NodeIndex>,
    before: Graph<usize, Because>,
}

impl<'a> VisitGraph<'a> {
    /// The graph of a document; references to ids that do not exist give no edge.
    pub fn of(document: &'a Itinerary) -> Self {
        let mut this = VisitGraph { document, graph: Graph::new(), nodes: HashMap::new(), before: Graph::new() };
        this.add_nodes();
        this.add_edges();
        this
    }

    fn add_nodes(&mut self) {
        let d = self.document;
        let officials = (0..d.officials.len()).map(Node::Official);
        let places = (0..d.places.len()).map(Node::Place);
        let visits = (0..d.visits.len()).map(Node::Visit);
        let meetings = (0..d.meetings.len()).map(Node::Meeting);
        for node in officials.chain(places).chain(visits).chain(meetings) {
            self.nodes.insert(node, self.graph.add_node(node));
        }
        for i in 0..d.visits.len() {
            self.before.add_node(i);
        }
    }

    fn add_edges(&mut self) {
        let d = self.document;
        for (i, v) in d.visits.iter().enumerate() {
            self.link(
                d.officials.iter().position(|o| o.id == v.traveller).map(Node::Official),
                Some(Node::Visit(i)),
                Edge::Travelled,
            );
            self.link(Some(Node::Visit(i)), d.places.iter().position(|p| p.id == v.place).map(Node::Place), Edge::In);
        }
        for (i, m) in d.meetings.iter().enumerate() {
            for p in &m.participants {
                self.link(
                    d.officials.iter().position(|o| o.id == *p).map(Node::Official),
                    Some(Node::Meeting(i)),
                    Edge::TookPart,
                );
            }
            let place = m.place.as_ref().and_then(|id| d.places.iter().position(|p| p.id == *id));
            self.link(Some(Node::Meeting(i)), place.map(Node::Place), Edge::In);
            let visit = m.visit.as_ref().and_then(|id| self.visit(id));
            self.link(Some(Node::Meeting(i)), visit.map(Node::Visit), Edge::During);
        }
        for p in &d.sequence {
            if let (Some(a), Some(b)) = (self.visit(&p.before), self.visit(&p.after)) {
                self.link(Some(Node::Visit(a)), Some(Node::Visit(b)), Edge::Before(p.because));
                self.before.add_edge(NodeIndex::new(a), NodeIndex::new(b), p.because);
            }
        }
    }

    fn link(&mut self, from: Option<Node>, to: Option<Node>, edge: Edge) {
        let node = |n: Option<Node>| n.and_then(|n| self.nodes.get(&n).copied());
        if let (Some(a), Some(b)) = (node(from), node(to)) {
            self.graph.add_edge(a, b, edge);
        }
    }

    fn visit(&self, id: &VisitId) -> Option<usize> {
        self.document.visits.iter().position(|v| v.id == *id)
    }

    /// Whether the reasons in the document order two visits (indices into `visits`), one way or the other.
    pub fn comparable(&self, a: usize, b: usize) -> bool {
        let (a, b) = (NodeIndex::new(a), NodeIndex::new(b));
        has_path_connecting(&self.before, a, b, None) || has_path_connecting(&self.before, b, a, None)
    }

    /// Legs of a trip as pairs of indices into `visits`: from each stop that stands alone at its number to the next one that
    /// does, where the document gives a reason for that order. Between stops whose order is open there is no leg, and none
    /// leads to or from a stop that was cancelled.
    pub fn legs(&self, trip: &TripId) -> Vec<(usize, usize)> {
        let visits: Vec<usize> = (0..self.document.visits.len())
            .filter(|i| self.document.visits[*i].trip == *trip && self.document.visits[*i].status != Status::Cancelled)
            .collect();
        let order = |i: usize| self.document.visits[i].order.unwrap_or(0);
        let alone = |i: usize| visits.iter().filter(|j| order(**j) == order(i)).count() == 1;
        let mut legs = Vec::new();
        for a in visits.iter().copied().filter(|a| alone(*a)) {
            let next = visits.iter().copied().filter(|b| order(*b) > order(a)).min_by_key(|b| order(*b));
            legs.extend(next.filter(|b| alone(*b) && self.comparable(a, *b)).map(|b| (a, b)));
        }
        legs
    }
}
