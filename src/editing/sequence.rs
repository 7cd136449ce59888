//! The order of the visits of a document that says none, by dates, statuses and what was told: see
//! [`crate::itinerary::order`]. What they leave open stays open.

use crate::itinerary::order::{Reach, Reason, Solved, Stop, shared, solve};
use crate::itinerary::{Because, Edtf, Extra, Itinerary, Precedence, Recency, Status, Visit};

/// Most stops of a document whose order is solved: the time grows with the square of their number and more.
pub const MOST_STOPS: usize = 1000;

/// Solves the order of all visits, trip by trip; `told` are the reasons besides dates and statuses. `None` where there
/// are more than [`MOST_STOPS`].
pub fn solved(document: &Itinerary, told: &[Reason]) -> Option<Solved> {
    if document.visits.len() > MOST_STOPS {
        return None;
    }
    Some(solve(&stops(document), told))
}

/// Positions of the visits by a solved order; what it leaves open shares one.
pub fn positions(document: &Itinerary, solved: &Solved) -> Vec<u32> {
    let reach = Reach::of(document.visits.len(), solved.kept.iter().map(|r| (r.before, r.after)));
    // Of more stops than are solved nothing is known.
    if solved.order.is_empty() { Vec::new() } else { shared(&stops(document), &solved.order, &reach) }
}

fn stops(document: &Itinerary) -> Vec<Stop> {
    let trip = |v: &Visit| document.trips.iter().position(|t| t.id == v.trip).unwrap_or(usize::MAX);
    document.visits.iter().enumerate().map(|(i, v)| stop(v, trip(v), i)).collect()
}

fn stop(visit: &Visit, trip: usize, told_at: usize) -> Stop {
    let dated = visit.start.as_ref().is_some_and(|d| d.earliest().is_some());
    let recency = match visit.status {
        Status::Completed => Recency::Now,
        Status::Cancelled if dated => Recency::Now,
        _ => Recency::After,
    };
    let (start, end) = (visit.start.clone(), visit.end.clone());
    Stop { trip, status: visit.status, start, end, recency, told_at, list: None }
}

/// The reasons that a document gives.
pub fn told(document: &Itinerary) -> Vec<Reason> {
    let index = |id| document.visits.iter().position(|v| v.id == id);
    let reasons = document.sequence.iter().filter_map(|p| {
        let (before, after) = (index(p.before.clone())?, index(p.after.clone())?);
        Some(Reason { before, after, because: p.because, evidence: p.evidence.clone() })
    });
    reasons.collect()
}

/// A reason as it stands in the document.
pub fn precedence(document: &Itinerary, reason: &Reason) -> Option<Precedence> {
    let id = |i: usize| document.visits.get(i).map(|v| v.id.clone());
    Some(Precedence {
        before: id(reason.before)?,
        after: id(reason.after)?,
        because: reason.because,
        evidence: reason.evidence.clone(),
        extra: Extra::new(),
    })
}

/// Of two visits told one after the other on one and the same day, the reason that the first comes first.
pub fn as_told(visits: &[Visit], before: usize, after: usize) -> Option<Reason> {
    let day = |i: usize| visits.get(i).and_then(|v| v.start.as_ref()).and_then(Edtf::as_day);
    let same = day(before).is_some() && day(before) == day(after);
    same.then_some(Reason { before, after, because: Because::Narrative, evidence: None })
}
