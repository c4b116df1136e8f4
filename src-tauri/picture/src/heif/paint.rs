//! The pixels of a HEIF picture: tile by tile, shrunk on the way.

use heifer_isobmff::{HeifFile, ItemId};

use super::broken;
use super::sheet::{Sheet, Veil, coded, kind, nclx, size};
use crate::decode::Pixels;
use crate::error::PictureError;
use crate::hdr::Tone;
use crate::header::{Format, MAX_MEMORY};
use crate::planes::{Coding, Planes};
use crate::{av1, hevc};

/// What of an item is wanted.
#[derive(Clone, Copy)]
pub(super) enum Brush<'a> {
    /// Its colours, as SDR.
    Colour(Option<&'a Tone>),
    /// Its brightness alone: how an alpha plane is stored.
    Light,
}

/// How much smaller than stored the picture may be made: tiles must stay whole numbers of pixels.
pub(super) fn shrink(file: &HeifFile<'_>, sheet: &Sheet, scale: f64) -> usize {
    let tile = file.referenced_items(sheet.id, b"dimg").first();
    let (width, height) = tile.and_then(|tile| size(file, *tile).ok()).unwrap_or((0, 0));
    [8_u32, 4, 2]
        .into_iter()
        .find(|by| 1.0 / f64::from(*by) >= scale && width % by == 0 && height % by == 0)
        .map_or(1, |by| usize::try_from(by).unwrap_or(1))
}

/// The pixels of an item, shrunk.
pub(super) fn paint(
    file: &HeifFile<'_>,
    id: ItemId,
    format: Format,
    by: usize,
    brush: Brush<'_>,
) -> Result<Pixels, PictureError> {
    if kind(file, id)? != b"grid" {
        return one(file, id, format, by, brush);
    }
    tiled(file, id, file.referenced_items(id, b"dimg"), format, by, brush)
}

/// The brightness of a transparency, shrunk.
pub(super) fn alpha(
    file: &HeifFile<'_>,
    veil: &Veil,
    id: ItemId,
    format: Format,
    by: usize,
) -> Result<Pixels, PictureError> {
    match veil {
        Veil::Whole(alpha) => paint(file, *alpha, format, by, Brush::Light),
        // Laid like the tiles they belong to.
        Veil::Tiles(tiles) => tiled(file, id, tiles, format, by, Brush::Light),
    }
}

/// The pictures of a grid side by side.
fn tiled(
    file: &HeifFile<'_>,
    id: ItemId,
    tiles: &[ItemId],
    format: Format,
    by: usize,
    brush: Brush<'_>,
) -> Result<Pixels, PictureError> {
    let grid = file.grid(id).map_err(|e| broken(&e))?;
    let (columns, rows) = (u32::from(grid.columns), u32::from(grid.rows));
    let wrong = || PictureError::Damaged("a grid that does not fit its tiles".to_owned());
    let first = *tiles.first().ok_or_else(wrong)?;
    let (wide, high) = size(file, first)?;
    // Just enough tiles: a small file must not ask for the same tile a thousand times.
    let fits = |side: u32, tile: u32, count: u32| {
        let reach = u64::from(tile) * u64::from(count);
        reach >= u64::from(side) && reach - u64::from(tile) < u64::from(side)
    };
    let counted = usize::try_from(u64::from(columns) * u64::from(rows)).is_ok_and(|n| n == tiles.len());
    if !counted || !fits(grid.output_width, wide, columns) || !fits(grid.output_height, high, rows) {
        return Err(wrong());
    }
    let by32 = u32::try_from(by).unwrap_or(1);
    let mut canvas = Pixels::blank(
        grid.output_width.div_ceil(by32),
        grid.output_height.div_ceil(by32),
    )?;
    for (n, tile) in (0_u32..).zip(tiles) {
        if size(file, *tile)? != (wide, high) || kind(file, *tile)? == b"grid" {
            return Err(wrong());
        }
        let pixels = one(file, *tile, format, by, brush)?;
        canvas.lay(
            &pixels,
            (n % columns * (wide / by32), n / columns * (high / by32)),
        );
    }
    Ok(canvas)
}

/// One coded picture.
fn one(
    file: &HeifFile<'_>,
    id: ItemId,
    format: Format,
    by: usize,
    brush: Brush<'_>,
) -> Result<Pixels, PictureError> {
    let (width, height) = size(file, id)?;
    // Decoders work in blocks of up to 128 pixels and hold up to four bytes for each.
    let room = |side: u32| u64::from(side).next_multiple_of(128);
    let most = room(width) * room(height);
    if most * 4 > MAX_MEMORY {
        return Err(PictureError::TooLarge { width, height });
    }
    if coded(kind(file, id)?)? != format {
        return Err(PictureError::Damaged("tiles of different kinds".to_owned()));
    }
    let (planes, own): (Planes, Coding) = match format {
        Format::Heic => hevc::decode(
            &file.hevc_bitstream(id).map_err(|e| broken(&e))?,
            (width, height),
            most,
            by,
        )?,
        _ => av1::decode(
            &file.item_data(id).map_err(|e| broken(&e))?,
            (width, height),
            most,
            by,
        )?,
    };
    let coding = nclx(file, id).map_or(own, |(_, _, coding)| coding);
    match brush {
        Brush::Colour(tone) => planes.rgb(coding, tone),
        Brush::Light => planes.without_colour().rgb(coding, None),
    }
}
