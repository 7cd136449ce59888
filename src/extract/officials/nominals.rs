//! Nominals: "the secretary of state", "the Israeli leader" mean the last mentioned holder of such an office.
//!
//! Looks back over the marks of people; it does not use the syntax tree.

use super::Official;
use crate::extract::classes::{Class, Classes};
use crate::extract::lexicon::{Lexicon, OfficeClass};
use crate::extract::names::{Kind, Kinds, PersonMention};
use crate::extract::scene::View;
use crate::itinerary::CountryCode;
use crate::language::Upos;
use std::ops::Range;

/// Marks the nominals of sentence `i`.
pub fn mark(
    views: &mut [View<'_>],
    i: usize,
    kinds: &Kinds,
    lexicon: &Lexicon,
    officials: &[Official],
    home: Option<&CountryCode>,
) {
    let mut found = Vec::new();
    let view = &views[i];
    let mut t = 0;
    while t < view.tokens().len() {
        let unit = kinds.unit[t].clone();
        if matches!(kinds.of[t], Kind::Office(OfficeClass::Office))
            && view.person_at(t).is_none()
            && let Some(nominal) = nominal(view, kinds, &unit, lexicon)
            && let Some(official) = holder(views, view, &nominal, lexicon, officials, home)
        {
            let (tokens, name) = (nominal.start..unit.end, nominal.start..nominal.start);
            found.push(PersonMention { tokens, name, title: None, official: Some(official) });
        }
        t = unit.end.max(t + 1);
    }
    views[i].people.extend(found);
    views[i].people.sort_by_key(|m| m.tokens.start);
}

/// What a nominal says: "the Israeli premier".
struct Nominal {
    start: usize,
    office: String,
    /// The state named with the office, or that the office implies.
    state: Option<CountryCode>,
}

/// The nominal whose office stands in `unit`: a single holder of it, after "the", or with a capital and a nationality.
fn nominal(view: &View<'_>, kinds: &Kinds, unit: &Range<usize>, lexicon: &Lexicon) -> Option<Nominal> {
    let last = view.get(unit.end - 1)?;
    if last.xpos == "NNS" || last.xpos == "NNPS" || view.reads(unit.end - 1, Class::Relation) {
        return None;
    }
    let mut start = unit.start;
    let mut country = None;
    while start > 0 {
        match &kinds.of[start - 1] {
            Kind::Demonym(c) => country = Some(c.clone()),
            Kind::Office(_) => {}
            Kind::Other if view.tokens()[start - 1].upos == Upos::Adj => {}
            _ => break,
        }
        start -= 1;
    }
    let determiner = start.checked_sub(1).map(|d| view.lower(d)).unwrap_or_default();
    // "Norway's top diplomat"
    let owner = start.checked_sub(2).filter(|_| matches!(determiner, "'s" | "’s")).and_then(|o| match &kinds.of[o] {
        Kind::Place(Some(c)) | Kind::Organisation(Some(c)) => Some((kinds.unit[o].start, c.clone())),
        _ => None,
    });
    let owned = owner.is_some();
    if let Some((first, state)) = owner {
        (start, country) = (first, Some(state));
    }
    let headline_like = view.tokens()[unit.start].form.chars().next().is_some_and(char::is_uppercase);
    if determiner != "the" && !owned && !(headline_like && country.is_some()) {
        return None;
    }
    let office = view.tokens()[unit.clone()].iter().map(|t| t.lower.clone()).collect::<Vec<_>>().join(" ");
    let state = country.or_else(|| lexicon.offices.get(&office).and_then(|o| o.country.clone()));
    Some(Nominal { start, office, state })
}

/// Whom a nominal means.
fn holder(
    views: &[View<'_>],
    view: &View<'_>,
    nominal: &Nominal,
    lexicon: &Lexicon,
    officials: &[Official],
    home: Option<&CountryCode>,
) -> Option<usize> {
    let Nominal { start, office, state } = nominal;
    let fits = |o: &Official| {
        let right_country = state.as_ref().is_none_or(|c| o.country.as_ref() == Some(c));
        let generic = state.is_some() && Classes::embedded().has(office, Class::AnyOffice);
        // "the premier" and "the monarch" mean one office each; "the leader" needs a country.
        let plain = !Classes::embedded().has(office, Class::VagueOffice);
        let called = || (state.is_some() || plain) && o.may_be_called(office, lexicon);
        right_country && !o.only_speaks() && (o.holds(office) || generic || called())
    };
    // "The President" of a publisher that speaks for a state is that state's.
    let ours = |o: &Official| home.is_some() && state.is_none() && o.country.as_ref() == home;
    // One whom only the table of known officials names has no mention yet.
    let unnamed = || officials.iter().position(|o| ours(o) && fits(o) && o.forms.is_empty());
    latest(views, view.index, *start, |i| ours(&officials[i]) && fits(&officials[i]))
        .or_else(unnamed)
        .or_else(|| latest(views, view.index, *start, |i| fits(&officials[i])))
}

/// The last mention before token `t` of sentence `s` whose official `fits`, looking back as far as the article's start.
fn latest(views: &[View<'_>], s: usize, t: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
    (0..=s).rev().find_map(|i| {
        let people = &views[i].people;
        people.iter().rev().filter(|m| i < s || m.tokens.end <= t).filter_map(|m| m.official).find(|o| fits(*o))
    })
}
