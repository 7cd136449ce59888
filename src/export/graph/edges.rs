//! The edges of the graph: every reference of a document whose two ends are there, and which places lie in which. Knows
//! no form.

use super::nodes::{name_of, proof};
use super::{Attributes, Edge, EdgeKind, Node, NodeKind};
use crate::itinerary::Place;
use crate::network::{Network, within};
use serde_json::Value as Json;
use std::collections::HashMap;

/// All edges, by kind. `nodes` are those of the same network.
pub fn all(network: &Network, nodes: &[Node]) -> Vec<Edge> {
    let mut edges = Edges::over(network, nodes);
    edges.travels();
    edges.at();
    edges.part_of();
    edges.takes_part();
    edges.during();
    edges.before();
    edges.lies_in();
    edges.all
}

/// The list being made.
struct Edges<'a> {
    network: &'a Network,
    /// The first node of each kind and id.
    by_id: HashMap<(NodeKind, &'a str), usize>,
    /// Where the nodes of each kind begin.
    first: HashMap<NodeKind, usize>,
    all: Vec<Edge>,
}

impl<'a> Edges<'a> {
    fn over(network: &'a Network, nodes: &'a [Node]) -> Edges<'a> {
        let (mut by_id, mut first) = (HashMap::new(), HashMap::new());
        for (index, node) in nodes.iter().enumerate() {
            by_id.entry((node.kind, node.attributes.text("ref"))).or_insert(index);
            first.entry(node.kind).or_insert(index);
        }
        Edges { network, by_id, first, all: Vec::new() }
    }

    /// The node of the item at a place in the network's list of a kind.
    fn node(&self, kind: NodeKind, index: usize) -> Option<usize> {
        self.first.get(&kind).map(|first| first + index)
    }

    fn find(&self, kind: NodeKind, id: &str) -> Option<usize> {
        self.by_id.get(&(kind, id)).copied()
    }

    /// An edge, where both ends are there.
    fn add(&mut self, kind: EdgeKind, source: Option<usize>, target: Option<usize>, more: Attributes) {
        if let (Some(source), Some(target)) = (source, target) {
            let mut attributes = Attributes::default();
            attributes.add("type", kind.name());
            attributes.0.extend(more.0);
            self.all.push(Edge { id: format!("e{}", self.all.len() + 1), kind, source, target, attributes });
        }
    }

    fn travels(&mut self) {
        for (index, visit) in self.network.visits.iter().enumerate() {
            let traveller = self.find(NodeKind::Official, &visit.traveller.0);
            self.add(EdgeKind::Travels, traveller, self.node(NodeKind::Visit, index), Attributes::default());
        }
    }

    fn at(&mut self) {
        for (index, visit) in self.network.visits.iter().enumerate() {
            let place = self.find(NodeKind::Place, &visit.place.0);
            self.add(EdgeKind::At, self.node(NodeKind::Visit, index), place, Attributes::default());
        }
        for (index, meeting) in self.network.meetings.iter().enumerate() {
            let place = meeting.place.as_ref().and_then(|p| self.find(NodeKind::Place, &p.0));
            self.add(EdgeKind::At, self.node(NodeKind::Meeting, index), place, Attributes::default());
        }
    }

    /// With its place in the trip's own list of visits.
    fn part_of(&mut self) {
        for (index, visit) in self.network.visits.iter().enumerate() {
            let trip = self.network.trip(&visit.trip);
            let position = trip.and_then(|t| t.visits.iter().position(|id| *id == visit.id));
            let mut more = Attributes::default();
            more.add_if("position", position.map(|p| p + 1));
            let trip = self.find(NodeKind::Trip, &visit.trip.0);
            self.add(EdgeKind::PartOf, self.node(NodeKind::Visit, index), trip, more);
        }
    }

    /// With the place among the participants.
    fn takes_part(&mut self) {
        for (index, meeting) in self.network.meetings.iter().enumerate() {
            for (position, participant) in meeting.participants.iter().enumerate() {
                let mut more = Attributes::default();
                more.add("position", position + 1);
                let official = self.find(NodeKind::Official, &participant.0);
                self.add(EdgeKind::TakesPart, official, self.node(NodeKind::Meeting, index), more);
            }
        }
    }

    fn during(&mut self) {
        for (index, meeting) in self.network.meetings.iter().enumerate() {
            let visit = meeting.visit.as_ref().and_then(|v| self.find(NodeKind::Visit, &v.0));
            self.add(EdgeKind::During, self.node(NodeKind::Meeting, index), visit, Attributes::default());
        }
    }

    fn before(&mut self) {
        for (position, reason) in self.network.sequence.iter().enumerate() {
            let mut more = Attributes::default();
            more.add("because", name_of(reason.because)).add("position", position + 1);
            proof(reason.evidence.as_slice(), &mut more);
            more.add_json("extra", Json::Object(reason.extra.clone()));
            let ends = [&reason.before, &reason.after].map(|id| self.find(NodeKind::Visit, &id.0));
            self.add(EdgeKind::Before, ends[0], ends[1], more);
        }
    }

    /// Places lie in countries and territories; a country has the places of its code, so only those are compared.
    fn lies_in(&mut self) {
        let mut by_code: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, place) in self.network.places.iter().enumerate() {
            by_code.entry(code(place)).or_default().push(index);
        }
        for (index, inner) in self.network.places.iter().enumerate() {
            let others = by_code.get(code(inner)).map(Vec::as_slice).unwrap_or_default();
            for other in others {
                if self.network.places.get(*other).is_some_and(|outer| within(inner, outer)) {
                    let ends = [index, *other].map(|i| self.node(NodeKind::Place, i));
                    self.add(EdgeKind::LiesIn, ends[0], ends[1], Attributes::default());
                }
            }
        }
    }
}

fn code(place: &Place) -> &str {
    place.country.as_ref().map_or("", |c| c.as_str())
}
