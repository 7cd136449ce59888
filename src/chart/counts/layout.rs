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
/// Radius of the disc for one, at most: on a map of few countries, and on one of more than [`FEW`].
const ONE: (f64, f64) = (10.0, 7.2);
const FEW: usize = 20;

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
    let one = if table.columns_by_size().len() > FEW { ONE.1 } else { ONE.0 };
    let scale = Scale::of(greatest, (page * 0.03).clamp(26.0, 36.0), one);
    let work = Work { say: &say, sums: &sums, scale, page };
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
    use super::super::super::matrix::table::{Column, Row};
    use super::super::counts;
    use super::*;
    use proptest::prelude::*;

    const CODES: [&str; 30] = [
        "US", "IQ", "IL", "PS", "JO", "LB", "SY", "CY", "TR", "EG", "KW", "QA", "BH", "AE", "SA", "OM", "JP", "KR",
        "CN", "FJ", "NZ", "GB", "FR", "DE", "BE", "NL", "LU", "CH", "AQ", "ZZ",
    ];

    fn table(all: &[(usize, Counts)]) -> Table {
        let sum = all.iter().fold(Counts::default(), |sum, c| sum.plus(c.1));
        let row = Row { name: "Ana".into(), counts: sum, cells: all.to_vec(), ..Row::default() };
        let columns = CODES.map(|code| Column { code: code.into(), name: code.into() }).to_vec();
        Table { rows: vec![row], columns, ..Table::default() }
    }

    fn one(completed: usize, planned: usize) -> Counts {
        Counts { completed, planned, possible: 0 }
    }

    #[test]
    fn each_country_visited_has_discs_on_it_or_in_a_list() {
        let table = table(&[(1, one(9, 1)), (2, one(1, 0)), (16, one(0, 4)), (29, one(2, 0))]);
        let plan = layout(&table, &Options::default());
        let there: Vec<(usize, Option<usize>)> = plan.countries.iter().map(|c| (c.column, c.view)).collect();
        assert_eq!(there, [(1, Some(0)), (16, Some(0)), (2, Some(0)), (29, None)]);
        let iraq = &plan.countries[0].marks;
        assert!(((iraq[0].radius / iraq[1].radius).powi(2) - 9.0).abs() < 1e-9);
        let at = plan.views[0].map.place((44.0, 33.0));
        assert!((iraq[0].at.1 - at.1).abs() < 1.0 && (iraq[0].at.0 - at.0).abs() < 40.0, "{at:?} {iraq:?}");
        let words: Vec<&str> = plan.texts().map(|l| l.words.as_str()).collect();
        for expected in ["Iraq", "Israel", "Japan", "Not on the map: coordinates not known", "5 stops"] {
            assert!(words.contains(&expected), "{expected}: {words:?}");
        }
        assert!(counts(&table, &Options::default()).contains("<title>Iraq: nine stops, took place.</title>"));
    }

    #[test]
    fn a_crowded_part_is_shown_larger() {
        let all: Vec<(usize, Counts)> = (0..29).map(|c| (c, one(3, 1))).collect();
        let plan = layout(&table(&all), &Options::default());
        assert!(plan.views.len() > 1 && plan.views.len() == plan.areas.len() + 1);
        assert!(plan.countries.iter().filter(|c| c.view == Some(1)).count() >= 8);
        assert_eq!(all.len(), plan.countries.iter().filter(|c| c.view.is_some()).count(), "all of them on a map");
    }

    #[test]
    fn nothing_counted_gives_no_map() {
        let plan = layout(&Table::default(), &Options::default());
        assert!(plan.views.is_empty() && plan.countries.is_empty());
        assert!(plan.labels.iter().any(|l| l.words == "No visit is reported"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn any_counts_give_a_sound_map(
            all in proptest::collection::btree_map(0usize..30, (0usize..30, 0usize..9, 0usize..3), 0..30),
            large in any::<bool>(),
            width in 320.0f64..1500.0,
        ) {
            let factor = if large { 17 } else { 1 };
            let set = |(c, (a, b, d)): (usize, (usize, usize, usize))| {
                (c, Counts { completed: a * factor, planned: b, possible: d })
            };
            let table = table(&all.into_iter().map(set).collect::<Vec<_>>());
            let plan = layout(&table, &Options { width, ..Options::default() });
            let drawn = plan.countries.iter().flat_map(|c| &c.marks).chain(&plan.sizes);
            let discs = drawn.clone().map(|m| ("disc", m.disc()));
            let items: Vec<(&str, Rect)> = plan.texts().map(|l| (l.words.as_str(), l.rect())).chain(discs).collect();
            for (i, (words, a)) in items.iter().enumerate() {
                prop_assert!(a.inside(plan.width, plan.height), "{words} leaves the frame: {a:?}");
                for (other, b) in items[i + 1..].iter().filter(|(o, _)| *o != "disc" || *words != "disc") {
                    prop_assert!(a.overlap(b) <= 1.0, "{words} over {other}: {a:?} {b:?}");
                }
            }
            let marks: Vec<&Mark> = drawn.collect();
            for (i, a) in marks.iter().enumerate() {
                for b in &marks[i + 1..] {
                    let apart = (a.at.0 - b.at.0).hypot(a.at.1 - b.at.1) - a.radius - b.radius;
                    prop_assert!(apart > 0.0, "{a:?} {b:?}");
                }
            }
            let columns: std::collections::BTreeSet<usize> = plan.countries.iter().map(|c| c.column).collect();
            prop_assert_eq!(columns.into_iter().collect::<Vec<_>>().len(), table.columns_by_size().len());
        }
    }

    #[test]
    fn reference_sizes_are_round_and_no_larger_than_what_is_drawn() {
        assert_eq!([0, 1, 3, 9, 24, 4999].map(references).map(|r| r.last().copied()), [1, 1, 2, 5, 20, 2000].map(Some));
        assert_eq!(references(24), [1, 5, 20]);
        assert_eq!(references(1), [1]);
    }
}
