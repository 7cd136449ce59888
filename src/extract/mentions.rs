//! What reading has marked in a text: people, places and dates, whether a visit came of them or not.
//!
//! For those who check a reading: it takes the first steps of [`super::read`] and tells nothing that these have not marked.

use super::dateline::{self, Dateline};
use super::marks::Marked;
use super::officials;
use super::scene::View;
use crate::Span;
use crate::article::Article;
use crate::gazetteer::Gazetteer;
use crate::itinerary::CountryCode;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::ops::Range;

/// Words that reading has taken for somebody, some place or some time.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub span: Span,
    pub kind: MentionKind,
}

/// What a mention was taken for.
#[derive(Clone, Debug, PartialEq)]
pub enum MentionKind {
    /// A person by name or office ("the premier"), with all forms of the name in the article; pronouns are left out.
    Person {
        names: Vec<String>,
    },
    /// A place by its name, or by a word that stands for it ("the Iraqi capital").
    Place {
        name: String,
        country: Option<CountryCode>,
    },
    Date,
}

/// The mentions of an article in reading order, none of which overlap: a person goes before a date, and that before a place.
pub fn mentions(article: &Article, gazetteer: &Gazetteer, published: Option<NaiveDate>) -> Vec<Mention> {
    let text = article.text.as_str();
    let datelines = dateline::find(text, gazetteer);
    let marked = Marked::of(&dateline::blanked(text, &datelines), text, gazetteer, published);
    let (views, officials) = super::settled(&marked, article, gazetteer, published);
    let mut found: Vec<Mention> = datelines.iter().map(|d| filed(d, text)).collect();
    for view in &views {
        found.extend(people(view, &officials));
        found.extend(view.times.iter().map(|t| mention(view, &t.tokens, MentionKind::Date)));
        found.extend(view.places.iter().map(|p| {
            let kind = MentionKind::Place { name: p.place.name.clone(), country: p.place.country.clone() };
            mention(view, &p.tokens, kind)
        }));
    }
    apart(found)
}

fn mention(view: &View<'_>, tokens: &Range<usize>, kind: MentionKind) -> Mention {
    Mention { span: view.span(tokens), kind }
}

/// The place of a dateline; the day in it stays unmarked.
fn filed(dateline: &Dateline, text: &str) -> Mention {
    let words = dateline.span.of(text);
    let city = words.find([',', '(']).unwrap_or(words.len());
    let end = dateline.span.start + words[..city].trim_end().len();
    let place = &dateline.place;
    let kind = MentionKind::Place { name: place.name.clone(), country: place.country.clone() };
    Mention { span: Span::new(dateline.span.start, end), kind }
}

fn people<'a>(view: &'a View<'_>, officials: &'a [officials::Official]) -> impl Iterator<Item = Mention> + 'a {
    let pronoun = |t: &Range<usize>| t.clone().all(|i| view.get(i).is_some_and(|t| t.xpos.starts_with("PRP")));
    view.people.iter().filter(move |p| !p.name.is_empty() || !pronoun(&p.tokens)).map(|p| {
        let official = p.official.and_then(|o| officials.get(o));
        let names = official.map(|o| o.forms.iter().cloned().chain([o.name.join(" ")]).collect()).unwrap_or_default();
        let tokens = if p.name.is_empty() { &p.tokens } else { &p.name };
        mention(view, tokens, MentionKind::Person { names })
    })
}

/// Without mentions that overlap one that was marked with better reason.
fn apart(mut found: Vec<Mention>) -> Vec<Mention> {
    let rank = |k: &MentionKind| match k {
        MentionKind::Person { .. } => 0,
        MentionKind::Date => 1,
        MentionKind::Place { .. } => 2,
    };
    found.retain(|m| !m.span.is_empty());
    found.sort_by_key(|m| (rank(&m.kind), m.span));
    let mut kept: BTreeMap<usize, Mention> = BTreeMap::new();
    for m in found {
        let before = kept.range(..m.span.end).next_back();
        if before.is_none_or(|(_, k)| k.span.end <= m.span.start) {
            kept.insert(m.span.start, m);
        }
    }
    kept.into_values().collect()
}
