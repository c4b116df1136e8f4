//! The routes of REST v3 that a reader of orders needs, with WooCommerce's own errors.

use std::sync::{Arc, Mutex};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use serde_json::{Value, json};

use super::site::{Order, Site};

/// An error in the shape of WordPress: `{ code, message, data: { status, … } }`.
pub struct Refusal {
    status: u16,
    body: Value,
}

impl Refusal {
    pub fn new(status: u16, code: &str, message: &str) -> Self {
        Self {
            status,
            body: json!({ "code": code, "message": message, "data": { "status": status } }),
        }
    }

    fn param(name: &str, message: &str) -> Self {
        let mut refusal = Self::new(
            400,
            "rest_invalid_param",
            &format!("Invalid parameter(s): {name}"),
        );
        refusal.body["data"]["params"] = json!({ name: message });
        refusal.body["data"]["details"] =
            json!({ name: { "code": "rest_invalid_param", "message": message, "data": null } });
        refusal
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (StatusCode::from_u16(self.status).unwrap(), axum::Json(self.body)).into_response()
    }
}

type Query = Vec<(String, String)>;

pub async fn answer(State(site): State<Arc<Mutex<Site>>>, request: Request) -> Response {
    let mut site = site.lock().unwrap();
    let (method, uri) = (request.method().as_str(), request.uri());
    site.requests.push(format!("{method} {uri}"));
    let query: Query = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .into_owned()
        .collect();
    let authorization = request
        .headers()
        .get(header::AUTHORIZATION)
        .map_or("", |value| value.to_str().unwrap_or_default());
    route(&mut site, method, uri.path(), &query, authorization).unwrap_or_else(IntoResponse::into_response)
}

fn route(
    site: &mut Site,
    method: &str,
    path: &str,
    query: &Query,
    authorization: &str,
) -> Result<Response, Refusal> {
    let no_route = || {
        Refusal::new(
            404,
            "rest_no_route",
            "No route was found matching the URL and request method.",
        )
    };
    let parts: Vec<&str> = path
        .strip_prefix("/wp-json/wc/v3/")
        .ok_or_else(no_route)?
        .trim_end_matches('/')
        .split('/')
        .collect();
    if method != "GET" {
        return Err(no_route());
    }
    site.admit(method, path, query, authorization)?;
    let known = |site: &Site, id: &str| {
        let id = id.parse().map_err(|_| no_route())?;
        let found = site.orders.contains_key(&id).then_some(id);
        found.ok_or_else(|| Refusal::new(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID."))
    };
    match parts.as_slice() {
        ["orders"] => {
            let filter = Filter::read(site, query)?;
            site.lists += 1;
            for event in site.events.remove(&site.lists).unwrap_or_default() {
                event(site);
            }
            let ids = filter.ids(site);
            Ok(page(site, path, query, &filter.paging, &ids, |id| {
                // What the key's owner may not read is counted and not shown.
                (!site.hidden.contains(id)).then(|| site.show(*id))
            }))
        }
        ["refunds"] if site.has_refunds => {
            let filter = Filter::read(site, query)?;
            let all = filter.refunds(site);
            Ok(page(site, path, query, &filter.paging, &all, |refund| {
                Some(refund.clone())
            }))
        }
        ["orders", id] => {
            let id = known(site, id)?;
            Ok(axum::Json(fields(site.show(id), query)).into_response())
        }
        // Of an order that is not there the shop tells an empty list.
        ["orders", id, "refunds"] => {
            let paging = Paging::read(query)?;
            let all = known(site, id).map_or_else(|_| Vec::new(), |id| site.show_refunds(id));
            Ok(page(site, path, query, &paging, &all, |refund| {
                Some(refund.clone())
            }))
        }
        _ => Err(no_route()),
    }
}

struct Paging {
    page: usize,
    per_page: usize,
    /// Takes the place of the page where it is given.
    offset: Option<usize>,
}

impl Paging {
    fn skip(&self) -> usize {
        self.offset
            .unwrap_or_else(|| (self.page - 1).saturating_mul(self.per_page))
    }
}

impl Paging {
    fn read(query: &Query) -> Result<Self, Refusal> {
        let number = |name: &str, default: usize| match last(query, name) {
            None => Ok(default),
            Some(text) => text
                .parse()
                .map_err(|_| Refusal::param(name, &format!("{name} is not of type integer."))),
        };
        let (page, per_page) = (number("page", 1)?, number("per_page", 10)?);
        if !(1..=100).contains(&per_page) {
            return Err(Refusal::param(
                "per_page",
                "per_page must be between 1 (inclusive) and 100 (inclusive)",
            ));
        }
        if page < 1 {
            return Err(Refusal::param("page", "page must be greater than or equal to 1"));
        }
        let offset = last(query, "offset").map(|_| number("offset", 0)).transpose()?;
        Ok(Self {
            page,
            per_page,
            offset,
        })
    }
}

struct Filter {
    paging: Paging,
    statuses: Vec<String>,
    include: Option<Vec<u64>>,
    changed: Window,
    created: Window,
    by: fn(&Order) -> i64,
    descending: bool,
}

impl Filter {
    fn read(site: &Site, query: &Query) -> Result<Self, Refusal> {
        let known = [
            "any",
            "trash",
            "pending",
            "processing",
            "on-hold",
            "completed",
            "cancelled",
            "refunded",
            "failed",
            "checkout-draft",
        ];
        let statuses: Vec<String> = last(query, "status")
            .unwrap_or("any")
            .split(',')
            .map(str::to_owned)
            .collect();
        if !statuses.iter().all(|status| known.contains(&status.as_str())) {
            return Err(Refusal::param(
                "status",
                &format!("status[0] is not one of {}.", known.join(", ")),
            ));
        }
        let by: fn(&Order) -> i64 = match last(query, "orderby").unwrap_or("date") {
            "date" => |order| order.created,
            "modified" => |order| order.modified,
            "id" => |_| 0,
            _ => {
                return Err(Refusal::param(
                    "orderby",
                    "orderby is not one of date, id, include, title, slug, and modified.",
                ));
            }
        };
        let descending = match last(query, "order").unwrap_or("desc") {
            "desc" => true,
            "asc" => false,
            _ => return Err(Refusal::param("order", "order is not one of asc and desc.")),
        };
        let gmt = matches!(last(query, "dates_are_gmt"), Some("true" | "1"));
        let window = |after: &str, before: &str| {
            let when = |name: &str| {
                last(query, name)
                    .map(|text| civil(site, text).ok_or_else(|| Refusal::param(name, "Invalid date.")))
                    .transpose()
            };
            let (after, before) = (when(after)?, when(before)?);
            Ok::<_, Refusal>(Window { after, before, gmt })
        };
        let include = last(query, "include").map(|ids| {
            ids.split(',')
                .map(str::parse)
                .collect::<Result<_, _>>()
                .map_err(|_| Refusal::param("include", "include[0] is not of type integer."))
        });
        Ok(Self {
            paging: Paging::read(query)?,
            statuses,
            include: include.transpose()?,
            changed: window("modified_after", "modified_before")?,
            created: window("after", "before")?,
            by,
            descending,
        })
    }

    /// Both ends are exclusive, and `any` leaves out the trash.
    fn ids(&self, site: &Site) -> Vec<u64> {
        let has_any = self.statuses.iter().any(|status| status == "any");
        let wanted = |order: &Order| {
            let any = has_any && order.status != "trash";
            (any || (!has_any && self.statuses.contains(&order.status)))
                && self.changed.has(site, order.modified)
                && self.created.has(site, order.created)
        };
        let named = |id: &u64| self.include.as_ref().is_none_or(|ids| ids.contains(id));
        let mut ids: Vec<u64> = site
            .orders
            .iter()
            .filter(|(id, order)| named(id) && wanted(order))
            .map(|(id, _)| *id)
            .collect();
        ids.sort_by_key(|id| ((self.by)(&site.orders[id]), *id));
        if self.descending {
            ids.reverse();
        }
        ids
    }

    /// Refunds of every order, each with its `parent_id`, by when they were made.
    fn refunds(&self, site: &Site) -> Vec<Value> {
        let of_orders = site.orders.iter().flat_map(|(id, order)| {
            let made = order.refunds.iter().rev().map(|refund| refund.at);
            made.zip(site.show_refunds(*id))
        });
        let named = |refund: &Value| {
            let id = refund["id"].as_u64().unwrap();
            self.include.as_ref().is_none_or(|ids| ids.contains(&id))
        };
        let mut all: Vec<(i64, Value)> = of_orders
            .filter(|(at, refund)| self.created.has(site, *at) && named(refund))
            .collect();
        all.sort_by_key(|(at, refund)| (*at, refund["id"].as_u64()));
        if self.descending {
            all.reverse();
        }
        all.into_iter().map(|(_, refund)| refund).collect()
    }
}

/// Bounds on a stamp, both exclusive.
struct Window {
    after: Option<DateTime>,
    before: Option<DateTime>,
    /// `dates_are_gmt`: which column they are compared with.
    gmt: bool,
}

impl Window {
    fn has(&self, site: &Site, at: i64) -> bool {
        let column = if self.gmt {
            TimeZone::UTC
        } else {
            site.zone.clone()
        };
        let stamp = Timestamp::from_second(at).unwrap().to_zoned(column).datetime();
        self.after.is_none_or(|after| stamp > after) && self.before.is_none_or(|before| stamp < before)
    }
}

/// A date as WordPress reads it: one with a zone is turned into the site's own time, one without is taken as it stands;
/// which column it is then compared with is another matter. Fractions are dropped; a date without seconds is none.
fn civil(site: &Site, text: &str) -> Option<DateTime> {
    let is_whole = text.len() >= 19 && text.get(10..11).is_some_and(|at| ["T", "t", " "].contains(&at));
    let time = match text.parse::<Timestamp>() {
        Ok(time) => time.to_zoned(site.zone.clone()).datetime(),
        Err(_) => text.parse().ok()?,
    };
    is_whole.then(|| time.with().subsec_nanosecond(0).build().unwrap())
}

/// One page with `X-WP-Total`, `X-WP-TotalPages`, and a `Link` that repeats the whole query, the used nonce and signature too.
fn page<T>(
    site: &Site,
    path: &str,
    query: &Query,
    paging: &Paging,
    all: &[T],
    show: impl Fn(&T) -> Option<Value>,
) -> Response {
    // Orders as posts are counted once more when a page past the end is asked for; those in tables, and offsets, are not.
    let is_past = paging.skip() >= all.len();
    let is_counted = !is_past || (!site.hpos && paging.offset.is_none());
    let total = if is_counted { all.len() } else { 0 };
    let pages = total.div_ceil(paging.per_page);
    let link = |page: usize, rel: &str| {
        let mut link = url::Url::parse(&format!("{}{path}", site.home)).unwrap();
        link.query_pairs_mut()
            .extend_pairs(query.iter().filter(|(key, _)| key != "page"))
            .append_pair("page", &page.to_string());
        format!("<{link}>; rel=\"{rel}\"")
    };
    let mut links = Vec::new();
    if paging.page > 1 {
        links.push(link(paging.page - 1, "prev"));
    }
    if paging.page < pages {
        links.push(link(paging.page + 1, "next"));
    }
    let mut headers = HeaderMap::new();
    headers.insert("x-wp-total", total.into());
    headers.insert("x-wp-totalpages", pages.into());
    if !links.is_empty() {
        headers.insert(header::LINK, links.join(", ").parse().unwrap());
    }
    let on_page = all.iter().skip(paging.skip()).take(paging.per_page);
    let shown: Vec<Value> = on_page.filter_map(show).map(|one| fields(one, query)).collect();
    (headers, axum::Json(shown)).into_response()
}

/// WordPress's `_fields`: only these top-level members.
fn fields(mut value: Value, query: &Query) -> Value {
    if let (Some(wanted), Some(members)) = (last(query, "_fields"), value.as_object_mut()) {
        members.retain(|name, _| {
            wanted
                .split(',')
                .any(|field| field.trim().split('.').next() == Some(name))
        });
    }
    value
}

/// PHP keeps the last of equal names.
fn last<'a>(query: &'a Query, name: &str) -> Option<&'a str> {
    query
        .iter()
        .rev()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}
