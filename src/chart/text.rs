//! Measuring text: advance widths of Liberation Sans, which are those of Arial and Helvetica too, so that boxes hold on
//! any reader's machine. Scripts that the table lacks are estimated on the safe side.

use std::collections::HashMap;
use std::sync::OnceLock;

/// One of the two weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// Width of a line in pixels at `size` pixels per em.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    text.chars().map(|c| advance(c, weight)).sum::<f64>() * size
}

/// Advance of a character in em.
fn advance(c: char, weight: Weight) -> f64 {
    static WIDTHS: OnceLock<HashMap<char, (u16, u16)>> = OnceLock::new();
    let widths = WIDTHS.get_or_init(|| {
        let rows = include_str!("../../data/chart/widths.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
        rows.filter_map(|l| {
            let mut cells = l.split('\t');
            let c = char::from_u32(u32::from_str_radix(cells.next()?, 16).ok()?)?;
            Some((c, (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?)))
        })
        .collect()
    });
    match (widths.get(&c), weight) {
        (Some((regular, _)), Weight::Regular) => f64::from(*regular) / 2048.0,
        (Some((_, bold)), Weight::Bold) => f64::from(*bold) / 2048.0,
        (None, _) if unicode_width::UnicodeWidthChar::width(c) == Some(0) => 0.0,
        (None, _) if unicode_width::UnicodeWidthChar::width(c) == Some(2) => 1.05,
        (None, _) => 0.72,
    }
}

/// Breaks text into lines of at most `limit` pixels, at spaces, and inside a word only where it does not fit a line.
pub fn wrap(text: &str, limit: f64, size: f64, weight: Weight) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let joined = if line.is_empty() { word.to_string() } else { format!("{line} {word}") };
        if width(&joined, size, weight) <= limit {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            if !line.is_empty() && width(&line, size, weight) + advance(c, weight) * size > limit {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}
