//! Verbs of travel: "flew from Rome to Kigali", "will attend the summit", "hosted him in Kyiv".
//!
//! Each verb has frames (`data/lexicon/travel_verbs.tsv`); a frame says which of its arguments travels and which is the place.
//! No verb is named here.

use super::gatherings::{attended, has_audience, sent_to};
use super::links::link_of;
use super::places::{self, attached, attached_as_object, is_bare, is_inside, is_scene_of, places, with_preposition};
use super::telling::{Telling, emit};
use super::{Link, Phase, Sighting};
use crate::extract::classes::Class;
use crate::extract::lexicon::{Frame, TravelVerb};
use crate::extract::scene::View;
use crate::extract::toponyms::PlaceMention;
use crate::extract::{Reader, clause, delegation, occasions};
use crate::itinerary::Status;

/// A verb of travel where it stands.
struct Verb<'a> {
    reader: &'a Reader<'a>,
    view: &'a View<'a>,
    /// Token of the verb.
    at: usize,
    entry: &'a TravelVerb,
}

/// What the verb of travel at token `at` tells, in each of its frames.
pub(super) fn read(reader: &Reader<'_>, view: &View<'_>, at: usize, entry: &TravelVerb, found: &mut Vec<Sighting>) {
    let verb = Verb { reader, view, at, entry };
    for frame in &entry.frames {
        verb.in_frame(*frame, found);
    }
}

/// Whether the clause of the verb at `e` is in the passive with a subject.
pub(super) fn has_passive_subject(view: &View<'_>, e: usize) -> bool {
    view.children(e).iter().any(|c| view.tokens()[*c].deprel == "nsubj:pass")
}

/// Whether who leaves by the verb at `e` has left just now: by the guidelines, on the way is planned until an arrival is told of.
pub(super) fn is_under_way(reader: &Reader<'_>, view: &View<'_>, e: usize) -> bool {
    let fresh = clause::times_of(view, e).iter().all(|t| t.is_today(reader.published));
    let certainty = clause::certainty(view, e, reader.lexicon);
    fresh && !certainty.pluperfect && certainty.status == Status::Completed
}

impl Verb<'_> {
    /// What the verb tells in one of its frames.
    fn in_frame(&self, frame: Frame, found: &mut Vec<Sighting>) {
        match frame {
            Frame::Go if self.view.is(self.at, Class::Arriving) => self.movement(self.told(Phase::Arrival, 0.9), found),
            Frame::Go => self.movement(self.told(Phase::Stay, 0.9), found),
            Frame::Return => self.movement(self.told(Phase::Stay, 0.8), found),
            Frame::Visit => self.visit(found),
            Frame::Leave => self.leave(found),
            Frame::Stay => self.stay(found),
            // "addressed the crisis in Kenya" tells of no audience.
            Frame::Convene if !has_audience(self.reader, self.view, self.at) => {}
            Frame::Attend | Frame::Convene if has_passive_subject(self.view, self.at) => self.be_attended(found),
            Frame::Attend | Frame::Convene => self.attend(found),
            Frame::BeAt => self.be_at(found),
            Frame::Carry => self.carry(found),
            Frame::Lead => self.lead(found),
            Frame::Host => self.host(found),
            Frame::Act => self.act(found),
            Frame::Include => self.include(found),
            Frame::Make | Frame::Be => {}
        }
    }

    /// Who does what the verb says.
    fn travellers(&self) -> Vec<usize> {
        self.reader.group_or(self.view, self.at, clause::subjects(self.view, self.at))
    }

    /// A telling of the verb's subjects.
    fn told(&self, phase: Phase, weight: f64) -> Telling {
        self.told_of(self.travellers(), phase, weight)
    }

    /// A telling of others than the verb's subjects.
    fn told_of(&self, travellers: Vec<usize>, phase: Phase, weight: f64) -> Telling {
        Telling { link: link_of(self.view, self.at), ..Telling::new(self.at, travellers, phase, weight) }
    }

    /// Spreads a telling over places.
    fn emit(&self, places: &[PlaceMention], telling: Telling, found: &mut Vec<Sighting>) {
        emit(self.reader, self.view, places, telling, found);
    }

    /// Places that the verb's prepositions of the destination put in its clause.
    fn governed(&self) -> Vec<PlaceMention> {
        places::governed(self.reader, self.view, self.at, &self.entry.to)
    }

    /// Tells of the places that the verb governs; where that gives nothing, of the other one.
    fn tell_governed_or(&self, telling: Telling, other: Option<PlaceMention>, found: &mut Vec<Sighting>) {
        let before = found.len();
        self.emit(&self.governed(), telling.clone(), found);
        if found.len() == before {
            self.emit(other.as_slice(), telling, found);
        }
    }

    /// "flew from Rome to Kigali": the destinations, and the origins before them.
    fn movement(&self, telling: Telling, found: &mut Vec<Sighting>) {
        let destinations = self.governed();
        let origins = places::governed(self.reader, self.view, self.at, &self.entry.from);
        if !origins.is_empty() {
            let clause = self.view.clause_head(self.at);
            let origin = Telling {
                phase: Phase::Departure,
                // "arrived in Britain after flying from Washington": before what the main clause tells.
                link: match telling.link {
                    Link::Before(main) if destinations.is_empty() && main != clause => Link::Before(main),
                    _ => Link::Origin(clause),
                },
                // "returned from Tokyo last month": of that journey the words are the only news.
                reference: !(self.entry.is(Frame::Return) && destinations.is_empty()),
                ..telling.clone()
            };
            self.emit(&origins, origin, found);
        }
        self.emit(&destinations, telling.clone(), found);
        self.emit(self.reader.here(self.view, self.at).as_slice(), telling, found);
    }

    /// "visited Kenya", "visited a hospital in East Jerusalem".
    fn visit(&self, found: &mut Vec<Sighting>) {
        let (reader, view, e) = (self.reader, self.view, self.at);
        let mut visited = reader.located(places::objects(reader, view, e));
        visited.extend(places::within_object(view, e));
        if visited.is_empty() {
            // "will visit Pope John Paul": where he is at home.
            let hosts = clause::objects(view, e);
            visited.extend(hosts.first().and_then(|h| reader.home_of(*h, e)));
        }
        self.emit(&visited, self.told(Phase::Stay, 0.95), found);
    }

    /// "left Zimbabwe for Lesotho": the object was visited, unless it is home; the place after "for" comes next.
    fn leave(&self, found: &mut Vec<Sighting>) {
        let (reader, view, e) = (self.reader, self.view, self.at);
        let telling = self.told(Phase::Departure, 0.85);
        let left = places(view, |p| {
            let bare = is_bare(p, e) && p.tokens.start > e;
            (bare || with_preposition(p, &self.entry.from)) && attached_as_object(reader, view, p, e)
        });
        self.emit(&left, Telling { link: Link::Origin(view.clause_head(e)), ..telling.clone() }, found);
        // No noun of travel takes "for", whatever the tree says: "will leave Peru after a visit for Chile".
        let onward =
            |p: &PlaceMention| p.preposition.as_deref() == Some("for") && !p.qualifies && view.under(p.head, e);
        let mut bound =
            places(view, |p| (with_preposition(p, &self.entry.to) && attached(reader, view, p, e)) || onward(p));
        if bound.is_empty() {
            bound = places(view, |p| at_errand(reader, view, p, e));
        }
        let status = is_under_way(reader, view, e).then_some(Status::Planned);
        self.emit(&bound, Telling { phase: Phase::Arrival, status, ..telling }, found);
    }

    /// "stayed in Lima", "remained here".
    fn stay(&self, found: &mut Vec<Sighting>) {
        self.tell_governed_or(self.told(Phase::Presence, 0.85), self.reader.here(self.view, self.at), found);
    }

    /// "will attend the summit", "opened the conference in Accra".
    fn attend(&self, found: &mut Vec<Sighting>) {
        let attended = attended(self.reader, self.view, self.at);
        let occasion = attended.as_ref().map(|(index, _)| *index);
        let other = self.reader.here(self.view, self.at).or(attended.map(|(_, place)| place));
        self.tell_governed_or(Telling { occasion, ..self.told(Phase::Presence, 0.75) }, other, found);
    }

    /// "The summit was attended by X and Y."
    fn be_attended(&self, found: &mut Vec<Sighting>) {
        let (reader, view, e) = (self.reader, self.view, self.at);
        let held = |n: usize| view.places.iter().find(|p| view.under(p.head, n) && is_inside(p)).cloned();
        let placed = view.dependents(e, &["nsubj"]).find_map(|n| {
            let occasion = reader.occasion_at(view, n).map(|(index, place)| (Some(index), place));
            occasion.or_else(|| held(n).map(|place| (None, place)))
        });
        let unplaced = || {
            let gathering = |n: &usize| occasions::is_gathering(view, *n, reader.lexicon);
            let n = view.dependents(e, &["nsubj"]).find(gathering)?;
            reader.scene_of(view, n).map(|place| (None, place))
        };
        if let Some((occasion, place)) = placed.or_else(unplaced) {
            let telling = self.told_of(delegation::agents(view, e), Phase::Presence, 0.75);
            self.emit(&[place], Telling { occasion, ..telling }, found);
        }
    }

    /// "said in Kampala", "told a news conference in Lima", "told reporters at the forum".
    fn be_at(&self, found: &mut Vec<Sighting>) {
        let (reader, view, e) = (self.reader, self.view, self.at);
        let mut at = places(view, |p| {
            let direct = view.tokens()[p.head].head == Some(e);
            with_preposition(p, &self.entry.to) && !p.qualifies && (direct || self.is_where_heard(p))
        });
        at.extend(reader.here(view, e));
        // "officials said here" means no delegation.
        let mut speakers = clause::subjects(view, e);
        speakers.retain(|s| reader.officials[*s].country.is_some());
        let telling = self.told_of(speakers, Phase::Presence, 0.6);
        self.emit(&at, telling.clone(), found);
        if let Some((index, place)) = attended(reader, view, e) {
            self.emit(&[place], Telling { occasion: Some(index), ..telling }, found);
        }
    }

    /// "told reporters in Kampala", "told a news conference in Lima": the place hangs from those who are spoken to.
    fn is_where_heard(&self, p: &PlaceMention) -> bool {
        let lexicon = self.reader.lexicon;
        let heard = |a: &usize| {
            let lemma = self.view.lemma(*a);
            lexicon.audiences.contains(lemma) || lexicon.occasions.contains(lemma) || lexicon.sites.contains(lemma)
        };
        let path: Vec<usize> = self.view.ancestors(p.head).skip(1).take_while(|a| *a != self.at).collect();
        !path.is_empty() && path.len() <= 3 && self.view.under(p.head, self.at) && path.iter().all(heard)
    }

    /// "was sent to Sudan", "took him to Camp David": whom it carries goes there.
    fn carry(&self, found: &mut Vec<Sighting>) {
        let mut carried = clause::objects(self.view, self.at);
        if has_passive_subject(self.view, self.at) {
            carried.extend(self.travellers());
        }
        self.emit(&self.governed(), self.told_of(carried, Phase::Stay, 0.85), found);
    }

    /// "led a delegation to Oslo", "will lead the delegation".
    fn lead(&self, found: &mut Vec<Sighting>) {
        if !self.view.dependents(self.at, &["obj"]).any(|o| self.view.is(o, Class::Party)) {
            return;
        }
        let before = found.len();
        self.emit(&self.governed(), self.told(Phase::Stay, 0.85), found);
        if found.len() == before
            && let Some((index, place)) = sent_to(self.reader, self.view, self.at)
        {
            self.emit(&[place], Telling { occasion: Some(index), ..self.told(Phase::Stay, 0.75) }, found);
        }
    }

    /// "Hale hosted Morita at the White House": the guest is seen at the place, or in the host's country.
    fn host(&self, found: &mut Vec<Sighting>) {
        let (reader, view, e) = (self.reader, self.view, self.at);
        let passive = view.children(e).iter().any(|c| view.tokens()[*c].deprel.ends_with(":pass"));
        let subjects = clause::subjects(view, e);
        let objects = clause::objects(view, e);
        let by = view.dependents(e, &["obl"]).filter(|o| view.marker(*o) == "by");
        let agents: Vec<usize> = by.flat_map(|o| clause::people_of(view, o)).collect();
        let (hosts, guests) = if passive { (agents, subjects) } else { (subjects, objects) };
        let Some(host) = hosts.first() else {
            // "Kenya hosted Berg": the state is the place.
            let state = |p: &&PlaceMention| view.relation(p.head) == "nsubj" && view.tokens()[p.head].head == Some(e);
            let place = view.places.iter().find(state).filter(|p| !passive && !p.qualifies).cloned();
            return self.emit(place.as_slice(), self.told_of(guests, Phase::Presence, 0.7), found);
        };
        let mut chosen = self.governed();
        chosen.extend(reader.here(view, e));
        if chosen.is_empty() && reader.officials.get(*host).is_some_and(|h| h.is_official()) {
            chosen.extend(reader.home_of(*host, e));
        }
        self.emit(&chosen, self.told_of(guests, Phase::Presence, 0.8), found);
    }

    /// "inspected troops in Mali": whoever does such a thing is there.
    fn act(&self, found: &mut Vec<Sighting>) {
        let scene = places(self.view, |p| {
            with_preposition(p, &self.entry.to)
                && !p.qualifies
                && p.tokens.start > self.at
                && is_scene_of(self.view, p.head, self.at)
        });
        self.emit(&scene, self.told(Phase::Presence, 0.6), found);
    }

    /// "Her tour includes stops in Uganda and Rwanda", "a tour that includes Kenya": whose journey it is, and where it leads.
    fn include(&self, found: &mut Vec<Sighting>) {
        let (reader, view, e) = (self.reader, self.view, self.at);
        let journey = |n: &usize| {
            view.tokens()[*n].xpos.starts_with("NN")
                && (reader.lexicon.travel_nouns.contains_key(view.lemma(*n)) || view.is(*n, Class::Journey))
        };
        let Some(noun) = (e.saturating_sub(14)..e).rev().find(journey) else { return };
        let acts = |i: usize| view.is_predicate(i) && view.is_finite(i) && view.lemma(i) != "be";
        if (noun + 1..e).any(acts) {
            return;
        }
        let listed = places(view, |p| {
            p.tokens.start > e
                && p.tokens.start <= e + 6
                && !p.qualifies
                && (e + 1..p.tokens.start).all(|i| !view.is_predicate(i))
        });
        let travellers = reader.group_or(view, noun, super::by_noun::owners(reader, view, noun));
        let status = matches!(view.tokens()[e].xpos, "VBZ" | "VBP").then_some(Status::Planned);
        self.emit(&listed, Telling { status, ..Telling::new(e, travellers, Phase::Stay, 0.8) }, found);
    }
}

/// "left for talks in Geneva", "will leave for a week of discussions in Cairo": where the errand that somebody leaves for is done.
fn at_errand(reader: &Reader<'_>, view: &View<'_>, p: &PlaceMention, e: usize) -> bool {
    let lexicon = reader.lexicon;
    let meets = |n: usize| {
        let noun = view.lemma(n);
        lexicon.meeting_nouns.contains_key(noun)
            || lexicon.gatherings.contains(noun)
            || lexicon.occasions.contains(noun)
    };
    let path: Vec<usize> = view.ancestors(p.head).skip(1).take_while(|a| *a != e).collect();
    let placed = matches!(p.preposition.as_deref(), Some("in" | "at")) && !p.qualifies && view.under(p.head, e);
    placed && path.iter().any(|n| meets(*n)) && path.last().is_some_and(|n| view.marker(*n) == "for")
}
