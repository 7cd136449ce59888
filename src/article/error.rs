//! What can be wrong with an input, where, and what to do about it.

use super::PublishedError;
use std::io;

/// An article that could not be read: the file, the line where one is known, and the problem.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", .line.map_or(file.clone(), |line| format!("{file}:{line}")))]
pub struct ReadError {
    /// The input as the user named it; `<stdin>` for standard input.
    pub file: String,
    /// Line in the file, from 1.
    pub line: Option<usize>,
    #[source]
    pub problem: ReadProblem,
}

/// What was wrong.
#[derive(Debug, thiserror::Error)]
pub enum ReadProblem {
    #[error("no such file")]
    Missing,
    #[error("is a directory, not an article")]
    Directory,
    #[error("cannot be read: {0}")]
    Io(#[source] io::Error),
    #[error("is empty")]
    Empty,
    #[error("is a binary file, not text")]
    Binary,
    #[error("is a web page (HTML), which this version does not read")]
    Html,
    #[error("is in an encoding that is not recognised")]
    Encoding,
    #[error("is not valid UTF-8 from here on, though other parts of it are")]
    BrokenUtf8,
    #[error("is not valid JSON: {0}")]
    Json(String),
    #[error("is not an article object: {0}")]
    Shape(String),
    #[error("has no `text`, or an empty one")]
    NoText,
    #[error("{0}")]
    Published(#[source] PublishedError),
}

impl ReadProblem {
    /// This problem in `file`, at `line` where one is known.
    pub(super) fn at(self, file: &str, line: impl Into<Option<usize>>) -> ReadError {
        ReadError { file: file.to_string(), line: line.into(), problem: self }
    }

    /// What the user can do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Missing => "Check the path; a relative one starts at the current folder.",
            Self::Directory => "Name the files in it, for example with a shell pattern: FOLDER/*.txt",
            Self::Io(_) => "Check that the file can be read by you, and that the disk is there.",
            Self::Empty => {
                "Give a .txt file (title line, blank line, paragraphs), a .json or a .jsonl file with a `text`."
            }
            Self::Binary => "Save the article as plain text first; PDF, Word and image files are not read.",
            Self::Html => "Save the article's words as plain text, or as JSON with a `text` field.",
            Self::Encoding => "Save it as UTF-8. UTF-8, UTF-16 with a byte order mark and Windows-1252 are read.",
            Self::BrokenUtf8 => "The file mixes encodings or was cut; save it again as UTF-8.",
            Self::Json(_) => {
                "Correct the JSON there. A .json file holds one object, a .jsonl file one object in each line."
            }
            Self::Shape(_) => {
                "Fields are `id`, `title`, `text`, `published`, `source` and `url`, all of them text; only `text` must be there."
            }
            Self::NoText => "Put the article's words into the field `text`.",
            Self::Published(_) => PublishedError::REMEDY,
        }
    }
}

impl From<io::Error> for ReadProblem {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::IsADirectory => Self::Directory,
            _ => Self::Io(error),
        }
    }
}
