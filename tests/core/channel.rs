//! Rule packs are data: dated, sourced, and the user's own figure wins.

use caoben::channel::{self, Allow};

const PLATFORMS: [&str; 25] = [
    "xiaohongshu",
    "wechat_article",
    "wechat_picture",
    "wechat_moments",
    "wechat_group",
    "wechat_channels",
    "weibo",
    "douyin",
    "kuaishou",
    "bilibili_dynamic",
    "bilibili_article",
    "zhihu",
    "smzdm",
    "taobao_guang",
    "jd_faxian",
    "dewu",
    "pinduoduo",
    "instagram",
    "tiktok",
    "pinterest",
    "x",
    "threads",
    "facebook",
    "store",
    "custom",
];

#[test]
fn every_platform_of_the_command_line_has_a_pack_that_can_be_read() {
    let packs = channel::platforms();
    let names: Vec<_> = packs.iter().map(|pack| pack.platform.as_str()).collect();
    assert_eq!(names, PLATFORMS, "a pack is missing or cannot be parsed");
}

#[test]
fn every_limit_is_dated_sourced_and_named_after_its_platform() {
    for pack in channel::platforms() {
        assert!(
            ["plain", "html"].contains(&pack.body.as_str()),
            "{}: unknown body kind",
            pack.platform
        );
        assert!(
            !pack.links.source.is_empty(),
            "{}: link policy without a source",
            pack.platform
        );
        for limit in &pack.limits {
            assert_eq!(limit.rule, format!("{}.{}", pack.platform, limit.field));
            // The days on which the fact sheets were read.
            let read = ["2026-11-22", "2026-11-30"];
            assert!(
                read.contains(&limit.checked_on.as_str()),
                "{} has no date",
                limit.rule
            );
            assert!(!limit.source.is_empty(), "{} has no source", limit.rule);
            assert!(
                ["A", "B", "C"].contains(&limit.confidence.as_str()),
                "{} has no confidence",
                limit.rule
            );
            assert!(
                limit.min.is_some() || limit.warn.is_some() || limit.max.is_some(),
                "{} limits nothing",
                limit.rule
            );
            assert!(
                !(limit.hard && limit.confidence == "C"),
                "{} is not verified and must not block",
                limit.rule
            );
            if let (Some(warn), Some(max)) = (limit.warn, limit.max) {
                assert!(warn < max, "{} must warn below where it stops", limit.rule);
            }
        }
    }
}

#[test]
fn xiaohongshu_takes_no_link_code_or_contact_and_custom_takes_everything() {
    let packs = channel::platforms();
    let red = &packs[0].links;
    assert!(red.hard, "the platform's own rule forbids it");
    assert_eq!([red.text_link, red.qr, red.word, red.contact], [Allow::No; 4]);
    assert_eq!(
        red.coupon,
        Allow::Unverified,
        "no rule text was found for coupon codes"
    );
    let custom = packs.last().unwrap();
    assert!(custom.limits.is_empty());
    assert_eq!(custom.links.text_link, Allow::Yes);
}
