//! What every verb shares: the workspace it works in, how it prints, how it shows progress.

use std::{
    io::{IsTerminal, Read, Write},
    path::{Path, PathBuf},
    sync::Mutex,
};

use caoben::{Code, Error, Result, db::Db, job::Job, sheet, value::Time, workspace};
use comfy_table::{ContentArrangement, Table, presets::NOTHING};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::json;
use tokio::sync::OnceCell;

/// How a verb ended when it did not fail.
pub enum Outcome {
    /// Exit 0.
    Done,
    /// Exit 3: the work was done but a check found blockers.
    Blocked,
    /// Exit 4: part of the work failed and the rest was kept.
    Partly,
}

/// The terminal side of one run.
pub struct Face {
    json: bool,
    folder: PathBuf,
    db: OnceCell<Db>,
    bar: Mutex<Option<ProgressBar>>,
}

impl Face {
    /// A face over `folder`, or the default workspace.
    pub fn new(json: bool, folder: Option<PathBuf>) -> Self {
        let folder = folder.unwrap_or_else(workspace::default_folder);
        Self {
            json,
            folder,
            db: OnceCell::new(),
            bar: Mutex::new(None),
        }
    }

    /// The open workspace; opened at first need. Beside another process, or where nothing can be written, it is there to be read: what
    /// would write says so itself.
    pub async fn db(&self) -> Result<&Db> {
        self.db
            .get_or_try_init(|| workspace::open_or_read(&self.folder, Time::now()))
            .await
    }

    /// Folds the write-ahead log back, so that a copy of the folder is complete.
    pub async fn close(&self) {
        if let Some(db) = self.db.get() {
            db.close().await;
        }
        if let Some(bar) = self.bar.lock().ok().and_then(|mut bar| bar.take()) {
            bar.finish_and_clear();
        }
    }

    /// A job shown on stderr and stopped by Ctrl+C: a bar on a terminal, a line every tenth otherwise.
    pub fn job(&self) -> Job {
        let job = if std::io::stderr().is_terminal() {
            let bar = ProgressBar::new_spinner();
            bar.set_style(
                ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}")
                    .unwrap_or_else(|_| ProgressStyle::default_bar()),
            );
            if let Ok(mut slot) = self.bar.lock() {
                *slot = Some(bar.clone());
            }
            Job::new(move |progress| {
                bar.set_length(progress.total.unwrap_or(progress.done));
                bar.set_position(progress.done);
                bar.set_message(progress.note);
            })
        } else {
            let last = Mutex::new(0);
            Job::new(move |progress| {
                let step = (progress.total.unwrap_or(0) / 10).max(1);
                let Ok(mut last) = last.lock() else { return };
                if progress.done / step > *last {
                    *last = progress.done / step;
                    let total = progress
                        .total
                        .map_or_else(String::new, |total| format!("/{total}"));
                    let _ = writeln!(std::io::stderr(), "{}{total} {}", progress.done, progress.note);
                }
            })
        };
        let stop = job.clone();
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                stop.cancel();
            }
        });
        job
    }

    /// Prints one answer: JSON as it is, or what `people` makes of it.
    pub fn say<T: Serialize>(&self, answer: &T, people: impl FnOnce(&T) -> String) -> Result<()> {
        let text = if self.json {
            serde_json::to_string_pretty(answer)?
        } else {
            shown(&people(answer))
        };
        print(text.trim_end())
    }

    /// Prints a list: a JSON array, or a table.
    pub fn list<T: Serialize>(
        &self,
        rows: &[T],
        head: &[&str],
        cells: impl Fn(&T) -> Vec<String>,
    ) -> Result<()> {
        self.say(&rows, |rows| table(head, rows.iter().map(cells)))
    }

    /// Tells people something beside the answer.
    pub fn tell(&self, words: &str) {
        let _ = writeln!(std::io::stderr(), "{words}");
    }

    /// Says why it failed: a sentence on stderr, and with `--json` also as JSON on stdout. Returns the exit code.
    pub fn fail(&self, error: &Error) -> u8 {
        if self.json {
            // Where even that cannot be written, the sentence below and the exit code still say it.
            let _ = print(&json!({ "error": { "code": error.code, "message": error.message } }).to_string());
        }
        let _ = writeln!(std::io::stderr(), "{}", shown(&error.message));
        1
    }
}

/// Writes an answer and waits until it is out: one that got lost is no success.
fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let done = writeln!(out, "{text}").and_then(|()| out.flush());
    match done {
        // A closed pipe (`| head`) is no error of ours.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(unprinted(error)),
        Ok(()) => Ok(()),
    }
}

/// What was asked for was done, but the answer could not be written.
pub fn unprinted(error: std::io::Error) -> Error {
    let code = match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Code::DiskFull,
        _ => Code::Unreadable,
    };
    let message = format!(
        "要做的已经做了，但结果没有写出来：{}。请换一个地方输出，再看一遍。",
        caoben::error::in_words(&error)
    );
    Error::new(code, message).because(error)
}

/// Text for a terminal: names and titles may come from anybody, and a terminal takes control characters for commands.
fn shown(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

/// A plain table; an empty one says so.
pub fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table
        .load_preset(NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(head);
    table.add_rows(rows);
    if table.is_empty() {
        "还没有。".to_owned()
    } else {
        table.to_string()
    }
}

/// An optional value for a table cell.
pub fn or_dash<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| value.to_string())
}

/// No text is longer; a mistyped path must not fill the memory.
const TEXT: u64 = 4 << 20;

/// A file's text, whatever it is written in: UTF-8, UTF-16 or GB18030.
///
/// # Errors
/// `Invalid` for more than 4 MB and for what is no text, `NotFound` and others for what cannot be read.
pub fn read_text(file: &Path) -> Result<String> {
    let failed = |error| Error::io(file, error);
    let mut bytes = Vec::new();
    let mut start = std::fs::File::open(file).map_err(failed)?.take(TEXT + 1);
    start.read_to_end(&mut bytes).map_err(failed)?;
    let name = file.display();
    if u64::try_from(bytes.len()).is_ok_and(|length| length > TEXT) {
        let message =
            format!("{name} 超过 4 MB，不像一篇文字，没有读，什么都没有改动。请看看是不是选错了文件。");
        return Err(Error::invalid("file", message));
    }
    let text = sheet::decode(&bytes).filter(|text| !text.contains('\0'));
    text.ok_or_else(|| {
        let message = format!("{name} 不是文字，或用了认不出的编码，什么都没有改动。请另存为 UTF-8 再试。");
        Error::invalid("file", message)
    })
}
