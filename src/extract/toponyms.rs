//! Toponyms: where the text names a place, which place that is, and how it is governed.
//!
//! Finds places in one sentence, joins "Phnom Penh, Cambodia", "the Iraqi capital" and "the Turkish capital Ankara" into one, and
//! links enumerations into lists. Whether somebody goes there is not decided here.

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

/// Places of a sentence in reading order; `country_hint` prefers places of one country where a name is ambiguous.
pub fn find(
    view: &View<'_>,
    kinds: &Kinds,
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
    text: &str,
    country_hint: &dyn Fn(&Entry) -> bool,
) -> Vec<PlaceMention> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < view.tokens().len() {
        let unit = kinds.unit[i].clone();
        if let Some(mention) = mention_at(view, kinds, gazetteer, lexicon, text, i, country_hint) {
            i = mention.tokens.end.max(i + 1);
            found.push(mention);
        } else {
            i = unit.end.max(i + 1);
        }
    }
    link_lists(view, &mut found);
    found
}

/// Puts places into the states that they belonged to when the article was published.
pub fn as_of(places: &mut [PlaceMention], published: Option<NaiveDate>) {
    let Some(published) = published else { return };
    let rows = include_str!("../../data/gazetteer/former.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
    for row in rows.map(|r| r.split('\t').collect::<Vec<_>>()) {
        let [now, was, until] = row[..] else { continue };
        if until.parse::<NaiveDate>().is_ok_and(|day| published < day) {
            for place in places.iter_mut().filter(|p| p.place.country.as_ref().is_some_and(|c| c.as_str() == now)) {
                place.place.country = Some(CountryCode(was.to_string()));
            }
        }
    }
}

fn mention_at(
    view: &View<'_>,
    kinds: &Kinds,
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
    text: &str,
    i: usize,
    country_hint: &dyn Fn(&Entry) -> bool,
) -> Option<PlaceMention> {
    if view.person_at(i).is_some() {
        return None;
    }
    if let Some(mention) = embassy(view, kinds, lexicon, text, i) {
        return Some(mention);
    }
    let (range, entry, name) = match &kinds.of[i] {
        Kind::Demonym(code) => capital_of(view, kinds, gazetteer, i, code)?,
        Kind::Place(_) => named(view, kinds, gazetteer, text, i, country_hint)?,
        Kind::Organisation(_) if is_seat(view, kinds, i) => named(view, kinds, gazetteer, text, i, country_hint)?,
        _ => return None,
    };
    let head =
        range.clone().rev().find(|t| view.tokens()[*t].head.is_none_or(|h| !range.contains(&h))).unwrap_or(range.start);
    let (preposition, preposition_at) = governing_preposition(view, range.start, lexicon);
    let qualifies = qualifies(view, kinds, &range, lexicon);
    Some(PlaceMention {
        head,
        place: place_of(&entry, name),
        preposition,
        preposition_at,
        list: None,
        qualifies,
        site: None,
        tokens: range,
    })
}

/// "at the White House", "visited the United Nations": a body named for the house that it sits in.
fn is_seat(view: &View<'_>, kinds: &Kinds, i: usize) -> bool {
    let before = i.checked_sub(1).map(|b| if view.lower(b) == "the" { b.saturating_sub(1) } else { b });
    let whole = kinds.unit[i].end;
    let modifies = view.get(whole).is_some_and(|t| t.xpos.starts_with("NN") || t.form.starts_with(['\'', '’']));
    !modifies
        && before.is_some_and(|b| matches!(view.lower(b), "at" | "inside" | "outside") || view.is(b, Class::Journey))
}

/// "the US Embassy", "the French consulate": a site whose place the words do not say.
fn embassy(view: &View<'_>, kinds: &Kinds, lexicon: &Lexicon, text: &str, i: usize) -> Option<PlaceMention> {
    let end = kinds.unit[i].end;
    let of_state = matches!(kinds.of[i], Kind::Demonym(_) | Kind::Place(Some(_)));
    if !of_state || !view.reads(end, Class::Embassy) || view.lower(end + 1) == "in" {
        return None;
    }
    let tokens = i..end + 1;
    let name = view.span(&tokens).of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let site = DraftPlace {
        name,
        kind: PlaceKind::Site,
        country: None,
        geonames: None,
        lat: None,
        lon: None,
        aliases: Vec::new(),
    };
    let (preposition, preposition_at) = governing_preposition(view, i, lexicon);
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
fn capital_of(
    view: &View<'_>,
    kinds: &Kinds,
    gazetteer: &Gazetteer,
    i: usize,
    code: &CountryCode,
) -> Option<(Range<usize>, Entry, Option<String>)> {
    let next = kinds.unit[i].end;
    if view.lower(next) != "capital" {
        return None;
    }
    let entry = gazetteer.capital(code.as_str())?;
    let mut end = next + 1;
    let named = if view.lower(end) == "," { end + 1 } else { end };
    if matches!(kinds.of.get(named), Some(Kind::Place(Some(c))) if c == code) {
        end = kinds.unit[named].end;
    }
    Some((i..end, entry, None))
}

fn named(
    view: &View<'_>,
    kinds: &Kinds,
    gazetteer: &Gazetteer,
    text: &str,
    i: usize,
    country_hint: &dyn Fn(&Entry) -> bool,
) -> Option<(Range<usize>, Entry, Option<String>)> {
    let unit = kinds.unit[i].clone();
    let forms: Vec<&str> = view.tokens()[unit.clone()].iter().map(|t| t.form.as_str()).collect();
    let found = gazetteer.lookup(&forms.join(" "));
    let (outer, end) = containing(view, kinds, gazetteer, unit.end);
    let candidates = &found.places;
    // "Sao Bento palace": the name of a house, not of the small town of that name.
    let house = view.reads(unit.end, Class::House);
    let small = candidates
        .first()
        .is_some_and(|e| e.kind == PlaceKind::City && e.population < 300_000 && !e.capital && !country_hint(e));
    if house && small {
        return None;
    }
    let inside = |e: &&Entry| outer.as_ref().is_some_and(|o| o.country == e.country || o.id == e.id);
    let first = *candidates.first()?;
    let entry = candidates.iter().find(inside).copied().unwrap_or_else(|| {
        if first.kind == PlaceKind::City {
            // Not a village of that name in the state that the article speaks of most: "Geneva" is in Switzerland.
            let known = |e: &&Entry| country_hint(e) && e.population.saturating_mul(4) >= first.population;
            let famous = first.capital || first.population > 1_000_000 || first.population == 0;
            candidates.iter().find(known).filter(|_| !famous).copied().unwrap_or(first)
        } else {
            first
        }
    });
    let end = if outer.as_ref().is_some_and(|o| o.country == entry.country) { end } else { unit.end };
    let written = view.span(&unit).of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    Some((i..end, entry, Some(written)))
}

/// The country or state after a comma or "of": "Phnom Penh, Cambodia," "Busan of the Republic of Korea", and where it ends.
fn containing(view: &View<'_>, kinds: &Kinds, gazetteer: &Gazetteer, after: usize) -> (Option<Entry>, usize) {
    let outer = match (view.lower(after), view.lower(after + 1)) {
        ("of", "the") => after + 2,
        ("," | "of", _) => after + 1,
        _ => return (None, after),
    };
    if !matches!(kinds.of.get(outer), Some(Kind::Place(_))) {
        return (None, after);
    }
    let unit = kinds.unit[outer].clone();
    let forms: Vec<&str> = view.tokens()[unit.clone()].iter().map(|t| t.form.as_str()).collect();
    let entry = gazetteer
        .lookup(&forms.join(" "))
        .places
        .into_iter()
        .find(|e| e.kind != PlaceKind::City && e.kind != PlaceKind::Site);
    (entry, unit.end)
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

/// The preposition left of a place, over articles, adjectives, "the town of" and "three island nations:".
fn governing_preposition(view: &View<'_>, start: usize, lexicon: &Lexicon) -> (Option<String>, Option<usize>) {
    let mut i = start;
    let mut crossed_of = false;
    let mut within = false;
    while i > 0 && start - i < if within { 14 } else { 8 } {
        i -= 1;
        let token = &view.tokens()[i];
        let word = view.lower(i);
        if word == "of" && !crossed_of && i > 0 && lexicon.sites.contains(view.lemma(i - 1)) {
            crossed_of = true;
            continue;
        }
        // "to the Middle East, including Jordan", "to three island nations: Fiji, …"
        if matches!(word, "including" | ":" | "namely") {
            within = true;
            continue;
        }
        if matches!(token.xpos, "IN" | "TO" | "RP") || matches!(word, "to" | "in" | "at" | "for" | "from") {
            return (Some(word.to_string()), Some(i));
        }
        let passes =
            matches!(token.xpos, "DT" | "JJ" | "JJS" | "PRP$" | "CD" | "NNP" | "NN" | "VBG" | "HYPH") || crossed_of;
        let of_region = within && (matches!(token.xpos, "NNS" | "NNPS") || word == ",");
        if !(passes || of_region) || matches!(token.xpos, "PRP$") && crossed_of {
            return (None, None);
        }
    }
    (None, None)
}

/// "Nairobi airport", "Cairo's international airport": a house or settlement named by its place.
fn site_after(view: &View<'_>, next: usize, lexicon: &Lexicon) -> bool {
    let last = (next..view.tokens().len().min(next + 4))
        .take_while(|i| view.tokens()[*i].xpos.starts_with("NN") || view.tokens()[*i].xpos == "JJ")
        .last();
    last.is_some_and(|i| lexicon.sites.contains(view.lemma(i)))
}

fn qualifies(view: &View<'_>, kinds: &Kinds, range: &Range<usize>, lexicon: &Lexicon) -> bool {
    let next = range.end;
    let possessive = matches!(view.lower(next), "'s" | "’s" | "'" | "’") && !site_after(view, next + 1, lexicon);
    let compound = view.get(next).is_some_and(|t| {
        let timed = view.times.iter().any(|time| time.tokens.contains(&next));
        let site = site_after(view, next, lexicon);
        let noun = t.xpos.starts_with("NN")
            && !site
            && !timed
            && !matches!(kinds.of[next], Kind::Place(_))
            && view.tokens()[range.end - 1].head.is_some_and(|h| h >= next);
        let joined = view.tokens()[range.end - 1].span.end == t.span.start && t.form.starts_with(['-', '–', '/']);
        (noun && (capital(view.tokens(), next) || view.relation(range.end - 1) == "compound")) || joined
    });
    possessive || compound
}

/// Places that only commas and "and" part form a list; all its members share the preposition of the first.
fn link_lists(view: &View<'_>, places: &mut [PlaceMention]) {
    for i in 1..places.len() {
        let (left, right) = places.split_at_mut(i);
        let Some(previous) = left.iter_mut().rev().find(|p| joined(view, p, &right[0])) else { continue };
        let current = &mut right[0];
        let (list, index) = *previous.list.get_or_insert((previous.tokens.start, 0));
        current.list = Some((list, index + 1));
        if current.preposition_at.is_none_or(|p| p < previous.tokens.start) || between_is_light(view, previous, current)
        {
            current.preposition = current.preposition.clone().or_else(|| previous.preposition.clone());
            current.preposition_at = current.preposition_at.or(previous.preposition_at);
        }
    }
}

/// Whether two places stand in one enumeration: next to each other, or each with a clause of its own ("in Peru, where …;
/// Chile, where …").
fn joined(view: &View<'_>, previous: &PlaceMention, current: &PlaceMention) -> bool {
    let clause = |p: &PlaceMention| view.lower(p.tokens.end) == "," && view.lower(p.tokens.end + 1) == "where";
    let before = |k: usize| current.tokens.start.checked_sub(k).map(|j| view.lower(j)).unwrap_or_default();
    let semicolon = before(1) == ";" || (before(1) == "and" && before(2) == ";");
    enumerated(view, previous.tokens.end, current.tokens.start) || (clause(previous) && clause(current) && semicolon)
}

fn between_is_light(view: &View<'_>, previous: &PlaceMention, current: &PlaceMention) -> bool {
    (previous.tokens.end..current.tokens.start).all(|i| view.tokens()[i].xpos != "IN")
}

fn enumerated(view: &View<'_>, from: usize, to: usize) -> bool {
    // "Brussels on Tuesday and Wednesday, Vienna on Thursday and Paris on Friday"
    let timed = |i: usize| {
        let within = |i: usize| view.times.iter().any(|t| t.duration().is_none() && t.tokens.contains(&i));
        within(i) || (matches!(view.lower(i), "on" | "from" | "in") && within(i + 1))
    };
    // "the Federated States of Micronesia (FSM), Solomon Islands"
    let bracketed = |i: usize| {
        let acronym =
            |j: usize| view.tokens().get(j).is_some_and(|t| t.form.chars().all(|c| c.is_uppercase() || c == '.'));
        match view.lower(i) {
            "(" => acronym(i + 1) && view.lower(i + 2) == ")",
            ")" => i > 1 && acronym(i - 1) && view.lower(i - 2) == "(",
            _ => i > 0 && acronym(i) && view.lower(i - 1) == "(" && view.lower(i + 1) == ")",
        }
    };
    let filler = |i: usize| {
        matches!(view.lower(i), "," | "and" | "or" | "the" | "then" | "as" | "well" | "to" | "in" | "also" | "&")
            || view.reads(i, Class::Neighbouring)
            || view.tokens()[i].xpos == "JJ"
            || timed(i)
            || bracketed(i)
    };
    let separated = (from..to).any(|i| matches!(view.lower(i), "," | "and" | "or" | "&" | "then" | "including"));
    let words = (from..to).filter(|i| !timed(*i) && !bracketed(*i)).count();
    to > from && words <= 5 && separated && (from..to).all(filler)
}
