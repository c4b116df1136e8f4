//! Pictures that brands and buyers took, and which photos are copies of them: found by fingerprint, checked by closer looks.

use std::collections::{HashMap, HashSet};

use super::{
    Kind, Source,
    duplicates::{self, Close, Face, Look, NEAR, Prints, Soft},
    file,
    provenance::Facts,
    twins_store,
};
use crate::{db::Db, error::Result, value::Id};

/// How many thumbnails one call looks at; pairs beyond are taken as alike, not as the same.
const LOOKS: usize = 400;
/// With how many of somebody else's pictures, nearest fingerprints first, a photo is compared by searching: a millisecond each.
const SEARCHES: usize = 8;
/// For so few photos all prints are gone through: shelves for them would take longer to build.
const FEW: usize = 100;

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

/// A picture of somebody else's that a photo is close to.
pub(super) struct Match {
    /// `None`: it was deleted for good.
    pub photo: Option<Id>,
    pub source: Source,
    pub same: bool,
    /// The same but for its light, its edges or its direction.
    pub changed: bool,
    /// The photo carries a camera, the other does not and is no larger: the other is the copy.
    pub ours_first: bool,
}

/// A picture of somebody else's, ready to be compared.
struct Known {
    of: Theirs,
    look: Option<Look>,
    soft: Option<Soft>,
}

/// Pictures of brands and buyers that these photos are close to.
pub(super) async fn matches(db: &Db, facts: &[Facts]) -> Result<HashMap<Id, Vec<Match>>> {
    let own: Vec<(Id, i64)> = facts
        .iter()
        .filter(|facts| facts.source == Source::Own && !facts.made && facts.kind == Kind::Picture)
        .filter_map(|facts| Some((facts.id, facts.print?)))
        .collect();
    if own.is_empty() {
        return Ok(HashMap::new());
    }
    let theirs = theirs(db).await?;
    if theirs.is_empty() {
        return Ok(HashMap::new());
    }
    let (theirs, near) = file::aside(move || Ok(near(theirs, &own))).await?;
    let ids: Vec<Id> = near.keys().copied().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let looks = looks(db, &theirs).await?;
    let (faces, _) = duplicates::faces(db, &ids, &mut { LOOKS }).await?;
    file::aside(move || {
        let known = |of: Theirs| {
            let look = looks.get(&of.hash).cloned().and_then(Look::kept);
            let soft = look.as_ref().and_then(Soft::of);
            Known { of, look, soft }
        };
        let theirs: HashMap<usize, Known> =
            theirs.into_iter().map(|(place, of)| (place, known(of))).collect();
        let compared = faces.into_iter().map(|mut face| {
            let look = face.look.take().and_then(Look::kept);
            let near = near.get(&face.id).map_or(&[][..], Vec::as_slice);
            (face.id, compare(&face, look.as_ref(), &theirs, near))
        });
        Ok(compared.filter(|(_, matches)| !matches.is_empty()).collect())
    })
    .await
}

/// What brands and buyers took, with prints as far as the budget goes.
async fn theirs(db: &Db) -> Result<Vec<Theirs>> {
    let mut theirs = twins_store::theirs(db.read()).await?;
    let unseen = theirs.iter().filter(|one| one.prints.is_none());
    let unseen: Vec<Id> = unseen.filter_map(|one| one.id).take(LOOKS).collect();
    let mut printed = printed(db, &unseen).await?;
    for one in theirs.iter_mut().filter(|one| one.prints.is_none()) {
        one.prints = one.id.and_then(|id| printed.remove(&id));
    }
    Ok(theirs)
}

/// Makes and keeps the prints of copies of these photos; answers them by id.
pub(super) async fn printed(db: &Db, ids: &[Id]) -> Result<HashMap<Id, Vec<u8>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (faces, _) = duplicates::faces(db, ids, &mut { usize::MAX }).await?;
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
    let rows = prints.iter().map(|(id, prints)| {
        let hex: String = prints.iter().map(|byte| format!("{byte:02x}")).collect();
        serde_json::json!({ "id": id, "prints": hex })
    });
    let rows = serde_json::Value::from_iter(rows).to_string();
    let mut tx = db.begin().await?;
    twins_store::put_prints(tx.conn(), &rows).await?;
    tx.commit().await?;
    Ok(prints)
}

/// The looks of these pictures, by hash.
async fn looks(db: &Db, theirs: &HashMap<usize, Theirs>) -> Result<HashMap<String, Vec<u8>>> {
    let gone: Vec<&str> = theirs
        .values()
        .filter(|one| one.id.is_none())
        .map(|one| one.hash.as_str())
        .collect();
    let mut looks = twins_store::gone_looks(db.read(), &gone).await?;
    let ids: Vec<Id> = theirs.values().filter_map(|one| one.id).collect();
    let (faces, _) = duplicates::faces(db, &ids, &mut { LOOKS }).await?;
    looks.extend(faces.into_iter().filter_map(|face| Some((face.hash, face.look?))));
    Ok(looks)
}

/// Which of theirs each photo may be a copy of, by fingerprint: places among them, nearest first; and those of them.
fn near(theirs: Vec<Theirs>, own: &[(Id, i64)]) -> (HashMap<usize, Theirs>, HashMap<Id, Vec<usize>>) {
    let mut prints: Vec<(Id, i64)> = Vec::new();
    for (place, one) in (0..).zip(&theirs) {
        prints.push((place, one.print));
        let copies = one.prints.iter().flat_map(|prints| prints.as_chunks().0);
        prints.extend(copies.map(|print| (place, i64::from_be_bytes(*print))));
    }
    let shelves = (own.len() > FEW).then(|| Prints::new(&prints));
    let mut near: HashMap<Id, Vec<usize>> = HashMap::new();
    for (id, print) in own {
        let found = match &shelves {
            Some(shelves) => shelves.near(*print),
            None => scan(&prints, *print),
        };
        let mut places = Vec::new();
        for place in found
            .into_iter()
            .filter_map(|(place, _)| usize::try_from(place).ok())
        {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        if !places.is_empty() {
            near.insert(*id, places);
        }
    }
    let wanted: HashSet<usize> = near.values().flatten().copied().collect();
    let theirs = theirs.into_iter().enumerate();
    (theirs.filter(|(place, _)| wanted.contains(place)).collect(), near)
}

/// As [`Prints::near`].
fn scan(prints: &[(Id, i64)], print: i64) -> Vec<(Id, u32)> {
    let all = prints
        .iter()
        .map(|(place, known)| (*place, (known ^ print).count_ones()));
    let mut found: Vec<(Id, u32)> = all.filter(|(_, bits)| *bits <= NEAR).collect();
    found.sort_unstable_by_key(|(place, bits)| (*bits, *place));
    found
}

/// Looks closely at what may be a copy; the closest first, at most three.
fn compare(mine: &Face, look: Option<&Look>, theirs: &HashMap<usize, Known>, near: &[usize]) -> Vec<Match> {
    let soft = look.and_then(Soft::of);
    let mut searches = SEARCHES;
    let mut matches = Vec::new();
    for known in near.iter().filter_map(|place| theirs.get(place)) {
        let of = &known.of;
        let plain = match look.zip(known.look.as_ref()) {
            _ if of.hash == mine.hash => Close::Same,
            Some((a, b)) => a.close(b),
            // What could not be looked at is likeness by fingerprint alone, and only by its own.
            None if (of.print ^ mine.print).count_ones() <= NEAR => Close::Alike,
            None => Close::Apart,
        };
        let mut close = plain;
        if plain < Close::Same
            && searches > 0
            && let Some((a, b)) = soft.as_ref().zip(known.soft.as_ref())
        {
            searches -= 1;
            close = plain.max(a.copies(b));
        }
        if close > Close::Apart {
            let no_larger = of.width * of.height <= mine.width * mine.height;
            matches.push(Match {
                photo: of.id,
                source: of.source,
                same: close == Close::Same,
                changed: plain < close,
                ours_first: !mine.camera.is_empty() && of.camera.is_empty() && no_larger,
            });
        }
    }
    matches.sort_by_key(|found| (!found.same, found.photo));
    matches.truncate(3);
    matches
}
