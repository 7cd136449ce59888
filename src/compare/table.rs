//! The comparison as the table that is drawn: a row for each source, a column for each stop. What it marks is what the findings say, so
//! that the picture and the words never differ.

use super::sequence::Sequence;
use super::{Comparison, Finding, Journey, Kind, Stop, Telling};
use crate::chart::table::{self, Bracket, Cell, Column, Contradiction, Dispute, Ground, SourceKind};
use crate::itinerary::{Official, OfficialId, PlaceKind, Status, TripKind};
use crate::network::Network;
use std::collections::BTreeSet;

/// The table of the journeys that several sources share; where there is none, of what each source tells alone.
pub fn table(comparison: &Comparison) -> table::Comparison {
    let sources = comparison.sources.iter().enumerate().map(|(i, s)| table::Source {
        id: s.id.clone(),
        title: s.title.clone(),
        publisher: comparison.network.articles.get(i).and_then(|a| a.info.source.clone()),
        published: s.published.clone(),
        kind: match s.kind {
            Kind::Article => SourceKind::Article,
            Kind::Register => SourceKind::Register,
        },
    });
    let apart = comparison.journeys.is_empty();
    let shown: Vec<&Journey> = match apart {
        true => comparison.single.iter().filter(|j| is_main(&comparison.network, j)).collect(),
        false => comparison.journeys.iter().collect(),
    };
    table::Comparison {
        sources: sources.collect(),
        journeys: shown.into_iter().map(|j| journey(comparison, j, apart)).collect(),
        apart: apart && comparison.sources.len() > 1,
        single: if apart { 0 } else { comparison.single.len() },
        ..Default::default()
    }
}

/// Whether any of a journey's stops belongs to a trip that an article is about, rather than to one that it recalls.
fn is_main(network: &Network, journey: &Journey) -> bool {
    let visits = journey.stops.iter().flat_map(|s| &s.told).filter_map(|t| network.visit(&t.node));
    visits.filter_map(|v| network.trip(&v.trip)).any(|t| t.kind == TripKind::Main)
}

fn journey(comparison: &Comparison, journey: &Journey, apart: bool) -> table::Journey {
    let network = &comparison.network;
    let traveller = network.official(&journey.traveller).cloned().unwrap_or_else(|| nobody(&journey.traveller));
    let sources = comparison.sources.len();
    let mut columns: Vec<Column> = journey.stops.iter().map(|s| column(network, s, sources)).collect();
    if !apart {
        journey.stops.iter().zip(&mut columns).for_each(|(stop, column)| mark(column, stop));
    }
    let order = Order::of(comparison, journey);
    let mut disputes: Vec<Dispute> =
        journey.stops.iter().enumerate().flat_map(|(i, s)| of_stop(i, s, &columns[i])).collect();
    disputes.extend(reversed(journey, &columns));
    disputes.extend(order.circle(journey));
    let brackets = order.brackets(&columns);
    table::Journey { traveller, columns, brackets, disputes }
}

fn nobody(id: &OfficialId) -> Official {
    Official {
        id: id.clone(),
        name: id.0.clone(),
        title: None,
        country: None,
        aliases: Vec::new(),
        mentions: 0,
        extra: Default::default(),
    }
}

fn column(network: &Network, stop: &Stop, sources: usize) -> Column {
    let place = network.place(&stop.place);
    let is_country = place.is_some_and(|p| p.kind == PlaceKind::Country);
    let cells =
        (0..sources).map(|s| stop.told.iter().find(|t| t.source == s).map(|t| cell(network, stop, t))).collect();
    Column { place: stop.name.clone(), country: stop.country.clone().filter(|_| !is_country), note: None, cells }
}

fn cell(network: &Network, stop: &Stop, told: &Telling) -> Cell {
    let visit = network.visit(&told.node);
    let trip = visit.and_then(|v| network.trips.iter().position(|t| t.id == v.trip)).unwrap_or(0);
    Cell {
        id: told.visit.0.clone(),
        status: told.status,
        start: told.start.clone(),
        end: told.end.clone(),
        place: (told.place != stop.name).then(|| told.place.clone()),
        trip,
        order: told.order,
        quote: told.quote.clone(),
        finding: table::Finding::Agrees,
    }
}

/// Marks the cells of a column by what the findings say of their sources.
fn mark(column: &mut Column, stop: &Stop) {
    let mut set = |source: usize, finding: table::Finding| {
        column.cells.get_mut(source).into_iter().flatten().for_each(|c| c.finding = finding);
    };
    for finding in &stop.findings {
        match finding {
            Finding::Only { source, .. } | Finding::LeftOut { source } => set(*source, table::Finding::Only),
            Finding::Beyond { source } => set(*source, table::Finding::Beyond),
            Finding::Fulfilled { planned, .. } => set(*planned, table::Finding::Fulfilled),
            Finding::Withdrawn { planned, .. } => set(*planned, table::Finding::Withdrawn),
            Finding::Revived { cancelled, .. } => set(*cancelled, table::Finding::Revived),
            Finding::Moved { earlier, .. } => set(*earlier, table::Finding::Moved),
            _ => {}
        }
    }
}

/// What the sources contradict each other in about one stop.
fn of_stop(at: usize, stop: &Stop, column: &Column) -> Vec<Dispute> {
    let cells = |sources: &[usize]| sources.iter().map(|s| (at, *s)).collect::<Vec<_>>();
    let mut found: Vec<Dispute> = Vec::new();
    for finding in &stop.findings {
        let (kind, cells) = match finding {
            Finding::StatusContradicts { sources } => (Contradiction::Status, cells(sources)),
            Finding::DatesContradict { sources } => (Contradiction::Dates, cells(sources)),
            Finding::PersonContradicts { office, names, sources } => {
                (Contradiction::People { office: office.clone(), names: names.clone() }, cells(sources))
            }
            // Where the register has a row for it, on other days, these are what is contradicted.
            Finding::NotInRegister { source } if column.cell(*source).is_none() => {
                let told: Vec<usize> = stop.told.iter().map(|t| t.source).chain([*source]).collect();
                (Contradiction::NotListed, cells(&told))
            }
            _ => continue,
        };
        found.push(Dispute { kind, cells });
    }
    found
}

/// Stops that sources have in opposite orders: those together that the same sources disagree on.
fn reversed(journey: &Journey, columns: &[Column]) -> Vec<Dispute> {
    let mut found: Vec<(BTreeSet<usize>, BTreeSet<usize>)> = Vec::new();
    for r in &journey.reversed {
        let sources: BTreeSet<usize> = r.one_first.iter().chain(&r.other_first).copied().collect();
        match found
            .iter_mut()
            .find(|(known, stops)| *known == sources && [r.one, r.other].iter().any(|s| stops.contains(s)))
        {
            Some((_, stops)) => stops.extend([r.one, r.other]),
            None => found.push((sources, [r.one, r.other].into())),
        }
    }
    let has = |(column, source): &(usize, usize)| columns.get(*column).is_some_and(|c| c.cell(*source).is_some());
    let dispute = |(sources, stops): (BTreeSet<usize>, BTreeSet<usize>)| {
        let cells = stops.iter().flat_map(|c| sources.iter().map(move |s| (*c, *s))).filter(has).collect();
        Dispute { kind: Contradiction::Order, cells }
    };
    found.into_iter().map(dispute).collect()
}

/// What is known of the order of a journey's stops.
struct Order(Sequence);

impl Order {
    fn of(comparison: &Comparison, journey: &Journey) -> Order {
        Order(Sequence::of(comparison, &journey.stops.iter().collect::<Vec<_>>()))
    }

    /// Orders of several sources that cannot all hold, though no two of them have the same stops the other way round.
    fn circle(&self, journey: &Journey) -> Option<Dispute> {
        let told = |s: &usize| journey.stops[*s].told.iter().map(|t| (*s, t.source)).collect::<Vec<_>>();
        let cells: Vec<(usize, usize)> = self.0.circle.iter().flat_map(told).collect();
        (!cells.is_empty()).then_some(Dispute { kind: Contradiction::Circle, cells })
    }

    /// Longest stretches of columns that all stand on the same ground among themselves.
    fn brackets(&self, columns: &[Column]) -> Vec<Bracket> {
        let mut found: Vec<Bracket> = Vec::new();
        for first in 0..columns.len().saturating_sub(1) {
            let Some(why) = self.ground(columns, first, first + 1) else { continue };
            let fits = |last: &usize| (first..*last).all(|i| self.ground(columns, i, *last) == Some(why));
            let last = (first + 1..columns.len()).take_while(fits).last().unwrap_or(first + 1);
            if !found.iter().any(|b| b.why == why && b.last >= last) {
                found.push(Bracket { first, last, why });
            }
        }
        found
    }

    /// What the order of two columns rests on; `None` where it is common ground.
    fn ground(&self, columns: &[Column], a: usize, b: usize) -> Option<Ground> {
        if self.0.leaves_open(a, b) {
            return Some(Ground::Open);
        }
        let together = columns[a].filled().filter_map(|(s, x)| Some((s, x, columns[b].cell(s)?)));
        let together: Vec<(usize, &Cell, &Cell)> =
            together.filter(|(_, x, y)| ![x, y].iter().any(|c| c.status == Status::Cancelled)).collect();
        let stating = together.iter().filter(|(_, x, y)| x.precedes(y) || y.precedes(x));
        match stating.map(|(s, _, _)| *s).collect::<Vec<_>>()[..] {
            [one] if together.len() > 1 => Some(Ground::Only(one)),
            _ => None,
        }
    }
}
