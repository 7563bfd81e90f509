//! The ledger: that each journal is even, says what it must, and that all of them add up to what was paid and earned.

use super::rows::JournalRow;
use super::violation::{Found, hold};
use hourglass_tests::Database;
use std::collections::{BTreeMap, BTreeSet};

/// Which accounts a journal moves: what grows, and on whose side. A new kind of journal is a new row.
const SHAPES: &[(&str, &str, &str)] = &[
    ("order_settled", "gateway_cash", "deferred_revenue"),
    ("payment_credited", "gateway_cash", "customer_credit"),
    ("cycle_earned", "deferred_revenue", "revenue"),
];

/// The journal so far.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    balances: BTreeMap<(String, String), i128>,
    facts: BTreeSet<(String, String, Option<String>, Option<i64>)>,
}

/// What balances must come to, in minor units.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    /// Taken by the gateway, and booked.
    pub(crate) cash: i128,
    /// Paid for cycles that are not over.
    pub(crate) deferred: i128,
    /// Paid for cycles that are over.
    pub(crate) earned: i128,
}

impl Ledger {
    /// Each journal is even per currency, has the shape of its kind, and is about a fact that no other is about.
    pub(crate) fn invariant_1(&mut self, found: &mut Found, journals: &[JournalRow]) {
        for journal in journals {
            let mut sums: BTreeMap<&str, i128> = BTreeMap::new();
            for (account, minor, currency) in &journal.entries {
                *sums.entry(currency).or_default() += i128::from(*minor);
                *self.balances.entry((account.clone(), currency.clone())).or_default() += i128::from(*minor);
            }
            let even = !sums.is_empty() && sums.values().all(|sum| *sum == 0);
            hold(found, 1, even, || format!("entries come to {sums:?}: {journal:?}"));
            let shape = SHAPES.iter().find(|(kind, ..)| *kind == journal.kind);
            let fits = shape.is_some_and(|(_, debit, credit)| {
                let fits = |(account, minor, _): &(String, i64, String)| {
                    (*minor >= 0 && account == debit) || (*minor <= 0 && account == credit)
                };
                journal.entries.iter().all(fits)
            });
            hold(found, 1, fits, || format!("not as a journal of its kind: {journal:?}"));
            let JournalRow { kind, tenant_id, payment_id, cycle_number, .. } = journal.clone();
            let first = self.facts.insert((kind, tenant_id, payment_id, cycle_number));
            hold(found, 2, first, || format!("booked before: {journal:?}"));
        }
    }

    /// Payments with a charge that was credited.
    pub(crate) fn credited(&self) -> BTreeSet<String> {
        let credits = self.facts.iter().filter(|it| it.0 == "payment_credited");
        credits.filter_map(|it| it.2.clone()).collect()
    }

    /// What was added up by and by is what all entries add up to now, and what was truly paid and earned.
    pub(crate) async fn balances(&self, found: &mut Found, database: &Database, expected: &Expected) {
        let mut kept: BTreeMap<(String, String), i128> = BTreeMap::new();
        for journal in JournalRow::after(database, "").await {
            for (account, minor, currency) in journal.entries {
                *kept.entry((account, currency)).or_default() += i128::from(minor);
            }
        }
        hold(found, 1, kept == self.balances, || {
            format!("balances {kept:?}, and all entries gave {:?}", self.balances)
        });
        let total = |account: &str| -> i128 {
            self.balances.iter().filter(|((name, _), _)| name == account).map(|(_, total)| total).sum()
        };
        let is = (total("gateway_cash"), -total("deferred_revenue"), -total("revenue"));
        let must = (expected.cash, expected.deferred, expected.earned);
        hold(found, 1, is == must, || format!("cash, deferred, earned are {is:?}, and must be {must:?}"));
    }
}
