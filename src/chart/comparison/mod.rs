//! The comparison of sources: a row for each article or register, a column for each stop, and for two sources their orders beside
//! each other. `table` says what is compared, `say` words it, `layout` and `slope` place it, and this room inks it. What agrees and what
//! does not it is told.

mod layout;
mod say;
mod slope;
pub mod table;

pub use layout::{ComparisonLayout, layout};

use super::ink::{Head, Ink, Item};
use super::sheet::{numbered, status_class};
use super::theme::hue_class;
use super::words::{Names, Phrase};
use super::{Options, Rect};
use crate::itinerary::{ArticleInfo, Itinerary};
use layout::{Band, Spot};
use say::Say;
use slope::{End, Slope};
use table::{Comparison, Finding, Journey};

/// Draws a comparison as SVG.
pub fn comparison(table: &Comparison, options: &Options) -> String {
    let plan = layout(table, options);
    let table = &layout::drawn(table);
    let nothing = no_document();
    let names = Names::new(&nothing, options.language);
    let say = Say::new(table, &names);
    let remarks: Vec<String> = say.remarks().into_iter().map(|(words, _)| words).collect();
    let description = format!("{} {}. {}", names.words.of(Phrase::DescComparison), say.subtitle(), remarks.join(" "));
    let ink = Ink::new(&Head {
        kind: "comparison",
        width: plan.width,
        height: plan.height,
        title: &options.title.clone().unwrap_or_else(|| say.title()),
        description: description.trim(),
        options,
    });
    ink.rect("paper", 0.0, 0.0, plan.width, plan.height);
    plan.bands.iter().for_each(|band| ink_band(&ink, &say, band));
    plan.slopes.iter().for_each(|slope| ink_slope(&ink, &say, slope));
    ink.group("words", "words", "", |ink| plan.labels.iter().for_each(|l| ink.label(l)));
    plan.legend.ink(&ink);
    ink.finish()
}

/// A document of nothing: names of countries and statuses need one.
pub fn no_document() -> Itinerary {
    Itinerary::new(ArticleInfo::default())
}

fn ink_band(ink: &Ink, say: &Say<'_>, band: &Band) {
    let journey = &say.table.journeys[band.journey];
    ink.group("", &format!("sources {}", hue_class(say.hue(band.journey))), "", |ink| {
        band.rules.iter().for_each(|line| ink.line("rule", line));
        band.brackets.iter().for_each(|points| ink.line("bracket", points));
        band.labels.iter().for_each(|l| ink.label(l));
        band.spots.iter().for_each(|spot| ink_spot(ink, say, journey, spot));
    });
}

fn ink_spot(ink: &Ink, say: &Say<'_>, journey: &Journey, spot: &Spot) {
    let cell = journey.columns[spot.column].cell(spot.source);
    let status = spot.status.map_or("missing", status_class);
    let id = cell.map_or_else(|| format!("c{}", spot.column + 1), |c| c.id.clone());
    let title = say.mark_title(journey, spot.column, spot.source);
    let item = Item {
        id: &format!("s{}-{id}", spot.source + 1),
        classes: &format!("visit {status}"),
        title: &title,
        data: cell.map(|c| ("visit", c.id.as_str())),
    };
    ink.item(item, |ink| {
        let Rect { x, y, w, h } = spot.frame;
        match spot.finding {
            _ if spot.disputed => ink.rect("alert-box", x, y, w, h),
            Finding::Only => ink.rect("band", x, y, w, h),
            _ => {}
        }
        match spot.status {
            Some(status) => numbered(ink, status, None, spot.at, layout::RADIUS),
            None => cross(ink, spot.at),
        }
        spot.labels.iter().for_each(|l| ink.label(l));
    });
}

fn cross(ink: &Ink, (x, y): (f64, f64)) {
    ink.line("alert-mark", &[(x - 6.0, y - 6.0), (x + 6.0, y + 6.0)]);
    ink.line("alert-mark", &[(x - 6.0, y + 6.0), (x + 6.0, y - 6.0)]);
}

fn ink_slope(ink: &Ink, say: &Say<'_>, slope: &Slope) {
    let journey = &say.table.journeys[slope.journey];
    ink.group("", &format!("slope {}", hue_class(say.hue(slope.journey))), "", |ink| {
        for wire in &slope.wires {
            let class = if wire.turned { "alert-mark" } else { "leg" };
            ink.group("", "", &journey.columns[wire.column].place, |ink| ink.line(class, &[wire.from, wire.to]));
        }
        slope.stubs.iter().for_each(|stub| ink.line("dotted", stub));
        slope.brackets.iter().for_each(|points| ink.line("bracket", points));
        slope.ends.iter().for_each(|end| ink_end(ink, say, journey, end));
        slope.labels.iter().for_each(|l| ink.label(l));
    });
}

fn ink_end(ink: &Ink, say: &Say<'_>, journey: &Journey, end: &End) {
    let classes = format!("end {}", status_class(end.status));
    ink.group("", &classes, &say.mark_title(journey, end.column, end.source), |ink| {
        numbered(ink, end.status, end.order, end.at, slope::RADIUS);
    });
}
