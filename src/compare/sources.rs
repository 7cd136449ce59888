//! The sources of a comparison in an order that does not depend on how they were given.

use super::{Kind, Source, unfold};
use crate::itinerary::{ArticleInfo, Edtf, Itinerary};
use crate::network::{Network, Told};
use crate::register::Register;
use std::collections::HashMap;

/// The documents by publication, id and content, and the part of the register that is about their travellers; with what is to be said
/// of that.
pub fn sorted(documents: &[Itinerary], register: Option<&Register>) -> (Vec<Itinerary>, Vec<String>) {
    let mut all: Vec<(String, Itinerary)> =
        apart(documents).into_iter().map(|d| (serde_json::to_string(&d).unwrap_or_default(), d)).collect();
    all.sort_by(|(a, x), (b, y)| {
        let key = |d: &Itinerary| {
            let published = d.article.published.as_ref().and_then(Edtf::earliest);
            (published.is_none(), published, d.article.id.clone())
        };
        key(x).cmp(&key(y)).then_with(|| a.cmp(b))
    });
    let mut all: Vec<Itinerary> = all.into_iter().map(|(_, d)| d).collect();
    let mut warnings = Vec::new();
    if let Some(register) = register {
        // What a merged document has of this register is told by the register itself.
        all.retain(|d| !(is_register(&d.article) && d.article.id == register.name));
        warnings.extend(register.warnings.iter().cloned());
        let unread = if register.unread.is_empty() { "" } else { " in the rows that could be read" };
        match register.document(&all) {
            Some(document) => all.push(document),
            None if !register.knows(&all) => {
                warnings.push(format!("the register has none of these travellers{unread}"))
            }
            None if all.iter().all(|d| d.article.published.is_none()) => warnings.push(
                "the register has these travellers, but nobody knows when the articles are of: give --published".into(),
            ),
            None => warnings.push(format!("the register has none of these travellers at that time{unread}")),
        }
    }
    (all, warnings)
}

/// The documents, merged ones taken apart: each source once, and rather as it was given than as a merged document has it.
fn apart(documents: &[Itinerary]) -> Vec<Itinerary> {
    let (mut whole, mut parts): (Vec<Itinerary>, Vec<Itinerary>) = (Vec::new(), Vec::new());
    for document in documents {
        match unfold::unfolded(document) {
            Some(own) => parts.extend(own),
            None => whole.push(document.clone()),
        }
    }
    for part in parts {
        let same = |d: &Itinerary| d.article.id == part.article.id && d.article.published == part.article.published;
        if !whole.iter().any(same) {
            whole.push(part);
        }
    }
    whole
}

fn is_register(article: &ArticleInfo) -> bool {
    article.extra.get("kind").and_then(|k| k.as_str()) == Some("register")
}

/// What an article of the network is as a source.
pub fn source(told: &Told) -> Source {
    let register = is_register(&told.info);
    Source {
        id: told.info.id.clone(),
        title: told.info.title.clone(),
        published: told.info.published.clone(),
        kind: if register { Kind::Register } else { Kind::Article },
    }
}

/// Warnings of articles that share an id; the network has put a number behind all but the first.
pub fn twice(network: &Network) -> Vec<String> {
    let original = |t: &Told| t.info.extra.get("original_id").and_then(|i| i.as_str()).map(String::from);
    let warn = |t: &Told| {
        let id = original(t)?;
        Some(format!("two inputs have the article id `{id}`: the second is called `{}` here", t.info.id))
    };
    network.articles.iter().filter_map(warn).collect()
}

/// Warnings of documents that say just what an earlier one says, so that what only they have is told twice. `sources` are those of the
/// documents, in their order.
pub fn same(documents: &[Itinerary], sources: &[Source]) -> Vec<String> {
    let content = |d: &Itinerary| {
        let mut nameless = d.clone();
        nameless.article.id.clear();
        serde_json::to_string(&nameless).unwrap_or_default()
    };
    let mut first: HashMap<String, &Source> = HashMap::new();
    let mut warnings = Vec::new();
    for (document, source) in documents.iter().zip(sources).filter(|(d, _)| !d.visits.is_empty()) {
        match first.entry(content(document)) {
            std::collections::hash_map::Entry::Occupied(earlier) => warnings.push(format!(
                "`{}` says the same as `{}`, and counts as a second source all the same",
                source.id,
                earlier.get().id
            )),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(source);
            }
        }
    }
    warnings
}
