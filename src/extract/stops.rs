//! From tellings to stops: sightings of one stay become one stop, encounters of one meeting one meeting, and the words that
//! link clauses become reasons of order.
//!
//! It sees sightings and encounters, not the text. What it hands over is the [`Draft`] that the itinerary is arranged from.

use super::delegation::Companion;
use super::meetings::Encounter;
use super::officials::Official;
use super::times::{Direction, TimeMention, resolve};
use super::visits::{Link, Phase, Sighting};
use crate::itinerary::{
    Because, Draft, DraftMeeting, DraftOfficial, DraftPlace, DraftReason, DraftStop, Edtf, Mode, PlaceKind, Recency,
    Status,
};
use chrono::{Days, NaiveDate};

/// A journey counts as recalled when it ended this many days before publication, and the article reports another.
const RECALLED_AFTER_DAYS: u64 = 21;

/// Two days seen in one country this far apart, with no other country between, are one stay.
const STAY_DAYS: i64 = 4;

/// Joins everything that was sighted into a draft.
pub struct Joiner<'a> {
    officials: &'a [Official],
    published: Option<NaiveDate>,
    /// The day that a dispatch tells of, where its own words do not date what it saw.
    news_day: Option<NaiveDate>,
    /// Whether it is a dispatch with a dateline: what it tells without a day is of its day.
    filed: bool,
    stops: Vec<DraftStop>,
    /// Of each stop, whether a clause with a tense of its own says its status.
    firm: Vec<bool>,
    /// Stop of each sighting, by the sighting's index.
    stop_of: Vec<Option<usize>>,
}

impl<'a> Joiner<'a> {
    /// A joiner for one article; `published` anchors what is undated, and `news_day` is the day that a dispatch tells of.
    pub fn new(
        officials: &'a [Official],
        published: Option<NaiveDate>,
        news_day: Option<NaiveDate>,
        filed: bool,
    ) -> Self {
        Joiner { officials, published, news_day, filed, stops: Vec::new(), firm: Vec::new(), stop_of: Vec::new() }
    }

    /// The draft of all that was sighted. `companions` go along with others.
    pub fn join(mut self, sightings: &[Sighting], encounters: &[Encounter], companions: &[Companion]) -> Draft {
        self.stop_of = vec![None; sightings.len()];
        for reference in [false, true] {
            for (i, sighting) in sightings.iter().enumerate().filter(|(_, s)| s.reference == reference) {
                self.place_sighting(i, sighting);
            }
        }
        let mut reasons = self.reasons(sightings);
        self.set_trips_apart();
        self.go_along(companions, sightings, &mut reasons);
        self.meet_abroad(encounters);
        self.bound_undated();
        let meetings = self.meetings(encounters);
        let mut draft = Draft { stops: self.stops, meetings, reasons, ..Draft::default() };
        keep_active(self.officials, &mut draft);
        draft
    }

    fn place_sighting(&mut self, index: usize, sighting: &Sighting) {
        if sighting.certainty.negated && sighting.certainty.status != Status::Planned {
            return;
        }
        let mut told = self.stop_from(sighting);
        let matching = self.stops.iter().position(|s| self.compatible(s, &told, sighting.reference));
        self.stop_of[index] = match matching {
            Some(i) => {
                // A phrase without a tense ("this visit to Peru") does not make a plan a fact, nor can one of days to come be one.
                let firm = sighting.certainty.tensed || told.status != Status::Completed;
                if told.status == Status::Completed && (!firm || self.is_to_come(&self.stops[i])) {
                    told.status = self.stops[i].status;
                } else if firm && !self.firm[i] && !sighting.reference {
                    // And where such a phrase came first, the clause with a tense says how it is.
                    (self.stops[i].status, self.stops[i].recency) = (told.status, told.recency);
                }
                self.firm[i] |= firm && !sighting.reference;
                merge(&mut self.stops[i], told, sighting.reference);
                Some(i)
            }
            None => {
                let firm = sighting.certainty.tensed || told.status != Status::Completed;
                self.stops.push(told);
                self.firm.push(firm && !sighting.reference);
                Some(self.stops.len() - 1)
            }
        };
    }

    fn stop_from(&self, s: &Sighting) -> DraftStop {
        let status = match (s.reference, s.link) {
            _ if s.certainty.negated => Status::Cancelled,
            (true, Link::After(_)) if s.times.is_empty() => Status::Planned,
            (true, Link::Before(_)) => Status::Completed,
            _ => self.with_future_date(s),
        };
        // "cancelled his visit on Sunday": the day is that of the cancelling.
        let (mut start, end) = if status == Status::Cancelled { (None, None) } else { self.dates(s, status) };
        if start.is_none() && end.is_none() && status == Status::Completed {
            start = self.day_of_news(s);
        }
        DraftStop {
            traveller: s.traveller,
            place: s.place.clone(),
            sites: s.site.iter().cloned().collect(),
            status,
            recency: match status {
                Status::Planned | Status::Possible | Status::Cancelled => Recency::After,
                _ if s.times.is_empty() => Recency::Before,
                _ => Recency::Now,
            },
            start,
            end,
            background: s.recalled || (self.published.is_none() && status == Status::Completed && coarsely_dated(s)),
            list: s.list.map(|(list, i)| (s.sentence * 1000 + list, i)),
            told_at: s.told_at,
            confidence: s.weight,
            evidence: vec![s.evidence],
        }
    }

    /// "he said as he arrived here": presence that a dispatch tells of without a day was seen on about the day of its news.
    fn day_of_news(&self, s: &Sighting) -> Option<Edtf> {
        let seen = matches!(s.phase, Phase::Presence | Phase::Arrival) && s.link == Link::None;
        let now = s.certainty.tensed && !s.recalled && !s.reference && s.times.is_empty();
        let news = self.filed || s.certainty.present || s.certainty.perfect;
        self.news_day.filter(|_| seen && now && news).map(|day| Edtf::day(day).approximate())
    }

    /// A present tense with a date to come is a plan ("arrives on Monday").
    fn with_future_date(&self, s: &Sighting) -> Status {
        let status = s.certainty.status;
        let direction = if s.certainty.present { Direction::Future } else { Direction::Past };
        let dates = || s.times.iter().filter_map(|t| resolve(t, direction)).filter_map(|d| d.earliest());
        let to_come = self.published.is_some_and(|p| dates().next().is_some_and(|d| d > p));
        if status == Status::Completed && to_come { Status::Planned } else { status }
    }

    /// First and last day of a stay as the words beside it have it.
    fn dates(&self, s: &Sighting, status: Status) -> (Option<Edtf>, Option<Edtf>) {
        let direction = if status == Status::Completed { Direction::Past } else { Direction::Future };
        let Some(date) = s.times.iter().find_map(|t| resolve(t, direction)) else { return (None, None) };
        let days = s.times.iter().find_map(days_of);
        let ends = date.earliest().map(Edtf::day).zip(date.latest().map(Edtf::day)).filter(|_| date.is_interval());
        let last_of_list = s.list.is_some_and(|(_, i)| i > 0);
        // "will leave on Monday for talks in Rome and Tunis": the day is that of the first.
        if let Some(day) = date.as_day().filter(|_| last_of_list && s.phase == Phase::Arrival) {
            return (Some(Edtf::on_or_after(day)), None);
        }
        match (s.list, ends) {
            // The dates of a trip: its first stop begins it; the others lie within it.
            (Some(_), Some(_)) if last_of_list && whole_trip(&s.times, direction) => (Some(date), None),
            (Some(_), Some((a, _))) if whole_trip(&s.times, direction) => (Some(a), None),
            (_, Some((a, b))) if whole_trip(&s.times, direction) => (Some(a), Some(b)),
            (_, Some(_)) => (Some(date), None),
            _ => match (s.phase, date.as_day(), days) {
                (Phase::Departure, Some(day), Some(n)) => (Some(Edtf::day(back(day, n))), Some(date)),
                (Phase::Departure, Some(_), _) => (None, Some(date)),
                (Phase::Arrival, Some(day), Some(n)) | (Phase::Stay, Some(day), Some(n)) => {
                    (Some(date), Some(Edtf::day(forth(day, n))))
                }
                (Phase::Arrival, _, _) => (Some(date), None),
                _ => (Some(date.clone()), Some(date)),
            },
        }
    }

    /// Whether a telling can be of a known stop.
    fn compatible(&self, stop: &DraftStop, told: &DraftStop, reference: bool) -> bool {
        let place = stop.place.country == told.place.country
            && (is_wide(&stop.place) || is_wide(&told.place) || same_place(&stop.place, &told.place));
        let status = reference
            || stop.status == told.status
            || !matches!((stop.status, told.status), (Status::Cancelled, _) | (_, Status::Cancelled));
        // "had met": looks back, perhaps only to an earlier stop of the same journey.
        let trip = reference || stop.background == told.background || (told.background && told.start.is_none());
        stop.traveller == told.traveller
            && place
            && status
            && trip
            && self.dates_fit(stop, told)
            && !(self.is_to_come(stop) && told.status == Status::Completed && told.recency == Recency::Now)
    }

    /// Whether a stop is planned for a day after publication: what has taken place is another one.
    fn is_to_come(&self, stop: &DraftStop) -> bool {
        let start = stop.start.as_ref().and_then(|d| d.earliest());
        stop.status == Status::Planned && start.zip(self.published).is_some_and(|(d, p)| d > p)
    }

    /// Whether two datings can be of one stay: they overlap, or lie a few days apart with no other country between.
    fn dates_fit(&self, stop: &DraftStop, told: &DraftStop) -> bool {
        let (Some(a), Some(b)) = (&stop.start, &told.start) else { return true };
        if !(a.surely_before(b) || b.surely_before(a)) || within(stop, told) || within(told, stop) {
            return true;
        }
        let (Some(x), Some(y)) = (a.as_day(), b.as_day()) else { return false };
        let (from, to) = (x.min(y), x.max(y));
        let between = |s: &DraftStop| {
            let day = s.start.as_ref().and_then(|d| d.as_day());
            s.traveller == told.traveller
                && s.place.country != told.place.country
                && day.is_some_and(|d| from <= d && d <= to)
        };
        // A stay under way goes on: what is planned there for the next days belongs to it.
        let goes_on = |a: &DraftStop, b: &DraftStop, first: NaiveDate, second: NaiveDate| {
            a.status == Status::Completed && b.status == Status::Planned && first <= second
        };
        let one_stay = stop.status == told.status || goes_on(stop, told, x, y) || goes_on(told, stop, y, x);
        (to - from).num_days() <= STAY_DAYS && one_stay && !self.stops.iter().any(between)
    }

    /// Reasons of order from the links between clauses.
    fn reasons(&self, sightings: &[Sighting]) -> Vec<DraftReason> {
        let mut reasons: Vec<DraftReason> = Vec::new();
        for (i, s) in sightings.iter().enumerate() {
            let Some(this) = self.stop_of[i] else { continue };
            let beside = |clause: usize| {
                sightings
                    .iter()
                    .enumerate()
                    .filter(move |(j, o)| {
                        *j != i && o.sentence == s.sentence && o.clause == clause && o.traveller == s.traveller
                    })
                    .filter_map(|(j, _)| self.stop_of[j])
                    .filter(move |o| *o != this)
                    .collect::<Vec<_>>()
            };
            let pairs: Vec<(usize, usize)> = match s.link {
                Link::After(clause) => beside(clause).into_iter().map(|o| (o, this)).collect(),
                Link::Before(clause) => beside(clause).into_iter().map(|o| (this, o)).collect(),
                // Where one comes from is right before; what else is done without a day lies before that.
                Link::Origin(clause) => {
                    let next = beside(clause);
                    let done = |k: &usize| {
                        let stop = &self.stops[*k];
                        stop.traveller == s.traveller
                            && stop.status == Status::Completed
                            && stop.recency == Recency::Before
                            && !stop.background
                            && *k != this
                            && !next.contains(k)
                    };
                    let earlier = (0..self.stops.len()).filter(|k| !next.is_empty() && done(k)).map(|k| (k, this));
                    next.iter().map(|o| (this, *o)).chain(earlier).collect()
                }
                Link::Next => self.previous(sightings, i).map(|o| (o, this)).into_iter().collect(),
                Link::Earlier => self.previous(sightings, i).map(|o| (this, o)).into_iter().collect(),
                Link::None => Vec::new(),
            };
            for (before, after) in pairs {
                if before != after && !reasons.iter().any(|r| r.before == before && r.after == after) {
                    reasons.push(DraftReason { before, after, because: Because::Phrase, evidence: Some(s.evidence) });
                }
            }
        }
        reasons
    }

    /// The stop of the same traveller that was told last before sighting `i`.
    fn previous(&self, sightings: &[Sighting], i: usize) -> Option<usize> {
        let this = self.stop_of[i];
        let s = &sightings[i];
        sightings
            .iter()
            .enumerate()
            .filter(|(_, o)| o.traveller == s.traveller && o.told_at < s.told_at && !o.recalled)
            .max_by_key(|(_, o)| o.told_at)
            .and_then(|(j, _)| self.stop_of[j])
            .filter(|o| Some(*o) != this)
    }

    /// Companions make the stops of the one they go with: those that their sentence tells, or else the whole main trip.
    fn go_along(&mut self, companions: &[Companion], sightings: &[Sighting], reasons: &mut Vec<DraftReason>) {
        for Companion { leader, follower: companion, span: evidence, local, .. } in companions {
            let told_here = |s: &Sighting| s.traveller == *leader && evidence.contains(s.evidence);
            let here: Vec<usize> = sightings
                .iter()
                .zip(&self.stop_of)
                .filter(|(s, _)| told_here(s))
                .filter_map(|(_, stop)| *stop)
                .collect();
            // Told of one stop as a fact, they need not go along on what is planned next.
            let told: Vec<Status> = here.iter().map(|i| self.stops[*i].status).collect();
            let goes = |i: usize, s: &DraftStop| {
                let along = told.is_empty() || told.contains(&s.status);
                s.traveller == *leader && !s.background && if *local { here.contains(&i) } else { along }
            };
            let copies: Vec<(usize, DraftStop)> =
                self.stops.iter().enumerate().filter(|(i, s)| goes(*i, s)).map(|(i, s)| (i, s.clone())).collect();
            let mut own: Vec<(usize, usize)> = Vec::new();
            for (original, mut copy) in copies {
                copy.traveller = *companion;
                copy.confidence *= 0.9;
                copy.evidence = vec![*evidence];
                let official = &self.officials[*companion];
                let home = official.country.is_some() && official.country == copy.place.country;
                if home || official.is_posted_to(copy.place.country.as_ref()) {
                    continue;
                }
                match self.stops.iter().position(|s| self.compatible(s, &copy, false)) {
                    Some(known) => {
                        self.stops[known].list = copy.list.or(self.stops[known].list);
                        merge(&mut self.stops[known], copy, false);
                        own.push((original, known));
                    }
                    None => {
                        self.stops.push(copy);
                        self.firm.push(false);
                        own.push((original, self.stops.len() - 1));
                    }
                }
            }
            // What orders the leader's stops orders theirs.
            let mine = |stop: usize| own.iter().find(|(o, _)| *o == stop).map(|(_, m)| *m);
            let shared: Vec<DraftReason> = reasons
                .iter()
                .filter_map(|r| Some(DraftReason { before: mine(r.before)?, after: mine(r.after)?, ..r.clone() }))
                .filter(|r| r.before != r.after)
                .collect();
            reasons.extend(shared);
        }
    }

    /// Whom a traveller meets on a journey to one country is there too, though neither serves it and the words name no place.
    fn meet_abroad(&mut self, encounters: &[Encounter]) {
        let untold =
            |e: &&Encounter| e.place.is_none() && e.mode == Mode::InPerson && !e.certainty.negated && e.weight >= 0.7;
        for e in encounters.iter().filter(untold) {
            let Some(leader) = e.participants.first() else { continue };
            let own: Vec<&DraftStop> = self.stops.iter().filter(|s| s.traveller == *leader && !s.background).collect();
            let Some(stop) = own.first().copied().cloned() else { continue };
            let one_country = own.iter().all(|s| s.place.country == stop.place.country);
            let date = e.times.iter().find_map(|t| resolve(t, Direction::Past));
            let dated = date.is_none() || stop.start.is_none() || date == stop.start;
            // Under way there, and to meet somebody.
            let goes_on = stop.status == Status::Completed && e.certainty.status == Status::Planned;
            if !one_country || !(stop.status == e.certainty.status || goes_on) || !dated {
                continue;
            }
            for p in e.participants.iter().skip(1) {
                let official = &self.officials[*p];
                let third = official.country.as_ref().is_some_and(|c| {
                    Some(c) != stop.place.country.as_ref() && Some(c) != self.officials[*leader].country.as_ref()
                });
                let copy = DraftStop {
                    traveller: *p,
                    status: e.certainty.status,
                    evidence: vec![e.evidence],
                    confidence: stop.confidence * 0.6,
                    list: None,
                    sites: Vec::new(),
                    told_at: e.told_at,
                    ..stop.clone()
                };
                let known = self.stops.iter().any(|s| self.compatible(s, &copy, true));
                if third && official.is_official() && !known {
                    self.stops.push(copy);
                    self.firm.push(false);
                }
            }
        }
    }

    /// What lies well before the article is recalled, if the article reports something newer.
    fn set_trips_apart(&mut self) {
        if self.stops.iter().all(|s| s.background) && self.published.is_none() {
            // Nothing newer is reported: then this is the article's journey.
            self.stops.iter_mut().for_each(|s| s.background = false);
        }
        let Some(limit) = self.published.and_then(|p| p.checked_sub_days(Days::new(RECALLED_AFTER_DAYS))) else {
            return;
        };
        let day = self.published.unwrap_or(limit);
        let old = |s: &DraftStop| {
            // "last month", "in March": a whole month or year that is over is told as another journey.
            let loose = s.start.as_ref().is_some_and(|d| d.as_day().is_none() && !d.is_interval());
            let last = s.start.as_ref().and_then(|d| d.latest());
            s.status == Status::Completed && last.is_some_and(|d| d < limit || (loose && d < day))
        };
        if self.stops.iter().any(|s| !old(s) && !s.background) {
            for stop in &mut self.stops {
                stop.background |= old(stop);
            }
        }
    }

    /// What took place lies on or before publication, what is planned on or after it.
    fn bound_undated(&mut self) {
        let Some(published) = self.published else { return };
        for stop in self.stops.iter_mut().filter(|s| s.start.is_none() && !s.background) {
            let end = stop.end.as_ref().and_then(|d| d.latest());
            stop.start = match stop.status {
                Status::Completed => Some(Edtf::on_or_before(end.unwrap_or(published).min(published))),
                Status::Planned => Some(Edtf::on_or_after(published)),
                _ => None,
            };
        }
    }

    /// Encounters of the same people become one meeting, at the stop where they met.
    fn meetings(&self, encounters: &[Encounter]) -> Vec<DraftMeeting> {
        let mut meetings: Vec<DraftMeeting> = Vec::new();
        for e in encounters {
            if e.certainty.negated && e.certainty.status == Status::Completed {
                continue;
            }
            let told = self.meeting_from(e);
            match meetings.iter_mut().find(|m| same_meeting(m, &told)) {
                Some(known) => merge_meeting(known, told),
                None => meetings.push(told),
            }
        }
        meetings
    }

    fn meeting_from(&self, e: &Encounter) -> DraftMeeting {
        let past = e.certainty.status == Status::Completed && !e.certainty.present;
        let direction = if past { Direction::Past } else { Direction::Future };
        let date = e.times.iter().find_map(|t| resolve(t, direction));
        let status = match date.as_ref().and_then(|d| d.earliest()).zip(self.published) {
            Some((d, p)) if d > p && e.certainty.status == Status::Completed => Status::Planned,
            _ => e.certainty.status,
        };
        let stop = self.stop_for(e, status).filter(|_| e.mode == Mode::InPerson);
        let place = e.place.clone().or_else(|| stop.map(|s| self.stops[s].place.clone()));
        DraftMeeting {
            participants: e.participants.clone(),
            groups: e.groups.clone(),
            country: place.as_ref().and_then(|p| p.country.clone()),
            place,
            date: date.or_else(|| stop.and_then(|s| self.stops[s].start.clone()).filter(|d| d.as_day().is_some())),
            stop,
            status,
            mode: e.mode,
            duration: e.duration.clone(),
            confidence: e.weight,
            evidence: vec![e.evidence],
        }
    }

    /// The stop at which the meeting took place: the one in its place, else the only one in the country of the other party.
    fn stop_for(&self, e: &Encounter, status: Status) -> Option<usize> {
        let country = match &e.place {
            Some(place) => place.country.clone(),
            None => e
                .participants
                .iter()
                .skip(1)
                .find_map(|p| self.officials[*p].country.clone())
                .or_else(|| e.groups.iter().find_map(|g| g.country.clone())),
        }?;
        let here = |s: &&(usize, &DraftStop)| {
            e.participants.contains(&s.1.traveller) && s.1.place.country.as_ref() == Some(&country) && !s.1.background
        };
        let stops: Vec<(usize, &DraftStop)> = self.stops.iter().enumerate().collect();
        let same_city = |s: &&(usize, &DraftStop)| e.place.as_ref().is_some_and(|p| same_place(p, &s.1.place));
        let found = stops.iter().filter(here);
        found
            .clone()
            .find(|s| same_city(s) && s.1.status == status)
            .or_else(|| found.clone().find(|s| s.1.status == status))
            .map(|s| s.0)
    }
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days.saturating_sub(1))).unwrap_or(day)
}

fn forth(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days.saturating_sub(1))).unwrap_or(day)
}

/// Days of a "four-day visit".
fn days_of(time: &TimeMention) -> Option<u64> {
    time.duration()?.strip_prefix('P')?.strip_suffix('D')?.parse().ok().filter(|d| (1..=60).contains(d))
}

/// Whether the dates beside a list are those of the whole trip: named days, not "last month".
fn whole_trip(times: &[TimeMention], direction: Direction) -> bool {
    times.iter().any(|t| t.names_days() && resolve(t, direction).is_some_and(|d| d.is_interval()))
}

/// Whether only a month or year is said of it: without a publication date the sign that a journey is recalled.
fn coarsely_dated(s: &Sighting) -> bool {
    let dates: Vec<&TimeMention> = s.times.iter().filter(|t| t.duration().is_none()).collect();
    !dates.is_empty() && dates.iter().all(|t| t.is_coarse())
}

fn same_place(a: &DraftPlace, b: &DraftPlace) -> bool {
    (a.geonames.is_some() && a.geonames == b.geonames)
        || a.name == b.name
        || ((a.kind == PlaceKind::Site || b.kind == PlaceKind::Site) && near(a, b))
}

/// Whether a site lies in or just outside the other place: within about 40 km.
fn near(a: &DraftPlace, b: &DraftPlace) -> bool {
    let (Some(la), Some(lb), Some(oa), Some(ob)) = (a.lat, b.lat, a.lon, b.lon) else { return false };
    let north = (la - lb) * 111.2;
    let east = (oa - ob) * 111.2 * la.to_radians().cos();
    north.hypot(east) < 40.0
}

/// Whether the telling's day falls into the stay.
fn within(stop: &DraftStop, told: &DraftStop) -> bool {
    let bounds = |s: &DraftStop| Some((s.start.as_ref()?.earliest()?, s.end.as_ref()?.latest()?));
    match (bounds(stop), told.start.as_ref().and_then(|d| d.earliest())) {
        (Some((from, to)), Some(day)) => from <= day && day <= to,
        _ => false,
    }
}

fn is_wide(place: &DraftPlace) -> bool {
    matches!(place.kind, PlaceKind::Country | PlaceKind::Territory | PlaceKind::Region)
}

/// Adds a telling to a stop: the narrower place, the firmer status, the better date, all the words.
fn merge(stop: &mut DraftStop, told: DraftStop, reference: bool) {
    let narrower = rank(told.place.kind) > rank(stop.place.kind);
    if told.place.kind == PlaceKind::Site && stop.place.kind == PlaceKind::City && stop.place.name != told.place.name {
        stop.sites.push(told.place.clone());
    } else if stop.place.kind == PlaceKind::Site && told.place.kind == PlaceKind::City {
        stop.sites.push(stop.place.clone());
    }
    if narrower
        || (stop.place.kind == told.place.kind && stop.place.geonames.is_none() && told.place.geonames.is_some())
    {
        stop.place = told.place;
        stop.list = told.list.or(stop.list);
    }
    for site in told.sites {
        if !stop.sites.iter().any(|s| s.name == site.name) {
            stop.sites.push(site);
        }
    }
    stop.background &= told.background;
    if reference {
        stop.told_at = stop.told_at.min(told.told_at);
        return;
    }
    let firmer = told.status == Status::Completed && stop.status != Status::Completed;
    if firmer {
        stop.status = told.status;
        stop.recency = told.recency;
    } else if told.recency == Recency::Now && stop.status == Status::Completed {
        stop.recency = Recency::Now;
    }
    let sharper = |a: &Option<Edtf>, b: &Option<Edtf>| match (a, b) {
        (Some(a), Some(b)) => (b.as_day().is_some() && a.as_day().is_none()) || lies_in(b, a),
        (None, Some(_)) => true,
        _ => false,
    };
    let days = stop.start.as_ref().and_then(|d| d.as_day()).zip(told.start.as_ref().and_then(|d| d.as_day()));
    if sharper(&stop.start, &told.start) || days.is_some_and(|(a, b)| b < a) {
        stop.start = told.start;
    }
    let later = stop
        .end
        .as_ref()
        .and_then(|d| d.latest())
        .zip(told.end.as_ref().and_then(|d| d.latest()))
        .is_some_and(|(a, b)| b > a);
    if sharper(&stop.end, &told.end) || later {
        stop.end = told.end;
    }
    stop.told_at = stop.told_at.min(told.told_at);
    stop.confidence = (1.0 - (1.0 - stop.confidence) * (1.0 - told.confidence * 0.7)).min(0.98);
    for span in told.evidence {
        if !stop.evidence.contains(&span) && stop.evidence.len() < 4 {
            stop.evidence.push(span);
        }
    }
}

/// Whether `inner` is a narrower range of days inside `outer`.
fn lies_in(inner: &Edtf, outer: &Edtf) -> bool {
    match (inner.earliest(), inner.latest(), outer.earliest(), outer.latest()) {
        (Some(a), Some(b), Some(from), Some(to)) => from <= a && b <= to && (from, to) != (a, b),
        _ => false,
    }
}

fn rank(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::Region => 0,
        PlaceKind::Country => 1,
        PlaceKind::Territory => 2,
        PlaceKind::Site => 3,
        PlaceKind::City => 4,
    }
}

fn same_meeting(a: &DraftMeeting, b: &DraftMeeting) -> bool {
    let subset = |x: &[usize], y: &[usize]| x.iter().all(|p| y.contains(p));
    let people = subset(&a.participants, &b.participants) || subset(&b.participants, &a.participants);
    let named = a.participants.len() > 1 && b.participants.len() > 1;
    let groups = a.groups == b.groups && a.participants == b.participants;
    let status = a.status == b.status;
    let place = a.country.is_none() || b.country.is_none() || a.country == b.country;
    let dates = match (&a.date, &b.date) {
        (Some(x), Some(y)) => !x.surely_before(y) && !y.surely_before(x),
        _ => true,
    };
    people && (named || groups) && status && place && dates && a.mode == b.mode
}

fn merge_meeting(known: &mut DraftMeeting, told: DraftMeeting) {
    for person in told.participants {
        if !known.participants.contains(&person) {
            known.participants.push(person);
        }
    }
    for group in told.groups {
        if !known.groups.contains(&group) {
            known.groups.push(group);
        }
    }
    known.place = known.place.take().or(told.place);
    known.country = known.country.take().or(told.country);
    known.stop = known.stop.or(told.stop);
    known.date = known.date.take().or(told.date);
    known.duration = known.duration.take().or(told.duration);
    known.confidence = (1.0 - (1.0 - known.confidence) * (1.0 - told.confidence * 0.7)).min(0.98);
    known.evidence.extend(told.evidence);
    known.evidence.truncate(4);
}

/// Keeps the officials who travel or meet, and renumbers them.
fn keep_active(officials: &[Official], draft: &mut Draft) {
    let active = |i: usize| {
        draft.stops.iter().any(|s| s.traveller == i) || draft.meetings.iter().any(|m| m.participants.contains(&i))
    };
    let kept: Vec<usize> = (0..officials.len()).filter(|i| active(*i)).collect();
    let new = |old: usize| kept.iter().position(|k| *k == old).unwrap_or(0);
    for stop in &mut draft.stops {
        stop.traveller = new(stop.traveller);
    }
    for meeting in &mut draft.meetings {
        for p in &mut meeting.participants {
            *p = new(*p);
        }
    }
    draft.officials = kept.iter().map(|i| draft_official(&officials[*i])).collect();
}

fn draft_official(o: &Official) -> DraftOfficial {
    let name = o.forms.iter().max_by_key(|f| f.split_whitespace().count()).cloned().unwrap_or_else(|| o.name.join(" "));
    DraftOfficial {
        aliases: o.forms.iter().filter(|f| **f != name).cloned().collect(),
        name,
        title: o.title().map(|t| t.text.clone()).filter(|t| !t.is_empty()),
        country: o.country.clone(),
        mentions: o.mentions,
    }
}
