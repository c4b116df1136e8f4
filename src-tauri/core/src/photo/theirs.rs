//! Pictures that brands and buyers took, and what copies of them are found by.

use std::collections::{HashMap, HashSet};

use caoben_picture::likeness::{Grey, Points};
use serde_json::json;

use super::{
    Source, copies_store,
    duplicates::{self, Look, Soft},
    file::{self, Stored},
    read, twins_store,
};
use crate::{db::Db, error::Result, value::Id};

/// How many points a brand's or buyer's picture is known by: a cut copy shows a part of them only.
const POINTS: usize = 256;
/// How many pictures are looked at before what was seen is kept.
const BATCH: usize = 128;

/// A picture that a brand or a buyer took.
pub(super) struct Theirs {
    /// `None`: it was deleted for good.
    pub id: Option<Id>,
    pub hash: String,
    pub source: Source,
    pub print: i64,
    /// Prints of slightly changed copies, 8 bytes each; `None`: not made yet.
    pub prints: Option<Vec<u8>>,
    pub width: i64,
    pub height: i64,
    pub camera: String,
}

/// What brands and buyers took, the trash and what was deleted for good included.
pub(super) async fn all(db: &Db) -> Result<Vec<Theirs>> {
    twins_store::theirs(db.read()).await
}

/// Makes and keeps what copies of these photos are found by, where it is missing.
pub(super) async fn prepare(db: &Db, ids: &[Id]) -> Result<()> {
    let faces = twins_store::faces(db.read(), ids).await?;
    let hashes: Vec<&str> = faces.iter().map(|face| face.hash.as_str()).collect();
    let known = copies_store::points(db.read(), &hashes).await?;
    let stored = faces.iter().filter(|face| !known.contains_key(&face.hash));
    let missing: Vec<(Id, Stored)> = stored
        .map(|face| {
            let (hash, format) = (face.hash.clone(), face.format.clone());
            (face.id, Stored { hash, format })
        })
        .collect();
    for batch in missing.chunks(BATCH) {
        let (folder, photos) = (db.folder().to_owned(), batch.to_vec());
        let points = file::aside(move || {
            let one = |(id, stored): &(Id, Stored)| {
                let seen = read::thumb(&folder, stored).ok().and_then(|jpeg| Grey::of(&jpeg));
                (
                    *id,
                    seen.map_or_else(Vec::new, |grey| Points::of(&grey, POINTS).bytes()),
                )
            };
            Ok(file::both(&photos, one, |(id, _)| (*id, Vec::new())))
        })
        .await?;
        let rows = points
            .iter()
            .map(|(id, points)| json!({ "id": id, "points": hex(points) }));
        let rows = serde_json::Value::from_iter(rows).to_string();
        let mut tx = db.begin().await?;
        copies_store::put_points(tx.conn(), &rows).await?;
        tx.commit().await?;
    }
    prints(db, ids).await
}

/// Makes and keeps the prints of copies of these photos, where they are missing.
async fn prints(db: &Db, ids: &[Id]) -> Result<()> {
    let wanted: HashSet<Id> = ids.iter().copied().collect();
    let theirs = all(db).await?.into_iter().filter(|one| one.prints.is_none());
    let missing: Vec<Id> = theirs
        .filter_map(|one| one.id)
        .filter(|id| wanted.contains(id))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let (faces, _) = duplicates::faces(db, &missing, &mut { usize::MAX }).await?;
    let prints = file::aside(move || {
        let one = |look: Vec<u8>| {
            let soft = Look::kept(look).as_ref().and_then(Soft::of);
            let prints = soft.as_ref().map(Soft::prints).unwrap_or_default();
            prints.into_iter().flat_map(i64::to_be_bytes).collect::<Vec<u8>>()
        };
        let made = faces
            .into_iter()
            .filter_map(|face| Some((face.id, one(face.look?))));
        Ok(made.collect::<HashMap<Id, Vec<u8>>>())
    })
    .await?;
    let rows = prints
        .iter()
        .map(|(id, prints)| json!({ "id": id, "prints": hex(prints) }));
    let rows = serde_json::Value::from_iter(rows).to_string();
    let mut tx = db.begin().await?;
    twins_store::put_prints(tx.conn(), &rows).await?;
    tx.commit().await
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
