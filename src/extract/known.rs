//! Office holders that everybody knows: whom an article means by a name alone, without a title.
//!
//! Reads `data/officials/known.tsv` (made from the registers of the U.S. Department of State). It only fills in what an
//! article leaves out; reading works without it.

use super::lexicon::{Lexicon, OfficeClass};
use super::names::Title;
use super::officials::{Official, core, find, same_name};
use super::scene::View;
use crate::itinerary::CountryCode;
use std::sync::OnceLock;

/// One holder of an office.
struct Known {
    name: Vec<String>,
    /// What of the name is compared.
    core: Vec<String>,
    title: &'static str,
    country: &'static str,
    years: std::ops::RangeInclusive<i32>,
}

/// The embedded table.
fn table() -> &'static [Known] {
    static TABLE: OnceLock<Vec<Known>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = include_str!("../../data/officials/known.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
        rows.filter_map(|row| match row.split('\t').collect::<Vec<_>>()[..] {
            [name, title, country, from, to] => {
                let name: Vec<String> = name.split(' ').map(str::to_string).collect();
                let years = from.parse().ok()?..=to.parse().ok()?;
                Some(Known { core: core(&name, Lexicon::embedded()), name, title, country, years })
            }
            _ => None,
        })
        .collect()
    })
}

/// Adds the known officials whom bare names of the article mean, and the offices of those whom it names without one.
pub fn introduce(views: &[View<'_>], lexicon: &Lexicon, year: Option<i32>, officials: &mut Vec<Official>) {
    let Some(year) = year else { return };
    let then: Vec<&Known> = table().iter().filter(|k| k.years.contains(&year)).collect();
    for official in officials.iter_mut().filter(|o| o.titles.is_empty()) {
        if let Some(known) = meant(&then, &core(&official.name, lexicon)) {
            official.titles.push(title_of(known));
        }
    }
    let bare = views.iter().flat_map(|v| v.people.iter().map(move |p| (v, p))).filter(|(_, p)| p.official.is_none());
    for (view, mention) in bare {
        let name: Vec<String> = view.tokens()[mention.name.clone()].iter().map(|t| t.form.clone()).collect();
        if find(officials, &name, lexicon, None).is_some() {
            continue;
        }
        if let Some(known) = meant(&then, &core(&name, lexicon)) {
            officials.push(Official::of(known.name.clone(), title_of(known)));
        }
    }
}

/// Says whom those serve whose office the article gives without a country ("Prime Minister Yasuhiro Nakasone").
pub fn fill_countries(lexicon: &Lexicon, year: Option<i32>, officials: &mut [Official]) {
    let Some(year) = year else { return };
    let then: Vec<&Known> = table().iter().filter(|k| k.years.contains(&year)).collect();
    let open = |o: &&mut Official| !o.titles.is_empty() && o.titles.iter().all(|t| t.country.is_none());
    for official in officials.iter_mut().filter(open) {
        let Some(known) = meant(&then, &core(&official.name, lexicon)) else { continue };
        let office = known.title.to_lowercase();
        if official.titles.iter().any(|t| t.class == OfficeClass::Office && office.ends_with(&t.office)) {
            official.titles.push(title_of(known));
        }
    }
}

/// Adds the president of the state that the publisher speaks for, where the article has "the President" and nobody of
/// that office.
pub fn introduce_head(views: &[View<'_>], home: &CountryCode, year: Option<i32>, officials: &mut Vec<Official>) {
    let Some(year) = year else { return };
    let held = officials
        .iter()
        .any(|o| o.titles.iter().any(|t| t.office == "president" && t.country.as_ref().is_none_or(|c| c == home)));
    let spoken_of = views.iter().any(|v| {
        (1..v.tokens().len())
            .any(|i| v.tokens()[i].form == "President" && v.lower(i - 1) == "the" && v.person_at(i).is_none())
    });
    let head = |k: &&Known| k.title == "President" && k.country == home.as_str() && k.years.contains(&year);
    let mut heads = table().iter().filter(head);
    if let (false, true, Some(known), None) = (held, spoken_of, heads.next(), heads.next()) {
        officials.push(Official::of(known.name.clone(), title_of(known)));
    }
}

/// The one holder that a name fits; none where several do.
fn meant<'k>(then: &[&'k Known], name: &[String]) -> Option<&'k Known> {
    let mut fitting = then.iter().filter(|k| {
        // A single word must be the last name, not a given one.
        same_name(&k.core, name) && (name.len() > 1 || k.core.last() == name.last())
    });
    let first = fitting.next()?;
    fitting.all(|k| k.name == first.name && k.country == first.country).then_some(*first)
}

/// The title that an article would give the holder.
fn title_of(known: &Known) -> Title {
    Title {
        text: known.title.to_string(),
        office: known.title.to_lowercase(),
        class: OfficeClass::Office,
        country: Some(CountryCode(known.country.to_string())),
        visiting: false,
        former: false,
        posted: None,
    }
}
