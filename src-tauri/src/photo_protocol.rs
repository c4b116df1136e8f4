//! `photo://localhost/thumb/12`: serves pictures by id, in three sizes, and nothing else. They are shown edited; `/thumb/12/plain` is
//! the photo as it came, `/thumb/12/7` as channel 7 gets it.

use caoben::{photo, retouch, value::Id};
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
            Some((size, id, look)) => match (app.state::<Session>().current().await, look) {
                (Some(db), Look::Plain) => photo::read(&db, id, size).await.ok(),
                (Some(db), Look::Edited(channel)) => retouch::read(&db, id, size, channel).await.ok(),
                (None, _) => None,
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

/// With which edits a picture is shown.
#[derive(Debug, PartialEq, Eq)]
enum Look {
    /// As it came.
    Plain,
    /// As every channel gets it, or as one does.
    Edited(Option<Id>),
}

fn parse(path: &str) -> Option<(photo::Size, Id, Look)> {
    let (size, id) = path.strip_prefix('/')?.split_once('/')?;
    let size = match size {
        "thumb" => photo::Size::Thumb,
        "preview" => photo::Size::Preview,
        "original" => photo::Size::Original,
        _ => return None,
    };
    let (id, look) = match id.split_once('/') {
        None => (id, Look::Edited(None)),
        Some((id, "plain")) => (id, Look::Plain),
        Some((id, channel)) => (id, Look::Edited(Some(channel.parse().ok()?))),
    };
    Some((size, id.parse().ok()?, look))
}

#[cfg(test)]
mod tests {
    use super::{Look, parse, photo::Size};

    #[test]
    fn only_a_size_and_an_id_are_understood() {
        assert_eq!(parse("/thumb/12"), Some((Size::Thumb, 12, Look::Edited(None))));
        assert_eq!(parse("/preview/12/plain"), Some((Size::Preview, 12, Look::Plain)));
        assert_eq!(
            parse("/thumb/12/7"),
            Some((Size::Thumb, 12, Look::Edited(Some(7))))
        );
        for path in [
            "/",
            "/thumb/",
            "/thumb/../caoben.db",
            "/thumb/1/2/3",
            "/thumb/1/edited",
            "/thumb/1/",
            "/etc/passwd",
            "thumb/1",
            "/original/-x",
        ] {
            assert_eq!(parse(path), None, "{path} must not be served");
        }
    }
}
