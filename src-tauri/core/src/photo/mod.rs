//! Photo 素材: pictures with what is known of them. The original file is never altered.
//!
//! `photos/ab/<hash>.<ext>` originals, `photos/thumb/ab/<hash>.jpg` thumbnails (512 px), `photos/preview/…` (1600 px, made at first sight).

mod clip;
mod copies;
mod copies_store;
mod desk;
mod duplicates;
mod edit;
mod file;
mod import;
mod list;
mod look;
mod other;
mod prepare;
mod provenance;
mod read;
mod remove;
mod repair;
mod resaved_store;
mod store;
mod sweep;
mod take;
mod theirs;
mod twins_store;
mod verify;
mod walk;
mod wall;
mod wall_store;
mod watch;

pub use duplicates::{
    Duplicates, Kept, Likeness, Merit, Prints, Stayed, Twin, Twins, duplicates, keep_all, keep_best, reopen,
    tell_apart,
};
pub use edit::edit;
pub(crate) use file::{DRAWN, aside, in_shelf, is_hash, read_made, write_made};
pub use import::{import, import_bytes};
pub use list::{counts, get, list, some};
pub(crate) use look::{Look, look, must_be_sound};
pub use prepare::prepare;
pub(crate) use provenance::weigh;
pub use provenance::{Doubts, Ground, Provenance, Reason, Scope, Side, claim, doubtful, doubts, provenance};
pub(crate) use read::{damaged, open, original, wanted};
pub use read::{part, read, render};
pub use remove::{empty_trash, remove, restore};
pub(crate) use repair::distrust;
pub use repair::{Repair, repair};
pub use sweep::sweep;
pub use verify::verify;
pub(crate) use verify::{originals, strays};
pub use wall::{facets, wall};
pub use watch::{Scan, Watch, Watcher, follow, set_watch, watched};

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{
    error::Code,
    value::{Date, Id, Time},
};

/// Whose picture it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, sqlx::Type, specta::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum Source {
    /// 自拍
    #[default]
    Own,
    /// 品牌方
    Brand,
    /// 买家秀
    Buyer,
    /// 截图
    Screenshot,
}

/// What a file of the library is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, sqlx::Type, specta::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
#[serde(rename = "PhotoKind")]
pub enum Kind {
    /// 图片
    #[default]
    Picture,
    /// 视频片段, shown by a poster.
    Clip,
    /// A file this system cannot show; it is kept as it came.
    File,
}

/// A photo.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Photo {
    pub id: Id,
    /// The name of the first file it came in with. It never leaves the app.
    pub name: String,
    /// BLAKE3 of the original file, lower-case hex.
    pub hash: String,
    pub kind: Kind,
    /// jpeg, png, heic, mp4 …; of a kept file its extension.
    pub format: String,
    /// Pixels after orientation; 0 where it is not known.
    pub width: i64,
    /// Pixels after orientation; 0 where it is not known.
    pub height: i64,
    /// Size of the original file.
    pub bytes: i64,
    /// Milliseconds of a clip.
    pub duration: Option<i64>,
    /// A still with a moving part inside (live photo).
    pub moving: bool,
    /// Name of the colour profile inside the file; empty: none, taken as sRGB.
    pub profile: String,
    /// Why a file is kept without being shown, for people; empty for what is shown.
    pub unread: String,
    /// What was odd about the file when it came in, for people; empty for nothing.
    pub note: String,
    /// RFC 3339 with the offset the camera noted, else with that of the computer it came in on.
    pub taken_at: Option<String>,
    pub camera: String,
    pub lens: String,
    /// The file carries a place. It never leaves the app.
    pub has_gps: bool,
    pub source: Source,
    /// Put together by the app from other photos: never evidence.
    pub made: bool,
    /// 0 none, 1–5.
    pub rating: i64,
    /// 1 picked, −1 rejected, 0 neither.
    pub pick: i64,
    pub caption: String,
    /// What a crop keeps in view, 0..1.
    pub focus_x: f64,
    /// What a crop keeps in view, 0..1.
    pub focus_y: f64,
    pub product: Option<Id>,
    pub trial: Option<Id>,
    /// In how many posts it is.
    pub used: i64,
    /// The stamp of the edits that every channel gets: 0 never edited, negative when they were taken back. The window puts it into
    /// the picture's address, which must change when the picture does.
    pub edited: i64,
    /// Set while it lies in the trash.
    pub trashed_at: Option<Time>,
    pub created_at: Time,
}

/// What to import.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct PhotoImport {
    /// Files and folders; folders recurse.
    pub paths: Vec<PathBuf>,
    /// Whose pictures they are of.
    pub product: Option<Id>,
    /// Which trial they prove; its product is taken along.
    pub trial: Option<Id>,
    /// Whose pictures they are.
    pub source: Source,
}

/// What an import did.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
pub struct Imported {
    /// New photos.
    pub imported: Vec<Photo>,
    /// Files whose bytes are in the library already.
    pub duplicates: Vec<Duplicate>,
    /// Files that could not be taken in.
    pub rejected: Vec<Rejected>,
    /// Files that lay among the photos and are none, nor meant to be: texts, and what cameras and editors write beside a photo.
    pub strays: Vec<Rejected>,
    /// Somebody stopped it; what is listed here is kept.
    pub cancelled: bool,
    /// It could not go on, on a full disk for one; what is listed here is kept.
    pub stopped: Option<Stopped>,
    /// How many files it did not come to, cancelled or stopped.
    pub left: i64,
}

/// Why an import ended before its end.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Stopped {
    pub code: Code,
    /// What happened, what was kept, what to do.
    pub message: String,
}

/// What emptying the trash did.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
pub struct Emptied {
    /// How many photos went.
    pub photos: i64,
    /// Files that are still on the disk, of these photos or earlier ones; tried again at the next emptying and the next opening.
    pub left: Vec<Left>,
}

/// A file that could not be deleted.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Left {
    /// Inside the workspace.
    pub path: String,
    /// Why, for people.
    pub reason: String,
}

/// A file whose bytes are in the library already.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Duplicate {
    #[serde(serialize_with = "crate::value::path_text")]
    #[specta(type = String)]
    pub path: PathBuf,
    /// The photo it is.
    pub id: Id,
    /// It lay in the trash; importing it again brought it back.
    pub restored: bool,
    /// It lies in the trash because another one like it was kept, and it stays there.
    pub settled: bool,
    /// What was asked for and not done because something else stands already, for people; else empty.
    pub kept: String,
}

/// A file that could not be taken in.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Rejected {
    #[serde(serialize_with = "crate::value::path_text")]
    #[specta(type = String)]
    pub path: PathBuf,
    /// Why, for people.
    pub reason: String,
}

/// Which photos to list.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct PhotoFilter {
    pub product: Option<Id>,
    pub trial: Option<Id>,
    pub source: Option<Source>,
    pub kind: Option<Kind>,
    /// 1 picked, −1 rejected, 0 neither.
    pub pick: Option<i64>,
    /// The camera as its EXIF names it.
    pub camera: Option<String>,
    /// Taken on this day or later, by the camera's own clock.
    pub from: Option<Date>,
    /// Taken on this day or earlier.
    pub to: Option<Date>,
    /// Only photos in no post.
    pub unused: bool,
    /// Only photos in some post.
    pub used: bool,
    /// Only photos of no product.
    pub unfiled: bool,
    /// At least this rating.
    pub min_rating: i64,
    /// Part of the caption.
    pub text: String,
    /// Those in the trash instead of those in the library.
    pub trashed: bool,
    /// At most this many; `None` means all.
    pub limit: Option<i64>,
    pub offset: i64,
}

/// Changes to photos; an absent field stays as it is.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct PhotoPatch {
    pub source: Option<Source>,
    pub rating: Option<i64>,
    /// 1 picked, −1 rejected, 0 neither.
    pub pick: Option<i64>,
    pub caption: Option<String>,
    pub focus: Option<(f64, f64)>,
    /// `null` takes the photo off its product.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<i64>)]
    pub product: Option<Option<Id>>,
    /// `null` takes the photo off its trial.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<i64>)]
    pub trial: Option<Option<Id>>,
}

/// The wall: every photo that matches, newest first, as columns. What a single tile says more is asked for when it is seen (`some`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct Wall {
    /// Newest first.
    pub ids: Vec<Id>,
    /// One number per photo, sums of: rating 0–5 · 8 picked · 16 rejected · 32 a clip · 64 a kept file · 128 × source (0 own, 1 brand,
    /// 2 buyer, 3 screenshot) · 512 in a post · 1024 put together by the app · 2048 has a moving part.
    pub marks: Vec<u16>,
    /// `(photo, stamp)` of every photo that was ever edited, as in `Photo::edited`.
    pub edited: Vec<(Id, i64)>,
    /// Stretches of one civil day, in the order of the ids; their counts add up to all.
    pub days: Vec<WallDay>,
}

/// A stretch of photos of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct WallDay {
    /// By the clock of the camera, else the day it came in.
    pub on: Date,
    /// How many photos.
    pub count: u32,
    /// `(product, how many of its own pictures here belong to no trial)`.
    pub products: Vec<(Id, u32)>,
}

/// What there is to filter by.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct PhotoFacets {
    /// `(camera, photos)`, most photos first.
    pub cameras: Vec<(String, i64)>,
    pub clips: i64,
    pub files: i64,
    pub picked: i64,
    pub rejected: i64,
}

/// How many photos there are.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct PhotoCounts {
    pub all: i64,
    pub unused: i64,
    /// In the trash; the others do not count them.
    pub trashed: i64,
}

/// Sizes the window asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// 512 px, always there.
    Thumb,
    /// 1600 px, made at first sight.
    Preview,
    /// The file as it came.
    Original,
}

/// How a picture fits a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// Fill the frame, keep the focus in view.
    #[default]
    Crop,
    /// Show all of it on white.
    Pad,
    /// Scale to fit inside, keep the ratio.
    Inside,
}

/// A frame to export into; an absent side keeps the ratio.
#[derive(Debug, Clone, Copy, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct Frame {
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub fit: Fit,
}
