//! The table of words of time: months, weekdays, numbers, parts of the day, each with its value.

use foldhash::HashMap;
use std::sync::OnceLock;

/// What a word stands for as a word of that kind: 3 for "march" as a month.
pub fn value(word: &str, kind: &str) -> Option<i64> {
    static WORDS: OnceLock<HashMap<&'static str, Vec<(&'static str, i64)>>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let table = include_str!("../../../data/times/words.tsv");
        let mut words: HashMap<&str, Vec<(&str, i64)>> = HashMap::default();
        for line in table.lines().filter(|l| !l.starts_with('#')).skip(1) {
            if let [word, kind, value] = line.split('\t').collect::<Vec<_>>()[..]
                && let Ok(value) = value.parse()
            {
                words.entry(word).or_default().push((kind, value));
            }
        }
        words
    });
    words.get(word)?.iter().find(|(k, _)| *k == kind).map(|(_, v)| *v)
}

/// A number in digits or words.
pub fn count(word: &str) -> Option<i64> {
    word.parse().ok().or_else(|| value(word, "number"))
}
