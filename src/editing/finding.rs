//! What is wrong with a text, where, and what to do about it. Knows nothing of documents.

use std::fmt;

/// Whether a document can be used in spite of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document cannot be used.
    Error,
    /// It can be used, and somebody should look.
    Warning,
}

/// One thing that is wrong, or doubtful, in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    /// Path in the JSON, such as `visits[3].traveller`; empty for the whole and in the plain form.
    pub path: String,
    /// Line in the text, from 1.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

impl Finding {
    /// Whether the document cannot be used for it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Finding {
    /// `12:5: visits[3].traveller: what is wrong. What to do.`, with `warning: ` before what is wrong where it is one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, "{line}:{column}: ")?,
            (Some(line), None) => write!(f, "{line}: ")?,
            _ => {}
        }
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        if self.severity == Severity::Warning {
            f.write_str("warning: ")?;
        }
        write!(f, "{}. {}", self.message, self.remedy)
    }
}

/// Without what follows from another finding: an error at a value hides what is said after it of the value or of its
/// parts.
pub fn without_consequences(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings {
        let follows = |f: &Finding| f.is_error() && !f.path.is_empty() && within(&finding.path, &f.path);
        if !kept.iter().any(follows) {
            kept.push(finding);
        }
    }
    kept
}

/// Whether a path is another one, or leads to a part of what is there.
pub fn within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Of `known`, what was most likely meant by `word`: at most a third of its letters differ, transpositions counting
/// once.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let most = (word.chars().count() / 3).max(1);
    let distance = |k: &str| strsim::damerau_levenshtein(&lower, &k.to_lowercase());
    let near = known.into_iter().map(|k| (distance(k), k)).filter(|(d, _)| *d <= most);
    near.min_by_key(|(d, k)| (*d, *k)).map(|(_, k)| k)
}

/// `Did you mean `x`? ` where something is near, else nothing: the beginning of a remedy.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map(|k| format!("Did you mean `{k}`? ")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_and_a_far_one_is_not() {
        let known = ["completed", "planned", "possible", "cancelled"];
        assert_eq!(nearest("canceled", known), Some("cancelled"));
        assert_eq!(nearest("PLANED", known), Some("planned"));
        assert_eq!(nearest("perhaps", known), None);
    }

    #[test]
    fn an_error_hides_what_follows_from_it() {
        let at = |path: &str| Finding {
            severity: Severity::Error,
            path: path.into(),
            line: None,
            column: None,
            message: String::new(),
            remedy: String::new(),
        };
        let kept = without_consequences(["visits[1]", "visits[1].place", "visits[10].place"].map(at).into());
        assert_eq!(kept.iter().map(|f| f.path.as_str()).collect::<Vec<_>>(), ["visits[1]", "visits[10].place"]);
    }
}
