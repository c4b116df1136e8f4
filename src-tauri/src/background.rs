//! Work that runs by itself while a workspace is open: the watched folder, and previews made while nothing else is to do.

use std::time::Duration;

use caoben::{
    Error,
    db::Db,
    job::Job,
    photo::{self, Imported},
    value::{Noun, Time},
};
use serde::Serialize;
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::broadcast::error::RecvError;

use crate::session::Session;

/// The window numbers its jobs from 1; these are the shell's own.
pub const WATCH: u32 = u32::MAX;
/// Gives way to every other job.
pub const PREVIEWS: u32 = u32::MAX - 1;
/// How long nothing must have run before previews are made.
const PAUSE: Duration = Duration::from_secs(10);

/// What the watched folder brought, as the event `watched` carries it.
#[derive(Clone, Serialize, specta::Type)]
pub struct Watched {
    /// How many photos are new.
    pub imported: u32,
    /// What keeps it from being read, for people; said once.
    pub problem: Option<String>,
}

/// Begins both for a workspace that was just opened; they end when it is closed.
pub fn begin(app: &AppHandle, db: &Db) {
    tauri::async_runtime::spawn(watch(app.clone(), db.clone()));
    tauri::async_runtime::spawn(previews(app.clone(), db.clone()));
}

/// Watches the folder of the settings, if there is one, in place of the one before.
pub async fn watch(app: AppHandle, db: Db) {
    let session = app.state::<Session>();
    session.stop(WATCH).await;
    let Ok(Some(watch)) = photo::watched(&db).await else {
        return;
    };
    let job = Job::silent();
    session.watch(WATCH, job.clone());
    photo::follow(&db, watch, &job, Time::now, |told| say(&app, told)).await;
    session.done(WATCH);
}

fn say(app: &AppHandle, told: Result<Imported, Error>) {
    let watched = match told {
        Ok(done) => Watched {
            imported: u32::try_from(done.imported.len()).unwrap_or(u32::MAX),
            problem: None,
        },
        Err(error) => Watched {
            imported: 0,
            problem: Some(error.message),
        },
    };
    let _ = app.emit("watched", watched);
}

async fn previews(app: AppHandle, db: Db) {
    let session = app.state::<Session>();
    // A closed workspace is let go of at once: somebody may open it again.
    let closed = db.read().close_event();
    tokio::select! {
        () = closed => session.done(PREVIEWS),
        () = ahead(&session, &db) => {}
    }
}

async fn ahead(session: &Session, db: &Db) {
    let mut changes = db.changes();
    loop {
        tokio::time::sleep(PAUSE).await;
        if !session.is_idle() {
            continue;
        }
        let job = Job::silent();
        session.watch(PREVIEWS, job.clone());
        // What cannot be made now is made at first sight.
        let _ = photo::prepare(db, &job).await;
        session.done(PREVIEWS);
        // Once all are made there is nothing to do until a photo comes.
        while !job.is_cancelled() {
            match changes.recv().await {
                Ok(changed) if !changed.nouns.contains(&Noun::Photo) => {}
                Ok(_) | Err(RecvError::Lagged(_)) => break,
                Err(RecvError::Closed) => return,
            }
        }
    }
}
