//! The key of buyers with a real key store: gnome-keyring on a bus of its own, which `cargo xtask setup` looks for.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use caoben::workspace;
use serde_json::Value;
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};

use crate::program::{Program, binary};

/// A computer: its key store is a folder.
struct Computer<'a> {
    keys: PathBuf,
    workspace: &'a Path,
}

impl<'a> Computer<'a> {
    fn new(caoben: &Program, workspace: &'a Path, name: &str) -> Self {
        let keys = caoben.folder().join(name);
        std::fs::create_dir_all(&keys).unwrap();
        Self { keys, workspace }
    }

    /// Somebody logs in, runs one verb, and logs out.
    fn run(&self, args: &[&str], env: &[(&str, &str)]) -> (i32, Value, String) {
        let script = r#"printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$0" "$@""#;
        let out = Command::new("dbus-run-session")
            .args(["--", "sh", "-c", script])
            .arg(binary())
            .args(["--json", "--workspace"])
            .arg(self.workspace)
            .args(args)
            .env("XDG_DATA_HOME", &self.keys)
            .env("XDG_RUNTIME_DIR", &self.keys)
            .env("HOME", &self.keys)
            .env("TZ", "Asia/Shanghai")
            .env_remove("CAOBEN_WORKSPACE")
            .env_remove("CAOBEN_BUYER_KEY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .envs(env.iter().copied())
            .output()
            .expect("dbus-run-session: cargo xtask setup installs it");
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        let json = serde_json::from_slice(&out.stdout).unwrap_or(Value::Null);
        (out.status.code().unwrap(), json, said)
    }

    fn ok(&self, args: &[&str]) -> Value {
        let (code, json, said) = self.run(args, &[]);
        assert_eq!(code, 0, "{args:?}: {said} {json}");
        json
    }

    /// The hash that a buyer of this name gets here.
    fn hash(&self, product: &str, text: &str) -> String {
        let args = [
            "review",
            "add",
            "--product",
            product,
            "--buyer",
            "13800138000",
            "--text",
            text,
        ];
        self.ok(&args)["buyer"].as_str().unwrap().to_owned()
    }
}

/// Whether a word stands in any file of a folder.
fn stands_in(folder: &Path, word: &str) -> bool {
    std::fs::read_dir(folder).unwrap().flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return stands_in(&path, word);
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        bytes.windows(word.len()).any(|part| part == word.as_bytes())
    })
}

#[test]
fn the_key_lies_in_the_key_store_and_its_code_carries_it_to_another_computer() {
    let caoben = Program::new();
    let product = caoben.ok(&["product", "add", "--name", "防晒"])["id"].to_string();
    let folder = caoben.workspace();
    let home = Computer::new(&caoben, &folder, "家里");
    let first = home.hash(&product, "好用");
    assert_eq!(home.ok(&["buyer", "status"])["place"], "key_store");
    assert_eq!(home.hash(&product, "还行"), first, "another day, the same buyer");
    let code = home.ok(&["buyer", "code"])["code"].as_str().unwrap().to_owned();
    for word in [&code, &code.replace('-', ""), "13800138000"] {
        assert!(!stands_in(&folder, word), "{word} is in the workspace");
    }

    let laptop = Computer::new(&caoben, &folder, "笔记本");
    let status = laptop.ok(&["buyer", "status"]);
    assert_eq!(status["place"], "missing");
    assert!(
        status["message"]
            .as_str()
            .unwrap()
            .contains("已有的买家照旧，新来的从头认起"),
        "{status}"
    );
    let anew = laptop.hash(&product, "很好");
    assert_ne!(anew, first);
    let (wrong, answer, _) = laptop.run(
        &["buyer", "recover", "--code-env", "CODE"],
        &[("CODE", "0000-0000")],
    );
    assert_eq!((wrong, &answer["error"]["code"]), (1, &"invalid".into()));
    let (done, answer, said) = laptop.run(&["buyer", "recover", "--code-env", "CODE"], &[("CODE", &code)]);
    assert_eq!((done, &answer["place"]), (0, &"key_store".into()), "{said}");
    assert_eq!(laptop.hash(&product, "回购了"), first, "known again");
}

#[tokio::test]
async fn a_key_of_before_moves_out_of_the_database_and_of_the_copies_beside_it() {
    let caoben = Program::new();
    let product = caoben.ok(&["product", "add", "--name", "防晒"])["id"].to_string();
    let folder = caoben.workspace();
    let old = "[9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9,9]";
    let mut file = SqliteConnectOptions::new()
        .filename(folder.join("caoben.db"))
        .connect()
        .await
        .unwrap();
    sqlx::query("INSERT INTO setting (key, value) VALUES ('buyer_salt', ?)")
        .bind(old)
        .execute(&mut file)
        .await
        .unwrap();
    file.close().await.unwrap();
    let copy = folder.join("backups/caoben-20261122090900-2026-11-23.db");
    std::fs::copy(folder.join("caoben.db"), &copy).unwrap();
    assert!(stands_in(&folder, old));

    // Without a key store nothing is lost.
    let before = caoben.ok(&["buyer", "status"]);
    assert_eq!(before["place"], "database", "{before}");
    let args = [
        "review",
        "add",
        "--product",
        &product,
        "--buyer",
        "13800138000",
        "--text",
        "好用",
    ];
    let known = caoben.ok(&args)["buyer"].as_str().unwrap().to_owned();

    let home = Computer::new(&caoben, &folder, "家里");
    assert_eq!(
        home.hash(&product, "还行"),
        known,
        "known buyers stay who they are"
    );
    assert_eq!(home.ok(&["buyer", "status"])["place"], "key_store");
    assert!(!stands_in(&folder, old), "whoever copies the folder has no key");
    let db = workspace::open(&folder, "2026-12-01".parse().unwrap())
        .await
        .unwrap();
    db.close().await;
}
