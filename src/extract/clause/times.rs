//! Times of a clause: which of a sentence's time expressions say when an event takes place.
//!
//! Works by the tree: a time belongs to the event whose clause it stands in, unless another event or statement lies between.
//! What the words mean as dates is the business of [`crate::extract::times`].

use crate::extract::classes::Class;
use crate::extract::scene::View;
use crate::extract::times::TimeMention;
use crate::language;

/// The time expressions that say when the event at `e` takes place, nearest first.
pub fn times_of<'v>(view: &'v View<'_>, e: usize) -> Vec<&'v TimeMention> {
    if view.times.is_empty() {
        return Vec::new();
    }
    if let Some(own) = view.times.iter().find(|t| dates_clause(view, t, e)) {
        return vec![own];
    }
    let announced = is_announced(view, e);
    let of_saying = |time: &TimeMention| announced && time.tokens.end <= e && !view.under(time.tokens.start, e);
    let of_other = |time: &TimeMention| of_second_verb(view, time).is_some_and(|verb| verb != view.clause_head(e));
    let bound = |time: &TimeMention| bounds_only(view, time) || time.dated_clause().is_some();
    let dates = || view.times.iter().filter(|time| !bound(time) && !of_saying(time) && !of_other(time));
    let mut near: Vec<(usize, &TimeMention)> =
        dates().filter_map(|time| Some((distance(view, time.tokens.start, e)?, time))).collect();
    if near.is_empty() {
        near.extend(dates().filter(|t| is_left_over(view, t, e)).map(|t| (t.tokens.start.abs_diff(e), t)));
    }
    near.sort_by_key(|(distance, time)| (*distance, time.tokens.start));
    near.into_iter().map(|(_, time)| time).collect()
}

/// "two days after meeting him in Baghdad": whether the event at `e` stands in the clause that the time dates by another one.
fn dates_clause(view: &View<'_>, time: &TimeMention, e: usize) -> bool {
    let Some(start) = time.dated_clause() else { return false };
    let first = (start..view.tokens().len())
        .take_while(|i| view.lower(*i) != ",")
        .find(|i| view.is_predicate(*i) || view.events.contains(i) || matches!(view.tokens()[*i].xpos, "VBG" | "VBD"));
    first.is_some_and(|first| e == first || (e > first && view.under(e, first)))
}

/// "visited Lima and on April 7 arrived in Quito": a time between an "and" and a verb is that verb's, whatever the tree says.
fn of_second_verb(view: &View<'_>, time: &TimeMention) -> Option<usize> {
    let before = |k: usize| time.tokens.start.checked_sub(k).map(|i| view.lower(i)).unwrap_or_default();
    let joined = before(1) == "and" || (matches!(before(1), "on" | "in") && before(2) == "and");
    let verb = time.tokens.end + usize::from(view.lower(time.tokens.end) == ",");
    let said = view.get(verb).is_some_and(|t| matches!(t.xpos, "VBD" | "VBZ" | "VBP")) && view.is_predicate(verb);
    (joined && said).then_some(verb)
}

/// "today announced a visit to": a time before the verb is the day of the announcement.
fn is_announced(view: &View<'_>, e: usize) -> bool {
    let clause = view.clause_head(e);
    let below = view.ancestors(e).find(|a| view.tokens()[*a].head == Some(clause));
    below.is_some_and(|a| view.relation(a) == "obj")
        && view.tokens()[e].xpos.starts_with("NN")
        && language::is_saying(&view.tokens()[clause])
}

/// How far the time at token `at` is from the event at `e`, in tokens: more if it only stands in the same clause, and still
/// more if it is that of another clause. None if it is not the event's.
fn distance(view: &View<'_>, at: usize, e: usize) -> Option<usize> {
    let distance = at.abs_diff(e);
    if view.under(at, e) && !crosses_predicate(view, at, e) && !crosses_event(view, at, e) {
        return Some(distance);
    }
    let (clause, other) = (view.clause_head(e), view.clause_head(at));
    if other == clause && !crosses_event(view, at, clause) {
        return Some(distance + 20);
    }
    shares_time(view, clause, other).then_some(distance + 60)
}

/// Where the tree hangs a time elsewhere, it belongs to the only statement that there is, or to what stands below its own.
fn is_left_over(view: &View<'_>, time: &TimeMention, e: usize) -> bool {
    if (0..view.tokens().len()).filter(|i| view.is_predicate(*i) && view.is_finite(*i)).count() <= 1 {
        return true;
    }
    let (clause, other) = (view.clause_head(e), view.clause_head(time.tokens.start));
    view.times.iter().filter(|t| t.duration().is_none()).count() == 1
        && view.under(e, other)
        && (other == clause || !view.is_predicate(other) || !differs_in_time(view, clause, other))
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

/// Whether another statement lies between a time and its event, other than one that only dates it.
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
    // "visited Baghdad on Monday and then travelled to Ankara"
    let next =
        |v: usize| view.relation(v) == "conj" && view.dependents(v, &["advmod"]).any(|a| view.reads(a, Class::Sequel));
    let tensed = view.is_finite(clause) && view.is_finite(other);
    (tensed && tense(clause) != tense(other)) || apart(clause) || apart(other) || next(clause) || next(other)
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
