//! Text tables: which letters the file is written in, and its rows one after another.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::{
    record::{self, Records},
    row::Row,
    unreadable,
};
use crate::error::{Error, Result};

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;
/// Bytes that are looked at to tell UTF-16 and what separates cells.
const HEAD: usize = 8 * 1024;
/// One broken letter in so many that need more than a byte: the file was damaged. More: it is in other letters (of Chinese
/// in GB18030 one letter in a dozen happens to be one of UTF-8 too).
const DAMAGED: u64 = 4;

/// A text table whose encoding is known.
pub struct Text {
    path: PathBuf,
    encoding: &'static Encoding,
    /// Bytes of its mark.
    mark: u64,
    delimiter: u8,
    /// How many cells most of its first lines have.
    width: usize,
    /// Its last line is ended as lines are.
    pub(super) is_ended: bool,
}

impl Text {
    /// Finds out what a file is written in.
    ///
    /// # Errors
    /// `Unreadable` when it is no text.
    pub(super) fn look(path: &Path) -> Result<Self> {
        let open = || File::open(path).map_err(|e| Error::io(path, e));
        let mut head = Vec::with_capacity(HEAD);
        open()?
            .take(HEAD as u64)
            .read_to_end(&mut head)
            .map_err(|e| Error::io(path, e))?;
        let mut count = Count::default();
        count.all(open()?).map_err(|e| Error::io(path, e))?;
        let (encoding, mark) = match Encoding::for_bom(&head) {
            Some((encoding, mark)) => (encoding, mark as u64),
            None => (count.encoding(&head).ok_or_else(|| unreadable(path))?, 0),
        };
        let mut text = Self {
            path: path.to_owned(),
            encoding,
            mark,
            delimiter: b',',
            width: 0,
            is_ended: is_ended(&mut open()?, encoding).map_err(|e| Error::io(path, e))?,
        };
        let mut begins = Vec::with_capacity(HEAD);
        text.letters()?
            .take(HEAD as u64)
            .read_to_end(&mut begins)
            .map_err(|e| Error::io(path, e))?;
        let begins = String::from_utf8_lossy(&begins);
        text.delimiter = delimiter(&begins);
        text.width = width(&begins, char::from(text.delimiter));
        Ok(text)
    }

    fn letters(&self) -> Result<Letters<File>> {
        let mut file = File::open(&self.path).map_err(|e| Error::io(&self.path, e))?;
        io::copy(&mut (&mut file).take(self.mark), &mut io::sink()).map_err(|e| Error::io(&self.path, e))?;
        Ok(Letters::of(file, self.encoding))
    }

    /// Its rows, from the top.
    pub(super) fn rows(&self) -> Result<impl Iterator<Item = Result<Row>> + '_> {
        let letters = BufReader::with_capacity(PIECE, self.letters()?);
        let mut records = Records::of(letters, char::from(self.delimiter), self.width);
        Ok(std::iter::from_fn(move || {
            let row = records.row().map_err(|e| unreadable(&self.path).because(e));
            row.transpose()
        }))
    }
}

/// Whether the last line of a file is ended as lines are; one that is not may have been cut off.
fn is_ended(file: &mut File, encoding: &'static Encoding) -> io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut tail = Vec::with_capacity(2);
    file.seek(SeekFrom::Start(length.saturating_sub(2)))?;
    file.read_to_end(&mut tail)?;
    let last = match tail.as_slice() {
        [byte, 0] if encoding == UTF_16LE => *byte,
        [0, byte] if encoding == UTF_16BE => *byte,
        [.., byte] if encoding != UTF_16LE && encoding != UTF_16BE => *byte,
        _ => 0,
    };
    Ok(matches!(last, b'\n' | b'\r'))
}

/// What the bytes of a whole file look like.
#[derive(Default)]
struct Count {
    /// Letters of UTF-8 that need more than a byte, and places where there is none.
    letters: u64,
    broken: u64,
    /// The same in GB18030.
    chinese: u64,
    not_chinese: u64,
}

impl Count {
    fn all(&mut self, mut file: impl Read) -> io::Result<()> {
        let mut chinese = GB18030.new_decoder_without_bom_handling();
        let mut bytes = vec![0; PIECE];
        let mut kept = 0;
        loop {
            let read = file.read(bytes.get_mut(kept..).unwrap_or_default())?;
            let piece = bytes.get(..kept + read).unwrap_or_default();
            self.of_chinese(&mut chinese, piece.get(kept..).unwrap_or_default(), read == 0);
            let rest = self.of_utf8(piece, read == 0);
            kept = rest.len();
            let from = piece.len() - kept;
            bytes.copy_within(from..from + kept, 0);
            if read == 0 {
                return Ok(());
            }
        }
    }

    /// Answers with what may go on in the next piece.
    fn of_utf8<'b>(&mut self, mut piece: &'b [u8], is_last: bool) -> &'b [u8] {
        let many = |text: &str| text.chars().filter(|c| !c.is_ascii()).count() as u64;
        loop {
            let error = match std::str::from_utf8(piece) {
                Ok(text) => {
                    self.letters += many(text);
                    return &[];
                }
                Err(error) => error,
            };
            let (good, rest) = piece.split_at_checked(error.valid_up_to()).unwrap_or_default();
            self.letters += std::str::from_utf8(good).map_or(0, many);
            match error.error_len() {
                None if !is_last => return rest,
                None => {
                    self.broken += 1;
                    return &[];
                }
                Some(length) => {
                    self.broken += 1;
                    piece = rest.get(length..).unwrap_or_default();
                }
            }
        }
    }

    fn of_chinese(&mut self, decoder: &mut Decoder, mut piece: &[u8], is_last: bool) {
        let mut out = vec![0; 4 * 1024];
        loop {
            let (result, read, written) =
                decoder.decode_to_utf8_without_replacement(piece, &mut out, is_last);
            let text = std::str::from_utf8(out.get(..written).unwrap_or_default()).unwrap_or_default();
            self.chinese += text.chars().filter(|c| !c.is_ascii()).count() as u64;
            piece = piece.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => self.not_chinese += 1,
            }
        }
    }

    /// What a file without a mark is written in: UTF-8 also where a letter is broken, else GB18030, which Chinese Excel
    /// writes; `None` when it is no text.
    fn encoding(&self, head: &[u8]) -> Option<&'static Encoding> {
        if let Some(wide) = unmarked_utf16(head) {
            return Some(wide);
        }
        if head.contains(&0) {
            return None;
        }
        if self.broken * DAMAGED <= self.letters {
            return Some(UTF_8);
        }
        (self.not_chinese * DAMAGED <= self.chinese).then_some(GB18030)
    }
}

/// UTF-16 without its mark: separators, digits and line ends of a table then have a null byte each, on the same side; 一 and
/// its like have one on the other.
fn unmarked_utf16(head: &[u8]) -> Option<&'static Encoding> {
    let nulls = |side: usize| head.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (nulls(0), nulls(1));
    let enough = |many: usize, few: usize| many * 20 > head.len() && many >= 4 * few;
    if enough(odd, even) {
        Some(UTF_16LE)
    } else if enough(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whichever of comma, tab and semicolon the first lines use most.
fn delimiter(begins: &str) -> u8 {
    let head: Vec<&str> = begins.lines().take(3).collect();
    let count = |mark: u8| {
        head.iter()
            .flat_map(|line| line.bytes())
            .filter(|b| *b == mark)
            .count()
    };
    [b',', b'\t', b';']
        .into_iter()
        .rev()
        .max_by_key(|mark| count(*mark))
        .unwrap_or(b',')
}

/// How many cells the lines have that make up most of the text.
fn width(begins: &str, delimiter: char) -> usize {
    let mut cells: BTreeMap<usize, usize> = BTreeMap::new();
    for wide in begins.lines().filter_map(|line| record::width(line, delimiter)) {
        *cells.entry(wide).or_default() += wide;
    }
    let most = cells.into_iter().max_by_key(|(_, all)| *all);
    most.map_or(0, |(wide, _)| wide)
}

/// A file as UTF-8 with one kind of line end and one at the end, so that lines can be counted as a spreadsheet does. A
/// broken letter becomes U+FFFD.
struct Letters<R> {
    file: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    /// Decoded and not handed out yet.
    text: Vec<u8>,
    given: usize,
    is_done: bool,
    after_return: bool,
}

impl<R: Read> Letters<R> {
    fn of(file: R, encoding: &'static Encoding) -> Self {
        Self {
            file,
            decoder: encoding.new_decoder_without_bom_handling(),
            bytes: vec![0; PIECE],
            text: Vec::new(),
            given: 0,
            is_done: false,
            after_return: false,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        let read = self.file.read(&mut self.bytes)?;
        self.is_done = read == 0;
        let bytes = self.bytes.get(..read).unwrap_or_default();
        let most = self.decoder.max_utf8_buffer_length(read).unwrap_or(4 * PIECE);
        let mut out = vec![0; most + 8];
        let (_, _, written, _) = self.decoder.decode_to_utf8(bytes, &mut out, self.is_done);
        self.text.clear();
        self.given = 0;
        for byte in out.into_iter().take(written) {
            let is_pair = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            match byte {
                b'\r' => self.text.push(b'\n'),
                b'\n' if is_pair => {}
                other => self.text.push(other),
            }
        }
        if self.is_done {
            self.text.push(b'\n');
        }
        Ok(())
    }
}

impl<R: Read> Read for Letters<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.is_done {
            self.fill()?;
        }
        let rest = self.text.get(self.given..).unwrap_or_default();
        let length = rest.len().min(out.len());
        for (to, from) in out.iter_mut().zip(rest) {
            *to = *from;
        }
        self.given += length;
        Ok(length)
    }
}

/// Text of a file: UTF-16 and UTF-8 by their mark, UTF-8 where it is valid, else GB18030, which Chinese Excel writes; `None`
/// when it is none of them, and where a byte is broken: whose words are missing then cannot be told row by row.
pub fn decode(bytes: &[u8]) -> Option<String> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some(marked) => marked,
        None => {
            let mut count = Count::default();
            count.all(bytes).ok()?;
            (count.encoding(bytes.get(..HEAD).unwrap_or(bytes))?, 0)
        }
    };
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes.get(mark..)?)
        .map(std::borrow::Cow::into_owned)
}
