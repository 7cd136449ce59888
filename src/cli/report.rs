//! `portolan report`: one page for documents and articles, whichever the inputs hold.

use super::inputs::{self, How, Input};
use super::{Failure, output, report};
use crate::chart::Language;
use crate::report::Source;
use std::path::{Path, PathBuf};

/// Writes the page about all inputs that can be read; gives the number of those that cannot.
pub fn run(paths: &[PathBuf], file: &Path, table: Option<&Path>, how: &How) -> Result<usize, Failure> {
    let (mut sources, mut bad) = (Vec::new(), 0);
    for found in paths.iter().flat_map(|path| inputs::read(path, how)) {
        match found {
            Ok(Input { document, article: Some(article) }) => sources.push(Source::article(&article, document)),
            Ok(Input { document, article: None }) => sources.push(Source::document(document)),
            Err(failure) => {
                bad += 1;
                report(failure);
            }
        }
    }
    if !sources.is_empty() {
        let documents: Vec<_> = sources.iter().map(|s| s.document.clone()).collect();
        let register = table.map(|path| super::compare::register(path, &documents)).transpose()?;
        output::write(file, crate::report::report_with(&sources, register.as_ref(), Language::default()))?;
        output::say(&format!("Written: {}", file.display()));
        bad += register.map_or(0, |r| r.unread.len());
    }
    Ok(bad)
}
