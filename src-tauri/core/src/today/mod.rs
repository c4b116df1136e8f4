//! Today 今日: what to do now, read from everything else.

mod store;

use serde::Serialize;

use crate::{
    db::Db,
    error::Result,
    setting, trial,
    value::{Date, Id, Time},
};

/// What kind of thing waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, sqlx::Type, specta::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum TodoKind {
    /// An open trial whose rhythm was broken: `missing` says on which days.
    TrialDay,
    /// An open trial that ran as long as it was meant to, without a verdict.
    TrialEnd,
    /// A publication whose link or note id was not pasted back.
    Receipt,
    /// A bundle exported and not recorded as published; its id is the post's.
    Unpublished,
    /// A draft that was not exported or published.
    Draft,
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
    /// The days a trial asked a note of and got none, oldest first.
    pub missing: Vec<Date>,
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

const SEEN: &str = "today.seen";
/// "New" reaches back seven days at most, or a long absence would make everything new.
const LONGEST: i64 = 7 * 24 * 3600 * 1000;

/// What to do now.
pub async fn today(db: &Db, now: Time) -> Result<Today> {
    let on = now.date();
    let seen = setting::get(db, SEEN)
        .await?
        .and_then(|json| serde_json::from_str(&json).ok());
    let since = Time(now.0 - LONGEST).max(seen.map_or(Time(0), Time));
    let currency = store::currency(db.read(), since)
        .await?
        .unwrap_or_else(|| "CNY".to_owned());
    let counts = store::counts(db.read(), since, &currency).await?;
    let mut todos = trials(db, on).await?;
    todos.extend(store::waiting(db.read()).await?.into_iter().map(|one| Todo {
        kind: one.kind,
        id: one.id,
        about: one.about,
        title: one.title,
        days: on.days_since(one.since.date()).max(0),
        missing: Vec::new(),
        cover: one.cover,
    }));
    // What the clock runs on first, drafts last; the newest draft before older ones.
    todos.sort_by_key(|todo| {
        (
            todo.kind,
            if todo.kind == TodoKind::Draft {
                todo.days
            } else {
                -todo.days
            },
        )
    });
    Ok(Today {
        on,
        todos,
        new_orders: counts.new_orders,
        new_net: counts.new_net,
        new_refunds: counts.new_refunds,
        currency,
        since,
        products: counts.products,
        photos: counts.photos,
        posts: counts.posts,
        publications: counts.publications,
    })
}

/// Open trials that wait for a note of a past day, or for their verdict.
async fn trials(db: &Db, on: Date) -> Result<Vec<Todo>> {
    let mut todos = Vec::new();
    for trial in trial::open(db).await? {
        let missing = trial::missing(&trial, on);
        let ended = trial.ends_on.filter(|end| *end < on);
        let last = trial.days.iter().rfind(|day| day.says()).map(|day| day.on);
        let (kind, since) = match (missing.is_empty(), ended) {
            (false, _) => (TodoKind::TrialDay, last.unwrap_or(trial.started_on)),
            (true, Some(end)) => (TodoKind::TrialEnd, end),
            (true, None) => continue,
        };
        todos.push(Todo {
            kind,
            id: trial.id,
            about: trial.product,
            title: trial.product_name,
            days: on.days_since(since).max(0),
            missing,
            cover: None,
        });
    }
    let ids: Vec<Id> = todos.iter().map(|todo| todo.id).collect();
    let covers = store::covers(db.read(), &ids).await?;
    for todo in &mut todos {
        todo.cover = covers.get(&todo.id).copied().flatten();
    }
    Ok(todos)
}

/// Remembers that the new orders were seen.
pub async fn seen(db: &Db, now: Time) -> Result<()> {
    let mut tx = db.begin().await?;
    // As milliseconds: an order of this very second is not to be new again.
    setting::put(&mut tx, SEEN, &now.0.to_string()).await?;
    tx.commit().await
}
