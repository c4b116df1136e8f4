//! The HEIF container (ISO/IEC 23008-12): one picture or a grid of tiles, coded in HEVC (HEIC) or AV1 (AVIF), with its turn, crop,
//! colour and transparency. Depth maps, gain maps and thumbnails beside the picture are not looked at.

use heifer_isobmff::boxes::{ColorInfo, Property};
use heifer_isobmff::{Error, HeifFile, ItemId};

use crate::colour::Colour;
use crate::decode::{Pixels, on_white};
use crate::error::PictureError;
use crate::header::{Format, Header, MAX_MEMORY};
use crate::planes::{Coding, Planes};
use crate::turn::{self, Map, UPRIGHT};
use crate::{av1, hevc, segments};

/// How deep pictures made of pictures may be nested.
const MAX_DEPTH: u8 = 4;

/// The picture to show: which item, how it is turned and what is cut off before that.
struct Sheet {
    id: ItemId,
    format: Format,
    sides: (u32, u32),
    map: Map,
    crop: Option<[u32; 4]>,
}

/// Reads size, turn, colour and EXIF block of the primary picture.
pub(crate) fn head(bytes: &[u8]) -> Result<Header<'_>, PictureError> {
    let file = open(bytes)?;
    let sheet = sheet(&file, file.primary_id, 0)?;
    let [_, _, width, height] = sheet.crop.unwrap_or([0, 0, sheet.sides.0, sheet.sides.1]);
    let mut header = Header::new(sheet.format, width, height);
    header.exif = file.exif(file.primary_id).ok().flatten().map(Into::into);
    header.colour = colour(&file, sheet.id);
    header.turn = Some(turn::orientation(sheet.map));
    let packet = file.xmp(file.primary_id).ok().flatten().unwrap_or_default();
    header.moving = segments::says_motion(&packet) || segments::samsung_motion(bytes) || has_clip(bytes);
    Ok(header)
}

/// Decodes the primary picture, shrunk by 2, 4 or 8 where `scale` allows it; beside it goes the factor it is scaled by.
pub(crate) fn decode(bytes: &[u8], scale: f64) -> Result<(Pixels, f64), PictureError> {
    let file = open(bytes)?;
    let sheet = sheet(&file, file.primary_id, 0)?;
    let by = shrink(&file, &sheet, scale);
    let mut pixels = paint(&file, sheet.id, sheet.format, by, false)?;
    if let Some(alpha) = alpha_of(&file, sheet.id) {
        // A transparency that cannot be read hides nothing.
        if let Ok(alpha) = paint(&file, alpha, sheet.format, by, true)
            && (alpha.width, alpha.height) == (pixels.width, pixels.height)
        {
            on_white(&mut pixels.rgb, alpha.rgb.iter().step_by(3).copied());
        }
    }
    if let Some(crop) = sheet.crop {
        let by = u32::try_from(by).unwrap_or(1);
        let [x, y, width, height] = crop;
        pixels = pixels.cut([x / by, y / by, width.div_ceil(by), height.div_ceil(by)]);
    }
    Ok((pixels, 1.0 / f64::from(u32::try_from(by).unwrap_or(1))))
}

/// Parses the boxes of the file, leaving out what some phones append behind them.
fn open(bytes: &[u8]) -> Result<HeifFile<'_>, PictureError> {
    let mut at = 0;
    while let Some((kind, size)) = box_at(bytes, at) {
        let end = size.and_then(|size| at.checked_add(size));
        match end {
            Some(end) if end <= bytes.len() => at = end,
            _ if matches!(&kind, b"ftyp" | b"meta" | b"mdat" | b"moov") => {
                return Err(PictureError::Truncated);
            }
            _ => break,
        }
    }
    HeifFile::parse(bytes.get(..at).unwrap_or_default()).map_err(|e| broken(&e))
}

/// Kind and whole length of the box that begins here; without a length where it has none that makes sense.
fn box_at(bytes: &[u8], at: usize) -> Option<([u8; 4], Option<usize>)> {
    let [s0, s1, s2, s3, kind @ ..] = *bytes.get(at..)?.first_chunk::<8>()?;
    let size = match u32::from_be_bytes([s0, s1, s2, s3]) {
        0 => Some(bytes.len() - at),
        1 => {
            let long = bytes.get(at + 8..).and_then(|b| b.first_chunk::<8>());
            long.and_then(|long| usize::try_from(u64::from_be_bytes(*long)).ok())
        }
        size => usize::try_from(size).ok(),
    };
    Some((kind, size.filter(|size| *size >= 8)))
}

/// Whether a clip lies in a box of its own (Google's "Motion Photo format 1.0" for HEIC).
fn has_clip(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some((kind, Some(size))) = box_at(bytes, at) {
        if &kind == b"mpvd" {
            return true;
        }
        at = at.saturating_add(size);
    }
    false
}

/// Follows an item to the one that has the pixels, gathering turns on the way.
fn sheet(file: &HeifFile<'_>, id: ItemId, depth: u8) -> Result<Sheet, PictureError> {
    if depth > MAX_DEPTH {
        return Err(PictureError::Damaged("pictures nested too deeply".to_owned()));
    }
    let tiles = file.referenced_items(id, b"dimg");
    let mut sheet = match (kind(file, id)?, tiles) {
        (b"iden", [source]) => sheet_of(file, *source, depth)?,
        (b"grid", [first, ..]) => {
            let grid = file.grid(id).map_err(|e| broken(&e))?;
            Sheet {
                id,
                format: coded(kind(file, *first)?)?,
                sides: (grid.output_width, grid.output_height),
                map: UPRIGHT,
                crop: None,
            }
        }
        (kind, _) => Sheet {
            id,
            format: coded(kind)?,
            sides: size(file, id)?,
            map: UPRIGHT,
            crop: None,
        },
    };
    for property in file.item_properties(id).map_err(|e| broken(&e))? {
        match property {
            Property::Rotation(quarters) => {
                for _ in 0..*quarters {
                    sheet.map = turn::then(sheet.map, [0, -1, 1, 0]);
                }
            }
            Property::Mirror(true) => sheet.map = turn::then(sheet.map, [1, 0, 0, -1]),
            Property::Mirror(false) => sheet.map = turn::then(sheet.map, [-1, 0, 0, 1]),
            Property::CleanAperture {
                width,
                height,
                horiz_offset,
                vert_offset,
            } if sheet.map == UPRIGHT => {
                let across = window(sheet.sides.0, *width, *horiz_offset);
                let down = window(sheet.sides.1, *height, *vert_offset);
                if let (Some((x, width)), Some((y, height))) = (across, down) {
                    sheet.crop = Some([x, y, width, height]);
                }
            }
            _ => {}
        }
    }
    Ok(sheet)
}

fn sheet_of(file: &HeifFile<'_>, id: ItemId, depth: u8) -> Result<Sheet, PictureError> {
    sheet(file, id, depth + 1)
}

fn kind<'f>(file: &'f HeifFile<'_>, id: ItemId) -> Result<&'f [u8; 4], PictureError> {
    file.item(id)
        .map(|item| &item.item_type.0)
        .map_err(|e| broken(&e))
}

fn coded(kind: &[u8; 4]) -> Result<Format, PictureError> {
    match kind {
        b"hvc1" | b"hev1" => Ok(Format::Heic),
        b"av01" => Ok(Format::Avif),
        b"iovl" => Err(PictureError::Unsupported("HEIF 叠加图")),
        b"avc1" => Err(PictureError::Unsupported("HEIF（H.264）")),
        b"vvc1" => Err(PictureError::Unsupported("HEIF（H.266）")),
        _ => Err(PictureError::Unsupported("HEIF（这种编码）")),
    }
}

fn size(file: &HeifFile<'_>, id: ItemId) -> Result<(u32, u32), PictureError> {
    let known = file.image_size(id).map_err(|e| broken(&e))?;
    known.ok_or_else(|| PictureError::Damaged("a picture without a size".to_owned()))
}

/// Start and length of a clean aperture along one axis (ISO/IEC 14496-12, `clap`); `None` where it makes no sense.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn window(side: u32, length: (u32, u32), offset: (i32, u32)) -> Option<(u32, u32)> {
    let part = f64::from(length.0) / f64::from(length.1);
    let start = f64::from(offset.0) / f64::from(offset.1) + (f64::from(side) - part) / 2.0;
    let (start, part) = (start.round(), part.round());
    let inside = start >= 0.0 && part >= 1.0 && start + part <= f64::from(side);
    inside.then_some((start as u32, part as u32))
}

/// Profile before code points; a grid without either has those of its first tile.
fn colour<'a>(file: &HeifFile<'a>, id: ItemId) -> Colour<'a> {
    if let Ok(Some(profile)) = file.icc_profile(id) {
        return Colour::Profile(profile.to_vec().into());
    }
    match nclx(file, id).or_else(|| nclx(file, *file.referenced_items(id, b"dimg").first()?)) {
        Some((primaries, transfer, _)) => Colour::Coded { primaries, transfer },
        None => Colour::Untold,
    }
}

fn nclx(file: &HeifFile<'_>, id: ItemId) -> Option<(u16, u16, Coding)> {
    file.item_properties(id)
        .ok()?
        .find_map(|property| match property {
            Property::Color(ColorInfo::Nclx {
                primaries,
                transfer,
                matrix,
                full_range,
            }) => {
                let coding = Coding {
                    matrix: *matrix,
                    full_range: *full_range,
                };
                Some((*primaries, *transfer, coding))
            }
            _ => None,
        })
}

fn alpha_of(file: &HeifFile<'_>, id: ItemId) -> Option<ItemId> {
    let names = [
        "urn:mpeg:hevc:2015:auxid:1",
        "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha",
    ];
    let is_alpha =
        |property: &Property| matches!(property, Property::AuxiliaryType(t) if names.contains(&t.as_str()));
    file.referencing_items(id, b"auxl")
        .into_iter()
        .find(|aux| file.item_properties(*aux).is_ok_and(|mut all| all.any(is_alpha)))
}

/// How much smaller than stored the picture may be made: tiles must stay whole numbers of pixels.
fn shrink(file: &HeifFile<'_>, sheet: &Sheet, scale: f64) -> usize {
    let tile = file.referenced_items(sheet.id, b"dimg").first();
    let (width, height) = tile.and_then(|tile| size(file, *tile).ok()).unwrap_or((0, 0));
    [8_u32, 4, 2]
        .into_iter()
        .find(|by| 1.0 / f64::from(*by) >= scale && width % by == 0 && height % by == 0)
        .map_or(1, |by| usize::try_from(by).unwrap_or(1))
}

/// The pixels of an item, shrunk; of an alpha plane (`light`) only the brightness.
fn paint(
    file: &HeifFile<'_>,
    id: ItemId,
    format: Format,
    by: usize,
    light: bool,
) -> Result<Pixels, PictureError> {
    if kind(file, id)? != b"grid" {
        return one(file, id, format, by, light);
    }
    let grid = file.grid(id).map_err(|e| broken(&e))?;
    let tiles = file.referenced_items(id, b"dimg");
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
        let pixels = one(file, *tile, format, by, light)?;
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
    light: bool,
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
    if light {
        return planes.without_colour().rgb(coding);
    }
    planes.rgb(coding)
}

fn broken(error: &Error) -> PictureError {
    match error {
        Error::UnexpectedEof => PictureError::Truncated,
        other => PictureError::Damaged(other.to_string()),
    }
}
