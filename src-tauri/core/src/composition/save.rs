//! Documents, and the photos they become.

use std::path::{Path, PathBuf};

use super::{Composition, Exported, Rendered, Saved, Spec, draw, drawn, store};
use crate::{
    db::Db,
    disk,
    error::{Error, Result},
    job::Job,
    out,
    photo::{self, Photo, PhotoImport, PhotoPatch, Source},
    retouch::must_be_jpeg,
    value::{Id, Noun, Time},
};

/// One composition.
///
/// # Errors
/// `NotFound` when it is not there.
pub async fn get(db: &Db, id: Id) -> Result<Composition> {
    store::list(db.read(), Some(id), None)
        .await?
        .pop()
        .ok_or_else(|| Error::not_found("拼图", id))
}

/// All of them, the one changed last first.
pub async fn list(db: &Db) -> Result<Vec<Composition>> {
    store::list(db.read(), None, None).await
}

/// The composition that a photo was made by, if it was made by one that is still kept.
pub async fn of_photo(db: &Db, photo: Id) -> Result<Option<Composition>> {
    Ok(store::list(db.read(), None, Some(photo))
        .await?
        .into_iter()
        .next())
}

/// Keeps a document, under its id or as a new one, and puts its pages into the library as made photos. Pages of the last time that
/// no post uses and that are no other composition's go to the trash; used ones stay as they are.
///
/// # Errors
/// `Invalid` while a place has no photo or for an unknown template, `NotFound` for an unknown id; then nothing is kept.
pub async fn save(db: &Db, id: Option<Id>, spec: &Spec, now: Time) -> Result<Saved> {
    let before = match id {
        Some(id) => get(db, id).await?.photos,
        None => Vec::new(),
    };
    let done = whole(draw::render(db, spec).await?)?;
    let product = product(db, spec).await?;
    let made = take_in(db, &done.pages, product, now).await?;
    let words = drawn::all(db, spec).await?;

    let caption = Some(spec.title.trim().replace('\n', " "));
    photo::edit(
        db,
        &made,
        PhotoPatch {
            caption,
            ..PhotoPatch::default()
        },
        now,
    )
    .await?;
    let mut tx = db.begin().await?;
    let kept = store::put(tx.conn(), id, spec, now)
        .await?
        .ok_or_else(|| Error::not_found("拼图", id.unwrap_or_default()))?;
    store::became(tx.conn(), kept, &made).await?;
    store::keep_words(tx.conn(), &hashes(&done.pages), &words).await?;
    tx.touch(Noun::Composition);
    tx.touch(Noun::Photo);
    tx.commit().await?;

    let (mut stayed, mut photos) = (Vec::new(), Vec::new());
    for old in before.into_iter().filter(|old| !made.contains(old)) {
        // The same page twice is one photo.
        if of_photo(db, old).await?.is_some() {
            continue;
        }
        // Whatever uses it keeps it: a post that is out must show what it showed.
        if photo::remove(db, &[old], now).await.is_err() {
            stayed.push(old);
        }
    }
    for id in &made {
        photos.push(photo::get(db, *id).await?);
    }
    Ok(Saved {
        composition: get(db, kept).await?,
        photos,
        stayed,
        notes: done.notes,
    })
}

/// Forgets a document. The photos it became stay.
///
/// # Errors
/// `NotFound` when it is not there.
pub async fn remove(db: &Db, id: Id) -> Result<()> {
    let mut tx = db.begin().await?;
    if !store::delete(tx.conn(), id).await? {
        return Err(Error::not_found("拼图", id));
    }
    tx.touch(Noun::Composition);
    tx.commit().await
}

/// Writes the pages as JPEG files: to `out`, or beside it as `name-1.jpg`, `name-2.jpg` … when there are several.
///
/// # Errors
/// `Invalid` while a place has no photo, for a name of another kind of picture or a place inside a workspace, `Conflict` where something
/// lies that was not written here, `ReadOnly` or `DiskFull` when it cannot be written;
/// then no half file is left.
pub async fn export(db: &Db, spec: &Spec, out: &Path) -> Result<Exported> {
    must_be_jpeg(out)?;
    out::must_be_outside("out", &disk::parent(out), &[])?;
    let done = whole(draw::render(db, spec).await?)?;
    // It may come back by an import. That the words of a file are not kept is no reason not to write it: a backup disk takes nothing in.
    if let Ok(mut tx) = db.begin().await {
        let words = drawn::all(db, spec).await?;
        store::keep_words(tx.conn(), &hashes(&done.pages), &words).await?;
        tx.commit().await?;
    }
    let count = done.pages.len();
    let files: Vec<PathBuf> = match count {
        1 => vec![out.to_owned()],
        _ => (1..=count).map(|nth| numbered(out, nth, count)).collect(),
    };
    // All of them before the first is written.
    for path in &files {
        out::must_be_free(path, out::Kind::Jpeg)?;
    }
    let pages: Vec<_> = files.iter().cloned().zip(done.pages).collect();
    photo::aside(move || {
        for (nth, (to, bytes)) in pages.iter().enumerate() {
            out::write(to, bytes, out::Kind::Jpeg).map_err(|mut error| {
                if nth > 0 {
                    error.message.push_str(&format!("前 {nth} 张已经写好了。"));
                }
                error
            })?;
        }
        Ok(())
    })
    .await?;
    Ok(Exported {
        files,
        notes: done.notes,
    })
}

fn hashes(pages: &[Vec<u8>]) -> Vec<String> {
    pages.iter().map(|page| drawn::hash(page)).collect()
}

/// Numbers of one width, so that a folder sorts them.
fn numbered(out: &Path, number: usize, count: usize) -> PathBuf {
    let digits = count.to_string().len();
    let stem = out.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    out.with_file_name(format!("{stem}-{number:0digits$}.jpg"))
}

/// Refuses a picture with a hole in it.
fn whole(done: Rendered) -> Result<Rendered> {
    let holes: Vec<&str> = done
        .notes
        .iter()
        .filter(|note| note.kind.blocks())
        .map(|note| note.message.as_str())
        .collect();
    if holes.is_empty() {
        return Ok(done);
    }
    Err(Error::invalid(
        "slots",
        format!("{}拼图还没有存。", holes.concat()),
    ))
}

/// The product that all photos which have one agree on.
async fn product(db: &Db, spec: &Spec) -> Result<Option<Id>> {
    let mut products = Vec::new();
    for id in spec.slots.iter().filter_map(|slot| slot.photo) {
        if let Ok(photo) = photo::get(db, id).await {
            products.extend(photo.product);
        }
    }
    products.sort_unstable();
    products.dedup();
    Ok(match products.as_slice() {
        [one] => Some(*one),
        _ => None,
    })
}

/// Pages into the library, in order; one whose very bytes are there already is that photo.
async fn take_in(db: &Db, pages: &[Vec<u8>], product: Option<Id>, now: Time) -> Result<Vec<Id>> {
    let folder = tempfile::tempdir_in(db.folder()).map_err(|e| Error::io(db.folder(), e))?;
    let mut made = Vec::new();
    for (nth, page) in pages.iter().enumerate() {
        let path = folder.path().join(format!("拼图-{}.jpg", nth + 1));
        std::fs::write(&path, page).map_err(|e| Error::io(&path, e))?;
        let input = PhotoImport {
            paths: vec![path],
            product,
            source: Source::Own,
            ..PhotoImport::default()
        };
        let answer = photo::import(db, &input, &Job::silent(), now).await?;
        let new = answer.imported.first().map(|photo: &Photo| photo.id);
        let id = new
            .or(answer.duplicates.first().map(|known| known.id))
            .ok_or_else(|| {
                let reason = answer
                    .rejected
                    .into_iter()
                    .next()
                    .map(|refused| refused.reason)
                    .unwrap_or_default();
                Error::internal(format!("拼图没有存进素材：{reason}"))
            })?;
        made.push(id);
    }
    Ok(made)
}
