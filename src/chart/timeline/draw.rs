//! Ink of the timeline: how what was laid out looks.

use super::card::{Met, meeting_title};
use super::facts::Facts;
use super::layout;
use super::plan::{Bar, Bracket, Join, RADIUS, SMALL, Stop, TimelineLayout};
use crate::Itinerary;
use crate::chart::ink::{Ink, Item};
use crate::chart::sheet::{self, status_class};
use crate::chart::theme::hue_class;
use crate::chart::words::{Names, Phrase};
use crate::chart::{Arrangement, Options};
use crate::itinerary::Status;

/// Draws the timeline of a document as SVG.
pub fn timeline(document: &Itinerary, options: &Options) -> String {
    let (part, left_out) = sheet::abridged(document, sheet::MOST_STOPS);
    let names = Names::new(&part, options.language);
    let facts = Facts::new(&names);
    let plan = layout::of(&facts, options, left_out);
    let (kind, description) = match options.arrangement {
        Arrangement::Lanes => ("timeline", Phrase::DescTimeline),
        Arrangement::List => ("timeline list", Phrase::DescList),
    };
    let ink = layout::paper(&names, options, left_out).ink(kind, description, plan.height);
    ink.rect("paper", 0.0, 0.0, plan.width, plan.height);
    ground(&ink, &plan);
    plan.ranges.iter().for_each(|b| ink.group("", &hue_class(b.hue), "", |ink| bar(ink, "range", b, 7.0)));
    plan.joins.iter().for_each(|j| join(&ink, j));
    plan.brackets.iter().for_each(|b| bracket(&ink, names.words.of(Phrase::OrderOpen), b));
    plan.stops.iter().for_each(|s| stop(&ink, &facts, s));
    ink.group("words", "words", "", |ink| plan.labels.iter().for_each(|l| ink.label(l)));
    for (label, hue) in &plan.travellers {
        ink.group("", &format!("traveller {}", hue_class(*hue)), "", |ink| ink.label(label));
    }
    let elsewhere = |ink: &Ink| plan.meetings.iter().for_each(|m| meeting(ink, &facts, m));
    ink.group("meetings", "meetings t0", "", elsewhere);
    plan.legend.ink(&ink);
    ink.finish()
}

/// Bands, axis and publication.
fn ground(ink: &Ink, plan: &TimelineLayout) {
    ink.group("zones", "zones", "", |ink| plan.zones.iter().for_each(|z| ink.rect("band", z.x, z.y, z.w, z.h)));
    ink.group("axis", "axes", "", |ink| {
        plan.axis.iter().for_each(|(x0, x1, y)| ink.line("axis", &[(*x0, *y), (*x1, *y)]));
        plan.ticks.iter().for_each(|(x, y)| ink.line("axis", &[(*x, y - 5.0), (*x, y + 5.0)]));
        for (x, y) in &plan.breaks {
            [-2.5, 2.5].iter().for_each(|d| ink.line("axis", &[(x + d - 3.0, y + 6.0), (x + d + 3.0, y - 6.0)]));
        }
        plan.published.iter().for_each(|(a, b)| ink.line("published", &[*a, *b]));
    });
}

fn join(ink: &Ink, join: &Join) {
    let class = match (join.known, join.ahead) {
        (false, _) => "dotted",
        (true, true) => "leg dashed",
        (true, false) => "leg",
    };
    let background = if join.background { "background ".to_string() } else { String::new() };
    let classes = format!("{background}{}", hue_class(join.hue));
    ink.group("", &classes, "", |ink| join.pieces.iter().for_each(|(a, b)| ink.line(class, &[*a, *b])));
}

fn bracket(ink: &Ink, title: &str, b: &Bracket) {
    let side = |x: f64, hook: f64| [(x + hook, b.y0), (x, b.y0), (x, b.y1), (x + hook, b.y1)];
    ink.group("", &format!("open {}", hue_class(b.hue)), title, |ink| {
        if b.one_sided {
            return ink.line("bracket", &side(b.x0, b.x1 - b.x0));
        }
        ink.line("bracket", &side(b.x0, 10.0));
        ink.line("bracket", &side(b.x1, -10.0));
    });
}

/// A bar of a height; an end that is not known fades in steps.
fn bar(ink: &Ink, class: &str, b: &Bar, height: f64) {
    const STEPS: [&str; 3] = ["fade1", "fade2", "fade3"];
    let step = ((b.x1 - b.x0) / 10.0).min(8.0);
    let inner = |soft: bool| if soft { step * STEPS.len() as f64 } else { 0.0 };
    let (left, right) = (b.x0 + inner(b.soft.0), b.x1 - inner(b.soft.1));
    let top = b.y - height / 2.0;
    let rect = |class: &str, from: f64, length: f64| match b.upright {
        true => ink.rect(class, top, from, height, length),
        false => ink.rect(class, from, top, length, height),
    };
    rect(class, left, (right - left).max(0.0));
    for (i, fade) in STEPS.iter().enumerate() {
        let class = format!("{class} {fade}");
        let along = step * i as f64;
        if b.soft.0 {
            rect(&class, left - along - step, step);
        }
        if b.soft.1 {
            rect(&class, right + along, step);
        }
    }
}

fn stop(ink: &Ink, facts: &Facts<'_>, stop: &Stop) {
    let visit = facts.visit(stop.visit);
    sheet::visit_group(ink, facts.names, visit, stop.hue, |ink| {
        stop.bars.iter().for_each(|b| bar(ink, "bar", b, 6.0));
        match stop.background {
            true => ink.disc("disc", (stop.x, stop.y), SMALL),
            false => sheet::disc(ink, visit, (stop.x, stop.y), RADIUS),
        }
        stop.labels.iter().for_each(|l| ink.label(l));
        stop.meetings.iter().for_each(|m| meeting(ink, facts, m));
    });
}

/// A meeting with its text, or a site that was seen.
fn meeting(ink: &Ink, facts: &Facts<'_>, met: &Met) {
    let known = met.meeting.and_then(|i| facts.names.document.meetings.get(i));
    let status = known.map_or(Status::Completed, |m| m.status);
    let inside = |ink: &Ink| {
        sheet::meeting_mark(ink, met.mode, status, met.at);
        met.labels.iter().for_each(|l| ink.label(l));
    };
    match known {
        Some(m) => {
            let classes = format!("meeting {}", status_class(m.status));
            let title = meeting_title(facts, m);
            let data = Some(("meeting", m.id.0.as_str()));
            ink.item(Item { id: &m.id.0, classes: &classes, title: &title, data }, inside);
        }
        None => ink.group("", "site", "", inside),
    }
}
