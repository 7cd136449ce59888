//! Measuring: documents against annotated articles, by the rules of the guidelines' own scorer.
//!
//! [`evaluate`] is a pure function of annotations and documents. What counts as the same person, place or day is in
//! [`matching`]; breakdowns by source and phenomenon, and how well confidence is calibrated, are counted beside the totals.
//! Nothing here reads articles or knows how a document came about.

pub mod calibration;
pub mod gold;
pub mod matching;

use crate::Itinerary;
use crate::itinerary::Status;
use gold::{Gold, GoldMeeting, GoldVisit};
use matching::{Met, Person, Stay};
use std::collections::BTreeMap;

/// Hits among what is annotated and what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hits {
    pub gold: usize,
    pub found: usize,
    /// Annotated ones that were found.
    pub recalled: usize,
    /// Found ones that are annotated; the same number for visits, not for meetings.
    pub right: usize,
}

impl Hits {
    /// Share of what was found that is right, in [0, 1]; 0 where nothing was found.
    pub fn precision(&self) -> f64 {
        ratio(self.right, self.found)
    }

    /// Share of what is annotated that was found, in [0, 1].
    pub fn recall(&self) -> f64 {
        ratio(self.recalled, self.gold)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }

    fn add(&mut self, other: &Hits) {
        self.gold += other.gold;
        self.found += other.found;
        self.recalled += other.recalled;
        self.right += other.right;
    }
}

/// How many of some were right.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    pub right: usize,
    pub of: usize,
}

impl Share {
    /// In [0, 1]; 0 of none.
    pub fn ratio(&self) -> f64 {
        ratio(self.right, self.of)
    }

    fn count(&mut self, right: bool) {
        self.of += 1;
        self.right += usize::from(right);
    }
}

fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

/// Something missed or falsely found, with the words it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Mistake {
    pub article: String,
    /// `missed` or `false`.
    pub kind: &'static str,
    /// `visit`, `meeting`, `status`, `date` or `place`.
    pub what: &'static str,
    pub who: String,
    pub detail: String,
    /// The sentence, or the evidence where it is not in the text.
    pub words: String,
}

/// All figures of one evaluation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    pub articles: usize,
    /// Annotated articles without a document.
    pub absent: usize,
    pub visits: Hits,
    /// Mean over articles that have a visit, annotated or found.
    pub visits_by_article: f64,
    pub meetings: Hits,
    pub place: Share,
    pub status: Share,
    pub date: Share,
    pub undated: Share,
    pub order: Share,
    pub by_source: BTreeMap<String, (Hits, Hits)>,
    /// For each phenomenon how many annotated visits or meetings with it were found.
    pub by_phenomenon: BTreeMap<&'static str, Share>,
    /// Confidence of each visit and meeting found, and whether it is right.
    pub visit_confidence: Vec<(f64, bool)>,
    pub meeting_confidence: Vec<(f64, bool)>,
    pub mistakes: Vec<Mistake>,
}

/// Scores documents against annotations. Documents belong to annotations by the article's id; `text` gives an article's text and
/// source for the sentences of mistakes and the breakdown.
pub fn evaluate<'t>(
    gold: &[Gold],
    documents: &[Itinerary],
    text: impl Fn(&str) -> Option<(&'t str, Option<&'t str>)>,
) -> Evaluation {
    let mut total = Evaluation::default();
    let mut shares = Vec::new();
    for annotated in gold {
        let document = documents.iter().find(|d| d.article.id == annotated.id);
        total.articles += 1;
        total.absent += usize::from(document.is_none());
        let (article, source) = text(&annotated.id).unwrap_or_default();
        let stays = document.map(matching::stays).unwrap_or_default();
        let met = document.map(matching::meetings).unwrap_or_default();
        let mut one = Scoring { gold: annotated, article, total: &mut total };
        let visits = one.visits(&stays);
        let meetings = one.meetings(&met);
        if visits.gold + visits.found > 0 {
            shares.push(2.0 * visits.right as f64 / (visits.gold + visits.found) as f64);
        }
        total.visits.add(&visits);
        total.meetings.add(&meetings);
        let by_source = total.by_source.entry(source.unwrap_or("unknown").to_string()).or_default();
        by_source.0.add(&visits);
        by_source.1.add(&meetings);
    }
    total.visits_by_article = if shares.is_empty() { 0.0 } else { shares.iter().sum::<f64>() / shares.len() as f64 };
    total
}

/// One article being scored.
struct Scoring<'a> {
    gold: &'a Gold,
    article: &'a str,
    total: &'a mut Evaluation,
}

impl Scoring<'_> {
    fn visits(&mut self, stays: &[Stay<'_>]) -> Hits {
        let people: Vec<Person> = self.gold.visits.iter().map(|v| self.gold.person(&v.traveller)).collect();
        let pairs = matching::pairs(&self.gold.visits, &people, stays);
        for (i, visit) in self.gold.visits.iter().enumerate() {
            let hit = pairs.iter().any(|(g, _)| *g == i);
            for phenomenon in phenomena(self.gold, visit) {
                self.total.by_phenomenon.entry(phenomenon).or_default().count(hit);
            }
            if !hit {
                let detail = format!("{} {}", visit.country, word(visit.status));
                self.mistake("missed", "visit", &visit.traveller, detail, &visit.evidence);
            }
        }
        for (j, stay) in stays.iter().enumerate() {
            let hit = pairs.iter().any(|(_, p)| *p == j);
            self.total.visit_confidence.push((stay.confidence, hit));
            if !hit {
                let detail = format!("{} {}", stay.country, word(stay.status));
                self.mistake("false", "visit", stay.who.name(), detail, stay.evidence);
            }
        }
        for (i, j) in &pairs {
            self.details(&self.gold.visits[*i].clone(), &stays[*j]);
        }
        self.order(&pairs, stays);
        Hits { gold: self.gold.visits.len(), found: stays.len(), recalled: pairs.len(), right: pairs.len() }
    }

    /// Status, day and place of a visit that was found.
    fn details(&mut self, visit: &GoldVisit, stay: &Stay<'_>) {
        self.total.status.count(visit.status == stay.status);
        if visit.status != stay.status {
            let detail = format!("{} read as {}", word(visit.status), word(stay.status));
            self.mistake("false", "status", &visit.traveller, detail, &visit.evidence);
        }
        let start = stay.start.as_deref().unwrap_or_default();
        match &visit.start {
            Some(day) => {
                let right = matching::day_agrees(day, start);
                self.total.date.count(right);
                if !right {
                    let detail = format!("{} {day} read as {start}", visit.country);
                    self.mistake("false", "date", &visit.traveller, detail, &visit.evidence);
                }
            }
            None => self.total.undated.count(start.is_empty() || start.starts_with("..") || start.contains('/')),
        }
        if !visit.places.is_empty() {
            let right = visit.places.iter().any(|p| stay.places.iter().any(|q| matching::same_place(p, q)));
            self.total.place.count(right);
            if !right {
                let read = if stay.places.is_empty() { "the country only".into() } else { stay.places.join(", ") };
                let detail = format!("{} read as {read}", visit.places.join(", "));
                self.mistake("false", "place", &visit.traveller, detail, &visit.evidence);
            }
        }
    }

    /// Pairs of main stops of one traveller whose order is annotated.
    fn order(&mut self, pairs: &[(usize, usize)], stays: &[Stay<'_>]) {
        let ranked: Vec<(&GoldVisit, i64)> = pairs
            .iter()
            .filter_map(|(i, j)| Some((&self.gold.visits[*i], i64::from(stays[*j].order?))))
            .filter(|(v, _)| v.trip == "main" && v.rank.is_some())
            .collect();
        for (n, (a, x)) in ranked.iter().enumerate() {
            for (b, y) in &ranked[n + 1..] {
                if a.traveller == b.traveller && a.rank != b.rank {
                    self.total.order.count((a.rank < b.rank) == (x < y) && x != y);
                }
            }
        }
    }

    fn meetings(&mut self, found: &[Met<'_>]) -> Hits {
        let annotated: Vec<Vec<Person>> =
            self.gold.meetings.iter().map(|m| m.participants.iter().map(|p| self.gold.person(p)).collect()).collect();
        let mut hits = Hits::default();
        let together = |list: &[Vec<Person>], a: &Person, b: &Person| {
            list.iter().any(|m| m.iter().any(|u| u.is(a)) && m.iter().any(|u| u.is(b)))
        };
        let met: Vec<Vec<Person>> = found.iter().map(|m| m.people.clone()).collect();
        for (meeting, people) in self.gold.meetings.iter().zip(&annotated) {
            let Some((first, others)) = people.split_first() else { continue };
            for other in others {
                hits.gold += 1;
                let hit = met.iter().any(|m| m.iter().any(|u| first.is(u)) && m.iter().any(|u| other.is(u)));
                hits.recalled += usize::from(hit);
                for phenomenon in meeting_phenomena(meeting) {
                    self.total.by_phenomenon.entry(phenomenon).or_default().count(hit);
                }
                if !hit {
                    let detail = format!("with {}", other.name());
                    self.mistake("missed", "meeting", first.name(), detail, &meeting.evidence);
                }
            }
        }
        let mut seen: Vec<(String, String)> = Vec::new();
        for m in found {
            let Some((first, others)) = m.people.split_first() else { continue };
            for other in others {
                let mut tie = (first.name().to_string(), other.name().to_string());
                if tie.0 > tie.1 {
                    tie = (tie.1, tie.0);
                }
                if seen.contains(&tie) {
                    continue;
                }
                seen.push(tie);
                hits.found += 1;
                let right = together(&annotated, first, other);
                hits.right += usize::from(right);
                self.total.meeting_confidence.push((m.confidence, right));
                if !right {
                    self.mistake("false", "meeting", first.name(), format!("with {}", other.name()), m.evidence);
                }
            }
        }
        hits
    }

    fn mistake(&mut self, kind: &'static str, what: &'static str, who: &str, detail: String, evidence: &str) {
        let words = sentence(self.article, evidence);
        let mistake = Mistake { article: self.gold.id.clone(), kind, what, who: who.to_string(), detail, words };
        self.total.mistakes.push(mistake);
    }
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Completed => "completed",
        Status::Planned => "planned",
        Status::Possible => "possible",
        Status::Cancelled => "cancelled",
    }
}

/// The sentence of `text` that `quote` stands in.
fn sentence(text: &str, quote: &str) -> String {
    let Some(at) = text.find(quote).filter(|_| !quote.is_empty()) else { return quote.to_string() };
    let start = text[..at].rfind(['\n']).map_or(0, |i| i + 1).max(text[..at].rfind(". ").map_or(0, |i| i + 2));
    let end = at + quote.len();
    let stop = text[end..].find(". ").map_or(text.len(), |i| end + i + 1);
    let stop = stop.min(text[end..].find('\n').map_or(text.len(), |i| end + i));
    text[start..stop].split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The phenomena that an annotated visit shows.
fn phenomena(gold: &Gold, visit: &GoldVisit) -> Vec<&'static str> {
    let fellow =
        |v: &GoldVisit| v.traveller != visit.traveller && v.country == visit.country && v.status == visit.status;
    let words = visit.evidence.to_lowercase();
    let met = ["met ", "meet", "talks", "summit", "conference", "forum", "session"].iter().any(|w| words.contains(w));
    let stops = gold.visits.iter().filter(|v| v.traveller == visit.traveller && v.trip == visit.trip).count();
    let marks = [
        (visit.status == Status::Completed, "visits: completed"),
        (visit.status == Status::Planned, "visits: planned"),
        (visit.status == Status::Possible, "visits: possible or invited"),
        (visit.status == Status::Cancelled, "visits: cancelled"),
        (visit.trip == "background", "visits: recalled or in passing"),
        (gold.visits.iter().any(fellow), "visits: several travellers in one place"),
        (stops >= 3, "visits: on tours of three stops and more"),
        (met, "visits: told as a meeting or gathering"),
        (visit.places.is_empty(), "visits: only the country is named"),
    ];
    marks.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name).collect()
}

fn meeting_phenomena(meeting: &GoldMeeting) -> Vec<&'static str> {
    let marks = [
        (meeting.mode == "in_person", "meetings: in person"),
        (meeting.mode == "phone", "meetings: by telephone"),
        (meeting.mode == "video", "meetings: by video"),
        (meeting.status == Status::Planned, "meetings: planned"),
        (meeting.participants.len() > 3, "meetings: of more than three people"),
    ];
    marks.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name).collect()
}
