//! Bundle 发布包: all a person needs to publish one post on one channel by hand. Same input, same bytes.

mod article;
mod checklist;
mod contents;
mod desk;
mod export;
mod list;
mod older;
mod pictures;
mod place;
mod sheet;
mod steps;
mod store;
mod write;

pub(crate) use desk::mend;
pub use export::export;
pub use list::list;
pub use sheet::handoff;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{
    check::Finding,
    error::Code,
    render::Rendered,
    value::{Id, Time},
};

/// What to export.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct BundleExport {
    pub post: Id,
    pub channels: Vec<Id>,
    /// Folder to write into; `None`: the workspace's `bundles/`.
    pub out: Option<PathBuf>,
    pub zip: bool,
    /// Why a block is overridden; kept.
    pub override_reason: Option<String>,
}

/// A file of a bundle.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct BundleFile {
    /// Inside the bundle.
    pub path: String,
    /// Lower-case hex.
    pub sha256: String,
    pub bytes: i64,
}

/// A written bundle.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Bundle {
    /// `None`: written from a workspace that can only be read, which keeps no note of it.
    pub id: Option<Id>,
    pub post: Id,
    pub channel: Id,
    /// Folder or zip file.
    #[serde(serialize_with = "crate::value::path_text")]
    #[specta(type = String)]
    pub dir: PathBuf,
    pub files: Vec<BundleFile>,
    pub findings: Vec<Finding>,
    pub created_at: Time,
}

/// A channel whose bundle was not written.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Blocked {
    pub channel: Id,
    pub findings: Vec<Finding>,
}

/// A channel whose bundle could not be written; the others are not kept back by it.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Failed {
    pub channel: Id,
    pub code: Code,
    /// What happened, what was kept, what to do.
    pub message: String,
}

/// What an export did.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Exported {
    pub bundles: Vec<Bundle>,
    pub blocked: Vec<Blocked>,
    pub failed: Vec<Failed>,
}

/// What a step is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum StepKind {
    Pictures,
    Title,
    Body,
    /// The article, from a browser into the editor.
    Article,
    /// Numbers in the article that are replaced by pictures.
    ArticlePictures,
    Cover,
    /// Chosen or typed beside the text, one by one.
    Topics,
    /// They stand in the body already.
    TopicsInBody,
    Link,
    Coupon,
    Qr,
    Card,
    Word,
    /// Nothing of a link may stand there; why, and what it means.
    Note,
    /// 「广告」 stands where it is seen.
    Mark,
    Declaration,
    /// One more look.
    Look,
    /// What is told here after it went out: an address, or only that it did.
    Receipt,
}

/// One thing the person does by hand.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct Step {
    /// What it is about.
    pub kind: StepKind,
    /// One sentence, naming the bundle's own files.
    pub say: String,
    /// What is pasted, if anything is.
    pub copy: Option<String>,
    /// What is done one by one: topics as the platform writes them, boxes to tick.
    pub items: Vec<String>,
    /// The link it is about.
    pub link: Option<Id>,
}

/// The texts of a bundle and what to do with them.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct HandOff {
    /// As it is packed.
    pub rendered: Rendered,
    /// In the order of the platform's own page.
    pub steps: Vec<Step>,
    /// What goes out has an address of its own, to be pasted back.
    pub receipt: bool,
}

/// A bundle written earlier.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct BundleRecord {
    pub id: Id,
    pub post: Id,
    pub channel: Id,
    pub path: String,
    pub override_reason: String,
    pub created_at: Time,
}
