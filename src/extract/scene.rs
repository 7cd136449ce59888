//! The scene: the article's sentences with everything that reading has marked in them so far.
//!
//! Each stage of the reading adds its marks (people, places, times) to the [`View`] of a sentence; the later stages read
//! them. A view also answers the few questions about syntax that they share. It knows grammar, not diplomacy.

use super::classes::{Class, Classes};
use super::names::PersonMention;
use super::times::TimeMention;
use super::toponyms::PlaceMention;
use crate::language::{Analysis, Sentence, Token, Upos};
use std::ops::Range;

/// One sentence with its marks.
#[derive(Debug)]
pub struct View<'a> {
    pub sentence: &'a Sentence,
    /// Index of the sentence in the article.
    pub index: usize,
    children: Vec<Vec<usize>>,
    classes: &'a Classes,
    pub people: Vec<PersonMention>,
    pub places: Vec<PlaceMention>,
    pub times: Vec<TimeMention>,
    /// Nouns of travel and meeting.
    pub events: Vec<usize>,
}

/// Views of all sentences, without marks.
pub fn views(analysis: &Analysis) -> Vec<View<'_>> {
    analysis.sentences.iter().enumerate().map(|(i, s)| View::new(s, i)).collect()
}

impl<'a> View<'a> {
    /// A sentence without marks.
    fn new(sentence: &'a Sentence, index: usize) -> Self {
        let mut children = vec![Vec::new(); sentence.tokens.len()];
        for (i, token) in sentence.tokens.iter().enumerate() {
            if let Some(head) = token.head.filter(|h| *h < children.len()) {
                children[head].push(i);
            }
        }
        View {
            sentence,
            index,
            children,
            classes: Classes::embedded(),
            people: Vec::new(),
            places: Vec::new(),
            times: Vec::new(),
            events: Vec::new(),
        }
    }

    /// The tokens of the sentence.
    pub fn tokens(&self) -> &'a [Token] {
        &self.sentence.tokens
    }

    /// The token at `i`, if there is one.
    pub fn get(&self, i: usize) -> Option<&'a Token> {
        self.sentence.tokens.get(i)
    }

    /// Lower-case form of the token at `i`, empty past the end.
    pub fn lower(&self, i: usize) -> &'a str {
        self.get(i).map(|t| t.lower.as_str()).unwrap_or_default()
    }

    /// Lower-case lemma of the token at `i`, empty past the end.
    pub fn lemma(&self, i: usize) -> &'a str {
        self.get(i).map(|t| t.key.as_str()).unwrap_or_default()
    }

    /// Whether the lemma at `i` belongs to a class of words.
    pub fn is(&self, i: usize, class: Class) -> bool {
        self.classes.has(self.lemma(i), class)
    }

    /// Whether the form at `i` belongs to a class of words.
    pub fn reads(&self, i: usize, class: Class) -> bool {
        self.classes.has(self.lower(i), class)
    }

    /// Direct dependents of `i` in reading order.
    pub fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    /// Direct dependents of `i` whose relation, without its subtype, is one of `relations`.
    pub fn dependents<'b>(&'b self, i: usize, relations: &'b [&str]) -> impl Iterator<Item = usize> + 'b {
        self.children[i].iter().copied().filter(move |c| relations.contains(&self.relation(*c)))
    }

    /// Relation of `i` to its head, without the subtype.
    pub fn relation(&self, i: usize) -> &'static str {
        let full = self.tokens()[i].deprel;
        full.split(':').next().unwrap_or(full)
    }

    /// `i`, its head, the head's head, and so on up to the root.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(i), |j| self.tokens()[*j].head).take(self.tokens().len())
    }

    /// Whether `i` is `top` or below it in the tree.
    pub fn under(&self, i: usize, top: usize) -> bool {
        self.ancestors(i).any(|a| a == top)
    }

    /// Head of the clause that `i` stands in: the nearest verb, or predicate with a copula, at or above it.
    pub fn clause_head(&self, i: usize) -> usize {
        self.ancestors(i).find(|a| self.is_predicate(*a)).unwrap_or_else(|| self.ancestors(i).last().unwrap_or(i))
    }

    /// Whether `i` belongs to a time or a place.
    pub fn is_circumstance(&self, i: usize) -> bool {
        self.times.iter().any(|t| t.tokens.contains(&i)) || self.places.iter().any(|p| p.tokens.contains(&i))
    }

    /// Whether `i` is a verb, or a noun or adjective with a copula of its own.
    pub fn is_predicate(&self, i: usize) -> bool {
        let token = &self.tokens()[i];
        let verb = token.upos == Upos::Verb && !matches!(self.relation(i), "amod" | "compound" | "case" | "flat");
        verb || self.dependents(i, &["cop"]).next().is_some()
    }

    /// Whether `i` is a predicate with a tense of its own or an auxiliary that has one.
    pub fn is_finite(&self, i: usize) -> bool {
        self.tokens()[i].is_finite() || self.dependents(i, &["aux", "cop"]).any(|a| self.tokens()[a].is_finite())
    }

    /// The preposition or subordinator of `i`: its `case` or `mark` dependents, joined ("ahead of").
    pub fn marker(&self, i: usize) -> String {
        let mut words = Vec::new();
        for c in self.dependents(i, &["case", "mark"]) {
            words.push(self.lower(c));
            words.extend(self.dependents(c, &["fixed"]).map(|f| self.lower(f)));
        }
        words.join(" ")
    }

    /// The mark of a person that covers token `i`.
    pub fn person_at(&self, i: usize) -> Option<&PersonMention> {
        self.people.iter().find(|p| p.tokens.contains(&i))
    }

    /// The sentence with its tree and marks, a token a line.
    #[cfg(feature = "trace")]
    pub fn trace(&self) -> String {
        let mut lines = vec![String::new()];
        for (i, t) in self.tokens().iter().enumerate() {
            let person = self.people.iter().position(|p| p.tokens.contains(&i)).map(|p| {
                let official = self.people[p].official.map_or("?".into(), |o| o.to_string());
                format!(" person {p} = {official}")
            });
            let place = self.places.iter().find(|p| p.tokens.contains(&i)).map(|p| {
                format!(" place {} prep {:?} list {:?} qualifies {}", p.place.name, p.preposition, p.list, p.qualifies)
            });
            let time = self.times.iter().find(|p| p.tokens.contains(&i)).map(|p| format!(" {p:?}"));
            let head = t.head.map_or("root".into(), |h| h.to_string());
            let marks = [person, place, time].into_iter().flatten().collect::<String>();
            lines.push(format!("{i:3} {:16} {:12} {:5} {head:>4} {:10}{marks}", t.form, t.lemma, t.xpos, t.deprel));
        }
        lines.join("\n")
    }

    /// Byte span of a range of tokens.
    pub fn span(&self, range: &Range<usize>) -> crate::Span {
        let tokens = &self.sentence.tokens[range.start.min(self.tokens().len())..range.end.min(self.tokens().len())];
        match (tokens.first(), tokens.last()) {
            (Some(a), Some(b)) => a.span.cover(b.span),
            _ => self.sentence.span,
        }
    }

    /// The clause around `head`: first and last token of its subtree, without clauses set apart that hang from it.
    pub fn clause_range(&self, head: usize) -> Range<usize> {
        let mut range = head..head + 1;
        let mut open = vec![head];
        while let Some(i) = open.pop() {
            range = range.start.min(i)..range.end.max(i + 1);
            open.extend(self.children[i].iter().copied().filter(|c| !self.sets_apart(*c)));
        }
        range
    }

    /// Whether the token begins what is no part of the clause that it hangs from.
    fn sets_apart(&self, i: usize) -> bool {
        matches!(self.relation(i), "parataxis" | "ccomp" | "punct" | "cc")
            || (self.relation(i) == "conj" && self.is_predicate(i))
    }
}
