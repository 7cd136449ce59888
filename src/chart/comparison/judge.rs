//! What sources agree and disagree in: findings for each cell, disputes, and brackets where the order is not common ground.
//!
//! What was planned when one source was published and is past in a later one is no contradiction, nor is what was called off since.

use super::merge::stated;
use super::table::{Bracket, Cell, Column, Contradiction, Dispute, Finding, Ground, Journey, Source, SourceKind};
use crate::itinerary::{Edtf, Status};
use chrono::NaiveDate;

/// Judges one journey.
pub fn judge(journey: &mut Journey, sources: &[Source]) {
    let mut disputes: Vec<Dispute> = Vec::new();
    for column in 0..journey.columns.len() {
        disputes.extend(status(&journey.columns, column, sources));
        disputes.extend(dates(&journey.columns, column));
        disputes.extend(not_listed(&journey.columns, column, sources));
    }
    disputes.extend(reversed(&journey.columns, sources.len()));
    disputes.extend(circle(&journey.columns, &disputes));
    for column in 0..journey.columns.len() {
        for source in 0..sources.len() {
            let disputed = disputes.iter().any(|d| d.cells.contains(&(column, source)));
            let finding = finding(&journey.columns[column], source, sources, disputed);
            if let Some(Some(cell)) = journey.columns[column].cells.get_mut(source) {
                cell.finding = finding;
            }
        }
    }
    journey.brackets = brackets(&journey.columns);
    journey.disputes = disputes;
}

fn finding(column: &Column, source: usize, sources: &[Source], disputed: bool) -> Finding {
    let Some(cell) = column.cell(source) else { return Finding::Agrees };
    let later = |status: Status| {
        column.filled().any(|(other, c)| c.status == status && follows(sources, source, other)) && is_ahead(cell)
    };
    if disputed {
        Finding::Disputed
    } else if column.filled().count() == 1 && sources.len() > 1 {
        Finding::Only
    } else if later(Status::Completed) {
        Finding::Fulfilled
    } else if later(Status::Cancelled) {
        Finding::Withdrawn
    } else {
        Finding::Agrees
    }
}

fn is_ahead(cell: &Cell) -> bool {
    matches!(cell.status, Status::Planned | Status::Possible)
}

/// Whether `b` was surely published after `a`; registers are made afterwards.
fn follows(sources: &[Source], a: usize, b: usize) -> bool {
    let (Some(a), Some(b)) = (sources.get(a), sources.get(b)) else { return false };
    match (&a.published, &b.published) {
        (Some(x), Some(y)) => x.surely_before(y),
        _ => a.kind == SourceKind::Article && b.kind == SourceKind::Register,
    }
}

/// Took place in one and called off in another; or still ahead in a source that is younger than one in which it is past.
fn status(columns: &[Column], column: usize, sources: &[Source]) -> Option<Dispute> {
    let of = |wanted: Status| columns[column].filled().filter(move |(_, c)| c.status == wanted).map(|(s, _)| s);
    let done: Vec<usize> = of(Status::Completed).collect();
    let mut against: Vec<usize> = of(Status::Cancelled).collect();
    let ahead = columns[column].filled().filter(|(_, c)| is_ahead(c)).map(|(s, _)| s);
    against.extend(ahead.filter(|s| done.iter().any(|d| follows(sources, *d, *s))));
    if done.is_empty() || against.is_empty() {
        return None;
    }
    let mut cells: Vec<(usize, usize)> = done.into_iter().chain(against).map(|s| (column, s)).collect();
    cells.sort_unstable();
    Some(Dispute { kind: Contradiction::Status, cells })
}

/// Cells whose dates exclude those of another; what was called off takes place on no day.
fn dates(columns: &[Column], column: usize) -> Option<Dispute> {
    let cells: Vec<(usize, &Cell)> = columns[column].filled().filter(|(_, c)| c.status != Status::Cancelled).collect();
    let apart = |a: &Cell| cells.iter().any(|(_, b)| a.excludes(b));
    let found: Vec<(usize, usize)> = cells.iter().filter(|(_, a)| apart(a)).map(|(s, _)| (column, *s)).collect();
    (!found.is_empty()).then_some(Dispute { kind: Contradiction::Dates, cells: found })
}

/// A register without a stop that took place within the time that it covers.
fn not_listed(columns: &[Column], column: usize, sources: &[Source]) -> Option<Dispute> {
    let done: Vec<(usize, &Cell)> = columns[column].filled().filter(|(_, c)| c.status == Status::Completed).collect();
    let lacks = |s: &usize| {
        sources[*s].kind == SourceKind::Register
            && columns[column].cell(*s).is_none()
            && columns.iter().any(|c| c.cell(*s).is_some())
            && done.iter().any(|(_, cell)| covers(columns, *s, cell))
    };
    let missing: Vec<usize> = (0..sources.len()).filter(lacks).collect();
    let told = done.iter().map(|(s, _)| *s);
    let cells: Vec<(usize, usize)> = told.chain(missing.iter().copied()).map(|s| (column, s)).collect();
    (!missing.is_empty()).then_some(Dispute { kind: Contradiction::NotListed, cells })
}

/// Whether a stop may lie between the first and the last day that a source has for the journey.
fn covers(columns: &[Column], source: usize, cell: &Cell) -> bool {
    let own = || columns.iter().filter_map(|c| c.cell(source));
    let first = own().filter_map(|c| c.start.as_ref()?.earliest()).min();
    let last = own().filter_map(|c| c.end.as_ref().or(c.start.as_ref())?.latest()).max();
    let begins: Option<NaiveDate> = cell.start.as_ref().and_then(Edtf::earliest);
    let ends: Option<NaiveDate> = cell.end.as_ref().or(cell.start.as_ref()).and_then(Edtf::latest);
    let too_early = ends.zip(first).is_some_and(|(stop, list)| stop < list);
    let too_late = begins.zip(last).is_some_and(|(stop, list)| stop > list);
    !too_early && !too_late
}

/// For each two sources, the stops that they have the other way round.
fn reversed(columns: &[Column], sources: usize) -> Vec<Dispute> {
    let mut found = Vec::new();
    for a in 0..sources {
        for b in a + 1..sources {
            let both: Vec<(usize, &Cell, &Cell)> =
                columns.iter().enumerate().filter_map(|(i, c)| Some((i, c.cell(a)?, c.cell(b)?))).collect();
            let turned = |(_, x, y): &(usize, &Cell, &Cell)| {
                both.iter().any(|(_, p, q)| (x.precedes(p) && q.precedes(y)) || (p.precedes(x) && y.precedes(q)))
            };
            let stops: Vec<usize> = both.iter().filter(|c| turned(c)).map(|(i, _, _)| *i).collect();
            let cells: Vec<(usize, usize)> = stops.iter().flat_map(|i| [(*i, a), (*i, b)]).collect();
            found.extend((!cells.is_empty()).then_some(Dispute { kind: Contradiction::Order, cells }));
        }
    }
    found
}

/// Orders that contradict each other only together: a source against whose order the merged one goes, and no two sources are to blame.
fn circle(columns: &[Column], known: &[Dispute]) -> Option<Dispute> {
    let blamed = |column: usize| {
        known.iter().any(|d| d.kind == Contradiction::Order && d.cells.iter().any(|(c, _)| *c == column))
    };
    let against = stated(columns).into_iter().filter(|(a, b, _)| a > b && !(blamed(*a) && blamed(*b)));
    let mut cells: Vec<(usize, usize)> = Vec::new();
    for (a, b, _) in against {
        let telling = (0..columns[a].cells.len())
            .filter(|s| columns[a].cell(*s).zip(columns[b].cell(*s)).is_some_and(|(x, y)| x.precedes(y)));
        cells.extend(telling.flat_map(|s| [(a, s), (b, s)]));
    }
    cells.sort_unstable();
    cells.dedup();
    (!cells.is_empty()).then_some(Dispute { kind: Contradiction::Circle, cells })
}

/// What the order of each two columns rests on; `None` where it is common ground.
fn ground(columns: &[Column], reach: &[Vec<bool>], a: usize, b: usize) -> Option<Ground> {
    let together = columns[a].filled().filter_map(|(s, x)| Some((s, x, columns[b].cell(s)?)));
    let together: Vec<(usize, &Cell, &Cell)> =
        together.filter(|(_, x, y)| ![x, y].iter().any(|c| c.status == Status::Cancelled)).collect();
    let stating: Vec<usize> =
        together.iter().filter(|(_, x, y)| x.precedes(y) || y.precedes(x)).map(|(s, _, _)| *s).collect();
    let dated = columns[a].filled().any(|(_, x)| columns[b].filled().any(|(_, y)| x.excludes(y)));
    match stating[..] {
        [] if dated || reach[a][b] || reach[b][a] => None,
        [] => Some(Ground::Open),
        [one] if together.len() > 1 => Some(Ground::Only(one)),
        _ => None,
    }
}

/// Longest stretches of columns that all stand on the same ground among themselves.
fn brackets(columns: &[Column]) -> Vec<Bracket> {
    let reach = reachable(columns);
    let mut found: Vec<Bracket> = Vec::new();
    for first in 0..columns.len().saturating_sub(1) {
        let Some(why) = ground(columns, &reach, first, first + 1) else { continue };
        let fits = |last: &usize| (first..*last).all(|i| ground(columns, &reach, i, *last) == Some(why));
        let last = (first + 1..columns.len()).take_while(fits).last().unwrap_or(first + 1);
        if !found.iter().any(|b| b.why == why && b.last >= last) {
            found.push(Bracket { first, last, why });
        }
    }
    found
}

/// Which column comes before which by the sources' numbers, directly or by way of others.
fn reachable(columns: &[Column]) -> Vec<Vec<bool>> {
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
    stated(columns).into_iter().for_each(|(a, b, _)| next[a].push(b));
    let from = |start: usize| {
        let mut seen = vec![false; columns.len()];
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            for to in &next[at] {
                if !std::mem::replace(&mut seen[*to], true) {
                    open.push(*to);
                }
            }
        }
        seen
    };
    (0..columns.len()).map(from).collect()
}
