//! Channels as the user keeps them: platform and account.

use super::{Channel, ChannelPatch, NewChannel, rules, store};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    value::{Id, Noun, Time},
};

/// Adds a channel.
///
/// # Errors
/// `Invalid` for an unknown platform or an empty name; `Conflict` when platform and name are taken.
pub async fn create(db: &Db, input: NewChannel, now: Time) -> Result<Channel> {
    rules::shipped(&input.platform)?;
    let name = named(&input.name)?;
    let mut tx = db.begin().await?;
    let made = store::insert(tx.conn(), &input.platform, name, input.own_shop, now)
        .await
        .map_err(taken)?;
    tx.touch(Noun::Channel);
    tx.commit().await?;
    Ok(made)
}

/// One channel.
pub async fn get(db: &Db, id: Id) -> Result<Channel> {
    store::get(db.read(), id).await
}

/// All channels in the order they were added, archived last.
pub async fn list(db: &Db) -> Result<Vec<Channel>> {
    store::list(db.read()).await
}

/// Changes a channel.
///
/// # Errors
/// `NotFound`; `Invalid` for an empty name; `Conflict` when the name is taken on that platform.
pub async fn edit(db: &Db, id: Id, patch: ChannelPatch) -> Result<Channel> {
    let name = patch.name.as_deref().map(named).transpose()?;
    let mut tx = db.begin().await?;
    let changed = store::update(tx.conn(), id, name, patch.own_shop, patch.archived)
        .await
        .map_err(taken)?;
    tx.touch(Noun::Channel);
    tx.commit().await?;
    Ok(changed)
}

fn named(name: &str) -> Result<&str> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::invalid("name", "渠道要有名字，比如「小红书 · 小鹿」。"));
    }
    Ok(name)
}

fn taken(error: Error) -> Error {
    if error.code == Code::Conflict {
        let mut told = Error::new(Code::Conflict, "这个平台已经有同名的渠道，换个名字吧。").because(error);
        told.field = Some("name");
        return told;
    }
    error
}
