//! The project's own samples: what a careful reader takes from them (`tests/samples/*.tsv`) is what the document says, and its
//! charts are those in `output/`.

use portolan::chart::{Options, route, timeline};
use portolan::itinerary::{Itinerary, TripKind, check};
use portolan::{article, extract};
use std::path::{Path, PathBuf};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn samples() -> Vec<(String, Itinerary)> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(root("data/articles")).expect("samples").map(|e| e.expect("an entry").path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let read = |p: &PathBuf| extract(&article::read_path(p).next().expect("an article").expect("a good one"));
    paths.iter().map(|p| (p.file_stem().expect("a name").to_string_lossy().into_owned(), read(p))).collect()
}

/// Rows of a document in the form of the expectation files; a date that publication only bounds is `-`.
fn rows(d: &Itinerary) -> Vec<[String; 7]> {
    let kind =
        |v: &portolan::itinerary::Visit| d.trips.iter().find(|t| t.id == v.trip).map_or(TripKind::Main, |t| t.kind);
    d.visits
        .iter()
        .map(|v| {
            let bounded = |e: &&portolan::itinerary::Edtf| e.earliest().is_some() && e.latest().is_some();
            [
                d.officials.iter().find(|o| o.id == v.traveller).map_or("", |o| &o.name).to_string(),
                d.places.iter().find(|p| p.id == v.place).map_or("", |p| &p.name).to_string(),
                v.country.as_ref().map_or(String::new(), |c| c.0.clone()),
                format!("{:?}", v.status).to_lowercase(),
                v.start.as_ref().filter(bounded).map_or("-".into(), |e| e.to_string()),
                v.order.map_or("-".into(), |n| n.to_string()),
                format!("{:?}", kind(v)).to_lowercase(),
            ]
        })
        .collect()
}

#[test]
fn each_sample_is_read_as_a_careful_reader_would() {
    let mut wrong = Vec::new();
    for (name, document) in samples() {
        let table = std::fs::read_to_string(root(&format!("tests/samples/{name}.tsv"))).expect("an expectation");
        let expected: Vec<Vec<&str>> = table.lines().map(|l| l.split('\t').collect()).collect();
        let got = rows(&document);
        let fits = |e: &Vec<&str>, g: &[String; 7]| e.iter().zip(g).all(|(e, g)| *e == "?" || e == g);
        wrong.extend(
            expected.iter().filter(|e| !got.iter().any(|g| fits(e, g))).map(|e| format!("{name}: missing {e:?}")),
        );
        wrong.extend(
            got.iter()
                .filter(|g| !expected.iter().any(|e| fits(e, g)))
                .map(|g| format!("{name}: not in the text {g:?}")),
        );
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn documents_are_whole_and_fit_their_schema() {
    let schema = serde_json::to_value(schemars::schema_for!(Itinerary)).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    for (name, document) in samples() {
        assert_eq!(check(&document), [], "{name}");
        let json = serde_json::to_value(&document).expect("JSON");
        let errors: Vec<String> = validator.iter_errors(&json).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn documents_survive_being_read_and_written_with_fields_that_we_do_not_know() {
    for (name, document) in samples() {
        let mut json = serde_json::to_value(&document).expect("JSON");
        json["reviewed_by"] = "desk".into();
        let back: Itinerary = serde_json::from_value(json.clone()).expect("a document");
        assert_eq!(serde_json::to_value(&back).expect("JSON"), json, "{name}");
    }
}

/// `output/` holds the samples' documents and charts as `portolan chart data/articles/*.txt` writes them.
#[test]
fn output_holds_what_the_program_writes() {
    let options = Options::default();
    for (name, document) in samples() {
        let written =
            |ending: &str| std::fs::read_to_string(root(&format!("output/{name}.{ending}"))).unwrap_or_default();
        let json = serde_json::to_string_pretty(&document).expect("JSON") + "\n";
        let again = "run `cargo run --release -- chart data/articles/*.txt` and look at the difference";
        assert!(written("itinerary.json") == json, "output/{name}.itinerary.json: {again}");
        assert!(written("timeline.svg") == timeline(&document, &options), "output/{name}.timeline.svg: {again}");
        assert!(written("route.svg") == route(&document, &options), "output/{name}.route.svg: {again}");
    }
}
