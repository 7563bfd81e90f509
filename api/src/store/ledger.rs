//! The journal of the ledger. Append-only: nothing here changes or removes an entry.

use super::entity::{journal, ledger_entry};
use super::{StoreError, Tx, is_duplicate};
use sea_orm::ActiveModelTrait;
use sea_orm::ActiveValue::Set;
use shared::billing::ledger::Journal;
use shared::ids::{AccountId, JournalId, PaymentId, TenantId};
use shared::time::Timestamp;

/// What a journal is about, and the fact that it may be about only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalKind {
    /// A payment settled its order.
    OrderSettled(PaymentId),
    /// A payment settled nothing and became credit.
    PaymentCredited(PaymentId),
    /// A cycle ended and its price is earned.
    CycleEarned(u32),
}

/// Ledger entries to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewJournal {
    /// Its id.
    pub id: JournalId,
    /// What it is about.
    pub kind: JournalKind,
    /// When it holds from, by the billing clock.
    pub at: Timestamp,
    /// For which tenant.
    pub tenant_id: TenantId,
    /// For which account.
    pub account_id: AccountId,
    /// The entries; they sum to zero by construction.
    pub journal: Journal,
}

impl Tx {
    /// Adds a journal. Fails if its fact was booked before.
    pub async fn insert_journal(&self, new: &NewJournal) -> Result<(), StoreError> {
        let (kind, payment_id, cycle_number) = match new.kind {
            JournalKind::OrderSettled(id) => ("order_settled", Some(id.to_string()), None),
            JournalKind::PaymentCredited(id) => ("payment_credited", Some(id.to_string()), None),
            JournalKind::CycleEarned(number) => ("cycle_earned", None, Some(i64::from(number))),
        };
        let head = journal::ActiveModel {
            id: Set(new.id.to_string()),
            kind: Set(kind.to_owned()),
            at: Set(new.at.unix()),
            tenant_id: Set(new.tenant_id.to_string()),
            account_id: Set(new.account_id.to_string()),
            payment_id: Set(payment_id),
            cycle_number: Set(cycle_number),
        };
        head.insert(&self.db)
            .await
            .map_err(|error| if is_duplicate(&error) { StoreError::Stale } else { error.into() })?;
        for (position, entry) in (0_i64..).zip(new.journal.entries()) {
            let row = ledger_entry::ActiveModel {
                journal_id: Set(new.id.to_string()),
                position: Set(position),
                ledger_account: Set(entry.account.name().to_owned()),
                amount_minor: Set(entry.amount.minor),
                currency: Set(entry.amount.currency.code().to_owned()),
            };
            row.insert(&self.db).await?;
        }
        Ok(())
    }
}
