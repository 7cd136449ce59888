//! How fast articles are read and charts drawn: `cargo bench`. Figures are for comparison within one run on one machine.

use divan::{Bencher, black_box, counter::ItemsCount};
use portolan::chart::{Options, route, timeline};
use portolan::{Article, article, extract};
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
