//! What several tellings of one stop come to: its status and dates. A later report wins only in what it says: that a plan took place or
//! was called off. Where reports contradict each other the most told wins, and where as many tell the one as the other, what is common
//! to both is left.

use super::{Kind, Source, when};
use crate::itinerary::{Edtf, Status};
use chrono::Datelike;

/// Days between which contradictory dates are told rather than the month in which they lie.
const A_FEW_DAYS: i64 = 14;

/// A telling, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    pub source: usize,
    pub status: Status,
    pub start: Option<&'a Edtf>,
    pub end: Option<&'a Edtf>,
    /// Whether it names the place as finely as any other telling: days in a country are no days in its capital.
    pub fine: bool,
}

/// The status of a stop that is told so. `follows` says of two sources whether the second was surely published after the first: what
/// was called off and took place later took place, and what was called off and planned anew is planned.
pub fn status(told: &[Told<'_>], follows: impl Fn(usize, usize) -> bool) -> Status {
    let count = |status: Status| told.iter().filter(|t| t.status == status).count();
    // Cancellations after which nobody tells of anything else.
    let last = |t: &&Told<'_>| told.iter().all(|o| o.status == Status::Cancelled || !follows(t.source, o.source));
    let off = told.iter().filter(|t| t.status == Status::Cancelled).filter(last).count();
    let done = count(Status::Completed);
    match () {
        _ if done > off => Status::Completed,
        _ if off > done => Status::Cancelled,
        // As many have it one way as the other: nobody knows.
        _ if done > 0 => Status::Possible,
        _ if count(Status::Planned) > 0 => Status::Planned,
        _ => Status::Possible,
    }
}

/// A date of a stop, and the source that has it alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dated {
    pub start: Option<Edtf>,
    pub end: Option<Edtf>,
    pub by: Option<usize>,
    /// Whether tellings exclude each other.
    pub contested: bool,
}

/// Whether one article was surely published after another. What a register lists it lists afterwards, and settles nothing.
pub fn later(sources: &[Source], earlier: usize, later: usize) -> bool {
    let article = |s: usize| sources.get(s).filter(|s| s.kind == Kind::Article);
    let published = |s: usize| article(s).and_then(|s| s.published.as_ref());
    published(earlier).zip(published(later)).is_some_and(|(x, y)| x.surely_before(y))
}

/// Whether a later report moves what an earlier one only planned.
pub fn moved(a: &Told<'_>, b: &Told<'_>, sources: &[Source]) -> bool {
    let ahead = |t: &Told<'_>| matches!(t.status, Status::Planned | Status::Possible);
    ahead(a) && ahead(b) && later(sources, a.source, b.source) && when::apart((a.start, a.end), (b.start, b.end), 0)
}

/// The dates of a stop of this status: of tellings of that status, since the day of a plan is no day of a visit, and of plans those that
/// no later one moves.
pub fn dates(told: &[Told<'_>], status: Status, sources: &[Source]) -> Dated {
    let same: Vec<Told<'_>> = told.iter().copied().filter(|t| t.status == status).collect();
    let same = if same.is_empty() { told.to_vec() } else { same };
    let same: Vec<Told<'_>> = same.iter().copied().filter(|t| !same.iter().any(|o| moved(t, o, sources))).collect();
    let of = &same[..];
    let article = |t: &&Told<'_>| sources.get(t.source).is_none_or(|s| s.kind == Kind::Article);
    let articles: Vec<Told<'_>> = of.iter().filter(article).copied().collect();
    let fixed =
        |ts: &[Told<'_>]| ts.iter().any(|t| t.start.is_some_and(|s| s.latest().is_some() && s.earliest().is_some()));
    // The register fills what articles leave open; it does not overrule them.
    let all = of;
    let of = if fixed(&articles) { &articles } else { of };
    let (finer, all_finer) = (finest(of), finest(all));
    let (of, all) = if fixed(&finer) { (&finer[..], &all_finer[..]) } else { (of, all) };
    let contradict = of.iter().any(|a| of.iter().any(|b| contradict(told, a, b)));
    let long = |t: &Told<'_>| t.start.is_some() && t.end.is_some() && when::window((t.start, t.end)).days() > 1;
    let spanned = told.iter().any(long);
    let edge = |dates: Vec<&Edtf>, first: bool| {
        let dates = firm(dates);
        let days = || dates.iter().map(|d| d.as_day());
        // Reports of different days of one stay, where a source tells of a stay.
        let stay = || {
            if days().any(|d| d.is_none()) || contradict || !spanned {
                None
            } else if first {
                days().min()
            } else {
                days().max()
            }
        };
        agreed(&dates).or_else(|| stay().flatten().map(Edtf::day)).or_else(|| most(&dates)).or_else(|| coarser(&dates))
    };
    let start = edge(of.iter().filter_map(|t| t.start).collect(), true);
    let ended = |ts: &[Told<'_>]| ts.iter().any(|t| t.end.is_some());
    let ends = if ended(of) { of } else { all };
    let end = edge(ends.iter().filter_map(|t| t.end).collect(), false);
    let having: Vec<usize> = same.iter().filter(|t| t.start.is_some_and(Edtf::is_day)).map(|t| t.source).collect();
    let by = if let [one] = having[..] {
        Some(one).filter(|_| told.len() > 1 && start.as_ref().is_some_and(Edtf::is_day))
    } else {
        None
    };
    // An end that only another telling has may lie before a start.
    let first = start.as_ref().and_then(Edtf::earliest);
    // Of a start that is in dispute, so is the end.
    let end = end.filter(|_| !contradict || start.as_ref().is_some_and(Edtf::is_day));
    let end = end.filter(|e| first.is_none_or(|first| e.latest().is_none_or(|last| last >= first)));
    Dated { start, end, by, contested: contradict }
}

/// Those that name the place most finely.
fn finest<'a>(told: &[Told<'a>]) -> Vec<Told<'a>> {
    told.iter().filter(|t| t.fine).copied().collect()
}

/// The firmest of some dates: those without an open end, if there are any, and of these those that are not "about".
fn firm(mut dates: Vec<&Edtf>) -> Vec<&Edtf> {
    let rules: [fn(&Edtf) -> bool; 2] = [|d| d.earliest().is_some() && d.latest().is_some(), |d| !d.is_qualified()];
    for rule in rules {
        if dates.iter().any(|d| rule(d)) {
            dates.retain(|d| rule(d));
        }
    }
    // In any fixed order.
    dates.sort_by_key(|d| d.to_string());
    dates
}

/// Whether the dates of two tellings exclude each other, and no other telling is of a stay in which both lie.
fn contradict(all: &[Told<'_>], a: &Told<'_>, b: &Told<'_>) -> bool {
    let spans = |t: &Told<'_>| when::spans((t.start, t.end), (a.start, a.end), (b.start, b.end));
    when::apart((a.start, a.end), (b.start, b.end), 0) && !all.iter().any(spans)
}

/// What all dates have in common.
fn agreed(dates: &[&Edtf]) -> Option<Edtf> {
    let first = (*dates.first()?).clone();
    dates.iter().try_fold(first, |known, d| known.intersect(d))
}

/// What most of them say; none where as many say something else.
fn most(dates: &[&Edtf]) -> Option<Edtf> {
    let agreeing = |d: &Edtf| dates.iter().filter(|o| o.intersect(d).is_some()).count();
    let best = dates.iter().map(|d| agreeing(d)).max()?;
    let mut top = dates.iter().filter(|d| agreeing(d) == best);
    let first = top.next()?;
    (top.all(|d| d == first || d.intersect(first).is_some())).then(|| (*first).clone())
}

/// The days between which all lie, if these are few; else the month or year.
fn coarser(dates: &[&Edtf]) -> Option<Edtf> {
    let days = || dates.iter().flat_map(|d| [d.earliest(), d.latest()]);
    let first = days().flatten().next()?;
    if days().any(|d| d.is_none_or(|d| d.year() != first.year())) {
        return None;
    }
    let (earliest, latest) = (days().flatten().min()?, days().flatten().max()?);
    if (latest - earliest).num_days() <= A_FEW_DAYS {
        return Edtf::interval(&Edtf::day(earliest), &Edtf::day(latest)).ok();
    }
    let month = days().flatten().all(|d| d.month() == first.month());
    if month { Edtf::month(first.year(), first.month()).ok() } else { Edtf::year(first.year()).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(told: &[(Status, &str)]) -> (Status, Option<String>) {
        let parsed: Vec<(Status, Option<Edtf>)> = told.iter().map(|(s, d)| (*s, d.parse().ok())).collect();
        let told: Vec<Told<'_>> = parsed
            .iter()
            .enumerate()
            .map(|(source, (status, d))| Told { source, status: *status, start: d.as_ref(), end: None, fine: true })
            .collect();
        let status = status(&told, |_, _| false);
        (status, dates(&told, status, &[]).start.map(|d| d.to_string()))
    }

    #[test]
    fn what_took_place_has_its_own_day_and_not_that_of_the_plan() {
        use Status::{Cancelled, Completed, Planned};
        let is = |told: &[(Status, &str)], status, date: Option<&str>| {
            assert_eq!(dated(told), (status, date.map(String::from)), "{told:?}")
        };
        is(&[(Planned, "2031-03-01"), (Completed, "2031-03-02")], Completed, Some("2031-03-02"));
        is(&[(Planned, "2031-03-01"), (Completed, "")], Completed, None);
        is(&[(Completed, "2031-03"), (Completed, "2031-03-02")], Completed, Some("2031-03-02"));
        is(&[(Completed, "2031-03-01"), (Completed, "2031-03-02")], Completed, Some("2031-03-01/2031-03-02"));
        is(&[(Completed, "2031-03-01"), (Completed, "2031-03-05")], Completed, Some("2031-03-01/2031-03-05"));
        is(
            &[(Completed, "2031-03-03"), (Completed, "2031-03-04~"), (Completed, "../2031-03-09")],
            Completed,
            Some("2031-03-03"),
        );
        is(
            &[(Completed, "2031-03-01"), (Completed, "2031-03-05"), (Completed, "2031-03-05")],
            Completed,
            Some("2031-03-05"),
        );
        is(&[(Completed, "2031-03-01"), (Cancelled, "2031-03-01")], Status::Possible, Some("2031-03-01"));
    }
}
