//! HEVC still pictures, and the first picture of a clip.

use heifer_hevc_dec::Error;
use heifer_hevc_dec::decoder::{DecodeOptions, decode_picture};

use crate::error::PictureError;
use crate::planes::{Coding, Plane, Planes};

/// Decodes the first picture of an Annex B stream, no larger than `most` pixels, cut to `size` and shrunk by `by`.
pub(crate) fn decode(
    stream: &[u8],
    (width, height): (u32, u32),
    most: u64,
    by: usize,
) -> Result<(Planes, Coding), PictureError> {
    let options = DecodeOptions {
        max_pixels: most,
        ..Default::default()
    };
    let frame = decode_picture(stream, options).map_err(|e| match e {
        Error::UnexpectedEof => PictureError::Truncated,
        other => PictureError::Damaged(other.to_string()),
    })?;
    if frame.widths[0] < width || frame.heights[0] < height {
        return Err(PictureError::Damaged(
            "a coded picture smaller than announced".to_owned(),
        ));
    }
    let [luma, blue, red] = &frame.planes;
    let side = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let plane = |samples, wide: u32, high: u32, whole: (u32, u32)| {
        // Colour at half size covers half of what is shown, rounded up.
        let part = |shown: u32, whole: u32, own: u32| {
            if own < whole {
                shown.div_ceil(2).min(own)
            } else {
                shown
            }
        };
        Plane {
            samples,
            stride: side(wide),
            width: side(part(width, whole.0, wide)),
            height: side(part(height, whole.1, high)),
        }
    };
    let [w, cw, _] = frame.widths;
    let [h, ch, _] = frame.heights;
    let chroma = (cw > 0).then(|| {
        [
            plane(blue.as_slice(), cw, ch, (w, h)),
            plane(red.as_slice(), cw, ch, (w, h)),
        ]
    });
    let depth = frame.bit_depth[0];
    if chroma.is_some() && frame.bit_depth[1] != depth {
        return Err(PictureError::Unsupported("HEVC（亮度与颜色位数不同）"));
    }
    let planes = Planes::new(&plane(luma.as_slice(), w, h, (w, h)), chroma, depth, by)?;
    let coding = Coding {
        matrix: frame.matrix_coeffs.into(),
        full_range: frame.full_range,
    };
    Ok((planes, coding))
}
