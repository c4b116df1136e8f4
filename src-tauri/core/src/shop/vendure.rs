//! Vendure, by its Admin API (GraphQL; semantics of 3.7).

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::{
    http::Http,
    source::{List, PAGE, Source},
};
use crate::{
    attribution,
    buyer::Salt,
    error::{Code, Error, Result},
    order::{SourceLine, SourceOrder, SourceRefund, Status, Tags},
    value::Time,
};

/// A shop with its key.
pub(super) struct Vendure {
    http: Http,
    endpoint: Url,
    /// User name; empty when `secret` is an API key.
    key: String,
    secret: String,
    token: Option<String>,
    /// Names of the order's own fields that may hold tags; `None` = not asked yet.
    fields: Option<Vec<String>>,
    asked: u64,
    salt: Salt,
}

const LOGIN: &str =
    "($u:String!,$p:String!){ANSWER:login(username:$u,password:$p){__typename ... on ErrorResult{message}}}";
const TYPES: &str = r#"{ANSWER:__type(name:"Order"){fields{name type{name fields{name}}}}}"#;
const ORDERS: &str = "($o:OrderListOptions){ANSWER:orders(options:$o){items{id code state createdAt updatedAt orderPlacedAt \
couponCodes totalWithTax currencyCode customer{emailAddress} FIELDS \
lines{id quantity orderPlacedQuantity proratedLinePriceWithTax proratedUnitPriceWithTax productVariant{sku name}} \
payments{state amount refunds{id state total reason createdAt lines{orderLineId quantity}}}}}}";

impl Vendure {
    pub(super) fn new(http: Http, url: &Url, key: String, secret: String, salt: Salt) -> Self {
        let mut endpoint = url.clone();
        let path = endpoint.path().trim_end_matches('/').to_owned();
        endpoint.set_path(&if path.ends_with("/admin-api") {
            path
        } else {
            format!("{path}/admin-api")
        });
        Self {
            http,
            endpoint,
            key,
            secret,
            token: None,
            fields: None,
            asked: 0,
            salt,
        }
    }

    /// Asks with a name for the answer that no other request has, so that a stale answer is noticed; logs in as needed.
    async fn ask(&mut self, query: &str, variables: Value) -> Result<Value> {
        for _ in 0..2 {
            if !self.key.is_empty() && self.token.is_none() {
                self.login().await?;
            }
            let (answer, _) = self.post(&format!("query{query}"), &variables).await?;
            match answer {
                Ok(found) => return Ok(found),
                // A session may have run out; an API key that is refused once is refused for good.
                Err(error) if error.code == Code::Unauthorized && self.token.take().is_some() => {}
                Err(error) => return Err(error),
            }
        }
        Err(unauthorized())
    }

    async fn login(&mut self) -> Result<()> {
        let variables = json!({ "u": self.key, "p": self.secret });
        let (answer, token) = self.post(&format!("mutation{LOGIN}"), &variables).await?;
        let answer = answer?;
        if answer.get("message").is_some() {
            return Err(unauthorized());
        }
        self.token = token;
        if self.token.is_none() {
            return Err(Error::new(
                Code::Unauthorized,
                "店铺登录后没有给出令牌。请在 Vendure 的 tokenMethod 里打开 bearer，或改用 API key。",
            ));
        }
        Ok(())
    }

    /// The answer, or what GraphQL says is wrong, and the token that came with it.
    async fn post(&mut self, query: &str, variables: &Value) -> Result<(Result<Value>, Option<String>)> {
        self.asked += 1;
        let name = format!("answer{}", self.asked);
        let body = json!({ "query": query.replace("ANSWER", &name), "variables": variables });
        let (endpoint, token, secret) = (&self.endpoint, &self.token, &self.secret);
        let by_key = self.key.is_empty();
        let answer = self
            .http
            .ask(
                |client, _| {
                    let request = client.post(endpoint.clone()).json(&body);
                    match token {
                        Some(token) => request.bearer_auth(token),
                        None if by_key => request.header("vendure-api-key", secret),
                        None => request,
                    }
                },
                |json| {
                    json.get("errors").is_some() || json.pointer("/data").and_then(|d| d.get(&name)).is_some()
                },
            )
            .await?;
        let token = answer
            .headers
            .get("vendure-auth-token")
            .and_then(|t| t.to_str().ok())
            .map(str::to_owned);
        let mut json = answer.json;
        if let Some(error) = json.pointer("/errors/0") {
            let code = error
                .pointer("/extensions/code")
                .and_then(Value::as_str)
                .unwrap_or_default();
            if matches!(code, "FORBIDDEN" | "UNAUTHENTICATED" | "UNAUTHORIZED") {
                return Ok((Err(unauthorized()), token));
            }
            let said: String = error["message"]
                .as_str()
                .unwrap_or_default()
                .chars()
                .take(200)
                .collect();
            let message = format!("店铺不接受这个请求：{said}。已读到的订单都保留了。");
            return Ok((Err(Error::new(Code::Unreachable, message)), token));
        }
        let found = json
            .pointer_mut(&format!("/data/{name}"))
            .map(Value::take)
            .unwrap_or_default();
        Ok((Ok(found), token))
    }

    /// Which of the order's own fields can hold tags: every shop defines its own, or none, and may hide its schema.
    async fn fields(&mut self) -> Result<Vec<String>> {
        if let Some(known) = &self.fields {
            return Ok(known.clone());
        }
        let types = match self.ask(TYPES, json!({})).await {
            Err(error) if error.code == Code::Unreachable => Value::Null,
            other => other?,
        };
        let members = |value: &Value| value["fields"].as_array().cloned().unwrap_or_default();
        let custom = members(&types)
            .into_iter()
            .find(|field| field["name"] == "customFields");
        let names: Vec<String> = custom
            .iter()
            .flat_map(|field| members(&field["type"]))
            .filter_map(|field| field.get("name").and_then(Value::as_str).map(str::to_owned))
            .filter(|name| slot(&mut Tags::default(), name).is_some())
            .collect();
        self.fields = Some(names.clone());
        Ok(names)
    }
}

fn unauthorized() -> Error {
    Error::new(
        Code::Unauthorized,
        "店铺不认这个账号或密钥，或它没有读订单的权限。已读到的订单都保留了，请在店铺后台核对后重新填写。",
    )
}

/// The tag that a field of this name holds.
fn slot<'a>(tags: &'a mut Tags, field: &str) -> Option<&'a mut String> {
    let plain: String = field
        .chars()
        .filter(|c| *c != '_')
        .flat_map(char::to_lowercase)
        .collect();
    Some(match plain.as_str() {
        "utmsource" => &mut tags.utm_source,
        "utmmedium" => &mut tags.utm_medium,
        "utmcampaign" => &mut tags.utm_campaign,
        "utmcontent" => &mut tags.utm_content,
        "landing" | "landingtag" | "landingurl" | "landingpage" => &mut tags.landing,
        "noteid" => &mut tags.note_id,
        "placement" | "subid" | "pid" => &mut tags.placement,
        _ => return None,
    })
}

#[async_trait]
impl Source for Vendure {
    /// `refundOrder` does not move `updatedAt`, so recent orders are read again.
    fn also(&self) -> &'static [List] {
        &[List::Placed]
    }

    async fn page(&mut self, list: List, after: Option<Time>, page: usize) -> Result<Vec<SourceOrder>> {
        let fields = self.fields().await?;
        let fields = if fields.is_empty() {
            String::new()
        } else {
            format!("customFields{{{}}}", fields.join(" "))
        };
        let stamp = if list == List::Placed {
            "orderPlacedAt"
        } else {
            "updatedAt"
        };
        let mut filter = json!({ "active": { "eq": false } });
        if let Some(after) = after {
            let after = after.timestamp().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
            filter = json!({ "active": { "eq": false }, stamp: { "after": after } });
        }
        let options = json!({
            "take": PAGE, "skip": (page - 1) * PAGE, "sort": { stamp: "ASC", "id": "ASC" }, "filter": filter,
        });
        let answer = self
            .ask(&ORDERS.replace("FIELDS", &fields), json!({ "o": options }))
            .await?;
        let items = answer
            .get("items")
            .and_then(Value::as_array)
            .ok_or_else(not_understood)?;
        items.iter().map(|item| order(item, &self.salt)).collect()
    }

    fn retries(&self) -> i64 {
        self.http.retries
    }
}

fn not_understood() -> Error {
    Error::new(
        Code::Unreachable,
        "店铺的回答看不懂，可能是不支持的版本。已读到的订单都保留了。",
    )
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: String,
    code: String,
    state: String,
    created_at: String,
    updated_at: String,
    order_placed_at: Option<String>,
    coupon_codes: Vec<String>,
    total_with_tax: i64,
    currency_code: String,
    customer: Option<Customer>,
    custom_fields: Option<serde_json::Map<String, Value>>,
    lines: Vec<ItemLine>,
    payments: Option<Vec<Payment>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Customer {
    email_address: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ItemLine {
    id: String,
    quantity: i64,
    order_placed_quantity: i64,
    prorated_line_price_with_tax: i64,
    prorated_unit_price_with_tax: i64,
    product_variant: Variant,
}

#[derive(Deserialize)]
struct Variant {
    sku: String,
    name: String,
}

#[derive(Deserialize)]
struct Payment {
    state: String,
    amount: i64,
    refunds: Vec<ItemRefund>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ItemRefund {
    id: String,
    state: String,
    total: i64,
    reason: Option<String>,
    created_at: String,
    #[serde(default)]
    lines: Vec<RefundLine>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RefundLine {
    order_line_id: String,
    quantity: i64,
}

/// What of each line went back: what the refunds name, each up to its total, and of the rest what was taken out of the order.
fn given_back(lines: &[ItemLine], payments: &[Payment]) -> Vec<i64> {
    let cost = |line: &ItemLine, quantity: i64| line.prorated_unit_price_with_tax * quantity.max(0);
    let lay = |refund: i64, wanted: &dyn Fn(usize, &ItemLine) -> i64| {
        let wanted = lines.iter().enumerate().map(|(at, line)| (wanted(at, line), 0));
        attribution::take_back(refund, &wanted.collect::<Vec<_>>())
    };
    let add = |back: &mut Vec<i64>, parts: &[i64]| {
        for (back, part) in back.iter_mut().zip(parts) {
            *back += part;
        }
    };
    let mut back = vec![0; lines.len()];
    let mut rest = 0;
    for refund in payments.iter().flat_map(|payment| &payment.refunds) {
        let named = |_, line: &ItemLine| {
            let of = refund.lines.iter().filter(|part| part.order_line_id == line.id);
            cost(line, of.map(|part| part.quantity).sum())
        };
        let parts = lay(refund.counted(), &named);
        rest += refund.counted() - parts.iter().sum::<i64>();
        add(&mut back, &parts);
    }
    let known = back.clone();
    let gone = |at: usize, line: &ItemLine| {
        let known = known.get(at).copied().unwrap_or(0);
        cost(line, line.order_placed_quantity - line.quantity) - known
    };
    add(&mut back, &lay(rest, &gone));
    back
}

impl ItemRefund {
    /// A pending refund counts: the shop has promised it.
    fn counted(&self) -> i64 {
        if self.state == "Failed" { 0 } else { self.total }
    }
}

/// Vendure tells money in minor units.
fn order(item: &Value, salt: &Salt) -> Result<SourceOrder> {
    let read: Item = Item::deserialize(item).map_err(|e| not_understood().because(e))?;
    let payments = read.payments.unwrap_or_default();
    let paid: i64 = payments
        .iter()
        .filter(|p| matches!(p.state.as_str(), "Settled" | "Authorized"))
        .map(|p| p.amount)
        .sum();
    // Cancelling takes lines out of the total; what was paid stays what was paid.
    let gross = if paid > 0 { paid } else { read.total_with_tax };
    let back = given_back(&read.lines, &payments);
    let refunds: Vec<SourceRefund> = payments
        .into_iter()
        .flat_map(|payment| payment.refunds)
        .map(|refund| {
            Ok(SourceRefund {
                amount: refund.counted(),
                source_key: refund.id,
                state: refund.state,
                reason: refund.reason.unwrap_or_default(),
                at: Some(refund.created_at.parse()?),
            })
        })
        .collect::<Result<_>>()?;
    let refunded: i64 = refunds.iter().map(|refund| refund.amount).sum();
    let status = match read.state.as_str() {
        "Cancelled" => Status::Invalid,
        _ if gross > 0 && refunded >= gross => Status::Refunded,
        "PaymentAuthorized" | "PaymentSettled" | "PartiallyShipped" | "Shipped" | "PartiallyDelivered" => {
            Status::Paid
        }
        "Delivered" => Status::Received,
        "ArrangingAdditionalPayment" | "Modifying" if paid > 0 => Status::Paid,
        "Created"
        | "Draft"
        | "AddingItems"
        | "ArrangingPayment"
        | "ArrangingAdditionalPayment"
        | "Modifying" => Status::Created,
        // A shop's own state: money only when something was paid.
        _ if paid > 0 => Status::Unknown,
        _ => Status::Created,
    };
    let mut tags = Tags {
        coupons: read.coupon_codes,
        ..Tags::default()
    };
    for (name, value) in read.custom_fields.unwrap_or_default() {
        if let (Some(slot), Some(text)) = (slot(&mut tags, &name), value.as_str()) {
            slot.push_str(text);
        }
    }
    let lines = read.lines.into_iter().zip(back).map(|(line, back)| {
        let placed = line.order_placed_quantity.max(line.quantity);
        let amount = if placed == line.quantity {
            line.prorated_line_price_with_tax
        } else {
            line.prorated_unit_price_with_tax * placed
        };
        SourceLine {
            source_key: line.id,
            sku: line.product_variant.sku,
            title: line.product_variant.name,
            quantity: placed,
            amount,
            refunded: back.min(amount),
        }
    });
    let mut raw = item.clone();
    if let Some(members) = raw.as_object_mut() {
        members.remove("customer");
    }
    Ok(SourceOrder {
        source_key: read.id,
        number: read.code,
        status,
        source_status: read.state,
        placed_at: read.order_placed_at.unwrap_or(read.created_at).parse()?,
        updated_at: Some(read.updated_at.parse()?),
        currency: read.currency_code,
        gross,
        refunded,
        commission_estimated: None,
        commission_settled: None,
        buyer: read
            .customer
            .map(|customer| salt.hash(&customer.email_address.to_lowercase())),
        tags,
        lines: lines.collect(),
        refunds,
        raw: raw.to_string(),
    })
}
