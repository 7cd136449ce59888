//! From a telling to sightings: a construction says who, where and how surely; here it is spread over its travellers and
//! places, with the certainty and the times of its clause.
//!
//! What is no visit is left out here: homes, regions, journeys that are only counted, people who only speak. Which word
//! made the telling must not matter; a construction says what is special of it in the fields of [`Telling`].

use super::{Link, Phase, Sighting};
use crate::Span;
use crate::extract::Reader;
use crate::extract::classes::Class;
use crate::extract::clause::{self, Certainty};
use crate::extract::scene::View;
use crate::extract::times::{Direction, TimeMention, resolve};
use crate::extract::toponyms::PlaceMention;
use crate::itinerary::{PlaceKind, Status};

/// What a construction contributes, before it is spread over travellers and places.
#[derive(Clone)]
pub(super) struct Telling {
    pub travellers: Vec<usize>,
    pub phase: Phase,
    pub link: Link,
    pub reference: bool,
    pub weight: f64,
    /// The verb or noun that tells it.
    pub trigger: usize,
    pub occasion: Option<usize>,
    /// Certainty that the construction settles by itself, whatever its clause says.
    pub status: Option<Status>,
}

impl Telling {
    /// A telling by the word at `trigger` that stands by itself.
    pub fn new(trigger: usize, travellers: Vec<usize>, phase: Phase, weight: f64) -> Telling {
        Telling { travellers, phase, link: Link::None, reference: false, weight, trigger, occasion: None, status: None }
    }

    /// Whether it tells of the place that a movement comes from.
    fn is_origin(&self) -> bool {
        matches!(self.link, Link::Origin(_))
    }
}

/// Spreads a telling over its travellers and places.
pub(super) fn emit(
    reader: &Reader<'_>,
    view: &View<'_>,
    places: &[PlaceMention],
    telling: Telling,
    found: &mut Vec<Sighting>,
) {
    let trigger = telling.trigger;
    if places.is_empty() || telling.travellers.is_empty() {
        return;
    }
    if (goes_home(view, trigger) && !telling.is_origin()) || is_uncounted(reader, view, trigger) {
        return;
    }
    let told = certainty(reader, view, trigger);
    let times = times(reader, view, &telling, &told);
    let certainty = Certainty { status: telling.status.unwrap_or(told.status), ..told };
    for traveller in &telling.travellers {
        for place in places {
            let at_home = telling.occasion.is_some() && reader.is_home(*traveller, &place.place);
            if !at_home && !is_visitor(reader, *traveller, place, &telling) {
                continue;
            }
            found.push(Sighting {
                traveller: *traveller,
                place: place.place.clone(),
                certainty,
                times: own_times(view, place, places, &times),
                phase: telling.phase,
                sentence: view.index,
                clause: view.clause_head(trigger),
                list: place.list.filter(|_| places.len() > 1),
                link: telling.link,
                reference: telling.reference,
                told_at: view.span(&place.tokens).start,
                evidence: evidence(view, trigger, place),
                site: place.site.clone(),
                recalled: is_recalled(view, trigger),
                weight: telling.weight,
                occasion: telling.occasion,
                at_home,
            });
        }
    }
}

/// Whether the traveller is a visitor in the place, as far as this telling goes.
fn is_visitor(reader: &Reader<'_>, traveller: usize, mention: &PlaceMention, telling: &Telling) -> bool {
    let place = &mention.place;
    let seen_by_the_way = telling.phase == Phase::Presence && telling.weight < 0.8;
    reader.is_abroad(traveller, place)
        && !((seen_by_the_way || telling.is_origin()) && reader.may_be_home(traveller, place))
        && !(telling.weight <= 0.6 && reader.at_seat(traveller, place))
        && !(place.kind == PlaceKind::Region && place.country.is_none())
}

/// How certain the clause of the word at `trigger` is.
fn certainty(reader: &Reader<'_>, view: &View<'_>, trigger: usize) -> Certainty {
    let told = clause::certainty(view, trigger, reader.lexicon);
    // "before flying to Rabat": still to come, if the rest is news.
    let to_come = is_ahead(view, trigger)
        && told.status == Status::Completed
        && !told.pluperfect
        && !has_come(reader, view, trigger);
    Certainty { status: if to_come { Status::Planned } else { told.status }, ..told }
}

/// "before flying to Rabat"
fn is_ahead(view: &View<'_>, trigger: usize) -> bool {
    view.tokens()[trigger].xpos == "VBG" && matches!(view.marker(trigger).as_str(), "before" | "ahead of" | "prior to")
}

/// Whether the clause names a day that has come ("before travelling to Lima on Wednesday", published that Wednesday), or leans on
/// one that tells of what was days ago.
fn has_come(reader: &Reader<'_>, view: &View<'_>, trigger: usize) -> bool {
    let day = |time: &TimeMention| resolve(time, Direction::Past).and_then(|d| d.latest());
    let own = |time: &TimeMention| view.clause_head(time.tokens.start) == view.clause_head(trigger);
    let times = clause::times_of(view, trigger);
    let latest = times.iter().filter(|t| own(t)).filter_map(|t| day(t)).max();
    let told = times.iter().filter(|t| !own(t)).filter_map(|t| day(t)).max();
    reader.published.is_some_and(|p| {
        latest == Some(p) || latest.is_none() && told.is_some_and(|day| (p - day).num_days() > DAYS_ON_THE_ROAD)
    })
}

/// Days after which who was about to leave has left.
const DAYS_ON_THE_ROAD: i64 = 5;

/// When it takes place: the times of its clause, or those of its gathering.
fn times(reader: &Reader<'_>, view: &View<'_>, telling: &Telling, told: &Certainty) -> Vec<TimeMention> {
    // "From Rome he flies to Glasgow on Monday" says nothing of when he was in Rome.
    let of_clause =
        if telling.is_origin() && telling.reference { Vec::new() } else { clause::times_of(view, telling.trigger) };
    // "left for Kiev on Monday": under way since that day.
    let under_way = telling.status == Some(Status::Planned) && !matches!(telling.link, Link::After(_));
    let left = under_way && told.status == Status::Completed && !told.present;
    // "visited Lima on April 3 before flying on to Quito": the day is that of Lima.
    let own = |time: &&TimeMention| !is_ahead(view, telling.trigger) || view.under(time.tokens.start, telling.trigger);
    let of_clause: Vec<&TimeMention> = of_clause.into_iter().filter(own).collect();
    if of_clause.is_empty() {
        return telling.occasion.map(|o| reader.occasions[o].times.clone()).unwrap_or_default();
    }
    of_clause.into_iter().map(|time| if left { time.as_past() } else { time.clone() }).collect()
}

/// "Brussels on Tuesday, Vienna on Thursday": each place of a list has the day right after it, if every place or this one has; one without
/// has that of the next ("Brussels and Vienna on Thursday"), and after the last day none ("Turkey on Monday and then Japan").
fn own_times(
    view: &View<'_>,
    place: &PlaceMention,
    places: &[PlaceMention],
    shared: &[TimeMention],
) -> Vec<TimeMention> {
    let after = |p: &PlaceMention| {
        let end = p.tokens.end;
        let start = end + usize::from(matches!(view.lower(end), "on" | "in" | "from"));
        view.times.iter().find(|t| t.tokens.start == start && t.duration().is_none())
    };
    // A day after the last place only is that of the whole list.
    let last = places.iter().map(|p| p.tokens.start).max();
    let own = places.iter().any(|p| Some(p.tokens.start) != last && after(p).is_some());
    let following = || {
        let mut rest: Vec<&PlaceMention> =
            places.iter().filter(|p| own && p.tokens.start > place.tokens.start).collect();
        rest.sort_by_key(|p| p.tokens.start);
        rest.into_iter().find_map(after)
    };
    // "visited Iraq on November 4 for talks with officials and Turkey on November 6": the other day is that of the other place.
    let others = || {
        let other = |q: &&PlaceMention| places.iter().all(|p| p.tokens.start != q.tokens.start);
        let days: Vec<&TimeMention> = view.places.iter().filter(other).filter_map(after).collect();
        shared.iter().any(|t| days.contains(&t))
    };
    // "will visit Israel from September 2 to 4, the ministry said", hung from the saying.
    let lost = shared.is_empty() && places.len() == 1;
    match after(place).filter(|_| own || lost || others()).or_else(following) {
        Some(time) => vec![time.clone()],
        None if own => {
            let days: Vec<&TimeMention> = places.iter().filter_map(after).collect();
            shared.iter().filter(|t| !days.contains(t)).cloned().collect()
        }
        None => shared.to_vec(),
    }
}

/// Whether journeys are only counted and not told apart, or are none in office.
fn is_uncounted(reader: &Reader<'_>, view: &View<'_>, e: usize) -> bool {
    is_often(view, e) || is_private(reader, view, e) || is_one_of_many(view, e)
}

/// "has twice visited", "has been there four times".
fn is_often(view: &View<'_>, e: usize) -> bool {
    // "four times", not "for the first time"
    let counts = |m: &usize| view.relation(*m) == "nummod" || view.reads(*m, Class::Many);
    let often =
        |c: usize| view.reads(c, Class::Often) || view.lower(c) == "times" && view.children(c).iter().any(counts);
    view.dependents(e, &["advmod", "obl"]).any(often)
}

/// "a private visit", "travelled to Spain on holiday"; who visits a hospital is not ill.
fn is_private(reader: &Reader<'_>, view: &View<'_>, e: usize) -> bool {
    view.dependents(e, &["amod", "compound", "conj", "obl", "nmod"])
        .any(|c| reader.lexicon.private.contains(view.lemma(c)))
}

/// "in previous visits to Washington": how many, and when, is not said.
fn is_one_of_many(view: &View<'_>, e: usize) -> bool {
    let many =
        |c: usize| view.reads(c, Class::Many) || view.reads(c, Class::Recurring) || view.tokens()[c].xpos == "CD";
    view.tokens()[e].xpos == "NNS" && view.dependents(e, &["amod", "nummod"]).any(many)
}

/// "arrived safely home in Gaza", "returned home to".
fn goes_home(view: &View<'_>, trigger: usize) -> bool {
    view.is_predicate(trigger) && (trigger + 1..trigger + 4).any(|i| view.lower(i) == "home")
}

/// From the subject or the trigger to the place: as short as shows the fact.
fn evidence(view: &View<'_>, trigger: usize, place: &PlaceMention) -> Span {
    let subject = view.dependents(trigger, &["nsubj"]).next().filter(|s| trigger.abs_diff(*s) <= 8);
    let person = |i: usize| view.person_at(i).map_or(i, |p| p.tokens.start);
    let governed = place.preposition_at.filter(|at| *at < place.tokens.start).unwrap_or(place.tokens.start);
    let mut start = trigger.min(governed);
    let mut end = (trigger + 1).max(place.tokens.end);
    if let Some(subject) = subject {
        start = start.min(person(subject));
        end = end.max(subject + 1);
    }
    view.span(&(start..end))
}

/// "his last visit", "first visited": words that look back to another journey.
fn is_recalled(view: &View<'_>, e: usize) -> bool {
    // "their last stop" is one of this journey.
    let part = view.is(e, Class::JourneyPart);
    !part && view.dependents(e, &["amod", "advmod"]).any(|c| view.reads(c, Class::Bygone))
}
