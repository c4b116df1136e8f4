//! `photo://localhost/thumb/12`: serves pictures by id, in three sizes, and nothing else. They are shown edited; `/thumb/12/plain` is
//! the photo as it came, `/thumb/12/7` as channel 7 gets it. Originals are served by ranges too, for players read clips that way.

use caoben::{db::Db, photo, retouch, value::Id};
use http_range::HttpRange;
use tauri::{
    Manager, Runtime, UriSchemeContext, UriSchemeResponder,
    http::{Request, Response, StatusCode, header},
};

use crate::session::Session;

/// Most bytes of a clip in one answer: a player asks for the rest when it comes to it.
const PART: u64 = 2 << 20;

/// Answers one request for a picture or a clip.
pub fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    tauri::async_runtime::spawn(async move {
        let answer = match (
            app.state::<Session>().current().await,
            parse(request.uri().path()),
        ) {
            (Some(db), Some(wanted)) => answer(&db, wanted, range(&request)).await,
            _ => None,
        };
        responder.respond(answer.unwrap_or_else(|| empty(StatusCode::NOT_FOUND)));
    });
}

type Wanted = (photo::Size, Id, Look);

async fn answer(db: &Db, (size, id, look): Wanted, range: Option<&str>) -> Option<Response<Vec<u8>>> {
    if let (photo::Size::Original, Some(range)) = (size, range) {
        return part(db, id, range).await;
    }
    let read = match look {
        Look::Plain => photo::read(db, id, size).await,
        Look::Edited(channel) => retouch::read(db, id, size, channel).await,
    };
    let (bytes, media) = read.ok()?;
    shown(media).body(bytes).ok()
}

/// The first of the ranges that are asked for: the standard allows to send less than all of them, and players ask for one.
async fn part(db: &Db, id: Id, range: &str) -> Option<Response<Vec<u8>>> {
    let all = u64::try_from(photo::get(db, id).await.ok()?.bytes).ok()?;
    let asked = HttpRange::parse(range, all).ok();
    let Some(HttpRange { start, length }) = asked.and_then(|ranges| ranges.into_iter().next()) else {
        let refused = Response::builder().status(StatusCode::RANGE_NOT_SATISFIABLE);
        return refused
            .header(header::CONTENT_RANGE, format!("bytes */{all}"))
            .body(Vec::new())
            .ok();
    };
    let (bytes, media) = photo::part(db, id, start, length.min(PART)).await.ok()?;
    let last = (start + bytes.len() as u64).checked_sub(1)?;
    shown(media)
        .status(StatusCode::PARTIAL_CONTENT)
        .header(header::CONTENT_RANGE, format!("bytes {start}-{last}/{all}"))
        .body(bytes)
        .ok()
}

fn shown(media: &str) -> tauri::http::response::Builder {
    Response::builder()
        .header(header::CONTENT_TYPE, media)
        .header(header::ACCEPT_RANGES, "bytes")
        // After another workspace is opened the same address is another picture.
        .header(header::CACHE_CONTROL, "private, no-cache")
        // The page is of another scheme; it reads pictures to put them into HTML for the clipboard.
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
}

fn empty(status: StatusCode) -> Response<Vec<u8>> {
    let mut answer = Response::new(Vec::new());
    *answer.status_mut() = status;
    answer
}

fn range(request: &Request<Vec<u8>>) -> Option<&str> {
    request.headers().get(header::RANGE)?.to_str().ok()
}

/// With which edits a picture is shown.
#[derive(Debug, PartialEq, Eq)]
enum Look {
    /// As it came.
    Plain,
    /// As every channel gets it, or as one does.
    Edited(Option<Id>),
}

fn parse(path: &str) -> Option<Wanted> {
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
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use caoben::{
        db::Db,
        job::Job,
        photo::{self, PhotoImport},
        value::{Id, Time},
        workspace,
    };
    use tauri::http::{Response, header};

    use super::{Look, answer, parse, photo::Size};

    /// A workspace with one large file of random-looking bytes, kept as it came.
    async fn kept(folder: &std::path::Path, bytes: &[u8]) -> (Db, Id) {
        let file = folder.join("long.mkv");
        std::fs::write(&file, bytes).unwrap();
        let db = workspace::create(&folder.join("w"), Time(0)).await.unwrap();
        let what = PhotoImport {
            paths: vec![file],
            ..PhotoImport::default()
        };
        let done = photo::import(&db, &what, &Job::silent(), Time(0)).await.unwrap();
        let id = done.imported[0].id;
        (db, id)
    }

    fn said(answer: &Response<Vec<u8>>) -> (u16, &str) {
        let range = answer
            .headers()
            .get(header::CONTENT_RANGE)
            .map_or("", |value| value.to_str().unwrap());
        (answer.status().as_u16(), range)
    }

    #[tokio::test]
    async fn a_player_gets_an_original_piece_by_piece() {
        let folder = tempfile::tempdir().unwrap();
        let mut bytes = b"\x1A\x45\xDF\xA3\x9F\x42\x86\x81\x01\x42\x82\x88matroska".to_vec();
        bytes.extend((0..3_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8));
        let (db, id) = kept(folder.path(), &bytes).await;
        let all = bytes.len();
        let ask = async |range: Option<&str>| {
            answer(&db, (Size::Original, id, Look::Edited(None)), range)
                .await
                .unwrap()
        };

        let first = ask(Some("bytes=0-1")).await;
        assert_eq!(said(&first), (206, format!("bytes 0-1/{all}").as_str()));
        assert_eq!(first.body(), &bytes[..2]);
        let end = ask(Some("bytes=-3")).await;
        assert_eq!(end.body(), &bytes[all - 3..], "the last three bytes");
        // What is left open is answered in pieces; put together they are the file.
        let mut whole: Vec<u8> = Vec::new();
        while whole.len() < all {
            let piece = ask(Some(&format!("bytes={}-", whole.len()))).await;
            assert_eq!(piece.status(), 206);
            assert!(piece.body().len() <= 2 << 20 && !piece.body().is_empty());
            whole.extend(piece.body());
        }
        assert!(whole == bytes, "the pieces are the file");
        for beyond in [
            format!("bytes={all}-"),
            "bytes=9-1".to_owned(),
            "lines=1-2".to_owned(),
        ] {
            let refused = ask(Some(&beyond)).await;
            assert_eq!(
                said(&refused),
                (416, format!("bytes */{all}").as_str()),
                "{beyond}"
            );
            assert!(refused.body().is_empty());
        }
        let plain = ask(None).await;
        assert_eq!((plain.status().as_u16(), plain.body().len()), (200, all));
    }

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
