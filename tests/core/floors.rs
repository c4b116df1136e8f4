//! Law 1: a module of the core names only modules listed before it in lib.rs.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

#[test]
fn a_module_names_only_modules_listed_before_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/core/src");
    let floors: Vec<String> = fs::read_to_string(src.join("lib.rs"))
        .unwrap()
        .lines()
        .filter_map(|line| {
            line.strip_prefix("pub mod ")?
                .strip_suffix(';')
                .map(str::to_owned)
        })
        .collect();
    let mut broken = Vec::new();
    for (floor, module) in floors.iter().enumerate() {
        for file in files(&src, module) {
            let depth = file.strip_prefix(&src).unwrap().iter().count();
            // A module's own file or mod.rs is one step under the crate; every other file of the room two.
            let steps = if depth == 1 || file.ends_with("mod.rs") {
                depth.max(2) - 1
            } else {
                depth
            };
            for named in named(&code(&fs::read_to_string(&file).unwrap()), steps) {
                if floors
                    .iter()
                    .position(|other| *other == named)
                    .is_some_and(|at| at > floor)
                {
                    let shown = file.strip_prefix(&src).unwrap().display().to_string();
                    broken.push(format!(
                        "{shown}: `{module}` names `{named}`, which stands above it in lib.rs"
                    ));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_reader_of_uses_sees_groups_and_steps_up() {
    let text = "use crate::{db::Db, error::{self, Result}, value::{Id, Noun}};\nfn f() { crate::post::get(); }\n\
        use super::super::link;\nuse super::super::{order::{A, B}, shop};\n// crate::comment\nlet s = crate::{x};";
    let seen: Vec<String> = named(&code(text), 2).into_iter().collect();
    assert_eq!(
        seen,
        ["db", "error", "link", "order", "post", "shop", "value", "x"]
    );
}

fn files(src: &Path, module: &str) -> Vec<PathBuf> {
    let mut found = vec![];
    let mut open = vec![src.join(format!("{module}.rs")), src.join(module)];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|kind| kind == "rs") && path.exists() {
            found.push(path);
        }
    }
    found
}

/// Without comments and white space.
fn code(text: &str) -> String {
    text.lines()
        .map(|line| line.split("//").next().unwrap_or(""))
        .flat_map(str::split_whitespace)
        .collect()
}

/// What follows `crate::` or as many `super::` as lead to the crate.
fn named(code: &str, steps: usize) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    for root in ["crate::".to_owned(), "super::".repeat(steps)] {
        for (at, _) in code.match_indices(&root) {
            let before = code[..at].chars().next_back();
            // `pub(crate)::` does not exist; `xcrate::` and longer chains of super are other paths.
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') && !code[..at].ends_with("use") {
                continue;
            }
            let rest = &code[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(group) => seen.extend(group_heads(group)),
                None => seen.extend(head(rest)),
            }
        }
    }
    seen
}

fn head(text: &str) -> Option<String> {
    let word: String = text
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    (!word.is_empty() && word != "super").then_some(word)
}

/// The first words of a group's parts, inner groups skipped.
fn group_heads(text: &str) -> Vec<String> {
    let (mut depth, mut start, mut heads) = (0, true, vec![]);
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            _ if start => {
                heads.extend(head(&text[at..]));
                start = false;
            }
            _ => {}
        }
    }
    heads
}
