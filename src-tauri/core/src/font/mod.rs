//! Font: the letters Caoben draws with, the same on every machine. No font of the system is used. README.md says where they come from.
//!
//! [`plain`] makes a text drawable and says what it cannot draw · [`wrap`] breaks it into lines by the rules of Chinese typesetting ·
//! [`svg`] writes a line for resvg · [`database`] is what resvg draws it with.

mod svg;
mod wrap;

pub(crate) use svg::stretches;
pub use svg::{Anchor, Line, escape, svg};
pub use wrap::{balance, wrap};

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb;
use skrifa::{FontRef, MetadataProvider, instance::LocationRef, instance::Size, metrics::GlyphMetrics};
use unicode_segmentation::UnicodeSegmentation;

/// Chinese and Latin, weight 400: an OpenType/CFF file.
pub static REGULAR: &[u8] = include_bytes!("CaobenSansSC-Regular.otf");
/// Chinese and Latin, weight 700.
pub static BOLD: &[u8] = include_bytes!("CaobenSansSC-Bold.otf");
/// Colour emoji: a TrueType file with COLR.
pub static EMOJI: &[u8] = include_bytes!("CaobenEmoji.ttf");

/// The family name of [`REGULAR`] and [`BOLD`].
pub const FAMILY: &str = "Caoben Sans SC";
/// The family name of [`EMOJI`].
pub const EMOJI_FAMILY: &str = "Caoben Emoji";

/// How far the middle of a Chinese character lies above the baseline, in ems: what centres a line by eye.
pub const MIDDLE: f64 = 0.38;

/// A stretch of text in one weight.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// Drawable text: what [`plain`] answers.
    pub text: String,
    /// Weight 700 instead of 400.
    pub bold: bool,
}

impl Span {
    /// Text in one weight.
    pub fn new(text: impl Into<String>, bold: bool) -> Self {
        Self {
            text: text.into(),
            bold,
        }
    }
}

struct Face {
    font: FontRef<'static>,
    /// In the font's own units: at a size they would be rounded.
    units: GlyphMetrics<'static>,
    per_em: f64,
}

impl Face {
    fn of(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        let units = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let per_em = font
            .metrics(Size::unscaled(), LocationRef::default())
            .units_per_em;
        Some(Self {
            font,
            units,
            per_em: f64::from(per_em.max(1)),
        })
    }

    fn has(&self, c: char) -> bool {
        self.font.charmap().map(c).is_some()
    }

    fn advance(&self, c: char) -> f64 {
        let glyph = self.font.charmap().map(c);
        let units = glyph.and_then(|glyph| self.units.advance_width(glyph));
        units.map_or(0.0, f64::from) / self.per_em
    }
}

static FACES: LazyLock<[Option<Face>; 3]> = LazyLock::new(|| [REGULAR, BOLD, EMOJI].map(Face::of));

fn face(bold: bool) -> Option<&'static Face> {
    let [regular, heavy, _] = &*FACES;
    if bold { heavy.as_ref() } else { regular.as_ref() }
}

fn drawings() -> Option<&'static Face> {
    let [_, _, emoji] = &*FACES;
    emoji.as_ref()
}

/// The three files, for usvg; made once.
pub fn database() -> Arc<fontdb::Database> {
    static DATABASE: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
        let mut all = fontdb::Database::new();
        for bytes in [REGULAR, BOLD, EMOJI] {
            all.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
        }
        all.set_sans_serif_family(FAMILY);
        all.set_serif_family(FAMILY);
        Arc::new(all)
    });
    DATABASE.clone()
}

/// usvg's options with these fonts and no others.
pub fn options() -> resvg::usvg::Options<'static> {
    resvg::usvg::Options {
        font_family: FAMILY.to_owned(),
        fontdb: database(),
        // What is drawn names no files: whatever a text might talk the drawing into, none is looked for.
        image_href_resolver: resvg::usvg::ImageHrefResolver {
            resolve_string: Box::new(|_, _| None),
            ..Default::default()
        },
        ..Default::default()
    }
}

/// Says what only joins or chooses the form of its neighbours.
fn joins(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

/// Whether a grapheme is drawn in colour: by its own nature, or because it asks for it.
pub(crate) fn is_emoji(grapheme: &str) -> bool {
    let Some(first) = grapheme.chars().next() else {
        return false;
    };
    let asked = grapheme.chars().skip(1).any(|c| joins(c) && c != '\u{fe0e}');
    drawings().is_some_and(|face| face.has(first))
        && (asked || !face(false).is_some_and(|face| face.has(first)))
}

/// The text as it can be drawn, and each character for which there is no drawing, once. Tabs become spaces; control and
/// direction characters go without a word; line ends stay.
pub fn plain(text: &str) -> (String, Vec<String>) {
    let (mut drawable, mut missing) = (String::with_capacity(text.len()), Vec::<String>::new());
    for grapheme in text.replace("\r\n", "\n").replace('\r', "\n").graphemes(true) {
        match grapheme {
            "\n" => drawable.push('\n'),
            "\t" | "\u{a0}" | "\u{2028}" | "\u{2029}" => drawable.push(' '),
            _ if grapheme.chars().all(silent) => {}
            _ => {
                let colour = is_emoji(grapheme);
                let face = if colour { drawings() } else { face(false) };
                let has = |c: char| face.is_some_and(|face| face.has(c));
                let base = grapheme.chars().find(|c| !silent(*c));
                if base.is_some_and(has) {
                    let kept = |c: &char| has(*c) || (colour && joins(*c));
                    drawable.extend(grapheme.chars().filter(kept));
                } else if !missing.iter().any(|known| known == grapheme) {
                    missing.push(grapheme.to_owned());
                }
            }
        }
    }
    (drawable, missing)
}

/// Characters that are nothing to see.
fn silent(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// How wide a drawable text is at a size, both in pixels; kerning left out.
pub fn measure(text: &str, bold: bool, size: f64) -> f64 {
    let ems: f64 = text.graphemes(true).map(|grapheme| ems(grapheme, bold)).sum();
    ems * size
}

/// How wide a grapheme is, in ems.
fn ems(grapheme: &str, bold: bool) -> f64 {
    if is_emoji(grapheme) {
        if emojis::get(grapheme).is_some() {
            return 1.0;
        }
        return grapheme
            .chars()
            .filter(|c| !joins(*c))
            .fold(0.0, |sum, _| sum + 1.0);
    }
    face(bold).map_or(0.0, |face| grapheme.chars().map(|c| face.advance(c)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_drawn_is_said_once_and_left_out() {
        let (text, missing) = plain("控油𠮷𠮷好\u{202e}用✨\u{0}ש");
        assert_eq!(text, "控油好用✨");
        assert_eq!(missing, ["𠮷", "ש"]);
    }

    #[test]
    fn figures_and_signs_stay_text_until_they_ask_for_colour() {
        for letter in ["1", "#", "©", "™", "♥", "☀", "草"] {
            assert!(!is_emoji(letter), "{letter}");
        }
        for drawing in [
            "1\u{fe0f}\u{20e3}",
            "♥\u{fe0f}",
            "☀\u{fe0f}",
            "❤",
            "✅",
            "⚽",
            "👩‍🔬",
            "🇨🇳",
        ] {
            assert!(is_emoji(drawing), "{drawing}");
            assert_eq!(plain(drawing), (drawing.to_owned(), vec![]));
        }
    }

    #[test]
    fn a_chinese_character_is_one_em_wide_and_latin_is_proportional() {
        assert!((measure("草本", false, 50.0) - 100.0).abs() < 1e-3);
        assert!(measure("iii", false, 50.0) < measure("WWW", false, 50.0));
        assert!(measure("Latin", false, 50.0) < measure("Latin", true, 50.0));
        assert!((measure("👩‍🔬🇨🇳1\u{fe0f}\u{20e3}", false, 10.0) - 30.0).abs() < 1e-3);
    }
}
