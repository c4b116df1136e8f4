//! Vendure, by its Admin API (GraphQL; semantics of 3.7).

use async_trait::async_trait;
use serde_json::{Value, json};
use url::Url;

use super::{
    http::Http,
    source::{Doubt, Glance, List, PAGE, Page, Source, Told, Unread, not_understood},
    vendure_brief::glance,
    vendure_order::{order, slot},
};
use crate::{
    buyer::Salt,
    error::{Code, Error, Result},
    order::Tags,
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
    /// How many decimals the shop's integers have, whatever the currency; `None` = not asked yet.
    precision: Option<u32>,
    asked: u64,
    /// The shop's clock at its last answer.
    clock: Option<Time>,
    salt: Salt,
}

const LOGIN: &str =
    "($u:String!,$p:String!){ANSWER:login(username:$u,password:$p){__typename ... on ErrorResult{message}}}";
const TYPES: &str = r#"{ANSWER:__type(name:"Order"){fields{name type{name fields{name}}}}}"#;
/// What a shop's amounts are counted in, whatever the currency: cents, unless it has set up another strategy.
const PRECISION: &str = "{ANSWER:globalSettings{serverConfig{moneyStrategyPrecision}}}";
const ORDERS: &str = "($o:OrderListOptions){ANSWER:orders(options:$o){totalItems items{WANTED}}}";
const ORDER: &str = "($id:ID!){ANSWER:order(id:$id){WANTED}}";
const COUNT: &str = "($o:OrderListOptions){ANSWER:orders(options:$o){totalItems}}";
const WHOLE: &str = "id code state createdAt updatedAt orderPlacedAt couponCodes totalWithTax currencyCode \
customer{emailAddress firstName lastName phoneNumber} \
shippingAddress{fullName streetLine1 streetLine2 phoneNumber} billingAddress{fullName streetLine1 streetLine2 phoneNumber} \
lines{id quantity orderPlacedQuantity proratedLinePriceWithTax proratedUnitPriceWithTax productVariant{sku name}} \
payments{state amount refunds{id state total reason createdAt lines{orderLineId quantity}}}";
const BRIEF: &str =
    "id state updatedAt totalWithTax currencyCode payments{state amount refunds{id state total}}";

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
            precision: None,
            asked: 0,
            clock: None,
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
        self.clock = answer.clock();
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

    /// How many decimals the shop's amounts have. It is asked, never taken for granted: with the wrong one every yen counts
    /// a hundredfold.
    async fn precision(&mut self) -> Result<u32> {
        if let Some(known) = self.precision {
            return Ok(known);
        }
        let answer = match self.ask(PRECISION, json!({})).await {
            // Before there was a choice (2.2) every shop counted in cents, and the field was not known.
            Err(error) if error.message.contains("Cannot query field") => {
                json!({ "serverConfig": { "moneyStrategyPrecision": 2 } })
            }
            answer => answer?,
        };
        let told = answer
            .pointer("/serverConfig/moneyStrategyPrecision")
            .and_then(Value::as_u64)
            .and_then(|places| u32::try_from(places).ok())
            .filter(|places| *places <= 6)
            .ok_or_else(|| {
                Error::new(
                    Code::Unreachable,
                    "店铺没有说金额有几位小数，不猜，没有读订单。请检查这个密钥能不能读全局设置，或升级 Vendure。",
                )
            })?;
        self.precision = Some(told);
        Ok(told)
    }

    /// What of an order is asked for.
    async fn whole(&mut self) -> Result<String> {
        let fields = self.fields().await?;
        if fields.is_empty() {
            return Ok(WHOLE.to_owned());
        }
        Ok(format!("{WHOLE} customFields{{{}}}", fields.join(" ")))
    }

    /// A part of the orders with a stamp after `after`.
    async fn part(&mut self, after: Option<Time>, skip: usize, wanted: &str) -> Result<Page<Value>> {
        let mut filter = json!({ "active": { "eq": false } });
        if let Some(after) = after {
            let after = after.timestamp().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
            filter = json!({ "active": { "eq": false }, "updatedAt": { "after": after } });
        }
        let options = json!({
            "take": PAGE, "skip": skip, "sort": { "updatedAt": "ASC", "id": "ASC" }, "filter": filter,
        });
        self.list(&options, wanted).await
    }

    async fn list(&mut self, options: &Value, wanted: &str) -> Result<Page<Value>> {
        let answer = self
            .ask(&ORDERS.replace("WANTED", wanted), json!({ "o": options }))
            .await?;
        let items = answer.get("items").and_then(Value::as_array).cloned();
        Ok(Page {
            items: items.ok_or_else(not_understood)?,
            total: answer
                .get("totalItems")
                .and_then(Value::as_u64)
                .and_then(|total| usize::try_from(total).ok()),
            clock: self.clock,
        })
    }

    /// The orders, each read by itself: one that cannot be read keeps no other back.
    async fn told(&mut self, items: &[Value]) -> Result<Vec<Told>> {
        let precision = self.precision().await?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let told = |item: &Value| match order(item, precision, &self.salt) {
            Ok(order) => Told::Order(Box::new(order)),
            Err(error) => Told::Unread(Unread {
                key: text(&item["id"]),
                number: text(&item["code"]),
                updated_at: text(&item["updatedAt"]).parse().ok(),
                why: error.message,
            }),
        };
        Ok(items.iter().map(told).collect())
    }
}

fn unauthorized() -> Error {
    Error::new(
        Code::Unauthorized,
        "店铺不认这个账号或密钥，或它没有读订单的权限。已读到的订单都保留了，请在店铺后台核对后重新填写。",
    )
}

#[async_trait]
impl Source for Vendure {
    fn also(&self) -> &'static [List] {
        &[]
    }

    async fn page(&mut self, _: List, after: Option<Time>, skip: usize) -> Result<Page<Told>> {
        let whole = self.whole().await?;
        let Page { items, total, clock } = self.part(after, skip, &whole).await?;
        let items = self.told(&items).await?;
        Ok(Page { items, total, clock })
    }

    async fn glances(&mut self, after: Option<Time>, skip: usize) -> Result<Page<Glance>> {
        let precision = self.precision().await?;
        let Page { items, total, clock } = self.part(after, skip, BRIEF).await?;
        let mut at = after.unwrap_or(Time(0));
        let glance = |item| {
            let glance = glance(item, precision, at);
            at = glance.updated_at;
            glance
        };
        let items = items.iter().map(glance).collect();
        Ok(Page { items, total, clock })
    }

    /// `refundOrder` does not move `updatedAt`, and no list tells refunds apart.
    async fn doubts(&mut self, _: Time, _: &[Glance]) -> Result<Doubt> {
        Ok(Doubt::All)
    }

    async fn these(&mut self, keys: &[String]) -> Result<Vec<Told>> {
        let whole = self.whole().await?;
        let options = json!({ "take": PAGE, "filter": { "id": { "in": keys } } });
        let found = self.list(&options, &whole).await?;
        self.told(&found.items).await
    }

    async fn one(&mut self, key: &str) -> Result<Option<Told>> {
        let query = ORDER.replace("WANTED", &self.whole().await?);
        match self.ask(&query, json!({ "id": key })).await? {
            Value::Null => Ok(None),
            item => Ok(self.told(&[item]).await?.pop()),
        }
    }

    async fn count(&mut self) -> Result<usize> {
        let options = json!({ "take": 1, "filter": { "active": { "eq": false } } });
        let answer = self.ask(COUNT, json!({ "o": options })).await?;
        let total = answer
            .get("totalItems")
            .and_then(Value::as_u64)
            .ok_or_else(not_understood)?;
        Ok(usize::try_from(total).unwrap_or(usize::MAX))
    }

    fn retries(&self) -> i64 {
        self.http.retries
    }
}
