//! The journal of the ledger. Append-only, and balanced: the database itself refuses anything else.

use super::entity::{journal, ledger_entry};
use super::{StoreError, Tx, is_duplicate};
use sea_orm::ActiveModelTrait;
use sea_orm::ActiveValue::Set;
use shared::billing::ledger::{Journal, LedgerAccount};
use shared::ids::{AccountId, InvoiceId, JournalId, OrderId, PaymentId, ReceiptId, RefundId, TenantId};
use shared::time::Timestamp;

/// What a journal is about: a fact that is booked only once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// An invoice was issued for an order.
    InvoiceIssued(OrderId),
    /// A payment settled its order.
    PaymentReceived(PaymentId),
    /// A charge settled nothing and became credit; named as the gateway names it.
    PaymentCredited(PaymentId, String),
    /// So much of a cycle was earned up to this instant.
    RevenueEarned(u32, Timestamp),
    /// A cycle is over and its charges are owed.
    ChargesAccrued(u32),
    /// A credit note was issued.
    CreditNoteIssued(InvoiceId),
    /// A cycle is withdrawn whose price was given back before: nothing of it waits to be earned any more.
    UnusedWithdrawn(OrderId),
    /// A charge waits for a person.
    PaymentHeld(ReceiptId),
    /// A person accepted it.
    PaymentAccepted(ReceiptId),
    /// An order uses credit: so much of it by then, in minor units.
    CreditApplied(OrderId, i64),
    /// An order that used credit was withdrawn.
    CreditReleased(OrderId),
    /// Money is to go back.
    RefundRequested(RefundId),
    /// It did not.
    RefundReturned(RefundId),
    /// It did.
    RefundPaid(RefundId),
    /// The gateway keeps another part of a charge than was booked: so much, in minor units, as it said at this instant of the
    /// wall clock.
    FeeCorrected(ReceiptId, i64, Timestamp),
}

impl Fact {
    fn kind(&self) -> &'static str {
        match self {
            Self::InvoiceIssued(_) => "invoice_issued",
            Self::PaymentReceived(_) => "payment_received",
            Self::PaymentCredited(..) => "payment_credited",
            Self::RevenueEarned(..) => "revenue_earned",
            Self::ChargesAccrued(_) => "charges_accrued",
            Self::CreditNoteIssued(_) => "credit_note_issued",
            Self::UnusedWithdrawn(_) => "unused_withdrawn",
            Self::PaymentHeld(_) => "payment_held",
            Self::PaymentAccepted(_) => "payment_accepted",
            Self::CreditApplied(..) => "credit_applied",
            Self::CreditReleased(_) => "credit_released",
            Self::RefundRequested(_) => "refund_requested",
            Self::RefundReturned(_) => "refund_returned",
            Self::RefundPaid(_) => "refund_paid",
            Self::FeeCorrected(..) => "fee_corrected",
        }
    }

    fn key(&self, tenant_id: TenantId) -> String {
        let about = match self {
            Self::InvoiceIssued(id) | Self::UnusedWithdrawn(id) => id.to_string(),
            Self::PaymentReceived(id) => id.to_string(),
            Self::PaymentCredited(id, val_id) => format!("{id} {val_id}"),
            Self::RevenueEarned(number, at) => format!("{tenant_id} {number} {}", at.unix()),
            Self::ChargesAccrued(number) => format!("{tenant_id} {number}"),
            Self::CreditNoteIssued(id) => id.to_string(),
            Self::PaymentHeld(id) | Self::PaymentAccepted(id) => id.to_string(),
            Self::CreditApplied(id, minor) => format!("{id} {minor}"),
            Self::CreditReleased(id) => id.to_string(),
            Self::RefundRequested(id) | Self::RefundReturned(id) | Self::RefundPaid(id) => id.to_string(),
            Self::FeeCorrected(id, minor, at) => format!("{id} {minor} {}", at.unix()),
        };
        format!("{} {about}", self.kind())
    }
}

/// Ledger entries to be kept.
#[derive(Debug, Clone)]
pub struct NewJournal {
    /// Its id.
    pub id: JournalId,
    /// What it is about.
    pub fact: Fact,
    /// When it holds from, by the account's clock.
    pub at: Timestamp,
    /// For which tenant.
    pub tenant_id: TenantId,
    /// For which account.
    pub account_id: AccountId,
    /// The entries; they sum to zero by construction. One without entries is not kept.
    pub journal: Journal,
}

impl Tx {
    /// Adds a journal. [`StoreError::Stale`] if its fact was booked before, [`StoreError::Overdrawn`] if it takes credit
    /// that is not there; the transaction is then of no more use.
    pub async fn insert_journal(&self, new: &NewJournal) -> Result<(), StoreError> {
        if new.journal.entries().is_empty() {
            return Ok(());
        }
        // The entries come first: when the journal follows, the database adds them up.
        for (position, entry) in (0_i64..).zip(new.journal.entries()) {
            let row = ledger_entry::ActiveModel {
                journal_id: Set(new.id.to_string()),
                position: Set(position),
                account_id: Set(new.account_id.to_string()),
                ledger_account: Set(entry.account.name().to_owned()),
                amount_minor: Set(entry.amount.minor),
                currency: Set(entry.amount.currency.code().to_owned()),
            };
            row.insert(&self.db).await?;
            if entry.account == LedgerAccount::CustomerCredit {
                self.move_credit(new.account_id, entry.amount.checked_neg().map_err(|_| StoreError::Overdrawn)?)
                    .await?;
            }
        }
        let head = journal::ActiveModel {
            id: Set(new.id.to_string()),
            kind: Set(new.fact.kind().to_owned()),
            fact: Set(new.fact.key(new.tenant_id)),
            at: Set(new.at.unix()),
            tenant_id: Set(new.tenant_id.to_string()),
            account_id: Set(new.account_id.to_string()),
        };
        head.insert(&self.db)
            .await
            .map_err(|error| if is_duplicate(&error) { StoreError::Stale } else { error.into() })?;
        Ok(())
    }
}
