//! The map of counts: a disc on each country visited, whose area is the number of stops there.
//!
//! [`layout`] says where everything goes; `places` puts discs on maps and parts them, `names` writes beside them and
//! lists what finds no room, and this room inks it. It knows the numbers of `matrix::table` and a globe.

mod layout;
mod names;
mod places;

pub use layout::{CountsLayout, layout};

use super::Options;
use super::comparison::no_document;
use super::ink::{Head, Ink};
use super::label::Rect;
use super::map::{Point, world_edge};
use super::matrix::say::Say;
use super::matrix::table::Table;
use super::words::{Names, Phrase};
use layout::Country;

/// Draws counts as a map, as SVG.
pub fn counts(table: &Table, options: &Options) -> String {
    let plan = layout(table, options);
    let nothing = no_document();
    let names = Names::new(&nothing, options.language);
    let say = Say { table, names: &names };
    let ink = Ink::new(&Head {
        kind: "counts",
        width: plan.width,
        height: plan.height,
        title: &options.title.clone().unwrap_or_else(|| say.title(Phrase::TallyTitleMap)),
        description: &say.description(Phrase::DescCounts),
        options,
    });
    ink.rect("paper", 0.0, 0.0, plan.width, plan.height);
    let visited: Vec<&str> = table.columns_by_size().iter().map(|c| table.columns[*c].code.as_str()).collect();
    (0..plan.views.len()).for_each(|view| map(&ink, &plan, &visited, view));
    plan.areas.iter().for_each(|area| ink.line("frame", &corners(area)));
    plan.leaders.iter().for_each(|(from, to)| ink.line("leader", &[*from, *to]));
    ink.group("marks", "marks t0", "", |ink| plan.countries.iter().for_each(|c| country(ink, &say, c)));
    ink.group("sizes", "marks t0", "", |ink| plan.sizes.iter().for_each(|m| m.ink(ink, "")));
    ink.group("words", "words", "", |ink| plan.labels.iter().for_each(|l| ink.label(l)));
    plan.legend.ink(&ink);
    ink.finish()
}

/// Sea, land and lakes, cut to the frame of a view.
fn map(ink: &Ink, plan: &CountsLayout, visited: &[&str], view: usize) {
    let shown = &plan.views[view];
    let f = &shown.frame;
    ink.clipped(f, |ink| {
        if shown.map.is_world() {
            ink.shape("sea", &world_edge(&shown.map, f));
        } else {
            ink.rect("sea", f.x, f.y, f.w, f.h);
        }
        ink.group("", "land-group", "", |ink| {
            for area in &shown.land {
                ink.rings(if visited.contains(&area.iso) { "visited" } else { "land" }, &area.rings);
            }
            shown.lakes.iter().for_each(|lake| ink.rings("sea", &lake.rings));
        });
    });
    if view > 0 {
        ink.line("frame", &corners(f));
    }
}

fn country(ink: &Ink, say: &Say<'_>, country: &Country) {
    let code = say.table.columns.get(country.column).map(|c| c.code.as_str()).unwrap_or_default();
    ink.group(&format!("country-{code}"), "country-group", "", |ink| {
        for mark in &country.marks {
            mark.ink(ink, &say.country_title(country.column, mark.status, mark.count));
        }
    });
}

fn corners(r: &Rect) -> [Point; 5] {
    let (x, y) = (r.x + r.w, r.y + r.h);
    [(r.x, r.y), (x, r.y), (x, y), (r.x, y), (r.x, r.y)]
}
