//! `caoben shop …`

use std::{
    io::{BufRead, Write},
    path::{Path, PathBuf},
};

use caoben::{
    Error, Result,
    job::Job,
    shop::{self, Depth, NewShop, Shop, ShopChange, ShopKind, SyncRun, Synced},
    value::{Id, Time},
};
use clap::Subcommand;

use crate::{
    face::{Face, Outcome, or_dash},
    product::word,
};

#[derive(Subcommand)]
pub enum Verb {
    /// 连接店铺，先试一试地址和密钥。不写环境变量名时，从标准输入读两行：key 和 secret，存进系统钥匙串
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
        /// 不试，直接存：店铺这会儿连不上
        #[arg(long)]
        untried: bool,
    },
    /// 改店铺的名字、地址、密钥或证书，先试一试。订单都留着；换了地址，下次同步会从头再读一遍
    Edit {
        id: Id,
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        url: Option<String>,
        /// 从标准输入读两行新的 key 和 secret
        #[arg(long, conflicts_with_all = ["key_env", "secret_env"])]
        key: bool,
        #[arg(long, value_name = "VAR")]
        key_env: Option<String>,
        #[arg(long, value_name = "VAR")]
        secret_env: Option<String>,
        /// 店铺自己签发证书时，它的 CA 证书（PEM 文件）
        #[arg(long, value_name = "FILE")]
        ca: Option<PathBuf>,
        /// 不试，直接存
        #[arg(long)]
        untried: bool,
    },
    /// 试一试店铺现在连得上吗
    Try { id: Id },
    /// 全部店铺，和上次同步的结果
    List,
    /// 同步订单；不写编号就全部
    Sync {
        ids: Vec<Id>,
        /// 全部订单从头再读一遍，和这里的逐单比对
        #[arg(long, visible_alias = "all")]
        full: bool,
    },
    /// 断开店铺
    Remove {
        id: Id,
        /// 连同它的订单
        #[arg(long)]
        with_orders: bool,
    },
}

fn cells(shop: &Shop) -> Vec<String> {
    vec![
        shop.id.to_string(),
        shop.name.clone(),
        shop.url.clone(),
        or_dash(shop.last_synced_at),
        shop.orders.to_string(),
        shop.last_run
            .as_ref()
            .map_or_else(|| "还没有同步过".to_owned(), ended),
    ]
}

/// How a run ended, in a sentence.
fn ended(run: &SyncRun) -> String {
    let counts = counts(run.new, run.updated, run.unchanged, run.refunds, run.erased);
    match run.error.as_str() {
        "" => format!("走完了：{counts}"),
        error => format!("没走完（{counts}）：{error}"),
    }
}

fn counts(new: i64, updated: i64, unchanged: i64, refunds: i64, erased: i64) -> String {
    let erased = match erased {
        0 => String::new(),
        erased => format!("，店铺里已删除 {erased} 单（不再计入）"),
    };
    format!("新 {new} 单，更新 {updated} 单，没变 {unchanged} 单，退款变了 {refunds} 单{erased}")
}

fn told(shop: &Synced) -> String {
    let counts = counts(shop.new, shop.updated, shop.unchanged, shop.refunds, shop.erased);
    let said = match &shop.error {
        None => format!("{}：{counts}", shop.name),
        Some(error) => format!("{}：没走完（{counts}）。{error}", shop.name),
    };
    std::iter::once(said)
        .chain(shop.warned.iter().cloned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whoever waits is told for what, and for how long at most.
fn wait_a_moment() -> Job {
    let _ = writeln!(std::io::stderr(), "正在试着连接店铺，最多等 5 秒……");
    Job::silent()
}

fn read_line() -> Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|error| {
        let why = caoben::error::in_words(&error);
        Error::invalid("key", format!("读不到 key 和 secret，什么都没有改动：{why}"))
    })?;
    Ok(line.trim().to_owned())
}

fn read_ca(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).map_err(|error| {
        let why = caoben::error::in_words(&error);
        Error::invalid(
            "ca",
            format!("读不到证书 {}，什么都没有改动：{why}", file.display()),
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
                untried,
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
                if !untried {
                    shop::try_new(db, input.clone(), &wait_a_moment(), Time::now()).await?;
                }
                face.say(&shop::create(db, input, Time::now()).await?, |shop| {
                    format!("店铺 {} 连上了：{} {}", shop.id, shop.name, shop.url)
                })?;
            }
            Self::Edit {
                id,
                name,
                url,
                key,
                key_env,
                secret_env,
                ca,
                untried,
            } => {
                let mut change = ShopChange {
                    name,
                    url,
                    key_env,
                    secret_env,
                    ca: ca.map(|file| read_ca(&file)).transpose()?,
                    ..ShopChange::default()
                };
                if key {
                    (change.key, change.secret) = (Some(read_line()?), Some(read_line()?));
                }
                if !untried && change.is_about_connection() {
                    shop::try_change(db, id, &change, &wait_a_moment(), Time::now()).await?;
                }
                face.say(&shop::edit(db, id, &change).await?, |shop| {
                    format!("店铺 {} 改好了：{} {}", shop.id, shop.name, shop.url)
                })?;
            }
            Self::Try { id } => {
                let tried = shop::try_shop(db, id, &wait_a_moment(), Time::now()).await?;
                face.say(&tried, |tried| {
                    format!("连得上，店铺里有 {} 单（不算回收站里的）。", tried.orders)
                })?;
            }
            Self::List => face.list(
                &shop::list(db).await?,
                &["编号", "名称", "地址", "上次走完", "订单", "上次同步的结果"],
                cells,
            )?,
            Self::Sync { ids, full } => {
                let depth = if full { Depth::Full } else { Depth::Recent };
                let report = shop::sync_to(db, &ids, depth, &face.job(), Time::now()).await?;
                face.say(&report, |report| match report.shops.as_slice() {
                    [] => "还没有可以同步的店铺。".to_owned(),
                    shops => shops.iter().map(told).collect::<Vec<_>>().join("\n"),
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
