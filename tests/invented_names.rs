//! Reading must work for people whom nobody has heard of: every name of the annotated articles is replaced by an invented one,
//! and the figures may fall by no more than 0.05. Skips, and says so, where `../shared` is absent.

use portolan::evaluation::gold::Gold;
use portolan::evaluation::{Evaluation, evaluate, gold};
use portolan::{Article, Itinerary, extract};
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

const SYLLABLES: [&str; 16] =
    ["ka", "ro", "vin", "da", "lem", "tu", "bez", "ori", "sha", "mek", "lu", "pan", "gri", "zo", "fel", "nar"];

/// An invented name for a word: always the same one for the same word.
fn invented(word: &str) -> String {
    let hash = word.bytes().fold(0xcbf2_9ce4_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    let name: String = (0..3).map(|k| SYLLABLES[(hash >> (5 * k)) as usize % SYLLABLES.len()]).collect();
    let mut letters = name.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Words of names: capitalised, and none of the small words, initials and numerals that names share.
fn is_name_word(word: &str) -> bool {
    let small = ["Jr", "Sr", "II", "III", "IV", "Al", "El", "Pope", "King", "Queen", "Prince", "XVI"];
    word.len() > 1
        && word.starts_with(char::is_uppercase)
        && word.chars().any(char::is_lowercase)
        && !small.contains(&word)
}

/// The text with each word that `names` has replaced.
fn replaced(text: &str, names: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars().chain(std::iter::once('\0')) {
        if c.is_alphabetic() {
            word.push(c);
            continue;
        }
        out.push_str(names.get(&word).unwrap_or(&word));
        word.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

/// Names of all officials of an article, as written and in the lower case of keys.
fn names_of(gold: &Gold) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for official in &gold.officials {
        let written = official.name.iter().chain(&official.aliases).flat_map(|n| n.split(|c: char| !c.is_alphabetic()));
        for word in written.filter(|w| is_name_word(w)) {
            names.insert(word.to_string(), invented(word));
            names.insert(word.to_lowercase(), invented(word).to_lowercase());
        }
    }
    names
}

fn renamed(gold: &Gold, article: &Article) -> (Gold, Article) {
    let names = names_of(gold);
    let mut gold = gold.clone();
    for official in &mut gold.officials {
        official.key = replaced(&official.key, &names);
        official.name.iter_mut().chain(&mut official.aliases).for_each(|n| *n = replaced(n, &names));
    }
    gold.visits.iter_mut().for_each(|v| v.traveller = replaced(&v.traveller, &names));
    gold.meetings.iter_mut().flat_map(|m| &mut m.participants).for_each(|p| *p = replaced(p, &names));
    // Only names, not the small words that some keys consist of.
    let written: HashMap<String, String> =
        names.into_iter().filter(|(word, _)| word.starts_with(char::is_uppercase)).collect();
    (gold, Article { text: replaced(&article.text, &written), ..article.clone() })
}

fn figures(gold: &[Gold], articles: &[Article]) -> Evaluation {
    let documents: Vec<Itinerary> = articles.iter().map(extract).collect();
    evaluate(gold, &documents, |_| None)
}

#[test]
fn people_whom_nobody_has_heard_of_are_read_as_well() {
    let folder = Path::new("../shared/eval");
    if !folder.exists() {
        // Written past the test runner, which would hide it.
        let _ = writeln!(std::io::stderr(), "skipped: ../shared/eval is not there");
        return;
    }
    let (mut gold_before, mut before, mut gold_after, mut after) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for set in ["train", "dev"] {
        let annotations = std::fs::read_to_string(folder.join(set).join("gold.jsonl")).expect("annotations");
        let annotations = gold::read(&annotations).expect("annotations");
        for article in portolan::article::read_path(&folder.join(set).join("articles.jsonl")) {
            let article = article.expect("an article");
            let gold = annotations.iter().find(|g| g.id == article.id).expect("its annotations").clone();
            let (renamed_gold, renamed_article) = renamed(&gold, &article);
            gold_before.push(gold);
            before.push(article);
            gold_after.push(renamed_gold);
            after.push(renamed_article);
        }
    }
    let (known, unknown) = (figures(&gold_before, &before), figures(&gold_after, &after));
    let pairs = [
        ("visits", known.visits.f1(), unknown.visits.f1()),
        ("visits, mean over articles", known.visits_by_article, unknown.visits_by_article),
        ("meetings", known.meetings.f1(), unknown.meetings.f1()),
    ];
    for (what, known, unknown) in pairs {
        println!("{what}: F1 {known:.3} with the names as they are, {unknown:.3} with invented ones");
        assert!(known - unknown <= 0.05, "{what}: F1 falls from {known:.3} to {unknown:.3}");
    }
}
