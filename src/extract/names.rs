//! Names of people with their titles: runs of capitalised words next to an office, a rank, a form of address or a given name.
//!
//! Finds mentions in one sentence; which mentions are the same person is settled in [`super::officials`]. It does not use
//! the syntax tree, so that a wrong parse of a long chain of names and titles does no harm.

use super::classes::{Class, Classes};
use super::lexicon::{Lexicon, OfficeClass};
use crate::gazetteer::Gazetteer;
use crate::itinerary::{CountryCode, PlaceKind};
use crate::language::{Analysis, Token, Unit, Upos};
use std::ops::Range;

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
    let forms: Vec<&str> = tokens.iter().map(|t| t.form.as_str()).collect();
    let lower: Vec<&str> = tokens.iter().map(|t| t.lower.as_str()).collect();
    let mut i = 0;
    while i < tokens.len() {
        let (kind, length) = classify(tokens, &forms, &lower, i, lexicon, gazetteer);
        for j in i..i + length {
            kinds.of[j] = kind.clone();
            kinds.unit[j] = i..i + length;
        }
        i += length;
    }
    kinds
}

fn classify(
    tokens: &[Token],
    forms: &[&str],
    lower: &[&str],
    i: usize,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
) -> (Kind, usize) {
    let upcoming = &forms[i..(i + 6).min(forms.len())];
    if let Some(length) = longest(lower, i, lexicon, |w| lexicon.organisations.contains_key(w))
        .filter(|n| capital(tokens, i) && *n >= gazetteer.longest(upcoming))
    {
        let country = lexicon.organisations.get(&lower[i..i + length].join(" ")).cloned().flatten();
        return (Kind::Organisation(country), length);
    }
    // "HE Sheikh Khalid": his excellency, and no pronoun.
    let honour = |form: &str| form.starts_with('H') && Classes::embedded().has(form, Class::Honour);
    if honour(forms[i]) && tokens.get(i + 1).is_some_and(|_| capital(tokens, i + 1)) {
        return (Kind::Office(OfficeClass::Address), 1);
    }
    // "Zaid bin Sultan al-Nahayan": a word for an office right after a particle is a name.
    let prince = lower[i] == "sultan" && i > 0 && Classes::embedded().has(lower[i - 1], Class::HisTitle);
    let after_particle = prince || i > 0 && lexicon.particles.contains(&tokens[i - 1].form) && capital(tokens, i);
    if let Some((class, length)) = office_at(tokens, lower, i, lexicon).filter(|_| !after_particle) {
        return (Kind::Office(class), length);
    }
    if !capital(tokens, i) {
        return (Kind::Other, 1);
    }
    // "Grace Wanjiru": a given name before another name is no town, though there is one called so.
    let before_name = i + 1 < tokens.len()
        && capital(tokens, i + 1)
        && !lexicon.is_body(lower[i + 1])
        && gazetteer.longest(&forms[i..(i + 2)]) < 2;
    // "his counterpart, Milan Kucan"
    let apposed = i > 1 && tokens[i - 1].form == "," && lexicon.offices.contains_key(lower[i - 2]);
    if (lexicon.is_given_name(lower[i]) || apposed) && before_name && office_at(tokens, lower, i + 1, lexicon).is_none()
    {
        return (Kind::Name, 1);
    }
    let length = gazetteer.longest(upcoming);
    if length > 0 {
        let found = gazetteer.lookup(&forms[i..i + length].join(" "));
        if let Some(code) = found.demonym_of.clone().filter(|_| !found.places.first().is_some_and(|p| is_state(p.kind)))
        {
            return (Kind::Demonym(code), length);
        }
        if let Some(place) =
            found.places.first().filter(|p| is_state(p.kind) || !lexicon.is_body(lower[i + length - 1]))
        {
            let country = (!place.country.is_empty()).then(|| CountryCode(place.country.to_string()));
            return (Kind::Place(country), length);
        }
    }
    // "FUNCINPEC", "CPP": letters of a body's name, not of a person's.
    let letters = forms[i].chars().filter(|c| c.is_alphabetic()).count();
    let capitals = |w: &str| w.len() >= 3 && w.chars().all(char::is_uppercase);
    let acronym = letters >= 3 && forms[i].chars().all(|c| c.is_uppercase() || c == '-')
        || (forms[i].contains('-') && forms[i].split('-').any(capitals))
        || forms[i].chars().any(|c| c.is_ascii_digit());
    if acronym {
        return (Kind::Organisation(None), 1);
    }
    // "Jaap de Hoop Scheffer": an ordinary word right after a given name or a particle is a surname.
    let named = i > 0
        && (lexicon.particles.contains(&tokens[i - 1].form)
            || lexicon.is_given_name(lower[i - 1]) && capital(tokens, i - 1));
    let ordinary = lexicon.is_body(lower[i]) || (lexicon.is_common(lower[i]) && !named);
    if ordinary { (Kind::BodyWord, 1) } else { (Kind::Name, 1) }
}

fn is_state(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Country | PlaceKind::Territory)
}

/// Longest run of up to five words from `i` that `known` accepts; of one word only where no longer one begins so.
fn longest(lower: &[&str], i: usize, lexicon: &Lexicon, known: impl Fn(&str) -> bool) -> Option<usize> {
    let most = if lexicon.openings.contains(lower[i]) { 5.min(lower.len() - i) } else { 1 };
    (1..=most).rev().find(|n| if *n == 1 { known(lower[i]) } else { known(&lower[i..i + n].join(" ")) })
}

fn office_at(tokens: &[Token], lower: &[&str], i: usize, lexicon: &Lexicon) -> Option<(OfficeClass, usize)> {
    let nounlike = |t: &Token| !matches!(t.upos, Upos::Verb | Upos::Aux | Upos::Adp | Upos::Pron) || capital(tokens, i);
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

/// People named in one sentence, in reading order; nominals and pronouns are found later.
pub fn find(tokens: &[Token], text: &str, kinds: &Kinds, lexicon: &Lexicon) -> Vec<PersonMention> {
    let mut found: Vec<PersonMention> = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let Some(name) = name_at(tokens, kinds, i, lexicon) else {
            i += 1;
            continue;
        };
        let limit = found.last().map_or(0, |m| m.tokens.end);
        let mut mention = with_title(tokens, text, kinds, lexicon, name.clone(), limit);
        // "the new Fujimori government" is nobody.
        let after = tokens.get(mention.name.end);
        let of_somebody = after.is_some_and(|t| Classes::embedded().has(&t.lower, Class::NamedAfter));
        if of_somebody && mention.title.is_none() {
            i = name.end;
            continue;
        }
        apposition(tokens, text, kinds, lexicon, &mut mention);
        of_country(tokens, kinds, &mut mention);
        shared_title(tokens, found.last(), &mut mention);
        i = mention.tokens.end.max(name.end);
        found.push(mention);
    }
    found
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

/// Surnames that are also names of towns ("Solana") are people's where the article introduces such a person, unless a
/// preposition of place stands before them.
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
    let surnames: std::collections::HashSet<String> =
        sentences.iter().zip(people).flat_map(|(tokens, found)| found.iter().filter_map(|p| full(tokens, p))).collect();
    for (tokens, kinds) in sentences.iter().zip(kinds) {
        for i in 0..tokens.len() {
            let town = matches!(kinds.of[i], Kind::Place(_)) && kinds.unit[i].len() == 1;
            let great =
                || gazetteer.lookup(&tokens[i].form).places.first().is_some_and(|p| is_state(p.kind) || p.capital);
            if town && !great() && surnames.contains(&tokens[i].form) && !located(tokens, i) {
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
            let tokens = &analysis.sentences[s].tokens;
            let verb = person.tokens.end;
            let third =
                tokens.get(verb).is_some_and(|t| t.xpos == "NNS" && lexicon.is_travel_or_meeting(&singular(&t.lower)));
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
        // "Shultz's Moscow talks with": a noun that something owns.
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
}

/// What the parser reads as one word: a person with title and apposition, a place with what it lies in, a body, a date.
pub fn units(tokens: &[Token], people: &[PersonMention], kinds: &Kinds, times: &[Range<usize>]) -> Vec<Unit> {
    let mut found: Vec<Unit> = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let person = people.iter().find(|p| p.tokens.start == i);
        let until = people.iter().map(|p| p.tokens.start).find(|s| *s > i).unwrap_or(tokens.len());
        // "Nov. 3, 2005" is one word; "next week" parses well as it is.
        let time = times.iter().find(|t| t.start == i && t.end <= until && tokens[i].upos == Upos::Propn);
        let unit = match (person, time) {
            (Some(p), _) => Unit { tokens: p.tokens.start..closed(tokens, people, p), word: p.name.end - 1 },
            (None, Some(time)) => Unit { tokens: time.clone(), word: time_word(tokens, time) },
            (None, None) => named_unit(tokens, kinds, i, until),
        };
        i = unit.tokens.end.max(i + 1);
        if unit.tokens.len() > 1 {
            found.push(unit);
        }
    }
    found
}

/// The month or weekday of a date, else its last word.
fn time_word(tokens: &[Token], time: &Range<usize>) -> usize {
    time.clone().find(|i| tokens[*i].xpos.starts_with("NN")).unwrap_or(time.end - 1)
}

/// A place or body of several words; "Honiara, Solomon Islands" is one.
fn named_unit(tokens: &[Token], kinds: &Kinds, i: usize, until: usize) -> Unit {
    let whole = matches!(kinds.of[i], Kind::Place(_) | Kind::Organisation(_) | Kind::Demonym(_));
    let end = if whole { kinds.unit[i].end.min(until) } else { i + 1 };
    let word = end - 1;
    let same = |j: usize| matches!((&kinds.of[i], kinds.of.get(j)), (Kind::Place(Some(a)), Some(Kind::Place(Some(b)))) if a == b);
    if tokens.get(end).is_some_and(|t| t.form == ",") && same(end + 1) && kinds.unit[end + 1].end <= until {
        let outer = kinds.unit[end + 1].end;
        let comma = usize::from(tokens.get(outer).is_some_and(|t| t.form == ",") && !same(outer + 1));
        let listed = tokens.get(outer + 1).is_some_and(|t| t.form == "and")
            || matches!(kinds.of.get(outer + 1), Some(Kind::Place(_)));
        return Unit { tokens: i..outer + if listed { 0 } else { comma }, word };
    }
    Unit { tokens: i..end, word }
}

/// End of a person's words with the comma that closes an apposition, unless it parts them from the next person.
fn closed(tokens: &[Token], people: &[PersonMention], person: &PersonMention) -> usize {
    let end = person.tokens.end;
    let apposed = end > person.name.end && tokens[person.name.end].form == ",";
    let comma = tokens.get(end).is_some_and(|t| t.form == ",");
    let listed = people.iter().any(|p| p.tokens.start == end + 1)
        || tokens.get(end + 1).is_some_and(|t| matches!(t.form.as_str(), "and" | "as"));
    if apposed && comma && !listed { end + 1 } else { end }
}

/// The longest run of name words that starts at `i`.
fn name_at(tokens: &[Token], kinds: &Kinds, i: usize, lexicon: &Lexicon) -> Option<Range<usize>> {
    let after_title = i > 0 && matches!(kinds.of[i - 1], Kind::Office(_));
    let nameable = |j: usize| match kinds.of[j] {
        Kind::Name => true,
        // A person called Jordan or Chad: only as a part of a longer name or right after a title.
        Kind::Place(_) => capital(tokens, j) && kinds.unit[j].len() == 1 && (j > i || after_title),
        _ => false,
    };
    if !nameable(i) || (i > 0 && inside_name(tokens, kinds, i)) {
        return None;
    }
    let mut end = i;
    while end < tokens.len() {
        let particle = lexicon.particles.contains(&tokens[end].lower) && !capital(tokens, end);
        let linked = particle && end + 1 < tokens.len() && (end > i || after_title) && is_name_word(kinds, end + 1);
        if nameable(end) || linked || roman_or_junior(tokens, end, i) {
            end += 1;
        } else if nickname(tokens, kinds, end).is_some_and(|n| end > i && nameable(n + 1)) {
            end += 3;
        } else if tokens[end].form == "," && end + 1 < tokens.len() && roman_or_junior(tokens, end + 1, i) {
            end += 2;
        } else {
            break;
        }
    }
    // "Mining Minister Paul Whitefeather", "the Expediency Council": words right before an office or body belong to it.
    let possessed = matches!(tokens.get(end).map(|t| t.form.as_str()), Some("'s" | "’s"));
    let next = end + usize::from(possessed && end == i + 1);
    let qualifies = next < tokens.len()
        && capital(tokens, next)
        && match kinds.of[next] {
            Kind::Office(OfficeClass::Office) => next == end,
            Kind::BodyWord => !lexicon.is_given_name(&tokens[i].form),
            _ => false,
        };
    (end > i && !qualifies).then(|| without_field(tokens, kinds, i..end, lexicon))
}

/// "Special Operations and Low-Intensity Conflict Chris Maier": the name begins at the given name, and what stands before
/// is the end of a title.
fn without_field(tokens: &[Token], kinds: &Kinds, name: Range<usize>, lexicon: &Lexicon) -> Range<usize> {
    let given = |j: &usize| lexicon.is_given_name(&tokens[*j].form);
    let led = name.start.checked_sub(1).is_some_and(|b| {
        !matches!(kinds.of[b], Kind::Name) && matches!(tokens[b].form.as_str(), "of" | "for" | "and" | "&" | "on")
            || kinds.of[b] == Kind::BodyWord
    });
    if !led || name.len() < 3 || given(&name.start) {
        return name;
    }
    let start = (name.start + 1..name.end - 1).find(given).unwrap_or(name.start);
    start..name.end
}

/// James "Sandy" Winnefeld: the nickname of the quotation that token `i` opens.
fn nickname(tokens: &[Token], kinds: &Kinds, i: usize) -> Option<usize> {
    let opens = matches!(tokens[i].form.as_str(), "\"" | "“" | "``");
    let closes = tokens.get(i + 2).is_some_and(|t| matches!(t.form.as_str(), "\"" | "”" | "''"));
    (opens && closes && kinds.of[i + 1] == Kind::Name && i + 3 < tokens.len()).then_some(i + 2)
}

fn is_name_word(kinds: &Kinds, i: usize) -> bool {
    matches!(kinds.of[i], Kind::Name | Kind::Place(_))
}

fn inside_name(tokens: &[Token], kinds: &Kinds, i: usize) -> bool {
    kinds.of[i - 1] == Kind::Name && capital(tokens, i - 1)
}

fn roman_or_junior(tokens: &[Token], i: usize, start: usize) -> bool {
    let form = tokens[i].form.trim_end_matches('.');
    i > start
        && (Classes::embedded().has(&form.to_lowercase(), Class::Generation)
            || (!form.is_empty() && form.len() <= 4 && form.chars().all(|c| "IVX".contains(c)) && form != "I"))
}

/// Reads the title before a name, leftwards from it and not past `limit`.
fn with_title(
    tokens: &[Token],
    text: &str,
    kinds: &Kinds,
    lexicon: &Lexicon,
    name: Range<usize>,
    limit: usize,
) -> PersonMention {
    // "the Kenyan president, Daniel Mwangi,": the title ends at a comma.
    let closes = |i: usize| {
        matches!(
            kinds.of[i],
            Kind::Office(OfficeClass::Office) | Kind::BodyWord | Kind::Organisation(_) | Kind::Place(_)
        )
    };
    let after = tokens.get(name.end).is_none_or(|t| matches!(t.form.as_str(), "," | "." | "and" | ";"));
    // "for Homeland Security, Dr. Elizabeth Hale,": a form of address belongs to the name.
    let addressed = name.start > limit && matches!(kinds.of[name.start - 1], Kind::Office(OfficeClass::Address));
    let first = if addressed { kinds.unit[name.start - 1].start } else { name.start };
    let set_off = first > limit + 1 && tokens[first - 1].form == "," && closes(first - 2) && name.len() > 1 && after;
    let end = if set_off { first - 1 } else { name.start };
    let start = title_start(tokens, kinds, lexicon, end, limit);
    let title = title_in(tokens, text, kinds, lexicon, start..end);
    let tokens = if title.is_some() { start..name.end } else { name.clone() };
    PersonMention { tokens, name, title, official: None }
}

fn title_start(tokens: &[Token], kinds: &Kinds, lexicon: &Lexicon, name: usize, limit: usize) -> usize {
    let mut office_found = false;
    let mut start = name;
    while start > limit && name - start < 16 {
        let i = start - 1;
        let goes_on = match &kinds.of[i] {
            Kind::Office(_) => {
                office_found = true;
                true
            }
            // "While in Brussels President Biden": where, and not whom he serves.
            Kind::Place(_) => !located(tokens, kinds.unit[i].start) || posted(tokens, kinds, kinds.unit[i].start),
            Kind::Organisation(_) | Kind::Demonym(_) | Kind::BodyWord => true,
            Kind::Name => !tokens[i].form.ends_with('.'),
            Kind::Other => small_word_in_title(tokens, kinds, lexicon, i, start, office_found, limit),
        };
        if !goes_on {
            break;
        }
        start = i;
    }
    start
}

/// Whether a preposition of place governs the unit that starts at `start`.
fn located(tokens: &[Token], start: usize) -> bool {
    let article = |i: usize| tokens[i].form.eq_ignore_ascii_case("the");
    let before = start.checked_sub(1).and_then(|i| if article(i) { i.checked_sub(1) } else { Some(i) });
    before.is_some_and(|i| {
        matches!(tokens[i].lower.as_str(), "in" | "to" | "from" | "at" | "near" | "into" | "via" | "through")
    })
}

/// "envoy in Sudan", "ambassador to Chad": an office right before the preposition.
fn posted(tokens: &[Token], kinds: &Kinds, start: usize) -> bool {
    let office = start.checked_sub(2).is_some_and(|i| matches!(kinds.of[i], Kind::Office(_)));
    office && matches!(tokens[start - 1].form.as_str(), "in" | "to")
}

/// Whether a lower-case word at `i` can stand inside a title whose part from `next` on is already read.
fn small_word_in_title(
    tokens: &[Token],
    kinds: &Kinds,
    lexicon: &Lexicon,
    i: usize,
    next: usize,
    office_found: bool,
    limit: usize,
) -> bool {
    let has_left = i > limit;
    let left = |k: usize| i.checked_sub(k).map(|j| &kinds.of[j]);
    let bodily =
        |k: Option<&Kind>| matches!(k, Some(Kind::Office(_) | Kind::BodyWord | Kind::Organisation(_) | Kind::Name));
    match tokens[i].lower.as_str() {
        "of" | "for" | "to" => has_left && bodily(left(1)) && !matches!(left(1), Some(Kind::Name)),
        "the" => i >= 2 && matches!(tokens[i - 1].form.as_str(), "of" | "for" | "to" | "in") && bodily(left(2)),
        "and" | "&" => {
            // "Assistant to the President and Senior Director X" is one title, "the President and Prime Minister X" two people.
            let second = matches!(left(1), Some(Kind::Office(OfficeClass::Office)))
                && capital(tokens, i - 1)
                && !is_nominal(tokens, kinds.unit[i - 1].start);
            let listed = i > 0 && tokens[i - 1].form == "," && !office_found;
            has_left
                && (!office_found
                    || second
                    || listed
                    || matches!(left(1), Some(Kind::BodyWord | Kind::Organisation(_))))
        }

        // "for Economic Growth, Energy, and the Environment": fields of one office.
        "," => {
            let field = |k: Option<&Kind>| matches!(k, Some(Kind::BodyWord));
            let on = tokens.get(next).is_some_and(|t| t.lower == "and") || field(kinds.of.get(next));
            has_left
                && on
                && field(left(1))
                && (i.saturating_sub(8).max(1)..i).any(|j| {
                    matches!(tokens[j].lower.as_str(), "for" | "of") && matches!(kinds.of[j - 1], Kind::Office(_))
                })
        }
        // "envoy in Sudan Andrew Hale"
        "in" => has_left && matches!(left(1), Some(Kind::Office(_))) && matches!(kinds.of[next], Kind::Place(_)),
        // "Prime Minister of the Republic of Korea (ROK) Lee"
        ")" | "(" => {
            let short = |k: usize| i.checked_sub(k).is_some_and(|j| j >= limit && tokens[j].form == "(");
            tokens[i].form == "(" && tokens.get(i + 2).is_some_and(|t| t.form == ")") || short(2)
        }
        "'s" | "’s" => has_left && matches!(left(1), Some(Kind::Place(_) | Kind::Organisation(_))),
        _ => {
            let participle = matches!(tokens[i].xpos, "VBG" | "VBN");
            let known = lexicon.title_words.contains(&tokens[i].lower);
            let modifier =
                matches!(tokens[i].upos, Upos::Adj | Upos::Noun) && !participle || known || tokens[i].form == "then";
            modifier && office_found && !matches!(tokens[next].form.as_str(), "of" | "for")
        }
    }
}

/// Whether the office that starts at `start` stands for a person: "the President", but not "to the President".
fn is_nominal(tokens: &[Token], start: usize) -> bool {
    let form = |k: usize| start.checked_sub(k).map(|i| tokens[i].form.to_lowercase()).unwrap_or_default();
    let inside = matches!(form(2).as_str(), "of" | "to" | "for");
    form(1) == "the" && !inside
}

/// The title that stands in `range`, if an office or rank is in it.
fn title_in(tokens: &[Token], text: &str, kinds: &Kinds, lexicon: &Lexicon, range: Range<usize>) -> Option<Title> {
    let offices: Vec<usize> = range.clone().filter(|i| matches!(kinds.of[*i], Kind::Office(_))).collect();
    let rank_of = |i: &usize| match kinds.of[*i] {
        Kind::Office(OfficeClass::Speaker) => 0,
        Kind::Office(OfficeClass::Office) => 1,
        Kind::Office(OfficeClass::Rank) => 2,
        _ => 3,
    };
    let main = *offices.iter().min_by_key(|i| rank_of(i))?;
    let Kind::Office(class) = kinds.of[main] else { return None };
    let office = normal_office(tokens, kinds, main, lexicon);
    let words: Vec<String> = range.clone().map(|i| tokens[i].form.to_lowercase()).collect();
    let country = title_country(tokens, kinds, range.clone(), main)
        .or_else(|| lexicon.offices.get(&office).and_then(|o| o.country.clone()));
    let posted = Classes::embedded().has(&office, Class::Resident).then(|| {
        let to = (main..range.end).find(|i| matches!(tokens[*i].lower.as_str(), "to" | "in" | "embassy"))?;
        (to + 1..range.end.min(to + 3)).find_map(|i| match &kinds.of[i] {
            Kind::Place(c) => c.clone(),
            _ => None,
        })
    });
    Some(Title {
        posted: posted.flatten(),
        text: title_text(tokens, text, kinds, range),
        office,
        class,
        country,
        visiting: words.iter().any(|w| w == "visiting"),
        former: words.iter().any(|w| Classes::embedded().has(w, Class::Former)),
    })
}

/// The office in the lexicon's form, singular and lower case.
fn normal_office(tokens: &[Token], kinds: &Kinds, i: usize, lexicon: &Lexicon) -> String {
    let unit = kinds.unit[i].clone();
    let mut words: Vec<String> = tokens[unit].iter().map(|t| t.lower.clone()).collect();
    if !lexicon.offices.contains_key(&words.join(" "))
        && let Some(last) = words.last_mut()
    {
        *last = singular(last);
    }
    words.join(" ")
}

/// Country served: the first nationality or body before the office, else one after it ("Minister of Iraq").
fn title_country(tokens: &[Token], kinds: &Kinds, range: Range<usize>, office: usize) -> Option<CountryCode> {
    let country = |i: usize| match &kinds.of[i] {
        Kind::Demonym(c) => Some(c.clone()),
        Kind::Place(c) => c.clone(),
        Kind::Organisation(c) => c.clone(),
        _ => None,
    };
    let unit = kinds.unit[office].clone();
    let before = range.clone().take_while(|i| *i < unit.start).find_map(country);
    // After the office only an "of": "envoy for Yemen" does not serve Yemen.
    let after = || (unit.end..range.end.min(unit.end + 3)).find_map(country);
    let of = |i: &usize| tokens[*i].form == "of" || matches!(tokens[*i].form.as_str(), "'s" | "’s");
    let later = || {
        let of = (unit.end..range.end)
            .filter(of)
            .map(|i| i + 1 + usize::from(tokens.get(i + 1).is_some_and(|t| t.form == "the")));
        of.filter(|i| *i < range.end).find_map(country)
    };
    before.or_else(after).or_else(later)
}

/// The words of a title without a leading nationality, article or "visiting".
fn title_text(tokens: &[Token], text: &str, kinds: &Kinds, range: Range<usize>) -> String {
    let mut start = range.start;
    while start < range.end {
        let form = tokens[start].form.to_lowercase();
        let country = matches!(kinds.of[start], Kind::Demonym(_) | Kind::Place(_))
            && !matches!(kinds.of.get(kinds.unit[start].end), Some(Kind::Other) if tokens[kinds.unit[start].end].form == "of");
        let idle =
            matches!(form.as_str(), "the" | "a" | "his" | "her" | "their" | "'s" | "’s" | "and" | "of" | "(" | ")")
                || Classes::embedded().has(&form, Class::Passing);
        if country || idle {
            start = kinds.unit[start].end;
        } else {
            break;
        }
    }
    let mut end = range.end;
    while end > start && matches!(kinds.of[end - 1], Kind::Office(OfficeClass::Address)) && end - 1 > start {
        end -= 1;
    }
    match (tokens.get(start), tokens.get(end.wrapping_sub(1))) {
        (Some(a), Some(b)) if start < end => {
            a.span.cover(b.span).of(text).split_whitespace().collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    }
}

/// "Mahmoud Abbas, the Palestinian president,": a title after the name, when none stands before it.
fn apposition(tokens: &[Token], text: &str, kinds: &Kinds, lexicon: &Lexicon, mention: &mut PersonMention) {
    let has_office = mention.title.as_ref().is_some_and(|t| t.class == OfficeClass::Office);
    let comma = mention.name.end;
    if has_office || mention.name.len() < 2 || tokens.get(comma).is_none_or(|t| t.form != ",") {
        return;
    }
    let end = (comma + 1..tokens.len().min(comma + 28))
        .find(|i| {
            matches!(tokens[*i].form.as_str(), "," | ";" | "." | "--" | "–" | "—" | ")" | "who")
                || finite_verb(&tokens[*i])
        })
        .unwrap_or(tokens.len().min(comma + 28));
    let range = comma + 1..end;
    let office =
        range.clone().find(|i| matches!(kinds.of[*i], Kind::Office(OfficeClass::Office | OfficeClass::Speaker)));
    let Some(office) = office else { return };
    let named = kinds.unit[office].end < end && kinds.of[kinds.unit[office].end] == Kind::Name;
    if named || tokens[comma + 1].form == "and" || office > comma + 8 {
        return;
    }
    if let Some(title) = title_in(tokens, text, kinds, lexicon, range.clone()) {
        mention.title = Some(title);
        mention.tokens.end = end;
    }
}

fn finite_verb(token: &Token) -> bool {
    matches!(token.xpos, "VBD" | "VBZ" | "VBP" | "MD")
}

/// "President Barham Saleh of Iraq".
fn of_country(tokens: &[Token], kinds: &Kinds, mention: &mut PersonMention) {
    let of = mention.name.end;
    if tokens.get(of).is_none_or(|t| t.form != "of") || mention.tokens.end > of {
        return;
    }
    let place = of + 1 + usize::from(tokens.get(of + 1).is_some_and(|t| t.form == "the"));
    let country = match kinds.of.get(place) {
        Some(Kind::Place(Some(c))) => Some(c.clone()),
        Some(Kind::Organisation(Some(c))) => Some(c.clone()),
        _ => None,
    };
    if let (Some(country), Some(title)) = (country, mention.title.as_mut()) {
        title.country = Some(country);
        mention.tokens.end = kinds.unit[place].end;
    }
}
