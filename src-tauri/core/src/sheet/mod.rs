//! Sheet 表格: CSV (UTF-8, GB18030, UTF-16) and Excel files as rows of text under named columns.

mod take;

use std::{fs, io::Cursor, path::Path};

use calamine::{Data, Reader};

use crate::error::{Code, Error, Result};

pub use take::{ImportedRows, Intake, RefusedRow};

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

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// As a spreadsheet counts it, from 1, header included.
    pub number: i64,
    /// Trimmed cells.
    pub cells: Vec<String>,
}

impl Row {
    /// The cell of a column; empty where there is no such column or cell.
    pub fn cell(&self, column: Option<usize>) -> &str {
        column
            .and_then(|at| self.cells.get(at))
            .map_or("", String::as_str)
    }
}

impl Sheet {
    /// The first column called one of these names, in the order of preference; case and spaces do not count.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names
            .iter()
            .find_map(|name| self.header.iter().position(|cell| plain(cell) == plain(name)))
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

/// All rows of the first sheet that are not empty, the header among them.
///
/// # Errors
/// As [`tables`].
pub fn rows(file: &Path) -> Result<Vec<Row>> {
    Ok(tables(file)?.into_iter().next().unwrap_or_default())
}

/// The rows of every sheet; those that are empty are left out. A text file is one sheet.
///
/// # Errors
/// `Unreadable` when the file is neither a text table nor an Excel file.
pub fn tables(file: &Path) -> Result<Vec<Vec<Row>>> {
    let bytes = fs::read(file).map_err(|e| Error::io(file, e))?;
    let is_excel = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0");
    let mut tables = if is_excel {
        excel(bytes, file)?
    } else {
        vec![text(&bytes, file)?]
    };
    for rows in &mut tables {
        rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    }
    Ok(tables)
}

/// A column's name as names are compared: without case, spaces and the width of brackets.
pub fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | '\u{feff}'))
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Exports write `="0123"` so that Excel keeps the zeros, and a tab or quote before long numbers.
fn clean(cell: &str) -> String {
    let cell = cell.trim();
    let cell = cell
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(cell);
    cell.trim_start_matches('\'').trim().to_owned()
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

fn text(bytes: &[u8], file: &Path) -> Result<Vec<Row>> {
    let content = decode(bytes).ok_or_else(|| unreadable(file))?;
    if content.contains('\0') {
        return Err(unreadable(file));
    }
    // One kind of line end and one at the end, so that lines can be counted as a spreadsheet does.
    let mut content = content.replace("\r\n", "\n").replace('\r', "\n");
    if !content.ends_with('\n') {
        content.push('\n');
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&content))
        .from_reader(content.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut inner_lines = 0;
    while reader
        .read_record(&mut record)
        .map_err(|e| unreadable(file).because(e))?
    {
        inner_lines += record
            .iter()
            .map(|cell| cell.matches('\n').count())
            .sum::<usize>();
        let line = i64::try_from(reader.position().line()).unwrap_or(i64::MAX);
        let number = line - 1 - i64::try_from(inner_lines).unwrap_or(0);
        rows.push(Row {
            number,
            cells: record.iter().map(clean).collect(),
        });
    }
    Ok(rows)
}

/// Text of a file: UTF-16 and UTF-8 by their mark, UTF-8 where it is valid, else GB18030, which Chinese Excel writes; `None` when it
/// is none of them.
pub fn decode(bytes: &[u8]) -> Option<String> {
    use encoding_rs::{Encoding, GB18030, UTF_8};
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (content, _) = encoding.decode_without_bom_handling(bytes.get(mark..)?);
        return Some(content.into_owned());
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return Some(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    [UTF_8, GB18030]
        .into_iter()
        .find_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes))
        .map(std::borrow::Cow::into_owned)
}

/// UTF-16 without its mark: commas, digits and line ends of a table then have a null byte each, always on the same side.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let nulls = |side: usize| head.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    match (nulls(0), nulls(1)) {
        (0, odd) if odd * 20 > head.len() => Some(encoding_rs::UTF_16LE),
        (even, 0) if even * 20 > head.len() => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// Whichever of comma, tab and semicolon the first lines use most.
fn delimiter(content: &str) -> u8 {
    let head: String = content.lines().take(3).collect();
    let count = |mark: u8| head.bytes().filter(|b| *b == mark).count();
    [b',', b'\t', b';']
        .into_iter()
        .rev()
        .max_by_key(|mark| count(*mark))
        .unwrap_or(b',')
}

fn excel(bytes: Vec<u8>, file: &Path) -> Result<Vec<Vec<Row>>> {
    let mut book =
        calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| unreadable(file).because(e))?;
    let mut tables = Vec::new();
    for name in book.sheet_names() {
        // A sheet that is only a chart has no cells.
        let Ok(range) = book.worksheet_range(&name) else {
            continue;
        };
        let first = i64::from(range.start().map_or(0, |(row, _)| row)) + 1;
        let rows = (first..).zip(range.rows()).map(|(number, row)| Row {
            number,
            cells: row.iter().map(shown).collect(),
        });
        tables.push(rows.collect());
    }
    if tables.is_empty() {
        return Err(unreadable(file));
    }
    Ok(tables)
}

fn shown(cell: &Data) -> String {
    match cell {
        // Excel knows no dates, only numbers shown as dates.
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) == (0, 0, 0) {
                date
            } else {
                format!("{date} {hour:02}:{minute:02}:{second:02}")
            }
        }
        other => clean(&other.to_string()),
    }
}
