//! Fonts inside a chart: the letters that it uses, as `@font-face` rules.

use super::font::Cut;
use std::collections::{BTreeMap, BTreeSet};

/// Rules that carry the bundled fonts' glyphs of these letters.
pub fn font_faces(_letters: &BTreeMap<Cut, BTreeSet<char>>) -> String {
    String::new()
}
