//! The publication date that an input or the user states: a full date, or a timestamp of which the date is taken.

use crate::itinerary::Edtf;
use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// A publication date that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is not a publication date")]
pub struct PublishedError {
    pub value: String,
}

impl PublishedError {
    /// What a publication date looks like.
    pub const REMEDY: &str = "Write a full date such as 2023-11-05, or a timestamp such as 2023-11-05T14:30:00Z.";
}

/// Reads `2023-11-05`, or an RFC 3339 timestamp (its zone may be left out), as the day that it names where it was written:
/// a timestamp is not moved to another zone, since "Sunday" in the article means Sunday there.
pub fn parse_published(value: &str) -> Result<Edtf, PublishedError> {
    let error = || PublishedError { value: value.to_string() };
    let day = date_of(value.trim()).ok_or_else(error)?;
    day.format("%Y-%m-%d").to_string().parse().map_err(|_| error())
}

fn date_of(value: &str) -> Option<NaiveDate> {
    // chrono would also take `2023-1-5` and signed years.
    let ten = value.get(..10)?;
    if !ten.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() }) {
        return None;
    }
    if value.len() == 10 {
        return NaiveDate::parse_from_str(ten, "%Y-%m-%d").ok();
    }
    let zoned = DateTime::parse_from_rfc3339(value).map(|t| t.date_naive());
    let unzoned = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(value, form).ok());
    zoned.ok().or(unzoned.map(|t| t.date()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_dates_and_timestamps_give_the_day_as_written() {
        for value in [
            "2023-11-05",
            " 2023-11-05 ",
            "2023-11-05T23:30:00-08:00",
            "2023-11-05T00:10:00.5Z",
            "2023-11-05 14:30",
            "2023-11-05T14:30:00",
        ] {
            assert_eq!(parse_published(value).map(|d| d.to_string()), Ok("2023-11-05".to_string()), "{value}");
        }
    }

    #[test]
    fn anything_less_than_a_full_date_is_refused() {
        for value in [
            "",
            "2023",
            "2023-11",
            "2023-02-30",
            "2023-13-01",
            "5 Nov 2023",
            "2023-11-05T",
            "2023-1-5",
            "+023-11-05",
            "yesterday",
            "2023-11-0é",
        ] {
            assert!(parse_published(value).is_err(), "{value}");
        }
    }
}
