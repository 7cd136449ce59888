//! `portolan draw` as a user runs it: forms, sizes, themes, fonts, and what it says of bad input.

use assert_cmd::Command;
use predicates::prelude::*;
use std::path::{Path, PathBuf};

fn portolan() -> Command {
    let mut command = Command::cargo_bin("portolan").expect("the program");
    command.env("NO_COLOR", "1");
    command
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("output").join(format!("{name}.itinerary.json"))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Draws a sample's timeline with these arguments to a file of this name; gives its bytes.
fn drawn(arguments: &[&str], file: &str) -> Vec<u8> {
    let dir = folder();
    let path = dir.path().join(file);
    portolan().arg("draw").arg(sample("gulf-of-guinea")).arg("--timeline").arg(&path).args(arguments).assert().code(0);
    std::fs::read(path).expect("the chart")
}

fn text(arguments: &[&str]) -> String {
    String::from_utf8(drawn(arguments, "chart.svg")).expect("UTF-8")
}

/// Width and height from the head of a PNG (ISO 15948, IHDR).
fn png_size(bytes: &[u8]) -> (u32, u32) {
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    let word = |i: usize| u32::from_be_bytes([bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]]);
    (word(16), word(20))
}

#[test]
fn the_ending_decides_the_form() {
    assert!(drawn(&[], "chart.svg").starts_with(b"<svg"));
    assert!(drawn(&[], "chart.pdf").starts_with(b"%PDF"));
    let (small, large) = (drawn(&["--scale", "1"], "chart.png"), drawn(&["--scale", "2"], "chart.PNG"));
    let ((w, h), (w2, h2)) = (png_size(&small), png_size(&large));
    assert_eq!((w, h * 2), (1200, h2));
    assert_eq!(w2, 2400);
}

#[test]
fn every_form_has_the_same_bytes_each_time() {
    for file in ["chart.svg", "chart.png", "chart.pdf"] {
        assert!(drawn(&["--embed-font"], file) == drawn(&["--embed-font"], file), "{file}");
    }
}

#[test]
fn a_pdf_keeps_its_text() {
    // Text that is drawn as outlines has no fonts in the file.
    let pdf = drawn(&[], "chart.pdf");
    let has = |word: &[u8]| pdf.windows(word.len()).any(|w| w == word);
    assert!(has(b"/ToUnicode") && has(b"LiberationSans"));
}

#[test]
fn width_theme_layout_and_title_are_as_asked_for() {
    assert!(text(&["--width", "800"]).contains("viewBox=\"0 0 800 "));
    assert!(text(&["--theme", "dark"]).contains("#14181f") && !text(&[]).contains("#14181f"));
    assert!(text(&["--title", "Seven <days> & nights"]).contains(">Seven &lt;days&gt; &amp; nights</text>"));
    assert!(text(&["--layout", "list", "--width", "360"]) != text(&["--width", "360"]));
}

#[test]
fn an_embedded_font_is_part_of_the_file() {
    let (with, without) = (text(&["--embed-font"]), text(&[]));
    assert!(with.contains("@font-face") && with.contains("font/woff2;base64,"));
    assert!(!without.contains("@font-face"));
}

#[test]
fn what_cannot_be_drawn_is_said_with_a_remedy() {
    let dir = folder();
    let draw = |arguments: &[&str], code: i32, says: &str| {
        let mut command = portolan();
        command.current_dir(dir.path()).arg("draw").arg(sample("gulf-of-guinea")).args(arguments);
        command.assert().code(code).stderr(predicate::str::contains(says));
    };
    draw(&["--timeline", "chart.gif"], 2, ".svg, .png or .pdf");
    draw(&["--timeline", "chart"], 2, ".svg, .png or .pdf");
    draw(&["--timeline", "a.svg", "--route", "a.svg"], 2, "a file of its own");
    draw(&["--timeline", "a.png", "--width", "4000", "--scale", "10"], 3, "too large");
    draw(&["--theme", "sepia"], 2, "print");
    draw(&["--width", "12"], 2, "320");
    draw(&["--scale", "0"], 2, "between 0.1 and 10");
    assert_eq!(std::fs::read_dir(dir.path()).expect("the folder").count(), 0, "nothing is written beside an error");
}

#[test]
fn charts_are_the_same_on_any_number_of_threads() {
    let document: portolan::Itinerary =
        serde_json::from_slice(&std::fs::read(sample("pacific-crossing")).expect("a sample")).expect("a document");
    let draw = || {
        let options = portolan::chart::Options::default();
        (portolan::timeline(&document, &options), portolan::route(&document, &options))
    };
    let alone = draw();
    std::thread::scope(|s| {
        let threads: Vec<_> = (0..4).map(|_| s.spawn(draw)).collect();
        for thread in threads {
            assert!(thread.join().expect("a thread") == alone);
        }
    });
}
