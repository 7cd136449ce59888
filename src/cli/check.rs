//! `portolan check`: what is wrong with a document, all of it at once; and `--plain`, which writes it in the plain form.

use super::{Failure, documents, inputs, output};
use crate::editing::{self, Finding, plain};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

/// What is checked, and what becomes of it.
#[derive(Debug, Args)]
pub struct Checking {
    /// Documents: JSON, whole or with names only, one in a file or one a line, or in the plain form; - is standard input
    #[arg(required = true)]
    documents: Vec<PathBuf>,
    /// Write the document, completed, as JSON; of one document only
    #[arg(long, value_name = "FILE")]
    complete: Option<PathBuf>,
    /// Write the document in the plain form; of one document only
    #[arg(long, value_name = "FILE")]
    plain: Option<PathBuf>,
}

/// Checks all documents; gives the number of those that cannot be used.
pub fn run(checking: &Checking) -> Result<usize, Failure> {
    one_to_write(checking, checking.documents.len())?;
    let mut bad = 0;
    for path in &checking.documents {
        let text = match documents::text(path) {
            Ok(text) => text,
            Err(failure) => {
                bad += 1;
                super::report(failure);
                continue;
            }
        };
        let (shown, name) = (path.display().to_string(), inputs::stem(path));
        match inputs::lines(&text).filter(|l| l.first().is_some_and(|(_, first)| editing::Form::of(first).is_some())) {
            Some(lines) => {
                one_to_write(checking, lines.len())?;
                for (number, line) in lines {
                    let in_file = |f: Finding| Finding { line: Some(number), ..f };
                    bad += usize::from(!one(checking, &shown, &name, line, in_file)?);
                }
            }
            None => bad += usize::from(!one(checking, &shown, &name, &text, |f| f)?),
        }
    }
    Ok(bad)
}

fn one_to_write(checking: &Checking, documents: usize) -> Result<(), Failure> {
    let writes = checking.complete.is_some() || checking.plain.is_some();
    if writes && documents > 1 {
        let remedy = "Check them one by one.".to_string();
        return Err(Failure::Usage("--complete and --plain write one document".into(), remedy));
    }
    Ok(())
}

/// Checks one document, and writes what is asked for; gives whether it can be used.
fn one(
    checking: &Checking,
    shown: &str,
    name: &str,
    text: &str,
    in_file: impl Fn(Finding) -> Finding,
) -> Result<bool, Failure> {
    let (document, findings) = match editing::document(name, text) {
        Ok((document, findings)) => (Some(document), findings),
        Err(findings) => (None, findings),
    };
    let findings: Vec<Finding> = findings.into_iter().map(in_file).collect();
    tell(shown, &findings);
    let Some(document) = document else {
        let errors = findings.iter().filter(|f| f.is_error()).count();
        output::say(&format!("{shown}: {errors} {}", if errors == 1 { "error" } else { "errors" }));
        return Ok(false);
    };
    output::say(&format!("{shown}: {}", if findings.is_empty() { "nothing is wrong" } else { "can be used" }));
    if let Some(file) = &checking.complete {
        output::write(file, super::extract::pretty(&document))?;
        output::say(&format!("Written: {}", file.display()));
    }
    if let Some(file) = &checking.plain {
        output::write(file, plain::write(&document))?;
        output::say(&format!("Written: {}", file.display()));
    }
    Ok(true)
}

/// Findings are the result of this command: they go to standard output, a line each.
fn tell(shown: &str, findings: &[Finding]) {
    let mut out = std::io::stdout();
    for finding in findings {
        // A closed pipe ends the reader's interest, not the work.
        let _ = writeln!(out, "{shown}:{finding}");
    }
}
