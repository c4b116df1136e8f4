//! Nothing is cut, crushed or out of reach, in the smallest window, in a usual one, and in a language with longer words.

use caoben::{job::Job, value::Time};
use serde_json::{Value, json};

use crate::window::{Opening, Window};

/// Every page that a person comes to; what stands on them is the sample's.
pub const PAGES: [&str; 22] = [
    "",
    "product",
    "product/1",
    "trial",
    "trial/1",
    "photo",
    "post",
    "post/1",
    "publication",
    "publication/1",
    "link",
    "order",
    "report",
    "review",
    "composition",
    "setting?part=workspace",
    "setting?part=channel",
    "setting?part=privacy",
    "setting?part=look",
    "setting?part=keys",
    "product?add",
    "trial?start",
];

/// What is wrong with the layout of the page: each a sentence. What may scroll sideways says so (`data-sideways`).
const WRONG: &str = r#"
    const wrong = new Set();
    const called = (one) => `${one.tagName.toLowerCase()}.${String(one.className.baseVal ?? one.className).trim().replace(/\s+/g, '.')} 「${(one.textContent ?? '').trim().slice(0, 30)}」`;
    const shown = (one) => one.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) !== false && one.getClientRects().length > 0;
    // How far to the right something may reach before an ancestor cuts it off.
    const edge = (one) => {
        let right = innerWidth;
        for (let up = one.parentElement; up; up = up.parentElement) {
            if (up.matches('[data-sideways], .cm-scroller')) return Infinity;
            if (getComputedStyle(up).overflowX !== 'visible') right = Math.min(right, up.getBoundingClientRect().right);
        }
        return right;
    };
    for (const one of document.querySelectorAll('main.room *, [role=dialog] *')) {
        const style = getComputedStyle(one);
        if (!shown(one)) continue;
        const box = one.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) continue;
        if (/auto|scroll/.test(style.overflowX) && one.scrollWidth > one.clientWidth + 1 && !one.matches('[data-sideways], .cm-scroller')) wrong.add(`scrolls sideways: ${called(one)}`);
        if (one.matches('button, a, input, textarea, .seg label, .chip, h1, h2, [role=columnheader], [role=gridcell]')) {
            if (box.right > edge(one) + 1.5) wrong.add(`reaches out of what holds it: ${called(one)}`);
            if (one.matches('.btn, .seg label') && one.scrollWidth > one.clientWidth + 1) wrong.add(`its words are cut: ${called(one)}`);
        }
        // Words of its own that get less than one line.
        const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        if (words && style.display !== 'inline' && !one.closest('.visually-hidden, .tiers, .cm-editor, kbd, svg, thead') && one.clientHeight > 0 && one.clientHeight < parseFloat(style.fontSize) * 0.9) wrong.add(`crushed to ${one.clientHeight} px: ${called(one)}`);
    }
    return [...wrong];"#;

pub async fn sample() -> tempfile::TempDir {
    let workspace = tempfile::tempdir().unwrap();
    caoben::sample::create(workspace.path(), &Job::new(|_| ()), Time::now())
        .await
        .unwrap();
    workspace
}

/// The faults of every page in each of these sizes.
async fn faults(window: &Window, name: &str) -> Vec<String> {
    let mut all = Vec::new();
    for size in [(1366, 768), (1024, 640)] {
        window.resize(size).await;
        for page in PAGES {
            window.open_at(page).await;
            let wrong: Value = window.js(WRONG, vec![]).await;
            for one in wrong.as_array().unwrap() {
                all.push(format!(
                    "{}×{} /{page}: {}",
                    size.0,
                    size.1,
                    one.as_str().unwrap()
                ));
            }
            window
                .shot(&format!(
                    "layout-{name}-{}-{}",
                    size.0,
                    page.replace(['/', '?', '='], "-")
                ))
                .await;
            window.press(&['\u{e00c}']).await;
        }
    }
    all
}

#[tokio::test]
async fn every_page_fits_a_usual_window_and_the_smallest_one() {
    let opening = Opening {
        workspace: Some(sample().await),
        ..Opening::default()
    };
    let Some(window) = Window::open(opening).await else {
        return;
    };
    assert_eq!(faults(&window, "zh").await, Vec::<String>::new());
    window.close().await;
}

#[tokio::test]
async fn every_page_has_room_for_words_a_third_longer_than_english() {
    let opening = Opening {
        workspace: Some(sample().await),
        ..Opening::default()
    };
    let Some(window) = Window::open(opening).await else {
        return;
    };
    window.reload_with(&[("locale", "en"), ("stretch", "on")]).await;
    window.see("nav", "Ordersenh").await;
    assert_eq!(faults(&window, "long").await, Vec::<String>::new());
    window.close().await;
}

#[tokio::test]
async fn the_right_edge_of_what_is_shown_stands_in_one_place_in_every_room() {
    let opening = Opening {
        workspace: Some(sample().await),
        ..Opening::default()
    };
    let Some(window) = Window::open(opening).await else {
        return;
    };
    let edge = "const body = document.querySelector('.page-body'); const style = getComputedStyle(body);
        return Math.round(body.getBoundingClientRect().left + body.clientLeft + body.clientWidth - parseFloat(style.paddingRight))";
    for page in PAGES.iter().filter(|page| !page.contains('?')) {
        window.open_at(page).await;
        assert_eq!(window.js(edge, vec![]).await, json!(1366 - 24), "in /{page}");
    }
    window.close().await;
}

#[tokio::test]
async fn what_is_said_in_the_corner_leaves_the_navigation_free() {
    let opening = Opening {
        workspace: Some(sample().await),
        ..Opening::default()
    };
    let Some(window) = Window::open(opening).await else {
        return;
    };
    window.open_at("link").await;
    window.click("[role=listitem] button").await;
    let over = "const said = document.querySelector('.mantine-Notification-root')?.getBoundingClientRect(); const nav = document.querySelector('nav').getBoundingClientRect();
        return said ? said.left - nav.right : null";
    window
        .until(
            "a word in the corner, beside the navigation",
            over,
            vec![],
            |gap| gap.as_f64().is_some_and(|gap| gap >= 0.0),
        )
        .await;
    window.close().await;
}

/// How far each head of the orders stands from what it is over (px).
const HEADS: &str = "
    const left = (one) => one.getBoundingClientRect().left;
    const cells = [...document.querySelectorAll('[role=grid] [data-nth=\"0\"] [role=gridcell]')];
    return [...document.querySelectorAll('[role=grid] [role=columnheader]')].map((head, nth) => Math.abs(left(head) - left(cells[nth])));";

#[tokio::test]
async fn the_head_of_a_table_stands_over_its_columns() {
    let Some(window) = Window::open(Opening {
        workspace: Some(sample().await),
        ..Opening::default()
    })
    .await
    else {
        return;
    };
    for size in [(1366, 768), (1024, 640)] {
        window.resize(size).await;
        window.open_at("order").await;
        let apart: Vec<f64> = serde_json::from_value(window.js(HEADS, vec![]).await).unwrap();
        assert!(apart.len() > 4, "the columns of the orders");
        assert!(apart.iter().all(|one| *one < 0.6), "at {size:?}: {apart:?}");
    }
    window.close().await;
}
