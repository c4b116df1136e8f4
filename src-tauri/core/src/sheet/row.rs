//! One row, and what its cells cannot tell any more.

use crate::error::{Error, Result};

/// Why a cell cannot be taken as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A number of 16 digits and more: spreadsheets keep 15, so the last ones are not what they were.
    Rounded,
    /// A formula without an answer, `#REF!`.
    Error,
    /// Bytes that are no letters in the file's encoding.
    Broken,
    /// A quote that nobody closed: so many lines would have gone into its cell.
    Quote(usize),
}

/// One row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// As a spreadsheet counts it, from 1, header included.
    pub number: i64,
    /// Trimmed cells.
    pub cells: Vec<String>,
    /// What is wrong, by column; nearly always nothing.
    pub(super) faults: Vec<(usize, Fault)>,
    /// Columns in which this row is one merged cell with the row above, and repeats what it says.
    pub(super) merged: Vec<usize>,
}

impl Row {
    /// A row of text.
    pub fn of_cells<'c>(number: i64, cells: impl Iterator<Item = &'c str>) -> Self {
        let mut row = Self {
            number,
            ..Self::default()
        };
        for cell in cells {
            row.push(clean(cell));
        }
        row
    }

    /// Adds a cell, and what its words say is wrong with it.
    pub(super) fn push(&mut self, cell: String) {
        let at = self.cells.len();
        if cell.contains(['\u{fffd}', '\0']) {
            self.faults.push((at, Fault::Broken));
        } else if is_error(&cell) {
            self.faults.push((at, Fault::Error));
        }
        self.cells.push(cell);
    }

    /// The cell of a column; empty where there is no such column or cell.
    pub fn cell(&self, column: Option<usize>) -> &str {
        column
            .and_then(|at| self.cells.get(at))
            .map_or("", String::as_str)
    }

    /// What is wrong with the cell of a column.
    pub fn fault(&self, column: usize) -> Option<Fault> {
        let found = self.faults.iter().find(|(at, _)| *at == column);
        found.map(|(_, fault)| *fault)
    }

    /// Whether the cell of a column is one with that of the row above.
    pub fn is_merged(&self, column: usize) -> bool {
        self.merged.contains(&column)
    }

    /// Whether the row can be taken in, as far as these columns go. Broken letters anywhere spoil it.
    ///
    /// # Errors
    /// `Invalid` with the cell and the reason.
    pub fn sound(&self, columns: impl Fn(usize) -> bool) -> Result<()> {
        for (at, fault) in &self.faults {
            let cell = self.cell(Some(*at));
            match fault {
                Fault::Broken => {
                    let shown: String = cell.chars().take(20).collect();
                    return Err(Error::invalid(
                        "row",
                        format!(
                            "「{shown}」里有坏掉的字，这一行没有收下。请用平台导出的原文件，或在表格里改好再导入。"
                        ),
                    ));
                }
                Fault::Quote(lines) => {
                    let shown: String = cell.chars().take(20).collect();
                    return Err(Error::invalid(
                        "row",
                        format!(
                            "「{shown}」前面的引号没有收尾，照它读会把后面 {lines} 行都吞进这一格。这一行没有收下，后面的行照常读。请用平台导出的原文件，或在表格里改好再导入。"
                        ),
                    ));
                }
                Fault::Error if columns(*at) => {
                    return Err(Error::invalid(
                        "row",
                        format!("有一格是算不出来的公式（{cell}），这一行没有收下。"),
                    ));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The id in a column as text; empty where there is none.
    ///
    /// # Errors
    /// `Invalid` when the cell is a number of 16 digits and more, or one in scientific notation: which id it was cannot be
    /// known any more.
    pub fn id(&self, column: Option<usize>) -> Result<&str> {
        let cell = self.cell(column);
        if column.and_then(|at| self.fault(at)) == Some(Fault::Rounded) {
            return Err(Error::invalid(
                "id",
                format!(
                    "编号「{cell}」在表格里是数字格，超过 15 位的数字存不住，末几位已经变了，认不出原来的编号。请用平台导出的原文件，或把这一列设成文本。"
                ),
            ));
        }
        id(cell)
    }
}

/// An id as text. Excel's `.0`, tabs and quotes go.
///
/// # Errors
/// `Invalid` when Excel has made a rounded number of it, `1.23E+18`: which id it was cannot be known any more.
pub fn id(cell: &str) -> Result<&str> {
    let cell = cell.trim_matches(['\'', '`', '"', '\t', ' ']);
    let whole = cell.trim_end_matches('0').strip_suffix('.').unwrap_or(cell);
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let cell = if all_digits(whole) { whole } else { cell };
    let is_damaged = cell.split_once(['E', 'e']).is_some_and(|(number, power)| {
        (number.contains('.') || power.starts_with('+'))
            && number.parse::<f64>().is_ok()
            && all_digits(power.trim_start_matches('+'))
    });
    if is_damaged {
        return Err(Error::invalid(
            "id",
            format!("编号「{cell}」被 Excel 改成了科学计数法，已认不出原来的编号。请用平台导出的原文件。"),
        ));
    }
    Ok(cell)
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
pub(super) fn clean(cell: &str) -> String {
    let cell = cell.trim();
    let cell = cell
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(cell);
    cell.trim_start_matches('\'').trim().to_owned()
}

/// What spreadsheets show for a formula that has no answer (LibreOffice: `Err:502`), and for a column too narrow for its number.
fn is_error(cell: &str) -> bool {
    let is_narrow = cell.len() >= 3 && cell.bytes().all(|b| b == b'#');
    let is_numbered = cell
        .strip_prefix("Err:")
        .is_some_and(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit()));
    is_narrow
        || is_numbered
        || matches!(
            cell,
            "#REF!"
                | "#N/A"
                | "#VALUE!"
                | "#DIV/0!"
                | "#NAME?"
                | "#NULL!"
                | "#NUM!"
                | "#GETTING_DATA"
                | "#DATA!"
                | "#SPILL!"
                | "#CALC!"
                | "#FIELD!"
                | "#BLOCKED!"
                | "#CONNECT!"
                | "#UNKNOWN!"
                | "#BUSY!"
        )
}
