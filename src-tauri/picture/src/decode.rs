//! Every format to plain RGB.

use std::io::Cursor;

use image::codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder};
use image::{DynamicImage, ImageDecoder, ImageError, Limits};

use crate::error::PictureError;
use crate::hdr::{Tone, byte};
use crate::header::{Format, Header, MAX_MEMORY};
use crate::{heif, jpeg, tiff};

/// A picture in memory: `height` rows of `width` pixels of red, green, blue.
pub(crate) struct Pixels {
    pub width: u32,
    pub height: u32,
    pub rgb: Vec<u8>,
}

impl Pixels {
    /// A black picture.
    pub fn blank(width: u32, height: u32) -> Result<Self, PictureError> {
        let bytes = u64::from(width) * u64::from(height) * 3;
        let length = usize::try_from(bytes).ok().filter(|_| bytes <= MAX_MEMORY);
        let length = length.ok_or(PictureError::TooLarge { width, height })?;
        Ok(Self {
            width,
            height,
            rgb: vec![0; length],
        })
    }

    /// Lays another picture on this one with its corner at this place; what sticks out is cut off.
    pub fn lay(&mut self, other: &Self, (x, y): (u32, u32)) {
        let wide = 3 * self.width.saturating_sub(x).min(other.width) as usize;
        let (line, own) = (3 * self.width as usize, 3 * other.width as usize);
        let rows = self.rgb.chunks_exact_mut(line.max(1)).skip(y as usize);
        for (to, from) in rows.zip(other.rgb.chunks_exact(own.max(1))) {
            let start = 3 * x as usize;
            if let (Some(to), Some(from)) = (to.get_mut(start..start + wide), from.get(..wide)) {
                to.copy_from_slice(from);
            }
        }
    }

    /// The part from x and y on, of this width and height at most.
    pub fn cut(&self, [x, y, width, height]: [u32; 4]) -> Self {
        let (width, height) = (
            width.min(self.width.saturating_sub(x)),
            height.min(self.height.saturating_sub(y)),
        );
        let (start, wide) = (3 * x as usize, 3 * width as usize);
        let rows = self.rgb.chunks_exact(3 * self.width.max(1) as usize);
        let rows = rows.skip(y as usize).take(height as usize);
        let rgb = rows
            .flat_map(|row| row.get(start..start + wide).unwrap_or_default())
            .copied()
            .collect();
        Self { width, height, rgb }
    }
}

/// Decodes a file whose header passed the limits; where the decoder can, as small as `scale` (1 is full size) allows. High dynamic
/// range comes out as SDR.
///
/// Beside the pixels goes the factor they are scaled by. It is not the ratio of the sides: those are rounded up.
pub(crate) fn decode(bytes: &[u8], head: &Header<'_>, scale: f64) -> Result<(Pixels, f64), PictureError> {
    let file = Cursor::new(bytes);
    let whole_size = match head.format {
        Format::Jpeg => {
            let (mut pixels, shrink) = jpeg::decode(bytes, scale, &head.colour)?;
            if let Some(tone) = head.colour.tone() {
                tone.dim(&mut pixels.rgb);
            }
            return Ok((pixels, shrink));
        }
        Format::Heic | Format::Avif => return heif::decode(bytes, scale, &head.colour),
        Format::Tiff => tiff::decode(bytes, head),
        Format::Png => PngDecoder::with_limits(file, limits())
            .map_err(|e| refused(&e, head))
            .and_then(|d| whole(d, head)),
        Format::Webp => WebPDecoder::new(file)
            .map_err(|e| refused(&e, head))
            .and_then(|d| whole(d, head)),
        Format::Gif => GifDecoder::new(file)
            .map_err(|e| refused(&e, head))
            .and_then(|d| whole(d, head)),
    };
    whole_size.map(|pixels| (pixels, 1.0))
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_MEMORY);
    limits
}

/// Decodes at full size through `image`.
pub(crate) fn whole(mut decoder: impl ImageDecoder, head: &Header<'_>) -> Result<Pixels, PictureError> {
    decoder.set_limits(limits()).map_err(|e| refused(&e, head))?;
    if decoder.total_bytes() > MAX_MEMORY {
        return Err(head.too_large());
    }
    let image = DynamicImage::from_decoder(decoder).map_err(|e| refused(&e, head))?;
    let (width, height) = (image.width(), image.height());
    let rgb = match head.colour.tone() {
        Some(tone) => dimmed(&image, &tone),
        None if image.color().has_alpha() => {
            let rgba = image.into_rgba8();
            let (pixels, _) = rgba.as_raw().as_chunks::<4>();
            let mut rgb: Vec<u8> = pixels.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
            on_white(&mut rgb, pixels.iter().map(|[.., a]| *a));
            rgb
        }
        None => image.into_rgb8().into_raw(),
    };
    Ok(Pixels { width, height, rgb })
}

/// High dynamic range to SDR from samples of full depth, a row at a time.
fn dimmed(image: &DynamicImage, tone: &Tone) -> Vec<u8> {
    let mut rgb = Vec::with_capacity(3 * image.width() as usize * image.height() as usize);
    for y in 0..image.height() {
        let row = image.crop_imm(0, y, image.width(), 1).into_rgba32f();
        let (pixels, _) = row.as_raw().as_chunks::<4>();
        let start = rgb.len();
        rgb.extend(
            pixels
                .iter()
                .flat_map(|[r, g, b, _]| tone.sdr([*r, *g, *b]).map(byte)),
        );
        on_white(
            rgb.get_mut(start..).unwrap_or_default(),
            pixels.iter().map(|[.., a]| byte(*a)),
        );
    }
    rgb
}

/// Lays a picture with alpha on white paper.
pub(crate) fn on_white(rgb: &mut [u8], alpha: impl Iterator<Item = u8>) {
    let (pixels, _) = rgb.as_chunks_mut::<3>();
    for (pixel, alpha) in pixels.iter_mut().zip(alpha.map(u32::from)) {
        for c in pixel {
            let mixed = (u32::from(*c) * alpha + 255 * (255 - alpha) + 127) / 255;
            *c = u8::try_from(mixed).unwrap_or(255);
        }
    }
}

/// An error of `image`: a way of coding it does not know is no damage.
pub(crate) fn refused(error: &ImageError, head: &Header<'_>) -> PictureError {
    match (error, head.format) {
        (ImageError::Limits(_), _) => head.too_large(),
        (ImageError::Unsupported(_), Format::Tiff) => PictureError::Unsupported("TIFF（这种编码）"),
        _ => PictureError::from_decoder(error),
    }
}
