//! Is this charge, as the gateway records it, the payment that this order waits for?
//!
//! Knows nothing of how the gateway was asked. Rules: only what the gateway's own validation confirms, for this
//! payment, this amount and this currency, settles an order; anything risky is held for a person; what failed stays open.

use crate::money::Money;

/// One attempt as the gateway records it, in our words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayRecord {
    /// Our name for the payment.
    pub tran_id: String,
    /// The gateway's name for the charge; `None` unless it succeeded.
    pub val_id: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// What we asked to be paid, in the currency in which we asked; `None` if the record does not say readably.
    pub requested: Option<Money>,
    /// What was charged, in the gateway's settlement currency; `None` if the record does not say readably.
    pub charged: Option<Money>,
    /// What the gateway keeps of the charge, in the currency of the charge; `None` if the record does not say readably.
    pub fee: Option<Money>,
    /// Whether the gateway advises to verify the customer first.
    pub risky: bool,
    /// The bank's reference, needed for refunds.
    pub bank_tran_id: Option<String>,
    /// How it was paid, as the gateway words it: `BKASH-BKash`.
    pub method: Option<String>,
}

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Money was charged.
    Paid,
    /// Still under way.
    Pending,
    /// The issuer declined, or the customer could not pay.
    Failed,
    /// The customer turned back.
    Cancelled,
    /// The session ran out.
    Expired,
}

/// What a payment must match in order to settle its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Our name for the payment.
    pub tran_id: String,
    /// The payment's amount: what credit leaves of its order, or what was recorded by hand.
    pub amount: Money,
}

/// A verdict about one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The money is there, for this order: settle it.
    Settle,
    /// The money is there, but the gateway calls it risky: a person decides.
    Hold,
    /// The money is there, but not as ordered: a person decides.
    Mismatch(Difference),
    /// Not paid: say so, and let the customer try again.
    NotPaid(Outcome),
    /// Nothing is known yet.
    Pending,
}

/// In what a charge differs from its payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// It belongs to another payment.
    Payment,
    /// Another currency was asked for.
    Currency,
    /// Another amount was asked for or charged.
    Amount,
    /// The record names no charge or no amount.
    Incomplete,
}

/// Compares a record with what the payment expects. Exact: there is no tolerance.
#[must_use]
pub fn judge(expected: &Expected, record: &GatewayRecord) -> Verdict {
    let same_payment = record.tran_id == expected.tran_id;
    match record.outcome {
        Outcome::Paid if same_payment => {}
        Outcome::Paid => return Verdict::Mismatch(Difference::Payment),
        Outcome::Pending => return Verdict::Pending,
        Outcome::Failed | Outcome::Cancelled | Outcome::Expired if same_payment => {
            return Verdict::NotPaid(record.outcome);
        }
        // What became of another payment says nothing about this one.
        Outcome::Failed | Outcome::Cancelled | Outcome::Expired => return Verdict::Pending,
    }
    let (Some(requested), Some(_)) = (record.requested, &record.val_id) else {
        return Verdict::Mismatch(Difference::Incomplete);
    };
    if requested.currency != expected.amount.currency {
        return Verdict::Mismatch(Difference::Currency);
    }
    // Charges in the payment's own currency must agree twice; a converted charge can only agree in what was requested.
    let charged_differs = record.charged.is_none_or(|c| c.currency == expected.amount.currency && c != expected.amount);
    if requested != expected.amount || charged_differs {
        return Verdict::Mismatch(Difference::Amount);
    }
    if record.risky { Verdict::Hold } else { Verdict::Settle }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency::{Bdt, Usd};

    fn paid() -> GatewayRecord {
        GatewayRecord {
            tran_id: "T1".into(),
            val_id: Some("V1".into()),
            outcome: Outcome::Paid,
            requested: Some(Money::new(250_000, Bdt)),
            charged: Some(Money::new(250_000, Bdt)),
            fee: None,
            risky: false,
            bank_tran_id: None,
            method: None,
        }
    }

    fn verdict(change: impl FnOnce(&mut GatewayRecord)) -> Verdict {
        let mut record = paid();
        change(&mut record);
        judge(&Expected { tran_id: "T1".into(), amount: Money::new(250_000, Bdt) }, &record)
    }

    // Harm prevented: a charge for another order, of another size or in a cheaper currency renews a panel.
    #[test]
    fn only_the_exact_charge_settles() {
        assert_eq!(verdict(|_| ()), Verdict::Settle);
        assert_eq!(verdict(|r| r.tran_id = "T2".into()), Verdict::Mismatch(Difference::Payment));
        assert_eq!(verdict(|r| r.val_id = None), Verdict::Mismatch(Difference::Incomplete));
        assert_eq!(verdict(|r| r.requested = None), Verdict::Mismatch(Difference::Incomplete));
        assert_eq!(verdict(|r| r.requested = Some(Money::new(250_000, Usd))), Verdict::Mismatch(Difference::Currency));
        assert_eq!(verdict(|r| r.requested = Some(Money::new(249_999, Bdt))), Verdict::Mismatch(Difference::Amount));
        assert_eq!(verdict(|r| r.charged = Some(Money::new(1_000, Bdt))), Verdict::Mismatch(Difference::Amount));
        assert_eq!(verdict(|r| r.charged = None), Verdict::Mismatch(Difference::Amount));
        assert_eq!(verdict(|r| r.risky = true), Verdict::Hold);
    }

    // Harm prevented: a failed or unfinished attempt is taken for money.
    #[test]
    fn what_is_not_paid_never_settles() {
        assert_eq!(verdict(|r| r.outcome = Outcome::Pending), Verdict::Pending);
        for outcome in [Outcome::Failed, Outcome::Cancelled, Outcome::Expired] {
            assert_eq!(verdict(|r| r.outcome = outcome), Verdict::NotPaid(outcome));
        }
    }

    // Harm prevented: the gateway answers about somebody else's failed attempt, and ours is closed as not paid.
    #[test]
    fn another_payments_failure_says_nothing_about_ours() {
        for outcome in [Outcome::Pending, Outcome::Failed, Outcome::Cancelled, Outcome::Expired] {
            let verdict = verdict(|r| {
                r.outcome = outcome;
                r.tran_id = "T2".into();
            });
            assert_eq!(verdict, Verdict::Pending);
        }
    }
}
