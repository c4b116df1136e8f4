//! `caoben report …`

use caoben::{
    Result,
    attribution::Model,
    report::{self, By, Period},
    value::{Date, show_money},
};
use clap::Args;

use crate::{
    face::{Face, Outcome},
    product::word,
};

/// 哪篇带来了订单，退款已扣
#[derive(Args)]
pub struct Ask {
    /// posts | channels | products | orders
    #[arg(value_parser = word::<By>)]
    by: By,
    #[arg(long)]
    from: Option<Date>,
    /// 包含这一天
    #[arg(long)]
    to: Option<Date>,
    /// first | last | linear | decay
    #[arg(long, value_parser = word::<Model>, default_value = "last")]
    model: Model,
}

impl Ask {
    pub async fn run(self, face: &Face) -> Result<Outcome> {
        let period = Period {
            from: self.from,
            to: self.to,
            model: self.model,
        };
        let report = report::report(face.db().await?, self.by, &period).await?;
        face.list(
            &report.rows,
            &["编号", "名称", "单", "实付", "退款", "净额", "A", "B", "C", "D"],
            |row| {
                let money =
                    [row.gross, row.refunded, row.net].map(|amount| show_money(amount, &row.currency));
                let tiers = [row.tiers.A, row.tiers.B, row.tiers.C, row.tiers.D.credit]
                    .map(|orders| format!("{orders}"));
                [
                    vec![row.id.to_string(), row.title.clone(), format!("{}", row.orders)],
                    money.to_vec(),
                    tiers.to_vec(),
                ]
                .concat()
            },
        )?;
        Ok(Outcome::Done)
    }
}
