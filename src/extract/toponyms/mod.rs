//! Toponyms: where the text names a place, which place that is, and how it is governed.
//!
//! Finds places in one sentence, joins "Phnom Penh, Cambodia", "the Iraqi capital" and "the Turkish capital Ankara" into one, and
//! links enumerations into lists. Whether somebody goes there is not decided here.

mod lists;

use super::classes::Class;
use super::lexicon::Lexicon;
use super::names::{Kind, Kinds, capital};
use super::scene::View;
use crate::gazetteer::{Entry, Gazetteer};
use crate::itinerary::{CountryCode, DraftPlace, PlaceKind};
use chrono::NaiveDate;
use std::ops::Range;

/// A place named in a sentence.
#[derive(Clone, Debug)]
pub struct PlaceMention {
    /// All tokens of the place: "Phnom Penh, Cambodia", "the West Bank town of Bethlehem".
    pub tokens: Range<usize>,
    /// Token that stands for it in the syntax tree.
    pub head: usize,
    pub place: DraftPlace,
    /// A site that is known by its kind only ("the US Embassy"): it lies where the traveller is.
    pub site: Option<DraftPlace>,
    /// Lower-case preposition that governs it, or governs the list that it stands in.
    pub preposition: Option<String>,
    /// Token of that preposition.
    pub preposition_at: Option<usize>,
    /// Number of the first token of its list, and its index there; for a place of a list of two and more.
    pub list: Option<(usize, usize)>,
    /// Whether the word only qualifies another ("the Baghdad summit") or names a state that acts ("Turkey's president").
    pub qualifies: bool,
}

impl PlaceMention {
    /// A place of an earlier sentence that the word at `at` speaks of without its name.
    pub fn told(at: usize, place: DraftPlace) -> PlaceMention {
        PlaceMention {
            tokens: at..at + 1,
            head: at,
            place,
            site: None,
            preposition: None,
            preposition_at: None,
            list: None,
            qualifies: false,
        }
    }
}

/// Places of a sentence in reading order; `country_hint` prefers places of one country where a name is ambiguous.
pub fn find(
    view: &View<'_>,
    kinds: &Kinds,
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
    text: &str,
    country_hint: &dyn Fn(&Entry) -> bool,
) -> Vec<PlaceMention> {
    let finder = Finder { view, kinds, gazetteer, lexicon, text, country_hint };
    let mut found = Vec::new();
    let mut i = 0;
    while i < view.tokens().len() {
        let mention = finder.mention_at(i);
        let end = mention.as_ref().map_or(kinds.unit[i].end, |m| m.tokens.end);
        found.extend(mention);
        i = end.max(i + 1);
    }
    lists::link_lists(view, &mut found);
    found
}

/// Puts places into the states that they belonged to when the article was published.
pub fn as_of(places: &mut [PlaceMention], published: Option<NaiveDate>) {
    let Some(published) = published else { return };
    let rows = include_str!("../../../data/gazetteer/former.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
    for row in rows.map(|r| r.split('\t').collect::<Vec<_>>()) {
        let [now, was, until] = row[..] else { continue };
        if until.parse::<NaiveDate>().is_ok_and(|day| published < day) {
            for place in places.iter_mut().filter(|p| p.place.country.as_ref().is_some_and(|c| c.as_str() == now)) {
                place.place.country = Some(CountryCode(was.to_string()));
            }
        }
    }
}

/// A gazetteer entry as the draft has it; `written` is kept as an alias where it differs.
pub fn place_of(entry: &Entry, written: Option<String>) -> DraftPlace {
    let aliases = written.into_iter().filter(|w| !w.eq_ignore_ascii_case(entry.name)).collect();
    DraftPlace {
        name: entry.name.to_string(),
        kind: entry.kind,
        country: (!entry.country.is_empty()).then(|| CountryCode(entry.country.to_string())),
        geonames: entry.geonames,
        lat: Some(entry.lat),
        lon: Some(entry.lon),
        aliases,
    }
}

/// Finds the places of one sentence.
struct Finder<'a> {
    view: &'a View<'a>,
    kinds: &'a Kinds,
    gazetteer: &'a Gazetteer,
    lexicon: &'a Lexicon,
    text: &'a str,
    country_hint: &'a dyn Fn(&Entry) -> bool,
}

/// A place as the gazetteer has it, with the tokens that name it and the name as it is written.
type Named = (Range<usize>, Entry, Option<String>);

impl Finder<'_> {
    /// The place whose name begins at token `i`.
    fn mention_at(&self, i: usize) -> Option<PlaceMention> {
        if self.view.person_at(i).is_some() {
            return None;
        }
        if let Some(mention) = self.embassy(i) {
            return Some(mention);
        }
        let (range, entry, name) = match &self.kinds.of[i] {
            Kind::Demonym(code) => self.capital_of(i, code)?,
            Kind::Place(_) => self.named(i)?,
            Kind::Organisation(_) if self.is_seat(i) => self.named(i)?,
            _ => return None,
        };
        let tokens = self.view.tokens();
        let top = |t: &usize| tokens[*t].head.is_none_or(|h| !range.contains(&h));
        let (preposition, preposition_at) = self.governing_preposition(range.start).unzip();
        Some(PlaceMention {
            head: range.clone().rev().find(top).unwrap_or(range.start),
            place: place_of(&entry, name),
            preposition,
            preposition_at,
            list: None,
            qualifies: self.qualifies(&range),
            site: None,
            tokens: range,
        })
    }

    /// "at the White House", "visited the United Nations": a body named for the house that it sits in.
    fn is_seat(&self, i: usize) -> bool {
        let view = self.view;
        let modifies = view
            .get(self.kinds.unit[i].end)
            .is_some_and(|t| t.xpos.starts_with("NN") || t.form.starts_with(['\'', '’']));
        let before = i.checked_sub(1).map(|b| if view.lower(b) == "the" { b.saturating_sub(1) } else { b });
        let at = |b: usize| matches!(view.lower(b), "at" | "inside" | "outside") || view.is(b, Class::Journey);
        !modifies && before.is_some_and(at)
    }

    /// "the US Embassy", "the French consulate": a site whose place the words do not say.
    fn embassy(&self, i: usize) -> Option<PlaceMention> {
        let of_state = matches!(self.kinds.of[i], Kind::Demonym(_) | Kind::Place(Some(_)));
        let end = self.kinds.unit[i].end;
        if !of_state || !self.view.reads(end, Class::Embassy) || self.view.lower(end + 1) == "in" {
            return None;
        }
        let tokens = i..end + 1;
        let site = DraftPlace {
            name: self.written(&tokens),
            kind: PlaceKind::Site,
            country: None,
            geonames: None,
            lat: None,
            lon: None,
            aliases: Vec::new(),
        };
        let (preposition, preposition_at) = self.governing_preposition(i).unzip();
        Some(PlaceMention {
            head: end,
            place: site.clone(),
            site: Some(site),
            preposition,
            preposition_at,
            list: None,
            qualifies: false,
            tokens,
        })
    }

    /// "the Iraqi capital", "the Turkish capital Ankara", "the Tunisian capital, Tunis".
    fn capital_of(&self, i: usize, code: &CountryCode) -> Option<Named> {
        let kinds = self.kinds;
        let capital = kinds.unit[i].end;
        if self.view.lower(capital) != "capital" {
            return None;
        }
        let entry = self.gazetteer.capital(code.as_str())?;
        let next = capital + 1;
        let named = if self.view.lower(next) == "," { next + 1 } else { next };
        let own_name = matches!(kinds.of.get(named), Some(Kind::Place(Some(c))) if c == code);
        Some((i..if own_name { kinds.unit[named].end } else { next }, entry, None))
    }

    /// The place that the name at token `i` stands for, with what it is said to lie in: "Phnom Penh, Cambodia".
    fn named(&self, i: usize) -> Option<Named> {
        let unit = self.kinds.unit[i].clone();
        let candidates = self.gazetteer.lookup(&self.forms(&unit)).places;
        let first = *candidates.first()?;
        // "Sao Bento palace": the name of a house, not of the small town of that name.
        let small = first.kind == PlaceKind::City
            && first.population < 300_000
            && !first.capital
            && !(self.country_hint)(&first);
        let landmark = self.view.reads(unit.end, Class::Landmark) && capital(self.view.tokens(), unit.end);
        if (small && self.view.reads(unit.end, Class::House)) || landmark {
            return None;
        }
        let (outer, end) = self.containing(unit.end);
        let inside =
            candidates.iter().filter(|e| outer.as_ref().is_some_and(|o| o.country == e.country || o.id == e.id));
        let entry = match outer {
            // "Springfield, Illinois": of several in one country the nearest to the middle of the province.
            Some(o) if o.kind == PlaceKind::Region => inside.min_by(|a, b| distance(a, &o).total_cmp(&distance(b, &o))),
            Some(_) => inside.clone().next(),
            None => None,
        };
        // "Tapa, Estonia", which the gazetteer has in India only: in Estonia, then.
        if let (Some(o), None) = (outer, entry)
            && self.view.lower(unit.end) == ","
            && o.kind == PlaceKind::Country
            && first.kind == PlaceKind::City
            && first.population < 300_000
            && !first.capital
        {
            return Some((i..end, o, None));
        }
        let entry = entry.copied().unwrap_or_else(|| self.likeliest(&candidates, first));
        let end = if outer.as_ref().is_some_and(|o| o.country == entry.country) { end } else { unit.end };
        Some((i..end, entry, Some(self.written(&unit))))
    }

    /// Of several places of one name the one that is meant: the first, or a town in a state that the article speaks of.
    fn likeliest(&self, candidates: &[Entry], first: Entry) -> Entry {
        let famous = first.capital || first.population > 1_000_000 || first.population == 0;
        if first.kind != PlaceKind::City || famous {
            return first;
        }
        // Not a village of that name in the state that the article speaks of most: "Geneva" is in Switzerland.
        let known = |e: &&Entry| (self.country_hint)(e) && e.population.saturating_mul(4) >= first.population;
        candidates.iter().find(known).copied().unwrap_or(first)
    }

    /// The country or state after a comma or "of": "Phnom Penh, Cambodia," "Busan of the Republic of Korea", and where it ends.
    fn containing(&self, after: usize) -> (Option<Entry>, usize) {
        let outer = match (self.view.lower(after), self.view.lower(after + 1)) {
            ("of", "the") => after + 2,
            ("," | "of", _) => after + 1,
            _ => return (None, after),
        };
        if !matches!(self.kinds.of.get(outer), Some(Kind::Place(_))) {
            return (None, after);
        }
        let unit = self.kinds.unit[outer].clone();
        let wide = |e: &Entry| e.kind != PlaceKind::City && e.kind != PlaceKind::Site;
        (self.gazetteer.lookup(&self.forms(&unit)).places.into_iter().find(wide), unit.end)
    }

    /// The tokens as the gazetteer is asked for them.
    fn forms(&self, tokens: &Range<usize>) -> String {
        self.view.tokens()[tokens.clone()].iter().map(|t| t.form.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// The tokens as the article has them, on one line.
    fn written(&self, tokens: &Range<usize>) -> String {
        self.view.span(tokens).of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The preposition left of a place and its token, over articles, adjectives, "the town of" and "three island nations:".
    fn governing_preposition(&self, start: usize) -> Option<(String, usize)> {
        let mut crossed_of = false;
        let mut within = false;
        for i in (0..start).rev() {
            if start - i > if within { 14 } else { 8 } {
                return None;
            }
            let xpos = self.view.tokens()[i].xpos;
            let word = self.view.lower(i);
            if word == "of" && !crossed_of && i > 0 && self.lexicon.sites.contains(self.view.lemma(i - 1)) {
                crossed_of = true;
                continue;
            }
            // "to the Middle East, including Jordan", "to three island nations: Fiji, …"
            if matches!(word, "including" | ":" | "namely") {
                within = true;
                continue;
            }
            if matches!(xpos, "IN" | "TO" | "RP") || matches!(word, "to" | "in" | "at" | "for" | "from") {
                return Some((word.to_string(), i));
            }
            let passes = matches!(xpos, "DT" | "JJ" | "JJS" | "PRP$" | "CD" | "NNP" | "NN" | "VBG" | "HYPH");
            let of_region = within && (matches!(xpos, "NNS" | "NNPS") || word == ",");
            if !(passes || crossed_of || of_region) || (xpos == "PRP$" && crossed_of) {
                return None;
            }
        }
        None
    }

    /// Whether the name only qualifies what follows it: "the Baghdad summit", "Turkey's president", "Moscow-backed".
    fn qualifies(&self, range: &Range<usize>) -> bool {
        let view = self.view;
        let (last, next) = (range.end - 1, range.end);
        if matches!(view.lower(next), "'s" | "’s" | "'" | "’") && !self.site_after(next + 1) {
            return true;
        }
        let Some(token) = view.get(next) else { return false };
        let joined = view.tokens()[last].span.end == token.span.start && token.form.starts_with(['-', '–', '/']);
        let timed = || view.times.iter().any(|time| time.tokens.contains(&next));
        let noun = token.xpos.starts_with("NN")
            && view.tokens()[last].head.is_some_and(|h| h >= next)
            && !matches!(self.kinds.of[next], Kind::Place(_))
            && !timed()
            && !self.site_after(next);
        joined || (noun && (capital(view.tokens(), next) || view.relation(last) == "compound"))
    }

    /// "Nairobi airport", "Cairo's international airport": a house or settlement named by its place.
    fn site_after(&self, next: usize) -> bool {
        let tokens = self.view.tokens();
        let named = |i: &usize| tokens[*i].xpos.starts_with("NN") || tokens[*i].xpos == "JJ";
        let last = (next..tokens.len().min(next + 4)).take_while(named).last();
        last.is_some_and(|i| self.lexicon.sites.contains(self.view.lemma(i)))
    }
}

/// How far two places lie apart, in degrees, well enough to tell the nearer of two.
fn distance(a: &Entry, b: &Entry) -> f64 {
    let east = (a.lon - b.lon) * b.lat.to_radians().cos();
    (a.lat - b.lat).hypot(east)
}
