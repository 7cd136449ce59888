//! What visits and meetings say of each other: who meets somewhere has been there, and who visits to meet meets there.
//!
//! Works on sightings and encounters, whichever words told of them.

use super::Reader;
use super::meetings::Encounter;
use super::visits::{Link, Phase, Sighting};
use crate::itinerary::{DraftPlace, Mode, PlaceKind};

/// "visited Jordan for talks with the premier": a meeting without a place of its own is where its sentence puts the
/// traveller.
pub fn place_by_visits(met: &mut [Encounter], seen: &[Sighting]) {
    for m in met.iter_mut().filter(|m| m.place.is_none() && m.mode == Mode::InPerson) {
        let own = |s: &&Sighting| {
            let going = s.certainty.status == m.certainty.status && !s.certainty.negated && !s.reference;
            going && !s.at_home && m.participants.first() == Some(&s.traveller)
        };
        let Some(first) = seen.iter().find(own) else { continue };
        if seen.iter().filter(own).all(|s| s.place.country == first.place.country) {
            m.place = Some(first.place.clone());
        }
    }
}

/// Presence that a meeting in a named place implies for those who are not at home there; `unsure` gives instead that of
/// people of whom nobody says where they are at home.
pub fn implied(reader: &Reader<'_>, m: &Encounter, unsure: bool) -> Vec<Sighting> {
    let nowhere = |p: &&DraftPlace| p.kind == PlaceKind::Region && p.country.is_none();
    let places = m.place.iter().chain(&m.further).filter(|p| m.mode == Mode::InPerson && !nowhere(p)).enumerate();
    places.flat_map(|(i, place)| implied_at(reader, m, place, i, unsure)).collect()
}

/// Presence at the place of a meeting, the `index`th of those that its words name.
fn implied_at(reader: &Reader<'_>, m: &Encounter, place: &DraftPlace, index: usize, unsure: bool) -> Vec<Sighting> {
    let host = m.participants.iter().any(|p| reader.is_home(*p, place));
    // "met Syrian officials in Damascus": so speaks who is not at home there.
    let hosts = host || m.groups.iter().any(|g| g.country.is_some() && g.country == place.country);
    let away = |p: &&usize| {
        // A resident ambassador who meets those at home there is no visitor.
        if host && reader.officials[**p].is_resident() {
            return false;
        }
        let known = reader.officials[**p].country.is_some();
        let sure = known || (hosts && !reader.may_be_home(**p, place));
        let guess = !sure && **p == m.participants[0] && !reader.may_be_home(**p, place);
        reader.is_abroad(**p, place) && if unsure { guess } else { sure }
    };
    let seen = |traveller: &usize| Sighting {
        traveller: *traveller,
        place: place.clone(),
        certainty: m.certainty,
        times: m.times.clone(),
        phase: Phase::Presence,
        sentence: m.sentence,
        clause: m.clause,
        list: (!m.further.is_empty()).then_some((m.clause, index)),
        link: Link::None,
        reference: false,
        told_at: m.told_at + index,
        evidence: m.evidence,
        site: None,
        recalled: m.certainty.pluperfect,
        weight: 0.8 * m.weight,
        occasion: None,
        at_home: false,
    };
    m.participants.iter().filter(away).map(seen).collect()
}

/// Nobody is at home in two countries: of those who are seen in several, without a word of whose they are, each place
/// counts.
pub fn surely_abroad(unsure: Vec<Sighting>, sightings: &[Sighting]) -> Vec<Sighting> {
    let elsewhere = |s: &Sighting, o: &Sighting| {
        o.traveller == s.traveller && !o.certainty.negated && o.place.country != s.place.country
    };
    let sure = |s: &Sighting| sightings.iter().chain(&unsure).any(|o| elsewhere(s, o));
    unsure.iter().filter(|s| sure(s)).cloned().collect()
}

/// Those who take part in one gathering meet there, unless it is only a ceremony.
pub fn attendance(sightings: &[Sighting], ceremony: impl Fn(usize) -> bool) -> Vec<Encounter> {
    let mut occasions: Vec<usize> = sightings.iter().filter_map(|s| s.occasion).filter(|o| !ceremony(*o)).collect();
    occasions.sort_unstable();
    occasions.dedup();
    let of = |occasion: usize| {
        let there: Vec<&Sighting> = sightings.iter().filter(|s| s.occasion == Some(occasion)).collect();
        let first = there.first()?;
        let mut participants: Vec<usize> = Vec::new();
        for sighting in &there {
            if !participants.contains(&sighting.traveller) {
                participants.push(sighting.traveller);
            }
        }
        (participants.len() > 1 && !first.certainty.negated).then(|| Encounter {
            participants,
            groups: Vec::new(),
            place: Some(first.place.clone()),
            further: Vec::new(),
            certainty: first.certainty,
            mode: Mode::InPerson,
            times: first.times.clone(),
            duration: None,
            sentence: first.sentence,
            clause: first.clause,
            told_at: first.told_at,
            evidence: first.evidence,
            weight: 0.6,
            alone: false,
        })
    };
    occasions.into_iter().filter_map(of).collect()
}
