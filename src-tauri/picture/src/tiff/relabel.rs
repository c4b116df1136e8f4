//! Two kinds of TIFF whose samples the decoder knows how to unpack but not how to call: numbered colours, and the brightness and colour
//! differences of a JPEG. Both are unpacked under another label and become colours here.

use super::directory::Directory;
use super::samples;
use crate::decode::Pixels;
use crate::error::PictureError;
use crate::header::Header;
use crate::planes::full_range;

/// The field that says what samples mean (TIFF 6.0 §8, PhotometricInterpretation).
const MEANING: u64 = 262;

pub(super) struct Kind<'a> {
    directory: Directory<'a>,
    palette: bool,
}

impl<'a> Kind<'a> {
    /// If a page is of one of the two.
    pub fn of(directory: Directory<'a>) -> Option<Self> {
        let palette = match (directory.number(MEANING)?, directory.number(259)) {
            (3, _) => true,
            // JPEG by the second technical note to TIFF 6.0, as everyone writes it.
            (6, Some(7)) => false,
            _ => return None,
        };
        Some(Self { directory, palette })
    }

    /// The page as RGB.
    pub fn decode(&self, bytes: &[u8], head: &Header<'_>) -> Result<Pixels, PictureError> {
        let file = self.relabelled(bytes).ok_or(PictureError::Truncated)?;
        let (width, height, samples) = samples(&file, head)?;
        let rgb = if self.palette {
            self.painted(&samples, usize::try_from(width).unwrap_or(usize::MAX))
                .ok_or(PictureError::Truncated)?
        } else {
            let pixels = samples.as_chunks::<3>().0.iter();
            // JPEG's own matrix is that of BT.601.
            pixels.flat_map(|pixel| full_range(*pixel, 5)).collect()
        };
        if rgb.len() as u64 != u64::from(width) * u64::from(height) * 3 {
            return Err(PictureError::Unsupported("TIFF（这种编码）"));
        }
        Ok(Pixels { width, height, rgb })
    }

    /// The file with the numbers called shades of grey, or the differences called colours.
    fn relabelled(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let (at, size, _) = self.directory.find(MEANING)?;
        let mut file = bytes.to_vec();
        let value = file.get_mut(at..at.checked_add(size)?)?;
        let label = if self.palette { 1 } else { 2 };
        let lowest = if self.directory.big_endian {
            value.last_mut()
        } else {
            value.first_mut()
        };
        *lowest? = label;
        Some(file)
    }

    /// Numbers of 1, 2, 4 or 8 bits, rows beginning at whole bytes, as the colours they stand for; `None` where the list of colours
    /// is cut short.
    fn painted(&self, samples: &[u8], width: usize) -> Option<Vec<u8>> {
        let bits = match self.directory.number(258) {
            Some(bits @ (1 | 2 | 4)) => usize::try_from(bits).unwrap_or(8),
            _ => 8,
        };
        // All reds, then all greens, then all blues, of 16 bits; some writers put 8 into them.
        let map = self.directory.numbers(320, 3 << bits);
        if map.len() < 3 << bits {
            return None;
        }
        let shift = if map.iter().any(|value| *value > 255) {
            8
        } else {
            0
        };
        let colour = |number: usize| {
            [0, 1, 2].map(|part| {
                let value = map.get((part << bits) + number).map_or(0, |value| value >> shift);
                u8::try_from(value).unwrap_or(255)
            })
        };
        let each = 8 / bits;
        let rows = samples.chunks_exact(width.div_ceil(each).max(1));
        let rgb = rows.flat_map(|row| {
            let numbers = row.iter().flat_map(|byte| {
                (1..=each).map(move |n| usize::from(byte >> (8 - n * bits)) & ((1 << bits) - 1))
            });
            numbers.take(width).flat_map(colour).collect::<Vec<_>>()
        });
        Some(rgb.collect())
    }
}
