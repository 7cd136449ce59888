//! Places that no name in the sentence says: "here", a gathering's place, a host's home, the embassy in the place told of
//! last.
//!
//! It turns what is known of the article into a [`PlaceMention`], as if the sentence had named it.

use super::Reader;
use crate::extract::dateline::{self, Dateline};
use crate::extract::occasions;
use crate::extract::scene::View;
use crate::extract::toponyms::{self, PlaceMention};
use crate::itinerary::DraftPlace;
use crate::language::Upos;

/// A place that the token at `i` stands for, governed by a preposition or by none.
fn standing_at(i: usize, place: DraftPlace, preposition: Option<&str>) -> PlaceMention {
    PlaceMention {
        tokens: i..i + 1,
        head: i,
        place,
        preposition: preposition.map(str::to_string),
        preposition_at: None,
        list: None,
        site: None,
        qualifies: false,
    }
}

impl Reader<'_> {
    /// Where the occasion is held that the gathering at noun `n` means, as a place governed by "at".
    pub(in crate::extract) fn occasion_at(&self, view: &View<'_>, n: usize) -> Option<(usize, PlaceMention)> {
        if !occasions::is_gathering(view, n, self.lexicon) {
            return None;
        }
        let (index, occasion) = occasions::meant(&self.occasions, view, n)?;
        Some((index, self.at_place(occasion.place.clone(), n)))
    }

    /// A place that the token `n` stands for, as if it were governed by "at".
    pub(in crate::extract) fn at_place(&self, place: DraftPlace, n: usize) -> PlaceMention {
        standing_at(n, place, Some("at"))
    }

    /// "here" in the clause of `e`: the place of the dateline.
    pub(in crate::extract) fn here(&self, view: &View<'_>, e: usize) -> Option<PlaceMention> {
        let dateline = dateline::of(&self.datelines, view)?;
        let clause = view.clause_head(e);
        let at = (0..view.tokens().len()).find(|i| {
            view.lower(*i) == "here"
                && view.tokens()[*i].upos == Upos::Adv
                && (view.clause_head(*i) == clause || view.under(*i, e))
        })?;
        Some(self.at_dateline(dateline, at))
    }

    /// The place of a dateline, as if the token named it after "in".
    fn at_dateline(&self, dateline: &Dateline, token: usize) -> PlaceMention {
        standing_at(token, dateline.place.clone(), Some("in"))
    }

    /// Where the article is told from, for a guest mentioned at token `t`.
    pub(in crate::extract) fn scene_of(&self, view: &View<'_>, t: usize) -> Option<PlaceMention> {
        let dateline = dateline::of(&self.datelines, view)?;
        let here = (0..view.tokens().len()).find(|i| view.lower(*i) == "here").unwrap_or(t);
        Some(self.at_dateline(dateline, here))
    }

    /// The country of a host, as the place of the event at `e`.
    pub(in crate::extract) fn home_of(&self, official: usize, e: usize) -> Option<PlaceMention> {
        let country = self.officials[official].country.as_ref()?;
        let entry = self.gazetteer.country(country.as_str())?;
        Some(standing_at(e, toponyms::place_of(&entry, None), None))
    }

    /// Gives sites without an address the place that was told of last; where there is none, they are left out.
    pub(in crate::extract) fn located(&self, mut places: Vec<PlaceMention>) -> Vec<PlaceMention> {
        for mention in places.iter_mut().filter(|m| m.site.is_some()) {
            if let (Some(site), Some(place)) = (mention.site.as_mut(), &self.told.place) {
                site.country = place.country.clone();
                mention.place = place.clone();
            }
        }
        places.retain(|m| m.site.as_ref().is_none_or(|s| s.country.is_some()));
        places
    }
}
