//! Words of the matrix and of the map of counts, from the numbers.

use super::super::words::{Names, Phrase};
use super::table::{Column, Counts, Row, RowsAre, Table};
use crate::itinerary::Status;

/// What is worded, and the words.
pub struct Say<'a> {
    pub table: &'a Table,
    pub names: &'a Names<'a>,
}

impl Say<'_> {
    /// "three stops".
    pub fn stops(&self, n: usize) -> String {
        self.names.words.count(Phrase::StopsOne, Phrase::StopsMany, n)
    }

    /// "85 countries".
    pub fn countries(&self, n: usize) -> String {
        self.names.words.count(Phrase::CountriesOne, Phrase::CountriesMany, n)
    }

    /// "85 travellers", or of countries as rows "85 sending countries".
    pub fn rows(&self, n: usize) -> String {
        match self.table.rows_are {
            RowsAre::Travellers => self.names.words.count(Phrase::TravellersOne, Phrase::TravellersMany, n),
            RowsAre::Countries => self.names.words.count(Phrase::SendersOne, Phrase::SendersMany, n),
        }
    }

    /// The title, made with a phrase.
    pub fn title(&self, phrase: Phrase) -> String {
        let (stops, countries) = (self.table.sum().total(), self.table.columns_by_size().len());
        match stops {
            0 => self.names.words.of(Phrase::TitleNone).into(),
            _ => self.names.words.say(phrase, &[&self.stops(stops), &self.countries(countries)]),
        }
    }

    /// How many travelled, what took place, which years, who and where most.
    pub fn subtitle(&self) -> String {
        let w = self.names.words;
        let sum = self.table.sum();
        if sum.total() == 0 {
            return String::new();
        }
        let ahead = match sum.ahead() {
            0 => String::new(),
            n => w.count(Phrase::TallyAheadOne, Phrase::TallyAheadMany, n),
        };
        let years = match self.table.years {
            None => String::new(),
            Some((from, to)) if from == to => from.to_string(),
            Some((from, to)) => w.say(Phrase::TallyYears, &[&from.to_string(), &to.to_string()]),
        };
        let took = w.say(Phrase::TallyTook, &[&w.number(sum.completed)]);
        w.capitalised(&w.parts(&[self.rows(self.table.rows.len()), took, ahead, years, self.most()]))
    }

    /// The row that made most stops and the country with most, each where no other has as many.
    fn most(&self) -> String {
        let w = self.names.words;
        let (rows, sums) = (&self.table.rows, self.table.columns_sums());
        let named = |phrase: Phrase, name: String, n: usize| {
            w.say(phrase, &[&w.say(Phrase::TallyMostOf, &[&name, &w.digits(n)])])
        };
        let of_rows = match self.table.rows_are {
            RowsAre::Travellers => Phrase::TallyMostTraveller,
            RowsAre::Countries => Phrase::TallyMostSender,
        };
        let row = first(&self.table.rows_by_size(), |r| rows[r].counts.total());
        let row = row.map(|(r, n)| named(of_rows, self.row_name(&rows[r]), n));
        let column = first(&self.table.columns_by_size(), |c| sums[c].total());
        let column = column.map(|(c, n)| named(Phrase::TallyMostIn, self.column_name(&self.table.columns[c]), n));
        w.parts(&row.into_iter().chain(column).collect::<Vec<_>>())
    }

    /// Name of a row.
    pub fn row_name(&self, row: &Row) -> String {
        match (self.table.rows_are, &row.code) {
            (RowsAre::Countries, Some(code)) => self.country(code, &row.name),
            _ if row.name.trim().is_empty() => self.names.words.of(Phrase::GraphNoCountry).into(),
            _ => row.name.clone(),
        }
    }

    /// The country that a traveller serves; empty for other rows.
    pub fn row_note(&self, row: &Row) -> String {
        match (self.table.rows_are, &row.code) {
            (RowsAre::Travellers, Some(code)) => self.country(code, code),
            _ => String::new(),
        }
    }

    /// Name of a country visited.
    pub fn column_name(&self, column: &Column) -> String {
        self.country(&column.code, &column.name)
    }

    /// A country in the words of the chart; the name given where its code is not known.
    fn country(&self, code: &str, name: &str) -> String {
        let known = self.names.country(code);
        if known == code { name.to_string() } else { known }
    }

    /// What a mark of the matrix says when it is pointed at.
    pub fn cell_title(&self, row: usize, column: usize, status: Status, count: usize) -> String {
        let row = self.table.rows.get(row).map(|r| self.row_name(r)).unwrap_or_default();
        let column = self.table.columns.get(column).map(|c| self.column_name(c)).unwrap_or_default();
        self.names.words.say(Phrase::TallyMark, &[&row, &column, &self.stops(count), self.names.status(status)])
    }

    /// What a mark of the map says when it is pointed at.
    pub fn country_title(&self, column: usize, status: Status, count: usize) -> String {
        let column = self.table.columns.get(column).map(|c| self.column_name(c)).unwrap_or_default();
        self.names.words.say(Phrase::TallyMarkCountry, &[&column, &self.stops(count), self.names.status(status)])
    }

    /// Head of a sum: "took place", or where not everything is shown "all 85 countries: took place".
    pub fn sum(&self, phrase: Phrase, all: Option<String>) -> String {
        let words = self.names.words.of(phrase);
        all.map_or(words.to_string(), |all| self.names.words.say(Phrase::TallySumAll, &[&all, words]))
    }

    /// Remarks under a chart that shows so many rows and columns.
    pub fn remarks(&self, rows: &[usize], columns: &[usize]) -> Vec<String> {
        let w = self.names.words;
        let (all_rows, all_columns) = (self.table.rows.len(), self.table.columns_by_size().len());
        let part = |shown: usize, all: String| w.say(Phrase::TallyShownOf, &[&w.digits(shown), &all]);
        let mut shown = Vec::new();
        let mut rest = Vec::new();
        if rows.len() < all_rows {
            shown.push(part(rows.len(), self.rows(all_rows)));
            let left = (0..all_rows).filter(|r| !rows.contains(r)).map(|r| self.table.rows[r].counts);
            rest.push(self.rest(self.rows(all_rows - rows.len()), left.map(|c| c.total()).sum()));
        }
        if columns.len() < all_columns {
            shown.push(part(columns.len(), self.countries(all_columns)));
            let sums = self.table.columns_sums();
            let left = (0..sums.len()).filter(|c| !columns.contains(c)).map(|c| sums[c].total()).sum();
            rest.push(self.rest(self.countries(all_columns - columns.len()), left));
        }
        let mut said = Vec::new();
        if !shown.is_empty() {
            let rest = w.say(Phrase::TallyRest, &[&w.and(&rest)]);
            said.push(format!("{} {rest}", w.say(Phrase::TallyShown, &[&w.and(&shown)])));
        }
        said.extend(self.source());
        said
    }

    /// "72 countries with 250 stops".
    fn rest(&self, what: String, stops: usize) -> String {
        self.names.words.say(Phrase::TallyMostOf, &[&what, &self.stops(stops)])
    }

    /// What lies in no country, how stops are counted, and from how many articles.
    pub fn source(&self) -> Vec<String> {
        let w = self.names.words;
        let elsewhere = match self.table.elsewhere.total() {
            0 => String::new(),
            n => w.say(Phrase::TallyElsewhere, &[&self.stops(n)]),
        };
        let articles = w.count(Phrase::ArticlesOne, Phrase::ArticlesMany, self.table.articles);
        let source = w.say(Phrase::TallySource, &[&articles]);
        let area = if self.table.sum().total() > 0 { w.of(Phrase::TallyArea) } else { "" };
        let line = [area, w.of(Phrase::TallyEach), &source].into_iter().filter(|l| !l.is_empty()).collect::<Vec<_>>();
        [elsewhere, line.join(" ")].into_iter().filter(|l| !l.is_empty()).collect()
    }

    /// The chart in words, for those who cannot see it.
    pub fn description(&self, what: Phrase) -> String {
        let said = [self.names.words.of(what).to_string(), self.subtitle(), self.source().join(" ")];
        said.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// A sum in digits; empty for none.
    pub fn digits(&self, n: usize) -> String {
        if n == 0 { String::new() } else { self.names.words.digits(n) }
    }
}

/// The first of several in their order, the biggest first, with its size; none where the second is as big.
fn first(order: &[usize], size: impl Fn(usize) -> usize) -> Option<(usize, usize)> {
    let (first, second) = (order.first()?, order.get(1)?);
    (size(*first) > size(*second)).then(|| (*first, size(*first)))
}

/// Statuses that counts have, for the legend.
pub fn statuses(counts: &Counts) -> Vec<Status> {
    let all =
        [(Status::Completed, counts.completed), (Status::Planned, counts.planned), (Status::Possible, counts.possible)];
    all.into_iter().filter(|(_, n)| *n > 0).map(|(s, _)| s).collect()
}
