//! What the matrix and the map of counts draw: names, codes of countries and numbers. It knows no document.

/// How many stops took place, and how many may still.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub completed: usize,
    pub planned: usize,
    pub possible: usize,
}

impl Counts {
    /// All of them.
    pub fn total(&self) -> usize {
        self.completed.saturating_add(self.ahead())
    }

    /// Those that have not taken place.
    pub fn ahead(&self) -> usize {
        self.planned.saturating_add(self.possible)
    }

    /// Both together.
    pub fn plus(self, other: Counts) -> Counts {
        Counts {
            completed: self.completed.saturating_add(other.completed),
            planned: self.planned.saturating_add(other.planned),
            possible: self.possible.saturating_add(other.possible),
        }
    }

    /// Sorts the biggest first: by all, then by what took place.
    pub fn rank(&self) -> std::cmp::Reverse<(usize, usize)> {
        std::cmp::Reverse((self.total(), self.completed))
    }
}

/// What the rows are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowsAre {
    #[default]
    Travellers,
    /// Countries that travellers serve.
    Countries,
}

/// Who went where, and how often.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub rows_are: RowsAre,
    pub rows: Vec<Row>,
    /// Countries visited.
    pub columns: Vec<Column>,
    /// Stops in no country; they are in the sums of rows and in no column.
    pub elsewhere: Counts,
    /// Articles that were counted.
    pub articles: usize,
    /// First and last year of the stops whose year is known.
    pub years: Option<(i32, i32)>,
}

/// A traveller, or a country that travellers serve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Empty for travellers whose country is not known, together.
    pub name: String,
    /// The country that is served, or that the row is.
    pub code: Option<String>,
    /// All stops of the row.
    pub counts: Counts,
    /// Column and stops there; no column twice.
    pub cells: Vec<(usize, Counts)>,
}

/// A country visited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// ISO 3166-1 alpha-2.
    pub code: String,
    pub name: String,
}

impl Table {
    /// Everything together.
    pub fn sum(&self) -> Counts {
        self.rows.iter().fold(Counts::default(), |sum, r| sum.plus(r.counts))
    }

    /// Stops in each country.
    pub fn columns_sums(&self) -> Vec<Counts> {
        let mut sums = vec![Counts::default(); self.columns.len()];
        for (column, counts) in self.rows.iter().flat_map(|r| &r.cells) {
            if let Some(sum) = sums.get_mut(*column) {
                *sum = sum.plus(*counts);
            }
        }
        sums
    }

    /// Rows with the biggest first, by index; those of the same size by name.
    pub fn rows_by_size(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&self.rows[*a], &self.rows[*b]);
            a.counts.rank().cmp(&b.counts.rank()).then_with(|| (&a.name, &a.code).cmp(&(&b.name, &b.code)))
        });
        order
    }

    /// Columns that somebody went to, with the biggest first, by index; those of the same size by name.
    pub fn columns_by_size(&self) -> Vec<usize> {
        let sums = self.columns_sums();
        let mut order: Vec<usize> = (0..self.columns.len()).filter(|i| sums[*i].total() > 0).collect();
        order.sort_by(|a, b| {
            let (x, y) = (&self.columns[*a], &self.columns[*b]);
            sums[*a].rank().cmp(&sums[*b].rank()).then_with(|| (&x.name, &x.code).cmp(&(&y.name, &y.code)))
        });
        order
    }
}
