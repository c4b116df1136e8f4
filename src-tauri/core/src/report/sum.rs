//! The money of orders, and how it adds up.

use super::{Inferred, Tiers, store};
use crate::{
    attribution::{Tier, split},
    order::Status,
};

/// Money of an order or a share of it, minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Money {
    pub gross: i64,
    pub refunded: i64,
    pub estimated: Option<i64>,
    pub settled: Option<i64>,
}

impl Money {
    pub fn net(self) -> i64 {
        self.gross - self.refunded
    }

    /// What an order counts for: unpaid, nothing yet; called off, only what was paid and given back, and it earns nothing.
    ///
    /// Refunds take commission away too. Wholly refunded it earns nothing, settled or not: platforms claim back what was paid.
    /// Of a part of it the estimate shrinks with what is left, because it was made of the whole; what the source calls settled
    /// stays, because a source settles what is left and tells it anew when that changes.
    pub fn of(order: &store::Order) -> Self {
        match order.status {
            Status::Created => Self::default(),
            Status::Invalid => {
                let back = order.gross.min(order.refunded);
                Self {
                    gross: back,
                    refunded: back,
                    ..Self::default()
                }
            }
            _ => Self {
                gross: order.gross,
                refunded: order.refunded,
                estimated: order
                    .commission_estimated
                    .filter(|_| counts(order))
                    .map(|estimated| of_what_is_left(estimated, order)),
                settled: order.commission_settled.filter(|_| counts(order)),
            },
        }
    }

    /// Shares it out by weights; the shares sum to it exactly when the weights sum to `whole`, and never to more.
    pub fn share(self, weights: &[f64]) -> Vec<Self> {
        // What nobody is owed is a share of its own, so that rounding gives nobody more than is theirs.
        let rest = (1.0 - weights.iter().sum::<f64>()).max(0.0);
        let mut all = weights.to_vec();
        all.push(if rest < 1e-9 { 0.0 } else { rest });
        let gross = split(self.gross, &all);
        let refunded = split(self.refunded, &all);
        let estimated = self.estimated.map(|amount| split(amount, &all));
        let settled = self.settled.map(|amount| split(amount, &all));
        let at = |parts: &Option<Vec<i64>>, i: usize| parts.as_ref().and_then(|parts| parts.get(i).copied());
        (0..weights.len())
            .map(|i| Self {
                gross: gross.get(i).copied().unwrap_or(0),
                refunded: refunded.get(i).copied().unwrap_or(0),
                estimated: at(&estimated, i),
                settled: at(&settled, i),
            })
            .collect()
    }

    pub fn add(&mut self, more: Self) {
        let sum = |a: Option<i64>, b: Option<i64>| match (a, b) {
            (None, None) => None,
            (a, b) => Some(a.unwrap_or(0) + b.unwrap_or(0)),
        };
        self.gross += more.gross;
        self.refunded += more.refunded;
        self.estimated = sum(self.estimated, more.estimated);
        self.settled = sum(self.settled, more.settled);
    }
}

/// The part of a commission on the whole order that is due for what was not given back; never rounded up.
fn of_what_is_left(commission: i64, order: &store::Order) -> i64 {
    let left = (order.gross - order.refunded).max(0);
    if order.gross <= 0 || left >= order.gross {
        return commission;
    }
    let due = i128::from(commission) * i128::from(left) / i128::from(order.gross);
    i64::try_from(due).unwrap_or(0)
}

/// Whether an order counts as one: paid, and neither called off nor wholly refunded.
pub(super) fn counts(order: &store::Order) -> bool {
    let back = order.refunded > 0 && order.refunded >= order.gross;
    !matches!(order.status, Status::Created | Status::Invalid | Status::Refunded) && !back
}

/// Credit without the dust of adding thirds: a figure for people and scripts, exact to a millionth of an order.
pub(super) fn tidy(credit: f64) -> f64 {
    (credit * 1e6).round() / 1e6
}

impl Tiers {
    /// Each figure [`tidy`].
    pub(super) fn tidy(self) -> Self {
        Self {
            A: tidy(self.A),
            B: tidy(self.B),
            C: tidy(self.C),
            D: Inferred {
                credit: tidy(self.D.credit),
                low: tidy(self.D.low),
                high: tidy(self.D.high),
            },
        }
    }

    /// Credited orders of all tiers.
    pub(super) fn sum(&self) -> f64 {
        self.A + self.B + self.C + self.D.credit
    }

    pub(super) fn add(&mut self, tier: Tier, credit: f64) {
        match tier {
            Tier::A => self.A += credit,
            Tier::B => self.B += credit,
            Tier::C => self.C += credit,
            Tier::D => {
                self.D.credit += credit;
                // Each guess may be right or wrong: what is certain stays at nothing.
                self.D.high += credit;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Tier, Tiers};

    #[test]
    fn an_inferred_credit_says_that_it_may_be_none_or_all() {
        let mut tiers = Tiers::default();
        for (tier, credit) in [(Tier::A, 1.0), (Tier::D, 0.5), (Tier::D, 0.25)] {
            tiers.add(tier, credit);
        }
        let shown = serde_json::to_value(tiers).unwrap();
        let wanted = serde_json::json!({"A": 1.0, "B": 0.0, "C": 0.0, "D": {"credit": 0.75, "low": 0.0, "high": 0.75}});
        assert_eq!(shown, wanted, "scripts rely on this shape");
        assert!((tiers.sum() - 1.75).abs() < 1e-9);
    }
}
