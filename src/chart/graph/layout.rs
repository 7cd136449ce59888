//! Geometry of the graph: travellers at the left, their stops and meetings in order in the middle, places and people met by country
//! at the right, and the lines between them. Columns are as wide as their text, and the last one ends at the margin. No colour, no SVG.

use super::super::label::{broken, lines};
use super::super::sheet::{self, Key, Legend, MARGIN, Sheet};
use super::super::theme::Role;
use super::super::words::{Names, Phrase};
use super::super::{Label, Options};
use super::countries::{self, Country};
use super::rows::{self, Met, Stop, Traveller};
use super::wires::{self, Wire};
use crate::Itinerary;
use crate::itinerary::graph::Node;
use crate::itinerary::{Because, PlaceId, TripKind, VisitGraph};
use std::collections::BTreeSet;

/// Least width of the chart.
const LEAST: f64 = 860.0;
/// Most extra room after a stop or meeting.
const MOST_SLACK: f64 = 28.0;
/// Radius of a stop's disc.
pub const RADIUS: f64 = 11.0;

/// Where everything goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphLayout {
    pub width: f64,
    pub height: f64,
    pub labels: Vec<Label>,
    pub travellers: Vec<Traveller>,
    pub stops: Vec<Stop>,
    pub meetings: Vec<Met>,
    pub countries: Vec<Country>,
    pub wires: Vec<Wire>,
    pub brackets: Vec<Bracket>,
    pub legend: Legend,
}

/// A bracket around stops whose order is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Bracket {
    pub hue: usize,
    pub points: Vec<(f64, f64)>,
}

impl GraphLayout {
    /// All lines of text.
    pub fn texts(&self) -> impl Iterator<Item = &Label> {
        let middle = self.stops.iter().flat_map(|s| &s.labels).chain(self.meetings.iter().flat_map(|m| &m.labels));
        let sides =
            self.travellers.iter().flat_map(|t| &t.labels).chain(self.countries.iter().flat_map(Country::texts));
        self.labels.iter().chain(middle).chain(sides).chain(&self.legend.labels)
    }
}

/// Where the columns stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Columns {
    /// Widest text of each: travellers, stops, countries.
    pub limits: [f64; 3],
    /// End of the travellers' text.
    pub left_end: f64,
    /// Where the first traveller's trunk stands.
    pub trunk: f64,
    /// Middle of the stops' discs.
    pub disc: f64,
    /// End of the stops' text.
    pub middle_end: f64,
    /// Marks of places and people.
    pub mark: f64,
    /// Extra room after each stop and meeting, where the right side needs more height than they do.
    pub slack: f64,
}

/// Lays a document out.
pub fn layout(document: &Itinerary, options: &Options) -> GraphLayout {
    let (part, left_out) = sheet::abridged(document, sheet::MOST_STOPS);
    let document: &Itinerary = &part;
    let names = Names::new(document, options.language);
    let width = options.width.max(LEAST);
    let paper = Sheet { names: &names, options, width, left_out };
    let (labels, y) = paper.head();
    let mut plan = GraphLayout { width, labels, ..GraphLayout::default() };
    let y = match document.visits.is_empty() && document.meetings.is_empty() {
        true => say_nothing(&mut plan, &names, y + 24.0),
        false => place(&mut plan, &names, y + 20.0),
    };
    let (legend, y) = sheet::legend(&names, &keys(document, &plan), width - MARGIN, y + 18.0);
    plan.legend = legend;
    let (remarks, y) = sheet::foot(&remarks(&names, &plan), width, y + 14.0);
    plan.labels.extend(remarks);
    let (foot, y) = paper.foot("", y);
    plan.labels.extend(foot);
    plan.height = y + 4.0;
    plan
}

fn say_nothing(plan: &mut GraphLayout, names: &Names<'_>, y: f64) -> f64 {
    let words = names.words.of(Phrase::GraphNothing);
    let set = lines(words, (MARGIN, y), plan.width - 2.0 * MARGIN, 18.0, Role::Body);
    let y = y + 18.0 * set.len() as f64;
    plan.labels.extend(set);
    y
}

fn place(plan: &mut GraphLayout, names: &Names<'_>, y: f64) -> f64 {
    let graph = VisitGraph::of(names.document);
    let room = plan.width - 2.0 * MARGIN;
    let mut columns = Columns { limits: [0.17, 0.27, 0.25].map(|share| share * room), ..Columns::default() };
    let blocks = rows::blocks(names);
    let lanes = wires::lanes(names, &graph, &blocks);
    measure(&mut columns, names, &blocks, lanes.count, plan.width);
    let top = heads(plan, names, &columns, y);
    let heads = plan.labels.len();
    let mut low = rows::place(plan, names, &blocks, &columns, top);
    let needed = countries::height(names, countries::collect(names, &graph, plan), &columns);
    let rows = (plan.stops.len() + plan.meetings.len()).max(1) as f64;
    columns.slack = ((needed - (low - top)) / rows).clamp(0.0, MOST_SLACK);
    if columns.slack > 0.0 {
        plan.labels.truncate(heads);
        low = rows::place(plan, names, &blocks, &columns, top);
    }
    let nodes = countries::collect(names, &graph, plan);
    let right = countries::place(plan, names, nodes, &columns, (top, low));
    plan.brackets = wires::brackets(plan, names);
    plan.wires = wires::place(plan, names, &graph, &lanes, &columns);
    low.max(right)
}

/// Columns as wide as their text.
fn measure(columns: &mut Columns, names: &Names<'_>, blocks: &[rows::Block], lanes: usize, width: f64) {
    let [left, middle, right] = columns.limits;
    let left = rows::traveller_width(names, blocks, left).max(80.0);
    columns.left_end = MARGIN + left;
    columns.trunk = columns.left_end + 18.0;
    let trunks = wires::TRUNK * blocks.len().clamp(1, wires::TRUNKS) as f64;
    columns.disc = columns.trunk + trunks + 14.0 + wires::lane_width(lanes) + 14.0 + RADIUS;
    let middle = rows::stop_width(names, blocks, middle).max(150.0);
    columns.middle_end = columns.disc + RADIUS + rows::GAP + middle;
    let right = countries::width(names, right).max(150.0);
    columns.mark = width - MARGIN - right - countries::GAP;
    columns.limits = [left, middle, right];
}

/// What each column holds, over it; gives the y where the columns begin.
fn heads(plan: &mut GraphLayout, names: &Names<'_>, columns: &Columns, y: f64) -> f64 {
    let heads = [
        (Phrase::GraphTravellers, MARGIN, columns.limits[0]),
        (Phrase::GraphStops, columns.disc - RADIUS, columns.middle_end - columns.disc + RADIUS),
        (Phrase::GraphPlaces, columns.mark - 5.0, columns.limits[2] + countries::GAP),
    ];
    let mut low = y;
    for (phrase, x, room) in heads {
        for (i, part) in broken(names.words.of(phrase), room, Role::Body).into_iter().enumerate() {
            let line = y + 16.0 * i as f64;
            low = low.max(line);
            plan.labels.push(Label::new(part, (x, line), Role::Body).quiet());
        }
    }
    low + 28.0
}

fn keys(document: &Itinerary, plan: &GraphLayout) -> Vec<Key> {
    let mut keys = sheet::keys(document);
    let has = |kind: fn(&wires::Kind) -> bool| plan.wires.iter().any(|w| kind(&w.kind));
    keys.extend((!plan.brackets.is_empty()).then_some(Key::Bracket));
    keys.extend(plan.stops.iter().any(|s| s.recalled).then_some(Key::Recalled));
    let kind = |w: &Wire| matches!(w.kind, wires::Kind::Travelled | wires::Kind::In);
    let went = plan.wires.iter().any(|w| kind(w) && !w.ahead);
    keys.extend(went.then_some(Key::Line("link", Phrase::KeyWent)));
    keys.extend(has(|k| *k == wires::Kind::TookPart).then_some(Key::Line("leader", Phrase::KeyTook)));
    let ahead = plan.wires.iter().any(|w| w.ahead);
    keys.extend(ahead.then_some(Key::Line("link dashed", Phrase::KeyAhead)));
    let reasons = plan.wires.iter().filter_map(|w| match w.kind {
        wires::Kind::Before(because) => Some(because),
        _ => None,
    });
    let reasons: BTreeSet<Because> = reasons.collect();
    keys.extend(reasons.into_iter().map(|b| Key::Line(wires::before_class(b), wires::reason(b))));
    keys
}

/// What a meeting beside a stop is, and what is in the document and has no line.
fn remarks(names: &Names<'_>, plan: &GraphLayout) -> Vec<String> {
    let w = names.words;
    let beside = plan.meetings.iter().any(|m| m.stop.is_some());
    let own = if beside { w.of(Phrase::GraphOwn).to_string() } else { String::new() };
    let drawn: BTreeSet<(bool, usize)> = plan
        .countries
        .iter()
        .flat_map(|c| &c.items)
        .map(|i| match i.node {
            Node::Official(o) => (true, o),
            Node::Place(p) => (false, p),
            Node::Visit(v) | Node::Meeting(v) => (false, v),
        })
        .collect();
    let sites: Vec<String> = names.document.visits.iter().flat_map(|v| names.sites(v)).collect();
    let travels = |i: &usize| plan.travellers.iter().any(|t| t.official == Some(*i));
    let officials = names.document.officials.iter().enumerate();
    let people = officials.filter(|(i, _)| !drawn.contains(&(true, *i)) && !travels(i)).map(|(_, o)| o.name.clone());
    let visited = |p: &PlaceId| names.document.visits.iter().any(|v| v.place == *p);
    let places = names.document.places.iter().enumerate();
    let places = places.filter(|(i, p)| !drawn.contains(&(false, *i)) && !visited(&p.id) && !sites.contains(&p.name));
    let all: Vec<String> = people.chain(places.map(|(_, p)| p.name.clone())).collect();
    let unlinked = if all.is_empty() { String::new() } else { w.say(Phrase::GraphUnlinked, &[&w.and(&all)]) };
    vec![own, unlinked]
}

/// Travellers: those of main trips first, then those who are only recalled.
pub fn travellers(names: &Names<'_>) -> Vec<crate::itinerary::OfficialId> {
    let mut found: Vec<_> = names.travellers().into_iter().cloned().collect();
    for visit in names.visits(TripKind::Main).into_iter().chain(names.visits(TripKind::Background)) {
        if !found.contains(&visit.traveller) {
            found.push(visit.traveller.clone());
        }
    }
    found
}
