//! Order imports: exports of the platforms as they come, invented rows under the real headers.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use caoben::{
    db::Db,
    error::Code,
    order::{self, Order, OrderFilter, OrderImport, Status},
    shop,
    value::Time,
};

use crate::support::{self, at};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/order")
        .join(name)
}

fn now() -> Time {
    at("2026-11-22 10:00")
}

async fn import(db: &Db, name: &str) -> OrderImport {
    order::import(db, &fixture(name), "auto", false, now())
        .await
        .unwrap()
}

async fn numbered(db: &Db, number: &str) -> Order {
    let found = order::list(
        db,
        &OrderFilter {
            text: number.to_owned(),
            ..OrderFilter::default()
        },
    )
    .await
    .unwrap();
    found
        .into_iter()
        .find(|order| order.number == number)
        .unwrap_or_else(|| panic!("no order {number}"))
}

fn counts(done: &OrderImport) -> (i64, i64, i64, i64) {
    (done.rows, done.new, done.updated, done.unchanged)
}

fn refused(done: &OrderImport) -> Vec<i64> {
    done.refused.iter().map(|row| row.row).collect()
}

#[test]
fn every_format_says_where_its_headers_are_known_from() {
    let formats = order::formats();
    assert_eq!(
        formats.len(),
        9,
        "a format whose file cannot be read would be missing"
    );
    assert!(
        formats
            .iter()
            .all(|format| !format.title.is_empty() && format.source.contains("核对"))
    );
}

#[tokio::test]
async fn taobao_rows_become_orders_and_bad_rows_are_refused_by_number() {
    let (_folder, db) = support::workspace().await;
    let done = import(&db, "taobao_union.csv").await;
    assert_eq!(
        done.format, "taobao_union",
        "UTF-16 with its mark, recognised by its headers"
    );
    assert_eq!(
        counts(&done),
        (7, 4, 0, 0),
        "the total is no row, two rows are one order: {:?}",
        done.refused
    );
    assert_eq!(refused(&done), [7, 8]);
    assert!(
        done.refused[0].reason.contains("科学计数法"),
        "{}",
        done.refused[0].reason
    );
    assert!(
        done.refused[1].reason.contains("二十"),
        "{}",
        done.refused[1].reason
    );

    let repeated = numbered(&db, "4012345678901234561").await;
    assert_eq!(
        (repeated.lines.len(), repeated.gross),
        (2, 25_800),
        "the same item twice is two lines"
    );
    assert!(
        repeated.lines.iter().all(|line| line.sku == "720011223344"),
        "Excel's .0 is gone"
    );
    assert_eq!(
        (repeated.commission_estimated, repeated.commission_settled),
        (Some(3_096), None)
    );
    assert_eq!(
        repeated.placed_at.rfc3339(480),
        "2026-11-02T10:00:00+08:00",
        "no zone given is Beijing"
    );
    assert_eq!(repeated.tags.placement, "CB7K2Q 小红书 110298800456");
    let settled = numbered(&db, "4012345678901234573").await;
    assert_eq!(
        (settled.status, settled.source_status.as_str()),
        (Status::Settled, "已收货"),
        "settled by its time"
    );
    assert_eq!(
        (settled.commission_estimated, settled.commission_settled),
        (None, Some(15_588))
    );
    assert_eq!(settled.lines[0].sku, "xYz9-id");
    let off = numbered(&db, "4012345678901234585").await;
    assert_eq!((off.status, off.gross, off.net), (Status::Invalid, 5_900, 0));
    let strange = numbered(&db, "4012345678901234597").await;
    assert_eq!(
        (strange.status, strange.source_status.as_str()),
        (Status::Unknown, "神秘状态")
    );

    let shops = shop::list(&db).await.unwrap();
    assert_eq!(
        (shops.len(), shops[0].name.as_str(), shops[0].last_synced_at),
        (1, "淘宝联盟", Some(now()))
    );
}

#[tokio::test]
async fn a_second_import_changes_nothing_and_a_newer_file_what_is_newer() {
    let (_folder, db) = support::workspace().await;
    import(&db, "taobao_union.csv").await;
    let before = numbered(&db, "4012345678901234561").await;
    assert_eq!(counts(&import(&db, "taobao_union.csv").await), (7, 0, 0, 4));

    let later = import(&db, "taobao_union_later.csv").await;
    assert_eq!(
        counts(&later),
        (5, 0, 1, 3),
        "sorted otherwise, the rest is the same: {:?}",
        later.refused
    );
    let after = numbered(&db, "4012345678901234561").await;
    let ids = |order: &Order| order.lines.iter().map(|line| line.id).collect::<Vec<_>>();
    assert_eq!(ids(&after), ids(&before), "repeats keep their keys");
    assert_eq!(
        (after.status, after.gross, after.refunded, after.net),
        (Status::Settled, 25_800, 12_900, 12_900)
    );
    assert_eq!(
        (after.commission_estimated, after.commission_settled),
        (Some(1_548), Some(1_500)),
        "the estimate is not forgotten, but of the line that was called off"
    );

    let earlier = import(&db, "taobao_union.csv").await;
    assert_eq!(counts(&earlier), (7, 0, 0, 4), "an old file takes nothing back");
    assert_eq!(shop::list(&db).await.unwrap().len(), 1);
    assert_eq!(order::count(&db, &OrderFilter::default()).await.unwrap(), 4);
}

#[tokio::test]
async fn a_dry_run_counts_exactly_and_writes_nothing() {
    let (_folder, db) = support::workspace().await;
    let dry = |name| {
        let db = db.clone();
        async move {
            order::import(&db, &fixture(name), "auto", true, now())
                .await
                .unwrap()
        }
    };
    assert_eq!(counts(&dry("taobao_union.csv").await), (7, 4, 0, 0));
    assert_eq!(order::count(&db, &OrderFilter::default()).await.unwrap(), 0);
    assert!(shop::list(&db).await.unwrap().is_empty());
    import(&db, "taobao_union.csv").await;
    assert_eq!(counts(&dry("taobao_union_later.csv").await), (5, 0, 1, 3));
    assert_eq!(numbered(&db, "4012345678901234561").await.status, Status::Paid);
}

#[tokio::test]
async fn douyin_has_titles_above_its_header_and_two_sides() {
    let (_folder, db) = support::workspace().await;
    let done = import(&db, "douyin_union.csv").await;
    assert_eq!(
        (done.format.as_str(), counts(&done)),
        ("douyin_union", (2, 2, 0, 0))
    );
    let settled = numbered(&db, "6920185340962573311").await;
    assert_eq!(
        (settled.commission_estimated, settled.commission_settled),
        (Some(1_760), Some(1_720))
    );
    let paid = numbered(&db, "6920185340962573322").await;
    assert_eq!(
        (paid.status, paid.commission_settled),
        (Status::Paid, None),
        "`-` is nothing, not 0"
    );
    assert_eq!(paid.lines[0].sku, "3640012345678901237");
    let creator = import(&db, "douyin_union_creator.csv").await;
    assert_eq!(
        (creator.format.as_str(), creator.rows),
        ("douyin_union", 1),
        "收入 as well as 支出"
    );
}

#[tokio::test]
async fn wechat_amounts_of_an_order_count_once_and_nothing_personal_is_kept() {
    let (folder, db) = support::workspace().await;
    let done = import(&db, "wechat_shop.csv").await;
    assert_eq!(
        (done.format.as_str(), counts(&done)),
        ("wechat_shop", (3, 2, 0, 0)),
        "{:?}",
        done.refused
    );
    let two = numbered(&db, "3723456789012345679").await;
    assert_eq!((two.gross, two.refunded, two.net), (25_800, 5_800, 20_000));
    assert_eq!(two.commission_estimated, Some(2_580));
    assert_eq!(
        two.lines
            .iter()
            .map(|line| (line.amount, line.refunded))
            .collect::<Vec<_>>(),
        [(20_000, 0), (5_800, 5_800)]
    );

    let raw: String = sqlx::query_scalar(r#"SELECT raw FROM "order" WHERE number = '3723456789012345679'"#)
        .fetch_one(db.read())
        .await
        .unwrap();
    assert!(
        raw.contains("看了草本的笔记"),
        "what the buyer says of the note stays: {raw}"
    );
    let buyers: Vec<String> = sqlx::query_scalar(r#"SELECT DISTINCT buyer FROM "order""#)
        .fetch_all(db.read())
        .await
        .unwrap();
    assert_eq!(
        (buyers.len(), buyers[0].len()),
        (1, 64),
        "one phone however written is one hash"
    );

    db.close().await;
    let mut bytes = Vec::new();
    for file in std::fs::read_dir(folder.path().join("草本"))
        .unwrap()
        .flatten()
        .filter(|f| f.file_name().to_string_lossy().contains("caoben.db"))
    {
        bytes.extend(std::fs::read(file.path()).unwrap());
    }
    for personal in [
        "欧阳拾柒",
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "文三路",
        "西湖区",
        "caoben@example.com",
    ] {
        assert!(
            !bytes
                .windows(personal.len())
                .any(|part| part == personal.as_bytes()),
            "{personal} is in the database"
        );
    }
}

#[tokio::test]
async fn xiaohongshu_orders_know_their_note_and_refund() {
    let (_folder, db) = support::workspace().await;
    let done = import(&db, "xiaohongshu_qianfan.csv").await;
    assert_eq!(
        (done.format.as_str(), counts(&done)),
        ("xiaohongshu_qianfan", (2, 2, 0, 0)),
        "{:?}",
        done.refused
    );
    let one = numbered(&db, "P712345678901234561").await;
    assert_eq!(
        (one.status, one.gross, one.refunded, one.net),
        (Status::Received, 12_900, 3_000, 9_900)
    );
    assert_eq!(one.tags.note_id, "6740a1b2000000001e03abcd");
    assert_eq!(one.refunds.len(), 1);
    let serial = numbered(&db, "P712345678901234562").await;
    assert_eq!(
        serial.placed_at.rfc3339(480),
        "2026-11-08T12:00:00+08:00",
        "days since 1899-12-30"
    );
}

#[tokio::test]
async fn pinduoduo_states_are_all_known_and_the_merchant_counts_in_fen() {
    use Status::{Created, Invalid, Paid, Received, Settled};
    let (_folder, db) = support::workspace().await;
    let done = import(&db, "pinduoduo_union.csv").await;
    assert_eq!(
        (done.format.as_str(), done.new),
        ("pinduoduo_union", 9),
        "{:?}",
        done.refused
    );
    let expected = [
        Created, Paid, Paid, Received, Received, Invalid, Settled, Invalid, Invalid,
    ];
    for (at, status) in expected.into_iter().enumerate() {
        let order = numbered(&db, &format!("261101-12345678901234{at}")).await;
        assert_eq!(order.status, status, "{}", order.source_status);
        assert_eq!(
            (order.gross, order.lines[0].quantity, order.commission_estimated),
            (7_980, 2, Some(798))
        );
    }
    let done = import(&db, "pinduoduo_merchant.csv").await;
    assert_eq!(done.format, "pinduoduo_merchant");
    assert_eq!(numbered(&db, "261102-123456789012345").await.gross, 7_980);
}

#[tokio::test]
async fn the_taobao_file_of_2019_tells_refunds_by_a_word() {
    let (_folder, db) = support::workspace().await;
    let done = import(&db, "taobao_union_2019.csv").await;
    assert_eq!(
        (done.format.as_str(), done.new),
        ("taobao_union_2019", 2),
        "{:?}",
        done.refused
    );
    let back = numbered(&db, "312345678901234568").await;
    assert_eq!(
        (back.status, back.gross, back.refunded, back.net),
        (Status::Refunded, 15_900, 15_900, 0)
    );
}

#[tokio::test]
async fn a_file_that_excel_has_rounded_is_refused_row_by_row() {
    let (_folder, db) = support::workspace().await;
    let done = import(&db, "taobao_union_damaged.csv").await;
    assert_eq!(refused(&done), [2, 3, 4]);
    assert!(done.refused[0].reason.contains("原文件"));
    assert!(
        shop::list(&db).await.unwrap().is_empty(),
        "nothing good in it makes no shop"
    );
}

#[tokio::test]
async fn an_unknown_file_is_refused_with_the_formats_and_its_headers() {
    let (_folder, db) = support::workspace().await;
    let error = order::import(&db, &fixture("unknown.csv"), "auto", false, now())
        .await
        .unwrap_err();
    assert_eq!((error.code, error.field), (Code::Invalid, Some("format")));
    assert!(
        error.message.contains("淘宝联盟") && error.message.contains("甲列"),
        "{error}"
    );
    let error = order::import(&db, &fixture("taobao_union.csv"), "没有的", false, now())
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Invalid);
    let error = order::import(&db, &fixture("taobao_union.csv"), "kuaituantuan", false, now())
        .await
        .unwrap_err();
    assert!(error.message.contains("淘宝订单编号"), "{error}");
}

#[tokio::test]
async fn kuaituantuan_is_read_from_the_second_sheet_of_a_workbook() {
    let (folder, db) = support::workspace().await;
    let text = |s: &str| format!(r#"<c t="inlineStr"><is><t>{s}</t></is></c>"#);
    let number = |n: &str| format!("<c><v>{n}</v></c>");
    let head = "跟团号,下单人,团员备注,支付时间,团长备注,商品,数量,订单金额,退款金额,订单状态,自提点,收货人,联系电话,详细地址";
    let row = |no: &str, when: &str, item: &str, paid: &str, back: &str, note: &str| {
        let cells = [
            number(no),
            text("拾柒团友"),
            text(note),
            number(when),
            text(""),
            text(item),
            number("1"),
            number(paid),
            number(back),
            text("已支付"),
            text("东门"),
            text("欧阳拾柒"),
            number("13800138000"),
            text("杭州市西湖区文三路99号"),
        ];
        cells.concat()
    };
    let note = "草本 CB5T8W 推荐 电话13800138000";
    let rows = [
        text("草本的第一团"),
        head.split(',').map(text).collect::<String>(),
        row("1", "46334.5", "绿豆糕", "60.5", "10", note),
        row("1", "46334.5", "桂花糕", "60.5", "10", note),
        // The next group purchase counts from 1 again.
        row("1", "46335.5", "绿豆糕", "30", "", ""),
        format!("{}{}", text("").repeat(7), number("90.5")),
    ];
    let file = folder.path().join("快团团.xlsx");
    workbook(&file, &[text("说明")], &rows);
    let done = order::import(&db, &file, "auto", false, now()).await.unwrap();
    assert_eq!(
        (done.format.as_str(), counts(&done)),
        ("kuaituantuan", (3, 2, 0, 0)),
        "{:?}",
        done.refused
    );
    let again = order::import(&db, &file, "auto", false, now()).await.unwrap();
    assert_eq!(counts(&again), (3, 0, 0, 2));
    let orders = order::list(&db, &OrderFilter::default()).await.unwrap();
    let first = &orders[1];
    assert_eq!(
        (first.gross, first.refunded, first.lines.len()),
        (6_050, 1_000, 2)
    );
    assert_eq!(first.lines.iter().map(|line| line.amount).sum::<i64>(), 6_050);
    assert_eq!(first.placed_at.rfc3339(480), "2026-11-08T12:00:00+08:00");
    assert!(
        first.tags.placement.contains("CB5T8W") && !first.tags.placement.contains("138"),
        "{}",
        first.tags.placement
    );
}

/// A workbook whose second sheet has these merged areas.
pub fn workbook_merged(file: &Path, rows: &[String], merged: &[&str]) {
    let areas: String = merged
        .iter()
        .map(|area| format!(r#"<mergeCell ref="{area}"/>"#))
        .collect();
    write_workbook(
        file,
        &[],
        rows,
        &format!(r#"<mergeCells count="{}">{areas}</mergeCells>"#, merged.len()),
    );
}

/// The least that is a workbook of two sheets; each row is its cells in XML.
pub fn workbook(file: &Path, first: &[String], second: &[String]) {
    write_workbook(file, first, second, "");
}

fn write_workbook(file: &Path, first: &[String], second: &[String], after: &str) {
    let sheet = |rows: &[String], after: &str| {
        let rows: String = rows.iter().map(|cells| format!("<row>{cells}</row>")).collect();
        format!(
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>{after}</worksheet>"#
        )
    };
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let mut zip = zip::ZipWriter::new(std::fs::File::create(file).unwrap());
    let mut part = |name: &str, text: String| {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    part(
        "[Content_Types].xml",
        format!(r#"<Types xmlns="{package}/content-types"/>"#),
    );
    part(
        "_rels/.rels",
        format!(
            r#"<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        ),
    );
    part(
        "xl/workbook.xml",
        format!(
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{office}"><sheets><sheet name="说明" sheetId="1" r:id="rId1"/><sheet name="商品列表" sheetId="2" r:id="rId2"/></sheets></workbook>"#
        ),
    );
    part(
        "xl/_rels/workbook.xml.rels",
        format!(
            r#"<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{office}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#
        ),
    );
    part("xl/worksheets/sheet1.xml", sheet(first, ""));
    part("xl/worksheets/sheet2.xml", sheet(second, after));
    zip.finish().unwrap();
}
