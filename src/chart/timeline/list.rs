//! Time downwards: a gutter with dates, a line of discs, and beside it what is written at each stop with the words that it came from.
//! Fits a phone or a column of print. Several travellers come one after the other.

use super::bars;
use super::card::{Card, LINE};
use super::facts::Facts;
use super::joins::{nature, whole};
use super::lanes::NAME_LINE;
use super::plan::{Bar, Bracket, Join, RADIUS, Stop, TimelineLayout};
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
        let section = Section { plan: &mut *plan, facts, measure: &measure, lane, entries: Vec::new() };
        y = section.place(&visits, y) + 10.0;
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

/// The stops of one traveller, being set.
struct Section<'p, 'f, 'a> {
    plan: &'p mut TimelineLayout,
    facts: &'f Facts<'a>,
    measure: &'p Measure,
    lane: usize,
    entries: Vec<Entry>,
}

impl Section<'_, '_, '_> {
    /// Sets the stops from a y on; gives the y below them.
    fn place(mut self, visits: &[usize], mut y: f64) -> f64 {
        let mut zones = zones(self.facts, visits);
        zones.retain(|z| !z.visits.is_empty());
        let line = published(self.facts, &zones);
        let at = |z: usize, inside: bool| line.as_ref().filter(|p| p.before == z && p.inside == inside);
        for (z, zone) in zones.iter().enumerate() {
            if let Some(p) = at(z, false) {
                y = self.publish(p, y);
            }
            y = self.zone(zone, y, at(z + 1, true));
        }
        if let Some(p) = at(zones.len(), false) {
            y = self.publish(p, y);
        }
        self.connect();
        y
    }

    /// A hairline across the list with the words of publication under it.
    fn publish(&mut self, published: &Published, mut y: f64) -> f64 {
        self.plan.published.push(((MARGIN, y), (self.plan.width - MARGIN, y)));
        for line in lines(&published.words, (self.measure.text, y + 14.0), self.measure.limit, LINE, Role::Body) {
            y += LINE;
            self.plan.labels.push(line.quiet());
        }
        y + 16.0
    }

    /// One stretch of time: its day in the gutter, or its heading over the stops.
    fn zone(&mut self, zone: &Zone, mut y: f64, mut inside: Option<&Published>) -> f64 {
        let (facts, measure) = (self.facts, self.measure);
        let mut least = y;
        if zone.day.is_some() {
            let labels = lines(&zone.heading, (MARGIN, y + RADIUS + 5.0), measure.gutter, NAME_LINE, Role::Heading);
            least = y + NAME_LINE * labels.len() as f64 + RADIUS;
            self.plan.labels.extend(labels);
        } else {
            y = self.heading(zone, y);
        }
        for (i, &visit) in zone.visits.iter().enumerate() {
            if let Some(p) = inside.filter(|_| !facts.is_over(visit)) {
                // The gutter's heading stays above the hairline.
                y = self.publish(p, y.max(least));
                inside = None;
            }
            let opens = i == 0 || !facts.shares_number(zone.visits[i - 1], visit);
            if facts.names.is_open(facts.visit(visit)) && opens {
                let words = facts.names.words.of(Phrase::OrderOpen);
                let label = Label::new(words, (measure.text, y + 4.0), Role::Body);
                self.plan.labels.push(label.quiet());
                y += 10.0;
            }
            y = self.entry(visit, y);
        }
        let first = self.entries.len().checked_sub(zone.visits.len()).and_then(|i| self.entries.get(i));
        if let Some((first, last)) = first.zip(self.entries.last()).filter(|_| zone.range) {
            let (x0, x1) = (first.top - 4.0, last.bottom + 4.0);
            let bar = Bar { x0, x1, y: measure.line, upright: true, soft: (true, true), hue: self.lane };
            self.plan.ranges.push(bar);
        }
        y.max(least)
    }

    /// The heading of a stretch that is no day, with what it leaves open beside it or under it.
    fn heading(&mut self, zone: &Zone, mut y: f64) -> f64 {
        let (x, limit) = (self.measure.text, self.measure.limit);
        let mut end = x;
        for line in lines(&zone.heading, (x, y + 12.0), limit, NAME_LINE, Role::Heading) {
            y += NAME_LINE;
            end = line.x + line.width() + 8.0;
            self.plan.labels.push(line);
        }
        let beside = Label::new(zone.note.clone(), (end, y + 12.0 - NAME_LINE), Role::Body).quiet();
        if end + beside.width() <= x + limit {
            self.plan.labels.extend(Some(beside).filter(|l| !l.words.is_empty()));
        } else {
            for line in lines(&zone.note, (x, y + 11.0), limit, LINE, Role::Body) {
                y += LINE;
                self.plan.labels.push(line.quiet());
            }
        }
        y + 8.0
    }

    /// One stop.
    fn entry(&mut self, visit: usize, y: f64) -> f64 {
        let (facts, measure) = (self.facts, self.measure);
        let card = Card::new(facts, visit, measure.limit).quoted(facts, measure.limit);
        let (x, disc) = (measure.line, y + RADIUS);
        let name = |(i, line): (usize, &String)| {
            Label::new(line.clone(), (measure.text, disc + 5.0 + NAME_LINE * i as f64), Role::Name)
        };
        let mut labels: Vec<Label> = card.name.iter().enumerate().map(name).collect();
        let first = disc + 5.0 + NAME_LINE * card.name.len() as f64;
        let (below, meetings) = card.set(measure.text, first);
        labels.extend(below);
        let bottom = (first + card.below() - 8.0).max(disc + RADIUS + 2.0);
        let bar = facts.when(visit).and_then(|w| bars::upright(w, (x, disc), bottom, self.lane));
        let bars = bar.into_iter().collect();
        let stop = Stop { visit, hue: self.lane, x, y: disc, labels, meetings, bars, ..Stop::default() };
        self.plan.stops.push(stop);
        self.entries.push(Entry { visit, y: disc, top: y, bottom });
        bottom + 14.0
    }

    /// Brackets around stops that share a number, and lines between those that follow each other.
    fn connect(&mut self) {
        let facts = self.facts;
        let brackets = self.bracket();
        let at: BTreeMap<usize, &Entry> = self.entries.iter().map(|e| (e.visit, e)).collect();
        for trip in facts.groups() {
            for pair in trip.windows(2) {
                let (a, b) = (&pair[0], &pair[1]);
                let Some((from, to)) = at.get(&a[a.len() - 1]).zip(at.get(&b[0])) else { continue };
                let bracket = |group: &[usize]| brackets.get(&group[0]).map(|k| self.plan.brackets[*k]);
                let leaves = if a.len() == 1 { Some(from.y + RADIUS + 2.0) } else { bracket(a).map(|k| k.y1) };
                let reaches = if b.len() == 1 { Some(to.y - RADIUS - 2.0) } else { bracket(b).map(|k| k.y0) };
                let Some((y0, y1)) = leaves.zip(reaches) else { continue };
                let pieces = pieces(&self.entries, self.measure.line, y0, y1);
                if !pieces.is_empty() {
                    let (known, ahead) = nature(facts, a, b);
                    self.plan.joins.push(Join { pieces, hue: self.lane, background: false, known, ahead });
                }
            }
        }
    }

    /// Brackets stops that stand one below the other and share a number. Gives, for each visit that is bracketed with all that share
    /// its number, the bracket.
    fn bracket(&mut self) -> BTreeMap<usize, usize> {
        let (facts, x) = (self.facts, self.measure.line);
        let mut of: BTreeMap<usize, usize> = BTreeMap::new();
        for run in self.entries.chunk_by(|a, b| facts.shares_number(a.visit, b.visit)) {
            if !facts.names.is_open(facts.visit(run[0].visit)) {
                continue;
            }
            of.extend(run.iter().map(|e| (e.visit, self.plan.brackets.len())));
            let (y0, y1) = (run[0].top - 10.0, run[run.len() - 1].bottom + 2.0);
            let (x0, x1) = (x - RADIUS - 7.0, x + 4.0);
            self.plan.brackets.push(Bracket { x0, x1, y0, y1, hue: self.lane, one_sided: true });
        }
        whole(facts, of)
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
