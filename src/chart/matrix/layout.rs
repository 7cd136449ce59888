//! Where everything in the matrix goes: plain values, in pixels. No colour, no SVG.
//!
//! `grid` settles which columns are drawn and how wide; what finds no room is named in `others`, and a remark says
//! what it comes to. Pages too narrow for a matrix get one row's countries after another, which is `flow`.

use super::super::Options;
use super::super::comparison::no_document;
use super::super::label::{Label, Rect, broken, text_width};
use super::super::sheet::{self, Key, Legend, MARGIN};
use super::super::theme::{Role, Tone};
use super::super::words::{Names, Phrase};
use super::grid::{Column, Grid, SUM, grid};
use super::mark::{self, Mark};
use super::say::{Say, statuses};
use super::table::Table;
use super::{flow, others};

/// Least width of the chart.
const LEAST: f64 = 320.0;
/// Pages with room for fewer columns than this, where there are more, are too narrow for a matrix.
const FEWEST_COLUMNS: usize = 6;
/// Rows that are drawn at most.
const MOST_ROWS: usize = 24;
/// From one line to the next.
pub const LINE: f64 = 16.0;

/// Where everything goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MatrixLayout {
    pub width: f64,
    pub height: f64,
    pub labels: Vec<Label>,
    /// Lines between rows.
    pub rules: Vec<[(f64, f64); 2]>,
    /// Grounds of the sums.
    pub bands: Vec<Rect>,
    pub marks: Vec<Spot>,
    pub legend: Legend,
}

/// A disc of a row and a column, both by their index in the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub row: usize,
    pub column: usize,
    pub mark: Mark,
}

impl MatrixLayout {
    /// All lines of text but the numbers inside discs.
    pub fn texts(&self) -> impl Iterator<Item = &Label> {
        self.labels.iter().chain(self.marks.iter().filter_map(|s| s.mark.beside.as_ref())).chain(&self.legend.labels)
    }
}

/// Lays counts out.
pub fn layout(table: &Table, options: &Options) -> MatrixLayout {
    let nothing = no_document();
    let names = Names::new(&nothing, options.language);
    let say = Say { table, names: &names };
    let width = options.width.max(LEAST);
    let title = options.title.clone().unwrap_or_else(|| say.title(Phrase::TallyTitle));
    let (labels, y) = sheet::head(&title, &say.subtitle(), width);
    let mut plan = MatrixLayout { width, labels, ..MatrixLayout::default() };
    let rows: Vec<usize> =
        table.rows_by_size().into_iter().filter(|r| table.rows[*r].counts.total() > 0).take(MOST_ROWS).collect();
    let grid = grid(&say, &rows, width);
    let narrow = grid.others.is_some() && grid.columns.len() < FEWEST_COLUMNS || grid.right > width - MARGIN + 0.5;
    let (columns, y) = match rows.is_empty() {
        true => (Vec::new(), y),
        false if narrow => (table.columns_by_size(), flow::place(&mut plan, &say, &rows, y + 8.0)),
        false => matrix(&mut plan, &say, &grid, &rows, y + 14.0),
    };
    let keys: Vec<Key> = statuses(&table.sum()).into_iter().map(Key::Status).collect();
    let (legend, y) = sheet::legend(&names, &keys, width - MARGIN, y + 22.0);
    plan.legend = legend;
    let (foot, y) = sheet::foot(&say.remarks(&rows, &columns), width, y + 8.0);
    plan.labels.extend(foot);
    plan.height = y + 4.0;
    plan
}

/// Places the matrix; gives the columns that are drawn and the y below.
fn matrix(plan: &mut MatrixLayout, say: &Say<'_>, grid: &Grid, rows: &[usize], y: f64) -> (Vec<usize>, f64) {
    let first = plan.labels.len();
    let mut y = heads(plan, say, grid, y);
    let top = y;
    plan.rules.push([(MARGIN, y), (grid.right, y)]);
    for row in rows {
        y = place_row(plan, say, grid, *row, y);
        plan.rules.push([(MARGIN, y), (grid.right, y)]);
    }
    let low = y;
    y = sums(plan, say, grid, rows.len(), y);
    let head_top = plan.labels[first..].iter().map(|l| l.rect().y).fold(top, f64::min) - 6.0;
    let left = grid.sums.first().map_or(grid.right, |s| s.0 - SUM + 8.0);
    plan.bands.push(Rect { x: left, y: head_top, w: grid.right - left, h: y - head_top });
    plan.bands.push(Rect { x: MARGIN, y: low, w: left - MARGIN, h: y - low });
    (grid.columns.iter().map(|c| c.index).collect(), y)
}

/// The head of a column: lines that stand on one line with those of all others.
struct Head {
    x: f64,
    /// 0 where lines begin at `x`, 0.5 where it is their middle, 1 where they end there.
    align: f64,
    lines: Vec<(String, Role, Tone)>,
}

/// Heads of the columns; gives the y below.
fn heads(plan: &mut MatrixLayout, say: &Say<'_>, grid: &Grid, y: f64) -> f64 {
    let heads = all_heads(say, grid);
    let most = heads.iter().map(|h| h.lines.len()).max().unwrap_or(1);
    let base = y + LINE * most as f64;
    for head in heads {
        let first = base - LINE * head.lines.len().saturating_sub(1) as f64;
        for (i, (words, role, tone)) in head.lines.into_iter().enumerate() {
            let x = head.x - head.align * text_width(&words, role);
            plan.labels.push(Label::new(words, (x, first + LINE * i as f64), role).tone(tone));
        }
    }
    base + 9.0
}

fn all_heads(say: &Say<'_>, grid: &Grid) -> Vec<Head> {
    let w = say.names.words;
    let countries = say.table.columns_by_size().len();
    let all = (grid.columns.len() < countries).then(|| say.countries(countries));
    let set = |words: &str, room: f64, role: Role, tone: Tone| -> Vec<(String, Role, Tone)> {
        broken(words, room, role).into_iter().map(|l| (l, role, tone)).collect()
    };
    let mut heads: Vec<Head> = Vec::new();
    for c in &grid.columns {
        let name = say.column_name(&say.table.columns[c.index]);
        let lines = set(&name, c.width - 4.0, Role::Strong, Tone::Ink);
        heads.push(Head { x: c.left + c.width / 2.0, align: 0.5, lines });
    }
    if let Some((x, width)) = grid.others {
        let mut lines = set(w.of(Phrase::TallyOthers), width, Role::Strong, Tone::Ink);
        if say.table.sum().ahead() > 0 {
            lines.extend(set(w.of(Phrase::TallySumAhead), width, Role::Note, Tone::Quiet));
        }
        heads.push(Head { x, align: 0.0, lines });
    }
    for (x, _, phrase) in &grid.sums {
        let lines = set(&say.sum(*phrase, all.clone()), SUM - 12.0, Role::Body, Tone::Quiet);
        heads.push(Head { x: *x, align: 1.0, lines });
    }
    heads
}

/// A row between two lines; gives the y of the lower one.
fn place_row(plan: &mut MatrixLayout, say: &Say<'_>, grid: &Grid, index: usize, y: f64) -> f64 {
    let row = &say.table.rows[index];
    let lines = row_lines(say, index, grid.head - 12.0);
    let marks: Vec<(&Column, Vec<Mark>)> = grid
        .columns
        .iter()
        .filter_map(|c| Some((c, mark::marks(&row.cells.iter().find(|(i, _)| *i == c.index)?.1, grid.scale))))
        .collect();
    let others = grid.others.map(|o| others::lines(say, index, &grid.columns, o.1)).unwrap_or_default();
    let discs = marks.iter().map(|(_, m)| mark::height(m)).fold(0.0, f64::max);
    let high = (LINE * lines.len().max(others.len()) as f64 + 8.0).max(discs + 8.0).max(28.0);
    let middle = y + high / 2.0;
    for (x, lines) in [(MARGIN, lines), (grid.others.map_or(0.0, |o| o.0), others)] {
        let first = middle - LINE * (lines.len() as f64 - 1.0) / 2.0 + 4.3;
        for (i, (words, role, tone)) in lines.into_iter().enumerate() {
            plan.labels.push(Label::new(words, (x, first + LINE * i as f64), role).tone(tone));
        }
    }
    for (column, own) in marks {
        let left = column.left + (column.width - mark::width(&own)) / 2.0;
        let spot = |mark| Spot { row: index, column: column.index, mark };
        plan.marks.extend(mark::in_row(own, left, middle).into_iter().map(spot));
    }
    for (right, of, _) in &grid.sums {
        let words = say.digits(of(&row.counts));
        plan.labels.push(Label::ending(words, (*right, middle + 4.3), Role::Strong));
    }
    plan.labels.retain(|l| !l.words.is_empty());
    y + high
}

/// Name of a row and the country under it.
fn row_lines(say: &Say<'_>, index: usize, room: f64) -> Vec<(String, Role, Tone)> {
    let row = &say.table.rows[index];
    let name = broken(&say.row_name(row), room, Role::Strong).into_iter().map(|l| (l, Role::Strong, Tone::Ink));
    let note = broken(&say.row_note(row), room, Role::Body).into_iter().map(|l| (l, Role::Body, Tone::Quiet));
    name.chain(note).filter(|(l, ..)| !l.is_empty()).collect()
}

/// Sums of the columns; gives the y below.
fn sums(plan: &mut MatrixLayout, say: &Say<'_>, grid: &Grid, shown: usize, mut y: f64) -> f64 {
    let table = say.table;
    let all = (shown < table.rows.len()).then(|| say.rows(table.rows.len()));
    let of_columns = table.columns_sums();
    for (right, of, phrase) in &grid.sums {
        let words = broken(&say.sum(*phrase, all.clone()), grid.head - 12.0, Role::Body);
        let high = LINE * words.len() as f64 + 8.0;
        let middle = y + high / 2.0 + 4.3;
        let first = middle - LINE * (words.len() - 1) as f64 / 2.0;
        for (i, line) in words.into_iter().enumerate() {
            plan.labels.push(Label::new(line, (MARGIN + 6.0, first + LINE * i as f64), Role::Body).quiet());
        }
        for c in &grid.columns {
            let words = say.digits(of(&of_columns[c.index]));
            plan.labels.push(Label::centred(words, (c.left + c.width / 2.0, middle), Role::Strong));
        }
        plan.labels.push(Label::ending(say.digits(of(&table.sum())), (*right, middle), Role::Strong));
        y += high;
    }
    plan.labels.retain(|l| !l.words.is_empty());
    y
}

#[cfg(test)]
mod tests {
    use super::super::matrix;
    use super::super::table::{Column, Counts, Row, RowsAre};
    use super::*;
    use crate::itinerary::Status;
    use proptest::prelude::*;

    fn counts(completed: usize, planned: usize, possible: usize) -> Counts {
        Counts { completed, planned, possible }
    }

    fn column(code: &str) -> Column {
        Column { code: code.into(), name: code.into() }
    }

    fn row(name: &str, code: Option<&str>, cells: &[(usize, Counts)]) -> Row {
        let all = cells.iter().fold(Counts::default(), |sum, c| sum.plus(c.1));
        Row { name: name.into(), code: code.map(String::from), counts: all, cells: cells.to_vec() }
    }

    fn small() -> Table {
        Table {
            rows: vec![
                row("Ana", Some("US"), &[(0, counts(4, 0, 0)), (1, counts(1, 2, 1))]),
                row("Bo", Some("FR"), &[(1, counts(0, 1, 0))]),
            ],
            columns: vec![column("IQ"), column("IL")],
            articles: 3,
            years: Some((2021, 2023)),
            ..Table::default()
        }
    }

    fn words(plan: &MatrixLayout) -> Vec<&str> {
        plan.texts().map(|l| l.words.as_str()).collect()
    }

    #[test]
    fn areas_are_counts_and_each_status_has_its_own_disc() {
        let plan = layout(&small(), &Options::default());
        let found = |row: usize, column: usize, status: Status| {
            plan.marks
                .iter()
                .find(|s| (s.row, s.column, s.mark.status) == (row, column, status))
                .map(|s| s.mark.clone())
        };
        let (four, one) = (found(0, 0, Status::Completed), found(0, 1, Status::Completed));
        let (four, one) = (four.expect("four stops"), one.expect("one stop"));
        assert!(((four.radius / one.radius).powi(2) - 4.0).abs() < 1e-9 && four.count == 4);
        assert_eq!(found(0, 1, Status::Planned).map(|m| m.count), Some(2));
        assert_eq!(found(0, 1, Status::Possible).map(|m| m.count), Some(1));
        assert_eq!(plan.marks.len(), 5);
    }

    #[test]
    fn names_and_sums_are_written() {
        let plan = layout(&small(), &Options::default());
        let words = words(&plan);
        for expected in ["Ana", "United States", "Iraq", "Israel", "took place", "planned or possible"] {
            assert!(words.contains(&expected), "{expected}: {words:?}");
        }
        assert!(words.contains(&"Who went where: nine stops in two countries"), "{words:?}");
        assert_eq!(words.iter().filter(|w| **w == "5").count(), 2, "of Ana and of all that took place: {words:?}");
        assert!(!words.iter().any(|w| w.starts_with("Shown are")));
        let under = "Two travellers · five took place · four are planned or possible · 2021 to 2023 · most stops of one traveller: Ana (8)";
        assert!(words.join(" ").contains(under), "two countries have as many stops: {words:?}");
        assert!(matrix(&small(), &Options::default()).contains("<title>Ana, Iraq: four stops, took place.</title>"));
    }

    #[test]
    fn what_is_not_shown_is_summed_up() {
        let codes = [
            "IQ", "IL", "JO", "EG", "SA", "QA", "AE", "TR", "KW", "OM", "BH", "SY", "LB", "CY", "YE", "IR", "JP", "KR",
        ];
        let cells: Vec<(usize, Counts)> = (0..codes.len()).map(|c| (c, counts(codes.len() - c, 0, 0))).collect();
        let rows = (0..30).map(|i| row(&format!("Traveller {i:02}"), None, if i == 0 { &cells } else { &cells[..1] }));
        let table = Table { rows: rows.collect(), columns: codes.map(column).to_vec(), ..Table::default() };
        let plan = layout(&table, &Options::default());
        let text = words(&plan).join(" ");
        assert!(text.contains("24 of 30 travellers") && text.contains("six travellers (108 stops)"), "{text}");
        assert!(text.contains("of 18 countries") && text.contains("other countries"), "{text}");
        assert!(
            text.contains("Iran") && text.contains("693"),
            "a country without a column, and the sum of all: {text}"
        );
    }

    #[test]
    fn a_narrow_page_shows_every_country_of_a_row() {
        let table = Table { columns: ["IQ", "IL"].map(column).to_vec(), ..small() };
        for width in [320.0, 400.0] {
            let plan = layout(&table, &Options { width, ..Options::default() });
            assert_eq!((plan.width, plan.marks.len()), (width, 5));
            sound(&table, width).expect("a sound chart");
        }
    }

    #[test]
    fn nothing_counted_is_said() {
        let plan = layout(&Table::default(), &Options::default());
        assert!(words(&plan).contains(&"No visit is reported"));
        sound(&Table::default(), 1200.0).expect("a sound chart");
    }

    fn sound(table: &Table, width: f64) -> Result<(), TestCaseError> {
        let options = Options { width, ..Options::default() };
        let plan = layout(table, &options);
        prop_assert_eq!(&plan, &layout(table, &options));
        let discs = plan.marks.iter().map(|s| ("disc", s.mark.disc()));
        let all: Vec<(&str, Rect)> = plan.texts().map(|l| (l.words.as_str(), l.rect())).chain(discs).collect();
        for (i, (words, a)) in all.iter().enumerate() {
            prop_assert!(a.inside(plan.width, plan.height), "{words} leaves the frame: {a:?}");
            for (other, b) in &all[i + 1..] {
                prop_assert!(a.overlap(b) <= 1.0, "{words} over {other}: {a:?} {b:?}");
            }
        }
        Ok(())
    }

    fn any_counts() -> impl Strategy<Value = Counts> {
        prop_oneof![8 => (0usize..4, 0usize..3, 0usize..2), 1 => (0usize..40, 0usize..300, 0usize..1000)]
            .prop_map(|(a, b, c)| counts(a, b, c))
    }

    fn any_table() -> impl Strategy<Value = Table> {
        const CODES: [&str; 8] = ["IQ", "BA", "GS", "AE", "CD", "PS", "ZZ", "a-code-that-nobody-knows-of"];
        let names = prop_oneof!["[A-Z][a-z]{1,12}( [A-Z][a-z]{1,14}){0,3}", "\\PC{0,60}"];
        let cells = proptest::collection::btree_map(0usize..24, any_counts(), 0..12);
        let rows = proptest::collection::vec((names, proptest::option::of(0usize..8), cells), 0..40);
        (rows, 0usize..24, any::<bool>()).prop_map(|(rows, columns, people)| Table {
            rows_are: if people { RowsAre::Travellers } else { RowsAre::Countries },
            rows: rows
                .into_iter()
                .map(|(name, code, cells)| row(&name, code.map(|c| CODES[c]), &cells.into_iter().collect::<Vec<_>>()))
                .collect(),
            columns: (0..columns).map(|i| column(CODES[i % CODES.len()])).collect(),
            ..Table::default()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_counts_give_a_sound_matrix(table in any_table(), width in 320.0f64..1700.0) {
            sound(&table, width)?;
        }
    }
}
