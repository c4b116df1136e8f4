//! Scaling with SIMD, and laying on a canvas.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{ResizeOptions, Resizer};

use crate::decode::Pixels;
use crate::error::PictureError;
use crate::frame::Area;

/// Scales an area of a picture to a size (Lanczos).
pub(crate) fn resize(
    pixels: Pixels,
    area: Area,
    (width, height): (u32, u32),
) -> Result<Pixels, PictureError> {
    let (w, h) = (f64::from(pixels.width), f64::from(pixels.height));
    // The area was reckoned in fractions: rounding must not carry it over the edge.
    let (x, y) = (area.x.clamp(0.0, w), area.y.clamp(0.0, h));
    let options = ResizeOptions::new().crop(x, y, area.width.min(w - x), area.height.min(h - y));
    if (width, height) == (pixels.width, pixels.height) && (area.width, area.height) == (w, h) {
        return Ok(pixels);
    }
    let failed = |e: &dyn std::error::Error| PictureError::Damaged(e.to_string());
    // Typed: the untyped call would have the code of all thirteen pixel types compiled into this crate.
    let from = TypedImageRef::<U8x3>::from_buffer(pixels.width, pixels.height, &pixels.rgb)
        .map_err(|e| failed(&e))?;
    let mut rgb = vec![0; width as usize * height as usize * 3];
    let mut to = TypedImage::<U8x3>::from_buffer(width, height, &mut rgb).map_err(|e| failed(&e))?;
    Resizer::new()
        .resize_typed(&from, &mut to, &options)
        .map_err(|e| failed(&e))?;
    Ok(Pixels { width, height, rgb })
}

/// Lays a picture in the middle of a canvas at least as large.
pub(crate) fn pad(pixels: Pixels, (width, height): (u32, u32), ground: [u8; 3]) -> Pixels {
    if (pixels.width, pixels.height) == (width, height) {
        return pixels;
    }
    let mut rgb = ground.repeat(width as usize * height as usize);
    let left = 3 * (width.saturating_sub(pixels.width) / 2) as usize;
    let top = (height.saturating_sub(pixels.height) / 2) as usize;
    let (line, own) = (3 * width as usize, 3 * pixels.width as usize);
    for (to, from) in rgb
        .chunks_exact_mut(line)
        .skip(top)
        .zip(pixels.rgb.chunks_exact(own))
    {
        if let Some(to) = to.get_mut(left..left + own) {
            to.copy_from_slice(from);
        }
    }
    Pixels { width, height, rgb }
}
