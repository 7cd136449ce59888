//! The itinerary as a table on the terminal.

use crate::Itinerary;
use crate::chart::Language;
use crate::chart::words::{Detail, Names};
use crate::itinerary::{Trip, TripKind, Visit};
use unicode_width::UnicodeWidthStr;

const HEAD: [&str; 6] = ["order", "date", "place", "country", "status", "met"];

/// The document's title, a table for each trip, and what is open. `least` is the confidence below which visits were left out.
pub fn of(document: &Itinerary, least: f64) -> String {
    let names = Names::new(document, Language::default());
    let mut out = format!("{}\n{}\n", names.title(), names.source_line());
    if document.visits.is_empty() {
        out.push_str(&match least {
            0.0 => "\nNo visit is reported in this article.\n".to_string(),
            least => format!("\nNo visit of at least {least} confidence is read in this article.\n"),
        });
    }
    for trip in &document.trips {
        out.push_str(&format!("\n{}\n", trip_line(&names, trip)));
        out.push_str(&rows(&names, trip));
    }
    let apart = document.meetings.iter().filter(|m| m.visit.is_none()).count();
    if apart > 0 {
        out.push_str(&format!("\nMeetings and calls at no stop: {apart} (see the document)\n"));
    }
    if !names.open_line().is_empty() {
        out.push_str(&format!("\n{}\n", names.open_line()));
    }
    out
}

fn trip_line(names: &Names<'_>, trip: &Trip) -> String {
    let office = names.office_of(&trip.traveller);
    let who =
        [names.name(&trip.traveller), office].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", ");
    if trip.kind == TripKind::Background { format!("{who} (recalled)") } else { who }
}

fn rows(names: &Names<'_>, trip: &Trip) -> String {
    let visits: Vec<&Visit> = names.document.visits.iter().filter(|v| v.trip == trip.id).collect();
    let mut table: Vec<Vec<String>> = vec![HEAD.map(str::to_string).to_vec()];
    table.extend(visits.iter().map(|v| cells(names, v)));
    columns(&table)
}

/// Rows of cells as lines, with two spaces between the columns.
pub fn columns(table: &[Vec<String>]) -> String {
    let count = table.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..count).map(|c| table.iter().map(|r| r[c].width()).max().unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, w)| format!("{cell}{}", " ".repeat(w - cell.width())));
        format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_string() + "\n"
    };
    table.iter().map(line).collect()
}

fn cells(names: &Names<'_>, v: &Visit) -> Vec<String> {
    let order = v.order.map_or("-".into(), |n| n.to_string());
    let met: Vec<String> =
        names.meetings(v).iter().flat_map(|m| names.others(m, &v.traveller)).map(|(name, _)| name).collect();
    vec![
        if names.is_open(v) { format!("{order} (open)") } else { order },
        names.dates.table(v, Detail::Short),
        names.place_name(v),
        v.country.as_ref().map(|c| c.0.clone()).unwrap_or_default(),
        names.status(v.status).to_string(),
        if met.is_empty() { "-".into() } else { met.join("; ") },
    ]
}
