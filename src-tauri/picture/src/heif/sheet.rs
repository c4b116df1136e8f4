//! Which picture of a HEIF file is shown, how it is turned, what is cut off, and what its colours mean.

use heifer_isobmff::boxes::{ColorInfo, Property};
use heifer_isobmff::{HeifFile, ItemId};

use super::broken;
use crate::colour::Colour;
use crate::error::PictureError;
use crate::header::Format;
use crate::planes::Coding;
use crate::turn::{self, Map, UPRIGHT};

/// How deep pictures made of pictures may be nested.
const MAX_DEPTH: u8 = 4;

/// The picture to show: which item, how it is turned and what is cut off before that.
pub(super) struct Sheet {
    pub id: ItemId,
    pub format: Format,
    pub sides: (u32, u32),
    pub map: Map,
    pub crop: Option<[u32; 4]>,
}

impl Sheet {
    /// The primary picture.
    pub fn of(file: &HeifFile<'_>) -> Result<Self, PictureError> {
        Self::follow(file, file.primary_id, 0)
    }

    /// Follows an item to the one that has the pixels, gathering turns on the way.
    fn follow(file: &HeifFile<'_>, id: ItemId, depth: u8) -> Result<Self, PictureError> {
        if depth > MAX_DEPTH {
            return Err(PictureError::Damaged("pictures nested too deeply".to_owned()));
        }
        let tiles = file.referenced_items(id, b"dimg");
        let mut sheet = match (kind(file, id)?, tiles) {
            // A copy, to be turned in another way; a picture with the gain map that makes it HDR (ISO 21496-1).
            (b"iden" | b"tmap", [source, ..]) => Self::follow(file, *source, depth + 1)?,
            (b"grid", [first, ..]) => {
                let grid = file.grid(id).map_err(|e| broken(&e))?;
                Self {
                    id,
                    format: coded(kind(file, *first)?)?,
                    sides: (grid.output_width, grid.output_height),
                    map: UPRIGHT,
                    crop: None,
                }
            }
            (kind, _) => Self {
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
}

pub(super) fn kind<'f>(file: &'f HeifFile<'_>, id: ItemId) -> Result<&'f [u8; 4], PictureError> {
    file.item(id)
        .map(|item| &item.item_type.0)
        .map_err(|e| broken(&e))
}

pub(super) fn coded(kind: &[u8; 4]) -> Result<Format, PictureError> {
    match kind {
        b"hvc1" | b"hev1" => Ok(Format::Heic),
        b"av01" => Ok(Format::Avif),
        b"iovl" => Err(PictureError::Unsupported("HEIF 叠加图")),
        b"avc1" => Err(PictureError::Unsupported("HEIF（H.264）")),
        b"vvc1" => Err(PictureError::Unsupported("HEIF（H.266）")),
        _ => Err(PictureError::Unsupported("HEIF（这种编码）")),
    }
}

pub(super) fn size(file: &HeifFile<'_>, id: ItemId) -> Result<(u32, u32), PictureError> {
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

/// Profile before code points, but for those of high dynamic range, where a profile is the lesser account; a grid without either has
/// those of its first tile.
pub(super) fn colour<'a>(file: &HeifFile<'a>, id: ItemId) -> Colour<'a> {
    let coded = nclx(file, id).or_else(|| nclx(file, *file.referenced_items(id, b"dimg").first()?));
    let coded = coded.map(|(primaries, transfer, _)| Colour::Coded { primaries, transfer });
    match (coded, file.icc_profile(id)) {
        (Some(coded), Ok(Some(_))) if coded.is_hdr() => coded,
        (_, Ok(Some(profile))) => Colour::Profile(profile.to_vec().into()),
        (Some(coded), _) => coded,
        _ => Colour::Untold,
    }
}

pub(super) fn nclx(file: &HeifFile<'_>, id: ItemId) -> Option<(u16, u16, Coding)> {
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

/// Where the transparency of a picture lies.
pub(super) enum Veil {
    /// In one picture beside it, which may be a grid itself.
    Whole(ItemId),
    /// Beside each of its tiles, in their order.
    Tiles(Vec<ItemId>),
}

pub(super) fn alpha_of(file: &HeifFile<'_>, id: ItemId) -> Option<Veil> {
    if let Some(whole) = alpha_beside(file, id) {
        return Some(Veil::Whole(whole));
    }
    let tiles: Option<Vec<ItemId>> = file
        .referenced_items(id, b"dimg")
        .iter()
        .map(|tile| alpha_beside(file, *tile))
        .collect();
    tiles.filter(|tiles| !tiles.is_empty()).map(Veil::Tiles)
}

fn alpha_beside(file: &HeifFile<'_>, id: ItemId) -> Option<ItemId> {
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

/// Whether colours are stored multiplied by their alpha (`prem`).
pub(super) fn is_multiplied(file: &HeifFile<'_>, id: ItemId) -> bool {
    !file.referenced_items(id, b"prem").is_empty()
}
