//! A small trade for the tests of orders, credit and reports: two posts, two channels, links, a note, a shop.

use caoben::{
    db::Db,
    order::{self, SourceLine, SourceOrder, SourceRefund, Status, Tags, Upserted},
    value::Id,
};

use crate::support::at;

/// Ids are fixed: posts 1 防晒 and 2 口红; channels 1 公众号 · 小鹿 and 2 小红书 · 小鹿; links K7Q2A3 (post 1, channel 1,
/// coupon SUN10) and M4XZ9P (post 2, channel 2); note 66f0abc of post 2 on channel 2; products 1 and 2; shop 1 小店.
pub async fn trade(db: &Db) {
    let sql = "
        INSERT INTO product (id, name, created_at, updated_at) VALUES (1, '防晒霜', 0, 0), (2, '口红', 0, 0);
        INSERT INTO product_sku (shop, sku, product_id) VALUES ('小店', 'SUN-B', 1);
        INSERT INTO channel (id, platform, name, created_at)
            VALUES (1, 'wechat_article', '公众号 · 小鹿', 0), (2, 'xiaohongshu', '小红书 · 小鹿', 0);
        INSERT INTO post (id, code, title, created_at, updated_at) VALUES (1, 'AAAAA', '夏天的防晒', 0, 0), (2, 'BBBBB', '口红两周', 0, 0);
        INSERT INTO link (id, code, kind, coupon, post_id, channel_id, product_id, created_at)
            VALUES (1, 'K7Q2A3', 'url', 'SUN10', 1, 1, 1, 0), (2, 'M4XZ9P', 'url', NULL, 2, 2, 2, 0);
        INSERT INTO link_coupon (code, link_id, created_at) VALUES ('SUN10', 1, 0);
        INSERT INTO publication (id, post_id, channel_id, published_at, note_id, created_at) VALUES (1, 2, 2, 0, '66f0abc', 0);
        INSERT INTO shop (id, kind, name, created_at) VALUES (1, 'vendure', '小店', 0);";
    run(db, sql).await;
}

/// Runs plain SQL.
pub async fn run(db: &Db, sql: &'static str) {
    let mut tx = db.begin().await.unwrap();
    sqlx::raw_sql(sql).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
}

/// A paid order of ¥100.00: one SUN-B for 60.00 and one LIP-A for 40.00.
pub fn paid(key: &str) -> SourceOrder {
    let line = |key: &str, sku: &str, amount| SourceLine {
        source_key: key.to_owned(),
        sku: sku.to_owned(),
        title: sku.to_owned(),
        quantity: 1,
        amount,
        refunded: 0,
        told: String::new(),
    };
    SourceOrder {
        source_key: key.to_owned(),
        number: format!("NO-{key}"),
        status: Status::Paid,
        source_status: "PaymentSettled".to_owned(),
        placed_at: at("2026-11-10 10:00"),
        updated_at: Some(at("2026-11-10 10:00")),
        currency: "CNY".to_owned(),
        gross: 10_000,
        refunded: 0,
        commission_estimated: None,
        commission_settled: None,
        buyer: None,
        personal: Vec::new(),
        tags: Tags::default(),
        lines: vec![line("1", "SUN-B", 6_000), line("2", "LIP-A", 4_000)],
        refunds: Vec::new(),
        raw: "{}".to_owned(),
    }
}

/// The same order with this tag.
pub fn tagged(key: &str, tags: Tags) -> SourceOrder {
    SourceOrder { tags, ..paid(key) }
}

/// The same order after a refund that does not move its stamp.
pub fn refunded(order: SourceOrder, amount: i64) -> SourceOrder {
    let refund = SourceRefund {
        source_key: "r1".to_owned(),
        amount,
        state: "Pending".to_owned(),
        reason: "不合适".to_owned(),
        at: Some(at("2026-11-12 09:00")),
    };
    let status = if amount == order.gross {
        Status::Refunded
    } else {
        order.status
    };
    SourceOrder {
        refunded: amount,
        refunds: vec![refund],
        status,
        ..order
    }
}

/// Tags with this `utm_content`.
pub fn utm(content: &str) -> Tags {
    Tags {
        utm_source: "wechat".to_owned(),
        utm_content: content.to_owned(),
        ..Tags::default()
    }
}

/// Tags with this coupon.
pub fn coupon(code: &str) -> Tags {
    Tags {
        coupons: vec![code.to_owned()],
        ..Tags::default()
    }
}

/// Writes orders of shop 1.
pub async fn write(db: &Db, orders: &[SourceOrder]) -> Upserted {
    let mut tx = db.begin().await.unwrap();
    let done = order::upsert(&mut tx, 1, orders, at("2026-11-20 08:00"))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    done
}

/// The id of the order with this key.
pub async fn id_of(db: &Db, key: &str) -> Id {
    let filter = order::OrderFilter {
        text: format!("NO-{key}"),
        ..Default::default()
    };
    order::list(db, &filter).await.unwrap()[0].id
}
