//! WooCommerce, by REST v3 (semantics of 11.0): Basic over https, OAuth 1.0a over plain http.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::{
    http::Http,
    oauth,
    source::{Doubt, Glance, List, PAGE, Page, Source, TRASH, Told, Unread, not_understood},
    woocommerce_order::{glance, items, order, plain, stamp},
};
use crate::{
    buyer::Salt,
    error::{Code, Result},
    value::Time,
};

/// A shop with its key.
pub(super) struct Woocommerce {
    http: Http,
    root: Url,
    key: String,
    secret: String,
    salt: Salt,
    /// `/refunds` came with WooCommerce 9.0; older shops are asked order by order.
    has_refunds: bool,
}

type Params = Vec<(&'static str, String)>;

impl Woocommerce {
    pub(super) fn new(http: Http, url: &Url, key: String, secret: String, salt: Salt) -> Self {
        let mut root = url.clone();
        let path = root
            .path()
            .split("/wp-json")
            .next()
            .unwrap_or_default()
            .trim_end_matches('/')
            .to_owned();
        root.set_path(&path);
        Self {
            http,
            root,
            key,
            secret,
            salt,
            has_refunds: true,
        }
    }

    async fn ask(
        &mut self,
        path: &str,
        params: &[(&str, String)],
        fits: impl Fn(&Value) -> bool,
    ) -> Result<super::http::Answer> {
        let root = self.root.as_str().trim_end_matches('/');
        let url = format!("{root}/wp-json/wc/v3/{path}");
        let (key, secret, safe) = (&self.key, &self.secret, self.root.scheme() == "https");
        self.http
            .ask(
                |client, seconds| {
                    if safe {
                        let url = format!("{url}?{}", oauth::query(params));
                        return client.get(url).basic_auth(key, Some(secret));
                    }
                    let nonce = format!("{:032x}", rand::random::<u128>());
                    // A signature that cannot be made is refused by the shop, with the right words.
                    let query =
                        oauth::signed_query(&url, params, key, secret, seconds, &nonce).unwrap_or_default();
                    client.get(format!("{url}?{query}"))
                },
                fits,
            )
            .await
    }

    /// A list whose every item `fits`; anything else is an answer to another question.
    async fn get(
        &mut self,
        path: &str,
        params: &[(&str, String)],
        fits: impl Fn(&Value) -> bool,
    ) -> Result<Page<Value>> {
        let is_list = |answer: &Value| answer.as_array().is_some_and(|items| items.iter().all(&fits));
        let answer = self.ask(path, params, is_list).await?;
        let total = answer.headers.get("x-wp-total");
        let total = total.and_then(|total| total.to_str().ok()?.trim().parse().ok());
        let clock = answer.clock();
        match answer.json {
            Value::Array(items) => Ok(Page { items, total, clock }),
            _ => Err(not_understood()),
        }
    }

    /// A part of a list by when its orders changed; `fields` for a look in brief.
    async fn part(
        &mut self,
        list: List,
        after: Option<Time>,
        skip: usize,
        fields: &'static str,
    ) -> Result<Page<Value>> {
        // `any` leaves out the trash and swallows every other status beside it.
        let status = if list == List::Trash { TRASH } else { "any" };
        let mut params: Params = vec![
            ("status", status.to_owned()),
            ("orderby", "modified".to_owned()),
            ("order", "asc".to_owned()),
            ("per_page", PAGE.to_string()),
        ];
        if skip > 0 {
            params.push(("offset", skip.to_string()));
        }
        if !fields.is_empty() {
            params.push(("_fields", fields.to_owned()));
        }
        params.extend(since("modified_after", after));
        let later = |item: &Value| {
            let changed = stamp(item, "date_modified_gmt").ok().flatten();
            item["status"].is_string() && changed.zip(after).is_none_or(|(changed, after)| changed > after)
        };
        self.get("orders", &params, later).await
    }

    /// An order names its refunds and their totals only; which lines they took is told by the refunds themselves.
    async fn refunds(&mut self, orders: &[Value]) -> Result<Vec<Value>> {
        let named = |order: &Value| -> Vec<String> {
            items(order, "refunds")
                .iter()
                .map(|refund| plain(&refund["id"]))
                .collect()
        };
        let ids: Vec<String> = orders.iter().flat_map(named).collect();
        let mut found = Vec::new();
        for ids in ids.chunks(PAGE) {
            if !self.has_refunds {
                break;
            }
            let params = [("include", ids.join(",")), ("per_page", PAGE.to_string())];
            match self.get("refunds", &params, is_refund).await {
                Ok(page) => found.extend(page.items),
                Err(error) if error.code == Code::NotFound => self.has_refunds = false,
                Err(error) => return Err(error),
            }
        }
        if self.has_refunds {
            return Ok(found);
        }
        for order in orders.iter().filter(|order| !named(order).is_empty()) {
            let params = [("per_page", PAGE.to_string())];
            let path = format!("orders/{}/refunds", order["id"]);
            match self.get(&path, &params, is_refund).await {
                Ok(page) => found.extend(page.items),
                // Deleted since the list was read.
                Err(error) if error.code == Code::NotFound && self.http.refusal.ends_with("invalid_id") => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    /// The orders, each read by itself: one that cannot be read keeps no other back.
    async fn told(&mut self, items: &[Value]) -> Result<Vec<Told>> {
        let refunds = self.refunds(items).await?;
        let told = |item: &Value| match order(item, &refunds, &self.salt) {
            Ok(order) => Told::Order(Box::new(order)),
            Err(error) => Told::Unread(Unread {
                key: plain(&item["id"]),
                number: Some(plain(&item["number"]))
                    .filter(|number| !number.is_empty())
                    .unwrap_or_else(|| plain(&item["id"])),
                updated_at: stamp(item, "date_modified_gmt").ok().flatten(),
                why: error.message,
            }),
        };
        Ok(items.iter().map(told).collect())
    }

    /// The refunds made after `after`, by key with the order they belong to; `None` where the shop has no such list.
    async fn refunds_since(&mut self, after: Time) -> Result<Option<BTreeMap<String, String>>> {
        let mut found = BTreeMap::new();
        for page in 1..=MOST_PAGES {
            let mut params: Params = vec![
                ("_fields", REFUND.to_owned()),
                ("orderby", "date".to_owned()),
                ("order", "asc".to_owned()),
                ("per_page", PAGE.to_string()),
                ("page", page.to_string()),
            ];
            params.extend(since("after", Some(after)));
            let part = match self.get("refunds", &params, is_refund).await {
                Err(error) if error.code == Code::NotFound => {
                    self.has_refunds = false;
                    return Ok(None);
                }
                other => other?,
            };
            let is_last = part.items.len() < PAGE || part.total.is_some_and(|total| page * PAGE >= total);
            let worth = part.items.iter().filter(|refund| is_worth(refund));
            found.extend(worth.map(|refund| (plain(&refund["id"]), plain(&refund["parent_id"]))));
            if is_last {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Which of these refunds are there no more.
    async fn withdrawn(&mut self, keys: &[&String]) -> Result<BTreeSet<String>> {
        let mut gone: BTreeSet<String> = keys.iter().map(|key| (*key).clone()).collect();
        for keys in keys.chunks(PAGE) {
            let keys: Vec<&str> = keys.iter().map(|key| key.as_str()).collect();
            let params = [
                ("include", keys.join(",")),
                ("_fields", REFUND.to_owned()),
                ("per_page", PAGE.to_string()),
            ];
            for refund in &self.get("refunds", &params, is_refund).await?.items {
                gone.remove(&plain(&refund["id"]));
            }
        }
        Ok(gone)
    }
}

/// Refunds are read no further: a shop that answers page after page without an end is compared order by order.
const MOST_PAGES: usize = 1_000;

/// What of a refund tells that it is there.
const REFUND: &str = "id,parent_id,amount";

fn is_refund(refund: &Value) -> bool {
    refund["amount"].is_string()
}

fn is_worth(refund: &Value) -> bool {
    refund["amount"]
        .as_str()
        .is_some_and(|amount| amount.contains(|c| ('1'..='9').contains(&c)))
}

/// The cheapest question there is: its answer's head says how many.
fn one_id() -> Params {
    vec![
        ("status", "any".to_owned()),
        ("_fields", "id".to_owned()),
        ("per_page", "1".to_owned()),
    ]
}

fn is_id(item: &Value) -> bool {
    item["id"].is_i64()
}

/// A bound by GMT. With the flag the stamp must not end in Z: WordPress would turn it into the site's own time first, and
/// the shop then compare that with its GMT column. Without the flag a shop west of UTC loses orders.
fn since(name: &'static str, after: Option<Time>) -> Params {
    let Some(after) = after else {
        return Vec::new();
    };
    let stamp = after.timestamp().strftime("%Y-%m-%dT%H:%M:%S").to_string();
    vec![("dates_are_gmt", "true".to_owned()), (name, stamp)]
}

#[async_trait]
impl Source for Woocommerce {
    /// `status=any` leaves out the trash.
    fn also(&self) -> &'static [List] {
        &[List::Trash]
    }

    async fn page(&mut self, list: List, after: Option<Time>, skip: usize) -> Result<Page<Told>> {
        let Page { items, total, clock } = self.part(list, after, skip, "").await?;
        let items = self.told(&items).await?;
        Ok(Page { items, total, clock })
    }

    async fn glances(&mut self, after: Option<Time>, skip: usize) -> Result<Page<Glance>> {
        const FIELDS: &str = "id,status,currency,total,date_modified_gmt,refunds";
        let Page { items, total, clock } = self.part(List::Changed, after, skip, FIELDS).await?;
        let mut at = after.unwrap_or(Time(0));
        let glance = |item| {
            let glance = glance(item, at);
            at = glance.updated_at;
            glance
        };
        let items = items.iter().map(glance).collect();
        Ok(Page { items, total, clock })
    }

    async fn doubts(&mut self, after: Time, known: &[Glance]) -> Result<Doubt> {
        let mut params = one_id();
        params.extend(since("modified_after", Some(after)));
        let there = self.get("orders", &params, is_id).await?;
        let listed = known.iter().filter(|order| order.source_status != TRASH).count();
        if there.total != Some(listed) {
            return Ok(Doubt::All);
        }
        let Some(told) = self.refunds_since(after).await? else {
            return Ok(Doubt::All);
        };
        let ours: BTreeMap<&String, &String> = known
            .iter()
            .flat_map(|order| order.refunds.keys().map(move |refund| (refund, &order.key)))
            .collect();
        let mut doubtful: BTreeSet<String> = told
            .iter()
            .filter(|(refund, _)| !ours.contains_key(refund))
            .map(|(_, order)| order.clone())
            .collect();
        let unseen: Vec<&String> = ours
            .keys()
            .copied()
            .filter(|refund| !told.contains_key(*refund))
            .collect();
        for refund in self.withdrawn(&unseen).await? {
            doubtful.extend(ours.get(&refund).map(|order| (*order).clone()));
        }
        Ok(Doubt::These(doubtful.into_iter().collect()))
    }

    async fn these(&mut self, keys: &[String]) -> Result<Vec<Told>> {
        let params = [
            ("status", "any".to_owned()),
            ("include", keys.join(",")),
            ("per_page", PAGE.to_string()),
        ];
        let found = self
            .get("orders", &params, |item| item["status"].is_string())
            .await?;
        self.told(&found.items).await
    }

    async fn one(&mut self, key: &str) -> Result<Option<Told>> {
        let answer = self
            .ask(&format!("orders/{key}"), &[], |item| item["status"].is_string())
            .await;
        match answer {
            Ok(answer) => Ok(self.told(&[answer.json]).await?.pop()),
            // The word tells a missing order from a missing interface.
            Err(error) if error.code == Code::NotFound && self.http.refusal.ends_with("invalid_id") => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    async fn count(&mut self) -> Result<usize> {
        let page = self.get("orders", &one_id(), is_id).await?;
        Ok(page.total.unwrap_or(page.items.len()))
    }

    fn retries(&self) -> i64 {
        self.http.retries
    }
}
