//! The timeline: lanes by traveller, time from left to right in zones of known days and of what is undated.
//!
//! A zone is one day (or month, or year, as the text has it), or a stretch "date not stated" before, after or between the
//! dated ones, so that a stop without a date has no position on the axis. Zones wrap to further rows instead of shrinking.

mod layout;
mod zones;

pub use layout::{TimelineLayout, layout};

use super::ink::{Anchor, Head, Ink};
use super::words::Names;
use super::{Options, disc, ink_legend, theme, visit_classes};
use crate::Itinerary;
use layout::{Join, Stop};

/// Draws the timeline of a document as SVG.
pub fn timeline(document: &Itinerary, options: &Options) -> String {
    let names = Names(document);
    let plan = layout(document, options);
    let ink = Ink::new(&Head {
        width: plan.width,
        height: plan.height,
        title: &names.title(),
        description: &format!("Timeline. {} {} {}", names.subtitle(), names.open_line(), names.source_line()),
        style: &theme::stylesheet(),
    });
    ink.rect("paper", 0.0, 0.0, plan.width, plan.height);
    ink.group("zones", "zones", "", |ink| plan.zones.iter().for_each(|z| ink.rect("band", z.x, z.y, z.w, z.h)));
    ink.group("axis", "axis", "", |ink| {
        for (x, y0, y1) in &plan.breaks {
            for d in [-2.5, 2.5] {
                ink.line("rule", &[(x + d - 3.0, y0 + 14.0), (x + d + 3.0, *y0)]);
                ink.line("rule", &[(x + d - 3.0, *y1), (x + d + 3.0, y1 - 14.0)]);
            }
        }
        if let Some((x, y0, y1)) = plan.published {
            ink.line("published", &[(x, y0), (x, y1)]);
        }
    });
    plan.joins.iter().for_each(|j| ink_join(&ink, j));
    for b in &plan.brackets {
        ink.group("", &format!("open {}", theme::hue_class(b.hue)), "order not stated", |ink| {
            ink.line("bracket", &[(b.x0 + 10.0, b.y0), (b.x0, b.y0), (b.x0, b.y1), (b.x0 + 10.0, b.y1)]);
            ink.line("bracket", &[(b.x1 - 10.0, b.y0), (b.x1, b.y0), (b.x1, b.y1), (b.x1 - 10.0, b.y1)]);
        });
    }
    plan.stops.iter().for_each(|s| ink_stop(&ink, document, &names, s));
    ink.group("words", "words", "", |ink| plan.labels.iter().for_each(|l| l.ink(ink)));
    for (x, y, call) in &plan.marks {
        ink.group("", "t0", "", |ink| ink.disc(if *call { "call" } else { "met" }, (*x, *y), 3.5));
    }
    ink_legend(&ink, &legend(&names, &plan), plan.width, plan.legend_y);
    ink.finish()
}

fn legend(names: &Names<'_>, plan: &TimelineLayout) -> Vec<(&'static str, &'static str)> {
    let mut entries = super::legend(names);
    entries.extend((!plan.brackets.is_empty()).then_some(("bracket", "order not stated")));
    // A dotted line: the numbers follow each other, but the text does not say that the stops do.
    entries.extend(plan.joins.iter().any(|j| !j.known).then_some(("dotted", "follows by position only")));
    entries
}

fn ink_join(ink: &Ink, join: &Join) {
    let class = match (join.known, join.ahead) {
        (false, _) => "dotted",
        (true, true) => "leg dashed",
        (true, false) => "leg",
    };
    ink.group("", &theme::hue_class(join.hue), "", |ink| ink.line(class, &[(join.x0, join.y), (join.x1, join.y)]));
}

fn ink_stop(ink: &Ink, document: &Itinerary, names: &Names<'_>, stop: &Stop) {
    let visit = &document.visits[stop.visit];
    ink.group(&visit.id.0, &visit_classes(visit, stop.hue, stop.background), &names.mark_title(visit), |ink| {
        match stop.background {
            true => {
                ink.line("leg", &[(stop.x - 70.0, stop.y), (stop.x - 8.0, stop.y)]);
                ink.disc("disc", (stop.x, stop.y), 5.5);
            }
            false => disc(ink, visit, (stop.x, stop.y), layout::RADIUS),
        }
        for label in &stop.labels {
            ink.text(label.class, (label.x, label.y), Anchor::Start, &label.words);
        }
        for (x, y, call) in &stop.meetings {
            ink.disc(if *call { "call" } else { "met" }, (*x, *y), 3.5);
        }
    });
}
