//! The reading holds the figures that it must reach on the project's annotated development articles. They lie beside the
//! project and not in a clone: without them this says so and passes.

use assert_cmd::Command;

/// What must be reached, by the path of the figure in `portolan eval --json`.
const FLOORS: &[(&str, f64)] = &[
    ("/visits/f1", 0.78),
    ("/visits_by_article", 0.78),
    ("/meetings/f1", 0.75),
    ("/place/share", 0.85),
    ("/status/share", 0.88),
    ("/date/share", 0.78),
    ("/undated/share", 0.85),
    ("/order/share", 0.90),
];

#[test]
fn what_must_be_reached_is_held() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/dev");
    if !folder.exists() {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    }
    let mut eval = Command::cargo_bin("portolan").expect("the program");
    let run = eval.arg("eval").arg(folder.join("gold.jsonl")).arg(folder.join("articles.jsonl")).arg("--json");
    let output = run.output().expect("a run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let figures: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for (path, floor) in FLOORS {
        let value = figures.pointer(path).and_then(serde_json::Value::as_f64);
        assert!(value.is_some_and(|v| v >= *floor), "{path}: {value:?}, must reach {floor}");
    }
    let error = figures.pointer("/calibration_error/visits").and_then(serde_json::Value::as_f64);
    assert!(error.is_some_and(|e| e <= 0.08), "expected calibration error of visits: {error:?}");
}
