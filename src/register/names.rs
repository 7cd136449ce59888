//! Names of people as registers write them: in order, or with the surname first and a comma behind it.

/// What may stand behind a name.
const SUFFIXES: &str = include_str!("../../data/registers/suffixes.tsv");

/// A name in its order: "Blinken, Antony J." is "Antony J. Blinken", "Biden, Joseph R., Jr." is "Joseph R. Biden, Jr."; others stay as
/// they are.
pub fn in_order(name: &str) -> String {
    let parts: Vec<&str> = name.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
    let (suffixes, names): (Vec<&str>, Vec<&str>) = parts.into_iter().partition(|p| is_suffix(p));
    let [surname, given] = names[..] else { return name.trim().to_string() };
    let (given, last) = match given.rsplit_once(' ') {
        Some((given, last)) if is_suffix(last) => (given, Some(last)),
        _ => (given, None),
    };
    // "Sudani, Mohammed Shia al-".
    let space = if given.ends_with('-') { "" } else { " " };
    let suffixes: String = last.into_iter().chain(suffixes).map(|s| format!(", {s}")).collect();
    format!("{given}{space}{surname}{suffixes}")
}

fn is_suffix(word: &str) -> bool {
    let bare = word.replace('.', "").to_lowercase();
    SUFFIXES.lines().filter(|l| !l.starts_with('#')).any(|l| l == bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surname_comes_last_and_what_stands_behind_names_stays_there() {
        for (written, name) in [
            ("Blinken, Antony J.", "Antony J. Blinken"),
            ("Biden, Joseph R., Jr.", "Joseph R. Biden, Jr."),
            ("Biden, Joseph R. Jr.", "Joseph R. Biden, Jr."),
            ("Joseph R. Biden, Jr.", "Joseph R. Biden, Jr."),
            ("von der Leyen, Ursula", "Ursula von der Leyen"),
            ("Gaulle, Charles de", "Charles de Gaulle"),
            ("Sudani, Mohammed Shia al-", "Mohammed Shia al-Sudani"),
            ("Antony Blinken", "Antony Blinken"),
            (" Blinken, ", "Blinken,"),
            ("", ""),
        ] {
            assert_eq!(in_order(written), name, "{written}");
        }
    }
}
