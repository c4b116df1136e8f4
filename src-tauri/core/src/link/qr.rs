//! QR codes of links, for the channels that take them.

use std::{io::Cursor, path::Path};

use image::{ImageFormat, Luma};
use qrcode::{EcLevel, QrCode, render::svg};

use super::{Link, LinkKind, list::get, policy};
use crate::{
    channel,
    db::Db,
    error::{Error, Result},
    out, photo,
    value::Id,
};

/// Smallest side of the picture, in pixels.
const SIDE: u32 = 512;

/// A QR code of the link as PNG bytes (at least 512 px, quiet zone of four modules included).
///
/// # Errors
/// `Forbidden` where the channel does not take QR codes, `Invalid` for a link without a url, `Unreadable` for an address that nobody
/// wrote here.
pub async fn qr_png(db: &Db, id: Id) -> Result<Vec<u8>> {
    let code = code(&allowed(db, id).await?)?;
    let picture = code
        .render::<Luma<u8>>()
        .min_dimensions(SIDE, SIDE)
        .quiet_zone(true)
        .build();
    let mut png = Cursor::new(Vec::new());
    picture
        .write_to(&mut png, ImageFormat::Png)
        .map_err(|e| Error::internal("二维码图片没有写成，链接没有改动。").because(e))?;
    Ok(png.into_inner())
}

/// The same as SVG text.
pub async fn qr_svg(db: &Db, id: Id) -> Result<String> {
    let code = code(&allowed(db, id).await?)?;
    Ok(code
        .render::<svg::Color<'_>>()
        .min_dimensions(SIDE, SIDE)
        .quiet_zone(true)
        .build())
}

/// Writes the QR code into `file`, as PNG or SVG by its ending.
///
/// # Errors
/// As `qr_png`; `Invalid` for another ending or a place inside a workspace; `Conflict` where something lies that was not written here;
/// the file system's own refusals.
pub async fn save_qr(db: &Db, id: Id, file: &Path) -> Result<()> {
    let ending = file
        .extension()
        .and_then(|ending| ending.to_str())
        .map(str::to_ascii_lowercase);
    let (bytes, kind) = match ending.as_deref() {
        Some("png") => (qr_png(db, id).await?, out::Kind::Png),
        Some("svg") => (qr_svg(db, id).await?.into_bytes(), out::Kind::Svg),
        _ => return Err(Error::invalid("out", "二维码只能写成 .png 或 .svg。")),
    };
    let file = file.to_owned();
    photo::aside(move || out::write(&file, &bytes, kind)).await
}

async fn allowed(db: &Db, id: Id) -> Result<Link> {
    let link = get(db, id).await?;
    let channel = channel::get(db, link.channel).await?;
    policy::demand(&channel::rules(db, &channel.platform).await?, LinkKind::Qr, None)?;
    if link.url.is_empty() {
        return Err(Error::invalid(
            "url",
            "这条链接没有网址，生成不了二维码。请先给它一个可以跳转的网址。",
        ));
    }
    link.must_be_web()?;
    Ok(link)
}

/// Whether a QR code can hold an address.
pub(crate) fn fits(url: &str) -> bool {
    QrCode::with_error_correction_level(url, EcLevel::M).is_ok()
}

fn code(link: &Link) -> Result<QrCode> {
    QrCode::with_error_correction_level(&link.url, EcLevel::M)
        .map_err(|e| Error::invalid("url", "网址太长，放不进二维码。请换一个短一些的网址。").because(e))
}
