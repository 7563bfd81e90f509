//! Do our books and the gateway's agree about one payment?
//!
//! Knows neither how the gateway is asked nor what is done about a difference.

use super::settlement::{GatewayRecord, Outcome};
use crate::money::Money;

/// A charge as our books have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// The gateway's name for it.
    pub val_id: String,
    /// How much; `None` if the gateway did not say readably when it was booked.
    pub charged: Option<Money>,
    /// What the gateway keeps of it; `None` if it did not say.
    pub fee: Option<Money>,
}

/// One thing about which the books do not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The gateway has a charge that is not booked here.
    PaidThere {
        /// Its name; `None` if the gateway lists it without one.
        val_id: Option<String>,
        /// How much.
        charged: Option<Money>,
    },
    /// A charge is booked here that the gateway does not list.
    UnknownThere {
        /// Its name.
        val_id: String,
        /// How much is booked.
        charged: Option<Money>,
    },
    /// Both have the charge, with different amounts.
    Amount {
        /// Its name.
        val_id: String,
        /// What is booked.
        here: Option<Money>,
        /// What the gateway says.
        there: Option<Money>,
    },
    /// Both have the charge, with different fees.
    Fee {
        /// Its name.
        val_id: String,
        /// What is booked.
        here: Option<Money>,
        /// What the gateway says.
        there: Money,
    },
}

/// What differs between the charges that are booked for a payment and all attempts that the gateway lists for it. A fee
/// that the gateway does not tell now is no difference: the one that it told before stands.
#[must_use]
pub fn compare(booked: &[Booked], listed: &[GatewayRecord]) -> Vec<Difference> {
    let paid = || listed.iter().filter(|record| record.outcome == Outcome::Paid);
    let mut differences: Vec<Difference> = paid()
        .filter(|record| !booked.iter().any(|here| Some(&here.val_id) == record.val_id.as_ref()))
        .map(|record| Difference::PaidThere { val_id: record.val_id.clone(), charged: record.charged })
        .collect();
    for here in booked {
        let val_id = here.val_id.clone();
        let Some(there) = paid().find(|record| record.val_id.as_ref() == Some(&here.val_id)) else {
            differences.push(Difference::UnknownThere { val_id, charged: here.charged });
            continue;
        };
        if there.charged != here.charged {
            differences.push(Difference::Amount { val_id, here: here.charged, there: there.charged });
        } else if let Some(fee) = there.fee.filter(|fee| Some(*fee) != here.fee) {
            differences.push(Difference::Fee { val_id, here: here.fee, there: fee });
        }
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency::Bdt;

    fn bdt(minor: i64) -> Option<Money> {
        Some(Money::new(minor, Bdt))
    }

    fn listed(val_id: &str, charged: i64, fee: Option<i64>) -> GatewayRecord {
        GatewayRecord {
            tran_id: "T1".into(),
            val_id: Some(val_id.into()),
            outcome: Outcome::Paid,
            requested: bdt(charged),
            charged: bdt(charged),
            fee: fee.and_then(bdt),
            risky: false,
            bank_tran_id: None,
            method: None,
        }
    }

    fn booked(val_id: &str, charged: i64, fee: Option<i64>) -> Booked {
        Booked { val_id: val_id.into(), charged: bdt(charged), fee: fee.and_then(bdt) }
    }

    // Harm prevented: books that agree are reported every day, until nobody reads the report.
    #[test]
    fn what_agrees_is_not_reported() {
        assert_eq!(compare(&[], &[]), []);
        assert_eq!(compare(&[booked("V1", 100, Some(2))], &[listed("V1", 100, Some(2))]), []);
        assert_eq!(compare(&[booked("V1", 100, Some(2))], &[listed("V1", 100, None)]), []);
        for outcome in [Outcome::Failed, Outcome::Cancelled, Outcome::Expired, Outcome::Pending] {
            let record = GatewayRecord { outcome, val_id: None, ..listed("V1", 100, None) };
            assert_eq!(compare(&[], std::slice::from_ref(&record)), []);
            assert_eq!(compare(&[booked("V1", 100, None)], &[record, listed("V1", 100, None)]), []);
        }
    }

    // Harm prevented: money that somebody paid stays unseen for ever, or money is in our books that nobody paid.
    #[test]
    fn every_difference_is_named() {
        let there = Difference::PaidThere { val_id: Some("V2".into()), charged: bdt(100) };
        assert_eq!(compare(&[booked("V1", 100, None)], &[listed("V1", 100, None), listed("V2", 100, None)]), [there]);
        let here = Difference::UnknownThere { val_id: "V1".into(), charged: bdt(100) };
        assert_eq!(compare(&[booked("V1", 100, None)], &[]), [here]);
        let amount = Difference::Amount { val_id: "V1".into(), here: bdt(100), there: bdt(90) };
        assert_eq!(compare(&[booked("V1", 100, Some(2))], &[listed("V1", 90, Some(2))]), [amount]);
        for before in [None, Some(2)] {
            let fee = Difference::Fee { val_id: "V1".into(), here: before.and_then(bdt), there: Money::new(3, Bdt) };
            assert_eq!(compare(&[booked("V1", 100, before)], &[listed("V1", 100, Some(3))]), [fee]);
        }
    }

    // Harm prevented: a charge without a name hides behind one that is booked.
    #[test]
    fn a_nameless_charge_is_a_difference() {
        let nameless = GatewayRecord { val_id: None, ..listed("V1", 100, None) };
        let found = compare(&[booked("V1", 100, None)], &[listed("V1", 100, None), nameless]);
        assert_eq!(found, [Difference::PaidThere { val_id: None, charged: bdt(100) }]);
    }
}
