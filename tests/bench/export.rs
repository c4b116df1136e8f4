//! Exporting the largest pictures: how much memory it takes, against the bound that `caoben_picture::export` states.

use std::time::Instant;

use caoben_picture::{Fit, Frame, export, probe};
use image::{ImageEncoder, codecs};

use crate::{Row, memory};

/// Megabytes over the finished picture: the file, what is written, and 64 of work.
const WORK: f64 = 64.0;

/// What is exported whole.
#[derive(Clone, Copy)]
pub enum Large {
    /// 12000×9000, as phones of 108 megapixels write it.
    Jpeg,
    /// The same held upright: it is turned on its way.
    Turned,
    /// 8000×6000.
    Png,
}

pub fn measure(rounds: usize, what: Large) -> Row {
    let (width, height): (u32, u32) = match what {
        Large::Png => (8000, 6000),
        Large::Jpeg | Large::Turned => (12_000, 9_000),
    };
    let file = make(what, width, height);
    let frame = Frame {
        width: 65_500,
        height: 65_500,
        fit: Fit::Inside,
        quality: 88,
    };
    let (mut times, mut most, mut made) = (Vec::new(), 0.0_f64, 0);
    for _ in 0..rounds {
        memory::forget_peak();
        let before = memory::resident();
        let begun = Instant::now();
        let facts = probe(&file).unwrap();
        made = export(&file, &facts, &frame).unwrap().len();
        times.push((begun.elapsed().as_secs_f64(), 0.0));
        most = most.max(memory::peak() - before);
    }
    let picture = f64::from(width) * f64::from(height) * 3.0 / 1e6;
    // What is written grows as it is written, and is then twice there for a moment.
    let bound = picture + WORK + 2.0 * made as f64 / 1e6;
    assert!(
        most.is_nan() || most <= bound,
        "{most:.0} MB are more than the stated {bound:.0} MB"
    );
    Row {
        what: match what {
            Large::Jpeg => "export, JPEG of 108 MP",
            Large::Turned => "export, JPEG of 108 MP, turned",
            Large::Png => "export, PNG of 48 MP",
        },
        peer: "no peer",
        rounds: times,
        note: format!("resident at most {most:.0} MB beside the file; stated: {bound:.0} MB"),
    }
}

/// Slopes with a little noise, row by row: a whole picture of that size is not held here either.
fn make(what: Large, width: u32, height: u32) -> Vec<u8> {
    let mut seed = 3_u32;
    let mut rgb = Vec::with_capacity(3 * width as usize * height as usize);
    for y in 0..height {
        for x in 0..width {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = seed >> 29;
            rgb.extend([x * 200 / width + noise, y * 200 / height + noise, 90 + noise].map(|c| c as u8));
        }
    }
    let mut file = Vec::new();
    let colour = image::ExtendedColorType::Rgb8;
    match what {
        Large::Png => codecs::png::PngEncoder::new_with_quality(
            &mut file,
            codecs::png::CompressionType::Fast,
            codecs::png::FilterType::Sub,
        )
        .write_image(&rgb, width, height, colour),
        Large::Jpeg | Large::Turned => codecs::jpeg::JpegEncoder::new_with_quality(&mut file, 80)
            .write_image(&rgb, width, height, colour),
    }
    .unwrap();
    if matches!(what, Large::Turned) {
        let block = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let length = u16::try_from(block.len() + 2).unwrap().to_be_bytes();
        let head = [&[0xFF, 0xE1], &length[..], block].concat();
        file.splice(2..2, head);
    }
    file
}
