//! The sheet that all charts are set on: title and subtitle above, legend, remarks and source below, and the marks of the encoding.

use super::Options;
use super::ink::{Head, Ink, Item};
use super::label::{Label, lines, text_width};
use super::theme::{Role, hue_class};
use super::words::{Names, Phrase};
use crate::itinerary::{Itinerary, Mode, Status, Visit, VisitId};
use std::borrow::Cow;
use std::collections::HashSet;

/// Most stops that one chart draws; what is more is left out, and the chart says so.
pub const MOST_STOPS: usize = 200;

/// Most stops on one map, where discs need room around their places.
pub const MOST_ON_A_MAP: usize = 60;

/// Space at both sides of a chart, in pixels.
pub const MARGIN: f64 = 20.0;

/// The part of a document that a chart of at most so many stops draws, and how many it leaves out. Indices into its visits stay those of the document.
pub fn abridged(document: &Itinerary, most: usize) -> (Cow<'_, Itinerary>, usize) {
    let all = document.visits.len();
    if all <= most {
        return (Cow::Borrowed(document), 0);
    }
    let mut part = document.clone();
    let dropped: HashSet<VisitId> = part.visits.drain(most..).map(|v| v.id).collect();
    part.trips.iter_mut().for_each(|t| t.visits.retain(|v| !dropped.contains(v)));
    part.trips.retain(|t| !t.visits.is_empty());
    part.meetings.retain(|m| m.visit.as_ref().is_none_or(|v| !dropped.contains(v)));
    part.sequence.retain(|p| !dropped.contains(&p.before) && !dropped.contains(&p.after));
    (Cow::Owned(part), all - most)
}

/// What heads and feet are made from.
pub struct Sheet<'a> {
    pub names: &'a Names<'a>,
    pub options: &'a Options,
    /// Width of the chart in pixels.
    pub width: f64,
    /// Stops of the document that are not drawn.
    pub left_out: usize,
}

impl Sheet<'_> {
    /// The chart's title: the user's, or the one made from the facts.
    pub fn title(&self) -> String {
        self.options.title.clone().unwrap_or_else(|| self.names.title())
    }

    /// Title and subtitle, and the y where they end. A chart inside a page has none: the page says it once for all its charts.
    pub fn head(&self) -> (Vec<Label>, f64) {
        if self.options.inline.is_some() {
            return (Vec::new(), MARGIN / 2.0);
        }
        head(&self.title(), &self.names.words.parts(&[self.names.subtitle(), self.not_drawn()]), self.width)
    }

    /// Remarks and source from a baseline on, and the y where they end. Inside a page only those that are the chart's own.
    pub fn foot(&self, extra: &str, y: f64) -> (Vec<Label>, f64) {
        let left_out = self.names.words.capitalised(&self.not_drawn());
        if self.options.inline.is_some() {
            return foot(&[left_out, extra.trim().into()], self.width, y);
        }
        foot(&[left_out, self.names.open_line(), format!("{}{extra}", self.names.source_line())], self.width, y)
    }

    /// How many stops are left out; empty where none are.
    fn not_drawn(&self) -> String {
        match self.left_out {
            0 => String::new(),
            n => self.names.words.count(Phrase::LeftOutOne, Phrase::LeftOutMany, n),
        }
    }

    /// Ink on an empty chart of this sheet.
    pub fn ink(&self, kind: &'static str, description: Phrase, height: f64) -> Ink {
        let names = self.names;
        let description =
            [names.words.of(description).to_string(), names.subtitle(), names.open_line(), names.source_line()];
        let description: Vec<&str> = description.iter().map(String::as_str).filter(|d| !d.is_empty()).collect();
        Ink::new(&Head {
            kind,
            width: self.width,
            height,
            title: &self.title(),
            description: &description.join(" "),
            options: self.options,
        })
    }
}

/// A title and a line under it, and the y where they end.
pub fn head(title: &str, subtitle: &str, width: f64) -> (Vec<Label>, f64) {
    let room = width - 2.0 * MARGIN;
    let mut labels = lines(title, (MARGIN, 38.0), room, 29.0, Role::Title);
    let y = 38.0 + 29.0 * labels.len() as f64 - 3.0;
    let under = lines(subtitle, (MARGIN, y), room, 19.0, Role::Subtitle);
    let y = y + 19.0 * under.len() as f64;
    labels.extend(under.into_iter().map(Label::quiet));
    (labels, y)
}

/// Remarks, one paragraph each, from a baseline on, and the y where they end.
pub fn foot(remarks: &[String], width: f64, mut y: f64) -> (Vec<Label>, f64) {
    let mut labels = Vec::new();
    for words in remarks.iter().filter(|r| !r.is_empty()) {
        let set = lines(words, (MARGIN, y), width - 2.0 * MARGIN, 18.0, Role::Body);
        y += 18.0 * set.len() as f64;
        labels.extend(set.into_iter().map(Label::quiet));
    }
    (labels, y)
}

/// Class of a status.
pub fn status_class(status: Status) -> &'static str {
    match status {
        Status::Completed => "completed",
        Status::Planned => "planned",
        Status::Possible => "possible",
        Status::Cancelled => "cancelled",
    }
}

/// Draws `inside` in the group of a visit: its id, its status, its traveller's hue, whether it is recalled, and what it says when
/// it is pointed at.
pub fn visit_group(ink: &Ink, names: &Names<'_>, visit: &Visit, hue: usize, inside: impl FnOnce(&Ink)) {
    let recalled = if names.is_recalled(visit) { " background" } else { "" };
    let classes = format!("visit {} {}{recalled}", status_class(visit.status), hue_class(hue));
    let title = names.mark_title(visit);
    let data = Some(("visit", visit.id.0.as_str()));
    ink.item(Item { id: &visit.id.0, classes: &classes, title: &title, data }, inside);
}

/// The disc of a visit in the encoding of its status, with its number.
pub fn disc(ink: &Ink, visit: &Visit, at: (f64, f64), radius: f64) {
    numbered(ink, visit.status, visit.order, at, radius);
}

/// A numbered disc in the encoding of a status; a cancelled one is struck through, under its number.
pub fn numbered(ink: &Ink, status: Status, order: Option<u32>, at: (f64, f64), radius: f64) {
    ink.disc("disc", at, radius);
    let struck = status == Status::Cancelled;
    if struck {
        let d = radius * 1.25;
        ink.line("stroke", &[(at.0 - d, at.1 + d), (at.0 + d, at.1 - d)]);
    }
    match order.map(|n| n.to_string()) {
        Some(number) if struck => ink.number_on_line(at, &number),
        Some(number) => ink.number(at, &number),
        None => {}
    }
}

/// The mark of a meeting: a dot for one in person, a square for a call; filled only for one that took place.
pub fn meeting_mark(ink: &Ink, mode: Mode, status: Status, at: (f64, f64)) {
    let class = if status == Status::Completed { "met" } else { "unmet" };
    match mode {
        Mode::InPerson => ink.disc(class, at, 3.5),
        Mode::Phone | Mode::Video => ink.rect(class, at.0 - 3.2, at.1 - 3.2, 6.4, 6.4),
    }
}

/// What a legend can explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Status(Status),
    Met,
    Called,
    /// A meeting or call that is planned, possible or called off.
    Unmet,
    /// A bracket around stops whose order is open.
    Bracket,
    Leg,
    LegAhead,
    Dotted,
    Recalled,
    /// A stay of several days.
    Stay,
    /// A range of days within which a stop lies.
    Within,
    /// A line of a class, and what it means.
    Line(&'static str, Phrase),
    /// A square of a class, and what it means.
    Square(&'static str, Phrase),
}

impl Key {
    fn words(self, names: &Names<'_>) -> &'static str {
        let phrase = match self {
            Key::Status(status) => return names.status(status),
            Key::Met => Phrase::Met,
            Key::Called => Phrase::Called,
            Key::Unmet => Phrase::Unmet,
            Key::Bracket => Phrase::OrderOpen,
            Key::Leg => Phrase::LegSolid,
            Key::LegAhead => Phrase::LegDashed,
            Key::Dotted => Phrase::JoinDotted,
            Key::Recalled => Phrase::Recalled,
            Key::Stay => Phrase::BarStay,
            Key::Within => Phrase::BarWithin,
            Key::Line(_, phrase) | Key::Square(_, phrase) => phrase,
        };
        names.words.of(phrase)
    }

    fn ink(self, ink: &Ink, at: (f64, f64)) {
        match self {
            Key::Leg => ink.line("leg", &[(at.0 - 12.0, at.1), (at.0 + 12.0, at.1)]),
            Key::LegAhead => ink.line("leg dashed", &[(at.0 - 12.0, at.1), (at.0 + 12.0, at.1)]),
            Key::Dotted => ink.line("dotted", &[(at.0 - 12.0, at.1), (at.0 + 12.0, at.1)]),
            Key::Bracket => {
                for (x, d) in [(at.0 - 8.0, 4.0), (at.0 + 8.0, -4.0)] {
                    ink.line("bracket", &[(x + d, at.1 - 7.0), (x, at.1 - 7.0), (x, at.1 + 7.0), (x + d, at.1 + 7.0)]);
                }
            }
            Key::Stay => ink.rect("bar", at.0 - 12.0, at.1 - 3.0, 24.0, 6.0),
            Key::Within => {
                ink.rect("range", at.0 - 6.0, at.1 - 4.0, 12.0, 8.0);
                ink.rect("range fade2", at.0 - 12.0, at.1 - 4.0, 6.0, 8.0);
                ink.rect("range fade2", at.0 + 6.0, at.1 - 4.0, 6.0, 8.0);
            }
            Key::Line(class, _) => ink.line(class, &[(at.0 - 12.0, at.1), (at.0 + 12.0, at.1)]),
            Key::Square(class, _) => ink.rect(class, at.0 - 8.0, at.1 - 8.0, 16.0, 16.0),
            Key::Met => meeting_mark(ink, Mode::InPerson, Status::Completed, at),
            Key::Called => meeting_mark(ink, Mode::Phone, Status::Completed, at),
            Key::Unmet => meeting_mark(ink, Mode::InPerson, Status::Planned, at),
            Key::Recalled => ink.group("", "background", "", |ink| ink.disc("disc", at, 5.0)),
            Key::Status(status) => ink.group("", status_class(status), "", |ink| {
                ink.disc("disc", at, 6.5);
                if status == Status::Cancelled {
                    ink.line("stroke", &[(at.0 - 8.0, at.1 + 8.0), (at.0 + 8.0, at.1 - 8.0)]);
                }
            }),
        }
    }
}

/// Keys for the statuses and meetings that a document has.
pub fn keys(document: &Itinerary) -> Vec<Key> {
    let has = |s: Status| document.visits.iter().any(|v| v.status == s);
    let statuses = [Status::Completed, Status::Planned, Status::Possible, Status::Cancelled];
    let mut found: Vec<Key> = statuses.into_iter().filter(|s| has(*s)).map(Key::Status).collect();
    let met = |in_person: bool| document.meetings.iter().any(|m| (m.mode == Mode::InPerson) == in_person);
    found.extend(met(true).then_some(Key::Met));
    found.extend(met(false).then_some(Key::Called));
    found.extend(document.meetings.iter().any(|m| m.status != Status::Completed).then_some(Key::Unmet));
    found
}

/// A legend that has been laid out: each key with the place of its mark, and its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    pub entries: Vec<(Key, (f64, f64))>,
    pub labels: Vec<Label>,
}

/// Lays keys out in rows from the y of the first row's middle, up to `right`; gives the legend and the y below it.
pub fn legend(names: &Names<'_>, keys: &[Key], right: f64, y: f64) -> (Legend, f64) {
    let mut legend = Legend::default();
    let (mut x, mut row) = (MARGIN + 12.0, y);
    for key in keys {
        let words = key.words(names);
        let w = 18.0 + text_width(words, Role::Body) + 34.0;
        if x + w - 34.0 > right && x > MARGIN + 12.0 {
            x = MARGIN + 12.0;
            row += 22.0;
        }
        legend.entries.push((*key, (x, row)));
        legend.labels.push(Label::new(words, (x + 18.0, row + 4.0), Role::Body));
        x += w;
    }
    (legend, if keys.is_empty() { y } else { row + 22.0 })
}

impl Legend {
    /// Draws it, in the hue of the first traveller.
    pub fn ink(&self, ink: &Ink) {
        ink.group("legend", "legend t0", "", |ink| {
            for ((key, at), label) in self.entries.iter().zip(&self.labels) {
                key.ink(ink, *at);
                ink.label(label);
            }
        });
    }
}

/// The tone of a status on a label: what has not taken place is said in words besides the mark.
pub fn status_note(names: &Names<'_>, status: Status) -> String {
    if status == Status::Completed { String::new() } else { names.status(status).into() }
}
