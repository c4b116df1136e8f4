//! `caoben order …`

use std::path::PathBuf;

use caoben::{
    Result,
    attribution::Model,
    order::{self, OrderFilter, Status},
    value::{Id, Time, show_money},
};
use clap::Subcommand;

use crate::{
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
    },
    /// 一笔订单，和它为什么算给谁
    Show { id: Id },
}

fn show(credited: &Credited) -> String {
    let order = &credited.order;
    let money = |amount| show_money(amount, &order.currency);
    let head = format!(
        "{} {}（{}）{}：{}，退 {}，净 {}",
        order.id,
        order.number,
        order.shop_name,
        order.source_status,
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
                    format!(
                        "{}：{} 行，新 {}，更新 {}，没变 {}，没收下 {}\n{}",
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
                status,
            } => {
                let filter = OrderFilter {
                    post,
                    channel,
                    product,
                    status,
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
                                order.source_status.clone(),
                            ],
                            money.to_vec(),
                        ]
                        .concat()
                    },
                )?;
            }
            Self::Show { id } => {
                let credited = Credited::of(db, order::get(db, id).await?, Model::Last).await?;
                face.say(&credited, show)?;
            }
        }
        Ok(Outcome::Done)
    }
}
