//! Turning by a few degrees: each pixel of the result looks up where it came from.

use super::Affine;
use crate::decode::Pixels;

/// Samples a picture of about the result's scale (Catmull-Rom over 4×4 pixels). `from` leads from pixels of the result to pixels of
/// the source.
pub(super) fn straighten(source: &Pixels, (width, height): (u32, u32), from: Affine) -> Pixels {
    let mut rgb = Vec::with_capacity(3 * width as usize * height as usize);
    let (pixels, _) = source.rgb.as_chunks::<3>();
    let stride = source.width as usize;
    let (right, bottom) = (i64::from(source.width) - 1, i64::from(source.height) - 1);
    for y in 0..height {
        for x in 0..width {
            // The middle of the pixel, and back to counting from the middle of the first.
            let (sx, sy) = from.at((f64::from(x) + 0.5, f64::from(y) + 0.5));
            let (sx, sy) = (sx - 0.5, sy - 0.5);
            let (left, top) = (sx.floor(), sy.floor());
            let (across, down) = (weights(sx - left), weights(sy - top));
            #[allow(clippy::cast_possible_truncation)]
            let (left, top) = (left as i64 - 1, top as i64 - 1);
            let mut sum = [0.0_f32; 3];
            for (line, by) in (top..).zip(down) {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let line = line.clamp(0, bottom) as usize * stride;
                for (column, bx) in (left..).zip(across) {
                    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                    let column = column.clamp(0, right) as usize;
                    let pixel = pixels.get(line + column).unwrap_or(&[0; 3]);
                    for (sum, sample) in sum.iter_mut().zip(pixel) {
                        *sum += f32::from(*sample) * bx * by;
                    }
                }
            }
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            rgb.extend(sum.map(|sum| (sum + 0.5).clamp(0.0, 255.0) as u8));
        }
    }
    Pixels { width, height, rgb }
}

/// Weights of the four neighbours at a fraction between the middle two. (Keys 1981, a = −1/2.)
#[allow(clippy::cast_possible_truncation)]
fn weights(t: f64) -> [f32; 4] {
    let t = t as f32;
    let (t2, t3) = (t * t, t * t * t);
    [
        -0.5 * t + t2 - 0.5 * t3,
        1.0 - 2.5 * t2 + 1.5 * t3,
        0.5 * t + 2.0 * t2 - 1.5 * t3,
        -0.5 * t2 + 0.5 * t3,
    ]
}
