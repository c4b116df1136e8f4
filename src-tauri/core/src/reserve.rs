//! Reserve 余地: a small file kept on the workspace's disk. On a full disk even removing needs a little room, for the database's log:
//! then it is let go, and kept again once there is room.

use std::{fs, future::Future, io::Write, path::Path};

use crate::error::{Code, Result};

/// Lies beside the database.
pub const NAME: &str = "caoben.reserve";
/// What removing some hundred photos writes into the log, and the log's index; less where there is no room for as much.
const BYTES: [usize; 3] = [4 << 20, 2 << 20, 1 << 20];

/// Keeps the reserve unless it is kept. Where there is no room for it nothing is lost but the help.
pub(crate) fn keep(folder: &Path) {
    let path = folder.join(NAME);
    let most = BYTES.first().copied().unwrap_or_default();
    if path.metadata().is_ok_and(|known| known.len() == most as u64) {
        return;
    }
    // Noise: some disks store zeros as nothing, and then there would be nothing to let go.
    let mut noise = vec![0; most];
    blake3::Hasher::new().finalize_xof().fill(&mut noise);
    for bytes in BYTES {
        let kept = fs::File::create(&path).and_then(|mut file| {
            file.write_all(noise.get(..bytes).unwrap_or_default())?;
            // Only then the disk has really set it aside.
            file.sync_all()
        });
        if kept.is_ok() {
            return;
        }
    }
    let _ = fs::remove_file(&path);
}

/// Lets it go; answers whether there was one.
pub(crate) fn let_go(folder: &Path) -> bool {
    fs::remove_file(folder.join(NAME)).is_ok()
}

/// Does what frees room; on a full disk once more with the reserve let go.
pub(crate) async fn with<T, F: Future<Output = Result<T>>>(folder: &Path, work: impl Fn() -> F) -> Result<T> {
    match work().await {
        Err(error) if error.code == Code::DiskFull && let_go(folder) => work().await,
        done => done,
    }
}
