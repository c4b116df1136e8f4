//! `caoben report …`

use caoben::{
    Result,
    attribution::Model,
    report::{self, By, Period, Report, Row, Tiers, Total},
    value::{Date, show_money},
};
use clap::Args;
use serde_json::{Value, json};

use crate::{
    asked::Asked,
    face::{Face, Outcome, or_dash, table},
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
        let db = face.db().await?;
        let asked = Asked {
            from: self.from,
            to: self.to,
            ..Asked::default()
        };
        asked.check(db).await?;
        let report = report::report(db, self.by, &period).await?;
        face.say(&whole(&report, &period)?, |_| people(&report, self.by))?;
        Ok(Outcome::Done)
    }
}

/// The report with what it was asked for, as scripts read it. Money of several currencies has no sum: `unknown.net` is null then.
fn whole(report: &Report, period: &Period) -> Result<Value> {
    let unknown = &report.unknown;
    let net = match unknown.money.as_slice() {
        [] => Some(0),
        [one] => Some(one.net),
        _ => None,
    };
    Ok(json!({
        "as_of": report.as_of,
        "from": period.from.as_ref().map(ToString::to_string),
        "to": period.to.as_ref().map(ToString::to_string),
        "model": serde_json::to_value(period.model)?,
        "rows": report.rows,
        "unknown": {
            "orders": unknown.orders,
            "net": net,
            "why": { "untagged": unknown.untagged, "foreign": unknown.foreign },
            "money": unknown.money,
        },
        "totals": report.totals,
    }))
}

const HEAD: [&str; 12] = [
    "编号",
    "名称",
    "单",
    "实付",
    "退款",
    "净额",
    "预估佣金",
    "结算佣金",
    "A",
    "B",
    "C",
    "D",
];

fn people(report: &Report, by: By) -> String {
    if report.rows.is_empty() && report.totals.is_empty() {
        return "这段时间还没有订单。".to_owned();
    }
    let rows = report.rows.iter().map(row);
    // Rows of products and orders hold what nobody brought too: there it is no row of its own.
    let shared = matches!(by, By::Posts | By::Channels);
    let unknown = report.unknown.money.iter().filter(|_| shared).map(|money| {
        let name = "来源不明".to_owned();
        let mut cells = vec!["–".to_owned(), name, money.orders.to_string()];
        cells.extend(["–", "–"].map(str::to_owned));
        cells.push(show_money(money.net, &money.currency));
        cells.extend(["–"; 6].map(str::to_owned));
        cells
    });
    let totals = report.totals.iter().map(total);
    let mut text = table(&HEAD, rows.chain(unknown).chain(totals));
    let unknown = &report.unknown;
    if unknown.orders > 0 {
        text += &format!(
            "\n来源不明 {} 单：{} 单没有任何标记，{} 单带着别处的标记。",
            unknown.orders, unknown.untagged, unknown.foreign
        );
    }
    if let Some(at) = report.as_of {
        text += &format!("\n数据截至 {at}。");
    }
    text
}

fn row(row: &Row) -> Vec<String> {
    let money = |amount: i64| show_money(amount, &row.currency);
    let mut cells = vec![row.id.to_string(), row.title.clone(), row.orders.to_string()];
    cells.extend([row.gross, row.refunded, row.net].map(money));
    cells.extend([row.commission_estimated, row.commission_settled].map(|amount| or_dash(amount.map(money))));
    cells.extend(tiers(row.tiers));
    cells
}

fn total(total: &Total) -> Vec<String> {
    let money = |amount: i64| show_money(amount, &total.currency);
    let name = format!("合计（{}）", total.currency);
    let mut cells = vec!["–".to_owned(), name, total.orders.to_string()];
    cells.extend([total.gross, total.refunded, total.net].map(money));
    cells.extend(
        [total.commission_estimated, total.commission_settled].map(|amount| or_dash(amount.map(money))),
    );
    cells.extend(tiers(total.tiers));
    cells
}

fn tiers(tiers: Tiers) -> [String; 4] {
    [tiers.A, tiers.B, tiers.C, tiers.D.credit].map(|orders| orders.to_string())
}
