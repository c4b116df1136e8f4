//! Product 好物 and its price log.

use caoben::{
    Code,
    db::Db,
    job::Job,
    photo::{self, PhotoImport, Source},
    price::{self, NewPrice, PriceKind},
    product::{self, NewProduct, Product, ProductFilter, ProductPatch, Sku, Stage},
    value::Noun,
};

use crate::{
    photo::jpeg,
    support::{self, at},
};

async fn add(db: &Db, name: &str) -> Product {
    let input = NewProduct {
        name: name.to_owned(),
        ..NewProduct::default()
    };
    product::create(db, input, at("2026-11-01 10:00"))
        .await
        .expect("a product")
}

fn sku(shop: &str, sku: &str) -> Sku {
    Sku {
        shop: shop.to_owned(),
        sku: sku.to_owned(),
    }
}

#[tokio::test]
async fn a_name_is_kept_as_it_is_whatever_it_holds() {
    let (_folder, db) = support::workspace().await;
    for name in [
        "'; DROP TABLE product;--",
        "小金瓶 🧴👩‍👩‍👧 \"SPF50+\"",
        "100% _ \\ \u{202e}x",
        "{\"a\":[1]}",
    ] {
        let made = add(&db, name).await;
        assert_eq!(product::get(&db, made.id).await.unwrap().name, name);
        let hits = caoben::search::search(&db, name, &[], 10).await.unwrap();
        assert!(
            hits.iter().any(|hit| hit.id == made.id),
            "{name} is found by its name"
        );
    }
    assert_eq!(
        product::list(&db, &ProductFilter::default()).await.unwrap().len(),
        4
    );
    let text = "spf".to_owned();
    assert_eq!(
        product::list(&db, &ProductFilter { text, stage: None })
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn what_no_product_can_be_is_refused_with_its_field() {
    let (_folder, db) = support::workspace().await;
    let good = NewProduct {
        name: "好".to_owned(),
        ..NewProduct::default()
    };
    let bad = [
        (
            "name",
            NewProduct {
                name: "  ".to_owned(),
                ..good.clone()
            },
        ),
        (
            "price",
            NewProduct {
                price: Some(-1),
                ..good.clone()
            },
        ),
        (
            "currency",
            NewProduct {
                currency: "人民币".to_owned(),
                ..good.clone()
            },
        ),
        (
            "url",
            NewProduct {
                url: "javascript:alert(1)".to_owned(),
                ..good.clone()
            },
        ),
        (
            "skus",
            NewProduct {
                skus: vec![sku("", "1")],
                ..good.clone()
            },
        ),
    ];
    for (field, input) in bad {
        let error = product::create(&db, input, at("2026-11-01")).await.unwrap_err();
        assert_eq!((error.code, error.field), (Code::Invalid, Some(field)));
    }
    assert!(
        product::list(&db, &ProductFilter::default())
            .await
            .unwrap()
            .is_empty(),
        "nothing half-made stays"
    );
}

#[tokio::test]
async fn a_sku_belongs_to_one_product() {
    let (_folder, db) = support::workspace().await;
    let first = NewProduct {
        name: "甲".to_owned(),
        skus: vec![sku("店", "A1")],
        ..NewProduct::default()
    };
    product::create(&db, first.clone(), at("2026-11-01"))
        .await
        .unwrap();
    let second = NewProduct {
        name: "乙".to_owned(),
        ..first
    };
    let error = product::create(&db, second, at("2026-11-01")).await.unwrap_err();
    assert_eq!(error.code, Code::Conflict);
    assert!(
        error.message.contains("甲"),
        "it says whose it is: {}",
        error.message
    );
}

#[tokio::test]
async fn an_edit_changes_only_what_it_names() {
    let (_folder, db) = support::workspace().await;
    let input = NewProduct {
        name: "甲".to_owned(),
        price: Some(12_900),
        skus: vec![sku("店", "A1")],
        ..NewProduct::default()
    };
    let made = product::create(&db, input, at("2026-11-01")).await.unwrap();
    let patch = ProductPatch {
        brand: Some("牌".to_owned()),
        stage: Some(Stage::Retired),
        ..ProductPatch::default()
    };
    let edited = product::edit(&db, made.id, patch, at("2026-11-02"))
        .await
        .unwrap();
    assert_eq!(
        (edited.name.as_str(), edited.price, edited.skus.len()),
        ("甲", Some(12_900), 1)
    );
    assert_eq!((edited.brand.as_str(), edited.stage), ("牌", Stage::Retired));
    let patch = ProductPatch {
        price: Some(None),
        ..ProductPatch::default()
    };
    let emptied = product::edit(&db, made.id, patch, at("2026-11-02"))
        .await
        .unwrap();
    assert_eq!(emptied.price, None, "null takes the price away");
    let patch = ProductPatch {
        cover: Some(Some(99)),
        ..ProductPatch::default()
    };
    let error = product::edit(&db, made.id, patch, at("2026-11-02"))
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::NotFound, "a cover must be a photo");
}

#[tokio::test]
async fn the_price_log_is_added_to_and_holds_its_product() {
    let (_folder, db) = support::workspace().await;
    let made = add(&db, "甲").await;
    let see = |amount, day: &str| NewPrice {
        product: made.id,
        amount,
        currency: None,
        kind: PriceKind::Paid,
        seen_at: Some(at(day)),
        place: "门店".to_owned(),
        conditions: String::new(),
        photo: None,
    };
    let now = at("2026-11-10");
    price::add(&db, see(12_900, "2026-11-01"), now).await.unwrap();
    price::add(&db, see(9_900, "2026-11-05"), now).await.unwrap();
    let amounts: Vec<i64> = price::list(&db, made.id)
        .await
        .unwrap()
        .iter()
        .map(|p| p.amount)
        .collect();
    assert_eq!(amounts, [9_900, 12_900], "newest first");
    assert_eq!(
        price::add(&db, see(1, "2026-12-01"), now)
            .await
            .unwrap_err()
            .field,
        Some("seen_at")
    );
    assert_eq!(
        price::add(&db, see(-1, "2026-11-01"), now)
            .await
            .unwrap_err()
            .field,
        Some("amount")
    );
    let error = product::remove(&db, made.id).await.unwrap_err();
    assert_eq!(error.code, Code::Conflict);
    assert!(error.message.contains("2 条价格记录"), "{}", error.message);

    let log = price::list(&db, made.id).await.unwrap();
    price::withdraw(&db, log[0].id, now).await.unwrap();
    assert_eq!(
        price::list(&db, made.id).await.unwrap().len(),
        1,
        "it proves nothing any more"
    );
    let taken = price::withdrawn(&db, made.id).await.unwrap();
    assert_eq!((taken.len(), taken[0].amount), (1, 9_900), "and stays to be seen");
    let twice = price::withdraw(&db, log[0].id, now).await.unwrap_err();
    assert_eq!(twice.code, Code::NotFound);
    price::restore(&db, log[0].id).await.unwrap();
    assert_eq!(price::list(&db, made.id).await.unwrap().len(), 2);
    for price in &log {
        price::withdraw(&db, price.id, now).await.unwrap();
    }
    product::remove(&db, made.id).await.unwrap();
    let loose = add(&db, "乙").await;
    product::remove(&db, loose.id).await.unwrap();
    assert_eq!(
        product::get(&db, loose.id).await.unwrap_err().code,
        Code::NotFound
    );
}

#[tokio::test]
async fn a_table_goes_in_row_by_row_in_any_chinese_encoding() {
    let content = "好物清单,,,\r\n商品名称,品牌,到手价,货号\r\n防晒霜,安热沙,\"¥1,290.00\",店:A1\r\n,无名,1,\r\n口红,,一百,\r\n\"多行\n名\",,9.9,\r\n防晒霜,安热沙,1,\r\n别的,,,店:A1\r\n";
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(content.encode_utf16().flat_map(u16::to_le_bytes));
    // 防晒霜… in GB18030, made by iconv; only rows with characters of the test are needed.
    let gb = b"\xc3\xfb\xb3\xc6,\xc6\xb7\xc5\xc6\n\xb7\xc0\xc9\xb9,\xc5\xc6\n".to_vec();
    for bytes in [content.as_bytes().to_vec(), utf16] {
        let (folder, db) = support::workspace().await;
        let file = folder.path().join("表.csv");
        std::fs::write(&file, bytes).unwrap();
        let done = product::import(&db, &file, &Job::silent(), at("2026-11-01"))
            .await
            .unwrap();
        assert_eq!(done.imported.len(), 2, "{done:?}");
        let refused: Vec<i64> = done.refused.iter().map(|row| row.row).collect();
        assert_eq!(
            refused,
            [4, 5],
            "rows are counted as a spreadsheet does: {done:?}"
        );
        assert_eq!(
            done.duplicates,
            [7, 8],
            "a cell of two lines is one row; same name and brand, same SKU: {done:?}"
        );
        assert_eq!(
            product::get(&db, done.imported[0]).await.unwrap().price,
            Some(129_000)
        );
        let again = product::import(&db, &file, &Job::silent(), at("2026-11-01"))
            .await
            .unwrap();
        assert!(again.imported.is_empty(), "a second import doubles nothing");
    }
    let (folder, db) = support::workspace().await;
    let file = folder.path().join("gb.csv");
    std::fs::write(&file, gb).unwrap();
    let done = product::import(&db, &file, &Job::silent(), at("2026-11-01"))
        .await
        .unwrap();
    let made = product::get(&db, done.imported[0]).await.unwrap();
    assert_eq!((made.name.as_str(), made.brand.as_str()), ("防晒", "牌"));
    for (name, bytes) in [
        ("空.csv", &b""[..]),
        ("图.csv", b"\x89PNG\r\n\x1a\n\0\0"),
        ("坏.xlsx", b"PK\x03\x04xx"),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let error = product::import(&db, &file, &Job::silent(), at("2026-11-01"))
            .await
            .unwrap_err();
        assert_eq!(error.code, Code::Unreadable, "{name}: {}", error.message);
    }
}

#[tokio::test]
async fn a_row_whose_cells_cannot_be_trusted_is_refused() {
    let (folder, db) = support::workspace().await;
    let import = async |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        product::import(&db, &file, &Job::silent(), at("2026-11-01"))
            .await
            .unwrap()
    };
    let refused =
        |done: &caoben::sheet::ImportedRows| -> Vec<i64> { done.refused.iter().map(|row| row.row).collect() };
    let mut text = "商品名称,品牌,到手价,货号\n防晒霜,安热沙,\"12,50\",店:A1\n口红,#REF!,1,\n面霜@,无名,1,\n皂,无名,1,1.23457E+17\n"
        .as_bytes()
        .to_vec();
    let at_sign = text.iter().position(|byte| *byte == b'@').unwrap();
    text[at_sign] = 0xff;
    let done = import("坏格.csv", &text).await;
    assert_eq!(
        (done.imported.len(), refused(&done)),
        (1, vec![3, 4, 5]),
        "{:?}",
        done.refused
    );
    assert_eq!(
        product::get(&db, done.imported[0]).await.unwrap().price,
        Some(1_250),
        "12,50 is no 1250"
    );
    let rows: [&[&str]; 3] = [
        &["商品名称", "货号"],
        &["梳子", "720011223344"],
        &["洗发水", "7200112233445566778"],
    ];
    let done = import("数字.xlsx", &crate::bad_input::xlsx(&rows)).await;
    assert_eq!(
        (done.imported.len(), refused(&done)),
        (1, vec![3]),
        "{:?}",
        done.refused
    );
}

#[tokio::test]
async fn the_chosen_photo_stands_for_a_product_else_its_first_own_one() {
    let (folder, db) = support::workspace().await;
    let made = add(&db, "甲").await;
    assert_eq!(made.cover, None);
    let mut ids = Vec::new();
    for (seed, source) in [(1, Source::Own), (2, Source::Own), (3, Source::Brand)] {
        let file = folder.path().join(format!("{seed}.jpg"));
        std::fs::write(&file, jpeg(seed, 200, 100)).unwrap();
        let what = PhotoImport {
            paths: vec![file],
            product: Some(made.id),
            source,
            ..PhotoImport::default()
        };
        let done = photo::import(&db, &what, &Job::silent(), at("2026-11-02"))
            .await
            .unwrap();
        ids.push(done.imported[0].id);
    }
    let cover = async || product::get(&db, made.id).await.unwrap().cover;
    assert_eq!(
        cover().await,
        Some(ids[0]),
        "the first own one, not whatever came last, and own ones before those of the brand"
    );
    let chosen = ProductPatch {
        cover: Some(Some(ids[1])),
        ..ProductPatch::default()
    };
    product::edit(&db, made.id, chosen, at("2026-11-03"))
        .await
        .unwrap();
    assert_eq!(cover().await, Some(ids[1]), "the chosen one wins");
    let other = ProductPatch {
        note: Some("别的".to_owned()),
        ..ProductPatch::default()
    };
    product::edit(&db, made.id, other, at("2026-11-04"))
        .await
        .unwrap();
    assert_eq!(cover().await, Some(ids[1]), "and stays chosen");
    assert_eq!(
        photo::remove(&db, &[ids[1]], at("2026-11-22 12:00"))
            .await
            .unwrap_err()
            .code,
        Code::Conflict,
        "a chosen photo is not taken away from under its product"
    );
    let unchosen = ProductPatch {
        cover: Some(None),
        ..ProductPatch::default()
    };
    product::edit(&db, made.id, unchosen, at("2026-11-05"))
        .await
        .unwrap();
    photo::remove(&db, &[ids[1]], at("2026-11-22 12:00"))
        .await
        .unwrap();
    assert_eq!(
        cover().await,
        Some(ids[0]),
        "without it the first own one stands there again"
    );
}

#[tokio::test]
async fn a_refused_row_leaves_nothing_however_often_it_comes() {
    let (folder, db) = support::workspace().await;
    let input = NewProduct {
        name: "甲".to_owned(),
        skus: vec![sku("店", "A1")],
        ..NewProduct::default()
    };
    product::create(&db, input, at("2026-11-01")).await.unwrap();
    let file = folder.path().join("表.csv");
    std::fs::write(&file, "名称,货号\n乙, 店 ： A1 \n丙,店:\n丁,店: B2\n").unwrap();
    for again in [false, true] {
        let done = product::import(&db, &file, &Job::silent(), at("2026-11-02"))
            .await
            .unwrap();
        assert_eq!(
            done.imported.len(),
            usize::from(!again),
            "only 丁 goes in: {done:?}"
        );
        assert!(done.duplicates.contains(&2), "spaces hide no SKU: {done:?}");
        assert_eq!(done.refused.len(), 1, "a SKU needs its number: {done:?}");
        let names: Vec<String> = product::list(&db, &ProductFilter::default())
            .await
            .unwrap()
            .into_iter()
            .map(|one| one.product.name)
            .collect();
        assert_eq!(names, ["丁", "甲"], "no half-written product stays");
    }
}

#[tokio::test]
async fn an_edit_that_keeps_the_skus_leaves_the_order_lines_alone() {
    let (_folder, db) = support::workspace().await;
    crate::money::trade(&db).await;
    crate::money::write(&db, &[crate::money::paid("a")]).await;
    // Any write to an order line fails from here on.
    let guard =
        "CREATE TRIGGER untouched BEFORE UPDATE ON order_line BEGIN SELECT RAISE(ABORT, 'rewritten'); END";
    crate::money::run(&db, guard).await;
    let mut changes = db.changes();
    let note = ProductPatch {
        note: Some("自动保存".to_owned()),
        ..ProductPatch::default()
    };
    let kept = product::edit(&db, 1, note, at("2026-11-02"))
        .await
        .expect("the lines stay as they are");
    assert!(!kept.skus.is_empty());
    assert!(!changes.recv().await.unwrap().nouns.contains(&Noun::Order));

    crate::money::run(&db, "DROP TRIGGER untouched").await;
    let mut skus = kept.skus.clone();
    skus.push(sku("别的店", "Z9"));
    let more = ProductPatch {
        skus: Some(skus),
        ..ProductPatch::default()
    };
    let edited = product::edit(&db, 1, more, at("2026-11-03")).await.unwrap();
    assert_eq!(edited.skus.len(), kept.skus.len() + 1);
    assert!(changes.recv().await.unwrap().nouns.contains(&Noun::Order));
    let none = ProductPatch {
        skus: Some(Vec::new()),
        ..ProductPatch::default()
    };
    assert!(
        product::edit(&db, 1, none, at("2026-11-04"))
            .await
            .unwrap()
            .skus
            .is_empty()
    );
    let a = caoben::order::get(&db, crate::money::id_of(&db, "a").await)
        .await
        .unwrap();
    assert_eq!(a.lines[0].product, None, "a SKU taken away takes its lines along");
}

#[tokio::test]
async fn a_product_keeps_its_cover_when_more_photos_come_in() {
    let (folder, db) = support::workspace().await;
    let product = add(&db, "防晒").await.id;
    let bring = async |seed: u32, source: Source| {
        let path = folder.path().join(format!("{seed}.jpg"));
        std::fs::write(&path, jpeg(seed, 300, 400)).unwrap();
        let what = PhotoImport {
            paths: vec![path],
            product: Some(product),
            source,
            ..PhotoImport::default()
        };
        let done = photo::import(&db, &what, &Job::silent(), at("2026-11-22 10:00")).await;
        done.unwrap().imported[0].id
    };
    let cover = async || product::get(&db, product).await.unwrap().cover;
    let theirs = bring(1, Source::Brand).await;
    assert_eq!(cover().await, Some(theirs), "better than none");
    let first = bring(2, Source::Own).await;
    assert_eq!(cover().await, Some(first), "one's own before the brand's");
    let second = bring(3, Source::Own).await;
    assert_eq!(cover().await, Some(first), "and it stays, whatever comes after");
    let patch = ProductPatch {
        cover: Some(Some(second)),
        ..ProductPatch::default()
    };
    product::edit(&db, product, patch, at("2026-11-22 11:00"))
        .await
        .unwrap();
    bring(4, Source::Own).await;
    assert_eq!(cover().await, Some(second), "a chosen one all the more");
}
