//! Reviews: what rules propose, what the creator says, consent, pictures, and taking away.

use caoben::{
    Code, check,
    db::Db,
    job::Job,
    photo::{self, PhotoImport, PhotoPatch, Source},
    post::{self, NewPost, PostPatch},
    product::{self, NewProduct},
    review::{
        self, NewConsent, NewReview, ReasonKind, ReasonVerdict, Review, ReviewPatch, Sensitivity, Standing,
    },
    search,
    value::{Id, Noun},
};
use proptest::prelude::*;

use crate::{
    photo::jpeg,
    render::channel_on,
    support::{at, workspace},
};

pub(crate) const NOW: &str = "2026-11-22 10:00";

pub(crate) async fn product(db: &Db) -> Id {
    let input = NewProduct {
        name: "云感防晒乳".to_owned(),
        ..NewProduct::default()
    };
    product::create(db, input, at(NOW)).await.unwrap().id
}

async fn said(db: &Db, product: Id, who: &str, text: &str) -> Review {
    let input = NewReview {
        product,
        text: text.to_owned(),
        buyer: (!who.is_empty()).then(|| who.to_owned()),
        ..NewReview::default()
    };
    review::add(db, input, at(NOW)).await.unwrap()
}

async fn write(db: &Db, title: &str, body: &str) -> Id {
    let new = NewPost {
        title: title.to_owned(),
        body: body.to_owned(),
        ..NewPost::default()
    };
    post::create(db, new, at(NOW)).await.unwrap().id
}

/// The labels that rules propose, with their words.
fn proposed(review: &Review) -> Vec<(ReasonKind, &str, Vec<&str>)> {
    review
        .found
        .iter()
        .filter(|found| found.standing == Standing::Proposed)
        .map(|found| {
            let words = found.hits.iter().map(|hit| hit.text.as_str()).collect();
            (found.kind, found.label.as_str(), words)
        })
        .collect()
}

fn labels(review: &Review, kind: ReasonKind) -> Vec<&str> {
    review
        .found
        .iter()
        .filter(|found| found.kind == kind)
        .map(|found| found.label.as_str())
        .collect()
}

/// What stands at a span, counted as an editor counts.
fn cut(text: &str, start: i64, end: i64) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[start as usize..end as usize]).expect("whole characters")
}

#[tokio::test]
async fn a_rule_proposes_with_its_words_and_keeps_out_of_what_the_creator_says() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    let one = said(&db, product, "小鹿", "😀闺蜜推荐的，真便宜！还是便宜").await;
    assert_eq!(
        proposed(&one),
        [
            (ReasonKind::BoughtBecause, "便宜", vec!["便宜", "便宜"]),
            (ReasonKind::BoughtBecause, "朋友推荐", vec!["闺蜜推荐"]),
            (ReasonKind::Sensitivity, "price", vec!["便宜", "便宜"]),
        ]
    );
    for found in &one.found {
        for hit in &found.hits {
            assert_eq!(
                cut(&one.text, hit.start, hit.end),
                hit.text,
                "an emoji is two units"
            );
        }
    }
    assert!(
        one.reasons.is_empty() && one.sensitivity.is_none(),
        "a proposal is not the creator's word"
    );
}

#[tokio::test]
async fn a_negation_or_a_question_is_not_the_word() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    for text in [
        "退了，没有过敏",
        "退货，不是因为过敏",
        "退了 没过敏",
        "退了，用了从来没有过敏",
        "退了，过敏没有",
        "退了，会不会过敏",
        "退了，过敏吗？",
        "退了，无过敏",
        "returned it, not allergic",
        "returned it, I wasn’t allergic",
    ] {
        let one = said(&db, product, "a", text).await;
        assert_eq!(
            labels(&one, ReasonKind::ReturnedBecause),
            Vec::<&str>::new(),
            "{text}"
        );
    }
    for text in [
        "退了，过敏",
        "退了，不贵但是过敏",
        "退了。不便宜，过敏",
        "退了，不但过敏",
        "退了，没想到会过敏",
        "退了 不贵 过敏",
        "returned it: allergic",
        "Not cheap, but allergic. Returned it",
    ] {
        let one = said(&db, product, "a", text).await;
        assert!(
            labels(&one, ReasonKind::ReturnedBecause).contains(&"过敏"),
            "{text}: {:?}",
            one.found
        );
    }
    for (text, cheap) in [
        ("不便宜", false),
        ("贵不贵", false),
        ("便宜不便宜", false),
        ("不贵", true),
        ("便宜", true),
        ("cheaper", false),
        ("Cheap!", true),
        ("尺码不小，一点不便宜", false),
    ] {
        let one = said(&db, product, "a", text).await;
        assert_eq!(
            labels(&one, ReasonKind::BoughtBecause).contains(&"便宜"),
            cheap,
            "{text}: {:?}",
            one.found
        );
    }
}

#[tokio::test]
async fn why_returned_is_proposed_only_where_somebody_says_that_it_went_back() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    for (text, went) in [
        ("有点小了", false),
        ("小了，退了", true),
        ("小了，不过没退货", false),
        ("小了，想退款", true),
    ] {
        let one = said(&db, product, "a", text).await;
        assert_eq!(
            labels(&one, ReasonKind::ReturnedBecause) == ["尺码不合"],
            went,
            "{text}: {:?}",
            one.found
        );
    }
}

#[tokio::test]
async fn the_creators_word_survives_every_change_of_the_rules() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    let first = said(&db, product, "a", "便宜，成分干净").await.id;
    let second = said(&db, product, "b", "便宜").await.id;
    let accept = |ids: Vec<Id>, kind, label: &'static str, verdict| {
        let db = db.clone();
        async move { review::decide(&db, &ids, kind, label, verdict).await.unwrap() }
    };
    let changed = accept(
        vec![first, second],
        ReasonKind::BoughtBecause,
        "便宜",
        ReasonVerdict::Accept,
    )
    .await;
    assert_eq!(changed, [first, second]);
    accept(
        vec![first],
        ReasonKind::BoughtBecause,
        "成分",
        ReasonVerdict::Decline,
    )
    .await;
    accept(
        vec![first],
        ReasonKind::Sensitivity,
        "value",
        ReasonVerdict::Accept,
    )
    .await;
    let changed = accept(
        vec![first, second],
        ReasonKind::Sensitivity,
        "price",
        ReasonVerdict::Accept,
    )
    .await;
    assert_eq!(
        changed,
        [second],
        "what the creator set is not overwritten in bulk"
    );

    review::set_rule(
        &db,
        ReasonKind::BoughtBecause,
        "便宜",
        &["实惠".to_owned()],
        true,
        at(NOW),
    )
    .await
    .unwrap();
    review::set_rule(
        &db,
        ReasonKind::BoughtBecause,
        "清爽",
        &["干净".to_owned()],
        true,
        at(NOW),
    )
    .await
    .unwrap();
    let now = review::get(&db, first).await.unwrap();
    assert_eq!(
        (now.reasons.as_slice(), now.sensitivity),
        (&["便宜".to_owned()][..], Some(Sensitivity::Value)),
        "said is said"
    );
    assert_eq!(
        labels(&now, ReasonKind::BoughtBecause),
        ["成分", "清爽"],
        "the changed rule no longer finds 便宜"
    );
    assert_eq!(
        proposed(&now),
        [(ReasonKind::BoughtBecause, "清爽", vec!["干净"])],
        "what was declined stays so"
    );

    review::reset_rule(&db, ReasonKind::BoughtBecause, "便宜")
        .await
        .unwrap();
    let now = review::get(&db, first).await.unwrap();
    assert_eq!(now.found[0].standing, Standing::Accepted);
    accept(
        vec![first],
        ReasonKind::BoughtBecause,
        "便宜",
        ReasonVerdict::Clear,
    )
    .await;
    let now = review::get(&db, first).await.unwrap();
    assert!(now.reasons.is_empty() && now.found[0].standing == Standing::Proposed);

    let summary = review::summary(&db, Some(product)).await.unwrap();
    let cheap = summary.reasons.iter().find(|one| one.label == "便宜").unwrap();
    assert_eq!((cheap.said, cheap.proposed), (1, 1), "{summary:?}");
    assert!(
        summary.reasons.iter().all(|one| one.label != "成分"),
        "declined is not counted"
    );
    assert_eq!((summary.total, summary.buyers, summary.returned), (2, 2, 0));
}

#[tokio::test]
async fn a_rule_can_be_switched_off_and_a_bad_one_is_refused() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    let one = said(&db, product, "a", "成分 便宜").await.id;
    let shipped = review::rules(&db).await.unwrap();
    assert!(shipped.len() > 15 && shipped.iter().all(|rule| rule.shipped && !rule.own));
    assert_eq!(review::rules_checked_on(), "2026-11-22");
    let words = vec!["成分".to_owned()];
    let rules = review::set_rule(&db, ReasonKind::BoughtBecause, "成分", &words, false, at(NOW))
        .await
        .unwrap();
    assert_eq!(
        rules.len(),
        shipped.len(),
        "it stands in the place of the shipped one"
    );
    let found = review::get(&db, one).await.unwrap();
    assert_eq!(labels(&found, ReasonKind::BoughtBecause), ["便宜"]);
    for (kind, label, words) in [
        (ReasonKind::BoughtBecause, " ", vec!["a".to_owned()]),
        (ReasonKind::BoughtBecause, "x", vec![" ，* ".to_owned()]),
        (ReasonKind::Sensitivity, "面子", vec!["面子".to_owned()]),
        (ReasonKind::BoughtBecause, "x", vec!["长".repeat(61)]),
    ] {
        let error = review::set_rule(&db, kind, label, &words, true, at(NOW))
            .await
            .unwrap_err();
        assert_eq!(error.code, Code::Invalid, "{label} {words:?}");
    }
    let error = review::decide(
        &db,
        &[one],
        ReasonKind::Sensitivity,
        "面子",
        ReasonVerdict::Accept,
    )
    .await
    .unwrap_err();
    assert_eq!(error.field, Some("label"));
}

#[tokio::test]
async fn words_can_be_tried_before_they_are_a_rule() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    said(&db, product, "a", "包装盒子很好看").await;
    said(&db, product, "b", "包装不好看").await;
    said(&db, product, "c", "包装破了，东西好看").await;
    let tried = review::try_rule(&db, None, ReasonKind::BoughtBecause, &["包装*好看".to_owned()])
        .await
        .unwrap();
    assert_eq!(tried.total, 1, "{tried:?}");
    assert_eq!(
        tried.reviews[0].hits[0].text, "包装盒子很好看",
        "neither over a 不 nor over a comma"
    );
}

#[tokio::test]
async fn consent_has_a_when_and_a_how_and_withdrawn_it_no_longer_holds() {
    let (folder, db) = workspace().await;
    let product = product(&db).await;
    let id = said(&db, product, "小鹿", "好推开").await.id;
    let proof = bring(&folder, &db, 1, Source::Screenshot).await;
    let yes = NewConsent {
        given: true,
        how: "私信说可以 13800138000".to_owned(),
        proof: Some(proof),
    };
    let agreed = review::consent(&db, id, yes, at("2026-11-20 08:00"))
        .await
        .unwrap();
    assert!(agreed.consent && agreed.consent_at == Some(at("2026-11-20 08:00")));
    assert_eq!(agreed.consent_how, "私信说可以 ***");
    let red = channel_on(&db, "weibo").await;
    let quoting = write(&db, "", &format!("[](review:{id})")).await;
    let rules = |checked: check::Checked| -> Vec<String> {
        checked.findings.into_iter().map(|finding| finding.rule).collect()
    };
    let checked = check::check(&db, quoting, red, at(NOW)).await.unwrap();
    assert!(!rules(checked).contains(&"review.consent".to_owned()));

    let no = NewConsent::default();
    let withdrawn = review::consent(&db, id, no, at("2026-11-21 08:00"))
        .await
        .unwrap();
    assert!(!withdrawn.consent && withdrawn.consent_at.is_none());
    let checked = check::check(&db, quoting, red, at(NOW)).await.unwrap();
    assert!(rules(checked).contains(&"review.consent".to_owned()));
    let history = review::history(&db, id).await.unwrap().consents;
    assert_eq!(
        history
            .iter()
            .map(|word| (word.given, word.proof))
            .collect::<Vec<_>>(),
        [(true, Some(proof)), (false, None)],
        "a withdrawn consent is not forgotten"
    );

    let own = said(&db, product, "", "我自己的").await.id;
    let error = review::consent(&db, own, NewConsent::default(), at(NOW))
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Invalid);
    let unknown = NewConsent {
        given: true,
        proof: Some(999),
        ..NewConsent::default()
    };
    let error = review::consent(&db, id, unknown, at(NOW)).await.unwrap_err();
    assert_eq!(error.field, Some("proof"));
}

#[tokio::test]
async fn an_own_review_changes_with_its_history_and_a_buyers_words_never() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    let own = said(&db, product, "", "第一天：还行").await;
    let patch = ReviewPatch {
        text: Some("第七天：搓泥".to_owned()),
        rating: Some(Some(3)),
        note: Some("配粉底".to_owned()),
        ..ReviewPatch::default()
    };
    let edited = review::edit(&db, own.id, patch, at(NOW)).await.unwrap();
    assert_eq!(
        (edited.text.as_str(), edited.rating, edited.edits),
        ("第七天：搓泥", Some(3), 1)
    );
    let history = review::history(&db, own.id).await.unwrap().edits;
    assert_eq!(
        (history[0].text.as_str(), history[0].rating),
        ("第一天：还行", None)
    );
    let hits = |words: &'static str| {
        let db = db.clone();
        async move {
            search::search(&db, words, &[Noun::Review], 9)
                .await
                .unwrap()
                .len()
        }
    };
    assert_eq!((hits("搓泥").await, hits("还行").await), (1, 0));

    let buyer = said(&db, product, "a", "一般").await;
    for patch in [
        ReviewPatch {
            text: Some("很好".to_owned()),
            ..ReviewPatch::default()
        },
        ReviewPatch {
            rating: Some(Some(5)),
            ..ReviewPatch::default()
        },
    ] {
        let error = review::edit(&db, buyer.id, patch, at(NOW)).await.unwrap_err();
        assert_eq!(error.code, Code::Invalid);
    }
    let patch = ReviewPatch {
        sensitivity: Some(Some(Sensitivity::Brand)),
        reasons: Some(vec![" 送妈妈 ".to_owned(), "送妈妈".to_owned(), " ".to_owned()]),
        ..ReviewPatch::default()
    };
    let noted = review::edit(&db, buyer.id, patch, at(NOW)).await.unwrap();
    assert_eq!((noted.text.as_str(), noted.edits), ("一般", 0));
    assert_eq!(noted.reasons, ["送妈妈"]);
    let patch = ReviewPatch {
        sensitivity: Some(None),
        ..ReviewPatch::default()
    };
    let noted = review::edit(&db, buyer.id, patch, at(NOW)).await.unwrap();
    assert_eq!(
        (noted.sensitivity, noted.reasons.len()),
        (None, 1),
        "taken back, the rest stays"
    );
    let empty = ReviewPatch {
        text: Some(" ".to_owned()),
        ..ReviewPatch::default()
    };
    assert!(review::edit(&db, own.id, empty, at(NOW)).await.is_err());
}

#[tokio::test]
async fn a_review_is_taken_away_and_brought_back_but_not_while_a_post_quotes_it() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    let id = said(&db, product, "a", "泵头漏液").await.id;
    // 12 begins like 1: only whole numbers count.
    let other = write(&db, "别的", &format!("[](review:{id}2)")).await;
    assert!(other > 0);
    let quoting = write(&db, "七天防晒", "正文").await;
    let channel = channel_on(&db, "weibo").await;
    let variant = post::Variant {
        title: None,
        body: Some(format!("听她说：[](review:{id})")),
    };
    post::set_variant(&db, quoting, channel, variant.clone(), at(NOW))
        .await
        .unwrap();
    let error = review::remove(&db, &[id], at(NOW)).await.unwrap_err();
    assert!(
        error.code == Code::Conflict && error.message.contains("「七天防晒」"),
        "{}",
        error.message
    );
    let none = post::Variant {
        body: Some("没有引用".to_owned()),
        ..variant
    };
    post::set_variant(&db, quoting, channel, none, at(NOW))
        .await
        .unwrap();
    review::remove(&db, &[id], at(NOW)).await.unwrap();
    assert!(review::list(&db, Some(product)).await.unwrap().is_empty());
    let found = search::search(&db, "漏液", &[], 9).await.unwrap();
    assert!(found.is_empty(), "what was taken away is not found");
    let quoted = PostPatch {
        body: Some(format!("[](review:{id})")),
        ..PostPatch::default()
    };
    post::edit(&db, quoting, quoted, at(NOW)).await.unwrap();
    let variant = post::Variant::default();
    post::set_variant(&db, quoting, channel, variant, at(NOW))
        .await
        .unwrap();
    let checked = check::check(&db, quoting, channel, at(NOW)).await.unwrap();
    assert!(
        checked
            .findings
            .iter()
            .any(|finding| finding.rule == "reference.unknown"),
        "nor can it be quoted"
    );

    assert_eq!(review::restore(&db, &[id]).await.unwrap(), 1);
    assert_eq!(review::list(&db, Some(product)).await.unwrap().len(), 1);
    assert_eq!(search::search(&db, "漏液", &[], 9).await.unwrap().len(), 1);
    let error = review::remove(&db, &[id, 999], at(NOW)).await.unwrap_err();
    assert_eq!(error.code, Code::NotFound);
}

#[tokio::test]
async fn a_product_goes_with_the_reviews_that_were_taken_away() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    let id = said(&db, product, "a", "一般").await.id;
    assert_eq!(
        product::remove(&db, product).await.unwrap_err().code,
        Code::Conflict
    );
    review::remove(&db, &[id], at(NOW)).await.unwrap();
    product::remove(&db, product).await.unwrap();
    assert_eq!(review::get(&db, id).await.unwrap_err().code, Code::NotFound);
}

async fn bring(folder: &tempfile::TempDir, db: &Db, seed: u32, source: Source) -> Id {
    let file = folder.path().join(format!("{seed}.jpg"));
    std::fs::write(&file, jpeg(seed, 320, 240)).unwrap();
    let what = PhotoImport {
        paths: vec![file],
        source,
        ..PhotoImport::default()
    };
    let done = photo::import(db, &what, &Job::silent(), at(NOW)).await.unwrap();
    done.imported[0].id
}

#[tokio::test]
async fn pictures_of_a_buyer_need_the_buyers_consent_in_a_post() {
    let (folder, db) = workspace().await;
    let product = product(&db).await;
    let id = said(&db, product, "a", "上脸对比").await.id;
    let (own, shot) = (
        bring(&folder, &db, 2, Source::Own).await,
        bring(&folder, &db, 3, Source::Screenshot).await,
    );
    let patch = ReviewPatch {
        photos: Some(vec![shot, own, shot]),
        ..ReviewPatch::default()
    };
    let with = review::edit(&db, id, patch, at(NOW)).await.unwrap();
    assert_eq!(with.photos, [shot, own], "in order, once each");
    let sources = (
        photo::get(&db, own).await.unwrap().source,
        photo::get(&db, shot).await.unwrap().source,
    );
    assert_eq!(sources, (Source::Buyer, Source::Screenshot));
    assert_eq!(photo::get(&db, own).await.unwrap().product, Some(product));
    // Chosen otherwise afterwards, it stays so.
    let chosen = PhotoPatch {
        source: Some(Source::Own),
        ..PhotoPatch::default()
    };
    photo::edit(&db, &[own], chosen, at(NOW)).await.unwrap();
    let same = ReviewPatch {
        photos: Some(vec![own, shot]),
        ..ReviewPatch::default()
    };
    review::edit(&db, id, same, at(NOW)).await.unwrap();
    assert_eq!(photo::get(&db, own).await.unwrap().source, Source::Own);

    let channel = channel_on(&db, "weibo").await;
    let post = write(&db, "", &format!("看![](photo:{own})")).await;
    let findings = |post: Id| {
        let db = db.clone();
        async move {
            let checked = check::check(&db, post, channel, at(NOW)).await.unwrap();
            checked
                .findings
                .into_iter()
                .filter(|one| one.rule == "photo.consent")
                .map(|one| (one.field, one.start))
                .collect::<Vec<_>>()
        }
    };
    assert_eq!(findings(post).await, [("body".to_owned(), 1)]);
    let beside = PostPatch {
        body: Some("文字".to_owned()),
        photos: Some(vec![shot]),
        ..PostPatch::default()
    };
    post::edit(&db, post, beside, at(NOW)).await.unwrap();
    assert_eq!(findings(post).await, [("images".to_owned(), 0)]);
    let yes = NewConsent {
        given: true,
        ..NewConsent::default()
    };
    review::consent(&db, id, yes, at(NOW)).await.unwrap();
    assert_eq!(findings(post).await, []);
    let unknown = ReviewPatch {
        photos: Some(vec![own, 999]),
        ..ReviewPatch::default()
    };
    let error = review::edit(&db, id, unknown, at(NOW)).await.unwrap_err();
    assert_eq!(error.field, Some("photos"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    #[test]
    fn a_word_inside_the_window_of_a_negation_is_never_found(
        texts in prop::collection::vec((
            prop::sample::select(vec!["不", "没", "没有", "无", "从来没", "并非", "算不上"]),
            "[是会觉得太很特别么任何出现这种]{0,3}",
            prop::sample::select(vec!["过敏", "刺痛", "爆痘", "掉色", "尺码不合", "假货"]),
            "[ab😀好]{0,4}",
        ), 120)
    ) {
        let lines: Vec<String> = texts
            .iter()
            .map(|(no, between, word, end)| format!("退货了，{no}{between}{word}{end}"))
            .collect();
        for review in pasted(&lines) {
            let found: Vec<_> = review.found.iter().filter(|one| one.kind == ReasonKind::ReturnedBecause).collect();
            prop_assert!(found.is_empty(), "{}: {:?}", review.text, found);
        }
    }

    #[test]
    fn a_place_always_falls_on_characters_and_holds_its_words(
        texts in prop::collection::vec(
            "([不没便宜贵过敏退货小了 ,，。!😀👩‍👧e\u{301}a-z]|便宜|过敏|退货|大了|性价比|cheap|包装真好看){0,24}", 120)
    ) {
        for review in pasted(&texts) {
            for hit in review.found.iter().flat_map(|found| &found.hits) {
                prop_assert_eq!(&cut(&review.text, hit.start, hit.end), &hit.text, "{}", &review.text);
                prop_assert!(hit.start < hit.end);
            }
        }
    }
}

/// Reviews of these texts, brought in as one table, in a workspace that is gone afterwards.
fn pasted(texts: &[String]) -> Vec<Review> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let (folder, db) = workspace().await;
        let product = product(&db).await;
        let cells: String = texts
            .iter()
            .map(|text| format!("\"{}\"\n", text.replace('"', "")))
            .collect();
        let file = folder.path().join("词.csv");
        std::fs::write(&file, format!("评价\n{cells}")).unwrap();
        review::import(&db, &file, product, None, &Job::silent(), at(NOW))
            .await
            .unwrap();
        review::list(&db, Some(product)).await.unwrap()
    })
}

#[tokio::test]
async fn what_was_taken_away_is_listed_comes_back_whole_or_goes_for_good() {
    let (_folder, db) = workspace().await;
    let product = product(&db).await;
    let said = |text: &str| NewReview {
        product,
        text: text.to_owned(),
        buyer: Some(format!("说{text}的人")),
        consent: true,
        source: "妈妈三群".to_owned(),
        ..NewReview::default()
    };
    let mut ids = Vec::new();
    for text in ["便宜好用", "一般", "还行"] {
        ids.push(review::add(&db, said(text), at(NOW)).await.unwrap().id);
    }
    let patch = ReviewPatch {
        note: Some("老顾客".to_owned()),
        ..ReviewPatch::default()
    };
    let before = review::edit(&db, ids[0], patch, at(NOW)).await.unwrap();
    review::remove(&db, &ids, at(NOW)).await.unwrap();
    assert!(review::list(&db, None).await.unwrap().is_empty());
    let lost = review::trashed(&db, Some(product)).await.unwrap();
    assert_eq!(lost.len(), 3);
    assert!(lost.iter().all(|one| one.trashed_at == Some(at(NOW))));
    assert!(review::trashed(&db, Some(product + 1)).await.unwrap().is_empty());
    let summary = review::summary(&db, None).await.unwrap();
    assert_eq!((summary.total, summary.trashed), (0, 3));

    review::restore(&db, &ids[..1]).await.unwrap();
    let back = review::get(&db, ids[0]).await.unwrap();
    assert_eq!(
        (back.note, back.source, back.consent, back.buyer, back.trashed_at),
        (before.note, before.source, true, before.buyer, None),
        "nothing of it was lost"
    );
    assert_eq!(
        review::empty_trash(&db, Some(&ids[..2])).await.unwrap(),
        1,
        "what came back is not in the trash any more"
    );
    assert_eq!(review::get(&db, ids[1]).await.unwrap_err().code, Code::NotFound);
    let unknown = review::empty_trash(&db, Some(&[ids[2], 999])).await.unwrap_err();
    assert_eq!(unknown.code, Code::NotFound, "and then nothing is done");
    assert_eq!(review::empty_trash(&db, None).await.unwrap(), 1);
    assert_eq!(review::list(&db, None).await.unwrap().len(), 1);
    let again = review::add(&db, said("一般"), at(NOW)).await.unwrap();
    assert!(
        !ids.contains(&again.id),
        "a number that was quoted never means other words"
    );
}
