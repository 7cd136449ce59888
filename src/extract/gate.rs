//! The gate: which sentences may tell of a visit or a meeting, and so are worth a syntax tree.
//!
//! Parsing is most of the work of reading; a sentence without anybody, or without a word of travel or meeting, is spared it.

use super::classes::{Class, Classes};
use super::lexicon::{Frame, Lexicon, OfficeClass, Where};
use super::names::{Kind, Kinds, PersonMention};
use crate::itinerary::Status;
use crate::language::{Token, Upos};

/// Whether a sentence may tell of a visit, a meeting, a delegation or a gathering.
pub fn may_tell(tokens: &[Token], kinds: &Kinds, people: &[PersonMention], lexicon: &Lexicon) -> bool {
    let placed = (0..tokens.len()).any(|i| is_place(tokens, kinds, i));
    let gathering = tokens.iter().any(|t| lexicon.occasions.contains(&t.key));
    let others = (0..tokens.len()).filter(|i| stands_for_somebody(&tokens[*i], &kinds.of[*i])).count();
    // "They met": two at least.
    let several = tokens.iter().filter(|t| t.upos == Upos::Pron && matches!(t.lower.as_str(), "they" | "both")).count();
    let somebody = people.len() + others + several;
    // Two parties: both named, or one joined to an unnamed one.
    let joint = |t: &Token| matches!(t.lower.as_str(), "with" | "between" | "among" | "by" | "their" | "place");
    let parties = somebody > 1 || (somebody > 0 && tokens.iter().any(joint));
    let located = || (0..tokens.len()).any(|i| is_place(tokens, kinds, i) && after_in(tokens, i));
    (gathering && (placed || somebody > 0))
        || (parties && tokens.iter().any(|t| meets(t, lexicon) && (people.len() > 1 || !together(t, lexicon))))
        || (somebody > 0 && placed && tokens.iter().any(|t| goes(t, lexicon)))
        || (somebody > 0 && tokens.iter().any(in_company))
        || (!people.is_empty() && goes_along(tokens, lexicon))
        || (tokens.iter().any(|t| calls_off(t, lexicon)) && tokens.iter().any(|t| goes(t, lexicon)))
        || (somebody > 0 && tokens.iter().any(|t| is_there(t, lexicon)) && located())
}

/// A place, "here", a capital, or a body where it can stand for its seat.
fn is_place(tokens: &[Token], kinds: &Kinds, i: usize) -> bool {
    match kinds.of[i] {
        Kind::Place(_) => true,
        Kind::Organisation(_) => after_in(tokens, i) || tokens[..i].iter().rev().take(2).any(|t| t.key == "visit"),
        _ => tokens[i].lower == "here" || Classes::embedded().has(&tokens[i].lower, Class::Seat),
    }
}

/// Whether "in" or "at" stands a few words before, or the word is "here".
fn after_in(tokens: &[Token], i: usize) -> bool {
    let near = tokens[i.saturating_sub(4)..i].iter();
    tokens[i].lower == "here" || near.into_iter().any(|t| matches!(t.lower.as_str(), "in" | "at" | "to" | "due"))
}

/// Pronouns, offices and groups: "he", "the president", "the delegation".
fn stands_for_somebody(token: &Token, kind: &Kind) -> bool {
    let pronoun = matches!(
        token.lower.as_str(),
        "he" | "she" | "they" | "his" | "her" | "their" | "him" | "them" | "both" | "i" | "my"
    );
    let has = |class: Class| Classes::embedded().has(&token.key, class);
    let group = has(Class::Party) || has(Class::Pair) || token.key == "leader";
    (pronoun && token.upos == Upos::Pron) || group || matches!(kind, Kind::Office(OfficeClass::Office))
}

/// A word of meeting: "talks", "met".
fn meets(token: &Token, lexicon: &Lexicon) -> bool {
    let key = &token.key;
    lexicon.meeting_verbs.contains_key(key) || lexicon.meeting_nouns.contains_key(key)
}

/// "signed", "opened": a meeting only of two who are named.
fn together(token: &Token, lexicon: &Lexicon) -> bool {
    lexicon.joint_verbs.contains_key(&token.key)
}

/// A word of travel that moves by itself, unlike "made": "flew", "trip".
fn goes(token: &Token, lexicon: &Lexicon) -> bool {
    let verb = lexicon.travel_verbs.get(&token.key);
    let still =
        |f: &Frame| matches!(f, Frame::Make | Frame::Be | Frame::BeAt | Frame::Act | Frame::Convene | Frame::Include);
    let moves = |f: &Frame| !still(f);
    lexicon.travel_nouns.contains_key(&token.key)
        || Classes::embedded().has(&token.key, Class::Journey)
        || verb.is_some_and(|v| v.frames.iter().any(moves))
}

/// "is", "due", "signed": words that place somebody only with an "in".
fn is_there(token: &Token, lexicon: &Lexicon) -> bool {
    let verb = lexicon.travel_verbs.get(&token.key);
    let stands = |f: &Frame| matches!(f, Frame::Be | Frame::BeAt | Frame::Act | Frame::Convene);
    verb.is_some_and(|v| v.frames.iter().any(stands)) || token.lower == "due"
}

/// "cancelled", "postponed": of a journey that was told of before.
fn calls_off(token: &Token, lexicon: &Lexicon) -> bool {
    lexicon.modality(&token.key, Where::Governor) == Some(Status::Cancelled)
}

/// "delegation", "accompanied": somebody travels with another.
fn in_company(token: &Token) -> bool {
    let has = |class: Class| Classes::embedded().has(&token.key, class);
    has(Class::Party) || has(Class::Company)
}

/// "on the trip", "travelling with": whose journey it is may stand in another sentence.
fn goes_along(tokens: &[Token], lexicon: &Lexicon) -> bool {
    let journey = |t: &Token| Classes::embedded().has(&t.key, Class::Journey);
    let on = tokens.windows(3).any(|w| w[0].lower == "on" && w[1].lower == "the" && journey(&w[2]));
    on || tokens.windows(2).any(|w| w[1].lower == "with" && goes(&w[0], lexicon))
}
