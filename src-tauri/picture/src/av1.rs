//! AV1 still pictures, and the first picture of a clip.

use re_rav1d::dav1d::pixel::{MatrixCoefficients, YUVRange};
use re_rav1d::dav1d::{Decoder, Error, Picture, PixelLayout, PlanarImageComponent, Settings};

use crate::apart::apart;
use crate::error::PictureError;
use crate::planes::{Coding, Plane, Planes};

/// Decodes the first picture of a stream of OBUs, no larger than `most` pixels, cut to `size` and shrunk by `by`.
pub(crate) fn decode(
    stream: &[u8],
    size: (u32, u32),
    most: u64,
    by: usize,
) -> Result<(Planes, Coding), PictureError> {
    let stream = stream.to_vec();
    apart(move || decode_here(stream, size, most, by))
}

fn decode_here(
    stream: Vec<u8>,
    size: (u32, u32),
    most: u64,
    by: usize,
) -> Result<(Planes, Coding), PictureError> {
    let mut settings = Settings::new();
    // Two photos are decoded side by side already.
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    // Of a picture in layers the finest one.
    settings.set_all_layers(false);
    settings.set_frame_size_limit(u32::try_from(most).unwrap_or(u32::MAX));
    let broken = |e: Error| match e.to_string() {
        // A picture in layers of which a small one is announced: the stream itself holds a larger one.
        why if why.contains("ERANGE") => PictureError::Unsupported("AVIF（这种编码）"),
        why => PictureError::Damaged(format!("AV1: {why}")),
    };
    let mut decoder = Decoder::with_settings(&settings).map_err(broken)?;
    match decoder.send_data(stream, None, None, None) {
        Ok(()) | Err(Error::Again) => {}
        Err(e) => return Err(broken(e)),
    }
    let picture = match decoder.get_picture() {
        Err(Error::Again) => return Err(PictureError::Truncated),
        picture => picture.map_err(broken)?,
    };
    let coding = coding(&picture);
    let planes = if picture.bit_depth() == 8 {
        planes(&picture, size, by, |bytes| Ok(bytes.to_vec()))?
    } else {
        let wide = |bytes: &[u8]| {
            bytes
                .as_chunks::<2>()
                .0
                .iter()
                .map(|two| u16::from_ne_bytes(*two))
                .collect()
        };
        planes(&picture, size, by, |bytes| {
            Ok::<Vec<u16>, PictureError>(wide(bytes))
        })?
    };
    Ok((planes, coding))
}

fn planes<S: Copy + Into<u32>>(
    picture: &Picture,
    (width, height): (u32, u32),
    by: usize,
    samples: impl Fn(&[u8]) -> Result<Vec<S>, PictureError>,
) -> Result<Planes, PictureError> {
    if picture.width() < width || picture.height() < height {
        return Err(PictureError::Damaged(
            "a coded picture smaller than announced".to_owned(),
        ));
    }
    let side = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let (across, down) = match picture.pixel_layout() {
        PixelLayout::I400 | PixelLayout::I444 => (1, 1),
        PixelLayout::I422 => (2, 1),
        PixelLayout::I420 => (2, 2),
    };
    let stride = |part| side(picture.stride(part)) / size_of::<S>();
    let part = |part: PlanarImageComponent| samples(&picture.plane(part));
    let luma = part(PlanarImageComponent::Y)?;
    let luma = Plane {
        samples: &luma,
        stride: stride(PlanarImageComponent::Y),
        width: side(width),
        height: side(height),
    };
    let depth = picture
        .bits_per_component()
        .map_or(8, |bits| u8::try_from(bits.0).unwrap_or(8));
    if picture.pixel_layout() == PixelLayout::I400 {
        return Planes::new(&luma, None, depth, by);
    }
    let (blue, red) = (part(PlanarImageComponent::U)?, part(PlanarImageComponent::V)?);
    let chroma = [&blue, &red].map(|samples| Plane {
        samples: samples.as_slice(),
        stride: stride(PlanarImageComponent::U),
        width: side(width.div_ceil(across)),
        height: side(height.div_ceil(down)),
    });
    Planes::new(&luma, Some(chroma), depth, by)
}

fn coding(picture: &Picture) -> Coding {
    let matrix = match picture.matrix_coefficients() {
        MatrixCoefficients::Identity => 0,
        MatrixCoefficients::BT709 => 1,
        MatrixCoefficients::BT470M => 4,
        MatrixCoefficients::ST240M => 7,
        MatrixCoefficients::BT2020NonConstantLuminance => 9,
        _ => 6,
    };
    Coding {
        matrix,
        full_range: matches!(picture.color_range(), YUVRange::Full),
    }
}
