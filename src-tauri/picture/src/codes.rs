//! QR codes in a picture: at its own size, at half and at twice of it, light on dark as well.

use image::{GrayImage, imageops};

/// How much larger a picture is drawn when nothing was found in it.
const LARGER: u32 = 2;
/// Longest side of what is looked at; previews have half of it.
const MOST: u32 = 3300;
/// Fewer pixels hold no code.
const LEAST: u32 = 24;

/// What all QR codes of a JPEG say. No code where it cannot be read as a picture.
pub fn codes(jpeg: &[u8]) -> Vec<String> {
    let Ok(picture) = image::load_from_memory(jpeg) else {
        return Vec::new();
    };
    let whole = picture.into_luma8();
    let mut found = Vec::new();
    // A grainy photo is read better when it is smaller.
    for scale in [1, 2] {
        let (width, height) = (whole.width() / scale, whole.height() / scale);
        if width < LEAST || height < LEAST {
            break;
        }
        let small = imageops::thumbnail(&whole, width, height);
        both(small, &mut found);
        if !found.is_empty() {
            return found;
        }
    }
    // A small code has too few pixels to be read from: drawn larger it has enough.
    let (width, height) = (whole.width() * LARGER, whole.height() * LARGER);
    if width.max(height) <= MOST {
        read(
            &imageops::resize(&whole, width, height, imageops::FilterType::CatmullRom),
            &mut found,
        );
    }
    found
}

/// Reads dark on light, then light on dark.
fn both(mut picture: GrayImage, found: &mut Vec<String>) {
    read(&picture, found);
    imageops::invert(&mut picture);
    read(&picture, found);
}

fn read(picture: &GrayImage, found: &mut Vec<String>) {
    let side = |length: u32| usize::try_from(length).unwrap_or(0);
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(side(picture.width()), side(picture.height()), |x, y| {
            let at = (u32::try_from(x).unwrap_or(0), u32::try_from(y).unwrap_or(0));
            picture
                .get_pixel_checked(at.0, at.1)
                .map_or(255, |image::Luma([grey])| *grey)
        });
    for grid in prepared.detect_grids() {
        if let Ok((_, words)) = grid.decode()
            && !found.contains(&words)
        {
            found.push(words);
        }
    }
}
