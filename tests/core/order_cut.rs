//! Order imports of files that are damaged, cut off or longer than one sheet: what is left out is said, and nothing is left out
//! that need not be.

use caoben::order::{self, Status};

use crate::{
    order_cases::{all, import_text, money, now, numbered, refused},
    order_import::workbook,
    support,
};

const HEAD: &str = "跟团号,下单人,团员备注,支付时间,商品,数量,订单金额,退款金额,订单状态,团长备注\n";

fn group_row(nth: u32, note: &str, last: &str) -> String {
    format!("{nth},,{note},2025-03-09 09:0{nth}:00,洗发水,1,99.00,,已支付,{last}\n")
}

#[tokio::test]
async fn a_quote_that_nobody_closed_costs_its_own_row_and_no_other() {
    for (what, broken, rest) in [
        ("in the last column", group_row(2, "", "\"加急"), ""),
        ("before the time", group_row(2, "\"说好用", ""), ""),
        (
            "closed by another row's quote",
            group_row(2, "\"说好用", ""),
            "\"好，用\"",
        ),
        (
            "closed by the end of another cell",
            group_row(2, "\"说好用", ""),
            "好用\"",
        ),
    ] {
        let (_folder, db) = support::workspace().await;
        let text = [
            HEAD.to_owned(),
            group_row(1, "", "ok"),
            broken,
            group_row(3, "", "ok"),
            group_row(4, rest, "ok"),
            group_row(5, "", "ok"),
        ]
        .concat();
        let done = import_text(&db, text).await;
        assert_eq!((done.rows, done.new), (5, 4), "{what}: {:?}", done.refused);
        assert_eq!(refused(&done), [3], "{what}: {:?}", done.refused);
        assert!(
            done.refused[0].reason.contains("引号"),
            "{what}: it says why: {}",
            done.refused[0].reason
        );
        let kept: Vec<String> = all(&db).await.into_iter().map(|order| order.number).collect();
        assert_eq!(kept, ["5", "4", "3", "1"], "{what}");
    }
}

#[tokio::test]
async fn a_note_on_several_lines_is_one_cell() {
    let (_folder, db) = support::workspace().await;
    let text = [
        HEAD.to_owned(),
        group_row(1, "\"很好用,\n下次还来, 真的\"", "ok"),
        group_row(2, "", "\"第一行\n第二行\""),
    ]
    .concat();
    let done = import_text(&db, text).await;
    assert_eq!((done.new, refused(&done)), (2, vec![]), "{:?}", done.refused);
}

const COMMISSION: &str =
    "创建时间,付款时间,商品标题,商品ID,商品数量,付款金额,淘宝订单编号,淘宝子订单号,订单状态,佣金金额\n";

fn paid_row(nth: u32) -> String {
    format!("2025-03-09 10:00:00,2025-03-09 10:00:01,皂,601,1,100.00,CUT-{nth},S-{nth},已付款,10.00\n")
}

#[tokio::test]
async fn a_file_that_was_cut_off_within_its_last_row_does_not_get_that_row_in() {
    let whole = [COMMISSION.to_owned(), paid_row(1), paid_row(2), paid_row(3)].concat();
    let last = whole.rfind("2025-03-09 10:00:00").unwrap();
    for cut in [
        last + 6,
        last + 25,
        whole.find("CUT-3").unwrap() + 2,
        whole.find("CUT-3").unwrap() + 6,
        whole.rfind("已付款").unwrap() + 6,
    ] {
        let (_folder, db) = support::workspace().await;
        let done = import_text(&db, &whole[..cut]).await;
        assert_eq!(
            (done.new, refused(&done)),
            (2, vec![4]),
            "cut at {cut}: {:?}",
            done.refused
        );
        assert!(
            done.refused[0].reason.contains("没有下载完"),
            "{}",
            done.refused[0].reason
        );
    }

    // Within the last cell nothing tells: the person is asked to look.
    let (_folder, db) = support::workspace().await;
    let done = import_text(&db, whole.trim_end_matches("0\n")).await;
    assert_eq!((done.new, refused(&done)), (3, vec![]));
    assert!(
        done.warned
            .iter()
            .any(|said| said.contains("佣金金额") && said.contains("10.")),
        "{:?}",
        done.warned
    );
    let (_folder, db) = support::workspace().await;
    assert_eq!(
        import_text(&db, whole).await.warned,
        Vec::<String>::new(),
        "a whole file is not doubted"
    );
}

#[tokio::test]
async fn rows_whose_empty_cells_at_the_end_were_left_out_are_whole() {
    let (_folder, db) = support::workspace().await;
    let short = |nth| format!("{nth},,,2025-03-09 09:0{nth}:00,洗发水,1,99.00,,已支付\n");
    let text = [HEAD.to_owned(), short(1), short(2), short(3)].concat();
    let done = import_text(&db, text).await;
    assert_eq!((done.new, refused(&done)), (3, vec![]), "{:?}", done.refused);
}

fn cells(row: &str) -> String {
    row.trim()
        .split(',')
        .map(|cell| format!(r#"<c t="inlineStr"><is><t>{cell}</t></is></c>"#))
        .collect()
}

#[tokio::test]
async fn orders_go_on_in_a_second_sheet_and_a_copy_of_them_counts_once() {
    let (folder, db) = support::workspace().await;
    let file = folder.path().join("两张.xlsx");
    let rows = |numbers: &[u32]| -> Vec<String> {
        std::iter::once(cells(COMMISSION))
            .chain(numbers.iter().map(|nth| cells(&paid_row(*nth))))
            .collect()
    };
    // The third is in both: a person's copy of a row is no second line.
    workbook(&file, &rows(&[1, 2, 3]), &rows(&[3, 4, 5]));
    let done = order::import(&db, &file, "auto", false, now()).await.unwrap();
    assert_eq!(
        (done.rows, done.new, done.unchanged, refused(&done)),
        (6, 5, 1, vec![]),
        "{:?}",
        done.refused
    );
    assert_eq!(money(&numbered(&db, "CUT-3").await), (10_000, 0, 10_000, 1));
    assert_eq!(done.warned, Vec::<String>::new());

    let mut second = rows(&[6]);
    second.push(cells(
        "2025-03-09 10:00:00,,皂,601,1,约一百,CUT-7,S-7,已付款,1.00",
    ));
    workbook(&file, &rows(&[1]), &second);
    let done = order::import(&db, &file, "auto", false, now()).await.unwrap();
    assert_eq!(refused(&done), [3]);
    assert!(
        done.refused[0].reason.contains("商品列表"),
        "a row is named with its sheet: {}",
        done.refused[0].reason
    );
    assert_eq!(numbered(&db, "CUT-6").await.status, Status::Paid);
}

#[tokio::test]
async fn a_sheet_that_is_not_read_is_said() {
    let (folder, db) = support::workspace().await;
    let file = folder.path().join("说明.xlsx");
    workbook(
        &file,
        &[cells("导出说明"), cells("甲,乙")],
        &[cells(COMMISSION), cells(&paid_row(1))],
    );
    let done = order::import(&db, &file, "auto", false, now()).await.unwrap();
    assert_eq!(done.new, 1);
    assert!(
        done.warned
            .iter()
            .any(|said| said.contains("「说明」") && said.contains("没有读")),
        "{:?}",
        done.warned
    );
}
