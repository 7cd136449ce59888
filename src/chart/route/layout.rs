//! Geometry of the route chart: projection, discs, legs, labels. No colour, no SVG.

use super::super::label::{broken, text_width};
use super::super::map::{Azimuthal, EARTH_KM, Point, Scale, distance_km, great_circle};
use super::super::sheet::{self, Key, Legend, Sheet};
use super::super::theme::{Role, Tone};
use super::super::words::{Detail, Names};
use super::super::{Label, Options, Rect};
use super::labels::{Ground, Wanted, place};
use crate::Itinerary;
use crate::gazetteer::Gazetteer;
use crate::itinerary::{PlaceId, PlaceKind, Status, TripKind, Visit, VisitGraph};

/// Radius of a stop's disc in pixels.
pub const RADIUS: f64 = 13.0;
/// Radius of a recalled stop's disc.
pub const SMALL_RADIUS: f64 = 5.0;
/// Widest label beside a stop.
const WIDEST: f64 = 230.0;
/// Kilometres that a map shows at least from side to side, so that one stop has its surroundings.
const LEAST_KM: f64 = 1400.0;
/// A map narrower than this many degrees gets a locator globe.
const LOCATOR_BELOW_DEG: f64 = 40.0;

/// A stop's disc.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Index into the document's visits.
    pub visit: usize,
    pub hue: usize,
    pub background: bool,
    pub at: Point,
    /// Where the place itself lies; differs where discs were moved apart.
    pub true_at: Point,
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
    pub points: Vec<Point>,
    pub arrow: Vec<Point>,
}

/// The dotted line through stops whose order is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    pub hue: usize,
    pub points: Vec<Point>,
}

/// Where everything goes.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteLayout {
    pub width: f64,
    pub height: f64,
    pub frame: Rect,
    /// None where no stop has coordinates.
    pub view: Option<Azimuthal>,
    pub scale: Scale,
    pub globe: Option<Azimuthal>,
    pub stops: Vec<Stop>,
    pub legs: Vec<Leg>,
    pub open: Vec<Open>,
    pub leaders: Vec<(Point, Point)>,
    pub labels: Vec<Label>,
    pub legend: Legend,
}

/// A label of several lines before it has a place.
struct Block {
    /// Beside this point instead of beside its stops.
    at: Option<Point>,
    lines: Vec<(String, Role)>,
    stops: Vec<usize>,
    w: f64,
    h: f64,
}

/// Lays a document out.
pub fn layout(document: &Itinerary, options: &Options) -> RouteLayout {
    let names = Names::new(document, options.language);
    let page = options.width.max(480.0);
    let paper = Sheet { names: &names, options, width: page, left_out: 0 };
    let (labels, y) = paper.head();
    let frame = Rect { x: 0.0, y: y + 8.0, w: page, h: (page * 0.57).min(720.0) };
    let mut plan = RouteLayout {
        width: page,
        height: 0.0,
        frame,
        view: None,
        scale: Scale::Fine,
        globe: None,
        stops: Vec::new(),
        legs: Vec::new(),
        open: Vec::new(),
        leaders: Vec::new(),
        labels,
        legend: Legend::default(),
    };
    let located: Vec<(usize, Point)> =
        (0..document.visits.len()).filter_map(|i| Some((i, position(&names, &document.visits[i])?))).collect();
    let mut beside = unlocated(&names);
    let map_end = if located.is_empty() {
        y
    } else {
        draw_on_map(&mut plan, document, &names, &located, &mut beside);
        frame.y + frame.h
    };
    let (legend, mut y) = sheet::legend(&names, &keys(document, &plan), page - 220.0, map_end + 26.0);
    plan.legend = legend;
    for line in beside {
        for line in broken(&line, page - 40.0, Role::Body) {
            plan.labels.push(Label::new(line, (20.0, y + 8.0), Role::Body).quiet());
            y += 18.0;
        }
    }
    let credit = if plan.view.is_some() { " Map: Natural Earth." } else { "" };
    let (foot, y) = paper.foot(credit, y + 12.0);
    plan.labels.extend(foot);
    plan.height = y + 4.0;
    plan
}

fn position(names: &Names<'_>, visit: &Visit) -> Option<Point> {
    let place = names.place(visit)?;
    place.lon.zip(place.lat)
}

fn unlocated(names: &Names<'_>) -> Vec<String> {
    let missing: Vec<String> =
        names.document.visits.iter().filter(|v| position(names, v).is_none()).map(|v| names.place_name(v)).collect();
    if missing.is_empty() {
        Vec::new()
    } else {
        vec![format!("Not on the map, since the place has no coordinates: {}.", names.words.and(&missing))]
    }
}

fn draw_on_map(
    plan: &mut RouteLayout,
    document: &Itinerary,
    names: &Names<'_>,
    located: &[(usize, Point)],
    beside: &mut Vec<String>,
) {
    let view = fitted(&located.iter().map(|(_, p)| *p).collect::<Vec<_>>(), &plan.frame);
    plan.view = Some(view);
    let km_wide = plan.frame.w / view.scale * EARTH_KM;
    plan.scale = if km_wide < 7000.0 { Scale::Fine } else { Scale::Coarse };
    if km_wide / 111.2 < LOCATOR_BELOW_DEG {
        plan.globe = Some(Azimuthal {
            origin: (plan.frame.x + 66.0, plan.frame.y + plan.frame.h - 66.0),
            scale: 50.0,
            globe: true,
            ..view
        });
    }
    plan.stops = discs(document, names, located, view);
    spread(&mut plan.stops, &plan.frame);
    let moved = plan.stops.iter().filter(|s| (s.at.0 - s.true_at.0).hypot(s.at.1 - s.true_at.1) > RADIUS * 0.8);
    plan.leaders = moved.map(|s| (s.at, s.true_at)).collect();
    plan.open = open_rings(document, &plan.stops);
    plan.legs = legs(document, &plan.stops, view, located);
    label_stops(plan, document, names, beside);
    name_countries(plan, document, view);
    name_seas(plan, view);
}

/// A projection centred on the stops, scaled so that they fill the frame and leave room for labels.
fn fitted(points: &[Point], frame: &Rect) -> Azimuthal {
    let centre = middle(points);
    let mut view = Azimuthal { centre, origin: (0.0, 0.0), scale: 1.0, globe: false };
    let bounds = |view: &Azimuthal| {
        points.iter().map(|p| view.place(*p).0).fold((f64::MAX, f64::MAX, f64::MIN, f64::MIN), |b, p| {
            (b.0.min(p.0), b.1.min(p.1), b.2.max(p.0), b.3.max(p.1))
        })
    };
    let b = bounds(&view);
    let (w, h) = (b.2 - b.0, b.3 - b.1);
    let room = (frame.w - (frame.w * 0.42).max(300.0), frame.h - 220.0);
    let scale = (room.0 / w.max(1e-9)).min(room.1 / h.max(1e-9)).min(frame.w * EARTH_KM / LEAST_KM);
    view.scale = scale;
    view.origin =
        (frame.x + frame.w / 2.0 - scale * (b.0 + b.2) / 2.0, frame.y + frame.h / 2.0 - scale * (b.1 + b.3) / 2.0);
    view
}

/// The middle of places on the sphere; for places all around it, the first one.
fn middle(points: &[Point]) -> Point {
    let mut sum = [0.0; 3];
    for (lon, lat) in points.iter().map(|p| (p.0.to_radians(), p.1.to_radians())) {
        sum[0] += lat.cos() * lon.cos();
        sum[1] += lat.cos() * lon.sin();
        sum[2] += lat.sin();
    }
    if sum.iter().map(|s| s * s).sum::<f64>().sqrt() < 0.05 * points.len() as f64 {
        return points.first().copied().unwrap_or((0.0, 0.0));
    }
    (sum[1].atan2(sum[0]).to_degrees(), sum[2].atan2(sum[0].hypot(sum[1])).to_degrees())
}

fn discs(document: &Itinerary, names: &Names<'_>, located: &[(usize, Point)], view: Azimuthal) -> Vec<Stop> {
    let travellers = names.travellers();
    let recalled = |v: &Visit| document.trips.iter().any(|t| t.id == v.trip && t.kind == TripKind::Background);
    located
        .iter()
        .map(|(i, p)| {
            let v = &document.visits[*i];
            let at = view.place(*p).0;
            Stop {
                visit: *i,
                hue: travellers.iter().position(|t| **t == v.traveller).unwrap_or(0),
                background: recalled(v),
                at,
                true_at: at,
            }
        })
        .collect()
}

/// Moves discs apart until none covers another.
fn spread(stops: &mut [Stop], frame: &Rect) {
    let radius = |s: &Stop| if s.background { SMALL_RADIUS } else { RADIUS };
    for _ in 0..200 {
        let mut moved = false;
        for i in 0..stops.len() {
            for j in i + 1..stops.len() {
                let least = radius(&stops[i]) + radius(&stops[j]) + 3.0;
                let (dx, dy) = (stops[j].at.0 - stops[i].at.0, stops[j].at.1 - stops[i].at.1);
                let d = dx.hypot(dy);
                if d >= least - 0.01 {
                    continue;
                }
                // Discs on one spot part sideways, each pair in its own direction.
                let angle = if d < 0.5 { 0.4 + 0.9 * (j - i) as f64 } else { dy.atan2(dx) };
                let push = (least - d) / 2.0;
                stops[i].at = (stops[i].at.0 - push * angle.cos(), stops[i].at.1 - push * angle.sin());
                stops[j].at = (stops[j].at.0 + push * angle.cos(), stops[j].at.1 + push * angle.sin());
                moved = true;
            }
        }
        for s in stops.iter_mut() {
            s.at.0 = s.at.0.clamp(frame.x + 20.0, frame.x + frame.w - 20.0);
            s.at.1 = s.at.1.clamp(frame.y + 20.0, frame.y + frame.h - 20.0);
        }
        if !moved {
            return;
        }
    }
}

/// Dotted lines through the stops of a trip that share a number.
fn open_rings(document: &Itinerary, stops: &[Stop]) -> Vec<Open> {
    let key = |s: &Stop| (&document.visits[s.visit].trip, document.visits[s.visit].order);
    let mut rings = Vec::new();
    let on_route = |s: &Stop| !s.background && document.visits[s.visit].status != Status::Cancelled;
    for (i, first) in stops.iter().enumerate().filter(|(_, s)| on_route(s)) {
        if stops[..i].iter().any(|s| on_route(s) && key(s) == key(first)) {
            continue;
        }
        let group: Vec<Point> = stops.iter().filter(|s| key(s) == key(first) && on_route(s)).map(|s| s.at).collect();
        if group.len() > 1 {
            rings.push(Open { hue: first.hue, points: around(group) });
        }
    }
    rings
}

/// Points in their order around their middle, closed where there are three or more.
fn around(mut points: Vec<Point>) -> Vec<Point> {
    let n = points.len() as f64;
    let centre = (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n);
    points.sort_by(|a, b| (a.1 - centre.1).atan2(a.0 - centre.0).total_cmp(&(b.1 - centre.1).atan2(b.0 - centre.0)));
    if points.len() > 2 {
        points.push(points[0]);
    }
    let shortened: Vec<Point> = points.windows(2).flat_map(|w| trimmed(w[0], w[1], RADIUS + 1.0)).collect();
    shortened
}

fn trimmed(a: Point, b: Point, by: f64) -> [Point; 2] {
    let d = (b.0 - a.0).hypot(b.1 - a.1).max(1e-9);
    let (ux, uy) = ((b.0 - a.0) / d, (b.1 - a.1) / d);
    let by = by.min(d / 2.0);
    [(a.0 + ux * by, a.1 + uy * by), (b.0 - ux * by, b.1 - uy * by)]
}

fn legs(document: &Itinerary, stops: &[Stop], view: Azimuthal, located: &[(usize, Point)]) -> Vec<Leg> {
    let graph = VisitGraph::of(document);
    let stop = |visit: usize| stops.iter().find(|s| s.visit == visit && !s.background);
    let lonlat = |visit: usize| located.iter().find(|(i, _)| *i == visit).map(|(_, p)| *p);
    let off = |i: usize| document.visits[i].status == Status::Cancelled;
    let mut legs = Vec::new();
    for (a, b) in document.trips.iter().flat_map(|t| graph.legs(&t.id)).filter(|(a, b)| !off(*a) && !off(*b)) {
        let (Some(from), Some(to), Some(p), Some(q)) = (stop(a), stop(b), lonlat(a), lonlat(b)) else { continue };
        let path: Vec<Point> = great_circle(p, q, 32).into_iter().map(|p| view.place(p).0).collect();
        let points = bowed(&path, from, to);
        if points.len() < 2 {
            continue;
        }
        legs.push(Leg {
            from: a,
            to: b,
            hue: from.hue,
            ahead: document.visits[b].status != Status::Completed,
            km: distance_km(p, q),
            arrow: arrow(&points),
            points,
        });
    }
    legs
}

/// The path bowed a little to its left, so that the way there and the way back run apart, from disc to disc.
fn bowed(path: &[Point], from: &Stop, to: &Stop) -> Vec<Point> {
    let (a, b) = (from.at, to.at);
    let length = (b.0 - a.0).hypot(b.1 - a.1).max(1e-9);
    let normal = ((b.1 - a.1) / length, -(b.0 - a.0) / length);
    let last = path.len().saturating_sub(1).max(1) as f64;
    let curve: Vec<Point> = path
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let t = i as f64 / last;
            let shift = |at: Point, truth: Point| (at.0 - truth.0, at.1 - truth.1);
            let (s, e) = (shift(from.at, from.true_at), shift(to.at, to.true_at));
            let bow = (length * 0.09).min(60.0) * (std::f64::consts::PI * t).sin();
            (p.0 + (1.0 - t) * s.0 + t * e.0 + bow * normal.0, p.1 + (1.0 - t) * s.1 + t * e.1 + bow * normal.1)
        })
        .collect();
    let away = |p: &Point, c: Point, r: f64| (p.0 - c.0).hypot(p.1 - c.1) > r;
    curve.into_iter().filter(|p| away(p, a, RADIUS + 3.0) && away(p, b, RADIUS + 9.0)).collect()
}

/// A filled arrow head at the end of a line, pointing on.
fn arrow(points: &[Point]) -> Vec<Point> {
    let Some((a, b)) = points.len().checked_sub(2).map(|i| (points[i.saturating_sub(1)], points[i + 1])) else {
        return Vec::new();
    };
    let d = (b.0 - a.0).hypot(b.1 - a.1).max(1e-9);
    let (ux, uy) = ((b.0 - a.0) / d, (b.1 - a.1) / d);
    let tip = (b.0 + ux * 6.0, b.1 + uy * 6.0);
    let side = |k: f64| (tip.0 - 12.0 * ux - k * 5.0 * uy, tip.1 - 12.0 * uy + k * 5.0 * ux);
    vec![tip, side(1.0), side(-1.0)]
}

/// One label for each place, beside its discs.
fn label_stops(plan: &mut RouteLayout, document: &Itinerary, names: &Names<'_>, beside: &mut Vec<String>) {
    let mut blocks: Vec<Block> = Vec::new();
    let mut done: Vec<(&PlaceId, bool)> = Vec::new();
    for stop in &plan.stops {
        let key = (&document.visits[stop.visit].place, stop.background);
        if !done.contains(&key) {
            done.push(key);
            let here =
                |s: &(usize, &Stop)| document.visits[s.1.visit].place == *key.0 && s.1.background == stop.background;
            blocks.push(block(names, plan.stops.iter().enumerate().filter(here).collect()));
        }
    }
    blocks.extend(open_blocks(plan));
    let wanted: Vec<Wanted> = blocks.iter().map(|b| wanted(b, &plan.stops)).collect();
    let firm: Vec<Rect> = plan.stops.iter().map(disc_rect).chain(plan.globe.map(globe_rect)).collect();
    let loose: Vec<Rect> = plan
        .legs
        .iter()
        .flat_map(|l| &l.points)
        .chain(plan.legs.iter().flat_map(|l| &l.arrow))
        .map(|p| Rect { x: p.0 - 4.0, y: p.1 - 4.0, w: 8.0, h: 8.0 })
        .collect();
    let placed = place(&wanted, &Ground { frame: plan.frame, firm: &firm, loose: &loose });
    for ((block, rect), want) in blocks.iter().zip(placed).zip(&wanted) {
        match rect {
            Some(rect) => set(plan, block, rect, want),
            None if block.lines.first().is_some_and(|l| l.0 == "order not stated") => {}
            None => beside.push(block.lines.iter().map(|l| l.0.as_str()).collect::<Vec<_>>().join(", ")),
        }
    }
}

fn disc_rect(s: &Stop) -> Rect {
    let r = if s.background { SMALL_RADIUS } else { RADIUS } + 2.0;
    Rect { x: s.at.0 - r, y: s.at.1 - r, w: 2.0 * r, h: 2.0 * r }
}

fn globe_rect(g: Azimuthal) -> Rect {
    let r = g.scale + 4.0;
    Rect { x: g.origin.0 - r, y: g.origin.1 - r, w: 2.0 * r, h: 2.0 * r }
}

fn wanted(block: &Block, stops: &[Stop]) -> Wanted {
    if let Some(at) = block.at {
        return Wanted { at, clear: 5.0, w: block.w, h: block.h };
    }
    let at = |i: &usize| stops[*i].at;
    let n = block.stops.len().max(1) as f64;
    let centre = block.stops.iter().map(at).fold((0.0, 0.0), |s, p| (s.0 + p.0 / n, s.1 + p.1 / n));
    let reach = block.stops.iter().map(at).map(|p| (p.0 - centre.0).hypot(p.1 - centre.1)).fold(0.0, f64::max);
    let radius = if block.stops.iter().all(|i| stops[*i].background) { SMALL_RADIUS } else { RADIUS };
    Wanted { at: centre, clear: reach + radius + 5.0, w: block.w, h: block.h }
}

/// Name, then for each visit its country, date, status and whom they met.
fn block(names: &Names<'_>, stops: Vec<(usize, &Stop)>) -> Block {
    let mut lines = Vec::new();
    let background = stops.first().is_some_and(|(_, s)| s.background);
    let several = names.travellers().len() > 1 || background;
    for (k, (_, stop)) in stops.iter().enumerate() {
        let v = &names.document.visits[stop.visit];
        if k == 0 {
            let role = if background { Role::Strong } else { Role::Name };
            lines.extend(broken(&names.place_name(v), WIDEST, role).into_iter().map(|l| (l, role)));
        }
        let who = if several { names.name(&v.traveller) } else { String::new() };
        let country = if k == 0 { names.country_of(v) } else { String::new() };
        let status = if v.status == Status::Completed { String::new() } else { names.status(v.status).into() };
        let facts: Vec<String> =
            [who, country, names.dates.visit(v, Detail::Short), status].into_iter().filter(|s| !s.is_empty()).collect();
        lines.extend(broken(&facts.join(" · "), WIDEST, Role::Body).into_iter().map(|l| (l, Role::Body)));
        let met: Vec<String> =
            names.meetings(v).iter().flat_map(|m| names.others(m, &v.traveller)).map(|(n, _)| n).collect();
        if !met.is_empty() && !background && stops.len() < 3 {
            let all = if met.len() > 3 {
                format!("{} and {} others", met[..2].join(", "), met.len() - 2)
            } else {
                names.words.and(&met)
            };
            let verb = if v.status == Status::Completed { "met" } else { "to meet" };
            lines.extend(broken(&format!("{verb} {all}"), WIDEST, Role::Body).into_iter().map(|l| (l, Role::Body)));
        }
    }
    sized(lines, stops.iter().map(|(i, _)| *i).collect())
}

fn sized(lines: Vec<(String, Role)>, stops: Vec<usize>) -> Block {
    let w = lines.iter().map(|(l, role)| text_width(l, *role)).fold(0.0, f64::max);
    Block { at: None, w: w + 2.0, h: lines.len() as f64 * 16.0 + 2.0, lines, stops }
}

/// What the legend explains.
fn keys(document: &Itinerary, plan: &RouteLayout) -> Vec<Key> {
    if plan.view.is_none() {
        return Vec::new();
    }
    let mut keys = sheet::keys(document);
    keys.retain(|k| matches!(k, Key::Status(_)));
    keys.extend(plan.legs.iter().any(|l| !l.ahead).then_some(Key::Leg));
    keys.extend(plan.legs.iter().any(|l| l.ahead).then_some(Key::LegAhead));
    keys.extend((!plan.open.is_empty()).then_some(Key::Bracket));
    keys.extend(plan.stops.iter().any(|s| s.background).then_some(Key::Recalled));
    keys
}

/// "order not stated" beside the longest side of each dotted ring.
fn open_blocks(plan: &RouteLayout) -> Vec<Block> {
    let length = |w: &&[Point]| (w[1].0 - w[0].0).hypot(w[1].1 - w[0].1);
    let longest =
        |o: &Open| o.points.chunks_exact(2).max_by(|a, b| length(a).total_cmp(&length(b))).map(<[Point]>::to_vec);
    let beside = |side: Vec<Point>| {
        let middle = ((side[0].0 + side[1].0) / 2.0, (side[0].1 + side[1].1) / 2.0);
        Block { at: Some(middle), ..sized(vec![("order not stated".into(), Role::Body)], vec![]) }
    };
    plan.open.iter().filter_map(longest).map(beside).collect()
}

/// Writes the lines of a block into its box, and a leader line where it stands far from its disc.
fn set(plan: &mut RouteLayout, block: &Block, rect: Rect, want: &Wanted) {
    let right_of = rect.x >= want.at.0;
    let left_of = rect.x + rect.w <= want.at.0;
    for (i, (line, role)) in block.lines.iter().enumerate() {
        let w = text_width(line, *role);
        let x = if right_of {
            rect.x
        } else if left_of {
            rect.x + rect.w - w
        } else {
            rect.x + (rect.w - w) / 2.0
        };
        let tone = if *role == Role::Name { Tone::Ink } else { Tone::Quiet };
        plan.labels.push(Label::new(line.clone(), (x, rect.y + 13.0 + 16.0 * i as f64), *role).tone(tone).halo());
    }
    let nearest = (want.at.0.clamp(rect.x, rect.x + rect.w), want.at.1.clamp(rect.y, rect.y + rect.h));
    let gap = (nearest.0 - want.at.0).hypot(nearest.1 - want.at.1);
    if gap > want.clear + 16.0 && block.stops.len() == 1 {
        plan.leaders.push((want.at, nearest));
    }
}

/// Names of countries and territories in quiet capitals, where there is room.
fn name_countries(plan: &mut RouteLayout, document: &Itinerary, view: Azimuthal) {
    let labelled: Vec<&str> =
        document.places.iter().filter(|p| p.kind == PlaceKind::Country).map(|p| p.name.as_str()).collect();
    let mut countries: Vec<_> = Gazetteer::embedded().countries().filter(|c| !labelled.contains(&c.name)).collect();
    countries.sort_by_key(|c| std::cmp::Reverse(c.population));
    for c in countries {
        // Half a million people at least, so that islets do not fill the sea with names.
        if c.population > 500_000 {
            quiet_name(plan, view, (c.lon, c.lat), &c.name.to_uppercase(), Role::Country);
        }
    }
}

fn name_seas(plan: &mut RouteLayout, view: Azimuthal) {
    for sea in Gazetteer::embedded().seas() {
        quiet_name(plan, view, (sea.lon, sea.lat), sea.name, Role::Water);
    }
}

fn quiet_name(plan: &mut RouteLayout, view: Azimuthal, at: Point, words: &str, role: Role) {
    let ((x, y), seen) = view.place(at);
    let w = text_width(words, role);
    let rect = Rect { x: x - w / 2.0 - 4.0, y: y - role.size(), w: w + 8.0, h: role.size() + 8.0 };
    let f = plan.frame;
    let inside = rect.x > f.x + 4.0
        && rect.y > f.y + 4.0
        && rect.x + rect.w < f.x + f.w - 4.0
        && rect.y + rect.h < f.y + f.h - 4.0;
    let legs = plan.legs.iter().flat_map(|l| &l.points).map(|p| Rect { x: p.0 - 6.0, y: p.1 - 6.0, w: 12.0, h: 12.0 });
    let labels = plan.labels.iter().map(Label::rect);
    let taken = plan.stops.iter().map(disc_rect).chain(plan.globe.map(globe_rect)).chain(legs).chain(labels);
    if seen && inside && taken.into_iter().all(|r| r.overlap(&rect) <= 0.0) {
        plan.labels.push(Label::centred(words, (x, y), role));
    }
}
