//! The hidden folder beside a bundle's place in which it is written, and what becomes of one that an interrupted run left.
//!
//! `.caoben-…/plan` says the name it is for, `new` is the bundle, `ready` says that `new` is whole and `old` about to go.

use std::{
    fs,
    io::{self, Write},
    path::{Component, Path, PathBuf},
};

use crate::{
    disk,
    error::{Error, Result},
};

/// Where a workspace notes the desks that stand outside of it, one path a line; and where earlier versions did.
const AWAY: &str = "caoben.away";
const AWAY_BEFORE: &str = "bundles/.caoben-away";

/// All that ever lies on one.
const THINGS: [&str; 6] = ["plan", "new", "old", "ready", "undone", "undone too"];

/// A hidden folder on the disk of the bundle's place; gone when dropped.
pub(super) struct Desk {
    path: PathBuf,
    folder: Option<tempfile::TempDir>,
    /// The note of it in the workspace, when it stands outside.
    note: Option<PathBuf>,
}

/// A desk for a bundle at `to`. `home` is the workspace, which notes where it stands.
pub(super) fn at(home: &Path, to: &Path) -> Result<Desk> {
    let parent = disk::parent(to);
    let failed = |e| Error::io(&parent, e);
    disk::create_folder(&parent).map_err(failed)?;
    let folder = tempfile::Builder::new()
        .prefix(disk::HALF)
        .tempdir_in(&parent)
        .map_err(failed)?;
    let outside = !parent.starts_with(home);
    let note = outside.then(|| home.join(AWAY));
    if let Some(note) = &note {
        // Where the workspace takes no note the export goes on: only the sweeping of a later start misses it.
        let _ = add(note, folder.path());
    }
    let desk = Desk {
        path: folder.path().to_owned(),
        folder: Some(folder),
        note,
    };
    let name = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
    fs::write(desk.path().join("plan"), name).map_err(failed)?;
    Ok(desk)
}

impl Desk {
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the new bundle is written.
    pub fn new_path(&self) -> PathBuf {
        self.path().join("new")
    }

    /// Says that the new bundle is whole and the old one goes now.
    pub fn is_ready(&self) -> io::Result<()> {
        let ready = self.path().join("ready");
        fs::write(&ready, "")?;
        disk::sync_file(&ready)?;
        disk::sync_folder(self.path())
    }

    /// Takes it away.
    pub fn done(self) {
        drop(self);
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let closed = self.folder.take().map(tempfile::TempDir::close);
        let gone = matches!(closed, None | Some(Ok(()))) || fs::symlink_metadata(&self.path).is_err();
        // The note goes last, and only when its desk is gone: what is noted is looked for at the next opening.
        if let Some(note) = self.note.as_ref().filter(|_| gone) {
            let _ = strike(note, &self.path);
        }
    }
}

/// Takes an older bundle away. It leaves its place in one step and is deleted out of sight: ended halfway, none that lacks files lies
/// under its name.
pub(super) fn discard(home: &Path, old: &Path) -> Result<()> {
    let desk = at(home, old)?;
    disk::rename(old, &desk.path().join("old")).map_err(|e| Error::io(old, e))
}

fn add(note: &Path, desk: &Path) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().create(true).append(true).open(note)?;
    let path = std::path::absolute(desk)?;
    file.write_all(format!("{}\n", path.to_string_lossy()).as_bytes())?;
    file.sync_all()
}

fn strike(note: &Path, desk: &Path) -> io::Result<()> {
    let path = std::path::absolute(desk)?.to_string_lossy().into_owned();
    let text = fs::read_to_string(note)?;
    let rest: String = text
        .lines()
        .filter(|line| *line != path)
        .map(|line| format!("{line}\n"))
        .collect();
    match rest.is_empty() {
        true => fs::remove_file(note),
        false => fs::write(note, rest),
    }
}

/// Finishes or clears away what interrupted exports left: in the workspace and where it noted that one stands. Cheap where there is
/// nothing: it is done at every opening.
pub fn mend(home: &Path) {
    let inside = fs::read_dir(home.join("bundles"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let notes = [AWAY, AWAY_BEFORE].map(|name| home.join(name));
    let noted: Vec<PathBuf> = notes
        .iter()
        .filter_map(|note| fs::read_to_string(note).ok())
        .flat_map(|text| text.lines().map(PathBuf::from).collect::<Vec<_>>())
        .filter(|path| path.is_absolute())
        .collect();
    for desk in inside.chain(noted.iter().cloned()) {
        let named = desk
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with(disk::HALF));
        if named && is_desk(&desk) {
            let _ = finish(&desk);
        }
    }
    // One on a disk that is not there now, or that would not go, is looked for again.
    let left: String = noted
        .iter()
        .filter(|desk| is_desk(desk) || !disk::parent(desk).exists())
        .map(|desk| format!("{}\n", desk.to_string_lossy()))
        .collect();
    for note in notes.iter().filter(|note| note.exists()) {
        let _ = fs::remove_file(note);
    }
    if let (false, [note, _]) = (left.is_empty(), &notes) {
        let _ = fs::write(note, left);
    }
}

/// Whether this is a folder in which nothing lies but what lies on a desk.
fn is_desk(folder: &Path) -> bool {
    let is_folder = fs::symlink_metadata(folder).is_ok_and(|known| known.is_dir());
    is_folder
        && fs::read_dir(folder).is_ok_and(|mut entries| {
            entries
                .all(|entry| entry.is_ok_and(|entry| THINGS.iter().any(|thing| entry.file_name() == *thing)))
        })
}

fn finish(desk: &Path) -> io::Result<()> {
    // Without a plan it was just being cleared away.
    let name = fs::read_to_string(desk.join("plan")).unwrap_or_default();
    let mut parts = Path::new(&name).components();
    let is_name = matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
    let to = disk::parent(desk).join(&name);
    if is_name && desk.join("ready").is_file() && fs::symlink_metadata(&to).is_err() {
        // The older one went and the new one did not come any more.
        let whole = [desk.join("new"), desk.join("old")];
        if let Some(from) = whole.iter().find(|path| path.exists()) {
            disk::rename(from, &to)?;
        }
    }
    fs::remove_dir_all(desk)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// What is left of an export that was ended between its two steps.
    fn torn(parent: &Path, name: &str) -> PathBuf {
        let desk = parent.join(".caoben-x1");
        fs::create_dir_all(desk.join("new")).unwrap();
        fs::create_dir_all(desk.join("old")).unwrap();
        fs::write(desk.join("new/title.txt"), "new").unwrap();
        fs::write(desk.join("old/title.txt"), "old").unwrap();
        fs::write(desk.join("plan"), name).unwrap();
        fs::write(desk.join("ready"), "").unwrap();
        desk
    }

    #[test]
    fn an_export_that_ended_between_its_two_steps_is_finished_at_the_next_opening() {
        let folder = tempfile::tempdir().unwrap();
        let (home, out) = (folder.path().join("w"), folder.path().join("out"));
        fs::create_dir_all(home.join("bundles")).unwrap();
        for parent in [home.join("bundles"), out.clone()] {
            let desk = torn(&parent, "K7Q2A-weibo-1");
            if parent == out {
                add(&home.join(AWAY), &desk).unwrap();
            }
            mend(&home);
            let there = fs::read_to_string(parent.join("K7Q2A-weibo-1/title.txt")).unwrap();
            assert_eq!(there, "new");
            assert!(!desk.exists(), "nothing hidden stays");
        }
        assert!(!home.join(AWAY).exists());
    }

    #[test]
    fn a_desk_that_could_not_be_cleared_or_is_not_there_now_stays_noted() {
        let folder = tempfile::tempdir().unwrap();
        let (home, out) = (folder.path().join("w"), folder.path().join("out"));
        fs::create_dir_all(home.join("bundles")).unwrap();
        let stick = folder.path().join("stick/.caoben-x2");
        add(&home.join(AWAY_BEFORE), &torn(&out, "a")).unwrap();
        add(&home.join(AWAY), &stick).unwrap();
        mend(&home);
        assert_eq!(
            fs::read_to_string(home.join(AWAY)).unwrap(),
            format!("{}\n", stick.display())
        );
        assert!(!home.join(AWAY_BEFORE).exists() && !out.join(".caoben-x1").exists());
        // The stick is back.
        torn(&folder.path().join("stick"), "b");
        fs::rename(folder.path().join("stick/.caoben-x1"), &stick).unwrap();
        mend(&home);
        assert!(!stick.exists() && !home.join(AWAY).exists());
    }

    #[test]
    fn a_plan_leads_nowhere_else_and_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("w");
        for name in ["../K7Q2A", "/tmp/K7Q2A", "..", "a/b", ""] {
            let desk = torn(&home.join("bundles"), name);
            mend(&home);
            assert!(!desk.exists() && !home.join("K7Q2A").exists(), "{name}");
        }
        let there = home.join("bundles/K7Q2A-weibo-1");
        fs::create_dir_all(&there).unwrap();
        torn(&home.join("bundles"), "K7Q2A-weibo-1");
        mend(&home);
        assert_eq!(fs::read_dir(&there).unwrap().count(), 0, "what lies there stays");
    }
}
