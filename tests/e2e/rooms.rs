//! Every room opens, empty and full, light and dark, and nothing goes wrong behind it.

use crate::window::{Opening, Window};

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

async fn visit(window: &Window, name: &str) {
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
