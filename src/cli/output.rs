//! Writing files: whole or not at all, so that what was there stays when something goes wrong.

use super::Failure;
use std::collections::HashSet;
use std::io::Write;
use std::path::Path;

/// Prints a line. A closed pipe ends the reader's interest, not the work.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Makes a folder, with those above it.
pub fn folder(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path).map_err(|e| {
        let remedy = "Name a folder that you may write to with -o DIR.".to_string();
        Failure::Output(format!("{}: the output folder cannot be made: {e}", path.display()), remedy)
    })
}

/// Writes a file by way of a temporary one beside it.
pub fn write(path: &Path, contents: impl AsRef<[u8]>) -> Result<(), Failure> {
    let failed = |e: std::io::Error| {
        let remedy = "Check that the folder exists, that you may write there, and that the disk has room.".to_string();
        Failure::Output(format!("{}: cannot be written: {e}", path.display()), remedy)
    };
    // A device, a pipe or a link is written through, never replaced.
    if std::fs::symlink_metadata(path).is_ok_and(|m| !m.is_file()) {
        return std::fs::write(path, contents).map_err(failed);
    }
    let name = path.file_name().ok_or_else(|| failed(std::io::ErrorKind::InvalidInput.into()))?;
    let temporary = path.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
    std::fs::write(&temporary, contents).map_err(failed)?;
    std::fs::rename(&temporary, path).map_err(|e| {
        let _ = std::fs::remove_file(&temporary);
        failed(e)
    })
}

/// File names for articles: made of the id's harmless characters, each used once.
#[derive(Default)]
pub struct FileNames {
    taken: HashSet<String>,
}

impl FileNames {
    /// A name for the article with this id; never one that leaves the folder.
    pub fn of(&mut self, id: &str) -> String {
        let clean: String =
            id.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect();
        let mut clean: String = clean.trim_matches(['.', '-']).chars().take(100).collect();
        if clean.is_empty() {
            clean = "article".into();
        }
        let mut name = clean.clone();
        let mut n = 2;
        while !self.taken.insert(name.to_lowercase()) {
            name = format!("{clean}-{n}");
            n += 1;
        }
        name
    }
}
