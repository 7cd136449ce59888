//! Links: whether a telling comes before or after what is told beside it.
//!
//! Reads the words that join a clause or phrase to what governs it: "ahead of", "after", "then". What is told there, and
//! whether the two are stops of one journey, is not known here.

use super::Link;
use crate::extract::classes::Class;
use crate::extract::scene::View;

/// How the clause or phrase at `e` is joined to what governs it.
pub(super) fn link_of(view: &View<'_>, e: usize) -> Link {
    let adverb = |class: Class| view.dependents(e, &["advmod"]).any(|c| view.reads(c, class));
    if adverb(Class::Prequel) && !view.times.iter().any(|t| view.under(t.tokens.start, e)) {
        return Link::Earlier;
    }
    if follows_placeless(view, e) {
        return Link::Next;
    }
    let then = adverb(Class::Sequel);
    by_tree(view, e, then).or_else(|| by_surface(view, e)).unwrap_or(if then { Link::Next } else { Link::None })
}

/// "After meeting Milosevic, he flew to": after what was told before.
fn follows_placeless(view: &View<'_>, e: usize) -> bool {
    view.dependents(e, &["advcl"]).any(|c| {
        view.marker(c) == "after"
            && view.tokens()[c].xpos == "VBG"
            && !view.places.iter().any(|p| view.under(p.head, c))
    })
}

/// "Ahead of his stop in Iraq, he met": by the markers between the word at `e` and its main clause.
fn by_tree(view: &View<'_>, e: usize, then: bool) -> Option<Link> {
    for a in view.ancestors(e).take(4) {
        let head = view.tokens()[a].head?;
        let main = view.clause_head(head);
        match view.marker(a).as_str() {
            "ahead of" | "before" | "prior to" | "ahead" => return Some(Link::After(main)),
            "after" | "following" | "since" => return Some(Link::Before(main)),
            _ if then => return Some(Link::Next),
            "" => {}
            _ if a != e => return None,
            _ => {}
        }
        if view.is_predicate(a) && a != e {
            return None;
        }
    }
    None
}

/// "Ahead of his stop": the words before a noun of travel, for where the tree hangs them elsewhere.
fn by_surface(view: &View<'_>, e: usize) -> Option<Link> {
    if !view.tokens()[e].xpos.starts_with("NN") {
        return None;
    }
    let modifies = |i: &usize| {
        matches!(view.tokens()[*i].xpos, "DT" | "PRP$" | "JJ" | "NN" | "NNP" | "POS" | "CD" | "VBN" | "VBG")
    };
    let start = (0..e).rev().take(6).take_while(modifies).last().unwrap_or(e);
    let word = |back: usize| start.checked_sub(back).map(|i| view.lower(i)).unwrap_or_default();
    let main = view.clause_head(e);
    match (word(2), word(1)) {
        ("ahead", "of") | ("prior", "to") | (_, "before") => Some(Link::After(main)),
        (_, "after" | "following") => Some(Link::Before(main)),
        _ => None,
    }
}
