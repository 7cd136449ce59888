//! One stay told twice: whether two tellings are of the same stop, and what the stop is when they are joined.
//!
//! Compares travellers, places, dates and status; the words are not looked at.

use super::Joiner;
use crate::itinerary::{DraftPlace, DraftStop, Edtf, PlaceKind, Recency, Status};
use chrono::NaiveDate;

/// Two days seen in one country this far apart, with no other country between, are one stay.
const STAY_DAYS: i64 = 4;

impl Joiner<'_> {
    /// Whether a telling can be of a known stop.
    pub(super) fn compatible(&self, stop: &DraftStop, told: &DraftStop, reference: bool) -> bool {
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
    pub(super) fn is_to_come(&self, stop: &DraftStop) -> bool {
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
}

/// Whether two places are one, or one a house in the other.
pub(super) fn same_place(a: &DraftPlace, b: &DraftPlace) -> bool {
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

/// Whether other places can lie in it.
pub(super) fn is_wide(place: &DraftPlace) -> bool {
    matches!(place.kind, PlaceKind::Country | PlaceKind::Territory | PlaceKind::Region)
}

/// Adds a telling to a stop: the narrower place, the firmer status, the better date, all the words. A reference only says
/// where the stop is.
pub(super) fn merge(stop: &mut DraftStop, mut told: DraftStop, reference: bool) {
    merge_place(stop, &mut told);
    stop.background &= told.background;
    stop.told_at = stop.told_at.min(told.told_at);
    if reference {
        return;
    }
    if told.status == Status::Completed && stop.status != Status::Completed {
        stop.status = told.status;
        stop.recency = told.recency;
    } else if told.recency == Recency::Now && stop.status == Status::Completed {
        stop.recency = Recency::Now;
    }
    merge_dates(stop, told.start, told.end);
    stop.confidence = (1.0 - (1.0 - stop.confidence) * (1.0 - told.confidence * 0.7)).min(0.98);
    for span in told.evidence {
        if !stop.evidence.contains(&span) && stop.evidence.len() < 4 {
            stop.evidence.push(span);
        }
    }
}

/// The narrower of two places, or the one that is known; a house in a town is a site of the stop there.
fn merge_place(stop: &mut DraftStop, told: &mut DraftStop) {
    let (known, new) = (stop.place.kind, told.place.kind);
    if new == PlaceKind::Site && known == PlaceKind::City && stop.place.name != told.place.name {
        stop.sites.push(told.place.clone());
    } else if known == PlaceKind::Site && new == PlaceKind::City {
        stop.sites.push(stop.place.clone());
    }
    let placed = known == new && stop.place.geonames.is_none() && told.place.geonames.is_some();
    if rank(new) > rank(known) || placed {
        stop.place = told.place.clone();
        stop.list = told.list.or(stop.list);
    }
    for site in told.sites.drain(..) {
        if !stop.sites.iter().any(|s| s.name == site.name) {
            stop.sites.push(site);
        }
    }
}

/// The sharper of two first days and last days; of days alike the outer ones.
fn merge_dates(stop: &mut DraftStop, start: Option<Edtf>, end: Option<Edtf>) {
    let sharper = |a: &Option<Edtf>, b: &Option<Edtf>| match (a, b) {
        (Some(a), Some(b)) => (b.as_day().is_some() && a.as_day().is_none()) || lies_in(b, a),
        (None, Some(_)) => true,
        _ => false,
    };
    let day = |date: &Option<Edtf>| date.as_ref().and_then(|d| d.as_day());
    let earlier = day(&stop.start).zip(day(&start)).is_some_and(|(a, b)| b < a);
    if sharper(&stop.start, &start) || earlier {
        stop.start = start;
    }
    let last = |date: &Option<Edtf>| date.as_ref().and_then(|d| d.latest());
    let later = last(&stop.end).zip(last(&end)).is_some_and(|(a, b)| b > a);
    // "arrived on Monday", "met there on Monday": neither says that the stay ended that day.
    if stop.end.is_none() && day(&end).is_some() && day(&stop.start) == day(&end) {
        return;
    }
    if sharper(&stop.end, &end) || later {
        stop.end = end;
    }
}

/// Whether `inner` is a narrower range of days inside `outer`.
fn lies_in(inner: &Edtf, outer: &Edtf) -> bool {
    match (inner.earliest(), inner.latest(), outer.earliest(), outer.latest()) {
        (Some(a), Some(b), Some(from), Some(to)) => from <= a && b <= to && (from, to) != (a, b),
        _ => false,
    }
}

/// How well a kind of place says where a stop is.
fn rank(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::Region => 0,
        PlaceKind::Country => 1,
        PlaceKind::Territory => 2,
        PlaceKind::Site => 3,
        PlaceKind::City => 4,
    }
}
