//! Names of countries as registers write them.

use crate::gazetteer::Gazetteer;
use crate::itinerary::PlaceKind;

/// Names that the gazetteer does not have, with their codes.
const TABLE: &str = include_str!("../../data/registers/countries.tsv");

/// ISO 3166-1 alpha-2 code of a country's name: as it stands, without what is in brackets, or with its halves exchanged
/// ("Korea, Republic of"). A code in capitals is itself.
pub fn code(name: &str) -> Option<String> {
    if name.len() == 2 && Gazetteer::embedded().country(name).is_some() {
        return Some(name.to_string());
    }
    let listed = TABLE.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    if let Some((_, code)) = { listed }.find(|(n, _)| *n == name) {
        return Some(code.trim().to_string());
    }
    let bare = name.split('(').next().unwrap_or_default().trim();
    let turned = name.split_once(", ").map(|(a, b)| format!("{b} {a}"));
    [Some(name.to_string()), Some(bare.to_string()), turned].into_iter().flatten().find_map(|n| looked_up(&n))
}

fn looked_up(name: &str) -> Option<String> {
    let area = |k: PlaceKind| matches!(k, PlaceKind::Country | PlaceKind::Territory);
    let found = Gazetteer::embedded().lookup(name).places.into_iter().find(|p| area(p.kind) && !p.country.is_empty());
    found.map(|p| p.country.to_string())
}
