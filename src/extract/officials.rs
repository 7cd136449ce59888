//! Who is who: mentions of people become officials, and nominals ("the premier") and pronouns find theirs.
//!
//! Works on the whole article at once. Given marks of names in each view, it settles the marks' `official` and adds marks
//! for nominals and pronouns. It knows names, offices and distance in the text, not travel.

use super::classes::{Class, Classes};
use super::known;
use super::lexicon::{Gender, Lexicon, OfficeClass};
use super::names::{Kind, Kinds, PersonMention, Title};
use super::scene::View;
use crate::itinerary::CountryCode;
use crate::language::{self, Upos};

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
        self.titles.iter().find(office).or(self.titles.iter().find(|t| t.office != "counterpart"))
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

    fn holds(&self, office: &str) -> bool {
        let head = office.rsplit(' ').next().unwrap_or(office);
        self.titles.iter().any(|t| t.office == office || t.office.rsplit(' ').next() == Some(head))
    }

    /// Whether the word for an office may stand for one that the person holds.
    fn may_be_called(&self, word: &str, lexicon: &Lexicon) -> bool {
        let called =
            |t: &Title| lexicon.synonyms.get(word).is_some_and(|s| s.iter().any(|o| t.office.ends_with(o.as_str())));
        self.titles.iter().any(called)
    }
}

/// Settles who is meant everywhere. `home` is the state that an office without a country is taken to serve, if
/// any; `year` is that of publication.
pub fn settle(
    views: &mut [View<'_>],
    kinds: &[Kinds],
    text: &str,
    lexicon: &Lexicon,
    home: Option<&CountryCode>,
    year: Option<i32>,
    author: Option<Author>,
) -> Vec<Official> {
    let mut officials = Vec::new();
    introduce(views, text, lexicon, &mut officials);
    let author = author.map(|a| author_among(&mut officials, a, lexicon));
    known::introduce(views, lexicon, year, &mut officials);
    for official in officials.iter_mut().filter(|o| o.gender.is_none() && o.name.len() > 1) {
        official.gender = lexicon.gender(&official.name[0]);
    }
    attach_bare_names(views, text, lexicon, &mut officials);
    of_their_group(views, kinds, lexicon, &mut officials);
    known::fill_countries(lexicon, year, &mut officials);
    for i in 0..officials.len() {
        // A second "President" is another state's.
        let taken = officials[..i].iter().any(|o| o.country.as_ref() == home && o.shares_top_office(&officials[i]));
        let official = &mut officials[i];
        official.country_stated = official.titles.iter().any(|t| t.country.is_some());
        let own = || home.filter(|_| official.is_official() && !taken).cloned();
        official.country = official.titles.iter().find_map(|t| t.country.clone()).or_else(own);
    }
    if let Some(home) = home {
        known::introduce_head(views, home, year, &mut officials);
    }
    for (i, kinds) in kinds.iter().enumerate().take(views.len()) {
        nominals(views, i, kinds, lexicon, &officials, home);
        pronouns(views, i, &mut officials, author);
    }
    officials
}

/// "British officials, including Prime Minister Harrow": those named of a group serve the state that it serves.
fn of_their_group(views: &[View<'_>], kinds: &[Kinds], lexicon: &Lexicon, officials: &mut [Official]) {
    for (view, kinds) in views.iter().zip(kinds) {
        for i in (2..view.tokens().len()).filter(|i| view.lower(*i) == "including") {
            let group = i - 1 - usize::from(view.lower(i - 1) == ",");
            let state = group.checked_sub(1).and_then(|d| match &kinds.of[d] {
                Kind::Demonym(c) => Some(c.clone()),
                _ => None,
            });
            let Some(state) = state.filter(|_| lexicon.groups.contains(view.lemma(group))) else { continue };
            let Some(first) = view.people.iter().find(|p| p.tokens.start == i + 1) else { continue };
            for official in super::clause::people_of(view, first.tokens.start) {
                if let Some(title) = officials[official].titles.first_mut().filter(|t| t.country.is_none()) {
                    title.country = Some(state.clone());
                }
            }
        }
    }
}

/// Who speaks in the whole article, by its title: "Statement by Vice President X on her trip to …".
#[derive(Clone, Debug)]
pub struct Author {
    pub name: Vec<String>,
    pub title: Option<Title>,
}

/// The official that the author is; a new one where the text does not name them.
fn author_among(officials: &mut Vec<Official>, author: Author, lexicon: &Lexicon) -> usize {
    if let Some(known) = find(officials, &author.name, lexicon, author.title.as_ref()) {
        return known;
    }
    let titles = author.title.into_iter().collect();
    officials.push(Official { name: author.name, titles, ..Official::default() });
    officials.len() - 1
}

/// First pass: names with a title, or of two words and more, make officials.
fn introduce(views: &mut [View<'_>], text: &str, lexicon: &Lexicon, officials: &mut Vec<Official>) {
    for view in views.iter_mut() {
        let mut settled = Vec::with_capacity(view.people.len());
        for mention in &view.people {
            let name = name_words(view, mention);
            let named = mention.title.is_some() || (name.len() > 1 && lexicon.is_given_name(&name[0]));
            let known = find(officials, &name, lexicon, mention.title.as_ref());
            settled.push(match known {
                Some(i) => {
                    learn(&mut officials[i], view, mention, &name, text);
                    Some(i)
                }
                None if named && is_surname_like(&name) => {
                    officials.push(Official::default());
                    let i = officials.len() - 1;
                    learn(&mut officials[i], view, mention, &name, text);
                    Some(i)
                }
                None => None,
            });
        }
        for (mention, official) in view.people.iter_mut().zip(settled) {
            mention.official = official;
        }
    }
}

fn is_surname_like(name: &[String]) -> bool {
    name.last().is_some_and(|n| n.chars().filter(|c| c.is_alphabetic()).count() > 1)
}

/// Second pass: bare surnames that stand before their introduction (a headline, say); what is still nobody is dropped.
fn attach_bare_names(views: &mut [View<'_>], text: &str, lexicon: &Lexicon, officials: &mut [Official]) {
    for view in views.iter_mut() {
        let mut mentions = std::mem::take(&mut view.people);
        for mention in mentions.iter_mut().filter(|m| m.official.is_none()) {
            let name = name_words(view, mention);
            if let Some(i) = find(officials, &name, lexicon, mention.title.as_ref()) {
                learn(&mut officials[i], view, mention, &name, text);
                mention.official = Some(i);
            }
        }
        mentions.retain(|m| m.official.is_some());
        view.people = mentions;
    }
}

fn name_words(view: &View<'_>, mention: &PersonMention) -> Vec<String> {
    view.tokens()[mention.name.clone()].iter().map(|t| t.form.clone()).filter(|f| f != ",").collect()
}

fn learn(official: &mut Official, view: &View<'_>, mention: &PersonMention, name: &[String], text: &str) {
    official.mentions += 1;
    if name.len() > official.name.len() {
        official.name = name.to_vec();
    }
    let form = view.span(&mention.name).of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if !official.forms.contains(&form) {
        official.forms.push(form);
    }
    if let Some(title) = &mention.title {
        official.gender = official.gender.or_else(|| gender_of(view, mention));
        if !official.titles.contains(title) {
            official.titles.push(title.clone());
        }
    }
}

fn gender_of(view: &View<'_>, mention: &PersonMention) -> Option<Gender> {
    (mention.tokens.start..mention.name.start).find_map(|i| {
        let his = view.reads(i, Class::HisTitle).then_some(Gender::He);
        his.or_else(|| view.reads(i, Class::HerTitle).then_some(Gender::She))
    })
}

/// The official that a name belongs to: the same surname without another given name, or a part of a known name.
pub(super) fn find(officials: &[Official], name: &[String], lexicon: &Lexicon, title: Option<&Title>) -> Option<usize> {
    let name = core(name, lexicon);
    let fits = |o: &Official| {
        let known = core(&o.name, lexicon);
        // "Lula" for Luiz Inacio Lula da Silva
        let inner = || {
            matches!(&name[..], [single] if known.len() > 2 && known.contains(single) && single.len() > 3
                && (!lexicon.is_given_name(single) || known.iter().position(|k| k == single).is_some_and(|at| at > 1)))
        };
        let clash = title.zip(o.country_named()).is_some_and(|(t, c)| t.country.as_ref().is_some_and(|d| *d != c));
        !clash && (same_name(&known, &name) || inner())
    };
    // "President Biden" is the one of that name who is called president.
    let by_office = |o: &Official| title.is_some_and(|t| t.class != OfficeClass::Address && o.holds(&t.office));
    let chosen = officials.iter().rposition(|o| by_office(o) && fits(o));
    let bare = || {
        let of_name = officials.iter().enumerate().filter(|(_, o)| name.len() == 1 && fits(o));
        of_name.rev().max_by_key(|(_, o)| o.mentions).map(|(i, _)| i)
    };
    chosen.or_else(bare).or_else(|| officials.iter().rposition(fits))
}

impl Official {
    fn country_named(&self) -> Option<CountryCode> {
        self.titles.iter().find_map(|t| t.country.clone())
    }
}

pub(super) fn same_name(known: &[String], name: &[String]) -> bool {
    match name {
        [] => false,
        [single] => known.last() == Some(single) || known.first() == Some(single),
        _ if known.len() == 1 => name.last() == known.first() || name.first() == known.first(),
        _ => {
            let (a, b) = (&known[..known.len() - 1], &name[..name.len() - 1]);
            let given = a.iter().any(|x| {
                b.iter().any(|y| x == y || (x.chars().next() == y.chars().next() && (x.len() == 1 || y.len() == 1)))
            });
            (known.last() == name.last() && given)
                || name.iter().all(|w| known.contains(w))
                || known.iter().all(|w| name.contains(w))
        }
    }
}

/// The words of a name that identify it: lower case, without particles, article prefixes ("al-"), suffixes and dots.
pub(super) fn core(name: &[String], lexicon: &Lexicon) -> Vec<String> {
    let clean = |w: &String| {
        let lower = w.to_lowercase().replace(['’', '.'], "'");
        let lower = lower.trim_matches('\'').to_string();
        match lower.split_once('-') {
            Some((prefix, rest)) if Classes::embedded().has(prefix, Class::NamePrefix) => rest.to_string(),
            _ => lower,
        }
    };
    let all: Vec<String> = name.iter().map(clean).filter(|w| !w.is_empty()).collect();
    let suffix = |w: &String| Classes::embedded().has(w, Class::Generation);
    let kept: Vec<String> = all.iter().filter(|w| !lexicon.particles.contains(*w) && !suffix(w)).cloned().collect();
    if kept.is_empty() { all } else { kept }
}

/// "the secretary of state", "the Israeli leader": the last mentioned holder of such an office.
fn nominals(
    views: &mut [View<'_>],
    i: usize,
    kinds: &Kinds,
    lexicon: &Lexicon,
    officials: &[Official],
    home: Option<&CountryCode>,
) {
    let mut found = Vec::new();
    let view = &views[i];
    let mut t = 0;
    while t < view.tokens().len() {
        let unit = kinds.unit[t].clone();
        if matches!(kinds.of[t], Kind::Office(OfficeClass::Office))
            && view.person_at(t).is_none()
            && let Some(mention) = nominal(views, view, kinds, &unit, lexicon, officials, home)
        {
            found.push(mention);
        }
        t = unit.end.max(t + 1);
    }
    views[i].people.extend(found);
    views[i].people.sort_by_key(|m| m.tokens.start);
}

fn nominal(
    views: &[View<'_>],
    view: &View<'_>,
    kinds: &Kinds,
    unit: &std::ops::Range<usize>,
    lexicon: &Lexicon,
    officials: &[Official],
    home: Option<&CountryCode>,
) -> Option<PersonMention> {
    let last = view.get(unit.end - 1)?;
    if last.xpos == "NNS" || last.xpos == "NNPS" || view.reads(unit.end - 1, Class::Relation) {
        return None;
    }
    let mut start = unit.start;
    let mut country = None;
    while start > 0 {
        match &kinds.of[start - 1] {
            Kind::Demonym(c) => country = Some(c.clone()),
            Kind::Office(_) => {}
            Kind::Other if view.tokens()[start - 1].upos == Upos::Adj => {}
            _ => break,
        }
        start -= 1;
    }
    let determiner = start.checked_sub(1).map(|d| view.lower(d)).unwrap_or_default();
    let headline_like = view.tokens()[unit.start].form.chars().next().is_some_and(char::is_uppercase);
    if determiner != "the" && !(headline_like && country.is_some()) {
        return None;
    }
    let office = view.tokens()[unit.clone()].iter().map(|t| t.lower.clone()).collect::<Vec<_>>().join(" ");
    let office_country = lexicon.offices.get(&office).and_then(|o| o.country.clone());
    let wanted = country.or(office_country);
    let fits = |o: &Official| {
        let right_country = wanted.as_ref().is_none_or(|c| o.country.as_ref() == Some(c));
        let generic = Classes::embedded().has(&office, Class::AnyOffice) && wanted.is_some();
        // "the premier" and "the monarch" mean one office each; "the leader" needs a country.
        let plain = !Classes::embedded().has(&office, Class::VagueOffice);
        let called = || (wanted.is_some() || plain) && o.may_be_called(&office, lexicon);
        right_country && !o.only_speaks() && (o.holds(&office) || generic || called())
    };
    // "The President" of a publisher that speaks for a state is that state's.
    let ours = |o: &Official| home.is_some() && wanted.is_none() && o.country.as_ref() == home;
    // One whom only the table of known officials names has no mention yet.
    let unnamed = || officials.iter().position(|o| ours(o) && fits(o) && o.forms.is_empty());
    let official = latest(views, view.index, start, |i| ours(&officials[i]) && fits(&officials[i]))
        .or_else(unnamed)
        .or_else(|| latest(views, view.index, start, |i| fits(&officials[i])))?;
    Some(PersonMention { tokens: start..unit.end, name: start..start, title: None, official: Some(official) })
}

/// The last mention before token `t` of sentence `s` whose official `fits`, looking back as far as the article's start.
fn latest(views: &[View<'_>], s: usize, t: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
    (0..=s).rev().find_map(|i| {
        let people = &views[i].people;
        people.iter().rev().filter(|m| i < s || m.tokens.end <= t).filter_map(|m| m.official).find(|o| fits(*o))
    })
}

/// "he", "her": the likeliest person told of just before.
fn pronouns(views: &mut [View<'_>], i: usize, officials: &mut [Official], author: Option<usize>) {
    for t in 0..views[i].tokens().len() {
        // "His Holiness Pope Francis" is no pronoun.
        if views[i].person_at(t + 1).is_some_and(|p| !p.name.is_empty() && p.tokens.start == t + 1) {
            continue;
        }
        let official = if is_first_person(&views[i], t) {
            speaker(views, i, t, author)
        } else {
            let Some(gender) = pronoun_gender(views[i].lower(t)) else { continue };
            let meant = antecedent(views, i, t, gender, officials);
            meant.inspect(|o| {
                officials[*o].gender.get_or_insert(gender);
            })
        };
        let Some(official) = official else { continue };
        let mention = PersonMention { tokens: t..t + 1, name: t..t, title: None, official: Some(official) };
        let at = views[i].people.iter().position(|m| m.tokens.start > t).unwrap_or(views[i].people.len());
        views[i].people.insert(at, mention);
    }
}

fn is_first_person(view: &View<'_>, t: usize) -> bool {
    view.tokens()[t].upos == Upos::Pron && matches!(view.lower(t), "i" | "me" | "my" | "myself")
}

/// Who says "I": inside a quotation the one who says it, in this sentence or the nearest one of its paragraph; elsewhere the
/// article's author.
fn speaker(views: &[View<'_>], s: usize, t: usize, author: Option<usize>) -> Option<usize> {
    let paragraph = |i: &usize| views[*i].sentence.paragraph == views[s].sentence.paragraph;
    let start = (0..s).rev().take_while(paragraph).last().unwrap_or(s);
    let before = (start..s).flat_map(|i| views[i].tokens()).chain(&views[s].tokens()[..t]);
    let quoted = before.fold(false, |open, token| match token.form.as_str() {
        "“" | "``" => true,
        "”" | "''" => false,
        "\"" => !open,
        _ => open,
    });
    if !quoted {
        return author;
    }
    let near = std::iter::once(s).chain((s + 1..views.len()).take_while(paragraph).take(2)).chain((start..s).rev());
    near.into_iter().find_map(|i| who_says(&views[i]))
}

/// The subject of the sentence's verb of saying.
fn who_says(view: &View<'_>) -> Option<usize> {
    let says = (0..view.tokens().len()).filter(|i| language::is_saying(&view.tokens()[*i]));
    says.into_iter().find_map(|verb| {
        // The sentence may have no tree: then the person right before or after the verb.
        let by_tree = view.dependents(verb, &["nsubj"]).find_map(|n| view.person_at(n));
        let beside = || view.people.iter().find(|p| p.tokens.end == verb || p.tokens.start == verb + 1);
        by_tree.or_else(beside).and_then(|p| p.official)
    })
}

fn pronoun_gender(word: &str) -> Option<Gender> {
    match word {
        "he" | "him" | "his" | "himself" => Some(Gender::He),
        "she" | "her" | "hers" | "herself" => Some(Gender::She),
        _ => None,
    }
}

/// Scores the people of this and the three sentences before: near ones and subjects win; in a fronted phrase ("During his
/// trip, Blinken …") the subject that follows does.
fn antecedent(views: &[View<'_>], s: usize, t: usize, gender: Gender, officials: &[Official]) -> Option<usize> {
    // "Annan sent him": an object is another than the subject of its verb.
    let object = matches!(views[s].relation(t), "obj" | "iobj" | "obl") && !views[s].lower(t).ends_with("self");
    let verb = views[s].tokens()[t].head.filter(|_| object);
    let subject = verb.and_then(|v| views[s].dependents(v, &["nsubj"]).find_map(|n| views[s].person_at(n)?.official));
    let agrees =
        |o: usize| officials[o].gender.is_none_or(|g| g == gender) && !officials[o].only_speaks() && Some(o) != subject;
    if let Some(subject) = fronted_subject(&views[s], t).filter(|o| agrees(*o)) {
        return Some(subject);
    }
    // "the premier's commitment, reflected in his decision": the owner of what the pronoun hangs from.
    let view = &views[s];
    let owner = view.ancestors(t).skip(2).find_map(|a| {
        let poss = view
            .children(a)
            .iter()
            .find(|c| view.tokens()[**c].deprel == "nmod:poss" && **c < t && !view.under(t, **c))?;
        view.person_at(*poss).and_then(|p| p.official)
    });
    if let Some(owner) = owner.filter(|o| agrees(*o) && view.tokens()[t].xpos == "PRP$") {
        return Some(owner);
    }
    let most = officials.iter().map(|o| o.mentions).max().unwrap_or(0);
    let mut best: Option<(i32, usize)> = None;
    for back in 0..=3.min(s) {
        let view = &views[s - back];
        for (rank, mention) in view.people.iter().filter(|m| back > 0 || m.tokens.end <= t).enumerate() {
            let Some(official) = mention.official.filter(|o| agrees(*o)) else { continue };
            // Whom the article speaks of most is likelier meant.
            let about = i32::from(officials[official].mentions == most && most > 2);
            let score = 12 - 4 * back as i32 + role_weight(view, mention) + i32::from(rank == 0) + 2 * about;
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, official));
            }
        }
    }
    best.map(|(_, official)| official)
}

fn role_weight(view: &View<'_>, mention: &PersonMention) -> i32 {
    mention
        .tokens
        .clone()
        .map(|i| match view.relation(i) {
            "nsubj" => 4,
            "obj" | "iobj" => 1,
            _ => 0,
        })
        .max()
        .unwrap_or(0)
}

/// The main subject of the sentence, if the pronoun at `t` stands before it in a phrase that a comma closes.
fn fronted_subject(view: &View<'_>, t: usize) -> Option<usize> {
    if view.relation(t) == "nsubj" {
        return None;
    }
    let subject = view.people.iter().find(|m| m.tokens.start > t && !m.name.is_empty() && role_weight(view, m) == 4)?;
    let before: Vec<usize> = (t..subject.tokens.start).collect();
    let comma = before.iter().any(|i| view.tokens()[*i].form == ",");
    let verb = before.iter().any(|i| view.is_finite(*i) && view.is_predicate(*i));
    let earlier = view.people.iter().any(|m| m.tokens.end <= t && role_weight(view, m) == 4);
    (comma && !verb && !earlier).then_some(subject.official).flatten()
}
