//! `caoben shop …`

use std::{
    io::BufRead,
    path::{Path, PathBuf},
};

use caoben::{
    Error, Result,
    shop::{self, NewShop, Shop, ShopKind},
    value::{Id, Time},
};
use clap::Subcommand;

use crate::{
    face::{Face, Outcome, or_dash},
    product::word,
};

#[derive(Subcommand)]
pub enum Verb {
    /// 连接店铺。不写环境变量名时，从标准输入读两行：key 和 secret，存进系统钥匙串
    Add {
        /// vendure | woocommerce
        #[arg(value_parser = word::<ShopKind>)]
        kind: ShopKind,
        #[arg(long)]
        name: String,
        #[arg(long)]
        url: String,
        #[arg(long, default_value = "", value_name = "VAR")]
        key_env: String,
        #[arg(long, default_value = "", value_name = "VAR")]
        secret_env: String,
        /// 店铺自己签发证书时，它的 CA 证书（PEM 文件）
        #[arg(long, value_name = "FILE")]
        ca: Option<PathBuf>,
    },
    /// 全部店铺
    List,
    /// 同步订单；不写编号就全部
    Sync { ids: Vec<Id> },
    /// 断开店铺
    Remove {
        id: Id,
        /// 连同它的订单
        #[arg(long)]
        with_orders: bool,
    },
}

fn cells(shop: &Shop) -> Vec<String> {
    let state = if shop.last_error.is_empty() {
        "正常"
    } else {
        &shop.last_error
    };
    vec![
        shop.id.to_string(),
        shop.name.clone(),
        shop.url.clone(),
        or_dash(shop.last_synced_at),
        shop.orders.to_string(),
        state.to_owned(),
    ]
}

fn read_line() -> Result<String> {
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| Error::invalid("key", format!("读不到 key：{}", caoben::error::in_words(&error))))?;
    Ok(line.trim().to_owned())
}

fn read_ca(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).map_err(|error| {
        Error::invalid(
            "ca",
            format!(
                "读不到证书 {}，没有连接店铺：{}",
                file.display(),
                caoben::error::in_words(&error)
            ),
        )
    })
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let db = face.db().await?;
        match self {
            Self::Add {
                kind,
                name,
                url,
                key_env,
                secret_env,
                ca,
            } => {
                let typed = key_env.is_empty() && secret_env.is_empty();
                let (key, secret) = if typed {
                    (read_line()?, read_line()?)
                } else {
                    Default::default()
                };
                let input = NewShop {
                    kind,
                    name,
                    url,
                    key_env,
                    secret_env,
                    key,
                    secret,
                    ca: ca.map_or_else(|| Ok(String::new()), |file| read_ca(&file))?,
                };
                face.say(&shop::create(db, input, Time::now()).await?, |shop| {
                    cells(shop).join(" ")
                })?;
            }
            Self::List => face.list(
                &shop::list(db).await?,
                &["编号", "名称", "地址", "上次同步", "订单", "状态"],
                cells,
            )?,
            Self::Sync { ids } => {
                let report = shop::sync(db, &ids, &face.job(), Time::now()).await?;
                face.say(&report, |report| {
                    let lines = report.shops.iter().map(|s| {
                        let error = s
                            .error
                            .as_ref()
                            .map_or_else(String::new, |error| format!("；{error}"));
                        format!(
                            "{}：新 {}，更新 {}，没变 {}，退款 {}{error}",
                            s.name, s.new, s.updated, s.unchanged, s.refunds
                        )
                    });
                    lines.collect::<Vec<_>>().join("\n")
                })?;
                let failed = report.shops.iter().filter(|shop| shop.error.is_some()).count();
                if failed > 0 {
                    return Ok(Outcome::Partly);
                }
            }
            Self::Remove { id, with_orders } => {
                shop::remove(db, id, with_orders).await?;
                face.say(&id, |id| format!("店铺 {id} 断开了，钥匙也删了。"))?;
            }
        }
        Ok(Outcome::Done)
    }
}
