//! Names beside the discs of a map, and lists under it of what found no room.

use super::super::label::{Label, Rect, broken, text_width};
use super::super::map::Point;
use super::super::matrix::mark::{self, Mark};
use super::super::route::labels::{Ground, Spot, Wanted, place};
use super::super::sheet::MARGIN;
use super::super::theme::Role;
use super::super::words::Phrase;
use super::layout::{Country, CountsLayout, Work};

/// Width at which a name is broken.
const WIDEST: f64 = 104.0;
/// From one line to the next on a map.
const PITCH: f64 = 14.0;
/// Width of a column of a list.
const COLUMN: f64 = 220.0;

type Lines = Vec<(String, Role)>;

/// Names the countries on all maps; gives the columns of those that found no room.
pub fn write(plan: &mut CountsLayout, work: &Work<'_>) -> Vec<usize> {
    let mut unnamed = Vec::new();
    for view in 0..plan.views.len() {
        if view == 0 {
            parts(plan, work);
        }
        let own: Vec<Country> = plan.countries.iter().filter(|c| c.view == Some(view)).cloned().collect();
        let lines: Vec<Lines> = own.iter().map(|c| said(work, c)).collect();
        let most = work.sums.iter().map(|s| s.total()).max().unwrap_or(1).max(1) as f64;
        let wanted: Vec<Wanted> = own
            .iter()
            .zip(&lines)
            .map(|(c, lines)| {
                // Of two names that want one spot, the bigger country's stays.
                let share = work.sums.get(c.column).map_or(0.0, |s| s.total() as f64) / most;
                block(c.rect(), c.marks.iter().map(Mark::disc).collect(), lines, 0.6 + share)
            })
            .collect();
        for ((country, lines), spot) in own.iter().zip(&lines).zip(placed(plan, view, &wanted)) {
            match spot {
                Some(spot) => set(plan, lines, &spot),
                None => unnamed.push(country.column),
            }
        }
    }
    unnamed
}

/// "enlarged below" in the parts of the main map that are shown larger, or beside them where they are too narrow.
fn parts(plan: &mut CountsLayout, work: &Work<'_>) {
    let words = work.say.names.words.of(Phrase::InsetBelow);
    let lines = vec![(words.to_string(), Role::Body)];
    for area in plan.areas.clone() {
        let wanted = block(area, vec![area], &lines, 1.0);
        if wanted.w + 6.0 < area.w && wanted.h + 4.0 < area.h {
            plan.labels.push(Label::new(words, (area.x + 5.0, area.y + area.h - 6.0), Role::Body).halo().quiet());
        } else if let Some(spot) = placed(plan, 0, &[wanted]).into_iter().next().flatten() {
            set(plan, &lines, &spot);
        }
    }
}

/// Name of a country and, where a number does not stand in its disc, the numbers.
fn said(work: &Work<'_>, country: &Country) -> Lines {
    let name = broken(&work.name(country.column), WIDEST, Role::Strong).into_iter().map(|l| (l, Role::Strong));
    let bare = country.marks.iter().any(|m| !m.inside);
    let numbers = country.marks.iter().filter(|_| bare).map(|m| (number(work, m), Role::Body));
    name.chain(numbers).collect()
}

/// "3 took place".
fn number(work: &Work<'_>, mark: &Mark) -> String {
    let w = work.say.names.words;
    format!("{} {}", w.digits(mark.count), work.say.names.status(mark.status))
}

fn block(anchor: Rect, discs: Vec<Rect>, lines: &Lines, weight: f64) -> Wanted {
    let w = lines.iter().map(|(l, role)| text_width(l, *role)).fold(0.0, f64::max) + 2.0;
    Wanted { discs, anchor, w, h: PITCH * lines.len() as f64 + 1.0, weight }
}

fn placed(plan: &CountsLayout, view: usize, wanted: &[Wanted]) -> Vec<Option<Spot>> {
    let Some(frame) = plan.views.get(view).map(|v| v.frame) else { return Vec::new() };
    let discs = plan.countries.iter().filter(|c| c.view == Some(view)).flat_map(|c| &c.marks);
    let rivals: Vec<Rect> = discs.map(|m| m.rect().grown(0.6)).collect();
    let mut firm = rivals.clone();
    firm.extend(plan.labels.iter().map(|l| l.rect().grown(2.0)));
    if view == 0 {
        firm.extend(plan.areas.iter().copied());
    }
    let along = |(a, b): &(Point, Point)| {
        let (a, b) = (*a, *b);
        (0..=6).map(move |i| f64::from(i) / 6.0).map(move |t| (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)))
    };
    let loose: Vec<Point> = plan.leaders.iter().flat_map(along).collect();
    place(wanted, &Ground { frame, firm: &firm, loose: &loose, rivals: &rivals })
}

/// Writes lines into their box, and the line to their disc where they stand far from it.
fn set(plan: &mut CountsLayout, lines: &Lines, spot: &Spot) {
    let rect = spot.rect;
    for (i, (line, role)) in lines.iter().enumerate() {
        let x = rect.x + 1.0 + spot.align * (rect.w - 2.0 - text_width(line, *role));
        let label = Label::new(line.clone(), (x, rect.y + 11.0 + PITCH * i as f64), *role).halo();
        plan.labels.push(if *role == Role::Body { label.quiet() } else { label });
    }
    plan.leaders.extend(spot.leader);
}

/// Lists countries in columns under a heading, with their discs where no map shows them; gives the y below.
pub fn list(plan: &mut CountsLayout, work: &Work<'_>, columns: Vec<usize>, heading: Phrase, y: f64) -> f64 {
    if columns.is_empty() {
        return y;
    }
    let room = work.page - 2.0 * MARGIN;
    let across = ((room / COLUMN) as usize).max(1);
    let wide = room / across as f64;
    let mut y = y + 14.0;
    for line in broken(work.say.names.words.of(heading), room, Role::Heading) {
        plan.labels.push(Label::new(line, (MARGIN, y), Role::Heading));
        y += 18.0;
    }
    for row in columns.chunks(across) {
        let entries: Vec<(usize, Vec<Mark>)> = row.iter().map(|c| (*c, work.marks(*c))).collect();
        let high = entries.iter().map(|(_, m)| mark::height(m)).fold(20.0, f64::max) + 4.0;
        let mut deep = high;
        for (i, (column, marks)) in entries.into_iter().enumerate() {
            let x = MARGIN + wide * i as f64;
            deep = deep.max(entry(plan, work, (column, marks), (x, y + high / 2.0 - 4.0), wide - 12.0));
        }
        y += deep + 4.0;
    }
    y
}

/// One country of a list from the left end of its middle line; gives its height.
fn entry(
    plan: &mut CountsLayout,
    work: &Work<'_>,
    (column, marks): (usize, Vec<Mark>),
    (x, y): Point,
    wide: f64,
) -> f64 {
    let text = x + mark::width(&marks) + 6.0;
    let numbers: Vec<String> = marks.iter().filter(|m| !m.inside).map(|m| number(work, m)).collect();
    let words = work.say.names.words.parts(&[work.name(column), numbers.join(" · ")]);
    let lines = broken(&words, (x + wide - text).max(60.0), Role::Body);
    let deep = 20.0 + 15.0 * lines.len() as f64;
    for (i, line) in lines.into_iter().enumerate() {
        plan.labels.push(Label::new(line, (text, y + 4.3 + 15.0 * i as f64), Role::Body));
    }
    plan.countries.push(Country { column, view: None, marks: mark::in_row(marks, x, y) });
    deep
}
