//! Workspace 工作区: one folder, one process, nothing lost.

use caoben::{Code, workspace};

use crate::support;

#[tokio::test]
async fn a_new_workspace_has_its_folders_and_opens_again() {
    let (folder, db) = support::workspace().await;
    let home = db.folder().to_owned();
    for inside in ["caoben.db", "photos", "bundles", "backups"] {
        assert!(home.join(inside).exists(), "{inside} belongs to a workspace");
    }
    workspace::set_setting(&db, "look.theme", "\"dark\"")
        .await
        .unwrap();
    db.close().await;
    drop(db);
    let again = workspace::open(&home, support::at("2026-11-02")).await.unwrap();
    assert_eq!(
        workspace::setting(&again, "look.theme").await.unwrap().as_deref(),
        Some("\"dark\"")
    );
    assert_eq!(workspace::setting(&again, "never.set").await.unwrap(), None);
    drop(folder);
}

#[tokio::test]
async fn the_second_opener_is_told_to_close_the_first() {
    let (_folder, db) = support::workspace().await;
    let error = workspace::open(db.folder(), support::at("2026-11-02"))
        .await
        .err()
        .expect("refused");
    assert_eq!(error.code, Code::Busy);
    assert!(
        error.message.contains("关闭"),
        "the sentence says what to do: {}",
        error.message
    );
}
