//! `caoben search …`

use caoben::{Result, search, value::Noun};
use clap::Args;

use crate::face::{Face, Outcome};

/// 找好物、试用、评价、内容和照片
#[derive(Args)]
pub struct Ask {
    query: String,
    /// product,trial,review,post,photo
    #[arg(long = "in", value_delimiter = ',')]
    nouns: Vec<Noun>,
    #[arg(long, default_value_t = 50)]
    limit: u32,
}

impl Ask {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let found = search::search(face.db().await?, &self.query, &self.nouns, self.limit).await?;
        face.list(&found, &["是什么", "编号", "标题", "原文"], |hit| {
            vec![
                hit.noun.as_str().to_owned(),
                hit.id.to_string(),
                hit.title.clone(),
                hit.snippet.clone(),
            ]
        })?;
        Ok(Outcome::Done)
    }
}
