//! Runs of words that are a name: where one begins, and which particles, nicknames and suffixes it goes on over.
//!
//! Knows kinds of words, and nothing of what stands around a name but that it is no name.

use super::kinds::Kind;
use super::{Line, after_name};
use crate::extract::classes::{Class, Classes};
use crate::extract::lexicon::OfficeClass;
use std::ops::Range;

impl Line<'_> {
    /// The longest run of name words that starts at `i`.
    pub(super) fn name_at(&self, i: usize) -> Option<Range<usize>> {
        let after_title = i > 0 && matches!(self.kinds.of[i - 1], Kind::Office(_));
        let nameable = |j: usize| match self.kinds.of[j] {
            Kind::Name => true,
            // A person called Jordan or Chad: only as a part of a longer name or right after a title.
            Kind::Place(_) => self.capital(j) && self.kinds.unit[j].len() == 1 && (j > i || after_title),
            _ => false,
        };
        if !nameable(i) || (i > 0 && self.inside_name(i)) {
            return None;
        }
        let mut end = i;
        while end < self.tokens.len() {
            let token = &self.tokens[end];
            let particle = self.lexicon.particles.contains(&token.lower) && !self.capital(end);
            let linked =
                particle && end + 1 < self.tokens.len() && (end > i || after_title) && self.is_name_word(end + 1);
            if nameable(end) || linked || self.roman_or_junior(end, i) {
                end += 1;
            } else if self.nickname(end).is_some_and(|n| end > i && nameable(n + 1)) {
                end += 3;
            } else if token.form == "," && end + 1 < self.tokens.len() && self.roman_or_junior(end + 1, i) {
                end += 2;
            } else {
                break;
            }
        }
        (end > i && !self.qualifies(i, end)).then(|| self.without_field(i..end))
    }

    /// "Mining Minister Paul Whitefeather", "the Expediency Council": words right before an office or body belong to it.
    fn qualifies(&self, start: usize, end: usize) -> bool {
        let possessed = matches!(self.tokens.get(end).map(|t| t.form.as_str()), Some("'s" | "’s"));
        let next = end + usize::from(possessed && end == start + 1);
        next < self.tokens.len()
            && self.capital(next)
            && match self.kinds.of[next] {
                Kind::Office(OfficeClass::Office) => next == end && after_name(self.tokens, end) == end,
                Kind::BodyWord => !self.lexicon.is_given_name(&self.tokens[start].form),
                _ => false,
            }
    }

    /// "Special Operations and Low-Intensity Conflict Chris Maier": the name begins at the given name, and what stands
    /// before is the end of a title.
    fn without_field(&self, name: Range<usize>) -> Range<usize> {
        let given = |j: &usize| self.lexicon.is_given_name(&self.tokens[*j].form);
        let led = name.start.checked_sub(1).is_some_and(|b| {
            !matches!(self.kinds.of[b], Kind::Name)
                && matches!(self.tokens[b].form.as_str(), "of" | "for" | "and" | "&" | "on")
                || self.kinds.of[b] == Kind::BodyWord
        });
        if !led || name.len() < 3 || given(&name.start) {
            return name;
        }
        let start = (name.start + 1..name.end - 1).find(given).unwrap_or(name.start);
        start..name.end
    }

    /// James "Sandy" Winnefeld: the nickname of the quotation that token `i` opens.
    fn nickname(&self, i: usize) -> Option<usize> {
        let opens = matches!(self.tokens[i].form.as_str(), "\"" | "“" | "``");
        let closes = self.tokens.get(i + 2).is_some_and(|t| matches!(t.form.as_str(), "\"" | "”" | "''"));
        (opens && closes && self.kinds.of[i + 1] == Kind::Name && i + 3 < self.tokens.len()).then_some(i + 2)
    }

    /// Whether the word can go on a name: "bin" before "Jordan".
    fn is_name_word(&self, i: usize) -> bool {
        matches!(self.kinds.of[i], Kind::Name | Kind::Place(_))
    }

    /// Whether a name has begun before token `i`.
    fn inside_name(&self, i: usize) -> bool {
        self.kinds.of[i - 1] == Kind::Name && self.capital(i - 1)
    }

    /// "Jr.", "III" after the first word of a name.
    fn roman_or_junior(&self, i: usize, start: usize) -> bool {
        let form = self.tokens[i].form.trim_end_matches('.');
        i > start
            && (Classes::embedded().has(&form.to_lowercase(), Class::Generation)
                || (!form.is_empty() && form.len() <= 4 && form.chars().all(|c| "IVX".contains(c)) && form != "I"))
    }
}
