//! Light and colour: one table per channel, and saturation.
//!
//! Exposure and white balance work in linear light, where doubling the light doubles the number; contrast, highlights, shadows and
//! saturation on the sRGB values, where steps look even. Black stays black and white stays white but for white balance.

use crate::decode::Pixels;

/// How light and colour change. Every value runs from −100 to 100; 0 leaves the picture as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tone {
    /// 50 is one stop: twice the light.
    pub exposure: i8,
    /// Lower: flatter; higher: harder.
    pub contrast: i8,
    /// Higher: the bright parts brighter.
    pub highlights: i8,
    /// Higher: the dark parts brighter.
    pub shadows: i8,
    /// Lower: bluer; higher: more golden.
    pub temperature: i8,
    /// Lower: greener; higher: more magenta.
    pub tint: i8,
    /// −100 is grey.
    pub saturation: i8,
}

/// Where exposure begins to bend towards white instead of cutting bright parts off, in linear light.
const KNEE: f64 = 0.6;

/// Changes a picture in place.
pub(super) fn apply(pixels: &mut Pixels, tone: &Tone) {
    if *tone == Tone::default() {
        return;
    }
    let tables = tables(tone);
    let saturation = 1.0 + f32::from(tone.saturation) / 100.0;
    let (pixels, _) = pixels.rgb.as_chunks_mut::<3>();
    for pixel in pixels {
        for (sample, table) in pixel.iter_mut().zip(&tables) {
            *sample = table.get(usize::from(*sample)).copied().unwrap_or(*sample);
        }
        if tone.saturation != 0 {
            let [r, g, b] = pixel.map(f32::from);
            let grey = 0.2126 * r + 0.7152 * g + 0.0722 * b;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let mixed = [r, g, b].map(|c| (grey + (c - grey) * saturation + 0.5).clamp(0.0, 255.0) as u8);
            *pixel = mixed;
        }
    }
}

/// What becomes of each value of red, green and blue.
fn tables(tone: &Tone) -> [[u8; 256]; 3] {
    let share = |value: i8| f64::from(value.clamp(-100, 100)) / 100.0;
    let light = (2.0 * share(tone.exposure)).exp2();
    let (warm, tint) = (share(tone.temperature), share(tone.tint));
    let gains = [
        (0.45 * warm + 0.12 * tint).exp2(),
        (-0.3 * tint).exp2(),
        (-0.45 * warm + 0.12 * tint).exp2(),
    ];
    // White balance moves colour, not brightness.
    let [r, g, b] = gains;
    let luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    gains.map(|gain| {
        let gain = light * gain / luminance;
        let mut value = 0.0;
        [0_u8; 256].map(|_| {
            let lit = encoded(bent(linear(value / 255.0), gain));
            value += 1.0;
            let [v, rest] = [lit, 1.0 - lit];
            // Both bumps are highest a third from their end and small enough to keep the order of tones.
            let bright = 0.8 * share(tone.highlights) * v * v * rest;
            let dark = 0.8 * share(tone.shadows) * v * rest * rest;
            let lit = (lit + bright + dark).clamp(0.0, 1.0);
            let curve = lit * lit * (3.0 - 2.0 * lit);
            let lit = lit + share(tone.contrast) * (curve - lit);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let byte = (lit * 255.0 + 0.5).clamp(0.0, 255.0) as u8;
            byte
        })
    })
}

/// Light times a gain; above the knee it runs towards white, which what was white just reaches.
fn bent(light: f64, gain: f64) -> f64 {
    let lit = light * gain;
    if gain <= 1.0 || lit <= KNEE {
        return lit;
    }
    let (t, s) = ((lit - KNEE) / (gain - KNEE), (gain - KNEE) / (1.0 - KNEE));
    KNEE + (1.0 - KNEE) * s * t / (1.0 + (s - 1.0) * t)
}

/// sRGB's own curve (IEC 61966-2-1).
fn linear(value: f64) -> f64 {
    if value <= 0.040_45 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

fn encoded(light: f64) -> f64 {
    if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_asked_changes_no_value() {
        for table in tables(&Tone::default()) {
            assert!(
                table
                    .iter()
                    .enumerate()
                    .all(|(value, made)| value == usize::from(*made))
            );
        }
    }

    #[test]
    fn no_setting_turns_the_order_of_tones_around() {
        let ends = [-100_i8, -40, 0, 40, 100];
        for exposure in ends {
            for contrast in ends {
                for highlights in ends {
                    for shadows in ends {
                        let tone = Tone {
                            exposure,
                            contrast,
                            highlights,
                            shadows,
                            temperature: 100,
                            tint: -100,
                            saturation: 0,
                        };
                        for table in tables(&tone) {
                            assert!(table.is_sorted(), "{tone:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn one_stop_doubles_the_light_of_a_dark_grey() {
        let [red, ..] = tables(&Tone {
            exposure: 50,
            ..Tone::default()
        });
        let (before, after) = (linear(80.0 / 255.0), linear(f64::from(red[80]) / 255.0));
        assert!((after / before - 2.0).abs() < 0.03, "{}", after / before);
        assert_eq!((red[0], red[255]), (0, 255), "black and white stay");
    }

    #[test]
    fn warm_is_redder_than_blue_and_as_bright() {
        let [r, g, b] = tables(&Tone {
            temperature: 60,
            ..Tone::default()
        })
        .map(|table| linear(f64::from(table[120]) / 255.0));
        assert!(r > g && g > b);
        let grey = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        assert!((grey / linear(120.0 / 255.0) - 1.0).abs() < 0.02);
    }
}
