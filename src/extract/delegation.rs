//! Delegations: who goes along with whom, and who "the delegation" is.
//!
//! Reads the whole article once before its visits, since companions are often named after what they took part in. It knows
//! people and a few verbs of company; where the delegation goes is the business of [`super::visits`].

use super::classes::Class;
use super::clause;
use super::lexicon::{Frame, Lexicon};
use super::names::{Kind, Kinds, PersonMention};
use super::scene::View;
use crate::Span;
use crate::itinerary::{CountryCode, Status};

/// One who goes along with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Companion {
    pub leader: usize,
    pub follower: usize,
    pub span: Span,
    /// Joined only for what this sentence tells ("In Jeddah, Mr. Hale joined her").
    pub local: bool,
    /// How certain the words are; none for a list of members.
    pub status: Option<Status>,
}

/// The travelling party of an article.
#[derive(Debug, Default)]
pub struct Delegation {
    pub companions: Vec<Companion>,
    /// Those whom "the delegation" means: the leaders first.
    pub members: Vec<usize>,
    /// Members of a delegation of one state ("a Latvian delegation headed by X").
    pub sent_by: Vec<(usize, CountryCode)>,
}

impl Delegation {
    /// Those who go with `leader` on the whole journey, as far as it is told with that certainty.
    pub fn of(&self, leader: usize, status: Status) -> impl Iterator<Item = usize> + '_ {
        let fits = move |c: &&Companion| c.leader == leader && !c.local && c.status.is_none_or(|s| s == status);
        self.companions.iter().filter(fits).map(|c| c.follower)
    }

    fn add(&mut self, leaders: &[usize], followers: &[usize], span: Span, local: bool, status: Option<Status>) {
        for leader in leaders {
            for follower in followers.iter().filter(|f| !leaders.contains(f)) {
                let known = self.companions.iter().any(|c| c.leader == *leader && c.follower == *follower);
                if !known {
                    self.companions.push(Companion { leader: *leader, follower: *follower, span, local, status });
                }
            }
        }
        if !local {
            let new = leaders.iter().chain(followers);
            self.members.extend(new.filter(|p| !self.members.contains(p)).copied().collect::<Vec<_>>());
        }
    }
}

/// Reads the travelling party of an article.
pub fn find(views: &[View<'_>], kinds: &[Kinds], lexicon: &Lexicon) -> Delegation {
    let mut state = None;
    let mut delegation = Delegation::default();
    let mut latest: Vec<usize> = Vec::new();
    let mut latest_span = Span::default();
    let mut roster = false;
    for view in views {
        if let Some(members) = leaders(view, lexicon) {
            delegation.add(&members, &[], view.sentence.span, false, None);
            state = sender(view, &kinds[view.index]).or(state);
            delegation.sent_by.extend(members.iter().filter_map(|m| Some((*m, state.clone()?))));
        } else {
            state = sender(view, &kinds[view.index]).or(state);
        }
        by_verb(view, lexicon, &latest, &mut delegation);
        brought(view, lexicon, &mut delegation);
        also_arriving(view, lexicon, &latest, latest_span, &mut delegation);
        if roster && let Some(member) = entry(view) {
            let leaders: Vec<usize> = delegation.members.first().copied().into_iter().collect();
            delegation.add(&leaders, &[member], view.sentence.span, false, None);
        }
        let line = !(0..view.tokens().len()).any(|i| view.is_predicate(i) && view.is_finite(i));
        roster = announces_roster(view) || (roster && line);
        if let Some(subject) = main_subject(view) {
            latest = subject;
            latest_span = view.sentence.span;
        }
    }
    delegation
}

/// The state that "a Latvian delegation", "a delegation from the Kansai region of Japan" comes from.
fn sender(view: &View<'_>, kinds: &Kinds) -> Option<CountryCode> {
    let party = (0..view.tokens().len()).find(|t| view.is(*t, Class::Party))?;
    let of_state = |i: usize| match &kinds.of[i] {
        Kind::Demonym(c) | Kind::Place(Some(c)) => Some(c.clone()),
        _ => None,
    };
    let from = (party + 1..view.tokens().len().min(party + 3)).find(|i| matches!(view.lower(*i), "from" | "of"));
    let after = from.and_then(|f| (f + 1..view.tokens().len().min(f + 7)).rev().find_map(of_state));
    (party.saturating_sub(4)..party).rev().find_map(of_state).or(after)
}

/// "A delegation led by X and Y", "X, Y and Z travelled to", "X will lead the delegation".
fn leaders(view: &View<'_>, lexicon: &Lexicon) -> Option<Vec<usize>> {
    let travels = |e: &usize| {
        let verb = lexicon.travel_verbs.get(view.lemma(*e));
        view.is_predicate(*e) && verb.is_some_and(|v| v.is(Frame::Go) || v.is(Frame::Visit) || v.is(Frame::Lead))
    };
    (0..view.tokens().len()).find_map(|t| {
        let group = view.tokens()[t].xpos.starts_with("NN") && view.is(t, Class::Party);
        let led = if group { clause::led_by(view, t) } else { Vec::new() };
        if !led.is_empty() {
            return Some(led);
        }
        let headed = view.is(t, Class::Leading) && view.dependents(t, &["nsubj"]).any(|s| view.is(s, Class::Party));
        if headed && !agents(view, t).is_empty() {
            return Some(agents(view, t));
        }
        if !travels(&t) {
            return None;
        }
        let subjects = clause::subjects(view, t);
        let leads = view.dependents(t, &["obj"]).any(|o| view.is(o, Class::Party));
        (subjects.len() > 1 || (leads && !subjects.is_empty())).then_some(subjects)
    })
}

/// "joined by", "accompanied by", "will join the delegation".
fn by_verb(view: &View<'_>, lexicon: &Lexicon, latest: &[usize], delegation: &mut Delegation) {
    for e in (0..view.tokens().len()).filter(|e| view.is(*e, Class::Joining)) {
        let agents = agents(view, e);
        let objects = clause::objects(view, e);
        let journey = view.dependents(e, &["obj"]).any(|o| view.is(o, Class::Party) || view.is(o, Class::Journey));
        let mut subjects = clause::subjects(view, e);
        if subjects.is_empty() && !agents.is_empty() {
            subjects = main_subject(view).unwrap_or_default();
        }
        subjects.retain(|s| !agents.contains(s));
        let party = || {
            if delegation.members.is_empty() { latest.to_vec() } else { delegation.members[..1].to_vec() }
        };
        let (agents_none, objects_named) = (agents.is_empty() && view.lemma(e) == "join", objects.clone());
        let (leaders, followers) = match (agents.is_empty(), objects.is_empty()) {
            (false, _) if subjects.is_empty() => (party(), agents),
            (false, _) => (subjects, agents),
            (true, false) => (objects, subjects),
            (true, true) if journey => (party(), subjects),
            _ => continue,
        };
        let status = clause::certainty(view, e, lexicon).status;
        delegation.add(&leaders, &followers, view.sentence.span, is_local(view, e), Some(status));
        // "will travel to Abidjan, joining A and B": they are there too.
        if agents_none && !leaders.is_empty() && leaders == objects_named {
            delegation.add(&followers, &leaders, view.sentence.span, true, Some(status));
        }
    }
}

/// "arrived in Nairobi with Foreign Minister Berg": companions of the sentence's stops.
fn brought(view: &View<'_>, lexicon: &Lexicon, delegation: &mut Delegation) {
    let travels = |e: &usize| {
        let verb = lexicon.travel_verbs.get(view.lemma(*e));
        view.is_predicate(*e) && verb.is_some_and(|v| v.is(Frame::Go) || v.is(Frame::Visit))
    };
    for e in (0..view.tokens().len()).filter(travels) {
        let along = |o: &usize| {
            let with = (0..*o)
                .rev()
                .take(12)
                .find(|i| view.lower(*i) == "with" || lexicon.meeting_nouns.contains_key(view.lemma(*i)));
            matches!(view.marker(*o).as_str(), "with" | "together with" | "along with" | "alongside")
                && with.is_some_and(|w| {
                    let noun = w.checked_sub(1).is_some_and(|b| lexicon.meeting_nouns.contains_key(view.lemma(b)));
                    view.lower(w) == "with" && !noun
                })
        };
        let mut followers: Vec<usize> =
            view.dependents(e, &["obl"]).filter(along).flat_map(|o| clause::people_of(view, o)).collect();
        if followers.is_empty() {
            // "arrived in Nairobi on Monday with X", hung from the day.
            let set_off = |w: &usize| {
                let last = w.checked_sub(1).unwrap_or(0);
                let placed = view.places.iter().any(|p| p.tokens.contains(&last) && p.tokens.start > e);
                view.lower(*w) == "with" && (placed || view.times.iter().any(|t| t.tokens.contains(&last)))
            };
            let with = (e + 1..view.tokens().len().min(e + 14)).find(set_off);
            let person = with.and_then(|w| {
                view.people.iter().find(|p| {
                    (p.tokens.start == w + 1 || p.tokens.start == w + 2 && view.tokens()[w + 1].xpos == "PRP$")
                        && !p.name.is_empty()
                })
            });
            followers.extend(person.map(|p| clause::people_of(view, p.tokens.start)).unwrap_or_default());
        }
        let leaders = clause::subjects(view, e);
        if !followers.is_empty() && !leaders.is_empty() {
            let status = clause::certainty(view, e, lexicon).status;
            delegation.add(&leaders, &followers, view.sentence.span, true, Some(status));
        }
    }
}

/// Those after "by", by the tree or in the next words.
pub fn agents(view: &View<'_>, e: usize) -> Vec<usize> {
    let by_tree: Vec<usize> = view
        .dependents(e, &["obl"])
        .filter(|o| view.marker(*o) == "by")
        .filter_map(|o| view.person_at(o))
        .flat_map(|p| listed(view, p))
        .collect();
    if !by_tree.is_empty() {
        return by_tree;
    }
    let unnamed = view.dependents(e, &["obl"]).any(|o| view.marker(o) == "by");
    let near = (e + 1..view.tokens().len().min(e + 6)).find(|i| view.lower(*i) == "by" && !unnamed);
    // "joined on the trip to Palau and Kiribati by Admiral X": further on, if a person follows at once.
    let before_person =
        |i: &usize| view.lower(*i) == "by" && view.people.iter().any(|p| p.tokens.start == i + 1 && !p.name.is_empty());
    let clause = |i: &usize| !(view.is_predicate(*i) && view.is_finite(*i));
    let far = || (e + 1..view.tokens().len().min(e + 24)).take_while(clause).find(before_person);
    let Some(by) = near.or_else(far) else { return Vec::new() };
    let first = view.people.iter().find(|p| p.tokens.start > by && p.tokens.start <= by + 10);
    first.map(|p| listed(view, p)).unwrap_or_default()
}

/// The enumeration that begins with a person, each with an apposition: "X, chief of staff, Y, special envoy, as well as".
fn listed(view: &View<'_>, first: &PersonMention) -> Vec<usize> {
    let mut all = clause::people_of(view, first.tokens.start);
    let mut end = first.tokens.end;
    while let Some(next) =
        view.people.iter().find(|p| p.tokens.start == end + 1 && view.lower(end) == "," && !p.name.is_empty())
    {
        let acts = (next.tokens.end..view.tokens().len().min(next.tokens.end + 2)).any(|i| view.is_finite(i));
        if acts {
            break;
        }
        all.extend(clause::people_of(view, next.tokens.start));
        end = next.tokens.end;
    }
    let mut seen = Vec::new();
    all.retain(|p| {
        !seen.contains(p) && {
            seen.push(*p);
            true
        }
    });
    all
}

/// "In Saudi Arabia, X joined Y", "will be joined by X for the stops in Peru": the sentence says where.
fn is_local(view: &View<'_>, e: usize) -> bool {
    let first = view.places.iter().find(|p| p.tokens.end <= e);
    // "will be joined in Palau by"
    let at = view.places.iter().any(|p| {
        p.preposition_at.is_some_and(|at| at == e + 1) && matches!(p.preposition.as_deref(), Some("in" | "at"))
    });
    let fronted = at || first.is_some_and(|p| p.preposition_at == Some(0) && p.preposition.as_deref() == Some("in"));
    let stops = |i: &usize| view.is(*i, Class::JourneyPart);
    let part =
        view.dependents(e, &["obl"]).find(stops).is_some_and(|i| view.places.iter().any(|p| view.under(p.head, i)));
    fronted || part
}

/// "Also arriving aboard the plane were X, Y and Z": companions on what the sentence at `told` tells.
fn also_arriving(view: &View<'_>, lexicon: &Lexicon, latest: &[usize], told: Span, delegation: &mut Delegation) {
    let travel = |i: &usize| {
        let verb = lexicon.travel_verbs.get(view.lemma(*i));
        view.lower(*i) == "aboard"
            || (view.tokens()[*i].xpos == "VBG" && (verb.is_some() || view.is(*i, Class::Joining)))
    };
    let also = (0..view.tokens().len().min(3)).find(travel).filter(|_| view.lower(0) == "also");
    let Some(start) = also else { return };
    let be = (start..view.tokens().len().min(start + 12)).find(|i| matches!(view.lower(*i), "was" | "were" | "are"));
    // "were Bush's wife Laura Bush and …": not the possessor.
    let owner = |p: &&PersonMention| matches!(view.lower(p.tokens.end), "'s" | "’s" | "'" | "’");
    let named = be.and_then(|be| view.people.iter().filter(|p| p.tokens.start > be).find(|p| !owner(p)));
    let Some(person) = named else { return };
    let followers = clause::people_of(view, person.tokens.start);
    delegation.add(latest, &followers, told.cover(view.sentence.span), true, None);
}

/// Whether a list of members follows: "Members of the delegation:".
fn announces_roster(view: &View<'_>) -> bool {
    let delegation = (0..view.tokens().len()).any(|i| view.is(i, Class::Party));
    delegation && view.tokens().last().is_some_and(|t| t.form == ":")
}

/// The person of a line in a list: it begins with the name and has no statement.
fn entry(view: &View<'_>) -> Option<usize> {
    let statement = (0..view.tokens().len()).any(|i| view.is_predicate(i) && view.is_finite(i));
    view.people.first().filter(|p| p.tokens.start <= 2 && !statement).and_then(|p| p.official)
}

/// Who the sentence is about.
fn main_subject(view: &View<'_>) -> Option<Vec<usize>> {
    let root = (0..view.tokens().len()).find(|i| view.is_predicate(*i) && view.is_finite(*i))?;
    let subjects = clause::subjects(view, root);
    (!subjects.is_empty()).then_some(subjects)
}
