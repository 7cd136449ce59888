//! The tables as Parquet: a file for each, one row group, uncompressed; texts as UTF-8 strings, days as DATE, numbers
//! as INT64 and DOUBLE; every column may be null. Rows and types are those of the CSV; texts are not guarded against
//! spreadsheets.

use super::tables::{Cell, Column, Kind, Table, tables};
use super::{ExportError, Output};
use crate::network::Network;
use chrono::NaiveDate;
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::{ParquetError, Result as Written};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use std::sync::Arc;

/// Writes all tables, each as a file.
pub(super) fn write(network: &Network) -> Result<Output, ExportError> {
    let failed = |e: ParquetError| ExportError { format: "Parquet", reason: e.to_string() };
    let files = tables(network).iter().map(|t| Ok((t.name.parquet, bytes(t)?))).collect::<Written<_>>();
    files.map(Output::Many).map_err(failed)
}

fn bytes(table: &Table) -> Written<Vec<u8>> {
    let mut file = SerializedFileWriter::new(Vec::new(), schema(table)?, Arc::new(WriterProperties::default()))?;
    let mut group = file.next_row_group()?;
    let mut at = 0;
    while let Some(mut writer) = group.next_column()? {
        if let Some(column) = table.columns.get(at) {
            column_of(&mut writer, column.kind, &cells(table, at))?;
        }
        writer.close()?;
        at += 1;
    }
    group.close()?;
    file.into_inner()
}

fn schema(table: &Table) -> Written<Arc<Type>> {
    let fields = table.columns.iter().map(|c| field(c).map(Arc::new)).collect::<Written<Vec<_>>>()?;
    Ok(Arc::new(Type::group_type_builder(table.name.table).with_fields(fields).build()?))
}

fn field(column: &Column) -> Written<Type> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Real => (Physical::DOUBLE, None),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
    };
    Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

fn cells(table: &Table, column: usize) -> Vec<&Cell> {
    table.rows.iter().map(|row| row.get(column).unwrap_or(&Cell::Null)).collect()
}

fn column_of(writer: &mut SerializedColumnWriter, kind: Kind, cells: &[&Cell]) -> Written<()> {
    match kind {
        Kind::Text => put::<ByteArrayType>(writer, cells, |c| match c {
            Cell::Text(text) => Some(ByteArray::from(text.as_bytes().to_vec())),
            _ => None,
        }),
        Kind::Integer => put::<Int64Type>(writer, cells, |c| match c {
            Cell::Integer(number) => Some(*number),
            _ => None,
        }),
        Kind::Real => put::<DoubleType>(writer, cells, |c| match c {
            Cell::Real(number) => Some(*number),
            _ => None,
        }),
        Kind::Date => put::<Int32Type>(writer, cells, |c| match c {
            Cell::Date(day) => days_since_1970(*day),
            _ => None,
        }),
    }
}

/// Writes the values that are there; a definition level of 0 stands for null.
fn put<T: DataType>(
    writer: &mut SerializedColumnWriter,
    cells: &[&Cell],
    value: impl Fn(&Cell) -> Option<T::T>,
) -> Written<()> {
    let values: Vec<Option<T::T>> = cells.iter().map(|c| value(c)).collect();
    let levels: Vec<i16> = values.iter().map(|v| i16::from(v.is_some())).collect();
    let present: Vec<T::T> = values.into_iter().flatten().collect();
    writer.typed::<T>().write_batch(&present, Some(&levels), None).map(|_| ())
}

fn days_since_1970(day: NaiveDate) -> Option<i32> {
    let epoch = NaiveDate::from_ymd_opt(1970, 1, 1)?;
    i32::try_from((day - epoch).num_days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_the_epoch_in_both_directions() {
        assert_eq!(NaiveDate::from_ymd_opt(1970, 1, 1).and_then(days_since_1970), Some(0));
        assert_eq!(NaiveDate::from_ymd_opt(2023, 11, 5).and_then(days_since_1970), Some(19_666));
        assert_eq!(NaiveDate::from_ymd_opt(1969, 12, 31).and_then(days_since_1970), Some(-1));
    }
}
