//! Pronouns: "he" and "her" mean the likeliest person told of just before, "I" the one who speaks.
//!
//! Weighs nearness and grammatical role; it does not ask what is told.

use super::Official;
use crate::extract::lexicon::Gender;
use crate::extract::names::PersonMention;
use crate::extract::scene::View;
use crate::language::{self, Upos};

/// Marks the pronouns of sentence `i` that mean a person.
pub fn mark(views: &mut [View<'_>], i: usize, officials: &mut [Official], author: Option<usize>) {
    for t in 0..views[i].tokens().len() {
        // "His Holiness Pope Francis" is no pronoun.
        if views[i].person_at(t + 1).is_some_and(|p| !p.name.is_empty() && p.tokens.start == t + 1) {
            continue;
        }
        let official = if is_first_person(&views[i], t) {
            speaker(views, i, t, author)
        } else {
            let Some(gender) = pronoun_gender(views[i].lower(t)) else { continue };
            let meant = antecedent(views, i, t, gender, officials);
            meant.inspect(|o| {
                officials[*o].gender.get_or_insert(gender);
            })
        };
        let Some(official) = official else { continue };
        let mention = PersonMention { tokens: t..t + 1, name: t..t, title: None, official: Some(official) };
        let at = views[i].people.iter().position(|m| m.tokens.start > t).unwrap_or(views[i].people.len());
        views[i].people.insert(at, mention);
    }
}

/// "I", "my".
fn is_first_person(view: &View<'_>, t: usize) -> bool {
    view.tokens()[t].upos == Upos::Pron && matches!(view.lower(t), "i" | "me" | "my" | "myself")
}

/// Who says "I": inside a quotation the one who says it, in this sentence or the nearest one of its paragraph; elsewhere the
/// article's author.
fn speaker(views: &[View<'_>], s: usize, t: usize, author: Option<usize>) -> Option<usize> {
    let paragraph = |i: &usize| views[*i].sentence.paragraph == views[s].sentence.paragraph;
    let start = (0..s).rev().take_while(paragraph).last().unwrap_or(s);
    let before = (start..s).flat_map(|i| views[i].tokens()).chain(&views[s].tokens()[..t]);
    let quoted = before.fold(false, |open, token| match token.form.as_str() {
        "“" | "``" => true,
        "”" | "''" => false,
        "\"" => !open,
        _ => open,
    });
    if !quoted {
        return author;
    }
    let near = std::iter::once(s).chain((s + 1..views.len()).take_while(paragraph).take(2)).chain((start..s).rev());
    near.into_iter().find_map(|i| who_says(&views[i]))
}

/// The subject of the sentence's verb of saying.
fn who_says(view: &View<'_>) -> Option<usize> {
    let says = (0..view.tokens().len()).filter(|i| language::is_saying(&view.tokens()[*i]));
    says.into_iter().find_map(|verb| {
        // The sentence may have no tree: then the person right before or after the verb.
        let by_tree = view.dependents(verb, &["nsubj"]).find_map(|n| view.person_at(n));
        let beside = || view.people.iter().find(|p| p.tokens.end == verb || p.tokens.start == verb + 1);
        by_tree.or_else(beside).and_then(|p| p.official)
    })
}

/// The gender of a pronoun of the third person.
fn pronoun_gender(word: &str) -> Option<Gender> {
    match word {
        "he" | "him" | "his" | "himself" => Some(Gender::He),
        "she" | "her" | "hers" | "herself" => Some(Gender::She),
        _ => None,
    }
}

/// Whom a pronoun means: in a fronted phrase ("During his trip, Hale …") the subject that follows, else an owner above
/// it in the tree, else the one who scores best.
fn antecedent(views: &[View<'_>], s: usize, t: usize, gender: Gender, officials: &[Official]) -> Option<usize> {
    let view = &views[s];
    // "Holm sent him": an object is another than the subject of its verb.
    let object = matches!(view.relation(t), "obj" | "iobj" | "obl") && !view.lower(t).ends_with("self");
    let verb = view.tokens()[t].head.filter(|_| object);
    let subject = verb.and_then(|v| view.dependents(v, &["nsubj"]).find_map(|n| view.person_at(n)?.official));
    let can =
        |o: usize| officials[o].gender.is_none_or(|g| g == gender) && !officials[o].only_speaks() && Some(o) != subject;
    let likely =
        |o: usize| can(o) && officials[o].gender.or(officials[o].likely_gender).is_none_or(|likely| likely == gender);
    let owned = view.tokens()[t].xpos == "PRP$";
    let found = |agrees: &dyn Fn(usize) -> bool| {
        fronted_subject(view, t)
            .filter(|o| agrees(*o))
            .or_else(|| owner_above(view, t).filter(|o| agrees(*o) && owned))
            .or_else(|| best_of(views, s, t, agrees, officials))
    };
    // "Ola" is a woman's name in one country and a man's in another: it yields when nobody else is told of.
    found(&likely).or_else(|| found(&can))
}

/// "the premier's commitment, reflected in his decision": the owner of what the pronoun hangs from.
fn owner_above(view: &View<'_>, t: usize) -> Option<usize> {
    view.ancestors(t).skip(2).find_map(|a| {
        let before = |c: &&usize| view.tokens()[**c].deprel == "nmod:poss" && **c < t && !view.under(t, **c);
        let owner = view.children(a).iter().find(before)?;
        view.person_at(*owner).and_then(|p| p.official)
    })
}

/// Scores the people of this and the three sentences before: near ones and subjects win.
fn best_of(
    views: &[View<'_>],
    s: usize,
    t: usize,
    agrees: impl Fn(usize) -> bool,
    officials: &[Official],
) -> Option<usize> {
    let most = officials.iter().map(|o| o.mentions).max().unwrap_or(0);
    let mut best: Option<(i32, usize)> = None;
    for back in 0..=3.min(s) {
        let view = &views[s - back];
        for (rank, mention) in view.people.iter().filter(|m| back > 0 || m.tokens.end <= t).enumerate() {
            let Some(official) = mention.official.filter(|o| agrees(*o)) else { continue };
            // Whom the article speaks of most is likelier meant.
            let about = i32::from(officials[official].mentions == most && most > 2);
            let score = 12 - 4 * back as i32 + role_weight(view, mention) + i32::from(rank == 0) + 2 * about;
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, official));
            }
        }
    }
    best.map(|(_, official)| official)
}

/// How much of the sentence a mention is about, by its relation.
fn role_weight(view: &View<'_>, mention: &PersonMention) -> i32 {
    mention
        .tokens
        .clone()
        .map(|i| match view.relation(i) {
            "nsubj" => 4,
            "obj" | "iobj" => 1,
            _ => 0,
        })
        .max()
        .unwrap_or(0)
}

/// The main subject of the sentence, if the pronoun at `t` stands before it in a phrase that a comma closes.
fn fronted_subject(view: &View<'_>, t: usize) -> Option<usize> {
    if view.relation(t) == "nsubj" {
        return None;
    }
    let subject = view.people.iter().find(|m| m.tokens.start > t && !m.name.is_empty() && role_weight(view, m) == 4)?;
    let before: Vec<usize> = (t..subject.tokens.start).collect();
    let comma = before.iter().any(|i| view.tokens()[*i].form == ",");
    let verb = before.iter().any(|i| view.is_finite(*i) && view.is_predicate(*i));
    let earlier = view.people.iter().any(|m| m.tokens.end <= t && role_weight(view, m) == 4);
    (comma && !verb && !earlier).then_some(subject.official).flatten()
}
