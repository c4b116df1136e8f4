//! What people do without thinking: the window tells its name and fits the screen, charts stand drawn, a screenshot can be pasted.

use std::process::{Command, Stdio};

use serde_json::json;

use crate::layout::sample;
use crate::window::{Opening, Window};

#[tokio::test]
async fn the_window_says_what_is_open_to_the_system_too() {
    let Some(window) = Window::open(Opening {
        workspace: Some(sample().await),
        ..Opening::default()
    })
    .await
    else {
        return;
    };
    let asked = "const done = arguments[arguments.length - 1]; window.__TAURI_INTERNALS__.invoke('plugin:window|title', { label: 'main' }).then(done, (error) => done(String(error)))";
    for (page, name) in [("order", "订单 — 草本"), ("trial/1", "云感防晒乳 — 草本")] {
        window.open_at(page).await;
        window
            .until("the page's title", "return document.title", vec![], |title| {
                title == &json!(name)
            })
            .await;
        assert_eq!(window.js_later(asked, vec![]).await, json!(name));
    }
    window.close().await;
}

#[tokio::test]
async fn the_lines_of_a_chart_stand_whole_before_anybody_points_at_them() {
    let Some(window) = Window::open(Opening {
        workspace: Some(sample().await),
        ..Opening::default()
    })
    .await
    else {
        return;
    };
    window.open_at("trial/1").await;
    // Where the longest line of the chart ends on the screen, and its colour.
    let end = "const lines = [...document.querySelectorAll('[role=img] svg path')].filter((one) => one.getAttribute('fill') === 'none' && one.getTotalLength() > 200);
        const line = lines.toSorted((a, b) => b.getTotalLength() - a.getTotalLength())[0];
        if (!line) return null;
        line.closest('[role=img]').scrollIntoView({ block: 'center' });
        const ends = [0.5, 0.85, 0.97].map((share) => line.getPointAtLength(line.getTotalLength() * share).matrixTransform(line.getScreenCTM()));
        return { ends: ends.map((at) => [Math.round(at.x), Math.round(at.y)]), stroke: getComputedStyle(line).stroke };";
    let line = window
        .until("a line in the chart", end, vec![], |line| line.is_object())
        .await;
    let stroke: Vec<i32> = line["stroke"]
        .as_str()
        .unwrap()
        .trim_start_matches("rgb(")
        .trim_end_matches(')')
        .split(',')
        .map(|part| part.trim().parse().unwrap())
        .collect();
    window.shot("chart").await;
    let picture = window.picture();
    for at in line["ends"].as_array().unwrap() {
        let (x, y) = (at[0].as_i64().unwrap(), at[1].as_i64().unwrap());
        let drawn = (-3..=3)
            .flat_map(|dx| (-3..=3).map(move |dy| (x + dx, y + dy)))
            .any(|(x, y)| {
                let pixel = picture.get_pixel(u32::try_from(x).unwrap(), u32::try_from(y).unwrap());
                (0..3).all(|part| (i32::from(pixel[part]) - stroke[part]).abs() < 40)
            });
        assert!(drawn, "the line is painted at {x}, {y}");
    }
    window.close().await;
}

#[tokio::test]
async fn a_screenshot_on_the_clipboard_is_pasted_into_the_photos() {
    let Some(window) = Window::open(Opening {
        workspace: Some(sample().await),
        ..Opening::default()
    })
    .await
    else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shot.png");
    image::RgbaImage::from_fn(320, 200, |x, y| {
        image::Rgba([u8::try_from(x % 256).unwrap(), u8::try_from(y).unwrap(), 90, 255])
    })
    .save(&file)
    .unwrap();
    // Another program owns the clipboard; it ends by itself after handing the picture over a few times.
    let owner = Command::new("xclip")
        .args([
            "-selection",
            "clipboard",
            "-t",
            "image/png",
            "-loops",
            "6",
            "-quiet",
            "-i",
        ])
        .arg(&file)
        .env("DISPLAY", window.display())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut owner) = owner else {
        eprintln!("skipped: xclip is not here");
        return;
    };
    window.open_at("photo").await;
    window.press(&['\u{e009}', 'v']).await;
    window.see("body", "剪贴板里的图放进来了").await;
    let _ = owner.kill();
    let _ = owner.wait();
    window.close().await;
}
