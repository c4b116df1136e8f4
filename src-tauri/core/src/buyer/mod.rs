//! Buyer 买家: known only as a salted hash, so that repurchase can be counted without knowing anybody.

use crate::{db::Tx, error::Result, setting};

const KEY: &str = "buyer_salt";

/// This workspace's salt: 32 random bytes made at first use. Read once for a whole import.
pub struct Salt([u8; 32]);

impl Salt {
    /// Reads the salt, or makes it.
    pub async fn of(tx: &mut Tx) -> Result<Self> {
        if let Some(bytes) = setting::get_in(tx, KEY)
            .await?
            .and_then(|json| serde_json::from_str(&json).ok())
        {
            return Ok(Self(bytes));
        }
        let bytes: [u8; 32] = rand::random();
        setting::put(tx, KEY, &serde_json::to_string(&bytes)?).await?;
        Ok(Self(bytes))
    }

    /// Keyed BLAKE3, lower-case hex, of whatever tells buyers apart. White space and dashes do not count: `138 0013-8000` is one phone.
    pub fn hash(&self, who: &str) -> String {
        let plain: String = who.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        blake3::keyed_hash(&self.0, plain.as_bytes()).to_hex().to_string()
    }
}

/// The hash of one buyer; the same buyer gives the same hash in this workspace and another one elsewhere.
pub async fn hash(tx: &mut Tx, who: &str) -> Result<String> {
    Ok(Salt::of(tx).await?.hash(who))
}
