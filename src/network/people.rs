//! Who is the same across documents, by names, what they serve, and when. Two officials of one document are two people.

use super::offices::single_office;
use super::{Shared, spelling};
use crate::itinerary::{CountryCode, Edtf, Itinerary, Official, OfficialId};
use chrono::Datelike;
use std::collections::{HashMap, HashSet};

/// An official as an article of a certain time knows them.
#[derive(Clone, Copy, Debug)]
pub struct Acquaintance<'a> {
    pub official: &'a Official,
    pub published: Option<&'a Edtf>,
}

/// Years after which a name that is not told in full may have passed to somebody else.
const A_GENERATION: i32 = 8;

/// Whether two officials of different documents are one person. `Some(true)` where their full names are the same, `Some(false)`
/// where what is told of both goes together, such as "Sudani" of Iraq and "Mohammed Shia al-Sudani" of Iraq, or an office without a
/// name and its holder in those years.
pub fn same_person(a: Acquaintance<'_>, b: Acquaintance<'_>) -> Option<bool> {
    let years = a.published.zip(b.published).and_then(|(a, b)| Some((a.earliest()?.year(), b.earliest()?.year())));
    let apart = years.map_or(0, |(a, b)| a.abs_diff(b) as i32);
    if let Some(same) = by_office(a.official, b.official) {
        return (same && apart <= A_YEAR).then_some(false);
    }
    let countries = a.official.country.as_ref().zip(b.official.country.as_ref());
    let bodies = |c: &CountryCode| c.as_str().len() != 2 || matches!(c.as_str(), "EU" | "UN");
    // Who serves an organisation comes from some country.
    if countries.is_some_and(|(a, b)| a != b && !bodies(a) && !bodies(b)) {
        return None;
    }
    let (one, other) = (spelling::words(&a.official.name), spelling::words(&b.official.name));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if short.len() > 1 && same_words(short, long) {
        return Some(true);
    }
    if apart > A_GENERATION || countries.is_some_and(|(a, b)| a != b) || rivals(a.official, b.official, apart) {
        return None;
    }
    match short.len() {
        0 => None,
        1 => {
            let known = countries.is_some() || (one == other && same_title(a.official, b.official));
            // A surname alone is nobody in particular: what it serves must be known, and be the same.
            (known && bears(long, &short[0], a.official.country.as_ref())).then_some(false)
        }
        _ => names_go_together(short, long).then_some(false),
    }
}

/// Years in which an office without a name is that of whoever holds it.
const A_YEAR: i32 = 1;

/// Where one of two is told by an office alone: whether the other holds it. `None` where both have names.
fn by_office(a: &Official, b: &Official) -> Option<bool> {
    let named = |o: &Official| single_office(&o.name).map(|(office, country)| (office, country.or(o.country.clone())));
    let held = |o: &Official| {
        let (office, country) = o.title.as_deref().and_then(single_office)?;
        Some((office, o.country.clone().or(country)))
    };
    let (x, y) = (named(a), named(b));
    if x.is_none() && y.is_none() {
        return None;
    }
    let (x, y) = (x.or_else(|| held(a)), y.or_else(|| held(b)));
    Some(x.zip(y).is_some_and(|(x, y)| x.1.is_some() && x == y))
}

/// Whether two hold different offices of one country at one time, of which it has one each.
fn rivals(a: &Official, b: &Official, years: i32) -> bool {
    let office = |o: &Official| o.title.as_deref().and_then(single_office).map(|(office, _)| office);
    years <= A_YEAR && a.country == b.country && office(a).zip(office(b)).is_some_and(|(a, b)| a != b)
}

fn same_title(a: &Official, b: &Official) -> bool {
    a.title.as_ref().zip(b.title.as_ref()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
}

/// The same words, joined or parted otherwise ("Yoon Suk Yeol", "Yoon Sukyeol"; "el-Sisi", "Elsisi"), or turned ("Abe Shinzo").
fn same_words(one: &[String], other: &[String]) -> bool {
    let joined = |words: &[String]| words.iter().map(|w| spelling::bare(w)).collect::<String>();
    let sorted = |words: &[String]| {
        let mut sorted = words.to_vec();
        sorted.sort();
        sorted
    };
    joined(one) == joined(other) || (one.len() == 2 && sorted(one) == sorted(other))
}

const SURNAME_FIRST: &str = include_str!("../../data/names/surname_first.tsv");

/// Whether somebody of this name is called by this one word: by the last, the one before a numeral ("Abdullah II"), or the first
/// where names begin with the surname.
fn bears(name: &[String], word: &str, country: Option<&CountryCode>) -> bool {
    let numeral = |w: &String| w.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let last = name.iter().rev().find(|w| !numeral(w));
    let turned = country.is_some_and(|c| SURNAME_FIRST.lines().any(|l| l == c.as_str()));
    let first = name.first().filter(|_| turned);
    last.into_iter().chain(first).any(|w| spelling::alike(w, word))
}

/// Whether each word of the shorter name stands in the longer one in the same order, in another spelling or as an initial, the
/// surnames, first or last, among them; and no initial of the one is missing in the other that has some.
fn names_go_together(short: &[String], long: &[String]) -> bool {
    let initials = |name: &[String]| name.iter().filter(|w| w.chars().count() == 1).cloned().collect::<Vec<_>>();
    let (p, q) = (initials(short), initials(long));
    if !p.is_empty() && !q.is_empty() && p != q {
        return false;
    }
    let initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
    let like = |a: &str, b: &str| spelling::alike(a, b) || spelling::nearly(a, b) || initial(a, b) || initial(b, a);
    let mut rest = long.iter();
    let all = short.iter().all(|word| rest.any(|other| like(word, other)));
    let surname =
        |end: fn(&[String]) -> Option<&String>| end(short).zip(end(long)).is_some_and(|(a, b)| spelling::alike(a, b));
    all && (surname(|n| n.last()) || surname(|n| n.first()))
}

/// All officials of some documents, each assigned to a person.
pub struct Register {
    /// Of each official, by article and place in its list: which person.
    person: HashMap<(usize, usize), usize>,
    /// Of each person, where they have been entered into the network.
    entered: HashMap<usize, usize>,
    /// Ids that the network has.
    taken: HashSet<String>,
}

/// Somebody in some articles.
struct Person<'a> {
    members: Vec<(usize, Acquaintance<'a>)>,
}

impl Register {
    /// Fuller names first, so that a surname alone meets everybody whom it could mean; where it could mean two, it is nobody of them.
    pub fn new(documents: &[Itinerary]) -> Register {
        let mut all: Vec<(usize, usize, Acquaintance<'_>, Vec<String>)> = Vec::new();
        for (article, document) in documents.iter().enumerate() {
            for (index, official) in document.officials.iter().enumerate() {
                let published = document.article.published.as_ref();
                all.push((article, index, Acquaintance { official, published }, spelling::words(&official.name)));
            }
        }
        all.sort_by(|a, b| {
            b.3.len().cmp(&a.3.len()).then_with(|| a.3.cmp(&b.3)).then_with(|| (a.0, a.1).cmp(&(b.0, b.1)))
        });
        let mut people: Vec<Person<'_>> = Vec::new();
        let mut by_sound: HashMap<String, Vec<usize>> = HashMap::new();
        let mut person = HashMap::new();
        for (article, index, who, words) in &all {
            let mut sounds: HashSet<String> = words.iter().flat_map(|w| keys(w)).collect();
            sounds.extend(office_key(who.official));
            let mut near: Vec<usize> = sounds.iter().filter_map(|s| by_sound.get(s)).flatten().copied().collect();
            near.sort_unstable();
            near.dedup();
            near.retain(|p| people[*p].members.iter().all(|(a, _)| a != article));
            let found = chosen(&people, &near, *who).unwrap_or_else(|| {
                people.push(Person { members: Vec::new() });
                people.len() - 1
            });
            people[found].members.push((*article, *who));
            sounds.into_iter().for_each(|s| by_sound.entry(s).or_default().push(found));
            person.insert((*article, *index), found);
        }
        Register { person, entered: HashMap::new(), taken: HashSet::new() }
    }

    /// Enters the officials of an article; gives their ids in the network.
    pub fn enter(
        &mut self,
        article: usize,
        document: &Itinerary,
        all: &mut Vec<Shared<Official>>,
    ) -> HashMap<OfficialId, OfficialId> {
        let mut ids = HashMap::new();
        for (index, official) in document.officials.iter().enumerate() {
            let person = self.person.get(&(article, index)).copied();
            let at = match person.and_then(|p| self.entered.get(&p).copied()) {
                Some(at) => {
                    join(&mut all[at].what, official);
                    all[at].articles.push(article);
                    at
                }
                None => {
                    let id = OfficialId(super::free_id(&official.id.0, &mut self.taken));
                    all.push(Shared { what: Official { id, ..official.clone() }, articles: vec![article] });
                    all.len() - 1
                }
            };
            person.into_iter().for_each(|p| {
                self.entered.insert(p, at);
            });
            ids.insert(official.id.clone(), all[at].id.clone());
        }
        ids
    }
}

/// What a word can be found by: its sounds, also without the article that is written together with it.
fn keys(word: &str) -> [String; 2] {
    [word, spelling::bare(word)].map(spelling::skeleton)
}

/// What an office is found by, whether it is somebody's title or stands for a name.
fn office_key(official: &Official) -> Option<String> {
    let (office, country) = single_office(&official.name).or_else(|| single_office(official.title.as_deref()?))?;
    let country = official.country.clone().or(country)?;
    Some(format!("{country} {office}"))
}

/// The one person of some whom somebody can be: one of the same full name, else the only one that fits.
fn chosen(people: &[Person<'_>], near: &[usize], who: Acquaintance<'_>) -> Option<usize> {
    let fits = |p: &usize| {
        let found: Option<Vec<bool>> = people[*p].members.iter().map(|(_, other)| same_person(who, *other)).collect();
        // One of the same full name is enough; of others, nobody may speak against it.
        let exact = people[*p].members.iter().any(|(_, other)| same_person(who, *other) == Some(true));
        if exact { Some(true) } else { found.map(|_| false) }
    };
    let fitting: Vec<(usize, bool)> = near.iter().filter_map(|p| Some((*p, fits(p)?))).collect();
    let exact = fitting.iter().find(|(_, exact)| *exact).map(|(p, _)| *p);
    exact.or(if let [(only, _)] = fitting[..] { Some(only) } else { None })
}

/// Adds what another article says of a person: the fuller name, what is not known yet, other names, mentions.
fn join(own: &mut Official, other: &Official) {
    // An office is no name.
    let rank = |o: &Official| (single_office(&o.name).is_none(), spelling::words(&o.name).len());
    let fuller = rank(other) > rank(own);
    let names = [own.name.clone(), other.name.clone()];
    if fuller {
        own.name.clone_from(&other.name);
    }
    if fuller || own.title.is_none() {
        own.title = other.title.clone().or(own.title.take());
    }
    own.country = own.country.take().or(other.country.clone());
    for alias in names.into_iter().chain(other.aliases.iter().cloned()) {
        if alias != own.name && !own.aliases.contains(&alias) {
            own.aliases.push(alias);
        }
    }
    own.mentions += other.mentions;
    for (key, value) in &other.extra {
        own.extra.entry(key.clone()).or_insert_with(|| value.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn official(name: &str, country: &str) -> Official {
        let country = (!country.is_empty()).then(|| crate::itinerary::CountryCode(country.into()));
        Official {
            id: OfficialId(name.into()),
            name: name.into(),
            title: None,
            country,
            aliases: Vec::new(),
            mentions: 1,
            extra: Default::default(),
        }
    }

    fn same(a: (&str, &str), b: (&str, &str)) -> bool {
        let (a, b) = (official(a.0, a.1), official(b.0, b.1));
        same_person(Acquaintance { official: &a, published: None }, Acquaintance { official: &b, published: None })
            .is_some()
    }

    #[test]
    fn names_in_other_forms_are_one_person_and_namesakes_are_two() {
        assert!(same(("Mohammed Shia al-Sudani", "IQ"), ("Al Sudani", "IQ")));
        assert!(same(("Mohammed Shia al-Sudani", "IQ"), ("Mohammed al-Sudani", "")));
        assert!(same(("Volodymyr Zelensky", "UA"), ("Volodymyr Zelenskyy", "UA")));
        assert!(same(("Yoon Suk Yeol", "KR"), ("Yoon Suk-yeol", "KR")));
        assert!(same(("Wang Yi", "CN"), ("Wang", "CN")));
        assert!(!same(("Mohammed Shia al-Sudani", "IQ"), ("Sudani", "")));
        assert!(!same(("Laura Bush", "US"), ("George Bush", "US")));
        assert!(!same(("Abdullah II", "JO"), ("Abdullah Abdullah", "AF")));
        assert!(!same(("Rice", "US"), ("Rice", "GB")));
        assert!(!same(("Li Qiang", "CN"), ("Li Keqiang", "CN")));
        assert!(!same(("George H. W. Bush", "US"), ("George W. Bush", "US")));
        assert!(!same(("Elena Garcia", "ES"), ("Alana Garcia", "ES")));
        assert!(!same(("Wang Yi", "CN"), ("Wang Yi", "KR")));
        assert!(!same(("Salman", "SA"), ("Salman Rushdie", "SA")));
        assert!(same(("Xi", "CN"), ("Xi Jinping", "CN")));
        assert!(same(("King Abdullah", "JO"), ("Abdullah II", "JO")));
        assert!(same(("Abe Shinzo", "JP"), ("Shinzo Abe", "JP")));
        assert!(same(("Abdel Fattah el-Sisi", "EG"), ("Abdelfattah Elsisi", "EG")));
        assert!(same(("Muammar Gaddafi", "LY"), ("Moammar Kadhafi", "LY")));
        assert!(same(("Joseph R. Biden, Jr.", "US"), ("Joseph Biden", "US")));
    }

    #[test]
    fn an_office_of_a_country_is_whoever_holds_it_then() {
        let blinken = Official { title: Some("Secretary of State".into()), ..official("Antony Blinken", "US") };
        let austin = Official { title: Some("Secretary of Defense".into()), ..official("Lloyd Austin", "US") };
        let (then, later): (Edtf, Edtf) = ("2023-11-05".parse().expect("a day"), "2026-01-05".parse().expect("a day"));
        for name in ["US Secretary of State", "the US secretary of state"] {
            let office = official(name, "");
            let at = |o: &Official, day: &Edtf| {
                let who = Acquaintance { official: &office, published: Some(&then) };
                same_person(who, Acquaintance { official: o, published: Some(day) })
            };
            assert_eq!(at(&blinken, &then), Some(false), "{name}");
            assert_eq!(at(&blinken, &later), None, "{name}");
            assert_eq!(at(&austin, &then), None, "{name}");
        }
    }
}
