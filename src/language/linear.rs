//! A sparse linear model over hashed features, read in place from the bytes of a file.
//!
//! A feature is a 32-bit hash; its row holds (label, weight) pairs. The file is an open-addressing hash table, so that a
//! model is ready the moment its bytes are there: `u32` number of labels, `u32` number of slots (a power of two), then for
//! each slot a `u32` key (0 = empty) and a `u32` with the row's first pair (upper 24 bits) and length (lower 8 bits), then the
//! pairs, each a `u8` label and an `i16` weight. A row of many labels (length 255) is instead an `i16` weight for every label and
//! zeros up to a multiple of sixteen, so that a processor adds several at once; it is padded to whole pairs. All numbers are
//! little endian.

/// Bytes before the slots.
const HEAD: usize = 8;

/// Bytes of a pair.
const PAIR: usize = 3;

/// Length that marks a row with a weight for every label.
const DENSE: u32 = 255;

/// Rows with more labels than this are written as dense ones.
#[cfg(feature = "train")]
const MANY: usize = 24;

/// Weights that are added at once.
const LANES: usize = 16;

/// A model read in place.
#[derive(Clone, Copy, Debug)]
pub struct Linear {
    slots: &'static [[u8; 8]],
    pairs: &'static [u8],
    mask: u32,
}

impl Linear {
    /// The model in `bytes`; bytes that are no model give one without features.
    pub fn new(bytes: &'static [u8]) -> Self {
        let empty = Linear { slots: &[], pairs: &[], mask: 0 };
        let Some(count) = word(bytes, 4).filter(|n| n.is_power_of_two()) else { return empty };
        let end = HEAD + count as usize * 8;
        match (bytes.get(HEAD..end), bytes.get(end..)) {
            (Some(slots), Some(pairs)) => Linear { slots: slots.as_chunks().0, pairs, mask: count - 1 },
            _ => empty,
        }
    }

    /// The first bytes of a row.
    #[inline]
    fn bytes(&self, row: u32, length: usize) -> &'static [u8] {
        let first = (row >> 8) as usize * PAIR;
        self.pairs.get(first..first + length).unwrap_or(&[])
    }

    /// Key (lower half) and row (upper half) of a slot.
    #[inline]
    fn slot(&self, at: u32) -> u64 {
        self.slots.get(at as usize).map_or(0, |s| u64::from_le_bytes(*s))
    }

    /// The row of `key`, whose first slot has been read; 0 where the model does not have it.
    #[inline]
    fn row(&self, first: u64, key: u32) -> u32 {
        let (mut found, mut at) = (first, key);
        while found as u32 != key {
            if found == 0 {
                return 0;
            }
            at = at.wrapping_add(1) & self.mask;
            found = self.slot(at);
        }
        (found >> 32) as u32
    }
}

/// Scores labels by a model. Its lists are kept from one question to the next.
#[derive(Debug)]
pub struct Scorer {
    model: Linear,
    labels: usize,
    /// By label, rounded up to whole lanes. A sum of a hundred weights stays far below what sixteen bits hold.
    scores: Vec<[i16; LANES]>,
    slots: Vec<u64>,
    rows: Vec<u32>,
    dense: Vec<&'static [[[u8; 2]; LANES]]>,
}

impl Scorer {
    /// A scorer of as many labels as the model has.
    pub fn new(model: Linear, labels: usize) -> Self {
        let scores = vec![[0; LANES]; labels.div_ceil(LANES)];
        Scorer { model, labels, scores, slots: Vec::new(), rows: Vec::new(), dense: Vec::new() }
    }

    /// Scores of the labels: the sums of the features' weights.
    ///
    /// Most of the time would go into waiting for memory. So the slots of all features are read before any of them is looked
    /// at, and of all rows the beginnings before the rest: the processor waits for all of them together.
    pub fn score(&mut self, features: &[u32]) -> &[i16] {
        let model = self.model;
        self.slots.clear();
        self.slots.extend(features.iter().map(|feature| model.slot(feature.max(&1) & model.mask)));
        // Whether a row is dense cannot be foreseen: it is written at both ends of the list, and counts at one of them.
        let (mut few, mut many) = (0, features.len());
        self.rows.resize(many + 1, 0);
        for (slot, feature) in self.slots.iter().zip(features) {
            let row = model.row(*slot, *feature.max(&1));
            let full = row & 0xff == DENSE;
            (self.rows[few], self.rows[many]) = (row, row);
            few += usize::from(row != 0 && !full);
            many -= usize::from(full);
        }
        self.scores.fill([0; LANES]);
        self.add_dense(many + 1);
        self.add_sparse(few);
        &self.scores.as_flattened()[..self.labels]
    }

    /// Adds rows of a weight for every label. Goes through all rows at once, so that the sums stay in the processor.
    fn add_dense(&mut self, from: usize) {
        let length = 2 * LANES * self.scores.len();
        let weights = |row: &u32| self.model.bytes(*row, length).as_chunks().0.as_chunks().0;
        self.dense.clear();
        self.dense.extend(self.rows[from..].iter().map(weights));
        for (i, scores) in self.scores.iter_mut().enumerate() {
            let mut sums = *scores;
            for row in &self.dense {
                let Some(weights) = row.get(i) else { break };
                let weights = weights.map(i16::from_le_bytes);
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum = sum.wrapping_add(weight));
            }
            *scores = sums;
        }
    }

    /// Adds rows of (label, weight) pairs, of all rows the first pair before the others.
    fn add_sparse(&mut self, until: usize) {
        let scores = self.scores.as_flattened_mut();
        let mut add = |[label, low, high]: &[u8; PAIR]| {
            if let Some(score) = scores.get_mut(*label as usize) {
                *score = score.wrapping_add(i16::from_le_bytes([*low, *high]));
            }
        };
        let pairs = |row: &u32| self.model.bytes(*row, (row & 0xff) as usize * PAIR).as_chunks().0;
        self.rows[..until].iter().filter_map(|row| pairs(row).first()).for_each(&mut add);
        for row in &self.rows[..until] {
            pairs(row).iter().skip(1).for_each(&mut add);
        }
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

/// Hash of a string (FNV-1a).
pub fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// Hash of a feature: the number of its template and the hashes of its parts.
#[inline]
pub fn feature(template: u32, parts: &[u32]) -> u32 {
    let mut h = template.wrapping_mul(0x9e37_79b9) ^ 0x85eb_ca6b;
    for part in parts {
        h = (h ^ part).wrapping_mul(0xcc9e_2d51).rotate_left(15).wrapping_mul(0x1b87_3593);
    }
    h ^= h >> 16;
    h = h.wrapping_mul(0x85eb_ca6b);
    h ^ (h >> 13)
}

/// Writes a model file from rows of (feature, labels with weights), each already rounded. The bytes depend on the
/// rows only, not on their order.
#[cfg(feature = "train")]
pub fn write(labels: usize, mut rows: Vec<(u32, Vec<(u8, i16)>)>) -> Vec<u8> {
    rows.retain(|(_, pairs)| !pairs.is_empty());
    // Rows of many labels are looked for most often: they come first, close together and in the slots where a search begins.
    rows.sort_unstable_by_key(|(feature, row)| (std::cmp::Reverse(row.len()), *feature));
    let count = (rows.len() * 9 / 8).next_power_of_two().max(2);
    let mut slots = vec![(0u32, 0u32); count];
    let mut pairs: Vec<u8> = Vec::new();
    for (feature, row) in rows {
        let key = feature.max(1);
        let mut slot = key as usize & (count - 1);
        while slots[slot].0 != 0 {
            slot = (slot + 1) & (count - 1);
        }
        let length = if row.len() > MANY { DENSE } else { row.len() as u32 };
        slots[slot] = (key, (((pairs.len() / PAIR) as u32) << 8) | length);
        if length == DENSE {
            let mut weights = vec![0i16; labels.next_multiple_of(LANES)];
            row.iter().for_each(|(label, weight)| weights[*label as usize] = *weight);
            pairs.extend(weights.iter().flat_map(|w| w.to_le_bytes()));
            pairs.resize(pairs.len().next_multiple_of(PAIR), 0);
            continue;
        }
        for (label, weight) in &row {
            pairs.push(*label);
            pairs.extend(weight.to_le_bytes());
        }
    }
    let mut bytes = (labels as u32).to_le_bytes().to_vec();
    bytes.extend((count as u32).to_le_bytes());
    bytes.extend(slots.iter().flat_map(|(k, r)| k.to_le_bytes().into_iter().chain(r.to_le_bytes())));
    bytes.extend(pairs);
    bytes
}
