//! Asides: quotations, parentheses, clauses between dashes, and the attribution at a sentence's end ("…, officials said").
//!
//! Each is parsed as a sentence of its own and then hung into the tree of the rest, since a greedy parser seldom finds its way
//! back to the main clause after one. Works on tags and punctuation alone.

use super::{Token, Upos};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

/// Longest attribution, in tokens.
const LONGEST_ATTRIBUTION: usize = 24;

/// Asides of a sentence in reading order, without overlaps; none covers the whole sentence.
pub fn asides(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut found = enclosed(tokens);
    found.extend(attribution(tokens, &found));
    let set_off = set_off(tokens);
    found.extend(
        set_off.into_iter().filter(|r| !found.iter().any(|f| f.start < r.end && r.start < f.end)).collect::<Vec<_>>(),
    );
    found.retain(|r| r.len() + 2 < tokens.len());
    found.sort_by_key(|r| r.start);
    found
}

/// Stretches between quotation marks, parentheses or dashes, without the marks themselves.
fn enclosed(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let Some(end) = closing(tokens, i) else {
            i += 1;
            continue;
        };
        let shortest = if is_dash(&tokens[i].form) { 3 } else { 4 };
        let statement = tokens[i + 1..end].iter().any(|t| matches!(t.upos, Upos::Verb | Upos::Aux));
        let bracket = tokens[i].form == "(";
        if (end - i > shortest && statement) || (bracket && end > i + 1) {
            found.push(i + 1..end);
            i = end;
        }
        i += 1;
    }
    found
}

/// ", who chairs the union, flew to": a clause or participle between the subject and its verb.
fn set_off(tokens: &[Token]) -> Vec<Range<usize>> {
    let opens = |i: usize| {
        tokens[i].form == ","
            && i > 0
            && tokens.get(i + 1).is_some_and(|t| matches!(t.xpos, "WP" | "WDT" | "VBG" | "VBN"))
    };
    let noun = |i: usize| tokens[i - 1].xpos.starts_with("NN");
    let mut found: Vec<Range<usize>> = Vec::new();
    for i in (0..tokens.len()).filter(|i| opens(*i) && noun(*i)) {
        if found.last().is_some_and(|r| i < r.end) {
            continue;
        }
        let verb = |j: usize| {
            let k = j + 1 + usize::from(tokens.get(j + 1).is_some_and(|t| t.upos == Upos::Adv));
            tokens.get(k).is_some_and(|t| matches!(t.xpos, "VBD" | "VBZ" | "VBP" | "MD" | "VBN"))
        };
        let enough = |j: usize| tokens[i + 1..j].iter().any(|t| matches!(t.upos, Upos::Verb | Upos::Aux));
        let end = (i + 3..tokens.len().min(i + 40)).find(|j| tokens[*j].form == "," && verb(*j) && enough(*j));
        found.extend(end.map(|end| i + 1..end));
    }
    found
}

/// Token that closes what token `i` opens.
fn closing(tokens: &[Token], i: usize) -> Option<usize> {
    let form = tokens[i].form.as_str();
    let rest = || i + 1..tokens.len();
    match form {
        "\"" => rest().find(|j| matches!(tokens[*j].form.as_str(), "\"" | "”")),
        "“" => rest().find(|j| matches!(tokens[*j].form.as_str(), "”" | "\"")),
        "``" => rest().find(|j| tokens[*j].form == "''"),
        "(" => rest().take(20).find(|j| tokens[*j].form == ")"),
        _ if is_dash(form) && i > 0 => rest().take(60).find(|j| is_dash(&tokens[*j].form)),
        _ => None,
    }
}

fn is_dash(form: &str) -> bool {
    matches!(form, "--" | "—" | "–")
}

/// ", Peruvian ambassador Rosa Quispe told reporters.": from after the comma to the full stop.
fn attribution(tokens: &[Token], enclosed: &[Range<usize>]) -> Option<Range<usize>> {
    let inside = |i: usize| enclosed.iter().any(|r| r.start <= i + 1 && i <= r.end);
    let end = tokens.len() - usize::from(tokens.last().is_some_and(|t| t.form == "."));
    let says = (0..end).rev().take(LONGEST_ATTRIBUTION).find(|i| is_saying(&tokens[*i]) && !inside(*i))?;
    let verb_before = |from: usize| tokens[from..says].iter().any(|t| t.upos == Upos::Verb && t.is_finite());
    let comma = (0..says)
        .rev()
        .take_while(|i| !inside(*i))
        .filter(|i| tokens[*i].form == ",")
        .take_while(|c| !verb_before(*c))
        .last()?;
    let verbs_after = tokens[says + 1..end].iter().filter(|t| t.is_finite()).count();
    // What comes before must be a statement itself, and what comes after only when, where and to whom.
    let stated = tokens[..comma].iter().any(|t| t.is_finite());
    let relative = tokens.get(comma + 1).is_some_and(|t| matches!(t.xpos, "WDT" | "WP" | "CC" | "IN" | "WRB"));
    (stated && verbs_after == 0 && !relative && says > comma + 1).then_some(comma + 1..end)
}

/// Whether a token is a finite verb of saying ("said", "told", "announced"), by `data/language/saying.tsv`.
pub fn is_saying(token: &Token) -> bool {
    static WORDS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let table = include_str!("../../data/language/saying.tsv");
        table.lines().filter(|l| !l.starts_with('#')).skip(1).collect()
    });
    token.is_finite() && words.contains(token.lemma.as_str())
}
