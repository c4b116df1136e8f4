//! Reports and the day, for the window.

use caoben::{report, today, value::Time};
use tauri::State;

use crate::{error::Answer, session::Session};

/// Which posts, channels or products drove orders.
#[tauri::command]
#[specta::specta]
pub async fn get_report(
    session: State<'_, Session>,
    by: report::By,
    period: report::Period,
) -> Answer<report::Report> {
    let db = session.db().await?;
    Ok(report::report(&db, by, &period).await?)
}

/// Net per day.
#[tauri::command]
#[specta::specta]
pub async fn get_daily(session: State<'_, Session>, period: report::Period) -> Answer<Vec<report::DayTotal>> {
    let db = session.db().await?;
    Ok(report::daily(&db, &period).await?)
}

/// What to do now.
#[tauri::command]
#[specta::specta]
pub async fn get_today(session: State<'_, Session>) -> Answer<today::Today> {
    let db = session.db().await?;
    Ok(today::today(&db, Time::now()).await?)
}

/// Remembers that new orders were seen.
#[tauri::command]
#[specta::specta]
pub async fn mark_seen(session: State<'_, Session>) -> Answer<()> {
    let db = session.db().await?;
    Ok(today::seen(&db, Time::now()).await?)
}
