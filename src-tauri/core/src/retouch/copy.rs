//! The edits of one photo for others.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::{Carried, Edits, Replaced, history::certain, set, store};
use crate::{
    db::Db,
    error::{Error, Result},
    photo,
    value::{Id, Noun, Time},
};

/// Gives other photos the tone and watermark of one as a channel has it, and what else is asked for; what they have of the rest stays.
/// Answers what stood before in those that were changed. Clips and files are passed over.
///
/// # Errors
/// `NotFound` for an unknown photo, `Unreadable` when edits that would be replaced cannot be read; then none is changed.
pub async fn copy(
    db: &Db,
    (from, channel): (Id, Option<Id>),
    to: &[Id],
    what: Carried,
    now: Time,
) -> Result<Vec<Replaced>> {
    photo::get(db, from).await?;
    let source = certain(db, from, channel).await?;
    let mut present: HashMap<Id, String> = store::of_all(db.read(), to).await?.into_iter().collect();
    let (mut rows, mut hashes, mut replaced) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen = HashSet::from([from]);
    for id in to {
        if !seen.insert(*id) {
            continue;
        }
        let Ok(target) = set::editable(photo::get(db, *id).await?) else {
            continue;
        };
        let before = present.remove(id).unwrap_or_default();
        let edits =
            Edits::of(&before).map_err(|problem| Error::new(crate::error::Code::Unreadable, problem))?;
        let text = source.carried(edits.clone(), what).text()?;
        if text != before {
            rows.push(json!({ "photo": id, "edits": text }));
            hashes.push(target.hash);
            replaced.push(Replaced { photo: *id, edits });
        }
    }
    if !rows.is_empty() {
        let mut tx = db.begin().await?;
        store::insert(tx.conn(), &serde_json::Value::from(rows).to_string(), 0, now).await?;
        tx.touch(Noun::Photo);
        tx.commit().await?;
        set::forget(db, hashes).await?;
    }
    Ok(replaced)
}

impl Edits {
    fn carried(&self, mut onto: Self, what: Carried) -> Self {
        onto.tone = self.tone;
        onto.watermark = self.watermark.clone();
        if what.shape {
            (onto.turns, onto.flip) = (self.turns, self.flip);
            (onto.straighten, onto.crop) = (self.straighten, self.crop);
        }
        if what.hidden {
            onto.hidden.clone_from(&self.hidden);
        }
        if what.marks {
            onto.marks.clone_from(&self.marks);
        }
        onto
    }
}
