//! Whether a picture has colours so fine that half their resolution would spoil them: coloured text, thin lines, hard edges of logos.

use crate::decode::Pixels;

/// Difference of colour within four neighbours that shows when they are made one, of 255.
const APART: i32 = 48;
/// Sides of the squares in which such places are counted, in pairs of pixels: a line of text fills one, a photo's few edges do not.
const SQUARE: usize = 32;
/// How many of a square's places make it fine, in hundredths.
const SHARE: usize = 6;

/// Looks at every four pixels that would share one colour.
pub(crate) fn has_fine_colour(pixels: &Pixels) -> bool {
    let (width, line) = (pixels.width as usize / 2, 3 * pixels.width as usize);
    let mut counts = vec![0_usize; width.div_ceil(SQUARE)];
    let pairs = pixels.rgb.chunks_exact((2 * line).max(1));
    for (nth, two) in pairs.enumerate() {
        if nth % SQUARE == 0 {
            counts.fill(0);
        }
        let (upper, lower) = two.split_at_checked(line).unwrap_or_default();
        let (upper, lower) = (upper.as_chunks::<6>().0, lower.as_chunks::<6>().0);
        for (x, (above, below)) in upper.iter().zip(lower).enumerate() {
            if is_apart(above, below)
                && let Some(count) = counts.get_mut(x / SQUARE)
            {
                *count += 1;
                if *count * 100 >= SHARE * SQUARE * SQUARE {
                    return true;
                }
            }
        }
    }
    false
}

/// Whether the colour differences of four pixels lie far apart.
fn is_apart(above: &[u8; 6], below: &[u8; 6]) -> bool {
    let pixels = || above.as_chunks::<3>().0.iter().chain(below.as_chunks::<3>().0);
    let span = |of: fn([i32; 3]) -> i32| {
        let (mut least, mut most) = (i32::MAX, i32::MIN);
        for pixel in pixels() {
            let value = of(pixel.map(i32::from));
            (least, most) = (least.min(value), most.max(value));
        }
        most - least
    };
    // The differences of JPEG, in 256ths.
    span(|[r, g, b]| (128 * b - 43 * r - 85 * g) / 256) >= APART
        || span(|[r, g, b]| (128 * r - 107 * g - 21 * b) / 256) >= APART
}
