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
