//! JPEG in and out, through libjpeg-turbo's code (mozjpeg). Fatal errors unwind; `error::guard` catches them.

use std::io::{self, BufRead, Read};

use mozjpeg::{ColorSpace, Compress, Decompress, Format, Marker};

use crate::colour::Colour;
use crate::decode::{Pixels, band_rows};
use crate::error::{PictureError, guard};
use crate::rows::{Sink, Start};
use crate::segments;

/// Decodes to the smallest of 1/8, 2/8, 4/8 and 8/8 whose scale is at least `scale`: the decoder then skips most of the work.
/// (Only the powers of two have SIMD code; the sizes between are slower than the next larger one.)
/// CMYK leaves through the file's profile, high dynamic range as SDR; every other colour stays as it is stored. Answers whether the
/// file lacks its end while the picture is whole.
pub(crate) fn decode(
    bytes: &[u8],
    scale: f64,
    colour: &Colour<'_>,
    sink: &mut dyn Sink,
) -> Result<bool, PictureError> {
    // Some programs forget the end marker. Whether no more than that is missing shows before anything is drawn.
    let short = !segments::has_end(bytes) && lacks_only_its_end(bytes, scale)?;
    let tail: &[u8] = if short { &END } else { &[] };
    stream(&[bytes, tail], scale, colour, sink)?;
    Ok(short)
}

/// The marker a JPEG ends with.
const END: [u8; 2] = [0xFF, 0xD9];
/// Bytes that would be read as colours if the picture went on behind the end of the file: dice, so that no run of them means nothing.
const NOISE: [u8; 64] = [
    0xEB, 0xD7, 0xF4, 0x65, 0xA6, 0x0C, 0x12, 0xD2, 0x89, 0x18, 0x5D, 0x95, 0x0E, 0xE8, 0x81, 0x36, 0x09,
    0x16, 0x6F, 0x6B, 0x11, 0x3D, 0x17, 0x8D, 0x6C, 0x0F, 0xD3, 0x90, 0x1F, 0xF2, 0x39, 0xA1, 0xA0, 0x95,
    0xF2, 0x0F, 0x93, 0x95, 0x65, 0x0C, 0xF9, 0x38, 0x0B, 0x8E, 0xDB, 0x22, 0x4A, 0x6B, 0x24, 0x8A, 0x1E,
    0x92, 0x4E, 0x8F, 0xD0, 0xAE, 0x2E, 0x1A, 0x94, 0x92, 0xA3, 0x30, 0x5F, 0x18,
];

/// Whether what is there of a file without an end marker is the whole picture: it looks the same whatever is put behind it, and no
/// longer the same once the last bytes are gone.
fn lacks_only_its_end(bytes: &[u8], scale: f64) -> Result<bool, PictureError> {
    // Half a marker would turn whatever follows into one.
    let bytes = bytes.strip_suffix(&[0xFF]).unwrap_or(bytes);
    let print = |parts: &[&[u8]]| {
        let mut print = Print::default();
        guard(|| stream(parts, scale, &Colour::Untold, &mut print)).map(|()| print.0)
    };
    let most = bytes.len().saturating_sub(16);
    let cut = bytes.get(..most).unwrap_or_default();
    let whole = print(&[bytes, &END]).map_err(|_| PictureError::Truncated)?;
    let with_noise = print(&[bytes, &NOISE, &END]);
    let without_end = print(&[cut, &NOISE, &END]);
    if Ok(whole) == with_noise && Ok(whole) != without_end && segments::is_refined(bytes) {
        Ok(true)
    } else {
        Err(PictureError::Truncated)
    }
}

/// A sum over all rows (FNV-1a).
#[derive(Default)]
struct Print(u64);

impl Sink for Print {
    fn begin(&mut self, _: &Start) -> Result<(), PictureError> {
        self.0 = 0xCBF2_9CE4_8422_2325;
        Ok(())
    }

    fn band(&mut self, rgb: &[u8], _: Option<&[u8]>) -> Result<(), PictureError> {
        self.0 = rgb.iter().fold(self.0, |sum, byte| {
            (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
        });
        Ok(())
    }
}

fn stream(parts: &[&[u8]], scale: f64, colour: &Colour<'_>, sink: &mut dyn Sink) -> Result<(), PictureError> {
    let mut decoder = Decompress::builder()
        .with_markers(&[Marker::APP(14)])
        .from_reader(Whole {
            part: &[],
            rest: parts,
        })
        .map_err(broken)?;
    let eighths = [1_u8, 2, 4]
        .into_iter()
        .find(|n| f64::from(*n) / 8.0 >= scale)
        .unwrap_or(8);
    decoder.scale(eighths);
    let adobe = decoder.markers().any(|m| m.data.starts_with(b"Adobe"));
    let grey = decoder.components().len() == 1;
    let (mut started, cmyk) = match decoder.color_space() {
        // libjpeg turns YCCK into CMYK but neither into RGB.
        ColorSpace::JCS_CMYK | ColorSpace::JCS_YCCK => match decoder.image().map_err(broken)? {
            Format::CMYK(started) => (started, true),
            Format::RGB(started) | Format::Gray(started) => (started, false),
        },
        _ => (decoder.rgb().map_err(broken)?, false),
    };
    let side = |n: usize| u32::try_from(n).map_err(|e| PictureError::Damaged(e.to_string()));
    let start = Start {
        width: side(started.width())?,
        height: side(started.height())?,
        shrink: f64::from(eighths) / 8.0,
        alpha: false,
        grey,
    };
    sink.begin(&start)?;
    let (inks, tone) = (cmyk.then(|| colour.inks()), colour.tone());
    let line = started.width() * if cmyk { 4 } else { 3 };
    let mut left = started.height();
    let mut band = vec![0; line * band_rows(start.width).min(left)];
    while left > 0 {
        let rows = (band.len() / line.max(1)).clamp(1, left);
        let rows_in = band.get_mut(..rows * line).unwrap_or_default();
        started.read_scanlines_into::<u8>(rows_in).map_err(broken)?;
        left -= rows;
        if let Some(inks) = &inks {
            if adobe {
                // Adobe's programs store the light left over, the standard the ink.
                rows_in.iter_mut().for_each(|sample| *sample = 255 - *sample);
            }
            sink.band(&inks.rgb(rows_in), None)?;
            continue;
        }
        if let Some(tone) = &tone {
            tone.dim(rows_in);
        }
        sink.band(rows_in, None)?;
    }
    // Reads on to the end marker: without one the file was cut, even if the last rows look whole.
    started.finish().map_err(broken)
}

/// How much care an encoding takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Care {
    /// JPEG quality, 1 to 100.
    pub quality: u8,
    /// Fits the Huffman tables to the picture: some percent smaller for a second pass, in which every coefficient is held. A picture of
    /// more than [`SMALL`] pixels does without.
    pub small: bool,
    /// Keeps colour at full resolution, for text and hard edges.
    pub full_colour: bool,
}

/// Pixels up to which a second pass is worth its memory, six bytes a pixel.
const SMALL: usize = 12_000_000;

/// Encodes as baseline JPEG with a JFIF header and nothing else. The same pixels give the same bytes.
pub(crate) fn encode(pixels: &Pixels, care: Care) -> Result<Vec<u8>, PictureError> {
    let mut encoder = Compress::new(ColorSpace::JCS_RGB);
    // mozjpeg's own defaults (trellis, progressive) cost ten times the time; these are libjpeg-turbo's.
    encoder.set_fastest_defaults();
    encoder.set_size(pixels.width as usize, pixels.height as usize);
    encoder.set_quality(f32::from(care.quality.clamp(1, 100)));
    encoder.set_optimize_coding(care.small && pixels.rgb.len() / 3 <= SMALL);
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

/// A file in memory, in parts, whose end is an error: left to itself libjpeg would make up an end marker and fill the rest with grey.
struct Whole<'a> {
    part: &'a [u8],
    rest: &'a [&'a [u8]],
}

impl BufRead for Whole<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.part.is_empty() {
            let Some((next, rest)) = self.rest.split_first() else {
                // Returned as an `io::Error` it would be answered with that made-up marker, so the way out is libjpeg's own.
                PictureError::Truncated.unwind()
            };
            (self.part, self.rest) = (next, rest);
        }
        Ok(self.part)
    }

    fn consume(&mut self, n: usize) {
        self.part = self.part.get(n..).unwrap_or_default();
    }
}

impl Read for Whole<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(to)?;
        self.consume(read);
        Ok(read)
    }
}
