//! What is tortured: how each piece of work is started, and how one sees that it was really done.

use std::path::Path;

use super::room::Room;
use crate::shell::{Outcome, at, root};

/// A piece of work.
pub struct Case {
    pub name: &'static str,
    /// What the room needs before.
    pub before: fn(&Room) -> Outcome,
    /// The words after `caoben --workspace … --json`.
    pub words: fn(&Room) -> Vec<String>,
    /// A sentence when the work, said to be done, is not.
    pub missing: fn(&Room) -> Outcome<Option<String>>,
}

fn nothing(_: &Room) -> Outcome {
    Ok(())
}

fn words(words: &[&str], paths: &[&Path]) -> Vec<String> {
    let paths = paths.iter().map(|path| path.to_string_lossy().into_owned());
    words.iter().map(|word| (*word).to_owned()).chain(paths).collect()
}

/// Files of the picture tests: two pictures, a film, and one that is kept as a file.
const PICTURES: [&str; 4] = ["lzw.tif", "palette.tif", "alpha.heic", "av1.mp4"];

pub const CASES: &[Case] = &[
    Case {
        name: "import",
        before: |room| {
            let fixtures = root().join("src-tauri/picture/tests/fixtures");
            let from = room.path("from");
            at(&from, std::fs::create_dir_all(&from))?;
            for name in PICTURES {
                at(&from, std::fs::copy(fixtures.join(name), from.join(name)))?;
            }
            Ok(())
        },
        words: |room| words(&["photo", "import"], &[&room.path("from")]),
        missing: |room| {
            let said = room.ask(&["photo", "list"])?;
            let count = said.matches("\"hash\"").count();
            let wanted = room.number("photos")? + PICTURES.len();
            Ok((count != wanted).then(|| format!("{count} photos instead of {wanted}")))
        },
    },
    Case {
        name: "orders",
        before: nothing,
        words: |_| {
            let file = root().join("tests/fixtures/order/xiaohongshu_qianfan.csv");
            words(&["order", "import"], &[&file])
        },
        missing: |room| {
            let count = room.ask(&["order", "list"])?.matches("\"number\"").count();
            let wanted = room.number("orders")?;
            Ok((count <= wanted).then(|| format!("{count} orders, and {wanted} were there before")))
        },
    },
    Case {
        name: "post",
        before: |room| {
            let file = room.path("draft.md");
            at(
                &file,
                std::fs::write(&file, "# 七天\n\n抗住了一场篮球赛 🏀，不搓泥。\n"),
            )
        },
        words: |room| {
            words(
                &["post", "new", "--title", "磨难", "--file"],
                &[&room.path("draft.md")],
            )
        },
        missing: |room| {
            let there = room.ask(&["post", "list"])?.contains("磨难");
            Ok((!there).then(|| "the post is not in the list".to_owned()))
        },
    },
    Case {
        name: "bundle",
        before: nothing,
        words: |room| {
            let export = [
                "bundle",
                "export",
                "--post",
                "1",
                "--channel",
                "1",
                "--override",
                "试试",
                "--out",
            ];
            words(&export, &[&room.path("out")])
        },
        missing: |room| {
            let (there, wanted) = (room.listing("out")?, room.kept("bundle")?);
            let only = |these: &str, those: &str| {
                let odd = these
                    .lines()
                    .filter(|line| !those.lines().any(|other| other == *line));
                odd.collect::<Vec<_>>().join(", ")
            };
            Ok((there != wanted).then(|| {
                let (lost, new) = (only(&wanted, &there), only(&there, &wanted));
                format!("the bundle lacks [{lost}] and has [{new}]")
            }))
        },
    },
    Case {
        name: "backup",
        before: nothing,
        words: |room| words(&["workspace", "backup"], &[&room.path("b.zip")]),
        missing: |room| {
            let (file, back) = (room.path("b.zip"), room.path("back"));
            if back.exists() {
                at(&back, std::fs::remove_dir_all(&back))?;
            }
            let file = file.to_string_lossy();
            let (code, said) = room.plain(&["workspace", "restore", &file, &back.to_string_lossy()])?;
            if code != 0 {
                return Ok(Some(format!("the backup cannot be restored: {said}")));
            }
            room.well(&back)
        },
    },
    Case {
        name: "restore",
        before: |room| {
            let zip = room.path("kept.zip");
            at(&zip, std::fs::copy(room.base_path("kept.zip"), &zip)).map(|_| ())
        },
        words: |room| {
            words(
                &["workspace", "restore"],
                &[&room.path("kept.zip"), &room.path("restored")],
            )
        },
        missing: |room| room.well(&room.path("restored")),
    },
];

impl Case {
    /// Restoring again into what is restored is refused, as it should be.
    pub fn again_is_refused(&self) -> bool {
        self.name == "restore"
    }
}
