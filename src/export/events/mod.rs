//! Visits and meetings as event data: one row for each directed pair of actors, with CAMEO and PLOVER codes, for
//! whoever works with GDELT, ICEWS, Phoenix or POLECAT. A visit gives two rows, the traveller's (042) and the host's
//! (043); a meeting gives two for each pair of parties from different countries, where one whose country is not known
//! counts as from another one unless both travel together. What is planned or possible is an
//! intent, dated to the day of the article (036). What was called off did not take place and is left out, as PLOVER
//! advises for negated events; a stop at home has no second actor.

mod codes;

use super::registered::Registered;
use super::tables::{Cell, Field, Kind, Table, derived, earliest, edtf, latest, name, word};
use super::{ExportError, Name, Output, csv};
use crate::itinerary::{Edtf, Evidence, Meeting, Mode, OfficialId, PlaceId, Status, TripKind, Visit};
use crate::network::{Fact, Network};
use codes::{Actor, Book, Code};

/// Writes the events as one CSV file.
pub(super) fn write(network: &Network) -> Result<Output, ExportError> {
    csv::bytes(&table(network)).map(Output::One)
}

const NAME: Name = name!("events");

/// One event from one actor to another.
struct Event<'a> {
    id: String,
    code: Code,
    source: Actor,
    target: Option<Actor>,
    told: &'a Told<'a>,
}

/// What the visit or meeting says that an event is made of.
struct Told<'a> {
    article: usize,
    visit: Option<&'a str>,
    meeting: Option<&'a str>,
    status: Status,
    recalled: bool,
    start: Option<&'a Edtf>,
    end: Option<&'a Edtf>,
    place: Option<&'a PlaceId>,
    country: Option<&'a str>,
    sentence: Option<&'a str>,
    confidence: Option<f64>,
    registered: Registered,
}

fn table(network: &Network) -> Table {
    let book = Book::embedded();
    let visits: Vec<(&Fact<Visit>, Told)> = network.visits.iter().map(|v| (v, of_visit(network, v))).collect();
    let meetings: Vec<(&Fact<Meeting>, Told)> = network.meetings.iter().map(|m| (m, of_meeting(network, m))).collect();
    let mut events: Vec<Event> = Vec::new();
    for (visit, told) in visits.iter().filter(|(_, told)| told.status != Status::Cancelled) {
        events.extend(visited(network, &book, visit, told));
    }
    for (meeting, told) in meetings.iter().filter(|(_, told)| told.status != Status::Cancelled) {
        events.extend(met(network, &book, meeting, told));
    }
    let fields = [what(network), who(), how(), when_and_where(network, &book), source(network)];
    Table::of(NAME, &events, fields.into_iter().flatten().collect())
}

fn of_visit<'a>(network: &'a Network, visit: &'a Fact<Visit>) -> Told<'a> {
    Told {
        article: visit.article,
        visit: Some(&visit.id.0),
        meeting: None,
        status: visit.status,
        recalled: network.trip(&visit.trip).is_some_and(|t| t.kind == TripKind::Background),
        start: visit.start.as_ref(),
        end: visit.end.as_ref(),
        place: Some(&visit.place),
        country: visit.country.as_ref().or_else(|| network.place(&visit.place)?.country.as_ref()).map(|c| c.as_str()),
        sentence: first(&visit.evidence),
        confidence: visit.confidence,
        registered: Registered::of(network, visit),
    }
}

/// A meeting is in the place and on the days of its visit where it says nothing itself.
fn of_meeting<'a>(network: &'a Network, meeting: &'a Fact<Meeting>) -> Told<'a> {
    let visit = meeting.visit.as_ref().and_then(|v| network.visit(v)).map(|v| of_visit(network, v));
    let visit = visit.as_ref();
    let place = meeting.place.as_ref().or(visit.and_then(|v| v.place));
    let lies_in = place.and_then(|p| network.place(p)?.country.as_ref());
    let country = meeting.country.as_ref().or(lies_in).map(|c| c.as_str());
    let dated = meeting.date.is_some();
    let lent = if dated { [].as_slice() } else { &["start", "end"] };
    let lent: Vec<&str> = lent.iter().copied().chain(meeting.place.is_none().then_some("place")).collect();
    Told {
        article: meeting.article,
        visit: meeting.visit.as_ref().map(|v| v.0.as_str()),
        meeting: Some(&meeting.id.0),
        status: meeting.status,
        recalled: visit.is_some_and(|v| v.recalled),
        start: if dated { meeting.date.as_ref() } else { visit.and_then(|v| v.start) },
        end: if dated { meeting.date.as_ref() } else { visit.and_then(|v| v.end) },
        place,
        country: country.or(visit.and_then(|v| v.country)),
        sentence: first(&meeting.evidence),
        confidence: meeting.confidence,
        registered: visit.map(|v| v.registered.clone().only(&lent)).unwrap_or_default(),
    }
}

fn first(evidence: &[Evidence]) -> Option<&str> {
    evidence.first().map(|e| e.quote.as_str())
}

/// Both sides of a visit; only the traveller's where the host is not known.
fn visited<'a>(network: &Network, book: &Book, visit: &Visit, told: &'a Told) -> Vec<Event<'a>> {
    let guest = match network.official(&visit.traveller) {
        Some(o) => book.actor(&o.name, o.country.as_ref().map(|c| c.as_str()), o.title.as_deref().unwrap_or_default()),
        None => book.actor(&visit.traveller.0, None, ""),
    };
    let host = told.country.and_then(|c| book.government(c));
    if guest.country.is_some() && guest.country == host.as_ref().and_then(|h| h.country) {
        return Vec::new();
    }
    let code = |kind| book.code(if told.status == Status::Completed { kind } else { "intent" });
    let event = |side: &str, code: Code, source: Actor, target: Option<Actor>| Event {
        id: format!("{}.{side}", visit.id),
        code,
        source,
        target,
        told,
    };
    let made = code("visit").map(|c| event("visit", c, guest.clone(), host.clone()));
    let hosted = code("host").zip(host).map(|(c, host)| event("host", c, host, Some(guest)));
    made.into_iter().chain(hosted).collect()
}

/// Somebody who takes part in a meeting; unnamed parties have no id.
struct Party<'a> {
    id: Option<&'a OfficialId>,
    actor: Actor,
}

/// Each party with each other one from another country.
fn met<'a>(network: &Network, book: &Book, meeting: &Fact<Meeting>, told: &'a Told) -> Vec<Event<'a>> {
    let parties = parties(network, book, meeting);
    let mut events = Vec::new();
    for (i, source) in parties.iter().enumerate() {
        for (j, target) in parties.iter().enumerate() {
            if on_one_side(network, meeting.article, source, target) {
                continue;
            }
            let (source, target) = (&source.actor, &target.actor);
            let Some(code) = code_of(book, meeting, told, source, target) else { continue };
            let id = format!("{}.{}-{}", meeting.id, i + 1, j + 1);
            events.push(Event { id, code, source: source.clone(), target: Some(target.clone()), told });
        }
    }
    events
}

/// Whether two parties are not two actors: compatriots, two of whom no country is known, or fellow travellers of whom
/// one has no known country.
fn on_one_side(network: &Network, article: usize, a: &Party, b: &Party) -> bool {
    let known = a.actor.country.is_some() && b.actor.country.is_some();
    let together = || a.id.zip(b.id).is_some_and(|(a, b)| travel_together(network, article, a, b));
    a.actor.country == b.actor.country || (!known && together())
}

/// Whether an article has two people in one place on days that go together.
fn travel_together(network: &Network, article: usize, a: &OfficialId, b: &OfficialId) -> bool {
    let of = |who| stops_of(network, article, who);
    let apart =
        |v: &Visit, w: &Visit| v.start.as_ref().zip(w.start.as_ref()).is_some_and(|(v, w)| v.intersect(w).is_none());
    of(a).any(|v| of(b).any(|w| v.place == w.place && v.status == w.status && !apart(v, w)))
}

fn stops_of<'a>(network: &'a Network, article: usize, who: &'a OfficialId) -> impl Iterator<Item = &'a Visit> {
    network.visits.iter().filter(move |v| v.article == article && v.traveller == *who).map(|v| &v.what)
}

fn parties<'a>(network: &Network, book: &Book, meeting: &'a Meeting) -> Vec<Party<'a>> {
    let named = meeting.participants.iter().map(|id| {
        let actor = match network.official(id) {
            Some(o) => {
                book.actor(&o.name, o.country.as_ref().map(|c| c.as_str()), o.title.as_deref().unwrap_or_default())
            }
            None => book.actor(&id.0, None, ""),
        };
        Party { id: Some(id), actor }
    });
    let unnamed = meeting.groups.iter().map(|g| {
        let actor = book.actor(&g.label, g.country.as_ref().map(|c| c.as_str()), &g.label);
        Party { id: None, actor }
    });
    named.chain(unnamed).collect()
}

fn code_of(book: &Book, meeting: &Meeting, told: &Told, a: &Actor, b: &Actor) -> Option<Code> {
    if told.status != Status::Completed {
        return book.code("intent");
    }
    if meeting.mode != Mode::InPerson {
        return book.code("remote");
    }
    let negotiated = told.sentence.and_then(|s| book.told_by(s));
    let place = told.country.and_then(|c| book.government(c)).and_then(|g| g.country);
    let known = [place, a.country, b.country].iter().all(Option::is_some);
    let third = known && place != a.country && place != b.country;
    negotiated.or_else(|| book.code(if third { "third" } else { "consult" }))
}

fn what<'a>(network: &'a Network) -> Vec<Field<'a, Event<'a>>> {
    vec![
        derived("id", Kind::Text, |e: &Event| e.id.as_str().into()),
        derived("date", Kind::Date, |e: &Event| day(network, e)),
        derived("enddate", Kind::Date, |e: &Event| match e.told.status {
            Status::Completed => e.told.end.and_then(Edtf::as_day).into(),
            _ => Cell::Null,
        }),
    ]
}

/// The day of the event: that of the visit or meeting, or for an intent that of the article which tells of it.
fn day(network: &Network, event: &Event) -> Cell {
    let published = network.articles.get(event.told.article).and_then(|a| a.info.published.as_ref());
    let date = if event.told.status == Status::Completed { event.told.start } else { published };
    date.and_then(Edtf::as_day).into()
}

fn who<'a>() -> Vec<Field<'a, Event<'a>>> {
    vec![
        derived("source", Kind::Text, |e: &Event| Cell::Text(e.source.code())),
        derived("source_country", Kind::Text, |e: &Event| e.source.country.into()),
        derived("source_role", Kind::Text, |e: &Event| e.source.role.into()),
        derived("source_name", Kind::Text, |e: &Event| e.source.name.as_str().into()),
        derived("target", Kind::Text, |e: &Event| e.target.as_ref().map_or(Cell::Null, |t| Cell::Text(t.code()))),
        derived("target_country", Kind::Text, |e: &Event| e.target.as_ref().and_then(|t| t.country).into()),
        derived("target_role", Kind::Text, |e: &Event| e.target.as_ref().map(|t| t.role).into()),
        derived("target_name", Kind::Text, |e: &Event| e.target.as_ref().map(|t| t.name.as_str()).into()),
    ]
}

fn how<'a>() -> Vec<Field<'a, Event<'a>>> {
    vec![
        derived("cameo", Kind::Text, |e: &Event| e.code.cameo.into()),
        derived("cameo_name", Kind::Text, |e: &Event| e.code.name.into()),
        derived("plover_event", Kind::Text, |e: &Event| e.code.event.into()),
        derived("plover_mode", Kind::Text, |e: &Event| e.code.mode.into()),
        derived("plover_context", Kind::Text, context),
        derived("status", Kind::Text, |e: &Event| word(&e.told.status)),
    ]
}

/// The context of the code, and PLOVER's auxiliary modes, which stand in the context too.
fn context(event: &Event) -> Cell {
    let hypothetical = (event.told.status == Status::Possible).then_some("hypothetical");
    let historical = event.told.recalled.then_some("historical");
    let all: Vec<&str> = event.code.context.into_iter().chain(hypothetical).chain(historical).collect();
    if all.is_empty() { Cell::Null } else { Cell::Text(all.join(";")) }
}

fn when_and_where<'a>(network: &'a Network, book: &'a Book) -> Vec<Field<'a, Event<'a>>> {
    let place = |e: &Event| e.told.place.and_then(|p| network.place(p));
    vec![
        derived("start", Kind::Text, |e: &Event| edtf(e.told.start)),
        derived("end", Kind::Text, |e: &Event| edtf(e.told.end)),
        derived("earliest", Kind::Date, |e: &Event| earliest(e.told.start)),
        derived("latest", Kind::Date, |e: &Event| latest(e.told.end.or(e.told.start))),
        derived("place", Kind::Text, move |e: &Event| place(e).map(|p| p.name.as_str()).into()),
        derived("country", Kind::Text, |e: &Event| e.told.country.and_then(|c| book.iso3(c)).into()),
        derived("lat", Kind::Real, move |e: &Event| place(e).and_then(|p| p.lat).into()),
        derived("lon", Kind::Real, move |e: &Event| place(e).and_then(|p| p.lon).into()),
    ]
}

fn source<'a>(network: &'a Network) -> Vec<Field<'a, Event<'a>>> {
    vec![
        derived("sentence", Kind::Text, |e: &Event| e.told.sentence.into()),
        derived("confidence", Kind::Real, |e: &Event| e.told.confidence.into()),
        derived("article", Kind::Text, |e: &Event| {
            network.articles.get(e.told.article).map(|a| a.info.id.as_str()).into()
        }),
        derived("visit", Kind::Text, |e: &Event| e.told.visit.into()),
        derived("meeting", Kind::Text, |e: &Event| e.told.meeting.into()),
        derived("from_register", Kind::Text, |e: &Event| e.told.registered.fields()),
        derived("register", Kind::Text, |e: &Event| e.told.registered.registers()),
    ]
}

#[cfg(test)]
mod tests;
