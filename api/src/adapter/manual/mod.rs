//! Bank transfers and cash, as a plug for `port::gateway`: what people of the operator record and approve is this gateway's
//! record.
//!
//! It asks the store and nobody else, and decides nothing: who may record and approve is the stories' affair.

use async_trait::async_trait;
use shared::api::manual::{ManualMethod, ManualState};
use shared::billing::settlement::{GatewayRecord, Outcome};
use shared::ids::ManualPaymentId;
use shared::money::{Currency, Money};

use crate::port::Unknown;
use crate::port::gateway::{
    ChargeLimits, Claim, ClaimError, Gateway, NewRefund, NewSession, OpenError, OpenedSession, RefundAnswer,
    RefundProgress,
};
use crate::store::{ManualPaymentRecord, Store, StoreError};

const NAME: &str = "manual";

/// What people record and approve.
pub struct Manual {
    store: Store,
}

impl Manual {
    /// Reads from `store`.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }
}

fn unknown(error: &StoreError) -> Unknown {
    Unknown::new(format!("what was recorded cannot be read: {error}"))
}

fn record(tran_id: String, recorded: &ManualPaymentRecord) -> GatewayRecord {
    let outcome = match recorded.state {
        ManualState::Recorded => Outcome::Pending,
        ManualState::Approved => Outcome::Paid,
        ManualState::Rejected => Outcome::Failed,
    };
    let method = match recorded.method {
        ManualMethod::BankTransfer => "Bank transfer",
        ManualMethod::Cash => "Cash",
    };
    GatewayRecord {
        tran_id,
        val_id: (outcome == Outcome::Paid).then(|| recorded.id.to_string()),
        outcome,
        requested: Some(recorded.amount),
        charged: Some(recorded.amount),
        fee: Some(Money::zero(recorded.amount.currency)),
        risky: false,
        bank_tran_id: Some(recorded.reference.clone()),
        method: Some(format!("{method} {}", recorded.reference)),
    }
}

#[async_trait]
impl Gateway for Manual {
    fn name(&self) -> &'static str {
        NAME
    }

    fn charge_limits(&self, _: Currency) -> Option<ChargeLimits> {
        None
    }

    fn is_by_hand(&self) -> bool {
        true
    }

    async fn open_session(&self, _: &NewSession) -> Result<OpenedSession, OpenError> {
        Err(OpenError::Refused("nobody pays by hand on a page".to_owned()))
    }

    fn read_notice(&self, _: &[(String, String)]) -> Result<Claim, ClaimError> {
        Err(ClaimError::Signature)
    }

    async fn validate(&self, val_id: &str) -> Result<Option<GatewayRecord>, Unknown> {
        let Ok(id) = val_id.parse::<ManualPaymentId>() else { return Ok(None) };
        let recorded = self.store.manual_payment(id).await.map_err(|error| unknown(&error))?;
        let Some(recorded) = recorded.filter(|recorded| recorded.state == ManualState::Approved) else {
            return Ok(None);
        };
        let payment = self.store.payment(recorded.payment_id).await.map_err(|error| unknown(&error))?;
        Ok(payment.map(|payment| record(payment.tran_id, &recorded)))
    }

    async fn query(&self, tran_id: &str) -> Result<Vec<GatewayRecord>, Unknown> {
        let payment = self.store.payment_by_tran_id(NAME, tran_id).await.map_err(|error| unknown(&error))?;
        let Some(payment) = payment else { return Ok(Vec::new()) };
        let recorded = self.store.manual_payment_of(payment.id).await.map_err(|error| unknown(&error))?;
        Ok(recorded.iter().map(|recorded| record(tran_id.to_owned(), recorded)).collect())
    }

    async fn query_session(&self, _: &str) -> Result<Option<GatewayRecord>, Unknown> {
        Ok(None)
    }

    async fn refund(&self, refund: &NewRefund) -> Result<RefundAnswer, Unknown> {
        Ok(RefundAnswer::Accepted { refund_ref_id: refund.refund_name.clone() })
    }

    async fn refund_progress(&self, refund_ref_id: &str) -> Result<RefundProgress, Unknown> {
        let refund = self.store.refund_named(NAME, refund_ref_id).await.map_err(|error| unknown(&error))?;
        let refund = refund.ok_or_else(|| Unknown::new("no refund of that name is on record"))?;
        Ok(if refund.paid_out.is_some() { RefundProgress::Refunded } else { RefundProgress::Processing })
    }
}
