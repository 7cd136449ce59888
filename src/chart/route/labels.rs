//! Placing labels: each has candidate positions around its discs, scored by how far they are, on which side, and what they cover; the
//! best set is sought greedily and then by simulated annealing (J. Christensen, J. Marks and S. Shieber, "An empirical study of
//! algorithms for point-feature label placement", ACM Transactions on Graphics 14, 1995). The random numbers have a fixed seed, so
//! that a document gives the same map every time. A label whose every position covers something is handed back.

use super::super::label::Rect;
use super::super::map::Point;

/// A block of text that wants to stand beside discs.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Boxes of its own discs, which its leader line may touch.
    pub discs: Vec<Rect>,
    /// The box that it stands beside.
    pub anchor: Rect,
    pub w: f64,
    pub h: f64,
    /// How much it matters that it is placed.
    pub weight: f64,
}

/// What labels must not cover (firm), should not cover (loose), and the frame that they stay in.
pub struct Ground<'a> {
    pub frame: Rect,
    pub firm: &'a [Rect],
    pub loose: &'a [Point],
    /// Discs that a label could be taken for, if it stood nearer to them than to its own.
    pub rivals: &'a [Rect],
}

/// A position found for a label.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub rect: Rect,
    /// 0 where lines begin at the left, 1 where they end at the right, 0.5 where they are centred.
    pub align: f64,
    /// From the rim of the discs to the label, where it stands far off.
    pub leader: Option<(Point, Point)>,
    cost: f64,
    reach: Reach,
}

/// The box of a label and its leader line: a quick answer to whether two of them can touch.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Reach {
    left: f64,
    top: f64,
    right: f64,
    low: f64,
}

impl Reach {
    const NOWHERE: Reach =
        Reach { left: f64::INFINITY, top: f64::INFINITY, right: f64::NEG_INFINITY, low: f64::NEG_INFINITY };

    fn of(rect: &Rect, leader: Option<(Point, Point)>) -> Reach {
        let (a, b) = leader.unwrap_or(((rect.x, rect.y), (rect.x, rect.y)));
        Reach {
            left: rect.x.min(a.0).min(b.0) - GAP / 2.0,
            top: rect.y.min(a.1).min(b.1) - GAP / 2.0,
            right: (rect.x + rect.w).max(a.0).max(b.0) + GAP / 2.0,
            low: (rect.y + rect.h).max(a.1).max(b.1) + GAP / 2.0,
        }
    }

    fn meets(&self, other: &Reach) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.low && other.top < self.low
    }
}

/// How far from its discs a label may stand, and from where on it has a leader line.
const RINGS: [f64; 8] = [3.0, 9.0, 22.0, 40.0, 64.0, 96.0, 140.0, 190.0];
const LEADER_FROM: f64 = 15.0;
/// Cost of a label that is not placed, of a pair that covers one another, and of a leader line through a label.
const MISSING: f64 = 900.0;
const COVERED: f64 = 1500.0;
const CROSSED: f64 = 120.0;
/// Cost of standing nearer to another's disc than to one's own, without a leader line and with one.
const MISTAKEN: f64 = 45.0;
const TRACED: f64 = 12.0;
/// Distance from which a label has a leader line where it could be taken for another's.
const TRACED_FROM: f64 = 8.0;
/// Space between labels in pixels.
const GAP: f64 = 2.0;
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// Position of each block, or none where every candidate would cover something.
pub fn place(wanted: &[Wanted], ground: &Ground<'_>) -> Vec<Option<Spot>> {
    let candidates: Vec<Vec<Spot>> = wanted.iter().map(|w| candidates(w, ground)).collect();
    let mut search = Search {
        wanted,
        candidates: &candidates,
        chosen: vec![None; wanted.len()],
        reaches: vec![Reach::NOWHERE; wanted.len()],
    };
    search.greedily();
    search.anneal();
    search.greedily();
    search.settle();
    search.chosen.iter().zip(&candidates).map(|(c, own)| c.map(|c| own[c].clone())).collect()
}

struct Search<'a> {
    wanted: &'a [Wanted],
    candidates: &'a [Vec<Spot>],
    chosen: Vec<Option<usize>>,
    /// Of what is chosen.
    reaches: Vec<Reach>,
}

impl Search<'_> {
    fn choose(&mut self, i: usize, candidate: Option<usize>) {
        self.chosen[i] = candidate;
        self.reaches[i] = candidate.map_or(Reach::NOWHERE, |c| self.candidates[i][c].reach);
    }

    /// Each label in turn, those with the fewest positions first, where it costs least.
    fn greedily(&mut self) {
        let mut order: Vec<usize> = (0..self.wanted.len()).collect();
        order.sort_by_key(|i| self.candidates[*i].len());
        for _ in 0..3 {
            let before = self.chosen.clone();
            for i in order.iter().copied() {
                let options = std::iter::once(None).chain((0..self.candidates[i].len()).map(Some));
                let best = options.map(|c| (self.cost(i, c), c)).min_by(|a, b| a.0.total_cmp(&b.0));
                self.choose(i, best.and_then(|(_, c)| c));
            }
            if self.chosen == before {
                return;
            }
        }
    }

    /// Random changes of one label at a time, of which those for the worse are taken ever less often.
    fn anneal(&mut self) {
        let movable: Vec<usize> = (0..self.wanted.len()).filter(|i| !self.candidates[*i].is_empty()).collect();
        if movable.len() < 2 {
            return;
        }
        let mut random = Random(SEED);
        let (mut best, mut best_total) = (self.chosen.clone(), self.total());
        let steps = (movable.len() * 400).min(16000);
        let mut heat = 60.0;
        let mut total = best_total;
        for _ in 0..steps {
            let i = movable[random.below(movable.len())];
            let to = Some(random.below(self.candidates[i].len()));
            let worse = self.cost(i, to) - self.cost(i, self.chosen[i]);
            if worse <= 0.0 || random.share() < (-worse / heat).exp() {
                self.choose(i, to);
                total += worse;
                if total < best_total - 1e-9 {
                    (best, best_total) = (self.chosen.clone(), total);
                }
            }
            heat = (heat * (1.0 - 4.0 / steps as f64)).max(0.5);
        }
        best.into_iter().enumerate().for_each(|(i, c)| self.choose(i, c));
    }

    /// Drops labels that still cover another.
    fn settle(&mut self) {
        for i in 0..self.chosen.len() {
            let covers = |c: usize| {
                (0..self.chosen.len()).any(|j| {
                    j != i && self.chosen[j].is_some_and(|d| covered(&self.candidates[i][c], &self.candidates[j][d]))
                })
            };
            if self.chosen[i].is_some_and(covers) {
                self.choose(i, None);
            }
        }
    }

    fn total(&self) -> f64 {
        // Pairs count twice here and once in a change; only changes are compared.
        (0..self.wanted.len()).map(|i| self.cost(i, self.chosen[i])).sum()
    }

    /// What it costs to have label `i` at a candidate, as the others stand.
    fn cost(&self, i: usize, candidate: Option<usize>) -> f64 {
        let Some(c) = candidate else { return MISSING * self.wanted[i].weight };
        let own = &self.candidates[i][c];
        let mut cost = own.cost;
        for (j, reach) in self.reaches.iter().enumerate() {
            if let (true, Some(d)) = (i != j && own.reach.meets(reach), self.chosen[j]) {
                let other = &self.candidates[j][d];
                if covered(own, other) {
                    cost += COVERED;
                } else if crossed(own, other) || crossed(other, own) {
                    cost += CROSSED;
                }
            }
        }
        cost
    }
}

fn covered(a: &Spot, b: &Spot) -> bool {
    a.rect.overlap(&b.rect) > -GAP
}

/// Whether the leader line of one runs through the other.
fn crossed(a: &Spot, b: &Spot) -> bool {
    a.leader.is_some_and(|(from, to)| cuts(from, to, &b.rect))
}

/// Whether a line runs through a box (Liang and Barsky 1984).
fn cuts(a: Point, b: Point, r: &Rect) -> bool {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut from, mut to) = (0.0f64, 1.0f64);
    for (p, q) in [(-dx, a.0 - r.x), (dx, r.x + r.w - a.0), (-dy, a.1 - r.y), (dy, r.y + r.h - a.1)] {
        if p.abs() < 1e-12 {
            if q < 0.0 {
                return false;
            }
        } else if p < 0.0 {
            from = from.max(q / p);
        } else {
            to = to.min(q / p);
        }
    }
    from < to
}

/// Candidates of a label that lie in the frame and cover nothing firm, with their costs.
fn candidates(w: &Wanted, ground: &Ground<'_>) -> Vec<Spot> {
    let mut found = Vec::new();
    for out in RINGS {
        for (x, y, align, side) in around(w, out) {
            let rect = Rect { x, y, w: w.w, h: w.h };
            let f = ground.frame.grown(-5.0);
            let inside = x >= f.x && y >= f.y && x + w.w <= f.x + f.w && y + w.h <= f.y + f.h;
            if !inside || ground.firm.iter().any(|b| rect.overlap(b) > 0.0) {
                continue;
            }
            let mistaken = is_mistaken(w, &rect, ground.rivals);
            let leads = out >= LEADER_FROM || (mistaken && out >= TRACED_FROM);
            let leader = leads.then(|| line(&w.anchor, &rect, align));
            let foreign = |b: &&Rect| !w.discs.iter().any(|d| d.overlap(b) > 0.0);
            if leader.is_some_and(|(a, b)| ground.firm.iter().filter(foreign).any(|r| cuts(a, b, r))) {
                continue;
            }
            let near = rect.grown(1.5);
            let on = ground
                .loose
                .iter()
                .filter(|p| p.0 > near.x && p.0 < near.x + near.w && p.1 > near.y && p.1 < near.y + near.h);
            let doubt = match (mistaken, leader.is_some()) {
                (false, _) => 0.0,
                (true, true) => TRACED,
                (true, false) => MISTAKEN,
            };
            let led = if leader.is_some() { 25.0 } else { 0.0 };
            let cost = 0.9 * out + side + 5.0 * (on.count() as f64).min(30.0) + led + doubt;
            found.push(Spot { rect, align, leader, cost, reach: Reach::of(&rect, leader) });
        }
    }
    found
}

/// Whether a label stands about as near to a disc of another as to its own.
fn is_mistaken(w: &Wanted, rect: &Rect, rivals: &[Rect]) -> bool {
    let foreign = |r: &&Rect| !w.discs.iter().any(|d| d.overlap(r) > 0.0);
    let own = w.discs.iter().map(|d| gap(d, rect)).fold(f64::INFINITY, f64::min);
    rivals.iter().filter(foreign).any(|r| gap(r, rect) < own + 3.0)
}

/// Distance between two boxes.
fn gap(a: &Rect, b: &Rect) -> f64 {
    let x = (b.x - a.x - a.w).max(a.x - b.x - b.w).max(0.0);
    let y = (b.y - a.y - a.h).max(a.y - b.y - b.h).max(0.0);
    x.hypot(y)
}

/// Corners, alignments and costs of the positions around a box at a distance: right before left, below before above, beside before aslant.
fn around(w: &Wanted, out: f64) -> Vec<(f64, f64, f64, f64)> {
    let a = w.anchor;
    let (right, left) = (a.x + a.w + out, a.x - out - w.w);
    let (below, above) = (a.y + a.h + out, a.y - out - w.h);
    let (across, down) = (a.x + a.w / 2.0 - w.w / 2.0, a.y + a.h / 2.0 - w.h / 2.0);
    // The first line stands level with the disc.
    let level = a.y + a.h / 2.0 - 9.0;
    let raised = a.y + a.h / 2.0 + 9.0 - w.h;
    let aslant = 0.7 * out;
    vec![
        (right, level, 0.0, 0.0),
        (right, down, 0.0, 1.0),
        (right, raised, 0.0, 4.0),
        (left, level, 1.0, 3.0),
        (left, down, 1.0, 4.0),
        (left, raised, 1.0, 7.0),
        (across, below, 0.5, 6.0),
        (across, above, 0.5, 7.0),
        (a.x + a.w - 6.0 + aslant, a.y + a.h - 6.0 + aslant, 0.0, 9.0),
        (a.x + a.w - 6.0 + aslant, a.y + 6.0 - w.h - aslant, 0.0, 9.0),
        (a.x + 6.0 - w.w - aslant, a.y + a.h - 6.0 + aslant, 1.0, 11.0),
        (a.x + 6.0 - w.w - aslant, a.y + 6.0 - w.h - aslant, 1.0, 11.0),
        (a.x, below, 0.0, 8.0),
        (a.x, above, 0.0, 9.0),
        (a.x + a.w - w.w, below, 1.0, 9.0),
        (a.x + a.w - w.w, above, 1.0, 10.0),
    ]
}

/// The line from the rim of a box to a label: to its first line where it stands beside, else to its nearest edge.
fn line(anchor: &Rect, rect: &Rect, align: f64) -> (Point, Point) {
    let middle = (anchor.x + anchor.w / 2.0, anchor.y + anchor.h / 2.0);
    let to = match align {
        0.0 if rect.x > middle.0 => (rect.x - 1.0, rect.y + 8.0),
        1.0 if rect.x + rect.w < middle.0 => (rect.x + rect.w + 1.0, rect.y + 8.0),
        _ if rect.y > middle.1 => (middle.0.clamp(rect.x, rect.x + rect.w), rect.y - 1.0),
        _ => (middle.0.clamp(rect.x, rect.x + rect.w), rect.y + rect.h + 1.0),
    };
    let d = (to.0 - middle.0).hypot(to.1 - middle.1).max(1e-9);
    let rim = (anchor.w.min(anchor.h) / 2.0).min(d);
    ((middle.0 + rim * (to.0 - middle.0) / d, middle.1 + rim * (to.1 - middle.1) / d), to)
}

/// Numbers that look random (G. Marsaglia's xorshift, 2003), the same ones every time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect { x: 0.0, y: 0.0, w: 600.0, h: 400.0 };

    fn wanted(x: f64, y: f64) -> Wanted {
        let disc = Rect::around((x, y), 14.0);
        Wanted { discs: vec![disc], anchor: disc, w: 120.0, h: 48.0, weight: 1.0 }
    }

    #[test]
    fn a_free_label_stands_to_the_right_and_a_crowd_overlaps_nowhere() {
        let spots = place(&[wanted(300.0, 200.0)], &Ground { frame: FRAME, firm: &[], loose: &[], rivals: &[] });
        assert!(spots[0].as_ref().is_some_and(|s| s.rect.x > 310.0 && s.leader.is_none()));
        let crowd: Vec<Wanted> =
            (0..12).map(|i| wanted(200.0 + 40.0 * f64::from(i % 4), 150.0 + 40.0 * f64::from(i / 4))).collect();
        let firm: Vec<Rect> = crowd.iter().map(|w| w.anchor).collect();
        let spots = place(&crowd, &Ground { frame: FRAME, firm: &firm, loose: &[], rivals: &[] });
        let rects: Vec<Rect> = spots.iter().flatten().map(|s| s.rect).collect();
        assert!(rects.len() >= 9, "{} of 12", rects.len());
        for (i, a) in rects.iter().enumerate() {
            assert!(rects[i + 1..].iter().chain(&firm).all(|b| a.overlap(b) <= 0.0));
        }
    }

    #[test]
    fn a_label_stands_where_no_other_disc_is_as_near_as_its_own() {
        let own = wanted(300.0, 200.0);
        // The place at the right, which is the best one else, lies between two discs.
        let rival = Rect::around((300.0 + 14.0 + 3.0 + 120.0 + 18.0, 205.0), 14.0);
        let spots = place(&[own], &Ground { frame: FRAME, firm: &[rival], loose: &[], rivals: &[rival] });
        assert!(spots[0].as_ref().is_some_and(|s| s.rect.x + s.rect.w < 300.0), "{spots:?}");
    }

    #[test]
    fn a_label_without_room_is_handed_back() {
        let firm = [FRAME];
        assert_eq!(
            place(&[wanted(300.0, 200.0)], &Ground { frame: FRAME, firm: &firm, loose: &[], rivals: &[] }),
            [None]
        );
    }
}
