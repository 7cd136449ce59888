//! People of a noun phrase: one who is named, an enumeration, the leaders of a party, the named of a crowd.
//!
//! Knows which words join people in a list; what they do is for others to say.

use crate::extract::classes::Class;
use crate::extract::names::PersonMention;
use crate::extract::scene::View;
use std::ops::Range;

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
    each_once(view.people[enumeration(view, first)].iter().filter_map(|p| p.official).collect())
}

/// The enumeration of people that the one at `at` stands in: the tree may point into its middle. Commas alone make none, as
/// in "After talks with Khoury, Hale left", unless the tree coordinates the two.
fn enumeration(view: &View<'_>, at: usize) -> Range<usize> {
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

/// Whether only commas and "and" stand between two people, or words like them: "X, as well as his deputy Y".
fn coordinated(view: &View<'_>, a: &PersonMention, b: &PersonMention) -> bool {
    // "Patrick Moynihan of New York, Christopher Dodd of Connecticut"
    let of = (view.lower(a.tokens.end) == "of").then(|| {
        let named = |i: &usize| view.tokens()[*i].xpos.starts_with("NNP");
        (a.tokens.end + 1..b.tokens.start).take_while(named).last().map_or(a.tokens.end, |i| i + 1)
    });
    let between: Vec<&str> = (of.unwrap_or(a.tokens.end)..b.tokens.start).map(|i| view.lower(i)).collect();
    let joins = |w: &&str| matches!(*w, "," | "and" | "&" | ";" | "well" | "along" | "together" | "alongside");
    let light = |w: &&str| joins(w) || matches!(*w, "the" | "as" | "also" | "by" | "with" | "his" | "her" | "their");
    !between.is_empty() && between.len() <= 5 && between.iter().all(light) && between.iter().any(joins)
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
