//! What the shell holds: the open workspace, the jobs that run, and nothing else.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    pin::pin,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use caoben::{
    Code, Error,
    db::{Changed, Db},
    job::{Job, Progress},
    value::Time,
    workspace,
};
use serde::Serialize;
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::Notify;

use crate::{background, error::Answer};

/// How long an open waits for running work to stop.
const PATIENCE: Duration = Duration::from_secs(30);

/// State of the running app.
#[derive(Default)]
pub struct Session {
    db: tokio::sync::RwLock<Option<Db>>,
    jobs: Mutex<HashMap<u32, Job>>,
    /// Rings whenever a job ended.
    ended: Notify,
}

/// Progress of a job, as the event `progress` carries it.
#[derive(Clone, Serialize, specta::Type)]
pub struct JobProgress {
    /// The number the window gave the job.
    pub job: u32,
    /// How far it is.
    pub progress: Progress,
}

impl Session {
    /// The open workspace, if one is.
    pub async fn current(&self) -> Option<Db> {
        self.db.read().await.clone()
    }

    /// The open workspace; an error that says what to do when there is none.
    pub async fn db(&self) -> Answer<Db> {
        let open = self.current().await;
        Ok(open.ok_or_else(|| Error::new(Code::NotFound, "还没有打开工作区。请在设置里选一个文件夹。"))?)
    }

    /// Opens (or makes) a workspace in place of the one that is open, and remembers it for the next start.
    ///
    /// Work that runs on the old one is stopped and waited for; commands that come meanwhile wait and meet the new one.
    ///
    /// # Errors
    /// As the workspace cannot be opened; `Busy` when running work does not stop. Then the old one stays open.
    pub async fn open(&self, app: &AppHandle, folder: &Path) -> Answer<Db> {
        let now = Time::now();
        let fresh = !folder.join("caoben.db").exists();
        let db = if fresh {
            workspace::create(folder, now).await?
        } else {
            match workspace::open(folder, now).await {
                // A backup disk is there to be looked at and taken from.
                Err(error) if matches!(error.code, Code::ReadOnly | Code::DiskFull) => {
                    workspace::open_or_read(folder, now).await?
                }
                done => done?,
            }
        };
        let mut open = self.db.write().await;
        if tokio::time::timeout(PATIENCE, self.quiet()).await.is_err() {
            db.close().await;
            return Err(Error::new(
                Code::Busy,
                "正在进行的工作还没停下来，没有切换，原来的工作区还开着。请等它停下再试一次。",
            )
            .into());
        }
        if let Some(old) = open.replace(db.clone()) {
            old.close().await;
        }
        drop(open);
        forward_changes(app.clone(), &db);
        if db.only_read().is_none() {
            background::begin(app, &db);
        }
        remember(app, folder);
        Ok(db)
    }

    /// A job the window watches under its own number and can cancel.
    pub fn job(&self, app: &AppHandle, number: u32) -> Job {
        let app = app.clone();
        let job = Job::new(move |progress| {
            let _ = app.emit(
                "progress",
                JobProgress {
                    job: number,
                    progress,
                },
            );
        });
        self.watch(number, job.clone());
        job
    }

    /// Keeps a job that can be cancelled. Previews that are made ahead give way to it.
    pub fn watch(&self, number: u32, job: Job) {
        let mut running = self.running();
        if let Some(ahead) = running.get(&background::PREVIEWS) {
            ahead.cancel();
        }
        running.insert(number, job);
    }

    /// Whether nothing runs that somebody asked for.
    pub fn is_idle(&self) -> bool {
        self.running().keys().all(|number| *number == background::WATCH)
    }

    /// Asks one job to stop and waits until it has.
    pub async fn stop(&self, number: u32) {
        self.cancel(number);
        self.until(|running| !running.contains_key(&number)).await;
    }

    fn running(&self) -> MutexGuard<'_, HashMap<u32, Job>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks all work to stop and waits until it has.
    async fn quiet(&self) {
        self.running().values().for_each(Job::cancel);
        self.until(HashMap::is_empty).await;
    }

    async fn until(&self, done: impl Fn(&HashMap<u32, Job>) -> bool) {
        loop {
            let mut ended = pin!(self.ended.notified());
            // Listens before it looks: a job that ends in between is not missed.
            ended.as_mut().enable();
            if done(&self.running()) {
                return;
            }
            ended.await;
        }
    }

    /// Forgets a job that ended.
    pub fn done(&self, number: u32) {
        self.running().remove(&number);
        self.ended.notify_waiters();
    }

    /// Asks a job to stop; one that ended already is fine.
    pub fn cancel(&self, number: u32) {
        if let Some(job) = self.running().get(&number) {
            job.cancel();
        }
    }
}

/// Forwards what every commit touched as the one event `changed`.
fn forward_changes(app: AppHandle, db: &Db) {
    let mut changes = db.changes();
    tauri::async_runtime::spawn(async move {
        use tokio::sync::broadcast::error::RecvError;
        loop {
            let changed = match changes.recv().await {
                Ok(changed) => changed,
                // Too many at once to tell apart: everything may have changed.
                Err(RecvError::Lagged(_)) => Changed { nouns: Vec::new() },
                Err(RecvError::Closed) => return,
            };
            let _ = app.emit("changed", changed);
        }
    });
}

fn memory(app: &AppHandle) -> Option<PathBuf> {
    app.path()
        .app_config_dir()
        .ok()
        .map(|dir| dir.join("workspace.txt"))
}

/// Remembers the workspace for the next start; failing to is no reason to stop.
fn remember(app: &AppHandle, folder: &Path) {
    if let Some(file) = memory(app) {
        let _ = file.parent().map(std::fs::create_dir_all);
        let _ = std::fs::write(file, folder.to_string_lossy().as_bytes());
    }
}

/// The workspace to open at start: `CAOBEN_WORKSPACE`, else the last one that is still there, else the default one.
pub fn first_workspace(app: &AppHandle) -> PathBuf {
    let last = || {
        let folder = PathBuf::from(std::fs::read_to_string(memory(app)?).ok()?);
        folder.join("caoben.db").exists().then_some(folder)
    };
    std::env::var_os("CAOBEN_WORKSPACE")
        .map(PathBuf::from)
        .or_else(last)
        .unwrap_or_else(workspace::default_folder)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, PoisonError};

    use caoben::job::Job;

    use super::Session;

    #[test]
    fn running_work_is_stopped_and_waited_for() {
        let session = Arc::new(Session::default());
        let job = Job::silent();
        session.watch(7, job.clone());
        let log = Arc::new(std::sync::Mutex::new(Vec::new()));
        let note = |log: &std::sync::Mutex<Vec<&'static str>>, what| {
            log.lock().unwrap_or_else(PoisonError::into_inner).push(what);
        };
        let worker = std::thread::spawn({
            let (session, log) = (session.clone(), log.clone());
            move || {
                while !job.is_cancelled() {
                    std::thread::yield_now();
                }
                note(&log, "the last row is written");
                session.done(7);
            }
        });
        tauri::async_runtime::block_on(session.quiet());
        note(&log, "the database may close");
        worker.join().unwrap();
        assert_eq!(
            *log.lock().unwrap(),
            ["the last row is written", "the database may close"]
        );
    }

    #[test]
    fn previews_give_way_to_whatever_is_asked_for() {
        let session = Session::default();
        let ahead = Job::silent();
        session.watch(crate::background::WATCH, Job::silent());
        assert!(session.is_idle(), "a watched folder is no work by itself");
        session.watch(crate::background::PREVIEWS, ahead.clone());
        assert!(!ahead.is_cancelled());
        session.watch(1, Job::silent());
        assert!(ahead.is_cancelled());
        session.done(crate::background::PREVIEWS);
        assert!(!session.is_idle());
        session.done(1);
        assert!(session.is_idle());
    }
}
