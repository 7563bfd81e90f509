//! Double entry: every movement of money is a journal whose entries sum to zero in each currency.
//!
//! Positive amounts are debits, negative amounts are credits. Entries are only ever added; a mistake is corrected by
//! another journal.

use super::order::{is_postpaid, totals};
use crate::api::invoices::LineView;
use crate::money::{Currency, Money, MoneyError};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Where money is, or what it is owed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LedgerAccount {
    /// Owed by customers: billed and not paid, or used and not billed yet.
    Receivable,
    /// Charged by the gateway, less its fees; not yet paid out to the operator.
    GatewayCash,
    /// What the gateway kept.
    GatewayFees,
    /// Paid by customers for hours not used and time not over.
    DeferredRevenue,
    /// Earned.
    Revenue,
    /// Owed to the state.
    TaxPayable,
    /// Paid by customers for nothing yet: theirs to use or to get back.
    CustomerCredit,
    /// Charged by the gateway, and not accepted by a person yet.
    HeldPayments,
    /// On its way back to customers.
    RefundsPending,
}

impl LedgerAccount {
    /// Every account, in the order of reports.
    pub const ALL: [Self; 9] = [
        Self::Receivable,
        Self::GatewayCash,
        Self::GatewayFees,
        Self::DeferredRevenue,
        Self::Revenue,
        Self::TaxPayable,
        Self::CustomerCredit,
        Self::HeldPayments,
        Self::RefundsPending,
    ];

    /// The name under which it is stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Receivable => "receivable",
            Self::GatewayCash => "gateway_cash",
            Self::GatewayFees => "gateway_fees",
            Self::DeferredRevenue => "deferred_revenue",
            Self::Revenue => "revenue",
            Self::TaxPayable => "tax_payable",
            Self::CustomerCredit => "customer_credit",
            Self::HeldPayments => "held_payments",
            Self::RefundsPending => "refunds_pending",
        }
    }
}

/// What became earned of what was paid for a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earned {
    /// The cycle.
    pub cycle_number: u32,
    /// The instant up to which it is earned: the end of a cycle day, or of the cycle.
    pub at: Timestamp,
    /// How much more than was booked before, without VAT; negative after a correction.
    pub amount: Money,
}

/// One side of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Which account moves.
    pub account: LedgerAccount,
    /// By how much: debits positive, credits negative.
    pub amount: Money,
}

/// Entries that sum to zero in each currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    entries: Vec<Entry>,
}

/// Why a journal was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// The entries of a currency do not sum to zero.
    #[error("entries do not sum to zero")]
    Unbalanced,
    /// A sum is too large.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Journal {
    /// A journal of these entries; those of nothing are left out.
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Result<Self, JournalError> {
        let entries: Vec<Entry> = entries.into_iter().filter(|entry| entry.amount.minor != 0).collect();
        let sum = |currency: Currency| {
            let of = entries.iter().filter(|entry| entry.amount.currency == currency);
            of.map(|entry| i128::from(entry.amount.minor)).sum::<i128>()
        };
        if entries.iter().any(|entry| sum(entry.amount.currency) != 0) {
            return Err(JournalError::Unbalanced);
        }
        Ok(Self { entries })
    }

    /// The entries. None, if nothing moved.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

const fn debit(account: LedgerAccount, amount: Money) -> Entry {
    Entry { account, amount }
}

fn credit(account: LedgerAccount, amount: Money) -> Result<Entry, MoneyError> {
    Ok(Entry { account, amount: amount.checked_neg()? })
}

/// Charges of a cycle that is over: earned now, billed with the next order.
pub fn charges_accrued(lines: &[LineView], currency: Currency) -> Result<Journal, JournalError> {
    let net = totals(lines, currency)?.net;
    Journal::new([debit(LedgerAccount::Receivable, net), credit(LedgerAccount::Revenue, net)?])
}

/// An invoice was issued: the customer owes it, less what was accrued before; what it asks for beforehand is owed to the
/// customer, and the VAT to the state.
pub fn invoice_issued(lines: &[LineView], currency: Currency) -> Result<Journal, JournalError> {
    let postpaid: Vec<LineView> = lines.iter().filter(|line| is_postpaid(&line.what)).cloned().collect();
    let (all, accrued) = (totals(lines, currency)?, totals(&postpaid, currency)?.net);
    let beforehand = all.net.checked_sub(accrued)?;
    Journal::new([
        debit(LedgerAccount::Receivable, all.gross.checked_sub(accrued)?),
        credit(LedgerAccount::DeferredRevenue, beforehand)?,
        credit(LedgerAccount::TaxPayable, all.tax)?,
    ])
}

/// A payment of an invoice of which `due` was left to pay: the gateway has the money, less what it keeps. What was paid
/// beyond that is the customer's.
pub fn payment_received(amount: Money, fee: Money, due: Money) -> Result<Journal, JournalError> {
    let surplus = amount.checked_sub(due)?;
    taken(amount, fee, [credit(LedgerAccount::Receivable, due)?, credit(LedgerAccount::CustomerCredit, surplus)?])
}

/// A payment that settles nothing: the money is at the gateway, and is the customer's.
pub fn payment_credited(amount: Money, fee: Money) -> Result<Journal, JournalError> {
    taken(amount, fee, [credit(LedgerAccount::CustomerCredit, amount)?])
}

/// A charge that a person has to accept first: the money is at the gateway, and nobody's yet.
pub fn payment_held(amount: Money, fee: Money) -> Result<Journal, JournalError> {
    taken(amount, fee, [credit(LedgerAccount::HeldPayments, amount)?])
}

fn taken<const N: usize>(amount: Money, fee: Money, from: [Entry; N]) -> Result<Journal, JournalError> {
    let arrives = amount.checked_sub(fee)?;
    let to = [debit(LedgerAccount::GatewayCash, arrives), debit(LedgerAccount::GatewayFees, fee)];
    Journal::new(to.into_iter().chain(from))
}

/// A held charge was accepted: it pays what was `due` of an invoice, and the rest is the customer's.
pub fn payment_accepted(amount: Money, due: Money) -> Result<Journal, JournalError> {
    let surplus = amount.checked_sub(due)?;
    Journal::new([
        debit(LedgerAccount::HeldPayments, amount),
        credit(LedgerAccount::Receivable, due)?,
        credit(LedgerAccount::CustomerCredit, surplus)?,
    ])
}

/// An order uses credit: so much less of its invoice will be owed.
pub fn credit_applied(amount: Money) -> Result<Journal, JournalError> {
    Journal::new([debit(LedgerAccount::CustomerCredit, amount), credit(LedgerAccount::Receivable, amount)?])
}

/// An order that used credit was withdrawn.
pub fn credit_released(amount: Money) -> Result<Journal, JournalError> {
    Journal::new([debit(LedgerAccount::Receivable, amount), credit(LedgerAccount::CustomerCredit, amount)?])
}

/// Money is to go back that stands in `from`: credit, or what is held.
pub fn refund_requested(amount: Money, from: LedgerAccount) -> Result<Journal, JournalError> {
    Journal::new([debit(from, amount), credit(LedgerAccount::RefundsPending, amount)?])
}

/// A refund did not come about: the money is in `to` again.
pub fn refund_returned(amount: Money, to: LedgerAccount) -> Result<Journal, JournalError> {
    Journal::new([debit(LedgerAccount::RefundsPending, amount), credit(to, amount)?])
}

/// The gateway has sent the money back. What it kept of the charge it keeps.
pub fn refund_paid(amount: Money) -> Result<Journal, JournalError> {
    Journal::new([debit(LedgerAccount::RefundsPending, amount), credit(LedgerAccount::GatewayCash, amount)?])
}

/// The gateway kept `more` of a charge than was booked; less, if negative.
pub fn fee_corrected(more: Money) -> Result<Journal, JournalError> {
    Journal::new([debit(LedgerAccount::GatewayFees, more), credit(LedgerAccount::GatewayCash, more)?])
}

/// Hours were used, or time ended: so much of what was paid is earned.
pub fn revenue_earned(amount: Money) -> Result<Journal, JournalError> {
    Journal::new([debit(LedgerAccount::DeferredRevenue, amount), credit(LedgerAccount::Revenue, amount)?])
}

/// A credit note takes back part of an invoice: the state gives its VAT back, and the customer has credit. Of cycles that
/// have begun, earned revenue shrinks (`unused_net` is nothing). With the last note of a cycle that never begins, all that was
/// paid for it (`unused_net`) stops waiting to be earned, also what earlier notes had taken from revenue.
pub fn credit_note_issued(net: Money, tax: Money, unused_net: Money) -> Result<Journal, JournalError> {
    Journal::new([
        debit(LedgerAccount::Revenue, net.checked_sub(unused_net)?),
        debit(LedgerAccount::DeferredRevenue, unused_net),
        debit(LedgerAccount::TaxPayable, tax),
        credit(LedgerAccount::CustomerCredit, net.checked_add(tax)?)?,
    ])
}
