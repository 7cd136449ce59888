//! Titles: the offices, bodies and nationalities before a name, and the apposition after it.
//!
//! Reads leftwards from a name over kinds of words and the small words that may stand between them.

use super::kinds::{Kind, located};
use super::{Line, PersonMention, Title, singular};
use crate::extract::classes::{Class, Classes};
use crate::extract::lexicon::OfficeClass;
use crate::itinerary::CountryCode;
use crate::language::Upos;
use std::ops::Range;

impl Line<'_> {
    /// Reads the title before a name, leftwards from it and not past `limit`.
    pub(super) fn with_title(&self, name: Range<usize>, limit: usize) -> PersonMention {
        // "the Kenyan president, Daniel Mwangi,": the title ends at a comma.
        let closes = |i: usize| {
            matches!(
                self.kinds.of[i],
                Kind::Office(OfficeClass::Office) | Kind::BodyWord | Kind::Organisation(_) | Kind::Place(_)
            )
        };
        let after = self.tokens.get(name.end).is_none_or(|t| matches!(t.form.as_str(), "," | "." | "and" | ";"));
        // "for Homeland Security, Dr. Elizabeth Hale,": a form of address belongs to the name.
        let addressed =
            name.start > limit && matches!(self.kinds.of[name.start - 1], Kind::Office(OfficeClass::Address));
        let first = if addressed { self.kinds.unit[name.start - 1].start } else { name.start };
        // "Affairs, the Hon. Mark Trevor,"
        let first = first - usize::from(addressed && first > limit && self.tokens[first - 1].lower == "the");
        // A sentence that begins with an office and a comma is about its holder: "The Minister for Trade, Mark Trevor leaves".
        let after = after || (limit == 0 && first > 1 && self.title_start(first - 1, limit) <= 1);
        let set_off =
            first > limit + 1 && self.tokens[first - 1].form == "," && closes(first - 2) && name.len() > 1 && after;
        let end = if set_off { first - 1 } else { name.start };
        let start = self.title_start(end, limit);
        let title = self.title_in(start..end);
        let whole = if title.is_some() { start..name.end } else { name.clone() };
        PersonMention { tokens: whole, name, title, official: None }
    }

    /// How far left of token `name` the words of a title go.
    fn title_start(&self, name: usize, limit: usize) -> usize {
        let mut office_found = false;
        let mut start = name;
        while start > limit && name - start < 16 {
            let i = start - 1;
            let goes_on = match &self.kinds.of[i] {
                Kind::Office(_) => {
                    office_found = true;
                    true
                }
                // "While in Brussels President Hale": where, and not whom he serves.
                Kind::Place(_) => {
                    !located(self.tokens, self.kinds.unit[i].start) || self.posted(self.kinds.unit[i].start)
                }
                Kind::Organisation(_) | Kind::Demonym(_) | Kind::BodyWord => true,
                Kind::Name => !self.tokens[i].form.ends_with('.'),
                Kind::Other => self.goes_on_with(i, start, office_found, limit),
            };
            if !goes_on {
                break;
            }
            start = i;
        }
        start
    }

    /// "envoy in Sudan", "ambassador to Chad": an office right before the preposition.
    fn posted(&self, start: usize) -> bool {
        let office = start.checked_sub(2).is_some_and(|i| matches!(self.kinds.of[i], Kind::Office(_)));
        office && matches!(self.tokens[start - 1].form.as_str(), "in" | "to")
    }

    /// Whether a lower-case word at `i` can stand inside a title whose part from `next` on is already read.
    fn goes_on_with(&self, i: usize, next: usize, office_found: bool, limit: usize) -> bool {
        let has_left = i > limit;
        let left = |k: usize| i.checked_sub(k).map(|j| &self.kinds.of[j]);
        let bodily = |k: Option<&Kind>| matches!(k, Some(Kind::Office(_) | Kind::BodyWord | Kind::Organisation(_)));
        match self.tokens[i].lower.as_str() {
            "of" | "for" | "to" => has_left && bodily(left(1)),
            "the" => {
                let after_of = i >= 2 && matches!(self.tokens[i - 1].form.as_str(), "of" | "for" | "to" | "in");
                after_of && (bodily(left(2)) || left(2) == Some(&Kind::Name))
            }
            "and" | "&" => has_left && (!office_found || self.joins_in_title(i)),
            "," => has_left && self.parts_fields(i, next),
            // "envoy in Sudan Andrew Hale"
            "in" => {
                has_left && matches!(left(1), Some(Kind::Office(_))) && matches!(self.kinds.of[next], Kind::Place(_))
            }
            // "Prime Minister of the Republic of Korea (ROK) Lee"
            ")" | "(" => {
                let short = |k: usize| i.checked_sub(k).is_some_and(|j| j >= limit && self.tokens[j].form == "(");
                self.tokens[i].form == "(" && self.tokens.get(i + 2).is_some_and(|t| t.form == ")") || short(2)
            }
            "'s" | "’s" => has_left && matches!(left(1), Some(Kind::Place(_) | Kind::Organisation(_))),
            _ => office_found && self.modifies(i) && !matches!(self.tokens[next].form.as_str(), "of" | "for"),
        }
    }

    /// Whether the "and" at `i` joins parts of one title: "Assistant to the President and Senior Director X" is one title,
    /// "the President and Prime Minister X" two people.
    fn joins_in_title(&self, i: usize) -> bool {
        let left = i.checked_sub(1).map(|j| &self.kinds.of[j]);
        let second = matches!(left, Some(Kind::Office(OfficeClass::Office)))
            && self.capital(i - 1)
            && !self.is_nominal(self.kinds.unit[i - 1].start);
        second || matches!(left, Some(Kind::BodyWord | Kind::Organisation(_)))
    }

    /// "for Economic Growth, Energy, and the Environment": whether the comma at `i` parts fields of one office.
    fn parts_fields(&self, i: usize, next: usize) -> bool {
        let field = |j: usize| matches!(self.kinds.of.get(j), Some(Kind::BodyWord));
        let on = self.tokens.get(next).is_some_and(|t| t.lower == "and") || field(next);
        let of_office = |j: usize| {
            matches!(self.tokens[j].lower.as_str(), "for" | "of") && matches!(self.kinds.of[j - 1], Kind::Office(_))
        };
        on && i > 0 && field(i - 1) && (i.saturating_sub(8).max(1)..i).any(of_office)
    }

    /// "foreign", "then", "visiting": an adjective, noun or known participle before an office.
    fn modifies(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        let participle = matches!(token.xpos, "VBG" | "VBN");
        matches!(token.upos, Upos::Adj | Upos::Noun) && !participle
            || self.lexicon.title_words.contains(&token.lower)
            || token.form == "then"
    }

    /// Whether the office that starts at `start` stands for a person: "the President", but not "to the President".
    fn is_nominal(&self, start: usize) -> bool {
        let form = |k: usize| start.checked_sub(k).map(|i| self.tokens[i].form.to_lowercase()).unwrap_or_default();
        let inside = matches!(form(2).as_str(), "of" | "to" | "for");
        form(1) == "the" && !inside
    }

    /// The title that stands in `range`, if an office or rank is in it.
    fn title_in(&self, range: Range<usize>) -> Option<Title> {
        let offices: Vec<usize> = range.clone().filter(|i| matches!(self.kinds.of[*i], Kind::Office(_))).collect();
        let rank_of = |i: &usize| match self.kinds.of[*i] {
            Kind::Office(OfficeClass::Speaker) => 0,
            Kind::Office(OfficeClass::Office) => 1,
            Kind::Office(OfficeClass::Rank) => 2,
            _ => 3,
        };
        let main = *offices.iter().min_by_key(|i| rank_of(i))?;
        let Kind::Office(class) = self.kinds.of[main] else { return None };
        let office = self.normal_office(main);
        let words: Vec<String> = range.clone().map(|i| self.tokens[i].form.to_lowercase()).collect();
        let country = self
            .title_country(range.clone(), main)
            .or_else(|| self.lexicon.offices.get(&office).and_then(|o| o.country.clone()));
        let posted = Classes::embedded().has(&office, Class::Resident).then(|| {
            let to = (main..range.end).find(|i| matches!(self.tokens[*i].lower.as_str(), "to" | "in" | "embassy"))?;
            (to + 1..range.end.min(to + 3)).find_map(|i| match &self.kinds.of[i] {
                Kind::Place(c) => c.clone(),
                _ => None,
            })
        });
        Some(Title {
            posted: posted.flatten(),
            text: self.title_text(range),
            office,
            class,
            country,
            visiting: words.iter().any(|w| w == "visiting"),
            former: words.iter().any(|w| Classes::embedded().has(w, Class::Former)),
        })
    }

    /// The office in the lexicon's form, singular and lower case.
    fn normal_office(&self, i: usize) -> String {
        let unit = self.kinds.unit[i].clone();
        let mut words: Vec<String> = self.tokens[unit].iter().map(|t| t.lower.clone()).collect();
        if !self.lexicon.offices.contains_key(&words.join(" "))
            && let Some(last) = words.last_mut()
        {
            *last = singular(last);
        }
        words.join(" ")
    }

    /// Country served: the first nationality or body before the office, else one after it ("Minister of Iraq").
    fn title_country(&self, range: Range<usize>, office: usize) -> Option<CountryCode> {
        let country = |i: usize| match &self.kinds.of[i] {
            Kind::Demonym(c) => Some(c.clone()),
            Kind::Place(c) => c.clone(),
            Kind::Organisation(c) => c.clone(),
            _ => None,
        };
        let unit = self.kinds.unit[office].clone();
        let before = range.clone().take_while(|i| *i < unit.start).find_map(country);
        // After the office only an "of": "envoy for Yemen" does not serve Yemen.
        let after = || (unit.end..range.end.min(unit.end + 3)).find_map(country);
        let of = |i: &usize| self.tokens[*i].form == "of" || matches!(self.tokens[*i].form.as_str(), "'s" | "’s");
        let later = || {
            let of = (unit.end..range.end)
                .filter(of)
                .map(|i| i + 1 + usize::from(self.tokens.get(i + 1).is_some_and(|t| t.form == "the")));
            of.filter(|i| *i < range.end).find_map(country)
        };
        before.or_else(after).or_else(later)
    }

    /// The words of a title without a leading nationality, article or "visiting", and without a form of address at its end.
    fn title_text(&self, range: Range<usize>) -> String {
        let mut start = range.start;
        while start < range.end && self.is_no_part_of_office(start) {
            start = self.kinds.unit[start].end;
        }
        let mut end = range.end;
        while end > start + 1 && matches!(self.kinds.of[end - 1], Kind::Office(OfficeClass::Address)) {
            end -= 1;
        }
        match (self.tokens.get(start), self.tokens.get(end.wrapping_sub(1))) {
            (Some(a), Some(b)) if start < end => {
                a.span.cover(b.span).of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
            }
            _ => String::new(),
        }
    }

    /// "the", "visiting", "Kenyan" at the head of a title; not the "Republic" of a place that goes on with "of".
    fn is_no_part_of_office(&self, i: usize) -> bool {
        let form = self.tokens[i].form.to_lowercase();
        let next = self.kinds.unit[i].end;
        let goes_on = matches!(self.kinds.of.get(next), Some(Kind::Other)) && self.tokens[next].form == "of";
        let country = matches!(self.kinds.of[i], Kind::Demonym(_) | Kind::Place(_)) && !goes_on;
        let function =
            matches!(form.as_str(), "the" | "a" | "his" | "her" | "their" | "'s" | "’s" | "and" | "of" | "(" | ")");
        country || function || Classes::embedded().has(&form, Class::Passing)
    }

    /// "Mahmoud Abbas, the Palestinian president,": a title after the name, when none stands before it.
    pub(super) fn apposition(&self, mention: &mut PersonMention) {
        let has_office = mention.title.as_ref().is_some_and(|t| t.class == OfficeClass::Office);
        if !has_office && mention.name.len() > 1 && self.described(mention) {
            return;
        }
        let comma = mention.tokens.end;
        if has_office || mention.name.len() < 2 || self.tokens.get(comma).is_none_or(|t| t.form != ",") {
            return;
        }
        let end = (comma + 1..self.tokens.len().min(comma + 28))
            .find(|i| {
                matches!(self.tokens[*i].form.as_str(), "," | ";" | "." | "--" | "–" | "—" | ")" | "who")
                    || self.tokens[*i].is_finite()
            })
            .unwrap_or(self.tokens.len().min(comma + 28));
        let range = comma + 1..end;
        let office = range
            .clone()
            .find(|i| matches!(self.kinds.of[*i], Kind::Office(OfficeClass::Office | OfficeClass::Speaker)));
        let Some(office) = office else { return };
        let named = self.kinds.unit[office].end < end && self.kinds.of[self.kinds.unit[office].end] == Kind::Name;
        if named || self.tokens[comma + 1].form == "and" || office > comma + 8 {
            return;
        }
        if let Some(title) = self.title_in(range.clone()) {
            mention.title = Some(title);
            mention.tokens.end = end;
        }
    }

    /// "Anna Berg, who is Norway's foreign minister,": the office that a relative clause gives. True if it gave one.
    fn described(&self, mention: &mut PersonMention) -> bool {
        let word = |i: usize| self.tokens.get(i).map(|t| t.lower.as_str()).unwrap_or_default();
        let who = mention.tokens.end + usize::from(word(mention.tokens.end) == ",");
        if word(who) != "who" {
            return false;
        }
        let verb = (who + 1..self.tokens.len().min(who + 5)).find(|i| self.tokens[*i].is_finite());
        let is = |v: &usize| matches!(self.tokens[*v].key.as_str(), "be" | "become" | "serve" | "have");
        let Some((verb, office, end)) = verb.filter(is).and_then(|v| self.office_of_clause(v)) else { return false };
        let light = |i: &usize| {
            self.tokens[*i].upos == Upos::Aux || matches!(self.tokens[*i].lower.as_str(), "become" | "served" | "as")
        };
        let first = (verb + 1..office).find(|i| !light(i)).unwrap_or(office);
        let dated = |i: &usize| {
            matches!(self.tokens[*i].lower.as_str(), "until" | "since" | "from" | "in" | "under" | "during" | "when")
        };
        let last = (office..end).find(dated).unwrap_or(end);
        mention.title = self.title_in(first..last);
        // The clause is a part of the name where nothing else is told in it.
        if mention.title.is_some() && self.tokens.get(end).is_some_and(|t| t.form == ",") {
            mention.tokens.end = end;
        }
        mention.title.is_some()
    }

    /// The verb of a relative clause, the office that it gives, and where the clause ends; none for "who is meeting the
    /// president", "who was sent by the minister", which say what he does, and not what he is.
    fn office_of_clause(&self, verb: usize) -> Option<(usize, usize, usize)> {
        let limit = self.tokens.len().min(verb + 14);
        let closes = |i: &usize| {
            matches!(self.tokens[*i].form.as_str(), "," | ";" | "." | "--" | "–" | "—" | ")" | "and" | "but")
        };
        let end = (verb + 1..limit).find(|i| closes(i) || self.tokens[*i].is_finite()).unwrap_or(limit);
        let office = (verb + 1..end).find(|i| matches!(self.kinds.of[*i], Kind::Office(OfficeClass::Office)))?;
        let acts = (verb + 1..office).map(|i| &self.tokens[i]).any(|t| {
            matches!(t.upos, Upos::Verb | Upos::Adp)
                && !t.key.starts_with("be")
                && !matches!(t.lower.as_str(), "as" | "of")
        });
        let named = self.kinds.unit[office].end < end && self.kinds.of[self.kinds.unit[office].end] == Kind::Name;
        (!acts && !named).then_some((verb, office, end))
    }

    /// "President Barham Saleh of Iraq".
    pub(super) fn of_country(&self, mention: &mut PersonMention) {
        let of = mention.name.end;
        if self.tokens.get(of).is_none_or(|t| t.form != "of") || mention.tokens.end > of {
            return;
        }
        let place = of + 1 + usize::from(self.tokens.get(of + 1).is_some_and(|t| t.form == "the"));
        let country = match self.kinds.of.get(place) {
            Some(Kind::Place(Some(c))) => Some(c.clone()),
            Some(Kind::Organisation(Some(c))) => Some(c.clone()),
            _ => None,
        };
        if let (Some(country), Some(title)) = (country, mention.title.as_mut()) {
            title.country = Some(country);
            mention.tokens.end = self.kinds.unit[place].end;
        }
    }
}
