//! Spellings of one name: al-Sudani, Al Sudani and Sudani; Zelensky and Zelenskyy; Mohammed and Muhammad. Knows letters, not people.

use std::sync::OnceLock;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words inside names that come and go with the spelling.
const PARTICLES: &str = include_str!("../../data/names/particles.tsv");
/// Letters that different romanisations write for one sound, longest first.
const SOUNDS: &str = include_str!("../../data/names/sounds.tsv");
const VOWELS: &str = "aeiouy'";

/// Lines of a table without remarks and head.
fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|l| !l.starts_with('#')).skip(1)
}

fn particles() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&str>> = OnceLock::new();
    WORDS.get_or_init(|| rows(PARTICLES).collect())
}

fn sounds() -> &'static [(&'static str, &'static str)] {
    static PAIRS: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    PAIRS.get_or_init(|| rows(SOUNDS).filter_map(|l| l.split_once('\t')).collect())
}

/// The words of a name in small letters without accents, particles left out where something is left without them.
pub fn words(name: &str) -> Vec<String> {
    let plain: String = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let plain =
        plain.replace(['ø', 'ö'], "o").replace('ł', "l").replace('ı', "i").replace(['’', '‘', '`', 'ʿ', 'ʾ'], "'");
    let all: Vec<String> = plain
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .map(|w| w.trim_matches('\'').to_string())
        .filter(|w| !w.is_empty())
        .collect();
    let kept: Vec<String> = all.iter().filter(|w| !particles().contains(&w.as_str())).cloned().collect();
    if kept.is_empty() { all } else { kept }
}

/// The consonants of a word as they sound, with its first letter: what stays the same when it is romanised in another way.
pub fn skeleton(word: &str) -> String {
    let mut rest = word;
    let mut sounds = String::new();
    while let Some(c) = rest.chars().next() {
        match sounds().iter().find(|(letters, _)| rest.starts_with(letters)) {
            Some((letters, sound)) => {
                sounds.push_str(sound);
                rest = &rest[letters.len()..];
            }
            None => {
                sounds.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    let mut out = String::new();
    for (i, c) in sounds.chars().enumerate() {
        let vowel = VOWELS.contains(c);
        // Which vowel a name begins with differs too (Erdogan, but Osama and Usama).
        let c = if vowel { 'a' } else { c };
        if (!vowel || i == 0) && !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Whether two words are spellings of one name: the same letters, or at least three sounds that are the same and lengths that are close.
pub fn alike(a: &str, b: &str) -> bool {
    let bare =
        |w: &str| w.strip_prefix("al").or_else(|| w.strip_prefix("el")).filter(|r| r.len() >= 4).map(String::from);
    let sounds_alike = |a: &str, b: &str| {
        let (s, t) = (skeleton(a), skeleton(b));
        s == t && s.chars().count() >= 3 && a.chars().count().abs_diff(b.chars().count()) <= 3
    };
    a == b
        || sounds_alike(a, b)
        || bare(a).is_some_and(|a| a == b || sounds_alike(&a, b))
        || bare(b).is_some_and(|b| a == b || sounds_alike(a, &b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romanisations_of_one_name_are_alike() {
        for (a, b) in [
            ("zelensky", "zelenskyy"),
            ("zelensky", "zelenskiy"),
            ("mohammed", "muhammad"),
            ("alsisi", "sisi"),
            ("lavrov", "lawrow"),
            ("netanyahu", "netanjahu"),
            ("gaddafi", "gadafi"),
            ("surkov", "surkow"),
            ("hussein", "husayn"),
        ] {
            assert!(alike(a, b), "{a} {b}: {} {}", skeleton(a), skeleton(b));
        }
        for (a, b) in [("li", "le"), ("bush", "bishop"), ("powell", "paul"), ("merkel", "markus"), ("kerry", "kirby")] {
            assert!(!alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn particles_are_no_part_of_a_name_unless_they_are_all_of_it() {
        assert_eq!(words("Mohammed Shia al-Sudani"), ["mohammed", "shia", "sudani"]);
        assert_eq!(words("Al Sudani"), words("al-Sudani"));
        assert_eq!(words("Al"), ["al"]);
    }
}
