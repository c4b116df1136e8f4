//! A picture in shades of grey, always of one size along its longer side, so that scales can be compared.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};

use super::{cell, real};
use crate::decode::Pixels;
use crate::error::guard;
use crate::frame::{Fit, Frame};
use crate::{header, probe, render};

/// Cells along the longer side.
pub(super) const SIDE: usize = 384;

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
        let side = u32::try_from(SIDE).unwrap_or(u32::MAX);
        let frame = Frame {
            width: side,
            height: side,
            fit: Fit::Inside,
            quality: 100,
        };
        let pixels = guard(|| {
            let (facts, _) = probe::facts(&header::read(thumbnail)?);
            render::render(thumbnail, &facts, &frame)
        })
        .ok()?;
        Self::without_colour(&pixels)?.fitted()
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
