//! Evidence 证据: a trial as a private document, to keep or to show when asked. It may say when and with what a photo was taken, never
//! where, and it says nothing of buyers.
//!
//! [`record`] is what it says (`words`) · `layout` puts that onto pages (`sheet`) · `pdf` writes them · `folder` writes the same as files with a manifest.

mod folder;
mod layout;
mod pdf;
mod record;
mod sheet;
mod words;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{
    db::Db,
    disk,
    error::{Code, Error, Result},
    job::{Job, Progress},
    out,
    photo::{Fit, Frame, Kind, Size},
    retouch,
    value::Id,
};

use record::{Curve, Entry, Picture};
pub use record::{Record, record};

/// What the evidence is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceFormat {
    /// One PDF file.
    Pdf,
    /// A folder: the record as Markdown, the pictures, and a manifest of hashes.
    Folder,
}

/// What was written.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Evidence {
    /// The PDF file or the folder.
    #[serde(serialize_with = "crate::value::path_text")]
    #[specta(type = String)]
    pub path: PathBuf,
    /// Pages of the PDF; 0 for a folder.
    pub pages: u32,
    /// Pictures that are in it.
    pub pictures: u32,
    /// Photos that could not be shown; the document says so in their place.
    pub failed: Vec<Unshown>,
}

/// A photo that could not be shown.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Unshown {
    /// The photo.
    pub photo: Id,
    /// Why, for people.
    pub reason: String,
}

/// A picture as JPEG with its size in pixels.
struct Shown {
    jpeg: Vec<u8>,
    width: u32,
    height: u32,
}

/// Longest side of a picture in the document, in pixels: sharp in print at the size it is shown.
const SIDE: u32 = 1200;
/// The same where there are `MANY`: a document of hundreds of photos must stay of a size that can be sent.
const SMALL_SIDE: u32 = 900;
const MANY: usize = 60;

/// Writes a trial as a private document to `out`, which must not exist yet. The same trial gives the same bytes.
///
/// Pictures are shown as the creator retouched them, so that what was hidden stays hidden, and without EXIF; the hash beside each is the
/// original's. One that cannot be shown is named in its place and in `failed`, and the rest goes on.
///
/// # Errors
/// `NotFound`; `Conflict` when `out` exists; `ReadOnly`, `DiskFull` or `Unreadable` when it cannot be written; `Cancelled`: nothing is
/// left of it.
pub async fn evidence(db: &Db, trial: Id, out: &Path, format: EvidenceFormat, job: &Job) -> Result<Evidence> {
    out::must_be_outside("out", &disk::parent(out), &[])?;
    free(out)?;
    let mut record = record(db, trial).await?;
    let total = record.pictures.len() as u64;
    let side = if record.pictures.len() > MANY {
        SMALL_SIDE
    } else {
        SIDE
    };
    let (mut shown, mut failed) = (Vec::with_capacity(record.pictures.len()), Vec::new());
    for (nth, picture) in record.pictures.iter_mut().enumerate() {
        job.check()?;
        job.report(Progress {
            done: nth as u64,
            total: Some(total),
            failed: failed.len() as u64,
            note: "取照片".to_owned(),
        });
        shown.push(match show(db, picture, side).await {
            Ok(jpeg) => {
                picture.shown_hash = Some(blake3::hash(&jpeg.jpeg).to_hex().to_string());
                Some(jpeg)
            }
            Err(error) => {
                picture.problem = Some(error.message.clone());
                failed.push(Unshown {
                    photo: picture.photo,
                    reason: error.message,
                });
                None
            }
        });
    }
    job.check()?;
    let pictures = shown.iter().flatten().count();
    let failures = failed.len() as u64;
    let (to, last) = (out.to_owned(), job.clone());
    let pages = tokio::task::spawn_blocking(move || match format {
        EvidenceFormat::Pdf => pdf::write(&record, shown, &to, &last),
        EvidenceFormat::Folder => folder::write(&record, &shown, &to, &last).map(|()| 0),
    })
    .await
    .map_err(|e| Error::internal("写证据时程序出错，什么都没有留下。").because(e))??;
    job.report(Progress {
        done: total,
        total: Some(total),
        failed: failures,
        note: "写好了".to_owned(),
    });
    Ok(Evidence {
        path: out.to_owned(),
        pages,
        pictures: u32::try_from(pictures).unwrap_or(u32::MAX),
        failed,
    })
}

/// The photo as it was retouched for all, made small. One whose edits cannot be read is not shown: they may hide something.
async fn show(db: &Db, picture: &Picture, side: u32) -> Result<Shown> {
    let jpeg = match picture.kind {
        Kind::Picture => {
            let frame = Frame {
                width: Some(side),
                height: Some(side),
                fit: Fit::Inside,
            };
            retouch::render(db, picture.photo, frame, None).await?
        }
        // Of a clip its poster says the most.
        Kind::Clip => retouch::read(db, picture.photo, Size::Thumb, None).await?.0,
        Kind::File => return Err(Error::new(Code::Unreadable, "这是一个文件，没有画面可印。")),
    };
    let facts = caoben_picture::probe(&jpeg)
        .map_err(|e| Error::new(Code::Unreadable, format!("素材文件打不开：{e}")).because(e))?;
    Ok(Shown {
        jpeg,
        width: facts.width,
        height: facts.height,
    })
}

/// Refuses a place where something is: evidence never overwrites.
fn free(out: &Path) -> Result<()> {
    if out.symlink_metadata().is_ok() {
        let shown = out.display();
        return Err(Error::new(
            Code::Conflict,
            format!("{shown} 已经有了，没有覆盖它。请换一个名字。"),
        ));
    }
    Ok(())
}
