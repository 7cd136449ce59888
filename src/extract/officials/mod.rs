//! Who is who: mentions of people become officials, and nominals ("the premier") and pronouns find theirs.
//!
//! Works on the whole article at once. Given marks of names in each view, it settles the marks' `official` and adds marks
//! for nominals and pronouns. It knows names, offices and distance in the text, not travel.
//!
//! | room | settles |
//! |---|---|
//! | [`introductions`] | names: which are one person, and what is said of them |
//! | [`author`] | who speaks in the whole article, by its title |
//! | [`nominals`] | "the secretary of state", "the Israeli leader" |
//! | [`pronouns`] | "he", "her", "I" |

mod author;
mod introductions;
mod nominals;
mod pronouns;

use super::classes::{Class, Classes};
use super::known;
use super::lexicon::{Gender, Lexicon, OfficeClass};
use super::names::{Kinds, Title};
use super::scene::View;
use crate::article::Article;
use crate::gazetteer::Gazetteer;
use crate::itinerary::CountryCode;
use author::Author;
use chrono::{Datelike, NaiveDate};
pub(super) use introductions::{core, find, same_name};

/// A person of the article.
#[derive(Clone, Debug, Default)]
pub struct Official {
    /// Words of the fullest name, without particles' case changed.
    pub name: Vec<String>,
    /// Every form of the name found, in order of first use.
    pub forms: Vec<String>,
    pub titles: Vec<Title>,
    pub country: Option<CountryCode>,
    /// Whether the article itself says whom the person serves.
    pub country_stated: bool,
    pub mentions: usize,
    gender: Option<Gender>,
    /// What the given name suggests, which another country may have otherwise.
    likely_gender: Option<Gender>,
}

impl Official {
    /// Whether the person holds an office or rank, and is not one who only speaks.
    pub fn is_official(&self) -> bool {
        let holds = |c: OfficeClass| self.titles.iter().any(|t| t.class == c);
        (holds(OfficeClass::Office) || holds(OfficeClass::Rank)) && !self.only_speaks()
    }

    /// Spokespeople, analysts, reporters.
    pub fn only_speaks(&self) -> bool {
        self.titles.first().is_some_and(|t| t.class == OfficeClass::Speaker)
    }

    /// Whether the person is an ambassador to that state, whose presence there is no visit.
    pub fn is_posted_to(&self, country: Option<&CountryCode>) -> bool {
        country.is_some() && self.titles.iter().any(|t| t.posted.as_ref() == country)
    }

    /// Whether the person is an ambassador or the like, who mostly lives abroad.
    pub fn is_resident(&self) -> bool {
        let resident = |t: &Title| Classes::embedded().has(&t.office, Class::Resident);
        self.titles.iter().find(|t| t.class == OfficeClass::Office).is_some_and(resident)
    }

    /// The title to show: the first one with an office, else the first.
    pub fn title(&self) -> Option<&Title> {
        // "his Kenyan counterpart" says whom somebody serves, and not as what.
        let office = |t: &&Title| t.class == OfficeClass::Office && !t.text.is_empty() && t.office != "counterpart";
        let said = |t: &&Title| t.class != OfficeClass::Address && t.office != "counterpart";
        self.titles.iter().find(office).or(self.titles.iter().find(said))
    }

    /// One whose name and office come from elsewhere than the article's words.
    pub fn of(name: Vec<String>, title: Title) -> Official {
        let country = title.country.clone();
        Official { name, country_stated: country.is_some(), country, titles: vec![title], ..Official::default() }
    }

    /// Whether both hold an office of which a state has one holder.
    fn shares_top_office(&self, other: &Official) -> bool {
        let top = |t: &Title| Classes::embedded().has(&t.office, Class::TopOffice);
        self.titles.iter().filter(|t| top(t)).any(|t| other.titles.iter().any(|o| o.office == t.office))
            || other.titles.iter().any(|t| t.office == "president-elect")
    }

    /// Whether the person holds that office, or one with the same last word: "foreign minister" for "minister". A prime minister
    /// is not "the minister", nor a vice president "the president".
    fn holds(&self, office: &str) -> bool {
        let head = office.rsplit(' ').next().unwrap_or(office);
        let top = |t: &Title| Classes::embedded().has(&t.office, Class::TopOffice);
        self.titles.iter().any(|t| t.office == office || (!top(t) && t.office.rsplit(' ').next() == Some(head)))
    }

    /// Whether the word for an office may stand for one that the person holds.
    fn may_be_called(&self, word: &str, lexicon: &Lexicon) -> bool {
        let called =
            |t: &Title| lexicon.synonyms.get(word).is_some_and(|s| s.iter().any(|o| t.office.ends_with(o.as_str())));
        self.titles.iter().any(called)
    }
}

impl Official {
    /// Whom a title says that the person serves.
    fn country_named(&self) -> Option<CountryCode> {
        self.titles.iter().find_map(|t| t.country.clone())
    }
}

/// What is known of an article besides its text.
pub(super) struct Circumstances<'a> {
    /// The state that an office without a country is taken to serve, if any.
    home: Option<&'a CountryCode>,
    /// The year of publication.
    year: Option<i32>,
    author: Option<Author>,
}

impl<'a> Circumstances<'a> {
    /// Reads them from the article's source, title and day of publication.
    pub fn of(article: &Article, published: Option<NaiveDate>, lexicon: &'a Lexicon, gazetteer: &Gazetteer) -> Self {
        Circumstances {
            home: article.source.as_ref().and_then(|s| lexicon.sources.get(&s.to_lowercase())),
            year: published.map(|p| p.year()),
            author: article.title.as_deref().and_then(|t| author::named_in(t, lexicon, gazetteer)),
        }
    }
}

/// Settles who is meant everywhere.
pub(super) fn settle(
    views: &mut [View<'_>],
    kinds: &[Kinds],
    text: &str,
    lexicon: &Lexicon,
    Circumstances { home, year, author }: Circumstances<'_>,
) -> Vec<Official> {
    let mut officials = Vec::new();
    introductions::introduce(views, text, lexicon, &mut officials);
    let author = author.map(|a| a.among(&mut officials, lexicon));
    known::introduce(views, lexicon, year, &mut officials);
    for official in officials.iter_mut().filter(|o| o.name.len() > 1) {
        official.likely_gender = lexicon.gender(&official.name[0]);
    }
    introductions::attach_bare_names(views, text, lexicon, &mut officials);
    introductions::of_their_group(views, kinds, lexicon, &mut officials);
    known::fill_countries(lexicon, year, &mut officials);
    settle_countries(&mut officials, home);
    introductions::by_possessive(views, kinds, &mut officials);
    if let Some(home) = home {
        known::introduce_head(views, home, year, &mut officials);
    }
    for (i, kinds) in kinds.iter().enumerate().take(views.len()) {
        nominals::mark(views, i, kinds, lexicon, &officials, home);
        pronouns::mark(views, i, &mut officials, author);
    }
    officials
}

/// Whom each serves: what a title of theirs says, else the state that the publisher speaks for.
fn settle_countries(officials: &mut [Official], home: Option<&CountryCode>) {
    for i in 0..officials.len() {
        // A second "President" is another state's.
        let taken = officials[..i].iter().any(|o| o.country.as_ref() == home && o.shares_top_office(&officials[i]));
        let official = &mut officials[i];
        official.country_stated = official.titles.iter().any(|t| t.country.is_some());
        let own = || home.filter(|_| official.is_official() && !taken).cloned();
        official.country = official.titles.iter().find_map(|t| t.country.clone()).or_else(own);
    }
}
