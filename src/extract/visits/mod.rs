//! Visits: words of travel with their traveller, their places and their certainty become sightings.
//!
//! A [`Sighting`] is one telling of one person in one place. Several sightings of one stop are joined in
//! [`super::stops`]. This room reads one sentence at a time and decides nothing about order or trips.
//!
//! | module | reads |
//! |---|---|
//! | [`by_verb`] | verbs of travel: "flew from Rome to Kigali" |
//! | [`by_noun`] | nouns of travel: "his visit to Turkey" |
//! | [`gatherings`] | those who take part in a gathering are where it is held |
//! | [`presence`] | what tells of a place without a word of travel: "Berg, currently in Kenya," |
//! | [`places`] | which places of the sentence a word governs |
//! | [`links`] | whether a telling comes before or after what is told beside it |
//! | [`telling`] | how a construction is spread over its travellers and places |

mod by_noun;
mod by_verb;
mod gatherings;
mod links;
mod places;
mod presence;
mod telling;

use super::Reader;
use super::clause::Certainty;
use super::scene::View;
use super::times::TimeMention;
use crate::Span;
use crate::itinerary::DraftPlace;
use crate::language::Upos;

/// One telling of one person in one place.
#[derive(Clone, Debug)]
pub struct Sighting {
    pub traveller: usize,
    pub place: DraftPlace,
    pub certainty: Certainty,
    pub times: Vec<TimeMention>,
    pub phase: Phase,
    /// Sentence and clause head, to link what one clause tells.
    pub sentence: usize,
    pub clause: usize,
    pub list: Option<(usize, usize)>,
    pub link: Link,
    /// Whether it only refers to a stop that is told elsewhere ("ahead of his stop in Iraq").
    pub reference: bool,
    pub told_at: usize,
    pub evidence: Span,
    /// A named site that the words are about, where it lies in `place`.
    pub site: Option<DraftPlace>,
    /// Words by which the article sets the stop apart as an earlier journey ("last visited").
    pub recalled: bool,
    /// In [0, 1]; how telling this construction is.
    pub weight: f64,
    /// The gathering that it takes part in, by its index among the article's.
    pub occasion: Option<usize>,
    /// At home there: no visit, but present at the gathering.
    pub at_home: bool,
}

/// Which part of a stay the words tell of; it says whether a date is its beginning or its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Stay,
    Arrival,
    Departure,
    /// Seen there at some event.
    Presence,
}

/// How a sighting stands in order to the others of its clause, or to the one told before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    None,
    /// It comes after what the clause at this token tells ("ahead of his stop in Iraq, he met …").
    After(usize),
    /// It comes before what the clause at this token tells ("after a visit to Jordan, he flew …").
    Before(usize),
    /// It is the origin of a movement told in the clause at this token ("from Iraq he will travel to …").
    Origin(usize),
    /// It follows the sighting told just before ("then").
    Next,
    /// It comes before the sighting told just before ("had earlier visited").
    Earlier,
}

/// All sightings that a sentence tells.
pub fn read(reader: &Reader<'_>, view: &View<'_>) -> Vec<Sighting> {
    let mut found = Vec::new();
    let names = |e: &usize| view.person_at(*e).is_some_and(|p| !p.name.is_empty());
    for e in (0..view.tokens().len()).filter(|e| !names(e)) {
        read_word(reader, view, e, &mut found);
    }
    presence::visiting_guests(reader, view, &mut found);
    presence::set_off_places(reader, view, &mut found);
    presence::under_way(reader, view, &mut found);
    gatherings::expected_at(reader, view, &mut found);
    found
}

/// What the word at `e` tells as a verb or noun of travel, or as a predicate that puts somebody in a place.
fn read_word(reader: &Reader<'_>, view: &View<'_>, e: usize, found: &mut Vec<Sighting>) {
    let lemma = view.lemma(e);
    let token = &view.tokens()[e];
    let adjective = token.upos == Upos::Adj;
    let verbs = &reader.lexicon.travel_verbs;
    // Whatever the tree makes of it: "who is due in Lisbon".
    if lemma == "due" && (adjective || view.lower(e.saturating_sub(1)) == "is") {
        presence::by_copula(reader, view, e, found);
    }
    if adjective && let Some(verb) = verbs.get(&format!("be {lemma}")) {
        by_verb::read(reader, view, e, verb, found);
    }
    if view.is_predicate(e) || matches!(token.xpos, "VBG" | "VBN" | "VB") {
        // "take part in", "set off for": a verb with its particle comes before the verb alone.
        let phrase = format!("{lemma} {}", view.lower(e + 1));
        if let Some(verb) = verbs.get(&phrase).or_else(|| verbs.get(lemma)) {
            by_verb::read(reader, view, e, verb, found);
        }
        if reader.lexicon.gathering_verbs.contains(lemma) {
            gatherings::brought_together(reader, view, e, found);
        }
        presence::by_copula(reader, view, e, found);
    }
    if token.xpos.starts_with("NN") && reader.lexicon.travel_nouns.contains_key(lemma) {
        by_noun::read(reader, view, e, found);
    }
}
