//! The tables as an SQLite database, with keys, indexes and the views `stops` and `legs`; `schema.sql` is its schema.
//! It is made in memory and given as the bytes of its file.

use super::tables::{Cell, Table, participants, tables};
use super::{ExportError, Output};
use crate::network::Network;
use rusqlite::types::{Null, ToSqlOutput};
use rusqlite::{Connection, ToSql, params_from_iter};

static SCHEMA: &str = include_str!("schema.sql");

/// Writes the database.
pub(super) fn write(network: &Network) -> Result<Output, ExportError> {
    bytes(network).map(Output::One).map_err(|e| ExportError {
        format: "SQLite",
        reason: format!("{e}: an id is used twice, or names nothing; `portolan check` says which"),
    })
}

fn bytes(network: &Network) -> rusqlite::Result<Vec<u8>> {
    let mut database = Connection::open_in_memory()?;
    database.execute_batch(SCHEMA)?;
    let transaction = database.transaction()?;
    for table in tables(network).iter().chain([&participants(network)]) {
        insert(&transaction, table)?;
    }
    transaction.commit()?;
    Ok(database.serialize("main")?.to_vec())
}

fn insert(database: &Connection, table: &Table) -> rusqlite::Result<()> {
    let names: Vec<String> = table.columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
    let marks = vec!["?"; names.len()].join(", ");
    let mut insert =
        database.prepare(&format!("INSERT INTO {} ({}) VALUES ({marks})", table.name.table, names.join(", ")))?;
    for row in &table.rows {
        insert.execute(params_from_iter(row))?;
    }
    Ok(())
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Cell::Null => ToSqlOutput::from(Null),
            Cell::Text(text) => ToSqlOutput::from(text.as_str()),
            Cell::Integer(number) => ToSqlOutput::from(*number),
            Cell::Real(number) => ToSqlOutput::from(*number),
            Cell::Date(day) => ToSqlOutput::from(day.format("%Y-%m-%d").to_string()),
        })
    }
}
