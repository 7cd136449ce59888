//! Codes of countries: ISO 3166-1 alpha-2, which documents have, to alpha-3, which data sets of states join by. The
//! codes stand in the gazetteer's table. Kosovo has no code of ISO 3166; both of ours (`XK`, `XKX`) are from the range
//! left to users.

use std::collections::HashMap;

static TABLE: &str = include_str!("../../data/gazetteer/countries.tsv");

/// The codes and names of all countries and territories.
pub(super) struct Countries(HashMap<&'static str, Country>);

struct Country {
    iso3: &'static str,
    name: &'static str,
}

impl Countries {
    /// The embedded table.
    pub(super) fn embedded() -> Countries {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1).filter_map(|line| {
            let mut cells = line.split('\t');
            let (iso2, iso3) = (cells.next()?, cells.next()?);
            Some((iso2, Country { iso3, name: cells.nth(2)? }))
        });
        Countries(rows.collect())
    }

    /// The alpha-3 code of an alpha-2 code; `None` for what is no country, such as `EU`.
    pub(super) fn iso3(&self, iso2: &str) -> Option<&'static str> {
        self.0.get(iso2).map(|c| c.iso3)
    }

    /// The usual English name of the country with an alpha-2 code.
    pub(super) fn name(&self, iso2: &str) -> Option<&'static str> {
        self.0.get(iso2).map(|c| c.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_one_code_of_three_capitals() {
        let countries = Countries::embedded();
        let mut codes: Vec<&str> = countries.0.values().map(|c| c.iso3).collect();
        assert!(codes.iter().all(|c| c.len() == 3 && c.bytes().all(|b| b.is_ascii_uppercase())));
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), countries.0.len());
        assert!(codes.len() >= 249, "ISO 3166-1 has 249 countries");
    }

    #[test]
    fn bodies_are_no_countries() {
        let countries = Countries::embedded();
        assert_eq!(countries.iso3("IQ"), Some("IRQ"));
        assert_eq!(countries.name("IQ"), Some("Iraq"));
        assert_eq!(countries.iso3("XK"), Some("XKX"));
        assert_eq!([countries.iso3("EU"), countries.iso3("NATO"), countries.iso3("")], [None; 3]);
    }
}
