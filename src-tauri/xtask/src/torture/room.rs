//! One attempt: a copy of the sample workspace, the program under strace, and the questions afterwards.

use std::fmt::{self, Display};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::case::Case;
use crate::shell::{Outcome, at, command, empty};

/// How long one run may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(120);
/// Words no person is to read: of the system, of the database, of Rust.
const RAW: &[&str] = &[
    "os error",
    "(code",
    "error returned from",
    "panicked",
    "RUST_BACKTRACE",
    "No space left",
    "Input/output error",
    "Permission denied",
    "disk I/O error",
    "database or disk is full",
    "unable to open database",
];
/// What the linker says before the program begins.
const LOADER: &str = "error while loading shared libraries";

/// What happens to the call.
pub enum How {
    Error(String),
    Kill,
}

impl Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(error) => f.write_str(error),
            Self::Kill => f.write_str("kill"),
        }
    }
}

/// What an attempt came to.
pub enum Verdict {
    /// The program made no such call.
    NoCall,
    /// It failed before the program began.
    NotOurs,
    Well,
    Fault(String),
}

/// What a run said.
struct Said {
    /// `None`: killed, by us or by a signal.
    code: Option<i32>,
    out: String,
    err: String,
    hung: bool,
}

/// A folder with a workspace `ws` and whatever a case needs.
pub struct Room {
    program: PathBuf,
    folder: PathBuf,
    base: PathBuf,
}

impl Room {
    /// The room all others are copied from: the sample workspace, its counts, a backup, and what each case comes to when nothing fails.
    pub fn base(program: &Path, folder: &Path, cases: &[&'static Case]) -> Outcome<Self> {
        empty(folder)?;
        let base = Self {
            program: program.to_owned(),
            folder: folder.to_owned(),
            base: folder.to_owned(),
        };
        base.must(&["workspace", "sample", &base.path("ws").to_string_lossy()])?;
        let count =
            |noun: &str, field: &str| base.ask(&[noun, "list"]).map(|said| said.matches(field).count());
        base.keep("photos", &count("photo", "\"hash\"")?.to_string())?;
        base.keep("orders", &count("order", "\"number\"")?.to_string())?;
        let zip = base.path("kept.zip");
        base.must(&["workspace", "backup", &zip.to_string_lossy()])?;
        for case in cases {
            let room = base.copy(&folder.with_file_name("whole"))?;
            (case.before)(&room)?;
            let said = room.run(&room.caoben(&(case.words)(&room)))?;
            if !matches!(said.code, Some(0)) {
                return Err(format!(
                    "{} fails when nothing does: {}{}",
                    case.name, said.out, said.err
                ));
            }
            if case.name == "bundle" {
                base.keep("bundle", &room.listing("out")?)?;
            }
            if let Some(missing) = (case.missing)(&room)? {
                return Err(format!("{} is not done when nothing fails: {missing}", case.name));
            }
        }
        Ok(base)
    }

    fn copy(&self, folder: &Path) -> Outcome<Self> {
        empty(folder)?;
        copy(&self.path("ws"), &folder.join("ws"))?;
        Ok(Self {
            program: self.program.clone(),
            folder: folder.to_owned(),
            base: self.folder.clone(),
        })
    }

    /// One attempt in `folder`: the `nth` call of a kind fails.
    pub fn attempt(&self, folder: &Path, case: &Case, calls: &str, nth: u32, how: &How) -> Outcome<Verdict> {
        let room = self.copy(folder)?;
        (case.before)(&room)?;
        let what = match how {
            How::Error(error) => format!("error={error}"),
            How::Kill => "signal=KILL".to_owned(),
        };
        let trace = room.path("trace");
        let mut strace = command("strace", ["-f", "-qq", "-o"]);
        strace
            .arg(&trace)
            .args([
                "-e",
                &format!("trace={calls}"),
                "-e",
                &format!("inject={calls}:{what}:when={nth}"),
            ])
            .arg(&self.program)
            .args(room.words(&(case.words)(&room)));
        let said = room.run(&strace)?;
        let traced = String::from_utf8_lossy(&at(&trace, fs::read(&trace))?).into_owned();
        let killed = traced.contains("killed by SIGKILL");
        let met = match how {
            How::Error(_) => traced.contains("(INJECTED)"),
            How::Kill => killed,
        };
        if said.err.contains(LOADER) {
            return Ok(Verdict::NotOurs);
        }
        if !met {
            return Ok(Verdict::NoCall);
        }
        let fault = match said.fault(killed) {
            Some(fault) => Some(fault),
            None if said.code == Some(0) && !killed => {
                (case.missing)(&room)?.map(|missing| format!("exit 0, but {missing}: {}", said.out.trim()))
            }
            None => None,
        };
        let fault = match fault {
            Some(fault) => Some(fault),
            None => room.afterwards(case, said.code == Some(0) && !killed)?,
        };
        Ok(fault.map_or(Verdict::Well, Verdict::Fault))
    }

    /// What must hold after every attempt.
    fn afterwards(&self, case: &Case, done: bool) -> Outcome<Option<String>> {
        if let Some(unwell) = self.well(&self.path("ws"))? {
            return Ok(Some(unwell));
        }
        if !(done && case.again_is_refused()) {
            let again = self.run(&self.caoben(&(case.words)(self)))?;
            if again.code != Some(0) {
                return Ok(Some(format!("a second run fails: {}{}", again.out, again.err)));
            }
        }
        if let Some(missing) = (case.missing)(self)? {
            return Ok(Some(format!("after a second run {missing}")));
        }
        let left = left_over(&self.folder);
        Ok((!left.is_empty()).then(|| format!("left lying about: {}", left.join(" "))))
    }

    /// A sentence when a workspace is not whole.
    pub fn well(&self, workspace: &Path) -> Outcome<Option<String>> {
        let workspace = workspace.to_string_lossy().into_owned();
        let check = ["--workspace", &workspace, "--json", "workspace", "check"];
        let said = self.run(command(&self.program, check).env_remove("CAOBEN_WORKSPACE"))?;
        let well = said.code == Some(0) && said.out.contains("\"ok\": true");
        Ok((!well).then(|| format!("the check finds {}{}", said.out, said.err)))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Of the room this one was copied from.
    pub fn base_path(&self, name: &str) -> PathBuf {
        self.base.join(name)
    }

    fn keep(&self, name: &str, text: &str) -> Outcome {
        let file = self.path(&format!("{name}.txt"));
        at(&file, fs::write(&file, text))
    }

    /// What the first room kept.
    pub fn kept(&self, name: &str) -> Outcome<String> {
        let file = self.base_path(&format!("{name}.txt"));
        at(&file, fs::read_to_string(&file))
    }

    pub fn number(&self, name: &str) -> Outcome<usize> {
        self.kept(name)?
            .parse()
            .map_err(|_| format!("{name} is no number"))
    }

    fn words(&self, words: &[String]) -> Vec<String> {
        let workspace = self.path("ws").to_string_lossy().into_owned();
        ["--workspace".to_owned(), workspace, "--json".to_owned()]
            .into_iter()
            .chain(words.iter().cloned())
            .collect()
    }

    fn caoben(&self, words: &[String]) -> Command {
        command(&self.program, self.words(words))
    }

    /// Asks without anything failing; the answer.
    pub fn ask(&self, words: &[&str]) -> Outcome<String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let said = self.run(&self.caoben(&words))?;
        match said.code {
            Some(0) => Ok(said.out),
            _ => Err(format!("`{}` fails: {}", words.join(" "), said.err)),
        }
    }

    /// Runs without a workspace; its exit code and what it said.
    pub fn plain(&self, words: &[&str]) -> Outcome<(i32, String)> {
        let said = self.run(&command(&self.program, words))?;
        Ok((said.code.unwrap_or(-1), said.out + &said.err))
    }

    fn must(&self, words: &[&str]) -> Outcome {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let said = self.run(&self.caoben(&words))?;
        match said.code {
            Some(0) => Ok(()),
            _ => Err(format!("`{}` fails: {}", words.join(" "), said.err)),
        }
    }

    /// Names and sizes of all files under a folder of the room; what is hidden is judged at the end.
    pub fn listing(&self, name: &str) -> Outcome<String> {
        let folder = self.path(name);
        let mut lines: Vec<String> = walk(&folder)
            .into_iter()
            .filter(|path| !is_left_over(&folder, path))
            .filter_map(|path| {
                let bytes = fs::read(&path).ok()?.len();
                Some(format!(
                    "{} {bytes}\n",
                    path.strip_prefix(&folder).ok()?.display()
                ))
            })
            .collect();
        lines.sort();
        Ok(lines.concat())
    }

    /// Runs a command to its end, or until it hangs.
    fn run(&self, line: &Command) -> Outcome<Said> {
        let (out, err) = (self.path("stdout"), self.path("stderr"));
        let mut command = Command::new(line.get_program());
        command.args(line.get_args());
        for (name, value) in line.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let mut child = command
            .env_remove("CAOBEN_WORKSPACE")
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(at(&out, fs::File::create(&out))?)
            .stderr(at(&err, fs::File::create(&err))?)
            .spawn()
            .map_err(|error| format!("{}: {error}", self.program.display()))?;
        let begun = Instant::now();
        let (code, hung) = loop {
            match at(&self.program, child.try_wait())? {
                Some(status) => break (status.code(), false),
                None if begun.elapsed() > PATIENCE => {
                    let _ = child.kill();
                    let _ = child.wait();
                    break (None, true);
                }
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        };
        let read = |path: &Path| fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Ok(Said {
            code,
            out: read(&out).unwrap_or_default(),
            err: read(&err).unwrap_or_default(),
            hung,
        })
    }
}

impl Said {
    /// What is wrong with the way it ended and what it said about it.
    fn fault(&self, killed: bool) -> Option<String> {
        if self.hung {
            return Some("it hangs".to_owned());
        }
        if let Some(raw) = RAW
            .iter()
            .find(|raw| self.err.contains(*raw) || self.out.contains(*raw))
        {
            return Some(format!("raw words (`{raw}`): {}{}", self.err, self.out));
        }
        if killed {
            return None;
        }
        match self.code {
            Some(0 | 3 | 4) => None,
            Some(1) if self.err.trim().is_empty() => Some("exit 1 without a word".to_owned()),
            Some(1) if !self.out.contains("\"error\"") => {
                Some("exit 1 without an error in its JSON".to_owned())
            }
            Some(1) => None,
            Some(code) => Some(format!("exit {code}: {}", self.err)),
            None => Some(format!("it died: {}", self.err)),
        }
    }
}

/// Hidden files and folders of ours that nobody needs any more.
fn left_over(folder: &Path) -> Vec<String> {
    let names = walk(folder).into_iter().filter(|path| is_left_over(folder, path));
    names.map(|path| path.display().to_string()).collect()
}

fn is_left_over(folder: &Path, path: &Path) -> bool {
    let parts = path.strip_prefix(folder).unwrap_or(path).iter();
    parts
        .map(|part| part.to_string_lossy())
        .any(|part| part.starts_with(".caoben-") || part.starts_with(".tmp") || part.ends_with(".part"))
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() => walk(&path),
            path => vec![path],
        })
        .collect()
}

fn copy(from: &Path, to: &Path) -> Outcome {
    at(to, fs::create_dir_all(to))?;
    for entry in at(from, fs::read_dir(from))?.flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            at(&target, fs::copy(entry.path(), &target))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(code: i32, out: &str, err: &str) -> Said {
        Said {
            code: Some(code),
            out: out.to_owned(),
            err: err.to_owned(),
            hung: false,
        }
    }

    #[test]
    fn words_of_the_system_and_silence_are_faults_and_a_plain_sentence_is_none() {
        let error = "{\"error\":{}}";
        assert!(said(1, error, "磁盘满了，这次没有保存。").fault(false).is_none());
        assert!(
            said(1, error, "读写时出错：I/O error (os error 5)。")
                .fault(false)
                .is_some()
        );
        assert!(said(1, error, "").fault(false).is_some(), "silence");
        assert!(
            said(1, "", "没有保存。").fault(false).is_some(),
            "a script learns nothing"
        );
        assert!(
            said(101, "", "thread 'main' panicked at …")
                .fault(false)
                .is_some()
        );
        assert!(said(0, "[]", "").fault(false).is_none());
        assert!(
            said(137, "", "").fault(true).is_none(),
            "it was killed on purpose"
        );
    }

    #[test]
    fn half_written_files_are_left_overs_and_those_of_the_workspace_are_not() {
        let folder = std::env::temp_dir().join(format!("caoben-torture-{}", std::process::id()));
        fs::create_dir_all(folder.join("ws/photos/.caoben-x1")).unwrap();
        fs::write(folder.join("ws/photos/.caoben-x1/half"), "").unwrap();
        fs::write(folder.join("ws/caoben.db"), "").unwrap();
        fs::write(folder.join("ws/.tmpAbc"), "").unwrap();
        let left = left_over(&folder);
        assert_eq!(left.len(), 2, "{left:?}");
        fs::remove_dir_all(folder).unwrap();
    }
}
