//! Completing a record.

use super::{Publication, PublicationPatch, add::taken, list::one, note, store};
use crate::{
    db::Db,
    error::Result,
    value::{Id, Noun},
};

/// Completes or corrects a record, such as pasting back the note's link; the note's id is read from it unless given.
///
/// # Errors
/// `NotFound` for an unknown record, `Conflict` when the url belongs to another one.
pub async fn edit(db: &Db, id: Id, patch: PublicationPatch) -> Result<Publication> {
    let known = one(db, id).await?;
    let at = patch.at.unwrap_or(known.at);
    let read = patch.url.as_deref().map(note::link_in);
    let note_id = match (patch.note_id, &read) {
        (Some(given), _) => given.trim().to_owned(),
        (None, Some(url)) => match note::id_in(&known.platform, url) {
            // A short link tells nothing, but it does not unsay what was known.
            unknown if unknown.is_empty() && !url.is_empty() => known.note_id,
            id => id,
        },
        (None, None) => known.note_id,
    };
    let url = read.unwrap_or(known.url);
    let row = store::Row {
        post: known.post,
        channel: known.channel,
        at,
        url: &url,
        note_id: &note_id,
    };
    let mut tx = db.begin().await?;
    if let Some((_, post)) = store::same(tx.conn(), &row, id).await? {
        return Err(taken(post));
    }
    store::update(tx.conn(), id, at, &url, &note_id).await?;
    tx.touch(Noun::Publication);
    tx.commit().await?;
    one(db, id).await
}
