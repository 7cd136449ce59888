//! Offices of which a country has one holder at a time: what a title means, and names that are nothing but an office.

use crate::gazetteer::Gazetteer;
use crate::itinerary::CountryCode;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../data/names/single_offices.tsv");

fn offices() -> &'static [(&'static str, &'static str)] {
    static ROWS: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let rows = TABLE.lines().filter(|l| !l.starts_with('#')).skip(1);
        rows.filter_map(|l| l.split_once('\t')).collect()
    })
}

/// The office that a title means, where a country has one of it, with the country that the title names: "US Secretary of State" is
/// ("secretary of state", US).
pub fn single_office(title: &str) -> Option<(&'static str, Option<CountryCode>)> {
    let words: Vec<&str> =
        title.trim().trim_start_matches("the ").trim_start_matches("The ").split_whitespace().collect();
    // A country has a few words at most ("United Arab Emirates", "South Korean").
    for n in 0..words.len().min(4) {
        let rest = words[n..].join(" ").to_lowercase();
        if let Some((_, office)) = offices().iter().find(|(t, _)| *t == rest) {
            let country = (n > 0).then(|| country(&words[..n].join(" ")));
            // Words before the office that are no country ("former president") make another office of it.
            return match country {
                Some(None) => None,
                found => Some((*office, found.flatten())),
            };
        }
    }
    None
}

/// The country of a name or adjective.
fn country(words: &str) -> Option<CountryCode> {
    let bare = words.trim_end_matches("'s").trim_end_matches("’s");
    let found = Gazetteer::embedded().lookup(bare);
    let named = || found.places.iter().find(|p| p.kind == crate::itinerary::PlaceKind::Country);
    found.demonym_of.clone().or_else(|| named().map(|p| CountryCode(p.country.into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_mean_offices_and_may_name_their_country() {
        let of = |title: &str| single_office(title).map(|(o, c)| (o, c.map(|c| c.0).unwrap_or_default()));
        assert_eq!(of("Prime Minister"), Some(("prime minister", String::new())));
        assert_eq!(of("US Secretary of State"), Some(("secretary of state", "US".into())));
        assert_eq!(of("the German chancellor"), Some(("chancellor", "DE".into())));
        assert_eq!(of("Ugandan PM"), Some(("prime minister", "UG".into())));
        assert_eq!(of("former president"), None);
        assert_eq!(of("Antony Blinken"), None);
    }
}
