//! Exit codes: 0 done, 1 failed, 2 wrong usage, 3 blockers, 4 partly.

use crate::program::{Program, jpeg};

#[test]
fn a_failure_is_one_sentence_and_exit_1_also_as_json() {
    let caoben = Program::new();
    let said = caoben.run(&["product", "show", "999"]);
    assert_eq!(said.code, 1);
    assert_eq!(said.json["error"]["code"], "not_found");
    let sentence = said.json["error"]["message"].as_str().unwrap();
    assert_eq!(
        said.stderr.trim(),
        sentence,
        "the same sentence for people and for scripts"
    );
}

#[test]
fn wrong_usage_is_exit_2() {
    let caoben = Program::new();
    for args in [
        &["fly"] as &[_],
        &["product", "add"],
        &["trial", "start", "--product", "1", "--acquired", "stolen"],
        &[],
    ] {
        assert_eq!(caoben.bare(args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn a_workspace_that_is_not_there_is_said_so_and_not_made() {
    let caoben = Program::new();
    let nowhere = caoben.folder().join("没有");
    let output = caoben.bare(&["--workspace", nowhere.to_str().unwrap(), "product", "list"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        !nowhere.join("caoben.db").exists(),
        "listing must not make a workspace"
    );
}

#[test]
fn wrong_usage_and_help_are_said_in_chinese() {
    let caoben = Program::new();
    let workspace = caoben.workspace();
    let workspace = workspace.to_str().unwrap();
    for (args, word) in [
        (&["nonsense"][..], "没有「nonsense」这个命令"),
        (&["product", "lst"], "是不是想写 list"),
        (&["product", "list", "--nope"], "没有 --nope 这个参数"),
        (&["product", "add"], "还缺 --name"),
        (&["product", "add", "--name"], "--name"),
        (&["photo", "show", "x"], "要写一个整数"),
        (&["report", "cats"], "可以是 posts、channels、products、orders"),
        (&["report", "posts", "--from", "gestern"], "2026-11-22"),
    ] {
        let output = caoben.bare(&[&["--workspace", workspace], args].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains(word), "{args:?}: {said}");
        for english in ["error:", "Usage", "tip:", "unexpected", "invalid"] {
            assert!(!said.contains(english), "{args:?}: {said}");
        }
    }
    for args in [&["--help"][..], &["product", "--help"], &["report", "--help"]] {
        let output = caoben.bare(args);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && said.contains("用法："), "{said}");
        for english in [
            "Usage",
            "Commands",
            "Options",
            "Arguments",
            "Print",
            "default:",
            "env:",
        ] {
            assert!(!said.contains(english), "{args:?}: {said}");
        }
    }
}

#[test]
fn photos_that_cannot_be_read_are_exit_4_and_the_rest_is_kept() {
    let caoben = Program::new();
    let folder = caoben.folder().join("来自 手机 📷");
    caoben.file("来自 手机 📷/好.jpg", jpeg(1));
    caoben.file("来自 手机 📷/空.jpg", b"");
    caoben.file("来自 手机 📷/文字.png", "不是图片");
    let half = jpeg(2);
    caoben.file("来自 手机 📷/断.jpg", &half[..half.len() / 2]);
    let said = caoben.run(&["photo", "import", folder.to_str().unwrap()]);
    assert_eq!(said.code, 4);
    assert_eq!(said.json["imported"].as_array().unwrap().len(), 1);
    let rejected = said.json["rejected"].as_array().unwrap();
    assert_eq!(rejected.len(), 3, "{rejected:?}");
    assert!(
        rejected
            .iter()
            .all(|file| !file["reason"].as_str().unwrap().is_empty()),
        "each says why"
    );
    assert_eq!(caoben.ok(&["photo", "list"]).as_array().unwrap().len(), 1);
}

#[test]
fn a_check_with_blockers_is_exit_3_and_an_export_goes_on_with_a_reason() {
    let caoben = Program::new();
    let post = caoben.ok(&[
        "post",
        "new",
        "--title",
        "这是一个长得没有任何道理因此小红书一定不会收下的标题",
    ]);
    let post = post["id"].to_string();
    let channel = caoben.ok(&[
        "channel",
        "add",
        "--platform",
        "xiaohongshu",
        "--name",
        "小红书 · 小鹿",
    ])["id"]
        .to_string();
    let checked = caoben.run(&["post", "check", &post, "--channel", &channel]);
    assert_eq!(checked.code, 3);
    let blockers = checked.json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["severity"] == "block");
    assert!(
        blockers.count() >= 2,
        "the title is too long and there is no picture: {}",
        checked.json
    );

    let out = caoben.folder().join("出");
    let export = [
        "bundle",
        "export",
        "--post",
        &post,
        "--channel",
        &channel,
        "--out",
        out.to_str().unwrap(),
    ];
    let blocked = caoben.run(&export);
    assert_eq!(blocked.code, 3);
    assert_eq!(blocked.json["bundles"].as_array().unwrap().len(), 0);
    assert_eq!(blocked.json["blocked"].as_array().unwrap().len(), 1);
    let overridden = caoben.run(&[&export[..], &["--override", "只给自己看"]].concat());
    assert_eq!(overridden.code, 0, "{}", overridden.json);
    assert_eq!(overridden.json["bundles"].as_array().unwrap().len(), 1);
}

#[test]
fn a_damaged_photo_file_is_found_by_the_check_with_exit_3() {
    let caoben = Program::new();
    let file = caoben.file("一.jpg", jpeg(3));
    let imported = caoben.ok(&["photo", "import", file.to_str().unwrap()]);
    let hash = imported["imported"][0]["hash"].as_str().unwrap().to_owned();
    assert_eq!(caoben.ok(&["workspace", "check"])["ok"], true);
    let original = walk(&caoben.workspace().join("photos"))
        .into_iter()
        .find(|path| path.to_string_lossy().contains(&hash) && !path.to_string_lossy().contains("thumb"));
    std::fs::write(original.unwrap(), b"changed").unwrap();
    let said = caoben.run(&["workspace", "check"]);
    assert_eq!((said.code, &said.json["ok"]), (3, &false.into()));
    assert_eq!(
        said.json["problems"].as_array().unwrap().len(),
        1,
        "{}",
        said.json
    );
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .collect()
}

#[test]
fn evidence_with_a_lost_photo_is_exit_4_and_never_overwrites() {
    let caoben = Program::new();
    let product = caoben.ok(&["product", "add", "--name", "防晒乳"])["id"].to_string();
    let trial = caoben.ok(&["trial", "start", "--product", &product, "--acquired", "sample"]);
    let (id, day) = (
        trial["id"].to_string(),
        trial["started_on"].as_str().unwrap().to_owned(),
    );
    let file = caoben.file("一.jpg", jpeg(1));
    let imported = caoben.ok(&["photo", "import", file.to_str().unwrap()]);
    let photo = &imported["imported"][0];
    let number = photo["id"].to_string();
    caoben.ok(&[
        "trial", "log", &id, "--on", &day, "--text", "拆箱", "--photo", &number,
    ]);
    let edited = caoben.ok(&[
        "trial",
        "edit",
        &id,
        "--from",
        "品牌部",
        "--paid",
        "0",
        "--every",
        "1",
    ]);
    assert_eq!(
        (edited["paid"].as_i64(), edited["acquired_from"].as_str()),
        (Some(0), Some("品牌部"))
    );
    let out = caoben.folder().join("证据.pdf");
    let evidence = ["trial", "evidence", &id, "--out", out.to_str().unwrap()];
    let whole = caoben.run(&evidence);
    assert_eq!((whole.code, whole.json["pictures"].as_i64()), (0, Some(1)));
    let again = caoben.run(&evidence);
    assert_eq!(
        (again.code, again.json["error"]["code"].as_str()),
        (1, Some("conflict"))
    );
    let hash = photo["hash"].as_str().unwrap();
    let original = caoben
        .workspace()
        .join(format!("photos/{}/{hash}.jpg", &hash[..2]));
    std::fs::remove_file(original).unwrap();
    let folder = caoben.folder().join("证据");
    let partly = caoben.run(&["trial", "evidence", &id, "--out", folder.to_str().unwrap()]);
    assert_eq!(
        (partly.code, partly.json["failed"][0]["photo"].to_string()),
        (4, number)
    );
    assert!(folder.join("试用记录.md").exists() && folder.join("manifest.json").exists());
}

#[test]
fn a_photo_goes_out_only_under_the_name_of_a_jpeg_and_can_be_taken_off_its_product() {
    let caoben = Program::new();
    let file = caoben.file("a.jpg", jpeg(1));
    let product = caoben.ok(&["product", "add", "--name", "防晒"])["id"].to_string();
    let imported = caoben.ok(&["photo", "import", file.to_str().unwrap(), "--product", &product]);
    let id = imported["imported"][0]["id"].to_string();
    for (name, code) in [
        ("x.png", 1),
        ("x", 1),
        ("x.jpg.webp", 1),
        ("x.JPG", 0),
        ("y.jpeg", 0),
    ] {
        let out = caoben.folder().join(name);
        let said = caoben.run(&["photo", "export", &id, "--out", out.to_str().unwrap()]);
        assert_eq!(said.code, code, "{name}: {}", said.stderr);
        assert_eq!(out.exists(), code == 0, "{name}");
    }
    let edited = caoben.ok(&["photo", "edit", &id, "--product", "none"]);
    assert!(edited[0]["product"].is_null(), "{edited}");
}

#[test]
fn an_import_that_left_out_nothing_but_stray_texts_is_done_and_names_every_file() {
    let caoben = Program::new();
    let folder = caoben.folder().join("手机");
    caoben.file("手机/IMG_0001.jpg", jpeg(1));
    caoben.file("手机/README.md", "拍摄清单");
    caoben.file("手机/IMG_0001.AAE", "<plist/>");
    let said = caoben.run(&["photo", "import", folder.to_str().unwrap()]);
    assert_eq!(said.code, 0, "nothing that matters was left out");
    assert_eq!(said.json["imported"][0]["name"], "IMG_0001.jpg");
    let strays = said.json["strays"].as_array().unwrap();
    assert_eq!(strays.len(), 2, "{strays:?}");
    let told = caoben.told(&["photo", "import", folder.to_str().unwrap()]);
    for name in ["IMG_0001.jpg", "README.md", "IMG_0001.AAE"] {
        assert!(told.contains(name), "{name} is named: {told}");
    }
    assert!(caoben.told(&["photo", "list"]).contains("IMG_0001.jpg"));
    assert!(
        caoben
            .told(&["photo", "show", "1"])
            .contains("文件：IMG_0001.jpg")
    );
}

/// A disk of few megabytes, taken away when dropped; `None` where this user may not mount one.
#[cfg(target_os = "linux")]
struct Disk(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl Disk {
    fn new(at: std::path::PathBuf, size: &str) -> Option<Self> {
        std::fs::create_dir_all(&at).unwrap();
        let options = format!("size={size},mode=777");
        let mount = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "caoben-test"])
            .arg(&at)
            .output();
        if mount.is_ok_and(|done| done.status.success()) {
            return Some(Self(at));
        }
        println!("skipped: this user may not mount a disk");
        None
    }
}

#[cfg(target_os = "linux")]
impl Drop for Disk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount")
            .arg("--lazy")
            .arg(&self.0)
            .status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_import_that_fills_the_disk_is_exit_4_and_lists_what_went_in() {
    let caoben = Program::new();
    let Some(disk) = Disk::new(caoben.folder().join("小盘"), "9m") else {
        return;
    };
    let workspace = disk.0.join("工作区");
    let workspace = workspace.to_str().unwrap();
    assert!(caoben.bare(&["workspace", "create", workspace]).status.success());
    // Bytes behind the picture keep a JPEG whole and make it large.
    for nth in 0..40 {
        let mut bytes = jpeg(nth);
        bytes.resize(200_000, nth);
        caoben.file(&format!("来/{nth}.jpg"), bytes);
    }
    let from = caoben.folder().join("来");
    let run = || {
        caoben.bare(&[
            "--workspace",
            workspace,
            "--json",
            "photo",
            "import",
            from.to_str().unwrap(),
        ])
    };
    let output = run();
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(4), "{said}");
    let count = said["imported"].as_array().unwrap().len();
    assert!(count > 0 && count < 40, "{count}");
    assert_eq!(said["left"], 40 - count, "the rest is counted");
    assert_eq!(said["stopped"]["code"], "disk_full");
    let sentence = said["stopped"]["message"].as_str().unwrap();
    let heard = String::from_utf8(output.stderr).unwrap();
    assert!(
        heard.trim_end().ends_with(sentence),
        "people hear it too: {heard}"
    );

    let list = caoben.bare(&["--workspace", workspace, "--json", "photo", "list"]);
    let list: serde_json::Value = serde_json::from_slice(&list.stdout).unwrap();
    assert_eq!(list.as_array().unwrap().len(), count, "what is listed is there");
    let ids: Vec<String> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|photo| photo["id"].to_string())
        .collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    for verb in [[&["photo", "remove"], &ids[..]].concat(), vec!["photo", "empty"]] {
        let output = caoben.bare(&[&["--workspace", workspace], &verb[..]].concat());
        assert!(
            output.status.success(),
            "{verb:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let again: serde_json::Value = serde_json::from_slice(&run().stdout).unwrap();
    assert!(
        again["imported"].as_array().unwrap().len() >= count,
        "there is room again: {again}"
    );
}

#[test]
fn a_channel_that_fails_beside_others_is_exit_4_and_both_are_listed() {
    let caoben = Program::new();
    caoben.file("稿.md", "用了七天，成膜快。");
    let draft = caoben.folder().join("稿.md");
    caoben.run(&[
        "post",
        "new",
        "--title",
        "七天",
        "--file",
        draft.to_str().unwrap(),
    ]);
    for name in ["小鹿", "小熊"] {
        caoben.run(&["channel", "add", "--platform", "weibo", "--name", name]);
    }
    let out = caoben.folder().join("out");
    let export = || {
        caoben.run(&[
            "bundle",
            "export",
            "--post",
            "1",
            "--channel",
            "1",
            "2",
            "--out",
            out.to_str().unwrap(),
        ])
    };
    let first = export();
    assert_eq!(first.code, 0, "{}", first.stderr);
    let dir = first.json["bundles"][0]["dir"].as_str().unwrap();
    std::fs::remove_file(std::path::Path::new(dir).join("manifest.json")).unwrap();
    let second = export();
    assert_eq!(second.code, 4, "{}", second.json);
    assert_eq!(second.json["bundles"].as_array().unwrap().len(), 1);
    assert_eq!(second.json["bundles"][0]["channel"], 2);
    assert_eq!(second.json["failed"].as_array().unwrap().len(), 1);
    assert_eq!(second.json["failed"][0]["channel"], 1);
    assert_eq!(second.json["failed"][0]["code"], "conflict");
}

#[test]
fn a_relative_out_is_recorded_as_its_real_path() {
    let caoben = Program::new();
    caoben.run(&["post", "new", "--title", "七天"]);
    caoben.run(&["channel", "add", "--platform", "weibo", "--name", "小鹿"]);
    let crooked = caoben.folder().join("a/../out");
    std::fs::create_dir_all(caoben.folder().join("a")).unwrap();
    let said = caoben.run(&[
        "bundle",
        "export",
        "--post",
        "1",
        "--channel",
        "1",
        "--out",
        crooked.to_str().unwrap(),
    ]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let listed = caoben.run(&["bundle", "list"]).json;
    let path = listed[0]["path"].as_str().unwrap();
    assert!(
        !path.contains("..") && std::path::Path::new(path).is_absolute(),
        "{path}"
    );
    assert_eq!(said.json["bundles"][0]["dir"], listed[0]["path"]);
}
