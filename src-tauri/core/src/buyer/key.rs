//! The key that buyers are hashed with: made at first use, kept in the key store, carried by a recovery code.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::code as letters;
use crate::{
    db::{Db, Tx},
    error::{Code, Error, Result},
    secret::{self, Place},
    setting,
};

/// The keys this workspace's hashes were made with, without the keys themselves; the last one is in use.
const KEYS: &str = "buyer_keys";
/// Where the key lay before it went to the key store.
const SALT: &str = "buyer_salt";
/// A recovery code for scripts, where there is no key store.
const ENV: &str = "CAOBEN_BUYER_KEY";
/// Hexadecimal digits of a hash before its key's mark.
const BODY: usize = 56;
/// Letters of marks: none is a hexadecimal digit, so that a marked hash is told from one of before.
const MARKS: &[u8; 16] = b"ghjkmnpqrstvwxyz";

/// A key that hashes were made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    id: String,
    /// Its hashes carry no mark: it was in use before there were marks.
    plain: bool,
    /// It went into a key store, or came by a recovery code: it may be found again.
    kept: bool,
}

/// Where the key of buyers' hashes is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum KeyPlace {
    /// The operating system's key store.
    KeyStore,
    /// The environment variable `CAOBEN_BUYER_KEY`, for scripts.
    Environment,
    /// This session only: there is no key store here.
    Session,
    /// Still in the database, where earlier versions put it: there is no key store here to move it to.
    Database,
    /// Not on this computer. Buyers that come now begin anew.
    Missing,
    /// Nobody was hashed yet.
    None,
}

/// What is known of the key, never the key itself.
#[derive(Debug, Clone, Serialize, specta::Type)]
pub struct BuyerKey {
    /// Where it is.
    pub place: KeyPlace,
    /// Whether some buyers were hashed with a key that is not in use here: they stay who they are and are not compared with
    /// those that come now.
    pub earlier: bool,
    /// One sentence for people.
    pub message: String,
}

/// This workspace's key at work. Read once for a whole import.
pub struct Salt {
    key: [u8; 32],
    /// Empty for a key from before marks.
    mark: String,
    /// What people should hear: that what is hashed now may not be recognised later.
    pub notice: Option<&'static str>,
}

const SESSION_ONLY: &str = "这台电脑没有系统钥匙串，买家指纹的钥匙只记到这次关掉为止：已有的买家照旧，下次打开后新来的从头认起。想一直认得出，就记下恢复码，下次打开先填上。";
const ANEW: &str = "这个工作区原来的买家钥匙不在这台电脑上：已有的买家照旧，新来的从头认起，不和以前的比对。填上恢复码就能接上。";

/// Keys this process has found, by workspace and id: on some systems every look brings up a question to the person.
static FOUND: LazyLock<Mutex<HashMap<String, [u8; 32]>>> = LazyLock::new(Mutex::default);
/// What somebody who was hashed in this process should know of.
static NOTICE: Mutex<Option<&str>> = Mutex::new(None);
/// One at a time looks for a key or makes it.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

impl Salt {
    /// Finds the key, or makes it: then, or where it lasts for this session only, [`Salt::notice`] says so.
    pub async fn of(db: &Db) -> Result<Self> {
        let _turn = TURN.lock().await;
        let desk = Desk::of(db).await?;
        let (key, place) = match desk.find().await? {
            Some(found) => found,
            None => desk.make().await?,
        };
        let known = desk.note(db, &key, place).await?;
        let notice = match place {
            KeyPlace::Session => Some(SESSION_ONLY),
            _ if desk.keys.iter().any(|earlier| earlier.id != known.id) && !desk.has(&known.id) => Some(ANEW),
            _ => None,
        };
        Ok(Self {
            key,
            mark: if known.plain { String::new() } else { known.id },
            notice,
        })
    }

    /// Keyed BLAKE3 of whatever tells buyers apart ([`same_buyer`]), and the key's mark.
    pub fn hash(&self, who: &str) -> String {
        if self.notice.is_some() {
            *NOTICE.lock().unwrap_or_else(PoisonError::into_inner) = self.notice;
        }
        let plain = same_buyer(who);
        let mut hash = blake3::keyed_hash(&self.key, plain.as_bytes())
            .to_hex()
            .to_string();
        if !self.mark.is_empty() {
            hash.truncate(BODY);
            hash.push_str(&self.mark);
        }
        hash
    }

    /// Whether a hash was made with another key: it may be of the same buyer or not, nobody can tell.
    pub fn is_of_another(&self, hash: &str) -> bool {
        let mark = hash.get(BODY..).unwrap_or_default();
        let marked = !mark.is_empty() && mark.bytes().all(|b| MARKS.contains(&b));
        match self.mark.as_str() {
            "" => marked,
            own => mark != own,
        }
    }
}

/// What tells a buyer, however it is written. White space does not count, nor do the dashes and brackets of a number, its width
/// and the code of the country: `138 0013-8000`, `+86 13800138000` and `１３８００１３８０００` are one phone, but `li-na@` and
/// `lina@` are two people.
fn same_buyer(who: &str) -> String {
    let spoken = |c: &char| !c.is_whitespace();
    let is_number = who
        .chars()
        .filter(spoken)
        .all(|c| c.is_numeric() || "+-()＋－（）‐–—".contains(c));
    if !is_number {
        return who.chars().filter(spoken).collect();
    }
    let digits: String = who
        .nfkc()
        .filter(|c| c.is_ascii_digit() || c.is_alphanumeric())
        .collect();
    let rest = digits.trim_start_matches("00").strip_prefix("86");
    match rest.filter(|rest| rest.len() == 11 && rest.starts_with('1')) {
        Some(mobile) => mobile.to_owned(),
        None => digits,
    }
}

/// What people should hear of the key with which this process has hashed somebody: that it may not be found again, or that
/// buyers begin anew.
pub fn notice() -> Option<&'static str> {
    *NOTICE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A key's id and the mark of its hashes: tells nothing of the key.
fn id(key: &[u8; 32]) -> String {
    let hash = blake3::derive_key("caoben 2026-11-30 buyer key id", key);
    hash.iter()
        .take(4)
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|at| MARKS.get(usize::from(at)))
        .map(|letter| char::from(*letter))
        .collect()
}

/// What the database says of its keys.
struct Desk {
    workspace: String,
    keys: Vec<Known>,
    /// The key itself, where an earlier version put it.
    salt: Option<[u8; 32]>,
}

impl Desk {
    async fn of(db: &Db) -> Result<Self> {
        let workspace = setting::workspace_id(db).await?;
        Ok(Self {
            workspace,
            keys: read(setting::get(db, KEYS).await?).unwrap_or_default(),
            salt: read(setting::get(db, SALT).await?),
        })
    }

    fn name(&self, id: &str) -> String {
        format!("buyer/{}/{id}", self.workspace)
    }

    fn has(&self, id: &str) -> bool {
        self.keys.last().is_some_and(|last| last.id == id)
    }

    /// The key in use and where it is, without making one.
    async fn find(&self) -> Result<Option<([u8; 32], KeyPlace)>> {
        if let Ok(code) = std::env::var(ENV)
            && !code.is_empty()
        {
            return Ok(Some((letters::read(&code)?, KeyPlace::Environment)));
        }
        if let Some(salt) = self.salt {
            return Ok(Some((salt, KeyPlace::Database)));
        }
        let Some(last) = self.keys.last() else {
            return Ok(None);
        };
        self.look(&last.id).await
    }

    /// A key by its id, in this process or in the key store.
    async fn look(&self, wanted: &str) -> Result<Option<([u8; 32], KeyPlace)>> {
        let name = self.name(wanted);
        let place = if secret::in_session(&name) {
            KeyPlace::Session
        } else {
            KeyPlace::KeyStore
        };
        if let Some(key) = found(|all| all.get(&name).copied()) {
            return Ok(Some((key, place)));
        }
        let Some(code) = secret::get(&name).await? else {
            return Ok(None);
        };
        let key = letters::read(&code)?;
        if id(&key) != wanted {
            return Ok(None);
        }
        found(|all| all.insert(name, key));
        Ok(Some((key, place)))
    }

    /// Keeps a key where keys are kept.
    async fn keep(&self, key: &[u8; 32]) -> Result<KeyPlace> {
        let name = self.name(&id(key));
        let place = secret::put(&name, &letters::write(key)).await?;
        // A key store that does not give back what it took is none.
        if place == Place::KeyStore && secret::get(&name).await?.as_deref() != Some(&letters::write(key)) {
            return Ok(KeyPlace::Missing);
        }
        found(|all| all.insert(name, *key));
        Ok(match place {
            Place::KeyStore => KeyPlace::KeyStore,
            _ => KeyPlace::Session,
        })
    }

    async fn make(&self) -> Result<([u8; 32], KeyPlace)> {
        let key: [u8; 32] = rand::random();
        match self.keep(&key).await? {
            KeyPlace::Missing => Err(Error::internal(
                "系统钥匙串没有收下买家指纹的钥匙，没有导入任何买家。请检查钥匙串后再试。",
            )),
            place => Ok((key, place)),
        }
    }

    /// Writes down which key is in use, and moves one out of the database where there is a key store.
    async fn note(&self, db: &Db, key: &[u8; 32], place: KeyPlace) -> Result<Known> {
        let is_moved = self.salt == Some(*key)
            && (place == KeyPlace::Environment || self.keep(key).await? == KeyPlace::KeyStore);
        let known = self
            .keys
            .iter()
            .find(|known| known.id == id(key))
            .cloned()
            .unwrap_or_else(|| Known {
                id: id(key),
                plain: self.salt == Some(*key),
                kept: place != KeyPlace::Session,
            });
        if is_moved || !self.has(&known.id) {
            let mut tx = db.begin().await?;
            self.put(&mut tx, known.clone()).await?;
            if is_moved {
                setting::erase(&mut tx, SALT).await?;
            }
            tx.commit().await?;
            if is_moved {
                setting::scrub(db, SALT).await?;
            }
        }
        Ok(known)
    }

    /// Makes this key the one in use. Those of past sessions that nobody can find again need no place.
    async fn put(&self, tx: &mut Tx, known: Known) -> Result<()> {
        let mut keys: Vec<&Known> = self
            .keys
            .iter()
            .enumerate()
            .filter(|(at, earlier)| earlier.id != known.id && (earlier.kept || at + 1 == self.keys.len()))
            .map(|(_, earlier)| earlier)
            .collect();
        keys.push(&known);
        setting::put(tx, KEYS, &serde_json::to_string(&keys)?).await
    }
}

fn found<T>(look: impl FnOnce(&mut HashMap<String, [u8; 32]>) -> T) -> T {
    look(&mut FOUND.lock().unwrap_or_else(PoisonError::into_inner))
}

fn read<T: serde::de::DeserializeOwned>(json: Option<String>) -> Option<T> {
    json.and_then(|json| serde_json::from_str(&json).ok())
}

/// Moves the key that an earlier version left in the database to the key store; where there is none it stays until
/// somebody has written the recovery code down ([`release`]).
pub async fn settle(db: &Db) -> Result<()> {
    if setting::get(db, SALT).await?.is_some() {
        Salt::of(db).await?;
    }
    Ok(())
}

/// Where the key is, and what that means.
pub async fn status(db: &Db) -> Result<BuyerKey> {
    let desk = Desk::of(db).await?;
    let found = desk.find().await?;
    let place = match &found {
        Some((_, place)) => *place,
        None if desk.keys.is_empty() => KeyPlace::None,
        None => KeyPlace::Missing,
    };
    let earlier = found.is_some_and(|(key, _)| desk.keys.iter().any(|known| known.id != id(&key)));
    let mut message = match place {
        KeyPlace::KeyStore => "买家指纹的钥匙在系统的钥匙串里，不在工作区里：拷走整个文件夹也试不出手机号。换电脑前记下恢复码。".to_owned(),
        KeyPlace::Environment => format!("买家指纹的钥匙来自环境变量 {ENV}。"),
        KeyPlace::Session => SESSION_ONLY.to_owned(),
        KeyPlace::Database => "买家指纹的钥匙还在数据库里，是以前的版本放的：这台电脑没有钥匙串可搬。先记下恢复码，再把它从数据库里删掉。".to_owned(),
        KeyPlace::Missing => ANEW.to_owned(),
        KeyPlace::None => "还没有记过买家，钥匙在第一次用到时再做。".to_owned(),
    };
    if earlier {
        message.push_str("有些买家是用另一把钥匙记下的，他们照旧，只是不和现在的比对。");
    }
    Ok(BuyerKey {
        place,
        earlier,
        message,
    })
}

/// The recovery code of the key in use. It opens all hashes: shown to the person on demand, kept nowhere.
///
/// # Errors
/// `NotFound` when the key is not on this computer, or nobody was hashed yet.
pub async fn code(db: &Db) -> Result<String> {
    match Desk::of(db).await?.find().await? {
        Some((key, _)) => Ok(letters::write(&key)),
        None => Err(Error::new(
            Code::NotFound,
            "这台电脑上没有这个工作区的买家钥匙，给不出恢复码。",
        )),
    }
}

/// Takes the key of another computer by its recovery code.
///
/// # Errors
/// `Invalid` for a slip, or for the code of another workspace; nothing changes then.
pub async fn recover(db: &Db, code: &str) -> Result<BuyerKey> {
    let key = letters::read(code)?;
    let turn = TURN.lock().await;
    let desk = Desk::of(db).await?;
    let is_salt = desk.salt == Some(key);
    let Some(known) = desk.keys.iter().find(|known| known.id == id(&key)) else {
        if is_salt {
            return status(db).await;
        }
        return Err(Error::invalid(
            "code",
            "这串恢复码不是这个工作区的：它认不出这里任何一个买家，没有改动。",
        ));
    };
    let known = Known {
        kept: true,
        ..known.clone()
    };
    if desk.keep(&key).await? == KeyPlace::Missing {
        return Err(Error::internal(
            "系统钥匙串没有收下这把钥匙，没有改动。请检查钥匙串后再试。",
        ));
    }
    let mut tx = db.begin().await?;
    desk.put(&mut tx, known).await?;
    tx.commit().await?;
    drop(turn);
    status(db).await
}

/// Takes the key out of the database where there is no key store to move it to: from then on it lasts for this session,
/// and whoever wrote down its recovery code can bring it back.
///
/// # Errors
/// `NotFound` when it is not in the database.
pub async fn release(db: &Db) -> Result<BuyerKey> {
    let turn = TURN.lock().await;
    let desk = Desk::of(db).await?;
    let Some(salt) = desk.salt else {
        return Err(Error::new(Code::NotFound, "数据库里没有买家钥匙，没有改动。"));
    };
    desk.keep(&salt).await?;
    let mut tx = db.begin().await?;
    desk.put(
        &mut tx,
        Known {
            id: id(&salt),
            plain: true,
            kept: true,
        },
    )
    .await?;
    setting::erase(&mut tx, SALT).await?;
    tx.commit().await?;
    setting::scrub(db, SALT).await?;
    drop(turn);
    status(db).await
}

#[cfg(test)]
mod tests {
    use super::same_buyer;

    #[test]
    fn one_phone_is_one_buyer_however_it_is_written() {
        for written in [
            "138 0013-8000",
            "+8613800138000",
            "+86 138-0013-8000",
            "（+86）13800138000",
            "0086 13800138000",
            "8613800138000",
            "１３８００１３８０００",
            "＋８６ １３８００１３８０００",
        ] {
            assert_eq!(same_buyer(written), "13800138000", "{written}");
        }
        for (one, other) in [
            ("li-na@a.cn", "lina@a.cn"),
            ("86138001380", "138001380"),
            ("小王", "小 张"),
        ] {
            assert_ne!(same_buyer(one), same_buyer(other));
        }
    }
}
