//! When, with what and whether a place is inside: what files say of the picture beside its pixels, wherever they say it.
//!
//! Contents: `exif` the camera's own block · `xmp` Adobe's packet, also in a file beside · `iptc` agencies' records · `raw` where files
//! that are kept without being shown have these.

mod exif;
mod iptc;
mod raw;
mod xmp;

use std::borrow::Cow;

use crate::taken::Taken;

pub(crate) use xmp::document;

/// A part of a file that tells something.
pub(crate) enum Block<'a> {
    /// Begins as a TIFF does.
    Exif(Cow<'a, [u8]>),
    Xmp(Cow<'a, [u8]>),
    Iptc(Cow<'a, [u8]>),
    /// Photoshop's resources, which hold the others.
    Resources(Cow<'a, [u8]>),
    /// A word of a PNG and its meaning.
    Word(String, String),
}

/// What one block told; absent fields are `None`.
#[derive(Default)]
pub(crate) struct Told {
    pub orientation: Option<u8>,
    /// The shutter, the scanner, the last change.
    pub times: [Option<Taken>; 3],
    pub camera: Option<String>,
    pub lens: Option<String>,
    pub has_gps: bool,
    pub adobe_rgb: bool,
}

/// What a file or the file beside it says of when, with what and where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    /// When it was taken.
    pub taken_at: Option<Taken>,
    /// Camera as "Make Model".
    pub camera: Option<String>,
    /// Lens model.
    pub lens: Option<String>,
    /// Whether a place is inside.
    pub has_gps: bool,
}

impl Notes {
    /// These, with what is missing taken from others.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            taken_at: self.taken_at.or(other.taken_at),
            camera: self.camera.or(other.camera),
            lens: self.lens.or(other.lens),
            has_gps: self.has_gps || other.has_gps,
        }
    }
}

/// What an XMP file beside a picture says of it.
pub fn sidecar(packet: &[u8]) -> Notes {
    xmp::read(packet).notes()
}

/// What a file says that is kept without being shown: RAW files, PSD and others; nothing where it is of an unknown kind.
pub fn kept(bytes: &[u8]) -> Notes {
    raw::read(bytes).notes()
}

/// What all blocks of a file tell together: the camera's before Adobe's before the agencies'.
pub(crate) fn read(blocks: &[Block<'_>]) -> Told {
    let trust = |block: &Block<'_>| match block {
        Block::Exif(_) => 0,
        Block::Xmp(_) => 1,
        Block::Iptc(_) | Block::Resources(_) => 2,
        Block::Word(..) => 3,
    };
    let mut sorted: Vec<&Block<'_>> = blocks.iter().collect();
    sorted.sort_by_key(|block| trust(block));
    sorted.into_iter().map(one).fold(Told::default(), Told::or)
}

fn one(block: &Block<'_>) -> Told {
    match block {
        Block::Exif(block) => exif::read(block),
        Block::Xmp(packet) => xmp::read(packet),
        Block::Iptc(records) => iptc::read(records),
        // Resources do not hold resources.
        Block::Resources(resources) => read(&iptc::resources(resources)),
        Block::Word(name, text) => word(name, text),
    }
}

/// A word of a PNG: its own for the day it was made, and those of ImageMagick for what EXIF said.
fn word(name: &str, text: &str) -> Told {
    let mut told = Told::default();
    let moment = || Taken::read(text.as_bytes()).or_else(|| Taken::read_words(text));
    match name {
        "exif:DateTimeOriginal" => told.times[0] = moment(),
        "exif:DateTimeDigitized" => told.times[1] = moment(),
        "Creation Time" | "exif:DateTime" => told.times[2] = moment(),
        "exif:Orientation" => told.orientation = text.parse().ok().filter(|o| (1..=8).contains(o)),
        "exif:Model" => told.camera = Some(text.to_owned()),
        "exif:GPSLatitude" => told.has_gps = true,
        _ => {}
    }
    told
}

impl Told {
    /// This, with what is missing taken from another.
    fn or(self, other: Self) -> Self {
        let [mut shutter, scanner, change] = self.times;
        let [theirs, their_scanner, their_change] = other.times;
        // A clock without a zone gets that of the program that copied it.
        if let (Some(own), Some(theirs)) = (&mut shutter, &theirs)
            && own.same_clock(theirs)
        {
            own.offset_minutes = own.offset_minutes.or(theirs.offset_minutes);
            own.millisecond = own.millisecond.max(theirs.millisecond);
        }
        Self {
            orientation: self.orientation.or(other.orientation),
            times: [
                shutter.or(theirs),
                scanner.or(their_scanner),
                change.or(their_change),
            ],
            camera: self.camera.or(other.camera),
            lens: self.lens.or(other.lens),
            has_gps: self.has_gps || other.has_gps,
            adobe_rgb: self.adobe_rgb || other.adobe_rgb,
        }
    }

    /// The moment of the shutter; without it that of scanning, without that of the last change.
    pub fn taken_at(&self) -> Option<Taken> {
        self.times.iter().flatten().next().copied()
    }

    fn notes(self) -> Notes {
        Notes {
            taken_at: self.taken_at(),
            camera: self.camera,
            lens: self.lens,
            has_gps: self.has_gps,
        }
    }
}

/// "Make Model", with the make left out where the model already names it ("Canon" + "Canon EOS R5").
pub(crate) fn camera(make: Option<String>, model: Option<String>) -> Option<String> {
    let (Some(make), Some(model)) = (&make, &model) else {
        return model.or(make);
    };
    let first = |name: &str| name.split_whitespace().next().map(str::to_lowercase);
    if first(make) == first(model) {
        Some(model.clone())
    } else {
        Some(format!("{make} {model}"))
    }
}
