//! Geometry of the timeline: where zones, stops, labels and joins go. No colour, no SVG.

use super::super::label::{broken, text_width};
use super::super::sheet::{self, Legend, Sheet};
use super::super::theme::{Role, Tone};
use super::super::words::{Detail, Names};
use super::super::{Label, Options, Rect};
use super::zones::{Zone, zones};
use crate::Itinerary;
use crate::itinerary::{Edtf, Mode, Status, TripKind, VisitGraph};

/// Radius of a stop's disc in pixels.
pub const RADIUS: f64 = 14.0;
const MARGIN: f64 = 20.0;
const PAD: f64 = 14.0;
const GAP: f64 = 8.0;
const LINE: f64 = 17.0;
/// Widest text of one stop.
const WIDEST: f64 = 190.0;

/// A stop with everything that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Index into the document's visits.
    pub visit: usize,
    pub hue: usize,
    pub background: bool,
    pub x: f64,
    pub y: f64,
    pub labels: Vec<Label>,
    /// Marks of meetings: x, y, and whether it is a call.
    pub meetings: Vec<(f64, f64, bool)>,
}

/// A line between two stops that follow each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    pub x0: f64,
    pub x1: f64,
    pub y: f64,
    pub hue: usize,
    /// Whether the text gives the order of the two.
    pub known: bool,
    /// Whether it leads to a stop that has not taken place.
    pub ahead: bool,
}

/// A bracket around stops whose order is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Bracket {
    pub x0: f64,
    pub x1: f64,
    pub y0: f64,
    pub y1: f64,
    pub hue: usize,
}

/// Where everything goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimelineLayout {
    pub width: f64,
    pub height: f64,
    pub zones: Vec<Rect>,
    /// Breaks of the axis: x, top, bottom.
    pub breaks: Vec<(f64, f64, f64)>,
    /// Hairline of publication: x, top, bottom.
    pub published: Option<(f64, f64, f64)>,
    pub stops: Vec<Stop>,
    pub joins: Vec<Join>,
    pub brackets: Vec<Bracket>,
    pub labels: Vec<Label>,
    /// Marks of meetings that belong to no stop: x, y, and whether it is a call.
    pub marks: Vec<(f64, f64, bool)>,
    pub legend: Legend,
}

impl TimelineLayout {
    /// All lines of text.
    pub fn texts(&self) -> impl Iterator<Item = &Label> {
        self.labels.iter().chain(self.stops.iter().flat_map(|s| &s.labels))
    }
}

/// Text of a stop, above and below its disc, before it has a position.
struct Card {
    visit: usize,
    above: Vec<String>,
    below: Vec<(String, bool, Option<bool>)>,
    width: f64,
}

/// A zone's share of one row: its columns by lane.
struct Column {
    zone: usize,
    continued: bool,
    lanes: Vec<Vec<Card>>,
    width: f64,
}

/// Lays a document out.
pub fn layout(document: &Itinerary, options: &Options) -> TimelineLayout {
    let names = Names::new(document, options.language);
    let page = options.width.max(480.0);
    let paper = Sheet { names: &names, options, width: page, left_out: 0 };
    let (labels, y) = paper.head();
    let mut plan = TimelineLayout { width: page, labels, ..TimelineLayout::default() };
    let mut y = y + 14.0;
    let travellers = names.travellers();
    let main: Vec<usize> = names.indices(TripKind::Main);
    let zones = zones(&names, &main);
    let lane_of = |visit: usize| travellers.iter().position(|t| **t == document.visits[visit].traveller).unwrap_or(0);
    let rows = rows(document, &names, &zones, &lane_of, travellers.len(), page - 2.0 * MARGIN);
    for row in &rows {
        y = place_row(&mut plan, &names, &zones, row, y) + 16.0;
    }
    join_stops(&mut plan, document);
    y = recalled(&mut plan, &names, y);
    y = elsewhere(&mut plan, &names, y);
    let mut keys = sheet::keys(document);
    keys.extend((!plan.brackets.is_empty()).then_some(sheet::Key::Bracket));
    keys.extend(plan.joins.iter().any(|j| !j.known).then_some(sheet::Key::Dotted));
    let (legend, y) = sheet::legend(&names, &keys, page - sheet::MARGIN, y + 22.0);
    plan.legend = legend;
    let (foot, y) = paper.foot("", y + 16.0);
    plan.labels.extend(foot);
    plan.height = y + 4.0;
    plan
}

fn card(names: &Names<'_>, visit: usize) -> Card {
    let v = &names.document.visits[visit];
    let above = broken(&names.place_name(v), WIDEST - 30.0, Role::Name);
    let mut facts: Vec<String> = Vec::new();
    facts.extend(Some(names.country_of(v)).filter(|c| !c.is_empty()));
    let spread = v.end.is_some() && v.start != v.end && v.start.as_ref().and_then(Edtf::as_day).is_some();
    facts.extend(Some(names.dates.visit(v, Detail::Short)).filter(|d| spread && !d.is_empty()));
    if v.status != Status::Completed {
        facts.push(names.status(v.status).into());
    }
    let mut below: Vec<(String, bool, Option<bool>)> =
        broken(&facts.join(" · "), WIDEST, Role::Body).into_iter().map(|l| (l, false, None)).collect();
    for meeting in names.meetings(v) {
        let call = meeting.mode != Mode::InPerson;
        for (name, office) in names.others(meeting, &v.traveller) {
            for (i, line) in broken(&name, WIDEST - 16.0, Role::Strong).into_iter().enumerate() {
                below.push((line, true, Some(call).filter(|_| i == 0)));
            }
            let planned = if meeting.status == v.status || meeting.status == Status::Completed {
                String::new()
            } else {
                names.status(meeting.status).into()
            };
            let note = [office, planned].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", ");
            below.extend(
                broken(&note, WIDEST - 16.0, Role::Body).into_iter().map(|l| (format!("\u{2003}{l}"), false, None)),
            );
        }
    }
    for site in sites(names, visit) {
        below.extend(
            broken(&site, WIDEST - 16.0, Role::Strong)
                .into_iter()
                .enumerate()
                .map(|(i, l)| (l, true, Some(false).filter(|_| i == 0))),
        );
    }
    let widest = above.iter().map(|l| text_width(l, Role::Name)).chain(
        below
            .iter()
            .map(|(l, bold, _)| 16.0 + text_width(l.trim_start(), if *bold { Role::Strong } else { Role::Body })),
    );
    let width = widest.fold(2.0 * RADIUS + 30.0, f64::max) + 22.0;
    Card { visit, above, below, width }
}

/// Names of sites seen during a visit.
fn sites(names: &Names<'_>, visit: usize) -> Vec<String> {
    let ids = names.document.visits[visit].extra.get("sites").and_then(|s| s.as_array()).cloned().unwrap_or_default();
    let name = |id: &str| names.document.places.iter().find(|p| p.id.0 == id).map(|p| p.name.clone());
    ids.iter().filter_map(|id| id.as_str()).filter_map(name).collect()
}

/// Distributes zones over rows; a zone that is wider than a row is continued in the next.
fn rows(
    document: &Itinerary,
    names: &Names<'_>,
    zones: &[Zone],
    lane_of: &dyn Fn(usize) -> usize,
    lanes: usize,
    room: f64,
) -> Vec<Vec<Column>> {
    let mut rows: Vec<Vec<Column>> = vec![Vec::new()];
    let mut used = 0.0;
    for (z, zone) in zones.iter().enumerate() {
        for column in columns(document, names, z, zone, lane_of, lanes.max(1), room) {
            if used + column.width > room && rows.last().is_some_and(|r| !r.is_empty()) {
                rows.push(Vec::new());
                used = 0.0;
            }
            used += column.width + GAP;
            if let Some(row) = rows.last_mut() {
                row.push(column);
            }
        }
    }
    rows.retain(|r| !r.is_empty());
    rows
}

fn columns(
    document: &Itinerary,
    names: &Names<'_>,
    z: usize,
    zone: &Zone,
    lane_of: &dyn Fn(usize) -> usize,
    lanes: usize,
    room: f64,
) -> Vec<Column> {
    let empty =
        |continued: bool| Column { zone: z, continued, lanes: (0..lanes).map(|_| Vec::new()).collect(), width: 0.0 };
    let mut columns = vec![empty(false)];
    let mut visits = zone.visits.clone();
    visits.sort_by_key(|v| (document.visits[*v].order, *v));
    for v in visits {
        let (card, lane) = (card(names, v), lane_of(v).min(lanes - 1));
        let full = columns.last().is_some_and(|c| {
            !c.lanes[lane].is_empty() && lane_width(&c.lanes[lane]) + card.width + 2.0 * PAD + 24.0 > room
        });
        if full {
            columns.push(empty(true));
        }
        if let Some(column) = columns.last_mut() {
            column.lanes[lane].push(card);
        }
    }
    for column in &mut columns {
        let title = text_width(&zone.heading, Role::Heading).max(text_width(&zone.note, Role::Body)) + 76.0;
        let content = column.lanes.iter().map(|l| lane_width(l)).fold(0.0, f64::max) + 2.0 * PAD + 24.0;
        column.width = content.max(title).min(room);
    }
    columns
}

fn lane_width(cards: &[Card]) -> f64 {
    cards.iter().map(|c| c.width).sum()
}

/// Places one row of zones from `top`; gives its lower edge.
fn place_row(plan: &mut TimelineLayout, names: &Names<'_>, zones: &[Zone], row: &[Column], top: f64) -> f64 {
    let travellers = names.travellers();
    let used: f64 = row.iter().map(|c| c.width + GAP).sum::<f64>() - GAP;
    let room = plan.width - 2.0 * MARGIN;
    let stretch = if used > room * 0.55 { (room - used).max(0.0) / row.len() as f64 } else { 0.0 };
    let mut baseline = Vec::new();
    let mut y = top + 50.0;
    for lane in 0..row.first().map_or(0, |c| c.lanes.len()) {
        let cards = || row.iter().flat_map(|c| &c.lanes[lane]);
        if cards().next().is_none() {
            baseline.push(y);
            continue;
        }
        if travellers.len() > 1 {
            let name = travellers.get(lane).map(|t| names.name(t)).unwrap_or_default();
            for line in broken(&name, plan.width - 2.0 * MARGIN - 2.0 * PAD, Role::Heading) {
                plan.labels.push(Label::new(line, (MARGIN + PAD, y + 12.0), Role::Heading));
                y += LINE;
            }
            y += 6.0;
        }
        let above = cards().map(|c| c.above.len()).max().unwrap_or(1) as f64 * LINE;
        let below = cards().map(|c| c.below.len()).max().unwrap_or(0) as f64 * LINE;
        let line = y + above + 10.0 + RADIUS;
        baseline.push(line);
        y = line + RADIUS + 22.0 + below + 22.0;
    }
    let bottom = y;
    let mut x = MARGIN;
    for column in row {
        place_column(plan, names, &zones[column.zone], column, (x, top, column.width + stretch, bottom), &baseline);
        mark_edges(plan, names, zones, column, x, column.width + stretch, top, bottom);
        x += column.width + stretch + GAP;
    }
    bottom
}

/// The hairline of publication after the last zone that is not ahead, and breaks before zones that are not the next day.
#[allow(clippy::too_many_arguments)]
fn mark_edges(
    plan: &mut TimelineLayout,
    names: &Names<'_>,
    zones: &[Zone],
    column: &Column,
    x: f64,
    w: f64,
    top: f64,
    bottom: f64,
) {
    let zone = &zones[column.zone];
    let next = zones.get(column.zone + 1);
    let published = names.document.article.published.as_ref().and_then(Edtf::as_day);
    let here = (!zone.ahead && next.is_none_or(|n| n.ahead)) || (column.zone == 0 && zone.ahead);
    if let Some(day) = published.filter(|_| here && plan.published.is_none()) {
        let at = if zone.ahead { x - 1.0 } else { x + w };
        let words = format!("article published {}", names.dates.day(day, Detail::Long));
        let text = text_width(&words, Role::Body);
        plan.published = Some((at, top - 4.0, bottom + 18.0));
        let left = if at - text - 6.0 > 0.0 { at - text - 6.0 } else { at + 6.0 };
        plan.labels.push(Label::new(words, (left, bottom + 15.0), Role::Body).quiet());
    }
    let apart = zone.day.zip(next.and_then(|n| n.day)).is_some_and(|(a, b)| (b - a).num_days() > 1);
    if apart && x + w + GAP < plan.width - MARGIN {
        plan.breaks.push((x + w + GAP / 2.0, top, bottom));
    }
}

fn place_column(
    plan: &mut TimelineLayout,
    names: &Names<'_>,
    zone: &Zone,
    column: &Column,
    (x, top, w, bottom): (f64, f64, f64, f64),
    baseline: &[f64],
) {
    plan.zones.push(Rect { x, y: top, w, h: bottom - top });
    let heading = if column.continued { format!("{}, continued", zone.heading) } else { zone.heading.clone() };
    plan.labels.push(Label::new(heading, (x + PAD, top + 22.0), Role::Heading));
    if !zone.note.is_empty() {
        plan.labels.push(Label::new(zone.note.clone(), (x + PAD, top + 40.0), Role::Body).quiet());
    }
    for (lane, cards) in column.lanes.iter().enumerate() {
        let slack = (w - 2.0 * PAD - 24.0 - lane_width(cards)).max(0.0) / cards.len().max(1) as f64;
        let mut at = x + PAD + 12.0;
        let mut placed: Vec<(usize, f64, f64)> = Vec::new();
        for card in cards {
            let centre = at + RADIUS + 6.0;
            place_card(plan, card, centre, baseline[lane], lane);
            placed.push((card.visit, at, at + card.width));
            at += card.width + slack.min(90.0);
        }
        bracket_open(plan, names, &placed, baseline[lane], lane);
    }
}

fn place_card(plan: &mut TimelineLayout, card: &Card, x: f64, y: f64, lane: usize) {
    let left = x - RADIUS;
    let mut labels = Vec::new();
    let mut meetings = Vec::new();
    for (i, line) in card.above.iter().rev().enumerate() {
        let y = y - RADIUS - 10.0 - i as f64 * LINE;
        labels.push(Label::new(line.clone(), (left, y), Role::Name));
    }
    for (i, (line, bold, mark)) in card.below.iter().enumerate() {
        let y = y + RADIUS + 22.0 + i as f64 * LINE;
        let indent = if *bold || line.starts_with('\u{2003}') { 16.0 } else { 0.0 };
        if let Some(call) = mark {
            meetings.push((left + 4.0, y - 4.0, *call));
        }
        labels.push(
            Label::new(
                line.trim_start().to_string(),
                (left + indent, y),
                if *bold { Role::Strong } else { Role::Body },
            )
            .tone(if *bold { Tone::Ink } else { Tone::Quiet }),
        );
    }
    plan.stops.push(Stop { visit: card.visit, hue: lane, background: false, x, y, labels, meetings });
}

/// Brackets stops of one lane and zone that share a number.
fn bracket_open(plan: &mut TimelineLayout, names: &Names<'_>, placed: &[(usize, f64, f64)], y: f64, hue: usize) {
    let called_off = |v: usize| names.document.visits[v].status == Status::Cancelled;
    let placed: Vec<(usize, f64, f64)> = placed.iter().copied().filter(|p| !called_off(p.0)).collect();
    let order = |v: usize| (&names.document.visits[v].trip, names.document.visits[v].order);
    let mut i = 0;
    while i < placed.len() {
        let end = (i..placed.len()).take_while(|j| order(placed[*j].0) == order(placed[i].0)).last().unwrap_or(i);
        if end > i {
            let below = plan
                .stops
                .iter()
                .filter(|s| placed[i..=end].iter().any(|p| p.0 == s.visit))
                .flat_map(|s| &s.labels)
                .map(|l| l.y)
                .fold(y + RADIUS + 4.0, f64::max);
            let words = "order not stated".to_string();
            let middle = (placed[i].1 + placed[end].2) / 2.0 - text_width(&words, Role::Body) / 2.0;
            plan.labels.push(Label::new(words, (middle, below + LINE), Role::Body).quiet());
            plan.brackets.push(Bracket {
                x0: placed[i].1 - 10.0,
                x1: placed[end].2 - 6.0,
                y0: y - 34.0,
                y1: y + 34.0,
                hue,
            });
        }
        i = end + 1;
    }
}

/// Lines between neighbours of a lane and row, but for cancelled stops and inside brackets.
fn join_stops(plan: &mut TimelineLayout, document: &Itinerary) {
    let graph = VisitGraph::of(document);
    let mut joins = Vec::new();
    let on_route: Vec<&Stop> =
        plan.stops.iter().filter(|s| document.visits[s.visit].status != Status::Cancelled).collect();
    for (i, a) in on_route.iter().enumerate() {
        let Some(b) =
            on_route.iter().skip(i + 1).filter(|b| b.hue == a.hue && b.y == a.y).min_by(|p, q| p.x.total_cmp(&q.x))
        else {
            continue;
        };
        let (va, vb) = (&document.visits[a.visit], &document.visits[b.visit]);
        if va.trip != vb.trip || va.order == vb.order {
            continue;
        }
        let edge = |s: &Stop, right: bool| {
            let bracket =
                plan.brackets.iter().find(|k| k.hue == s.hue && k.x0 < s.x && s.x < k.x1 && k.y0 < s.y && s.y < k.y1);
            match (bracket, right) {
                (Some(k), true) => k.x1,
                (Some(k), false) => k.x0,
                (None, true) => s.x + RADIUS + 2.0,
                (None, false) => s.x - RADIUS - 2.0,
            }
        };
        joins.push(Join {
            x0: edge(a, true),
            x1: edge(b, false),
            y: a.y,
            hue: a.hue,
            known: graph.comparable(a.visit, b.visit),
            ahead: vb.status != Status::Completed,
        });
    }
    plan.joins = joins.into_iter().filter(|j| j.x1 > j.x0).collect();
}

/// Background trips: one line each, grey, apart.
fn recalled(plan: &mut TimelineLayout, names: &Names<'_>, mut y: f64) -> f64 {
    let visits = names.indices(TripKind::Background);
    if visits.is_empty() {
        return y;
    }
    y += 18.0;
    plan.labels.push(Label::new("Recalled in the article", (MARGIN, y), Role::Heading).quiet());
    for i in visits {
        let v = &names.document.visits[i];
        let place = [names.place_name(v), names.country_of(v), names.dates.visit(v, Detail::Short)]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        let office = names.office_of(&v.traveller);
        let who =
            [names.name(&v.traveller), office].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", ");
        y += 24.0;
        let x = MARGIN + 80.0;
        let mut labels = vec![];
        for line in broken(&place, plan.width - x - 40.0, Role::Strong) {
            labels.push(Label::new(line, (x + 16.0, y + 4.0), Role::Strong).quiet());
            y += LINE;
        }
        for line in broken(&who, plan.width - x - 40.0, Role::Body) {
            labels.push(Label::new(line, (x + 16.0, y + 4.0), Role::Body).quiet());
            y += LINE;
        }
        let at = labels.first().map_or(y, |l| l.y) - 4.0;
        y -= LINE;
        plan.stops.push(Stop { visit: i, hue: 0, background: true, x, y: at, labels, meetings: vec![] });
    }
    y + 10.0
}

/// Meetings and calls that belong to no stop, as lines of text.
fn elsewhere(plan: &mut TimelineLayout, names: &Names<'_>, mut y: f64) -> f64 {
    let at_stop = |id: &crate::itinerary::MeetingId| {
        names.document.visits.iter().any(|v| names.meetings(v).iter().any(|m| m.id == *id))
    };
    let rest: Vec<_> = names.document.meetings.iter().filter(|m| !at_stop(&m.id)).collect();
    if rest.is_empty() {
        return y;
    }
    y += 18.0;
    plan.labels.push(Label::new("Other meetings and calls", (MARGIN, y), Role::Heading).quiet());
    y += 6.0;
    for m in rest {
        let people: Vec<String> =
            m.participants.iter().map(|p| names.name(p)).chain(m.groups.iter().map(|g| g.label.clone())).collect();
        let how = match m.mode {
            Mode::InPerson => "",
            Mode::Phone => "by phone",
            Mode::Video => "by video",
        };
        let date = m.date.as_ref().map(|d| names.dates.date(d, Detail::Short)).unwrap_or_default();
        let status = if m.status == Status::Completed { "" } else { names.status(m.status) };
        let facts = [how, &date, status].iter().filter(|s| !s.is_empty()).copied().collect::<Vec<_>>().join(", ");
        let line =
            if facts.is_empty() { names.words.and(&people) } else { format!("{}: {facts}", names.words.and(&people)) };
        for (i, line) in broken(&line, plan.width - 2.0 * MARGIN - 20.0, Role::Body).into_iter().enumerate() {
            y += LINE;
            if i == 0 {
                plan.marks.push((MARGIN + 4.0, y - 4.0, m.mode != Mode::InPerson));
            }
            plan.labels.push(Label::new(line, (MARGIN + 16.0, y), Role::Body).quiet());
        }
    }
    y + 10.0
}
