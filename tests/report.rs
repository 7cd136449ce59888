//! The report page: marks at the right words, everything escaped, nothing from elsewhere, the same bytes again.

use assert_cmd::Command;
use base64::Engine;
use portolan::chart::{Language, Options, route, timeline};
use portolan::report::{Source, report};
use portolan::{Article, Itinerary, extract};
use predicates::prelude::*;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

const TEXT: &str = "Marques arrives in Nairobi\n\nPortuguese Foreign Minister Helena Marques arrived in Nairobi on Tuesday and met with Kenyan President Joyce Kamau. She will travel to Kampala on Wednesday.\n\nLorry drivers from Mali stopped work.";

const HOSTILE: &str = "Marques <script>window.hit=1</script> in Nairobi\n\nPortuguese Foreign Minister Helena Marques arrived in Nairobi on Tuesday </style><style>*{display:none}</style> ]]> --> <!-- and met with Kenyan President Joyce Kamau. A bell\u{7} rang \u{202e}desrever\u{2066} &amp; <img src=x onerror=\"window.hit=1\"> {{ 7*7 }}.";

fn article(text: &str) -> Article {
    Article {
        id: "a".into(),
        text: text.into(),
        published: "2031-03-19".parse().ok(),
        title: text.lines().next().map(String::from),
        ..Article::default()
    }
}

fn page_of(article: &Article) -> String {
    report(&[Source::article(article, extract(article))], Language::English)
}

fn portolan() -> Command {
    Command::cargo_bin("portolan").expect("the program")
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles");
    let files = std::fs::read_dir(folder).expect("samples").map(|f| f.expect("a file").path());
    let mut files: Vec<PathBuf> = files.filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    files
}

/// What stands between two strings, each time.
fn between<'p>(page: &'p str, open: &str, close: &'p str) -> Vec<&'p str> {
    page.split(open).skip(1).filter_map(|rest| rest.split(close).next()).collect()
}

/// The text part of a page without its tags and the page's own notes.
fn shown_text(page: &str) -> String {
    let part = page.split("<div class=\"running\">").nth(1).and_then(|p| p.split("</div>").next()).unwrap_or_default();
    let mut words = String::new();
    for (i, piece) in part.split("<sup").enumerate() {
        let piece = if i == 0 { piece } else { piece.split_once("</sup>").map_or("", |(_, rest)| rest) };
        let mut rest = piece;
        while let Some((before, tag)) = rest.split_once('<') {
            words.push_str(before);
            rest = tag.split_once('>').map_or("", |(_, after)| after);
        }
        words.push_str(rest);
    }
    let plain = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    plain.iter().fold(words, |w, (from, to)| w.replace(from, to))
}

#[test]
fn words_are_marked_with_what_was_read_from_them() {
    let a = article(TEXT);
    let (page, document) = (page_of(&a), extract(&a));
    let nairobi = document.visits.iter().find(|v| v.place.0.starts_with("nairobi")).expect("a visit");
    let marks: Vec<&str> = between(&page, "<mark ", "</mark>");
    let of_visit = |id: &str| marks.iter().filter(|m| m.contains(&format!("data-visit=\"{id}\""))).count();
    assert!(of_visit(&nairobi.id.0) > 0, "{marks:?}");
    assert!(page.contains(&format!("<tr data-visit=\"{}\"", nairobi.id)));
    for chart in ["lanes", "list", "map"] {
        assert!(page.contains(&format!("<g id=\"{chart}-{}\"", nairobi.id)), "{chart}");
    }
    assert!(page.contains("data-meeting=\"m1\"") && page.contains(">Joyce Kamau</span>"));
    // Read, and of no use.
    assert!(between(&page, "<span class=\"place idle\"", "</span>").iter().any(|p| p.ends_with(">Mali")));
    for p in TEXT.split("\n\n") {
        assert!(shown_text(&page).contains(p), "{p}: {}", shown_text(&page));
    }
}

#[test]
fn text_of_an_article_is_data() {
    let a = article(HOSTILE);
    let mut document = extract(&a);
    document.officials.iter_mut().for_each(|o| o.name += "</style><script>\u{202e}&\u{7}");
    document.places.iter_mut().for_each(|p| p.name += "]]><b>");
    document.warnings.push("<i>careful</i>\u{2066}".into());
    document.article.url = Some("javascript:window.hit=1".into());
    let page = report(&[Source::article(&a, document.clone())], Language::English);
    assert_eq!((page.matches("<script>").count(), page.matches("</script>").count()), (1, 1));
    assert_eq!((page.matches("<style>").count(), page.matches("</style>").count()), (1, 1));
    for bad in ["<img", "<b>", "<i>", "javascript:", "<!-- and"] {
        assert!(!page.contains(bad), "{bad}");
    }
    let control = |c: char| c.is_control() && c != '\n';
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!page.contains(control) && !page.contains(turns));
    assert!(page.contains("bell\u{fffd} rang") && page.contains("Two marks that turn the direction"));
    let options = Options { inline: Some("x-".into()), ..Options::default() };
    for svg in [timeline(&document, &options), route(&document, &options)] {
        roxmltree::Document::parse(&svg).expect("well-formed");
        assert!(!svg.contains("<script") && !svg.contains("]]>") && !svg.contains(control) && !svg.contains(turns));
        assert_eq!(svg.matches("</style>").count(), 1);
    }
}

#[test]
fn the_policy_allows_this_style_and_script_alone() {
    let page = page_of(&article(TEXT));
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\">")[0];
    assert!(policy.starts_with("default-src 'none';") && policy.contains("base-uri 'none'"), "{policy}");
    for (open, close) in [("<style>", "</style>"), ("<script>", "</script>")] {
        let blocks = between(&page, open, close);
        assert_eq!(blocks.len(), 1);
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(blocks[0].as_bytes()));
        assert!(policy.contains(&format!("'sha256-{hash}'")), "{open}");
    }
    // A chart refers to parts of itself, such as the frame that its map is cut to.
    let page = page.replace("url(#", "");
    for outside in [" style=", " src=", "<link", "@import", "url(", " onload", "http-equiv=\"refresh"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn evidence_is_found_where_it_has_moved_and_listed_where_it_is_lost() {
    let a = article(TEXT);
    let mut document = extract(&a);
    document.visits[0].evidence[0].start = 0;
    document.visits[0].evidence[0].end = usize::MAX;
    let moved = report(&[Source::article(&a, document.clone())], Language::English);
    assert_eq!(between(&moved, "<mark ", "</mark>").len(), between(&page_of(&a), "<mark ", "</mark>").len());
    document.visits[0].evidence[0].quote = "words of another article".into();
    let lost = report(&[Source::article(&a, document)], Language::English);
    let list = between(&lost, "<ul class=\"lost\">", "</ul>");
    assert!(list.len() == 1 && list[0].contains("words of another article"), "{list:?}");
}

#[test]
fn a_document_without_its_article_shows_its_quotes() {
    let document = extract(&article(TEXT));
    let page = report(&[Source::document(document.clone())], Language::English);
    let quoted = between(&page, "<div class=\"quoted\">", "</div>");
    assert!(quoted[0].contains("data-visit=") && quoted[0].contains(">Joyce Kamau</span>"), "{quoted:?}");
    let none: Itinerary = Itinerary { visits: vec![], meetings: vec![], trips: vec![], sequence: vec![], ..document };
    assert!(report(&[Source::document(none)], Language::English).contains("No stop is told of."));
}

#[test]
fn several_inputs_are_sections_that_share_no_id() {
    let a = article(TEXT);
    let source = Source::article(&a, extract(&a));
    let page = report(&[source.clone(), source], Language::English);
    let mut ids = between(&page, " id=\"", "\"");
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    for link in between(&page, "href=\"#", "\"") {
        assert!(ids.contains(&link), "{link}");
    }
    assert!(page.contains("data-visit=\"d1-v1\"") && page.contains("data-visit=\"d2-v1\""));
    assert!(page.contains("<h1>Two itineraries</h1>"));
}

#[test]
fn every_sample_gives_a_small_page_that_is_the_same_again() {
    for file in samples() {
        let article = portolan::article::read_path(&file).next().expect("an article").expect("a good one");
        let page = page_of(&article);
        assert!(page.len() < 1_000_000, "{}: {}", file.display(), page.len());
        assert_eq!(page, page_of(&article), "{}", file.display());
        let text = shown_text(&page);
        for p in article.text.split("\n\n").map(str::trim) {
            assert!(text.contains(p), "{}: {p}", file.display());
        }
        let mut ids = between(&page, " id=\"", "\"");
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{}", file.display());
    }
}

#[test]
fn the_command_takes_documents_and_articles_and_skips_bad_ones() {
    let dir = tempfile::tempdir().expect("a folder");
    let at = |name: &str| dir.path().join(name);
    let sample = &samples()[0];
    let document = serde_json::to_string(&extract(&article(TEXT))).expect("JSON");
    std::fs::write(at("a.json"), &document).expect("a file");
    std::fs::write(at("b.jsonl"), format!("{document}\n{document}\n")).expect("a file");
    std::fs::write(at("c.json"), "{\"schema\": \"portolan/itinerary/9\"}").expect("a file");
    let run = |inputs: &[&Path]| {
        let mut command = portolan();
        command.arg("report").args(inputs).arg("-o").arg(at("page.html"));
        command.assert()
    };
    run(&[&at("a.json"), &at("b.jsonl"), sample]).code(0).stdout(predicate::str::contains("page.html"));
    assert!(std::fs::read_to_string(at("page.html")).expect("a page").contains("<h1>Four itineraries</h1>"));
    run(&[&at("c.json"), &at("none.txt"), sample])
        .code(1)
        .stderr(predicate::str::contains("portolan/itinerary/9").and(predicate::str::contains("none.txt")));
    let page = std::fs::read_to_string(at("page.html")).expect("a page");
    assert!(!page.contains("<h1>Four") && page.contains("<div class=\"running\">"));
    portolan().args(["report", "-", "-o"]).arg(at("stdin.html")).write_stdin(document).assert().code(0);
    portolan().arg("report").arg(sample).args(["-o", "/nowhere/page.html"]).assert().code(3);
}
