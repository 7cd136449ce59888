//! What a comparison of sources says, as plain values: who is compared, their stops in one merged order, and what each source has
//! of each stop. Whoever knows which stops are the same and what is contradicted fills it, findings, brackets and disputes included;
//! `compare::table` does. Knows no geometry and no wording.

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
    /// In the order of their first tellings; a traveller may have several.
    pub journeys: Vec<Journey>,
    /// Whether no journey is told by two sources, so that the table shows what each tells alone.
    pub apart: bool,
    /// Journeys that one source alone tells of and that are not in the table.
    pub single: usize,
    /// Stops and whole journeys that are not in the table.
    pub left_out: LeftOut,
}

/// What a table, or the part of it that is drawn, does not show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    pub journeys: usize,
    /// Stops of the journeys that it shows.
    pub stops: usize,
}

/// An article or a register: a row of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// Names it where it has no title.
    pub id: String,
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

/// How a cell stands to the others of its column. That it is part of a dispute is said by [`Journey::disputes`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Finding {
    #[default]
    Agrees,
    /// No other source has the stop.
    Only,
    /// A register has it outside the time that the articles tell of.
    Beyond,
    /// Ahead when this source was published, past in a later one: no contradiction.
    Fulfilled,
    /// Ahead when this source was published, called off in a later one: no contradiction.
    Withdrawn,
    /// Called off here, and told otherwise in a later source.
    Revived,
    /// Planned here for another day than in a later source.
    Moved,
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
    /// Sources that have the same stops the other way round.
    Order,
    /// The orders of three or more sources close a circle.
    Circle,
    /// A register that lacks a stop within its time.
    NotListed,
    /// Different people in one office met at one stop.
    People { office: String, names: Vec<String> },
}

impl Journey {
    /// Whether a source's cell of a column, or its lack of one, is part of a dispute.
    pub fn is_disputed(&self, column: usize, source: usize) -> bool {
        self.disputes.iter().any(|d| d.cells.contains(&(column, source)))
    }

    /// Whether a source has any of its stops.
    pub fn is_told_by(&self, source: usize) -> bool {
        self.columns.iter().any(|c| c.cell(source).is_some())
    }
}

impl Comparison {
    /// The sources that have any stop of the table.
    pub fn telling(&self) -> Vec<usize> {
        (0..self.sources.len()).filter(|s| self.journeys.iter().any(|j| j.is_told_by(*s))).collect()
    }
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
