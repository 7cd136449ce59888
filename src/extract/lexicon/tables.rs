//! The tables of `data/lexicon`, from their text to the [`Lexicon`].
//!
//! Knows how a table is written: the names of the columns' values, and nothing of the words in them.

use super::{Frame, Gender, Lexicon, MeetingVerb, Office, OfficeClass, Sign, TravelVerb, Where};
use crate::itinerary::{CountryCode, Mode, Status};
use foldhash::{HashMap, HashSet};

/// The text of a table by its name.
macro_rules! table {
    ($name:literal) => {
        include_str!(concat!("../../../data/lexicon/", $name, ".tsv"))
    };
}

impl Lexicon {
    /// Reads all tables.
    pub(super) fn read() -> Lexicon {
        let tables = [table!("offices"), table!("organisations")];
        let first = |r: Vec<&'static str>| r[0].split_once(' ').map(|(first, _)| first.to_string());
        Lexicon {
            openings: tables.into_iter().flat_map(rows).filter_map(first).collect(),
            offices: offices(table!("offices")),
            organisations: rows(table!("organisations")).map(|r| (r[0].to_string(), code(r[1]))).collect(),
            seats: rows(table!("seats"))
                .map(|r| (r[0].to_string(), list(r[1]).into_iter().map(CountryCode).collect()))
                .collect(),
            sources: rows(table!("sources")).filter_map(|r| Some((r[0].to_string(), code(r[1])?))).collect(),
            travel_verbs: travel_verbs(table!("travel_verbs")),
            travel_nouns: rows(table!("travel_nouns")).map(|r| (r[0].to_string(), list(r[1]))).collect(),
            meeting_verbs: rows(table!("meeting_verbs"))
                .map(|r| {
                    let verb = MeetingVerb { with: list(r[1]), takes_object: r[2] == "yes", mode: mode(r[3]) };
                    (r[0].to_string(), verb)
                })
                .collect(),
            meeting_nouns: rows(table!("meeting_nouns")).map(|r| (r[0].to_string(), mode(r[1]))).collect(),
            gatherings: words(table!("gatherings")),
            occasions: words(table!("occasions")),
            holding: words(table!("holding")),
            statements: words(table!("statements")),
            audiences: words(table!("audiences")),
            ceremonies: words(table!("ceremonies")),
            attitudes: words(table!("attitudes")),
            private: words(table!("private")),
            carriers: words(table!("carriers")),
            joint_verbs: rows(table!("joint_verbs")).map(|r| (r[0].to_string(), r[1] == "gathering")).collect(),
            sites: words(table!("sites")),
            summits: words(table!("summits")),
            gathering_verbs: words(table!("gathering_verbs")),
            groups: words(table!("groups")),
            particles: words(table!("particles")),
            synonyms: rows(table!("synonyms")).map(|r| (r[0].to_string(), list(r[1]))).collect(),
            title_words: words(table!("titlewords")),
            bodies: words(table!("bodywords")),
            common: words(table!("common_words")),
            given_names: rows(table!("given_names")).map(|r| (r[0].to_string(), gender(r[1]))).collect(),
            modality: modality(table!("modality")),
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

/// The first cells of a table.
fn words(table: &'static str) -> HashSet<String> {
    rows(table).map(|r| r[0].to_string()).collect()
}

/// A cell of several words, parted by commas; "-" is none.
fn list(cell: &str) -> Vec<String> {
    cell.split(',').filter(|w| !w.is_empty() && *w != "-").map(str::to_string).collect()
}

/// A cell with a country's code; "-" is none.
fn code(cell: &str) -> Option<CountryCode> {
    (!cell.is_empty() && cell != "-").then(|| CountryCode(cell.to_string()))
}

/// By which pronoun a given name goes.
fn gender(cell: &str) -> Option<Gender> {
    match cell {
        "m" => Some(Gender::He),
        "f" => Some(Gender::She),
        _ => None,
    }
}

/// How those who meet do so; in person where the cell does not say.
fn mode(cell: &str) -> Mode {
    match cell {
        "phone" => Mode::Phone,
        "video" => Mode::Video,
        _ => Mode::InPerson,
    }
}

/// Offices with their class and whom they serve.
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

/// Verbs of travel; a verb with several frames has as many rows.
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

/// A frame by its name in the table.
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

/// Signs of certainty by word and by where it stands.
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
