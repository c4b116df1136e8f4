//! A real Vendure, started once for all tests of this binary, and the deeds of its buyers and its owner.

mod buyer;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{OnceLock, mpsc};
use std::time::Duration;

use serde_json::{Value, json};

pub use buyer::{PlaceOrder, PlacedOrder};

/// The shop runs SQLite on one connection, so two buyers must not pay at the same moment.
static TILL: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// The owner's login, which is also what a connection to this shop needs.
pub const OWNER: (&str, &str) = ("superadmin", "superadmin");

/// A shop with the SKUs LIP-A 129.00, SUN-B 89.00, MASK-C 59.90, POT-D-S 199.00 and POT-D-L 229.00 in CNY; no tax, free shipping.
pub struct Vendure {
    url: String,
    http: reqwest::Client,
    token: String,
}

/// Kept until the process ends; then the pipe to its stdin closes, and with it the shop.
struct Running {
    url: String,
    _child: Child,
}

impl Vendure {
    /// The shop that all tests of this binary share: name your own coupons and tags. `None`, with the reason on stderr,
    /// where Node or its packages are missing; a failure instead of `None` when `CAOBEN_REQUIRE_SHOP` is set.
    pub async fn shared() -> Option<Self> {
        static RUNNING: OnceLock<Result<Running, String>> = OnceLock::new();
        let running = match RUNNING.get_or_init(start) {
            Ok(running) => running,
            Err(reason) if std::env::var_os("CAOBEN_REQUIRE_SHOP").is_some() => panic!("{reason}"),
            Err(reason) => {
                eprintln!("skipped: {reason}");
                return None;
            }
        };
        // A client belongs to the runtime of one test; sharing it would leave dead connections behind.
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut shop = Self {
            url: running.url.clone(),
            http,
            token: String::new(),
        };
        let (user, password) = OWNER;
        let login = "mutation($u:String!,$p:String!){login(username:$u,password:$p){__typename}}";
        let (_, token) = shop
            .ask("admin-api", "", login, json!({ "u": user, "p": password }))
            .await;
        shop.token = token.expect("the login answers with a token");
        Some(shop)
    }

    /// The root of the shop, without a slash at the end; the APIs are `/admin-api` and `/shop-api` below it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Asks the Admin API as the owner; answers `data`.
    pub async fn admin(&self, query: &str, variables: Value) -> Value {
        self.ask("admin-api", &self.token, query, variables).await.0
    }

    /// A key for the header `vendure-api-key`, with every right of the owner.
    pub async fn api_key(&self) -> String {
        let roles = self
            .admin("{activeAdministrator{user{roles{id}}}}", json!({}))
            .await;
        let roles = roles["activeAdministrator"]["user"]["roles"]
            .as_array()
            .unwrap()
            .iter()
            .map(|role| role["id"].clone());
        let input = json!({ "roleIds": roles.collect::<Vec<_>>(), "translations": [{ "languageCode": "en", "name": "tests" }] });
        let query = "mutation($i:CreateApiKeyInput!){createApiKey(input:$i){apiKey}}";
        text(&self.admin(query, json!({ "i": input })).await["createApiKey"]["apiKey"])
    }

    /// Makes a coupon that takes `percent` off the whole order.
    pub async fn create_coupon(&self, code: &str, percent: u32) {
        let input = json!({
            "enabled": true, "couponCode": code, "conditions": [],
            "actions": [{ "code": "order_percentage_discount", "arguments": [{ "name": "discount", "value": percent.to_string() }] }],
            "translations": [{ "languageCode": "en", "name": code }],
        });
        self.deed(
            "$i:CreatePromotionInput!",
            "createPromotion(input:$i)",
            "... on Promotion{id}",
            json!({ "i": input }),
        )
        .await;
    }

    /// Cancels every line of the order; money goes back only through a refund.
    pub async fn cancel(&self, order: &str) {
        self.deed(
            "$i:CancelOrderInput!",
            "cancelOrder(input:$i)",
            "... on Order{state}",
            json!({ "i": { "orderId": order, "reason": "changed my mind", "cancelShipping": true } }),
        )
        .await;
    }

    /// Gives back `amount` minor units, or all that is left, as a refund that is pending until it is settled; answers its id.
    pub async fn refund(&self, order: &str, amount: Option<i64>) -> String {
        let payment = self.order(order).await["payments"][0].clone();
        let refunded: i64 = payment["refunds"]
            .as_array()
            .unwrap()
            .iter()
            .map(|refund| refund["total"].as_i64().unwrap())
            .sum();
        let amount = amount.unwrap_or(payment["amount"].as_i64().unwrap() - refunded);
        self.refund_lines(order, &json!([]), amount).await
    }

    /// Gives back `amount` for these lines: `[{orderLineId, quantity}]`.
    pub async fn refund_lines(&self, order: &str, lines: &Value, amount: i64) -> String {
        let payment = self.order(order).await["payments"][0].clone();
        let input = json!({
            "lines": lines, "amount": amount, "shipping": 0, "adjustment": 0, "paymentId": payment["id"], "reason": "does not suit me",
        });
        text(
            &self
                .deed(
                    "$i:RefundOrderInput!",
                    "refundOrder(input:$i)",
                    "... on Refund{id}",
                    json!({ "i": input }),
                )
                .await["id"],
        )
    }

    /// Marks a refund as paid out.
    pub async fn settle_refund(&self, refund: &str) {
        self.deed(
            "$i:SettleRefundInput!",
            "settleRefund(input:$i)",
            "... on Refund{state}",
            json!({ "i": { "id": refund, "transactionId": format!("T-{refund}") } }),
        )
        .await;
    }

    /// The order as the Admin API shows it, with its payments and refunds.
    pub async fn order(&self, id: &str) -> Value {
        let query = "query($id:ID!){order(id:$id){id code state updatedAt totalWithTax lines{id productVariant{sku}} payments{id amount refunds{id state total}}}}";
        self.admin(query, json!({ "id": id })).await["order"].clone()
    }

    async fn deed(&self, declared: &str, call: &str, wanted: &str, variables: Value) -> Value {
        let _turn = TILL.lock().await;
        done(&self.admin(&mutation(declared, call, wanted), variables).await)
    }

    async fn ask(&self, api: &str, token: &str, query: &str, variables: Value) -> (Value, Option<String>) {
        let mut request = self
            .http
            .post(format!("{}/{api}", self.url))
            .json(&json!({ "query": query, "variables": variables }));
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.unwrap();
        let token = answer
            .headers()
            .get("vendure-auth-token")
            .map(|token| token.to_str().unwrap().to_owned());
        let mut answer: Value = answer.json().await.unwrap();
        assert!(answer.get("errors").is_none(), "{query}: {}", answer["errors"]);
        (answer["data"].take(), token)
    }
}

/// A mutation with these variables whose answer is named `done`; every one may answer with an error of the shop.
fn mutation(declared: &str, call: &str, wanted: &str) -> String {
    format!("mutation({declared}){{done:{call}{{__typename ... on ErrorResult{{message}} {wanted}}}}}")
}

/// Takes the answer named `done`, which is an `ErrorResult` when it has a message.
fn done(answer: &Value) -> Value {
    let done = &answer["done"];
    assert!(done.get("message").is_none(), "the shop refused: {done}");
    done.clone()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}

/// Starts the shop and waits until it is seeded; an error says why there can be none here.
fn start() -> Result<Running, String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("shop");
    if !here.join("node_modules/@vendure/core").is_dir() {
        return Err(
            "the packages of the test shop are not installed: run `node tests/shop/setup.mjs`".to_owned(),
        );
    }
    let mut node = Command::new("node");
    node.arg(here.join("vendure.mjs"))
        .arg(env!("CARGO_TARGET_TMPDIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = node
        .spawn()
        .map_err(|error| format!("Node cannot be started: {error}"))?;
    let stdout = BufReader::new(child.stdout.take().unwrap());
    let (send, receive) = mpsc::channel();
    // Reads on after READY: a full pipe would stop the shop.
    std::thread::spawn(move || {
        stdout
            .lines()
            .map_while(Result::ok)
            .for_each(|line| drop(send.send(line)))
    });
    let mut said = String::new();
    loop {
        let line = receive
            .recv_timeout(Duration::from_secs(180))
            .unwrap_or_else(|_| panic!("Vendure did not start: {said}"));
        if let Some(ready) = line.strip_prefix("READY ") {
            let ready: Value = serde_json::from_str(ready).unwrap();
            return Ok(Running {
                url: format!("http://127.0.0.1:{}", ready["port"]),
                _child: child,
            });
        }
        said = said + &line + "\n";
    }
}
