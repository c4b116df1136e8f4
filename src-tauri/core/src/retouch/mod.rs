//! Retouch 修图: what is done to a photo before it is seen, as a list; the original file is never altered.
//!
//! The list is drawn in a fixed order, the same for the window and for what leaves: turn and mirror → straighten → crop → (the frame
//! asked for) → hidden places → tone → arrows and captions → watermark. Coordinates are shares of the upright original, so that one
//! list holds at every size. A channel may have its own list in place of the one for all. Lists are kept one after another
//! ([`history`]), and nothing is overwritten.

mod aspect;
mod copy;
mod draw;
mod history;
mod normal;
mod overlay;
mod set;
mod store;

pub(crate) use aspect::sides;
pub use copy::copy;
pub(crate) use draw::must_be_jpeg;
pub use draw::{draft, export, read, render};
pub use history::{get, history};
pub use set::{clear, set, sweep};

use serde::{Deserialize, Serialize};

use crate::value::{Id, Time};

/// The form of [`Edits`] that this version writes. A list of a later form is left alone.
pub const VERSION: u32 = 1;

/// Everything done to a photo. The default does nothing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct Edits {
    /// Quarter turns clockwise, 0 to 3.
    pub turns: u8,
    /// Left and right change places, after the turns.
    pub flip: bool,
    /// Degrees clockwise, −15 to 15. What is left is the largest rectangle of the picture's own shape without an empty corner.
    pub straighten: f64,
    /// What is kept of the straightened picture; `null` keeps all of it.
    pub crop: Option<Crop>,
    /// Light and colour.
    pub tone: Tone,
    /// Places nobody may see. What leaves holds nothing of them but the means of a few large cells.
    pub hidden: Vec<Hidden>,
    /// Arrows and captions; later ones lie on earlier ones.
    pub marks: Vec<Mark>,
    /// Words over the whole picture.
    pub watermark: Option<Watermark>,
}

/// A part of the straightened picture, in shares of it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct Crop {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// Light and colour: −100 to 100 each, 0 changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct Tone {
    /// 50 is one stop: twice the light.
    pub exposure: i8,
    /// Lower: flatter; higher: harder.
    pub contrast: i8,
    /// Higher: the bright parts brighter.
    pub highlights: i8,
    /// Higher: the dark parts brighter.
    pub shadows: i8,
    /// Lower: bluer; higher: more golden.
    pub temperature: i8,
    /// Lower: greener; higher: more magenta.
    pub tint: i8,
    /// −100 is grey.
    pub saturation: i8,
}

/// How a place is hidden; both are final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Veil {
    /// 马赛克
    #[default]
    Mosaic,
    /// 模糊
    Blur,
}

/// A stroke of the hiding brush.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Hidden {
    /// What is painted.
    pub veil: Veil,
    /// Half the stroke's width, as a share of the original's longer side. A wide stroke has large cells.
    pub radius: f64,
    /// Where the brush went, in shares of the upright original; a single point is a dab.
    pub points: Vec<(f64, f64)>,
}

/// The colours of marks and watermarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Ink {
    #[default]
    White,
    Black,
    Red,
    Yellow,
    Green,
    Blue,
}

/// What a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// From `from` to its head at `to`, with words at its tail, if any.
    #[default]
    Arrow,
    /// Words with their middle at `from`.
    Caption,
    /// A round frame in the rectangle between `from` and `to`.
    Ring,
}

/// Something pointed out in the picture. It keeps its place in the original; words stay upright.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct Mark {
    pub kind: MarkKind,
    /// In shares of the upright original.
    pub from: (f64, f64),
    /// In shares of the upright original; a caption has no use for it.
    pub to: (f64, f64),
    pub text: String,
    pub ink: Ink,
    /// Words on a plate of the ink's colour instead of in it.
    pub plate: bool,
    /// Height of the words as a share of the visible picture's shorter side, 0.01 to 0.3; lines are as thick as their strokes.
    pub size: f64,
}

/// Where a watermark stands in the visible picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Spot {
    TopLeft,
    TopRight,
    BottomLeft,
    #[default]
    BottomRight,
    Bottom,
    Middle,
    /// 满铺: again and again, aslant.
    Tiled,
}

/// Words over the whole picture. They are laid out in what is visible, so that no channel's crop cuts them off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct Watermark {
    pub text: String,
    pub place: Spot,
    pub ink: Ink,
    /// Height of the words as a share of the visible picture's shorter side, 0.01 to 0.3.
    pub size: f64,
    /// 5 to 100.
    pub opacity: u8,
}

impl Default for Watermark {
    fn default() -> Self {
        Self {
            text: String::new(),
            place: Spot::default(),
            ink: Ink::default(),
            size: 0.04,
            opacity: 60,
        }
    }
}

/// The edits of a photo, as a channel gets them.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Retouch {
    pub photo: Id,
    /// Whose version was asked for; `null`: the one for all.
    pub channel: Option<Id>,
    pub edits: Edits,
    /// The channel has its own version; otherwise these are the edits for all.
    pub own: bool,
    /// Channels that have a version of their own.
    pub channels: Vec<Id>,
    /// Why the kept edits cannot be used, for people; empty when they can. The window then shows the photo without edits, and nothing
    /// of it leaves: it may be what was hidden.
    pub problem: String,
    /// When this version was made.
    pub edited_at: Option<Time>,
}

/// An earlier or the present list of edits.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct RetouchVersion {
    pub id: Id,
    pub edits: Edits,
    pub edited_at: Time,
}

/// What is carried over to other photos beside tone and watermark, which always are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct Carried {
    /// Turn, mirror, straightening and crop.
    pub shape: bool,
    /// Hidden places. They hide a place in one picture and seldom the right one in another.
    pub hidden: bool,
    /// Arrows and captions.
    pub marks: bool,
}

/// What a photo had before it was given the edits of another.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Replaced {
    pub photo: Id,
    /// For all channels.
    pub edits: Edits,
}

impl Edits {
    /// The words that are drawn over the photo.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        let marks = self.marks.iter().filter(|mark| mark.kind != MarkKind::Ring);
        let watermark = self.watermark.iter().map(|mark| mark.text.as_str());
        marks.map(|mark| mark.text.as_str()).chain(watermark)
    }
}
