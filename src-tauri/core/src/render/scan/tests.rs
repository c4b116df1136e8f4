use super::{Way, scan};

fn ways(text: &str) -> Vec<(Way, &str)> {
    scan(text)
        .into_iter()
        .map(|(way, range)| (way, text.get(range).unwrap()))
        .collect()
}

#[test]
fn ways_to_buy_are_found_where_they_stand() {
    assert_eq!(
        ways("见https://a.com/b?c=1。"),
        [(Way::Address, "https://a.com/b?c=1")]
    );
    assert_eq!(ways("去 taobao.com 搜"), [(Way::Address, "taobao.com")]);
    assert_eq!(ways("复制 ￥Ab12Cd34￥ 打开"), [(Way::Word, "￥Ab12Cd34￥")]);
    assert_eq!(ways("电话13812345678找我"), [(Way::Contact, "13812345678")]);
    assert_eq!(
        ways("微信号：deer_2026 聊"),
        [(Way::Contact, "微信号：deer_2026")]
    );
    assert_eq!(ways("加我VX: deer2026"), [(Way::Contact, "VX: deer2026")]);
    assert_eq!(ways("写信 a@b.com"), [(Way::Contact, "a@b.com")]);
    assert_eq!(ways("扫码领"), [(Way::Qr, "扫码")]);
}

#[test]
fn plain_and_disguised_addresses_are_found() {
    for (text, hit) in [
        ("看 https://商店.中国/p 吧", "https://商店.中国/p"),
        ("上商店.中国", "上商店.中国"),
        ("或 caoben.store 或", "caoben.store"),
        ("或 dwz.win/abc，", "dwz.win/abc"),
        ("官网:Caoben.Shop", "Caoben.Shop"),
        ("caoben点com", "caoben点com"),
        ("caoben。com 见", "caoben。com"),
        ("ｃａｏｂｅｎ．ｃｏｍ", "ｃａｏｂｅｎ．ｃｏｍ"),
        ("cao\u{200B}ben.com", "cao\u{200B}ben.com"),
        (
            "https://shop.example.com/p/shampoo?sku=A1，记得领",
            "https://shop.example.com/p/shampoo?sku=A1",
        ),
        ("http://xn--fiqs8s/p", "http://xn--fiqs8s/p"),
        ("booking.com/hotel/x", "booking.com/hotel/x"),
    ] {
        assert_eq!(ways(text), [(Way::Address, hit)], "{text}");
    }
    assert_eq!(
        ways("信箱 deer＠caoben．store"),
        [(Way::Contact, "deer＠caoben．store")]
    );
}

#[test]
fn plain_and_disguised_contacts_are_found() {
    for (text, hit) in [
        ("电话 138 1234 5678，", "138 1234 5678"),
        ("138-1234-5678", "138-1234-5678"),
        ("+8613812345678，", "+8613812345678"),
        ("+86 138 1234 5678", "+86 138 1234 5678"),
        ("１３８１２３４５６７８", "１３８１２３４５６７８"),
        ("1 3 8 1 2 3 4 5 6 7 8", "1 3 8 1 2 3 4 5 6 7 8"),
        ("①③⑧①②③④⑤⑥⑦⑧", "①③⑧①②③④⑤⑥⑦⑧"),
        ("找我一三八一二三四五六七八", "一三八一二三四五六七八"),
        ("打010-12345678", "010-12345678"),
        ("400-820-8820", "400-820-8820"),
        ("客服4008208820", "4008208820"),
        ("微信号：xiaoludeer，", "微信号：xiaoludeer"),
        ("weixin: deer2026", "weixin: deer2026"),
        ("薇❤信 deer2026", "薇❤信 deer2026"),
        ("薇❤️信：deer2026", "薇❤️信：deer2026"),
        ("ＶＸ：ｄｅｅｒ２０２６", "ＶＸ：ｄｅｅｒ２０２６"),
        ("v❤x deer2026", "v❤x deer2026"),
        ("V.X：deer2026", "V.X：deer2026"),
        ("QQ群 123456789", "QQ群 123456789"),
        ("qq:12345678", "qq:12345678"),
        ("wx=xiaoludeer", "wx=xiaoludeer"),
    ] {
        assert_eq!(ways(text), [(Way::Contact, hit)], "{text}");
    }
}

#[test]
fn todays_passwords_are_found() {
    for (text, hit) in [
        ("复制口令去淘宝：3:/ CZ0001 fZ9x3abcd12", "3:/ CZ0001 fZ9x3abcd12"),
        ("CZ3457 Ab12Cd34Ef5 打开淘宝", "CZ3457 Ab12Cd34Ef5"),
        ("7.99 dnJ:/ 复制打开抖音，看看", "dnJ:/"),
        ("！AbCd1234！ 复制打开京东", "！AbCd1234！"),
        ("16:/ 复制 CA7117", "CA7117"),
        ("₤AbCd1234₤", "₤AbCd1234₤"),
    ] {
        let found = ways(text);
        assert!(found.contains(&(Way::Word, hit)), "{text}: {found:?}");
    }
    assert!(ways("券码 CAO10").contains(&(Way::Coupon, "券码 CAO10")));
    assert!(
        ways("优惠码：「DEER-10」")
            .iter()
            .any(|(way, _)| *way == Way::Coupon)
    );
}

#[test]
fn ordinary_words_and_figures_are_left_alone() {
    for text in [
        "¥129.00 到 ¥199.00",
        "SPF50+ PA++++ 3.5ml",
        "v1.2.3",
        "微信公众号见",
        "2026.11.22",
        "12345678901",
        "wxyz",
        "Node.js",
        "1:1",
        "批号13812345678，可以查真伪。",
        "扫码查真伪时显示第3次查询。",
        "在Booking.com订的酒店自带这款。",
        "别信优惠码满天飞的那种号。",
        "6222 1381 2345 678",
        "国妆特字G20261381",
        "比例 3:2，时间 12:30/13:30",
        "航班 CZ3101 晚点",
        "微信支付 100000 元",
        "微信步数 20000",
        "微信：iPhone 用户看这里",
        "稍微，信我",
        "电池 5000mAh，qq糖 1000g",
        "README.md 和 main.py",
        "今天.在家",
        "3~5秒，100~120元",
        "扫码付款也行，二维码糊了",
        "A.B.C 三款",
        "2026-11-22 10:00",
        "第1步.第2步",
        "1.手机外观小巧.4.游戏。3.娱乐",
        "I expected.Maybe suitable.In spelling.To",
    ] {
        assert!(scan(text).is_empty(), "{text}: {:?}", ways(text));
    }
}
