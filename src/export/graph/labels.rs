//! What a person reads on a node: names, and dates as "5 Nov 2023". English, as are the names of attributes. Knows no
//! form.

use crate::itinerary::{Edtf, Meeting, Official, OfficialId, PlaceId, Precision, Qualifier, Trip, TripKind, Visit};
use crate::network::Network;
use chrono::{Datelike, NaiveDate};

/// Names in the label of a meeting before the others are only counted.
const NAMES: usize = 3;

/// A date in words: `5 Nov 2023`, `between 1 and 5 Nov 2023`, `by 5 Nov 2023`, `from Nov 2023`, `about 2023`.
pub fn date_in_words(date: &Edtf) -> String {
    match date.ends() {
        (None, Some(end)) => format!("by {}", point(&end)),
        (Some(start), None) => format!("from {}", point(&start)),
        (Some(start), Some(end)) if date.is_interval() => between(&start, &end),
        (Some(start), _) => point(&start),
        (None, None) => String::new(),
    }
}

/// Some day of several, which is no stay over all of them.
fn between(first: &Edtf, last: &Edtf) -> String {
    match (plain_day(first), plain_day(last)) {
        (Some(a), Some(b)) if a.year() == b.year() && a.month() == b.month() => {
            format!("between {} and {}", a.day(), day(b))
        }
        (Some(a), Some(b)) if a.year() == b.year() => format!("between {} and {}", a.format("%-d %b"), day(b)),
        _ => format!("between {} and {}", point(first), point(last)),
    }
}

/// A stay from one date to another, in words.
fn range(start: &Edtf, end: &Edtf) -> String {
    match (plain_day(start), plain_day(end)) {
        _ if start.is_interval() || end.is_interval() => format!("{} to {}", date_in_words(start), date_in_words(end)),
        (Some(a), Some(b)) if a.year() == b.year() && a.month() == b.month() => format!("{}–{}", a.day(), day(b)),
        (Some(a), Some(b)) if a.year() == b.year() => format!("{} – {}", a.format("%-d %b"), day(b)),
        _ => format!("{} – {}", point(start), point(end)),
    }
}

fn plain_day(date: &Edtf) -> Option<NaiveDate> {
    date.as_day().filter(|_| !date.is_qualified())
}

fn day(day: NaiveDate) -> String {
    format!("{} {}", day.format("%-d %b"), day.year())
}

/// A single date in words, with how sure it is.
fn point(date: &Edtf) -> String {
    let words = match (date.as_season(), date.earliest()) {
        (Some((season, year)), _) => format!("{} {year}", format!("{season:?}").to_lowercase()),
        (None, None) => String::new(),
        (None, Some(first)) => match date.precision() {
            Precision::Day => day(first),
            Precision::Month => format!("{} {}", first.format("%b"), first.year()),
            Precision::Season | Precision::Year => first.year().to_string(),
        },
    };
    match date.qualifier() {
        Qualifier::Plain => words,
        Qualifier::Approximate => format!("about {words}"),
        Qualifier::Uncertain => format!("perhaps {words}"),
        Qualifier::Both => format!("perhaps about {words}"),
    }
}

/// The time of a visit in words: its start and end, as far as they are known; empty where nothing is.
pub fn visit_time(visit: &Visit) -> String {
    match (&visit.start, &visit.end) {
        (Some(start), Some(end)) if start != end => range(start, end),
        (Some(start), _) => date_in_words(start),
        (None, Some(end)) => format!("until {}", date_in_words(end)),
        (None, None) => String::new(),
    }
}

/// The label of an official.
pub fn official(official: &Official) -> String {
    official.name.clone()
}

/// The label of a visit: place and time.
pub fn visit(network: &Network, visit: &Visit) -> String {
    with_time(place_name(network, &visit.place), visit_time(visit))
}

/// The label of a trip: whose, and whether it is only recalled.
pub fn trip(network: &Network, trip: &Trip) -> String {
    let name = official_name(network, &trip.traveller);
    match trip.kind {
        TripKind::Main => format!("{name}: journey"),
        TripKind::Background => format!("{name}: earlier journey"),
    }
}

/// The label of a meeting: who, and when.
pub fn meeting(network: &Network, meeting: &Meeting) -> String {
    let people = meeting.participants.iter().map(|id| official_name(network, id));
    let mut names: Vec<String> = people.chain(meeting.groups.iter().map(|g| g.label.clone())).collect();
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    let names = match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => "meeting".to_string(),
    };
    with_time(names, meeting.date.as_ref().map(date_in_words).unwrap_or_default())
}

/// The name of a place, or its id where the network has no such place.
pub fn place_name(network: &Network, id: &PlaceId) -> String {
    network.place(id).map_or_else(|| id.0.clone(), |place| place.name.clone())
}

/// The name of an official, or the id where the network has none such.
pub fn official_name(network: &Network, id: &OfficialId) -> String {
    network.official(id).map_or_else(|| id.0.clone(), |official| official.name.clone())
}

fn with_time(what: String, time: String) -> String {
    if time.is_empty() { what } else { format!("{what}, {time}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_as_precisely_as_they_are_known() {
        let cases = [
            ("2023-11-05", "5 Nov 2023"),
            ("2023-11", "Nov 2023"),
            ("2023", "2023"),
            ("2023-22", "summer 2023"),
            ("2023-11-01/2023-11-05", "between 1 and 5 Nov 2023"),
            ("2024-02-24/2024-03-06", "between 24 Feb and 6 Mar 2024"),
            ("2023-12-31/2024-01-05", "between 31 Dec 2023 and 5 Jan 2024"),
            ("2023-11/2023-12", "between Nov 2023 and Dec 2023"),
            ("../2023-11-05", "by 5 Nov 2023"),
            ("2023-11-05/..", "from 5 Nov 2023"),
            ("2023-11-05~", "about 5 Nov 2023"),
            ("2023?", "perhaps 2023"),
        ];
        for (edtf, words) in cases {
            assert_eq!(date_in_words(&edtf.parse().unwrap()), words);
        }
    }

    #[test]
    fn a_stay_is_told_from_some_day_between() {
        let time = |start: &str, end: Option<&str>| {
            let mut visit = crate::export::graph::sample::document().visits.remove(0);
            visit.start = Some(start.parse().unwrap());
            visit.end = end.map(|e| e.parse().unwrap());
            visit_time(&visit)
        };
        assert_eq!(time("2024-03-05", Some("2024-03-06")), "5–6 Mar 2024");
        assert_eq!(time("2024-02-24", Some("2024-03-06")), "24 Feb – 6 Mar 2024");
        assert_eq!(time("2023-12-31", Some("2024-01-05")), "31 Dec 2023 – 5 Jan 2024");
        assert_eq!(time("2024-02-24/2024-03-06", None), "between 24 Feb and 6 Mar 2024");
        assert_eq!(time("2024-03-01/2024-03-03", Some("2024-03-06")), "between 1 and 3 Mar 2024 to 6 Mar 2024");
    }
}
