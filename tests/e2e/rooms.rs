//! Every room opens, empty and full, light and dark, and nothing goes wrong behind it.

use caoben::{job::Job, value::Time};

use crate::window::{Opening, Window, id};

const ROOMS: [&str; 10] = [
    "today",
    "product",
    "trial",
    "photo",
    "post",
    "publication",
    "link",
    "order",
    "report",
    "setting",
];

pub async fn visit(window: &Window, name: &str) {
    for scheme in ["light", "dark"] {
        window.scheme(scheme).await;
        for (nth, room) in ROOMS.iter().enumerate() {
            window.room(room).await;
            window.shot(&format!("{name}-{nth}-{room}-{scheme}")).await;
        }
    }
}

#[tokio::test]
async fn a_new_workspace_opens_and_every_room_teaches_its_first_step() {
    let Some(window) = Window::open(Opening::default()).await else {
        return;
    };
    visit(&window, "empty").await;
    window.close().await;
}

#[tokio::test]
async fn a_workspace_full_of_work_shows_it_in_every_room_and_finds_it_by_two_letters() {
    let workspace = tempfile::tempdir().unwrap();
    caoben::sample::create(workspace.path(), &Job::new(|_| ()), Time::now())
        .await
        .unwrap();
    let opening = Opening {
        workspace: Some(workspace),
        ..Opening::default()
    };
    let Some(window) = Window::open(opening).await else {
        return;
    };
    visit(&window, "sample").await;

    for typed in ["fs", "防晒"] {
        window.press(&['\u{e009}', 'k']).await;
        window.type_into("[role=combobox]", typed).await;
        window.see("[role=listbox]", "防晒乳").await;
        window
            .shot(&format!(
                "palette-{}",
                if typed == "fs" { "fs" } else { "fangshai" }
            ))
            .await;
        window.press(&['\u{e00c}']).await;
    }

    window.js("location.hash = '#/trial/1'", vec![]).await;
    // Days out of sight load no pictures, so nothing here waits for all of them.
    window.see("body", "前后对比").await;
    window.shot("sample-trial-page").await;

    // The two rooms that are opened from a photo.
    window.room("photo").await;
    window.click("[data-photo]").await;
    window.press(&['e']).await;
    window.see("[role=dialog]", "裁剪").await;
    window.shot("sample-retouch").await;
    window.click(&id("retouch-close")).await;
    window
        .until(
            "the editor gone",
            "return document.querySelectorAll('[role=dialog]').length",
            vec![],
            |left| left == 0,
        )
        .await;
    window.press(&['g']).await;
    window
        .until(
            "the studio",
            "return location.hash.split('?')[0]",
            vec![],
            |hash| hash == "#/composition",
        )
        .await;
    window.drawn().await;
    let drawn = "const one = document.querySelector('[data-testid=composition-preview]'); return Boolean(one?.complete && one.naturalWidth)";
    window
        .until("the picture it makes", drawn, vec![], |drawn| drawn == true)
        .await;
    window.shot("sample-studio").await;
    window.close().await;
}
