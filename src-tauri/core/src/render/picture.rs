//! What stands in the pictures that go out, as far as it is known: words that were drawn into them here, and what their QR codes say.

use crate::{
    composition,
    db::Db,
    error::Result,
    photo::{self, Kind, Photo, Size},
    retouch,
    value::Id,
};

use super::store;

/// A picture that goes out.
pub(crate) struct Picture {
    pub photo: Id,
    /// Words drawn into it: those of compositions, and the captions and watermark of its edits on this channel.
    pub words: Vec<String>,
    /// It was drawn here, and nobody kept its words.
    pub forgotten: bool,
    /// What its QR codes say, or why it could not be looked at.
    pub codes: std::result::Result<Vec<String>, String>,
}

/// Looks at photos as a channel gets them, in their order; those that are not in the library are left out.
pub(super) async fn pictures(db: &Db, ids: &[Id], channel: Id) -> Result<Vec<Picture>> {
    let photos = photo::some(db, ids).await?;
    let mut drawn = composition::words(db, &photos).await?;
    let mut pictures = Vec::new();
    for photo in &photos {
        let edits = retouch::get(db, photo.id, Some(channel)).await?;
        let kept = drawn.remove(&photo.id);
        let forgotten = matches!(kept, Some(None));
        let mut words = kept.flatten().unwrap_or_default();
        words.extend(edits.edits.words().map(str::to_owned));
        let look = store::Look {
            photo: photo.id,
            edited_at: edits.edited_at.map_or(0, |time| time.0),
            channel: if edits.own { channel } else { 0 },
        };
        let codes = match photo.kind {
            Kind::Picture => codes(db, photo, channel, look)
                .await
                .map_err(|error| error.message),
            _ => Ok(Vec::new()),
        };
        pictures.push(Picture {
            photo: photo.id,
            words,
            forgotten,
            codes,
        });
    }
    Ok(pictures)
}

/// What the QR codes of a photo say. Looked for once and kept.
async fn codes(db: &Db, photo: &Photo, channel: Id, look: store::Look) -> Result<Vec<String>> {
    if let Some(found) = store::codes(db.read(), look).await? {
        return Ok(found);
    }
    let (jpeg, _) = retouch::read(db, photo.id, Size::Preview, Some(channel)).await?;
    let found = photo::aside(move || Ok(caoben_picture::codes(&jpeg))).await?;
    // Kept only to save the time: a workspace that cannot be written to is checked all the same.
    if let Ok(mut tx) = db.begin().await
        && store::keep_codes(tx.conn(), look, &found).await.is_ok()
    {
        let _ = tx.commit().await;
    }
    Ok(found)
}
