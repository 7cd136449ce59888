//! What is written at a stop: place, country, date, status, who was met, sites, the words of the article. Lines of text that are
//! measured and have no position yet.

use super::facts::Facts;
use super::zones::says_date;
use crate::chart::Label;
use crate::chart::label::{broken, text_width};
use crate::chart::sheet::status_note;
use crate::chart::theme::{Role, Tone};
use crate::chart::words::{Detail, Phrase};
use crate::itinerary::{Edtf, Meeting, Mode, Status, Visit};

/// Height of a line of text.
pub const LINE: f64 = 16.0;
/// Indent of what stands after a small mark.
pub const INDENT: f64 = 14.0;
/// Most people named at one stop; more are counted.
const MOST_NAMES: usize = 8;
/// Most people named again at a companion's stop.
const MOST_REPEATED: usize = 2;
/// Most lines of a quotation.
const MOST_QUOTED: usize = 3;

/// A line of text before it has a position.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub words: String,
    pub role: Role,
    pub tone: Tone,
    pub indent: f64,
}

/// Lines that belong together: facts of the stop, or one meeting or site with its mark.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    pub lines: Vec<Line>,
    pub mark: Option<Mode>,
    /// Place of a meeting in the document.
    pub meeting: Option<usize>,
}

/// Everything that is written at one stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub visit: usize,
    pub name: Vec<String>,
    pub parts: Vec<Part>,
}

/// A mark of a meeting or site with its text, in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Met {
    /// Place in the document's meetings; a site that was seen has none.
    pub meeting: Option<usize>,
    pub mode: Mode,
    pub at: (f64, f64),
    pub labels: Vec<Label>,
}

impl Card {
    /// The card of a visit with lines of at most `limit` pixels.
    pub fn new(facts: &Facts<'_>, visit: usize, limit: f64) -> Card {
        let v = facts.visit(visit);
        let names = facts.names;
        let mut parts = vec![Part { lines: set_facts(facts, &about(facts, visit), limit, 0.0), ..Part::default() }];
        parts.extend(meetings(facts, visit, limit));
        let seen = names.sites(v).into_iter().map(|site| Part {
            lines: set(&site, limit, INDENT, Role::Strong),
            mark: Some(Mode::InPerson),
            meeting: None,
        });
        parts.extend(seen);
        Card { visit, name: broken(&names.place_name(v), limit, Role::Name), parts }
    }

    /// The card with the sentence that the stop came from.
    pub fn quoted(mut self, facts: &Facts<'_>, limit: f64) -> Card {
        if let Some(evidence) = facts.visit(self.visit).evidence.first() {
            let quote = facts.names.words.say(Phrase::Quote, &[evidence.quote.trim()]);
            self.parts.push(Part { lines: quotation(&quote, limit), ..Part::default() });
        }
        self
    }

    /// Says other facts of the stop than usual.
    pub fn about(&mut self, lines: Vec<Line>) {
        self.parts[0].lines = lines;
    }

    /// Width of its widest line.
    pub fn width(&self) -> f64 {
        let below = self.parts.iter().flat_map(|p| &p.lines);
        let below = below.map(|l| l.indent + text_width(&l.words, l.role));
        self.name.iter().map(|n| text_width(n, Role::Name)).chain(below).fold(0.0, f64::max)
    }

    /// Height of what stands under the disc.
    pub fn below(&self) -> f64 {
        self.parts.iter().map(|p| p.lines.len() as f64).sum::<f64>() * LINE
    }

    /// Sets the parts from a first baseline downwards: plain text, and marks with theirs.
    pub fn set(&self, x: f64, mut y: f64) -> (Vec<Label>, Vec<Met>) {
        let (mut plain, mut met) = (Vec::new(), Vec::new());
        for part in &self.parts {
            let at = (x + 4.0, y - 4.0);
            let labels: Vec<Label> = part
                .lines
                .iter()
                .enumerate()
                .map(|(i, l)| Label::new(l.words.clone(), (x + l.indent, y + LINE * i as f64), l.role).tone(l.tone))
                .collect();
            y += LINE * part.lines.len() as f64;
            match part.mark {
                Some(mode) => met.push(Met { meeting: part.meeting, mode, at, labels }),
                None => plain.extend(labels),
            }
        }
        (plain, met)
    }
}

/// Lines of one role; small bold ones in ink, others quiet.
pub fn set(words: &str, limit: f64, indent: f64, role: Role) -> Vec<Line> {
    let tone = if role == Role::Strong { Tone::Ink } else { Tone::Quiet };
    broken(words, limit - indent, role).into_iter().map(|words| Line { words, role, tone, indent }).collect()
}

/// Short facts in quiet lines: as many side by side as fit, each whole where it can be.
pub fn set_facts(facts: &Facts<'_>, said: &[String], limit: f64, indent: f64) -> Vec<Line> {
    let mut rows: Vec<String> = Vec::new();
    for fact in said.iter().filter(|f| !f.is_empty()) {
        let beside = rows.last().map(|row| facts.names.words.parts(&[row.clone(), fact.clone()]));
        match (beside.filter(|b| text_width(b, Role::Body) <= limit - indent), rows.last_mut()) {
            (Some(both), Some(row)) => *row = both,
            _ => rows.push(fact.clone()),
        }
    }
    rows.iter().flat_map(|row| set(row, limit, indent, Role::Body)).collect()
}

/// Country, date and status, as far as they go beyond the heading and the place.
fn about(facts: &Facts<'_>, visit: usize) -> [String; 3] {
    let (v, names) = (facts.visit(visit), facts.names);
    let date = match says_date(facts.when(visit)) {
        true => names.dates.visit(v, Detail::Bare),
        false => bound(facts, visit),
    };
    [names.country_of(v), date, status_note(names, v.status)]
}

/// "on or before Sat 4 Nov", where that says more than that the stop lies before or after publication.
fn bound(facts: &Facts<'_>, visit: usize) -> String {
    let published = facts.names.document.article.published.as_ref();
    let start = facts.visit(visit).start.as_ref().filter(|_| facts.when(visit).is_none());
    let said = |bound: &&Edtf| {
        let day = bound.earliest().or(bound.latest());
        day.is_some() && day != published.and_then(Edtf::latest)
    };
    start.filter(said).map(|b| facts.names.dates.date(b, Detail::Bare)).unwrap_or_default()
}

/// Parts for the meetings at a stop; of very many, the first ones and how many there are besides. A large one that is told in full
/// at a companion's stop is only counted here.
fn meetings(facts: &Facts<'_>, visit: usize, limit: f64) -> Vec<Part> {
    let (names, v) = (facts.names, facts.visit(visit));
    let (mut parts, mut named, mut more) = (Vec::new(), 0, 0);
    for meeting in names.meetings(v) {
        let mut others = names.others(meeting, &v.traveller);
        if others.len() > MOST_REPEATED && !facts.tells(visit, meeting) {
            let rest = names.words.number(others.len() - 1);
            others = vec![(names.words.say(Phrase::OthersMany, &[&others[0].0, &rest]), String::new())];
        }
        if others.is_empty() {
            // The document does not say whom; that they met or spoke is not dropped.
            let phrase = if meeting.mode == Mode::InPerson { Phrase::Met } else { Phrase::Called };
            others.push((names.words.of(phrase).into(), String::new()));
        }
        let room = MOST_NAMES.saturating_sub(named);
        more += others.len().saturating_sub(room);
        let shown = &others[..others.len().min(room)];
        named += shown.len();
        let note = note(facts, meeting, v);
        for (i, (name, office)) in shown.iter().enumerate() {
            let mut lines = set(name, limit, INDENT, Role::Strong);
            let note = if i + 1 == shown.len() { note.clone() } else { String::new() };
            lines.extend(set_facts(facts, &[office.clone(), note], limit, INDENT));
            parts.push(Part { lines, mark: Some(meeting.mode), meeting: Some(facts.meeting(meeting)) });
        }
    }
    if more > 0 {
        let words = names.words.count(Phrase::MeetingsMoreOne, Phrase::MeetingsMore, more);
        parts.push(Part { lines: set(&words, limit, 0.0, Role::Body), ..Part::default() });
    }
    parts
}

/// How, when and whether people met, where that differs from the stop.
fn note(facts: &Facts<'_>, meeting: &Meeting, v: &Visit) -> String {
    let names = facts.names;
    let status = if meeting.status == v.status { String::new() } else { names.status(meeting.status).into() };
    let own = meeting.date.as_ref().filter(|d| v.start.as_ref() != Some(d) && d.earliest().is_some());
    let own = own.filter(|d| d.latest().is_some());
    let date = own.map(|d| names.dates.date(d, Detail::Bare)).unwrap_or_default();
    names.words.parts(&[names.mode(meeting.mode).into(), date, status])
}

/// A quotation in at most three lines; a longer one ends in an ellipsis, and the mark's title has all of it.
fn quotation(quote: &str, limit: f64) -> Vec<Line> {
    let mut lines = set(quote, limit, 0.0, Role::Note);
    if lines.len() > MOST_QUOTED {
        lines.truncate(MOST_QUOTED);
        if let Some(last) = lines.last_mut() {
            while text_width(&format!("{}…", last.words), Role::Note) > limit && last.words.pop().is_some() {}
            last.words = format!("{}…", last.words.trim_end());
        }
    }
    lines
}

/// What a meeting's mark says when it is pointed at: who, status, how, when, and the sentence it came from.
pub fn meeting_title(facts: &Facts<'_>, meeting: &Meeting) -> String {
    let (names, w) = (facts.names, facts.names.words);
    let date = meeting.date.as_ref().map(|d| names.dates.date(d, Detail::Short)).unwrap_or_default();
    let said = [names.status(meeting.status).to_string(), names.mode(meeting.mode).into(), date];
    let said: Vec<String> = said.into_iter().filter(|s| !s.is_empty()).collect();
    let mark = w.say(Phrase::MeetingMark, &[&w.and(&names.parties(meeting)), &said.join(w.of(Phrase::ListComma))]);
    match meeting.evidence.first() {
        Some(e) => format!("{mark} {}", w.say(Phrase::Quote, &[e.quote.trim()])),
        None => mark,
    }
}

/// A meeting that belongs to no stop, in words: who with office, how, when, whether.
pub fn meeting_line(facts: &Facts<'_>, meeting: &Meeting) -> (String, String) {
    let (names, w) = (facts.names, facts.names.words);
    let people = meeting.participants.iter().map(|p| match names.office_of(p) {
        office if office.is_empty() => names.name(p),
        office => format!("{} ({office})", names.name(p)),
    });
    let all: Vec<String> = people.chain(meeting.groups.iter().map(|g| g.label.clone())).collect();
    let place = meeting.place.as_ref().and_then(|p| names.place_of(p)).map(|p| p.name.clone()).unwrap_or_default();
    let date = meeting.date.as_ref().map(|d| names.dates.date(d, Detail::Short)).unwrap_or_default();
    let status = if meeting.status == Status::Completed { String::new() } else { names.status(meeting.status).into() };
    (w.and(&all), w.parts(&[place, names.mode(meeting.mode).into(), date, status]))
}
