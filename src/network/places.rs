//! Which places are the same across documents, and which lie in which.

use super::{Shared, spelling};
use crate::itinerary::{Itinerary, Place, PlaceId, PlaceKind};
use std::collections::{HashMap, HashSet};

/// Degrees within which two places of one name are one.
const NEAR: f64 = 0.5;

/// Whether two places are one: by GeoNames id, else by name, kind and country, as far as their coordinates allow.
pub fn same_place(a: &Place, b: &Place) -> bool {
    if let (Some(a), Some(b)) = (a.geonames, b.geonames) {
        return a == b;
    }
    let far =
        a.lat.zip(a.lon).zip(b.lat.zip(b.lon)).is_some_and(|(a, b)| (a.0 - b.0).abs().max((a.1 - b.1).abs()) > NEAR);
    a.country == b.country && a.kind == b.kind && !far && spelling::words(&a.name) == spelling::words(&b.name)
}

/// Degrees within which a site lies in a city.
const IN_TOWN: f64 = 0.3;

/// Whether a place lies in another one: a city, site or region in its country, an embassy or a base in its city.
pub fn within(inner: &Place, outer: &Place) -> bool {
    if inner.kind == PlaceKind::Site && outer.kind == PlaceKind::City {
        let near = inner.lat.zip(inner.lon).zip(outer.lat.zip(outer.lon));
        let near = near.is_some_and(|(a, b)| (a.0 - b.0).abs().max((a.1 - b.1).abs()) <= IN_TOWN);
        return near && inner.country == outer.country;
    }
    let area = matches!(outer.kind, PlaceKind::Country | PlaceKind::Territory);
    let part = !matches!(inner.kind, PlaceKind::Country);
    area && part && inner.country.is_some() && inner.country == outer.country && !same_place(inner, outer)
}

/// The places entered so far.
#[derive(Default)]
pub struct Register {
    by_id: HashMap<u32, usize>,
    by_name: HashMap<Vec<String>, Vec<usize>>,
    taken: HashSet<String>,
}

impl Register {
    /// Enters the places of an article; gives their ids in the network.
    pub fn enter(
        &mut self,
        article: usize,
        document: &Itinerary,
        all: &mut Vec<Shared<Place>>,
    ) -> HashMap<PlaceId, PlaceId> {
        let mut ids = HashMap::new();
        for place in &document.places {
            let name = spelling::words(&place.name);
            let named = self.by_name.get(&name).into_iter().flatten().copied();
            let known = place.geonames.and_then(|g| self.by_id.get(&g).copied()).into_iter().chain(named);
            let known =
                known.into_iter().find(|i| !all[*i].articles.contains(&article) && same_place(place, &all[*i].what));
            let at = known.unwrap_or(all.len());
            match known {
                Some(at) => {
                    join(&mut all[at].what, place);
                    all[at].articles.push(article);
                }
                None => {
                    let id = PlaceId(super::free_id(&place.id.0, &mut self.taken));
                    all.push(Shared { what: Place { id, ..place.clone() }, articles: vec![article] });
                }
            }
            all[at].geonames.into_iter().for_each(|g| {
                self.by_id.entry(g).or_insert(at);
            });
            let own = self.by_name.entry(name).or_default();
            if !own.contains(&at) {
                own.push(at);
            }
            ids.insert(place.id.clone(), all[at].id.clone());
        }
        ids
    }
}

fn join(own: &mut Place, other: &Place) {
    if own.lat.is_none() || own.lon.is_none() {
        (own.lat, own.lon) = (other.lat, other.lon);
    }
    own.geonames = own.geonames.or(other.geonames);
    for alias in std::iter::once(&other.name).chain(&other.aliases) {
        if *alias != own.name && !own.aliases.contains(alias) {
            own.aliases.push(alias.clone());
        }
    }
    for (key, value) in &other.extra {
        own.extra.entry(key.clone()).or_insert_with(|| value.clone());
    }
}
