//! Titles, subtitles and remarks, made from the facts of a document.

use super::{Detail, Names, Phrase};
use crate::itinerary::{Edtf, Part, Status, TripKind, Visit};
use chrono::{Datelike, NaiveDate};
use std::collections::HashSet;

/// Years in which official journeys are expected; a date outside is drawn, and remarked on.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2100;

/// Publishers of a merged document that are named one by one.
const MOST_PUBLISHERS: usize = 4;

impl Names<'_> {
    /// What a mark says when it is pointed at: status, date and the sentence it came from.
    pub fn mark_title(&self, visit: &Visit) -> String {
        let words = self.words;
        let quote = visit.evidence.first().map(|e| format!(" {}", words.say(Phrase::Quote, &[e.quote.trim()])));
        let (who, place) = (self.name(&visit.traveller), self.place_name(visit));
        let mark = [who, place, self.status(visit.status).into(), self.dates.table(visit, Detail::Short)]
            .map(|s| s.to_string());
        words.say(Phrase::Mark, &[&mark[0], &mark[1], &mark[2], &mark[3]]) + &quote.unwrap_or_default()
    }

    /// The chart's title, from the facts.
    pub fn title(&self) -> String {
        let main = self.visits(TripKind::Main);
        let travellers = self.travellers();
        match travellers[..] {
            [] if self.document.visits.is_empty() => self.words.of(Phrase::TitleNone).into(),
            [] => self.words.of(Phrase::TitleRecalled).into(),
            [one] => {
                let name = match self.title_days(&main) {
                    Some(days) => self.words.say(Phrase::TitleDated, &[&self.name(one), &days]),
                    None => self.name(one),
                };
                format!("{name}{}{}", self.words.of(Phrase::TitleSep), self.route_words(&main))
            }
            _ => format!("{}{}{}", self.title_travellers(), self.words.of(Phrase::TitleSep), self.countries(&main)),
        }
    }

    fn title_travellers(&self) -> String {
        let names: Vec<String> = self.travellers().iter().map(|t| self.name(t)).collect();
        if names.len() > 3 {
            self.words.say(Phrase::OthersMany, &[&names[0], &self.words.number(names.len() - 1)])
        } else {
            self.words.and(&names)
        }
    }

    fn countries(&self, visits: &[&Visit]) -> String {
        let country = |v: &&Visit| v.country.as_ref().map_or(self.place_name(v), |c| self.country(c.as_str()));
        self.few(distinct(visits.iter().map(country)))
    }

    /// The names, or how many there are where they are too many for a title.
    fn few(&self, names: Vec<String>) -> String {
        if names.len() > 4 {
            self.words.say(Phrase::PlacesMany, &[&self.words.number(names.len())])
        } else {
            self.words.and(&names)
        }
    }

    /// The completed stops that the title names: all of them, or where they are many the few that are dated.
    fn told<'v>(&self, visits: &[&'v Visit]) -> Vec<&'v Visit> {
        let done: Vec<&Visit> = visits.iter().copied().filter(|v| v.status == Status::Completed).collect();
        let dated: Vec<&Visit> =
            done.iter().copied().filter(|v| !self.dates.visit(v, Detail::Bare).is_empty()).collect();
        if dated.is_empty() || done.len() <= 3 || dated.len() > 4 { done } else { dated }
    }

    /// The days of the stops that the title names, where each of them has exact ones.
    fn title_days(&self, visits: &[&Visit]) -> Option<String> {
        let told = self.told(visits);
        let (first, last) = span(&told)?;
        Some(self.dates.days(first, last, Detail::Long))
    }

    /// "Ramallah and Baghdad, then Turkey". "Then" is said only where what is planned comes after all that is named before.
    fn route_words(&self, visits: &[&Visit]) -> String {
        let w = self.words;
        let told = self.told(visits);
        let of = |status: Status| {
            let found: Vec<&Visit> = visits.iter().copied().filter(|v| v.status == status).collect();
            found
        };
        let name = |found: &[&Visit]| self.few(distinct(found.iter().map(|v| self.place_name(v))));
        let (done, planned) = (name(&told), of(Status::Planned));
        let ahead = name(&planned);
        match (told.is_empty(), planned.is_empty()) {
            (false, false) if planned.iter().all(|p| told.iter().all(|t| follows(t, p))) => {
                w.say(Phrase::TitleThen, &[&done, &ahead])
            }
            (false, false) => w.say(Phrase::TitleAlsoPlanned, &[&done, &ahead]),
            (false, true) => done,
            (true, false) => w.say(Phrase::TitlePlans, &[&ahead]),
            (true, true) => match of(Status::Possible) {
                none if none.is_empty() => w.say(Phrase::TitleNot, &[&name(&of(Status::Cancelled))]),
                possible => w.say(Phrase::TitlePerhaps, &[&name(&possible)]),
            },
        }
    }

    /// The line under the title.
    pub fn subtitle(&self) -> String {
        let main = self.visits(TripKind::Main);
        let travellers = self.travellers();
        if main.is_empty() {
            return String::new();
        }
        let w = self.words;
        let who = match travellers[..] {
            [one] => self.office_of(one),
            _ => w.capitalised(&w.say(Phrase::TravellersMany, &[&w.number(travellers.len())])),
        };
        let said = travellers.len() == 1 && self.title_days(&main).is_some();
        let done: Vec<&Visit> = main.iter().copied().filter(|v| v.start.as_ref().is_some_and(Edtf::is_day)).collect();
        let days = span(&done).filter(|_| !said).map(|(a, b)| self.dates.days(a, b, Detail::Long));
        let undated = main.iter().filter(|v| self.dates.visit(v, Detail::Bare).is_empty()).count();
        let dates = match (undated, main.len()) {
            (0, _) => String::new(),
            (1, 1) => w.of(Phrase::UndatedOne).into(),
            (n, all) if n == all => w.of(Phrase::UndatedAll).into(),
            (n, _) => w.say(Phrase::UndatedSome, &[&w.number(n)]),
        };
        let stops = w.count(Phrase::StopsOne, Phrase::StopsMany, main.len());
        w.parts(&[who, days.unwrap_or_default(), stops + &dates])
    }

    /// One line on what the article leaves open and what a reader should know; empty where there is nothing.
    pub fn open_line(&self) -> String {
        let w = self.words;
        let main = self.visits(TripKind::Main);
        let open = distinct(main.iter().filter(|v| self.is_open(v)).map(|v| self.place_name(v)));
        let some = |names: &[String]| {
            if names.len() > 5 { w.count(Phrase::StopsOne, Phrase::StopsMany, names.len()) } else { w.and(names) }
        };
        let mut parts = Vec::new();
        if !open.is_empty() {
            parts.push(w.say(if open.len() == 2 { Phrase::OpenTwo } else { Phrase::OpenMany }, &[&some(&open)]));
        }
        let loose = |v: &&&Visit| v.order.is_none() && v.status != Status::Cancelled;
        let unnumbered = distinct(main.iter().filter(loose).map(|v| self.place_name(v)));
        if !unnumbered.is_empty() && main.len() > 1 {
            parts.push(w.say(Phrase::Unnumbered, &[&some(&unnumbered)]));
        }
        parts.extend(self.odd_years());
        let warnings = &self.document.warnings;
        parts.extend(warnings.iter().map(|text| format!("{}.", w.capitalised(text.trim_end_matches('.')))));
        parts.join(" ")
    }

    /// A remark on each date that can hardly be meant.
    fn odd_years(&self) -> Vec<String> {
        let odd = |v: &&crate::itinerary::Visit| {
            let days = [&v.start, &v.end].into_iter().flatten().flat_map(|e| [e.earliest(), e.latest()]).flatten();
            days.into_iter().any(|d| !YEARS.contains(&d.year()))
        };
        let remark = |v: &crate::itinerary::Visit| {
            self.words.say(Phrase::YearOdd, &[&self.place_name(v), &self.dates.table(v, Detail::Long)])
        };
        self.document.visits.iter().filter(odd).take(3).map(remark).collect()
    }

    /// "From “…” (CNN), published 5 November 2023."; of a merged document, "From three articles (CNN and BBC), published …; days filled from
    /// the register us-travels."
    pub fn source_line(&self) -> String {
        let (a, w) = (&self.document.article, self.words);
        let parts = a.merged_from();
        if !parts.is_empty() {
            return self.merged_line(&parts);
        }
        let title = a.title.as_ref().map_or(w.of(Phrase::SourceArticle).into(), |t| w.say(Phrase::Quote, &[t]));
        let source = a.source.as_ref().map(|s| format!(" ({s})")).unwrap_or_default();
        let published = match &a.published {
            Some(date) => w.say(Phrase::SourcePublished, &[&self.dates.date(date, Detail::Long)]),
            None => w.of(Phrase::SourceUndated).into(),
        };
        w.say(Phrase::Source, &[&title, &source, &published])
    }

    fn merged_line(&self, parts: &[Part]) -> String {
        let w = self.words;
        let (registers, articles): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(|p| p.register);
        let count = match &articles[..] {
            [one] if one.title.is_some() => w.say(Phrase::Quote, &[one.title.as_deref().unwrap_or_default()]),
            [_] => w.of(Phrase::SourceArticle).into(),
            _ => w.count(Phrase::ArticlesOne, Phrase::ArticlesMany, articles.len()),
        };
        let publishers = distinct(articles.iter().filter_map(|p| p.source.clone()));
        let few = (1..=MOST_PUBLISHERS).contains(&publishers.len());
        let publishers = if few { format!(" ({})", w.and(&publishers)) } else { String::new() };
        let days: Vec<&Edtf> = articles.iter().filter_map(|p| p.published.as_ref()).collect();
        let first = days.iter().min_by_key(|d| d.earliest());
        let last = days.iter().max_by_key(|d| d.latest());
        let date = |d: &Edtf| self.dates.date(d, Detail::Long);
        let published = match first.zip(last) {
            Some((a, b)) if a == b => w.say(Phrase::SourcePublished, &[&date(a)]),
            Some((a, b)) => w.say(Phrase::SourcePublished, &[&w.say(Phrase::Range, &[&date(a), &date(b)])]),
            None => w.of(Phrase::SourceUndated).into(),
        };
        let line = w.say(Phrase::Source, &[&count, &publishers, &published]);
        let names: Vec<String> = registers.iter().map(|r| r.id.clone()).collect();
        match names.is_empty() {
            true => line,
            false => format!("{line} {}", w.say(Phrase::SourceRegister, &[&w.and(&names)])),
        }
    }
}

/// First and last day of visits that all have exact days; of a stay, its end counts too.
fn span(visits: &[&Visit]) -> Option<(NaiveDate, NaiveDate)> {
    let plain = |e: &Edtf| e.as_day().filter(|_| !e.is_qualified());
    let days = |v: &&Visit| {
        let first = plain(v.start.as_ref()?)?;
        let last = v.end.as_ref().map_or(Some(first), plain)?;
        Some((first, last))
    };
    let all: Option<Vec<_>> = visits.iter().map(days).collect();
    let all = all.filter(|a| !a.is_empty())?;
    Some((all.iter().map(|d| d.0).min()?, all.iter().map(|d| d.1).max()?))
}

/// Whether the document says that `later` comes after `earlier`: by its number in the same trip, else by their dates.
fn follows(earlier: &Visit, later: &Visit) -> bool {
    match (earlier.order, later.order) {
        (Some(a), Some(b)) if earlier.trip == later.trip => a < b,
        _ => earlier.start.as_ref().zip(later.start.as_ref()).is_some_and(|(a, b)| a.surely_before(b)),
    }
}

fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    names.filter(|n| seen.insert(n.clone())).collect()
}
