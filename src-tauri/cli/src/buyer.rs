//! `caoben buyer …`

use std::io::{IsTerminal, Read};

use caoben::{
    Error, Result,
    buyer::{self, BuyerKey},
};
use clap::Subcommand;
use serde_json::json;

use crate::face::{Face, Outcome};

#[derive(Subcommand)]
pub enum Verb {
    /// 买家指纹的钥匙在哪
    Status,
    /// 恢复码：换电脑后靠它接着认得出老买家
    Code,
    /// 用恢复码接上（从标准输入读，或从环境变量读）
    Recover {
        /// 恢复码所在的环境变量
        #[arg(long)]
        code_env: Option<String>,
    },
    /// 恢复码记下后，把以前版本留下的钥匙从数据库里删掉
    Release,
}

fn say(face: &Face, key: &BuyerKey) -> Result<()> {
    face.say(key, |key| key.message.clone())
}

/// A code never stands among the arguments: others on this computer could read it there.
fn given(code_env: Option<String>) -> Result<String> {
    if let Some(name) = code_env {
        return std::env::var(&name)
            .map_err(|_| Error::invalid("code", format!("环境变量 {name} 没有设置，没有改动。")));
    }
    if std::io::stdin().is_terminal() {
        eprint_line("请粘贴恢复码，再按 Enter 和 Ctrl+D：");
    }
    let mut code = String::new();
    std::io::stdin()
        .read_to_string(&mut code)
        .map_err(|e| Error::invalid("code", "读不到恢复码，没有改动。").because(e))?;
    Ok(code)
}

fn eprint_line(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{line}");
}

impl Verb {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let db = face.db().await?;
        match self {
            Self::Status => say(face, &buyer::status(db).await?)?,
            Self::Code => {
                let code = buyer::code(db).await?;
                face.say(&json!({ "code": code }), |_| {
                    format!("{code}\n谁有它，谁就能从工作区里试出买家的手机号：写在纸上，别发给别人。")
                })?;
            }
            Self::Recover { code_env } => say(face, &buyer::recover(db, &given(code_env)?).await?)?,
            Self::Release => say(face, &buyer::release(db).await?)?,
        }
        Ok(Outcome::Done)
    }
}
