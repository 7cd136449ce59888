//! Corrections: the names found tell better than the tagger what some words are, and better than the gazetteer what some
//! names are.
//!
//! Changes tags and kinds; it finds no names of its own.

use super::kinds::{Kind, Kinds, capital, is_state, located};
use super::{PersonMention, singular};
use crate::extract::classes::{Class, Classes};
use crate::extract::lexicon::Lexicon;
use crate::gazetteer::Gazetteer;
use crate::language::{Analysis, Token, Upos};
use std::collections::HashSet;

/// Surnames that are also names of towns ("Solana") or offices ("Bishop") are people's where the article introduces such
/// a person, unless a preposition of place stands before them.
pub fn surnames_before_towns(
    sentences: &[&[Token]],
    kinds: &mut [Kinds],
    people: &[Vec<PersonMention>],
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
) {
    let full = |tokens: &[Token], p: &PersonMention| {
        let given = p.name.len() > 1 && lexicon.is_given_name(&tokens[p.name.start].form);
        let surname = tokens[p.name.end - 1].form.clone();
        (given || (p.title.is_some() && p.name.len() > 1)).then_some(surname)
    };
    let surnames: HashSet<String> =
        sentences.iter().zip(people).flat_map(|(tokens, found)| found.iter().filter_map(|p| full(tokens, p))).collect();
    for (tokens, kinds) in sentences.iter().zip(kinds) {
        for i in 0..tokens.len() {
            let town = matches!(kinds.of[i], Kind::Place(_)) && kinds.unit[i].len() == 1;
            let great =
                || gazetteer.lookup(&tokens[i].form).places.first().is_some_and(|p| is_state(p.kind) || p.capital);
            let office = matches!(kinds.of[i], Kind::Office(_))
                && Classes::embedded().has(&tokens[i].lower, Class::OfficeSurname)
                && !tokens.get(i + 1).is_some_and(|_| capital(tokens, i + 1))
                && i.checked_sub(1).is_none_or(|b| tokens[b].lower != "the");
            if ((town && !great()) || office) && surnames.contains(&tokens[i].form) && !located(tokens, i) {
                kinds.of[i] = Kind::Name;
            }
        }
    }
}

/// A capitalised word of an office is a noun ("Chargé d'Affaires"), whatever the tagger took it for.
pub fn retag_offices(analysis: &mut Analysis, kinds: &[Kinds]) {
    for (s, kinds) in kinds.iter().enumerate() {
        for (i, kind) in kinds.of.iter().enumerate() {
            let token = &analysis.sentences[s].tokens[i];
            let verbal = token.upos == Upos::Verb && token.form.chars().any(char::is_uppercase);
            if verbal && matches!(kind, Kind::Office(_)) {
                analysis.retag(s, i, Upos::Propn, "NNP");
            }
        }
    }
}

/// Names are proper nouns, and "heads" right after one is a verb, whatever the tagger took them for.
pub fn retag(analysis: &mut Analysis, people: &[Vec<PersonMention>], lexicon: &Lexicon) {
    for (s, found) in people.iter().enumerate() {
        for person in found {
            retag_name(analysis, s, person, lexicon);
        }
        retag_owned(analysis, s, lexicon);
    }
}

/// The words of one name, and a verb after it.
fn retag_name(analysis: &mut Analysis, s: usize, person: &PersonMention, lexicon: &Lexicon) {
    let tokens = &analysis.sentences[s].tokens;
    let verb = person.tokens.end;
    let third = tokens.get(verb).is_some_and(|t| t.xpos == "NNS" && lexicon.is_travel_or_meeting(&singular(&t.lower)));
    let goes_on = tokens.get(verb + 1).is_some_and(|t| {
        matches!(t.xpos, "IN" | "TO" | "DT" | "RP" | "RB" | "PRP$" | "JJ" | "CD") || t.xpos.starts_with("NNP")
    });
    let wrong: Vec<usize> =
        person.name.clone().filter(|i| !tokens[*i].xpos.starts_with("NNP") && tokens[*i].form != ",").collect();
    for i in wrong {
        analysis.retag(s, i, Upos::Propn, "NNP");
    }
    if third && goes_on {
        analysis.retag(s, verb, Upos::Verb, "VBZ");
    }
}

/// "Shultz's Moscow talks with": a noun that something owns.
fn retag_owned(analysis: &mut Analysis, s: usize, lexicon: &Lexicon) {
    let tokens = &analysis.sentences[s].tokens;
    let owned = |i: usize| {
        let noun = tokens[i].xpos == "VBZ" && lexicon.is_travel_or_meeting_noun(&singular(&tokens[i].lower));
        let left = (i.saturating_sub(4)..i).rev().find(|j| !matches!(tokens[*j].xpos, "NNP" | "NN" | "JJ"));
        noun && left.is_some_and(|j| j + 1 < i && tokens[j].xpos == "POS" || matches!(tokens[j].xpos, "PRP$"))
    };
    let owned: Vec<usize> = (0..tokens.len()).filter(|i| owned(*i)).collect();
    for i in owned {
        analysis.retag(s, i, Upos::Noun, "NNS");
    }
}
