//! The sample's orders: some tagged, some not, some refunded or cancelled, as a shop would tell them.

use crate::{
    link::Link,
    order::{SourceLine, SourceOrder, SourceRefund, Status, Tags},
    value::Time,
};

/// How an order of the sample found its way.
#[derive(Clone, Copy)]
enum Way {
    /// Clicked the nth link.
    Link(usize),
    /// Typed the nth link's coupon.
    Coupon(usize),
    /// Nobody knows.
    Unknown,
}

/// One order: days ago, way, SKU, name, price in 分, quantity, refunded 分, status.
type Deal = (i64, Way, &'static str, &'static str, i64, i64, i64, Status);

const SUN: (&str, &str, i64) = ("SUN-50", "云感防晒乳", 12_900);
const BEER: (&str, &str, i64) = ("BEER-6", "小麦啤酒 六罐", 8_600);
const PLANT: (&str, &str, i64) = ("CACTUS-S", "金晃 桌面绿植", 3_900);

const fn deal(
    days: i64,
    way: Way,
    what: (&'static str, &'static str, i64),
    count: i64,
    back: i64,
    status: Status,
) -> Deal {
    (days, way, what.0, what.1, what.2, count, back, status)
}

const DEALS: [Deal; 22] = [
    deal(0, Way::Link(0), SUN, 1, 0, Status::Paid),
    deal(0, Way::Unknown, PLANT, 1, 0, Status::Paid),
    deal(1, Way::Link(0), SUN, 2, 0, Status::Paid),
    deal(1, Way::Coupon(1), SUN, 1, 0, Status::Paid),
    deal(2, Way::Link(2), BEER, 1, 0, Status::Paid),
    deal(2, Way::Link(0), SUN, 1, 12_900, Status::Refunded),
    deal(3, Way::Link(2), BEER, 2, 0, Status::Received),
    deal(3, Way::Unknown, SUN, 1, 0, Status::Received),
    deal(4, Way::Coupon(1), SUN, 1, 6_450, Status::Received),
    deal(4, Way::Link(3), BEER, 1, 0, Status::Received),
    deal(5, Way::Link(0), SUN, 1, 0, Status::Received),
    deal(6, Way::Link(2), BEER, 1, 0, Status::Received),
    deal(7, Way::Link(4), PLANT, 1, 3_900, Status::Refunded),
    deal(8, Way::Link(4), PLANT, 2, 0, Status::Received),
    deal(9, Way::Link(2), BEER, 3, 0, Status::Settled),
    deal(11, Way::Unknown, BEER, 1, 0, Status::Settled),
    deal(12, Way::Link(4), PLANT, 1, 0, Status::Settled),
    deal(14, Way::Link(4), PLANT, 1, 0, Status::Invalid),
    deal(15, Way::Link(2), BEER, 1, 0, Status::Settled),
    deal(18, Way::Link(4), PLANT, 1, 0, Status::Settled),
    deal(20, Way::Unknown, PLANT, 1, 0, Status::Settled),
    deal(22, Way::Link(3), BEER, 2, 0, Status::Settled),
];

const DAY: i64 = 86_400_000;

/// The orders as the shop tells them; `links` in the order they were made.
pub(super) fn orders(links: &[Link], now: Time) -> Vec<SourceOrder> {
    DEALS
        .iter()
        .enumerate()
        .map(|(n, deal)| order(n, deal, links, now))
        .collect()
}

fn order(n: usize, deal: &Deal, links: &[Link], now: Time) -> SourceOrder {
    let &(days, way, sku, title, price, quantity, refunded, status) = deal;
    // Spread over the day, so that no two share a second.
    let placed_at = Time(now.0 - days * DAY - 1_800_000 - 977_000 * i64::try_from(n % 7).unwrap_or(0));
    let gross = price * quantity;
    let key = format!("S{:04}", DEALS.len() - n);
    let code = |n: usize| links.get(n).map(|link| link.code.clone()).unwrap_or_default();
    let tags = match way {
        Way::Link(n) => Tags {
            utm_source: "caoben".into(),
            utm_content: code(n),
            ..Tags::default()
        },
        Way::Coupon(n) => Tags {
            coupons: vec![code(n)],
            ..Tags::default()
        },
        Way::Unknown => Tags::default(),
    };
    let line = SourceLine {
        source_key: "1".into(),
        sku: sku.into(),
        title: title.into(),
        quantity,
        amount: gross,
        refunded,
        told: String::new(),
    };
    let refund = SourceRefund {
        source_key: "1".into(),
        amount: refunded,
        state: "Settled".into(),
        reason: if refunded == gross {
            "不想要了"
        } else {
            "运输破损，退一半"
        }
        .into(),
        at: Some(Time(placed_at.0 + DAY / 2)),
    };
    let estimated = gross / 10;
    SourceOrder {
        number: format!("2026{key}"),
        source_key: key,
        status,
        source_status: word(status).into(),
        placed_at,
        updated_at: Some(placed_at),
        currency: "CNY".into(),
        gross,
        refunded,
        commission_estimated: Some(estimated),
        commission_settled: (status == Status::Settled).then_some(estimated),
        buyer: None,
        personal: Vec::new(),
        tags,
        lines: vec![line],
        refunds: if refunded > 0 { vec![refund] } else { Vec::new() },
        raw: "{}".into(),
    }
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Paid => "已付款",
        Status::Received => "已收货",
        Status::Settled => "已结算",
        Status::Refunded => "已退款",
        _ => "已取消",
    }
}
