//! What is written where the person says: never into a workspace, never over something that is not ours.

use std::{
    fs,
    path::{Path, PathBuf},
};

use caoben::{
    Code, Error,
    bundle::{self, BundleExport},
    composition::{self, Slot, Spec},
    db::Db,
    job::Job,
    link, photo, retouch,
    trial::{self, EvidenceFormat, NewTrial},
    value::Id,
    workspace,
};

use crate::{
    bundle::scene,
    support::{self, at},
};

/// A workspace with all that can be written out.
struct Desk {
    folder: tempfile::TempDir,
    db: Db,
    post: Id,
    channel: Id,
    link: Id,
    trial: Id,
}

async fn desk() -> Desk {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["store"]).await;
    let links = link::list(&db, &Default::default()).await.unwrap();
    let trial = NewTrial {
        product: 1,
        acquired: caoben::trial::Acquired::Bought,
        on: None,
    };
    let trial = trial::start(&db, trial, at("2026-11-02")).await.unwrap().id;
    Desk {
        folder,
        db,
        post,
        channel: channels[0],
        link: links[0].id,
        trial,
    }
}

/// What writes one file, and how its name ends.
const FILES: [(&str, &str); 6] = [
    ("photo", "jpg"),
    ("composition", "jpg"),
    ("qr", "png"),
    ("qr", "svg"),
    ("evidence", "pdf"),
    ("backup", "zip"),
];

impl Desk {
    async fn write(&self, what: &str, out: &Path) -> Result<(), Error> {
        let (db, job, now) = (&self.db, Job::silent(), at("2026-11-22"));
        match what {
            "photo" => retouch::export(db, 1, Default::default(), None, out).await,
            "composition" => {
                let slot = |id| Slot {
                    photo: Some(id),
                    ..Slot::default()
                };
                let spec = Spec {
                    template: "grid-2-side".into(),
                    slots: vec![slot(1), slot(2)],
                    ..Spec::default()
                };
                composition::export(db, &spec, out).await.map(drop)
            }
            "qr" => link::save_qr(db, self.link, out).await,
            "evidence" => trial::evidence(db, self.trial, out, EvidenceFormat::Pdf, &job)
                .await
                .map(drop),
            "backup" => workspace::backup(db, out, &job, now).await.map(drop),
            "create" => match workspace::create(out, now).await {
                Ok(db) => {
                    db.close().await;
                    Ok(())
                }
                Err(error) => Err(error),
            },
            _ => {
                let what = BundleExport {
                    post: self.post,
                    channels: vec![self.channel],
                    out: Some(out.to_owned()),
                    zip: what == "zip",
                    override_reason: Some("测试".into()),
                };
                bundle::export(db, &what, &job, now).await.map(drop)
            }
        }
    }
}

/// Every file below, with what it holds.
fn all(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .flatten();
    let files = files.filter(|entry| entry.file_type().is_file());
    let name = |entry: &walkdir::DirEntry| entry.file_name().to_string_lossy().into_owned();
    files
        .filter(|entry| !name(entry).starts_with("caoben."))
        .map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap()))
        .collect()
}

#[tokio::test]
async fn nothing_is_written_into_a_workspace_whatever_way_leads_there() {
    let desk = desk().await;
    let photo = photo::get(&desk.db, 1).await.unwrap();
    let home = desk.db.folder().to_owned();
    let other = desk.folder.path().join("另一个");
    workspace::create(&other, at("2026-11-02"))
        .await
        .unwrap()
        .close()
        .await;
    let shelf = format!("photos/{}", &photo.hash[..2]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(home.join("photos"), desk.folder.path().join("通道")).unwrap();
    let before = all(desk.folder.path());
    for (what, ending) in FILES {
        let mut ways = vec![
            home.join(&shelf).join(format!("{}.{ending}", photo.hash)),
            home.join("photos/thumb/x").with_extension(ending),
            home.join("photos/neu/tief/x").with_extension(ending),
            home.join("x").with_extension(ending),
            home.join("bundles/x").with_extension(ending),
            other.join("photos/x").with_extension(ending),
            desk.folder
                .path()
                .join("nichts/../草本/photos/x")
                .with_extension(ending),
        ];
        if what != "backup" {
            ways.push(home.join("backups/x").with_extension(ending));
        }
        if cfg!(unix) {
            ways.push(desk.folder.path().join("通道/x").with_extension(ending));
        }
        for out in ways {
            let error = desk.write(what, &out).await.expect_err(what);
            assert_eq!(error.code, Code::Invalid, "{what} {}: {error}", out.display());
            assert!(
                error.field.is_some() && error.message.contains("工作区"),
                "{error}"
            );
        }
    }
    for what in ["bundle", "zip", "create"] {
        for out in ["photos", "", "photos/neu", "backups", "backups/neu"] {
            let out = home.join(out);
            if what == "create" && out == home.join("") {
                continue;
            }
            let error = desk.write(what, &out).await.expect_err(what);
            assert!(
                matches!(error.code, Code::Invalid | Code::Conflict),
                "{what} {}: {error}",
                out.display()
            );
        }
    }
    let file = desk.folder.path().join("一.zip");
    desk.write("backup", &file).await.unwrap();
    let inner = home.join("backups/neu");
    let error = workspace::restore(&file, &inner, &Job::silent(), at("2026-11-22")).await;
    assert_eq!(error.unwrap_err().code, Code::Invalid);
    fs::remove_file(&file).unwrap();
    assert_eq!(all(desk.folder.path()), before, "not a byte changed");
    assert!(!home.join("photos/neu").exists() && !inner.exists());

    // What is for that stays free.
    desk.write("bundle", &home.join("bundles")).await.unwrap();
    desk.write("backup", &home.join("backups/一.zip")).await.unwrap();
}

#[tokio::test]
async fn what_is_not_ours_does_not_give_way_and_what_is_does() {
    let desk = desk().await;
    let out = desk.folder.path().join("出");
    fs::create_dir(&out).unwrap();
    let camera = crate::photo::with_exif(&crate::photo::jpeg(3, 80, 60));
    for (what, ending) in FILES {
        let foreign = [
            ("text", b"my own words".to_vec()),
            ("photo", camera.clone()),
            ("zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec()),
        ];
        for (name, bytes) in foreign {
            let to = out.join(format!("{what}-{name}")).with_extension(ending);
            fs::write(&to, &bytes).unwrap();
            let error = desk.write(what, &to).await.expect_err(what);
            assert_eq!(error.code, Code::Conflict, "{what} {name}: {error}");
            assert_eq!(fs::read(&to).unwrap(), bytes, "{what} {name} is as it was");
        }
        #[cfg(unix)]
        {
            let (to, target) = (
                out.join(format!("{what}-link")).with_extension(ending),
                out.join("ziel"),
            );
            std::os::unix::fs::symlink(&target, &to).unwrap();
            let pipe = out.join(format!("{what}-pipe")).with_extension(ending);
            let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
            assert!(made.success());
            for there in [&to, &pipe] {
                let error = desk.write(what, there).await.expect_err(what);
                assert_eq!(error.code, Code::Conflict, "{what}: {error}");
            }
            assert!(fs::symlink_metadata(&to).unwrap().is_symlink() && !target.exists());
            assert!(!fs::symlink_metadata(&pipe).unwrap().is_file(), "{what}");
        }
        let folder = out.join(format!("{what}-folder")).with_extension(ending);
        fs::create_dir(&folder).unwrap();
        assert_eq!(
            desk.write(what, &folder).await.unwrap_err().code,
            Code::Conflict,
            "{what}"
        );
        // Evidence never overwrites; the rest gives way to its like, and to the empty file that a dialog may leave.
        let own = out.join(format!("{what}-own")).with_extension(ending);
        if what != "evidence" {
            fs::write(&own, "").unwrap();
        }
        desk.write(what, &own).await.unwrap();
        let again = desk.write(what, &own).await;
        assert_eq!(again.is_ok(), what != "evidence", "{what}: {again:?}");
    }
    let half = fs::read_dir(&out).unwrap().flatten();
    let half = half.filter(|entry| entry.file_name().to_string_lossy().starts_with(".caoben-"));
    assert_eq!(half.count(), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn a_bundle_takes_no_links_and_no_pipes_place() {
    let desk = desk().await;
    let out = desk.folder.path().join("出");
    for what in ["bundle", "zip"] {
        desk.write(what, &out).await.unwrap();
        let is_zip = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "zip");
        let paths = fs::read_dir(&out).unwrap().flatten().map(|entry| entry.path());
        let dir = paths
            .filter(|path| is_zip(path) == (what == "zip"))
            .last()
            .unwrap();
        let kept = desk.folder.path().join(format!("真的-{what}"));
        fs::rename(&dir, &kept).unwrap();
        std::os::unix::fs::symlink(&kept, &dir).unwrap();
        assert_eq!(desk.write(what, &out).await.unwrap_err().code, Code::Conflict);
        assert!(fs::symlink_metadata(&dir).unwrap().is_symlink() && kept.exists());
        fs::remove_file(&dir).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&dir).status().unwrap();
        assert!(made.success());
        assert_eq!(desk.write(what, &out).await.unwrap_err().code, Code::Conflict);
        fs::remove_file(&dir).unwrap();
    }
}
