//! Which photos are copies of what brands and buyers took: each photo is compared once with each of their pictures, and what was found
//! is kept.
//!
//! Two ways lead to a pair worth a look. A near fingerprint: the whole picture, with other light, edges or direction. Shared points
//! ([`caoben_picture::likeness`]): a part of it, or all of it in a frame, on a screen, turned or under a mark. Both end with the
//! pictures themselves laid over each other; neither prints nor points are called a copy unseen.

use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
};

use caoben_picture::likeness::{Candidate, Grey, Index, Points, Shown};
use serde::Serialize;

use super::{
    Kind, Source, copies_store,
    copies_store::Found,
    duplicates::{self, Close, Face, Look, NEAR, Prints, Soft},
    file::{self, Stored},
    provenance::Facts,
    read,
    theirs::{self, Theirs},
    twins_store,
};
use crate::{
    db::Db,
    error::{Code, Error, Result},
    value::Id,
};

/// How many photos are compared before what was found is kept.
const BATCH: usize = 128;
/// With how many of somebody else's pictures, nearest fingerprints first, a photo is compared by searching: a millisecond each.
const SEARCHES: usize = 8;
/// For so few photos all prints are gone through: shelves for them would take longer to build.
const FEW: usize = 100;
/// How many points a photo is looked up by.
const POINTS: usize = 192;
/// A picture that is gone cannot be laid over; so many places that moved together make it a likeness.
const MANY: usize = 16;
/// How many of somebody else's pictures one photo is said to show, at most.
const MOST: usize = 3;

/// A picture of somebody else's that a photo is close to.
pub(super) struct Match {
    /// `None`: it was deleted for good.
    pub photo: Option<Id>,
    pub source: Source,
    pub same: bool,
    pub how: How,
    /// The photo carries a camera, the other does not and is no larger. A camera's name is written into a file in a second: it says that
    /// the creator should be asked, not that the picture is theirs.
    pub has_more: bool,
}

/// In what a copy differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub(super) enum How {
    /// In nothing, or saved again.
    Plain,
    /// Light, edges or direction.
    Changed,
    /// It shows a part.
    Cut,
    /// There is something around it: a frame, a screen.
    Framed,
    /// Turned or mirrored.
    Turned,
    /// Something lies over it, or it lost its colours.
    Marked,
}

/// What was found, by photo, and how many photos were not compared yet.
pub(super) struct Matches {
    pub of: HashMap<Id, Vec<Match>>,
    pub left: usize,
}

/// Pictures of brands and buyers that these photos are close to. At most `budget` photos that were not compared yet are compared now.
pub(super) async fn matches(db: &Db, facts: &[Facts], budget: usize) -> Result<Matches> {
    let own: Vec<(Id, i64)> = facts
        .iter()
        .filter(|facts| facts.source == Source::Own && !facts.made && facts.kind == Kind::Picture)
        .filter_map(|facts| Some((facts.id, facts.print?)))
        .collect();
    let all = if own.is_empty() {
        Vec::new()
    } else {
        theirs::all(db).await?
    };
    if all.is_empty() {
        return Ok(Matches {
            of: HashMap::new(),
            left: 0,
        });
    }
    let left = match compare(db, &own, &all, budget).await {
        // Who only reads keeps nothing: what was compared before is shown, and what was not is counted.
        Err(error) if matches!(error.code, Code::ReadOnly | Code::Busy | Code::DiskFull) => {
            waiting(db, &own, &all).await?.len()
        }
        other => other?,
    };
    let cameras: HashMap<Id, &str> = facts
        .iter()
        .map(|facts| (facts.id, facts.camera.as_str()))
        .collect();
    let ids: Vec<Id> = own.iter().map(|(id, _)| *id).collect();
    let theirs: HashMap<&str, &Theirs> = all.iter().map(|one| (one.hash.as_str(), one)).collect();
    let sizes = twins_store::sizes(db.read(), &ids).await?;
    let mut of: HashMap<Id, Vec<Match>> = HashMap::new();
    for found in copies_store::copies(db.read(), &ids).await? {
        let (Some(one), matches) = (
            theirs.get(found.hash.as_str()),
            of.entry(found.photo).or_default(),
        ) else {
            continue;
        };
        let camera = cameras.get(&found.photo).is_some_and(|camera| !camera.is_empty());
        let size = sizes.get(&found.photo).copied().unwrap_or(0);
        if matches.len() < MOST {
            matches.push(Match {
                photo: one.id,
                source: one.source,
                same: found.same,
                how: found.how,
                has_more: camera && one.camera.is_empty() && one.width * one.height <= size,
            });
        }
    }
    Ok(Matches { of, left })
}

/// Photos that some of these pictures came after, with the number of the last picture each was compared with.
async fn waiting(db: &Db, own: &[(Id, i64)], theirs: &[Theirs]) -> Result<Vec<(Id, i64, i64)>> {
    let known = copies_store::known(db.read()).await?;
    let newest = theirs
        .iter()
        .map(|one| known.get(&one.hash).copied().unwrap_or(i64::MAX));
    let newest = newest.max().unwrap_or(0);
    let ids: Vec<Id> = own.iter().map(|(id, _)| *id).collect();
    let upto = copies_store::compared(db.read(), &ids).await?;
    let own = own
        .iter()
        .map(|(id, print)| (*id, *print, upto.get(id).copied().unwrap_or(0)));
    Ok(own.filter(|(.., upto)| *upto < newest).collect())
}

/// Compares what was not compared yet, as far as the budget goes; answers how many photos are left.
async fn compare(db: &Db, own: &[(Id, i64)], all: &[Theirs], budget: usize) -> Result<usize> {
    let mut waiting = waiting(db, own, all).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let hashes: Vec<&str> = all.iter().map(|one| one.hash.as_str()).collect();
    let known = copies_store::known(db.read()).await?;
    if hashes.iter().any(|hash| !known.contains_key(*hash)) {
        let mut tx = db.begin().await?;
        copies_store::know(tx.conn(), &hashes).await?;
        tx.commit().await?;
    }
    let ids: Vec<Id> = all.iter().filter_map(|one| one.id).collect();
    theirs::prepare(db, &ids).await?;
    let known = copies_store::known(db.read()).await?;
    let newest = hashes
        .iter()
        .filter_map(|hash| known.get(*hash))
        .max()
        .copied()
        .unwrap_or(0);
    let since = waiting.iter().map(|(.., upto)| *upto).min().unwrap_or(0);
    // Read again: prepared meanwhile.
    let new = theirs::all(db).await?.into_iter();
    let new: Vec<Theirs> = new
        .filter(|one| known.get(&one.hash).is_some_and(|seq| *seq > since))
        .collect();
    let gallery = std::sync::Arc::new(Gallery::of(db, new).await?);
    let left = waiting.len().saturating_sub(budget);
    waiting.truncate(budget);
    for batch in waiting.chunks(BATCH) {
        let found = look(db, &gallery, batch).await?;
        let ids: Vec<Id> = batch.iter().map(|(id, ..)| *id).collect();
        let mut tx = db.begin().await?;
        copies_store::keep(tx.conn(), &ids, newest, &found).await?;
        tx.commit().await?;
    }
    Ok(left)
}

/// Pictures of somebody else's, ready to be found and laid over.
struct Gallery {
    theirs: Vec<Theirs>,
    looks: Vec<Option<Look>>,
    folder: PathBuf,
    stored: Vec<Option<Stored>>,
    prints: Vec<(Id, i64)>,
    shelves: Prints,
    index: Index,
}

impl Gallery {
    async fn of(db: &Db, theirs: Vec<Theirs>) -> Result<Self> {
        let hashes: Vec<&str> = theirs.iter().map(|one| one.hash.as_str()).collect();
        let points = copies_store::points(db.read(), &hashes).await?;
        let mut looks = twins_store::gone_looks(db.read(), &hashes).await?;
        let ids: Vec<Id> = theirs.iter().filter_map(|one| one.id).collect();
        let (faces, _) = duplicates::faces(db, &ids, &mut { usize::MAX }).await?;
        let mut files = HashMap::new();
        for face in faces {
            looks.extend(face.look.map(|look| (face.hash.clone(), look)));
            let stored = Stored {
                hash: face.hash.clone(),
                format: face.format,
            };
            files.insert(face.hash, stored);
        }
        let folder = db.folder().to_owned();
        file::aside(move || {
            let mut prints: Vec<(Id, i64)> = Vec::new();
            for (place, one) in (0..).zip(&theirs) {
                prints.push((place, one.print));
                let copies = one.prints.iter().flat_map(|prints| prints.as_chunks().0);
                prints.extend(copies.map(|print| (place, i64::from_be_bytes(*print))));
            }
            let points = theirs
                .iter()
                .map(|one| points.get(&one.hash).and_then(|bytes| Points::kept(bytes)));
            let points: Vec<Option<Points>> = points.collect();
            let numbered = (0..)
                .zip(&points)
                .filter_map(|(place, points)| Some((place, points.as_ref()?)));
            Ok(Self {
                index: Index::new(numbered),
                looks: theirs
                    .iter()
                    .map(|one| Look::kept(looks.remove(&one.hash)?))
                    .collect(),
                stored: theirs.iter().map(|one| files.remove(&one.hash)).collect(),
                folder,
                shelves: Prints::new(&prints),
                prints,
                theirs,
            })
        })
        .await
    }

    /// Pictures with a near fingerprint, nearest first.
    fn near(&self, print: i64, few: bool) -> Vec<usize> {
        let found = if few {
            scan(&self.prints, print)
        } else {
            self.shelves.near(print)
        };
        let mut seen = HashSet::new();
        let places = found
            .into_iter()
            .filter_map(|(place, _)| usize::try_from(place).ok());
        places.filter(|place| seen.insert(*place)).collect()
    }
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

/// Looks at some photos, on two threads.
async fn look(db: &Db, gallery: &std::sync::Arc<Gallery>, batch: &[(Id, i64, i64)]) -> Result<Vec<Found>> {
    let ids: Vec<Id> = batch.iter().map(|(id, ..)| *id).collect();
    let (faces, _) = duplicates::faces(db, &ids, &mut { usize::MAX }).await?;
    let gallery = gallery.clone();
    file::aside(move || {
        let few = faces.len() <= FEW;
        let found = file::both(
            &faces,
            |face: &Face| {
                let (hash, format) = (face.hash.clone(), face.format.clone());
                let thumb = read::thumb(&gallery.folder, &Stored { hash, format });
                let views = thumb.ok().map_or_else(Vec::new, |jpeg| Grey::views(&jpeg));
                Some(gallery.shown(face, &views, few))
            },
            |_| None,
        );
        // Half-compared is not compared: whoever asks again starts here.
        let found: Option<Vec<Vec<Found>>> = found.into_iter().collect();
        let failed = || Error::internal("比对图片时程序出错，已经比对完的部分都保留了，请再试一次。");
        Ok(found.ok_or_else(failed)?.concat())
    })
    .await
}

impl Gallery {
    /// Which of the pictures a photo shows, the surest first.
    fn shown(&self, mine: &Face, views: &[Grey], few: bool) -> Vec<Found> {
        let mut found: HashMap<usize, (bool, How)> = HashMap::new();
        for (place, close, how) in self.by_print(mine, few) {
            found.insert(place, (close == Close::Same, how));
        }
        let whole = views.first().map_or_else(Vec::new, |view| self.by_points(view));
        let inset = views.iter().skip(1).flat_map(|view| self.by_points(view));
        let framed = inset.map(|(place, same, _)| (place, same, How::Framed));
        for (place, same, how) in whole.into_iter().chain(framed) {
            let known = found.entry(place).or_insert((same, how));
            if same && !known.0 {
                *known = (same, how);
            }
        }
        let found = found.into_iter().filter_map(|(place, (same, how))| {
            let hash = self.theirs.get(place)?.hash.clone();
            Some(Found {
                photo: mine.id,
                hash,
                same,
                how,
            })
        });
        found.collect()
    }

    fn by_print(&self, mine: &Face, few: bool) -> Vec<(usize, Close, How)> {
        let look = mine.look.clone().and_then(Look::kept);
        let soft = look.as_ref().and_then(Soft::of);
        let mut searches = SEARCHES;
        let mut found = Vec::new();
        for place in self.near(mine.print, few) {
            let (Some(of), Some(known)) = (self.theirs.get(place), self.looks.get(place)) else {
                continue;
            };
            let plain = match look.as_ref().zip(known.as_ref()) {
                _ if of.hash == mine.hash => Close::Same,
                Some((a, b)) => a.close(b),
                // What could not be looked at is likeness by fingerprint alone, and only by its own.
                None if (of.print ^ mine.print).count_ones() <= NEAR => Close::Alike,
                None => Close::Apart,
            };
            let mut close = plain;
            if plain < Close::Same
                && searches > 0
                && let Some((a, b)) = soft.as_ref().zip(known.as_ref().and_then(Soft::of))
            {
                searches -= 1;
                close = plain.max(a.copies(&b));
            }
            if close > Close::Apart {
                let how = if plain < close { How::Changed } else { How::Plain };
                found.push((place, close, how));
            }
        }
        found
    }

    fn by_points(&self, grey: &Grey) -> Vec<(usize, bool, How)> {
        let candidates = self.index.candidates(&Points::of(grey, POINTS));
        let looked = candidates.into_iter().filter_map(|candidate| {
            let place = usize::try_from(candidate.of).ok()?;
            let stored = self.stored.get(place)?.as_ref();
            let theirs = stored.and_then(|stored| Grey::of(&read::thumb(&self.folder, stored).ok()?));
            match theirs {
                Some(theirs) => {
                    let shown = grey.shows(&theirs, &candidate.way);
                    shown
                        .is_copy(candidate.places)
                        .then(|| (place, true, how(&candidate, &shown)))
                }
                None => (candidate.places >= MANY).then_some((place, false, How::Changed)),
            }
        });
        looked.collect()
    }
}

/// In what a copy differs, by how it lies in the other; what is most telling.
fn how(candidate: &Candidate, shown: &Shown) -> How {
    if shown.mine < 0.9 {
        How::Framed
    } else if shown.theirs < 0.9 {
        How::Cut
    } else if candidate.way.turned() {
        How::Turned
    } else if shown.same < 0.95 {
        How::Marked
    } else {
        How::Changed
    }
}
