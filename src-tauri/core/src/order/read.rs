//! Reading an export in two passes: the first counts the rows of each number, the second hands out an order once all its rows
//! are there. However long the file, only orders whose rows lie apart are held.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::{BuildHasher, RandomState},
};

use super::{
    Status,
    cell::{self, looks_rounded},
    entry::{Entry, IDS, MONEY},
    format::{Field, Found},
    word::Word,
};
use crate::{
    buyer::Salt,
    error::{Error, Result},
    product::RefusedRow,
    sheet::{Book, Row},
};

/// All rows of one number.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub number: String,
    /// Each with its order's key: a number that begins anew in every group purchase names several.
    pub rows: Vec<(String, Entry)>,
    /// The first row of this number that was refused.
    pub spoilt: Option<i64>,
}

/// What the first pass found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    counts: HashMap<String, u32>,
    damaged: Vec<Field>,
    last: i64,
    /// The one row with fewer cells than all others, and how many it has.
    short: Option<(i64, usize)>,
}

/// How many cells the rows of a file have.
#[derive(Default)]
struct Widths {
    /// The row with the fewest.
    fewest: Option<(i64, usize)>,
    /// The fewest of all other rows.
    others: Option<usize>,
}

impl Widths {
    fn add(&mut self, row: i64, cells: usize) {
        match self.fewest {
            Some((_, fewest)) if cells >= fewest => {
                self.others = Some(self.others.map_or(cells, |others| others.min(cells)));
            }
            before => {
                self.others = before.map(|(_, cells)| cells);
                self.fewest = Some((row, cells));
            }
        }
    }

    /// The row that lacks cells: where all others are whole, or in the last line of a file that was cut off. Programs leave
    /// out empty cells at the end of a row too, but not of one row alone.
    fn short(&self, header: usize, cut_at: Option<i64>) -> Option<(i64, usize)> {
        let (row, cells) = self.fewest?;
        let is_cut = cut_at == Some(row);
        let is_short = cells < header
            && self
                .others
                .map_or(is_cut, |others| cells < others && (others >= header || is_cut));
        is_short.then_some((row, cells))
    }
}

/// What the second pass says of the rows, besides the orders.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub rows: i64,
    pub refused: Vec<RefusedRow>,
    /// Words for states that the format does not know: how often, and in which row first.
    pub unknown: BTreeMap<String, (Word, i64, i64)>,
    pub warned: Vec<String>,
}

/// Long ids of one column: how many there are, and how many end in zeros.
#[derive(Default)]
struct Long {
    all: HashSet<u64>,
    rounded: HashSet<u64>,
}

/// Which number the rows belong to that leave it blank.
#[derive(Default)]
struct Place {
    number: Option<String>,
    order: Option<String>,
}

impl Found {
    /// The number a row belongs to; that of the row above where the row goes on with it.
    fn number(&self, row: &Row, above: &mut Place) -> Option<String> {
        let number = self.id(row, Field::Number).ok().flatten();
        if number.is_none() && self.told(row, Field::Number).is_none() && self.goes_on(row) {
            return above.number.clone();
        }
        if number != above.number {
            above.order = None;
        }
        above.number.clone_from(&number);
        number
    }

    /// The first pass.
    pub fn scan(&mut self, book: &Book) -> Result<Scan> {
        let mut scan = Scan::default();
        let mut above = Place::default();
        let hasher = RandomState::new();
        let mut widths = Widths::default();
        let mut long: HashMap<Field, Long> = HashMap::new();
        for row in book.rows(self.sheet)? {
            let row = row?;
            if row.number <= self.below || self.is_no_order(&row, false) {
                continue;
            }
            scan.last = row.number;
            widths.add(row.number, row.cells.len());
            if let Some(number) = self.number(&row, &mut above) {
                *scan.counts.entry(number).or_default() += 1;
            }
            for field in [Field::Number, Field::Sub, Field::Sku] {
                let Some(id) = self.id(&row, field).ok().flatten().filter(|id| id.len() >= 16) else {
                    continue;
                };
                let long = long.entry(field).or_default();
                long.all.insert(hasher.hash_one(&id));
                if looks_rounded(&id) {
                    long.rounded.insert(hasher.hash_one(&id));
                }
            }
            let has_comma = |field: &Field| self.told(&row, *field).is_some_and(cell::has_decimal_comma);
            self.has_decimal_commas = self.has_decimal_commas || MONEY.iter().any(has_comma);
        }
        if book.has_ragged_rows() {
            let cut_at = book.ends_openly().then_some(scan.last);
            scan.short = widths.short(self.width(), cut_at);
        }
        // An id may end in zeros by chance; a column that went through a spreadsheet as numbers has many that do.
        scan.damaged = long
            .into_iter()
            .filter(|(_, long)| !long.rounded.is_empty() && long.rounded.len() * 2 >= long.all.len())
            .map(|(field, _)| field)
            .collect();
        Ok(scan)
    }

    /// The second pass: every group once it is whole goes to `take`, which answers whether to go on.
    ///
    /// A row that cannot be read is refused with its number, and so are the other rows of its order: half an order would be
    /// wrong sums.
    pub fn groups(
        &self,
        book: &Book,
        mut scan: Scan,
        salt: &Salt,
        mut take: impl FnMut(Group) -> bool,
    ) -> Result<Said> {
        let mut said = Said::default();
        let mut above = Place::default();
        let mut open: HashMap<String, Group> = HashMap::new();
        for row in book.rows(self.sheet)? {
            let row = row?;
            if row.number <= self.below || self.is_no_order(&row, row.number >= scan.last) {
                continue;
            }
            said.rows += 1;
            let number = self.number(&row, &mut above);
            if row.number == scan.last && book.ends_openly() {
                said.warned.extend(self.last_word(&row));
            }
            let read = self.read(&row, number.as_deref(), &mut above, &scan, salt);
            if let Ok((_, entry)) = &read
                && !entry.word.is_empty()
            {
                let word = self.format.word(&entry.word);
                if !matches!(word, Word::Known(status) if status != Status::Unknown) {
                    let first = (word, 0, row.number);
                    said.unknown.entry(entry.word.clone()).or_insert(first).1 += 1;
                }
            }
            let Some(number) = number else {
                said.refuse(row.number, read.err());
                continue;
            };
            let group = open.entry(number.clone()).or_default();
            match read {
                Ok(read) => group.rows.push(read),
                Err(error) => {
                    group.spoilt.get_or_insert(row.number);
                    said.refuse(row.number, Some(error));
                }
            }
            let left = scan.counts.entry(number.clone()).or_insert(1);
            *left = left.saturating_sub(1);
            if *left == 0
                && let Some(group) = open.remove(&number)
                && !take(Group { number, ..group })
            {
                return Ok(said);
            }
        }
        // The file was changed between the two passes, or one of them counts wrongly: rows are never left out for that.
        for (number, group) in open {
            if !take(Group { number, ..group }) {
                break;
            }
        }
        Ok(said)
    }

    fn read(
        &self,
        row: &Row,
        number: Option<&str>,
        above: &mut Place,
        scan: &Scan,
        salt: &Salt,
    ) -> Result<(String, Entry)> {
        if let Some((_, cells)) = scan.short.filter(|(short, _)| *short == row.number) {
            let lacks = self.width().saturating_sub(cells);
            return Err(Error::invalid(
                "row",
                format!(
                    "这一行比表头少 {lacks} 格，像是文件没有下载完。这一行没有收下。请重新下载整份文件再导入。"
                ),
            ));
        }
        self.refuse_damaged(row, &scan.damaged)?;
        let entry = self.entry(row, salt)?;
        let number = number.ok_or_else(|| Error::invalid("number", "没有订单号。"))?;
        let goes_on = self.told(row, Field::Number).is_none() && above.order.is_some();
        if !self.is_counted(row) && !goes_on {
            return Ok((number.to_owned(), entry));
        }
        let order = match (entry.times.placed(), &above.order) {
            (Some(at), _) => format!("{number}@{}", at.0),
            (None, Some(order)) => order.clone(),
            (None, None) => return Err(Error::invalid("time", "没有下单或付款时间。")),
        };
        above.order = Some(order.clone());
        Ok((order, entry))
    }

    /// How many cells a whole row has.
    fn width(&self) -> usize {
        let last = self.header.iter().rposition(|name| !name.is_empty());
        last.map_or(0, |at| at + 1)
    }

    /// What to say of the last cell of a file that ends without the end of its line: if the file was cut off there, nothing
    /// else tells that a digit is missing.
    fn last_word(&self, row: &Row) -> Option<String> {
        let at = self.width().checked_sub(1)?;
        let (name, cell) = (
            self.header.get(at)?,
            row.cells.get(at).filter(|cell| !cell.is_empty())?,
        );
        let counts = MONEY.iter().chain(&IDS).chain(&[Field::Quantity]);
        let is_counted = counts
            .filter_map(|field| self.columns.get(field))
            .any(|columns| columns.contains(&at));
        is_counted.then(|| {
            format!(
                "文件的最后一行没有换行，没法知道有没有下载完：请核对第 {} 行的「{name}」，这里读到的是 {cell}。",
                row.number
            )
        })
    }

    fn refuse_damaged(&self, row: &Row, damaged: &[Field]) -> Result<()> {
        for field in damaged {
            if let Some(id) = self.id(row, *field)?.filter(|id| looks_rounded(id)) {
                return Err(Error::invalid(
                    "id",
                    format!(
                        "编号「{id}」的末几位被 Excel 改成了 0，已认不出原来的编号。请用平台导出的原文件。"
                    ),
                ));
            }
        }
        Ok(())
    }
}

impl Said {
    fn refuse(&mut self, row: i64, error: Option<Error>) {
        self.refused.push(RefusedRow {
            row,
            reason: error.map_or_else(|| "没有订单号。".to_owned(), |error| error.message),
        });
    }
}
