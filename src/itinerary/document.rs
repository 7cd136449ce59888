//! The itinerary document, version 1: the contract between all parts of portolan, and what its users keep.
//!
//! These types are the document field by field, so that `serde` reads and writes it and `schemars` prints its JSON
//! Schema. Fields that this version does not know are kept in `extra` and written back. Nothing here reads text or draws.

use super::Edtf;
use crate::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The value of `schema` in every document of this version.
pub const SCHEMA: &str = "portolan/itinerary/1";

/// Fields of a document that this version does not know; kept as they were.
pub type Extra = Map<String, Value>;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(/// Id of an official inside one document, such as `antony-blinken`.
    OfficialId);
id!(/// Id of a place inside one document, such as `baghdad-iq`.
    PlaceId);
id!(/// Id of a trip inside one document, such as `t1`.
    TripId);
id!(/// Id of a visit inside one document, such as `v5`.
    VisitId);
id!(/// Id of a meeting inside one document, such as `m1`.
    MeetingId);
id!(/// ISO 3166-1 alpha-2 code in upper case (`XK` for Kosovo); for what an official serves also `EU`, `UN` or `NATO`.
    CountryCode);

impl CountryCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who went where, when, and in which order, as one article tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Itinerary {
    /// `portolan/itinerary/1`.
    pub schema: String,
    pub article: ArticleInfo,
    #[serde(default)]
    pub officials: Vec<Official>,
    #[serde(default)]
    pub places: Vec<Place>,
    #[serde(default)]
    pub trips: Vec<Trip>,
    /// In trip order.
    #[serde(default)]
    pub visits: Vec<Visit>,
    #[serde(default)]
    pub meetings: Vec<Meeting>,
    /// The reasons of the order, as edges between visits.
    #[serde(default)]
    pub sequence: Vec<Precedence>,
    /// What a reader should know: contradictory order, unresolved place, no publication date.
    #[serde(default)]
    pub warnings: Vec<String>,
    #[serde(flatten)]
    pub extra: Extra,
}

impl Itinerary {
    /// A document of an article that tells of nobody.
    pub fn new(article: ArticleInfo) -> Self {
        Itinerary {
            schema: SCHEMA.into(),
            article,
            officials: Vec::new(),
            places: Vec::new(),
            trips: Vec::new(),
            visits: Vec::new(),
            meetings: Vec::new(),
            sequence: Vec::new(),
            warnings: Vec::new(),
            extra: Extra::new(),
        }
    }
}

/// The article that a document was read from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArticleInfo {
    pub id: String,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
    /// The date that relative words are resolved against.
    #[serde(default)]
    pub published: Option<Edtf>,
    #[serde(default)]
    pub published_from: Option<PublishedFrom>,
    /// Number of words in the article.
    #[serde(default)]
    pub words: usize,
    #[serde(flatten)]
    pub extra: Extra,
}

/// An article or register that a merged document was made from; such a document has a list of them in `article.merged_from`, beside the
/// fields of version 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Part {
    pub id: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub register: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Publisher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Edtf>,
    /// Warnings of its own document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// The reasons of its own order, by the ids that its visits have there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sequence: Vec<Precedence>,
}

impl ArticleInfo {
    /// What it was merged from; nothing where it was not.
    pub fn merged_from(&self) -> Vec<Part> {
        let listed = self.extra.get("merged_from").and_then(|l| l.as_array());
        listed.into_iter().flatten().filter_map(|p| serde_json::from_value(p.clone()).ok()).collect()
    }
}

/// Where the publication date came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PublishedFrom {
    Argument,
    Metadata,
    Dateline,
    Text,
}

/// A person who travels or meets in an official capacity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Official {
    pub id: OfficialId,
    pub name: String,
    #[serde(default)]
    pub title: Option<String>,
    /// The state or organisation that the person serves.
    #[serde(default)]
    pub country: Option<CountryCode>,
    /// Other forms of the name in the article.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// How often the article names the person.
    #[serde(default)]
    pub mentions: usize,
    #[serde(flatten)]
    pub extra: Extra,
}

/// A place that somebody visits or meets in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    pub id: PlaceId,
    pub name: String,
    pub kind: PlaceKind,
    #[serde(default)]
    pub country: Option<CountryCode>,
    /// GeoNames id, where the place was resolved to one.
    #[serde(default)]
    pub geonames: Option<u32>,
    /// Degrees north, WGS 84.
    #[serde(default)]
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    #[serde(default)]
    pub lon: Option<f64>,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    Country,
    Territory,
    City,
    /// An embassy, base, palace or airport.
    Site,
    Region,
}

/// A journey of one traveller.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Trip {
    pub id: TripId,
    pub traveller: OfficialId,
    pub kind: TripKind,
    pub visits: Vec<VisitId>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// Whether the article reports a journey or recalls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TripKind {
    Main,
    Background,
}

/// One stop: a traveller in one place without leaving it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Visit {
    pub id: VisitId,
    pub traveller: OfficialId,
    /// The country where no city is named.
    pub place: PlaceId,
    #[serde(default)]
    pub country: Option<CountryCode>,
    pub status: Status,
    #[serde(default)]
    pub start: Option<Edtf>,
    #[serde(default)]
    pub end: Option<Edtf>,
    pub trip: TripId,
    /// Position within the trip, from 1; stops whose order the text leaves open share a number.
    #[serde(default)]
    pub order: Option<u32>,
    /// Probability that the visit is as stated, in [0, 1].
    #[serde(default)]
    pub confidence: Option<f64>,
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// How certain it is that something took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Took place, or is under way at publication.
    Completed,
    /// Announced, expected or scheduled.
    Planned,
    /// May, could, is considered, invited, or an unconfirmed or denied report.
    Possible,
    /// Called off, postponed or skipped.
    Cancelled,
}

/// An occasion where two or more parties talk directly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Meeting {
    pub id: MeetingId,
    pub participants: Vec<OfficialId>,
    /// Unnamed parties.
    #[serde(default)]
    pub groups: Vec<Group>,
    #[serde(default)]
    pub visit: Option<VisitId>,
    #[serde(default)]
    pub place: Option<PlaceId>,
    #[serde(default)]
    pub country: Option<CountryCode>,
    #[serde(default)]
    pub date: Option<Edtf>,
    pub status: Status,
    pub mode: Mode,
    /// ISO 8601 duration, or an interval of two with `..` for an open end: `PT1H/..` is more than an hour.
    #[serde(default)]
    pub duration: Option<String>,
    /// Probability that the meeting is as stated, in [0, 1].
    #[serde(default)]
    pub confidence: Option<f64>,
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// How people met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    InPerson,
    Phone,
    Video,
}

/// An unnamed party of a meeting, such as "Arab foreign ministers".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    #[serde(default)]
    pub country: Option<CountryCode>,
    pub label: String,
    #[serde(flatten)]
    pub extra: Extra,
}

/// One visit comes before another, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Precedence {
    pub before: VisitId,
    pub after: VisitId,
    pub because: Because,
    #[serde(default)]
    pub evidence: Option<Evidence>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// The kind of reason for an order, from the strongest to the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Because {
    /// The stops' dates exclude the other order.
    Date,
    /// Words such as "ahead of", "then", "from Iraq he will travel".
    Phrase,
    /// One has taken place, the other is to come.
    Tense,
    /// A list of stops to come is told in its order.
    List,
    /// Told in this order, with no other sign.
    Narrative,
}

/// The words that a fact came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Byte offset into the UTF-8 article text.
    pub start: usize,
    /// Byte offset just past the last byte.
    pub end: usize,
    /// The words there.
    pub quote: String,
    #[serde(flatten)]
    pub extra: Extra,
}

impl Evidence {
    /// The words of `text` in `span`.
    pub fn new(text: &str, span: Span) -> Self {
        Evidence { start: span.start, end: span.end, quote: span.of(text).to_string(), extra: Extra::new() }
    }
}
