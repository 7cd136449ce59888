//! Plain text: an optional header of `key: value` lines closed by a blank line, a title line, a blank line, paragraphs.

use super::{Article, ReadError, ReadProblem, parse_published};
use crate::itinerary::PublishedFrom;

/// Keys that make a first paragraph a header; lines with other keys may stand among them and are not used.
const KEYS: [&str; 3] = ["published", "source", "url"];
/// A longer first line is a paragraph, not a title. In characters.
const LONGEST_TITLE: usize = 180;

/// The article in `text`; `id` is what it is called.
pub(super) fn read(file: &str, id: &str, text: &str) -> Result<Article, ReadError> {
    let (header, body_at) = header(text);
    let body = &text[body_at..];
    if body.trim().is_empty() {
        return Err(ReadProblem::Empty.at(file, None));
    }
    if looks_like_html(body) {
        return Err(ReadProblem::Html.at(file, None));
    }
    let mut article = Article { id: id.to_string(), title: title(body), text: body.to_string(), ..Article::default() };
    for (line, key, value) in header.into_iter().filter(|(_, _, value)| !value.is_empty()) {
        match key.to_ascii_lowercase().as_str() {
            "published" => {
                let day = parse_published(value).map_err(|e| ReadProblem::Published(e).at(file, line))?;
                article.published = Some(day);
                article.published_from = Some(PublishedFrom::Metadata);
            }
            "source" => article.source = Some(value.to_string()),
            "url" => article.url = Some(value.to_string()),
            _ => {}
        }
    }
    Ok(article)
}

/// The header's lines as (line number, key, value), and the offset where the article begins after it; none and 0 without one.
///
/// A lone line "Source: Blinken to visit Iraq" is a headline: a header of `source` alone is written in lower case.
fn header(text: &str) -> (Vec<(usize, &str, &str)>, usize) {
    let mut lines = Vec::new();
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        offset += line.len();
        if line.trim().is_empty() {
            // Blank lines before the header belong to nothing.
            if lines.is_empty() { continue } else { break }
        }
        match key_value(line) {
            Some((key, value)) => lines.push((index + 1, key, value)),
            None => return (Vec::new(), 0),
        }
    }
    let known = lines.iter().any(|(_, key, _)| KEYS.contains(&key.to_ascii_lowercase().as_str()));
    let headline = matches!(lines[..], [(_, "Source" | "SOURCE", _)]);
    if known && !headline { (lines, offset) } else { (Vec::new(), 0) }
}

fn key_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let word = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphabetic() || c == '_' || c == '-');
    (word && (value.is_empty() || value.starts_with(char::is_whitespace))).then(|| (key, value.trim()))
}

/// The first line, where it stands alone and is short enough for a title.
fn title(body: &str) -> Option<String> {
    let mut lines = body.lines().skip_while(|line| line.trim().is_empty());
    let first = lines.next()?.trim();
    let alone = lines.next().is_some_and(|line| line.trim().is_empty());
    let more = lines.any(|line| !line.trim().is_empty());
    (alone && more && first.chars().count() <= LONGEST_TITLE).then(|| first.to_string())
}

fn looks_like_html(body: &str) -> bool {
    let start: String = body.trim_start().chars().take(14).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> Article {
        read("a.txt", "a", text).expect("a good text")
    }

    #[test]
    fn a_header_is_taken_off_and_the_text_is_left_as_it_is() {
        let a = article(
            "published: 2023-11-05\r\nsource: Daily: News\r\nby: somebody\r\nurl:\r\n\r\nA title\r\n\r\nOne.\r\n",
        );
        assert_eq!(a.text, "A title\r\n\r\nOne.\r\n");
        assert_eq!(a.published.map(|d| d.to_string()).as_deref(), Some("2023-11-05"));
        assert_eq!(a.published_from, Some(PublishedFrom::Metadata));
        assert_eq!((a.title.as_deref(), a.source.as_deref(), a.url), (Some("A title"), Some("Daily: News"), None));
    }

    #[test]
    fn headlines_with_a_colon_are_no_header() {
        for text in
            ["Source: Blinken to visit Iraq\n\nHe will.", "Analysis: why Iraq\n\nBecause.", "Blinken: “no”\n\nHe said."]
        {
            let a = article(text);
            assert_eq!(a.text, text);
            assert_eq!(a.title.as_deref(), text.lines().next());
        }
    }

    #[test]
    fn a_first_paragraph_is_no_title() {
        assert_eq!(article("One line only.").title, None);
        assert_eq!(article("First line\nof a paragraph.\n\nSecond.").title, None);
        assert_eq!(article(&format!("{}\n\nSecond.", "word ".repeat(60))).title, None);
    }

    #[test]
    fn a_bad_date_in_the_header_names_its_line() {
        let error = read("a.txt", "a", "source: X\npublished: soon\n\nTitle\n\nText.").expect_err("bad date");
        assert_eq!(error.line, Some(2));
        assert!(error.to_string().contains("`soon`"), "{error}");
    }
}
