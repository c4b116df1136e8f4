//! One error for the whole core: a code that a screen can act on, and a sentence for the person.

use serde::Serialize;

/// The result of everything in the core.
pub type Result<T> = std::result::Result<T, Error>;

/// What somebody can do about an error. A code exists only if somebody acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The thing named by an id is not there (any more).
    NotFound,
    /// What was given cannot be used; `field` says which part.
    Invalid,
    /// It collides with something that is there already.
    Conflict,
    /// A channel's policy or the law forbids it.
    Forbidden,
    /// The workspace is open in another process.
    Busy,
    /// The workspace or target folder cannot be written.
    ReadOnly,
    /// No room on the disk.
    DiskFull,
    /// A file cannot be read or is not what it says.
    Unreadable,
    /// The shop refused the key.
    Unauthorized,
    /// The shop or network does not answer as it should; trying again may help.
    Unreachable,
    /// The person cancelled it.
    Cancelled,
    /// A bug or a damaged database; the sentence says what was kept.
    Internal,
}

/// An error with its code, a sentence for the person, and the field it is about.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What somebody can do about it.
    pub code: Code,
    /// What happened, what was kept, what to do. Never holds a secret.
    pub message: String,
    /// The input it is about, where there is one.
    pub field: Option<&'static str>,
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error with a code and a sentence.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            field: None,
            source: None,
        }
    }

    /// An unusable input, with the name of the field.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self {
            field: Some(field),
            ..Self::new(Code::Invalid, message)
        }
    }

    /// A thing that is not there: `what` is its Chinese noun.
    pub fn not_found(what: &str, id: impl std::fmt::Display) -> Self {
        Self::new(
            Code::NotFound,
            format!("没有编号为 {id} 的{what}，可能已经删除。"),
        )
    }

    /// Work that the person stopped.
    pub fn cancelled() -> Self {
        Self::new(Code::Cancelled, "已取消，已经完成的部分都保留了。")
    }

    /// A bug or damage, with its cause.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(Code::Internal, message)
    }

    /// The same error with its cause attached for logs.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(cause.into());
        self
    }

    /// An input/output error on a path, as a sentence.
    pub fn io(path: &std::path::Path, error: std::io::Error) -> Self {
        use std::io::ErrorKind as K;
        let shown = path.display();
        let (code, message) = match error.kind() {
            K::NotFound => (
                Code::Unreadable,
                format!("找不到文件 {shown}，可能被移动或删除了。"),
            ),
            K::PermissionDenied => (
                Code::ReadOnly,
                format!("没有权限读写 {shown}。请检查文件夹权限，或换一个位置。"),
            ),
            K::ReadOnlyFilesystem => (
                Code::ReadOnly,
                format!("{shown} 所在的磁盘是只读的，什么都没有改动。"),
            ),
            K::StorageFull | K::QuotaExceeded => (
                Code::DiskFull,
                format!("磁盘满了，{shown} 没有写完。请腾出空间后再试，已保存的内容都在。"),
            ),
            _ => (
                Code::Unreadable,
                format!("读写 {shown} 时出错：{}。", in_words(&error)),
            ),
        };
        Self::new(code, message).because(error)
    }
}

/// Why the system did not do it, in words: its own are English and end in a number. Without a mark at the end.
pub fn in_words(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind as K;
    match error.kind() {
        K::NotFound => "找不到它，可能被移动或删除了",
        K::PermissionDenied => "没有权限",
        K::ReadOnlyFilesystem => "所在的磁盘是只读的",
        K::StorageFull | K::QuotaExceeded => "磁盘满了",
        K::AlreadyExists => "那里已经有同名的文件或文件夹",
        K::DirectoryNotEmpty => "那个文件夹不是空的",
        K::IsADirectory => "那里是一个文件夹，不是文件",
        K::NotADirectory => "路径中间有一段是文件，不是文件夹",
        K::InvalidFilename => "名字太长，或有这个磁盘不收的字符",
        K::FileTooLarge => "文件超过了这个磁盘能放的大小",
        K::CrossesDevices => "两边不在同一个磁盘上",
        K::TooManyLinks => "链接太多，或链接绕成了圈",
        K::ResourceBusy | K::ExecutableFileBusy | K::WouldBlock | K::Deadlock => {
            "正被别的程序用着，请关闭那个程序后再试"
        }
        K::Interrupted => "被系统打断了，请再试一次",
        K::TimedOut
        | K::StaleNetworkFileHandle
        | K::ConnectionAborted
        | K::ConnectionReset
        | K::NetworkDown
        | K::NetworkUnreachable
        | K::HostUnreachable
        | K::NotConnected
        | K::BrokenPipe => "和磁盘或网络文件夹的连接断了，请检查后再试",
        K::InvalidData | K::UnexpectedEof => "内容不完整或已经损坏",
        K::WriteZero => "没有写完",
        K::InvalidInput | K::Unsupported | K::NotSeekable => "这个磁盘或文件不支持这样读写",
        K::OutOfMemory => "内存不够",
        _ => match error.raw_os_error() {
            // Open in another program without being shared: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.
            Some(32 | 33) if cfg!(windows) => "正被别的程序用着，请关闭那个程序后再试",
            Some(5) if cfg!(unix) => "磁盘读写失败，可能有坏道或松动，请先把要紧的文件拷到别处",
            Some(23 | 24) if cfg!(unix) => "同时打开的文件太多，请关掉一些程序后再试",
            _ => "系统没有做成，也没有说为什么",
        },
    }
}

/// SQLite's result code of an error, with its details (<https://sqlite.org/rescode.html>).
pub(crate) fn sqlite_code(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?;
    code.parse().ok()
}

/// SQLITE_IOERR_SHMSIZE: the log's index could not grow.
pub(crate) const NO_INDEX: i32 = 4874;

/// Whether a result code says that the file is damaged or no database: SQLITE_CORRUPT, SQLITE_NOTADB.
pub(crate) fn is_damage(code: i32) -> bool {
    matches!(code & 0xff, 11 | 26)
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let known = sqlite_code(&error);
        // The low byte is the kind; a log index that finds no room is mostly a full disk.
        let (code, message) = match known.map(|c| if c == NO_INDEX { 13 } else { c & 0xff }) {
            Some(8) => (Code::ReadOnly, "工作区是只读的，没有保存。请检查文件夹权限。".to_owned()),
            Some(13) => (Code::DiskFull, "磁盘满了，这次没有保存，以前的内容都在。请腾出空间后再试。".to_owned()),
            Some(14) => (
                Code::Unreadable,
                "数据库打不开，里面的内容没有改动。请检查文件夹权限；路径太长也会这样，请换一个路径短一些的位置。".to_owned(),
            ),
            Some(5 | 6) => (Code::Busy, "工作区正被占用，这次没有保存。请稍后再试。".to_owned()),
            Some(11 | 26) => (Code::Internal, "数据库文件损坏。请用「工作区检查」看详情，或从备份恢复。".to_owned()),
            Some(19) => (Code::Conflict, "它还被别的内容用着，或与已有的重复，没有改动。".to_owned()),
            Some(10) => (Code::Unreadable, "读写数据库时磁盘出错，这次没有完成，以前保存的都在。请检查磁盘后再试。".to_owned()),
            Some(7) => (Code::Internal, "内存不够，这次没有完成，以前保存的都在。请关掉一些程序后再试。".to_owned()),
            _ if matches!(error, sqlx::Error::PoolClosed) => (
                Code::Busy,
                "工作区已经关上了，没有保存。请重新打开后再试。".to_owned(),
            ),
            _ => (
                Code::Internal,
                "数据库没有做成这一步，没有保存，以前的内容都在。请用「工作区检查」看看。".to_owned(),
            ),
        };
        Self::new(code, message).because(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal("有一条记录里的内容读不懂，没有改动。请用「工作区检查」看看。").because(error)
    }
}
