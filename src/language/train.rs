//! Making the models from treebanks: averaged perceptrons (Collins 2002) for tags and for parser moves.
//!
//! Only the program `portolan-train` uses this. The same treebanks give the same bytes: the order of training is fixed, and
//! the sums are kept as integers.

use super::linear::{Linear, write};
use super::parser::{self, Input, Move, State};
use super::tagger::{self, Word};
use std::collections::{BTreeMap, HashMap};

/// One sentence of a treebank.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub forms: Vec<String>,
    pub lemmas: Vec<String>,
    /// "UPOS/XPOS".
    pub tags: Vec<String>,
    /// 0 is the root, words count from 1.
    pub heads: Vec<usize>,
    pub relations: Vec<String>,
}

/// Names of labels, numbered by first use in sorted order.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    pub names: Vec<String>,
}

impl Labels {
    /// All names, sorted; at most 250.
    pub fn of<'a>(names: impl Iterator<Item = &'a String>) -> Labels {
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        for name in names {
            *counts.entry(name).or_default() += 1;
        }
        let mut by_count: Vec<(&String, usize)> = counts.into_iter().collect();
        by_count.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
        Labels { names: by_count.into_iter().take(120).map(|(name, _)| name.clone()).collect() }
    }

    /// Number of a name; 0, the most frequent, where it is unknown.
    pub fn code(&self, name: &str) -> u8 {
        self.names.iter().position(|n| n == name).unwrap_or(0) as u8
    }
}

/// Reads CoNLL-U and joins hyphenated compounds, which the tokens of this crate keep whole.
pub fn read_conllu(text: &str) -> Vec<Vec<Tree>> {
    let mut documents: Vec<Vec<Tree>> = Vec::new();
    for block in text.split("\n\n") {
        let new_document = block.lines().any(|l| l.starts_with("# newdoc"));
        if new_document || documents.is_empty() {
            documents.push(Vec::new());
        }
        let rows: Vec<Vec<&str>> = block
            .lines()
            .filter(|l| l.starts_with(|c: char| c.is_ascii_digit()))
            .map(|l| l.split('\t').collect())
            .collect();
        let rows: Vec<Vec<&str>> = rows
            .into_iter()
            .filter(|r: &Vec<&str>| r.len() >= 10 && r[0].bytes().all(|b| b.is_ascii_digit()))
            .collect();
        if let Some(last) = documents.last_mut().filter(|_| !rows.is_empty()) {
            last.push(join_hyphens(&rows));
        }
    }
    documents
}

fn join_hyphens(rows: &[Vec<&str>]) -> Tree {
    let glued = |i: usize| rows[i][9].contains("SpaceAfter=No");
    let mut group = vec![0; rows.len()];
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut i = 0;
    while i < rows.len() {
        let mut end = i + 1;
        while end + 1 < rows.len() && rows[end][1] == "-" && glued(end - 1) && glued(end) {
            end += 2;
        }
        let heads_out =
            (i..end).filter(|j| rows[*j][6].parse::<usize>().map_or(true, |h| h == 0 || h <= i || h > end)).count();
        let end = if heads_out == 1 { end } else { i + 1 };
        for slot in &mut group[i..end] {
            *slot = groups.len();
        }
        groups.push((i..end).collect());
        i = end;
    }
    let mut tree = Tree::default();
    for members in &groups {
        let head_of = |j: usize| rows[j][6].parse::<usize>().unwrap_or(0);
        let top = members
            .iter()
            .copied()
            .find(|j| head_of(*j) == 0 || group[head_of(*j) - 1] != group[*j])
            .unwrap_or(members[0]);
        tree.forms.push(members.iter().map(|j| rows[*j][1]).collect());
        tree.lemmas.push(members.iter().map(|j| rows[*j][2]).collect());
        tree.tags.push(format!("{}/{}", rows[top][3], rows[top][4]));
        tree.heads.push(match head_of(top) {
            0 => 0,
            h => group[h - 1] + 1,
        });
        tree.relations.push(rows[top][7].to_string());
    }
    tree
}

/// A feature must be seen this often on the right way through the treebanks to get weights: rarer ones make the model large,
/// not better.
const LEAST_SEEN: u8 = 8;

/// Weights in training: for each feature and label the weight, its sum over time, and when it last changed.
#[derive(Default)]
struct Perceptron {
    rows: HashMap<u32, Vec<(u8, i32, i64, i64)>>,
    seen: HashMap<u32, u8>,
    clock: i64,
}

impl Perceptron {
    fn count(&mut self, features: &[u32]) {
        for f in features {
            let n = self.seen.entry(*f).or_default();
            *n = n.saturating_add(1);
        }
    }

    fn scores(&self, features: &[u32], out: &mut [i32]) {
        out.fill(0);
        for row in features.iter().filter_map(|f| self.rows.get(f)) {
            for (label, weight, ..) in row {
                out[*label as usize] += weight;
            }
        }
    }

    fn update(&mut self, features: &[u32], right: usize, wrong: usize) {
        for f in features.iter().filter(|f| self.seen.get(f).is_some_and(|n| *n >= LEAST_SEEN)) {
            let row = self.rows.entry(*f).or_default();
            for (label, change) in [(right as u8, 1), (wrong as u8, -1)] {
                let at = row.iter().position(|e| e.0 == label).unwrap_or_else(|| {
                    row.push((label, 0, 0, self.clock));
                    row.len() - 1
                });
                let entry = &mut row[at];
                entry.2 += i64::from(entry.1) * (self.clock - entry.3);
                entry.3 = self.clock;
                entry.1 += change;
            }
        }
    }

    /// Averages, scaled and rounded; features that were seen to matter less than `least` are left out.
    fn averaged(&self, scale: f64, least: i32) -> Vec<(u32, Vec<(u8, i16)>)> {
        let mut rows: Vec<(u32, Vec<(u8, i16)>)> = self
            .rows
            .iter()
            .map(|(feature, row)| {
                let mut pairs: Vec<(u8, i16)> = row
                    .iter()
                    .filter_map(|(label, weight, sum, since)| {
                        let total = sum + i64::from(*weight) * (self.clock - since);
                        let value =
                            (total as f64 / self.clock.max(1) as f64 * scale).round().clamp(-32767.0, 32767.0) as i32;
                        (value.abs() >= least).then_some((*label, value as i16))
                    })
                    .collect();
                pairs.sort_unstable();
                (*feature, pairs)
            })
            .collect();
        rows.sort_unstable();
        rows
    }
}

/// Repeatable order of training: a permutation by a fixed generator.
fn shuffled(n: usize, round: u64) -> Vec<usize> {
    let mut state = 0x9e37_79b9_7f4a_7c15 ^ (round + 1).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mut order: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        order.swap(i, (state % (i as u64 + 1)) as usize);
    }
    order
}

fn words(tree: &Tree) -> Vec<Word> {
    tree.forms.iter().map(|f| Word::new(f)).collect()
}

/// Trains a tagger; the result is a model file.
pub fn train_tagger(trees: &[&Tree], labels: &Labels, rounds: u64) -> Vec<u8> {
    let mut model = Perceptron::default();
    let mut scores = vec![0i32; labels.names.len()];
    let mut found = Vec::new();
    for tree in trees {
        let (words, gold) = (words(tree), tree.tags.iter().map(|t| labels.code(t)).collect::<Vec<u8>>());
        for i in 0..words.len() {
            tagger::features(&words, i, tagger::back(&gold[..i], 1), tagger::back(&gold[..i], 2), &mut found);
            model.count(&found);
        }
    }
    for round in 0..rounds {
        for t in shuffled(trees.len(), round) {
            let words = words(trees[t]);
            let mut tags: Vec<u8> = Vec::new();
            for i in 0..words.len() {
                model.clock += 1;
                tagger::features(&words, i, tagger::back(&tags, 1), tagger::back(&tags, 2), &mut found);
                model.scores(&found, &mut scores);
                let guess = (0..scores.len()).max_by_key(|k| (scores[*k], std::cmp::Reverse(*k))).unwrap_or(0);
                let gold = labels.code(&trees[t].tags[i]) as usize;
                if guess != gold {
                    model.update(&found, gold, guess);
                }
                tags.push(guess as u8);
            }
        }
    }
    write(labels.names.len(), model.averaged(16.0, 3))
}

/// Tags of a sentence by a model.
pub fn tag_with(model: &Linear, labels: &Labels, tree: &Tree) -> Vec<u8> {
    tagger::tag(model, labels.names.len(), &words(tree), &|_| None)
}

/// Trains a parser on trees with the tags that a tagger gave them; the result is a model file.
pub fn train_parser(trees: &[&Tree], tags: &[Vec<u8>], labels: &Labels, rounds: u64) -> Vec<u8> {
    let mut model = Perceptron::default();
    let mut random = 88_172_645_463_325_252u64;
    for (tree, tags) in trees.iter().zip(tags) {
        count_on(&mut model, tree, tags, labels);
    }
    for round in 0..rounds {
        for t in shuffled(trees.len(), 100 + round) {
            train_on(&mut model, trees[t], &tags[t], labels, round, &mut random);
        }
        eprintln!("  parser round {} done, {} features", round + 1, model.rows.len());
    }
    write(1 + 2 * labels.names.len(), model.averaged(16.0, 16))
}

/// Counts the features on the right way through a tree.
fn count_on(model: &mut Perceptron, tree: &Tree, tags: &[u8], labels: &Labels) {
    let words = words(tree);
    let input = Input { words: &words, tags };
    let (gold, codes) = gold_arcs(tree, labels);
    let mut state = State::new(words.len());
    let mut found = Vec::new();
    while !state.done() {
        parser::features(&state, &input, &mut found);
        model.count(&found);
        let Some(right) = zero_cost(&state, &gold, &codes).last().copied() else { return };
        state.apply(right);
    }
}

/// Heads and arc labels by node number; node 0 is the root.
fn gold_arcs(tree: &Tree, labels: &Labels) -> (Vec<usize>, Vec<u8>) {
    let heads = std::iter::once(0).chain(tree.heads.iter().copied()).collect();
    (heads, std::iter::once(0).chain(tree.relations.iter().map(|r| labels.code(r))).collect())
}

fn train_on(model: &mut Perceptron, tree: &Tree, tags: &[u8], labels: &Labels, round: u64, random: &mut u64) {
    let words = words(tree);
    let input = Input { words: &words, tags };
    let mut state = State::new(words.len());
    let mut scores = vec![0i32; 1 + 2 * labels.names.len()];
    let mut found = Vec::new();
    let (gold, codes) = gold_arcs(tree, labels);
    while !state.done() {
        model.clock += 1;
        parser::features(&state, &input, &mut found);
        model.scores(&found, &mut scores);
        let guess = parser::best(&state, &scores);
        let good = zero_cost(&state, &gold, &codes);
        let Some(right) = good.iter().copied().max_by_key(|m| (scores[m.code()], std::cmp::Reverse(m.code()))) else {
            state.apply(guess);
            continue;
        };
        if !good.contains(&guess) {
            model.update(&found, right.code(), guess.code());
        }
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        let explore = round > 0 && *random % 10 < 9;
        state.apply(if explore { guess } else { right });
    }
}

/// The moves that lose no gold arc that can still be reached (Goldberg and Nivre 2013, arc-hybrid); where every move
/// loses one, the moves that lose fewest.
fn zero_cost(s: &State, gold: &[usize], codes: &[u8]) -> Vec<Move> {
    let size = gold.len() - 1;
    let in_buffer = |n: usize| n >= s.next && n <= size;
    let mut costs: Vec<(usize, Move)> = Vec::new();
    if s.allows(Move::Shift) {
        let b0 = s.next;
        let below = &s.stack[..s.stack.len().saturating_sub(1)];
        let cost =
            usize::from(below.contains(&gold[b0])) + s.stack.iter().filter(|n| **n > 0 && gold[**n] == b0).count();
        costs.push((cost, Move::Shift));
    }
    if let Some(s0) = s.stack.last().copied().filter(|n| *n > 0) {
        let kept = (s.next..=size).filter(|n| gold[*n] == s0).count();
        if s.allows(Move::Left(0)) {
            let b0 = s.next;
            let below = s.stack.len().checked_sub(2).map(|i| s.stack[i]);
            let head_lost = gold[s0] != b0 && (in_buffer(gold[s0]) || below == Some(gold[s0]));
            costs.push((kept + usize::from(head_lost), Move::Left(codes[s0])));
        }
        if s.allows(Move::Right(0)) {
            costs.push((kept + usize::from(in_buffer(gold[s0])), Move::Right(codes[s0])));
        }
    }
    let least = costs.iter().map(|(c, _)| *c).min().unwrap_or(0);
    costs.into_iter().filter(|(c, _)| *c == least).map(|(_, m)| m).collect()
}

/// Share of words with the right universal tag, Penn tag, head, and head with relation, by the embedded format's models.
pub fn evaluate(tagger: &Linear, parser: &Linear, tags: &Labels, relations: &Labels, trees: &[Tree]) -> [f64; 4] {
    let mut right = [0usize; 4];
    let mut all = 0;
    for tree in trees {
        let words = words(tree);
        let found = tagger::tag(tagger, tags.names.len(), &words, &|_| None);
        let (heads, arcs) = parser::parse(parser, relations.names.len(), &Input { words: &words, tags: &found });
        for i in 0..words.len() {
            all += 1;
            let name = &tags.names[found[i] as usize];
            let same = |part: usize| name.split('/').nth(part) == tree.tags[i].split('/').nth(part);
            let head = heads[i] == tree.heads[i];
            right[0] += usize::from(same(0));
            right[1] += usize::from(same(1));
            right[2] += usize::from(head);
            right[3] += usize::from(head && relations.names[arcs[i] as usize] == tree.relations[i]);
        }
    }
    right.map(|n| n as f64 / all.max(1) as f64)
}

/// Lemma exceptions: forms whose lemma the rules get wrong, the most frequent lemma of each, sorted.
pub fn lemma_exceptions(trees: &[&Tree]) -> String {
    let mut counts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for tree in trees {
        for i in 0..tree.forms.len() {
            let (upos, xpos) = tree.tags[i].split_once('/').unwrap_or(("X", "FW"));
            let class = match upos {
                "VERB" | "AUX" => "v",
                "NOUN" => "n",
                "ADJ" | "ADV" => "a",
                _ => continue,
            };
            let form = tree.forms[i].to_lowercase().replace('’', "'");
            let lemma = tree.lemmas[i].to_lowercase();
            let word = form.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\''))
                && lemma.chars().all(|c| c.is_alphabetic() || c == '-');
            let ruled =
                super::lemma::lemma(&form, &form, upos.parse().unwrap_or(super::Upos::X), xpos, &Default::default());
            if word {
                *counts
                    .entry(format!("{class}:{form}"))
                    .or_default()
                    .entry(if ruled == lemma { String::new() } else { lemma })
                    .or_default() += 1;
            }
        }
    }
    let best = |lemmas: &BTreeMap<String, usize>| {
        lemmas.iter().max_by_key(|(l, n)| (**n, std::cmp::Reverse((*l).clone()))).map(|(l, _)| l.clone())
    };
    counts
        .iter()
        .filter_map(|(key, lemmas)| best(lemmas).filter(|l| !l.is_empty()).map(|l| format!("{key}\t{l}\n")))
        .collect()
}
