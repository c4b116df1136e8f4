//! H.264: the first picture through OpenH264. It is C++, so only what has been looked through here reaches it: one parameter set of
//! each kind, within its abilities and our limits, and the slices of one whole picture.

use openh264::OpenH264API;
use openh264::decoder::{Decoder, DecoderConfig};
use openh264::formats::YUVSource;

use super::{annex_b, units};
use crate::error::PictureError;
use crate::planes::{Coding, Plane, Planes};

/// Macroblocks of the largest picture, 16 pixels a side each (level 5.2, 4096×2304).
const MAX_BLOCKS: u64 = 36_864;

/// Whether the setup of a track (`avcC`, ISO/IEC 14496-15) is of a kind that can be decoded: eight bits, colour at half size, no
/// interlacing.
pub(super) fn is_readable(setup: &[u8]) -> bool {
    Setup::read(setup).is_some_and(|setup| setup.shape.is_some())
}

/// Decodes a sample that is one whole picture, cut to `size` and shrunk by `by`.
pub(super) fn decode(
    setup: &[u8],
    sample: &[u8],
    (width, height): (u32, u32),
    by: usize,
) -> Result<(Planes, Coding), PictureError> {
    let broken = |e: openh264::Error| PictureError::Damaged(format!("H.264: {e}"));
    let setup = Setup::read(setup).ok_or_else(|| PictureError::Damaged("H.264: no setup".to_owned()))?;
    let shape = setup
        .shape
        .ok_or(PictureError::Unsupported("H.264（这种编码）"))?;
    // Slices of a picture that needs no other; parameter sets inside the sample would be unchecked ones.
    let slices: Vec<_> = units(sample, setup.prefix)?
        .into_iter()
        .filter(|unit| unit.first().is_some_and(|kind| kind & 0x1F == 5))
        .collect();
    if slices.is_empty() {
        return Err(PictureError::Damaged(
            "H.264: no picture that stands for itself".to_owned(),
        ));
    }
    let stream = annex_b([setup.sequence, setup.picture].into_iter().chain(slices));
    let mut decoder =
        Decoder::with_api_config(OpenH264API::from_source(), DecoderConfig::new()).map_err(broken)?;
    let picture = decoder
        .decode(&stream)
        .map_err(broken)?
        .ok_or(PictureError::Truncated)?;
    let (wide, high) = picture.dimensions();
    let side = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    // A track may announce less than is coded, never more.
    let (width, height) = (side(width).min(wide), side(height).min(high));
    let (stride, colour_stride, _) = picture.strides();
    let luma = Plane {
        samples: picture.y(),
        stride,
        width,
        height,
    };
    let chroma = [picture.u(), picture.v()].map(|samples| Plane {
        samples,
        stride: colour_stride,
        width: width.div_ceil(2),
        height: height.div_ceil(2),
    });
    let coding = shape.coding.unwrap_or(Coding {
        // Without a word, what players take: the matrix of high definition from its size on.
        matrix: if height >= 720 || width >= 1280 { 1 } else { 6 },
        full_range: shape.full_range,
    });
    Ok((Planes::new(&luma, Some(chroma), 8, by)?, coding))
}

struct Setup<'a> {
    /// Bytes of the length before each unit.
    prefix: usize,
    sequence: &'a [u8],
    picture: &'a [u8],
    /// None where the decoder cannot read it.
    shape: Option<Shape>,
}

impl<'a> Setup<'a> {
    fn read(setup: &'a [u8]) -> Option<Self> {
        let [1, _, _, _, prefix, count, rest @ ..] = setup else {
            return None;
        };
        if count & 0x1F == 0 {
            return None;
        }
        let set = |bytes: &'a [u8]| {
            let (length, rest) = bytes.split_first_chunk::<2>()?;
            rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))
        };
        let (sequence, rest) = set(rest)?;
        let mut rest = rest;
        for _ in 1..count & 0x1F {
            rest = set(rest)?.1;
        }
        let (picture, _) = set(rest.split_first().filter(|(count, _)| **count > 0)?.1)?;
        let kinds = (sequence.first()? & 0x1F, picture.first()? & 0x1F);
        (kinds == (7, 8)).then(|| Self {
            prefix: usize::from(prefix & 3) + 1,
            sequence,
            picture,
            shape: Shape::read(sequence),
        })
    }
}

/// What of a sequence parameter set decides whether and how it is decoded (ITU-T H.264 §7.3.2.1).
struct Shape {
    coding: Option<Coding>,
    full_range: bool,
}

impl Shape {
    fn read(set: &[u8]) -> Option<Self> {
        let mut bits = Bits::new(set.get(1..)?);
        let profile = bits.take(8)?;
        bits.take(16)?;
        bits.number()?;
        if matches!(
            profile,
            100 | 110 | 122 | 244 | 44 | 83 | 86 | 118 | 128 | 138 | 139 | 134 | 135
        ) {
            let (chroma, luma_depth, chroma_depth) = (bits.number()?, bits.number()?, bits.number()?);
            if (chroma, luma_depth, chroma_depth) != (1, 0, 0) {
                return None;
            }
            bits.take(1)?;
            if bits.take(1)? == 1 {
                for list in 0..8 {
                    if bits.take(1)? == 1 {
                        bits.skip_scaling(if list < 6 { 16 } else { 64 })?;
                    }
                }
            }
        }
        bits.number()?;
        match bits.number()? {
            0 => {
                bits.number()?;
            }
            1 => {
                bits.take(1)?;
                bits.number()?;
                bits.number()?;
                for _ in 0..bits.number().filter(|n| *n < 256)? {
                    bits.number()?;
                }
            }
            _ => {}
        }
        bits.number().filter(|frames| *frames <= 16)?;
        bits.take(1)?;
        let blocks = (u64::from(bits.number()?) + 1) * (u64::from(bits.number()?) + 1);
        let whole_frames = bits.take(1)? == 1;
        if blocks > MAX_BLOCKS || !whole_frames {
            return None;
        }
        bits.take(1)?;
        if bits.take(1)? == 1 {
            for _ in 0..4 {
                bits.number()?;
            }
        }
        let told = (bits.take(1)? == 1).then(|| Self::told(&mut bits)).flatten();
        Some(told.unwrap_or(Self {
            coding: None,
            full_range: false,
        }))
    }

    /// Range and matrix, where the set tells them (annex E).
    fn told(bits: &mut Bits<'_>) -> Option<Self> {
        if bits.take(1)? == 1 && bits.take(8)? == 255 {
            bits.take(32)?;
        }
        if bits.take(1)? == 1 {
            bits.take(1)?;
        }
        if bits.take(1)? == 0 {
            return None;
        }
        bits.take(3)?;
        let full_range = bits.take(1)? == 1;
        let matrix = if bits.take(1)? == 1 {
            bits.take(24)? & 0xFF
        } else {
            2
        };
        let coding = Coding {
            matrix: u16::try_from(matrix).unwrap_or(2),
            full_range,
        };
        Some(Self {
            coding: (matrix != 2).then_some(coding),
            full_range,
        })
    }
}

/// The bits of a unit, without the bytes put in against false start codes.
struct Bits<'a> {
    bytes: &'a [u8],
    /// Zero bytes just passed.
    zeros: u8,
    now: u8,
    left: u8,
}

impl<'a> Bits<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            zeros: 0,
            now: 0,
            left: 0,
        }
    }

    fn bit(&mut self) -> Option<u32> {
        if self.left == 0 {
            let (mut byte, mut rest) = self.bytes.split_first()?;
            if self.zeros >= 2 && *byte == 3 {
                (byte, rest) = rest.split_first()?;
                self.zeros = 0;
            }
            self.zeros = if *byte == 0 {
                self.zeros.saturating_add(1)
            } else {
                0
            };
            (self.now, self.bytes, self.left) = (*byte, rest, 8);
        }
        self.left -= 1;
        Some(u32::from(self.now >> self.left & 1))
    }

    fn take(&mut self, count: u32) -> Option<u32> {
        (0..count).try_fold(0, |n: u32, _| Some(n << 1 | self.bit()?))
    }

    /// An Exp-Golomb number.
    fn number(&mut self) -> Option<u32> {
        let mut zeros = 0;
        while self.bit()? == 0 {
            zeros += 1;
            if zeros > 24 {
                return None;
            }
        }
        Some((1 << zeros) - 1 + self.take(zeros)?)
    }

    fn skip_scaling(&mut self, length: u32) -> Option<()> {
        let (mut last, mut next) = (8_i32, 8_i32);
        for _ in 0..length {
            if next != 0 {
                let number = self.number()?.cast_signed();
                let step = if number % 2 == 0 {
                    -number / 2
                } else {
                    (number + 1) / 2
                };
                next = (last + step).rem_euclid(256);
            }
            last = if next == 0 { last } else { next };
        }
        Some(())
    }
}
