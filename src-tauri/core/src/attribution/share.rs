//! Sharing out: pure arithmetic that never gives away more than there is.

use super::Model;

/// How credit is shared between `touches` touches, first to last. Each share is 0 or more, and they sum to 1 (0 without touches).
pub fn share(touches: usize, model: Model) -> Vec<f64> {
    let last = touches.saturating_sub(1);
    let weights: Vec<f64> = (0..touches)
        .map(|place| match model {
            Model::First => f64::from(u8::from(place == 0)),
            Model::Last => f64::from(u8::from(place == last)),
            Model::Linear => 1.0,
            // Half of the one after it; what lies a thousand touches back weighs nothing.
            Model::Decay => 0.5_f64.powi(i32::try_from(last - place).unwrap_or(i32::MAX)),
        })
        .collect();
    let whole: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / whole).collect()
}

/// Splits minor units by weights to whole units that sum to exactly `amount` (0 each when no weight is positive): rounded
/// down, and what is left goes to the largest remainders, the earlier one first.
pub fn split(amount: i64, weights: &[f64]) -> Vec<i64> {
    let whole: f64 = weights.iter().filter(|w| **w > 0.0).sum();
    if whole <= 0.0 {
        return vec![0; weights.len()];
    }
    let size = amount.unsigned_abs();
    let mut left = size;
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss
    )]
    let mut parts: Vec<(u64, f64)> = weights
        .iter()
        .map(|weight| {
            let exact = size as f64 * (weight.max(0.0) / whole);
            // Floating point may round a part up; the last one then takes what is there.
            let part = (exact.floor() as u64).min(left);
            left -= part;
            (part, exact.fract())
        })
        .collect();
    let mut order: Vec<usize> = (0..parts.len())
        .filter(|i| weights.get(*i).is_some_and(|w| *w > 0.0))
        .collect();
    let rest = |i: &usize| parts.get(*i).map_or(0.0, |(_, rest)| *rest);
    order.sort_by(|a, b| rest(b).total_cmp(&rest(a)));
    for i in order
        .into_iter()
        .cycle()
        .take(usize::try_from(left).unwrap_or(usize::MAX))
    {
        if let Some((part, _)) = parts.get_mut(i) {
            *part += 1;
        }
    }
    let sign = amount.signum();
    parts
        .into_iter()
        .map(|(part, _)| i64::try_from(part).unwrap_or(i64::MAX) * sign)
        .collect()
}

/// Lays a refund on lines of (amount, part of the refund that is known to be theirs), all minor units: first what is known,
/// then the rest by what each line still has. No line gives back more than it brought, and together they give back
/// exactly the refund, or all they brought where it is larger (shipping goes back too).
pub fn take_back(refund: i64, lines: &[(i64, i64)]) -> Vec<i64> {
    let known: Vec<i64> = lines
        .iter()
        .map(|(amount, known)| (*known).clamp(0, (*amount).max(0)))
        .collect();
    let left = refund.max(0) - known.iter().sum::<i64>();
    if left <= 0 {
        return split(refund.max(0), &weights(&known));
    }
    let room: Vec<i64> = lines
        .iter()
        .zip(&known)
        .map(|((amount, _), known)| amount.max(&0) - known)
        .collect();
    let more = split(left.min(room.iter().sum()), &weights(&room));
    known.iter().zip(more).map(|(known, more)| known + more).collect()
}

#[allow(clippy::cast_precision_loss)]
fn weights(amounts: &[i64]) -> Vec<f64> {
    amounts.iter().map(|amount| *amount as f64).collect()
}
