//! PNG, a row at a time.

use std::io::Cursor;

use png::{BitDepth, ColorType, Decoder, DecodingError, Limits, Transformations};

use crate::decode::{band_rows, limited};
use crate::error::PictureError;
use crate::hdr::{Tone, byte};
use crate::header::{Header, MAX_MEMORY};
use crate::rows::{Sink, Start};

/// Decodes the still picture at full size.
pub(crate) fn decode(bytes: &[u8], head: &Header<'_>, sink: &mut dyn Sink) -> Result<(), PictureError> {
    let refused = |error: DecodingError| match error {
        DecodingError::LimitsExceeded => limited(head),
        error => PictureError::from_decoder(&error),
    };
    let most = usize::try_from(MAX_MEMORY).unwrap_or(usize::MAX);
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: most });
    decoder.set_transformations(Transformations::EXPAND);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().map_err(refused)?;
    let (colours, depth) = reader.output_color_type();
    let kind = Kind {
        samples: colours.samples(),
        deep: depth == BitDepth::Sixteen,
        tone: head.colour.tone(),
    };
    let start = Start {
        width: reader.info().width,
        height: reader.info().height,
        shrink: 1.0,
        alpha: matches!(colours, ColorType::GrayscaleAlpha | ColorType::Rgba),
        grey: matches!(colours, ColorType::Grayscale | ColorType::GrayscaleAlpha),
    };
    sink.begin(&start)?;
    let mut gathered = Gathered::new(&start);
    if reader.info().interlaced {
        // Its rows are known only when all of it is.
        let whole = reader.output_buffer_size().filter(|size| *size <= most);
        let mut rows = vec![0; whole.ok_or_else(|| head.too_large())?];
        let info = reader.next_frame(&mut rows).map_err(refused)?;
        for row in rows.chunks_exact(info.line_size.max(1)) {
            gathered.add(&kind, row, sink)?;
        }
    } else {
        while let Some(row) = reader.next_row().map_err(refused)? {
            gathered.add(&kind, row.data(), sink)?;
        }
    }
    gathered.give(sink)
}

/// What the samples of a row are.
struct Kind {
    /// A pixel: light, light and alpha, three colours, or three and alpha.
    samples: usize,
    /// Two bytes each.
    deep: bool,
    tone: Option<Tone>,
}

/// Rows on their way into a band.
struct Gathered {
    rgb: Vec<u8>,
    alpha: Vec<u8>,
    has_alpha: bool,
    most: usize,
}

impl Gathered {
    fn new(start: &Start) -> Self {
        Self {
            rgb: Vec::new(),
            alpha: Vec::new(),
            has_alpha: start.alpha,
            most: 3 * start.width as usize * band_rows(start.width),
        }
    }

    fn add(&mut self, kind: &Kind, row: &[u8], sink: &mut dyn Sink) -> Result<(), PictureError> {
        if kind.deep {
            let (samples, _) = row.as_chunks::<2>();
            let samples: Vec<u16> = samples.iter().map(|two| u16::from_be_bytes(*two)).collect();
            self.pixels(kind, &samples, 65_535.0, |sample| {
                u8::try_from((u32::from(sample) * 255 + 32_767) / 65_535).unwrap_or(255)
            });
        } else {
            self.pixels(kind, row, 255.0, |sample| sample);
        }
        if self.rgb.len() >= self.most {
            self.give(sink)?;
        }
        Ok(())
    }

    fn pixels<S: Copy + Into<f32>>(&mut self, kind: &Kind, row: &[S], most: f32, short: impl Fn(S) -> u8) {
        for pixel in row.chunks_exact(kind.samples.max(1)) {
            let (colours, alpha) = match *pixel {
                [light] => ([light; 3], None),
                [light, alpha] => ([light; 3], Some(alpha)),
                [r, g, b] => ([r, g, b], None),
                [r, g, b, alpha, ..] => ([r, g, b], Some(alpha)),
                [] => continue,
            };
            self.rgb.extend(match &kind.tone {
                Some(tone) => tone.sdr(colours.map(|sample| sample.into() / most)).map(byte),
                None => colours.map(&short),
            });
            self.alpha.extend(alpha.map(&short));
        }
    }

    fn give(&mut self, sink: &mut dyn Sink) -> Result<(), PictureError> {
        sink.band(&self.rgb, self.has_alpha.then_some(self.alpha.as_slice()))?;
        self.rgb.clear();
        self.alpha.clear();
        Ok(())
    }
}
