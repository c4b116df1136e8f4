//! What people really hand in: odd names, odd folders, odd files. Each gets a clear message and the rest is done.

use std::{
    fs,
    io::{Cursor, Write},
    path::{Path, PathBuf},
};

use caoben::{
    Code,
    db::Db,
    job::Job,
    photo::{self, PhotoFilter, Size},
    product::{self, ProductFilter},
    workspace,
};

use crate::{
    photo::{import, jpeg},
    support::{self, at},
};

/// An Excel file with one sheet of texts, as office programs write it, only shorter. A text that begins with `=` is a formula whose
/// answer is the rest of it, `#REF!` one that has none.
pub fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let cells: String = rows
        .iter()
        .map(|row| {
            let cells: String = row
                .iter()
                .map(|text| match text.parse::<f64>() {
                    _ if text.starts_with('=') => {
                        format!(
                            "<c t=\"str\"><f>A1</f><v>{}</v></c>",
                            text.trim_start_matches('=')
                        )
                    }
                    _ if *text == "#REF!" => format!("<c t=\"e\"><f>A0</f><v>{text}</v></c>"),
                    Ok(number) => format!("<c><v>{number}</v></c>"),
                    Err(_) => format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"),
                })
                .collect();
            format!("<row>{cells}</row>")
        })
        .collect();
    let office = "http://schemas.openxmlformats.org";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{office}/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{office}/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{office}/spreadsheetml/2006/main\" xmlns:r=\"{office}/officeDocument/2006/relationships\"><sheets><sheet name=\"好物\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{office}/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet xmlns=\"{office}/spreadsheetml/2006/main\"><sheetData>{cells}</sheetData></worksheet>"
            ),
        ),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{text}").as_bytes())
            .unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn an_excel_table_goes_in_row_by_row_and_a_cut_one_is_refused() {
    let (folder, db) = support::workspace().await;
    let file = folder.path().join("好物 🌿.xlsx");
    let whole = xlsx(&[
        &["十一月要试的", "", ""],
        &["名称", "到手价", "货号"],
        &["防晒霜", "129.5", "小店:A1"],
        &["口红", "一百", ""],
        &["'; DROP TABLE product;--", "9", "007"],
    ]);
    fs::write(&file, &whole).unwrap();
    let done = product::import(&db, &file, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap();
    assert_eq!(done.imported.len(), 2, "{done:?}");
    assert_eq!(done.refused[0].row, 4, "as the spreadsheet counts it");
    assert!(
        done.refused[0].reason.contains("一百"),
        "{}",
        done.refused[0].reason
    );
    let made = product::get(&db, done.imported[0]).await.unwrap();
    assert_eq!(
        (made.name.as_str(), made.price, made.skus[0].sku.as_str()),
        ("防晒霜", Some(12_950), "A1")
    );

    fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    let error = product::import(&db, &file, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Unreadable);
    assert!(error.message.contains("没有导入任何内容"), "{}", error.message);
    let lost = product::import(
        &db,
        &folder.path().join("没有.csv"),
        &Job::silent(),
        at("2026-11-22"),
    )
    .await
    .unwrap_err();
    assert!(
        lost.code == Code::Unreadable && lost.message.contains("找不到文件"),
        "{}",
        lost.message
    );
    assert_eq!(
        product::list(&db, &ProductFilter::default()).await.unwrap().len(),
        2,
        "what went in stays"
    );
}

#[tokio::test]
async fn a_folder_without_pictures_says_so_file_by_file() {
    let (folder, db) = support::workspace().await;
    let from = folder.path().join("资料");
    fs::create_dir_all(from.join("空")).unwrap();
    for name in ["合同.pdf", "readme.md", "伪装.jpg"] {
        fs::write(from.join(name), format!("这里没有图片：{name}")).unwrap();
    }
    let done = import(&db, &[&from]).await;
    assert!(done.imported.is_empty() && !done.cancelled);
    assert_eq!(done.rejected.len(), 1, "{:?}", done.rejected);
    assert!(done.rejected[0].reason.contains("不是图片"), "{done:?}");
    // What is a text by its content was never meant to be a photo.
    assert_eq!(done.strays.len(), 2, "{:?}", done.strays);
    for one in &done.strays {
        assert!(one.reason.contains("不是照片"), "{one:?}");
    }
    let none = import(&db, &[&from.join("空")]).await;
    assert!(none.imported.is_empty() && none.rejected.is_empty() && !none.cancelled);
}

/// A folder whose path is far longer than the 260 characters that old programs can take.
fn deep(folder: &Path) -> PathBuf {
    let mut deep = folder.to_owned();
    while deep.as_os_str().len() < 300 {
        deep.push("a long name of a folder".repeat(2));
    }
    fs::create_dir_all(&deep).unwrap();
    deep
}

#[cfg(not(windows))]
#[tokio::test]
async fn a_path_longer_than_260_characters_is_a_path_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let home = deep(folder.path()).join("草本");
    let db = workspace::create(&home, at("2026-11-22")).await.unwrap();
    let from = deep(&deep(&folder.path().join("来源")).join("照片".repeat(20)));
    let name = format!("{}.jpg", "照".repeat(80));
    fs::write(from.join(&name), jpeg(1, 200, 100)).unwrap();
    let done = import(&db, &[&folder.path().join("来源")]).await;
    assert_eq!(done.imported.len(), 1, "{:?}", done.rejected);
    let (bytes, _) = photo::read(&db, done.imported[0].id, Size::Preview)
        .await
        .unwrap();
    assert!(!bytes.is_empty());
    let backup = from.join("备份.zip");
    workspace::backup(&db, &backup, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap();
    let there = deep(&folder.path().join("那里")).join("草本");
    workspace::restore(&backup, &there, &Job::silent(), at("2026-11-22"))
        .await
        .unwrap();
    let db = workspace::open(&there, at("2026-11-22")).await.unwrap();
    assert_eq!(photo::counts(&db).await.unwrap().all, 1);

    // SQLite takes 512 bytes and no more.
    let too_far = folder.path().join("远/".repeat(150)).join("草本");
    let error = workspace::create(&too_far, at("2026-11-22")).await.err().unwrap();
    assert_eq!(error.code, Code::Unreadable, "{error:?}");
    assert!(error.message.contains("路径太长"), "{}", error.message);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_name_that_is_no_text_goes_in_and_every_answer_can_be_shown() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let (folder, db) = support::workspace().await;
    // GBK, as old archives unpack it.
    let from = folder.path().join(OsStr::from_bytes(b"\xd5\xd5\xc6\xac"));
    fs::create_dir(&from).unwrap();
    fs::write(
        from.join(OsStr::from_bytes(b"\xb7\xc0\xc9\xb9.jpg")),
        jpeg(1, 200, 100),
    )
    .unwrap();
    fs::write(from.join(OsStr::from_bytes(b"\xff.jpg")), b"no picture").unwrap();
    let done = import(&db, &[&from]).await;
    assert_eq!((done.imported.len(), done.rejected.len()), (1, 1), "{done:?}");
    let shown = serde_json::to_value(&done).expect("an answer with odd names can be shown");
    let path = shown["rejected"][0]["path"].as_str().unwrap();
    assert!(
        path.ends_with("\u{fffd}.jpg"),
        "what is no text is shown as such: {path}"
    );
    let again = import(&db, &[&from]).await;
    assert_eq!(again.duplicates.len(), 1);
    serde_json::to_value(&again).expect("duplicates too");

    let home = folder
        .path()
        .join(OsStr::from_bytes(b"\xb2\xdd\xb1\xbe"))
        .join("草本");
    let error = workspace::create(&home, at("2026-11-22")).await.err().unwrap();
    assert_eq!((error.code, error.field), (Code::Invalid, Some("folder")));
    assert!(error.message.contains("无法识别的字符"), "{}", error.message);
    assert!(
        !home.parent().unwrap().exists(),
        "nothing is begun where nothing can be kept"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn links_in_a_circle_and_links_to_nothing_do_not_stop_the_rest() {
    use std::os::unix::fs::symlink;
    let (folder, db) = support::workspace().await;
    let from = folder.path().join("来源");
    fs::create_dir_all(from.join("a")).unwrap();
    fs::create_dir_all(from.join("b")).unwrap();
    symlink(from.join("b"), from.join("a/to-b")).unwrap();
    symlink(from.join("a"), from.join("b/to-a")).unwrap();
    symlink(from.join("self"), from.join("self")).unwrap();
    symlink(from.join("nowhere"), from.join("gone.jpg")).unwrap();
    fs::write(from.join("b/good.jpg"), jpeg(1, 200, 100)).unwrap();
    let done = import(&db, &[&from]).await;
    assert_eq!(done.imported.len(), 1, "{done:?}");
    assert!(
        done.rejected.iter().all(|r| !r.reason.is_empty()) && done.rejected.len() >= 3,
        "each is named with its reason: {:?}",
        done.rejected
    );
    let has = |name: &str, word: &str| {
        done.rejected
            .iter()
            .any(|r| r.path.ends_with(name) && r.reason.contains(word))
    };
    assert!(
        has("to-a", "绕回") && has("gone.jpg", "不见了") && has("self", "指来指去"),
        "{:?}",
        done.rejected
    );
}

/// Whether this user may read everything: then taking rights away proves nothing.
#[cfg(unix)]
fn is_root(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let probe = folder.join("probe");
    fs::write(&probe, "x").unwrap();
    fs::set_permissions(&probe, fs::Permissions::from_mode(0o000)).unwrap();
    let readable = fs::read(&probe).is_ok();
    fs::remove_file(&probe).unwrap();
    if readable {
        println!("skipped: this user may read and write everything");
    }
    readable
}

#[cfg(unix)]
fn rights(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn what_may_not_be_read_is_named_and_the_rest_goes_in() {
    let (folder, db) = support::workspace().await;
    if is_root(folder.path()) {
        return;
    }
    let from = folder.path().join("来源");
    fs::create_dir_all(from.join("锁着")).unwrap();
    fs::write(from.join("锁着/a.jpg"), jpeg(1, 200, 100)).unwrap();
    fs::write(from.join("b.jpg"), jpeg(2, 200, 100)).unwrap();
    fs::write(from.join("c.jpg"), jpeg(3, 200, 100)).unwrap();
    rights(&from.join("锁着"), 0o000);
    rights(&from.join("c.jpg"), 0o000);
    let done = import(&db, &[&from]).await;
    rights(&from.join("锁着"), 0o755);
    assert_eq!((done.imported.len(), done.rejected.len()), (1, 2), "{done:?}");
    for one in &done.rejected {
        assert!(one.reason.contains("没有权限"), "{one:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_workspace_without_the_right_to_write_says_so_and_is_unharmed() {
    let (folder, db) = support::workspace().await;
    if is_root(folder.path()) {
        return;
    }
    let home = db.folder().to_owned();
    db.close().await;
    drop(db);
    let database = home.join("caoben.db");
    for (path, mode, back) in [
        (&home, 0o555, 0o755),
        (&database, 0o444, 0o644),
        (&home.join("caoben.lock"), 0o444, 0o644),
    ] {
        rights(path, mode);
        let error = workspace::open(&home, at("2026-11-22")).await.err();
        rights(path, back);
        let error = error.unwrap_or_else(|| panic!("{} was opened for writing", path.display()));
        assert_eq!(error.code, Code::ReadOnly, "{}: {error:?}", path.display());
        assert!(error.message.contains("权限"), "{}", error.message);
    }
    let db = workspace::open(&home, at("2026-11-22")).await.unwrap();
    let found = workspace::check(&db, &Job::silent()).await.unwrap();
    assert!(found.ok, "{:?}", found.problems);
}

/// How many photos there are and how many different ones.
async fn photos(db: &Db) -> (usize, usize) {
    let all = photo::list(db, &PhotoFilter::default()).await.unwrap();
    let hashes: std::collections::BTreeSet<_> = all.iter().map(|photo| &photo.hash).collect();
    (all.len(), hashes.len())
}

#[tokio::test]
async fn an_import_stopped_again_and_again_ends_with_every_photo_once() {
    let (folder, db) = support::workspace().await;
    let from = folder.path().join("来源");
    fs::create_dir(&from).unwrap();
    for n in 0..24 {
        fs::write(from.join(format!("{n:02}.jpg")), jpeg(n, 120, 90)).unwrap();
    }
    for round in 1..=4 {
        let stop: std::sync::Arc<std::sync::OnceLock<Job>> = std::sync::Arc::default();
        let hand = stop.clone();
        let job = Job::new(move |progress| {
            if progress.done >= round * 5 {
                hand.get().unwrap().cancel();
            }
        });
        stop.set(job.clone()).ok();
        let what = photo::PhotoImport {
            paths: vec![from.clone()],
            ..Default::default()
        };
        let part = photo::import(&db, &what, &job, at("2026-11-22")).await.unwrap();
        assert!(part.cancelled && part.rejected.is_empty(), "{part:?}");
        let (all, different) = photos(&db).await;
        assert_eq!(all, different, "nothing twice");
        assert_eq!(
            all,
            part.imported.len() + part.duplicates.len(),
            "what it says is what there is"
        );
    }
    let last = import(&db, &[&from]).await;
    assert!(!last.cancelled);
    assert_eq!(photos(&db).await, (24, 24));
}
