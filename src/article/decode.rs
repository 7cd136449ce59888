//! Bytes to text: which encoding they are in, and whether they are text at all.

use super::ReadProblem;
use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;

/// Share of control characters above which bytes are no text.
const MOST_CONTROLS: f64 = 0.01;
/// Share of non-ASCII bytes above which text in no Unicode encoding is not the English of Windows-1252.
const MOST_HIGH_BYTES: f64 = 0.25;

/// Why bytes are not text, and at which byte where that says something.
pub(super) type NotText = (ReadProblem, Option<usize>);

/// The text in `bytes`, without a byte order mark: UTF-8, UTF-16 with a mark, or else Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, NotText> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, bom)) => encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[bom..])
            .ok_or((ReadProblem::Encoding, None))?,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(error) => decode_legacy(bytes, error.valid_up_to())?,
        },
    };
    if looks_binary(text.chars(), text.len()) { Err((ReadProblem::Binary, None)) } else { Ok(text) }
}

/// Bytes that are not UTF-8, `first_bad` being the first that is not.
fn decode_legacy(bytes: &[u8], first_bad: usize) -> Result<Cow<'_, str>, NotText> {
    if looks_binary(bytes.iter().map(|&b| char::from(b)).filter(char::is_ascii), bytes.len()) {
        return Err((ReadProblem::Binary, None));
    }
    let (valid, broken) = count_sequences(bytes);
    if valid > broken {
        return Err((ReadProblem::BrokenUtf8, Some(first_bad)));
    }
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    let (text, _, _) = WINDOWS_1252.decode(bytes);
    // The five bytes that Windows-1252 leaves undefined come out as C1 controls.
    let undefined = text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c));
    if undefined || high as f64 > MOST_HIGH_BYTES * bytes.len() as f64 {
        return Err((ReadProblem::Encoding, None));
    }
    Ok(text)
}

/// Whether the characters have a NUL among them, or many controls that no text has.
fn looks_binary(chars: impl Iterator<Item = char>, length: usize) -> bool {
    let mut controls = 0usize;
    for c in chars {
        match c {
            '\0' => return true,
            '\t' | '\n' | '\r' | '\x0c' => {}
            c if c < ' ' || c == '\x7f' => controls += 1,
            _ => {}
        }
    }
    controls as f64 > MOST_CONTROLS * length as f64
}

/// How many multi-byte sequences are good UTF-8, and how many are not.
fn count_sequences(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(valid, broken), chunk| {
        let good = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (valid + good, broken + usize::from(!chunk.invalid().is_empty()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(bytes: &[u8]) -> String {
        decode(bytes).map(|t| format!("read as {t}")).map_err(|(p, _)| format!("{p:?}")).unwrap_or_else(|p| p)
    }

    #[test]
    fn the_same_words_in_four_encodings_are_the_same_text() {
        let words = "Hamas’ attack – naïve";
        let utf16 = |big: bool, bom: [u8; 2]| {
            let unit = |u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() };
            bom.into_iter().chain(words.encode_utf16().flat_map(unit)).collect::<Vec<u8>>()
        };
        let with_bom = [b"\xEF\xBB\xBF", words.as_bytes()].concat();
        let ansi = b"Hamas\x92 attack \x96 na\xEFve".to_vec();
        for bytes in [words.as_bytes().to_vec(), with_bom, utf16(true, [0xFE, 0xFF]), utf16(false, [0xFF, 0xFE]), ansi]
        {
            assert_eq!(decode(&bytes).ok().as_deref(), Some(words), "{bytes:x?}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(problem(b"GIF89a\0\0\x01"), "Binary");
        assert_eq!(problem(b"\x89PNG\x01\x02\x03\x04\xff\xfe"), "Binary");
        assert_eq!(problem(b"\x01\x02\x03 abc"), "Binary");
        // Russian in Windows-1251: nearly all bytes are high.
        assert_eq!(problem(b"\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0 \xe8 \xe4\xf0\xf3\xe6\xe1\xe0"), "Encoding");
        assert_eq!(problem(b"a long enough line with \x81 in it"), "Encoding");
        assert_eq!(
            problem(
                "good – “quotes” and one bad "
                    .as_bytes()
                    .iter()
                    .copied()
                    .chain([0xE9, b' '])
                    .collect::<Vec<_>>()
                    .as_slice()
            ),
            "BrokenUtf8"
        );
    }
}
