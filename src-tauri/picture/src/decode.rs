//! Every format to plain RGB.

use std::io::Cursor;

use image::codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder};
use image::{DynamicImage, ImageDecoder, ImageError, Limits};

use crate::error::PictureError;
use crate::header::{Format, Header, MAX_MEMORY};
use crate::jpeg;

/// A picture in memory: `height` rows of `width` pixels of red, green, blue.
pub(crate) struct Pixels {
    pub width: u32,
    pub height: u32,
    pub rgb: Vec<u8>,
}

/// Decodes a file whose header passed the limits; a JPEG comes as small as `scale` (1 is full size) allows.
///
/// Beside the pixels goes the factor they are scaled by. It is not the ratio of the sides: those are rounded up.
pub(crate) fn decode(bytes: &[u8], head: &Header<'_>, scale: f64) -> Result<(Pixels, f64), PictureError> {
    let file = Cursor::new(bytes);
    let whole_size = match head.format {
        Format::Jpeg => return jpeg::decode(bytes, scale),
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

fn whole(mut decoder: impl ImageDecoder, head: &Header<'_>) -> Result<Pixels, PictureError> {
    decoder.set_limits(limits()).map_err(|e| refused(&e, head))?;
    if decoder.total_bytes() > MAX_MEMORY {
        return Err(PictureError::TooLarge {
            width: head.width,
            height: head.height,
        });
    }
    let image = DynamicImage::from_decoder(decoder).map_err(|e| refused(&e, head))?;
    let (width, height) = (image.width(), image.height());
    let rgb = if image.color().has_alpha() {
        on_white(image.into_rgba8().as_raw())
    } else {
        image.into_rgb8().into_raw()
    };
    Ok(Pixels { width, height, rgb })
}

/// Lays a picture with alpha on white paper.
fn on_white(rgba: &[u8]) -> Vec<u8> {
    let (pixels, _) = rgba.as_chunks::<4>();
    let mut rgb = Vec::with_capacity(pixels.len() * 3);
    for &[r, g, b, a] in pixels {
        let alpha = u32::from(a);
        rgb.extend([r, g, b].map(|c| {
            let mixed = (u32::from(c) * alpha + 255 * (255 - alpha) + 127) / 255;
            u8::try_from(mixed).unwrap_or(255)
        }));
    }
    rgb
}

fn refused(error: &ImageError, head: &Header<'_>) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::TooLarge {
            width: head.width,
            height: head.height,
        },
        _ => PictureError::from_decoder(error),
    }
}
