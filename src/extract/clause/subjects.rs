//! Subjects and objects: who does what a verb or noun says, and to whom.
//!
//! By the tree first, and by the words around where the tree is wrong more often than they are. Knows no verb of travel.

use super::people::{each_once, people_of};
use crate::extract::classes::Class;
use crate::extract::names::PersonMention;
use crate::extract::scene::View;
use crate::language::Upos;

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
    if let Some(people) = by_relative(view, e).filter(|_| !tree()) {
        return people;
    }
    if other_subject(view, e) {
        return Vec::new();
    }
    let found = subjects_within(view, e, 0);
    let stands_alone = view.tokens()[e].upos == Upos::Adj || view.is_finite(e);
    if !found.is_empty() || !stands_alone {
        return found;
    }
    if let Some(people) = of_verb_before(view, e) {
        return people;
    }
    if may_stand_left(view, e) { nearest_left(view, e) } else { Vec::new() }
}

/// "Berg, who is due in Lisbon", where the tree has lost the pronoun: only auxiliaries and adverbs part it from the verb.
fn by_relative(view: &View<'_>, e: usize) -> Option<Vec<usize>> {
    let start = verb_group(view, e);
    let finite = (start..=e).any(|i| view.tokens()[i].is_finite());
    let pronoun = start.checked_sub(1).filter(|i| finite && view.lower(*i) == "who")?;
    beside(view, pronoun).filter(|people| !people.is_empty())
}

/// "would be in Rome and would have an audience", hung elsewhere: the nearest verb before it with a person as subject.
fn of_verb_before(view: &View<'_>, e: usize) -> Option<Vec<usize>> {
    if view.relation(e) != "conj" || view.dependents(e, &["nsubj"]).next().is_some() {
        return None;
    }
    let before = (0..e).rev().filter(|p| view.is_predicate(*p) && view.is_finite(*p));
    let direct = |p: usize| view.dependents(p, &["nsubj"]).flat_map(|n| people_of(view, n)).collect::<Vec<_>>();
    before.map(direct).find(|people| !people.is_empty())
}

/// Whether the person left of the verb can be its subject. The tree may point at a word of a long title that nobody's mark
/// covers: the name then stands between it and the verb.
fn may_stand_left(view: &View<'_>, e: usize) -> bool {
    let subject = view.dependents(e, &["nsubj"]).next();
    let person = view.people.iter().rfind(|p| p.tokens.end <= e);
    subject.zip(person).is_none_or(|(s, p)| s <= p.tokens.end && view.tokens()[s].upos == Upos::Propn)
}

/// Where the auxiliaries and adverbs begin that stand right before the verb at `e`.
fn verb_group(view: &View<'_>, e: usize) -> usize {
    let light = |i: &usize| matches!(view.tokens()[*i].upos, Upos::Aux | Upos::Adv | Upos::Part);
    (0..e).rev().take_while(light).last().unwrap_or(e)
}

/// "as vaccine have arrived": a noun right before a finite verb that the tree gives no subject is its subject.
fn other_subject(view: &View<'_>, e: usize) -> bool {
    let Some(before) = verb_group(view, e).checked_sub(1).filter(|_| view.is_finite(e) && view.relation(e) != "conj")
    else {
        return false;
    };
    let noun = view.tokens()[before].upos == Upos::Noun && view.person_at(before).is_none();
    let timed = view.times.iter().any(|t| t.tokens.contains(&before));
    noun && !timed && view.dependents(e, &["nsubj"]).next().is_none() && view.relation(e) == "advcl"
}

/// "after Holm visited": the person right before a finite verb, or parted from it by auxiliaries and adverbs only.
fn right_before(view: &View<'_>, e: usize) -> Option<usize> {
    let end = verb_group(view, e);
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

/// "an invitation for President Duarte to visit": the person between "for" and the infinitive at `e`.
fn invited(view: &View<'_>, e: usize) -> Option<usize> {
    let to = e.checked_sub(1).filter(|i| view.lower(*i) == "to" && view.tokens()[e].xpos == "VB")?;
    let person = view.people.iter().find(|p| p.tokens.end == to && !p.name.is_empty())?;
    let before = person.tokens.start.checked_sub(1)?;
    // "his invitation to Petrov to visit"
    let invitation = view.lower(before) == "to" && before.checked_sub(1).is_some_and(|n| view.is(n, Class::Request));
    (view.lower(before) == "for" || invitation).then_some(person.tokens.start)
}

/// The subject of `e`, or where it has none that of what it hangs from.
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
        return each_once(direct.iter().flat_map(|s| people_or_owner(view, *s)).collect());
    }
    let Some(head) = view.tokens()[e].head else {
        return if view.is_predicate(e) { nearest_left(view, e) } else { Vec::new() };
    };
    match view.relation(e) {
        // "was in Lima yesterday to meet": hung from the day or the town, it still belongs to the clause.
        "acl" if view.is_circumstance(head) => subjects_within(view, view.clause_head(head), depth + 1),
        "acl" | "amod" => owner_of(view, head, depth),
        "xcomp" | "ccomp" if view.is(head, Class::ObjectControl) => {
            let mut objects = view.dependents(head, &["obj", "iobj"]).peekable();
            // "was sent to visit" has no object, "watched troops leave" one that is nobody of the article.
            if objects.peek().is_none() {
                subjects_within(view, head, depth + 1)
            } else {
                objects.flat_map(|o| people_of(view, o)).collect()
            }
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
        None if view.relation(noun) == "obj" => holder_of(view, noun, depth),
        None => Vec::new(),
    }
}

/// "accepted an invitation to visit", "has dropped plans to visit": who holds the thing that the verb over `noun` is about. What
/// is given ("extended an invitation to X") is held by its receiver.
fn holder_of(view: &View<'_>, noun: usize, depth: usize) -> Vec<usize> {
    let Some(verb) = view.tokens()[noun].head.filter(|v| view.is_predicate(*v)) else { return Vec::new() };
    if view.is(verb, Class::Giving) {
        let to = |o: &usize| view.relation(*o) == "iobj" || view.marker(*o) == "to";
        return view.dependents(verb, &["iobj", "obl"]).filter(to).flat_map(|o| people_of(view, o)).collect();
    }
    subjects_within(view, verb, depth + 1)
}

/// Whether a relative clause can begin with the word.
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
