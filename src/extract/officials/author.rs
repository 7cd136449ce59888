//! The author: who speaks in the whole article, by its title.

use super::{Official, find};
use crate::extract::lexicon::Lexicon;
use crate::extract::names::{self, Title};
use crate::gazetteer::Gazetteer;
use crate::language;

/// Who speaks in the whole article: "Statement by Vice President X on her trip to …".
#[derive(Clone, Debug)]
pub struct Author {
    pub name: Vec<String>,
    pub title: Option<Title>,
}

impl Author {
    /// The official that the author is; a new one where the text does not name them.
    pub fn among(self, officials: &mut Vec<Official>, lexicon: &Lexicon) -> usize {
        if let Some(known) = find(officials, &self.name, lexicon, self.title.as_ref()) {
            return known;
        }
        let titles = self.title.into_iter().collect();
        officials.push(Official { name: self.name, titles, ..Official::default() });
        officials.len() - 1
    }
}

/// "Statement by Vice President X on her trip": the person after "by" in a title.
pub fn named_in(title: &str, lexicon: &Lexicon, gazetteer: &Gazetteer) -> Option<Author> {
    let analysis = language::tag(title);
    let sentence = analysis.sentences.first()?;
    let kinds = names::kinds(&sentence.tokens, lexicon, gazetteer);
    let by = sentence.tokens.iter().position(|t| t.lower == "by")?;
    let spoken = sentence.tokens[..by].iter().any(|t| lexicon.statements.contains(&t.key));
    let people = names::find(&sentence.tokens, title, &kinds, lexicon);
    let author = people.into_iter().find(|p| p.tokens.start == by + 1).filter(|_| spoken)?;
    let words = sentence.tokens[author.name.clone()].iter().map(|t| t.form.clone()).filter(|f| f != ",");
    Some(Author { name: words.collect(), title: author.title })
}
