//! Kinds: what each word of a sentence can be inside a chain of titles and names.
//!
//! Asks the word lists and the gazetteer about runs of words; it does not say who is named.

use super::{after_name, singular};
use crate::extract::classes::{Class, Classes};
use crate::extract::lexicon::{Lexicon, OfficeClass};
use crate::gazetteer::Gazetteer;
use crate::itinerary::{CountryCode, PlaceKind};
use crate::language::{Token, Upos};
use std::ops::Range;

/// What one token can be inside a chain of titles and names.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Office(OfficeClass),
    Organisation(Option<CountryCode>),
    Demonym(CountryCode),
    Place(Option<CountryCode>),
    /// A capitalised common noun of bodies and fields ("Affairs", "Council") that no personal name contains.
    BodyWord,
    /// A capitalised word that can be part of a name.
    Name,
    Other,
}

/// Classes of the tokens of one sentence; a multi-word unit gives each of its tokens the same class.
#[derive(Debug)]
pub struct Kinds {
    pub of: Vec<Kind>,
    /// For each token the range of the unit that it belongs to.
    pub unit: Vec<Range<usize>>,
}

/// Classifies each token of a sentence by the word lists and the gazetteer.
pub fn kinds(tokens: &[Token], lexicon: &Lexicon, gazetteer: &Gazetteer) -> Kinds {
    let mut kinds = Kinds { of: vec![Kind::Other; tokens.len()], unit: (0..tokens.len()).map(|i| i..i + 1).collect() };
    let words = Words {
        tokens,
        forms: tokens.iter().map(|t| t.form.as_str()).collect(),
        lower: tokens.iter().map(|t| t.lower.as_str()).collect(),
        lexicon,
        gazetteer,
    };
    let mut i = 0;
    while i < tokens.len() {
        let (kind, length) = words.kind_at(i);
        for j in i..i + length {
            kinds.of[j] = kind.clone();
            kinds.unit[j] = i..i + length;
        }
        i += length;
    }
    portfolios(tokens, &mut kinds, lexicon);
    kinds
}

/// "Minister for Immigration and Citizenship": words of an office's field are no names, whether a list knows them or not.
fn portfolios(tokens: &[Token], kinds: &mut Kinds, lexicon: &Lexicon) {
    let joins = |i: usize| tokens.get(i).is_some_and(|t| matches!(t.lower.as_str(), "and" | "&"));
    for office in 0..tokens.len() {
        let led = matches!(kinds.of[office], Kind::Office(OfficeClass::Office))
            && tokens.get(office + 1).is_some_and(|t| matches!(t.lower.as_str(), "for" | "of"));
        let mut at = office + 2 + usize::from(tokens.get(office + 2).is_some_and(|t| t.lower == "the"));
        while led && at < tokens.len() && capital(tokens, at) {
            let comma = tokens.get(at + 1).is_some_and(|t| t.form == ",");
            let listed = tokens[at - 1].form == ",";
            let closed = joins(at + 1) || (comma && !listed) || kinds.of.get(at + 1) == Some(&Kind::BodyWord);
            match kinds.of[at] {
                Kind::Name if closed && !lexicon.is_given_name(&tokens[at].form) => kinds.of[at] = Kind::BodyWord,
                Kind::BodyWord => {}
                _ => break,
            }
            while kinds.of.get(at) == Some(&Kind::BodyWord) {
                at += 1;
            }
            let comma = tokens.get(at).is_some_and(|t| t.form == ",");
            at += if comma && joins(at + 1) { 2 } else { usize::from(comma || joins(at)) };
        }
    }
}

/// A sentence and what its words are looked up in.
struct Words<'a> {
    tokens: &'a [Token],
    forms: Vec<&'a str>,
    lower: Vec<&'a str>,
    lexicon: &'a Lexicon,
    gazetteer: &'a Gazetteer,
}

impl Words<'_> {
    /// The kind of the unit that starts at `i`, and how many tokens it has.
    fn kind_at(&self, i: usize) -> (Kind, usize) {
        self.body_at(i)
            .or_else(|| self.honour_at(i))
            .or_else(|| self.is_surname(i).then_some((Kind::Name, 1)))
            .or_else(|| self.title_at(i))
            .unwrap_or_else(|| if capital(self.tokens, i) { self.capitalised(i) } else { (Kind::Other, 1) })
    }

    /// The kind of a capitalised word that is no body and no office.
    fn capitalised(&self, i: usize) -> (Kind, usize) {
        if self.begins_name(i) {
            return (Kind::Name, 1);
        }
        if let Some(place) = self.place_at(i) {
            return place;
        }
        if is_acronym(self.forms[i]) {
            return (Kind::Organisation(None), 1);
        }
        // "Jaap de Hoop Scheffer": an ordinary word right after a given name or a particle is a surname.
        let named = i > 0
            && (self.lexicon.particles.contains(&self.tokens[i - 1].form)
                || self.lexicon.is_given_name(self.lower[i - 1]) && capital(self.tokens, i - 1));
        let word = self.lower[i];
        let ordinary = self.lexicon.is_body(word) || (self.lexicon.is_common(word) && !named);
        if ordinary { (Kind::BodyWord, 1) } else { (Kind::Name, 1) }
    }

    /// "Security Council", "EU".
    fn body_at(&self, i: usize) -> Option<(Kind, usize)> {
        let bodies = &self.lexicon.organisations;
        let length = self
            .longest(i, |w| bodies.contains_key(w))
            .filter(|n| capital(self.tokens, i) && *n >= self.gazetteer.longest(self.upcoming(i)))?;
        let country = bodies.get(&self.lower[i..i + length].join(" ")).cloned().flatten();
        Some((Kind::Organisation(country), length))
    }

    /// "HE Sheikh Khalid": his excellency, and no pronoun.
    fn honour_at(&self, i: usize) -> Option<(Kind, usize)> {
        let honour = self.forms[i].starts_with('H') && Classes::embedded().has(self.forms[i], Class::Honour);
        let goes_on = honour && i + 1 < self.tokens.len() && capital(self.tokens, i + 1);
        goes_on.then_some((Kind::Office(OfficeClass::Address), 1))
    }

    /// "Julia Bishop," but not "Mark Bishop Hale": an office that is a surname too ends a name.
    fn is_surname(&self, i: usize) -> bool {
        let tokens = self.tokens;
        let given = |b: usize| capital(tokens, b) && self.lexicon.is_given_name(&tokens[b].form);
        let last = || tokens.get(i + 1).is_none_or(|_| !capital(tokens, i + 1) || after_name(tokens, i + 1) > i + 1);
        Classes::embedded().has(self.lower[i], Class::OfficeSurname)
            && capital(tokens, i)
            && i.checked_sub(1).is_some_and(given)
            && last()
    }

    /// "Secretary of State", but not "Salim bin Sultan al-Harthi": a word for an office right after a particle is a name.
    fn title_at(&self, i: usize) -> Option<(Kind, usize)> {
        let prince = self.lower[i] == "sultan" && i > 0 && Classes::embedded().has(self.lower[i - 1], Class::HisTitle);
        let after_particle =
            prince || i > 0 && self.lexicon.particles.contains(&self.tokens[i - 1].form) && capital(self.tokens, i);
        let (class, length) = self.office_at(i).filter(|_| !after_particle)?;
        Some((Kind::Office(class), length))
    }

    /// "Grace Wanjiru": a given name before another name is no town, though there is one called so.
    fn begins_name(&self, i: usize) -> bool {
        let before_name = i + 1 < self.tokens.len()
            && capital(self.tokens, i + 1)
            && !self.lexicon.is_body(self.lower[i + 1])
            && self.gazetteer.longest(&self.forms[i..(i + 2)]) < 2;
        // "his counterpart, Milan Novak"
        let apposed = i > 1 && self.tokens[i - 1].form == "," && self.lexicon.offices.contains_key(self.lower[i - 2]);
        (self.lexicon.is_given_name(self.lower[i]) || apposed) && before_name && self.office_at(i + 1).is_none()
    }

    /// A place or nationality of the gazetteer: "Solomon Islands", "Kenyan".
    fn place_at(&self, i: usize) -> Option<(Kind, usize)> {
        let length = Some(self.gazetteer.longest(self.upcoming(i))).filter(|n| *n > 0)?;
        let found = self.gazetteer.lookup(&self.forms[i..i + length].join(" "));
        let first = found.places.first();
        if let Some(code) = found.demonym_of.clone().filter(|_| !first.is_some_and(|p| is_state(p.kind))) {
            return Some((Kind::Demonym(code), length));
        }
        let place = first.filter(|p| is_state(p.kind) || !self.lexicon.is_body(self.lower[i + length - 1]))?;
        let country = (!place.country.is_empty()).then(|| CountryCode(place.country.to_string()));
        Some((Kind::Place(country), length))
    }

    /// As many words from `i` as a name of the gazetteer may have.
    fn upcoming(&self, i: usize) -> &[&str] {
        &self.forms[i..(i + 6).min(self.forms.len())]
    }

    /// Longest run of up to five words from `i` that `known` accepts; of one word only where no longer one begins so.
    fn longest(&self, i: usize, known: impl Fn(&str) -> bool) -> Option<usize> {
        let lower = &self.lower;
        let most = if self.lexicon.openings.contains(lower[i]) { 5.min(lower.len() - i) } else { 1 };
        (1..=most).rev().find(|n| if *n == 1 { known(lower[i]) } else { known(&lower[i..i + n].join(" ")) })
    }

    /// The office of up to four words that starts at `i`, in the singular or plural.
    fn office_at(&self, i: usize) -> Option<(OfficeClass, usize)> {
        let Words { tokens, lower, lexicon, .. } = self;
        let nounlike =
            |t: &Token| !matches!(t.upos, Upos::Verb | Upos::Aux | Upos::Adp | Upos::Pron) || capital(tokens, i);
        let most = if lexicon.openings.contains(lower[i]) { 4.min(lower.len() - i) } else { 1 };
        (1..=most).rev().find_map(|n| {
            let last = i + n - 1;
            if !nounlike(&tokens[last]) || !nounlike(&tokens[i]) {
                return None;
            }
            let before = lower[i..last].iter().fold(String::new(), |words, word| words + word + " ");
            let office = |word: &str| match before.as_str() {
                "" => lexicon.offices.get(word),
                before => lexicon.offices.get(&format!("{before}{word}")),
            };
            let plural = || office(&singular(lower[last])).filter(|o| o.class != OfficeClass::Address);
            office(lower[last]).or_else(plural).map(|o| (o.class, n))
        })
    }
}

/// "FUNCINPEC", "CPP": letters of a body's name, not of a person's.
fn is_acronym(form: &str) -> bool {
    let letters = form.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = |w: &str| w.len() >= 3 && w.chars().all(char::is_uppercase);
    letters >= 3 && form.chars().all(|c| c.is_uppercase() || c == '-')
        || (form.contains('-') && form.split('-').any(capitals))
        || form.chars().any(|c| c.is_ascii_digit())
}

/// Whether a place is a state or a territory, rather than a place in one.
pub(super) fn is_state(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Country | PlaceKind::Territory)
}

/// Whether the token is written as part of a name: with a capital, or as "al-Sudani". A word that only begins a
/// sentence does not count unless it is tagged as a name.
pub fn capital(tokens: &[Token], i: usize) -> bool {
    let token = &tokens[i];
    let first_upper = token.form.chars().next().is_some_and(char::is_uppercase);
    let joined = token.form.split_once(['-', '’', '\'']).is_some_and(|(head, tail)| {
        head.len() <= 4 && !head.is_empty() && tail.chars().next().is_some_and(char::is_uppercase)
    });
    if !first_upper && !joined {
        return false;
    }
    let first = tokens[..i].iter().all(|t| !t.form.chars().any(char::is_alphanumeric));
    if first && token.upos == Upos::Verb && !joined {
        return false;
    }
    let wordy = token.form.chars().any(char::is_alphabetic);
    let function = matches!(
        token.upos,
        Upos::Adp | Upos::Det | Upos::Pron | Upos::Aux | Upos::Cconj | Upos::Sconj | Upos::Part | Upos::Adv
    );
    wordy && (!function || token.xpos.starts_with("NNP"))
}

/// Whether a preposition of place governs the unit that starts at `start`.
pub(super) fn located(tokens: &[Token], start: usize) -> bool {
    let article = |i: usize| tokens[i].form.eq_ignore_ascii_case("the");
    let before = start.checked_sub(1).and_then(|i| if article(i) { i.checked_sub(1) } else { Some(i) });
    before.is_some_and(|i| {
        matches!(tokens[i].lower.as_str(), "in" | "to" | "from" | "at" | "near" | "into" | "via" | "through")
    })
}
