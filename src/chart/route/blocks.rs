//! Labels of stops: what they say at a place, and where they stand; in less words where there is no room for more.

use super::super::label::{Label, Rect, broken, text_width};
use super::super::map::Point;
use super::super::theme::Role;
use super::super::words::{Detail, Phrase};
use super::insets::{self, TITLE};
use super::labels::{Ground, Spot, Wanted, place};
use super::layout::{Leader, RouteLayout, Stop, Work};
use super::sites::Site;
use crate::itinerary::{Meeting, Mode, PlaceId, Status, Visit};

/// Widest label, on a broad page and on a narrow one.
const WIDEST: (f64, f64) = (230.0, 165.0);
/// A map of more sites than this says less about each.
const MANY: usize = 12;
/// Distance of baselines.
pub const PITCH: f64 = 15.5;

/// How much a label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
enum Depth {
    Name,
    Facts,
    Met,
}

/// A label of several lines before it has a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Stops that it is about, as indices into the layout's; of a list, the stops themselves.
    pub stops: Vec<Stop>,
    pub lines: Vec<(String, Role)>,
}

impl Block {
    fn size(&self) -> (f64, f64) {
        let w = self.lines.iter().map(|(l, role)| text_width(l, *role)).fold(0.0, f64::max);
        (w + 2.0, self.lines.len() as f64 * PITCH + 1.0)
    }
}

/// The entry of a stop that is on no map.
pub fn alone(work: &Work<'_>, stop: Stop) -> Block {
    let lines = words(work, std::slice::from_ref(&stop), Depth::Met, 300.0);
    Block { stops: vec![stop], lines }
}

/// Labels all sites of all views; gives those that must be listed, with all that is to be said of them.
pub fn write(plan: &mut RouteLayout, work: &Work<'_>, all: &[Site]) -> Vec<Block> {
    let mut unnamed = Vec::new();
    for view in 0..plan.views.len() {
        brackets(plan, work, view);
        let own: Vec<&Site> = all.iter().filter(|s| s.view == view).collect();
        let first = if own.len() > MANY { Depth::Facts } else { Depth::Met };
        let mut open: Vec<&Site> = parts(plan, work, view, own);
        for depth in [first, Depth::Facts, Depth::Name].into_iter().filter(|d| *d <= first) {
            open = try_to_place(plan, work, view, open, depth, first, &mut unnamed);
            if open.is_empty() {
                break;
            }
        }
        unnamed.extend(open.into_iter().map(|s| whole(plan, work, s)));
    }
    unnamed.sort_by_key(|b| b.stops.first().map(|s| (s.recalled, s.visit)));
    unnamed
}

/// Names the parts of the main map that insets under it show; hands the sites on.
fn parts<'s>(plan: &mut RouteLayout, work: &Work<'_>, view: usize, own: Vec<&'s Site>) -> Vec<&'s Site> {
    if view > 0 {
        return own;
    }
    let below: Vec<Rect> = plan.insets.iter().filter(|i| i.links.is_empty()).map(|i| i.area).collect();
    for area in below {
        let words = work.names.words.of(Phrase::InsetBelow).to_string();
        let block = Block { stops: Vec::new(), lines: vec![(words, Role::Strong)] };
        let (w, h) = block.size();
        let wanted = Wanted { discs: vec![area], anchor: area, w, h, weight: 1.0 };
        if let Some(spot) = placed(plan, view, &[wanted]).into_iter().next().flatten() {
            set(plan, view, &block, &spot);
        }
    }
    own
}

/// Places blocks of a depth; gives back the sites that found no room. What is said in less words than the rest is listed too.
fn try_to_place<'s>(
    plan: &mut RouteLayout,
    work: &Work<'_>,
    view: usize,
    open: Vec<&'s Site>,
    depth: Depth,
    full: Depth,
    unnamed: &mut Vec<Block>,
) -> Vec<&'s Site> {
    let widest = if work.page < 700.0 { WIDEST.1 } else { WIDEST.0 };
    let blocks: Vec<Block> = open.iter().map(|s| block(plan, work, s, depth, widest)).collect();
    let wanted: Vec<Wanted> = open.iter().zip(&blocks).map(|(site, b)| wanted(plan, site, b)).collect();
    let spots = placed(plan, view, &wanted);
    let mut left = Vec::new();
    for ((site, block), spot) in open.into_iter().zip(&blocks).zip(spots) {
        match spot {
            Some(spot) => {
                set(plan, view, block, &spot);
                if depth == Depth::Name && full > Depth::Name {
                    let said = whole(plan, work, site);
                    unnamed.extend((said.lines.len() > 1).then_some(said));
                }
            }
            None => left.push(site),
        }
    }
    left
}

fn wanted(plan: &RouteLayout, site: &Site, block: &Block) -> Wanted {
    let discs = site.discs.iter().map(|d| plan.stops[d.stop].rect()).collect();
    let (w, h) = block.size();
    let weight = if block.stops.iter().all(|s| s.recalled) { 0.6 } else { 1.0 };
    Wanted { discs, anchor: site.rect(), w, h, weight }
}

fn placed(plan: &RouteLayout, view: usize, wanted: &[Wanted]) -> Vec<Option<Spot>> {
    let frame = plan.views[view].frame;
    let mut firm = plan.taken(view);
    firm.extend(plan.labels.iter().map(|l| l.rect().grown(2.0)));
    if view > 0 {
        firm.extend([Rect { h: TITLE, ..frame }, insets::foot(&frame)]);
    }
    let legs = plan.legs.iter().filter(|l| l.view == view).flat_map(|l| l.parts.iter().flatten());
    let open = plan.open.iter().filter(|o| o.view == view).flat_map(|o| o.lines.iter().flatten());
    let leaders = plan.leaders.iter().filter(|l| l.view == view);
    let leaders = leaders.flat_map(|l| (0..=8).map(|i| along(l.from, l.to, f64::from(i) / 8.0)));
    let links = plan.insets.iter().filter(|_| view == 0).flat_map(|i| &i.links);
    let links = links.flat_map(|l| (0..=12).map(|i| along(l.0, l.1, f64::from(i) / 12.0)));
    let loose: Vec<Point> = legs.chain(open).copied().chain(leaders).chain(links).collect();
    place(wanted, &Ground { frame, firm: &firm, loose: &loose, rivals: &[] })
}

fn along(a: Point, b: Point, t: f64) -> Point {
    (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1))
}

/// "order not stated" with its bracket beside the longest line of each ring.
fn brackets(plan: &mut RouteLayout, work: &Work<'_>, view: usize) {
    let words = work.names.words.of(Phrase::OrderOpen);
    let block = Block { stops: Vec::new(), lines: vec![(words.to_string(), Role::Body)] };
    let (w, h) = block.size();
    for i in (0..plan.open.len()).filter(|i| plan.open[*i].view == view).collect::<Vec<_>>() {
        let lines = &plan.open[i].lines;
        let mut middles: Vec<&Vec<Point>> = lines.iter().collect();
        middles.sort_by_key(|l| std::cmp::Reverse(l.len()));
        let spot = middles.into_iter().find_map(|line| {
            let (x, y) = line[line.len() / 2];
            let anchor = Rect::around((x, y), 1.0);
            let wanted = Wanted { discs: Vec::new(), anchor, w: w + 16.0, h: h + 6.0, weight: 1.0 };
            placed(plan, view, &[wanted]).into_iter().next().flatten()
        });
        let Some(spot) = spot else { continue };
        let inner = Rect { x: spot.rect.x + 8.0, y: spot.rect.y + 3.0, w, h };
        plan.labels.push(Label::new(words, (inner.x + 1.0, inner.y + 12.0), Role::Body).halo());
        plan.open[i].bracket = Some(spot.rect.grown(-1.0));
        if let Some((from, to)) = spot.leader {
            plan.open[i].lines.push(vec![from, to]);
        }
    }
}

/// The whole label of a site, for the list.
fn whole(plan: &RouteLayout, work: &Work<'_>, site: &Site) -> Block {
    block(plan, work, site, Depth::Met, 300.0)
}

fn block(plan: &RouteLayout, work: &Work<'_>, site: &Site, depth: Depth, widest: f64) -> Block {
    let mut stops: Vec<Stop> = site.discs.iter().map(|d| plan.stops[d.stop].clone()).collect();
    stops.sort_by_key(|s| (s.recalled, s.visit));
    let lines = words(work, &stops, depth, widest);
    Block { stops, lines }
}

/// What is said of the stops of a site: place by place.
fn words(work: &Work<'_>, stops: &[Stop], depth: Depth, widest: f64) -> Vec<(String, Role)> {
    let mut places: Vec<&PlaceId> = Vec::new();
    for stop in stops {
        let place = &work.visit(stop).place;
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let mut lines = Vec::new();
    for place in places {
        let here: Vec<&Stop> = stops.iter().filter(|s| work.visit(s).place == *place).collect();
        let name = work.names.place_name(work.visit(here[0]));
        let role = if here.iter().all(|s| s.recalled) { Role::Strong } else { Role::Name };
        let mut said = vec![(name, role)];
        // What is only recalled comes last, so that nobody is taken to have met whom another met.
        let (recalled, reported): (Vec<&Stop>, Vec<&Stop>) = here.iter().partition(|s| s.recalled);
        let (first, after) = if reported.is_empty() { (recalled, Vec::new()) } else { (reported, recalled) };
        if depth >= Depth::Facts {
            said.extend(facts(work, &first, widest).into_iter().map(|f| (f, Role::Body)));
        }
        if depth >= Depth::Met {
            said.extend(met(work, &first).into_iter().map(|f| (f, Role::Body)));
        }
        if depth >= Depth::Facts {
            said.extend(groups(work, &after).into_iter().map(|g| (who_when(work, g, false), Role::Body)));
        }
        for (text, role) in said.into_iter().filter(|(text, _)| !text.is_empty()) {
            lines.extend(broken(&text, widest, role).into_iter().map(|l| (l, role)));
        }
    }
    lines
}

/// Country, date and status of the stops at a place; who is meant where that differs.
fn facts(work: &Work<'_>, here: &[&Stop], widest: f64) -> Vec<String> {
    let w = work.names.words;
    let mut groups = groups(work, here);
    let country = work.names.country_of(work.visit(here[0]));
    let several = work.names.travellers().len() > 1 || here.iter().any(|s| s.recalled);
    if groups.len() == 1 {
        let (when, members) = groups.remove(0);
        let who = if several { people(work, &members) } else { String::new() };
        let facts: Vec<String> =
            std::iter::once(country).chain(when.split(w.of(Phrase::Part)).map(String::from)).collect();
        return joined(work, facts, widest).into_iter().chain([who]).collect();
    }
    std::iter::once(country).chain(groups.into_iter().map(|g| who_when(work, g, !several))).collect()
}

/// Stops with the same date and status, and what these are.
fn groups<'s>(work: &Work<'_>, here: &[&'s Stop]) -> Vec<(String, Vec<&'s Stop>)> {
    let w = work.names.words;
    let when = |s: &Stop| {
        let v = work.visit(s);
        let recalled = if s.recalled { w.of(Phrase::Recalled) } else { "" };
        let status = super::super::sheet::status_note(work.names, v.status);
        w.parts(&[work.names.dates.visit(v, Detail::Short), recalled.into(), status])
    };
    let mut groups: Vec<(String, Vec<&Stop>)> = Vec::new();
    for stop in here {
        let key = when(stop);
        match groups.iter_mut().find(|(k, _)| *k == key) {
            Some((_, members)) => members.push(stop),
            None => groups.push((key, vec![stop])),
        }
    }
    groups
}

/// Who, or which numbers, and when.
fn who_when(work: &Work<'_>, (when, members): (String, Vec<&Stop>), by_number: bool) -> String {
    let who = if by_number { numbers(work, &members) } else { people(work, &members) };
    let whole = when.is_empty() || who.is_empty();
    if whole { format!("{who}{when}") } else { work.names.words.say(Phrase::WhoWhen, &[&who, &when]) }
}

/// Facts in as many lines as they need, none of them broken.
fn joined(work: &Work<'_>, facts: Vec<String>, widest: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for fact in facts.into_iter().filter(|f| !f.is_empty()) {
        let longer = lines.last().map(|l| work.names.words.parts(&[l.clone(), fact.clone()]));
        match (longer.filter(|l| text_width(l, Role::Body) <= widest), lines.last_mut()) {
            (Some(longer), Some(last)) => *last = longer,
            _ => lines.push(fact),
        }
    }
    lines
}

/// The travellers of stops, each once.
fn people(work: &Work<'_>, stops: &[&Stop]) -> String {
    let mut names: Vec<String> = Vec::new();
    for stop in stops {
        let name = work.names.name(&work.visit(stop).traveller);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    few(work, names, 4)
}

/// The numbers of stops.
fn numbers(work: &Work<'_>, stops: &[&Stop]) -> String {
    let orders = stops.iter().filter_map(|s| work.visit(s).order).map(|n| n.to_string());
    work.names.words.and(&orders.collect::<Vec<_>>())
}

/// Names, or the first ones and how many others.
fn few(work: &Work<'_>, names: Vec<String>, most: usize) -> String {
    let w = work.names.words;
    if names.len() <= most {
        return w.and(&names);
    }
    let shown = names[..most - 1].join(w.of(Phrase::ListComma));
    w.say(Phrase::OthersMany, &[&shown, &w.number(names.len() - most + 1)])
}

/// Whom the travellers met at a place, by kind of meeting.
fn met(work: &Work<'_>, here: &[&Stop]) -> Vec<String> {
    let visits: Vec<&Visit> = here.iter().filter(|s| !s.recalled).map(|s| work.visit(s)).collect();
    let Some(first) = visits.first() else { return Vec::new() };
    let mut seen: Vec<&Meeting> = Vec::new();
    for m in visits.iter().flat_map(|v| work.names.meetings(v)) {
        if m.status != Status::Cancelled && !seen.iter().any(|s| s.id == m.id) {
            seen.push(m);
        }
    }
    let kinds: [fn(&Meeting) -> bool; 4] = [
        |m| m.mode == Mode::InPerson && m.status == Status::Completed,
        |m| m.mode == Mode::InPerson && m.status == Status::Planned,
        |m| m.mode == Mode::InPerson && m.status == Status::Possible,
        |m| m.mode != Mode::InPerson && m.status == Status::Completed,
    ];
    let phrases = [Phrase::MetWith, Phrase::ToMeet, Phrase::MayMeet, Phrase::SpokeWith];
    let said = kinds.iter().zip(phrases).map(|(kind, phrase)| {
        let others = others(work, first, &visits, seen.iter().filter(|m| kind(m)).copied());
        let names = match &others[..] {
            [(name, office)] if !office.is_empty() => {
                format!("{name}{}{office}", work.names.words.of(Phrase::ListComma))
            }
            _ => few(work, others.into_iter().map(|(n, _)| n).collect(), 3),
        };
        if names.is_empty() { names } else { work.names.words.say(phrase, &[&names]) }
    });
    said.collect()
}

/// Those in meetings who are not the travellers themselves, each once.
fn others<'m>(
    work: &Work<'_>,
    first: &Visit,
    visits: &[&Visit],
    meetings: impl Iterator<Item = &'m Meeting>,
) -> Vec<(String, String)> {
    let own: Vec<String> = visits.iter().map(|v| work.names.name(&v.traveller)).collect();
    let mut found: Vec<(String, String)> = Vec::new();
    let country = first.country.as_ref().map(|c| work.names.country(c.as_str())).unwrap_or_default();
    let host = format!("{}{country}", work.names.words.of(Phrase::ListComma));
    for (name, office) in meetings.flat_map(|m| work.names.others(m, &first.traveller)) {
        // A host's country stands over the line.
        let office = if office == country { "" } else { office.strip_suffix(&host).unwrap_or(&office) }.to_string();
        if !own.contains(&name) && found.iter().all(|(n, _)| *n != name) {
            found.push((name, office));
        }
    }
    found
}

/// Writes the lines of a block into its box, and the line to its disc where it stands far from it.
fn set(plan: &mut RouteLayout, view: usize, block: &Block, spot: &Spot) {
    let rect = spot.rect;
    for (i, (line, role)) in block.lines.iter().enumerate() {
        let w = text_width(line, *role);
        let x = rect.x + 1.0 + spot.align * (rect.w - 2.0 - w);
        let label = Label::new(line.clone(), (x, rect.y + 12.5 + PITCH * i as f64), *role).halo();
        plan.labels.push(if *role == Role::Body { label.quiet() } else { label });
    }
    if let Some((from, to)) = spot.leader {
        plan.leaders.push(Leader { view, from, to });
    }
}
