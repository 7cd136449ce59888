//! Questions about one clause: who is its subject, how certain is it, when does it take place.
//!
//! Pure functions over a [`View`] whose people, places and times are marked. They know grammar and the signs of certainty in
//! the lexicon; which verbs mean travel or meeting is the business of [`super::visits`] and [`super::meetings`].

use super::classes::Class;
use super::lexicon::{Lexicon, Sign, Where};
use super::names::PersonMention;
use super::scene::View;
use super::times::TimeMention;
use crate::itinerary::Status;
use crate::language::{self, Upos};

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

/// The people in their order, each once.
pub fn each_once(mut people: Vec<usize>) -> Vec<usize> {
    let mut seen = Vec::new();
    people.retain(|p| {
        let new = !seen.contains(p);
        seen.push(*p);
        new
    });
    people
}

/// The officials that the noun phrase at token `t` names, with those coordinated to it.
pub fn people_of(view: &View<'_>, t: usize) -> Vec<usize> {
    let Some(first) = view.people.iter().position(|p| p.tokens.contains(&t)).or_else(|| apposed(view, t)) else {
        let led = led_by(view, t);
        return if led.is_empty() { including(view, t) } else { led };
    };
    let run = enumeration(view, first);
    let mut found: Vec<usize> = Vec::new();
    for person in view.people[run].iter().filter_map(|p| p.official) {
        if !found.contains(&person) {
            found.push(person);
        }
    }
    found
}

/// The enumeration of people that the one at `at` stands in: the tree may point into its middle. Commas alone make none, as
/// in "After talks with Abbas, Blinken left", unless the tree coordinates the two.
fn enumeration(view: &View<'_>, at: usize) -> std::ops::Range<usize> {
    let people = &view.people;
    let start = (0..at).rev().take_while(|i| coordinated(view, &people[*i], &people[i + 1])).last().unwrap_or(at);
    let end =
        (at + 1..people.len()).take_while(|i| coordinated(view, &people[i - 1], &people[*i])).last().unwrap_or(at);
    let joined = |i: &usize| {
        let words = people[*i].tokens.end..people[i + 1].tokens.start;
        words.clone().any(|t| !matches!(view.lower(t), "," | "the")) || conjoined(view, &people[*i], &people[i + 1])
    };
    let broken = |i: &usize| !joined(i);
    if (start..end).any(|i| joined(&i)) {
        // Commas before the last "and" belong to the list; after it they end it.
        let last = (start..end).rev().find(joined).unwrap_or(end);
        let end = if at > last + 1 { end } else { last + 1 };
        let start = if at > last + 1 { (last + 1..at).rev().find(broken).map_or(last + 1, |i| i + 1) } else { start };
        return start..end + 1;
    }
    at..at + 1
}

/// Whether the tree coordinates two people.
fn conjoined(view: &View<'_>, a: &PersonMention, b: &PersonMention) -> bool {
    let top =
        |p: &PersonMention| p.tokens.clone().find(|t| view.tokens()[*t].head.is_none_or(|h| !p.tokens.contains(&h)));
    let (Some(a), Some(b)) = (top(a), top(b)) else { return false };
    view.relation(b) == "conj" && view.under(b, a)
}

/// "his counterpart, Hakan Fidan": a person in apposition to the noun at `t`.
fn apposed(view: &View<'_>, t: usize) -> Option<usize> {
    let near = |c: usize| matches!(view.relation(c), "appos" | "flat" | "compound");
    view.children(t).iter().filter(|c| near(**c)).find_map(|c| view.people.iter().position(|p| p.tokens.contains(c)))
}

/// "a delegation headed by Erika Zommere", "a delegation – led by …": the named leaders of the group at `t`.
pub fn led_by(view: &View<'_>, t: usize) -> Vec<usize> {
    let leads = |i: usize| view.lower(i + 1) == "by" && view.is(i, Class::Leading);
    let by_tree = view.dependents(t, &["acl"]).find(|a| leads(*a));
    let near = || {
        let group = view.is(t, Class::Party) || view.lemma(t) == "group";
        (t + 1..view.tokens().len().min(t + 10)).find(|i| group && leads(*i))
    };
    let Some(by) = by_tree.or_else(near).map(|a| a + 1) else { return Vec::new() };
    let named = view.people.iter().find(|p| p.tokens.start > by && p.tokens.start <= by + 3);
    named.map(|p| people_of(view, p.tokens.start)).unwrap_or_default()
}

/// "twenty heads of state, including X and Y": the people named of a group.
fn including(view: &View<'_>, t: usize) -> Vec<usize> {
    let word = (t + 1..view.tokens().len().min(t + 8))
        .find(|i| matches!(view.lower(*i), "including" | "among" | "notably" | ":"));
    let clear = |w: &usize| (t + 1..*w).all(|i| !view.is_predicate(i));
    let many = view.is(t, Class::Crowd);
    let group = view.tokens()[t].xpos == "NNS" || many;
    let Some(word) = word.filter(clear).filter(|_| group) else { return Vec::new() };
    let first = view.people.iter().find(|p| p.tokens.start > word && p.tokens.start <= word + 4 && !p.name.is_empty());
    first.map(|p| people_of(view, p.tokens.start)).unwrap_or_default()
}

/// Whether only commas and "and" stand between two people.
fn coordinated(view: &View<'_>, a: &PersonMention, b: &PersonMention) -> bool {
    // "Patrick Moynihan of New York, Christopher Dodd of Connecticut"
    let of = (view.lower(a.tokens.end) == "of").then(|| {
        let named = |i: &usize| view.tokens()[*i].xpos.starts_with("NNP");
        (a.tokens.end + 1..b.tokens.start).take_while(named).last().map_or(a.tokens.end, |i| i + 1)
    });
    let between: Vec<&str> = (of.unwrap_or(a.tokens.end)..b.tokens.start).map(|i| view.lower(i)).collect();
    let light = |w: &&str| {
        matches!(
            *w,
            "," | "and"
                | "&"
                | "the"
                | "as"
                | "well"
                | "also"
                | ";"
                | "by"
                | "along"
                | "together"
                | "with"
                | "alongside"
                | "his"
                | "her"
                | "their"
        )
    };
    let joins = |w: &&str| matches!(*w, "," | "and" | "&" | ";" | "well" | "along" | "together" | "alongside");
    !between.is_empty() && between.len() <= 5 && between.iter().all(light) && between.iter().any(joins)
}

/// The officials whom the verb at `e` takes as its object: by the tree, else right after it.
pub fn objects(view: &View<'_>, e: usize) -> Vec<usize> {
    let found: Vec<usize> = view.dependents(e, &["obj", "iobj"]).flat_map(|o| people_of(view, o)).collect();
    let after = || view.people.iter().find(|p| p.tokens.start == e + 1 && !p.name.is_empty());
    let possessor = |p: &PersonMention| matches!(view.lower(p.tokens.end), "'s" | "’s" | "'" | "’");
    match after() {
        Some(person) if found.is_empty() && !possessor(person) => people_of(view, person.tokens.start),
        _ => found,
    }
}

/// The officials who do what the verb or noun at `e` says.
pub fn subjects(view: &View<'_>, e: usize) -> Vec<usize> {
    if let Some(named) = invited(view, e) {
        return people_of(view, named);
    }
    let tree =
        || view.dependents(e, &["nsubj"]).any(|s| !people_of(view, s).is_empty() || relative_pronoun(view.lower(s)));
    if view.is_finite(e)
        && let Some(person) = right_before(view, e)
        && !tree()
    {
        return people_of(view, person);
    }
    if other_subject(view, e) {
        return Vec::new();
    }
    let found = subjects_within(view, e, 0);
    let stands_alone = view.tokens()[e].upos == Upos::Adj || view.is_finite(e);
    if !found.is_empty() || !stands_alone {
        return found;
    }
    if view.relation(e) == "conj" && view.dependents(e, &["nsubj"]).next().is_none() {
        // "would be in Rome and would have an audience", hung elsewhere: the nearest verb before it with a person as subject.
        let before = (0..e).rev().filter(|p| view.is_predicate(*p) && view.is_finite(*p));
        let direct = |p: usize| view.dependents(p, &["nsubj"]).flat_map(|n| people_of(view, n)).collect::<Vec<_>>();
        if let Some(people) = before.map(direct).find(|people| !people.is_empty()) {
            return people;
        }
    }
    // The tree may point at a word of a long title that nobody's mark covers: the name then stands between it and the verb.
    let subject = view.dependents(e, &["nsubj"]).next();
    let person = view.people.iter().rfind(|p| p.tokens.end <= e);
    let between = subject.zip(person).is_none_or(|(s, p)| s <= p.tokens.end && view.tokens()[s].upos == Upos::Propn);
    if between { nearest_left(view, e) } else { found }
}

/// "as vaccine have arrived": a noun right before a finite verb that the tree gives no subject is its subject.
fn other_subject(view: &View<'_>, e: usize) -> bool {
    let light = |i: &usize| matches!(view.tokens()[*i].upos, Upos::Aux | Upos::Adv | Upos::Part);
    let end = (0..e).rev().take_while(light).last().unwrap_or(e);
    let Some(before) = end.checked_sub(1).filter(|_| view.is_finite(e) && view.relation(e) != "conj") else {
        return false;
    };
    let noun = view.tokens()[before].upos == Upos::Noun && view.person_at(before).is_none();
    let timed = view.times.iter().any(|t| t.tokens.contains(&before));
    noun && !timed && view.dependents(e, &["nsubj"]).next().is_none() && view.relation(e) == "advcl"
}

/// "after Holm visited": the person right before a finite verb, or parted from it by auxiliaries and adverbs only.
fn right_before(view: &View<'_>, e: usize) -> Option<usize> {
    let light = |i: &usize| matches!(view.tokens()[*i].upos, Upos::Aux | Upos::Adv | Upos::Part);
    let end = (0..e).rev().take_while(light).last().unwrap_or(e);
    let person = view.people.iter().find(|p| p.tokens.end == end && !p.name.is_empty())?;
    // "an aide to President Bush said"
    let before = person.tokens.start.checked_sub(1).map(|i| (view.lower(i), view.tokens()[i].upos));
    let governed = before.is_some_and(|(word, upos)| {
        upos == Upos::Adp
            && !matches!(word, "after" | "before" | "since" | "until" | "as" | "while" | "when" | "because")
            || matches!(word, "'s" | "’s")
    });
    (!governed).then_some(person.tokens.start)
}

/// "an invitation for President Lula to visit": the person between "for" and the infinitive at `e`.
fn invited(view: &View<'_>, e: usize) -> Option<usize> {
    let to = e.checked_sub(1).filter(|i| view.lower(*i) == "to" && view.tokens()[e].xpos == "VB")?;
    let person = view.people.iter().find(|p| p.tokens.end == to && !p.name.is_empty())?;
    let before = person.tokens.start.checked_sub(1)?;
    // "his invitation to Gorbachev to visit"
    let invitation = view.lower(before) == "to" && before.checked_sub(1).is_some_and(|n| view.is(n, Class::Request));
    (view.lower(before) == "for" || invitation).then_some(person.tokens.start)
}

fn subjects_within(view: &View<'_>, e: usize, depth: usize) -> Vec<usize> {
    if depth > 6 {
        return Vec::new();
    }
    let pronoun = |p: &PersonMention| p.tokens.len() == 1 && view.tokens()[p.tokens.start].upos == Upos::Pron;
    if depth > 0 && view.person_at(e).is_some_and(|p| !pronoun(p)) {
        return people_of(view, e);
    }
    let direct: Vec<usize> = view.dependents(e, &["nsubj"]).collect();
    if let Some(subject) = direct.first() {
        if relative_pronoun(view.lower(*subject)) && view.person_at(*subject).is_none() {
            return beside(view, *subject).unwrap_or_else(|| antecedent(view, e));
        }
        let mut people: Vec<usize> = Vec::new();
        for person in direct.iter().flat_map(|s| people_or_owner(view, *s)) {
            if !people.contains(&person) {
                people.push(person);
            }
        }
        return people;
    }
    let Some(head) = view.tokens()[e].head else {
        return if view.is_predicate(e) { nearest_left(view, e) } else { Vec::new() };
    };
    match view.relation(e) {
        "acl" | "amod" => owner_of(view, head, depth),
        "xcomp" | "ccomp" if view.is(head, Class::ObjectControl) => {
            let object = view.dependents(head, &["obj", "iobj"]).flat_map(|o| people_of(view, o)).collect::<Vec<_>>();
            if object.is_empty() { subjects_within(view, head, depth + 1) } else { object }
        }
        "ccomp" if view.is_finite(e) => nearest_left(view, e),
        _ => subjects_within(view, head, depth + 1),
    }
}

/// "Bush's plane touched down", "her remarks came after a visit": the owner of what goes with its owner.
fn people_or_owner(view: &View<'_>, subject: usize) -> Vec<usize> {
    let people = people_of(view, subject);
    let goes_along = view.is(subject, Class::Conveyance) || view.is(subject, Class::Utterance);
    let owner = view.children(subject).iter().find(|c| view.tokens()[**c].deprel == "nmod:poss").filter(|_| goes_along);
    match owner {
        Some(owner) if people.is_empty() => people_of(view, *owner),
        _ => people,
    }
}

/// Who does what an infinitive or participle after the noun at `noun` says: the one named, the owner of "his decision to go",
/// or the subject of "is the first premier to visit".
fn owner_of(view: &View<'_>, noun: usize, depth: usize) -> Vec<usize> {
    let named = people_of(view, noun);
    if !named.is_empty() {
        return named;
    }
    let owner = view.children(noun).iter().find(|c| view.tokens()[**c].deprel == "nmod:poss");
    match owner {
        Some(owner) => people_of(view, *owner),
        None if view.dependents(noun, &["cop"]).next().is_some() => subjects_within(view, noun, depth + 1),
        // "became the first premier to visit"
        None if view.relation(noun) == "xcomp" => subjects_within(view, noun, depth + 1),
        None => Vec::new(),
    }
}

fn relative_pronoun(word: &str) -> bool {
    matches!(word, "who" | "that" | "which" | "whom")
}

/// "Bush, who visited": the person right before a relative pronoun, whatever the tree says.
fn beside(view: &View<'_>, pronoun: usize) -> Option<Vec<usize>> {
    let set_off = pronoun > 0 && matches!(view.tokens()[pronoun - 1].form.as_str(), "," | "--" | "—" | "–" | "(");
    let end = pronoun - usize::from(set_off);
    let person = view.people.iter().find(|p| p.tokens.end == end || p.tokens.end == pronoun)?;
    // "Bush and Blair, who": both of them.
    let all = people_of(view, person.tokens.start);
    let plural =
        (pronoun + 1..view.tokens().len().min(pronoun + 3)).any(|i| matches!(view.lower(i), "are" | "were" | "have"));
    Some(if plural { all } else { person.official.into_iter().collect() })
}

/// What a relative clause headed by `e` describes.
fn antecedent(view: &View<'_>, e: usize) -> Vec<usize> {
    let clause = view.ancestors(e).find(|a| view.relation(*a) == "acl");
    clause.and_then(|c| view.tokens()[c].head).map(|h| people_of(view, h)).unwrap_or_default()
}

/// The nearest named person left of `e` with no other finite verb between: for where the tree fails.
fn nearest_left(view: &View<'_>, e: usize) -> Vec<usize> {
    let Some(index) = view.people.iter().rposition(|p| p.tokens.end <= e) else { return Vec::new() };
    let end = view.people[index].tokens.end;
    let broken = (end..e).any(|i| view.is_predicate(i) && view.is_finite(i));
    let subordinator =
        |i: usize| matches!(view.lower(i), "after" | "before" | "since" | "until" | "as" | "while" | "when");
    let governed = view.people[index]
        .tokens
        .start
        .checked_sub(1)
        .is_some_and(|i| view.tokens()[i].upos == Upos::Adp && !subordinator(i));
    if broken || governed { Vec::new() } else { people_of(view, view.people[index].tokens.start) }
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
        // "before he heads to Lisbon": the present tense of such a clause takes its time from the main one.
        let has = view.dependents(node, &["aux"]).any(|c| view.lemma(c) == "have" && view.tokens()[c].xpos != "VBD");
        let leaning = view.relation(node) == "advcl"
            && (matches!(view.tokens()[node].xpos, "VBZ" | "VBP") || has)
            && (matches!(view.marker(node).as_str(), "before" | "after" | "when" | "as" | "until" | "once")
                || view.dependents(node, &["advmod"]).any(|c| matches!(view.lower(c), "when" | "once" | "where")));
        // Its time is that of the statement that it leans on.
        if leaning && let Some(main) = view.ancestors(node).skip(1).find(|a| view.is_predicate(*a)) {
            let of_main = certainty(view, main, lexicon);
            return Certainty { status: stronger(signs.status, of_main.status), negated: signs.negated, ..of_main };
        }
        // "will visit Rome and hold talks": the second verb stands in the tense of the first.
        let shares = view.relation(node) == "conj"
            && view.tokens()[node].xpos == "VBP"
            && view.dependents(node, &["nsubj", "aux"]).next().is_none()
            && view.tokens()[node].head.is_some_and(|h| view.dependents(h, &["aux"]).next().is_some());
        if view.is_predicate(node) && view.is_finite(node) && !shares {
            let asserted = e == node || view.tokens()[e].upos != Upos::Noun || view.relation(e) != "obj" || {
                // "welcomed his visit" does not say that it has taken place; "began a visit" does.
                lexicon.travel_verbs.contains_key(view.lemma(node)) || lexicon.carriers.contains(view.lemma(node))
            };
            signs.tensed |= (view.clause_head(e) == node && asserted) || (chained(view, e, node) && asserted);
            let mut path = view.ancestors(e).take_while(|a| *a != node);
            // "embarks on a trip"
            let carried = |a: usize| {
                view.relation(a) == "obl"
                    && view.marker(a) == "on"
                    && lexicon.travel_verbs.contains_key(view.lemma(node))
            };
            // "visits Europe next week to attend"
            let aim = |a: usize| view.relation(a) == "advcl" && is_infinitive(view, a);
            let own = path.all(|a| {
                matches!(view.relation(a), "xcomp" | "obj" | "nsubj" | "conj" | "ccomp") || carried(a) || aim(a)
            });
            signs.present = own && in_present(view, node);
            signs.perfect = view
                .dependents(node, &["aux"])
                .any(|c| view.lemma(c) == "have" && matches!(view.tokens()[c].xpos, "VBZ" | "VBP"));
            // "denied reports that he would visit", "it is possible that they will meet"
            let above =
                view.ancestors(node).skip(1).take(3).find_map(|a| lexicon.modality(view.lemma(a), Where::Above));
            signs.status = above.map_or(signs.status, |status| stronger(signs.status, status));
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

fn read_node(view: &View<'_>, node: usize, event: usize, lexicon: &Lexicon, signs: &mut Certainty) {
    let mut unreal = false;
    let mut claim = |status: Status| signs.status = stronger(signs.status, status);
    for c in view.dependents(node, &["aux", "cop"]) {
        if let Some(status) = lexicon.modality(view.lower(c), Where::Auxiliary) {
            claim(status);
        }
        match view.lower(c) {
            "would" | "'d" | "’d" => claim(Status::Planned),
            // "should visit" says what somebody wants.
            "should" | "ought" | "must" => unreal = true,
            _ => {}
        }
    }
    if node == event {
        // "is due in Tbilisi", "is expected in Kuwait": the word of certainty is the statement itself.
        // "set off for": the particle makes another verb of it.
        let particle = matches!(view.lower(node + 1), "off" | "out" | "up" | "on" | "foot");
        if let Some(status) = lexicon.modality(view.lemma(node), Where::Governor).filter(|_| !particle) {
            claim(status);
        }
        for c in view.dependents(node, &["amod"]) {
            if let Some(status) = lexicon.modality(view.lower(c), Where::Adjective) {
                claim(status);
            }
        }
    } else {
        match governing(view, node, lexicon).filter(|_| governs(view, node, event)) {
            Some(Sign::Status(status)) => claim(status),
            Some(Sign::Settled) if matches!(signs.status, Status::Possible | Status::Completed) => {
                signs.status = Status::Planned
            }
            Some(Sign::Denied) => signs.negated = true,
            _ => {}
        }
    }
    signs.negated |= unreal;
    if is_to(view, node) {
        signs.status = stronger(signs.status, Status::Planned);
    }
    let not =
        view.dependents(node, &["advmod", "neg"]).find(|c| matches!(view.lower(*c), "not" | "n't" | "n’t" | "never"));
    // "is not expected until Sunday": on Sunday, then.
    let until = || (node + 1..view.tokens().len()).any(|i| matches!(view.lower(i), "until" | "till" | "before"));
    match not {
        Some(_) if node != event && until() => signs.status = stronger(signs.status, Status::Planned),
        Some(_) => signs.negated = true,
        None => {}
    }
    let had = view.dependents(node, &["aux"]).any(|c| view.lower(c) == "had");
    signs.pluperfect |= had && node == event;
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
    let looks_forward = view.lower(node + 1) == "forward";
    path.iter().all(|a| {
        (looks_forward && view.relation(*a) == "advcl")
            || matches!(
                view.relation(*a),
                "xcomp" | "ccomp" | "obj" | "nsubj" | "conj" | "obl" | "nmod" | "acl" | "csubj" | "flat"
            )
    }) && path.last().is_some_and(|a| {
        let forward = view.lower(node + 1) == "forward" && matches!(view.relation(*a), "obl" | "advcl" | "xcomp");
        !matches!(view.relation(*a), "obl" | "conj") || is_infinitive(view, *a) || forward
    })
}

fn is_infinitive(view: &View<'_>, i: usize) -> bool {
    view.tokens()[i].xpos == "VB" && view.dependents(i, &["mark", "aux"]).any(|c| view.lower(c) == "to")
}

/// "is to meet", "was then to fly": a form of be before an infinitive, whichever way the tree has it.
fn is_to(view: &View<'_>, i: usize) -> bool {
    if view.tokens()[i].xpos != "VB" && !matches!(view.lower(i), "be") {
        return false;
    }
    let Some(to) = (0..i).rev().take(2).find(|j| view.lower(*j) == "to") else { return false };
    // "is about to begin"
    if to > 0 && view.lower(to - 1) == "about" {
        return true;
    }
    (0..to)
        .rev()
        .take(4)
        .take_while(|j| {
            matches!(view.tokens()[*j].upos, Upos::Adv | Upos::Aux | Upos::Verb | Upos::Part) || *j + 1 == to
        })
        .find(|j| view.tokens()[*j].upos != Upos::Adv)
        .is_some_and(|j| matches!(view.lower(j), "is" | "are" | "was" | "were"))
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

/// The time expressions that say when the event at `e` takes place, nearest first.
pub fn times_of<'v>(view: &'v View<'_>, e: usize) -> Vec<&'v TimeMention> {
    let clause = view.clause_head(e);
    // "today announced a visit to": the day of the announcement.
    let object =
        view.ancestors(e).find(|a| view.tokens()[*a].head == Some(clause)).is_some_and(|a| view.relation(a) == "obj");
    let announced = object && view.tokens()[e].xpos.starts_with("NN") && language::is_saying(&view.tokens()[clause]);
    let of_saying = |time: &TimeMention| announced && time.tokens.end <= e && !view.under(time.tokens.start, e);
    let mut near: Vec<(usize, &TimeMention)> = view
        .times
        .iter()
        .filter(|time| !bounds_only(view, time) && !of_saying(time))
        .filter_map(|time| {
            let at = time.tokens.start;
            let own = view.under(at, e) && !crosses_predicate(view, at, e) && !crosses_event(view, at, e);
            let same = view.clause_head(at) == clause && !crosses_event(view, at, clause);
            let shared = shares_time(view, clause, view.clause_head(at));
            let distance = at.abs_diff(e);
            match (own, same, shared) {
                (true, _, _) => Some((distance, time)),
                (_, true, _) => Some((distance + 20, time)),
                (_, _, true) => Some((distance + 60, time)),
                _ => None,
            }
        })
        .collect();
    // Where the tree hangs a time elsewhere, it belongs to the only statement that there is.
    let statements = (0..view.tokens().len()).filter(|i| view.is_predicate(*i) && view.is_finite(*i)).count();
    let only = view.times.iter().filter(|t| t.duration().is_none()).count() == 1;
    if near.is_empty() {
        let governs = |t: &TimeMention| view.under(e, view.clause_head(t.tokens.start));
        let own = |t: &TimeMention| {
            let other = view.clause_head(t.tokens.start);
            other == clause || !view.is_predicate(other) || !differs_in_time(view, clause, other)
        };
        let fits = |t: &&TimeMention| statements <= 1 || (only && governs(t) && own(t));
        near.extend(
            view.times
                .iter()
                .filter(|t| !bounds_only(view, t) && !of_saying(t))
                .filter(fits)
                .map(|t| (t.tokens.start.abs_diff(e), t)),
        );
    }
    near.sort_by_key(|(distance, time)| (*distance, time.tokens.start));
    near.into_iter().map(|(_, time)| time).collect()
}

/// "the first visit since 2009", "until Friday": no day of the event.
fn bounds_only(view: &View<'_>, time: &TimeMention) -> bool {
    let before = time.tokens.start.checked_sub(1).map(|i| view.lower(i)).unwrap_or_default();
    matches!(before, "since" | "until" | "till")
}

/// "left Bonn ahead of her visit to Moscow next week": the week is that of the visit.
fn crosses_event(view: &View<'_>, from: usize, to: usize) -> bool {
    let apart = |a: usize| {
        view.events.contains(&a)
            && matches!(
                view.marker(a).as_str(),
                "ahead of" | "before" | "after" | "following" | "since" | "prior to" | "ahead" | "from"
            )
    };
    view.ancestors(from).take_while(|a| *a != to).any(apart)
}

fn crosses_predicate(view: &View<'_>, from: usize, to: usize) -> bool {
    // "a visit to Washington starting next Wednesday": the participle only dates it.
    let dates = |a: usize| {
        view.relation(a) == "acl"
            && (view.is(a, Class::Beginning) || view.is(a, Class::Ending) || view.is(a, Class::Appointing))
    };
    view.ancestors(from).take_while(|a| *a != to).any(|a| view.is_predicate(a) && !dates(a))
}

/// "departed on Thursday and will visit", "flies on Monday before he heads to": clauses that each have their own time.
fn differs_in_time(view: &View<'_>, clause: usize, other: usize) -> bool {
    let will = |v: usize| view.dependents(v, &["aux"]).any(|a| view.tokens()[a].xpos == "MD");
    let tense = |v: usize| (will(v), view.tokens()[v].xpos == "VBD");
    let apart = |v: usize| view.relation(v) == "advcl" && matches!(view.marker(v).as_str(), "before" | "after");
    let tensed = view.is_finite(clause) && view.is_finite(other);
    (tensed && tense(clause) != tense(other)) || apart(clause) || apart(other)
}

/// Whether a time of the clause at `other` holds for the clause at `clause` too: infinitives share their governor's, and
/// coordinated verbs the first one's.
fn shares_time(view: &View<'_>, clause: usize, other: usize) -> bool {
    if differs_in_time(view, clause, other) {
        return false;
    }
    let down = |low: usize, high: usize| {
        let path: Vec<usize> = view.ancestors(low).take_while(|a| *a != high).collect();
        view.under(low, high)
            && path.iter().all(|a| matches!(view.relation(*a), "xcomp" | "conj" | "obj" | "obl" | "nmod" | "advcl"))
            && path
                .iter()
                .filter(|a| view.is_predicate(**a))
                .all(|a| !view.is_finite(*a) || view.relation(*a) == "conj")
    };
    down(clause, other) || (down(other, clause) && view.relation(other) == "xcomp")
}
