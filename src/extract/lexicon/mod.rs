//! The words of diplomacy: offices, organisations, verbs and nouns of travel and meeting, signs of certainty.
//!
//! Everything here is read from `data/lexicon/*.tsv`, once, by [`tables`]; the code holds no word of its own. Lists that one
//! rule asks about need no field here: they are [`super::classes`].
//!
//! What stays in the rules is grammar: articles, pronouns, prepositions, conjunctions, auxiliaries and negations, question
//! words, endings ("-elect", plurals), punctuation, and a content word where it alone makes the construction, such as
//! "due in" or "call on". Words of time stand in `data/times/words.tsv`; those that only frame one there ("last", "ago",
//! "later") are grammar too. This module knows words, not sentences.

mod tables;

use crate::itinerary::{CountryCode, Mode, Status};
use foldhash::{HashMap, HashSet};
use std::sync::OnceLock;

/// What a word before or after a name says of its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfficeClass {
    /// Makes its holder an official.
    Office,
    /// Goes before a name and says that a person follows: a military rank, "Sheikh".
    Rank,
    /// "Mr.", "Dr.".
    Address,
    /// Speaks, reports or analyses.
    Speaker,
}

/// By which pronoun a person is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    He,
    She,
}

/// An office and whom its holder serves where the text does not say.
#[derive(Clone, Debug)]
pub struct Office {
    pub class: OfficeClass,
    pub country: Option<CountryCode>,
}

/// How a verb of travel places its arguments; see `data/lexicon/travel_verbs.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    Go,
    Return,
    Visit,
    Leave,
    Stay,
    Attend,
    Carry,
    Host,
    Lead,
    Make,
    Be,
    BeAt,
    Act,
    Convene,
    Include,
}

/// A verb of travel.
#[derive(Clone, Debug)]
pub struct TravelVerb {
    pub frames: Vec<Frame>,
    pub to: Vec<String>,
    pub from: Vec<String>,
}

impl TravelVerb {
    /// Whether the verb can be used in this frame.
    pub fn is(&self, frame: Frame) -> bool {
        self.frames.contains(&frame)
    }
}

/// A verb of meeting.
#[derive(Clone, Debug)]
pub struct MeetingVerb {
    pub with: Vec<String>,
    pub takes_object: bool,
    pub mode: Mode,
}

/// What a word says of the certainty of the event that it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Status(Status),
    /// Settles as planned what was open: "accepted an invitation to visit".
    Settled,
    /// It did not and will not take place: "refused to meet".
    Denied,
}

/// Where a sign of certainty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    Governor,
    Auxiliary,
    Adjective,
    /// Over a whole clause: "it is possible that they will meet".
    Above,
}

/// All word lists.
#[derive(Debug)]
pub struct Lexicon {
    pub offices: HashMap<String, Office>,
    pub organisations: HashMap<String, Option<CountryCode>>,
    /// Nouns for what somebody says in a whole article: "Statement by X".
    pub statements: HashSet<String>,
    /// First words of offices and organisations of several words.
    pub openings: HashSet<String>,
    /// States that bodies have their seats in, by the code of the body: Belgium for NATO.
    pub seats: HashMap<String, Vec<CountryCode>>,
    /// Publishers that speak for a state.
    pub sources: HashMap<String, CountryCode>,
    pub travel_verbs: HashMap<String, TravelVerb>,
    pub travel_nouns: HashMap<String, Vec<String>>,
    pub meeting_verbs: HashMap<String, MeetingVerb>,
    pub meeting_nouns: HashMap<String, Mode>,
    pub gatherings: HashSet<String>,
    pub groups: HashSet<String>,
    pub occasions: HashSet<String>,
    pub holding: HashSet<String>,
    pub summits: HashSet<String>,
    pub gathering_verbs: HashSet<String>,
    pub particles: HashSet<String>,
    pub title_words: HashSet<String>,
    /// Offices that a word may stand for besides its own.
    pub synonyms: HashMap<String, Vec<String>>,
    bodies: HashSet<String>,
    common: HashSet<String>,
    given_names: HashMap<String, Option<Gender>>,
    modality: HashMap<(String, u8), Sign>,
    /// Verbs that say what somebody thinks of another's journey.
    pub attitudes: HashSet<String>,
    /// Signs that a journey is private.
    pub private: HashSet<String>,
    /// Gatherings that are no meeting of those present.
    pub ceremonies: HashSet<String>,
    /// Who is spoken to: "told reporters in".
    pub audiences: HashSet<String>,
    /// Verbs that carry a noun of meeting: "held talks".
    pub carriers: HashSet<String>,
    /// Verbs that two who are named together do in each other's presence: "signed a treaty", and whether their object
    /// must be a gathering: "led the dialogue".
    pub joint_verbs: HashMap<String, bool>,
    /// Nouns that a place name stands before without ceasing to be where it is: "Nairobi airport", "the city of".
    pub sites: HashSet<String>,
}

impl Lexicon {
    /// The embedded word lists.
    pub fn embedded() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(Lexicon::read)
    }

    /// The certainty that `lemma` lends to an event when it stands there.
    pub fn modality(&self, lemma: &str, place: Where) -> Option<Status> {
        match self.sign(lemma, place) {
            Some(Sign::Status(status)) => Some(status),
            _ => None,
        }
    }

    /// What `lemma` says of an event when it stands there.
    pub fn sign(&self, lemma: &str, place: Where) -> Option<Sign> {
        self.modality.get(&(lemma.to_string(), place as u8)).copied()
    }

    /// Whether a word, in lower case, belongs to names of bodies and events and to no personal name.
    pub fn is_body(&self, word: &str) -> bool {
        self.bodies.contains(word)
    }

    /// The gender of those who mostly bear a given name.
    pub fn gender(&self, name: &str) -> Option<Gender> {
        self.given_names.get(&name.to_lowercase()).copied().flatten()
    }

    /// Whether a word, in lower case, is an ordinary noun or adjective and no usual surname.
    pub fn is_common(&self, word: &str) -> bool {
        self.common.contains(word)
    }

    /// Whether a lemma is a verb of travel or meeting.
    pub fn is_travel_or_meeting(&self, lemma: &str) -> bool {
        self.travel_verbs.contains_key(lemma) || self.meeting_verbs.contains_key(lemma)
    }

    /// Whether a lemma is a noun of travel or meeting.
    pub fn is_travel_or_meeting_noun(&self, lemma: &str) -> bool {
        self.travel_nouns.contains_key(lemma) || self.meeting_nouns.contains_key(lemma)
    }

    /// Whether `name` is a common given name, in any case.
    pub fn is_given_name(&self, name: &str) -> bool {
        self.given_names.contains_key(&name.to_lowercase())
    }
}
