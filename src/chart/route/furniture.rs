//! What a map has besides its route: land and lakes, the locator globe, scale bars.

use super::super::label::{Label, Rect};
use super::super::map::{EARTH_KM, Layer, Outline, Point, Projection, Scale, hemisphere, outlines};
use super::super::theme::Role;
use super::super::words::Phrase;
use super::insets;
use super::layout::{Bar, Globe, RouteLayout, View, Work};

/// A map narrower than this many degrees gets a locator globe.
const LOCATOR_BELOW_DEG: f64 = 40.0;
/// A map wider than this is drawn at 1:110 million.
const COARSE_BEYOND_KM: f64 = 9000.0;

/// A map with its land and lakes.
pub fn view(map: Projection, frame: Rect) -> View {
    let km = frame.w / map.scale * EARTH_KM;
    let scale = if km > COARSE_BEYOND_KM { Scale::Coarse } else { Scale::Fine };
    let land = outlines(Layer::Countries, scale, &map, &frame);
    let lakes = outlines(Layer::Lakes, scale, &map, &frame);
    let large = |o: &Outline| o.rings.first().and_then(|r| bounds(r)).is_some_and(|b| b.w.max(b.h) > 3.0);
    View { frame, map, land, lakes: lakes.into_iter().filter(large).collect(), bar: None }
}

/// The box around points; none around none.
pub fn bounds(points: &[Point]) -> Option<Rect> {
    points.iter().map(|p| Rect { x: p.0, y: p.1, w: 0.0, h: 0.0 }).reduce(|a, b| a.union(&b))
}

/// A globe in the freest corner of the map, where the map shows less than [`LOCATOR_BELOW_DEG`].
pub fn globe(plan: &RouteLayout) -> Option<Globe> {
    let View { frame, map, .. } = plan.views.first()?;
    if map.is_world() || (frame.w / map.scale).to_degrees() > LOCATOR_BELOW_DEG {
        return None;
    }
    let radius = (frame.w * 0.042).clamp(32.0, 52.0);
    let centre = map.unplace((frame.x + frame.w / 2.0, frame.y + frame.h / 2.0))?;
    let mut firm: Vec<Rect> = plan.stops.iter().filter(|s| s.view == 0).map(|s| s.rect().grown(4.0)).collect();
    firm.extend(plan.insets.iter().flat_map(|i| [i.area.grown(4.0), plan.views[i.view].frame.grown(8.0)]));
    let lines = || plan.legs.iter().filter(|l| l.view == 0).flat_map(|l| l.parts.iter().flatten());
    let cost = |at: &Point| {
        let own = Rect::around(*at, radius + 6.0);
        let stops = plan.stops.iter().filter(|s| s.view == 0 && own.grown(90.0).overlap(&s.rect()) > 0.0).count();
        lines().filter(|p| own.overlap(&Rect::around(**p, 1.0)) > 0.0).count() + 8 * stops
    };
    let free = |at: &Point| firm.iter().all(|r| r.overlap(&Rect::around(*at, radius + 6.0)) <= 0.0);
    let at = spots(frame, radius + 14.0).into_iter().filter(free).min_by_key(cost)?;
    let small = Projection::globe(centre, at, radius);
    Some(Globe { map: small, land: hemisphere(&small), frame: seen(map, frame, &small) })
}

/// Corners of a frame, then the middles of its sides, for the middle of something that keeps a distance from its edges.
fn spots(frame: &Rect, edge: f64) -> Vec<Point> {
    let (left, right) = (frame.x + edge, frame.x + frame.w - edge);
    let (top, low) = (frame.y + edge, frame.y + frame.h - edge);
    let (across, down) = ((left + right) / 2.0, (top + low) / 2.0);
    vec![
        (left, low),
        (right, low),
        (left, top),
        (right, top),
        (left, down),
        (right, down),
        (across, low),
        (across, top),
    ]
}

/// The frame of a map on the globe.
fn seen(map: &Projection, frame: &Rect, globe: &Projection) -> Vec<Point> {
    let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)];
    let along = corners.windows(2).flat_map(|c| {
        (0..8).map(move |i| {
            let t = f64::from(i) / 8.0;
            (c[0].0 + t * (c[1].0 - c[0].0), c[0].1 + t * (c[1].1 - c[0].1))
        })
    });
    let page = along.map(|(x, y)| (frame.x + x * frame.w, frame.y + y * frame.h));
    page.filter_map(|p| map.unplace(p)).map(|p| globe.place(p)).collect()
}

/// Scale bars: the main map's under it, to the right; those of insets in their lower right corners. None for the whole world,
/// which has no one scale.
pub fn bars(plan: &mut RouteLayout, work: &Work<'_>) {
    let low = plan.views.iter().map(|v| v.frame.y + v.frame.h).fold(0.0, f64::max);
    for (i, view) in plan.views.iter_mut().enumerate() {
        if view.map.is_world() {
            continue;
        }
        let f = view.frame;
        let (right, y, longest) = match i {
            0 => (work.page - 24.0, low + 34.0, 130.0),
            _ => (f.x + f.w - 10.0, insets::foot(&f).y + 22.0, 80.0),
        };
        let km_per_px = EARTH_KM / view.map.scale;
        let km = rounded(longest * km_per_px);
        let length = km / km_per_px;
        let words = work.names.words.say(Phrase::Kilometres, &[&work.names.words.digits(km.round() as usize)]);
        let label = Label::centred(words, (right - length / 2.0, y - 7.0), Role::Body).quiet();
        let x = label.x.min(right - label.width());
        let label = label.moved(x, y - 7.0);
        view.bar = Some(Bar { from: (right - length, y), length, km, label });
    }
}

/// The largest of 1, 2 and 5 times a power of ten that is no more than this.
fn rounded(km: f64) -> f64 {
    let unit = 10f64.powf(km.max(1e-3).log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|m| m * unit).find(|k| *k <= km).unwrap_or(unit)
}
