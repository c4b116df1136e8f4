//! Order imports: small files that were once read wrongly, each for its whole kind, with the right values.

use std::path::{Path, PathBuf};

use caoben::{
    db::Db,
    order::{self, Order, OrderFilter, OrderImport, Status},
    value::Time,
};

use crate::support::{self, at};

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/order")
        .join(name)
}

pub fn now() -> Time {
    at("2026-11-22 10:00")
}

pub async fn import(db: &Db, name: &str) -> OrderImport {
    order::import(db, &fixture(name), "auto", false, now())
        .await
        .unwrap()
}

/// Imports what stands in `text`.
pub async fn import_text(db: &Db, text: impl AsRef<[u8]>) -> OrderImport {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("导出.csv");
    std::fs::write(&file, text).unwrap();
    order::import(db, &file, "auto", false, now()).await.unwrap()
}

pub async fn all(db: &Db) -> Vec<Order> {
    order::list(db, &OrderFilter::default()).await.unwrap()
}

pub async fn numbered(db: &Db, number: &str) -> Order {
    let mut found = order::numbered(db, number).await.unwrap();
    assert_eq!(found.len(), 1, "one order {number}");
    found.remove(0)
}

pub fn refused(done: &OrderImport) -> Vec<i64> {
    done.refused.iter().map(|row| row.row).collect()
}

pub fn money(order: &Order) -> (i64, i64, i64, usize) {
    let living = order.lines.iter().filter(|line| line.quantity > 0).count();
    (order.gross, order.refunded, order.net, living)
}

#[tokio::test]
async fn order_numbers_in_number_cells_beyond_15_digits_are_refused_and_never_merged() {
    for (name, rows) in [
        ("t01b_16digits_excel15.xlsx", vec![2, 3]),
        ("t01c_17digits_numeric_full.xlsx", vec![2, 3]),
        ("t01e_mixed_3text_1numeric.xlsx", vec![5]),
    ] {
        let (_folder, db) = support::workspace().await;
        let done = import(&db, name).await;
        assert_eq!(refused(&done), rows, "{name}: {:?}", done.refused);
        assert!(
            done.refused.iter().all(|row| row.reason.contains("数字格")),
            "{name} says why: {:?}",
            done.refused
        );
        let kept: Vec<String> = all(&db).await.into_iter().map(|order| order.number).collect();
        let text = [
            "2025031900456780113",
            "2025031900456780112",
            "2025031900456780111",
        ];
        assert_eq!(kept, if rows == [5] { text.to_vec() } else { vec![] }, "{name}");
    }
}

#[tokio::test]
async fn a_later_partial_file_updates_only_what_it_carries() {
    let (_folder, db) = support::workspace().await;
    let whole = (15_001, 0, 15_001, 2);
    import(&db, "comm1.csv").await;
    let first = numbered(&db, "2025030900000000011").await;
    assert_eq!(money(&first), whole);
    assert_eq!(
        (first.commission_estimated, first.commission_settled),
        (Some(150), None)
    );

    let done = import(&db, "comm2_settled_only.csv").await;
    assert_eq!((done.new, done.updated, done.unchanged), (0, 1, 0));
    let second = numbered(&db, "2025030900000000011").await;
    assert_eq!(money(&second), whole, "the line it leaves out stays");
    assert_eq!(
        (second.commission_estimated, second.commission_settled),
        (Some(150), Some(100)),
        "what was estimated is not forgotten"
    );

    let done = import(&db, "comm1.csv").await;
    assert_eq!(done.updated, 0, "an old file has nothing to say that is new");
    let third = numbered(&db, "2025030900000000011").await;
    assert_eq!(money(&third), whole);
    assert_eq!(third.commission_settled, Some(100), "and takes nothing back");
    let done = import(&db, "comm2_settled_only.csv").await;
    assert_eq!((done.new, done.updated, done.unchanged), (0, 0, 1));
}

#[tokio::test]
async fn whichever_file_comes_first_the_order_ends_the_same() {
    let (_one, forward) = support::workspace().await;
    let (_two, backward) = support::workspace().await;
    for name in ["comm1.csv", "comm2_settled_only.csv"] {
        import(&forward, name).await;
    }
    for name in ["comm2_settled_only.csv", "comm1.csv"] {
        import(&backward, name).await;
    }
    let seen = async |db: &Db| {
        let order = numbered(db, "2025030900000000011").await;
        let lines: Vec<_> = order
            .lines
            .iter()
            .map(|line| (line.sku.clone(), line.amount, line.refunded))
            .collect();
        (
            money(&order),
            order.status,
            order.commission_estimated,
            order.commission_settled,
            std::collections::BTreeSet::from_iter(lines),
        )
    };
    assert_eq!(seen(&forward).await, seen(&backward).await);
}

#[tokio::test]
async fn an_order_that_an_earlier_version_blanked_is_healed_by_the_full_file() {
    let (_folder, db) = support::workspace().await;
    import(&db, "comm1.csv").await;
    // As earlier versions left it: the raw rows in a list, one line taken for gone, sums without it.
    crate::money::run(
        &db,
        r#"UPDATE order_line SET told = '';
           UPDATE order_line SET quantity = 0, amount = 0, refunded = 0 WHERE source_key = '2025030900000000013';
           UPDATE "order" SET gross = 10001, content_hash = 'old', source_updated_at = 1742436000000, commission_settled = 100,
               raw = '[{"创建时间":"2025-03-09 10:00:00","付款时间":"2025-03-09 10:00:01","结算时间":"2025-03-20 10:00:00","商品标题":"洗发水","商品ID":"601","商品数量":"1","商品单价":"100","付款金额":"100.01","结算金额":"100.01","佣金金额":"1.00","淘宝订单编号":"2025030900000000011","淘宝子订单号":"2025030900000000012","订单状态":"已收货"}]'
               WHERE number = '2025030900000000011';"#,
    )
    .await;
    import(&db, "comm1.csv").await;
    let order = numbered(&db, "2025030900000000011").await;
    assert_eq!(money(&order), (15_001, 0, 15_001, 2));
    assert_eq!(
        (order.commission_estimated, order.commission_settled),
        (Some(150), Some(100))
    );
}

#[tokio::test]
async fn a_negative_row_takes_back_what_it_names() {
    let (_folder, db) = support::workspace().await;
    let done = import(&db, "comm3_negative.csv").await;
    assert_eq!(refused(&done), [2], "alone it names nothing that is known");
    assert!(all(&db).await.is_empty(), "never gross 0 and net below");

    import(&db, "comm1.csv").await;
    let before = numbered(&db, "2025030900000000061").await;
    assert_eq!(
        money(&before),
        (15_000, 5_000, 10_000, 2),
        "one of two lines was called off"
    );
    for nth in 1..=2 {
        import(&db, "comm3_negative.csv").await;
        let after = numbered(&db, "2025030900000000061").await;
        assert_eq!(
            money(&after),
            (15_000, 15_000, 0, 2),
            "time {nth}: it counts once"
        );
        assert_eq!(after.commission_estimated, Some(0), "and earns nothing");
    }

    let (_folder, db) = support::workspace().await;
    let comm1 = std::fs::read_to_string(fixture("comm1.csv")).unwrap();
    let comm3 = std::fs::read_to_string(fixture("comm3_negative.csv")).unwrap();
    let negative = comm3.lines().nth(1).unwrap();
    import_text(&db, format!("{}\n{negative}\n", comm1.trim_end())).await;
    let same = numbered(&db, "2025030900000000061").await;
    assert_eq!(money(&same), (15_000, 15_000, 0, 2), "in one file as well");
}

#[tokio::test]
async fn merged_cells_lose_no_line() {
    let (_folder, db) = support::workspace().await;
    let done = import(&db, "t05_merged_wechat.xlsx").await;
    assert_eq!((done.new, refused(&done)), (3, vec![]), "{:?}", done.refused);
    let order = numbered(&db, "MRG-1").await;
    assert_eq!(money(&order), (19_800, 0, 19_800, 2));
    let lines: Vec<_> = order
        .lines
        .iter()
        .map(|line| (line.sku.as_str(), line.amount))
        .collect();
    assert_eq!(lines, [("A1", 12_800), ("A2", 7_000)]);
    assert_eq!(order.commission_estimated, Some(500), "the order's once");
    assert_eq!(money(&numbered(&db, "MRG-2").await), (5_980, 0, 5_980, 1));
}

#[tokio::test]
async fn rows_that_leave_blank_what_the_first_one_said_are_of_the_same_order() {
    let (_folder, db) = support::workspace().await;
    let done = import(&db, "t06b_wechat_blank_later.xlsx").await;
    assert_eq!((done.new, refused(&done)), (1, vec![]), "{:?}", done.refused);
    let order = numbered(&db, "WX-1").await;
    assert_eq!(money(&order), (19_800, 0, 19_800, 2));
    assert_eq!(
        (order.status, order.source_status.as_str()),
        (Status::Received, "已完成")
    );

    let (_folder, db) = support::workspace().await;
    let done = import(&db, "t06d_kuaituantuan_blank.csv").await;
    assert_eq!((done.new, refused(&done)), (2, vec![]), "{:?}", done.refused);
    let order = numbered(&db, "1").await;
    assert_eq!(money(&order), (19_800, 19_800, 0, 2));
    assert_eq!(order.status, Status::Refunded);
    assert_eq!(money(&numbered(&db, "2").await), (9_570, 0, 9_570, 1));

    let (_folder, db) = support::workspace().await;
    let merged = "订单号,订单下单时间,支付时间,订单状态,订单实际支付金额,带货账号昵称,商品名称,商品编码(平台),商品数量,商品实际价格(总共)\n\
                  WX-1,2025-03-09 09:00,2025-03-09 09:00,已完成,198,小鹿,洗发水,A1,1,128\n\
                  ,,,,,,护发素,A2,1,70\n\
                  WX-2,2025-03-09 09:05,2025-03-09 09:05,已完成,59.8,小鹿,竹炭皂,A3,2,59.8\n";
    let done = import_text(&db, merged).await;
    assert_eq!((done.new, refused(&done)), (2, vec![]), "{:?}", done.refused);
    assert_eq!(
        money(&numbered(&db, "WX-1").await),
        (19_800, 0, 19_800, 2),
        "merged cells that went through CSV"
    );
}

#[tokio::test]
async fn times_are_read_as_they_are_meant_or_refused_by_row() {
    let (_folder, db) = support::workspace().await;
    let done = import(&db, "t08_times_2019.csv").await;
    assert_eq!(refused(&done), [16, 17, 18, 20, 24], "{:?}", done.refused);
    let eight = "2025-03-09T08:05:00+08:00";
    let wanted = [
        ("TIME-01", eight),
        ("TIME-02", "2025-03-09T00:05:00+08:00"),
        ("TIME-03", "2025-03-09T08:05:30+08:00"),
        ("TIME-04", eight),
        ("TIME-05", eight),
        ("TIME-06", eight),
        ("TIME-07", eight),
        ("TIME-08", "2025-03-09T00:05:00+08:00"),
        ("TIME-09", "2025-03-09T00:05:00+08:00"),
        ("TIME-10", "2025-03-09T08:05:30+08:00"),
        ("TIME-11", "2025-03-09T15:05:00+08:00"),
        ("TIME-12", "2025-03-09T15:05:00+08:00"),
        ("TIME-13", "2025-03-09T00:05:00+08:00"),
        ("TIME-14", "2025-03-09T08:00:00+08:00"),
        ("TIME-18", "2025-03-10T00:00:00+08:00"),
        ("TIME-20", eight),
        ("TIME-21", eight),
        ("TIME-22", "2025-03-09T00:00:00+08:00"),
        ("TIME-24", "2025-03-09T08:05:30.5+08:00"),
    ];
    for (number, time) in wanted {
        assert_eq!(
            numbered(&db, number).await.placed_at.rfc3339(480),
            time,
            "{number}"
        );
    }
    assert_eq!(all(&db).await.len(), wanted.len());
    assert!(
        done.refused.iter().all(|row| row.reason.contains("时间「")),
        "{:?}",
        done.refused
    );
}

#[tokio::test]
async fn a_broken_byte_spoils_its_row_with_a_mark_and_without() {
    let bytes = std::fs::read(fixture("t11b_utf8_broken.csv")).unwrap();
    let unmarked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap();
    for (what, bytes) in [("with its mark", bytes.as_slice()), ("without", unmarked)] {
        let (_folder, db) = support::workspace().await;
        let done = import_text(&db, bytes).await;
        assert_eq!(
            (done.new, refused(&done)),
            (1, vec![3]),
            "{what}: {:?}",
            done.refused
        );
        assert!(
            done.refused[0].reason.contains("坏掉的字"),
            "{what}: {}",
            done.refused[0].reason
        );
        assert_eq!(all(&db).await[0].number, "U-1", "{what}");
    }
}

#[tokio::test]
async fn a_broken_byte_in_gb18030_spoils_its_row_too() {
    let (_folder, db) = support::workspace().await;
    let text = "订单编号,商品ID,商品数,商品信息,付款金额,创建时间,广告位名称,订单状态\n\
                G-1,601,1,山茶洗发水,1.00,2025-03-09 10:00:00,位,订单付款\n\
                G-2,601,1,山茶洗发水@,2.00,2025-03-09 10:00:00,位,订单付款\n";
    let mut bytes = encoding_rs::GB18030.encode(text).0.into_owned();
    let at = bytes.iter().position(|byte| *byte == b'@').unwrap();
    bytes[at] = 0xff;
    let done = import_text(&db, bytes).await;
    assert_eq!((done.new, refused(&done)), (1, vec![3]), "{:?}", done.refused);
    assert_eq!(all(&db).await[0].lines[0].title, "山茶洗发水");
}

#[tokio::test]
async fn utf_16_without_its_mark_is_read_also_where_a_letter_has_a_null_byte() {
    let little = std::fs::read(fixture("t13x_yi_utf-16-le.csv")).unwrap();
    let big: Vec<u8> = little.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
    for bytes in [little, big] {
        let (_folder, db) = support::workspace().await;
        let done = import_text(&db, bytes).await;
        assert_eq!((done.new, refused(&done)), (1, vec![]), "{:?}", done.refused);
        let order = numbered(&db, "X-1").await;
        assert_eq!(
            (order.gross, order.lines[0].title.as_str()),
            (100, "第一块皂"),
            "{order:?}"
        );
    }
}

#[tokio::test]
async fn a_formula_without_an_answer_is_no_order_number_and_no_amount() {
    let (_folder, db) = support::workspace().await;
    let done = import(&db, "t21_error_cells.xlsx").await;
    assert_eq!(refused(&done), [3, 4], "{:?}", done.refused);
    assert!(
        done.refused.iter().all(|row| row.reason.contains("公式")),
        "{:?}",
        done.refused
    );
    let kept: Vec<String> = all(&db).await.into_iter().map(|order| order.number).collect();
    assert_eq!(kept, ["ERR-1"]);
}

/// Rows of the 2019 format with these amounts.
fn amounts(amounts: &[&str]) -> String {
    let mut text =
        "订单编号\t商品ID\t商品数\t商品信息\t付款金额\t效果预估\t创建时间\t广告位名称\t订单状态\n".to_owned();
    for (amount, nth) in amounts.iter().zip(1..) {
        text.push_str(&format!(
            "A-{nth}\t601\t1\t皂\t{amount}\t1.00\t2025-03-09 10:00:00\t位\t订单付款\n"
        ));
    }
    text
}

#[tokio::test]
async fn an_amount_is_read_as_it_is_meant_or_refused_by_row() {
    let (_folder, db) = support::workspace().await;
    let read = [
        "1,299.00",
        "１２．５０",
        "¥1,299",
        "12.299999999999999",
        "(12.50)",
        "99.9元",
    ];
    let done = import_text(&db, amounts(&read)).await;
    assert_eq!(
        refused(&done),
        [6],
        "a negative amount alone takes back nothing: {:?}",
        done.refused
    );
    for (number, gross) in [
        ("A-1", 129_900),
        ("A-2", 1_250),
        ("A-3", 129_900),
        ("A-4", 1_230),
        ("A-6", 9_990),
    ] {
        assert_eq!(numbered(&db, number).await.gross, gross, "{number}");
    }

    let (_folder, db) = support::workspace().await;
    let done = import_text(&db, amounts(&["1.299,00", "12,50", "1.299", "1,299", "1299,5"])).await;
    assert_eq!(
        refused(&done),
        [4, 5],
        "where commas are decimals, 1.299 is two things: {:?}",
        done.refused
    );
    for (number, gross) in [("A-1", 129_900), ("A-2", 1_250), ("A-5", 129_950)] {
        assert_eq!(numbered(&db, number).await.gross, gross, "{number}");
    }

    let (_folder, db) = support::workspace().await;
    let odd = [
        "1e3",
        "1.3E+03",
        "$12.50",
        "12.5.0",
        "约100",
        "#REF!",
        "1,29,900.00",
        "一百",
        "12.50 USD",
        "NaN",
        "inf",
    ];
    let done = import_text(&db, amounts(&odd)).await;
    assert_eq!(refused(&done).len(), odd.len(), "{:?}", done.refused);
    assert!(all(&db).await.is_empty());
}

#[tokio::test]
async fn a_word_for_a_state_that_nobody_told_us_is_said_and_counts_only_when_paid_by_its_time() {
    let (_folder, db) = support::workspace().await;
    let text = "创建时间,付款时间,商品标题,商品ID,商品数量,付款金额,淘宝订单编号,淘宝子订单号,订单状态,佣金金额\n\
                2025-03-09 10:00:00,2025-03-09 10:00:01,皂,601,1,10.00,UNK-1,S-1,风控审核中,1.00\n\
                2025-03-09 10:00:00,,皂,601,1,10.00,UNK-2,S-2,风控审核中,1.00\n";
    let done = import_text(&db, text).await;
    assert_eq!((done.new, refused(&done)), (2, vec![]));
    assert!(
        done.warned
            .iter()
            .any(|word| word.contains("风控审核中") && word.contains("共 2 行")),
        "{:?}",
        done.warned
    );
    let paid = numbered(&db, "UNK-1").await;
    assert_eq!((paid.status, paid.net), (Status::Unknown, 1_000));
    let open = numbered(&db, "UNK-2").await;
    assert_eq!(
        (open.status, open.net, open.source_status.as_str()),
        (Status::Created, 0, "风控审核中"),
        "nothing says it was paid"
    );
}

#[tokio::test]
async fn a_refund_that_is_known_is_not_taken_back_by_a_file_of_the_same_moment() {
    let (_folder, db) = support::workspace().await;
    let row = |refund: &str, status: &str| {
        format!(
            "跟团号,团员备注,支付时间,商品,数量,订单金额,退款金额,订单状态,自提点\n\
             1,,2025-03-09 09:00:00,洗发水,1,198.00,{refund},{status},一号点\n"
        )
    };
    import_text(&db, row("0", "待发货")).await;
    import_text(&db, row("10", "已完成")).await;
    import_text(&db, row("0", "待发货")).await;
    let order = numbered(&db, "1").await;
    assert_eq!(
        money(&order),
        (19_800, 1_000, 18_800, 1),
        "the older file is the older one"
    );
    assert_eq!(order.source_status, "已完成");
}

#[tokio::test]
async fn an_amount_in_a_cell_that_is_merged_over_all_rows_of_an_order_counts_once() {
    let (folder, db) = support::workspace().await;
    let text = |s: &str| format!(r#"<c t="inlineStr"><is><t>{s}</t></is></c>"#);
    let head = "创建时间,付款时间,商品标题,商品ID,商品数量,付款金额,淘宝订单编号,淘宝子订单号,订单状态";
    let row = |cells: &[&str]| cells.iter().map(|cell| text(cell)).collect::<String>();
    let time = "2025-03-09 10:00:00";
    let rows = [
        head.split(',').map(text).collect::<String>(),
        row(&[
            time,
            time,
            "洗发水",
            "601",
            "1",
            "150.00",
            "MG-1",
            "S-1",
            "已付款",
        ]),
        row(&["", "", "护发素", "602", "1", "", "", "S-2", ""]),
        row(&[time, time, "皂", "603", "1", "10.00", "MG-2", "S-3", "已付款"]),
        row(&[time, time, "皂", "603", "1", "20.00", "MG-3", "S-4", "已付款"]),
        row(&["", "", "皂", "603", "1", "", "", "S-5", ""]),
        row(&["", "", "皂", "603", "1", "5.00", "", "S-6", ""]),
    ];
    let file = folder.path().join("合并.xlsx");
    let merged = [
        "A2:A3", "B2:B3", "F2:F3", "G2:G3", "I2:I3", "A5:A7", "B5:B7", "F5:F6", "G5:G7", "I5:I7",
    ];
    crate::order_import::workbook_merged(&file, &rows, &merged);
    let done = order::import(&db, &file, "auto", false, now()).await.unwrap();
    assert_eq!(money(&numbered(&db, "MG-1").await), (15_000, 0, 15_000, 2));
    assert_eq!(money(&numbered(&db, "MG-2").await), (1_000, 0, 1_000, 1));
    assert_eq!(
        refused(&done),
        [5, 6, 7],
        "merged over some of the rows, nobody can tell: {:?}",
        done.refused
    );
}
