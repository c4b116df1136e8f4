//! Photos that look alike: found by fingerprint, checked by a closer look, gathered around the best of them, decided by the creator.
//!
//! Everybody in a group is close to its best, not merely to somebody in it, so a chain of small steps makes no giant groups. What was
//! decided stays decided: a settled photo comes up only beside a new one, and a pair told apart never again.

mod copy;
mod decide;
mod firsthand;
mod group;
mod look;
mod near;

pub use decide::{Kept, Stayed, keep_all, keep_best, reopen, tell_apart};
pub(super) use near::NEAR;
pub use near::Prints;

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use serde::Serialize;

pub(super) use copy::Soft;
pub(super) use look::{Close, Look};

use super::{Photo, file, file::Stored, read, store, twins_store};
use crate::{
    db::Db,
    error::Result,
    value::{Id, Time},
};

/// How many groups are shown at once; the next ones come up as these are decided.
const GROUPS: usize = 100;
/// How many thumbnails one call looks at: about a second's work. What was looked at is remembered.
const LOOKS: usize = 400;
/// How many photos are compared in one go.
const BATCH: usize = 256;

/// The groups that wait for a decision.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
pub struct Duplicates {
    /// The group with the newest photo first.
    pub groups: Vec<Twins>,
    /// How many photos that may be alike were not compared yet: ask again, or decide some groups first.
    pub left: i64,
}

/// Photos that look alike.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Twins {
    /// The best comes first, then by likeness to it.
    pub photos: Vec<Twin>,
    /// What speaks for the best.
    pub merits: Vec<Merit>,
}

/// One of a group.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Twin {
    /// The photo.
    pub photo: Photo,
    /// How it is like the best.
    pub likeness: Likeness,
    /// It was decided about before; only somebody new beside it is not.
    pub settled: bool,
}

/// How a photo is like the best of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// It is the best itself.
    Best,
    /// The same picture in another size or saved again.
    Resaved,
    /// Taken within ten seconds by the same camera.
    Burst,
    /// It looks alike; nothing more is known.
    Alike,
}

/// What speaks for the best of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Merit {
    /// The creator chose it before.
    Chosen,
    /// It alone is used in posts.
    Used,
    /// It alone is picked.
    Picked,
    /// It is rated higher.
    Rated,
    /// It carries what the camera wrote, another does not.
    Original,
    /// It has more pixels.
    Larger,
    /// The others were saved from it.
    Firsthand,
    /// Its thumbnail shows clearly more detail.
    Sharper,
    /// Same size, less compressed.
    Heavier,
    /// Nothing tells them apart.
    Even,
}

/// What grouping knows of a photo.
pub(super) struct Face {
    pub id: Id,
    pub hash: String,
    pub format: String,
    pub print: i64,
    pub width: i64,
    pub height: i64,
    pub bytes: i64,
    pub taken_at: Option<Time>,
    pub camera: String,
    pub rating: i64,
    pub pick: i64,
    pub used: i64,
    /// Decided about; whether it is the chosen one.
    pub chosen: Option<bool>,
    /// Bytes of its look.
    pub look: Option<Vec<u8>>,
    pub sharp: Option<i64>,
}

/// Groups of photos that look alike and wait for a decision; the trash and pictures put together by the app are left out.
pub async fn duplicates(db: &Db) -> Result<Duplicates> {
    let prints = twins_store::prints(db.read()).await?;
    let settled: HashSet<Id> = twins_store::settled(db.read()).await?.into_iter().collect();
    let mut clusters = file::aside(move || Ok(Prints::new(&prints).clusters())).await?;
    clusters.retain(|ids| ids.iter().any(|id| !settled.contains(id)));

    let (mut answer, mut looks, mut pairs) = (Duplicates::default(), LOOKS, firsthand::PAIRS);
    let mut waiting = clusters.into_iter().peekable();
    while waiting.peek().is_some() {
        let mut batch: Vec<Vec<Id>> = Vec::new();
        let mut size = 0;
        while size < BATCH
            && let Some(ids) = waiting.next()
        {
            size += ids.len();
            batch.push(ids);
        }
        if looks == 0 || answer.groups.len() >= GROUPS {
            answer.left += i64::try_from(size).unwrap_or(i64::MAX);
        } else {
            compare(db, &batch, (&mut looks, &mut pairs), &mut answer).await?;
        }
    }
    Ok(answer)
}

/// Adds the groups among these clusters to the answer.
async fn compare(
    db: &Db,
    clusters: &[Vec<Id>],
    (looks, pairs): (&mut usize, &mut usize),
    answer: &mut Duplicates,
) -> Result<()> {
    let ids = clusters.concat();
    let (faces, left) = faces(db, &ids, looks).await?;
    answer.left += i64::try_from(left).unwrap_or(i64::MAX);
    let apart: HashSet<(Id, Id)> = twins_store::distinct(db.read(), &ids)
        .await?
        .into_iter()
        .collect();
    let clusters = clusters.to_vec();
    let mut groups = file::aside(move || {
        let mut faces: HashMap<Id, Face> = faces.into_iter().map(|face| (face.id, face)).collect();
        let groups = clusters.iter().flat_map(|ids| {
            let faces = ids.iter().filter_map(|id| faces.remove(id)).collect();
            group::groups(faces, &apart)
        });
        Ok(groups.collect::<Vec<_>>())
    })
    .await?;
    firsthand::lead(db, &mut groups, pairs).await?;
    for group in groups {
        let ids: Vec<Id> = group.faces.iter().map(|(face, _)| face.id).collect();
        let photos = store::by_ids(db.read(), &ids).await?;
        let twins = photos.into_iter().filter_map(|photo| {
            let (face, likeness) = group.faces.iter().find(|(face, _)| face.id == photo.id)?;
            Some(Twin {
                photo,
                likeness: *likeness,
                settled: face.chosen.is_some(),
            })
        });
        answer.groups.push(Twins {
            photos: twins.collect(),
            merits: group.merits(),
        });
    }
    Ok(())
}

/// The faces of photos, with looks where the budget allows; how many photos have none yet.
pub(super) async fn faces(db: &Db, ids: &[Id], looks: &mut usize) -> Result<(Vec<Face>, usize)> {
    let mut faces = twins_store::faces(db.read(), ids).await?;
    let missing: Vec<&mut Face> = faces.iter_mut().filter(|face| face.look.is_none()).collect();
    let left = missing.len().saturating_sub(*looks);
    let now: Vec<&mut Face> = missing.into_iter().take(*looks).collect();
    if now.is_empty() {
        return Ok((faces, left));
    }
    *looks -= now.len();
    let stored: Vec<Stored> = now
        .iter()
        .map(|face| Stored {
            hash: face.hash.clone(),
            format: face.format.clone(),
        })
        .collect();
    let folder = db.folder().to_owned();
    let seen = file::aside(move || Ok(see(&folder, &stored))).await?;
    let mut rows = Vec::new();
    for (face, (look, sharp)) in now.into_iter().zip(seen) {
        let hex: String = look.iter().map(|byte| format!("{byte:02x}")).collect();
        rows.push(serde_json::json!({ "id": face.id, "look": hex, "sharp": sharp }));
        (face.look, face.sharp) = (Some(look), Some(sharp));
    }
    // Where nothing can be kept it is looked at anew each time.
    if db.only_read().is_some() {
        return Ok((faces, left));
    }
    let mut tx = db.begin().await?;
    twins_store::put_looks(tx.conn(), &serde_json::Value::from(rows).to_string()).await?;
    tx.commit().await?;
    Ok((faces, left))
}

/// Looks at thumbnails on two threads, and makes those again that are gone or broken; an original that cannot be read has an empty look,
/// which is like nothing.
fn see(folder: &Path, photos: &[Stored]) -> Vec<(Vec<u8>, i64)> {
    let one = |stored: &Stored| {
        let look = read::thumb(folder, stored).ok().and_then(|jpeg| Look::of(&jpeg));
        look.map_or((Vec::new(), 0), |(look, sharp)| (look.bytes().to_vec(), sharp))
    };
    // A decoder that fell over one picture does not take the others along.
    file::both(photos, one, |_| (Vec::new(), 0))
}
