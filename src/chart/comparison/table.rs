//! What a comparison of sources says, as plain values: who is compared, their stops in one merged order, and what each source has
//! of each stop. `align` makes it from documents that share ids; whoever knows better which stops are the same fills it otherwise.
//!
//! Fill sources, journeys, columns and cells, then let [`Comparison::judged`] find what agrees and what does not; or set findings,
//! brackets and disputes yourself. Knows no geometry and no wording.

use crate::itinerary::{CountryCode, Edtf, Official, Status};

/// Several sources on the same journeys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Instead of the title made from the facts.
    pub title: Option<String>,
    /// Instead of the line under the title made from the facts.
    pub subtitle: Option<String>,
    /// In the order of publication; those without a date last.
    pub sources: Vec<Source>,
    /// One for each traveller.
    pub journeys: Vec<Journey>,
    /// Sentences to set under the chart as they are.
    pub remarks: Vec<String>,
    /// Stops of the sources that are not in the table.
    pub left_out: usize,
}

/// An article or a register: a row of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<Edtf>,
    pub kind: SourceKind,
}

/// What a source is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SourceKind {
    #[default]
    Article,
    /// A list that claims to be complete, so that a stop which it lacks is a finding.
    Register,
}

/// What the sources have of one traveller.
#[derive(Clone, Debug, PartialEq)]
pub struct Journey {
    pub traveller: Official,
    /// In merged order.
    pub columns: Vec<Column>,
    /// Stretches of columns whose order rests on one source, or on none.
    pub brackets: Vec<Bracket>,
    /// What cannot all be true, in the order of its numbers.
    pub disputes: Vec<Dispute>,
}

/// One stop, as all sources together have it.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub place: String,
    /// The country, where the place is not itself one.
    pub country: Option<CountryCode>,
    /// A line of its own under the place, such as the town where only the country is common to all.
    pub note: Option<String>,
    /// One for each source; `None` where it has no such stop.
    pub cells: Vec<Option<Cell>>,
}

/// A stop as one source has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Id of the visit in its document.
    pub id: String,
    pub status: Status,
    pub start: Option<Edtf>,
    pub end: Option<Edtf>,
    /// The place as this source has it, where that is not what the column says.
    pub place: Option<String>,
    /// Which of the source's trips it belongs to; order numbers of different trips say nothing of each other.
    pub trip: usize,
    pub order: Option<u32>,
    /// The sentence it came from.
    pub quote: Option<String>,
    pub finding: Finding,
}

/// How a cell stands to the others of its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Finding {
    #[default]
    Agrees,
    /// No other source has the stop.
    Only,
    /// Ahead when this source was published, past in a later one: no contradiction.
    Fulfilled,
    /// Ahead when this source was published, called off in a later one: no contradiction.
    Withdrawn,
    /// Part of a dispute.
    Disputed,
}

/// Columns beside each other whose order is not common ground; both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bracket {
    pub first: usize,
    pub last: usize,
    pub why: Ground,
}

/// What the order of some columns rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// No source states it.
    Open,
    /// This source states it and the others leave it open.
    Only(usize),
}

/// Something that the sources contradict each other in.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    pub kind: Contradiction,
    /// The cells that it is about, as column and source; an empty one is marked as missing.
    pub cells: Vec<(usize, usize)>,
}

/// What kind of contradiction it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// Dates of one stop that exclude each other.
    Dates,
    /// One stop that took place and did not.
    Status,
    /// Two sources that have the same stops the other way round.
    Order,
    /// The orders of three or more sources close a circle.
    Circle,
    /// A register that lacks a stop within its time.
    NotListed,
    /// Anything else, in a sentence.
    Other(String),
}

impl Column {
    /// The sources that have the stop, with what they have.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells.iter().enumerate().filter_map(|(i, c)| Some((i, c.as_ref()?)))
    }

    /// What a source has of the stop.
    pub fn cell(&self, source: usize) -> Option<&Cell> {
        self.cells.get(source)?.as_ref()
    }
}

impl Cell {
    /// Whether its dates leave no day that it could share with another's; of a stay both ends count.
    pub fn excludes(&self, other: &Cell) -> bool {
        let before = |a: &Cell, b: &Cell| {
            let last = a.end.as_ref().or(a.start.as_ref());
            last.zip(b.start.as_ref().or(b.end.as_ref())).is_some_and(|(x, y)| x.surely_before(y))
        };
        before(self, other) || before(other, self)
    }

    /// Whether the source puts this stop before another of its own.
    pub fn precedes(&self, other: &Cell) -> bool {
        let called_off = [self, other].iter().any(|c| c.status == Status::Cancelled);
        !called_off && self.trip == other.trip && self.order.zip(other.order).is_some_and(|(a, b)| a < b)
    }

    /// Whether it has a date with two ends.
    pub fn is_dated(&self) -> bool {
        [&self.start, &self.end].into_iter().flatten().any(|d| d.earliest().is_some() && d.latest().is_some())
    }
}
