//! The codes of event data, CAMEO and PLOVER, as `data/events` has them: what happened, and who acts. Knows no
//! document.

use crate::export::codes::Countries;

static CODES: &str = include_str!("../../../data/events/codes.tsv");
static ACTORS: &str = include_str!("../../../data/events/actors.tsv");
static ROLES: &str = include_str!("../../../data/events/roles.tsv");

/// The role of whom no other fits.
const GOVERNMENT: &str = "GOV";

/// What happened, in both code books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Code {
    pub kind: &'static str,
    pub cameo: &'static str,
    pub name: &'static str,
    pub event: &'static str,
    pub mode: Option<&'static str>,
    pub context: Option<&'static str>,
    words: &'static str,
}

/// Who acts: a country or body (ISO 3166-1 alpha-3, or a code of PLOVER), and in which role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Actor {
    pub country: Option<&'static str>,
    pub role: &'static str,
    /// The person, unnamed party or country in words.
    pub name: String,
}

/// All codes.
pub(super) struct Book {
    codes: Vec<Code>,
    countries: Countries,
}

impl Book {
    pub(super) fn embedded() -> Book {
        Book { codes: rows(CODES).filter_map(code).collect(), countries: Countries::embedded() }
    }

    /// The code of a kind in `codes.tsv`.
    pub(super) fn code(&self, kind: &str) -> Option<Code> {
        self.codes.iter().find(|c| c.kind == kind).copied()
    }

    /// The code whose words a text has.
    pub(super) fn told_by(&self, text: &str) -> Option<Code> {
        let words = words(text);
        let tells = |c: &&Code| {
            c.words.split('|').any(|beginning| beginning != "-" && words.contains(&format!(" {beginning}")))
        };
        self.codes.iter().find(tells).copied()
    }

    /// The actor of a name who serves a country or body, by office.
    pub(super) fn actor(&self, name: &str, serves: Option<&str>, office: &str) -> Actor {
        let body = rows(ACTORS).find(|row| row.first().copied() == serves);
        let (country, role) = match body.as_deref() {
            Some([_, country, "IGO"]) => (Some(*country), "IGO"),
            Some([_, country, _]) => (Some(*country), role(office)),
            _ => (serves.and_then(|s| self.countries.iso3(s)), role(office)),
        };
        Actor { country, role, name: name.to_string() }
    }

    /// The government of a country, by its alpha-2 code.
    pub(super) fn government(&self, iso2: &str) -> Option<Actor> {
        let actor = self.actor(self.countries.name(iso2)?, Some(iso2), "");
        actor.country.is_some().then_some(actor)
    }

    /// The alpha-3 code of a country.
    pub(super) fn iso3(&self, iso2: &str) -> Option<&'static str> {
        self.countries.iso3(iso2)
    }
}

impl Actor {
    /// Both codes in one, as CAMEO writes actors: `USAGOV`.
    pub(super) fn code(&self) -> String {
        match self.country {
            Some(country) if country == self.role => country.to_string(),
            country => format!("{}{}", country.unwrap_or_default(), self.role),
        }
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

fn code(row: Vec<&'static str>) -> Option<Code> {
    let [kind, cameo, name, event, mode, context, words] = row.try_into().ok()?;
    let some = |cell: &'static str| (cell != "-").then_some(cell);
    Some(Code { kind, cameo, name, event, mode: some(mode), context: some(context), words })
}

fn role(office: &str) -> &'static str {
    let words = words(office);
    let fits = |row: &Vec<&'static str>| row.first().is_some_and(|w| words.contains(&format!(" {w} ")));
    rows(ROLES).find(fits).and_then(|row| row.get(1).copied()).unwrap_or(GOVERNMENT)
}

/// A text in lower case with a single space around each word.
fn words(text: &str) -> String {
    let spaced: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actors_have_country_and_role() {
        let book = Book::embedded();
        let code = |serves, office| book.actor("x", serves, office).code();
        assert_eq!(code(Some("US"), "Secretary of State"), "USAGOV");
        assert_eq!(code(Some("US"), "Attorney General"), "USAGOV");
        assert_eq!(code(Some("US"), "General"), "USAMIL");
        assert_eq!(code(Some("US"), "Secretary of Labor"), "USAGOV");
        assert_eq!(code(Some("CN"), "General Secretary of the Communist Party"), "CHNPTY");
        assert_eq!(code(Some("FR"), "Former Foreign Minister"), "FRAELI");
        assert_eq!(code(Some("UN"), "Secretary-General"), "UNOIGO");
        assert_eq!(code(Some("NATO"), "Secretary General"), "IGO");
        assert_eq!(code(Some("XK"), "Speaker of Parliament"), "KOSLEG");
        assert_eq!(code(None, ""), "GOV");
        assert_eq!(book.government("IQ").map(|a| (a.code(), a.name)), Some(("IRQGOV".into(), "Iraq".into())));
        assert_eq!(book.government("EU"), None);
    }

    #[test]
    fn words_tell_of_negotiation() {
        let book = Book::embedded();
        assert_eq!(book.told_by("They negotiated for hours").map(|c| c.cameo), Some("046"));
        assert_eq!(book.told_by("They met").map(|c| c.cameo), None);
        assert!(
            ["intent", "consult", "remote", "visit", "host", "third", "negotiate"]
                .iter()
                .all(|k| book.code(k).is_some())
        );
    }
}
