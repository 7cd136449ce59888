//! The gate: which sentences may tell of a visit or a meeting, and so are worth a syntax tree.
//!
//! Parsing is most of the work of reading; a sentence without anybody, or without a word of travel or meeting, is spared it.

use super::delegation::is_party;
use super::lexicon::{Frame, Lexicon, OfficeClass};
use super::names::{Kind, Kinds, PersonMention};
use crate::language::{Token, Upos};

/// Whether a sentence may tell of a visit, a meeting, a delegation or a gathering.
pub fn may_tell(tokens: &[Token], kinds: &Kinds, people: &[PersonMention], lexicon: &Lexicon) -> bool {
    let gathering = tokens.iter().any(|t| lexicon.occasions.contains(&t.key));
    let placed = (0..tokens.len()).any(|i| {
        matches!(kinds.of[i], Kind::Place(_) | Kind::Organisation(_) | Kind::Demonym(_)) || tokens[i].lower == "here"
    });
    let somebody = !people.is_empty() || tokens.iter().enumerate().any(|(i, t)| stands_for_somebody(t, &kinds.of[i]));
    (gathering && placed) || (somebody && tokens.iter().any(|t| is_trigger(t, placed, lexicon)))
}

/// Pronouns, offices and groups: "he", "the president", "the delegation".
fn stands_for_somebody(token: &Token, kind: &Kind) -> bool {
    let pronoun = token.upos == Upos::Pron
        && matches!(token.lower.as_str(), "he" | "she" | "they" | "his" | "her" | "their" | "him" | "them" | "both");
    let group =
        is_party(&token.key) || matches!(token.key.as_str(), "leader" | "official" | "two" | "pair" | "side" | "it");
    pronoun || group || matches!(kind, Kind::Office(OfficeClass::Office))
}

fn is_trigger(token: &Token, placed: bool, lexicon: &Lexicon) -> bool {
    let key = &token.key;
    let met = lexicon.meeting_verbs.contains_key(key) || lexicon.meeting_nouns.contains_key(key);
    let gathers = lexicon.occasions.contains(key) || lexicon.gathering_verbs.contains(key);
    let company = is_party(key) || matches!(key.as_str(), "join" | "accompany" | "lead" | "head");
    let goes = placed && (lexicon.travel_nouns.contains_key(key) || lexicon.travel_verbs.contains_key(key));
    let bare = lexicon.travel_verbs.get(key).is_some_and(|v| v.is(Frame::Visit) || v.is(Frame::Attend));
    met || gathers || company || goes || bare
}
