//! Every format to plain RGB.

use std::io::Cursor;

use image::codecs::{bmp::BmpDecoder, gif::GifDecoder, webp::WebPDecoder};
use image::{DynamicImage, ImageDecoder, ImageError, Limits};

use crate::error::PictureError;
use crate::header::{Format, Header, MAX_MEMORY};
use crate::rows::{Sink, Start};
use crate::{heif, jpeg, jxl, png, tiff};

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

/// Decodes a file whose header passed the limits into a sink; where the decoder can, as small as `scale` (1 is full size) allows. High
/// dynamic range comes out as SDR. Answers whether the file lacks its end while the picture is whole.
///
/// JPEG, PNG and TIFF come in bands; of the others the decoder holds the whole picture once.
pub(crate) fn decode(
    bytes: &[u8],
    head: &Header<'_>,
    scale: f64,
    sink: &mut dyn Sink,
) -> Result<bool, PictureError> {
    let file = Cursor::new(bytes);
    match head.format {
        Format::Jpeg => return jpeg::decode(bytes, scale, &head.colour, sink),
        Format::Heic | Format::Avif => heif::decode(bytes, scale, &head.colour, sink)?,
        Format::Jxl => jxl::decode(bytes, head, sink)?,
        Format::Tiff => tiff::decode(bytes, head, sink)?,
        Format::Png => png::decode(bytes, head, sink)?,
        Format::Webp => whole(WebPDecoder::new(file).map_err(|e| refused(&e, head))?, head, sink)?,
        Format::Gif => whole(GifDecoder::new(file).map_err(|e| refused(&e, head))?, head, sink)?,
        Format::Bmp => whole(BmpDecoder::new(file).map_err(|e| refused(&e, head))?, head, sink)?,
    }
    Ok(head.short)
}

/// Bytes of a band.
pub(crate) const BAND: usize = 1 << 20;

/// How many rows of a picture make a band.
pub(crate) fn band_rows(width: u32) -> usize {
    (BAND / (3 * width as usize).max(1)).max(1)
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_MEMORY);
    limits
}

/// Decodes at full size through `image`.
fn whole(mut decoder: impl ImageDecoder, head: &Header<'_>, sink: &mut dyn Sink) -> Result<(), PictureError> {
    decoder.set_limits(limits()).map_err(|e| refused(&e, head))?;
    if decoder.total_bytes() > MAX_MEMORY {
        return Err(head.too_large());
    }
    let image = DynamicImage::from_decoder(decoder).map_err(|e| refused(&e, head))?;
    let start = Start {
        width: image.width(),
        height: image.height(),
        shrink: 1.0,
        alpha: image.color().has_alpha(),
        grey: false,
    };
    sink.begin(&start)?;
    let pixels = start.width as usize * band_rows(start.width);
    if !start.alpha {
        let rgb = image.into_rgb8();
        return rgb
            .as_raw()
            .chunks(3 * pixels.max(1))
            .try_for_each(|band| sink.band(band, None));
    }
    let rgba = image.into_rgba8();
    for band in rgba.as_raw().chunks(4 * pixels.max(1)) {
        let (pixels, _) = band.as_chunks::<4>();
        let rgb: Vec<u8> = pixels.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
        let alpha: Vec<u8> = pixels.iter().map(|[.., a]| *a).collect();
        sink.band(&rgb, Some(&alpha))?;
    }
    Ok(())
}

/// The colour that was multiplied by this alpha, both of 255 at most.
pub(crate) fn divided(multiplied: u32, alpha: u32) -> u8 {
    let colour = (multiplied * 255 + alpha / 2).checked_div(alpha).unwrap_or(0);
    u8::try_from(colour).unwrap_or(255)
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

/// An error of `image`: a way of coding it does not know is no damage, and what is not large is not too large.
pub(crate) fn refused(error: &ImageError, head: &Header<'_>) -> PictureError {
    match error {
        ImageError::Limits(_) => limited(head),
        ImageError::Unsupported(_) if head.format == Format::Bmp => {
            PictureError::Unsupported("BMP（这种编码）")
        }
        _ => PictureError::from_decoder(error),
    }
}

/// What a decoder means that ran into its limits: a picture of many pixels is too large, in any other the numbers are wrong.
pub(crate) fn limited(head: &Header<'_>) -> PictureError {
    if u64::from(head.width) * u64::from(head.height) * 3 > MAX_MEMORY / 4 {
        head.too_large()
    } else {
        PictureError::Damaged("more memory asked for than the picture can need".to_owned())
    }
}
