//! Who is the same across documents, by names, what they serve, and when. Two officials of one document are two people.

use super::offices::single_office;
use super::{Shared, spelling};
use crate::itinerary::{CountryCode, Edtf, Itinerary, Official, OfficialId};
use chrono::Datelike;
use std::collections::{BTreeSet, HashMap, HashSet};

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
        let days =
            a.published.zip(b.published).and_then(|(a, b)| Some((a.earliest()? - b.earliest()?).num_days().abs()));
        return (same && days.is_none_or(|d| d <= HALF_A_YEAR)).then_some(false);
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
            let known = known && !title_against(a.official, b.official);
            // A surname alone is nobody in particular: what it serves must be known, and be the same.
            (known && bears(long, &short[0], a.official.country.as_ref())).then_some(false)
        }
        _ => names_go_together(short, long).then_some(false),
    }
}

/// Days within which an office without a name is that of whoever holds it.
const HALF_A_YEAR: i64 = 183;
/// Years within which a country has one holder of an office.
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
    let like = |a: &str, b: &str| {
        spelling::alike(a, b) || spelling::nearly(a, b) || initial(a, b) || initial(b, a) || spelling::familiar(a, b)
    };
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
    members: Vec<Member<'a>>,
}

/// An official of an article.
#[derive(Clone)]
struct Member<'a> {
    article: usize,
    who: Acquaintance<'a>,
    words: Vec<String>,
    /// Countries in which the article has them.
    seen: BTreeSet<&'a CountryCode>,
}

/// Days between publications within which a surname alone, seen in the same country, is the same person.
const DAYS_OF_CONTEXT: i64 = 60;

/// Where an article has an official: on visits and at meetings.
fn seen<'a>(document: &'a Itinerary, official: &Official) -> BTreeSet<&'a CountryCode> {
    let travels = document.visits.iter().filter(|v| v.traveller == official.id);
    let meets = document.meetings.iter().filter(|m| m.participants.contains(&official.id));
    travels.filter_map(|v| v.country.as_ref()).chain(meets.filter_map(|m| m.country.as_ref())).collect()
}

/// Whether somebody told by surname alone, of no known country, or by an office alone is this person: seen in the same country at that
/// time.
fn by_context(who: &Member<'_>, other: &Member<'_>) -> bool {
    let day = |m: &Member<'_>| m.who.published.and_then(Edtf::earliest);
    let near = day(who).zip(day(other)).is_some_and(|(a, b)| (a - b).num_days().abs() <= DAYS_OF_CONTEXT);
    let together = near && who.seen.intersection(&other.seen).next().is_some();
    if single_office(&who.who.official.name).is_some() {
        return together && by_office(who.who.official, other.who.official) == Some(true);
    }
    let [surname] = &who.words[..] else { return false };
    together
        && who.who.official.country.is_none()
        && bears(&other.words, surname, other.who.official.country.as_ref())
        && !title_against(who.who.official, other.who.official)
}

/// Whether the title of the one is no part of the other's ("Secretary" is one of "Secretary of State").
fn title_against(a: &Official, b: &Official) -> bool {
    let words = |o: &Official| o.title.as_deref().map(str::to_lowercase).unwrap_or_default();
    let (x, y) = (words(a), words(b));
    let inside = |x: &str, y: &str| x.split_whitespace().all(|w| y.split_whitespace().any(|v| v == w));
    !x.is_empty() && !y.is_empty() && !inside(&x, &y) && !inside(&y, &x)
}

impl Register {
    /// Fuller names first, so that a surname alone meets everybody whom it could mean; where it could mean two, it is nobody of them.
    pub fn new(documents: &[Itinerary]) -> Register {
        let mut all: Vec<(usize, Member<'_>)> = Vec::new();
        for (article, document) in documents.iter().enumerate() {
            for (index, official) in document.officials.iter().enumerate() {
                let who = Acquaintance { official, published: document.article.published.as_ref() };
                let words = spelling::words(&official.name);
                all.push((index, Member { article, who, words, seen: seen(document, official) }));
            }
        }
        all.sort_by(|(i, a), (j, b)| {
            // An office is no name: its holder is looked for among all others.
            let office = |m: &Member<'_>| single_office(&m.who.official.name).is_some();
            let fuller = office(a).cmp(&office(b)).then_with(|| b.words.len().cmp(&a.words.len()));
            let fuller = fuller.then_with(|| a.words.cmp(&b.words));
            fuller.then_with(|| (a.article, i).cmp(&(b.article, j)))
        });
        let mut people: Vec<Person<'_>> = Vec::new();
        let mut by_sound: HashMap<String, Vec<usize>> = HashMap::new();
        let mut person = HashMap::new();
        for (index, member) in &all {
            let mut sounds: HashSet<String> = member.words.iter().flat_map(|w| keys(w)).collect();
            sounds.extend(office_key(member.who.official));
            let mut near: Vec<usize> = sounds.iter().filter_map(|s| by_sound.get(s)).flatten().copied().collect();
            near.sort_unstable();
            near.dedup();
            near.retain(|p| people[*p].members.iter().all(|other| other.article != member.article));
            let found = chosen(&people, &near, member).unwrap_or_else(|| {
                people.push(Person { members: Vec::new() });
                people.len() - 1
            });
            people[found].members.push(member.clone());
            sounds.into_iter().for_each(|s| by_sound.entry(s).or_default().push(found));
            person.insert((member.article, *index), found);
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

/// The one person of some whom somebody can be: one of the same full name, else the only one that fits, else the only one that was
/// where they were.
fn chosen(people: &[Person<'_>], near: &[usize], member: &Member<'_>) -> Option<usize> {
    let who = member.who;
    let fits = |p: &usize| {
        let found: Option<Vec<bool>> = people[*p].members.iter().map(|other| same_person(who, other.who)).collect();
        // One of the same full name is enough; of others, nobody may speak against it.
        let exact = people[*p].members.iter().any(|other| same_person(who, other.who) == Some(true));
        if exact { Some(true) } else { found.map(|_| false) }
    };
    let fitting: Vec<(usize, bool)> = near.iter().filter_map(|p| Some((*p, fits(p)?))).collect();
    if let Some((exact, _)) = fitting.iter().find(|(_, exact)| *exact) {
        return Some(*exact);
    }
    if let [(only, _)] = fitting[..] {
        return Some(only);
    }
    let members = |p: usize| people[p].members.iter();
    // Of several who fit, the one with the same title, else the one who was there too.
    let titled =
        only(fitting.iter().map(|(p, _)| *p).filter(|p| members(*p).any(|m| same_title(who.official, m.who.official))));
    let candidates: Vec<usize> =
        if fitting.is_empty() { near.to_vec() } else { fitting.iter().map(|(p, _)| *p).collect() };
    titled.or_else(|| only(candidates.into_iter().filter(|p| members(*p).any(|m| by_context(member, m)))))
}

/// The one of some; none where there are several.
fn only(mut some: impl Iterator<Item = usize>) -> Option<usize> {
    some.next().filter(|_| some.next().is_none())
}

/// Adds what another article says of a person: the fuller name, what is not known yet, other names, mentions.
fn join(own: &mut Official, other: &Official) {
    // An office is no name.
    let rank =
        |o: &Official| (single_office(&o.name).is_none(), spelling::words(&o.name).len(), o.name.chars().count());
    let rank = |o: &Official| (rank(o), std::cmp::Reverse(o.name.clone()));
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
        assert!(same(("Antony J. Blinken", "US"), ("Tony Blinken", "US")));
        assert!(same(("Joe Biden", ""), ("Joseph Biden", "US")));
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
