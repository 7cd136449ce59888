//! The middle of the graph: for each traveller a block of stops in the order of their trips, with the meetings of each stop under
//! it, and meetings that belong to no stop at the end.

use super::super::label::{broken, text_width};
use super::super::sheet::MARGIN;
use super::super::theme::{Role, Tone};
use super::super::words::{Detail, Names, Phrase};
use super::super::{Label, Rect};
use super::layout::{Columns, GraphLayout, RADIUS, travellers};
use super::wires::{TRUNK, TRUNKS};
use crate::itinerary::{Meeting, Mode, OfficialId, Status, TripId, Visit};

/// Between a disc and its text.
pub const GAP: f64 = 10.0;
const LINE: f64 = 16.0;
/// How far the marks of meetings are set in.
const INDENT: f64 = 26.0;

/// A traveller, at the head of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Traveller {
    pub official: Option<usize>,
    pub hue: usize,
    pub labels: Vec<Label>,
    /// Where lines leave.
    pub at: (f64, f64),
    /// Where they turn up and down.
    pub trunk: f64,
}

/// A stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Index into the document's visits.
    pub visit: usize,
    /// Index into the travellers, which is also the hue.
    pub hue: usize,
    pub recalled: bool,
    pub at: (f64, f64),
    pub labels: Vec<Label>,
    /// Where the line to its place leaves.
    pub leaves: (f64, f64),
}

/// A meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct Met {
    /// Index into the document's meetings.
    pub meeting: usize,
    pub hue: usize,
    /// Index into the stops of the layout.
    pub stop: Option<usize>,
    pub mode: Mode,
    pub at: (f64, f64),
    pub labels: Vec<Label>,
    pub leaves: (f64, f64),
}

/// What one traveller's block holds, by index into the document.
pub struct Block {
    pub traveller: Option<OfficialId>,
    pub trips: Vec<Vec<usize>>,
    /// Meetings without a stop.
    pub loose: Vec<usize>,
}

/// The blocks of a document; the last one may be of meetings in which no traveller took part.
pub fn blocks(names: &Names<'_>) -> Vec<Block> {
    let d = names.document;
    let people = travellers(names);
    let mut blocks: Vec<Block> = people
        .iter()
        .map(|t| Block { traveller: Some(t.clone()), trips: trips(names, t), loose: Vec::new() })
        .collect();
    let mut nobody = Block { traveller: None, trips: Vec::new(), loose: Vec::new() };
    for (i, meeting) in d.meetings.iter().enumerate() {
        if meeting.visit.as_ref().is_some_and(|id| d.visits.iter().any(|v| v.id == *id)) {
            continue;
        }
        match people.iter().position(|t| meeting.participants.contains(t)) {
            Some(block) => blocks[block].loose.push(i),
            None => nobody.loose.push(i),
        }
    }
    blocks.extend((!nobody.loose.is_empty()).then_some(nobody));
    blocks
}

/// A traveller's visits by trip, main trips first, each in its order.
fn trips(names: &Names<'_>, traveller: &OfficialId) -> Vec<Vec<usize>> {
    let visits = &names.document.visits;
    let own: Vec<usize> = (0..visits.len()).filter(|i| visits[*i].traveller == *traveller).collect();
    let mut ids: Vec<&TripId> = Vec::new();
    for i in &own {
        if !ids.contains(&&visits[*i].trip) {
            ids.push(&visits[*i].trip);
        }
    }
    let of = |id: &TripId| {
        // A stop without a number stays behind the one that it follows in the document.
        let mut last = 0;
        let stops = own.iter().copied().filter(|i| visits[*i].trip == *id);
        let mut stops: Vec<(u32, usize)> = stops
            .map(|i| {
                last = visits[i].order.unwrap_or(last);
                (last, i)
            })
            .collect();
        stops.sort_by_key(|(order, _)| *order);
        stops.into_iter().map(|(_, i)| i).collect::<Vec<usize>>()
    };
    let mut trips: Vec<Vec<usize>> = ids.into_iter().map(of).collect();
    trips.sort_by_key(|t| t.first().is_some_and(|i| names.is_recalled(&visits[*i])));
    trips
}

/// Indices of the meetings during a visit.
fn meetings_of(names: &Names<'_>, visit: &Visit) -> Vec<usize> {
    let meetings = names.document.meetings.iter().enumerate();
    meetings.filter(|(_, m)| m.visit.as_ref() == Some(&visit.id)).map(|(i, _)| i).collect()
}

/// The widest line of the travellers' column, at most `limit`.
pub fn traveller_width(names: &Names<'_>, blocks: &[Block], limit: f64) -> f64 {
    let lines = blocks.iter().filter_map(|b| b.traveller.as_ref()).flat_map(|t| who(names, t, limit));
    lines.map(|(words, role, _)| text_width(&words, role)).fold(0.0, f64::max)
}

/// The widest line of the stops' column, at most `limit`.
pub fn stop_width(names: &Names<'_>, blocks: &[Block], limit: f64) -> f64 {
    let visits = blocks.iter().flat_map(|b| b.trips.iter().flatten());
    let stops = visits.map(|i| {
        let lines = said(names, &names.document.visits[*i], limit);
        lines.iter().map(|l| l.iter().map(|(w, r, _)| text_width(w, *r) + 8.0).sum::<f64>()).fold(0.0, f64::max)
    });
    let meetings = names.document.meetings.iter().map(|m| {
        let visit = names.document.visits.iter().find(|v| m.visit.as_ref() == Some(&v.id));
        let lines = broken(&told(names, m, visit), limit - INDENT, Role::Body);
        lines.iter().map(|l| text_width(l, Role::Body)).fold(0.0, f64::max) + INDENT
    });
    stops.chain(meetings).fold(0.0, f64::max).min(limit)
}

type Piece = (String, Role, Tone);

fn who(names: &Names<'_>, traveller: &OfficialId, limit: f64) -> Vec<Piece> {
    let name = broken(&names.name(traveller), limit, Role::Name).into_iter().map(|l| (l, Role::Name, Tone::Hue));
    let office = broken(&names.office_of(traveller), limit, Role::Body);
    name.chain(office.into_iter().map(|l| (l, Role::Body, Tone::Quiet))).collect()
}

/// The lines of a stop: its place, and on the same line where there is room its date, status and sites.
fn said(names: &Names<'_>, visit: &Visit, limit: f64) -> Vec<Vec<Piece>> {
    let recalled = names.is_recalled(visit);
    let tone = if recalled { Tone::Quiet } else { Tone::Ink };
    let date = names.dates.table(visit, Detail::Short);
    let undated = names.dates.visit(visit, Detail::Short).is_empty();
    let status = if visit.status == Status::Completed { String::new() } else { names.status(visit.status).into() };
    let sites = names.sites(visit);
    let sites =
        if sites.is_empty() { String::new() } else { names.words.say(Phrase::GraphAt, &[&names.words.and(&sites)]) };
    let role = if undated { Role::Note } else { Role::Body };
    let facts = names.words.parts(&[date, status, sites]);
    let place = broken(&names.place_name(visit), limit, Role::Strong);
    let mut lines: Vec<Vec<Piece>> = place.into_iter().map(|l| vec![(l, Role::Strong, tone)]).collect();
    let width = |l: &Vec<Piece>| l.iter().map(|(w, r, _)| text_width(w, *r)).sum::<f64>();
    let used = lines.last().map_or(0.0, width);
    let fits = lines.len() == 1 && used + 16.0 + text_width(&facts, role) <= limit;
    match lines.last_mut() {
        Some(line) if fits => line.push((facts, role, Tone::Quiet)),
        _ => lines.extend(broken(&facts, limit, role).into_iter().map(|l| vec![(l, role, Tone::Quiet)])),
    }
    lines
}

/// What is said beside a meeting's mark: what its stop does not say, and whom no node stands for.
fn told(names: &Names<'_>, meeting: &Meeting, visit: Option<&Visit>) -> String {
    let w = names.words;
    let same_day = visit.is_some_and(|v| meeting.date == v.start || meeting.date == v.end);
    let date = meeting.date.as_ref().filter(|_| !same_day).map(|d| names.dates.date(d, Detail::Short));
    let status = match meeting.status {
        Status::Completed => String::new(),
        status => names.status(status).into(),
    };
    let groups: Vec<String> = meeting.groups.iter().map(|g| g.label.clone()).collect();
    let groups = if groups.is_empty() { String::new() } else { w.say(Phrase::GraphWith, &[&w.and(&groups)]) };
    let kind = match meeting.mode {
        Mode::InPerson => w.of(Phrase::GraphMeeting),
        mode => names.mode(mode),
    };
    w.parts(&[kind.into(), groups, date.unwrap_or_default(), status])
}

/// Places all blocks from a baseline on, anew; gives the y below them.
pub fn place(plan: &mut GraphLayout, names: &Names<'_>, blocks: &[Block], columns: &Columns, mut y: f64) -> f64 {
    (plan.travellers, plan.stops, plan.meetings) = (Vec::new(), Vec::new(), Vec::new());
    for (hue, block) in blocks.iter().enumerate() {
        let mut low = y;
        if let Some(id) = &block.traveller {
            let recalled = !block.trips.is_empty() && block.trips.iter().all(|t| is_recalled(names, t));
            low = place_traveller(plan, names, (id, hue), recalled, columns, y);
        }
        let mut line = y;
        let main = block.trips.iter().filter(|t| !is_recalled(names, t)).count();
        for (i, trip) in block.trips.iter().enumerate() {
            let head = match is_recalled(names, trip) {
                true => names.words.capitalised(names.words.of(Phrase::Recalled)),
                false if main > 1 => {
                    names.words.capitalised(&names.words.say(Phrase::GraphTrip, &[&(i + 1).to_string()]))
                }
                false => String::new(),
            };
            line = place_head(plan, &head, columns, line);
            for visit in trip {
                line = place_stop(plan, names, (*visit, hue), columns, line);
            }
            line += 8.0;
        }
        if !block.loose.is_empty() {
            let head = names.words.capitalised(names.words.of(Phrase::GraphLoose));
            line = place_head(plan, &head, columns, line);
            for meeting in &block.loose {
                line = place_meeting(plan, names, (*meeting, hue), None, columns, line);
            }
        }
        y = low.max(line) + 18.0;
    }
    y - 18.0
}

fn is_recalled(names: &Names<'_>, trip: &[usize]) -> bool {
    trip.first().is_some_and(|i| names.is_recalled(&names.document.visits[*i]))
}

fn place_traveller(
    plan: &mut GraphLayout,
    names: &Names<'_>,
    (id, hue): (&OfficialId, usize),
    recalled: bool,
    columns: &Columns,
    y: f64,
) -> f64 {
    let mut labels: Vec<Label> = Vec::new();
    let mut line = y;
    for (words, role, tone) in who(names, id, columns.limits[0] + 0.5) {
        let tone = if recalled { Tone::Quiet } else { tone };
        labels.push(Label::new(words, (MARGIN, line), role).tone(tone));
        line += LINE + 1.0;
    }
    let first = labels.first().map_or(MARGIN, |l| l.x + l.width());
    plan.travellers.push(Traveller {
        official: names.document.officials.iter().position(|o| o.id == *id),
        hue,
        at: (first + 6.0, y - 4.5),
        trunk: columns.trunk + TRUNK * (hue % TRUNKS) as f64,
        labels,
    });
    line
}

/// A line over a part of a block; nothing where it is empty.
fn place_head(plan: &mut GraphLayout, words: &str, columns: &Columns, y: f64) -> f64 {
    let set = broken(words, columns.limits[1], Role::Note);
    let count = set.len() as f64;
    for (i, part) in set.into_iter().enumerate() {
        let at = (columns.disc + RADIUS + GAP, y + LINE * i as f64);
        plan.labels.push(Label::new(part, at, Role::Note).quiet());
    }
    if count > 0.0 { y + LINE * count + 6.0 } else { y }
}

fn place_stop(
    plan: &mut GraphLayout,
    names: &Names<'_>,
    (visit, hue): (usize, usize),
    columns: &Columns,
    y: f64,
) -> f64 {
    let v = &names.document.visits[visit];
    let mut labels: Vec<Label> = Vec::new();
    let mut line = y;
    let mut leaves = (columns.disc + RADIUS + GAP, y - 4.5);
    for (i, pieces) in said(names, v, columns.limits[1]).into_iter().enumerate() {
        let mut x = columns.disc + RADIUS + GAP;
        for (words, role, tone) in pieces {
            let label = Label::new(words, (x, line), role).tone(tone);
            x += label.width() + 8.0;
            labels.push(label);
        }
        if i == 0 {
            leaves.0 = x - 2.0;
        }
        line += LINE;
    }
    let recalled = names.is_recalled(v);
    plan.stops.push(Stop { visit, hue, recalled, at: (columns.disc, y - 4.5), labels, leaves });
    let stop = plan.stops.len() - 1;
    let mut line = line + 2.0;
    for meeting in meetings_of(names, v) {
        line = place_meeting(plan, names, (meeting, hue), Some(stop), columns, line);
    }
    line + 10.0 + columns.slack
}

fn place_meeting(
    plan: &mut GraphLayout,
    names: &Names<'_>,
    (meeting, hue): (usize, usize),
    stop: Option<usize>,
    columns: &Columns,
    y: f64,
) -> f64 {
    let m = &names.document.meetings[meeting];
    let visit = stop.map(|s| &names.document.visits[plan.stops[s].visit]);
    let at = (columns.disc + INDENT, y - 4.0);
    let mut labels: Vec<Label> = Vec::new();
    for (i, part) in broken(&told(names, m, visit), columns.limits[1] - INDENT, Role::Body).into_iter().enumerate() {
        labels.push(Label::new(part, (at.0 + 10.0, y + LINE * i as f64), Role::Body).quiet());
    }
    let box_of = labels.first().map_or(Rect::around(at, 4.0), Label::rect);
    let next = y + LINE * labels.len().max(1) as f64 + 2.0 + columns.slack;
    let leaves = (box_of.x + box_of.w + 6.0, at.1);
    plan.meetings.push(Met { meeting, hue, stop, mode: m.mode, at, labels, leaves });
    next
}
