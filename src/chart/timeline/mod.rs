//! The timeline: lanes by traveller, time from left to right in zones of known days and of what is undated.
//!
//! A zone is one day (or month, or year, as the text has it), or a stretch "date not stated" before, after or between the
//! dated ones, so that a stop without a date has no position on the axis. Zones wrap to further rows instead of shrinking.

mod layout;
mod zones;

pub use layout::{TimelineLayout, layout};

use super::ink::Ink;
use super::sheet::{self, Sheet};
use super::words::{Names, Phrase};
use super::{Options, theme};
use crate::Itinerary;
use crate::itinerary::Mode;
use layout::{Join, Stop};

/// Draws the timeline of a document as SVG.
pub fn timeline(document: &Itinerary, options: &Options) -> String {
    let names = Names::new(document, options.language);
    let plan = layout(document, options);
    let paper = Sheet { names: &names, options, width: plan.width, left_out: 0 };
    let ink = paper.ink("timeline", Phrase::DescTimeline, plan.height);
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
    ink.group("words", "words", "", |ink| plan.labels.iter().for_each(|l| ink.label(l)));
    for (x, y, call) in &plan.marks {
        ink.group("", "t0", "", |ink| sheet::meeting_mark(ink, mode(*call), (*x, *y)));
    }
    plan.legend.ink(&ink);
    ink.finish()
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
    sheet::visit_group(ink, names, visit, stop.hue, |ink| {
        match stop.background {
            true => {
                ink.line("leg", &[(stop.x - 70.0, stop.y), (stop.x - 8.0, stop.y)]);
                ink.disc("disc", (stop.x, stop.y), 5.5);
            }
            false => sheet::disc(ink, visit, (stop.x, stop.y), layout::RADIUS),
        }
        stop.labels.iter().for_each(|l| ink.label(l));
        for (x, y, call) in &stop.meetings {
            sheet::meeting_mark(ink, mode(*call), (*x, *y));
        }
    });
}

fn mode(call: bool) -> Mode {
    if call { Mode::Phone } else { Mode::InPerson }
}
