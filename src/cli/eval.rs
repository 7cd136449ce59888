//! `portolan eval`: annotated articles against what portolan reads in them.

use super::{Failure, articles, extract, report};
use crate::evaluation::{Evaluation, Hits, Share, calibration, evaluate, gold};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Measures on `articles` annotated in `gold`; prints the figures, and up to `errors` mistakes. Gives the number of articles that
/// could not be read.
pub fn run(gold: &Path, inputs: &[PathBuf], errors: usize, json: bool) -> Result<usize, Failure> {
    let annotations = read_gold(gold)?;
    let mut bad = 0;
    let mut read = Vec::new();
    for article in articles(inputs) {
        match article {
            Ok(article) => read.push(article),
            Err(failure) => {
                bad += 1;
                report(failure);
            }
        }
    }
    let documents = extract::in_parallel(&read, crate::extract);
    let texts: HashMap<&str, (&str, Option<&str>)> =
        read.iter().map(|a| (a.id.as_str(), (a.text.as_str(), a.source.as_deref()))).collect();
    let figures = evaluate(&annotations, &documents, |id| texts.get(id).copied());
    if json {
        super::output::say(&format!("{:#}", as_json(&figures)));
    } else {
        print!("{}", as_text(&figures, errors));
    }
    Ok(bad)
}

fn read_gold(path: &Path) -> Result<Vec<gold::Gold>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| {
        Failure::Input(format!("{}: {e}", path.display()), "Name a file of annotations (JSON lines).".into())
    })?;
    gold::read(&text).map_err(|(line, e)| {
        let remedy = "Each line is one JSON object with id, officials, visits and meetings; data/README.md shows one.";
        Failure::Input(format!("{}:{line}: {e}", path.display()), remedy.into())
    })
}

fn as_text(e: &Evaluation, errors: usize) -> String {
    let mut out = String::new();
    let mut line = |text: String| out.push_str(&format!("{text}\n"));
    line(format!("articles {} (without a document: {})", e.articles, e.absent));
    line(format!("visits    {}, mean over articles {:.3}", hits(&e.visits), e.visits_by_article));
    line(format!("meetings  {}", hits(&e.meetings)));
    let details = [
        ("place", &e.place),
        ("status", &e.status),
        ("date", &e.date),
        ("left undated", &e.undated),
        ("order", &e.order),
    ];
    let shares: Vec<String> = details.iter().map(|(name, s)| format!("{name} {}", share(s))).collect();
    line(format!("on visits found: {}", shares.join(", ")));
    line(format!(
        "expected calibration error: visits {:.3}, meetings {:.3}",
        calibration::error(&e.visit_confidence),
        calibration::error(&e.meeting_confidence)
    ));
    line("\nby source".into());
    for (source, (visits, meetings)) in &e.by_source {
        line(format!("  {source:16} visits {}", hits(visits)));
        line(format!("  {:16} meetings {}", "", hits(meetings)));
    }
    line("\nby phenomenon: share of the annotated that is found".into());
    for (name, found) in &e.by_phenomenon {
        line(format!("  {name:42} {}", share(found)));
    }
    line("\nby least confidence: visits kept, precision, recall".into());
    for (least, kept, right) in calibration::curve(&e.visit_confidence) {
        let (p, r) = (right as f64 / kept as f64, right as f64 / e.visits.gold.max(1) as f64);
        line(format!("  {least:.2}  {kept:5}  {p:.3}  {r:.3}"));
    }
    for kind in ["missed", "false"] {
        for m in e.mistakes.iter().filter(|m| m.kind == kind).take(errors) {
            line(format!("\n{kind} {}: {} {} ({})\n  {}", m.what, m.who, m.detail, m.article, m.words));
        }
    }
    out
}

fn hits(h: &Hits) -> String {
    format!("P {:.3}  R {:.3}  F1 {:.3}  (annotated {}, found {})", h.precision(), h.recall(), h.f1(), h.gold, h.found)
}

fn share(s: &Share) -> String {
    format!("{:.3} of {}", s.ratio(), s.of)
}

fn as_json(e: &Evaluation) -> serde_json::Value {
    let hits = |h: &Hits| serde_json::json!({"precision": h.precision(), "recall": h.recall(), "f1": h.f1(), "annotated": h.gold, "found": h.found});
    let share = |s: &Share| serde_json::json!({"share": s.ratio(), "of": s.of});
    let mistake = |m: &crate::evaluation::Mistake| serde_json::json!({"article": m.article, "kind": m.kind, "what": m.what, "who": m.who, "detail": m.detail, "words": m.words});
    let sources =
        e.by_source.iter().map(|(k, (v, m))| (k.clone(), serde_json::json!({"visits": hits(v), "meetings": hits(m)})));
    serde_json::json!({
        "articles": e.articles, "absent": e.absent,
        "visits": hits(&e.visits), "visits_by_article": e.visits_by_article, "meetings": hits(&e.meetings),
        "place": share(&e.place), "status": share(&e.status), "date": share(&e.date), "undated": share(&e.undated), "order": share(&e.order),
        "calibration_error": {"visits": calibration::error(&e.visit_confidence), "meetings": calibration::error(&e.meeting_confidence)},
        "by_source": sources.collect::<serde_json::Map<_, _>>(),
        "by_phenomenon": e.by_phenomenon.iter().map(|(k, s)| (k.to_string(), share(s))).collect::<serde_json::Map<_, _>>(),
        "curve": calibration::curve(&e.visit_confidence).iter().map(|(least, kept, right)| serde_json::json!({"least": least, "kept": kept, "right": right})).collect::<Vec<_>>(),
        "mistakes": e.mistakes.iter().map(mistake).collect::<Vec<_>>(),
    })
}
