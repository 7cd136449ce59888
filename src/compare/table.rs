//! The comparison as the table that is drawn: a row for each source, a column for each stop.

use super::{Comparison, Finding, Journey, Kind, Stop, Telling};
use crate::chart::table::{self, Cell, Column, Contradiction, Dispute, SourceKind};
use crate::itinerary::{Official, OfficialId, PlaceKind};
use crate::network::Network;

/// The table of the journeys that several sources share.
pub fn table(comparison: &Comparison) -> table::Comparison {
    let sources = comparison.sources.iter().enumerate().map(|(i, s)| table::Source {
        title: s.title.clone(),
        publisher: comparison.network.articles.get(i).and_then(|a| a.info.source.clone()),
        published: s.published.clone(),
        kind: match s.kind {
            Kind::Article => SourceKind::Article,
            Kind::Register => SourceKind::Register,
        },
    });
    let journeys = comparison.journeys.iter().map(|j| journey(comparison, j));
    let table = table::Comparison { sources: sources.collect(), journeys: journeys.collect(), ..Default::default() };
    let mut table = table.judged();
    for (drawn, journey) in table.journeys.iter_mut().zip(&comparison.journeys) {
        settle(drawn, journey);
    }
    table
}

fn journey(comparison: &Comparison, journey: &Journey) -> table::Journey {
    let network = &comparison.network;
    let traveller = network.official(&journey.traveller).cloned().unwrap_or_else(|| nobody(&journey.traveller));
    let columns = journey.stops.iter().map(|s| column(network, s, comparison.sources.len())).collect();
    table::Journey { traveller, columns, brackets: Vec::new(), disputes: Vec::new() }
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

/// Takes the disputes about dates and statuses from the findings, which know registers' slack, and adds those about people.
fn settle(drawn: &mut table::Journey, journey: &Journey) {
    let has = |column: usize, wanted: fn(&Finding) -> bool| {
        journey.stops.get(column).is_some_and(|s| s.findings.iter().any(wanted))
    };
    // Only those cells are about dates or statuses whose sources the finding names.
    for d in &mut drawn.disputes {
        let named = |column: usize, source: usize| {
            let about = |f: &Finding| match (f, &d.kind) {
                (Finding::DatesContradict { sources }, Contradiction::Dates) => sources.contains(&source),
                (Finding::StatusContradicts { sources }, Contradiction::Status) => sources.contains(&source),
                (_, kind) => !matches!(kind, Contradiction::Dates | Contradiction::Status),
            };
            journey.stops.get(column).is_some_and(|s| s.findings.is_empty() || s.findings.iter().any(about))
        };
        let cells = d.cells.iter().copied().filter(|(c, s)| named(*c, *s)).collect();
        d.cells = cells;
    }
    drawn.disputes.retain(|d| !d.cells.is_empty());
    drawn.disputes.retain(|d| {
        let column = d.cells.first().map_or(0, |c| c.0);
        match d.kind {
            Contradiction::Dates => has(column, |f| matches!(f, Finding::DatesContradict { .. })),
            Contradiction::Status => has(column, |f| matches!(f, Finding::StatusContradicts { .. })),
            Contradiction::NotListed => has(column, |f| matches!(f, Finding::NotInRegister { .. })),
            _ => true,
        }
    });
    for (column, stop) in journey.stops.iter().enumerate() {
        for finding in &stop.findings {
            if let Finding::PersonContradicts { office, names, sources } = finding {
                let words = format!("{}: the {office} whom they met is {}", stop.name, names.join(" or "));
                let cells = sources.iter().map(|s| (column, *s)).collect();
                drawn.disputes.push(Dispute { kind: Contradiction::Other(words), cells });
            }
        }
    }
    for (column, cells) in drawn.columns.iter_mut().enumerate() {
        for (source, cell) in cells.cells.iter_mut().enumerate() {
            let Some(cell) = cell else { continue };
            let disputed = drawn.disputes.iter().any(|d| d.cells.contains(&(column, source)));
            match (disputed, cell.finding) {
                (true, _) => cell.finding = table::Finding::Disputed,
                (false, table::Finding::Disputed) => cell.finding = table::Finding::Agrees,
                _ => {}
            }
        }
    }
}
