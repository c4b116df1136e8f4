//! Today 今日: what to do now, read from everything else.

use serde::Serialize;

use crate::{
    db::Db,
    error::Result,
    value::{Date, Id, Time},
};

/// What kind of thing waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum TodoKind {
    /// An open trial without a note for some days.
    TrialDay,
    /// A draft that was not exported or published.
    Draft,
    /// A publication whose link or note id was not pasted back.
    Receipt,
    /// A bundle exported and not recorded as published.
    Unpublished,
}

/// One thing to do.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Todo {
    pub kind: TodoKind,
    /// Id of the trial, post or publication.
    pub id: Id,
    /// Post of a publication, product of a trial.
    pub about: Id,
    pub title: String,
    /// Days waited, or days since.
    pub days: i64,
    pub cover: Option<Id>,
}

/// The state of the day.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Today {
    pub on: Date,
    pub todos: Vec<Todo>,
    pub new_orders: i64,
    pub new_net: i64,
    pub new_refunds: i64,
    pub currency: String,
    /// Since when "new" is meant: the last look, at most seven days back.
    pub since: Time,
    pub products: i64,
    pub photos: i64,
    pub posts: i64,
    pub publications: i64,
}

/// What to do now.
pub async fn today(_db: &Db, _now: Time) -> Result<Today> {
    todo!()
}
/// Remembers that the new orders were seen.
pub async fn seen(_db: &Db, _now: Time) -> Result<()> {
    todo!()
}
