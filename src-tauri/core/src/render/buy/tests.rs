use super::{Sort, offers, read};

#[test]
fn the_words_can_be_read() {
    let words = read().unwrap();
    assert!(words.rules.len() > 10);
    assert!(words.rules.iter().all(|rule| !rule.any.is_empty()));
}

#[test]
fn ways_to_buy_in_words_are_found() {
    for text in [
        "链接在评论区",
        "评论区自取链接",
        "想要同款的私信我",
        "橱窗自取",
        "我的橱窗有",
        "点小黄车下单",
        "左下角小黄车",
        "券码 CAO10",
        "品牌方付费合作",
        "链接有佣金，介意绕道",
        "购买看 https://shop.example.com/p/a",
        "淘宝搜「小鹿防晒」",
        "进群团购",
        "主页有购买方式",
        "加微信下单",
        "复制口令去淘宝：3:/ CZ0001 fZ9x3abcd12",
        "去 taobao.com 拍",
        "看 https://shop.example.com/p/a",
        "看 https://brand.com/products/7",
    ] {
        assert!(!offers(text).is_empty(), "{text}");
    }
}

#[test]
fn what_a_text_says_decides_how_sure_it_is() {
    for (text, sort) in [
        ("链接在评论区", Sort::Points),
        ("报暗号“小鹿”减二十", Sort::Code),
        ("恰饭，但真心推荐", Sort::Paid),
        ("感谢品牌寄来的新品", Sort::Given),
    ] {
        assert_eq!(offers(text).first().map(|offer| offer.sort), Some(sort), "{text}");
    }
}

#[test]
fn a_description_of_the_thing_is_no_denial() {
    for text in [
        "不搓泥的防晒链接在评论区",
        "非常推荐，橱窗有",
        "没抢到的可以私信我拿链接",
        "无硅油的那瓶链接放评论区",
    ] {
        assert!(!offers(text).is_empty(), "{text}");
    }
    for text in [
        "没有放链接在评论区",
        "不拿佣金的",
        "评论区没有链接",
        "链接在评论区吗？",
        "链接不在评论区",
    ] {
        assert!(offers(text).is_empty(), "{text}: {:?}", offers(text));
    }
}

#[test]
fn denials_questions_and_mentions_are_none() {
    for text in [
        "没有链接，不卖货",
        "评论区都在问同款，我也不知道",
        "评论区有人说搓泥",
        "私信太多回不过来",
        "商场橱窗里看到的",
        "骑小黄车去的",
        "不拿佣金，自己买的",
        "他们靠佣金吃饭",
        "别信优惠码满天飞的那种号",
        "资料看 https://www.nmpa.gov.cn/x",
        "加购物车等了三天",
        "淘宝搜了半天没找到",
        "同样的购买方式，有的送贴膜",
        "打电话预订的房间",
        "每次在京东搜索物品都有广告",
        "方法参照下面这个链接： http://blog.example.com/1.html",
        "厂家介绍 https://www.example.com/product",
        "本来是给了网上链接",
        "感谢商家提供的优质水果",
        "下单送货速度很快",
    ] {
        assert!(offers(text).is_empty(), "{text}: {:?}", offers(text));
    }
}
