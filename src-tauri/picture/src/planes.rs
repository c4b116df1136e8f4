//! From the planes of a video decoder (brightness and two colour differences) to RGB, made smaller on the way.

use fast_image_resize::images::TypedImage;
use fast_image_resize::pixels::U16;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};

use crate::decode::Pixels;
use crate::error::PictureError;
use crate::hdr::{Tone, byte};

/// One plane as a decoder holds it: `height` rows of `width` samples, `stride` samples from row to row.
pub(crate) struct Plane<'a, S> {
    pub samples: &'a [S],
    pub stride: usize,
    pub width: usize,
    pub height: usize,
}

/// What the samples mean (ITU-T H.273).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Coding {
    /// Matrix coefficients; 0 is no matrix at all: green, blue, red.
    pub matrix: u16,
    /// Whether black is 0, or 16 (of 8 bits).
    pub full_range: bool,
}

/// A decoded picture: its planes, already shrunk to the same size, and bits per sample.
pub(crate) struct Planes {
    pub width: usize,
    pub height: usize,
    luma: Vec<u16>,
    chroma: Option<[Vec<u16>; 2]>,
    depth: u8,
}

impl<S: Copy + Into<u32>> Plane<'_, S> {
    /// The means of cells of these sides; cells at the far edges may be smaller.
    fn shrunk(&self, across: usize, down: usize) -> Result<Vec<u16>, PictureError> {
        let row_of = |y: usize| {
            let start = y * self.stride;
            self.samples.get(start..start + self.width)
        };
        let columns = self.width.div_ceil(across);
        let mut out = Vec::with_capacity(columns * self.height.div_ceil(down));
        let mut sums = vec![0_u32; columns];
        for top in (0..self.height).step_by(down) {
            let rows = down.min(self.height - top);
            sums.fill(0);
            for y in top..top + rows {
                let row = row_of(y).ok_or_else(|| PictureError::Damaged("a plane too small".to_owned()))?;
                for (sum, cell) in sums.iter_mut().zip(row.chunks(across)) {
                    *sum += cell.iter().map(|s| (*s).into()).sum::<u32>();
                }
            }
            for (column, sum) in sums.iter().enumerate() {
                let cells = u32::try_from(rows * across.min(self.width - column * across)).unwrap_or(1);
                out.push(u16::try_from((sum + cells / 2) / cells).unwrap_or(u16::MAX));
            }
        }
        Ok(out)
    }
}

impl Planes {
    /// Shrinks by 1, 2, 4 or 8; colour differences stored at half size catch up on the way.
    pub fn new<S: Copy + Into<u32>>(
        luma: &Plane<'_, S>,
        chroma: Option<[Plane<'_, S>; 2]>,
        depth: u8,
        by: usize,
    ) -> Result<Self, PictureError> {
        let (width, height) = (luma.width.div_ceil(by), luma.height.div_ceil(by));
        let halved = |whole: usize, part: usize| if part < whole { 2 } else { 1 };
        let one = |plane: &Plane<'_, S>| {
            let (sx, sy) = (halved(luma.width, plane.width), halved(luma.height, plane.height));
            let small = plane.shrunk((by / sx).max(1), (by / sy).max(1))?;
            let (w, h) = (
                plane.width.div_ceil((by / sx).max(1)),
                plane.height.div_ceil((by / sy).max(1)),
            );
            grown(small, (w, h), (width, height))
        };
        let chroma = match chroma {
            Some([blue, red]) => Some([one(&blue)?, one(&red)?]),
            None => None,
        };
        Ok(Self {
            width,
            height,
            luma: luma.shrunk(by, by)?,
            chroma,
            depth,
        })
    }

    /// Brightness alone: how an alpha plane is stored.
    pub fn without_colour(self) -> Self {
        Self { chroma: None, ..self }
    }

    /// The picture as RGB; where there is a tone, as SDR from the samples in their full depth.
    pub fn rgb(&self, coding: Coding, tone: Option<&Tone>) -> Result<Pixels, PictureError> {
        let side = |n: usize| u32::try_from(n).map_err(|e| PictureError::Damaged(e.to_string()));
        let (width, height) = (side(self.width)?, side(self.height)?);
        let (low, span) = luma_range(self.depth, coding.full_range);
        let mut rgb = Vec::with_capacity(self.luma.len() * 3);
        let level = |s: u16| (f32::from(s) - low) / span;
        let shown = |pixel: [f32; 3]| tone.map_or(pixel, |tone| tone.sdr(pixel)).map(byte);
        let Some([blue, red]) = &self.chroma else {
            rgb.extend(self.luma.iter().flat_map(|l| shown([level(*l); 3])));
            return Ok(Pixels { width, height, rgb });
        };
        let planes = self.luma.iter().zip(blue).zip(red);
        if coding.matrix == 0 {
            for ((g, b), r) in planes {
                rgb.extend(shown([*r, *g, *b].map(level)));
            }
            return Ok(Pixels { width, height, rgb });
        }
        let one = f32::from(1_u16 << (self.depth - 8));
        let middle = 128.0 * one;
        let chroma_span = if coding.full_range {
            256.0 * one - 1.0
        } else {
            224.0 * one
        };
        let (kr, kb) = weights(coding.matrix);
        let kg = 1.0 - kr - kb;
        let (to_red, to_blue) = (2.0 * (1.0 - kr) / chroma_span, 2.0 * (1.0 - kb) / chroma_span);
        for ((y, cb), cr) in planes {
            let y = level(*y);
            let (cb, cr) = (
                (f32::from(*cb) - middle) * to_blue,
                (f32::from(*cr) - middle) * to_red,
            );
            rgb.extend(shown([y + cr, y - (kr * cr + kb * cb) / kg, y + cb]));
        }
        Ok(Pixels { width, height, rgb })
    }
}

/// Brightness and colour differences of eight bits, of full range, as RGB.
pub(crate) fn full_range([y, blue, red]: [u8; 3], matrix: u16) -> [u8; 3] {
    let (kr, kb) = weights(matrix);
    let [y, cb, cr] = [y, blue, red].map(f32::from);
    let (cb, cr) = (2.0 * (1.0 - kb) * (cb - 128.0), 2.0 * (1.0 - kr) * (cr - 128.0));
    let green = y - (kr * cr + kb * cb) / (1.0 - kr - kb);
    [y + cr, green, y + cb].map(|level| byte(level / 255.0))
}

/// Where black lies and how far white is from it.
fn luma_range(depth: u8, full: bool) -> (f32, f32) {
    let one = f32::from(1_u16 << (depth.clamp(8, 16) - 8));
    if full {
        (0.0, 256.0 * one - 1.0)
    } else {
        (16.0 * one, 219.0 * one)
    }
}

/// The weights of red and blue in brightness; unknown codes are taken for BT.601, as every decoder does.
fn weights(matrix: u16) -> (f32, f32) {
    match matrix {
        1 => (0.2126, 0.0722),
        4 => (0.30, 0.11),
        7 => (0.212, 0.087),
        9 | 10 => (0.2627, 0.0593),
        _ => (0.299, 0.114),
    }
}

/// Spreads a plane stored at half size over the whole.
fn grown(small: Vec<u16>, from: (usize, usize), to: (usize, usize)) -> Result<Vec<u16>, PictureError> {
    if from == to {
        return Ok(small);
    }
    let failed = |e: &dyn std::error::Error| PictureError::Damaged(e.to_string());
    let side = |n: usize| u32::try_from(n).map_err(|e| failed(&e));
    let samples = small.into_iter().map(U16::new).collect();
    let source = TypedImage::from_pixels(side(from.0)?, side(from.1)?, samples).map_err(|e| failed(&e))?;
    let mut whole = TypedImage::<U16>::new(side(to.0)?, side(to.1)?);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Interpolation(FilterType::Bilinear));
    Resizer::new()
        .resize_typed(&source, &mut whole, &options)
        .map_err(|e| failed(&e))?;
    Ok(whole.pixels().iter().map(|sample| sample.0).collect())
}
