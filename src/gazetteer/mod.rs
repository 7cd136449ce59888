//! The gazetteer: names of countries, territories, cities and sites, and what people call them. It knows facts about
//! places, and nothing of texts or of travel. All data is embedded and is used without parsing at start.

use crate::itinerary::{CountryCode, PlaceKind};

/// Every place that portolan knows by name. Made at compile time from `data/gazetteer`.
#[derive(Clone, Copy, Debug)]
pub struct Gazetteer {}

/// Handle of an [`Entry`] in the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub u32);

/// One place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    pub id: EntryId,
    /// The usual English name ("Turkey", "Ramallah", "Camp David").
    pub name: &'static str,
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 of the country or territory it lies in (`PS` for the West Bank, Gaza and East Jerusalem).
    pub country: &'static str,
    pub geonames: Option<u32>,
    /// Degrees north and east, WGS 84.
    pub lat: f64,
    pub lon: f64,
    /// Inhabitants, 0 where unknown or senseless.
    pub population: u32,
    /// Whether it is the capital (seat of government) of its country.
    pub capital: bool,
}

/// What a name can stand for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lookup {
    /// Places of that name, the most prominent first.
    pub places: Vec<Entry>,
    /// Country of which the word is an adjective or its people ("Iraqi", "Turks").
    pub demonym_of: Option<CountryCode>,
}

impl Gazetteer {
    /// The embedded gazetteer.
    pub fn embedded() -> &'static Gazetteer {
        static G: Gazetteer = Gazetteer {};
        &G
    }

    /// What `name` (case- and diacritics-insensitive, `’` as `'`, without a leading "the") stands for; several words
    /// are joined by single spaces.
    pub fn lookup(&self, _name: &str) -> Lookup {
        Lookup::default()
    }

    /// The longest run of words, starting at the first, that is a known name or demonym, as a number of words; 0 if none.
    pub fn longest(&self, _words: &[&str]) -> usize {
        0
    }

    /// The country or territory with this ISO 3166-1 alpha-2 code.
    pub fn country(&self, _code: &str) -> Option<Entry> {
        None
    }

    /// The capital of the country with this code.
    pub fn capital(&self, _code: &str) -> Option<Entry> {
        None
    }

    /// The adjective most used for this country ("Iraqi").
    pub fn adjective(&self, _code: &str) -> Option<&'static str> {
        None
    }
}
