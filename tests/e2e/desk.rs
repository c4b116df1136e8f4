//! The writing desk in the real window: what a right click offers, what the keys do, and that the preview is what is packed.

use std::fs;

use caoben::{job::Job, value::Time};
use fantoccini::actions::{InputSource as _, MouseActions, PointerAction};
use serde_json::{Value, json};

use crate::window::{Opening, Window, field, id, words};

/// The right button of a mouse.
const RIGHT: u64 = 2;
const CTRL: char = '\u{e009}';
const ESCAPE: char = '\u{e00c}';

async fn sample() -> Option<Window> {
    let workspace = tempfile::tempdir().unwrap();
    caoben::sample::create(workspace.path(), &Job::new(|_| ()), Time::now())
        .await
        .unwrap();
    let opening = Opening {
        workspace: Some(workspace),
        ..Opening::default()
    };
    Window::open(opening).await
}

/// Clicks the right button in the middle of the first element at a CSS selector; answers whether the browser's own menu was kept off.
async fn right_click(window: &Window, css: &str) -> bool {
    window.find(css).await;
    let watch = "window.kept = null; addEventListener('contextmenu', (event) => setTimeout(() => { window.kept = event.defaultPrevented; }), { capture: true, once: true })";
    window.js(watch, vec![]).await;
    let middle = "const box = document.querySelector(arguments[0]).getBoundingClientRect(); return [box.left + box.width / 2, box.top + Math.min(box.height / 2, 60)]";
    let at = window.js(middle, vec![json!(css)]).await;
    let place = |nth: usize| at[nth].as_f64().unwrap().round();
    let press = MouseActions::new("mouse".into())
        .then(PointerAction::MoveTo {
            duration: None,
            x: place(0),
            y: place(1),
        })
        .then(PointerAction::Down { button: RIGHT })
        .then(PointerAction::Up { button: RIGHT });
    window.client.perform_actions(press).await.unwrap();
    window
        .until("the right click", "return window.kept", vec![], |kept| {
            !kept.is_null()
        })
        .await
        == Value::Bool(true)
}

#[tokio::test]
async fn a_right_click_offers_what_the_thing_can_do_and_never_the_browsers_menu() {
    let Some(window) = sample().await else { return };
    window.room("product").await;
    assert!(right_click(&window, "ul[aria-label='好物'] button").await);
    window.see("[role=menu]", "开始试用").await;
    window.see("[role=menu]", "写成内容").await;
    window.shot("menu-product").await;
    let room = window.js("return location.hash", vec![]).await;
    assert_eq!(room, "#/product", "nothing opens under its menu");
    window.press(&[ESCAPE]).await;
    let menus = "return document.querySelectorAll('[role=menu]').length";
    window.until("no menu", menus, vec![], |left| left == 0).await;

    assert!(
        right_click(&window, "nav .foot").await,
        "nothing to offer, and still no Back, Reload or Inspect"
    );
    assert_eq!(window.js(menus, vec![]).await, 0);
    assert!(
        !right_click(&window, "input[type=search]").await,
        "a text field keeps its own"
    );
    window.press(&[ESCAPE]).await;

    window.room("link").await;
    assert!(right_click(&window, "[role=listitem]").await);
    window.see("[role=menu]", "复制编号").await;
    window.press(&[ESCAPE]).await;
    window.room("post").await;
    assert!(right_click(&window, "main.room [data-index] button").await);
    window.see("[role=menu]", "打包发布").await;
    window.shot("menu-post").await;
    window.close().await;
}

/// What the post says in the core now.
async fn body(window: &Window) -> String {
    window.press(&[CTRL, 's']).await;
    window.see(&id("post-saved"), "已保存").await;
    window.text(".cm-content").await
}

#[tokio::test]
async fn keys_write_bold_italic_and_links_and_find_words_and_the_preview_is_what_is_packed() {
    let Some(window) = Window::open(Opening::default()).await else {
        return;
    };
    window.room("post").await;
    window.click(&id("post-new")).await;
    window.find(&id("post-title")).await;
    window.click(&field("平台")).await;
    window.click(&words("微信群")).await;
    window.type_into(&field("账号或群的名字"), "妈妈三群").await;
    window.click(&id("channel-add")).await;
    window.type_into(&id("post-title"), "七天").await;
    window.type_into(&id("post-body"), "会搓泥").await;
    window.press(&[CTRL, 'a']).await;
    window.press(&[CTRL, 'b']).await;
    assert!(body(&window).await.contains("**会搓泥**"));
    window.press(&[CTRL, 'b']).await;
    window.press(&[CTRL, 'i']).await;
    assert!(body(&window).await.contains("*会搓泥*"));
    window.press(&[CTRL, 'i']).await;
    window.press(&[CTRL, 'k']).await;
    assert!(body(&window).await.contains("[会搓泥]()"));
    assert_eq!(
        window
            .js(
                "return document.querySelectorAll('[role=combobox][aria-expanded]').length",
                vec![]
            )
            .await,
        0,
        "in the text the key makes a link and does not open the palette"
    );
    window.press(&[CTRL, 'f']).await;
    window.find(".cm-search input").await;
    window.shot("desk-find").await;
    window.press(&[ESCAPE]).await;

    // Drawn once, with the title in its first line, and packed the same.
    let drawn = "return document.querySelector('[data-part=body]')?.textContent";
    let said = window
        .until("the message", drawn, vec![], |text| {
            text.as_str().is_some_and(|text| text.contains("会搓泥"))
        })
        .await;
    window.shot("desk-group").await;
    window.click(&id("bundle-export")).await;
    window.click(&id("bundle-write")).await;
    window.see("[role=dialog]", "打包好了").await;
    let folder = window.text("[role=dialog] code").await;
    let packed = fs::read_to_string(std::path::Path::new(&folder).join("body.txt")).unwrap();
    assert_eq!(packed.trim_end(), said.as_str().unwrap());
    assert!(packed.starts_with("七天\n"), "{packed}");
    assert!(!std::path::Path::new(&folder).join("title.txt").exists());
    window.press(&[ESCAPE]).await;

    window.room("publication").await;
    window.click("//main//button[contains(., '一步步发')]").await;
    window.see("[role=dialog]", "发出去以后").await;
    window.shot("desk-handoff").await;
    window.click(&id("publication-out")).await;
    window.see("main.room", "不用").await;
    window.shot("desk-published").await;
    window.close().await;
}
