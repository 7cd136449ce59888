//! Names of people with their titles: runs of capitalised words next to an office, a rank, a form of address or a given
//! name.
//!
//! Finds mentions in one sentence; which mentions are the same person is settled in [`super::officials`]. It does not use
//! the syntax tree, so that a wrong parse of a long chain of names and titles does no harm.
//!
//! | room | does |
//! |---|---|
//! | [`kinds`] | says of each word what it can be inside such a chain |
//! | [`runs`] | finds the names |
//! | [`titles`] | reads the titles before and after them |
//! | [`corrections`] | mends tags and kinds by the names found |
//! | [`units`] | says what the parser reads as one word |

mod corrections;
mod kinds;
mod runs;
mod titles;
mod units;

use super::classes::{Class, Classes};
use super::lexicon::{Lexicon, OfficeClass};
use crate::itinerary::CountryCode;
use crate::language::Token;
pub use corrections::{retag, retag_offices, surnames_before_towns};
pub use kinds::{Kind, Kinds, capital, kinds};
use std::ops::Range;
pub use units::units;

/// A mention of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonMention {
    /// All tokens: title, name, and an "of Iraq" after it.
    pub tokens: Range<usize>,
    /// The name alone; empty for a nominal ("the president") or pronoun.
    pub name: Range<usize>,
    pub title: Option<Title>,
    /// Index of the official, once it is settled.
    pub official: Option<usize>,
}

/// What an article says a person is, in one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Title {
    /// The words, without a leading nationality: "Secretary of State".
    pub text: String,
    /// The office in the lexicon's words, lower case: "secretary of state".
    pub office: String,
    pub class: OfficeClass,
    pub country: Option<CountryCode>,
    /// "visiting President X".
    pub visiting: bool,
    /// "former", "late": no longer holds the office.
    pub former: bool,
    /// Where the holder is posted: the Spain of "Ambassador to Spain".
    pub posted: Option<CountryCode>,
}

/// A sentence as names are read from it.
struct Line<'a> {
    tokens: &'a [Token],
    text: &'a str,
    kinds: &'a Kinds,
    lexicon: &'a Lexicon,
}

impl Line<'_> {
    /// Whether the token at `i` is written as part of a name.
    fn capital(&self, i: usize) -> bool {
        capital(self.tokens, i)
    }
}

/// People named in one sentence, in reading order; nominals and pronouns are found later.
pub fn find(tokens: &[Token], text: &str, kinds: &Kinds, lexicon: &Lexicon) -> Vec<PersonMention> {
    let line = Line { tokens, text, kinds, lexicon };
    let mut found: Vec<PersonMention> = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let Some(name) = line.name_at(i) else {
            i += 1;
            continue;
        };
        let limit = found.last().map_or(0, |m| m.tokens.end);
        let mut mention = line.with_title(name.clone(), limit);
        // "the new Quispe government" is nobody.
        let after = tokens.get(mention.name.end);
        let of_somebody = after.is_some_and(|t| Classes::embedded().has(&t.lower, Class::NamedAfter));
        if of_somebody && mention.title.is_none() {
            i = name.end;
            continue;
        }
        mention.tokens.end = after_name(tokens, mention.name.end);
        line.apposition(&mut mention);
        line.of_country(&mut mention);
        shared_title(tokens, found.last(), &mut mention);
        i = mention.tokens.end.max(name.end);
        found.push(mention);
    }
    found
}

/// Where a name with what follows it closely ends: "Julia Trent MP", "Tom Hale (D-NE)".
fn after_name(tokens: &[Token], end: usize) -> usize {
    let classes = Classes::embedded();
    let letters = (end..tokens.len()).take_while(|i| classes.has(&tokens[*i].lower, Class::PostNominal)).count();
    let end = end + letters;
    // A party and a state.
    let seat = |t: &Token| {
        t.form.len() <= 6 && t.form.get(1..2) == Some("-") && t.form.chars().all(|c| c == '-' || c.is_uppercase())
    };
    let bracketed = tokens.get(end..end + 3).is_some_and(|t| t[0].form == "(" && seat(&t[1]) && t[2].form == ")");
    end + if bracketed { 3 } else { 0 }
}

/// "Senators John Hale and Mark Dunn": a title in the plural is that of the next one too.
fn shared_title(tokens: &[Token], previous: Option<&PersonMention>, mention: &mut PersonMention) {
    let Some(previous) = previous.filter(|p| mention.title.is_none() && p.tokens.end < mention.tokens.start) else {
        return;
    };
    let joined =
        tokens[previous.tokens.end..mention.tokens.start].iter().all(|t| matches!(t.lower.as_str(), "," | "and" | "&"));
    let plural = previous.title.as_ref().filter(|t| {
        let last = t.text.rsplit(' ').next().unwrap_or_default().to_lowercase();
        joined && last.ends_with('s') && singular(&last) != last && t.office.ends_with(&singular(&last))
    });
    mention.title = plural.cloned();
}

/// A plain guess at the singular: titles in the plural ("Presidents Bush and Putin") need no more.
pub(super) fn singular(word: &str) -> String {
    let word = ["-designate", "-elect", "-designates"].iter().find_map(|s| word.strip_suffix(s)).unwrap_or(word);
    match word {
        w if w.ends_with("ies") => format!("{}y", &w[..w.len() - 3]),
        w if w.ends_with("men") => format!("{}an", &w[..w.len() - 2]),
        w if w.ends_with('s') && !w.ends_with("ss") => w[..w.len() - 1].to_string(),
        w => w.to_string(),
    }
}
