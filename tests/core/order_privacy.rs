//! Nothing personal gets past the importers, wherever in an order it stands.

use std::path::Path;

use caoben::{
    db::Db,
    order::{self, OrderFilter, SourceOrder, Tags},
};

use crate::{
    money::{paid, refunded, trade, write},
    support::{self, at},
};

/// Which of these words stand anywhere in the workspace's files.
async fn found(db: Db, words: &[&'static str]) -> Vec<&'static str> {
    let file = db.path("caoben.db");
    db.close().await;
    let mut bytes = Vec::new();
    for end in ["", "-wal"] {
        bytes.extend(std::fs::read(format!("{}{end}", file.display())).unwrap_or_default());
    }
    words
        .iter()
        .copied()
        .filter(|word| bytes.windows(word.len()).any(|part| part == word.as_bytes()))
        .collect()
}

async fn import(db: &Db, folder: &Path, text: &str) -> order::OrderImport {
    let file = folder.join("导出.csv");
    std::fs::write(&file, text).unwrap();
    let done = order::import(db, &file, "auto", false, at("2026-11-22 10:00"))
        .await
        .unwrap();
    assert!(done.refused.is_empty(), "{:?}", done.refused);
    done
}

#[tokio::test]
async fn a_files_titles_and_notes_lose_the_buyer_they_name() {
    let (folder, db) = support::workspace().await;
    import(
        &db,
        folder.path(),
        "订单号,订单下单时间,支付时间,订单状态,订单实际支付金额,收件人姓名,收件人手机,收件人地址,买家备注,带货账号昵称,商品名称,商品编码(平台),商品数量,商品实际价格(总共)\n\
         WX-9,2025-03-09 09:00,2025-03-09 09:00,已完成,128,欧阳拾柒,13712345678,北京市朝阳区测试路9号,欧阳拾柒要快,小鹿,刻字杯 欧阳拾柒 137-1234-5678,A1,1,128\n",
    )
    .await;
    let kept = order::numbered(&db, "WX-9").await.unwrap().remove(0);
    assert_eq!(kept.lines[0].title, "刻字杯 *** ***");
    assert_eq!(
        found(db, &["欧阳拾柒", "13712345678", "137-1234-5678", "测试路"]).await,
        [""; 0]
    );
}

#[tokio::test]
async fn a_title_loses_a_phone_and_the_name_beside_it_though_no_column_tells_them() {
    let (folder, db) = support::workspace().await;
    let done = import(
        &db,
        folder.path(),
        "创建时间,付款时间,商品标题,商品ID,商品数量,付款金额,淘宝订单编号,淘宝子订单号,订单状态,佣金金额\n\
         2025-03-09 10:00:00,2025-03-09 10:00:01,定制手机壳 张三 13712345678,601,1,10.00,P-1,S-1,已付款,1.00\n\
         2025-03-09 10:00:00,2025-03-09 10:00:01,黄金眼霜 王者联名 2000000 人回购,601,1,10.00,P-2,S-2,已付款,1.00\n",
    )
    .await;
    assert_eq!(done.new, 2);
    let title = async |number| {
        order::numbered(&db, number).await.unwrap().remove(0).lines[0]
            .title
            .clone()
    };
    assert_eq!(title("P-1").await, "定制手机壳 *** ***");
    assert_eq!(
        title("P-2").await,
        "黄金眼霜 王者联名 2000000 人回购",
        "what is sold keeps its name"
    );
    assert_eq!(found(db, &["张三", "13712345678"]).await, [""; 0]);
}

#[tokio::test]
async fn a_shops_reasons_titles_and_campaigns_lose_the_buyer_it_names() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let mut order = refunded(paid("a"), 1_000);
    order.personal = order::names("三", "张");
    order.personal.extend(order::names("Na", "Li"));
    order
        .personal
        .extend(["幸福路十二号".to_owned(), "li.na@qq.com".to_owned()]);
    order.refunds[0].reason = "张三说寄到幸福路十二号，Li Na 要换".to_owned();
    order.lines[0].title = "口红 刻字 张三".to_owned();
    order.lines[1].title = "Lina 口红".to_owned();
    order.tags = Tags {
        utm_campaign: "张三-双11".to_owned(),
        utm_source: "li na".to_owned(),
        utm_content: "K7Q2A3".to_owned(),
        landing: "/p/%E5%BC%A0%E4%B8%89?utm_campaign=%E5%BC%A0%E4%B8%89&utm_content=K7Q2A3".to_owned(),
        ..Tags::default()
    };
    order.raw = serde_json::json!({ "tags": order.tags, "refunds": [{ "reason": order.refunds[0].reason }] })
        .to_string();
    write(&db, &[order]).await;
    let kept = order::list(&db, &OrderFilter::default()).await.unwrap().remove(0);
    assert_eq!(kept.refunds[0].reason, "***说寄到***，*** 要换");
    assert_eq!(kept.lines[0].title, "口红 刻字 ***");
    assert_eq!(
        kept.lines[1].title, "Lina 口红",
        "a name within another word is none"
    );
    assert_eq!(
        (kept.tags.utm_campaign.as_str(), kept.tags.utm_source.as_str()),
        ("***-双11", "***")
    );
    assert_eq!(kept.tags.utm_content, "K7Q2A3", "our own code stays");
    let words = [
        "张三",
        "%E5%BC%A0%E4%B8%89",
        "幸福路",
        "Li Na",
        "li na",
        "li.na@qq.com",
    ];
    assert_eq!(found(db, &words).await, [""; 0]);
}

#[tokio::test]
async fn reasons_and_campaigns_lose_names_and_streets_that_nothing_else_tells() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    let mut order = refunded(paid("a"), 1_000);
    order.refunds[0].reason = "李小明 上海市浦东新区世纪大道 88 号 3 栋 402 室 破了".to_owned();
    order.tags.utm_campaign = "赵小红".to_owned();
    let other = SourceOrder {
        tags: Tags {
            utm_campaign: "双11_黄金周年庆-小红书".to_owned(),
            // What this notebook itself writes into the links of a channel.
            utm_source: "wechat_article".to_owned(),
            ..Tags::default()
        },
        ..paid("b")
    };
    write(&db, &[order, other]).await;
    let kept = order::list(&db, &OrderFilter::default()).await.unwrap();
    assert_eq!(
        kept[0].tags.utm_campaign, "双11_黄金周年庆-小红书",
        "campaigns that are campaigns stay"
    );
    assert_eq!(kept[0].tags.utm_source, "wechat_article");
    assert_eq!(kept[1].refunds[0].reason, "*** *** 破了");
    assert_eq!(kept[1].tags.utm_campaign, "***");
    assert_eq!(
        found(db, &["李小明", "世纪大道", "88 号", "赵小红"]).await,
        [""; 0]
    );
}
