//! Spellings of one name: al-Sudani, Al Sudani and Sudani; Zelensky and Zelenskyy; Mohammed and Muhammad. Knows letters, not people.

use std::collections::HashMap;
use std::sync::OnceLock;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words inside names that come and go with the spelling.
const PARTICLES: &str = include_str!("../../data/names/particles.tsv");
/// Letters that different romanisations write for one sound, longest first.
const SOUNDS: &str = include_str!("../../data/names/sounds.tsv");
/// Given names and what their bearers are called.
const NICKNAMES: &str = include_str!("../../data/names/nicknames.tsv");
const VOWELS: &str = "aeiouy'";

/// Lines of a table without remarks and head.
fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|l| !l.starts_with('#')).skip(1)
}

fn particles() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&str>> = OnceLock::new();
    WORDS.get_or_init(|| rows(PARTICLES).collect())
}

/// Letters and their sounds, longest first, of those that begin with a byte: names are compared by the million.
fn sounds_from(byte: u8) -> &'static [(&'static str, &'static str)] {
    static PAIRS: OnceLock<Vec<Vec<(&str, &str)>>> = OnceLock::new();
    let pairs = PAIRS.get_or_init(|| {
        let mut by_byte = vec![Vec::new(); 256];
        for (letters, sound) in rows(SOUNDS).filter_map(|l| l.split_once('\t')) {
            let first = letters.bytes().next().and_then(|b| by_byte.get_mut(usize::from(b)));
            first.into_iter().for_each(|own| own.push((letters, sound)));
        }
        by_byte
    });
    pairs.get(usize::from(byte)).map_or(&[], Vec::as_slice)
}

/// Names as they sound by what their bearers are called.
fn nicknames() -> &'static HashMap<&'static str, Vec<String>> {
    static NAMES: OnceLock<HashMap<&str, Vec<String>>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: HashMap<&str, Vec<String>> = HashMap::new();
        for (name, nickname) in rows(NICKNAMES).filter_map(|l| l.split_once('\t')) {
            names.entry(nickname).or_default().push(silent(name));
        }
        names
    })
}

/// A name without the letter that "Anthony" has and "Antony" has not.
fn silent(name: &str) -> String {
    name.replace("th", "t")
}

/// Whether one word is a short form of the other ("Antony" and "Tony"); English names only.
pub fn familiar(a: &str, b: &str) -> bool {
    let short = |name: &str, nickname: &str| nicknames().get(nickname).is_some_and(|n| n.contains(&silent(name)));
    short(a, b) || short(b, a)
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
        let of_first = rest.bytes().next().map_or(&[][..], sounds_from);
        match of_first.iter().find(|(letters, _)| rest.starts_with(letters)) {
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
    let mut last = None;
    for (i, c) in sounds.chars().enumerate() {
        let vowel = VOWELS.contains(c);
        // Which vowel a name begins with differs too (Osama and Usama); a doubled letter is one sound.
        if (!vowel || i == 0) && last != Some(c) {
            out.push(if vowel { 'a' } else { c });
        }
        last = Some(c);
    }
    out
}

/// A word without the article that is written together with it ("Elsisi").
pub fn bare(word: &str) -> &str {
    word.strip_prefix("al").or_else(|| word.strip_prefix("el")).filter(|r| r.len() >= 4).unwrap_or(word)
}

/// Whether two words are spellings of one name: the same letters, or at least three consonants that sound the same and lengths that are
/// close.
pub fn alike(a: &str, b: &str) -> bool {
    let sounds_alike = |a: &str, b: &str| {
        let (s, t) = (skeleton(a), skeleton(b));
        let consonants = s.chars().filter(|c| !VOWELS.contains(*c)).count();
        s == t && consonants >= 3 && a.chars().count().abs_diff(b.chars().count()) <= 3
    };
    let (x, y) = (bare(a), bare(b));
    a == b || x == b || a == y || sounds_alike(a, b) || sounds_alike(x, b) || sounds_alike(a, y)
}

/// Whether two words may be spellings of one name where the names have another word in common: few consonants that sound the same,
/// and first letters that do.
pub fn nearly(a: &str, b: &str) -> bool {
    let first = |w: &str| match w.chars().next() {
        Some('o' | 'u') => Some('o'),
        Some('e' | 'i') => Some('e'),
        _ => skeleton(w).chars().next(),
    };
    a.chars().count().min(b.chars().count()) >= 3 && first(a) == first(b) && skeleton(a) == skeleton(b)
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
            ("gaddafi", "kadhafi"),
        ] {
            assert!(alike(a, b), "{a} {b}: {} {}", skeleton(a), skeleton(b));
        }
        for (a, b) in [("li", "le"), ("bush", "bishop"), ("powell", "paul"), ("merkel", "markus"), ("kerry", "kirby")] {
            assert!(!alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn short_forms_are_familiar() {
        for (a, b) in [("antony", "tony"), ("joseph", "joe"), ("bill", "william"), ("jim", "james")] {
            assert!(familiar(a, b), "{a} {b}");
        }
        for (a, b) in [("antony", "joe"), ("george", "laura"), ("john", "jean")] {
            assert!(!familiar(a, b), "{a} {b}");
        }
    }

    #[test]
    fn particles_are_no_part_of_a_name_unless_they_are_all_of_it() {
        assert_eq!(words("Mohammed Shia al-Sudani"), ["mohammed", "shia", "sudani"]);
        assert_eq!(words("Al Sudani"), words("al-Sudani"));
        assert_eq!(words("Al"), ["al"]);
    }
}
