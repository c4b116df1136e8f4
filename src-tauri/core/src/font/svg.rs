//! A line of text as SVG, the only way text is drawn.

use unicode_segmentation::UnicodeSegmentation;

use super::{EMOJI_FAMILY, FAMILY, Span, is_emoji, wrap::length};

/// Which point of the line `x` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anchor {
    /// Its left end.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// Where and how a line is written, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line<'a> {
    /// What `anchor` says.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// Pixels per em.
    pub size: f64,
    /// An SVG colour.
    pub fill: &'a str,
    /// Which point of the line `x` is.
    pub anchor: Anchor,
}

/// Text that means nothing to XML; what XML cannot hold is gone.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

/// `<text>` elements for one line, each stretch in the font that has it.
pub fn svg(line: &[Span], at: Line<'_>) -> String {
    let whole = length(line, at.size);
    let mut x = match at.anchor {
        Anchor::Start => at.x,
        Anchor::Middle => at.x - whole / 2.0,
        Anchor::End => at.x - whole,
    };
    let mut out = String::new();
    for span in line {
        for (stretch, colour) in stretches(&span.text) {
            let family = if colour { EMOJI_FAMILY } else { FAMILY };
            let weight = if span.bold && !colour { 700 } else { 400 };
            out.push_str(&format!(
                r#"<text xml:space="preserve" x="{x:.2}" y="{:.2}" font-family="{family}" font-weight="{weight}" font-size="{}" fill="{}">{}</text>"#,
                at.y,
                at.size,
                at.fill,
                escape(&stretch),
            ));
            x += super::measure(&stretch, span.bold, at.size);
        }
    }
    out
}

/// A text cut where colour begins and ends: each stretch, and whether the emoji font draws it.
pub(crate) fn stretches(text: &str) -> Vec<(String, bool)> {
    let mut cut: Vec<(String, bool)> = Vec::new();
    for grapheme in text.graphemes(true) {
        let colour = is_emoji(grapheme);
        match cut.last_mut() {
            Some((stretch, same)) if *same == colour => stretch.push_str(grapheme),
            _ => cut.push((grapheme.to_owned(), colour)),
        }
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font;
    use resvg::{tiny_skia, usvg};

    fn ink(text: &str) -> Vec<[u8; 4]> {
        let (text, _) = font::plain(text);
        let at = Line {
            x: 10.0,
            y: 60.0,
            size: 50.0,
            fill: "#000",
            anchor: Anchor::Start,
        };
        let drawn = svg(&[Span::new(text, true)], at);
        let page =
            format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="80">{drawn}</svg>"#);
        let tree = usvg::Tree::from_str(&page, &font::options()).unwrap();
        let mut canvas = tiny_skia::Pixmap::new(400, 80).unwrap();
        resvg::render(&tree, tiny_skia::Transform::default(), &mut canvas.as_mut());
        canvas
            .data()
            .chunks(4)
            .filter(|p| p[3] > 200)
            .map(|p| [p[0], p[1], p[2], p[3]])
            .collect()
    }

    #[test]
    fn chinese_is_drawn_with_the_bundled_font() {
        assert!(ink("草本").len() > 500);
    }

    #[test]
    fn emoji_are_drawn_in_colour() {
        for emoji in ["❤", "✨", "1\u{fe0f}\u{20e3}", "🇨🇳", "👩‍🔬"] {
            let dots = ink(emoji);
            let coloured = dots.iter().filter(|p| p[0].abs_diff(p[2]) > 60).count();
            assert!(coloured > 100, "{emoji}: {coloured} of {}", dots.len());
        }
    }

    #[test]
    fn markup_in_a_text_is_drawn_and_not_obeyed() {
        let evil = "</text><script>&'\"";
        assert!(ink(evil).len() > 500);
        assert!(!escape(evil).contains('<'));
    }
}
