//! Fonts inside a chart: the letters that it uses, cut out of the bundled fonts, as `@font-face` rules with WOFF2.
//!
//! The OFL counts a font inside a document as part of the document, so that the cut font may keep its name.

use super::font::{Cut, Source, bundled, font_of};
use base64::Engine;
use read_fonts::collections::IntSet;
use read_fonts::types::{NameId, Tag};
use read_fonts::{FontRef, TableProvider};
use skera::{DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use unicode_normalization::UnicodeNormalization;

/// Rules that carry the glyphs of these letters, one for each bundled font that has some of them. Letters that no bundled font
/// has are left to the reader's fonts.
pub fn font_faces(letters: &BTreeMap<Cut, BTreeSet<char>>) -> String {
    let mut wanted: BTreeMap<usize, BTreeSet<char>> = BTreeMap::new();
    for (cut, letters) in letters {
        for c in letters {
            font_of(*c, *cut).map(|font| wanted.entry(font).or_default().insert(*c));
        }
    }
    wanted.iter().filter_map(|(font, letters)| face(&bundled()[*font], letters)).collect()
}

fn face(font: &Source, letters: &BTreeSet<char>) -> Option<String> {
    let woff2 = ttf2woff2::encode(&subset(font.bytes, letters)?, ttf2woff2::BrotliQuality::default()).ok()?;
    let data = base64::engine::general_purpose::STANDARD.encode(woff2);
    let style = if font.italic { "italic" } else { "normal" };
    let mut range = String::new();
    for c in letters {
        let _ = write!(range, "{}U+{:X}", if range.is_empty() { "" } else { "," }, u32::from(*c));
    }
    Some(format!(
        "@font-face{{font-family:'{}';font-weight:{};font-style:{style};src:url(data:font/woff2;base64,{data}) format('woff2');unicode-range:{range}}}",
        font.family, font.weight
    ))
}

/// The font with the glyphs of these letters only, and what it takes to join and place them. None for fonts without TrueType
/// outlines, which the subsetter does not know.
fn subset(font: &[u8], letters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = FontRef::new(font).ok()?;
    font.glyf().ok()?;
    let unicodes: IntSet<u32> =
        letters.iter().flat_map(|c| std::iter::once(*c).chain(parts(*c))).map(u32::from).collect();
    let tags = |names: &[&[u8; 4]]| names.iter().map(|n| Tag::new(n)).collect::<IntSet<Tag>>();
    let dropped = tags(&[b"kern", b"DSIG", b"FFTM", b"gasp", b"cvt ", b"fpgm", b"prep"]);
    let features: IntSet<Tag> = DEFAULT_LAYOUT_FEATURES.iter().copied().collect();
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    let names: IntSet<NameId> = [1u16, 2].into_iter().map(NameId::new).collect();
    let languages: IntSet<u16> = [0x409u16].into_iter().collect();
    let flags = SubsetFlags::SUBSET_FLAGS_NO_HINTING | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE;
    let plan = Plan::new(&IntSet::empty(), &unicodes, &font, flags, &dropped, &scripts, &features, &names, &languages);
    subset_font(&font, &plan).ok()
}

/// What a shaper takes a letter apart into before it asks the font for glyphs: its canonical parts (Unicode, NFD), and those of
/// Khmer, Thai and Lao vowels that Unicode does not take apart.
fn parts(c: char) -> Vec<char> {
    match c {
        '\u{17BE}' | '\u{17BF}' | '\u{17C0}' | '\u{17C4}' | '\u{17C5}' => vec!['\u{17C1}'],
        '\u{0E33}' => vec!['\u{0E4D}', '\u{0E32}'],
        '\u{0EB3}' => vec!['\u{0ECD}', '\u{0EB2}'],
        _ => std::iter::once(c).nfd().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_face_holds_the_letters_and_is_the_same_each_time() {
        let letters = |text: &str| BTreeMap::from([(Cut::Regular, text.chars().collect::<BTreeSet<char>>())]);
        let css = font_faces(&letters("Abbas in Ramallah"));
        assert!(css.starts_with("@font-face{font-family:'Liberation Sans'") && css.len() < 8_000, "{}", css.len());
        assert_eq!(css, font_faces(&letters("Abbas in Ramallah")));
        let mixed = font_faces(&letters("A بغداد 北京"));
        assert_eq!(mixed.matches("@font-face").count(), 3);
        assert!(mixed.contains("Noto Sans Arabic") && mixed.contains("Noto Sans CJK SC"));
    }

    #[test]
    fn a_subset_keeps_the_widths_of_its_letters() {
        let letters: BTreeSet<char> = "Ramallah".chars().collect();
        let cut = subset(bundled()[0].bytes, &letters).expect("a font");
        let (whole, cut) = (rustybuzz::Face::from_slice(bundled()[0].bytes, 0), rustybuzz::Face::from_slice(&cut, 0));
        let advance = |face: &rustybuzz::Face<'_>, c| face.glyph_hor_advance(face.glyph_index(c)?);
        let (whole, cut) = (whole.expect("a font"), cut.expect("a font"));
        for c in letters {
            assert_eq!(advance(&whole, c), advance(&cut, c), "{c}");
        }
    }
}
