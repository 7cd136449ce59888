//! The route map: where the stops lie, joined by the legs whose order the text gives.
//!
//! [`layout`] says where everything goes. `sites` gathers and parts discs, `insets` opens crowded parts, `legs` and `open` join stops,
//! `blocks` writes labels that `labels` places, `names` names countries and waters, `keys` lists what found no room, `furniture` adds
//! land, globe and scale, and `ink` draws it. It knows a document and a globe, not the text.

mod blocks;
pub(super) mod furniture;
mod ink;
mod insets;
mod keys;
pub(super) mod labels;
mod layout;
mod legs;
mod names;
mod open;
pub(super) mod sites;

pub use layout::{RouteLayout, View, layout};

use super::Options;
use super::sheet::{MOST_ON_A_MAP, Sheet, abridged};
use super::words::{Names, Phrase};
use crate::Itinerary;

/// Draws the route of a document as SVG.
pub fn route(document: &Itinerary, options: &Options) -> String {
    let plan = layout(document, options);
    let (document, left_out) = abridged(document, MOST_ON_A_MAP);
    let names = Names::new(&document, options.language);
    let paper = Sheet { names: &names, options, width: plan.width, left_out };
    let canvas = paper.ink("route", Phrase::DescRoute, plan.height);
    canvas.rect("paper", 0.0, 0.0, plan.width, plan.height);
    ink::draw(&canvas, &layout::Work { document: &document, names: &names, page: plan.width }, &plan);
    plan.legend.ink(&canvas);
    canvas.finish()
}
