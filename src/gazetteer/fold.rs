// Folding of names; shared with `build.rs`, which makes the table that folded names are looked up in.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case, without accents, with one kind of apostrophe; hyphens and dots count as spaces, a leading "the" is dropped.
/// "U.S." and "US" fold alike; "us" is told apart by its case before it comes here.
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return folded(name.chars().map(|c| c.to_ascii_lowercase()), name.len());
    }
    let plain = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    folded(plain, name.len())
}

fn folded(plain: impl Iterator<Item = char>, length: usize) -> String {
    let mut out = String::with_capacity(length);
    for c in plain {
        match c {
            '.' => {}
            '’' | '‘' | '`' => out.push('\''),
            'ı' => out.push('i'),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'ß' => out.push_str("ss"),
            c if c.is_whitespace() || c == '-' || c == '–' => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    let trimmed = out.trim_end();
    trimmed.strip_prefix("the ").unwrap_or(trimmed).to_string()
}
