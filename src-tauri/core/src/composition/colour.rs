//! Colours as numbers, and which letters can be read on them (WCAG 2.2 §1.4.3).

/// Red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub [u8; 3]);

/// Warm black and white, the ink of all letters.
pub(super) const INK: Colour = Colour([0x22, 0x20, 0x1C]);
pub(super) const WHITE: Colour = Colour([0xFF; 3]);
const BLACK: Colour = Colour([0; 3]);

/// The least contrast that letters may have.
pub(super) const READABLE: f64 = 4.5;

impl Colour {
    /// Reads `#rrggbb`; anything else is none.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, r, g, b] = number.to_be_bytes();
        Some(Self([r, g, b]))
    }

    /// As SVG writes it.
    pub fn hex(self) -> String {
        let Self([r, g, b]) = self;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// Relative luminance, 0 to 1.
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|c| linear(f64::from(c) / 255.0));
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast with another, 1 to 21.
    pub fn against(self, other: Self) -> f64 {
        contrast(self.luminance(), other.luminance())
    }

    /// `share` of the other, the rest this.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn mix(self, other: Self, share: f64) -> Self {
        let (Self([a, b, c]), Self([x, y, z])) = (self, other);
        let of = |p: u8, q: u8| (f64::from(p) * (1.0 - share) + f64::from(q) * share).round() as u8;
        Self([of(a, x), of(b, y), of(c, z)])
    }

    /// Ink or white, whichever is read better on this ground; pure black on the few between, where neither can be read.
    pub fn ink(self) -> Self {
        let better = if INK.against(self) >= WHITE.against(self) {
            INK
        } else {
            WHITE
        };
        if better.against(self) >= READABLE {
            better
        } else {
            BLACK
        }
    }

    /// A quieter ink that can still be read.
    pub fn soft(self) -> Self {
        let ink = self.ink();
        [0.38, 0.28, 0.18, 0.08]
            .map(|share| ink.mix(self, share))
            .into_iter()
            .find(|soft| soft.against(self) >= READABLE)
            .unwrap_or(ink)
    }

    /// This colour where letters in it can be read on the ground, else the ink.
    pub fn on(self, ground: Self) -> Self {
        if self.against(ground) >= READABLE {
            self
        } else {
            ground.ink()
        }
    }
}

/// From an sRGB share to light.
pub(super) fn linear(share: f64) -> f64 {
    if share <= 0.04045 {
        share / 12.92
    } else {
        ((share + 0.055) / 1.055).powf(2.4)
    }
}

/// Contrast of two luminances.
pub(super) fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// What makes letters on a picture readable: their colour, and how much of which colour lies between.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scrim {
    pub ink: Colour,
    pub veil: Colour,
    /// 0 to 1.
    pub alpha: f64,
}

/// For a picture whose pixels under the letters have these sRGB greys (0 to 1), dark and bright ends without the last 2 %.
/// The thinner veil wins; white letters unless dark ones need much less.
pub(super) fn scrim(darkest: f64, brightest: f64) -> Scrim {
    // The grey at which white letters, and ink, reach the contrast, with a little to spare for what JPEG does.
    let (most, least) = (0.45, 0.54);
    let night = Colour([0x14, 0x13, 0x11]);
    let shade = f64::from(night.0[0]) / 255.0;
    let dark = if brightest > most {
        (brightest - most) / (brightest - shade)
    } else {
        0.0
    };
    let light = if darkest < least {
        (least - darkest) / (1.0 - darkest)
    } else {
        0.0
    };
    if light + 0.25 < dark {
        Scrim {
            ink: INK,
            veil: WHITE,
            alpha: light,
        }
    } else {
        // Flat pictures too get a breath of shade: letters stand off better.
        Scrim {
            ink: WHITE,
            veil: night,
            alpha: dark.max(0.22),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_can_be_read_on_every_ground() {
        for r in (0..=255).step_by(15) {
            for g in (0..=255).step_by(15) {
                for b in (0..=255).step_by(15) {
                    let ground = Colour([r, g, b].map(|c: u16| u8::try_from(c).unwrap()));
                    assert!(ground.ink().against(ground) >= READABLE, "{ground:?}");
                    assert!(ground.soft().against(ground) >= READABLE, "{ground:?}");
                    assert!(
                        Colour([0x3F, 0x7D, 0x4E]).on(ground).against(ground) >= READABLE,
                        "{ground:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn letters_can_be_read_on_every_picture() {
        let shares = (0..=20).map(|n| f64::from(n) / 20.0);
        for (dark, bright) in shares
            .clone()
            .flat_map(|d| shares.clone().map(move |b| (d, b)))
            .filter(|(d, b)| d <= b)
        {
            let scrim = scrim(dark, bright);
            for grey in [dark, bright] {
                let [r, ..] = scrim.veil.0;
                let seen = grey * (1.0 - scrim.alpha) + f64::from(r) / 255.0 * scrim.alpha;
                let contrast = contrast(scrim.ink.luminance(), linear(seen));
                assert!(contrast >= READABLE, "{dark} {bright} {scrim:?}: {contrast}");
            }
        }
    }

    #[test]
    fn a_colour_is_six_digits_or_nothing() {
        assert_eq!(Colour::parse("#3f7d4E"), Some(Colour([0x3F, 0x7D, 0x4E])));
        for wrong in ["", "#fff", "red", "#12345g", "#1234567", "\"/><script>"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }
}
