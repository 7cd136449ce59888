//! The parts of a timeline from top to bottom: head, stops in lanes or as a list, what stands apart, legend, foot.

use super::facts::Facts;
use super::plan::TimelineLayout;
use super::when::Kind;
use super::{apart, lanes, list};
use crate::Itinerary;
use crate::chart::sheet::{self, Key, MARGIN, Sheet};
use crate::chart::words::{Names, Phrase};
use crate::chart::{Arrangement, Options};
use crate::itinerary::{Status, TripKind};

/// Narrowest page.
const NARROWEST: f64 = 320.0;
/// Widest list: longer lines are hard to read.
const WIDEST_LIST: f64 = 800.0;

/// Lays a document out.
pub fn layout(document: &Itinerary, options: &Options) -> TimelineLayout {
    let (part, left_out) = sheet::abridged(document, sheet::MOST_STOPS);
    let names = Names::new(&part, options.language);
    of(&Facts::new(&names), options, left_out)
}

/// The sheet of a timeline.
pub fn paper<'a>(names: &'a Names<'a>, options: &'a Options, left_out: usize) -> Sheet<'a> {
    let width = options.width.max(NARROWEST);
    let width = if options.arrangement == Arrangement::List { width.min(WIDEST_LIST) } else { width };
    Sheet { names, options, width, left_out }
}

/// Lays facts out.
pub fn of(facts: &Facts<'_>, options: &Options, left_out: usize) -> TimelineLayout {
    let names = facts.names;
    let paper = paper(names, options, left_out);
    let (labels, y) = paper.head();
    let mut plan = TimelineLayout { width: paper.width, labels, left_out, ..TimelineLayout::default() };
    let y = match options.arrangement {
        Arrangement::Lanes => lanes::place(&mut plan, facts, y + 12.0),
        Arrangement::List => list::place(&mut plan, facts, y + 12.0),
    };
    let y = apart::recalled(&mut plan, facts, y);
    let y = apart::elsewhere(&mut plan, facts, y);
    let (legend, y) = sheet::legend(names, &keys(facts, &plan), plan.width - MARGIN, y + 20.0);
    plan.legend = legend;
    let against = facts.contradiction().map(|(a, b)| {
        let place = |i: usize| names.place_name(facts.visit(i));
        names.words.say(Phrase::OrderAgainst, &[&place(a), &place(b)])
    });
    let (remarks, y) = sheet::foot(&[against.unwrap_or_default()], plan.width, y + 14.0);
    let (foot, y) = paper.foot("", y);
    plan.labels.extend(remarks.into_iter().chain(foot));
    plan.height = y + 2.0;
    plan
}

/// What the legend explains: just what is drawn.
fn keys(facts: &Facts<'_>, plan: &TimelineLayout) -> Vec<Key> {
    let main = facts.names.visits(TripKind::Main);
    let has = |s: Status| main.iter().any(|v| v.status == s);
    let statuses = [Status::Completed, Status::Planned, Status::Possible, Status::Cancelled];
    let mut keys: Vec<Key> = statuses.into_iter().filter(|s| has(*s)).map(Key::Status).collect();
    keys.extend(
        sheet::keys(facts.names.document).into_iter().filter(|k| matches!(k, Key::Met | Key::Called | Key::Unmet)),
    );
    let join = |known: bool, ahead: bool| plan.joins.iter().any(|j| j.known == known && (j.ahead == ahead || !known));
    let bars = || plan.stops.iter().filter(|s| !s.bars.is_empty()).filter_map(|s| facts.when(s.visit));
    let stays = bars().any(|w| matches!(w.kind, Kind::Stay { .. }));
    let within = !plan.ranges.is_empty() || bars().any(|w| w.kind == Kind::About);
    let drawn = [
        (Key::Bracket, !plan.brackets.is_empty()),
        (Key::Leg, join(true, false)),
        (Key::LegAhead, join(true, true)),
        (Key::Dotted, join(false, false)),
        (Key::Stay, stays),
        (Key::Within, within),
        (Key::Recalled, plan.stops.iter().any(|s| s.background)),
    ];
    keys.extend(drawn.into_iter().filter(|(_, is)| *is).map(|(k, _)| k));
    keys
}
