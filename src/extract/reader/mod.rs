//! The reader: what is settled of the whole article, and what has been told so far, for the reading of the next sentence.
//!
//! It answers the questions that [`super::visits`] and [`super::meetings`] share: who "they" are ([`memory`]), where "here"
//! is ([`places`]), and who is at home where. It reads no sentence for what happens in it.

mod memory;
mod places;

use super::dateline::Dateline;
use super::delegation::Delegation;
use super::lexicon::Lexicon;
use super::names::{Kind, Kinds};
use super::occasions::Occasion;
use super::officials::Official;
use crate::gazetteer::Gazetteer;
use crate::itinerary::{CountryCode, DraftPlace};
use chrono::NaiveDate;
use memory::Memory;

/// Everything that the reading of a sentence may ask for.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub lexicon: &'a Lexicon,
    pub gazetteer: &'a Gazetteer,
    pub kinds: &'a [Kinds],
    /// Who is who; whom they serve may still be settled by what is told.
    pub officials: Vec<Official>,
    pub datelines: Vec<Dateline>,
    pub published: Option<NaiveDate>,
    pub delegation: Delegation,
    pub occasions: Vec<Occasion>,
    /// What the sentences before have told.
    pub told: Memory,
}

impl Reader<'_> {
    /// Whether an official serves the state that a place lies in.
    pub fn is_home(&self, official: usize, place: &DraftPlace) -> bool {
        let official = &self.officials[official];
        official.is_official() && official.country.is_some() && official.country == place.country
    }

    /// Whether a place lies outside the country that the official serves, and the person is an official at all.
    pub fn is_abroad(&self, official: usize, place: &DraftPlace) -> bool {
        let official = &self.officials[official];
        official.is_official()
            && !official.is_posted_to(place.country.as_ref())
            && (official.country.is_none() || official.country != place.country)
    }

    /// Whether an official of an international body is at its seat, where only coming or meeting makes a visit.
    pub fn at_seat(&self, official: usize, place: &DraftPlace) -> bool {
        let body = self.officials[official].country.as_ref();
        let seats = body.and_then(|b| self.lexicon.seats.get(b.as_str()));
        seats.zip(place.country.as_ref()).is_some_and(|(seats, country)| seats.contains(country))
    }

    /// Whether it is not said whom an official serves, and the place is where the article was filed: at home there as
    /// likely as not.
    pub fn may_be_home(&self, official: usize, place: &DraftPlace) -> bool {
        let unsaid = self.officials[official].country.is_none();
        unsaid && self.datelines.iter().any(|d| d.place.country == place.country)
    }

    /// Nationality that the token at `i` of a sentence names.
    pub fn nationality(&self, sentence: usize, i: usize) -> Option<CountryCode> {
        match &self.kinds[sentence].of[i] {
            Kind::Demonym(c) | Kind::Place(Some(c)) | Kind::Organisation(Some(c)) => Some(c.clone()),
            _ => None,
        }
    }
}
