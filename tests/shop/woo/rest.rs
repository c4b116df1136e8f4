//! The routes of REST v3 that a reader of orders needs, with WooCommerce's own errors.

use std::sync::{Arc, Mutex};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
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
            Ok(page(site, path, query, &filter.paging, &ids, |id| site.show(*id)))
        }
        ["orders", id] => {
            let id = known(site, id)?;
            Ok(axum::Json(fields(site.show(id), query)).into_response())
        }
        ["orders", id, "refunds"] => {
            let paging = Paging::read(query)?;
            let id = known(site, id)?;
            Ok(page(
                site,
                path,
                query,
                &paging,
                &site.show_refunds(id),
                Value::clone,
            ))
        }
        _ => Err(no_route()),
    }
}

struct Paging {
    page: usize,
    per_page: usize,
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
        Ok(Self { page, per_page })
    }
}

struct Filter {
    paging: Paging,
    statuses: Vec<String>,
    after: Option<i64>,
    before: Option<i64>,
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
        let when = |name: &str| {
            last(query, name)
                .map(|text| instant(site, text, gmt).ok_or_else(|| Refusal::param(name, "Invalid date.")))
                .transpose()
        };
        let (after, before) = (when("modified_after")?, when("modified_before")?);
        Ok(Self {
            paging: Paging::read(query)?,
            statuses,
            after,
            before,
            by,
            descending,
        })
    }

    /// Both ends are exclusive, and `any` leaves out the trash.
    fn ids(&self, site: &Site) -> Vec<u64> {
        let wanted = |order: &Order| {
            let any = self.statuses.iter().any(|status| status == "any") && order.status != "trash";
            (any || self.statuses.contains(&order.status))
                && self.after.is_none_or(|after| order.modified > after)
                && self.before.is_none_or(|before| order.modified < before)
        };
        let mut ids: Vec<u64> = site
            .orders
            .iter()
            .filter(|(_, order)| wanted(order))
            .map(|(id, _)| *id)
            .collect();
        ids.sort_by_key(|id| ((self.by)(&site.orders[id]), *id));
        if self.descending {
            ids.reverse();
        }
        ids
    }
}

/// A date as WordPress reads it: a zone in the text counts, else `dates_are_gmt`, else the site's own time; fractions are dropped.
fn instant(site: &Site, text: &str, gmt: bool) -> Option<i64> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time.as_second());
    }
    let civil: jiff::civil::DateTime = text.parse().ok().filter(|_| text.contains(['T', 't', ' ']))?;
    let zone = if gmt {
        jiff::tz::TimeZone::UTC
    } else {
        site.zone.clone()
    };
    Some(civil.to_zoned(zone).ok()?.timestamp().as_second())
}

/// One page with `X-WP-Total`, `X-WP-TotalPages`, and a `Link` that repeats the whole query, the used nonce and signature too.
fn page<T>(
    site: &Site,
    path: &str,
    query: &Query,
    paging: &Paging,
    all: &[T],
    show: impl Fn(&T) -> Value,
) -> Response {
    let (total, pages) = (all.len(), all.len().div_ceil(paging.per_page));
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
    let on_page = all
        .iter()
        .skip((paging.page - 1).saturating_mul(paging.per_page))
        .take(paging.per_page);
    let shown: Vec<Value> = on_page.map(|one| fields(show(one), query)).collect();
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
