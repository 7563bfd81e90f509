//! The ledger: that each journal is even, says what it must, and that all of them add up to what was paid and earned.

use super::rows::JournalRow;
use super::violation::{Found, hold};
use hourglass_tests::Database;
use std::collections::{BTreeMap, BTreeSet};

/// Which accounts a journal moves: those that grow, and those on whose side. A new kind of journal is a new row.
const SHAPES: &[(&str, &[&str], &[&str])] = &[
    ("invoice_issued", &["receivable"], &["deferred_revenue", "tax_payable"]),
    ("payment_received", &["gateway_cash", "gateway_fees"], &["receivable"]),
    ("payment_credited", &["gateway_cash", "gateway_fees"], &["customer_credit"]),
    ("revenue_earned", &["deferred_revenue"], &["revenue"]),
    ("charges_accrued", &["receivable"], &["revenue"]),
    ("credit_note_issued", &["revenue", "tax_payable"], &["customer_credit"]),
];

/// The journal so far.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    balances: BTreeMap<(String, String), i128>,
    facts: BTreeSet<String>,
    /// What was earned, by tenant and cycle.
    earned: BTreeMap<(String, u32), i64>,
    /// The cycles of which something earned was taken back.
    shrank: BTreeSet<(String, u32)>,
}

/// What balances must come to, in minor units.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expected {
    /// Taken by the gateway, and booked, less what it keeps.
    pub(crate) cash: i128,
    /// Kept by the gateway.
    pub(crate) fees: i128,
    /// Used, and not on an invoice yet.
    pub(crate) receivable: i128,
    /// Paid for cycles that are not over, less what they have earned.
    pub(crate) deferred: i128,
    /// Earned by cycles and charges, less what was given back.
    pub(crate) revenue: i128,
    /// On invoices, less what is on credit notes.
    pub(crate) tax: i128,
    /// Paid for nothing, and given back.
    pub(crate) credit: i128,
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
            let back = journal.kind == "revenue_earned" && journal.on("revenue") > 0;
            let fits = shape.is_some_and(|(_, debits, credits)| {
                let fits = |(account, minor, _): &(String, i64, String)| {
                    let side = if (*minor > 0) == back { credits } else { debits };
                    side.contains(&account.as_str())
                };
                journal.entries.iter().all(fits)
            });
            hold(found, 1, fits, || format!("not as a journal of its kind: {journal:?}"));
            let first = self.facts.insert(journal.fact.clone());
            hold(found, 2, first, || format!("booked before: {journal:?}"));
            if journal.kind == "revenue_earned"
                && let Some(number) = journal.about(2).and_then(|it| it.parse().ok())
            {
                let amount = -journal.on("revenue");
                if amount < 0 {
                    self.shrank.insert((journal.tenant_id.clone(), number));
                }
                *self.earned.entry((journal.tenant_id.clone(), number)).or_default() += amount;
            }
        }
    }

    /// What a cycle has earned so far.
    pub(crate) fn earned(&self, tenant_id: &str, number: u32) -> i64 {
        self.earned.get(&(tenant_id.to_owned(), number)).copied().unwrap_or(0)
    }

    /// Whether something that a cycle had earned was taken back.
    pub(crate) fn shrank(&self, tenant_id: &str, number: u32) -> bool {
        self.shrank.contains(&(tenant_id.to_owned(), number))
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
        let is = Expected {
            cash: total("gateway_cash"),
            fees: total("gateway_fees"),
            receivable: total("receivable"),
            deferred: -total("deferred_revenue"),
            revenue: -total("revenue"),
            tax: -total("tax_payable"),
            credit: -total("customer_credit"),
        };
        hold(found, 1, is == *expected, || format!("balances are {is:?},\n    and must be {expected:?}"));
    }
}
