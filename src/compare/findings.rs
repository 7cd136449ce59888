//! What the sources say of a journey: its stops in merged order, and for each what they agree and disagree in.

use super::align::{Aligned, Same};
use super::sequence::{self, Sequence};
use super::{Finding, Journey, Kind, Reversed, Source, Stop, Telling, resolve, when};
use crate::itinerary::{Edtf, Meeting, Mode, OfficialId, Place, Precision, Status, Visit, VisitId, order};
use crate::network::{Fact, Network, same_place, single_office, within};
use crate::register::{self, Unread};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A journey with all findings.
pub fn journey(network: &Network, sources: &[Source], aligned: Aligned) -> Journey {
    let Aligned { traveller, stops } = aligned;
    let settled: Vec<Settled> = stops.iter().map(|s| settled(network, sources, s)).collect();
    let as_ordered = |(s, own): (&Settled, &Same)| {
        sequence::stop(s.status, s.dated.start.clone(), s.dated.end.clone(), own.iter().copied().min().unwrap_or(0))
    };
    let ordered: Vec<order::Stop> = settled.iter().zip(&stops).map(as_ordered).collect();
    let contested: Vec<bool> = settled.iter().map(|s| s.dated.contested).collect();
    let known = sequence::sequence(network, sources, &stops, &ordered, &contested);
    let mut order: Vec<usize> = (0..stops.len()).collect();
    let first_day = |s: usize| settled[s].dated.start.as_ref().and_then(Edtf::earliest);
    order.sort_by_key(|s| (known.order[*s], first_day(*s).is_none(), first_day(*s), stops[*s].iter().min().copied()));
    let place = |s: usize| Position { order: known.order[s], open: known.is_open(s) };
    let mut found: Vec<Stop> =
        order.iter().map(|s| stop(network, &stops[*s], settled[*s].clone(), place(*s))).collect();
    let extent = extent(&found, sources);
    for i in 0..found.len() {
        let findings = findings(network, sources, &found, i, extent);
        found[i].findings = findings;
    }
    let name = network.official(&traveller).map(|o| o.name.clone()).unwrap_or_default();
    let circle = (0..order.len()).filter(|at| known.circle.contains(&order[*at])).collect();
    Journey { traveller, name, stops: found, reversed: reversed(&known, &order), circle }
}

/// What the tellings of a stop come to.
#[derive(Clone)]
struct Settled {
    status: Status,
    dated: resolve::Dated,
}

fn settled(network: &Network, sources: &[Source], same: &Same) -> Settled {
    let told = told(network, same);
    let status = resolve::status(&told, |a, b| resolve::later(sources, a, b));
    Settled { status, dated: resolve::dates(&told, status, sources) }
}

/// Where a stop stands in its journey.
struct Position {
    order: u32,
    open: bool,
}

/// The tellings of a stop.
pub fn told<'a>(network: &'a Network, same: &Same) -> Vec<resolve::Told<'a>> {
    let place = |v: &Visit| network.place(&v.place);
    let finest = finest(network, same);
    let told = |i: &usize| {
        let v = &network.visits[*i];
        let fine = finest.zip(place(v)).is_none_or(|(f, p)| same_place(f, p));
        resolve::Told { source: v.article, status: v.status, start: v.start.as_ref(), end: v.end.as_ref(), fine }
    };
    same.iter().map(told).collect()
}

fn stop(network: &Network, same: &Same, Settled { status, dated }: Settled, position: Position) -> Stop {
    let place = finest(network, same);
    let telling = |i: &usize| {
        let v = &network.visits[*i];
        Telling {
            source: v.article,
            visit: VisitId(network.local_id(v.article, &v.id.0).to_string()),
            node: v.id.clone(),
            place: network.place(&v.place).map(|p| p.name.clone()).unwrap_or_default(),
            status: v.status,
            start: v.start.clone(),
            end: v.end.clone(),
            order: v.order,
            quote: v.evidence.first().map(|e| e.quote.clone()),
        }
    };
    let mut tellings: Vec<Telling> = same.iter().map(telling).collect();
    tellings.sort_by_key(|t| t.source);
    let country = same.iter().find_map(|i| network.visits[*i].country.clone());
    Stop {
        place: place.map(|p| p.id.clone()).unwrap_or_else(|| network.visits[same[0]].place.clone()),
        name: place.map(|p| p.name.clone()).unwrap_or_default(),
        country,
        status,
        start: dated.start,
        end: dated.end,
        dated_by: dated.by,
        contested: dated.contested,
        order: position.order,
        open: position.open,
        told: tellings,
        findings: Vec::new(),
    }
}

/// The place that lies in all others.
fn finest<'a>(network: &'a Network, same: &Same) -> Option<&'a Place> {
    let places: Vec<&Place> = same.iter().filter_map(|i| network.place(&network.visits[*i].place)).collect();
    let inner = |p: &&Place| places.iter().all(|other| same_place(p, other) || within(p, other));
    places.iter().copied().find(inner).or(places.first().copied())
}

/// Days between which the articles have stops.
type Extent = Option<(NaiveDate, NaiveDate)>;

fn extent(stops: &[Stop], sources: &[Source]) -> Extent {
    let by_article = |s: &&Stop| s.told.iter().any(|t| sources[t.source].kind == Kind::Article);
    let own: Vec<&Stop> = stops.iter().filter(by_article).collect();
    let first = own.iter().filter_map(|s| s.start.as_ref()?.earliest()).min()?;
    let last = own.iter().filter_map(|s| s.end.as_ref().or(s.start.as_ref())?.latest()).max()?;
    Some((first, last))
}

fn findings(network: &Network, sources: &[Source], stops: &[Stop], at: usize, extent: Extent) -> Vec<Finding> {
    let stop = &stops[at];
    let mut found = Vec::new();
    places(network, stop, &mut found);
    dates(stop, sources, &mut found);
    statuses(stop, sources, &mut found);
    people(network, stop, &mut found);
    registers(network, stops, at, sources, extent, &mut found);
    let against = |f: &Finding| {
        matches!(
            f,
            Finding::DatesContradict { .. } | Finding::StatusContradicts { .. } | Finding::PersonContradicts { .. }
        )
    };
    let told: Vec<usize> = stop.told.iter().map(|t| t.source).collect();
    match told[..] {
        [source] if sources[source].kind == Kind::Article => {
            found.insert(0, Finding::Only { source, within: whole(network, stops, at) });
        }
        [_] => {}
        _ if found.iter().any(against) => {}
        _ => found.insert(0, Finding::Common { sources: told }),
    }
    found
}

/// The stop of other sources that is the country of this one at that time.
fn whole(network: &Network, stops: &[Stop], at: usize) -> Option<usize> {
    let place = network.place(&stops[at].place)?;
    let days = |s: &Stop| when::window((s.start.as_ref(), s.end.as_ref()));
    let source = stops[at].told.first()?.source;
    (0..stops.len()).find(|i| {
        let other = &stops[*i];
        let told_of = other.told.iter().filter(|t| t.source != source);
        let country = told_of.filter_map(|t| network.visit(&t.node)).filter_map(|v| network.place(&v.place));
        *i != at && country.into_iter().any(|p| within(place, p)) && days(other).meets(&days(&stops[at]), 1)
    })
}

fn places(network: &Network, stop: &Stop, found: &mut Vec<Finding>) {
    let place = |t: &Telling| network.visit(&t.node).and_then(|v| network.place(&v.place));
    for a in &stop.told {
        for b in &stop.told {
            if place(a).zip(place(b)).is_some_and(|(p, q)| within(q, p)) {
                found.push(Finding::Refined { coarse: a.source, fine: b.source });
            }
        }
    }
}

fn days(t: &Telling) -> when::Told<'_> {
    (t.start.as_ref(), t.end.as_ref())
}

fn as_told(t: &Telling) -> resolve::Told<'_> {
    resolve::Told { source: t.source, status: t.status, start: t.start.as_ref(), end: t.end.as_ref(), fine: true }
}

fn dates(stop: &Stop, sources: &[Source], found: &mut Vec<Finding>) {
    let mut apart: BTreeSet<usize> = BTreeSet::new();
    for a in &stop.told {
        for b in &stop.told {
            let finer = match (&a.start, &b.start) {
                (None, Some(_)) => true,
                (Some(x), Some(y)) => x.covers(y) && !y.covers(x) && y.precision() <= Precision::Month,
                _ => false,
            };
            if finer && a.status != Status::Cancelled {
                found.push(Finding::Dated { coarse: a.source, fine: b.source });
            }
            // A plan that slipped is fulfilled on another day; a register's day may be off by one.
            let slack = i64::from([a, b].iter().any(|t| sources[t.source].kind == Kind::Register));
            let same = a.status == b.status || slack > 0;
            if resolve::moved(&as_told(a), &as_told(b), sources) {
                found.push(Finding::Moved { earlier: a.source, later: b.source });
                continue;
            }
            let same = same && !resolve::moved(&as_told(b), &as_told(a), sources);
            let spanned = || stop.told.iter().any(|t| when::spans(days(t), days(a), days(b)));
            if same && a.status != Status::Cancelled && when::apart(days(a), days(b), slack) && !spanned() {
                apart.extend([a.source, b.source]);
            }
        }
    }
    if !apart.is_empty() {
        found.push(Finding::DatesContradict { sources: apart.into_iter().collect() });
    }
}

/// Whether `b` was surely published after `a`; registers are made afterwards.
pub fn follows(sources: &[Source], a: usize, b: usize) -> bool {
    match (&sources[a].published, &sources[b].published) {
        (Some(x), Some(y)) => x.surely_before(y),
        _ => sources[a].kind == Kind::Article && sources[b].kind == Kind::Register,
    }
}

fn statuses(stop: &Stop, sources: &[Source], found: &mut Vec<Finding>) {
    let mut apart: BTreeSet<usize> = BTreeSet::new();
    let ahead = |t: &Telling| matches!(t.status, Status::Planned | Status::Possible);
    for a in &stop.told {
        for b in stop.told.iter().filter(|b| b.source != a.source) {
            let (planned, completed, cancelled) = (a.source, b.source, b.source);
            match (a.status, b.status) {
                (_, Status::Completed) if ahead(a) => {
                    // Of one day, who knows what was first; but a plan told after the deed is a contradiction.
                    if follows(sources, completed, planned) {
                        apart.extend([planned, completed]);
                    } else {
                        found.push(Finding::Fulfilled { planned, completed });
                    }
                }
                (_, Status::Cancelled) if ahead(a) && follows(sources, planned, cancelled) => {
                    found.push(Finding::Withdrawn { planned, cancelled });
                }
                // What was called off and is told of as past or planned later took another turn; a register does not settle it.
                (_, Status::Cancelled) if a.status != Status::Cancelled => {
                    if resolve::later(sources, b.source, a.source) {
                        found.push(Finding::Revived { cancelled: b.source, later: a.source });
                    } else {
                        apart.extend([a.source, b.source]);
                    }
                }
                _ => {}
            }
        }
    }
    if !apart.is_empty() {
        found.push(Finding::StatusContradicts { sources: apart.into_iter().collect() });
    }
}

/// Different people in one office of one country, met there in person on days that go together.
fn people(network: &Network, stop: &Stop, found: &mut Vec<Finding>) {
    let mut met: BTreeMap<(String, String), BTreeMap<&OfficialId, BTreeSet<usize>>> = BTreeMap::new();
    for t in &stop.told {
        for m in meetings(network, &t.node) {
            for who in m.participants.iter().filter(|p| network.visit(&t.node).is_some_and(|v| v.traveller != **p)) {
                let Some(o) = network.official(who) else { continue };
                let office = o.title.as_deref().and_then(single_office);
                if let (Some((office, named)), country) = (office, &o.country) {
                    let country = country.clone().or(named);
                    let key = (office.to_string(), country.map(|c| c.0).unwrap_or_default());
                    met.entry(key).or_default().entry(&o.id).or_default().insert(t.source);
                }
            }
        }
    }
    for ((office, _), people) in met {
        let several = people.values().flatten().collect::<BTreeSet<_>>().len() > 1;
        // One source that has both tells of two people; then there is no contradiction.
        let both = people.values().any(|a| people.values().filter(|b| !a.is_disjoint(b)).count() > 1);
        if people.len() > 1 && several && !both {
            let names = people.keys().filter_map(|id| network.official(id)).map(|o| o.name.clone()).collect();
            let sources = people.values().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
            found.push(Finding::PersonContradicts { office, names, sources });
        }
    }
}

/// Meetings in person that took place or will during a visit.
fn meetings<'a>(network: &'a Network, visit: &'a VisitId) -> impl Iterator<Item = &'a Meeting> {
    let during = move |m: &&Fact<Meeting>| {
        m.visit.as_ref() == Some(visit) && m.mode == Mode::InPerson && m.status != Status::Cancelled
    };
    network.meetings.iter().filter(during).map(|m| &m.what)
}

/// What registers say of a stop: by country and days, at most one apart, whichever of their rows the alignment took for it.
fn registers(
    network: &Network,
    stops: &[Stop],
    at: usize,
    sources: &[Source],
    extent: Extent,
    found: &mut Vec<Finding>,
) {
    let stop = &stops[at];
    let is_register = |s: &usize| sources[*s].kind == Kind::Register;
    let by_article = |s: &Stop| s.told.iter().any(|t| !is_register(&t.source));
    for source in (0..sources.len()).filter(is_register) {
        match (row(stop, source), by_article(stop)) {
            (_, true) if stop.status != Status::Cancelled => {
                let said = listed(network, stops, at, sources, source);
                let confirmed = matches!(said, Some(Finding::Confirmed { .. }));
                // What they contradict each other in is told already.
                let disputed = found.iter().any(|f| match f {
                    Finding::StatusContradicts { sources } | Finding::DatesContradict { sources } => {
                        sources.contains(&source)
                    }
                    _ => false,
                });
                let said = said.filter(|_| !disputed);
                found.extend(said.filter(|_| confirmed || unread(network, stops, at, sources, source).is_empty()));
            }
            (Some(own), false) => {
                let near = |s: &Stop| articles_window(s, sources).is_some_and(|known| known.meets(&own, 1));
                let same = |s: &&Stop| s.country.is_some() && s.country == stop.country && by_article(s);
                let inside = extent.zip(own.from.zip(own.to)).is_some_and(|((a, b), (from, to))| from <= b && to >= a);
                found.push(match inside {
                    _ if stops.iter().filter(same).any(near) => Finding::Confirmed { source },
                    true => Finding::LeftOut { source },
                    false => Finding::Beyond { source },
                });
            }
            _ => {}
        }
    }
}

/// Whether a register has a stop of articles; nothing is said of a plan for after its last day, nor where it does not know the traveller at
/// that time.
fn listed(network: &Network, stops: &[Stop], at: usize, sources: &[Source], source: usize) -> Option<Finding> {
    let stop = &stops[at];
    let traveller = stop.told.first().and_then(|t| network.visit(&t.node)).map(|v| &v.traveller)?;
    let rows = || network.visits.iter().filter(|v| v.article == source && v.traveller == *traveller);
    let known = articles_window(stop, sources);
    let fits = |w: &when::Window| known.is_none_or(|known| known.meets(w, 1));
    let here = || rows().filter(|v| v.country.is_some() && v.country == stop.country).map(|v| when::dated(v));
    if row(stop, source).is_some_and(|w| fits(&w)) || (known.is_some() && here().any(|w| fits(&w))) {
        return Some(Finding::Confirmed { source });
    }
    let in_journey = stops.iter().any(|s| row(s, source).is_some());
    // Of a stop without a day, any row of its country may be the one.
    if known.is_none() && (!in_journey || here().next().is_some()) {
        return None;
    }
    let last = rows().filter_map(|v| when::dated(v).to).max()?;
    let beyond = known.and_then(|known| known.from).is_some_and(|from| from > last);
    (!beyond).then_some(Finding::NotInRegister { source })
}

/// The rows that a register has of the traveller and that could not be read which may be about a stop.
fn unread(network: &Network, stops: &[Stop], at: usize, sources: &[Source], source: usize) -> Vec<Unread> {
    let own = stops.iter().flat_map(|s| &s.told).find(|t| t.source == source);
    let trip = own.and_then(|t| network.trip(&network.visit(&t.node)?.trip));
    let days = articles_window(&stops[at], sources).unwrap_or_default();
    let mut rows = trip.map(|t| register::unread(t)).unwrap_or_default();
    rows.retain(|u| u.may_be(stops[at].country.as_ref(), days.from, days.to));
    rows
}

/// Sentences on the stops of which nothing is said since rows of a register could not be read.
pub fn unsaid(network: &Network, sources: &[Source], journey: &Journey) -> Vec<String> {
    let stops = &journey.stops;
    let mut said = Vec::new();
    for source in (0..sources.len()).filter(|s| sources[*s].kind == Kind::Register) {
        for (at, stop) in stops.iter().enumerate().filter(|(_, s)| s.status != Status::Cancelled) {
            let told = stop.told.iter().any(|t| sources[t.source].kind == Kind::Article);
            let confirmed = matches!(listed(network, stops, at, sources, source), Some(Finding::Confirmed { .. }));
            let rows = if told && !confirmed { unread(network, stops, at, sources, source) } else { Vec::new() };
            if let [first, more @ ..] = &rows[..] {
                let (line, who, place) = (first.line, &journey.name, &stop.name);
                let more = if more.is_empty() { String::new() } else { format!(" (and {} more)", more.len()) };
                said.push(format!(
                    "line {line}{more} of the register could not be read: nothing is said of whether it has {who} in {place}"
                ));
            }
        }
    }
    said
}

/// The days of a register's row for a stop.
fn row(stop: &Stop, source: usize) -> Option<when::Window> {
    stop.told.iter().find(|t| t.source == source).map(|t| when::window(days(t)))
}

/// The days that the articles leave for a stop; none where none of them has a day. Articles that contradict each other leave all theirs.
fn articles_window(stop: &Stop, sources: &[Source]) -> Option<when::Window> {
    let told = stop.told.iter().filter(|t| sources[t.source].kind == Kind::Article);
    let windows: Vec<when::Window> = told.map(|t| when::window(days(t))).filter(|w| !w.is_open()).collect();
    let from = windows.iter().filter_map(|w| w.from).max();
    let to = windows.iter().filter_map(|w| w.to).min();
    let apart = from.zip(to).is_some_and(|(a, b)| a > b);
    let (from, to) = if apart { (to, from) } else { (from, to) };
    (!windows.is_empty()).then_some(when::Window { from, to })
}

/// The pairs that contradict each other, by their places in the journey.
fn reversed(known: &Sequence, order: &[usize]) -> Vec<Reversed> {
    let place: HashMap<usize, usize> = order.iter().enumerate().map(|(at, s)| (*s, at)).collect();
    let pair = |(a, b, one_first, other_first): &sequence::Pair| Reversed {
        one: place[a],
        other: place[b],
        one_first: one_first.clone(),
        other_first: other_first.clone(),
    };
    known.reversed.iter().map(pair).collect()
}
