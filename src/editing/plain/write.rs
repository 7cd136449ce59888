//! A document becomes a text in the plain form. What the form has no words for is left out: evidence, confidence,
//! aliases, reasons other than dates, statuses and `then`.

use super::super::filling::status_of;
use super::super::{complete, shape};
use super::line::PlaceName;
use super::read::{named_place, read};
use super::slips;
use super::words::{Name, json, kind_word, status_word};
use crate::itinerary::*;

/// Widest column before the next one begins behind it.
const WIDEST: usize = 28;

/// The text. Reading it gives a document with the same people, places, trips, stops, order numbers and meetings;
/// positions are written as numbers only in trips whose order does not follow from the rest.
pub fn write(document: &Itinerary) -> String {
    let text = written(document, &[]);
    let again = read(&document.article.id, &text).0;
    let same = |i: usize, trip: &Trip| {
        let other = again.as_ref().and_then(|d| Some((d, &d.trips.get(i)?.id)));
        other.is_some_and(|(d, id)| positions(d, id) == positions(document, &trip.id) && !invents(document, d, id))
    };
    let trips = document.trips.iter().enumerate();
    let numbered: Vec<&TripId> = trips.filter(|(i, t)| !same(*i, t)).map(|(_, t)| &t.id).collect();
    let text = if numbered.is_empty() { text } else { written(document, &numbered) };
    let again = read(&document.article.id, &text).0;
    text + &again.map(|again| unsaid(document, &again)).unwrap_or_default()
}

/// Comments on the reasons of the order that the form has no words for; that dates and statuses give is said by those.
fn unsaid(document: &Itinerary, again: &Itinerary) -> String {
    let edges = edges(again);
    let told = document.sequence.iter().filter(|p| !matches!(p.because, Because::Date | Because::Tense));
    let mut comments = String::new();
    for reason in told {
        let Some((before, after)) = shown(document, &reason.before).zip(shown(document, &reason.after)) else {
            continue;
        };
        if !leads(&edges, &before, &after) {
            let name = |id: &VisitId| document.visits.iter().find(|v| v.id == *id).map(|v| &v.place);
            let name = |id| document.places.iter().find(|p| Some(&p.id) == name(id)).map_or("", |p| &p.name);
            let (before, after) = (Name(name(&reason.before)), Name(name(&reason.after)));
            comments += &format!("// not said above: {before} comes before {after}\n");
        }
    }
    comments
}

/// Whether a trip, read again, has a reason for which the document has none: two lines of one day.
fn invents(document: &Itinerary, again: &Itinerary, trip: &TripId) -> bool {
    let edges = edges(document);
    let in_trip = |id: &VisitId| again.visits.iter().any(|v| v.id == *id && v.trip == *trip);
    let as_told = again.sequence.iter().filter(|p| p.because == Because::Narrative && in_trip(&p.before));
    let mut pairs = as_told.filter_map(|p| shown(again, &p.before).zip(shown(again, &p.after)));
    pairs.any(|(before, after)| !leads(&edges, &before, &after))
}

/// The reasons of a document, between visits without ids.
fn edges(document: &Itinerary) -> Vec<(String, String)> {
    let pair = |p: &Precedence| shown(document, &p.before).zip(shown(document, &p.after));
    document.sequence.iter().filter_map(pair).collect()
}

/// Whether edges lead from one stop to another.
fn leads(edges: &[(String, String)], from: &str, to: &str) -> bool {
    let mut reached = vec![from];
    let mut next = 0;
    while let Some(at) = reached.get(next).copied() {
        for (_, after) in edges.iter().filter(|(before, _)| before == at) {
            if !reached.contains(&after.as_str()) {
                reached.push(after);
            }
        }
        next += 1;
    }
    reached.contains(&to)
}

/// A visit without ids.
fn shown(document: &Itinerary, id: &VisitId) -> Option<String> {
    let v = document.visits.iter().find(|v| v.id == *id)?;
    let place = document.places.iter().find(|p| p.id == v.place);
    let place = place.map(|p| (&p.name, p.kind, &p.country));
    let who = document.officials.iter().find(|o| o.id == v.traveller).map(|o| &o.name);
    Some(format!("{:?}", (v.order, who, place, v.status, &v.start, &v.end)))
}

/// What stops a trip has at which numbers.
fn positions(document: &Itinerary, trip: &TripId) -> Vec<String> {
    let stops = stops(document, trip);
    let mut all: Vec<String> = stops.into_iter().filter_map(|v| shown(document, &v.id)).collect();
    all.sort_unstable();
    all
}

/// The stops of a trip by their numbers.
fn stops<'a>(document: &'a Itinerary, trip: &TripId) -> Vec<&'a Visit> {
    let mut stops: Vec<&Visit> = document.visits.iter().filter(|v| v.trip == *trip).collect();
    stops.sort_by_key(|v| v.order);
    stops
}

fn written(document: &Itinerary, numbered: &[&TripId]) -> String {
    let mut blocks = vec![top(&document.article)];
    for trip in &document.trips {
        blocks.push(Block { document, numbered: numbered.contains(&&trip.id) }.trip(trip));
    }
    let anybody = |m: &&Meeting| !m.participants.is_empty() || !m.groups.is_empty();
    let outside = document.meetings.iter().filter(|m| home(document, m).is_none()).filter(anybody);
    let outside: Vec<&Meeting> = outside.collect();
    if !outside.is_empty() {
        let block = Block { document, numbered: false };
        let lines = outside.into_iter().map(|m| block.outside(m));
        blocks.push(std::iter::once("# meetings".to_string()).chain(lines).collect::<Vec<_>>().join("\n"));
    }
    blocks.join("\n\n") + "\n"
}

/// The visit that a meeting is written at: the one it names, where the traveller takes part.
fn home<'a>(document: &'a Itinerary, meeting: &Meeting) -> Option<&'a Visit> {
    let visit = document.visits.iter().find(|v| Some(&v.id) == meeting.visit.as_ref())?;
    let in_trip = document.trips.iter().any(|t| t.id == visit.trip && t.traveller == visit.traveller);
    let parties = meeting.participants.len() + meeting.groups.len();
    (in_trip && parties > 1 && meeting.participants.contains(&visit.traveller)).then_some(visit)
}

fn top(article: &ArticleInfo) -> String {
    let published = article.published.as_ref().map(Edtf::to_string);
    let lines = [
        ("title", article.title.as_deref()),
        ("published", published.as_deref()),
        ("source", article.source.as_deref()),
        ("url", article.url.as_deref()),
        ("id", Some(article.id.as_str())),
    ];
    let lines = lines.into_iter().filter_map(|(key, text)| Some(format!("{key}: {}", top_text(text?))));
    lines.collect::<Vec<_>>().join("\n")
}

/// A text of the top, quoted where it would be read otherwise.
fn top_text(text: &str) -> String {
    let comment =
        text.starts_with("//") || text.match_indices("//").any(|(i, _)| text[..i].ends_with(char::is_whitespace));
    let odd = text.is_empty() || text.trim() != text || text.starts_with('"') || text.chars().any(char::is_control);
    if comment || odd { json(text) } else { text.to_string() }
}

struct Block<'a> {
    document: &'a Itinerary,
    /// Whether positions are written as numbers.
    numbered: bool,
}

impl Block<'_> {
    fn trip(&self, trip: &Trip) -> String {
        let background = if trip.kind == TripKind::Background { "; background" } else { "" };
        let mut lines = vec![format!("# {}{background}", self.person(&trip.traveller))];
        let groups = self.groups(&stops(self.document, &trip.id));
        let rows: Vec<Row> = (0..groups.len()).flat_map(|i| self.rows(&groups, i)).collect();
        let (when, place) = (width(&rows, |r| &r.when), width(&rows, |r| &r.place));
        lines.extend(rows.iter().map(|r| r.text(when, place)));
        lines.join("\n")
    }

    /// Stops that go into one line: what is said of them is the same, their order is open, and nobody was met there.
    fn groups<'a>(&self, stops: &[&'a Visit]) -> Vec<Vec<&'a Visit>> {
        let mut groups: Vec<Vec<&Visit>> = Vec::new();
        for visit in stops {
            let alike = |other: &&Visit| {
                (&other.start, &other.end, other.status, other.order)
                    == (&visit.start, &visit.end, visit.status, visit.order)
            };
            let joins = groups.last().is_some_and(|g| g.iter().all(|v| alike(v) && !self.has_meeting(v)));
            match groups.last_mut() {
                Some(group) if joins && visit.order.is_some() && !self.has_meeting(visit) => group.push(visit),
                _ => groups.push(vec![visit]),
            }
        }
        groups
    }

    fn has_meeting(&self, visit: &Visit) -> bool {
        self.meetings(visit).next().is_some()
    }

    fn meetings<'a>(&'a self, visit: &'a Visit) -> impl Iterator<Item = &'a Meeting> {
        let here = |m: &&Meeting| home(self.document, m).is_some_and(|v| v.id == visit.id);
        self.document.meetings.iter().filter(here)
    }

    /// The lines of a group: one, and one for each meeting but the first.
    fn rows(&self, groups: &[Vec<&Visit>], i: usize) -> Vec<Row> {
        let Some(group) = groups.get(i) else { return Vec::new() };
        let Some(visit) = group.first() else { return Vec::new() };
        let before = i.checked_sub(1).and_then(|i| groups.get(i));
        let mut when = self.when(visit.status, visit.start.as_ref(), visit.end.as_ref());
        if before.is_some_and(|before| self.told_before(before, group)) {
            when = format!("then {when}");
        }
        if let Some(order) = visit.order.filter(|_| self.numbered) {
            when = format!("{order}. {when}");
        }
        let places: Vec<String> = group.iter().map(|v| self.place(&v.place)).collect();
        if group.len() > 1 {
            return vec![Row { when: format!("{when}, any order: {}", places.join(", ")), ..Row::default() }];
        }
        let mut meetings = self.meetings(visit).map(|m| self.meeting(m, Some(visit)));
        let first = Row { when, place: places.join(""), met: meetings.next().unwrap_or_default() };
        let more = meetings.map(|met| Row { met, ..Row::default() });
        std::iter::once(first).chain(more).collect()
    }

    /// Whether the document puts all of one group before all of the next for a reason that dates and statuses do not
    /// give.
    fn told_before(&self, before: &[&Visit], after: &[&Visit]) -> bool {
        let told = |a: &VisitId, b: &VisitId| {
            let because = self.document.sequence.iter().find(|p| p.before == *a && p.after == *b).map(|p| p.because);
            because.is_some_and(|because| !matches!(because, Because::Date | Because::Tense))
        };
        let in_place = before.len() == 1 && after.len() == 1 && same_day(before, after);
        !in_place && before.iter().all(|a| after.iter().all(|b| told(&a.id, &b.id)))
    }

    fn when(&self, status: Status, start: Option<&Edtf>, end: Option<&Edtf>) -> String {
        let usual = status == status_of(start, self.document.article.published.as_ref());
        let dates = match (start, end) {
            (None, None) => None,
            (Some(start), None) if !start.is_day() => Some(start.to_string()),
            (Some(start), None) => Some(format!("from {start}")),
            (None, Some(end)) => Some(format!("until {end}")),
            (Some(start), Some(end)) if start == end && start.is_day() => Some(start.to_string()),
            (Some(start), Some(end)) => Some(format!("{start} to {end}")),
        };
        match (usual, dates) {
            (true, None) => "undated".into(),
            (true, Some(dates)) => dates,
            (false, None) => status_word(status).into(),
            (false, Some(dates)) => format!("{} {dates}", status_word(status)),
        }
    }

    fn person(&self, id: &OfficialId) -> String {
        let Some(official) = self.document.officials.iter().find(|o| o.id == *id) else {
            return named(&id.0, slips::person);
        };
        let country = official.country.as_ref().map(CountryCode::as_str).filter(|c| shape::is_served(c));
        let title = official.title.as_deref().filter(|t| !t.is_empty());
        let parts =
            [Some(named(&official.name, slips::person)), title.map(|t| Name(t).to_string()), country.map(String::from)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn place(&self, id: &PlaceId) -> String {
        match self.document.places.iter().find(|p| p.id == *id) {
            Some(place) => place_text(place),
            None => named(&id.0, slips::place),
        }
    }

    /// A meeting, with what does not follow from its visit.
    fn meeting(&self, meeting: &Meeting, visit: Option<&Visit>) -> String {
        let traveller = visit.map(|v| &v.traveller);
        let people = meeting.participants.iter().filter(|p| Some(*p) != traveller).map(|p| self.person(p));
        let parties: Vec<String> = people.chain(meeting.groups.iter().map(group)).collect();
        let mut text = vec![format!("met {}", parties.join("; "))];
        match meeting.mode {
            Mode::InPerson => {}
            Mode::Phone => text.push("by phone".into()),
            Mode::Video => text.push("by video".into()),
        }
        if meeting.place.as_ref() != visit.map(|v| &v.place) {
            let place = meeting.place.as_ref().map(|p| self.place(p)).unwrap_or_default();
            text.push(format!("in {}", json(&place)));
        }
        let day = visit.and_then(|v| v.start.as_ref().filter(|_| complete::one_day(v)));
        match &meeting.date {
            date if date.as_ref() == day => {}
            Some(date) if visit.is_some() => text.push(format!("on {date}")),
            None if visit.is_some() => text.push("undated".into()),
            _ => {}
        }
        if let Some(duration) = meeting.duration.as_deref().filter(|d| super::words::is_duration(d)) {
            text.push(format!("for {duration}"));
        }
        if visit.is_some_and(|v| v.status != meeting.status) {
            text.push(status_word(meeting.status).into());
        }
        text.join(" ")
    }

    /// A meeting outside of trips.
    fn outside(&self, meeting: &Meeting) -> String {
        let when = self.outside_when(meeting);
        let met = self.meeting(meeting, None);
        format!("{when}  {met}")
    }

    fn outside_when(&self, meeting: &Meeting) -> String {
        let usual = meeting.status == status_of(meeting.date.as_ref(), self.document.article.published.as_ref());
        match (usual, &meeting.date) {
            (true, None) => "undated".into(),
            (true, Some(date)) => date.to_string(),
            (false, None) => status_word(meeting.status).into(),
            (false, Some(date)) => format!("{} {date}", status_word(meeting.status)),
        }
    }
}

fn same_day(before: &[&Visit], after: &[&Visit]) -> bool {
    let day = |g: &[&Visit]| g.first().and_then(|v| v.start.as_ref()).and_then(Edtf::as_day);
    day(before).is_some() && day(before) == day(after)
}

/// A place with as much beside its name as makes it the same when it is read.
fn place_text(place: &Place) -> String {
    let country = place.country.as_ref().map(|c| c.0.clone());
    let name = |kind, country| PlaceName { name: place.name.clone(), kind, country, column: 1 };
    let kind = Some(place.kind);
    let forms =
        [name(None, None), name(None, Some(country.clone())), name(kind, None), name(kind, Some(country.clone()))];
    let same = |form: &&PlaceName| {
        let (read, found) = named_place(form);
        read.kind == place.kind && read.country == place.country && found.others.is_empty()
    };
    let form = forms.iter().find(same).unwrap_or(&forms[3]);
    let kind = form.kind.map(|k| kind_word(k).to_string());
    let country = form.country.as_ref().map(|c| c.clone().unwrap_or("-".into()));
    [Some(named(&place.name, slips::place)), kind, country].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A name, in quotation marks too where it looks like a slip.
fn named(name: &str, slip: impl Fn(&str) -> Option<slips::Told>) -> String {
    if slip(name).is_some() { json(name) } else { Name(name).to_string() }
}

fn group(group: &Group) -> String {
    let country = group.country.as_ref().map(CountryCode::as_str).filter(|c| shape::is_served(c));
    let country = country.map(|c| format!(", {c}")).unwrap_or_default();
    format!("group {}{country}", Name(&group.label))
}

/// One line in columns.
#[derive(Default)]
struct Row {
    when: String,
    place: String,
    met: String,
}

impl Row {
    fn text(&self, when: usize, place: usize) -> String {
        let line = match (self.place.as_str(), self.met.as_str()) {
            ("", "") => self.when.clone(),
            ("", met) => format!("{:when$}  {:place$}  {met}", "", ""),
            (stop, "") => format!("{:when$}  {stop}", self.when),
            (stop, met) => format!("{:when$}  {stop:place$}  {met}", self.when),
        };
        line.trim_end().to_string()
    }
}

/// The width of a column that is followed by another one.
fn width(rows: &[Row], cell: impl Fn(&Row) -> &String) -> usize {
    let in_columns = rows.iter().filter(|r| !r.place.is_empty());
    in_columns.map(|r| cell(r).chars().count()).filter(|w| *w <= WIDEST).max().unwrap_or(0)
}
