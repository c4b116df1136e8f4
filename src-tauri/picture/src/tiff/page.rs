//! The pixels of a TIFF page, a row of strips or tiles at a time.
//!
//! The decoder unpacks samples and knows few of the things they can mean. So every page is shown to it as shades of grey with as many
//! samples a pixel as there are, and what they mean is worked out here: black or white first, colours, numbered colours, inks, the
//! brightness and colour differences of a JPEG; alpha that was multiplied in or not; each kind of sample in a plane of its own.

use std::borrow::Cow;
use std::io::{self, Read, Seek, SeekFrom};

use tiff::decoder::{ChunkType, Decoder, DecodingResult, Limits};
use tiff::{TiffError, TiffFormatError};

use crate::colour::Inks;
use crate::decode::{divided, limited};
use crate::directory::Directory;
use crate::error::PictureError;
use crate::hdr::{Tone, byte};
use crate::header::{Header, MAX_MEMORY};
use crate::planes::full_range;
use crate::rows::{Sink, Start};

use super::MAX_PIECES;

/// The field that says what samples mean (TIFF 6.0 §8, PhotometricInterpretation).
const MEANING: u64 = 262;

/// What the samples of a page mean.
enum Meaning {
    /// White where it is 0, or black.
    Grey {
        white_first: bool,
    },
    Colours,
    /// Numbers of colours: all reds, then all greens, then all blues, of 16 bits; some writers put 8 into them.
    Numbered {
        map: Vec<u64>,
        shift: u32,
    },
    Inks(Inks),
    /// JPEG by the second technical note to TIFF 6.0, as everyone writes it.
    Differences,
}

/// How the page's alpha is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alpha {
    Beside,
    MultipliedIn,
}

/// A page and how to read it.
struct Page<'a> {
    meaning: Meaning,
    alpha: Option<Alpha>,
    /// Samples a pixel in the file, those of the colour first.
    samples: usize,
    /// Samples of the colour.
    colours: usize,
    planar: bool,
    /// Largest sample.
    most: u32,
    tone: Option<Tone>,
    head: &'a Header<'a>,
}

/// Decodes a page at full size.
pub(super) fn decode(
    bytes: &[u8],
    first: Directory<'_>,
    head: &Header<'_>,
    sink: &mut dyn Sink,
) -> Result<(), PictureError> {
    let page = Page::of(first, head)?;
    let broken = |e: TiffError| page.refused(e);
    let mut limits = Limits::default();
    limits.decoding_buffer_size = usize::try_from(MAX_MEMORY).unwrap_or(usize::MAX);
    limits.intermediate_buffer_size = limits.decoding_buffer_size;
    let file = Shown::new(bytes, first).ok_or_else(unread)?;
    let mut decoder = Decoder::new(file).map_err(broken)?.with_limits(limits);
    let (width, height) = decoder.dimensions().map_err(broken)?;
    let (wide, high) = decoder.chunk_dimensions();
    let (wide, high) = (wide.max(1), high.clamp(1, height));
    let (across, down) = (width.div_ceil(wide), height.div_ceil(high));
    let planes = if page.planar { page.samples } else { 1 };
    let counted = first.numbers(
        if decoder.get_chunk_type() == ChunkType::Tile {
            324
        } else {
            273
        },
        MAX_PIECES,
    );
    if (counted.len() as u64) < u64::from(across) * u64::from(down) * planes as u64 {
        return Err(PictureError::Truncated);
    }
    sink.begin(&Start {
        width,
        height,
        shrink: 1.0,
        alpha: page.alpha.is_some(),
        grey: matches!(page.meaning, Meaning::Grey { .. }),
    })?;
    for row in 0..down {
        let mut pieces = Vec::new();
        for column in 0..across {
            for plane in 0..u32::try_from(planes).unwrap_or(1) {
                let nth = plane * across * down + row * across + column;
                pieces.push((
                    decoder.read_chunk(nth).map_err(broken)?,
                    wide.min(width - column * wide),
                ));
            }
        }
        for y in 0..high.min(height - row * high) as usize {
            page.row(&pieces, planes, y, sink)?;
        }
    }
    Ok(())
}

fn unread() -> PictureError {
    PictureError::Unsupported("TIFF（这种编码）")
}

impl<'a> Page<'a> {
    fn of(first: Directory<'_>, head: &'a Header<'a>) -> Result<Self, PictureError> {
        let small = |tag, usual| first.number(tag).map_or(Some(usual), |n| usize::try_from(n).ok());
        let samples = small(277, 1)
            .filter(|n| (1..=64).contains(n))
            .ok_or_else(unread)?;
        let bits = first.number(258).unwrap_or(1);
        // Numbers with a sign and without, and fractions.
        let floats = first.number(339) == Some(3);
        let most = match bits {
            _ if floats => 65_535,
            1..=16 => (1 << bits) - 1,
            32 => 65_535,
            _ => return Err(unread()),
        };
        let (meaning, colours) = match (first.number(MEANING), first.number(259)) {
            (Some(meaning @ (0 | 1)), _) => (
                Meaning::Grey {
                    white_first: meaning == 0,
                },
                1,
            ),
            (Some(2), _) => (Meaning::Colours, 3),
            (Some(3), _) if bits <= 16 && !floats => {
                let map = first.numbers(320, 3 << bits);
                if map.len() < 3 << bits {
                    return Err(PictureError::Truncated);
                }
                let shift = if map.iter().any(|value| *value > 255) {
                    8
                } else {
                    0
                };
                (Meaning::Numbered { map, shift }, 1)
            }
            (Some(5), _) => (Meaning::Inks(head.colour.inks()), 4),
            (Some(6), Some(7)) => (Meaning::Differences, 3),
            _ => return Err(unread()),
        };
        let extra = samples.checked_sub(colours).ok_or_else(unread)?;
        let alpha = match (extra, first.number(338)) {
            (0, _) => None,
            (_, Some(1)) => Some(Alpha::MultipliedIn),
            (_, Some(2)) => Some(Alpha::Beside),
            // A fourth sample without a word is alpha, as every reader takes it; one that is told to be something else is not.
            (_, None) if matches!(meaning, Meaning::Colours) => Some(Alpha::Beside),
            _ => None,
        };
        Ok(Self {
            meaning,
            alpha,
            samples,
            colours,
            planar: first.number(284) == Some(2) && samples > 1,
            most,
            tone: head.colour.tone(),
            head,
        })
    }

    fn refused(&self, error: TiffError) -> PictureError {
        match error {
            TiffError::LimitsExceeded => limited(self.head),
            TiffError::IoError(e) => PictureError::from_decoder(&e),
            TiffError::FormatError(TiffFormatError::InconsistentSizesEncountered) => PictureError::Truncated,
            TiffError::UnsupportedError(_) => unread(),
            e => PictureError::Damaged(e.to_string()),
        }
    }

    /// One row of pixels out of pieces that lie side by side, each with its planes after one another.
    fn row(
        &self,
        pieces: &[(DecodingResult, u32)],
        planes: usize,
        y: usize,
        sink: &mut dyn Sink,
    ) -> Result<(), PictureError> {
        let (mut rgb, mut alpha) = (Vec::new(), Vec::new());
        for piece in pieces.chunks(planes) {
            let each = self.samples / planes;
            let rows: Result<Vec<Vec<u32>>, PictureError> = piece
                .iter()
                .map(|(samples, width)| {
                    line(samples, *width as usize * each, y, self.most).ok_or_else(unread)
                })
                .collect();
            let rows = rows?;
            let width = piece.first().map_or(0, |(_, width)| *width as usize);
            let mut pixel = vec![0; self.samples];
            for x in 0..width {
                for (plane, row) in rows.iter().enumerate() {
                    let from = row.get(x * each..(x + 1) * each).ok_or(PictureError::Truncated)?;
                    let to = pixel.get_mut(plane * each..(plane + 1) * each);
                    to.unwrap_or_default().copy_from_slice(from);
                }
                self.pixel(&pixel, &mut rgb, &mut alpha);
            }
        }
        if let Meaning::Inks(inks) = &self.meaning {
            rgb = inks.rgb(&rgb);
        }
        sink.band(&rgb, self.alpha.map(|_| alpha.as_slice()))
    }

    /// Adds a pixel: three bytes, or four of ink.
    fn pixel(&self, samples: &[u32], rgb: &mut Vec<u8>, alpha: &mut Vec<u8>) {
        let short =
            |sample: u32| u8::try_from((sample * 255 + self.most / 2) / self.most.max(1)).unwrap_or(255);
        let own = |nth: usize| samples.get(nth).copied().unwrap_or(0);
        let hidden = self.alpha.map(|_| short(own(self.colours)));
        let straight = |sample: u32| match (self.alpha, hidden) {
            (Some(Alpha::MultipliedIn), Some(hidden)) => divided(short(sample).into(), hidden.into()),
            _ => short(sample),
        };
        match &self.meaning {
            Meaning::Grey { white_first } => {
                let light = if *white_first {
                    self.most - own(0).min(self.most)
                } else {
                    own(0)
                };
                rgb.extend([straight(light); 3]);
            }
            Meaning::Colours => rgb.extend(match &self.tone {
                Some(tone) => {
                    #[allow(clippy::cast_precision_loss)]
                    let level = |nth: usize| own(nth) as f32 / self.most as f32;
                    tone.sdr([level(0), level(1), level(2)]).map(byte)
                }
                None => [0, 1, 2].map(|nth| straight(own(nth))),
            }),
            Meaning::Numbered { map, shift } => {
                let number = usize::try_from(own(0)).unwrap_or(0);
                let all = map.len() / 3;
                rgb.extend([0, 1, 2].map(|part| {
                    let value = map.get(part * all + number).map_or(0, |value| value >> shift);
                    u8::try_from(value).unwrap_or(255)
                }));
            }
            Meaning::Inks(_) => rgb.extend([0, 1, 2, 3].map(|nth| short(own(nth)))),
            // JPEG's own matrix is that of BT.601.
            Meaning::Differences => rgb.extend(full_range([0, 1, 2].map(|nth| short(own(nth))), 5)),
        }
        alpha.extend(hidden);
    }
}

/// So many samples of a row; fractions and long numbers in steps of 16 bits.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn line(piece: &DecodingResult, count: usize, y: usize, most: u32) -> Option<Vec<u32>> {
    let row = y.checked_mul(count)?..(y + 1).checked_mul(count)?;
    let fraction = |level: f32| (level.clamp(0.0, 1.0) * 65_535.0 + 0.5) as u32;
    Some(match piece {
        DecodingResult::U8(samples) if most < 255 => {
            // Several a byte, rows beginning at whole bytes.
            let bits = (most + 1).ilog2() as usize;
            let bytes = (count * bits).div_ceil(8);
            let packed = samples.get(y * bytes..(y + 1) * bytes)?;
            let each = 8 / bits.max(1);
            let one = |n: usize| {
                let byte = packed.get(n / each).copied().unwrap_or(0);
                u32::from(byte >> (8 - (n % each + 1) * bits)) & most
            };
            if 8 % bits != 0 {
                return None;
            }
            (0..count).map(one).collect()
        }
        DecodingResult::U8(samples) => samples.get(row)?.iter().map(|s| u32::from(*s)).collect(),
        DecodingResult::U16(samples) => samples.get(row)?.iter().map(|s| u32::from(*s)).collect(),
        DecodingResult::U32(samples) => samples.get(row)?.iter().map(|s| s >> 16).collect(),
        DecodingResult::F32(samples) => samples.get(row)?.iter().map(|s| fraction(*s)).collect(),
        DecodingResult::F64(samples) => samples.get(row)?.iter().map(|s| fraction(*s as f32)).collect(),
        _ => return None,
    })
}

/// A file as the decoder shall see it: with the meaning of its samples called shades of grey, and the bits of every byte in their usual
/// order.
struct Shown<'a> {
    bytes: Cow<'a, [u8]>,
    at: usize,
    /// Where the meaning stands.
    label: usize,
}

impl<'a> Shown<'a> {
    fn new(bytes: &'a [u8], first: Directory<'_>) -> Option<Self> {
        let (at, size, _) = first.find(MEANING)?;
        let label = if first.big_endian {
            at.checked_add(size)?.checked_sub(1)?
        } else {
            at
        };
        // Those of a JPEG are never turned.
        let turned = first.number(266) == Some(2) && !matches!(first.number(259), Some(6 | 7));
        Some(Self {
            bytes: if turned {
                turn_bits(bytes, first).into()
            } else {
                bytes.into()
            },
            at: 0,
            label,
        })
    }
}

/// The bytes of every strip and tile with their lowest bit first made their highest (FillOrder).
fn turn_bits(bytes: &[u8], first: Directory<'_>) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (starts, lengths) in [(273, 279), (324, 325)] {
        let lengths = first.numbers(lengths, MAX_PIECES);
        for (start, length) in first.numbers(starts, MAX_PIECES).into_iter().zip(lengths) {
            let part = usize::try_from(start).ok().zip(usize::try_from(length).ok());
            let part = part.and_then(|(start, length)| bytes.get_mut(start..start.checked_add(length)?));
            part.unwrap_or_default()
                .iter_mut()
                .for_each(|byte| *byte = byte.reverse_bits());
        }
    }
    bytes
}

impl Read for Shown<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.len().min(to.len());
        if let (Some(to), Some(from)) = (to.get_mut(..length), rest.get(..length)) {
            to.copy_from_slice(from);
        }
        if let Some(label) = self
            .label
            .checked_sub(self.at)
            .and_then(|at| to.get_mut(..length)?.get_mut(at))
        {
            *label = 1;
        }
        self.at += length;
        Ok(length)
    }
}

impl Seek for Shown<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (from, by) = match to {
            SeekFrom::Start(at) => (0, i64::try_from(at).unwrap_or(i64::MAX)),
            SeekFrom::End(by) => (self.bytes.len(), by),
            SeekFrom::Current(by) => (self.at, by),
        };
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let at = from.checked_add(by).and_then(|at| usize::try_from(at).ok());
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at as u64)
    }
}
