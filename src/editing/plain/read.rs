//! A text in the plain form becomes a document: people and places are entered once, every line with a place is a visit
//! of each traveller, and the order is solved from dates, statuses and what the lines say.

use super::super::filling::{free_id, status_of};
use super::super::finding::{Finding, Severity};
use super::super::{complete, resolve, sequence};
use super::line::{self, Heading, Line, Met, Person, PlaceName, StopLine};
use super::words::{self, Wrong};
use crate::itinerary::order::Reason;
use crate::itinerary::*;
use std::collections::HashSet;

/// Reads a text in the plain form; `name` is the article's id where the text has none. Without a document, errors are
/// among the findings; with one they are warnings, or errors in lines that were left out.
pub fn read(name: &str, text: &str) -> (Option<Itinerary>, Vec<Finding>) {
    let mut reader = Reader::new(name);
    for (number, line) in text.lines().enumerate() {
        reader.line = number + 1;
        if let Err(wrong) = reader.take(line) {
            reader.wrong(Severity::Error, wrong);
        }
    }
    if text.trim().is_empty() {
        reader.line = 1;
        let remedy = "Write `# Name, Title, CC` and below it a line for each stop.";
        reader.wrong(Severity::Error, Wrong::new(1, "nothing is written here", remedy));
    }
    let document = reader.finish();
    (Some(document), reader.findings)
}

/// The stops of one line, in one trip.
#[derive(Clone, Debug, Default)]
struct Told {
    /// Indices of visits.
    visits: Vec<usize>,
    /// Whether its place in the order is where it stands among lines of its day.
    in_place: bool,
}

/// A trip that lines are being read for.
struct Current {
    trip: usize,
    traveller: OfficialId,
    last: Option<Told>,
}

struct Reader {
    document: Itinerary,
    findings: Vec<Finding>,
    /// Number of the line being read.
    line: usize,
    /// Trips of the heading above; none under `# meetings`; `None` above the first heading.
    current: Option<Vec<Current>>,
    /// Whether the heading above could not be read.
    unreadable: bool,
    told: Vec<Reason>,
    /// Line of each reason.
    told_in: Vec<(usize, usize, usize)>,
    /// The number that each visit was given.
    numbers: Vec<Option<u32>>,
    /// Line of each visit.
    lines: Vec<usize>,
    /// Names that were looked up, with what was given beside them.
    known: Vec<(PlaceName, PlaceId)>,
}

impl Reader {
    fn new(name: &str) -> Reader {
        let article = ArticleInfo { id: name.to_string(), ..ArticleInfo::default() };
        let document = Itinerary::new(article);
        let (findings, told, told_in, numbers, lines, known) = Default::default();
        Reader { document, findings, line: 0, current: None, unreadable: false, told, told_in, numbers, lines, known }
    }

    fn wrong(&mut self, severity: Severity, wrong: Wrong) {
        self.wrong_at(self.line, severity, wrong);
    }

    fn wrong_at(&mut self, line: usize, severity: Severity, wrong: Wrong) {
        let Wrong { column, message, remedy } = wrong;
        if severity == Severity::Warning {
            self.document.warnings.push(message.clone());
        }
        let (line, column) = (Some(line), Some(column));
        self.findings.push(Finding { severity, path: String::new(), line, column, message, remedy });
    }

    fn take(&mut self, line: &str) -> Result<(), Wrong> {
        if self.current.is_none()
            && let Some((key, value)) = line::top(line)
        {
            return self.top(key, value, line);
        }
        let read = line::read(line);
        if line.trim_start().starts_with('#') {
            // The lines below a heading that cannot be read are looked at and not entered.
            self.unreadable = read.is_err();
        } else if read.is_err() && line::top(line).is_some() {
            return Err(Wrong::new(1, "this line belongs to the top", "Move it above the first heading."));
        }
        match read? {
            None => Ok(()),
            Some(Line::Heading(heading)) => {
                self.heading(heading);
                Ok(())
            }
            Some(_) if self.unreadable => Ok(()),
            Some(Line::Stop(stop)) => self.stop(stop),
            Some(Line::Meetings(met)) => self.more_meetings(met),
        }
    }

    fn top(&mut self, key: &str, value: &str, line: &str) -> Result<(), Wrong> {
        let column =
            line.chars().count() - line.split_once(':').map_or("", |(_, v)| v).trim_start().chars().count() + 1;
        let text = top_text(value, column)?;
        let article = &mut self.document.article;
        let twice = match key {
            "title" => article.title.replace(text).is_some(),
            "source" => article.source.replace(text).is_some(),
            "url" => article.url.replace(text).is_some(),
            "published" => {
                let date: Edtf = text.parse().map_err(|e: EdtfError| {
                    Wrong::new(
                        column,
                        e.to_string().replace("; ", ": "),
                        "Write the day of publication, such as 2023-11-05.",
                    )
                })?;
                article.published_from = Some(PublishedFrom::Metadata);
                article.published.replace(date).is_some()
            }
            _ => {
                article.id = text;
                false
            }
        };
        match twice {
            true => Err(Wrong::new(1, format!("`{key}:` stands here a second time"), "Keep one of them.")),
            false => Ok(()),
        }
    }

    fn heading(&mut self, heading: Heading) {
        let kind = if heading.background { TripKind::Background } else { TripKind::Main };
        let mut current = Vec::new();
        for person in &heading.people {
            let traveller = self.official(person);
            let trip = self.document.trips.len();
            let id = TripId(format!("t{}", trip + 1));
            let (visits, extra) = (Vec::new(), Extra::new());
            self.document.trips.push(Trip { id, traveller: traveller.clone(), kind, visits, extra });
            current.push(Current { trip, traveller, last: None });
        }
        self.current = Some(current);
    }

    /// The id of a person: one who was named before, unless another title or country is given.
    fn official(&mut self, person: &Person) -> OfficialId {
        let country = person.country.clone().map(CountryCode);
        let agrees = |a: Option<&str>, b: Option<&str>| a.zip(b).is_none_or(|(a, b)| a == b);
        let same = |o: &&mut Official| {
            o.name == person.name
                && agrees(o.title.as_deref(), person.title.as_deref())
                && agrees(o.country.as_ref().map(CountryCode::as_str), person.country.as_deref())
        };
        if let Some(known) = self.document.officials.iter_mut().find(same) {
            known.title = known.title.take().or_else(|| person.title.clone());
            known.country = known.country.take().or(country);
            return known.id.clone();
        }
        if self.document.officials.iter().any(|o| o.name == person.name) {
            let message = format!("`{}` is taken for two people, since title or country differ", person.name);
            self.wrong(
                Severity::Warning,
                Wrong::new(person.column, message, "Write them alike, or leave them out after the first."),
            );
        }
        let mut taken: HashSet<String> = self.document.officials.iter().map(|o| o.id.0.clone()).collect();
        let id = OfficialId(free_id(slug(&person.name), &mut taken));
        let official = complete::official(id.clone(), &person.name);
        self.document.officials.push(Official { title: person.title.clone(), country, ..official });
        id
    }

    /// The id of a place, which is entered where it is new.
    fn place(&mut self, wanted: &PlaceName) -> PlaceId {
        let same = |p: &PlaceName| (&p.name, p.kind, &p.country) == (&wanted.name, wanted.kind, &wanted.country);
        if let Some((_, id)) = self.known.iter().find(|(p, _)| same(p)) {
            return id.clone();
        }
        let (mut place, found) = named_place(wanted);
        if let Some((message, remedy)) = resolve::doubt(&wanted.name, &found) {
            self.wrong(Severity::Warning, Wrong::new(wanted.column, message, remedy));
        }
        let twin = |p: &&Place| p.name == place.name && p.kind == place.kind && p.country == place.country;
        let id = match self.document.places.iter().find(twin) {
            Some(known) => known.id.clone(),
            None => {
                let mut taken: HashSet<String> = self.document.places.iter().map(|p| p.id.0.clone()).collect();
                place.id = PlaceId(free_id(place.id.0, &mut taken));
                self.document.places.push(place.clone());
                place.id
            }
        };
        self.known.push((wanted.clone(), id.clone()));
        id
    }

    fn stop(&mut self, stop: StopLine) -> Result<(), Wrong> {
        let Some(mut current) = self.current.take() else {
            let remedy = "Write `# Name, Title, CC` above the stops.";
            return Err(Wrong::new(1, "this stop has no traveller: no heading stands above it", remedy));
        };
        let done = self.stop_of(&mut current, stop);
        self.current = Some(current);
        done
    }

    fn stop_of(&mut self, current: &mut [Current], stop: StopLine) -> Result<(), Wrong> {
        if stop.places.is_empty() {
            return self.meetings_only(current, &stop);
        }
        if current.is_empty() {
            return self.outside(&stop);
        }
        if stop.head.then && current.iter().any(|c| c.last.is_none()) {
            return Err(Wrong::new(1, "`then` stands where no stop is above it in this trip", "Leave it out."));
        }
        let before = self.document.visits.len();
        for c in current.iter_mut() {
            let visits = self.visits(c, &stop);
            self.order_told(c, &stop, &visits);
            let in_place = !stop.head.any;
            c.last = Some(Told { visits, in_place });
        }
        let travellers: Vec<OfficialId> = current.iter().map(|c| c.traveller.clone()).collect();
        let visit = (stop.places.len() == 1).then_some(before);
        stop.met.iter().for_each(|met| self.meeting(met, &travellers, visit, &stop));
        Ok(())
    }

    fn visits(&mut self, current: &Current, stop: &StopLine) -> Vec<usize> {
        let ids: Vec<PlaceId> = stop.places.iter().map(|p| self.place(p)).collect();
        let status = self.status(stop);
        let Some(trip) = self.document.trips.get(current.trip).map(|t| t.id.clone()) else { return Vec::new() };
        let first = self.document.visits.len();
        for place in ids {
            let country = self.document.places.iter().find(|p| p.id == place).and_then(|p| p.country.clone());
            self.numbers.push(stop.head.number);
            self.lines.push(self.line);
            self.document.visits.push(Visit {
                id: VisitId(format!("v{}", self.document.visits.len() + 1)),
                traveller: current.traveller.clone(),
                place,
                country,
                status,
                start: stop.head.start.clone(),
                end: stop.head.end.clone(),
                trip: trip.clone(),
                order: None,
                confidence: None,
                evidence: Vec::new(),
                extra: Extra::new(),
            });
        }
        (first..self.document.visits.len()).collect()
    }

    fn status(&self, stop: &StopLine) -> Status {
        stop.head.status.unwrap_or(status_of(stop.head.start.as_ref(), self.document.article.published.as_ref()))
    }

    /// Reasons that a line gives: `then`, and its place among lines of the same day.
    fn order_told(&mut self, current: &Current, stop: &StopLine, visits: &[usize]) {
        let Some(last) = &current.last else { return };
        if stop.head.then {
            for (before, after) in last.visits.iter().flat_map(|b| visits.iter().map(move |a| (*b, *a))) {
                self.told.push(Reason { before, after, because: Because::Phrase, evidence: None });
                self.told_in.push((before, after, self.line));
            }
        } else if last.in_place && !stop.head.any && stop.head.number.is_none() {
            let pair = last.visits.first().zip(visits.first());
            self.told.extend(pair.and_then(|(b, a)| sequence::as_told(&self.document.visits, *b, *a)));
        }
    }

    /// Meetings of a line without place, of the travellers of the heading if there are any.
    fn meetings_only(&mut self, current: &[Current], stop: &StopLine) -> Result<(), Wrong> {
        if stop.head.then || stop.head.number.is_some() {
            return Err(Wrong::new(
                1,
                "a meeting without a place has no position among the stops",
                "Take it out, or name a place.",
            ));
        }
        let travellers: Vec<OfficialId> = current.iter().map(|c| c.traveller.clone()).collect();
        stop.met.iter().for_each(|met| self.meeting(met, &travellers, None, stop));
        Ok(())
    }

    /// Meetings under `# meetings`, at the place of their line.
    fn outside(&mut self, stop: &StopLine) -> Result<(), Wrong> {
        if stop.met.is_empty() || stop.places.len() > 1 {
            return Err(Wrong::new(
                1,
                "no meeting stands in this line",
                "Under `# meetings`, write `DATE  Place  met A; B`.",
            ));
        }
        let place = stop.places.first().cloned();
        for met in &stop.met {
            let met = Met { place: met.place.clone().or(Some(place.clone())), ..met.clone() };
            self.meeting(&met, &[], None, stop);
        }
        Ok(())
    }

    fn more_meetings(&mut self, met: Vec<Met>) -> Result<(), Wrong> {
        let last = self.current.iter().flatten().next().and_then(|c| c.last.clone());
        let travellers: Vec<OfficialId> = self.current.iter().flatten().map(|c| c.traveller.clone()).collect();
        let Some([visit]) = last.as_ref().map(|l| &l.visits[..]) else {
            let remedy = "Put a date before it, or name the stop in a line of its own above it.";
            return Err(Wrong::new(1, "this meeting has no single stop above it", remedy));
        };
        let stop = StopLine { head: Default::default(), places: Vec::new(), met: Vec::new() };
        met.iter().for_each(|m| self.meeting(m, &travellers, Some(*visit), &stop));
        Ok(())
    }

    /// Enters a meeting: of the travellers and whom they met, during a visit where one is given.
    fn meeting(&mut self, met: &Met, travellers: &[OfficialId], visit: Option<usize>, stop: &StopLine) {
        let mut participants = travellers.to_vec();
        for person in &met.people {
            let id = self.official(person);
            if !participants.contains(&id) {
                participants.push(id);
            }
        }
        let own = met.place.clone().map(|place| place.map(|p| self.place(&p)));
        let visit = visit.and_then(|v| self.document.visits.get(v));
        let day = match visit {
            Some(visit) => visit.start.clone().filter(|_| complete::one_day(visit)),
            None => stop.head.start.clone(),
        };
        let place = own.unwrap_or_else(|| visit.map(|v| v.place.clone()));
        let country = place.as_ref().and_then(|id| self.document.places.iter().find(|p| p.id == *id)?.country.clone());
        self.document.meetings.push(Meeting {
            id: MeetingId(format!("m{}", self.document.meetings.len() + 1)),
            participants,
            groups: met.groups.clone(),
            visit: visit.map(|v| v.id.clone()),
            place,
            country,
            status: met.status.unwrap_or(visit.map_or_else(|| self.status(stop), |v| v.status)),
            date: met.date.clone().unwrap_or(day),
            mode: met.mode,
            duration: met.duration.clone(),
            confidence: None,
            evidence: Vec::new(),
            extra: Extra::new(),
        });
    }

    /// The document in trip order, numbered and with its reasons.
    fn finish(&mut self) -> Itinerary {
        let solved = sequence::solved(&self.document, &self.told).unwrap_or_else(|| {
            let message = format!("more than {} stops stand in this text", sequence::MOST_STOPS);
            self.wrong_at(1, Severity::Error, Wrong::new(1, message, "Part it into several."));
            Default::default()
        });
        for dropped in &solved.dropped {
            self.contradiction(dropped);
        }
        let open = sequence::positions(&self.document, &solved);
        let order: Vec<u32> = (0..self.document.visits.len()).map(|i| self.number(i, &open)).collect();
        self.unnumbered();
        let mut document = self.document.clone();
        document.visits.iter_mut().zip(&order).for_each(|(v, n)| v.order = Some(*n));
        let at = |i: usize| order.get(i).copied().unwrap_or(0);
        let kept = solved.kept.iter().filter(|r| at(r.before) < at(r.after));
        document.sequence = kept.filter_map(|r| sequence::precedence(&document, r)).collect();
        in_trip_order(&mut document);
        in_reading_order(&mut document);
        document
    }

    fn contradiction(&mut self, dropped: &Reason) {
        let line = self.told_in.iter().find(|(b, a, _)| (*b, *a) == (dropped.before, dropped.after)).map(|t| t.2);
        let name = |i: usize| {
            let id = self.document.visits.get(i).map(|v| &v.place);
            self.document.places.iter().find(|p| Some(&p.id) == id).map_or("", |p| p.name.as_str())
        };
        let message =
            format!("{} cannot come before {}: the dates say otherwise", name(dropped.before), name(dropped.after));
        if let Some(line) = line {
            self.wrong_at(line, Severity::Error, Wrong::new(1, message, "Correct a date, or take `then` out."));
        }
    }

    /// The number of a visit: the one that its line has, else the one that was solved.
    fn number(&self, visit: usize, solved: &[u32]) -> u32 {
        let given = self.numbers.get(visit).copied().flatten();
        given.or(solved.get(visit).copied()).unwrap_or(1)
    }

    /// Tells of lines without a number in trips in which others have one, and of numbers that are none.
    fn unnumbered(&mut self) {
        let trip = |i: usize| self.document.visits.get(i).map(|v| v.trip.clone());
        let all: Vec<usize> = (0..self.numbers.len()).collect();
        let given = |i: &usize| self.numbers.get(*i).copied().flatten();
        let numbered: HashSet<_> = all.iter().filter(|i| given(i).is_some()).map(|i| trip(*i)).collect();
        let without = all.iter().filter(|i| given(i).is_none() && numbered.contains(&trip(**i)));
        let message = "other stops of this trip have a number and this one has none";
        let without = without.map(|i| (*i, message, "Number all stops of the trip, or none."));
        let bad = all.iter().filter(|i| given(i).is_some_and(|n| !(1..=9999).contains(&n)));
        let bad = bad.map(|i| (*i, "stops are numbered from 1 to 9999", "Correct the number."));
        let wrong: Vec<_> =
            without.chain(bad).map(|(i, m, r)| (self.lines.get(i).copied(), Wrong::new(1, m, r))).collect();
        for (line, wrong) in wrong {
            self.wrong_at(line.unwrap_or(1), Severity::Error, wrong);
        }
    }
}

/// The text of a line of the top: as it stands, or a JSON string where it begins with a quotation mark.
fn top_text(value: &str, column: usize) -> Result<String, Wrong> {
    if value.starts_with('"') {
        let found = words::pieces(value).map_err(|w| Wrong { column: column + w.column - 1, ..w })?;
        return match &found[..] {
            [words::Piece { token: words::Token::Quoted(text), .. }] => Ok(text.clone()),
            _ => Err(Wrong::new(column, "something stands beside the text in quotation marks", "Quote all of it.")),
        };
    }
    let comment = std::iter::once(0).chain(value.match_indices(char::is_whitespace).map(|(i, s)| i + s.len()));
    let end = comment.into_iter().find(|i| value.get(*i..).is_some_and(|r| r.starts_with("//")));
    let text = value.get(..end.unwrap_or(value.len())).unwrap_or(value).trim_end();
    match text.is_empty() {
        true => Err(Wrong::new(column, "nothing stands after the colon", "Write the text, or take the line out.")),
        false => Ok(text.to_string()),
    }
}

/// The place that a name stands for.
pub fn named_place(wanted: &PlaceName) -> (Place, resolve::Found) {
    let country = wanted.country.as_ref().map(|c| c.as_deref().unwrap_or(""));
    resolve::place(&wanted.name, wanted.kind, country)
}

/// Sorts visits by trip and number, numbers their ids anew, and lists them in their trips.
fn in_trip_order(document: &mut Itinerary) {
    let trip = |v: &Visit| document.trips.iter().position(|t| t.id == v.trip);
    let mut visits = std::mem::take(&mut document.visits);
    visits.sort_by_key(|v| (trip(v), v.order));
    let ids: Vec<(VisitId, VisitId)> =
        visits.iter().enumerate().map(|(i, v)| (v.id.clone(), VisitId(format!("v{}", i + 1)))).collect();
    let renamed = |id: &mut VisitId| {
        if let Some((_, new)) = ids.iter().find(|(old, _)| old == id) {
            *id = new.clone();
        }
    };
    visits.iter_mut().for_each(|v| renamed(&mut v.id));
    document.meetings.iter_mut().filter_map(|m| m.visit.as_mut()).for_each(renamed);
    document.sequence.iter_mut().for_each(|p| {
        renamed(&mut p.before);
        renamed(&mut p.after);
    });
    let at = |id: &VisitId| visits.iter().position(|v| v.id == *id);
    document.sequence.sort_by_key(|p| (at(&p.before), at(&p.after)));
    for trip in &mut document.trips {
        trip.visits = visits.iter().filter(|v| v.trip == trip.id).map(|v| v.id.clone()).collect();
    }
    document.visits = visits;
}

/// Puts meetings, officials and places in the order in which somebody who reads trip by trip and stop by stop comes
/// upon them.
fn in_reading_order(document: &mut Itinerary) {
    let Itinerary { officials, places, trips, visits, meetings, .. } = document;
    let at = |m: &Meeting| visits.iter().position(|v| Some(&v.id) == m.visit.as_ref()).unwrap_or(usize::MAX);
    meetings.sort_by_key(at);
    meetings.iter_mut().enumerate().for_each(|(i, m)| m.id = MeetingId(format!("m{}", i + 1)));
    let (mut people, mut stops) = (Vec::new(), Vec::new());
    for trip in trips.iter() {
        people.push(trip.traveller.clone());
        for visit in visits.iter().filter(|v| v.trip == trip.id) {
            stops.push(visit.place.clone());
            let here = meetings.iter().filter(|m| m.visit.as_ref() == Some(&visit.id));
            for meeting in here {
                people.extend(meeting.participants.iter().cloned());
                stops.extend(meeting.place.clone());
            }
        }
    }
    for meeting in meetings.iter().filter(|m| m.visit.is_none()) {
        people.extend(meeting.participants.iter().cloned());
        stops.extend(meeting.place.clone());
    }
    officials.sort_by_key(|o| people.iter().position(|p| *p == o.id));
    places.sort_by_key(|place| stops.iter().position(|s| *s == place.id));
}
