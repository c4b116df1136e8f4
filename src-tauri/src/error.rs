//! The core's error as the window receives it.

use caoben::Code;
use serde::Serialize;

/// What every command answers when it fails. The window speaks by `code`.
#[derive(Debug, Serialize, specta::Type)]
pub struct AppError {
    code: Code,
    message: String,
    field: Option<String>,
}

/// The result of every command.
pub type Answer<T> = Result<T, AppError>;

impl From<caoben::Error> for AppError {
    fn from(error: caoben::Error) -> Self {
        log::warn!("{:?}: {}", error.code, error.message);
        Self {
            code: error.code,
            message: error.message,
            field: error.field.map(str::to_owned),
        }
    }
}
