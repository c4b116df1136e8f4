//! Order imports: 50,000 rows of a CSV, then the same again, then the reports over them.

use std::{fmt::Write, path::Path, time::Instant};

use caoben::{
    order,
    report::{self, By, Period},
};

use crate::{Row, make, memory};

const ROWS: usize = 50_000;

/// An export as 淘宝联盟 writes it: one row in ten is the second line of the order above.
fn export(file: &Path) {
    let mut text = String::from(
        "创建时间,点击时间,付款时间,结算时间,商品标题,商品ID,商品数量,商品单价,付款金额,结算金额,佣金金额,淘宝订单编号,淘宝子订单号,订单状态,维权退款金额,推广位名称,店铺名称,类目名称\n",
    );
    for nth in 0..ROWS {
        let number = 2_025_030_900_000_000_011_u64 + (nth - nth % 10 / 9) as u64 * 10;
        let (day, hour, minute) = (nth % 28 + 1, nth % 24, nth % 60);
        let at = format!("2026-{:02}-{day:02} {hour:02}:{minute:02}:00", nth % 12 + 1);
        let yuan = nth % 300 + 1;
        let status = ["已付款", "已收货", "已失效"][nth % 3];
        let settled = if nth % 3 == 1 { at.as_str() } else { "" };
        writeln!(
            text,
            "{at},,{at},{settled},山茶洗发水无硅油控油蓬松 {nth},60{:03},1,{yuan}.00,{yuan}.00,,{}.50,{number},{},{status},,CB7K2Q 小红书 {},旗舰店,个护",
            nth % 997,
            yuan / 10,
            number + 1 + (nth % 10 / 9) as u64,
            nth % 40,
        )
        .unwrap();
    }
    std::fs::write(file, text).unwrap();
}

pub async fn measure(rounds: usize) -> Vec<Row> {
    let files = tempfile::tempdir().unwrap();
    let file = files.path().join("订单.csv");
    export(&file);
    let mut first = Vec::new();
    let mut again = Vec::new();
    let mut reports = Vec::new();
    let (mut most, mut orders) = (0.0_f64, 0);
    for round in 0..rounds {
        let (_folder, db) = make::workspace().await;
        memory::forget_peak();
        let before = memory::peak();
        let begun = Instant::now();
        let done = order::import(&db, &file, "auto", false, make::now())
            .await
            .unwrap();
        first.push((begun.elapsed().as_secs_f64(), 0.0));
        most = most.max(memory::peak() - before);
        assert!(done.refused.is_empty(), "{:?}", done.refused.first());
        orders = done.new;
        let begun = Instant::now();
        let done = order::import(&db, &file, "auto", false, make::now())
            .await
            .unwrap();
        again.push((begun.elapsed().as_secs_f64(), 0.0));
        assert_eq!((done.new, done.updated), (0, 0), "the same file changes nothing");
        for by in [By::Posts, By::Channels, By::Products, By::Orders] {
            let begun = Instant::now();
            report::report(&db, by, &Period::default()).await.unwrap();
            reports.push((begun.elapsed().as_secs_f64(), 0.0));
        }
        eprintln!(
            "order, round {}: {:.2} s, again {:.2} s",
            round + 1,
            first[round].0,
            again[round].0
        );
    }
    let row = |what, rounds, note: String| Row {
        what,
        peer: "–",
        rounds,
        note,
    };
    vec![
        row(
            "order import",
            first,
            format!("{ROWS} rows of CSV, {orders} orders; {most:.0} MB more than before at most"),
        ),
        row(
            "order import again",
            again,
            "the same file: nothing changes".to_owned(),
        ),
        row(
            "order reports",
            reports,
            "posts, channels, products, orders by turns".to_owned(),
        ),
    ]
}
