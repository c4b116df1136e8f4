//! The shop verbs of the command line, on computers in other zones than the shop's.

use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    sync::{AT, Place, bought},
    woo::{KEY, Refund},
};

/// The binary over a new workspace, on a computer in a zone.
struct Computer {
    folder: TempDir,
    zone: &'static str,
}

impl Computer {
    async fn in_zone(zone: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let computer = Self { folder, zone };
        let workspace = computer.workspace();
        let made = computer.run(&["workspace", "create", &workspace]).await;
        assert_eq!(made.0, 0, "{}", made.2);
        computer
    }

    fn workspace(&self) -> String {
        self.folder.path().join("草本").to_str().unwrap().to_owned()
    }

    /// Exit code, standard output and standard error.
    async fn run(&self, args: &[&str]) -> (i32, String, String) {
        let binary = std::env::current_exe().unwrap();
        let binary = binary.parent().unwrap().parent().unwrap();
        let binary = binary.join(format!("caoben{}", std::env::consts::EXE_SUFFIX));
        assert!(binary.exists(), "run `cargo build --workspace` first");
        let mut command = Command::new(binary);
        command
            .args(args)
            .env("CAOBEN_WORKSPACE", self.workspace())
            .env("TZ", self.zone)
            .env("CAOBEN_TEST_KEY", KEY.0)
            .env("CAOBEN_TEST_SECRET", KEY.1)
            .env("CAOBEN_TEST_WRONG", "cs_wrong")
            .stdin(Stdio::null());
        let output = tokio::task::spawn_blocking(move || command.output().unwrap())
            .await
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    }

    async fn json(&self, args: &[&str]) -> Value {
        let (code, out, err) = self.run(&[&["--json"], args].concat()).await;
        assert_eq!(code, 0, "{args:?}: {out} {err}");
        serde_json::from_str(&out).unwrap()
    }

    async fn add(&self, url: &str, secret: &str) -> (i32, String, String) {
        let args = ["shop", "add", "woocommerce", "--name", "小鹿的店", "--url", url];
        let keys = ["--key-env", "CAOBEN_TEST_KEY", "--secret-env", secret];
        self.run(&[&args[..], &keys[..]].concat()).await
    }
}

#[tokio::test]
async fn a_computer_in_another_zone_than_the_shop_sees_every_change() {
    for (computer, shop) in [
        ("Pacific/Kiritimati", "America/Los_Angeles"),
        ("America/St_Johns", "Asia/Kolkata"),
        ("Asia/Shanghai", "UTC"),
        ("UTC", "Asia/Shanghai"),
    ] {
        let here = Computer::in_zone(computer).await;
        let hpos = shop == "UTC";
        let site = Place { zone: shop, hpos }.open().await;
        let now = jiff::Timestamp::now().as_second();
        let ids: Vec<u64> = (0..130)
            .map(|n| site.with().order(&bought(now - 6_000 + n * 40)))
            .collect();
        let (code, _, said) = here.add(site.url(), "CAOBEN_TEST_SECRET").await;
        assert_eq!(code, 0, "{said}");
        assert_eq!(here.json(&["shop", "sync"]).await["shops"][0]["new"], 130);
        {
            let mut site = site.with();
            site.order(&bought(now - 30));
            site.set_status(ids[1], "trash", now - 29);
            let refund = Refund {
                at: now - 28,
                amount: 8_900,
                ..Refund::default()
            };
            site.refund(ids[2], &refund);
            site.erase(ids[3]);
        }
        let done = here.json(&["shop", "sync"]).await["shops"][0].clone();
        for (what, count) in [("new", 1), ("updated", 2), ("refunds", 1), ("erased", 1)] {
            assert_eq!(done[what], count, "{computer} reads {shop}: {what} in {done}");
        }
        let shop = &here.json(&["shop", "list"]).await[0];
        assert_eq!(shop["orders"], 131);
        assert_eq!(shop["last_run"]["erased"], 1);
    }
}

#[tokio::test]
async fn the_verbs_speak_chinese_and_keep_nothing_that_does_not_open() {
    let here = Computer::in_zone("Asia/Shanghai").await;
    let site = Place {
        zone: "Asia/Shanghai",
        hpos: false,
    }
    .open()
    .await;
    let id = site.with().order(&bought(AT));
    let (code, out, said) = here.add(site.url(), "CAOBEN_TEST_WRONG").await;
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(said.contains("正在试着连接") && said.contains("密钥"), "{said}");
    assert!(here.json(&["shop", "list"]).await.as_array().unwrap().is_empty());

    assert_eq!(here.add(site.url(), "CAOBEN_TEST_SECRET").await.0, 0);
    let (_, out, _) = here.run(&["shop", "list"]).await;
    assert!(out.contains("还没有同步过"), "{out}");
    let (_, out, _) = here.run(&["shop", "sync"]).await;
    assert_eq!(
        out.trim(),
        "小鹿的店：新 1 单，更新 0 单，没变 0 单，退款变了 0 单"
    );
    site.with().erase(id);
    let (_, out, _) = here.run(&["shop", "sync", "--full"]).await;
    assert!(out.contains("店铺里已删除 1 单（不再计入）"), "{out}");
    let (_, out, _) = here.run(&["shop", "list"]).await;
    assert!(
        out.contains("走完了：") && out.contains("店铺里已删除 1 单"),
        "{out}"
    );

    let (code, _, said) = here
        .run(&["shop", "edit", "1", "--secret-env", "CAOBEN_TEST_WRONG"])
        .await;
    assert_eq!(code, 1, "{said}");
    assert_eq!(
        here.json(&["shop", "try", "1"]).await["orders"],
        0,
        "it was not saved"
    );
    let renamed = here.json(&["shop", "edit", "1", "--name", "新店"]).await;
    assert_eq!(renamed["name"], "新店");
    let wrong = [
        "shop",
        "edit",
        "1",
        "--secret-env",
        "CAOBEN_TEST_WRONG",
        "--untried",
    ];
    here.json(&wrong).await;
    let (code, out, _) = here.run(&["shop", "sync"]).await;
    assert_eq!(code, 4);
    assert!(out.contains("没走完") && out.contains("密钥"), "{out}");
    let (_, out, _) = here.run(&["shop", "list"]).await;
    assert!(out.contains("没走完"), "{out}");
}
