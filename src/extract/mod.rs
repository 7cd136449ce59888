//! Reading: an article becomes a [`Draft`] of officials, stops and meetings, each with the words that it came from.
//!
//! The components, in the order in which they run, each adding to what the one before has marked:
//!
//! | component | finds |
//! |---|---|
//! | [`dateline`] | where and when the article was filed, and so what "here" means |
//! | [`names`] | names of people with their titles |
//! | [`times`] | time expressions |
//! | [`gate`] | which sentences may tell of something, and so are parsed |
//! | [`officials`], [`known`] | who is who: names, offices and pronouns of one person |
//! | [`toponyms`] | places |
//! | [`occasions`] | gatherings and where they are held |
//! | [`delegation`] | who goes along with whom |
//! | [`visits`] | sightings: one telling of one person in one place |
//! | [`meetings`] | encounters: one telling of one meeting |
//! | [`presence`] | what sightings and encounters say of each other |
//! | [`rosters`] | lists of participants |
//! | [`stops`] | stops and meetings out of their tellings, and reasons of order |
//!
//! They share the words ([`lexicon`], [`classes`]), the sentences with their marks ([`marks`], [`scene`]), the syntax of
//! clauses ([`clause`]), and what is settled and told so far ([`reader`]).
//!
//! Ids, trips and the order itself are given by [`crate::itinerary`]. Nothing here draws or prints.

mod classes;
mod clause;
pub mod dateline;
mod delegation;
mod gate;
mod known;
mod lexicon;
mod marks;
mod meetings;
pub mod mentions;
mod names;
mod occasions;
mod officials;
mod presence;
mod reader;
mod rosters;
mod scene;
mod stops;
pub mod times;
mod toponyms;
mod visits;

use crate::article::Article;
use crate::gazetteer::Gazetteer;
use crate::itinerary::Draft;
use chrono::NaiveDate;
use lexicon::Lexicon;
use marks::Marked;
use meetings::Encounter;
use reader::Reader;
use scene::View;
use visits::Sighting;

/// Reads an article. `published` is the day that relative words are resolved against.
pub fn read(article: &Article, gazetteer: &Gazetteer, published: Option<NaiveDate>) -> Draft {
    let lexicon = Lexicon::embedded();
    let text = article.text.as_str();
    let datelines = dateline::find(text, gazetteer);
    let marked = Marked::of(&dateline::blanked(text, &datelines), text, gazetteer, published);
    let (views, officials) = settled(&marked, article, gazetteer, published);
    #[cfg(feature = "trace")]
    views.iter().for_each(|v| eprintln!("{}", v.trace()));
    let mut reader = Reader {
        text,
        lexicon,
        gazetteer,
        kinds: &marked.kinds,
        officials,
        delegation: delegation::find(&views, &marked.kinds, lexicon),
        occasions: occasions::find(&views, lexicon, &datelines),
        datelines,
        published,
        told: Default::default(),
    };
    let (sightings, encounters) = tellings(&mut reader, &views);
    let news_day = published.map(|p| times::news_day(&views, p));
    let filed = !reader.datelines.is_empty();
    let joiner = stops::Joiner::new(&reader.officials, published, news_day, filed);
    joiner.join(&sightings, &encounters, &reader.delegation.companions)
}

/// The sentences with people, times and places marked, and who is who: what reading and [`mentions`] both begin with.
fn settled<'m>(
    marked: &'m Marked,
    article: &Article,
    gazetteer: &Gazetteer,
    published: Option<NaiveDate>,
) -> (Vec<View<'m>>, Vec<officials::Official>) {
    let lexicon = Lexicon::embedded();
    let text = article.text.as_str();
    let mut views = marked.views(lexicon);
    let around = officials::Circumstances::of(article, published, lexicon, gazetteer);
    let officials = officials::settle(&mut views, &marked.kinds, text, lexicon, around);
    marks::mark_places(&mut views, &marked.kinds, gazetteer, lexicon, text, published);
    (views, officials)
}

/// All tellings of the article: sentence by sentence, and then what gatherings and lists add to them.
fn tellings(reader: &mut Reader<'_>, views: &[View<'_>]) -> (Vec<Sighting>, Vec<Encounter>) {
    reader.settle_delegates();
    let (mut sightings, mut encounters, mut unsure) = (Vec::new(), Vec::new(), Vec::new());
    for view in views {
        let seen = visits::read(reader, view);
        let mut met = meetings::read(reader, view);
        presence::place_by_visits(&mut met, &seen);
        reader.settle_hosts(&met);
        reader.remember(&seen, &met);
        sightings.extend(seen);
        sightings.extend(met.iter().flat_map(|m| presence::implied(reader, m, false)));
        unsure.extend(met.iter().flat_map(|m| presence::implied(reader, m, true)));
        // One alone is only seen there.
        encounters.extend(met.into_iter().filter(|m| !m.alone && m.participants.len() + m.groups.len() > 1));
    }
    sightings.extend(presence::surely_abroad(unsure, &sightings));
    let ceremony = |o: usize| reader.lexicon.ceremonies.contains(&reader.occasions[o].lemma);
    encounters.extend(presence::attendance(&sightings, ceremony));
    encounters.extend(rosters::read(reader, views));
    sightings.retain(|s| !s.at_home);
    (sightings, encounters)
}
