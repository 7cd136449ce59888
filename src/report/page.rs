//! The values of the template, and the page itself.

use super::charts::{self, Figure};
use super::compared::{self, Compared, compared};
use super::policy::policy;
use super::spans::{self, Telling};
use super::tables::{self, MeetingRow, Reason, StopRow};
use super::text::{Paragraph, Setter};
use super::{Source, plain};
use crate::chart::words::{Language, Names, Phrase, Words};
use crate::chart::{Theme, hue_class, variables};
use crate::compare::Comparison;
use crate::itinerary::{Status, Visit};
use askama::Template;
use std::collections::BTreeSet;

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    w: Words,
    lang: &'static str,
    title: String,
    policy: String,
    style: &'a str,
    script: &'a str,
    sections: Vec<Section>,
    compared: Option<Compared>,
    version: &'static str,
}

impl Page<'_> {
    fn several(&self) -> bool {
        self.sections.len() != 1
    }

    /// Level of the headings inside a section.
    fn level(&self) -> u8 {
        if self.several() { 3 } else { 2 }
    }
}

/// One document's part of the page.
struct Section {
    /// What its ids begin with.
    id: String,
    title: String,
    subtitle: String,
    source: String,
    /// Address of the article, if it is one of the web.
    link: Option<String>,
    /// Remarks on what is open, each a paragraph.
    open: String,
    warnings: Vec<String>,
    /// Whether the article's text was at hand.
    whole: bool,
    paragraphs: Vec<Paragraph>,
    lost: Vec<(String, String)>,
    /// How many marks that turn the writing were left out; empty for none.
    turned_note: String,
    figures: Vec<Figure>,
    stops: Vec<StopRow>,
    meetings: Vec<MeetingRow>,
    reasons: Vec<Reason>,
    /// Statuses and other marks that the text has, for its legend.
    legend: Vec<(&'static str, &'static str)>,
}

/// The page about these sources.
pub fn page(sources: &[Source], comparison: Option<&Comparison>, language: Language) -> String {
    let w = Words(language);
    let several = sources.len() != 1;
    let prefix = |i: usize| if several { format!("d{}-", i + 1) } else { String::new() };
    let sections: Vec<Section> = sources.iter().enumerate().map(|(i, s)| section(s, language, &prefix(i))).collect();
    let title = match &sections[..] {
        [one] => one.title.clone(),
        many => w.say(Phrase::ReportSeveral, &[&w.capitalised(&w.number(many.len()))]),
    };
    let compared = comparison.map(|c| compared(c, language));
    let figure = compared.as_ref().and_then(|c| c.figure.as_ref());
    let style = stylesheet(sections.iter().flat_map(|s| &s.figures).chain(figure).collect());
    let script = include_str!("page.js");
    let page = Page {
        w,
        lang: language.code(),
        title,
        policy: policy(&style, script),
        style: &style,
        script,
        sections,
        compared,
        version: env!("CARGO_PKG_VERSION"),
    };
    // It writes to memory, and its filters cannot fail.
    page.render().unwrap_or_default()
}

/// The page's rules, the colours of the themes, the charts' own rules, and how wide each chart is at best.
fn stylesheet(figures: Vec<&Figure>) -> String {
    let themed = |theme: Theme, scheme: &str| format!("{{color-scheme:{scheme};{}}}", variables(theme));
    let (light, dark, print) =
        (themed(Theme::Light, "light"), themed(Theme::Dark, "dark"), themed(Theme::Print, "light"));
    let mut css = format!(
        ":root{light}\n@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){dark}}}\n:root[data-theme=dark]{dark}\n@media print{{:root:root:root{print}}}\n"
    );
    css.push_str(include_str!("page.css"));
    let styles: BTreeSet<&str> = figures.iter().map(|f| f.styles.as_str()).collect();
    styles.into_iter().for_each(|s| css.push_str(s));
    for f in figures {
        // Text stays legible: below nine tenths the chart's panel scrolls.
        let (least, most) = ((f.width * 0.92).floor(), (f.width * 1.05).ceil());
        css.push_str(&format!("\n#{} svg{{max-width:{most}px}}", f.id));
        if f.class != "list" {
            css.push_str(&format!("\n@media screen{{#{} svg{{min-width:{least}px}}}}", f.id));
        }
    }
    css
}

fn section(source: &Source, language: Language, prefix: &str) -> Section {
    let mut document = plain::document(&source.document, prefix);
    // They have a part of the page of their own.
    let warnings = std::mem::take(&mut document.warnings);
    let names = Names::new(&document, language);
    let hues = hues(&names);
    let (text, tellings) = match &source.text {
        Some(text) => (text.clone(), spans::tellings(&source.document, text)),
        None => spans::quoted(&source.document),
    };
    let found = spans::names(&source.document, &text, &source.mentions);
    let setter = Setter { names: &names, hues: &hues, tellings: &tellings, found: &found, prefix };
    let paragraphs = setter.paragraphs(&text);
    let anchors: BTreeSet<String> =
        paragraphs.iter().flat_map(|p| &p.stretches).flat_map(|s| s.anchors.iter().cloned()).collect();
    let anchor = |id: &str| anchors.get(&format!("{prefix}text-{id}")).cloned().unwrap_or_default();
    Section {
        id: prefix.to_string(),
        title: names.title(),
        subtitle: names.subtitle(),
        source: names.source_line(),
        link: document.article.url.clone().filter(|u| is_web(u)),
        open: names.open_line(),
        warnings,
        whole: source.text.is_some(),
        lost: setter.lost(),
        turned_note: turned_note(names.words, plain::turned(&text)),
        figures: charts::figures(&document, language, prefix),
        stops: tables::stops(&names, &hues, anchor),
        meetings: tables::meetings(&names, anchor),
        reasons: tables::reasons(&names),
        legend: legend(&names, &paragraphs, &tellings),
        paragraphs,
    }
}

/// The class of each visit's traveller: the hue that charts have for it.
fn hues(names: &Names<'_>) -> Vec<String> {
    let travellers = names.travellers();
    let hue = |v: &Visit| match travellers.iter().position(|t| **t == v.traveller) {
        Some(i) if !names.is_recalled(v) => hue_class(i),
        _ => "recalled".into(),
    };
    names.document.visits.iter().map(hue).collect()
}

fn turned_note(w: Words, turned: usize) -> String {
    let note = || w.capitalised(&w.count(Phrase::ReportTurnedOne, Phrase::ReportTurnedMany, turned));
    if turned == 0 { String::new() } else { note() }
}

/// Whether an address may become a link.
fn is_web(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let scheme = ["http://", "https://"].iter().any(|s| lower.len() > s.len() && lower.starts_with(s));
    scheme && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// The marks that a text has, as (class, what it is).
fn legend(names: &Names<'_>, paragraphs: &[Paragraph], tellings: &[Telling]) -> Vec<(&'static str, &'static str)> {
    let w = names.words;
    let told: BTreeSet<Status> = names.document.visits.iter().map(|v| v.status).collect();
    let status = |s: &Status| (crate::chart::status_class(*s), names.status(*s));
    let mut legend: Vec<(&str, &str)> =
        if tellings.is_empty() { Vec::new() } else { told.iter().map(status).collect() };
    let pieces = || paragraphs.iter().flat_map(|p| &p.stretches).flat_map(|s| &s.pieces);
    let has = |class: &str| pieces().any(|p| p.class.split(' ').any(|c| c == class));
    let used = |class: &str| pieces().any(|p| p.class == class);
    let talks = paragraphs.iter().flat_map(|p| &p.stretches).any(|s| s.class.split(' ').any(|c| c == "talks"));
    let kinds = [
        (talks, "talks", Phrase::ReportKeyTalks),
        (used("official"), "official", Phrase::ReportKeyOfficial),
        (used("place"), "place", Phrase::ReportKeyPlace),
        (used("date"), "date", Phrase::ReportKeyDate),
        (has("idle"), "idle", Phrase::ReportKeyIdle),
    ];
    legend.extend(kinds.into_iter().filter(|(has, ..)| *has).map(|(_, class, phrase)| (class, w.of(phrase))));
    legend
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_become_links() {
        assert!(is_web("https://example.org/a?b=c") && is_web("HTTP://example.org"));
        for url in
            ["javascript:alert(1)", "https://", " https://example.org", "https://a b", "data:text/html,x", "//a.b"]
        {
            assert!(!is_web(url), "{url}");
        }
    }
}
