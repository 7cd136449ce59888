//! Makes `data/models` from treebanks, and measures them. Needs the feature `train`:
//!
//! ```text
//! cargo run --release --features train --bin portolan-train -- train ../shared/treebanks data/models
//! cargo run --release --features train --bin portolan-train -- eval  ../shared/treebanks data/models
//! ```

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
        _ => Err("usage: portolan-train train|eval TREEBANKS MODELS".into()),
    }
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
