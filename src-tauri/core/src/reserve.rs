//! Reserve 余地: a small file kept on the workspace's disk. On a full disk even removing needs a little room, for the database's log:
//! then it is let go, and taken back as soon as there is room. Opening takes only a little of it, so that it is not gone when it is needed.

use std::{
    fs::{self, OpenOptions},
    future::Future,
    io::{Seek, SeekFrom, Write},
    path::Path,
};

use crate::error::{Code, Result};

/// Lies beside the database. Empty: all of it was let go.
pub const NAME: &str = "caoben.reserve";
/// What removing some hundred photos writes into the log, and the log's index.
const MOST: u64 = 4 << 20;
/// What opening writes: the log's beginning and its index.
const OPENING: u64 = 256 << 10;
/// It grows by so much at a time: the last step that finds no room is small.
const STEP: u64 = 128 << 10;

/// Keeps the reserve, or as much of it as there is room for. Where there is none nothing is lost but the help.
pub(crate) fn keep(folder: &Path) {
    let path = folder.join(NAME);
    let Ok(mut file) = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
    else {
        return;
    };
    let Ok(mut kept) = file.metadata().map(|known| known.len()) else {
        return;
    };
    if kept >= MOST || file.seek(SeekFrom::Start(kept)).is_err() {
        return;
    }
    // Noise: some disks store zeros as nothing, and then there would be nothing to let go.
    let mut noise = vec![0; usize::try_from(STEP).unwrap_or_default()];
    let mut stream = blake3::Hasher::new().finalize_xof();
    stream.set_position(kept);
    while kept < MOST {
        stream.fill(&mut noise);
        // Only after the wait the disk has really set it aside.
        if file.write_all(&noise).and_then(|()| file.sync_data()).is_err() {
            let _ = file.set_len(kept);
            return;
        }
        kept += STEP;
    }
}

/// Takes back what was let go, as far as there is room; nothing where no reserve was ever kept.
pub(crate) fn keep_again(folder: &Path) {
    let path = folder.join(NAME);
    if path.metadata().is_ok_and(|known| known.len() < MOST) {
        keep(folder);
    }
}

/// Lets go of all of it; answers whether there was any.
pub(crate) fn let_go(folder: &Path) -> bool {
    leave(folder, |_| 0)
}

/// Lets go of what opening needs; answers whether there was any.
pub(crate) fn let_go_some(folder: &Path) -> bool {
    leave(folder, |kept| kept.saturating_sub(OPENING))
}

fn leave(folder: &Path, rest: impl Fn(u64) -> u64) -> bool {
    let path = folder.join(NAME);
    let kept = fs::metadata(&path).map_or(0, |known| known.len());
    if kept == 0 {
        return false;
    }
    let cut = OpenOptions::new()
        .write(true)
        .open(&path)
        .and_then(|file| file.set_len(rest(kept)));
    cut.is_ok()
}

/// Does what frees room; on a full disk once more with the reserve let go, which is taken back after.
pub(crate) async fn with<T, F: Future<Output = Result<T>>>(folder: &Path, work: impl Fn() -> F) -> Result<T> {
    match work().await {
        Err(error) if error.code == Code::DiskFull && let_go(folder) => {
            let done = work().await;
            keep_again(folder);
            done
        }
        done => done,
    }
}
