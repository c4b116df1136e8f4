//! Trial 试用: one period of using one product, day by day, shortcomings first.

mod day;
mod day_store;
mod edit;
mod evidence;
mod finish;
mod log;
mod remove;
mod rhythm;
mod scale;
mod shortcoming;
mod start;
mod store;
mod suggest;

use serde::{Deserialize, Serialize};

use crate::{
    db::{Db, Tx},
    error::Result,
    search,
    value::{Date, Id, Noun, Time},
};

pub use day::{history, move_photo};
pub use edit::edit;
pub use evidence::{Evidence, EvidenceFormat, Record, Unshown, evidence, record};
pub use finish::{finish, reopen, verdict_history};
pub use log::log;
pub use remove::{RemovedTrial, remove, restore};
pub use rhythm::missing;
pub use scale::{rename_scale, scales};
pub use shortcoming::{add_shortcoming, edit_shortcoming, remove_shortcoming};
pub use start::start;
pub use suggest::{AcceptedDay, DaySuggestion, Why, accept_days, refuse_photos, suggest_days};

/// How the product was got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, specta::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum Acquired {
    /// 自购
    Bought,
    /// 寄样
    Sample,
    /// 借用
    Borrowed,
    /// 赠送
    Gift,
}

/// What came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, specta::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum Verdict {
    /// 推荐
    Recommend,
    /// 看人
    Mixed,
    /// 不推荐
    Reject,
}

impl Verdict {
    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Recommend => "推荐",
            Self::Mixed => "看人",
            Self::Reject => "不推荐",
        }
    }
}

/// A feeling on a scale the creator named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Rating {
    /// 控油, 显白, 续航 …
    pub scale: String,
    /// 1–5.
    pub value: i64,
}

/// One day of a trial.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Day {
    pub on: Date,
    pub text: String,
    pub photos: Vec<Id>,
    pub ratings: Vec<Rating>,
    /// How often its words or feelings were changed after they were noted.
    pub edits: i64,
    /// When its first words were really written; without words, when the day was begun.
    pub written_at: Time,
    /// The words (or ratings) came on a later day than the one they speak of.
    pub late: bool,
    pub updated_at: Time,
}

impl Day {
    /// Whether the day proves anything: a word, a photo or a feeling.
    pub fn says(&self) -> bool {
        !self.text.is_empty() || !self.photos.is_empty() || !self.ratings.is_empty()
    }
}

/// What a day said before it was changed.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct Edit {
    /// The words as they stood; empty when they did not change.
    pub text: String,
    /// What was felt differently, taken back or renamed then, as it stood.
    pub ratings: Vec<Rating>,
    /// When something else took their place.
    pub replaced_at: Time,
}

/// What the verdict was before it was said anew, or taken back to try on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct VerdictEdit {
    pub verdict: Verdict,
    pub text: String,
    pub finished_on: Date,
    /// When it stood no longer.
    pub replaced_at: Time,
}

/// A shortcoming as it was found.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Flaw {
    pub id: Id,
    pub text: String,
    /// The day it was noticed.
    pub on: Date,
    /// What shows it.
    pub photo: Option<Id>,
    /// 1 one lives with it, 2 it disturbs, 3 a reason not to buy.
    pub severity: i64,
    /// The day since which it is gone.
    pub resolved_on: Option<Date>,
    pub created_at: Time,
}

/// A trial.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Trial {
    pub id: Id,
    pub product: Id,
    pub product_name: String,
    pub acquired: Acquired,
    pub started_on: Date,
    pub finished_on: Option<Date>,
    pub verdict: Option<Verdict>,
    pub verdict_text: String,
    /// Who sold, sent, lent or gave it; empty when it was not said.
    pub acquired_from: String,
    /// Minor units; 0 nothing was paid, `None` not said.
    pub paid: Option<i64>,
    /// Currency of `paid`.
    pub currency: String,
    /// Photo of the receipt or the agreement.
    pub receipt: Option<Id>,
    /// What is compared, as it was chosen; `None`: the first photo.
    pub before: Option<Id>,
    /// `None`: the first photo of the latest day.
    pub after: Option<Id>,
    /// The day it is meant to run to.
    pub ends_on: Option<Date>,
    /// A note every so many days; 0 asks for none.
    pub rhythm: i64,
    /// Scales in use, as the creator chose and ordered them. One that was rated and is not among them was retired.
    pub scales: Vec<String>,
    /// Oldest first.
    pub days: Vec<Day>,
    /// Their words, as they were admitted.
    pub shortcomings: Vec<String>,
    /// The same shortcomings with all that is known of them: standing before gone, worst first.
    pub flaws: Vec<Flaw>,
    pub created_at: Time,
    pub updated_at: Time,
}

/// A trial to start.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct NewTrial {
    pub product: Id,
    pub acquired: Acquired,
    /// `None`: today.
    pub on: Option<Date>,
}

/// A day to note. Said again for the same day, it replaces text and ratings and keeps what stood there as an edit; photos are added.
/// A scale that is new to the day is in use from then on.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct NewDay {
    pub on: Date,
    pub text: String,
    #[serde(default)]
    pub photos: Vec<Id>,
    #[serde(default)]
    pub ratings: Vec<Rating>,
}

/// Changes to a trial; an absent field stays as it is.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct TrialPatch {
    pub acquired: Option<Acquired>,
    pub acquired_from: Option<String>,
    /// Minor units; `null` unsays it.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<i64>)]
    pub paid: Option<Option<i64>>,
    pub currency: Option<String>,
    /// `null` takes the receipt off.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<i64>)]
    pub receipt: Option<Option<Id>>,
    /// `null` compares with the first photo again.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<i64>)]
    pub before: Option<Option<Id>>,
    /// `null` compares with the latest day again.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<i64>)]
    pub after: Option<Option<Id>>,
    pub started_on: Option<Date>,
    /// `null` leaves the end open.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<Date>)]
    pub ends_on: Option<Option<Date>>,
    pub rhythm: Option<i64>,
    /// Scales in use from now on, in order; what was rated on others stays.
    pub scales: Option<Vec<String>>,
}

/// A shortcoming to admit.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[allow(missing_docs)]
pub struct NewFlaw {
    pub text: String,
    /// `None`: today, or the last day of a finished trial.
    #[serde(default)]
    pub on: Option<Date>,
    #[serde(default)]
    pub photo: Option<Id>,
    /// 1–3; `None`: 2.
    #[serde(default)]
    pub severity: Option<i64>,
}

impl From<&str> for NewFlaw {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }
}

/// Changes to a shortcoming; an absent field stays as it is.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct FlawPatch {
    pub text: Option<String>,
    pub on: Option<Date>,
    /// `null` takes the photo off.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<i64>)]
    pub photo: Option<Option<Id>>,
    pub severity: Option<i64>,
    /// `null`: it stands again.
    #[serde(deserialize_with = "crate::value::given")]
    #[specta(type = Option<Date>)]
    pub resolved_on: Option<Option<Date>>,
}

/// One trial.
pub async fn get(db: &Db, id: Id) -> Result<Trial> {
    store::get(&mut *db.read().acquire().await?, id).await
}

/// Trials, newest start first, of one product or all.
pub async fn list(db: &Db, product: Option<Id>) -> Result<Vec<Trial>> {
    store::list(&mut *db.read().acquire().await?, None, product, false).await
}

/// Trials that are not finished.
pub(crate) async fn open(db: &Db) -> Result<Vec<Trial>> {
    store::list(&mut *db.read().acquire().await?, None, None, true).await
}

/// Ends every change of a trial: its time, its search entry, the answer as it now stands.
async fn changed(mut tx: Tx, id: Id, now: Time) -> Result<Trial> {
    store::stamp(tx.conn(), id, now).await?;
    let trial = store::get(tx.conn(), id).await?;
    let days = trial.days.iter().map(|day| day.text.as_str());
    let body: Vec<&str> = days
        .chain(trial.shortcomings.iter().map(String::as_str))
        .chain([trial.verdict_text.as_str()])
        .collect();
    search::put(&mut tx, Noun::Trial, id, &trial.product_name, &body.join("\n")).await?;
    tx.touch(Noun::Trial);
    tx.commit().await?;
    Ok(trial)
}
