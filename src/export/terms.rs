//! The vocabulary of the linked-data exports, as `data/linked/terms.tsv` has it. Knows words, and no document.

const TABLE: &str = include_str!("../../data/linked/terms.tsv");

/// What stands behind a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Class,
    /// Another node.
    Link,
    /// A list of nodes.
    Links,
    Text,
    /// A list of texts.
    Texts,
    /// A value of a datatype, by its short name.
    Typed(&'static str),
}

/// A term: a class or a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its name in JSON-LD.
    pub key: &'static str,
    /// Its IRI with a prefix.
    pub short: &'static str,
    pub kind: Kind,
}

/// All terms and prefixes, in the order of the table.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    pub prefixes: Vec<(&'static str, &'static str)>,
    pub terms: Vec<Term>,
}

impl Vocabulary {
    /// The vocabulary of the table.
    pub fn new() -> Vocabulary {
        let mut all = Vocabulary::default();
        for line in TABLE.lines().filter(|l| !l.starts_with('#')).skip(1) {
            let mut cells = line.split('\t');
            let (Some(key), Some(iri), Some(kind)) = (cells.next(), cells.next(), cells.next()) else { continue };
            match kind {
                "prefix" => all.prefixes.push((key, iri)),
                _ => all.terms.push(Term { key, short: iri, kind: Kind::of(kind) }),
            }
        }
        all
    }

    /// The term with a name in JSON-LD.
    pub fn term(&self, key: &str) -> Option<Term> {
        self.terms.iter().find(|t| t.key == key).copied()
    }

    /// A short name at full length; one without a known prefix is whole already.
    pub fn iri(&self, short: &str) -> String {
        let parts = short.split_once(':');
        let known = parts.and_then(|(prefix, rest)| {
            self.prefixes.iter().find(|(name, _)| *name == prefix).map(|(_, iri)| format!("{iri}{rest}"))
        });
        known.unwrap_or_else(|| short.to_string())
    }

    /// The IRI of the term with a name in JSON-LD; empty where there is none.
    pub fn of(&self, key: &str) -> String {
        self.term(key).map(|t| self.iri(t.short)).unwrap_or_default()
    }
}

impl Kind {
    fn of(word: &'static str) -> Kind {
        match word {
            "class" => Kind::Class,
            "link" => Kind::Link,
            "links" => Kind::Links,
            "text" => Kind::Text,
            "texts" => Kind::Texts,
            datatype => Kind::Typed(datatype),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_has_a_known_prefix_and_a_name_of_its_own() {
        let all = Vocabulary::new();
        let mut keys: Vec<&str> = all.terms.iter().map(|t| t.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all.terms.len());
        for term in &all.terms {
            assert_ne!(all.iri(term.short), term.short, "{term:?}");
            if let Kind::Typed(datatype) = term.kind {
                assert_ne!(all.iri(datatype), datatype, "{term:?}");
            }
        }
    }

    #[test]
    fn every_term_says_what_it_means() {
        let rows = TABLE.lines().filter(|l| !l.starts_with('#') && !l.contains("\tprefix\t"));
        for row in rows {
            assert!(row.split('\t').nth(3).is_some_and(|m| !m.is_empty()), "{row}");
        }
    }
}
