//! Lines of text as records of cells, and a quote that would swallow the lines behind it.
//!
//! A quote that opens a cell may hold line breaks. One that nobody closed holds all the rows down to the next quote, or to the
//! end of the file: then only its own line is spoilt, and those behind it are read as the rows they are.

use std::{collections::VecDeque, io::BufRead};

use super::row::{Fault, Row};

/// A spreadsheet's cell holds so many characters at most (Excel's specification); a quoted one that goes on longer was never
/// closed. In bytes of UTF-8, three for a Chinese one.
const LONGEST: usize = 3 * 32_767;

/// The cells of one record as far as it is read.
#[derive(Debug, Default)]
struct Cutter {
    cells: Vec<String>,
    cell: String,
    state: State,
    /// Cells that hold line breaks.
    long: Vec<usize>,
    /// A cell with line breaks goes on behind its closing quote: that quote opened another cell.
    is_torn: bool,
    /// Where in the line at hand the quote stands that is open.
    opened: usize,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing of the cell yet.
    #[default]
    Begins,
    Plain,
    Quoted,
    /// Behind a quote within a quoted cell: it ends the cell, or is the first of two that stand for one.
    Quote,
}

impl Cutter {
    /// Reads one line on; answers whether a quote is still open at its end.
    fn feed(&mut self, line: &str, delimiter: char) -> bool {
        for (at, c) in line.char_indices() {
            self.state = match (self.state, c) {
                (State::Begins, '"') => {
                    self.opened = at;
                    State::Quoted
                }
                (State::Quoted, '"') => State::Quote,
                (State::Quoted, c) => self.put(c, State::Quoted),
                (State::Quote, '"') => self.put(c, State::Quoted),
                (_, c) if c == delimiter => self.end(),
                (State::Quote, c) => {
                    self.is_torn = self.is_torn || self.cell.contains('\n');
                    self.put(c, State::Plain)
                }
                (_, c) => self.put(c, State::Plain),
            };
        }
        if self.state == State::Quoted {
            self.cell.push('\n');
            return true;
        }
        self.end();
        false
    }

    fn put(&mut self, c: char, next: State) -> State {
        self.cell.push(c);
        next
    }

    fn end(&mut self) -> State {
        if self.cell.contains('\n') {
            self.long.push(self.cells.len());
        }
        self.cells.push(std::mem::take(&mut self.cell));
        State::Begins
    }

    /// Whether a cell with line breaks holds rows of a table that is `width` cells wide: the rest of its own row, whole ones,
    /// and the beginning of the one whose quote closed it.
    fn has_swallowed(&self, width: usize, delimiter: char) -> bool {
        let whole = width.saturating_sub(1);
        let is_row = |cell: &usize| {
            let text = self.cells.get(*cell).map_or("", String::as_str);
            let marks: Vec<usize> = text
                .split('\n')
                .map(|line| line.matches(delimiter).count())
                .collect();
            let [first, between @ .., last] = marks.as_slice() else {
                return false;
            };
            let is_joined = first + cell == whole
                && between.iter().all(|count| *count == whole)
                && last + self.cells.len() == cell + width
                && marks.iter().any(|count| *count > 0);
            is_joined || between.iter().any(|count| *count >= 3.max(whole * 2 / 3))
        };
        self.is_torn || self.long.iter().any(is_row)
    }
}

/// How many cells a line has; nothing where it ends within quotes.
pub(super) fn width(line: &str, delimiter: char) -> Option<usize> {
    let mut cutter = Cutter::default();
    (!cutter.feed(line, delimiter)).then_some(cutter.cells.len())
}

/// The records of a text, one after another.
pub(super) struct Records<R> {
    text: R,
    delimiter: char,
    /// How many cells most lines have.
    width: usize,
    /// Lines that a quote would have swallowed, to be read as rows.
    again: VecDeque<String>,
    /// As a spreadsheet counts: empty lines too, and a cell's own line breaks not.
    number: i64,
}

impl<R: BufRead> Records<R> {
    pub(super) fn of(text: R, delimiter: char, width: usize) -> Self {
        Self {
            text,
            delimiter,
            width,
            again: VecDeque::new(),
            number: 0,
        }
    }

    fn line(&mut self) -> std::io::Result<Option<String>> {
        if let Some(line) = self.again.pop_front() {
            return Ok(Some(line));
        }
        let mut line = String::new();
        if self.text.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        line.truncate(line.trim_end_matches('\n').len());
        Ok(Some(line))
    }

    /// The next row; nothing at the end.
    pub(super) fn row(&mut self) -> std::io::Result<Option<Row>> {
        let Some(line) = self.line()? else {
            return Ok(None);
        };
        self.number += 1;
        let mut cutter = Cutter::default();
        let mut is_open = cutter.feed(&line, self.delimiter);
        if !is_open {
            return Ok(Some(Row::of_cells(
                self.number,
                cutter.cells.iter().map(String::as_str),
            )));
        }
        let mut more = Vec::new();
        while is_open && cutter.cell.len() <= LONGEST {
            let Some(next) = self.line()? else { break };
            is_open = cutter.feed(&next, self.delimiter);
            more.push(next);
        }
        if !is_open && !cutter.has_swallowed(self.width, self.delimiter) {
            return Ok(Some(Row::of_cells(
                self.number,
                cutter.cells.iter().map(String::as_str),
            )));
        }
        let swallowed = more.iter().filter(|line| !line.trim().is_empty()).count();
        for line in more.into_iter().rev() {
            self.again.push_front(line);
        }
        Ok(Some(self.spoilt(&line, swallowed)))
    }

    /// The row of a line with a quote that nobody closed: from there on its cells are cut as if there were no quotes.
    fn spoilt(&self, line: &str, swallowed: usize) -> Row {
        let mut cutter = Cutter::default();
        cutter.feed(line, self.delimiter);
        let rest = line.get(cutter.opened..).unwrap_or_default();
        let at = cutter.cells.len();
        let cells = cutter.cells.iter().map(String::as_str);
        let mut row = Row::of_cells(self.number, cells.chain(rest.split(self.delimiter)));
        row.faults.push((at, Fault::Quote(swallowed)));
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(i64, Vec<String>, bool)> {
        let wide = text.lines().next().and_then(|line| width(line, ',')).unwrap();
        let mut records = Records::of(text.as_bytes(), ',', wide);
        std::iter::from_fn(|| records.row().unwrap())
            .map(|row| (row.number, row.cells.clone(), row.sound(|_| true).is_err()))
            .collect()
    }

    #[test]
    fn quotes_are_read_as_spreadsheets_write_them() {
        let read = rows("a,b,c\n\"x, \"\"y\"\"\",说\"好用\",\"two\nlines\"\n\n\"\",\"z\"tail,3\n");
        let cells: Vec<_> = read.iter().map(|(_, cells, _)| cells.join("|")).collect();
        assert_eq!(
            cells,
            ["a|b|c", "x, \"y\"|说\"好用\"|two\nlines", "", "|ztail|3"],
            "a cell may hold the separator, quotes and line breaks"
        );
        let numbers: Vec<_> = read.iter().map(|(number, ..)| *number).collect();
        assert_eq!(numbers, [1, 2, 3, 4], "line breaks within a cell make no row");
        assert!(read.iter().all(|(.., spoilt)| !spoilt));
    }

    #[test]
    fn a_quote_that_nobody_closed_spoils_its_own_line_alone() {
        for (text, spoilt, whole) in [
            ("a,b,c\n1,2,\"x\n3,4,5\n6,7,8\n", vec![2], 3),
            ("a,b,c\n1,\"x,2\n3,4,5\n6,\"7\",8\n", vec![2], 3),
            ("a,b,c\n1,2,\"x\n3,4,5\n6,7,\"8\"\n", vec![2], 3),
            ("a,b,c\n1,2,\"x\n3,4,5\"\n6,7,8\n", vec![2], 3),
            ("a,b,c\n1,\"x,2\n3,4\",5\n6,7,8\n", vec![2], 3),
            ("a,b,c\n1,2,\"x\n3,4,\"\"\n6,7,8\n", vec![2], 3),
            ("a,b,c\n1,2,\"x\n3,4,\"y\n6,7,8\n", vec![2, 3], 2),
        ] {
            let read = rows(text);
            let bad: Vec<_> = read
                .iter()
                .filter(|(.., spoilt)| *spoilt)
                .map(|(at, ..)| *at)
                .collect();
            assert_eq!(bad, spoilt, "{text}: {read:?}");
            let good = read
                .iter()
                .filter(|(_, cells, spoilt)| !spoilt && cells.len() == 3);
            assert_eq!(good.count(), whole, "{text}: {read:?}");
        }
    }

    #[test]
    fn what_people_wrote_on_several_lines_with_commas_is_one_cell() {
        for text in [
            "a,b,c\n1,2,\"x, y\nz\"\n",
            "a,b,c\n1,\"x\ny, z\",2\n",
            "a,b,c\n1,\"Hello, I like it\n\nthanks, bye\",2\n",
        ] {
            let read = rows(text);
            assert_eq!((read.len(), read[1].2), (2, false), "{text}: {read:?}");
        }
    }
}
