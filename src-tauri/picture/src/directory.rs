//! The fields of a TIFF, of an EXIF block, and of the RAW files that are built like one, without pixels.

/// Directories looked at: pages and what lies below them.
pub(crate) const MAX_DIRECTORIES: usize = 32;

/// Bytes of a text that are looked at.
const MAX_TEXT: usize = 256;

/// A directory of a TIFF (TIFF 6.0 §2; BigTIFF has wider numbers). Nothing in it is trusted further than the file reaches.
#[derive(Clone, Copy)]
pub(crate) struct Directory<'a> {
    file: &'a [u8],
    pub big_endian: bool,
    pub wide: bool,
    at: usize,
    count: usize,
}

impl<'a> Directory<'a> {
    pub fn first(file: &'a [u8]) -> Option<Self> {
        let (big_endian, wide) = match file.first_chunk::<4>()? {
            b"II*\0" => (false, false),
            b"MM\0*" => (true, false),
            // The same by another name: Olympus and Panasonic RAW.
            b"IIRO" | b"IIRS" | b"IIU\0" => (false, false),
            b"MMOR" => (true, false),
            b"II+\0" => (false, true),
            b"MM\0+" => (true, true),
            _ => return None,
        };
        let blank = Self {
            file,
            big_endian,
            wide,
            at: 0,
            count: 0,
        };
        let at = blank.read(if wide { 8 } else { 4 }, blank.offset());
        Some(at.and_then(|at| blank.open(at)).unwrap_or(blank))
    }

    fn open(self, at: u64) -> Option<Self> {
        let at = usize::try_from(at).ok()?;
        let lead = if self.wide { 8 } else { 2 };
        let count = usize::try_from(self.read(at, lead)?).ok()?.min(4096);
        (at > 0).then_some(Self {
            at: at.checked_add(lead)?,
            count,
            ..self
        })
    }

    /// Bytes of an offset.
    fn offset(self) -> usize {
        if self.wide { 8 } else { 4 }
    }

    fn entry_size(self) -> usize {
        if self.wide { 20 } else { 12 }
    }

    fn read(self, at: usize, length: usize) -> Option<u64> {
        let bytes = self.file.get(at..at.checked_add(length)?)?;
        let add = |n: u64, b: &u8| n << 8 | u64::from(*b);
        Some(if self.big_endian {
            bytes.iter().fold(0, add)
        } else {
            bytes.iter().rev().fold(0, add)
        })
    }

    /// Where a field's values lie, how many bytes each has, and how many there are.
    pub fn find(self, tag: u64) -> Option<(usize, usize, usize)> {
        let entries = (0..self.count).map(|n| self.at.saturating_add(n * self.entry_size()));
        let entry = entries
            .into_iter()
            .find(|entry| self.read(*entry, 2) == Some(tag))?;
        let size: usize = match self.read(entry + 2, 2)? {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 | 16 | 17 | 18 => 8,
            _ => return None,
        };
        let count = usize::try_from(self.read(entry + 4, self.offset())?).ok()?;
        let field = entry + 4 + self.offset();
        let at = if size.checked_mul(count)? <= self.offset() {
            field
        } else {
            usize::try_from(self.read(field, self.offset())?).ok()?
        };
        Some((at, size, count))
    }

    pub fn has(self, tag: u64) -> bool {
        self.find(tag).is_some()
    }

    pub fn number(self, tag: u64) -> Option<u64> {
        let (at, size, _) = self.find(tag)?;
        self.read(at, size)
    }

    /// All values of a field, as far as the file reaches and no more than so many.
    pub fn numbers(self, tag: u64, most: usize) -> Vec<u64> {
        let Some((at, size, count)) = self.find(tag) else {
            return Vec::new();
        };
        let each = (0..count.min(most)).map_while(|n| self.read(at.checked_add(n * size)?, size));
        each.collect()
    }

    pub fn bytes(self, tag: u64) -> Option<&'a [u8]> {
        let (at, size, count) = self.find(tag)?;
        self.file.get(at..at.checked_add(size.checked_mul(count)?)?)
    }

    /// Text without padding; makers outside the standard write UTF-8 into ASCII fields.
    pub fn text(self, tag: u64) -> Option<String> {
        let bytes = self.bytes(tag)?;
        let line = bytes.split(|byte| *byte == 0).next()?;
        let text = String::from_utf8_lossy(line.get(..line.len().min(MAX_TEXT))?);
        let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Whether a field holds a fraction that says something: a place that was never found is written as 0/0.
    pub fn has_fraction(self, tag: u64) -> bool {
        self.find(tag).is_some_and(|(at, size, count)| {
            let says = |n: usize| {
                self.read(at.checked_add(8 * n + 4)?, 4)
                    .filter(|below| *below > 0)
            };
            size == 8 && (0..count.min(3)).any(|n| says(n).is_some())
        })
    }

    /// The directory a field points to, whatever type of number it is (13 is made for this).
    pub fn at(self, tag: u64) -> Option<Self> {
        self.open(self.number(tag)?)
    }

    /// The directories below this one (tag 330).
    pub fn below(self) -> Vec<Self> {
        let Some((at, size, count)) = self.find(330) else {
            return Vec::new();
        };
        let each = (0..count.min(MAX_DIRECTORIES)).filter_map(|n| self.read(at + n * size, size));
        each.filter_map(|at| self.open(at)).collect()
    }

    pub fn next(self) -> Option<Self> {
        let end = self.at.checked_add(self.count * self.entry_size())?;
        self.open(self.read(end, self.offset())?)
    }
}
