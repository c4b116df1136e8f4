//! article.html: the article as it is copied from a browser into the 公众号 editor.
//!
//! The editor uploads no local pictures from the clipboard, so each picture is followed by its number in plain sight, to be replaced by
//! the numbered file. (Facts "wechat html" §5, way a.)

use super::pictures::name;
use crate::value::Id;

/// A page around the article, with `photo:ID` replaced by the numbered files.
pub(super) fn page(title: &str, html: &str, photos: &[Id]) -> String {
    let mut body = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tail)) = rest.split_once("<img") {
        let Some((attributes, after)) = tail.split_once('>') else {
            break;
        };
        body.push_str(before);
        body.push_str(&image(attributes, photos));
        rest = after;
    }
    body.push_str(rest);
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\n<body>{body}</body></html>\n"
    )
}

fn image(attributes: &str, photos: &[Id]) -> String {
    let id = attributes
        .split_once("photo:")
        .map(|(_, tail)| tail.chars().take_while(char::is_ascii_digit).collect::<String>());
    let id = id.and_then(|digits| digits.parse::<Id>().ok());
    let place = id.and_then(|id| {
        photos
            .iter()
            .position(|photo| *photo == id)
            .map(|at| (id, name(at)))
    });
    match place {
        Some((id, file)) => {
            let attributes = attributes.replace(&format!("photo:{id}"), &file);
            format!(
                "<img{attributes}><span style=\"color:#d4380d;font-size:14px\">【这里换成图片 {file}】</span>"
            )
        }
        None => format!("<img{attributes}>"),
    }
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn each_picture_gets_its_number_in_plain_sight() {
        let html = r#"<p>a</p><section><img src="photo:12" style="max-width:100%"></section><img src="photo:1"><img src="photo:99">"#;
        let page = page("A<B", html, &[1, 12]);
        assert!(page.contains(r#"<img src="02.jpg" style="max-width:100%"><span style="color:#d4380d;font-size:14px">【这里换成图片 02.jpg】</span></section>"#));
        assert!(
            page.contains(r#"<img src="01.jpg"><span"#),
            "1 is not taken for the beginning of 12"
        );
        assert!(
            page.contains(r#"<img src="photo:99">"#),
            "an unknown picture stays as it was"
        );
        assert!(page.contains("<title>A&lt;B</title>"));
    }
}
