//! The route chart: where the stops lie, joined by the legs whose order the text gives.
//!
//! The projection is Lambert's azimuthal equal-area one, centred on the stops. [`layout`] says where everything goes.

mod labels;
mod layout;

pub use layout::{RouteLayout, layout};

use super::ink::Ink;
use super::map::{Azimuthal, EARTH_KM, Point, Scale, countries};
use super::sheet::{self, Sheet};
use super::words::{Names, Phrase};
use super::{Label, Options, Rect, Role, theme};
use crate::Itinerary;
use std::collections::BTreeSet;

/// Draws the route of a document as SVG.
pub fn route(document: &Itinerary, options: &Options) -> String {
    let names = Names::new(document, options.language);
    let plan = layout(document, options);
    let paper = Sheet { names: &names, options, width: plan.width, left_out: 0 };
    let ink = paper.ink("route", Phrase::DescRoute, plan.height);
    ink.rect("paper", 0.0, 0.0, plan.width, plan.height);
    if let Some(view) = plan.view {
        ink_land(&ink, document, &plan, view);
        ink_legs(&ink, document, &plan);
        ink_stops(&ink, document, &names, &plan);
        ink_scale(&ink, &plan, view);
        if let Some(globe) = plan.globe {
            ink_globe(&ink, &plan, view, globe);
        }
    }
    ink.group("words", "words", "", |ink| plan.labels.iter().for_each(|l| ink.label(l)));
    plan.legend.ink(&ink);
    ink.finish()
}

fn ink_land(ink: &Ink, document: &Itinerary, plan: &RouteLayout, view: Azimuthal) {
    let visited: BTreeSet<&str> =
        document.visits.iter().filter_map(|v| v.country.as_ref()).map(|c| c.as_str()).collect();
    let frame = plan.frame;
    ink.rect("sea", frame.x, frame.y, frame.w, frame.h);
    ink.group("land", "land-group", "", |ink| {
        for country in countries(plan.scale) {
            let rings: Vec<Vec<Point>> = country
                .rings
                .iter()
                .filter_map(|r| view.ring(r))
                .map(|r| clip(&r, &frame))
                .filter(|r| r.len() > 2)
                .collect();
            let class = if visited.contains(country.iso.as_str()) { "visited" } else { "land" };
            ink.rings(class, &rings);
        }
    });
}

/// How far a point lies inside one side of the frame.
type Side = fn(Point, f64) -> f64;

/// Cuts a ring to the frame (Sutherland and Hodgman 1974).
fn clip(ring: &[Point], frame: &Rect) -> Vec<Point> {
    let (x0, y0, x1, y1) = (frame.x, frame.y, frame.x + frame.w, frame.y + frame.h);
    let sides: [(Side, f64); 4] =
        [(|p, v| p.0 - v, x0), (|p, v| v - p.0, x1), (|p, v| p.1 - v, y0), (|p, v| v - p.1, y1)];
    let mut points = ring.to_vec();
    for (side, value) in sides {
        let mut kept = Vec::with_capacity(points.len());
        for (a, b) in points.iter().zip(points.iter().cycle().skip(1)) {
            let (da, db) = (side(*a, value), side(*b, value));
            if da >= 0.0 {
                kept.push(*a);
            }
            if (da >= 0.0) != (db >= 0.0) {
                let t = da / (da - db);
                kept.push((a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)));
            }
        }
        points = kept;
    }
    points
}

fn ink_legs(ink: &Ink, document: &Itinerary, plan: &RouteLayout) {
    for ring in &plan.open {
        ink.group("", &format!("open {}", theme::hue_class(ring.hue)), "order not stated", |ink| {
            ink.line("dotted", &ring.points)
        });
    }
    for leg in &plan.legs {
        let (a, b) = (&document.visits[leg.from], &document.visits[leg.to]);
        let title = format!("{} to {}, about {} km", a.place, b.place, (leg.km / 10.0).round() * 10.0);
        ink.group(
            &format!("leg-{}-{}", a.id, b.id),
            &format!("leg-group {}", theme::hue_class(leg.hue)),
            &title,
            |ink| {
                ink.line(if leg.ahead { "leg dashed" } else { "leg" }, &leg.points);
                ink.shape("arrow", &leg.arrow);
            },
        );
    }
}

fn ink_stops(ink: &Ink, document: &Itinerary, names: &Names<'_>, plan: &RouteLayout) {
    for (a, b) in &plan.leaders {
        ink.line("leader", &[*a, *b]);
    }
    for stop in &plan.stops {
        let visit = &document.visits[stop.visit];
        sheet::visit_group(ink, names, visit, stop.hue, |ink| {
            if stop.background {
                ink.disc("disc", stop.at, layout::SMALL_RADIUS);
            } else {
                sheet::disc(ink, visit, stop.at, layout::RADIUS);
            }
        });
    }
}

/// A scale bar, true at the centre of the map.
fn ink_scale(ink: &Ink, plan: &RouteLayout, view: Azimuthal) {
    let km_per_px = EARTH_KM / view.scale;
    let wanted = 110.0 * km_per_px;
    let unit = 10f64.powf(wanted.log10().floor());
    let km = [5.0, 2.0, 1.0].iter().map(|m| m * unit).find(|k| *k <= wanted).unwrap_or(unit);
    let w = km / km_per_px;
    let (x, y) = (plan.width - 24.0 - w, plan.frame.y + plan.frame.h + 30.0);
    ink.group("scale", "scale-group", "", |ink| {
        ink.line("scale", &[(x, y - 5.0), (x, y), (x + w, y), (x + w, y - 5.0)]);
        ink.label(&Label::centred(format!("{km} km"), (x + w / 2.0, y - 8.0), Role::Body).quiet());
    });
}

/// A small globe with the frame of the map on it.
fn ink_globe(ink: &Ink, plan: &RouteLayout, view: Azimuthal, globe: Azimuthal) {
    let f = plan.frame;
    ink.group("globe", "globe", "where on the globe", |ink| {
        ink.disc("sea", globe.origin, globe.scale);
        for country in countries(Scale::Coarse) {
            let rings: Vec<Vec<Point>> = country.rings.iter().filter_map(|r| globe.ring(r)).collect();
            ink.rings("land", &rings);
        }
        let half = 1.0 / view.scale;
        let (w, h) = ((f.w * half * globe.scale / 2.0).max(3.0), (f.h * half * globe.scale / 2.0).max(3.0));
        let (x, y) = globe.origin;
        ink.line("frame", &[(x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h), (x - w, y - h)]);
    });
}
