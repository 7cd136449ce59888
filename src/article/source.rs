//! Where articles come from: bytes, a file, or a stream. The format is told from the name, else from how the input begins.

use super::decode::{NotText, decode};
use super::{Article, ReadError, ReadProblem, json, text};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::iter;
use std::path::Path;

/// The articles of one input in order, each read when it is asked for; one that cannot be read is an error among them.
pub type Articles<'a> = Box<dyn Iterator<Item = Result<Article, ReadError>> + Send + 'a>;

/// The articles in `bytes`; `name` is the file's name, of which the ending tells the format and the stem the ids.
pub fn read_bytes(name: &str, bytes: &[u8]) -> Vec<Result<Article, ReadError>> {
    read_stream(name, bytes).collect()
}

/// The articles in the file at `path`. A missing or unreadable file is one error.
pub fn read_path(path: &Path) -> Articles<'static> {
    let name = path.to_string_lossy();
    let opened = File::open(path).and_then(|file| {
        // Some systems open a directory and fail only later, or with another error.
        if file.metadata()?.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { Ok(file) }
    });
    match opened {
        Ok(file) => read_stream(&name, BufReader::new(file)),
        Err(error) => once(Err(ReadProblem::from(error).at(&name, None))),
    }
}

/// The articles in `reader`, called `name` as in [`read_bytes`]; the name `-` is standard input. JSONL is read line by line.
pub fn read_stream<'a>(name: &str, reader: impl BufRead + Send + 'a) -> Articles<'a> {
    let input = Input::new(name);
    let file = input.file.clone();
    articles(input, Box::new(reader)).unwrap_or_else(|problem| once(Err(problem.at(&file, None))))
}

fn once<'a>(item: Result<Article, ReadError>) -> Articles<'a> {
    Box::new(iter::once(item))
}

/// How an input is called.
struct Input {
    /// In messages.
    file: String,
    /// What ids begin with.
    stem: String,
    /// What the name's ending says.
    format: Option<Format>,
}

#[derive(Clone, Copy, PartialEq)]
enum Format {
    Text,
    Json,
    JsonLines,
}

type Reader<'a> = Box<dyn BufRead + Send + 'a>;

impl Input {
    fn new(name: &str) -> Self {
        if name == "-" {
            return Input { file: "<stdin>".to_string(), stem: "stdin".to_string(), format: None };
        }
        let part = |part: Option<&std::ffi::OsStr>| part.map(|p| p.to_string_lossy().into_owned());
        let path = Path::new(name);
        let format = match part(path.extension()).unwrap_or_default().to_ascii_lowercase().as_str() {
            "txt" => Some(Format::Text),
            "json" => Some(Format::Json),
            "jsonl" | "ndjson" => Some(Format::JsonLines),
            _ => None,
        };
        Input { file: name.to_string(), stem: part(path.file_stem()).unwrap_or_else(|| name.to_string()), format }
    }

    /// The one article in `reader`.
    fn whole(&self, mut reader: Reader<'_>, format: Format) -> Result<Article, ReadError> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|e| ReadProblem::from(e).at(&self.file, None))?;
        let text =
            decode(&bytes).map_err(|(problem, byte)| problem.at(&self.file, byte.map(|b| line_of(&bytes, b))))?;
        if text.trim().is_empty() {
            return Err(ReadProblem::Empty.at(&self.file, None));
        }
        match format {
            Format::Text => text::read(&self.file, &self.stem, &text),
            _ => json::read(&self.file, &self.stem, None, &text),
        }
    }
}

/// The line, from 1, in which the byte at `offset` stands.
fn line_of(bytes: &[u8], offset: usize) -> usize {
    1 + bytes[..offset.min(bytes.len())].iter().filter(|&&b| b == b'\n').count()
}

fn articles(input: Input, mut reader: Reader<'_>) -> Result<Articles<'_>, ReadProblem> {
    let (head, format) = match input.format {
        Some(format) => (Vec::new(), format),
        None => sniff(&mut reader)?,
    };
    let mut reader: Reader<'_> = Box::new(Cursor::new(head).chain(reader));
    if format != Format::JsonLines {
        return Ok(once(input.whole(reader, format)));
    }
    // UTF-16 has no line ends that could be looked for in its bytes.
    if is_utf16(reader.fill_buf()?) {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes)?;
        let text = decode(&bytes).map_err(|(problem, _)| problem)?.into_owned();
        reader = Box::new(Cursor::new(text.into_bytes()));
    }
    Ok(Box::new(Lines { input, reader, line: 0, articles: 0, ended: false }))
}

/// Whether the bytes begin with a byte order mark of UTF-16, of which one byte is enough: no UTF-8 has it.
fn is_utf16(start: &[u8]) -> bool {
    matches!(start, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0xFF | 0xFE])
}

/// Reads up to the first line that is not blank; gives what was read, and the format that it begins.
fn sniff(reader: &mut Reader<'_>) -> Result<(Vec<u8>, Format), ReadProblem> {
    let mut head = Vec::new();
    let mut start = 0;
    while reader.read_until(b'\n', &mut head)? > 0 && head[start..].trim_ascii().is_empty() {
        start = head.len();
    }
    if is_utf16(&head) {
        start = 0;
        reader.read_to_end(&mut head)?;
    }
    let line = decode(&head[start..]).unwrap_or_default();
    let format = if line.trim_start().starts_with('{') {
        match json::is_whole(&line) {
            // An object in one line, and nothing after it.
            Some(true) if reader.fill_buf()?.is_empty() => Format::Json,
            Some(_) => Format::JsonLines,
            None => Format::Json,
        }
    } else {
        Format::Text
    };
    drop(line);
    Ok((head, format))
}

/// The articles of a JSONL input.
struct Lines<'a> {
    input: Input,
    reader: Reader<'a>,
    /// Number of the line read last.
    line: usize,
    /// How many lines were not blank.
    articles: usize,
    ended: bool,
}

impl Lines<'_> {
    /// The next line that is not blank, as text; `None` at the end.
    fn next_line(&mut self) -> Option<Result<String, ReadError>> {
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            match self.reader.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => self.line += 1,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(ReadProblem::from(error).at(&self.input.file, self.line + 1)));
                }
            }
            match decode(&bytes) {
                Ok(text) if text.trim().is_empty() => {}
                Ok(text) => return Some(Ok(text.into_owned())),
                Err(not_text) => return Some(Err(self.refuse(not_text))),
            }
        }
    }

    /// A binary file is refused once, not line by line.
    fn refuse(&mut self, (problem, _): NotText) -> ReadError {
        self.ended = matches!(problem, ReadProblem::Binary);
        problem.at(&self.input.file, self.line)
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let Some(line) = self.next_line() else {
            self.ended = true;
            return (self.articles == 0).then(|| Err(ReadProblem::Empty.at(&self.input.file, None)));
        };
        self.articles += 1;
        let id = format!("{}:{}", self.input.stem, self.line);
        Some(line.and_then(|line| json::read(&self.input.file, &id, Some(self.line), &line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(name: &str, bytes: &[u8]) -> Vec<String> {
        let show = |item: Result<Article, ReadError>| item.map(|a| a.id).unwrap_or_else(|e| format!("! {e}"));
        read_bytes(name, bytes).into_iter().map(show).collect()
    }

    #[test]
    fn the_name_tells_the_format_and_the_id() {
        assert_eq!(ids("in/Some trip.TXT", b"{not json}"), ["Some trip"]);
        assert_eq!(ids("in/trip.json", br#"{"text": "x"}"#), ["trip"]);
        assert_eq!(ids("in/trip.json", br#"{"text": "x", "id": "te3:A/1"}"#), ["te3:A/1"]);
        assert_eq!(ids("in/trips.jsonl", b"\n{\"text\": \"x\"}\n\n{\"text\": \"y\"}"), ["trips:2", "trips:4"]);
    }

    #[test]
    fn standard_input_is_told_by_how_it_begins() {
        assert_eq!(ids("-", b"Title\n\nText."), ["stdin"]);
        assert_eq!(ids("-", b"\n{\"text\": \"x\"}\n"), ["stdin"]);
        assert_eq!(ids("-", b"\n{\"text\": \"x\"}\n{\"text\": \"y\"}\n"), ["stdin:2", "stdin:3"]);
        assert_eq!(ids("-", b"\xEF\xBB\xBF{\n\"text\": \"x\"\n}\n"), ["stdin"]);
        let broken_first = ids("-", b"{\"text\": }\n{\"text\": \"y\"}\n");
        assert!(broken_first[0].starts_with("! <stdin>:1: is not valid JSON"), "{broken_first:?}");
        assert_eq!(broken_first[1..], ["stdin:2"]);
    }

    #[test]
    fn a_bad_line_is_named_and_the_rest_goes_on() {
        let got = ids("a.jsonl", b"{\"text\": \"x\"}\n{\"text\": \n{\"text\": \"caf\xE9\"}\n[]\n{\"text\": \"y\"}\n");
        assert_eq!([&got[0], &got[2], &got[4]], ["a:1", "a:3", "a:5"]);
        assert!(got[1].starts_with("! a.jsonl:2: is not valid JSON"), "{got:?}");
        assert!(got[3].starts_with("! a.jsonl:4: is not an article object"), "{got:?}");
    }

    #[test]
    fn empty_and_binary_inputs_are_one_error() {
        for name in ["a.txt", "a.json", "a.jsonl", "-", "a"] {
            for bytes in [b"".as_slice(), b" \n\n"] {
                let got = ids(name, bytes);
                assert!(got.len() == 1 && got[0].ends_with("is empty"), "{name}: {got:?}");
            }
            let got = ids(name, b"PK\x03\x04\0\0\n\0\0\n\0\0");
            assert!(got.len() == 1 && got[0].contains("is a binary file"), "{name}: {got:?}");
        }
        assert_eq!(ids("a.txt", b"published: 2023-11-05\n\n"), ["! a.txt: is empty"]);
    }

    #[test]
    fn utf16_json_lines_are_read() {
        let text = "{\"text\": \"Đà Nẵng\"}\r\n{\"text\": \"Ċ\"}\r\n";
        let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(ids("a.jsonl", &bytes), ["a:1", "a:2"]);
        assert_eq!(ids("-", &bytes), ["stdin:1", "stdin:2"]);
        let texts: Vec<_> = read_bytes("a.jsonl", &bytes).into_iter().filter_map(Result::ok).map(|a| a.text).collect();
        assert_eq!(texts, ["Đà Nẵng", "Ċ"]);
    }

    #[test]
    fn a_file_that_mixes_encodings_names_the_line() {
        assert!(ids("a.txt", "“A”\n\n“B”\nand –".as_bytes()).iter().all(|id| id == "a"));
        let mixed = ["“A”\n\n“B”\nand ".as_bytes(), b"caf\xE9\n"].concat();
        assert!(ids("a.txt", &mixed)[0].starts_with("! a.txt:4: is not valid UTF-8"));
    }
}
