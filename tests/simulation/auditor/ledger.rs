//! The ledger: that each journal is even, says what it must, and that all of them add up to what was paid and earned.

use super::money_rows::credits;
use super::rows::{JournalRow, number_of};
use super::violation::{Found, hold};
use hourglass_tests::Database;
use std::collections::{BTreeMap, BTreeSet};

/// Which accounts a journal moves: those that grow, and those on whose side. A new kind of journal is a new row.
const SHAPES: &[(&str, &[&str], &[&str])] = &[
    ("invoice_issued", &["receivable"], &["deferred_revenue", "tax_payable"]),
    ("payment_received", &["gateway_cash", "gateway_fees"], &["receivable", "customer_credit"]),
    ("payment_credited", &["gateway_cash", "gateway_fees"], &["customer_credit"]),
    ("payment_held", &["gateway_cash", "gateway_fees"], &["held_payments"]),
    ("payment_accepted", &["held_payments"], &["receivable", "customer_credit"]),
    ("credit_applied", &["customer_credit"], &["receivable"]),
    ("credit_released", &["receivable"], &["customer_credit"]),
    ("refund_requested", &["customer_credit", "held_payments"], &["refunds_pending"]),
    ("refund_returned", &["refunds_pending"], &["customer_credit", "held_payments"]),
    ("refund_paid", &["refunds_pending"], &["gateway_cash"]),
    ("fee_corrected", &["gateway_fees"], &["gateway_cash"]),
    ("revenue_earned", &["deferred_revenue"], &["revenue"]),
    ("unused_withdrawn", &["deferred_revenue"], &["revenue"]),
    ("charges_accrued", &["receivable"], &["revenue"]),
    // Of a cycle that never began nothing was earned: what earlier notes took of revenue comes back.
    ("credit_note_issued", &["revenue", "tax_payable", "deferred_revenue"], &["customer_credit", "revenue"]),
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
    /// What accounts have as credit, by account and currency.
    credits: BTreeMap<(String, String), i128>,
    /// By order: each use of credit, with the number of its journal, and what was released of it.
    applied: BTreeMap<String, Vec<(String, i64)>>,
    released: BTreeMap<String, i64>,
}

/// What balances must come to, in minor units.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expected {
    /// Taken by the gateway, and booked, less what it keeps and what went back.
    pub(crate) cash: i128,
    /// Kept by the gateway.
    pub(crate) fees: i128,
    /// Used, and not on an invoice yet; less the credit in open orders.
    pub(crate) receivable: i128,
    /// Paid for cycles that are not over, less what they have earned.
    pub(crate) deferred: i128,
    /// Earned by cycles and charges, less what was given back.
    pub(crate) revenue: i128,
    /// On invoices, less what is on credit notes.
    pub(crate) tax: i128,
    /// Paid for nothing, or given back, and neither used nor sent back.
    pub(crate) credit: i128,
    /// Waiting for a person.
    pub(crate) held: i128,
    /// On its way back.
    pub(crate) pending: i128,
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
            let back = match journal.kind.as_str() {
                "revenue_earned" => journal.on("revenue") > 0,
                "fee_corrected" => journal.on("gateway_fees") < 0,
                _ => false,
            };
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
            self.credit(journal);
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

    /// Follows what journals do to credit.
    fn credit(&mut self, journal: &JournalRow) {
        for (_, minor, currency) in journal.entries.iter().filter(|it| it.0 == "customer_credit") {
            *self.credits.entry((journal.account_id.clone(), currency.clone())).or_default() -= i128::from(*minor);
        }
        let (Some(order_id), amount) = (journal.about(1), journal.on("customer_credit")) else { return };
        match journal.kind.as_str() {
            "credit_applied" => {
                self.applied.entry(order_id.to_owned()).or_default().push((journal.number().to_owned(), amount));
            }
            "credit_released" => *self.released.entry(order_id.to_owned()).or_default() -= amount,
            _ => {}
        }
    }

    /// How much credit an order had used when something with that id was made.
    pub(crate) fn used_by(&self, order_id: &str, id: &str) -> i64 {
        let earlier = |it: &&(String, i64)| it.0.as_str() < number_of(id);
        self.applied.get(order_id).into_iter().flatten().filter(earlier).map(|it| it.1).sum()
    }

    /// How much credit an order has used, and how much of that was released again.
    pub(crate) fn credit_in(&self, order_id: &str) -> (i64, i64) {
        let used = self.applied.get(order_id).into_iter().flatten().map(|it| it.1).sum();
        (used, self.released.get(order_id).copied().unwrap_or(0))
    }

    /// The sum of each account's credit that orders lock is what the ledger says, and is never less than nothing.
    pub(crate) async fn invariant_1_credit(&self, found: &mut Found, database: &Database) {
        let mine: BTreeMap<_, _> =
            self.credits.iter().filter(|it| *it.1 != 0).map(|(whose, sum)| (whose.clone(), *sum)).collect();
        let kept = credits(database).await;
        hold(found, 1, kept == mine, || format!("credits are {kept:?}, by the journals {mine:?}"));
        let real = mine.values().all(|sum| *sum > 0);
        hold(found, 1, real, || format!("credit was used that is not there: {mine:?}"));
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
            held: -total("held_payments"),
            pending: -total("refunds_pending"),
        };
        hold(found, 1, is == *expected, || format!("balances are {is:?},\n    and must be {expected:?}"));
    }
}
