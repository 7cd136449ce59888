//! The embedded models, and the names of their labels.
//!
//! `data/models/` holds `tagger.bin`, `parser.bin` and `labels.tsv` (kind, name; the line number within a kind is the label), and
//! `lemmas.tsv`. All are made by `portolan-train`; see `data/models/README.md`.

use super::asides::asides;
use super::lemma::Exceptions;
use super::linear::Linear;
use super::parser::{Input, parse};
use super::tagger::{Word, tag};
use super::{Sentence, Token, Unit, Upos, lemma};
use crate::Span;
use foldhash::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

/// Tagger, parser and lemma table.
pub struct Models {
    tagger: Linear,
    parser: Linear,
    tags: Vec<(Upos, &'static str)>,
    relations: Vec<&'static str>,
    lemmas: Exceptions<'static>,
    /// Words of one possible tag that the treebanks have too rarely.
    closed: HashMap<&'static str, u8>,
    name_tag: Option<u8>,
}

impl Models {
    /// The models that are part of the program.
    pub fn embedded() -> &'static Models {
        static MODELS: OnceLock<Models> = OnceLock::new();
        MODELS.get_or_init(|| {
            Models::of(
                include_bytes!("../../data/models/tagger.bin"),
                include_bytes!("../../data/models/parser.bin"),
                include_str!("../../data/models/labels.tsv"),
                include_str!("../../data/models/lemmas.tsv"),
            )
        })
    }

    fn of(tagger: &'static [u8], parser: &'static [u8], labels: &'static str, lemmas: &'static str) -> Models {
        let of_kind = |kind: &'static str| {
            labels
                .lines()
                .filter_map(move |l| l.split_once('\t'))
                .filter(move |(k, _)| *k == kind)
                .map(|(_, name)| name)
        };
        let tags = of_kind("tag").map(|name| {
            let (upos, xpos) = name.split_once('/').unwrap_or((name, name));
            (upos.parse().unwrap_or(Upos::X), xpos)
        });
        let code = |tag: &str| of_kind("tag").position(|t| t == tag).map(|i| i as u8);
        let closed = include_str!("../../data/language/closed.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
        Models {
            closed: closed.filter_map(|l| l.split_once('\t')).filter_map(|(w, t)| Some((w, code(t)?))).collect(),
            name_tag: code("PROPN/NNP"),
            tagger: Linear::new(tagger),
            parser: Linear::new(parser),
            tags: tags.collect(),
            relations: of_kind("relation").collect(),
            // What is written by hand stands above what the treebanks have.
            lemmas: lemma::exceptions(lemmas)
                .into_iter()
                .chain(lemma::exceptions(include_str!("../../data/language/lemmas.tsv")))
                .collect(),
        }
    }

    /// Tags one sentence. `names` are words that the text uses as names elsewhere, so that one that begins the sentence is not
    /// taken for a common word.
    pub fn tagged(&self, text: &str, spans: &[Span], paragraph: usize, names: &HashSet<&str>) -> Sentence {
        let forms: Vec<&str> = spans.iter().map(|s| s.of(text)).collect();
        let lower: Vec<String> = forms.iter().map(|f| f.to_lowercase()).collect();
        let words: Vec<Word> = forms.iter().map(|f| Word::new(f)).collect();
        let first = forms.iter().position(|f| f.chars().any(char::is_alphabetic));
        let known = |i: usize| match self.closed.get(lower[i].as_str()) {
            Some(label) => Some(*label),
            None => self.name_tag.filter(|_| Some(i) == first && names.contains(forms[i])),
        };
        let tags = tag(&self.tagger, self.tags.len(), &words, &known);
        let token = |(i, lower): (usize, String)| {
            let (upos, xpos) = self.tags.get(tags[i] as usize).copied().unwrap_or((Upos::X, "FW"));
            let lemma = lemma::lemma(forms[i], &lower, upos, xpos, &self.lemmas);
            Token {
                span: spans[i],
                form: forms[i].to_string(),
                key: if upos == Upos::Propn { lower.clone() } else { lemma.clone() },
                lower,
                lemma,
                upos,
                xpos,
                head: None,
                deprel: "dep",
            }
        };
        let tokens = lower.into_iter().enumerate().map(token).collect();
        let span = spans.first().zip(spans.last()).map(|(a, b)| a.cover(*b)).unwrap_or_default();
        Sentence { span, paragraph, tokens, words, tags }
    }

    /// Gives a token of a tagged sentence another tag, and the lemma that goes with it.
    pub fn retag(&self, sentence: &mut Sentence, i: usize, upos: Upos, xpos: &str) {
        let Some(label) = self.tags.iter().position(|(u, x)| *u == upos && *x == xpos) else { return };
        let (Some(token), Some(tag)) = (sentence.tokens.get_mut(i), sentence.tags.get_mut(i)) else { return };
        (*tag, token.upos, token.xpos) = (label as u8, upos, self.tags[label].1);
        token.lemma = lemma::lemma(&token.form, &token.lower, upos, token.xpos, &self.lemmas);
        token.key = token.lemma.to_lowercase();
    }

    /// Parses a tagged sentence. Each unit is read as the one word that stands for it, and the others of it hang from that
    /// word; each aside is parsed by itself, and its root hangs from the rest.
    pub fn parse(&self, sentence: &mut Sentence, units: &[Unit]) {
        let mut stands: Vec<usize> = (0..sentence.tokens.len()).collect();
        for unit in units {
            stands[unit.tokens.clone()].fill(unit.word);
        }
        let asides: Vec<Range<usize>> = asides(&sentence.tokens)
            .into_iter()
            .filter(|r| {
                [r.start, r.end]
                    .iter()
                    .all(|edge| units.iter().all(|u| !(u.tokens.start < *edge && *edge < u.tokens.end)))
            })
            .collect();
        let inside = |i: usize| asides.iter().position(|r| r.contains(&i));
        let kept = |part: Option<usize>| -> Vec<usize> {
            (0..stands.len()).filter(|i| stands[*i] == *i && inside(*i) == part).collect()
        };
        let main = self.parse_part(sentence, &kept(None));
        for (k, aside) in asides.iter().enumerate() {
            let Some(root) = self.parse_part(sentence, &kept(Some(k))) else { continue };
            let relative = matches!(sentence.tokens[aside.start].xpos, "WDT" | "WP");
            let before = aside.start.checked_sub(2).map(|i| stands[i]).filter(|i| inside(*i).is_none());
            let participle = sentence.tokens[aside.start - 1].form == ",";
            let (head, deprel) = match before {
                Some(noun) if relative => (Some(noun), "acl:relcl"),
                Some(noun) if participle && matches!(sentence.tokens[aside.start].xpos, "VBG" | "VBN") => {
                    (Some(noun), "acl")
                }
                _ => (main.filter(|m| *m != root), "parataxis"),
            };
            (sentence.tokens[root].head, sentence.tokens[root].deprel) = (head, deprel);
        }
        for (i, word) in stands.iter().enumerate().filter(|(i, word)| *i != **word) {
            let token = &mut sentence.tokens[i];
            (token.head, token.deprel) = (Some(*word), "flat");
        }
    }

    /// Parses some tokens of a sentence as if they were all of it, and says which is their root.
    fn parse_part(&self, sentence: &mut Sentence, kept: &[usize]) -> Option<usize> {
        let words: Vec<Word> = kept.iter().map(|i| sentence.words[*i]).collect();
        let tags: Vec<u8> = kept.iter().map(|i| sentence.tags[*i]).collect();
        let (heads, arcs) = parse(&self.parser, self.relations.len(), &Input { words: &words, tags: &tags });
        for (k, i) in kept.iter().enumerate() {
            let token = &mut sentence.tokens[*i];
            token.head = heads[k].checked_sub(1).map(|h| kept[h]);
            token.deprel = self.relations.get(arcs[k] as usize).copied().unwrap_or("dep");
        }
        kept.iter().copied().find(|i| sentence.tokens[*i].head.is_none())
    }
}

impl std::str::FromStr for Upos {
    type Err = ();

    fn from_str(name: &str) -> Result<Upos, ()> {
        Ok(match name {
            "ADJ" => Upos::Adj,
            "ADP" => Upos::Adp,
            "ADV" => Upos::Adv,
            "AUX" => Upos::Aux,
            "CCONJ" => Upos::Cconj,
            "DET" => Upos::Det,
            "INTJ" => Upos::Intj,
            "NOUN" => Upos::Noun,
            "NUM" => Upos::Num,
            "PART" => Upos::Part,
            "PRON" => Upos::Pron,
            "PROPN" => Upos::Propn,
            "PUNCT" => Upos::Punct,
            "SCONJ" => Upos::Sconj,
            "SYM" => Upos::Sym,
            "VERB" => Upos::Verb,
            "X" => Upos::X,
            _ => return Err(()),
        })
    }
}
