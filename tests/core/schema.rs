//! The schema as it is, held against a golden file: a column changes only where somebody looks.

use sqlx::{ConnectOptions, Connection};

use crate::support;

#[tokio::test]
async fn the_schema_is_the_golden_one_and_strict() {
    let (_folder, db) = support::workspace().await;
    let file = db.path("caoben.db");
    db.close().await;
    let mut conn = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(file)
        .connect()
        .await
        .unwrap();
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT name, sql FROM sqlite_schema
         WHERE sql IS NOT NULL AND name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
           AND name NOT LIKE 'search\\_pair\\_%' ESCAPE '\\'
         ORDER BY name",
    )
    .fetch_all(&mut conn)
    .await
    .unwrap();
    conn.close().await.unwrap();
    for (name, sql) in &rows {
        if sql.starts_with("CREATE TABLE") {
            assert!(
                sql.rsplit(')').next().is_some_and(|tail| tail.contains("STRICT")),
                "table {name} is not STRICT"
            );
        }
    }
    let dump: String = rows
        .iter()
        .map(|(_, sql)| format!("{};\n\n", sql.replace("\r\n", "\n")))
        .collect();
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/schema.sql");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(golden.parent().unwrap()).unwrap();
        std::fs::write(&golden, &dump).unwrap();
    }
    let known = std::fs::read_to_string(&golden)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert!(
        known == dump,
        "the schema differs from tests/golden/schema.sql; look, then run with UPDATE_GOLDEN=1"
    );
}
