//! The gazetteer: names of countries, territories, cities and sites, and what people call them. It knows facts about
//! places, and nothing of texts or of travel. All data is embedded and is used without parsing at start: `build.rs` makes
//! the table from `data/gazetteer/*.tsv`.

mod fold;

use crate::itinerary::{CountryCode, PlaceKind};
use fold::fold;
use fst::{IntoStreamer, Map, Streamer};
use std::sync::OnceLock;

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));
const DEMONYM: u32 = 1 << 31;
const RECORD: usize = 32;

/// Every place that portolan knows by name.
pub struct Gazetteer {
    names: Option<Map<&'static [u8]>>,
    postings: &'static [u8],
    entries: &'static [u8],
    pool: &'static str,
}

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
    /// ISO 3166-1 alpha-2 of the country or territory it lies in (`PS` for the West Bank, Gaza and East Jerusalem);
    /// empty for a region of several countries.
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

/// A sea, for the labels of maps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sea {
    pub name: &'static str,
    /// Degrees north and east, WGS 84.
    pub lat: f64,
    pub lon: f64,
    /// 1 for oceans to 3 for small seas.
    pub rank: u8,
}

impl Gazetteer {
    /// The embedded gazetteer.
    pub fn embedded() -> &'static Gazetteer {
        static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
        GAZETTEER.get_or_init(Gazetteer::open)
    }

    fn open() -> Gazetteer {
        let length = |i: usize| number(TABLE, i * 4) as usize;
        let mut start = 16;
        let mut part = |i: usize| {
            let bytes = TABLE.get(start..start + length(i)).unwrap_or(&[]);
            start += length(i);
            bytes
        };
        let (names, postings, entries, pool) = (part(0), part(1), part(2), part(3));
        Gazetteer { names: Map::new(names).ok(), postings, entries, pool: std::str::from_utf8(pool).unwrap_or("") }
    }

    /// What `name` (case- and diacritics-insensitive, `’` as `'`, without a leading "the") stands for; several words
    /// are joined by single spaces. Ask for capitalised words only: "turkey" and "us" are found too.
    ///
    /// ```
    /// let gazetteer = portolan::gazetteer::Gazetteer::embedded();
    /// assert_eq!(gazetteer.lookup("Türkiye").places[0].country, "TR");
    /// assert_eq!(gazetteer.lookup("Iraqi").demonym_of.unwrap().as_str(), "IQ");
    /// ```
    pub fn lookup(&self, name: &str) -> Lookup {
        let mut found = Lookup::default();
        let Some(packed) = self.names.as_ref().and_then(|n| n.get(fold(name))) else { return found };
        let start = (packed >> 8) as usize;
        for i in start..start + (packed & 0xff) as usize {
            let posting = number(self.postings, i * 4);
            match self.entry(posting & !DEMONYM) {
                Some(entry) if posting & DEMONYM != 0 => {
                    found.demonym_of = Some(CountryCode(entry.country.to_string()))
                }
                Some(entry) => found.places.push(entry),
                None => {}
            }
        }
        found
    }

    /// The longest run of words, starting at the first, that is a known name or demonym, as a number of words; 0 if none.
    pub fn longest(&self, words: &[&str]) -> usize {
        if !self.begins(words) {
            return 0;
        }
        let worded = |n: &usize| words[*n - 1].chars().any(char::is_alphanumeric);
        let known = |n: &usize| {
            worded(n) && self.names.as_ref().is_some_and(|names| names.contains_key(fold(&words[..*n].join(" "))))
        };
        (1..=words.len().min(6)).rev().find(known).unwrap_or(0)
    }

    /// Whether some name begins with the first of these words.
    fn begins(&self, words: &[&str]) -> bool {
        let Some(first) = words.first().map(|w| fold(w)).filter(|w| w != "the" && !w.is_empty()) else {
            return !words.is_empty();
        };
        let next = self
            .names
            .as_ref()
            .and_then(|n| n.range().ge(&first).into_stream().next().map(|(k, _)| k.starts_with(first.as_bytes())));
        next.unwrap_or(false)
    }

    /// The country or territory with this ISO 3166-1 alpha-2 code.
    pub fn country(&self, code: &str) -> Option<Entry> {
        self.all().take_while(|e| is_state(e.kind)).find(|e| e.country == code)
    }

    /// All countries and territories that have an ISO 3166-1 code.
    pub fn countries(&self) -> impl Iterator<Item = Entry> + '_ {
        self.all().take_while(|e| is_state(e.kind))
    }

    /// The capital of the country with this code.
    pub fn capital(&self, code: &str) -> Option<Entry> {
        self.all().find(|e| e.capital && e.country == code)
    }

    /// The adjective most used for this country ("Iraqi").
    pub fn adjective(&self, code: &str) -> Option<&'static str> {
        let id = self.country(code)?.id.0 as usize;
        let packed = number(self.entries, id * RECORD + 28) as usize;
        self.pool().get(packed & 0xff_ffff..(packed & 0xff_ffff) + (packed >> 24)).filter(|a| !a.is_empty())
    }

    /// Seas, oceans first.
    pub fn seas(&self) -> &'static [Sea] {
        static SEAS: OnceLock<Vec<Sea>> = OnceLock::new();
        SEAS.get_or_init(|| {
            include_str!("../../data/gazetteer/seas.tsv")
                .lines()
                .filter(|l| !l.starts_with('#'))
                .skip(1)
                .filter_map(sea)
                .collect()
        })
    }

    fn all(&self) -> impl Iterator<Item = Entry> + '_ {
        (0..(self.entries.len() / RECORD) as u32).filter_map(|i| self.entry(i))
    }

    fn pool(&self) -> &'static str {
        self.pool
    }

    fn entry(&self, id: u32) -> Option<Entry> {
        let r = self.entries.get(id as usize * RECORD..(id as usize + 1) * RECORD)?;
        let name = number(r, 0) as usize;
        let length = u16::from_le_bytes([r[4], r[5]]) as usize;
        let geonames = number(r, 12);
        Some(Entry {
            id: EntryId(id),
            name: self.pool.get(name..name + length)?,
            kind: kind(r[6]),
            country: std::str::from_utf8(&r[8..10]).unwrap_or("").trim(),
            geonames: (geonames > 0).then_some(geonames),
            lat: f64::from(number(r, 16) as i32) / 1e5,
            lon: f64::from(number(r, 20) as i32) / 1e5,
            population: number(r, 24),
            capital: r[7] == 1,
        })
    }
}

fn is_state(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Country | PlaceKind::Territory)
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn kind(byte: u8) -> PlaceKind {
    match byte {
        0 => PlaceKind::Country,
        1 => PlaceKind::Territory,
        2 => PlaceKind::City,
        3 => PlaceKind::Site,
        _ => PlaceKind::Region,
    }
}

fn sea(line: &'static str) -> Option<Sea> {
    let mut cells = line.split('\t');
    Some(Sea {
        name: cells.next()?,
        lat: cells.next()?.parse().ok()?,
        lon: cells.next()?.parse().ok()?,
        rank: cells.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(name: &str) -> (&'static str, &'static str) {
        let found = Gazetteer::embedded().lookup(name);
        found.places.first().map_or(("", ""), |p| (p.name, p.country))
    }

    #[test]
    fn names_in_any_form_lead_to_their_place() {
        for (name, country) in [
            ("U.S.", "US"),
            ("the United Arab Emirates", "AE"),
            ("Kiev", "UA"),
            ("Kyiv", "UA"),
            ("Côte d’Ivoire", "CI"),
            ("Sharm el Sheikh", "EG"),
            ("West Bank", "PS"),
            ("East Jerusalem", "PS"),
            ("Jerusalem", "IL"),
            ("Gaza City", "PS"),
            ("Georgia", "GE"),
            ("Kosovo", "XK"),
            ("Taiwan", "TW"),
            ("Hong Kong", "HK"),
            ("New York", "US"),
            ("Burma", "MM"),
            ("Ramallah", "PS"),
            ("Baghdad", "IQ"),
            ("Jordan", "JO"),
            ("Apia", "WS"),
            ("Camp David", "US"),
            ("Texas", "US"),
        ] {
            assert_eq!(first(name).1, country, "{name}");
        }
    }

    #[test]
    fn demonyms_are_no_places() {
        for (word, country) in
            [("Iraqi", "IQ"), ("Turks", "TR"), ("Saudi", "SA"), ("South Korean", "KR"), ("British", "GB")]
        {
            assert_eq!(Gazetteer::embedded().lookup(word).demonym_of, Some(CountryCode(country.into())), "{word}");
        }
    }

    #[test]
    fn every_country_has_a_code_and_a_place_on_the_globe() {
        let countries: Vec<Entry> = Gazetteer::embedded().countries().collect();
        assert!(countries.len() > 240);
        for c in countries {
            assert!(c.country.len() == 2 && c.lat.abs() <= 90.0 && c.lon.abs() <= 180.0, "{c:?}");
        }
    }

    #[test]
    fn capitals_lie_where_they_should() {
        for (code, name, lat, lon) in
            [("IQ", "Baghdad", 33.3, 44.4), ("FR", "Paris", 48.9, 2.3), ("AU", "Canberra", -35.3, 149.1)]
        {
            let capital = Gazetteer::embedded().capital(code).expect("a capital");
            assert!(
                capital.name == name && (capital.lat - lat).abs() < 0.2 && (capital.lon - lon).abs() < 0.2,
                "{capital:?}"
            );
        }
    }

    #[test]
    fn the_longest_name_wins() {
        assert_eq!(Gazetteer::embedded().longest(&["South", "Sudan", "said"]), 2);
        assert_eq!(Gazetteer::embedded().longest(&["nowhere", "at", "all"]), 0);
    }
}
