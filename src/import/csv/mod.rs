//! Documents out of the folder of CSV files that `export --to csv` writes, also after a spreadsheet has been at them:
//! columns in any order, CRLF, a byte order mark, semicolons. Columns that are worked out are not looked at; added ones
//! become unknown fields.

mod sheet;

use super::{ImportError, Imported};
use crate::export::tables::{Table, tables};
use crate::itinerary::{
    ArticleInfo, CountryCode, Itinerary, Meeting, MeetingId, Official, OfficialId, Place, PlaceId, Precedence, Problem,
    SCHEMA, Trip, TripId, Visit, VisitId, check,
};
use crate::network::Network;
use sheet::{Row, Sheet, wrong};
use std::collections::HashMap;

/// Reads the files of a folder, given as their names (a path before them does not matter) and bytes. Other files are
/// passed over.
///
/// # Errors
///
/// A file that is missing or no table; a cell that does not hold what its column does; an id that nothing has. Each
/// with its file, its line and what to do.
pub fn read(files: &[(String, Vec<u8>)]) -> Imported {
    let sheets = Sheets::open(files)?;
    let mut book = Book::of(sheets.get("articles")?)?;
    for row in sheets.get("officials")?.rows() {
        book.share(&row, "officials", official(&row)?, |d| &mut d.officials)?;
    }
    for row in sheets.get("places")?.rows() {
        book.share(&row, "places", place(&row)?, |d| &mut d.places)?;
    }
    for row in sheets.get("trips")?.rows() {
        book.add(&row, "trips", trip(&row)?, |d| &mut d.trips)?;
    }
    for row in sheets.get("visits")?.rows() {
        book.add(&row, "visits", visit(&row)?, |d| &mut d.visits)?;
    }
    for row in sheets.get("meetings")?.rows() {
        book.add(&row, "meetings", meeting(&row)?, |d| &mut d.meetings)?;
    }
    for row in sheets.get("sequence")?.rows() {
        book.add(&row, "sequence", precedence(&row)?, |d| &mut d.sequence)?;
    }
    book.checked()
}

/// All files, by the name of their table.
struct Sheets(HashMap<&'static str, Sheet>);

impl Sheets {
    fn open(files: &[(String, Vec<u8>)]) -> Result<Sheets, ImportError> {
        let of = |table: &Table| {
            let is_it =
                |name: &str| name.rsplit(['/', '\\']).next().is_some_and(|n| n.eq_ignore_ascii_case(table.name.csv));
            let (_, bytes) = files.iter().find(|(name, _)| is_it(name)).ok_or_else(|| missing(table))?;
            Ok((table.name.table, Sheet::read(bytes, table)?))
        };
        tables(&Network::default()).iter().map(of).collect::<Result<_, _>>().map(Sheets)
    }

    fn get(&self, table: &'static str) -> Result<&Sheet, ImportError> {
        self.0.get(table).ok_or_else(|| wrong(table, None, "not there".into(), "give the whole folder"))
    }
}

fn missing(table: &Table) -> ImportError {
    let remedy =
        "give the whole folder that `portolan export --to csv` writes; a table without rows still has its header";
    wrong(table.name.csv, None, "this file is not there".into(), remedy)
}

/// The documents while rows are put into them, and the line that each item came from.
struct Book {
    documents: Vec<Itinerary>,
    lines: Vec<HashMap<&'static str, Vec<usize>>>,
    by_id: HashMap<String, usize>,
}

impl Book {
    fn of(articles: &Sheet) -> Result<Book, ImportError> {
        let mut book = Book { documents: Vec::new(), lines: Vec::new(), by_id: HashMap::new() };
        for row in articles.rows() {
            let document = article(&row)?;
            if book.by_id.insert(document.article.id.clone(), book.documents.len()).is_some() {
                let what = format!("the id `{}` is used twice", document.article.id);
                return Err(row.wrong(what, "give each article an id of its own"));
            }
            book.documents.push(document);
            book.lines.push(HashMap::new());
        }
        Ok(book)
    }

    /// Puts a fact into its article.
    fn add<T>(
        &mut self,
        row: &Row,
        list: &'static str,
        item: T,
        to: impl Fn(&mut Itinerary) -> &mut Vec<T>,
    ) -> Result<(), ImportError> {
        let article = match row.text("article") {
            Some(id) => self.index(row, &id)?,
            None => self.only(row, "article")?,
        };
        self.put(row, list, item, article, to);
        Ok(())
    }

    /// Puts a person or place into each article that has it.
    fn share<T: Clone>(
        &mut self,
        row: &Row,
        list: &'static str,
        item: T,
        to: impl Fn(&mut Itinerary) -> &mut Vec<T>,
    ) -> Result<(), ImportError> {
        let articles = match row.json::<Vec<String>>("articles")? {
            Some(ids) => ids.iter().map(|id| self.index(row, id)).collect::<Result<_, _>>()?,
            None => vec![self.only(row, "articles")?],
        };
        for article in articles {
            self.put(row, list, item.clone(), article, &to);
        }
        Ok(())
    }

    fn put<T>(
        &mut self,
        row: &Row,
        list: &'static str,
        item: T,
        article: usize,
        to: impl Fn(&mut Itinerary) -> &mut Vec<T>,
    ) {
        if let (Some(document), Some(lines)) = (self.documents.get_mut(article), self.lines.get_mut(article)) {
            to(document).push(item);
            lines.entry(list).or_default().push(row.line);
        }
    }

    fn index(&self, row: &Row, id: &str) -> Result<usize, ImportError> {
        let remedy = "add it to articles.csv, or name one that is there";
        self.by_id.get(id).copied().ok_or_else(|| row.wrong(format!("no article has the id `{id}`"), remedy))
    }

    fn only(&self, row: &Row, column: &str) -> Result<usize, ImportError> {
        if self.documents.len() == 1 {
            return Ok(0);
        }
        let what = format!("`{column}` is empty, and articles.csv has {} articles", self.documents.len());
        Err(row.wrong(what, "write the id of the article that says so"))
    }

    /// The documents, if all that they refer to is there.
    fn checked(self) -> Imported {
        for (document, lines) in self.documents.iter().zip(&self.lines) {
            if let Some(problem) = check(document).first() {
                return Err(located(problem, lines));
            }
        }
        Ok(self.documents)
    }
}

/// A problem of a document, in the file and line that it came from: `visits[3].traveller` is in visits.csv.
fn located(problem: &Problem, lines: &HashMap<&'static str, Vec<usize>>) -> ImportError {
    let (list, rest) = problem.path.split_once('[').unwrap_or((&problem.path, ""));
    let (index, column) = rest.split_once("].").unwrap_or((rest, ""));
    let line = index.parse::<usize>().ok().and_then(|i| lines.get(list)?.get(i).copied());
    let (what, remedy) = problem.message.split_once(": ").unwrap_or((&problem.message, "correct it"));
    wrong(&format!("{list}.csv"), line, format!("`{column}`: {what}"), remedy)
}

fn article(row: &Row) -> Result<Itinerary, ImportError> {
    let info = ArticleInfo {
        id: row.need("id")?,
        title: row.text("title"),
        source: row.text("source"),
        url: row.text("url"),
        published: row.edtf("published")?,
        published_from: row.word("published_from")?,
        words: row.whole("words")?.unwrap_or(0),
        extra: row.extra()?,
    };
    Ok(Itinerary {
        schema: SCHEMA.into(),
        article: info,
        officials: Vec::new(),
        places: Vec::new(),
        trips: Vec::new(),
        visits: Vec::new(),
        meetings: Vec::new(),
        sequence: Vec::new(),
        warnings: row.list("warnings")?,
        extra: row.json("document_extra")?.unwrap_or_default(),
    })
}

fn official(row: &Row) -> Result<Official, ImportError> {
    Ok(Official {
        id: OfficialId(row.need("id")?),
        name: row.need("name")?,
        title: row.text("title"),
        country: row.text("country").map(CountryCode),
        aliases: row.list("aliases")?,
        mentions: row.whole("mentions")?.unwrap_or(0),
        extra: row.extra()?,
    })
}

fn place(row: &Row) -> Result<Place, ImportError> {
    Ok(Place {
        id: PlaceId(row.need("id")?),
        name: row.need("name")?,
        kind: row.need_word("kind")?,
        country: row.text("country").map(CountryCode),
        geonames: row.whole("geonames")?,
        lat: row.real("lat")?,
        lon: row.real("lon")?,
        aliases: row.list("aliases")?,
        extra: row.extra()?,
    })
}

fn trip(row: &Row) -> Result<Trip, ImportError> {
    Ok(Trip {
        id: TripId(row.need("id")?),
        traveller: OfficialId(row.need("traveller")?),
        kind: row.need_word("kind")?,
        visits: row.list("visits")?,
        extra: row.extra()?,
    })
}

fn visit(row: &Row) -> Result<Visit, ImportError> {
    Ok(Visit {
        id: VisitId(row.need("id")?),
        traveller: OfficialId(row.need("traveller")?),
        place: PlaceId(row.need("place")?),
        country: row.text("country").map(CountryCode),
        status: row.need_word("status")?,
        start: row.edtf("start")?,
        end: row.edtf("end")?,
        trip: TripId(row.need("trip")?),
        order: row.whole("order")?,
        confidence: row.real("confidence")?,
        evidence: row.list("evidence")?,
        extra: row.extra()?,
    })
}

fn meeting(row: &Row) -> Result<Meeting, ImportError> {
    Ok(Meeting {
        id: MeetingId(row.need("id")?),
        participants: row.list("participants")?,
        groups: row.list("groups")?,
        visit: row.text("visit").map(VisitId),
        place: row.text("place").map(PlaceId),
        country: row.text("country").map(CountryCode),
        date: row.edtf("date")?,
        status: row.need_word("status")?,
        mode: row.need_word("mode")?,
        duration: row.text("duration"),
        confidence: row.real("confidence")?,
        evidence: row.list("evidence")?,
        extra: row.extra()?,
    })
}

fn precedence(row: &Row) -> Result<Precedence, ImportError> {
    Ok(Precedence {
        before: VisitId(row.need("before")?),
        after: VisitId(row.need("after")?),
        because: row.need_word("because")?,
        evidence: row.json("evidence")?,
        extra: row.extra()?,
    })
}

#[cfg(test)]
mod tests;
