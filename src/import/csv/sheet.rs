//! One CSV file as rows of cells by column name: encodings, separators, reordered and added columns, and what is wrong
//! in a cell. Knows the names of columns, not what they mean.

use crate::export::tables::{Origin, Table};
use crate::export::unguard;
use crate::import::ImportError;
use crate::itinerary::{Edtf, Extra};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;

/// A file that was read, with its header understood.
pub(super) struct Sheet {
    /// Name of the file, such as `visits.csv`.
    pub file: &'static str,
    columns: HashMap<String, usize>,
    /// Columns that somebody has added; they go into the unknown fields of the document.
    added: Vec<(String, usize)>,
    rows: Vec<(usize, Vec<String>)>,
}

/// One row, and the line of the file that it begins in.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    sheet: &'a Sheet,
    pub line: usize,
    cells: &'a [String],
}

const SAVE_AS: &str = "save the file as \"CSV UTF-8\", with commas, semicolons or tabs between the cells";

impl Sheet {
    /// Reads a file as the table that `like` has the columns of.
    pub(super) fn read(bytes: &[u8], like: &Table) -> Result<Sheet, ImportError> {
        let file = like.name.csv;
        let text = utf8(bytes, file)?;
        let known: Vec<&str> = like.columns.iter().map(|c| c.name).collect();
        let mut lines = records(text, separator(text, &known), file)?.into_iter();
        let header: Vec<String> = lines.next().map(|(_, cells)| cells).unwrap_or_default();
        let mut columns = HashMap::new();
        for (i, name) in header.iter().enumerate().filter(|(_, name)| !name.trim().is_empty()) {
            if columns.insert(name.trim().to_string(), i).is_some() {
                return Err(wrong(
                    file,
                    Some(1),
                    format!("two columns are called `{}`", name.trim()),
                    "rename one of them",
                ));
            }
        }
        let told = like.columns.iter().filter(|c| c.origin == Origin::Told).map(|c| c.name);
        if told.clone().all(|name| !columns.contains_key(name)) {
            let remedy =
                format!("begin the file with the names of its columns: {}", told.collect::<Vec<_>>().join(","));
            return Err(wrong(file, Some(1), "none of the columns of this table is there".into(), &remedy));
        }
        let mut added: Vec<_> =
            columns.iter().filter(|(n, _)| !known.contains(&n.as_str())).map(|(n, i)| (n.clone(), *i)).collect();
        added.sort_by_key(|(_, i)| *i);
        let rows = lines.filter(|(_, cells)| cells.iter().any(|c| !c.is_empty()));
        let rows = rows.map(|row| fitted(row, header.len(), file)).collect::<Result<_, _>>()?;
        Ok(Sheet { file, columns, added, rows })
    }

    /// The rows, in the order of the file.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { sheet: self, line: *line, cells })
    }
}

impl Row<'_> {
    /// What is wrong in this row.
    pub(super) fn wrong(&self, what: impl Into<String>, remedy: &str) -> ImportError {
        wrong(self.sheet.file, Some(self.line), what.into(), remedy)
    }

    fn cell(&self, column: &str) -> Option<&str> {
        let cell = self.cells.get(*self.sheet.columns.get(column)?)?;
        (!cell.is_empty()).then_some(cell.as_str())
    }

    /// A text as it is; `None` where the cell is empty or the column is not there.
    pub(super) fn text(&self, column: &str) -> Option<String> {
        self.cell(column).map(|cell| unguard(cell).to_string())
    }

    /// A text that has to be there.
    pub(super) fn need(&self, column: &str) -> Result<String, ImportError> {
        self.text(column)
            .ok_or_else(|| self.wrong(format!("`{column}` is empty"), "fill it in: nothing can stand for it"))
    }

    /// A date in EDTF.
    pub(super) fn edtf(&self, column: &str) -> Result<Option<Edtf>, ImportError> {
        let Some(cell) = self.cell(column) else { return Ok(None) };
        cell.trim().parse().map(Some).map_err(|e| {
            let remedy = "write it as ISO 8601 does; spreadsheets change dates unless the column is text";
            self.wrong(format!("`{column}`: {e}"), remedy)
        })
    }

    /// A whole number; `3.0` is one too, since tools that know no missing whole numbers write them so.
    pub(super) fn whole<T: TryFrom<u64>>(&self, column: &str) -> Result<Option<T>, ImportError> {
        let Some(cell) = self.cell(column).map(str::trim) else { return Ok(None) };
        let digits = cell.strip_suffix(".0").unwrap_or(cell);
        let number = digits.parse::<u64>().ok().and_then(|n| T::try_from(n).ok());
        number.map(Some).ok_or_else(|| {
            self.wrong(
                format!("`{column}`: `{cell}` is no whole number that fits"),
                "write digits only, or leave it empty",
            )
        })
    }

    /// A number; a comma may stand for the point.
    pub(super) fn real(&self, column: &str) -> Result<Option<f64>, ImportError> {
        let Some(cell) = self.cell(column).map(str::trim) else { return Ok(None) };
        let number = cell.parse().or_else(|_| cell.replacen(',', ".", 1).parse::<f64>()).ok().filter(|n| n.is_finite());
        let remedy = "write it with digits and a point, such as 33.341, or leave it empty";
        number.map(Some).ok_or_else(|| self.wrong(format!("`{column}`: `{cell}` is no number"), remedy))
    }

    /// A word of an enumeration of the document.
    pub(super) fn word<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>, ImportError> {
        let Some(cell) = self.cell(column) else { return Ok(None) };
        serde_json::from_value(Value::String(cell.trim().to_string()))
            .map(Some)
            .map_err(|e| self.wrong(format!("`{column}`: {e}"), "write one of the words that are expected"))
    }

    /// A word that has to be there.
    pub(super) fn need_word<T: DeserializeOwned>(&self, column: &str) -> Result<T, ImportError> {
        self.word(column)?
            .ok_or_else(|| self.wrong(format!("`{column}` is empty"), "fill it in: nothing can stand for it"))
    }

    /// A value in JSON.
    pub(super) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>, ImportError> {
        let Some(cell) = self.text(column) else { return Ok(None) };
        serde_json::from_str(&cell).map(Some).map_err(|e| {
            let remedy = "write it in JSON as in the rows beside it (a list is [\"one\", \"two\"]), or leave it empty";
            self.wrong(format!("`{column}`: {e}"), remedy)
        })
    }

    /// A list in JSON; empty where the cell is.
    pub(super) fn list<T: DeserializeOwned>(&self, column: &str) -> Result<Vec<T>, ImportError> {
        Ok(self.json(column)?.unwrap_or_default())
    }

    /// The fields that this version does not know, with the columns that somebody has added.
    pub(super) fn extra(&self) -> Result<Extra, ImportError> {
        let mut extra: Extra = self.json("extra")?.unwrap_or_default();
        for (name, i) in &self.sheet.added {
            if let Some(cell) = self.cells.get(*i).filter(|c| !c.is_empty()) {
                extra.entry(name.clone()).or_insert_with(|| Value::String(unguard(cell).to_string()));
            }
        }
        Ok(extra)
    }
}

/// An error in a file.
pub(super) fn wrong(file: &str, line: Option<usize>, what: String, remedy: &str) -> ImportError {
    ImportError { line, what: format!("{file}: {what}"), remedy: remedy.into() }
}

fn utf8<'a>(bytes: &'a [u8], file: &str) -> Result<&'a str, ImportError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|e| {
        let before = bytes.get(..e.valid_up_to()).unwrap_or_default();
        let line = 1 + before.iter().filter(|b| **b == b'\n').count();
        wrong(file, Some(line), "this is no UTF-8".into(), SAVE_AS)
    })
}

/// The separator under which the header names the most columns.
fn separator(text: &str, known: &[&str]) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let named =
        |separator: char| header.split(separator).filter(|name| known.contains(&name.trim().trim_matches('"'))).count();
    [',', ';', '\t'].into_iter().rev().max_by_key(|s| named(*s)).map_or(b',', |s| s as u8)
}

type Line = (usize, Vec<String>);

fn records(text: &str, separator: u8, file: &str) -> Result<Vec<Line>, ImportError> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let record = |r: Result<csv::StringRecord, csv::Error>| {
        let r = r.map_err(|e| {
            let line = e.position().and_then(|p| usize::try_from(p.line()).ok());
            wrong(file, line, e.to_string(), SAVE_AS)
        })?;
        let line = r.position().and_then(|p| usize::try_from(p.line()).ok()).unwrap_or(0);
        Ok((line, r.iter().map(str::to_string).collect()))
    };
    reader.records().map(record).collect()
}

/// A row with as many cells as the header.
fn fitted((line, cells): Line, width: usize, file: &str) -> Result<Line, ImportError> {
    if cells.len() != width {
        let what = format!("{} cells in this row, but {width} columns in the header", cells.len());
        let remedy = "look for a separator that is missing, or for a cell with a separator that wants quotation marks";
        return Err(wrong(file, Some(line), what, remedy));
    }
    Ok((line, cells))
}
