//! The plain form: a document as a person writes it by hand, one line a stop.
//!
//! ```text
//! title: Blinken in the Middle East
//! published: 2023-11-05
//!
//! # Antony Blinken, Secretary of State, US
//! 2023-11-05  Ramallah        met Mahmoud Abbas, President, PS
//! 2023-11-05  Baghdad         met Mohammed Shia al-Sudani, Prime Minister, IQ
//! planned     Turkey
//! before 2023-11-05, any order: Israel, Jordan, Cyprus
//! ```
//!
//! A line is read by `line`, out of `words`; `read` makes the document, `write` the text. What a line
//! says that is not understood is an error, never left out.

mod line;
mod read;
mod slips;
mod words;
mod write;

pub use read::read;
pub use write::write;

/// Whether a text is meant to be in the plain form. It begins with a heading or a line of the top, and at least half of
/// the lines after the first heading begin as the form has them: articles, also those in Markdown or with a header,
/// have sentences there.
pub fn detected(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("//"));
    let is_heading = |l: &str| l.starts_with('#');
    let begins = lines().next().is_some_and(|l| is_heading(l) || line::top(l).is_some());
    let body: Vec<&str> = lines().skip_while(|l| !is_heading(l)).skip(1).collect();
    let fitting = body.iter().filter(|l| is_heading(l) || line::is_begun(l)).count();
    begins && fitting > 0 && fitting * 2 >= body.len()
}

/// Words of a line that is a sentence rather than a stop.
const A_SENTENCE: usize = 10;

/// Whether a text is prose, as articles are, rather than a slip of the plain form: most lines but the title are sentences.
pub fn is_prose(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && line::top(l).is_none());
    let lines: Vec<&str> = lines.collect();
    let is_sentence =
        |l: &&&str| !l.starts_with('#') && !line::is_begun(l) && l.split_whitespace().count() >= A_SENTENCE;
    let sentences = lines.iter().filter(is_sentence).count();
    !detected(text) && sentences * 2 > lines.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_not_mistaken_for_the_plain_form() {
        assert!(detected("# Antony Blinken, Secretary of State, US\n2023-11-05  Ramallah\n"));
        assert!(detected("published: 2023-11-05\n\n# A B\nplanned Turkey\nsomething wrong\n"));
        for article in [
            "# Blinken visits Baghdad, Ramallah\n\nThe US Secretary of State arrived on Sunday.\n\nHe met Abbas.",
            "published: 2023-11-05\nsource: X\n\nBlinken in Iraq\n\nHe arrived on Sunday.",
            "title: x\n\n# Headline\n\nAfter talks in Cairo he left.\n\nBefore that he was in Amman.",
            "# Agenda\n1. Opening of the meeting\n2. Closing",
            "# Lonely heading",
            "",
        ] {
            assert!(!detected(article), "{article}");
        }
    }
}
