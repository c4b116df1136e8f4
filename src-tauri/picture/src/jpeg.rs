//! JPEG in and out, through libjpeg-turbo's code (mozjpeg). Fatal errors unwind; `error::guard` catches them.

use std::io::{self, BufRead, Read};

use mozjpeg::{ColorSpace, Compress, Decompress, Format, Marker};

use crate::colour::Colour;
use crate::decode::Pixels;
use crate::error::PictureError;

/// Decodes to the smallest of 1/8, 2/8, 4/8 and 8/8 whose scale is at least `scale`: the decoder then skips most of the work.
/// (Only the powers of two have SIMD code; the sizes between are slower than the next larger one.)
/// CMYK leaves through the file's profile; every other colour stays as it is stored.
pub(crate) fn decode(bytes: &[u8], scale: f64, colour: &Colour<'_>) -> Result<(Pixels, f64), PictureError> {
    let mut decoder = Decompress::builder()
        .with_markers(&[Marker::APP(14)])
        .from_reader(Whole(bytes))
        .map_err(broken)?;
    let eighths = [1_u8, 2, 4]
        .into_iter()
        .find(|n| f64::from(*n) / 8.0 >= scale)
        .unwrap_or(8);
    decoder.scale(eighths);
    let adobe = decoder.markers().any(|m| m.data.starts_with(b"Adobe"));
    let (mut started, cmyk) = match decoder.color_space() {
        // libjpeg turns YCCK into CMYK but neither into RGB.
        ColorSpace::JCS_CMYK | ColorSpace::JCS_YCCK => match decoder.image().map_err(broken)? {
            Format::CMYK(started) => (started, true),
            Format::RGB(started) | Format::Gray(started) => (started, false),
        },
        _ => (decoder.rgb().map_err(broken)?, false),
    };
    let (width, height) = (started.width(), started.height());
    let mut samples: Vec<u8> = started.read_scanlines().map_err(broken)?;
    // Reads on to the end marker: without one the file was cut, even if the last rows look whole.
    started.finish().map_err(broken)?;
    if cmyk {
        if adobe {
            // Adobe's programs store the light left over, the standard the ink.
            samples.iter_mut().for_each(|sample| *sample = 255 - *sample);
        }
        samples = colour.rgb_of_ink(&samples);
    }
    let side = |n: usize| u32::try_from(n).map_err(|e| PictureError::Damaged(e.to_string()));
    let pixels = Pixels {
        width: side(width)?,
        height: side(height)?,
        rgb: samples,
    };
    Ok((pixels, f64::from(eighths) / 8.0))
}

/// How much care an encoding takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Care {
    /// JPEG quality, 1 to 100.
    pub quality: u8,
    /// Fits the Huffman tables to the picture: some percent smaller for a second pass.
    pub small: bool,
    /// Keeps colour at full resolution, for text and hard edges.
    pub full_colour: bool,
}

/// Encodes as baseline JPEG with a JFIF header and nothing else. The same pixels give the same bytes.
pub(crate) fn encode(pixels: &Pixels, care: Care) -> Result<Vec<u8>, PictureError> {
    let mut encoder = Compress::new(ColorSpace::JCS_RGB);
    // mozjpeg's own defaults (trellis, progressive) cost ten times the time; these are libjpeg-turbo's.
    encoder.set_fastest_defaults();
    encoder.set_size(pixels.width as usize, pixels.height as usize);
    encoder.set_quality(f32::from(care.quality.clamp(1, 100)));
    encoder.set_optimize_coding(care.small);
    let chroma = if care.full_colour { (1, 1) } else { (2, 2) };
    encoder.set_chroma_sampling_pixel_sizes(chroma, chroma);
    let mut started = encoder.start_compress(Vec::new()).map_err(broken)?;
    started.write_scanlines(&pixels.rgb).map_err(broken)?;
    started.finish().map_err(broken)
}

#[allow(clippy::needless_pass_by_value)]
fn broken(error: io::Error) -> PictureError {
    PictureError::from_decoder(&error)
}

/// A file in memory whose end is an error: left to itself libjpeg would make up an end marker and fill the rest with grey.
struct Whole<'a>(&'a [u8]);

impl BufRead for Whole<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.0.is_empty() {
            // Returned as an `io::Error` it would be answered with that made-up marker, so the way out is libjpeg's own.
            PictureError::Truncated.unwind()
        }
        Ok(self.0)
    }

    fn consume(&mut self, n: usize) {
        self.0 = self.0.get(n..).unwrap_or_default();
    }
}

impl Read for Whole<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.0.read(to)
    }
}
