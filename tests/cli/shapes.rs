//! The JSON shapes that scripts rely on: every field of the contract is there, with the right kind of value.

use serde_json::Value;

use crate::program::{Program, jpeg};

#[track_caller]
fn has(value: &Value, fields: &[&str]) {
    let object = value
        .as_object()
        .unwrap_or_else(|| panic!("not an object: {value}"));
    for field in fields {
        assert!(object.contains_key(*field), "`{field}` is missing in {value}");
    }
}

#[test]
fn every_noun_prints_what_the_contract_promises() {
    let caoben = Program::new();
    let add = [
        "product",
        "add",
        "--name",
        "云感防晒乳",
        "--brand",
        "浮岚",
        "--category",
        "防晒",
    ];
    let more = [
        "--price",
        "129.00",
        "--url",
        "https://shop.example/p/1",
        "--sku",
        "小店:SUN-B",
    ];
    let product = caoben.ok(&[&add[..], &more[..]].concat());
    has(
        &product,
        &[
            "id", "name", "brand", "category", "price", "currency", "stage", "skus",
        ],
    );
    assert_eq!(
        (product["price"].as_i64(), product["currency"].as_str()),
        (Some(12_900), Some("CNY")),
        "minor units"
    );
    assert_eq!(product["skus"][0]["shop"], "小店");
    let id = product["id"].to_string();
    caoben.ok(&[
        "product", "price", "add", &id, "--amount", "119", "--kind", "promo", "--where", "官网",
    ]);

    let file = caoben.file("一.jpg", jpeg(1));
    let path = file.to_str().unwrap();
    let imported = caoben.ok(&["photo", "import", path, "--product", &id]);
    let photo = &imported["imported"][0];
    has(
        photo,
        &[
            "id", "hash", "width", "height", "format", "taken_at", "camera", "source", "has_gps", "product",
            "trial",
        ],
    );
    assert_eq!(
        (photo["width"].as_i64(), photo["height"].as_i64()),
        (Some(320), Some(240))
    );
    let again = caoben.ok(&["photo", "import", path]);
    assert_eq!(again["imported"].as_array().unwrap().len(), 0);
    assert_eq!(
        again["duplicates"][0]["id"], photo["id"],
        "the same bytes are the same photo"
    );

    let trial = caoben.ok(&[
        "trial",
        "start",
        "--product",
        &id,
        "--acquired",
        "bought",
        "--on",
        "2026-11-01",
    ]);
    let number = trial["id"].to_string();
    let shot = photo["id"].to_string();
    caoben.ok(&[
        "trial",
        "log",
        &number,
        "--on",
        "2026-11-02",
        "--text",
        "没有泛红",
        "--photo",
        &shot,
        "--rating",
        "控油=3",
    ]);
    caoben.ok(&["trial", "shortcoming", &number, "--text", "会搓泥"]);
    let trial = caoben.ok(&[
        "trial",
        "finish",
        &number,
        "--verdict",
        "mixed",
        "--on",
        "2026-11-20",
    ]);
    has(
        &trial,
        &[
            "id",
            "product",
            "acquired",
            "started_on",
            "finished_on",
            "verdict",
            "days",
            "shortcomings",
        ],
    );
    assert_eq!(trial["days"][0]["on"], "2026-11-02");
    assert_eq!(trial["days"][0]["photos"][0], photo["id"]);
    assert_eq!(trial["shortcomings"][0], "会搓泥");

    let review = caoben.ok(&[
        "review",
        "add",
        "--product",
        &id,
        "--text",
        "好用",
        "--rating",
        "5",
        "--buyer",
        "13800000000",
    ]);
    has(
        &review,
        &["id", "product", "rating", "text", "reasons", "own", "consent"],
    );
    assert_eq!(review["own"], false);
    assert!(
        !review.to_string().contains("13800000000"),
        "a phone is never kept"
    );

    let rules = caoben.ok(&["channel", "rules", "xiaohongshu"]);
    assert!(
        rules["limits"]
            .as_array()
            .unwrap()
            .iter()
            .all(|limit| !limit["source"].as_str().unwrap().is_empty())
    );
    let channel = caoben.ok(&["channel", "add", "--platform", "weibo", "--name", "微博 · 小鹿"]);
    has(&channel, &["id", "platform", "name"]);
    let channel = channel["id"].to_string();

    let draft = caoben.file(
        "草稿.md",
        format!("用了**三周**。\n\n![第 2 天](photo:{shot})\n\n[看这里](link:{id})\n\n#真实测评\n"),
    );
    let new = [
        "post",
        "new",
        "--title",
        "通勤防晒",
        "--file",
        draft.to_str().unwrap(),
    ];
    let post = caoben.ok(&[&new[..], &["--product", &id, "--photo", &shot]].concat());
    has(&post, &["id", "title", "products", "photos", "updated_at"]);
    let post = post["id"].to_string();

    let link = caoben.ok(&[
        "link",
        "create",
        "--post",
        &post,
        "--channel",
        &channel,
        "--product",
        &id,
    ]);
    has(
        &link,
        &[
            "id", "code", "kind", "url", "coupon", "post", "channel", "product",
        ],
    );
    let code = link["code"].as_str().unwrap();
    assert!(
        link["url"]
            .as_str()
            .unwrap()
            .contains(&format!("utm_content={code}")),
        "{link}"
    );

    let rendered = caoben.ok(&["post", "render", &post, "--channel", &channel]);
    has(&rendered, &["post", "channel", "title", "body", "tags", "html"]);
    assert!(
        rendered["body"].as_str().unwrap().contains(code),
        "the link stands in the text where the platform takes it"
    );
    assert_eq!(rendered["html"], Value::Null);
    let checked = caoben.run(&["post", "check", &post, "--channel", &channel]).json;
    has(&checked["counts"][0], &["field", "count", "limit", "unit"]);
    for finding in checked["findings"].as_array().unwrap() {
        has(
            finding,
            &[
                "rule", "severity", "field", "start", "end", "message", "reason", "source", "fix",
            ],
        );
    }

    let out = caoben.folder().join("出");
    let exported = caoben
        .run(&[
            "bundle",
            "export",
            "--post",
            &post,
            "--channel",
            &channel,
            "--out",
            out.to_str().unwrap(),
        ])
        .json;
    let bundle = &exported["bundles"][0];
    has(bundle, &["channel", "dir", "files", "findings"]);
    has(&bundle["files"][0], &["path", "sha256", "bytes"]);
    for file in bundle["files"].as_array().unwrap() {
        let path = std::path::Path::new(bundle["dir"].as_str().unwrap()).join(file["path"].as_str().unwrap());
        assert_eq!(
            std::fs::metadata(path).unwrap().len(),
            file["bytes"].as_u64().unwrap()
        );
    }
    let publication = [
        "publication",
        "add",
        "--post",
        &post,
        "--channel",
        &channel,
        "--at",
        "2026-11-21T10:00:00+08:00",
    ];
    assert_eq!(caoben.ok(&publication)["at"], "2026-11-21T10:00:00+08:00");
    let found = caoben.ok(&["search", "泛红"]);
    has(&found[0], &["noun", "id", "title", "snippet", "score"]);
    assert_eq!(found[0]["noun"], "trial");
    let report = caoben.ok(&["report", "posts", "--from", "2026-11-01"]);
    has(
        &report,
        &["as_of", "from", "to", "model", "rows", "unknown", "totals"],
    );
    assert_eq!(
        (&report["rows"], &report["totals"], &report["unknown"]["orders"]),
        (
            &Value::Array(Vec::new()),
            &Value::Array(Vec::new()),
            &Value::from(0)
        ),
        "no orders, no figures"
    );
    assert_eq!(
        (&report["from"], &report["to"], &report["model"]),
        (&Value::from("2026-11-01"), &Value::Null, &Value::from("last")),
        "a report says what it was asked"
    );
}

#[test]
fn text_for_people_goes_to_stdout_without_json() {
    let caoben = Program::new();
    let workspace = caoben.workspace();
    let output = caoben.bare(&[
        "--workspace",
        workspace.to_str().unwrap(),
        "product",
        "add",
        "--name",
        "'; DROP TABLE product;--",
    ]);
    assert!(output.status.success());
    let list = caoben.ok(&["product", "list"]);
    assert_eq!(list[0]["name"], "'; DROP TABLE product;--", "a name is a name");
}
