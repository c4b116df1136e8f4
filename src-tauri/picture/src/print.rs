//! What a picture looks like, in 64 bits: a difference hash.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use crate::decode::Pixels;

/// Pictures with fewer edges than this say nothing: every plain wall would look like every other.
const EDGES: u32 = 3;

/// Whether each of 8×8 cells is brighter than its right neighbour. `None` for a picture without edges.
/// (Krawetz, "Kind of Like That", 2013.)
pub(crate) fn print(pixels: &Pixels) -> Option<i64> {
    let from = ImageRef::new(pixels.width, pixels.height, &pixels.rgb, PixelType::U8x3).ok()?;
    let mut small = Image::new(9, 8, PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear));
    Resizer::new().resize(&from, &mut small, &options).ok()?;
    let (cells, _) = small.buffer().as_chunks::<3>();
    // The weights of BT.709, as in the hashes that libraries hold already.
    let light =
        |[r, g, b]: [u8; 3]| (2126 * u32::from(r) + 7152 * u32::from(g) + 722 * u32::from(b)) / 10_000;
    let mut print = 0_u64;
    for row in cells.chunks(9) {
        for pair in row.windows(2) {
            let brighter = matches!(pair, [left, right] if light(*left) > light(*right));
            print = print << 1 | u64::from(brighter);
        }
    }
    let edges = print.count_ones();
    (EDGES..=64 - EDGES)
        .contains(&edges)
        .then_some(print.cast_signed())
}
