//! What is measured on: photos with natural-ish detail, and notes as a creator writes them.

use std::path::{Path, PathBuf};

use caoben::{db::Db, value::Time};
use image::{RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType};
use tempfile::TempDir;

/// A small fixed-seed generator (Knuth's MMIX constants): the same files every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// JPEGs of 4000×3000 pixels: shapes at every scale, as leaves, skin and cloth have them, and a little noise. No more than `faces`
/// of them are drawn; the others hold the same pictures behind a comment of their own, so that no two files are the same.
pub fn photos(folder: &Path, count: usize, faces: usize) -> Vec<PathBuf> {
    let mut drawn = vec![Vec::new(); faces.min(count)];
    let share = drawn.len().div_ceil(2).max(1);
    std::thread::scope(|scope| {
        for (half, some) in drawn.chunks_mut(share).enumerate() {
            scope.spawn(move || {
                for (nth, bytes) in some.iter_mut().enumerate() {
                    *bytes = photo((half * share + nth) as u64);
                }
            });
        }
    });
    (0..count)
        .map(|nth| {
            let picture = &drawn[nth % drawn.len()];
            let path = folder.join(format!("{nth:03}.jpg"));
            let comment = format!("{nth:06}");
            let mut bytes = picture[..2].to_vec();
            bytes.extend([0xFF, 0xFE, 0, 2 + comment.len() as u8]);
            bytes.extend(comment.as_bytes());
            bytes.extend(&picture[2..]);
            std::fs::write(&path, bytes).unwrap();
            path
        })
        .collect()
}

fn photo(seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed + 1);
    let mut picture = RgbImage::new(4000, 3000);
    for (scale, weight) in [(8_u32, 120_u64), (40, 70), (200, 40), (1000, 25)] {
        let small = RgbImage::from_fn(scale, scale * 3 / 4, |_, _| {
            image::Rgb([0; 3].map(|_: u8| dice.below(weight) as u8))
        });
        let large = image::imageops::resize(&small, 4000, 3000, FilterType::Triangle);
        for (to, from) in picture.iter_mut().zip(large.iter()) {
            *to = to.saturating_add(*from);
        }
    }
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 92)
        .encode_image(&picture)
        .unwrap();
    bytes
}

/// A new workspace in a folder of its own.
pub async fn workspace() -> (TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let db = caoben::workspace::create(&folder.path().join("w"), now())
        .await
        .unwrap();
    (folder, db)
}

pub fn now() -> Time {
    "2026-11-22T10:00:00+08:00".parse().unwrap()
}
