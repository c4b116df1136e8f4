//! Trial 试用: one period of using one product, day by day, shortcomings first.

mod finish;
mod log;
mod shortcoming;
mod start;
mod store;

use serde::{Deserialize, Serialize};

use crate::{
    db::{Db, Tx},
    error::Result,
    search,
    value::{Date, Id, Noun, Time},
};

pub use finish::finish;
pub use log::{log, remove_photo};
pub use shortcoming::{add_shortcoming, remove_shortcoming};
pub use start::start;

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
    /// How often the note was changed after it was written.
    pub edits: i64,
    pub updated_at: Time,
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
    /// Oldest first.
    pub days: Vec<Day>,
    pub shortcomings: Vec<String>,
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

/// One trial.
pub async fn get(db: &Db, id: Id) -> Result<Trial> {
    store::get(&mut *db.read().acquire().await?, id).await
}

/// Trials, newest start first, of one product or all.
pub async fn list(db: &Db, product: Option<Id>) -> Result<Vec<Trial>> {
    store::list(&mut *db.read().acquire().await?, None, product).await
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
