//! Composition 拼图: pictures put together from photos and words, by templates that are data. Drawn here, so that the same document
//! gives the same bytes on every machine. What it makes becomes a photo with `made`, which counts as evidence of nothing.
//!
//! `template` the layouts in `templates/*.toml` · `grid pair long card cover` where things stand, pure functions · `flow` words and
//! pictures down a page · `canvas` the pixels · `draw` all of it in a row · `drawn` the words that are kept with the pixels ·
//! `save` documents and the photos they became.

mod canvas;
mod card;
mod colour;
mod cover;
mod draw;
mod drawn;
mod flow;
mod grid;
mod long;
mod pair;
mod save;
mod store;
mod template;
mod words;

pub use draw::{preview, render};
pub(crate) use drawn::words;
pub use save::{export, get, list, of_photo, remove, save};
pub use template::templates;

use serde::{Deserialize, Serialize};

use crate::{
    photo::Photo,
    value::{Id, Time},
};

/// What sort of picture a template makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[serde(rename = "CompositionKind")]
pub enum Kind {
    /// 拼图, 2 to 9 photos.
    Grid,
    /// 前后对比, with the cameras' dates.
    Pair,
    /// 长图
    Long,
    /// 文字卡片, as many as the text needs.
    Card,
    /// 封面
    Cover,
}

/// The shape of the picture; a long one is as long as it must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
pub enum Ratio {
    /// 1080 × 1440
    #[default]
    #[serde(rename = "3:4")]
    Portrait,
    /// 1080 × 1080
    #[serde(rename = "1:1")]
    Square,
    /// 1080 × 1920
    #[serde(rename = "9:16")]
    Tall,
    /// 1440 × 1080
    #[serde(rename = "4:3")]
    Wide,
}

impl Ratio {
    /// Pixels across and down.
    pub fn sides(self) -> (f64, f64) {
        match self {
            Self::Portrait => (1080.0, 1440.0),
            Self::Square => (1080.0, 1080.0),
            Self::Tall => (1080.0, 1920.0),
            Self::Wide => (1440.0, 1080.0),
        }
    }
}

/// A template, for choosing.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct CompositionTemplate {
    pub id: String,
    pub kind: Kind,
    /// In Chinese.
    pub name: String,
    pub english: String,
    /// At least this many photos.
    pub least: u32,
    /// At most this many.
    pub most: u32,
    /// What [`Look`] begins with.
    pub look: Look,
}

/// A composition's document: everything its picture is made of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(default, rename = "CompositionSpec")]
#[allow(missing_docs)]
pub struct Spec {
    /// Id of a template.
    pub template: String,
    pub ratio: Ratio,
    /// In the template's order; further ones are kept but not drawn.
    pub slots: Vec<Slot>,
    pub title: String,
    pub subtitle: String,
    /// Text of cards: `#` headings, `**bold**`, `-` and `1.` lists, `>` quotes, `---`.
    pub body: String,
    /// At the foot of long pictures and cards.
    pub footer: String,
    pub look: Look,
}

/// A photo's place, or in long pictures a stretch of text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(default, rename = "CompositionSlot")]
#[allow(missing_docs)]
pub struct Slot {
    pub photo: Option<Id>,
    /// Its label; below it in long pictures.
    pub text: String,
    /// What is in the middle, 0 to 1 of the photo's width; absent = the photo's own focus.
    pub x: Option<f64>,
    /// 0 to 1 of its height.
    pub y: Option<f64>,
    /// 1 fills the place, up to 4.
    pub zoom: f64,
}

impl Default for Slot {
    fn default() -> Self {
        Self {
            photo: None,
            text: String::new(),
            x: None,
            y: None,
            zoom: 1.0,
        }
    }
}

/// How it looks; lengths are pixels of a picture 1080 wide, an absent value is the template's own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(default, rename = "CompositionLook")]
pub struct Look {
    /// Between pictures, 0 to 120.
    pub gap: Option<u32>,
    /// Of corners, 0 to 200.
    pub radius: Option<u32>,
    /// Around everything, 0 to 200.
    pub margin: Option<u32>,
    /// `#rrggbb`
    pub ground: Option<String>,
    /// `#rrggbb`, of marks and headings.
    pub accent: Option<String>,
    /// Before/after without the cameras' dates.
    pub undated: bool,
}

/// What is to be said about a picture; it is no error until somebody wants to keep the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename = "CompositionNote")]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// Which slots, from 0.
    pub slots: Vec<u32>,
    /// The letters or the number it is about.
    pub what: String,
    /// For people.
    pub message: String,
}

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case", rename = "CompositionNoteKind")]
pub enum NoteKind {
    /// Places without a photo: nothing can be saved.
    Empty,
    /// Photos beyond the template's places are not in the picture.
    Extra,
    /// The photo is not in the library any more: nothing can be saved.
    Gone,
    /// The photo cannot be shown: nothing can be saved.
    Unreadable,
    /// Letters that no font here has are left out.
    Letters,
    /// A later picture stands before an earlier one.
    Order,
    /// The camera noted no time, so no date is written.
    Undated,
    /// Words that had no room are cut.
    Cut,
    /// More pages than 小红书 takes in one note (18).
    Pages,
    /// Fewer pixels than the place needs.
    Soft,
}

impl NoteKind {
    /// Whether the picture is not whole, so that it is not kept.
    pub fn blocks(self) -> bool {
        matches!(self, Self::Empty | Self::Gone | Self::Unreadable)
    }
}

/// Where a photo stands on a page, as shares of its width and height.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, specta::Type)]
#[serde(rename = "CompositionPlace")]
#[allow(missing_docs)]
pub struct Place {
    pub slot: u32,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    /// The photo's width by its height, as it is now.
    pub ratio: f64,
    /// What is in the middle.
    pub focus_x: f64,
    pub focus_y: f64,
}

/// A page as it will be, small.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename = "CompositionPreview")]
#[allow(missing_docs)]
pub struct Preview {
    /// `data:image/jpeg;base64,…`
    pub picture: String,
    /// Pixels of the finished page.
    pub width: u32,
    pub height: u32,
    /// Which page this is, from 0, and of how many.
    pub page: u32,
    pub pages: u32,
    pub places: Vec<Place>,
    pub notes: Vec<Note>,
}

/// Finished pages.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// JPEG, one per page.
    pub pages: Vec<Vec<u8>>,
    /// What is to be said about them.
    pub notes: Vec<Note>,
}

/// A kept composition.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Composition {
    pub id: Id,
    pub spec: Spec,
    /// The photos it became, page by page; one that was removed since is not among them.
    pub photos: Vec<Id>,
    pub created_at: Time,
    pub updated_at: Time,
}

/// Pages as files.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Exported {
    /// Page by page.
    pub files: Vec<std::path::PathBuf>,
    pub notes: Vec<Note>,
}

/// What saving did.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename = "CompositionSaved")]
#[allow(missing_docs)]
pub struct Saved {
    pub composition: Composition,
    /// Page by page.
    pub photos: Vec<Photo>,
    /// Photos of the last time that posts still use: they stay.
    pub stayed: Vec<Id>,
    pub notes: Vec<Note>,
}
