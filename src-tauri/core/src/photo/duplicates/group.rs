//! Gathering: the best photos lead, the others join the leader they are close to.

use std::{cmp::Reverse, collections::HashSet};

use super::{Close, Face, Likeness, Look, Merit, near::NEAR};
use crate::value::Id;

/// How many leaders a photo is compared with, nearest fingerprints first: bounds the work where thousands share one print.
const LEADERS: usize = 32;
/// Longest time between two shots of one burst, in milliseconds.
const BURST: i64 = 10_000;
/// How much more detail counts as sharper, in percent.
const SHARPER: i64 = 130;

/// Photos that look alike, the best first.
pub(super) struct Group {
    pub faces: Vec<(Face, Likeness)>,
    /// The files themselves show that another was saved from the best.
    pub firsthand: bool,
}

/// Groups among photos whose fingerprints hang together: settled photos lead first, then whoever is best. A photo joins the nearest
/// leader that it is close to, unless somebody there is another picture by the creator's word.
pub(super) fn groups(mut faces: Vec<Face>, apart: &HashSet<(Id, Id)>) -> Vec<Group> {
    faces.sort_by_cached_key(|face| Reverse(worth(face)));
    let mut groups: Vec<(Option<Look>, Group)> = Vec::new();
    for face in faces {
        let look = face.look.clone().and_then(Look::kept);
        let joins = if face.chosen.is_some() {
            None
        } else {
            leader(&groups, &face, look.as_ref(), apart)
        };
        match joins.and_then(|(at, likeness)| groups.get_mut(at).map(|(_, group)| (group, likeness))) {
            Some((group, likeness)) => group.faces.push((face, likeness)),
            None => groups.push((
                look,
                Group {
                    faces: vec![(face, Likeness::Best)],
                    firsthand: false,
                },
            )),
        }
    }
    let mut groups: Vec<Group> = groups
        .into_iter()
        .map(|(_, group)| group)
        .filter(|group| group.faces.len() > 1)
        .collect();
    for group in &mut groups {
        group
            .faces
            .sort_by_key(|(face, likeness)| (*likeness, Reverse(worth(face))));
    }
    groups.sort_by_key(|group| Reverse(group.faces.iter().map(|(face, _)| face.id).max()));
    groups
}

/// The leader a photo joins, and how it is like it.
fn leader(
    groups: &[(Option<Look>, Group)],
    face: &Face,
    look: Option<&Look>,
    apart: &HashSet<(Id, Id)>,
) -> Option<(usize, Likeness)> {
    let look = look?;
    let mut near: Vec<(u32, usize)> = groups
        .iter()
        .enumerate()
        .filter_map(|(at, (_, group))| {
            let (best, _) = group.faces.first()?;
            let bits = (best.print ^ face.print).count_ones();
            (bits <= NEAR).then_some((bits, at))
        })
        .collect();
    near.sort_unstable();
    near.into_iter().take(LEADERS).find_map(|(_, at)| {
        let (other, group) = groups.get(at)?;
        let (best, _) = group.faces.first()?;
        let close = look.close(other.as_ref()?);
        let told = |known: &Face| apart.contains(&(known.id.min(face.id), known.id.max(face.id)));
        let joins = close > Close::Apart && !group.faces.iter().any(|(known, _)| told(known));
        joins.then(|| (at, likeness(best, face, close)))
    })
}

/// What makes a photo lead, the most telling first. Detail counts in coarse steps: compression alone must not outweigh bytes.
fn worth(face: &Face) -> impl Ord + use<> {
    let detail = face.sharp.unwrap_or(0).max(1).ilog2() / 2;
    (weight(face), detail, face.bytes, Reverse(face.id))
}

/// What is not about the file's quality but about the photo.
fn weight(face: &Face) -> impl Ord + use<> {
    let chosen = face.chosen.map_or(0, |chosen| 1 + i32::from(chosen));
    (
        chosen,
        face.used > 0,
        face.pick,
        face.rating,
        !face.camera.is_empty(),
        face.width * face.height,
    )
}

/// Whether nothing but detail and bytes speaks for one of two.
pub(super) fn ties(one: &Face, other: &Face) -> bool {
    (one.width, one.height) == (other.width, other.height) && weight(one) == weight(other)
}

/// How a photo is like the best. What cannot be told is only alike.
fn likeness(best: &Face, face: &Face, close: Close) -> Likeness {
    let between = best.taken_at.zip(face.taken_at).map(|(a, b)| between(a.0, b.0));
    let same_camera = !best.camera.is_empty() && best.camera == face.camera;
    let same_size = (best.width, best.height) == (face.width, face.height);
    match between {
        // Two shots of one second and one shot saved twice look the same here.
        Some(0) if same_camera && same_size => Likeness::Alike,
        Some(1..=BURST) if same_camera => Likeness::Burst,
        None | Some(0) if close == Close::Same => Likeness::Resaved,
        _ => Likeness::Alike,
    }
}

/// Milliseconds between two moments. One that is told to the second only, as many programs save it again, is compared by seconds.
fn between(one: i64, other: i64) -> i64 {
    if one % 1000 == 0 || other % 1000 == 0 {
        (one.div_euclid(1000) - other.div_euclid(1000)).abs() * 1000
    } else {
        (one - other).abs()
    }
}

impl Group {
    /// One of the group turned out to be the same picture saved again.
    pub fn resaved(&mut self, id: Id) {
        for (_, how) in self.faces.iter_mut().filter(|(face, _)| face.id == id) {
            *how = Likeness::Resaved;
        }
    }

    /// Puts one of the group to its head; the one that led is the same picture saved again.
    pub fn promote(&mut self, id: Id) {
        let Some(at) = self
            .faces
            .iter()
            .position(|(face, _)| face.id == id)
            .filter(|at| *at > 0)
        else {
            return;
        };
        if let Some((_, how)) = self.faces.first_mut() {
            *how = Likeness::Resaved;
        }
        let (face, _) = self.faces.remove(at);
        self.faces.insert(0, (face, Likeness::Best));
    }

    /// What speaks for the first against all others.
    pub fn merits(&self) -> Vec<Merit> {
        let Some(((best, _), rest)) = self.faces.split_first() else {
            return Vec::new();
        };
        let beats = |value: fn(&Face) -> i64| rest.iter().all(|(face, _)| value(best) > value(face));
        let pixels = |face: &Face| face.width * face.height;
        let same_pixels = rest.iter().any(|(face, _)| pixels(face) == pixels(best));
        let rivals = || rest.iter().filter(|(face, _)| pixels(face) == pixels(best));
        let mut merits = Vec::new();
        let mut say = |is: bool, merit: Merit| {
            if is {
                merits.push(merit)
            }
        };
        say(best.chosen == Some(true), Merit::Chosen);
        say(beats(|face| i64::from(face.used > 0)), Merit::Used);
        say(beats(|face| i64::from(face.pick > 0)), Merit::Picked);
        say(beats(|face| face.rating), Merit::Rated);
        say(
            !best.camera.is_empty() && rest.iter().any(|(face, _)| face.camera.is_empty()),
            Merit::Original,
        );
        say(beats(|face| face.width * face.height), Merit::Larger);
        say(self.firsthand, Merit::Firsthand);
        let sharp = |face: &Face| face.sharp.unwrap_or(0);
        say(
            same_pixels && rivals().all(|(face, _)| sharp(best) * 100 >= sharp(face).max(1) * SHARPER),
            Merit::Sharper,
        );
        say(
            // Bytes say how hard a picture was pressed only beside others of its format.
            same_pixels
                && rivals().all(|(face, how)| {
                    *how == Likeness::Resaved && best.format == face.format && best.bytes > face.bytes
                }),
            Merit::Heavier,
        );
        if merits.is_empty() {
            merits.push(Merit::Even);
        }
        merits
    }
}
