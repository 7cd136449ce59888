//! Occasions: summits, conferences and ceremonies whose place the article tells, so that whoever attends "the summit" is
//! known to be there.
//!
//! Reads the whole article once before its visits. It finds gatherings and their places; who takes part is the business of
//! [`super::visits`] and [`super::meetings`].

use super::classes::Class;
use super::clause;
use super::dateline::{self, Dateline};
use super::lexicon::Lexicon;
use super::names::capital;
use super::scene::View;
use super::times::TimeMention;
use super::toponyms::PlaceMention;
use crate::itinerary::{DraftPlace, PlaceKind};
use std::collections::HashSet;

/// A gathering with a place.
#[derive(Clone, Debug)]
pub struct Occasion {
    /// Capitalised words of its name, lower case: "apec", "nato".
    names: HashSet<String>,
    pub lemma: String,
    pub place: DraftPlace,
    /// When it is held.
    pub times: Vec<TimeMention>,
    pub sentence: usize,
}

/// All occasions of an article, in reading order.
pub fn find(views: &[View<'_>], lexicon: &Lexicon, datelines: &[Dateline]) -> Vec<Occasion> {
    let mut found = Vec::new();
    for view in views {
        for n in (0..view.tokens().len()).filter(|n| is_gathering(view, *n, lexicon)) {
            let place = place_of(view, n, lexicon, datelines);
            found.extend(place.map(|place| Occasion::at(view, n, place)));
        }
    }
    for occasion in at_dateline(views, lexicon, datelines) {
        if !found.iter().any(|f| f.may_be(&occasion.names, &occasion.lemma)) {
            found.push(occasion);
        }
    }
    found
}

impl Occasion {
    /// The gathering at noun `n`, held in `place`.
    fn at(view: &View<'_>, n: usize, place: DraftPlace) -> Occasion {
        Occasion {
            names: names(view, n),
            lemma: view.lemma(n).to_string(),
            place,
            times: clause::times_of(view, n).into_iter().cloned().collect(),
            sentence: view.index,
        }
    }

    /// Whether a gathering of these names can be this one; without a name it is by its noun.
    fn may_be(&self, names: &HashSet<String>, lemma: &str) -> bool {
        if names.is_empty() || self.names.is_empty() { self.lemma == lemma } else { !names.is_disjoint(&self.names) }
    }
}

/// Sentences from the start in which the article says what it is about.
const LEAD: usize = 4;

/// Summits that the article's first sentences speak of without a place are where the article was filed.
fn at_dateline(views: &[View<'_>], lexicon: &Lexicon, datelines: &[Dateline]) -> Vec<Occasion> {
    let mut found = Vec::new();
    for view in views.iter().take(LEAD) {
        let summit = |n: &usize| is_gathering(view, *n, lexicon) && lexicon.summits.contains(view.lemma(*n));
        for n in (0..view.tokens().len()).filter(summit) {
            let dateline = dateline::of(datelines, view);
            found.extend(dateline.map(|d| Occasion::at(view, n, d.place.clone())));
        }
    }
    found
}

/// The occasion that the gathering at noun `n` is: one of the same name, or for "the summit" the last one told of.
pub fn meant<'o>(occasions: &'o [Occasion], view: &View<'_>, n: usize) -> Option<(usize, &'o Occasion)> {
    let names = names(view, n);
    let fits = |o: &Occasion| o.may_be(&names, view.lemma(n));
    let before = occasions.iter().rposition(|o| o.sentence <= view.index && fits(o));
    // "were present at the opening": that of the gathering told of last.
    let part = view.is(n, Class::GatheringPart) && names.is_empty();
    let definite = n.checked_sub(1).is_some_and(|d| matches!(view.lower(d), "the" | "its"));
    let of_last = || occasions.iter().rposition(|o| o.sentence <= view.index).filter(|_| part && definite);
    let index = before.or_else(|| occasions.iter().position(fits)).or_else(of_last)?;
    Some((index, &occasions[index]))
}

/// The occasion that a word of its name stands for: "on the margins of the G20".
pub fn named(occasions: &[Occasion], word: &str) -> Option<usize> {
    occasions.iter().position(|o| o.names.contains(word) && word.chars().any(|c| c.is_alphabetic()))
}

/// Whether the noun at `n` is a gathering that people attend.
pub fn is_gathering(view: &View<'_>, n: usize, lexicon: &Lexicon) -> bool {
    view.tokens()[n].xpos.starts_with("NN")
        && lexicon.occasions.contains(view.lemma(n))
        && !n.checked_sub(1).is_some_and(|b| view.reads(b, Class::Press))
        && view.person_at(n).is_none_or(|p| p.name.is_empty())
}

/// Capitalised words before the noun, and right after "of": "the APEC summit", "the 26th Conference of the Parties".
fn names(view: &View<'_>, n: usize) -> HashSet<String> {
    let before = (n.saturating_sub(7)..n).rev().take_while(|i| {
        let token = &view.tokens()[*i];
        capital(view.tokens(), *i)
            || matches!(
                token.xpos,
                "JJ" | "NN" | "NNS" | "POS" | "CD" | "HYPH" | "VBG" | "VBN" | "(" | ")" | "-LRB-" | "-RRB-"
            )
            || matches!(token.form.as_str(), "'" | "’" | "of" | "(" | ")")
    });
    let placed = |i: &usize| view.places.iter().any(|p| p.tokens.contains(i) && p.place.kind == PlaceKind::City);
    let of = (view.lower(n + 1) == "of").then(|| {
        let start = n + 2 + usize::from(view.lower(n + 2) == "the");
        (start..view.tokens().len()).take_while(|i| capital(view.tokens(), *i))
    });
    before
        .chain(of.into_iter().flatten())
        .filter(|i| capital(view.tokens(), *i) && !placed(i))
        .filter(|i| !view.reads(*i, Class::GatheringWord))
        .map(|i| view.lower(i))
        .filter(|w| w.len() > 1 && *w != "the")
        .map(str::to_string)
        .collect()
}

/// Where the words around a gathering say that it is held: "the Bali summit", "a summit in Bali", "the summit here".
fn place_of(view: &View<'_>, n: usize, lexicon: &Lexicon, datelines: &[Dateline]) -> Option<DraftPlace> {
    let site = |p: &PlaceMention| p.place.kind != PlaceKind::Region && p.place.country.is_some();
    let premodifier = |p: &&PlaceMention| p.qualifies && p.tokens.end == n && p.place.kind == PlaceKind::City;
    let after = |p: &&PlaceMention| {
        let led = p.preposition.as_deref().is_some_and(|q| matches!(q, "in" | "at")) && !p.qualifies;
        led && p.preposition_at.is_some_and(|at| at > n && reaches(view, n, at, lexicon))
    };
    let here = || {
        let at = (n + 1..view.tokens().len()).find(|i| view.lower(*i) == "here")?;
        reaches(view, n, at, lexicon).then(|| dateline::of(datelines, view).map(|d| d.place.clone())).flatten()
    };
    let place = view.places.iter().filter(|p| site(p)).find(|p| premodifier(p) || after(p));
    place.map(|p| p.place.clone()).or_else(here)
}

/// Whether what stands between a gathering and where it is said to be is only more about it: its name, its day, "to be held".
fn reaches(view: &View<'_>, n: usize, at: usize, lexicon: &Lexicon) -> bool {
    // A person with titles, a date or a place counts as one word.
    let whole = |i: &usize| {
        let inner = |r: &std::ops::Range<usize>| r.start < *i && r.contains(i);
        !(view.people.iter().any(|p| inner(&p.tokens)) || view.times.iter().any(|t| inner(&t.tokens)))
    };
    (n + 1..at).filter(whole).count() <= 14
        && (n + 1..at).all(|i| {
            let token = &view.tokens()[i];
            let timed = view.times.iter().any(|t| t.tokens.contains(&i));
            let of_it = lexicon.holding.contains(view.lemma(i));
            let small = matches!(
                token.xpos,
                "IN" | "," | "CD" | "DT" | "TO" | "MD" | "JJ" | "WDT" | "POS" | "RB" | "(" | ")" | "-LRB-" | "-RRB-"
            );
            let clause = matches!(view.lower(i), "who" | "where" | "when" | "after" | "before" | "because");
            // "the funeral of President Tambo of Kenya"
            let honoured =
                view.person_at(i).is_some_and(|p| p.tokens.start > n && view.lower(p.tokens.start - 1) == "of");
            !clause
                && (timed || of_it || small || honoured || token.xpos.starts_with("NN") && view.person_at(i).is_none())
        })
}
