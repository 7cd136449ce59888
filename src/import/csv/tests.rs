//! What goes out as CSV comes back equal, also from a spreadsheet; what is wrong in a file is said with its line.

use super::*;
use crate::export::{Format, Output, export};
use crate::itinerary::{Evidence, Group};
use proptest::prelude::*;
use serde_json::json;

type Files = Vec<(String, Vec<u8>)>;

fn written(documents: &[Itinerary]) -> Files {
    match export(&Network::of(documents), Format::Csv) {
        Ok(Output::Many(files)) => files.into_iter().map(|(name, bytes)| (name.to_string(), bytes)).collect(),
        other => panic!("{other:?}"),
    }
}

fn sample() -> Itinerary {
    let text = include_str!("../../../output/gulf-of-guinea.itinerary.json");
    serde_json::from_str(text).expect("a sample is a document")
}

/// The files with one of them changed as text.
fn changed(file: &str, change: impl Fn(&str) -> String) -> Files {
    let mut files = written(&[sample()]);
    for (name, bytes) in files.iter_mut().filter(|(name, _)| name == file) {
        *bytes = change(std::str::from_utf8(bytes).expect(name)).into_bytes();
    }
    files
}

/// The cells of a file, written again by `write`.
fn resaved(text: &str, mut writer: csv::Writer<Vec<u8>>, cells: impl Fn(Vec<&str>) -> Vec<String>) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for record in reader.records().map(|r| r.expect("our own")) {
        writer.write_record(cells(record.iter().collect())).expect("in memory");
    }
    String::from_utf8(writer.into_inner().expect("in memory")).expect("text")
}

fn owned(cells: impl IntoIterator<Item = impl ToString>) -> Vec<String> {
    cells.into_iter().map(|c| c.to_string()).collect()
}

fn error(files: &Files) -> ImportError {
    read(files).expect_err("it is wrong")
}

#[test]
fn a_spreadsheet_may_reorder_columns_and_end_lines_and_separate_in_its_own_way() {
    let build = |separator| {
        csv::WriterBuilder::new().delimiter(separator).terminator(csv::Terminator::CRLF).from_writer(Vec::new())
    };
    for separator in [b',', b';', b'\t'] {
        let back = changed("visits.csv", |text| {
            format!("\u{feff}{}", resaved(text, build(separator), |cells| owned(cells.into_iter().rev())))
        });
        assert_eq!(read(&back), Ok(vec![sample()]), "separator {:?}", char::from(separator));
    }
}

#[test]
fn numbers_as_other_tools_write_them_are_read() {
    let plain = || csv::Writer::from_writer(Vec::new());
    let files = changed("places.csv", |text| {
        resaved(text, plain(), |cells| {
            let mut cells = owned(cells);
            if cells[5].parse::<u32>().is_ok() {
                cells[5] += ".0";
                cells[6] = cells[6].replace('.', ",");
            }
            cells
        })
    });
    assert_eq!(read(&files), Ok(vec![sample()]));
}

#[test]
fn only_what_is_told_is_needed_and_added_columns_are_kept() {
    let plain = || csv::Writer::from_writer(Vec::new());
    let files = changed("visits.csv", |text| {
        let told = [0, 2, 5, 8, 11, 15, 16, 19, 22, 24, 25, 4];
        let row = std::cell::Cell::new(0);
        resaved(text, plain(), |cells| {
            let note = ["note", "=seen", ""][row.get().min(2)];
            row.set(row.get() + 1);
            told.iter().map(|i| cells[*i].to_string()).chain([note.to_string()]).collect()
        })
    });
    let mut expected = sample();
    expected.visits[0].extra.insert("note".into(), json!("=seen"));
    assert_eq!(read(&files), Ok(vec![expected]));
}

#[test]
fn what_is_wrong_is_said_with_file_line_and_remedy() {
    let cases = [
        ("visits.csv", "completed", "done", "`status`: unknown variant `done`"),
        ("visits.csv", ",t1,", ",t9,", "`t9` is not the id of anything in `trips`"),
        ("trips.csv", "main", "", "`kind` is empty"),
        ("meetings.csv", "in_person", "in_person,", "cells in this row"),
        ("places.csv", "\"[\"\"", "\"[", "`articles`: expected value"),
        ("places.csv", ",city,", ",town,", "`kind`: unknown variant `town`"),
        ("officials.csv", ",7,", ",seven,", "`mentions`: `seven` is no whole number"),
        ("articles.csv", "2024", "5.11.2024", "is no EDTF date"),
    ];
    for (file, from, to, what) in cases {
        let files = changed(file, |text| text.replacen(from, to, 1));
        let error = error(&files);
        assert!(error.what.starts_with(file) && error.what.contains(what), "{error:?}");
        assert!(error.line.is_some_and(|l| l >= 2) && !error.remedy.is_empty(), "{error:?}");
    }
}

#[test]
fn the_line_is_that_of_the_file_even_behind_cells_of_several_lines() {
    let mut document = sample();
    document.visits[0].evidence[0].quote = "one\ntwo\nthree".into();
    let mut files = written(&[document]);
    let (_, bytes) = files.iter_mut().find(|(name, _)| name == "visits.csv").expect("it is written");
    let text = String::from_utf8_lossy(bytes);
    let at = text.rfind(",completed,").expect("a visit took place");
    let line = 1 + text[..at].matches('\n').count();
    *bytes = format!("{},done,{}", &text[..at], &text[at + 11..]).into_bytes();
    assert_eq!(error(&files).line, Some(line));
}

#[test]
fn files_that_are_no_tables_are_refused() {
    let mut files = written(&[sample()]);
    files.retain(|(name, _)| name != "trips.csv");
    assert!(error(&files).what.contains("trips.csv: this file is not there"));
    assert!(error(&changed("trips.csv", |_| "Hello\n1\n".into())).remedy.contains("id,article,traveller"));
    assert!(error(&changed("trips.csv", |_| String::new())).what.contains("none of the columns"));
    assert!(error(&changed("trips.csv", |t| t.replacen("kind", "traveller", 1))).what.contains("two columns"));
    let mut latin = written(&[sample()]);
    for (_, bytes) in latin.iter_mut().filter(|(name, _)| name == "officials.csv") {
        bytes.extend_from_slice(b"x,Jos\xe9,,,,,1,,\n");
    }
    let error = error(&latin);
    assert!(error.what.contains("officials.csv: this is no UTF-8") && error.line.is_some_and(|l| l > 2), "{error:?}");
}

#[test]
fn the_articles_column_may_stay_empty_where_there_is_one_article() {
    let one = changed("visits.csv", |t| t.replace(",gulf-of-guinea,", ",,"));
    assert_eq!(read(&one), Ok(vec![sample()]));
    let mut second = sample();
    second.article.id = "second".into();
    let mut two = written(&[sample(), second]);
    for (_, bytes) in two.iter_mut().filter(|(name, _)| name == "visits.csv") {
        *bytes = String::from_utf8_lossy(bytes).replace(",gulf-of-guinea,", ",,").into_bytes();
    }
    assert!(error(&two).what.contains("`article` is empty, and articles.csv has 2 articles"));
}

fn text() -> impl Strategy<Value = String> {
    let letters = vec![
        '=', '+', '-', '@', '\'', '"', ',', ';', '\n', '\r', '\t', '\0', '\u{feff}', '\u{202e}', '＝', '[', '{', ' ',
        'a', 'é', '中', '7',
    ];
    prop::collection::vec(prop::sample::select(letters), 0..6).prop_map(|c| c.into_iter().collect())
}

fn maybe_text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(text())
}

fn extra() -> impl Strategy<Value = crate::itinerary::Extra> {
    let value = prop_oneof![
        Just(json!(null)),
        Just(json!(0.25)),
        Just(json!({"deep": [1, {"er": "=x"}]})),
        text().prop_map(serde_json::Value::String)
    ];
    prop::collection::vec((text(), value), 0..3)
        .prop_map(|fields| fields.into_iter().map(|(name, value)| (format!("x-{name}"), value)).collect())
}

fn evidence() -> impl Strategy<Value = Evidence> {
    (0..900usize, text(), extra()).prop_map(|(start, quote, extra)| Evidence {
        start,
        end: start + quote.len(),
        quote,
        extra,
    })
}

fn date() -> impl Strategy<Value = Option<crate::itinerary::Edtf>> {
    let dates =
        ["", "2023-11-05", "2023-11~", "2023-11-01/2023-11-05", "../2023-11-05", "2023-11-05/..", "2023-22?", "0001"];
    prop::sample::select(dates.to_vec()).prop_map(|d| d.parse().ok())
}

fn code() -> impl Strategy<Value = Option<CountryCode>> {
    prop::sample::select(vec!["", "US", "NA", "EU", "XK", "=9"])
        .prop_map(|c| if c.is_empty() { None } else { Some(CountryCode(c.into())) })
}

fn pick<T: serde::de::DeserializeOwned + Clone + std::fmt::Debug + 'static>(
    words: &[&str],
) -> impl Strategy<Value = T> + use<T> {
    let items: Vec<T> = words.iter().map(|w| serde_json::from_value(json!(w)).expect("a word")).collect();
    prop::sample::select(items)
}

fn official() -> impl Strategy<Value = Official> {
    (text(), text(), maybe_text(), code(), prop::collection::vec(text(), 0..3), 0..99usize, extra()).prop_map(
        |(id, name, title, country, aliases, mentions, extra)| Official {
            id: OfficialId(id),
            name,
            title,
            country,
            aliases,
            mentions,
            extra,
        },
    )
}

fn place() -> impl Strategy<Value = Place> {
    let kind = pick(&["country", "territory", "city", "site", "region"]);
    let at = prop::option::of((-90.0..90.0, -180.0..180.0));
    (text(), text(), kind, code(), prop::option::of(any::<u32>()), at, extra()).prop_map(
        |(id, name, kind, country, geonames, at, extra)| Place {
            id: PlaceId(id),
            aliases: vec![name.clone()],
            name,
            kind,
            country,
            geonames,
            lat: at.map(|a| a.0),
            lon: at.map(|a| a.1),
            extra,
        },
    )
}

fn visit() -> impl Strategy<Value = Visit> {
    let who_where = (text(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), code());
    let how = (pick(&["completed", "planned", "possible", "cancelled"]), date(), prop::option::of(1..9999u32));
    let why = (prop::option::of(0.0..1.0), prop::collection::vec(evidence(), 0..3), extra());
    (who_where, how, why).prop_map(|((id, who, at, country), (status, start, order), (confidence, evidence, extra))| {
        Visit {
            id: VisitId(id),
            traveller: OfficialId(who.index(1 << 20).to_string()),
            place: PlaceId(at.index(1 << 20).to_string()),
            country,
            status,
            end: start.clone(),
            start,
            trip: TripId(String::new()),
            order,
            confidence,
            evidence,
            extra,
        }
    })
}

fn meeting() -> impl Strategy<Value = Meeting> {
    let group = (code(), text(), extra()).prop_map(|(country, label, extra)| Group { country, label, extra });
    let who = (text(), prop::collection::vec(0..9usize, 0..3), prop::collection::vec(group, 0..2));
    let how = (
        pick(&["completed", "planned", "possible", "cancelled"]),
        pick(&["in_person", "phone", "video"]),
        maybe_text(),
    );
    let why = (prop::option::of(0.0..1.0), prop::collection::vec(evidence(), 0..2), extra());
    (who, any::<bool>(), code(), date(), how, why).prop_map(
        |((id, who, groups), placed, country, date, (status, mode, duration), (confidence, evidence, extra))| Meeting {
            id: MeetingId(id),
            participants: who.iter().map(|i| OfficialId(i.to_string())).collect(),
            groups,
            visit: placed.then(|| VisitId("0".into())),
            place: placed.then(|| PlaceId("0".into())),
            country,
            date,
            status,
            mode,
            duration,
            confidence,
            evidence,
            extra,
        },
    )
}

/// Any valid document: ids are made different by a number, and what refers to an item by number gets the id of one that
/// is there.
fn document() -> impl Strategy<Value = Itinerary> {
    let article = (
        text(),
        [maybe_text(), maybe_text(), maybe_text()],
        date(),
        prop::option::of(pick(&["argument", "text"])),
        extra(),
    );
    let nodes = (prop::collection::vec(official(), 1..4), prop::collection::vec(place(), 1..4));
    let facts =
        (prop::collection::vec(visit(), 0..5), prop::collection::vec(meeting(), 0..3), prop::option::of(evidence()));
    (article, nodes, facts, prop::collection::vec(text(), 0..2), extra()).prop_map(
        |(article, nodes, facts, warnings, extra)| {
            let (id, [title, source, url], published, published_from, article_extra) = article;
            let mut d = Itinerary {
                schema: SCHEMA.into(),
                article: ArticleInfo {
                    id,
                    title,
                    source,
                    url,
                    published,
                    published_from,
                    words: 9,
                    extra: article_extra,
                },
                officials: nodes.0,
                places: nodes.1,
                trips: Vec::new(),
                visits: facts.0,
                meetings: facts.1,
                sequence: Vec::new(),
                warnings,
                extra,
            };
            whole(&mut d, facts.2);
            d
        },
    )
}

fn whole(d: &mut Itinerary, evidence: Option<Evidence>) {
    d.officials.iter_mut().enumerate().for_each(|(i, o)| o.id.0 += &i.to_string());
    d.places.iter_mut().enumerate().for_each(|(i, p)| p.id.0 += &i.to_string());
    let official = |i: usize| d.officials[i % d.officials.len()].id.clone();
    for (i, v) in d.visits.iter_mut().enumerate() {
        v.id.0 += &i.to_string();
        v.traveller = official(v.traveller.0.parse().unwrap_or(0));
        v.place = d.places[v.place.0.parse::<usize>().unwrap_or(0) % d.places.len()].id.clone();
        v.trip = TripId(format!("=t{i}"));
        let kind = pick_kind(i);
        let visits = if i == 3 { Vec::new() } else { vec![v.id.clone()] };
        d.trips.push(Trip { id: v.trip.clone(), traveller: v.traveller.clone(), kind, visits, extra: v.extra.clone() });
    }
    for (i, m) in d.meetings.iter_mut().enumerate() {
        m.id.0 += &i.to_string();
        m.participants = m.participants.iter().map(|p| official(p.0.parse().unwrap_or(0))).collect();
        m.visit = m.visit.take().and(d.visits.first()).map(|v| v.id.clone());
        m.place = m.place.take().and(d.places.first()).map(|p| p.id.clone());
    }
    if let [a, b, ..] = d.visits.as_slice() {
        let because = serde_json::from_value(json!("phrase")).expect("a reason");
        d.sequence.push(Precedence {
            before: a.id.clone(),
            after: b.id.clone(),
            because,
            evidence,
            extra: a.extra.clone(),
        });
    }
}

fn pick_kind(i: usize) -> crate::itinerary::TripKind {
    if i.is_multiple_of(2) { crate::itinerary::TripKind::Main } else { crate::itinerary::TripKind::Background }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn one_document_comes_back_equal(document in document()) {
        prop_assume!(check(&document).is_empty());
        prop_assert_eq!(read(&written(std::slice::from_ref(&document))), Ok(vec![document]));
    }

    #[test]
    fn several_documents_come_back_as_the_network_has_them(documents in prop::collection::vec(document(), 0..3)) {
        prop_assume!(documents.iter().all(|d| check(d).is_empty()));
        prop_assert_eq!(read(&written(&documents)), Ok(Network::of(&documents).documents()));
    }

    #[test]
    fn any_bytes_give_documents_or_a_reason(
        file in 0..7usize, at in any::<prop::sample::Index>(), byte in any::<u8>()
    ) {
        let mut files = written(&[sample()]);
        let bytes = &mut files[file].1;
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read(&files);
    }
}
