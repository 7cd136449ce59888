//! Merged documents taken apart again into what each of their sources had, so that merging anew counts every source once, keeps what they
//! contradict each other in, and gives the same. A merged document that a person has changed since is a source of its own.

use super::merge::{OWN, keep_used, merged};
use super::{Comparison, compare};
use crate::itinerary::{
    ArticleInfo, Edtf, Evidence, Extra, Itinerary, Meeting, MeetingId, Part, Place, Status, Trip, TripId, TripKind,
    Visit, VisitId,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

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
    let all = Merged {
        document,
        visits: document.visits.iter().map(|v| list(&v.extra, "sources")).collect(),
        meetings: document.meetings.iter().map(|m| list(&m.extra, "sources")).collect(),
    };
    let documents: Vec<Itinerary> = parts.iter().enumerate().map(|(i, p)| all.part(p, i == 0)).collect();
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

/// A merged document, with what its sources have of each visit and each meeting.
struct Merged<'a> {
    document: &'a Itinerary,
    visits: Vec<Vec<Had>>,
    meetings: Vec<Vec<HadMeeting>>,
}

impl Merged<'_> {
    fn part(&self, part: &Part, first: bool) -> Itinerary {
        let document = self.document;
        let mut places: Vec<Place> = document.places.clone();
        let mut own: Vec<(&Visit, &Had)> = document
            .visits
            .iter()
            .zip(&self.visits)
            .flat_map(|(v, all)| all.iter().filter(|h| h.article == part.id).map(move |h| (v, h)))
            .collect();
        own.sort_by_key(|(_, had)| had.told);
        let visits: Vec<Visit> = own.iter().map(|(v, had)| visit(v, had, &mut places)).collect();
        let id_of = |merged: &VisitId| own.iter().find(|(v, _)| v.id == *merged).map(|(_, had)| had.visit.clone());
        let meetings = document
            .meetings
            .iter()
            .zip(&self.meetings)
            .flat_map(|(m, all)| all.iter().filter(|h| h.article == part.id).map(move |h| (m, h)));
        let mut made = Itinerary {
            officials: document.officials.clone(),
            sequence: part.sequence.clone(),
            meetings: meetings.map(|(m, h)| meeting(m, h, part, m.visit.as_ref().and_then(id_of))).collect(),
            trips: trips(document, &own),
            visits,
            places,
            warnings: part.warnings.clone(),
            extra: if first { document.extra.clone() } else { Extra::new() },
            ..Itinerary::new(article(document, part, first))
        };
        keep_used(&mut made);
        made
    }
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
        evidence: told_in(&merged.evidence, &had.article),
        extra: without(&merged.extra, &OWN),
    }
}

fn trips(document: &Itinerary, visits: &[(&Visit, &Had)]) -> Vec<Trip> {
    let mut found: Vec<Trip> = Vec::new();
    for (merged, had) in visits {
        match found.iter_mut().find(|t| t.id == had.trip) {
            Some(trip) => trip.visits.push(had.visit.clone()),
            None => found.push(Trip {
                id: had.trip.clone(),
                traveller: merged.traveller.clone(),
                kind: if had.recalled { TripKind::Background } else { TripKind::Main },
                visits: vec![had.visit.clone()],
                extra: document.trips.iter().find(|t| t.id == merged.trip).map(|t| t.extra.clone()).unwrap_or_default(),
            }),
        }
    }
    found
}

fn meeting(merged: &Meeting, had: &HadMeeting, part: &Part, visit: Option<VisitId>) -> Meeting {
    Meeting {
        id: had.meeting.clone(),
        status: had.status,
        date: had.date.clone(),
        visit,
        evidence: told_in(&merged.evidence, &part.id),
        extra: without(&merged.extra, &OWN),
        ..merged.clone()
    }
}

/// The items of a list among unknown fields that can be read.
fn list<T: serde::de::DeserializeOwned>(extra: &Extra, field: &str) -> Vec<T> {
    let items = extra.get(field).and_then(Value::as_array);
    items.into_iter().flatten().filter_map(|i| serde_json::from_value(i.clone()).ok()).collect()
}

/// The words that stand in one article, as its own document has them.
fn told_in(all: &[Evidence], article: &str) -> Vec<Evidence> {
    let own = all.iter().filter(|e| e.extra.get("article").and_then(Value::as_str) == Some(article));
    let plain = |e: &Evidence| Evidence { extra: without(&e.extra, &["article"]), ..e.clone() };
    own.map(plain).collect()
}
