//! Moving pictures: MP4, MOV and their kin (ISO/IEC 14496-12, QuickTime). Kept as they are; what is made here is their facts and a
//! poster, the first picture that stands for itself.
//!
//! Only the index of a clip and one picture of it are read, however long it is. Contents: `index` finding both in the file · `track` what
//! the index says of the picture track · `notes` time, camera, place · `h264` the one codec that is not decoded in Rust.

mod h264;
mod index;
mod notes;
mod track;

use std::io::{Read, Seek};

use heifer_isobmff::boxes::HevcConfig;

use crate::colour::Colour;
use crate::decode::Pixels;
use crate::error::{PictureError, guard};
use crate::frame::{Area, Fit, Frame};
use crate::jpeg::{self, Care};
use crate::planes::{Coding, Planes};
use crate::taken::Taken;
use crate::turn::Turn;
use crate::{THUMBNAIL_QUALITY, THUMBNAIL_SIDE, av1, hevc, resize};

use index::Index;
use track::Track;

/// What a clip says about itself, without its pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClipFacts {
    /// `mp4` or `mov`, told by the first bytes.
    pub format: &'static str,
    /// Pixels across, upright.
    pub width: u32,
    /// Pixels down, upright.
    pub height: u32,
    /// How long it plays, in milliseconds, where the index knows.
    pub duration_ms: Option<i64>,
    /// When it was taken, where the file knows.
    pub taken_at: Option<Taken>,
    /// Nobody wrote the time down but the container, whose clock is UTC wherever it was shot: an offset of 0 is then no zone.
    pub container_time: bool,
    /// Camera as "Make Model".
    pub camera: Option<String>,
    /// Lens model.
    pub lens: Option<String>,
    /// Whether the file tells where it was taken.
    pub has_gps: bool,
    /// The codec of the pictures ("H.264", "HEVC", "AV1", or its four letters).
    pub codec: String,
    /// Why there will be no poster, for people; `None` where there will be one unless the clip is damaged.
    pub unread: Option<String>,
}

/// Reads a clip's facts from its index; of its pictures nothing is read.
///
/// A clip cut short is `Truncated`, a clip without pictures `Unsupported`, a file of another kind `Unsupported` or `NotAPicture`.
pub fn probe(mut file: impl Read + Seek) -> Result<ClipFacts, PictureError> {
    guard(|| {
        let index = Index::read(&mut file)?;
        let track = Track::of(&index)?;
        let (notes, container_time) = notes::read(&index);
        let (width, height) = Turn::of(track.orientation).sides(track.shown);
        Ok(ClipFacts {
            format: index.format(),
            width,
            height,
            duration_ms: track.duration_ms,
            taken_at: notes.taken_at,
            container_time,
            camera: notes.camera,
            lens: notes.lens,
            has_gps: notes.has_gps,
            codec: track.codec_name(),
            unread: unread(&track),
        })
    })
}

/// Makes an upright JPEG of the first picture that stands for itself, its longer side at most [`THUMBNAIL_SIDE`]; `None` where its codec
/// has no decoder here ([`ClipFacts::unread`] says so to people).
pub fn poster(mut file: impl Read + Seek) -> Result<Option<Vec<u8>>, PictureError> {
    guard(|| {
        let index = Index::read(&mut file)?;
        let track = Track::of(&index)?;
        if unread(&track).is_some() {
            return Ok(None);
        }
        let sample = index.sample(&mut file, track.first_picture()?)?;
        let small = draw(&track, &sample)?;
        let care = Care {
            quality: THUMBNAIL_QUALITY,
            small: false,
            full_colour: false,
        };
        jpeg::encode(&small, care).map(Some)
    })
}

/// Why a track's pictures cannot be shown here.
fn unread(track: &Track<'_>) -> Option<String> {
    if track.stated.0 == 0 || track.first_picture().is_err() {
        return Some("这段视频的画面是分段存放的，这里取不出封面；视频本身已原样保留。".to_owned());
    }
    let readable = match &track.codec {
        b"hvc1" | b"hev1" => HevcConfig::parse(track.setup(b"hvcC")).is_ok(),
        b"avc1" | b"avc3" => h264::is_readable(track.setup(b"avcC")),
        b"av01" => true,
        _ => false,
    };
    let name = track.codec_name();
    (!readable).then(|| format!("这段视频用 {name} 编码，这里取不出封面；视频本身已原样保留。"))
}

/// The sample decoded, scaled, turned, in sRGB.
fn draw(track: &Track<'_>, sample: &[u8]) -> Result<Pixels, PictureError> {
    let (width, height) = track.stated;
    let frame = Frame {
        width: THUMBNAIL_SIDE,
        height: THUMBNAIL_SIDE,
        fit: Fit::Inside,
        quality: THUMBNAIL_QUALITY,
    };
    // Pixels need not be square: what is shown counts, not what is stored.
    let turn = Turn::of(track.orientation);
    let size = turn.sides(frame.plan(turn.sides(track.shown))?.size);
    let by = [8_u32, 4, 2]
        .into_iter()
        .find(|by| width / by >= size.0 && height / by >= size.1)
        .unwrap_or(1);
    let (planes, coding) = decode(track, sample, usize::try_from(by).unwrap_or(1))?;
    let colour = track
        .colour()
        .map_or(Colour::Untold, |(primaries, transfer, _)| Colour::Coded {
            primaries,
            transfer,
        });
    let pixels = planes.rgb(coding, colour.tone().as_ref())?;
    let whole = Area {
        x: 0.0,
        y: 0.0,
        width: f64::from(pixels.width),
        height: f64::from(pixels.height),
    };
    let mut small = resize::resize(pixels, whole, size)?;
    colour.to_srgb(&mut small);
    Ok(turn.apply(small))
}

fn decode(track: &Track<'_>, sample: &[u8], by: usize) -> Result<(Planes, Coding), PictureError> {
    let size = track.stated;
    let room = |side: u32| u64::from(side).next_multiple_of(128);
    let most = room(size.0) * room(size.1);
    let (planes, own) = match &track.codec {
        b"hvc1" | b"hev1" => {
            let setup =
                HevcConfig::parse(track.setup(b"hvcC")).map_err(|e| PictureError::Damaged(e.to_string()))?;
            let sets = setup.nal_units.iter().map(Vec::as_slice);
            let units = units(sample, usize::from(setup.nal_length_size))?;
            hevc::decode(&annex_b(sets.chain(units)), size, most, by)?
        }
        b"av01" => {
            let setup = track.setup(b"av1C").get(4..).unwrap_or_default();
            av1::decode(&[setup, sample].concat(), size, most, by)?
        }
        _ => h264::decode(track.setup(b"avcC"), sample, size, by)?,
    };
    // What the container says of range and matrix outranks the stream, where it says it.
    let coding = track.colour().and_then(|(_, _, coding)| coding).unwrap_or(own);
    Ok((planes, coding))
}

/// The units of a sample, each led by its length.
fn units(mut sample: &[u8], prefix: usize) -> Result<Vec<&[u8]>, PictureError> {
    let mut units = Vec::new();
    while !sample.is_empty() {
        let (length, rest) = sample.split_at_checked(prefix).ok_or(PictureError::Truncated)?;
        let length = length.iter().fold(0_usize, |n, b| n << 8 | usize::from(*b));
        let (unit, rest) = rest.split_at_checked(length).ok_or(PictureError::Truncated)?;
        units.push(unit);
        sample = rest;
    }
    Ok(units)
}

/// Units as a stream, each behind a start code (H.264 and H.265, annex B).
fn annex_b<'a>(units: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut stream = Vec::new();
    for unit in units {
        stream.extend([0, 0, 0, 1]);
        stream.extend_from_slice(unit);
    }
    stream
}
