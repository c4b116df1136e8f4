//! `caoben order …`

use std::path::PathBuf;

use caoben::{
    Code, Error, Result,
    attribution::Model,
    db::Db,
    order::{self, NewOrder, Order, OrderFilter, OrderPatch, Status},
    value::{Date, Id, Time, parse_amount, show_money},
};
use clap::Subcommand;
use serde_json::{Value, json};

use crate::{
    asked::Asked,
    attribution::Credited,
    face::{Face, Outcome, table},
    product::word,
};

#[derive(Subcommand)]
pub enum Verb {
    /// 导入平台导出的订单文件
    Import {
        file: PathBuf,
        #[arg(long, default_value = "auto")]
        format: String,
        /// 只看会怎样，不写入
        #[arg(long)]
        dry_run: bool,
    },
    /// 认得的文件格式
    Formats,
    /// 全部订单
    List {
        #[arg(long)]
        post: Option<Id>,
        #[arg(long)]
        channel: Option<Id>,
        #[arg(long)]
        product: Option<Id>,
        /// created | paid | received | settled | invalid | refunded | unknown
        #[arg(long, value_parser = word::<Status>)]
        status: Option<Status>,
        /// 店铺的编号
        #[arg(long)]
        shop: Option<Id>,
        /// 从这一天起，如 2026-11-01
        #[arg(long)]
        from: Option<Date>,
        /// 到这一天为止，含这一天
        #[arg(long)]
        to: Option<Date>,
        /// 订单号或 SKU 的一部分
        #[arg(long, default_value = "")]
        text: String,
    },
    /// 一笔订单，和它为什么算给谁
    Show {
        /// 编号，或订单自己的单号；只要其中一样时写 id:25 或 number:25
        order: String,
    },
    /// 手记一笔没有店铺也没有文件的订单，如群里接的
    Add {
        /// 卖了什么；只写 --product 时用好物的名字
        #[arg(long, default_value = "")]
        title: String,
        #[arg(long)]
        product: Option<Id>,
        #[arg(long)]
        quantity: Option<i64>,
        /// 整单多少钱，如 59.90
        #[arg(long, allow_hyphen_values = true)]
        amount: String,
        #[arg(long, default_value = "CNY")]
        currency: String,
        /// 下单时间；不写就是现在
        #[arg(long)]
        at: Option<Time>,
        /// 还没收到钱
        #[arg(long)]
        unpaid: bool,
        /// 预计能得多少佣金
        #[arg(long, allow_hyphen_values = true)]
        commission: Option<String>,
        /// 哪篇带来的
        #[arg(long)]
        post: Option<Id>,
        /// 在哪个渠道看到的
        #[arg(long)]
        channel: Option<Id>,
        /// 能认出同一个买家的任何字样，只留指纹
        #[arg(long, default_value = "")]
        buyer: String,
        /// 单号；不写就接着往下编
        #[arg(long, default_value = "")]
        number: String,
    },
    /// 改一笔手记的订单：钱收到了、佣金到了、哪里记错了
    Edit {
        /// 编号，或订单自己的单号；一个数两样都是时写 id:25 或 number:25
        order: String,
        #[arg(long)]
        number: Option<String>,
        /// 卖了什么
        #[arg(long)]
        title: Option<String>,
        /// 哪件好物；写 none 就是不在好物里
        #[arg(long, value_parser = known)]
        product: Option<Known<Id>>,
        #[arg(long)]
        quantity: Option<i64>,
        /// 整单多少钱，如 59.90
        #[arg(long)]
        amount: Option<String>,
        #[arg(long)]
        at: Option<Time>,
        /// 钱收到了
        #[arg(long, conflicts_with = "unpaid")]
        paid: bool,
        /// 钱还没收到
        #[arg(long)]
        unpaid: bool,
        /// 预计能得多少佣金；写 none 就是说不准
        #[arg(long, value_parser = said)]
        commission: Option<Known<String>>,
        /// 佣金到手多少；写 none 就是还没到
        #[arg(long, value_parser = said)]
        settled: Option<Known<String>>,
        /// 哪篇带来的；写 none 就是不知道
        #[arg(long, value_parser = known)]
        post: Option<Known<Id>>,
        /// 在哪个渠道看到的，和 --post 一起写
        #[arg(long)]
        channel: Option<Id>,
    },
    /// 手记的订单退了款
    Refund {
        /// 编号，或订单自己的单号；一个数两样都是时写 id:25 或 number:25
        order: String,
        #[arg(long, allow_hyphen_values = true)]
        amount: String,
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// 收回手记订单最近一次退款：那次记错了
    TakeBackRefund {
        /// 编号，或订单自己的单号；一个数两样都是时写 id:25 或 number:25
        order: String,
    },
    /// 拿掉一笔手记的订单
    Remove {
        /// 编号，或订单自己的单号；一个数两样都是时写 id:25 或 number:25
        order: String,
    },
}

/// What an option says, or that it says `none`.
#[derive(Clone)]
pub enum Known<T> {
    /// This.
    Said(T),
    /// Nothing any more.
    None,
}

impl<T> Known<T> {
    fn option(self) -> Option<T> {
        match self {
            Self::Said(said) => Some(said),
            Self::None => None,
        }
    }
}

fn known(said: &str) -> std::result::Result<Known<Id>, String> {
    match said.trim() {
        "none" => Ok(Known::None),
        id => id
            .parse()
            .map(Known::Said)
            .map_err(|_| "要写编号，或写 none".to_owned()),
    }
}

#[allow(clippy::unnecessary_wraps)] // clap asks for a Result
fn said(said: &str) -> std::result::Result<Known<String>, String> {
    Ok(match said.trim() {
        "none" => Known::None,
        amount => Known::Said(amount.to_owned()),
    })
}

/// Our own words for where an order stands.
fn stands(status: Status) -> &'static str {
    match status {
        Status::Created => "待付款",
        Status::Paid => "已付款",
        Status::Received => "已收货",
        Status::Settled => "已结算",
        Status::Invalid => "已失效",
        Status::Refunded => "已退款",
        Status::Unknown => "状态不明",
    }
}

/// Ours, and the source's own word where it says more.
fn status(order: &Order) -> String {
    let ours = stands(order.status);
    let theirs = order.source_status.as_str();
    let says_more = !theirs.is_ascii() && theirs != ours;
    if says_more {
        format!("{ours}（{theirs}）")
    } else {
        ours.to_owned()
    }
}

/// The orders somebody may mean: by id first, then by their own number. Shops count from 1 as we do, so that 25 is often both:
/// `id:25` and `number:25` say which.
async fn meant(db: &Db, wanted: &str) -> Result<Vec<Order>> {
    let wanted = wanted.trim();
    let told = |words: [&str; 3]| {
        words
            .iter()
            .find_map(|word| wanted.strip_prefix(*word))
            .map(str::trim)
    };
    let (as_id, as_number) = match (
        told(["id:", "编号:", "编号："]),
        told(["number:", "单号:", "单号："]),
    ) {
        (Some(id), _) => (Some(id), None),
        (_, Some(number)) => (None, Some(number)),
        _ => (Some(wanted), Some(wanted)),
    };
    let mut found = Vec::new();
    if let Some(id) = as_id.and_then(|id| id.parse::<Id>().ok()) {
        match order::get(db, id).await {
            Err(error) if error.code == Code::NotFound => {}
            order => found.push(order?),
        }
    }
    if let Some(number) = as_number {
        let numbered = order::numbered(db, number).await?;
        let known = found.first().map(|order| order.id);
        found.extend(numbered.into_iter().filter(|order| Some(order.id) != known));
    }
    if found.is_empty() {
        return Err(Error::not_found("订单", wanted));
    }
    Ok(found)
}

/// Which orders there are to choose from, and how to say which.
fn which(wanted: &str, orders: &[Order]) -> String {
    let named = orders.iter().map(|order| {
        format!(
            "编号 {} 的单号是「{}」（{}）",
            order.id, order.number, order.shop_name
        )
    });
    format!(
        "「{wanted}」可能是 {} 笔订单：{}",
        orders.len(),
        named.collect::<Vec<_>>().join("；")
    )
}

/// The one order that is meant.
///
/// # Errors
/// `Invalid` where it could be several: nothing is done to an order that was not named.
async fn find(db: &Db, wanted: &str) -> Result<Order> {
    let mut found = meant(db, wanted).await?;
    match found.pop() {
        Some(order) if found.is_empty() => Ok(order),
        last => {
            found.extend(last);
            let which = which(wanted, &found);
            let sure = found.first().map_or(0, |order| order.id);
            Err(Error::invalid(
                "order",
                format!(
                    "{which}。没有改动，请写明是哪一笔，如 id:{sure} 或 number:{}。",
                    wanted.trim()
                ),
            ))
        }
    }
}

/// Shows whatever may be meant. Scripts get the order with this id, the others beside it as `also`.
async fn show_meant(face: &Face, db: &Db, wanted: &str) -> Result<()> {
    let found = meant(db, wanted).await?;
    let which = (found.len() > 1).then(|| which(wanted, &found));
    let others: Vec<Value> = found
        .iter()
        .skip(1)
        .map(|order| json!({ "id": order.id, "number": order.number, "shop_name": order.shop_name }))
        .collect();
    let credited = Credited::all(db, found, Model::Last).await?;
    let mut answer = serde_json::to_value(credited.first())?;
    if let (Some(members), false) = (answer.as_object_mut(), others.is_empty()) {
        members.insert("also".to_owned(), others.into());
    }
    face.say(&answer, |_| {
        let head = which.map(|which| format!("{which}。"));
        head.into_iter()
            .chain(credited.iter().map(show))
            .collect::<Vec<_>>()
            .join("\n")
    })
}

fn show(credited: &Credited) -> String {
    let order = &credited.order;
    let money = |amount| show_money(amount, &order.currency);
    // What nobody has paid is not said as if it were.
    let paid = match order.status {
        Status::Created => "要付 ",
        Status::Invalid => "标价 ",
        _ => "",
    };
    let head = format!(
        "{} {}（{}）{}：{paid}{}，退 {}，净 {}",
        order.id,
        order.number,
        order.shop_name,
        status(order),
        money(order.gross),
        money(order.refunded),
        money(order.net),
    );
    let why = credited
        .attribution
        .iter()
        .map(|credit| format!("「{}」{}", credit.post_title, credit.why));
    let unknown = credited
        .attribution
        .is_empty()
        .then(|| "不知道是哪篇带来的。".to_owned());
    std::iter::once(head)
        .chain(why)
        .chain(unknown)
        .collect::<Vec<_>>()
        .join("\n")
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let db = face.db().await?;
        match self {
            Self::Import {
                file,
                format,
                dry_run,
            } => {
                let done = order::import(db, &file, &format, dry_run, Time::now()).await?;
                face.say(&done, |done| {
                    let refused = done
                        .refused
                        .iter()
                        .map(|row| vec![row.row.to_string(), row.reason.clone()]);
                    let warned: String = done.warned.iter().map(|word| format!("{word}\n")).collect();
                    format!(
                        "{}：{} 行，新 {}，更新 {}，没变 {}，没收下 {}\n{warned}{}",
                        done.format,
                        done.rows,
                        done.new,
                        done.updated,
                        done.unchanged,
                        done.refused.len(),
                        if done.refused.is_empty() {
                            String::new()
                        } else {
                            table(&["行", "原因"], refused)
                        },
                    )
                })?;
                if !done.refused.is_empty() {
                    return Ok(Outcome::Partly);
                }
            }
            Self::Formats => {
                face.list(&order::formats(), &["名字", "说明", "来源"], |f| {
                    vec![f.name.clone(), f.title.clone(), f.source.clone()]
                })?;
            }
            Self::List {
                post,
                channel,
                product,
                status: wanted,
                shop,
                from,
                to,
                text,
            } => {
                let asked = Asked {
                    post,
                    channel,
                    product,
                    shop,
                    from,
                    to,
                    ..Asked::default()
                };
                asked.check(db).await?;
                let filter = OrderFilter {
                    shop,
                    post,
                    channel,
                    product,
                    status: wanted,
                    from,
                    to,
                    text,
                    ..OrderFilter::default()
                };
                let found = Credited::all(db, order::list(db, &filter).await?, Model::Last).await?;
                face.list(
                    &found,
                    &["编号", "订单号", "时间", "状态", "实付", "退款", "净额"],
                    |row| {
                        let order = &row.order;
                        let money = [order.gross, order.refunded, order.net]
                            .map(|amount| show_money(amount, &order.currency));
                        [
                            vec![
                                order.id.to_string(),
                                order.number.clone(),
                                order.placed_at.to_string(),
                                status(order),
                            ],
                            money.to_vec(),
                        ]
                        .concat()
                    },
                )?;
            }
            Self::Show { order } => {
                show_meant(face, db, &order).await?;
            }
            Self::Add {
                title,
                product,
                quantity,
                amount,
                currency,
                at,
                unpaid,
                commission,
                post,
                channel,
                buyer,
                number,
            } => {
                let currency = currency.to_ascii_uppercase();
                let input = NewOrder {
                    number,
                    product,
                    title,
                    quantity,
                    amount: parse_amount(&amount, &currency)?,
                    placed_at: at,
                    unpaid,
                    commission: commission
                        .map(|commission| parse_amount(&commission, &currency))
                        .transpose()?,
                    currency,
                    post,
                    channel,
                    buyer,
                };
                let order = order::add(db, input, Time::now()).await?;
                face.say(&Credited::of(db, order, Model::Last).await?, show)?;
            }
            Self::Edit {
                order,
                number,
                title,
                product,
                quantity,
                amount,
                at,
                paid,
                unpaid,
                commission,
                settled,
                post,
                channel,
            } => {
                let Order { id, currency, .. } = find(db, &order).await?;
                let money = |said: Option<Known<String>>| {
                    said.map(|said| {
                        said.option()
                            .map(|amount| parse_amount(&amount, &currency))
                            .transpose()
                    })
                    .transpose()
                };
                let patch = OrderPatch {
                    number,
                    product: product.map(Known::option),
                    title,
                    quantity,
                    amount: amount
                        .map(|amount| parse_amount(&amount, &currency))
                        .transpose()?,
                    placed_at: at,
                    unpaid: (paid || unpaid).then_some(unpaid),
                    commission: money(commission)?,
                    settled: money(settled)?,
                    post: post.map(Known::option),
                    channel,
                };
                let order = order::edit(db, id, patch, Time::now()).await?;
                face.say(&Credited::of(db, order, Model::Last).await?, show)?;
            }
            Self::TakeBackRefund { order } => {
                let id = find(db, &order).await?.id;
                let order = order::take_back_refund(db, id, Time::now()).await?;
                face.say(&Credited::of(db, order, Model::Last).await?, show)?;
            }
            Self::Refund {
                order,
                amount,
                reason,
            } => {
                let order = find(db, &order).await?;
                let amount = parse_amount(&amount, &order.currency)?;
                let order = order::refund(db, order.id, amount, &reason, Time::now()).await?;
                face.say(&Credited::of(db, order, Model::Last).await?, show)?;
            }
            Self::Remove { order } => {
                let Order { id, number, .. } = find(db, &order).await?;
                order::remove(db, id).await?;
                face.say(&json!({ "removed": id }), |_| {
                    format!("拿掉了手记的订单 {id}（单号 {number}）。")
                })?;
            }
        }
        Ok(Outcome::Done)
    }
}
