//! The report: one page to check a reading by, with the article's text, its charts and tables, that light each other up.
//!
//! | room | does |
//! |---|---|
//! | [`plain`] | takes out of texts what could harm a page |
//! | [`spans`] | finds evidence and names in the text |
//! | [`text`] | cuts the text into stretches with their marks |
//! | [`tables`] | stops, meetings and reasons as words |
//! | [`charts`] | timeline and route for a column of the page |
//! | [`compared`] | what several sources have in common |
//! | [`policy`] | what the page may do |
//! | [`page`] | the template's values; `page.html`, `page.css` and `page.js` are the page |
//!
//! Values first, markup last and only in the template, which escapes all that it is given. It draws charts only by their public
//! functions, and reads no text itself.

mod charts;
mod compared;
mod page;
mod plain;
mod policy;
mod spans;
mod tables;
mod text;

use crate::chart::Language;
use crate::compare::compare;
use crate::register::Register;
use crate::{Article, Itinerary, Mention};

/// What a section of a report is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    pub document: Itinerary,
    /// The text that the document's evidence points into, where it is at hand; else the page shows the quotes.
    pub text: Option<String>,
    /// What reading has marked in that text.
    pub mentions: Vec<Mention>,
}

impl Source {
    /// A document without its article.
    pub fn document(document: Itinerary) -> Source {
        Source { document, text: None, mentions: Vec::new() }
    }

    /// An article with the document that was read from it.
    pub fn article(article: &Article, document: Itinerary) -> Source {
        Source { document, text: Some(article.text.clone()), mentions: crate::mentions(article) }
    }
}

/// One HTML page about these sources: it needs nothing but itself, and is the same for the same sources. Where there are several, it
/// compares them.
pub fn report(sources: &[Source], language: Language) -> String {
    report_with(sources, None, language)
}

/// As [`report`], with a register to compare with.
pub fn report_with(sources: &[Source], register: Option<&Register>, language: Language) -> String {
    let documents: Vec<Itinerary> = sources.iter().map(|s| s.document.clone()).collect();
    let compared = (sources.len() > 1 || register.is_some()).then(|| compare(&documents, register));
    page::page(sources, compared.as_ref(), language)
}
