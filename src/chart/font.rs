//! Measuring text with the fonts that are bundled: shaped by `rustybuzz` as browsers and resvg shape it, so that boxes hold.
//!
//! Latin, Greek and Cyrillic stand in Liberation Sans, whose widths are those of Arial and Helvetica; other scripts in parts of
//! Noto Sans (`data/fonts`). A character that no bundled font has is left to the reader's fonts and estimated on the safe side.

use rustybuzz::ttf_parser::GlyphId;
use rustybuzz::{Direction, ShapePlan, UnicodeBuffer, script};
use std::sync::OnceLock;
use unicode_segmentation::UnicodeSegmentation;

/// One of the cuts that charts use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cut {
    Regular,
    Bold,
    Italic,
}

/// A bundled font file.
pub struct Source {
    pub family: &'static str,
    /// 400 or 700, as in CSS.
    pub weight: u16,
    pub italic: bool,
    pub bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/fonts.rs"));

/// All bundled fonts, the main family first.
pub fn bundled() -> &'static [Source] {
    FONTS
}

/// The families that a chart names, in this order: the main one, those with its widths, then the parts for other scripts.
pub fn families() -> Vec<&'static str> {
    let mut found = vec![FONTS[0].family, "Arial", "Helvetica"];
    for font in FONTS {
        if !found.contains(&font.family) {
            found.push(font.family);
        }
    }
    found
}

struct Loaded {
    source: &'static Source,
    face: rustybuzz::Face<'static>,
    /// The plan for Latin text, which is nearly all text.
    latin: ShapePlan,
}

fn loaded() -> &'static [Option<Loaded>] {
    static LOADED: OnceLock<Vec<Option<Loaded>>> = OnceLock::new();
    LOADED.get_or_init(|| {
        let load = |source: &'static Source| {
            let face = rustybuzz::Face::from_slice(source.bytes, 0)?;
            let latin = ShapePlan::new(&face, Direction::LeftToRight, Some(script::LATIN), None, &[]);
            Some(Loaded { source, face, latin })
        };
        FONTS.iter().map(load).collect()
    })
}

impl Loaded {
    fn has(&self, c: char) -> bool {
        self.face.glyph_index(c).is_some_and(|g| g != GlyphId(0))
    }

    /// Whether it is the main family in just this cut.
    fn is_main(&self, cut: Cut) -> bool {
        self.source.family == FONTS[0].family && self.fits(cut) == 0
    }

    fn fits(&self, cut: Cut) -> u8 {
        let bold = self.source.weight >= 600;
        u8::from(bold != (cut == Cut::Bold)) * 2 + u8::from(self.source.italic != (cut == Cut::Italic))
    }

    /// Width of a run in em.
    fn width(&self, run: &str) -> f64 {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(run);
        let simple = run.chars().all(|c| c < '\u{250}' || ('\u{2000}'..'\u{2100}').contains(&c));
        let shaped = if simple {
            buffer.set_direction(Direction::LeftToRight);
            buffer.set_script(script::LATIN);
            rustybuzz::shape_with_plan(&self.face, &self.latin, buffer)
        } else {
            buffer.guess_segment_properties();
            rustybuzz::shape(&self.face, &[], buffer)
        };
        let units: i64 = shaped.glyph_positions().iter().map(|p| i64::from(p.x_advance)).sum();
        units as f64 / f64::from(self.face.units_per_em())
    }
}

/// The bundled font that shows a character in a cut, by its index.
pub fn font_of(c: char, cut: Cut) -> Option<usize> {
    let main = loaded().iter().position(|l| l.as_ref().is_some_and(|l| l.is_main(cut) && l.has(c)));
    if main.is_some() {
        return main;
    }
    let having = loaded().iter().enumerate().filter_map(|(i, l)| l.as_ref().filter(|l| l.has(c)).map(|l| (i, l)));
    // The main family first; a script that lacks the cut is shown in the nearest one.
    having.min_by_key(|(i, l)| (l.source.family != FONTS[0].family, l.fits(cut), *i)).map(|(i, _)| i)
}

/// Whether a character goes with the one before it, whatever fonts have it alone.
fn joins(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(0) || c == ' '
}

/// Width of a line in pixels at `size` pixels per em.
pub fn width(text: &str, size: f64, cut: Cut) -> f64 {
    let main = loaded().iter().flatten().find(|l| l.is_main(cut));
    if let Some(main) = main.filter(|m| text.chars().all(|c| c.is_ascii() || m.has(c))) {
        return main.width(text) * size;
    }
    runs(text, cut).into_iter().map(|(font, run)| run_width(font, run)).sum::<f64>() * size
}

/// Stretches of text with the family that shows each; none where it is the main one or the reader's own.
pub fn families_of(text: &str, cut: Cut) -> Vec<(Option<&'static str>, &str)> {
    let family = |i: usize| Some(FONTS[i].family).filter(|f| *f != FONTS[0].family);
    runs(text, cut).into_iter().map(|(font, run)| (font.and_then(family), run)).collect()
}

fn run_width(font: Option<usize>, run: &str) -> f64 {
    match font.and_then(|i| loaded()[i].as_ref()) {
        Some(font) => font.width(run),
        None => run.chars().map(estimate).sum(),
    }
}

/// Width in em of a character that no bundled font has.
fn estimate(c: char) -> f64 {
    match unicode_width::UnicodeWidthChar::width(c) {
        Some(0) | None => 0.0,
        Some(2) => 1.05,
        Some(_) => 0.72,
    }
}

/// Stretches of text that one font shows; spaces and marks stay with what they follow.
fn runs(text: &str, cut: Cut) -> Vec<(Option<usize>, &str)> {
    let mut found: Vec<(Option<usize>, usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match found.last_mut() {
            Some(last) if joins(c) => last.2 = end,
            last => {
                let font = font_of(c, cut);
                match last {
                    Some(last) if last.0 == font => last.2 = end,
                    _ => found.push((font, at, end)),
                }
            }
        }
    }
    found.into_iter().map(|(font, a, b)| (font, &text[a..b])).collect()
}

/// Breaks text into lines of at most `limit` pixels where Unicode (UAX 14) allows it, but not after a hyphen; inside a word only
/// where the word does not fit a line.
pub fn wrap(text: &str, limit: f64, size: f64, cut: Cut) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut used) = (String::new(), 0.0);
    for piece in pieces(text) {
        let w = width(piece.trim_end(), size, cut);
        if !line.is_empty() && used + w > limit {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        if w <= limit {
            line.push_str(&piece);
            used += w + if piece.ends_with(' ') { width(" ", size, cut) } else { 0.0 };
            continue;
        }
        for part in piece.graphemes(true) {
            let w = width(part, size, cut);
            if !line.is_empty() && used + w > limit {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push_str(part);
            used += w;
        }
    }
    lines.push(line);
    lines.into_iter().map(|l| l.trim().to_string()).filter(|l| !l.is_empty()).collect()
}

/// Text cut where a line may end, with white space folded to single spaces.
fn pieces(text: &str) -> Vec<String> {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found = Vec::new();
    let mut start = 0;
    for (end, _) in unicode_linebreak::linebreaks(&folded) {
        let last = folded[..end].chars().next_back();
        if end < folded.len() && matches!(last, Some('-' | '\u{2010}' | '\u{2013}' | '/')) {
            continue;
        }
        if end > start {
            found.push(folded[start..end].to_string());
        }
        start = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        // Liberation Sans, 2048 units to the em: A 1366, B 1366; the pair AV is kerned.
        assert!((width("B", 2048.0, Cut::Regular) - 1366.0).abs() < 0.01);
        let kerned = width("AV", 2048.0, Cut::Regular);
        assert!(kerned < 2.0 * 1366.0, "{kerned}");
        assert!(width("Abbas", 12.0, Cut::Bold) > width("Abbas", 12.0, Cut::Regular));
    }

    #[test]
    fn every_script_that_is_bundled_is_measured_with_its_font() {
        for (text, family) in [("بغداد", "Noto Sans Arabic"), ("ไทย", "Noto Sans Thai"), ("北京", "Noto Sans CJK SC")]
        {
            let runs = runs(text, Cut::Regular);
            assert_eq!(runs.len(), 1, "{text}");
            assert_eq!(runs[0].0.map(|i| FONTS[i].family), Some(family));
        }
        // Arabic letters join: the word is narrower than its letters apart.
        let apart: f64 = "بغداد".chars().map(|c| width(&c.to_string(), 12.0, Cut::Regular)).sum();
        assert!(width("بغداد", 12.0, Cut::Regular) < apart);
    }

    #[test]
    fn lines_break_at_spaces_and_keep_hyphenated_names_whole() {
        assert_eq!(wrap("Mohammed Shia al-Sudani", 100.0, 12.0, Cut::Regular), ["Mohammed Shia", "al-Sudani"]);
        assert_eq!(wrap("联合国总部大楼", 40.0, 12.0, Cut::Regular), ["联合国", "总部大", "楼"]);
        for line in wrap(&"x".repeat(80), 100.0, 12.0, Cut::Regular) {
            assert!(width(&line, 12.0, Cut::Regular) <= 100.0);
        }
        assert!(wrap(" ", 100.0, 12.0, Cut::Regular).is_empty());
    }
}
