//! Workbooks.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

use calamine::{Data, Dimensions, Ods, Range, Reader, SheetType, Sheets, Xls, Xlsb, Xlsx};
use jiff::{Unit, civil};

use super::{
    row::{Fault, Row, clean},
    unreadable,
};
use crate::error::{Error, Result};

/// Beyond 15 digits spreadsheets round.
const EXACT: f64 = 1e15;

/// One sheet of a workbook.
pub struct Page {
    pub(super) name: String,
    /// It has cells that cannot be read.
    pub(super) is_unread: bool,
    cells: Range<Data>,
    /// A cell below the top of a merged area → the row whose cell says what it says.
    merged: HashMap<(u32, u32), u32>,
}

type Book = Sheets<BufReader<File>>;

/// The sheets of a workbook. One that is only a chart has no cells and is left out; of one that cannot be read the name is
/// kept, so that it can be said.
///
/// # Errors
/// `Unreadable` when it is no workbook, whatever its name says, or none of its sheets can be read.
pub(super) fn pages(path: &Path) -> Result<Vec<Page>> {
    let mut book = open(path)?;
    let mut pages = Vec::new();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let cells = book.worksheet_range(&sheet.name);
        let is_unread = cells.is_err();
        let cells = cells.unwrap_or_default();
        pages.push(Page {
            is_unread,
            merged: below(&merges(&mut book, &sheet.name), &cells),
            cells,
            name: sheet.name,
        });
    }
    if pages.iter().all(|page| page.is_unread) {
        return Err(unreadable(path));
    }
    Ok(pages)
}

/// By what the file is, not by its name: platforms call a new workbook `.xls`.
fn open(path: &Path) -> Result<Book> {
    fn as_one<R: Reader<BufReader<File>>>(path: &Path) -> Result<std::result::Result<R, R::Error>> {
        let file = File::open(path).map_err(|e| Error::io(path, e))?;
        Ok(calamine::open_workbook_from_rs(BufReader::new(file)))
    }
    let mut head = [0; 2];
    let mut file = File::open(path).map_err(|e| Error::io(path, e))?;
    file.read_exact(&mut head).map_err(|e| Error::io(path, e))?;
    if head != *b"PK" {
        let old: std::result::Result<Xls<_>, _> = as_one(path)?;
        return old.map(Sheets::Xls).map_err(|e| unreadable(path).because(e));
    }
    let new: std::result::Result<Xlsx<_>, _> = as_one(path)?;
    let cause = match new {
        Ok(book) => return Ok(Sheets::Xlsx(book)),
        Err(cause) => cause,
    };
    let binary: std::result::Result<Xlsb<_>, _> = as_one(path)?;
    if let Ok(book) = binary {
        return Ok(Sheets::Xlsb(book));
    }
    let open: std::result::Result<Ods<_>, _> = as_one(path)?;
    open.map(Sheets::Ods).map_err(|_| unreadable(path).because(cause))
}

/// The merged areas of a sheet. Where the format does not tell them, none.
fn merges(book: &mut Book, name: &str) -> Vec<Dimensions> {
    match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(name).unwrap_or_default(),
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(name).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Only the first column of an area holds its words, and only rows that have cells count: an area may reach to the end of
/// the sheet.
fn below(areas: &[Dimensions], cells: &Range<Data>) -> HashMap<(u32, u32), u32> {
    let last = cells.end().map_or(0, |(row, _)| row);
    let mut below = HashMap::new();
    for area in areas {
        let ((top, column), (bottom, _)) = (area.start, area.end);
        for row in top.saturating_add(1)..=bottom.min(last) {
            below.insert((row, column), top);
        }
    }
    below
}

impl Page {
    /// The rows with cells, from the top.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        let (top, left) = self.cells.start().unwrap_or_default();
        (top..).zip(self.cells.rows()).map(move |(at, cells)| {
            let mut row = Row {
                number: i64::from(at) + 1,
                ..Row::default()
            };
            for (column, cell) in (left..).zip(cells) {
                self.add(&mut row, at, column, cell);
            }
            row
        })
    }

    fn add(&self, row: &mut Row, at: u32, column: u32, cell: &Data) {
        let place = row.cells.len();
        let above = self
            .merged
            .get(&(at, column))
            .and_then(|top| self.cells.get_value((*top, column)));
        let cell = match above {
            Some(above) => {
                row.merged.push(place);
                above
            }
            None => cell,
        };
        row.push(shown(cell));
        let is_rounded = match cell {
            Data::Float(number) => number.abs() >= EXACT,
            #[allow(clippy::cast_precision_loss)]
            Data::Int(number) => (*number as f64).abs() >= EXACT,
            _ => false,
        };
        if is_rounded {
            row.faults.push((place, Fault::Rounded));
        }
        if matches!(cell, Data::Error(_)) && row.fault(place).is_none() {
            row.faults.push((place, Fault::Error));
        }
    }
}

fn shown(cell: &Data) -> String {
    match cell {
        // Excel knows no dates, only numbers shown as dates: days with a fraction that no second hits exactly.
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
            written(year, [month, day, hour, minute, second], milli).unwrap_or_else(|| at.to_string())
        }
        other => clean(&other.to_string()),
    }
}

/// A day, and its time where it has one, to the nearest second.
fn written(year: u16, parts: [u8; 5], milli: u16) -> Option<String> {
    let [month, day, hour, minute, second] = parts.map(|part| i8::try_from(part).ok());
    let nanosecond = i32::from(milli) * 1_000_000;
    let at = civil::DateTime::new(
        i16::try_from(year).ok()?,
        month?,
        day?,
        hour?,
        minute?,
        second?,
        nanosecond,
    );
    let at = at.ok()?.round(Unit::Second).ok()?;
    if at.time() == civil::Time::midnight() {
        return Some(at.date().to_string());
    }
    Some(at.strftime("%Y-%m-%d %H:%M:%S").to_string())
}
