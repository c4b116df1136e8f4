//! Lists are narrowed as the window narrows them, and what is wrong is refused before anything is asked.

use serde_json::Value;

use crate::program::{Program, jpeg};

fn ids(list: &Value) -> Vec<i64> {
    let list = list.as_array().unwrap();
    let mut ids: Vec<i64> = list.iter().map(|one| one["id"].as_i64().unwrap()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn photos_are_listed_by_stars_pick_day_use_kind_and_words() {
    let caoben = Program::new();
    let mut photos = Vec::new();
    for shade in 1..=4 {
        let file = caoben.file(&format!("{shade}.jpg"), jpeg(shade));
        let done = caoben.ok(&["photo", "import", file.to_str().unwrap()]);
        photos.push(done["imported"][0]["id"].as_i64().unwrap());
    }
    let [one, two, three, four] = photos[..] else {
        panic!("four photos")
    };
    let name = |id: i64| id.to_string();
    caoben.ok(&["photo", "edit", &name(one), &name(two), "--rating", "4"]);
    caoben.ok(&[
        "photo",
        "edit",
        &name(two),
        "--pick",
        "picked",
        "--caption",
        "窗边 100%",
    ]);
    caoben.ok(&[
        "photo",
        "edit",
        &name(three),
        "--pick",
        "rejected",
        "--source",
        "brand",
    ]);
    let product = caoben.ok(&["product", "add", "--name", "防晒"])["id"].to_string();
    caoben.ok(&["photo", "edit", &name(one), "--product", &product]);
    caoben.ok(&["post", "new", "--title", "七天", "--photo", &name(one)]);
    caoben.ok(&["photo", "remove", &name(four)]);

    let list = |flags: &[&str]| ids(&caoben.ok(&[&["photo", "list"][..], flags].concat()));
    // The program's own clock: the test may run in another time zone.
    let came_in = caoben.ok(&["photo", "show", &name(one)])["created_at"].to_string();
    let today: String = came_in.chars().skip(1).take(10).collect();
    assert_eq!(list(&[]), [one, two, three]);
    assert_eq!(list(&["--rating", "3"]), [one, two]);
    assert_eq!(list(&["--rating", "5"]), [0_i64; 0]);
    assert_eq!(list(&["--pick", "picked"]), [two]);
    assert_eq!(list(&["--pick", "rejected"]), [three]);
    assert_eq!(list(&["--pick", "none"]), [one]);
    assert_eq!(list(&["--used"]), [one]);
    assert_eq!(list(&["--unused"]), [two, three]);
    assert_eq!(list(&["--unfiled"]), [two, three]);
    assert_eq!(
        list(&["--text", "100%"]),
        [two],
        "a sign of LIKE is a letter here"
    );
    assert_eq!(list(&["--source", "brand", "--kind", "picture"]), [three]);
    assert_eq!(list(&["--kind", "clip"]), [0_i64; 0]);
    assert_eq!(list(&["--camera", "没有这台"]), [0_i64; 0]);
    assert_eq!(
        list(&["--day", &today]),
        [one, two, three],
        "without a time of its own, the day it came in"
    );
    assert_eq!(list(&["--day", "2020-01-01"]), [0_i64; 0]);
    assert_eq!(list(&["--from", "2020-01-01", "--to", &today]), [one, two, three]);
    assert_eq!(list(&["--to", "2020-01-01"]), [0_i64; 0]);
    assert_eq!(list(&["--trashed"]), [four]);
    assert_eq!(list(&["--limit", "2"]).len(), 2);
    for wrong in [
        &["--rating", "6"][..],
        &["--pick", "yes"],
        &["--day", "昨天"],
        &["--used", "--unused"],
        &["--day", &today, "--from", &today],
    ] {
        let said = caoben.bare(&[&["photo", "list"][..], wrong].concat());
        assert_eq!(said.status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn reviews_are_listed_by_reason_consent_and_trash() {
    let caoben = Program::new();
    let product = caoben.ok(&["product", "add", "--name", "防晒"])["id"].to_string();
    let add = |text: &str, more: &[&str]| {
        let said = [
            "review",
            "add",
            "--product",
            &product,
            "--text",
            text,
            "--buyer",
            text,
        ];
        caoben.ok(&[&said[..], more].concat())["id"].as_i64().unwrap()
    };
    let cheap = add("便宜好用", &["--consent"]);
    let plain = add("一般", &[]);
    let lost = add("广告", &[]);
    caoben.ok(&["review", "remove", &lost.to_string()]);
    let list = |flags: &[&str]| ids(&caoben.ok(&[&["review", "list"][..], flags].concat()));
    assert_eq!(list(&[]), [cheap, plain]);
    assert_eq!(list(&["--reason", "便宜"]), [cheap], "read from the words");
    assert_eq!(list(&["--consent"]), [cheap]);
    assert_eq!(list(&["--photos"]), [0_i64; 0]);
    assert_eq!(list(&["--trashed"]), [lost]);
    assert_eq!(caoben.ok(&["review", "empty"])["emptied"], 1);
    assert_eq!(list(&["--trashed"]), [0_i64; 0]);
}

#[test]
fn what_a_filter_names_and_is_not_there_is_said_and_is_no_empty_list() {
    let caoben = Program::new();
    for list in [
        "order list --post",
        "order list --channel",
        "order list --product",
        "order list --shop",
        "link list --post",
        "link list --channel",
        "link list --product",
        "bundle list --post",
        "publication list --post",
        "trial list --product",
        "review list --product",
        "review summary --product",
        "photo list --product",
        "photo list --trial",
        "photo doubts --product",
        "photo doubts --trial",
    ] {
        let args: Vec<&str> = list.split(' ').chain(["999"]).collect();
        let said = caoben.run(&args);
        assert_eq!(
            (said.code, &said.json["error"]["code"]),
            (1, &"not_found".into()),
            "{list}"
        );
        assert!(said.stderr.contains("999"), "{list}: {}", said.stderr);
    }
    for list in ["order list", "photo list", "report posts"] {
        let days = ["--from", "2026-11-02", "--to", "2026-11-01"];
        let said = caoben.run(&[&list.split(' ').collect::<Vec<_>>()[..], &days].concat());
        assert_eq!(said.json["error"]["code"], "invalid", "{list}");
    }
}

#[test]
fn a_trial_says_what_is_rated_and_what_a_day_said_before() {
    let caoben = Program::new();
    let product = caoben.ok(&["product", "add", "--name", "防晒"])["id"].to_string();
    let begun = caoben.ok(&["trial", "start", "--product", &product, "--acquired", "bought"]);
    let (trial, today) = (begun["id"].to_string(), begun["started_on"].as_str().unwrap());
    let edited = caoben.ok(&["trial", "edit", &trial, "--scale", "控油", "--scale", "成膜"]);
    assert_eq!(edited["scales"], serde_json::json!(["控油", "成膜"]));
    for value in ["控油=4", "控油=2"] {
        caoben.ok(&[
            "trial", "log", &trial, "--on", today, "--text", "上脸", "--rating", value,
        ]);
    }
    let before = caoben.ok(&["trial", "history", &trial, "--on", today]);
    assert_eq!(
        before[0]["ratings"],
        serde_json::json!([{ "scale": "控油", "value": 4 }])
    );
    assert_eq!(before[0]["text"], "");
}

#[test]
fn a_day_and_a_verdict_keep_what_is_not_said_again() {
    let caoben = Program::new();
    let product = caoben.ok(&["product", "add", "--name", "云感防晒"])["id"].to_string();
    let begun = caoben.ok(&["trial", "start", "--product", &product, "--acquired", "gift"]);
    let (trial, today) = (begun["id"].to_string(), begun["started_on"].as_str().unwrap());
    let photo = caoben.file("一.jpg", jpeg(1));
    let photo = caoben.ok(&["photo", "import", photo.to_str().unwrap()])["imported"][0]["id"].to_string();
    let log = |rest: &[&str]| {
        let day = [&["trial", "log", &trial, "--on", today], rest].concat();
        caoben.ok(&day)["days"][0].clone()
    };
    log(&["--text", "上脸", "--rating", "控油=3", "--rating", "成膜=4"]);
    let day = log(&["--photo", &photo]);
    assert_eq!(
        (&day["text"], day["ratings"].as_array().unwrap().len()),
        (&"上脸".into(), 2)
    );
    let day = log(&["--rating", "控油=5"]);
    assert_eq!(day["text"], "上脸");
    assert_eq!(
        day["ratings"][0]["value"].as_i64().unwrap() + day["ratings"][1]["value"].as_i64().unwrap(),
        9
    );
    let day = log(&["--text", "不搓泥"]);
    assert_eq!(
        (&day["text"], day["ratings"].as_array().unwrap().len()),
        (&"不搓泥".into(), 2)
    );
    let day = log(&["--rating", "成膜=", "--rating", "控油="]);
    assert_eq!(
        (&day["text"], day["ratings"].as_array().unwrap().len()),
        (&"不搓泥".into(), 0)
    );
    let day = log(&["--text", "", "--photo", &photo]);
    assert_eq!(
        (&day["text"], &day["photos"][0].to_string()),
        (&"".into(), &photo),
        "said to be empty"
    );
    let twice = [
        "trial", "log", &trial, "--on", today, "--rating", "控油=5", "--rating", "控油=4",
    ];
    assert_eq!(caoben.run(&twice).code, 1);

    caoben.ok(&[
        "trial",
        "finish",
        &trial,
        "--verdict",
        "recommend",
        "--text",
        "值得",
    ]);
    let again = caoben.ok(&["trial", "finish", &trial, "--verdict", "mixed"]);
    assert_eq!(
        (&again["verdict"], &again["verdict_text"], &again["finished_on"]),
        (&"mixed".into(), &"值得".into(), &today.into())
    );
    assert!(
        caoben
            .ok(&["trial", "history", &trial])
            .as_array()
            .unwrap()
            .is_empty(),
        "the same sitting"
    );
    let shown = caoben.told(&["trial", "show", &trial]);
    for word in ["赠送", "看人", "值得", "结束"] {
        assert!(shown.contains(word), "{word} of {shown}");
    }
}

#[test]
fn a_pasted_text_is_shown_as_it_would_be_cut() {
    let caoben = Program::new();
    let product = caoben.ok(&["product", "add", "--name", "云感防晒"])["id"].to_string();
    let text = caoben.file(
        "评论.txt",
        "小美爱吃\n很好用，回购了\n昨天 21:30 上海 回复\n\n大壮\n洗完紧绷\n今天 10:21 江苏 回复",
    );
    let text = text.to_str().unwrap();
    let shown = caoben.told(&[
        "review",
        "import",
        text,
        "--product",
        &product,
        "--text",
        "--dry-run",
    ]);
    for word in ["小美爱吃", "很好用，回购了", "大壮", "洗完紧绷", "会新增 2"] {
        assert!(shown.contains(word), "{word} of {shown}");
    }
    assert!(!shown.contains("还没有。") && !shown.contains("上海"), "{shown}");
    let half = caoben.file("半.csv", "评价,评分\n好用,4.5\n");
    let refused = caoben.run(&["review", "import", half.to_str().unwrap(), "--product", &product]);
    let reason = refused.json["refused"][0]["reason"].as_str().unwrap();
    assert!(
        reason.contains("改成整数") && !reason.contains("预览"),
        "{reason}"
    );
    let unknown = caoben.run(&["review", "empty", "999"]);
    assert_eq!(
        (unknown.code, &unknown.json["error"]["code"]),
        (1, &"not_found".into())
    );
}

#[test]
fn a_composition_is_drawn_with_its_notes_and_only_as_a_jpeg() {
    let caoben = Program::new();
    let body = caoben.file("正文.txt", "一句。");
    let out = caoben.folder().join("卡片.jpg");
    let draw = |out: &std::path::Path| {
        caoben.run(&[
            "composition",
            "render",
            "--template",
            "card-night",
            "--body",
            body.to_str().unwrap(),
            "--out",
            out.to_str().unwrap(),
        ])
    };
    let drawn = draw(&out);
    assert_eq!(drawn.code, 0, "{}", drawn.stderr);
    assert_eq!(drawn.json["files"][0], out.to_str().unwrap());
    assert!(drawn.json["notes"].is_array());
    let wrong = draw(&caoben.folder().join("卡片.png"));
    assert_eq!((wrong.code, &wrong.json["error"]["code"]), (1, &"invalid".into()));
}

#[test]
fn a_text_is_read_whatever_it_is_written_in_and_what_is_none_is_refused_untouched() {
    let caoben = Program::new();
    let post = caoben.ok(&["post", "new", "--title", "七天"])["id"].to_string();
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        let words = "会搓泥，等三分钟".encode_utf16().flat_map(bytes);
        mark.into_iter().chain(words).collect::<Vec<u8>>()
    };
    // 「会搓泥，等三分钟」, as the notepads of Chinese Windows wrote it.
    let gbk = b"\xBB\xE1\xB4\xEA\xC4\xE0\xA3\xAC\xB5\xC8\xC8\xFD\xB7\xD6\xD6\xD3".to_vec();
    for (name, bytes) in [
        ("gbk.md", gbk),
        ("le.md", utf16([0xFF, 0xFE], u16::to_le_bytes)),
        ("be.md", utf16([0xFE, 0xFF], u16::to_be_bytes)),
        ("mark.md", "\u{FEFF}会搓泥，等三分钟".as_bytes().to_vec()),
    ] {
        let file = caoben.file(name, bytes);
        let set = caoben.ok(&["post", "set", &post, "--file", file.to_str().unwrap()]);
        assert_eq!(set["body"], "会搓泥，等三分钟", "{name}");
    }
    for (name, bytes, word) in [
        ("zeros.md", vec![0; 64], "不是文字"),
        ("much.md", b"a".repeat((4 << 20) + 1), "超过 4 MB"),
    ] {
        let file = caoben.file(name, bytes);
        let said = caoben.run(&["post", "set", &post, "--file", file.to_str().unwrap()]);
        assert_eq!(said.code, 1, "{name}");
        assert!(said.stderr.contains(word), "{name}: {}", said.stderr);
    }
    assert_eq!(caoben.ok(&["post", "show", &post])["body"], "会搓泥，等三分钟");
}
