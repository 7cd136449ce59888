//! The graph of visits in the forms of other tools. Each file here writes one form and says how; what a form has no place for, such
//! as open order and EDTF dates, goes into attributes of our own, so that nothing is lost. Reads no text and knows no files.
//!
#![doc = include_str!("FORMATS.md")]

mod attributes;
mod codes;
mod colours;
mod colt;
mod csv;
mod days;
mod dot;
mod events;
mod geojson;
mod gexf;
pub mod graph;
pub(crate) mod graph_xml;
mod graphml;
mod ics;
mod json_graph;
mod jsonld;
mod kml;
mod legs;
mod mermaid;
mod parquet;
mod registered;
mod sqlite;
pub mod tables;
pub(crate) mod terms;
mod timelinejs;
pub(crate) mod triples;
mod turtle;

pub(crate) use csv::unguard;
use tables::Name;

use crate::network::Network;

/// A form to export to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    GraphMl,
    Gexf,
    Dot,
    JsonGraph,
    GeoJson,
    Kml,
    Ics,
    Csv,
    Parquet,
    Colt,
    Events,
    JsonLd,
    Turtle,
    Sqlite,
    TimelineJs,
    Mermaid,
}

/// What an export gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// The contents of one file.
    One(Vec<u8>),
    /// Several files of a folder, by name.
    Many(Vec<(&'static str, Vec<u8>)>),
}

/// What an export cannot do.
#[derive(Debug, thiserror::Error)]
#[error("cannot be written as {format}: {reason}")]
pub struct ExportError {
    pub format: &'static str,
    pub reason: String,
}

impl Format {
    /// All formats with their names on the command line.
    pub const ALL: &[(Format, &str)] = &[
        (Format::GraphMl, "graphml"),
        (Format::Gexf, "gexf"),
        (Format::Dot, "dot"),
        (Format::JsonGraph, "json-graph"),
        (Format::GeoJson, "geojson"),
        (Format::Kml, "kml"),
        (Format::Ics, "ics"),
        (Format::Csv, "csv"),
        (Format::Parquet, "parquet"),
        (Format::Colt, "colt"),
        (Format::Events, "events"),
        (Format::JsonLd, "jsonld"),
        (Format::Turtle, "turtle"),
        (Format::Sqlite, "sqlite"),
        (Format::TimelineJs, "timelinejs"),
        (Format::Mermaid, "mermaid"),
    ];

    /// The format with a name.
    pub fn of(name: &str) -> Option<Format> {
        Format::ALL.iter().find(|(_, n)| *n == name).map(|(format, _)| *format)
    }
}

/// Writes a network in a format.
///
/// # Errors
///
/// When a value has no place in the format.
pub fn export(network: &Network, format: Format) -> Result<Output, ExportError> {
    match format {
        Format::GeoJson => Ok(Output::One(self::geojson::write(network))),
        Format::Kml => self::kml::write(network).map(Output::One),
        Format::Ics => self::ics::write(network).map(Output::One),
        Format::JsonLd => self::jsonld::write(network).map(Output::One),
        Format::Turtle => self::turtle::write(network).map(Output::One),
        Format::GraphMl => graphml::write(network),
        Format::Gexf => gexf::write(network),
        Format::Dot => dot::write(network),
        Format::JsonGraph => json_graph::write(network),
        Format::TimelineJs => timelinejs::write(network),
        Format::Mermaid => mermaid::write(network),
        Format::Csv => csv::write(network),
        Format::Parquet => parquet::write(network),
        Format::Colt => colt::write(network),
        Format::Events => events::write(network),
        Format::Sqlite => sqlite::write(network),
    }
}
