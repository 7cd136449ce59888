//! Merged documents taken apart again into what each of their sources had, so that merging anew counts every source once, keeps what they
//! contradict each other in, and gives the same. A merged document that a person has changed since is a source of its own.

use super::merge::merged;
use super::{Comparison, compare};
use crate::itinerary::{
    ArticleInfo, Edtf, Evidence, Extra, Itinerary, Meeting, MeetingId, Part, Place, Status, Trip, TripId, TripKind,
    Visit, VisitId,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// What one source has of a merged visit; in the field `sources` of the visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Had {
    /// Id of the source among `merged_from`.
    pub article: String,
    pub visit: VisitId,
    pub status: Status,
    pub start: Option<Edtf>,
    pub end: Option<Edtf>,
    /// Name of the place.
    pub place: Option<String>,
    pub trip: TripId,
    /// Its place among the visits of its document, from 0.
    #[serde(default)]
    pub told: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<u32>,
    /// Whether its trip is one that the source only recalls.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recalled: bool,
    /// The place, where it is another one than that of the merged visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
}

/// What one source has of a merged meeting; in the field `sources` of the meeting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HadMeeting {
    pub article: String,
    pub meeting: MeetingId,
    pub status: Status,
    pub date: Option<Edtf>,
}

/// The documents that a merged one was made of; `None` where it was not merged, or says something else than they do together.
pub fn unfolded(document: &Itinerary) -> Option<Vec<Itinerary>> {
    let parts = document.article.merged_from();
    if parts.len() < 2 {
        return None;
    }
    let documents: Vec<Itinerary> = parts.iter().enumerate().map(|(i, p)| part(document, p, i == 0)).collect();
    let again: Comparison = compare(&documents, None);
    (said(&merged(&again)) == said(document)).then_some(documents)
}

/// The visits of a document, in any order and without their ids.
fn said(document: &Itinerary) -> Vec<String> {
    let visit = |v: &Visit| {
        let dates = [&v.start, &v.end].map(|d| d.as_ref().map(ToString::to_string));
        format!("{} {} {:?} {:?} {:?}", v.traveller, v.place, v.status, dates, v.order)
    };
    let mut all: Vec<String> = document.visits.iter().map(visit).collect();
    all.sort();
    all
}

/// Fields with those of another list left out.
fn without(extra: &Extra, fields: &[&str]) -> Extra {
    extra.iter().filter(|(k, _)| !fields.contains(&k.as_str())).map(|(k, v)| (k.clone(), v.clone())).collect()
}

fn part(document: &Itinerary, part: &Part, first: bool) -> Itinerary {
    let mut places: Vec<Place> = document.places.clone();
    let mut visits: Vec<(Visit, Had)> = Vec::new();
    for v in &document.visits {
        for had in list::<Had>(&v.extra, "sources").into_iter().filter(|h| h.article == part.id) {
            visits.push((visit(v, &had, &mut places), had));
        }
    }
    visits.sort_by_key(|(_, had)| had.told);
    let id_of = |merged: &VisitId| {
        let v = document.visits.iter().find(|v| v.id == *merged)?;
        list::<Had>(&v.extra, "sources").into_iter().find(|h| h.article == part.id).map(|h| h.visit)
    };
    let meetings = document.meetings.iter().flat_map(|m| {
        let had = list::<HadMeeting>(&m.extra, "sources").into_iter().filter(|h| h.article == part.id);
        had.map(|h| meeting(m, h, part, m.visit.as_ref().and_then(&id_of))).collect::<Vec<_>>()
    });
    let mut made = Itinerary {
        officials: document.officials.clone(),
        sequence: part.sequence.clone(),
        meetings: meetings.collect(),
        trips: trips(document, &visits),
        visits: visits.into_iter().map(|(v, _)| v).collect(),
        places,
        warnings: part.warnings.clone(),
        extra: if first { document.extra.clone() } else { Extra::new() },
        ..Itinerary::new(article(document, part, first))
    };
    keep_used(&mut made);
    made
}

fn article(document: &Itinerary, part: &Part, first: bool) -> ArticleInfo {
    let mut extra = if first { without(&document.article.extra, &["merged_from"]) } else { Extra::new() };
    if part.register {
        extra.insert("kind".into(), "register".into());
    }
    ArticleInfo {
        id: part.id.clone(),
        title: part.title.clone(),
        source: part.source.clone(),
        url: part.url.clone(),
        published: part.published.clone(),
        words: if first { document.article.words } else { 0 },
        extra,
        ..ArticleInfo::default()
    }
}

fn visit(merged: &Visit, had: &Had, places: &mut Vec<Place>) -> Visit {
    let place = had.at.as_ref().map_or(merged.place.clone(), |p| p.id.clone());
    if let Some(at) = had.at.as_ref().filter(|at| places.iter().all(|p| p.id != at.id)) {
        places.push(at.clone());
    }
    let country = places.iter().find(|p| p.id == place).and_then(|p| p.country.clone()).or(merged.country.clone());
    let own = |e: &&Evidence| text(&e.extra, "article") == Some(&had.article);
    Visit {
        id: had.visit.clone(),
        traveller: merged.traveller.clone(),
        place,
        country,
        status: had.status,
        start: had.start.clone(),
        end: had.end.clone(),
        trip: had.trip.clone(),
        order: had.order,
        confidence: merged.confidence,
        evidence: merged.evidence.iter().filter(own).cloned().map(plain).collect(),
        extra: without(&merged.extra, &super::merge::OWN),
    }
}

fn trips(document: &Itinerary, visits: &[(Visit, Had)]) -> Vec<Trip> {
    let mut found: Vec<Trip> = Vec::new();
    for (visit, had) in visits {
        let merged = document.visits.iter().find(|v| list::<Had>(&v.extra, "sources").contains(had)).map(|v| &v.trip);
        let extra = document.trips.iter().find(|t| Some(&t.id) == merged).map(|t| t.extra.clone());
        match found.iter_mut().find(|t| t.id == had.trip) {
            Some(trip) => trip.visits.push(visit.id.clone()),
            None => found.push(Trip {
                id: had.trip.clone(),
                traveller: visit.traveller.clone(),
                kind: if had.recalled { TripKind::Background } else { TripKind::Main },
                visits: vec![visit.id.clone()],
                extra: extra.unwrap_or_default(),
            }),
        }
    }
    found
}

fn meeting(merged: &Meeting, had: HadMeeting, part: &Part, visit: Option<VisitId>) -> Meeting {
    let evidence = merged.evidence.iter().filter(|e| stands_in(e, part)).cloned().map(plain).collect();
    let extra = without(&merged.extra, &super::merge::OWN);
    Meeting { id: had.meeting, status: had.status, date: had.date, visit, evidence, extra, ..merged.clone() }
}

/// Leaves only the people and places that the document's visits and meetings are about.
fn keep_used(document: &mut Itinerary) {
    let people: BTreeSet<String> = document
        .visits
        .iter()
        .map(|v| v.traveller.0.clone())
        .chain(document.meetings.iter().flat_map(|m| &m.participants).map(|p| p.0.clone()))
        .collect();
    document.officials.retain(|o| people.contains(&o.id.0));
    let sites = |v: &Visit| -> Vec<String> { list(&v.extra, "sites") };
    let places: BTreeSet<String> = document
        .visits
        .iter()
        .flat_map(|v| sites(v).into_iter().chain([v.place.0.clone()]))
        .chain(document.meetings.iter().filter_map(|m| m.place.as_ref()).map(|p| p.0.clone()))
        .collect();
    document.places.retain(|p| places.contains(&p.id.0));
}

/// The items of a list among unknown fields that can be read.
fn list<T: serde::de::DeserializeOwned>(extra: &Extra, field: &str) -> Vec<T> {
    let items = extra.get(field).and_then(Value::as_array);
    items.into_iter().flatten().filter_map(|i| serde_json::from_value(i.clone()).ok()).collect()
}

fn text<'a>(extra: &'a Extra, field: &str) -> Option<&'a str> {
    extra.get(field).and_then(Value::as_str)
}

fn stands_in(words: &Evidence, part: &Part) -> bool {
    text(&words.extra, "article") == Some(&part.id)
}

/// Evidence as its own document has it.
fn plain(mut words: Evidence) -> Evidence {
    words.extra.remove("article");
    words
}
