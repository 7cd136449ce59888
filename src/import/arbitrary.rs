//! Any document whatever, for tests that write one and read it back: with control characters, quotation marks and all
//! planes of Unicode in every text, unknown fields, and references to ids that nothing has. Only its ids differ within
//! their lists, as they must.

use crate::itinerary::{
    ArticleInfo, Because, CountryCode, Edtf, Evidence, Extra, Group, Itinerary, Meeting, MeetingId, Mode, Official,
    OfficialId, Place, PlaceId, PlaceKind, Precedence, PublishedFrom, SCHEMA, Status, Trip, TripId, TripKind, Visit,
    VisitId,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// Any document.
pub fn document() -> impl Strategy<Value = Itinerary> {
    let ids = (ids(), ids(), ids(), ids(), ids());
    ids.prop_map(|(officials, places, trips, visits, meetings)| Ids { officials, places, trips, visits, meetings })
        .prop_flat_map(|ids| {
            let lists = (officials(&ids), places(&ids), trips(&ids), visits(&ids), meetings(&ids), sequence(&ids));
            (article(), lists, vec(text(), 0..3), extra())
        })
        .prop_map(|(article, (officials, places, trips, visits, meetings, sequence), warnings, extra)| Itinerary {
            schema: SCHEMA.into(),
            article,
            officials,
            places,
            trips,
            visits,
            meetings,
            sequence,
            warnings,
            extra,
        })
}

/// The ids of a document.
#[derive(Clone, Debug)]
struct Ids {
    officials: Vec<String>,
    places: Vec<String>,
    trips: Vec<String>,
    visits: Vec<String>,
    meetings: Vec<String>,
}

fn ids() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..4).prop_map(|all| all.iter().enumerate().map(|(i, t)| format!("{t}#{i}")).collect())
}

/// One of the ids; where there are none, one that nothing has.
fn one(ids: &[String]) -> impl Strategy<Value = String> + use<> {
    select(if ids.is_empty() { vec!["nothing has this".to_string()] } else { ids.to_vec() })
}

/// Any text.
pub fn text() -> impl Strategy<Value = String> {
    let odd = [
        '=', '+', ',', ';', '\t', '\'', '\u{feff}', '{', '"', '\\', '\n', '\r', '\0', '\u{b}', '\u{7f}', '<', '&', '@',
        ':', '%', '\u{202e}', '\u{ffff}',
    ];
    let whole = ["null", "{}", "[]", "]]>", "<a b='c'>&amp;", "=1+1", "-3", " a ", "1.0", "true"];
    let letters = vec(prop_oneof![any::<char>(), select(odd.to_vec())], 0..6).prop_map(String::from_iter);
    prop_oneof![4 => letters, 1 => select(whole.to_vec()).prop_map(String::from)]
}

fn json() -> impl Strategy<Value = Value> {
    // Eighths, which serde_json reads back to the last bit without its feature `float_roundtrip`.
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|n| Value::from(f64::from(n) / 8.0)),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        let object = vec((text(), inner.clone()), 0..3).prop_map(|pairs| Value::Object(pairs.into_iter().collect()));
        prop_oneof![vec(inner, 0..3).prop_map(Value::from), object]
    })
}

fn extra() -> impl Strategy<Value = Extra> {
    vec((text(), json()), 0..3).prop_map(|pairs| pairs.into_iter().map(|(k, v)| (format!("x-{k}"), v)).collect())
}

fn date() -> impl Strategy<Value = Edtf> {
    let whole = ["2023-11-05", "2023-11", "2023", "2023-21", "0007-01-02~", "2023-11?"];
    let ranges = ["2023-11-01/2023-11-05", "../2023-11-05", "2023-11-05/..", "2023%/2024-02-29~"];
    select([&whole[..], &ranges].concat()).prop_filter_map("a date", |date| date.parse().ok())
}

fn code() -> impl Strategy<Value = CountryCode> {
    prop_oneof![select(vec!["IQ", "US", "EU", "XK"]).prop_map(String::from), text()].prop_map(CountryCode)
}

fn count() -> impl Strategy<Value = usize> {
    any::<u32>().prop_map(|n| n as usize)
}

fn degrees() -> impl Strategy<Value = Option<f64>> {
    of(prop_oneof![any::<f64>().prop_filter("finite", |x| x.is_finite()), -90.0..90.0])
}

fn status() -> impl Strategy<Value = Status> {
    select(vec![Status::Completed, Status::Planned, Status::Possible, Status::Cancelled])
}

fn evidence() -> impl Strategy<Value = Evidence> {
    (count(), count(), text(), extra()).prop_map(|(start, end, quote, extra)| Evidence { start, end, quote, extra })
}

fn article() -> impl Strategy<Value = ArticleInfo> {
    let sources = [PublishedFrom::Argument, PublishedFrom::Metadata, PublishedFrom::Dateline, PublishedFrom::Text];
    let texts = (text(), of(text()), of(text()), of(text()));
    (texts, of(date()), of(select(sources.to_vec())), count(), extra()).prop_map(
        |((id, title, source, url), published, published_from, words, extra)| ArticleInfo {
            id,
            title,
            source,
            url,
            published,
            published_from,
            words,
            extra,
        },
    )
}

fn officials(ids: &Ids) -> impl Strategy<Value = Vec<Official>> + use<> {
    ids.officials.iter().cloned().map(official).collect::<Vec<_>>()
}

fn official(id: String) -> impl Strategy<Value = Official> {
    let id = OfficialId(id);
    (text(), of(text()), of(code()), vec(text(), 0..3), count(), extra()).prop_map(
        move |(name, title, country, aliases, mentions, extra)| Official {
            id: id.clone(),
            name,
            title,
            country,
            aliases,
            mentions,
            extra,
        },
    )
}

fn places(ids: &Ids) -> impl Strategy<Value = Vec<Place>> + use<> {
    ids.places.iter().cloned().map(place).collect::<Vec<_>>()
}

fn place(id: String) -> impl Strategy<Value = Place> {
    let id = PlaceId(id);
    let kinds = [PlaceKind::Country, PlaceKind::Territory, PlaceKind::City, PlaceKind::Site, PlaceKind::Region];
    let kind = select(kinds.to_vec());
    (text(), kind, of(code()), of(any::<u32>()), degrees(), degrees(), vec(text(), 0..3), extra()).prop_map(
        move |(name, kind, country, geonames, lat, lon, aliases, extra)| Place {
            id: id.clone(),
            name,
            kind,
            country,
            geonames,
            lat,
            lon,
            aliases,
            extra,
        },
    )
}

fn trips(ids: &Ids) -> impl Strategy<Value = Vec<Trip>> + use<> {
    ids.trips.iter().map(|id| trip(id.clone(), ids)).collect::<Vec<_>>()
}

fn trip(id: String, ids: &Ids) -> impl Strategy<Value = Trip> + use<> {
    let id = TripId(id);
    let visits = vec(one(&ids.visits).prop_map(VisitId), 0..4);
    let kind = select(vec![TripKind::Main, TripKind::Background]);
    (one(&ids.officials).prop_map(OfficialId), kind, visits, extra())
        .prop_map(move |(traveller, kind, visits, extra)| Trip { id: id.clone(), traveller, kind, visits, extra })
}

fn visits(ids: &Ids) -> impl Strategy<Value = Vec<Visit>> + use<> {
    ids.visits.iter().map(|id| visit(id.clone(), ids)).collect::<Vec<_>>()
}

fn visit(id: String, ids: &Ids) -> impl Strategy<Value = Visit> + use<> {
    let id = VisitId(id);
    let links = (one(&ids.officials).prop_map(OfficialId), one(&ids.places).prop_map(PlaceId), one(&ids.trips));
    let how = (status(), of(any::<u32>()), of(0.0..=1.0));
    (links, of(code()), of(date()), of(date()), how, vec(evidence(), 0..3), extra()).prop_map(
        move |((traveller, place, trip), country, start, end, (status, order, confidence), evidence, extra)| Visit {
            id: id.clone(),
            traveller,
            place,
            country,
            status,
            start,
            end,
            trip: TripId(trip),
            order,
            confidence,
            evidence,
            extra,
        },
    )
}

fn meetings(ids: &Ids) -> impl Strategy<Value = Vec<Meeting>> + use<> {
    ids.meetings.iter().map(|id| meeting(id.clone(), ids)).collect::<Vec<_>>()
}

fn meeting(id: String, ids: &Ids) -> impl Strategy<Value = Meeting> + use<> {
    let id = MeetingId(id);
    let people = vec(one(&ids.officials).prop_map(OfficialId), 0..4);
    let groups = vec((of(code()), text(), extra()), 0..3);
    let links = (of(one(&ids.visits).prop_map(VisitId)), of(one(&ids.places).prop_map(PlaceId)), of(code()));
    let mode = select(vec![Mode::InPerson, Mode::Phone, Mode::Video]);
    let how = (of(date()), status(), mode, of(text()), of(0.0..=1.0));
    (people, groups, links, how, vec(evidence(), 0..3), extra()).prop_map(
        move |(participants, groups, (visit, place, country), how, evidence, extra)| Meeting {
            id: id.clone(),
            participants,
            groups: groups.into_iter().map(|(country, label, extra)| Group { country, label, extra }).collect(),
            visit,
            place,
            country,
            date: how.0,
            status: how.1,
            mode: how.2,
            duration: how.3,
            confidence: how.4,
            evidence,
            extra,
        },
    )
}

fn sequence(ids: &Ids) -> impl Strategy<Value = Vec<Precedence>> + use<> {
    let reasons = [Because::Date, Because::Phrase, Because::Tense, Because::List, Because::Narrative];
    let end = || one(&ids.visits).prop_map(VisitId);
    let edge = (end(), end(), select(reasons.to_vec()), of(evidence()), extra());
    let edge = edge.prop_map(|(before, after, because, evidence, extra)| Precedence {
        before,
        after,
        because,
        evidence,
        extra,
    });
    vec(edge, 0..5)
}
