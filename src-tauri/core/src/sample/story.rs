//! What the sample tells: five things tried, as a creator would have noted them. Invented from first to last.

use super::picture::Scene;
use crate::{
    price::PriceKind,
    trial::{Acquired, Verdict},
};

/// A price seen: days ago, 分, kind, where.
pub(super) type Seen = (i64, i64, PriceKind, &'static str);
/// A day of the trial: days after its start, note, ratings, whether a photo was taken.
pub(super) type DayNote = (i64, &'static str, &'static [(&'static str, i64)], bool);

/// One product and all that happened with it.
pub(super) struct Chapter {
    pub scene: Scene,
    pub name: &'static str,
    pub brand: &'static str,
    pub category: &'static str,
    pub price: i64,
    pub sku: &'static str,
    pub slug: &'static str,
    pub fits: &'static str,
    pub unfits: &'static str,
    pub selling_points: &'static [&'static str],
    pub prices: &'static [Seen],
    pub acquired: Acquired,
    /// Days ago the trial began.
    pub began: i64,
    pub days: &'static [DayNote],
    pub shortcomings: &'static [&'static str],
    pub verdict: Option<(Verdict, &'static str)>,
    /// Rating, text, consent.
    pub buyer_reviews: &'static [(i64, &'static str, bool)],
    /// Title and Markdown; `{photo0}`, `{photo1}` … `{price}`, `{product}`, `{review}` stand for the ids.
    pub post: Option<(&'static str, &'static str)>,
}

pub(super) const STORY: [Chapter; 5] = [
    Chapter {
        scene: Scene::Sunscreen,
        name: "云感防晒乳",
        brand: "浮岚",
        category: "防晒",
        price: 12_900,
        sku: "SUN-50",
        slug: "sunscreen",
        fits: "油皮、混油皮，通勤",
        unfits: "大干皮，要带全妆的日子",
        selling_points: &["质地轻，成膜快", "不假白"],
        prices: &[
            (40, 15_900, PriceKind::List, "官网"),
            (21, 12_900, PriceKind::Paid, "官网"),
            (9, 11_900, PriceKind::Promo, "会员日"),
            (3, 12_900, PriceKind::Promo, "官网"),
        ],
        acquired: Acquired::Sample,
        began: 21,
        days: &[
            (
                0,
                "拆箱。小票、批号、寄样约定都拍了。",
                &[("控油", 3), ("不泛红", 3)],
                true,
            ),
            (
                1,
                "脸颊没有泛红，下午三点鼻翼出油。",
                &[("控油", 3), ("不泛红", 4)],
                true,
            ),
            (
                8,
                "叠粉底会搓泥，等三分钟再上好很多。",
                &[("控油", 3), ("不泛红", 4)],
                true,
            ),
            (
                13,
                "室外两小时没补，鼻梁微红。",
                &[("控油", 2), ("不泛红", 3)],
                true,
            ),
            (
                20,
                "用掉大半支。泵头偶尔一下出多，涂开要快。",
                &[("控油", 3), ("不泛红", 4)],
                true,
            ),
        ],
        shortcomings: &["叠粉底会搓泥", "泵头偶尔出多", "下午控油一般"],
        verdict: None,
        buyer_reviews: &[
            (4, "跟着买的，军训用了两周没黑，就是要等一会儿再上妆。", true),
            (2, "我是干皮，有点拔干。", false),
        ],
        post: Some((
            "通勤防晒，清爽但会搓泥",
            "广告｜品牌寄的样品，先说明白。\n\n用了 20 天，每天早上两泵，脸颊没有泛红，下午三点鼻翼会出油。\n\n![第 1 天，拆箱](photo:{photo0})\n\n缺点也要说：叠粉底**会搓泥**，等三分钟再上妆好很多；泵头偶尔一下出多。\n\n- 适合：油皮、混油皮，通勤\n- 不适合：大干皮，要带全妆的日子\n\n![第 21 天](photo:{photo4})\n\n我买的时候 [到手价](price:{price})。一位买家说：\n\n[](review:{review})\n\n想要的可以 [从这里看](link:{product})。\n\n#通勤防晒 #油皮防晒 #真实测评\n",
        )),
    },
    Chapter {
        scene: Scene::Beer,
        name: "小麦啤酒 六罐",
        brand: "麦里",
        category: "酒水",
        price: 8_600,
        sku: "BEER-6",
        slug: "wheat-beer",
        fits: "一个人小酌，不爱苦的",
        unfits: "爱酒花苦味的，未成年人和开车的人",
        selling_points: &["泡沫细", "回甘不腻"],
        prices: &[
            (30, 8_600, PriceKind::Paid, "门店"),
            (6, 7_900, PriceKind::Promo, "双十一返场"),
        ],
        acquired: Acquired::Bought,
        began: 33,
        days: &[
            (0, "冰了两小时，泡沫能挂三分钟。", &[("顺口", 4)], true),
            (4, "配辣的刚好，第二罐有点甜。", &[("顺口", 4)], true),
            (15, "室温放了半小时，甜味更明显。", &[("顺口", 3)], true),
        ],
        shortcomings: &["第二罐偏甜"],
        verdict: Some((Verdict::Recommend, "一个人一罐刚好。")),
        buyer_reviews: &[(5, "泡沫真的很细，周末又买了六罐。", true)],
        post: Some((
            "一个人喝刚好的小麦，偏甜",
            "自己买的，喝了两周。\n\n![冰好的第一杯](photo:{photo0})\n\n泡沫细，能挂三分钟；**第二罐偏甜**，不爱甜的一罐就够。\n\n门店 [到手价](price:{price})，[想试的看这里](link:{product})。\n\n#小麦啤酒 #一人食\n",
        )),
    },
    Chapter {
        scene: Scene::Plant,
        name: "金晃 桌面绿植",
        brand: "阳台计划",
        category: "绿植",
        price: 3_900,
        sku: "CACTUS-S",
        slug: "cactus",
        fits: "朝南窗台，常忘浇水的人",
        unfits: "没有阳光的工位",
        selling_points: &["十天浇一次", "春天会开花"],
        prices: &[(60, 3_900, PriceKind::Paid, "花市")],
        acquired: Acquired::Bought,
        began: 62,
        days: &[
            (0, "到手比图小一圈，盆是陶的。", &[("省心", 4)], true),
            (20, "十天浇一次，没有徒长。", &[("省心", 5)], true),
            (55, "开花了。", &[("省心", 5)], true),
        ],
        shortcomings: &["比图小一圈"],
        verdict: Some((Verdict::Recommend, "有太阳的窗台就能活。")),
        buyer_reviews: &[(3, "比想象中小，不过挺精神。", true)],
        post: Some((
            "懒人也能养活的桌面绿植",
            "养了五十五天，它开花了。\n\n![第 1 天](photo:{photo0})\n\n![第 56 天](photo:{photo2})\n\n先说缺点：**到手比图小一圈**。十天浇一次，别的不用管。\n\n[到手价](price:{price})，[同款](link:{product})。\n\n#桌面绿植 #懒人养花\n",
        )),
    },
    Chapter {
        scene: Scene::Lipstick,
        name: "豆沙口红 03",
        brand: "黎巷",
        category: "口红",
        price: 16_900,
        sku: "LIP-03",
        slug: "lipstick",
        fits: "黄皮日常",
        unfits: "唇纹深、不涂润唇膏的日子",
        selling_points: &["显白", "不沾杯"],
        prices: &[(12, 16_900, PriceKind::List, "专柜")],
        acquired: Acquired::Borrowed,
        began: 6,
        days: &[
            (
                0,
                "薄涂像自己的唇色，厚涂显气色。",
                &[("显白", 4), ("持久", 3)],
                true,
            ),
            (
                2,
                "喝了两杯咖啡，内侧掉了一圈。",
                &[("显白", 4), ("持久", 2)],
                true,
            ),
        ],
        shortcomings: &["内侧容易掉"],
        verdict: None,
        buyer_reviews: &[],
        post: Some((
            "豆沙色的两天，内侧会掉",
            "还在试，先记两天。\n\n![薄涂](photo:{photo0})\n\n薄涂像自己的唇色；喝两杯咖啡，**内侧掉一圈**。\n\n#豆沙口红\n",
        )),
    },
    Chapter {
        scene: Scene::Cream,
        name: "换季厚涂面霜",
        brand: "岸白",
        category: "面霜",
        price: 21_800,
        sku: "CREAM-50",
        slug: "cream",
        fits: "",
        unfits: "",
        selling_points: &[],
        prices: &[(2, 21_800, PriceKind::Promo, "官网")],
        acquired: Acquired::Gift,
        began: 1,
        days: &[(0, "开罐，质地厚，味道淡。", &[("滋润", 4)], true)],
        shortcomings: &[],
        verdict: None,
        buyer_reviews: &[],
        post: None,
    },
];
