//! The whole way, by clicking and typing: from a product somebody tries to the orders its post brought and kept.

use std::path::{Path, PathBuf};

use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};

use crate::shop::vendure::{OWNER, PlaceOrder, Vendure};
use crate::window::{Opening, Window, field, id, words};

const TITLE: &str = "油皮用了一天的防晒，先说缺点";
const CAMERA: &str = "TESTCAMERA";

/// A photo with a camera's name in its EXIF, the way it comes from a phone.
fn photo(folder: &Path, nth: u8) -> PathBuf {
    let shade = |x: u32, y: u32| {
        let (dx, dy) = (x.abs_diff(450 + 60 * u32::from(nth)), y.abs_diff(600));
        let bottle = dx < 130 && dy < 330 || dx < 60 && dy < 400;
        let [r, g, b] = [[236, 222, 200], [212, 226, 214], [226, 214, 228]][usize::from(nth) % 3];
        let fade = u8::try_from(y * 40 / 1200).unwrap();
        if bottle {
            Rgb([250, 246 - nth * 20, 238 - fade])
        } else {
            Rgb([r - fade, g - fade, b - fade])
        }
    };
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 90)
        .encode_image(&RgbImage::from_fn(900, 1200, shade))
        .unwrap();
    // One directory with one entry: Make (0x010f), ASCII, kept after the directory.
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x0f\0\x02\0\0\0\x0b\0\0\0\x1a\0\0\0\0".to_vec();
    exif.extend(CAMERA.bytes().chain([0]));
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let segment = [&[0xff, 0xe1], &length[..], &exif].concat();
    jpeg.splice(2..2, segment);
    let path = folder.join(format!("IMG_{nth}.jpg"));
    std::fs::write(&path, jpeg).unwrap();
    path
}

async fn choose(window: &Window, label: &str, option: &str) {
    window.click(&field(label)).await;
    window.click(&words(option)).await;
}

async fn try_a_product(window: &Window) {
    window.room("product").await;
    window.click(&id("product-add")).await;
    window.type_into(&id("product-name"), "云感防晒乳 50 ml").await;
    window.type_into(&id("product-brand"), "云朵").await;
    window.type_into(&id("product-category"), "防晒").await;
    window
        .type_into(&field("在哪儿卖"), "https://shop.example.com/sun")
        .await;
    window.shot("way-01-product-dialog").await;
    window.click(&id("product-save")).await;
    window.see("h1", "云感防晒乳").await;
    window.drawn().await;
    window.shot("way-02-product").await;

    window.room("photo").await;
    window.click(&id("photo-import")).await;
    window.see("body", "放进 3 张").await;
    window.drawn().await;
    window.shot("way-03-photos").await;

    window.room("trial").await;
    window.click(&id("trial-start")).await;
    // A dialog that is still coming up takes the focus back, and the list with it.
    window.find("[role=dialog]").await;
    window.shot("way-04-trial-dialog").await;
    window.click(&id("trial-product")).await;
    window
        .click("//*[@role='option'][contains(., '云感防晒乳')]")
        .await;
    window.click(&id("trial-begin")).await;
    window
        .type_into(&id("trial-log-text"), "上妆前用，十分钟成膜，傍晚鼻翼有点油。")
        .await;
    window.click(&id("trial-photo-import")).await;
    let pictures = "return document.querySelectorAll('[data-day] img').length";
    window
        .until("the day's photos", pictures, vec![], |count| count == 3)
        .await;
    window.drawn().await;
    window.shot("way-05-trial").await;
}

async fn write_a_post(window: &Window) {
    window.click(&words("写成内容")).await;
    window.find(&id("post-title")).await;
    choose(window, "平台", "公众号文章").await;
    window.type_into(&field("账号或群的名字"), "小鹿试用").await;
    window.click(&id("channel-add")).await;
    window.type_into(&id("post-title"), TITLE).await;
    // The editor goes on with a list by itself, so the second point needs no dash.
    let body = "## 先说缺点⏎⏎傍晚**鼻翼有点油**，补了一次。⏎⏎- 成膜十分钟⏎自己买的";
    window
        .type_into(&id("post-body"), &body.replace('⏎', "\u{e007}"))
        .await;
    let article = "return document.querySelector('[data-testid=post-preview] iframe')?.srcdoc";
    let drawn = |page: &serde_json::Value| {
        page.as_str().is_some_and(|page| {
            [TITLE, "鼻翼有点油</strong>", "成膜十分钟", "自己买的"]
                .iter()
                .all(|part| page.contains(part))
        })
    };
    let page = window
        .until("the article beside the text", article, vec![], drawn)
        .await;
    assert!(
        !page.as_str().unwrap().contains("##"),
        "Markdown is drawn, not shown: {page}"
    );
    window.see(&id("post-saved"), "已保存").await;
    window.drawn().await;
    window.shot("way-06-post").await;
}

/// Makes a link; answers its code.
async fn make_a_link(window: &Window) -> String {
    window.room("link").await;
    window.click(&id("link-create")).await;
    window.see("[role=dialog]", "公众号文章收什么").await;
    window.shot("way-07-link-dialog").await;
    window.click(&id("link-save")).await;
    window.see("[role=dialog]", "utm_content=").await;
    window.shot("way-08-link").await;
    let code = "return [...document.querySelectorAll('[role=dialog] code')].map((one) => one.textContent.match(/utm_content=(\\w+)/)?.[1]).find(Boolean)";
    let code = window
        .until("a code", code, vec![], serde_json::Value::is_string)
        .await;
    window.press(&['\u{e00c}']).await;
    code.as_str().unwrap().to_owned()
}

/// Writes the bundle and records that it went out.
async fn publish(window: &Window, code: &str) {
    window.room("post").await;
    window
        .click(&format!("//main//button[contains(., '{TITLE}')]"))
        .await;
    window.click(&id("bundle-export")).await;
    window.shot("way-09-export").await;
    window.click(&id("bundle-write")).await;
    window.see("[role=dialog]", "打包好了").await;
    window.shot("way-10-bundle").await;

    let folder = window.text("[role=dialog] code").await;
    let folder = Path::new(&folder);
    assert!(
        folder.starts_with(window.workspace.path().join("bundles")),
        "{folder:?} lies in the workspace"
    );
    let read =
        |name: &str| std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(
        String::from_utf8(read("title.txt")).unwrap().trim(),
        TITLE,
        "the title to paste"
    );
    let article = String::from_utf8(read("article.html")).unwrap();
    assert!(
        article.contains("鼻翼有点油</strong>"),
        "the article is drawn from the Markdown: {article}"
    );
    assert!(
        read(&format!("qr-{code}.png")).starts_with(b"\x89PNG"),
        "the link's QR code is packed"
    );
    for name in ["01.jpg", "02.jpg", "03.jpg"] {
        let picture = read(name);
        let holds = |what: &[u8]| picture.windows(what.len()).any(|part| part == what);
        assert!(
            !holds(b"Exif") && !holds(CAMERA.as_bytes()),
            "{name} says nothing of the camera"
        );
        assert!(image::load_from_memory(&picture).is_ok(), "{name} is a picture");
    }

    window.click(&words("记为已发布")).await;
    window
        .type_into(&field("笔记的链接"), "https://mp.weixin.qq.com/s/abcdefghijk")
        .await;
    window.click(&id("publication-save")).await;
    window.see("[role=dialog]", "已记下").await;
    window.press(&['\u{e00c}']).await;
    window.room("publication").await;
    window.see("main.room", TITLE).await;
    window.shot("way-11-publication").await;
}

#[tokio::test]
async fn a_product_is_tried_written_about_published_and_its_orders_find_their_way_back() {
    let Some(shop) = Vendure::shared().await else {
        return;
    };
    let photos = tempfile::tempdir().unwrap();
    for nth in 0..3 {
        photo(photos.path(), nth);
    }
    let opening = Opening {
        pick: vec![photos.path().to_owned()],
        ..Opening::default()
    };
    let Some(window) = Window::open(opening).await else {
        return;
    };

    try_a_product(&window).await;
    write_a_post(&window).await;
    let code = make_a_link(&window).await;
    publish(&window, &code).await;

    let order = PlaceOrder {
        lines: &[("SUN-B", 1)],
        utm: Some(("wechat_article", "qr", "caoben", &code)),
        email: "kept@example.com",
        ..PlaceOrder::default()
    };
    let kept = shop.place_order(order.clone()).await;
    let returned = shop
        .place_order(PlaceOrder {
            lines: &[("LIP-A", 1)],
            email: "returned@example.com",
            ..order
        })
        .await;

    window.room("order").await;
    window.click(&words("连接店铺")).await;
    window.type_into(&id("shop-name"), "小鹿的店").await;
    window.type_into(&id("shop-url"), shop.url()).await;
    window.type_into(&id("shop-key"), OWNER.0).await;
    window.type_into(&id("shop-secret"), OWNER.1).await;
    window.shot("way-12-shop-dialog").await;
    window.click(&id("shop-save")).await;
    window.see("[role=grid]", &kept.code).await;
    window.see("[role=grid]", &returned.code).await;
    window.shot("way-13-orders").await;

    let refund = shop.refund(&returned.id, None).await;
    shop.settle_refund(&refund).await;
    window.click(&id("shop-sync")).await;
    window.see("[role=grid]", "已退款").await;

    window
        .click(&format!("//*[@role='row'][contains(., '{}')]", kept.code))
        .await;
    window.see("[role=dialog]", TITLE).await;
    window.see("[role=dialog]", &code).await;
    window.shot("way-14-why").await;
    window.press(&['\u{e00c}']).await;

    window.room("report").await;
    window.see("main.room", TITLE).await;
    window.see("main.room", "89").await;
    window.shot("way-15-report").await;
    window.close().await;
}
