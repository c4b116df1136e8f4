//! Everybody can use it: axe-core finds nothing in any room, drawer or dialog, light or dark, and the keyboard shows where it is.
//!
//! axe-core comes from the UI's development dependencies and is run in the real window; it never ships.

use std::path::Path;

use caoben::{
    bundle::{self, BundleExport},
    channel,
    job::Job,
    post::{self, NewPost},
    value::Time,
    workspace,
};
use serde_json::{Value, json};

use crate::layout::{PAGES, sample};
use crate::window::{Opening, Window, id, words};

const ESCAPE: char = '\u{e00c}';
const TAB: char = '\u{e004}';
const CONTROL: char = '\u{e009}';

/// Something that opens over a page: where, and how it is opened.
enum How {
    Click(String),
    Keys(&'static [char]),
    /// A right click on the first of these.
    Menu(&'static str),
}

fn overlays() -> Vec<(&'static str, Vec<How>)> {
    let click = |at: String| How::Click(at);
    vec![
        ("", vec![How::Keys(&[CONTROL, 'k'])]),
        ("product", vec![click(id("product-add"))]),
        ("product/1", vec![click(id("price-add"))]),
        ("product/1", vec![click(words("开始试用"))]),
        ("product/1", vec![click(words("更多"))]),
        (
            "product/1",
            vec![click(words("更多")), click(words("删掉这件好物"))],
        ),
        ("trial", vec![click(id("trial-start"))]),
        ("trial/1", vec![click(id("trial-finish"))]),
        (
            "trial/1",
            vec![click(words("更多")), click(words("改来历、起止和提醒"))],
        ),
        (
            "trial/1",
            vec![click(words("更多")), click(words("删掉这次试用"))],
        ),
        ("trial/1", vec![click(words("放大比"))]),
        ("photo", vec![How::Keys(&[' '])]),
        ("photo", vec![How::Keys(&['?'])]),
        ("photo", vec![How::Keys(&['t'])]),
        ("photo", vec![How::Keys(&['c'])]),
        ("photo", vec![How::Keys(&['\u{e017}'])]),
        ("photo", vec![How::Keys(&['e'])]),
        ("photo", vec![How::Menu("[data-photo]")]),
        ("photo", vec![click(words("筛选"))]),
        ("post/1", vec![click(id("post-more"))]),
        ("post/1", vec![click(id("post-more")), click(words("换好物"))]),
        ("post/1", vec![click(id("post-more")), click(words("声明"))]),
        ("post/1", vec![click(id("post-more")), click(words("以前的版本"))]),
        ("post/1", vec![click(id("bundle-export"))]),
        ("publication", vec![click(id("publication-add"))]),
        ("publication/1", vec![click(id("publication-more"))]),
        ("link", vec![click(id("link-create"))]),
        ("link", vec![click("[role=listitem] [title]+button".to_owned())]),
        ("order", vec![click("[role=grid] [data-nth='0']".to_owned())]),
        ("order", vec![How::Menu("[role=grid] [data-nth='0']")]),
        ("review", vec![click(id("review-paste"))]),
        ("review", vec![click(id("review-rules"))]),
        ("setting?part=channel", vec![click(id("channel-add"))]),
        (
            "report",
            vec![click(words("自选")), click("[aria-label='从哪天']".to_owned())],
        ),
    ]
}

/// States that the sample has not: a post without a photo that is longer than its phone, and its bundle, which waits to be sent.
async fn long_post(folder: &Path) -> i64 {
    let now = Time::now();
    let db = workspace::open(folder, now).await.unwrap();
    let said = NewPost {
        title: "一篇很长的，还没有照片".to_owned(),
        body: "早上出门前用，到下午三点还是哑光，眼下没有发白。\n\n".repeat(40),
        ..NewPost::default()
    };
    let post = post::create(&db, said, now).await.unwrap().id;
    let channels = channel::list(&db).await.unwrap();
    let moments = channels.iter().find(|one| one.platform == "wechat_moments");
    let what = BundleExport {
        post,
        channels: vec![moments.unwrap_or(&channels[0]).id],
        out: None,
        zip: false,
        override_reason: Some("给无障碍检查用".to_owned()),
    };
    let done = bundle::export(&db, &what, &Job::silent(), now).await.unwrap();
    assert_eq!(done.bundles.len(), 1, "a bundle waits: {:?}", done.failed);
    db.close().await;
    post
}

async fn open(window: &Window, how: &How) {
    match how {
        How::Click(at) => window.click(at).await,
        How::Keys(keys) => window.press(keys).await,
        How::Menu(at) => {
            let press = "document.querySelector(arguments[0]).dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, button: 2, clientX: 500, clientY: 300 })); return 0";
            window.find(at).await;
            window.js(press, vec![json!(at)]).await;
        }
    }
    // What opens is drawn, and moves no more; it begins to move some frames after the press.
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    window
        .until(
            "a calm window",
            "return document.getAnimations().filter((one) => one.playState === 'running' && one.effect.getComputedTiming().iterations !== Infinity).length",
            vec![],
            |moving| moving == 0,
        )
        .await;
}

/// Loads axe into the page.
async fn load(window: &Window) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
    let source =
        std::fs::read_to_string(&file).expect("axe-core of the UI's development dependencies: npm ci in ui/");
    window
        .js(&format!("{source}; window.axe = axe; return 0"), vec![])
        .await;
}

/// What axe finds now: each violation with its place.
async fn violations(window: &Window) -> Vec<String> {
    let run = "const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ['violations'] }).then((found) => done(found.violations.flatMap((one) => one.nodes.slice(0, 4).map((node) =>
            `${one.id} (${one.impact}): ${node.target.join(' ')} ${node.html.slice(0, 160)} — ${[...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ')}`))),
            (error) => done([`axe failed: ${error}`]));";
    let found = window.js_later(run, vec![]).await;
    found
        .as_array()
        .map(|all| all.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        .unwrap_or_else(|| vec![format!("axe answered {found}")])
}

#[tokio::test]
async fn axe_finds_nothing_in_any_room_light_or_dark() {
    let Some(window) = Window::open(Opening {
        workspace: Some(sample().await),
        ..Opening::default()
    })
    .await
    else {
        return;
    };
    load(&window).await;
    let mut all = Vec::new();
    for scheme in ["light", "dark"] {
        window.scheme(scheme).await;
        for page in PAGES {
            window.open_at(page).await;
            all.extend(
                violations(&window)
                    .await
                    .into_iter()
                    .map(|one| format!("{scheme} /{page}: {one}")),
            );
            window.press(&[ESCAPE]).await;
        }
    }
    assert_eq!(all, Vec::<String>::new());
    window.close().await;
}

#[tokio::test]
async fn axe_finds_nothing_in_a_long_post_without_photos_and_on_its_way_out() {
    let folder = sample().await;
    let post = long_post(folder.path()).await;
    let Some(window) = Window::open(Opening {
        workspace: Some(folder),
        ..Opening::default()
    })
    .await
    else {
        return;
    };
    load(&window).await;
    window.open_at(&format!("post/{post}")).await;
    let mut all = violations(&window).await;
    window.open_at("publication").await;
    open(&window, &How::Click(id("bundle-handoff"))).await;
    all.extend(violations(&window).await);
    assert_eq!(all, Vec::<String>::new());
    window.close().await;
}

#[tokio::test]
async fn axe_finds_nothing_in_any_drawer_dialog_or_menu_light_or_dark() {
    let Some(window) = Window::open(Opening {
        workspace: Some(sample().await),
        ..Opening::default()
    })
    .await
    else {
        return;
    };
    load(&window).await;
    let mut all = Vec::new();
    for scheme in ["light", "dark"] {
        window.scheme(scheme).await;
        for (nth, (page, ways)) in overlays().iter().enumerate() {
            // From another room, so that the page is new.
            window.open_at("setting?part=look").await;
            window.open_at(page).await;
            for way in ways {
                open(&window, way).await;
            }
            window.shot(&format!("over-{nth}-{scheme}")).await;
            all.extend(
                violations(&window)
                    .await
                    .into_iter()
                    .map(|one| format!("{scheme} /{page} #{nth}: {one}")),
            );
            for _ in ways {
                window.press(&[ESCAPE]).await;
            }
            window
                .until(
                    "everything closed",
                    "return document.querySelectorAll('[role=dialog], [role=menu]').length",
                    vec![],
                    |open| open == 0,
                )
                .await;
        }
    }
    assert_eq!(all, Vec::<String>::new());
    window.close().await;
}

/// What the focus is on and whether one can see that it is: an outline on it, on what stands for it, or the border of a field.
const FOCUS: &str = r#"
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const ring = (what) => { const style = what && getComputedStyle(what); return Boolean(style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1.5); };
    const field = one.closest('.field-input, .cm-editor, .palette-input, [class*=TagsInput]');
    const chosen = one.getAttribute('aria-activedescendant') && document.getElementById(one.getAttribute('aria-activedescendant'));
    const seen = ring(one) || ring(one.closest('label')) || ring(one.querySelector('i')) || ring(chosen) || field !== null || ring(one.nextElementSibling);
    return { seen, what: `${one.tagName.toLowerCase()}.${String(one.className).trim()} 「${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 24)}」`, room: Boolean(one.closest('main.room')) };"#;

#[tokio::test]
async fn the_keyboard_reaches_every_room_and_one_sees_where_it_is_light_and_dark() {
    let Some(window) = Window::open(Opening {
        workspace: Some(sample().await),
        ..Opening::default()
    })
    .await
    else {
        return;
    };
    let mut unseen = Vec::new();
    for scheme in ["light", "dark"] {
        window.scheme(scheme).await;
        for page in PAGES.iter().filter(|page| !page.contains('?')) {
            window.open_at("setting?part=look").await;
            window.open_at(page).await;
            let mut inside = 0;
            for _ in 0..26 {
                window.press(&[TAB]).await;
                let now = window.js(FOCUS, vec![]).await;
                if now["room"] == true {
                    inside += 1;
                }
                if now["seen"] == false {
                    unseen.push(format!(
                        "{scheme} /{page}: {}",
                        now["what"].as_str().unwrap_or("")
                    ));
                }
            }
            assert!(inside > 0, "/{page} is reached by Tab");
        }
    }
    unseen.dedup();
    assert_eq!(unseen, Vec::<String>::new());
    window.close().await;
}
