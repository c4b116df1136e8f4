//! When, with what and where a clip was taken: QuickTime's keys, the older user data, and the container's clock.

use super::index::{Index, boxes, find, number};
use crate::exif::{Taken, camera};

pub(super) struct Notes {
    pub taken_at: Option<Taken>,
    pub camera: Option<String>,
    pub has_gps: bool,
}

pub(super) fn read(index: &Index) -> Notes {
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
    let has_gps = key("com.apple.quicktime.location.ISO6709").is_some()
        || [b"\xA9xyz", b"loci"]
            .iter()
            .any(|kind| !find(data, &[kind]).is_empty());
    Notes {
        taken_at: told
            .and_then(|text| date(text.as_bytes()))
            .or_else(|| clock(find(moov, &[b"mvhd"]))),
        camera: camera(make, model),
        has_gps,
    }
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

/// "2026-03-02T08:15:59+0800", as ISO 8601 and phones write it.
fn date(text: &[u8]) -> Option<Taken> {
    let digits = |at: usize, length: usize| {
        let part = text.get(at..at + length)?;
        part.iter().try_fold(0_u16, |n, b| {
            Some(n * 10 + u16::from(b.is_ascii_digit().then(|| b - b'0')?))
        })
    };
    let small = |at| digits(at, 2).and_then(|n| u8::try_from(n).ok());
    let zone = text
        .iter()
        .skip(19)
        .position(|b| matches!(b, b'+' | b'-' | b'Z'))
        .map(|n| n + 19);
    let offset = zone.and_then(|at| {
        let sign = match text.get(at)? {
            b'Z' => return Some(0),
            b'-' => -1,
            _ => 1,
        };
        let minutes = small(at + 3).or_else(|| small(at + 4)).unwrap_or(0);
        Some(sign * (i16::from(small(at + 1)?) * 60 + i16::from(minutes)))
    });
    let taken = Taken {
        year: digits(0, 4)?,
        month: small(5)?,
        day: small(8)?,
        hour: small(11)?,
        minute: small(14)?,
        second: small(17)?,
        offset_minutes: offset.filter(|o| o.abs() <= 14 * 60),
    };
    taken.exists().then_some(taken)
}

/// The time of a film header: seconds since 1904, UTC. Clocks never set give a year before there were such files.
fn clock(header: &[u8]) -> Option<Taken> {
    let seconds = number(header, 4, if header.first()? == &1 { 8 } else { 4 })?;
    let (days, of_day) = (seconds / 86_400, seconds % 86_400);
    // Days since 1 March of year 0, in eras of 400 years. (Hinnant, "chrono-Compatible Low-Level Date Algorithms".)
    let days = days.checked_add(695_361)?;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let small = |n: u64| u8::try_from(n).ok();
    let taken = Taken {
        year: u16::try_from(year + era * 400 + u64::from(month >= 10)).ok()?,
        month: small(if month < 10 { month + 3 } else { month - 9 })?,
        day: small(of_year - (153 * month + 2) / 5 + 1)?,
        hour: small(of_day / 3600)?,
        minute: small(of_day / 60 % 60)?,
        second: small(of_day % 60)?,
        offset_minutes: Some(0),
    };
    (taken.exists() && taken.year >= 1980).then_some(taken)
}
