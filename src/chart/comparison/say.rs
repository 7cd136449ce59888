//! The words of a comparison: title, heads of rows and columns, what a cell says, and the lines under the table.

use super::super::theme::{Role, Tone};
use super::super::words::{Dates, Detail, Names, Phrase, Words};
use super::table::{Cell, Comparison, Contradiction, Dispute, Finding, Ground, Journey, Source, SourceKind};
use crate::itinerary::{Edtf, Official, Precision, Qualifier, Status};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a source's title at the head of its row, and of its name in a sentence.
const LONGEST_TITLE: usize = 96;
const LONGEST_NAME: usize = 48;
/// Letters from which a title with a full stop is a sentence.
const A_SENTENCE: usize = 60;
/// Silent sources that are named, and stops that a remark lists.
const MOST_SILENT: usize = 3;
const MOST_LISTED: usize = 16;

/// A line of text before it has a place.
pub type Line = (String, Role, Tone);

/// A table with its words.
pub struct Say<'a> {
    pub table: &'a Comparison,
    pub names: &'a Names<'a>,
    pub words: Words,
    /// The year that goes without saying.
    year: Option<i32>,
}

impl<'a> Say<'a> {
    /// The words of a table; `names` are those of no document, for countries and statuses.
    pub fn new(table: &'a Comparison, names: &'a Names<'a>) -> Say<'a> {
        Say { table, names, words: names.words, year: year(table) }
    }

    /// The hue of a journey: that of its traveller, who may have several.
    pub fn hue(&self, journey: usize) -> usize {
        let Some(own) = self.table.journeys.get(journey) else { return journey };
        self.travellers().iter().position(|t| t.id == own.traveller.id).unwrap_or(journey)
    }

    /// Those who travel, each once.
    fn travellers(&self) -> Vec<&Official> {
        let mut found: Vec<&Official> = Vec::new();
        for journey in &self.table.journeys {
            if !found.iter().any(|t| t.id == journey.traveller.id) {
                found.push(&journey.traveller);
            }
        }
        found
    }

    /// "Anna Berg, 10–15 March 2031, in three sources".
    pub fn title(&self) -> String {
        if let Some(title) = &self.table.title {
            return title.clone();
        }
        let w = self.words;
        let sources = w.count(Phrase::SourcesOne, Phrase::SourcesMany, self.table.telling().len());
        let who: Vec<String> = self.travellers().into_iter().map(|t| t.name.clone()).collect();
        let who = match who.len() {
            0 => return w.of(Phrase::TitleNone).into(),
            1..=3 => w.and(&who),
            n => w.say(Phrase::OthersMany, &[&who[0], &w.number(n - 1)]),
        };
        match days(self.table) {
            Some((a, b)) => {
                let dates = Dates { words: w, year: None };
                w.say(Phrase::CompareTitleDated, &[&who, &dates.days(a, b, Detail::Long), &sources])
            }
            None => w.say(Phrase::CompareTitle, &[&who, &sources]),
        }
    }

    /// "Two articles and one register · seven stops, four of them in every source · two disagreements".
    pub fn subtitle(&self) -> String {
        if let Some(subtitle) = &self.table.subtitle {
            return subtitle.clone();
        }
        let w = self.words;
        let telling = self.table.telling();
        let count = |kind: SourceKind, one, many| {
            let n = telling.iter().filter(|s| self.table.sources[**s].kind == kind).count();
            (n > 0).then(|| w.count(one, many, n))
        };
        let articles = count(SourceKind::Article, Phrase::ArticlesOne, Phrase::ArticlesMany);
        let registers = count(SourceKind::Register, Phrase::RegistersOne, Phrase::RegistersMany);
        let sources: Vec<String> = articles.into_iter().chain(registers).collect();
        let all = self.table.journeys.iter().map(|j| j.columns.len()).sum::<usize>();
        let several = telling.len() > 1 && all > 0;
        let shared = if several { self.shared(all) } else { String::new() };
        let stops = if all == 0 { String::new() } else { w.count(Phrase::StopsOne, Phrase::StopsMany, all) + &shared };
        let disputes = self.table.journeys.iter().map(|j| j.disputes.len()).sum();
        let disputes = w.count(Phrase::DisputesOne, Phrase::DisputesMany, disputes);
        let disputes = if several && !self.table.apart { disputes } else { String::new() };
        w.parts(&[w.capitalised(&w.and(&sources)), stops, disputes])
    }

    /// ", four of them in every source": how many of all stops every source has that tells of their journey.
    fn shared(&self, all: usize) -> String {
        let w = self.words;
        let in_all = |j: &Journey| {
            let rows: Vec<usize> = (0..self.table.sources.len()).filter(|s| j.is_told_by(*s)).collect();
            j.columns.iter().filter(|c| rows.iter().all(|s| c.cell(*s).is_some())).count()
        };
        let every = if self.table.journeys.len() > 1 { Phrase::EverySourceOf } else { Phrase::EverySource };
        match self.table.journeys.iter().map(in_all).sum::<usize>() {
            _ if self.table.apart => String::new(),
            0 => w.say(Phrase::SharedNone, &[w.of(every)]),
            n if n == all => w.say(Phrase::SharedAll, &[w.of(every)]),
            n => w.say(Phrase::SharedSome, &[&w.number(n), w.of(every)]),
        }
    }

    /// Title of a source, and where and when it was published.
    pub fn source(&self, i: usize) -> (String, String) {
        let (source, w) = (&self.table.sources[i], self.words);
        let register = source.kind == SourceKind::Register;
        let title = match titled(source).map(|t| shortened(t, LONGEST_TITLE)) {
            Some(title) if register => title,
            Some(title) => w.say(Phrase::Quote, &[&title]),
            None if !source.id.trim().is_empty() => shortened(&source.id, LONGEST_TITLE),
            None => w.capitalised(w.of(if register { Phrase::RegistersOne } else { Phrase::SourceArticle })),
        };
        let undated = (!register).then(|| w.of(Phrase::CompareUndated).to_string());
        let facts: Vec<String> = source.publisher.clone().into_iter().chain(self.published(i).or(undated)).collect();
        let kind = if register { w.of(Phrase::Register).to_string() } else { String::new() };
        (title, w.parts(&[facts.join(w.of(Phrase::ListComma)), kind]))
    }

    fn published(&self, i: usize) -> Option<String> {
        self.table.sources[i].published.as_ref().map(|d| self.dates(None).date(d, Detail::Long))
    }

    /// What a source is called in a sentence: the register where there is one, else the first that no other is called too of its
    /// publisher, its title, its publisher with the date, more of its title, and its id.
    pub fn short(&self, i: usize) -> String {
        let sources = &self.table.sources;
        let registers = sources.iter().filter(|s| s.kind == SourceKind::Register).count();
        if registers == 1 && sources[i].kind == SourceKind::Register {
            return self.words.of(Phrase::TheRegister).into();
        }
        let ways: [fn(&Self, usize) -> Option<String>; 5] = [
            |say, i| say.table.sources[i].publisher.clone(),
            |say, i| say.quoted(i, LONGEST_NAME),
            |say, i| {
                let publisher = say.table.sources[i].publisher.clone()?;
                Some([publisher, say.published(i)?].join(say.words.of(Phrase::ListComma)))
            },
            |say, i| say.quoted(i, LONGEST_TITLE),
            |say, i| Some(shortened(&say.table.sources[i].id, LONGEST_TITLE)),
        ];
        let alone = |way: &fn(&Self, usize) -> Option<String>| {
            let own = way(self, i).filter(|name| !name.trim().is_empty())?;
            (0..sources.len()).all(|other| other == i || way(self, other).as_ref() != Some(&own)).then_some(own)
        };
        let numbered = || self.words.say(Phrase::SourceNumber, &[&(i + 1).to_string()]);
        ways.iter().find_map(alone).unwrap_or_else(numbered)
    }

    /// The title of a source in quotation marks, where it has one.
    fn quoted(&self, i: usize, most: usize) -> Option<String> {
        Some(self.words.say(Phrase::Quote, &[&shortened(titled(&self.table.sources[i])?, most)]))
    }

    /// Dates in the row of a source: the year is left out only where it is the row's own and the chart's.
    fn dates(&self, source: Option<usize>) -> Dates {
        let own = source.and_then(|i| self.table.sources[i].published.as_ref()?.earliest()).map(|d| d.year());
        let year = if own.is_none() || own == self.year { self.year } else { None };
        Dates { words: self.words, year }
    }

    /// The date of a cell; empty where nothing but a bound is said.
    pub fn date(&self, cell: &Cell, source: usize) -> String {
        self.dates(Some(source)).stay(cell.start.as_ref(), cell.end.as_ref(), Detail::Bare)
    }

    /// The lines under the head of a column.
    pub fn under(&self, journey: &Journey, column: usize) -> Vec<String> {
        let c = &journey.columns[column];
        let country = c.country.as_ref().map(|c| self.names.country(c.as_str())).filter(|n| *n != c.place);
        let again = visit_number(journey, column).map(|n| self.words.say(Phrase::VisitNumber, &[&n.to_string()]));
        country.into_iter().chain(c.note.clone()).chain(again).collect()
    }

    /// A column's name in a sentence.
    fn stop(&self, journey: &Journey, column: usize) -> String {
        let name = journey.columns[column].place.clone();
        match visit_number(journey, column) {
            Some(n) => {
                let visit = self.words.say(Phrase::VisitNumber, &[&n.to_string()]);
                self.words.say(Phrase::Bracketed, &[&name, &visit])
            }
            None => name,
        }
    }

    fn stops(&self, journey: &Journey, columns: &[usize]) -> String {
        self.words.and(&columns.iter().map(|c| self.stop(journey, *c)).collect::<Vec<_>>())
    }

    /// What a cell says under its mark, and after it the numbers of its disputes.
    pub fn cell(&self, journey: &Journey, column: usize, source: usize) -> Vec<Line> {
        let numbers = self.numbers(journey, column, source);
        let Some(cell) = journey.columns[column].cell(source) else {
            let words = format!("{}{numbers}", self.words.of(Phrase::NotListed));
            return vec![(words, Role::Body, Tone::Alert)];
        };
        let mut lines: Vec<Line> = Vec::new();
        let date = self.date(cell, source);
        if cell.status != Status::Completed {
            lines.push((self.names.status(cell.status).into(), Role::Body, Tone::Ink));
        }
        match date.is_empty() {
            false => lines.push((date, Role::Body, Tone::Ink)),
            // What was called off takes place on no day.
            true if cell.status == Status::Cancelled => {}
            true => lines.push((self.words.of(Phrase::NotStated).into(), Role::Note, Tone::Quiet)),
        }
        lines.extend(cell.place.clone().map(|p| (p, Role::Body, Tone::Quiet)));
        if cell.finding == Finding::Only {
            lines.push((self.words.of(Phrase::OnlyHere).into(), Role::Note, Tone::Quiet));
        }
        if !numbers.is_empty() {
            lines.iter_mut().for_each(|l| l.2 = Tone::Alert);
            lines.last_mut().into_iter().for_each(|l| l.0 += &numbers);
        }
        lines
    }

    /// The numbers of the disputes that a cell is part of, with a space before them.
    fn numbers(&self, journey: &Journey, column: usize, source: usize) -> String {
        let first = self.first_number(journey);
        let with = journey.disputes.iter().enumerate().filter(|(_, d)| d.cells.contains(&(column, source)));
        let numbers: Vec<String> = with.map(|(i, _)| self.number(first + i)).collect();
        if numbers.is_empty() { String::new() } else { format!(" {}", numbers.join(" ")) }
    }

    /// Disputes are numbered through all journeys.
    fn first_number(&self, journey: &Journey) -> usize {
        let before = self.table.journeys.iter().take_while(|j| !std::ptr::eq(*j, journey));
        before.map(|j| j.disputes.len()).sum::<usize>() + 1
    }

    /// Raised digits where one is enough: the bundled font has no raised zero.
    fn number(&self, n: usize) -> String {
        let all: usize = self.table.journeys.iter().map(|j| j.disputes.len()).sum();
        const RAISED: [&str; 9] = ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];
        match RAISED.get(n - 1) {
            Some(raised) if all <= RAISED.len() => (*raised).into(),
            _ => format!("[{n}]"),
        }
    }

    /// What a bracket over columns says.
    pub fn ground(&self, why: Ground) -> String {
        match why {
            Ground::Open => self.words.of(Phrase::OrderOpen).into(),
            Ground::Only(source) => self.words.say(Phrase::OrderOnly, &[&self.short(source)]),
        }
    }

    /// What a cell's mark says when it is pointed at.
    pub fn mark_title(&self, journey: &Journey, column: usize, source: usize) -> String {
        let (w, stop) = (self.words, self.stop(journey, column));
        let Some(cell) = journey.columns[column].cell(source) else {
            return w.say(Phrase::MarkMissing, &[&self.short(source), &stop]);
        };
        let date = self.date(cell, source);
        let date = match &cell.start {
            _ if !date.is_empty() => date,
            Some(bound) => w.say(Phrase::NotStatedBut, &[&self.dates(Some(source)).date(bound, Detail::Bare)]),
            None => w.of(Phrase::NotStated).into(),
        };
        let quote = cell.quote.as_ref().map(|q| format!(" {}", w.say(Phrase::Quote, &[q.trim()]))).unwrap_or_default();
        w.say(Phrase::Mark, &[&self.short(source), &stop, self.names.status(cell.status), &date]) + &quote
    }

    /// The lines under the table: disputes by number, then what is no contradiction, what only one has, what is left out.
    pub fn remarks(&self) -> Vec<(String, Tone)> {
        let mut lines: Vec<(String, Tone)> = Vec::new();
        for journey in &self.table.journeys {
            let first = self.first_number(journey);
            for (i, dispute) in journey.disputes.iter().enumerate() {
                let words = format!("{} {}", self.number(first + i), self.dispute(journey, dispute));
                lines.push((words, Tone::Alert));
            }
        }
        lines.extend(self.quiet_remarks().into_iter().filter(|l| !l.is_empty()).map(|l| (l, Tone::Quiet)));
        lines
    }

    fn quiet_remarks(&self) -> Vec<String> {
        let w = self.words;
        let mut lines = vec![
            if self.table.apart { w.of(Phrase::ReportComparedNone).to_string() } else { String::new() },
            self.having(Phrase::Fulfilled, |c| c.finding == Finding::Fulfilled),
            self.having(Phrase::Withdrawn, |c| c.finding == Finding::Withdrawn),
            self.having(Phrase::Revived, |c| c.finding == Finding::Revived),
            self.having(Phrase::Moved, |c| c.finding == Finding::Moved),
        ];
        let (mut alone, mut beyond, mut dates) = (Vec::new(), Vec::new(), Vec::new());
        for source in self.table.telling() {
            let marked =
                |finding: Finding| self.found(|j, c| j.columns[c].cell(source).is_some_and(|c| c.finding == finding));
            alone.push(self.by_source(Phrase::OnlyIn, source, marked(Finding::Only)));
            beyond.push(self.by_source(Phrase::OnlyBeyond, source, marked(Finding::Beyond)));
            let dated = self.found(|j, c| {
                let mut with = j.columns[c].filled().filter(|(_, c)| c.is_dated());
                let several = j.columns[c].filled().count() > 1;
                several && with.next().is_some_and(|(s, _)| s == source) && with.next().is_none()
            });
            dates.push(self.by_source(Phrase::DatedIn, source, dated));
        }
        for told in [&mut alone, &mut beyond, &mut dates] {
            told.retain(|words: &String| !words.is_empty());
            lines.push(told.join(" "));
        }
        lines.extend(self.left_out());
        lines
    }

    /// What is not in the picture: silent sources, journeys of one source, and what found no room.
    fn left_out(&self) -> Vec<String> {
        let (w, table) = (self.words, self.table);
        let telling = table.telling();
        let silent: Vec<usize> = (0..table.sources.len()).filter(|s| !telling.contains(s)).collect();
        let silent = match silent.len() {
            n if n == 0 || telling.is_empty() => String::new(),
            1..=MOST_SILENT => {
                w.say(Phrase::SilentNamed, &[&w.and(&silent.iter().map(|s| self.short(*s)).collect::<Vec<_>>())])
            }
            n => w.capitalised(&w.say(Phrase::SilentMany, &[&w.number(n)])),
        };
        let counted = |n: usize, one, many| match n {
            0 => String::new(),
            n => w.capitalised(&w.count(one, many, n)),
        };
        let single = match table.single {
            0 => String::new(),
            n => w.say(Phrase::ReportComparedSingle, &[&w.number(n)]),
        };
        vec![
            silent,
            single,
            counted(table.left_out.journeys, Phrase::LeftOutJourneysOne, Phrase::LeftOutJourneysMany),
            counted(table.left_out.stops, Phrase::LeftOutOne, Phrase::LeftOutMany),
        ]
    }

    fn by_source(&self, phrase: Phrase, source: usize, stops: Vec<String>) -> String {
        let several = self.table.sources.len() > 1 && !stops.is_empty();
        if several { self.words.say(phrase, &[&self.short(source), &self.listed(&stops)]) } else { String::new() }
    }

    /// Names of stops in a sentence, not too many of them.
    fn listed(&self, stops: &[String]) -> String {
        let w = self.words;
        if stops.len() <= MOST_LISTED {
            return w.and(stops);
        }
        let first = stops[..MOST_LISTED - 1].join(w.of(Phrase::ListComma));
        w.say(Phrase::OthersMany, &[&first, &w.number(stops.len() + 1 - MOST_LISTED)])
    }

    fn having(&self, phrase: Phrase, is: impl Fn(&Cell) -> bool) -> String {
        let disputed = |j: &Journey, c: usize| {
            j.disputes.iter().any(|d| d.kind == Contradiction::Status && d.cells.iter().any(|(at, _)| *at == c))
        };
        let stops = self.found(|j, c| !disputed(j, c) && j.columns[c].filled().any(|(_, cell)| is(cell)));
        if stops.is_empty() { String::new() } else { self.words.say(phrase, &[&self.listed(&stops)]) }
    }

    fn found(&self, is: impl Fn(&Journey, usize) -> bool) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for journey in &self.table.journeys {
            for column in (0..journey.columns.len()).filter(|c| is(journey, *c)) {
                let name = self.stop(journey, column);
                if !found.contains(&name) {
                    found.push(name);
                }
            }
        }
        found
    }

    fn dispute(&self, journey: &Journey, dispute: &Dispute) -> String {
        let w = self.words;
        let column = dispute.cells.first().map_or(0, |(c, _)| *c);
        let place = if journey.columns.is_empty() { String::new() } else { self.stop(journey, column) };
        let told = |phrase: Phrase, what: &dyn Fn(&Cell, usize) -> String| {
            let cells = dispute.cells.iter().filter_map(|(c, s)| Some((journey.columns[*c].cell(*s)?, *s)));
            let parts: Vec<String> =
                cells.map(|(cell, s)| w.say(Phrase::SaidIn, &[&what(cell, s), &self.short(s)])).collect();
            w.say(phrase, &[&place, &parts.join(w.of(Phrase::ListComma))])
        };
        match &dispute.kind {
            Contradiction::Dates => told(Phrase::DisputeDates, &|cell, source| self.dated(cell, source)),
            Contradiction::Status => told(Phrase::DisputeStatus, &|cell, _| self.names.status(cell.status).into()),
            Contradiction::Order => self.turned(journey, dispute),
            Contradiction::Circle => w.say(Phrase::DisputeCircle, &[&self.stops(journey, &columns_of(dispute))]),
            Contradiction::NotListed => self.unlisted(journey, dispute, &place),
            Contradiction::People { office, names } => {
                let sources: Vec<String> = dispute.cells.iter().map(|(_, s)| self.short(*s)).collect();
                w.say(Phrase::DisputePeople, &[&place, &w.and(&sources), office, &w.and(names)])
            }
        }
    }

    /// "12 Mar", "12 Mar (planned)".
    fn dated(&self, cell: &Cell, source: usize) -> String {
        let mut date = self.date(cell, source);
        if let Some(bound) = cell.start.as_ref().or(cell.end.as_ref()).filter(|_| date.is_empty()) {
            date = self.dates(Some(source)).date(bound, Detail::Bare);
        }
        match cell.status {
            Status::Completed => date,
            status => self.words.say(Phrase::Bracketed, &[&date, self.names.status(status)]),
        }
    }

    fn unlisted(&self, journey: &Journey, dispute: &Dispute, place: &str) -> String {
        let has = |(c, s): &(usize, usize)| journey.columns[*c].cell(*s).is_some();
        let named = |with: bool| {
            let sources = dispute.cells.iter().filter(|c| has(c) == with).map(|(_, s)| self.short(*s));
            self.words.and(&sources.collect::<Vec<_>>())
        };
        self.words.say(Phrase::DisputeNotListed, &[place, &named(true), &named(false)])
    }

    /// "The order is reversed: A and B have Kampala, then Kigali; C has Kigali, then Kampala."
    fn turned(&self, journey: &Journey, dispute: &Dispute) -> String {
        let w = self.words;
        let sources: BTreeSet<usize> = dispute.cells.iter().map(|(_, s)| *s).collect();
        let mut orders: Vec<(String, Vec<String>)> = Vec::new();
        for source in sources {
            let order = self.order(journey, dispute, source);
            match orders.iter_mut().find(|(known, _)| *known == order) {
                Some((_, names)) => names.push(self.short(source)),
                None => orders.push((order, vec![self.short(source)])),
            }
        }
        let told = |(order, names): &(String, Vec<String>)| {
            let phrase = if names.len() == 1 { Phrase::HasOrder } else { Phrase::HaveOrder };
            w.say(phrase, &[&w.and(names), order])
        };
        let told: Vec<String> = orders.iter().map(told).collect();
        w.say(Phrase::DisputeOrder, &[&told.join(w.of(Phrase::OrderParted))])
    }

    /// The stops of a dispute as one source orders them; those that share a number are joined by "and".
    fn order(&self, journey: &Journey, dispute: &Dispute, source: usize) -> String {
        let mut steps: BTreeMap<(usize, Option<u32>), Vec<usize>> = BTreeMap::new();
        for (column, _) in dispute.cells.iter().filter(|(_, s)| *s == source) {
            if let Some(cell) = journey.columns[*column].cell(source) {
                steps.entry((cell.trip, cell.order)).or_default().push(*column);
            }
        }
        let steps: Vec<String> = steps.values().map(|columns| self.stops(journey, columns)).collect();
        steps.join(self.words.of(Phrase::ThenJoin))
    }
}

fn columns_of(dispute: &Dispute) -> Vec<usize> {
    let mut columns: Vec<usize> = dispute.cells.iter().map(|(c, _)| *c).collect();
    columns.dedup();
    columns
}

/// The title of a source; none where what stands for it is a sentence, since the article has no title.
fn titled(source: &Source) -> Option<&str> {
    let title = source.title.as_deref().map(str::trim).filter(|t| t.chars().any(char::is_alphanumeric))?;
    let sentence = title.ends_with('.') && title.chars().count() > A_SENTENCE;
    (!sentence).then_some(title)
}

/// Words cut at the end of one of them, with an ellipsis, where they are too long.
fn shortened(words: &str, most: usize) -> String {
    let words = words.trim();
    if words.chars().count() <= most {
        return words.to_string();
    }
    let cut: String = words.chars().take(most.saturating_sub(1)).collect();
    let whole = cut.rsplit_once(char::is_whitespace).map(|(first, _)| first).filter(|f| f.chars().count() * 2 > most);
    let end = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—');
    format!("{}…", whole.unwrap_or(&cut).trim_end_matches(end))
}

/// Which visit to its place a column is, where it is not the first.
fn visit_number(journey: &Journey, column: usize) -> Option<usize> {
    let own = &journey.columns[column];
    let before = journey.columns[..column].iter().filter(|c| c.place == own.place && c.country == own.country).count();
    (before > 0).then_some(before + 1)
}

/// The year of most publications and dates.
fn year(table: &Comparison) -> Option<i32> {
    let cells = table.journeys.iter().flat_map(|j| &j.columns).flat_map(|c| c.cells.iter().flatten());
    let dates = cells.filter_map(|c| c.start.as_ref()).chain(table.sources.iter().filter_map(|s| s.published.as_ref()));
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for day in dates.filter_map(Edtf::earliest) {
        *counts.entry(day.year()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(year, n)| (*n, std::cmp::Reverse(*year))).map(|(year, _)| year)
}

/// First and last day of all stops, where every date is exact.
fn days(table: &Comparison) -> Option<(NaiveDate, NaiveDate)> {
    let cells = table.journeys.iter().flat_map(|j| &j.columns).flat_map(|c| c.cells.iter().flatten());
    let cells = cells.filter(|c| c.status != Status::Cancelled && c.is_dated());
    let mut found: Vec<NaiveDate> = Vec::new();
    for date in cells.flat_map(|c| [&c.start, &c.end]).flatten() {
        if date.precision() != Precision::Day || date.qualifier() != Qualifier::Plain || date.is_interval() {
            return None;
        }
        found.extend(date.as_day());
    }
    Some((*found.iter().min()?, *found.iter().max()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_at_a_word_and_sentences_are_no_titles() {
        assert_eq!(shortened("Statement by the Press Secretary, on travel", 35), "Statement by the Press Secretary…");
        assert_eq!(shortened("short", 35), "short");
        assert_eq!(shortened("Donaudampfschifffahrtsgesellschaft", 10), "Donaudamp…");
        let titled = |title: &str| super::titled(&Source { title: Some(title.into()), ..Source::default() }).is_some();
        assert!(titled("Berg ends tour") && titled("Berg meets U.S."));
        assert!(!titled("OSLO, March 3 (Fjord News) - Norwegian Foreign Minister Anna Berg will travel to Kenya."));
        assert!(!titled(" /// ") && !titled(""));
    }
}
