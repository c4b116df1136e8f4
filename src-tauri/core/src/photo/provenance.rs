//! Whose picture it is, as far as the facts go.
//!
//! The rule: a photo filed as 自拍 counts as the creator's own unless the app made it, or one strong fact (it is the same picture as a
//! brand's or a buyer's file) or two weak ones (no camera in the file, a format no camera writes, a date outside its trial, a likeness
//! to somebody else's file) speak against it; the creator's word outweighs them, and it is shown as their word.
//!
//! A doubtful photo is never dropped in silence: it is shown with its doubt.

use serde::{Deserialize, Serialize};

use super::{
    Kind, Source,
    copies::{self, How, Match, Matches},
    twins_store,
};
use crate::{
    db::Db,
    error::{Error, Result},
    value::{Id, Noun, Time},
};

/// How many photos are compared with what brands and buyers took in one go: some seconds' work.
const COMPARED: usize = 400;

/// Whose picture it is, and why.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Provenance {
    /// The photo.
    pub photo: Id,
    /// It counts as the creator's own.
    pub counted_own: bool,
    /// It is filed as own, and the facts speak against it.
    pub doubtful: bool,
    /// The creator said: I took it.
    pub said_mine: Option<Time>,
    /// What speaks for and against; against first.
    pub reasons: Vec<Reason>,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Reason {
    /// What kind of fact it is.
    pub kind: Ground,
    /// Which way it speaks.
    pub side: Side,
    /// For people, one sentence.
    pub text: String,
    /// The other photo it speaks of.
    pub photo: Option<Id>,
}

/// What kind of fact speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// It is filed as somebody else's.
    Filed,
    /// The app made it from other photos.
    Made,
    /// It is the same picture as somebody else's file.
    Same,
    /// It is much like somebody else's file.
    Like,
    /// What the camera wrote.
    Camera,
    /// The file format.
    Format,
    /// When it was taken, beside its trial.
    Trial,
    /// The creator's word.
    Word,
}

/// Which way a fact speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Enough by itself not to count the photo.
    Strong,
    /// Two of these are enough.
    Weak,
    /// It speaks for the creator.
    For,
}

/// Which photos to weigh; both absent means the whole library.
#[derive(Debug, Clone, Copy, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct Scope {
    pub product: Option<Id>,
    pub trial: Option<Id>,
}

/// How many photos count as own, and which are in doubt.
#[derive(Debug, Clone, Default, Serialize, specta::Type)]
pub struct Doubts {
    /// How many count, those by the creator's word among them.
    pub own: i64,
    /// How many count only by the creator's word.
    pub by_word: i64,
    /// Filed as own and not counted.
    pub doubtful: Vec<Provenance>,
    /// How many photos were not compared with what brands and buyers took yet: ask again.
    pub left: i64,
}

impl Provenance {
    /// It counts only by the creator's word.
    pub(crate) fn by_word(&self) -> bool {
        self.counted_own && held(&self.reasons)
    }
}

/// Enough speaks against a photo not to count it.
fn held(reasons: &[Reason]) -> bool {
    let count = |side| reasons.iter().filter(|reason| reason.side == side).count();
    count(Side::Strong) > 0 || count(Side::Weak) > 1
}

/// What the table knows of a photo's origin.
pub(super) struct Facts {
    pub id: Id,
    pub source: Source,
    pub made: bool,
    pub kind: Kind,
    pub format: String,
    pub camera: String,
    pub taken_at: Option<Time>,
    pub taken_offset: Option<i64>,
    pub print: Option<i64>,
    pub started_on: Option<String>,
    pub finished_on: Option<String>,
    pub said_at: Option<Time>,
}

/// Whose picture one photo is.
///
/// # Errors
/// `NotFound` for an unknown photo.
pub async fn provenance(db: &Db, id: Id) -> Result<Provenance> {
    let facts = twins_store::facts(db.read(), Some(&[id]), None, None).await?;
    let judged = judge_all(db, facts).await?;
    judged
        .into_iter()
        .next()
        .ok_or_else(|| Error::not_found("照片", id))
}

/// Which of these photos are in doubt. Only they are weighed, so that a wall of any size can ask for what it shows.
pub async fn doubtful(db: &Db, ids: &[Id]) -> Result<Vec<Id>> {
    let judged = weigh(db, ids, None).await?.into_iter();
    Ok(judged.filter(|one| one.doubtful).map(|one| one.photo).collect())
}

/// Whose these photos are, by id; unknown ones are left out. Their dates are held beside `trial`, or else each beside its own.
pub(crate) async fn weigh(db: &Db, ids: &[Id], trial: Option<Id>) -> Result<Vec<Provenance>> {
    let facts = twins_store::facts(db.read(), Some(ids), None, trial).await?;
    judge_all(db, facts).await
}

/// Counts what is filed as own in the library, of a product or of a trial, and lists what is in doubt.
pub async fn doubts(db: &Db, scope: Scope) -> Result<Doubts> {
    let facts = twins_store::facts(db.read(), None, scope.product, scope.trial).await?;
    let mut answer = Doubts::default();
    let (judged, left) = judge_some(db, facts, COMPARED).await?;
    answer.left = i64::try_from(left).unwrap_or(i64::MAX);
    for judged in judged {
        answer.own += i64::from(judged.counted_own);
        answer.by_word += i64::from(judged.by_word());
        if judged.doubtful {
            answer.doubtful.push(judged);
        }
    }
    Ok(answer)
}

/// Remembers that the creator took these photos, or takes the word back.
pub async fn claim(db: &Db, ids: &[Id], mine: bool, now: Time) -> Result<()> {
    let mut tx = db.begin().await?;
    twins_store::claim(tx.conn(), ids, mine, now).await?;
    tx.touch(Noun::Photo);
    tx.commit().await
}

/// Weighs these photos, each compared with all that brands and buyers took.
async fn judge_all(db: &Db, facts: Vec<Facts>) -> Result<Vec<Provenance>> {
    Ok(judge_some(db, facts, usize::MAX).await?.0)
}

/// Weighs these photos; how many were not compared yet, when `budget` of them are compared now.
async fn judge_some(db: &Db, facts: Vec<Facts>, budget: usize) -> Result<(Vec<Provenance>, usize)> {
    let Matches { mut of, left } = copies::matches(db, &facts, budget).await?;
    let judged = facts
        .iter()
        .map(|facts| judge(facts, &of.remove(&facts.id).unwrap_or_default()));
    Ok((judged.collect(), left))
}

/// Weighs the facts of one photo.
fn judge(facts: &Facts, matches: &[Match]) -> Provenance {
    let mut reasons = Vec::new();
    let mut say = |kind, side, photo, text: String| {
        reasons.push(Reason {
            kind,
            side,
            text,
            photo,
        })
    };
    let own = facts.source == Source::Own;
    if !own {
        say(
            Ground::Filed,
            Side::Strong,
            None,
            format!("归在「{}」里，不算自拍。", word(facts.source)),
        );
    }
    if facts.made {
        say(
            Ground::Made,
            Side::Strong,
            None,
            "这是草本用别的照片拼成的，不是拍出来的。".to_owned(),
        );
    }
    for found in matches {
        let whose = word(found.source);
        let whose = match found.photo {
            Some(photo) => format!("{whose}素材 {photo} "),
            None => format!("已经删掉的{whose}素材"),
        };
        let how = match found.how {
            How::Plain => "",
            How::Changed => "，只是亮度、裁切或左右方向不同",
            How::Cut => "，这张只是它的一部分",
            How::Framed => "，只是外面多了边框或屏幕",
            How::Turned => "，只是转了方向",
            How::Marked => "，只是上面盖了东西或变了颜色",
        };
        let more = if found.has_more {
            "这张带着相机信息，也不比那张小，但相机信息谁都能写进去；如果是对方用了你的，请点「这是我拍的」。"
        } else {
            ""
        };
        match found.same {
            true => say(
                Ground::Same,
                Side::Strong,
                found.photo,
                format!("和{whose}是同一张图{how}。{more}"),
            ),
            false => say(
                Ground::Like,
                Side::Weak,
                found.photo,
                format!("和{whose}很像{how}。"),
            ),
        }
    }
    if own && !facts.made {
        camera(facts, &mut say);
        trial(facts, &mut say);
    }
    let held = held(&reasons);
    let can_be_own = own && !facts.made;
    if let Some(at) = facts.said_at {
        let text = format!("你在 {} 说过：这是我拍的。", at.date().0);
        reasons.push(Reason {
            kind: Ground::Word,
            side: Side::For,
            text,
            photo: None,
        });
    }
    reasons.sort_by_key(|reason| reason.side);
    Provenance {
        photo: facts.id,
        counted_own: can_be_own && (!held || facts.said_at.is_some()),
        doubtful: can_be_own && held && facts.said_at.is_none(),
        said_mine: facts.said_at,
        reasons,
    }
}

/// What the camera wrote, or did not.
fn camera(facts: &Facts, say: &mut impl FnMut(Ground, Side, Option<Id>, String)) {
    if facts.camera.is_empty() {
        let text = match facts.kind {
            Kind::Picture => "文件里没有相机信息（微信、网页传过的图都会丢），它自己证明不了是谁拍的。",
            Kind::Clip => "视频里没有相机信息（不少手机拍视频本来就不写），它自己证明不了是谁拍的。",
            Kind::File => "草本读不了这个文件，不知道里面是什么、是谁拍的；它不算进试用证据的照片里。",
        };
        say(Ground::Camera, Side::Weak, None, text.to_owned());
    } else {
        say(
            Ground::Camera,
            Side::For,
            None,
            format!("文件里写着相机：{}。", facts.camera),
        );
    }
    if facts.camera.is_empty() && matches!(facts.format.as_str(), "png" | "webp" | "gif") {
        let text = format!(
            "{} 不是相机和手机拍照时存的格式，多半是截图或网页上存的。",
            facts.format.to_uppercase()
        );
        say(Ground::Format, Side::Weak, None, text);
    }
}

/// When it was taken, beside the trial it stands for.
fn trial(facts: &Facts, say: &mut impl FnMut(Ground, Side, Option<Id>, String)) {
    let (Some(at), Some(from)) = (facts.taken_at, facts.started_on.as_deref()) else {
        return;
    };
    let local = facts
        .taken_offset
        .map_or_else(|| at.to_string(), |offset| at.rfc3339(offset));
    let Some(day) = local.get(..10) else { return };
    let to = facts.finished_on.as_deref();
    let span = to.map_or_else(|| format!("{from} 起"), |to| format!("{from} 至 {to}"));
    // Civil dates are written year first: they compare as texts.
    if day < from || to.is_some_and(|to| day > to) {
        say(
            Ground::Trial,
            Side::Weak,
            None,
            format!("拍在 {day}，不在试用期（{span}）里。"),
        );
    } else {
        say(
            Ground::Trial,
            Side::For,
            None,
            format!("拍在 {day}，在试用期（{span}）里。"),
        );
    }
}

/// What a source is called.
pub(super) fn word(source: Source) -> &'static str {
    match source {
        Source::Own => "自拍",
        Source::Brand => "品牌方",
        Source::Buyer => "买家秀",
        Source::Screenshot => "截图",
    }
}
