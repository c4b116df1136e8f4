//! What the index says of the picture track: size, turn, length, codec, and where its first whole picture lies.

use super::index::{Index, number};
use crate::boxes::{boxes, find};
use crate::error::PictureError;
use crate::planes::Coding;
use crate::turn;

/// The first track of pictures.
pub(super) struct Track<'a> {
    table: &'a [u8],
    entry: &'a [u8],
    /// Four letters.
    pub codec: [u8; 4],
    /// Pixels as coded.
    pub stated: (u32, u32),
    /// Pixels as shown, before the turn.
    pub shown: (u32, u32),
    /// Like EXIF's.
    pub orientation: u8,
    pub duration_ms: Option<i64>,
}

impl<'a> Track<'a> {
    pub fn of(index: &'a Index) -> Result<Self, PictureError> {
        let moov = index.moov();
        let tracks = boxes(moov)
            .filter(|(kind, _)| kind == b"trak")
            .map(|(_, track)| track);
        let mut tracks = tracks.filter(|track| find(track, &[b"mdia", b"hdlr"]).get(8..12) == Some(b"vide"));
        let track = tracks.next().ok_or(PictureError::Unsupported("没有画面的视频"))?;
        let table = find(track, &[b"mdia", b"minf", b"stbl"]);
        let entries = find(table, &[b"stsd"]).get(8..).unwrap_or_default();
        let (codec, entry) = boxes(entries).next().ok_or(PictureError::Truncated)?;
        let side = |at| {
            number(entry, at, 2)
                .and_then(|n| u32::try_from(n).ok())
                .unwrap_or(0)
        };
        let stated = (side(24), side(26));
        let (shown, orientation) = place(find(track, &[b"tkhd"])).unwrap_or((stated, 1));
        let shown = if shown.0 == 0 || shown.1 == 0 {
            stated
        } else {
            shown
        };
        if shown.0 == 0 || shown.1 == 0 {
            return Err(PictureError::Damaged("no pixels declared".to_owned()));
        }
        Ok(Self {
            table,
            entry,
            codec,
            stated,
            shown,
            orientation,
            duration_ms: duration(moov, track),
        })
    }

    pub fn codec_name(&self) -> String {
        let name = match &self.codec {
            b"avc1" | b"avc3" => "H.264",
            b"hvc1" | b"hev1" => "HEVC",
            b"dvh1" | b"dvhe" => "Dolby Vision",
            b"av01" => "AV1",
            b"vp09" => "VP9",
            b"vp08" => "VP8",
            b"mp4v" => "MPEG-4",
            b"jpeg" | b"mjpa" | b"mjpb" => "Motion JPEG",
            b"apch" | b"apcn" | b"apcs" | b"apco" | b"ap4h" | b"ap4x" => "ProRes",
            other => return String::from_utf8_lossy(other).trim().to_owned(),
        };
        name.to_owned()
    }

    /// A box of the decoder's setup.
    pub fn setup(&self, kind: &[u8; 4]) -> &'a [u8] {
        find(self.entry.get(78..).unwrap_or_default(), &[kind])
    }

    /// Primaries, transfer and, where it says so, matrix and range. QuickTime's older form has no range: film's.
    pub fn colour(&self) -> Option<(u16, u16, Option<Coding>)> {
        let told = self.setup(b"colr");
        let kind = told.get(..4)?;
        let point = |at| number(told, at, 2).and_then(|n| u16::try_from(n).ok());
        let (primaries, transfer, matrix) = (point(4)?, point(6)?, point(8)?);
        let full_range = match kind {
            b"nclx" => told.get(10)? & 0x80 != 0,
            b"nclc" => false,
            _ => return None,
        };
        let coding = Coding { matrix, full_range };
        Some((primaries, transfer, (matrix != 2).then_some(coding)))
    }

    /// Where in the file the first picture that needs no other lies, and how many bytes it has.
    pub fn first_picture(&self) -> Result<(u64, u64), PictureError> {
        let broken = || PictureError::Damaged("an index without its first picture".to_owned());
        // Samples are counted from 1; without a list of those that stand for themselves all do.
        let first = number(find(self.table, &[b"stss"]), 8, 4).unwrap_or(1).max(1);
        let (chunk, before) = self.chunk_of(first).ok_or_else(broken)?;
        let start = self.chunk_start(chunk).ok_or_else(broken)?;
        let skipped: Option<u64> = (first - before..first).map(|sample| self.size_of(sample)).sum();
        let size = self.size_of(first).ok_or_else(broken)?;
        let at = start
            .checked_add(skipped.ok_or_else(broken)?)
            .ok_or_else(broken)?;
        if size == 0 {
            return Err(broken());
        }
        Ok((at, size))
    }

    /// In which chunk a sample lies, and behind how many others.
    fn chunk_of(&self, sample: u64) -> Option<(u64, u64)> {
        let runs = find(self.table, &[b"stsc"]);
        let count = number(runs, 4, 4)?.min(u64::try_from(runs.len() / 12).ok()?);
        let mut passed = 0_u64;
        for run in 0..usize::try_from(count).ok()? {
            let (first, each) = (number(runs, 8 + 12 * run, 4)?, number(runs, 12 + 12 * run, 4)?);
            let next =
                number(runs, 20 + 12 * run, 4).filter(|_| run + 1 < usize::try_from(count).unwrap_or(0));
            let held = next.map(|next| next.saturating_sub(first).saturating_mul(each));
            let rest = sample.checked_sub(1)?.checked_sub(passed)?;
            if held.is_none_or(|held| rest < held) && each > 0 {
                // A chunk of a million pictures is a lie, and would be counted through.
                return Some((first.checked_add(rest / each)?, rest % each))
                    .filter(|(_, before)| *before < 1 << 20);
            }
            passed = passed.checked_add(held?)?;
        }
        None
    }

    fn chunk_start(&self, chunk: u64) -> Option<u64> {
        let at = usize::try_from(chunk.checked_sub(1)?).ok()?;
        let (short, long) = (find(self.table, &[b"stco"]), find(self.table, &[b"co64"]));
        if short.is_empty() {
            number(long, at.checked_mul(8)?.checked_add(8)?, 8)
        } else {
            number(short, at.checked_mul(4)?.checked_add(8)?, 4)
        }
    }

    fn size_of(&self, sample: u64) -> Option<u64> {
        let sizes = find(self.table, &[b"stsz"]);
        match number(sizes, 4, 4)? {
            0 => {
                let at = usize::try_from(sample.checked_sub(1)?).ok()?;
                number(sizes, at.checked_mul(4)?.checked_add(12)?, 4)
            }
            same => Some(same),
        }
    }
}

/// Size as shown and turn, of a track header.
fn place(header: &[u8]) -> Option<((u32, u32), u8)> {
    let matrix = if header.first()? == &0 { 40 } else { 52 };
    // Signs suffice: films are turned by quarters.
    let sign = |at: usize| {
        let number = u32::try_from(number(header, matrix + at, 4)?).ok()?.cast_signed();
        i8::try_from(number.signum()).ok()
    };
    let map = [sign(0)?, sign(4)?, sign(12)?, sign(16)?];
    let side =
        |at: usize| Some(u32::try_from(number(header, matrix + at, 4)?.div_ceil(1 << 16)).unwrap_or(0));
    Some(((side(36)?, side(40)?), turn::orientation(map)))
}

/// How long it plays: by the film's own clock, else the track's, else that of a film in fragments.
fn duration(moov: &[u8], track: &[u8]) -> Option<i64> {
    let of = |header: &[u8]| {
        let wide = header.first()? == &1;
        let (at, length) = if wide { (20, 8) } else { (12, 4) };
        let (scale, duration) = (number(header, at, 4)?, number(header, at + 4, length)?);
        let unknown = if wide { u64::MAX } else { u64::from(u32::MAX) };
        let told = scale > 0 && duration > 0 && duration != unknown;
        told.then(|| i64::try_from(u128::from(duration) * 1000 / u128::from(scale)).ok())?
    };
    let film = find(moov, &[b"mvhd"]);
    of(film)
        .or_else(|| of(find(track, &[b"mdia", b"mdhd"])))
        .or_else(|| {
            let whole = find(moov, &[b"mvex", b"mehd"]);
            let duration = number(whole, 4, if whole.first()? == &1 { 8 } else { 4 })?;
            let scale = number(film, if film.first()? == &1 { 20 } else { 12 }, 4)?;
            i64::try_from(u128::from(duration) * 1000 / u128::from(scale.max(1))).ok()
        })
}
