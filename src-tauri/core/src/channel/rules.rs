//! The shipped rule packs: one dated, sourced file per platform, built into the program.

use std::sync::LazyLock;

use super::{Allow, LinkPolicy, Rules};
use crate::error::{Error, Result};

const PACKS: [&str; 25] = [
    include_str!("rules/xiaohongshu.toml"),
    include_str!("rules/wechat_article.toml"),
    include_str!("rules/wechat_picture.toml"),
    include_str!("rules/wechat_moments.toml"),
    include_str!("rules/wechat_group.toml"),
    include_str!("rules/wechat_channels.toml"),
    include_str!("rules/weibo.toml"),
    include_str!("rules/douyin.toml"),
    include_str!("rules/kuaishou.toml"),
    include_str!("rules/bilibili_dynamic.toml"),
    include_str!("rules/bilibili_article.toml"),
    include_str!("rules/zhihu.toml"),
    include_str!("rules/smzdm.toml"),
    include_str!("rules/taobao_guang.toml"),
    include_str!("rules/jd_faxian.toml"),
    include_str!("rules/dewu.toml"),
    include_str!("rules/pinduoduo.toml"),
    include_str!("rules/instagram.toml"),
    include_str!("rules/tiktok.toml"),
    include_str!("rules/pinterest.toml"),
    include_str!("rules/x.toml"),
    include_str!("rules/threads.toml"),
    include_str!("rules/facebook.toml"),
    include_str!("rules/store.toml"),
    include_str!("rules/custom.toml"),
];

// A pack that cannot be read would be missing here; a test counts them.
static READ: LazyLock<Vec<Rules>> = LazyLock::new(|| {
    PACKS
        .iter()
        .filter_map(|text| toml::from_str(text).ok())
        .collect()
});

/// The shipped rule packs, without overrides.
pub fn platforms() -> Vec<Rules> {
    READ.clone()
}

/// The platforms where what goes out has no address of its own to paste back.
pub fn without_receipt() -> Vec<String> {
    READ.iter()
        .filter(|pack| !pack.receipt)
        .map(|pack| pack.platform.clone())
        .collect()
}

/// The name people know a platform by; its id when no pack has it.
pub(super) fn platform_name(platform: &str) -> String {
    READ.iter()
        .find(|pack| pack.platform == platform)
        .map_or(platform, |pack| &pack.name)
        .to_owned()
}

/// One shipped pack.
///
/// # Errors
/// `Invalid` when there is no such platform.
pub(super) fn shipped(platform: &str) -> Result<Rules> {
    READ.iter()
        .find(|pack| pack.platform == platform)
        .cloned()
        .ok_or_else(|| {
            Error::invalid(
                "platform",
                format!("没有「{platform}」这个平台。可选：{}。", names().join("、")),
            )
        })
}

fn names() -> Vec<&'static str> {
    READ.iter().map(|pack| pack.platform.as_str()).collect()
}

impl LinkPolicy {
    /// Whether a link to this address stays a link in the text.
    pub fn keeps(&self, url: &str) -> bool {
        self.text_link == Allow::Yes
            && host(url).is_some_and(|host| self.hosts.is_empty() || is_under(&host, &self.hosts))
    }

    /// Whether the platform often blocks links to this address.
    pub fn screens(&self, url: &str) -> bool {
        host(url).is_some_and(|host| is_under(&host, &self.screened_hosts))
    }
}

/// The host of a web address, with or without its scheme.
fn host(address: &str) -> Option<String> {
    let parsed = if address.contains("://") {
        url::Url::parse(address)
    } else {
        url::Url::parse(&format!("https://{address}"))
    };
    let parsed = parsed
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))?;
    parsed.host_str().map(str::to_owned)
}

fn is_under(host: &str, names: &[String]) -> bool {
    names.iter().any(|name| {
        host.strip_suffix(name.as_str())
            .is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
    })
}
