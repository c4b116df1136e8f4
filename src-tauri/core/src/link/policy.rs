//! Which kinds of tag a channel takes. The policy is data; this only reads it.

use url::Url;

use super::LinkKind;
use crate::{
    channel::{Allow, LinkPolicy, Rules},
    error::{Code, Error, Result},
};

/// Whether a platform lets a kind stand in a post. A note's own id is always there.
fn allows(policy: &LinkPolicy, kind: LinkKind) -> Allow {
    match kind {
        LinkKind::Url => policy.text_link,
        LinkKind::Qr => policy.qr,
        LinkKind::Coupon => policy.coupon,
        LinkKind::Word => policy.word,
        LinkKind::Card => policy.card,
        LinkKind::Note => Allow::Yes,
    }
}

/// The best kind the channel takes for this destination.
pub(super) fn best(policy: &LinkPolicy, destination: Option<&Url>) -> LinkKind {
    let order = [LinkKind::Url, LinkKind::Qr, LinkKind::Coupon, LinkKind::Card];
    let fits = |kind: &LinkKind| match kind {
        LinkKind::Url => destination.is_some_and(|url| policy.keeps(url.as_str())),
        LinkKind::Qr => destination.is_some(),
        _ => true,
    };
    order
        .into_iter()
        .find(|kind| allows(policy, *kind) == Allow::Yes && fits(kind))
        .unwrap_or(LinkKind::Note)
}

/// The best kind once there is a destination.
pub(super) fn best_with_url(policy: &LinkPolicy) -> LinkKind {
    let taken = |kind: &LinkKind| allows(policy, *kind) == Allow::Yes;
    [LinkKind::Url, LinkKind::Qr]
        .into_iter()
        .find(taken)
        .unwrap_or(LinkKind::Note)
}

/// Refuses a kind that the channel does not take, with the rule's source; what is 未核实 is refused until the user switches it on.
pub(super) fn demand(rules: &Rules, kind: LinkKind, destination: Option<&Url>) -> Result<()> {
    let (policy, name) = (&rules.links, &rules.name);
    let what = match kind {
        LinkKind::Url => "链接",
        LinkKind::Qr => "二维码",
        LinkKind::Coupon => "优惠码",
        LinkKind::Word => "口令",
        LinkKind::Card => "商品卡",
        LinkKind::Note => return Ok(()),
    };
    let source = policy.told(name);
    let message = match allows(policy, kind) {
        Allow::No => format!("{name}不允许放{what}，没有生成。{source}"),
        Allow::Unverified => {
            format!(
                "{name}能不能放{what}还未核实，没有生成。确认可以后，请在设置的渠道规则里把「{what}」改成可以放，再试。{source}"
            )
        }
        Allow::Yes if kind == LinkKind::Url && destination.is_some_and(|url| !policy.keeps(url.as_str())) => {
            format!(
                "{name}只保留 {} 的链接，没有生成。{source}",
                policy.hosts.join("、")
            )
        }
        Allow::Yes => return Ok(()),
    };
    Err(Error::new(Code::Forbidden, message))
}
