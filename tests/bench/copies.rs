//! A photo looked up among 1,000 pictures of brands by its points, beside reading its thumbnail alone.

use std::{hint::black_box, time::Instant};

use caoben_picture::likeness::{Grey, Index, Points};
use image::{DynamicImage, Rgb, RgbImage, codecs::jpeg::JpegEncoder};

use crate::{Row, make::Dice, median};

const PICTURES: u32 = 1_000;
const PHOTOS: u64 = 200;

/// A thumbnail full of blocks, another one for each seed.
fn thumbnail(seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed + 1);
    let mut picture = RgbImage::from_pixel(512, 384, Rgb([180, 184, 190]));
    for _ in 0..220 {
        let mut below = |most: u64| u32::try_from(dice.below(most)).unwrap();
        let (x, y, wide, high) = (below(490), below(360), 6 + below(70), 6 + below(70));
        let colour = Rgb([0; 3].map(|_: u8| u8::try_from(below(256)).unwrap()));
        for v in y..(y + high).min(384) {
            for u in x..(x + wide).min(512) {
                picture.put_pixel(u, v, colour);
            }
        }
    }
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80)
        .encode_image(&DynamicImage::from(picture))
        .unwrap();
    bytes
}

pub fn measure(rounds: usize) -> Row {
    let points = |thumbnail: &[u8], most| Points::of(&Grey::of(thumbnail).unwrap(), most);
    let theirs: Vec<Points> = (0..u64::from(PICTURES))
        .map(|seed| points(&thumbnail(seed), 256))
        .collect();
    let index = Index::new((0..PICTURES).zip(&theirs));
    // One in ten shows one of theirs.
    let photos: Vec<Vec<u8>> = (0..PHOTOS)
        .map(|nth| thumbnail(if nth % 10 == 0 { nth } else { 1_000_000 + nth }))
        .collect();
    for nth in (0..PHOTOS).step_by(10) {
        let found = index.candidates(&points(&photos[usize::try_from(nth).unwrap()], 192));
        assert_eq!(
            found.first().map(|found| u64::from(found.of)),
            Some(nth),
            "found again"
        );
    }
    let mut times = Vec::new();
    for _ in 0..rounds {
        let begun = Instant::now();
        for photo in &photos {
            black_box(index.candidates(&points(photo, 192)));
        }
        let ours = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        for photo in &photos {
            black_box(Grey::of(photo).unwrap());
        }
        times.push((ours, begun.elapsed().as_secs_f64()));
    }
    let each = median(times.iter().map(|t| t.0)) / PHOTOS as f64;
    Row {
        what: "a photo among 1,000 brand pictures",
        peer: "reading its thumbnail",
        note: format!(
            "{:.2} ms a photo on one thread; 100,000 photos extrapolated: {:.0} s on two; once each, then kept",
            each * 1e3,
            each * 1e5 / 2.0
        ),
        rounds: times,
    }
}
