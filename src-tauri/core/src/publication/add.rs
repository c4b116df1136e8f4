//! Recording that a post went out.

use super::{NewPublication, Publication, list::one, note, store};
use crate::{
    channel,
    db::Db,
    error::{Code, Error, Result},
    post,
    value::{Noun, Time},
};

/// Records that a post went out. Recorded twice for the same channel and url (or note, or moment), it is the same publication, and what
/// is new about it is filled in.
///
/// # Errors
/// `NotFound` for an unknown post or channel, `Conflict` when the url was recorded for another post.
pub async fn add(db: &Db, input: NewPublication, now: Time) -> Result<Publication> {
    let post = post::get(db, input.post).await?;
    let channel = channel::get(db, input.channel).await?;
    let url = note::link_in(&input.url);
    let given = input.note_id.trim();
    let note_id = if given.is_empty() {
        note::id_in(&channel.platform, &url)
    } else {
        given.to_owned()
    };
    let row = store::Row {
        post: post.id,
        channel: channel.id,
        at: input.at.unwrap_or(now),
        url: &url,
        note_id: &note_id,
    };

    let mut tx = db.begin().await?;
    let id = match store::same(tx.conn(), &row, 0).await? {
        Some((_, other)) if other != post.id => return Err(taken(other)),
        Some((id, _)) => {
            let known = one(db, id).await?;
            let at = input.at.unwrap_or(known.at);
            let filled = |new: &str, old: String| if new.is_empty() { old } else { new.to_owned() };
            store::update(
                tx.conn(),
                id,
                at,
                &filled(&url, known.url),
                &filled(&note_id, known.note_id),
            )
            .await?;
            id
        }
        None => store::insert(tx.conn(), &row, now).await?,
    };
    tx.touch(Noun::Publication);
    tx.commit().await?;
    one(db, id).await
}

pub(super) fn taken(post: crate::value::Id) -> Error {
    let message = format!("这条链接已经记在内容 {post} 名下，没有重复记录。请核对链接。");
    Error::new(Code::Conflict, message)
}
