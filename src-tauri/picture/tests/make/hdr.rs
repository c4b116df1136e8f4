//! High dynamic range by the book, in double precision: what the crate's way to SDR is compared with.
#![allow(dead_code)]

use super::icc::{self, Curve, Space};

/// ITU-R BT.2020, whose white is sRGB's.
pub const BT_2020: Space = Space {
    name: "BT.2020",
    points: [[0.708, 0.292], [0.170, 0.797], [0.131, 0.046]],
    white: [0.3127, 0.3290],
    curve: Curve::Srgb,
};

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Transfer {
    Pq,
    Hlg,
}

/// The 32 colours of the fixtures `hlg.avif` and `hlg.mp4` as stored, 0 to 1: four rows of eight squares of 16 pixels.
pub fn patches() -> Vec<[f64; 3]> {
    let greys = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.58, 0.65, 0.7, 0.75, 0.85, 1.0];
    let mut all: Vec<_> = greys.map(|v| [v; 3]).into();
    for v in [0.35, 0.55, 0.7] {
        all.extend([[v, 0.2, 0.2], [0.2, v, 0.2], [0.2, 0.2, v], [v, v * 0.8, 0.3]]);
    }
    all.extend([
        [0.5, 0.4, 0.35],
        [0.6, 0.5, 0.42],
        [0.3, 0.45, 0.6],
        [0.72, 0.6, 0.2],
    ]);
    all.extend([
        [0.2, 0.5, 0.45],
        [0.75, 0.75, 0.6],
        [0.45, 0.2, 0.4],
        [0.62, 0.62, 0.7],
    ]);
    all
}

// SMPTE ST 2084, as fractions of the standard's own.
const M1: f64 = 2610.0 / 16384.0;
const M2: f64 = 2523.0 / 4096.0 * 128.0;
const C1: f64 = 3424.0 / 4096.0;
const C2: f64 = 2413.0 / 4096.0 * 32.0;
const C3: f64 = 2392.0 / 4096.0 * 32.0;

/// cd/m² of a PQ sample.
pub fn pq_light(sample: f64) -> f64 {
    let p = sample.powf(1.0 / M2);
    10_000.0 * ((p - C1).max(0.0) / (C2 - C3 * p)).powf(1.0 / M1)
}

pub fn pq_sample(light: f64) -> f64 {
    let p = (light / 10_000.0).powf(M1);
    ((C1 + C2 * p) / (1.0 + C3 * p)).powf(M2)
}

/// cd/m² of an HLG pixel on a display of 1,000 (BT.2100, table 5).
pub fn hlg_light(pixel: [f64; 3]) -> [f64; 3] {
    let (a, b, c) = (0.178_832_77, 0.284_668_92, 0.559_910_73);
    let scene = pixel.map(|v| {
        if v <= 0.5 {
            v * v / 3.0
        } else {
            (((v - c) / a).exp() + b) / 12.0
        }
    });
    let brightness = 0.2627 * scene[0] + 0.6780 * scene[1] + 0.0593 * scene[2];
    scene.map(|l| 1000.0 * brightness.powf(0.2) * l)
}

/// BT.2390's EETF from 0…1000 to 0…203 cd/m².
pub fn mapped(light: f64) -> f64 {
    let (one, max) = (pq_sample(1000.0), pq_sample(203.0) / pq_sample(1000.0));
    let e1 = (pq_sample(light) / one).min(1.0);
    let ks = 1.5 * max - 0.5;
    let e2 = if e1 < ks {
        e1
    } else {
        let t = (e1 - ks) / (1.0 - ks);
        (2.0 * t.powi(3) - 3.0 * t.powi(2) + 1.0) * ks
            + (t.powi(3) - 2.0 * t.powi(2) + t) * (1.0 - ks)
            + (-2.0 * t.powi(3) + 3.0 * t.powi(2)) * max
    };
    pq_light(e2 * one)
}

/// What a stored pixel is in sRGB.
pub fn in_srgb(transfer: Transfer, pixel: [f64; 3]) -> [u8; 3] {
    let light = match transfer {
        Transfer::Pq => pixel.map(|v| pq_light(v).min(1000.0)),
        Transfer::Hlg => hlg_light(pixel),
    };
    let brightest = light.into_iter().fold(1e-9, f64::max);
    let light = light.map(|l| l * mapped(brightest) / brightest / 203.0);
    let to_srgb = icc::times(icc::inverse(icc::to_xyz(icc::SRGB)), icc::to_xyz(BT_2020));
    icc::apply(to_srgb, light).map(|l| (icc::srgb_of_light(l) * 255.0).round() as u8)
}
