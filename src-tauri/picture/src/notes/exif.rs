//! What an EXIF block tells (CIPA DC-008). A broken block tells less, and never refuses the photo.

use super::{Told, camera};
use crate::directory::Directory;
use crate::taken::Taken;

/// From a block that begins as a TIFF does: that of a picture, or a whole RAW file.
pub(super) fn read(block: &[u8]) -> Told {
    let first = Directory::first(block);
    // Some RAW files keep their EXIF a page below.
    first.map_or_else(Told::default, |first| {
        of(first, first.at(34665).unwrap_or(first), first.at(34853))
    })
}

/// From directories that lie apart, as in a Canon CR3: pictures', camera's, place's.
pub(super) fn apart(first: &[u8], camera: &[u8], place: &[u8]) -> Told {
    let Some(first) = Directory::first(first) else {
        return Told::default();
    };
    of(
        first,
        Directory::first(camera).unwrap_or(first),
        Directory::first(place),
    )
}

fn of(first: Directory<'_>, inner: Directory<'_>, place: Option<Directory<'_>>) -> Told {
    let orientation = first.number(274).and_then(|o| u8::try_from(o).ok());
    let moment = |from: Directory<'_>, time: u64, fraction: u64, zone: u64| {
        let mut at = Taken::read(from.text(time)?.as_bytes())?;
        if let Some(digits) = inner.text(fraction) {
            at = at.with_fraction(&digits);
        }
        if let Some(zone) = inner.text(zone) {
            at = at.with_zone(&zone);
        }
        Some(at)
    };
    Told {
        orientation: orientation.filter(|o| (1..=8).contains(o)),
        times: [
            // RAW files built as TIFF/EP have it outside.
            moment(inner, 0x9003, 0x9291, 0x9011).or_else(|| moment(first, 0x9003, 0x9291, 0x9011)),
            moment(inner, 0x9004, 0x9292, 0x9012),
            moment(first, 0x0132, 0x9290, 0x9010),
        ],
        camera: camera(first.text(271), first.text(272)),
        lens: inner.text(0xA434),
        has_gps: place.is_some_and(|place| place.has_fraction(2) || place.has_fraction(4)),
        adobe_rgb: adobe_rgb(inner),
    }
}

/// How a camera set to Adobe RGB says so without a profile: no colour space of EXIF's own, and files by the rule R03 (DCF 2.0).
fn adobe_rgb(inner: Directory<'_>) -> bool {
    let by = inner.at(0xA005).and_then(|rules| rules.text(1));
    inner.number(0xA001) == Some(0xFFFF) && by.is_some_and(|by| by.starts_with("R03"))
}
