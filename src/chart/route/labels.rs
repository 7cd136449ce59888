//! Placing labels: each has candidate positions around its disc; the best set is sought by choosing greedily and then
//! improving one label at a time until nothing gets better. What finds no free position is handed back.

use super::super::Rect;
use super::super::map::Point;

/// A block of text that wants to stand beside a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub at: Point,
    /// Distance that the block keeps from the point.
    pub clear: f64,
    pub w: f64,
    pub h: f64,
}

/// What labels must not cover (firmly), should not cover (loosely), and the frame that they stay in.
pub struct Ground<'a> {
    pub frame: Rect,
    pub firm: &'a [Rect],
    pub loose: &'a [Rect],
}

/// How far from its point a label may be moved out, in steps of clearance.
const RINGS: [f64; 5] = [0.0, 14.0, 40.0, 80.0, 130.0];

/// Position of each block, or none where every candidate would cover something.
pub fn place(wanted: &[Wanted], ground: &Ground<'_>) -> Vec<Option<Rect>> {
    let candidates: Vec<Vec<(Rect, f64)>> = wanted.iter().map(|w| scored(w, ground)).collect();
    let mut chosen: Vec<Option<usize>> = vec![None; wanted.len()];
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|i| candidates[*i].len());
    for _ in 0..4 {
        let before = chosen.clone();
        for i in &order {
            chosen[*i] = best(*i, &candidates, &chosen);
        }
        if chosen == before {
            break;
        }
    }
    chosen.iter().enumerate().map(|(i, c)| c.map(|c| candidates[i][c].0)).collect()
}

/// The cheapest candidate of label `i` that covers none of the others.
fn best(i: usize, candidates: &[Vec<(Rect, f64)>], chosen: &[Option<usize>]) -> Option<usize> {
    let free = |r: &Rect| {
        let others = chosen.iter().enumerate().filter(|(j, _)| *j != i);
        others.filter_map(|(j, c)| c.map(|c| candidates[j][c].0)).all(|o| r.overlap(&o) <= 0.0)
    };
    let found = candidates[i].iter().enumerate().filter(|(_, (r, _))| free(r));
    found.min_by(|(_, a), (_, b)| a.1.total_cmp(&b.1)).map(|(k, _)| k)
}

/// Candidates of a label that lie in the frame and cover nothing firm, with their costs.
fn scored(w: &Wanted, ground: &Ground<'_>) -> Vec<(Rect, f64)> {
    let mut found = Vec::new();
    for (ring, out) in RINGS.iter().enumerate() {
        let d = w.clear + out;
        let (x, y) = w.at;
        let slant = d * 0.75;
        let spots = [
            (x + d, y - w.h / 2.0),
            (x - d - w.w, y - w.h / 2.0),
            (x - w.w / 2.0, y + d),
            (x - w.w / 2.0, y - d - w.h),
            (x + slant, y + slant),
            (x + slant, y - slant - w.h),
            (x - slant - w.w, y + slant),
            (x - slant - w.w, y - slant - w.h),
            (x + d, y - 6.0),
            (x - d - w.w, y - 6.0),
            (x + d, y - w.h + 6.0),
            (x - d - w.w, y - w.h + 6.0),
        ];
        for (k, (x, y)) in spots.into_iter().enumerate() {
            let rect = Rect { x, y, w: w.w, h: w.h };
            let f = ground.frame;
            let inside = x >= f.x + 4.0 && y >= f.y + 4.0 && x + w.w <= f.x + f.w - 4.0 && y + w.h <= f.y + f.h - 4.0;
            if !inside || ground.firm.iter().any(|b| rect.overlap(b) > 0.0) {
                continue;
            }
            let covered: f64 = ground.loose.iter().map(|b| rect.overlap(b).max(0.0)).sum();
            found.push((rect, ring as f64 * 40.0 + k as f64 * 2.0 + covered * 3.0));
        }
    }
    found
}
