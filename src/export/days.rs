//! Which days a stop or meeting may lie on, for forms that know whole days only. Knows dates and no form.

use crate::itinerary::{Edtf, Meeting, Visit};
use chrono::NaiveDate;

/// The days between which something lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// The first day that it may begin on; `None` where nothing says so.
    pub earliest: Option<NaiveDate>,
    /// The last day that it may end on; where no end is told, the last one that it may begin on.
    pub latest: Option<NaiveDate>,
    /// Whether both are told to the day, without a mark of doubt.
    pub exact: bool,
}

impl Days {
    /// The days of a stop.
    pub fn of_visit(visit: &Visit) -> Days {
        Days::between(visit.start.as_ref(), visit.end.as_ref().or(visit.start.as_ref()))
    }

    /// The days of a meeting.
    pub fn of_meeting(meeting: &Meeting) -> Days {
        Days::between(meeting.date.as_ref(), meeting.date.as_ref())
    }

    fn between(start: Option<&Edtf>, end: Option<&Edtf>) -> Days {
        let told = |d: Option<&Edtf>| d.is_some_and(|d| d.is_day() && !d.is_qualified());
        let (earliest, latest) = (start.and_then(Edtf::earliest), end.and_then(Edtf::latest));
        let exact = told(start) && told(end);
        match (earliest, latest) {
            // "About" may let an end lie before its start; forms want them in order.
            (Some(a), Some(b)) if b < a => Days { earliest: Some(b), latest: Some(a), exact: false },
            _ => Days { earliest, latest, exact },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(start: Option<&str>, end: Option<&str>) -> (Option<String>, Option<String>, bool) {
        let date = |d: Option<&str>| d.map(|d| d.parse::<Edtf>().unwrap());
        let (start, end) = (date(start), date(end));
        let days = Days::between(start.as_ref(), end.as_ref().or(start.as_ref()));
        (days.earliest.map(|d| d.to_string()), days.latest.map(|d| d.to_string()), days.exact)
    }

    #[test]
    fn a_stay_without_an_end_lies_where_it_may_begin() {
        assert_eq!(days(Some("2023-11"), None), (Some("2023-11-01".into()), Some("2023-11-30".into()), false));
        assert_eq!(days(Some("2023-11-05"), None), (Some("2023-11-05".into()), Some("2023-11-05".into()), true));
    }

    #[test]
    fn open_and_doubtful_dates_are_not_exact() {
        assert_eq!(days(Some("../2023-11-05"), None), (None, Some("2023-11-05".into()), false));
        assert!(!days(Some("2023-11-05~"), Some("2023-11-06")).2);
        assert_eq!(days(None, None), (None, None, false));
    }

    #[test]
    fn days_are_in_order_even_where_about_reverses_them() {
        let (first, last, _) = days(Some("2023-11-05~"), Some("2023-11-04"));
        assert_eq!((first.as_deref(), last.as_deref()), (Some("2023-11-04"), Some("2023-11-05")));
    }
}
