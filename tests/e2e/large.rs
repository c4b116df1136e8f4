//! A workspace after years of work, in the real window: run by hand, for it takes minutes.
//!
//! `cargo test --workspace --test e2e -- --ignored --nocapture large` prints what it measured and leaves its pictures beside the others.

use std::{fmt::Write, path::Path, time::Instant};

use caoben::{
    db::Db,
    job::Job,
    order, product,
    value::{Noun, Time},
    workspace,
};
use serde_json::json;

use crate::rooms::visit;
use crate::window::{Opening, Window};

const PHOTOS: i64 = 100_000;
const ORDERS: usize = 12_000;
const PRODUCTS: usize = 300;
/// Pictures that differ; the files of all others are links to them.
const FACES: i64 = 200;
/// Stops on the way down the wall.
const JUMPS: i32 = 50;
const WAYS: i32 = 6;

#[tokio::test]
#[ignore = "makes 100,000 photos and takes minutes; run by hand"]
async fn a_large_workspace_opens_scrolls_to_the_end_without_blanks_and_keeps_its_memory() {
    let workspace = tempfile::tempdir().unwrap();
    let started = Instant::now();
    fill(workspace.path()).await;
    eprintln!("filled in {:.1?}", started.elapsed());
    let opening = Opening {
        workspace: Some(workspace),
        size: (1920, 1080),
        ..Opening::default()
    };
    let Some(window) = Window::open(opening).await else {
        return;
    };
    window.room("today").await;
    // Frame by frame, in the page itself: when the first places stand, and when all in sight have their pictures.
    let watch = "const begun = performance.now(); const seen = window.first = {};
        const past = () => Math.round(performance.now() - begun);
        const plain = window.fetch;
        window.fetch = (...asked) => {
            const answer = plain(...asked);
            if (String(asked[0]).includes('wall_photos')) { seen.asked = past(); answer.then(() => { seen.answered = past(); }); }
            return answer;
        };
        const look = () => {
            const all = [...document.querySelectorAll('[data-testid=photo-wall] [data-photo]')].filter((one) => one.getBoundingClientRect().top < innerHeight);
            if (all.length && !seen.places) seen.places = past();
            if (all.length > 10 && all.every((one) => { const img = one.querySelector('img'); return img && img.complete && img.naturalWidth && !img.className; })) { seen.pictures = past(); return; }
            requestAnimationFrame(look);
        };
        requestAnimationFrame(look); location.hash = '#/photo'; return 0";
    window.js(watch, vec![]).await;
    let first = window
        .until("pictures on the wall", "return window.first", vec![], |first| {
            first["pictures"].is_number()
        })
        .await;
    eprintln!("ms from the click to the command, its answer, the first places, their pictures: {first}");
    let tiles = "return [...document.querySelectorAll('[data-testid=photo-wall] img')].filter((one) => one.complete && one.naturalWidth).length";

    for speed in [1_500, 4_000, 8_000] {
        eprintln!("{}", wheel(&window, speed).await);
    }
    // All the way down again and again: what grows without end would show between the first way and the last.
    for way in 1..=WAYS {
        for stop in 1..=JUMPS {
            let scroll = "const wall = document.querySelector('[data-testid=photo-wall]');
                wall.scrollTop = (wall.scrollHeight - wall.clientHeight) * arguments[0]; return wall.scrollHeight";
            let height = window
                .js(scroll, vec![json!(f64::from(stop) / f64::from(JUMPS))])
                .await;
            window
                .until("pictures after a jump", tiles, vec![], |many| {
                    many.as_i64() > Some(10)
                })
                .await;
            if stop % (JUMPS / 2) == 0 {
                let nodes = window
                    .js("return document.getElementsByTagName('*').length", vec![])
                    .await;
                let (page, app) = (resident("WebKitWebProces"), resident("caoben-desktop"));
                eprintln!(
                    "way {way}, stop {stop} of {JUMPS}: wall of {height} px, {nodes} elements, page {page} MB, app {app} MB"
                );
            }
        }
    }
    window.shot("large-wall-end").await;

    visit(&window, "large").await;
    window
        .js("localStorage.setItem('locale', 'en'); location.reload()", vec![])
        .await;
    window.see("nav", "Today").await;
    // The new page has no witness of its own.
    window.js("window.faults = []", vec![]).await;
    visit(&window, "large-en").await;
    window.close().await;
}

/// Scrolls for ten seconds at so many px a second, as a wheel or two fingers do, and says how many of the frames showed a place without
/// its picture.
async fn wheel(window: &Window, speed: i32) -> String {
    let begin = "const wall = document.querySelector('[data-testid=photo-wall]');
        const seen = window.seen = { frames: 0, blank: 0, places: 0, bare: 0, done: false };
        const begun = performance.now(); const from = wall.scrollTop;
        const look = () => {
            const frame = wall.getBoundingClientRect();
            let places = 0, bare = 0;
            for (const tile of wall.querySelectorAll('[data-photo]')) {
                const box = tile.getBoundingClientRect();
                if (box.bottom < frame.top || box.top > frame.bottom) continue;
                places++;
                const picture = tile.querySelector('img');
                if (!picture || !picture.complete || !picture.naturalWidth || picture.className) bare++;
            }
            seen.frames++; seen.places += places; seen.bare += bare;
            if (bare || !places) seen.blank++;
            const past = performance.now() - begun;
            if (past > 10000) { seen.done = true; return; }
            wall.scrollTop = from + past / 1000 * arguments[0];
            requestAnimationFrame(look);
        };
        requestAnimationFrame(look); return 0";
    window.js(begin, vec![json!(speed)]).await;
    tokio::time::sleep(std::time::Duration::from_secs(10)).await;
    let seen = window
        .until("the end of the scroll", "return window.seen", vec![], |seen| {
            seen["done"] == true
        })
        .await;
    format!(
        "{speed} px/s: {} frames in 10 s, {} with a bare place; {} of {} places bare",
        seen["frames"], seen["blank"], seen["bare"], seen["places"]
    )
}

/// Resident megabytes of all processes of this name.
fn resident(name: &str) -> u64 {
    let mut sum = 0;
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let read = |name: &str| std::fs::read_to_string(entry.path().join(name)).unwrap_or_default();
        if read("comm").trim() != name {
            continue;
        }
        let pages = read("statm");
        let pages: u64 = pages.split(' ').nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
        sum += pages * 4096 / 1_048_576;
    }
    sum
}

async fn fill(home: &Path) {
    let now = Time::now();
    let db = workspace::create(home, now).await.unwrap();
    let table = home.join("products.csv");
    let mut text = "名称,品牌,分类,价格\n".to_owned();
    for n in 0..PRODUCTS {
        let category = ["防晒", "口红", "面霜", "茶具", "绿植"][n % 5];
        writeln!(
            text,
            "{category}试用第{n}号,品牌{},{category},{}.50",
            n % 40,
            20 + n
        )
        .unwrap();
    }
    std::fs::write(&table, text).unwrap();
    product::import(&db, &table, &Job::silent(), now).await.unwrap();

    let mut text = "orderSn,promotionStatus,创建订单时间,订单成交时间,审核时间,确认收货时间,商品ID,商品名称,商品价格,成交数量,订单总金额,预估支付佣金,预估结算服务费,推手ID,推手名称\n".to_owned();
    for n in 0..ORDERS {
        let (day, cents) = (1 + n % 20, 1_000 + (n * 37) % 40_000);
        writeln!(text, "2611{day:02}-{n:015},推广成功,2026-11-{day:02} 08:00:00,2026-11-{day:02} 08:01:00,,,88990011,苎麻茶席,{cents},1,{cents},{},8,8800123,草本", cents / 10).unwrap();
    }
    std::fs::write(&table, text).unwrap();
    let began = Instant::now();
    let taken = order::import(&db, &table, "auto", false, now).await.unwrap();
    assert_eq!(taken.new, ORDERS as i64);
    eprintln!(
        "{ORDERS} orders imported in {:.1?} (unoptimised build)",
        began.elapsed()
    );
    std::fs::remove_file(&table).unwrap();
    photos(&db, home).await;
    db.close().await;
}

async fn photos(db: &Db, home: &Path) {
    let mut tx = db.begin().await.unwrap();
    sqlx::query(
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
         INSERT INTO photo (hash, format, width, height, bytes, taken_at, taken_offset, camera, source, rating, product_id, created_at)
         SELECT printf('%02x%062x', i % 256, i), 'jpeg', iif(i % 5 = 2, 4032, 3024), iif(i % 5 = 2, 3024, 4032), 3200000 + i,
                1795305600000 - (i / 13) * 144000000 - (i % 13) * 60000, 480, iif(i % 3, 'iPhone 15', 'FUJIFILM X-T30'),
                iif(i % 11 = 3, 'brand', 'own'), iif(i % 7, 0, 5), 1 + i % 300, 1795305600000
         FROM n",
    )
    .bind(PHOTOS)
    .execute(tx.conn())
    .await
    .unwrap();
    tx.touch(Noun::Photo);
    tx.commit().await.unwrap();
    for i in 0..PHOTOS {
        let hash = format!("{:02x}{i:062x}", i % 256);
        let thumb = |hash: &str| home.join(format!("photos/thumb/{}/{hash}.jpg", &hash[..2]));
        let to = thumb(&hash);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        if i < FACES {
            let tint = u8::try_from(i).unwrap();
            let picture = image::RgbImage::from_fn(384, 512, |x, y| {
                image::Rgb([tint.wrapping_mul(5), (x / 2) as u8, (y / 2) as u8 ^ tint])
            });
            picture.save(&to).unwrap();
        } else {
            let face = i % FACES;
            std::fs::hard_link(thumb(&format!("{:02x}{face:062x}", face % 256)), &to).unwrap();
        }
    }
}
