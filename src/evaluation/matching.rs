//! What counts as the same: people by their names, places by their words, days by their precision, visits by stay.
//!
//! The rules are those of `score.py` beside the annotated articles, so that both give the same figures.

use super::gold::GoldVisit;
use crate::itinerary::{Itinerary, PlaceKind, Status, TripId};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

const PARTICLES: [&str; 20] = [
    "al", "el", "bin", "ibn", "abu", "van", "von", "der", "de", "da", "di", "du", "la", "le", "dos", "ben", "bint",
    "ul", "ur", "",
];
const SUFFIXES: [&str; 7] = ["jr", "sr", "ii", "iii", "iv", "vi", "v"];

/// A person by all names that are used for them.
#[derive(Clone, Debug, PartialEq)]
pub struct Person(pub Vec<String>);

impl Person {
    /// The first name, as it is shown.
    pub fn name(&self) -> &str {
        self.0.first().map(String::as_str).unwrap_or_default()
    }

    /// Whether both are one: some pair of names has the same last word and given names that agree, or one is within the other.
    pub fn is(&self, other: &Person) -> bool {
        self.0.iter().any(|a| other.0.iter().any(|b| same_name(&core(a), &core(b))))
    }
}

fn same_name(a: &[String], b: &[String]) -> bool {
    let (Some(x), Some(y)) = (a.last(), b.last()) else { return false };
    if x == y {
        let (given_a, given_b) = (&a[..a.len() - 1], &b[..b.len() - 1]);
        let initial = |v: &String, w: &String| v.chars().next() == w.chars().next();
        let agree = given_a.iter().any(|v| given_b.iter().any(|w| v == w || initial(v, w)));
        if given_a.is_empty() || given_b.is_empty() || agree {
            return true;
        }
    }
    a.iter().all(|w| b.contains(w)) || b.iter().all(|w| a.contains(w))
}

fn fold(text: &str) -> String {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    plain.replace('ı', "i").replace('ø', "o").replace('ł', "l").replace('đ', "d").replace('’', "'")
}

fn words(name: &str) -> Vec<String> {
    let plain = fold(name).replace("'s", "");
    let cleaned: String = plain.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    cleaned.split_whitespace().filter(|w| !SUFFIXES.contains(w)).map(str::to_string).collect()
}

fn core(name: &str) -> Vec<String> {
    let all = words(name);
    let kept: Vec<String> = all.iter().filter(|w| !PARTICLES.contains(&w.as_str())).cloned().collect();
    if kept.is_empty() { all } else { kept }
}

/// Whether two place names agree: the same words, or the one inside the other.
pub fn same_place(a: &str, b: &str) -> bool {
    let (a, b) = (words(a).join(" "), words(b).join(" "));
    !a.is_empty() && !b.is_empty() && (a.contains(&b) || b.contains(&a))
}

/// Whether a date as found agrees with an annotated day, month or year. An interval agrees where both ends do.
pub fn day_agrees(gold: &str, found: &str) -> bool {
    match found.split_once('/') {
        _ if found.is_empty() => false,
        Some((from, to)) => from.starts_with(gold) && to.starts_with(gold),
        None => found.trim_end_matches(['~', '?', '%']).starts_with(gold),
    }
}

/// One stay: consecutive stops of one traveller in one country.
#[derive(Clone, Debug)]
pub struct Stay<'a> {
    pub who: Person,
    traveller: &'a str,
    trip: &'a TripId,
    pub country: &'a str,
    pub places: Vec<&'a str>,
    pub status: Status,
    pub start: Option<String>,
    pub order: Option<u32>,
    pub confidence: f64,
    pub evidence: &'a str,
}

/// The stays of a document, in its order.
pub fn stays(document: &Itinerary) -> Vec<Stay<'_>> {
    let mut stays: Vec<Stay<'_>> = Vec::new();
    for v in &document.visits {
        let place = document.places.iter().find(|p| p.id == v.place);
        let named = place.filter(|p| p.kind != PlaceKind::Country);
        let stay = Stay {
            who: person(document, v.traveller.0.as_str()),
            traveller: v.traveller.0.as_str(),
            trip: &v.trip,
            country: v.country.as_ref().map_or("", |c| c.as_str()),
            places: named
                .map(|p| std::iter::once(&p.name).chain(&p.aliases).map(String::as_str).collect())
                .unwrap_or_default(),
            status: v.status,
            start: v.start.as_ref().map(ToString::to_string),
            order: v.order,
            confidence: v.confidence.unwrap_or(1.0),
            evidence: v.evidence.first().map_or("", |e| e.quote.as_str()),
        };
        let last = stays.iter_mut().rev().find(|s| s.traveller == stay.traveller && s.trip == stay.trip);
        match last {
            Some(known) if known.country == stay.country && known.status == stay.status => {
                known.places.extend(stay.places);
                known.start = known.start.take().or(stay.start);
                known.confidence = known.confidence.max(stay.confidence);
            }
            _ => stays.push(stay),
        }
    }
    stays
}

fn person(document: &Itinerary, id: &str) -> Person {
    let official = document.officials.iter().find(|o| o.id.0 == id);
    let names =
        official.map(|o| std::iter::once(&o.name).chain(&o.aliases).filter(|n| !n.is_empty()).cloned().collect());
    Person(names.unwrap_or_else(|| vec![id.to_string()]))
}

/// A meeting as found.
#[derive(Clone, Debug)]
pub struct Met<'a> {
    pub people: Vec<Person>,
    pub confidence: f64,
    pub evidence: &'a str,
}

/// The meetings of a document.
pub fn meetings(document: &Itinerary) -> Vec<Met<'_>> {
    let met =
        |m: &'_ crate::itinerary::Meeting| m.participants.iter().map(|p| person(document, p.0.as_str())).collect();
    document
        .meetings
        .iter()
        .map(|m| Met {
            people: met(m),
            confidence: m.confidence.unwrap_or(1.0),
            evidence: m.evidence.first().map_or("", |e| e.quote.as_str()),
        })
        .collect()
}

/// Annotated visits and stays that are the same, as indices: greedily, the best agreement first.
pub fn pairs(gold: &[GoldVisit], people: &[Person], stays: &[Stay<'_>]) -> Vec<(usize, usize)> {
    let mut scored: Vec<(u8, i64, usize, usize)> = Vec::new();
    for (i, visit) in gold.iter().enumerate() {
        for (j, stay) in stays.iter().enumerate() {
            let score = agreement(visit, &people[i], stay);
            if score > 0 {
                scored.push((score, -(i as i64 - j as i64).abs(), i, j));
            }
        }
    }
    scored.sort_unstable_by(|a, b| b.cmp(a));
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (_, _, i, j) in scored {
        if found.iter().all(|(g, p)| *g != i && *p != j) {
            found.push((i, j));
        }
    }
    found
}

/// 0 where traveller or country differ; else 2, and one more each for the same status, day and place.
fn agreement(visit: &GoldVisit, who: &Person, stay: &Stay<'_>) -> u8 {
    if visit.country != stay.country || !who.is(&stay.who) {
        return 0;
    }
    let day = visit.start.as_ref().is_some_and(|d| day_agrees(d, stay.start.as_deref().unwrap_or_default()));
    let place = visit.places.iter().any(|p| stay.places.iter().any(|q| same_place(p, q)));
    2 + u8::from(visit.status == stay.status) + u8::from(day) + u8::from(place)
}
