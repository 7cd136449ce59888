//! Charts: a document becomes pictures. Knows the document, not the text that it was read from.
//!
//! Each chart is laid out first (a plain value: where things go) and inked after that (how they look), so that tests can
//! look at the layout. `words` writes titles and dates, `font` measures, `theme` colours, `sheet` sets what all charts share, `ink`
//! emits SVG over `plotters`, and `press` makes PNG and PDF of it.

mod comparison;
mod counts;
mod embed;
mod font;
mod graph;
mod ink;
mod label;
pub(crate) mod map;
mod matrix;
mod press;
mod route;
mod sheet;
mod theme;
mod timeline;
pub mod words;

pub use comparison::table;
pub use comparison::{ComparisonLayout, comparison, layout as comparison_layout};
pub use counts::{CountsLayout, counts, layout as counts_layout};
pub use graph::{GraphLayout, graph, layout as graph_layout};
pub use label::{Label, Rect};
pub use matrix::table as matrix_table;
pub use matrix::{MatrixLayout, layout as matrix_layout, matrix};
pub use press::{Form, MOST_PIXELS, PressError, press};
pub use route::{RouteLayout, layout as route_layout, route};
pub use sheet::{MOST_STOPS, status_class};
pub use theme::{Role, Theme, Tone, hue_class, variables};
pub use timeline::{TimelineLayout, layout as timeline_layout, timeline};
pub use words::Language;

/// How a chart is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Width in pixels; a chart that needs more than this takes its own least width.
    pub width: f64,
    pub theme: Theme,
    pub language: Language,
    /// Title instead of the one made from the facts.
    pub title: Option<String>,
    /// Whether the letters used are carried in the SVG as a font.
    pub embed_font: bool,
    /// How a timeline is set.
    pub arrangement: Arrangement,
    /// For a chart inside a page: what its ids begin with, so that those of several charts differ. Its items then take the focus.
    pub inline: Option<String>,
}

impl Default for Options {
    /// 1200 pixels wide, light, in English, standing alone.
    fn default() -> Self {
        Options {
            width: 1200.0,
            theme: Theme::default(),
            language: Language::default(),
            title: None,
            embed_font: false,
            arrangement: Arrangement::default(),
            inline: None,
        }
    }
}

/// How a timeline is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Arrangement {
    /// Travellers in lanes, time from left to right.
    #[default]
    Lanes,
    /// Stops one below the other, for a phone or a column of print.
    List,
}
