//! The segments of a JPEG up to its first scan, and what makers append behind its end.

use crate::colour::Colour;
use crate::error::PictureError;
use crate::header::{Format, Header, MAX_PIXELS, take};
use crate::notes::Block;

/// Walks the segments up to the first scan. Lengths are trusted no further than the file reaches.
pub(crate) fn jpeg(bytes: &[u8]) -> Result<Header<'_>, PictureError> {
    let mut rest = bytes;
    let mut frame = None;
    let mut blocks = Blocks::default();
    let mut profile = Vec::new();
    let mut moving = false;
    loop {
        // Stray bytes between segments are skipped, as every decoder does.
        while rest.first().is_some_and(|b| *b != 0xFF) {
            rest = rest.get(1..).unwrap_or_default();
        }
        while rest.first() == Some(&0xFF) {
            rest = rest.get(1..).unwrap_or_default();
        }
        let Some(&[marker]) = take(&mut rest, 1).and_then(|b| b.first_chunk()) else {
            return Err(PictureError::Truncated);
        };
        if matches!(marker, 0 | 0x01 | 0xD0..=0xD8) {
            continue;
        }
        if marker == 0xD9 {
            return Err(PictureError::Damaged("no picture in the JPEG file".to_owned()));
        }
        let segment = take(&mut rest, 2)
            .and_then(|b| b.first_chunk())
            .and_then(|b| take(&mut rest, usize::from(u16::from_be_bytes(*b)).saturating_sub(2)))
            .ok_or(PictureError::Truncated)?;
        match (marker, segment) {
            (0xC0..=0xCF, [depth, h0, h1, w0, w1, parts @ ..]) if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                if *depth != 8 || matches!(marker, 0xC3 | 0xC5..=0xC7 | 0xCB | 0xCD..=0xCF) {
                    return Err(PictureError::Unsupported("JPEG（这种编码）"));
                }
                let (width, height) = (u16::from_be_bytes([*w0, *w1]), u16::from_be_bytes([*h0, *h1]));
                frame = Some(Shape {
                    width: width.into(),
                    height: height.into(),
                    parts,
                    progressive: marker & 0b11 == 2,
                    arithmetic: marker & 0b1000 != 0,
                });
            }
            (0xE1, [b'E', b'x', b'i', b'f', 0, _, block @ ..]) => {
                blocks.exif.get_or_insert(block);
            }
            (0xE1, packet) if packet.starts_with(ADOBE) => {
                moving |= says_motion(packet);
                blocks
                    .xmp
                    .get_or_insert(packet.get(ADOBE.len()..).unwrap_or_default());
            }
            (0xED, part) if part.starts_with(PHOTOSHOP) => {
                blocks
                    .resources
                    .extend(part.get(PHOTOSHOP.len()..).unwrap_or_default());
            }
            (0xE2, block) if block.starts_with(b"ICC_PROFILE\0") => profile.extend(block.get(12..)),
            (0xE2, [b'M', b'P', b'F', 0, block @ ..]) => moving |= many_views(block).unwrap_or(false),
            (0xDA, [in_scan, ..]) => {
                let frame =
                    frame.ok_or_else(|| PictureError::Damaged("a JPEG scan without a frame".to_owned()))?;
                let mut header = Header::new(Format::Jpeg, frame.width, frame.height);
                if frame.progressive || *in_scan < frame.count() {
                    frame.fits(&header, bytes.len() as u64)?;
                }
                header.colour = joined(profile);
                header.moving = moving || samsung_motion(bytes);
                header.blocks = blocks.all();
                return Ok(header);
            }
            _ => {}
        }
    }
}

/// Bytes libjpeg may hold for the coefficients of a picture that comes in several scans: those of the largest in three colours.
pub(crate) const MAX_SPECTRUM: u64 = 6 * MAX_PIXELS;

/// What a frame header says.
struct Shape<'a> {
    width: u32,
    height: u32,
    /// How many colours, then three bytes for each: name, sampling, table.
    parts: &'a [u8],
    progressive: bool,
    arithmetic: bool,
}

impl Shape<'_> {
    fn count(&self) -> u8 {
        self.parts.first().copied().unwrap_or(0)
    }

    /// Blocks of 8×8 in all colours together.
    fn blocks(&self) -> u64 {
        let (each, _) = self.parts.get(1..).unwrap_or_default().as_chunks::<3>();
        let sampling = || {
            each.iter()
                .map(|[_, both, _]| (u64::from(both >> 4), u64::from(both & 15)))
        };
        let most = |of: fn((u64, u64)) -> u64| sampling().map(of).max().unwrap_or(1).max(1);
        let (across, down) = (most(|s| s.0), most(|s| s.1));
        let of = |side: u32, part: u64, whole: u64| (u64::from(side) * part).div_ceil(whole).div_ceil(8);
        let blocks = sampling().map(|(x, y)| of(self.width, x, across) * of(self.height, y, down));
        blocks.sum()
    }

    /// With several scans libjpeg keeps two bytes per coefficient of the whole picture, however small the output. A file that is too
    /// short to say anything of every block does not get that memory.
    fn fits(&self, header: &Header<'_>, bytes: u64) -> Result<(), PictureError> {
        let blocks = self.blocks();
        if blocks * 64 * 2 > MAX_SPECTRUM {
            return Err(header.too_large());
        }
        // By Huffman's tables a block takes one bit at least.
        let least = blocks / if self.arithmetic { 512 } else { 8 };
        if bytes < least {
            return Err(PictureError::Truncated);
        }
        Ok(())
    }
}

/// Whether the scans of a JPEG bring every coefficient of every colour to its last bit: between scans a cut leaves no other trace.
pub(crate) fn is_refined(bytes: &[u8]) -> bool {
    let mut open: Vec<(u8, [bool; 64])> = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(2).position(|two| matches!(two, [0xFF, 0xC0..=0xFE])) {
        let Some([_, marker, body @ ..]) = rest.get(at..) else {
            break;
        };
        rest = body;
        if matches!(marker, 0xD0..=0xD9) {
            continue;
        }
        let Some(length) = body
            .first_chunk()
            .map(|two| usize::from(u16::from_be_bytes(*two)))
        else {
            break;
        };
        let segment = body.get(2..length).unwrap_or_default();
        rest = body.get(length.max(2)..).unwrap_or_default();
        match (marker, segment) {
            (0xC0..=0xC2 | 0xC9 | 0xCA, [_, _, _, _, _, _, parts @ ..]) if open.is_empty() => {
                let parts = parts.as_chunks::<3>().0.iter();
                open = parts.map(|[name, ..]| (*name, [true; 64])).collect();
            }
            (0xDA, [count, scan @ ..]) => {
                let (names, tail) = scan.split_at_checked(2 * usize::from(*count)).unwrap_or_default();
                let [from, to, bits, ..] = tail else { continue };
                let last = bits & 0x0F == 0;
                let covered = usize::from(*from)..=usize::from(*to).min(63);
                for (name, left) in &mut open {
                    if last && names.as_chunks::<2>().0.iter().any(|[own, _]| own == name) {
                        left.get_mut(covered.clone()).unwrap_or_default().fill(false);
                    }
                }
            }
            _ => {}
        }
    }
    !open.is_empty() && open.iter().all(|(_, left)| left.iter().all(|one| !one))
}

/// Whether an end marker comes behind the first scan: those before it are of the small picture in the EXIF block.
pub(crate) fn has_end(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xFF, marker, tail @ ..] = rest {
        if *marker == 0xFF {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        if *marker == 0xDA {
            return tail.windows(2).rev().any(|two| two == [0xFF, 0xD9]);
        }
        let length = tail
            .first_chunk()
            .map_or(0, |two| usize::from(u16::from_be_bytes(*two)));
        rest = tail.get(length.max(2)..).unwrap_or_default();
    }
    // Not a way of writing that is walked here: the decoder will find out.
    true
}

/// The steps a JPEG's brightness is stored in, row by row of a block (ITU-T T.81, B.2.4.1); `None` where it has no such table.
pub(crate) fn luma_steps(bytes: &[u8]) -> Option<[u16; 64]> {
    let mut tables: [Option<[u16; 64]>; 4] = [None; 4];
    let mut own = None;
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        let [0xFF, marker, l0, l1, body @ ..] = rest else {
            return None;
        };
        if *marker == 0xFF {
            rest = rest.get(1..)?;
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*l0, *l1])).checked_sub(2)?;
        let (mut segment, tail) = body.split_at_checked(length)?;
        match marker {
            0xDB => {
                while let Some((kind, values)) = segment.split_first() {
                    let wide = if kind >> 4 == 0 { 1 } else { 2 };
                    let (values, after) = values.split_at_checked(64 * wide)?;
                    let mut table = [1; 64];
                    for (place, value) in ZIGZAG.iter().zip(values.chunks_exact(wide)) {
                        let value = value.iter().fold(0, |n, b| n << 8 | u16::from(*b));
                        *table.get_mut(usize::from(*place))? = value.max(1);
                    }
                    *tables.get_mut(usize::from(kind & 15))? = Some(table);
                    segment = after;
                }
            }
            // Tables may come before and after the frame that names them.
            0xC0..=0xC2 => own = segment.get(8).copied(),
            0xDA => return *tables.get(usize::from(own?))?,
            _ => {}
        }
        rest = tail;
    }
}

/// Where the numbers of a table lie in a block.
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
    14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39,
    46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// What an Adobe packet begins with.
const ADOBE: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// What Photoshop's resources begin with, in every segment of theirs.
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";

/// The first of each kind.
#[derive(Default)]
struct Blocks<'a> {
    exif: Option<&'a [u8]>,
    xmp: Option<&'a [u8]>,
    resources: Vec<u8>,
}

impl<'a> Blocks<'a> {
    fn all(self) -> Vec<Block<'a>> {
        let exif = self.exif.map(|block| Block::Exif(block.into()));
        let xmp = self.xmp.map(|packet| Block::Xmp(packet.into()));
        let resources = (!self.resources.is_empty()).then(|| Block::Resources(self.resources.into()));
        [exif, xmp, resources].into_iter().flatten().collect()
    }
}

/// Puts a profile together from its parts, each led by its number and their count (ICC.1, annex B.4).
fn joined<'a>(mut parts: Vec<&[u8]>) -> Colour<'a> {
    parts.sort_by_key(|part| part.first().copied());
    let profile: Vec<u8> = parts
        .iter()
        .flat_map(|part| part.iter().skip(2))
        .copied()
        .collect();
    if profile.is_empty() {
        return Colour::Untold;
    }
    Colour::Profile(profile.into())
}

/// Whether an XMP packet announces a motion photo (Google's "Motion Photo format 1.0" and the older micro video).
pub(crate) fn says_motion(packet: &[u8]) -> bool {
    ["MotionPhoto", "MicroVideo"].iter().any(|word| {
        let one = [
            format!("{word}=\"1\""),
            format!("{word}='1'"),
            format!("{word}>1<"),
        ];
        one.iter()
            .any(|said| packet.windows(said.len()).any(|at| at == said.as_bytes()))
    })
}

/// Whether a file ends with Samsung's own directory and that lists a clip ("SEFT", entries of type 0x0A30).
pub(crate) fn samsung_motion(bytes: &[u8]) -> bool {
    let listed = || {
        let end = bytes.strip_suffix(b"SEFT")?;
        let (rest, length) = end.split_last_chunk::<4>()?;
        let start = rest
            .len()
            .checked_sub(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        let directory = rest.get(start..)?.strip_prefix(b"SEFH")?;
        let (entries, _) = directory.get(8..)?.as_chunks::<12>();
        Some(
            entries
                .iter()
                .any(|[_, _, kind0, kind1, ..]| [*kind0, *kind1] == [0x30, 0x0A]),
        )
    };
    listed().unwrap_or(false)
}

/// Whether a multi-picture index lists further views of the scene: stereo, panorama or angles (CIPA DC-007, type 0x02…).
/// Previews and gain maps, which many phones add, are not views.
fn many_views(block: &[u8]) -> Option<bool> {
    let big = block.starts_with(b"MM");
    let u16_at = |at: usize| {
        let two = *block.get(at..)?.first_chunk()?;
        Some(if big {
            u16::from_be_bytes(two)
        } else {
            u16::from_le_bytes(two)
        })
    };
    let u32_at = |at: usize| {
        let four = *block.get(at..)?.first_chunk()?;
        Some(if big {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four)
        })
    };
    let index = usize::try_from(u32_at(4)?).ok()?;
    for entry in (0..usize::from(u16_at(index)?)).map(|n| index + 2 + 12 * n) {
        if u16_at(entry)? == 0xB002 {
            let (length, start) = (u32_at(entry + 4)?, usize::try_from(u32_at(entry + 8)?).ok()?);
            let views = (0..usize::try_from(length).ok()?.min(1600) / 16).map(|n| u32_at(start + 16 * n));
            return Some(views.flatten().filter(|kind| kind >> 16 & 0xFF == 2).count() > 1);
        }
    }
    Some(false)
}
