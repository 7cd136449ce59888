//! Where everything on a map of counts goes: plain values, in pixels. No colour, no SVG.

use super::super::Options;
use super::super::comparison::no_document;
use super::super::label::{Label, Rect, text_width};
use super::super::map::Point;
use super::super::matrix::mark::{self, Mark, Scale};
use super::super::matrix::say::{Say, statuses};
use super::super::matrix::table::{Counts, Table};
use super::super::route::View;
use super::super::sheet::{self, Key, Legend, MARGIN};
use super::super::theme::Role;
use super::super::words::{Names, Phrase};
use super::{names, places};

/// Least width of the chart.
const LEAST: f64 = 480.0;
/// Radius of the disc for one, at most.
const ONE: f64 = 7.2;

/// The discs of a country, on a map or in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Country {
    /// Index into the table's columns.
    pub column: usize,
    /// The view that shows it; none where it is listed only.
    pub view: Option<usize>,
    /// What took place first.
    pub marks: Vec<Mark>,
}

impl Country {
    /// The box around its discs.
    pub fn rect(&self) -> Rect {
        self.marks.iter().map(Mark::rect).reduce(|a, b| a.union(&b)).unwrap_or_default()
    }
}

/// Where everything goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CountsLayout {
    pub width: f64,
    pub height: f64,
    /// The main map first, then those of its crowded parts; empty where no country has coordinates.
    pub views: Vec<View>,
    /// Parts of the main map that a further view shows larger.
    pub areas: Vec<Rect>,
    pub countries: Vec<Country>,
    /// From discs that were moved, and from names, to where they belong.
    pub leaders: Vec<(Point, Point)>,
    /// Discs of the legend, which say how large some counts are.
    pub sizes: Vec<Mark>,
    pub labels: Vec<Label>,
    pub legend: Legend,
}

impl CountsLayout {
    /// All lines of text but the numbers inside discs.
    pub fn texts(&self) -> impl Iterator<Item = &Label> {
        let marks = self.countries.iter().flat_map(|c| &c.marks).chain(&self.sizes);
        self.labels.iter().chain(marks.filter_map(|m| m.beside.as_ref())).chain(&self.legend.labels)
    }
}

/// What is being laid out.
pub struct Work<'a> {
    pub say: &'a Say<'a>,
    pub sums: &'a [Counts],
    pub scale: Scale,
    pub page: f64,
}

impl Work<'_> {
    /// Name of a country by its column.
    pub fn name(&self, column: usize) -> String {
        self.say.table.columns.get(column).map(|c| self.say.column_name(c)).unwrap_or_default()
    }

    /// The discs of a country; none is placed yet, and no number stands beside one.
    pub fn marks(&self, column: usize) -> Vec<Mark> {
        let counts = self.sums.get(column).copied().unwrap_or_default();
        mark::marks(&counts, self.scale).into_iter().map(Mark::bare).collect()
    }
}

/// Lays counts out on a map.
pub fn layout(table: &Table, options: &Options) -> CountsLayout {
    let nothing = no_document();
    let names = Names::new(&nothing, options.language);
    let say = Say { table, names: &names };
    let page = options.width.max(LEAST);
    let sums = table.columns_sums();
    let greatest = sums.iter().map(|c| c.completed.max(c.planned).max(c.possible)).max().unwrap_or(1);
    let largest = (page * 0.03).clamp(26.0, 36.0);
    let work = Work { say: &say, sums: &sums, scale: Scale::of(greatest, largest, ONE), page };
    let title = options.title.clone().unwrap_or_else(|| say.title(Phrase::TallyTitleMap));
    let (labels, y) = sheet::head(&title, &say.subtitle(), page);
    let mut plan = CountsLayout { width: page, labels, ..CountsLayout::default() };
    let found = places::place(&mut plan, &work, y + 10.0);
    let unnamed = names::write(&mut plan, &work);
    let low = plan.views.iter().map(|v| v.frame.y + v.frame.h).fold(y, f64::max);
    let y = keys(&mut plan, &work, greatest, low + 28.0);
    let y = names::list(&mut plan, &work, unnamed, Phrase::TallyUnnamed, y);
    let y = names::list(&mut plan, &work, found.crowded_out, Phrase::KeyRoom, y);
    let heading = if plan.views.is_empty() { Phrase::KeyNoMap } else { Phrase::KeyUnlocated };
    let y = names::list(&mut plan, &work, found.unlocated, heading, y);
    let (foot, y) = sheet::foot(&remarks(&plan, &say, found.moved), page, y + 14.0);
    plan.labels.extend(foot);
    plan.height = y + 4.0;
    plan
}

fn remarks(plan: &CountsLayout, say: &Say<'_>, moved: bool) -> Vec<String> {
    let w = say.names.words;
    let mut said = say.source();
    if moved {
        said.insert(0, w.of(Phrase::TallyApart).into());
    }
    if let (Some(last), false) = (said.last_mut(), plan.views.is_empty()) {
        last.push_str(w.of(Phrase::MapCredit));
    }
    said
}

/// What outline and area of a disc mean; gives the y below.
fn keys(plan: &mut CountsLayout, work: &Work<'_>, greatest: usize, y: f64) -> f64 {
    let all = work.sums.iter().fold(Counts::default(), |sum, c| sum.plus(*c));
    if all.total() == 0 {
        return y;
    }
    let keys: Vec<Key> = statuses(&all).into_iter().map(Key::Status).collect();
    let (legend, y) = sheet::legend(work.say.names, &keys, work.page - MARGIN, y);
    plan.legend = legend;
    let references = references(greatest);
    let high = references.iter().map(|n| work.scale.radius(*n)).fold(0.0, f64::max);
    let middle = y + high - 4.0;
    let mut x = MARGIN + 4.0;
    for n in references {
        let counts = Counts { completed: n, ..Counts::default() };
        let marks: Vec<Mark> = mark::marks(&counts, work.scale).into_iter().map(Mark::bare).collect();
        let wide = mark::width(&marks);
        plan.sizes.extend(mark::in_row(marks, x, middle));
        let w = work.say.names.words;
        let words = match n {
            1 => w.say(Phrase::StopsOne, &[&w.digits(n)]),
            _ => w.say(Phrase::TallyKey, &[&w.digits(n)]),
        };
        let text = text_width(&words, Role::Body);
        plan.labels.push(Label::new(words, (x + wide + 6.0, middle + 4.3), Role::Body));
        x += wide + 6.0 + text + 24.0;
    }
    middle + high + 12.0
}

/// Two or three counts that show the scale: one, the greatest round one, and one between them.
fn references(greatest: usize) -> Vec<usize> {
    let mut found = vec![1, rounded(greatest / 4), rounded(greatest)];
    found.dedup();
    found
}

/// The largest of 1, 2 and 5 times a power of ten that is no more than this; 1 for 0.
fn rounded(n: usize) -> usize {
    let unit = 10usize.saturating_pow(n.max(1).ilog10());
    [5, 2, 1].into_iter().map(|m| unit.saturating_mul(m)).find(|k| *k <= n).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reference_sizes_are_round_and_no_larger_than_what_is_drawn() {
        assert_eq!([0, 1, 3, 9, 24, 4999].map(references).map(|r| r.last().copied()), [1, 1, 2, 5, 20, 2000].map(Some));
        assert_eq!(references(24), [1, 5, 20]);
        assert_eq!(references(1), [1]);
    }
}
