//! Marks that need no tree: an article's text becomes tagged sentences with names and times in them, and those that may
//! tell of something are parsed with these marks as single words.
//!
//! It puts tagger, names, times and parser in their order; what a name or a time looks like it leaves to their rooms.

use super::gate;
use super::lexicon::Lexicon;
use super::names::{self, Kind, Kinds, PersonMention};
use super::scene::{self, View};
use super::times::{self, TimeMention};
use super::toponyms;
use crate::gazetteer::{Entry, Gazetteer};
use crate::itinerary::CountryCode;
use crate::language::{self, Analysis, Token, Unit};
use chrono::NaiveDate;

/// The sentences of an article, with what was found in them before and for their parsing.
pub struct Marked {
    pub analysis: Analysis,
    pub kinds: Vec<Kinds>,
    /// For each sentence, like the times.
    pub people: Vec<Vec<PersonMention>>,
    pub times: Vec<Vec<TimeMention>>,
}

impl Marked {
    /// Tags, marks and parses a text whose datelines are blanked.
    pub fn of(text: &str, original: &str, gazetteer: &Gazetteer, published: Option<NaiveDate>) -> Marked {
        let lexicon = Lexicon::embedded();
        let mut analysis = language::tag(text);
        let mut kinds: Vec<Kinds> =
            analysis.sentences.iter().map(|s| names::kinds(&s.tokens, lexicon, gazetteer)).collect();
        names::retag_offices(&mut analysis, &kinds);
        let people: Vec<Vec<PersonMention>> =
            analysis.sentences.iter().zip(&kinds).map(|(s, k)| names::find(&s.tokens, original, k, lexicon)).collect();
        let sentences: Vec<&[Token]> = analysis.sentences.iter().map(|s| s.tokens.as_slice()).collect();
        names::surnames_before_towns(&sentences, &mut kinds, &people, lexicon, gazetteer);
        let (people, times) = people_and_times(&analysis, &kinds, original, lexicon, published);
        names::retag(&mut analysis, &people, lexicon);
        let mut marked = Marked { analysis, kinds, people, times };
        let units: Vec<Option<Vec<Unit>>> = (0..marked.people.len()).map(|i| marked.units(i, lexicon)).collect();
        marked.analysis.parse(|i| units[i].clone());
        marked
    }

    /// What the parser reads as single words of a sentence; none where the sentence needs no tree.
    fn units(&self, i: usize, lexicon: &Lexicon) -> Option<Vec<Unit>> {
        let (tokens, kinds, people) = (&self.analysis.sentences[i].tokens, &self.kinds[i], &self.people[i]);
        let dates: Vec<_> = self.times[i].iter().map(|t| t.tokens.clone()).collect();
        gate::may_tell(tokens, kinds, people, lexicon).then(|| names::units(tokens, people, kinds, &dates))
    }

    /// The sentences as views with their people, times, and nouns of travel and meeting.
    pub fn views(&self, lexicon: &Lexicon) -> Vec<View<'_>> {
        let mut views = scene::views(&self.analysis);
        for ((view, people), times) in views.iter_mut().zip(&self.people).zip(&self.times) {
            (view.people, view.times) = (people.clone(), times.clone());
            let event = |t: &Token| t.xpos.starts_with("NN") && lexicon.is_travel_or_meeting_noun(&t.key);
            view.events = (0..view.tokens().len()).filter(|i| event(&view.tokens()[*i])).collect();
        }
        views
    }
}

/// People and times of each sentence, which are found without its tree.
fn people_and_times(
    analysis: &Analysis,
    kinds: &[Kinds],
    text: &str,
    lexicon: &Lexicon,
    published: Option<NaiveDate>,
) -> (Vec<Vec<PersonMention>>, Vec<Vec<TimeMention>>) {
    let mut views = scene::views(analysis);
    for (view, kinds) in views.iter_mut().zip(kinds) {
        view.people = names::find(view.tokens(), text, kinds, lexicon);
    }
    times::mark(&mut views, published);
    views.into_iter().map(|v| (v.people, v.times)).unzip()
}

/// Marks the places of all sentences; a city of several namesakes is taken in a country that the article names.
pub fn mark_places(
    views: &mut [View<'_>],
    kinds: &[Kinds],
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
    text: &str,
    published: Option<NaiveDate>,
) {
    // Each name once, however many words it has.
    let units = |k: &'_ Kinds| (0..k.of.len()).filter(|i| k.unit[*i].start == *i).collect::<Vec<_>>();
    let named: Vec<&CountryCode> = kinds
        .iter()
        .flat_map(|k| units(k).into_iter().map(|i| &k.of[i]))
        .filter_map(|k| match k {
            Kind::Demonym(c) | Kind::Place(Some(c)) | Kind::Organisation(Some(c)) => Some(c),
            _ => None,
        })
        .collect();
    let hint = |e: &Entry| named.iter().filter(|c| c.as_str() == e.country).count() > 1;
    for (view, kinds) in views.iter_mut().zip(kinds) {
        view.places = toponyms::find(view, kinds, gazetteer, lexicon, text, &hint);
        toponyms::as_of(&mut view.places, published);
    }
}
