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
use serde_json::json;

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
        /// 编号，或订单自己的单号
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
        #[arg(long)]
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
        #[arg(long)]
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
        id: Id,
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
        id: Id,
        #[arg(long)]
        amount: String,
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// 收回手记订单最近一次退款：那次记错了
    TakeBackRefund { id: Id },
    /// 拿掉一笔手记的订单
    Remove { id: Id },
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
    let says_more = theirs.chars().any(|c| !c.is_ascii()) && theirs != ours;
    if says_more {
        format!("{ours}（{theirs}）")
    } else {
        ours.to_owned()
    }
}

/// An order by its id or, where no order has this id, by its own number.
async fn find(db: &Db, wanted: &str) -> Result<Order> {
    let wanted = wanted.trim();
    if let Ok(id) = wanted.parse::<Id>() {
        match order::get(db, id).await {
            Err(error) if error.code == Code::NotFound => {}
            found => return found,
        }
    }
    let mut numbered = order::numbered(db, wanted).await?;
    if numbered.len() > 1 {
        let ids: Vec<String> = numbered
            .iter()
            .map(|order| format!("{}（{}）", order.id, order.shop_name))
            .collect();
        return Err(Error::invalid(
            "order",
            format!("单号「{wanted}」有几笔：{}。请用编号再查一次。", ids.join("、")),
        ));
    }
    numbered.pop().ok_or_else(|| Error::not_found("订单", wanted))
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
                let credited = Credited::of(db, find(db, &order).await?, Model::Last).await?;
                face.say(&credited, show)?;
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
                id,
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
                let currency = order::get(db, id).await?.currency;
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
            Self::TakeBackRefund { id } => {
                let order = order::take_back_refund(db, id, Time::now()).await?;
                face.say(&Credited::of(db, order, Model::Last).await?, show)?;
            }
            Self::Refund { id, amount, reason } => {
                let currency = order::get(db, id).await?.currency;
                let amount = parse_amount(&amount, &currency)?;
                let order = order::refund(db, id, amount, &reason, Time::now()).await?;
                face.say(&Credited::of(db, order, Model::Last).await?, show)?;
            }
            Self::Remove { id } => {
                order::remove(db, id).await?;
                face.say(&json!({ "removed": id }), |_| format!("拿掉了手记的订单 {id}。"))?;
            }
        }
        Ok(Outcome::Done)
    }
}
