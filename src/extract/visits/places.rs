//! Places: which places of a sentence a word of travel governs.
//!
//! Answers by the tree, and by what stands right beside the word where the tree is silent or wrong. It knows grammar; that
//! somebody goes there is said by the word that asks.

use crate::extract::Reader;
use crate::extract::scene::View;
use crate::extract::toponyms::PlaceMention;

/// Whether one of these prepositions governs the place.
pub(super) fn with_preposition(p: &PlaceMention, prepositions: &[String]) -> bool {
    p.preposition.as_ref().is_some_and(|q| prepositions.iter().any(|w| w == q))
}

/// Whether "in" or "at" governs the place.
pub(super) fn is_inside(p: &PlaceMention) -> bool {
    matches!(p.preposition.as_deref(), Some("in" | "at"))
}

/// Places of a sentence that `chosen` accepts, with the rest of their lists.
pub(super) fn places(view: &View<'_>, chosen: impl Fn(&&PlaceMention) -> bool) -> Vec<PlaceMention> {
    let mut found: Vec<PlaceMention> = Vec::new();
    for place in view.places.iter().filter(chosen) {
        for member in list_of(view, place) {
            if !found.iter().any(|f| f.tokens == member.tokens) {
                found.push(member);
            }
        }
    }
    found
}

/// `place` and the later members of its list.
pub(super) fn list_of(view: &View<'_>, place: &PlaceMention) -> Vec<PlaceMention> {
    let Some((list, index)) = place.list else { return vec![place.clone()] };
    view.places.iter().filter(|p| p.list.is_some_and(|(l, i)| l == list && i >= index)).cloned().collect()
}

/// Places that one of the prepositions puts in the clause or phrase of the word at `e`.
pub(super) fn governed(reader: &Reader<'_>, view: &View<'_>, e: usize, prepositions: &[String]) -> Vec<PlaceMention> {
    places(view, |p| with_preposition(p, prepositions) && attached(reader, view, p, e))
}

/// Places that the verb at `e` takes as its object: "visited Kenya and Uganda".
pub(super) fn objects(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Vec<PlaceMention> {
    places(view, |p| is_bare(p, e) && attached_as_object(reader, view, p, e))
}

/// Places that lie in the object of the verb at `e`: "visited a hospital in East Jerusalem".
pub(super) fn within_object(view: &View<'_>, e: usize) -> Vec<PlaceMention> {
    places(view, |p| {
        matches!(p.preposition.as_deref(), Some("in" | "at" | "near" | "of"))
            && !p.qualifies
            && (inside_object(view, p.head, e) || right_after_object(view, p, e))
    })
}

/// Whether no preposition stands between the word at `e` and the place.
pub(super) fn is_bare(p: &PlaceMention, e: usize) -> bool {
    p.preposition_at.is_none_or(|at| at < e)
}

/// The place stands inside the object of the verb at `e`.
fn inside_object(view: &View<'_>, place: usize, e: usize) -> bool {
    let path: Vec<usize> = view.ancestors(place).take_while(|a| *a != e).collect();
    let top = path.last().copied();
    view.under(place, e)
        && path.len() > 1
        && path.iter().skip(1).all(|a| !view.is_predicate(*a))
        && top.is_some_and(|t| view.relation(t) == "obj" && view.person_at(t).is_none())
}

/// The place stands right after the object, whichever word the tree hangs it from.
fn right_after_object(view: &View<'_>, place: &PlaceMention, e: usize) -> bool {
    let end = place.preposition_at.unwrap_or(place.tokens.start);
    let object = view.dependents(e, &["obj"]).find(|o| *o + 1 == end && view.person_at(*o).is_none());
    object.is_some_and(|o| !view.places.iter().any(|p| p.tokens.contains(&o)))
}

/// Whether the place hangs from the act at `e` by nouns only: "inspected troops in Mali".
pub(super) fn is_scene_of(view: &View<'_>, place: usize, e: usize) -> bool {
    let path: Vec<usize> = view.ancestors(place).take_while(|a| *a != e).collect();
    let thing = |a: &usize| matches!(view.relation(*a), "obj" | "obl" | "nmod" | "flat" | "conj" | "compound");
    view.under(place, e) && path.len() <= 2 && path.iter().all(|a| thing(a) && !view.is_predicate(*a))
}

/// Whether the preposition of a place hangs from the word at `e`: upwards in the tree with no other verb or noun of travel
/// between; where the tree is silent, right after it.
pub(super) fn attached(reader: &Reader<'_>, view: &View<'_>, p: &PlaceMention, e: usize) -> bool {
    if p.qualifies {
        return false;
    }
    // "considering a visit to Kenya": right after a noun of travel the preposition is the noun's.
    let at = p.preposition_at.unwrap_or(p.tokens.start);
    if at == e + 1 && view.tokens()[e].xpos.starts_with("NN") {
        return true;
    }
    let governor = governor(reader, view, first_of_list(view, p), e);
    governor == Some(e) || is_near(view, at, e, governor)
}

/// Whether a place hangs from the verb at `e` as its object does.
pub(super) fn attached_as_object(reader: &Reader<'_>, view: &View<'_>, p: &PlaceMention, e: usize) -> bool {
    let first = first_of_list(view, p);
    // The tree may say that a qualifier is the object all the same.
    if p.qualifies && !(view.under(first, e) && view.ancestors(first).nth(1) == Some(e)) {
        return false;
    }
    // "will visit the Republic of Korea": right after the verb, whatever the tree says.
    let light = |i: usize| matches!(view.tokens()[i].xpos, "DT" | "JJ" | "PRP$" | "VBG");
    let start = p.tokens.start;
    if start > e && start - e <= 3 && (e + 1..start).all(light) && !p.qualifies {
        return true;
    }
    let governor = governor(reader, view, first, e);
    if governor == Some(e) {
        let part = |a: usize| {
            matches!(view.relation(a), "obj" | "conj" | "appos" | "flat" | "compound" | "nsubj" | "nmod" | "dep")
        };
        return view.ancestors(first).take_while(|a| *a != e).all(part);
    }
    is_near(view, p.preposition_at.unwrap_or(start), e, governor)
}

/// Head of the first place of the list that `p` stands in: where the tree hangs the whole list.
fn first_of_list(view: &View<'_>, p: &PlaceMention) -> usize {
    let first = p.list.and_then(|(list, _)| view.places.iter().find(|q| q.list == Some((list, 0))));
    first.unwrap_or(p).head
}

/// The nearest of the word at `e`, a predicate and a noun of travel above the token at `i`.
fn governor(reader: &Reader<'_>, view: &View<'_>, i: usize, e: usize) -> Option<usize> {
    let travel = |a: usize| reader.lexicon.travel_nouns.contains_key(view.lemma(a));
    view.ancestors(i).skip(1).find(|a| *a == e || view.is_predicate(*a) || travel(*a))
}

/// Whether what begins at `at` stands right after the word at `e`, and the tree gives it to no verb before.
fn is_near(view: &View<'_>, at: usize, e: usize, governor: Option<usize>) -> bool {
    let light =
        |i: usize| !view.is_predicate(i) && !view.tokens()[i].xpos.starts_with("NN") && view.tokens()[i].form != ",";
    let near = at > e && at - e <= 4 && (e + 1..at).all(light);
    near && governor.is_none_or(|a| a > e || !view.is_predicate(a))
}
