//! The workspace as a script sees it: what is said, how it ends, and that what is said to be done is done.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::program::{Program, binary, jpeg};

/// A workspace with two photos.
fn with_photos() -> (Program, Vec<PathBuf>) {
    let caoben = Program::new();
    let paths = [1, 2].map(|shade| caoben.file(&format!("{shade}.jpg"), jpeg(shade)));
    let paths = paths.each_ref().map(|path| path.to_str().unwrap());
    let done = caoben.ok(&["photo", "import", paths[0], paths[1]]);
    let originals = done["imported"].as_array().unwrap().iter().map(|photo| {
        let hash = photo["hash"].as_str().unwrap();
        caoben
            .workspace()
            .join(format!("photos/{}/{hash}.jpg", &hash[..2]))
    });
    let originals = originals.collect();
    (caoben, originals)
}

#[test]
fn a_backup_and_a_restore_of_photos_that_are_gone_or_altered_end_with_4_and_name_them() {
    let (caoben, originals) = with_photos();
    let file = caoben.folder().join("还没有的/文件夹/备份.zip");
    let there = caoben.folder().join("那里");
    let (file, there) = (file.to_str().unwrap(), there.to_str().unwrap());
    let done = caoben.ok(&["workspace", "backup", file]);
    assert!(Path::new(file).exists(), "a folder that is not there is made");
    assert_eq!(done["problems"].as_array().unwrap().len(), 0);
    std::fs::remove_file(&originals[0]).unwrap();
    std::fs::write(&originals[1], "anders").unwrap();
    let said = caoben.run(&["workspace", "backup", file]);
    assert_eq!(said.code, 4);
    let named = said.json["problems"].to_string();
    for original in &originals {
        let name = original.file_name().unwrap().to_str().unwrap();
        assert!(named.contains(name), "{named}");
    }
    let said = caoben.run(&["workspace", "restore", file, there]);
    assert_eq!(
        (said.code, said.json["problems"].to_string().is_empty()),
        (4, false)
    );
    assert_eq!(said.json["problems"].as_array().unwrap().len(), 2);
}

#[test]
fn whoever_reads_is_not_kept_waiting_by_whoever_writes() {
    let (caoben, _) = with_photos();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let db = runtime
        .block_on(caoben::workspace::open(
            &caoben.workspace(),
            caoben::value::Time::now(),
        ))
        .unwrap();
    assert_eq!(caoben.ok(&["photo", "list"]).as_array().unwrap().len(), 2);
    assert_eq!(caoben.ok(&["workspace", "check"])["ok"], true);
    assert_eq!(caoben.ok(&["workspace", "info"])["only_read"], "busy");
    let out = caoben.folder().join("出.jpg");
    caoben.ok(&["photo", "export", "1", "--out", out.to_str().unwrap()]);
    let new = caoben.file("3.jpg", jpeg(3));
    for writing in [
        &["product", "add", "--name", "防晒"] as &[_],
        &["photo", "import", new.to_str().unwrap()],
        &["photo", "remove", "1"],
    ] {
        let said = caoben.run(writing);
        assert_eq!(
            (said.code, &said.json["error"]["code"]),
            (1, &"busy".into()),
            "{writing:?}"
        );
    }
    runtime.block_on(db.close());
    drop(db);
    caoben.ok(&["product", "add", "--name", "防晒"]);
    assert!(caoben.ok(&["workspace", "info"])["only_read"].is_null());
}

#[test]
fn names_from_anybody_give_the_terminal_no_commands() {
    let caoben = Program::new();
    let mut made = Command::new(binary());
    made.args([
        "--workspace",
        caoben.workspace().to_str().unwrap(),
        "post",
        "new",
        "--title",
    ]);
    made.arg("红\u{1b}]0;x\u{7}的\u{9b}31m");
    assert!(made.output().unwrap().status.success());
    let told = caoben.told(&["post", "list"]);
    assert!(told.contains('红'), "{told}");
    assert!(!told.contains(['\u{1b}', '\u{7}', '\u{9b}']), "{told:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_a_failure_with_a_sentence() {
    let (caoben, _) = with_photos();
    let workspace = caoben.workspace();
    for args in [
        &["photo", "list"] as &[_],
        &["--json", "photo", "list"],
        &["workspace", "info"],
        &["--json", "photo", "show", "99"],
        &["--help"],
        &["--version"],
    ] {
        let output = Command::new(binary())
            .args(["--workspace", workspace.to_str().unwrap()])
            .args(args)
            .stdout(std::fs::File::options().write(true).open("/dev/full").unwrap())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        let lines = said.trim().lines().count();
        assert!(lines == 1 && said.contains('。'), "one sentence: {said}");
        assert!(!said.contains("os error"), "{said}");
    }
}

#[test]
fn what_the_system_refuses_is_said_in_words() {
    let (caoben, _) = with_photos();
    let file = caoben.file("datei", "x");
    let folder = caoben.folder().join("ordner.jpg");
    std::fs::create_dir(&folder).unwrap();
    let (under, folder) = (file.join("b.zip"), folder.to_str().unwrap().to_owned());
    let long = format!("{}/{}.zip", caoben.folder().display(), "长".repeat(200));
    for args in [
        &["workspace", "backup", under.to_str().unwrap()] as &[_],
        &["workspace", "backup", &folder],
        &["workspace", "backup", &long],
        &["workspace", "restore", &folder, under.to_str().unwrap()],
        &[
            "workspace",
            "restore",
            file.to_str().unwrap(),
            &format!("{folder}/neu"),
        ],
        &["workspace", "create", under.to_str().unwrap()],
        &["photo", "export", "1", "--out", &folder],
        &["order", "import", &folder],
        &["post", "new", "--title", "x", "--file", &folder],
    ] {
        let said = caoben.run(args);
        let sentence = said.json["error"]["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        assert_eq!(said.code, 1, "{args:?}: {}", said.json);
        let foreign = sentence
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|word| ["error", "directory", "denied", "code"].contains(word));
        assert_eq!(foreign.count(), 0, "{args:?}: {sentence}");
        assert!(
            said.stderr.trim().ends_with(&sentence),
            "{args:?}: {}",
            said.stderr
        );
        assert!(
            !said.stderr.contains("os error") && !said.stderr.contains("drop"),
            "{}",
            said.stderr
        );
    }
}

/// Runs the program under strace; `None` where there is none or it may not watch.
#[cfg(target_os = "linux")]
fn traced(caoben: &Program, trace: &[&str], args: &[&str]) -> Option<(Output, String)> {
    let log = caoben.folder().join("strace.log");
    let output = Command::new("strace")
        .args(["-f", "-y", "-qq", "-s", "4096", "-o", log.to_str().unwrap()])
        .args(trace)
        .arg(binary())
        .args(["--workspace", caoben.workspace().to_str().unwrap(), "--json"])
        .args(args)
        .env("TZ", "Asia/Shanghai")
        .output();
    match output.ok().zip(std::fs::read_to_string(&log).ok()) {
        Some(both) if !both.1.is_empty() => Some(both),
        _ => {
            println!("skipped: strace is not here or may not watch");
            None
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_restore_says_it_is_done_after_the_disk_has_every_file_and_every_folder() {
    let (caoben, _) = with_photos();
    let file = caoben.folder().join("备份.zip");
    caoben.ok(&["workspace", "backup", file.to_str().unwrap()]);
    let there = caoben.folder().join("那里");
    let watch = [
        "-e",
        "trace=openat,fsync,fdatasync,rename,renameat,renameat2,write",
    ];
    let args = [
        "workspace",
        "restore",
        file.to_str().unwrap(),
        there.to_str().unwrap(),
    ];
    let Some((output, log)) = traced(&caoben, &watch, &args) else {
        return;
    };
    assert!(output.status.success());
    let lines: Vec<&str> = log.lines().collect();
    let nth = |what: &dyn Fn(&str) -> bool| lines.iter().position(|line| what(line));
    let moved =
        nth(&|line| line.contains("rename") && line.contains("/caoben.db\"")).expect("the database moves");
    let ready = nth(&|line| line.contains("fsync") && line.contains("ready.json")).expect("the mark");
    let said = nth(&|line| line.contains("write(1<")).expect("the word");
    // strace escapes what is not ASCII: the names of the library are.
    let synced = |name: &str| {
        nth(&|line| {
            line.contains("fsync(") && line.split('>').next().is_some_and(|line| line.ends_with(name))
        })
    };
    let mut count = 0;
    for original in walk(&there.join("photos")) {
        let name = original.strip_prefix(&there).unwrap();
        let (name, parent) = (
            name.display().to_string(),
            name.parent().unwrap().display().to_string(),
        );
        let bytes = synced(&format!("/{name}")).unwrap_or_else(|| panic!("{name} is synced"));
        let folder = synced(&format!("/{parent}")).unwrap_or_else(|| panic!("{parent} is synced"));
        assert!(bytes < ready && folder < ready, "{name}");
        count += 1;
    }
    assert_eq!(count, 4, "two originals and two thumbnails");
    assert!(
        synced("/caoben.db").is_some_and(|at| at < ready),
        "the database is synced"
    );
    assert!(ready < moved && moved < said);
    let folders = lines.iter().enumerate().filter(|(at, line)| {
        *at > moved && *at < said && line.contains("fsync(") && !line.contains(".caoben-restore-")
    });
    assert!(
        folders.count() >= 2,
        "the folder and the one it lies in, after the last move and before the word"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_bundle_exported_again_is_never_without_one_under_its_name() {
    let (caoben, _) = with_photos();
    let post = caoben.ok(&["post", "new", "--title", "标题", "--photo", "1"])["id"].to_string();
    let channel = caoben.ok(&["channel", "add", "--platform", "weibo", "--name", "微博"])["id"].to_string();
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
        "--override",
        "测试",
    ];
    let first = caoben.ok(&export);
    let dir = PathBuf::from(first["bundles"][0]["dir"].as_str().unwrap());
    let calls = "rename,renameat,renameat2,unlink,unlinkat,rmdir";
    for nth in 1..40 {
        // The title stays: the folder is called by it.
        let body = caoben.file("稿.md", format!("第 {nth} 稿，写得更清楚了。").into_bytes());
        caoben.ok(&["post", "set", &post, "--file", body.to_str().unwrap()]);
        let inject = format!("inject={calls}:signal=KILL:when={nth}");
        let trace = format!("trace={calls}");
        let Some((output, _)) = traced(&caoben, &["-e", &trace, "-e", &inject], &export) else {
            return;
        };
        // Whatever it was killed at: one lies there, whole, and its manifest says so.
        let manifest: serde_json::Value =
            serde_json::from_slice(&std::fs::read(dir.join("manifest.json")).expect("one under its name"))
                .unwrap();
        for file in manifest["files"].as_array().unwrap() {
            let bytes = std::fs::metadata(dir.join(file["path"].as_str().unwrap()))
                .unwrap()
                .len();
            assert_eq!(bytes, file["bytes"].as_u64().unwrap());
        }
        if output.status.success() {
            break;
        }
        assert_ne!(nth, 39, "it gets through in the end");
    }
    caoben.ok(&["product", "list"]);
    let hidden = std::fs::read_dir(&out).unwrap().flatten();
    let hidden: Vec<_> = hidden
        .map(|entry| entry.file_name())
        .filter(|name| name.to_string_lossy().starts_with('.'))
        .collect();
    assert!(hidden.is_empty(), "what the killed ones left is gone: {hidden:?}");
}

#[cfg(target_os = "linux")]
fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .collect()
}
