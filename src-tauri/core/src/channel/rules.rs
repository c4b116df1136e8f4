//! The shipped rule packs: one dated, sourced file per platform, built into the program.

use std::sync::LazyLock;

use super::Rules;
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
