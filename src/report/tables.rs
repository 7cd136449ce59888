//! Tables of a document as words: stops, meetings, and the reasons of the order. Plain values with what each cell is sorted by.

use crate::chart::status_class;
use crate::chart::words::{Detail, Names, Phrase, Words};
use crate::itinerary::{Because, Edtf, Meeting, Mode, Precedence, Visit, VisitId};
use std::collections::BTreeMap;

/// Headings of the table of stops.
pub const STOP_COLUMNS: [Phrase; 9] = [
    Phrase::ReportColOrder,
    Phrase::ReportColTraveller,
    Phrase::ReportColPlace,
    Phrase::ReportColCountry,
    Phrase::ReportColStatus,
    Phrase::ReportColWhen,
    Phrase::ReportColEdtf,
    Phrase::ReportColMet,
    Phrase::ReportColConfidence,
];

/// Headings of the table of meetings.
pub const MEETING_COLUMNS: [Phrase; 8] = [
    Phrase::ReportColWho,
    Phrase::ReportColPlace,
    Phrase::ReportColHow,
    Phrase::ReportColStatus,
    Phrase::ReportColWhen,
    Phrase::ReportColEdtf,
    Phrase::ReportColLength,
    Phrase::ReportColConfidence,
];

/// A row of the table of stops.
#[derive(Clone, Debug, PartialEq)]
pub struct StopRow {
    pub id: String,
    /// What it says in one line when it is lit up.
    pub says: String,
    pub hue: String,
    pub order: String,
    pub order_key: String,
    /// What is to be said of its order; empty where it is plain.
    pub order_note: String,
    pub traveller: String,
    pub place: String,
    /// Where the text first tells of it, to jump to; empty where it does not.
    pub anchor: String,
    pub country: String,
    pub status: &'static str,
    pub status_class: &'static str,
    pub when: String,
    pub when_key: String,
    /// The date as the document has it.
    pub edtf: String,
    pub met: Vec<String>,
    pub confidence: String,
    pub confidence_key: String,
}

/// A row of the table of meetings.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingRow {
    pub id: String,
    /// The visit that it belongs to, if any.
    pub visit: String,
    pub says: String,
    pub who: String,
    pub anchor: String,
    pub place: String,
    pub how: String,
    pub status: &'static str,
    pub status_class: &'static str,
    pub when: String,
    pub when_key: String,
    pub edtf: String,
    pub length: String,
    pub confidence: String,
    pub confidence_key: String,
}

/// One reason of the order.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    pub visits: String,
    pub sentence: String,
}

/// Rows of all stops in the order of the document. `anchor` says where the text tells of an id.
pub fn stops(names: &Names<'_>, hues: &[String], anchor: impl Fn(&str) -> String) -> Vec<StopRow> {
    let trips: BTreeMap<&str, usize> =
        names.document.trips.iter().enumerate().map(|(i, t)| (t.id.0.as_str(), i)).collect();
    let row = |(v, hue): (&Visit, &String)| {
        let trip = trips.get(v.trip.0.as_str()).copied().unwrap_or(trips.len());
        let dates = edtf(v.start.as_ref(), v.end.as_ref());
        StopRow {
            says: says(names, v),
            hue: hue.clone(),
            order: v.order.map(|n| n.to_string()).unwrap_or_default(),
            order_key: v.order.map(|n| format!("{trip:05}.{n:05}")).unwrap_or_default(),
            order_note: order_note(names, v),
            traveller: names.name(&v.traveller),
            place: names.place_name(v),
            anchor: anchor(&v.id.0),
            country: v.country.as_ref().map(|c| names.country(c.as_str())).unwrap_or_default(),
            status: names.status(v.status),
            status_class: status_class(v.status),
            when: names.words.capitalised(&names.dates.table(v, Detail::Short)),
            when_key: day_key(v.start.as_ref().or(v.end.as_ref())),
            edtf: dates,
            met: names.meetings(v).into_iter().map(|m| met(names, m, v)).collect(),
            confidence: share(v.confidence),
            confidence_key: key(v.confidence),
            id: v.id.0.clone(),
        }
    };
    names.document.visits.iter().zip(hues).map(row).collect()
}

/// "Baghdad: took place, Sun 5 Nov".
fn says(names: &Names<'_>, v: &Visit) -> String {
    let facts = [names.place_name(v), names.status(v.status).into(), names.dates.table(v, Detail::Short)];
    names.words.parts(&facts)
}

fn order_note(names: &Names<'_>, v: &Visit) -> String {
    let w = names.words;
    let notes = [
        if names.is_recalled(v) { w.of(Phrase::Recalled) } else { "" },
        if names.is_open(v) { w.of(Phrase::OrderOpen) } else { "" },
        if v.order.is_none() { w.of(Phrase::ReportNoNumber) } else { "" },
    ];
    w.parts(&notes.map(String::from))
}

/// Who was met at a visit.
fn met(names: &Names<'_>, m: &Meeting, v: &Visit) -> String {
    let others: Vec<String> = names.others(m, &v.traveller).into_iter().map(|(name, _)| name).collect();
    let status = if m.status == v.status { "" } else { names.status(m.status) };
    names.words.parts(&[names.words.and(&others), names.mode(m.mode).into(), status.into()])
}

/// Rows of all meetings.
pub fn meetings(names: &Names<'_>, anchor: impl Fn(&str) -> String) -> Vec<MeetingRow> {
    let w = names.words;
    let row = |m: &Meeting| {
        let place = m.place.as_ref().and_then(|p| names.place_of(p)).map(|p| p.name.clone()).unwrap_or_default();
        let country = m.country.as_ref().map(|c| names.country(c.as_str())).filter(|c| *c != place).unwrap_or_default();
        let where_: Vec<String> = [place, country].into_iter().filter(|s| !s.is_empty()).collect();
        let who = w.and(&names.parties(m));
        let how = if m.mode == Mode::InPerson { w.of(Phrase::ReportInPerson) } else { names.mode(m.mode) };
        let when = m.date.as_ref().map(|d| names.dates.date(d, Detail::Short)).filter(|d| !d.is_empty());
        MeetingRow {
            id: m.id.0.clone(),
            visit: m.visit.as_ref().map(|v| v.0.clone()).unwrap_or_default(),
            says: w.parts(&[who.clone(), how.into()]),
            who,
            anchor: anchor(&m.id.0),
            place: where_.join(w.of(Phrase::ListComma)),
            how: how.into(),
            status: names.status(m.status),
            status_class: status_class(m.status),
            when: w.capitalised(&when.unwrap_or_else(|| w.of(Phrase::NotStated).into())),
            when_key: day_key(m.date.as_ref()),
            edtf: edtf(m.date.as_ref(), None),
            length: m.duration.as_deref().map(|d| length(w, d)).unwrap_or_default(),
            confidence: share(m.confidence),
            confidence_key: key(m.confidence),
        }
    };
    names.document.meetings.iter().map(row).collect()
}

/// The reasons of the order as sentences: "Ramallah before Baghdad: by date; “…”."
pub fn reasons(names: &Names<'_>) -> Vec<Reason> {
    let w = names.words;
    let visits: BTreeMap<&VisitId, &Visit> = names.document.visits.iter().map(|v| (&v.id, v)).collect();
    let called = |id: &VisitId| visits.get(id).map_or(id.0.clone(), |v| names.place_name(v));
    let several = names.travellers().len() > 1;
    let sentence = |p: &Precedence| {
        let because = w.of(because(p.because));
        let quote = p.evidence.as_ref().map(|e| e.quote.trim()).filter(|q| !q.is_empty());
        let quote = quote.map(|q| w.say(Phrase::ReportReasonQuote, &[q])).unwrap_or_default();
        let who = visits.get(&p.before).filter(|_| several).map(|v| names.name(&v.traveller) + w.of(Phrase::TitleSep));
        let order = w.say(Phrase::ReportReason, &[&called(&p.before), &called(&p.after), because, &quote]);
        Reason { visits: format!("{} {}", p.before.0, p.after.0), sentence: who.unwrap_or_default() + &order }
    };
    names.document.sequence.iter().map(sentence).collect()
}

fn because(because: Because) -> Phrase {
    match because {
        Because::Date => Phrase::ReportByDate,
        Because::Phrase => Phrase::ReportByPhrase,
        Because::Tense => Phrase::ReportByTense,
        Because::List => Phrase::ReportByList,
        Because::Narrative => Phrase::ReportByNarrative,
    }
}

/// A start and an end as the document has them; one where they are the same.
fn edtf(start: Option<&Edtf>, end: Option<&Edtf>) -> String {
    match (start.map(Edtf::to_string), end.map(Edtf::to_string)) {
        (Some(a), Some(b)) if a == b => a,
        (Some(a), Some(b)) => format!("{a} – {b}"),
        (Some(a), None) => a,
        (None, Some(b)) => format!("– {b}"),
        (None, None) => String::new(),
    }
}

fn day_key(date: Option<&Edtf>) -> String {
    let day = date.and_then(|d| d.earliest().or(d.latest()));
    day.map(|d| d.format("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// A probability as it is shown.
fn share(p: Option<f64>) -> String {
    p.map(|p| format!("{p:.2}")).unwrap_or_default()
}

fn key(p: Option<f64>) -> String {
    p.map(|p| format!("{p:.6}")).unwrap_or_default()
}

/// A duration in words: "more than 2 hours". As it is written where it is of another form.
fn length(w: Words, duration: &str) -> String {
    let (first, last) = duration.split_once('/').unwrap_or((duration, duration));
    let plain = |d: &str| spell(w, d);
    match (first, last) {
        (a, "..") => plain(a).map(|a| w.say(Phrase::ReportMoreThan, &[&a])),
        ("..", b) => plain(b).map(|b| w.say(Phrase::ReportLessThan, &[&b])),
        (a, b) if a == b => plain(a),
        (a, b) => plain(a).zip(plain(b)).map(|(a, b)| w.say(Phrase::Range, &[&a, &b])),
    }
    .unwrap_or_else(|| duration.to_string())
}

/// `PT1H30M` as "1 hour 30 minutes".
fn spell(w: Words, duration: &str) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let (mut digits, mut time) = (String::new(), false);
    for c in duration.strip_prefix('P')?.chars() {
        let unit = match c {
            'T' => {
                time = true;
                continue;
            }
            '0'..='9' | '.' => {
                digits.push(c);
                continue;
            }
            'D' => [Phrase::ReportDay, Phrase::ReportDays],
            'W' => [Phrase::ReportWeek, Phrase::ReportWeeks],
            'H' => [Phrase::ReportHour, Phrase::ReportHours],
            'M' if time => [Phrase::ReportMinute, Phrase::ReportMinutes],
            _ => return None,
        };
        let n = std::mem::take(&mut digits);
        parts.push(w.say(unit[usize::from(n != "1")], &[&n]));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_words() {
        let of = |d: &str| length(Words::default(), d);
        assert_eq!([of("PT1H"), of("PT1H30M"), of("P4D")], ["1 hour", "1 hour 30 minutes", "4 days"]);
        assert_eq!([of("PT2H/.."), of("../PT1H"), of("soon")], ["more than 2 hours", "less than 1 hour", "soon"]);
    }
}
