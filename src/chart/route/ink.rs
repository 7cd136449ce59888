//! Ink of the route map: how a layout looks.

use super::super::ink::Ink;
use super::super::label::Rect;
use super::super::map::{Point, world_edge};
use super::super::sheet;
use super::super::theme;
use super::super::words::Phrase;
use super::layout::{Bar, Globe, Leg, Open, RouteLayout, SMALL_RADIUS, Stop, Work};
use super::names::visited;

/// Draws everything but the sheet.
pub fn draw(ink: &Ink, work: &Work<'_>, plan: &RouteLayout) {
    for view in 0..plan.views.len() {
        if view > 0 {
            let f = plan.views[view].frame.grown(3.0);
            ink.rect("paper", f.x, f.y, f.w, f.h);
        }
        land(ink, work, plan, view);
        plan.names.iter().filter(|(v, _)| *v == view).for_each(|(_, l)| ink.label(l));
        marks(ink, work, plan, view);
        if view > 0 {
            let f = plan.views[view].frame;
            ink.line("frame", &corners(&f));
        }
    }
    if let Some(globe) = &plan.globe {
        ink_globe(ink, work, globe);
    }
    ink.group("words", "words", "", |ink| plan.labels.iter().chain(&plan.headings).for_each(|l| ink.label(l)));
    lists(ink, work, plan);
}

fn corners(r: &Rect) -> [Point; 5] {
    let (x, y) = (r.x + r.w, r.y + r.h);
    [(r.x, r.y), (x, r.y), (x, y), (r.x, y), (r.x, r.y)]
}

/// Sea, land and lakes of a view, cut to its frame.
fn land(ink: &Ink, work: &Work<'_>, plan: &RouteLayout, view: usize) {
    let shown = &plan.views[view];
    let visited = visited(work);
    ink.clipped(&shown.frame, |ink| {
        if shown.map.is_world() {
            ink.shape("sea", &world_edge(&shown.map, &shown.frame));
        } else {
            ink.rect("sea", shown.frame.x, shown.frame.y, shown.frame.w, shown.frame.h);
        }
        ink.group("", "land-group", "", |ink| {
            for area in &shown.land {
                ink.rings(if visited.contains(&area.iso) { "visited" } else { "land" }, &area.rings);
            }
            // Without an outline: Georgian Bay and Lake Huron are two lakes and one water.
            shown.lakes.iter().for_each(|lake| ink.rings("sea", &lake.rings));
        });
    });
}

/// Legs, rings, leaders and discs of a view.
fn marks(ink: &Ink, work: &Work<'_>, plan: &RouteLayout, view: usize) {
    if view == 0 {
        for inset in &plan.insets {
            ink.line("frame", &corners(&inset.area));
            inset.links.iter().for_each(|(a, b)| ink.line("leader", &[*a, *b]));
        }
    }
    plan.open.iter().filter(|o| o.view == view).for_each(|o| open(ink, work, o));
    plan.legs.iter().filter(|l| l.view == view).for_each(|l| leg(ink, work, l));
    for l in plan.leaders.iter().filter(|l| l.view == view) {
        ink.line("leader", &[l.from, l.to]);
    }
    for s in plan.stops.iter().filter(|s| s.view == view) {
        stop(ink, work, s);
    }
    plan.views[view].bar.iter().for_each(|b| bar(ink, b));
}

fn open(ink: &Ink, work: &Work<'_>, ring: &Open) {
    let hue = ring.hue.map_or("background".to_string(), theme::hue_class);
    ink.group("", &format!("open {hue}"), work.names.words.of(Phrase::OrderOpen), |ink| {
        ring.lines.iter().for_each(|l| ink.line("dotted", l));
        if let Some(r) = ring.bracket {
            for (x, d) in [(r.x, 4.0), (r.x + r.w, -4.0)] {
                ink.line("bracket", &[(x + d, r.y), (x, r.y), (x, r.y + r.h), (x + d, r.y + r.h)]);
            }
        }
    });
}

fn leg(ink: &Ink, work: &Work<'_>, leg: &Leg) {
    let (a, b) = (&work.document.visits[leg.from], &work.document.visits[leg.to]);
    let w = work.names.words;
    // Two digits are all that such a distance is good for; those of short ones are whole kilometres.
    let step = if leg.km < 100.0 { 1.0 } else { 10.0 };
    let km = w.digits(((leg.km / step).round() * step) as usize);
    let title = w.say(Phrase::LegTitle, &[&work.names.place_name(a), &work.names.place_name(b), &km]);
    let classes = format!("leg-group {}", theme::hue_class(leg.hue));
    ink.group(&format!("leg-{}-{}", a.id, b.id), &classes, &title, |ink| {
        leg.parts.iter().for_each(|p| ink.line(if leg.ahead { "leg dashed" } else { "leg" }, p));
        ink.shape("arrow", &leg.arrow);
        leg.number.iter().for_each(|l| ink.label(l));
    });
}

fn stop(ink: &Ink, work: &Work<'_>, stop: &Stop) {
    let visit = work.visit(stop);
    sheet::visit_group(ink, work.names, visit, stop.hue, |ink| {
        if stop.recalled {
            ink.disc("disc", stop.at, SMALL_RADIUS);
        } else {
            sheet::disc(ink, visit, stop.at, stop.radius());
        }
    });
}

fn bar(ink: &Ink, bar: &Bar) {
    let ((x, y), w) = (bar.from, bar.length);
    ink.group("", "scale-group", "", |ink| {
        ink.line("scale", &[(x, y - 5.0), (x, y), (x + w, y), (x + w, y - 5.0)]);
        ink.label(&bar.label);
    });
}

/// A small globe with the frame of the map on it.
fn ink_globe(ink: &Ink, work: &Work<'_>, globe: &Globe) {
    ink.group("globe", "globe", work.names.words.of(Phrase::OnTheGlobe), |ink| {
        ink.disc("paper", globe.map.origin, globe.map.scale + 4.0);
        ink.disc("sea", globe.map.origin, globe.map.scale);
        globe.land.iter().for_each(|area| ink.rings("land", &area.rings));
        ink.line("frame", &globe.frame);
    });
}

/// Lists and who has which hue.
fn lists(ink: &Ink, work: &Work<'_>, plan: &RouteLayout) {
    for entry in &plan.keys {
        entry.stops.iter().for_each(|s| stop(ink, work, s));
        entry.labels.iter().for_each(|l| ink.label(l));
    }
    for (hue, at, label) in &plan.travellers {
        ink.group("", &theme::hue_class(*hue), "", |ink| ink.disc("disc", *at, 5.0));
        ink.label(label);
    }
}
