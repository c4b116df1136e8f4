//! What a file says its numbers mean as colours, and the way from there to sRGB.

use std::borrow::Cow;
use std::sync::Arc;

use moxcms::{
    Chromaticity, CicpColorPrimaries, CicpProfile, ColorPrimaries, ColorProfile, DataColorSpace, Layout,
    MatrixCoefficients, ToneReprCurve, TransferCharacteristics, TransformExecutor, TransformOptions, XyY,
};

use crate::decode::Pixels;
use crate::error::{PictureError, guard};
use crate::hdr::Tone;
use crate::icc;

/// How a file tells its colours.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Colour<'a> {
    /// Not at all: they are taken as sRGB.
    Untold,
    /// By an ICC profile, perhaps a broken one.
    Profile(Cow<'a, [u8]>),
    /// By code points (ITU-T H.273). Those of high dynamic range are gone through their `tone` by whoever decodes.
    Coded { primaries: u16, transfer: u16 },
    /// By the numbers of a PNG.
    Chart(Chart),
    /// By the mark that cameras leave in EXIF (DCF 2.0, R03).
    AdobeRgb,
}

/// Gamma and primaries of a PNG, in hundred-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Chart {
    /// What the samples were raised to.
    pub gamma: Option<u32>,
    /// White, red, green, blue: x and y each.
    pub points: Option<[u32; 8]>,
}

impl Colour<'_> {
    /// The name people know it by; none where the file says nothing or nothing but sRGB's own numbers.
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Profile(profile) => icc::name(profile),
            Self::AdobeRgb => Some("Adobe RGB (1998)".to_owned()),
            Self::Coded { primaries, transfer } => {
                let space = match primaries {
                    9 => "BT.2020",
                    11 => "DCI-P3",
                    12 => "Display P3",
                    _ => return None,
                };
                Some(match transfer {
                    16 => format!("{space} PQ"),
                    18 => format!("{space} HLG"),
                    _ => space.to_owned(),
                })
            }
            Self::Untold | Self::Chart(_) => None,
        }
    }

    /// Whether its light goes beyond what SDR shows.
    pub fn is_hdr(&self) -> bool {
        matches!(
            self,
            Self::Coded {
                transfer: 16 | 18,
                ..
            }
        )
    }

    /// The way of high dynamic range to SDR; `None` for SDR itself.
    pub fn tone(&self) -> Option<Tone> {
        match self {
            Self::Coded { transfer, .. } => Tone::of(*transfer),
            _ => None,
        }
    }

    /// A profile that tells its code points (ICC.1:2022 §9.2.17) and is of high dynamic range, by those: its own curves end at white.
    pub fn settled(self) -> Self {
        match &self {
            Self::Profile(profile) => match icc::coded(profile) {
                Some((primaries, transfer @ (16 | 18))) => Self::Coded { primaries, transfer },
                _ => self,
            },
            _ => self,
        }
    }

    /// Turns a picture into sRGB; where the profile is broken or belongs to another kind of picture, nothing changes.
    pub fn to_srgb(&self, pixels: &mut Pixels) {
        self.way().apply(&mut pixels.rgb);
    }

    /// The way to sRGB, prepared once for all parts of a picture.
    pub fn way(&self) -> Way {
        let way = || {
            let source = self.profile()?;
            Some(match source.color_space {
                DataColorSpace::Rgb => Way::Colours(transform(&source, Layout::Rgb)?),
                DataColorSpace::Gray => Way::Greys(transform(&source, Layout::Gray)?),
                _ => Way::None,
            })
        };
        way().unwrap_or(Way::None)
    }

    /// The way from printing inks, prepared once for all parts of a picture.
    pub fn inks(&self) -> Inks {
        let source = self.profile().filter(|p| p.color_space == DataColorSpace::Cmyk);
        Inks(source.and_then(|source| transform(&source, Layout::Rgba)))
    }

    /// The profile to convert from, where there is something to convert.
    fn profile(&self) -> Option<ColorProfile> {
        match self {
            Self::Untold => None,
            Self::AdobeRgb => Some(ColorProfile::new_adobe_rgb()),
            Self::Profile(bytes) => unbroken(|| ColorProfile::new_from_slice(bytes).ok()),
            Self::Coded { primaries, transfer } => coded(*primaries, *transfer),
            Self::Chart(chart) => chart.profile(),
        }
    }
}

/// A profile of code points. The curve of video is taken for sRGB's, which is how such pictures are made and shown; those of high
/// dynamic range are in that curve already.
fn coded(primaries: u16, transfer: u16) -> Option<ColorProfile> {
    let transfer = match transfer {
        0..=3 | 6 | 7 | 14 | 15 | 16 | 18 => 13,
        other => other,
    };
    let primaries = if primaries == 2 { 1 } else { primaries };
    if (primaries, transfer) == (1, 13) {
        return None;
    }
    let color_primaries = CicpColorPrimaries::try_from(u8::try_from(primaries).ok()?).ok()?;
    let transfer_characteristics = TransferCharacteristics::try_from(u8::try_from(transfer).ok()?).ok()?;
    let mut profile = ColorProfile::new_srgb();
    // Its answer is always no; primaries it does not know leave the profile as it is.
    profile.update_rgb_colorimetry_from_cicp(CicpProfile {
        color_primaries,
        transfer_characteristics,
        matrix_coefficients: MatrixCoefficients::Identity,
        full_range: true,
    });
    Some(profile)
}

impl Chart {
    fn profile(self) -> Option<ColorProfile> {
        // 45455 and sRGB's own points are what programs write that mean sRGB.
        let points = self
            .points
            .filter(|p| p.iter().zip(SRGB).any(|(a, b)| a.abs_diff(b) > 100));
        let gamma = self.gamma.filter(|g| *g > 0 && g.abs_diff(45_455) > 500);
        if points.is_none() && gamma.is_none() {
            return None;
        }
        let mut profile = ColorProfile::new_srgb();
        profile.cicp = None;
        if let Some([wx, wy, rx, ry, gx, gy, bx, by]) = points {
            let point = |x: u32, y: u32| Chromaticity::new(part(x), part(y));
            let primaries = ColorPrimaries {
                red: point(rx, ry),
                green: point(gx, gy),
                blue: point(bx, by),
            };
            profile.update_rgb_colorimetry(XyY::new(part(wx).into(), part(wy).into(), 1.0), primaries);
        }
        if let Some(gamma) = gamma {
            let curve = ToneReprCurve::Parametric(vec![1.0 / part(gamma)]);
            profile.red_trc = Some(curve.clone());
            profile.green_trc = Some(curve.clone());
            profile.blue_trc = Some(curve);
        }
        Some(profile)
    }
}

/// The points of sRGB as PNG writes them.
const SRGB: [u32; 8] = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000];

#[allow(clippy::cast_precision_loss)]
fn part(number: u32) -> f32 {
    number as f32 / 100_000.0
}

/// A way to sRGB.
pub(crate) enum Way {
    /// Nothing to convert.
    None,
    Colours(Transform),
    /// Of a profile for shades of grey.
    Greys(Transform),
}

/// The way from inks to sRGB; without a usable profile ink takes away light.
pub(crate) struct Inks(Option<Transform>);

type Transform = Arc<dyn TransformExecutor<u8> + Send + Sync>;

/// Pixels converted in one go.
const AT_ONCE: usize = 16_384;

impl Way {
    /// Turns pixels into sRGB in place; colours under a profile for greys stay as they are.
    pub fn apply(&self, rgb: &mut [u8]) {
        match self {
            Self::None => {}
            Self::Colours(transform) => {
                for part in rgb.chunks_mut(3 * AT_ONCE) {
                    let source = part.to_vec();
                    let _ = unbroken(|| transform.transform(&source, part).ok());
                }
            }
            Self::Greys(transform) => {
                if rgb.as_chunks::<3>().0.iter().any(|[r, g, b]| r != g || g != b) {
                    return;
                }
                for part in rgb.chunks_mut(3 * AT_ONCE) {
                    let source: Vec<u8> = part.as_chunks::<3>().0.iter().map(|[light, ..]| *light).collect();
                    let _ = unbroken(|| transform.transform(&source, part).ok());
                }
            }
        }
    }
}

impl Inks {
    /// Four inks a pixel (255 is all of it) to red, green and blue.
    pub fn rgb(&self, ink: &[u8]) -> Vec<u8> {
        let (pixels, _) = ink.as_chunks::<4>();
        let converted = self.0.as_ref().and_then(|transform| {
            let mut rgb = vec![0; pixels.len() * 3];
            unbroken(|| transform.transform(ink, &mut rgb).ok())?;
            Some(rgb)
        });
        if let Some(rgb) = converted {
            return rgb;
        }
        let mut rgb = Vec::with_capacity(pixels.len() * 3);
        for &[c, m, y, k] in pixels {
            let left = |ink: u8| u16::from(255 - ink);
            rgb.extend([c, m, y].map(|ink| u8::try_from((left(ink) * left(k) + 127) / 255).unwrap_or(255)));
        }
        rgb
    }
}

fn transform(source: &ColorProfile, layout: Layout) -> Option<Transform> {
    unbroken(|| {
        let srgb = ColorProfile::new_srgb();
        let options = TransformOptions::default();
        let transform = source.create_transform_8bit(layout, &srgb, Layout::Rgb, options);
        let transform: Transform = transform.ok()?;
        Some(transform)
    })
}

/// A broken profile never refuses a photo, whatever it does to the one who reads it.
fn unbroken<T>(work: impl FnOnce() -> Option<T>) -> Option<T> {
    guard(|| work().ok_or(PictureError::NotAPicture)).ok()
}
