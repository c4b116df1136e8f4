//! The key that keeps buyers unknown. The tests run where there is no key store; `tests/cli/buyer.rs` has a real one.

use caoben::{
    buyer::{self, KeyPlace, Salt},
    db::Db,
    error::Code,
    order::{self, SourceOrder},
    review::{self, NewReview},
    workspace,
};

use crate::{
    money::{id_of, paid, run, trade, write},
    support::{self, at},
};

/// What stands in the workspace's files.
fn has(db_file: &std::path::Path, word: &str) -> bool {
    ["", "-wal"].iter().any(|end| {
        let bytes = std::fs::read(format!("{}{end}", db_file.display())).unwrap_or_default();
        bytes.windows(word.len()).any(|part| part == word.as_bytes())
    })
}

/// A key as earlier versions kept it.
const OLD: &str = "[7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7]";

async fn as_before(db: &Db) {
    run(
        db,
        "DELETE FROM setting WHERE key IN ('buyer_keys', 'buyer_salt')",
    )
    .await;
    let mut tx = db.begin().await.unwrap();
    sqlx::query("INSERT INTO setting (key, value) VALUES ('buyer_salt', ?)")
        .bind(OLD)
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_new_workspace_never_has_its_key_in_the_database() {
    let (_folder, db) = support::workspace().await;
    assert_eq!(buyer::status(&db).await.unwrap().place, KeyPlace::None);
    assert_eq!(buyer::code(&db).await.unwrap_err().code, Code::NotFound);
    let salt = Salt::of(&db).await.unwrap();
    let place = buyer::status(&db).await.unwrap().place;
    let is_said = salt
        .notice
        .is_some_and(|notice| notice.contains("没有系统钥匙串"));
    assert!(
        place == KeyPlace::KeyStore || place == KeyPlace::Session && is_said,
        "said where there is no key store: {place:?}"
    );
    let code = buyer::code(&db).await.unwrap();
    assert_eq!(
        salt.hash("13800138000"),
        Salt::of(&db).await.unwrap().hash("138 0013-8000")
    );
    let file = db.path("caoben.db");
    db.close().await;
    let plain: String = code.chars().filter(|c| *c != '-').collect();
    assert!(!has(&file, &code) && !has(&file, &plain) && !has(&file, "buyer_salt"));
}

#[tokio::test]
async fn a_key_of_before_stays_until_its_code_is_written_down_and_known_buyers_stay_who_they_are() {
    let (_folder, db) = support::workspace().await;
    as_before(&db).await;
    buyer::settle(&db).await.unwrap();
    let place = buyer::status(&db).await.unwrap().place;
    assert!(
        matches!(place, KeyPlace::Database | KeyPlace::KeyStore),
        "nothing is lost where there is nowhere to move it: {place:?}"
    );
    let before = Salt::of(&db).await.unwrap().hash("13800138000");
    assert!(before.bytes().all(|b| b.is_ascii_hexdigit()), "as it always was");
    let code = buyer::code(&db).await.unwrap();
    if place == KeyPlace::Database {
        assert_eq!(buyer::release(&db).await.unwrap().place, KeyPlace::Session);
    }
    assert_eq!(Salt::of(&db).await.unwrap().hash("13800138000"), before);
    assert_eq!(buyer::release(&db).await.unwrap_err().code, Code::NotFound);
    let file = db.path("caoben.db");
    db.close().await;
    assert!(!has(&file, OLD), "it is nowhere in the file");
    assert!(!code.is_empty());
}

#[tokio::test]
async fn a_copy_without_the_key_begins_anew_says_so_and_the_code_brings_it_back() {
    let (folder, db) = support::workspace().await;
    let old = Salt::of(&db).await.unwrap().hash("13800138000");
    let code = buyer::code(&db).await.unwrap();
    // The same workspace on a computer that does not have the key: its name there is another one.
    run(
        &db,
        "UPDATE setting SET value = '\"elsewhere\"' WHERE key = 'workspace_id'",
    )
    .await;
    assert_eq!(buyer::status(&db).await.unwrap().place, KeyPlace::Missing);
    assert!(buyer::status(&db).await.unwrap().message.contains("恢复码"));
    let salt = Salt::of(&db).await.unwrap();
    let new = salt.hash("13800138000");
    assert_ne!(new, old, "nobody can tell that it is the same buyer");
    assert!(salt.is_of_another(&old) && !salt.is_of_another(&new));
    assert!(buyer::status(&db).await.unwrap().earlier);

    let strange = buyer::recover(&db, &"0".repeat(56)).await.unwrap_err();
    assert_eq!((strange.code, strange.field), (Code::Invalid, Some("code")));
    buyer::recover(&db, &code.to_lowercase().replace('-', " "))
        .await
        .unwrap();
    assert_eq!(Salt::of(&db).await.unwrap().hash("13800138000"), old);
    drop(folder);
}

#[tokio::test]
async fn the_code_of_another_workspace_is_refused() {
    let (_one, here) = support::workspace().await;
    let (_two, there) = support::workspace().await;
    for db in [&here, &there] {
        Salt::of(db).await.unwrap();
    }
    let error = buyer::recover(&here, &buyer::code(&there).await.unwrap())
        .await
        .unwrap_err();
    assert!(error.message.contains("不是这个工作区的"), "{error}");
}

#[tokio::test]
async fn an_order_told_again_with_another_key_changes_nothing_and_keeps_its_buyer() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let with = |hash: String| SourceOrder {
        buyer: Some(hash),
        ..paid("a")
    };
    let first = Salt::of(&db).await.unwrap().hash("li@qq.com");
    write(&db, &[with(first.clone())]).await;
    run(
        &db,
        "UPDATE setting SET value = '\"elsewhere\"' WHERE key = 'workspace_id'",
    )
    .await;
    let second = Salt::of(&db).await.unwrap().hash("li@qq.com");
    assert_ne!(first, second);
    let done = write(&db, &[with(second)]).await;
    assert_eq!((done.updated, done.unchanged), (0, 1));
    let id = id_of(&db, "a").await;
    let kept: Option<String> = sqlx::query_scalar(r#"SELECT buyer FROM "order" WHERE id = ?"#)
        .bind(id)
        .fetch_one(db.read())
        .await
        .unwrap();
    assert_eq!(kept, Some(first), "who is known stays who they are");
    assert!(order::get(&db, id).await.is_ok());
}

#[tokio::test]
async fn a_review_taken_in_again_with_another_key_is_no_second_one() {
    let (folder, db) = support::workspace().await;
    trade(&db).await;
    let file = folder.path().join("评价.csv");
    std::fs::write(
        &file,
        "买家ID,评价内容,评价时间\nlina,好用,2026-11-01\nwang,好用,2026-11-02\n",
    )
    .unwrap();
    let import = async || {
        review::import(
            &db,
            &file,
            1,
            None,
            &caoben::job::Job::silent(),
            at("2026-11-20 08:00"),
        )
        .await
        .unwrap()
    };
    assert_eq!(import().await.imported.len(), 2);
    run(
        &db,
        "UPDATE setting SET value = '\"elsewhere\"' WHERE key = 'workspace_id'",
    )
    .await;
    let again = import().await;
    assert_eq!(
        (again.imported.len(), again.duplicates.len()),
        (0, 2),
        "the same words of the same day"
    );
    let other = NewReview {
        product: 1,
        text: "还行".to_owned(),
        buyer: Some("lina".to_owned()),
        ..NewReview::default()
    };
    review::add(&db, other, at("2026-11-20 08:00")).await.unwrap();
}

#[tokio::test]
async fn what_is_known_of_the_keys_is_nobodys_to_read_or_write() {
    let (_folder, db) = support::workspace().await;
    Salt::of(&db).await.unwrap();
    for key in ["buyer_salt", "buyer_keys", "workspace_id"] {
        assert_eq!(
            workspace::setting(&db, key).await.unwrap_err().code,
            Code::Forbidden,
            "{key}"
        );
    }
}
