//! Parts of speech: a greedy tagger over a linear model, in the manner of Collins (2002) and Ratnaparkhi (1996).
//!
//! A label is a pair of universal and Penn tag. Features look at the word, its neighbours and the two tags before.

use super::linear::{Linear, Scorer, feature, hash};

/// What the features of a word need, worked out once.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    pub form: u32,
    pub lower: u32,
    pub suffix: [u32; 4],
    prefix: u32,
    pub shape: u32,
}

impl Word {
    /// The hashes of a form.
    pub fn new(form: &str) -> Self {
        let lower = normal(form);
        let tail =
            |n: usize| hash(lower.char_indices().rev().nth(n - 1).map_or(lower.as_str(), |(at, _)| &lower[at..]));
        let head = lower.char_indices().nth(3).map_or(lower.as_str(), |(at, _)| &lower[..at]);
        Word {
            form: hash(form),
            lower: hash(&lower),
            suffix: [tail(1), tail(2), tail(3), tail(4)],
            prefix: hash(head),
            shape: hash(&shape(form)),
        }
    }

    const EDGE: Word = Word { form: 1, lower: 1, suffix: [1; 4], prefix: 1, shape: 1 };
}

/// Lower case, curly quotes straightened, digits as one sign.
fn normal(form: &str) -> String {
    form.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            '–' | '—' => '-',
            c if c.is_ascii_digit() => '0',
            c => c,
        })
        .collect()
}

/// "Xx-x0" for "Blinken-led7": classes of characters, runs squeezed.
fn shape(form: &str) -> String {
    let mut out = String::new();
    for c in form.chars() {
        let class = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_lowercase() => 'x',
            c if c.is_numeric() => '0',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        if !out.ends_with(class) {
            out.push(class);
        }
    }
    out
}

/// Features of the word at `i`, given the labels of the two words before it.
pub fn features(words: &[Word], i: usize, one: u32, two: u32, out: &mut Vec<u32>) {
    out.clear();
    let at = |k: isize| usize::try_from(i as isize + k).ok().and_then(|j| words.get(j)).copied().unwrap_or(Word::EDGE);
    let (w, p1, p2, n1, n2) = (at(0), at(-1), at(-2), at(1), at(2));
    let (one, two) = (one + 7, two + 7);
    let first = u32::from(i == 0);
    let mut put = |t: u32, parts: &[u32]| out.push(feature(t, parts));
    put(1, &[w.lower]);
    put(2, &[w.form, first]);
    put(3, &[w.suffix[1]]);
    put(4, &[w.suffix[2]]);
    put(5, &[w.suffix[3]]);
    put(6, &[w.prefix]);
    put(7, &[w.shape, first]);
    put(8, &[one]);
    put(9, &[one, two]);
    put(10, &[one, w.lower]);
    put(11, &[p1.lower]);
    put(12, &[n1.lower]);
    put(13, &[p2.lower]);
    put(14, &[n2.lower]);
    put(15, &[p1.lower, w.lower]);
    put(16, &[w.lower, n1.lower]);
    put(17, &[n1.suffix[2]]);
    put(18, &[p1.suffix[2]]);
    put(19, &[w.shape, n1.shape, first]);
    put(20, &[w.shape, p1.shape]);
    put(21, &[one, w.suffix[2]]);
    put(22, &[one, n1.lower]);
    put(23, &[one, w.shape, n1.shape]);
    put(24, &[]);
    put(25, &[n1.lower, n2.lower]);
    put(26, &[p2.lower, p1.lower]);
    put(27, &[n1.suffix[1], w.suffix[2]]);
}

/// Label of each word; where `known` has a label for a word, it stands.
pub fn tag(model: &Linear, labels: usize, words: &[Word], known: &dyn Fn(usize) -> Option<u8>) -> Vec<u8> {
    let mut tags: Vec<u8> = Vec::with_capacity(words.len());
    let mut scorer = Scorer::new(*model, labels);
    let mut found = Vec::with_capacity(32);
    for i in 0..words.len() {
        if let Some(label) = known(i) {
            tags.push(label);
            continue;
        }
        features(words, i, back(&tags, 1), back(&tags, 2), &mut found);
        tags.push(best(scorer.score(&found)));
    }
    tags
}

/// The tag `k` words back, or a mark for the sentence's start.
pub fn back(tags: &[u8], k: usize) -> u32 {
    tags.len().checked_sub(k).map_or(250, |i| u32::from(tags[i]))
}

fn best(scores: &[i16]) -> u8 {
    let mut best = 0;
    for (i, s) in scores.iter().enumerate() {
        if *s > scores[best] {
            best = i;
        }
    }
    best as u8
}
