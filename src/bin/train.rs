//! Makes `data/models` from treebanks, and measures them. Needs the feature `train`:
//!
//! ```text
//! cargo run --release --features train --bin portolan-train -- train ../shared/treebanks data/models
//! cargo run --release --features train --bin portolan-train -- eval  ../shared/treebanks data/models
//! cargo run --release --features train --bin portolan-train -- calibrate ../shared/eval/train/gold.jsonl ../shared/eval/train/articles.jsonl data/confidence
//! ```

use portolan::Reading;
use portolan::article::Article;
use portolan::confidence::Calibration;
use portolan::evaluation::{self, calibration};
use portolan::language::linear::Linear;
use portolan::language::train::{
    Labels, Tree, evaluate, lemma_exceptions, read_conllu, tag_with, train_parser, train_tagger,
};
use std::io::Read;
use std::path::Path;

const GENRES: [&str; 10] =
    ["academic", "bio", "conversation", "court", "interview", "news", "speech", "textbook", "vlog", "voyage"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1..).unwrap_or(&[]) {
        [mode, banks, out] if mode == "train" => train(Path::new(banks), Path::new(out)),
        [mode, banks, models] if mode == "eval" => eval(Path::new(banks), Path::new(models)),
        [mode, gold, articles, out] if mode == "calibrate" => {
            calibrate(Path::new(gold), Path::new(articles), Path::new(out))
        }
        _ => Err("usage: portolan-train train|eval TREEBANKS MODELS, or calibrate GOLD ARTICLES CONFIDENCE".into()),
    }
}

/// Makes the tables of confidence from annotated articles, and says how well a table from one half of them holds on the other.
fn calibrate(gold: &Path, articles: &Path, out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let gold = evaluation::gold::read(&std::fs::read_to_string(gold)?).map_err(|(l, e)| format!("line {l}: {e}"))?;
    let articles: Vec<Article> = portolan::article::read_path(articles).collect::<Result<_, _>>()?;
    let raw = Reading { calibration: Calibration::none(), min_confidence: 0.0 };
    let documents: Vec<_> = articles.iter().map(|a| portolan::extract_with(a, &raw)).collect();
    let (even, odd): (Vec<_>, Vec<_>) = gold.iter().cloned().enumerate().partition(|(i, _)| i % 2 == 0);
    let cases = |gold: Vec<evaluation::gold::Gold>| evaluation::evaluate(&gold, &documents, |_| None);
    let half = |list: Vec<(usize, evaluation::gold::Gold)>| cases(list.into_iter().map(|(_, g)| g).collect());
    let (even, odd, all) = (half(even), half(odd), cases(gold));
    let parts = [
        ("visits", even.visit_confidence, odd.visit_confidence, all.visit_confidence),
        ("meetings", even.meeting_confidence, odd.meeting_confidence, all.meeting_confidence),
    ];
    for (name, even, odd, all) in parts {
        let table = |cases: &[(f64, bool)]| Calibration::of(calibration::fit(cases));
        let held = |table: &Calibration, cases: &[(f64, bool)]| {
            calibration::error(&cases.iter().map(|(c, r)| (table.visit(*c), *r)).collect::<Vec<_>>())
        };
        let error = (held(&table(&even), &odd) + held(&table(&odd), &even)) / 2.0;
        println!("{name}: expected calibration error on the half held back {error:.3}");
        let mut text = format!(
            "# Which share of {name} of a raw score is right. Made by portolan-train calibrate.\nraw\tprobability\n"
        );
        calibration::fit(&all).iter().for_each(|(raw, p)| text.push_str(&format!("{raw:.3}\t{p:.3}\n")));
        std::fs::write(out.join(format!("{name}.tsv")), text)?;
    }
    Ok(())
}

fn load(banks: &Path, name: &str) -> Result<Vec<Vec<Tree>>, Box<dyn std::error::Error>> {
    let path = banks.join(format!("{name}.conllu.gz"));
    let file = std::fs::File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text)?;
    Ok(read_conllu(&text))
}

/// Every third document of GUM news is kept for measuring.
fn news(banks: &Path, held_out: bool) -> Result<Vec<Tree>, Box<dyn std::error::Error>> {
    Ok(load(banks, "gum-news")?
        .into_iter()
        .enumerate()
        .filter(|(i, _)| (i % 3 == 2) == held_out)
        .flat_map(|(_, d)| d)
        .collect())
}

fn training(banks: &Path) -> Result<Vec<Tree>, Box<dyn std::error::Error>> {
    let mut trees: Vec<Tree> = load(banks, "ewt-train")?.into_iter().flatten().collect();
    trees.extend(load(banks, "ewt-dev")?.into_iter().flatten());
    for genre in GENRES.iter().filter(|g| **g != "news") {
        trees.extend(load(banks, &format!("gum-{genre}"))?.into_iter().flatten());
    }
    trees.extend(news(banks, false)?);
    Ok(trees)
}

fn leak(bytes: Vec<u8>) -> Linear {
    Linear::new(Box::leak(bytes.into_boxed_slice()))
}

fn train(banks: &Path, out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let trees = training(banks)?;
    let all: Vec<&Tree> = trees.iter().collect();
    let tags = Labels::of(trees.iter().flat_map(|t| &t.tags));
    let relations = Labels::of(trees.iter().flat_map(|t| &t.relations));
    eprintln!("{} sentences, {} tags, {} relations", trees.len(), tags.names.len(), relations.names.len());
    // The parser sees tags as it will get them: each half is tagged by a tagger that was trained on the other.
    let half = |k: usize| all.iter().enumerate().filter(|(i, _)| i % 2 == k).map(|(_, t)| *t).collect::<Vec<_>>();
    let halves = [leak(train_tagger(&half(1), &tags, 4)), leak(train_tagger(&half(0), &tags, 4))];
    let guessed: Vec<Vec<u8>> = all.iter().enumerate().map(|(i, t)| tag_with(&halves[i % 2], &tags, t)).collect();
    eprintln!("tagger …");
    std::fs::write(out.join("tagger.bin"), train_tagger(&all, &tags, 8))?;
    eprintln!("parser …");
    std::fs::write(out.join("parser.bin"), train_parser(&all, &guessed, &relations, 8))?;
    std::fs::write(out.join("lemmas.tsv"), lemma_exceptions(&all))?;
    let lines = tags
        .names
        .iter()
        .map(|n| format!("tag\t{n}\n"))
        .chain(relations.names.iter().map(|n| format!("relation\t{n}\n")));
    std::fs::write(out.join("labels.tsv"), lines.collect::<String>())?;
    eval(banks, out)
}

fn eval(banks: &Path, models: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let names = std::fs::read_to_string(models.join("labels.tsv"))?;
    let of = |kind: &str| Labels {
        names: names
            .lines()
            .filter_map(|l| l.split_once('\t'))
            .filter(|(k, _)| *k == kind)
            .map(|(_, n)| n.to_string())
            .collect(),
    };
    let (tagger, parser) =
        (leak(std::fs::read(models.join("tagger.bin"))?), leak(std::fs::read(models.join("parser.bin"))?));
    println!("{:<22} {:>6} {:>6} {:>6} {:>6}", "test set", "UPOS", "XPOS", "UAS", "LAS");
    let sets = [
        ("GUM news, held out", news(banks, true)?),
        ("EWT test", load(banks, "ewt-test")?.concat()),
        ("PUD", load(banks, "pud-test")?.concat()),
    ];
    for (name, trees) in sets {
        let [upos, xpos, uas, las] = evaluate(&tagger, &parser, &of("tag"), &of("relation"), &trees);
        println!("{name:<22} {:>6.2} {:>6.2} {:>6.2} {:>6.2}", 100.0 * upos, 100.0 * xpos, 100.0 * uas, 100.0 * las);
    }
    Ok(())
}
