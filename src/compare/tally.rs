//! Visits counted over many documents: who went to which country, how often and in which years, and whose stops were
//! shared.
//!
//! Counted are stops, each once however many articles tell it; those that no article tells, which a register alone
//! has, are not. It knows comparisons, not how counts are drawn: [`Tally::table`] hands them over as plain numbers.

use super::{Comparison, Journey, Kind, Stop};
use crate::chart::matrix_table as drawn;
use crate::chart::words::{Language, Words};
use crate::itinerary::{CountryCode, Edtf, Meeting, Mode, OfficialId, PlaceId, Status};
use crate::network::Network;
use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Version of the tally's own document.
pub const SCHEMA: &str = "portolan/tally/1";

/// Days that the dates of a stop may leave open for it to be shared: that two were somewhere in one month says nothing.
const SURE_DAYS: i64 = 14;

/// Whose visits are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Each person's.
    Traveller,
    /// Those of all who serve one country or organisation.
    Country,
}

/// How many stops: those that took place, and apart from them those that may still.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Counts {
    pub completed: usize,
    pub planned: usize,
    pub possible: usize,
}

/// Visits of all sources, counted.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Tally {
    /// `portolan/tally/1`.
    pub schema: String,
    pub by: By,
    /// Articles that were counted.
    pub articles: usize,
    /// Everything together.
    pub counts: Counts,
    /// Who travelled: those with most stops first.
    pub rows: Vec<Row>,
    /// Countries visited: those with most stops first.
    pub countries: Vec<Visited>,
    /// Stops in no country, such as a ship, or whose country is not known.
    pub elsewhere: Counts,
    /// Stops of several travellers in one place on days that go together, the earliest first.
    pub shared: Vec<Shared>,
}

/// A traveller, or a country that travellers serve.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Row {
    /// Id of the traveller among all documents, or code of the country; null for travellers whose country is not known.
    pub id: Option<String>,
    /// Name of the traveller or country; empty where there is none.
    pub name: String,
    /// Office of a traveller.
    pub title: Option<String>,
    /// What a traveller serves.
    pub country: Option<CountryCode>,
    pub counts: Counts,
    /// Countries visited, by code.
    pub visits: Vec<Cell>,
}

/// Stops of one row in one country.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Cell {
    pub country: CountryCode,
    #[serde(flatten)]
    pub counts: Counts,
    /// People who serve that country and were met there in person, at stops that took place, by name.
    pub met: Vec<String>,
}

/// A country that was visited.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Visited {
    pub country: CountryCode,
    pub name: String,
    pub counts: Counts,
    /// Year by year.
    pub years: Vec<Year>,
}

/// Stops of one year.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Year {
    /// Year of the first day; null ("no year") where no date is told or it may lie in either of two years.
    pub year: Option<i32>,
    #[serde(flatten)]
    pub counts: Counts,
}

/// Several travellers in one place.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Shared {
    pub place: PlaceId,
    pub name: String,
    pub country: Option<CountryCode>,
    /// `completed`, or for stops that have not taken place `planned`.
    pub status: Status,
    /// The days that all of them allow.
    pub from: Edtf,
    pub to: Edtf,
    /// At least two, by name.
    pub travellers: Vec<Who>,
}

/// A traveller of a shared stop.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Who {
    pub name: String,
    pub country: Option<CountryCode>,
    pub id: OfficialId,
}

impl Counts {
    /// All of them.
    pub fn total(&self) -> usize {
        self.completed + self.planned + self.possible
    }

    fn add(&mut self, other: Counts) {
        self.completed += other.completed;
        self.planned += other.planned;
        self.possible += other.possible;
    }

    /// One stop; none where it was called off.
    fn one(status: Status) -> Option<Counts> {
        let mut one = Counts::default();
        match status {
            Status::Completed => one.completed = 1,
            Status::Planned => one.planned = 1,
            Status::Possible => one.possible = 1,
            Status::Cancelled => return None,
        }
        Some(one)
    }
}

/// Counts the visits of a comparison.
pub fn tally(comparison: &Comparison, by: By) -> Tally {
    let stops = counted(comparison);
    let (mut counts, mut elsewhere) = (Counts::default(), Counts::default());
    for stop in &stops {
        counts.add(stop.counts);
        if stop.country.is_none() {
            elsewhere.add(stop.counts);
        }
    }
    Tally {
        schema: SCHEMA.into(),
        by,
        articles: comparison.sources.iter().filter(|s| s.kind == Kind::Article).count(),
        counts,
        rows: rows(&comparison.network, &stops, by),
        countries: countries(&stops),
        elsewhere,
        shared: shared(&stops),
    }
}

/// A stop that counts.
struct Counted<'a> {
    who: Who,
    title: Option<String>,
    stop: &'a Stop,
    country: Option<CountryCode>,
    counts: Counts,
    met: BTreeSet<String>,
}

fn counted(comparison: &Comparison) -> Vec<Counted<'_>> {
    let met = meetings(&comparison.network);
    let journeys = comparison.journeys.iter().chain(&comparison.single);
    let all = journeys.flat_map(|j| j.stops.iter().map(move |s| (j, s)));
    let told =
        |s: &Stop| s.told.iter().any(|t| comparison.sources.get(t.source).is_some_and(|s| s.kind == Kind::Article));
    all.filter(|(_, s)| told(s)).filter_map(|(j, s)| count(&comparison.network, &met, j, s)).collect()
}

fn count<'a>(network: &Network, met: &Met<'_>, journey: &Journey, stop: &'a Stop) -> Option<Counted<'a>> {
    let counts = Counts::one(stop.status)?;
    let official = network.official(&journey.traveller);
    let at_home = |country: &CountryCode| official.and_then(|o| o.country.as_ref()) == Some(country);
    let country = stop.country.clone().or_else(|| network.place(&stop.place)?.country.clone());
    let hosts = country.as_ref().filter(|c| counts.completed > 0 && !at_home(c));
    let met = hosts.map(|c| hosts_met(network, met, journey, stop, c)).unwrap_or_default();
    let name = official.map_or_else(|| journey.name.clone(), |o| o.name.clone());
    let who = Who { name, country: official.and_then(|o| o.country.clone()), id: journey.traveller.clone() };
    Some(Counted { who, title: official.and_then(|o| o.title.clone()), stop, country, counts, met })
}

/// Meetings in person that took place, by the visit that they belong to.
type Met<'a> = HashMap<&'a str, Vec<&'a Meeting>>;

fn meetings(network: &Network) -> Met<'_> {
    let mut found: Met<'_> = HashMap::new();
    for m in network.meetings.iter().filter(|m| m.mode == Mode::InPerson && m.status == Status::Completed) {
        m.visit.iter().for_each(|v| found.entry(&v.0).or_default().push(&m.what));
    }
    found
}

/// Names of those who serve a country and whom its visitor met at a stop.
fn hosts_met(
    network: &Network,
    met: &Met<'_>,
    journey: &Journey,
    stop: &Stop,
    country: &CountryCode,
) -> BTreeSet<String> {
    let at = stop.told.iter().filter_map(|t| met.get(t.node.0.as_str())).flatten();
    let people = at.flat_map(|m| &m.participants).filter(|p| **p != journey.traveller);
    let hosts = people.filter_map(|p| network.official(p)).filter(|o| o.country.as_ref() == Some(country));
    hosts.map(|o| o.name.clone()).collect()
}

fn rows(network: &Network, stops: &[Counted<'_>], by: By) -> Vec<Row> {
    let key = |s: &Counted<'_>| match by {
        By::Traveller => Some(s.who.id.0.clone()),
        By::Country => s.who.country.as_ref().map(|c| c.0.clone()),
    };
    let mut groups: BTreeMap<Option<String>, Vec<&Counted<'_>>> = BTreeMap::new();
    stops.iter().for_each(|s| groups.entry(key(s)).or_default().push(s));
    let mut rows: Vec<Row> = groups.into_iter().map(|(id, own)| row(network, id, &own, by)).collect();
    rows.sort_by(|a, b| rank(&a.counts).cmp(&rank(&b.counts)).then_with(|| (&a.name, &a.id).cmp(&(&b.name, &b.id))));
    rows
}

/// Sorts the biggest first: by all, then by what took place.
fn rank(counts: &Counts) -> std::cmp::Reverse<(usize, usize)> {
    std::cmp::Reverse((counts.total(), counts.completed))
}

fn row(network: &Network, id: Option<String>, own: &[&Counted<'_>], by: By) -> Row {
    let person = own.first().filter(|_| by == By::Traveller);
    let name = match (&person, &id) {
        (Some(p), _) => p.who.name.clone(),
        (None, Some(code)) => country_name(code),
        (None, None) => String::new(),
    };
    let mut cells: BTreeMap<&CountryCode, (Counts, BTreeSet<String>)> = BTreeMap::new();
    let mut counts = Counts::default();
    for stop in own {
        counts.add(stop.counts);
        if let Some(country) = &stop.country {
            let cell = cells.entry(country).or_default();
            cell.0.add(stop.counts);
            cell.1.extend(stop.met.iter().cloned());
        }
    }
    let cell = |(country, (counts, met)): (&CountryCode, (Counts, BTreeSet<String>))| Cell {
        country: country.clone(),
        counts,
        met: met.into_iter().collect(),
    };
    Row {
        country: person.and_then(|p| network.official(&p.who.id)?.country.clone()),
        title: person.and_then(|p| p.title.clone()),
        id,
        name,
        counts,
        visits: cells.into_iter().map(cell).collect(),
    }
}

/// English name of a country or organisation, as the charts have it, or its code.
fn country_name(code: &str) -> String {
    Words(Language::English).country(code)
}

fn countries(stops: &[Counted<'_>]) -> Vec<Visited> {
    // Years before what has none.
    type Years = BTreeMap<(bool, i32), Counts>;
    let mut found: BTreeMap<&CountryCode, (Counts, Years)> = BTreeMap::new();
    for stop in stops {
        let Some(country) = &stop.country else { continue };
        let own = found.entry(country).or_default();
        own.0.add(stop.counts);
        let year = year(stop.stop);
        own.1.entry((year.is_none(), year.unwrap_or(0))).or_default().add(stop.counts);
    }
    let visited = |(country, (counts, years)): (&CountryCode, (Counts, Years))| Visited {
        country: country.clone(),
        name: country_name(country.as_str()),
        counts,
        years: years.into_iter().map(|((none, y), counts)| Year { year: (!none).then_some(y), counts }).collect(),
    };
    let mut all: Vec<Visited> = found.into_iter().map(visited).collect();
    all.sort_by(|a, b| {
        rank(&a.counts).cmp(&rank(&b.counts)).then_with(|| (&a.name, &a.country).cmp(&(&b.name, &b.country)))
    });
    all
}

/// The year that a stop surely lies in, by its first day or, where that is not told, by its last.
fn year(stop: &Stop) -> Option<i32> {
    let of = |date: &Edtf| {
        let (from, to) = (date.earliest()?.year(), date.latest()?.year());
        (from == to).then_some(from)
    };
    stop.start.as_ref().or(stop.end.as_ref()).and_then(of)
}

/// First and last day that a stop's dates allow, where they leave little open.
fn days(stop: &Stop) -> Option<(NaiveDate, NaiveDate)> {
    let last = stop.end.as_ref().or(stop.start.as_ref());
    let (from, to) = stop.start.as_ref().and_then(Edtf::earliest).zip(last.and_then(Edtf::latest))?;
    (from <= to && (to - from).num_days() < SURE_DAYS).then_some((from, to))
}

fn shared(stops: &[Counted<'_>]) -> Vec<Shared> {
    // What took place is not shared with what is only planned.
    let mut groups: BTreeMap<(bool, &PlaceId), Vec<Dated<'_>>> = BTreeMap::new();
    for counted in stops {
        if let Some((from, to)) = days(counted.stop) {
            let key = (counted.counts.completed == 0, &counted.stop.place);
            groups.entry(key).or_default().push(Dated { counted, from, to });
        }
    }
    let mut found: Vec<Shared> = groups.into_iter().flat_map(|((ahead, _), own)| together(ahead, &own)).collect();
    let days = |s: &Shared| (s.from.earliest(), s.to.earliest());
    found.sort_by(|a, b| (days(a), &a.name, &a.place, &a.travellers).cmp(&(days(b), &b.name, &b.place, &b.travellers)));
    found
}

/// A stop and the days that it may lie on.
struct Dated<'a> {
    counted: &'a Counted<'a>,
    from: NaiveDate,
    to: NaiveDate,
}

/// The largest groups of stops in one place that all have a day in common, where these are of two travellers or more.
/// Such a day is the first of one of them.
fn together(ahead: bool, own: &[Dated<'_>]) -> Vec<Shared> {
    let firsts: BTreeSet<NaiveDate> = own.iter().map(|d| d.from).collect();
    let there = |day: NaiveDate| -> BTreeSet<usize> {
        own.iter().enumerate().filter(|(_, d)| d.from <= day && day <= d.to).map(|(i, _)| i).collect()
    };
    let groups: BTreeSet<BTreeSet<usize>> = firsts.into_iter().map(there).collect();
    let largest = |g: &&BTreeSet<usize>| !groups.iter().any(|o| o.len() > g.len() && g.is_subset(o));
    groups
        .iter()
        .filter(largest)
        .filter_map(|g| one_shared(ahead, &g.iter().filter_map(|i| own.get(*i)).collect::<Vec<_>>()))
        .collect()
}

fn one_shared(ahead: bool, stops: &[&Dated<'_>]) -> Option<Shared> {
    let first = stops.first()?.counted;
    let travellers: BTreeSet<&Who> = stops.iter().map(|d| &d.counted.who).collect();
    let shared = Shared {
        place: first.stop.place.clone(),
        name: first.stop.name.clone(),
        country: first.country.clone(),
        status: if ahead { Status::Planned } else { Status::Completed },
        from: Edtf::day(stops.iter().map(|d| d.from).max()?),
        to: Edtf::day(stops.iter().map(|d| d.to).min()?),
        travellers: travellers.into_iter().cloned().collect(),
    };
    (shared.travellers.len() > 1).then_some(shared)
}

impl Tally {
    /// The counts as the charts take them.
    pub fn table(&self) -> drawn::Table {
        let column = |v: &Visited| drawn::Column { code: v.country.0.clone(), name: v.name.clone() };
        let at: HashMap<&CountryCode, usize> =
            self.countries.iter().enumerate().map(|(i, c)| (&c.country, i)).collect();
        let years = || self.countries.iter().flat_map(|c| &c.years).filter_map(|y| y.year);
        let row = |r: &Row| drawn::Row {
            name: r.name.clone(),
            code: if self.by == By::Country { r.id.clone() } else { r.country.as_ref().map(|c| c.0.clone()) },
            counts: r.counts.drawn(),
            cells: r.visits.iter().filter_map(|c| Some((*at.get(&c.country)?, c.counts.drawn()))).collect(),
        };
        drawn::Table {
            rows_are: match self.by {
                By::Traveller => drawn::RowsAre::Travellers,
                By::Country => drawn::RowsAre::Countries,
            },
            rows: self.rows.iter().map(row).collect(),
            columns: self.countries.iter().map(column).collect(),
            elsewhere: self.elsewhere.drawn(),
            articles: self.articles,
            years: years().min().zip(years().max()),
        }
    }
}

impl Counts {
    fn drawn(self) -> drawn::Counts {
        drawn::Counts { completed: self.completed, planned: self.planned, possible: self.possible }
    }
}

#[cfg(test)]
mod tests {
    use super::super::compare;
    use super::*;
    use crate::Itinerary;
    use proptest::prelude::*;
    use serde_json::json;

    const PEOPLE: [(&str, &str); 3] = [("Ana Alba", "US"), ("Bo Berg", "US"), ("Cy Calm", "FR")];
    const PLACES: [(&str, &str, f64, f64); 3] =
        [("Baghdad", "IQ", 33.3, 44.4), ("Amman", "JO", 31.9, 35.9), ("Basra", "IQ", 30.5, 47.8)];

    /// A stop: who, where, status, first day.
    type Told<'a> = (usize, usize, &'a str, Option<&'a str>);

    fn article(id: &str, stops: &[Told<'_>]) -> Itinerary {
        let officials: Vec<_> = PEOPLE
            .iter()
            .map(|(name, country)| json!({"id": slug(name), "name": name, "title": "Minister", "country": country}))
            .chain([json!({"id": "host", "name": "Hani Host", "country": "IQ"})])
            .collect();
        let places: Vec<_> = PLACES
            .iter()
            .map(|(name, country, lat, lon)| {
                json!({"id": slug(name), "name": name, "kind": "city", "country": country, "lat": lat, "lon": lon})
            })
            .collect();
        let visits: Vec<_> = stops
            .iter()
            .enumerate()
            .map(|(i, (who, place, status, start))| {
                json!({"id": format!("v{}", i + 1), "traveller": slug(PEOPLE[*who].0), "place": slug(PLACES[*place].0),
                    "country": PLACES[*place].1, "status": status, "start": start, "end": start,
                    "trip": format!("t{who}"), "order": i + 1})
            })
            .collect();
        let trips: Vec<_> = (0..PEOPLE.len())
            .map(|who| {
                let own: Vec<_> =
                    (0..stops.len()).filter(|i| stops[*i].0 == who).map(|i| format!("v{}", i + 1)).collect();
                json!({"id": format!("t{who}"), "traveller": slug(PEOPLE[who].0), "kind": "main", "visits": own})
            })
            .filter(|t| t["visits"].as_array().is_some_and(|v| !v.is_empty()))
            .collect();
        let meetings = match stops.first() {
            Some((who, _, status, _)) => vec![json!({"id": "m1", "participants": [slug(PEOPLE[*who].0), "host"],
                "visit": "v1", "status": status, "mode": "in_person"})],
            None => Vec::new(),
        };
        serde_json::from_value(json!({"schema": "portolan/itinerary/1",
            "article": {"id": id, "published": "2023-12-31", "words": 9}, "officials": officials, "places": places,
            "trips": trips, "visits": visits, "meetings": meetings}))
        .expect("a document")
    }

    fn slug(name: &str) -> String {
        name.to_lowercase().replace(' ', "-")
    }

    fn of(documents: &[Itinerary], by: By) -> Tally {
        tally(&compare(documents, None), by)
    }

    fn three(completed: usize, planned: usize, possible: usize) -> Counts {
        Counts { completed, planned, possible }
    }

    #[test]
    fn a_stop_that_two_articles_tell_counts_once() {
        let a = article("a", &[(0, 0, "completed", Some("2023-11-05")), (0, 1, "planned", Some("2023-11-07"))]);
        let b = article("b", &[(0, 0, "completed", Some("2023-11-05")), (0, 2, "possible", None)]);
        let c = article("c", &[(2, 0, "completed", Some("2021-03-01")), (2, 1, "cancelled", Some("2021-03-02"))]);
        let tally = of(&[a, b, c], By::Traveller);
        assert_eq!((tally.articles, tally.counts), (3, three(2, 1, 1)));
        let rows: Vec<(&str, Counts)> = tally.rows.iter().map(|r| (r.name.as_str(), r.counts)).collect();
        assert_eq!(rows, [("Ana Alba", three(1, 1, 1)), ("Cy Calm", three(1, 0, 0))]);
        let ana: Vec<(&str, Counts)> = tally.rows[0].visits.iter().map(|c| (c.country.as_str(), c.counts)).collect();
        assert_eq!(ana, [("IQ", three(1, 0, 1)), ("JO", three(0, 1, 0))]);
        assert_eq!(tally.rows[0].visits[0].met, ["Hani Host"]);
        let cy: Vec<&str> = tally.rows[1].visits.iter().map(|c| c.country.as_str()).collect();
        assert_eq!(cy, ["IQ"], "a stop that was called off leaves nothing behind");
    }

    #[test]
    fn years_stand_apart_and_undated_stops_have_none() {
        let a = article("a", &[(0, 0, "completed", Some("2023-11-05")), (1, 2, "completed", None)]);
        let b = article("b", &[(2, 0, "completed", Some("2021")), (1, 0, "planned", Some("2021-12/2022-01"))]);
        let tally = of(&[a, b], By::Traveller);
        let years: Vec<(Option<i32>, Counts)> = tally.countries[0].years.iter().map(|y| (y.year, y.counts)).collect();
        assert_eq!(years, [(Some(2021), three(1, 0, 0)), (Some(2023), three(1, 0, 0)), (None, three(1, 1, 0))]);
        assert_eq!(tally.countries[0].name, "Iraq");
    }

    #[test]
    fn travellers_of_one_country_are_one_row() {
        let a = article("a", &[(0, 0, "completed", Some("2023-11-05")), (1, 1, "completed", Some("2023-11-05"))]);
        let b = article("b", &[(2, 0, "completed", Some("2023-11-05"))]);
        let tally = of(&[a, b], By::Country);
        let rows: Vec<(&str, usize)> = tally.rows.iter().map(|r| (r.name.as_str(), r.counts.completed)).collect();
        assert_eq!(rows, [("United States", 2), ("France", 1)]);
    }

    #[test]
    fn stops_are_shared_in_one_place_on_days_that_go_together() {
        let a = article(
            "a",
            &[(0, 0, "completed", Some("2023-11-05")), (1, 0, "completed", Some("2023-11-05/2023-11-06"))],
        );
        let b = article("b", &[(2, 0, "planned", Some("2023-11-05")), (2, 1, "completed", Some("2023-11"))]);
        let c = article("c", &[(2, 0, "completed", Some("2023-11-09"))]);
        let shared = of(&[a, b, c], By::Traveller).shared;
        assert_eq!(shared.len(), 1, "{shared:?}");
        let names: Vec<&str> = shared[0].travellers.iter().map(|w| w.name.as_str()).collect();
        assert_eq!((shared[0].name.as_str(), names), ("Baghdad", vec!["Ana Alba", "Bo Berg"]));
        assert_eq!(shared[0].from.as_day().map(|d| d.to_string()).as_deref(), Some("2023-11-05"));
    }

    #[test]
    fn what_a_register_alone_has_is_not_counted() {
        let mut register =
            article("r", &[(0, 0, "completed", Some("2023-11-05")), (0, 1, "completed", Some("2023-11-07"))]);
        register.article.extra.insert("kind".into(), "register".into());
        let a = article("a", &[(0, 0, "planned", Some("2023-11-05"))]);
        let mut comparison = compare(&[a, register], None);
        let last = comparison.sources.iter().position(|s| s.id == "r").expect("the register");
        comparison.sources[last].kind = Kind::Register;
        let tally = tally(&comparison, By::Traveller);
        assert_eq!((tally.articles, tally.counts.total()), (1, 1));
        assert_eq!(tally.countries.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["Iraq"]);
    }

    fn any_article() -> impl Strategy<Value = Vec<(usize, usize, usize, Option<u32>)>> {
        proptest::collection::vec((0usize..3, 0usize..3, 0usize..4, proptest::option::of(1u32..28)), 0..6)
    }

    /// Traveller, place, status, day.
    type AnyStop = (usize, usize, usize, Option<u32>);

    #[test]
    fn organisations_and_territories_have_names() {
        assert_eq!(
            ["PS", "UN", "EU", "NO", "XX"].map(country_name),
            ["Palestinian territories", "United Nations", "European Union", "Norway", "XX"]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn the_order_of_inputs_changes_nothing_and_all_sums_agree(
            articles in proptest::collection::vec(any_article(), 1..6),
            turn in 0usize..6,
            by in prop_oneof![Just(By::Traveller), Just(By::Country)],
        ) {
            const STATUS: [&str; 4] = ["completed", "planned", "possible", "cancelled"];
            let one = |(i, stops): (usize, &Vec<AnyStop>)| {
                let days: Vec<Option<String>> = stops.iter().map(|s| s.3.map(|d| format!("2023-11-{d:02}"))).collect();
                let told: Vec<Told<'_>> =
                    stops.iter().zip(&days).map(|(s, d)| (s.0, s.1, STATUS[s.2], d.as_deref())).collect();
                article(&format!("a{i}"), &told)
            };
            let mut documents: Vec<Itinerary> = articles.iter().enumerate().map(one).collect();
            let first = of(&documents, by);
            let n = documents.len();
            documents.rotate_left(turn % n);
            documents.reverse();
            prop_assert_eq!(&first, &of(&documents, by));
            let total = first.counts.total();
            prop_assert_eq!(total, first.rows.iter().map(|r| r.counts.total()).sum::<usize>());
            let of_countries = first.countries.iter().map(|c| c.counts.total()).sum::<usize>();
            prop_assert_eq!(total, of_countries + first.elsewhere.total());
            for c in &first.countries {
                prop_assert_eq!(c.counts.total(), c.years.iter().map(|y| y.counts.total()).sum::<usize>());
            }
            let cells = first.rows.iter().flat_map(|r| &r.visits).map(|c| c.counts.total()).sum::<usize>();
            prop_assert_eq!(cells, of_countries);
            prop_assert_eq!(first.table().sum().total(), total);
        }
    }
}
