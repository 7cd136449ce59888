//! Where everything on a route map goes: plain values, in pixels. No colour, no SVG.
//!
//! [`layout`] goes from what must stand where it does (land, discs, legs) to what can give way (insets, globe, labels of stops, names of
//! countries and seas); what finds no room on the map is listed under it.

use super::super::Options;
use super::super::label::{Label, Rect, broken, text_width};
use super::super::map::{Fit, Outline, Point, Projection, fit};
use super::super::sheet::{self, Key, Legend, MARGIN, MOST_ON_A_MAP, Sheet, abridged};
use super::super::theme::Role;
use super::super::words::{Names, Phrase};
use super::sites::{self, Site};
use super::{blocks, furniture, insets, keys, legs, names, open};
use crate::Itinerary;
use crate::itinerary::{Status, Visit};

/// Radius of a stop's disc in pixels.
pub const RADIUS: f64 = 13.0;
/// Radius of a recalled stop's disc.
pub const SMALL_RADIUS: f64 = 6.0;
/// Kilometres that a map shows at least from side to side: of one stop its surroundings, of several less.
const LEAST_KM: (f64, f64) = (1400.0, 600.0);

/// A stop's disc.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Index into the document's visits.
    pub visit: usize,
    pub hue: usize,
    /// Whether it belongs to a journey that is only recalled.
    pub recalled: bool,
    /// Which of the views shows it.
    pub view: usize,
    pub at: Point,
    /// Where the place itself lies; differs where discs were moved apart.
    pub true_at: Point,
}

impl Stop {
    /// Radius of its disc.
    pub fn radius(&self) -> f64 {
        if self.recalled { SMALL_RADIUS } else { RADIUS }
    }

    /// The box around its disc.
    pub fn rect(&self) -> Rect {
        Rect::around(self.at, self.radius() + 1.5)
    }
}

/// A leg between two stops whose order the text gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    pub from: usize,
    pub to: usize,
    pub hue: usize,
    /// Whether it leads to a stop that has not taken place.
    pub ahead: bool,
    pub km: f64,
    pub view: usize,
    /// Its line; several where the map's edge cuts it.
    pub parts: Vec<Vec<Point>>,
    pub arrow: Vec<Point>,
    /// "2–3" beside it, where there is room.
    pub number: Option<Label>,
}

/// The dotted ring through stops whose order is open, and the bracket that says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// Nobody's where several travellers share the stops.
    pub hue: Option<usize>,
    pub view: usize,
    pub lines: Vec<Vec<Point>>,
    /// The box of the words, with a bracket on both sides.
    pub bracket: Option<Rect>,
}

/// A map with its frame: the main one first, then insets.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    pub frame: Rect,
    pub map: Projection,
    pub land: Vec<Outline>,
    pub lakes: Vec<Outline>,
    pub bar: Option<Bar>,
}

/// A scale bar, true at the middle of its map.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub from: Point,
    pub length: f64,
    pub km: f64,
    pub label: Label,
}

/// A crowded part of the main map, and the view that shows it larger.
#[derive(Clone, Debug, PartialEq)]
pub struct Inset {
    pub view: usize,
    pub area: Rect,
    pub links: Vec<(Point, Point)>,
}

/// The locator globe, with the frame of the main map on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Globe {
    pub map: Projection,
    pub land: Vec<Outline>,
    pub frame: Vec<Point>,
}

/// A line from a label or a moved disc to its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Leader {
    pub view: usize,
    pub from: Point,
    pub to: Point,
}

/// Stops listed under the map, with their discs.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub stops: Vec<Stop>,
    pub labels: Vec<Label>,
}

/// Where everything goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RouteLayout {
    pub width: f64,
    pub height: f64,
    /// Empty where no stop has coordinates.
    pub views: Vec<View>,
    pub insets: Vec<Inset>,
    pub globe: Option<Globe>,
    pub stops: Vec<Stop>,
    pub legs: Vec<Leg>,
    pub open: Vec<Open>,
    pub leaders: Vec<Leader>,
    /// Names of countries and waters, with the view that they stand in.
    pub names: Vec<(usize, Label)>,
    /// Everything else that is written, but legend and lists.
    pub labels: Vec<Label>,
    /// Headings of lists.
    pub headings: Vec<Label>,
    pub keys: Vec<Listed>,
    /// Who has which hue, where there are several travellers.
    pub travellers: Vec<(usize, Point, Label)>,
    pub legend: Legend,
}

impl RouteLayout {
    /// Every line of text on the chart.
    pub fn texts(&self) -> impl Iterator<Item = &Label> {
        let numbers = self.legs.iter().filter_map(|l| l.number.as_ref());
        let bars = self.views.iter().filter_map(|v| v.bar.as_ref().map(|b| &b.label));
        let listed = self.keys.iter().flat_map(|k| &k.labels);
        let travellers = self.travellers.iter().map(|(_, _, label)| label);
        let lists = self.headings.iter().chain(listed).chain(travellers).chain(&self.legend.labels);
        self.names.iter().map(|(_, l)| l).chain(&self.labels).chain(numbers).chain(bars).chain(lists)
    }

    /// Boxes that no label may cover in a view.
    pub fn taken(&self, view: usize) -> Vec<Rect> {
        let stops = self.stops.iter().filter(|s| s.view == view).map(|s| s.rect().grown(1.0));
        let arrows = self.legs.iter().filter(|l| l.view == view).filter_map(|l| furniture::bounds(&l.arrow));
        let mut found: Vec<Rect> = stops.chain(arrows).collect();
        if view == 0 {
            found.extend(self.insets.iter().map(|i| i.area));
            let framed = self.insets.iter().map(|i| self.views[i.view].frame.grown(5.0));
            found.extend(framed);
            found.extend(self.globe.iter().map(|g| Rect::around(g.map.origin, g.map.scale + 7.0)));
        }
        found
    }
}

/// A document being laid out.
pub struct Work<'a> {
    pub document: &'a Itinerary,
    pub names: &'a Names<'a>,
    pub page: f64,
}

impl Work<'_> {
    /// The visit of a stop.
    pub fn visit(&self, stop: &Stop) -> &Visit {
        &self.document.visits[stop.visit]
    }

    /// Where a visit took place, as longitude and latitude; none where that is unknown or no place on Earth.
    pub fn position(&self, visit: &Visit) -> Option<Point> {
        let place = self.names.place(visit)?;
        let (lon, lat) = place.lon.zip(place.lat)?;
        let earthly = lon.is_finite() && lon.abs() <= 360.0 && lat.is_finite() && lat.abs() <= 90.0;
        earthly.then_some((lon, lat))
    }

    /// A stop of a visit that stands nowhere yet.
    pub fn stop(&self, index: usize) -> Stop {
        let visit = &self.document.visits[index];
        let hue = self.names.travellers().iter().position(|t| **t == visit.traveller).unwrap_or(0);
        let recalled = self.names.is_recalled(visit);
        Stop { visit: index, hue, recalled, view: 0, at: (0.0, 0.0), true_at: (0.0, 0.0) }
    }

    /// Whether a visit is on somebody's route, so that its order counts.
    pub fn on_route(&self, stop: &Stop) -> bool {
        !stop.recalled && self.visit(stop).status != Status::Cancelled
    }
}

/// Lays a document out.
pub fn layout(document: &Itinerary, options: &Options) -> RouteLayout {
    let (document, left_out) = abridged(document, MOST_ON_A_MAP);
    let names = Names::new(&document, options.language);
    let page = options.width.max(480.0);
    let paper = Sheet { names: &names, options, width: page, left_out };
    let work = Work { document: &document, names: &names, page };
    let (labels, y) = paper.head();
    let mut plan = RouteLayout { width: page, labels, ..RouteLayout::default() };
    let (located, missing): (Vec<usize>, Vec<usize>) =
        (0..document.visits.len()).partition(|i| work.position(&document.visits[*i]).is_some());
    let mut end = y;
    let mut unnamed = Vec::new();
    if !located.is_empty() {
        unnamed = map(&mut plan, &work, &located, y + 8.0);
        end = plan.views.iter().map(|v| v.frame.y + v.frame.h).fold(y, f64::max);
    }
    let end = legends(&mut plan, &work, end + 26.0);
    let end = keys::list(&mut plan, &work, unnamed, Phrase::KeyRoom, end);
    let missing = missing.into_iter().map(|i| blocks::alone(&work, work.stop(i))).collect();
    let heading = if plan.views.is_empty() { Phrase::KeyNoMap } else { Phrase::KeyUnlocated };
    let end = keys::list(&mut plan, &work, missing, heading, end);
    let credit = if plan.views.is_empty() { "" } else { names.words.of(Phrase::MapCredit) };
    let (foot, end) = paper.foot(credit, end + 14.0);
    plan.labels.extend(foot);
    plan.height = end + 4.0;
    plan
}

/// The map and its insets; gives the blocks of stops that found no room.
fn map(plan: &mut RouteLayout, work: &Work<'_>, located: &[usize], y: f64) -> Vec<blocks::Block> {
    let places: Vec<Point> = located.iter().filter_map(|i| work.position(&work.document.visits[*i])).collect();
    let alone = places.iter().all(|p| sites::near(*p, places[0]));
    let (map, frame) = fit(&places, &wanted(work.page, y, alone));
    plan.views.push(furniture::view(map, frame));
    plan.stops = located.iter().map(|i| work.stop(*i)).collect();
    let mut all: Vec<Site> = sites::gathered(&plan.stops, &places, &map);
    insets::open(plan, work, &mut all);
    sites::settle_main(plan, &mut all);
    plan.open = open::rings(plan, work);
    plan.legs = legs::legs(plan, work, &all);
    insets::arrange(plan, work, &mut all);
    plan.globe = furniture::globe(plan);
    furniture::bars(plan, work);
    let unnamed = blocks::write(plan, work, &all);
    legs::number(plan, work);
    names::write(plan, work);
    unnamed
}

/// What the main map is asked for.
fn wanted(page: f64, y: f64, alone: bool) -> Fit {
    Fit {
        corner: (0.0, y),
        width: page,
        heights: ((page * 0.44).max(330.0), (page * 0.61).clamp(430.0, 840.0)),
        room: ((page * 0.17).clamp(70.0, 220.0), 84.0),
        least_km: if alone { LEAST_KM.0 } else { LEAST_KM.1 },
    }
}

/// Who has which hue, then what the marks mean; gives the y below.
fn legends(plan: &mut RouteLayout, work: &Work<'_>, mut y: f64) -> f64 {
    let right = if plan.views.is_empty() { work.page - MARGIN } else { work.page - 200.0 };
    let travellers = work.names.travellers();
    if travellers.len() > 1 {
        let mut x = MARGIN + 6.0;
        for (hue, id) in travellers.into_iter().enumerate() {
            let room = right - MARGIN - 26.0;
            let lines = broken(&work.names.name(id), room, Role::Strong);
            let w = lines.iter().map(|l| text_width(l, Role::Strong)).fold(0.0, f64::max);
            if x + w + 14.0 > right && x > MARGIN + 6.0 {
                (x, y) = (MARGIN + 6.0, y + 20.0);
            }
            for (i, line) in lines.into_iter().enumerate() {
                y += if i > 0 { 16.0 } else { 0.0 };
                let mark = (x, y);
                plan.travellers.push((hue, mark, Label::new(line, (x + 14.0, y + 4.0), Role::Strong)));
            }
            x += w + 40.0;
        }
        y += 24.0;
    }
    let (legend, y) = sheet::legend(work.names, &legend_keys(plan, work), right, y);
    plan.legend = legend;
    y
}

/// What the legend explains.
fn legend_keys(plan: &RouteLayout, work: &Work<'_>) -> Vec<Key> {
    let mut keys = sheet::keys(work.document);
    keys.retain(|k| matches!(k, Key::Status(_)));
    keys.extend(plan.legs.iter().any(|l| !l.ahead).then_some(Key::Leg));
    keys.extend(plan.legs.iter().any(|l| l.ahead).then_some(Key::LegAhead));
    let recalled = work.document.visits.iter().any(|v| work.names.is_recalled(v));
    keys.extend(recalled.then_some(Key::Recalled));
    keys
}
