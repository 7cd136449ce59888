//! The lines of the graph: from travellers to their stops and to meetings of others, from stops and meetings to places and people,
//! and from stop to later stop with the reason of that order. Reasons that follow from others are left out.

use super::super::words::{Names, Phrase};
use super::countries;
use super::layout::{Bracket, Columns, GraphLayout, RADIUS};
use super::rows::Block;
use crate::itinerary::graph::{Edge, Node};
use crate::itinerary::{Because, Status, VisitGraph};
use petgraph::algo::toposort;
use petgraph::algo::tred::{dag_to_toposorted_adjacency_list, dag_transitive_reduction_closure};
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

/// Between two travellers' trunks, and after how many they begin anew.
pub const TRUNK: f64 = 6.0;
pub const TRUNKS: usize = 8;
/// Room for all lanes, and most room for one.
const LANES: f64 = 80.0;
const LANE: f64 = 9.0;
/// Radius of a corner.
const CORNER: f64 = 6.0;
/// Steps of a curve.
const STEPS: usize = 28;

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Traveller to stop.
    Travelled,
    /// Stop or meeting to place.
    In,
    /// Person to meeting.
    TookPart,
    /// Stop to its meeting; whether its traveller took part.
    During(bool),
    /// Stop to later stop.
    Before(Because),
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    pub kind: Kind,
    pub hue: usize,
    pub recalled: bool,
    /// Whether it leads to what has not taken place.
    pub ahead: bool,
    pub points: Vec<(f64, f64)>,
    /// An arrow's point and the two corners behind it.
    pub arrow: Option<[(f64, f64); 3]>,
    pub title: String,
}

/// The classes of a line from stop to later stop.
pub fn before_class(because: Because) -> &'static str {
    match because {
        Because::Date => "link before because-date",
        Because::Phrase => "link before because-phrase",
        Because::Tense => "link before because-tense",
        Because::List => "link before because-list",
        Because::Narrative => "link before because-narrative",
    }
}

/// What a reason is called.
pub fn reason(because: Because) -> Phrase {
    match because {
        Because::Date => Phrase::BecauseDate,
        Because::Phrase => Phrase::BecausePhrase,
        Because::Tense => Phrase::BecauseTense,
        Because::List => Phrase::BecauseList,
        Because::Narrative => Phrase::BecauseNarrative,
    }
}

/// An order of two stops, by index into the document's visits.
#[derive(Clone, Copy, Debug)]
struct Before {
    from: usize,
    to: usize,
    because: Because,
}

/// The orders to draw, and the lane of each that does not go straight down; lanes are counted from the discs.
pub struct Lanes {
    before: Vec<(Before, Option<usize>)>,
    pub count: usize,
}

/// The room that lanes take.
pub fn lane_width(count: usize) -> f64 {
    (count as f64 * LANE).min(LANES)
}

/// Finds the orders and their lanes: those to the next stop of a trip go straight down, the others beside the discs, the shortest
/// nearest. Orders that end at one stop for one reason share a lane.
pub fn lanes(names: &Names<'_>, graph: &VisitGraph<'_>, blocks: &[Block]) -> Lanes {
    let row: BTreeMap<usize, usize> =
        blocks.iter().flat_map(|b| b.trips.iter().flatten()).enumerate().map(|(row, visit)| (*visit, row)).collect();
    let visits = &names.document.visits;
    let mut before = reduced(visits.len(), graph);
    before.retain(|b| row.contains_key(&b.from) && row.contains_key(&b.to));
    let span = |b: &Before| (row[&b.from].min(row[&b.to]), row[&b.from].max(row[&b.to]));
    before.sort_by_key(|b| (span(b).1 - span(b).0, span(b)));
    let mut lanes: Vec<Vec<Before>> = Vec::new();
    let mut placed: Vec<(Before, Option<usize>)> = Vec::new();
    for b in before {
        let next = row[&b.to] == row[&b.from] + 1 && visits[b.from].trip == visits[b.to].trip;
        if next {
            placed.push((b, None));
            continue;
        }
        let meets = |other: &Before| {
            let (mine, its) = (span(&b), span(other));
            let bus = other.to == b.to && other.because == b.because;
            !bus && mine.0 <= its.1 && its.0 <= mine.1
        };
        let free = lanes.iter().position(|lane| !lane.iter().any(meets));
        let lane = free.unwrap_or(lanes.len());
        if lane == lanes.len() {
            lanes.push(Vec::new());
        }
        lanes[lane].push(b);
        placed.push((b, Some(lane)));
    }
    Lanes { before: placed, count: lanes.len() }
}

/// Orders that do not follow from others, with the strongest reason of each; all of them where they contradict each other.
fn reduced(visits: usize, graph: &VisitGraph<'_>) -> Vec<Before> {
    let mut strongest: BTreeMap<(usize, usize), Because> = BTreeMap::new();
    for edge in graph.graph.edge_indices() {
        let Some((a, b)) = graph.graph.edge_endpoints(edge) else { continue };
        if let (Edge::Before(because), Node::Visit(a), Node::Visit(b)) =
            (graph.graph[edge], graph.graph[a], graph.graph[b])
        {
            let known = strongest.entry((a, b)).or_insert(because);
            *known = because.min(*known);
        }
    }
    strongest.retain(|(a, b), _| a != b);
    let mut dag: DiGraph<usize, ()> = DiGraph::new();
    let nodes: Vec<NodeIndex> = (0..visits).map(|i| dag.add_node(i)).collect();
    strongest.keys().for_each(|(a, b)| {
        dag.add_edge(nodes[*a], nodes[*b], ());
    });
    if let Ok(sorted) = toposort(&dag, None) {
        let (list, positions) = dag_to_toposorted_adjacency_list::<_, u32>(&dag, &sorted);
        let (reduction, _) = dag_transitive_reduction_closure(&list);
        strongest.retain(|(a, b), _| reduction.contains_edge(positions[*a], positions[*b]));
    }
    strongest.into_iter().map(|((from, to), because)| Before { from, to, because }).collect()
}

/// Brackets around neighbouring stops of a trip that share a number.
pub fn brackets(plan: &GraphLayout, names: &Names<'_>) -> Vec<Bracket> {
    let visit = |i: usize| &names.document.visits[plan.stops[i].visit];
    let all: Vec<usize> = (0..plan.stops.len()).collect();
    let same = |a: &usize, b: &usize| {
        let open = names.is_open(visit(*a)) && names.is_open(visit(*b));
        open && visit(*a).trip == visit(*b).trip && visit(*a).order == visit(*b).order
    };
    let mut found = Vec::new();
    for run in all.chunk_by(same).filter(|run| run.len() > 1) {
        let (first, last) = (&plan.stops[run[0]], &plan.stops[run[run.len() - 1]]);
        let (x, high, low) = (first.at.0 - RADIUS - 7.0, first.at.1 - RADIUS - 2.0, last.at.1 + RADIUS + 2.0);
        found.push(Bracket { hue: first.hue, points: vec![(x + 6.0, high), (x, high), (x, low), (x + 6.0, low)] });
    }
    found
}

/// All lines.
pub fn place(
    plan: &GraphLayout,
    names: &Names<'_>,
    graph: &VisitGraph<'_>,
    lanes: &Lanes,
    columns: &Columns,
) -> Vec<Wire> {
    let mut wires: Vec<Wire> = Vec::new();
    wires.extend(taking_part(plan, names));
    wires.extend((0..plan.stops.len()).filter_map(|i| travelled(plan, names, i)));
    wires.extend((0..plan.meetings.len()).filter_map(|i| during(plan, names, i)));
    let links = countries::links(names, graph, plan);
    wires.extend(links.into_iter().filter_map(|(from, to)| across(plan, names, columns, from, to)));
    wires.extend(lanes.before.iter().filter_map(|(b, lane)| before(plan, names, *b, *lane, lanes.count)));
    wires
}

fn wire(kind: Kind, hue: usize, points: Vec<(f64, f64)>) -> Wire {
    Wire { kind, hue, recalled: false, ahead: false, points, arrow: None, title: String::new() }
}

/// From a traveller to a stop; from the second one on it leaves the trunk where the line before did, so that no piece is drawn twice.
fn travelled(plan: &GraphLayout, names: &Names<'_>, i: usize) -> Option<Wire> {
    let stop = &plan.stops[i];
    let who = plan.travellers.iter().find(|t| t.hue == stop.hue)?;
    let end = (stop.at.0 - RADIUS, stop.at.1);
    let last = i.checked_sub(1).map(|i| &plan.stops[i]).filter(|s| s.hue == stop.hue).map(|s| s.at.1);
    let from = match last.filter(|y| *y > who.at.1 + CORNER) {
        Some(y) => vec![(who.trunk, y - CORNER)],
        None if last.is_some() => vec![(who.trunk, who.at.1)],
        None => vec![who.at, (who.trunk, who.at.1)],
    };
    let points = rounded(&[from, vec![(who.trunk, end.1), end]].concat());
    let ahead = names.document.visits[stop.visit].status != Status::Completed;
    Some(Wire { recalled: stop.recalled, ahead, ..wire(Kind::Travelled, stop.hue, points) })
}

/// From travellers to meetings that are not drawn under a stop of their own.
fn taking_part(plan: &GraphLayout, names: &Names<'_>) -> Vec<Wire> {
    let mut found = Vec::new();
    for met in &plan.meetings {
        let meeting = &names.document.meetings[met.meeting];
        for who in &plan.travellers {
            let Some(official) = who.official.map(|o| &names.document.officials[o]) else { continue };
            let own = met.stop.is_some() && met.hue == who.hue;
            if own || !meeting.participants.contains(&official.id) {
                continue;
            }
            let end = (met.at.0 - 6.0, met.at.1);
            let points = rounded(&[who.at, (who.trunk, who.at.1), (who.trunk, end.1), end]);
            let ahead = meeting.status != Status::Completed;
            found.push(Wire { title: official.name.clone(), ahead, ..wire(Kind::TookPart, who.hue, points) });
        }
    }
    found
}

/// From a stop down to its meeting, or on from where the line to the one before turned off.
fn during(plan: &GraphLayout, names: &Names<'_>, i: usize) -> Option<Wire> {
    let met = &plan.meetings[i];
    let stop = &plan.stops[met.stop?];
    let traveller = &names.document.visits[stop.visit].traveller;
    let own = names.document.meetings[met.meeting].participants.contains(traveller);
    let x = stop.at.0 + 7.0;
    let last = i.checked_sub(1).map(|i| &plan.meetings[i]).filter(|m| m.stop == met.stop);
    let from = last.map_or(stop.at.1 + RADIUS - 2.0, |m| m.at.1 - CORNER);
    let points = rounded(&[(x, from), (x, met.at.1), (met.at.0 - 6.0, met.at.1)]);
    Some(Wire { recalled: stop.recalled, ..wire(Kind::During(own), stop.hue, points) })
}

/// From a stop or meeting to the right side: level as far as the text goes, then a curve.
fn across(plan: &GraphLayout, names: &Names<'_>, columns: &Columns, from: Node, to: Node) -> Option<Wire> {
    let item = plan.countries.iter().flat_map(|c| &c.items).find(|i| i.node == to)?;
    let (start, hue, recalled) = match from {
        Node::Visit(v) => plan.stops.iter().find(|s| s.visit == v).map(|s| (s.leaves, s.hue, s.recalled))?,
        Node::Meeting(m) => plan.meetings.iter().find(|s| s.meeting == m).map(|s| {
            let recalled = s.stop.is_some_and(|s| plan.stops[s].recalled);
            (s.leaves, s.hue, recalled)
        })?,
        _ => return None,
    };
    let kind = if matches!(to, Node::Place(_)) { Kind::In } else { Kind::TookPart };
    let end = (item.at.0 - 8.0, item.at.1);
    let turn = (columns.middle_end + 10.0).max(start.0).min(end.0);
    let mut points = vec![start];
    points.extend(curve((turn, start.1), end));
    let status = match from {
        Node::Visit(v) => names.document.visits[v].status,
        Node::Meeting(m) => names.document.meetings[m].status,
        _ => return None,
    };
    Some(Wire { recalled, ahead: status != Status::Completed, ..wire(kind, hue, points) })
}

fn before(plan: &GraphLayout, names: &Names<'_>, b: Before, lane: Option<usize>, lanes: usize) -> Option<Wire> {
    let stop = |visit: usize| plan.stops.iter().find(|s| s.visit == visit);
    let (from, to) = (stop(b.from)?, stop(b.to)?);
    let (points, arrow) = match lane {
        None => {
            let (x, end) = (to.at.0, to.at.1 - RADIUS - 1.0);
            let points = vec![(x, from.at.1 + RADIUS + 1.0), (x, end - 5.0)];
            (points, [(x, end), (x - 3.5, end - 6.5), (x + 3.5, end - 6.5)])
        }
        Some(lane) => {
            let pitch = lane_width(lanes) / lanes.max(1) as f64;
            let x = from.at.0 - RADIUS - 12.0 - pitch * (lane + 1) as f64;
            let side = from.at.0 - RADIUS;
            let (start, end) = ((side + 1.0, from.at.1 + 5.0), (side, to.at.1 - 5.0));
            let points = rounded(&[start, (x, start.1), (x, end.1), (end.0 - 5.0, end.1)]);
            (points, [end, (end.0 - 6.5, end.1 - 3.5), (end.0 - 6.5, end.1 + 3.5)])
        }
    };
    let visits = &names.document.visits;
    let place = |i: usize| names.place_name(&visits[i]);
    let why = names.words.of(reason(b.because));
    let mut title = names.words.say(Phrase::GraphBefore, &[&place(b.from), &place(b.to), why]);
    let (earlier, later) = (&visits[b.from].id, &visits[b.to].id);
    let reasons = names.document.sequence.iter();
    let told = reasons.filter(|p| p.before == *earlier && p.after == *later && p.because == b.because);
    if let Some(evidence) = told.filter_map(|p| p.evidence.as_ref()).next() {
        title += &format!(" {}", names.words.say(Phrase::Quote, &[evidence.quote.trim()]));
    }
    let recalled = from.recalled && to.recalled;
    Some(Wire { recalled, arrow: Some(arrow), title, ..wire(Kind::Before(b.because), to.hue, points) })
}

/// A line of level and upright pieces with its corners rounded.
fn rounded(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut out: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
    for window in points.windows(3) {
        let (a, corner, b) = (window[0], window[1], window[2]);
        let toward = |to: (f64, f64)| {
            let (dx, dy) = (to.0 - corner.0, to.1 - corner.1);
            let length = dx.hypot(dy);
            let by = CORNER.min(length / 2.0) / length.max(1e-6);
            (corner.0 + dx * by, corner.1 + dy * by)
        };
        let (start, end) = (toward(a), toward(b));
        for i in 0..=4 {
            let t = f64::from(i) / 4.0;
            let mix = |a: f64, m: f64, b: f64| a * (1.0 - t) * (1.0 - t) + 2.0 * m * t * (1.0 - t) + b * t * t;
            out.push((mix(start.0, corner.0, end.0), mix(start.1, corner.1, end.1)));
        }
    }
    out.extend(points.last().copied());
    out
}

/// A curve that leaves and arrives level.
fn curve(from: (f64, f64), to: (f64, f64)) -> Vec<(f64, f64)> {
    let middle = (from.0 + to.0) / 2.0;
    let at = |i: usize| {
        let t = i as f64 / STEPS as f64;
        let mix = |a: f64, b: f64, c: f64, d: f64| {
            let u = 1.0 - t;
            a * u * u * u + 3.0 * b * u * u * t + 3.0 * c * u * t * t + d * t * t * t
        };
        (mix(from.0, middle, middle, to.0), mix(from.1, from.1, to.1, to.1))
    };
    (0..=STEPS).map(at).collect()
}
