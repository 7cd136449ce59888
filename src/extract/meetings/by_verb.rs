//! Meetings told by a verb: "met", "conferred with", "was received by", "told the premier".
//!
//! Finds the parties in the arguments of the verb. It knows nothing of nouns of meeting, and leaves place, time and
//! certainty to [`super::build`].

use super::parties::{self, Parties};
use super::{Encounter, build};
use crate::extract::Reader;
use crate::extract::clause;
use crate::extract::delegation;
use crate::extract::lexicon::MeetingVerb;
use crate::extract::scene::View;
use crate::itinerary::Mode;

/// The meeting that the verb at `e` tells of: "met Silva in Lisbon".
pub(super) fn read(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Option<Encounter> {
    let verb = reader.lexicon.meeting_verbs.get(view.lemma(e))?;
    let joint = reader.lexicon.joint_verbs.get(view.lemma(e));
    if (joint == Some(&true) && !of_gathering(reader, view, e)) || calls_names(view, e) {
        return None;
    }
    let mut actors = clause::subjects(view, e);
    if joint.is_none() {
        actors = reader.group_or(view, e, actors);
    }
    let mut others = others(reader, view, e, verb);
    // "Hale and Dunn visited Lisbon" tells of no meeting of theirs.
    let each_other = view.dependents(e, &["obj"]).any(|o| view.lower(o) == "other" || view.lower(o) == "each");
    let mutual = each_other || verb.with.iter().any(|w| w == "with") && view.lemma(e) != "visit";
    if !mutual && others.is_empty() {
        return None;
    }
    if actors.is_empty() && !others.people.is_empty() {
        actors = group_subject(reader, view, e, &mut others);
    }
    others.people.retain(|p| !actors.contains(p));
    build(reader, view, e, actors, others, verb.mode, 0.9)
}

/// Whom the arguments of the verb name besides its subject.
fn others(reader: &Reader<'_>, view: &View<'_>, e: usize, verb: &MeetingVerb) -> Parties {
    let passive = view.children(e).iter().any(|c| view.tokens()[*c].deprel.ends_with(":pass"));
    let mut others = Parties::up_to(e);
    for child in view.children(e).to_vec() {
        let marker = view.marker(child);
        let object = verb.takes_object && matches!(view.relation(child), "obj" | "iobj");
        let oblique = view.relation(child) == "obl"
            && (verb.with.contains(&marker) || (passive && marker == "by") || marker == "alongside");
        if object || oblique {
            parties::add(reader, view, child, &mut others);
        }
    }
    if others.is_empty() {
        parties::after_with(reader, view, e, &verb.with, verb.takes_object, &mut others);
    }
    if passive && others.is_empty() {
        // "is to be received at the Vatican by the Pope"
        others.people = delegation::agents(view, e);
    }
    parties::listed_on(view, &mut others);
    others
}

/// "called Dunn a liar" names him something.
fn calls_names(view: &View<'_>, e: usize) -> bool {
    let noun_phrase =
        |i: usize| view.get(i).is_some_and(|t| matches!(t.xpos, "DT" | "``" | "JJ" | "NN" | "NNS" | "JJR"));
    view.lemma(e) == "call" && view.people.iter().any(|p| p.tokens.start == e + 1 && noun_phrase(p.tokens.end))
}

/// "The meeting was attended by X and Y."
pub(super) fn attended_by(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Option<Encounter> {
    let passive = view.children(e).iter().any(|c| view.tokens()[*c].deprel == "nsubj:pass");
    let ceremony = view.dependents(e, &["nsubj"]).any(|n| reader.lexicon.ceremonies.contains(view.lemma(n)));
    let people = delegation::agents(view, e);
    let others = Parties::up_to(e + 1);
    (passive && !ceremony && people.len() > 1)
        .then(|| build(reader, view, e, people, others, Mode::InPerson, 0.7))
        .flatten()
}

/// "The king told President Norbu that": what one office holder tells another to his face.
pub(super) fn told(reader: &Reader<'_>, view: &View<'_>, e: usize) -> Option<Encounter> {
    let actors = clause::subjects(view, e);
    let mut others = Parties::up_to(e + 1);
    for object in view.dependents(e, &["obj", "iobj"]).collect::<Vec<_>>() {
        parties::add(reader, view, object, &mut others);
    }
    let office = |p: &usize| reader.officials[*p].is_official();
    let named =
        view.people.iter().any(|m| !m.name.is_empty() && m.official.is_some_and(|o| others.people.contains(&o)));
    let apart = others.people.iter().all(|p| !actors.contains(p));
    let both = actors.len() == 1
        && others.people.len() == 1
        && apart
        && named
        && actors.iter().chain(&others.people).all(office);
    both.then(|| build(reader, view, e, actors, others, Mode::InPerson, 0.6)).flatten()
}

/// Whether the object of a verb of chairing is a gathering: "led the dialogue", not "led the attack".
fn of_gathering(reader: &Reader<'_>, view: &View<'_>, e: usize) -> bool {
    let gathering = |o: usize| {
        let lemma = view.lemma(o);
        reader.lexicon.occasions.contains(lemma) || reader.lexicon.meeting_nouns.contains_key(lemma)
    };
    view.dependents(e, &["obj"]).any(gathering)
}

/// "Gazprom executives met with Dmitry Kazakov": an unnamed group as the subject joins the others, and he is the actor.
fn group_subject(reader: &Reader<'_>, view: &View<'_>, e: usize, others: &mut Parties) -> Vec<usize> {
    if let Some(subject) = view.dependents(e, &["nsubj"]).next() {
        others.groups.extend(parties::group_at(reader, view, subject));
    }
    std::mem::take(&mut others.people)
}
