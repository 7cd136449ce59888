//! The text with its marks, as plain values: paragraphs of stretches that tell of the same stops and meetings, and in them pieces
//! that are names or dates.
//!
//! Evidence overlaps in every way; cut at each beginning and end it becomes stretches that follow each other, so that HTML nests.
//! It knows what is marked and how it is called, not how it looks.

use super::plain::shown;
use super::spans::{Name, Telling, Told};
use crate::Span;
use crate::chart::status_class;
use crate::chart::words::{Detail, Names, Phrase};
use crate::itinerary::{Meeting, Mode, Visit};
use std::collections::{BTreeMap, BTreeSet};

/// A paragraph of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paragraph {
    /// Whether it is the article's title.
    pub headline: bool,
    pub stretches: Vec<Stretch>,
}

/// Words that all tell of the same, or of nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stretch {
    /// Empty where nothing is told.
    pub class: String,
    /// Ids of what it tells, parted by blanks.
    pub visits: String,
    pub meetings: String,
    /// What it says when it is pointed at.
    pub title: String,
    /// Ids of what it is the first to tell, as places to jump to.
    pub anchors: Vec<String>,
    pub pieces: Vec<Piece>,
    /// Numbers of the stops whose evidence ends here.
    pub notes: Vec<Note>,
}

/// A name or date, or the words between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    pub words: String,
    /// Empty for words that are neither.
    pub class: String,
    pub title: String,
    pub visits: String,
    pub meetings: String,
}

/// The mark after the words for a stop or meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub class: String,
    pub words: String,
    /// The same for those who listen.
    pub spoken: String,
}

/// Sets texts of one document.
pub struct Setter<'a> {
    pub names: &'a Names<'a>,
    /// The class of each visit's traveller.
    pub hues: &'a [String],
    pub tellings: &'a [Telling],
    pub found: &'a BTreeMap<usize, (Span, Name)>,
    /// What ids in the page begin with.
    pub prefix: &'a str,
}

impl Setter<'_> {
    /// The paragraphs of a text; its first one is a headline where it is the article's title.
    pub fn paragraphs(&self, text: &str) -> Vec<Paragraph> {
        let mut told = self.by_bounds();
        let mut anchored = BTreeSet::new();
        let title = self.names.document.article.title.as_deref().map(str::trim).unwrap_or_default();
        let set = |(i, span): (usize, Span)| Paragraph {
            headline: i == 0 && shown(span.of(text)).trim() == title,
            stretches: self.stretches(text, span, &mut told, &mut anchored),
        };
        paragraphs(text).into_iter().enumerate().map(set).collect()
    }

    /// Evidence that the text does not have, as (what it is about, its words).
    pub fn lost(&self) -> Vec<(String, String)> {
        let lost = self.tellings.iter().filter(|t| t.span.is_none() && !t.quote.trim().is_empty());
        lost.map(|t| (self.called(t.told), shown(&t.quote))).collect()
    }

    /// The tellings by the bounds at which the text has to be cut.
    fn by_bounds(&self) -> Cuts {
        let mut cuts = Cuts::default();
        for (i, telling) in self.tellings.iter().enumerate() {
            if let Some(span) = telling.span {
                cuts.begin.entry(span.start).or_default().push(i);
                cuts.end.entry(span.end).or_default().push(i);
            }
        }
        cuts
    }

    fn stretches(&self, text: &str, within: Span, cuts: &mut Cuts, anchored: &mut BTreeSet<String>) -> Vec<Stretch> {
        let inner = cuts.between(within);
        let mut stretches = Vec::new();
        for pair in inner.windows(2) {
            let span = Span::new(pair[0], pair[1]);
            cuts.enter(span.start);
            let mut stretch = self.stretch(text, span, &cuts.open);
            let ending: Vec<Told> = cuts.ending(span.end).map(|i| self.tellings[i].told).collect();
            stretch.notes = self.notes(&ending);
            for id in stretch.visits.split(' ').chain(stretch.meetings.split(' ')).filter(|id| !id.is_empty()) {
                let anchor = format!("{}text-{id}", self.prefix);
                if anchored.insert(anchor.clone()) {
                    stretch.anchors.push(anchor);
                }
            }
            stretches.push(stretch);
        }
        stretches
    }

    fn stretch(&self, text: &str, span: Span, open: &BTreeSet<usize>) -> Stretch {
        let told: BTreeSet<Told> = open.iter().map(|i| self.tellings[*i].told).collect();
        let blank = span.of(text).trim().is_empty();
        let told = if blank { BTreeSet::new() } else { told };
        let subjects = Subjects::of(&told);
        let mut classes: Vec<String> = Vec::new();
        if let Some(i) = subjects.visits.first() {
            classes.extend(["told".into(), status_class(self.visit(*i).status).into(), self.hues[*i].clone()]);
        }
        classes.extend((!subjects.meetings.is_empty()).then(|| "talks".into()));
        classes.extend(told.iter().any(|t| matches!(t, Told::Reason(_))).then(|| "reason".into()));
        let title: Vec<String> =
            told.iter().filter(|t| !matches!(t, Told::Reason(_))).map(|t| self.called(*t)).collect();
        Stretch {
            class: classes.join(" "),
            visits: self.visit_ids(&subjects.visits),
            meetings: self.meeting_ids(&subjects.meetings),
            title: title.join(" · "),
            pieces: self.pieces(text, span, &subjects),
            ..Stretch::default()
        }
    }

    /// The names and dates of a stretch, and the words between.
    fn pieces(&self, text: &str, span: Span, told: &Subjects) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = span.start;
        let first = self.found.range(..=span.start).next_back().map_or(span.start, |(start, _)| *start);
        for (found, name) in self.found.range(first..span.end).map(|(_, f)| f) {
            let part = Span::new(found.start.max(at), found.end.min(span.end));
            if part.of(text).is_empty() {
                continue;
            }
            pieces.push(plain_piece(text, Span::new(at, part.start)));
            pieces.push(self.piece(part.of(text), name, told));
            at = part.end;
        }
        pieces.push(plain_piece(text, Span::new(at, span.end)));
        pieces.retain(|p| !p.words.is_empty());
        pieces
    }

    fn piece(&self, words: &str, name: &Name, told: &Subjects) -> Piece {
        let w = self.names.words;
        let (class, title, about) = match name {
            Name::Person(Some(i)) => {
                let official = &self.names.document.officials[*i];
                let facts = [official.name.clone(), self.names.office(official)];
                ("official", w.parts(&facts), self.about_person(*i))
            }
            Name::Person(None) => ("official idle", w.of(Phrase::ReportIdlePerson).into(), Subjects::default()),
            Name::Place { known, name, country } => self.place_piece(*known, name, country.as_deref()),
            Name::Date if told.is_empty() => ("date idle", w.of(Phrase::ReportIdleDate).into(), Subjects::default()),
            Name::Date => ("date", String::new(), Subjects::default()),
        };
        let about = told.narrowed(&about);
        Piece {
            words: shown(words),
            class: class.into(),
            title,
            visits: self.visit_ids(&about.visits),
            meetings: self.meeting_ids(&about.meetings),
        }
    }

    fn place_piece(&self, known: Option<usize>, name: &str, country: Option<&str>) -> (&'static str, String, Subjects) {
        let names = self.names;
        let name = known.map_or_else(|| shown(name), |i| names.document.places[i].name.clone());
        let of_country = country.map(|c| names.country(c)).unwrap_or_default();
        let visits: Vec<usize> = match known {
            Some(i) => self.visits(|v| v.place == names.document.places[i].id),
            None => Vec::new(),
        };
        // A state is as good as its stops.
        let visits = match country.filter(|_| visits.is_empty() && of_country == name) {
            Some(code) => self.visits(|v| v.country.as_ref().is_some_and(|c| c.as_str() == code)),
            None => visits,
        };
        let there = |m: &Meeting| known.is_some_and(|i| m.place.as_ref() == Some(&names.document.places[i].id));
        let meetings: Vec<usize> = self.meetings(there);
        let lies_in = if of_country == name { String::new() } else { of_country };
        let idle = visits.is_empty() && meetings.is_empty();
        let note = if idle { names.words.of(Phrase::ReportIdlePlace).to_string() } else { String::new() };
        let title = names.words.parts(&[name, lies_in, note]);
        (if idle { "place idle" } else { "place" }, title, Subjects { visits, meetings })
    }

    /// What a person's name is about: the one stop of a traveller, or the meetings of somebody who travels nowhere. The name of one
    /// with several stops is about none of them more than another.
    fn about_person(&self, official: usize) -> Subjects {
        let id = &self.names.document.officials[official].id;
        let visits = self.visits(|v| v.traveller == *id);
        match visits.len() {
            0 => Subjects { visits, meetings: self.meetings(|m| m.participants.contains(id)) },
            1 => Subjects { visits, meetings: Vec::new() },
            _ => Subjects::default(),
        }
    }

    fn visits(&self, wanted: impl Fn(&Visit) -> bool) -> Vec<usize> {
        let all = self.names.document.visits.iter().enumerate();
        all.filter(|(_, v)| wanted(v)).map(|(i, _)| i).collect()
    }

    fn meetings(&self, wanted: impl Fn(&Meeting) -> bool) -> Vec<usize> {
        let all = self.names.document.meetings.iter().enumerate();
        all.filter(|(_, m)| wanted(m)).map(|(i, _)| i).collect()
    }

    fn visit(&self, i: usize) -> &Visit {
        &self.names.document.visits[i]
    }

    fn meeting(&self, i: usize) -> &Meeting {
        &self.names.document.meetings[i]
    }

    fn visit_ids(&self, visits: &[usize]) -> String {
        visits.iter().map(|i| self.visit(*i).id.0.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn meeting_ids(&self, meetings: &[usize]) -> String {
        meetings.iter().map(|i| self.meeting(*i).id.0.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// What is told, in a few words.
    pub fn called(&self, told: Told) -> String {
        let names = self.names;
        match told {
            Told::Visit(i) => {
                let v = self.visit(i);
                let facts = [names.name(&v.traveller), names.place_name(v), names.status(v.status).into()];
                names.words.parts(&[facts.to_vec(), vec![names.dates.table(v, Detail::Short)]].concat())
            }
            Told::Meeting(i) => {
                let m = self.meeting(i);
                names.words.parts(&[names.words.and(&names.parties(m)), names.mode(m.mode).into()])
            }
            Told::Reason(_) => names.words.of(Phrase::ReportReasons).into(),
        }
    }

    /// Numbers of the stops, and marks of the meetings, that end here; each once.
    fn notes(&self, ending: &[Told]) -> Vec<Note> {
        let w = self.names.words;
        let mut notes: Vec<Note> = Vec::new();
        for told in ending {
            let note = match told {
                Told::Visit(i) => match self.visit(*i).order {
                    Some(n) => Note {
                        class: self.hues[*i].clone(),
                        words: n.to_string(),
                        spoken: w.say(Phrase::ReportStopNumber, &[&n.to_string()]),
                    },
                    None => continue,
                },
                Told::Meeting(i) => {
                    let person = self.meeting(*i).mode == Mode::InPerson;
                    let (words, spoken) =
                        if person { ("●", Phrase::ReportMeeting) } else { ("○", Phrase::ReportCall) };
                    Note { class: "talk".into(), words: words.into(), spoken: w.of(spoken).into() }
                }
                Told::Reason(_) => continue,
            };
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        notes
    }
}

fn plain_piece(text: &str, span: Span) -> Piece {
    Piece { words: shown(span.of(text)), ..Piece::default() }
}

/// Visits and meetings by their index.
#[derive(Clone, Debug, Default, PartialEq)]
struct Subjects {
    visits: Vec<usize>,
    meetings: Vec<usize>,
}

impl Subjects {
    fn of(told: &BTreeSet<Told>) -> Subjects {
        let mut subjects = Subjects::default();
        for t in told {
            match t {
                Told::Visit(i) => subjects.visits.push(*i),
                Told::Meeting(i) => subjects.meetings.push(*i),
                Told::Reason(_) => {}
            }
        }
        subjects
    }

    fn is_empty(&self) -> bool {
        self.visits.is_empty() && self.meetings.is_empty()
    }

    /// What a name inside these words is about: of what it could be about, that which the words tell of; nothing of its own where
    /// that is all of it.
    fn narrowed(&self, name: &Subjects) -> Subjects {
        let shared = |a: &[usize], b: &[usize]| a.iter().copied().filter(|x| b.contains(x)).collect::<Vec<_>>();
        let both =
            Subjects { visits: shared(&self.visits, &name.visits), meetings: shared(&self.meetings, &name.meetings) };
        if both == *self {
            // Also where neither is about anything.
            if self.is_empty() { name.clone() } else { Subjects::default() }
        } else if both.is_empty() {
            name.clone()
        } else {
            both
        }
    }
}

/// Where evidence begins and ends, and what is open at the place that has been reached.
#[derive(Default)]
struct Cuts {
    begin: BTreeMap<usize, Vec<usize>>,
    end: BTreeMap<usize, Vec<usize>>,
    open: BTreeSet<usize>,
}

impl Cuts {
    /// The bounds inside a paragraph, with its own.
    fn between(&self, within: Span) -> Vec<usize> {
        let range = within.start + 1..within.end.max(within.start + 1);
        let inner = self.begin.range(range.clone()).chain(self.end.range(range)).map(|(at, _)| *at);
        let mut all: Vec<usize> = inner.chain([within.start, within.end]).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Goes on to a place in the text: opens what begins up to it and closes what has ended.
    fn enter(&mut self, at: usize) {
        let begun = std::mem::take(&mut self.begin);
        let mut rest = begun;
        self.begin = rest.split_off(&(at + 1));
        self.open.extend(rest.into_values().flatten());
        let mut ended = std::mem::take(&mut self.end);
        self.end = ended.split_off(&(at + 1));
        ended.into_values().flatten().for_each(|i| {
            self.open.remove(&i);
        });
    }

    fn ending(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.end.get(&at).into_iter().flatten().copied()
    }
}

/// Paragraphs of a text: what empty lines part. Where there are none, lines.
fn paragraphs(text: &str) -> Vec<Span> {
    let blank = |line: &str| line.trim().is_empty();
    let apart = text.trim().lines().any(blank);
    let (mut found, mut open, mut at) = (Vec::new(), None, 0);
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        if blank(line) {
            found.extend(open.take());
            continue;
        }
        let whole = open.take().map_or(Span::new(start, end), |o: Span| Span::new(o.start, end));
        if apart { open = Some(whole) } else { found.push(whole) }
    }
    found.extend(open);
    found.into_iter().map(|s| trimmed(text, s)).collect()
}

fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start + words.len() - words.trim_start().len();
    Span::new(start, start + words.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_part_paragraphs_and_lines_where_there_are_none() {
        let of = |text: &'static str| paragraphs(text).into_iter().map(|s| s.of(text)).collect::<Vec<_>>();
        assert_eq!(of("A\nb\r\n\r\n  C\n"), ["A\nb", "C"]);
        assert_eq!(of("A\nb\n"), ["A", "b"]);
        assert_eq!(of(" \n"), [""; 0]);
    }
}
