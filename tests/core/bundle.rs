//! Bundle 发布包: the same post gives the same bytes, and nothing half-written or forbidden is ever in one.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use caoben::{
    Code,
    bundle::{self, BundleExport, Exported},
    channel::{self, NewChannel},
    check::Severity,
    db::Db,
    job::Job,
    link::{self, NewLink},
    post::{self, NewPost, PostPatch},
    product::{self, NewProduct},
    value::{Id, Time},
};
use serde_json::Value;

use crate::{
    photo::{import, jpeg},
    support,
};

fn now() -> Time {
    support::at("2026-11-22 10:00")
}

/// A post with three photos and one product, and a channel of each platform with a link where it takes one.
pub async fn scene(db: &Db, folder: &Path, platforms: &[&str]) -> (Id, Vec<Id>) {
    let names = [0, 1, 2].map(|n| folder.join(format!("私人 {n}.jpg")));
    for (seed, name) in (20..).zip(&names) {
        fs::write(name, jpeg(seed, 400, 300)).unwrap();
    }
    let photos = import(db, &names.each_ref().map(PathBuf::as_path)).await.imported;
    let photos: Vec<Id> = photos.iter().map(|photo| photo.id).collect();
    let product = NewProduct {
        name: "清透防晒".into(),
        url: "https://shop.example.cn/p?id=7".into(),
        ..Default::default()
    };
    let product = product::create(db, product, now()).await.unwrap().id;
    let body = format!(
        "自购用了七天，成膜快，户外两小时没晒红。\n\n![第 7 天的手背](photo:{})\n\n- 缺点：略搓泥\n- 适合：通勤\n\n#通勤防晒 #油皮",
        photos[1]
    );
    let post = NewPost {
        title: "通勤防晒的七天".into(),
        body,
        products: vec![product],
        photos,
    };
    let post = post::create(db, post, now()).await.unwrap().id;
    // The word 「广告」 is a choice here: this test is about packing.
    post::edit(
        db,
        post,
        PostPatch {
            commercial: Some("yes".into()),
            ..Default::default()
        },
        now(),
    )
    .await
    .unwrap();
    let mut channels = Vec::new();
    for platform in platforms {
        let channel = NewChannel {
            platform: (*platform).into(),
            name: format!("{platform} · 小鹿"),
            own_shop: false,
        };
        let channel = channel::create(db, channel, now()).await.unwrap().id;
        link::create(
            db,
            NewLink {
                post,
                channel,
                product,
                ..Default::default()
            },
            now(),
        )
        .await
        .unwrap();
        channels.push(channel);
    }
    (post, channels)
}

async fn export(db: &Db, post: Id, channels: &[Id], out: &Path, zip: bool) -> Exported {
    let what = BundleExport {
        post,
        channels: channels.to_vec(),
        out: Some(out.to_owned()),
        zip,
        override_reason: Some("测试".into()),
    };
    bundle::export(db, &what, &Job::silent(), now()).await.unwrap()
}

/// Every file of a folder by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|e| (e.file_name().into_string().unwrap(), fs::read(e.path()).unwrap()))
        .collect()
}

#[tokio::test]
async fn two_exports_are_the_same_byte_for_byte() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["xiaohongshu", "wechat_article"]).await;
    let (a, b) = (folder.path().join("a"), folder.path().join("b"));
    let first = export(&db, post, &channels, &a, false).await;
    export(&db, post, &channels, &b, false).await;
    for bundle in &first.bundles {
        let name = bundle.dir.file_name().unwrap();
        let (one, two) = (files(&a.join(name)), files(&b.join(name)));
        assert_eq!(one, two, "{name:?}");
        let manifest: Value = serde_json::from_slice(&one["manifest.json"]).unwrap();
        let listed = manifest["files"].as_array().unwrap();
        assert_eq!(listed.len() + 1, one.len(), "the manifest names every other file");
        assert_eq!(bundle.files.len(), one.len());
        for file in &bundle.files {
            assert_eq!(one[&file.path].len() as i64, file.bytes);
        }
    }
    export(&db, post, &channels, &a, true).await;
    export(&db, post, &channels, &b, true).await;
    for bundle in &first.bundles {
        let zip = format!("{}.zip", bundle.dir.file_name().unwrap().to_str().unwrap());
        let (one, two) = (fs::read(a.join(&zip)).unwrap(), fs::read(b.join(&zip)).unwrap());
        assert_eq!(one, two, "{zip}");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(one)).unwrap();
        assert_eq!(archive.len(), bundle.files.len());
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("checklist.md").unwrap(), &mut text).unwrap();
        assert!(text.contains("- [ ]"));
    }
    let left: Vec<String> = files_of(&a);
    assert!(
        left.iter().all(|name| !name.starts_with('.')),
        "nothing temporary stays: {left:?}"
    );
    assert_eq!(
        bundle::list(&db, Some(post)).await.unwrap().len(),
        8,
        "each export is on record"
    );
}

fn files_of(folder: &Path) -> Vec<String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[tokio::test]
async fn people_see_what_the_golden_files_show() {
    let (folder, db) = support::workspace().await;
    let platforms = ["xiaohongshu", "wechat_article", "weibo", "store"];
    let (post, channels) = scene(&db, folder.path(), &platforms).await;
    let code = post::get(&db, post).await.unwrap().code;
    let done = export(&db, post, &channels, &folder.path().join("out"), false).await;
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/bundle");
    for (platform, bundle) in platforms.iter().zip(&done.bundles) {
        for (name, bytes) in files(&bundle.dir) {
            if !matches!(
                Path::new(&name).extension().unwrap().to_str().unwrap(),
                "txt" | "md" | "html"
            ) {
                continue;
            }
            // A post's code is random.
            let text = String::from_utf8(bytes)
                .unwrap()
                .replace(&code, "CCCCC")
                .replace(&code.to_lowercase(), "ccccc");
            let file = golden.join(platform).join(&name);
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(&file, &text).unwrap();
            }
            let expected = fs::read_to_string(&file).unwrap_or_default();
            assert_eq!(
                text, expected,
                "{platform}/{name}; UPDATE_GOLDEN=1 writes what is right now"
            );
        }
    }
}

#[tokio::test]
async fn pictures_have_the_channel_s_size_and_no_notes_of_the_camera() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["xiaohongshu", "wechat_article"]).await;
    let done = export(&db, post, &channels, &folder.path().join("out"), false).await;
    let size = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgb8().dimensions();
    let note = files(&done.bundles[0].dir);
    for name in ["01.jpg", "02.jpg", "03.jpg"] {
        assert_eq!(size(&note[name]), (1080, 1440), "小红书 takes 3:4");
        assert!(!note[name].windows(4).any(|part| part == b"Exif"));
    }
    let article = files(&done.bundles[1].dir);
    assert_eq!(size(&article["cover-235x100.jpg"]), (900, 383));
    assert_eq!(
        size(&article["cover-1x1.jpg"]).0,
        size(&article["cover-1x1.jpg"]).1
    );
    let html = String::from_utf8(article["article.html"].clone()).unwrap();
    assert!(
        !html.contains("photo:") && html.contains("【这里换成图片 02.jpg】"),
        "pictures are named by number"
    );
    for (name, bytes) in note.iter().chain(&article) {
        let secret = "私人".as_bytes();
        assert!(
            !bytes.windows(secret.len()).any(|part| part == secret),
            "{name} holds no original file name"
        );
    }
}

#[tokio::test]
async fn nothing_that_xiaohongshu_forbids_is_in_its_bundle() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["xiaohongshu"]).await;
    let body = "买它 https://shop.example.cn/p 加微信 vx12345".to_owned();
    post::edit(
        &db,
        post,
        PostPatch {
            body: Some(body),
            ..Default::default()
        },
        now(),
    )
    .await
    .unwrap();
    let what = BundleExport {
        post,
        channels: channels.clone(),
        out: Some(folder.path().join("out")),
        ..Default::default()
    };
    let done = bundle::export(&db, &what, &Job::silent(), now()).await.unwrap();
    assert!(done.bundles.is_empty(), "a link in the text stops the export");
    assert!(
        done.blocked[0]
            .findings
            .iter()
            .any(|finding| finding.severity == Severity::Block)
    );
    assert!(
        !folder.path().join("out").exists(),
        "and leaves nothing on the disk"
    );

    let done = export(&db, post, &channels, &folder.path().join("out"), false).await;
    let names: Vec<String> = files(&done.bundles[0].dir).into_keys().collect();
    assert!(
        !names
            .iter()
            .any(|name| name.starts_with("qr-") || name == "links.txt"),
        "{names:?}"
    );
    assert_eq!(
        bundle::list(&db, None).await.unwrap()[0].override_reason,
        "测试",
        "the reason is kept"
    );
}

#[tokio::test]
async fn a_cancelled_export_leaves_the_older_bundle_whole() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["weibo"]).await;
    let out = folder.path().join("out");
    let dir = export(&db, post, &channels, &out, false).await.bundles[0]
        .dir
        .clone();
    let before = files(&dir);
    post::edit(
        &db,
        post,
        PostPatch {
            title: Some("新标题".into()),
            ..Default::default()
        },
        now(),
    )
    .await
    .unwrap();
    let switch: Arc<Mutex<Option<Job>>> = Arc::default();
    let hand = switch.clone();
    let job = Job::new(move |_| hand.lock().unwrap().as_ref().unwrap().cancel());
    *switch.lock().unwrap() = Some(job.clone());
    let what = BundleExport {
        post,
        channels: channels.clone(),
        out: Some(out.clone()),
        override_reason: Some("测试".into()),
        ..Default::default()
    };
    let error = bundle::export(&db, &what, &job, now()).await.unwrap_err();
    assert_eq!(error.code, Code::Cancelled);
    assert_eq!(files(&dir), before, "the older bundle is as it was");
    assert_eq!(files_of(&out).len(), 1, "and nothing lies beside it");
    let new = export(&db, post, &channels, &out, false).await;
    assert_ne!(files(&new.bundles[0].dir), before, "the next export replaces it");
    assert!(!dir.exists(), "the one of the old title gave way");
}

#[tokio::test]
async fn a_folder_that_is_no_bundle_is_never_overwritten() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["weibo"]).await;
    let out = folder.path().join("out");
    let dir = export(&db, post, &channels, &out, false).await.bundles[0]
        .dir
        .clone();
    fs::remove_file(dir.join("manifest.json")).unwrap();
    let what = BundleExport {
        post,
        channels,
        out: Some(out),
        override_reason: Some("测试".into()),
        ..Default::default()
    };
    let error = bundle::export(&db, &what, &Job::silent(), now())
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Conflict);
    assert!(dir.join("checklist.md").exists());
    let none = BundleExport {
        post,
        ..Default::default()
    };
    assert_eq!(
        bundle::export(&db, &none, &Job::silent(), now())
            .await
            .unwrap_err()
            .code,
        Code::Invalid
    );
}

#[tokio::test]
async fn what_somebody_did_in_a_bundle_is_kept_beside_the_new_one() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["weibo"]).await;
    let out = folder.path().join("out");
    let dir = export(&db, post, &channels, &out, false).await.bundles[0]
        .dir
        .clone();
    let aside = |number: u32| {
        let name = dir.file_name().unwrap().to_string_lossy().into_owned();
        dir.with_file_name(format!("{name} (旧 {number})"))
    };
    fs::write(dir.join(".DS_Store"), "x").unwrap();
    export(&db, post, &channels, &out, false).await;
    assert!(!aside(1).exists(), "nobody's own work was in it");

    let ticked = fs::read_to_string(dir.join("checklist.md"))
        .unwrap()
        .replace("[ ]", "[x]");
    fs::write(dir.join("checklist.md"), &ticked).unwrap();
    export(&db, post, &channels, &out, false).await;
    assert_eq!(fs::read_to_string(aside(1).join("checklist.md")).unwrap(), ticked);
    assert!(
        fs::read_to_string(dir.join("checklist.md"))
            .unwrap()
            .contains("[ ]")
    );

    fs::create_dir(dir.join("自己的")).unwrap();
    fs::write(dir.join("自己的/封面.png"), "mine").unwrap();
    export(&db, post, &channels, &out, false).await;
    assert_eq!(fs::read(aside(2).join("自己的/封面.png")).unwrap(), b"mine");
    assert_eq!(fs::read_to_string(aside(1).join("checklist.md")).unwrap(), ticked);
}

#[tokio::test]
async fn a_zip_replaces_an_untouched_bundle_and_nothing_else() {
    let (folder, db) = support::workspace().await;
    let (post, channels) = scene(&db, folder.path(), &["weibo"]).await;
    let out = folder.path().join("out");
    let file = export(&db, post, &channels, &out, true).await.bundles[0]
        .dir
        .clone();
    let ours = fs::read(&file).unwrap();
    export(&db, post, &channels, &out, true).await;
    assert_eq!(
        fs::read_dir(&out).unwrap().count(),
        1,
        "an untouched bundle gives way"
    );

    // Somebody adds a cover.
    let mut zip =
        zip::ZipWriter::new_append(fs::File::options().read(true).write(true).open(&file).unwrap()).unwrap();
    zip.start_file("封面.png", zip::write::SimpleFileOptions::default())
        .unwrap();
    std::io::Write::write_all(&mut zip, b"mine").unwrap();
    zip.finish().unwrap();
    let touched = fs::read(&file).unwrap();
    export(&db, post, &channels, &out, true).await;
    assert_eq!(fs::read(&file).unwrap(), ours);
    let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
    assert_eq!(fs::read(out.join(format!("{stem} (旧 1).zip"))).unwrap(), touched);

    let mut foreign = zip::ZipWriter::new(fs::File::create(&file).unwrap());
    foreign
        .start_file("论文.docx", zip::write::SimpleFileOptions::default())
        .unwrap();
    foreign.finish().unwrap();
    let before = fs::read(&file).unwrap();
    let what = BundleExport {
        post,
        channels,
        out: Some(out),
        zip: true,
        override_reason: Some("测试".into()),
    };
    let error = bundle::export(&db, &what, &Job::silent(), now())
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Conflict);
    assert_eq!(fs::read(&file).unwrap(), before, "a foreign zip stays as it is");
}
