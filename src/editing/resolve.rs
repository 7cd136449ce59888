//! Names of places as a person writes them, and what they stand for in the gazetteer.

use crate::gazetteer::{Entry, Gazetteer};
use crate::itinerary::{CountryCode, Extra, Place, PlaceId, PlaceKind, slug};

/// A place of the same name in another country is worth a word unless it has less than this part of the inhabitants.
const WORTH_A_WORD: u64 = 10;

/// What a name was taken for.
pub struct Found {
    /// The most prominent place that fits.
    pub entry: Option<Entry>,
    /// Others that may have been meant as well, in other countries, as "Tripoli, LB".
    pub others: Vec<String>,
    /// How many more places of the name and of its weight are in the same country.
    pub namesakes: usize,
}

/// What a name stands for, of a kind and in a country where those are given.
pub fn find(name: &str, kind: Option<PlaceKind>, country: Option<&str>) -> Found {
    let fits = |e: &Entry| kind.is_none_or(|k| e.kind == k) && country.is_none_or(|c| e.country == c);
    let places: Vec<Entry> = Gazetteer::embedded().lookup(name).places.into_iter().filter(fits).collect();
    let entry = places.first().copied();
    let rivals = places.iter().filter(|o| entry.is_some_and(|e| is_rival(&e, o)));
    let mut others: Vec<String> = rivals.map(|o| format!("{}, {}", o.name, o.country)).collect();
    others.dedup();
    others.truncate(3);
    let namesakes = places.iter().filter(|o| entry.is_some_and(|e| is_namesake(&e, o))).count();
    Found { entry, others, namesakes }
}

fn is_rival(taken: &Entry, other: &Entry) -> bool {
    let state = |e: &Entry| matches!(e.kind, PlaceKind::Country | PlaceKind::Territory);
    taken.country != other.country && weighs_alike(taken, other) && (state(other) || !state(taken))
}

/// Whether another is a city of the same country that may have been meant; capitals are meant.
fn is_namesake(taken: &Entry, other: &Entry) -> bool {
    let cities = [taken, other].iter().all(|e| e.kind == PlaceKind::City && !e.capital);
    cities && taken.id != other.id && taken.country == other.country && weighs_alike(taken, other)
}

fn weighs_alike(taken: &Entry, other: &Entry) -> bool {
    u64::from(other.population) * WORTH_A_WORD >= u64::from(taken.population)
}

/// The id of a place, as documents that were read have it: `baghdad-iq`, `iraq`.
pub fn id(name: &str, is_country: bool, country: Option<&str>) -> String {
    let country = country.filter(|c| !is_country && !c.is_empty());
    slug(name) + &country.map(|c| format!("-{}", c.to_lowercase())).unwrap_or_default()
}

/// A place under the name that was written, with what the gazetteer knows of it; its id may be taken.
pub fn place(name: &str, kind: Option<PlaceKind>, country: Option<&str>) -> (Place, Found) {
    let found = find(name, kind, country);
    let entry = found.entry;
    let kind = kind.or(entry.map(|e| e.kind)).unwrap_or(PlaceKind::City);
    let country = country.or(entry.map(|e| e.country)).filter(|c| !c.is_empty());
    let place = Place {
        id: PlaceId(id(name, kind == PlaceKind::Country, country)),
        name: name.to_string(),
        kind,
        country: country.map(|c| CountryCode(c.to_string())),
        geonames: entry.and_then(|e| e.geonames),
        lat: entry.map(|e| e.lat),
        lon: entry.map(|e| e.lon),
        aliases: Vec::new(),
        extra: Extra::new(),
    };
    (place, found)
}

/// A name with the code of a country behind it, as "Tripoli, LB", in its two parts.
pub fn parts(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(',') {
        Some((name, code)) if is_code(code.trim()) && !name.trim().is_empty() => (name.trim(), Some(code.trim())),
        _ => (text, None),
    }
}

/// Whether a text is the ISO 3166-1 alpha-2 code of a country or territory.
pub fn is_code(text: &str) -> bool {
    Gazetteer::embedded().country(text).is_some()
}

/// What to say of a name that was not found, or that stands for several places; `None` where all is well.
pub fn doubt(name: &str, found: &Found) -> Option<(String, String)> {
    let Some(entry) = found.entry else {
        let message = format!("the place `{name}` is not in the gazetteer: it has no coordinates");
        return Some((message, "Write its usual English name, or give its coordinates.".into()));
    };
    if found.namesakes > 0 {
        return Some(namesakes(name, &entry, found));
    }
    (!found.others.is_empty()).then(|| {
        let others = found.others.iter().map(|o| format!("`{o}`")).collect::<Vec<_>>().join(", ");
        let message =
            format!("`{name}` is taken for the one in {} (`{name}, {}`)", country(entry.country), entry.country);
        (message, format!("If another is meant, write {others}."))
    })
}

/// What to say of a name that several places of one country have; no code of a country tells them apart.
fn namesakes(name: &str, entry: &Entry, found: &Found) -> (String, String) {
    let side = |degrees: f64, letters: [char; 2]| {
        format!("{:.1}° {}", degrees.abs(), if degrees < 0.0 { letters[1] } else { letters[0] })
    };
    let at = format!("{} {}", side(entry.lat, ['N', 'S']), side(entry.lon, ['E', 'W']));
    let (n, country) = (found.namesakes + 1, country(entry.country));
    let message = format!("`{name}` is taken for the largest of {n} places of that name in {country}, at {at}");
    let others: String = found.others.iter().map(|o| format!("`{o}`, or ")).collect();
    let remedy = match others.as_str() {
        "" => "If another is meant, give its coordinates, which only the JSON document has.".to_string(),
        _ => format!("If another is meant, write {others}give its coordinates, which only the JSON document has."),
    };
    (message, remedy)
}

fn country(code: &str) -> &str {
    Gazetteer::embedded().country(code).map_or(code, |e| e.name)
}
