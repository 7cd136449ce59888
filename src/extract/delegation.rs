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

    /// Notes that the followers go with each of the leaders.
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
    let mut delegation = Delegation::default();
    let mut state = None;
    // Whom the latest sentence with a subject is about, and where it stands.
    let (mut latest, mut told): (Vec<usize>, Span) = Default::default();
    let mut roster = false;
    for view in views {
        let span = view.sentence.span;
        state = sender(view, &kinds[view.index]).or(state);
        if let Some(members) = leaders(view, lexicon) {
            delegation.add(&members, &[], span, false, None);
            delegation.sent_by.extend(members.iter().filter_map(|m| Some((*m, state.clone()?))));
        }
        by_verb(view, lexicon, &latest, &mut delegation);
        brought(view, lexicon, &mut delegation);
        membership(view, &latest, &mut delegation);
        also_arriving(view, lexicon, &latest, told, &mut delegation);
        if roster && let Some(member) = entry(view) {
            let leaders: Vec<usize> = delegation.members.first().copied().into_iter().collect();
            delegation.add(&leaders, &[member], span, false, None);
        }
        roster = announces_roster(view) || (roster && !has_statement(view));
        if let Some(subject) = main_subject(view) {
            (latest, told) = (subject, span);
        }
    }
    delegation
}

/// The state that "a Latvian delegation", "a delegation from the Skane region of Sweden" comes from.
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

/// Whether the token at `e` is a verb of travel in one of these frames.
fn travels(view: &View<'_>, e: usize, lexicon: &Lexicon, frames: &[Frame]) -> bool {
    let verb = lexicon.travel_verbs.get(view.lemma(e));
    verb.is_some_and(|v| frames.iter().any(|f| v.is(*f))) && view.is_predicate(e)
}

/// "A delegation led by X and Y", "X, Y and Z travelled to", "X will lead the delegation".
fn leaders(view: &View<'_>, lexicon: &Lexicon) -> Option<Vec<usize>> {
    (0..view.tokens().len()).find_map(|t| {
        let party = |relation: &str| view.dependents(t, &[relation]).any(|d| view.is(d, Class::Party));
        if view.tokens()[t].xpos.starts_with("NN") && view.is(t, Class::Party) {
            let led = clause::led_by(view, t);
            if !led.is_empty() {
                return Some(led);
            }
        }
        if view.is(t, Class::Leading) && party("nsubj") {
            let leaders = agents(view, t);
            if !leaders.is_empty() {
                return Some(leaders);
            }
        }
        if !travels(view, t, lexicon, &[Frame::Go, Frame::Visit, Frame::Lead]) {
            return None;
        }
        let subjects = clause::subjects(view, t);
        (subjects.len() > 1 || (party("obj") && !subjects.is_empty())).then_some(subjects)
    })
}

/// "joined by", "accompanied by", "will join the delegation".
fn by_verb(view: &View<'_>, lexicon: &Lexicon, latest: &[usize], delegation: &mut Delegation) {
    for e in (0..view.tokens().len()).filter(|e| view.is(*e, Class::Company)) {
        let agents = agents(view, e);
        let objects = clause::objects(view, e);
        let joins_someone = agents.is_empty() && !objects.is_empty();
        let mut subjects = clause::subjects(view, e);
        if subjects.is_empty() && !agents.is_empty() {
            subjects = main_subject(view).unwrap_or_default();
        }
        subjects.retain(|s| !agents.contains(s));
        let party = || party_of(latest, delegation);
        let journey = |o: usize| view.is(o, Class::Party) || view.is(o, Class::Journey);
        let (leaders, followers) = match (agents.is_empty(), objects.is_empty()) {
            (false, _) if subjects.is_empty() => (party(), agents),
            (false, _) => (subjects, agents),
            (true, false) => (objects, subjects),
            (true, true) if view.dependents(e, &["obj"]).any(journey) => (party(), subjects),
            _ => continue,
        };
        let status = clause::certainty(view, e, lexicon).status;
        delegation.add(&leaders, &followers, view.sentence.span, is_local(view, e), Some(status));
        // "will travel to Abidjan, joining A and B": they are there too.
        if joins_someone && view.lemma(e) == "join" {
            delegation.add(&followers, &leaders, view.sentence.span, true, Some(status));
        }
    }
}

/// "arrived in Nairobi with Foreign Minister Berg": companions of the sentence's stops.
fn brought(view: &View<'_>, lexicon: &Lexicon, delegation: &mut Delegation) {
    for e in (0..view.tokens().len()).filter(|e| travels(view, *e, lexicon, &[Frame::Go, Frame::Visit])) {
        let along = view.dependents(e, &["obl"]).filter(|o| goes_along(view, *o, lexicon));
        let mut followers: Vec<usize> = along.flat_map(|o| clause::people_of(view, o)).collect();
        if followers.is_empty() {
            followers = along_by_surface(view, e);
        }
        let leaders = clause::subjects(view, e);
        if !followers.is_empty() && !leaders.is_empty() {
            let status = clause::certainty(view, e, lexicon).status;
            if view.places.is_empty() {
                // "Berg, who is travelling with Holm": on the journey that other sentences tell of.
                delegation.add(&followers, &leaders, view.sentence.span, false, None);
                continue;
            }
            delegation.add(&leaders, &followers, view.sentence.span, true, Some(status));
        }
    }
}

/// "Hale's delegation includes X and Y", "X and Y will be on the trip": members of the party that is told of.
fn membership(view: &View<'_>, latest: &[usize], delegation: &mut Delegation) {
    let party = |i: usize| view.tokens()[i].xpos.starts_with("NN") && view.is(i, Class::Party);
    for e in (0..view.tokens().len()).filter(|e| view.is(*e, Class::Comprising) && view.is_predicate(*e)) {
        let subject = view.dependents(e, &["nsubj"]).next();
        let Some(group) = subject.and_then(|s| (0..=s).rev().take(6).find(|i| party(*i))) else { continue };
        let clause = |i: &usize| !(view.is_predicate(*i) && view.is_finite(*i));
        let end = (e + 1..view.tokens().len()).take_while(clause).last().unwrap_or(e);
        let named = view.people.iter().filter(|p| p.tokens.start > e && p.tokens.end <= end + 1);
        let followers: Vec<usize> = named.filter_map(|p| p.official).collect();
        let owner = view.children(group).iter().find(|c| view.tokens()[**c].deprel == "nmod:poss");
        let owners = owner.map(|o| clause::people_of(view, *o)).unwrap_or_default();
        let leaders = if owners.is_empty() { party_of(latest, delegation) } else { owners };
        delegation.add(&leaders, &followers, view.sentence.span, false, None);
    }
    for noun in (1..view.tokens().len()).filter(|i| view.is(*i, Class::Journey) && view.marker(*i) == "on") {
        let aboard = view.dependents(noun, &["cop"]).next().is_some()
            || view.tokens()[noun].head.is_some_and(|h| view.lemma(h) == "be" && view.relation(noun) == "obl");
        let placed = view.places.iter().any(|p| view.under(p.head, noun));
        if aboard && !placed && view.lower(noun - 1) == "the" {
            let followers = clause::subjects(view, noun);
            let leaders = party_of(latest, delegation);
            delegation.add(&leaders, &followers, view.sentence.span, false, None);
        }
    }
}

/// Who leads the party that is told of: the first of the delegation, or whom the sentence before was about.
fn party_of(latest: &[usize], delegation: &Delegation) -> Vec<usize> {
    if delegation.members.is_empty() { latest.to_vec() } else { delegation.members[..1].to_vec() }
}

/// Whether the noun at `o` goes along by its "with", which is not that of a meeting: "flew to Oslo for talks with".
fn goes_along(view: &View<'_>, o: usize, lexicon: &Lexicon) -> bool {
    let meeting = |i: usize| lexicon.meeting_nouns.contains_key(view.lemma(i));
    let with = || (0..o).rev().take(12).find(|i| view.lower(*i) == "with" || meeting(*i));
    matches!(view.marker(o).as_str(), "with" | "together with" | "along with" | "alongside")
        && with().is_some_and(|w| view.lower(w) == "with" && !w.checked_sub(1).is_some_and(meeting))
}

/// "arrived in Nairobi on Monday with X", hung from the day.
fn along_by_surface(view: &View<'_>, e: usize) -> Vec<usize> {
    let set_off = |w: &usize| {
        let last = w.saturating_sub(1);
        let placed = view.places.iter().any(|p| p.tokens.contains(&last) && p.tokens.start > e);
        view.lower(*w) == "with" && (placed || view.times.iter().any(|t| t.tokens.contains(&last)))
    };
    let Some(with) = (e + 1..view.tokens().len().min(e + 14)).find(set_off) else { return Vec::new() };
    // "with Foreign Minister Berg", "with his foreign minister, Berg"
    let start = |p: &PersonMention| p.tokens.start;
    let his = view.get(with + 1).is_some_and(|t| t.xpos == "PRP$");
    let follows = |p: &&PersonMention| (start(p) == with + 1 || (start(p) == with + 2 && his)) && !p.name.is_empty();
    view.people.iter().find(follows).map(|p| clause::people_of(view, start(p))).unwrap_or_default()
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
    clause::each_once(all)
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

/// "Also arriving aboard the plane were X, Y and Z", "Travelling with Berg was X", "Other members of the delegation are X and Y":
/// companions on what the sentence at `told` tells.
fn also_arriving(view: &View<'_>, lexicon: &Lexicon, latest: &[usize], told: Span, delegation: &mut Delegation) {
    let Some(start) = inverted(view, lexicon) else { return };
    let be = (start..view.tokens().len().min(start + 12)).find(|i| matches!(view.lower(*i), "was" | "were" | "are"));
    // "were Hale's wife Ruth Hale and …": not the possessor.
    let owner = |p: &&PersonMention| matches!(view.lower(p.tokens.end), "'s" | "’s" | "'" | "’");
    let named = be.and_then(|be| view.people.iter().filter(|p| p.tokens.start > be).find(|p| !owner(p)));
    let Some(person) = named else { return };
    let followers = clause::people_of(view, person.tokens.start);
    // "Travelling with Berg": with whom, if it is said.
    let with = view.people.iter().find(|p| p.tokens.end <= be.unwrap_or_default());
    let with = with.filter(|p| view.lower(p.tokens.start.saturating_sub(1)) == "with").and_then(|p| p.official);
    let leaders = with.map_or(latest.to_vec(), |leader| vec![leader]);
    delegation.add(&leaders, &followers, told.cover(view.sentence.span), true, None);
}

/// Where the company is told of, in a sentence that begins with it.
fn inverted(view: &View<'_>, lexicon: &Lexicon) -> Option<usize> {
    let goes = |i: usize| {
        let verb = lexicon.travel_verbs.get(view.lemma(i));
        view.tokens()[i].xpos == "VBG" && (verb.is_some() || view.is(i, Class::Company))
    };
    let aboard = |i: usize| {
        let on = view.lower(i) == "on" && view.tokens().len() > i + 2 && view.is(i + 2, Class::Journey);
        view.lower(i) == "aboard" || on
    };
    let also = view.lower(0) == "also";
    let first =
        (0..view.tokens().len().min(3)).find(|i| goes(*i) || (also && (aboard(*i) || view.is(*i, Class::Company))));
    let with = |i: usize| (i + 1..view.tokens().len().min(i + 5)).any(|j| view.lower(j) == "with");
    let members = (0..view.tokens().len().min(2)).find(|i| {
        view.lemma(*i) == "member" && (i + 1..view.tokens().len().min(i + 6)).any(|j| view.is(j, Class::Party))
    });
    first.filter(|i| also || with(*i) || view.is(*i, Class::Company)).or(members)
}

/// Whether a list of members follows: "Members of the delegation:".
fn announces_roster(view: &View<'_>) -> bool {
    let delegation = (0..view.tokens().len()).any(|i| view.is(i, Class::Party));
    delegation && view.tokens().last().is_some_and(|t| t.form == ":")
}

/// The person of a line in a list: it begins with the name and has no statement.
fn entry(view: &View<'_>) -> Option<usize> {
    view.people.first().filter(|p| p.tokens.start <= 2 && !has_statement(view)).and_then(|p| p.official)
}

/// Whether the sentence states anything.
fn has_statement(view: &View<'_>) -> bool {
    first_statement(view).is_some()
}

/// The first verb with a tense of its own.
fn first_statement(view: &View<'_>) -> Option<usize> {
    (0..view.tokens().len()).find(|i| view.is_predicate(*i) && view.is_finite(*i))
}

/// Who the sentence is about.
fn main_subject(view: &View<'_>) -> Option<Vec<usize>> {
    let root = first_statement(view)?;
    let subjects = clause::subjects(view, root);
    (!subjects.is_empty()).then_some(subjects)
}
