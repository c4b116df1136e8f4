//! What the shop holds: orders, their refunds, and the switches that tests turn.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Map, Value, json};

/// Something that happens in the shop while a client is reading.
pub type Event = Box<dyn FnOnce(&mut Site) + Send>;

/// The state of the double. Times are whole seconds since 1970 UTC, money is minor units (分).
pub struct Site {
    /// WordPress's own idea of its address, without a slash at the end: OAuth signs it, so set it when a proxy stands in front.
    pub home: String,
    /// The server's clock for OAuth in seconds; `None` is the real time.
    pub clock: Option<i64>,
    /// Every request as `GET /wp-json/…?…`, refused ones too.
    pub requests: Vec<String>,
    /// Orders lie in tables of their own (HPOS) and not among the posts.
    pub hpos: bool,
    /// Whether there is a list of all refunds, which came with WooCommerce 9.0.
    pub has_refunds: bool,
    /// Orders that the owner of the key may not read: counted and not shown.
    pub hidden: HashSet<u64>,
    /// What a plugin writes over the fields of an order when it is shown.
    pub broken: HashMap<u64, Value>,
    pub(super) https: bool,
    pub(super) zone: TimeZone,
    pub(super) nonces: HashSet<String>,
    pub(super) orders: BTreeMap<u64, Order>,
    pub(super) lists: u64,
    pub(super) events: HashMap<u64, Vec<Event>>,
    next: u64,
}

/// What a buyer ordered; `lines` are SKU, quantity, unit price; `coupon` is a code and its percent off.
#[derive(Clone, Debug, Default)]
pub struct NewOrder<'a> {
    pub at: i64,
    pub status: &'a str,
    pub lines: &'a [(&'a str, i64, i64)],
    pub coupon: Option<(&'a str, i64)>,
    /// Keys without the prefix `_wc_order_attribution_`.
    pub attribution: &'a [(&'a str, &'a str)],
    pub email: &'a str,
}

/// Money given back; `lines` are the place of a line in the order (from 0), the quantity, and the amount.
#[derive(Clone, Debug, Default)]
pub struct Refund<'a> {
    pub at: i64,
    pub amount: i64,
    pub reason: &'a str,
    pub lines: &'a [(usize, i64, i64)],
}

/// An order out of the shop.
pub struct Erased(u64, Order);

pub(super) struct Order {
    pub status: String,
    pub created: i64,
    pub modified: i64,
    email: String,
    lines: Vec<Line>,
    coupon: Option<(u64, String, i64)>,
    meta: Vec<(u64, String, String)>,
    pub refunds: Vec<Returned>,
}

struct Line {
    id: u64,
    sku: String,
    quantity: i64,
    price: i64,
    total: i64,
}

pub(super) struct Returned {
    id: u64,
    pub at: i64,
    amount: i64,
    reason: String,
    lines: Vec<(u64, u64, String, i64, i64)>,
}

impl Site {
    pub(super) fn new(https: bool, home: String) -> Self {
        Self {
            home,
            clock: None,
            requests: Vec::new(),
            hpos: false,
            has_refunds: true,
            hidden: HashSet::new(),
            broken: HashMap::new(),
            https,
            zone: TimeZone::get("Asia/Shanghai").unwrap(),
            nonces: HashSet::new(),
            orders: BTreeMap::new(),
            lists: 0,
            events: HashMap::new(),
            next: 100,
        }
    }

    /// Takes an order and answers its id. The coupon code becomes lower case, as WooCommerce stores it.
    pub fn order(&mut self, new: &NewOrder<'_>) -> u64 {
        let id = self.fresh();
        let off = new.coupon.map_or(0, |(_, percent)| percent);
        let lines: Vec<Line> = new
            .lines
            .iter()
            .map(|&(sku, quantity, price)| {
                let full = quantity * price;
                Line {
                    id: self.fresh(),
                    sku: sku.to_owned(),
                    quantity,
                    price,
                    total: full - full * off / 100,
                }
            })
            .collect();
        let saved = lines
            .iter()
            .map(|line| line.quantity * line.price - line.total)
            .sum();
        let coupon = new
            .coupon
            .map(|(code, _)| (self.fresh(), code.to_lowercase(), saved));
        let meta = new.attribution.iter().map(|(key, value)| {
            (
                self.fresh(),
                format!("_wc_order_attribution_{key}"),
                (*value).to_owned(),
            )
        });
        let meta = meta.collect();
        let order = Order {
            status: new.status.to_owned(),
            created: new.at,
            modified: new.at,
            email: new.email.to_owned(),
            lines,
            coupon,
            meta,
            refunds: Vec::new(),
        };
        self.orders.insert(id, order);
        id
    }

    /// Moves an order to a status: `pending processing on-hold completed cancelled refunded failed trash`.
    pub fn set_status(&mut self, id: u64, status: &str, at: i64) {
        let order = self.orders.get_mut(&id).unwrap();
        order.status = status.to_owned();
        order.modified = at;
    }

    /// Gives money back and answers the refund's id: the status stays until everything is refunded, the total stays for ever.
    pub fn refund(&mut self, id: u64, refund: &Refund<'_>) -> u64 {
        let number = self.fresh();
        let line_ids: Vec<u64> = refund.lines.iter().map(|_| self.fresh()).collect();
        let order = self.orders.get_mut(&id).unwrap();
        let lines = refund
            .lines
            .iter()
            .zip(line_ids)
            .map(|(&(place, quantity, amount), own)| {
                let line = &order.lines[place];
                (own, line.id, line.sku.clone(), quantity, amount)
            });
        let lines = lines.collect();
        order.refunds.push(Returned {
            id: number,
            at: refund.at,
            amount: refund.amount,
            reason: refund.reason.to_owned(),
            lines,
        });
        order.modified = refund.at;
        let total: i64 = order.lines.iter().map(|line| line.total).sum();
        let returned: i64 = order.refunds.iter().map(|refund| refund.amount).sum();
        assert!(
            returned <= total,
            "WooCommerce refuses to refund more than was paid"
        );
        if returned == total {
            order.status = "refunded".to_owned();
        }
        number
    }

    /// Sets the shop's own time, such as `America/Los_Angeles`.
    pub fn move_to(&mut self, zone: &str) {
        self.zone = TimeZone::get(zone).unwrap();
    }

    /// As [`Site::refund`] by something that does not move the order's stamp.
    pub fn refund_quietly(&mut self, id: u64, refund: &Refund<'_>) -> u64 {
        let modified = self.orders[&id].modified;
        let number = self.refund(id, refund);
        self.orders.get_mut(&id).unwrap().modified = modified;
        number
    }

    /// Deletes a refund: the order's stamp stays as it is.
    pub fn unrefund(&mut self, id: u64, refund: u64) {
        let order = self.orders.get_mut(&id).unwrap();
        order.refunds.retain(|one| one.id != refund);
    }

    /// Removes an order for good: from now on nothing shows that it ever was, but for who holds what comes back.
    pub fn erase(&mut self, id: u64) -> Erased {
        Erased(id, self.orders.remove(&id).unwrap())
    }

    /// Brings an order back as it was, as from a backup.
    pub fn restore(&mut self, Erased(id, order): Erased) {
        self.orders.insert(id, order);
    }

    /// Lets `event` happen just before the `number`th order list (from 1) is answered: orders change while a client pages.
    pub fn before_list(&mut self, number: u64, event: impl FnOnce(&mut Site) + Send + 'static) {
        self.events.entry(number).or_default().push(Box::new(event));
    }

    fn fresh(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn stamps(&self, name: &str, at: i64, into: &mut Map<String, Value>) {
        let utc = Timestamp::from_second(at).unwrap();
        let local = utc.to_zoned(self.zone.clone()).strftime("%FT%T").to_string();
        into.insert(name.to_owned(), local.into());
        into.insert(format!("{name}_gmt"), utc.strftime("%FT%T").to_string().into());
    }

    /// The order as REST v3 shows it.
    pub(super) fn show(&self, id: u64) -> Value {
        let order = &self.orders[&id];
        let total: i64 = order.lines.iter().map(|line| line.total).sum();
        let discount = order.coupon.as_ref().map_or(0, |(_, _, saved)| *saved);
        let mut shown = Map::new();
        for (name, value) in [
            ("id", json!(id)),
            ("parent_id", json!(0)),
            ("status", json!(order.status)),
            ("currency", json!("CNY")),
            ("version", json!("11.0.1")),
            ("prices_include_tax", json!(true)),
        ] {
            shown.insert(name.to_owned(), value);
        }
        self.stamps("date_created", order.created, &mut shown);
        self.stamps("date_modified", order.modified, &mut shown);
        let unpaid = ["pending", "failed"].contains(&order.status.as_str());
        match unpaid {
            true => shown.extend([
                ("date_paid".to_owned(), Value::Null),
                ("date_paid_gmt".to_owned(), Value::Null),
            ]),
            false => self.stamps("date_paid", order.created, &mut shown),
        }
        let rest = json!({
            "discount_total": money(discount), "discount_tax": "0.00", "shipping_total": "0.00", "shipping_tax": "0.00",
            "cart_tax": "0.00", "total": money(total), "total_tax": "0.00", "customer_id": 0, "order_key": format!("wc_order_{id}"),
            "billing": { "first_name": "小鹿", "last_name": "", "phone": "13800000000", "email": order.email, "city": "上海", "country": "CN" },
            "shipping": { "first_name": "小鹿", "last_name": "", "address_1": "测试路 1 号", "city": "上海", "country": "CN" },
            "payment_method": "bacs", "transaction_id": "", "customer_ip_address": "192.0.2.7", "customer_user_agent": "Mozilla/5.0",
            "created_via": "checkout", "customer_note": "", "number": id.to_string(),
            "meta_data": order.meta.iter().map(|(id, key, value)| json!({ "id": id, "key": key, "value": value })).collect::<Vec<_>>(),
            "line_items": order.lines.iter().map(line).collect::<Vec<_>>(),
            "tax_lines": [], "shipping_lines": [], "fee_lines": [],
            "coupon_lines": order.coupon.iter().map(|(id, code, saved)| json!({
                "id": id, "code": code, "discount": money(*saved), "discount_tax": "0.00", "meta_data": [],
            })).collect::<Vec<_>>(),
            "refunds": order.refunds.iter().map(|refund| json!({
                "id": refund.id, "reason": refund.reason, "total": money(-refund.amount),
            })).collect::<Vec<_>>(),
            "currency_symbol": "¥",
        });
        shown.extend(rest.as_object().cloned().unwrap());
        let broken = self.broken.get(&id).and_then(Value::as_object);
        shown.extend(broken.cloned().unwrap_or_default());
        shown.into()
    }

    /// The refunds of an order as `/orders/<id>/refunds` shows them, newest first; quantities and line totals are negative.
    pub(super) fn show_refunds(&self, id: u64) -> Vec<Value> {
        let shown = self.orders[&id].refunds.iter().rev().map(|refund| {
            let mut shown = Map::from_iter([("id".to_owned(), json!(refund.id)), ("parent_id".to_owned(), json!(id))]);
            self.stamps("date_created", refund.at, &mut shown);
            let lines = refund.lines.iter().map(|(own, line, sku, quantity, amount)| json!({
                "id": own, "name": sku, "sku": sku, "quantity": -quantity, "subtotal": money(-amount), "total": money(-amount),
                "meta_data": [{ "id": own, "key": "_refunded_item_id", "value": line.to_string() }],
            }));
            let rest = json!({
                "amount": money(refund.amount), "reason": refund.reason, "refunded_by": 1, "refunded_payment": false,
                "meta_data": [], "line_items": lines.collect::<Vec<_>>(), "shipping_lines": [], "tax_lines": [], "fee_lines": [],
            });
            shown.extend(rest.as_object().cloned().unwrap());
            Value::from(shown)
        });
        shown.collect()
    }
}

fn line(line: &Line) -> Value {
    json!({
        "id": line.id, "name": line.sku, "product_id": 1, "variation_id": 0, "quantity": line.quantity,
        "subtotal": money(line.quantity * line.price), "subtotal_tax": "0.00", "total": money(line.total), "total_tax": "0.00",
        "sku": line.sku, "price": line.total as f64 / line.quantity as f64 / 100.0, "taxes": [], "meta_data": [],
    })
}

/// 12345 → `"123.45"`.
fn money(minor: i64) -> String {
    format!(
        "{}{}.{:02}",
        if minor < 0 { "-" } else { "" },
        minor.abs() / 100,
        minor.abs() % 100
    )
}
