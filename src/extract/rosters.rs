//! Rosters: "Participants in the meeting included:" and the list that follows.
//!
//! Reads the lists of an article as meetings of its main actor with those listed. It knows the words that announce a
//! list, and nothing of travel.

use super::Reader;
use super::classes::Class;
use super::clause::{self, Certainty};
use super::meetings::Encounter;
use super::scene::View;
use crate::itinerary::{Mode, Status};

/// Most words of a line that announces a list.
const LONGEST_HEADING: usize = 24;

/// A meeting for each list of participants.
pub fn read(reader: &Reader<'_>, views: &[View<'_>]) -> Vec<Encounter> {
    let host = host(views);
    (0..views.len()).filter(|i| announces(&views[*i])).filter_map(|i| listed(reader, views, i, host)).collect()
}

/// "Participants:", "The leaders who took part in the meeting included:".
fn announces(view: &View<'_>) -> bool {
    let ends = view.tokens().last().is_some_and(|t| t.form == ":");
    let named = || (0..view.tokens().len()).any(|i| view.is(i, Class::Attendance));
    ends && view.tokens().len() <= LONGEST_HEADING && named()
}

/// Whom the article's first sentence is about.
fn host(views: &[View<'_>]) -> Option<usize> {
    let first = views.first()?;
    let root = (0..first.tokens().len()).find(|i| first.is_predicate(*i) && first.is_finite(*i))?;
    clause::subjects(first, root).first().copied().or_else(|| first.people.iter().find_map(|p| p.official))
}

/// The meeting of the host with those whom the lines after a heading name.
fn listed(reader: &Reader<'_>, views: &[View<'_>], heading: usize, host: Option<usize>) -> Option<Encounter> {
    let lines = views[heading + 1..].iter().take_while(|v| is_line(v));
    let mut participants: Vec<usize> = host.into_iter().collect();
    let mut evidence = views[heading].sentence.span;
    for view in lines {
        for person in view.people.iter().filter(|p| !p.name.is_empty()).filter_map(|p| p.official) {
            if !participants.contains(&person) && !reader.officials[person].only_speaks() {
                participants.push(person);
                evidence = evidence.cover(view.sentence.span);
            }
        }
    }
    let view = &views[heading];
    (participants.len() > 1).then(|| Encounter {
        participants,
        groups: Vec::new(),
        place: None,
        further: Vec::new(),
        certainty: Certainty {
            status: Status::Completed,
            negated: false,
            tensed: true,
            pluperfect: false,
            present: false,
            perfect: false,
        },
        mode: Mode::InPerson,
        times: view.times.clone(),
        duration: None,
        sentence: view.index,
        clause: 0,
        told_at: view.sentence.span.start,
        evidence,
        weight: 0.7,
        alone: false,
    })
}

/// A line of a list: a name or several, and no statement.
fn is_line(view: &View<'_>) -> bool {
    let statement = (0..view.tokens().len()).any(|i| view.is_predicate(i) && view.is_finite(i));
    let bullet = view.tokens().first().is_some_and(|t| matches!(t.form.as_str(), "-" | "–" | "•" | "*" | "·"));
    bullet || (!statement && view.people.iter().any(|p| !p.name.is_empty()))
}
