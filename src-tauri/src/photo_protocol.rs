//! `photo://localhost/thumb/12`: serves pictures by id, in three sizes, and nothing else.

use caoben::{photo, value::Id};
use tauri::{
    Manager, Runtime, UriSchemeContext, UriSchemeResponder,
    http::{Request, Response, StatusCode, header},
};

use crate::session::Session;

/// Answers one request for a picture.
pub fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    let wanted = parse(request.uri().path());
    tauri::async_runtime::spawn(async move {
        let bytes = match wanted {
            Some((size, id)) => match app.state::<Session>().current().await {
                Some(db) => photo::read(&db, id, size).await.ok(),
                None => None,
            },
            None => None,
        };
        let answer = match bytes {
            Some((bytes, media)) => Response::builder()
                .header(header::CONTENT_TYPE, media)
                // After another workspace is opened the same address is another picture.
                .header(header::CACHE_CONTROL, "private, no-cache")
                // The page is of another scheme; it reads pictures to put them into HTML for the clipboard.
                .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .body(bytes),
            None => Response::builder().status(StatusCode::NOT_FOUND).body(Vec::new()),
        };
        responder.respond(answer.unwrap_or_default());
    });
}

fn parse(path: &str) -> Option<(photo::Size, Id)> {
    let (size, id) = path.strip_prefix('/')?.split_once('/')?;
    let size = match size {
        "thumb" => photo::Size::Thumb,
        "preview" => photo::Size::Preview,
        "original" => photo::Size::Original,
        _ => return None,
    };
    Some((size, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{parse, photo::Size};

    #[test]
    fn only_a_size_and_an_id_are_understood() {
        assert_eq!(parse("/thumb/12"), Some((Size::Thumb, 12)));
        for path in [
            "/",
            "/thumb/",
            "/thumb/../caoben.db",
            "/thumb/1/2",
            "/etc/passwd",
            "thumb/1",
            "/original/-x",
        ] {
            assert_eq!(parse(path), None, "{path} must not be served");
        }
    }
}
