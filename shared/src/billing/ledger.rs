//! Double entry: every movement of money is a journal whose entries sum to zero.
//!
//! Positive amounts are debits, negative amounts are credits. Entries are only ever added; a mistake is corrected by
//! another journal.

use super::cycle::EndedCycle;
use super::cycle::Origin;
use crate::money::{Money, MoneyError};
use serde::{Deserialize, Serialize};

/// Where money is, or what it is owed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerAccount {
    /// Charged by the gateway, not yet paid out to the operator.
    GatewayCash,
    /// Paid by customers for cycles that are not over.
    DeferredRevenue,
    /// Earned.
    Revenue,
    /// Paid by customers for nothing yet: theirs to use or to get back.
    CustomerCredit,
}

impl LedgerAccount {
    /// The name under which it is stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::GatewayCash => "gateway_cash",
            Self::DeferredRevenue => "deferred_revenue",
            Self::Revenue => "revenue",
            Self::CustomerCredit => "customer_credit",
        }
    }
}

/// One side of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Which account moves.
    pub account: LedgerAccount,
    /// By how much: debits positive, credits negative.
    pub amount: Money,
}

/// Entries that sum to zero, by construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Journal {
    entries: [Entry; 2],
}

impl Journal {
    /// `amount` moves: `debit` grows, `credit` grows on its own side. Fails if the amount has no negative in 64 bits.
    pub fn transfer(debit: LedgerAccount, credit: LedgerAccount, amount: Money) -> Result<Self, MoneyError> {
        let minor = amount.minor.checked_neg().ok_or(MoneyError::Overflow)?;
        Ok(Self {
            entries: [
                Entry { account: debit, amount },
                Entry { account: credit, amount: Money::new(minor, amount.currency) },
            ],
        })
    }

    /// The entries.
    #[must_use]
    pub const fn entries(&self) -> &[Entry; 2] {
        &self.entries
    }
}

/// A payment that settled an order: the money is at the gateway, and a cycle is owed for it.
pub fn order_settled(amount: Money) -> Result<Journal, MoneyError> {
    Journal::transfer(LedgerAccount::GatewayCash, LedgerAccount::DeferredRevenue, amount)
}

/// A payment that settles nothing: the money is at the gateway, and is the customer's.
pub fn payment_credited(amount: Money) -> Result<Journal, MoneyError> {
    Journal::transfer(LedgerAccount::GatewayCash, LedgerAccount::CustomerCredit, amount)
}

/// A cycle that is over: its price is earned. `None` for a trial or a cycle at no price.
pub fn cycle_earned(ended: &EndedCycle) -> Result<Option<Journal>, MoneyError> {
    match ended.cycle.origin {
        Origin::Trial => Ok(None),
        Origin::Order(_) if ended.cycle.terms.price.minor == 0 => Ok(None),
        Origin::Order(_) => {
            Journal::transfer(LedgerAccount::DeferredRevenue, LedgerAccount::Revenue, ended.cycle.terms.price).map(Some)
        }
    }
}
