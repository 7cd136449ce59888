//! Builds the gazetteer's table from `data/gazetteer/*.tsv`, so that the program opens it without parsing, and the list of the
//! bundled fonts from `data/fonts/fonts.tsv`.
//!
//! Layout of `gazetteer.bin` (little endian): four `u32` lengths in bytes (names, postings, entries, pool), then
//! `names`, an FST from folded name to the packed place of its postings (start << 8 | count);
//! `postings`, `u32` each: an entry's number, or with the top bit the number of the country whose demonym the name is;
//! `entries`, 32 bytes each: name offset `u32`, name length `u16`, kind `u8`, capital `u8`, ISO code 2 bytes, padding 2,
//! GeoNames id `u32`, latitude and longitude `i32` in 1e-5 degrees, population `u32`, adjective offset `u32` with its
//! length in the top 8 bits; `pool`, the strings.

use std::collections::BTreeMap;
use std::path::Path;

#[path = "src/gazetteer/fold.rs"]
mod fold;
use fold::fold;

const DEMONYM: u32 = 1 << 31;

#[derive(Default)]
struct Table {
    entries: Vec<Entry>,
    names: BTreeMap<String, Vec<u32>>,
}

#[derive(Default, Clone)]
struct Entry {
    name: String,
    kind: u8,
    iso: String,
    geonames: u32,
    lat: f64,
    lon: f64,
    population: u32,
    capital: bool,
    adjective: String,
}

fn main() {
    println!("cargo:rerun-if-changed=data/gazetteer");
    println!("cargo:rerun-if-changed=src/gazetteer/fold.rs");
    let mut table = Table::default();
    countries(&mut table);
    cities(&mut table);
    places(&mut table);
    regions(&mut table);
    other_names(&mut table);
    demonyms(&mut table);
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(Path::new(&out).join("gazetteer.bin"), bytes(&table)).expect("OUT_DIR can be written");
    std::fs::write(Path::new(&out).join("fonts.rs"), fonts()).expect("OUT_DIR can be written");
}

/// The list of bundled fonts as Rust, for `src/chart/font.rs`.
fn fonts() -> String {
    println!("cargo:rerun-if-changed=data/fonts/fonts.tsv");
    let table = std::fs::read_to_string("data/fonts/fonts.tsv").expect("data/fonts/fonts.tsv is part of the source");
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let mut list = String::from("const FONTS: &[Source] = &[\n");
    for line in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, family, weight, style, ..] = cells[..] else {
            panic!("data/fonts/fonts.tsv: too few cells: {line}")
        };
        let path = Path::new(&root).join("data/fonts").join(file);
        list += &format!(
            "    Source {{ family: {family:?}, weight: {weight}, italic: {}, bytes: include_bytes!({path:?}) }},\n",
            style == "italic"
        );
    }
    list + "];\n"
}

fn rows(file: &str) -> Vec<Vec<String>> {
    let path = format!("data/gazetteer/{file}");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    text.lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .skip(1)
        .map(|l| {
            let mut cells: Vec<String> = l.split('\t').map(|c| c.trim().to_string()).collect();
            cells.resize(12, String::new());
            cells
        })
        .collect()
}

impl Table {
    fn add(&mut self, entry: Entry) -> u32 {
        self.entries.push(entry);
        self.entries.len() as u32 - 1
    }

    fn name(&mut self, name: &str, posting: u32) {
        let list = self.names.entry(fold(name)).or_default();
        if !name.is_empty() && !list.contains(&posting) {
            list.push(posting);
        }
    }

    fn country(&self, iso: &str) -> Option<u32> {
        self.entries.iter().position(|e| e.iso == iso && e.kind == 0).map(|i| i as u32)
    }
}

fn countries(table: &mut Table) {
    for r in rows("countries.tsv") {
        let territory = matches!(r[0].as_str(), "HK" | "MO" | "PR" | "GL" | "GU");
        let id = table.add(Entry {
            name: r[4].clone(),
            kind: u8::from(territory),
            iso: r[0].clone(),
            geonames: r[3].parse().unwrap_or(0),
            lat: r[7].parse().unwrap_or(0.0),
            lon: r[8].parse().unwrap_or(0.0),
            population: r[9].parse::<u64>().unwrap_or(0).min(u32::MAX as u64) as u32,
            adjective: r[6].clone(),
            capital: false,
        });
        for name in [&r[4], &r[5]].into_iter().map(String::as_str).chain(r[11].split('|')) {
            table.name(name, id);
        }
    }
}

fn cities(table: &mut Table) {
    for r in rows("cities.tsv") {
        let id = table.add(Entry {
            name: r[1].clone(),
            kind: 2,
            iso: r[0].clone(),
            geonames: r[2].parse().unwrap_or(0),
            lat: r[3].parse().unwrap_or(0.0),
            lon: r[4].parse().unwrap_or(0.0),
            population: r[5].parse().unwrap_or(0),
            capital: r[6] == "1",
            adjective: String::new(),
        });
        table.name(&r[1], id);
    }
}

fn places(table: &mut Table) {
    for r in rows("places.tsv") {
        let kind = ["country", "territory", "city", "site", "region"].iter().position(|k| *k == r[1]);
        let id = table.add(Entry {
            name: r[0].clone(),
            kind: kind.unwrap_or_else(|| panic!("places.tsv: unknown kind {} of {}", r[1], r[0])) as u8,
            iso: r[2].clone(),
            lat: r[3].parse().unwrap_or_else(|_| panic!("places.tsv: latitude of {}", r[0])),
            lon: r[4].parse().unwrap_or_else(|_| panic!("places.tsv: longitude of {}", r[0])),
            geonames: r[5].parse().unwrap_or(0),
            capital: r[6] == "1",
            ..Entry::default()
        });
        for name in std::iter::once(r[0].as_str()).chain(r[7].split('|')) {
            // What is tabulated by hand is meant, even where a larger namesake exists.
            table.name(name, id);
            if let Some(list) = table.names.get_mut(&fold(name)) {
                list.retain(|p| *p != id);
                list.insert(0, id);
            }
        }
    }
}

fn regions(table: &mut Table) {
    for r in rows("regions.tsv") {
        let entry = Entry {
            name: r[0].clone(),
            kind: 4,
            iso: r[1].clone(),
            lat: r[2].parse().unwrap_or(0.0),
            lon: r[3].parse().unwrap_or(0.0),
            ..Entry::default()
        };
        // Made, not tabulated by hand: whatever else is called so is likelier meant.
        if !table.names.contains_key(&fold(&r[0])) {
            let id = table.add(entry);
            table.name(&r[0], id);
        }
    }
}

fn other_names(table: &mut Table) {
    for r in rows("names.tsv") {
        let target = match r[1].split_once('|') {
            None => table
                .country(&r[1])
                .or_else(|| table.entries.iter().position(|e| e.iso == r[1] && e.kind == 1).map(|i| i as u32)),
            Some((city, iso)) => best_city(table, city, iso),
        };
        match target {
            Some(id) => {
                table.name(&r[0], id);
                if let Some(list) = table.names.get_mut(&fold(&r[0])) {
                    list.retain(|p| *p != id);
                    list.insert(0, id);
                }
            }
            None => println!("cargo:warning=names.tsv: nothing is called {}", r[1]),
        }
    }
}

fn best_city(table: &Table, city: &str, iso: &str) -> Option<u32> {
    let fits = |e: &Entry| e.iso == iso && e.kind >= 2 && fold(&e.name) == fold(city);
    let found = table.entries.iter().enumerate().filter(|(_, e)| fits(e)).max_by_key(|(_, e)| e.population);
    found.map(|(i, _)| i as u32)
}

fn demonyms(table: &mut Table) {
    let own: Vec<(String, String)> = rows("countries.tsv").into_iter().map(|r| (r[6].clone(), r[0].clone())).collect();
    let listed = rows("demonyms.tsv").into_iter().map(|r| (r[0].clone(), r[1].clone()));
    for (word, iso) in listed.chain(own) {
        let place = table.names.get(&fold(&word)).is_some_and(|l| l.iter().any(|p| p & DEMONYM != 0));
        if let Some(id) = table.country(&iso).filter(|_| !word.is_empty() && !place) {
            table.name(&word, id | DEMONYM);
        }
    }
}

/// States first, then capitals, then by population; places set first by hand stay first.
fn ranked(table: &Table, postings: &[u32], by_hand: bool) -> Vec<u32> {
    let mut sorted = postings.to_vec();
    let key = |p: &u32| {
        let e = &table.entries[(p & !DEMONYM) as usize];
        (e.kind > 1, !e.capital, std::cmp::Reverse(e.population))
    };
    let skip = usize::from(by_hand);
    sorted[skip..].sort_by_key(key);
    sorted
}

fn bytes(table: &Table) -> Vec<u8> {
    let mut pool = String::new();
    let mut entries = Vec::new();
    for e in &table.entries {
        let adjective = pool.len() as u32 | ((e.adjective.len() as u32) << 24);
        pool.push_str(&e.adjective);
        entries.extend((pool.len() as u32).to_le_bytes());
        entries.extend((e.name.len() as u16).to_le_bytes());
        entries.extend([e.kind, u8::from(e.capital)]);
        let iso = e.iso.as_bytes();
        entries.extend([iso.first().copied().unwrap_or(b' '), iso.get(1).copied().unwrap_or(b' '), 0, 0]);
        entries.extend(e.geonames.to_le_bytes());
        entries.extend(((e.lat * 1e5).round() as i32).to_le_bytes());
        entries.extend(((e.lon * 1e5).round() as i32).to_le_bytes());
        entries.extend(e.population.to_le_bytes());
        entries.extend(adjective.to_le_bytes());
        pool.push_str(&e.name);
    }
    let mut postings: Vec<u8> = Vec::new();
    let mut names = fst::MapBuilder::memory();
    for (name, list) in table.names.iter().filter(|(n, l)| !n.is_empty() && !l.is_empty()) {
        let hand = |p: u32| {
            p & DEMONYM == 0 && table.entries[p as usize].population == 0 && table.entries[p as usize].kind >= 2
        };
        let list = ranked(table, list, list.first().is_some_and(|p| hand(*p)));
        let packed = ((postings.len() as u64 / 4) << 8) | list.len().min(255) as u64;
        postings.extend(list.iter().take(255).flat_map(|p| p.to_le_bytes()));
        names.insert(name, packed).expect("a BTreeMap is sorted");
    }
    let names = names.into_inner().expect("memory can be written");
    let mut out = Vec::new();
    for part in [names.len(), postings.len(), entries.len(), pool.len()] {
        out.extend((part as u32).to_le_bytes());
    }
    out.extend(names);
    out.extend(postings);
    out.extend(entries);
    out.extend(pool.into_bytes());
    out
}
