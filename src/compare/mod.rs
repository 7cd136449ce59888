//! Trips compared across documents, and with registers: which stops are the same, what the sources agree and disagree in, and one
//! merged itinerary.
//!
//! ```text
//! documents ── sources ──> Network ── align ──> journeys of stops ── findings ──> Comparison ── merge ──> Itinerary
//! register ──────┘
//! ```
//!
//! The order in which documents are given changes nothing: they are sorted first. Nothing here reads text, draws or knows files.

mod align;
mod findings;
mod merge;
mod resolve;
mod say;
mod sequence;
mod sources;
mod table;
mod tally;
mod unfold;
mod when;

pub use merge::merged;
pub use say::{Row, Said, letter, said};
pub use table::table;
pub use tally::{By, Counts, Shared, Tally, Year, tally};

use crate::itinerary::{CountryCode, Edtf, Itinerary, OfficialId, PlaceId, Status, VisitId};
use crate::network::Network;
use crate::register::Register;
use schemars::JsonSchema;
use serde::Serialize;

/// Version of the comparison's own document.
pub const SCHEMA: &str = "portolan/comparison/1";

/// What several sources have of the same journeys.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Comparison {
    /// `portolan/comparison/1`.
    pub schema: String,
    /// By publication, those without a date last; the register after all of them.
    pub sources: Vec<Source>,
    /// Journeys that at least two sources tell of.
    pub journeys: Vec<Journey>,
    /// Journeys that one source alone tells of.
    pub single: Vec<Journey>,
    /// What a reader should know, such as two inputs with one id.
    pub warnings: Vec<String>,
    /// Everybody and everything by id; visits have the number of their source in front, as in `s1.v5`.
    #[serde(skip)]
    pub network: Network,
}

/// An article or register.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Source {
    /// Id of the article, unique among the sources.
    pub id: String,
    pub title: Option<String>,
    pub published: Option<Edtf>,
    pub kind: Kind,
}

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Article,
    /// A list that claims to be complete.
    Register,
}

/// One journey of one traveller, as all sources together have it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Journey {
    pub traveller: OfficialId,
    pub name: String,
    /// In merged order.
    pub stops: Vec<Stop>,
    /// Orders of stops that contradict each other.
    pub reversed: Vec<Reversed>,
    /// Indices of stops that all sources together put in a circle, though no two of them contradict each other; their order stays open.
    pub circle: Vec<usize>,
}

/// One stop, and what each source has of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Stop {
    /// The finest place that a source names.
    pub place: PlaceId,
    pub name: String,
    pub country: Option<CountryCode>,
    /// As all sources together have it; how is said at `resolve`.
    pub status: Status,
    pub start: Option<Edtf>,
    pub end: Option<Edtf>,
    /// The source that the date comes from alone, where the others have none.
    pub dated_by: Option<usize>,
    /// Whether its dates are in dispute.
    #[serde(skip)]
    pub contested: bool,
    /// Position in the journey from 1; stops whose order stays open share a number.
    pub order: u32,
    /// Whether its place among the others is open: no source says how it stands to some of them.
    pub open: bool,
    /// At most one for each source, in their order.
    pub told: Vec<Telling>,
    pub findings: Vec<Finding>,
}

/// A stop as one source has it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Telling {
    /// Index into `sources`.
    pub source: usize,
    /// Id of the visit in its document.
    pub visit: VisitId,
    /// Id of the visit among all sources.
    #[serde(skip)]
    pub node: VisitId,
    pub place: String,
    pub status: Status,
    pub start: Option<Edtf>,
    pub end: Option<Edtf>,
    pub order: Option<u32>,
    /// The first words that it came from.
    pub quote: Option<String>,
}

/// Something that the sources say of a stop together. Numbers are indices into `sources`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Finding {
    /// All of these have it, and nothing speaks against it.
    Common { sources: Vec<usize> },
    /// No other source has it.
    Only { source: usize, within: Option<usize> },
    /// The country in one, a place in it in the other.
    Refined { coarse: usize, fine: usize },
    /// A date in the one that is finer than the other's, or that the other lacks.
    Dated { coarse: usize, fine: usize },
    /// Ahead in the one, past in the other, which was published later or is a register.
    Fulfilled { planned: usize, completed: usize },
    /// Ahead in the one, called off in the other, which was published later.
    Withdrawn { planned: usize, cancelled: usize },
    /// Called off in the one, and yet ahead or past in the other, which was published later.
    Revived { cancelled: usize, later: usize },
    /// Planned for another day in the one than in the other, which was published later.
    Moved { earlier: usize, later: usize },
    /// Dates that exclude each other.
    DatesContradict { sources: Vec<usize> },
    /// Took place in one and not in another, and no later report settles it.
    StatusContradicts { sources: Vec<usize> },
    /// Different people in one office met there on one day.
    PersonContradicts { office: String, names: Vec<String>, sources: Vec<usize> },
    /// The register has it: same country, days at most one apart.
    Confirmed { source: usize },
    /// The register, which has the journey, lacks it.
    NotInRegister { source: usize },
    /// The register has it within the time that the articles tell of, and no article does.
    LeftOut { source: usize },
    /// The register has it before or after what the articles tell of.
    Beyond { source: usize },
}

/// Two stops that sources have in opposite orders.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Reversed {
    /// Indices into the journey's `stops`.
    pub one: usize,
    pub other: usize,
    /// Sources that have `one` first, and those that have `other` first.
    pub one_first: Vec<usize>,
    pub other_first: Vec<usize>,
}

/// Compares documents, and the register where one is given.
pub fn compare(documents: &[Itinerary], register: Option<&Register>) -> Comparison {
    let (all, mut warnings) = sources::sorted(documents, register);
    let network = Network::of(&all);
    let sources: Vec<Source> = network.articles.iter().map(sources::source).collect();
    let aligned = align::journeys(&network);
    let (mut journeys, mut single) = (Vec::new(), Vec::new());
    for stops in aligned {
        let journey = findings::journey(&network, &sources, stops);
        let told: std::collections::BTreeSet<usize> =
            journey.stops.iter().flat_map(|s| &s.told).map(|t| t.source).collect();
        let articles = told.iter().any(|s| sources[*s].kind == Kind::Article);
        // A register that knows the traveller and has nothing of the journey says something too.
        let lacking =
            journey.stops.iter().flat_map(|s| &s.findings).any(|f| matches!(f, Finding::NotInRegister { .. }));
        match told.len() {
            2.. => journeys.push(journey),
            _ if lacking => journeys.push(journey),
            _ if articles => single.push(journey),
            // What a register alone has of other journeys is not asked for.
            _ => {}
        }
    }
    warnings.extend(sources::twice(&network));
    warnings.extend(sources::same(&all, &sources));
    warnings.extend(journeys.iter().flat_map(|j| findings::unsaid(&network, &sources, j)));
    Comparison { schema: SCHEMA.into(), sources, journeys, single, warnings, network }
}
