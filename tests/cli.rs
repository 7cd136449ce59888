//! The program as a user runs it: what it writes, what it says of bad input, and how it exits.

use assert_cmd::Command;
use predicates::prelude::*;
use std::path::{Path, PathBuf};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/articles/gulf-of-guinea.txt");

fn portolan() -> Command {
    Command::cargo_bin("portolan").expect("the program")
}

fn file(folder: &Path, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, contents).expect("a temporary file");
    path
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn chart_prints_the_itinerary_and_writes_three_files() {
    let dir = folder();
    let said = predicate::str::contains("Niamey")
        .and(predicate::str::contains("1 (open)"))
        .and(predicate::str::contains("not stated"));
    portolan().args(["chart", SAMPLE, "-o"]).arg(dir.path()).assert().code(0).stdout(said);
    for ending in ["itinerary.json", "timeline.svg", "route.svg"] {
        assert!(dir.path().join(format!("gulf-of-guinea.{ending}")).is_file(), "{ending}");
    }
}

#[test]
fn extract_writes_one_line_an_article_in_order() {
    let out = portolan().args(["extract", SAMPLE, SAMPLE]).assert().code(0).get_output().stdout.clone();
    let lines: Vec<serde_json::Value> =
        String::from_utf8_lossy(&out).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["schema"], "portolan/itinerary/1");
    assert_eq!(lines[0]["article"]["published_from"], "metadata");
}

#[test]
fn standard_input_is_an_article_too() {
    let article =
        r#"{"id": "a", "text": "French President Luc Moreau arrived in Lima on Monday.", "published": "2024-05-07"}"#;
    let out = portolan().args(["extract", "-"]).write_stdin(article).assert().code(0).get_output().stdout.clone();
    let document: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
    assert_eq!(document["visits"][0]["country"], "PE");
    assert_eq!(document["visits"][0]["start"], "2024-05-06");
}

#[test]
fn the_argument_outranks_the_date_in_the_file() {
    let out =
        portolan().args(["extract", SAMPLE, "--published", "2020-01-05"]).assert().code(0).get_output().stdout.clone();
    let document: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
    assert_eq!(document["article"]["published"], "2020-01-05");
    assert_eq!(document["article"]["published_from"], "argument");
}

#[test]
fn draw_draws_again_from_a_document_edited_by_hand() {
    let dir = folder();
    portolan().args(["chart", SAMPLE, "-o"]).arg(dir.path()).assert().code(0);
    let path = dir.path().join("gulf-of-guinea.itinerary.json");
    let text = std::fs::read_to_string(&path).expect("the document").replace("\"Niamey\"", "\"Niamey Edited\"");
    std::fs::write(&path, text).expect("written");
    portolan().arg("draw").arg(&path).assert().code(0);
    let svg = std::fs::read_to_string(dir.path().join("gulf-of-guinea.timeline.svg")).expect("the timeline");
    assert!(svg.contains("Niamey Edited"));
    let only = dir.path().join("map.svg");
    portolan()
        .arg("draw")
        .arg(&path)
        .arg("--route")
        .arg(&only)
        .assert()
        .code(0)
        .stdout(predicate::str::contains("map.svg"));
    assert!(only.is_file());
}

#[test]
fn an_article_without_a_visit_is_no_error() {
    let dir = folder();
    let quiet = concat!(env!("CARGO_MANIFEST_DIR"), "/data/articles/quiet-day.txt");
    portolan()
        .args(["chart", quiet, "-o"])
        .arg(dir.path())
        .assert()
        .code(0)
        .stdout(predicate::str::contains("No visit is reported"));
}

#[test]
fn schema_completions_and_man_are_printed() {
    portolan().arg("schema").assert().code(0).stdout(predicate::str::contains("\"sequence\""));
    portolan().args(["completions", "bash"]).assert().code(0).stdout(predicate::str::contains("portolan"));
    portolan().arg("man").assert().code(0).stdout(predicate::str::contains(".TH portolan"));
    portolan().args(["chart", "--help"]).assert().code(0).stdout(predicate::str::contains("Examples"));
}

/// Runs `extract` on a bad file; it must fail with code 1 and say these words.
fn refused(name: &str, contents: &[u8], words: &[&str]) {
    let dir = folder();
    let path = file(dir.path(), name, contents);
    let assert = portolan().arg("extract").arg(&path).env("NO_COLOR", "1").assert().code(1);
    let said = String::from_utf8_lossy(&assert.get_output().stderr).split_whitespace().collect::<Vec<_>>().join(" ");
    for word in words {
        assert!(said.contains(word), "{word:?} is not in: {said}");
    }
}

#[test]
fn bad_articles_are_refused_with_a_remedy() {
    refused("empty.txt", b"", &["empty", "help"]);
    refused("binary.txt", &[0, 1, 2, 0, 255, 0, 7, 0, 0, 0, 1, 1], &["binary", "plain text"]);
    refused("half.json", b"{\"text\": \"a", &["not valid JSON", "Correct the JSON"]);
    refused("notext.json", b"{\"title\": \"a\"}", &["text"]);
    refused("date.json", b"{\"text\": \"a\", \"published\": \"soon\"}", &["soon", "2023-11-05"]);
}

#[test]
fn missing_files_and_folders_are_named() {
    portolan()
        .args(["extract", "/no/such/article.txt"])
        .assert()
        .code(1)
        .stderr(predicate::str::contains("no such file"));
    let dir = folder();
    portolan().arg("extract").arg(dir.path()).assert().code(1).stderr(predicate::str::contains("directory"));
}

#[test]
fn in_a_batch_the_good_ones_go_on_and_the_bad_line_is_named() {
    let dir = folder();
    let lines = "{\"id\": \"a\", \"text\": \"One.\"}\n{broken\n{\"id\": \"c\", \"text\": \"Three.\"}\n";
    let path = file(dir.path(), "batch.jsonl", lines);
    let assert = portolan().arg("extract").arg(&path).env("NO_COLOR", "1").assert().code(1);
    assert_eq!(String::from_utf8_lossy(&assert.get_output().stdout).lines().count(), 2);
    assert!(String::from_utf8_lossy(&assert.get_output().stderr).contains("batch.jsonl:2"));
}

#[test]
fn an_overlong_text_is_read_in_part_and_the_document_says_so() {
    let dir = folder();
    let path = file(dir.path(), "long.txt", "Nothing happened. ".repeat(60_000) + "Zoë");
    let out = portolan().arg("extract").arg(&path).assert().code(0).get_output().stdout.clone();
    assert!(String::from_utf8_lossy(&out).contains("only the first 1000000 were read"));
}

#[test]
fn windows_1252_is_read() {
    let dir = folder();
    let path = file(
        dir.path(),
        "old.txt",
        b"Title\n\nFrench President Ren\xe9 Dupr\xe9 arrived \x96 late \x96 in Lima on Monday.\n",
    );
    let out = portolan()
        .arg("extract")
        .arg(&path)
        .args(["--published", "2024-05-07"])
        .assert()
        .code(0)
        .get_output()
        .stdout
        .clone();
    assert!(String::from_utf8_lossy(&out).contains("René Dupré"));
}

#[test]
fn a_bad_date_and_a_bad_command_are_usage_errors() {
    portolan()
        .args(["chart", SAMPLE, "--published", "05/11/2023"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("2023-11-05"));
    portolan().arg("sail").assert().code(2);
}

#[test]
fn an_output_that_cannot_be_written_exits_3_and_leaves_what_was_there() {
    let dir = folder();
    let taken = file(dir.path(), "taken", "kept");
    portolan()
        .args(["chart", SAMPLE, "-o"])
        .arg(&taken)
        .assert()
        .code(3)
        .stderr(predicate::str::contains("output folder"));
    assert_eq!(std::fs::read_to_string(&taken).expect("still there"), "kept");
    portolan().args(["extract", SAMPLE, "-o", "/no/such/folder/x.jsonl"]).assert().code(3);
}

#[test]
fn documents_of_another_version_or_with_unknown_ids_are_refused() {
    let dir = folder();
    portolan().args(["chart", SAMPLE, "-o"]).arg(dir.path()).assert().code(0);
    let text = std::fs::read_to_string(dir.path().join("gulf-of-guinea.itinerary.json")).expect("the document");
    let newer = file(dir.path(), "newer.json", text.replace("portolan/itinerary/1", "portolan/itinerary/2"));
    portolan().arg("draw").arg(&newer).assert().code(1).stderr(predicate::str::contains("portolan/itinerary/2"));
    let lost = file(
        dir.path(),
        "lost.json",
        text.replacen("\"traveller\": \"helena-marques\"", "\"traveller\": \"nobody\"", 1),
    );
    let assert = portolan().arg("draw").arg(&lost).env("NO_COLOR", "1").assert().code(1);
    assert!(String::from_utf8_lossy(&assert.get_output().stderr).contains("nobody"));
    let half = file(dir.path(), "half.json", &text[..200]);
    portolan().arg("draw").arg(&half).assert().code(1).stderr(predicate::str::contains("half.json:8"));
}

#[test]
fn an_id_never_leaves_the_output_folder() {
    let dir = folder();
    let path = file(dir.path(), "a.json", "{\"id\": \"../../escape:x/y\", \"text\": \"Nothing.\"}");
    let out = dir.path().join("out");
    portolan().arg("chart").arg(&path).arg("-o").arg(&out).assert().code(0);
    assert_eq!(std::fs::read_dir(&out).expect("the folder").count(), 3);
}

#[test]
fn eval_measures_on_annotated_articles_and_names_a_bad_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = folder.path().join("articles.jsonl");
    let gold = folder.path().join("gold.jsonl");
    let article = r#"{"id":"a1","published":"2024-05-07","text":"Norwegian Foreign Minister Anna Berg arrived in Nairobi on Monday."}"#;
    let annotation = r#"{"id":"a1","officials":[{"key":"berg","name":"Anna Berg"}],"visits":[{"traveller":"berg","country":"KE","places":["Nairobi"],"status":"completed","start":"2024-05-06","trip":"main","rank":1,"evidence":"arrived in Nairobi"}],"meetings":[]}"#;
    std::fs::write(&articles, article).expect("articles");
    std::fs::write(&gold, annotation).expect("annotations");
    let eval = || {
        let mut command = portolan();
        command.arg("eval").arg(&gold).arg(&articles);
        command
    };
    eval().assert().success().stdout(predicates::str::contains("visits    P 1.000  R 1.000  F1 1.000"));
    std::fs::write(&gold, format!("{annotation}\n{{\"id\":")).expect("annotations");
    eval().assert().code(1).stderr(predicates::str::contains("gold.jsonl:2"));
}

#[test]
fn check_says_what_it_wrote_and_reads_documents_in_any_encoding_and_one_a_line() {
    let dir = folder();
    let latin = file(dir.path(), "latin.itinerary", b"# Jos\xe9 Silva, Minister, PT\n2031-03-04  Madrid\n");
    let (json, plain) = (dir.path().join("out.json"), dir.path().join("out.itinerary"));
    let run = portolan().arg("check").arg(&latin).arg("--complete").arg(&json).arg("--plain").arg(&plain).assert();
    let said = |path: &Path| predicate::str::contains(format!("Written: {}", path.display()));
    run.code(0).stdout(said(&json).and(said(&plain)).and(predicate::str::contains("nothing is wrong")));
    assert!(std::fs::read_to_string(&json).expect("the document").contains("José Silva"));
    // The same document is one for other commands too, and no article.
    let run = portolan().arg("export").args(["--to", "json-graph"]).arg(&latin).assert().code(0);
    run.stdout(predicate::str::contains("José Silva"));
    let broken = file(dir.path(), "broken.itinerary", b"# A\0B\n");
    portolan().arg("check").arg(&broken).assert().code(1).stderr(predicate::str::contains("is a binary file"));

    let two = portolan().args(["extract", SAMPLE, SAMPLE]).assert().code(0).get_output().stdout.clone();
    let mut lines = two.clone();
    lines.extend_from_slice(b"{\"visits\": [{\"place\": \"Cairo\"}]}\n");
    let lines = file(dir.path(), "lines.jsonl", lines);
    let run = portolan().arg("check").arg(&lines).assert().code(1);
    run.stdout(predicate::str::contains("lines.jsonl:3:").and(predicate::str::contains("`traveller` is missing")));
    portolan().arg("check").arg(&lines).arg("--plain").arg(&plain).assert().code(2);
}

#[test]
fn check_tells_an_article_from_a_document() {
    let run = portolan().args(["check", SAMPLE]).assert().code(1);
    run.stdout(predicate::str::contains("this is an article").and(predicate::str::contains("`portolan extract`")));
}
