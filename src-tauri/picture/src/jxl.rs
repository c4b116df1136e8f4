//! JPEG XL (ISO/IEC 18181), through jxl-oxide: always sRGB and upright when it leaves.

use std::io::Cursor;

use jxl_oxide::{AllocTracker, AuxBoxData, EnumColourEncoding, JxlImage, JxlThreadPool, RenderingIntent};

use crate::colour::Colour;
use crate::decode::{band_rows, divided};
use crate::error::{PictureError, guard};
use crate::header::{Format, Header, MAX_MEMORY};
use crate::notes::Block;
use crate::rows::{Sink, Start};

/// Bytes the decoder may hold: it works in numbers of four bytes each.
const MAX_JXL: usize = 2 * MAX_MEMORY as usize;

/// Whether it is a JPEG XL, bare or in its container.
pub(crate) fn is_jxl(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0x0A]) || bytes.starts_with(b"\0\0\0\x0cJXL \r\n\x87\n")
}

fn open(bytes: &[u8]) -> Result<JxlImage, PictureError> {
    guard(|| {
        JxlImage::builder()
            .pool(JxlThreadPool::none())
            .alloc_tracker(AllocTracker::with_limit(MAX_JXL))
            .read(Cursor::new(bytes))
            .map_err(|error| PictureError::from_decoder(error.as_ref()))
    })
}

/// Reads size and what it says of the picture.
pub(crate) fn head(bytes: &[u8]) -> Result<Header<'_>, PictureError> {
    let image = open(bytes)?;
    let mut header = Header::new(Format::Jxl, image.width(), image.height());
    // It comes out upright.
    header.turn = Some(1);
    header.colour = own_profile(&image).map_or(Colour::Untold, |icc| Colour::Profile(icc.to_vec().into()));
    let boxes = image.aux_boxes();
    if let Ok(AuxBoxData::Data(exif)) = boxes.first_exif() {
        header.blocks.push(Block::Exif(exif.payload().to_vec().into()));
    }
    if let AuxBoxData::Data(packet) = boxes.first_xml() {
        header.blocks.push(Block::Xmp(packet.to_vec().into()));
    }
    if image.num_loaded_keyframes() == 0 {
        return Err(PictureError::Truncated);
    }
    Ok(header)
}

/// The profile of a picture whose samples come as they are stored; all others come as sRGB.
fn own_profile(image: &JxlImage) -> Option<&[u8]> {
    image
        .original_icc()
        .filter(|_| !image.image_header().metadata.xyb_encoded)
}

/// Decodes the first frame at full size.
pub(crate) fn decode(bytes: &[u8], head: &Header<'_>, sink: &mut dyn Sink) -> Result<(), PictureError> {
    let mut image = open(bytes)?;
    let format = image.pixel_format();
    if format.has_black() {
        return Err(PictureError::Unsupported("JPEG XL（印刷色）"));
    }
    if own_profile(&image).is_none() {
        let srgb = if format.is_grayscale() {
            EnumColourEncoding::gray_srgb(RenderingIntent::Relative)
        } else {
            EnumColourEncoding::srgb(RenderingIntent::Relative)
        };
        image.request_color_encoding(srgb);
    }
    let broken = |error: Box<dyn std::error::Error + Send + Sync>| PictureError::from_decoder(error.as_ref());
    let render = image.render_frame(0).map_err(broken)?;
    let mut stream = render.stream();
    let (width, height, samples) = (stream.width(), stream.height(), stream.channels() as usize);
    let colours = if format.is_grayscale() { 1 } else { 3 };
    if (width, height) != (head.width, head.height) || samples != colours + usize::from(format.has_alpha()) {
        return Err(PictureError::Unsupported("JPEG XL（这种编码）"));
    }
    sink.begin(&Start {
        width,
        height,
        shrink: 1.0,
        alpha: format.has_alpha(),
        grey: format.is_grayscale(),
    })?;
    let extra = &image.image_header().metadata.ec_info;
    let multiplied = extra
        .iter()
        .find_map(|one| one.alpha_associated())
        .unwrap_or(false);
    let mut band = vec![0_u8; width as usize * samples * band_rows(width)];
    let mut left = width as usize * height as usize * samples;
    while left > 0 {
        let part = band.len().min(left);
        let band = band.get_mut(..part).unwrap_or_default();
        if stream.write_to_buffer(band) < part {
            return Err(PictureError::Truncated);
        }
        left -= part;
        let (mut rgb, mut alpha) = (Vec::new(), Vec::new());
        for pixel in band.chunks_exact(samples) {
            let (light, hidden) = match *pixel {
                [light] => ([light; 3], None),
                [light, hidden] => ([light; 3], Some(hidden)),
                [r, g, b] => ([r, g, b], None),
                [r, g, b, hidden, ..] => ([r, g, b], Some(hidden)),
                [] => continue,
            };
            rgb.extend(match hidden {
                Some(hidden) if multiplied => light.map(|c| divided(c.into(), hidden.into())),
                _ => light,
            });
            alpha.extend(hidden);
        }
        sink.band(&rgb, format.has_alpha().then_some(alpha.as_slice()))?;
    }
    Ok(())
}
