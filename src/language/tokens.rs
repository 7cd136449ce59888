//! Paragraphs, tokens and sentences of English news text, by rules.
//!
//! Abbreviations come from `data/language/abbreviations.tsv`. Tokens follow the English treebanks (clitics apart), but for
//! hyphenated names and compounds, which stay whole.

use crate::Span;
use foldhash::HashSet;
use std::sync::OnceLock;

/// Byte spans of the non-empty paragraphs: blank lines part them, and so does a line break after a complete line.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut start = 0;
    let mut joins = false;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        let from = start + (line.len() - line.trim_start().len());
        start += line.len();
        if body.is_empty() {
            joins = false;
            continue;
        }
        let span = Span::new(from, from + body.len());
        match spans.last_mut().filter(|_| joins) {
            Some(last) => last.end = span.end,
            None => spans.push(span),
        }
        // A wrapped line goes on in the next one; a short or finished one does not.
        joins = body.len() > 60 && !body.ends_with(['.', '!', '?', '"', '”', ':']);
    }
    spans
}

/// Tokens of a stretch of text.
pub fn tokens(text: &str, within: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = None;
    for (i, c) in within.of(text).char_indices() {
        let at = within.start + i;
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(s)) => {
                split(text, Span::new(s, at), &mut found);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(s) = start {
        split(text, Span::new(s, within.end), &mut found);
    }
    found
}

/// Splits one run of non-space characters.
fn split(text: &str, word: Span, found: &mut Vec<Span>) {
    let mut span = word;
    let mut tail = Vec::new();
    while let Some(c) = span.of(text).chars().next().filter(|c| opens(*c)) {
        let n = if span.of(text).starts_with("--") {
            span.of(text).chars().take_while(|c| *c == '-').count()
        } else {
            c.len_utf8()
        };
        found.push(Span::new(span.start, span.start + n));
        span.start += n;
    }
    while let Some(n) = closing(span.of(text)) {
        tail.push(Span::new(span.end - n, span.end));
        span.end -= n;
    }
    middle(text, span, found);
    found.extend(tail.into_iter().rev());
}

fn opens(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '{' | '-' | '–' | '—' | '$' | '£' | '€' | '#' | '…' | '*' | '`')
}

/// Length of the punctuation or clitic that ends a word, if it is to be cut off.
fn closing(word: &str) -> Option<usize> {
    let last = word.chars().last()?;
    let n = last.len_utf8();
    if n == word.len() {
        return None;
    }
    let ends_with = |c: &&&str| {
        let at = word.len().checked_sub(c.len()).filter(|at| *at > 0);
        at.and_then(|at| word.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(c))
    };
    if let Some(clitic) = CLITICS.iter().filter(|_| last.is_ascii_alphabetic()).find(ends_with) {
        return Some(clitic.len());
    }
    match last {
        '.' if word.ends_with("..") => Some(word.len() - word.trim_end_matches('.').len()),
        '.' if keeps_dot(word) => None,
        '-' if word.ends_with("--") => Some(word.len() - word.trim_end_matches('-').len()),
        '.' | ',' | ';' | ':' | '!' | '?' | '"' | '”' | '’' | '\'' | ')' | ']' | '}' | '…' | '%' | '–' | '—' | '-'
        | '*' => Some(n),
        _ => None,
    }
}

const CLITICS: [&str; 14] =
    ["n't", "n’t", "'s", "’s", "'re", "’re", "'ll", "’ll", "'ve", "’ve", "'m", "’m", "'d", "’d"];

/// Cuts long dashes, slashes between words and the possessive of a plural inside a word.
fn middle(text: &str, span: Span, found: &mut Vec<Span>) {
    if span.is_empty() {
        return;
    }
    let word = span.of(text);
    if word.bytes().all(|b| b.is_ascii_alphanumeric()) && !word.eq_ignore_ascii_case("cannot") {
        found.push(span);
        return;
    }
    let cut = ["--", "—", "–", "…", "...", "\"", "“", "”", "("]
        .iter()
        .filter_map(|d| word.find(d).map(|at| (at, d.len())))
        .min();
    let address = word.contains("://") || word.contains('@') || word.starts_with("www.");
    // "24–26" stays one word, "30–October" does not.
    let run_of_days = |at: usize| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        word[at..].starts_with('–') && digit(word[..at].chars().last()) && digit(word[at..].chars().nth(1))
    };
    let cut = cut.or_else(|| day_and_month(word).map(|at| (at, 1)));
    match cut.filter(|(at, _)| !address && *at > 0 && !run_of_days(*at)) {
        Some((at, n)) => {
            split(text, Span::new(span.start, span.start + at), found);
            found.push(Span::new(span.start + at, span.start + at + n));
            split(text, Span::new(span.start + at + n, span.end), found);
        }
        None => match word
            .len()
            .checked_sub(1)
            .filter(|_| word.ends_with("s'"))
            .or(word.len().checked_sub(3).filter(|_| word.ends_with("s’")))
        {
            Some(at) => found.extend([Span::new(span.start, span.start + at), Span::new(span.start + at, span.end)]),
            None if word.to_lowercase() == "cannot" => {
                found.extend([Span::new(span.start, span.start + 3), Span::new(span.start + 3, span.end)])
            }
            None => found.push(span),
        },
    }
}

/// Where the hyphen of "20-May" stands: a day, and a word in capitals after it.
fn day_and_month(word: &str) -> Option<usize> {
    let (day, month) = word.split_once('-')?;
    let day_like = (1..=2).contains(&day.len()) && day.bytes().all(|b| b.is_ascii_digit());
    (day_like && month.starts_with(char::is_uppercase) && month.chars().nth(1).is_some_and(char::is_lowercase))
        .then_some(day.len())
}

/// Whether the dot belongs to the word: an abbreviation, an initial, "U.S.".
pub fn keeps_dot(word: &str) -> bool {
    let body = word.trim_end_matches('.');
    let initials =
        !body.is_empty() && body.split('.').all(|p| p.chars().count() == 1 && p.chars().all(char::is_alphabetic));
    initials && (body.contains('.') || body.chars().all(char::is_uppercase))
        || abbreviations().contains(&word.to_lowercase())
}

fn abbreviations() -> &'static HashSet<String> {
    static LIST: OnceLock<HashSet<String>> = OnceLock::new();
    LIST.get_or_init(|| {
        include_str!("../../data/language/abbreviations.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .skip(1)
            .filter_map(|l| l.split('\t').next().map(str::to_string))
            .collect()
    })
}

/// Cuts the tokens of a paragraph into sentences, as ranges of token indices.
pub fn sentences(text: &str, tokens: &[Span]) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while i < tokens.len() {
        let mut end = i + 1;
        if ends_sentence(text, tokens, i) {
            while end < tokens.len()
                && matches!(tokens[end].of(text), "\"" | "”" | "’" | ")" | "''" | "'")
                && closes(text, tokens, end)
            {
                end += 1;
            }
            ranges.push(start..end);
            start = end;
        }
        i = end;
    }
    if start < tokens.len() {
        ranges.push(start..tokens.len());
    }
    ranges
}

/// A quote sign right after the last token, without a space, closes; one before the next word opens.
fn closes(text: &str, tokens: &[Span], i: usize) -> bool {
    matches!(tokens[i].of(text), "”" | "’" | ")") || tokens[i - 1].end == tokens[i].start
}

fn ends_sentence(text: &str, tokens: &[Span], i: usize) -> bool {
    let word = tokens[i].of(text);
    // Most words end nothing: what comes next is looked for only where it decides.
    if !word.ends_with(['.', '!', '?']) {
        return false;
    }
    // Far enough past quotes and brackets; a longer run of signs is no prose.
    let upcoming =
        (i + 1..tokens.len().min(i + 40)).map(|j| tokens[j].of(text)).find(|w| w.chars().any(char::is_alphanumeric));
    let capital = upcoming.is_none_or(|w| w.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric()));
    match word {
        "!" | "?" | "." => capital || upcoming.is_none(),
        "…" | "..." => false,
        _ if word.ends_with('.') && word.len() > 1 => {
            // "in the U.S. He": an abbreviation ends a sentence only before a word that mostly begins one.
            let starter = upcoming.is_some_and(|w| {
                matches!(
                    w,
                    "The"
                        | "He"
                        | "She"
                        | "It"
                        | "They"
                        | "In"
                        | "But"
                        | "And"
                        | "His"
                        | "Her"
                        | "A"
                        | "This"
                        | "We"
                        | "I"
                        | "On"
                        | "That"
                        | "At"
                )
            });
            let acronym =
                word.matches('.').count() > 1 || matches!(word, "p.m." | "a.m." | "Inc." | "Co." | "Corp." | "Jr.");
            starter && acronym
        }
        _ => false,
    }
}
