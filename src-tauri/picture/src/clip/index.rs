//! Finding the index of a clip, and a picture by its place, without reading the rest.

use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

use crate::boxes::find;
use crate::error::PictureError;
use crate::foreign;

/// Bytes an index may have; an hour of film has about two million.
const MAX_INDEX: u64 = 64 << 20;
/// Bytes one picture may have.
const MAX_SAMPLE: u64 = 64 << 20;
/// Boxes a file may have side by side; a long fragmented film has some thousands.
const MAX_BOXES: u32 = 100_000;

/// The `moov` box of a file, and how long the file is.
pub(super) struct Index {
    start: Vec<u8>,
    moov: Vec<u8>,
    /// An XMP packet beside the index.
    packet: Vec<u8>,
    length: u64,
}

/// The number of Adobe's packet among boxes (ISO 16684-3).
const XMP: &[u8; 16] = b"\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC";
/// Bytes a packet may have.
const MAX_PACKET: u64 = 4 << 20;

impl Index {
    /// Walks the boxes of a file. One that reaches past the end means that the file was cut.
    pub fn read(file: &mut (impl Read + Seek)) -> Result<Self, PictureError> {
        let length = file.seek(SeekFrom::End(0)).map_err(|e| broken(&e))?;
        let start = part(file, 0, length.min(64))?;
        if start.is_empty() {
            return Err(PictureError::Empty);
        }
        if !foreign::is_clip(&start) {
            return Err(foreign::name(&start).map_or(PictureError::NotAPicture, PictureError::Unsupported));
        }
        let (mut at, mut moov, mut packet) = (0_u64, None, Vec::new());
        for _ in 0..MAX_BOXES {
            if length.saturating_sub(at) < 8 {
                break;
            }
            let head = part(file, at, 16.min(length - at))?;
            let Some([s0, s1, s2, s3, kind @ ..]) = head.first_chunk::<8>().copied() else {
                break;
            };
            let (lead, size) = match u32::from_be_bytes([s0, s1, s2, s3]) {
                0 => (8, length - at),
                1 => {
                    let long = head
                        .get(8..)
                        .and_then(|b| b.first_chunk::<8>())
                        .ok_or(PictureError::Truncated)?;
                    (16, u64::from_be_bytes(*long))
                }
                size => (8, u64::from(size)),
            };
            let end = at.checked_add(size).filter(|end| *end <= length && size >= lead);
            let Some(end) = end else {
                // Behind the index some phones leave their own notes, which are no boxes.
                if moov.is_some() && !matches!(&kind, b"mdat" | b"moof") {
                    break;
                }
                return Err(PictureError::Truncated);
            };
            if &kind == b"moov" && moov.is_none() {
                if size > MAX_INDEX {
                    return Err(PictureError::Damaged("an index without end".to_owned()));
                }
                moov = Some(part(file, at + lead, size - lead)?);
            }
            if &kind == b"uuid" && packet.is_empty() && (24..MAX_PACKET).contains(&size) {
                let body = part(file, at + lead, size - lead)?;
                packet = body.strip_prefix(XMP).map(<[u8]>::to_vec).unwrap_or_default();
            }
            at = end;
        }
        let moov = moov.ok_or(PictureError::Truncated)?;
        Ok(Self {
            start,
            moov,
            packet,
            length,
        })
    }

    /// `mov` for QuickTime's own brand or none, `mp4` for every other.
    pub fn format(&self) -> &'static str {
        let branded = self.start.get(4..8) == Some(b"ftyp");
        if branded && self.start.get(8..12) != Some(b"qt  ") {
            "mp4"
        } else {
            "mov"
        }
    }

    /// What lies in the `moov` box.
    pub fn moov(&self) -> &[u8] {
        &self.moov
    }

    /// The XMP packet of the file, beside its index or in its user data; empty where there is none.
    pub fn packet(&self) -> &[u8] {
        if self.packet.is_empty() {
            find(&self.moov, &[b"udta", b"XMP_"])
        } else {
            &self.packet
        }
    }

    /// The bytes of a sample.
    pub fn sample(
        &self,
        file: &mut (impl Read + Seek),
        (at, size): (u64, u64),
    ) -> Result<Vec<u8>, PictureError> {
        if at.checked_add(size).is_none_or(|end| end > self.length) {
            return Err(PictureError::Truncated);
        }
        if size > MAX_SAMPLE {
            return Err(PictureError::Damaged("a picture without end".to_owned()));
        }
        part(file, at, size)
    }
}

/// Exactly these bytes of a file.
fn part(file: &mut (impl Read + Seek), at: u64, length: u64) -> Result<Vec<u8>, PictureError> {
    file.seek(SeekFrom::Start(at)).map_err(|e| broken(&e))?;
    let mut bytes = Vec::new();
    file.take(length)
        .read_to_end(&mut bytes)
        .map_err(|e| broken(&e))?;
    if u64::try_from(bytes.len()).is_ok_and(|read| read == length) {
        Ok(bytes)
    } else {
        Err(PictureError::Truncated)
    }
}

fn broken(error: &io::Error) -> PictureError {
    match error.kind() {
        ErrorKind::UnexpectedEof => PictureError::Truncated,
        _ => PictureError::Damaged(error.to_string()),
    }
}

/// A big-endian number of so many bytes.
pub(super) fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b)))
}
