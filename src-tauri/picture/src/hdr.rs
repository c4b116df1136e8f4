//! High dynamic range, brought down to what a screen of ordinary range shows.
//!
//! Light is taken as on a display of 1,000 cd/m², where both systems of ITU-R BT.2100 meet: PQ says it outright, HLG by way of its
//! OOTF (gamma 1.2). It is then mapped with the curve of ITU-R BT.2390 (§5.4, the EETF) so that the reference white of ITU-R BT.2408,
//! 203 cd/m², is as bright as SDR can be: darker parts stay as they are, only the highlights are pressed together. The three colours
//! are dimmed by one factor, that of the brightest among them, which keeps the hue and clips nothing.
//!
//! Everything here is per pixel and keeps the primaries of the file; `colour` sees to those. A gain map is never applied: the picture
//! it belongs to is SDR and whole without it.

use moxcms::TransferCharacteristics;

/// Brightest light that is told apart, in cd/m²: that of the display HLG is made for, and what phones master PQ to.
const PEAK: f64 = 1000.0;
/// Light of SDR's white, in cd/m².
const WHITE: f64 = 203.0;
/// What PQ's 1 means, in cd/m².
const PQ_PEAK: f64 = 10_000.0;
/// Steps of the tables: finer than ten bits.
const STEPS: u16 = 4096;
/// How much each colour adds to brightness (BT.2100).
const WEIGHTS: [f32; 3] = [0.2627, 0.6780, 0.0593];

/// The way of one transfer function to SDR, as tables.
pub(crate) struct Tone {
    /// From a sample to light; 1 is `PEAK`. For HLG that of the scene.
    light: Vec<f32>,
    /// By the square root of brightness, what HLG's OOTF raises light by; empty for PQ.
    raise: Vec<f32>,
    /// By the fourth root of the brightest colour, the factor to SDR's light.
    dim: Vec<f32>,
    /// From the square root of SDR's light to sRGB's curve.
    code: Vec<f32>,
}

impl Tone {
    /// Of a transfer function (ITU-T H.273); `None` unless it is PQ (16) or HLG (18).
    pub fn of(transfer: u16) -> Option<Self> {
        let hlg = match transfer {
            16 => false,
            18 => true,
            _ => return None,
        };
        let raise = if hlg {
            table(|root| root.powf(0.4))
        } else {
            Vec::new()
        };
        Some(Self {
            light: table(if hlg {
                scene
            } else {
                |v| (pq_light(v) / PEAK).min(1.0)
            }),
            raise,
            dim: table(|root| {
                let light = root.powi(4) * PEAK;
                if light > 0.0 {
                    mapped(light) / light * PEAK / WHITE
                } else {
                    PEAK / WHITE
                }
            }),
            code: table(|root| TransferCharacteristics::Srgb.gamma(root * root)),
        })
    }

    /// A pixel, 0 to 1, as SDR in sRGB's curve.
    pub fn sdr(&self, pixel: [f32; 3]) -> [f32; 3] {
        let mut light = pixel.map(|sample| read(&self.light, sample));
        if !self.raise.is_empty() {
            let brightness: f32 = light.iter().zip(WEIGHTS).map(|(l, weight)| l * weight).sum();
            let factor = read(&self.raise, brightness.sqrt());
            light = light.map(|l| l * factor);
        }
        let brightest = light.into_iter().fold(0.0, f32::max);
        let factor = read(&self.dim, brightest.sqrt().sqrt());
        light.map(|l| read(&self.code, (l * factor).sqrt()))
    }

    /// Eight bits a sample, in place.
    pub fn dim(&self, rgb: &mut [u8]) {
        for pixel in rgb.as_chunks_mut::<3>().0 {
            *pixel = self.sdr(pixel.map(|sample| f32::from(sample) / 255.0)).map(byte);
        }
    }
}

/// 0 to 1 in eight bits.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(crate) fn byte(level: f32) -> u8 {
    // `as` keeps within 0 to 255 by itself.
    (level * 255.0 + 0.5) as u8
}

/// Light in cd/m² of a PQ sample (SMPTE ST 2084).
fn pq_light(sample: f64) -> f64 {
    TransferCharacteristics::Smpte2084.linearize(sample) * PQ_PEAK
}

/// And back.
fn pq_sample(light: f64) -> f64 {
    TransferCharacteristics::Smpte2084.gamma(light / PQ_PEAK)
}

/// Light before the lens, 0 to 1, of an HLG sample (BT.2100, table 5: the inverse OETF).
fn scene(sample: f64) -> f64 {
    if sample <= 0.5 {
        sample * sample / 3.0
    } else {
        (((sample - 0.559_910_73) / 0.178_832_77).exp() + 0.284_668_92) / 12.0
    }
}

/// Light in cd/m² after the EETF: from black to `PEAK` onto black to `WHITE`.
fn mapped(light: f64) -> f64 {
    let whole = pq_sample(PEAK);
    let most = pq_sample(WHITE) / whole;
    let knee = 1.5 * most - 0.5;
    let given = (pq_sample(light) / whole).min(1.0);
    if given < knee {
        return light;
    }
    let t = (given - knee) / (1.0 - knee);
    let (t2, t3) = (t * t, t * t * t);
    let taken = (2.0 * t3 - 3.0 * t2 + 1.0) * knee
        + (t3 - 2.0 * t2 + t) * (1.0 - knee)
        + (3.0 * t2 - 2.0 * t3) * most;
    pq_light(taken * whole)
}

#[allow(clippy::cast_possible_truncation)]
fn table(function: impl Fn(f64) -> f64) -> Vec<f32> {
    let last = f64::from(STEPS - 1);
    (0..STEPS)
        .map(|step| function(f64::from(step) / last) as f32)
        .collect()
}

/// A table's value at a place between 0 and 1.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn read(table: &[f32], at: f32) -> f32 {
    let at = at.clamp(0.0, 1.0) * f32::from(STEPS - 1);
    let step = at as u16;
    let value = |step: u16| table.get(usize::from(step)).copied();
    let low = value(step).unwrap_or(0.0);
    let high = value(step + 1).unwrap_or(low);
    low + (high - low) * (at - f32::from(step))
}
