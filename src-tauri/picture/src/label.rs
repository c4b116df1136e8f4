//! The label of AI-made content in a picture's own words (GB 45438-2025): nobody may take it off, so what is made of a labelled picture
//! carries it too. It stands in the XMP packet as `TC260:AIGC`, in a PNG also in a text of the name `AIGC` (TC260-PG-20258A).

use std::fmt::Write;

use roxmltree::Node;

use crate::error::{PictureError, guard};
use crate::header;
use crate::notes::{self, Block};

/// The name space of the label, in every version of it.
const SPACE: &str = "http://www.tc260.org.cn/ns/AIGC/";
/// The one that is written.
const WRITTEN: &str = "http://www.tc260.org.cn/ns/AIGC/1.0/";
/// The name of the label and of its text in a PNG.
const NAME: &str = "AIGC";
/// What a packet in a JPEG begins with.
const PACKET: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// A segment of a JPEG holds so much; the frame around the label needs some of it. Labels have a few hundred bytes.
const MOST: usize = 60_000;

/// A label as it stands in its element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    inside: String,
    /// It has parts of its own instead of one text.
    parted: bool,
}

/// The label of a picture; `None` where it has none.
///
/// # Errors
/// As [`probe`](crate::probe()), and `Damaged` for a label that no JPEG has room for.
pub fn label(bytes: &[u8]) -> Result<Option<Label>, PictureError> {
    guard(|| of(&header::read(bytes)?.blocks))
}

/// A JPEG made here, with the label of the picture it was made from.
#[must_use]
pub fn labelled(jpeg: Vec<u8>, label: Option<&Label>) -> Vec<u8> {
    let Some(label) = label else { return jpeg };
    // Behind the JFIF header, which readers want first.
    let jfif = match jpeg.get(2..6) {
        Some([0xFF, 0xE0, high, low]) => 2 + usize::from(u16::from_be_bytes([*high, *low])),
        _ => 0,
    };
    let Some((head, rest)) = jpeg.split_at_checked(2 + jfif) else {
        return jpeg;
    };
    let packet = label.packet();
    let Ok(length) = u16::try_from(2 + PACKET.len() + packet.len()) else {
        return jpeg;
    };
    let length = length.to_be_bytes();
    [head, &[0xFF, 0xE1], &length, PACKET, packet.as_bytes(), rest].concat()
}

pub(crate) fn of(blocks: &[Block<'_>]) -> Result<Option<Label>, PictureError> {
    let found = blocks.iter().find_map(|block| match block {
        Block::Xmp(packet) => notes::document(packet, |document| {
            document.descendants().find_map(|node| in_packet(&node))
        }),
        Block::Word(name, text) if name == NAME => Some(Label::text(text)),
        _ => None,
    });
    match found {
        Some(label) if label.inside.len() > MOST => Err(PictureError::Damaged(
            "the label of AI-made content is too long".to_owned(),
        )),
        found => Ok(found),
    }
}

fn in_packet(node: &Node<'_, '_>) -> Option<Label> {
    let is_ours = |space: Option<&str>| space.is_some_and(|space| space.starts_with(SPACE));
    let said = node
        .attributes()
        .find(|one| one.name() == NAME && is_ours(one.namespace()));
    if let Some(said) = said {
        return Some(Label::text(said.value()));
    }
    if node.tag_name().name() != NAME || !is_ours(node.tag_name().namespace()) {
        return None;
    }
    let parts: Vec<(&str, &str)> = node
        .descendants()
        .skip(1)
        .filter(|part| part.is_element() && is_ours(part.tag_name().namespace()))
        .map(|part| (part.tag_name().name(), part.text().unwrap_or_default()))
        .collect();
    if parts.is_empty() {
        return Some(Label::text(node.text().unwrap_or_default().trim()));
    }
    let mut inside = String::new();
    for (name, text) in parts {
        let _ = write!(inside, "<TC260:{name}>{}</TC260:{name}>", escaped(text));
    }
    Some(Label { inside, parted: true })
}

impl Label {
    fn text(text: &str) -> Self {
        Self {
            inside: escaped(text),
            parted: false,
        }
    }

    fn packet(&self) -> String {
        let kind = if self.parted {
            " rdf:parseType=\"Resource\""
        } else {
            ""
        };
        format!(
            "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" xmlns:TC260=\"{WRITTEN}\"><TC260:AIGC{kind}>{}</TC260:AIGC></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>",
            self.inside
        )
    }
}

/// Text as it stands in XML, which has no sign for most control characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::{Fit, Frame, encode, export, probe};

    const SAID: &str = r#"{"Label":"1","ContentProducer":"001 & 某 <公司>","ProduceID":"p-1"}"#;

    fn plain() -> Vec<u8> {
        encode(8, 8, vec![90; 8 * 8 * 3], 90).unwrap()
    }

    fn carrying(packet: &str) -> Vec<u8> {
        let jpeg = plain();
        let length = u16::try_from(2 + PACKET.len() + packet.len())
            .unwrap()
            .to_be_bytes();
        [
            &jpeg[..2],
            &[0xFF, 0xE1],
            &length,
            PACKET,
            packet.as_bytes(),
            &jpeg[2..],
        ]
        .concat()
    }

    fn frame() -> Frame {
        Frame {
            width: 4,
            height: 4,
            fit: Fit::Inside,
            quality: 88,
        }
    }

    #[test]
    fn what_is_made_of_a_labelled_picture_carries_the_same_label_and_nothing_else() {
        let said = escaped(SAID);
        let rdf = |inside: &str, more: &str| {
            format!(
                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" xmlns:T=\"{WRITTEN}\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" dc:creator=\"小鹿\" {more}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>"
            )
        };
        let whole = rdf(&format!("<T:AIGC>{said}</T:AIGC>"), "");
        let short = rdf("", &format!("T:AIGC=\"{said}\""));
        let parted = rdf(
            "<T:AIGC rdf:parseType=\"Resource\"><T:Label>1</T:Label><T:ProduceID>p-1</T:ProduceID></T:AIGC>",
            "",
        );
        for packet in [whole, short, parted] {
            let bytes = carrying(&packet);
            let label = label(&bytes).unwrap().unwrap();
            let made = export(&bytes, &probe(&bytes).unwrap(), &frame()).unwrap();
            assert_eq!(super::label(&made).unwrap(), Some(label), "{packet}");
            assert!(
                !String::from_utf8_lossy(&made).contains("小鹿"),
                "only the label goes along"
            );
            assert!(
                image::load_from_memory(&made).is_ok(),
                "and it is still a picture"
            );
        }
    }

    #[test]
    fn the_text_of_a_png_is_taken_along_too() {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 8, 8);
        encoder.set_color(png::ColorType::Rgb);
        encoder
            .add_itxt_chunk("AIGC".to_owned(), SAID.to_owned())
            .unwrap();
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&[90; 8 * 8 * 3]).unwrap();
        writer.finish().unwrap();
        let made = export(&bytes, &probe(&bytes).unwrap(), &frame()).unwrap();
        let label = label(&made).unwrap();
        assert_eq!(label, Some(Label::text(SAID)));
    }

    #[test]
    fn a_picture_without_a_label_gets_none() {
        let bytes = plain();
        assert_eq!(label(&bytes).unwrap(), None);
        let made = export(&bytes, &probe(&bytes).unwrap(), &frame()).unwrap();
        assert!(!made.windows(4).any(|part| part == b"AIGC"));
    }
}
