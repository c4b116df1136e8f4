//! Out of the library: the row goes, the original goes to the trash folder.

use super::{file, store};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    search,
    value::{Id, Noun},
};

/// Takes photos out of the library into `photos/trash/`; `Conflict` when a post, trial day, price or cover refers to one, and then none goes.
pub async fn remove(db: &Db, ids: &[Id]) -> Result<()> {
    let mut tx = db.begin().await?;
    if let Some((id, place)) = store::use_of(tx.conn(), ids).await? {
        return Err(Error::new(
            Code::Conflict,
            format!("照片 {id} 正用在{place}里，没有移除。请先从那里拿掉它。"),
        ));
    }
    let gone = store::delete(tx.conn(), ids).await?;
    for id in ids {
        search::remove(&mut tx, Noun::Photo, *id).await?;
    }
    tx.touch(Noun::Photo);
    tx.commit().await?;

    // Rows first: a file without a row is harmless, a row without its file is not.
    let folder = db.folder().to_owned();
    file::aside(move || {
        let trash = folder.join("photos/trash");
        std::fs::create_dir_all(&trash).map_err(|e| Error::io(&trash, e))?;
        for stored in gone {
            // What is missing already need not go.
            let _ = std::fs::rename(folder.join(stored.original()), folder.join(stored.trash()));
            let _ = std::fs::remove_file(folder.join(stored.thumb()));
            let _ = std::fs::remove_file(folder.join(stored.preview()));
        }
        Ok(())
    })
    .await
}
