//! Publication 发布: when and where a post went out.

use caoben::{
    Code,
    post::{self, NewPost},
    publication::{self, NewPublication, PublicationPatch},
};

use crate::{
    link::scene,
    support::{self, at},
};

const NOTE: &str = "6583a1b2000000001203f4e5";

#[tokio::test]
async fn recorded_twice_it_is_one_publication() {
    let (_folder, db) = support::workspace().await;
    let scene = scene(&db, "xiaohongshu").await;
    let now = at("2026-11-22 20:00");
    let input = NewPublication {
        post: scene.post,
        channel: scene.channel,
        at: Some(at("2026-11-22 12:00")),
        url: format!("小鹿的笔记 https://www.xiaohongshu.com/explore/{NOTE}?xsec=1 复制打开"),
        ..Default::default()
    };
    let first = publication::add(&db, input.clone(), now).await.unwrap();
    assert_eq!(first.note_id, NOTE, "the note's id is read from the link");
    assert_eq!(
        first.url,
        format!("https://www.xiaohongshu.com/explore/{NOTE}?xsec=1"),
        "the words around it are left out"
    );
    assert_eq!(
        (first.post_title.as_str(), first.platform.as_str()),
        ("通勤防晒", "xiaohongshu")
    );
    assert_eq!(
        publication::add(&db, input.clone(), now).await.unwrap().id,
        first.id
    );
    let other_form = NewPublication {
        url: format!("https://www.xiaohongshu.com/discovery/item/{NOTE}"),
        at: None,
        ..input.clone()
    };
    let same = publication::add(&db, other_form, now).await.unwrap();
    assert_eq!(
        (same.id, same.at),
        (first.id, at("2026-11-22 12:00")),
        "another form of its link is the same note, and the hour stays"
    );
    assert_eq!(publication::list(&db, Some(scene.post)).await.unwrap().len(), 1);

    let post = post::create(
        &db,
        NewPost {
            title: "另一篇".into(),
            ..Default::default()
        },
        now,
    )
    .await
    .unwrap()
    .id;
    let error = publication::add(&db, NewPublication { post, ..input }, now)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Conflict, "a note belongs to one post");
}

#[tokio::test]
async fn the_link_can_be_pasted_back_later() {
    let (_folder, db) = support::workspace().await;
    let scene = scene(&db, "xiaohongshu").await;
    let now = at("2026-11-22 20:00");
    let input = NewPublication {
        post: scene.post,
        channel: scene.channel,
        ..Default::default()
    };
    let first = publication::add(&db, input.clone(), now).await.unwrap();
    assert_eq!((first.at, first.note_id.as_str()), (now, ""));
    let url = format!("https://www.xiaohongshu.com/discovery/item/{NOTE}");
    let patch = PublicationPatch {
        url: Some(url.clone()),
        ..Default::default()
    };
    let whole = publication::edit(&db, first.id, patch).await.unwrap();
    assert_eq!(
        (whole.note_id.as_str(), whole.url.as_str(), whole.at),
        (NOTE, url.as_str(), now)
    );
    let short = PublicationPatch {
        url: Some("http://xhslink.com/a/Ab3dE".into()),
        ..Default::default()
    };
    let short = publication::edit(&db, first.id, short).await.unwrap();
    assert_eq!(short.note_id, NOTE, "a short link does not unsay the id");

    let later = publication::add(
        &db,
        NewPublication {
            at: Some(at("2026-11-23 08:00")),
            ..input
        },
        now,
    )
    .await
    .unwrap();
    let all = publication::list(&db, None).await.unwrap();
    assert_eq!(
        all.iter().map(|p| p.id).collect::<Vec<_>>(),
        [later.id, first.id],
        "newest first"
    );
    let missing = publication::edit(&db, 99, PublicationPatch::default())
        .await
        .unwrap_err();
    assert_eq!(missing.code, Code::NotFound);
}
