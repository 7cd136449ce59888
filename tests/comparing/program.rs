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
    run.stdout(contains("dates contradict: B and C").and(contains("ahead in A, called off in B")));
    for name in ["comparison.json", "merged.itinerary.json", "comparison.svg", "comparison.png", "comparison.pdf"] {
        let bytes = std::fs::read(folder.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(bytes.len() > 500, "{name}");
    }
    // The merged document is one like any other.
    let merged = folder.path().join("merged.itinerary.json");
    portolan().arg("check").arg(&merged).assert().success().stdout(contains("nothing is wrong"));
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
    let run = portolan().args(["compare", ARTICLES[1], "--register", &mixed]).assert().code(1);
    let run = run.stdout(contains("confirmed by B"));
    run.stdout(contains("line 3 of the register").and(contains("line 4 of the register")));
    portolan().args(["compare", ARTICLES[1], "--register", "no-such.csv"]).assert().code(1);
}

#[test]
fn of_what_a_register_has_in_rows_that_cannot_be_read_nothing_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = "name;start;end;country;locale\r\n\"Berg, Anna\";4 March 2031;5 March 2031;Kenya;Nairobi\r\n\
        \"Berg, Anna\";05/03/2031;06/03/2031;Uganda;Kampala\r\n\"Berg, Anna\";03/04/1999;03/05/1999;Ethiopia;\r\n\
        \"Berg, Anna\";8 March 2031;March 9, 2031;Sweden;Stockholm\r\n";
    let table = file(folder.path(), "travels.csv", rows);
    let out = folder.path().join("out");
    let run = portolan().args(["compare", ARTICLES[1], "--register", &table, "-o"]).arg(&out).assert().code(1);
    let said = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
    let row = |place: &str| said.lines().find(|l| l.contains(place)).unwrap_or_default().to_string();
    assert!(row("Nairobi").contains("confirmed by B"), "{said}");
    assert!(!row("Kampala").contains("not in the register"), "{said}");
    // A row of another year says nothing of this journey.
    assert!(row("Addis Ababa").contains("not in the register B"), "{said}");
    let note = "line 3 of the register could not be read: nothing is said of whether it has Anna Berg in Kampala";
    assert_eq!(said.matches(note).count(), 1, "{said}");
    let why = "line 3 of the register: `05/03/2031` in the column `start` may be 5 March or 3 May";
    assert_eq!(said.matches(why).count(), 1, "{said}");
    let json = std::fs::read_to_string(out.join("comparison.json")).expect("the comparison");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let warnings = json["warnings"].to_string();
    assert!(warnings.contains(note) && warnings.contains(why), "{warnings}");
    let merged = out.join("merged.itinerary.json");
    portolan().arg("check").arg(&merged).assert().success().stdout(contains("nothing is wrong"));
    assert!(merged.exists() && out.join("comparison.pdf").exists());
}

#[test]
fn counting_has_no_use_for_a_register() {
    let run =
        portolan().args(["compare", ARTICLES[0], "--by", "country", "--register", "no-such.csv"]).assert().code(2);
    run.stderr(contains("no use for --register").and(contains("Leave --register out")));
}

#[test]
fn a_register_in_utf_16_with_tabs_is_read_and_a_spreadsheet_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = "\u{feff}name\tstart\tend\tcountry\nAnna Berg\t2031/03/04\t2031/03/05\tKenya\n";
    let bytes: Vec<u8> = rows.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let table = file(folder.path(), "travels.csv", bytes);
    let run = portolan().args(["compare", ARTICLES[1], "--register", &table]).assert().success();
    run.stdout(contains("confirmed by B"));
    let workbook = file(folder.path(), "travels.xlsx", b"PK\x03\x04\x14\0\x06\0");
    let run = portolan().args(["compare", ARTICLES[1], "--register", &workbook]).assert().code(1);
    run.stderr(contains("travels.xlsx: this is a spreadsheet's own file").and(contains("save it as CSV")));
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

#[test]
fn the_same_article_given_twice_is_noted() {
    let run = portolan().args(["compare", ARTICLES[1], ARTICLES[1]]).assert().success();
    run.stdout(contains("`3-afterwards-2` says the same as `3-afterwards`"));
    let run = portolan().args(["compare", ARTICLES[0], ARTICLES[1]]).assert().success();
    run.stdout(contains("says the same").not());
}

#[test]
fn the_chart_of_draw_is_that_of_compare() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let documents = ["plan", "report", "register"].map(|name| format!("tests/comparison/{name}.json"));
    portolan().arg("compare").args(&documents).arg("-o").arg(folder.path()).assert().success();
    portolan().arg("draw").args(&documents).arg("--comparison").arg(path("drawn.svg")).assert().success();
    let read = |name: &str| std::fs::read_to_string(path(name)).expect("a chart");
    assert_eq!(read("comparison.svg"), read("drawn.svg"));
    assert!(read("drawn.svg").contains("Two articles and one register"));
}

#[test]
fn counts_say_who_visited_whom_and_which_stops_were_shared() {
    let folder = tempfile::tempdir().expect("a folder");
    let visit = |who: &str, place: &str, day: &str| serde_json::json!({"traveller": who, "place": place, "start": day, "end": day});
    let mut visits = vec![visit("Ana Alba", "Ramallah", "2031-03-04"), visit("Bo Berg", "Ramallah", "2031-03-04")];
    visits.extend(
        (1..24).flat_map(|d| ["Ana Alba", "Bo Berg"].map(|who| visit(who, "Oslo", &format!("2032-01-{d:02}")))),
    );
    let officials = [("Ana Alba", "UN"), ("Bo Berg", "NO"), ("Cy Calm", "PS")];
    let officials = officials.map(|(name, country)| serde_json::json!({"name": name, "country": country}));
    let meetings =
        serde_json::json!([{"participants": ["Ana Alba", "Cy Calm"], "place": "Ramallah", "start": "2031-03-04"}]);
    let document = serde_json::json!({"officials": officials, "visits": visits, "meetings": meetings});
    let input = file(folder.path(), "both.json", document.to_string());
    let run = portolan().args(["compare", &input, "--by", "country"]).assert().success();
    let run = run.stdout(contains("United Nations").and(contains("Palestinian territories")));
    let run = run.stdout(contains("Who visited whom: 1").and(contains("Cy Calm")));
    let run = run.stdout(contains("Stops that travellers shared: 24"));
    run.stdout(
        contains("Tue 4 Mar 2031")
            .and(contains("Ana Alba; Bo Berg"))
            .and(contains("and 4 more (all are in tally.json")),
    );
}

#[test]
fn counts_use_the_words_of_the_charts_and_no_empty_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let visit = |status: &str| {
        let visit =
            serde_json::json!({"traveller": "Ana Alba", "place": "Oslo", "start": "2031-03-04", "status": status});
        file(folder.path(), &format!("{status}.json"), serde_json::json!({"visits": [visit]}).to_string())
    };
    let count = |input: &str| portolan().args(["compare", input, "--by", "country"]).assert().success();
    let run = count(&visit("completed"));
    run.stdout(contains("country not stated").and(contains("not known").not()));
    count(&visit("cancelled")).stdout("Nothing to count.\n");
}
