//! What stands below lanes and lists alike: journeys that are only recalled, and meetings that belong to no stop.

use super::card::{self, Card, INDENT, LINE, Met};
use super::facts::Facts;
use super::joins::nature;
use super::plan::{Join, SMALL, Stop, TimelineLayout};
use crate::chart::Label;
use crate::chart::label::lines;
use crate::chart::sheet::{MARGIN, status_note};
use crate::chart::theme::Role;
use crate::chart::words::{Detail, Phrase};

/// Widest text of a recalled stop.
const WIDEST: f64 = 250.0;
/// Space from a recalled stop's text to the next disc.
const GAP: f64 = 34.0;
/// Most meetings listed; more are counted.
const MOST_LISTED: usize = 40;

/// Background trips, each with its traveller and its stops in their order; gives the y below them.
pub fn recalled(plan: &mut TimelineLayout, facts: &Facts<'_>, mut y: f64) -> f64 {
    let trips = facts.recalled();
    if trips.is_empty() {
        return y;
    }
    y = heading(plan, facts.names.words.of(Phrase::RecalledHeading), y);
    let who = |trip: &Vec<Vec<usize>>| trip.iter().flatten().next().map(|i| &facts.visit(*i).traveller);
    for trips in trips.chunk_by(|a, b| who(a) == who(b)) {
        let Some(id) = who(&trips[0]) else { continue };
        let who = facts.names.words.parts(&[facts.names.name(id), facts.names.office_of(id)]);
        for line in lines(&who, (MARGIN, y), plan.width - 2.0 * MARGIN, LINE, Role::Body) {
            y += LINE;
            plan.labels.push(line.quiet());
        }
        y = flow(plan, facts, trips, y + 6.0) + 10.0;
    }
    y
}

fn heading(plan: &mut TimelineLayout, words: &str, y: f64) -> f64 {
    plan.labels.push(Label::new(words, (MARGIN, y + 18.0), Role::Heading).quiet());
    y + 38.0
}

/// Stops of a traveller's trips side by side, as many as fit a line.
fn flow(plan: &mut TimelineLayout, facts: &Facts<'_>, trips: &[Vec<Vec<usize>>], y: f64) -> f64 {
    let limit = WIDEST.min(plan.width - 2.0 * MARGIN - 20.0);
    let (mut x, mut top, mut low) = (MARGIN + SMALL, y, y);
    let mut last: Option<(&[usize], f64)> = None;
    for group in trips.iter().flatten() {
        for &visit in group {
            let card = recalled_card(facts, visit, limit);
            let w = card.width() + SMALL + 8.0;
            if x + w > plan.width - MARGIN && x > MARGIN + SMALL {
                (x, top, last) = (MARGIN + SMALL, low + 8.0, None);
            }
            let at = (x, top - 4.0);
            if let Some((before, from)) = last.filter(|l| l.0 != group.as_slice()) {
                let ordered = before.iter().chain(group).all(|i| facts.is_ordered(*i));
                let alone = before.len() == 1 && group.len() == 1 && facts.trip(before[0]) == facts.trip(group[0]);
                if ordered && alone && at.0 - SMALL - 4.0 > from {
                    let (known, ahead) = nature(facts, before, group);
                    let pieces = vec![((from, at.1), (at.0 - SMALL - 4.0, at.1))];
                    plan.joins.push(Join { pieces, hue: 0, background: true, known, ahead });
                }
            }
            let (stop, bottom) = small(&card, at);
            plan.stops.push(stop);
            low = low.max(bottom);
            x += w + GAP;
            last = Some((group, x - GAP + 4.0));
        }
    }
    low
}

/// A recalled stop's card: its place with country and date, whether it took place, and whom it was to meet.
fn recalled_card(facts: &Facts<'_>, visit: usize, limit: f64) -> Card {
    let (v, names) = (facts.visit(visit), facts.names);
    let mut card = Card::new(facts, visit, limit);
    let date = match names.dates.visit(v, Detail::Short) {
        unknown if unknown.is_empty() => names.words.of(Phrase::ZoneDate).into(),
        date => date,
    };
    let status = status_note(names, v.status);
    let open = if names.is_open(v) { names.words.of(Phrase::OrderOpen).into() } else { String::new() };
    let about = [names.country_of(v), date, status, open];
    card.about(card::set_facts(facts, &about, limit, 0.0));
    card
}

/// A small disc with its card to the right; gives the y below it too.
fn small(card: &Card, (x, y): (f64, f64)) -> (Stop, f64) {
    let left = x + SMALL + 6.0;
    let names = card.name.len() as f64 * LINE;
    let (mut labels, meetings) = card.set(left, y + 4.0 + names);
    let set =
        |(i, line): (usize, &String)| Label::new(line.clone(), (left, y + 4.0 + LINE * i as f64), Role::Strong).quiet();
    labels.extend(card.name.iter().enumerate().map(set));
    let bottom = y + 4.0 + names + card.below();
    (Stop { visit: card.visit, background: true, x, y, labels, meetings, ..Stop::default() }, bottom)
}

/// Meetings and calls that belong to no stop, one below the other; gives the y below them.
pub fn elsewhere(plan: &mut TimelineLayout, facts: &Facts<'_>, mut y: f64) -> f64 {
    let rest = facts.names.meetings_elsewhere();
    if rest.is_empty() {
        return y;
    }
    let w = facts.names.words;
    y = heading(plan, w.of(Phrase::MeetingsOther), y);
    let (x, room) = (MARGIN + INDENT, plan.width - 2.0 * MARGIN - INDENT);
    for meeting in rest.iter().take(MOST_LISTED) {
        let (who, how) = card::meeting_line(facts, meeting);
        let mut labels = lines(&who, (x, y), room, LINE, Role::Body);
        let at = (MARGIN + 4.0, y - 4.0);
        y += LINE * labels.len() as f64;
        let end = labels.last().map_or(x, |l| l.x + l.width() + 10.0);
        let beside = Label::new(how.clone(), (end, y - LINE), Role::Body);
        if end + beside.width() <= x + room {
            labels.push(beside.quiet());
        } else {
            let under = lines(&how, (x, y), room, LINE, Role::Body);
            y += LINE * under.len() as f64;
            labels.extend(under.into_iter().map(Label::quiet));
        }
        y += 2.0;
        plan.meetings.push(Met { meeting: Some(facts.meeting(meeting)), mode: meeting.mode, at, labels });
    }
    if rest.len() > MOST_LISTED {
        let more = w.count(Phrase::MeetingsUnlistedOne, Phrase::MeetingsUnlisted, rest.len() - MOST_LISTED);
        plan.labels.push(Label::new(more, (x, y), Role::Body).quiet());
        y += LINE;
    }
    y
}
