//! `caoben link …`

use std::path::PathBuf;

use caoben::{
    Result,
    link::{self, Link, LinkFilter, LinkKind, NewLink},
    value::{Id, Time},
};
use clap::Subcommand;

use crate::{
    asked::Asked,
    face::{Face, Outcome, or_dash},
    product::word,
};

#[derive(Subcommand)]
pub enum Verb {
    /// 做一条专属链接
    Create {
        #[arg(long)]
        post: Id,
        #[arg(long)]
        channel: Id,
        #[arg(long)]
        product: Id,
        #[arg(long)]
        url: Option<String>,
        /// 店铺认的券码
        #[arg(long)]
        coupon: Option<String>,
        /// url | qr | coupon | word | card | note
        #[arg(long, value_parser = word::<LinkKind>)]
        kind: Option<LinkKind>,
        /// 这条链接已经有了也照改：印出去、发出去的不会跟着变
        #[arg(long)]
        replace: bool,
    },
    /// 全部链接
    List {
        #[arg(long)]
        post: Option<Id>,
        #[arg(long)]
        channel: Option<Id>,
        #[arg(long)]
        product: Option<Id>,
    },
    /// 一条链接
    Show { id: Id },
    /// 从列表里拿掉；编号不会再给别的链接，已经印出去的照样认得
    Remove { id: Id },
    /// 把拿掉的链接放回来
    Restore { id: Id },
    /// 二维码，看文件名写成 png 或 svg
    Qr {
        id: Id,
        #[arg(long)]
        out: PathBuf,
    },
}

fn cells(link: &Link) -> Vec<String> {
    let product = link.product_name.clone();
    vec![
        link.id.to_string(),
        link.code.clone(),
        link.post_title.clone(),
        link.channel_name.clone(),
        product,
        link.url.clone(),
        or_dash(link.coupon.as_deref()),
    ]
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let db = face.db().await?;
        match self {
            Self::Create {
                post,
                channel,
                product,
                url,
                coupon,
                kind,
                replace,
            } => {
                let made = link::make(
                    db,
                    NewLink {
                        post,
                        channel,
                        product,
                        url,
                        coupon,
                        kind,
                        replace,
                    },
                    Time::now(),
                )
                .await?;
                face.say(&made, |made| {
                    let mut lines = vec![cells(&made.link).join(" ")];
                    lines.extend(made.notes.iter().cloned());
                    lines.join("\n")
                })?;
            }
            Self::List {
                post,
                channel,
                product,
            } => {
                let asked = Asked {
                    post,
                    channel,
                    product,
                    ..Asked::default()
                };
                asked.check(db).await?;
                let head = ["编号", "代码", "内容", "渠道", "好物", "链接", "券码"];
                face.list(
                    &link::list(
                        db,
                        &LinkFilter {
                            post,
                            channel,
                            product,
                        },
                    )
                    .await?,
                    &head,
                    cells,
                )?;
            }
            Self::Show { id } => face.say(&link::get(db, id).await?, |link| cells(link).join(" "))?,
            Self::Remove { id } => {
                link::remove(db, id, Time::now()).await?;
                face.say(&id, |id| format!("链接 {id} 拿掉了；编号还归它"))?;
            }
            Self::Restore { id } => face.say(&link::restore(db, id).await?, |link| cells(link).join(" "))?,
            Self::Qr { id, out } => {
                link::save_qr(db, id, &out).await?;
                face.say(&out, |out| format!("二维码在 {}", out.display()))?;
            }
        }
        Ok(Outcome::Done)
    }
}
