//! Sheet 表格: CSV (UTF-8, GB18030, UTF-16) and Excel files as rows of text under named columns.
//!
//! A file is read row by row and never held whole as text. What a cell cannot tell any more (a rounded number where an id
//! should stand, a formula's error, a broken byte) stays noted beside it as a [`Fault`], so that whoever takes rows in can
//! refuse them by number.

mod bound;
mod excel;
mod record;
mod row;
mod take;
mod text;

use std::{fs::File, io::Read, path::Path};

use crate::error::{Code, Error, Result};

pub use row::{Fault, Row, id, plain};
pub use take::{ImportedRows, Intake, RefusedRow};
pub use text::decode;

/// How far down the header may stand: exports put a title or a note above it.
const HEADER_WITHIN: usize = 20;

/// A table with its header.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Column names as written, trimmed.
    pub header: Vec<String>,
    /// Rows below the header; empty ones are left out.
    pub rows: Vec<Row>,
}

impl Sheet {
    /// The first column called one of these names, in the order of preference; case and spaces do not count.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names
            .iter()
            .find_map(|name| self.header.iter().position(|cell| plain(cell) == plain(name)))
    }
}

/// A file that is known to be a table, to be read any number of times.
pub enum Book {
    /// Its text stays in the file.
    Text(text::Text),
    /// Its cells are held: a workbook cannot be read piece by piece.
    Excel(Vec<excel::Page>),
}

/// Rows on their way out of a file.
pub type Rows<'a> = Box<dyn Iterator<Item = Result<Row>> + 'a>;

impl Book {
    /// Looks at a file and says what it is.
    ///
    /// # Errors
    /// `Unreadable` when the file is neither a text table nor an Excel file.
    pub fn open(path: &Path) -> Result<Self> {
        let mut file = File::open(path).map_err(|e| Error::io(path, e))?;
        let mut head = [0; 4];
        let length = file.read(&mut head).map_err(|e| Error::io(path, e))?;
        let head = head.get(..length).unwrap_or_default();
        let is_excel = head == b"PK\x03\x04" || head == b"\xD0\xCF\x11\xE0";
        if is_excel {
            bound::bounded(path)?;
            excel::pages(path).map(Self::Excel)
        } else {
            text::Text::look(path).map(Self::Text)
        }
    }

    /// How many sheets it has. A text file is one.
    pub fn sheets(&self) -> usize {
        match self {
            Self::Text(_) => 1,
            Self::Excel(pages) => pages.len(),
        }
    }

    /// What a sheet is called; nothing for a text file.
    pub fn name(&self, sheet: usize) -> &str {
        match self {
            Self::Text(_) => "",
            Self::Excel(pages) => pages.get(sheet).map_or("", |page| &page.name),
        }
    }

    /// Whether a sheet has cells that cannot be read: it shows none.
    pub fn is_unread(&self, sheet: usize) -> bool {
        match self {
            Self::Text(_) => false,
            Self::Excel(pages) => pages.get(sheet).is_some_and(|page| page.is_unread),
        }
    }

    /// Whether the file may have been cut off within its last line: that has no end.
    pub fn ends_openly(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_ended,
            Self::Excel(_) => false,
        }
    }

    /// Whether each row has as many cells as were written in it: a workbook's are all as wide as its widest.
    pub fn has_ragged_rows(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// The rows of a sheet from its top; empty ones are left out.
    ///
    /// # Errors
    /// `Unreadable` when the file is gone, or was changed and is no table any more.
    pub fn rows(&self, sheet: usize) -> Result<Rows<'_>> {
        let rows: Rows<'_> = match self {
            Self::Text(text) => Box::new(text.rows()?),
            Self::Excel(pages) => match pages.get(sheet) {
                Some(page) => Box::new(page.rows().map(Ok)),
                None => Box::new(std::iter::empty()),
            },
        };
        Ok(Box::new(rows.filter(|row| {
            row.as_ref()
                .map_or(true, |row| row.cells.iter().any(|cell| !cell.is_empty()))
        })))
    }
}

/// Reads a file. The header is the first row with a column called one of `required`.
///
/// # Errors
/// `Unreadable` when the file is no table or has no such column.
pub fn read(file: &Path, required: &[&str]) -> Result<Sheet> {
    let rows = rows(file)?;
    let is_header = |row: &Row| {
        row.cells
            .iter()
            .any(|cell| required.iter().any(|name| plain(cell) == plain(name)))
    };
    let Some(at) = rows.iter().take(HEADER_WITHIN).position(is_header) else {
        return Err(Error::new(
            Code::Unreadable,
            format!(
                "{} 里没有「{}」这一列，没有导入任何内容。请检查表头。",
                file.display(),
                required.join("」或「")
            ),
        ));
    };
    let mut rows = rows.into_iter().skip(at);
    let header = rows.next().map(|row| row.cells).unwrap_or_default();
    Ok(Sheet {
        header,
        rows: rows.collect(),
    })
}

/// All rows of the first sheet that are not empty, the header among them, and those that go on below the same header in other
/// sheets: a table that grew too long for one.
///
/// # Errors
/// `Unreadable` when the file is neither a text table nor an Excel file.
pub fn rows(file: &Path) -> Result<Vec<Row>> {
    let book = Book::open(file)?;
    let mut all: Vec<Row> = book.rows(0)?.collect::<Result<_>>()?;
    let head: Vec<Vec<String>> = all
        .iter()
        .take(HEADER_WITHIN)
        .filter(|row| row.cells.iter().filter(|cell| !cell.is_empty()).count() > 1)
        .map(|row| row.cells.clone())
        .collect();
    for sheet in 1..book.sheets() {
        let rows: Vec<Row> = book.rows(sheet)?.collect::<Result<_>>()?;
        let header = rows
            .iter()
            .take(HEADER_WITHIN)
            .rposition(|row| head.contains(&row.cells));
        if let Some(header) = header {
            all.extend(rows.into_iter().skip(header + 1));
        }
    }
    Ok(all)
}

fn unreadable(file: &Path) -> Error {
    Error::new(
        Code::Unreadable,
        format!(
            "{} 不是能读的表格（CSV 或 XLSX），没有导入任何内容。",
            file.display()
        ),
    )
}
