//! What SQLite itself says a command reads and writes: its authorizer names every table of every statement, also those of views,
//! triggers and foreign keys.
// There is no safe way to hear it; it stays in this file.
#![allow(unsafe_code)]

use std::{
    collections::BTreeSet,
    ffi::{CStr, c_char, c_int, c_void},
    sync::{Mutex, PoisonError},
};

use caoben::db::Db;
use libsqlite3_sys as ffi;
use sqlx::SqliteConnection;

/// Tables by name.
#[derive(Debug, Default, Clone)]
pub struct Heard {
    pub read: BTreeSet<String>,
    pub written: BTreeSet<String>,
}

/// An ear at every connection of a workspace. It is never taken away: connections may outlive whoever listens.
pub struct Ear(&'static Mutex<Heard>);

impl Ear {
    pub fn new() -> Self {
        Self(Box::leak(Box::default()))
    }

    /// Listens anew: statements kept ready are taken apart again, so that none passes unheard.
    pub async fn at(&self, db: &Db) {
        let mut readers = Vec::new();
        for _ in 0..4 {
            readers.push(db.read().acquire().await.unwrap());
        }
        for reader in &mut readers {
            self.listen(reader).await;
        }
        let mut tx = db.begin().await.unwrap();
        self.listen(tx.conn()).await;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Heard::default();
    }

    /// What was heard since.
    pub fn heard(&self) -> Heard {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn listen(&self, conn: &mut SqliteConnection) {
        let mut handle = conn.lock_handle().await.unwrap();
        let data = std::ptr::from_ref(self.0).cast_mut().cast::<c_void>();
        // SAFETY: the handle is locked, so nobody else uses the connection now; `data` is never freed.
        unsafe { ffi::sqlite3_set_authorizer(handle.as_raw_handle().as_ptr(), Some(hear), data) };
    }
}

unsafe extern "C" fn hear(
    data: *mut c_void,
    action: c_int,
    table: *const c_char,
    _: *const c_char,
    _: *const c_char,
    _: *const c_char,
) -> c_int {
    if !table.is_null() {
        // SAFETY: SQLite hands over a string that lives for this call, and `data` is the leaked mutex.
        let (table, heard) = unsafe { (CStr::from_ptr(table), &*data.cast::<Mutex<Heard>>()) };
        let table = table.to_string_lossy().into_owned();
        let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
        match action {
            ffi::SQLITE_READ => {
                heard.read.insert(table);
            }
            ffi::SQLITE_INSERT | ffi::SQLITE_UPDATE | ffi::SQLITE_DELETE => {
                heard.written.insert(table);
            }
            _ => {}
        }
    }
    ffi::SQLITE_OK
}
