//! When, with what and where a clip was taken: QuickTime's keys, the older user data, Adobe's packet, and the container's clock.

use super::index::{Index, number};
use crate::boxes::{boxes, find};
use crate::notes::{Notes, camera, sidecar};
use crate::taken::Taken;

/// What the file says, and whether its time is only that of the container, which is UTC wherever it was shot.
pub(super) fn read(index: &Index) -> (Notes, bool) {
    let moov = index.moov();
    let keys = keys(moov);
    let key = |name: &str| {
        keys.iter()
            .find(|(own, _)| own == name)
            .map(|(_, text)| text.clone())
    };
    let data = find(moov, &[b"udta"]);
    let old = |kind: &[u8; 4]| user_text(find(data, &[kind]));
    let make = key("com.apple.quicktime.make").or_else(|| old(b"\xA9mak"));
    let model = key("com.apple.quicktime.model")
        .or_else(|| key("com.android.model"))
        .or_else(|| old(b"\xA9mod"));
    let told = key("com.apple.quicktime.creationdate").or_else(|| old(b"\xA9day"));
    let lens = key("com.apple.quicktime.camera.lens_model");
    let has_gps = key("com.apple.quicktime.location.ISO6709").is_some()
        || [b"\xA9xyz", b"loci"]
            .iter()
            .any(|kind| !find(data, &[kind]).is_empty())
        // Where car cameras list their way.
        || !find(moov, &[b"gps "]).is_empty();
    let own = Notes {
        taken_at: told.and_then(|text| Taken::read(text.as_bytes())),
        camera: camera(make, model),
        lens,
        has_gps,
    };
    let mut notes = own.or(sidecar(index.packet()));
    let container = notes.taken_at.is_none();
    if container {
        notes.taken_at = clock(find(moov, &[b"mvhd"]));
    }
    (notes, container)
}

/// The texts of QuickTime's metadata by their names.
fn keys(moov: &[u8]) -> Vec<(String, String)> {
    // QuickTime keeps them beside the tracks, other writers in the user data.
    let mut meta = find(moov, &[b"meta"]);
    if meta.is_empty() {
        meta = find(moov, &[b"udta", b"meta"]);
    }
    // MP4 puts a version before its boxes, QuickTime does not.
    if meta.get(4..8) != Some(b"hdlr") {
        meta = meta.get(4..).unwrap_or_default();
    }
    let names = boxes(find(meta, &[b"keys"]).get(8..).unwrap_or_default());
    let names: Vec<_> = names
        .map(|(_, name)| String::from_utf8_lossy(name).into_owned())
        .collect();
    let values = boxes(find(meta, &[b"ilst"])).take(256);
    values
        .filter_map(|(nth, value)| {
            let nth = usize::try_from(u32::from_be_bytes(nth)).ok()?.checked_sub(1)?;
            // A kind and a language come first.
            let text = tidy(find(value, &[b"data"]).get(8..)?)?;
            Some((names.get(nth)?.clone(), text))
        })
        .collect()
}

/// A text of the older user data: its length and language come first.
fn user_text(content: &[u8]) -> Option<String> {
    let length = usize::try_from(number(content, 0, 2)?).ok()?;
    tidy(content.get(4..4 + length)?)
}

fn tidy(text: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(text.get(..text.len().min(256))?);
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    (!text.is_empty()).then(|| text.to_owned())
}

/// The time of a film header, UTC: seconds since 1904, or, by some cameras, since 1970. Clocks never set give a year before there
/// were such files.
fn clock(header: &[u8]) -> Option<Taken> {
    let seconds = number(header, 4, if header.first()? == &1 { 8 } else { 4 })?;
    let seconds = i64::try_from(seconds).ok()?;
    let since = |year: i64| Taken::of_seconds(seconds.checked_sub(year)?).filter(|at| at.year >= 1980);
    since(FROM_1904_TO_1970).or_else(|| since(0))
}

/// Seconds between the two years clocks are counted from.
const FROM_1904_TO_1970: i64 = 2_082_844_800;
