//! The words of diplomacy: offices, organisations, verbs and nouns of travel and meeting, signs of certainty.
//!
//! Everything here is read from `data/lexicon/*.tsv`; the code holds no word of its own. Tables are small and are parsed
//! once. This module knows words, not sentences.

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
    /// Verbs that two who are named together do in each other's presence: "signed a treaty", and whether their object must be a
    /// gathering: "led the dialogue".
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

    fn read() -> Lexicon {
        let tables =
            [include_str!("../../data/lexicon/offices.tsv"), include_str!("../../data/lexicon/organisations.tsv")];
        let first = |r: Vec<&'static str>| r[0].split_once(' ').map(|(first, _)| first.to_string());
        Lexicon {
            openings: tables.into_iter().flat_map(rows).filter_map(first).collect(),
            offices: offices(include_str!("../../data/lexicon/offices.tsv")),
            organisations: rows(include_str!("../../data/lexicon/organisations.tsv"))
                .map(|r| (r[0].to_string(), code(r[1])))
                .collect(),
            sources: rows(include_str!("../../data/lexicon/sources.tsv"))
                .filter_map(|r| Some((r[0].to_string(), code(r[1])?)))
                .collect(),
            travel_verbs: travel_verbs(include_str!("../../data/lexicon/travel_verbs.tsv")),
            travel_nouns: rows(include_str!("../../data/lexicon/travel_nouns.tsv"))
                .map(|r| (r[0].to_string(), list(r[1])))
                .collect(),
            meeting_verbs: rows(include_str!("../../data/lexicon/meeting_verbs.tsv"))
                .map(|r| {
                    let verb = MeetingVerb { with: list(r[1]), takes_object: r[2] == "yes", mode: mode(r[3]) };
                    (r[0].to_string(), verb)
                })
                .collect(),
            meeting_nouns: rows(include_str!("../../data/lexicon/meeting_nouns.tsv"))
                .map(|r| (r[0].to_string(), mode(r[1])))
                .collect(),
            gatherings: words(include_str!("../../data/lexicon/gatherings.tsv")),
            occasions: words(include_str!("../../data/lexicon/occasions.tsv")),
            holding: words(include_str!("../../data/lexicon/holding.tsv")),
            statements: words(include_str!("../../data/lexicon/statements.tsv")),
            audiences: words(include_str!("../../data/lexicon/audiences.tsv")),
            ceremonies: words(include_str!("../../data/lexicon/ceremonies.tsv")),
            attitudes: words(include_str!("../../data/lexicon/attitudes.tsv")),
            private: words(include_str!("../../data/lexicon/private.tsv")),
            carriers: words(include_str!("../../data/lexicon/carriers.tsv")),
            joint_verbs: rows(include_str!("../../data/lexicon/joint_verbs.tsv"))
                .map(|r| (r[0].to_string(), r[1] == "gathering"))
                .collect(),
            sites: words(include_str!("../../data/lexicon/sites.tsv")),
            summits: words(include_str!("../../data/lexicon/summits.tsv")),
            gathering_verbs: words(include_str!("../../data/lexicon/gathering_verbs.tsv")),
            groups: words(include_str!("../../data/lexicon/groups.tsv")),
            particles: words(include_str!("../../data/lexicon/particles.tsv")),
            synonyms: rows(include_str!("../../data/lexicon/synonyms.tsv"))
                .map(|r| (r[0].to_string(), list(r[1])))
                .collect(),
            title_words: words(include_str!("../../data/lexicon/titlewords.tsv")),
            bodies: words(include_str!("../../data/lexicon/bodywords.tsv")),
            common: words(include_str!("../../data/lexicon/common_words.tsv")),
            given_names: rows(include_str!("../../data/lexicon/given_names.tsv"))
                .map(|r| (r[0].to_string(), gender(r[1])))
                .collect(),
            modality: modality(include_str!("../../data/lexicon/modality.tsv")),
        }
    }
}

/// Rows of a table, without comments and the head line; each has at least four cells, empty where the file has none.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).skip(1).map(|line| {
        let mut cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        cells.resize(cells.len().max(4), "");
        cells
    })
}

fn words(table: &'static str) -> HashSet<String> {
    rows(table).map(|r| r[0].to_string()).collect()
}

fn list(cell: &str) -> Vec<String> {
    cell.split(',').filter(|w| !w.is_empty() && *w != "-").map(str::to_string).collect()
}

fn code(cell: &str) -> Option<CountryCode> {
    (!cell.is_empty() && cell != "-").then(|| CountryCode(cell.to_string()))
}

fn gender(cell: &str) -> Option<Gender> {
    match cell {
        "m" => Some(Gender::He),
        "f" => Some(Gender::She),
        _ => None,
    }
}

fn mode(cell: &str) -> Mode {
    match cell {
        "phone" => Mode::Phone,
        "video" => Mode::Video,
        _ => Mode::InPerson,
    }
}

fn offices(table: &'static str) -> HashMap<String, Office> {
    rows(table)
        .filter_map(|r| {
            let class = match r[1] {
                "office" => OfficeClass::Office,
                "rank" => OfficeClass::Rank,
                "address" => OfficeClass::Address,
                "speaker" => OfficeClass::Speaker,
                _ => return None,
            };
            Some((r[0].to_string(), Office { class, country: code(r[2]) }))
        })
        .collect()
}

fn travel_verbs(table: &'static str) -> HashMap<String, TravelVerb> {
    let mut verbs: HashMap<String, TravelVerb> = HashMap::default();
    for r in rows(table) {
        let Some(frame) = frame(r[1]) else { continue };
        let verb = verbs.entry(r[0].to_string()).or_insert_with(|| TravelVerb {
            frames: Vec::new(),
            to: Vec::new(),
            from: Vec::new(),
        });
        verb.frames.push(frame);
        verb.to.extend(list(r[2]));
        verb.from.extend(list(r[3]));
    }
    verbs
}

fn frame(cell: &str) -> Option<Frame> {
    Some(match cell {
        "go" => Frame::Go,
        "return" => Frame::Return,
        "visit" => Frame::Visit,
        "leave" => Frame::Leave,
        "stay" => Frame::Stay,
        "attend" => Frame::Attend,
        "carry" => Frame::Carry,
        "host" => Frame::Host,
        "lead" => Frame::Lead,
        "make" => Frame::Make,
        "be" => Frame::Be,
        "be_at" => Frame::BeAt,
        "act" => Frame::Act,
        "convene" => Frame::Convene,
        "include" => Frame::Include,
        _ => return None,
    })
}

fn modality(table: &'static str) -> HashMap<(String, u8), Sign> {
    rows(table)
        .filter_map(|r| {
            let status = match r[1] {
                "cancelled" => Sign::Status(Status::Cancelled),
                "planned" => Sign::Status(Status::Planned),
                "possible" => Sign::Status(Status::Possible),
                "settled" => Sign::Settled,
                "denied" => Sign::Denied,
                _ => return None,
            };
            let place = match r[2] {
                "governor" => Where::Governor,
                "auxiliary" => Where::Auxiliary,
                "adjective" => Where::Adjective,
                "above" => Where::Above,
                _ => return None,
            };
            Some(((r[0].to_string(), place as u8), status))
        })
        .collect()
}
