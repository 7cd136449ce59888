//! Reading: an article becomes a [`Draft`] of officials, stops and meetings, each with the words that it came from.
//!
//! The components, in the order in which they run, each adding to what the one before has marked:
//!
//! | component | finds |
//! |---|---|
//! | [`dateline`] | where and when the article was filed, and so what "here" means |
//! | [`names`] | names of people with their titles |
//! | [`officials`] | who is who: names, offices and pronouns of one person |
//! | [`toponyms`] | places |
//! | [`times`] | time expressions |
//! | [`occasions`] | gatherings and where they are held |
//! | [`delegation`] | who goes along with whom |
//! | [`visits`] | sightings: one telling of one person in one place |
//! | [`meetings`] | encounters: one telling of one meeting |
//! | [`rosters`] | lists of participants |
//! | [`stops`] | stops and meetings out of their tellings, and reasons of order |
//!
//! Ids, trips and the order itself are given by [`crate::itinerary`]. Nothing here draws or prints.

mod classes;
mod clause;
pub mod dateline;
mod delegation;
mod gate;
mod known;
mod lexicon;
mod meetings;
mod names;
mod occasions;
mod officials;
mod rosters;
mod scene;
mod stops;
pub mod times;
mod toponyms;
mod visits;

use crate::article::Article;
use crate::gazetteer::{Entry, Gazetteer};
use crate::itinerary::{CountryCode, Draft, DraftPlace, Mode, PlaceKind};
use crate::language::{self, Analysis, Unit, Upos};
use chrono::{Datelike, NaiveDate};
use classes::Class;
use dateline::Dateline;
use delegation::Delegation;
use lexicon::Lexicon;
use names::{Kind, Kinds, PersonMention};
use occasions::Occasion;
use officials::{Author, Official};
use scene::View;
use times::TimeMention;
use toponyms::PlaceMention;
use visits::{Link, Phase, Sighting};

/// What is settled about the whole article before its sentences are read.
#[derive(Debug, Default)]
struct Settled {
    officials: Vec<Official>,
}

/// Everything that the reading of a sentence may ask for.
struct Reader<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    gazetteer: &'a Gazetteer,
    kinds: &'a [Kinds],
    reading: Settled,
    datelines: Vec<Dateline>,
    published: Option<NaiveDate>,
    delegation: Delegation,
    occasions: Vec<Occasion>,
    /// Travellers of the latest telling with more than one, for "they" and "the delegation".
    group: Vec<usize>,
    /// Traveller of the latest telling.
    latest: Option<usize>,
    /// Participants of the latest meeting, for "the meeting took place".
    last_met: Vec<usize>,
    /// Place of the latest telling, where an embassy without an address lies.
    last_place: Option<DraftPlace>,
}

/// Reads an article. `published` is the day that relative words are resolved against.
pub fn read(article: &Article, gazetteer: &Gazetteer, published: Option<NaiveDate>) -> Draft {
    let lexicon = Lexicon::embedded();
    let text = article.text.as_str();
    let datelines = dateline::find(text, gazetteer);
    let mut analysis = language::tag(&dateline::blanked(text, &datelines));
    let mut kinds: Vec<Kinds> =
        analysis.sentences.iter().map(|s| names::kinds(&s.tokens, lexicon, gazetteer)).collect();
    names::retag_offices(&mut analysis, &kinds);
    let people: Vec<Vec<PersonMention>> =
        analysis.sentences.iter().zip(&kinds).map(|(s, k)| names::find(&s.tokens, text, k, lexicon)).collect();
    let sentences: Vec<&[language::Token]> = analysis.sentences.iter().map(|s| s.tokens.as_slice()).collect();
    names::surnames_before_towns(&sentences, &mut kinds, &people, lexicon, gazetteer);
    let (people, times) = unparsed(&analysis, &kinds, text, lexicon, published);
    names::retag(&mut analysis, &people, lexicon);
    let units: Vec<Option<Vec<Unit>>> = (0..people.len())
        .map(|i| {
            let tokens = &analysis.sentences[i].tokens;
            let dates: Vec<_> = times[i].iter().map(|t: &TimeMention| t.tokens.clone()).collect();
            gate::may_tell(tokens, &kinds[i], &people[i], lexicon)
                .then(|| names::units(tokens, &people[i], &kinds[i], &dates))
        })
        .collect();
    analysis.parse(|i| units[i].clone());
    let mut views = scene::views(&analysis);
    for ((view, people), times) in views.iter_mut().zip(people).zip(times) {
        (view.people, view.times) = (people, times);
        let event = |i: &usize| {
            let token = &view.tokens()[*i];
            token.xpos.starts_with("NN")
                && (lexicon.travel_nouns.contains_key(&token.key) || lexicon.meeting_nouns.contains_key(&token.key))
        };
        view.events = (0..view.tokens().len()).filter(event).collect();
    }
    let home = article.source.as_ref().and_then(|s| lexicon.sources.get(&s.to_lowercase()));
    let author = article.title.as_deref().and_then(|t| author_in(t, lexicon, gazetteer));
    let year = published.map(|p| p.year());
    let officials = officials::settle(&mut views, &kinds, text, lexicon, home, year, author);
    mark_places(&mut views, &kinds, gazetteer, lexicon, text, published);
    #[cfg(feature = "trace")]
    views.iter().for_each(|v| eprintln!("{}", v.trace()));
    let mut reader = Reader {
        text,
        lexicon,
        gazetteer,
        kinds: &kinds,
        reading: Settled { officials },
        delegation: delegation::find(&views, &kinds, lexicon),
        occasions: occasions::find(&views, lexicon, &datelines),
        datelines,
        published,
        group: Vec::new(),
        latest: None,
        last_met: Vec::new(),
        last_place: None,
    };
    reader.settle_delegates();
    let (mut sightings, mut encounters) = (Vec::new(), Vec::new());
    for view in &views {
        let seen = visits::read(&reader, view);
        let mut met = meetings::read(&reader, view);
        place_by_visits(&mut met, &seen);
        reader.settle_hosts(&met);
        reader.remember(&seen, &met);
        sightings.extend(seen);
        sightings.extend(met.iter().flat_map(|m| reader.implied(m)));
        // One alone is only seen there.
        encounters.extend(met.into_iter().filter(|m| !m.alone && m.participants.len() + m.groups.len() > 1));
    }
    encounters.extend(attendance(&sightings, |o| lexicon.ceremonies.contains(&reader.occasions[o].lemma)));
    encounters.extend(rosters::read(&reader, &views));
    sightings.retain(|s| !s.at_home);
    let news_day = published.map(|p| times::news_day(&views, p));
    let filed = !reader.datelines.is_empty();
    stops::Joiner::new(&reader.reading.officials, published, news_day, filed).join(
        &sightings,
        &encounters,
        &reader.delegation.companions,
    )
}

/// "visited Jordan for talks with the premier": a meeting without a place of its own is where its sentence puts the traveller.
fn place_by_visits(met: &mut [meetings::Encounter], seen: &[Sighting]) {
    for m in met.iter_mut().filter(|m| m.place.is_none() && m.mode == Mode::InPerson) {
        let own = |s: &&Sighting| {
            let going = s.certainty.status == m.certainty.status && !s.certainty.negated && !s.reference;
            going && !s.at_home && m.participants.first() == Some(&s.traveller)
        };
        let Some(first) = seen.iter().find(own) else { continue };
        if seen.iter().filter(own).all(|s| s.place.country == first.place.country) {
            m.place = Some(first.place.clone());
        }
    }
}

/// "Statement by Vice President X on her trip": the person after "by" in a title.
fn author_in(title: &str, lexicon: &Lexicon, gazetteer: &Gazetteer) -> Option<Author> {
    let analysis = language::tag(title);
    let sentence = analysis.sentences.first()?;
    let kinds = names::kinds(&sentence.tokens, lexicon, gazetteer);
    let by = sentence.tokens.iter().position(|t| t.lower == "by")?;
    let spoken = sentence.tokens[..by].iter().any(|t| lexicon.statements.contains(&t.key));
    let people = names::find(&sentence.tokens, title, &kinds, lexicon);
    let author = people.into_iter().find(|p| p.tokens.start == by + 1).filter(|_| spoken)?;
    let words = sentence.tokens[author.name.clone()].iter().map(|t| t.form.clone()).filter(|f| f != ",");
    Some(Author { name: words.collect(), title: author.title })
}

/// People and times of each sentence, which are found without its tree.
fn unparsed(
    analysis: &Analysis,
    kinds: &[Kinds],
    text: &str,
    lexicon: &Lexicon,
    published: Option<NaiveDate>,
) -> (Vec<Vec<PersonMention>>, Vec<Vec<TimeMention>>) {
    let mut views = scene::views(analysis);
    for (view, kinds) in views.iter_mut().zip(kinds) {
        view.people = names::find(view.tokens(), text, kinds, lexicon);
    }
    times::mark(&mut views, published);
    views.into_iter().map(|v| (v.people, v.times)).unzip()
}

/// Those who take part in one gathering meet there, unless it is only a ceremony.
fn attendance(sightings: &[Sighting], ceremony: impl Fn(usize) -> bool) -> Vec<meetings::Encounter> {
    let mut occasions: Vec<usize> = sightings.iter().filter_map(|s| s.occasion).filter(|o| !ceremony(*o)).collect();
    occasions.sort_unstable();
    occasions.dedup();
    let of = |occasion: usize| {
        let there: Vec<&Sighting> = sightings.iter().filter(|s| s.occasion == Some(occasion)).collect();
        let first = there.first()?;
        let mut participants: Vec<usize> = Vec::new();
        for sighting in &there {
            if !participants.contains(&sighting.traveller) {
                participants.push(sighting.traveller);
            }
        }
        (participants.len() > 1 && !first.certainty.negated).then(|| meetings::Encounter {
            participants,
            groups: Vec::new(),
            place: Some(first.place.clone()),
            certainty: first.certainty,
            mode: Mode::InPerson,
            times: first.times.clone(),
            duration: None,
            sentence: first.sentence,
            clause: first.clause,
            told_at: first.told_at,
            evidence: first.evidence,
            weight: 0.6,
            alone: false,
        })
    };
    occasions.into_iter().filter_map(of).collect()
}

/// Marks the places of all sentences; a city of several namesakes is taken in a country that the article names.
fn mark_places(
    views: &mut [View<'_>],
    kinds: &[Kinds],
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
    text: &str,
    published: Option<NaiveDate>,
) {
    let named: Vec<&CountryCode> = kinds
        .iter()
        .flat_map(|k| &k.of)
        .filter_map(|k| match k {
            Kind::Demonym(c) | Kind::Place(Some(c)) | Kind::Organisation(Some(c)) => Some(c),
            _ => None,
        })
        .collect();
    let hint = |e: &Entry| named.iter().filter(|c| c.as_str() == e.country).count() > 1;
    for (view, kinds) in views.iter_mut().zip(kinds) {
        view.places = toponyms::find(view, kinds, gazetteer, lexicon, text, &hint);
        toponyms::as_of(&mut view.places, published);
    }
}

impl Reader<'_> {
    /// The subjects found, or for "they" and "the delegation" the travellers told of just before.
    fn group_or(&self, view: &View<'_>, e: usize, subjects: Vec<usize>) -> Vec<usize> {
        // "announced a delegation to attend": its members will.
        let party = e.checked_sub(2).filter(|n| view.lower(e - 1) == "to" && view.is(*n, Class::Party));
        if party.is_some() {
            return self.delegation.members.clone();
        }
        if !subjects.is_empty() {
            return subjects;
        }
        let subject = view.ancestors(e).find_map(|a| {
            view.dependents(a, &["nsubj"])
                .next()
                .or_else(|| view.children(a).iter().copied().find(|c| view.tokens()[*c].deprel == "nmod:poss"))
        });
        let two = |s: usize| view.lemma(s) == "both" || view.is(s, Class::Pair);
        let they = |s: usize| matches!(view.lemma(s), "they" | "their");
        let plural = subject.filter(|s| they(*s) || two(*s));
        // "Erdogan and Xi agreed as they held talks": those named together in the sentence.
        let here = plural.and_then(|s| view.people.iter().rfind(|p| p.tokens.end <= s && !p.name.is_empty()));
        let together = here.map(|p| clause::people_of(view, p.tokens.start)).unwrap_or_default();
        if together.len() > 1 {
            return together;
        }
        let party = |s: usize| view.is(s, Class::Party);
        match subject {
            Some(s) if they(s) && self.speaks_of_delegation(view) => self.delegation.members.clone(),
            Some(s) if two(s) && self.last_met.len() == 2 => self.last_met.clone(),
            Some(s) if (they(s) || two(s) || view.lemma(s) == "leader") && !self.group.is_empty() => self.group.clone(),
            Some(s) if party(s) && self.delegation.members.is_empty() => self.latest.into_iter().collect(),
            Some(s) if party(s) || view.lemma(s) == "official" => self.delegation.members.clone(),
            _ => Vec::new(),
        }
    }

    /// Where the occasion is held that the gathering at noun `n` means, as a place governed by "at".
    fn occasion_at(&self, view: &View<'_>, n: usize) -> Option<(usize, PlaceMention)> {
        if !occasions::is_gathering(view, n, self.lexicon) {
            return None;
        }
        let (index, occasion) = occasions::meant(&self.occasions, view, n)?;
        Some((index, self.at_place(occasion.place.clone(), n)))
    }

    /// A place that the token `n` stands for, as if it were governed by "at".
    fn at_place(&self, place: DraftPlace, n: usize) -> PlaceMention {
        PlaceMention {
            tokens: n..n + 1,
            head: n,
            place,
            preposition: Some("at".into()),
            preposition_at: None,
            list: None,
            site: None,
            qualifies: false,
        }
    }

    /// Whether an official serves the state that a place lies in.
    fn is_home(&self, official: usize, place: &DraftPlace) -> bool {
        let official = &self.reading.officials[official];
        official.is_official() && official.country.is_some() && official.country == place.country
    }

    /// Whether the sentence has the word "delegation", and the article a delegation of several.
    fn speaks_of_delegation(&self, view: &View<'_>) -> bool {
        self.delegation.members.len() > 1 && (0..view.tokens().len()).any(|i| view.is(i, Class::Party))
    }

    /// "here" in the clause of `e`: the place of the dateline.
    fn here(&self, view: &View<'_>, e: usize) -> Option<PlaceMention> {
        let dateline = dateline::of(&self.datelines, view)?;
        let clause = view.clause_head(e);
        let at = (0..view.tokens().len()).find(|i| {
            view.lower(*i) == "here"
                && view.tokens()[*i].upos == Upos::Adv
                && (view.clause_head(*i) == clause || view.under(*i, e))
        })?;
        Some(self.at_dateline(dateline, at))
    }

    fn at_dateline(&self, dateline: &Dateline, token: usize) -> PlaceMention {
        PlaceMention {
            tokens: token..token + 1,
            head: token,
            place: dateline.place.clone(),
            preposition: Some("in".into()),
            preposition_at: None,
            list: None,
            site: None,
            qualifies: false,
        }
    }

    /// Where the article is told from, for a guest mentioned at token `t`.
    fn scene_of(&self, view: &View<'_>, t: usize) -> Option<PlaceMention> {
        let dateline = dateline::of(&self.datelines, view)?;
        let here = (0..view.tokens().len()).find(|i| view.lower(*i) == "here").unwrap_or(t);
        Some(self.at_dateline(dateline, here))
    }

    /// The country of a host, as the place of the event at `e`.
    fn home_of(&self, official: usize, view: &View<'_>, e: usize) -> Option<PlaceMention> {
        let _ = view;
        let country = self.reading.officials[official].country.as_ref()?;
        let entry = self.gazetteer.country(country.as_str())?;
        Some(PlaceMention {
            tokens: e..e + 1,
            head: e,
            place: toponyms::place_of(&entry, None),
            preposition: None,
            preposition_at: None,
            list: None,
            site: None,
            qualifies: false,
        })
    }

    /// Whether a place lies outside the country that the official serves, and the person is an official at all.
    fn is_abroad(&self, official: usize, place: &DraftPlace) -> bool {
        let official = &self.reading.officials[official];
        official.is_official()
            && !official.is_posted_to(place.country.as_ref())
            && (official.country.is_none() || official.country != place.country)
    }

    /// Whether an official of an international body is at its seat, where only coming or meeting makes a visit.
    fn at_seat(&self, official: usize, place: &DraftPlace) -> bool {
        let seats: &[&str] = match self.reading.officials[official].country.as_ref().map(|c| c.as_str()) {
            Some("EU") => &["BE", "LU"],
            Some("NATO") => &["BE"],
            Some("UN") => &["US", "CH", "AT"],
            _ => &[],
        };
        place.country.as_ref().is_some_and(|c| seats.contains(&c.as_str()))
    }

    /// Whether it is not said whom an official serves, and the place is where the article was filed: at home there as
    /// likely as not.
    fn may_be_home(&self, official: usize, place: &DraftPlace) -> bool {
        let unsaid = self.reading.officials[official].country.is_none();
        unsaid && self.datelines.iter().any(|d| d.place.country == place.country)
    }

    /// Nationality that the token at `i` of a sentence names.
    fn nationality(&self, sentence: usize, i: usize) -> Option<CountryCode> {
        match &self.kinds[sentence].of[i] {
            Kind::Demonym(c) | Kind::Place(Some(c)) | Kind::Organisation(Some(c)) => Some(c.clone()),
            _ => None,
        }
    }

    /// Whom a traveller meets abroad, and whose country the article does not say, is at home there.
    fn settle_hosts(&mut self, met: &[meetings::Encounter]) {
        for m in met.iter().filter(|m| m.mode == Mode::InPerson && m.participants.len() > 1) {
            let Some(country) = m.place.as_ref().and_then(|p| p.country.clone()) else { continue };
            let visitor = &self.reading.officials[m.participants[0]];
            if visitor.country.is_none() || visitor.country.as_ref() == Some(&country) {
                continue;
            }
            let fellows = &self.delegation.members;
            for p in m.participants[1..].iter().filter(|p| !fellows.contains(p)) {
                let host = &mut self.reading.officials[*p];
                if !host.country_stated && !host.only_speaks() {
                    host.country = Some(country.clone());
                    host.country_stated = true;
                }
            }
        }
    }

    /// Members of a state's delegation serve that state where the article does not say otherwise.
    fn settle_delegates(&mut self) {
        for (member, state) in &self.delegation.sent_by {
            let official = &mut self.reading.officials[*member];
            if official.country.is_none() {
                official.country = Some(state.clone());
                official.country_stated = true;
            }
        }
    }

    fn remember(&mut self, seen: &[Sighting], met: &[meetings::Encounter]) {
        let mut people: Vec<usize> = seen.iter().map(|s| s.traveller).collect();
        people.extend(met.iter().flat_map(|m| m.participants.iter().copied()));
        let along = |c: &&delegation::Companion| {
            c.status.is_some() && seen.iter().any(|s| c.leader == s.traveller && c.span.contains(s.evidence))
        };
        people.extend(self.delegation.companions.iter().filter(along).map(|c| c.follower));
        people.sort_unstable();
        people.dedup();
        self.latest = seen
            .first()
            .map(|s| s.traveller)
            .or(met.first().and_then(|m| m.participants.first().copied()))
            .or(self.latest);
        if let Some(last) = met.iter().rfind(|m| m.participants.len() > 1) {
            self.last_met = last.participants.clone();
        }
        let place = met.iter().filter_map(|m| m.place.as_ref()).chain(seen.iter().map(|s| &s.place)).next();
        self.last_place = place.cloned().or(self.last_place.take());
        // Those who met are "they", rather than everybody who is told of beside them.
        let met_here = met.iter().rfind(|m| m.participants.len() > 1).map(|m| m.participants.clone());
        match met_here {
            Some(met) => self.group = met,
            None if people.len() > 1 => self.group = people,
            None => {}
        }
    }

    /// Gives sites without an address the place that was told of last; where there is none, they are left out.
    fn located(&self, mut places: Vec<PlaceMention>) -> Vec<PlaceMention> {
        for mention in places.iter_mut().filter(|m| m.site.is_some()) {
            if let (Some(site), Some(place)) = (mention.site.as_mut(), &self.last_place) {
                site.country = place.country.clone();
                mention.place = place.clone();
            }
        }
        places.retain(|m| m.site.as_ref().is_none_or(|s| s.country.is_some()));
        places
    }

    /// Presence that a meeting in a named place implies for those who are not at home there.
    fn implied(&self, m: &meetings::Encounter) -> Vec<Sighting> {
        let Some(place) = m
            .place
            .as_ref()
            .filter(|p| m.mode == Mode::InPerson && !(p.kind == PlaceKind::Region && p.country.is_none()))
        else {
            return Vec::new();
        };
        let host = m.participants.iter().any(|p| self.is_home(*p, place));
        let away = |p: &&usize| {
            // A resident ambassador who meets those at home there is no visitor.
            if host && self.reading.officials[**p].is_resident() {
                return false;
            }
            let known = self.reading.officials[**p].country.is_some();
            self.is_abroad(**p, place) && (known || (host && !self.may_be_home(**p, place)))
        };
        m.participants
            .iter()
            .filter(away)
            .map(|p| Sighting {
                traveller: *p,
                place: place.clone(),
                certainty: m.certainty,
                times: m.times.clone(),
                phase: Phase::Presence,
                sentence: m.sentence,
                clause: m.clause,
                list: None,
                link: Link::None,
                reference: false,
                told_at: m.told_at,
                evidence: m.evidence,
                site: None,
                recalled: m.certainty.pluperfect,
                weight: 0.8 * m.weight,
                occasion: None,
                at_home: false,
            })
            .collect()
    }
}
