//! Today 今日: what is new since the last look, counted once.

use caoben::{order::SourceOrder, today};

use crate::{
    money::{paid, refunded, trade, write},
    support::{self, at},
};

#[tokio::test]
async fn an_old_refund_is_not_new_again_when_its_order_is_told_differently() {
    let (_folder, db) = support::workspace().await;
    trade(&db).await;
    // Written at 2026-11-20 08:00.
    let old = refunded(paid("a"), 4_000);
    write(&db, &[old.clone(), paid("b")]).await;
    let first = today::today(&db, at("2026-11-20 09:00")).await.unwrap();
    assert_eq!((first.new_orders, first.new_refunds), (2, 1));
    today::seen(&db, at("2026-11-20 09:00")).await.unwrap();

    let mut tx = db.begin().await.unwrap();
    let touched = SourceOrder {
        source_status: "Shipped".to_owned(),
        ..old
    };
    let later = at("2026-11-21 08:00");
    caoben::order::upsert(&mut tx, 1, &[touched, refunded(paid("b"), 1_000)], later)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let second = today::today(&db, at("2026-11-21 09:00")).await.unwrap();
    assert_eq!(
        (second.new_orders, second.new_refunds),
        (0, 1),
        "only the refund of b was heard of since"
    );
}
