//! Rows that look like nobody wrote them here. A database may come from anybody: a backup, a copied folder. What becomes a path, an
//! address or a name of something outside is looked at whenever a backup is restored and whenever somebody asks for a check; whoever uses
//! such a field holds it again at its place.
//!
//! | field | becomes | held at use by |
//! |---|---|---|
//! | `photo.hash`, `photo.format` | paths under `photos/` that are read, packed, handed out and deleted | `photo::file`: no hash, no path |
//! | `photo_theirs.hash` | compared only | – |
//! | `photo_leftover.hash`, `photo_leftover.format` | a path that is deleted at the opening | `photo::file`: no hash, no path |
//! | `post.code`, `channel.platform` | the name of a bundle's folder | `bundle::export` refuses |
//! | `link.code` | the name of a QR code's file in a bundle | `bundle::contents` refuses |
//! | `bundle.path` | a path shown in the file manager | `bundle::list` leaves it empty |
//! | `setting` `photo.watch` | a folder that is read by itself | taken out at restore |
//! | `product.url`, `link.destination` | the address of a link that is made | `link::tag` takes http and https only |
//! | `link.url` | QR codes, links.txt, what is pasted, HTML | `link` and `bundle` refuse, `render` leaves it out; `check` stops it |
//! | `publication.url` | opened in the browser | the window opens http and https only |
//! | `shop.url`, `shop.ca`, `shop.key_env`, `shop.secret_env`, key store names | requests that carry a secret | taken out at restore; http and https only |
//! | `photo_edit.edits`, `composition.spec` | SVG | parsed into numbers and closed words; texts are escaped |
//! | `post.*`, `review.*`, `trial.*`, names and captions | HTML, Markdown, PDF | every writer escapes |
//! | `backups/*.db`, `caoben.away` | files of the workspace itself | names of ours only |

use super::{Problem, store};
use crate::{db::Db, error::Result};

/// One field of one row.
pub(super) struct Strange {
    /// `table.column` and the row.
    pub place: String,
    /// It could lead out of the workspace.
    pub grave: bool,
    value: String,
}

impl Strange {
    /// As a check tells it.
    pub fn problem(self) -> Problem {
        let shown: String = self.value.chars().filter(|c| !c.is_control()).take(60).collect();
        let what = if self.grave {
            format!("「{shown}」不是草本写的，可能指向工作区外面；草本不会照它去读、写或删除任何东西")
        } else {
            format!("「{shown}」不是网址，草本不会打开它；请改成 http 或 https 开头的地址")
        };
        Problem {
            what,
            place: self.place,
        }
    }
}

/// Everything in the database that nobody wrote here.
pub(super) async fn look(db: &Db) -> Result<Vec<Strange>> {
    let rows = store::foreign(&mut *db.read().acquire().await?).await?;
    Ok(rows
        .into_iter()
        .map(|row| Strange {
            place: format!("{}#{}", row.field, row.id),
            grave: row.grave,
            value: row.value,
        })
        .collect())
}
