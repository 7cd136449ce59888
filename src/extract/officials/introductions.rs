//! Names: the first mention of a person makes an official, and later ones of the same name are that person's.
//!
//! Compares names and offices; what a word is by itself was found in [`crate::extract::names`].

use super::Official;
use crate::extract::classes::{Class, Classes};
use crate::extract::clause;
use crate::extract::lexicon::{Gender, Lexicon, OfficeClass};
use crate::extract::names::{Kind, Kinds, PersonMention, Title};
use crate::extract::scene::View;

/// First pass: names with a title, or of two words and more, make officials.
pub fn introduce(views: &mut [View<'_>], text: &str, lexicon: &Lexicon, officials: &mut Vec<Official>) {
    for view in views.iter_mut() {
        let mut settled = Vec::with_capacity(view.people.len());
        for mention in &view.people {
            let name = name_words(view, mention);
            let named = mention.title.is_some() || (name.len() > 1 && lexicon.is_given_name(&name[0]));
            let known = find(officials, &name, lexicon, mention.title.as_ref());
            settled.push(match known {
                Some(i) => {
                    learn(&mut officials[i], view, mention, &name, text);
                    Some(i)
                }
                None if named && is_surname_like(&name) => {
                    officials.push(Official::default());
                    let i = officials.len() - 1;
                    learn(&mut officials[i], view, mention, &name, text);
                    Some(i)
                }
                None => None,
            });
        }
        for (mention, official) in view.people.iter_mut().zip(settled) {
            mention.official = official;
        }
    }
}

/// Whether a name ends in more than a letter: "John F." is nobody yet.
fn is_surname_like(name: &[String]) -> bool {
    name.last().is_some_and(|n| n.chars().filter(|c| c.is_alphabetic()).count() > 1)
}

/// Second pass: bare surnames that stand before their introduction (a headline, say); what is still nobody is dropped.
pub fn attach_bare_names(views: &mut [View<'_>], text: &str, lexicon: &Lexicon, officials: &mut [Official]) {
    for view in views.iter_mut() {
        let mut mentions = std::mem::take(&mut view.people);
        for mention in mentions.iter_mut().filter(|m| m.official.is_none()) {
            let name = name_words(view, mention);
            if let Some(i) = find(officials, &name, lexicon, mention.title.as_ref()) {
                learn(&mut officials[i], view, mention, &name, text);
                mention.official = Some(i);
            }
        }
        mentions.retain(|m| m.official.is_some());
        view.people = mentions;
    }
}

/// "British officials, including Prime Minister Harrow": those named of a group serve the state that it serves.
pub fn of_their_group(views: &[View<'_>], kinds: &[Kinds], lexicon: &Lexicon, officials: &mut [Official]) {
    for (view, kinds) in views.iter().zip(kinds) {
        for i in (2..view.tokens().len()).filter(|i| view.lower(*i) == "including") {
            let group = i - 1 - usize::from(view.lower(i - 1) == ",");
            let state = group.checked_sub(1).and_then(|d| match &kinds.of[d] {
                Kind::Demonym(c) => Some(c.clone()),
                _ => None,
            });
            let Some(state) = state.filter(|_| lexicon.groups.contains(view.lemma(group))) else { continue };
            let Some(first) = view.people.iter().find(|p| p.tokens.start == i + 1) else { continue };
            for official in clause::people_of(view, first.tokens.start) {
                if let Some(title) = officials[official].titles.first_mut().filter(|t| t.country.is_none()) {
                    title.country = Some(state.clone());
                }
            }
        }
    }
}

/// The words of a mention's name, without commas.
fn name_words(view: &View<'_>, mention: &PersonMention) -> Vec<String> {
    view.tokens()[mention.name.clone()].iter().map(|t| t.form.clone()).filter(|f| f != ",").collect()
}

/// Adds to an official what a mention says: a fuller name, another form of it, a title.
fn learn(official: &mut Official, view: &View<'_>, mention: &PersonMention, name: &[String], text: &str) {
    official.mentions += 1;
    if name.len() > official.name.len() {
        official.name = name.to_vec();
    }
    let form = view.span(&mention.name).of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if !official.forms.contains(&form) {
        official.forms.push(form);
    }
    if let Some(title) = &mention.title {
        official.gender = official.gender.or_else(|| gender_of(view, mention));
        if !official.titles.contains(title) {
            official.titles.push(title.clone());
        }
    }
}

/// "Mrs. Hale", "King Harald": the gender that a title tells.
fn gender_of(view: &View<'_>, mention: &PersonMention) -> Option<Gender> {
    (mention.tokens.start..mention.name.start).find_map(|i| {
        let his = view.reads(i, Class::HisTitle).then_some(Gender::He);
        his.or_else(|| view.reads(i, Class::HerTitle).then_some(Gender::She))
    })
}

/// The official that a name belongs to: the same surname without another given name, or a part of a known name.
pub fn find(officials: &[Official], name: &[String], lexicon: &Lexicon, title: Option<&Title>) -> Option<usize> {
    let name = core(name, lexicon);
    let fits = |o: &Official| {
        let known = core(&o.name, lexicon);
        // "Zeca" for Jose Carlos Zeca da Costa
        let inner = || {
            matches!(&name[..], [single] if known.len() > 2 && known.contains(single) && single.len() > 3
                && (!lexicon.is_given_name(single) || known.iter().position(|k| k == single).is_some_and(|at| at > 1)))
        };
        let clash = title.zip(o.country_named()).is_some_and(|(t, c)| t.country.as_ref().is_some_and(|d| *d != c));
        !clash && (same_name(&known, &name) || inner())
    };
    // "President Hale" is the one of that name who is called president.
    let by_office = |o: &Official| title.is_some_and(|t| t.class != OfficeClass::Address && o.holds(&t.office));
    let chosen = officials.iter().rposition(|o| by_office(o) && fits(o));
    let bare = || {
        let of_name = officials.iter().enumerate().filter(|(_, o)| name.len() == 1 && fits(o));
        of_name.rev().max_by_key(|(_, o)| o.mentions).map(|(i, _)| i)
    };
    chosen.or_else(bare).or_else(|| officials.iter().rposition(fits))
}

/// Whether two names can be one person's: the same surname and a given name or initial that agrees, or one a part of the
/// other.
pub fn same_name(known: &[String], name: &[String]) -> bool {
    match name {
        [] => false,
        [single] => known.last() == Some(single) || known.first() == Some(single),
        _ if known.len() == 1 => name.last() == known.first() || name.first() == known.first(),
        _ => {
            let (a, b) = (&known[..known.len() - 1], &name[..name.len() - 1]);
            let given = a.iter().any(|x| {
                b.iter().any(|y| x == y || (x.chars().next() == y.chars().next() && (x.len() == 1 || y.len() == 1)))
            });
            (known.last() == name.last() && given)
                || name.iter().all(|w| known.contains(w))
                || known.iter().all(|w| name.contains(w))
        }
    }
}

/// The words of a name that identify it: lower case, without particles, article prefixes ("al-"), suffixes and dots.
pub fn core(name: &[String], lexicon: &Lexicon) -> Vec<String> {
    let clean = |w: &String| {
        let lower = w.to_lowercase().replace(['’', '.'], "'");
        let lower = lower.trim_matches('\'').to_string();
        match lower.split_once('-') {
            Some((prefix, rest)) if Classes::embedded().has(prefix, Class::NamePrefix) => rest.to_string(),
            _ => lower,
        }
    };
    let all: Vec<String> = name.iter().map(clean).filter(|w| !w.is_empty()).collect();
    let suffix = |w: &String| Classes::embedded().has(w, Class::Generation);
    let kept: Vec<String> = all.iter().filter(|w| !lexicon.particles.contains(*w) && !suffix(w)).cloned().collect();
    if kept.is_empty() { all } else { kept }
}

/// "Germany's Anna Vogt": whom somebody serves of whom nothing else says it.
pub(super) fn by_possessive(views: &[View<'_>], kinds: &[Kinds], officials: &mut [Official]) {
    for (view, kinds) in views.iter().zip(kinds) {
        for person in view.people.iter().filter(|p| p.name.len() > 1 && p.tokens.start > 1) {
            let Some(official) = person.official.map(|o| &mut officials[o]).filter(|o| o.country.is_none()) else {
                continue;
            };
            let owned = matches!(view.lower(person.tokens.start - 1), "'s" | "’s");
            if let Kind::Place(Some(country)) = &kinds.of[person.tokens.start - 2]
                && owned
            {
                official.country = Some(country.clone());
                official.country_stated = true;
            }
        }
    }
}
