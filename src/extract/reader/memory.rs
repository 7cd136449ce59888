//! What the sentences before have told: the travellers, the meeting and the place last told of, and whose state is
//! settled by it.
//!
//! It resolves "they", "the delegation" and "both"; names and single pronouns are settled before, in
//! [`crate::extract::officials`].

use super::Reader;
use crate::extract::classes::Class;
use crate::extract::clause;
use crate::extract::delegation::Companion;
use crate::extract::meetings::Encounter;
use crate::extract::scene::View;
use crate::extract::visits::Sighting;
use crate::itinerary::{DraftPlace, Mode};

/// What the sentences before have told.
#[derive(Debug, Default)]
pub(in crate::extract) struct Memory {
    /// Travellers of the latest telling with more than one, for "they" and "the delegation".
    pub group: Vec<usize>,
    /// Traveller of the latest telling.
    pub traveller: Option<usize>,
    /// Participants of the latest meeting, for "the meeting took place".
    pub met: Vec<usize>,
    /// Place of the latest telling, where an embassy without an address lies.
    pub place: Option<DraftPlace>,
}

impl Reader<'_> {
    /// The subjects found, or for "they" and "the delegation" the travellers told of just before.
    pub(in crate::extract) fn group_or(&self, view: &View<'_>, e: usize, subjects: Vec<usize>) -> Vec<usize> {
        // "announced a delegation to attend": its members will.
        let party = e.checked_sub(2).filter(|n| view.lower(e - 1) == "to" && view.is(*n, Class::Party));
        if party.is_some() {
            return self.delegation.members.clone();
        }
        if !subjects.is_empty() {
            return subjects;
        }
        let subject = view.ancestors(e).find_map(|a| {
            view.dependents(a, &["nsubj"])
                .next()
                .or_else(|| view.children(a).iter().copied().find(|c| view.tokens()[*c].deprel == "nmod:poss"))
        });
        subject.map(|s| self.group_called(view, s)).unwrap_or_default()
    }

    /// Whom the word at `s` means: "they", "both", "the pair", "the leaders", "the delegation".
    fn group_called(&self, view: &View<'_>, s: usize) -> Vec<usize> {
        let they = matches!(view.lemma(s), "they" | "their");
        let two = view.lemma(s) == "both" || view.is(s, Class::Pair);
        let party = view.is(s, Class::Party);
        // "Aydin and Wu agreed as they held talks": those named together in the sentence.
        if they || two {
            let named = view.people.iter().rfind(|p| p.tokens.end <= s && !p.name.is_empty());
            let together = named.map(|p| clause::people_of(view, p.tokens.start)).unwrap_or_default();
            if together.len() > 1 {
                return together;
            }
        }
        if they && self.speaks_of_delegation(view) {
            return self.delegation.members.clone();
        }
        if two && self.told.met.len() == 2 {
            return self.told.met.clone();
        }
        if (they || two || view.lemma(s) == "leader") && !self.told.group.is_empty() {
            return self.told.group.clone();
        }
        if party && self.delegation.members.is_empty() {
            return self.told.traveller.into_iter().collect();
        }
        if party || view.lemma(s) == "official" { self.delegation.members.clone() } else { Vec::new() }
    }

    /// Whether the sentence has the word "delegation", and the article a delegation of several.
    fn speaks_of_delegation(&self, view: &View<'_>) -> bool {
        self.delegation.members.len() > 1 && (0..view.tokens().len()).any(|i| view.is(i, Class::Party))
    }

    /// Whom a traveller meets abroad, and whose country the article does not say, is at home there.
    pub(in crate::extract) fn settle_hosts(&mut self, met: &[Encounter]) {
        for m in met.iter().filter(|m| m.mode == Mode::InPerson && m.participants.len() > 1) {
            let Some(country) = m.place.as_ref().and_then(|p| p.country.clone()) else { continue };
            let visitor = &self.officials[m.participants[0]];
            if visitor.country.is_none() || visitor.country.as_ref() == Some(&country) {
                continue;
            }
            let fellows = &self.delegation.members;
            for p in m.participants[1..].iter().filter(|p| !fellows.contains(p)) {
                let host = &mut self.officials[*p];
                if !host.country_stated && !host.only_speaks() {
                    host.country = Some(country.clone());
                    host.country_stated = true;
                }
            }
        }
    }

    /// Members of a state's delegation serve that state where the article does not say otherwise.
    pub(in crate::extract) fn settle_delegates(&mut self) {
        for (member, state) in &self.delegation.sent_by {
            let official = &mut self.officials[*member];
            if official.country.is_none() {
                official.country = Some(state.clone());
                official.country_stated = true;
            }
        }
    }

    /// Keeps what a sentence has told for the ones that follow.
    pub(in crate::extract) fn remember(&mut self, seen: &[Sighting], met: &[Encounter]) {
        let last_met = met.iter().rfind(|m| m.participants.len() > 1).map(|m| &m.participants);
        let people = self.told_of(seen, met);
        let told = &mut self.told;
        let traveller = seen.first().map(|s| s.traveller);
        told.traveller = traveller.or(met.first().and_then(|m| m.participants.first().copied())).or(told.traveller);
        if let Some(met) = last_met {
            told.met = met.clone();
        }
        let place = met.iter().filter_map(|m| m.place.as_ref()).chain(seen.iter().map(|s| &s.place)).next();
        told.place = place.cloned().or(told.place.take());
        // Those who met are "they", rather than everybody who is told of beside them.
        match last_met {
            Some(met) => told.group = met.clone(),
            None if people.len() > 1 => told.group = people,
            None => {}
        }
    }

    /// All whom a sentence tells of, with those who come along.
    fn told_of(&self, seen: &[Sighting], met: &[Encounter]) -> Vec<usize> {
        let along = |c: &&Companion| {
            c.status.is_some() && seen.iter().any(|s| c.leader == s.traveller && c.span.contains(s.evidence))
        };
        let mut people: Vec<usize> = seen.iter().map(|s| s.traveller).collect();
        people.extend(met.iter().flat_map(|m| m.participants.iter().copied()));
        people.extend(self.delegation.companions.iter().filter(along).map(|c| c.follower));
        people.sort_unstable();
        people.dedup();
        people
    }
}
