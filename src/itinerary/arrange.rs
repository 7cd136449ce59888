//! Arranging: a draft of stops and meetings becomes the document, with ids, trips and an order as far as the text allows.

use super::bounds;
use super::order::{self, Reason, Stop};
use super::*;
use crate::Span;
use std::collections::HashMap;

/// Makes the document of a draft. `text` is the article's text, for the quotes of the evidence.
pub fn arrange(article: ArticleInfo, draft: Draft, text: &str) -> Itinerary {
    let officials = officials(&draft.officials);
    let trips = trips_of(&draft.stops);
    let solved = order::solve(&stops(&draft.stops, &trips), &reasons(&draft.reasons, text));
    let starts = bounds::drawn_in(&draft.stops, &solved.kept);
    let sorted = in_trip_order(&draft.stops, &trips, &solved.order);
    let mut places = Places::default();
    let visit_ids: HashMap<usize, VisitId> =
        sorted.iter().enumerate().map(|(i, s)| (*s, VisitId(format!("v{}", i + 1)))).collect();
    let trip_ids = number_trips(&sorted, &trips);
    let visits: Vec<Visit> = sorted
        .iter()
        .map(|s| {
            let stop = &draft.stops[*s];
            Visit {
                id: visit_ids[s].clone(),
                traveller: officials[stop.traveller].id.clone(),
                place: places.id_of(&stop.place),
                country: stop.place.country.clone(),
                status: stop.status,
                start: starts[*s].clone(),
                end: stop.end.clone(),
                trip: trip_ids[&trips[*s]].clone(),
                order: Some(solved.order[*s]),
                confidence: Some(round(stop.confidence)),
                evidence: evidence(text, &stop.evidence),
                extra: sites(&stop.sites, &mut places),
            }
        })
        .collect();
    let meetings = meetings(&draft.meetings, &officials, &visit_ids, &mut places, text);
    let sequence = solved.kept.iter().map(|r| Precedence {
        before: visit_ids[&r.before].clone(),
        after: visit_ids[&r.after].clone(),
        because: r.because,
        evidence: r.evidence.clone(),
        extra: Extra::new(),
    });
    let mut warnings = draft.warnings;
    warnings.extend(solved.dropped.iter().map(|r| contradiction(&draft.stops[r.before], &draft.stops[r.after])));
    Itinerary {
        schema: SCHEMA.to_string(),
        trips: trips_in_order(&sorted, &trips, &trip_ids, &draft.stops, &visits),
        sequence: sequence.collect(),
        article,
        officials,
        places: places.list,
        visits,
        meetings,
        warnings,
        extra: Extra::new(),
    }
}

fn contradiction(before: &DraftStop, after: &DraftStop) -> String {
    format!("contradictory order: the text also puts {} before {}", before.place.name, after.place.name)
}

/// The field `sites` of a visit: ids of the embassies, palaces and bases seen there. An addition to version 1 of the document,
/// which readers that do not know it keep as it is.
fn sites(sites: &[DraftPlace], places: &mut Places) -> Extra {
    let ids: Vec<serde_json::Value> = sites.iter().map(|s| serde_json::Value::String(places.id_of(s).0)).collect();
    let mut extra = Extra::new();
    if !ids.is_empty() {
        extra.insert("sites".into(), serde_json::Value::Array(ids));
    }
    extra
}

/// Confidence to two decimals: more would claim a precision that it does not have.
fn round(confidence: f64) -> f64 {
    (confidence * 100.0).round() / 100.0
}

fn evidence(text: &str, spans: &[Span]) -> Vec<Evidence> {
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    spans.dedup();
    spans.iter().map(|s| Evidence::new(text, *s)).collect()
}

fn officials(drafts: &[DraftOfficial]) -> Vec<Official> {
    let mut taken: Vec<String> = Vec::new();
    drafts
        .iter()
        .map(|o| Official {
            id: OfficialId(unique(slug(&o.name), &mut taken)),
            name: o.name.clone(),
            title: o.title.clone(),
            country: o.country.clone(),
            aliases: o.aliases.clone(),
            mentions: o.mentions,
            extra: Extra::new(),
        })
        .collect()
}

/// Lower-case words joined by hyphens, accents removed; names in other scripts keep their letters.
pub fn slug(name: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    let plain: String = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    if words.is_empty() { "unnamed".to_string() } else { words.join("-") }
}

fn unique(wanted: String, taken: &mut Vec<String>) -> String {
    let mut id = wanted.clone();
    let mut n = 2;
    while taken.contains(&id) {
        id = format!("{wanted}-{n}");
        n += 1;
    }
    taken.push(id.clone());
    id
}

/// Key of a stop's trip: its traveller, and for a recalled journey a number of its own.
type TripKey = (usize, bool, usize);

/// One main trip for each traveller; recalled stops are one trip each, unless they were told in one list.
fn trips_of(stops: &[DraftStop]) -> Vec<TripKey> {
    stops
        .iter()
        .enumerate()
        .map(|(i, s)| match (s.background, s.list) {
            (false, _) => (s.traveller, false, 0),
            (true, Some((list, _))) => (
                s.traveller,
                true,
                stops
                    .iter()
                    .position(|o| o.background && o.traveller == s.traveller && o.list.map(|l| l.0) == Some(list))
                    .unwrap_or(i),
            ),
            (true, None) => (s.traveller, true, i),
        })
        .collect()
}

fn stops(drafts: &[DraftStop], trips: &[TripKey]) -> Vec<Stop> {
    let mut keys: Vec<TripKey> = trips.to_vec();
    keys.sort_unstable();
    keys.dedup();
    drafts
        .iter()
        .zip(trips)
        .map(|(d, trip)| Stop {
            trip: keys.binary_search(trip).unwrap_or(0),
            status: d.status,
            start: d.start.clone(),
            end: d.end.clone(),
            recency: d.recency,
            told_at: d.told_at,
            list: d.list,
        })
        .collect()
}

fn reasons(drafts: &[DraftReason], text: &str) -> Vec<Reason> {
    drafts
        .iter()
        .map(|r| Reason {
            before: r.before,
            after: r.after,
            because: r.because,
            evidence: r.evidence.map(|s| Evidence::new(text, s)),
        })
        .collect()
}

/// Main trips before recalled ones, travellers in reading order, stops by their order and, where that is open, as told.
fn in_trip_order(stops: &[DraftStop], trips: &[TripKey], order: &[u32]) -> Vec<usize> {
    let first_told =
        |t: &TripKey| stops.iter().zip(trips).filter(|(_, k)| *k == t).map(|(s, _)| s.told_at).min().unwrap_or(0);
    let mut sorted: Vec<usize> = (0..stops.len()).collect();
    sorted.sort_by_key(|i| {
        (trips[*i].1, first_told(&trips[*i]), trips[*i], order[*i], !is_dated(&stops[*i]), stops[*i].told_at, *i)
    });
    sorted
}

fn number_trips(sorted: &[usize], trips: &[TripKey]) -> HashMap<TripKey, TripId> {
    let mut ids = HashMap::new();
    for s in sorted {
        let next = ids.len() + 1;
        ids.entry(trips[*s]).or_insert_with(|| TripId(format!("t{next}")));
    }
    ids
}

fn trips_in_order(
    sorted: &[usize],
    keys: &[TripKey],
    ids: &HashMap<TripKey, TripId>,
    stops: &[DraftStop],
    visits: &[Visit],
) -> Vec<Trip> {
    let mut trips: Vec<Trip> = Vec::new();
    for (s, visit) in sorted.iter().zip(visits) {
        let id = &ids[&keys[*s]];
        match trips.iter_mut().find(|t| t.id == *id) {
            Some(trip) => trip.visits.push(visit.id.clone()),
            None => trips.push(Trip {
                id: id.clone(),
                traveller: visit.traveller.clone(),
                kind: if stops[*s].background { TripKind::Background } else { TripKind::Main },
                visits: vec![visit.id.clone()],
                extra: Extra::new(),
            }),
        }
    }
    trips
}

/// The document's places, each once.
#[derive(Default)]
struct Places {
    list: Vec<Place>,
    taken: Vec<String>,
}

impl Places {
    fn id_of(&mut self, place: &DraftPlace) -> PlaceId {
        let same = |p: &&mut Place| p.name == place.name && p.country == place.country && p.kind == place.kind;
        if let Some(known) = self.list.iter_mut().find(same) {
            for alias in &place.aliases {
                if !known.aliases.contains(alias) {
                    known.aliases.push(alias.clone());
                }
            }
            return known.id.clone();
        }
        let country = place
            .country
            .as_ref()
            .filter(|_| !matches!(place.kind, PlaceKind::Country))
            .map(|c| format!("-{}", c.as_str().to_lowercase()));
        let id = PlaceId(unique(slug(&place.name) + country.as_deref().unwrap_or(""), &mut self.taken));
        self.list.push(Place {
            id: id.clone(),
            name: place.name.clone(),
            kind: place.kind,
            country: place.country.clone(),
            geonames: place.geonames,
            lat: place.lat,
            lon: place.lon,
            aliases: place.aliases.clone(),
            extra: Extra::new(),
        });
        id
    }
}

fn meetings(
    drafts: &[DraftMeeting],
    officials: &[Official],
    visits: &HashMap<usize, VisitId>,
    places: &mut Places,
    text: &str,
) -> Vec<Meeting> {
    drafts
        .iter()
        .enumerate()
        .map(|(i, m)| Meeting {
            id: MeetingId(format!("m{}", i + 1)),
            participants: m.participants.iter().map(|p| officials[*p].id.clone()).collect(),
            groups: m.groups.clone(),
            visit: m.stop.and_then(|s| visits.get(&s).cloned()),
            place: m.place.as_ref().map(|p| places.id_of(p)),
            country: m.country.clone(),
            date: m.date.clone(),
            status: m.status,
            mode: m.mode,
            duration: m.duration.clone(),
            confidence: Some(round(m.confidence)),
            evidence: evidence(text, &m.evidence),
            extra: Extra::new(),
        })
        .collect()
}

/// Whether a stop's first day is known: among stops of open order these come first.
fn is_dated(stop: &DraftStop) -> bool {
    stop.start.as_ref().is_some_and(|d| d.as_day().is_some())
}
