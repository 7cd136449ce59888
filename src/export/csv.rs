//! The tables as CSV (RFC 4180, UTF-8, commas, a header): a file for each table, which `import::csv` reads back.
//! Nothing is an empty cell. Texts that a spreadsheet would take for a formula are guarded (see [`guarded`]).

use super::tables::{Cell, Table, tables};
use super::{ExportError, Output};
use crate::network::Network;

/// Writes all tables, each as a file.
pub(super) fn write(network: &Network) -> Result<Output, ExportError> {
    let files = tables(network).iter().map(|t| Ok((t.name.csv, bytes(t)?))).collect::<Result<_, ExportError>>()?;
    Ok(Output::Many(files))
}

/// One table as a CSV file.
pub(super) fn bytes(table: &Table) -> Result<Vec<u8>, ExportError> {
    let failed = |reason: String| ExportError { format: "CSV", reason };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|c| c.name)).map_err(|e| failed(e.to_string()))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(text)).map_err(|e| failed(e.to_string()))?;
    }
    writer.into_inner().map_err(|e| failed(e.to_string()))
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Text(text) => guard(text),
        Cell::Integer(number) => number.to_string(),
        // With a point, so that a column of whole numbers is still read as real ones.
        Cell::Real(number) => format!("{number:?}"),
        Cell::Date(day) => day.format("%Y-%m-%d").to_string(),
    }
}

/// First characters that make spreadsheets compute a cell (OWASP, "CSV Injection"), full-width forms included.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a text carries an apostrophe in front in a CSV cell: a formula, an empty text (an empty cell is null), or
/// either of them behind apostrophes, so that taking one away again gives the text. Other texts stay as they are, `'Abd
/// al-Rahman` too.
pub(crate) fn guarded(text: &str) -> bool {
    let rest = text.trim_start_matches('\'');
    rest.is_empty() || rest.starts_with(FORMULA)
}

fn guard(text: &str) -> String {
    if guarded(text) { format!("'{text}") } else { text.to_string() }
}

/// The text of a cell that is not null: the inverse of what is written.
pub(crate) fn unguard(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|_| guarded(cell)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_formula_survives_and_every_text_comes_back() {
        for text in [
            "=1+1", "+x", "-1", "@a", "\t=1", "\r", "\n=1", "＝1", "", "'", "''", "'=1", "'Abd", "plain", "a=b", "''-x",
        ] {
            let cell = guard(text);
            assert!(!cell.starts_with(FORMULA) && !cell.is_empty(), "{text:?} is written as {cell:?}");
            assert_eq!(unguard(&cell), text);
        }
        assert_eq!(guard("'Abd al-Rahman"), "'Abd al-Rahman");
        assert_eq!(unguard("=1"), "=1", "written by hand, without a guard");
    }
}
