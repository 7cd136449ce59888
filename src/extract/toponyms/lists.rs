//! Lists of places: "Kenya, Uganda and Rwanda", "Brussels on Tuesday, Vienna on Thursday".
//!
//! Looks only at the words between two places that are found already.

use super::PlaceMention;
use crate::extract::classes::Class;
use crate::extract::scene::View;

/// Places that only commas and "and" part form a list; all its members share the preposition of the first.
pub(super) fn link_lists(view: &View<'_>, places: &mut [PlaceMention]) {
    for i in 1..places.len() {
        let (left, right) = places.split_at_mut(i);
        let Some(previous) = left.iter_mut().rev().find(|p| joined(view, p, &right[0])) else { continue };
        let current = &mut right[0];
        let (list, index) = *previous.list.get_or_insert((previous.tokens.start, 0));
        current.list = Some((list, index + 1));
        if current.preposition_at.is_none_or(|p| p < previous.tokens.start) || between_is_light(view, previous, current)
        {
            current.preposition = current.preposition.clone().or_else(|| previous.preposition.clone());
            current.preposition_at = current.preposition_at.or(previous.preposition_at);
        }
    }
}

/// Whether two places stand in one enumeration: next to each other, or each with a clause of its own ("in Peru, where …;
/// Chile, where …").
fn joined(view: &View<'_>, previous: &PlaceMention, current: &PlaceMention) -> bool {
    let clause = |p: &PlaceMention| view.lower(p.tokens.end) == "," && view.lower(p.tokens.end + 1) == "where";
    let before = |k: usize| current.tokens.start.checked_sub(k).map(|j| view.lower(j)).unwrap_or_default();
    let semicolon = before(1) == ";" || (before(1) == "and" && before(2) == ";");
    enumerated(view, previous.tokens.end, current.tokens.start) || (clause(previous) && clause(current) && semicolon)
}

/// Whether no preposition stands between two places.
fn between_is_light(view: &View<'_>, previous: &PlaceMention, current: &PlaceMention) -> bool {
    (previous.tokens.end..current.tokens.start).all(|i| view.tokens()[i].xpos != "IN")
}

/// Whether what stands between two places is that of an enumeration: commas, "and", a day of each.
fn enumerated(view: &View<'_>, from: usize, to: usize) -> bool {
    let aside = |i: usize| is_timed(view, i) || is_acronym(view, i);
    let filler = |i: usize| {
        matches!(view.lower(i), "," | "and" | "or" | "the" | "then" | "as" | "well" | "to" | "in" | "also" | "&")
            || view.reads(i, Class::Neighbouring)
            || view.tokens()[i].xpos == "JJ"
            || aside(i)
    };
    let parts = |i: usize| matches!(view.lower(i), "," | "and" | "or" | "&" | "then" | "including");
    to > from && (from..to).any(parts) && (from..to).filter(|i| !aside(*i)).count() <= 5 && (from..to).all(filler)
}

/// "Brussels on Tuesday and Wednesday, Vienna on Thursday and Paris on Friday": the day of a place.
fn is_timed(view: &View<'_>, i: usize) -> bool {
    let within = |i: usize| view.times.iter().any(|t| t.duration().is_none() && t.tokens.contains(&i));
    within(i) || (matches!(view.lower(i), "on" | "from" | "in") && within(i + 1))
}

/// "the Federated States of Micronesia (FSM), Solomon Islands": the brackets and what is in them.
fn is_acronym(view: &View<'_>, i: usize) -> bool {
    let acronym = |j: usize| view.tokens().get(j).is_some_and(|t| t.form.chars().all(|c| c.is_uppercase() || c == '.'));
    match view.lower(i) {
        "(" => acronym(i + 1) && view.lower(i + 2) == ")",
        ")" => i > 1 && acronym(i - 1) && view.lower(i - 2) == "(",
        _ => i > 0 && acronym(i) && view.lower(i - 1) == "(" && view.lower(i + 1) == ")",
    }
}
