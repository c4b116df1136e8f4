//! Of a picture that was saved again the file it was saved from leads, although the copy may be larger.

use std::path::PathBuf;

use caoben_picture::is_resaved_from;

use super::{
    Face, Likeness,
    group::{Group, ties},
};
use crate::{
    db::Db,
    error::Result,
    photo::{file, file::Stored, resaved_store},
    value::Id,
};

/// How many pairs one call makes out: each means reading two files whole. What was made out is remembered.
pub(super) const PAIRS: usize = 24;

/// Puts the first file of each group to its head where nothing but bytes speaks for another; `pairs` is what is left to make out.
pub(super) async fn lead(db: &Db, groups: &mut [Group], pairs: &mut usize) -> Result<()> {
    for group in groups {
        let rivals = rivals(group);
        let Some(best) = group.faces.first().map(|(face, _)| face.id) else {
            continue;
        };
        if rivals.is_empty() {
            continue;
        }
        let ids: Vec<Id> = rivals.iter().copied().chain([best]).collect();
        let mut known = resaved_store::first(db.read(), &ids).await?;
        let mut new = Vec::new();
        let mut head = best;
        for rival in rivals {
            let pair = (head.min(rival), head.max(rival));
            let first = match known.get(&pair) {
                Some(first) => *first,
                None if *pairs == 0 => continue,
                None => {
                    *pairs -= 1;
                    let first = make_out(db, group, pair).await?;
                    known.insert(pair, first);
                    new.push((pair, first));
                    first
                }
            };
            if let Some(first) = first {
                group.firsthand = true;
                group.resaved(rival);
                head = first;
            }
        }
        if !new.is_empty() {
            let mut tx = db.begin().await?;
            resaved_store::put_first(tx.conn(), &new).await?;
            tx.commit().await?;
        }
        group.promote(head);
    }
    Ok(())
}

/// Those of a group that the best outweighs by detail and bytes alone.
fn rivals(group: &Group) -> Vec<Id> {
    let Some(((best, _), rest)) = group.faces.split_first() else {
        return Vec::new();
    };
    rest.iter()
        .filter(|(face, how)| matches!(how, Likeness::Resaved | Likeness::Alike) && ties(best, face))
        .map(|(face, _)| face.id)
        .collect()
}

/// Which of two was there first, by their files; `None` where that cannot be told or a file cannot be read.
async fn make_out(db: &Db, group: &Group, (photo, other): (Id, Id)) -> Result<Option<Id>> {
    let face = |id: Id| {
        group
            .faces
            .iter()
            .map(|(face, _)| face)
            .find(|face| face.id == id)
    };
    let (Some(one), Some(two)) = (face(photo), face(other)) else {
        return Ok(None);
    };
    let (one, two) = (path(db, one), path(db, two));
    file::aside(move || {
        let (Ok(one), Ok(two)) = (std::fs::read(one), std::fs::read(two)) else {
            return Ok(None);
        };
        Ok(match (is_resaved_from(&one, &two), is_resaved_from(&two, &one)) {
            (true, false) => Some(other),
            (false, true) => Some(photo),
            _ => None,
        })
    })
    .await
}

fn path(db: &Db, face: &Face) -> PathBuf {
    let (hash, format) = (face.hash.clone(), face.format.clone());
    db.path(Stored { hash, format }.original())
}
