//! Syntax: a greedy transition-based dependency parser (arc-hybrid, Kuhlmann et al. 2011) over a linear model.
//!
//! It is trained with a dynamic oracle and exploration (Goldberg and Nivre 2013), so that it recovers from its own errors.
//! Nodes are numbered from 1; node 0 is the root above the sentence.

use super::linear::{Linear, Scorer, feature};
use super::tagger::Word;

/// The state of a parse.
#[derive(Clone, Debug)]
pub struct State {
    pub stack: Vec<usize>,
    pub next: usize,
    pub heads: Vec<usize>,
    pub labels: Vec<u8>,
    left: Vec<[usize; 2]>,
    right: Vec<[usize; 2]>,
    valency: Vec<[u32; 2]>,
    size: usize,
}

/// What a transition does; the label belongs to the arc that it draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Shift,
    Left(u8),
    Right(u8),
}

impl Move {
    /// Number of the move among the model's labels.
    #[cfg(feature = "train")]
    pub fn code(self) -> usize {
        match self {
            Move::Shift => 0,
            Move::Left(l) => 1 + 2 * l as usize,
            Move::Right(l) => 2 + 2 * l as usize,
        }
    }

    /// The move of a number.
    pub fn of(code: usize) -> Move {
        match code {
            0 => Move::Shift,
            c if c % 2 == 1 => Move::Left(((c - 1) / 2) as u8),
            c => Move::Right(((c - 2) / 2) as u8),
        }
    }
}

impl State {
    /// Before the first of `size` words.
    pub fn new(size: usize) -> Self {
        State {
            stack: vec![0],
            next: 1,
            heads: vec![0; size + 1],
            labels: vec![0; size + 1],
            left: vec![[0; 2]; size + 1],
            right: vec![[0; 2]; size + 1],
            valency: vec![[0; 2]; size + 1],
            size,
        }
    }

    /// Whether every word has its head.
    pub fn done(&self) -> bool {
        self.next > self.size && self.stack.len() == 1
    }

    /// Whether a move is allowed here. Only one word may hang from the root, and only at the end.
    pub fn allows(&self, m: Move) -> bool {
        match m {
            Move::Shift => self.next <= self.size,
            Move::Left(_) => self.next <= self.size && self.stack.len() > 1,
            Move::Right(_) => self.stack.len() > 2 || (self.stack.len() == 2 && self.next > self.size),
        }
    }

    /// Carries out a move that is allowed.
    pub fn apply(&mut self, m: Move) {
        match m {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Move::Left(label) => {
                if let Some(child) = self.stack.pop() {
                    self.attach(self.next, child, label);
                }
            }
            Move::Right(label) => {
                if let Some(child) = self.stack.pop() {
                    let head = self.stack.last().copied().unwrap_or(0);
                    self.attach(head, child, label);
                }
            }
        }
    }

    fn attach(&mut self, head: usize, child: usize, label: u8) {
        self.heads[child] = head;
        self.labels[child] = label;
        let (side, index) = if child < head { (&mut self.left[head], 0) } else { (&mut self.right[head], 1) };
        side[1] = side[0];
        side[0] = child;
        self.valency[head][index] += 1;
    }

    fn top(&self, k: usize) -> usize {
        self.stack.len().checked_sub(k + 1).map_or(usize::MAX, |i| self.stack[i])
    }

    fn ahead(&self, k: usize) -> usize {
        if self.next + k <= self.size { self.next + k } else { usize::MAX }
    }
}

/// The words and tags that a parse looks at.
pub struct Input<'a> {
    pub words: &'a [Word],
    pub tags: &'a [u8],
}

impl Input<'_> {
    fn word(&self, node: usize) -> u32 {
        node.checked_sub(1).and_then(|i| self.words.get(i)).map_or(if node == 0 { 3 } else { 5 }, |w| w.lower)
    }

    fn tag(&self, node: usize) -> u32 {
        node.checked_sub(1).and_then(|i| self.tags.get(i)).map_or(if node == 0 { 301 } else { 302 }, |t| u32::from(*t))
    }

    fn shape(&self, node: usize) -> u32 {
        node.checked_sub(1).and_then(|i| self.words.get(i)).map_or(9, |w| w.shape)
    }
}

/// Features of a state (after Zhang and Nivre 2011, for the arc-hybrid system).
pub fn features(s: &State, x: &Input<'_>, out: &mut Vec<u32>) {
    out.clear();
    let (s0, s1, s2) = (s.top(0), s.top(1), s.top(2));
    let (b0, b1, b2) = (s.ahead(0), s.ahead(1), s.ahead(2));
    let (w, t) = (|n: usize| x.word(n), |n: usize| x.tag(n));
    let child = |side: &[[usize; 2]], n: usize, k: usize| match side.get(n).map(|c| c[k]) {
        Some(c) if c > 0 => c,
        _ => usize::MAX,
    };
    let label = |n: usize| s.labels.get(n).map_or(99, |l| u32::from(*l));
    let val = |n: usize, k: usize| s.valency.get(n).map_or(9, |v| v[k].min(4));
    let distance = |a: usize, b: usize| if a == usize::MAX || b == usize::MAX { 30 } else { bucket(b.abs_diff(a)) };
    let (l0, r0, l1, r1, lb) = (
        child(&s.left, s0, 0),
        child(&s.right, s0, 0),
        child(&s.left, s1, 0),
        child(&s.right, s1, 0),
        child(&s.left, b0, 0),
    );
    let (l02, r02, r12, lb2) =
        (child(&s.left, s0, 1), child(&s.right, s0, 1), child(&s.right, s1, 1), child(&s.left, b0, 1));
    let (d0, d1) = (distance(s0, b0), distance(s1, s0));
    let mut k = 100;
    let mut put = |parts: &[u32]| {
        out.push(feature(k, parts));
        k += 1;
    };
    for n in [s0, s1, s2, b0, b1, b2] {
        put(&[w(n)]);
        put(&[t(n)]);
        put(&[w(n), t(n)]);
    }
    put(&[w(s0), w(b0)]);
    put(&[w(s0), t(s0), t(b0)]);
    put(&[t(s0), w(b0), t(b0)]);
    put(&[w(s0), w(b0), t(s0), t(b0)]);
    put(&[t(s0), t(b0)]);
    put(&[t(s0), t(b0), d0]);
    put(&[w(s0), w(s1)]);
    put(&[w(s1), t(s0), t(s1)]);
    put(&[t(s1), w(s0), t(s0)]);
    put(&[t(s0), t(s1)]);
    put(&[t(s0), t(s1), d1]);
    put(&[w(s0), d0]);
    put(&[w(b0), d0]);
    put(&[w(s1), d1]);
    put(&[w(s0), d1]);
    put(&[t(s0), t(b0), t(b1)]);
    put(&[t(b0), t(b1), t(b2)]);
    put(&[t(s0), t(s1), t(b0)]);
    put(&[t(s0), t(s1), t(s2)]);
    put(&[t(s0), t(s1), t(b0), t(b1)]);
    put(&[w(s0), t(b0), t(b1)]);
    put(&[w(b0), t(s0), t(s1)]);
    put(&[w(s1), t(s0), t(b0)]);
    for (n, c) in [(s0, l0), (s0, r0), (s1, l1), (s1, r1), (b0, lb)] {
        put(&[w(c), label(c)]);
        put(&[t(c), label(c), t(n)]);
        put(&[t(n), t(c), label(c), t(b0)]);
    }
    for (n, c, d) in [(s0, l0, l02), (s0, r0, r02), (s1, r1, r12), (b0, lb, lb2)] {
        put(&[t(n), label(c), label(d)]);
        put(&[t(n), t(c), t(d)]);
    }
    put(&[t(s0), val(s0, 0), val(s0, 1)]);
    put(&[t(s1), val(s1, 0), val(s1, 1)]);
    put(&[t(b0), val(b0, 0)]);
    put(&[w(s0), val(s0, 0), val(s0, 1)]);
    put(&[w(s1), val(s1, 1)]);
    put(&[t(s0), t(r0), t(b0)]);
    put(&[t(s1), t(s0), t(l0)]);
    put(&[t(s1), t(r1), t(s0)]);
    put(&[t(s1), label(r1), t(s0), label(l0)]);
    put(&[x.shape(s0), x.shape(b0), t(s0), t(b0)]);
    put(&[x.shape(s0), x.shape(s1), t(s0), t(s1)]);
    put(&[w(s1), w(s0), w(b0)]);
    put(&[w(s1), t(s0), w(l0)]);
    put(&[t(s1), w(l0), t(s0), w(s1)]);
    put(&[w(l0), t(s0), t(b0)]);
    put(&[]);
}

fn bucket(distance: usize) -> u32 {
    match distance {
        d @ 0..=4 => d as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        _ => 8,
    }
}

/// Heads (0 is the root) and arc labels of the words.
pub fn parse(model: &Linear, arcs: usize, input: &Input<'_>) -> (Vec<usize>, Vec<u8>) {
    let mut state = State::new(input.words.len());
    let mut scorer = Scorer::new(*model, 1 + 2 * arcs);
    let mut found = Vec::with_capacity(96);
    while !state.done() {
        if !state.allows(Move::Left(0)) && !state.allows(Move::Right(0)) {
            state.apply(Move::Shift);
            continue;
        }
        features(&state, input, &mut found);
        state.apply(best(&state, scorer.score(&found)));
    }
    (state.heads[1..].to_vec(), state.labels[1..].to_vec())
}

/// The allowed move with the highest score.
pub fn best<S: Ord>(state: &State, scores: &[S]) -> Move {
    let allowed = [state.allows(Move::Shift), state.allows(Move::Left(0)), state.allows(Move::Right(0))];
    let kind = |code: usize| if code == 0 { 0 } else { 2 - code % 2 };
    let mut best: Option<usize> = None;
    for code in 0..scores.len() {
        if allowed[kind(code)] && best.is_none_or(|b| scores[code] > scores[b]) {
            best = Some(code);
        }
    }
    Move::of(best.unwrap_or(0))
}
