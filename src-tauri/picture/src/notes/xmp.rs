//! What an XMP packet tells (ISO 16684-1), inside a picture or in a file beside it.

use roxmltree::{Document, Node, ParsingOptions};

use super::{Told, camera};
use crate::taken::Taken;

/// Bytes of a packet that are read; those of pictures with a gain map inside have some hundred thousand.
const MAX_PACKET: usize = 4 << 20;
/// Elements and texts of one packet.
const MAX_NODES: u32 = 100_000;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const EXIF: &str = "http://ns.adobe.com/exif/1.0/";
const EXIF_EX: &str = "http://cipa.jp/exif/1.0/";
const TIFF: &str = "http://ns.adobe.com/tiff/1.0/";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const AUX: &str = "http://ns.adobe.com/exif/1.0/aux/";

/// From a packet, with or without its wrapper; one that is no XML tells nothing.
pub(super) fn read(packet: &[u8]) -> Told {
    document(packet, |document| Some(of(document))).unwrap_or_default()
}

/// What `look` finds in a packet.
pub(crate) fn document<T>(packet: &[u8], look: impl FnOnce(&Document<'_>) -> Option<T>) -> Option<T> {
    let text = String::from_utf8_lossy(packet.get(..packet.len().min(MAX_PACKET)).unwrap_or_default());
    // Writers pad with blanks and zeros, some begin with a mark of byte order, and a packet that was written over a longer one leaves
    // the end of that behind its own.
    let text = text.split("<?xpacket end").next().unwrap_or_default();
    let text = text
        .find('<')
        .zip(text.rfind('>'))
        .and_then(|(from, to)| text.get(from..=to));
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = text.and_then(|text| Document::parse_with_options(text, options).ok());
    look(&document?)
}

fn of(document: &Document<'_>) -> Told {
    // Descriptions deeper down are of other pictures: ingredients, and what it was made from.
    let about: Vec<Node<'_, '_>> = document
        .descendants()
        .filter(|node| node.has_tag_name((RDF, "RDF")))
        .flat_map(|rdf| {
            rdf.children()
                .filter(|node| node.has_tag_name((RDF, "Description")))
        })
        .collect();
    let value = |space: &str, name: &str| {
        about.iter().find_map(|about| {
            let within = || {
                let element = about.children().find(|node| node.has_tag_name((space, name)))?;
                element
                    .descendants()
                    .find_map(|node| node.text().filter(|text| !text.trim().is_empty()))
            };
            let text = about.attribute((space, name)).or_else(within)?.trim();
            (!text.is_empty()).then(|| text.to_owned())
        })
    };
    let moment = |space: &str, name: &str| Taken::read(value(space, name)?.as_bytes());
    let orientation = value(TIFF, "Orientation").and_then(|text| text.parse::<u8>().ok());
    Told {
        orientation: orientation.filter(|o| (1..=8).contains(o)),
        times: [
            moment(EXIF, "DateTimeOriginal").or_else(|| moment(PHOTOSHOP, "DateCreated")),
            moment(EXIF, "DateTimeDigitized").or_else(|| moment(XMP, "CreateDate")),
            None,
        ],
        camera: camera(value(TIFF, "Make"), value(TIFF, "Model")),
        lens: value(EXIF_EX, "LensModel").or_else(|| value(AUX, "Lens")),
        has_gps: value(EXIF, "GPSLatitude").is_some() && value(EXIF, "GPSLongitude").is_some(),
        adobe_rgb: false,
    }
}
