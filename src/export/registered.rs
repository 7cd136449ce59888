//! What of a stop a register alone has, in documents that were merged with one: whoever reads a row beside a sentence
//! must see what the sentence does not say. Knows no form.

use super::tables::Cell;
use crate::itinerary::Visit;
use crate::network::{Fact, Network};

/// Fields of facts that no article has, and the registers that have them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registered {
    fields: Vec<String>,
    registers: Vec<String>,
}

impl Registered {
    /// What a register alone has of a visit.
    pub fn of(network: &Network, visit: &Fact<Visit>) -> Registered {
        let fields = texts(visit, "from_register", |v| v.as_str());
        if fields.is_empty() {
            return Registered::default();
        }
        let info = network.articles.get(visit.article).map(|a| &a.info);
        let parts = info.map(|i| i.merged_from()).unwrap_or_default();
        let all: Vec<String> = parts.into_iter().filter(|p| p.register).map(|p| p.id).collect();
        let sources = texts(visit, "sources", |s| s.get("article")?.as_str());
        let own: Vec<String> = all.iter().filter(|r| sources.contains(*r)).cloned().collect();
        Registered { fields, registers: if own.is_empty() { all } else { own } }
    }

    /// Only some of the fields; without any, no registers either.
    pub fn only(mut self, wanted: &[&str]) -> Registered {
        self.fields.retain(|f| wanted.contains(&f.as_str()));
        if self.fields.is_empty() { Registered::default() } else { self }
    }

    /// With what registers have of another fact.
    pub fn and(mut self, other: Registered) -> Registered {
        add(&mut self.fields, other.fields);
        add(&mut self.registers, other.registers);
        self
    }

    /// The fields, as in `start end status`.
    pub fn fields(&self) -> Cell {
        joined(&self.fields, " ")
    }

    /// The registers' ids.
    pub fn registers(&self) -> Cell {
        joined(&self.registers, "; ")
    }
}

fn texts(visit: &Visit, list: &str, of: impl Fn(&serde_json::Value) -> Option<&str>) -> Vec<String> {
    let items = visit.extra.get(list).and_then(|l| l.as_array()).into_iter().flatten();
    items.filter_map(|item| of(item).map(String::from)).collect()
}

fn add(to: &mut Vec<String>, more: Vec<String>) {
    for text in more {
        if !to.contains(&text) {
            to.push(text);
        }
    }
}

fn joined(texts: &[String], by: &str) -> Cell {
    if texts.is_empty() { Cell::Null } else { Cell::Text(texts.join(by)) }
}
