//! A visitor of the real shop, from the first product in the basket to the payment.

use serde_json::{Value, json};

use super::{TILL, Vendure, done, mutation, text};

/// What a buyer puts into an order; `lines` are SKU and quantity, `utm` is source, medium, campaign and content.
#[derive(Clone, Debug, Default)]
pub struct PlaceOrder<'a> {
    pub lines: &'a [(&'a str, u32)],
    pub utm: Option<(&'a str, &'a str, &'a str, &'a str)>,
    pub landing_tag: Option<&'a str>,
    pub coupon: Option<&'a str>,
    pub email: &'a str,
}

/// A paid order; `total` is in minor units (分) after the coupon.
#[derive(Clone, Debug)]
pub struct PlacedOrder {
    pub id: String,
    pub code: String,
    pub total: i64,
}

/// Whoever holds the token that came with the first answer.
struct Buyer<'a> {
    shop: &'a Vendure,
    token: String,
}

impl Vendure {
    /// Buys and pays as a new visitor would; panics with the shop's own words when the shop refuses.
    pub async fn place_order(&self, order: PlaceOrder<'_>) -> PlacedOrder {
        let variants = self
            .admin("{productVariants(options:{take:100}){items{id sku}}}", json!({}))
            .await;
        let variants = variants["productVariants"]["items"].as_array().unwrap();
        let id_of = |sku: &str| {
            let variant = variants.iter().find(|variant| variant["sku"] == *sku);
            variant.unwrap_or_else(|| panic!("the shop has no SKU {sku}"))["id"].clone()
        };
        let _turn = TILL.lock().await;
        let mut buyer = Buyer {
            shop: self,
            token: String::new(),
        };
        for (sku, quantity) in order.lines {
            let line = json!({ "v": id_of(sku), "q": quantity });
            buyer
                .does(
                    "$v:ID!,$q:Int!",
                    "addItemToOrder(productVariantId:$v,quantity:$q)",
                    "",
                    line,
                )
                .await;
        }
        let mut tags = json!({ "landingTag": order.landing_tag });
        if let Some((source, medium, campaign, content)) = order.utm {
            tags["utmSource"] = source.into();
            tags["utmMedium"] = medium.into();
            tags["utmCampaign"] = campaign.into();
            tags["utmContent"] = content.into();
        }
        let tags = json!({ "i": { "customFields": tags } });
        buyer
            .does("$i:UpdateOrderInput!", "setOrderCustomFields(input:$i)", "", tags)
            .await;
        if let Some(coupon) = order.coupon {
            buyer
                .does(
                    "$c:String!",
                    "applyCouponCode(couponCode:$c)",
                    "",
                    json!({ "c": coupon }),
                )
                .await;
        }
        let customer = json!({ "i": { "firstName": "小", "lastName": "鹿", "emailAddress": order.email } });
        buyer
            .does(
                "$i:CreateCustomerInput!",
                "setCustomerForOrder(input:$i)",
                "",
                customer,
            )
            .await;
        let address =
            json!({ "i": { "streetLine1": "1 Test Road", "city": "Shanghai", "countryCode": "CN" } });
        buyer
            .does(
                "$i:CreateAddressInput!",
                "setOrderShippingAddress(input:$i)",
                "",
                address,
            )
            .await;
        let methods = buyer.ask("{done:eligibleShippingMethods{id}}", json!({})).await;
        let method = json!({ "m": [methods[0]["id"]] });
        buyer
            .does(
                "$m:[ID!]!",
                "setOrderShippingMethod(shippingMethodId:$m)",
                "",
                method,
            )
            .await;
        let state = json!({ "s": "ArrangingPayment" });
        buyer
            .does("$s:String!", "transitionOrderToState(state:$s)", "", state)
            .await;
        let payment = json!({ "i": { "method": "dummy", "metadata": {} } });
        let wanted = "... on Order{id code state totalWithTax}";
        let paid = buyer
            .does("$i:PaymentInput!", "addPaymentToOrder(input:$i)", wanted, payment)
            .await;
        assert_eq!(
            paid["state"], "PaymentSettled",
            "the dummy payment settles at once"
        );
        PlacedOrder {
            id: text(&paid["id"]),
            code: text(&paid["code"]),
            total: paid["totalWithTax"].as_i64().unwrap(),
        }
    }
}

impl Buyer<'_> {
    async fn does(&mut self, declared: &str, call: &str, wanted: &str, variables: Value) -> Value {
        self.ask(&mutation(declared, call, wanted), variables).await
    }

    async fn ask(&mut self, query: &str, variables: Value) -> Value {
        let (answer, token) = self.shop.ask("shop-api", &self.token, query, variables).await;
        if let Some(token) = token {
            self.token = token;
        }
        done(&answer)
    }
}
