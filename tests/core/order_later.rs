//! Order imports, file after file: what is over stays over whatever a file leaves blank, and what was taken back counts once.

use caoben::order::{OrderImport, Status};

use crate::{
    order_cases::{import_text, money, numbered, refused},
    support,
};

fn warned(done: &OrderImport, words: &str) -> bool {
    done.warned.iter().any(|said| said.contains(words))
}

fn douyin(status: &str, received: &str, settled: &str) -> String {
    format!(
        "订单id,商品id,商品名称,作者账号,支付金额,预估佣金支出,结算金额,实际佣金支出,订单状态,付款时间,收货时间,订单结算时间,商品数量\n\
         6920,601,洗发水,小鹿,100.00,5.00,,,{status},2025-03-09 10:00:00,{received},{settled},1\n"
    )
}

#[tokio::test]
async fn an_order_that_is_over_loses_its_credit_though_the_file_leaves_its_times_blank() {
    for (end, status) in [
        ("已退款", Status::Refunded),
        ("退货退款", Status::Refunded),
        ("已失效", Status::Invalid),
        ("已关闭", Status::Invalid),
    ] {
        for known in [
            douyin("已结算", "2025-03-12 10:00:00", "2025-03-20 10:00:00"),
            douyin("确认收货", "2025-03-12 10:00:00", ""),
        ] {
            let (_folder, db) = support::workspace().await;
            import_text(&db, &known).await;
            let done = import_text(&db, douyin(end, "", "")).await;
            assert_eq!(done.updated, 1, "{end}");
            let order = numbered(&db, "6920").await;
            assert_eq!((order.status, order.net), (status, 0), "{end}");
            let done = import_text(&db, &known).await;
            assert_eq!(done.updated, 0, "{end}: an old file brings nothing back");
            assert_eq!(numbered(&db, "6920").await.net, 0, "{end}");
        }
    }
}

#[tokio::test]
async fn the_ends_of_other_platforms_win_too() {
    let pinduoduo = |status: &str, settled: &str| {
        format!(
            "订单编号,商品数,商品信息,商品ID,商品价格,订单金额,预估佣金收入,佣金比例,创建时间,pid,推广位名称,结算时间,订单状态描述\n\
             P-1,1,皂,601,10,10.00,1.00,10%,2025-03-09 10:00:00,1_2,位,{settled},{status}\n"
        )
    };
    for end in ["已处罚", "审核失败", "非多多进宝商品"] {
        let (_folder, db) = support::workspace().await;
        import_text(&db, pinduoduo("已结算", "2025-03-20 10:00:00")).await;
        import_text(&db, pinduoduo(end, "")).await;
        let order = numbered(&db, "P-1").await;
        assert_eq!((order.status, order.net), (Status::Invalid, 0), "{end}");
    }
    let taobao = |status: &str, settled: &str| {
        format!(
            "创建时间,付款时间,结算时间,商品标题,商品ID,商品数量,付款金额,淘宝订单编号,淘宝子订单号,订单状态\n\
             2025-03-09 10:00:00,2025-03-09 10:00:01,{settled},皂,601,1,10.00,T-1,S-1,{status}\n"
        )
    };
    let (_folder, db) = support::workspace().await;
    import_text(&db, taobao("已收货", "2025-03-20 10:00:00")).await;
    import_text(&db, taobao("已失效", "")).await;
    let order = numbered(&db, "T-1").await;
    assert_eq!((order.status, order.net), (Status::Invalid, 0));
}

#[tokio::test]
async fn a_larger_refund_counts_whatever_the_times_and_a_smaller_one_is_said() {
    let wechat = |back: &str, received: &str, settled: &str| {
        format!(
            "订单号,订单下单时间,支付时间,订单确认收货时间,订单完成结算时间,订单状态,订单实际支付金额,带货账号昵称,商品名称,商品编码(平台),商品数量,商品实际价格(总共),商品已退款金额\n\
             WX-1,2025-03-09 09:00,2025-03-09 09:00,{received},{settled},已完成,100,小鹿,洗发水,A1,1,100,{back}\n"
        )
    };
    let (_folder, db) = support::workspace().await;
    import_text(&db, wechat("0", "2025-03-12 09:00", "2025-03-20 09:00")).await;
    import_text(&db, wechat("100", "", "")).await;
    assert_eq!(money(&numbered(&db, "WX-1").await), (10_000, 10_000, 0, 1));
    let done = import_text(&db, wechat("30", "2025-03-12 09:00", "2025-03-25 09:00")).await;
    assert_eq!(money(&numbered(&db, "WX-1").await), (10_000, 10_000, 0, 1));
    assert!(
        warned(&done, "WX-1") && warned(&done, "比以前的文件少"),
        "{:?}",
        done.warned
    );
}

#[tokio::test]
async fn a_later_file_in_which_an_ended_order_lives_is_said() {
    let (_folder, db) = support::workspace().await;
    import_text(&db, douyin("已退款", "", "")).await;
    let done = import_text(
        &db,
        douyin("已结算", "2025-03-12 10:00:00", "2025-03-20 10:00:00"),
    )
    .await;
    assert_eq!(numbered(&db, "6920").await.net, 0);
    assert!(warned(&done, "仍按已退款或已失效算"), "{:?}", done.warned);
}

const COMMISSION: &str =
    "创建时间,付款时间,商品标题,商品ID,商品数量,付款金额,淘宝订单编号,淘宝子订单号,订单状态,佣金金额\n";

fn row(day: u32, paid: &str, commission: &str) -> String {
    format!(
        "2025-03-{day:02} 10:00:00,2025-03-{day:02} 10:00:01,皂,601,1,{paid},REV-1,S-1,已付款,{commission}\n"
    )
}

#[tokio::test]
async fn several_negative_rows_of_one_line_add_up_in_one_file() {
    let (_folder, db) = support::workspace().await;
    let rows = [
        row(9, "100.00", "10.00"),
        row(10, "-30.00", "-3.00"),
        row(11, "-20.00", "-2.00"),
    ];
    let text = format!("{COMMISSION}{}", rows.concat());
    for nth in 1..=2 {
        let done = import_text(&db, &text).await;
        assert_eq!(refused(&done), Vec::<i64>::new(), "{:?}", done.refused);
        let order = numbered(&db, "REV-1").await;
        assert_eq!(money(&order), (10_000, 5_000, 5_000, 1), "time {nth}");
        assert_eq!(order.commission_estimated, Some(500), "time {nth}");
    }
    let too_much = format!(
        "{COMMISSION}{}{}",
        row(9, "100.00", "10.00"),
        row(12, "-101.00", "")
    );
    let (_folder, db) = support::workspace().await;
    let done = import_text(&db, too_much).await;
    assert_eq!(refused(&done), [2, 3]);
    assert!(
        done.refused[0].reason.contains("比那一笔付的还多"),
        "the reason is the true one: {}",
        done.refused[0].reason
    );
}

#[tokio::test]
async fn negative_rows_of_later_files_add_up_and_the_net_never_goes_up() {
    let (_folder, db) = support::workspace().await;
    import_text(&db, format!("{COMMISSION}{}", row(9, "100.00", ""))).await;
    let march = format!("{COMMISSION}{}", row(10, "-30.00", ""));
    let april = format!("{COMMISSION}{}", row(11, "-20.00", ""));
    for (file, net) in [(&march, 7_000), (&april, 5_000), (&march, 5_000), (&april, 5_000)] {
        let done = import_text(&db, file).await;
        assert_eq!(refused(&done), Vec::<i64>::new(), "{:?}", done.refused);
        assert_eq!(numbered(&db, "REV-1").await.net, net);
    }
    let both = format!("{COMMISSION}{}{}", row(10, "-30.00", ""), row(11, "-20.00", ""));
    let done = import_text(&db, both).await;
    assert_eq!((done.unchanged, numbered(&db, "REV-1").await.net), (1, 5_000));
}

#[tokio::test]
async fn a_negative_row_that_an_earlier_version_kept_is_not_counted_again() {
    let (_folder, db) = support::workspace().await;
    import_text(&db, format!("{COMMISSION}{}", row(9, "100.00", ""))).await;
    let march = format!("{COMMISSION}{}", row(10, "-30.00", ""));
    import_text(&db, &march).await;
    crate::money::run(
        &db,
        r#"UPDATE order_line SET told = json_set(json_remove(told, '$.reversals'), '$.reversed', json('{"paid":3000}'));"#,
    )
    .await;
    import_text(&db, &march).await;
    assert_eq!(numbered(&db, "REV-1").await.net, 7_000);
}
