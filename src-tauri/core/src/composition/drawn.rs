//! The words that were drawn into pictures. They are kept with the picture's bytes, not with the document: it may be changed or thrown
//! away, its picture may become part of another, or leave as a file and come back.

use std::collections::HashMap;

use super::{Kind, Spec, store, template};
use crate::{
    db::Db,
    error::Result,
    photo::{self, Photo},
    retouch,
    value::Id,
};

/// Words that stand in photos because they were drawn into them; `None` for a made one whose words nobody kept. Photos that were
/// only taken are left out.
///
/// # Errors
/// Only those of the database.
pub(crate) async fn words(db: &Db, photos: &[Photo]) -> Result<HashMap<Id, Option<Vec<String>>>> {
    let hashes: Vec<&str> = photos.iter().map(|photo| photo.hash.as_str()).collect();
    let mut kept = store::words(db.read(), &hashes).await?;
    Ok(photos
        .iter()
        .filter_map(|photo| {
            let words = kept.remove(&photo.hash);
            (photo.made || words.is_some()).then_some((photo.id, words))
        })
        .collect())
}

/// All that a document draws: its own words, and what stands in its photos already.
pub(super) async fn all(db: &Db, spec: &Spec) -> Result<Vec<String>> {
    let mut all = own(spec);
    let ids: Vec<Id> = spec.slots.iter().filter_map(|slot| slot.photo).collect();
    let photos = photo::some(db, &ids).await?;
    for words in words(db, &photos).await?.into_values().flatten() {
        all.extend(words);
    }
    for photo in &photos {
        let edits = retouch::get(db, photo.id, None).await?.edits;
        all.extend(edits.words().map(str::to_owned));
    }
    all.retain(|words| !words.trim().is_empty());
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// Its own words, as far as its template draws them.
fn own(spec: &Spec) -> Vec<String> {
    let Ok(template) = template::find(spec) else {
        return Vec::new();
    };
    let most = usize::try_from(template.photos().1).unwrap_or(usize::MAX);
    let labels = spec.slots.iter().take(most).map(|slot| &slot.text);
    let head = [&spec.title, &spec.subtitle];
    let text = [&spec.body, &spec.footer];
    match template.kind {
        Some(Kind::Grid | Kind::Pair) => head.into_iter().chain(labels).cloned().collect(),
        Some(Kind::Card) => head.into_iter().chain(text).cloned().collect(),
        Some(Kind::Cover) => head.into_iter().cloned().collect(),
        Some(Kind::Long) | None => head.into_iter().chain(text).chain(labels).cloned().collect(),
    }
}

/// The name of a picture's bytes.
pub(super) fn hash(page: &[u8]) -> String {
    blake3::hash(page).to_hex().to_string()
}
