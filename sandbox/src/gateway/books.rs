//! What the gateway holds to be true of the store's money, to be compared with the shop's own books. Knows no HTTP.

use serde::Serialize;
use shared::money::Money;

use super::records::{Records, Status};
use super::refunds::Refund;

/// Every charge and every refund, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Books {
    /// What customers paid.
    pub charges: Vec<Charge>,
    /// What was, is or was not paid back to them.
    pub refunds: Vec<Refund>,
}

/// One charge: money was taken, whatever the shop knows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Charge {
    /// The shop's name for the payment.
    pub tran_id: String,
    /// The session under which it was made.
    pub session_key: String,
    /// The gateway's name for the charge.
    pub val_id: String,
    /// The bank's name for the charge.
    pub bank_tran_id: String,
    /// What was asked for, in the shop's currency.
    pub requested: Money,
    /// What was charged, in taka.
    pub amount: Money,
    /// What the store receives of it.
    pub store_amount: Money,
    /// Whether the shop has validated it.
    pub status: ChargeStatus,
}

/// Whether a charge was validated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ChargeStatus {
    /// Never asked after.
    Valid,
    /// Asked after at least once.
    Validated,
}

impl Books {
    pub(super) fn of(records: &Records) -> Self {
        let attempts = records.sessions.iter().flat_map(|session| session.attempts.iter().map(move |it| (session, it)));
        let paid = attempts.filter(|(_, attempt)| attempt.status == Status::Valid);
        let charges = paid.map(|(session, attempt)| Charge {
            tran_id: session.request.tran_id.clone(),
            session_key: session.key.clone(),
            val_id: attempt.val_id.clone(),
            bank_tran_id: attempt.bank_tran_id.clone(),
            requested: session.request.requested,
            amount: attempt.charged,
            store_amount: attempt.received,
            status: if attempt.validated_at.is_some() { ChargeStatus::Validated } else { ChargeStatus::Valid },
        });
        Self { charges: charges.collect(), refunds: records.refunds.all().to_vec() }
    }
}
