//! A picture in shades of grey, always of one size along its longer side, so that scales can be compared.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};

use super::{cell, real};
use crate::decode::Pixels;
use crate::error::guard;
use crate::frame::{Fit, Frame};
use crate::render::THUMBNAIL_SIDE;
use crate::{header, probe, render};

/// Cells along the longer side.
pub(super) const SIDE: usize = 384;
/// A row whose shades differ by less shows nothing: what a JPEG makes of one colour.
const EVEN: u8 = 14;
/// A picture on plain ground is looked at alone when it fills at most so many hundredths, and is no smaller than this along a side.
const CLEARLY_LESS: usize = 85;
const SMALLEST: usize = 64;

/// A picture in shades of grey, its longer side 384 cells.
#[derive(Clone)]
pub struct Grey {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) cells: Vec<u8>,
}

impl Grey {
    /// Of a thumbnail, as [`intake`](crate::intake) makes it; `None` for what cannot be read or is thinner than a cell.
    pub fn of(thumbnail: &[u8]) -> Option<Self> {
        Self::read(thumbnail)?.fitted()
    }

    /// As [`Grey::of`], and where a picture stands in it with plain ground all around, as on the screen of a telephone, that picture
    /// alone too: it is looked at as closely as the whole.
    pub fn views(thumbnail: &[u8]) -> Vec<Self> {
        let Some(whole) = Self::read(thumbnail) else {
            return Vec::new();
        };
        let inset = whole.inset().and_then(Self::fitted);
        whole.fitted().into_iter().chain(inset).collect()
    }

    fn read(thumbnail: &[u8]) -> Option<Self> {
        let frame = Frame {
            width: THUMBNAIL_SIDE,
            height: THUMBNAIL_SIDE,
            fit: Fit::Inside,
            quality: 100,
        };
        let pixels = guard(|| {
            let (facts, _) = probe::facts(&header::read(thumbnail)?);
            render::render(thumbnail, &facts, &frame)
        })
        .ok()?;
        Self::without_colour(&pixels)
    }

    /// The largest part with plain rows above and below it and plain columns beside it, where it is clearly less than the whole.
    fn inset(&self) -> Option<Self> {
        let mut part = self.clone();
        for _ in 0..2 {
            part = part.band()?.across_diagonal().band()?.across_diagonal();
        }
        let (all, kept) = (self.cells.len(), part.cells.len());
        let wide = part.width.min(part.height) >= SMALLEST;
        (wide && kept * 100 <= all * CLEARLY_LESS).then_some(part)
    }

    /// The most rows in a row of which none is plain.
    fn band(&self) -> Option<Self> {
        let is_plain = |row: &[u8]| {
            let (least, most) = (row.iter().min(), row.iter().max());
            least.zip(most).is_none_or(|(least, most)| most - least < EVEN)
        };
        let plain: Vec<bool> = self.cells.chunks_exact(self.width.max(1)).map(is_plain).collect();
        let mut from = 0;
        let runs = plain.chunk_by(|a, b| a == b).map(|run| {
            let start = from;
            from += run.len();
            (start, run)
        });
        let busy = runs.filter(|(_, run)| run.first() == Some(&false));
        let (start, run) = busy.max_by_key(|(_, run)| run.len())?;
        let cells = self
            .cells
            .get(start * self.width..(start + run.len()) * self.width)?;
        Some(Self {
            width: self.width,
            height: run.len(),
            cells: cells.to_vec(),
        })
    }

    /// Rows become columns.
    fn across_diagonal(&self) -> Self {
        let place = |x: usize| self.cells.iter().skip(x).step_by(self.width.max(1));
        Self {
            width: self.height,
            height: self.width,
            cells: (0..self.width).flat_map(place).copied().collect(),
        }
    }

    fn without_colour(pixels: &Pixels) -> Option<Self> {
        let (rgb, _) = pixels.rgb.as_chunks::<3>();
        let light = |[r, g, b]: &[u8; 3]| {
            let sum = 299 * u32::from(*r) + 587 * u32::from(*g) + 114 * u32::from(*b);
            u8::try_from((sum + 500) / 1000).unwrap_or(u8::MAX)
        };
        Some(Self {
            width: usize::try_from(pixels.width).ok()?,
            height: usize::try_from(pixels.height).ok()?,
            cells: rgb.iter().map(light).collect(),
        })
    }

    /// Scaled so that the longer side is [`SIDE`].
    fn fitted(self) -> Option<Self> {
        let longest = real(self.width.max(self.height).max(1));
        let side = |of: usize| cell(real(of) * real(SIDE) / longest + 0.5);
        let (width, height) = (side(self.width), side(self.height));
        (width > 0 && height > 0)
            .then(|| self.sized(width, height))
            .flatten()
    }

    /// The same picture in another size.
    pub(super) fn sized(&self, width: usize, height: usize) -> Option<Self> {
        if (width, height) == (self.width, self.height) {
            return Some(self.clone());
        }
        let narrow = |side: usize| u32::try_from(side).ok();
        let from =
            TypedImageRef::<U8>::from_buffer(narrow(self.width)?, narrow(self.height)?, &self.cells).ok()?;
        let mut cells = vec![0; width * height];
        let mut to = TypedImage::<U8>::from_buffer(narrow(width)?, narrow(height)?, &mut cells).ok()?;
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear));
        Resizer::new().resize_typed(&from, &mut to, &options).ok()?;
        Some(Self { width, height, cells })
    }

    /// The shade of a cell; outside the picture it is black.
    pub(super) fn at(&self, x: usize, y: usize) -> u8 {
        self.cells.get(y * self.width + x).copied().unwrap_or(0)
    }

    /// The shade at a place between cells; `None` outside the picture.
    pub(super) fn between(&self, x: f32, y: f32) -> Option<f32> {
        let (x, y) = (x - 0.5, y - 0.5);
        let last = |side: usize| real(side.saturating_sub(1));
        if x < 0.0 || y < 0.0 || x > last(self.width) || y > last(self.height) {
            return None;
        }
        let (left, top) = (cell(x), cell(y));
        let (right, under) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (along, down) = (x.fract(), y.fract());
        let row =
            |y: usize| f32::from(self.at(left, y)) * (1.0 - along) + f32::from(self.at(right, y)) * along;
        Some(row(top) * (1.0 - down) + row(under) * down)
    }

    /// Each cell mixed with those up to two steps around it, by 1 4 6 4 1.
    pub(super) fn soft(&self) -> Self {
        let across = self.blurred();
        across.blurred()
    }

    /// Mixed along its rows, and turned over the diagonal: twice gives the whole.
    fn blurred(&self) -> Self {
        let mut cells = vec![0; self.cells.len()];
        for (y, row) in self.cells.chunks_exact(self.width.max(1)).enumerate() {
            let (first, last) = (
                row.first().copied().unwrap_or(0),
                row.last().copied().unwrap_or(0),
            );
            let rim = |cell: u8| std::iter::repeat_n(cell, 2);
            let wide: Vec<u8> = rim(first).chain(row.iter().copied()).chain(rim(last)).collect();
            for (x, five) in wide.windows(5).enumerate() {
                let [a, b, c, d, e] = five else { continue };
                let sum =
                    u32::from(*a) + 4 * u32::from(*b) + 6 * u32::from(*c) + 4 * u32::from(*d) + u32::from(*e);
                if let Some(to) = cells.get_mut(x * self.height + y) {
                    *to = u8::try_from((sum + 8) / 16).unwrap_or(u8::MAX);
                }
            }
        }
        Self {
            width: self.height,
            height: self.width,
            cells,
        }
    }
}
