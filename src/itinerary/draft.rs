//! What reading an article hands over: officials, stops and meetings as plain values that point at each other by index.
//!
//! A draft has no ids, no trips and no order yet; [`super::arrange()`] gives it those. It is the only type that the
//! reading and the arranging share, so that neither needs to know how the other works.

use super::{Because, CountryCode, Edtf, Group, Mode, PlaceKind, Status};
use crate::Span;

/// What was read from one article. Indices in it refer to its own lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    pub officials: Vec<DraftOfficial>,
    pub stops: Vec<DraftStop>,
    pub meetings: Vec<DraftMeeting>,
    pub reasons: Vec<DraftReason>,
    pub warnings: Vec<String>,
}

impl Draft {
    /// Without the stops and meetings that are less likely right than `least`, in [0, 1], and the people who then neither travel nor
    /// meet.
    pub fn likely(mut self, least: f64) -> Draft {
        let kept: Vec<usize> = (0..self.stops.len()).filter(|i| self.stops[*i].confidence >= least).collect();
        let met = self.meetings.iter().filter(|m| m.confidence >= least).count();
        if kept.len() == self.stops.len() && met == self.meetings.len() {
            return self;
        }
        let stop = |old: usize| kept.iter().position(|k| *k == old);
        self.reasons = std::mem::take(&mut self.reasons)
            .into_iter()
            .filter_map(|r| Some(DraftReason { before: stop(r.before)?, after: stop(r.after)?, ..r }))
            .collect();
        self.meetings.retain(|m| m.confidence >= least);
        self.meetings.iter_mut().for_each(|m| m.stop = m.stop.and_then(stop));
        self.stops = kept.iter().map(|i| self.stops[*i].clone()).collect();
        self.without_idle()
    }

    /// Without people who neither travel nor meet.
    fn without_idle(mut self) -> Draft {
        let busy = |i: usize| {
            self.stops.iter().any(|s| s.traveller == i) || self.meetings.iter().any(|m| m.participants.contains(&i))
        };
        let kept: Vec<usize> = (0..self.officials.len()).filter(|i| busy(*i)).collect();
        let new = |old: usize| kept.iter().position(|k| *k == old).unwrap_or(0);
        self.stops.iter_mut().for_each(|s| s.traveller = new(s.traveller));
        self.meetings.iter_mut().flat_map(|m| &mut m.participants).for_each(|p| *p = new(*p));
        self.officials = kept.iter().map(|i| self.officials[*i].clone()).collect();
        self
    }
}

/// A person, with what the article calls them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DraftOfficial {
    pub name: String,
    pub title: Option<String>,
    pub country: Option<CountryCode>,
    pub aliases: Vec<String>,
    pub mentions: usize,
}

/// A place as the gazetteer has it, or as the article names it where the gazetteer has nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftPlace {
    pub name: String,
    pub kind: PlaceKind,
    pub country: Option<CountryCode>,
    pub geonames: Option<u32>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub aliases: Vec<String>,
}

/// Where a stop lies in time as the telling has it, for articles in which no date can be computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recency {
    /// Over, and told without a time of its own: "made stops in Israel, Jordan and Cyprus".
    Before,
    /// The present of the article: told with a time of its own, or as news.
    #[default]
    Now,
    /// To come.
    After,
}

/// One stop of one traveller.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftStop {
    /// Index into `officials`.
    pub traveller: usize,
    pub place: DraftPlace,
    /// Named sites that were seen there.
    pub sites: Vec<DraftPlace>,
    pub status: Status,
    pub start: Option<Edtf>,
    pub end: Option<Edtf>,
    pub recency: Recency,
    /// Whether the article recalls it rather than reports it.
    pub background: bool,
    /// Number of the list in which it was told, and its place there.
    pub list: Option<(usize, usize)>,
    /// Byte offset at which it is first told.
    pub told_at: usize,
    /// In [0, 1].
    pub confidence: f64,
    pub evidence: Vec<Span>,
}

/// One meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftMeeting {
    /// Indices into `officials`.
    pub participants: Vec<usize>,
    pub groups: Vec<Group>,
    /// Index into `stops`.
    pub stop: Option<usize>,
    pub place: Option<DraftPlace>,
    pub country: Option<CountryCode>,
    pub date: Option<Edtf>,
    pub status: Status,
    pub mode: Mode,
    pub duration: Option<String>,
    pub confidence: f64,
    pub evidence: Vec<Span>,
}

/// One stop comes before another, as the text says.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftReason {
    /// Index into `stops`.
    pub before: usize,
    /// Index into `stops`.
    pub after: usize,
    pub because: Because,
    pub evidence: Option<Span>,
}
