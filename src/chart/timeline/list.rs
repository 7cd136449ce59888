//! Time downwards: a gutter with dates, a line of discs, and beside it what is written at each stop with the words that it came from.
//! Fits a phone or a column of print. Several travellers come one after the other.

use super::card::{Card, LINE};
use super::facts::Facts;
use super::joins::{nature, whole};
use super::lanes::NAME_LINE;
use super::plan::{Bracket, Join, RADIUS, Stop, TimelineLayout};
use super::zones::{Published, Zone, published, zones};
use crate::chart::Label;
use crate::chart::label::lines;
use crate::chart::sheet::MARGIN;
use crate::chart::theme::{Role, Tone};
use crate::chart::words::Phrase;
use crate::itinerary::TripKind;
use std::collections::BTreeMap;

/// Room between a disc and its text, and between the gutter and a bracket.
const BESIDE: f64 = 12.0;

/// What a list is set to: x of the line of discs and of the text, and the widths of gutter and text.
struct Measure {
    gutter: f64,
    line: f64,
    text: f64,
    limit: f64,
}

/// A stop of the list with the upper and lower end of all that belongs to it.
struct Entry {
    visit: usize,
    y: f64,
    top: f64,
    bottom: f64,
}

/// Sets the list from a y on; gives the y below it.
pub fn place(plan: &mut TimelineLayout, facts: &Facts<'_>, mut y: f64) -> f64 {
    let gutter = if plan.width < 480.0 { 66.0 } else { 112.0 };
    let line = MARGIN + gutter + BESIDE + RADIUS;
    let text = line + RADIUS + BESIDE;
    let measure = Measure { gutter, line, text, limit: plan.width - MARGIN - text };
    let main = facts.names.indices(TripKind::Main);
    for lane in 0..facts.travellers.len() {
        let visits: Vec<usize> = main.iter().copied().filter(|i| facts.lane(*i) == lane).collect();
        if visits.is_empty() {
            continue;
        }
        if facts.travellers.len() > 1 {
            y = heading(plan, facts, lane, y);
        }
        y = section(plan, facts, &measure, &visits, lane, y) + 10.0;
    }
    y
}

/// A traveller's name and office over the stops.
fn heading(plan: &mut TimelineLayout, facts: &Facts<'_>, lane: usize, mut y: f64) -> f64 {
    let (id, room) = (facts.travellers[lane], plan.width - 2.0 * MARGIN);
    for line in lines(&facts.names.name(id), (MARGIN, y + 16.0), room, NAME_LINE, Role::Heading) {
        y += NAME_LINE;
        plan.travellers.push((line.tone(Tone::Hue), lane));
    }
    for line in lines(&facts.names.office_of(id), (MARGIN, y + 15.0), room, LINE, Role::Body) {
        y += LINE;
        plan.labels.push(line.quiet());
    }
    y + 16.0
}

/// The stops of one traveller.
fn section(
    plan: &mut TimelineLayout,
    facts: &Facts<'_>,
    measure: &Measure,
    visits: &[usize],
    lane: usize,
    mut y: f64,
) -> f64 {
    let mut zones = zones(facts, visits);
    zones.retain(|z| !z.visits.is_empty());
    let line = published(facts, &zones);
    let mut entries: Vec<Entry> = Vec::new();
    for (z, zone) in zones.iter().enumerate() {
        if let Some(p) = line.as_ref().filter(|p| p.before == z && !p.inside) {
            y = publish(plan, measure, p, y);
        }
        y = place_zone(
            plan,
            facts,
            measure,
            zone,
            lane,
            y,
            &mut entries,
            line.as_ref().filter(|p| p.inside && p.before == z + 1),
        );
    }
    if let Some(p) = line.as_ref().filter(|p| p.before == zones.len() && !p.inside) {
        y = publish(plan, measure, p, y);
    }
    connect(plan, facts, measure, &entries, lane);
    y
}

/// A hairline across the list with the words of publication under it.
fn publish(plan: &mut TimelineLayout, measure: &Measure, published: &Published, mut y: f64) -> f64 {
    plan.published.push(((MARGIN, y), (plan.width - MARGIN, y)));
    for line in lines(&published.words, (measure.text, y + 14.0), measure.limit, LINE, Role::Body) {
        y += LINE;
        plan.labels.push(line.quiet());
    }
    y + 16.0
}

/// One stretch of time: its day in the gutter, or its heading over the stops.
#[allow(clippy::too_many_arguments)]
fn place_zone(
    plan: &mut TimelineLayout,
    facts: &Facts<'_>,
    measure: &Measure,
    zone: &Zone,
    lane: usize,
    mut y: f64,
    entries: &mut Vec<Entry>,
    inside: Option<&Published>,
) -> f64 {
    let mut least = y;
    if zone.day.is_some() {
        let labels = lines(&zone.heading, (MARGIN, y + RADIUS + 5.0), measure.gutter, NAME_LINE, Role::Heading);
        least = y + NAME_LINE * labels.len() as f64 + RADIUS;
        plan.labels.extend(labels);
    } else {
        y = heading_of(plan, measure, zone, y);
    }
    let mut inside = inside;
    for (i, &visit) in zone.visits.iter().enumerate() {
        if let Some(p) = inside.filter(|_| !facts.is_over(visit)) {
            // The gutter's heading stays above the hairline.
            y = publish(plan, measure, p, y.max(least));
            inside = None;
        }
        let opens = i == 0 || !facts.shares_number(zone.visits[i - 1], visit);
        if facts.names.is_open(facts.visit(visit)) && opens {
            let words = facts.names.words.of(Phrase::OrderOpen);
            for line in lines(words, (measure.text, y + 4.0), measure.limit, LINE, Role::Body) {
                plan.labels.push(line.quiet());
            }
            y += 10.0;
        }
        y = entry(plan, facts, measure, visit, lane, y, entries);
    }
    y.max(least)
}

/// The heading of a stretch that is no day, with what it leaves open beside it or under it.
fn heading_of(plan: &mut TimelineLayout, measure: &Measure, zone: &Zone, mut y: f64) -> f64 {
    let mut end = measure.text;
    for line in lines(&zone.heading, (measure.text, y + 12.0), measure.limit, NAME_LINE, Role::Heading) {
        y += NAME_LINE;
        end = line.x + line.width() + 8.0;
        plan.labels.push(line);
    }
    let beside = Label::new(zone.note.clone(), (end, y + 12.0 - NAME_LINE), Role::Body).quiet();
    if end + beside.width() <= measure.text + measure.limit {
        plan.labels.extend(Some(beside).filter(|l| !l.words.is_empty()));
    } else {
        for line in lines(&zone.note, (measure.text, y + 11.0), measure.limit, LINE, Role::Body) {
            y += LINE;
            plan.labels.push(line.quiet());
        }
    }
    y + 8.0
}

/// One stop.
fn entry(
    plan: &mut TimelineLayout,
    facts: &Facts<'_>,
    measure: &Measure,
    visit: usize,
    lane: usize,
    y: f64,
    entries: &mut Vec<Entry>,
) -> f64 {
    let card = Card::new(facts, visit, measure.limit).quoted(facts, measure.limit);
    let disc = y + RADIUS;
    let name = |(i, line): (usize, &String)| {
        Label::new(line.clone(), (measure.text, disc + 5.0 + NAME_LINE * i as f64), Role::Name)
    };
    let mut labels: Vec<Label> = card.name.iter().enumerate().map(name).collect();
    let first = disc + 5.0 + NAME_LINE * card.name.len() as f64;
    let (below, meetings) = card.set(measure.text, first);
    labels.extend(below);
    let bottom = (first + card.below() - 8.0).max(disc + RADIUS + 2.0);
    plan.stops.push(Stop { visit, hue: lane, x: measure.line, y: disc, labels, meetings, ..Stop::default() });
    entries.push(Entry { visit, y: disc, top: y, bottom });
    bottom + 14.0
}

/// Brackets around stops that share a number, and lines between those that follow each other.
fn connect(plan: &mut TimelineLayout, facts: &Facts<'_>, measure: &Measure, entries: &[Entry], lane: usize) {
    let mut of: BTreeMap<usize, usize> = BTreeMap::new();
    for run in entries.chunk_by(|a, b| facts.shares_number(a.visit, b.visit)) {
        if !facts.names.is_open(facts.visit(run[0].visit)) {
            continue;
        }
        of.extend(run.iter().map(|e| (e.visit, plan.brackets.len())));
        let (y0, y1) = (run[0].top - 10.0, run[run.len() - 1].bottom + 2.0);
        let x0 = measure.line - RADIUS - 7.0;
        plan.brackets.push(Bracket { x0, x1: measure.line + 4.0, y0, y1, hue: lane, one_sided: true });
    }
    let brackets = whole(facts, of);
    let at: BTreeMap<usize, &Entry> = entries.iter().map(|e| (e.visit, e)).collect();
    for trip in facts.groups() {
        for pair in trip.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            let Some((from, to)) = at.get(&a[a.len() - 1]).zip(at.get(&b[0])) else { continue };
            let y0 = match (a.len(), brackets.get(&a[0])) {
                (1, _) => from.y + RADIUS + 2.0,
                (_, Some(k)) => plan.brackets[*k].y1,
                (_, None) => continue,
            };
            let y1 = match (b.len(), brackets.get(&b[0])) {
                (1, _) => to.y - RADIUS - 2.0,
                (_, Some(k)) => plan.brackets[*k].y0,
                (_, None) => continue,
            };
            let pieces = pieces(entries, measure.line, y0, y1);
            if !pieces.is_empty() {
                let (known, ahead) = nature(facts, a, b);
                plan.joins.push(Join { pieces, hue: lane, background: false, known, ahead });
            }
        }
    }
}

/// The pieces of a line downwards, without the discs that it passes; none where it would run upwards.
fn pieces(entries: &[Entry], x: f64, y0: f64, y1: f64) -> Vec<((f64, f64), (f64, f64))> {
    let mut free = vec![(y0, y1)];
    for e in entries.iter().filter(|e| y0 < e.y && e.y < y1) {
        let (high, low) = (e.y - RADIUS - 4.0, e.y + RADIUS + 4.0);
        free = free.into_iter().flat_map(|(p, q)| [(p, q.min(high)), (p.max(low), q)]).collect();
    }
    free.retain(|(p, q)| q - p > 1.0);
    free.into_iter().map(|(p, q)| ((x, p), (x, q))).collect()
}
