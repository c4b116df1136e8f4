//! The rhythm of a trial: which days it asked a note of and got none.

use super::Trial;
use crate::value::Date;

/// Past days on which the rhythm was broken, oldest first: at most one per stretch of `rhythm` days without a note. Today is never
/// missing, for it is still being lived; neither is a day after the trial's end, planned or real.
pub fn missing(trial: &Trial, today: Date) -> Vec<Date> {
    let step = match usize::try_from(trial.rhythm) {
        Ok(step) if step > 0 => step,
        _ => return Vec::new(),
    };
    let noted: std::collections::HashSet<Date> = trial
        .days
        .iter()
        .filter(|day| day.says())
        .map(|day| day.on)
        .collect();
    let last = [trial.finished_on, trial.ends_on].into_iter().flatten().min();
    let mut silent = 0;
    let mut missing = Vec::new();
    for day in trial.started_on.0.series(jiff::Span::new().days(1)).map(Date) {
        if day >= today || last.is_some_and(|last| day > last) {
            break;
        }
        silent = if noted.contains(&day) { 0 } else { silent + 1 };
        if silent == step {
            missing.push(day);
            silent = 0;
        }
    }
    missing
}
