//! How fast articles are read and charts drawn: `cargo bench`. Figures are for comparison within one run on one machine.

use divan::{Bencher, black_box, counter::ItemsCount};
use portolan::chart::{Options, route, timeline};
use portolan::{Article, article, extract};
use std::collections::HashMap;
use std::path::Path;

fn main() {
    // The first reading opens the models and tables; it is not what is measured.
    black_box(extract(&sample("gulf-of-guinea")));
    divan::main();
}

fn sample(name: &str) -> Article {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/articles/{name}.txt"));
    article::read_path(&path).next().expect("a sample").expect("a good one")
}

/// Throughput on one core in articles of 350 words a second. Machines differ, so the figure that can be compared between them is the
/// ratio of the two: `counting_words` is a fixed piece of work on the same texts, with nothing of portolan in it.
mod throughput {
    use super::*;

    /// How often the samples are read in one go; it makes them a whole number of articles but for a percent.
    const ROUNDS: usize = 7;

    fn samples() -> Vec<Article> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .expect("the samples")
            .map(|entry| entry.expect("a sample").path())
            .filter(|path| path.extension().is_some_and(|e| e == "txt"))
            .collect();
        files.sort();
        let articles: Vec<Article> = files.iter().flat_map(|path| article::read_path(path)).flatten().collect();
        articles.iter().cycle().take(ROUNDS * articles.len()).cloned().collect()
    }

    fn articles(samples: &[Article]) -> ItemsCount {
        let words: usize = samples.iter().map(|a| a.text.split_whitespace().count()).sum();
        ItemsCount::new(words / 350)
    }

    #[divan::bench(sample_count = 20)]
    fn reading(bencher: Bencher) {
        let samples = samples();
        bencher.counter(articles(&samples)).bench(|| samples.iter().map(|a| extract(black_box(a))).collect::<Vec<_>>());
    }

    #[divan::bench(sample_count = 20)]
    fn counting_words(bencher: Bencher) {
        let samples = samples();
        bencher.counter(articles(&samples)).bench(|| samples.iter().map(|a| counted(black_box(a))).collect::<Vec<_>>());
    }

    /// How often each word of a text occurs, in lower case.
    fn counted(article: &Article) -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        for word in article.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
        counts
    }
}

#[divan::bench(args = ["gulf-of-guinea", "pacific-crossing", "quiet-day"])]
fn extraction(bencher: Bencher, name: &str) {
    let article = sample(name);
    bencher.counter(ItemsCount::new(1usize)).bench(|| extract(black_box(&article)));
}

#[divan::bench(args = ["gulf-of-guinea", "pacific-crossing"])]
fn drawing_a_timeline(bencher: Bencher, name: &str) {
    let document = extract(&sample(name));
    bencher.bench(|| timeline(black_box(&document), &Options::default()));
}

#[divan::bench(args = ["gulf-of-guinea", "pacific-crossing"])]
fn drawing_a_route(bencher: Bencher, name: &str) {
    let document = extract(&sample(name));
    bencher.bench(|| route(black_box(&document), &Options::default()));
}
