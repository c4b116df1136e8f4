//! Pictures on their way: bands of rows come from a decoder and leave scaled, in sRGB and upright, so that no picture is held whole as
//! it is stored. What is held is the finished picture and the few rows that the next ones of it are made from.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{ResizeOptions, Resizer};

use crate::colour::{Colour, Way};
use crate::decode::{Pixels, on_white};
use crate::error::PictureError;
use crate::frame::Area;
use crate::means::Means;
use crate::turn::Turn;

/// Where a decoder's rows go.
pub(crate) trait Sink {
    /// Told once, before the first band.
    fn begin(&mut self, start: &Start) -> Result<(), PictureError>;
    /// Whole rows, from the top: three bytes a pixel, and one of alpha where that was announced.
    fn band(&mut self, rgb: &[u8], alpha: Option<&[u8]>) -> Result<(), PictureError>;
}

/// What a decoder says before its rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    /// Pixels across, as they come.
    pub width: u32,
    /// Rows that will come.
    pub height: u32,
    /// The factor they are scaled by. It is not the ratio of the sides: those are rounded up.
    pub shrink: f64,
    /// Whether alpha comes along.
    pub alpha: bool,
    /// Whether it is stored as shades of grey: a profile for those fits nothing else.
    pub grey: bool,
}

/// What is made of the rows: a part of the stored picture, scaled, in sRGB, turned; and means of all of it.
pub(crate) struct Flow<'a> {
    colour: &'a Colour<'a>,
    /// Sides of the whole as stored.
    stored: (u32, u32),
    area: Area,
    size: (u32, u32),
    turn: Turn,
    wanted: Vec<(u32, u32)>,
    running: Option<Running>,
}

struct Running {
    way: Way,
    /// Colours are converted before anything is mixed: transparency on paper is a mixture too.
    first: bool,
    line: usize,
    scaler: Scaler,
    means: Vec<Means>,
    band: Vec<u8>,
}

impl<'a> Flow<'a> {
    /// For this area of a stored picture of these sides, scaled to this size while it lies as stored and turned after.
    pub fn new(
        colour: &'a Colour<'a>,
        stored: (u32, u32),
        (area, size): (Area, (u32, u32)),
        turn: Turn,
    ) -> Self {
        Self {
            colour,
            stored,
            area,
            size,
            turn,
            wanted: Vec::new(),
            running: None,
        }
    }

    /// Asks for the means of the whole in grids of these columns and rows, as it is stored.
    pub fn with_means(mut self, grids: &[(u32, u32)]) -> Self {
        self.wanted = grids.to_vec();
        self
    }

    /// The finished picture and the means asked for; `Truncated` where rows are missing.
    pub fn finish(self) -> Result<(Pixels, Vec<Pixels>), PictureError> {
        let Some(running) = self.running else {
            return Err(PictureError::Truncated);
        };
        let pixels = running.scaler.finish()?;
        let (way, first) = (running.way, running.first);
        let means = running.means.into_iter().map(|means| {
            let mut grid = means.finish();
            if !first {
                way.apply(&mut grid.rgb);
            }
            grid
        });
        Ok((pixels, means.collect()))
    }
}

impl Sink for Flow<'_> {
    fn begin(&mut self, start: &Start) -> Result<(), PictureError> {
        let whole = Area {
            x: 0.0,
            y: 0.0,
            width: f64::from(self.stored.0) * start.shrink,
            height: f64::from(self.stored.1) * start.shrink,
        };
        let means = self.wanted.iter().map(|grid| Means::new(whole, start, *grid));
        let way = match self.colour.way() {
            Way::Greys(_) if !start.grey => Way::None,
            way => way,
        };
        self.running = Some(Running {
            way,
            first: start.alpha,
            line: 3 * start.width as usize,
            means: means.collect(),
            scaler: Scaler::new(start, self.area.scaled(start.shrink), self.size, self.turn),
            band: Vec::new(),
        });
        Ok(())
    }

    fn band(&mut self, rgb: &[u8], alpha: Option<&[u8]>) -> Result<(), PictureError> {
        let Some(running) = &mut self.running else {
            return Err(PictureError::Truncated);
        };
        let after = if running.first { &Way::None } else { &running.way };
        let Some(alpha) = alpha else {
            return running.scaler.band(rgb, after).map(|()| {
                running
                    .means
                    .iter_mut()
                    .for_each(|means| means.band(rgb, running.line));
            });
        };
        running.band.clear();
        running.band.extend_from_slice(rgb);
        running.way.apply(&mut running.band);
        on_white(&mut running.band, alpha.iter().copied());
        running.scaler.band(&running.band, after)?;
        running
            .means
            .iter_mut()
            .for_each(|means| means.band(&running.band, running.line));
        Ok(())
    }
}

/// Scales rows as they come (Lanczos), a stretch at a time with the neighbours each needs: the same as scaling the whole.
struct Scaler {
    from: (u32, u32),
    area: Area,
    size: (u32, u32),
    /// Nothing to scale.
    plain: bool,
    /// Rows of the source for one of the result.
    scale: f64,
    /// How far one row of the result looks up and down.
    reach: f64,
    resizer: Resizer,
    /// Rows that are still needed, the first of them, and how many came in all.
    held: Vec<u8>,
    first: u32,
    came: u32,
    /// Rows of the result that are done.
    made: u32,
    out: Canvas,
}

/// Rows of the source that a stretch is made from, at least: with fewer, most of the work would be neighbours.
const STRETCH: f64 = 64.0;

impl Scaler {
    fn new(start: &Start, area: Area, size: (u32, u32), turn: Turn) -> Self {
        let (w, h) = (f64::from(start.width), f64::from(start.height));
        // The area was reckoned in fractions: rounding must not carry it over the edge.
        let (x, y) = (area.x.clamp(0.0, w), area.y.clamp(0.0, h));
        let area = Area {
            x,
            y,
            width: area.width.min(w - x),
            height: area.height.min(h - y),
        };
        let scale = area.height / f64::from(size.1.max(1));
        Self {
            from: (start.width, start.height),
            area,
            size,
            plain: size == (start.width, start.height) && (area.width, area.height) == (w, h),
            scale,
            reach: 3.0 * scale.max(1.0) + 1.0,
            resizer: Resizer::new(),
            held: Vec::new(),
            first: 0,
            came: 0,
            made: 0,
            out: Canvas::new(size, turn),
        }
    }

    fn band(&mut self, rgb: &[u8], way: &Way) -> Result<(), PictureError> {
        let line = 3 * self.from.0 as usize;
        let rows = u32::try_from(rgb.len() / line.max(1)).unwrap_or(u32::MAX);
        if self.plain {
            self.out.lay(self.made, rgb, way);
            self.made += rows;
            return Ok(());
        }
        if self.made == self.size.1 {
            return Ok(());
        }
        if self.held.is_empty() && self.came == 0 && rows >= self.from.1 {
            // All of it at once: no need to hold it a second time.
            self.came = rows;
            return self.make(rgb, self.size.1, way);
        }
        self.held.extend_from_slice(rgb);
        self.came = self.came.saturating_add(rows);
        let whole = self.came >= self.from.1;
        let ready = if whole { self.size.1 } else { self.ready() };
        let enough = f64::from(ready.saturating_sub(self.made)) * self.scale >= STRETCH.max(4.0 * self.reach);
        if ready > self.made && (whole || enough) {
            let held = std::mem::take(&mut self.held);
            self.make(&held, ready, way)?;
            self.held = held;
        }
        self.forget(line);
        Ok(())
    }

    /// How many rows of the result can be made from what came so far.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn ready(&self) -> u32 {
        let rows = (f64::from(self.came) - self.reach - self.area.y) / self.scale;
        (rows.max(0.0) as u32).min(self.size.1)
    }

    /// Lets go of rows that no further row of the result looks at.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn forget(&mut self, line: usize) {
        let needed = self.area.y + f64::from(self.made) * self.scale - self.reach;
        let first = (needed.max(0.0) as u32).clamp(self.first, self.came);
        let gone = (first - self.first) as usize * line;
        if gone > 0 {
            self.held.drain(..gone.min(self.held.len()));
            self.first = first;
        }
    }

    /// Makes the rows of the result up to this one.
    fn make(&mut self, held: &[u8], upto: u32, way: &Way) -> Result<(), PictureError> {
        let failed = |e: &dyn std::error::Error| PictureError::Damaged(e.to_string());
        let rows = u32::try_from(held.len() / (3 * self.from.0 as usize).max(1)).unwrap_or(0);
        // Typed: the untyped call would have the code of all thirteen pixel types compiled into this crate.
        let from = TypedImageRef::<U8x3>::from_buffer(self.from.0, rows, held).map_err(|e| failed(&e))?;
        // So that the part of a picture that came at once is not scaled into a second whole one.
        let most = (MAKE_BYTES / (3 * self.size.0 as usize).max(1)).max(16);
        while self.made < upto {
            let until = upto.min(self.made.saturating_add(u32::try_from(most).unwrap_or(u32::MAX)));
            let count = until - self.made;
            let top = self.area.y + f64::from(self.made) * self.scale - f64::from(self.first);
            let top = top.clamp(0.0, f64::from(rows));
            let height = (f64::from(count) * self.scale).min(f64::from(rows) - top);
            let options = ResizeOptions::new().crop(self.area.x, top, self.area.width, height);
            let mut rgb = vec![0; 3 * self.size.0 as usize * count as usize];
            let mut to =
                TypedImage::<U8x3>::from_buffer(self.size.0, count, &mut rgb).map_err(|e| failed(&e))?;
            self.resizer
                .resize_typed(&from, &mut to, &options)
                .map_err(|e| failed(&e))?;
            self.out.lay(self.made, &rgb, way);
            self.made = until;
        }
        Ok(())
    }

    fn finish(self) -> Result<Pixels, PictureError> {
        if self.made < self.size.1 {
            return Err(PictureError::Truncated);
        }
        Ok(self.out.pixels)
    }
}

/// Bytes of the result that are scaled in one go.
const MAKE_BYTES: usize = 4 << 20;

/// The finished picture, filled from rows as it lies stored.
struct Canvas {
    turn: Turn,
    stored: (u32, u32),
    pixels: Pixels,
    band: Vec<u8>,
}

impl Canvas {
    fn new(stored: (u32, u32), turn: Turn) -> Self {
        let (width, height) = turn.sides(stored);
        // No larger than a frame or a file may be: both were looked at before.
        let rgb = vec![0; 3 * width as usize * height as usize];
        Self {
            turn,
            stored,
            pixels: Pixels { width, height, rgb },
            band: Vec::new(),
        }
    }

    /// Puts rows from this one on to their place, in sRGB.
    fn lay(&mut self, from: u32, rgb: &[u8], way: &Way) {
        if matches!(way, Way::None) {
            self.turn.lay(&mut self.pixels, self.stored, from, rgb);
            return;
        }
        self.band.clear();
        self.band.extend_from_slice(rgb);
        way.apply(&mut self.band);
        self.turn.lay(&mut self.pixels, self.stored, from, &self.band);
    }
}
