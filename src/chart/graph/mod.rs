//! The graph of visits as a picture: who travelled where, whom they met there, and what came before what and why.
//!
//! In layers, so that it is read from left to right: travellers, their stops and meetings in order, places and people by country.
//! `rows` places the middle, `countries` the right side, `wires` the lines, `layout` puts them together, and this room inks them.

mod countries;
mod layout;
mod rows;
mod wires;

pub use layout::{GraphLayout, layout};

use super::Options;
use super::ink::{Ink, Item};
use super::sheet::{self, Sheet, status_class};
use super::theme::hue_class;
use super::words::{Detail, Names, Phrase};
use crate::Itinerary;
use crate::itinerary::graph::Node;
use layout::RADIUS;
use rows::Met;
use wires::{Kind, Wire};

/// Draws the graph of a document as SVG.
pub fn graph(document: &Itinerary, options: &Options) -> String {
    let plan = layout(document, options);
    let (part, left_out) = sheet::abridged(document, sheet::MOST_STOPS);
    let names = Names::new(&part, options.language);
    let paper = Sheet { names: &names, options, width: plan.width, left_out };
    let ink = paper.ink("graph", Phrase::DescGraph, plan.height);
    ink.rect("paper", 0.0, 0.0, plan.width, plan.height);
    ink.group("wires", "wires", "", |ink| plan.wires.iter().for_each(|w| ink_wire(ink, w)));
    for bracket in &plan.brackets {
        let title = names.words.of(Phrase::OrderOpen);
        ink.group("", &format!("open {}", hue_class(bracket.hue)), title, |ink| ink.line("bracket", &bracket.points));
    }
    for traveller in &plan.travellers {
        ink.group("", &format!("traveller {}", hue_class(traveller.hue)), "", |ink| {
            traveller.labels.iter().for_each(|l| ink.label(l));
        });
    }
    for stop in &plan.stops {
        let visit = &part.visits[stop.visit];
        sheet::visit_group(&ink, &names, visit, stop.hue, |ink| {
            sheet::disc(ink, visit, stop.at, RADIUS);
            stop.labels.iter().for_each(|l| ink.label(l));
        });
    }
    for met in &plan.meetings {
        // Meetings in which no traveller took part have nobody's hue.
        let hued = plan.travellers.iter().any(|t| t.hue == met.hue);
        ink_meeting(&ink, &names, met, &if hued { hue_class(met.hue) } else { "background".into() });
    }
    plan.countries.iter().for_each(|country| ink_country(&ink, &part, country));
    ink.group("words", "words", "", |ink| plan.labels.iter().for_each(|l| ink.label(l)));
    plan.legend.ink(&ink);
    ink.finish()
}

fn ink_wire(ink: &Ink, wire: &Wire) {
    let class = match wire.kind {
        Kind::Travelled | Kind::In if wire.ahead => "link dashed",
        Kind::TookPart if wire.ahead => "leader dashed",
        Kind::Travelled | Kind::In | Kind::During(true) => "link",
        Kind::During(false) => "link dotted",
        Kind::TookPart => "leader",
        Kind::Before(because) => wires::before_class(because),
    };
    let recalled = if wire.recalled { " background" } else { "" };
    ink.group("", &format!("{}{recalled}", hue_class(wire.hue)), &wire.title, |ink| {
        ink.line(class, &wire.points);
        wire.arrow.iter().for_each(|arrow| ink.shape("arrow", arrow));
    });
}

fn ink_meeting(ink: &Ink, names: &Names<'_>, met: &Met, hue: &str) {
    let meeting = &names.document.meetings[met.meeting];
    let date = meeting.date.as_ref().map(|d| names.dates.date(d, Detail::Short)).unwrap_or_default();
    let quote = meeting.evidence.first().map(|e| names.words.say(Phrase::Quote, &[e.quote.trim()]));
    let facts = [
        names.words.and(&names.parties(meeting)),
        names.status(meeting.status).into(),
        names.mode(meeting.mode).into(),
        date,
        quote.unwrap_or_default(),
    ];
    let title = names.words.parts(&facts);
    let classes = format!("meeting {} {hue}", status_class(meeting.status));
    let data = Some(("meeting", meeting.id.0.as_str()));
    ink.item(Item { id: &meeting.id.0, classes: &classes, title: &title, data }, |ink| {
        sheet::meeting_mark(ink, met.mode, meeting.status, met.at);
        met.labels.iter().for_each(|l| ink.label(l));
    });
}

fn ink_country(ink: &Ink, document: &Itinerary, country: &countries::Country) {
    ink.group("", "country-group", "", |ink| {
        country.heading.iter().for_each(|l| ink.label(l));
        for item in &country.items {
            let (id, classes) = match item.node {
                Node::Place(p) => (document.places[p].id.0.as_str(), "place"),
                Node::Official(o) => (document.officials[o].id.0.as_str(), "official"),
                Node::Visit(_) | Node::Meeting(_) => ("", ""),
            };
            ink.item(Item { id, classes, title: "", data: None }, |ink| {
                match item.node {
                    Node::Place(_) => ink.rect("frame", item.at.0 - 4.0, item.at.1 - 4.0, 8.0, 8.0),
                    _ => ink.disc("frame", item.at, 4.0),
                }
                item.labels.iter().for_each(|l| ink.label(l));
            });
        }
    });
}
