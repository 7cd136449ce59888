//! Charts as files: the SVG itself, or PNG and PDF made from it with the bundled fonts, so that every machine gives the same.
//!
//! PDF goes by way of `krilla-svg`, the successor of `svg2pdf` by the same author: `svg2pdf` 0.13 lists fonts in the order of a hash
//! map, so that two runs differ. Knows SVG, not visits.

use super::font::bundled;
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::{tiny_skia, usvg};
use std::sync::{Arc, OnceLock};

/// What form a chart is written in; the ending of its file says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    Svg,
    Png,
    Pdf,
}

/// Why a chart could not be given a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PressError {
    #[error("the chart is no valid SVG: {0}")]
    Svg(String),
    #[error("a picture of {width} by {height} pixels is too large: at most {MOST_PIXELS} pixels in all")]
    TooLarge { width: u64, height: u64 },
    #[error("the picture could not be written: {0}")]
    Encoding(String),
}

/// Most pixels of a PNG; 100 megapixels take 400 MB while they are drawn.
pub const MOST_PIXELS: u64 = 100_000_000;

impl Form {
    /// The form that a file's ending asks for, whatever its case.
    pub fn of_ending(ending: &str) -> Option<Form> {
        match ending.to_ascii_lowercase().as_str() {
            "svg" => Some(Form::Svg),
            "png" => Some(Form::Png),
            "pdf" => Some(Form::Pdf),
            _ => None,
        }
    }
}

/// A chart in a form. `scale` is pixels of a PNG for each pixel of the chart; the other forms have no use for it.
pub fn press(svg: String, form: Form, scale: f64) -> Result<Vec<u8>, PressError> {
    match form {
        Form::Svg => Ok(svg.into_bytes()),
        Form::Png => png(&svg, scale),
        Form::Pdf => pdf(&svg),
    }
}

fn tree(svg: &str) -> Result<usvg::Tree, PressError> {
    static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut database = usvg::fontdb::Database::new();
        for font in bundled() {
            database.load_font_source(usvg::fontdb::Source::Binary(Arc::new(font.bytes)));
        }
        database.set_sans_serif_family(bundled()[0].family);
        Arc::new(database)
    });
    let options = usvg::Options {
        font_family: bundled()[0].family.into(),
        fontdb: Arc::clone(fonts),
        ..usvg::Options::default()
    };
    usvg::Tree::from_str(svg, &options).map_err(|e| PressError::Svg(e.to_string()))
}

fn png(svg: &str, scale: f64) -> Result<Vec<u8>, PressError> {
    let tree = tree(svg)?;
    let side = |length: f32| (f64::from(length) * scale).ceil().max(1.0) as u64;
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    let too_large = PressError::TooLarge { width, height };
    if width.saturating_mul(height) > MOST_PIXELS {
        return Err(too_large);
    }
    let mut pixels = tiny_skia::Pixmap::new(width as u32, height as u32).ok_or(too_large)?;
    let scale = scale as f32;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| PressError::Encoding(e.to_string()))
}

fn pdf(svg: &str) -> Result<Vec<u8>, PressError> {
    let tree = tree(svg)?;
    let encoding = |what: &str| PressError::Encoding(what.to_string());
    // A CSS pixel is three quarters of a point; the page is as large as the chart.
    const POINTS: f32 = 0.75;
    let (width, height) = (tree.size().width() * POINTS, tree.size().height() * POINTS);
    let mut document = krilla::Document::new();
    let settings =
        krilla::page::PageSettings::from_wh(width, height).ok_or_else(|| encoding("the chart has no area"))?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let size = krilla::geom::Size::from_wh(width, height).ok_or_else(|| encoding("the chart has no area"))?;
    surface.draw_svg(&tree, size, SvgSettings::default()).ok_or_else(|| encoding("the chart could not be drawn"))?;
    surface.finish();
    page.finish();
    document.finish().map_err(|e| encoding(&format!("{e:?}")))
}
