//! The platform's own id of a note, read from its link. A platform's short links keep their secret: they stay urls only.

use url::Url;

/// A platform, the path segments before an id, and how the id looks.
type Place = (&'static str, &'static [&'static str], fn(&str) -> bool);

/// Where an id stands in the path and how it looks. Gathered from the links that the platforms' own 分享 buttons give (2026-11).
const PLACES: [Place; 17] = [
    ("xiaohongshu", &["explore", "item", "profile/*"], |id| {
        id.len() == 24 && id.chars().all(|c| c.is_ascii_hexdigit())
    }),
    ("weibo", &["status", "detail"], number_or_letters),
    ("douyin", &["note", "video", "share/slides"], number),
    ("kuaishou", &["short-video", "photo/*"], number_or_letters),
    ("wechat_article", &["s"], token),
    ("wechat_picture", &["s"], token),
    ("bilibili_dynamic", &["opus", "dynamic", "t.bilibili.com"], number),
    ("bilibili_article", &["read", "opus"], number_or_letters),
    ("zhihu", &["p", "pin", "answer"], number),
    ("smzdm", &["p"], number_or_letters),
    ("instagram", &["p", "reel"], token),
    ("tiktok", &["photo", "video"], number),
    ("pinterest", &["pin"], number),
    ("x", &["status"], number),
    ("threads", &["post"], token),
    ("facebook", &["posts"], token),
    ("dewu", &["detail"], number),
];

fn number(id: &str) -> bool {
    id.len() >= 5 && id.chars().all(|c| c.is_ascii_digit())
}

fn number_or_letters(id: &str) -> bool {
    id.len() >= 5 && id.chars().all(|c| c.is_ascii_alphanumeric())
}

fn token(id: &str) -> bool {
    id.len() >= 5
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// The link inside what a person pastes: share texts wrap it in words.
pub(super) fn link_in(pasted: &str) -> String {
    let pasted = pasted.trim();
    let begin = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| pasted.find(scheme))
        .min();
    let Some(rest) = begin.and_then(|at| pasted.get(at..)) else {
        return pasted.to_owned();
    };
    rest.chars()
        .take_while(|c| c.is_ascii() && !c.is_whitespace() && !matches!(c, '"' | '<' | '>'))
        .collect()
}

/// The note's id on this platform; empty where the link does not tell.
pub(super) fn id_in(platform: &str, url: &str) -> String {
    let Ok(url) = Url::parse(url) else {
        return String::new();
    };
    let Some((_, places, looks)) = PLACES.iter().find(|(name, ..)| *name == platform) else {
        return String::new();
    };
    let mut query = url.query_pairs();
    // 公众号's long links and 抖音's desktop page carry it in the query.
    if let Some((_, id)) = query.find(|(key, id)| matches!(&**key, "sn" | "modal_id") && looks(id)) {
        return id.into_owned();
    }
    let host = url.host_str().unwrap_or_default();
    let path: Vec<&str> = std::iter::once(host)
        .chain(url.path_segments().into_iter().flatten())
        .collect();
    let steps = path
        .windows(2)
        .zip(std::iter::once("").chain(path.iter().copied()));
    for (pair, before) in steps {
        let [place, id] = pair else { continue };
        let named = |wanted: &&str| match wanted.split_once('/') {
            Some((first, "*")) => first == before && !place.is_empty(),
            Some((first, second)) => first == before && second == *place,
            None => wanted == place,
        };
        if places.iter().any(named) && looks(id) {
            return (*id).to_owned();
        }
    }
    // weibo.com/<user>/<note>
    match path.as_slice() {
        ["weibo.com" | "www.weibo.com", user, id] if platform == "weibo" && number(user) && looks(id) => {
            (*id).to_owned()
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{id_in, link_in};

    #[test]
    fn ids_are_read_from_the_links_that_platforms_give() {
        let note = "6583a1b2000000001203f4e5";
        for (platform, url, id) in [
            (
                "xiaohongshu",
                format!("https://www.xiaohongshu.com/explore/{note}?xsec_token=AB&xsec_source=pc"),
                note,
            ),
            (
                "xiaohongshu",
                format!("https://www.xiaohongshu.com/discovery/item/{note}"),
                note,
            ),
            (
                "xiaohongshu",
                format!("https://www.xiaohongshu.com/user/profile/5a1b2c3d4e5f6a7b8c9d0e1f/{note}?x=1"),
                note,
            ),
            ("xiaohongshu", "http://xhslink.com/a/Ab3dE".to_owned(), ""),
            (
                "weibo",
                "https://weibo.com/1234567890/OxYz12345".to_owned(),
                "OxYz12345",
            ),
            (
                "weibo",
                "https://m.weibo.cn/status/4999999999999999".to_owned(),
                "4999999999999999",
            ),
            ("weibo", "https://weibo.com/u/1234567890".to_owned(), ""),
            (
                "douyin",
                "https://www.douyin.com/note/7312345678901234567".to_owned(),
                "7312345678901234567",
            ),
            (
                "douyin",
                "https://www.douyin.com/user/self?modal_id=7312345678901234567".to_owned(),
                "7312345678901234567",
            ),
            ("douyin", "https://v.douyin.com/iAbCdEf/".to_owned(), ""),
            (
                "wechat_article",
                "https://mp.weixin.qq.com/s/Ab-3_xYz".to_owned(),
                "Ab-3_xYz",
            ),
            (
                "wechat_article",
                "https://mp.weixin.qq.com/s?__biz=MzA&mid=2&idx=1&sn=0a1b2c3d4e".to_owned(),
                "0a1b2c3d4e",
            ),
            (
                "x",
                "https://x.com/deer/status/1800000000000000000".to_owned(),
                "1800000000000000000",
            ),
            ("store", "https://shop.cn/p/12345".to_owned(), ""),
            ("xiaohongshu", "not a link".to_owned(), ""),
        ] {
            assert_eq!(id_in(platform, &url), id, "{platform} {url}");
        }
    }

    #[test]
    fn a_pasted_share_text_gives_its_link() {
        let pasted = "68 小鹿发布了一篇小红书笔记，快来看吧！ 😆 http://xhslink.com/a/Ab3dE，复制本条信息，打开【小红书】App查看";
        assert_eq!(link_in(pasted), "http://xhslink.com/a/Ab3dE");
        assert_eq!(link_in("  https://weibo.com/1/2 "), "https://weibo.com/1/2");
        assert_eq!(link_in("暂时没有"), "暂时没有");
    }
}
