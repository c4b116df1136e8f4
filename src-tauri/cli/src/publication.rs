//! `caoben publication …`

use caoben::{
    Result,
    publication::{self, NewPublication, Publication},
    value::{Id, Time},
};
use clap::Subcommand;

use crate::{
    asked::Asked,
    face::{Face, Outcome},
};

#[derive(Subcommand)]
pub enum Verb {
    /// 记下：这篇在这个渠道发出去了
    Add {
        #[arg(long)]
        post: Id,
        #[arg(long)]
        channel: Id,
        #[arg(long)]
        at: Time,
        #[arg(long, default_value = "")]
        url: String,
        #[arg(long, default_value = "")]
        note_id: String,
    },
    /// 删掉一条记错的；不再有订单算在它名下
    Remove { id: Id },
    /// 把删掉的记录放回来
    Restore { id: Id },
    /// 全部发布
    List {
        #[arg(long)]
        post: Option<Id>,
    },
}

fn cells(publication: &Publication) -> Vec<String> {
    vec![
        publication.id.to_string(),
        publication.at.to_string(),
        publication.post_title.clone(),
        publication.channel_name.clone(),
        publication.url.clone(),
    ]
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let db = face.db().await?;
        match self {
            Self::Add {
                post,
                channel,
                at,
                url,
                note_id,
            } => {
                let input = NewPublication {
                    post,
                    channel,
                    at: Some(at),
                    url,
                    note_id,
                };
                face.say(&publication::add(db, input, Time::now()).await?, |made| {
                    cells(made).join(" ")
                })?;
            }
            Self::Remove { id } => {
                publication::remove(db, id, Time::now()).await?;
                face.say(&id, |id| format!("发布记录 {id} 删掉了"))?;
            }
            Self::Restore { id } => {
                face.say(&publication::restore(db, id).await?, |made| cells(made).join(" "))?;
            }
            Self::List { post } => {
                let asked = Asked {
                    post,
                    ..Asked::default()
                };
                asked.check(db).await?;
                face.list(
                    &publication::list(db, post).await?,
                    &["编号", "时间", "内容", "渠道", "链接"],
                    cells,
                )?;
            }
        }
        Ok(Outcome::Done)
    }
}
