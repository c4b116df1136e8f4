//! The edits that hold, and those before them.

use super::{Edits, Retouch, RetouchVersion, store};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    photo,
    value::Id,
};

/// The edits of a photo for a channel: its own version, else the one for all, else none. `None` asks for the one for all.
///
/// # Errors
/// `NotFound` for an unknown photo. Edits that cannot be read are no error: see [`Retouch::problem`].
pub async fn get(db: &Db, photo: Id, channel: Option<Id>) -> Result<Retouch> {
    photo::get(db, photo).await?;
    let kept = store::present(db.read(), photo, channel.unwrap_or_default()).await?;
    let (edits, problem) = match read(kept.as_ref()) {
        Ok(edits) => (edits, String::new()),
        Err(problem) => (Edits::default(), problem),
    };
    Ok(Retouch {
        photo,
        channel,
        edits,
        own: kept.as_ref().is_some_and(|kept| kept.channel != 0),
        channels: store::channels(db.read(), photo).await?,
        problem,
        edited_at: kept.map(|kept| kept.created_at),
    })
}

/// What was kept for a photo and exactly this channel, newest first; lists that cannot be read are left out.
pub async fn history(db: &Db, photo: Id, channel: Option<Id>) -> Result<Vec<RetouchVersion>> {
    let kept = store::history(db.read(), photo, channel.unwrap_or_default()).await?;
    Ok(kept
        .into_iter()
        .filter_map(|kept| {
            Some(RetouchVersion {
                id: kept.id,
                edits: Edits::of(&kept.edits).ok()?,
                edited_at: kept.created_at,
            })
        })
        .collect())
}

/// The edits to draw what leaves with.
///
/// # Errors
/// `Unreadable` when the kept list cannot be read: drawn without it, the picture might show what was hidden.
pub(super) async fn certain(db: &Db, photo: Id, channel: Option<Id>) -> Result<Edits> {
    present(db, photo, channel)
        .await?
        .map_err(|problem| Error::new(Code::Unreadable, problem))
}

/// The edits that hold, or why they cannot be read.
pub(super) async fn present(
    db: &Db,
    photo: Id,
    channel: Option<Id>,
) -> Result<std::result::Result<Edits, String>> {
    let kept = store::present(db.read(), photo, channel.unwrap_or_default()).await?;
    Ok(read(kept.as_ref()))
}

fn read(kept: Option<&store::Kept>) -> std::result::Result<Edits, String> {
    Edits::of(kept.map_or("", |kept| &kept.edits))
}
