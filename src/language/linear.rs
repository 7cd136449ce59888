//! A sparse linear model over hashed features, read in place from the bytes of a file.
//!
//! A feature is a 32-bit hash; its row holds (label, weight) pairs. The file is an open-addressing hash table, so that a
//! model is ready the moment its bytes are there: `u32` number of labels, `u32` number of slots (a power of two), then for
//! each slot a `u32` key (0 = empty) and a `u32` with the row's first pair (upper 24 bits) and length (lower 8 bits), then the
//! pairs, each a `u8` label and an `i16` weight. A row of many labels (length 255) is instead an `i16` weight for every label, so
//! that a processor adds several at once; it is padded to whole pairs. All numbers are little endian.

/// Bytes before the slots.
const HEAD: usize = 8;

/// Bytes of a pair.
const PAIR: usize = 3;

/// Length that marks a row with a weight for every label.
const DENSE: usize = 255;

/// Rows with more labels than this are written as dense ones.
#[cfg(feature = "train")]
const MANY: usize = 12;

/// Features that are looked up at once.
const BATCH: usize = 32;

/// A model read in place.
#[derive(Clone, Copy, Debug)]
pub struct Linear {
    slots: &'static [[u8; 8]],
    pairs: &'static [u8],
    mask: u32,
    labels: usize,
}

impl Linear {
    /// The model in `bytes`; bytes that are no model give one without features.
    pub fn new(bytes: &'static [u8]) -> Self {
        let empty = Linear { slots: &[], pairs: &[], mask: 0, labels: 0 };
        let (Some(labels), Some(count)) = (word(bytes, 0), word(bytes, 4).filter(|n| n.is_power_of_two())) else {
            return empty;
        };
        let end = HEAD + count as usize * 8;
        match (bytes.get(HEAD..end), bytes.get(end..)) {
            (Some(slots), Some(pairs)) => {
                Linear { slots: slots.as_chunks().0, pairs, mask: count - 1, labels: labels as usize }
            }
            _ => empty,
        }
    }

    /// Sets the labels' scores to the sums of the features' weights.
    ///
    /// Most of the time goes into waiting for memory. So the slots of many features are read before any of them is looked at,
    /// and the beginnings of all rows before any is added: the processor then waits for all of them together.
    pub fn score(&self, features: &[u32], scores: &mut [i32]) {
        scores.fill(0);
        for batch in features.chunks(BATCH) {
            let mut slots = [0u64; BATCH];
            for (slot, feature) in slots.iter_mut().zip(batch) {
                *slot = self.slot(feature.max(&1) & self.mask);
            }
            let mut rows = [0u32; BATCH];
            let mut found = 0;
            for (slot, feature) in slots.iter().zip(batch) {
                rows[found] = self.row(*slot, *feature.max(&1));
                found += usize::from(rows[found] != 0);
            }
            rows[..found].iter().for_each(|row| self.add(*row, scores));
        }
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

    /// Adds the weights of a row to the labels' scores.
    #[inline]
    fn add(&self, row: u32, scores: &mut [i32]) {
        let first = (row >> 8) as usize * PAIR;
        let length = (row & 0xff) as usize;
        if length == DENSE {
            let weights = self.pairs.get(first..first + 2 * self.labels).unwrap_or(&[]);
            for (score, weight) in scores.iter_mut().zip(weights.as_chunks::<2>().0) {
                *score += i32::from(i16::from_le_bytes(*weight));
            }
            return;
        }
        let pairs = self.pairs.get(first..first + length * PAIR).unwrap_or(&[]);
        for [label, low, high] in pairs.as_chunks::<PAIR>().0 {
            if let Some(score) = scores.get_mut(*label as usize) {
                *score += i32::from(i16::from_le_bytes([*low, *high]));
            }
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
    rows.sort_unstable();
    let count = (rows.len() * 9 / 8).next_power_of_two().max(2);
    let mut slots = vec![(0u32, 0u32); count];
    let mut pairs: Vec<u8> = Vec::new();
    for (feature, row) in rows {
        let key = feature.max(1);
        let mut slot = key as usize & (count - 1);
        while slots[slot].0 != 0 {
            slot = (slot + 1) & (count - 1);
        }
        let length = if row.len() > MANY { DENSE } else { row.len() };
        slots[slot] = (key, (((pairs.len() / PAIR) as u32) << 8) | length as u32);
        if length == DENSE {
            let mut weights = vec![0i16; labels];
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
