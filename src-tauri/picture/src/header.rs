//! Format, size, EXIF block and colour of a file, read from its structure alone: no decoder runs.

use crate::colour::Colour;
use crate::error::PictureError;
use crate::notes::Block;
use crate::{chunks, foreign, heif, jxl, segments, tiff};

/// Largest number of pixels a file may declare (the largest phone sensors have 200 million).
pub const MAX_PIXELS: u64 = 200_000_000;
/// Longest side a file may declare, in pixels.
pub const MAX_SIDE: u32 = 65_000;
/// Bytes one decoder may hold for a whole picture.
pub const MAX_MEMORY: u64 = 512 << 20;

/// The formats that are read, told by the first bytes and never by the file name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// JPEG, baseline or progressive, grey, colour or CMYK; of an MPO or a motion photo the still picture.
    Jpeg,
    /// PNG of any depth; of an animation the still picture.
    Png,
    /// WebP, lossy or lossless; of an animation the first frame.
    Webp,
    /// GIF; of an animation the first frame.
    Gif,
    /// TIFF, its first page.
    Tiff,
    /// HEIF with HEVC inside, as iPhones and Samsung phones write it.
    Heic,
    /// HEIF with AV1 inside.
    Avif,
    /// JPEG XL, bare or in its container; of an animation the first frame.
    Jxl,
    /// BMP of any depth.
    Bmp,
}

impl Format {
    /// The word for it in file names and tables: `jpeg`, `png`, `webp`, `gif`, `tiff`, `heic`, `avif`, `jxl`, `bmp`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Tiff => "tiff",
            Self::Heic => "heic",
            Self::Avif => "avif",
            Self::Jxl => "jxl",
            Self::Bmp => "bmp",
        }
    }
}

/// What a file says about itself before decoding; width and height as stored, before any turn.
pub(crate) struct Header<'a> {
    pub format: Format,
    pub width: u32,
    pub height: u32,
    /// What says when, with what and where.
    pub blocks: Vec<Block<'a>>,
    /// What the file says of its colours, its EXIF block apart.
    pub colour: Colour<'a>,
    /// Where the container has a turn of its own, EXIF's is a copy of it and must not be applied again.
    pub turn: Option<u8>,
    /// Whether moving pictures lie behind the still one.
    pub moving: bool,
    /// Whether the file lacks its end; the picture may be whole all the same.
    pub short: bool,
}

impl<'a> Header<'a> {
    pub fn new(format: Format, width: u32, height: u32) -> Self {
        Self {
            format,
            width,
            height,
            blocks: Vec::new(),
            colour: Colour::Untold,
            turn: None,
            moving: false,
            short: false,
        }
    }

    /// What is said when this size is too much.
    pub fn too_large(&self) -> PictureError {
        PictureError::TooLarge {
            width: self.width,
            height: self.height,
        }
    }
}

/// Reads the header and refuses what is no picture, of another format, or above the limits.
pub(crate) fn read(bytes: &[u8]) -> Result<Header<'_>, PictureError> {
    let mut header = match bytes {
        [] => return Err(PictureError::Empty),
        [0xFF, 0xD8, 0xFF, ..] => segments::jpeg(bytes)?,
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => {
            chunks::png(bytes).ok_or(PictureError::Truncated)?
        }
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', rest @ ..] => {
            chunks::gif(rest).ok_or(PictureError::Truncated)?
        }
        _ if chunks::is_webp(bytes) => chunks::webp(bytes).ok_or(PictureError::Truncated)?,
        _ if foreign::is_heif(bytes) => heif::head(bytes)?,
        _ if jxl::is_jxl(bytes) => jxl::head(bytes)?,
        _ if chunks::is_bmp(bytes) => chunks::bmp(bytes).ok_or(PictureError::Truncated)?,
        _ => match foreign::name(bytes) {
            Some(name) => return Err(PictureError::Unsupported(name)),
            None if foreign::is_clip(bytes) => return Err(PictureError::Unsupported("视频")),
            None if tiff::is_tiff(bytes) => tiff::head(bytes)?,
            None => return Err(PictureError::NotAPicture),
        },
    };
    let Header { width, height, .. } = header;
    if width == 0 || height == 0 {
        return Err(PictureError::Damaged("no pixels declared".to_owned()));
    }
    if width.max(height) > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(header.too_large());
    }
    header.colour = header.colour.settled();
    Ok(header)
}

/// Cuts the first `n` bytes off.
pub(crate) fn take<'a>(bytes: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (head, tail) = bytes.split_at_checked(n)?;
    *bytes = tail;
    Some(head)
}
