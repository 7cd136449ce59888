//! `portolan compare` as a user runs it.

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use std::path::Path;

fn portolan() -> Command {
    Command::cargo_bin("portolan").expect("the program")
}

const ARTICLES: [&str; 3] =
    ["tests/comparing/1-announced.txt", "tests/comparing/3-afterwards.txt", "tests/comparing/4-another-agency.txt"];

fn file(folder: &Path, name: &str, contents: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, contents).expect("a file");
    path.to_string_lossy().into_owned()
}

#[test]
fn it_says_what_it_found_and_writes_all_results() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = portolan().arg("compare").args(ARTICLES).arg("-o").arg(folder.path()).assert().success();
    run.stdout(contains("dates contradict: B and C").and(contains("planned in A, called off in B")));
    for name in ["comparison.json", "merged.itinerary.json", "comparison.svg", "comparison.png", "comparison.pdf"] {
        let bytes = std::fs::read(folder.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(bytes.len() > 500, "{name}");
    }
    // The merged document is one like any other.
    let merged = folder.path().join("merged.itinerary.json");
    portolan().arg("draw").arg(&merged).arg("--timeline").arg(folder.path().join("t.svg")).assert().success();
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("comparison.json")).expect("json")).expect("JSON");
    assert_eq!(json["schema"], "portolan/comparison/1");
    assert_eq!(json["sources"].as_array().map(Vec::len), Some(3));
}

#[test]
fn nothing_in_common_is_said_with_success() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = file(
        folder.path(),
        "other.txt",
        "LISBON, March 4, 2031 - Portuguese Prime Minister Jose Silva visited Madrid on Monday.\n",
    );
    portolan().args(["compare", ARTICLES[0], &other]).assert().success().stdout(contains("Nothing in common"));
}

#[test]
fn a_register_without_a_column_is_refused_and_bad_rows_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let bad = file(folder.path(), "bad.csv", "name,start,country\nAnna Berg,2031-03-04,Kenya\n");
    let run = portolan().args(["compare", ARTICLES[1], "--register", &bad]).assert().code(1);
    run.stderr(contains("no column `end`"));
    let rows = b"name,start,end,country,locale\nAnna Berg,2031-03-04,2031-03-05,Kenya,Nairobi\nAnna Berg,March,2031-03-05,Kenya,\nBerg \xe9,2031-03-04,2031-03-01,Kenya,\n";
    let mixed = file(folder.path(), "mixed.csv", rows);
    let run = portolan().args(["compare", ARTICLES[1], "--register", &mixed]).assert().success();
    let run = run.stdout(contains("confirmed by B"));
    run.stdout(contains("line 3 of the register").and(contains("line 4 of the register")));
    portolan().args(["compare", ARTICLES[1], "--register", "no-such.csv"]).assert().code(1);
}

#[test]
fn a_large_register_is_read_row_by_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut table = String::from("name,start,end,country,locale\n");
    (0..300_000).for_each(|i| table.push_str(&format!("Person {i},2031-03-04,2031-03-05,Kenya,Nairobi\n")));
    table.push_str("Anna Berg,2031-03-04,2031-03-04,Kenya,Nairobi\n");
    let large = file(folder.path(), "large.csv", table);
    portolan()
        .args(["compare", ARTICLES[1], "--register", &large])
        .assert()
        .success()
        .stdout(contains("confirmed by B"));
}

#[test]
fn a_document_of_another_version_is_left_out_with_a_message() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = file(folder.path(), "old.json", "{\"schema\": \"portolan/itinerary/9\", \"article\": {\"id\": \"x\"}}");
    let run = portolan().args(["compare", ARTICLES[0], ARTICLES[1], &other]).assert().code(1);
    run.stdout(contains("Anna Berg")).stderr(contains("portolan/itinerary/9"));
}
