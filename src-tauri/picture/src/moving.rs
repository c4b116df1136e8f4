//! Whether a file holds a picture that moves: several frames shown one after the other.

use crate::header::take;

/// An animated GIF, PNG or WebP. Of other formats nothing is known.
pub fn is_animated(bytes: &[u8]) -> bool {
    match bytes {
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', rest @ ..] => gif(rest).unwrap_or(false),
        [0x89, b'P', b'N', b'G', ..] => png(bytes).unwrap_or(false),
        // The bit of the extended header that says so (RIFF container, VP8X).
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            b'V',
            b'P',
            b'8',
            b'X',
            _,
            _,
            _,
            _,
            flags,
            ..,
        ] => flags & 2 != 0,
        _ => false,
    }
}

/// Two image descriptors or more (GIF89a §20).
fn gif(mut rest: &[u8]) -> Option<bool> {
    let screen = take(&mut rest, 7)?;
    take(&mut rest, colours(*screen.get(4)?))?;
    let mut frames = 0;
    loop {
        match take(&mut rest, 1)? {
            [0x21] => {
                take(&mut rest, 1)?;
            }
            [0x2C] => {
                frames += 1;
                if frames > 1 {
                    return Some(true);
                }
                let image = take(&mut rest, 9)?;
                take(&mut rest, colours(*image.get(8)?))?;
                take(&mut rest, 1)?;
            }
            _ => return Some(false),
        }
        // Blocks with their length in front, until an empty one.
        loop {
            let length = usize::from(*take(&mut rest, 1)?.first()?);
            if length == 0 {
                break;
            }
            take(&mut rest, length)?;
        }
    }
}

/// Bytes of the colour table that the flags announce.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

/// An `acTL` chunk of two frames or more before the pixels (PNG §11.3.6.1).
fn png(bytes: &[u8]) -> Option<bool> {
    let mut rest = bytes.get(8..)?;
    loop {
        let length = u32::from_be_bytes(*take(&mut rest, 4)?.first_chunk()?);
        let kind = take(&mut rest, 4)?;
        let body = take(&mut rest, usize::try_from(length).ok()?)?;
        take(&mut rest, 4)?;
        match kind {
            b"acTL" => return Some(u32::from_be_bytes(*body.first_chunk()?) > 1),
            b"IDAT" | b"IEND" => return Some(false),
            _ => {}
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use image::{Frame, Rgba, RgbaImage, codecs::gif::GifEncoder};

    use super::is_animated;

    fn gif(frames: u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = GifEncoder::new(&mut bytes);
        for n in 0..frames {
            let frame = RgbaImage::from_pixel(9, 7, Rgba([n * 60, 9, 9, 255]));
            encoder.encode_frame(Frame::new(frame)).unwrap();
        }
        drop(encoder);
        bytes
    }

    fn png(frames: Option<u32>) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 2, 2);
        encoder.set_color(png::ColorType::Rgb);
        if let Some(frames) = frames {
            encoder.set_animated(frames, 0).unwrap();
        }
        let mut writer = encoder.write_header().unwrap();
        for n in 0..frames.unwrap_or(1) {
            writer.write_image_data(&[u8::try_from(n).unwrap(); 12]).unwrap();
        }
        writer.finish().unwrap();
        bytes
    }

    #[test]
    fn several_frames_move_and_one_does_not() {
        assert!(is_animated(&gif(3)) && !is_animated(&gif(1)));
        assert!(is_animated(&png(Some(2))) && !is_animated(&png(Some(1))) && !is_animated(&png(None)));
        let webp = |flags: u8| [b"RIFF\x16\0\0\0WEBPVP8X\x0A\0\0\0".as_slice(), &[flags, 0, 0, 0]].concat();
        assert!(is_animated(&webp(0x12)) && !is_animated(&webp(0x10)));
    }

    #[test]
    fn a_file_that_ends_anywhere_is_no_trouble() {
        let whole = gif(3);
        for end in 0..whole.len() {
            let _ = is_animated(whole.get(..end).unwrap());
        }
        for end in 0..60 {
            let _ = is_animated(png(Some(2)).get(..end).unwrap());
        }
    }
}
