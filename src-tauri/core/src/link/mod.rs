//! Link 链接: one tag per (post, channel, product); the same short code in UTM content, coupon and sub-id.

mod create;
mod list;
mod policy;
mod qr;
mod remove;
mod store;
mod tag;

pub use create::{create, make};
pub use list::{get, list};
pub(crate) use qr::fits as fits_qr;
pub use qr::{qr_png, qr_svg, save_qr};
pub use remove::{remove, restore};
pub(crate) use tag::is_web;

use serde::{Deserialize, Serialize};

use crate::{
    error::{Code, Error, Result},
    value::{Id, Time},
};

/// What a tag is on its channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, specta::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum LinkKind {
    /// A clickable link with UTM.
    Url,
    /// A QR code that leads to the link.
    Qr,
    /// A coupon code.
    Coupon,
    /// 口令
    Word,
    /// The platform's own goods card; the code names the 推广位 or sub-id.
    Card,
    /// Nothing may stand in the post: the platform's note id ties orders to it.
    Note,
}

/// A tagged link.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[allow(missing_docs)]
pub struct Link {
    pub id: Id,
    /// Unique, short, readable.
    pub code: String,
    pub kind: LinkKind,
    /// Destination with UTM; empty when the kind has no url.
    pub url: String,
    pub destination: String,
    pub coupon: Option<String>,
    pub post: Id,
    pub post_title: String,
    pub channel: Id,
    pub channel_name: String,
    pub product: Id,
    pub product_name: String,
    pub created_at: Time,
}

impl Link {
    /// Whether it has an address that is none of the web: nobody wrote it here.
    pub(crate) fn is_strange(&self) -> bool {
        !self.url.is_empty() && !is_web(&self.url)
    }

    /// Refuses to hand out an address that is none of the web.
    ///
    /// # Errors
    /// `Unreadable`.
    pub(crate) fn must_be_web(&self) -> Result<()> {
        if !self.is_strange() {
            return Ok(());
        }
        let message = format!(
            "链接 {} 的地址不是网址，不是草本写的，没有放进二维码或发布包。请用「工作区检查」看看，再给它换一个 http 或 https 开头的地址。",
            self.code
        );
        Err(Error::new(Code::Unreadable, message))
    }
}

/// A link to make. Asked for again, the same (post, channel, product) answers with the link that is there; to another address
/// it turns only with `replace`.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct NewLink {
    pub post: Id,
    pub channel: Id,
    pub product: Id,
    /// `None`: the product's url.
    pub url: Option<String>,
    /// A coupon code the shop knows; `Some("")` asks for one made from the tag.
    pub coupon: Option<String>,
    /// `None`: the best kind the channel allows.
    pub kind: Option<LinkKind>,
    /// A link that is there already may lead elsewhere from now on, or stop leading anywhere: what was printed or sent with it
    /// does not follow.
    pub replace: bool,
}

/// A link that was made, and what the person should know of its address.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct MadeLink {
    /// The link.
    #[serde(flatten)]
    pub link: Link,
    /// What was changed in the address or may not work with it, in sentences; mostly empty.
    pub notes: Vec<String>,
}

/// Which links to list.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(default)]
#[allow(missing_docs)]
pub struct LinkFilter {
    pub post: Option<Id>,
    pub channel: Option<Id>,
    pub product: Option<Id>,
}
