//! The matrix of visits: a row for each traveller or country, a column for each country visited, discs whose area is
//! the number of stops. `table` says what is counted, `say` words it, `mark` sizes discs, `grid` chooses columns and
//! `others` names the rest, `layout` and, for narrow pages, `flow` place them, and this room inks it. It knows numbers
//! and names, not documents.

mod flow;
mod grid;
mod layout;
pub mod mark;
mod others;
pub mod say;
pub mod table;

pub use layout::{MatrixLayout, layout};

use super::Options;
use super::comparison::no_document;
use super::ink::{Head, Ink};
use super::words::{Names, Phrase};
use mark::Mark;
use say::Say;
use table::Table;

/// Draws counts as a matrix, as SVG.
pub fn matrix(table: &Table, options: &Options) -> String {
    let plan = layout(table, options);
    let nothing = no_document();
    let names = Names::new(&nothing, options.language);
    let say = Say { table, names: &names };
    let ink = Ink::new(&Head {
        kind: "matrix",
        width: plan.width,
        height: plan.height,
        title: &options.title.clone().unwrap_or_else(|| say.title(Phrase::TallyTitle)),
        description: &say.description(Phrase::DescMatrix),
        options,
    });
    ink.rect("paper", 0.0, 0.0, plan.width, plan.height);
    plan.bands.iter().for_each(|b| ink.rect("band", b.x, b.y, b.w, b.h));
    plan.rules.iter().for_each(|line| ink.line("rule", line));
    ink.group("marks", "marks t0", "", |ink| plan.marks.iter().for_each(|spot| spot_ink(ink, &say, spot)));
    ink.group("words", "words", "", |ink| plan.labels.iter().for_each(|l| ink.label(l)));
    plan.legend.ink(&ink);
    ink.finish()
}

fn spot_ink(ink: &Ink, say: &Say<'_>, spot: &layout::Spot) {
    let Mark { status, count, .. } = spot.mark;
    spot.mark.ink(ink, &say.cell_title(spot.row, spot.column, status, count));
}
