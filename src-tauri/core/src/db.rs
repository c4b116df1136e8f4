//! The database: one writer, several read-only readers, and a word to everybody when something changed.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use serde::Serialize;
use sqlx::{
    AssertSqlSafe, Connection, Sqlite, SqliteConnection, SqlitePool, Transaction,
    migrate::{MigrateError, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::{RwLock, broadcast};

use crate::{
    error::{Code, Error, Result},
    reserve,
    value::Noun,
};

/// All schema changes in order; forward only.
pub static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

/// What a committed transaction touched. The window refreshes the queries of these nouns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Changed {
    /// Sorted, without repeats.
    pub nouns: Vec<Noun>,
}

/// What SQLite calls the program a database belongs to (its `application_id`): `CAOB`.
pub const APPLICATION: i64 = 0x4341_4F42;

/// Who is kept out while the workspace is open: the held lock file, and the copy that is read where the database itself cannot be.
#[derive(Default)]
pub(crate) struct Held {
    /// `caoben.lock`. Told when the workspace is closed in order.
    pub lock: Option<std::fs::File>,
    /// A folder with a copy of the database; goes with the last clone.
    pub _copy: Option<tempfile::TempDir>,
}

/// An open workspace: its folder and the connections to its `caoben.db`. Clones are cheap and share everything.
#[derive(Clone)]
pub struct Db {
    folder: Arc<Path>,
    // None: to be read only, and why.
    writer: std::result::Result<SqlitePool, Code>,
    readers: SqlitePool,
    changes: broadcast::Sender<Changed>,
    held: Arc<Held>,
    library: Arc<RwLock<()>>,
}

impl Db {
    /// Opens `folder/caoben.db` and brings its schema up to date. `lock` is the held lock file of the workspace.
    ///
    /// # Errors
    /// `Internal` when the file is not a database or was written by a newer version; `ReadOnly`, `DiskFull` as they come.
    pub(crate) async fn open(folder: &Path, lock: std::fs::File) -> Result<Self> {
        let file = folder.join("caoben.db");
        bring_up(&file).await?;
        let options = to_write(&file);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            // On a full disk SQLite rolls back by itself and sqlx goes on counting the transaction as open: such a connection
            // would refuse every later write, so it is replaced.
            .before_acquire(|conn, _| Box::pin(async move { Ok(!conn.is_in_transaction()) }))
            .connect_with(options.clone())
            .await?;
        let held = Held {
            lock: Some(lock),
            _copy: None,
        };
        Self::with_readers(folder, options, Ok(writer), held).await
    }

    /// Opens a workspace to be read: beside the process that writes it (`why` is `Busy`), or where nothing can be written
    /// (`ReadOnly`, `DiskFull`). `frozen`: nobody writes to the file for as long as it is read.
    ///
    /// # Errors
    /// `Internal` when the file is not a database or its schema is not this version's.
    pub(crate) async fn open_to_read(
        folder: &Path,
        database: &Path,
        (why, frozen): (Code, bool),
        held: Held,
    ) -> Result<Self> {
        let options = options(database).immutable(frozen);
        Self::with_readers(folder, options, Err(why), held).await
    }

    async fn with_readers(
        folder: &Path,
        options: SqliteConnectOptions,
        writer: std::result::Result<SqlitePool, Code>,
        held: Held,
    ) -> Result<Self> {
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        let (changes, _) = broadcast::channel(256);
        Ok(Self {
            folder: folder.into(),
            writer,
            readers,
            changes,
            held: Arc::new(held),
            library: Arc::default(),
        })
    }

    /// The workspace's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A path inside the workspace.
    pub fn path(&self, inside: impl AsRef<Path>) -> PathBuf {
        self.folder.join(inside)
    }

    /// The read-only connections.
    pub fn read(&self) -> &SqlitePool {
        &self.readers
    }

    /// Why it may only be read: `Busy` while another process has it open, `ReadOnly` where nothing can be written; `None` when it
    /// may be written.
    pub fn only_read(&self) -> Option<Code> {
        self.writer.as_ref().err().copied()
    }

    /// Refuses work that writes files before it writes rows.
    ///
    /// # Errors
    /// `Busy`, `ReadOnly` or `DiskFull`, as [`Db::only_read`] says.
    pub fn must_write(&self) -> Result<()> {
        self.writer().map(|_| ())
    }

    fn writer(&self) -> Result<&SqlitePool> {
        self.writer.as_ref().map_err(|why| match why {
            Code::Busy => Error::new(
                Code::Busy,
                "这个工作区正在另一个窗口或程序里打开，现在只能看，没有改动。请等它做完或关闭它，再试一次。",
            ),
            Code::DiskFull => Error::new(
                Code::DiskFull,
                "磁盘满了，这个工作区现在只能看和导出，没有改动。请先腾出几 MB，再打开一次。",
            ),
            _ => Error::new(
                Code::ReadOnly,
                "这个工作区是只读的，只能看和导出，没有改动。要改的话，请先把整个文件夹拷到能写的磁盘上。",
            ),
        })
    }

    /// Held for reading while files come into `photos/` whose rows come later, for writing while files without a row go.
    pub(crate) fn library(&self) -> &Arc<RwLock<()>> {
        &self.library
    }

    /// Begins the one write transaction; waits for its turn.
    ///
    /// # Errors
    /// As [`Db::must_write`].
    pub async fn begin(&self) -> Result<Tx> {
        let inner = self.writer()?.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Tx {
            inner,
            touched: BTreeSet::new(),
            changes: self.changes.clone(),
        })
    }

    /// Writes the write-ahead log back into the file and empties it, so that what was deleted is not in it either. Waits for
    /// the writer's turn; a reader in the middle of something keeps its part of the log until it is done.
    pub async fn fold(&self) -> Result<()> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(self.writer()?)
            .await?;
        Ok(())
    }

    /// Hears of every committed change from now on.
    pub fn changes(&self) -> broadcast::Receiver<Changed> {
        self.changes.subscribe()
    }

    /// Closes all connections and folds the write-ahead log into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        let Ok(writer) = &self.writer else { return };
        writer.close().await;
        if let Some(mut lock) = self.held.lock.as_ref() {
            use std::io::Write;
            // Whoever opens it next need not look for what an interrupted run left; without the mark it does.
            let _ = lock.write_all(CLOSED);
        }
        // The log is gone from the disk: on a full one that is the room it was let go for.
        let folder = self.folder.clone();
        let kept = tokio::task::spawn_blocking(move || reserve::keep_again(&folder));
        // Without it nothing is lost but the help.
        drop(kept.await);
    }
}

/// What the lock file says after the workspace was closed in order.
pub(crate) const CLOSED: &[u8] = b"closed\n";

/// Brings a database's schema up to date; makes it when it is not there.
///
/// # Errors
/// `Internal` when the file is not a database or was written by a newer version; `ReadOnly`, `DiskFull` as they come.
pub(crate) async fn bring_up(file: &Path) -> Result<()> {
    migrate(to_write(file)).await
}

fn to_write(file: &Path) -> SqliteConnectOptions {
    options(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
}

/// What every connection has. A schema may come from anybody: what stands in it is data, and none of it runs beyond the database.
fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .foreign_keys(true)
        .pragma("trusted_schema", "OFF")
        .busy_timeout(Duration::from_secs(5))
}

/// Brings the schema up to date. Foreign keys rest meanwhile, so that a table can be made anew under those that refer to it, and are
/// checked after (the procedure of <https://www.sqlite.org/lang_altertable.html#otheralter>).
async fn migrate(options: SqliteConnectOptions) -> Result<()> {
    let one = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options.foreign_keys(false))
        .await?;
    let before = schema_version(&one).await?;
    MIGRATIONS.run(&one).await.map_err(unready)?;
    if application(&one).await? != APPLICATION {
        sqlx::query(AssertSqlSafe(format!("PRAGMA application_id = {APPLICATION}")))
            .execute(&one)
            .await?;
    }
    if schema_version(&one).await? != before {
        let lost = sqlx::query("PRAGMA foreign_key_check")
            .fetch_optional(&one)
            .await?;
        if lost.is_some() {
            return Err(Error::internal(
                "工作区升级后有记录互相对不上。升级前的备份在 backups 文件夹里，可以从那里恢复。",
            ));
        }
    }
    one.close().await;
    Ok(())
}

/// SQLite's own counter of schema changes.
async fn schema_version(pool: &SqlitePool) -> Result<i64> {
    Ok(sqlx::query_scalar("PRAGMA schema_version")
        .fetch_one(pool)
        .await?)
}

/// The program the database says it belongs to; 0 when it says nothing.
async fn application(pool: &SqlitePool) -> Result<i64> {
    Ok(sqlx::query_scalar("PRAGMA application_id")
        .fetch_one(pool)
        .await?)
}

/// Why the schema could not be brought up to date. A full or read-only disk is said as such: it is no failed upgrade.
fn unready(error: MigrateError) -> Error {
    let failed = || Error::internal("工作区升级失败，升级前的备份在 backups 文件夹里。");
    match error {
        MigrateError::VersionMissing(_) => {
            Error::internal("这个工作区由更新版本的草本写过。请先升级草本再打开，里面的内容没有改动。")
                .because(error)
        }
        MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _) => match Error::from(cause) {
            plain if matches!(plain.code, Code::DiskFull | Code::ReadOnly | Code::Busy) => plain,
            other => failed().because(other),
        },
        other => failed().because(other),
    }
}

/// A write transaction. Dropped without `commit`, nothing happened.
pub struct Tx {
    inner: Transaction<'static, Sqlite>,
    touched: BTreeSet<Noun>,
    changes: broadcast::Sender<Changed>,
}

impl Tx {
    /// The connection, for a `store.rs`.
    pub fn conn(&mut self) -> &mut SqliteConnection {
        &mut self.inner
    }

    /// Notes that this transaction changes a noun.
    pub fn touch(&mut self, noun: Noun) {
        self.touched.insert(noun);
    }

    /// Makes it last and tells everybody what changed.
    pub async fn commit(self) -> Result<()> {
        self.inner.commit().await?;
        if !self.touched.is_empty() {
            // No listener is fine: the command line has none.
            let _ = self.changes.send(Changed {
                nouns: self.touched.into_iter().collect(),
            });
        }
        Ok(())
    }
}
