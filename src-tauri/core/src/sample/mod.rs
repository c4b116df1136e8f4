//! Sample: a small believable workspace, made by the same functions a person uses.

mod picture;
mod story;
mod trade;

use std::path::Path;

use picture::{Shot, photograph};
use story::{Chapter, STORY};

use crate::{
    bundle::{self, BundleExport},
    channel::{self, Channel, NewChannel},
    db::Db,
    error::{Error, Result},
    job::{Job, Progress},
    link::{self, Link, NewLink},
    order,
    photo::{self, PhotoImport, Source},
    post::{self, NewPost},
    price::{self, NewPrice},
    product::{self, NewProduct, Sku, Stage},
    publication::{self, NewPublication},
    review::{self, NewReview},
    shop::{self, NewShop, ShopKind},
    trial::{self, NewDay, NewTrial, Rating},
    value::{Date, Id, Time},
    workspace,
};

const SHOP: &str = "小鹿的小店（示例）";
const DAY: i64 = 86_400_000;

/// Makes the sample workspace in a new folder.
///
/// # Errors
/// As `workspace::create`; a cancelled job leaves a workspace with what was made so far.
pub async fn create(folder: &Path, job: &Job, now: Time) -> Result<()> {
    let db = workspace::create(folder, now).await?;
    let made = fill(&db, job, now).await;
    db.close().await;
    made
}

async fn fill(db: &Db, job: &Job, now: Time) -> Result<()> {
    let channels = open_channels(db, now).await?;
    let mut posts = Vec::new();
    for (done, chapter) in STORY.iter().enumerate() {
        job.check()?;
        job.report(Progress {
            done: done as u64,
            total: Some(STORY.len() as u64),
            failed: 0,
            note: chapter.name.to_owned(),
        });
        posts.extend(tell(db, chapter, job, now).await?);
    }
    let links = link_up(db, &channels, &posts, now).await?;
    publish(db, &channels, &posts, job, now).await?;
    trade(db, &links, now).await
}

async fn open_channels(db: &Db, now: Time) -> Result<Vec<Channel>> {
    let names = [
        ("xiaohongshu", "小红书 · 小鹿"),
        ("wechat_article", "公众号 · 小鹿试用"),
        ("wechat_group", "微信群 · 妈妈三群"),
        ("wechat_moments", "朋友圈"),
        ("weibo", "微博 · 小鹿"),
        ("douyin", "抖音图文 · 小鹿"),
    ];
    let mut channels = Vec::new();
    for (platform, name) in names {
        let input = NewChannel {
            platform: platform.into(),
            name: name.into(),
            own_shop: false,
        };
        channels.push(channel::create(db, input, now).await?);
    }
    Ok(channels)
}

/// A post of the story with its product.
struct Told {
    post: Id,
    product: Id,
}

/// One product from the table to the draft.
async fn tell(db: &Db, chapter: &Chapter, job: &Job, now: Time) -> Result<Option<Told>> {
    let began = Time(now.0 - chapter.began * DAY);
    let input = NewProduct {
        name: chapter.name.into(),
        brand: chapter.brand.into(),
        category: chapter.category.into(),
        price: Some(chapter.price),
        url: format!("https://shop.example/p/{}", chapter.slug),
        fits: chapter.fits.into(),
        unfits: chapter.unfits.into(),
        selling_points: chapter.selling_points.iter().map(|&point| point.into()).collect(),
        shortcomings: chapter.shortcomings.iter().map(|&point| point.into()).collect(),
        stage: Stage::Candidate,
        skus: vec![Sku {
            shop: SHOP.into(),
            sku: chapter.sku.into(),
        }],
        ..NewProduct::default()
    };
    let product = product::create(db, input, began).await?.id;
    let mut paid = None;
    for &(days, amount, kind, place) in chapter.prices {
        let seen_at = Some(Time(now.0 - days * DAY));
        let seen = NewPrice {
            product,
            amount,
            currency: None,
            kind,
            seen_at,
            place: place.into(),
            conditions: String::new(),
            photo: None,
        };
        paid = Some(price::add(db, seen, now).await?.id);
    }
    let trial = trial::start(
        db,
        NewTrial {
            product,
            acquired: chapter.acquired,
            on: Some(began.date()),
        },
        began,
    )
    .await?
    .id;
    let photos = live(db, chapter, trial, began, job).await?;
    let mut quote = None;
    for &(rating, text, consent) in chapter.buyer_reviews {
        let said = NewReview {
            product,
            text: text.into(),
            rating: Some(rating),
            buyer: Some(format!("示例买家 {text}")),
            consent,
            source: "店铺评价".into(),
            ..NewReview::default()
        };
        let id = review::add(db, said, now).await?.id;
        quote = quote.or(consent.then_some(id));
    }
    let Some((title, body)) = chapter.post else {
        return Ok(None);
    };
    let number = |id: Option<Id>| id.unwrap_or_default().to_string();
    let mut body = body
        .replace("{product}", &product.to_string())
        .replace("{price}", &number(paid))
        .replace("{review}", &number(quote));
    for (n, id) in photos.iter().enumerate() {
        body = body.replace(&format!("{{photo{n}}}"), &id.to_string());
    }
    let draft = NewPost {
        title: title.into(),
        body,
        products: vec![product],
        photos,
    };
    let written = Time(began.0 + (chapter.began.min(20)) * DAY / 2);
    Ok(Some(Told {
        post: post::create(db, draft, written).await?.id,
        product,
    }))
}

/// The trial's days with their photos, its shortcomings and verdict. Answers with the photos in order.
async fn live(db: &Db, chapter: &Chapter, trial: Id, began: Time, job: &Job) -> Result<Vec<Id>> {
    let drawn = tempfile::tempdir().map_err(|e| Error::io(&std::env::temp_dir(), e))?;
    let last = chapter.days.last().map_or(1, |day| day.0.max(1));
    let mut photos = Vec::new();
    for (n, &(after, text, ratings, photographed)) in chapter.days.iter().enumerate() {
        let at = Time(began.0 + after * DAY);
        let mut of_day = Vec::new();
        if photographed {
            let file = drawn.path().join(format!("IMG_{n:04}.jpg"));
            let shot = camera(at, n == 0);
            let (scene, age) = (chapter.scene, after as f64 / last as f64);
            let bytes = tokio::task::spawn_blocking(move || photograph(scene, age, n, &shot))
                .await
                .map_err(|e| Error::internal("示例照片没有画完。").because(e))??;
            std::fs::write(&file, bytes).map_err(|e| Error::io(&file, e))?;
            let what = PhotoImport {
                paths: vec![file],
                trial: Some(trial),
                source: Source::Own,
                ..PhotoImport::default()
            };
            of_day.extend(
                photo::import(db, &what, &quiet(job), at)
                    .await?
                    .imported
                    .into_iter()
                    .map(|photo| photo.id),
            );
        }
        photos.extend(&of_day);
        let ratings = ratings
            .iter()
            .map(|&(scale, value)| Rating {
                scale: scale.into(),
                value,
            })
            .collect();
        trial::log(
            db,
            trial,
            NewDay {
                on: at.date(),
                text: text.into(),
                photos: of_day,
                ratings,
            },
            at,
        )
        .await?;
    }
    let end = Time(began.0 + last * DAY);
    for text in chapter.shortcomings {
        trial::add_shortcoming(db, trial, *text, end).await?;
    }
    if let Some((verdict, text)) = chapter.verdict {
        trial::finish(db, trial, verdict, text, Some(end.date()), end).await?;
    }
    Ok(photos)
}

/// A job that can be cancelled with `job` but shows no bar of its own.
fn quiet(job: &Job) -> Job {
    let quiet = Job::silent();
    if job.is_cancelled() {
        quiet.cancel();
    }
    quiet
}

fn camera(at: Time, place: bool) -> Shot {
    let Date(day) = at.date();
    let taken = format!(
        "{:04}:{:02}:{:02} 08:{:02}:00",
        day.year(),
        day.month(),
        day.day(),
        5 + day.day() % 20
    );
    Shot {
        taken,
        offset: "+08:00".into(),
        place,
    }
}

/// Which channel (by place in the list) carries which post: 公众号 and 群 for the first, 群 and 微博 for the second, 公众号 for the third.
const LINKS: [(usize, usize); 5] = [(0, 1), (0, 2), (1, 2), (1, 4), (2, 1)];

async fn link_up(db: &Db, channels: &[Channel], posts: &[Told], now: Time) -> Result<Vec<Link>> {
    let mut links = Vec::new();
    for (post, channel) in LINKS {
        let (Some(told), Some(channel)) = (posts.get(post), channels.get(channel)) else {
            continue;
        };
        let input = NewLink {
            post: told.post,
            channel: channel.id,
            product: told.product,
            ..NewLink::default()
        };
        links.push(link::create(db, input, now).await?);
    }
    Ok(links)
}

/// Two posts are out, one with its receipt missing; the third is packed; the fourth is a draft.
async fn publish(db: &Db, channels: &[Channel], posts: &[Told], job: &Job, now: Time) -> Result<()> {
    let out = [
        (
            0,
            0,
            16,
            "https://www.xiaohongshu.com/explore/65a1b2c3d4e5f60718293a4b",
        ),
        (0, 1, 15, "https://mp.weixin.qq.com/s/caoben-sample-1"),
        (0, 2, 5, ""),
        (1, 2, 24, ""),
        (1, 4, 22, "https://weibo.com/1234567890/NaBcDeFgH"),
        (2, 1, 28, "https://mp.weixin.qq.com/s/caoben-sample-2"),
    ];
    for (post, channel, days, url) in out {
        let (Some(told), Some(channel)) = (posts.get(post), channels.get(channel)) else {
            continue;
        };
        let at = Some(Time(now.0 - days * DAY));
        let input = NewPublication {
            post: told.post,
            channel: channel.id,
            at,
            url: url.into(),
            note_id: String::new(),
        };
        publication::add(db, input, now).await?;
    }
    if let (Some(told), Some(channel)) = (posts.get(2), channels.get(3)) {
        let what = BundleExport {
            post: told.post,
            channels: vec![channel.id],
            ..BundleExport::default()
        };
        bundle::export(db, &what, &quiet(job), now).await?;
    }
    Ok(())
}

async fn trade(db: &Db, links: &[Link], now: Time) -> Result<()> {
    let input = NewShop {
        kind: ShopKind::File,
        ca: String::new(),
        name: SHOP.into(),
        url: String::new(),
        key_env: String::new(),
        secret_env: String::new(),
        key: String::new(),
        secret: String::new(),
    };
    let shop = shop::create(db, input, now).await?.id;
    let mut tx = db.begin().await?;
    order::upsert(&mut tx, shop, &trade::orders(links, now), now).await?;
    tx.commit().await
}
