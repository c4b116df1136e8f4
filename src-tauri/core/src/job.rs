//! Long work: progress and cancel. The same job drives the window's bar, the terminal's bar and the tests.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use serde::Serialize;

use crate::error::{Error, Result};

/// How far a job is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct Progress {
    /// Pieces done, failed ones included.
    pub done: u64,
    /// Pieces in all, once known.
    pub total: Option<u64>,
    /// Pieces that failed; the rest goes on.
    pub failed: u64,
    /// What is being worked on, for people.
    pub note: String,
}

type Report = dyn Fn(Progress) + Send + Sync;

/// A handle on one piece of long work. Clones share the same cancel switch.
#[derive(Clone)]
pub struct Job {
    cancelled: Arc<AtomicBool>,
    report: Arc<Report>,
}

impl Job {
    /// A job that reports to `report`.
    pub fn new(report: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self {
            cancelled: Arc::default(),
            report: Arc::new(report),
        }
    }

    /// A job nobody watches.
    pub fn silent() -> Self {
        Self::new(|_| {})
    }

    /// Asks the work to stop at the next safe point.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked it to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// An error once somebody asked it to stop: for work whose parts are useless alone.
    pub fn check(&self) -> Result<()> {
        if self.is_cancelled() {
            Err(Error::cancelled())
        } else {
            Ok(())
        }
    }

    /// Tells whoever watches how far it is.
    pub fn report(&self, progress: Progress) {
        (self.report)(progress);
    }
}
