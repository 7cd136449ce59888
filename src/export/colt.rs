//! Travel of leaders: one row for each stay of one official in one country, which may be several stops, by the column
//! names of the Country and Organizational Leader Travel data set (COLT, Pardee Institute, University of Denver) where
//! it has one, so that rows join with it. Stays that took place, are planned, are possible or were called off are rows
//! apart (`status`). Stops in no known country are no rows.

use super::codes::Countries;
use super::registered::Registered;
use super::tables::{Cell, Field, Kind, Table, derived, edtf, name, word};
use super::{ExportError, Name, Output, csv};
use crate::itinerary::{CountryCode, Edtf, Official, OfficialId, Status, TripId, TripKind, Visit};
use crate::network::{Fact, Network};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Writes the stays as one CSV file.
pub(super) fn write(network: &Network) -> Result<Output, ExportError> {
    csv::bytes(&table(network)).map(Output::One)
}

const NAME: Name = name!("colt");

/// One official in one country without leaving it, as far as is told.
struct Stay<'a> {
    country: &'a CountryCode,
    /// At least one; by first day, then as the document has them.
    visits: Vec<&'a Fact<Visit>>,
}

fn table(network: &Network) -> Table {
    let countries = Countries::embedded();
    let fields = [leader(network, &countries), trip(&countries), ours(network)];
    Table::of(NAME, &stays(network, &countries), fields.into_iter().flatten().collect())
}

fn stays<'a>(network: &'a Network, countries: &Countries) -> Vec<Stay<'a>> {
    let routes = Routes::of(network);
    let mut stays: Vec<Stay> = Vec::new();
    for visit in &network.visits {
        let Some(country) = country(network, visit).filter(|c| countries.iso3(c.as_str()).is_some()) else { continue };
        let joins =
            |s: &Stay| s.country == country && s.visits.iter().any(|other| touch(&routes, country, other, visit));
        match stays.iter().position(joins) {
            None => stays.push(Stay { country, visits: vec![visit] }),
            Some(first) => {
                // A stop can lie between two stays that were apart until now.
                let (also, apart): (Vec<Stay>, Vec<Stay>) = stays.split_off(first + 1).into_iter().partition(joins);
                stays.extend(apart);
                if let Some(stay) = stays.get_mut(first) {
                    stay.visits.extend(also.into_iter().flat_map(|s| s.visits).chain([visit]));
                }
            }
        }
    }
    for stay in &mut stays {
        stay.visits.sort_by_key(|v| v.start.as_ref().and_then(Edtf::as_day));
    }
    stays
}

fn country<'a>(network: &'a Network, visit: &'a Visit) -> Option<&'a CountryCode> {
    visit.country.as_ref().or_else(|| network.place(&visit.place)?.country.as_ref())
}

/// Whether two stops in one country are one stay: their days touch or overlap; or nothing lies between them in their
/// trip, and no day says that the traveller left.
fn touch(routes: &Routes, country: &CountryCode, a: &Fact<Visit>, b: &Fact<Visit>) -> bool {
    if a.traveller != b.traveller || a.status != b.status {
        return false;
    }
    match (days(a), days(b)) {
        (Some((a_first, a_last)), Some((b_first, b_last))) => {
            let apart = (b_first - a_last).num_days().max((a_first - b_last).num_days()) > 1;
            let earlier = if a_first <= b_first { a } else { b };
            !apart || (earlier.end.is_none() && routes.neighbours(country, a, b))
        }
        _ => routes.neighbours(country, a, b),
    }
}

/// The days of a stop, where it has them; only the first where its last is not told.
fn days(visit: &Visit) -> Option<(NaiveDate, NaiveDate)> {
    let first = visit.start.as_ref()?.as_day()?;
    Some((first, visit.end.as_ref().and_then(Edtf::as_day).unwrap_or(first).max(first)))
}

/// The countries of each trip, by position; what was called off is passed over.
struct Routes<'a>(HashMap<&'a TripId, BTreeMap<u32, Vec<Option<&'a CountryCode>>>>);

impl<'a> Routes<'a> {
    fn of(network: &'a Network) -> Routes<'a> {
        let mut routes: HashMap<_, BTreeMap<_, Vec<_>>> = HashMap::new();
        for visit in network.visits.iter().filter(|v| v.status != Status::Cancelled) {
            if let Some(order) = visit.order {
                routes.entry(&visit.trip).or_default().entry(order).or_default().push(country(network, visit));
            }
        }
        Routes(routes)
    }

    /// Whether two stops follow each other in their trip without one in another country between them.
    fn neighbours(&self, country: &CountryCode, a: &Visit, b: &Visit) -> bool {
        let (Some(i), Some(j), true) = (a.order, b.order, a.trip == b.trip) else { return false };
        let Some(route) = self.0.get(&a.trip) else { return i == j };
        let between = route.range(i.min(j).saturating_add(1)..i.max(j).max(i.min(j).saturating_add(1)));
        !between.flat_map(|(_, countries)| countries).any(|c| *c != Some(country))
    }
}

impl Stay<'_> {
    fn traveller(&self) -> Option<&OfficialId> {
        self.visits.first().map(|v| &v.traveller)
    }

    fn start(&self) -> Option<&Edtf> {
        self.visits.first().and_then(|v| v.start.as_ref())
    }

    /// The end of the stop that ends last; none where one begins later whose end is not told.
    fn end(&self) -> Option<&Edtf> {
        let end = self.visits.iter().filter_map(|v| v.end.as_ref()).max_by_key(|d| d.latest())?;
        let later = |v: &&'_ Fact<Visit>| v.end.is_none() && v.start.as_ref().is_none_or(|s| s.latest() > end.latest());
        if self.visits.iter().any(later) { None } else { Some(end) }
    }

    fn earliest(&self) -> Option<NaiveDate> {
        self.start().and_then(Edtf::earliest)
    }

    fn latest(&self) -> Option<NaiveDate> {
        self.end().and_then(Edtf::latest)
    }

    fn first_day(&self) -> Option<NaiveDate> {
        self.start().and_then(Edtf::as_day)
    }

    fn last_day(&self) -> Option<NaiveDate> {
        self.end().and_then(Edtf::as_day)
    }

    /// Days in the country, first and last included.
    fn duration(&self) -> Option<i64> {
        Some((self.last_day()? - self.first_day()?).num_days() + 1).filter(|n| *n > 0)
    }

    /// The year, where all days that it may begin on lie in one.
    fn year(&self) -> Option<i64> {
        let start = self.start()?;
        let year = start.earliest()?.year();
        (start.latest()?.year() == year).then_some(i64::from(year))
    }
}

fn leader<'a>(network: &'a Network, countries: &'a Countries) -> Vec<Field<'a, Stay<'a>>> {
    let official = |s: &Stay| s.traveller().and_then(|id| network.official(id));
    let serves =
        move |s: &Stay| -> Option<&'a CountryCode> { official(s).and_then(|o: &'a Official| o.country.as_ref()) };
    vec![
        derived("LeaderFullName", Kind::Text, move |s: &Stay| official(s).map(|o| o.name.as_str()).into()),
        derived("LeaderTitle", Kind::Text, move |s: &Stay| official(s).and_then(|o| o.title.as_deref()).into()),
        derived("LeaderCountryOrIGO", Kind::Text, move |s: &Stay| {
            serves(s).map(|c| countries.name(c.as_str()).unwrap_or(c.as_str())).into()
        }),
        derived("LeaderCountryISO", Kind::Text, move |s: &Stay| {
            serves(s).and_then(|c| countries.iso3(c.as_str())).into()
        }),
    ]
}

fn trip<'a>(countries: &'a Countries) -> Vec<Field<'a, Stay<'a>>> {
    vec![
        derived("CountryVisited", Kind::Text, |s: &Stay| countries.name(s.country.as_str()).into()),
        derived("CountryVisitedISO", Kind::Text, |s: &Stay| countries.iso3(s.country.as_str()).into()),
        derived("TripYear", Kind::Integer, |s: &Stay| s.year().into()),
        derived("TripStartDate", Kind::Date, |s: &Stay| s.first_day().into()),
        derived("TripEndDate", Kind::Date, |s: &Stay| s.last_day().into()),
        derived("TripDuration", Kind::Integer, |s: &Stay| s.duration().into()),
    ]
}

/// What the data set has no columns for.
fn ours<'a>(network: &'a Network) -> Vec<Field<'a, Stay<'a>>> {
    let main = |v: &Fact<Visit>| network.trip(&v.trip).is_none_or(|t| t.kind == TripKind::Main);
    let article = |v: &Fact<Visit>| network.articles.get(v.article).map(|a| a.info.id.clone());
    vec![
        derived("status", Kind::Text, |s: &Stay| s.visits.first().map_or(Cell::Null, |v| word(&v.status))),
        derived("start", Kind::Text, |s: &Stay| edtf(s.start())),
        derived("end", Kind::Text, |s: &Stay| edtf(s.end())),
        derived("earliest", Kind::Date, |s: &Stay| s.earliest().into()),
        derived("latest", Kind::Date, |s: &Stay| s.latest().into()),
        derived("trip_kind", Kind::Text, move |s: &Stay| {
            word(if s.visits.iter().any(|v| main(v)) { &TripKind::Main } else { &TripKind::Background })
        }),
        derived("places", Kind::Text, |s: &Stay| joined(s, |v| network.place(&v.place).map(|p| p.name.clone()))),
        derived("confidence", Kind::Real, |s: &Stay| {
            s.visits.iter().filter_map(|v| v.confidence).reduce(f64::max).into()
        }),
        derived("article", Kind::Text, move |s: &Stay| joined(s, article)),
        derived("visits", Kind::Text, |s: &Stay| joined(s, |v| Some(v.id.0.clone()))),
        derived("from_register", Kind::Text, |s: &Stay| registered(network, s).fields()),
        derived("register", Kind::Text, |s: &Stay| registered(network, s).registers()),
    ]
}

/// What registers alone have of the stops of a stay.
fn registered(network: &Network, stay: &Stay) -> Registered {
    stay.visits.iter().map(|v| Registered::of(network, v)).fold(Registered::default(), Registered::and)
}

/// What the stops of a stay have, each once, in order.
fn joined(stay: &Stay, of: impl Fn(&Fact<Visit>) -> Option<String>) -> Cell {
    let mut seen = BTreeSet::new();
    let all: Vec<String> = stay.visits.iter().filter_map(|v| of(v)).filter(|s| seen.insert(s.clone())).collect();
    if all.is_empty() { Cell::Null } else { Cell::Text(all.join("; ")) }
}

#[cfg(test)]
mod tests;
