//! A table in a file, row by row: its encoding, what parts its fields, and the line in which each row begins. Knows no registers.

use super::RegisterError;
use encoding_rs::{Decoder, Encoding, UTF_8};
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// What may part fields.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// A first line that is longer is no head of a table. In bytes.
const LONGEST_HEAD: u64 = 1 << 16;
/// Lines of one row; a row of more has a quotation mark that is not closed.
const MOST_LINES: usize = 100;
/// How spreadsheets of Excel begin, new ones (which are ZIP files) and old ones.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// A table that is being read.
pub struct Table<'a> {
    reader: csv::Reader<Lines<Box<dyn Read + 'a>>>,
    headers: Vec<String>,
    record: csv::ByteRecord,
}

impl<'a> Table<'a> {
    /// Begins to read a table that must have some columns. It may be in UTF-8, in UTF-16 with a byte order mark or in Windows-1252,
    /// and be parted by commas, semicolons or tabs: whichever gives the columns.
    ///
    /// # Errors
    ///
    /// When it is no table in text, or a column is missing.
    pub fn open(from: impl Read + 'a, columns: &[&'static str]) -> Result<Table<'a>, RegisterError> {
        let mut from = BufReader::new(decoded(from)?);
        let first = first_line(&mut from)?;
        if first.contains(&0) {
            return Err(RegisterError::NotText);
        }
        let tried = SEPARATORS.map(|s| (s, headers(&first, s)));
        let known = |headers: &[String]| columns.iter().filter(|c| headers.iter().any(|h| h == *c)).count();
        // Of two that give as many, the first.
        let best = tried.into_iter().rev().max_by_key(|(_, h)| known(h));
        let (separator, headers) = best.unwrap_or((b',', Vec::new()));
        let missing: Vec<&'static str> = columns.iter().filter(|c| !headers.iter().any(|h| h == *c)).copied().collect();
        if !missing.is_empty() {
            return Err(RegisterError::Columns(missing));
        }
        let whole: Box<dyn Read + 'a> = Box::new(Cursor::new(first).chain(from));
        let mut builder = csv::ReaderBuilder::new();
        builder.flexible(true).trim(csv::Trim::All).delimiter(separator).has_headers(false);
        let mut table =
            Table { reader: builder.from_reader(Lines::new(whole)), headers, record: csv::ByteRecord::new() };
        // Past the lines up to the head.
        while table.next()?.is_some() && self::names(&table.record) != table.headers {}
        Ok(table)
    }

    /// Goes to the next row, and gives the line in which it begins; `None` after the last one.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or a quotation mark in it is not closed.
    pub fn next(&mut self) -> Result<Option<u64>, RegisterError> {
        if !self.reader.read_byte_record(&mut self.record)? {
            return Ok(None);
        }
        let start = self.record.position().map_or(0, csv::Position::byte);
        let line = self.reader.get_mut().line(start);
        let file = self.reader.get_ref();
        let open = file.ended && file.quotes % 2 == 1;
        let of = |kind: u8| self.record.as_slice().iter().filter(|b| **b == kind).count();
        let breaks = of(b'\n').max(of(b'\r'));
        if breaks > MOST_LINES || (open && breaks > 0) {
            return Err(RegisterError::Quote(line));
        }
        Ok(Some(line))
    }

    /// What the row has in a column; nothing where it or the table lacks it.
    pub fn cell(&self, column: &str) -> String {
        text(self.bytes(column))
    }

    /// What the row has in a column, as it stands in the file.
    pub fn bytes(&self, column: &str) -> &[u8] {
        let at = self.headers.iter().position(|h| h == column);
        at.and_then(|i| self.record.get(i)).unwrap_or_default()
    }

    /// How many fields the row has more than the head.
    pub fn fields_too_many(&self) -> usize {
        self.record.len().saturating_sub(self.headers.len())
    }
}

/// Bytes as text: UTF-8, else Windows-1252.
pub fn text(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(), String::from)
}

/// The bytes of a text as UTF-8 without a byte order mark, or as they are where there is none.
fn decoded<'a>(mut from: impl Read + 'a) -> Result<Box<dyn Read + 'a>, RegisterError> {
    let mut start = Vec::new();
    from.by_ref().take(4).read_to_end(&mut start)?;
    if WORKBOOKS.contains(&start.as_slice()) {
        return Err(RegisterError::Workbook);
    }
    let mark = Encoding::for_bom(&start);
    let rest = start.split_off(mark.map_or(0, |(_, length)| length));
    let from = Cursor::new(rest).chain(from);
    Ok(match mark {
        Some((encoding, _)) if encoding != UTF_8 => Box::new(Decoded::new(from, encoding)),
        _ => Box::new(from),
    })
}

/// The line with the head, and those above it: blank ones, and the `sep=;` that Excel writes.
fn first_line(from: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    loop {
        let begin = all.len();
        let read = from.by_ref().take(LONGEST_HEAD).read_until(b'\n', &mut all)?;
        let line = all.get(begin..).unwrap_or_default().trim_ascii();
        let above = line.is_empty() || line.starts_with(b"sep=");
        if read == 0 || !above || all.len() as u64 > LONGEST_HEAD {
            return Ok(all);
        }
    }
}

/// The last row of some lines, as the names of columns.
fn headers(lines: &[u8], separator: u8) -> Vec<String> {
    let mut builder = csv::ReaderBuilder::new();
    let reader = builder.flexible(true).trim(csv::Trim::All).delimiter(separator).has_headers(false);
    let rows = reader.from_reader(lines).into_byte_records().map_while(Result::ok);
    rows.map(|r| names(&r)).find(|r| !r.first().is_some_and(|n| n.starts_with("sep="))).unwrap_or_default()
}

fn names(record: &csv::ByteRecord) -> Vec<String> {
    record.iter().map(|h| text(h).to_lowercase()).collect()
}

/// Text in an encoding, as UTF-8.
struct Decoded<R> {
    from: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    /// How much of the text has been given.
    given: usize,
    done: bool,
}

impl<R: Read> Decoded<R> {
    fn new(from: R, encoding: &'static Encoding) -> Decoded<R> {
        let decoder = encoding.new_decoder_without_bom_handling();
        Decoded { from, decoder, raw: vec![0; 1 << 14], text: Vec::new(), given: 0, done: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        let read = self.from.read(&mut self.raw)?;
        self.done = read == 0;
        let longest = self.decoder.max_utf8_buffer_length(read).unwrap_or(4 * read);
        self.text.resize(longest, 0);
        let raw = self.raw.get(..read).unwrap_or_default();
        let (_, _, written, _) = self.decoder.decode_to_utf8(raw, &mut self.text, self.done);
        self.text.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.done {
            self.fill()?;
        }
        let mut rest = self.text.get(self.given..).unwrap_or_default();
        let read = rest.read(into)?;
        self.given += read;
        Ok(read)
    }
}

/// A reader that knows its lines: the csv crate counts a line break of two characters as part of the next row.
struct Lines<R> {
    from: R,
    /// Bytes that have been read.
    offset: u64,
    /// Carriage returns and line feeds not asked for yet, and where they stand.
    breaks: VecDeque<(u64, u8)>,
    /// The line of the last row, and the carriage return before it.
    line: u64,
    last_return: Option<u64>,
    quotes: u64,
    ended: bool,
}

impl<R> Lines<R> {
    fn new(from: R) -> Lines<R> {
        Lines { from, offset: 0, breaks: VecDeque::new(), line: 1, last_return: None, quotes: 0, ended: false }
    }

    /// The line of the first character at or after a byte that breaks no line. Bytes must be asked for in ascending order.
    fn line(&mut self, byte: u64) -> u64 {
        let mut at = byte;
        while let Some((offset, kind)) = self.breaks.front().copied().filter(|(offset, _)| *offset <= at) {
            self.breaks.pop_front();
            at += u64::from(offset == at);
            let half = kind == b'\n' && offset.checked_sub(1).is_some_and(|before| self.last_return == Some(before));
            self.line += u64::from(!half);
            self.last_return = (kind == b'\r').then_some(offset);
        }
        self.line
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        self.ended |= read == 0;
        for (i, byte) in into.iter().take(read).enumerate() {
            match byte {
                b'\r' | b'\n' => self.breaks.push_back((self.offset + i as u64, *byte)),
                b'"' => self.quotes += 1,
                _ => {}
            }
        }
        self.offset += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that gives a few bytes at a time, as pipes do.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let most = into.len().min(3);
            self.0.read(&mut into[..most])
        }
    }

    fn rows(bytes: &[u8]) -> Vec<(u64, String, String)> {
        let mut table = Table::open(Slow(bytes), &["name", "end"]).expect("a table");
        let mut found = Vec::new();
        while let Some(line) = table.next().expect("a row") {
            found.push((line, table.cell("name"), table.cell("end")));
        }
        found
    }

    fn error(bytes: &[u8]) -> String {
        match Table::open(bytes, &["name", "end"]) {
            Ok(mut table) => loop {
                match table.next() {
                    Ok(Some(_)) => {}
                    Ok(None) => return String::new(),
                    Err(e) => return e.to_string(),
                }
            },
            Err(e) => e.to_string(),
        }
    }

    #[test]
    fn lines_are_those_of_the_file_whatever_ends_them() {
        let table = "name,end\nA,1\n\n\"B\nb\",2\nC,\"3\n\n3\"\nD,4\n";
        for ending in ["\n", "\r\n", "\r"] {
            for mark in ["", "\u{feff}", "\n\n"] {
                let above = if mark == "\n\n" { 2 } else { 0 };
                let found = rows((mark.to_string() + table).replace('\n', ending).as_bytes());
                let lines: Vec<u64> = found.iter().map(|(line, ..)| line - above).collect();
                assert_eq!(lines, [2, 4, 6, 9], "{ending:?} {mark:?}");
                assert_eq!(found[3].1, "D");
            }
        }
    }

    #[test]
    fn separators_and_encodings_are_found() {
        for separator in [",", ";", "\t"] {
            let table = "id,Name,end\n1,\"Bjørn, Å\",2\n".replace(',', separator).replace("Bjørn;", "Bjørn,");
            let expected = vec![(2, table.split('"').nth(1).unwrap_or_default().to_string(), "2".to_string())];
            let units = || std::iter::once(0xfeff).chain(table.encode_utf16());
            let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
            for bytes in [table.clone().into_bytes(), little, big] {
                assert_eq!(rows(&bytes), expected, "{separator:?}");
            }
        }
        assert_eq!(rows(b"sep=;\r\nname;end\r\nA;1\r\n"), [(3, "A".into(), "1".into())]);
        assert_eq!(rows(b"name,end\nBerg \xc5se,1")[0].1, "Berg \u{c5}se");
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(error(b"PK\x03\x04\x14\0").contains("spreadsheet"));
        assert!(error(b"n\0a\0m\0e\0,\0e\0n\0d\0\n\0").contains("not text"));
        assert!(error(b"name,start\n").contains("no column `end`"));
        assert!(error(b"").contains("no columns `name` and `end`"));
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_swallows_no_rows() {
        assert!(error(b"name,end\nA,1\n\"B,2\nC,3\n").contains("line 3"));
        let many = "C,3\n".repeat(200);
        assert!(error(format!("name,end\nA,\"1\n{many}\"D\",4\n").as_bytes()).contains("line 2"));
        assert_eq!(error(b"name,end\nA,6\" gun\nB,2\n"), "");
    }
}
