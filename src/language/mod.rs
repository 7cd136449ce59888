//! The language core: sentences, tokens, tags, lemmas and syntax of English text. It knows nothing of diplomacy.
//!
//! [`tag`] turns a text into an [`Analysis`]: sentences, each a list of [`Token`]s with part of speech and lemma, and
//! [`Analysis::parse`] adds dependency trees in the style of Universal Dependencies. Every token knows its byte span in the text.

mod asides;
mod lemma;
pub mod linear;
mod models;
mod parser;
mod tagger;
mod tokens;
#[cfg(feature = "train")]
pub mod train;

pub use asides::is_saying;

use crate::Span;
use foldhash::HashSet;
use models::Models;
use std::ops::Range;
use tagger::Word;

/// A text cut into sentences, tagged and parsed.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    pub sentences: Vec<Sentence>,
}

/// One sentence: its tokens in reading order, and a tree over them.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    pub span: Span,
    /// Number of the paragraph it stands in, from 0.
    pub paragraph: usize,
    pub tokens: Vec<Token>,
    /// What tagger and parser look at, a word a token.
    words: Vec<Word>,
    /// Labels of the tagger, which the parser reads.
    tags: Vec<u8>,
}

/// Tokens that the parser reads as one word: a name with its title, a place of several words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub tokens: Range<usize>,
    /// The token that stands for all, one of `tokens`.
    pub word: usize,
}

/// One word or punctuation mark. Clitics are tokens of their own (`Biden` `’s`, `do` `n't`), as in the treebanks.
#[derive(Clone, Debug)]
pub struct Token {
    pub span: Span,
    /// The word as written.
    pub form: String,
    /// Dictionary form, lower case but for names: `met` gives `meet`.
    pub lemma: String,
    /// The word in lower case.
    pub lower: String,
    /// The dictionary form in lower case, names too.
    pub key: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag, such as `VBD` or `NNP`.
    pub xpos: &'static str,
    /// Index of the head in this sentence; `None` for the root.
    pub head: Option<usize>,
    /// Universal Dependencies relation to the head, such as `nsubj:pass`.
    pub deprel: &'static str,
}

impl Token {
    /// Whether its tag has a tense of its own: a finite verb or auxiliary, or a modal.
    pub fn is_finite(&self) -> bool {
        matches!(self.xpos, "VBD" | "VBZ" | "VBP" | "MD")
    }
}

/// Universal part-of-speech tags (universaldependencies.org/u/pos).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

/// Cuts `text` into sentences and tokens, and tags them. Never fails; empty text gives no sentences. The trees come from
/// [`Analysis::parse`].
pub fn tag(text: &str) -> Analysis {
    let models = Models::embedded();
    let mut sentences = Vec::new();
    let mut cut: Vec<(usize, Vec<Span>)> = Vec::new();
    for (number, paragraph) in tokens::paragraphs(text).into_iter().enumerate() {
        let spans = tokens::tokens(text, paragraph);
        for range in tokens::sentences(text, &spans) {
            // Longer sentences are lists or tables; cutting them bounds the work without harm to prose.
            for part in spans[range].chunks(LONGEST_SENTENCE) {
                cut.push((number, part.to_vec()));
            }
        }
    }
    let names = names(text, &cut);
    for (number, spans) in &cut {
        sentences.push(models.tagged(text, spans, *number, &names));
    }
    Analysis { sentences }
}

impl Analysis {
    /// Tags a token anew where more is known than the tagger could know: the name of a person, or a verb after one ("Berg heads
    /// to"). Does nothing for a tag that the model does not have.
    pub fn retag(&mut self, sentence: usize, token: usize, upos: Upos, xpos: &str) {
        if let Some(sentence) = self.sentences.get_mut(sentence) {
            Models::embedded().retag(sentence, token, upos, xpos);
        }
    }

    /// Gives each sentence its tree. `units` says for the sentence of an index what is to be read as one word, in reading
    /// order and without overlaps: long titles and lists of names would mislead the parser. Where it says nothing, the
    /// sentence stays without a tree: parsing is most of the work.
    pub fn parse(&mut self, units: impl Fn(usize) -> Option<Vec<Unit>>) {
        let models = Models::embedded();
        for (i, sentence) in self.sentences.iter_mut().enumerate() {
            if let Some(units) = units(i) {
                models.parse(sentence, &units);
            }
        }
    }
}

/// Words that are capitalised inside sentences and never written small: names, wherever they stand.
fn names<'t>(text: &'t str, sentences: &[(usize, Vec<Span>)]) -> HashSet<&'t str> {
    let inside = sentences.iter().flat_map(|(_, spans)| spans.iter().skip(1)).map(|s| s.of(text));
    let capital =
        |w: &&str| w.len() > 2 && w.starts_with(char::is_uppercase) && w.chars().skip(1).any(char::is_lowercase);
    let small: HashSet<&str> = inside.clone().filter(|w| w.starts_with(char::is_lowercase)).collect();
    inside.filter(capital).filter(|w| !small.contains(w.to_lowercase().as_str())).collect()
}

/// Most tokens that a sentence can have.
const LONGEST_SENTENCE: usize = 160;
