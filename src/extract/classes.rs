//! Classes of words that the reading asks about: conveyances, parties of travellers, kinds of building, and so on.
//!
//! Which words belong to a class is written in `data/lexicon/classes.tsv`; the code knows only the names of the classes.
//! Words of grammar (prepositions, pronouns, auxiliaries) are no classes: what they do is syntax and stays with the rule
//! that reads it.

use foldhash::HashMap;
use std::sync::OnceLock;

/// Declares the classes once, with the names by which the table calls them.
macro_rules! classes {
    ($($(#[$doc:meta])* $class:ident = $name:literal),+ $(,)?) => {
        /// A class of words; each is described where the table names it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Class {
            $($(#[$doc])* $class),+
        }

        impl Class {
            /// Every class, in the order of their declaration.
            pub const ALL: &'static [Class] = &[$(Class::$class),+];

            /// The name of the class in the table.
            pub fn name(self) -> &'static str {
                match self {
                    $(Class::$class => $name),+
                }
            }
        }
    };
}

classes! {
    /// Beside a gathering: "on the sidelines of the summit".
    Sideline = "sideline",
    /// Has a gathering at one's own place or under one's own lead: "a summit hosted by the premier".
    Presiding = "presiding",
    /// Whom a conference is for that is no meeting: "a news conference".
    Press = "press",
    /// Said by one to another who is present, besides the verbs of saying: "at a meeting he urged her".
    Addressing = "addressing",
    /// What talks are counted in: "held two hours of talks".
    Stretch = "stretch",
    /// Says of a meeting that there was one: "the meeting took place".
    Happening = "happening",
    /// Done by both parties to the paper that their places hang from: "initialled the accord in Oslo".
    Signing = "signing",
    /// What a gathering gives to those who come: "the summit will be a chance to meet".
    Opportunity = "opportunity",
    /// Signs of a meeting over a screen.
    Video = "video",
    /// Signs of a meeting over the telephone.
    Telephone = "telephone",
    /// Lets a list of those met go on: "met Hale in Lima and later Dunn".
    Onward = "onward",
    /// Initials of a form of address: "HE Sheikh Khalid".
    Honour = "honour",
    /// Titles that only men bear.
    HisTitle = "his_title",
    /// Titles that only women bear.
    HerTitle = "her_title",
    /// What is called by a person's name and is not the person: "the Quispe government".
    NamedAfter = "named_after",
    /// Tells bearers of one name apart, after it: "Jr.".
    Generation = "generation",
    /// Articles that are joined to a surname and are often left out: "al-Sudani".
    NamePrefix = "name_prefix",
    /// Offices whose holders live abroad, where they are posted.
    Resident = "resident",
    /// Says of an office that it is no longer held.
    Former = "former",
    /// Stands at the head of a title and is no part of it: "visiting President".
    Passing = "passing",
    /// Offices of which a state has one holder.
    TopOffice = "top_office",
    /// Says who somebody is by another person or body, and so is nobody of the article by itself: "his counterpart".
    Relation = "relation",
    /// What holders of every office are called, where their state is said: "the Israeli leader".
    AnyOffice = "any_office",
    /// What holders of many offices are called, so that it needs a state: "the minister".
    VagueOffice = "vague_office",
    /// A place that is not called by its name: "the capital".
    Seat = "seat",
    /// Two who were told of: "the pair met".
    Pair = "pair",
    /// Announces a list of those who took part: "Participants:".
    Attendance = "attendance",
    /// What carries travellers and acts in their stead: "his plane landed".
    Conveyance = "conveyance",
    /// A party that travels and can be led: "a delegation".
    Party = "party",
    /// What a speaker says: "her remarks came after a visit".
    Utterance = "utterance",
    /// Hands its object on: "extended an invitation to the president".
    Giving = "giving",
    /// Says of what a group is made: "the delegation includes".
    Comprising = "comprising",
    /// Says that one goes along with another: "accompanied by".
    Company = "company",
    /// Letters after a name: "Julia Trent MP" (forms).
    PostNominal = "post-nominal",
    /// An office or rank that is a usual surname too: "Julia Bishop" (forms).
    OfficeSurname = "office-surname",
    /// A journey as a whole: "joined him on the trip".
    Journey = "journey",
    /// A part of a journey: "her next stop will be".
    JourneyPart = "journey_part",
    /// Nouns of travel that tell of a journey only faintly: "a mission to".
    FaintJourney = "faint_journey",
    /// Comes to a place: "landed in", "upon arrival in".
    Arriving = "arriving",
    /// Begins what it governs: "kicked off a tour".
    Beginning = "beginning",
    /// Ends what it governs: "wrapped up a visit".
    Ending = "ending",
    /// Gives what it says a day: "a visit set for Monday".
    Appointing = "appointing",
    /// What those are or do who come to a gathering: "leaders expected at the summit".
    TakingPart = "taking_part",
    /// Goes before others: "a delegation headed by".
    Leading = "leading",
    /// Its object does what the infinitive after it says: "invited him to visit".
    ObjectControl = "object_control",
    /// What is made to somebody who is to do something: "an appeal to him to visit".
    Request = "request",
    /// Counts people without being a plural: "a majority of leaders, including".
    Crowd = "crowd",
    /// A part of a gathering: "were present at the opening".
    GatheringPart = "gathering_part",
    /// Stands in names of gatherings, and tells none from another: "the APEC Leaders' Meeting".
    GatheringWord = "gathering_word",
    /// A house of a state abroad: "the US embassy".
    Embassy = "embassy",
    /// A house that may bear a place's name: "Sao Bento palace".
    House = "house",
    /// What is called by a place's name and mostly lies elsewhere: "Omaha Beach".
    Landmark = "landmark",
    /// Parts two places of a list without ending it: "Kenya and neighbouring Uganda".
    Neighbouring = "neighbouring",
    /// It comes after what was told before: "then".
    Sequel = "sequel",
    /// It comes before what was told before: "had earlier visited".
    Prequel = "prequel",
    /// Sets a journey apart as an earlier one: "his last visit".
    Bygone = "bygone",
    /// A count without a number: "several visits".
    Many = "many",
    /// How often without when: "has twice visited".
    Often = "often",
    /// Of journeys in the plural: it is not said when each was ("in previous visits to").
    Recurring = "recurring",
}

/// Which words belong to which classes.
#[derive(Debug)]
pub struct Classes {
    of: HashMap<&'static str, u64>,
}

impl Classes {
    /// The table that the program carries.
    pub fn embedded() -> &'static Classes {
        static CLASSES: OnceLock<Classes> = OnceLock::new();
        CLASSES.get_or_init(|| Classes::read(include_str!("../../data/lexicon/classes.tsv")))
    }

    /// Whether a word, in lower case, belongs to the class.
    pub fn has(&self, word: &str, class: Class) -> bool {
        self.of.get(word).is_some_and(|set| set & (1 << class as u64) != 0)
    }

    /// Rows are `class`, a tab, and the words of the class, parted by commas.
    fn read(table: &'static str) -> Classes {
        let mut of: HashMap<&'static str, u64> = HashMap::default();
        for line in table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).skip(1) {
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default();
            let Some(class) = Class::ALL.iter().find(|c| c.name() == name) else { continue };
            for word in cells.next().unwrap_or_default().split(',').map(str::trim).filter(|w| !w.is_empty()) {
                *of.entry(word).or_default() |= 1 << *class as u64;
            }
        }
        Classes { of }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_and_the_code_name_the_same_classes() {
        let table = include_str!("../../data/lexicon/classes.tsv");
        let rows = table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).skip(1);
        let mut named: Vec<&str> = rows.filter_map(|l| l.split('\t').next()).collect();
        named.sort_unstable();
        named.dedup();
        let mut known: Vec<&str> = Class::ALL.iter().map(|c| c.name()).collect();
        known.sort_unstable();
        assert_eq!(named, known);
        assert!(Class::ALL.len() <= 64, "a class is one bit of 64");
    }
}
