//! Days as people and tables write them. What could mean two days is refused: who is read wrongly does not notice it.

use chrono::{Month, NaiveDate, Weekday};

/// The day that a text means, in whichever form; a time behind it is not looked at.
///
/// # Errors
///
/// Where it means none or could mean two: the end of a sentence that begins with the text.
pub fn read_day(text: &str) -> Result<NaiveDate, String> {
    let date = without_time(text.trim());
    if let Ok(day) = date.parse::<NaiveDate>() {
        return Ok(day);
    }
    let no_day = || "is no day: write it as 2023-11-05".to_string();
    if date.bytes().all(|b| b.is_ascii_digit()) {
        return match date.len() {
            8 => NaiveDate::parse_from_str(date, "%Y%m%d").map_err(|_| no_day()),
            5 => Err("is a spreadsheet's count of days: show the column as dates, such as 2023-11-05, and save it \
                again"
                .into()),
            _ => Err(no_day()),
        };
    }
    let words = date.split(|c: char| c.is_whitespace() || ",./-".contains(c));
    let telling = words.filter(|w| !w.is_empty() && !["the", "of"].contains(w) && w.parse::<Weekday>().is_err());
    let parts: Option<Vec<Part>> = telling.map(part).collect();
    put_together(&parts.ok_or_else(no_day)?).unwrap_or_else(|| Err(no_day()))
}

fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let before = text.get(..colon).unwrap_or(text);
    let Some((date, _)) = before.rfind(['T', ' ']).and_then(|at| text.split_at_checked(at)) else { return text };
    let of_time = |c: char| c.is_ascii_digit() || "T:.+-Z APMapm".contains(c);
    if text.chars().skip(date.chars().count()).all(of_time) { date.trim_end() } else { text }
}

/// A part of a date.
#[derive(Clone, Copy)]
enum Part {
    Year(i32),
    /// A day or a month, or a year whose century is open.
    Number(u32),
    Month(u32),
}

fn part(word: &str) -> Option<Part> {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) {
        return match number.len() {
            4 => number.parse().ok().map(Part::Year),
            1 | 2 => number.parse().ok().map(Part::Number),
            _ => None,
        };
    }
    let name = if word.eq_ignore_ascii_case("sept") { "sep" } else { word };
    name.parse::<Month>().ok().map(|m| Part::Month(m.number_from_month()))
}

/// The day of three parts; `None` where they are no date at all.
fn put_together(parts: &[Part]) -> Option<Result<NaiveDate, String>> {
    use Part::{Month, Number, Year};
    let (year, month, day) = match *parts {
        [Year(y), Number(m) | Month(m), Number(d)] => (y, m, d),
        [Number(d), Month(m), Year(y)] | [Month(m), Number(d), Year(y)] => (y, m, d),
        // Only the one that can be a month is one.
        [Number(d), Number(m), Year(y)] if d > 12 || d == m => (y, m, d),
        [Number(m), Number(d), Year(y)] if d > 12 => (y, m, d),
        [Number(a), Number(b), Year(y)] => {
            let (one, other) = (NaiveDate::from_ymd_opt(y, b, a)?, NaiveDate::from_ymd_opt(y, a, b)?);
            let (said, also) = (one.format("%-d %B"), other.format("%-d %B"));
            return Some(Err(format!("may be {said} or {also}: write {one} or {other}")));
        }
        [Number(_) | Month(_), Number(_) | Month(_), Number(_)] => {
            return Some(Err("leaves the century open: write the year in four digits, as in 2023-11-05".into()));
        }
        _ => return None,
    };
    let found = NaiveDate::from_ymd_opt(year, month, day);
    Some(found.ok_or_else(|| "does not exist in the calendar: correct the date".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_in_the_forms_that_can_mean_only_it() {
        for text in [
            "2023-11-05",
            "2023-11-5",
            "2023/11/05",
            "2023.11.05",
            "20231105",
            "2023-11-05T00:00:00",
            "2023-11-05T23:30:00-08:00",
            "2023-11-05 00:00",
            "2023/11/05 12:00:00 AM",
            "5 November 2023",
            "5 Nov 2023 14:00",
            "05-Nov-2023",
            "November 5, 2023",
            "Nov. 5th, 2023",
            "Sunday, November 5, 2023",
            "the 5th of November 2023",
        ] {
            assert_eq!(read_day(text).map(|d| d.to_string()).as_deref(), Ok("2023-11-05"), "{text}");
        }
        assert_eq!(read_day("25/11/2023").map(|d| d.to_string()).as_deref(), Ok("2023-11-25"));
        assert_eq!(read_day("11/25/2023 00:00:00").map(|d| d.to_string()).as_deref(), Ok("2023-11-25"));
        assert_eq!(read_day("5/5/2023").map(|d| d.to_string()).as_deref(), Ok("2023-05-05"));
    }

    #[test]
    fn what_means_no_day_or_two_is_refused_with_the_reason() {
        for (text, reason) in [
            ("05/11/2023", "may be 5 November or 11 May: write 2023-11-05 or 2023-05-11"),
            ("5.11.2023", "may be 5 November or 11 May"),
            ("5-Nov-23", "century"),
            ("11/05/23", "century"),
            ("45235", "spreadsheet"),
            ("2023-02-30", "does not exist"),
            ("30 February 2023", "does not exist"),
            ("20 March", "is no day"),
            ("March 2023", "is no day"),
            ("soon: March 3, 2023", "is no day"),
            ("2023", "is no day"),
            ("", "is no day"),
            ("é:é", "is no day"),
        ] {
            let error = read_day(text).expect_err(text);
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
