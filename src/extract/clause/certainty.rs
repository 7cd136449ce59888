//! Certainty: whether an event has taken place, is planned, possible or cancelled.
//!
//! Climbs from the word that tells the event to the statement that it is part of, and reads on each step what tense, modals,
//! adjectives and governing verbs say. Which words are signs of certainty is in `data/lexicon/modality.tsv`.

use crate::extract::lexicon::{Lexicon, Sign, Where};
use crate::extract::scene::View;
use crate::itinerary::Status;
use crate::language::{Token, Upos};

/// How an event stands: certain or not, and whether a "not" denies it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certainty {
    pub status: Status,
    /// The clause has a "not" or "never".
    pub negated: bool,
    /// The clause has a tense of its own; without one the status is only a guess from around it.
    pub tensed: bool,
    /// Past perfect: "had visited", which looks back from what is told.
    pub pluperfect: bool,
    /// The clause is in the present tense: with a day to come it tells a plan ("arrives on Monday").
    pub present: bool,
    /// Present perfect: "has met", which is news.
    pub perfect: bool,
}

/// How certain the event at token `e` is, from its tense, its modals, its adjectives and what governs it.
pub fn certainty(view: &View<'_>, e: usize, lexicon: &Lexicon) -> Certainty {
    let mut signs = Certainty {
        status: Status::Completed,
        negated: false,
        tensed: false,
        pluperfect: false,
        present: false,
        perfect: false,
    };
    let mut node = e;
    for _ in 0..6 {
        read_node(view, node, e, lexicon, &mut signs);
        let leaning = leans(view, node);
        // Its time is that of the statement that it leans on.
        if leaning && let Some(main) = view.ancestors(node).skip(1).find(|a| view.is_predicate(*a)) {
            let of_main = certainty(view, main, lexicon);
            return Certainty { status: stronger(signs.status, of_main.status), negated: signs.negated, ..of_main };
        }
        if view.is_predicate(node) && view.is_finite(node) && !shares_tense(view, node) {
            read_statement(view, node, e, lexicon, &mut signs);
            break;
        }
        let Some(head) = view.tokens()[node].head else { break };
        if node != e && matches!(view.relation(node), "advcl" | "parataxis") && view.is_finite(node) && !leaning {
            break;
        }
        node = head;
    }
    signs
}

/// "before he heads to Lisbon": the present tense of such a clause takes its time from the main one.
fn leans(view: &View<'_>, node: usize) -> bool {
    let has = || view.dependents(node, &["aux"]).any(|c| view.lemma(c) == "have" && view.tokens()[c].xpos != "VBD");
    let adverb = || view.dependents(node, &["advmod"]).any(|c| matches!(view.lower(c), "when" | "once" | "where"));
    view.relation(node) == "advcl"
        && (matches!(view.tokens()[node].xpos, "VBZ" | "VBP") || has())
        && (matches!(view.marker(node).as_str(), "before" | "after" | "when" | "as" | "until" | "once") || adverb())
}

/// "will visit Rome and hold talks": the second verb stands in the tense of the first.
fn shares_tense(view: &View<'_>, node: usize) -> bool {
    view.relation(node) == "conj"
        && view.tokens()[node].xpos == "VBP"
        && view.dependents(node, &["nsubj", "aux"]).next().is_none()
        && view.tokens()[node].head.is_some_and(|h| view.dependents(h, &["aux"]).next().is_some())
}

/// What the tense of the statement at `node` says of the event at `e`, and what is said of the statement as a whole.
fn read_statement(view: &View<'_>, node: usize, e: usize, lexicon: &Lexicon, signs: &mut Certainty) {
    signs.tensed |= asserts(view, node, e, lexicon) && (view.clause_head(e) == node || chained(view, e, node));
    let looks_back = is_perfect_infinitive(view, e);
    signs.present = in_present(view, node) && !looks_back && shares_present(view, node, e, lexicon);
    let has = |c: usize| view.lemma(c) == "have" && matches!(view.tokens()[c].xpos, "VBZ" | "VBP");
    signs.perfect = looks_back || view.dependents(node, &["aux"]).any(has);
    // "denied reports that he would visit", "it is possible that they will meet"
    let above = view.ancestors(node).skip(1).take(3).find_map(|a| lexicon.modality(view.lemma(a), Where::Above));
    signs.status = above.map_or(signs.status, |status| stronger(signs.status, status));
}

/// Whether the statement at `node` says that the event takes place: "began a visit" does, "welcomed his visit" does not.
fn asserts(view: &View<'_>, node: usize, e: usize, lexicon: &Lexicon) -> bool {
    let object = e != node && view.tokens()[e].upos == Upos::Noun && view.relation(e) == "obj";
    let lemma = view.lemma(node);
    !object || lexicon.travel_verbs.contains_key(lemma) || lexicon.carriers.contains(lemma)
}

/// Whether the present tense of the statement at `node` is that of the event at `e` too.
fn shares_present(view: &View<'_>, node: usize, e: usize, lexicon: &Lexicon) -> bool {
    // "embarks on a trip"
    let carried = |a: usize| {
        view.relation(a) == "obl" && view.marker(a) == "on" && lexicon.travel_verbs.contains_key(view.lemma(node))
    };
    // "visits Europe next week to attend"
    let aim = |a: usize| view.relation(a) == "advcl" && is_infinitive(view, a);
    view.ancestors(e)
        .take_while(|a| *a != node)
        .all(|a| matches!(view.relation(a), "xcomp" | "obj" | "nsubj" | "conj" | "ccomp") || carried(a) || aim(a))
}

/// "arrives", "is arriving", "begins", but not "has arrived".
fn in_present(view: &View<'_>, node: usize) -> bool {
    let had = |c: usize| matches!(view.lemma(c), "have" | "will") || view.tokens()[c].xpos == "MD";
    let mut auxiliaries = view.dependents(node, &["aux", "cop"]).peekable();
    if auxiliaries.peek().is_none() {
        return matches!(view.tokens()[node].xpos, "VBZ" | "VBP");
    }
    auxiliaries.all(|c| !had(c) && matches!(view.tokens()[c].xpos, "VBZ" | "VBP"))
}

/// Whether `e` hangs from `node` by infinitives and participles only: "is expected to visit".
fn chained(view: &View<'_>, e: usize, node: usize) -> bool {
    view.ancestors(e)
        .take_while(|a| *a != node)
        .all(|a| matches!(view.relation(a), "xcomp" | "conj" | "obj" | "obl" | "nsubj" | "ccomp" | "advcl"))
}

/// What the word at `node` and its dependents say of the event.
fn read_node(view: &View<'_>, node: usize, event: usize, lexicon: &Lexicon, signs: &mut Certainty) {
    let mut claim = |status: Status| signs.status = stronger(signs.status, status);
    for c in view.dependents(node, &["aux", "cop"]) {
        if let Some(status) = lexicon.modality(view.lower(c), Where::Auxiliary) {
            claim(status);
        }
        match view.lower(c) {
            "would" | "'d" | "’d" => claim(Status::Planned),
            // "should visit" says what somebody wants.
            "should" | "ought" | "must" => signs.negated = true,
            _ => {}
        }
    }
    // "if he visits Lima", "asked whether he would visit"
    if matches!(view.marker(node).as_str(), "if" | "unless" | "whether") && view.clause_head(event) == node {
        claim(Status::Possible);
    }
    // "nobody expects her to visit"
    if view.dependents(node, &["nsubj"]).any(|s| matches!(view.lower(s), "nobody" | "none" | "neither")) {
        signs.negated = true;
        return;
    }
    // "is believed to have visited": hearsay of the past, and no plan.
    if node == event && is_perfect_infinitive(view, node) {
        claim(Status::Possible);
    }
    if node == event {
        own_signs(view, node, lexicon).for_each(claim);
        signs.pluperfect |= view.dependents(node, &["aux"]).any(|c| view.lower(c) == "had");
    } else if let Some(status) = offered(view, node, event, lexicon) {
        claim(status);
        read_governor(view, node, lexicon, signs);
    } else if governs(view, node, event) {
        // "has no plans to visit": and so none is planned.
        if view.dependents(node, &["det"]).any(|c| view.lower(c) == "no") {
            signs.negated = true;
            return;
        }
        read_governor(view, node, lexicon, signs);
    }
    if is_to(view, node) {
        signs.status = stronger(signs.status, Status::Planned);
    }
    if is_headline_infinitive(view, node) {
        signs.status = stronger(signs.status, Status::Planned);
    }
    if was_to_have(view, node) {
        signs.status = stronger(signs.status, Status::Cancelled);
    }
    read_negation(view, node, event, signs);
}

/// What the word over the event says of it: "expected", "accepted", "refused".
fn read_governor(view: &View<'_>, node: usize, lexicon: &Lexicon, signs: &mut Certainty) {
    match governing(view, node, lexicon) {
        Some(Sign::Status(status)) => signs.status = stronger(signs.status, status),
        Some(Sign::Settled) if matches!(signs.status, Status::Possible | Status::Completed) => {
            signs.status = Status::Planned
        }
        Some(Sign::Denied) => signs.negated = true,
        _ => {}
    }
}

/// "accepted an invitation from Hale to meet him": an infinitive that the tree hangs from the verb is still that of its object.
fn offered(view: &View<'_>, node: usize, event: usize, lexicon: &Lexicon) -> Option<Status> {
    let hung = view.tokens()[event].head == Some(node) && view.relation(event) == "advcl" && is_infinitive(view, event);
    let sign = |o: usize| lexicon.modality(view.lemma(o), Where::Governor);
    let noun = |o: &usize| view.tokens()[*o].upos == Upos::Noun && *o < event;
    view.dependents(node, &["obj"]).filter(noun).find_map(sign).filter(|_| hung)
}

/// What the word of the event says by itself: "is due in Tbilisi", "a possible visit".
fn own_signs(view: &View<'_>, node: usize, lexicon: &Lexicon) -> impl Iterator<Item = Status> {
    // "set off for": the particle makes another verb of it.
    let particle = matches!(view.lower(node + 1), "off" | "out" | "up" | "on" | "foot");
    let own = lexicon.modality(view.lemma(node), Where::Governor).filter(|_| !particle);
    let adjectives = view.dependents(node, &["amod"]).filter_map(|c| lexicon.modality(view.lower(c), Where::Adjective));
    own.into_iter().chain(adjectives)
}

/// "did not visit"; but "is not expected until Sunday" is expected on Sunday.
fn read_negation(view: &View<'_>, node: usize, event: usize, signs: &mut Certainty) {
    let not = |c: usize| matches!(view.lower(c), "not" | "n't" | "n’t" | "never");
    if !view.dependents(node, &["advmod", "neg"]).any(not) {
        return;
    }
    let until = || (node + 1..view.tokens().len()).any(|i| matches!(view.lower(i), "until" | "till" | "before"));
    if node != event && until() {
        signs.status = stronger(signs.status, Status::Planned);
    } else {
        signs.negated = true;
    }
}

/// What the word at `node`, or it and the next ("look forward"), says of what it governs.
fn governing(view: &View<'_>, node: usize, lexicon: &Lexicon) -> Option<Sign> {
    let lemma = view.lemma(node);
    let with_next = format!("{lemma} {}", view.lower(node + 1));
    let alone = || lexicon.sign(lemma, Where::Governor).filter(|_| !(lemma == "set" && view.lower(node + 1) == "off"));
    lexicon.sign(&with_next, Where::Governor).or_else(alone)
}

/// Whether the word of certainty at `node` speaks of the event: "expected to visit", "cancelled his trip", "the trip was
/// postponed", and not "arrived to propose talks".
fn governs(view: &View<'_>, node: usize, event: usize) -> bool {
    let path: Vec<usize> = view.ancestors(event).take_while(|a| *a != node).collect();
    // "looks forward to visiting", "looks forward to his visit"
    let forward = view.lower(node + 1) == "forward";
    let passes = |a: &usize| {
        (forward && view.relation(*a) == "advcl")
            || matches!(
                view.relation(*a),
                "xcomp" | "ccomp" | "obj" | "nsubj" | "conj" | "obl" | "nmod" | "acl" | "csubj" | "flat"
            )
    };
    path.iter().all(passes)
        && path.last().is_some_and(|top| {
            !matches!(view.relation(*top), "obl" | "conj")
                || is_infinitive(view, *top)
                || (forward && view.relation(*top) == "obl")
        })
}

/// "to visit".
fn is_infinitive(view: &View<'_>, i: usize) -> bool {
    view.tokens()[i].xpos == "VB" && view.dependents(i, &["mark", "aux"]).any(|c| view.lower(c) == "to")
}

/// "is to meet", "was then to fly": a form of be before an infinitive, whichever way the tree has it.
fn is_to(view: &View<'_>, i: usize) -> bool {
    if view.tokens()[i].xpos != "VB" && view.lower(i) != "be" {
        return false;
    }
    let Some(to) = (0..i).rev().take(2).find(|j| view.lower(*j) == "to") else { return false };
    // "is about to begin"
    if to > 0 && view.lower(to - 1) == "about" {
        return true;
    }
    let between =
        |j: &usize| matches!(view.tokens()[*j].upos, Upos::Adv | Upos::Aux | Upos::Verb | Upos::Part) || *j + 1 == to;
    (0..to)
        .rev()
        .take(4)
        .take_while(between)
        .find(|j| view.tokens()[*j].upos != Upos::Adv)
        .is_some_and(|j| matches!(view.lower(j), "is" | "are" | "was" | "were"))
}

/// "Minister Berg to visit Vietnam": an infinitive right after somebody, in a line without a finite verb.
fn is_headline_infinitive(view: &View<'_>, i: usize) -> bool {
    let to = i.checked_sub(1).filter(|to| view.lower(*to) == "to" && view.tokens()[i].xpos == "VB");
    let named = |to: usize| view.people.iter().any(|p| p.tokens.end == to);
    to.is_some_and(named) && !view.tokens().iter().any(Token::is_finite)
}

/// "to have visited"
fn is_perfect_infinitive(view: &View<'_>, i: usize) -> bool {
    let have = i.checked_sub(1).filter(|h| view.lower(*h) == "have" && view.tokens()[i].xpos == "VBN");
    have.and_then(|h| h.checked_sub(1)).is_some_and(|to| view.lower(to) == "to")
}

/// "was to have visited": it did not come to it.
fn was_to_have(view: &View<'_>, i: usize) -> bool {
    let before = |k: usize| i.checked_sub(k).map(|j| view.lower(j)).unwrap_or_default();
    view.tokens()[i].xpos == "VBN" && before(1) == "have" && before(2) == "to" && matches!(before(3), "was" | "were")
}

/// Cancelled outweighs possible, possible outweighs planned, planned outweighs completed.
fn stronger(a: Status, b: Status) -> Status {
    let weight = |s: Status| match s {
        Status::Completed => 0,
        Status::Planned => 1,
        Status::Possible => 2,
        Status::Cancelled => 3,
    };
    if weight(b) > weight(a) { b } else { a }
}
