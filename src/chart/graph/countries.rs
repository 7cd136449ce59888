//! The right side of the graph: places and the people met, grouped by country; one that stands alone names its country beside it. Groups, and what stands in them, are ordered by the
//! mean height of what they are joined to, then neighbours change places where that saves crossings; groups come as near to
//! that height as they can without covering each other.

use super::super::Label;
use super::super::label::{broken, text_width};
use super::super::theme::{Role, Tone};
use super::super::words::{Names, Phrase};
use super::layout::{Columns, GraphLayout};
use crate::itinerary::graph::{Edge, Node};
use crate::itinerary::{CountryCode, PlaceKind, VisitGraph};

/// Between a mark and its text.
pub const GAP: f64 = 12.0;
const LINE: f64 = 16.0;
/// Between two pieces of a line.
const BESIDE: f64 = 8.0;
/// Between two groups, at least; and at most, where the stops leave more room.
const APART: f64 = 10.0;
const FAR_APART: f64 = 60.0;
/// How often neighbours are tried the other way round.
const SWEEPS: usize = 4;

/// Places and people of one country; the heading is empty where there is only one.
#[derive(Clone, Debug, PartialEq)]
pub struct Country {
    pub heading: Vec<Label>,
    pub items: Vec<Item>,
}

/// A place or a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub node: Node,
    pub at: (f64, f64),
    pub labels: Vec<Label>,
}

impl Country {
    /// All lines of text.
    pub fn texts(&self) -> impl Iterator<Item = &Label> {
        self.heading.iter().chain(self.items.iter().flat_map(|i| &i.labels))
    }
}

/// A node before it has a place: what it is joined to, by height.
pub struct Waiting {
    node: Node,
    country: Option<CountryCode>,
    heights: Vec<f64>,
}

/// Nodes of the right side that have a line: places of stops, of meetings elsewhere, and people who do not travel.
pub fn collect(names: &Names<'_>, graph: &VisitGraph<'_>, plan: &GraphLayout) -> Vec<Waiting> {
    let mut found: Vec<Waiting> = Vec::new();
    for (from, to) in links(names, graph, plan) {
        let height = match from {
            Node::Visit(v) => plan.stops.iter().find(|s| s.visit == v).map(|s| s.leaves.1),
            Node::Meeting(m) => plan.meetings.iter().find(|s| s.meeting == m).map(|s| s.leaves.1),
            _ => None,
        };
        let Some(height) = height else { continue };
        match found.iter_mut().find(|w| w.node == to) {
            Some(waiting) => waiting.heights.push(height),
            None => found.push(Waiting { node: to, country: country(names, from, to), heights: vec![height] }),
        }
    }
    found
}

/// The lines from the middle to the right side, as what they join.
pub fn links(names: &Names<'_>, graph: &VisitGraph<'_>, plan: &GraphLayout) -> Vec<(Node, Node)> {
    let d = names.document;
    let travels = |i: usize| plan.travellers.iter().any(|t| t.official == Some(i));
    let mut found: Vec<(Node, Node)> = Vec::new();
    for edge in graph.graph.edge_indices() {
        let Some((a, b)) = graph.graph.edge_endpoints(edge) else { continue };
        let pair = match (graph.graph[edge], graph.graph[a], graph.graph[b]) {
            (Edge::In, from @ Node::Visit(_), to) => (from, to),
            // The place of a stop's meeting goes without saying, unless it is another one.
            (Edge::In, from @ Node::Meeting(m), to) => {
                let visit = d.visits.iter().find(|v| d.meetings[m].visit.as_ref() == Some(&v.id));
                if visit.is_some_and(|v| d.meetings[m].place.as_ref() == Some(&v.place)) {
                    continue;
                }
                (from, to)
            }
            (Edge::TookPart, Node::Official(o), meeting) if !travels(o) => (meeting, Node::Official(o)),
            _ => continue,
        };
        if !found.contains(&pair) {
            found.push(pair);
        }
    }
    found
}

fn country(names: &Names<'_>, from: Node, to: Node) -> Option<CountryCode> {
    let d = names.document;
    let told = match from {
        Node::Visit(v) => d.visits[v].country.clone(),
        Node::Meeting(m) => d.meetings[m].country.clone(),
        _ => None,
    };
    match to {
        Node::Official(o) => d.officials[o].country.clone(),
        Node::Place(p) => d.places[p].country.clone().or(told),
        _ => None,
    }
}

type Piece = (String, Role, Tone);

/// The lines of a node that stands alone: with its country.
fn said_alone(names: &Names<'_>, node: Node, country: &str, limit: f64) -> Vec<Vec<Piece>> {
    let mut lines = said(names, node, limit);
    let whole = matches!(node, Node::Place(p) if names.document.places[p].name == country);
    if whole {
        return lines;
    }
    let under = match node {
        Node::Official(o) => {
            let title = names.document.officials[o].title.as_ref().map(|t| names.words.capitalised(t));
            lines.retain(|line| line.iter().all(|(_, role, _)| *role == Role::Strong));
            title.into_iter().chain([country.to_string()]).collect::<Vec<_>>().join(names.words.of(Phrase::ListComma))
        }
        _ => country.to_string(),
    };
    let room = limit - lines.last().map_or(0.0, |l| line_width(l) + BESIDE);
    match lines.last_mut() {
        Some(line) if matches!(node, Node::Place(_)) && text_width(&under, Role::Body) <= room => {
            line.push((under, Role::Body, Tone::Quiet));
        }
        _ => lines.extend(broken(&under, limit, Role::Body).into_iter().map(|l| vec![(l, Role::Body, Tone::Quiet)])),
    }
    lines
}

/// The lines of a node.
fn said(names: &Names<'_>, node: Node, limit: f64) -> Vec<Vec<Piece>> {
    let (name, under, role) = match node {
        Node::Official(o) => {
            let official = &names.document.officials[o];
            let title = official.title.as_ref().map(|t| names.words.capitalised(t)).unwrap_or_default();
            (official.name.clone(), title, Role::Body)
        }
        Node::Place(p) => {
            let place = &names.document.places[p];
            let whole = place.kind == PlaceKind::Country;
            let note = if whole { names.words.of(Phrase::GraphWhole).to_string() } else { String::new() };
            (place.name.clone(), note, Role::Note)
        }
        _ => return Vec::new(),
    };
    let name = broken(&name, limit, Role::Strong).into_iter().map(|l| vec![(l, Role::Strong, Tone::Ink)]);
    name.chain(broken(&under, limit, role).into_iter().map(|l| vec![(l, role, Tone::Quiet)])).collect()
}

/// Width of the pieces of a line.
fn line_width(line: &[Piece]) -> f64 {
    let pieces: f64 = line.iter().map(|(words, role, _)| text_width(words, *role)).sum();
    pieces + BESIDE * line.len().saturating_sub(1) as f64
}

/// The widest line of the column, at most `limit`.
pub fn width(names: &Names<'_>, limit: f64) -> f64 {
    let d = names.document;
    let places = d.places.iter().enumerate().map(|(i, p)| (Node::Place(i), p.country.as_ref()));
    let people = d.officials.iter().enumerate().map(|(i, o)| (Node::Official(i), o.country.as_ref()));
    let alone = |(node, country): (Node, Option<&CountryCode>)| {
        said_alone(names, node, &country.map_or_else(String::new, |c| names.country(c.as_str())), limit)
    };
    let lines = places.chain(people).flat_map(alone);
    lines.map(|line| line_width(&line)).fold(0.0, f64::max)
}

/// A group before it has a place.
struct Group {
    heading: Vec<String>,
    nodes: Vec<Waiting>,
    lines: Vec<Vec<Vec<Piece>>>,
}

impl Group {
    fn height(&self) -> f64 {
        let items: f64 = self.lines.iter().map(|l| LINE * l.len() as f64 + 5.0).sum();
        18.0 * self.heading.len() as f64 + items
    }

    fn heights(&self) -> impl Iterator<Item = f64> {
        self.nodes.iter().flat_map(|n| n.heights.iter().copied())
    }

    /// Where its upper edge would be best: its marks as high as what they are joined to.
    fn wish(&self) -> f64 {
        let mut y = 18.0 * self.heading.len() as f64;
        let (mut sum, mut count) = (0.0, 0.0);
        for (node, lines) in self.nodes.iter().zip(&self.lines) {
            for height in &node.heights {
                sum += height - (y + 8.0);
                count += 1.0;
            }
            y += LINE * lines.len() as f64 + 5.0;
        }
        sum / f64::max(count, 1.0)
    }
}

/// The height that all groups together need.
pub fn height(names: &Names<'_>, nodes: Vec<Waiting>, columns: &Columns) -> f64 {
    grouped(names, nodes, columns.limits[2]).iter().map(|g| g.height() + APART).sum()
}

/// Places all groups between two heights, or further down where they need more; gives the y below them.
pub fn place(
    plan: &mut GraphLayout,
    names: &Names<'_>,
    nodes: Vec<Waiting>,
    columns: &Columns,
    (top, low): (f64, f64),
) -> f64 {
    let groups = ordered(grouped(names, nodes, columns.limits[2]));
    let top = top - 14.0;
    let tops = settled(&groups, top, low);
    let mut end = top;
    for (group, y) in groups.iter().zip(tops) {
        let mut line = y;
        let heading: Vec<Label> = group
            .heading
            .iter()
            .map(|words| {
                line += 18.0;
                Label::new(words.clone(), (columns.mark - 5.0, line - 5.0), Role::Heading)
            })
            .collect();
        let mut items: Vec<Item> = Vec::new();
        for (node, lines) in group.nodes.iter().zip(&group.lines) {
            let at = (columns.mark, line + 7.5);
            items.push(Item { node: node.node, at, labels: set(lines, columns.mark + GAP, line + 12.0) });
            line += LINE * lines.len() as f64 + 5.0;
        }
        plan.countries.push(Country { heading, items });
        end = line;
    }
    end
}

/// Lines from the left end of the first baseline on.
fn set(lines: &[Vec<Piece>], left: f64, mut y: f64) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for line in lines {
        let mut x = left;
        for (words, role, tone) in line {
            let label = Label::new(words.clone(), (x, y), *role).tone(*tone);
            x += label.width() + BESIDE;
            labels.push(label);
        }
        y += LINE;
    }
    labels
}

fn grouped(names: &Names<'_>, nodes: Vec<Waiting>, limit: f64) -> Vec<Group> {
    let mut found: Vec<(Option<CountryCode>, Vec<Waiting>)> = Vec::new();
    for node in nodes {
        match found.iter_mut().find(|(country, _)| *country == node.country) {
            Some((_, group)) => group.push(node),
            None => found.push((node.country.clone(), vec![node])),
        }
    }
    let group = |(country, mut nodes): (Option<CountryCode>, Vec<Waiting>)| {
        let unknown = || names.words.capitalised(names.words.of(Phrase::GraphNoCountry));
        let name = country.map_or_else(unknown, |c| names.country(c.as_str()));
        nodes.sort_by(|a, b| mean(a.heights.iter().copied()).total_cmp(&mean(b.heights.iter().copied())));
        if let [alone] = &nodes[..] {
            let lines = vec![said_alone(names, alone.node, &name, limit)];
            return Group { heading: Vec::new(), nodes, lines };
        }
        let lines = nodes.iter().map(|n| said(names, n.node, limit)).collect();
        Group { heading: broken(&name, limit + GAP, Role::Heading), nodes, lines }
    };
    found.into_iter().map(group).collect()
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, n), v| (sum + v, n + 1.0));
    sum / f64::max(count, 1.0)
}

/// Groups by mean height; then neighbours change places wherever their lines cross less the other way round.
fn ordered(mut groups: Vec<Group>) -> Vec<Group> {
    groups.sort_by(|a, b| mean(a.heights()).total_cmp(&mean(b.heights())));
    for _ in 0..SWEEPS {
        for i in 1..groups.len() {
            if crossings(&groups[i - 1], &groups[i]) > crossings(&groups[i], &groups[i - 1]) {
                groups.swap(i - 1, i);
            }
        }
    }
    groups
}

/// How many lines of two groups cross when the first stands above the second.
fn crossings(above: &Group, below: &Group) -> usize {
    above.heights().map(|a| below.heights().filter(|b| *b < a).count()).sum()
}

/// Upper edges as near to the wished ones as order and room allow (isotonic regression: what would overlap is pooled).
fn settled(groups: &[Group], top: f64, low: f64) -> Vec<f64> {
    let mut offsets: Vec<f64> = Vec::new();
    let needed: f64 = groups.iter().map(|g| g.height() + APART).sum();
    let apart = (APART + (low - top - needed) / groups.len().max(1) as f64).clamp(APART, FAR_APART);
    let mut used = 0.0;
    for group in groups {
        offsets.push(used);
        used += group.height() + apart;
    }
    // Each pool has a sum, a count, and with it the mean that all of its groups stand at, less their offsets.
    let mut pools: Vec<(f64, f64)> = Vec::new();
    for (group, offset) in groups.iter().zip(&offsets) {
        pools.push((group.wish() - offset, 1.0));
        while let [.., (a, m), (b, n)] = pools[..] {
            if a / m <= b / n {
                break;
            }
            pools.truncate(pools.len() - 2);
            pools.push((a + b, m + n));
        }
    }
    let most = (low - used + apart).max(top);
    let starts = pools.into_iter().flat_map(|(sum, n)| std::iter::repeat_n((sum / n).clamp(top, most), n as usize));
    starts.zip(offsets).map(|(start, offset)| start + offset).collect()
}
