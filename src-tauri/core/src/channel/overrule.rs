//! The user's own figures: they win over the shipped pack and stay when the pack is updated.

use super::{Allow, LinkPolicy, NewOverride, Rules, rules::shipped, store};
use crate::{
    db::Db,
    error::{Error, Result},
    value::{Noun, Time},
};

/// The rules in force for a platform.
///
/// # Errors
/// `Invalid` when there is no such platform.
pub async fn rules(db: &Db, platform: &str) -> Result<Rules> {
    let mut rules = shipped(platform)?;
    for (rule, value) in store::overrides(db.read(), platform).await? {
        // A rule that a newer pack no longer has simply rests.
        let _ = apply(&mut rules, &rule, &value);
    }
    Ok(rules)
}

/// Sets or takes back the user's own figure.
///
/// # Errors
/// `Invalid` for an unknown platform or rule, or a value that the rule cannot have.
pub async fn override_rule(db: &Db, input: NewOverride, now: Time) -> Result<Rules> {
    let value = input.value.as_deref().map(str::trim);
    // Taking back is tried with a value that fits, only to see that the rule exists.
    let mut trial = shipped(&input.platform)?;
    match value {
        Some(value) => apply(&mut trial, &input.rule, value)?,
        None => known(&mut trial, &input.rule)?,
    }
    let mut tx = db.begin().await?;
    match value {
        Some(value) => {
            store::put_override(
                tx.conn(),
                &input.platform,
                &input.rule,
                value,
                input.reason.trim(),
                now,
            )
            .await?;
        }
        None => store::remove_override(tx.conn(), &input.platform, &input.rule).await?,
    }
    tx.touch(Noun::Channel);
    tx.commit().await?;
    rules(db, &input.platform).await
}

fn known(rules: &mut Rules, rule: &str) -> Result<()> {
    apply(rules, rule, "1").or_else(|_| apply(rules, rule, "yes"))
}

fn apply(rules: &mut Rules, rule: &str, value: &str) -> Result<()> {
    if let Some(limit) = rules.limits.iter_mut().find(|limit| limit.rule == rule) {
        let figure: i64 = value
            .parse()
            .ok()
            .filter(|figure| *figure >= 0)
            .ok_or_else(|| Error::invalid("value", format!("「{value}」不是数字，没有改动。")))?;
        limit.max = Some(figure);
        limit.warn = limit.warn.filter(|warn| *warn < figure);
        limit.min = limit.min.filter(|min| *min <= figure);
        limit.overridden = true;
        return Ok(());
    }
    let unknown = || {
        Error::invalid(
            "rule",
            format!("{}没有「{rule}」这条规则，没有改动。", rules.name),
        )
    };
    let name = rule
        .strip_prefix(&format!("{}.links.", rules.platform))
        .ok_or_else(unknown)?
        .to_owned();
    if permission(&mut rules.links, &name).is_none() {
        return Err(unknown());
    }
    let allow = match value {
        "yes" => Allow::Yes,
        "no" => Allow::No,
        "unverified" => Allow::Unverified,
        _ => {
            return Err(Error::invalid(
                "value",
                "许可只能是 yes、no 或 unverified，没有改动。",
            ));
        }
    };
    if let Some(slot) = permission(&mut rules.links, &name) {
        *slot = allow;
    }
    if !rules.links.overridden.contains(&name) {
        rules.links.overridden.push(name);
    }
    Ok(())
}

fn permission<'a>(links: &'a mut LinkPolicy, name: &str) -> Option<&'a mut Allow> {
    Some(match name {
        "text_link" => &mut links.text_link,
        "qr" => &mut links.qr,
        "word" => &mut links.word,
        "coupon" => &mut links.coupon,
        "contact" => &mut links.contact,
        "card" => &mut links.card,
        _ => return None,
    })
}
