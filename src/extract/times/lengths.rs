//! Lengths of time: "four-day", "for three days", "more than an hour", as ISO 8601.

use super::When;
use super::words::{count, value};
use crate::extract::scene::View;

/// "four-day", "for three days", "more than an hour", "two hours".
pub fn length_at(view: &View<'_>, i: usize) -> Option<(usize, When)> {
    let word = view.lower(i);
    if let Some((n, unit)) = word.split_once('-') {
        let unit = unit.split('-').next().unwrap_or(unit);
        return iso_length(count(n)?, unit).map(|l| (1, When::Length(l)));
    }
    let (skip, open) = match (word, view.lower(i + 1)) {
        ("more", "than") | ("over", _) | ("nearly", _) | ("less", "than") | ("about", _) => {
            (1 + usize::from(view.lower(i + 1) == "than"), word)
        }
        _ => (0, ""),
    };
    let n = count(view.lower(i + skip)).filter(|n| *n > 0)?;
    let unit = view.lower(i + skip + 1);
    let after = view.lower(i + skip + 2);
    let clock = value(unit, "clock").is_some();
    let lasting = i > 0 && matches!(view.lower(i - 1), "for" | "lasting" | "lasted");
    if matches!(after, "ago" | "later" | "earlier" | "before" | "after") || !(clock || lasting) {
        return None;
    }
    let length = iso_length(n, unit)?;
    let length = match open {
        "more" | "over" => format!("{length}/.."),
        "less" | "nearly" => format!("../{length}"),
        _ => length,
    };
    Some((skip + 2, When::Length(length)))
}

/// "P4D" for four days; none for longer units, which count no days of a stop.
fn iso_length(n: i64, unit: &str) -> Option<String> {
    Some(match unit {
        "day" | "days" => format!("P{n}D"),
        "week" | "weeks" => format!("P{}D", 7 * n),
        "hour" | "hours" => format!("PT{n}H"),
        "minute" | "minutes" => format!("PT{n}M"),
        _ => return None,
    })
}
