//! The words of charts and tables: titles, subtitles, dates in the reader's form, and the line on what is open.
//!
//! All English wording of charts is here, so that another language is another version of this file. Every sentence is made
//! from facts of the document; it never says more than they do.

use crate::gazetteer::Gazetteer;
use crate::itinerary::{Edtf, Itinerary, Meeting, Mode, Official, OfficialId, Place, Status, TripKind, Visit};
use chrono::{Datelike, NaiveDate};

/// "5 November 2023".
pub fn long_day(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), month_name(day.month()), day.year())
}

/// "Sun 5 Nov".
pub fn short_day(day: NaiveDate) -> String {
    let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.weekday().num_days_from_monday() as usize];
    format!("{weekday} {} {}", day.day(), &month_name(day.month())[..3])
}

/// "Sunday 5 November".
pub fn day_heading(day: NaiveDate) -> String {
    let weekday = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        [day.weekday().num_days_from_monday() as usize];
    format!("{weekday} {} {}", day.day(), month_name(day.month()))
}

fn month_name(month: u32) -> &'static str {
    let names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    names.get(month as usize - 1).copied().unwrap_or("")
}

/// A date of any precision: "Sun 5 Nov", "March 2023", "2023", "on or before 5 November 2023".
pub fn date(edtf: &Edtf) -> String {
    match (edtf.earliest(), edtf.latest()) {
        (Some(a), Some(b)) if a == b => short_day(a),
        (Some(a), Some(b)) if !edtf.is_interval() && a.month() == b.month() => {
            format!("{} {}", month_name(a.month()), a.year())
        }
        (Some(a), Some(b)) if !edtf.is_interval() && a.ordinal() == 1 && b.month() == 12 => a.year().to_string(),
        (Some(a), Some(b)) if a.year() == b.year() => format!("{} to {}", short_day(a), short_day(b)),
        (Some(a), Some(b)) => format!("{} to {}", long_day(a), long_day(b)),
        (Some(a), None) => format!("on or after {}", long_day(a)),
        (None, Some(b)) => format!("on or before {}", long_day(b)),
        (None, None) => String::new(),
    }
}

/// When a visit takes place, for a label; empty where nothing is said.
pub fn visit_date(visit: &Visit) -> String {
    let days = |e: &Option<Edtf>| e.as_ref().and_then(Edtf::as_day);
    match (&visit.start, days(&visit.start), days(&visit.end)) {
        (_, Some(a), Some(b)) if a != b => format!("{} to {}", short_day(a), short_day(b)),
        (Some(start), ..) if start.earliest().is_some() && start.latest().is_some() => date(start),
        (_, _, Some(end)) => format!("until {}", short_day(end)),
        _ => String::new(),
    }
}

/// A date for a table: also what is only bounded, and "not stated".
pub fn table_date(visit: &Visit) -> String {
    let known = visit_date(visit);
    match (&visit.start, known.is_empty()) {
        (_, false) => known,
        (Some(start), true) => format!("not stated, {}", date(start)),
        (None, true) => "not stated".into(),
    }
}

/// "took place", "planned" …
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Completed => "took place",
        Status::Planned => "planned",
        Status::Possible => "possible",
        Status::Cancelled => "cancelled",
    }
}

/// English name of a country code, or the code.
pub fn country(code: &str) -> String {
    match code {
        "EU" => "European Union".into(),
        "UN" => "United Nations".into(),
        "NATO" => "NATO".into(),
        "PS" => "Palestinian territories".into(),
        _ => Gazetteer::embedded().country(code).map_or(code.to_string(), |c| c.name.to_string()),
    }
}

/// "Secretary of State, United States", as much of it as is known.
pub fn office(official: &Official) -> String {
    let title = official.title.clone().unwrap_or_default();
    let country = official.country.as_ref().map(|c| country(c.as_str())).unwrap_or_default();
    let palestinian = title.contains("Palestinian") && country.starts_with("Palestinian");
    let named = !country.is_empty() && !title.contains(&country) && !palestinian;
    match (title.is_empty(), named) {
        (false, true) => format!("{}, {country}", capitalised(&title)),
        (false, false) => capitalised(&title),
        (true, _) => country,
    }
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Looks things up in a document by id.
pub struct Names<'a>(pub &'a Itinerary);

impl<'a> Names<'a> {
    /// The official with this id.
    pub fn official(&self, id: &OfficialId) -> Option<&'a Official> {
        self.0.officials.iter().find(|o| o.id == *id)
    }

    /// Name of an official, or the id.
    pub fn name(&self, id: &OfficialId) -> String {
        self.official(id).map_or(id.0.clone(), |o| o.name.clone())
    }

    /// Place of a visit.
    pub fn place(&self, visit: &Visit) -> Option<&'a Place> {
        self.0.places.iter().find(|p| p.id == visit.place)
    }

    /// Name of a visit's place, or its id.
    pub fn place_name(&self, visit: &Visit) -> String {
        self.place(visit).map_or(visit.place.0.clone(), |p| p.name.clone())
    }

    /// Country of a visit where its place is not itself a country.
    pub fn country_of(&self, visit: &Visit) -> String {
        let named = visit.country.as_ref().map(|c| country(c.as_str())).unwrap_or_default();
        if named == self.place_name(visit) { String::new() } else { named }
    }

    /// Travellers of main trips in order of their trips.
    pub fn travellers(&self) -> Vec<&'a OfficialId> {
        let mut found: Vec<&OfficialId> = Vec::new();
        for trip in self.0.trips.iter().filter(|t| t.kind == TripKind::Main) {
            if !found.contains(&&trip.traveller) {
                found.push(&trip.traveller);
            }
        }
        found
    }

    /// Visits of main trips, or of background ones.
    pub fn visits(&self, kind: TripKind) -> Vec<&'a Visit> {
        let of_kind =
            |v: &&Visit| self.0.trips.iter().find(|t| t.id == v.trip).map_or(TripKind::Main, |t| t.kind) == kind;
        self.0.visits.iter().filter(of_kind).collect()
    }

    /// Meetings at a visit that its traveller took part in.
    pub fn meetings(&self, visit: &Visit) -> Vec<&'a Meeting> {
        self.0.meetings.iter().filter(|m| self.is_at(m, visit)).collect()
    }

    fn is_at(&self, m: &Meeting, visit: &Visit) -> bool {
        let linked = m.visit.as_ref() == Some(&visit.id);
        let same_stop = m.place.as_ref() == Some(&visit.place)
            && m.participants.contains(&visit.traveller)
            && m.status == visit.status;
        linked
            || (same_stop
                && m.visit
                    .as_ref()
                    .is_none_or(|v| self.0.visits.iter().any(|o| o.id == *v && o.traveller != visit.traveller)))
    }

    /// The others of a meeting as (name, office) for one of those who took part.
    pub fn others(&self, meeting: &Meeting, traveller: &OfficialId) -> Vec<(String, String)> {
        let people = meeting.participants.iter().filter(|p| *p != traveller);
        let named = people.map(|p| (self.name(p), self.official(p).map(office).unwrap_or_default()));
        let groups = meeting
            .groups
            .iter()
            .map(|g| (g.label.clone(), g.country.as_ref().map(|c| country(c.as_str())).unwrap_or_default()));
        named.chain(groups).collect()
    }

    /// Visits whose number another visit of their trip shares; one that was cancelled has no place in the order.
    pub fn is_open(&self, visit: &Visit) -> bool {
        if visit.status == Status::Cancelled {
            return false;
        }
        self.0
            .visits
            .iter()
            .filter(|o| o.trip == visit.trip && o.order == visit.order && o.status != Status::Cancelled)
            .count()
            > 1
    }

    /// What a mark says when it is pointed at: status, date and the sentence it came from.
    pub fn mark_title(&self, visit: &Visit) -> String {
        let quote = visit.evidence.first().map(|e| format!(" “{}”", e.quote.trim())).unwrap_or_default();
        let place = self.place_name(visit);
        format!("{}, {place}: {}, {}.{quote}", self.name(&visit.traveller), status(visit.status), table_date(visit))
    }

    /// The chart's title, from the facts.
    pub fn title(&self) -> String {
        let main = self.visits(TripKind::Main);
        let travellers = self.travellers();
        match travellers[..] {
            [] if self.0.visits.is_empty() => "No visit is reported".into(),
            [] => "Only earlier journeys are recalled".into(),
            [one] => format!("{}: {}", self.name(one), self.route_words(&main)),
            _ => {
                let names: Vec<String> = travellers.iter().map(|t| self.name(t)).collect();
                let stops = distinct(
                    main.iter().map(|v| v.country.as_ref().map_or(self.place_name(v), |c| country(c.as_str()))),
                );
                let who = if names.len() > 3 {
                    format!("{} and {} others", names[0], number(names.len() - 1))
                } else {
                    and(&names)
                };
                format!("{who}: {}", if stops.len() > 4 { format!("{} places", stops.len()) } else { and(&stops) })
            }
        }
    }

    /// "Ramallah and Baghdad, then Turkey": dated stops first where there are some, plans after "then" or "next".
    fn route_words(&self, visits: &[&Visit]) -> String {
        let of = |status: Status, dated: bool| {
            distinct(
                visits
                    .iter()
                    .filter(|v| v.status == status && (!dated || !visit_date(v).is_empty()))
                    .map(|v| self.place_name(v)),
            )
        };
        let all_done = of(Status::Completed, false);
        let dated = of(Status::Completed, true);
        let done = if dated.is_empty() || all_done.len() <= 3 { all_done } else { dated };
        let planned = of(Status::Planned, false);
        let few = |names: Vec<String>| if names.len() > 4 { format!("{} places", names.len()) } else { and(&names) };
        match (done.is_empty(), planned.is_empty()) {
            (false, false) => format!("{}, then {}", few(done), few(planned)),
            (false, true) => few(done),
            (true, false) => format!("plans for {}", few(planned)),
            (true, true) => {
                let possible = of(Status::Possible, false);
                if possible.is_empty() {
                    format!("no visit to {}", few(of(Status::Cancelled, false)))
                } else {
                    format!("perhaps {}", few(possible))
                }
            }
        }
    }

    /// The line under the title.
    pub fn subtitle(&self) -> String {
        let main = self.visits(TripKind::Main);
        let travellers = self.travellers();
        if main.is_empty() {
            return String::new();
        }
        let who = match travellers[..] {
            [one] => self.official(one).map(office).unwrap_or_default(),
            _ => capitalised(&format!("{} travellers", number(travellers.len()))),
        };
        let undated = main.iter().filter(|v| visit_date(v).is_empty()).count();
        let stops = format!("{} {}", number(main.len()), if main.len() == 1 { "stop" } else { "stops" });
        let dates = match (undated, main.len()) {
            (0, _) => String::new(),
            (1, 1) => ", without a date".into(),
            (n, all) if n == all => ", none of them with a date".into(),
            (n, _) => format!(", {} of them without a date", number(n)),
        };
        [who, format!("{stops}{dates}")].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// One line on what the article leaves open; empty where nothing is.
    pub fn open_line(&self) -> String {
        let open =
            distinct(self.visits(TripKind::Main).into_iter().filter(|v| self.is_open(v)).map(|v| self.place_name(v)));
        let mut parts = Vec::new();
        if !open.is_empty() {
            let names = if open.len() > 5 { format!("{} stops", open.len()) } else { and(&open) };
            let among = if open.len() == 2 { "of" } else { "among" };
            parts.push(format!("Not stated in the article: the order {among} {names}."));
        }
        parts.extend(self.0.warnings.iter().map(|w| format!("{}.", capitalised(w.trim_end_matches('.')))));
        parts.join(" ")
    }

    /// "From “…” (CNN), published 5 November 2023."
    pub fn source_line(&self) -> String {
        let a = &self.0.article;
        let title = a.title.as_ref().map_or("an article".into(), |t| format!("“{t}”"));
        let source = a.source.as_ref().map(|s| format!(" ({s})")).unwrap_or_default();
        let published = a
            .published
            .as_ref()
            .and_then(Edtf::as_day)
            .map_or(", publication date not known".into(), |d| format!(", published {}", long_day(d)));
        format!("From {title}{source}{published}.")
    }
}

/// Whether people met or spoke at a distance.
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::InPerson => "met, or went to",
        Mode::Phone | Mode::Video => "called",
    }
}

/// "A, B and C".
pub fn and(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

fn number(n: usize) -> String {
    let words =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    words.get(n).map_or(n.to_string(), |w| w.to_string())
}
