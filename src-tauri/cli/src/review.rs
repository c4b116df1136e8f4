//! `caoben review …`

use std::path::PathBuf;

use caoben::{
    Result,
    review::{self, NewReview, Review},
    value::{Date, Id, Time},
};
use clap::Subcommand;

use crate::{
    face::{Face, Outcome, or_dash},
    product::say_import,
};

#[derive(Subcommand)]
pub enum Verb {
    /// 记一条评价
    Add {
        #[arg(long)]
        product: Id,
        #[arg(long)]
        text: String,
        /// 1–5
        #[arg(long)]
        rating: Option<i64>,
        /// 能区分买家的任何东西；只存加盐的哈希
        #[arg(long, value_name = "KEY")]
        buyer: Option<String>,
        /// 为什么买，可以写多次
        #[arg(long = "reason")]
        reasons: Vec<String>,
        /// 为什么退，可以写多次
        #[arg(long = "returned")]
        returned: Vec<String>,
        /// 已授权引用
        #[arg(long)]
        consent: bool,
        #[arg(long, default_value = "")]
        source: String,
        #[arg(long)]
        said_on: Option<Date>,
    },
    /// 从 csv 或 xlsx 导入
    Import {
        file: PathBuf,
        #[arg(long)]
        product: Id,
    },
    /// 全部评价
    List {
        #[arg(long)]
        product: Option<Id>,
    },
}

fn cells(review: &Review) -> Vec<String> {
    let who = if review.own { "自己" } else { "买家" };
    vec![
        review.id.to_string(),
        review.product.to_string(),
        who.to_owned(),
        or_dash(review.rating),
        review.text.clone(),
    ]
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let db = face.db().await?;
        match self {
            Self::Add {
                product,
                text,
                rating,
                buyer,
                reasons,
                returned,
                consent,
                source,
                said_on,
            } => {
                let input = NewReview {
                    product,
                    text,
                    rating,
                    buyer,
                    reasons,
                    returned,
                    sensitivity: None,
                    consent,
                    source,
                    said_on,
                };
                face.say(&review::add(db, input, Time::now()).await?, |review| {
                    cells(review).join(" ")
                })?;
            }
            Self::Import { file, product } => {
                return say_import(
                    face,
                    &review::import(db, &file, product, &face.job(), Time::now()).await?,
                );
            }
            Self::List { product } => {
                face.list(
                    &review::list(db, product).await?,
                    &["编号", "好物", "谁", "评分", "评价"],
                    cells,
                )?;
            }
        }
        Ok(Outcome::Done)
    }
}
