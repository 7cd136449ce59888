//! `portolan check`: what is wrong with a document, all of it at once; and `--plain`, which writes it in the plain form.

use super::{Failure, output};
use crate::editing::{self, Finding, plain};
use clap::Args;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// What is checked, and what becomes of it.
#[derive(Debug, Args)]
pub struct Checking {
    /// Documents: JSON, whole or with names only, or in the plain form; - is standard input
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
    let writes = checking.complete.is_some() || checking.plain.is_some();
    if writes && checking.documents.len() > 1 {
        let remedy = "Check them one by one.".to_string();
        return Err(Failure::Usage("--complete and --plain write one document".into(), remedy));
    }
    let mut bad = 0;
    for path in &checking.documents {
        let text = match text(path) {
            Ok(text) => text,
            Err(failure) => {
                bad += 1;
                super::report(failure);
                continue;
            }
        };
        let shown = path.display().to_string();
        match editing::document(&super::inputs::stem(path), &text) {
            Ok((document, findings)) => {
                tell(&shown, &findings);
                output::say(&format!(
                    "{shown}: {}",
                    if findings.is_empty() { "nothing is wrong" } else { "can be used" }
                ));
                if let Some(file) = &checking.complete {
                    output::write(file, super::extract::pretty(&document))?;
                }
                if let Some(file) = &checking.plain {
                    output::write(file, plain::write(&document))?;
                }
            }
            Err(findings) => {
                bad += 1;
                tell(&shown, &findings);
                let errors = findings.iter().filter(|f| f.is_error()).count();
                output::say(&format!("{shown}: {errors} {}", if errors == 1 { "error" } else { "errors" }));
            }
        }
    }
    Ok(bad)
}

fn text(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(path)
    };
    read.map_err(|e| {
        let remedy = "Name a document in JSON or in the plain form, saved as UTF-8.".to_string();
        Failure::Input(format!("{}: cannot be read: {e}", path.display()), remedy)
    })
}

/// Findings are the result of this command: they go to standard output, a line each.
fn tell(shown: &str, findings: &[Finding]) {
    let mut out = std::io::stdout();
    for finding in findings {
        // A closed pipe ends the reader's interest, not the work.
        let _ = writeln!(out, "{shown}:{finding}");
    }
}
