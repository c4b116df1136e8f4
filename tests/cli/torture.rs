//! A taste of `cargo xtask torture`: a disk that fails under a save. The whole of it takes many minutes and is run by hand.
#![cfg(target_os = "linux")]

use std::process::Command;

use crate::program::{Program, binary};

/// Runs the program with the `nth` of these calls failing; `None` where calls cannot be made to fail.
fn failing(
    caoben: &Program,
    calls: &str,
    error: &str,
    nth: u32,
    args: &[&str],
) -> Option<std::process::Output> {
    let traces = Command::new("strace").arg("true").output();
    if !traces.is_ok_and(|done| done.status.success()) {
        println!("skipped: no strace here, or it may not trace");
        return None;
    }
    let inject = format!("inject={calls}:error={error}:when={nth}");
    let workspace = caoben.workspace();
    let run = Command::new("strace")
        .args([
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            &format!("trace={calls}"),
            "-e",
            &inject,
        ])
        .arg(binary())
        .args(["--workspace", workspace.to_str().unwrap(), "--json"])
        .args(args)
        .env_remove("CAOBEN_WORKSPACE")
        .output()
        .unwrap();
    Some(run)
}

#[test]
fn a_disk_that_fails_under_a_save_is_said_in_words_and_what_is_said_to_be_saved_is() {
    let caoben = Program::new();
    for (calls, error) in [("fsync,fdatasync", "EIO"), ("pwrite64", "ENOSPC")] {
        for nth in [1, 2, 3, 11, 14] {
            let title = format!("{error} {nth}");
            let Some(output) = failing(&caoben, calls, error, nth, &["post", "new", "--title", &title])
            else {
                return;
            };
            let heard = String::from_utf8(output.stderr).unwrap();
            for raw in ["os error", "(code", "I/O error", "No space left", "panicked"] {
                assert!(!heard.contains(raw), "{title}: {heard}");
            }
            let checked = caoben.run(&["workspace", "check"]);
            assert_eq!(checked.code, 0, "{title}: {}", checked.json);
            let there = caoben.ok(&["post", "list"]).to_string().contains(&title);
            match output.status.code() {
                Some(0) => assert!(there, "{title} is said to be saved"),
                Some(1) => assert!(!heard.trim().is_empty(), "{title} failed without a word"),
                other => panic!("{title} ended with {other:?}: {heard}"),
            }
        }
    }
}
