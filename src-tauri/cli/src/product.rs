//! `caoben product …`

use std::path::PathBuf;

use caoben::{
    Error, Result,
    price::{self, NewPrice, Price, PriceKind},
    product::{self, ImportedRows, NewProduct, Product, ProductFilter, ProductPatch, Sku, Stage},
    value::{Id, Time, parse_amount, show_money},
};
use clap::{Args, Subcommand};

use crate::face::{Face, Outcome, or_dash, table};

#[derive(Subcommand)]
pub enum Verb {
    /// 添加好物
    Add {
        #[arg(long)]
        name: String,
        #[command(flatten)]
        fields: Fields,
    },
    /// 全部好物
    List {
        #[arg(long, default_value = "")]
        text: String,
        /// candidate | trial | recommended | retired | rejected
        #[arg(long, value_parser = word::<Stage>)]
        stage: Option<Stage>,
    },
    /// 一件好物
    Show { id: Id },
    /// 修改好物；没写的不变
    Edit {
        id: Id,
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        fields: Fields,
    },
    /// 价格观察
    #[command(subcommand)]
    Price(PriceVerb),
    /// 从 csv 或 xlsx 导入
    Import { file: PathBuf },
}

#[derive(Args)]
pub struct Fields {
    #[arg(long)]
    brand: Option<String>,
    #[arg(long)]
    category: Option<String>,
    /// 129.00；修改时写 "" 就是去掉
    #[arg(long)]
    price: Option<String>,
    /// CNY
    #[arg(long)]
    currency: Option<String>,
    #[arg(long)]
    url: Option<String>,
    /// 店铺:货号，可以写多次
    #[arg(long = "sku", value_name = "SHOP:SKU")]
    skus: Vec<String>,
    /// 适合谁
    #[arg(long)]
    fits: Option<String>,
    /// 不适合谁
    #[arg(long)]
    unfits: Option<String>,
    /// 卖点，可以写多次
    #[arg(long = "selling-point")]
    selling_points: Vec<String>,
    /// 缺点，可以写多次
    #[arg(long = "shortcoming")]
    shortcomings: Vec<String>,
    #[arg(long)]
    supplier: Option<String>,
    #[arg(long)]
    note: Option<String>,
    /// candidate | trial | recommended | retired | rejected
    #[arg(long, value_parser = word::<Stage>)]
    stage: Option<Stage>,
}

#[derive(Subcommand)]
pub enum PriceVerb {
    /// 记一次看到的价格
    Add {
        id: Id,
        #[arg(long)]
        amount: String,
        /// paid 到手价 | promo 活动价 | list 划线价 | msrp 建议零售价 | other
        #[arg(long, value_parser = word::<PriceKind>)]
        kind: PriceKind,
        #[arg(long)]
        currency: Option<String>,
        #[arg(long)]
        seen_at: Option<Time>,
        /// 在哪里看到的
        #[arg(long = "where", default_value = "")]
        place: String,
        /// 券、满减、会员……
        #[arg(long, default_value = "")]
        conditions: String,
        /// 截图的编号
        #[arg(long)]
        photo: Option<Id>,
    },
    /// 价格记录；每行前面是那笔价格的编号
    List { id: Id },
    /// 收回记错的一笔价格：不再算凭据
    Withdraw { price: Id },
    /// 把收回的那笔放回来
    Restore { price: Id },
}

/// Reads one of an enum's words as JSON spells it.
pub fn word<T: serde::de::DeserializeOwned>(text: &str) -> std::result::Result<T, String> {
    serde_json::from_value(text.into()).map_err(|error| {
        // Serde lists what it expected between backticks.
        let said = error.to_string();
        let expected = said.split_once("expected").map_or("", |(_, list)| list);
        let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        format!("可以是 {}", known.join("、"))
    })
}

fn sku(text: &String) -> Result<Sku> {
    let (shop, sku) = text
        .split_once(':')
        .ok_or_else(|| Error::invalid("sku", format!("货号「{text}」要写成 店铺:货号。")))?;
    Ok(Sku {
        shop: shop.to_owned(),
        sku: sku.to_owned(),
    })
}

/// An empty text takes the price away.
fn amount(text: &str, currency: &str) -> Result<Option<i64>> {
    if text.is_empty() {
        Ok(None)
    } else {
        parse_amount(text, currency).map(Some)
    }
}

/// A list that was not given stays as it is.
fn given<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

impl Fields {
    fn patch(self, name: Option<String>, currency: &str) -> Result<ProductPatch> {
        let currency = self.currency.clone().unwrap_or_else(|| currency.to_owned());
        Ok(ProductPatch {
            name,
            brand: self.brand,
            category: self.category,
            price: self.price.map(|price| amount(&price, &currency)).transpose()?,
            currency: self.currency,
            url: self.url,
            fits: self.fits,
            unfits: self.unfits,
            selling_points: given(self.selling_points),
            shortcomings: given(self.shortcomings),
            supplier: self.supplier,
            note: self.note,
            stage: self.stage,
            skus: given(self.skus.iter().map(sku).collect::<Result<_>>()?),
            cover: None,
        })
    }

    fn new_product(self, name: String) -> Result<NewProduct> {
        let patch = self.patch(None, "CNY")?;
        Ok(NewProduct {
            name,
            brand: patch.brand.unwrap_or_default(),
            category: patch.category.unwrap_or_default(),
            price: patch.price.flatten(),
            currency: patch.currency.unwrap_or_default(),
            url: patch.url.unwrap_or_default(),
            fits: patch.fits.unwrap_or_default(),
            unfits: patch.unfits.unwrap_or_default(),
            selling_points: patch.selling_points.unwrap_or_default(),
            shortcomings: patch.shortcomings.unwrap_or_default(),
            supplier: patch.supplier.unwrap_or_default(),
            note: patch.note.unwrap_or_default(),
            stage: patch.stage.unwrap_or_default(),
            skus: patch.skus.unwrap_or_default(),
        })
    }
}

fn show(product: &Product) -> String {
    let price = product.price.map(|amount| show_money(amount, &product.currency));
    let skus: Vec<String> = product
        .skus
        .iter()
        .map(|sku| format!("{}:{}", sku.shop, sku.sku))
        .collect();
    format!(
        "{} {}\n品牌 {} · 分类 {} · 价格 {}\n货号 {}\n缺点 {}",
        product.id,
        product.name,
        product.brand,
        product.category,
        or_dash(price),
        skus.join("，"),
        product.shortcomings.join("；"),
    )
}

fn show_price(price: &Price) -> Vec<String> {
    vec![
        price.id.to_string(),
        price.seen_at.to_string(),
        show_money(price.amount, &price.currency),
        price.place.clone(),
        price.conditions.clone(),
    ]
}

/// Says what a file import did; part of it may have been refused.
pub fn say_import(face: &Face, done: &ImportedRows) -> Result<Outcome> {
    face.say(done, |done| {
        let refused = done
            .refused
            .iter()
            .map(|row| vec![row.row.to_string(), row.reason.clone()]);
        let head = format!(
            "新增 {}，已有 {}，没收下 {}",
            done.imported.len(),
            done.duplicates.len(),
            done.refused.len()
        );
        if done.refused.is_empty() {
            head
        } else {
            format!("{head}\n{}", table(&["行", "原因"], refused))
        }
    })?;
    Ok(if done.refused.is_empty() {
        Outcome::Done
    } else {
        Outcome::Partly
    })
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let db = face.db().await?;
        match self {
            Self::Add { name, fields } => {
                face.say(
                    &product::create(db, fields.new_product(name)?, Time::now()).await?,
                    show,
                )?;
            }
            Self::List { text, stage } => {
                let found = product::list(db, &ProductFilter { text, stage }).await?;
                face.list(
                    &found,
                    &["编号", "名称", "品牌", "价格", "照片", "内容", "订单"],
                    |row| {
                        let product = &row.product;
                        let price = product.price.map(|amount| show_money(amount, &product.currency));
                        let counts = [row.photos, row.posts, row.orders].map(|count| count.to_string());
                        [
                            vec![
                                product.id.to_string(),
                                product.name.clone(),
                                product.brand.clone(),
                                or_dash(price),
                            ],
                            counts.to_vec(),
                        ]
                        .concat()
                    },
                )?;
            }
            Self::Show { id } => face.say(&product::get(db, id).await?, show)?,
            Self::Edit { id, name, fields } => {
                let currency = product::get(db, id).await?.currency;
                face.say(
                    &product::edit(db, id, fields.patch(name, &currency)?, Time::now()).await?,
                    show,
                )?;
            }
            Self::Price(PriceVerb::Add {
                id,
                amount,
                kind,
                currency,
                seen_at,
                place,
                conditions,
                photo,
            }) => {
                let money = match &currency {
                    Some(currency) => currency.clone(),
                    None => product::get(db, id).await?.currency,
                };
                let amount = parse_amount(&amount, &money)?;
                let input = NewPrice {
                    product: id,
                    amount,
                    currency,
                    kind,
                    seen_at,
                    place,
                    conditions,
                    photo,
                };
                face.say(&price::add(db, input, Time::now()).await?, |price| {
                    show_price(price).join(" ")
                })?;
            }
            Self::Price(PriceVerb::List { id }) => {
                face.list(
                    &price::list(db, id).await?,
                    &["编号", "时间", "价格", "在哪里", "条件"],
                    show_price,
                )?;
            }
            Self::Price(PriceVerb::Withdraw { price }) => {
                price::withdraw(db, price, Time::now()).await?;
                face.say(&serde_json::json!({ "withdrawn": price }), |_| {
                    format!("收回了价格 {price}，不再算凭据；要放回来用 restore。")
                })?;
            }
            Self::Price(PriceVerb::Restore { price }) => {
                price::restore(db, price).await?;
                face.say(&serde_json::json!({ "restored": price }), |_| {
                    format!("价格 {price} 放回来了。")
                })?;
            }
            Self::Import { file } => {
                return say_import(face, &product::import(db, &file, &face.job(), Time::now()).await?);
            }
        }
        Ok(Outcome::Done)
    }
}
