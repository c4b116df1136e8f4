//! Trial 试用: one period of using one product, day by day, shortcomings first.

use serde::{Deserialize, Serialize};

use crate::{
    db::Db,
    error::Result,
    value::{Date, Id, Time},
};

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

/// Starts a trial; a candidate product moves to 试用中.
pub async fn start(_db: &Db, _input: NewTrial, _now: Time) -> Result<Trial> {
    todo!()
}
/// Notes a day.
pub async fn log(_db: &Db, _trial: Id, _day: NewDay, _now: Time) -> Result<Trial> {
    todo!()
}
/// Takes a photo off a day (the photo stays).
pub async fn remove_photo(_db: &Db, _trial: Id, _on: Date, _photo: Id, _now: Time) -> Result<Trial> {
    todo!()
}
/// Admits a shortcoming.
pub async fn add_shortcoming(_db: &Db, _trial: Id, _text: &str, _now: Time) -> Result<Trial> {
    todo!()
}
/// Takes a shortcoming back.
pub async fn remove_shortcoming(_db: &Db, _trial: Id, _text: &str, _now: Time) -> Result<Trial> {
    todo!()
}
/// Says what came out; the product moves to 推荐 or 淘汰 accordingly.
pub async fn finish(_db: &Db, _trial: Id, _verdict: Verdict, _text: &str, _on: Option<Date>, _now: Time) -> Result<Trial> {
    todo!()
}
/// One trial.
pub async fn get(_db: &Db, _id: Id) -> Result<Trial> {
    todo!()
}
/// Trials, newest start first, of one product or all.
pub async fn list(_db: &Db, _product: Option<Id>) -> Result<Vec<Trial>> {
    todo!()
}
